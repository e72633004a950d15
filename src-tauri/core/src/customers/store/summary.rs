//! What the list of customers shows of an organization's connections, systems and solutions.

use super::looking::json;
use crate::connections::types::{ConnectionKind, ConnectionState, ConnectivityStatus};
use crate::customers::rules::{self, ConnectionPart, Summary};
use crate::systems::types::{LicenceLine, LicenceState};
use flotilla_kernel::database::{
    RowExt as _, enum_text, enum_value, host_as_written, host_in_ascii, host_order_key, search_key,
};
use flotilla_kernel::error::{Outcome, Problem};
use flotilla_kernel::ids::{ConnectionId, OrganizationId};
use sqlx::SqliteConnection;
use std::collections::HashSet;

/// The connection whose address, version and profile the list shows (CUS-16); none when the customer has none.
///
/// # Errors
/// Database errors.
pub async fn main_connection(
    connection: &mut SqliteConnection,
    id: OrganizationId,
) -> Outcome<Option<ConnectionId>> {
    let main: Option<Option<ConnectionId>> = sqlx::query_scalar(
        "SELECT n.id FROM customer AS c LEFT JOIN connection AS n ON n.id = c.main_connection_id AND n.removed_at IS NULL
         WHERE c.organization_id = ?",
    )
    .bind(id)
    .fetch_optional(connection)
    .await?;
    Ok(main.flatten())
}

/// Makes a connection the main one, because somebody has chosen it (CUS-16).
///
/// # Errors
/// Database errors.
pub async fn choose_main(
    connection: &mut SqliteConnection,
    id: OrganizationId,
    main: ConnectionId,
) -> Outcome<()> {
    sqlx::query("UPDATE customer SET main_connection_id = ?2, main_chosen = 1, revision = revision + 1 WHERE organization_id = ?1")
        .bind(id)
        .bind(main)
        .execute(&mut *connection)
        .await?;
    summarize(connection, id).await?;
    Ok(())
}

/// The main connections of all customers.
///
/// # Errors
/// Database errors.
pub async fn main_connections(connection: &mut SqliteConnection) -> Outcome<HashSet<ConnectionId>> {
    let ids: Vec<ConnectionId> =
        sqlx::query_scalar("SELECT main_connection_id FROM customer WHERE main_connection_id IS NOT NULL")
            .fetch_all(connection)
            .await?;
    Ok(ids.into_iter().collect())
}

/// Makes the summary of an organization's connections anew, and an organization with a connection a customer. Gives whether it has
/// become one by that.
///
/// # Errors
/// Database errors.
pub async fn summarize(connection: &mut SqliteConnection, id: OrganizationId) -> Outcome<bool> {
    let main = main_connection(connection, id).await?;
    let chosen: Option<bool> =
        sqlx::query_scalar("SELECT main_chosen FROM customer WHERE organization_id = ?")
            .bind(id)
            .fetch_optional(&mut *connection)
            .await?;
    let parts = parts(connection, id).await?;
    let mut joined = false;
    if !parts.is_empty() {
        let added = sqlx::query(
            "INSERT INTO customer (organization_id, mode) VALUES (?, 'on-premises') ON CONFLICT DO NOTHING",
        )
        .bind(id)
        .execute(&mut *connection)
        .await?;
        joined = added.rows_affected() > 0;
    }
    let systems: i64 =
        sqlx::query_scalar("SELECT count(*) FROM system WHERE organization_id = ? AND removed_at IS NULL")
            .bind(id)
            .fetch_one(&mut *connection)
            .await?;
    let summary = rules::summary(&parts, main, chosen == Some(true));
    store(connection, id, systems, &summary).await?;
    refresh_search_key(connection, id).await?;
    Ok(joined)
}

/// The connections of an organization with what was read of their solutions, the oldest first.
async fn parts(connection: &mut SqliteConnection, id: OrganizationId) -> Outcome<Vec<ConnectionPart>> {
    let rows = sqlx::query(
        "SELECT n.id, n.kind, n.state, n.status, n.status_since, n.host, n.port, n.certificate_until, coalesce(r.system_name, y.name, '') AS system_name,
                coalesce(r.version, y.version, '') AS version, coalesce(r.version_key, y.version_key, '') AS version_key, coalesce(r.profile, '') AS profile,
                coalesce(r.licence_state, 'unknown') AS licence_state, coalesce(r.licences, '[]') AS licences
         FROM connection AS n LEFT JOIN solution AS r ON r.connection_id = n.id
         LEFT JOIN system AS y ON n.kind <> 'ip_office' AND y.id = (SELECT z.id FROM system AS z WHERE z.connection_id = n.id AND z.removed_at IS NULL ORDER BY z.id LIMIT 1)
         WHERE n.organization_id = ? AND n.removed_at IS NULL ORDER BY n.created_at, n.id",
    )
    .bind(id)
    .fetch_all(connection)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(ConnectionPart {
                id: row.take("id")?,
                kind: enum_value::<ConnectionKind>(row.take("kind")?)?,
                state: enum_value::<ConnectionState>(row.take("state")?)?,
                status: enum_value::<ConnectivityStatus>(row.take("status")?)?,
                status_since: row.take("status_since")?,
                host: row.take("host")?,
                port: row.take("port")?,
                certificate_until: row.take("certificate_until")?,
                system_name: row.take("system_name")?,
                version: row.take("version")?,
                version_key: row.take("version_key")?,
                profile: row.take("profile")?,
                licence_state: enum_value::<LicenceState>(row.take("licence_state")?)?,
                licences: json::<Vec<LicenceLine>>(row, "licences")?,
            })
        })
        .collect()
}

async fn store(
    connection: &mut SqliteConnection,
    id: OrganizationId,
    systems: i64,
    summary: &Summary,
) -> Outcome<()> {
    sqlx::query(
        "UPDATE customer SET main_connection_id = ?2, connection = ?3, status = ?4, status_since = ?5, connections = ?6, connected = ?7,
            main_chosen = main_chosen AND main_connection_id IS ?2, certificate_until = ?8, system_count = ?9, licence_state = ?10, licences = ?11, host = ?12, port = ?13, system_name = ?14,
            version = ?15, version_key = ?16, profile = ?17, host_order = ?18 WHERE organization_id = ?1",
    )
    .bind(id)
    .bind(summary.main)
    .bind(enum_text(&summary.state)?)
    .bind(enum_text(&summary.status)?)
    .bind(summary.status_since)
    .bind(summary.connections)
    .bind(summary.connected)
    .bind(summary.certificate_until)
    .bind(systems)
    .bind(enum_text(&summary.licence_state)?)
    .bind(serde_json::to_string(&summary.licences).map_err(Problem::internal)?)
    .bind(&summary.host)
    .bind(summary.port)
    .bind(&summary.system_name)
    .bind(&summary.version)
    .bind(&summary.version_key)
    .bind(&summary.profile)
    .bind(host_order_key(&summary.host))
    .execute(connection)
    .await?;
    Ok(())
}

/// The texts by which the customer is found.
///
/// # Errors
/// Database errors.
pub async fn refresh_search_key(connection: &mut SqliteConnection, id: OrganizationId) -> Outcome<()> {
    let row = sqlx::query(
        "SELECT o.name, o.notes, o.telephone, o.email, o.address, c.system_name, c.host, c.version, c.profile, c.operators, c.tags
         FROM customer AS c JOIN organization AS o ON o.id = c.organization_id WHERE c.organization_id = ?",
    )
    .bind(id)
    .fetch_optional(&mut *connection)
    .await?;
    let Some(row) = row else { return Ok(()) };
    let (operators, tags): (Vec<String>, Vec<String>) = (json(&row, "operators")?, json(&row, "tags")?);
    let texts = |columns: &[&str]| -> Outcome<Vec<&str>> {
        columns
            .iter()
            .map(|&column| row.take::<&str, _>(column))
            .collect()
    };
    let mut own = texts(&["name", "notes", "telephone", "email", "address"])?;
    own.extend(operators.iter().chain(&tags).map(String::as_str));
    let host = row.take::<&str, _>("host")?;
    let (written, ascii) = (host_as_written(host), host_in_ascii(host));
    let mut all = own.clone();
    all.extend(texts(&["system_name", "host", "version", "profile"])?);
    all.extend(written.as_deref().into_iter().chain(ascii.as_deref()));
    sqlx::query("UPDATE customer SET search_key = ?, own_key = ? WHERE organization_id = ?")
        .bind(search_key(all))
        .bind(search_key(own))
        .bind(id)
        .execute(connection)
        .await?;
    Ok(())
}

/// The name, notes or contact of the organization are others: the customer is found by them, and a form of it that is open
/// is overtaken.
///
/// # Errors
/// Database errors.
pub async fn organization_changed(connection: &mut SqliteConnection, id: OrganizationId) -> Outcome<()> {
    sqlx::query("UPDATE customer SET revision = revision + 1 WHERE organization_id = ?")
        .bind(id)
        .execute(&mut *connection)
        .await?;
    refresh_search_key(connection, id).await
}

/// Writes the names of the operators of these organizations anew where customers are listed and found by them. Gives the customers
/// whose row changed.
///
/// # Errors
/// Database errors.
pub async fn refresh_operator_names(
    connection: &mut SqliteConnection,
    ids: &[OrganizationId],
) -> Outcome<Vec<OrganizationId>> {
    let mut changed = Vec::new();
    for &id in ids {
        let operators = crate::organizations::store::operators(connection, id).await?;
        let names: Vec<&str> = operators.iter().map(|operator| operator.name.as_str()).collect();
        let names = serde_json::to_string(&names).map_err(Problem::internal)?;
        let touched =
            sqlx::query("UPDATE customer SET operators = ?2 WHERE organization_id = ?1 AND operators <> ?2")
                .bind(id)
                .bind(names)
                .execute(&mut *connection)
                .await?;
        if touched.rows_affected() > 0 {
            refresh_search_key(connection, id).await?;
            changed.push(id);
        }
    }
    Ok(changed)
}
