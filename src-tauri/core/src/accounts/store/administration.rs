//! Accounts as administrators see and keep them (ACC-02, ACC-17 to ACC-19).

use super::{date, remember_password, texts, time};
use crate::accounts::rules;
use crate::accounts::types::{AccountDetails, AccountFields, AccountRow};
use crate::organizations::types::AccountName;
use flotilla_kernel::clock::{Time, days_of};
use flotilla_kernel::database::{RowExt as _, enum_text, enum_value, fold, readable, search_key};
use flotilla_kernel::error::{ErrorCode, Outcome, Problem};
use flotilla_kernel::ids::AccountId;
use flotilla_kernel::rights::{self, Caller, Right};
use flotilla_kernel::words::Language;
use sqlx::SqliteConnection;
use uuid::Uuid;

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

pub(super) async fn save_person(
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
pub(super) async fn refresh_search_key(connection: &mut SqliteConnection, id: AccountId) -> Outcome<()> {
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
