//! What a gateway knows: its station, what is behind it, what is stored, and the operations.
use super::files::Files;
use super::operation::Operation;
use super::site::Site;
use super::uploads::Uploads;
use crate::clock;
use crate::options::GatewayPace;
use crate::station::Station;
use parking_lot::Mutex;
use std::collections::VecDeque;
use std::sync::{Arc, Weak};
use tokio::sync::{Notify, watch};
use tokio_util::sync::CancellationToken;

/// Operations that are remembered; one more, and the oldest that has ended is forgotten.
const MOST_OPERATIONS: usize = 256;
/// Keys of requests that are remembered.
const MOST_KEYS: usize = 4096;

/// A request by its `Idempotency-Key`, and what it made.
pub(super) struct Remembered {
    pub(super) key: String,
    pub(super) request: [u8; 32],
    pub(super) made: String,
}

/// What is stored.
#[derive(Default)]
pub(super) struct Store {
    pub(super) uploads: Uploads,
    pub(super) files: Files,
    /// The oldest first.
    pub(super) operations: VecDeque<Operation>,
    keys: VecDeque<Remembered>,
}

impl Store {
    pub(super) fn operation(&self, id: &str) -> Option<&Operation> {
        self.operations.iter().find(|one| one.id == id)
    }

    pub(super) fn remembered(&self, key: &str) -> Option<&Remembered> {
        self.keys.iter().find(|one| one.key == key)
    }

    pub(super) fn remember(&mut self, remembered: Remembered) {
        self.keys.retain(|one| one.key != remembered.key);
        if self.keys.len() == MOST_KEYS {
            self.keys.pop_front();
        }
        self.keys.push_back(remembered);
    }

    pub(super) fn begin(&mut self, operation: Operation) {
        if self.operations.len() >= MOST_OPERATIONS
            && let Some(place) = self.operations.iter().position(|one| !one.state.is_active())
        {
            self.operations.remove(place);
        }
        self.operations.push_back(operation);
    }

    pub(super) fn is_busy(&self) -> bool {
        self.operations.iter().any(|one| one.state.is_active())
    }
}

/// One gateway.
pub(crate) struct Keeper {
    pub(super) station: Station,
    pub(super) site: Site,
    pub(super) token: String,
    pub(super) store: Mutex<Store>,
    /// Counts the changes of operations.
    changes: watch::Sender<u64>,
    pace: Mutex<GatewayPace>,
    polls: Notify,
    stop: CancellationToken,
    own: Weak<Keeper>,
}

impl Keeper {
    pub(super) fn new(
        station: Station,
        site: Site,
        token: String,
        pace: GatewayPace,
        stop: &CancellationToken,
    ) -> Arc<Self> {
        Arc::new_cyclic(|own| Self {
            station,
            site,
            token,
            store: Mutex::default(),
            changes: watch::Sender::new(0),
            pace: Mutex::new(pace),
            polls: Notify::new(),
            stop: stop.clone(),
            own: own.clone(),
        })
    }

    /// Itself, for what goes on after an answer.
    pub(super) fn shared(&self) -> Option<Arc<Self>> {
        self.own.upgrade()
    }

    pub(super) fn pace(&self) -> GatewayPace {
        *self.pace.lock()
    }

    pub(super) fn set_pace(&self, pace: GatewayPace) {
        *self.pace.lock() = pace;
    }

    /// The server asks now whether there is something for it.
    pub(super) fn poll(&self) {
        self.polls.notify_one();
    }

    /// Waits for the next time the server asks. False: the fleet stops.
    pub(super) async fn polled(&self) -> bool {
        tokio::select! {
            () = self.stop.cancelled() => false,
            () = self.polls.notified() => true,
            () = tokio::time::sleep(self.pace().server_poll) => true,
        }
    }

    /// Lets as much time go by as a step takes. False: the fleet stops.
    pub(super) async fn pause(&self) -> bool {
        tokio::select! {
            () = self.stop.cancelled() => false,
            () = tokio::time::sleep(self.pace().step) => true,
        }
    }

    pub(super) fn changes(&self) -> watch::Receiver<u64> {
        self.changes.subscribe()
    }

    /// Something has changed at an operation, or there is none any more.
    pub(super) fn announce(&self) {
        self.changes.send_modify(|count| *count += 1);
    }

    /// Changes an operation that has not ended. False: it has.
    pub(super) fn change(&self, id: &str, change: impl FnOnce(&mut Operation)) -> bool {
        {
            let mut store = self.store.lock();
            let found = store.operations.iter_mut().find(|one| one.id == id);
            let Some(operation) = found.filter(|one| one.state.is_active()) else {
                return false;
            };
            change(operation);
            operation.revision += 1;
            operation.changed_at = clock::now();
        }
        self.announce();
        true
    }

    /// Forgets everything about operations, as when the program starts anew.
    pub(super) fn forget_operations(&self) {
        self.store.lock().operations.clear();
        self.announce();
    }
}

/// A name that nobody can guess: 32 hexadecimal digits.
pub(super) fn random_id() -> Result<String, getrandom::Error> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes)?;
    Ok(hex::encode(bytes))
}
