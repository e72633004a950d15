//! Systems: everything managed at an address. What a solution reports of itself comes in through
//! [`store::apply`]; people look at it through the list.

pub mod commands;
pub mod list;
pub mod rules;
pub mod store;
pub mod types;

use flotilla_kernel::call::Packed;
use flotilla_kernel::feature::{ChangeSpec, FeatureSpec, SeenBy};
use flotilla_kernel::lists::types::{ListQuery, WindowArgument};
use types::*;

flotilla_kernel::commands! {
    query "systems.index" SignedIn commands::index(ListQuery) -> Packed;
    query "systems.window" SignedIn commands::window(WindowArgument) -> Vec<SystemRow>;
}

/// What this feature offers the program.
pub static SPEC: FeatureSpec = FeatureSpec {
    commands: COMMANDS,
    lists: &[&list::DEFINITION],
    changes: &[ChangeSpec {
        name: CHANGES,
        seen_by: SeenBy::Rows(&list::DEFINITION),
    }],
    ..FeatureSpec::new("systems")
};
