//! Systems: everything managed at an address.

use flotilla_kernel::clock::Time;
use flotilla_kernel::error::ErrorCode;
use flotilla_kernel::events::{FeatureName, WorkKind};
use flotilla_kernel::ids::{ConnectionId, FolderId, OrganizationId, SystemId};
use flotilla_kernel::rights::{Concerns, Subject};
use flotilla_kernel::severity::Severity;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Under this name its changes are told.
pub const CHANGES: FeatureName = FeatureName("systems");

/// Which protocol a system speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SystemKind {
    /// A telephone server, by the IP Office management API (IPO-01).
    TelephoneServer,
    /// A video server (PRO-01).
    VideoServer,
    /// A camera or another device that speaks VAPIX (VPX-01).
    Camera,
    /// A body-worn system or another application that synchronises with a folder: it is listed, and nothing is asked of it (DEV-52).
    ConnectedApplication,
}

/// A system's place in its solution.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SystemRole {
    /// Answers for the whole solution (IPO-02).
    Primary,
    /// Takes over when the primary fails.
    Secondary,
    /// Adds lines and users to the solution.
    Expansion,
    /// The only system of its solution, or a device, which belongs to none.
    Alone,
}

/// DEV-11: exactly one, the first that holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SystemState {
    /// A job is upgrading it; that it does not answer is expected.
    Upgrading,
    /// It shows another certificate than the pinned one (CRT-11).
    CertificateChanged,
    /// It is factory-new and waits for its first account (VPX-02).
    NeedsSetup,
    /// It refused the credentials on two separate calls.
    AuthenticationFailed,
    /// It does not answer.
    Unreachable,
    /// It answers, but not with this protocol.
    ReachableNoApi,
    /// It answers, but not all that is asked: rights are missing, or its sessions are used up.
    LimitedApi,
    /// It answers all that is asked.
    Online,
    /// It was never contacted, or its certificate was not accepted yet.
    Unknown,
}

/// A row of the list of systems.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct SystemRow {
    /// The system's id.
    pub id: SystemId,
    /// The organization it belongs to.
    pub organization: OrganizationId,
    /// The connection it is reached by.
    pub connection: Option<ConnectionId>,
    /// The organization's name.
    pub customer: String,
    /// The folder it is in.
    pub folder_id: FolderId,
    /// The folder's name.
    pub folder: String,
    /// Which protocol it speaks.
    pub kind: SystemKind,
    /// The name it gives itself.
    pub name: String,
    /// Its place in the solution.
    pub role: SystemRole,
    /// Its state (DEV-11).
    pub state: SystemState,
    /// Its model; empty: it says none.
    pub model: String,
    /// Its serial number; empty: it says none.
    pub serial: String,
    /// Its IP address or host name.
    pub host: String,
    /// Its version, as it writes it; empty: not known.
    pub version: String,
    /// How many of its alarms are open, not shelved and not suppressed (ALM-05).
    pub alarms: i64,
    /// The worst severity among those alarms; none: there are none.
    pub worst_alarm: Option<Severity>,
    /// How many services it reports.
    pub services: i64,
    /// How many of them do not run.
    pub stopped_services: i64,
    /// When it last answered; none: never.
    pub last_contact: Option<Time>,
}

/// One system of the panel.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct SystemCard {
    /// The system's id.
    pub id: SystemId,
    /// The connection it is reached by; none: it was removed.
    pub connection: Option<ConnectionId>,
    /// Which protocol it speaks.
    pub kind: SystemKind,
    /// The name it gives itself.
    pub name: String,
    /// Its IP address or host name.
    pub address: String,
    /// Its version, as it writes it; empty: not known.
    pub version: String,
    /// Its place in the solution.
    pub role: SystemRole,
    /// Its state (DEV-11).
    pub state: SystemState,
    /// How many of its alarms are open, not shelved and not suppressed (ALM-05).
    pub alarms: i64,
    /// The worst severity among those alarms; none: there are none.
    pub worst_alarm: Option<Severity>,
    /// The services it reports.
    pub services: Vec<ServiceTile>,
}

/// A service on a system.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ServiceTile {
    /// The service's name, as the system reports it.
    pub name: String,
    /// The service's version, as the system reports it.
    pub version: String,
    /// Whether it runs.
    pub running: bool,
}

/// What the licences a solution reports come to. (CUS-01, licence state.)
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LicenceState {
    /// No licences are reported.
    Unknown,
    /// All licences are valid, and none ends within 90 days.
    Valid,
    /// Something ends within 90 days.
    Due,
    /// Nothing has ended, and something is not valid for another reason.
    Invalid,
    /// Something has ended.
    Expired,
}

/// A licence as the solution reports it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct LicenceLine {
    /// What is licensed and the unit it is counted in, as the solution names it.
    pub licence_type: String,
    /// How many there are.
    pub quantity: i64,
    /// How many of them are not in use.
    pub free: i64,
    /// The last day it is valid (GEN-07); none: it does not end.
    #[ts(type = "string | null")]
    pub expires: Option<chrono::NaiveDate>,
    /// Whether the solution says it is valid (IPO-04).
    pub valid: bool,
}

// Video servers

/// A device that a video server works with (PRO-01).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ConnectedDevice {
    /// What the server calls it.
    pub name: String,
    /// Its model; empty: the server says none.
    pub model: String,
    /// Its serial number; empty: the server says none.
    pub serial: String,
    /// Where the server reaches it; empty: it does not say.
    pub address: String,
}

/// A device that a video server works with, and which of the managed ones it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ServerDevice {
    /// As the server has it.
    #[serde(flatten)]
    #[ts(flatten)]
    pub device: ConnectedDevice,
    /// The managed system of that serial number; none: there is none in the organization, or the account does not see it.
    pub system: Option<SystemId>,
}

/// What a video server says of itself besides what its row says (DEV-50).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct VideoServerView {
    /// The connection it is reached by.
    pub connection: ConnectionId,
    /// Whether it is polled (DEV-51).
    pub monitored: bool,
    /// The version of its interface; empty: nothing was read yet.
    pub interface: String,
    /// Its time zone, as it names it; empty: it says none.
    pub time_zone: String,
    /// Who made the machine it runs on; empty: it says none.
    pub vendor: String,
    /// The devices it works with, the first [`MOST_SERVER_DEVICES`] of them.
    pub devices: Vec<ServerDevice>,
    /// How many devices it works with.
    pub device_count: i64,
}

/// So many devices of a server are shown with it.
pub const MOST_SERVER_DEVICES: usize = 500;

/// Which system.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
pub struct SystemArgument {
    /// The system's id.
    pub id: SystemId,
}

impl Concerns for SystemArgument {
    fn subjects(&self) -> Vec<Subject> {
        vec![self.id.into()]
    }
}

/// Which systems.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct SystemsArgument {
    /// Their ids.
    pub ids: Vec<SystemId>,
}

impl Concerns for SystemsArgument {
    fn subjects(&self) -> Vec<Subject> {
        self.ids.iter().map(|&id| id.into()).collect()
    }
}

// Connected applications

/// What a person says of a connected application (DEV-52).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ApplicationFields {
    /// What it is called: 1 to 100 characters.
    pub name: String,
    /// What it is, such as *Body Worn*; may be empty.
    pub model: String,
    /// Its IP address or host name; may be empty.
    pub host: String,
    /// The folder that it synchronises with.
    pub folder: FolderId,
}

/// Adds a connected application, or says something else of one.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct SaveApplication {
    /// None: a new one.
    pub id: Option<SystemId>,
    /// What is said of it from now on.
    pub fields: ApplicationFields,
    /// What was said of it when the form was opened; none for a new one. Is something else said by now, nothing is stored.
    #[serde(default)]
    pub before: Option<ApplicationFields>,
}

impl Concerns for SaveApplication {
    fn subjects(&self) -> Vec<Subject> {
        let known = self.id.map(Subject::System);
        known.into_iter().chain([self.fields.folder.into()]).collect()
    }
}

/// A connected application as it was saved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SavedApplication {
    /// Its id.
    pub id: SystemId,
    /// What is said of it.
    pub fields: ApplicationFields,
}

/// Connected applications are removed from their organization.
pub const APPLICATION_REMOVAL: WorkKind = WorkKind("application_removal");

/// Systems are put into another folder.
pub const MOVE: WorkKind = WorkKind("move");

/// At most so many systems are acted upon in one call.
pub const MAX_IDS_PER_CALL: usize = 20_000;

/// Puts systems into a folder (ORG-23).
#[derive(Debug, Clone, Deserialize, TS)]
pub struct MoveSystems {
    /// The systems to be moved.
    pub ids: Vec<SystemId>,
    /// The folder they are put into; of their own organization.
    pub folder: FolderId,
}

impl Concerns for MoveSystems {
    fn subjects(&self) -> Vec<Subject> {
        let systems = self.ids.iter().map(|&id| id.into());
        std::iter::once(self.folder.into()).chain(systems).collect()
    }
}

/// What became of one system of several.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SystemOutcome {
    /// The system's id.
    pub id: SystemId,
    /// Empty where the account may not see it.
    pub name: String,
    /// Why it was not done; none: it was.
    pub problem: Option<ErrorCode>,
}
