//! Values of enums as they are stored, and columns that may hold what nobody has written.

use crate::error::{Outcome, Problem};
use sqlx::sqlite::{Sqlite, SqliteRow};
use sqlx::{Decode, Row, Type};

/// The text a unit enum is stored as: its name on the wire.
///
/// # Errors
/// Only for values that are no unit variants.
pub fn enum_text<T: serde::Serialize>(value: &T) -> Outcome<String> {
    match serde_json::to_value(value).map_err(Problem::internal)? {
        serde_json::Value::String(text) => Ok(text),
        other => Err(Problem::internal(format!("{other} is no plain value"))),
    }
}

/// The value behind a stored text.
///
/// # Errors
/// A text no version of the program has written.
pub fn enum_value<T: serde::de::DeserializeOwned>(text: &str) -> Outcome<T> {
    serde_json::from_value(serde_json::Value::String(text.to_owned())).map_err(Problem::internal)
}

/// Reading a row without trusting it: `Row::get` would end the task that reads.
pub trait RowExt {
    /// The value of a column, by its name or its place.
    ///
    /// # Errors
    /// An inner error that names the column, when it holds something else; it belongs to this row
    /// ([`super::concerns_row`]).
    fn take<'r, T, I>(&'r self, column: I) -> Outcome<T>
    where
        T: Decode<'r, Sqlite> + Type<Sqlite>,
        I: sqlx::ColumnIndex<SqliteRow>;
}

impl RowExt for SqliteRow {
    fn take<'r, T, I>(&'r self, column: I) -> Outcome<T>
    where
        T: Decode<'r, Sqlite> + Type<Sqlite>,
        I: sqlx::ColumnIndex<SqliteRow>,
    {
        Ok(self.try_get(column)?)
    }
}

/// What these rows say, without those that cannot be read: they are logged, and stop no other. `what` says what one is.
pub fn readable<'r, T>(
    rows: impl IntoIterator<Item = &'r SqliteRow>,
    what: &str,
    read: impl Fn(&'r SqliteRow) -> Outcome<T>,
) -> Vec<T> {
    let rows = rows.into_iter().map(read);
    rows.filter_map(|read| {
        read.inspect_err(|problem| {
            let cause = problem.source.as_ref().map(ToString::to_string);
            tracing::error!(
                code = problem.code.code(),
                cause,
                "a {what} cannot be read, and is left out"
            );
        })
        .ok()
    })
    .collect()
}
