//! Systems: everything managed at an address.

use flotilla_kernel::clock::Time;
use flotilla_kernel::error::ErrorCode;
use flotilla_kernel::events::FeatureName;
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
    TelephoneServer,
    VideoServer,
    Camera,
}

/// A system's place in its solution.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SystemRole {
    Primary,
    Secondary,
    Expansion,
    Alone,
}

/// DEV-11: exactly one, the first that holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SystemState {
    Upgrading,
    CertificateChanged,
    NeedsSetup,
    AuthenticationFailed,
    Unreachable,
    ReachableNoApi,
    LimitedApi,
    Online,
    Unknown,
}

/// A row of the list of systems.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct SystemRow {
    pub id: SystemId,
    pub organization: OrganizationId,
    /// The connection it is reached by.
    pub connection: Option<ConnectionId>,
    pub customer: String,
    pub kind: SystemKind,
    pub name: String,
    pub role: SystemRole,
    pub state: SystemState,
    pub model: String,
    pub serial: String,
    pub host: String,
    pub version: String,
    pub alarms: i64,
    pub worst_alarm: Option<Severity>,
    pub services: i64,
    pub stopped_services: i64,
    pub last_contact: Option<Time>,
}

/// One system of the panel.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct SystemCard {
    pub id: SystemId,
    pub connection: Option<ConnectionId>,
    pub kind: SystemKind,
    pub name: String,
    pub address: String,
    pub version: String,
    pub role: SystemRole,
    pub state: SystemState,
    pub alarms: i64,
    pub worst_alarm: Option<Severity>,
    pub services: Vec<ServiceTile>,
}

/// A service on a system.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ServiceTile {
    pub name: String,
    pub version: String,
    pub running: bool,
}

/// What the licences a solution reports come to. (CUS-01, licence state.)
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LicenceState {
    Unknown,
    Valid,
    /// Something ends within 90 days.
    Due,
    /// Something has ended or is invalid.
    Expired,
}

/// A licence as the solution reports it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct LicenceLine {
    pub licence_type: String,
    pub quantity: i64,
    pub free: i64,
    #[ts(type = "string | null")]
    pub expires: Option<chrono::NaiveDate>,
    pub valid: bool,
}

/// At most so many systems are acted upon in one call.
pub const MAX_IDS_PER_CALL: usize = 5_000;

/// Puts systems into a folder (ORG-23).
#[derive(Debug, Clone, Deserialize, TS)]
pub struct MoveSystems {
    pub ids: Vec<SystemId>,
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
    pub id: SystemId,
    /// Empty where the account may not see it.
    pub name: String,
    pub problem: Option<ErrorCode>,
}
