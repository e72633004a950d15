//! Logs: one file a day, a few days kept, and a level that changes while the program runs (ADM-01).
//!
//! A host calls [`start`] first of all; where the logs go is known once a workspace is open.

use crate::clock::Time;
use crate::error::{FieldProblem, Outcome, Problem};
use crate::fields;
use crate::files;
use crate::preferences::Preference;
use crate::transfer::{unreadable, unwritable};
use chrono::{DateTime, Utc};
use parking_lot::Mutex;
use serde::{Deserialize, Serialize};
use std::fs::File;
use std::io::{self, IsTerminal as _, Read, Seek};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use tracing_appender::rolling::{RollingFileAppender, Rotation};
use tracing_subscriber::layer::{Layer, SubscriberExt};
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Registry, fmt, reload};
use ts_rs::TS;

/// ADM-01
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LogLevel {
    /// What went wrong, and nothing else.
    Error,
    /// Also what happened and what may become a fault. The default.
    #[default]
    Info,
    /// Also how it came about; costs speed.
    Debug,
}

/// A line of a service's log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct LogLine {
    /// When it was written.
    pub at: Time,
    /// How important it is.
    pub level: LogLineLevel,
    /// What it says, without secrets (GEN-08).
    pub text: String,
}

/// How important a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LogLineLevel {
    /// Something went wrong.
    #[serde(alias = "ERROR")]
    Error,
    /// Something may become a fault.
    #[serde(alias = "WARN")]
    Warn,
    /// Something happened.
    #[serde(alias = "INFO")]
    Info,
    /// A detail for finding faults.
    #[serde(alias = "DEBUG")]
    Debug,
    /// A finer detail, never written at the levels of [`LogLevel`].
    #[serde(alias = "TRACE")]
    Trace,
}

/// The part of the preferences that logs follow (ADM-01).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct LogPreferences {
    /// The least important lines that are still written.
    pub log_level: LogLevel,
    /// 1 to 30
    pub log_days: i64,
}

impl Default for LogPreferences {
    fn default() -> Self {
        Self {
            log_level: LogLevel::Info,
            log_days: 5,
        }
    }
}

impl Preference for LogPreferences {
    fn check(&self) -> Vec<FieldProblem> {
        fields::range("log_days", self.log_days, 1, 30)
            .into_iter()
            .collect()
    }
}

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
        "warn,flotilla={level},flotilla_core={level},flotilla_kernel={level},flotilla_connectors={level},flotilla_server={level}"
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

/// What the standard error shows of the logs where `FLOTILLA_LOG` says nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Console {
    /// What went wrong, of a program that runs on.
    Errors,
    /// Nothing, of a program that says itself how it ended: a person reads that, and no line of a log before it.
    Silent,
}

impl Console {
    /// What is shown, where this was asked for.
    fn filter(self, asked: Option<&str>) -> EnvFilter {
        let asked = asked.filter(|asked| !asked.trim().is_empty());
        let asked = asked.and_then(|asked| EnvFilter::try_new(asked).ok());
        asked.unwrap_or_else(|| {
            EnvFilter::new(match self {
                Self::Errors => "error",
                Self::Silent => "off",
            })
        })
    }
}

/// Takes the process's logs over; what the standard error shows besides, `FLOTILLA_LOG` says, or otherwise `console`. The
/// first call of a process counts.
pub fn start(console: Console) {
    let console = console.filter(std::env::var("FLOTILLA_LOG").ok().as_deref());
    let (level, handle) = reload::Layer::new(filter(LogLevel::Info));
    let files = fmt::layer().json().with_writer(|| Today).with_filter(level);
    let console = fmt::layer()
        .with_ansi(io::stderr().is_terminal())
        .with_writer(io::stderr)
        .with_filter(console);
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
pub fn write_into(folder: &Path, preferences: &LogPreferences) -> Outcome<()> {
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

/// So much of a log is looked through for its latest lines, and so many of them are given.
const TAIL: u64 = 1024 * 1024;
const LINES: usize = 200;

/// A line as it is written; other members are its own facts.
#[derive(Deserialize)]
struct Written {
    timestamp: DateTime<Utc>,
    level: LogLineLevel,
    target: String,
    fields: serde_json::Map<String, serde_json::Value>,
}

/// The latest lines that these parts of the program wrote into the newest file of `folder`, the last one first. None
/// where nothing was written.
///
/// # Errors
/// `file.unreadable`
pub fn last_lines(folder: &Path, parts: &[&str]) -> Outcome<Vec<LogLine>> {
    let newest = match std::fs::read_dir(folder) {
        Ok(entries) => entries
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(|path| path.extension().is_some_and(|extension| extension == "log"))
            .max(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(unreadable(error)),
    };
    let Some(newest) = newest else {
        return Ok(Vec::new());
    };
    let tail = || -> io::Result<Vec<u8>> {
        let mut file = File::open(newest)?;
        let length = file.metadata()?.len();
        file.seek(io::SeekFrom::Start(length.saturating_sub(TAIL)))?;
        let mut bytes = Vec::new();
        file.take(TAIL).read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    let bytes = tail().map_err(unreadable)?;
    Ok(bytes
        .rsplit(|&byte| byte == b'\n')
        // The first line may be cut; the last one may still be written.
        .filter_map(|line| serde_json::from_slice::<Written>(line).ok())
        .filter(|line| parts.iter().any(|part| line.target.starts_with(part)))
        .take(LINES)
        .map(Written::shown)
        .collect())
}

impl Written {
    fn shown(mut self) -> LogLine {
        let message = self.fields.remove("message");
        let facts = self.fields.iter().map(|(name, value)| match value {
            serde_json::Value::String(text) => format!("{name}={text}"),
            other => format!("{name}={other}"),
        });
        let message = message
            .as_ref()
            .and_then(|message| message.as_str())
            .map(str::to_owned);
        LogLine {
            at: Time::from(self.timestamp),
            level: self.level,
            text: message.into_iter().chain(facts).collect::<Vec<_>>().join(" · "),
        }
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    /// ADM-01: the standard error shows what was asked for; a program that speaks for itself shows nothing unasked.
    #[test]
    fn what_the_standard_error_shows() {
        for (console, asked, shown) in [
            (Console::Silent, None, "off"),
            (Console::Silent, Some(""), "off"),
            (Console::Silent, Some("debug"), "debug"),
            (Console::Errors, None, "error"),
            (Console::Errors, Some("=nonsense="), "error"),
        ] {
            assert_eq!(console.filter(asked).to_string(), shown, "{console:?} {asked:?}");
        }
    }

    /// ADM-10: the latest lines of one service, the last one first, whatever else stands in the file.
    #[test]
    fn the_latest_lines_of_a_service() {
        let folder = tempfile::tempdir().expect("a folder");
        let parts = ["flotilla_core::customers"];
        assert_eq!(
            last_lines(&folder.path().join("none"), &parts).expect("no logs"),
            []
        );
        std::fs::write(folder.path().join("flotilla.2026-01-01.log"), "old").expect("written");
        let line = |second: u32, target: &str, message: &str| {
            format!(
                "{{\"timestamp\":\"2026-01-02T03:04:{second:02}Z\",\"level\":\"WARN\",\"fields\":{{\"message\":\"{message}\",\"count\":2}},\"target\":\"{target}\"}}\n"
            )
        };
        let text = [
            line(1, "flotilla_core::customers::service", "first"),
            line(2, "flotilla_core::accounts", "other"),
            "half a li\n".to_owned(),
            line(3, "flotilla_core::customers::service", "second"),
        ];
        std::fs::write(folder.path().join("flotilla.2026-01-02.log"), text.concat()).expect("written");
        let lines = last_lines(folder.path(), &parts).expect("the lines");
        let shown: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
        assert_eq!(shown, ["second · count=2", "first · count=2"]);
        assert_eq!(lines[0].level, LogLineLevel::Warn);
    }
}
