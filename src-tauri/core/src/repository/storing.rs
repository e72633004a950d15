//! Where the repository's files lie, and how they come there: content-addressed, whole or not at all (REP-04).
//!
//! ```text
//! repository/content/ab/abcdef…   a package, under its SHA-256
//! repository/arriving/<id>        what has come of a file on its way in
//! ```
//!
//! Everything here blocks; callers run it on a thread of its own.

use flotilla_kernel::error::{ErrorCode, Outcome, Problem};
use flotilla_kernel::files;
use flotilla_kernel::ids::ArrivalId;
use flotilla_kernel::transfer::{unreadable, unwritable};
use flotilla_kernel::workspace::Workspace;
use sha2::{Digest as _, Sha256};
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use tokio_util::sync::CancellationToken;

/// A SHA-256.
pub type Digest = [u8; 32];

/// How much is read at once.
const BLOCK: usize = 1024 * 1024;
/// How many blocks are under way between reading and writing: what an import needs of memory, whatever the size of the file.
const BLOCKS: usize = 8;

/// The folders of the repository in a workspace's folder.
#[derive(Debug, Clone)]
pub struct Store {
    folder: PathBuf,
}

impl Store {
    /// The repository of the workspace in this folder. Nothing is made yet.
    pub fn new(workspace: &Path) -> Self {
        Self {
            folder: workspace.join("repository"),
        }
    }

    /// The repository of an open workspace.
    pub fn of(workspace: &Workspace) -> Self {
        Self::new(&workspace.folder)
    }

    /// Makes the folders.
    ///
    /// # Errors
    /// `file.unwritable`
    pub fn prepare(&self) -> Outcome<()> {
        for folder in [self.folder.clone(), self.content(), self.arriving()] {
            files::private_folder(&folder).map_err(unwritable)?;
        }
        Ok(())
    }

    fn content(&self) -> PathBuf {
        self.folder.join("content")
    }

    fn arriving(&self) -> PathBuf {
        self.folder.join("arriving")
    }

    /// Where the content with this digest is.
    pub fn path(&self, digest: &Digest) -> PathBuf {
        let name = hex::encode(digest);
        self.content().join(&name[..2]).join(name)
    }

    /// Where what has come of a file is kept.
    pub fn part(&self, arrival: ArrivalId) -> PathBuf {
        self.arriving().join(arrival.to_string())
    }

    /// How many bytes have come of a file; 0: nothing, or nothing is left.
    pub fn part_size(&self, arrival: ArrivalId) -> u64 {
        std::fs::metadata(self.part(arrival)).map_or(0, |found| found.len())
    }

    /// Opens what has come of a file, to add to it; made when there is nothing.
    ///
    /// # Errors
    /// `file.unwritable`
    pub fn open_part(&self, arrival: ArrivalId) -> Outcome<File> {
        self.prepare()?;
        let path = self.part(arrival);
        drop(files::private_file_kept(&path).map_err(unwritable)?);
        File::options()
            .read(true)
            .write(true)
            .open(&path)
            .map_err(unwritable)
    }

    /// Throws away what has come of a file.
    ///
    /// # Errors
    /// `file.unwritable`
    pub fn discard_part(&self, arrival: ArrivalId) -> Outcome<()> {
        removed(&self.part(arrival))
    }

    /// Puts a whole file to its place. What is on the disk is what its digest says, also after a power cut.
    ///
    /// # Errors
    /// `file.unwritable`
    pub fn put_in_place(&self, arrival: ArrivalId, digest: &Digest) -> Outcome<()> {
        let path = self.path(digest);
        if let Some(folder) = path.parent() {
            files::private_folder(folder).map_err(unwritable)?;
        }
        files::put_in_place(&self.part(arrival), &path).map_err(unwritable)
    }

    /// Deletes the content with this digest; one that is gone already is no error.
    ///
    /// # Errors
    /// `file.unwritable`
    pub fn delete(&self, digest: &Digest) -> Outcome<()> {
        removed(&self.path(digest))
    }

    /// How many bytes may still be written here; none: the system does not say.
    pub fn free(&self) -> Option<u64> {
        fs4::available_space(&self.folder).ok()
    }

    /// Refuses what does not fit, before a byte is copied (REP-04).
    ///
    /// # Errors
    /// `repository.no-space`
    pub fn demand_space(&self, bytes: u64) -> Outcome<()> {
        match self.free() {
            Some(free) if free < bytes => Err(Problem::new(ErrorCode::RepositoryNoSpace)
                .with("needed", i64::try_from(bytes).unwrap_or(i64::MAX))
                .with("free", i64::try_from(free).unwrap_or(i64::MAX))),
            _ => Ok(()),
        }
    }

    /// The digests of all content, and the ids of all parts, that lie here. Anything else is left alone.
    ///
    /// # Errors
    /// `file.unreadable`
    pub fn found(&self) -> Outcome<(Vec<Digest>, Vec<ArrivalId>)> {
        let mut digests = Vec::new();
        for folder in entries(&self.content())? {
            for path in entries(&folder)? {
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                let digest = hex::decode(name.as_bytes()).ok();
                digests.extend(digest.and_then(|bytes| Digest::try_from(bytes).ok()));
            }
        }
        let parts = entries(&self.arriving())?;
        let ids = parts
            .iter()
            .filter_map(|path| path.file_name()?.to_str()?.parse().ok());
        Ok((digests, ids.collect()))
    }
}

/// What lies in a folder; nothing, when there is none.
fn entries(folder: &Path) -> Outcome<Vec<PathBuf>> {
    let found = match std::fs::read_dir(folder) {
        Ok(found) => found,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => return Ok(Vec::new()),
        Err(error) => return Err(unreadable(error)),
    };
    found
        .map(|entry| entry.map(|entry| entry.path()).map_err(unreadable))
        .collect()
}

fn removed(path: &Path) -> Outcome<()> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(unwritable(error)),
        _ => Ok(()),
    }
}

/// Why a copy ended early.
#[derive(Debug)]
pub enum Stopped {
    /// Somebody cancelled it, or the program ends.
    Cancelled,
    /// The source cannot be read.
    Unreadable(io::Error),
    /// The part cannot be written.
    Unwritable(io::Error),
}

impl From<Stopped> for Problem {
    fn from(stopped: Stopped) -> Self {
        match stopped {
            Stopped::Cancelled => ErrorCode::Cancelled.into(),
            Stopped::Unreadable(error) => unreadable(error),
            Stopped::Unwritable(error) => unwritable(error),
        }
    }
}

/// Whom a copy tells how far it is, and who may end it.
pub struct Watch<'a> {
    /// Told how many bytes more are done.
    pub progress: &'a (dyn Fn(u64) + Sync),
    /// Ends the copy between two blocks.
    pub cancelled: &'a CancellationToken,
}

/// Copies a file into its part, from where the part ends, and gives its digest and size (REP-04). What the part has already is compared
/// with the source, byte for byte (REP-03): from the first block that differs on it is written anew.
///
/// Reading and the digest are one thread's, writing another's.
///
/// # Errors
/// [`Stopped`]; what was written stays for the next time.
pub fn copy(source: &mut File, part: &mut File, watch: &Watch<'_>) -> Result<(Digest, u64), Stopped> {
    let mut hash = Sha256::new();
    let proven = prove(source, part, &mut hash, watch)?;
    part.set_len(proven).map_err(Stopped::Unwritable)?;
    part.seek(SeekFrom::Start(proven)).map_err(Stopped::Unwritable)?;
    source
        .seek(SeekFrom::Start(proven))
        .map_err(Stopped::Unreadable)?;
    let (to_writer, blocks) = mpsc::sync_channel::<Vec<u8>>(BLOCKS);
    let (to_reader, empty) = mpsc::channel::<Vec<u8>>();
    for _ in 0..BLOCKS {
        // The receiver is here; it cannot be gone.
        let _ = to_reader.send(vec![0; BLOCK]);
    }
    let mut size = proven;
    let read = std::thread::scope(|scope| {
        let writer = scope.spawn(move || -> io::Result<()> {
            for block in blocks {
                part.write_all(&block)?;
                // The reader may have ended.
                let _ = to_reader.send(block);
            }
            part.sync_all()
        });
        let read = (|| {
            // The writer sends no block back when it has failed; its error is told below.
            while let Ok(mut block) = empty.recv() {
                if watch.cancelled.is_cancelled() {
                    return Err(Stopped::Cancelled);
                }
                block.resize(BLOCK, 0);
                let length = fill(source, &mut block).map_err(Stopped::Unreadable)?;
                if length == 0 {
                    return Ok(());
                }
                block.truncate(length);
                hash.update(&block);
                size += length as u64;
                if to_writer.send(block).is_err() {
                    break;
                }
                (watch.progress)(length as u64);
            }
            Ok(())
        })();
        drop(to_writer);
        match writer.join() {
            Ok(Ok(())) => read,
            Ok(Err(error)) => Err(Stopped::Unwritable(error)),
            Err(_) => Err(Stopped::Unwritable(io::Error::other("the writing thread ended"))),
        }
    });
    read?;
    Ok((hash.finalize().into(), size))
}

/// How much of the part is as the source has it; the digest goes on from there.
fn prove(source: &mut File, part: &mut File, hash: &mut Sha256, watch: &Watch<'_>) -> Result<u64, Stopped> {
    source.rewind().map_err(Stopped::Unreadable)?;
    part.rewind().map_err(Stopped::Unwritable)?;
    let (mut theirs, mut ours) = (vec![0; BLOCK], vec![0; BLOCK]);
    let mut proven = 0;
    loop {
        if watch.cancelled.is_cancelled() {
            return Err(Stopped::Cancelled);
        }
        let length = fill(part, &mut ours).map_err(Stopped::Unwritable)?;
        let block = theirs.get_mut(..length).unwrap_or_default();
        let read = fill(source, block).map_err(Stopped::Unreadable)?;
        if length == 0 || read < length || block != ours.get(..length).unwrap_or_default() {
            return Ok(proven);
        }
        hash.update(&*block);
        proven += length as u64;
        (watch.progress)(length as u64);
    }
}

/// The digest and size of a file.
///
/// # Errors
/// [`Stopped`]
pub fn digest(file: &mut File, watch: &Watch<'_>) -> Result<(Digest, u64), Stopped> {
    file.rewind().map_err(Stopped::Unreadable)?;
    let mut hash = Sha256::new();
    let mut block = vec![0; BLOCK];
    let mut size = 0;
    loop {
        if watch.cancelled.is_cancelled() {
            return Err(Stopped::Cancelled);
        }
        let length = fill(file, &mut block).map_err(Stopped::Unreadable)?;
        if length == 0 {
            return Ok((hash.finalize().into(), size));
        }
        hash.update(block.get(..length).unwrap_or_default());
        size += length as u64;
        (watch.progress)(length as u64);
    }
}

/// Reads until the buffer is full or the file ends.
fn fill(file: &mut File, buffer: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while let Some(rest) = buffer.get_mut(filled..).filter(|rest| !rest.is_empty()) {
        match file.read(rest) {
            Ok(0) => break,
            Ok(length) => filled += length,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

#[cfg(test)]
mod tests;
