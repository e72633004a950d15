//! What a contact is made with, and what it came to.

use super::types::{ConnectionKind, ConnectivityStatus, ProxyChoice};
use flotilla_connectors::ip_office::{Answers, SolutionReading};
use flotilla_connectors::secret::Secret;
use flotilla_connectors::video_server::VideoServerReading;
use flotilla_connectors::{Certificate, Endpoint, Fingerprint};
use flotilla_kernel::clock::{Time, days};
use sha2::{Digest, Sha256};

/// What is needed to reach something.
#[derive(Debug, Clone, PartialEq)]
pub struct Target {
    /// Which protocol is spoken.
    pub kind: ConnectionKind,
    /// Host and port.
    pub endpoint: Endpoint,
    /// The name of the service user that signs in.
    pub user_name: String,
    /// The password of the service user.
    pub password: Secret,
    /// The proxy it is reached through (CUS-15).
    pub proxy: ProxyChoice,
    /// The certificate that is believed; none: the first one met has to be shown to a person (CUS-11).
    pub pin: Option<Fingerprint>,
}

/// What a device says it is (DEV-03).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeviceReading {
    /// What it is known by.
    pub serial: String,
    /// The model, as `ProdNbr` or the like names it.
    pub model: String,
    /// Its full product name.
    pub name: String,
    /// Of its firmware.
    pub version: String,
    /// The certificate it was believed by.
    pub certificate: Certificate,
}

/// What was read by a connection, of each kind.
#[derive(Debug, Clone, PartialEq)]
pub enum Reading {
    /// A telephone solution with all its systems (IPO-02).
    Solution(SolutionReading),
    /// One device (VPX-06).
    Device(DeviceReading),
    /// One video server, with the devices that it works with (PRO-01).
    VideoServer(VideoServerReading),
}

impl Reading {
    /// How many systems it tells of.
    pub fn systems(&self) -> usize {
        match self {
            Self::Solution(solution) => solution.systems.len(),
            Self::Device(_) | Self::VideoServer(_) => 1,
        }
    }

    /// The version of the primary, of the device, or of the server's software.
    pub fn version(&self) -> &str {
        match self {
            Self::Solution(solution) => solution.systems.first().map_or("", |system| &system.version),
            Self::Device(device) => &device.version,
            Self::VideoServer(server) => &server.version,
        }
    }

    /// The certificate it was believed by.
    pub fn certificate(&self) -> &Certificate {
        match self {
            Self::Solution(solution) => &solution.certificate,
            Self::Device(device) => &device.certificate,
            Self::VideoServer(server) => &server.certificate,
        }
    }
}

/// What a contact came to.
#[derive(Debug, Clone)]
pub struct ProbeResult {
    /// How the contact ended (CUS-03).
    pub status: ConnectivityStatus,
    /// What the network said, for the person who mends it.
    pub detail: String,
    /// The certificate that was met; none: there was no TLS handshake.
    pub certificate: Option<Certificate>,
    /// What was read; none: the contact did not come so far.
    pub reading: Option<Reading>,
    /// By what the next poll of a solution tells that nothing has changed.
    pub answers: Option<Answers>,
}

impl ProbeResult {
    /// A digest over everything that can change between two polls, for *unchanged* (CUS-40). The day belongs to it:
    /// what a reading means for alarms depends on the date.
    pub fn digest(&self, now: Time) -> [u8; 32] {
        let mut hash = Sha256::new();
        hash.update(day(now).to_le_bytes());
        let mut text = |text: &str| {
            hash.update((text.len() as u64).to_le_bytes());
            hash.update(text.as_bytes());
        };
        text(&format!("{:?}", self.status));
        text(&self.detail);
        if let Some(certificate) = &self.certificate {
            text(&certificate.fingerprint.to_string());
        }
        match &self.reading {
            None => {}
            Some(Reading::Device(device)) => {
                for value in [&device.serial, &device.model, &device.name, &device.version] {
                    text(value);
                }
            }
            Some(Reading::VideoServer(server)) => {
                for value in [
                    &server.name,
                    &server.version,
                    &server.interface,
                    &server.time_zone,
                    &server.hardware,
                    &server.vendor,
                ] {
                    text(value);
                }
                for device in &server.devices {
                    let serial = device.serial.as_ref().map_or("", |serial| serial.as_str());
                    for value in [&device.name, &device.model, serial, &device.address] {
                        text(value);
                    }
                }
            }
            Some(Reading::Solution(reading)) => {
                for value in [&reading.provider, &reading.reseller, &reading.profile] {
                    text(value.as_deref().unwrap_or("\0"));
                }
                for system in &reading.systems {
                    for value in [
                        &system.name,
                        &system.address,
                        &system.version,
                        &system.identity,
                        &system.edition,
                    ] {
                        text(value);
                    }
                    text(&format!("{:?}{}", system.role, system.running));
                    for service in &system.services {
                        text(&service.name);
                        text(&service.version);
                        text(if service.running { "1" } else { "0" });
                    }
                }
                for licence in &reading.licences {
                    text(&licence.licence_type);
                    text(&format!(
                        "{} {} {:?} {}",
                        licence.quantity, licence.free, licence.expires, licence.valid
                    ));
                }
            }
        }
        hash.finalize().into()
    }
}

/// The day an instant belongs to, for what is looked at anew every day.
pub fn day(now: Time) -> i64 {
    now.0.div_euclid(days(1))
}
