//! What is asked of a list's rows.

use super::definition::ListDefinition;
use super::types::{ColumnValues, ListQuery, WindowArgument};
use super::{sql, store};
use crate::database::Database;
use crate::error::{ErrorCode, Outcome, Problem};
use crate::ids::ids_json;
use crate::rights::Caller;
use uuid::Uuid;

/// The most rows asked for at once.
pub const WINDOW: usize = 200;

/// All matching ids in order, 16 bytes each.
///
/// # Errors
/// `list.unknown-column`; `right.missing` for a list that is the administrators' alone.
pub async fn index(
    database: &Database,
    caller: &Caller,
    list: &ListDefinition,
    query: &ListQuery,
) -> Outcome<Vec<u8>> {
    let plan = sql::index(list, query, caller, caller.language)?;
    store::index(database, plan).await
}

/// Which values a column has among the rows that match, and how many rows have each (UI-22).
///
/// # Errors
/// `list.unknown-column`; `right.missing` for a list that is the administrators' alone.
pub async fn values(
    database: &Database,
    caller: &Caller,
    list: &ListDefinition,
    query: &ListQuery,
    column: &str,
) -> Outcome<ColumnValues> {
    let (values, rows) = super::values::statements(list, query, column, caller, caller.language)?;
    let mut connection = database.read().await?;
    Ok(ColumnValues {
        values: match values {
            Some(values) => store::value_counts(&mut connection, values).await?,
            None => Vec::new(),
        },
        rows: store::count(&mut connection, rows).await?,
    })
}

/// Of these rows of a list those that an account may see (CUS-06).
///
/// # Errors
/// `right.missing` for a list that is the administrators' alone.
pub async fn visible(
    database: &Database,
    caller: &Caller,
    list: &ListDefinition,
    ids: &[Uuid],
) -> Outcome<Vec<Uuid>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let statement = sql::visible(list, caller, ids_json(ids))?;
    let packed = store::packed(&mut *database.read().await?, statement).await?;
    Ok(packed
        .chunks_exact(16)
        .filter_map(|id| Uuid::from_slice(id).ok())
        .collect())
}

/// The ids of a window, if they are not too many.
///
/// # Errors
/// `call.too-large`
pub fn window_ids(arguments: &WindowArgument) -> Outcome<&[Uuid]> {
    if arguments.ids.len() > WINDOW {
        return Err(Problem::new(ErrorCode::TooLarge).with("limit", WINDOW));
    }
    Ok(&arguments.ids)
}
