//! What every list can: describe itself, keep views and columns, be exported.

use super::{export, store};
use flotilla_kernel::audit::Entry;
use flotilla_kernel::call::Call;
use flotilla_kernel::call::Nothing;
use flotilla_kernel::error::{ErrorCode, FieldProblem, Outcome, Problem};
use flotilla_kernel::feature;
use flotilla_kernel::fields;
use flotilla_kernel::ids::ViewId;
use flotilla_kernel::lists::types::*;
use flotilla_kernel::lists::{self, Column, ListDefinition, sql};
use flotilla_kernel::transfer::Download;
use flotilla_kernel::words::Language;

/// The list of this name, if the account may look at it.
fn demand_list(call: &Call, name: &str) -> Outcome<&'static ListDefinition> {
    let list = feature::of(&call.workspace).list(name)?;
    list.visible.condition(call.caller()?)?;
    Ok(list)
}

/// Columns, and how this account has them (UI-24).
///
/// # Errors
/// `right.missing` for a list that is the administrators' alone.
pub async fn describe(call: &Call, arguments: ListArgument) -> Outcome<ListDescription> {
    let list = demand_list(call, &arguments.list)?;
    let account = call.caller()?.account;
    let layout = store::layout(&mut *call.workspace.database.read().await?, account, list.list).await?;
    let columns = list.columns.iter().map(Column::describe).collect();
    Ok(ListDescription {
        list: list.list,
        columns,
        layout,
    })
}

/// Which values a column has among the rows that match, with how many have each: what a filter can choose from (UI-22).
///
/// # Errors
/// `list.unknown-column`, `right.missing` for a list that is the administrators' alone.
pub async fn values(call: &Call, arguments: ValuesArgument) -> Outcome<ColumnValues> {
    let list = demand_list(call, &arguments.list)?;
    let database = &call.workspace.database;
    lists::values(
        database,
        call.caller()?,
        list,
        &arguments.query,
        &arguments.column,
    )
    .await
}

/// So many views of a list one account keeps.
const VIEWS: i64 = 200;
/// How much the query of a view may be, in bytes.
const VIEW_SIZE: usize = 64 * 1024;

/// The views this account may use (UI-24).
pub async fn views(call: &Call, arguments: ListArgument) -> Outcome<Vec<View>> {
    let list = demand_list(call, &arguments.list)?;
    store::views(&mut *call.workspace.database.read().await?, call.caller()?, list).await
}

/// A layout names columns of the list, each once.
fn demand_layout(list: &ListDefinition, layout: Option<&ColumnLayout>) -> Outcome<()> {
    let mut left: Vec<&str> = list.columns.iter().map(|column| column.name).collect();
    for place in layout.iter().flat_map(|layout| &layout.columns) {
        match left.iter().position(|name| *name == place.name) {
            Some(at) => left.swap_remove(at),
            None => return Err(Problem::new(ErrorCode::UnknownColumn).with("column", place.name.as_str())),
        };
    }
    Ok(())
}

/// Keeps a view under a name.
///
/// # Errors
/// `form.invalid` with the name's problem, `list.unknown-column`, `not-found` for a view of somebody else.
pub async fn save_view(call: &Call, arguments: SaveView) -> Outcome<View> {
    let list = demand_list(call, &arguments.list)?;
    let caller = call.caller()?;
    fields::demand("name", &arguments.name, fields::NAME_LENGTH)?;
    // A view that could not be used is not kept, nor one that nobody could have made by hand.
    sql::index(list, &arguments.query, caller, Language::default())?;
    demand_layout(list, arguments.layout.as_ref())?;
    let size = serde_json::to_string(&arguments.query)
        .map_err(Problem::internal)?
        .len();
    if size > VIEW_SIZE {
        return Err(Problem::new(ErrorCode::TooLarge).with("limit", VIEW_SIZE));
    }
    let mut transaction = call.workspace.database.begin().await?;
    if arguments.id.is_none()
        && store::count_views(transaction.connection(), caller.account, list.list).await? >= VIEWS
    {
        return Err(Problem::new(ErrorCode::TooLarge).with("limit", VIEWS));
    }
    let name = arguments.name.trim().to_owned();
    if store::view_name_taken(
        transaction.connection(),
        caller.account,
        list.list,
        &name,
        arguments.id,
    )
    .await?
    {
        return Err(Problem::of_field(FieldProblem::new(
            "name",
            ErrorCode::ViewNameTaken,
        )));
    }
    let view = View {
        id: arguments.id.unwrap_or_else(|| ViewId::new(call.now())),
        name,
        shared: arguments.shared,
        own: true,
        partial: false,
        query: arguments.query,
        layout: arguments.layout,
    };
    if !store::save_view(transaction.connection(), caller.account, list.list, &view).await? {
        return Err(ErrorCode::NotFound.into());
    }
    transaction.membership_changed(crate::lists::types::CHANGES, [view.id.0]);
    call.commit(transaction, Entry::done().subject(view.name.clone()))
        .await?;
    Ok(view)
}

/// Deletes a view of one's own.
///
/// # Errors
/// `not-found`
pub async fn delete_view(call: &Call, arguments: ViewArgument) -> Outcome<Nothing> {
    let mut transaction = call.workspace.database.begin().await?;
    let name = store::delete_view(transaction.connection(), call.caller()?.account, arguments.id)
        .await?
        .ok_or_else(|| Problem::new(ErrorCode::NotFound))?;
    transaction.membership_changed(crate::lists::types::CHANGES, [arguments.id.0]);
    call.commit(transaction, Entry::done().subject(name)).await?;
    Ok(Nothing {})
}

/// Keeps which columns this account sees, in which order and width. How a table looks is no act of its own.
///
/// # Errors
/// `list.unknown-column`
pub async fn save_columns(call: &Call, arguments: SaveColumns) -> Outcome<Nothing> {
    let list = demand_list(call, &arguments.list)?;
    demand_layout(list, arguments.layout.as_ref())?;
    let mut transaction = call.workspace.database.begin().await?;
    store::save_layout(
        transaction.connection(),
        call.caller()?.account,
        list.list,
        arguments.layout.as_ref(),
    )
    .await?;
    transaction.commit().await?;
    Ok(Nothing {})
}

/// Writes exactly what is listed into a file (UI-25).
///
/// # Errors
/// `list.unknown-column`, `right.missing`, `file.unwritable`
pub async fn export(call: &Call, arguments: ExportArgument) -> Outcome<Download> {
    let list = demand_list(call, &arguments.list)?;
    let work = call
        .workspace
        .work
        .start(call.caller()?.account, super::types::EXPORT, "", 0, false);
    let download = export::write(call, &arguments).await?;
    work.finish();
    let entry = Entry::done()
        .subject(download.name.clone())
        .detail("list", list.list.0)
        .detail("bytes", download.size);
    call.record(entry).await?;
    Ok(download)
}
