//! Alarms: states of resources, one open alarm for each (system, cause, qualifier) (ALM-01). So far they come from
//! Flotilla's own checks of what a poll read.

pub mod commands;
pub mod list;
pub mod rules;
pub mod store;
pub mod types;

use flotilla_kernel::call::Packed;
use flotilla_kernel::lists::types::{ListQuery, WindowArgument};
use types::*;
use flotilla_kernel::feature::{ChangeSpec, FeatureSpec, SeenBy};



flotilla_kernel::commands! {
    query "alarms.index" SignedIn commands::index(ListQuery) -> Packed;
    query "alarms.window" SignedIn commands::window(WindowArgument) -> Vec<AlarmRow>;
}

/// What this feature offers the program.
pub static SPEC: FeatureSpec = FeatureSpec {
    commands: COMMANDS,
    lists: &[&list::DEFINITION],
    changes: &[ChangeSpec { name: CHANGES, seen_by: SeenBy::Rows(&list::DEFINITION) }],
    ..FeatureSpec::new("alarms")
};
