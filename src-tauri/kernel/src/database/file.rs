//! What is asked of a database file itself, whatever is in it.

use crate::error::Outcome;
use flotilla_connectors::secret::Secret;
use sqlx::SqliteConnection;

/// The key of a database: 32 bytes, as 64 hexadecimal digits.
#[derive(Clone)]
pub struct DatabaseKey(pub Secret);

/// A number that changes when another connection has written.
pub(super) async fn written_by_others(connection: &mut SqliteConnection) -> Outcome<i64> {
    Ok(sqlx::query_scalar("PRAGMA data_version")
        .fetch_one(connection)
        .await?)
}

/// The version of the database.
pub(super) async fn version(connection: &mut SqliteConnection) -> Outcome<i64> {
    Ok(sqlx::query_scalar("PRAGMA user_version")
        .fetch_one(connection)
        .await?)
}
