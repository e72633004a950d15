//! Small values that belong to the workspace as a whole, each under a name of its own.

use crate::error::Outcome;
use sqlx::SqliteConnection;

/// The value under a name.
///
/// # Errors
/// Database errors.
pub async fn read(connection: &mut SqliteConnection, name: &str) -> Outcome<Option<String>> {
    Ok(sqlx::query_scalar("SELECT value FROM setting WHERE name = ?")
        .bind(name)
        .fetch_optional(connection)
        .await?)
}

/// Keeps a value under a name.
///
/// # Errors
/// Database errors.
pub async fn write(connection: &mut SqliteConnection, name: &str, value: &str) -> Outcome<()> {
    sqlx::query(
        "INSERT INTO setting (name, value) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET value = ?2, revision = revision + 1",
    )
    .bind(name)
    .bind(value)
    .execute(connection)
    .await?;
    Ok(())
}
