//! Preferences and Flotilla's own services.

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

#[derive(Debug, Clone, Deserialize, TS)]
pub struct WorkArgument {
    pub id: WorkId,
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
        id: flotilla_kernel::ids::SystemId,
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

/// Preferences with the revision that must come back with a save.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PreferencesForm {
    pub revision: i64,
    #[ts(type = "Preferences")]
    pub preferences: Fields,
}

/// The account of the demo fleet, which nobody needs to type.
pub const DEMO_LOGIN: &str = "demo";
