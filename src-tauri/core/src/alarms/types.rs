//! Alarms: states of resources (ALM-01).

use flotilla_kernel::clock::Time;
use flotilla_kernel::events::FeatureName;
use flotilla_kernel::ids::{AlarmId, ConnectionId, OrganizationId, SystemId};
pub use flotilla_kernel::severity::Severity;
use flotilla_kernel::severity::{NO_ALARM, rank};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;
use uuid::Uuid;

/// Under this name its changes are told.
pub const CHANGES: FeatureName = FeatureName("alarms");

/// ALM-02
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AlarmType {
    /// A setting is wrong.
    Configuration,
    /// A line to the outside.
    Trunk,
    /// A line between systems.
    Link,
    /// A service that runs on a system.
    Services,
    /// Speech is bad.
    QualityOfService,
    /// Somebody may be where nobody should be.
    Security,
    /// It cannot be reached, or does not let Flotilla in.
    Connection,
    /// A disk is full or broken.
    Storage,
    /// A licence ends or is missing.
    Licence,
    /// A certificate ends or is wrong.
    Certificate,
    /// A job failed.
    Job,
}

/// What Flotilla's own checks found. Words: `alarm-<value>` and `.action`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AlarmCause {
    /// Nothing answers.
    NoContact,
    /// It answers, and does not let Flotilla in.
    AccessRefused,
    /// Another certificate than the accepted one.
    CertificateChanged,
    /// The certificate ends soon.
    CertificateExpiring,
    /// A device that does not answer was seen at another address, which the qualifier names, and was not followed there (DEV-03).
    SeenElsewhere,
    /// A service does not run; the qualifier names it.
    ServiceStopped,
    /// A system does not run.
    SystemStopped,
    /// A licence has ended or is not valid; the qualifier is its type.
    LicenceExpired,
}

/// The open alarms of one organization.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrganizationAlarms {
    /// The organization; none: Flotilla's own.
    pub organization: Option<OrganizationId>,
    /// How many are critical, major, minor and warnings.
    pub counts: [i64; 4],
}

/// So many hours are looked back.
pub const HOURS: i64 = 24;

/// How often something has happened lately.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
pub struct Happened {
    /// How often in all.
    pub count: i64,
    /// How often in each hour, the oldest first.
    pub hours: Vec<i64>,
}

impl Happened {
    fn never() -> Self {
        Self {
            count: 0,
            hours: (0..HOURS).map(|_| 0).collect(),
        }
    }

    /// It has happened so many times more in this hour.
    pub fn add(&mut self, hour: i64, times: i64) {
        self.count += times;
        if let Some(hour) = usize::try_from(hour)
            .ok()
            .and_then(|hour| self.hours.get_mut(hour))
        {
            *hour += times;
        }
    }
}

/// What has happened in the last hours (DSH-02).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recent {
    /// When the first of the hours began.
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
    /// How many of these were of each severity.
    pub severities: BTreeMap<Severity, i64>,
    /// Alarms that were cleared.
    pub cleared: Happened,
}

impl Recent {
    /// Nothing has happened since.
    #[must_use]
    pub fn since(from: Time) -> Self {
        Self {
            from,
            went_down: Happened::never(),
            still_down: 0,
            came_back: Happened::never(),
            mean_duration: None,
            raised: Happened::never(),
            severities: BTreeMap::new(),
            cleared: Happened::never(),
        }
    }
}

/// What an alarm is about (ALM-01).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum AlarmSubject {
    /// A system, with the connection it is reached by.
    System {
        /// The organization the system belongs to.
        organization: OrganizationId,
        /// The connection the system is reached by.
        connection: ConnectionId,
        /// The system's id.
        system: SystemId,
    },
    /// A connection, or what it reports of the solution as a whole.
    Connection {
        /// The organization the connection belongs to.
        organization: OrganizationId,
        /// The connection's id.
        connection: ConnectionId,
    },
    /// An organization.
    Organization(OrganizationId),
    /// Flotilla itself: its disk, its backup, its certificate. Administrators alone see it.
    Flotilla,
}

/// Where an alarm stands in the table: the ids of its [`AlarmSubject`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AlarmPlace {
    /// None: Flotilla itself.
    pub organization: Option<OrganizationId>,
    /// None: an organization or Flotilla itself.
    pub connection: Option<ConnectionId>,
    /// None: something else than a system.
    pub system: Option<SystemId>,
}

impl From<AlarmSubject> for AlarmPlace {
    fn from(subject: AlarmSubject) -> Self {
        let (organization, connection, system) = match subject {
            AlarmSubject::System {
                organization,
                connection,
                system,
            } => (Some(organization), Some(connection), Some(system)),
            AlarmSubject::Connection {
                organization,
                connection,
            } => (Some(organization), Some(connection), None),
            AlarmSubject::Organization(organization) => (Some(organization), None, None),
            AlarmSubject::Flotilla => (None, None, None),
        };
        Self {
            organization,
            connection,
            system,
        }
    }
}

/// How many alarms are open on something, by severity; or by how many they become more or fewer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Totals {
    /// Of [`Severity::Critical`].
    pub critical: i64,
    /// Of [`Severity::Major`].
    pub major: i64,
    /// Of [`Severity::Minor`].
    pub minor: i64,
    /// Of [`Severity::Warning`].
    pub warning: i64,
}

impl Totals {
    /// So many of one severity.
    pub fn of(severity: Severity, number: i64) -> Self {
        let mut totals = Self::default();
        match severity {
            Severity::Critical => totals.critical = number,
            Severity::Major => totals.major = number,
            Severity::Minor => totals.minor = number,
            Severity::Warning => totals.warning = number,
        }
        totals
    }

    /// Each severity with its number, the worst first.
    pub fn each(self) -> [(Severity, i64); 4] {
        [
            (Severity::Critical, self.critical),
            (Severity::Major, self.major),
            (Severity::Minor, self.minor),
            (Severity::Warning, self.warning),
        ]
    }

    /// All of them together.
    pub fn count(self) -> i64 {
        self.critical + self.major + self.minor + self.warning
    }

    /// The worst there is.
    pub fn worst(self) -> Option<Severity> {
        self.each()
            .into_iter()
            .find(|(_, number)| *number > 0)
            .map(|(severity, _)| severity)
    }

    /// The worst there is as it is stored.
    pub fn worst_rank(self) -> i64 {
        self.worst().map_or(NO_ALARM, rank)
    }
}

impl std::ops::AddAssign for Totals {
    fn add_assign(&mut self, other: Self) {
        self.critical += other.critical;
        self.major += other.major;
        self.minor += other.minor;
        self.warning += other.warning;
    }
}

/// What was raised and cleared; windows are to be told.
#[must_use = "windows are told what changed: `tell`"]
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AlarmChanges {
    /// The alarms that were raised or cleared.
    pub alarms: Vec<AlarmId>,
    /// The systems whose count of open alarms, or worst alarm, is another one.
    pub systems: Vec<SystemId>,
}

impl AlarmChanges {
    /// Nothing was raised and nothing cleared.
    pub fn is_empty(&self) -> bool {
        self.alarms.is_empty()
    }

    /// The ids of the alarms, for an event.
    pub fn alarm_ids(&self) -> impl Iterator<Item = Uuid> {
        self.alarms.iter().map(|alarm| alarm.0)
    }

    /// The ids of the systems, for an event.
    pub fn system_ids(&self) -> impl Iterator<Item = Uuid> {
        self.systems.iter().map(|system| system.0)
    }
}

/// Whether it holds. That it is acknowledged, shelved or suppressed are facts of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AlarmState {
    /// It holds.
    Open,
    /// It does not hold any more.
    Cleared,
}

/// A row of the alarm list (ALM-06).
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct AlarmRow {
    /// Its own id.
    pub id: AlarmId,
    /// None: Flotilla itself.
    pub organization: Option<OrganizationId>,
    /// Empty: Flotilla itself.
    pub customer: String,
    /// The connection it is about, or by which its system is reached.
    pub connection: Option<ConnectionId>,
    /// Its name, or its address when it has none.
    pub connection_name: String,
    /// The system it is about; none: something else.
    pub system: Option<SystemId>,
    /// What the system is called now; empty: it is about no system.
    pub system_name: String,
    /// How bad it is.
    pub severity: Severity,
    /// What kind of thing is wrong (ALM-02).
    pub alarm_type: AlarmType,
    /// What was found.
    pub cause: AlarmCause,
    /// What the alarm is about, beside its cause: a service's name, a date.
    pub qualifier: String,
    /// Whether it holds.
    pub state: AlarmState,
    /// When it was raised.
    pub first_at: Time,
    /// When it was found last.
    pub last_at: Time,
    /// Since when it does not hold any more; none: it is open.
    pub cleared_at: Option<Time>,
    /// How often it was found.
    pub occurrences: i64,
    /// When somebody acknowledged it (ALM-04).
    pub acknowledged_at: Option<Time>,
    /// Until when nobody is to be bothered with it (ALM-04).
    pub shelved_until: Option<Time>,
    /// Its connection or system is under maintenance, or cannot be reached (ALM-08).
    pub suppressed: bool,
}
