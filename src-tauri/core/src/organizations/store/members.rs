//! Members of organizations, and the folders granted to them.

use super::visibility;
use crate::organizations::types::{AccountName, MEMBERS, Member};
use flotilla_kernel::database::{RowExt as _, Transaction, enum_text, enum_value};
use flotilla_kernel::error::{ErrorCode, FieldProblem, Outcome, Problem};
use flotilla_kernel::ids::{AccountId, FolderId, MemberId, OrganizationId, ids_json, new_ids_sql};
use flotilla_kernel::rights::MemberRole;
use sqlx::SqliteConnection;
use std::collections::BTreeSet;

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
         ORDER BY o.order_key LIMIT 10",
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

/// The members of an organization, archived or not.
///
/// # Errors
/// Database errors.
pub(super) async fn accounts(
    connection: &mut SqliteConnection,
    organization: OrganizationId,
) -> Outcome<Vec<AccountId>> {
    Ok(
        sqlx::query_scalar("SELECT account_id FROM membership WHERE organization_id = ?")
            .bind(organization)
            .fetch_all(connection)
            .await?,
    )
}

/// An account's role in an organization; none: it is no member.
///
/// # Errors
/// Database errors.
pub async fn role(
    connection: &mut SqliteConnection,
    organization: OrganizationId,
    account: AccountId,
) -> Outcome<Option<MemberRole>> {
    let role: Option<String> =
        sqlx::query_scalar("SELECT role FROM membership WHERE organization_id = ? AND account_id = ?")
            .bind(organization)
            .bind(account)
            .fetch_optional(connection)
            .await?;
    role.as_deref().map(enum_value).transpose()
}

/// How many owners an organization has (ORG-05).
///
/// # Errors
/// Database errors.
pub async fn owners(connection: &mut SqliteConnection, organization: OrganizationId) -> Outcome<i64> {
    Ok(
        sqlx::query_scalar("SELECT count(*) FROM membership WHERE organization_id = ? AND role = 'owner'")
            .bind(organization)
            .fetch_one(connection)
            .await?,
    )
}

/// A member with the folders granted to it; none: it is no member.
///
/// # Errors
/// Database errors.
pub async fn member(
    connection: &mut SqliteConnection,
    organization: OrganizationId,
    account: AccountId,
) -> Outcome<Option<Member>> {
    let row = sqlx::query("SELECT role, origin FROM membership WHERE organization_id = ? AND account_id = ?")
        .bind(organization)
        .bind(account)
        .fetch_optional(&mut *connection)
        .await?;
    let Some(row) = row else { return Ok(None) };
    let folders = grants(connection, organization, account).await?;
    Ok(Some(Member {
        account,
        role: enum_value(row.take("role")?)?,
        origin: enum_value(row.take("origin")?)?,
        folders,
    }))
}

/// Makes an account a member of this role by hand, with grants on exactly these folders (RGT-09, RGT-10). Owners and admins need
/// none.
///
/// # Errors
/// `form.invalid` with `field.not-a-choice` for an account that does not exist.
pub async fn set(
    transaction: &mut Transaction,
    organization: OrganizationId,
    account: AccountId,
    role: MemberRole,
    folders: &[FolderId],
) -> Outcome<()> {
    demand_account(transaction.connection(), "account", account).await?;
    // Who came by an invitation did so whatever becomes of it; only what a label does is not a person's doing.
    let id: MemberId = sqlx::query_scalar(
        "INSERT INTO membership (organization_id, account_id, role, origin, id) VALUES (?1, ?2, ?3, 'by_hand', ?4)
         ON CONFLICT DO UPDATE SET role = ?3, promotion = NULL, origin = CASE origin WHEN 'label' THEN 'by_hand' ELSE origin END
         RETURNING id",
    )
    .bind(organization)
    .bind(account)
    .bind(enum_text(&role)?)
    .bind(MemberId::new(transaction.now()))
    .fetch_one(transaction.connection())
    .await?;
    set_grants(transaction.connection(), organization, account, folders).await?;
    transaction.membership_changed(MEMBERS, [id.0]);
    visibility::refresh(transaction, &[organization]).await?;
    // What it may do may differ, even where it sees the same.
    visibility::tell(transaction, [account]);
    Ok(())
}

/// Grants a member exactly these folders of the organization.
///
/// # Errors
/// Database errors.
pub(super) async fn set_grants(
    connection: &mut SqliteConnection,
    organization: OrganizationId,
    account: AccountId,
    folders: &[FolderId],
) -> Outcome<()> {
    sqlx::query("DELETE FROM folder_grant WHERE organization_id = ? AND account_id = ?")
        .bind(organization)
        .bind(account)
        .execute(&mut *connection)
        .await?;
    sqlx::query(
        "INSERT INTO folder_grant (account_id, organization_id, folder_id)
         SELECT DISTINCT ?1, f.organization_id, f.id FROM json_each(?3) AS wanted
         JOIN folder AS f ON f.id = unhex(wanted.value) AND f.organization_id = ?2",
    )
    .bind(account)
    .bind(organization)
    .bind(ids_json(folders))
    .execute(connection)
    .await?;
    Ok(())
}

/// A member or somebody invited, as far as deciding about it needs.
#[derive(Debug, Clone)]
pub struct Standing {
    /// The membership or invitation.
    pub id: MemberId,
    /// The account; none: it is an invitation.
    pub account: Option<AccountId>,
    /// First and last name or login name, or the invited address.
    pub name: String,
    /// Its role; of an invitation the one that was chosen.
    pub role: MemberRole,
    /// What waits to be granted.
    pub promotion: Option<MemberRole>,
    /// Whether the membership comes from a label.
    pub by_label: bool,
    /// The folders granted to it, or chosen.
    pub folders: Vec<FolderId>,
}

/// Of these memberships and invitations those of the organization, in the order they were asked for.
///
/// # Errors
/// Database errors.
pub async fn standings(
    connection: &mut SqliteConnection,
    organization: OrganizationId,
    ids: &[MemberId],
) -> Outcome<Vec<Standing>> {
    let rows = sqlx::query(sqlx::AssertSqlSafe(format!(
        "SELECT r.id, r.account_id, coalesce(nullif(r.name, ''), r.email) AS name, r.role, r.promotion, r.origin = 'label' AS by_label
         FROM json_each(?1) AS wanted JOIN {} ON r.id = unhex(wanted.value) AND r.organization_id = ?2 ORDER BY wanted.key",
        super::member_list::ROWS
    )))
    .bind(ids_json(ids))
    .bind(organization)
    .fetch_all(&mut *connection)
    .await?;
    let mut standings = Vec::with_capacity(rows.len());
    for row in &rows {
        let (id, account): (MemberId, Option<AccountId>) = (row.take("id")?, row.take("account_id")?);
        let folders = match account {
            Some(account) => grants(&mut *connection, organization, account).await?,
            None => super::member_list::invited_folders(&mut *connection, id).await?,
        };
        standings.push(Standing {
            id,
            account,
            name: row.take("name")?,
            role: enum_value(row.take("role")?)?,
            promotion: row
                .take::<Option<&str>, _>("promotion")?
                .map(enum_value)
                .transpose()?,
            by_label: row.take("by_label")?,
            folders,
        });
    }
    Ok(standings)
}

async fn grants(
    connection: &mut SqliteConnection,
    organization: OrganizationId,
    account: AccountId,
) -> Outcome<Vec<FolderId>> {
    Ok(sqlx::query_scalar(
        "SELECT folder_id FROM folder_grant WHERE organization_id = ? AND account_id = ? ORDER BY folder_id",
    )
    .bind(organization)
    .bind(account)
    .fetch_all(connection)
    .await?)
}

/// What somebody is called, and the e-mail address; empty: none.
///
/// # Errors
/// `not-found`
pub async fn person(connection: &mut SqliteConnection, account: AccountId) -> Outcome<(String, String)> {
    sqlx::query_as(
        "SELECT coalesce(nullif(trim(first_name || ' ' || last_name), ''), login), email FROM person WHERE account_id = ?",
    )
    .bind(account)
    .fetch_optional(connection)
    .await?
    .ok_or_else(|| ErrorCode::NotFound.into())
}

/// The names of the members with a grant on this very folder (ORG-21).
///
/// # Errors
/// Database errors.
pub async fn granted(connection: &mut SqliteConnection, folder: FolderId) -> Outcome<Vec<String>> {
    Ok(sqlx::query_scalar(
        "SELECT coalesce(nullif(trim(p.first_name || ' ' || p.last_name), ''), p.login) AS name
         FROM folder_grant AS g JOIN person AS p ON p.account_id = g.account_id WHERE g.folder_id = ? ORDER BY name",
    )
    .bind(folder)
    .fetch_all(connection)
    .await?)
}

/// An account is no member any more, unless it is one by a label.
///
/// # Errors
/// Database errors.
pub async fn remove(
    transaction: &mut Transaction,
    organization: OrganizationId,
    account: AccountId,
) -> Outcome<()> {
    sqlx::query("DELETE FROM membership WHERE organization_id = ? AND account_id = ?")
        .bind(organization)
        .bind(account)
        .execute(transaction.connection())
        .await?;
    transaction.membership_changed(MEMBERS, []);
    match_labels(transaction, LabelScope::Organization(organization)).await?;
    visibility::refresh(transaction, &[organization]).await?;
    visibility::tell(transaction, [account]);
    Ok(())
}

async fn demand_account(connection: &mut SqliteConnection, field: &str, account: AccountId) -> Outcome<()> {
    let known: bool = sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM account WHERE id = ?)")
        .bind(account)
        .fetch_one(connection)
        .await?;
    if known {
        Ok(())
    } else {
        let problem = FieldProblem::new(field, ErrorCode::FieldNotAChoice);
        Err(Problem::of_field(problem))
    }
}

// Operators

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
                id: row.take("id")?,
                login: row.take("login")?,
                name: row.take("name")?,
                role: enum_value(row.take("role")?)?,
                enabled: row.take("enabled")?,
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
/// role. Says whether anything changed; then [`flotilla_kernel::feature::SubjectChange::Operators`] is to be told.
///
/// # Errors
/// `form.invalid` with `field.not-a-choice` for an account that does not exist.
pub async fn set_operators(
    transaction: &mut Transaction,
    id: OrganizationId,
    operators: &[AccountId],
) -> Outcome<bool> {
    let before: Vec<AccountId> = sqlx::query_scalar(
        "SELECT account_id FROM membership WHERE organization_id = ? AND role = 'operator' AND origin <> 'label'",
    )
    .bind(id)
    .fetch_all(transaction.connection())
    .await?;
    let remove: Vec<AccountId> = before
        .into_iter()
        .filter(|account| !operators.contains(account))
        .collect();
    change_operators(transaction, id, operators, &remove).await
}

/// Assigns operators by hand, to every folder, and takes others away again. Who is there by a label stays, and by hand as soon as
/// they are chosen so; who has a higher role keeps it, and who is an operator already keeps its folders. Says whether anything
/// changed; then [`flotilla_kernel::feature::SubjectChange::Operators`] is to be told.
///
/// # Errors
/// `form.invalid` with `field.not-a-choice` for an account that does not exist.
pub async fn change_operators(
    transaction: &mut Transaction,
    id: OrganizationId,
    add: &[AccountId],
    remove: &[AccountId],
) -> Outcome<bool> {
    let add: BTreeSet<AccountId> = add.iter().copied().collect();
    let mut touched = BTreeSet::new();
    for &account in remove.iter().filter(|account| !add.contains(account)) {
        let removed = sqlx::query(
            "DELETE FROM membership WHERE organization_id = ? AND account_id = ? AND role = 'operator' AND origin <> 'label'",
        )
        .bind(id)
        .bind(account)
        .execute(transaction.connection())
        .await?;
        if removed.rows_affected() > 0 {
            touched.insert(account);
        }
    }
    for account in add {
        demand_account(transaction.connection(), "operators", account).await?;
        let added = sqlx::query(
            "INSERT INTO membership (organization_id, account_id, role, origin, id) VALUES (?, ?, 'operator', 'by_hand', ?)
             ON CONFLICT DO UPDATE SET role = 'operator', promotion = NULLIF(promotion, 'operator'), origin = 'by_hand'
             WHERE role = 'viewer' OR origin = 'label'",
        )
        .bind(id)
        .bind(account)
        .bind(MemberId::new(transaction.now()))
        .execute(transaction.connection())
        .await?;
        if added.rows_affected() > 0 {
            grant_top_folder(transaction.connection(), &[id], Some(account)).await?;
            touched.insert(account);
        }
    }
    if touched.is_empty() {
        return Ok(false);
    }
    transaction.membership_changed(MEMBERS, []);
    // Who was taken away by hand may still be there by a label.
    match_labels(transaction, LabelScope::Organization(id)).await?;
    visibility::refresh(transaction, &[id]).await?;
    visibility::tell(transaction, touched);
    Ok(true)
}

/// Grants the top folder of these organizations, and so all of them, to one operator by hand, or to those by labels.
async fn grant_top_folder(
    connection: &mut SqliteConnection,
    organizations: &[OrganizationId],
    account: Option<AccountId>,
) -> Outcome<()> {
    sqlx::query(
        "INSERT INTO folder_grant (account_id, organization_id, folder_id)
         SELECT m.account_id, m.organization_id, f.id FROM json_each(?1) AS wanted
         JOIN membership AS m ON m.organization_id = unhex(wanted.value) AND m.role = 'operator'
              AND CASE WHEN ?2 IS NULL THEN m.origin = 'label' ELSE m.account_id = ?2 END
         JOIN folder AS f ON f.organization_id = m.organization_id AND f.parent_id IS NULL
         WHERE true ON CONFLICT DO NOTHING",
    )
    .bind(ids_json(organizations))
    .bind(account)
    .execute(connection)
    .await?;
    Ok(())
}

/// What is matched with labels anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LabelScope {
    /// An organization: the provider or reseller that one of its solutions reports.
    Organization(OrganizationId),
    /// An account: its labels or its role.
    Account(AccountId),
}

/// ACC-16: makes the memberships that come from labels what the labels say, for one organization or for one account; they see
/// every folder. Memberships made by hand or by invitation are never touched. Gives the organizations whose operators changed;
/// then [`flotilla_kernel::feature::SubjectChange::Operators`] is to be told.
///
/// # Errors
/// Database errors.
pub async fn match_labels(transaction: &mut Transaction, scope: LabelScope) -> Outcome<Vec<OrganizationId>> {
    let (organization, account) = match scope {
        LabelScope::Organization(organization) => (Some(organization), None),
        LabelScope::Account(account) => (None, Some(account)),
    };
    let removed: Vec<(OrganizationId, AccountId)> = sqlx::query_as(
        "DELETE FROM membership
         WHERE origin = 'label' AND (?1 IS NULL OR organization_id = ?1) AND (?2 IS NULL OR account_id = ?2)
           AND NOT EXISTS (SELECT 1 FROM account AS a
                           JOIN account_label AS l ON l.account_id = a.id
                           JOIN solution AS r ON l.label_key IN (r.provider_key, r.reseller_key)
                           JOIN connection AS n ON n.id = r.connection_id AND n.removed_at IS NULL
                           WHERE a.id = membership.account_id AND a.role = 'operator' AND n.organization_id = membership.organization_id)
         RETURNING organization_id, account_id",
    )
    .bind(organization)
    .bind(account)
    .fetch_all(transaction.connection())
    .await?;
    let added: Vec<(OrganizationId, AccountId)> = sqlx::query_as(sqlx::AssertSqlSafe(format!(
        "INSERT INTO membership (organization_id, account_id, role, origin, id)
         SELECT matched.organization_id, matched.account_id, 'operator', 'label', {}
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
         RETURNING organization_id, account_id",
        new_ids_sql(transaction.now())
    )))
    .bind(organization)
    .bind(account)
    .fetch_all(transaction.connection())
    .await?;
    let (organizations, accounts): (BTreeSet<OrganizationId>, BTreeSet<AccountId>) =
        removed.into_iter().chain(added).unzip();
    let organizations: Vec<OrganizationId> = organizations.into_iter().collect();
    if !organizations.is_empty() {
        transaction.membership_changed(MEMBERS, []);
    }
    grant_top_folder(transaction.connection(), &organizations, None).await?;
    visibility::refresh(transaction, &organizations).await?;
    visibility::tell(transaction, accounts);
    Ok(organizations)
}
