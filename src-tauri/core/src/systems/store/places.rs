//! In which folders systems are, and whether they are in lists at all.

use flotilla_kernel::database::RowExt as _;
use flotilla_kernel::error::Outcome;
use flotilla_kernel::ids::{FolderId, OrganizationId, SystemId, ids_json};
use sqlx::SqliteConnection;
use std::collections::HashMap;

/// The organizations of these systems, as far as they are managed, with the folders they are in.
///
/// # Errors
/// Database errors.
pub async fn places(
    connection: &mut SqliteConnection,
    ids: &[SystemId],
) -> Outcome<HashMap<SystemId, (OrganizationId, FolderId, String)>> {
    let rows = sqlx::query(
        "SELECT id, organization_id, folder_id, name FROM system
         WHERE id IN (SELECT unhex(value) FROM json_each(?)) AND removed_at IS NULL",
    )
    .bind(ids_json(ids))
    .fetch_all(connection)
    .await?;
    rows.iter()
        .map(|row| {
            let place = (
                row.take("organization_id")?,
                row.take("folder_id")?,
                row.take("name")?,
            );
            Ok((row.take("id")?, place))
        })
        .collect()
}

/// Puts systems into a folder (ORG-23).
///
/// # Errors
/// Database errors.
pub async fn put_into(connection: &mut SqliteConnection, ids: &[SystemId], folder: FolderId) -> Outcome<()> {
    sqlx::query("UPDATE system SET folder_id = ?2 WHERE id IN (SELECT unhex(value) FROM json_each(?1))")
        .bind(ids_json(ids))
        .bind(folder)
        .execute(connection)
        .await?;
    Ok(())
}

/// A folder is deleted: the rows of systems that are no longer managed go over to the one above.
///
/// # Errors
/// Database errors.
pub async fn leave_folder(
    connection: &mut SqliteConnection,
    folder: FolderId,
    parent: FolderId,
) -> Outcome<()> {
    sqlx::query("UPDATE system SET folder_id = ?2 WHERE folder_id = ?1 AND removed_at IS NOT NULL")
        .bind(folder)
        .bind(parent)
        .execute(connection)
        .await?;
    Ok(())
}

/// The systems of these organizations are in lists, or in none, as the organizations are archived or not.
///
/// # Errors
/// Database errors.
pub async fn list_as_organizations(
    connection: &mut SqliteConnection,
    organizations: &[OrganizationId],
) -> Outcome<()> {
    sqlx::query(
        "UPDATE system SET listed = (SELECT o.archived_at IS NULL FROM organization AS o WHERE o.id = system.organization_id)
         WHERE organization_id IN (SELECT unhex(value) FROM json_each(?)) AND removed_at IS NULL",
    )
    .bind(ids_json(organizations))
    .execute(connection)
    .await?;
    Ok(())
}
