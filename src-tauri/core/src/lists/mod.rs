//! What every list can: describe itself, keep views and columns, be exported (UI-24, UI-25). The engine is the kernel's.

pub mod commands;
mod export;
pub mod store;
pub mod types;

use flotilla_kernel::call::Nothing;
use flotilla_kernel::feature::{ChangeSpec, FeatureSpec, SeenBy};
use flotilla_kernel::lists::types::{
    ColumnValues, ExportArgument, ListArgument, ListDescription, SaveColumns, SaveView, ValuesArgument, View,
    ViewArgument,
};
use flotilla_kernel::transfer::Download;
use types::CHANGES;

flotilla_kernel::commands! {
    query "lists.describe" SignedIn commands::describe(ListArgument) -> ListDescription;
    query "lists.values" SignedIn commands::values(ValuesArgument) -> ColumnValues;
    query "lists.views" SignedIn commands::views(ListArgument) -> Vec<View>;
    act "lists.save_view" SignedIn commands::save_view(SaveView) -> View;
    act "lists.delete_view" SignedIn commands::delete_view(ViewArgument) -> Nothing;
    act "lists.save_columns" SignedIn commands::save_columns(SaveColumns) -> Nothing;
    act "lists.export" SignedIn commands::export(ExportArgument) -> Download;
}

/// What this feature offers the program.
pub static SPEC: FeatureSpec = FeatureSpec {
    commands: COMMANDS,
    changes: &[ChangeSpec {
        name: CHANGES,
        seen_by: SeenBy::Everybody,
    }],
    work: &[types::EXPORT],
    ..FeatureSpec::new("lists")
};
