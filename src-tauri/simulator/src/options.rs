//! What kind of fleet is wanted.
use crate::clock;
use chrono::NaiveDate;
use std::net::Ipv4Addr;
use std::path::PathBuf;

/// What kind of fleet is wanted (SIM-01).
#[derive(Debug, Clone)]
pub struct FleetOptions {
    /// IP Office solutions, one per customer.
    pub customers: usize,
    /// Cameras and other devices.
    pub cameras: usize,
    /// The same seed gives the same fleet.
    pub seed: u64,
    /// Where certificates and changed versions are kept over a restart; without it they live as long as the fleet.
    pub state_folder: Option<PathBuf>,
    /// Where the systems listen.
    pub addressing: Addressing,
    /// How much is wrong from the start.
    pub trouble: Trouble,
    /// The day that licences and certificates are dated from.
    pub today: NaiveDate,
    /// Sessions a system has open at most; one more is refused.
    pub session_limit: usize,
    /// How long an idle session stays open, in seconds.
    pub session_idle_seconds: u64,
}

impl Default for FleetOptions {
    fn default() -> Self {
        Self {
            customers: 0,
            cameras: 0,
            seed: 1,
            state_folder: None,
            addressing: Addressing::FreeRange,
            trouble: Trouble::None,
            today: clock::today(),
            session_limit: 4,
            session_idle_seconds: 300,
        }
    }
}

/// Where the systems listen. Never anywhere but on the loopback range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Addressing {
    /// Each system has its own address from `base` on, on the real ports: 8443 for solutions, 443 for cameras
    /// (10443 where a port below 1024 is not permitted).
    LoopbackRange {
        /// The first solution's address; the cameras begin 2^20 addresses further on.
        base: Ipv4Addr,
    },
    /// As `LoopbackRange`, in the first range that nobody else uses, beginning with 127.20.0.1. Where the
    /// machine has no loopback range, ports.
    FreeRange,
    /// All on 127.0.0.1, each on its own port.
    Ports {
        /// The first port: solutions, then cameras. Without it, whichever ports are free.
        first: Option<u16>,
    },
}

/// How much is wrong from the start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// Everything is healthy.
    None,
    /// So many of a hundred systems are in trouble.
    Percent(u8),
    /// A believable mix in which every connectivity status of CUS-03 appears (from 20 customers on).
    Demo,
}
