//! How much of the server anybody may take (ADM-30, SEC-04): calls of an address, bodies being read.

use parking_lot::Mutex;
use std::collections::HashMap;
use std::net::IpAddr;
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
/// Calls of people who are signed in whose arguments are being read.
const CALLERS: usize = 32;
/// Files that are coming in.
const UPLOADS: usize = 8;

/// What there is to give.
pub struct Limits {
    /// For each address calls, and for each address sign-ins: buckets that fill again with time.
    buckets: Mutex<HashMap<(IpAddr, bool), (f64, Instant)>>,
    pub strangers: Semaphore,
    pub callers: Semaphore,
    pub uploads: Semaphore,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            buckets: Mutex::default(),
            strangers: Semaphore::new(STRANGERS),
            callers: Semaphore::new(CALLERS),
            uploads: Semaphore::new(UPLOADS),
        }
    }
}

impl Limits {
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
