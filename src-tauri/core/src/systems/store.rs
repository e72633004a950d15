//! All SQL on the table `system`.

use super::rules::version_key;
use super::types::{SystemKind, SystemRole, SystemRow, SystemState};
use crate::alarms::rules::severity_of;
use flotilla_kernel::database::{enum_text, enum_value};
use flotilla_kernel::clock::Time;
use crate::customers::types::{ServiceTile, SystemCard};
use flotilla_kernel::database::{fold, search_key};
use flotilla_kernel::ids::{FolderId, OrganizationId, SystemId};
use flotilla_kernel::rights::Caller;
use flotilla_kernel::error::{Outcome, Problem};
use flotilla_connectors::ip_office::{Role, SystemReading};
use sqlx::{Row, SqliteConnection};
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
    let rows = sqlx::query(
        "SELECT s.id, s.organization_id, o.name AS customer, s.kind, s.name, s.role, s.state, s.model, s.serial, s.host, s.version,
                s.alarm_count, s.worst_alarm, s.service_count, s.stopped_count, t.at AS last_contact
         FROM json_each(?1) AS wanted
         JOIN system AS s ON s.id = unhex(wanted.value)
         JOIN organization AS o ON o.id = s.organization_id
         LEFT JOIN contact AS t ON t.organization_id = s.organization_id
         WHERE ?2 OR EXISTS (SELECT 1 FROM membership AS m WHERE m.organization_id = s.organization_id AND m.account_id = ?3)
         ORDER BY wanted.key",
    )
    .bind(flotilla_kernel::ids::ids_json(ids))
    .bind(caller.is_administrator())
    .bind(caller.account)
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(SystemRow {
                id: row.get("id"),
                organization: row.get("organization_id"),
                customer: row.get("customer"),
                kind: enum_value(row.get("kind"))?,
                name: row.get("name"),
                role: enum_value(row.get("role"))?,
                state: enum_value(row.get("state"))?,
                model: row.get("model"),
                serial: row.get("serial"),
                host: row.get("host"),
                version: row.get("version"),
                alarms: row.get("alarm_count"),
                worst_alarm: severity_of(row.get("worst_alarm")),
                services: row.get("service_count"),
                stopped_services: row.get("stopped_count"),
                last_contact: row.get::<Option<i64>, _>("last_contact").map(Time),
            })
        })
        .collect()
}

/// The systems of one customer as cards, the primary first.
///
/// # Errors
/// Database errors.
pub async fn cards(
    connection: &mut SqliteConnection,
    organization: OrganizationId,
) -> Outcome<Vec<SystemCard>> {
    let rows = sqlx::query(
        "SELECT s.id, s.name, s.host, s.version, s.role, s.state, s.alarm_count, s.worst_alarm, v.services FROM system AS s
         JOIN system_services AS v ON v.system_id = s.id WHERE s.organization_id = ? ORDER BY s.position, s.name_key",
    )
    .bind(organization)
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(SystemCard {
                id: row.get("id"),
                name: row.get("name"),
                address: row.get("host"),
                version: row.get("version"),
                role: enum_value(row.get("role"))?,
                state: enum_value(row.get("state"))?,
                alarms: row.get("alarm_count"),
                worst_alarm: severity_of(row.get("worst_alarm")),
                services: serde_json::from_str(row.get("services")).map_err(Problem::internal)?,
            })
        })
        .collect()
}

/// What a reading changed.
#[derive(Debug, Default)]
pub struct Applied {
    /// By their identity, all systems of the solution.
    pub ids: HashMap<String, SystemId>,
    pub changed: Vec<SystemId>,
    pub came: Vec<SystemId>,
    pub went: Vec<SystemId>,
}

/// Makes the stored systems of a customer those of the reading: known ones by their identity are updated, new ones
/// come, missing ones go.
///
/// # Errors
/// Database errors.
pub async fn apply(
    connection: &mut SqliteConnection,
    now: Time,
    organization: OrganizationId,
    customer: &str,
    folder: FolderId,
    systems: &[SystemReading],
) -> Outcome<Applied> {
    let stored: HashMap<String, (SystemId, Vec<u8>)> = sqlx::query("SELECT s.identity, s.id, s.name, s.host, s.model, s.version, s.state, s.role, v.services, s.position FROM system AS s JOIN system_services AS v ON v.system_id = s.id WHERE s.organization_id = ?")
        .bind(organization)
        .fetch_all(&mut *connection)
        .await?
        .into_iter()
        .map(|row| {
            let known = (row.get::<&str, _>("name"), row.get::<&str, _>("host"), row.get::<&str, _>("model"), row.get::<&str, _>("version"), row.get::<&str, _>("state"), row.get::<&str, _>("role"), row.get::<&str, _>("services"), row.get::<i64, _>("position"));
            serde_json::to_vec(&known).map(|known| (row.get("identity"), (row.get("id"), known))).map_err(Problem::internal)
        })
        .collect::<Outcome<_>>()?;
    let mut applied = Applied::default();
    for (position, system) in (0_i64..).zip(systems) {
        let role = match (system.role, systems.len()) {
            (Role::Primary, 1) => SystemRole::Alone,
            (Role::Primary, _) => SystemRole::Primary,
            (Role::Secondary, _) => SystemRole::Secondary,
            (Role::Expansion, _) => SystemRole::Expansion,
        };
        let state = if system.running {
            SystemState::Online
        } else {
            SystemState::Unreachable
        };
        let services: Vec<ServiceTile> = system
            .services
            .iter()
            .map(|service| ServiceTile {
                name: service.name.clone(),
                version: service.version.clone(),
                running: service.running,
            })
            .collect();
        let services_text = serde_json::to_string(&services).map_err(Problem::internal)?;
        let (role_text, state_text) = (enum_text(&role)?, enum_text(&state)?);
        let known = (
            system.name.as_str(),
            system.address.as_str(),
            system.edition.as_str(),
            system.version.as_str(),
            state_text.as_str(),
            role_text.as_str(),
            services_text.as_str(),
            position,
        );
        let known = serde_json::to_vec(&known).map_err(Problem::internal)?;
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
                applied.came.push(id);
                id
            }
        };
        let stopped = services.iter().filter(|service| !service.running).count();
        sqlx::query(
            "INSERT INTO system (id, organization_id, folder_id, kind, role, identity, name, name_key, host, model, serial, version, version_key,
                                 state, service_count, stopped_count, position, customer_key)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)
             ON CONFLICT (id) DO UPDATE SET role = ?5, name = ?7, name_key = ?8, host = ?9, model = ?10, version = ?12, version_key = ?13,
                                 state = ?14, service_count = ?15, stopped_count = ?16, position = ?17, customer_key = ?18",
        )
        .bind(id)
        .bind(organization)
        .bind(folder)
        .bind(enum_text(&SystemKind::TelephoneServer)?)
        .bind(role_text)
        .bind(&system.identity)
        .bind(&system.name)
        .bind(fold(&system.name))
        .bind(&system.address)
        .bind(&system.edition)
        .bind(&system.identity)
        .bind(&system.version)
        .bind(version_key(&system.version))
        .bind(state_text)
        .bind(i64::try_from(services.len()).unwrap_or(i64::MAX))
        .bind(i64::try_from(stopped).unwrap_or(i64::MAX))
        .bind(position)
        .bind(fold(customer))
        .execute(&mut *connection)
        .await?;
        sqlx::query("INSERT INTO system_services (system_id, services) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET services = ?2")
            .bind(id)
            .bind(services_text)
            .execute(&mut *connection)
            .await?;
        let texts = [
            system.name.as_str(),
            customer,
            &system.address,
            &system.edition,
            &system.identity,
            &system.version,
        ];
        set_search_key(connection, id, texts).await?;
    }
    for (identity, (id, _)) in &stored {
        if !applied.ids.contains_key(identity) {
            sqlx::query("DELETE FROM system WHERE id = ?")
                .bind(*id)
                .execute(&mut *connection)
                .await?;
            applied.went.push(*id);
        }
    }
    Ok(applied)
}

/// The primary cannot be read: all systems of the customer have this state. Gives those that changed.
///
/// # Errors
/// Database errors.
pub async fn set_state(
    connection: &mut SqliteConnection,
    organization: OrganizationId,
    state: SystemState,
) -> Outcome<Vec<SystemId>> {
    Ok(sqlx::query_scalar(
        "UPDATE system SET state = ?1 WHERE organization_id = ?2 AND state <> ?1 RETURNING id",
    )
    .bind(enum_text(&state)?)
    .bind(organization)
    .fetch_all(connection)
    .await?)
}

/// The customer has another name: its systems are found by it.
///
/// # Errors
/// Database errors.
pub async fn rename_customer(
    connection: &mut SqliteConnection,
    organization: OrganizationId,
    customer: &str,
) -> Outcome<()> {
    let rows =
        sqlx::query("SELECT id, name, host, model, identity, version FROM system WHERE organization_id = ?")
            .bind(organization)
            .fetch_all(&mut *connection)
            .await?;
    for row in rows {
        let texts = [
            row.get::<&str, _>("name"),
            customer,
            row.get("host"),
            row.get("model"),
            row.get("identity"),
            row.get("version"),
        ];
        set_search_key(connection, row.get("id"), texts).await?;
    }
    sqlx::query("UPDATE system SET customer_key = ?2 WHERE organization_id = ?1 AND customer_key <> ?2")
        .bind(organization)
        .bind(fold(customer))
        .execute(connection)
        .await?;
    Ok(())
}

/// What a system is found by: its texts, one a line.
async fn set_search_key(connection: &mut SqliteConnection, id: SystemId, texts: [&str; 6]) -> Outcome<()> {
    sqlx::query(
        "INSERT INTO system_text (system_id, search_key) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET search_key = ?2",
    )
    .bind(id)
    .bind(search_key(texts))
    .execute(connection)
    .await?;
    Ok(())
}

/// Visible systems by words of their texts, for the command palette: id, organization, name, customer, host.
///
/// # Errors
/// Database errors.
pub async fn find(
    connection: &mut SqliteConnection,
    caller: &Caller,
    words: &[String],
    limit: i64,
) -> Outcome<Vec<(SystemId, OrganizationId, String, String, String)>> {
    let words = serde_json::to_string(words).map_err(Problem::internal)?;
    Ok(sqlx::query_as(
        "SELECT s.id, s.organization_id, s.name, o.name, s.host FROM system_text AS x JOIN system AS s ON s.id = x.system_id
         JOIN organization AS o ON o.id = s.organization_id
         WHERE NOT EXISTS (SELECT 1 FROM json_each(?1) AS word WHERE instr(x.search_key, word.value) = 0)
           AND (?2 OR EXISTS (SELECT 1 FROM membership AS m WHERE m.organization_id = s.organization_id AND m.account_id = ?3))
         ORDER BY s.name_key LIMIT ?4",
    )
    .bind(words)
    .bind(caller.is_administrator())
    .bind(caller.account)
    .bind(limit)
    .fetch_all(connection)
    .await?)
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
    let rows = sqlx::query(
        "SELECT state, count(*) FROM system WHERE (?1 IS NULL OR organization_id = ?1)
           AND (?2 OR organization_id IN (SELECT organization_id FROM membership WHERE account_id = ?3))
         GROUP BY state",
    )
    .bind(organization)
    .bind(caller.is_administrator())
    .bind(caller.account)
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|row| Ok((enum_value(row.get(0))?, row.get(1))))
        .collect()
}
