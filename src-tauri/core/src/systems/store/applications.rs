//! Connected applications: systems that are only listed, with the folder they synchronise with (DEV-52).

use super::rows::{remove, set_search_key};
use crate::systems::types::SystemKind;
use flotilla_kernel::clock::Time;
use flotilla_kernel::database::{RowExt as _, enum_text, enum_value, host_order_key, order_key, search_fold};
use flotilla_kernel::error::{ErrorCode, Outcome, Problem};
use flotilla_kernel::ids::{FolderId, OrganizationId, SystemId, ids_json};
use sqlx::SqliteConnection;

/// What is said of a connected application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Application {
    /// The organization it is of.
    pub organization: OrganizationId,
    /// The folder that it synchronises with.
    pub folder: FolderId,
    /// What it is called.
    pub name: String,
    /// What it is, such as *Body Worn*.
    pub model: String,
    /// Where it runs; empty: not said.
    pub host: String,
}

/// A connected application that was not removed.
///
/// # Errors
/// `device.not-this-kind` where it is something else; `not-found`; database errors.
pub async fn application(connection: &mut SqliteConnection, id: SystemId) -> Outcome<Application> {
    let row = sqlx::query(
        "SELECT kind, organization_id, folder_id, name, model, host FROM system WHERE id = ? AND removed_at IS NULL",
    )
    .bind(id)
    .fetch_optional(connection)
    .await?
    .ok_or_else(|| Problem::new(ErrorCode::NotFound))?;
    if enum_value::<SystemKind>(row.take("kind")?)? != SystemKind::ConnectedApplication {
        return Err(ErrorCode::DeviceNotThisKind.into());
    }
    Ok(Application {
        organization: row.take("organization_id")?,
        folder: row.take("folder_id")?,
        name: row.take("name")?,
        model: row.take("model")?,
        host: row.take("host")?,
    })
}

/// Adds one; `customer` is the name of its organization.
///
/// # Errors
/// Database errors.
pub async fn insert_application(
    connection: &mut SqliteConnection,
    now: Time,
    customer: &str,
    application: &Application,
) -> Outcome<SystemId> {
    let id = SystemId::new(now);
    sqlx::query(
        "INSERT INTO system (id, organization_id, folder_id, kind, role, identity, name, name_key, order_key, host, host_order, model, serial, version, version_key,
                             state, customer_key)
         VALUES (?1, ?2, ?3, ?4, 'alone', ?5, '', '', '', '', '', '', '', '', '', 'unknown', ?6)",
    )
    .bind(id)
    .bind(application.organization)
    .bind(application.folder)
    .bind(enum_text(&SystemKind::ConnectedApplication)?)
    .bind(id.to_string())
    .bind(order_key(customer))
    .execute(&mut *connection)
    .await?;
    sqlx::query("INSERT INTO system_services (system_id, services) VALUES (?, '[]')")
        .bind(id)
        .execute(&mut *connection)
        .await?;
    update_application(connection, id, customer, application).await?;
    Ok(id)
}

/// Says something else of one.
///
/// # Errors
/// Database errors.
pub async fn update_application(
    connection: &mut SqliteConnection,
    id: SystemId,
    customer: &str,
    application: &Application,
) -> Outcome<()> {
    let Application {
        folder,
        name,
        model,
        host,
        ..
    } = application;
    sqlx::query(
        "UPDATE system SET folder_id = ?2, name = ?3, name_key = ?4, order_key = ?5, host = ?6, host_order = ?7, model = ?8 WHERE id = ?1",
    )
    .bind(id)
    .bind(folder)
    .bind(name)
    .bind(search_fold(name))
    .bind(order_key(name))
    .bind(host)
    .bind(host_order_key(host))
    .bind(model)
    .execute(&mut *connection)
    .await?;
    set_search_key(connection, id, [name.as_str(), customer, host, model, "", ""]).await
}

/// Removes those of these systems that are connected applications, and gives them with their organizations; their rows stay.
///
/// # Errors
/// Database errors.
pub async fn remove_applications(
    connection: &mut SqliteConnection,
    now: Time,
    ids: &[SystemId],
) -> Outcome<Vec<(SystemId, OrganizationId)>> {
    let found: Vec<(SystemId, OrganizationId)> = sqlx::query_as(
        "SELECT id, organization_id FROM system WHERE id IN (SELECT unhex(value) FROM json_each(?)) AND kind = ? AND removed_at IS NULL",
    )
    .bind(ids_json(ids))
    .bind(enum_text(&SystemKind::ConnectedApplication)?)
    .fetch_all(&mut *connection)
    .await?;
    let ids: Vec<SystemId> = found.iter().map(|(id, _)| *id).collect();
    remove(connection, now, &ids).await?;
    Ok(found)
}
