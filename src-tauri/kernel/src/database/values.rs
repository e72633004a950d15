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
