//! The end of a waiting list: its rows become customers (CUS-23), it is discarded, its file is deleted (CUS-24).

use super::cache::{ImportCache, Shared};
use super::columns::Column;
use super::commands::{change_any, demand_rest, existing_for, own, start};
use super::existing::ExistingIndex;
use super::kept::{Fill, Settings};
use super::running::Purpose;
use super::store;
use super::storing::{StoredPart, changed_devices, devices_now, save_devices};
use super::types::{CHANGES, FILE_LIMIT, ImportArgument, ImportChanged, ImportReceipt, SAVE, SaveImport};
use super::waiting::{FoundBy, WaitingList};
use crate::customers::store::{CustomerToSave, Existing};
use flotilla_kernel::audit::Entry;
use flotilla_kernel::batches::{BATCH, Batches};
use flotilla_kernel::call::{Call, Nothing};
use flotilla_kernel::database::{Transaction, fold};
use flotilla_kernel::error::{ErrorCode, Outcome, Problem};
use flotilla_kernel::events::Event;
use flotilla_kernel::ids::OrganizationId;
use flotilla_kernel::preferences::ZonePreferences;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::path::Path;

/// What is stored, as it was previewed.
struct Plan {
    /// The rows to be stored, each with whether its test succeeded.
    rows: Vec<(u32, bool)>,
    /// The rows that are as their customers are.
    unchanged: Vec<u32>,
    /// The rows that came to something else since they were previewed.
    changed: Vec<u32>,
}

impl Plan {
    /// Of what was previewed.
    ///
    /// # Errors
    /// `changed-meanwhile` when what was previewed is not known any more, `import.nothing-to-save`
    fn of(list: &WaitingList, arguments: &SaveImport) -> Outcome<Self> {
        let (mut rows, mut unchanged) = list.to_save(arguments.without_contact);
        let mut changed = Vec::new();
        if let Some(preview) = &arguments.preview {
            let other = list
                .changed_since(preview)
                .ok_or_else(|| Problem::new(ErrorCode::Changed))?;
            changed.extend(rows.iter().map(|(row, _)| *row).filter(|row| other(*row)));
            rows.retain(|(row, _)| !other(*row));
            unchanged.retain(|row| !other(*row));
        }
        if rows.is_empty() && unchanged.is_empty() && changed.is_empty() {
            return Err(ErrorCode::NothingToSave.into());
        }
        Ok(Self {
            rows,
            unchanged,
            changed,
        })
    }

    /// The rows in parts, each stored by itself; what is unchanged goes with the last. There is one at least.
    fn parts(&self) -> Vec<Part<'_>> {
        let part = |rows| Part {
            rows,
            unchanged: &[],
            last: false,
        };
        let mut parts: Vec<Part<'_>> = self.rows.chunks(BATCH).map(part).collect();
        if parts.is_empty() {
            parts.push(part(&[]));
        }
        if let Some(last) = parts.last_mut() {
            last.unchanged = &self.unchanged;
            last.last = true;
        }
        parts
    }
}

/// What is stored in one transaction.
#[derive(Clone, Copy)]
struct Part<'a> {
    /// Rows to be stored, each with whether its test succeeded.
    rows: &'a [(u32, bool)],
    /// Rows that are as their customers are.
    unchanged: &'a [u32],
    /// Whether no part follows.
    last: bool,
}

/// Stores the rows whose test succeeded, and with `without_contact` all that are valid (CUS-23). What was previewed is
/// done: a row whose customer came, went or changed meanwhile is named and waits (CUS-26).
///
/// Many rows are stored in batches, each a transaction in which customers come and their rows go: nobody waits for the
/// writer longer than that, and cancelled or killed in between, what is stored is out of the list and the rest waits in it
/// (REL-01).
///
/// # Errors
/// `not-found`, `import.busy`, `import.nothing-to-save`, `changed-meanwhile`
pub async fn save(call: &Call, arguments: SaveImport) -> Outcome<ImportReceipt> {
    let import = arguments.import;
    let mut shared = own(call, import).await?;
    let cache = call.workspace.state::<ImportCache>();
    let saving = {
        let _list = shared.lock().await;
        demand_rest(call, import)?;
        cache.begin_save(import)?
    };
    let mut receipt = ImportReceipt::default();
    let given = arguments.first_accounts && give_accounts(call, &shared, &arguments, &mut receipt).await?;
    if given {
        // Which of them are managed is known by now. Rights may have gone, too.
        shared = own(call, import).await?;
        let existing = existing_for(call, &shared).await?;
        shared.lock().await.refresh(existing);
    }
    if receipt.stopped.is_none() {
        let plan = {
            let list = shared.lock().await;
            let plan = match Plan::of(&list, &arguments) {
                // That none took its account is an outcome, too.
                Err(problem) if given && problem.code == ErrorCode::NothingToSave => None,
                plan => Some(plan?),
            };
            let changed = plan.iter().flat_map(|plan| &plan.changed);
            receipt.changed = changed.map(|&row| named(&list, row)).collect();
            plan
        };
        if let Some(plan) = plan {
            save_parts(call, &shared, &plan, &mut receipt).await?;
        }
    }
    drop(saving);
    if receipt.finished {
        cache.forget(import);
    } else {
        let existing = existing_for(call, &shared).await?;
        let mut list = shared.lock().await;
        list.leave(receipt.changed.iter().map(|changed| changed.row));
        list.refresh(existing);
        receipt.left = number(list.len());
        call.workspace.database.tell(Event::Changed {
            feature: CHANGES,
            ids: vec![import.0],
            membership: false,
            many: false,
        });
    }
    call.workspace
        .state::<crate::connections::service::Poller>()
        .wake();
    Ok(receipt)
}

/// Stores what is planned, part by part.
async fn save_parts(call: &Call, shared: &Shared, plan: &Plan, receipt: &mut ImportReceipt) -> Outcome<()> {
    let mut batches = Batches::start(call, SAVE, plan.rows.len())?;
    for part in plan.parts() {
        let ended = save_part(call, shared, &mut batches, receipt, part).await;
        receipt.stopped = batches.stopped(ended)?;
        if receipt.stopped.is_some() {
            break;
        }
    }
    Ok(())
}

/// Gives the factory-new devices that were previewed their first accounts, and waits for the end; whether there was one. The audit log
/// has an entry when it begins and when it ends: what a device was given is nothing that can be taken back.
async fn give_accounts(
    call: &Call,
    shared: &Shared,
    arguments: &SaveImport,
    receipt: &mut ImportReceipt,
) -> Outcome<bool> {
    let list = shared.lock().await;
    let targets = list.first_accounts(arguments.preview.as_deref())?;
    if targets.is_empty() {
        return Ok(false);
    }
    let entry = || {
        let organizations: Vec<OrganizationId> = list
            .settings
            .devices
            .iter()
            .map(|place| place.organization)
            .collect();
        Entry::done()
            .organizations(&organizations)
            .subject(list.head.file_name.clone())
    };
    let ended_entry = entry().detail("ended", true);
    let rows: Vec<u32> = targets.iter().map(|(row, ..)| *row).collect();
    let addresses: Vec<String> = targets
        .iter()
        .take(100)
        .map(|(_, _, target)| target.endpoint.host.clone())
        .collect();
    let begun = entry()
        .detail("first_accounts", rows.len())
        .detail("addresses", addresses);
    call.record(begun).await?;
    let running = start(call, &list, Purpose::FirstAccount, targets)?;
    drop(list);
    running.ended.cancelled().await;

    // Another program may have written meanwhile; then the list was read again.
    let shared = own(call, arguments.import).await?;
    let read = shared.lock().await.read_among(&rows);
    receipt.first_accounts = number(read);
    receipt.without_account = (running.asked() - receipt.first_accounts).max(0);
    receipt.stopped = running.cancelled.is_cancelled().then_some(ErrorCode::Cancelled);
    let entry = ended_entry
        .detail("done", receipt.first_accounts)
        .detail("failed", receipt.without_account);
    call.record(entry).await?;
    Ok(true)
}

fn named(list: &WaitingList, row: u32) -> ImportChanged {
    let name = list.cell(row, Column::Name);
    ImportChanged { row, name }
}

/// Stores some rows in one transaction. False: it was cancelled before.
async fn save_part(
    call: &Call,
    shared: &Shared,
    batches: &mut Batches,
    receipt: &mut ImportReceipt,
    part: Part<'_>,
) -> Outcome<bool> {
    let Part {
        rows,
        unchanged,
        last,
    } = part;
    let mut list = shared.lock().await;
    let import = list.head.id;
    let Some(mut transaction) = batches.begin(call).await? else {
        return Ok(false);
    };
    let mut settings = claim(call, &list, &mut transaction).await?;
    let all: Vec<u32> = rows
        .iter()
        .map(|(row, _)| *row)
        .chain(unchanged.iter().copied())
        .collect();
    let there = match list.settings.devices {
        None => None,
        Some(place) => Some(devices_now(call, &mut transaction, &list, place, &all).await?),
    };
    let changed = match &there {
        None => changed_among(&mut transaction, &list, &all).await?,
        Some(now) => changed_devices(&list, now, &all),
    };
    let kept = |row: &u32| !changed.contains(row);
    let done: Vec<u32> = all.iter().copied().filter(kept).collect();
    let mut part = ImportReceipt {
        unchanged: number(unchanged.iter().filter(|row| kept(row)).count()),
        ..ImportReceipt::default()
    };
    let kept_rows: Vec<u32> = rows.iter().map(|(row, _)| *row).filter(|row| kept(row)).collect();
    let stored = match list.settings.devices.zip(there) {
        None => save_customers(call, &mut transaction, &list, &kept_rows).await?,
        Some((place, now)) => save_devices(call, &mut transaction, &list, (place, &now), &kept_rows).await?,
    };
    part.added = number(stored.added);
    part.updated = number(stored.updated);
    part.folders = number(stored.folders);
    let without = rows
        .iter()
        .filter(|(row, succeeded)| !succeeded && kept(row))
        .count();
    part.without_contact = number(without);
    part.left = number(list.len().saturating_sub(done.len()));
    let finished = last && part.left == 0;
    if finished {
        finish(&mut transaction, &list, &mut settings).await?;
    } else {
        store::remove(transaction.connection(), import, &list.with_lines(&done)).await?;
    }
    let entry = Entry::done()
        .organizations(&stored.organizations)
        .subject(list.head.file_name.clone())
        .detail("added", part.added)
        .detail("updated", part.updated)
        .detail("folders", part.folders)
        .detail("unchanged", part.unchanged)
        .detail("without_contact", part.without_contact)
        .detail("changed_meanwhile", changed.len())
        .detail("left", part.left);
    batches
        .commit(call, transaction, entry, rows.len(), changed.len())
        .await?;
    receipt.added += part.added;
    receipt.updated += part.updated;
    receipt.folders += part.folders;
    receipt.unchanged += part.unchanged;
    receipt.without_contact += part.without_contact;
    receipt.left = part.left;
    receipt.finished = finished;
    receipt
        .changed
        .extend(changed.iter().map(|&row| named(&list, row)));
    list.settings = settings;
    list.take_out(&done);
    Ok(true)
}

async fn save_customers(
    call: &Call,
    transaction: &mut Transaction,
    list: &WaitingList,
    rows: &[u32],
) -> Outcome<StoredPart> {
    let customers: Vec<CustomerToSave> = rows.iter().filter_map(|&row| list.customer(row)).collect();
    let caller = call.caller()?;
    let zone = call.workspace.preferences::<ZonePreferences>().zone.clone();
    let saved = crate::customers::store::save_many(
        &call.workspace,
        transaction,
        caller.account,
        &zone,
        caller.language,
        &customers,
    )
    .await?;
    Ok(StoredPart {
        added: saved.added.len(),
        updated: saved.updated.len(),
        folders: 0,
        organizations: saved.added.iter().chain(&saved.updated).copied().collect(),
    })
}

fn number(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// The next revision of the list's settings, written if nobody else has written meanwhile.
async fn claim(call: &Call, list: &WaitingList, transaction: &mut Transaction) -> Outcome<Settings> {
    if list.settings.finished {
        return Err(ErrorCode::NotFound.into());
    }
    let mut settings = list.settings.clone();
    settings.revision += 1;
    settings.touched = Some(call.now());
    if !store::claim(transaction.connection(), list.head.id, &settings).await? {
        call.workspace.state::<ImportCache>().forget(list.head.id);
        return Err(ErrorCode::Changed.into());
    }
    transaction.changed(CHANGES, [list.head.id.0]);
    Ok(settings)
}

/// Everything is stored. What remains is the offer to delete the file; where there is no file, nothing.
async fn finish(transaction: &mut Transaction, list: &WaitingList, settings: &mut Settings) -> Outcome<()> {
    let import = list.head.id;
    store::finish(transaction.connection(), import).await?;
    if list.head.path.is_none() || list.settings.file_deleted {
        store::delete(transaction.connection(), import).await?;
    } else {
        settings.finished = true;
        settings.fill = Fill::default();
        settings.revision += 1;
        if !store::claim(transaction.connection(), import, settings).await? {
            return Err(ErrorCode::Changed.into());
        }
    }
    transaction.membership_changed(CHANGES, [import.0]);
    Ok(())
}

/// The rows whose customers are not what they were when the rows were previewed, as whoever writes sees it: one came, went,
/// was renamed, or somebody changed what the row would change.
async fn changed_among(
    transaction: &mut Transaction,
    list: &WaitingList,
    rows: &[u32],
) -> Outcome<BTreeSet<u32>> {
    let found: Vec<(u32, FoundBy)> = rows
        .iter()
        .filter_map(|&row| Some((row, list.found_by(row)?)))
        .collect();
    let meant: Vec<&Existing> = rows.iter().filter_map(|&row| list.meant(row)).collect();
    let ids: Vec<OrganizationId> = meant.iter().map(|customer| customer.id).collect();
    // Also in the form in which the database keeps names, where that differs from how they are compared.
    let folded: Vec<String> = found.iter().map(|(_, by)| fold(&by.shown)).collect();
    let names: Vec<&str> = found
        .iter()
        .map(|(_, by)| by.name.as_str())
        .chain(folded.iter().map(String::as_str))
        .collect();
    let hosts: Vec<&str> = found.iter().map(|(_, by)| by.host.as_str()).collect();
    let connection = transaction.connection();
    let customers = crate::customers::store::existing_among(connection, &ids, &names, &hosts).await?;
    let others = crate::organizations::store::name_keys_among(connection, &names).await?;
    let addresses = crate::customers::store::other_addresses_among(connection, &hosts).await?;
    let now = ExistingIndex::new(customers, others, addresses);
    let same = |row: u32, by: &FoundBy| {
        let place = now.find(&by.name, &by.host, by.port).ok()?;
        let customer = place.and_then(|place| now.get(place));
        let named = place.is_some_and(|place| now.has_name(place, &by.name));
        let stays = place.is_some_and(|place| now.is_at(place, &by.host, by.port));
        let free = stays || now.elsewhere(&by.host, by.port).is_none();
        Some(customer == list.meant(row) && free && (named || !now.is_other_name(&by.name)))
    };
    Ok(found
        .iter()
        .filter(|(row, by)| same(*row, by) != Some(true))
        .map(|(row, _)| *row)
        .collect())
}

/// Throws the waiting list away; a test under way ends. Customers stay as they are.
///
/// # Errors
/// `not-found`; `import.busy` while first accounts are given, whose passwords stand in its rows.
pub async fn discard(call: &Call, arguments: ImportArgument) -> Outcome<Nothing> {
    let shared = own(call, arguments.import).await?;
    if let Some(running) = call.workspace.state::<ImportCache>().running(arguments.import) {
        if running.purpose == Purpose::FirstAccount {
            return Err(ErrorCode::ImportBusy.into());
        }
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
    // The file is the person's, and no part of the copy.
    if call.workspace.test_clock {
        return Err(ErrorCode::TestClockNoContact.into());
    }
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
