//! Files on their way in (a chosen or uploaded file) and out (an export). The webview never sees a path (SEC-01).

use crate::clock::{Clock, Time, hours};
use crate::ids::TransferId;
use crate::lists::types::Download;
use crate::wire::error::{ErrorCode, Outcome, Problem};
use crate::wire::types::Upload;
use parking_lot::Mutex;
use rust_xlsxwriter::XlsxError;
use std::collections::HashMap;
use std::fs::File;
use std::io::{BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Nothing larger comes in; commands have smaller limits of their own.
pub const UPLOAD_LIMIT: u64 = 64 * 1024 * 1024;

/// Held by the process whose folder it is in.
const LOCK: &str = ".lock";

/// A file that nobody fetched is thrown away after this.
const LIFETIME: i64 = hours(1);

/// The files under way. Cheap to clone.
#[derive(Clone)]
pub struct Transfers {
    folder: Arc<PathBuf>,
    waiting: Arc<Mutex<HashMap<TransferId, Waiting>>>,
    clock: Clock,
    /// Held as long as this process uses its folder.
    #[expect(dead_code, reason = "what counts is that it is held")]
    lock: Arc<File>,
}

#[derive(Debug, Clone)]
struct Waiting {
    name: String,
    path: PathBuf,
    /// Chosen where it lies; not ours to delete.
    chosen: bool,
    since: Time,
}

/// A file that came in.
#[derive(Debug)]
pub struct TakenFile {
    pub name: String,
    pub bytes: Vec<u8>,
    /// Where it lies, when it was chosen on this machine.
    pub path: Option<PathBuf>,
}

impl Transfers {
    /// Transfers through a folder of this process's own below `folder`. What a killed process left there nobody can
    /// fetch any more; it is thrown away.
    ///
    /// # Errors
    /// `file.unwritable`
    pub fn new(folder: &Path, clock: Clock) -> Outcome<Self> {
        std::fs::create_dir_all(folder).map_err(unwritable)?;
        for entry in std::fs::read_dir(folder).map_err(unwritable)? {
            let path = entry.map_err(unwritable)?.path();
            // Who still lives holds the lock of its folder.
            let abandoned = File::open(path.join(LOCK)).is_ok_and(|lock| lock.try_lock().is_ok());
            if abandoned && let Err(error) = std::fs::remove_dir_all(&path) {
                tracing::warn!(%error, "what a former run left could not be thrown away");
            }
        }
        let own = folder.join(TransferId::new(clock.now()).to_string());
        std::fs::create_dir(&own).map_err(unwritable)?;
        let lock = File::create(own.join(LOCK)).map_err(unwritable)?;
        lock.lock().map_err(unwritable)?;
        Ok(Self {
            folder: Arc::new(own),
            waiting: Arc::default(),
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

    /// A file chosen in a dialog on this machine comes in where it lies.
    ///
    /// # Errors
    /// `file.unreadable`
    pub fn choose(&self, path: &Path) -> Outcome<Upload> {
        let size = std::fs::metadata(path).map_err(unreadable)?.len();
        let name = path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default();
        let upload = self.register(Waiting {
            name: name.clone(),
            path: path.to_owned(),
            chosen: true,
            since: self.clock.now(),
        });
        Ok(Upload {
            upload,
            name,
            size: i64::try_from(size).unwrap_or(i64::MAX),
        })
    }

    /// Bytes uploaded from a browser come in.
    ///
    /// # Errors
    /// `call.too-large`, `file.unwritable`
    pub fn upload(&self, name: &str, bytes: &[u8]) -> Outcome<Upload> {
        if bytes.len() as u64 > UPLOAD_LIMIT {
            return Err(Problem::new(ErrorCode::FileTooLarge)
                .with("limit", i64::try_from(UPLOAD_LIMIT / 1_048_576).unwrap_or(64)));
        }
        let id = TransferId::new(self.clock.now());
        let path = self.folder.join(id.to_string());
        std::fs::write(&path, bytes).map_err(unwritable)?;
        let name = plain_name(name);
        self.waiting.lock().insert(
            id,
            Waiting {
                name: name.clone(),
                path,
                chosen: false,
                since: self.clock.now(),
            },
        );
        Ok(Upload {
            upload: id,
            name,
            size: i64::try_from(bytes.len()).unwrap_or(i64::MAX),
        })
    }

    /// Takes a file that came in, once; at most `limit` bytes of it.
    ///
    /// # Errors
    /// `transfer.gone`, `import.file-too-large`, `file.unreadable`
    pub fn take(&self, id: TransferId, limit: u64) -> Outcome<TakenFile> {
        let waiting = self
            .waiting
            .lock()
            .remove(&id)
            .ok_or_else(|| Problem::new(ErrorCode::TransferGone))?;
        let file = File::open(&waiting.path).map_err(unreadable)?;
        let mut bytes = Vec::new();
        let read = file.take(limit + 1).read_to_end(&mut bytes).map_err(unreadable);
        if !waiting.chosen {
            // Emptied at the next start in any case.
            let _ = std::fs::remove_file(&waiting.path);
        }
        read?;
        if bytes.len() as u64 > limit {
            return Err(Problem::new(ErrorCode::FileTooLarge)
                .with("limit", i64::try_from(limit / 1_048_576).unwrap_or(0)));
        }
        Ok(TakenFile {
            name: waiting.name,
            bytes,
            path: waiting.chosen.then_some(waiting.path),
        })
    }

    /// Begins a file on its way out.
    ///
    /// # Errors
    /// `file.unwritable`
    pub fn create(&self, name: &str) -> Outcome<OutgoingFile> {
        self.forget_old();
        let id = TransferId::new(self.clock.now());
        let path = self.folder.join(id.to_string());
        let file = BufWriter::new(File::create(&path).map_err(unwritable)?);
        Ok(OutgoingFile {
            transfers: self.clone(),
            id,
            name: plain_name(name),
            path,
            file,
        })
    }

    /// Where a file waits to be fetched, and under which name.
    ///
    /// # Errors
    /// `transfer.gone`
    pub fn fetch(&self, id: TransferId) -> Outcome<(PathBuf, String)> {
        let waiting = self.waiting.lock();
        let found = waiting
            .get(&id)
            .filter(|waiting| !waiting.chosen)
            .ok_or_else(|| Problem::new(ErrorCode::TransferGone))?;
        Ok((found.path.clone(), found.name.clone()))
    }

    /// Copies a waiting file to where the person chose, whole or not at all.
    ///
    /// # Errors
    /// `transfer.gone`, `file.unwritable`
    pub fn save(&self, id: TransferId, target: &Path) -> Outcome<()> {
        let (path, _) = self.fetch(id)?;
        let folder = target.parent().unwrap_or(Path::new("."));
        let partial = folder.join(format!(".{id}.part"));
        let copied = std::fs::copy(&path, &partial)
            .and_then(|_| File::open(&partial)?.sync_all())
            .and_then(|()| std::fs::rename(&partial, target));
        if copied.is_err() {
            let _ = std::fs::remove_file(&partial);
        }
        copied.map_err(unwritable)
    }

    fn register(&self, waiting: Waiting) -> TransferId {
        let id = TransferId::new(self.clock.now());
        self.waiting.lock().insert(id, waiting);
        id
    }

    fn forget_old(&self) {
        let now = self.clock.now();
        self.waiting.lock().retain(|_, waiting| {
            let keep = now.since(waiting.since) < LIFETIME;
            if !keep && !waiting.chosen {
                let _ = std::fs::remove_file(&waiting.path);
            }
            keep
        });
    }
}

/// A file being written; it can be fetched once it is finished.
pub struct OutgoingFile {
    transfers: Transfers,
    id: TransferId,
    name: String,
    path: PathBuf,
    file: BufWriter<File>,
}

impl OutgoingFile {
    /// Where it is being written, for a library that writes files itself.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Ends it; from now on it can be fetched.
    ///
    /// # Errors
    /// `file.unwritable`
    pub fn finish(mut self) -> Outcome<Download> {
        self.file.flush().map_err(unwritable)?;
        let size = std::fs::metadata(&self.path).map_err(unwritable)?.len();
        let since = self.transfers.clock.now();
        let waiting = Waiting {
            name: self.name.clone(),
            path: self.path.clone(),
            chosen: false,
            since,
        };
        self.transfers.waiting.lock().insert(self.id, waiting);
        Ok(Download {
            download: self.id,
            name: self.name,
            size: i64::try_from(size).unwrap_or(i64::MAX),
        })
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

/// A file name without any path or control character in it.
fn plain_name(name: &str) -> String {
    let name: String = name
        .chars()
        .filter(|character| !character.is_control() && !matches!(character, '/' | '\\' | ':'))
        .collect();
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
mod tests {
    use super::*;
    use std::io::{Error, ErrorKind};

    /// REL-03: a full disk is called one, whoever was writing.
    #[test]
    fn a_full_disk_is_said_to_be_full() {
        let full = || Error::from(ErrorKind::StorageFull);
        for problem in [
            unwritable(full()),
            unwritable_csv(csv::Error::from(full())),
            unwritable_sheet(XlsxError::IoError(full())),
        ] {
            assert_eq!(problem.code, ErrorCode::DiskFull);
        }
        let other = unwritable_sheet(XlsxError::RowColumnLimitError);
        assert_eq!(other.code, ErrorCode::FileUnwritable);
    }
}
