//! Files that nobody but their owner reads (GEN-08), and that are there whole or not at all (REL-01).

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

/// Makes a folder that only its owner looks into; one that is there becomes such a folder.
///
/// # Errors
/// When it cannot be made.
pub fn private_folder(path: &Path) -> io::Result<()> {
    std::fs::create_dir_all(path)?;
    restrict(path)
}

/// Makes an empty file that only its owner reads.
///
/// # Errors
/// When it cannot be made.
pub fn private_file(path: &Path) -> io::Result<File> {
    options(true).truncate(true).open(path)
}

/// Makes sure that a database file is there and its owner's alone, before SQLite opens it: its other files take over the
/// permissions. One that is there is not opened here, since closing it again would take the locks of whoever has it open
/// in this process (<https://sqlite.org/howtocorrupt.html>).
///
/// # Errors
/// When it cannot be made.
pub fn private_database(path: &Path) -> io::Result<()> {
    if !path.exists() {
        match options(true).create_new(true).open(path) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
            // Another process was quicker, or it is new and empty.
            _ => {}
        }
    }
    restrict(path)
}

/// Opens a lock file as it is, making it when there is none.
///
/// # Errors
/// When it cannot be opened or made.
pub fn private_file_kept(path: &Path) -> io::Result<File> {
    let file = options(true).truncate(false).open(path)?;
    restrict(path)?;
    Ok(file)
}

fn options(private: bool) -> std::fs::OpenOptions {
    let mut options = File::options();
    options.write(true).create(true);
    #[cfg(unix)]
    if private {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    #[cfg(not(unix))]
    let _ = private;
    options
}

/// Takes everybody's but the owner's rights to a file or folder away. Windows gives none to others in a person's own
/// folders.
///
/// # Errors
/// When it is somebody else's.
pub fn restrict(path: &Path) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(path)?.permissions().mode();
        if mode & 0o077 != 0 {
            std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode & 0o700))?;
        }
    }
    #[cfg(not(unix))]
    let _ = path;
    Ok(())
}

/// Who may read a file that is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Readers {
    /// Its owner alone.
    Owner,
    /// Whoever may read what this person writes elsewhere: it is theirs, at the place they chose.
    AsUsual,
}

/// How many bytes a regular file has.
///
/// # Errors
/// Also for a folder, a pipe or a device.
pub fn regular_size(path: &Path) -> io::Result<u64> {
    let found = std::fs::metadata(path)?;
    match (found.is_file(), found.is_dir()) {
        (true, _) => Ok(found.len()),
        (false, true) => Err(io::ErrorKind::IsADirectory.into()),
        (false, false) => Err(io::Error::new(io::ErrorKind::InvalidInput, "not a regular file")),
    }
}

/// Opens a regular file to be read. It is looked at before: opening a named pipe would wait for somebody to write to it.
///
/// # Errors
/// As [`regular_size`].
pub fn open_regular(path: &Path) -> io::Result<File> {
    regular_size(path)?;
    File::open(path)
}

/// Writes a file whole or not at all, and onto the disk: beside it, synced by the handle that wrote (Windows refuses it
/// to one that only reads), and moved to its place.
///
/// # Errors
/// What `write` says, and errors of the file system; then what was there before is there still.
pub fn write_whole(
    target: &Path,
    readers: Readers,
    write: impl FnOnce(&mut File) -> io::Result<()>,
) -> io::Result<()> {
    let partial = partial(target);
    let written = options(readers == Readers::Owner)
        .truncate(true)
        .open(&partial)
        .and_then(|mut file| {
            write(&mut file)?;
            file.sync_all()
        })
        .and_then(|()| put_in_place(&partial, target));
    if written.is_err() {
        // It may never have been made.
        let _ = std::fs::remove_file(&partial);
    }
    written
}

/// Where a file is while it is not whole.
pub fn partial(target: &Path) -> PathBuf {
    let mut name = target.file_name().unwrap_or_default().to_owned();
    name.push(".part");
    target.with_file_name(name)
}

/// Moves a file to its place so that a power cut does not undo it.
///
/// # Errors
/// Errors of the file system.
pub fn put_in_place(from: &Path, to: &Path) -> io::Result<()> {
    std::fs::rename(from, to)?;
    sync_folder_of(to)
}

/// Puts the names in the folder of `path` onto the disk. Windows does so by itself.
fn sync_folder_of(path: &Path) -> io::Result<()> {
    #[cfg(unix)]
    {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        File::open(folder.unwrap_or(Path::new(".")))?.sync_all()?;
    }
    #[cfg(not(unix))]
    let _ = path;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;

    /// REL-01: what could not be written whole leaves what was there before, and nothing half.
    #[test]
    fn what_is_not_whole_is_not_there() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let target = folder.path().join("customers.csv");
        write_whole(&target, Readers::AsUsual, |file| file.write_all(b"before")).expect("written");
        let failed = write_whole(&target, Readers::AsUsual, |file| {
            file.write_all(b"half of it")?;
            Err(io::Error::from(io::ErrorKind::StorageFull))
        });
        assert_eq!(failed.expect_err("no room").kind(), io::ErrorKind::StorageFull);
        assert_eq!(std::fs::read(&target).expect("it is there"), b"before");
        assert_eq!(
            std::fs::read_dir(folder.path()).expect("readable").count(),
            1,
            "nothing else is left"
        );
    }

    /// GEN-08: private files and folders are their owner's alone, also those that were not before.
    #[cfg(unix)]
    #[test]
    fn private_is_private() {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = |path: &Path| std::fs::metadata(path).expect("it is there").permissions().mode() & 0o777;
        let folder = tempfile::tempdir().expect("a temporary folder");
        let inside = folder.path().join("inside");
        std::fs::create_dir(&inside).expect("a folder");
        std::fs::set_permissions(&inside, std::fs::Permissions::from_mode(0o755)).expect("open to all");
        private_folder(&inside).expect("restricted");
        assert_eq!(mode(&inside), 0o700);
        let file = inside.join("file");
        private_file(&file).expect("made");
        assert_eq!(mode(&file), 0o600);
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).expect("open to all");
        private_file_kept(&file).expect("opened");
        assert_eq!(mode(&file), 0o600);
        write_whole(&file, Readers::Owner, |file| file.write_all(b"x")).expect("written");
        assert_eq!(mode(&file), 0o600);
    }
}
