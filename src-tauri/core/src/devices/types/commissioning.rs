//! Putting devices into service (DEV-60).

use super::skipped::SkippedDevice;
use flotilla_kernel::error::ErrorCode;
use flotilla_kernel::ids::SystemId;
use flotilla_kernel::rights::{Concerns, Subject};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Where devices get their addresses from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum CommissionAddressing {
    /// They keep what they have.
    Keep,
    /// From the network (DHCP).
    Network,
    /// Fixed ones from a range, each seen to be free first.
    Range {
        /// The first address, IPv4.
        first: String,
        /// The last address.
        last: String,
        /// How many bits name the network, 1 to 30.
        prefix: u8,
        /// The default gateway; empty: none.
        #[serde(default)]
        gateway: String,
    },
}

/// What devices are to get; what is left empty stays as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CommissionSettings {
    /// Where the addresses come from.
    pub addressing: CommissionAddressing,
    /// The name servers; none: as they are; empty: those that the network names.
    pub name_servers: Option<Vec<String>>,
    /// A template of the host name with `{serial}`, `{model}`, `{n}` (the place in the list, from 1), `{folder}`; empty: as it is.
    #[serde(default)]
    pub host_name: String,
    /// IANA name of the time zone; empty: as it is.
    #[serde(default)]
    pub zone: String,
    /// The time servers; none: as they are; empty: those that the network names.
    pub time_servers: Option<Vec<String>>,
}

/// Which devices are to get what.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct PreviewCommission {
    /// At most 500.
    pub ids: Vec<SystemId>,
    /// What they are to get.
    pub settings: CommissionSettings,
}

impl Concerns for PreviewCommission {
    fn subjects(&self) -> Vec<Subject> {
        self.ids.iter().map(|&id| id.into()).collect()
    }
}

/// What a device would get.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct CommissionRow {
    /// The device.
    pub system: SystemId,
    /// Its name.
    pub name: String,
    /// Its model.
    pub model: String,
    /// Its serial number.
    pub serial: String,
    /// Where it is now.
    pub host: String,
    /// The address that it would get; empty: it keeps its own, or gets one from the network.
    pub address: String,
    /// The host name that it would get; empty: it keeps its own.
    pub host_name: String,
    /// Why it cannot get it.
    pub problem: Option<ErrorCode>,
}

/// How it was seen that an address is not free.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AddressTakenBy {
    /// A system is managed at it.
    Managed,
    /// Something answers at it.
    Answers,
    /// Something refuses there, which only a machine with that address does.
    Refuses,
}

/// An address of the range that is not free.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct TakenAddress {
    /// The address.
    pub address: String,
    /// How that was seen.
    pub by: AddressTakenBy,
}

/// What devices would get.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct CommissionPreview {
    /// A row for each device that the account may put into service, in the order in which they were named.
    pub rows: Vec<CommissionRow>,
    /// Devices that the account may not put into service.
    pub skipped: Vec<SkippedDevice>,
    /// Addresses of the range that were passed over.
    pub taken: Vec<TakenAddress>,
    /// Whether it cannot be seen from here which addresses are free, such as through a proxy.
    pub cannot_tell: bool,
}

/// What one device gets, as the preview had it or as a person corrected it.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct CommissionDevice {
    /// The device.
    pub id: SystemId,
    /// Its address, IPv4; empty: as the settings say.
    #[serde(default)]
    pub address: String,
    /// Its host name; empty: it keeps its own.
    #[serde(default)]
    pub host_name: String,
}

/// Puts devices into service (DEV-60).
#[derive(Debug, Clone, Deserialize, TS)]
pub struct CommissionDevices {
    /// At most 500.
    pub devices: Vec<CommissionDevice>,
    /// What they get.
    pub settings: CommissionSettings,
}

impl Concerns for CommissionDevices {
    fn subjects(&self) -> Vec<Subject> {
        self.devices.iter().map(|device| device.id.into()).collect()
    }
}
