//! All SQL on the tables `account`, `person`, `account_label`, `password_history` and `notification`.

mod administration;
pub mod failures;
mod profile;

pub use administration::{
    administrators, avatar, delete, details, enabled_administrators, existing, insert, labels, login_taken,
    names, set_avatar, update, window,
};
pub use profile::{choose_organization, chosen_organization, profile, save_appearance, save_profile};

use super::rules::{self, Expiring};
use super::types::*;
use chrono::NaiveDate;
use chrono_tz::Tz;
use flotilla_kernel::clock::{Time, date_of, days_of};
use flotilla_kernel::database::{RowExt as _, enum_text, enum_value};
use flotilla_kernel::error::{Outcome, Problem};
use flotilla_kernel::ids::{AccountId, new_uuid};
use flotilla_kernel::preferences::ZonePreferences;
use flotilla_kernel::rights::AccountRole;
use flotilla_kernel::settings;
use flotilla_kernel::words::Language;
use flotilla_kernel::workspace::Workspace;
use sqlx::SqliteConnection;
use sqlx::sqlite::SqliteRow;

fn date(row: &SqliteRow, column: &str) -> Outcome<Option<NaiveDate>> {
    Ok(row.take::<Option<i64>, _>(column)?.and_then(date_of))
}

fn time(row: &SqliteRow, column: &str) -> Outcome<Option<Time>> {
    Ok(row.take::<Option<i64>, _>(column)?.map(Time))
}

fn texts(row: &SqliteRow, column: &str) -> Outcome<Vec<String>> {
    serde_json::from_str(row.take(column)?).map_err(Problem::internal)
}

/// The date it is in the workspace's zone (ACC-11).
pub fn today(workspace: &Workspace) -> NaiveDate {
    workspace
        .clock
        .now()
        .date_in(workspace.preferences::<ZonePreferences>().zone())
}

// Who somebody is

/// How many accounts there are.
///
/// # Errors
/// Database errors.
pub async fn count(connection: &mut SqliteConnection) -> Outcome<i64> {
    Ok(sqlx::query_scalar("SELECT count(*) FROM account")
        .fetch_one(connection)
        .await?)
}

/// What every call asks of the account behind its session.
#[derive(Debug, Clone)]
pub struct Pass {
    /// The login name.
    pub login: String,
    /// Administrator or operator.
    pub role: AccountRole,
    /// The language it reads.
    pub language: Language,
    /// The zone it reads times in, if it has chosen one.
    pub zone: Option<Tz>,
    /// Whether it can sign in.
    pub enabled: bool,
    /// Rises whenever all of its sessions have to end (ACC-09, ACC-12).
    pub epoch: i64,
    /// Whether the password must be changed before anything else (ACC-09).
    pub must_change_password: bool,
    /// The version of the licence terms it has accepted; 0: none (ACC-08).
    pub terms_version: i64,
}

/// The account behind a session, if there still is one.
///
/// # Errors
/// Database errors.
pub async fn pass(connection: &mut SqliteConnection, id: AccountId) -> Outcome<Option<Pass>> {
    let row = sqlx::query(
        "SELECT login, role, language, zone, enabled, epoch, must_change_password, terms_version FROM account WHERE id = ?",
    )
    .bind(id)
    .fetch_optional(connection)
    .await?;
    row.map(|row| {
        Ok(Pass {
            login: row.take("login")?,
            role: enum_value(row.take("role")?)?,
            language: enum_value(row.take("language")?)?,
            zone: row
                .take::<Option<&str>, _>("zone")?
                .and_then(|zone| zone.parse().ok()),
            enabled: row.take("enabled")?,
            epoch: row.take("epoch")?,
            must_change_password: row.take("must_change_password")?,
            terms_version: row.take("terms_version")?,
        })
    })
    .transpose()
}

// Terms

/// The highest version any terms ever had (ACC-08), so that it is not used again.
///
/// # Errors
/// Database errors.
pub async fn last_terms_version(connection: &mut SqliteConnection) -> Outcome<i64> {
    let text = settings::read(connection, "terms_version").await?;
    Ok(text.and_then(|text| text.parse().ok()).unwrap_or(0))
}

/// Remembers the highest version.
///
/// # Errors
/// Database errors.
pub async fn set_last_terms_version(connection: &mut SqliteConnection, version: i64) -> Outcome<()> {
    settings::write(connection, "terms_version", &version.to_string()).await
}

// Signing in

/// What deciding about a try needs.
#[derive(Debug, Clone)]
pub struct Credentials {
    /// The account's id.
    pub id: AccountId,
    /// The login name.
    pub login: String,
    /// The password's Argon2id hash as a PHC string (ACC-05).
    pub password_hash: String,
    /// Whether it can sign in.
    pub enabled: bool,
    /// The date at whose start it is disabled; none: it does not expire (ACC-11).
    pub expires_on: Option<NaiveDate>,
    /// When it last signed in; none: never.
    pub last_sign_in: Option<Time>,
    /// Rises whenever all of its sessions have to end.
    pub epoch: i64,
}

const CREDENTIALS: &str = "SELECT a.id, a.login, a.password_hash, a.enabled, a.expires_on, a.last_sign_in, a.epoch FROM account AS a WHERE";

fn credentials_of(row: &SqliteRow) -> Outcome<Credentials> {
    Ok(Credentials {
        id: row.take("id")?,
        login: row.take("login")?,
        password_hash: row.take("password_hash")?,
        enabled: row.take("enabled")?,
        expires_on: date(row, "expires_on")?,
        last_sign_in: time(row, "last_sign_in")?,
        epoch: row.take("epoch")?,
    })
}

/// By the folded login name.
///
/// # Errors
/// Database errors.
pub async fn credentials_by_login(
    connection: &mut SqliteConnection,
    login_key: &str,
) -> Outcome<Option<Credentials>> {
    let row = sqlx::query(sqlx::AssertSqlSafe(format!("{CREDENTIALS} a.login_key = ?")))
        .bind(login_key)
        .fetch_optional(connection)
        .await?;
    row.as_ref().map(credentials_of).transpose()
}

/// By the id.
///
/// # Errors
/// Database errors.
pub async fn credentials(connection: &mut SqliteConnection, id: AccountId) -> Outcome<Option<Credentials>> {
    let row = sqlx::query(sqlx::AssertSqlSafe(format!("{CREDENTIALS} a.id = ?")))
        .bind(id)
        .fetch_optional(connection)
        .await?;
    row.as_ref().map(credentials_of).transpose()
}

/// Somebody signed in.
///
/// # Errors
/// Database errors.
pub async fn signed_in(
    connection: &mut SqliteConnection,
    id: AccountId,
    now: Time,
    language: Option<Language>,
    new_hash: Option<String>,
) -> Outcome<()> {
    sqlx::query("UPDATE account SET last_sign_in = ?1, last_seen = ?1, language = coalesce(?2, language), password_hash = coalesce(?3, password_hash) WHERE id = ?4")
        .bind(now.0)
        .bind(language.as_ref().map(enum_text).transpose()?)
        .bind(new_hash)
        .bind(id)
        .execute(connection)
        .await?;
    Ok(())
}

/// Somebody clicked, touched or typed; told to other processes and to who looks at members (ORG-13).
///
/// # Errors
/// Database errors.
pub async fn seen(connection: &mut SqliteConnection, id: AccountId, now: Time) -> Outcome<()> {
    sqlx::query("UPDATE account SET last_seen = max(coalesce(last_seen, 0), ?) WHERE id = ?")
        .bind(now.0)
        .bind(id)
        .execute(connection)
        .await?;
    Ok(())
}

/// When somebody was last seen; none: never.
///
/// # Errors
/// Database errors.
pub async fn last_seen(connection: &mut SqliteConnection, id: AccountId) -> Outcome<Option<Time>> {
    let seen: Option<i64> = sqlx::query_scalar("SELECT last_seen FROM account WHERE id = ?")
        .bind(id)
        .fetch_optional(connection)
        .await?
        .flatten();
    Ok(seen.map(Time))
}

/// Licence terms of this version were accepted (ACC-08).
///
/// # Errors
/// Database errors.
pub async fn accept_terms(connection: &mut SqliteConnection, id: AccountId, version: i64) -> Outcome<()> {
    sqlx::query("UPDATE account SET terms_version = ? WHERE id = ?")
        .bind(version)
        .bind(id)
        .execute(connection)
        .await?;
    Ok(())
}

// Passwords

/// The last `count` passwords of an account, the present one first (ACC-04).
///
/// # Errors
/// Database errors.
pub async fn history(connection: &mut SqliteConnection, id: AccountId, count: i64) -> Outcome<Vec<String>> {
    Ok(sqlx::query_scalar("SELECT password_hash FROM password_history WHERE account_id = ? ORDER BY at DESC, rowid DESC LIMIT ?")
        .bind(id)
        .bind(count)
        .fetch_all(connection)
        .await?)
}

/// Another password: every session ends with the epoch, failures are forgotten (ACC-09).
///
/// # Errors
/// Database errors.
pub async fn set_password(
    connection: &mut SqliteConnection,
    id: AccountId,
    now: Time,
    hash: &str,
    must_change: bool,
) -> Outcome<()> {
    let login_key: Option<String> = sqlx::query_scalar(
        "UPDATE account SET password_hash = ?, must_change_password = ?, epoch = epoch + 1,
            revision = revision + 1 WHERE id = ? RETURNING login_key",
    )
    .bind(hash)
    .bind(must_change)
    .bind(id)
    .fetch_optional(&mut *connection)
    .await?;
    if let Some(login_key) = login_key {
        failures::forget_name(connection, &login_key).await?;
    }
    remember_password(connection, id, now, hash).await
}

async fn remember_password(
    connection: &mut SqliteConnection,
    id: AccountId,
    now: Time,
    hash: &str,
) -> Outcome<()> {
    sqlx::query("INSERT INTO password_history (account_id, at, password_hash) VALUES (?, ?, ?)")
        .bind(id)
        .bind(now.0)
        .bind(hash)
        .execute(&mut *connection)
        .await?;
    sqlx::query(
        "DELETE FROM password_history WHERE account_id = ?1
         AND rowid NOT IN (SELECT rowid FROM password_history WHERE account_id = ?1 ORDER BY at DESC, rowid DESC LIMIT ?2)",
    )
    .bind(id)
    .bind(i64::try_from(rules::HISTORY).unwrap_or(i64::MAX))
    .execute(connection)
    .await?;
    Ok(())
}

// Expiry

/// The enabled accounts with an expiry date, and how many enabled administrators have none (ACC-11).
///
/// # Errors
/// Database errors.
pub async fn expiring(connection: &mut SqliteConnection) -> Outcome<(Vec<Expiring<AccountId>>, i64)> {
    let rows = sqlx::query("SELECT id, role = 'administrator' AS administrator, expires_on FROM account WHERE enabled = 1 AND expires_on IS NOT NULL")
        .fetch_all(&mut *connection)
        .await?;
    let accounts = rows
        .iter()
        .filter_map(|row| {
            let expiring = |on| {
                Ok(Expiring {
                    id: row.take("id")?,
                    administrator: row.take("administrator")?,
                    expires_on: on,
                })
            };
            date(row, "expires_on")
                .transpose()
                .map(|on| on.and_then(expiring))
        })
        .collect::<Outcome<_>>()?;
    let lasting = sqlx::query_scalar(
        "SELECT count(*) FROM account WHERE role = 'administrator' AND enabled = 1 AND expires_on IS NULL",
    )
    .fetch_one(connection)
    .await?;
    Ok((accounts, lasting))
}

/// Disables an account; its sessions end with the epoch.
///
/// # Errors
/// Database errors.
pub async fn disable(connection: &mut SqliteConnection, id: AccountId) -> Outcome<()> {
    sqlx::query("UPDATE account SET enabled = 0, epoch = epoch + 1, revision = revision + 1 WHERE id = ?")
        .bind(id)
        .execute(connection)
        .await?;
    Ok(())
}

// Notices

/// The password of this account was reset on the machine itself (ACC-23).
///
/// # Errors
/// Database errors.
pub async fn notify_reset(connection: &mut SqliteConnection, now: Time, id: AccountId) -> Outcome<()> {
    sqlx::query("INSERT INTO notification (id, at, body) VALUES (?, ?, ?)")
        .bind(new_uuid(now).as_bytes().to_vec())
        .bind(now.0)
        .bind(serde_json::json!({ "kind": "account_reset", "account": id }).to_string())
        .execute(connection)
        .await?;
    Ok(())
}

/// What an administrator should know (ACC-11, ACC-23): resets since `since`, administrators who expire until `until`.
///
/// # Errors
/// Database errors.
pub async fn notices(
    connection: &mut SqliteConnection,
    since: Time,
    until: NaiveDate,
) -> Outcome<Vec<Notice>> {
    let rows = sqlx::query(
        "SELECT n.at, coalesce(p.login, n.body ->> 'account') AS login FROM notification AS n
         LEFT JOIN person AS p ON p.account_id = unhex(replace(n.body ->> 'account', '-', ''))
         WHERE n.body ->> 'kind' = 'account_reset' AND n.at >= ? ORDER BY n.at DESC LIMIT 20",
    )
    .bind(since.0)
    .fetch_all(&mut *connection)
    .await?;
    let mut notices: Vec<Notice> = rows
        .iter()
        .map(|row| {
            Ok(Notice::AccountReset {
                login: row.take("login")?,
                at: Time(row.take("at")?),
            })
        })
        .collect::<Outcome<_>>()?;
    let rows = sqlx::query(
        "SELECT login, expires_on FROM account WHERE role = 'administrator' AND enabled = 1 AND expires_on <= ? ORDER BY expires_on, login_key LIMIT 20",
    )
    .bind(days_of(until))
    .fetch_all(connection)
    .await?;
    for row in &rows {
        if let Some(on) = date(row, "expires_on")? {
            notices.push(Notice::AdministratorExpires {
                login: row.take("login")?,
                on,
            });
        }
    }
    Ok(notices)
}
