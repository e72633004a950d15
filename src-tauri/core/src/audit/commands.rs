//! Looking at the audit log, checking and exporting it. Administrators only (RGT-15).

use super::store;
use super::types::{AuditRow, AuditVerification};
use flotilla_kernel::audit::Entry;
use flotilla_kernel::audit::rules::ExportedLine;
use flotilla_kernel::call::Call;
use flotilla_kernel::call::{Nothing, Packed};
use flotilla_kernel::error::{ErrorCode, Outcome, Problem};
use flotilla_kernel::lists::types::{ListQuery, WindowArgument};
use flotilla_kernel::transfer::Download;
use flotilla_kernel::transfer::unwritable;
use std::io::Write;

/// Ids of the entries that match, in order.
pub async fn index(call: &Call, query: ListQuery) -> Outcome<Packed> {
    flotilla_kernel::lists::index(
        &call.workspace.database,
        call.caller()?,
        &super::list::DEFINITION,
        &query,
    )
    .await
    .map(Packed)
}

/// The rows in view.
pub async fn window(call: &Call, arguments: WindowArgument) -> Outcome<Vec<AuditRow>> {
    let ids = flotilla_kernel::lists::window_ids(&arguments)?;
    store::window(&mut *call.workspace.database.read().await?, ids).await
}

/// Follows the chain from its start (ADM-20).
pub async fn verify(call: &Call, _: Nothing) -> Outcome<AuditVerification> {
    Ok(
        match flotilla_kernel::audit::follow(&call.workspace.database, |_, _| Ok(())).await? {
            Ok(chain) => AuditVerification {
                entries: chain.entries,
                head: hex::encode(chain.head),
                broken_at: None,
            },
            Err(place) => AuditVerification {
                entries: place - 1,
                head: String::new(),
                broken_at: Some(place),
            },
        },
    )
}

/// Writes the log as JSON lines that can be checked without the workspace (ADM-20).
///
/// # Errors
/// `audit.broken` when the chain does not hold, `file.unwritable`.
pub async fn export(call: &Call, _: Nothing) -> Outcome<Download> {
    let name = format!("flotilla-audit-{}.jsonl", call.now().utc().format("%Y-%m-%d"));
    let mut file = call.workspace.transfers.create(call.caller()?.session, &name)?;
    let followed = flotilla_kernel::audit::follow(&call.workspace.database, |body, hash| {
        let line = ExportedLine {
            body: body.to_owned(),
            hash: hex::encode(hash),
        };
        serde_json::to_writer(&mut file, &line).map_err(|error| unwritable(error.into()))?;
        file.write_all(b"\n").map_err(unwritable)
    })
    .await?;
    if let Err(place) = followed {
        return Err(Problem::new(ErrorCode::AuditBroken).with("entry", place));
    }
    let download = file.finish()?;
    call.record(Entry::done().detail("file", name)).await?;
    Ok(download)
}
