//! Which values a column has among the rows that match, and how many rows have each: what a filter offers (UI-22).

use super::definition::ListDefinition;
use super::sql::{self, Statement};
use super::types::{ColumnKind, ListQuery};
use crate::error::Outcome;
use crate::rights::Caller;
use crate::words::Language;

/// The most values of a column that are counted apart.
const VALUES: usize = 100;

/// The statement that gives the values of a column with the rows that match and have them, most first; none for columns
/// that are filtered by a range. Another one gives how many rows match. The column's own criterion does not count.
///
/// # Errors
/// `list.unknown-column`, `right.missing`
pub(super) fn statements(
    definition: &ListDefinition,
    query: &ListQuery,
    name: &str,
    caller: &Caller,
    language: Language,
) -> Outcome<(Option<Statement>, Statement)> {
    let column = sql::column(definition, name)?;
    let query = ListQuery {
        criteria: query
            .criteria
            .iter()
            .filter(|criterion| criterion.column != name)
            .cloned()
            .collect(),
        sort: None,
        ..query.clone()
    };
    let (mut matching, _) = sql::all(definition, &query, caller, language)?;
    let rows = Statement {
        sql: format!("SELECT count(*){}", matching.from(definition, caller)),
        bound: matching.bound.clone(),
    };
    let value = column.value_for(caller);
    let inner = match column.kind {
        ColumnKind::Number | ColumnKind::Time | ColumnKind::Date | ColumnKind::Id => return Ok((None, rows)),
        ColumnKind::Tags => format!("coalesce(nullif({value}, ''), '[]')"),
        _ => format!("coalesce(CAST({value} AS TEXT), '')"),
    };
    if !column.join.is_empty() {
        matching.need(&[column.join]);
    }
    let of_each_row = format!("SELECT {inner} AS value{}", matching.from(definition, caller));
    // Tags differ by more than their case, as the filter takes them.
    let counted = match column.kind {
        ColumnKind::Tags => format!(
            "SELECT coalesce(each.value, '') AS value, count(*) AS count FROM ({of_each_row}) AS r
             LEFT JOIN json_each(r.value) AS each GROUP BY lower(coalesce(each.value, '')) ORDER BY count DESC, 1 LIMIT {VALUES}"
        ),
        _ => format!(
            "SELECT value, count(*) AS count FROM ({of_each_row}) GROUP BY value ORDER BY count DESC, value LIMIT {VALUES}"
        ),
    };
    Ok((
        Some(Statement {
            sql: counted,
            bound: matching.bound,
        }),
        rows,
    ))
}
