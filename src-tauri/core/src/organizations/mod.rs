//! Organizations: the legal entities whose fleets are managed, their members and their folders.
//!
//! What an account may see follows from memberships, folder grants, the tree of folders and what is archived; the store makes
//! `visible_folder` of them with every change, the kernel's `rights` read it. Other features make organizations with
//! [`store::insert`], and assign operators with [`store::set_operators`] and [`store::match_labels`].

pub mod commands;
pub mod list;
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
    act "organizations.set_grants" In(ManageMembers) commands::set_grants(SetGrants) -> Nothing;
    query "organizations.plan_archive" In(Own) commands::plan_archive(OrganizationArgument) -> ArchivePlan;
    act "organizations.archive" In(Own) commands::archive(ArchiveOrganization) -> Nothing;
    act "organizations.restore" Administrator commands::restore(OrganizationArgument) -> OrganizationDetails;
    query "folders.tree" In(See) commands::tree(OrganizationArgument) -> Vec<FolderNode>;
    act "folders.create" In(ManageSystems) commands::create_folder(CreateFolder) -> FolderNode;
    act "folders.rename" In(ManageSystems) commands::rename_folder(RenameFolder) -> Nothing;
    act "folders.move" In(ManageSystems) commands::move_folder(MoveFolder) -> Nothing;
    act "folders.delete" In(ManageSystems) commands::delete_folder(FolderArgument) -> Nothing;
}

/// What this feature offers the program.
pub static SPEC: FeatureSpec = FeatureSpec {
    commands: COMMANDS,
    lists: &[&list::DEFINITION, &list::ARCHIVED],
    changes: &[
        ChangeSpec {
            name: CHANGES,
            seen_by: SeenBy::Organizations,
        },
        ChangeSpec {
            name: ARCHIVED_CHANGES,
            seen_by: SeenBy::Administrators,
        },
    ],
    preferences: &[PreferencePart::of::<types::OrganizationPreferences>()],
    ..FeatureSpec::new("organizations")
};
