//! Logs: one file a day, a few days kept, and a level that changes while the program runs (ADM-01).
//!
//! A host calls [`start`] first of all; where the logs go is known once a workspace is open.

use crate::administration::types::{LogLevel, Preferences};
use crate::files;
use crate::wire::error::{Outcome, Problem};
use crate::wire::transfer::unwritable;
use parking_lot::Mutex;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use tracing_appender::rolling::{RollingFileAppender, Rotation};
use tracing_subscriber::layer::{Layer, SubscriberExt};
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Registry, fmt, reload};

static LEVEL: OnceLock<reload::Handle<EnvFilter, Registry>> = OnceLock::new();

/// The folder, and in it the file of today; none until a workspace is open.
static FILES: Mutex<Option<(PathBuf, RollingFileAppender)>> = Mutex::new(None);

/// Everything Flotilla says at this level; its libraries only when something is wrong.
fn filter(level: LogLevel) -> EnvFilter {
    let level = match level {
        LogLevel::Error => "error",
        LogLevel::Info => "info",
        LogLevel::Debug => "debug",
    };
    EnvFilter::new(format!(
        "warn,flotilla={level},flotilla_core={level},flotilla_connectors={level},flotilla_server={level}"
    ))
}

/// Writes into the file of today, if there is one.
struct Today;

impl io::Write for Today {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match FILES.lock().as_mut() {
            Some((_, file)) => file.write(bytes),
            None => Ok(bytes.len()),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        FILES.lock().as_mut().map_or(Ok(()), |(_, file)| file.flush())
    }
}

/// Takes the process's logs over; what the standard error shows besides, `FLOTILLA_LOG` says (otherwise errors). The
/// first call of a process counts.
pub fn start() {
    let console = EnvFilter::try_from_env("FLOTILLA_LOG").unwrap_or_else(|_| EnvFilter::new("error"));
    let (level, handle) = reload::Layer::new(filter(LogLevel::Info));
    let files = fmt::layer().json().with_writer(|| Today).with_filter(level);
    let console = fmt::layer().with_writer(io::stderr).with_filter(console);
    if tracing_subscriber::registry()
        .with(files)
        .with(console)
        .try_init()
        .is_ok()
    {
        LEVEL.get_or_init(|| handle);
    }
}

/// From now on logs go into `folder`, as the preferences say; what is older than they allow is removed. Nothing is
/// written in a process that did not [`start`] its logs.
///
/// # Errors
/// `file.unwritable`
pub fn write_into(folder: &Path, preferences: &Preferences) -> Outcome<()> {
    if LEVEL.get().is_none() {
        return Ok(());
    }
    files::private_folder(folder).map_err(unwritable)?;
    let appender = RollingFileAppender::builder()
        .rotation(Rotation::DAILY)
        .filename_prefix("flotilla")
        .filename_suffix("log")
        .max_log_files(usize::try_from(preferences.log_days).unwrap_or(1))
        .build(folder)
        .map_err(Problem::internal)?;
    *FILES.lock() = Some((folder.to_owned(), appender));
    set_level(preferences.log_level);
    restrict(folder);
    Ok(())
}

/// Log files are their owner's alone (GEN-08), like the folder they are in; a new one is made each day.
pub fn restrict(folder: &Path) {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    for path in entries.map(|entry| entry.path()) {
        if let Err(error) = files::restrict(&path) {
            tracing::warn!(%error, "others may be able to read a log file");
        }
    }
}

/// Nothing more goes into `folder`: its workspace is being closed.
pub fn leave(folder: &Path) {
    let mut files = FILES.lock();
    if files.as_ref().is_some_and(|(place, _)| place == folder) {
        *files = None;
    }
}

/// Another level takes effect at once.
fn set_level(level: LogLevel) {
    if let Some(handle) = LEVEL.get()
        && let Err(error) = handle.reload(filter(level))
    {
        tracing::warn!(%error, "the log level stays as it was");
    }
}
