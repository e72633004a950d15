//! A reading in the terms of systems and solutions. Pure.

use crate::connections::probe::{DeviceReading, Reading};
use crate::systems::store::{Solution, SystemSeen, VideoServer};
use crate::systems::types::{ConnectedDevice, LicenceLine, ServiceTile, SystemKind, SystemRole, SystemState};
use flotilla_connectors::ip_office::{Role, SolutionReading, SystemReading};
use flotilla_connectors::video_server::VideoServerReading;
use std::net::IpAddr;

/// What was known of a device before a reading; empty: nothing.
#[derive(Debug, Default)]
pub struct KnownDevice {
    /// How it was called.
    pub name: String,
    /// Its model.
    pub model: String,
    /// What it ran.
    pub version: String,
}

/// The systems that a reading tells of, in its order. `host` is where the connection leads, `name` what it is called (may be
/// empty). What a device does not say this time is as it was (VPX-06).
pub fn systems(reading: &Reading, host: &str, name: &str, known: &KnownDevice) -> Vec<SystemSeen> {
    match reading {
        Reading::Solution(solution) => {
            let count = solution.systems.len();
            solution
                .systems
                .iter()
                .map(|system| of_solution(system, count))
                .collect()
        }
        Reading::Device(device) => vec![of_device(device, host, name, known)],
        Reading::VideoServer(server) => vec![of_video_server(server, host, name)],
    }
}

fn of_solution(system: &SystemReading, count: usize) -> SystemSeen {
    SystemSeen {
        identity: system.identity.clone(),
        kind: SystemKind::TelephoneServer,
        role: match (system.role, count) {
            (Role::Primary, 1) => SystemRole::Alone,
            (Role::Primary, _) => SystemRole::Primary,
            (Role::Secondary, _) => SystemRole::Secondary,
            (Role::Expansion, _) => SystemRole::Expansion,
        },
        name: system.name.clone(),
        host: system.address.clone(),
        model: system.edition.clone(),
        serial: system.identity.clone(),
        version: system.version.clone(),
        state: if system.running {
            SystemState::Online
        } else {
            SystemState::Unreachable
        },
        services: system
            .services
            .iter()
            .map(|service| ServiceTile {
                name: service.name.clone(),
                version: service.version.clone(),
                running: service.running,
            })
            .collect(),
    }
}

/// What a video server is known by: its connection leads to it alone, and no other server shows its certificate.
const VIDEO_SERVER: &str = "video_server";

/// A video server is called as its connection is; otherwise as it calls itself. Which services run on it its interface does not say.
fn of_video_server(server: &VideoServerReading, host: &str, name: &str) -> SystemSeen {
    SystemSeen {
        identity: VIDEO_SERVER.to_owned(),
        kind: SystemKind::VideoServer,
        role: SystemRole::Alone,
        name: first_that_says_something([name, &server.name, host]),
        host: host.to_owned(),
        model: server.hardware.clone(),
        serial: String::new(),
        version: server.version.clone(),
        state: SystemState::Online,
        services: Vec::new(),
    }
}

/// What a video server says of itself besides, and the devices it works with.
pub fn video_server(reading: &VideoServerReading) -> VideoServer {
    VideoServer {
        interface: reading.interface.clone(),
        time_zone: reading.time_zone.clone(),
        vendor: reading.vendor.clone(),
        devices: reading
            .devices
            .iter()
            .map(|device| ConnectedDevice {
                name: device.name.clone(),
                model: device.model.clone(),
                serial: device
                    .serial
                    .as_ref()
                    .map(ToString::to_string)
                    .unwrap_or_default(),
                address: device.address.clone(),
            })
            .collect(),
    }
}

fn first_that_says_something<const NAMES: usize>(names: [&str; NAMES]) -> String {
    let found = names.into_iter().find(|name| !name.is_empty());
    found.unwrap_or_default().to_owned()
}

/// A device is called as its connection is; otherwise by what it is.
fn of_device(device: &DeviceReading, host: &str, name: &str, known: &KnownDevice) -> SystemSeen {
    // An address that stood in for a name is none.
    let called = if known.name.parse::<IpAddr>().is_ok() {
        ""
    } else {
        &known.name
    };
    let said = |text: &str, before: &str| if text.is_empty() { before } else { text }.to_owned();
    SystemSeen {
        identity: device.serial.clone(),
        kind: SystemKind::Camera,
        role: SystemRole::Alone,
        name: first_that_says_something([name, &device.name, called, &device.model, host]),
        host: host.to_owned(),
        model: said(&device.model, &known.model),
        serial: device.serial.clone(),
        version: said(&device.version, &known.version),
        state: SystemState::Online,
        services: Vec::new(),
    }
}

/// What a solution says of itself as a whole.
pub fn solution(reading: &SolutionReading) -> Solution {
    let primary = reading.systems.first();
    Solution {
        system_name: primary.map(|system| system.name.clone()).unwrap_or_default(),
        version: primary.map(|system| system.version.clone()).unwrap_or_default(),
        profile: reading.profile.clone().unwrap_or_default(),
        provider: reading.provider.clone().unwrap_or_default(),
        reseller: reading.reseller.clone().unwrap_or_default(),
        licences: reading
            .licences
            .iter()
            .map(|licence| LicenceLine {
                licence_type: licence.licence_type.clone(),
                quantity: i64::from(licence.quantity),
                free: i64::from(licence.free),
                expires: licence.expires,
                valid: licence.valid,
            })
            .collect(),
    }
}
