//! All SQL on the tables `organization`, `folder` and `membership`.

use super::types::{OrganizationDetails, OrganizationName};
use crate::organizations::types::AccountName;
use flotilla_kernel::clock::Time;
use flotilla_kernel::database::fold;
use flotilla_kernel::database::{enum_text, enum_value};
use flotilla_kernel::error::{ErrorCode, FieldProblem, Outcome, Problem};
use flotilla_kernel::ids::ids_json;
use flotilla_kernel::ids::{AccountId, FolderId, OrganizationId};
use flotilla_kernel::rights::Caller;
use flotilla_kernel::rights::MemberRole;
use flotilla_kernel::words::Language;
use sqlx::{Row, SqliteConnection};

/// What is needed to make an organization.
#[derive(Debug, Clone)]
pub struct NewOrganization {
    pub name: String,
    pub zone: String,
    pub language: Language,
    pub notes: String,
    pub address: String,
    pub telephone: String,
    pub email: String,
}

fn role_of(text: Option<&str>) -> Outcome<Option<MemberRole>> {
    text.map(enum_value).transpose()
}

// Standing

/// An account's place in an organization. The outer `None`: there is no such organization, or it is archived.
///
/// # Errors
/// Database errors.
pub async fn standing(
    connection: &mut SqliteConnection,
    account: AccountId,
    organization: OrganizationId,
) -> Outcome<Option<Option<MemberRole>>> {
    let row = sqlx::query(
        "SELECT m.role FROM organization AS o
         LEFT JOIN membership AS m ON m.organization_id = o.id AND m.account_id = ?2
         WHERE o.id = ?1 AND o.archived_at IS NULL",
    )
    .bind(organization)
    .bind(account)
    .fetch_optional(connection)
    .await?;
    row.map(|row| role_of(row.get(0))).transpose()
}

/// An account's place in each of these organizations; those that do not exist or are archived are left out.
///
/// # Errors
/// Database errors.
pub async fn standings(
    connection: &mut SqliteConnection,
    account: AccountId,
    organizations: &[OrganizationId],
) -> Outcome<Vec<(OrganizationId, Option<MemberRole>)>> {
    let rows = sqlx::query(
        "SELECT o.id, m.role FROM json_each(?1) AS wanted
         JOIN organization AS o ON o.id = unhex(wanted.value) AND o.archived_at IS NULL
         LEFT JOIN membership AS m ON m.organization_id = o.id AND m.account_id = ?2",
    )
    .bind(ids_json(organizations))
    .bind(account)
    .fetch_all(connection)
    .await?;
    rows.iter()
        .map(|row| Ok((row.get(0), role_of(row.get(1))?)))
        .collect()
}

/// Whether the account is at least this in at least one organization.
///
/// # Errors
/// Database errors.
pub async fn has_anywhere(
    connection: &mut SqliteConnection,
    account: AccountId,
    least: MemberRole,
) -> Outcome<bool> {
    let roles: Vec<String> = sqlx::query_scalar(
        "SELECT DISTINCT m.role FROM membership AS m
         JOIN organization AS o ON o.id = m.organization_id AND o.archived_at IS NULL
         WHERE m.account_id = ?",
    )
    .bind(account)
    .fetch_all(connection)
    .await?;
    for role in &roles {
        if role_of(Some(role))?.is_some_and(|role| role >= least) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The organizations that would have no owner without these accounts: how many, and the names of the first few.
///
/// # Errors
/// Database errors.
pub async fn solely_owned(
    connection: &mut SqliteConnection,
    accounts: &[AccountId],
) -> Outcome<(i64, Vec<String>)> {
    let names: Vec<(String, i64)> = sqlx::query_as(
        "WITH leaving AS MATERIALIZED (SELECT unhex(value) AS id FROM json_each(?))
         SELECT o.name, count(*) OVER () FROM organization AS o
         WHERE o.archived_at IS NULL
           AND o.id IN (SELECT organization_id FROM membership WHERE role = 'owner' AND account_id IN (SELECT id FROM leaving))
           AND NOT EXISTS (SELECT 1 FROM membership AS m WHERE m.organization_id = o.id AND m.role = 'owner'
                           AND m.account_id NOT IN (SELECT id FROM leaving))
         ORDER BY o.name_key LIMIT 10",
    )
    .bind(ids_json(accounts))
    .fetch_all(connection)
    .await?;
    let total = names.first().map_or(0, |(_, total)| *total);
    Ok((total, names.into_iter().map(|(name, _)| name).collect()))
}

/// The organizations these accounts are members of.
///
/// # Errors
/// Database errors.
pub async fn organizations_of(
    connection: &mut SqliteConnection,
    accounts: &[AccountId],
) -> Outcome<Vec<OrganizationId>> {
    Ok(sqlx::query_scalar(
        "SELECT DISTINCT organization_id FROM membership WHERE account_id IN (SELECT unhex(value) FROM json_each(?))",
    )
    .bind(ids_json(accounts))
    .fetch_all(connection)
    .await?)
}

// Organizations

/// Whether another organization that is not archived has this name (ORG-01). `name_key` is folded.
///
/// # Errors
/// Database errors.
pub async fn name_taken(
    connection: &mut SqliteConnection,
    name_key: &str,
    except: Option<OrganizationId>,
) -> Outcome<bool> {
    Ok(sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM organization WHERE name_key = ? AND archived_at IS NULL AND id IS NOT ?)")
        .bind(name_key)
        .bind(except)
        .fetch_one(connection)
        .await?)
}

/// A name that was taken between the check and the write is told like one found by the check.
fn taken(error: sqlx::Error) -> Problem {
    if error
        .as_database_error()
        .is_some_and(sqlx::error::DatabaseError::is_unique_violation)
    {
        Problem::of_field(FieldProblem::new("name", ErrorCode::FieldTaken))
    } else {
        error.into()
    }
}

/// Makes an organization with its default folder and its owner (ORG-01).
///
/// # Errors
/// `form.invalid` with `field.taken` when the name is another organization's.
pub async fn insert(
    connection: &mut SqliteConnection,
    now: Time,
    organization: &NewOrganization,
    owner: Option<AccountId>,
) -> Outcome<(OrganizationId, FolderId)> {
    let id = OrganizationId::new(now);
    let folder = FolderId::new(now);
    sqlx::query(
        "INSERT INTO organization (id, name, name_key, zone, language, notes, address, telephone, email, created_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(id)
    .bind(&organization.name)
    .bind(fold(&organization.name))
    .bind(&organization.zone)
    .bind(enum_text(&organization.language)?)
    .bind(&organization.notes)
    .bind(&organization.address)
    .bind(&organization.telephone)
    .bind(&organization.email)
    .bind(now.0)
    .execute(&mut *connection)
    .await
    .map_err(taken)?;
    let name = super::rules::default_folder_name(organization.language);
    sqlx::query(
        "INSERT INTO folder (id, organization_id, parent_id, name, name_key) VALUES (?, ?, NULL, ?, ?)",
    )
    .bind(folder)
    .bind(id)
    .bind(name)
    .bind(fold(name))
    .execute(&mut *connection)
    .await?;
    if let Some(owner) = owner {
        sqlx::query("INSERT INTO membership (organization_id, account_id, role, origin) VALUES (?, ?, 'owner', 'by_hand')")
            .bind(id)
            .bind(owner)
            .execute(connection)
            .await?;
    }
    Ok((id, folder))
}

/// Other name, notes and contact. Zone and language stay: they are the organization's own settings (ORG-04).
///
/// # Errors
/// `form.invalid` with `field.taken` when the name is another organization's, `not-found`.
pub async fn update(
    connection: &mut SqliteConnection,
    id: OrganizationId,
    organization: &NewOrganization,
) -> Outcome<()> {
    let updated = sqlx::query(
        "UPDATE organization SET name = ?, name_key = ?, notes = ?, address = ?, telephone = ?, email = ?, revision = revision + 1
         WHERE id = ? AND archived_at IS NULL",
    )
    .bind(&organization.name)
    .bind(fold(&organization.name))
    .bind(&organization.notes)
    .bind(&organization.address)
    .bind(&organization.telephone)
    .bind(&organization.email)
    .bind(id)
    .execute(connection)
    .await
    .map_err(taken)?;
    if updated.rows_affected() == 1 {
        Ok(())
    } else {
        Err(ErrorCode::NotFound.into())
    }
}

/// Other notes.
///
/// # Errors
/// Database errors.
pub async fn set_notes(connection: &mut SqliteConnection, id: OrganizationId, notes: &str) -> Outcome<()> {
    sqlx::query("UPDATE organization SET notes = ?, revision = revision + 1 WHERE id = ?")
        .bind(notes)
        .bind(id)
        .execute(connection)
        .await?;
    Ok(())
}

/// Deletes an organization with everything in it (CUS-13).
///
/// # Errors
/// Database errors.
pub async fn delete(connection: &mut SqliteConnection, id: OrganizationId) -> Outcome<()> {
    sqlx::query("DELETE FROM organization WHERE id = ?")
        .bind(id)
        .execute(connection)
        .await?;
    Ok(())
}

/// Settings › General, with the place of `account` in it (ORG-02, ORG-04).
///
/// # Errors
/// `not-found`
pub async fn details(
    connection: &mut SqliteConnection,
    account: AccountId,
    id: OrganizationId,
) -> Outcome<OrganizationDetails> {
    let row = sqlx::query(
        "SELECT o.name, o.zone, o.language, o.notes, o.address, o.telephone, o.email, o.created_at, m.role,
                (SELECT f.id FROM folder AS f WHERE f.organization_id = o.id AND f.parent_id IS NULL ORDER BY f.id LIMIT 1) AS folder
         FROM organization AS o LEFT JOIN membership AS m ON m.organization_id = o.id AND m.account_id = ?2
         WHERE o.id = ?1 AND o.archived_at IS NULL",
    )
    .bind(id)
    .bind(account)
    .fetch_optional(connection)
    .await?
    .ok_or_else(|| Problem::new(ErrorCode::NotFound))?;
    Ok(OrganizationDetails {
        id,
        name: row.get("name"),
        zone: row.get("zone"),
        language: enum_value(row.get("language"))?,
        notes: row.get("notes"),
        address: row.get("address"),
        telephone: row.get("telephone"),
        email: row.get("email"),
        default_folder: row.get("folder"),
        created_at: Time(row.get("created_at")),
        role: role_of(row.get("role"))?,
    })
}

/// Organizations the account may see whose name holds all the folded words: how many, and the first of them by name
/// (ORG-03).
///
/// # Errors
/// Database errors.
pub async fn find(
    connection: &mut SqliteConnection,
    caller: &Caller,
    words: &[String],
    limit: i64,
) -> Outcome<(i64, Vec<OrganizationName>)> {
    const MATCHING: &str = "FROM organization AS o
         WHERE o.archived_at IS NULL
           AND NOT EXISTS (SELECT 1 FROM json_each(?1) AS word WHERE instr(o.name_key, word.value) = 0)
           AND (?2 OR o.id IN (SELECT m.organization_id FROM membership AS m WHERE m.account_id = ?3))";
    let words = serde_json::to_string(words).map_err(Problem::internal)?;
    let total: i64 = sqlx::query_scalar(sqlx::AssertSqlSafe(format!("SELECT count(*) {MATCHING}")))
        .bind(&words)
        .bind(caller.is_administrator())
        .bind(caller.account)
        .fetch_one(&mut *connection)
        .await?;
    let rows = sqlx::query(sqlx::AssertSqlSafe(format!(
        "SELECT o.id, o.name, EXISTS (SELECT 1 FROM customer AS c WHERE c.organization_id = o.id) AS customer {MATCHING}
         ORDER BY o.name_key, o.id LIMIT ?4"
    )))
    .bind(&words)
    .bind(caller.is_administrator())
    .bind(caller.account)
    .bind(limit)
    .fetch_all(connection)
    .await?;
    let names = rows
        .iter()
        .map(|row| OrganizationName {
            id: row.get("id"),
            name: row.get("name"),
            customer: row.get("customer"),
        })
        .collect();
    Ok((total, names))
}

/// The folded names of all organizations that are not archived (ORG-01: each once).
///
/// # Errors
/// Database errors.
pub async fn name_keys(connection: &mut SqliteConnection) -> Outcome<Vec<String>> {
    Ok(
        sqlx::query_scalar("SELECT name_key FROM organization WHERE archived_at IS NULL")
            .fetch_all(connection)
            .await?,
    )
}

// Members

/// The operators of an organization, assigned by hand or by a label, by name.
///
/// # Errors
/// Database errors.
pub async fn operators(connection: &mut SqliteConnection, id: OrganizationId) -> Outcome<Vec<AccountName>> {
    let rows = sqlx::query(
        "SELECT a.id, a.login, a.role, a.enabled, coalesce(nullif(trim(p.first_name || ' ' || p.last_name), ''), a.login) AS name
         FROM membership AS m JOIN account AS a ON a.id = m.account_id JOIN person AS p ON p.account_id = a.id
         WHERE m.organization_id = ? AND m.role = 'operator' ORDER BY a.login_key",
    )
    .bind(id)
    .fetch_all(connection)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(AccountName {
                id: row.get("id"),
                login: row.get("login"),
                name: row.get("name"),
                role: enum_value(row.get("role"))?,
                enabled: row.get("enabled"),
            })
        })
        .collect()
}

/// Those of the operators who are there by a label (ACC-16) and not by hand.
///
/// # Errors
/// Database errors.
pub async fn operators_by_label(
    connection: &mut SqliteConnection,
    id: OrganizationId,
) -> Outcome<Vec<AccountId>> {
    Ok(sqlx::query_scalar(
        "SELECT account_id FROM membership WHERE organization_id = ? AND role = 'operator' AND origin = 'label'",
    )
    .bind(id)
    .fetch_all(connection)
    .await?)
}

/// Makes the operators assigned by hand exactly these. Who is there by a label stays, and so does who has a higher
/// role. Says whether anything changed.
///
/// # Errors
/// `form.invalid` with `field.not-a-choice` for an account that does not exist.
pub async fn set_operators(
    connection: &mut SqliteConnection,
    id: OrganizationId,
    operators: &[AccountId],
) -> Outcome<bool> {
    let before: Vec<AccountId> = sqlx::query_scalar(
        "SELECT account_id FROM membership WHERE organization_id = ? AND role = 'operator' AND origin = 'by_hand'",
    )
    .bind(id)
    .fetch_all(&mut *connection)
    .await?;
    let remove: Vec<AccountId> = before
        .into_iter()
        .filter(|account| !operators.contains(account))
        .collect();
    change_operators(connection, id, operators, &remove).await
}

/// Assigns operators by hand, and takes others away again. Who is there by a label stays, and by hand as soon as they
/// are chosen so; who has a higher role keeps it. Says whether anything changed.
///
/// # Errors
/// `form.invalid` with `field.not-a-choice` for an account that does not exist.
pub async fn change_operators(
    connection: &mut SqliteConnection,
    id: OrganizationId,
    add: &[AccountId],
    remove: &[AccountId],
) -> Outcome<bool> {
    let add: std::collections::BTreeSet<AccountId> = add.iter().copied().collect();
    let mut touched = false;
    for account in remove.iter().filter(|account| !add.contains(account)) {
        let removed = sqlx::query(
            "DELETE FROM membership WHERE organization_id = ? AND account_id = ? AND role = 'operator' AND origin = 'by_hand'",
        )
        .bind(id)
        .bind(*account)
        .execute(&mut *connection)
        .await?;
        touched |= removed.rows_affected() > 0;
    }
    for account in add {
        let known: bool = sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM account WHERE id = ?)")
            .bind(account)
            .fetch_one(&mut *connection)
            .await?;
        if !known {
            return Err(Problem::of_field(FieldProblem::new(
                "operators",
                ErrorCode::FieldNotAChoice,
            )));
        }
        let added = sqlx::query(
            "INSERT INTO membership (organization_id, account_id, role, origin) VALUES (?, ?, 'operator', 'by_hand')
             ON CONFLICT DO UPDATE SET role = 'operator', origin = 'by_hand' WHERE role = 'viewer' OR origin = 'label'",
        )
        .bind(id)
        .bind(account)
        .execute(&mut *connection)
        .await?;
        touched |= added.rows_affected() > 0;
    }
    if touched {
        // Who was taken away by hand may still be there by a label.
        match_labels(connection, Some(id), None).await?;
        refresh_operator_names(connection, &[id]).await?;
    }
    Ok(touched)
}

/// ACC-16: makes the memberships that come from labels what the labels say, for one organization or for one account
/// or for all. Memberships made by hand or by invitation are never touched. Gives the organizations concerned.
///
/// # Errors
/// Database errors.
pub async fn match_labels(
    connection: &mut SqliteConnection,
    organization: Option<OrganizationId>,
    account: Option<AccountId>,
) -> Outcome<Vec<OrganizationId>> {
    let mut touched: Vec<OrganizationId> = sqlx::query_scalar(
        "DELETE FROM membership
         WHERE origin = 'label' AND (?1 IS NULL OR organization_id = ?1) AND (?2 IS NULL OR account_id = ?2)
           AND NOT EXISTS (SELECT 1 FROM account AS a
                           JOIN account_label AS l ON l.account_id = a.id
                           JOIN solution AS r ON l.label_key IN (r.provider_key, r.reseller_key)
                           JOIN connection AS n ON n.id = r.connection_id AND n.removed_at IS NULL
                           WHERE a.id = membership.account_id AND a.role = 'operator' AND n.organization_id = membership.organization_id)
         RETURNING organization_id",
    )
    .bind(organization)
    .bind(account)
    .fetch_all(&mut *connection)
    .await?;
    let added: Vec<OrganizationId> = sqlx::query_scalar(
        "INSERT INTO membership (organization_id, account_id, role, origin)
         SELECT matched.organization_id, matched.account_id, 'operator', 'label'
         FROM (SELECT n.organization_id, l.account_id FROM account_label AS l JOIN solution AS r ON r.provider_key = l.label_key
               JOIN connection AS n ON n.id = r.connection_id AND n.removed_at IS NULL
               WHERE (?1 IS NULL OR n.organization_id = ?1) AND (?2 IS NULL OR l.account_id = ?2)
               UNION
               SELECT n.organization_id, l.account_id FROM account_label AS l JOIN solution AS r ON r.reseller_key = l.label_key
               JOIN connection AS n ON n.id = r.connection_id AND n.removed_at IS NULL
               WHERE (?1 IS NULL OR n.organization_id = ?1) AND (?2 IS NULL OR l.account_id = ?2)) AS matched
         JOIN account AS a ON a.id = matched.account_id AND a.role = 'operator'
         WHERE true
         ON CONFLICT DO NOTHING
         RETURNING organization_id",
    )
    .bind(organization)
    .bind(account)
    .fetch_all(connection)
    .await?;
    touched.extend(added);
    touched.sort_unstable();
    touched.dedup();
    Ok(touched)
}

/// Writes the names of the operators of these organizations anew where customers are listed and found by them.
///
/// # Errors
/// Database errors.
pub async fn refresh_operator_names(
    connection: &mut SqliteConnection,
    ids: &[OrganizationId],
) -> Outcome<()> {
    let changed: Vec<OrganizationId> = sqlx::query_scalar(
        "WITH wanted AS MATERIALIZED (SELECT unhex(value) AS id FROM json_each(?)),
              named AS MATERIALIZED (
                SELECT w.id, (SELECT json_group_array(n.name) FROM (
                    SELECT coalesce(nullif(trim(p.first_name || ' ' || p.last_name), ''), a.login) AS name
                    FROM membership AS m JOIN account AS a ON a.id = m.account_id JOIN person AS p ON p.account_id = a.id
                    WHERE m.organization_id = w.id AND m.role = 'operator' ORDER BY a.login_key) AS n) AS names
                FROM wanted AS w)
         UPDATE customer SET operators = named.names FROM named
         WHERE customer.organization_id = named.id AND customer.operators <> named.names
         RETURNING customer.organization_id",
    )
    .bind(ids_json(ids))
    .fetch_all(&mut *connection)
    .await?;
    let _ = changed;
    Ok(())
}

/// The name of an organization, and its top folder.
///
/// # Errors
/// `not-found`
pub async fn name_and_top_folder(
    connection: &mut SqliteConnection,
    id: OrganizationId,
) -> Outcome<(String, FolderId)> {
    sqlx::query_as(
        "SELECT o.name, f.id FROM organization AS o JOIN folder AS f ON f.organization_id = o.id AND f.parent_id IS NULL
         WHERE o.id = ? ORDER BY f.id LIMIT 1",
    )
    .bind(id)
    .fetch_optional(connection)
    .await?
    .ok_or_else(|| ErrorCode::NotFound.into())
}
