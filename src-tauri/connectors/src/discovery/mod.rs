//! Devices on the local networks (DEV-01, VPX-18): mDNS, SSDP, WS-Discovery, and a probe of address ranges.
//!
//! [`search`] goes all ways at once and sends what it finds as it comes. Each [`Sighting`] says by which way it was made;
//! [`Devices`] makes rows of them, one for each serial number, which is the MAC address (VPX-09). What an announcement does
//! not say is asked at the device itself, without credentials: who it is, whether it waits for its first account (VPX-02), and
//! which certificate it shows.
//!
//! Nothing that is found is proven, and nothing is accepted: over TLS with a certificate that nobody has accepted not one byte
//! is read (CRT-11), so of such a device the certificate is what is known, and beside it what it says of itself in clear.
//! Questions go out over IPv4; addresses of IPv6 that are announced are taken in.
mod announcement;
#[cfg(test)]
mod fuzz;
mod identify;
mod interfaces;
mod mdns;
mod merge;
mod multicast;
mod ranges;
mod search;
mod sockets;
mod ssdp;
mod types;
mod ws_discovery;
mod xml;

pub use identify::Trusted;
pub use interfaces::{Interface, InterfaceAddress, Interfaces, list as list_interfaces};
pub use merge::{Changes, Device, DeviceKey, Devices, MOST_DEVICES, TooManyDevices};
pub use ranges::{MOST_ADDRESSES, Range, RangeError, Ranges};
pub use search::{Options, Ports, search};
pub use types::{Event, Facts, Hindrance, Known, Reason, Service, Sighting, Source, Summary, Way};
