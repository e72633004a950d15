//! All SQL on the tables `account`, `person`, `account_label`, `password_history` and `notification`.

pub mod failures;

use super::rules::{self, Expiring};
use super::types::*;
use crate::organizations::types::AccountName;
use chrono::NaiveDate;
use chrono_tz::Tz;
use flotilla_kernel::clock::{Time, date_of, days_of};
use flotilla_kernel::database::{RowExt as _, enum_text, enum_value, fold, readable, search_key};
use flotilla_kernel::error::{ErrorCode, Outcome, Problem};
use flotilla_kernel::ids::{AccountId, OrganizationId, new_uuid};
use flotilla_kernel::preferences::ZonePreferences;
use flotilla_kernel::rights::{self, AccountRole, Caller, Right};
use flotilla_kernel::settings;
use flotilla_kernel::words::Language;
use flotilla_kernel::workspace::Workspace;
use sqlx::SqliteConnection;
use sqlx::sqlite::SqliteRow;
use uuid::Uuid;

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

// Administration of accounts

/// Whether another account has this login name (ACC-02). `login_key` is folded.
///
/// # Errors
/// Database errors.
pub async fn login_taken(
    connection: &mut SqliteConnection,
    login_key: &str,
    except: Option<AccountId>,
) -> Outcome<bool> {
    Ok(
        sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM account WHERE login_key = ? AND id IS NOT ?)")
            .bind(login_key)
            .bind(except)
            .fetch_one(connection)
            .await?,
    )
}

/// Makes an account.
///
/// # Errors
/// Database errors.
pub async fn insert(
    connection: &mut SqliteConnection,
    now: Time,
    fields: &AccountFields,
    language: Language,
    hash: &str,
) -> Outcome<AccountId> {
    let id = AccountId::new(now);
    sqlx::query(
        "INSERT INTO account (id, login, login_key, role, password_hash, enabled, must_change_password, expires_on, language, created_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(id)
    .bind(&fields.login)
    .bind(fold(&fields.login))
    .bind(enum_text(&fields.role)?)
    .bind(hash)
    .bind(fields.enabled)
    .bind(fields.must_change_password)
    .bind(fields.expires_on.map(days_of))
    .bind(enum_text(&language)?)
    .bind(now.0)
    .execute(&mut *connection)
    .await?;
    sqlx::query("INSERT INTO person (account_id, login) VALUES (?, ?)")
        .bind(id)
        .bind(&fields.login)
        .execute(&mut *connection)
        .await?;
    save_fields(connection, id, fields).await?;
    remember_password(connection, id, now, hash).await?;
    refresh_search_key(connection, id).await?;
    Ok(id)
}

/// Saves a form; `end_sessions` when the account is no longer what its sessions were begun for (ACC-12).
///
/// # Errors
/// Database errors.
pub async fn update(
    connection: &mut SqliteConnection,
    id: AccountId,
    fields: &AccountFields,
    end_sessions: bool,
) -> Outcome<()> {
    sqlx::query(
        "UPDATE account SET login = ?, login_key = ?, role = ?, enabled = ?, must_change_password = ?, expires_on = ?, epoch = epoch + ?,
            revision = revision + 1 WHERE id = ?",
    )
    .bind(&fields.login)
    .bind(fold(&fields.login))
    .bind(enum_text(&fields.role)?)
    .bind(fields.enabled)
    .bind(fields.must_change_password)
    .bind(fields.expires_on.map(days_of))
    .bind(i64::from(end_sessions))
    .bind(id)
    .execute(&mut *connection)
    .await?;
    sqlx::query("UPDATE person SET login = ? WHERE account_id = ?")
        .bind(&fields.login)
        .bind(id)
        .execute(&mut *connection)
        .await?;
    save_fields(connection, id, fields).await?;
    refresh_search_key(connection, id).await
}

/// What of a form stands beside the account itself.
async fn save_fields(
    connection: &mut SqliteConnection,
    id: AccountId,
    fields: &AccountFields,
) -> Outcome<()> {
    save_person(
        connection,
        id,
        &fields.first_name,
        &fields.last_name,
        &fields.telephone,
        &fields.mobile,
        &fields.email,
    )
    .await?;
    set_labels(connection, id, &fields.labels).await
}

async fn save_person(
    connection: &mut SqliteConnection,
    id: AccountId,
    first_name: &str,
    last_name: &str,
    telephone: &str,
    mobile: &str,
    email: &str,
) -> Outcome<()> {
    sqlx::query("UPDATE person SET first_name = ?, last_name = ?, telephone = ?, mobile = ?, email = ? WHERE account_id = ?")
        .bind(first_name)
        .bind(last_name)
        .bind(telephone)
        .bind(mobile)
        .bind(email)
        .bind(id)
        .execute(connection)
        .await?;
    Ok(())
}

async fn set_labels(connection: &mut SqliteConnection, id: AccountId, labels: &[String]) -> Outcome<()> {
    sqlx::query("UPDATE account SET labels = ? WHERE id = ?")
        .bind(serde_json::to_string(labels).map_err(Problem::internal)?)
        .bind(id)
        .execute(&mut *connection)
        .await?;
    sqlx::query("DELETE FROM account_label WHERE account_id = ?")
        .bind(id)
        .execute(&mut *connection)
        .await?;
    for label in labels {
        sqlx::query("INSERT INTO account_label (account_id, label_key) VALUES (?, ?)")
            .bind(id)
            .bind(fold(label))
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}

/// The texts by which the account is found.
async fn refresh_search_key(connection: &mut SqliteConnection, id: AccountId) -> Outcome<()> {
    let row = sqlx::query(
        "SELECT a.login, a.labels, p.first_name, p.last_name, p.telephone, p.mobile, p.email
         FROM account AS a JOIN person AS p ON p.account_id = a.id WHERE a.id = ?",
    )
    .bind(id)
    .fetch_one(&mut *connection)
    .await?;
    let labels = texts(&row, "labels")?;
    let name = rules::display_name(row.take("first_name")?, row.take("last_name")?);
    let plain = [
        row.take("login")?,
        name.as_str(),
        row.take("telephone")?,
        row.take("mobile")?,
        row.take("email")?,
    ];
    sqlx::query("UPDATE account SET search_key = ? WHERE id = ?")
        .bind(search_key(
            plain.into_iter().chain(labels.iter().map(String::as_str)),
        ))
        .bind(id)
        .execute(connection)
        .await?;
    Ok(())
}

/// An account as it stands in the form, for `caller`.
///
/// # Errors
/// `not-found`
pub async fn details(
    connection: &mut SqliteConnection,
    caller: AccountId,
    id: AccountId,
) -> Outcome<AccountDetails> {
    let row = sqlx::query(
        "SELECT a.login, a.role, a.labels, a.enabled, a.must_change_password, a.expires_on, a.revision,
                p.first_name, p.last_name, p.telephone, p.mobile, p.email, p.avatar IS NOT NULL AS has_avatar,
                a.role = 'administrator' AND a.enabled = 1
                    AND NOT EXISTS (SELECT 1 FROM account AS b WHERE b.role = 'administrator' AND b.enabled = 1 AND b.id <> a.id) AS only_administrator
         FROM account AS a JOIN person AS p ON p.account_id = a.id WHERE a.id = ?",
    )
    .bind(id)
    .fetch_optional(connection)
    .await?
    .ok_or_else(|| Problem::new(ErrorCode::NotFound))?;
    Ok(AccountDetails {
        id,
        fields: AccountFields {
            login: row.take("login")?,
            role: enum_value(row.take("role")?)?,
            labels: texts(&row, "labels")?,
            first_name: row.take("first_name")?,
            last_name: row.take("last_name")?,
            telephone: row.take("telephone")?,
            mobile: row.take("mobile")?,
            email: row.take("email")?,
            enabled: row.take("enabled")?,
            must_change_password: row.take("must_change_password")?,
            expires_on: date(&row, "expires_on")?,
        },
        revision: row.take("revision")?,
        has_avatar: row.take("has_avatar")?,
        protected: id == caller || row.take("only_administrator")?,
    })
}

/// The rows of these ids, in their order (ACC-17).
///
/// # Errors
/// Database errors.
pub async fn window(connection: &mut SqliteConnection, ids: &[Uuid]) -> Outcome<Vec<AccountRow>> {
    let rows = sqlx::query(
        "SELECT a.id, a.login, a.role, a.labels, a.enabled, a.must_change_password, a.expires_on, a.last_sign_in,
                p.first_name, p.last_name, p.telephone, p.mobile, p.email, p.avatar IS NOT NULL AS has_avatar
         FROM json_each(?) AS wanted JOIN account AS a ON a.id = unhex(wanted.value) JOIN person AS p ON p.account_id = a.id
         ORDER BY wanted.key",
    )
    .bind(flotilla_kernel::ids::ids_json(ids))
    .fetch_all(connection)
    .await?;
    Ok(readable(&rows, "account", |row| {
        Ok(AccountRow {
            id: row.take("id")?,
            login: row.take("login")?,
            role: enum_value(row.take("role")?)?,
            labels: texts(row, "labels")?,
            first_name: row.take("first_name")?,
            last_name: row.take("last_name")?,
            telephone: row.take("telephone")?,
            mobile: row.take("mobile")?,
            email: row.take("email")?,
            enabled: row.take("enabled")?,
            must_change_password: row.take("must_change_password")?,
            expires_on: date(row, "expires_on")?,
            last_sign_in: time(row, "last_sign_in")?,
            second_factor: false,
            has_avatar: row.take("has_avatar")?,
        })
    }))
}

/// The condition of whom an account may see: itself, everybody when it administers or manages an organization (it assigns
/// operators), otherwise who shares an organization with it.
async fn visible(connection: &mut SqliteConnection, caller: &Caller) -> Outcome<String> {
    if rights::has_anywhere(connection, caller, Right::ManageMembers).await? {
        Ok("1".to_owned())
    } else {
        Ok(rights::visible_accounts(caller, "a.id"))
    }
}

/// Short names for pickers, as far as the account may see them.
///
/// # Errors
/// Database errors.
pub async fn names(connection: &mut SqliteConnection, caller: &Caller) -> Outcome<Vec<AccountName>> {
    let visible = visible(connection, caller).await?;
    let rows = sqlx::query(sqlx::AssertSqlSafe(format!(
        "SELECT a.id, a.login, a.role, a.enabled, p.first_name, p.last_name
         FROM account AS a JOIN person AS p ON p.account_id = a.id WHERE {visible} ORDER BY a.login_key"
    )))
    .fetch_all(connection)
    .await?;
    rows.iter()
        .map(|row| {
            let login: String = row.take("login")?;
            let name = rules::display_name(row.take("first_name")?, row.take("last_name")?);
            Ok(AccountName {
                id: row.take("id")?,
                name: if name.is_empty() { login.clone() } else { name },
                login,
                role: enum_value(row.take("role")?)?,
                enabled: row.take("enabled")?,
            })
        })
        .collect()
}

/// The avatar of an account that the caller may see; none when there is none.
///
/// # Errors
/// Database errors.
pub async fn avatar(
    connection: &mut SqliteConnection,
    caller: &Caller,
    id: AccountId,
) -> Outcome<Option<Vec<u8>>> {
    let visible = visible(connection, caller).await?;
    let avatar: Option<Option<Vec<u8>>> = sqlx::query_scalar(sqlx::AssertSqlSafe(format!(
        "SELECT p.avatar FROM account AS a JOIN person AS p ON p.account_id = a.id WHERE a.id = ? AND {visible}"
    )))
    .bind(id)
    .fetch_optional(connection)
    .await?;
    Ok(avatar.flatten())
}

/// Another avatar, or none.
///
/// # Errors
/// Database errors.
pub async fn set_avatar(
    connection: &mut SqliteConnection,
    id: AccountId,
    avatar: Option<Vec<u8>>,
) -> Outcome<()> {
    sqlx::query("UPDATE person SET avatar = ? WHERE account_id = ?")
        .bind(avatar)
        .bind(id)
        .execute(connection)
        .await?;
    Ok(())
}

/// What a label can be matched with, and the labels in use, each once (ACC-16).
///
/// # Errors
/// Database errors.
pub async fn labels(connection: &mut SqliteConnection) -> Outcome<Vec<String>> {
    Ok(sqlx::query_scalar(
        "SELECT label FROM (SELECT provider AS label FROM solution UNION SELECT reseller FROM solution
                            UNION SELECT each.value FROM account AS a, json_each(a.labels) AS each)
         WHERE label <> '' ORDER BY label COLLATE NOCASE, label LIMIT 1000",
    )
    .fetch_all(connection)
    .await?)
}

/// How many administrators are enabled (ACC-18).
///
/// # Errors
/// Database errors.
pub async fn enabled_administrators(connection: &mut SqliteConnection) -> Outcome<i64> {
    Ok(
        sqlx::query_scalar("SELECT count(*) FROM account WHERE role = 'administrator' AND enabled = 1")
            .fetch_one(connection)
            .await?,
    )
}

/// The accounts that are administrators, enabled or not.
///
/// # Errors
/// Database errors.
pub async fn administrators(connection: &mut SqliteConnection) -> Outcome<Vec<AccountId>> {
    Ok(
        sqlx::query_scalar("SELECT id FROM account WHERE role = 'administrator'")
            .fetch_all(connection)
            .await?,
    )
}

/// Which of these accounts there are.
///
/// # Errors
/// Database errors.
pub async fn existing(connection: &mut SqliteConnection, ids: &[AccountId]) -> Outcome<Vec<AccountId>> {
    Ok(sqlx::query_scalar(
        "SELECT id FROM account WHERE id IN (SELECT unhex(value) FROM json_each(?)) ORDER BY id",
    )
    .bind(flotilla_kernel::ids::ids_json(ids))
    .fetch_all(connection)
    .await?)
}

/// Deletes accounts. What they are called stays for the audit log, unless it is erased too (ACC-24).
///
/// # Errors
/// Database errors.
pub async fn delete(connection: &mut SqliteConnection, ids: &[AccountId], erase: bool) -> Outcome<()> {
    let ids = flotilla_kernel::ids::ids_json(ids);
    sqlx::query("DELETE FROM account WHERE id IN (SELECT unhex(value) FROM json_each(?))")
        .bind(&ids)
        .execute(&mut *connection)
        .await?;
    let statement = if erase {
        "DELETE FROM person WHERE account_id IN (SELECT unhex(value) FROM json_each(?))"
    } else {
        "UPDATE person SET telephone = '', mobile = '', email = '', avatar = NULL WHERE account_id IN (SELECT unhex(value) FROM json_each(?))"
    };
    sqlx::query(statement).bind(&ids).execute(connection).await?;
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

// The profile

/// The account's own settings (ACC-20).
///
/// # Errors
/// `not-found`
pub async fn profile(connection: &mut SqliteConnection, id: AccountId) -> Outcome<Profile> {
    let row = sqlx::query(
        "SELECT a.login, a.role, a.labels, a.expires_on, a.last_sign_in, a.language, a.theme, a.density, a.zone,
                p.first_name, p.last_name, p.telephone, p.mobile, p.email, p.avatar IS NOT NULL AS has_avatar
         FROM account AS a JOIN person AS p ON p.account_id = a.id WHERE a.id = ?",
    )
    .bind(id)
    .fetch_optional(connection)
    .await?
    .ok_or_else(|| Problem::new(ErrorCode::NotFound))?;
    Ok(Profile {
        id,
        login: row.take("login")?,
        role: enum_value(row.take("role")?)?,
        first_name: row.take("first_name")?,
        last_name: row.take("last_name")?,
        telephone: row.take("telephone")?,
        mobile: row.take("mobile")?,
        email: row.take("email")?,
        labels: texts(&row, "labels")?,
        expires_on: date(&row, "expires_on")?,
        last_sign_in: time(&row, "last_sign_in")?,
        has_avatar: row.take("has_avatar")?,
        language: enum_value(row.take("language")?)?,
        theme: enum_value(row.take("theme")?)?,
        density: enum_value(row.take("density")?)?,
        zone: row.take("zone")?,
    })
}

/// Saves the account's own names and contacts.
///
/// # Errors
/// Database errors.
pub async fn save_profile(
    connection: &mut SqliteConnection,
    id: AccountId,
    profile: &SaveProfile,
) -> Outcome<()> {
    save_person(
        connection,
        id,
        &profile.first_name,
        &profile.last_name,
        &profile.telephone,
        &profile.mobile,
        &profile.email,
    )
    .await?;
    sqlx::query("UPDATE account SET revision = revision + 1 WHERE id = ?")
        .bind(id)
        .execute(&mut *connection)
        .await?;
    refresh_search_key(connection, id).await
}

/// Saves how the program looks (ACC-22); what is none stays, an empty zone is the machine's.
///
/// # Errors
/// Database errors.
pub async fn save_appearance(
    connection: &mut SqliteConnection,
    id: AccountId,
    appearance: &SaveAppearance,
) -> Outcome<()> {
    sqlx::query(
        "UPDATE account SET language = coalesce(?2, language), theme = coalesce(?3, theme), density = coalesce(?4, density),
            zone = nullif(coalesce(?5, zone), '') WHERE id = ?1",
    )
    .bind(id)
    .bind(appearance.language.as_ref().map(enum_text).transpose()?)
    .bind(appearance.theme.as_ref().map(enum_text).transpose()?)
    .bind(appearance.density.as_ref().map(enum_text).transpose()?)
    .bind(&appearance.zone)
    .execute(connection)
    .await?;
    Ok(())
}

/// The organization chosen in the top bar (ORG-03).
///
/// # Errors
/// Database errors.
pub async fn chosen_organization(
    connection: &mut SqliteConnection,
    id: AccountId,
) -> Outcome<Option<OrganizationId>> {
    let chosen: Option<Option<OrganizationId>> =
        sqlx::query_scalar("SELECT organization_id FROM account WHERE id = ?")
            .bind(id)
            .fetch_optional(connection)
            .await?;
    Ok(chosen.flatten())
}

/// Another choice in the top bar.
///
/// # Errors
/// Database errors.
pub async fn choose_organization(
    connection: &mut SqliteConnection,
    id: AccountId,
    organization: Option<OrganizationId>,
) -> Outcome<()> {
    sqlx::query("UPDATE account SET organization_id = ? WHERE id = ?")
        .bind(organization)
        .bind(id)
        .execute(connection)
        .await?;
    Ok(())
}
