//! Rejected tries to sign in to a device: at most ten in 24 hours, also across restarts (DEV-02). Devices lock accounts after so
//! many, and whoever guesses learns nothing from Flotilla faster than that.

mod store;

use super::types::RejectedTry;
use flotilla_connectors::Endpoint;
use flotilla_kernel::clock::{Time, hours};
use flotilla_kernel::error::{ErrorCode, Outcome, Problem};
use flotilla_kernel::workspace::Workspace;
use parking_lot::Mutex;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use tokio::sync::OnceCell;

/// So many tries a device may reject in [`WINDOW`].
pub const MOST: usize = 10;
/// So long a rejected try counts.
pub const WINDOW: i64 = hours(24);
/// The poller makes this many at once, and from then on one in [`APART`]: the other ones are left to people, who may know another
/// password, and a device whose password was corrected is found again without them.
const AT_ONCE: usize = 2;
const APART: i64 = hours(6);

/// Who wants to sign in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// A person, who waits for the answer.
    Person,
    /// The poller.
    Poller,
}

/// The endpoints that have rejected something lately, so that the poller does not ask the database for each of its contacts.
#[derive(Default)]
pub struct Rejecting {
    known: OnceCell<Mutex<HashSet<String>>>,
    /// How many attempts are under way at each endpoint: any of them may be rejected.
    under_way: Mutex<HashMap<String, usize>>,
}

/// An attempt to sign in that is under way. Until it is dropped it counts as one that may be rejected, so that attempts at one time
/// together make no more than [`MOST`].
#[must_use]
pub struct Attempt {
    rejecting: Arc<Rejecting>,
    endpoint: String,
}

impl std::fmt::Debug for Attempt {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Attempt")
            .field("endpoint", &self.endpoint)
            .finish()
    }
}

impl Drop for Attempt {
    fn drop(&mut self) {
        let mut under_way = self.rejecting.under_way.lock();
        match under_way.get_mut(&self.endpoint) {
            Some(count) if *count > 1 => *count -= 1,
            _ => {
                under_way.remove(&self.endpoint);
            }
        }
    }
}

impl Rejecting {
    /// Counts an attempt at an endpoint as under way; gives it, and how many others are.
    fn begin(self: Arc<Self>, endpoint: String) -> (Attempt, usize) {
        let others = {
            let mut under_way = self.under_way.lock();
            let count = under_way.entry(endpoint.clone()).or_default();
            *count += 1;
            *count - 1
        };
        let rejecting = self;
        (Attempt { rejecting, endpoint }, others)
    }

    async fn endpoints(&self, workspace: &Workspace) -> Outcome<&Mutex<HashSet<String>>> {
        let since = workspace.clock.now().plus(-WINDOW);
        self.known
            .get_or_try_init(async || {
                let mut connection = workspace.database.read().await?;
                let endpoints = store::rejecting_since(&mut connection, since).await?;
                Ok(Mutex::new(endpoints.into_iter().collect()))
            })
            .await
    }
}

/// The rejected tries that still count, the oldest first.
///
/// # Errors
/// Database errors.
pub async fn rejected(workspace: &Workspace, endpoint: &Endpoint) -> Outcome<Vec<RejectedTry>> {
    let since = workspace.clock.now().plus(-WINDOW);
    let mut connection = workspace.database.read().await?;
    store::refusals(&mut connection, &endpoint.to_string(), since).await
}

/// How many tries are left after these, the oldest first; where there is none, the first instant at which there is one again.
///
/// # Errors
/// That instant.
pub fn left(rejected: &[RejectedTry], by: By, now: Time) -> Result<usize, Time> {
    let left = MOST.saturating_sub(rejected.len());
    if left == 0 {
        // The one that has to be forgotten first for the number to be below the limit.
        let first = rejected.get(rejected.len() - MOST).map_or(now, |first| first.at);
        return Err(first.plus(WINDOW));
    }
    let of_these: Vec<Time> = rejected
        .iter()
        .filter(|one| !one.accepted_later)
        .map(|one| one.at)
        .collect();
    match (by, of_these.last()) {
        (By::Poller, Some(last)) if of_these.len() >= AT_ONCE && now.since(*last) < APART => {
            Err(last.plus(APART))
        }
        _ => Ok(left),
    }
}

/// Begins an attempt to sign in, or refuses it where none is left. Those under way count as rejected: the attempt is kept until how it
/// ended is written down.
///
/// # Errors
/// `device.tries-used` with the hours until there is one again; database errors.
pub async fn begin(workspace: &Workspace, endpoint: &Endpoint, by: By) -> Outcome<Attempt> {
    let rejecting = workspace.state::<Rejecting>();
    // Counted before the database is asked, so that of two that ask at once each sees the other.
    let (attempt, others) = rejecting.clone().begin(endpoint.to_string());
    let known = rejecting.endpoints(workspace).await?;
    if by == By::Poller && others < MOST && !known.lock().contains(&endpoint.to_string()) {
        return Ok(attempt);
    }
    let rejected = rejected(workspace, endpoint).await?;
    let now = workspace.clock.now();
    match left(&rejected, by, now) {
        Ok(left) if left > others => Ok(attempt),
        // What is under way ends soon, and may be accepted.
        Ok(_) => Err(used(hours(1))),
        Err(until) => Err(used(until.since(now))),
    }
}

/// How many attempts are left to a person.
///
/// # Errors
/// `device.tries-used` with the hours until there is one again; database errors.
pub async fn available(workspace: &Workspace, endpoint: &Endpoint) -> Outcome<usize> {
    let now = workspace.clock.now();
    left(&rejected(workspace, endpoint).await?, By::Person, now).map_err(|until| used(until.since(now)))
}

fn used(wait: i64) -> Problem {
    let hours = (wait.max(1) + hours(1) - 1) / hours(1);
    Problem::new(ErrorCode::DeviceTriesUsed).with("hours", hours)
}

/// A device has rejected a try.
///
/// # Errors
/// Database errors.
pub async fn note(workspace: &Workspace, endpoint: &Endpoint) -> Outcome<()> {
    let mut transaction = workspace.database.begin().await?;
    let now = transaction.now();
    store::note_refusal(
        transaction.connection(),
        &endpoint.to_string(),
        now,
        now.plus(-WINDOW),
    )
    .await?;
    transaction.commit().await?;
    let rejecting = workspace.state::<Rejecting>();
    rejecting
        .endpoints(workspace)
        .await?
        .lock()
        .insert(endpoint.to_string());
    Ok(())
}

/// A device has accepted the credentials.
///
/// # Errors
/// Database errors.
pub async fn note_acceptance(workspace: &Workspace, endpoint: &Endpoint) -> Outcome<()> {
    let rejecting = workspace.state::<Rejecting>();
    let endpoint = endpoint.to_string();
    // Nearly always there is nothing to write.
    if !rejecting.endpoints(workspace).await?.lock().contains(&endpoint) {
        return Ok(());
    }
    let mut transaction = workspace.database.begin().await?;
    store::note_acceptance(transaction.connection(), &endpoint).await?;
    transaction.commit().await?;
    rejecting.endpoints(workspace).await?.lock().remove(&endpoint);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// DEV-02: ten tries; the eleventh waits until the first one is a day old. The poller leaves most of them to people.
    #[test]
    fn tries_are_counted() {
        let rejected = |at: i64| RejectedTry {
            at: Time(at),
            accepted_later: false,
        };
        let tries: Vec<RejectedTry> = (0..10).map(|number| rejected(hours(number))).collect();
        let now = Time(hours(9));
        assert_eq!(left(&[], By::Person, now), Ok(10));
        assert_eq!(left(&tries[..9], By::Person, now), Ok(1));
        assert_eq!(left(&tries, By::Person, now), Err(Time(hours(24))));
        assert_eq!(left(&tries[..1], By::Poller, now), Ok(9));
        assert_eq!(left(&tries[..5], By::Poller, now), Err(Time(hours(4 + 6))));
        assert_eq!(left(&tries[..5], By::Poller, Time(hours(10))), Ok(5));
        // The password was corrected.
        let before: Vec<RejectedTry> = tries[..5]
            .iter()
            .map(|one| RejectedTry {
                accepted_later: true,
                ..*one
            })
            .collect();
        assert_eq!(left(&before, By::Poller, Time(hours(4))), Ok(5));
    }

    /// DEV-02: attempts at one time see each other, and go when they end.
    #[test]
    fn attempts_under_way_are_counted() {
        let rejecting = Arc::new(Rejecting::default());
        let (first, none) = rejecting.clone().begin("10.0.0.1:443".to_owned());
        let (second, one) = rejecting.clone().begin("10.0.0.1:443".to_owned());
        let (_elsewhere, other) = rejecting.clone().begin("10.0.0.2:443".to_owned());
        assert_eq!((none, one, other), (0, 1, 0));
        drop(first);
        assert_eq!(rejecting.clone().begin("10.0.0.1:443".to_owned()).1, 1);
        drop(second);
        assert_eq!(
            rejecting.under_way.lock().len(),
            1,
            "only the one elsewhere is left"
        );
    }

    proptest! {
        /// DEV-02: whoever tries whenever there is a try makes no more than ten in any 24 hours; by itself the poller makes no more
        /// than six.
        #[test]
        fn no_day_has_more(waits in prop::collection::vec((1_i64..hours(3), any::<bool>()), 1..200)) {
            let (mut all, mut by_poller) = (Vec::<Time>::new(), Vec::<Time>::new());
            let mut now = Time(0);
            for (wait, person) in waits {
                now = now.plus(wait);
                let counting = |tries: &[Time]| {
                    let counting = tries.iter().filter(|at| at.0 > now.0 - WINDOW);
                    counting.map(|&at| RejectedTry { at, accepted_later: false }).collect::<Vec<_>>()
                };
                let by = if person { By::Person } else { By::Poller };
                if left(&counting(&all), by, now).is_ok() {
                    all.push(now);
                }
                if left(&counting(&by_poller), By::Poller, now).is_ok() {
                    by_poller.push(now);
                }
                prop_assert!(counting(&all).len() <= MOST);
                prop_assert!(counting(&by_poller).len() <= 6);
            }
        }
    }
}
