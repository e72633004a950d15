//! How much of the server anybody may take (ADM-30, SEC-04): calls of an address, bodies being read.

use flotilla_kernel::ids::SessionId;
use parking_lot::Mutex;
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Instant;
use tokio::sync::Semaphore;

/// Calls an address may make at once, and how many come back each second.
const CALLS: (f64, f64) = (400.0, 200.0);
/// The same for signing in; the core slows each account besides (ACC-07).
const SIGN_INS: (f64, f64) = (20.0, 0.5);
/// More addresses than this are forgotten all at once; that only gives them a full bucket again.
const ADDRESSES: usize = 10_000;

/// Calls of people nobody knows yet whose arguments are being read.
const STRANGERS: usize = 64;
/// Calls of people who are signed in whose arguments are being read, and how many of them may be of one session.
const CALLERS: usize = 64;
const OF_ONE_SESSION: usize = 8;
/// Files that are coming in.
const UPLOADS: usize = 8;

/// What there is to give.
pub struct Limits {
    /// For each address calls, and for each address sign-ins: buckets that fill again with time.
    buckets: Mutex<HashMap<(IpAddr, bool), (f64, Instant)>>,
    pub strangers: Semaphore,
    pub callers: Semaphore,
    pub uploads: Semaphore,
    /// The places of each session that is calling.
    sessions: Mutex<HashMap<SessionId, Arc<Semaphore>>>,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            buckets: Mutex::default(),
            strangers: Semaphore::new(STRANGERS),
            callers: Semaphore::new(CALLERS),
            uploads: Semaphore::new(UPLOADS),
            sessions: Mutex::default(),
        }
    }
}

impl Limits {
    /// The places among which a session waits for its own calls, so that it does not take those of others.
    pub fn of_session(&self, session: SessionId) -> Arc<Semaphore> {
        let mut sessions = self.sessions.lock();
        sessions.retain(|_, places| Arc::strong_count(places) > 1);
        let places = sessions
            .entry(session)
            .or_insert_with(|| Arc::new(Semaphore::new(OF_ONE_SESSION)));
        Arc::clone(places)
    }

    /// Whether this address may call now.
    pub fn admit(&self, address: IpAddr, signing_in: bool, now: Instant) -> bool {
        let (size, refill) = if signing_in { SIGN_INS } else { CALLS };
        let mut buckets = self.buckets.lock();
        if buckets.len() >= ADDRESSES {
            buckets.clear();
        }
        let (level, since) = buckets.entry((address, signing_in)).or_insert((size, now));
        *level = (*level + now.saturating_duration_since(*since).as_secs_f64() * refill).min(size);
        *since = now;
        if *level < 1.0 {
            return false;
        }
        *level -= 1.0;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    /// SEC-04: a session that sends slowly waits for itself; others have places left.
    #[tokio::test]
    async fn one_session_does_not_take_every_place() {
        let limits = Limits::default();
        let now = flotilla_kernel::clock::Time(1);
        let (slow, other) = (SessionId::new(now), SessionId::new(now));
        let places = limits.of_session(slow);
        let mut taken = Vec::new();
        for _ in 0..OF_ONE_SESSION {
            taken.push(places.try_acquire().expect("a place of its own"));
        }
        assert!(limits.of_session(slow).try_acquire().is_err());
        assert!(limits.of_session(other).try_acquire().is_ok());
        drop(taken);
        drop(places);
        assert!(limits.of_session(slow).try_acquire().is_ok());
        assert_eq!(
            limits.sessions.lock().len(),
            1,
            "who does not call is not remembered"
        );
        const { assert!(OF_ONE_SESSION * 4 <= CALLERS) };
    }

    /// ADM-30: a burst is let through, a flood is not, and after a while calls are let through again.
    #[test]
    fn a_flood_is_held_back() {
        let limits = Limits::default();
        let address = IpAddr::from([127, 0, 0, 1]);
        let start = Instant::now();
        let admitted = (0..100).filter(|_| limits.admit(address, true, start)).count();
        assert_eq!(admitted, 20);
        assert!(limits.admit(address, true, start + Duration::from_secs(3)));
        assert!(limits.admit(IpAddr::from([127, 0, 0, 2]), true, start));
    }
}
