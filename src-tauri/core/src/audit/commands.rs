//! Looking at the audit log, checking and exporting it. Administrators only (RGT-15).

use super::store;
use super::types::{ActivityRow, AuditRow, AuditVerification, VerifyAudit};
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

/// Ids of the entries in the history of one organization that match, in order (ORG-30).
///
/// # Errors
/// `call.arguments` without an organization, `list.unknown-column`
pub async fn activity_index(call: &Call, query: ListQuery) -> Outcome<Packed> {
    if query.organization.is_none() {
        return Err(Problem::new(ErrorCode::BadArguments).with("name", "organization"));
    }
    flotilla_kernel::lists::index(
        &call.workspace.database,
        call.caller()?,
        &super::list::ACTIVITY,
        &query,
    )
    .await
    .map(Packed)
}

/// The rows in view, as far as this account may see them (ORG-30).
pub async fn activity_window(call: &Call, arguments: WindowArgument) -> Outcome<Vec<ActivityRow>> {
    let ids = flotilla_kernel::lists::window_ids(&arguments)?;
    store::activity(&mut *call.workspace.database.read().await?, call.caller()?, ids).await
}

/// Follows the chain from its start, and looks for a hash that was written down before (ADM-20): entries that were cut off its end
/// are only missed by who knows one.
pub async fn verify(call: &Call, arguments: VerifyAudit) -> Outcome<AuditVerification> {
    let wanted = arguments.head.map(|head| head.trim().to_lowercase());
    let (mut place, mut head_at) = (0, None);
    let followed = flotilla_kernel::audit::follow(&call.workspace.database, |_, hash| {
        place += 1;
        if wanted.as_ref().is_some_and(|wanted| *wanted == hex::encode(hash)) {
            head_at = Some(place);
        }
        Ok(())
    })
    .await?;
    Ok(match followed {
        Ok(chain) => AuditVerification {
            entries: chain.entries,
            head: hex::encode(chain.head),
            broken_at: None,
            head_at,
        },
        Err(place) => AuditVerification {
            entries: place - 1,
            head: String::new(),
            broken_at: Some(place),
            head_at,
        },
    })
}

/// Writes the log as JSON lines that can be checked without the workspace (ADM-20).
///
/// # Errors
/// `audit.broken` when the chain does not hold, `file.unwritable`.
pub async fn export(call: &Call, _: Nothing) -> Outcome<Download> {
    let name = format!("flotilla-audit-{}.jsonl", call.now().utc().format("%Y-%m-%d"));
    let mut file = call.workspace.transfers.create(call.caller()?, &name)?;
    let followed = flotilla_kernel::audit::follow(&call.workspace.database, |body, hash| {
        let line = ExportedLine {
            body: body.to_owned(),
            hash: hex::encode(hash),
        };
        serde_json::to_writer(&mut file, &line).map_err(|error| unwritable(error.into()))?;
        file.write_all(b"\n").map_err(unwritable)
    })
    .await?;
    let chain = followed.map_err(|place| Problem::new(ErrorCode::AuditBroken).with("entry", place))?;
    let download = file.finish()?;
    // With its final hash, so that a file that is cut afterwards is found out.
    let entry = Entry::done()
        .detail("file", name)
        .detail("entries", chain.entries)
        .detail("head", hex::encode(chain.head));
    call.record(entry).await?;
    Ok(download)
}
