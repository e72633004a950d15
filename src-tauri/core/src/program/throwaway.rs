//! A folder that goes with the process it belongs to: a demo's, or a copy's at another date. What a killed process left is
//! removed by whoever looks next.
//!
//! Beside each folder is a file of the same name with the ending `.lock`. It is made and locked before the folder and
//! removed after it, and the system unlocks it however its process ends: a folder whose file can be locked is nobody's.

use std::fs::{Metadata, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

const ENDING: &str = "lock";

/// A folder that is removed with this value.
pub struct ThrowawayFolder {
    path: PathBuf,
    /// Held as long as the folder is there.
    _lock: NamedTempFile,
}

impl ThrowawayFolder {
    /// Makes one in a folder for temporary files, with a name that begins so, and removes what killed processes left there under
    /// such names.
    ///
    /// # Errors
    /// When nothing can be made there.
    pub fn make_in(temporary: &Path, prefix: &str) -> io::Result<Self> {
        let lock = tempfile::Builder::new()
            .prefix(prefix)
            .suffix(&format!(".{ENDING}"))
            .tempfile_in(temporary)?;
        lock.as_file().try_lock()?;
        // Whoever sweeps may have come between: then the name is no longer this file's.
        if !lock.path().exists() {
            return Err(io::Error::other("the lock file was removed"));
        }
        let path = lock.path().with_extension("");
        make_private(&path)?;
        sweep_but(temporary, prefix, Some(lock.path()), &lock.as_file().metadata()?);
        Ok(Self { path, _lock: lock })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for ThrowawayFolder {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_dir_all(&self.path) {
            tracing::warn!(%error, folder = %self.path.display(), "a folder that was to be thrown away stays behind");
        }
    }
}

fn make_private(path: &Path) -> io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// Removes the folders whose processes are gone, from a folder that nobody else writes into; nothing where there is no such folder.
pub fn sweep(private: &Path, prefix: &str) {
    match private.metadata() {
        Ok(owner) => sweep_but(private, prefix, None, &owner),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => tracing::warn!(%error, "what was left behind could not be looked for"),
    }
}

/// Removes the folders of this owner whose processes are gone. What cannot be removed is left: nothing depends on it.
fn sweep_but(temporary: &Path, prefix: &str, own: Option<&Path>, owner: &Metadata) {
    let entries = match std::fs::read_dir(temporary) {
        Ok(entries) => entries,
        Err(error) => {
            tracing::warn!(%error, "what was left behind could not be looked for");
            return;
        }
    };
    for entry in entries.filter_map(Result::ok) {
        let file = entry.path();
        let named = entry
            .file_name()
            .to_str()
            .is_some_and(|name| name.starts_with(prefix));
        if !named || file.extension().is_none_or(|ending| ending != ENDING) || own == Some(&*file) {
            continue;
        }
        match remove_if_left(&file, owner) {
            Ok(true) => tracing::info!(file = %file.display(), "removed what was left behind"),
            Ok(false) => {}
            Err(error) => {
                tracing::warn!(%error, file = %file.display(), "what was left behind stays")
            }
        }
    }
}

/// Whether it was left, and has been removed.
fn remove_if_left(file: &Path, owner: &Metadata) -> io::Result<bool> {
    let found = match file.symlink_metadata() {
        Ok(found) => found,
        // Its process has just ended in order.
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(error),
    };
    // In a folder that all people of a machine share, names prove nothing.
    if !found.is_file() || !is_of_the_same_owner(&found, owner) {
        return Ok(false);
    }
    let lock = OpenOptions::new().read(true).write(true).open(file)?;
    match lock.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => return Ok(false),
        Err(TryLockError::Error(error)) => return Err(error),
    }
    match std::fs::remove_dir_all(file.with_extension("")) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    std::fs::remove_file(file)?;
    Ok(true)
}

#[cfg(unix)]
fn is_of_the_same_owner(found: &Metadata, own: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    found.uid() == own.uid()
}

/// Each person has a folder for temporary files of their own.
#[cfg(not(unix))]
fn is_of_the_same_owner(_: &Metadata, _: &Metadata) -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    const PREFIX: &str = "flotilla-demo-";

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = std::fs::read_dir(folder)
            .expect("a folder")
            .map(|entry| entry.expect("an entry").file_name().into_string().expect("text"))
            .collect();
        names.sort();
        names
    }

    /// ACC-01: a demo leaves nothing; what a killed one left goes with the next, and a living one's is not touched.
    #[test]
    fn only_what_nobody_has_is_swept() {
        let temporary = tempfile::tempdir().expect("a temporary folder");
        let living = ThrowawayFolder::make_in(temporary.path(), PREFIX).expect("made");
        std::fs::write(living.path().join("workspace.db"), "in use").expect("written");
        // As a killed process leaves it: both are there, and nobody holds the lock.
        let left = temporary.path().join("flotilla-demo-killed");
        std::fs::create_dir_all(left.join("workspace")).expect("made");
        std::fs::write(left.with_extension("lock"), "").expect("written");
        // Not ours.
        std::fs::create_dir(temporary.path().join("flotilla-demo-other")).expect("made");
        std::fs::write(temporary.path().join("another.lock"), "").expect("written");

        let next = ThrowawayFolder::make_in(temporary.path(), PREFIX).expect("made");
        assert!(!left.exists() && !left.with_extension("lock").exists());
        assert!(living.path().join("workspace.db").exists());
        assert_ne!(living.path(), next.path());
        drop((living, next));
        assert_eq!(names(temporary.path()), ["another.lock", "flotilla-demo-other"]);
    }

    /// LIC-54: the next start removes what a killed process left, and nothing that somebody has.
    #[test]
    fn a_start_sweeps_what_nobody_has() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let private = folder.path().join("test-clock");
        sweep(&private, PREFIX);
        std::fs::create_dir(&private).expect("made");
        let living = ThrowawayFolder::make_in(&private, PREFIX).expect("made");
        let left = private.join("flotilla-demo-killed");
        std::fs::create_dir_all(left.join("workspace")).expect("made");
        std::fs::write(left.with_extension("lock"), "").expect("written");
        sweep(&private, PREFIX);
        assert!(!left.exists() && !left.with_extension("lock").exists());
        assert!(living.path().exists());
    }

    /// A file of that name without a folder, and a link instead of a folder, lead nowhere else.
    #[cfg(unix)]
    #[test]
    fn a_link_is_removed_and_not_followed() {
        let temporary = tempfile::tempdir().expect("a temporary folder");
        let elsewhere = tempfile::tempdir().expect("a temporary folder");
        std::fs::write(elsewhere.path().join("kept"), "").expect("written");
        let link = temporary.path().join("flotilla-demo-link");
        std::os::unix::fs::symlink(elsewhere.path(), &link).expect("linked");
        std::fs::write(link.with_extension("lock"), "").expect("written");
        std::fs::write(temporary.path().join("flotilla-demo-alone.lock"), "").expect("written");
        drop(ThrowawayFolder::make_in(temporary.path(), PREFIX).expect("made"));
        assert!(elsewhere.path().join("kept").exists());
        assert!(!temporary.path().join("flotilla-demo-alone.lock").exists());
    }
}
