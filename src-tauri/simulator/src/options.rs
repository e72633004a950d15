//! What kind of fleet is wanted.
use crate::clock;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::net::Ipv4Addr;
use std::path::PathBuf;
use std::time::Duration;

/// What kind of fleet is wanted (SIM-01).
#[derive(Debug, Clone)]
pub struct FleetOptions {
    /// IP Office solutions, one per customer.
    pub customers: usize,
    /// Cameras and other devices.
    pub cameras: usize,
    /// Video servers, each with the cameras of one customer.
    pub video_servers: usize,
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
    /// How the devices let themselves be found.
    pub discovery: Discovery,
    /// A gateway stands beside each solution and video server, and works at this pace; none: there is none.
    pub gateways: Option<GatewayPace>,
}

impl Default for FleetOptions {
    fn default() -> Self {
        Self {
            customers: 0,
            cameras: 0,
            video_servers: 0,
            seed: 1,
            state_folder: None,
            addressing: Addressing::FreeRange,
            trouble: Trouble::None,
            today: clock::today(),
            session_limit: 4,
            session_idle_seconds: 300,
            discovery: Discovery::default(),
            gateways: None,
        }
    }
}

/// How fast gateways work (GWY-02, GWY-05).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GatewayPace {
    /// How long a step of an operation takes.
    pub step: Duration,
    /// How often a video server asks whether there is something for it.
    pub server_poll: Duration,
}

impl Default for GatewayPace {
    fn default() -> Self {
        Self {
            step: Duration::from_secs(2),
            server_poll: Duration::from_secs(60),
        }
    }
}

/// How the devices let themselves be found (VPX-18). As it is, by none of the ways.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Discovery {
    /// The ways that are answered.
    pub ways: Vec<DiscoveryWay>,
    /// Where the questions come in.
    pub ports: DiscoveryPorts,
    /// Devices speak in clear, too: on port 80 (10080 where a port below 1024 is not permitted). What a device says of itself
    /// before its certificate is accepted, it says there.
    pub plain_http: bool,
}

impl Discovery {
    /// By all ways, and in clear.
    pub fn all() -> Self {
        Self {
            ways: DiscoveryWay::ALL.to_vec(),
            ports: DiscoveryPorts::default(),
            plain_http: true,
        }
    }
}

/// A way in which devices are found (VPX-18).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DiscoveryWay {
    /// Multicast DNS.
    Mdns,
    /// SSDP.
    Ssdp,
    /// WS-Discovery.
    WsDiscovery,
}

impl DiscoveryWay {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Mdns, Self::Ssdp, Self::WsDiscovery];

    /// As it is written in options and faults.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Mdns => "mdns",
            Self::Ssdp => "ssdp",
            Self::WsDiscovery => "ws-discovery",
        }
    }
}

/// Where questions come in: others than the usual ones keep tests apart from each other and from real devices.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DiscoveryPorts {
    /// 5353
    pub mdns: u16,
    /// 1900
    pub ssdp: u16,
    /// 3702
    pub ws_discovery: u16,
}

impl DiscoveryPorts {
    pub(crate) fn of(self, way: DiscoveryWay) -> u16 {
        match way {
            DiscoveryWay::Mdns => self.mdns,
            DiscoveryWay::Ssdp => self.ssdp,
            DiscoveryWay::WsDiscovery => self.ws_discovery,
        }
    }
}

impl Default for DiscoveryPorts {
    fn default() -> Self {
        Self {
            mdns: 5353,
            ssdp: 1900,
            ws_discovery: 3702,
        }
    }
}

/// Where the systems listen. Nowhere but on the loopback range, unless addresses are named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Addressing {
    /// Each system has its own address from `base` on, on the real ports: 8443 for solutions, 443 for cameras
    /// (10443 where a port below 1024 is not permitted), 29204 for video servers.
    LoopbackRange {
        /// The first solution's address; the cameras begin 2^20 addresses further on, the video servers as many again.
        base: Ipv4Addr,
    },
    /// As `LoopbackRange`, in the first range that nobody else uses, beginning with 127.20.0.1. Where the
    /// machine has no loopback range, ports.
    FreeRange,
    /// Each system has its own address, on the real ports, from the first one on to the end of the network: solutions, then
    /// cameras, then video servers. An interface must have them, as in a network namespace for a test: whoever is on that network reaches them.
    Assigned {
        /// The first address.
        first: Ipv4Addr,
        /// How many bits name the network.
        prefix: u8,
    },
    /// All on 127.0.0.1, each on its own port.
    Ports {
        /// The first port: solutions, then cameras, then video servers. Without it, whichever ports are free.
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
