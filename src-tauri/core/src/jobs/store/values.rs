//! Values as they are stored.

use crate::jobs::types::WaveCounts;
use flotilla_kernel::clock::Time;
use flotilla_kernel::database::RowExt as _;
use flotilla_kernel::error::{Outcome, Problem, WireError};
use sqlx::sqlite::SqliteRow;

/// The numbers of a wave.
pub(super) fn counts_of(row: &SqliteRow) -> Outcome<WaveCounts> {
    Ok(WaveCounts {
        waiting: row.take("waiting")?,
        running: row.take("running")?,
        done: row.take("done")?,
        skipped: row.take("skipped")?,
        failed: row.take("failed")?,
        unknown: row.take("unknown")?,
        stopped: row.take("stopped")?,
        ended_at: row.take::<Option<i64>, _>("ended_at")?.map(Time),
    })
}

/// An error as it is stored; empty: none.
pub(super) fn written(problem: Option<&WireError>) -> Outcome<String> {
    match problem {
        Some(problem) => serde_json::to_string(problem).map_err(Problem::internal),
        None => Ok(String::new()),
    }
}

/// An error as it was stored.
pub(super) fn read_problem(text: &str) -> Outcome<Option<WireError>> {
    if text.is_empty() {
        return Ok(None);
    }
    serde_json::from_str(text).map(Some).map_err(Problem::internal)
}
