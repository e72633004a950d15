//! The first page after signing in (DSH-01 to DSH-04): what is counted here equals the list behind it.

pub mod commands;
pub mod rules;
pub mod types;

use types::*;

use flotilla_kernel::feature::FeatureSpec;

flotilla_kernel::commands! {
    query "dashboard.read" In(See) commands::read(DashboardArgument) -> Dashboard;
}

/// What this feature offers the program.
pub static SPEC: FeatureSpec = FeatureSpec {
    commands: COMMANDS,
    ..FeatureSpec::new("dashboard")
};
