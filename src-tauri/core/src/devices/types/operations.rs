//! What is done on devices that are managed.

use crate::jobs::types::JobOrder;
use flotilla_connectors::secret::Secret;
use flotilla_kernel::ids::{FolderId, OrganizationId, PackageId, SystemId};
use flotilla_kernel::rights::{Concerns, Subject};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

// Accounts on devices

/// What an account on a device may do (VPX-14).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DeviceRole {
    /// Looks.
    Viewer,
    /// Changes settings, but not those of the system.
    Operator,
    /// Everything.
    Administrator,
}

/// An account on a device (DEV-40).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct DeviceAccount {
    /// Its name.
    pub name: String,
    /// What it may do; none: nothing.
    pub role: Option<DeviceRole>,
    /// Whether it may pan, tilt and zoom.
    pub ptz: bool,
    /// Whether Flotilla signs in with it (DEV-41).
    pub own: bool,
}

/// Which device.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
pub struct DeviceArgument {
    /// The device.
    pub id: SystemId,
}

impl Concerns for DeviceArgument {
    fn subjects(&self) -> Vec<Subject> {
        vec![self.id.into()]
    }
}

/// Creates an account on devices (DEV-40).
#[derive(Debug, Deserialize, TS)]
pub struct CreateDeviceAccount {
    /// At most 5,000.
    pub ids: Vec<SystemId>,
    /// Its name: 1 to 14 letters and digits.
    pub user_name: String,
    /// Its password.
    #[ts(type = "string")]
    pub password: Secret,
    /// What it may do.
    pub role: DeviceRole,
    /// Whether it may pan, tilt and zoom.
    #[serde(default)]
    pub ptz: bool,
}

/// Changes the password of an account on devices (DEV-40).
#[derive(Debug, Deserialize, TS)]
pub struct SetDevicePassword {
    /// At most 5,000.
    pub ids: Vec<SystemId>,
    /// The account's name.
    pub user_name: String,
    /// The new password.
    #[ts(type = "string")]
    pub password: Secret,
}

/// Deletes an account on devices (DEV-40).
#[derive(Debug, Deserialize, TS)]
pub struct DeleteDeviceAccount {
    /// At most 5,000.
    pub ids: Vec<SystemId>,
    /// The account's name.
    pub user_name: String,
}

/// Changes the password that Flotilla itself signs in with (DEV-41).
#[derive(Debug, Deserialize, TS)]
pub struct RotateDevicePassword {
    /// At most 5,000.
    pub ids: Vec<SystemId>,
    /// The new password; none: a different one for each device, made here.
    #[ts(type = "string | null")]
    pub password: Option<Secret>,
}

/// Sets devices back to how they left the factory (DEV-24).
#[derive(Debug, Deserialize, TS)]
pub struct ResetDevices {
    /// At most 5,000.
    pub ids: Vec<SystemId>,
    /// Network settings are lost, too; otherwise they stay.
    #[serde(default)]
    pub network_too: bool,
    /// How many devices, as a person has typed it (GEN-11).
    pub confirmation: String,
    /// When, and in which waves.
    #[serde(default)]
    #[ts(optional, as = "Option<JobOrder>")]
    pub order: JobOrder,
}

/// Moves devices to another organization (DEV-30).
#[derive(Debug, Deserialize, TS)]
pub struct TransferDevices {
    /// At most 5,000.
    pub ids: Vec<SystemId>,
    /// The organization they are moved to.
    pub organization: OrganizationId,
    /// A folder of it.
    pub folder: FolderId,
}

macro_rules! concern_their_systems {
    ($($name:ident),*) => {$(
        impl Concerns for $name {
            fn subjects(&self) -> Vec<Subject> {
                self.ids.iter().map(|&id| id.into()).collect()
            }
        }
    )*};
}
pub(super) use concern_their_systems;

concern_their_systems!(
    CreateDeviceAccount,
    SetDevicePassword,
    DeleteDeviceAccount,
    RotateDevicePassword,
    ResetDevices,
    TransferDevices,
    InstallDeviceApplication,
    DeviceApplicationArgument
);

// Applications on devices

/// Whether an application on a device may do what it does (DEV-61).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ApplicationLicence {
    /// It needs none.
    NotNeeded,
    /// It has a valid one.
    Valid,
    /// It has one that is not valid.
    Invalid,
    /// It has none.
    Missing,
    /// It minds its own licences.
    Own,
    /// The device does not say.
    Unknown,
}

/// What an application on a device does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ApplicationState {
    /// It runs.
    Running,
    /// It does not.
    Stopped,
    /// It waits.
    Idle,
    /// The device does not say.
    Unknown,
}

/// An application on a device (DEV-61).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct DeviceApplication {
    /// Its short name, by which it is started and stopped.
    pub name: String,
    /// Its name for people.
    pub full_name: String,
    /// Who made it; empty: not known.
    pub vendor: String,
    /// Its version; empty: not known.
    pub version: String,
    /// Whether it may do what it does.
    pub licence: ApplicationLicence,
    /// The last day of its licence, ISO; none: it has no end, or none is known.
    pub licence_ends: Option<String>,
    /// What it does.
    pub state: ApplicationState,
    /// Whether it is signed; none: the device does not say.
    pub signed: Option<bool>,
}

/// The applications of a device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct DeviceApplications {
    /// The applications, by name.
    pub applications: Vec<DeviceApplication>,
    /// Whether the device takes unsigned ones.
    pub takes_unsigned: bool,
}

/// An application on devices.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct DeviceApplicationArgument {
    /// At most 5,000.
    pub ids: Vec<SystemId>,
    /// Its short name.
    pub application: String,
}

/// Installs an application of the repository on devices (DEV-61).
#[derive(Debug, Clone, Deserialize, TS)]
pub struct InstallDeviceApplication {
    /// At most 5,000.
    pub ids: Vec<SystemId>,
    /// The package.
    pub package: PackageId,
    /// It is started where it was installed.
    #[serde(default)]
    pub start: bool,
}
