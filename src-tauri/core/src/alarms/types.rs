//! Alarms: states of resources (ALM-01).

use flotilla_kernel::clock::Time;
use flotilla_kernel::ids::{AlarmId, OrganizationId, SystemId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use flotilla_kernel::events::FeatureName;

/// Under this name its changes are told.
pub const CHANGES: FeatureName = FeatureName("alarms");

/// ALM-02; critical is the worst.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    Critical,
    Major,
    Minor,
    Warning,
}

/// ALM-02
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AlarmType {
    Configuration,
    Trunk,
    Link,
    Services,
    QualityOfService,
    Security,
    Connection,
    Storage,
    Licence,
    Certificate,
    Job,
}

/// What Flotilla's own checks found. Words: `alarm-<value>` and `.action`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AlarmCause {
    NoContact,
    AccessRefused,
    CertificateChanged,
    CertificateExpiring,
    ServiceStopped,
    SystemStopped,
    LicenceExpired,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AlarmState {
    Open,
    Cleared,
}

/// A row of the alarm list (ALM-06).
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct AlarmRow {
    pub id: AlarmId,
    pub organization: OrganizationId,
    pub customer: String,
    pub system: Option<SystemId>,
    pub system_name: String,
    pub severity: Severity,
    pub alarm_type: AlarmType,
    pub cause: AlarmCause,
    /// What the alarm is about, beside its cause: a service's name, a date.
    pub qualifier: String,
    pub state: AlarmState,
    pub first_at: Time,
    pub last_at: Time,
    pub cleared_at: Option<Time>,
    pub occurrences: i64,
}
