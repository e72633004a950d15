//! Organizations, members, folders.

use flotilla_kernel::clock::Time;
use flotilla_kernel::error::FieldProblem;
use flotilla_kernel::events::FeatureName;
use flotilla_kernel::ids::{AccountId, FolderId, OrganizationId};
use flotilla_kernel::preferences::Preference;
use flotilla_kernel::rights::{AccountRole, Concerns, MemberRole, Subject};
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

impl Concerns for OrganizationArgument {
    fn subjects(&self) -> Vec<Subject> {
        vec![self.id.into()]
    }
}

/// Archives an organization (ORG-06).
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ArchiveOrganization {
    pub id: OrganizationId,
    /// The id once more, as the person has pasted it.
    pub confirmation: String,
}

impl Concerns for ArchiveOrganization {
    fn subjects(&self) -> Vec<Subject> {
        vec![self.id.into()]
    }
}

/// Makes somebody a member, gives a member another role or other folders, or takes it out of the organization (RGT-09, RGT-10).
#[derive(Debug, Clone, Deserialize, TS)]
pub struct SetGrants {
    pub organization: OrganizationId,
    pub account: AccountId,
    /// None: no member any more.
    pub role: Option<MemberRole>,
    /// Of an operator or a viewer; owners and admins have every folder.
    #[serde(default)]
    pub folders: Vec<FolderId>,
}

impl Concerns for SetGrants {
    fn subjects(&self) -> Vec<Subject> {
        vec![self.organization.into()]
    }
}

/// A member of an organization.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Member {
    pub account: AccountId,
    pub role: MemberRole,
    pub origin: MembershipOrigin,
    /// The folders granted to it, with what is below them; owners and admins have every folder without.
    pub folders: Vec<FolderId>,
}

/// A folder of an organization's tree, as far as it may be seen (ORG-20, ORG-24).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct FolderNode {
    pub id: FolderId,
    /// None: the default folder, or one below a folder that the account may not see.
    pub parent: Option<FolderId>,
    pub name: String,
    /// Whether it is the default folder.
    pub default: bool,
    /// Systems in it and below.
    pub systems: i64,
}

#[derive(Debug, Clone, Deserialize, TS)]
pub struct CreateFolder {
    pub parent: FolderId,
    pub name: String,
}

impl Concerns for CreateFolder {
    fn subjects(&self) -> Vec<Subject> {
        vec![self.parent.into()]
    }
}

#[derive(Debug, Clone, Deserialize, TS)]
pub struct RenameFolder {
    pub id: FolderId,
    pub name: String,
}

impl Concerns for RenameFolder {
    fn subjects(&self) -> Vec<Subject> {
        vec![self.id.into()]
    }
}

#[derive(Debug, Clone, Deserialize, TS)]
pub struct MoveFolder {
    pub id: FolderId,
    pub parent: FolderId,
}

impl Concerns for MoveFolder {
    fn subjects(&self) -> Vec<Subject> {
        vec![self.id.into(), self.parent.into()]
    }
}

#[derive(Debug, Clone, Deserialize, TS)]
pub struct FolderArgument {
    pub id: FolderId,
}

impl Concerns for FolderArgument {
    fn subjects(&self) -> Vec<Subject> {
        vec![self.id.into()]
    }
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
