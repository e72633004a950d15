//! Devices: how they come in, what is done on them, and what that came to.

mod commissioning;
mod discovery;
mod operations;
mod skipped;
mod upgrading;

pub use commissioning::*;
pub use discovery::*;
pub use operations::*;
pub use skipped::*;
pub use upgrading::*;

use crate::connections::types::CertificateView;
use flotilla_connectors::secret::Secret;
use flotilla_kernel::clock::Time;
use flotilla_kernel::error::{ErrorCode, FieldProblem, WireError};
use flotilla_kernel::events::{FeatureName, WorkKind};
use flotilla_kernel::ids::{
    CredentialSetId, DeviceActId, DeviceResultId, FolderId, OrganizationId, SystemId, WorkId,
};
use flotilla_kernel::preferences::Preference;
use flotilla_kernel::rights::{Concerns, Subject};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Under this name changes of acts and their results are told.
pub const CHANGES: FeatureName = FeatureName("devices");
/// Under this name changes of credential sets are told; the ids are organizations.
pub const CREDENTIAL_SETS: FeatureName = FeatureName("credential_sets");

/// An act on devices is under way.
pub const ACT: WorkKind = WorkKind("device_act");

/// At most so many devices are acted upon in one call.
pub const MOST_DEVICES: usize = 5_000;

/// The devices' part of the preferences.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct DevicePreferences {
    /// Devices that do not answer for long are looked for on the networks of this machine, and followed to their new addresses
    /// (DEV-03).
    pub follow_devices: bool,
}

impl Default for DevicePreferences {
    fn default() -> Self {
        Self { follow_devices: true }
    }
}

impl Preference for DevicePreferences {
    fn check(&self) -> Vec<FieldProblem> {
        Vec::new()
    }
}

// Credential sets

/// A user name and a password under a name, for devices of one organization (DEV-02). The password never comes back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct CredentialSet {
    /// Its id.
    pub id: CredentialSetId,
    /// The organization whose devices it is for.
    pub organization: OrganizationId,
    /// What it is called; unique in the organization.
    pub name: String,
    /// The user name on the devices.
    pub user_name: String,
    /// When it was last changed.
    pub changed_at: Time,
    /// Must come back with a save.
    pub revision: i64,
}

/// Adds a credential set, or changes one.
#[derive(Debug, Deserialize, TS)]
pub struct SaveCredentialSet {
    /// None: a new one.
    pub id: Option<CredentialSetId>,
    /// The organization whose devices it is for.
    pub organization: OrganizationId,
    /// Of the one being changed; 0 for a new one.
    #[serde(default)]
    pub revision: i64,
    /// What it is called.
    pub name: String,
    /// The user name on the devices.
    pub user_name: String,
    /// None: the stored one stays.
    #[ts(type = "string | null")]
    pub password: Option<Secret>,
}

impl Concerns for SaveCredentialSet {
    fn subjects(&self) -> Vec<Subject> {
        vec![self.organization.into()]
    }
}

/// Which organization's credential sets.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
pub struct CredentialSetsOf {
    /// The organization's id.
    pub organization: OrganizationId,
}

impl Concerns for CredentialSetsOf {
    fn subjects(&self) -> Vec<Subject> {
        vec![self.organization.into()]
    }
}

/// Which credential set.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
pub struct CredentialSetArgument {
    /// The credential set.
    pub id: CredentialSetId,
    /// The organization it is of.
    pub organization: OrganizationId,
}

impl Concerns for CredentialSetArgument {
    fn subjects(&self) -> Vec<Subject> {
        vec![self.organization.into()]
    }
}

/// How devices are signed in to.
#[derive(Debug, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Credentials {
    /// As a credential set of the organization says.
    Set {
        /// The credential set.
        id: CredentialSetId,
    },
    /// As typed for this time.
    Typed {
        /// The user name.
        user_name: String,
        /// The password.
        #[ts(type = "string")]
        password: Secret,
    },
}

/// The first account of a factory-new device (VPX-02).
#[derive(Debug, Deserialize, TS)]
pub struct FirstAccount {
    /// Its user name.
    pub user_name: String,
    /// Its password; none: a different one for each device, made here.
    #[ts(type = "string | null")]
    pub password: Option<Secret>,
}

// Adding

/// A device to be added.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct NewDevice {
    /// IP address or host name.
    pub host: String,
    /// The port, 1 to 65535.
    pub port: i64,
    /// What it is to be called; empty: as it calls itself.
    #[serde(default)]
    pub name: String,
    /// The serial number that was seen there; empty: none was. Another one is not taken in.
    #[serde(default)]
    pub serial: String,
    /// The SHA-256 of the certificate that a person has seen and said yes to; none: nobody has.
    #[serde(default)]
    pub accept: Option<String>,
}

/// Adds devices to a folder (DEV-02).
#[derive(Debug, Deserialize, TS)]
pub struct AddDevices {
    /// The organization they are added to.
    pub organization: OrganizationId,
    /// The folder they are put into.
    pub folder: FolderId,
    /// At most 5,000.
    pub devices: Vec<NewDevice>,
    /// How those are signed in to that have accounts; none: they are left out.
    pub credentials: Option<Credentials>,
    /// The account that factory-new ones get; none: they are left out.
    pub first_account: Option<FirstAccount>,
    /// Certificates that nobody has seen are believed when they are met first (CUS-11, for all of them).
    #[serde(default)]
    pub accept_first_met: bool,
}

impl Concerns for AddDevices {
    fn subjects(&self) -> Vec<Subject> {
        vec![self.organization.into(), self.folder.into()]
    }
}

// Acts

/// Whose models.
#[derive(Debug, Clone, Copy, Default, Deserialize, TS)]
pub struct ModelsOf {
    /// The organization; none: all that the account sees.
    #[serde(default)]
    pub organization: Option<OrganizationId>,
}

/// What was done on devices.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DeviceActKind {
    /// They were added (DEV-02).
    Add,
    /// An account was created (DEV-40).
    CreateAccount,
    /// The password of an account was changed (DEV-40).
    SetPassword,
    /// An account was deleted (DEV-40).
    DeleteAccount,
    /// Flotilla's own password was changed (DEV-41).
    RotatePassword,
    /// They were restarted (DEV-24).
    Restart,
    /// They went back to the firmware before (DEV-24).
    Rollback,
    /// They were set back to how they left the factory (DEV-24).
    FactoryDefault,
    /// An application was installed (DEV-61).
    InstallApplication,
    /// An application was started (DEV-61).
    StartApplication,
    /// An application was stopped (DEV-61).
    StopApplication,
    /// An application was removed (DEV-61).
    RemoveApplication,
    /// They were put into service (DEV-60).
    Commission,
    /// They were removed from their organization (DEV-30).
    Remove,
    /// They were moved to another organization (DEV-30).
    Transfer,
}

/// What an act came to for a device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DeviceResultState {
    /// Its turn has not come.
    Waiting,
    /// It is under way.
    Running,
    /// It was done.
    Done,
    /// It was not done.
    Failed,
    /// Whether it was done is not known: the answer was lost, and asking again gave none.
    Unknown,
    /// It was not begun: the act was cancelled.
    Cancelled,
    /// The program ended before it was done.
    Interrupted,
}

/// How far an act has come with a device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DeviceStep {
    /// It is reached.
    Connect,
    /// Its certificate is looked at.
    Certificate,
    /// It is signed in to.
    SignIn,
    /// Its first account is made.
    FirstAccount,
    /// What it is is stored.
    Store,
    /// What was wanted is sent to it.
    Send,
    /// That it was done is proven.
    Prove,
    /// It restarts.
    Restart,
    /// It is looked for at its new address.
    Move,
}

/// An act on devices.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct DeviceAct {
    /// Its id.
    pub id: DeviceActId,
    /// What is done.
    pub kind: DeviceActKind,
    /// What it is about, such as the name of an account.
    pub about: String,
    /// The login name of who began it.
    pub account_name: String,
    /// When it began.
    pub started_at: Time,
    /// When it ended; none: it is under way.
    pub finished_at: Option<Time>,
    /// The work that can be cancelled; none: it runs in another process, or has ended.
    pub work: Option<WorkId>,
    /// How many devices are in each state.
    pub counts: DeviceActCounts,
    /// Why those failed that did, the most frequent reason first.
    pub reasons: Vec<FailureReason>,
    /// What they were to get, where they were put into service.
    pub commission: Option<CommissionSettings>,
}

/// How many devices of an act are in each state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, TS)]
pub struct DeviceActCounts {
    /// All of them.
    pub all: i64,
    /// Their turn has not come.
    pub waiting: i64,
    /// Under way.
    pub running: i64,
    /// Done.
    pub done: i64,
    /// Not done.
    pub failed: i64,
    /// Not known.
    pub unknown: i64,
    /// Not begun, or not brought to its end.
    pub left: i64,
}

/// Why devices failed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct FailureReason {
    /// The error's code.
    pub code: ErrorCode,
    /// How many devices.
    pub count: i64,
}

/// A row of the results of acts (UI-29).
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct DeviceResultRow {
    /// Its id.
    pub id: DeviceResultId,
    /// The act.
    pub act: DeviceActId,
    /// The organization the device belongs to.
    pub organization: OrganizationId,
    /// The organization's name.
    pub customer: String,
    /// The managed device; none: it is not managed.
    pub system: Option<SystemId>,
    /// Its name; empty: not known.
    pub name: String,
    /// IP address or host name.
    pub host: String,
    /// The port.
    pub port: i64,
    /// Its model; empty: not known.
    pub model: String,
    /// Its serial number; empty: not known.
    pub serial: String,
    /// What the act came to.
    pub state: DeviceResultState,
    /// How far it has come.
    pub step: DeviceStep,
    /// Why it was not done.
    pub problem: Option<WireError>,
    /// The certificate that a person is to look at before anything is sent.
    pub certificate: Option<CertificateView>,
    /// When that was.
    pub at: Time,
}

/// Which act.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
pub struct DeviceActArgument {
    /// Its id.
    pub id: DeviceActId,
}

/// An act that was begun; its page shows what it comes to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct DeviceActBegun {
    /// Its id.
    pub id: DeviceActId,
    /// Devices that it is not on.
    pub skipped: Vec<SkippedDevice>,
}

/// Which devices an act is on; those that the account may not act on are results of their own.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct DevicesArgument {
    /// At most 5,000.
    pub ids: Vec<SystemId>,
}

impl Concerns for DevicesArgument {
    fn subjects(&self) -> Vec<Subject> {
        self.ids.iter().map(|&id| id.into()).collect()
    }
}

// Models

/// A model among the devices that an account sees (DEV-10, DEV-12).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct DeviceModel {
    /// The model.
    pub model: String,
    /// How many devices.
    pub devices: i64,
    /// How many of them have a newer version in the repository.
    pub upgradable: i64,
}

/// Which software track a device is on (DEV-10).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SoftwareTrack {
    /// A version with long-term support.
    LongTerm,
    /// The versions that get new functions.
    Active,
}

/// A version on the way to the recommended one (DEV-12).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct UpgradeStep {
    /// The version.
    pub version: String,
    /// Its package in the repository.
    pub package: flotilla_kernel::ids::PackageId,
    /// How many bytes it has.
    pub size: i64,
    /// Whether the vendor gave the digest, and it was verified (REP-06).
    pub verified: bool,
}

/// What software a device runs and what is recommended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct DeviceSoftware {
    /// The device.
    pub system: SystemId,
    /// Its track; none: its version is not known.
    pub track: Option<SoftwareTrack>,
    /// The versions to go through, the recommended one last; empty: it is current, or nothing is known for its model.
    pub path: Vec<UpgradeStep>,
    /// Series with long-term support that have to be gone through, and that the repository has nothing of.
    pub missing: Vec<String>,
    /// Whether the repository has anything for its model.
    pub known: bool,
}
