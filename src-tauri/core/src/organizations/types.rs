//! Organizations, members, folders.

use flotilla_kernel::clock::Time;
use flotilla_kernel::error::FieldProblem;
use flotilla_kernel::events::FeatureName;
use flotilla_kernel::ids::{AccountId, FolderId, OrganizationId};
use flotilla_kernel::preferences::Preference;
use flotilla_kernel::rights::{AccountRole, MemberRole};
use flotilla_kernel::words::Language;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Under this name its changes are told.
pub const CHANGES: FeatureName = FeatureName("organizations");

/// Where a membership comes from (ORG-13).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum MembershipOrigin {
    ByHand,
    Label,
    Invitation,
}

/// One line of the organization menu (ORG-03).
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct OrganizationName {
    pub id: OrganizationId,
    pub name: String,
    /// Whether it has a connection: is a customer.
    pub customer: bool,
}

#[derive(Debug, Clone, Deserialize, TS)]
pub struct CreateOrganization {
    pub name: String,
    pub zone: String,
    pub language: Language,
    #[serde(default)]
    pub notes: String,
    #[serde(default)]
    pub address: String,
    #[serde(default)]
    pub telephone: String,
    #[serde(default)]
    pub email: String,
}

/// Settings › General (ORG-02, ORG-04).
#[derive(Debug, Clone, Serialize, TS)]
pub struct OrganizationDetails {
    pub id: OrganizationId,
    pub name: String,
    pub zone: String,
    pub language: Language,
    pub notes: String,
    pub address: String,
    pub telephone: String,
    pub email: String,
    pub default_folder: FolderId,
    pub created_at: Time,
    pub role: Option<MemberRole>,
}

#[derive(Debug, Clone, Deserialize, TS)]
pub struct OrganizationArgument {
    pub id: OrganizationId,
}

#[derive(Debug, Clone, Default, Deserialize, TS)]
pub struct OrganizationSearch {
    /// Words of the name; empty: all.
    #[serde(default)]
    pub search: String,
    /// At most this many (1 to 200).
    pub limit: i64,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct OrganizationMatches {
    pub total: i64,
    pub organizations: Vec<OrganizationName>,
}

/// The part of the preferences that organizations follow.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct OrganizationPreferences {
    /// RGT-11
    pub operators_create_organizations: bool,
}

impl Default for OrganizationPreferences {
    fn default() -> Self {
        Self {
            operators_create_organizations: true,
        }
    }
}

impl Preference for OrganizationPreferences {
    fn check(&self) -> Vec<FieldProblem> {
        Vec::new()
    }
}

/// A short name for pickers: assigned operators, inviters.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct AccountName {
    pub id: AccountId,
    pub login: String,
    pub name: String,
    pub role: AccountRole,
    pub enabled: bool,
}
