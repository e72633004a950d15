//! The command table: everything a host can call, once. Router, TypeScript client, command-line list and the
//! role test are made from it; nothing is registered anywhere else.

/// Hands every command to `$consumer!` as
/// `kind "name" access function(Arguments) -> Reply;`
///
/// - kind: `query` reads; `act` changes something, and is written to the audit log with its outcome.
/// - access: who may call it at all; what depends on an organization the command itself asks of `rights`.
/// - `Packed` as a reply is bytes: 16 per id, in order.
macro_rules! command_table {
    ($consumer:ident) => {
        $consumer! {
            // The workspace, before anybody signs in
            query "workspace.state" Public crate::administration::commands::workspace_state(Nothing) -> WorkspaceState;
            act "workspace.create_first" Local crate::accounts::commands::create_first(CreateFirst) -> SignedIn;
            act "session.sign_in" Public crate::accounts::commands::sign_in(SignIn) -> SignedIn;
            // The session
            query "session.current" Gated crate::accounts::commands::current(Nothing) -> SessionView;
            act "session.touch" Gated crate::accounts::commands::touch(Nothing) -> SessionView;
            act "session.sign_out" Gated crate::accounts::commands::sign_out(Nothing) -> Nothing;
            act "session.accept_terms" Gated crate::accounts::commands::accept_terms(AcceptTerms) -> SessionView;
            act "session.change_password" Gated crate::accounts::commands::change_password(ChangePassword) -> Nothing;
            act "session.choose_organization" SignedIn crate::accounts::commands::choose_organization(ChooseOrganization) -> Nothing;
            // The profile
            query "profile.read" SignedIn crate::accounts::commands::profile(Nothing) -> Profile;
            act "profile.save" SignedIn crate::accounts::commands::save_profile(SaveProfile) -> Profile;
            act "profile.save_appearance" Gated crate::accounts::commands::save_appearance(SaveAppearance) -> Profile;
            act "profile.set_avatar" SignedIn crate::accounts::commands::set_avatar(SetAvatar) -> Profile;
            act "profile.remove_avatar" SignedIn crate::accounts::commands::remove_avatar(Nothing) -> Profile;
            query "accounts.avatar" SignedIn crate::accounts::commands::avatar(AccountArgument) -> Packed;
            // Accounts
            query "accounts.index" Administrator crate::accounts::commands::index(ListQuery) -> Packed;
            query "accounts.window" Administrator crate::accounts::commands::window(WindowArgument) -> Vec<AccountRow>;
            query "accounts.read" Administrator crate::accounts::commands::read(AccountArgument) -> AccountDetails;
            query "accounts.names" SignedIn crate::accounts::commands::names(Nothing) -> Vec<AccountName>;
            query "accounts.labels" Administrator crate::accounts::commands::labels(Nothing) -> Vec<String>;
            act "accounts.add" Administrator crate::accounts::commands::add(AddAccount) -> AccountDetails;
            act "accounts.save" Administrator crate::accounts::commands::save(SaveAccount) -> AccountDetails;
            act "accounts.delete" Administrator crate::accounts::commands::delete(DeleteAccounts) -> Nothing;
            // Organizations
            query "organizations.find" SignedIn crate::organizations::commands::find(OrganizationSearch) -> OrganizationMatches;
            query "organizations.read" SignedIn crate::organizations::commands::read(OrganizationArgument) -> OrganizationDetails;
            act "organizations.create" SignedIn crate::organizations::commands::create(CreateOrganization) -> OrganizationDetails;
            // Customers
            query "customers.index" SignedIn crate::customers::commands::index(ListQuery) -> Packed;
            query "customers.window" SignedIn crate::customers::commands::window(WindowArgument) -> Vec<CustomerRow>;
            query "customers.panel" SignedIn crate::customers::commands::panel(CustomerArgument) -> CustomerPanel;
            query "customers.read" SignedIn crate::customers::commands::read(CustomerArgument) -> CustomerDetails;
            query "customers.tags" SignedIn crate::customers::commands::tags(Nothing) -> Vec<TagCount>;
            act "customers.test" SignedIn crate::customers::commands::test(TestConnection) -> TestResult;
            act "customers.save" SignedIn crate::customers::commands::save(SaveCustomer) -> CustomerDetails;
            act "customers.edit" SignedIn crate::customers::commands::edit(EditCustomers) -> Vec<OrganizationOutcome>;
            query "customers.plan_deletion" Administrator crate::customers::commands::plan_deletion(CustomersArgument) -> DeletionPlan;
            act "customers.delete" Administrator crate::customers::commands::delete(CustomersArgument) -> Vec<OrganizationOutcome>;
            act "customers.refresh" SignedIn crate::customers::commands::refresh(CustomersArgument) -> Vec<OrganizationOutcome>;
            act "customers.accept_certificate" SignedIn crate::customers::commands::accept_certificate(AcceptCertificate) -> TestResult;
            query "customers.plan_launch" SignedIn crate::customers::commands::plan_launch(LaunchArgument) -> LaunchPlan;
            act "customers.launch" SignedIn crate::customers::commands::launch(LaunchArgument) -> LaunchPlan;
            // Import of customers
            query "customers.import_template" SignedIn crate::customers::import::commands::template(Nothing) -> Download;
            query "customers.import_waiting" Administrator crate::customers::import::commands::waiting(Nothing) -> Vec<ImportView>;
            act "customers.import_open" Administrator crate::customers::import::commands::open(OpenImport) -> ImportView;
            query "customers.import_view" Administrator crate::customers::import::commands::view(ImportArgument) -> ImportView;
            act "customers.import_options" Administrator crate::customers::import::commands::set_options(ImportOptions) -> ImportView;
            query "customers.import_rows" Administrator crate::customers::import::commands::rows(ImportRowsArgument) -> Vec<u32>;
            query "customers.import_window" Administrator crate::customers::import::commands::window(ImportWindow) -> Vec<ImportRow>;
            act "customers.import_edit" Administrator crate::customers::import::commands::edit(EditImportRow) -> ImportView;
            act "customers.import_remove" Administrator crate::customers::import::commands::remove(ImportSelection) -> ImportView;
            act "customers.import_test" Administrator crate::customers::import::commands::test(TestImport) -> ImportView;
            act "customers.import_trust" Administrator crate::customers::import::commands::trust(TrustImport) -> ImportView;
            act "customers.import_save" Administrator crate::customers::import::commands::save(SaveImport) -> ImportReceipt;
            act "customers.import_discard" Administrator crate::customers::import::commands::discard(ImportArgument) -> Nothing;
            act "customers.import_delete_file" Administrator crate::customers::import::commands::delete_file(ImportArgument) -> Nothing;
            // Systems
            query "systems.index" SignedIn crate::systems::commands::index(ListQuery) -> Packed;
            query "systems.window" SignedIn crate::systems::commands::window(WindowArgument) -> Vec<SystemRow>;
            // Alarms
            query "alarms.index" SignedIn crate::alarms::commands::index(ListQuery) -> Packed;
            query "alarms.window" SignedIn crate::alarms::commands::window(WindowArgument) -> Vec<AlarmRow>;
            // Dashboard
            query "dashboard.read" SignedIn crate::dashboard::commands::read(DashboardArgument) -> Dashboard;
            // Lists
            query "lists.describe" SignedIn crate::lists::commands::describe(ListArgument) -> ListDescription;
            query "lists.views" SignedIn crate::lists::commands::views(ListArgument) -> Vec<View>;
            act "lists.save_view" SignedIn crate::lists::commands::save_view(SaveView) -> View;
            act "lists.delete_view" SignedIn crate::lists::commands::delete_view(ViewArgument) -> Nothing;
            act "lists.save_columns" SignedIn crate::lists::commands::save_columns(SaveColumns) -> Nothing;
            act "lists.export" SignedIn crate::lists::commands::export(ExportArgument) -> Download;
            query "search.find" SignedIn crate::administration::commands::find(FindArgument) -> Vec<Finding>;
            // Work under way
            query "work.list" SignedIn crate::administration::commands::work(Nothing) -> Vec<Work>;
            act "work.cancel" SignedIn crate::administration::commands::cancel_work(WorkArgument) -> Nothing;
            // Administration
            query "preferences.read" Administrator crate::administration::commands::preferences(Nothing) -> PreferencesForm;
            act "preferences.save" Administrator crate::administration::commands::save_preferences(PreferencesForm) -> PreferencesForm;
            query "administration.services" Administrator crate::administration::commands::services(Nothing) -> Vec<ServiceStatus>;
            act "administration.restart_service" Administrator crate::administration::commands::restart_service(ServiceArgument) -> Nothing;
            query "administration.service_log" Administrator crate::administration::commands::service_log(ServiceArgument) -> Vec<LogLine>;
            query "administration.consoles" Administrator crate::administration::commands::consoles(Nothing) -> Vec<Console>;
            act "administration.open_console" Administrator crate::administration::commands::open_console(OpenConsole) -> Console;
            query "administration.about" SignedIn crate::administration::commands::about(Nothing) -> About;
            // Audit log
            query "audit.index" Administrator crate::audit::commands::index(ListQuery) -> Packed;
            query "audit.window" Administrator crate::audit::commands::window(WindowArgument) -> Vec<AuditRow>;
            query "audit.verify" Administrator crate::audit::commands::verify(Nothing) -> AuditVerification;
            act "audit.export" Administrator crate::audit::commands::export(Nothing) -> Download;
        }
    };
}
pub(crate) use command_table;
