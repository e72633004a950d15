//! What a device announces of itself.
use crate::MARK;
use crate::camera::Camera;
use crate::fault::Fault;
use std::net::{IpAddr, Ipv4Addr};

/// What every way says of one device.
#[derive(Debug, Clone)]
pub(super) struct Announced {
    /// `P3265-LVE - ACCC8EF7DE6B - Flotilla Simulator`
    pub(super) name: String,
    pub(super) serial_number: String,
    pub(super) address: Ipv4Addr,
    /// Where it speaks TLS.
    pub(super) https: u16,
    /// Where it speaks in clear.
    pub(super) http: Option<u16>,
    /// Short name, full name, type, number, architecture, chip.
    pub(super) model: [&'static str; 6],
    /// Says what is right in a way that is unusual.
    pub(super) odd: bool,
}

impl Announced {
    /// None where it has no address of IPv4.
    pub(super) fn of(camera: &Camera) -> Option<Self> {
        let station = &camera.0.station;
        let IpAddr::V4(address) = station.address().ip() else {
            return None;
        };
        let blueprint = camera.blueprint();
        Some(Self {
            name: format!("{} - {} - {MARK}", blueprint.model[0], blueprint.serial_number),
            serial_number: blueprint.serial_number.clone(),
            address,
            https: station.address().port(),
            http: station.plain.map(|plain| plain.port()),
            model: blueprint.model,
            odd: station.faults.happens(Fault::OddAnnouncement),
        })
    }

    /// `AC:CC:8E:F7:DE:6B`, in small letters.
    pub(super) fn mac_address(&self) -> String {
        let digits = self.serial_number.to_ascii_lowercase();
        let pairs: Vec<&str> = (0..digits.len() / 2)
            .filter_map(|pair| digits.get(pair * 2..pair * 2 + 2))
            .collect();
        pairs.join(":")
    }
}
