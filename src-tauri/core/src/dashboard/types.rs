//! The dashboard: what is counted, and where each count leads.

use crate::alarms::types::{AlarmType, Severity};
use crate::connections::types::ConnectionState;
use crate::customers::types::TagCount;
use crate::systems::types::SystemState;
use flotilla_kernel::clock::Time;
use flotilla_kernel::ids::OrganizationId;
use flotilla_kernel::rights::{Concerns, Subject};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

#[derive(Debug, Clone, Default, Deserialize, TS)]
pub struct DashboardArgument {
    /// The organization menu narrows it (DSH-01).
    #[serde(default)]
    pub organization: Option<OrganizationId>,
}

impl Concerns for DashboardArgument {
    fn subjects(&self) -> Vec<Subject> {
        self.organization.into_iter().map(Subject::from).collect()
    }
}

/// Everything the first page shows (DSH-02, as far as it exists).
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Dashboard {
    pub at: Time,
    pub customers: i64,
    pub systems: i64,
    pub connections: Vec<ConnectionCount>,
    pub alarms: Vec<AlarmCount>,
    /// Version of the primary and customers with it, most frequent first. Empty text: not known.
    pub versions: Vec<TextCount>,
    pub tags: Vec<TagCount>,
    /// Cloud customers by profile.
    pub profiles: Vec<TextCount>,
    pub states: Vec<StateCount>,
    pub certificates: Vec<ExpiringCertificate>,
    /// Customers by the end of their certificate.
    pub certificates_ending: Ending,
    pub licences_due: Vec<LicenceDue>,
    /// Customers by the first end among their licences.
    pub licences_ending: Ending,
}

#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct ConnectionCount {
    pub connection: ConnectionState,
    pub customers: i64,
}

#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct AlarmCount {
    pub alarm_type: AlarmType,
    pub severity: Severity,
    pub alarms: i64,
}

#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct TextCount {
    pub value: String,
    pub customers: i64,
}

#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct StateCount {
    pub state: SystemState,
    pub systems: i64,
}

/// A pinned certificate that has expired or ends within 90 days.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct ExpiringCertificate {
    pub id: OrganizationId,
    pub name: String,
    pub valid_until: Time,
    pub expired: bool,
}

/// What has ended, and what ends within 30, 60 and 90 days; the first is never among the others (DSH-02).
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Ending {
    pub expired: Expired,
    pub within: Vec<DueWithin>,
}

/// How many customers have something that has ended.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Expired {
    pub customers: i64,
    /// The last of it, as the filter of the list behind takes it: a time in milliseconds, or a date in days.
    pub until: i64,
}

/// How many customers have something that has not ended and ends within so many days.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct DueWithin {
    pub days: i64,
    pub customers: i64,
    /// The first and the last of it, as the filter of the list behind takes them: times in milliseconds, or dates in days.
    pub from: i64,
    pub until: i64,
}

/// A licence that a solution reports as expired or as ending within 90 days.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct LicenceDue {
    pub id: OrganizationId,
    pub name: String,
    pub licence_type: String,
    #[ts(type = "string")]
    pub expires: chrono::NaiveDate,
    pub expired: bool,
}
