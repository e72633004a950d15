//! The folders of organizations.

use super::visibility;
use crate::organizations::tree::{Folder, Tree};
use flotilla_kernel::database::{RowExt as _, Transaction, fold};
use flotilla_kernel::error::{ErrorCode, Outcome, Problem};
use flotilla_kernel::ids::{FolderId, OrganizationId, ids_json};
use flotilla_kernel::rights::{self, Caller};
use sqlx::{AssertSqlSafe, SqliteConnection};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::AddAssign;

/// The tree of an organization.
///
/// # Errors
/// Database errors.
pub async fn tree(connection: &mut SqliteConnection, organization: OrganizationId) -> Outcome<Tree> {
    let rows =
        sqlx::query("SELECT id, parent_id, name, name_key, zone FROM folder WHERE organization_id = ?")
            .bind(organization)
            .fetch_all(connection)
            .await?;
    let folders = rows.iter().map(|row| {
        Ok(Folder {
            id: row.take("id")?,
            parent: row.take("parent_id")?,
            name: row.take("name")?,
            key: row.take("name_key")?,
            zone: row.take("zone")?,
        })
    });
    Ok(Tree::new(folders.collect::<Outcome<Vec<_>>>()?))
}

/// What is counted in a folder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Numbers {
    /// Its systems.
    pub systems: i64,
    /// Of each state as it is stored so many systems.
    pub states: BTreeMap<String, i64>,
    /// The open alarms of its systems, critical ones first.
    pub alarms: [i64; 4],
}

impl AddAssign<&Self> for Numbers {
    fn add_assign(&mut self, other: &Self) {
        self.systems += other.systems;
        for (state, systems) in &other.states {
            *self.states.entry(state.clone()).or_default() += systems;
        }
        for (sum, count) in self.alarms.iter_mut().zip(other.alarms) {
            *sum += count;
        }
    }
}

/// The folders of an organization that the account may see, and what is in each itself, of what it sees (ORG-24).
///
/// # Errors
/// Database errors.
pub async fn visible(
    connection: &mut SqliteConnection,
    caller: &Caller,
    organization: OrganizationId,
) -> Outcome<HashMap<FolderId, Numbers>> {
    let folders: Vec<FolderId> = sqlx::query_scalar(AssertSqlSafe(format!(
        "SELECT f.id FROM folder AS f WHERE f.organization_id = ? AND {}",
        rights::visible_folders(caller, "f.id")
    )))
    .bind(organization)
    .fetch_all(&mut *connection)
    .await?;
    let mut numbers: HashMap<FolderId, Numbers> =
        folders.into_iter().map(|id| (id, Numbers::default())).collect();
    let rows = sqlx::query(AssertSqlSafe(format!(
        "SELECT s.folder_id, s.state, count(*) AS systems, coalesce(sum(t.critical), 0) AS critical, coalesce(sum(t.major), 0) AS major,
                coalesce(sum(t.minor), 0) AS minor, coalesce(sum(t.warning), 0) AS warning
         FROM system AS s LEFT JOIN alarm_total AS t ON t.subject = s.id
         WHERE s.organization_id = ? AND {} GROUP BY s.folder_id, s.state",
        rights::visible_systems(caller, "s")
    )))
    .bind(organization)
    .fetch_all(connection)
    .await?;
    for row in &rows {
        let Some(folder) = numbers.get_mut(&row.take("folder_id")?) else {
            continue;
        };
        let systems: i64 = row.take("systems")?;
        *folder += &Numbers {
            systems,
            states: BTreeMap::from([(row.take("state")?, systems)]),
            alarms: [
                row.take("critical")?,
                row.take("major")?,
                row.take("minor")?,
                row.take("warning")?,
            ],
        };
    }
    Ok(numbers)
}

/// How many systems are in each folder of an organization itself, whoever sees them; folders without any are left out.
///
/// # Errors
/// Database errors.
pub async fn systems(
    connection: &mut SqliteConnection,
    organization: OrganizationId,
) -> Outcome<HashMap<FolderId, i64>> {
    let rows: Vec<(FolderId, i64)> = sqlx::query_as(
        "SELECT folder_id, count(*) FROM system WHERE organization_id = ? AND listed = 1 GROUP BY folder_id",
    )
    .bind(organization)
    .fetch_all(connection)
    .await?;
    Ok(rows.into_iter().collect())
}

/// A folder's own time zone; none: as the folder above has it (GEN-06).
///
/// # Errors
/// Database errors.
pub async fn set_zone(connection: &mut SqliteConnection, id: FolderId, zone: Option<&str>) -> Outcome<()> {
    sqlx::query("UPDATE folder SET zone = ? WHERE id = ?")
        .bind(zone)
        .bind(id)
        .execute(connection)
        .await?;
    Ok(())
}

/// The organization a folder belongs to.
///
/// # Errors
/// `not-found`
pub async fn organization_of(connection: &mut SqliteConnection, id: FolderId) -> Outcome<OrganizationId> {
    sqlx::query_scalar("SELECT organization_id FROM folder WHERE id = ?")
        .bind(id)
        .fetch_optional(connection)
        .await?
        .ok_or_else(|| Problem::new(ErrorCode::NotFound))
}

/// Which of these folders belong to an organization.
///
/// # Errors
/// Database errors.
pub async fn among(
    connection: &mut SqliteConnection,
    organization: OrganizationId,
    folders: &[FolderId],
) -> Outcome<BTreeSet<FolderId>> {
    let known: Vec<FolderId> = sqlx::query_scalar(
        "SELECT id FROM folder WHERE organization_id = ? AND id IN (SELECT unhex(value) FROM json_each(?))",
    )
    .bind(organization)
    .bind(ids_json(folders))
    .fetch_all(connection)
    .await?;
    Ok(known.into_iter().collect())
}

/// Makes a folder below another (ORG-20).
///
/// # Errors
/// Database errors.
pub async fn insert(
    transaction: &mut Transaction,
    organization: OrganizationId,
    parent: FolderId,
    name: &str,
) -> Outcome<FolderId> {
    let folder = insert_one_of_many(transaction, organization, parent, name).await?;
    visibility::refresh(transaction, &[organization]).await?;
    Ok(folder.id)
}

/// Makes one of several folders: [`inserted_many`] follows when all are made.
///
/// # Errors
/// Database errors.
pub async fn insert_one_of_many(
    transaction: &mut Transaction,
    organization: OrganizationId,
    parent: FolderId,
    name: &str,
) -> Outcome<Folder> {
    let folder = Folder {
        id: FolderId::new(transaction.now()),
        parent: Some(parent),
        name: name.to_owned(),
        key: fold(name),
        zone: None,
    };
    sqlx::query("INSERT INTO folder (id, organization_id, parent_id, name, name_key) VALUES (?, ?, ?, ?, ?)")
        .bind(folder.id)
        .bind(organization)
        .bind(parent)
        .bind(&folder.name)
        .bind(&folder.key)
        .execute(transaction.connection())
        .await?;
    Ok(folder)
}

/// Several folders were made: who sees them is found once for all of them (ORG-22).
///
/// # Errors
/// Database errors.
pub async fn inserted_many(transaction: &mut Transaction, organization: OrganizationId) -> Outcome<()> {
    visibility::refresh(transaction, &[organization]).await?;
    Ok(())
}

/// Another name.
///
/// # Errors
/// Database errors.
pub async fn rename(connection: &mut SqliteConnection, id: FolderId, name: &str) -> Outcome<()> {
    sqlx::query("UPDATE folder SET name = ?2, name_key = ?3 WHERE id = ?1")
        .bind(id)
        .bind(name)
        .bind(fold(name))
        .execute(connection)
        .await?;
    Ok(())
}

/// Another place in the tree; who sees what is in it may change (ORG-22).
///
/// # Errors
/// Database errors.
pub async fn set_parent(
    transaction: &mut Transaction,
    organization: OrganizationId,
    id: FolderId,
    parent: FolderId,
) -> Outcome<()> {
    sqlx::query("UPDATE folder SET parent_id = ?2 WHERE id = ?1")
        .bind(id)
        .bind(parent)
        .execute(transaction.connection())
        .await?;
    visibility::refresh(transaction, &[organization]).await?;
    Ok(())
}

/// How many managed systems are in a folder itself (ORG-21).
///
/// # Errors
/// Database errors.
pub async fn systems_in(connection: &mut SqliteConnection, id: FolderId) -> Outcome<i64> {
    Ok(
        sqlx::query_scalar("SELECT count(*) FROM system WHERE folder_id = ? AND removed_at IS NULL")
            .bind(id)
            .fetch_one(connection)
            .await?,
    )
}

/// The names of the systems in a folder that may synchronise with it by themselves, in their order (DEV-52, ORG-21).
///
/// # Errors
/// Database errors.
pub async fn applications_in(connection: &mut SqliteConnection, id: FolderId) -> Outcome<Vec<String>> {
    Ok(sqlx::query_scalar(
        "SELECT name FROM system WHERE folder_id = ? AND removed_at IS NULL AND kind IN ('video_server', 'connected_application')
         ORDER BY order_key, id",
    )
    .bind(id)
    .fetch_all(connection)
    .await?)
}

/// Deletes an empty folder; grants on it go with it (ORG-21). Gives how many there were.
///
/// # Errors
/// Database errors.
pub async fn delete(
    transaction: &mut Transaction,
    organization: OrganizationId,
    id: FolderId,
) -> Outcome<i64> {
    let grants: i64 = sqlx::query_scalar("SELECT count(*) FROM folder_grant WHERE folder_id = ?")
        .bind(id)
        .fetch_one(transaction.connection())
        .await?;
    // They are told that they see it no more; the row they saw it by would go with the folder.
    let seen_by: Vec<flotilla_kernel::ids::AccountId> =
        sqlx::query_scalar("SELECT account_id FROM visible_folder WHERE folder_id = ?")
            .bind(id)
            .fetch_all(transaction.connection())
            .await?;
    super::invitations::revoke_of_folder(transaction, id).await?;
    sqlx::query("DELETE FROM folder WHERE id = ?")
        .bind(id)
        .execute(transaction.connection())
        .await?;
    visibility::refresh(transaction, &[organization]).await?;
    visibility::tell(transaction, seen_by);
    Ok(grants)
}

/// Systems were moved among these folders of one organization: who sees some of them and not all is told that what they see has
/// changed (ORG-22).
///
/// # Errors
/// Database errors.
pub async fn systems_moved(transaction: &mut Transaction, folders: &BTreeSet<FolderId>) -> Outcome<()> {
    visibility::moved_among(transaction, folders).await
}
