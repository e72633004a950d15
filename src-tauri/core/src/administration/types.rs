//! Preferences and Flotilla's own services.

use crate::accounts::types::Language;
use crate::clock::Time;
use crate::customers::types::{Application, ProxyChoice};
use crate::ids::{AccountId, OrganizationId, WorkId};
use crate::wire::error::ErrorCode;
use flotilla_connectors::secret::Secret;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// ACC-03
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PasswordPolicy {
    #[default]
    Classic,
    Passphrase,
}

/// ADM-01
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LogLevel {
    Error,
    #[default]
    Info,
    Debug,
}

/// The preferences that exist so far (ADM-01, ADM-03).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Preferences {
    /// 5 to 30 (ACC-10).
    pub session_timeout_minutes: i64,
    pub password_policy: PasswordPolicy,
    /// 0 to 24 (ACC-04).
    pub password_history: i64,
    /// RGT-11
    pub operators_create_organizations: bool,
    /// 15 to 86,400 (CUS-40).
    pub poll_interval_seconds: i64,
    /// 1 to 512 (CUS-40).
    pub poll_concurrency: i64,
    /// IANA name of the workspace's zone.
    pub zone: String,
    pub log_level: LogLevel,
    /// 1 to 30
    pub log_days: i64,
    /// The way out for every connection that does not say otherwise (CUS-15).
    pub proxy: ProxyChoice,
    /// Where management applications are (CUS-50): `{host}` and `{port}` stand for the customer's.
    pub addresses: Vec<ApplicationAddress>,
    /// Consoles of clusters, for administrators.
    pub consoles: Vec<Console>,
    /// None: no terms (ACC-08).
    pub terms: Option<Terms>,
}

impl Default for Preferences {
    fn default() -> Self {
        let address = |application, template: &str| ApplicationAddress {
            application,
            template: template.to_owned(),
        };
        Self {
            session_timeout_minutes: 5,
            password_policy: PasswordPolicy::Classic,
            password_history: 5,
            operators_create_organizations: true,
            poll_interval_seconds: 60,
            poll_concurrency: 64,
            zone: "UTC".to_owned(),
            log_level: LogLevel::Info,
            log_days: 5,
            proxy: ProxyChoice::Direct,
            addresses: vec![
                address(
                    Application::OneXPortal,
                    "https://{host}:9443/onexportal-admin.html",
                ),
                address(Application::WebLicenseManager, "https://{host}:8443/WebLM/"),
                address(Application::WebControl, "https://{host}:7071/"),
                address(Application::WebManager, "https://{host}:{port}/"),
            ],
            consoles: Vec::new(),
            terms: None,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ApplicationAddress {
    pub application: Application,
    pub template: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Console {
    pub name: String,
    pub url: String,
}

/// Which of the consoles in the preferences is to be opened (CUS-50).
#[derive(Debug, Clone, Deserialize, TS)]
pub struct OpenConsole {
    pub url: String,
}

/// Licence terms an administrator has set (ACC-08).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Terms {
    /// Rises with every change of the text; set by the core.
    pub version: i64,
    pub text: String,
}

/// Preferences with the revision that must come back with a save.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PreferencesForm {
    pub revision: i64,
    pub preferences: Preferences,
}

// The workspace as a whole

/// How the database is opened (ADM-04).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum KeySource {
    Keychain,
    Password,
}

/// What a host is told before anybody signs in.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct WorkspaceState {
    pub version: String,
    pub stage: Stage,
    /// While it is migrating: how far.
    pub migration: Option<MigrationView>,
    /// A demo fleet that can be thrown away.
    pub demo: bool,
    /// Whether *Explore the demo fleet* can be offered here.
    pub demo_available: bool,
    pub shared: bool,
    pub folder: String,
    /// For an account nobody needs to type: set in the demo only.
    pub demo_login: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// There is no keychain: a database password must be chosen (ADM-04).
    ChooseDatabasePassword,
    /// The database password must be given.
    Locked,
    /// It is being opened; what is to be seen next, it says when asked again.
    Opening,
    /// As *opening*; an older version's database is being brought to the present one (REL-02).
    Migrating,
    /// No account yet (ACC-01).
    FirstStart,
    Ready,
}

/// How far a migration has come, in steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct MigrationView {
    pub done: usize,
    pub total: usize,
}

#[derive(Deserialize, TS)]
pub struct Unlock {
    #[ts(type = "string")]
    pub password: Secret,
    /// Twice, when it is chosen for the first time.
    #[ts(type = "string | null")]
    pub confirmation: Option<Secret>,
}

/// Work that runs and says how far it is.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Work {
    pub id: WorkId,
    /// Whose it is.
    pub account: AccountId,
    /// Words: `work-<kind>`.
    pub kind: WorkKind,
    pub about: String,
    pub done: i64,
    pub total: i64,
    pub failed: i64,
    pub started_at: Time,
    pub finished_at: Option<Time>,
    pub cancellable: bool,
}

impl Work {
    /// Whether this account is told of it: its own, or everybody's to an administrator.
    pub fn concerns(&self, account: AccountId, administrator: bool) -> bool {
        administrator || self.account == account
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum WorkKind {
    ImportTest,
    ImportSave,
    Refresh,
    Export,
}

#[derive(Debug, Clone, Deserialize, TS)]
pub struct WorkArgument {
    pub id: WorkId,
}

/// One of Flotilla's own services (ADM-10).
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct ServiceStatus {
    pub name: ServiceName,
    pub version: String,
    pub state: ServiceState,
    pub since: Option<Time>,
    pub last_error: Option<ErrorCode>,
    pub poller: Option<PollerStatus>,
}

/// Words: `service-<name>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ServiceName {
    Poller,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ServiceState {
    Running,
    Stopped,
    /// Another Flotilla has the same workspace open, and runs it.
    Elsewhere,
}

#[derive(Debug, Clone, Copy, Deserialize, TS)]
pub struct ServiceArgument {
    pub service: ServiceName,
}

/// A line of a service's log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct LogLine {
    pub at: Time,
    pub level: LogLineLevel,
    pub text: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LogLineLevel {
    #[serde(alias = "ERROR")]
    Error,
    #[serde(alias = "WARN")]
    Warn,
    #[serde(alias = "INFO")]
    Info,
    #[serde(alias = "DEBUG")]
    Debug,
    #[serde(alias = "TRACE")]
    Trace,
}

/// How the poller keeps up (CUS-40).
#[derive(Debug, Clone, Copy, PartialEq, Serialize, TS)]
pub struct PollerStatus {
    pub customers: i64,
    pub in_flight: i64,
    pub backed_off: i64,
    pub interval_seconds: i64,
    /// How long a round really takes; above the interval when the fleet is larger than interval and concurrency allow.
    pub round_seconds: f64,
    /// By how much the round is stretched: 1 means as asked.
    pub stretch: f64,
    pub polls: i64,
}

#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct About {
    pub version: String,
    pub folder: String,
    pub database_bytes: i64,
    pub key_source: KeySource,
    pub accounts: i64,
    pub organizations: i64,
    pub systems: i64,
}

/// A hit of the command palette (UI-03).
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Finding {
    Organization {
        id: OrganizationId,
        name: String,
        customer: bool,
    },
    System {
        id: crate::ids::SystemId,
        organization: OrganizationId,
        name: String,
        customer: String,
        host: String,
    },
}

#[derive(Debug, Clone, Deserialize, TS)]
pub struct FindArgument {
    pub search: String,
}

#[derive(Debug, Clone, Default, Deserialize, TS)]
pub struct SetLanguage {
    pub language: Language,
}
