//! The list of members as the list engine reads it: who is a member, and who was invited (ORG-13).

use crate::organizations::types::{FolderName, MemberRow};
use flotilla_kernel::clock::Time;
use flotilla_kernel::database::{RowExt as _, enum_value, readable};
use flotilla_kernel::error::{Outcome, Problem};
use flotilla_kernel::ids::{FolderId, MemberId, ids_json};
use flotilla_kernel::rights::{self, Caller};
use sqlx::{AssertSqlSafe, SqliteConnection};
use uuid::Uuid;

/// A row for each membership and each invitation.
pub const ROWS: &str = "(SELECT m.id, m.organization_id, m.account_id, m.role, m.origin, m.promotion, NULL AS expires_at,
        CASE WHEN m.promotion IS NULL THEN 'active' ELSE 'promotion_waiting' END AS state, a.login,
        coalesce(nullif(trim(p.first_name || ' ' || p.last_name), ''), a.login) AS name, p.email, p.avatar IS NOT NULL AS has_avatar,
        a.last_seen, a.search_key
     FROM membership AS m JOIN account AS a ON a.id = m.account_id JOIN person AS p ON p.account_id = m.account_id
     UNION ALL
     SELECT i.id, i.organization_id, NULL, i.role, 'invitation', NULL, i.expires_at, 'invited', '', '', i.email, 0, NULL, i.email_key
     FROM invitation AS i) AS r";

/// Archived organizations are in no list.
pub const CONDITION: &str = "r.organization_id IN (SELECT id FROM organization WHERE archived_at IS NULL)";

/// The folders granted to the row `r`, or chosen in its invitation, as `id` and `name`; owners and admins need none.
const GRANTED: &str = "SELECT f.id, f.name, f.name_key FROM folder AS f
     WHERE r.role IN ('operator', 'viewer') AND f.organization_id = r.organization_id
       AND (f.id IN (SELECT g.folder_id FROM folder_grant AS g WHERE g.account_id = r.account_id)
            OR f.id IN (SELECT n.folder_id FROM invitation_folder AS n WHERE n.invitation_id = r.id))";

/// The names of the granted folders as a JSON array.
pub const FOLDERS: &str = "(SELECT json_group_array(f.name) FROM folder AS f
     WHERE r.role IN ('operator', 'viewer') AND f.organization_id = r.organization_id
       AND (f.id IN (SELECT g.folder_id FROM folder_grant AS g WHERE g.account_id = r.account_id)
            OR f.id IN (SELECT n.folder_id FROM invitation_folder AS n WHERE n.invitation_id = r.id)))";

/// The same, of the folders that the account sees.
pub fn folders_seen(caller: &Caller) -> String {
    format!(
        "(SELECT json_group_array(d.name) FROM ({GRANTED}) AS d WHERE {})",
        rights::visible_folders(caller, "d.id")
    )
}

/// Rows of members, as far as the account may see them.
///
/// # Errors
/// Database errors.
pub async fn window(
    connection: &mut SqliteConnection,
    caller: &Caller,
    ids: &[Uuid],
) -> Outcome<Vec<MemberRow>> {
    let seen = rights::visible_folders(caller, "d.id");
    let rows = sqlx::query(AssertSqlSafe(format!(
        "SELECT r.id, r.account_id, r.role, r.origin, r.promotion, r.expires_at, r.state, r.login, r.name, r.email, r.has_avatar, r.last_seen,
                (SELECT json_group_array(json_object('id', lower(hex(d.id)), 'name', d.name)) FROM ({GRANTED} ORDER BY f.name_key) AS d WHERE {seen}) AS folders,
                (SELECT count(*) FROM ({GRANTED}) AS d WHERE NOT {seen}) AS others,
                CASE WHEN r.origin <> 'label' THEN '[]' ELSE
                    (SELECT json_group_array(DISTINCT CASE WHEN l.label_key = s.provider_key THEN s.provider ELSE s.reseller END)
                     FROM account_label AS l JOIN solution AS s ON l.label_key IN (s.provider_key, s.reseller_key)
                     JOIN connection AS n ON n.id = s.connection_id AND n.removed_at IS NULL AND n.organization_id = r.organization_id
                     WHERE l.account_id = r.account_id) END AS labels
         FROM json_each(?) AS wanted JOIN {ROWS} ON r.id = unhex(wanted.value)
         WHERE {CONDITION} AND {} ORDER BY wanted.key",
        rights::visible_organizations(caller, "r.organization_id")
    )))
    .bind(ids_json(ids))
    .fetch_all(connection)
    .await?;
    Ok(readable(&rows, "member", |row| {
        let role = enum_value(row.take("role")?)?;
        let folders: Vec<FolderName> =
            serde_json::from_str(row.take("folders")?).map_err(Problem::internal)?;
        Ok(MemberRow {
            id: row.take("id")?,
            account: row.take("account_id")?,
            name: row.take("name")?,
            login: row.take("login")?,
            email: row.take("email")?,
            has_avatar: row.take("has_avatar")?,
            role,
            promotion: row
                .take::<Option<&str>, _>("promotion")?
                .map(enum_value)
                .transpose()?,
            origin: enum_value(row.take("origin")?)?,
            labels: serde_json::from_str(row.take("labels")?).map_err(Problem::internal)?,
            every_folder: crate::organizations::rules::has_every_folder(role),
            folders,
            other_folders: row.take("others")?,
            state: enum_value(row.take("state")?)?,
            expires_at: row.take::<Option<i64>, _>("expires_at")?.map(Time),
            last_seen: row.take::<Option<i64>, _>("last_seen")?.map(Time),
        })
    }))
}

/// The folders that who was invited is to have.
///
/// # Errors
/// Database errors.
pub(super) async fn invited_folders(
    connection: &mut SqliteConnection,
    id: MemberId,
) -> Outcome<Vec<FolderId>> {
    Ok(
        sqlx::query_scalar("SELECT folder_id FROM invitation_folder WHERE invitation_id = ?")
            .bind(id)
            .fetch_all(connection)
            .await?,
    )
}
