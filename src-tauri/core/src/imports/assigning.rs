//! What a person says of a file as a whole: what its columns are, and what all rows have that the file says nothing of
//! (CUS-26).

use super::check::{self, CellProblem};
use super::columns::{Column, ImportKind};
use super::commands::{change, demand_rest, existing_for, own};
use super::kept::Fill;
use super::mapping::{Mapping, named_twice};
use super::store;
use super::types::{FillImport, ImportArgument, ImportColumn, ImportView, MapImport};
use super::waiting::{passwords_of, read_kept};
use flotilla_connectors::secret::Secret;
use flotilla_kernel::audit::Entry;
use flotilla_kernel::call::Call;
use flotilla_kernel::error::{ErrorCode, FieldProblem, Outcome, Problem};

/// The columns of the file, with what stands in their first cells.
///
/// # Errors
/// `not-found`
pub async fn columns(call: &Call, arguments: ImportArgument) -> Outcome<Vec<ImportColumn>> {
    let shared = own(call, arguments.import).await?;
    let list = shared.lock().await;
    Ok(list.file_columns())
}

/// Says what the columns of the file are. It is remembered in the workspace for every file with the same columns.
///
/// # Errors
/// `not-found`, `import.busy`, `import.unreadable` for a file without a header; `form.invalid` when a column is named twice
/// or another number of columns is said.
pub async fn map(call: &Call, arguments: MapImport) -> Outcome<ImportView> {
    let shared = own(call, arguments.import).await?;
    let existing = existing_for(call, &shared).await?;
    let mut list = shared.lock().await;
    demand_rest(call, arguments.import)?;
    if list.is_headerless() {
        return Err(ErrorCode::ImportUnreadable.into());
    }
    let (kind, names) = (list.kind(), list.names().to_vec());
    let nothing = Mapping::new(kind, &names, &[]);
    let mapping = match &arguments.columns {
        Some(columns) => {
            demand_columns(kind, columns, list.file_columns().len())?;
            Some(Mapping::new(kind, &names, columns))
        }
        None => None,
    };
    let bytes = store::bytes(&mut *call.workspace.database.read().await?, arguments.import).await?;
    let bytes = bytes.ok_or_else(|| Problem::new(ErrorCode::NotFound))?;
    let mut wanted = list.settings.clone();
    wanted.set_mapping(&names, mapping.clone());
    let read = tokio::task::spawn_blocking(move || read_kept(&bytes, &wanted))
        .await
        .map_err(Problem::internal)??;
    let passwords = passwords_of(&read);
    let moved = list.moved(&read);
    let (mut transaction, settings) = change(call, &list, |settings| {
        settings.set_mapping(&names, mapping.clone());
        settings.passwords = passwords;
    })
    .await?;
    store::renumber(transaction.connection(), arguments.import, &moved).await?;
    let now = transaction.now();
    match &mapping {
        Some(mapping) => store::remember(transaction.connection(), mapping, now).await?,
        None => store::forget(transaction.connection(), &nothing).await?,
    }
    let entry = Entry::done()
        .subject(list.head.file_name.clone())
        .detail("columns", names.len())
        .detail("remembered", mapping.is_some());
    call.commit(transaction, entry).await?;
    list.read_again(settings, read, moved);
    list.refresh(existing);
    Ok(list.view(None))
}

fn demand_columns(kind: ImportKind, columns: &[Option<Column>], count: usize) -> Outcome<()> {
    let foreign = columns
        .iter()
        .flatten()
        .find(|column| !kind.columns().contains(column));
    if foreign.is_some() {
        return Err(Problem::of_field(FieldProblem::new(
            "columns",
            ErrorCode::FieldNotAvailable,
        )));
    }
    let twice = named_twice(columns).map(|column| {
        FieldProblem::new("columns", ErrorCode::HeaderTwice).with("column", column.header(kind))
    });
    let other = (columns.len() != count).then(|| FieldProblem::new("columns", ErrorCode::FieldOutOfRange));
    Problem::of_fields(twice.into_iter().chain(other).collect())
}

/// Says what all rows have that need it and say nothing of it: port, service user, password.
///
/// # Errors
/// `not-found`, `import.busy`, `form.invalid`
pub async fn fill(call: &Call, arguments: FillImport) -> Outcome<ImportView> {
    let FillImport {
        import,
        port,
        user_name,
        password,
    } = arguments;
    let shared = own(call, import).await?;
    let existing = existing_for(call, &shared).await?;
    let mut list = shared.lock().await;
    demand_rest(call, import)?;
    let present = list.settings.fill.password.clone();
    let fill = Fill {
        port: port.trim().to_owned(),
        user_name: user_name.trim().to_owned(),
        password: match password {
            Some(password) => Some(password).filter(|password| !password.is_empty()),
            None => present,
        },
    };
    Problem::of_fields(problems(list.kind(), &fill))?;
    let (transaction, settings) = change(call, &list, |settings| settings.fill = fill.clone()).await?;
    let entry = Entry::done()
        .subject(list.head.file_name.clone())
        .detail("port", fill.port.clone())
        .detail("user_name", fill.user_name.clone())
        .detail("password", fill.password.is_some());
    call.commit(transaction, entry).await?;
    list.apply_settings(settings);
    list.refresh(existing);
    Ok(list.view(None))
}

/// What is wrong with what is said for all rows, as it would be said of each.
fn problems(kind: ImportKind, fill: &Fill) -> Vec<FieldProblem> {
    let mut cells = [""; super::columns::COLUMN_COUNT];
    cells[Column::Port as usize] = &fill.port;
    cells[Column::UserName as usize] = &fill.user_name;
    cells[Column::Password as usize] = fill.password.as_ref().map(Secret::expose).unwrap_or_default();
    let mut problems = Vec::new();
    check::check(kind, &cells, check::TagSeparator::Semicolon, false, &mut problems);
    let said = |problem: &&CellProblem| {
        problem.code != ErrorCode::FieldRequired
            && problem
                .column
                .is_some_and(|column| super::kept::FILLED.contains(&column))
    };
    problems
        .iter()
        .filter(said)
        .map(|problem| problem.view(|_| ""))
        .collect()
}
