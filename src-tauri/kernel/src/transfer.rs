//! Files on their way in (a chosen or uploaded file) and out (an export). The webview never sees a path (SEC-01).

use crate::characters::{is_invisible, is_joiner};
use crate::clock::{Clock, Time, hours};
use crate::error::{ErrorCode, Outcome, Problem};
use crate::files;
use crate::ids::{AccountId, SessionId, TransferId};
use parking_lot::Mutex;
use rust_xlsxwriter::XlsxError;
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use std::collections::HashMap;
use std::fs::File;
use std::io::{BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use ts_rs::TS;

/// Whose a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Owner {
    /// The session that fetches it.
    pub session: SessionId,
    /// The account that saw what is in it.
    pub account: AccountId,
}

/// What `host.pick_file` and an upload give.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Upload {
    /// The id by which a command takes the file, once.
    pub upload: TransferId,
    /// The file's name, without a path.
    pub name: String,
    /// How many bytes it has.
    pub size: i64,
}

/// A file that waits to be saved or downloaded.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Download {
    /// The id by which the file is fetched.
    pub download: TransferId,
    /// The suggested file name.
    pub name: String,
    /// How many bytes it has.
    pub size: i64,
}

/// Nothing larger comes in; commands have smaller limits of their own.
pub const UPLOAD_LIMIT: u64 = 64 * MEBIBYTE;

const MEBIBYTE: u64 = 1024 * 1024;

/// So much of a file is read at once while it is sent.
const PIECE: usize = 256 * 1024;

/// Held by the process whose folder it is in.
const LOCK: &str = ".lock";

/// A file that nobody fetched is thrown away after this.
const LIFETIME: i64 = hours(1);

/// How many files, and how many bytes in them, may have come in without having been taken.
struct Share {
    files: usize,
    bytes: u64,
}

/// Of one session.
const OWN: Share = Share {
    files: 8,
    bytes: 2 * UPLOAD_LIMIT,
};
/// Of all sessions of this process.
const ALL: Share = Share {
    files: 256,
    bytes: 16 * UPLOAD_LIMIT,
};
/// So many exports of one session wait to be fetched; the next one takes the place of the oldest.
const OWN_EXPORTS: usize = 8;

/// The files under way. Cheap to clone.
#[derive(Clone)]
pub struct Transfers {
    folder: Arc<PathBuf>,
    files: Arc<Mutex<Files>>,
    clock: Clock,
    /// Held as long as this process uses its folder.
    #[expect(dead_code, reason = "what counts is that it is held")]
    lock: Arc<File>,
}

#[derive(Debug, Default)]
struct Files {
    waiting: HashMap<TransferId, Waiting>,
    /// What is coming in: whose it is, and how much has come.
    coming: HashMap<TransferId, (SessionId, u64)>,
    /// Exports that are written or wait: who saw what is in them.
    seen_by: HashMap<TransferId, AccountId>,
}

#[derive(Debug, Clone)]
struct Waiting {
    name: String,
    path: PathBuf,
    kind: Kind,
    /// Whose it is.
    owner: SessionId,
    size: u64,
    /// The SHA-256 without which it is not sent.
    expected: Option<[u8; 32]>,
    since: Time,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Chosen where it lies; not ours to delete.
    Chosen,
    Upload,
    Export,
}

impl Waiting {
    fn throw_away(&self) {
        if self.kind != Kind::Chosen
            && let Err(error) = std::fs::remove_file(&self.path)
        {
            tracing::debug!(%error, "the next start throws the file away");
        }
    }
}

impl Files {
    /// Whether `bytes` more may come in of this session, in so many more files.
    fn has_space(&self, owner: SessionId, files: usize, bytes: u64) -> bool {
        let waiting = self
            .waiting
            .values()
            .filter(|waiting| waiting.kind == Kind::Upload)
            .map(|waiting| (waiting.owner, waiting.size));
        let coming = self.coming.values().copied();
        let (mut own, mut all) = ((files, bytes), (files, bytes));
        for (whose, size) in waiting.chain(coming) {
            all = (all.0 + 1, all.1.saturating_add(size));
            if whose == owner {
                own = (own.0 + 1, own.1.saturating_add(size));
            }
        }
        own.0 <= OWN.files && own.1 <= OWN.bytes && all.0 <= ALL.files && all.1 <= ALL.bytes
    }

    /// A waiting file of this session, of a kind that fits.
    ///
    /// # Errors
    /// `transfer.gone`; marked as refused when it is another's, who learns nothing else of it (ADM-20).
    fn owned(&self, id: TransferId, owner: SessionId, fits: impl Fn(Kind) -> bool) -> Outcome<&Waiting> {
        let gone = || Problem::new(ErrorCode::TransferGone);
        let found = self.waiting.get(&id).ok_or_else(gone)?;
        if found.owner != owner {
            return Err(gone().as_refused());
        }
        Some(found).filter(|found| fits(found.kind)).ok_or_else(gone)
    }
}

/// A file that came in.
#[derive(Debug)]
pub struct TakenFile {
    /// The file's name, without a path.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
    /// Where it lies, when it was chosen on this machine.
    pub path: Option<PathBuf>,
}

/// A file that was chosen on this machine.
#[derive(Debug)]
pub struct ChosenFile {
    /// The file's name, without a path.
    pub name: String,
    /// Where it lies.
    pub path: PathBuf,
    /// How many bytes it had when it was chosen.
    pub size: u64,
}

/// A file that waits, opened to be sent. Where it is to have a SHA-256, it is read against that while it is sent: what was altered
/// since it was verified is broken off before its last piece, so that nobody ever has the whole of it (REP-06).
pub struct OpenedFile {
    /// The file's name, without a path.
    pub name: String,
    /// How many bytes it has.
    pub size: u64,
    file: File,
    left: u64,
    /// What its SHA-256 is to be, and what it is so far.
    expected: Option<([u8; 32], Sha256)>,
    ended: bool,
}

impl OpenedFile {
    /// The next bytes; none: those before were the last. Blocks.
    ///
    /// # Errors
    /// `repository.altered` in place of the last bytes when they are not those of its SHA-256; `file.unreadable`
    pub fn piece(&mut self) -> Outcome<Option<Vec<u8>>> {
        if self.ended {
            return Ok(None);
        }
        let read = self.read();
        self.ended = self.left == 0 || read.is_err();
        if let Err(problem) = &read {
            tracing::error!(%problem, name = self.name, "a file that was handed out is not sent");
        }
        read.map(|piece| Some(piece).filter(|piece| !piece.is_empty()))
    }

    fn read(&mut self) -> Outcome<Vec<u8>> {
        let length = usize::try_from(self.left).map_or(PIECE, |left| left.min(PIECE));
        let mut piece = vec![0; length];
        self.file
            .read_exact(&mut piece)
            .map_err(|error| match (&self.expected, error.kind()) {
                // It has become shorter.
                (Some(_), std::io::ErrorKind::UnexpectedEof) => ErrorCode::RepositoryAltered.into(),
                _ => unreadable(error),
            })?;
        self.left -= length as u64;
        if let Some((_, hash)) = &mut self.expected {
            hash.update(&piece);
        }
        if self.left == 0
            && let Some((expected, hash)) = self.expected.take()
            && hash.finalize().as_slice() != expected
        {
            return Err(ErrorCode::RepositoryAltered.into());
        }
        Ok(piece)
    }
}

impl Transfers {
    /// Transfers through a folder of this process's own below `folder`, which only its owner reads. What a killed
    /// process left there nobody can fetch any more; it is thrown away.
    ///
    /// # Errors
    /// `file.unwritable`
    pub fn new(folder: &Path, clock: Clock) -> Outcome<Self> {
        files::private_folder(folder).map_err(unwritable)?;
        for entry in std::fs::read_dir(folder).map_err(unwritable)? {
            let path = entry.map_err(unwritable)?.path();
            // Who still lives holds the lock of its folder.
            let abandoned = File::open(path.join(LOCK)).is_ok_and(|lock| lock.try_lock().is_ok());
            if abandoned && let Err(error) = std::fs::remove_dir_all(&path) {
                tracing::warn!(%error, "what a former run left could not be thrown away");
            }
        }
        let own = folder.join(TransferId::new(clock.now()).to_string());
        files::private_folder(&own).map_err(unwritable)?;
        let lock = files::private_file(&own.join(LOCK)).map_err(unwritable)?;
        lock.lock().map_err(unwritable)?;
        Ok(Self {
            folder: Arc::new(own),
            files: Arc::default(),
            clock,
            lock: Arc::new(lock),
        })
    }

    /// Throws away what was not fetched.
    pub fn close(&self) {
        if let Err(error) = std::fs::remove_dir_all(&*self.folder) {
            tracing::debug!(%error, "the next start throws the transfers away");
        }
    }

    /// A file that this session has chosen in a dialog on this machine comes in where it lies.
    ///
    /// # Errors
    /// `file.unreadable`
    pub fn choose(&self, owner: SessionId, path: &Path) -> Outcome<Upload> {
        let found = std::fs::metadata(path).map_err(|error| Problem {
            // That a path leads nowhere is for who gave it, and nothing for the log.
            source: None,
            ..unreadable(error)
        })?;
        let size = found.len();
        let name = path
            .file_name()
            .map(|name| plain_name(&name.to_string_lossy()))
            .unwrap_or_default();
        let id = TransferId::new(self.clock.now());
        let waiting = self.waiting(&name, path.to_owned(), Kind::Chosen, owner, size);
        self.files.lock().waiting.insert(id, waiting);
        Ok(Upload {
            upload: id,
            name,
            size: i64::try_from(size).unwrap_or(i64::MAX),
        })
    }

    /// A file begins to come in from a session's browser, piece by piece.
    ///
    /// # Errors
    /// `transfer.too-many` when too much of the session's, or of all, waits already; `file.unwritable`.
    pub fn receive(&self, owner: SessionId, name: &str) -> Outcome<IncomingFile> {
        let id = TransferId::new(self.clock.now());
        {
            let mut files = self.files.lock();
            if !files.has_space(owner, 1, 0) {
                return Err(ErrorCode::TooManyTransfers.into());
            }
            files.coming.insert(id, (owner, 0));
        }
        let path = self.folder.join(id.to_string());
        let file = files::private_file(&path);
        // From here on the place is given back by dropping it.
        let mut incoming = IncomingFile {
            transfers: self.clone(),
            owner,
            id,
            name: plain_name(name),
            path,
            file: None,
            size: 0,
        };
        incoming.file = Some(file.map_err(unwritable)?);
        Ok(incoming)
    }

    /// Takes a file of this session that came in, once; at most `limit` bytes of it. Another's is left where it is.
    ///
    /// # Errors
    /// `transfer.gone`, `import.file-too-large`, `file.unreadable`
    pub fn take(&self, id: TransferId, owner: SessionId, limit: u64) -> Outcome<TakenFile> {
        let waiting = {
            let mut files = self.files.lock();
            files.owned(id, owner, |kind| kind != Kind::Export)?;
            files.waiting.remove(&id)
        };
        let waiting = waiting.ok_or_else(|| Problem::new(ErrorCode::TransferGone))?;
        let mut bytes = Vec::new();
        let read = File::open(&waiting.path)
            .and_then(|file| file.take(limit + 1).read_to_end(&mut bytes))
            .map_err(unreadable);
        waiting.throw_away();
        read?;
        if bytes.len() as u64 > limit {
            return Err(too_large(limit));
        }
        Ok(TakenFile {
            name: waiting.name,
            bytes,
            path: (waiting.kind == Kind::Chosen).then_some(waiting.path),
        })
    }

    /// Takes a file that this session has chosen on this machine, once, without reading it: for files of any size.
    ///
    /// # Errors
    /// `transfer.gone`, also for a file that was uploaded.
    pub fn take_chosen(&self, id: TransferId, owner: SessionId) -> Outcome<ChosenFile> {
        let mut files = self.files.lock();
        files.owned(id, owner, |kind| kind == Kind::Chosen)?;
        let waiting = files.waiting.remove(&id).ok_or(ErrorCode::TransferGone)?;
        Ok(ChosenFile {
            name: waiting.name,
            path: waiting.path,
            size: waiting.size,
        })
    }

    /// A file of the workspace waits for its owner's session as it is, without a copy where the file system can do so. `path` is never
    /// written to again by whoever keeps it there; what somebody else has done to it until it is sent, its SHA-256 tells
    /// ([`OpenedFile`]).
    ///
    /// # Errors
    /// `file.unwritable`
    pub fn hand_out(
        &self,
        owner: impl Into<Owner>,
        name: &str,
        path: &Path,
        sha256: [u8; 32],
    ) -> Outcome<Download> {
        let owner = owner.into();
        let id = TransferId::new(self.clock.now());
        let own = self.folder.join(id.to_string());
        if std::fs::hard_link(path, &own).is_err() {
            std::fs::copy(path, &own).map_err(unwritable)?;
        }
        let size = std::fs::metadata(&own).map_err(unreadable)?.len();
        let waiting = Waiting {
            expected: Some(sha256),
            ..self.waiting(&plain_name(name), own, Kind::Export, owner.session, size)
        };
        let name = waiting.name.clone();
        let mut files = self.files.lock();
        files.seen_by.insert(id, owner.account);
        files.waiting.insert(id, waiting);
        Ok(Download {
            download: id,
            name,
            size: i64::try_from(size).unwrap_or(i64::MAX),
        })
    }

    /// Begins a file that its owner's session is to fetch.
    ///
    /// # Errors
    /// `file.unwritable`
    pub fn create(&self, owner: impl Into<Owner>, name: &str) -> Outcome<OutgoingFile> {
        let owner = owner.into();
        let id = TransferId::new(self.clock.now());
        let path = self.folder.join(id.to_string());
        let file = BufWriter::new(files::private_file(&path).map_err(unwritable)?);
        self.files.lock().seen_by.insert(id, owner.account);
        Ok(OutgoingFile {
            transfers: self.clone(),
            owner: owner.session,
            id,
            name: plain_name(name),
            path,
            file,
            finished: false,
        })
    }

    /// Where a file waits to be fetched by the session that asked for it, and under which name. Its content is sent by
    /// [`Transfers::open`] or [`Transfers::save`].
    ///
    /// # Errors
    /// `transfer.gone`; marked as refused when it is another's.
    pub fn fetch(&self, id: TransferId, owner: SessionId) -> Outcome<(PathBuf, String)> {
        let files = self.files.lock();
        let found = files.owned(id, owner, |kind| kind == Kind::Export)?;
        Ok((found.path.clone(), found.name.clone()))
    }

    /// Opens a file that waits for this session, to send its content. Blocks.
    ///
    /// # Errors
    /// `transfer.gone`; marked as refused when it is another's.
    pub fn open(&self, id: TransferId, owner: SessionId) -> Outcome<OpenedFile> {
        let found = self
            .files
            .lock()
            .owned(id, owner, |kind| kind == Kind::Export)?
            .clone();
        let file = File::open(&found.path)
            .map_err(|error| Problem::new(ErrorCode::TransferGone).caused_by(error))?;
        Ok(OpenedFile {
            name: found.name,
            size: found.size,
            file,
            left: found.size,
            expected: found.expected.map(|expected| (expected, Sha256::new())),
            ended: false,
        })
    }

    /// Throws away the exports of these accounts, also those that are being written: what they may see is something else now
    /// (RGT-01).
    pub fn withdraw(&self, concerns: impl Fn(AccountId) -> bool) {
        let mut files = self.files.lock();
        let Files { waiting, seen_by, .. } = &mut *files;
        seen_by.retain(|id, account| {
            let stays = !concerns(*account);
            if !stays && let Some(file) = waiting.remove(id) {
                file.throw_away();
            }
            stays
        });
    }

    /// Copies a file that waits for this session to where the person chose, whole or not at all.
    ///
    /// # Errors
    /// `transfer.gone`, `file.unwritable`, and as [`OpenedFile::piece`].
    pub fn save(&self, id: TransferId, owner: SessionId, target: &Path) -> Outcome<()> {
        let mut waiting = self.open(id, owner)?;
        let mut refused = None;
        let written = files::write_whole(target, files::Readers::AsUsual, |file| {
            loop {
                match waiting.piece() {
                    Ok(Some(piece)) => file.write_all(&piece)?,
                    Ok(None) => return Ok(()),
                    Err(problem) => {
                        refused = Some(problem);
                        return Err(std::io::ErrorKind::InvalidData.into());
                    }
                }
            }
        });
        match refused {
            Some(problem) => Err(problem),
            None => written.map_err(unwritable),
        }
    }

    /// Throws away what nobody fetched or took within an hour, and what belongs to sessions that have ended. Uploads
    /// may hold passwords in clear (GEN-08).
    pub fn sweep(&self, lives: impl Fn(SessionId) -> bool) {
        let now = self.clock.now();
        let mut files = self.files.lock();
        let Files { waiting, seen_by, .. } = &mut *files;
        waiting.retain(|id, waiting| {
            let age = now.since(waiting.since);
            // A clock that was put back must not keep anything longer.
            let keep = (0..LIFETIME).contains(&age) && lives(waiting.owner);
            if !keep {
                waiting.throw_away();
                seen_by.remove(id);
            }
            keep
        });
    }

    fn waiting(&self, name: &str, path: PathBuf, kind: Kind, owner: SessionId, size: u64) -> Waiting {
        Waiting {
            name: name.to_owned(),
            path,
            kind,
            owner,
            size,
            expected: None,
            since: self.clock.now(),
        }
    }
}

fn too_large(limit: u64) -> Problem {
    Problem::new(ErrorCode::FileTooLarge).with("limit", i64::try_from(limit / MEBIBYTE).unwrap_or(0))
}

/// A file coming in; it can be taken once it is finished. Dropped before that, it is thrown away.
pub struct IncomingFile {
    transfers: Transfers,
    owner: SessionId,
    id: TransferId,
    name: String,
    path: PathBuf,
    file: Option<File>,
    size: u64,
}

impl IncomingFile {
    /// Takes in the next piece.
    ///
    /// # Errors
    /// `import.file-too-large`, `transfer.too-many`, `file.unwritable`, `workspace.disk-full`
    pub fn write(&mut self, piece: &[u8]) -> Outcome<()> {
        let more = piece.len() as u64;
        if self.size + more > UPLOAD_LIMIT {
            return Err(too_large(UPLOAD_LIMIT));
        }
        {
            let mut files = self.transfers.files.lock();
            if !files.has_space(self.owner, 0, more) {
                return Err(ErrorCode::TooManyTransfers.into());
            }
            if let Some((_, size)) = files.coming.get_mut(&self.id) {
                *size += more;
            }
        }
        self.size += more;
        let file = self.file.as_mut().ok_or(ErrorCode::TransferGone)?;
        file.write_all(piece).map_err(unwritable)
    }

    /// Ends it; from now on it can be taken.
    ///
    /// # Errors
    /// `transfer.gone` when it never began.
    pub fn finish(mut self) -> Outcome<Upload> {
        self.file.take().ok_or(ErrorCode::TransferGone)?;
        let waiting =
            self.transfers
                .waiting(&self.name, self.path.clone(), Kind::Upload, self.owner, self.size);
        self.transfers.files.lock().waiting.insert(self.id, waiting);
        Ok(Upload {
            upload: self.id,
            name: self.name.clone(),
            size: i64::try_from(self.size).unwrap_or(i64::MAX),
        })
    }
}

impl Drop for IncomingFile {
    fn drop(&mut self) {
        let mut files = self.transfers.files.lock();
        files.coming.remove(&self.id);
        if !files.waiting.contains_key(&self.id) {
            drop(files);
            self.file = None;
            // It may never have been made.
            let _ = std::fs::remove_file(&self.path);
        }
    }
}

/// A file being written; it can be fetched once it is finished. Dropped before that, it is thrown away.
pub struct OutgoingFile {
    transfers: Transfers,
    owner: SessionId,
    id: TransferId,
    name: String,
    path: PathBuf,
    file: BufWriter<File>,
    finished: bool,
}

impl OutgoingFile {
    /// Where it is being written, for a library that writes files itself.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Ends it; from now on it can be fetched.
    ///
    /// # Errors
    /// `file.unwritable`; `transfer.gone` when it was withdrawn while it was written.
    pub fn finish(mut self) -> Outcome<Download> {
        self.file.flush().map_err(unwritable)?;
        let size = std::fs::metadata(&self.path).map_err(unwritable)?.len();
        let waiting = self
            .transfers
            .waiting(&self.name, self.path.clone(), Kind::Export, self.owner, size);
        let mut files = self.transfers.files.lock();
        if !files.seen_by.contains_key(&self.id) {
            return Err(ErrorCode::TransferGone.into());
        }
        // Before this one is among them: it may be of the same millisecond as others.
        let mut own: Vec<(Time, TransferId)> = files
            .waiting
            .iter()
            .filter(|(_, waiting)| waiting.kind == Kind::Export && waiting.owner == self.owner)
            .map(|(id, waiting)| (waiting.since, *id))
            .collect();
        own.sort_unstable();
        for (_, oldest) in own.iter().take((own.len() + 1).saturating_sub(OWN_EXPORTS)) {
            files.seen_by.remove(oldest);
            if let Some(oldest) = files.waiting.remove(oldest) {
                oldest.throw_away();
            }
        }
        files.waiting.insert(self.id, waiting);
        drop(files);
        self.finished = true;
        Ok(Download {
            download: self.id,
            name: self.name.clone(),
            size: i64::try_from(size).unwrap_or(i64::MAX),
        })
    }
}

impl Drop for OutgoingFile {
    fn drop(&mut self) {
        if !self.finished {
            self.transfers.files.lock().seen_by.remove(&self.id);
            // Emptied at the next start in any case.
            let _ = std::fs::remove_file(&self.path);
        }
    }
}

impl Write for OutgoingFile {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.file.write(bytes)
    }
    fn flush(&mut self) -> std::io::Result<()> {
        self.file.flush()
    }
}

/// A file name without any path in it, control characters, and what nobody sees: the same for every way in.
pub fn plain_name(name: &str) -> String {
    let dropped = |character: char| {
        character.is_control()
            || (is_invisible(character) && !is_joiner(character))
            || matches!(character, '/' | '\\' | ':')
    };
    let name: String = name.chars().filter(|character| !dropped(*character)).collect();
    if name.trim().is_empty() {
        "file".to_owned()
    } else {
        name
    }
}

/// An error of reading, as a person meets it.
pub fn unreadable(error: std::io::Error) -> Problem {
    Problem::new(ErrorCode::FileUnreadable)
        .with("reason", error.to_string())
        .caused_by(error)
}

/// An error of writing, as a person meets it.
pub fn unwritable(error: std::io::Error) -> Problem {
    let code = match error.kind() {
        std::io::ErrorKind::StorageFull => ErrorCode::DiskFull,
        std::io::ErrorKind::ReadOnlyFilesystem => ErrorCode::ReadOnly,
        _ => ErrorCode::FileUnwritable,
    };
    Problem::new(code)
        .with("reason", error.to_string())
        .caused_by(error)
}

/// As [`unwritable`], of a CSV writer: what the disk said stands inside its error.
pub fn unwritable_csv(error: csv::Error) -> Problem {
    let kind = match error.kind() {
        csv::ErrorKind::Io(inner) => inner.kind(),
        _ => std::io::ErrorKind::Other,
    };
    unwritable(std::io::Error::new(kind, error))
}

/// As [`unwritable`], of a writer of worksheets.
pub fn unwritable_sheet(error: XlsxError) -> Problem {
    let inside = std::error::Error::source(&error).and_then(|inner| inner.downcast_ref::<std::io::Error>());
    let kind = match &error {
        XlsxError::IoError(inner) => inner.kind(),
        _ => inside.map_or(std::io::ErrorKind::Other, std::io::Error::kind),
    };
    unwritable(std::io::Error::new(kind, error))
}

#[cfg(test)]
mod tests;
