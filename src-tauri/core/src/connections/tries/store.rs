//! All SQL on the table `sign_in_refusal`.

use crate::connections::types::RejectedTry;
use flotilla_kernel::clock::Time;
use flotilla_kernel::error::Outcome;
use sqlx::SqliteConnection;

/// The tries to sign in that this endpoint rejected since then, the oldest first (DEV-02).
///
/// # Errors
/// Database errors.
pub async fn refusals(
    connection: &mut SqliteConnection,
    endpoint: &str,
    since: Time,
) -> Outcome<Vec<RejectedTry>> {
    let rows: Vec<(i64, bool)> = sqlx::query_as(
        "SELECT at, accepted_later FROM sign_in_refusal WHERE endpoint = ? AND at > ? ORDER BY at",
    )
    .bind(endpoint)
    .bind(since.0)
    .fetch_all(connection)
    .await?;
    let tries = rows.into_iter().map(|(at, accepted_later)| RejectedTry {
        at: Time(at),
        accepted_later,
    });
    Ok(tries.collect())
}

/// An endpoint has accepted a try: that it rejected others before says nothing of the next one.
///
/// # Errors
/// Database errors.
pub async fn note_acceptance(connection: &mut SqliteConnection, endpoint: &str) -> Outcome<()> {
    sqlx::query("UPDATE sign_in_refusal SET accepted_later = 1 WHERE endpoint = ?")
        .bind(endpoint)
        .execute(connection)
        .await?;
    Ok(())
}

/// The endpoints that have rejected a try since then, and accepted none after it.
///
/// # Errors
/// Database errors.
pub async fn rejecting_since(connection: &mut SqliteConnection, since: Time) -> Outcome<Vec<String>> {
    Ok(
        sqlx::query_scalar("SELECT DISTINCT endpoint FROM sign_in_refusal WHERE at > ?")
            .bind(since.0)
            .fetch_all(connection)
            .await?,
    )
}

/// An endpoint has rejected a try; those before `forgotten` go.
///
/// # Errors
/// Database errors.
pub async fn note_refusal(
    connection: &mut SqliteConnection,
    endpoint: &str,
    now: Time,
    forgotten: Time,
) -> Outcome<()> {
    sqlx::query("DELETE FROM sign_in_refusal WHERE at <= ?")
        .bind(forgotten.0)
        .execute(&mut *connection)
        .await?;
    sqlx::query("INSERT INTO sign_in_refusal (endpoint, at) VALUES (?, ?)")
        .bind(endpoint)
        .bind(now.0)
        .execute(connection)
        .await?;
    Ok(())
}
