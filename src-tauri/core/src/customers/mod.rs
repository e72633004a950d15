//! Customers: organizations with a connection (CUS-01 to CUS-52), the poller that keeps them current, and their
//! import from CSV.

pub mod bulk;
pub mod commands;
pub mod list;
mod preferences;
pub mod rules;
pub mod store;
pub mod types;

use crate::connections::types::TestResult;
use flotilla_kernel::call::{Nothing, Packed};
use flotilla_kernel::database::Transaction;
use flotilla_kernel::error::Outcome;
use flotilla_kernel::feature::{ChangeSpec, FeatureSpec, SeenBy, SubjectChange};
use flotilla_kernel::lists::types::{ListQuery, WindowArgument};
use flotilla_kernel::preferences::PreferencePart;
use types::*;

/// Follows what other features change of organizations.
async fn follow(transaction: &mut Transaction, change: &SubjectChange) -> Outcome<()> {
    match change {
        SubjectChange::Operators(ids) => {
            let changed = store::refresh_operator_names(transaction.connection(), ids).await?;
            transaction.changed(CHANGES, changed.iter().map(|id| id.0));
        }
        SubjectChange::Organization(id) => {
            store::organization_changed(transaction.connection(), *id).await?;
            transaction.changed(CHANGES, [id.0]);
        }
        SubjectChange::Systems(id) => {
            store::summarize(transaction.connection(), *id).await?;
            transaction.changed(CHANGES, [id.0]);
        }
        SubjectChange::Archived(_) | SubjectChange::Folder(_) => {}
    }
    Ok(())
}

flotilla_kernel::commands! {
    query "customers.index" SignedIn commands::index(ListQuery) -> Packed;
    query "customers.window" SignedIn commands::window(WindowArgument) -> Vec<CustomerRow>;
    query "customers.panel" In(See) commands::panel(CustomerArgument) -> CustomerPanel;
    query "customers.read" In(ManageSystems) commands::read(CustomerArgument) -> CustomerDetails;
    query "customers.tags" SignedIn commands::tags(Nothing) -> Vec<TagCount>;
    act "customers.test" In(ManageSystems) commands::test(TestCustomer) -> TestResult;
    act "customers.save" In(ManageSystems) commands::save(SaveCustomer) -> CustomerDetails;
    act "customers.choose_main" In(ManageSystems) commands::choose_main(ChooseMain) -> Nothing;
    act "customers.edit" Each(ManageSystems) bulk::edit(EditCustomers) -> Vec<OrganizationOutcome>;
    query "customers.plan_deletion" Administrator bulk::plan_deletion(CustomersArgument) -> DeletionPlan;
    act "customers.delete" Administrator bulk::delete(CustomersArgument) -> Vec<OrganizationOutcome>;
    act "customers.refresh" Each(See) commands::refresh(CustomersArgument) -> Vec<OrganizationOutcome>;
    query "customers.plan_launch" Each(Launch) commands::plan_launch(LaunchArgument) -> LaunchPlan;
    query "administration.consoles" Administrator commands::consoles(Nothing) -> Vec<Console>;
    act "administration.open_console" Administrator commands::open_console(OpenConsole) -> Console;
    act "customers.launch" Each(Launch) commands::launch(LaunchArgument) -> LaunchPlan;
}

/// What this feature offers the program.
pub static SPEC: FeatureSpec = FeatureSpec {
    commands: COMMANDS,
    lists: &[&list::DEFINITION],
    changes: &[ChangeSpec {
        name: CHANGES,
        seen_by: SeenBy::Organizations,
    }],
    preferences: &[PreferencePart::of::<types::LaunchPreferences>()],
    on_change: |transaction, change| Box::pin(follow(transaction, change)),
    work: &[EDIT, DELETION],
    ..FeatureSpec::new("customers")
};
