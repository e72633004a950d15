//! From a definition and a query to one SQL statement. Only texts of the program stand in it; what a person
//! typed is bound.

use super::types::{ColumnKind, ListQuery, Test};
use super::{Column, ListDefinition};
use crate::database::fold;
use crate::rights::Caller;
use crate::wire::error::{ErrorCode, Outcome, Problem};
use std::fmt::Write;

/// A value bound to a statement.
#[derive(Debug, Clone, PartialEq)]
pub enum Bound {
    Text(String),
    Number(i64),
    Blob(Vec<u8>),
}

/// A statement and its values, in order.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    pub sql: String,
    pub bound: Vec<Bound>,
}

fn column<'a>(definition: &'a ListDefinition, name: &str) -> Outcome<&'a Column> {
    definition
        .columns
        .iter()
        .find(|column| column.name == name)
        .ok_or_else(|| Problem::new(ErrorCode::UnknownColumn).with("column", name))
}

/// `FROM … WHERE … ORDER BY …` for the rows that this account may see and that match.
fn matching(
    definition: &ListDefinition,
    query: &ListQuery,
    caller: &Caller,
    extra: &[&Column],
) -> Outcome<Statement> {
    let mut joins: Vec<&str> = Vec::new();
    let mut conditions = vec![definition.condition.to_owned()];
    let mut bound = Vec::new();
    let mut need = |join: &'static str| {
        if !join.is_empty() && !joins.contains(&join) {
            joins.push(join);
        }
    };
    for column in extra {
        need(column.join);
    }
    match definition.organization {
        Some(organization) => {
            if let Some(chosen) = query.organization {
                conditions.push(format!("{organization} = ?"));
                bound.push(Bound::Blob(chosen.blob().to_vec()));
            }
            if !caller.is_administrator() {
                conditions.push(format!(
                    "{organization} IN (SELECT organization_id FROM membership WHERE account_id = ?)"
                ));
                bound.push(Bound::Blob(caller.account.blob().to_vec()));
            }
        }
        None => caller.demand_administrator()?,
    }
    for word in fold(&query.search).split_whitespace().take(16) {
        conditions.push(format!("instr({}, ?) > 0", definition.search));
        bound.push(Bound::Text(word.to_owned()));
    }
    for criterion in &query.criteria {
        let column = column(definition, &criterion.column)?;
        need(column.join);
        let (condition, values) = condition(column, &criterion.test);
        conditions.push(condition);
        bound.extend(values);
    }
    let order = match &query.sort {
        Some(sort) => {
            let column = column(definition, &sort.column)?;
            if column.order.is_empty() {
                return Err(Problem::new(ErrorCode::UnknownColumn).with("column", sort.column.as_str()));
            }
            need(column.join);
            let direction = if sort.descending { "DESC" } else { "ASC" };
            let mut order = String::new();
            for part in column.order.split(", ") {
                let _ = write!(order, "{part} {direction}, ");
            }
            order + definition.order
        }
        None => definition.order.to_owned(),
    };
    let mut sql = format!(" FROM {}", definition.from);
    for join in joins {
        let _ = write!(sql, " {join}");
    }
    let _ = write!(sql, " WHERE {} ORDER BY {order}", conditions.join(" AND "));
    Ok(Statement { sql, bound })
}

/// The statement that gives all ids in order as one hexadecimal text.
///
/// # Errors
/// `list.unknown-column`, `right.missing`
pub fn index(definition: &ListDefinition, query: &ListQuery, caller: &Caller) -> Outcome<Statement> {
    let Statement { sql, bound } = matching(definition, query, caller, &[])?;
    let id = definition.id;
    Ok(Statement {
        sql: format!("SELECT coalesce(group_concat(hex(id), ''), '') FROM (SELECT {id} AS id{sql})"),
        bound,
    })
}

/// The statement that gives the values of the chosen columns, row by row, in order.
///
/// # Errors
/// `list.unknown-column`, `right.missing`
pub fn rows(
    definition: &ListDefinition,
    query: &ListQuery,
    caller: &Caller,
    names: &[String],
    ids: Option<String>,
) -> Outcome<(Statement, Vec<ColumnKind>)> {
    let columns: Vec<&Column> = names
        .iter()
        .map(|name| column(definition, name))
        .collect::<Outcome<_>>()?;
    let Statement { sql, mut bound } = matching(definition, query, caller, &columns)?;
    let values: Vec<&str> = columns.iter().map(|column| column.value).collect();
    let sql = match ids {
        // Chosen ids are looked for among what the account may see; `WHERE` stands once in the statement's top level.
        Some(ids) => {
            bound.push(Bound::Text(ids));
            let place = sql.rfind(" ORDER BY ").unwrap_or(sql.len());
            let (head, order) = sql.split_at(place);
            format!(
                "SELECT {}{head} AND {} IN (SELECT unhex(value) FROM json_each(?)){order}",
                values.join(", "),
                definition.id
            )
        }
        None => format!("SELECT {}{sql}", values.join(", ")),
    };
    Ok((
        Statement { sql, bound },
        columns.iter().map(|column| column.kind).collect(),
    ))
}

/// The condition of one criterion.
fn condition(column: &Column, test: &Test) -> (String, Vec<Bound>) {
    let value = column.value;
    match (test, column.kind) {
        (Test::Contains { text }, ColumnKind::Tags) => (
            format!(
                "EXISTS (SELECT 1 FROM json_each({value}) AS each WHERE instr(lower(each.value), ?) > 0)"
            ),
            vec![Bound::Text(fold(text))],
        ),
        (Test::Contains { text }, _) => {
            let order = if column.order.ends_with("_key") {
                column.order
            } else {
                value
            };
            (
                format!("instr(lower({order}), ?) > 0"),
                vec![Bound::Text(fold(text))],
            )
        }
        (Test::AnyOf { values }, ColumnKind::Tags) => (
            format!(
                "EXISTS (SELECT 1 FROM json_each({value}) AS each JOIN json_each(?) AS wanted ON lower(each.value) = lower(wanted.value))"
            ),
            vec![Bound::Text(serde_json::json!(values).to_string())],
        ),
        (Test::AnyOf { values }, _) => (
            format!("CAST({value} AS TEXT) IN (SELECT value FROM json_each(?))"),
            vec![Bound::Text(serde_json::json!(values).to_string())],
        ),
        (Test::Range { from, to }, _) => {
            let mut parts = vec![format!("{value} IS NOT NULL")];
            let mut bound = Vec::new();
            for (limit, sign) in [(from, ">="), (to, "<=")] {
                if let Some(limit) = limit {
                    parts.push(format!("{value} {sign} ?"));
                    bound.push(Bound::Number(*limit));
                }
            }
            (format!("({})", parts.join(" AND ")), bound)
        }
        (Test::YesNo { value: wanted }, _) => {
            (format!("({value}) = ?"), vec![Bound::Number(i64::from(*wanted))])
        }
        (Test::Empty { value: wanted }, _) => {
            let empty = format!("({value} IS NULL OR {value} = '' OR {value} = '[]')");
            (if *wanted { empty } else { format!("NOT {empty}") }, Vec::new())
        }
    }
}
