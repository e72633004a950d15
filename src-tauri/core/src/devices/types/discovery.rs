//! Searching for devices.

use crate::connections::types::CertificateView;
use flotilla_kernel::clock::Time;
use flotilla_kernel::events::FeatureName;
use flotilla_kernel::ids::{DiscoveryId, SystemId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Under this name the progress of searches is told; the ids are searches.
pub const DISCOVERY: FeatureName = FeatureName("discovery");

/// A way in which devices are found (DEV-01).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DiscoveryWay {
    /// Multicast DNS.
    Mdns,
    /// SSDP.
    Ssdp,
    /// WS-Discovery.
    WsDiscovery,
    /// A probe of each address of a range.
    Ranges,
}

/// Begins to search for devices (DEV-01).
#[derive(Debug, Clone, Deserialize, TS)]
pub struct StartDiscovery {
    /// The ways that are gone; at least one.
    pub ways: Vec<DiscoveryWay>,
    /// The network interfaces that are asked on; none: all.
    pub interfaces: Option<Vec<String>>,
    /// Address ranges between commas or line ends, such as `10.44.0.0/21` or `10.0.0.5-10.0.0.90`; at most 65,536 addresses.
    #[serde(default)]
    pub ranges: String,
}

/// Which search.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
pub struct DiscoveryArgument {
    /// Its id.
    pub id: DiscoveryId,
}

/// What a search has found since the last question.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
pub struct DiscoveryRows {
    /// The search.
    pub id: DiscoveryId,
    /// The revision of the last answer; 0: everything.
    #[ts(type = "number")]
    pub since: i64,
}

/// How a search is.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct DiscoveryView {
    /// Its id.
    pub id: DiscoveryId,
    /// When it began.
    pub started_at: Time,
    /// When it ended; none: it goes on.
    pub finished_at: Option<Time>,
    /// Whether a person ended it.
    pub cancelled: bool,
    /// How many devices each way has found.
    pub ways: Vec<WayProgress>,
    /// How many addresses of the ranges were probed.
    pub probed: i64,
    /// How many there are.
    pub to_probe: i64,
    /// How many devices were found in all.
    pub found: i64,
    /// What prevented a part of it.
    pub hindrances: Vec<DiscoveryHindrance>,
}

/// How far one way is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct WayProgress {
    /// Which.
    pub way: DiscoveryWay,
    /// How many devices it has found.
    pub found: i64,
}

/// What prevented a part of a search, plainly.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct DiscoveryHindrance {
    /// Which way; none: all that ask networks.
    pub way: Option<DiscoveryWay>,
    /// On which interface; empty: on all.
    pub interface: String,
    /// In which range; empty: in none.
    pub range: String,
    /// By what: the end of the key of its words (`discovery-hindrance-…`).
    pub reason: String,
    /// What the operating system said, where nothing else is known; empty: nothing.
    pub detail: String,
}

/// What can be done with a device that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FoundState {
    /// It waits for its first account (VPX-02).
    FactoryNew,
    /// It asks for a password.
    AsksPassword,
    /// It shows a certificate that nobody has looked at; what it is is not known yet.
    NewCertificate,
    /// It is managed here, at this address.
    Managed,
    /// It is managed here, at another address (DEV-03).
    Moved,
    /// Another device is managed at its address (DEV-03).
    Replaced,
    /// It is managed by an organization that the account does not see.
    ManagedElsewhere,
    /// What answers does not speak as devices do.
    NoApi,
}

/// A device that was found.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct FoundDevice {
    /// What it is known by in this search.
    pub key: String,
    /// Its serial number; empty: not known.
    pub serial: String,
    /// Its model; empty: not known.
    pub model: String,
    /// What it calls itself; empty: nothing.
    pub name: String,
    /// Its brand; empty: not known.
    pub brand: String,
    /// Its version; empty: not known.
    pub version: String,
    /// The address it is reached at.
    pub host: String,
    /// The port.
    pub port: i64,
    /// Other addresses it has.
    pub addresses: Vec<String>,
    /// Whether it has link-local addresses only: it is reached from this network alone.
    pub link_local: bool,
    /// How it was found.
    pub ways: Vec<DiscoveryWay>,
    /// What can be done with it.
    pub state: FoundState,
    /// The managed device that it is, or that is managed at its address.
    pub system: Option<SystemId>,
    /// The folder of that device; empty: none.
    pub folder: String,
    /// The address at which it is managed, where that is another one; the serial number that is managed at its address, where that is
    /// another one.
    pub note: String,
    /// The certificate that it shows; none: none was met.
    pub certificate: Option<CertificateView>,
}

/// What a search has found since the last question.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct FoundDevices {
    /// For the next question.
    #[ts(type = "number")]
    pub revision: i64,
    /// Devices that are new or known better.
    pub rows: Vec<FoundDevice>,
    /// Keys of rows that are no more: they became part of others.
    pub gone: Vec<String>,
    /// Whether there is more to be asked for at once.
    pub more: bool,
}

/// A network interface of the machine that searches.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct NetworkInterface {
    /// As the operating system calls it.
    pub name: String,
    /// Its addresses.
    pub addresses: Vec<String>,
    /// Its IPv4 networks, as ranges that can be searched.
    pub networks: Vec<String>,
    /// Whether it leads to this machine only.
    pub loopback: bool,
    /// Whether it is switched on.
    pub up: bool,
}
