//! The system's time for TLS, which asks for it itself.

use rustls::time_provider::TimeProvider;
use rustls_pki_types::UnixTime;
use std::time::{SystemTime, UNIX_EPOCH};

/// The system's time for TLS. Before 1970 it is 1970, so that a machine whose battery is empty says what is wrong with a
/// certificate instead of breaking off.
#[derive(Debug, Clone, Copy)]
pub struct WallClock;

impl TimeProvider for WallClock {
    fn current_time(&self) -> Option<UnixTime> {
        #[expect(
            clippy::disallowed_methods,
            reason = "TLS compares with the time outside; nothing of ours is decided by it"
        )]
        let now = SystemTime::now();
        let since = now.duration_since(UNIX_EPOCH).unwrap_or_default();
        Some(UnixTime::since_unix_epoch(since))
    }
}
