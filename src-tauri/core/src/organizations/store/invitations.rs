//! Invitations that wait (ORG-10 to ORG-12).

use super::member_list::invited_folders;
use super::members::{self, set_grants};
use super::visibility;
use crate::organizations::invitations;
use crate::organizations::types::MEMBERS;
use flotilla_kernel::clock::Time;
use flotilla_kernel::database::{RowExt as _, Transaction, enum_text, enum_value};
use flotilla_kernel::error::{ErrorCode, Outcome, Problem};
use flotilla_kernel::ids::{AccountId, FolderId, MemberId, OrganizationId, ids_json};
use flotilla_kernel::rights::MemberRole;
use sqlx::SqliteConnection;
use sqlx::sqlite::SqliteRow;

/// An invitation that waits, valid or not.
#[derive(Debug, Clone)]
pub struct Waiting {
    /// The invitation.
    pub id: MemberId,
    /// The organization it is into.
    pub organization: OrganizationId,
    /// The organization's name.
    pub name: String,
    /// The invited address.
    pub email: String,
    /// The role that was chosen.
    pub role: MemberRole,
    /// When it ends.
    pub expires_at: Time,
}

const COLUMNS: &str =
    "SELECT i.id, i.organization_id, o.name, i.email, i.role, i.expires_at FROM invitation AS i
    JOIN organization AS o ON o.id = i.organization_id AND o.archived_at IS NULL";

fn waiting(row: &SqliteRow) -> Outcome<Waiting> {
    Ok(Waiting {
        id: row.take("id")?,
        organization: row.take("organization_id")?,
        name: row.take("name")?,
        email: row.take("email")?,
        role: enum_value(row.take("role")?)?,
        expires_at: Time(row.take("expires_at")?),
    })
}

/// The invitation with this code that can be accepted now; none: there is none. Of an archived organization there is none either.
///
/// # Errors
/// Database errors.
pub async fn by_code(
    connection: &mut SqliteConnection,
    code_hash: &[u8; 32],
    now: Time,
) -> Outcome<Option<Waiting>> {
    let row = sqlx::query(sqlx::AssertSqlSafe(format!("{COLUMNS} WHERE i.code_hash = ?")))
        .bind(&code_hash[..])
        .fetch_optional(connection)
        .await?;
    let found = row.as_ref().map(waiting).transpose()?;
    Ok(found.filter(|found| invitations::is_valid(found.expires_at, now)))
}

/// An invitation into this organization, and what is stored of its code.
///
/// # Errors
/// `not-found`
pub async fn of_organization(
    connection: &mut SqliteConnection,
    organization: OrganizationId,
    id: MemberId,
) -> Outcome<(Waiting, Vec<u8>)> {
    let row = sqlx::query(sqlx::AssertSqlSafe(format!(
        "{} WHERE i.id = ? AND i.organization_id = ?",
        COLUMNS.replacen("SELECT", "SELECT i.code_hash,", 1)
    )))
    .bind(id)
    .bind(organization)
    .fetch_optional(connection)
    .await?
    .ok_or_else(|| Problem::new(ErrorCode::NotFound))?;
    Ok((waiting(&row)?, row.take::<Vec<u8>, _>("code_hash")?))
}

/// Whether a member of the organization has this address.
///
/// # Errors
/// Database errors.
pub async fn is_member(
    connection: &mut SqliteConnection,
    organization: OrganizationId,
    email: &str,
) -> Outcome<bool> {
    let emails: Vec<String> = sqlx::query_scalar(
        "SELECT p.email FROM membership AS m JOIN person AS p ON p.account_id = m.account_id
         WHERE m.organization_id = ? AND p.email <> ''",
    )
    .bind(organization)
    .fetch_all(connection)
    .await?;
    let key = invitations::address_key(email);
    Ok(emails.iter().any(|email| invitations::address_key(email) == key))
}

/// An invitation to be stored.
#[derive(Debug)]
pub struct NewInvitation<'a> {
    /// The organization.
    pub organization: OrganizationId,
    /// The invited address.
    pub email: &'a str,
    /// The role that was chosen.
    pub role: MemberRole,
    /// Of operators and viewers.
    pub folders: &'a [FolderId],
    /// What is stored of the code.
    pub code_hash: [u8; 32],
}

/// Stores an invitation. One for the same address that waits is replaced, and keeps its id; its code is void.
///
/// # Errors
/// Database errors.
pub async fn put(transaction: &mut Transaction, invitation: &NewInvitation<'_>) -> Outcome<(MemberId, Time)> {
    let now = transaction.now();
    let expires_at = now.plus(invitations::VALID);
    let id: MemberId = sqlx::query_scalar(
        "INSERT INTO invitation (id, organization_id, email, email_key, role, code_hash, created_at, expires_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
         ON CONFLICT (organization_id, email_key) DO UPDATE SET email = ?3, role = ?5, code_hash = ?6, created_at = ?7, expires_at = ?8
         RETURNING id",
    )
    .bind(MemberId::new(now))
    .bind(invitation.organization)
    .bind(invitation.email)
    .bind(invitations::address_key(invitation.email))
    .bind(enum_text(&invitation.role)?)
    .bind(&invitation.code_hash[..])
    .bind(now.0)
    .bind(expires_at.0)
    .fetch_one(transaction.connection())
    .await?;
    set_folders(transaction.connection(), id, invitation.folders).await?;
    transaction.membership_changed(MEMBERS, [id.0]);
    Ok((id, expires_at))
}

async fn set_folders(connection: &mut SqliteConnection, id: MemberId, folders: &[FolderId]) -> Outcome<()> {
    sqlx::query("DELETE FROM invitation_folder WHERE invitation_id = ?")
        .bind(id)
        .execute(&mut *connection)
        .await?;
    sqlx::query(
        "INSERT INTO invitation_folder (invitation_id, folder_id)
         SELECT DISTINCT i.id, f.id FROM json_each(?2) AS wanted JOIN invitation AS i ON i.id = ?1
         JOIN folder AS f ON f.id = unhex(wanted.value) AND f.organization_id = i.organization_id",
    )
    .bind(id)
    .bind(ids_json(folders))
    .execute(connection)
    .await?;
    Ok(())
}

/// Another role and other folders for who was invited.
///
/// # Errors
/// Database errors.
pub async fn set_access(
    transaction: &mut Transaction,
    id: MemberId,
    role: MemberRole,
    folders: &[FolderId],
) -> Outcome<()> {
    sqlx::query("UPDATE invitation SET role = ? WHERE id = ?")
        .bind(enum_text(&role)?)
        .bind(id)
        .execute(transaction.connection())
        .await?;
    set_folders(transaction.connection(), id, folders).await?;
    transaction.membership_changed(MEMBERS, [id.0]);
    Ok(())
}

/// Another code, and 14 days more; the code before is void (ORG-12).
///
/// # Errors
/// Database errors.
pub async fn renew(transaction: &mut Transaction, id: MemberId, code_hash: &[u8; 32]) -> Outcome<Time> {
    let now = transaction.now();
    let expires_at = now.plus(invitations::VALID);
    sqlx::query("UPDATE invitation SET code_hash = ?2, created_at = ?3, expires_at = ?4 WHERE id = ?1")
        .bind(id)
        .bind(&code_hash[..])
        .bind(now.0)
        .bind(expires_at.0)
        .execute(transaction.connection())
        .await?;
    transaction.membership_changed(MEMBERS, [id.0]);
    Ok(expires_at)
}

/// The invitation is gone: revoked, or accepted.
///
/// # Errors
/// Database errors.
pub async fn delete(transaction: &mut Transaction, id: MemberId) -> Outcome<()> {
    sqlx::query("DELETE FROM invitation WHERE id = ?")
        .bind(id)
        .execute(transaction.connection())
        .await?;
    transaction.membership_changed(MEMBERS, [id.0]);
    Ok(())
}

/// An account accepts an invitation: it is a viewer of the chosen folders (who was to be admin or owner, of the top folder), and what
/// was chosen beyond that waits (ORG-11). The membership keeps the invitation's id.
///
/// # Errors
/// `member.already`
pub async fn accept(transaction: &mut Transaction, waiting: &Waiting, account: AccountId) -> Outcome<()> {
    let organization = waiting.organization;
    if members::role(transaction.connection(), organization, account)
        .await?
        .is_some()
    {
        return Err(ErrorCode::AlreadyMember.into());
    }
    let chosen = invited_folders(transaction.connection(), waiting.id).await?;
    delete(transaction, waiting.id).await?;
    let promotion = invitations::promotion(waiting.role);
    sqlx::query(
        "INSERT INTO membership (organization_id, account_id, role, origin, id, promotion) VALUES (?, ?, 'viewer', 'invitation', ?, ?)",
    )
    .bind(organization)
    .bind(account)
    .bind(waiting.id)
    .bind(promotion.as_ref().map(enum_text).transpose()?)
    .execute(transaction.connection())
    .await?;
    let folders = if crate::organizations::rules::has_every_folder(waiting.role) {
        sqlx::query_scalar("SELECT id FROM folder WHERE organization_id = ? AND parent_id IS NULL")
            .bind(organization)
            .fetch_all(transaction.connection())
            .await?
    } else {
        chosen
    };
    set_grants(transaction.connection(), organization, account, &folders).await?;
    transaction.membership_changed(MEMBERS, [waiting.id.0]);
    visibility::refresh(transaction, &[organization]).await?;
    visibility::tell(transaction, [account]);
    Ok(())
}

/// Revokes the invitations that are into this folder and no other, because it is deleted (ORG-21). Gives how many.
///
/// # Errors
/// Database errors.
pub(super) async fn revoke_of_folder(transaction: &mut Transaction, folder: FolderId) -> Outcome<i64> {
    let revoked: Vec<MemberId> = sqlx::query_scalar(sqlx::AssertSqlSafe(format!(
        "DELETE FROM invitation WHERE id IN ({ONLY_INTO}) RETURNING id"
    )))
    .bind(folder)
    .fetch_all(transaction.connection())
    .await?;
    if !revoked.is_empty() {
        transaction.membership_changed(MEMBERS, revoked.iter().map(|id| id.0));
    }
    Ok(i64::try_from(revoked.len()).unwrap_or(i64::MAX))
}

/// The invitations into the folder `?1` and no other; who is to be admin or owner has every folder.
const ONLY_INTO: &str = "SELECT n.invitation_id FROM invitation_folder AS n JOIN invitation AS v ON v.id = n.invitation_id
    WHERE n.folder_id = ?1 AND v.role IN ('operator', 'viewer')
      AND NOT EXISTS (SELECT 1 FROM invitation_folder AS e WHERE e.invitation_id = n.invitation_id AND e.folder_id <> ?1)";

/// How many invitations would be revoked with a folder.
///
/// # Errors
/// Database errors.
pub async fn only_into(connection: &mut SqliteConnection, folder: FolderId) -> Outcome<i64> {
    Ok(
        sqlx::query_scalar(sqlx::AssertSqlSafe(format!("SELECT count(*) FROM ({ONLY_INTO})")))
            .bind(folder)
            .fetch_one(connection)
            .await?,
    )
}
