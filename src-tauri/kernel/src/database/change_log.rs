//! What other processes have changed, told by the log that each transaction writes with its change.

use super::errors::concerns_row;
use super::values::RowExt as _;
use crate::clock::{Time, minutes};
use crate::error::Outcome;
use crate::events::{Change, FeatureName};
use sqlx::sqlite::{SqliteConnection, SqliteRow};
use std::ops::RangeInclusive;
use uuid::Uuid;

/// Nobody looks as rarely as that, but a computer that was asleep.
const KEPT_MINUTES: i64 = 10;
/// So many of the newest rows are kept at most.
const KEPT_ROWS: i64 = 2_000;

/// What other processes have changed since the last look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ForeignChanges {
    /// Nothing that anybody is told of.
    None,
    /// Exactly this, in the order in which it happened.
    Some(Vec<Change>),
    /// Nobody knows any more what: the log does not reach back far enough.
    Everything,
}

/// Where a process is in the log.
pub(super) struct Reader {
    /// Its rows are its own.
    pub process: Uuid,
    /// Changes whenever another connection has written; see [`super::written_by_others`].
    pub version: i64,
    /// The last row that was read.
    pub sequence: i64,
}

/// The number of the newest row.
pub(super) async fn newest(connection: &mut SqliteConnection) -> Outcome<i64> {
    let newest: Option<i64> = sqlx::query_scalar("SELECT max(sequence) FROM change_log")
        .fetch_one(connection)
        .await?;
    Ok(newest.unwrap_or(0))
}

/// Writes changes into the log, and deletes what nobody needs any more. Gives the numbers of the new rows.
pub(super) async fn append(
    connection: &mut SqliteConnection,
    now: Time,
    process: Uuid,
    changes: &[Change],
) -> Outcome<Option<RangeInclusive<i64>>> {
    let mut written: Option<RangeInclusive<i64>> = None;
    for change in changes {
        let ids: Vec<u8> = change.ids.iter().flat_map(|id| *id.as_bytes()).collect();
        let number = sqlx::query(
            "INSERT INTO change_log (at, process, feature, ids, membership, many) VALUES (?, ?, ?, ?, ?, ?)",
        )
        .bind(now.0)
        .bind(process.as_bytes().to_vec())
        .bind(change.feature.0)
        .bind(ids)
        .bind(change.membership)
        .bind(change.many)
        .execute(&mut *connection)
        .await?
        .last_insert_rowid();
        let first = written.map_or(number, |rows| *rows.start());
        written = Some(first..=number);
    }
    if let Some(rows) = &written {
        // Always the oldest ones, so that there is no gap among what stays; a clock that was put back keeps more.
        sqlx::query(
            "DELETE FROM change_log WHERE sequence <
             max(?, (SELECT sequence FROM change_log WHERE at >= ? ORDER BY sequence LIMIT 1))",
        )
        .bind(rows.end() - KEPT_ROWS + 1)
        .bind(now.0 - minutes(KEPT_MINUTES))
        .execute(connection)
        .await?;
    }
    Ok(written)
}

impl Reader {
    /// Goes on behind rows that this process has written itself, unless there are others before them.
    pub fn pass(&mut self, own: Option<RangeInclusive<i64>>) {
        if let Some(own) = own.filter(|own| *own.start() == self.sequence + 1) {
            self.sequence = *own.end();
        }
    }

    /// What was written since the last time by others, of the features that are `known`.
    ///
    /// # Errors
    /// Database errors. Of a row that cannot be read, nobody knows what it says: then everything may have changed.
    pub async fn read(
        &mut self,
        connection: &mut SqliteConnection,
        known: &[FeatureName],
    ) -> Outcome<ForeignChanges> {
        let rows = sqlx::query(
            "SELECT sequence, process, feature, ids, membership, many FROM change_log WHERE sequence > ? ORDER BY sequence",
        )
        .bind(self.sequence)
        .fetch_all(&mut *connection)
        .await?;
        let newest = newest(connection).await?;
        let changes = match self.changes(&rows, newest, known) {
            Err(problem) if concerns_row(&problem) => {
                tracing::warn!(%problem, "the change log cannot be read");
                ForeignChanges::Everything
            }
            changes => changes?,
        };
        self.sequence = newest;
        Ok(changes)
    }

    /// What these rows say, which are those behind the last one that is known.
    fn changes(&self, rows: &[SqliteRow], newest: i64, known: &[FeatureName]) -> Outcome<ForeignChanges> {
        let first: Option<i64> = rows.first().map(|row| row.take("sequence")).transpose()?;
        // The rows between have been deleted; or the log ends before what was read: it is another one.
        if first.is_some_and(|first| first != self.sequence + 1) || newest < self.sequence {
            return Ok(ForeignChanges::Everything);
        }
        let mut changes = Vec::new();
        for row in rows {
            if row.take::<&[u8], _>("process")? == self.process.as_bytes() {
                continue;
            }
            // Of a feature that only a newer program has, nothing is shown here.
            let name: &str = row.take("feature")?;
            let Some(&feature) = known.iter().find(|known| known.0 == name) else {
                continue;
            };
            let (ids, _) = row.take::<&[u8], _>("ids")?.as_chunks::<16>();
            changes.push(Change {
                feature,
                ids: ids.iter().copied().map(Uuid::from_bytes).collect(),
                membership: row.take("membership")?,
                many: row.take("many")?,
            });
        }
        Ok(if changes.is_empty() {
            ForeignChanges::None
        } else {
            ForeignChanges::Some(changes)
        })
    }
}
