//! What a search finds, and what hinders it.
use super::ranges::Range;
use crate::trust::{Certificate, Fingerprint, plain_text};
use crate::vapix::{SerialNumber, Transport};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::net::{IpAddr, SocketAddr};

/// Longest text that is taken from an announcement.
const LONGEST_TEXT: usize = 256;
/// Most addresses, services and certificates of one device; of more, the smallest are kept, whatever the order.
pub(super) const MOST_OF_A_DEVICE: usize = 32;

/// A way in which devices are found (DEV-01).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Way {
    /// Multicast DNS, `_axis-video._tcp.local` (VPX-18).
    Mdns,
    /// SSDP, `urn:axis-com:service:BasicService:1` (VPX-18).
    Ssdp,
    /// WS-Discovery, `NetworkVideoTransmitter` (VPX-18).
    WsDiscovery,
    /// A probe of each address of a range.
    Ranges,
}

impl Way {
    /// The ways that ask a whole network at once.
    pub const MULTICAST: [Self; 3] = [Self::Mdns, Self::Ssdp, Self::WsDiscovery];

    /// As it stands in arguments and logs.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Mdns => "mdns",
            Self::Ssdp => "ssdp",
            Self::WsDiscovery => "ws-discovery",
            Self::Ranges => "ranges",
        }
    }
}

impl fmt::Display for Way {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

/// Where something is known from. The later ones are believed rather: an announcement is a datagram that anybody can
/// send, and an answer over TLS is one of a system whose certificate was accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Source {
    /// Multicast DNS.
    Mdns,
    /// WS-Discovery.
    WsDiscovery,
    /// SSDP, or the description that it leads to.
    Ssdp,
    /// VAPIX in clear.
    Http,
    /// VAPIX over TLS, with a certificate that is pinned or vouched for.
    Https,
}

/// A value and where it is known from. Of two, the one from the later [`Source`] counts, and of two from the same the
/// greater, so that the order in which they come does not matter.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Known<Value> {
    /// Where it is known from.
    pub source: Source,
    /// What is known.
    pub value: Value,
}

/// What is known of a device besides where it is. Nothing here is proven: only a contact with an accepted certificate is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    /// What people call it.
    pub name: Option<Known<String>>,
    /// `ProdFullName`, or the model as it was announced.
    pub model: Option<Known<String>>,
    /// `ProdNbr`.
    pub product_number: Option<Known<String>>,
    /// Who made it, or under which brand.
    pub brand: Option<Known<String>>,
    /// The hardware; devices of one model have the same.
    pub hardware_id: Option<Known<String>>,
    /// Of the firmware.
    pub version: Option<Known<String>>,
    /// Factory-new: it waits for its first account (VPX-02, VPX-07). Known where VAPIX answered.
    pub needs_setup: Option<Known<bool>>,
}

impl Facts {
    /// What either knows.
    pub(super) fn join(&mut self, other: Self) {
        let Self {
            name,
            model,
            product_number,
            brand,
            hardware_id,
            version,
            needs_setup,
        } = other;
        for (mine, others) in [
            (&mut self.name, name),
            (&mut self.model, model),
            (&mut self.product_number, product_number),
            (&mut self.brand, brand),
            (&mut self.hardware_id, hardware_id),
            (&mut self.version, version),
        ] {
            greater(mine, others);
        }
        greater(&mut self.needs_setup, needs_setup);
    }
}

fn greater<Value: Ord>(mine: &mut Option<Known<Value>>, others: Option<Known<Value>>) {
    // `None` is the least.
    if *mine < others {
        *mine = others;
    }
}

/// A text as it is kept; none where nothing is left of it.
pub(super) fn known(source: Source, text: &str) -> Option<Known<String>> {
    let value = plain_text(text, LONGEST_TEXT);
    (!value.is_empty()).then_some(Known { source, value })
}

/// Where and how a device can be spoken to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Service {
    /// Address and port.
    pub address: SocketAddr,
    /// Encrypted or not.
    pub transport: Transport,
}

/// One device as one way met it, at one address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sighting {
    /// How it was found.
    pub way: Way,
    /// Where it is.
    pub address: IpAddr,
    /// The MAC address, which is the serial number (VPX-09).
    pub serial_number: Option<SerialNumber>,
    /// Where it says that it listens, or where it answered.
    pub services: BTreeSet<Service>,
    /// The certificates that were met, each where it was met. None was accepted by that.
    pub certificates: BTreeMap<SocketAddr, Certificate>,
    /// What else it says.
    pub facts: Facts,
}

impl Sighting {
    pub(super) fn new(way: Way, address: IpAddr) -> Self {
        Self {
            way,
            address,
            serial_number: None,
            services: BTreeSet::new(),
            certificates: BTreeMap::new(),
            facts: Facts::default(),
        }
    }
}

/// Adds what another knows; of more than [`MOST_OF_A_DEVICE`] the smallest are kept.
pub(super) fn join_certificates(
    mine: &mut BTreeMap<SocketAddr, Certificate>,
    others: BTreeMap<SocketAddr, Certificate>,
) {
    let rank = |certificate: &Certificate| -> Fingerprint { certificate.fingerprint };
    for (address, certificate) in others {
        match mine.get(&address) {
            Some(before) if rank(before) >= rank(&certificate) => {}
            _ => {
                mine.insert(address, certificate);
            }
        }
    }
    while mine.len() > MOST_OF_A_DEVICE {
        mine.pop_last();
    }
}

/// The same for sets.
pub(super) fn join_sets<Value: Ord>(mine: &mut BTreeSet<Value>, others: impl IntoIterator<Item = Value>) {
    mine.extend(others);
    while mine.len() > MOST_OF_A_DEVICE {
        mine.pop_last();
    }
}

/// What a person can do something about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// The operating system or a firewall on this machine forbids it.
    PermissionDenied,
    /// Another program has the port to itself.
    AddressInUse,
    /// The interface carries no multicast.
    NoMulticast,
    /// This machine has no way to that network.
    NetworkUnreachable,
    /// No interface of this machine can be used: none is up and has an IPv4 address.
    NoInterface,
    /// There is no interface of that name.
    InterfaceUnknown,
    /// The interface is down.
    InterfaceDown,
    /// The interface has no IPv4 address.
    InterfaceWithoutAddress,
    /// What this program itself sent to everybody did not come back to it: a firewall on this machine keeps the answers
    /// away, or another program takes them.
    AnswersFiltered,
    /// The process may open no more sockets.
    TooManyOpenFiles,
    /// So much came in that a part of it was not read.
    TooManyAnswers,
    /// More devices than are listed.
    TooManyDevices,
    /// Anything else, in the words of the operating system.
    Other(String),
}

impl Reason {
    /// As it stands in logs, and behind the prefix of the words.
    pub fn code(&self) -> &'static str {
        match self {
            Self::PermissionDenied => "permission-denied",
            Self::AddressInUse => "address-in-use",
            Self::NoMulticast => "no-multicast",
            Self::NetworkUnreachable => "network-unreachable",
            Self::NoInterface => "no-interface",
            Self::InterfaceUnknown => "interface-unknown",
            Self::InterfaceDown => "interface-down",
            Self::InterfaceWithoutAddress => "interface-without-address",
            Self::AnswersFiltered => "answers-filtered",
            Self::TooManyOpenFiles => "too-many-open-files",
            Self::TooManyAnswers => "too-many-answers",
            Self::TooManyDevices => "too-many-devices",
            Self::Other(_) => "other",
        }
    }
}

/// What prevented a part of the search, plainly.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hindrance {
    /// Which way was hindered; none: all that ask networks.
    pub way: Option<Way>,
    /// On which interface.
    pub interface: Option<String>,
    /// In which range.
    pub range: Option<Range>,
    /// By what.
    pub reason: Reason,
}

impl Hindrance {
    pub(super) fn on(way: impl Into<Option<Way>>, interface: &str, reason: Reason) -> Self {
        Self {
            way: way.into(),
            interface: Some(interface.to_string()),
            range: None,
            reason,
        }
    }

    pub(super) fn everywhere(way: impl Into<Option<Way>>, reason: Reason) -> Self {
        Self {
            way: way.into(),
            interface: None,
            range: None,
            reason,
        }
    }
}

/// How a search ended.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// It was cancelled before its end.
    pub cancelled: bool,
    /// How many answers each way brought, the same ones counted once.
    pub answers: BTreeMap<Way, u64>,
    /// How many addresses of ranges were probed.
    pub probed: u64,
}

/// What happens in a search, in the order in which it happens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// A device was met, or more is known of one.
    Found(Box<Sighting>),
    /// Something in a range answered TLS with a certificate that is not accepted, and says in no other way what it is. It
    /// may be a device, or anything else.
    Unidentified {
        /// Where.
        address: SocketAddr,
        /// What it showed; none: a certificate that TLS cannot work with.
        certificate: Option<Box<Certificate>>,
    },
    /// How far the probe of the ranges is.
    Progress {
        /// Addresses that are done.
        done: u64,
        /// Of so many.
        total: u64,
    },
    /// Something prevented a part of the search.
    Hindered(Hindrance),
    /// Nothing more comes.
    Finished(Summary),
}
