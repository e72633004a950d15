//! The end of a waiting list: its rows become customers (CUS-23), it is discarded, its file is deleted (CUS-24).

use super::cache::{ImportCache, read_existing};
use super::commands::{change, change_any, demand_rest, own, polled};
use super::store;
use super::types::{CHANGES, FILE_LIMIT, ImportArgument, ImportReceipt, SAVE, SaveImport};
use crate::customers::store::CustomerToSave;
use flotilla_kernel::audit::Entry;
use flotilla_kernel::call::{Call, Nothing};
use flotilla_kernel::error::{ErrorCode, Outcome, Problem};
use flotilla_kernel::ids::OrganizationId;
use flotilla_kernel::preferences::ZonePreferences;
use sha2::{Digest, Sha256};
use std::path::Path;
use std::sync::Arc;

/// So many customers are stored between two steps of the progress.
const STEP: usize = 100;

/// Stores the rows whose test succeeded, and with `without_contact` all that are valid (CUS-23). One transaction:
/// customers come and rows go together, so that a kill leaves the state before or after, and nothing twice (REL-01).
///
/// # Errors
/// `not-found`, `import.busy`, `import.nothing-to-save`
pub async fn save(call: &Call, arguments: SaveImport) -> Outcome<ImportReceipt> {
    let caller = call.caller()?;
    let shared = own(call, arguments.import).await?;
    let mut list = shared.lock().await;
    demand_rest(call, arguments.import)?;
    let (mut transaction, mut settings) = change(call, &list, |_| {}).await?;
    // Customers may have come since the rows were compared; whoever writes sees the last state.
    let existing = Arc::new(read_existing(transaction.connection()).await?);
    list.refresh(existing);
    let (chosen, unchanged) = list.to_save(arguments.without_contact);
    if chosen.is_empty() && unchanged.is_empty() {
        return Err(ErrorCode::NothingToSave.into());
    }
    let known = polled(transaction.connection()).await?;
    let zone = call.workspace.preferences::<ZonePreferences>().zone.clone();
    let language = caller.language;
    let total = i64::try_from(chosen.len()).unwrap_or(i64::MAX);
    let handle = call
        .workspace
        .work
        .start(caller.account, SAVE, &list.head.file_name, total, false);
    let mut receipt = ImportReceipt {
        added: 0,
        updated: 0,
        unchanged: i64::try_from(unchanged.len()).unwrap_or(i64::MAX),
        without_contact: 0,
        left: 0,
        finished: false,
    };
    let mut stored: Vec<OrganizationId> = Vec::with_capacity(chosen.len());
    let (tested, untested): (Vec<_>, Vec<_>) = chosen.iter().partition(|(_, succeeded)| *succeeded);
    for (rows, in_contact) in [(tested, true), (untested, false)] {
        for step in rows.chunks(STEP) {
            let customers: Vec<CustomerToSave> = step
                .iter()
                .filter_map(|(row, _)| list.customer(*row, &known))
                .collect();
            let saved = crate::customers::store::save_many(
                &call.workspace,
                &mut transaction,
                caller.account,
                &zone,
                language,
                &customers,
            )
            .await?;
            let count = |ids: &Vec<OrganizationId>| i64::try_from(ids.len()).unwrap_or(i64::MAX);
            stored.extend(saved.added.iter().chain(&saved.updated).copied());
            receipt.added += count(&saved.added);
            receipt.updated += count(&saved.updated);
            if !in_contact {
                receipt.without_contact += count(&saved.added) + count(&saved.updated);
            }
            handle.advance(i64::try_from(step.len()).unwrap_or(0), 0);
        }
    }
    let done: Vec<u32> = chosen.iter().map(|(row, _)| *row).chain(unchanged).collect();
    receipt.left = i64::try_from(list.len().saturating_sub(done.len())).unwrap_or(i64::MAX);
    receipt.finished = receipt.left == 0;
    if receipt.finished {
        // What remains is the offer to delete the file; where there is no file, nothing.
        store::finish(transaction.connection(), arguments.import).await?;
        if list.head.path.is_none() || list.settings.file_deleted {
            store::delete(transaction.connection(), arguments.import).await?;
        } else {
            settings.finished = true;
            settings.revision += 1;
            if !store::claim(transaction.connection(), arguments.import, &settings).await? {
                return Err(ErrorCode::Changed.into());
            }
        }
        transaction.membership_changed(CHANGES, [arguments.import.0]);
    } else {
        store::remove(transaction.connection(), arguments.import, &done).await?;
    }
    let entry = Entry::done()
        .organizations(&stored)
        .subject(list.head.file_name.clone())
        .detail("added", receipt.added)
        .detail("updated", receipt.updated)
        .detail("unchanged", receipt.unchanged)
        .detail("without_contact", receipt.without_contact)
        .detail("left", receipt.left);
    call.commit(transaction, entry).await?;
    if receipt.finished {
        call.workspace.state::<ImportCache>().forget(arguments.import);
    } else {
        list.settings = settings;
        list.remove(&done);
    }
    drop(list);
    handle.finish();
    call.workspace
        .state::<crate::connections::service::Poller>()
        .wake();
    Ok(receipt)
}

/// Throws the waiting list away; a test under way ends. Customers stay as they are.
///
/// # Errors
/// `not-found`
pub async fn discard(call: &Call, arguments: ImportArgument) -> Outcome<Nothing> {
    let shared = own(call, arguments.import).await?;
    if let Some(running) = call.workspace.state::<ImportCache>().running(arguments.import) {
        running.cancelled.cancel();
    }
    let list = shared.lock().await;
    let mut transaction = call.workspace.database.begin().await?;
    store::delete(transaction.connection(), arguments.import).await?;
    transaction.membership_changed(CHANGES, [arguments.import.0]);
    call.commit(transaction, Entry::done().subject(list.head.file_name.clone()))
        .await?;
    call.workspace.state::<ImportCache>().forget(arguments.import);
    Ok(Nothing {})
}

/// Deletes the file the list came from, since it holds passwords in clear (CUS-24). Only a file that was opened on
/// this machine, and only while it is still the one that was opened.
///
/// # Errors
/// `not-found` when there is no such file to delete, `import.file-not-deleted` with the reason.
pub async fn delete_file(call: &Call, arguments: ImportArgument) -> Outcome<Nothing> {
    let shared = own(call, arguments.import).await?;
    let mut list = shared.lock().await;
    let path = list
        .head
        .path
        .clone()
        .filter(|_| !list.settings.file_deleted)
        .ok_or_else(|| Problem::new(ErrorCode::NotFound))?;
    let digest = list.settings.digest.clone();
    let (mut transaction, settings) =
        change_any(call, &list, |settings| settings.file_deleted = true).await?;
    let finished = list.settings.finished;
    if finished {
        store::delete(transaction.connection(), arguments.import).await?;
    }
    let entry = Entry::done().subject(list.head.file_name.clone());
    call.append(&mut transaction, &entry).await?;
    // Last of all, when nothing is left that could refuse it. Should the commit fail after that, the list still offers to
    // delete the file, and a file that is gone is no error.
    tokio::task::spawn_blocking(move || delete_same(Path::new(&path), &digest))
        .await
        .map_err(Problem::internal)??;
    transaction.commit().await?;
    if finished {
        call.workspace.state::<ImportCache>().forget(arguments.import);
    } else {
        list.settings = settings;
    }
    Ok(Nothing {})
}

/// Deletes the file if it has this digest. One that is gone already is no error.
fn delete_same(path: &Path, digest: &str) -> Outcome<()> {
    let not_deleted =
        |error: std::io::Error| Problem::new(ErrorCode::FileNotDeleted).with("reason", error.to_string());
    let bytes = match std::fs::metadata(path) {
        Ok(metadata) if metadata.len() > FILE_LIMIT => return Err(ErrorCode::FileNotDeleted.into()),
        Ok(_) => std::fs::read(path).map_err(not_deleted)?,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(not_deleted(error)),
    };
    if hex::encode(Sha256::digest(&bytes)) != digest {
        // Somebody has worked on it since; that work is not ours to throw away.
        return Err(Problem::new(ErrorCode::FileNotDeleted).with("reason", "changed"));
    }
    std::fs::remove_file(path).map_err(not_deleted)
}
