//! Organizations, members, folders.

mod members;

pub use members::*;

use flotilla_kernel::clock::Time;
use flotilla_kernel::error::FieldProblem;
use flotilla_kernel::events::FeatureName;
use flotilla_kernel::feature::ArchiveNumber;
use flotilla_kernel::ids::{AccountId, FolderId, OrganizationId};
use flotilla_kernel::preferences::Preference;
use flotilla_kernel::rights::{AccountRole, Concerns, MemberRole, Subject};
use flotilla_kernel::severity::Severity;
use flotilla_kernel::words::Language;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Under this name its changes are told.
pub const CHANGES: FeatureName = FeatureName("organizations");

/// Under this name it is told that organizations were archived or restored, to those who may restore them.
pub const ARCHIVED_CHANGES: FeatureName = FeatureName("archived_organizations");

/// Under this name it is told that members or invitations changed.
pub const MEMBERS: FeatureName = FeatureName("members");

/// One line of the organization menu (ORG-03).
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct OrganizationName {
    /// The organization's id.
    pub id: OrganizationId,
    /// Its name, unique among those not archived (ORG-01).
    pub name: String,
    /// Whether it has a connection: is a customer.
    pub customer: bool,
}

/// An organization to be created; the caller becomes its owner (ORG-01, RGT-11).
#[derive(Debug, Clone, Deserialize, TS)]
pub struct CreateOrganization {
    /// Its name: 1 to 100 code points, unique among those not archived.
    pub name: String,
    /// The IANA name of its time zone (GEN-06).
    pub zone: String,
    /// The language of its documents.
    pub language: Language,
    /// Notes; may have several lines.
    #[serde(default)]
    pub notes: String,
    /// The postal address; empty: none.
    #[serde(default)]
    pub address: String,
    /// At most 15 digits, a leading + not counted; empty: none.
    #[serde(default)]
    pub telephone: String,
    /// An e-mail address; empty: none.
    #[serde(default)]
    pub email: String,
}

/// Settings › General (ORG-02, ORG-04).
#[derive(Debug, Clone, Serialize, TS)]
pub struct OrganizationDetails {
    /// The organization's id, a UUIDv7 (ORG-02).
    pub id: OrganizationId,
    /// Its name, unique among those not archived (ORG-01).
    pub name: String,
    /// The IANA name of its time zone (GEN-06).
    pub zone: String,
    /// The language of its documents.
    pub language: Language,
    /// Notes; may have several lines.
    pub notes: String,
    /// Its postal address; empty: none.
    pub address: String,
    /// Its telephone number; empty: none.
    pub telephone: String,
    /// Its e-mail address; empty: none.
    pub email: String,
    /// The folder that exists from the start; it cannot be deleted (ORG-01).
    pub default_folder: FolderId,
    /// When it was created.
    pub created_at: Time,
    /// The role the caller has in it; none: it is no member, but an administrator.
    pub role: Option<MemberRole>,
    /// Whether it has a connection: is a customer.
    pub customer: bool,
    /// The caller may change it and its connections (RGT-06).
    pub may_manage: bool,
    /// The caller may invite, change and remove members (RGT-09).
    pub may_manage_members: bool,
    /// The caller may archive it, and make and unmake owners (RGT-10).
    pub may_archive: bool,
    /// Must come back with a save; another one means that somebody saved meanwhile.
    pub revision: i64,
}

/// A changed organization (ORG-04).
#[derive(Debug, Clone, Deserialize, TS)]
pub struct SaveOrganization {
    /// The organization's id.
    pub id: OrganizationId,
    /// The revision that was read; refused when somebody has changed the organization since.
    pub revision: i64,
    /// Its form.
    #[serde(flatten)]
    pub form: CreateOrganization,
}

impl Concerns for SaveOrganization {
    fn subjects(&self) -> Vec<Subject> {
        vec![self.id.into()]
    }
}

/// A row of the list of organizations, and of the archived ones.
#[derive(Debug, Clone, Serialize, TS)]
pub struct OrganizationRow {
    /// The organization's id.
    pub id: OrganizationId,
    /// Its name.
    pub name: String,
    /// Whether it has a connection: is a customer.
    pub customer: bool,
    /// Its systems, as far as the account may see them; none are listed of an archived organization.
    pub systems: i64,
    /// The IANA name of its time zone.
    pub zone: String,
    /// The language of its documents.
    pub language: Language,
    /// Its telephone number; empty: none.
    pub telephone: String,
    /// Its e-mail address; empty: none.
    pub email: String,
    /// Its postal address; empty: none.
    pub address: String,
    /// Notes on it.
    pub notes: String,
    /// When it was created.
    pub created_at: Time,
    /// When it was archived; none: it is not.
    pub archived_at: Option<Time>,
}

/// What archiving an organization takes out of the lists (ORG-06).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ArchivePlan {
    /// Systems that are still in it.
    pub systems: i64,
    /// Connections that are polled no more.
    pub connections: i64,
    /// Members who see it no more.
    pub members: i64,
    /// What the other features have to say of it; only what there is.
    pub more: Vec<ArchiveNumber>,
}

/// Which organization.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct OrganizationArgument {
    /// Its id.
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
    /// The organization's id.
    pub id: OrganizationId,
    /// The id once more, as the person has pasted it.
    pub confirmation: String,
}

impl Concerns for ArchiveOrganization {
    fn subjects(&self) -> Vec<Subject> {
        vec![self.id.into()]
    }
}

/// Restores an archived organization (ORG-07).
#[derive(Debug, Clone, Deserialize, TS)]
pub struct RestoreOrganization {
    /// The organization's id.
    pub id: OrganizationId,
    /// The id once more, as the person has pasted it.
    pub confirmation: String,
}

/// Makes somebody a member, gives a member another role or other folders, or takes it out of the organization (RGT-09, RGT-10).
#[derive(Debug, Clone, Deserialize, TS)]
pub struct SetGrants {
    /// The organization.
    pub organization: OrganizationId,
    /// The account whose membership it is.
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

/// So many systems have this state (DEV-11).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct FolderState {
    /// The state.
    #[ts(type = "SystemState")]
    pub state: String,
    /// How many systems have it.
    pub systems: i64,
}

/// So many alarms of this severity are open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct FolderAlarms {
    /// The severity.
    pub severity: Severity,
    /// How many alarms have it.
    pub alarms: i64,
}

/// A folder of an organization's tree, as far as it may be seen (ORG-20, ORG-24). What is counted is what the account sees.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct FolderNode {
    /// The folder's id.
    pub id: FolderId,
    /// None: the default folder, or one below a folder that the account may not see.
    pub parent: Option<FolderId>,
    /// Its name, unique among its siblings without regard to case (ORG-20).
    pub name: String,
    /// Whether it is the default folder.
    pub default: bool,
    /// The IANA name of its own time zone; none: the one of the folder above, in the end of the organization (GEN-06).
    pub zone: Option<String>,
    /// The time zone that is in force in it.
    pub zone_in_force: String,
    /// Systems in it and below.
    pub systems: i64,
    /// The states of those systems; only those there are.
    pub states: Vec<FolderState>,
    /// The open alarms of those systems, the worst first; only those there are.
    pub alarms: Vec<FolderAlarms>,
}

/// A folder's own time zone (GEN-06).
#[derive(Debug, Clone, Deserialize, TS)]
pub struct SetFolderZone {
    /// The folder.
    pub id: FolderId,
    /// The IANA name; none: as the folder above has it.
    pub zone: Option<String>,
}

impl Concerns for SetFolderZone {
    fn subjects(&self) -> Vec<Subject> {
        vec![self.id.into()]
    }
}

/// What is in a folder that is to be deleted, and whose grants go with it (ORG-21).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct FolderDeletionPlan {
    /// Folders in it; it is not deleted while there are some.
    pub folders: i64,
    /// Managed systems in the folder itself; it is not deleted while there are some.
    pub systems: i64,
    /// The names of those of them that may synchronise with the folder by themselves: video servers and connected applications
    /// (DEV-52).
    pub applications: Vec<String>,
    /// The members with a grant on the folder itself, by name.
    pub members: Vec<String>,
    /// Invitations into this folder and no other, which are revoked.
    pub invitations: i64,
}

/// A folder to be created (ORG-20).
#[derive(Debug, Clone, Deserialize, TS)]
pub struct CreateFolder {
    /// The folder it is created in.
    pub parent: FolderId,
    /// Its name: 1 to 100 code points, unique among its siblings without regard to case.
    pub name: String,
}

impl Concerns for CreateFolder {
    fn subjects(&self) -> Vec<Subject> {
        vec![self.parent.into()]
    }
}

/// A folder's new name (ORG-20).
#[derive(Debug, Clone, Deserialize, TS)]
pub struct RenameFolder {
    /// The folder.
    pub id: FolderId,
    /// Its name: 1 to 100 code points, unique among its siblings without regard to case.
    pub name: String,
}

impl Concerns for RenameFolder {
    fn subjects(&self) -> Vec<Subject> {
        vec![self.id.into()]
    }
}

/// A folder's new place in the tree (ORG-20).
#[derive(Debug, Clone, Deserialize, TS)]
pub struct MoveFolder {
    /// The folder.
    pub id: FolderId,
    /// The folder it is moved into, of the same organization, and neither itself nor below it.
    pub parent: FolderId,
}

impl Concerns for MoveFolder {
    fn subjects(&self) -> Vec<Subject> {
        vec![self.id.into(), self.parent.into()]
    }
}

/// Which folder.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct FolderArgument {
    /// Its id.
    pub id: FolderId,
}

impl Concerns for FolderArgument {
    fn subjects(&self) -> Vec<Subject> {
        vec![self.id.into()]
    }
}

/// What the organization menu looks for (ORG-03).
#[derive(Debug, Clone, Default, Deserialize, TS)]
pub struct OrganizationSearch {
    /// Words of the name; empty: all.
    #[serde(default)]
    pub search: String,
    /// At most this many (1 to 200).
    pub limit: i64,
}

/// The organizations that the account may see and whose names match.
#[derive(Debug, Clone, Serialize, TS)]
pub struct OrganizationMatches {
    /// How many match; may be more than are listed.
    pub total: i64,
    /// The first of them, by name.
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
    /// The account's id.
    pub id: AccountId,
    /// Its login name.
    pub login: String,
    /// Its first and last name; empty: none given.
    pub name: String,
    /// Administrator or operator.
    pub role: AccountRole,
    /// Whether it can sign in.
    pub enabled: bool,
}
