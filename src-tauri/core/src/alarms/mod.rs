//! Alarms: states of resources, one open alarm for each (subject, cause, qualifier) (ALM-01). So far they come from
//! Flotilla's own checks of what a poll read.
//!
//! An alarm is about a system, a connection, an organization, or Flotilla itself. That it is open, acknowledged, shelved and
//! suppressed are facts of their own. It is never deleted with what it was about, unless the organization is: what is no longer
//! managed has its open alarms cleared, and they stay as history.
//!
//! Whoever looks at something says by [`store::reconcile`] which alarms it found; how many are open on a system and on an
//! organization is kept by differences, with whatever raises or clears one.

pub mod commands;
pub mod list;
pub mod rules;
pub mod store;
pub mod types;

#[cfg(test)]
mod tests;

use flotilla_kernel::call::Packed;
use flotilla_kernel::database::Transaction;
use flotilla_kernel::error::Outcome;
use flotilla_kernel::feature::{ChangeSpec, Deletion, FeatureSpec, SeenBy, SubjectChange};
use flotilla_kernel::lists::types::{ListQuery, WindowArgument};
use types::*;

flotilla_kernel::commands! {
    query "alarms.index" SignedIn commands::index(ListQuery) -> Packed;
    query "alarms.window" SignedIn commands::window(WindowArgument) -> Vec<AlarmRow>;
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
    ..FeatureSpec::new("alarms")
};

/// Tells the windows what was raised and cleared, and the systems whose alarms are others now.
pub fn tell(transaction: &mut Transaction, changes: &AlarmChanges) {
    if !changes.is_empty() {
        transaction.membership_changed(CHANGES, changes.alarm_ids());
    }
    if !changes.systems.is_empty() {
        transaction.changed(crate::systems::types::CHANGES, changes.system_ids());
    }
}

/// The alarms of archived organizations are in no list, those of restored ones are again.
async fn follow(transaction: &mut Transaction, change: &SubjectChange) -> Outcome<()> {
    let SubjectChange::Archived(organizations) = change else {
        return Ok(());
    };
    store::list_as_organizations(transaction.connection(), organizations).await?;
    transaction.membership_changed(CHANGES, []);
    Ok(())
}

/// The open alarms of what is no longer managed are cleared; those of a deleted organization go with it.
async fn let_go(transaction: &mut Transaction, deletion: &Deletion) -> Outcome<()> {
    let now = transaction.now();
    match deletion {
        Deletion::Systems { ids: systems, .. } => {
            let changes = store::clear_of_systems(transaction.connection(), now, systems).await?;
            tell(transaction, &changes);
        }
        Deletion::Organizations(organizations) => {
            store::delete_of_organizations(transaction.connection(), organizations).await?;
            transaction.membership_changed(CHANGES, []);
        }
        Deletion::Accounts { .. } | Deletion::Packages(_) | Deletion::Folder { .. } => {}
    }
    Ok(())
}
