//! Customers: organizations with a connection (CUS-01 to CUS-52), the poller that keeps them current, and their
//! import from CSV.

pub mod commands;
pub mod contact;
pub mod list;
mod preferences;
pub mod rules;
pub mod service;
pub mod store;
pub mod types;

use flotilla_kernel::call::{Nothing, Packed};
use flotilla_kernel::lists::types::{ListQuery, WindowArgument};
use types::*;
use flotilla_kernel::feature::{ChangeSpec, FeatureSpec, SeenBy};
use flotilla_kernel::preferences::PreferencePart;
use flotilla_kernel::services::{ServiceSpec, ShownService};

flotilla_kernel::commands! {
    query "customers.index" SignedIn commands::index(ListQuery) -> Packed;
    query "customers.window" SignedIn commands::window(WindowArgument) -> Vec<CustomerRow>;
    query "customers.panel" SignedIn commands::panel(CustomerArgument) -> CustomerPanel;
    query "customers.read" SignedIn commands::read(CustomerArgument) -> CustomerDetails;
    query "customers.tags" SignedIn commands::tags(Nothing) -> Vec<TagCount>;
    act "customers.test" SignedIn commands::test(TestConnection) -> TestResult;
    act "customers.save" SignedIn commands::save(SaveCustomer) -> CustomerDetails;
    act "customers.edit" SignedIn commands::edit(EditCustomers) -> Vec<OrganizationOutcome>;
    query "customers.plan_deletion" Administrator commands::plan_deletion(CustomersArgument) -> DeletionPlan;
    act "customers.delete" Administrator commands::delete(CustomersArgument) -> Vec<OrganizationOutcome>;
    act "customers.refresh" SignedIn commands::refresh(CustomersArgument) -> Vec<OrganizationOutcome>;
    act "customers.accept_certificate" SignedIn commands::accept_certificate(AcceptCertificate) -> TestResult;
    query "customers.plan_launch" SignedIn commands::plan_launch(LaunchArgument) -> LaunchPlan;
    query "administration.consoles" Administrator commands::consoles(Nothing) -> Vec<Console>;
    act "administration.open_console" Administrator commands::open_console(OpenConsole) -> Console;
    act "customers.launch" SignedIn commands::launch(LaunchArgument) -> LaunchPlan;
}

/// What this feature offers the program.
pub static SPEC: FeatureSpec = FeatureSpec {
    commands: COMMANDS,
    lists: &[&list::DEFINITION],
    changes: &[ChangeSpec { name: CHANGES, seen_by: SeenBy::Organizations }],
    preferences: &[PreferencePart::of::<types::LaunchPreferences>(), PreferencePart::of::<types::ConnectionPreferences>()],
    services: &[ServiceSpec { name: service::NAME, run: |workspace| Box::pin(service::run(workspace)), shown: Some(ShownService { report: service::report, restart: service::restart, logs: &["flotilla_core::customers", "flotilla_connectors"] }) }],
    work: &[types::REFRESH],
    on_preferences: |workspace| workspace.state::<service::Poller>().wake(),
    on_close: |workspace| Box::pin(async move { workspace.state::<contact::Dialers>().farewell().await }),
    ..FeatureSpec::new("customers")
};
