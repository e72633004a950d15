//! What the three announcing ways have in common when they are read. Pure.
use super::types::Sighting;
use crate::vapix::SerialNumber;
use std::net::{IpAddr, SocketAddr};
use url::{Host, Url};

/// Longest datagram that is read; the longest that any of the standards allows is one of 9000 bytes (RFC 6762, 17).
pub(super) const LONGEST_DATAGRAM: usize = 9000;

/// What one datagram says of one device at one address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Announcement {
    pub(super) sighting: Sighting,
    /// Where more is said of it (SSDP).
    pub(super) description: Option<Description>,
}

/// Where a description is; always at the machine that announced it, so that nobody is sent elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Description {
    pub(super) address: SocketAddr,
    pub(super) path: String,
}

impl Announcement {
    pub(super) fn plain(sighting: Sighting) -> Self {
        Self {
            sighting,
            description: None,
        }
    }
}

/// Whether a device can be at that address, and be meant by who announces it from there: nobody else speaks for this machine.
pub(super) fn can_be_at(address: IpAddr, from: IpAddr) -> bool {
    let one = match address {
        IpAddr::V4(address) => {
            !address.is_unspecified()
                && !address.is_multicast()
                && !address.is_broadcast()
                && address.octets()[0] != 0
        }
        // A link-local address means nothing without its interface.
        IpAddr::V6(address) => {
            !address.is_unspecified() && !address.is_multicast() && !address.is_unicast_link_local()
        }
    };
    one && (!address.is_loopback() || from.is_loopback())
}

/// The first serial number in a text that has one of the maker's prefixes (VPX-09): other twelve digits may be anything.
pub(super) fn serial_number_in(text: &str) -> Option<SerialNumber> {
    text.split(|character: char| !character.is_ascii_alphanumeric())
        .filter(|part| part.len() == 12)
        .filter_map(SerialNumber::parse)
        .find(SerialNumber::has_known_prefix)
}

/// Address and port of an address of the web that names no host by name.
pub(super) fn socket_address(url: &Url) -> Option<SocketAddr> {
    let address = match url.host()? {
        Host::Ipv4(address) => IpAddr::V4(address),
        Host::Ipv6(address) => IpAddr::V6(address),
        Host::Domain(_) => return None,
    };
    let port = url.port_or_known_default().filter(|port| *port != 0)?;
    Some(SocketAddr::new(address, port))
}
