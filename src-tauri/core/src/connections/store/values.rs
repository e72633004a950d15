//! What a row of a connection keeps in a form of its own.

use flotilla_connectors::Certificate;
use flotilla_kernel::database::RowExt as _;
use flotilla_kernel::error::{Outcome, Problem};
use sqlx::sqlite::SqliteRow;

/// What is kept as JSON.
pub fn json<T: serde::de::DeserializeOwned>(row: &SqliteRow, column: &str) -> Outcome<T> {
    serde_json::from_str(row.take(column)?).map_err(Problem::internal)
}

/// A stored certificate; one that this program cannot read any more is none.
pub fn certificate(row: &SqliteRow, column: &str) -> Outcome<Option<Certificate>> {
    let der = row.take::<Option<&[u8]>, _>(column)?;
    Ok(der.and_then(|der| Certificate::from_der(der).ok()))
}
