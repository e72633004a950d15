//! Members of organizations, and invitations to become one.

use flotilla_connectors::secret::Secret;
use flotilla_kernel::clock::Time;
use flotilla_kernel::error::ErrorCode;
use flotilla_kernel::ids::{AccountId, FolderId, MemberId, OrganizationId};
use flotilla_kernel::rights::{Concerns, MemberRole, Subject};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Where a membership comes from (ORG-13).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum MembershipOrigin {
    /// Somebody with the right made it (RGT-09).
    ByHand,
    /// A label of the account matches what a system of the organization reports; goes when none does any more
    /// (ACC-16).
    Label,
    /// An invitation was accepted (ORG-12).
    Invitation,
}

/// A member of an organization.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Member {
    /// The account.
    pub account: AccountId,
    /// Its role in the organization.
    pub role: MemberRole,
    /// Where the membership comes from.
    pub origin: MembershipOrigin,
    /// The folders granted to it, with what is below them; owners and admins have every folder without.
    pub folders: Vec<FolderId>,
}

/// A row of the list of members: somebody who is one, or was invited (ORG-13).
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct MemberRow {
    /// The membership's id, or the invitation's.
    pub id: MemberId,
    /// The account; none: invited, and not there yet.
    pub account: Option<AccountId>,
    /// First and last name, or else the login name; empty: invited.
    pub name: String,
    /// Its login name; empty: invited.
    pub login: String,
    /// Its e-mail address; empty: none.
    pub email: String,
    /// Whether it has an avatar.
    pub has_avatar: bool,
    /// The role; of an invitation the one that was chosen.
    pub role: MemberRole,
    /// The role that waits to be granted (ORG-11); none: nothing waits.
    pub promotion: Option<MemberRole>,
    /// Where the membership comes from.
    pub origin: MembershipOrigin,
    /// Of a membership by a label: the providers and resellers that the labels match (ACC-16).
    pub labels: Vec<String>,
    /// Whether it has every folder, as owners and admins do.
    pub every_folder: bool,
    /// The folders granted to it that the caller sees, by name.
    pub folders: Vec<FolderName>,
    /// How many folders more are granted to it.
    pub other_folders: i64,
    /// Whether it is active, invited, or waits for a promotion.
    pub state: MemberState,
    /// When the invitation ends; none: it is a membership.
    pub expires_at: Option<Time>,
    /// When the account was last active in the workspace; none: never.
    pub last_seen: Option<Time>,
}

/// What a member is at the moment (ORG-13).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum MemberState {
    /// It has the role that was meant for it.
    Active,
    /// It was invited, and has not accepted yet; perhaps the invitation has ended.
    Invited,
    /// It accepted as viewer, and waits for the role that the inviter chose (ORG-11).
    PromotionWaiting,
}

/// A folder by its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FolderName {
    /// The folder.
    pub id: FolderId,
    /// Its name.
    pub name: String,
}

/// Some members and invitations of one organization.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct MembersArgument {
    /// The organization.
    pub organization: OrganizationId,
    /// Which; at most 250.
    pub ids: Vec<MemberId>,
}

impl Concerns for MembersArgument {
    fn subjects(&self) -> Vec<Subject> {
        vec![self.organization.into()]
    }
}

/// Another role and other folders for some members of one organization (ORG-13).
#[derive(Debug, Clone, Deserialize, TS)]
pub struct SetAccess {
    /// The organization.
    pub organization: OrganizationId,
    /// Which members and invitations; at most 250.
    pub ids: Vec<MemberId>,
    /// The role they are to have.
    pub role: MemberRole,
    /// Of operators and viewers; owners and admins have every folder.
    #[serde(default)]
    pub folders: Vec<FolderId>,
}

impl Concerns for SetAccess {
    fn subjects(&self) -> Vec<Subject> {
        vec![self.organization.into()]
    }
}

/// A folder that a member gains or loses, with the systems in it and below that it gains or loses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct FolderChange {
    /// The folder.
    pub id: FolderId,
    /// Its name.
    pub name: String,
    /// How many systems come or go with it.
    pub systems: i64,
}

/// What another role and other folders would change for one member (ORG-13, ORG-22).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct AccessChange {
    /// The membership or invitation.
    pub id: MemberId,
    /// Its name, or the invited address.
    pub name: String,
    /// The role it has.
    pub before: MemberRole,
    /// Systems visible to it now.
    pub systems_before: i64,
    /// Systems visible to it then.
    pub systems_after: i64,
    /// The folders it gains; of those within each other the uppermost.
    pub gains: Vec<FolderChange>,
    /// The folders it loses; of those within each other the uppermost.
    pub loses: Vec<FolderChange>,
    /// Why it cannot be changed; none: it can.
    pub problem: Option<ErrorCode>,
}

/// What became of one member of several.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct MemberOutcome {
    /// The membership or invitation.
    pub id: MemberId,
    /// Its name, or the invited address; empty where there is no such member.
    pub name: String,
    /// Why it was not done; none: it was.
    pub problem: Option<ErrorCode>,
}

/// Invites people into an organization (ORG-10).
#[derive(Debug, Clone, Deserialize, TS)]
pub struct InviteMembers {
    /// The organization.
    pub organization: OrganizationId,
    /// Their e-mail addresses; at most 100.
    pub emails: Vec<String>,
    /// The role they are to have in the end; they are viewers at first (ORG-11).
    pub role: MemberRole,
    /// Of operators and viewers at least one.
    #[serde(default)]
    pub folders: Vec<FolderId>,
    /// Where the workspace is reached, for the text of the invitation; none: it is not shared by a server.
    #[serde(default)]
    pub place: Option<String>,
}

impl Concerns for InviteMembers {
    fn subjects(&self) -> Vec<Subject> {
        vec![self.organization.into()]
    }
}

/// The one place where a code leaves: the answer to who invited (ORG-12).
fn told_once<S: serde::Serializer>(code: &Secret, serializer: S) -> Result<S::Ok, S::Error> {
    code.expose().serialize(serializer)
}

/// An invitation that was made, or sent again. Its code is told here and never again.
#[derive(Serialize, TS)]
pub struct IssuedInvitation {
    /// The invitation's id.
    pub id: MemberId,
    /// The invited address.
    pub email: String,
    /// The code.
    #[serde(serialize_with = "told_once")]
    #[ts(as = "String")]
    pub code: Secret,
    /// The text to be sent, in the language of the organization's documents; the code is in it.
    #[serde(serialize_with = "told_once")]
    #[ts(as = "String")]
    pub text: Secret,
    /// When it ends.
    pub expires_at: Time,
}

/// What became of one invited address.
#[derive(Serialize, TS)]
pub struct InvitationOutcome {
    /// The address as it was typed.
    pub email: String,
    /// Why there is no invitation; none: there is.
    pub problem: Option<ErrorCode>,
    /// The invitation.
    pub invitation: Option<IssuedInvitation>,
}

/// Sends an invitation again, which voids its code (ORG-12).
#[derive(Debug, Clone, Deserialize, TS)]
pub struct RenewInvitation {
    /// The organization.
    pub organization: OrganizationId,
    /// The invitation.
    pub id: MemberId,
    /// As in [`InviteMembers`].
    #[serde(default)]
    pub place: Option<String>,
}

impl Concerns for RenewInvitation {
    fn subjects(&self) -> Vec<Subject> {
        vec![self.organization.into()]
    }
}

/// An invitation as a message that a mail program opens (ORG-12).
#[derive(Deserialize, TS)]
pub struct InvitationMessage {
    /// The organization.
    pub organization: OrganizationId,
    /// The invitation.
    pub id: MemberId,
    /// Its code, which the core does not know.
    #[ts(type = "string")]
    pub code: Secret,
    /// As in [`InviteMembers`].
    #[serde(default)]
    pub place: Option<String>,
}

impl Concerns for InvitationMessage {
    fn subjects(&self) -> Vec<Subject> {
        vec![self.organization.into()]
    }
}
