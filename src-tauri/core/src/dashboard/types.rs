//! The dashboard: what is counted, and where each count leads.

use crate::alarms::types::{AlarmRow, AlarmType, Happened, Severity};
use crate::connections::types::ConnectionState;
use crate::customers::types::TagCount;
use crate::systems::types::SystemState;
use flotilla_kernel::clock::Time;
use flotilla_kernel::ids::OrganizationId;
use flotilla_kernel::rights::{Concerns, Subject};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What the dashboard counts.
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
    /// When it was counted.
    pub at: Time,
    /// How many customers the account sees.
    pub customers: i64,
    /// How many systems the account sees.
    pub systems: i64,
    /// Customers by connection (CUS-02).
    pub connections: Vec<ConnectionCount>,
    /// Open alarms by type and severity (ALM-02).
    pub alarms: Vec<AlarmCount>,
    /// Open alarms by customer.
    pub alarms_by_customer: AlarmsByCustomer,
    /// The critical alarms that were raised last and are open.
    pub critical: Vec<AlarmRow>,
    /// What has changed since yesterday.
    pub changes: Changes,
    /// Version of the primary and customers with it, most frequent first. Empty text: not known.
    pub versions: Vec<TextCount>,
    /// Customers by tag, most frequent first.
    pub tags: Vec<TagCount>,
    /// Cloud customers by profile.
    pub profiles: Vec<TextCount>,
    /// Systems by state (DEV-11).
    pub states: Vec<StateCount>,
    /// The certificates that end soon, the next to end first, and after them those that have expired, the latest first.
    pub certificates: Vec<ExpiringCertificate>,
    /// Customers by the end of their certificate.
    pub certificates_ending: Ending,
    /// The customers whose licences end soon, the next to end first, and after them those whose licences have expired, the
    /// latest first.
    pub licences_due: Vec<LicenceDue>,
    /// Customers by the first end among their licences.
    pub licences_ending: Ending,
}

/// How many customers' connections are in one state.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct ConnectionCount {
    /// The state.
    pub connection: ConnectionState,
    /// How many customers are in it.
    pub customers: i64,
}

/// How many open alarms are of one type and severity.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct AlarmCount {
    /// The type (ALM-02).
    pub alarm_type: AlarmType,
    /// The severity (ALM-02).
    pub severity: Severity,
    /// How many alarms are open, not shelved and not suppressed (ALM-05).
    pub alarms: i64,
}

/// How many customers have one value.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct TextCount {
    /// The value; empty: not known.
    pub value: String,
    /// How many customers have it.
    pub customers: i64,
}

/// How many systems are in one state.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct StateCount {
    /// The state (DEV-11).
    pub state: SystemState,
    /// How many systems are in it.
    pub systems: i64,
}

/// A pinned certificate that has expired or ends within 90 days.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct ExpiringCertificate {
    /// The customer's organization.
    pub id: OrganizationId,
    /// The customer's name.
    pub name: String,
    /// The last instant the certificate is valid.
    pub valid_until: Time,
    /// Whether that instant has passed.
    pub expired: bool,
}

/// What has ended, and what ends within 30, 60 and 90 days; the first is never among the others (DSH-02).
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Ending {
    /// What has ended.
    pub expired: Expired,
    /// What ends within 30, within 60 and within 90 days; each holds what the one before holds.
    pub within: Vec<DueWithin>,
}

/// How many customers have something that has ended.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Expired {
    /// How many customers.
    pub customers: i64,
    /// The last of it, as the filter of the list behind takes it: a time in milliseconds, or a date in days.
    pub until: i64,
}

/// How many customers have something that has not ended and ends within so many days.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct DueWithin {
    /// Within how many days.
    pub days: i64,
    /// How many customers.
    pub customers: i64,
    /// The first and the last of it, as the filter of the list behind takes them: times in milliseconds, or dates in days.
    pub from: i64,
    /// The last of it, as `from`.
    pub until: i64,
}

/// A customer whose solution reports licences that have expired, or some that end within 90 days.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct LicenceDue {
    /// The customer's organization.
    pub id: OrganizationId,
    /// The customer's name.
    pub name: String,
    /// What is licensed, as the solution names it: of these licences, the first to end first.
    pub licence_types: Vec<String>,
    /// The last day on which all of these that are due are valid; of the expired ones, the last on which any was (GEN-07).
    #[ts(type = "string")]
    pub expires: chrono::NaiveDate,
    /// Whether that day has passed.
    pub expired: bool,
}

/// Whose open alarms there are.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct AlarmsByCustomer {
    /// The customers that are worst off, the worst first.
    pub customers: Vec<CustomerAlarms>,
    /// How many customers there are besides with an open alarm.
    pub others: i64,
    /// How many alarms those have: critical, major, minor, warning.
    pub other_counts: [i64; 4],
}

/// The open alarms of one customer.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct CustomerAlarms {
    /// The customer's organization.
    pub id: OrganizationId,
    /// The customer's name.
    pub name: String,
    /// The worst state of its connections; none: it has no connection.
    pub connection: Option<ConnectionState>,
    /// How many alarms are critical, major, minor and warnings.
    pub counts: [i64; 4],
    /// Since when the oldest of them is open.
    pub oldest: Time,
}

/// What has happened in the last 24 hours, hour by hour. All of it is in the list of alarms.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Changes {
    /// When the first hour began.
    pub from: Time,
    /// Connections that stopped answering.
    pub went_down: Happened,
    /// How many of these do not answer yet.
    pub still_down: i64,
    /// Connections that answer again.
    pub came_back: Happened,
    /// How long these had not answered on average, in milliseconds; none: none came back.
    pub mean_duration: Option<i64>,
    /// Alarms that were raised.
    pub raised: Happened,
    /// How many of these were critical.
    pub raised_critical: i64,
    /// How many of these were major.
    pub raised_major: i64,
    /// Alarms that were cleared.
    pub cleared: Happened,
}
