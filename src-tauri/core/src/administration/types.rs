//! Preferences and Flotilla's own services.

use chrono::NaiveDate;
use flotilla_connectors::secret::Secret;
use flotilla_kernel::ids::{OrganizationId, WorkId};
use flotilla_kernel::preferences::Fields;
use flotilla_kernel::words::Language;
use flotilla_kernel::workspace::KeySource;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

// The workspace as a whole

/// What a host is told before anybody signs in.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct WorkspaceState {
    /// The program's version.
    pub version: String,
    /// Which run of the program answers: another one than before says that it was restarted, and that every session has
    /// ended with the former one (CUS-43).
    pub instance: String,
    /// What the window has to show.
    pub stage: Stage,
    /// While it is migrating: how far.
    pub migration: Option<MigrationView>,
    /// Of a copy at another date, which is thrown away when it is left (LIC-54); none: this is no copy.
    pub test_clock: Option<TestClockView>,
    /// A demo fleet that can be thrown away.
    pub demo: bool,
    /// Whether *Explore the demo fleet* can be offered here.
    pub demo_available: bool,
    /// Whether it is reached over HTTPS (ADM-30); what needs this machine is then not offered (ADM-31).
    pub shared: bool,
    /// The folder the workspace lives in; empty where it is shared.
    pub folder: String,
    /// For an account nobody needs to type: set in the demo only.
    pub demo_login: Option<String>,
}

/// A copy at another date (LIC-54).
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct TestClockView {
    /// Its present date, in the workspace's zone.
    #[ts(type = "string")]
    pub date: NaiveDate,
    /// By how many milliseconds it is ahead of the machine's clock.
    #[ts(type = "number")]
    pub ahead: i64,
}

/// The date that a copy is to go to (LIC-54).
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct TestClockDate {
    /// The date that is to be the present one.
    #[ts(type = "string")]
    pub date: NaiveDate,
}

/// What has to happen before somebody can sign in.
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
    /// Somebody can sign in.
    Ready,
}

/// How far a migration has come, in steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct MigrationView {
    /// Steps that are done.
    pub done: usize,
    /// Steps in all.
    pub total: usize,
}

/// The database password, given or chosen (ADM-04).
#[derive(Deserialize, TS)]
pub struct Unlock {
    /// The password.
    #[ts(type = "string")]
    pub password: Secret,
    /// Twice, when it is chosen for the first time.
    #[ts(type = "string | null")]
    pub confirmation: Option<Secret>,
}

/// Which piece of work.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct WorkArgument {
    /// Its id.
    pub id: WorkId,
}

/// What the page *About* shows (ADM-05).
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct About {
    /// The program's version.
    pub version: String,
    /// The folder the workspace lives in; empty for who does not administer.
    pub folder: String,
    /// The size of the database in bytes.
    pub database_bytes: i64,
    /// How the database was opened (ADM-04).
    pub key_source: KeySource,
    /// How many accounts there are; 0 for who does not administer.
    pub accounts: i64,
    /// How many organizations there are; 0 for who does not administer.
    pub organizations: i64,
    /// How many systems there are; 0 for who does not administer.
    pub systems: i64,
}

/// A hit of the command palette (UI-03).
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Finding {
    /// An organization whose name holds all words.
    Organization {
        /// Its id.
        id: OrganizationId,
        /// Its name.
        name: String,
        /// Whether it has a connection: is a customer.
        customer: bool,
    },
    /// A system whose texts hold all words.
    System {
        /// Its id.
        id: flotilla_kernel::ids::SystemId,
        /// The organization it belongs to.
        organization: OrganizationId,
        /// The name it gives itself.
        name: String,
        /// The organization's name.
        customer: String,
        /// Its IP address or host name.
        host: String,
    },
}

/// What the command palette looks for.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct FindArgument {
    /// Words in any order; case, accents and Japanese width do not matter (UI-21).
    pub search: String,
}

/// The language of what has no account's yet, such as the sign-in page (ACC-06).
#[derive(Debug, Clone, Default, Deserialize, TS)]
pub struct SetLanguage {
    /// The language.
    pub language: Language,
}

/// Preferences with the revision that must come back with a save.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PreferencesForm {
    /// Rises by one with every save; 0 before the first.
    pub revision: i64,
    /// The fields of all parts, by name.
    #[ts(type = "Preferences")]
    pub preferences: Fields,
}

/// The account of the demo fleet, which nobody needs to type.
pub const DEMO_LOGIN: &str = "demo";
