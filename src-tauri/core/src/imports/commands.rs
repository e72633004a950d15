//! What people do with a waiting list until it is stored (CUS-20 to CUS-23). All of it is for administrators (RGT-12),
//! and a waiting list is its account's own.

use super::cache::{ImportCache, Shared};
use super::classify::{PreviewOptions, preview};
use super::columns::{COLUMNS, Column};
use super::kept::{Der, Fill, Overlay, Settings};
use super::running::Running;
use super::service;
use super::store::{self, Head};
use super::types::*;
use super::waiting::{WaitingList, address_of, read_kept};
use crate::connections::probe::Target;
use crate::connections::store::{Polled, Which};
use crate::connections::types::ConnectionPreferences;
use flotilla_connectors::secret::Secret;
use flotilla_kernel::audit::Entry;
use flotilla_kernel::call::Call;
use flotilla_kernel::call::Nothing;
use flotilla_kernel::clock::days;
use flotilla_kernel::database::Transaction;
use flotilla_kernel::error::{ErrorCode, FieldProblem, Outcome, Problem};
use flotilla_kernel::ids::{ImportId, OrganizationId};
use flotilla_kernel::transfer::Download;
use flotilla_kernel::transfer::{unwritable, unwritable_csv};
use sha2::{Digest, Sha256};
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use tokio::sync::MutexGuard;

/// A window asks for no more rows than it can show.
const WINDOW: usize = 200;
/// The longest a typed cell may be, in bytes; the rules of the columns are far below.
const CELL: usize = 64 * 1024;

/// The template: the header and two example rows (CUS-20). The addresses are those reserved for documentation.
///
/// # Errors
/// `file.unwritable`
pub async fn template(call: &Call, _: Nothing) -> Outcome<Download> {
    let file = call.workspace.transfers.create(call.caller()?, "customers.csv")?;
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(file);
    // The optional column is left out, so that the template is exactly what is required.
    let header: Vec<&str> = COLUMNS
        .iter()
        .filter(|column| **column != Column::Mode)
        .map(|column| column.header())
        .collect();
    let examples = [
        [
            "192.0.2.10",
            "8443",
            "Hotel Miramar",
            "COMAdmin",
            "change-this",
            "1 Harbour Street",
            "+1 202 555 0143",
            "office@miramar.example",
            "Reception is open all night",
            "hotel;gold",
        ],
        [
            "pbx.northwind.example",
            "",
            "Northwind Traders",
            "COMAdmin",
            "change-this",
            "22 Mill Lane, 2nd floor",
            "+44 20 7946 0958",
            "it@northwind.example",
            "",
            "trade",
        ],
    ];
    let written = writer.write_record(&header).and_then(|()| {
        examples
            .iter()
            .try_for_each(|example| writer.write_record(example))
    });
    written.map_err(unwritable_csv)?;
    writer
        .into_inner()
        .map_err(|error| unwritable(error.into_error()))?
        .finish()
}

/// The waiting lists of this account, also those from before the program was closed or killed (GEN-09).
pub async fn waiting(call: &Call, _: Nothing) -> Outcome<Vec<ImportView>> {
    let account = call.caller()?.account;
    let ids = store::waiting(&mut *call.workspace.database.read().await?, account).await?;
    let mut views = Vec::with_capacity(ids.len());
    for id in ids {
        views.push(view(call, ImportArgument { import: id }).await?);
    }
    Ok(views)
}

/// Opens a file as a waiting list. Nothing of it is stored as a customer (CUS-22).
///
/// # Errors
/// `import.file-too-large`, `import.file-empty`, `import.not-text`, `import.too-many-rows`, `transfer.gone`. What is
/// wrong with header, quoting and cells is told by the view.
pub async fn open(call: &Call, arguments: OpenImport) -> Outcome<ImportView> {
    let account = call.caller()?.account;
    let file = call
        .workspace
        .transfers
        .take(arguments.upload, call.caller()?.session, FILE_LIMIT)?;
    let existing = call
        .workspace
        .state::<ImportCache>()
        .existing(&call.workspace)
        .await?;
    let options = PreviewOptions {
        mappings: store::mappings(&mut *call.workspace.database.read().await?).await?,
        ..PreviewOptions::detected(arguments.mode)
    };
    let known = existing.clone();
    let known_mappings = options.mappings.clone();
    let bytes = file.bytes;
    let (bytes, read, digest) = tokio::task::spawn_blocking(move || {
        let read = preview(&bytes, &options, &known);
        let digest = hex::encode(Sha256::digest(&bytes));
        (bytes, read, digest)
    })
    .await
    .map_err(Problem::internal)?;
    let preview = read?;

    let mut transaction = call.workspace.database.begin().await?;
    let now = transaction.now();
    let head = Head {
        id: ImportId::new(now),
        account,
        created_at: now,
        file_name: file.name,
        path: file.path.map(|path| path.to_string_lossy().into_owned()),
        size: i64::try_from(bytes.len()).unwrap_or(i64::MAX),
    };
    let settings = Settings {
        encoding: None,
        separator: None,
        mode: arguments.mode,
        mappings: Vec::new(),
        fill: Fill::default(),
        revision: 1,
        touched: None,
        passwords: 0,
        digest,
        file_deleted: false,
        finished: false,
    };
    let mut list = WaitingList::of_preview(head, settings, preview, existing);
    list.settings.passwords = list.passwords_in_file();
    let names = list.names().to_vec();
    list.settings.keep_mapping(&known_mappings, &names);
    let gone = store::tidy(
        transaction.connection(),
        &list.head,
        &list.settings.digest,
        now.plus(-days(1)),
    )
    .await?;
    store::insert(transaction.connection(), &list.head, &bytes, &list.settings).await?;
    transaction.membership_changed(CHANGES, gone.iter().chain([&list.head.id]).map(|id| id.0));
    let view = list.view(None);
    let entry = Entry::done()
        .subject(list.head.file_name.clone())
        .detail("rows", view.counts.all)
        .detail("size", view.size);
    call.commit(transaction, entry).await?;
    for id in gone {
        call.workspace.state::<ImportCache>().forget(id);
    }
    call.workspace.state::<ImportCache>().keep(list);
    Ok(view)
}

pub(super) async fn own(call: &Call, import: ImportId) -> Outcome<Shared> {
    call.workspace
        .state::<ImportCache>()
        .own(&call.workspace, call.caller()?.account, import)
        .await
}

/// The list as a whole, compared with the customers there are now.
///
/// # Errors
/// `not-found`
pub async fn view(call: &Call, arguments: ImportArgument) -> Outcome<ImportView> {
    let shared = own(call, arguments.import).await?;
    let existing = call
        .workspace
        .state::<ImportCache>()
        .existing(&call.workspace)
        .await?;
    let running = call.workspace.state::<ImportCache>().running(arguments.import);
    let mut list = shared.lock().await;
    list.refresh(existing);
    Ok(list.view(running.as_deref()))
}

/// The numbers of the rows that match, in order.
///
/// # Errors
/// `not-found`, `list.unknown-column`
pub async fn rows(call: &Call, arguments: ImportRowsArgument) -> Outcome<Vec<u32>> {
    let shared = own(call, arguments.import).await?;
    let list = shared.lock().await;
    list.find(&arguments)
}

/// The rows in view; the passwords are not in them (CUS-24).
///
/// # Errors
/// `not-found`, `call.too-large`
pub async fn window(call: &Call, arguments: ImportWindow) -> Outcome<Vec<ImportRow>> {
    if arguments.rows.len() > WINDOW {
        return Err(Problem::new(ErrorCode::TooLarge).with("limit", WINDOW));
    }
    let shared = own(call, arguments.import).await?;
    let running = call.workspace.state::<ImportCache>().running(arguments.import);
    let list = shared.lock().await;
    Ok(arguments
        .rows
        .iter()
        .filter_map(|&row| list.row(row, running.as_deref()))
        .collect())
}

/// Nothing of a list changes while its connections are tested, since the results would belong to other rows, nor while it
/// is saved.
pub(super) fn demand_rest(call: &Call, import: ImportId) -> Outcome<()> {
    let cache = call.workspace.state::<ImportCache>();
    if cache.running(import).is_some() || cache.is_saved(import) {
        return Err(ErrorCode::ImportBusy.into());
    }
    Ok(())
}

/// Begins a change of a list. From here on nobody else, in this program or another, changes it until the commit.
pub(super) async fn change(
    call: &Call,
    list: &MutexGuard<'_, WaitingList>,
    other: impl FnOnce(&mut Settings),
) -> Outcome<(Transaction, Settings)> {
    if list.settings.finished {
        return Err(ErrorCode::NotFound.into());
    }
    let (transaction, settings) = change_any(call, list, other).await?;
    Ok((transaction, settings))
}

pub(super) async fn change_any(
    call: &Call,
    list: &MutexGuard<'_, WaitingList>,
    other: impl FnOnce(&mut Settings),
) -> Outcome<(Transaction, Settings)> {
    let mut settings = list.settings.clone();
    settings.revision += 1;
    settings.touched = Some(call.now());
    other(&mut settings);
    let mut transaction = call.workspace.database.begin().await?;
    if !store::claim(transaction.connection(), list.head.id, &settings).await? {
        call.workspace.state::<ImportCache>().forget(list.head.id);
        return Err(ErrorCode::Changed.into());
    }
    transaction.changed(CHANGES, [list.head.id.0]);
    Ok((transaction, settings))
}

/// Reads the file in another way (CUS-21). What was typed stays.
///
/// # Errors
/// `not-found`, `import.busy`, and as [`open`].
pub async fn set_options(call: &Call, arguments: ImportOptions) -> Outcome<ImportView> {
    let shared = own(call, arguments.import).await?;
    let existing = call
        .workspace
        .state::<ImportCache>()
        .existing(&call.workspace)
        .await?;
    let mut list = shared.lock().await;
    demand_rest(call, arguments.import)?;
    let bytes = store::bytes(&mut *call.workspace.database.read().await?, arguments.import).await?;
    let bytes = bytes.ok_or_else(|| Problem::new(ErrorCode::NotFound))?;
    let mut wanted = list.settings.clone();
    wanted.encoding = arguments.encoding;
    wanted.separator = arguments.separator;
    wanted.mode = arguments.mode;
    // Read so it may have other columns, of which something was said at another time.
    let known = store::mappings(&mut *call.workspace.database.read().await?).await?;
    wanted.mappings.extend(known.iter().cloned());
    let read = tokio::task::spawn_blocking(move || read_kept(&bytes, &wanted))
        .await
        .map_err(Problem::internal)??;
    let passwords = super::waiting::passwords_of(&read);
    let moved = list.moved(&read);
    let (mut transaction, settings) = change(call, &list, |settings| {
        settings.encoding = arguments.encoding;
        settings.separator = arguments.separator;
        settings.mode = arguments.mode;
        settings.passwords = passwords;
        settings.keep_mapping(&known, read.parsed.names());
    })
    .await?;
    store::renumber(transaction.connection(), arguments.import, &moved).await?;
    call.commit(transaction, Entry::done().subject(list.head.file_name.clone()))
        .await?;
    list.read_again(settings, read, moved);
    list.refresh(existing);
    Ok(list.view(None))
}

/// Changes a row, or adds one (CUS-22). What is wrong with it is told as for every row.
///
/// # Errors
/// `not-found`, `import.busy`, `import.too-many-rows`, `form.invalid` for cells beyond any measure.
pub async fn edit(call: &Call, arguments: EditImportRow) -> Outcome<ImportView> {
    let EditImportRow {
        import,
        row,
        cells,
        password,
    } = arguments;
    let long = |text: &str| text.len() > CELL;
    let too_long = |field| FieldProblem::new(field, ErrorCode::FieldTooLong).with("limit", CELL);
    let mut problems: Vec<FieldProblem> = COLUMNS
        .into_iter()
        .filter(|column| cells.of(*column).is_some_and(long))
        .map(|column| too_long(column.field()))
        .collect();
    if password.as_ref().is_some_and(|password| long(password.expose())) {
        problems.push(too_long("password"));
    }
    Problem::of_fields(problems)?;

    let shared = own(call, import).await?;
    let existing = call
        .workspace
        .state::<ImportCache>()
        .existing(&call.workspace)
        .await?;
    let mut list = shared.lock().await;
    demand_rest(call, import)?;
    let number = match row {
        Some(row) if list.contains(row) => row,
        Some(_) => return Err(ErrorCode::NotFound.into()),
        None if list.len() >= ROWS_LIMIT => {
            return Err(Problem::new(ErrorCode::TooManyRows).with("limit", ROWS_LIMIT));
        }
        None => list.next_number(),
    };
    let overlay = edited(&list, number, &cells, password);
    let (mut transaction, settings) = change(call, &list, |_| {}).await?;
    let changed = [(number, overlay)];
    store::put(transaction.connection(), import, &changed).await?;
    let entry = Entry::done()
        .subject(list.head.file_name.clone())
        .detail("row", number)
        .detail("added", row.is_none());
    call.commit(transaction, entry).await?;
    list.settings = settings;
    list.put(changed);
    list.refresh(existing);
    Ok(list.view(None))
}

/// What a row differs in from the file once these cells are typed into it. An edit is of a cell: one that says what is
/// shown anyway is none, and the others go on following the file (CUS-26).
fn edited(list: &WaitingList, number: u32, cells: &ImportEdits, password: Option<Secret>) -> Overlay {
    let added = !list.contains(number);
    let mut overlay = if added {
        Overlay {
            added,
            ..Overlay::default()
        }
    } else {
        list.overlay(number)
    };
    let before = list.address(number);
    let now = |column: Column| {
        cells
            .of(column)
            .map_or_else(|| list.cell(number, column), str::to_owned)
    };
    // A certificate was accepted for an address; elsewhere it means nothing (CUS-15).
    let moved = before != address_of(&now(Column::Host), &now(Column::Port));
    overlay.mended |= list.is_misshapen(number);
    for column in COLUMNS {
        if let Some(text) = cells.of(column)
            && (added || overlay.mended || text != list.cell(number, column))
        {
            overlay.cells.set(column, text.to_owned());
        }
    }
    overlay.password = password.or(overlay.password);
    overlay.pin = overlay.pin.filter(|_| !moved);
    overlay
}

/// Takes rows out of the waiting list.
///
/// # Errors
/// `not-found`, `import.busy`
pub async fn remove(call: &Call, arguments: ImportSelection) -> Outcome<ImportView> {
    let shared = own(call, arguments.import).await?;
    let mut list = shared.lock().await;
    demand_rest(call, arguments.import)?;
    let rows: BTreeSet<u32> = arguments
        .rows
        .into_iter()
        .filter(|&row| list.contains(row))
        .collect();
    let rows: Vec<u32> = rows.into_iter().collect();
    let (mut transaction, settings) = change(call, &list, |_| {}).await?;
    store::remove(
        transaction.connection(),
        arguments.import,
        &list.with_lines(&rows),
    )
    .await?;
    let entry = Entry::done()
        .subject(list.head.file_name.clone())
        .detail("rows", rows.len());
    call.commit(transaction, entry).await?;
    list.settings = settings;
    list.remove(&rows);
    Ok(list.view(None))
}

/// The main connection of every customer as the poller knows it: the passwords, pins and proxies that a row leaves as they are.
pub(super) async fn polled(
    connection: &mut sqlx::SqliteConnection,
) -> Outcome<HashMap<OrganizationId, Polled>> {
    let main = crate::customers::store::main_connections(connection).await?;
    Ok(crate::connections::store::polled(connection, Which::All)
        .await?
        .into_iter()
        .filter(|polled| main.contains(&polled.id))
        .map(|polled| (polled.organization, polled))
        .collect())
}

/// Puts a test on its way. Whoever calls holds the list.
fn start(call: &Call, list: &WaitingList, targets: Vec<(u32, String, Target)>) -> Outcome<Arc<Running>> {
    let workspace = &call.workspace;
    let at_once = usize::try_from(workspace.preferences::<ConnectionPreferences>().poll_concurrency)
        .unwrap_or(1)
        .max(1);
    let handle = workspace.work.start(
        call.caller()?.account,
        super::types::TEST,
        &list.head.file_name,
        i64::try_from(targets.len()).unwrap_or(i64::MAX),
        true,
    );
    let running = Arc::new(Running::new(
        &handle,
        targets.iter().map(|(row, ..)| *row),
        at_once,
        call.now(),
    ));
    workspace
        .state::<ImportCache>()
        .begin(list.head.id, running.clone());
    workspace.spawn(service::run(
        workspace.clone(),
        list.head.id,
        targets,
        running.clone(),
        handle,
    ));
    Ok(running)
}

/// Tests the connections of all rows that can be stored, or of the chosen ones (CUS-23). Answers at once; how it goes
/// on is told by the view and the work board.
///
/// # Errors
/// `not-found`, `import.busy`, `import.nothing-to-save`
pub async fn test(call: &Call, arguments: TestImport) -> Outcome<ImportView> {
    let shared = own(call, arguments.import).await?;
    let existing = call
        .workspace
        .state::<ImportCache>()
        .existing(&call.workspace)
        .await?;
    let mut list = shared.lock().await;
    demand_rest(call, arguments.import)?;
    list.refresh(existing);
    let known = polled(&mut *call.workspace.database.read().await?).await?;
    let targets = list.targets(arguments.rows.as_deref(), &known);
    if targets.is_empty() {
        return Err(ErrorCode::NothingToSave.into());
    }
    let entry = Entry::done()
        .subject(list.head.file_name.clone())
        .detail("rows", targets.len());
    call.record(entry).await?;
    let running = start(call, &list, targets)?;
    Ok(list.view(Some(&running)))
}

/// Yes to the certificates that were met: they are believed from now on for these rows, which are tested again
/// (CUS-11, CRT-11).
///
/// # Errors
/// `not-found`, `import.busy`, `certificate.not-this-one` when no chosen row met one.
pub async fn trust(call: &Call, arguments: TrustImport) -> Outcome<ImportView> {
    let shared = own(call, arguments.import).await?;
    let mut list = shared.lock().await;
    demand_rest(call, arguments.import)?;
    let rows = list.untrusted(arguments.rows.as_deref());
    if rows.is_empty() {
        return Err(ErrorCode::CertificateNotThisOne.into());
    }
    let overlays: Vec<(u32, Overlay)> = rows
        .iter()
        .map(|&row| {
            let overlay = list.overlay(row);
            let pin: Option<Der> = overlay.test.as_ref().and_then(|test| test.certificate.clone());
            (row, Overlay { pin, ..overlay })
        })
        .collect();
    let (mut transaction, settings) = change(call, &list, |_| {}).await?;
    store::put(transaction.connection(), arguments.import, &overlays).await?;
    let entry = Entry::done()
        .subject(list.head.file_name.clone())
        .detail("certificates", rows.len());
    call.commit(transaction, entry).await?;
    list.settings = settings;
    list.put_tests(overlays);
    let known = polled(&mut *call.workspace.database.read().await?).await?;
    let targets = list.targets(Some(&rows), &known);
    let running = start(call, &list, targets)?;
    Ok(list.view(Some(&running)))
}
