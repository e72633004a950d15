//! Jobs and their systems, as they travel.

use crate::connections::types::CertificateView;
use flotilla_kernel::clock::Time;
use flotilla_kernel::error::{FieldProblem, WireError};
use flotilla_kernel::events::FeatureName;
use flotilla_kernel::fields;
use flotilla_kernel::ids::{JobId, JobTaskId, OrganizationId, SystemId};
use flotilla_kernel::preferences::Preference;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use ts_rs::TS;

/// Under this name changes of jobs are told; the ids are jobs.
pub const CHANGES: FeatureName = FeatureName("jobs");
/// Under this name changes of the systems of jobs are told; the ids are [`JobTaskId`]s.
pub const TASK_CHANGES: FeatureName = FeatureName("job_tasks");

/// The most systems of one job.
pub const MOST_TARGETS: usize = 100_000;
/// The longest name of a job, in characters.
pub const LONGEST_NAME: usize = 120;
/// The most waves before the last one.
pub const MOST_WAVES: usize = 10;

// States (JOB-12)

/// How a job is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum JobState {
    /// Its time has not come.
    Scheduled,
    /// A second person has to approve it first (JOB-26).
    AwaitingApproval,
    /// What waits is held.
    Paused,
    /// Its systems are worked on.
    Running,
    /// Everything has ended; nothing failed.
    Completed,
    /// Everything has ended; some systems failed.
    CompletedWithFailures,
    /// Everything has ended, and nothing succeeded.
    Failed,
    /// What waited was given up.
    Stopped,
    /// Its start passed while nothing could begin (JOB-24).
    Missed,
}

impl JobState {
    /// All of them, in the order in which lists show them.
    pub const ALL: &'static [Self] = &[
        Self::Running,
        Self::Paused,
        Self::AwaitingApproval,
        Self::Scheduled,
        Self::Failed,
        Self::CompletedWithFailures,
        Self::Missed,
        Self::Stopped,
        Self::Completed,
    ];

    /// Whether nothing follows any more.
    pub fn has_ended(self) -> bool {
        matches!(
            self,
            Self::Completed | Self::CompletedWithFailures | Self::Failed | Self::Stopped | Self::Missed
        )
    }
}

/// How one system of a job is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TaskState {
    /// Its turn has not come.
    Waiting,
    /// It is worked on.
    Running,
    /// It was done, and that was proven.
    Done,
    /// It was left out, with the reason.
    Skipped,
    /// It was not done.
    Failed,
    /// What came of it is not known, and is being checked.
    Unknown,
    /// The job was stopped before its turn.
    Stopped,
}

/// The state of a customer in a job, made from those of its systems (JOB-11).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CustomerState {
    /// Some of its systems are worked on.
    Running,
    /// Some failed, or are unknown.
    Failed,
    /// Some were stopped.
    Stopped,
    /// Some have not begun.
    Waiting,
    /// All are done or skipped.
    Done,
}

/// What became of the systems of a wave, or of a job, so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
pub struct WaveCounts {
    /// Not begun.
    pub waiting: u32,
    /// Under way.
    pub running: u32,
    /// Proven good.
    pub done: u32,
    /// Left out, each with its reason: they were never to be done, or were removed meanwhile.
    pub skipped: u32,
    /// Failed.
    pub failed: u32,
    /// Unknown, being checked.
    pub unknown: u32,
    /// Given up.
    pub stopped: u32,
    /// When the last of them ended.
    pub ended_at: Option<Time>,
}

impl WaveCounts {
    /// Those that count as failed: unknown does until it is known.
    pub fn failures(&self) -> u32 {
        self.failed + self.unknown
    }

    /// Those that count: who is skipped neither proves anything nor stands in the way.
    pub fn counted(&self) -> u32 {
        self.waiting + self.running + self.done + self.failed + self.unknown + self.stopped
    }

    /// All of them.
    pub fn all(&self) -> u32 {
        self.counted() + self.skipped
    }

    /// Whether at least so many percent of those that count are proven good.
    pub fn is_proven(&self, percent: u8) -> bool {
        u64::from(self.done) * 100 >= u64::from(self.counted()) * u64::from(percent)
    }

    /// Both together; the later end.
    #[must_use]
    pub fn plus(self, other: &Self) -> Self {
        Self {
            waiting: self.waiting + other.waiting,
            running: self.running + other.running,
            done: self.done + other.done,
            skipped: self.skipped + other.skipped,
            failed: self.failed + other.failed,
            unknown: self.unknown + other.unknown,
            stopped: self.stopped + other.stopped,
            ended_at: self.ended_at.max(other.ended_at),
        }
    }
}

// Rollouts (JOB-26)

/// How much a wave takes of what is left. What is never split, such as the systems of one customer, goes into one wave as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "unit", content = "size", rename_all = "snake_case")]
pub enum WaveSize {
    /// So many customers, or devices.
    Groups(u32),
    /// At least so many systems.
    Systems(u32),
    /// At least so much of all systems of the run, in percent.
    Percent(u8),
}

/// A wave before the last one; the last one takes what is left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Wave {
    /// How much it takes.
    pub size: WaveSize,
    /// What of it must be proven good before the next wave begins, in percent.
    pub proven_percent: u8,
    /// How long is waited after that, in minutes.
    pub soak_minutes: u32,
}

/// What happens when too much fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ThresholdAct {
    /// What waits is held, until somebody goes on.
    Pause,
    /// What waits is given up.
    Stop,
}

/// How much may fail. Unknown counts as failed until it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Threshold {
    /// So many systems of the run.
    pub systems: Option<u32>,
    /// So much of a wave, in percent.
    pub percent: Option<u8>,
    /// What happens then.
    pub act: ThresholdAct,
}

/// In which order systems are done (JOB-26). Without waves all are in one.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Rollout {
    /// All waves but the last.
    pub waves: Vec<Wave>,
    /// How much may fail. None: all are done, whatever becomes of them.
    pub threshold: Option<Threshold>,
}

// When (JOB-02, JOB-25)

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Day {
    /// Monday.
    Monday,
    /// Tuesday.
    Tuesday,
    /// Wednesday.
    Wednesday,
    /// Thursday.
    Thursday,
    /// Friday.
    Friday,
    /// Saturday.
    Saturday,
    /// Sunday.
    Sunday,
}

/// When systems may be written to (JOB-25).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MaintenanceWindow {
    /// The days on which it begins.
    pub days: BTreeSet<Day>,
    /// When it begins, in minutes after midnight.
    pub start: u16,
    /// How long it is open, in minutes that pass; at most seven days.
    pub duration: u16,
}

/// When a job begins (JOB-02). Local times are `2027-01-24T02:30`. A zone is an IANA name; none: each system by the zone of its own site
/// (GEN-06).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum JobSchedule {
    /// At once.
    Now,
    /// At a date and time.
    At {
        /// The local time.
        local: String,
        /// Its zone.
        zone: Option<String>,
    },
    /// In maintenance windows, as many as it takes.
    Windows {
        /// The windows.
        windows: Vec<MaintenanceWindow>,
        /// Their zone.
        zone: Option<String>,
    },
    /// Again and again; each time is a run of its own.
    Repeat {
        /// The first local time.
        first: String,
        /// A rule as the RRULE of RFC 5545.
        rule: String,
        /// The zone.
        zone: String,
    },
}

/// A start, as it is shown before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct PlannedStart {
    /// When.
    pub at: Time,
    /// Its local time does not exist on that day: it is the next one that does (JOB-25).
    pub moved: bool,
    /// When the window closes; none: it is none.
    pub until: Option<Time>,
}

/// Asks when a schedule begins.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct PreviewSchedule {
    /// The schedule.
    pub schedule: JobSchedule,
    /// The zone that stands for a site's own.
    pub site_zone: Option<String>,
}

/// What all jobs have in common when they are ordered (JOB-01).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[serde(default)]
pub struct JobOrder {
    /// Its name; empty: one is made.
    pub name: String,
    /// When it begins.
    pub schedule: JobSchedule,
    /// In which waves.
    pub rollout: Rollout,
    /// 0 to 1,000; the higher goes first.
    pub priority: i64,
    /// How late it may begin, in minutes (JOB-24); none: as the preferences say.
    pub tolerance_minutes: Option<i64>,
}

impl Default for JobOrder {
    fn default() -> Self {
        Self {
            name: String::new(),
            schedule: JobSchedule::Now,
            rollout: Rollout::default(),
            priority: DEFAULT_PRIORITY,
            tolerance_minutes: None,
        }
    }
}

/// What a job has as long as nobody says otherwise.
pub const DEFAULT_PRIORITY: i64 = 500;

/// A system that a job is not on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SkippedTarget {
    /// The system.
    pub id: SystemId,
    /// Why.
    pub problem: flotilla_kernel::error::ErrorCode,
}

/// A job was ordered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct JobOrdered {
    /// The job.
    pub id: JobId,
    /// Its name.
    pub name: String,
    /// Systems that it is not on.
    pub skipped: Vec<SkippedTarget>,
}

// What is read

/// A customer of a job.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct JobCustomer {
    /// The organization.
    pub id: OrganizationId,
    /// Its name.
    pub name: String,
}

/// A row of the list of jobs (JOB-10).
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct JobRow {
    /// The job.
    pub id: JobId,
    /// Its name.
    pub name: String,
    /// What it does; its words are `job-operation-<name>`.
    pub operation: String,
    /// What of it, such as a version; empty: the operation says all.
    pub about: String,
    /// How it is.
    pub state: JobState,
    /// The first of its customers that the account sees, in order.
    pub customers: Vec<JobCustomer>,
    /// How many the account sees.
    pub customer_count: i64,
    /// What became of its systems so far.
    pub counts: WaveCounts,
    /// When it begins, or was to begin; none: it is one that repeats and has no start left.
    pub starts_at: Option<Time>,
    /// When it began.
    pub started_at: Option<Time>,
    /// When its last system ended.
    pub finished_at: Option<Time>,
    /// Whether it begins again and again: it has runs, and does nothing itself.
    pub repeats: bool,
    /// The job that it is a run of.
    pub series: Option<JobId>,
    /// The job whose failed systems it tries again.
    pub retry_of: Option<JobId>,
    /// Why it is held, or ended as it did.
    pub problem: Option<WireError>,
    /// 0 to 1,000.
    pub priority: i64,
    /// The login name of who ordered it, at that time.
    pub created_by: String,
    /// When it was ordered.
    pub created_at: Time,
    /// How many waves it has.
    pub waves: i64,
    /// The wave that has begun, from 0.
    pub wave: Option<u32>,
    /// Counts up with every change a person makes.
    pub revision: i64,
}

/// What a person may do with a job now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum JobAct {
    /// Approve it.
    Approve,
    /// Hold what waits.
    Pause,
    /// Let it go on.
    Resume,
    /// Begin the next wave, whatever the last one came to.
    GoOn,
    /// Give up what waits.
    Stop,
    /// Try the failed again.
    Retry,
    /// Order the same once more.
    Copy,
    /// Delete it.
    Delete,
}

/// How a wave is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum WaveState {
    /// It has not begun.
    Waiting,
    /// Its systems are worked on.
    Running,
    /// Enough of it is proven good; the next one begins when it has soaked.
    Soaking,
    /// Too little of it is proven good: the next one begins by hand.
    Held,
    /// The next one has begun, or nothing is left.
    Done,
}

/// A wave of a job.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct WaveView {
    /// From 0.
    pub number: u32,
    /// How it is.
    pub state: WaveState,
    /// What became of its systems so far.
    pub counts: WaveCounts,
    /// The rule by which the next wave begins; none: it is the last.
    pub rule: Option<Wave>,
    /// When the next wave may begin.
    pub soaked_at: Option<Time>,
}

/// A job as a whole (JOB-11).
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct JobView {
    /// The row of the list.
    pub row: JobRow,
    /// When it begins.
    pub schedule: JobSchedule,
    /// In which waves.
    pub rollout: Rollout,
    /// The waves.
    pub waves: Vec<WaveView>,
    /// How late it may begin, in minutes.
    pub tolerance_minutes: i64,
    /// Who approved it; empty: nobody.
    pub approved_by: String,
    /// Whether it needs a second person.
    pub approval_needed: bool,
    /// When the window that is open closes; none: none is open.
    pub window_until: Option<Time>,
    /// When it may begin with further systems; none: now, or never again.
    pub next_at: Option<Time>,
    /// The next starts, of one that repeats or has windows.
    pub next_starts: Vec<PlannedStart>,
    /// What the account may do with it now.
    pub allowed: Vec<JobAct>,
    /// Its latest runs, the last one first, of one that repeats.
    pub runs: Vec<JobRow>,
    /// The steps of its operation, in order; their words are `job-step-<name>`.
    pub steps: Vec<String>,
}

/// A system of a job (JOB-11).
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct JobTaskRow {
    /// Its place in the job.
    pub id: JobTaskId,
    /// The job.
    pub job: JobId,
    /// The system.
    pub system: SystemId,
    /// The organization it belonged to when the job was ordered.
    pub organization: OrganizationId,
    /// The organization's name.
    pub customer: String,
    /// Its name.
    pub name: String,
    /// Its address.
    pub host: String,
    /// Its model.
    pub model: String,
    /// Its serial number.
    pub serial: String,
    /// Its wave, from 0.
    pub wave: u32,
    /// How it is.
    pub state: TaskState,
    /// What is done now, or was done last; empty: nothing yet. Its words are `job-step-<name>`.
    pub step: String,
    /// How far it is, in percent; none: that cannot be told.
    pub percent: Option<i64>,
    /// Which try it is, from 1; 0: none yet.
    pub attempt: i64,
    /// When it is tried or asked again; none: that is not planned.
    pub not_before: Option<Time>,
    /// The version it had.
    pub version_from: String,
    /// The version it is to have, or has.
    pub version_to: String,
    /// Why it was left out, failed, or is not known.
    pub problem: Option<WireError>,
    /// The certificate that a person is to look at first.
    pub certificate: Option<CertificateView>,
    /// When it began.
    pub started_at: Option<Time>,
    /// When it ended.
    pub finished_at: Option<Time>,
}

/// A step of a system.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct TaskStep {
    /// Its words are `job-step-<name>`.
    pub name: String,
    /// When it began last; none: it has not begun.
    pub began_at: Option<Time>,
    /// When it ended; none: it has not.
    pub ended_at: Option<Time>,
}

/// A line of the log of a system.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct TaskLogLine {
    /// When.
    pub at: Time,
    /// What happened: its words are `job-log-<event>`.
    pub event: String,
    /// What the words need.
    #[ts(type = "Record<string, string | number>")]
    pub params: BTreeMap<String, Value>,
    /// The error that was met.
    pub problem: Option<WireError>,
}

/// A system of a job with its steps and its log.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct JobTaskView {
    /// The row.
    pub row: JobTaskRow,
    /// The steps, in order.
    pub steps: Vec<TaskStep>,
    /// What happened, in order; the last 500 lines.
    pub log: Vec<TaskLogLine>,
}

/// What becomes of a customer in a job.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct JobCustomerView {
    /// The organization.
    pub id: OrganizationId,
    /// Its name.
    pub name: String,
    /// Made from its systems.
    pub state: CustomerState,
    /// Its systems that the account sees.
    pub counts: WaveCounts,
}

// What is asked

/// Which job.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
pub struct JobArgument {
    /// The job.
    pub id: JobId,
}

/// Which jobs.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct JobIds {
    /// At most 5,000.
    pub ids: Vec<JobId>,
}

/// Which system of a job.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
pub struct JobTaskArgument {
    /// Its place in the job.
    pub id: JobTaskId,
}

/// What became of one of several jobs.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct JobOutcome {
    /// The job.
    pub id: JobId,
    /// Why nothing was done with it; none: it was done.
    pub problem: Option<WireError>,
}

/// Orders the same once more.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct CopyJob {
    /// The job.
    pub id: JobId,
    /// What is different.
    pub order: JobOrder,
}

/// How many jobs are under way, for every page (JOB-10).
#[derive(Debug, Clone, Default, PartialEq, Serialize, TS)]
pub struct JobSummary {
    /// Those that run, at most 20, the latest first.
    pub running: Vec<JobRow>,
    /// How many run.
    pub running_count: i64,
    /// How many are paused or wait for approval.
    pub held_count: i64,
}

/// The preferences of jobs (JOB-22, JOB-24, JOB-26).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct JobPreferences {
    /// How many systems are worked on at once.
    pub job_concurrency: i64,
    /// How many systems of one customer.
    pub job_concurrency_per_customer: i64,
    /// To how many systems images are sent at once.
    pub job_concurrency_uploads: i64,
    /// How late a job may begin, in minutes.
    pub job_tolerance_minutes: i64,
    /// Whether a second person has to approve each job.
    pub job_approval: bool,
}

impl Default for JobPreferences {
    fn default() -> Self {
        Self {
            job_concurrency: 32,
            job_concurrency_per_customer: 2,
            job_concurrency_uploads: 4,
            job_tolerance_minutes: 120,
            job_approval: false,
        }
    }
}

/// The longest tolerance, in minutes: seven days.
pub const MOST_TOLERANCE: i64 = 7 * 24 * 60;

impl Preference for JobPreferences {
    fn check(&self) -> Vec<FieldProblem> {
        [
            fields::range("job_concurrency", self.job_concurrency, 1, 512),
            fields::range(
                "job_concurrency_per_customer",
                self.job_concurrency_per_customer,
                1,
                512,
            ),
            fields::range("job_concurrency_uploads", self.job_concurrency_uploads, 1, 64),
            fields::range(
                "job_tolerance_minutes",
                self.job_tolerance_minutes,
                0,
                MOST_TOLERANCE,
            ),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}
