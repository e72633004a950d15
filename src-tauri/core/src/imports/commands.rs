//! What people do with a waiting list until it is stored (CUS-20 to CUS-23, DEV-04). A waiting list is its account's own; one of
//! customers is for administrators (RGT-12), one of devices for who manages the systems of its organization.

use super::cache::{ImportCache, Shared};
use super::classify::{PreviewOptions, preview};
use super::columns::{COLUMNS, Column, ImportKind};
use super::existing::{DevicesThere, ExistingIndex, Managed};
use super::folders::Folders;
use super::kept::{Der, DevicePlace, Fill, Overlay, Settings};
use super::running::{Purpose, Running};
use super::service;
use super::store::{self, Head};
use super::types::*;
use super::waiting::{WaitingList, address_of, read_kept};
use crate::connections::probe::Target;
use crate::connections::store::{Polled, Which};
use crate::connections::types::ConnectionPreferences;
use crate::customers::types::Mode;
use crate::devices;
use crate::organizations::store::folders;
use flotilla_connectors::secret::Secret;
use flotilla_kernel::audit::Entry;
use flotilla_kernel::call::Call;
use flotilla_kernel::call::Nothing;
use flotilla_kernel::clock::days;
use flotilla_kernel::database::Transaction;
use flotilla_kernel::error::{ErrorCode, FieldProblem, Outcome, Problem};
use flotilla_kernel::ids::{FolderId, ImportId, OrganizationId, TransferId};
use flotilla_kernel::rights::{Admission, Caller, Right};
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

/// The template of customers: the header and two example rows (CUS-20). The addresses are those reserved for documentation.
///
/// # Errors
/// `file.unwritable`
pub async fn template(call: &Call, _: Nothing) -> Outcome<Download> {
    // The optional column is left out, so that the template is exactly what is required.
    let columns: Vec<Column> = ImportKind::Customers
        .columns()
        .iter()
        .copied()
        .filter(|column| *column != Column::Mode)
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
        ]
        .as_slice(),
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
        ]
        .as_slice(),
    ];
    write_template(call, "customers.csv", ImportKind::Customers, &columns, &examples)
}

/// The template of devices: the header and two example rows (DEV-04).
///
/// # Errors
/// `file.unwritable`
pub async fn device_template(call: &Call, _: Nothing) -> Outcome<Download> {
    let kind = ImportKind::Devices;
    let examples = [
        [
            "192.0.2.21",
            "443",
            "Entrance",
            "Building A/Ground floor",
            "root",
            "change-this",
        ]
        .as_slice(),
        ["camera-22.northwind.example", "", "", "", "root", "change-this"].as_slice(),
    ];
    write_template(call, "devices.csv", kind, kind.columns(), &examples)
}

fn write_template(
    call: &Call,
    name: &str,
    kind: ImportKind,
    columns: &[Column],
    examples: &[&[&str]],
) -> Outcome<Download> {
    let file = call.workspace.transfers.create(call.caller()?, name)?;
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(file);
    let written = writer
        .write_record(columns.iter().map(|column| column.header(kind)))
        .and_then(|()| {
            examples
                .iter()
                .try_for_each(|example| writer.write_record(*example))
        });
    written.map_err(unwritable_csv)?;
    writer
        .into_inner()
        .map_err(|error| unwritable(error.into_error()))?
        .finish()
}

/// The waiting lists of customers of this account, also those from before the program was closed or killed (GEN-09).
pub async fn waiting(call: &Call, _: Nothing) -> Outcome<Vec<ImportView>> {
    waiting_of(call, ImportKind::Customers).await
}

/// The waiting lists of devices of this account, of organizations whose systems it manages (GEN-09).
///
/// # Errors
/// Database errors.
pub async fn waiting_devices(call: &Call, _: Nothing) -> Outcome<Vec<ImportView>> {
    waiting_of(call, ImportKind::Devices).await
}

async fn waiting_of(call: &Call, kind: ImportKind) -> Outcome<Vec<ImportView>> {
    let account = call.caller()?.account;
    let ids = store::waiting(&mut *call.workspace.database.read().await?, account, kind).await?;
    let mut views = Vec::with_capacity(ids.len());
    for id in ids {
        match view(call, ImportArgument { import: id }).await {
            Ok(view) => views.push(view),
            // Of an organization that is not the account's any more, or archived.
            Err(problem) if matches!(problem.code, ErrorCode::RightMissing | ErrorCode::NotFound) => {}
            Err(problem) => return Err(problem),
        }
    }
    Ok(views)
}

/// Opens a file of customers as a waiting list. Nothing of it is stored as a customer (CUS-22).
///
/// # Errors
/// `import.file-too-large`, `import.file-empty`, `import.not-text`, `import.too-many-rows`, `transfer.gone`. What is
/// wrong with header, quoting and cells is told by the view.
pub async fn open(call: &Call, arguments: OpenImport) -> Outcome<ImportView> {
    open_file(call, arguments.upload, arguments.mode, None).await
}

/// Opens a file of devices as a waiting list. Nothing of it is stored (DEV-04).
///
/// # Errors
/// As [`open`]; `folder.other-organization`.
pub async fn open_devices(call: &Call, arguments: OpenDeviceImport) -> Outcome<ImportView> {
    let of = folders::organization_of(&mut *call.workspace.database.read().await?, arguments.folder).await?;
    if of != arguments.organization {
        return Err(ErrorCode::FolderElsewhere.into());
    }
    let place = DevicePlace {
        organization: arguments.organization,
        folder: arguments.folder,
    };
    open_file(call, arguments.upload, Mode::OnPremises, Some(place)).await
}

async fn open_file(
    call: &Call,
    upload: TransferId,
    mode: Mode,
    devices: Option<DevicePlace>,
) -> Outcome<ImportView> {
    let account = call.caller()?.account;
    let file = call
        .workspace
        .transfers
        .take(upload, call.caller()?.session, FILE_LIMIT)?;
    let mut settings = Settings {
        encoding: None,
        separator: None,
        mode,
        devices,
        mappings: Vec::new(),
        fill: Fill::default(),
        revision: 1,
        touched: None,
        passwords: 0,
        digest: String::new(),
        file_deleted: false,
        finished: false,
    };
    let existing = match devices {
        None => {
            call.workspace
                .state::<ImportCache>()
                .existing(&call.workspace)
                .await?
        }
        Some(place) => Arc::new(there(call, place, &[]).await?),
    };
    let options = PreviewOptions {
        kind: settings.kind(),
        mappings: store::mappings(&mut *call.workspace.database.read().await?).await?,
        ..PreviewOptions::detected(mode)
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
    settings.digest = digest;

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
    let mut list = WaitingList::of_preview(head, settings, preview, existing);
    list.settings.passwords = list.passwords_in_file();
    let names = list.names().to_vec();
    list.settings.keep_mapping(&known_mappings, &names);
    let gone = store::tidy(
        transaction.connection(),
        &list.head,
        &list.settings,
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
    let entry = match devices {
        Some(place) => entry.organization(place.organization),
        None => entry,
    };
    call.commit(transaction, entry).await?;
    for id in gone {
        call.workspace.state::<ImportCache>().forget(id);
    }
    call.workspace.state::<ImportCache>().keep(list);
    Ok(view)
}

/// A waiting list of the account. Lists of customers are for
/// administrators (RGT-12), those of devices for who manages the organization's systems.
///
/// # Errors
/// `not-found`; `right.missing` where rights have gone since it was opened.
pub(super) async fn own(call: &Call, import: ImportId) -> Outcome<Shared> {
    let caller = call.caller()?;
    let cache = call.workspace.state::<ImportCache>();
    let shared = cache.own(&call.workspace, caller.account, import).await?;
    let place = shared.lock().await.settings.devices;
    match place {
        None if caller.is_administrator() => {}
        None => return Err(Problem::not_visible()),
        Some(place) => {
            let mut connection = call.workspace.database.read().await?;
            caller
                .demand(&mut connection, Right::ManageSystems, place.organization)
                .await?;
            drop(connection);
            let mut list = shared.lock().await;
            // One that was just read from the tables; later whoever shows the whole list compares it.
            if !list.existing().devices().is_known() {
                let now = there(call, place, &list.serials()).await?;
                list.refresh(Arc::new(now));
            }
        }
    }
    Ok(shared)
}

/// What there is where devices are added, as the account sees it.
async fn there(call: &Call, place: DevicePlace, serials: &[String]) -> Outcome<ExistingIndex> {
    let mut connection = call.workspace.database.read().await?;
    devices_there(&mut connection, call.caller()?, place, serials).await
}

/// As [`there`], as this connection sees it.
///
/// # Errors
/// Database errors.
pub(super) async fn devices_there(
    connection: &mut sqlx::SqliteConnection,
    caller: &Caller,
    place: DevicePlace,
    serials: &[String],
) -> Outcome<ExistingIndex> {
    let addresses = devices::store::places_of(connection, place.organization).await?;
    let tree = folders::tree(connection, place.organization).await?;
    let (organization, _) =
        crate::organizations::store::name_and_top_folder(connection, place.organization).await?;
    // As `folders.create` asks for it.
    let ids: Vec<FolderId> = tree.ids().into_iter().collect();
    let may_create = caller.admissions(connection, Right::ManageSystems, &ids).await?;
    let folders = Folders::new(&tree, &organization, |id| {
        may_create.of(id) == Admission::Admitted
    });
    let managed = devices::store::by_serials(connection, caller, serials).await?;
    let managed = managed.into_iter().map(|(device, seen)| {
        let known = Managed {
            organization: device.organization,
            customer: if seen { device.customer } else { String::new() },
            host: device.subject.host,
            port: device.subject.port,
        };
        (device.subject.serial, known)
    });
    Ok(ExistingIndex::of_devices(DevicesThere::new(
        addresses, folders, managed,
    )))
}

/// The customers there are, or what there is where devices are added, as the list is compared with it; the same as before where
/// nothing changed.
///
/// # Errors
/// Database errors.
pub(super) async fn existing_for(call: &Call, shared: &Shared) -> Outcome<Arc<ExistingIndex>> {
    let list = shared.lock().await;
    match list.settings.devices {
        Some(place) => {
            let now = there(call, place, &list.serials()).await?;
            let same = now.devices() == list.existing().devices();
            Ok(if same {
                list.existing().clone()
            } else {
                Arc::new(now)
            })
        }
        None => {
            drop(list);
            call.workspace
                .state::<ImportCache>()
                .existing(&call.workspace)
                .await
        }
    }
}

/// The list as a whole, compared with the customers there are now.
///
/// # Errors
/// `not-found`
pub async fn view(call: &Call, arguments: ImportArgument) -> Outcome<ImportView> {
    let shared = own(call, arguments.import).await?;
    let existing = existing_for(call, &shared).await?;
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
    let existing = existing_for(call, &shared).await?;
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
    let existing = existing_for(call, &shared).await?;
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
    let moved = before != address_of(list.kind(), &now(Column::Host), &now(Column::Port));
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

/// Puts a test, or the giving of first accounts, on its way. Whoever calls holds the list.
pub(super) fn start(
    call: &Call,
    list: &WaitingList,
    purpose: Purpose,
    targets: Vec<(u32, String, Target)>,
) -> Outcome<Arc<Running>> {
    let workspace = &call.workspace;
    let at_once = usize::try_from(workspace.preferences::<ConnectionPreferences>().poll_concurrency)
        .unwrap_or(1)
        .max(1);
    let handle = workspace.work.start(
        call.caller()?.account,
        match purpose {
            Purpose::Test => super::types::TEST,
            Purpose::FirstAccount => super::types::FIRST_ACCOUNTS,
        },
        &list.head.file_name,
        i64::try_from(targets.len()).unwrap_or(i64::MAX),
        true,
    );
    let running = Arc::new(Running::new(
        (&handle, purpose),
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
    let existing = existing_for(call, &shared).await?;
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
    let running = start(call, &list, Purpose::Test, targets)?;
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
    let running = start(call, &list, Purpose::Test, targets)?;
    Ok(list.view(Some(&running)))
}
