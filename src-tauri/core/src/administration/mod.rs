//! Administration: preferences (ADM-03), Flotilla's own services (ADM-10), and the workspace as a whole.

pub mod commands;
pub mod rules;
pub mod store;
pub mod types;

use flotilla_kernel::call::Nothing;
use flotilla_kernel::events::Work;
use flotilla_kernel::logs::LogLine;
use flotilla_kernel::services::{ServiceArgument, ServiceStatus};
use types::*;

use flotilla_kernel::feature::FeatureSpec;

flotilla_kernel::commands! {
    query "workspace.state" Public commands::workspace_state(Nothing) -> WorkspaceState;
    act "workspace.test_clock" Administrator commands::test_clock(TestClockDate) -> Nothing;
    query "search.find" SignedIn commands::find(FindArgument) -> Vec<Finding>;
    query "work.list" SignedIn commands::work(Nothing) -> Vec<Work>;
    act "work.cancel" SignedIn commands::cancel_work(WorkArgument) -> Nothing;
    query "preferences.read" Administrator commands::preferences(Nothing) -> PreferencesForm;
    act "preferences.save" Administrator commands::save_preferences(PreferencesForm) -> PreferencesForm;
    query "administration.services" Administrator commands::services(Nothing) -> Vec<ServiceStatus>;
    act "administration.restart_service" Administrator commands::restart_service(ServiceArgument) -> Nothing;
    query "administration.service_log" Administrator commands::service_log(ServiceArgument) -> Vec<LogLine>;
    query "administration.about" SignedIn commands::about(Nothing) -> About;
}

/// What this feature offers the program.
pub static SPEC: FeatureSpec = FeatureSpec {
    commands: COMMANDS,
    ..FeatureSpec::new("administration")
};
