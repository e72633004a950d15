//! Organizations: the legal entities whose fleets are managed, their members and their folders.
//!
//! What an account may see follows from memberships, folder grants, the tree of folders and what is archived; the store makes
//! `visible_folder` of them with every change, the kernel's `rights` read it. Other features make organizations with
//! [`store::insert`], and assign operators with [`store::set_operators`] and [`store::match_labels`].

pub mod commands;
pub mod invitations;
pub mod list;
pub mod message;
pub mod rules;
pub mod store;
pub mod tree;
pub mod types;

#[cfg(test)]
mod tests;

use flotilla_kernel::call::{Nothing, Packed};
use flotilla_kernel::feature::{ChangeSpec, FeatureSpec, SeenBy};
use flotilla_kernel::lists::types::{ListQuery, WindowArgument};
use flotilla_kernel::preferences::PreferencePart;
use flotilla_kernel::transfer::Download;
use types::*;

flotilla_kernel::commands! {
    query "organizations.find" SignedIn commands::find(OrganizationSearch) -> OrganizationMatches;
    query "organizations.index" SignedIn commands::index(ListQuery) -> Packed;
    query "organizations.window" SignedIn commands::window(WindowArgument) -> Vec<OrganizationRow>;
    query "archived_organizations.index" Administrator commands::archived_index(ListQuery) -> Packed;
    query "archived_organizations.window" Administrator commands::archived_window(WindowArgument) -> Vec<OrganizationRow>;
    query "organizations.read" In(See) commands::read(OrganizationArgument) -> OrganizationDetails;
    act "organizations.create" SignedIn commands::create(CreateOrganization) -> OrganizationDetails;
    act "organizations.save" In(ManageSystems) commands::save(SaveOrganization) -> OrganizationDetails;
    act "organizations.set_grants" In(ManageMembers) commands::members::set_grants(SetGrants) -> Nothing;
    query "organizations.plan_archive" In(Own) commands::plan_archive(OrganizationArgument) -> ArchivePlan;
    act "organizations.archive" In(Own) commands::archive(ArchiveOrganization) -> Nothing;
    act "organizations.restore" Administrator commands::restore(RestoreOrganization) -> OrganizationDetails;
    query "members.index" SignedIn commands::members::index(ListQuery) -> Packed;
    query "members.window" SignedIn commands::members::window(WindowArgument) -> Vec<MemberRow>;
    query "members.plan_access" In(ManageMembers) commands::members::plan_access(SetAccess) -> Vec<AccessChange>;
    act "members.set_access" In(ManageMembers) commands::members::set_access(SetAccess) -> Vec<MemberOutcome>;
    act "members.remove" In(ManageMembers) commands::members::remove(MembersArgument) -> Vec<MemberOutcome>;
    act "members.promote" In(ManageMembers) commands::members::promote(MembersArgument) -> Vec<MemberOutcome>;
    act "invitations.send" In(ManageMembers) commands::invitations::send(InviteMembers) -> Vec<InvitationOutcome>;
    act "invitations.renew" In(ManageMembers) commands::invitations::renew(RenewInvitation) -> IssuedInvitation;
    act "invitations.save_message" In(ManageMembers) commands::invitations::save_message(InvitationMessage) -> Download;
    query "folders.tree" In(See) commands::folders::tree(OrganizationArgument) -> Vec<FolderNode>;
    act "folders.create" In(ManageSystems) commands::folders::create_folder(CreateFolder) -> FolderNode;
    act "folders.rename" In(ManageSystems) commands::folders::rename_folder(RenameFolder) -> Nothing;
    act "folders.set_zone" In(ManageSystems) commands::folders::set_zone(SetFolderZone) -> Nothing;
    act "folders.move" In(ManageSystems) commands::folders::move_folder(MoveFolder) -> Nothing;
    query "folders.plan_deletion" In(ManageSystems) commands::folders::plan_deletion(FolderArgument) -> FolderDeletionPlan;
    act "folders.delete" In(ManageSystems) commands::folders::delete_folder(FolderArgument) -> Nothing;
}

/// What this feature offers the program.
pub static SPEC: FeatureSpec = FeatureSpec {
    commands: COMMANDS,
    lists: &[&list::DEFINITION, &list::ARCHIVED, &list::MEMBERS],
    changes: &[
        ChangeSpec {
            name: CHANGES,
            seen_by: SeenBy::Organizations,
        },
        ChangeSpec {
            name: ARCHIVED_CHANGES,
            seen_by: SeenBy::Administrators,
        },
        ChangeSpec {
            name: types::MEMBERS,
            seen_by: SeenBy::Rows(&list::MEMBERS),
        },
    ],
    preferences: &[PreferencePart::of::<types::OrganizationPreferences>()],
    ..FeatureSpec::new("organizations")
};
