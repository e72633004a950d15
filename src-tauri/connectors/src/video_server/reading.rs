//! What a video server's answers say (PRO-01). Pure. What is missing is empty; only what tells a server from something else is
//! demanded.
use crate::trust::{Certificate, plain_text};
use crate::vapix::SerialNumber;
use serde_json::Value;

const LONGEST_TEXT: usize = 256;

/// What a video server says of itself, and which devices it works with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VideoServerReading {
    /// The name it gives itself.
    pub name: String,
    /// Of its software, as it shows it.
    pub version: String,
    /// Of its interface, such as `2.43`.
    pub interface: String,
    /// As it names it; empty: it says none.
    pub time_zone: String,
    /// The model of the machine it runs on; empty: it says none.
    pub hardware: String,
    /// Who made that machine; empty: it says none.
    pub vendor: String,
    /// The devices it works with.
    pub devices: Vec<ConnectedDevice>,
    /// The certificate it was believed by.
    pub certificate: Certificate,
}

/// A device that a video server works with.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ConnectedDevice {
    /// What the server calls it.
    pub name: String,
    /// Its model; empty: the server says none.
    pub model: String,
    /// Its serial number, which is its MAC address (VPX-09); none: the server says none.
    pub serial: Option<SerialNumber>,
    /// Where the server reaches it; empty: it does not say.
    pub address: String,
}

fn text(value: &Value) -> String {
    plain_text(value.as_str().unwrap_or_default(), LONGEST_TEXT)
}

/// `{"Major": 2, "Minor": 43}` as `2.43`.
pub(super) fn read_version(answer: &Value) -> Option<String> {
    let number = |name: &str| answer.get(name).and_then(Value::as_u64);
    Some(format!("{}.{}", number("Major")?, number("Minor").unwrap_or(0)))
}

/// None for what is no server's description of itself.
pub(super) fn read_system(
    answer: &Value,
    interface: String,
    devices: Vec<ConnectedDevice>,
    certificate: Certificate,
) -> Option<VideoServerReading> {
    let version = text(answer.get("ServerDisplayVersion")?);
    let hardware = &answer["Hardware"];
    Some(VideoServerReading {
        name: text(&answer["Name"]),
        version,
        interface,
        time_zone: text(&answer["TimeZone"]),
        hardware: text(&hardware["ModelName"]),
        vendor: text(&hardware["Vendor"]),
        devices,
        certificate,
    })
}

/// One page of devices.
pub(super) fn read_devices(answer: &Value) -> Option<Vec<ConnectedDevice>> {
    let devices = answer.get("Devices")?.as_array()?;
    Some(devices.iter().map(read_device).collect())
}

fn read_device(device: &Value) -> ConnectedDevice {
    let serial = ["MacAddress", "DeviceSerialNumber"]
        .into_iter()
        .find_map(|name| SerialNumber::parse(device[name].as_str()?));
    ConnectedDevice {
        name: text(&device["Name"]),
        model: text(&device["Model"]),
        serial,
        address: text(&device["Address"]),
    }
}
