//! The size of the workspace.

use flotilla_kernel::error::Outcome;
use sqlx::SqliteConnection;

/// How many accounts, organizations and systems there are.
///
/// # Errors
/// Database errors.
pub async fn sizes(connection: &mut SqliteConnection) -> Outcome<(i64, i64, i64)> {
    Ok(sqlx::query_as(
        "SELECT (SELECT count(*) FROM account), (SELECT count(*) FROM organization WHERE archived_at IS NULL), (SELECT count(*) FROM system WHERE listed = 1)",
    )
    .fetch_one(connection)
    .await?)
}

/// The size of the database.
///
/// # Errors
/// Database errors.
pub async fn bytes(connection: &mut SqliteConnection) -> Outcome<i64> {
    Ok(
        sqlx::query_scalar("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")
            .fetch_one(connection)
            .await?,
    )
}
