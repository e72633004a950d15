//! A reading in the terms of systems and solutions. Pure.

use crate::connections::probe::{DeviceReading, Reading};
use crate::systems::store::{Solution, SystemSeen};
use crate::systems::types::{LicenceLine, ServiceTile, SystemKind, SystemRole, SystemState};
use flotilla_connectors::ip_office::{Role, SolutionReading, SystemReading};

/// The systems that a reading tells of, in its order. `host` is where the connection leads, `name` what it is called (may be
/// empty).
pub fn systems(reading: &Reading, host: &str, name: &str) -> Vec<SystemSeen> {
    match reading {
        Reading::Solution(solution) => {
            let count = solution.systems.len();
            solution
                .systems
                .iter()
                .map(|system| of_solution(system, count))
                .collect()
        }
        Reading::Device(device) => vec![of_device(device, host, name)],
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

/// A device is called as its connection is; otherwise by what it is.
fn of_device(device: &DeviceReading, host: &str, name: &str) -> SystemSeen {
    let names = [name, &device.name, &device.model, host];
    SystemSeen {
        identity: device.serial.clone(),
        kind: SystemKind::Camera,
        role: SystemRole::Alone,
        name: names
            .into_iter()
            .find(|name| !name.is_empty())
            .unwrap_or_default()
            .to_owned(),
        host: host.to_owned(),
        model: device.model.clone(),
        serial: device.serial.clone(),
        version: device.version.clone(),
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
