//! All SQL on the table `sign_in_failure`.

use crate::accounts::rules::{self, Failures, Nearness};
use flotilla_kernel::call::Origin;
use flotilla_kernel::clock::{Time, hours, minutes};
use flotilla_kernel::database::RowExt as _;
use flotilla_kernel::error::Outcome;
use sha2::{Digest as _, Sha256};
use sqlx::{AssertSqlSafe, SqliteConnection};

/// So many names and origins are remembered; enough to slow guessers, too few to fill the disk.
const MOST: i64 = 10_000;
/// What has not failed for so long is forgotten.
const KEPT: i64 = hours(24);
/// Tries that came too early are reported together, at most this often for one name and origin.
const REPORT_EVERY: i64 = minutes(1);

/// Whose failures are counted: a login name, whether or not somebody has it, and an origin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guesser {
    name: [u8; 32],
    origin: String,
}

impl Guesser {
    /// Who makes a try with this login name from there, and how near that is.
    pub fn of(origin: &Origin, login: &str) -> (Self, Nearness) {
        let (origin, nearness) = rules::origin_of_tries(origin);
        let name = hash(&rules::login_key(login));
        (Self { name, origin }, nearness)
    }

    /// Who tries the code of an invitation from there (ORG-12). Whatever the codes, they are counted together, and apart from all login
    /// names: none has a line end in it.
    pub fn of_codes(origin: &Origin) -> (Self, Nearness) {
        let (origin, nearness) = rules::origin_of_tries(origin);
        let name = Sha256::digest(b"\ninvitation").into();
        (Self { name, origin }, nearness)
    }
}

fn hash(login_key: &str) -> [u8; 32] {
    Sha256::digest(login_key.as_bytes()).into()
}

/// What has failed so far.
///
/// # Errors
/// Database errors.
pub async fn read(connection: &mut SqliteConnection, guesser: &Guesser) -> Outcome<Option<Failures>> {
    let row = sqlx::query("SELECT failures, last_at FROM sign_in_failure WHERE name = ? AND origin = ?")
        .bind(&guesser.name[..])
        .bind(&guesser.origin)
        .fetch_optional(connection)
        .await?;
    row.map(|row| {
        Ok(Failures {
            count: row.take("failures")?,
            last: Time(row.take("last_at")?),
        })
    })
    .transpose()
}

/// Counts a try before it is decided, so that many at once are many (ACC-07).
///
/// # Errors
/// Database errors.
pub async fn count(connection: &mut SqliteConnection, now: Time, guesser: &Guesser) -> Outcome<()> {
    sqlx::query(
        "INSERT INTO sign_in_failure (name, origin, failures, last_at) VALUES (?1, ?2, 1, ?3)
         ON CONFLICT DO UPDATE SET failures = failures + 1, last_at = ?3",
    )
    .bind(&guesser.name[..])
    .bind(&guesser.origin)
    .bind(now.0)
    .execute(&mut *connection)
    .await?;
    sqlx::query(
        "DELETE FROM sign_in_failure WHERE (name, origin) IN (SELECT name, origin FROM sign_in_failure ORDER BY last_at
         LIMIT max(0, (SELECT count(*) FROM sign_in_failure) - ?))",
    )
    .bind(MOST)
    .execute(connection)
    .await?;
    Ok(())
}

/// Notes a try that came too early. Gives how many of them the audit log is to be told of now, this one included; none
/// while the last entry is younger than a minute.
///
/// # Errors
/// Database errors.
pub async fn hold_back(
    connection: &mut SqliteConnection,
    now: Time,
    guesser: &Guesser,
) -> Outcome<Option<i64>> {
    let row = sqlx::query(
        "UPDATE sign_in_failure SET held_back = held_back + 1 WHERE name = ? AND origin = ? RETURNING held_back, reported_at",
    )
    .bind(&guesser.name[..])
    .bind(&guesser.origin)
    .fetch_optional(&mut *connection)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let (held_back, reported): (i64, Option<i64>) = (row.take("held_back")?, row.take("reported_at")?);
    if reported.is_some_and(|reported| now.since(Time(reported)) < REPORT_EVERY) {
        return Ok(None);
    }
    sqlx::query("UPDATE sign_in_failure SET held_back = 0, reported_at = ? WHERE name = ? AND origin = ?")
        .bind(now.0)
        .bind(&guesser.name[..])
        .bind(&guesser.origin)
        .execute(connection)
        .await?;
    Ok(Some(held_back))
}

/// The tries that came too early and are not in the audit log, where the last entry is older than a minute: origin and
/// how many. They count as told from now on. What has not failed for a day is forgotten.
///
/// # Errors
/// Database errors.
pub async fn take_held_back(connection: &mut SqliteConnection, now: Time) -> Outcome<Vec<(String, i64)>> {
    const DUE: &str = "held_back > 0 AND reported_at <= ?1";
    let before = now.plus(-REPORT_EVERY).0;
    let rows = sqlx::query(AssertSqlSafe(format!(
        "SELECT origin, held_back FROM sign_in_failure WHERE {DUE}"
    )))
    .bind(before)
    .fetch_all(&mut *connection)
    .await?;
    sqlx::query(AssertSqlSafe(format!(
        "UPDATE sign_in_failure SET held_back = 0, reported_at = ?2 WHERE {DUE}"
    )))
    .bind(before)
    .bind(now.0)
    .execute(&mut *connection)
    .await?;
    sqlx::query("DELETE FROM sign_in_failure WHERE last_at < ? AND held_back = 0")
        .bind(now.plus(-KEPT).0)
        .execute(connection)
        .await?;
    rows.iter()
        .map(|row| Ok((row.take("origin")?, row.take("held_back")?)))
        .collect()
}

/// Whether [`take_held_back`] has anything to do.
///
/// # Errors
/// Database errors.
pub async fn has_held_back(connection: &mut SqliteConnection, now: Time) -> Outcome<bool> {
    Ok(sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM sign_in_failure WHERE (held_back > 0 AND reported_at <= ?) OR last_at < ?)",
    )
    .bind(now.plus(-REPORT_EVERY).0)
    .bind(now.plus(-KEPT).0)
    .fetch_one(connection)
    .await?)
}

/// The right password was given: what failed from this origin is forgotten.
///
/// # Errors
/// Database errors.
pub async fn forget(connection: &mut SqliteConnection, guesser: &Guesser) -> Outcome<()> {
    sqlx::query("DELETE FROM sign_in_failure WHERE name = ? AND origin = ?")
        .bind(&guesser.name[..])
        .bind(&guesser.origin)
        .execute(connection)
        .await?;
    Ok(())
}

/// The password is another one: what failed with the one before is forgotten, whatever the origin.
///
/// # Errors
/// Database errors.
pub async fn forget_name(connection: &mut SqliteConnection, login_key: &str) -> Outcome<()> {
    sqlx::query("DELETE FROM sign_in_failure WHERE name = ?")
        .bind(&hash(login_key)[..])
        .execute(connection)
        .await?;
    Ok(())
}
