//! Systems: everything managed at an address. What a solution reports of itself comes in through
//! [`store::apply`]; people look at it through the list.

pub mod applications;
pub mod commands;
pub mod list;
pub mod rules;
pub mod store;
pub mod types;

use flotilla_kernel::call::Packed;
use flotilla_kernel::database::Transaction;
use flotilla_kernel::error::Outcome;
use flotilla_kernel::feature::{ChangeSpec, Deletion, FeatureSpec, SeenBy, SubjectChange};
use flotilla_kernel::lists::types::{ListQuery, WindowArgument};
use types::*;

flotilla_kernel::commands! {
    query "systems.index" SignedIn commands::index(ListQuery) -> Packed;
    query "systems.window" SignedIn commands::window(WindowArgument) -> Vec<SystemRow>;
    query "systems.video_server" In(See) commands::video_server(SystemArgument) -> VideoServerView;
    query "systems.application" In(See) applications::read(SystemArgument) -> SavedApplication;
    act "systems.save_application" In(ManageSystems) applications::save(SaveApplication) -> SavedApplication;
    act "systems.remove_applications" Each(ManageSystems) applications::remove(SystemsArgument) -> Vec<SystemOutcome>;
    act "folders.move_systems" Each(ManageSystems) commands::move_systems(MoveSystems) -> Vec<SystemOutcome>;
}

/// What this feature offers the program.
pub static SPEC: FeatureSpec = FeatureSpec {
    commands: COMMANDS,
    lists: &[&list::DEFINITION],
    changes: &[ChangeSpec {
        name: CHANGES,
        seen_by: SeenBy::Rows(&list::DEFINITION),
    }],
    on_change: |transaction, change| Box::pin(follow(transaction, change)),
    before_delete: |transaction, deletion| Box::pin(let_go(transaction, deletion)),
    work: &[MOVE, APPLICATION_REMOVAL],
    ..FeatureSpec::new("systems")
};

/// The systems of archived organizations are in no list, those of restored ones are again; those of a renamed one are found by
/// its new name, and those in a renamed folder show it.
async fn follow(transaction: &mut Transaction, change: &SubjectChange) -> Outcome<()> {
    match change {
        SubjectChange::Archived(organizations) => {
            store::list_as_organizations(transaction.connection(), organizations).await?;
            transaction.membership_changed(CHANGES, []);
        }
        SubjectChange::Organization(id) => {
            if let Some(name) = crate::organizations::store::name(transaction.connection(), *id).await? {
                let systems = store::rename_customer(transaction.connection(), *id, &name).await?;
                transaction.changed(CHANGES, systems.into_iter().map(|id| id.0));
            }
        }
        SubjectChange::Folder(id) => {
            let systems = store::in_folder(transaction.connection(), *id).await?;
            transaction.changed(CHANGES, systems.into_iter().map(|id| id.0));
        }
        SubjectChange::Operators(_) | SubjectChange::Systems(_) => {}
    }
    Ok(())
}

/// What a deleted folder still holds are rows of systems that are no longer managed.
async fn let_go(transaction: &mut Transaction, deletion: &Deletion) -> Outcome<()> {
    if let Deletion::Folder { id, parent } = deletion {
        store::leave_folder(transaction.connection(), *id, *parent).await?;
    }
    Ok(())
}
