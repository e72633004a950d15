//! Logs: one file a day, a few days kept, and a level that changes while the program runs (ADM-01).

use crate::administration::types::LogLevel;
use crate::wire::error::{Outcome, Problem};
use crate::wire::transfer::unwritable;
use std::path::Path;
use std::sync::OnceLock;
use tracing_appender::rolling::{RollingFileAppender, Rotation};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Registry, fmt, reload};

static LEVEL: OnceLock<reload::Handle<EnvFilter, Registry>> = OnceLock::new();

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

/// Starts to write logs into `folder`, a file a day, keeping `days` of them. The first call of a process counts.
///
/// # Errors
/// `file.unwritable`
pub fn start(folder: &Path, days: usize) -> Outcome<()> {
    std::fs::create_dir_all(folder).map_err(unwritable)?;
    let files = RollingFileAppender::builder()
        .rotation(Rotation::DAILY)
        .filename_prefix("flotilla")
        .filename_suffix("log")
        .max_log_files(days)
        .build(folder)
        .map_err(Problem::internal)?;
    let (level, handle) = reload::Layer::new(filter(LogLevel::Info));
    let started = tracing_subscriber::registry()
        .with(level)
        .with(fmt::layer().json().with_writer(files))
        .try_init();
    // A second workspace of the same process goes on with the first one's logs.
    if started.is_ok() && LEVEL.set(handle).is_err() {
        tracing::warn!("the logs were started twice");
    }
    Ok(())
}

/// Another level takes effect at once.
pub fn set_level(level: LogLevel) {
    if let Some(handle) = LEVEL.get()
        && let Err(error) = handle.reload(filter(level))
    {
        tracing::warn!(%error, "the log level stays as it was");
    }
}
