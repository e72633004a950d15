//! Looking at the audit log, checking it and exporting it (ADM-20). The kernel writes it ([`flotilla_kernel::audit`]).

pub mod commands;
pub mod list;
pub mod refusals;
mod store;
pub mod types;

use flotilla_kernel::call::{Nothing, Packed};
use flotilla_kernel::lists::types::{ListQuery, WindowArgument};
use flotilla_kernel::transfer::Download;
use types::*;

use flotilla_kernel::feature::{ChangeSpec, FeatureSpec, SeenBy};

flotilla_kernel::commands! {
    query "audit.index" Administrator commands::index(ListQuery) -> Packed;
    query "audit.window" Administrator commands::window(WindowArgument) -> Vec<AuditRow>;
    query "activity.index" SignedIn commands::activity_index(ListQuery) -> Packed;
    query "activity.window" SignedIn commands::activity_window(WindowArgument) -> Vec<ActivityRow>;
    query "audit.verify" Administrator commands::verify(VerifyAudit) -> AuditVerification;
    act "audit.export" Administrator commands::export(Nothing) -> Download;
}

/// What this feature offers the program.
pub static SPEC: FeatureSpec = FeatureSpec {
    commands: COMMANDS,
    lists: &[&list::DEFINITION, &list::ACTIVITY],
    changes: &[ChangeSpec {
        name: flotilla_kernel::events::ACTIVITY,
        seen_by: SeenBy::Rows(&list::ACTIVITY),
    }],
    in_each_process: Some(|workspace| Box::pin(refusals::keep_reported(workspace))),
    on_close: |workspace| Box::pin(async move { refusals::report(&workspace, true).await }),
    ..FeatureSpec::new("audit")
};
