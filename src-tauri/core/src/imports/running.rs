//! A test under way, as far as the waiting list shows it.

use super::types::{ImportTest, RowTest};
use flotilla_kernel::clock::Time;
use flotilla_kernel::ids::WorkId;
use flotilla_kernel::work::WorkHandle;
use parking_lot::Mutex;
use std::collections::HashMap;
use std::sync::atomic::{AtomicI64, Ordering};
use tokio_util::sync::CancellationToken;

/// What a row without a written result waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Phase {
    /// Its turn.
    Waiting,
    /// The answer of the system.
    Testing,
}

/// What the systems are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Whether they answer, and what they are (CUS-23).
    Test,
    /// To take their first account (DEV-02).
    FirstAccount,
}

/// A test under way.
pub struct Running {
    work: WorkId,
    /// What it is for.
    pub purpose: Purpose,
    /// Ends when a person cancels the test.
    pub cancelled: CancellationToken,
    /// Ends with the test, when its results are written.
    pub ended: CancellationToken,
    total: i64,
    /// How many connections are tested at the same time.
    pub(super) at_once: usize,
    started_at: Time,
    /// How many rows have been tested.
    pub(super) done: AtomicI64,
    /// The rows without a written result.
    pub(super) phases: Mutex<HashMap<u32, Phase>>,
}

impl Running {
    /// A test of these rows that is about to begin.
    pub fn new(
        (handle, purpose): (&WorkHandle, Purpose),
        rows: impl IntoIterator<Item = u32>,
        at_once: usize,
        started_at: Time,
    ) -> Self {
        let phases: HashMap<u32, Phase> = rows.into_iter().map(|row| (row, Phase::Waiting)).collect();
        Self {
            work: handle.id,
            purpose,
            cancelled: handle.cancelled.clone(),
            ended: CancellationToken::new(),
            total: i64::try_from(phases.len()).unwrap_or(i64::MAX),
            at_once,
            started_at,
            done: AtomicI64::new(0),
            phases: Mutex::new(phases),
        }
    }

    /// As it is shown.
    pub fn view(&self) -> ImportTest {
        ImportTest {
            work: self.work,
            done: self.done.load(Ordering::Relaxed),
            total: self.total,
            at_once: i64::try_from(self.at_once).unwrap_or(i64::MAX),
            started_at: self.started_at,
            gives_accounts: self.purpose == Purpose::FirstAccount,
        }
    }

    /// How many rows have been asked to their end.
    pub fn asked(&self) -> i64 {
        self.done.load(Ordering::Relaxed)
    }

    /// What this row is waiting for; none when it is done or not part of the test.
    pub fn phase(&self, row: u32) -> Option<RowTest> {
        self.phases.lock().get(&row).map(|phase| match phase {
            Phase::Waiting => RowTest::Waiting,
            Phase::Testing => RowTest::Testing,
        })
    }
}
