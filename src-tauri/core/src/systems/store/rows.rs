//! What is done to the rows of systems of every kind.

use flotilla_kernel::clock::Time;
use flotilla_kernel::database::{host_as_written, host_in_ascii, search_key};
use flotilla_kernel::error::Outcome;
use flotilla_kernel::ids::{SystemId, ids_json};
use sqlx::SqliteConnection;

/// These systems are no longer managed: they are in no list any more, and keep their row for what refers to them.
pub async fn remove(connection: &mut SqliteConnection, now: Time, ids: &[SystemId]) -> Outcome<()> {
    if ids.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "UPDATE system SET removed_at = ?2, listed = 0 WHERE id IN (SELECT unhex(value) FROM json_each(?1)) AND removed_at IS NULL",
    )
    .bind(ids_json(ids))
    .bind(now.0)
    .execute(&mut *connection)
    .await?;
    // Nobody searches for them; a search reads every row of this table.
    sqlx::query("DELETE FROM system_text WHERE system_id IN (SELECT unhex(value) FROM json_each(?))")
        .bind(ids_json(ids))
        .execute(connection)
        .await?;
    Ok(())
}

/// The place of the host among the texts that a system is found by.
const HOST: usize = 2;

/// What a system is found by: its texts, one a line; the host is the third.
pub async fn set_search_key(
    connection: &mut SqliteConnection,
    id: SystemId,
    texts: [&str; 6],
) -> Outcome<()> {
    // A host name is found in both of its forms.
    let host = texts[HOST];
    let (written, ascii) = (host_as_written(host), host_in_ascii(host));
    let texts = texts
        .into_iter()
        .chain(written.as_deref())
        .chain(ascii.as_deref());
    sqlx::query(
        "INSERT INTO system_text (system_id, search_key) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET search_key = ?2",
    )
    .bind(id)
    .bind(search_key(texts))
    .execute(connection)
    .await?;
    Ok(())
}
