//! Import of customers (CUS-20 to CUS-25) and of devices (DEV-04) from a CSV file: a file becomes a waiting list, which is checked,
//! edited, tested and then stored. The columns differ, and what a row is compared with and stored as (`columns::ImportKind`); all else
//! is the same.
//!
//! `detect` reads bytes as text, `parse` text as rows (`mapping` says which column is which where the header does not),
//! `check` rows as customers, `classify` compares them with the
//! customers there are (`existing`, `compare`); these four are pure and together make [`preview`]. What the tables keep is the file as it came
//! and, for each touched row, what differs from it; `waiting` puts both together, and `cache` holds the result in memory,
//! from where it can be rebuilt at any time (REL-01). `service` is the test of many connections, `running` how far it is,
//! and `saving` stores what succeeded.

pub mod assigning;
pub mod cache;
pub mod check;
pub mod classify;
pub mod columns;
pub mod commands;
pub mod compare;
pub mod detect;
pub mod existing;
pub mod export;
pub mod folders;
pub mod giving;
pub mod kept;
pub mod mapping;
pub mod parse;
pub mod row;
pub mod running;
pub mod saving;
pub mod service;
pub mod store;
pub mod storing;
pub mod types;
pub mod waiting;

pub use cache::ImportCache;
pub use classify::{Preview, PreviewOptions, preview};
pub use existing::ExistingIndex;

use flotilla_kernel::call::Nothing;
use flotilla_kernel::feature::{ChangeSpec, FeatureSpec, SeenBy};
use flotilla_kernel::services::{ServiceName, ServiceSpec};
use flotilla_kernel::transfer::Download;
use types::*;

flotilla_kernel::commands! {
    query "customers.import_template" SignedIn commands::template(Nothing) -> Download;
    query "customers.import_waiting" Administrator commands::waiting(Nothing) -> Vec<ImportView>;
    act "customers.import_open" Administrator commands::open(OpenImport) -> ImportView;
    query "customers.import_view" Administrator commands::view(ImportArgument) -> ImportView;
    act "customers.import_options" Administrator commands::set_options(ImportOptions) -> ImportView;
    query "customers.import_columns" Administrator assigning::columns(ImportArgument) -> Vec<ImportColumn>;
    act "customers.import_map" Administrator assigning::map(MapImport) -> ImportView;
    act "customers.import_fill" Administrator assigning::fill(FillImport) -> ImportView;
    act "customers.import_export" Administrator export::export(ExportForImport) -> Download;
    query "customers.import_rows" Administrator commands::rows(ImportRowsArgument) -> Vec<u32>;
    query "customers.import_window" Administrator commands::window(ImportWindow) -> Vec<ImportRow>;
    act "customers.import_edit" Administrator commands::edit(EditImportRow) -> ImportView;
    act "customers.import_remove" Administrator commands::remove(ImportSelection) -> ImportView;
    act "customers.import_test" Administrator commands::test(TestImport) -> ImportView;
    act "customers.import_trust" Administrator commands::trust(TrustImport) -> ImportView;
    act "customers.import_save" Administrator saving::save(SaveImport) -> ImportReceipt;
    act "customers.import_discard" Administrator saving::discard(ImportArgument) -> Nothing;
    act "customers.import_delete_file" Administrator saving::delete_file(ImportArgument) -> Nothing;
    query "devices.import_template" SignedIn commands::device_template(Nothing) -> Download;
    query "devices.import_waiting" SignedIn commands::waiting_devices(Nothing) -> Vec<ImportView>;
    act "devices.import_open" In(ManageSystems) commands::open_devices(OpenDeviceImport) -> ImportView;
    query "devices.import_view" SignedIn commands::view(ImportArgument) -> ImportView;
    act "devices.import_options" SignedIn commands::set_options(ImportOptions) -> ImportView;
    query "devices.import_columns" SignedIn assigning::columns(ImportArgument) -> Vec<ImportColumn>;
    act "devices.import_map" SignedIn assigning::map(MapImport) -> ImportView;
    act "devices.import_fill" SignedIn assigning::fill(FillImport) -> ImportView;
    query "devices.import_rows" SignedIn commands::rows(ImportRowsArgument) -> Vec<u32>;
    query "devices.import_window" SignedIn commands::window(ImportWindow) -> Vec<ImportRow>;
    act "devices.import_edit" SignedIn commands::edit(EditImportRow) -> ImportView;
    act "devices.import_remove" SignedIn commands::remove(ImportSelection) -> ImportView;
    act "devices.import_test" SignedIn commands::test(TestImport) -> ImportView;
    act "devices.import_trust" SignedIn commands::trust(TrustImport) -> ImportView;
    act "devices.import_save" SignedIn saving::save(SaveImport) -> ImportReceipt;
    act "devices.import_discard" SignedIn saving::discard(ImportArgument) -> Nothing;
    act "devices.import_delete_file" SignedIn saving::delete_file(ImportArgument) -> Nothing;
}

/// What this feature offers the program.
pub static SPEC: FeatureSpec = FeatureSpec {
    commands: COMMANDS,
    changes: &[ChangeSpec {
        name: CHANGES,
        // Ids of waiting lists; what is in them is asked for anew, and is their own account's.
        seen_by: SeenBy::Everybody,
    }],
    work: &[types::TEST, types::SAVE, types::FIRST_ACCOUNTS],
    services: &[ServiceSpec {
        name: ServiceName("imports"),
        run: |workspace| Box::pin(service::keep_tidy(workspace)),
        in_test_clock: false,
        shown: None,
    }],
    on_foreign_change: |workspace, change| {
        if change.feature == types::CHANGES {
            workspace.state::<ImportCache>().clear();
        }
    },
    ..FeatureSpec::new("imports")
};
