//! Acts on many things: in batches, each of which is a transaction with an audit entry of its own (GEN-03, GEN-09).
//!
//! Nobody waits for the writer longer than one batch takes. Between two batches the act can be cancelled; killed there, what is done is
//! done and written down, and what is not has not begun. An act that fits into one batch is one transaction and one entry.

use crate::audit::Entry;
use crate::call::Call;
use crate::database::Transaction;
use crate::error::{ErrorCode, Outcome};
use crate::events::WorkKind;
use crate::work::WorkHandle;

/// At most so many things are changed in one transaction.
pub const BATCH: usize = 250;

/// An act on many things under way.
pub struct Batches {
    /// Shown, with progress and cancel, where there is more than one batch.
    work: Option<WorkHandle>,
    count: usize,
    /// How many are committed.
    done: usize,
}

impl Batches {
    /// Begins an act on so many things.
    ///
    /// # Errors
    /// `session.missing` for a public call.
    pub fn start(call: &Call, kind: WorkKind, things: usize) -> Outcome<Self> {
        let account = call.caller()?.account;
        let total = i64::try_from(things).unwrap_or(i64::MAX);
        let count = things.div_ceil(BATCH);
        let work = (count > 1).then(|| call.workspace.work.start(account, kind, "", total, true));
        Ok(Self { work, count, done: 0 })
    }

    /// The transaction of the next batch; none when the act was cancelled.
    ///
    /// # Errors
    /// Database errors.
    pub async fn begin(&self, call: &Call) -> Outcome<Option<Transaction>> {
        let transaction = call.workspace.database.begin().await?;
        // Asked while nobody else writes: it may have been cancelled while the writer was waited for.
        let cancelled = self
            .work
            .as_ref()
            .is_some_and(|work| work.cancelled.is_cancelled());
        Ok((!cancelled).then_some(transaction))
    }

    /// Writes the batch's audit entry and commits it. So many of it were looked at, so many of those left as they were.
    ///
    /// # Errors
    /// Database errors; then nothing of this batch has happened.
    pub async fn commit(
        &mut self,
        call: &Call,
        transaction: Transaction,
        entry: Entry,
        things: usize,
        left: usize,
    ) -> Outcome<()> {
        let entry = if self.count > 1 {
            entry.detail("part", self.done + 1).detail("parts", self.count)
        } else {
            entry
        };
        call.commit(transaction, entry).await?;
        self.done += 1;
        if let Some(work) = &self.work {
            let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
            work.advance(number(things), number(left));
        }
        Ok(())
    }

    /// What becomes of the things that are left after a batch ended so (`false`: it was cancelled); none: the act goes on. What is
    /// done already is told to who asked, so that an error after the first batch is the outcome of what is left.
    ///
    /// # Errors
    /// The batch's own, when nothing was done before it.
    pub fn stopped(&self, ended: Outcome<bool>) -> Outcome<Option<ErrorCode>> {
        match ended {
            Ok(true) => Ok(None),
            Ok(false) => Ok(Some(ErrorCode::Cancelled)),
            Err(problem) if self.done == 0 => Err(problem),
            Err(problem) => {
                tracing::warn!(%problem, done = self.done, batches = self.count, "an act on many things ended early");
                Ok(Some(problem.code))
            }
        }
    }
}
