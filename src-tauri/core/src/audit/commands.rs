//! Looking at the audit log, checking and exporting it. Administrators only (RGT-15).

use super::rules::ExportedLine;
use super::store;
use super::types::{AuditRow, AuditVerification};
use super::{Entry, record};
use crate::lists::types::{Download, ListName, ListQuery, WindowArgument};
use crate::wire::call::Call;
use crate::wire::error::{ErrorCode, Outcome, Problem};
use crate::wire::transfer::unwritable;
use crate::wire::types::{Nothing, Packed};
use std::io::Write;

/// Ids of the entries that match, in order.
pub async fn index(call: &Call, query: ListQuery) -> Outcome<Packed> {
    crate::lists::index(call, ListName::Audit, &query).await
}

/// The rows in view.
pub async fn window(call: &Call, arguments: WindowArgument) -> Outcome<Vec<AuditRow>> {
    let ids = crate::lists::window_ids(&arguments)?;
    store::window(&mut *call.workspace.database.read().await?, ids).await
}

/// Follows the chain from its start (ADM-20).
pub async fn verify(call: &Call, _: Nothing) -> Outcome<AuditVerification> {
    let mut connection = call.workspace.database.read().await?;
    Ok(match store::follow(&mut connection, |_, _| Ok(())).await? {
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
    })
}

/// Writes the log as JSON lines that can be checked without the workspace (ADM-20).
///
/// # Errors
/// `audit.broken` when the chain does not hold, `file.unwritable`.
pub async fn export(call: &Call, _: Nothing) -> Outcome<Download> {
    let name = format!("flotilla-audit-{}.jsonl", call.now().utc().format("%Y-%m-%d"));
    let mut file = call.workspace.transfers.create(call.caller()?.session, &name)?;
    let mut connection = call.workspace.database.read().await?;
    let followed = store::follow(&mut connection, |body, hash| {
        let line = ExportedLine {
            body: body.to_owned(),
            hash: hex::encode(hash),
        };
        serde_json::to_writer(&mut file, &line).map_err(|error| unwritable(error.into()))?;
        file.write_all(b"\n").map_err(unwritable)
    })
    .await?;
    drop(connection);
    if let Err(place) = followed {
        return Err(Problem::new(ErrorCode::AuditBroken).with("entry", place));
    }
    let download = file.finish()?;
    record(call, Entry::done().detail("file", name)).await?;
    Ok(download)
}
