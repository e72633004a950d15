//! Systems: everything managed at an address.

use crate::alarms::types::Severity;
use flotilla_kernel::clock::Time;
use flotilla_kernel::ids::{OrganizationId, SystemId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use flotilla_kernel::events::FeatureName;

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
