//! Long work: what runs, how far it is, and how it is cancelled (GEN-09).

use crate::clock::{Clock, Time, seconds};
use crate::database::Database;
use crate::error::{ErrorCode, Outcome, Problem};
use crate::events::Event;
pub use crate::events::{Work, WorkKind};
use crate::ids::{AccountId, WorkId};
use crate::rights::Caller;
use parking_lot::Mutex;
use std::sync::Arc;
use tokio_util::sync::CancellationToken;

/// Progress is told at most this often (DESIGN: ten times a second).
const TELL_EVERY: i64 = 100;
/// Finished work is still listed for this long.
const KEEP: i64 = seconds(30);

/// The work under way. Cheap to clone.
#[derive(Clone)]
pub struct WorkBoard {
    entries: Arc<Mutex<Vec<Entry>>>,
    database: Database,
    clock: Clock,
}

struct Entry {
    work: Work,
    cancelled: CancellationToken,
    reported: Time,
}

impl WorkBoard {
    /// A board without work.
    pub fn new(database: Database, clock: Clock) -> Self {
        Self {
            entries: Arc::default(),
            database,
            clock,
        }
    }

    /// Puts a piece of work of this account on the board.
    pub fn start(
        &self,
        account: AccountId,
        kind: WorkKind,
        about: &str,
        total: i64,
        cancellable: bool,
    ) -> WorkHandle {
        let now = self.clock.now();
        let work = Work {
            id: WorkId::new(now),
            account,
            kind,
            about: about.to_owned(),
            done: 0,
            total,
            failed: 0,
            started_at: now,
            finished_at: None,
            cancellable,
        };
        let cancelled = CancellationToken::new();
        let mut entries = self.entries.lock();
        entries.retain(|entry| entry.work.finished_at.is_none_or(|at| now.since(at) < KEEP));
        entries.push(Entry {
            work: work.clone(),
            cancelled: cancelled.clone(),
            reported: now,
        });
        drop(entries);
        self.database.tell(Event::Work { work: work.clone() });
        WorkHandle {
            id: work.id,
            board: self.clone(),
            cancelled,
        }
    }

    /// What runs, and what has just ended: an account's own, an administrator's everybody's.
    pub fn list(&self, caller: &Caller) -> Vec<Work> {
        let now = self.clock.now();
        let mut entries = self.entries.lock();
        entries.retain(|entry| entry.work.finished_at.is_none_or(|at| now.since(at) < KEEP));
        entries
            .iter()
            .map(|entry| &entry.work)
            .filter(|work| work.concerns(caller.account, caller.is_administrator()))
            .cloned()
            .collect()
    }

    /// Asks a piece of work to end early. Gives how far it had come.
    ///
    /// # Errors
    /// `not-found` when it has ended, cannot be cancelled, or is somebody else's.
    pub fn cancel(&self, caller: &Caller, id: WorkId) -> Outcome<Work> {
        let entries = self.entries.lock();
        let entry = entries
            .iter()
            .find(|entry| entry.work.id == id && entry.work.cancellable && entry.work.finished_at.is_none())
            .ok_or_else(|| Problem::new(ErrorCode::NotFound))?;
        if !entry.work.concerns(caller.account, caller.is_administrator()) {
            return Err(Problem::not_visible());
        }
        entry.cancelled.cancel();
        Ok(entry.work.clone())
    }

    fn update(&self, id: WorkId, always: bool, change: impl FnOnce(&mut Work)) {
        let now = self.clock.now();
        let mut entries = self.entries.lock();
        let Some(entry) = entries.iter_mut().find(|entry| entry.work.id == id) else {
            return;
        };
        change(&mut entry.work);
        if always || now.since(entry.reported) >= TELL_EVERY {
            entry.reported = now;
            let work = entry.work.clone();
            drop(entries);
            self.database.tell(Event::Work { work });
        }
    }
}

/// Held by the work itself; when it is dropped the work has ended, however that came.
pub struct WorkHandle {
    /// The work's id.
    pub id: WorkId,
    board: WorkBoard,
    /// Ends when somebody cancels the work; the work looks at it between its steps (GEN-09).
    pub cancelled: CancellationToken,
}

/// Says how far a piece of work is, from wherever it is done; does not keep it from ending.
#[derive(Clone)]
pub struct Progress {
    id: WorkId,
    board: WorkBoard,
}

impl Progress {
    /// So many more are done, and so many of them failed.
    pub fn advance(&self, done: i64, failed: i64) {
        self.board.update(self.id, false, |work| {
            work.done += done;
            work.failed += failed;
        });
    }

    /// There turned out to be so many in all.
    pub fn set_total(&self, total: i64) {
        self.board.update(self.id, false, |work| work.total = total);
    }
}

impl WorkHandle {
    /// What says how far it is on another thread.
    pub fn progress(&self) -> Progress {
        Progress {
            id: self.id,
            board: self.board.clone(),
        }
    }

    /// So many more are done, and so many of them failed.
    pub fn advance(&self, done: i64, failed: i64) {
        self.progress().advance(done, failed);
    }

    /// It has ended; the same as dropping it.
    pub fn finish(self) {}
}

impl Drop for WorkHandle {
    fn drop(&mut self) {
        let now = self.board.clock.now();
        self.board
            .update(self.id, true, |work| work.finished_at = Some(now));
    }
}
