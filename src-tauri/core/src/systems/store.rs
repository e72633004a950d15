//! All SQL on the tables `system`, `system_text`, `system_services`, `solution` and `video_server`.

mod applications;
mod finding;
mod places;
mod reports;
mod rows;

pub use applications::{
    Application, application, insert_application, remove_applications, update_application,
};
pub use finding::{FoundSystem, find};
pub use places::{leave_folder, list_as_organizations, places, put_into};
pub use reports::{
    Solution, VideoServer, by_serial, forget_reports, set_solution, set_video_server, solution, video_server,
};
use rows::{remove, set_search_key};

use super::rules::version_key;
use super::types::{ServiceTile, SystemCard, SystemKind, SystemRole, SystemRow, SystemState};
use flotilla_kernel::clock::Time;
use flotilla_kernel::database::{
    RowExt as _, enum_text, enum_value, host_order_key, order_key, readable, search_fold,
};
use flotilla_kernel::error::{Outcome, Problem};
use flotilla_kernel::ids::{ConnectionId, FolderId, OrganizationId, SystemId, ids_json};
use flotilla_kernel::rights::{self, Caller};
use flotilla_kernel::severity::severity_of;
use sqlx::{AssertSqlSafe, SqliteConnection};
use std::collections::HashMap;
use uuid::Uuid;

/// The rows of these ids that the account may see, in their order.
///
/// # Errors
/// Database errors.
pub async fn window(
    connection: &mut SqliteConnection,
    caller: &Caller,
    ids: &[Uuid],
) -> Outcome<Vec<SystemRow>> {
    let rows = sqlx::query(AssertSqlSafe(format!(
        "SELECT s.id, s.organization_id, s.connection_id, o.name AS customer, s.folder_id, f.name AS folder, s.kind, s.name, s.role, s.state, s.model, s.serial, s.host, s.version,
                s.alarm_count, s.worst_alarm, s.service_count, s.stopped_count, t.at AS last_contact
         FROM json_each(?1) AS wanted
         JOIN system AS s ON s.id = unhex(wanted.value)
         JOIN organization AS o ON o.id = s.organization_id
         JOIN folder AS f ON f.id = s.folder_id
         LEFT JOIN contact AS t ON t.connection_id = s.connection_id
         WHERE {}
         ORDER BY wanted.key",
        rights::visible_systems(caller, "s")
    )))
    .bind(ids_json(ids))
    .fetch_all(connection)
    .await?;
    Ok(readable(&rows, "system", |row| {
        Ok(SystemRow {
            id: row.take("id")?,
            organization: row.take("organization_id")?,
            connection: row.take("connection_id")?,
            customer: row.take("customer")?,
            folder_id: row.take("folder_id")?,
            folder: row.take("folder")?,
            kind: enum_value(row.take("kind")?)?,
            name: row.take("name")?,
            role: enum_value(row.take("role")?)?,
            state: enum_value(row.take("state")?)?,
            model: row.take("model")?,
            serial: row.take("serial")?,
            host: row.take("host")?,
            version: row.take("version")?,
            alarms: row.take("alarm_count")?,
            worst_alarm: severity_of(row.take("worst_alarm")?),
            services: row.take("service_count")?,
            stopped_services: row.take("stopped_count")?,
            last_contact: row.take::<Option<i64>, _>("last_contact")?.map(Time),
        })
    }))
}

/// The systems of one organization that an account may see, as cards: by connection, the primary first.
///
/// # Errors
/// Database errors.
pub async fn cards(
    connection: &mut SqliteConnection,
    caller: &Caller,
    organization: OrganizationId,
) -> Outcome<Vec<SystemCard>> {
    let rows = sqlx::query(AssertSqlSafe(format!(
        "SELECT s.id, s.connection_id, s.kind, s.name, s.host, s.version, s.role, s.state, s.alarm_count, s.worst_alarm, v.services FROM system AS s
         JOIN system_services AS v ON v.system_id = s.id LEFT JOIN connection AS n ON n.id = s.connection_id
         WHERE s.organization_id = ? AND {} ORDER BY n.created_at, s.connection_id, s.position, s.order_key",
        rights::visible_systems(caller, "s")
    )))
    .bind(organization)
    .fetch_all(connection)
    .await?;
    Ok(readable(&rows, "system", |row| {
        Ok(SystemCard {
            id: row.take("id")?,
            connection: row.take("connection_id")?,
            kind: enum_value(row.take("kind")?)?,
            name: row.take("name")?,
            address: row.take("host")?,
            version: row.take("version")?,
            role: enum_value(row.take("role")?)?,
            state: enum_value(row.take("state")?)?,
            alarms: row.take("alarm_count")?,
            worst_alarm: severity_of(row.take("worst_alarm")?),
            services: serde_json::from_str(row.take("services")?).map_err(Problem::internal)?,
        })
    }))
}

/// A system as a reading has it.
#[derive(Debug, Clone)]
pub struct SystemSeen {
    /// What it is known by within its connection.
    pub identity: String,
    /// Which protocol it speaks.
    pub kind: SystemKind,
    /// Its place in the solution.
    pub role: SystemRole,
    /// The name it gives itself.
    pub name: String,
    /// Its IP address or host name.
    pub host: String,
    /// Its model; empty: it says none.
    pub model: String,
    /// Its serial number; empty: it says none.
    pub serial: String,
    /// Its version, as it writes it.
    pub version: String,
    /// Its state (DEV-11).
    pub state: SystemState,
    /// The services it reports.
    pub services: Vec<ServiceTile>,
}

/// Where systems of a reading belong.
#[derive(Debug, Clone)]
pub struct Place<'a> {
    /// The organization the systems belong to.
    pub organization: OrganizationId,
    /// The connection they are reached by.
    pub connection: ConnectionId,
    /// The organization's name; its systems are found by it.
    pub customer: &'a str,
    /// Where new ones are put.
    pub folder: FolderId,
}

/// What a reading changed.
#[derive(Debug, Default)]
pub struct Applied {
    /// By their identity, all systems of the connection.
    pub ids: HashMap<String, SystemId>,
    /// Known systems of which something changed.
    pub changed: Vec<SystemId>,
    /// Systems that were not known before.
    pub added: Vec<SystemId>,
    /// No longer reported; their rows stay.
    pub removed: Vec<SystemId>,
}

/// A stored system in the form in which a reading is compared with it.
#[derive(PartialEq)]
struct Known {
    name: String,
    host: String,
    model: String,
    version: String,
    state: String,
    role: String,
    services: String,
    position: i64,
}

/// Makes the stored systems of a connection those of the reading: known ones by their identity are updated, new ones
/// are added, missing ones are removed. Systems of other connections are not touched.
///
/// # Errors
/// Database errors.
pub async fn apply(
    connection: &mut SqliteConnection,
    now: Time,
    place: &Place<'_>,
    systems: &[SystemSeen],
) -> Outcome<Applied> {
    let stored = stored(connection, place.connection).await?;
    let mut applied = Applied::default();
    for (position, system) in (0_i64..).zip(systems) {
        let known = Known {
            name: system.name.clone(),
            host: system.host.clone(),
            model: system.model.clone(),
            version: system.version.clone(),
            state: enum_text(&system.state)?,
            role: enum_text(&system.role)?,
            services: serde_json::to_string(&system.services).map_err(Problem::internal)?,
            position,
        };
        let id = match stored.get(&system.identity) {
            Some((id, before)) => {
                applied.ids.insert(system.identity.clone(), *id);
                if *before == known {
                    continue;
                }
                applied.changed.push(*id);
                *id
            }
            None => {
                let id = SystemId::new(now);
                applied.ids.insert(system.identity.clone(), id);
                applied.added.push(id);
                id
            }
        };
        write(connection, id, place, system, known).await?;
    }
    for (identity, (id, _)) in &stored {
        if !applied.ids.contains_key(identity) {
            applied.removed.push(*id);
        }
    }
    remove(connection, now, &applied.removed).await?;
    Ok(applied)
}

async fn stored(
    connection: &mut SqliteConnection,
    of: ConnectionId,
) -> Outcome<HashMap<String, (SystemId, Known)>> {
    let rows = sqlx::query(
        "SELECT s.identity, s.id, s.name, s.host, s.model, s.version, iif(s.state_beside = '', s.state, s.state_beside) AS state, s.role, v.services, s.position FROM system AS s
         JOIN system_services AS v ON v.system_id = s.id WHERE s.connection_id = ? AND s.removed_at IS NULL",
    )
    .bind(of)
    .fetch_all(connection)
    .await?;
    rows.iter()
        .map(|row| {
            let known = Known {
                name: row.take("name")?,
                host: row.take("host")?,
                model: row.take("model")?,
                version: row.take("version")?,
                state: row.take("state")?,
                role: row.take("role")?,
                services: row.take("services")?,
                position: row.take("position")?,
            };
            Ok((row.take("identity")?, (row.take("id")?, known)))
        })
        .collect()
}

async fn write(
    connection: &mut SqliteConnection,
    id: SystemId,
    place: &Place<'_>,
    system: &SystemSeen,
    known: Known,
) -> Outcome<()> {
    let services = &system.services;
    let stopped = services.iter().filter(|service| !service.running).count();
    sqlx::query(
        "INSERT INTO system (id, organization_id, folder_id, kind, role, identity, name, name_key, order_key, host, host_order, model, serial, version, version_key,
                             state, service_count, stopped_count, position, customer_key, connection_id)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21)
         ON CONFLICT (id) DO UPDATE SET role = ?5, name = ?7, name_key = ?8, order_key = ?9, host = ?10, host_order = ?11, model = ?12,
                             version = ?14, version_key = ?15, state = iif(state_beside = '', ?16, state), state_beside = iif(state_beside = '', '', ?16), service_count = ?17, stopped_count = ?18, position = ?19, customer_key = ?20",
    )
    .bind(id)
    .bind(place.organization)
    .bind(place.folder)
    .bind(enum_text(&system.kind)?)
    .bind(known.role)
    .bind(&system.identity)
    .bind(&system.name)
    .bind(search_fold(&system.name))
    .bind(order_key(&system.name))
    .bind(&system.host)
    .bind(host_order_key(&system.host))
    .bind(&system.model)
    .bind(&system.serial)
    .bind(&system.version)
    .bind(version_key(&system.version))
    .bind(known.state)
    .bind(i64::try_from(services.len()).unwrap_or(i64::MAX))
    .bind(i64::try_from(stopped).unwrap_or(i64::MAX))
    .bind(known.position)
    .bind(order_key(place.customer))
    .bind(place.connection)
    .execute(&mut *connection)
    .await?;
    sqlx::query("INSERT INTO system_services (system_id, services) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET services = ?2")
        .bind(id)
        .bind(known.services)
        .execute(&mut *connection)
        .await?;
    let texts = [
        system.name.as_str(),
        place.customer,
        &system.host,
        &system.model,
        &system.serial,
        &system.version,
    ];
    set_search_key(connection, id, texts).await
}

/// Removes all systems of these connections; gives them.
///
/// # Errors
/// Database errors.
pub async fn remove_of(
    connection: &mut SqliteConnection,
    now: Time,
    connections: &[ConnectionId],
) -> Outcome<Vec<SystemId>> {
    let ids: Vec<SystemId> = sqlx::query_scalar(
        "SELECT id FROM system WHERE connection_id IN (SELECT unhex(value) FROM json_each(?)) AND removed_at IS NULL",
    )
    .bind(ids_json(connections))
    .fetch_all(&mut *connection)
    .await?;
    remove(connection, now, &ids).await?;
    Ok(ids)
}

/// A connection could not be read: all its systems have this state. Gives those that changed.
///
/// # Errors
/// Database errors.
pub async fn set_state(
    connection: &mut SqliteConnection,
    of: ConnectionId,
    state: SystemState,
) -> Outcome<Vec<SystemId>> {
    // One that a job upgrades stays shown as that (DEV-11).
    sqlx::query("UPDATE system SET state_beside = ?1 WHERE connection_id = ?2 AND removed_at IS NULL AND state_beside <> ''")
        .bind(enum_text(&state)?)
        .bind(of)
        .execute(&mut *connection)
        .await?;
    Ok(sqlx::query_scalar(
        "UPDATE system SET state = ?1 WHERE connection_id = ?2 AND removed_at IS NULL AND state <> ?1 AND state_beside = '' RETURNING id",
    )
    .bind(enum_text(&state)?)
    .bind(of)
    .fetch_all(connection)
    .await?)
}

/// A job begins or ends upgrading systems: meanwhile they are shown as that, whatever is read of them (DEV-11).
///
/// # Errors
/// Database errors.
pub async fn set_upgrading(
    connection: &mut SqliteConnection,
    ids: &[SystemId],
    upgrading: bool,
) -> Outcome<()> {
    let sql = if upgrading {
        "UPDATE system SET state_beside = state, state = 'upgrading' WHERE id IN (SELECT unhex(value) FROM json_each(?)) AND state_beside = ''"
    } else {
        "UPDATE system SET state = state_beside, state_beside = '' WHERE id IN (SELECT unhex(value) FROM json_each(?)) AND state_beside <> ''"
    };
    sqlx::query(sql).bind(ids_json(ids)).execute(connection).await?;
    Ok(())
}

/// The serial number of the device that is known by a connection; none before it was read.
///
/// # Errors
/// Database errors.
pub async fn device_of(connection: &mut SqliteConnection, of: ConnectionId) -> Outcome<Option<String>> {
    Ok(
        sqlx::query_scalar("SELECT identity FROM system WHERE connection_id = ? AND removed_at IS NULL")
            .bind(of)
            .fetch_optional(connection)
            .await?,
    )
}

/// What is known of the device that is reached by this connection: name, model, version. None: nothing was read by it yet.
///
/// # Errors
/// Database errors.
pub async fn known_of(
    connection: &mut SqliteConnection,
    of: ConnectionId,
) -> Outcome<Option<(String, String, String)>> {
    Ok(sqlx::query_as(
        "SELECT name, model, version FROM system WHERE connection_id = ? AND removed_at IS NULL",
    )
    .bind(of)
    .fetch_optional(connection)
    .await?)
}

/// The device that is reached by this connection; none: nothing was read by it yet.
///
/// # Errors
/// Database errors.
pub async fn system_of(connection: &mut SqliteConnection, of: ConnectionId) -> Outcome<Option<SystemId>> {
    Ok(
        sqlx::query_scalar("SELECT id FROM system WHERE connection_id = ? AND removed_at IS NULL")
            .bind(of)
            .fetch_optional(connection)
            .await?,
    )
}

/// The systems in a folder.
///
/// # Errors
/// Database errors.
pub async fn in_folder(connection: &mut SqliteConnection, folder: FolderId) -> Outcome<Vec<SystemId>> {
    let ids = sqlx::query_scalar("SELECT id FROM system WHERE folder_id = ? AND listed = 1")
        .bind(folder)
        .fetch_all(connection)
        .await?;
    Ok(ids)
}

/// The customer has another name: its systems are found by it. Gives those systems.
///
/// # Errors
/// Database errors.
pub async fn rename_customer(
    connection: &mut SqliteConnection,
    organization: OrganizationId,
    customer: &str,
) -> Outcome<Vec<SystemId>> {
    let rows =
        sqlx::query("SELECT id, name, host, model, serial, version FROM system WHERE organization_id = ? AND removed_at IS NULL")
            .bind(organization)
            .fetch_all(&mut *connection)
            .await?;
    let mut systems = Vec::with_capacity(rows.len());
    for row in rows {
        let id = row.take("id")?;
        let texts = [
            row.take::<&str, _>("name")?,
            customer,
            row.take("host")?,
            row.take("model")?,
            row.take("serial")?,
            row.take("version")?,
        ];
        set_search_key(connection, id, texts).await?;
        systems.push(id);
    }
    sqlx::query("UPDATE system SET customer_key = ?2 WHERE organization_id = ?1 AND customer_key <> ?2")
        .bind(organization)
        .bind(order_key(customer))
        .execute(connection)
        .await?;
    Ok(systems)
}

/// Systems by state, of what the account may see (DSH-02).
///
/// # Errors
/// Database errors.
pub async fn counts(
    connection: &mut SqliteConnection,
    caller: &Caller,
    organization: Option<OrganizationId>,
) -> Outcome<Vec<(SystemState, i64)>> {
    let rows = sqlx::query(AssertSqlSafe(format!(
        "SELECT s.state, count(*) FROM system AS s WHERE (?1 IS NULL OR s.organization_id = ?1) AND {}
         GROUP BY s.state",
        rights::visible_systems(caller, "s")
    )))
    .bind(organization)
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|row| Ok((enum_value(row.take(0)?)?, row.take(1)?)))
        .collect()
}

/// A system's open alarms: how many, and the worst as [`flotilla_kernel::severity::rank`] has it.
///
/// # Errors
/// Database errors.
pub async fn set_alarms(
    connection: &mut SqliteConnection,
    system: SystemId,
    count: i64,
    worst: i64,
) -> Outcome<()> {
    sqlx::query("UPDATE system SET alarm_count = ?2, worst_alarm = ?3 WHERE id = ?1")
        .bind(system)
        .bind(count)
        .bind(worst)
        .execute(connection)
        .await?;
    Ok(())
}
