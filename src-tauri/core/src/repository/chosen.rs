//! Files that were chosen on this machine: what of them can be a package, how their place is kept, and the `.sha256` beside them
//! (REP-05). Everything here blocks.

use super::recognition;
use super::storing::Digest;
use flotilla_kernel::error::{Outcome, Problem};
use flotilla_kernel::files;
use flotilla_kernel::transfer::unreadable;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use url::Url;

/// Endings of files that hold a digest of another one.
const DIGEST_ENDING: &str = ".sha256";
/// Such a file has at most so many bytes.
const DIGEST_FILE_LIMIT: u64 = 64 * 1024;

/// How many bytes a file has that can be a package.
///
/// # Errors
/// `file.unreadable`, also for a folder, a pipe or a device.
pub fn size(path: &Path) -> Outcome<u64> {
    files::regular_size(path).map_err(problem_of)
}

/// Opens a file that can be a package.
///
/// # Errors
/// As [`size`].
pub fn open(path: &Path) -> Outcome<File> {
    files::open_regular(path).map_err(problem_of)
}

/// An error that whoever chose the file can see for themselves: there is nothing in it for the log.
fn problem_of(error: io::Error) -> Problem {
    Problem {
        source: None,
        ..unreadable(error)
    }
}

/// Where a file lies, as a text that the database keeps.
pub fn kept(path: &Path) -> String {
    // Who goes on with it later may be in another folder.
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    match path.to_str() {
        Some(text) => text.to_owned(),
        // A name that is no Unicode is kept as an address, which has each of its bytes.
        None => {
            Url::from_file_path(&path).map_or_else(|()| path.to_string_lossy().into_owned(), String::from)
        }
    }
}

/// Where a file lies, from what was kept of it.
pub fn path_of(kept: &str) -> PathBuf {
    let address = Url::parse(kept).ok().filter(|address| address.scheme() == "file");
    let path = address.and_then(|address| address.to_file_path().ok());
    path.unwrap_or_else(|| kept.into())
}

/// What lies beside a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beside {
    /// No `.sha256`.
    Nothing,
    /// A `.sha256` that cannot be used: it is empty, unreadable, too large, or holds no digest for this file.
    Unusable,
    /// The vendor's digest.
    Digest(Digest),
}

/// Looks for a `.sha256` beside a file: one with its whole name before the ending, or without the name's own ending.
pub fn beside(path: &Path) -> Beside {
    let name = path.file_name().unwrap_or_default();
    let mut found = Beside::Nothing;
    for before in [name, path.file_stem().unwrap_or_default()] {
        let mut other = before.to_owned();
        other.push(DIGEST_ENDING);
        let other_path = path.with_file_name(&other);
        // A dangling link is there, too; and a file is not beside itself.
        if other == name || std::fs::symlink_metadata(&other_path).is_err() {
            continue;
        }
        match digest_in(&other_path, &name.to_string_lossy()) {
            Some(digest) => return Beside::Digest(digest),
            None => found = Beside::Unusable,
        }
    }
    found
}

fn digest_in(path: &Path, file_name: &str) -> Option<Digest> {
    // Never more than that is read, and nothing of a pipe or a device.
    if size(path).ok()? > DIGEST_FILE_LIMIT {
        return None;
    }
    let bytes = std::fs::read(path).ok()?;
    recognition::digest_for(file_name, &String::from_utf8_lossy(&bytes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use flotilla_kernel::error::ErrorCode;
    use rstest::rstest;

    const DIGEST: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    fn folder() -> tempfile::TempDir {
        tempfile::tempdir().expect("a temporary folder")
    }

    /// REP-05, REP-06: a `.sha256` that cannot be used is another thing than none at all.
    #[rstest]
    #[case(None, Beside::Nothing)]
    #[case(Some("DIGEST  a.1.bin\n"), Beside::Digest([0; 32]))]
    #[case(Some("DIGEST"), Beside::Digest([0; 32]))]
    #[case(Some(""), Beside::Unusable)]
    #[case(Some("garbage"), Beside::Unusable)]
    #[case(Some("DIGEST  b.bin\n"), Beside::Unusable)]
    fn what_lies_beside(#[case] text: Option<&str>, #[case] expected: Beside) {
        let expected = match expected {
            Beside::Digest(_) => {
                let digest = hex::decode(DIGEST).expect("digits");
                Beside::Digest(digest.try_into().expect("32 bytes"))
            }
            other => other,
        };
        for name in ["a.1.bin.sha256", "a.1.sha256"] {
            let folder = folder();
            let path = folder.path().join("a.1.bin");
            if let Some(text) = text {
                let text = text.replace("DIGEST", DIGEST);
                std::fs::write(folder.path().join(name), text).expect("written");
            }
            assert_eq!(beside(&path), expected, "{name}");
        }
    }

    /// REP-05, SEC-04: a folder, a link to nowhere, and what is no text are none; a file of digests is not beside itself.
    #[test]
    fn what_is_no_digest() {
        let folder = folder();
        let path = folder.path().join("a.bin");
        let digests = folder.path().join("a.bin.sha256");
        std::fs::create_dir(&digests).expect("made");
        assert_eq!(beside(&path), Beside::Unusable);
        std::fs::remove_dir(&digests).expect("removed");
        let bytes: Vec<u8> = (0..2_000_000_u32).map(|at| at.to_le_bytes()[0]).collect();
        std::fs::write(&digests, bytes).expect("written");
        assert_eq!(beside(&path), Beside::Unusable);
        std::fs::write(&digests, b"\xff\x00\x80").expect("written");
        assert_eq!(beside(&path), Beside::Unusable);
        // The other one counts.
        std::fs::write(folder.path().join("a.sha256"), DIGEST).expect("written");
        assert!(matches!(beside(&path), Beside::Digest(_)));
        assert_eq!(beside(&folder.path().join("a.sha256")), Beside::Nothing);
        #[cfg(unix)]
        {
            let linked = folder.path().join("b.bin");
            std::os::unix::fs::symlink("nowhere", folder.path().join("b.bin.sha256")).expect("linked");
            assert_eq!(beside(&linked), Beside::Unusable);
        }
    }

    /// REP-03: a place is found again, whatever it is called.
    #[test]
    fn places_are_kept() {
        let folder = folder();
        for name in ["P3265-V_12_11_77.bin", "50% ü東 file:.bin"] {
            let path = folder.path().join(name);
            assert_eq!(path_of(&kept(&path)), path);
        }
        #[cfg(target_os = "linux")]
        {
            use std::os::unix::ffi::OsStrExt as _;
            let path = folder
                .path()
                .join(std::ffi::OsStr::from_bytes(b"tool %20 \xff.bin"));
            assert_eq!(path_of(&kept(&path)), path);
        }
        assert!(path_of(&kept(Path::new("here.bin"))).is_absolute());
    }

    /// REP-03: only files are opened, and what is refused is nothing for the log.
    #[test]
    fn only_files_are_opened() {
        let folder = folder();
        let path = folder.path().join("a.bin");
        std::fs::write(&path, b"123").expect("written");
        assert_eq!(size(&path).expect("a file"), 3);
        assert!(open(&path).is_ok());
        for refused in [folder.path().to_owned(), folder.path().join("none")] {
            let problem = open(&refused).expect_err("no file");
            assert_eq!(problem.code, ErrorCode::FileUnreadable);
            assert!(problem.source.is_none());
        }
        #[cfg(unix)]
        assert!(open(Path::new("/dev/null")).is_err());
    }
}
