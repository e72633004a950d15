//! All SQL on the tables `connection` and `contact`.

mod contact;
mod values;

pub use contact::*;
use values::{certificate, json};

use super::probe::view;
use super::rules;
use super::types::*;
use flotilla_connectors::Certificate;
use flotilla_connectors::secret::Secret;
use flotilla_kernel::clock::Time;
use flotilla_kernel::database::{RowExt as _, enum_text, enum_value, host_order_key, readable};
use flotilla_kernel::error::{ErrorCode, Outcome, Problem};
use flotilla_kernel::ids::{ConnectionId, OrganizationId, ids_json};
use flotilla_kernel::rights::{Caller, visible_systems};
use sqlx::sqlite::SqliteRow;
use sqlx::{AssertSqlSafe, SqliteConnection};
use std::collections::HashMap;
use uuid::Uuid;

// Looking

/// The connections of an organization that were not removed, the oldest first.
///
/// # Errors
/// Database errors.
pub async fn of_organization(
    connection: &mut SqliteConnection,
    organization: OrganizationId,
) -> Outcome<Vec<ConnectionView>> {
    let rows = sqlx::query(
        "SELECT n.*, t.at AS last_contact,
                (SELECT count(*) FROM system AS s WHERE s.connection_id = n.id AND s.removed_at IS NULL) AS systems
         FROM connection AS n LEFT JOIN contact AS t ON t.connection_id = n.id
         WHERE n.organization_id = ? AND n.removed_at IS NULL ORDER BY n.created_at, n.id",
    )
    .bind(organization)
    .fetch_all(connection)
    .await?;
    Ok(readable(&rows, "connection", view_of))
}

/// How many of the systems of these connections this account sees (ORG-22); one that is missing has none.
///
/// # Errors
/// Database errors.
pub async fn visible_systems_of(
    connection: &mut SqliteConnection,
    caller: &Caller,
    ids: &[ConnectionId],
) -> Outcome<HashMap<ConnectionId, i64>> {
    let visible = visible_systems(caller, "s");
    let sql = format!(
        "SELECT s.connection_id, count(*) AS systems FROM json_each(?) AS wanted
         JOIN system AS s ON s.connection_id = unhex(wanted.value) AND s.removed_at IS NULL
         WHERE {visible} GROUP BY s.connection_id"
    );
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    sqlx::query(AssertSqlSafe(sql))
        .bind(ids_json(&ids))
        .fetch_all(connection)
        .await?
        .iter()
        .map(|row| Ok((row.take("connection_id")?, row.take("systems")?)))
        .collect()
}

/// One connection.
///
/// # Errors
/// `not-found` when there is none, or it was removed.
pub async fn one(connection: &mut SqliteConnection, id: ConnectionId) -> Outcome<ConnectionView> {
    let row = sqlx::query(
        "SELECT n.*, t.at AS last_contact,
                (SELECT count(*) FROM system AS s WHERE s.connection_id = n.id AND s.removed_at IS NULL) AS systems
         FROM connection AS n LEFT JOIN contact AS t ON t.connection_id = n.id
         WHERE n.id = ? AND n.removed_at IS NULL",
    )
    .bind(id)
    .fetch_optional(connection)
    .await?
    .ok_or_else(|| Problem::new(ErrorCode::NotFound))?;
    view_of(&row)
}

fn view_of(row: &SqliteRow) -> Outcome<ConnectionView> {
    Ok(ConnectionView {
        id: row.take("id")?,
        organization: row.take("organization_id")?,
        kind: enum_value(row.take("kind")?)?,
        name: row.take("name")?,
        host: row.take("host")?,
        port: row.take("port")?,
        user_name: row.take("user_name")?,
        has_password: !row.take::<&str, _>("password")?.is_empty(),
        proxy: json(row, "proxy")?,
        status: enum_value(row.take("status")?)?,
        state: enum_value(row.take("state")?)?,
        status_detail: row.take("status_detail")?,
        status_since: row.take::<Option<i64>, _>("status_since")?.map(Time),
        last_contact: row.take::<Option<i64>, _>("last_contact")?.map(Time),
        // The plan is the poller's, not the database's.
        next_contact: None,
        certificate: certificate(row, "certificate")?.as_ref().map(view),
        waiting_certificate: certificate(row, "waiting_certificate")?.as_ref().map(view),
        systems: row.take("systems")?,
        monitored: row.take("monitored")?,
        revision: row.take("revision")?,
    })
}

/// The names by which people know these connections, and the organizations they belong to, in the order of the ids; those that
/// were removed are left out.
///
/// # Errors
/// Database errors.
pub async fn names(
    connection: &mut SqliteConnection,
    ids: &[ConnectionId],
) -> Outcome<Vec<(ConnectionId, OrganizationId, String)>> {
    let rows = sqlx::query(
        "SELECT n.id, n.organization_id, coalesce(nullif(n.name, ''), n.host) AS name FROM json_each(?) AS wanted
         JOIN connection AS n ON n.id = unhex(wanted.value) AND n.removed_at IS NULL ORDER BY wanted.key",
    )
    .bind(ids_json(ids))
    .fetch_all(connection)
    .await?;
    rows.iter()
        .map(|row| Ok((row.take("id")?, row.take("organization_id")?, row.take("name")?)))
        .collect()
}

/// The connections of these organizations that were not removed.
///
/// # Errors
/// Database errors.
pub async fn of_organizations(
    connection: &mut SqliteConnection,
    organizations: &[OrganizationId],
) -> Outcome<Vec<(OrganizationId, ConnectionId)>> {
    Ok(sqlx::query_as(
        "SELECT n.organization_id, n.id FROM json_each(?) AS wanted
         JOIN connection AS n ON n.organization_id = unhex(wanted.value) AND n.removed_at IS NULL ORDER BY wanted.key, n.created_at, n.id",
    )
    .bind(ids_json(organizations))
    .fetch_all(connection)
    .await?)
}

/// What would go with these connections.
///
/// # Errors
/// Database errors.
pub async fn removal(connection: &mut SqliteConnection, ids: &[ConnectionId]) -> Outcome<RemovalPlan> {
    let (connections, systems, alarms) = sqlx::query_as(
        "WITH wanted AS MATERIALIZED (SELECT n.id FROM json_each(?) AS each JOIN connection AS n ON n.id = unhex(each.value) AND n.removed_at IS NULL)
         SELECT (SELECT count(*) FROM wanted),
                (SELECT count(*) FROM system WHERE removed_at IS NULL AND connection_id IN (SELECT id FROM wanted)),
                (SELECT count(*) FROM alarm WHERE cleared_at IS NULL AND connection_id IN (SELECT id FROM wanted))",
    )
    .bind(ids_json(ids))
    .fetch_one(connection)
    .await?;
    Ok(RemovalPlan {
        connections,
        systems,
        alarms,
    })
}

// Saving

/// What a connection is reached by, and what it is called.
#[derive(Debug, Clone)]
pub struct ConnectionFields {
    /// What it is called; empty: it is called by its address.
    pub name: String,
    /// IP address or host name.
    pub host: String,
    /// The port, 1 to 65535.
    pub port: i64,
    /// The name of the service user that signs in.
    pub user_name: String,
    /// None: the stored one stays.
    pub password: Option<Secret>,
    /// The proxy it is reached through (CUS-15).
    pub proxy: ProxyChoice,
    /// The certificate a person said yes to, if one was.
    pub pin: Option<Certificate>,
}

/// Adds a connection that was never tried.
///
/// # Errors
/// Database errors.
pub async fn insert(
    connection: &mut SqliteConnection,
    now: Time,
    organization: OrganizationId,
    kind: ConnectionKind,
    fields: &ConnectionFields,
) -> Outcome<ConnectionId> {
    let id = ConnectionId::new(now);
    let pin = fields.pin.as_ref();
    sqlx::query(
        "INSERT INTO connection (id, organization_id, kind, name, host, port, user_name, password, proxy, pin, certificate, certificate_until, created_at, host_order)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(id)
    .bind(organization)
    .bind(enum_text(&kind)?)
    .bind(&fields.name)
    .bind(&fields.host)
    .bind(fields.port)
    .bind(&fields.user_name)
    .bind(fields.password.as_ref().map(|password| password.expose().to_owned()).unwrap_or_default())
    .bind(serde_json::to_string(&fields.proxy).map_err(Problem::internal)?)
    .bind(pin.map(|certificate| certificate.fingerprint.0.to_vec()))
    .bind(pin.map(|certificate| certificate.der.clone()))
    .bind(pin.map(|certificate| certificate.valid_until.timestamp_millis()))
    .bind(now.0)
    .bind(host_order_key(&fields.host))
    .execute(connection)
    .await?;
    Ok(id)
}

/// Other fields for a connection. Says whether it is reached by something else now: then what was read by it before does not
/// count any more ([`forget_contact`]).
///
/// # Errors
/// Database errors; `not-found` when there is none, or it was removed.
pub async fn update(
    connection: &mut SqliteConnection,
    id: ConnectionId,
    fields: &ConnectionFields,
) -> Outcome<bool> {
    let before: i64 =
        sqlx::query_scalar("SELECT edition FROM connection WHERE id = ? AND removed_at IS NULL")
            .bind(id)
            .fetch_optional(&mut *connection)
            .await?
            .ok_or_else(|| Problem::new(ErrorCode::NotFound))?;
    let pin = fields.pin.as_ref();
    // A pin belongs to an address; another address is first met again (CUS-15).
    let after: i64 = sqlx::query_scalar(
        "UPDATE connection SET name = ?2, host = ?3, host_order = ?11, port = ?4, user_name = ?5, password = coalesce(?6, password), proxy = ?7,
            pin = coalesce(?8, CASE WHEN host = ?3 AND port = ?4 THEN pin END),
            certificate = coalesce(?9, CASE WHEN host = ?3 AND port = ?4 THEN certificate END),
            certificate_until = coalesce(?10, CASE WHEN host = ?3 AND port = ?4 THEN certificate_until END),
            waiting_certificate = CASE WHEN ?8 IS NULL THEN waiting_certificate END, revision = revision + 1,
            -- A device is called as its connection is: what it answers is taken in anew.
            reading_digest = CASE WHEN name = ?2 THEN reading_digest END,
            edition = edition + ((host, port, user_name, password, proxy) IS NOT (?3, ?4, ?5, coalesce(?6, password), ?7) OR coalesce(?8, pin) IS NOT pin)
         WHERE id = ?1 RETURNING edition",
    )
    .bind(id)
    .bind(&fields.name)
    .bind(&fields.host)
    .bind(fields.port)
    .bind(&fields.user_name)
    .bind(fields.password.as_ref().map(|password| password.expose().to_owned()))
    .bind(serde_json::to_string(&fields.proxy).map_err(Problem::internal)?)
    .bind(pin.map(|certificate| certificate.fingerprint.0.to_vec()))
    .bind(pin.map(|certificate| certificate.der.clone()))
    .bind(pin.map(|certificate| certificate.valid_until.timestamp_millis()))
    .bind(host_order_key(&fields.host))
    .fetch_one(connection)
    .await?;
    Ok(after != before)
}

/// What was read by an earlier endpoint does not count any more: the connection was never tried (CUS-11).
///
/// # Errors
/// Database errors.
pub async fn forget_contact(connection: &mut SqliteConnection, now: Time, id: ConnectionId) -> Outcome<()> {
    sqlx::query(
        "UPDATE connection SET status = CASE monitored WHEN 1 THEN ?2 ELSE status END, status_detail = '', state = ?3, status_since = ?4, failures = 0, waiting_certificate = NULL,
            reading_digest = NULL WHERE id = ?1",
    )
    .bind(id)
    .bind(enum_text(&ConnectivityStatus::NeverTried)?)
    .bind(enum_text(&rules::state_of(ConnectivityStatus::NeverTried))?)
    .bind(now.0)
    .execute(&mut *connection)
    .await?;
    sqlx::query("DELETE FROM contact WHERE connection_id = ?")
        .bind(id)
        .execute(connection)
        .await?;
    Ok(())
}

/// Removes connections: they are not polled any more, and their secrets are gone; their rows stay, because alarms refer to them.
/// Gives those that were there, with their organizations.
///
/// # Errors
/// Database errors.
pub async fn remove(
    connection: &mut SqliteConnection,
    now: Time,
    ids: &[ConnectionId],
) -> Outcome<Vec<(ConnectionId, OrganizationId)>> {
    let removed = sqlx::query_as(
        "UPDATE connection SET removed_at = ?2, password = '', waiting_certificate = NULL, edition = edition + 1
         WHERE id IN (SELECT unhex(value) FROM json_each(?1)) AND removed_at IS NULL RETURNING id, organization_id",
    )
    .bind(ids_json(ids))
    .bind(now.0)
    .fetch_all(&mut *connection)
    .await?;
    sqlx::query("DELETE FROM contact WHERE connection_id IN (SELECT unhex(value) FROM json_each(?))")
        .bind(ids_json(ids))
        .execute(connection)
        .await?;
    Ok(removed)
}
