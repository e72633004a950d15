//! All SQL on the table `alarm`.

use super::rules::{Wanted, nature, rank, severity_of};
use super::types::{AlarmCause, AlarmRow, AlarmType};
use flotilla_kernel::database::{enum_text, enum_value};
use flotilla_kernel::clock::Time;
use flotilla_kernel::database::search_key;
use flotilla_kernel::ids::{AlarmId, OrganizationId, SystemId};
use flotilla_kernel::rights::Caller;
use flotilla_kernel::error::{Outcome, Problem};
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
) -> Outcome<Vec<AlarmRow>> {
    let rows = sqlx::query(
        "SELECT a.id, a.organization_id, o.name AS customer, a.system_id, coalesce(s.name, '') AS system_name, a.severity, a.alarm_type,
                a.cause, a.qualifier, a.state, a.first_at, a.last_at, a.cleared_at, a.occurrences
         FROM json_each(?1) AS wanted
         JOIN alarm AS a ON a.id = unhex(wanted.value)
         JOIN organization AS o ON o.id = a.organization_id
         LEFT JOIN system AS s ON s.id = a.system_id
         WHERE ?2 OR EXISTS (SELECT 1 FROM membership AS m WHERE m.organization_id = a.organization_id AND m.account_id = ?3)
         ORDER BY wanted.key",
    )
    .bind(flotilla_kernel::ids::ids_json(ids))
    .bind(caller.is_administrator())
    .bind(caller.account)
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(AlarmRow {
                id: row.get("id"),
                organization: row.get("organization_id"),
                customer: row.get("customer"),
                system: row.get("system_id"),
                system_name: row.get("system_name"),
                severity: severity_of(row.get("severity"))
                    .ok_or_else(|| Problem::internal("a severity out of range"))?,
                alarm_type: enum_value(row.get("alarm_type"))?,
                cause: enum_value(row.get("cause"))?,
                qualifier: row.get("qualifier"),
                state: enum_value(row.get("state"))?,
                first_at: Time(row.get("first_at")),
                last_at: Time(row.get("last_at")),
                cleared_at: row.get::<Option<i64>, _>("cleared_at").map(Time),
                occurrences: row.get("occurrences"),
            })
        })
        .collect()
}

/// Makes the open alarms of a customer those that are wanted: missing ones are raised, the others of Flotilla's own
/// checks are cleared. `scope` says which causes were checked at all; what was not looked at stays as it is.
///
/// # Errors
/// Database errors. Gives the alarms that came or went.
pub async fn settle(
    connection: &mut SqliteConnection,
    now: Time,
    organization: OrganizationId,
    systems: &HashMap<String, SystemId>,
    scope: &[AlarmCause],
    wanted: &[Wanted],
) -> Outcome<Vec<AlarmId>> {
    let causes: Vec<String> = scope.iter().map(enum_text).collect::<Outcome<_>>()?;
    let open: HashMap<(Option<SystemId>, String, String), AlarmId> =
        sqlx::query("SELECT id, system_id, cause, qualifier FROM alarm WHERE organization_id = ? AND state = 'open' AND cause IN (SELECT value FROM json_each(?))")
            .bind(organization)
            .bind(serde_json::to_string(&causes).map_err(Problem::internal)?)
            .fetch_all(&mut *connection)
            .await?
            .into_iter()
            .map(|row| ((row.get("system_id"), row.get("cause"), row.get("qualifier")), row.get("id")))
            .collect();
    let mut standing = std::collections::HashSet::new();
    let mut moved = Vec::new();
    for alarm in wanted {
        let system = alarm
            .system
            .as_ref()
            .and_then(|identity| systems.get(identity))
            .copied();
        let cause = enum_text(&alarm.cause)?;
        let key = (system, cause.clone(), alarm.qualifier.clone());
        if let Some(id) = open.get(&key) {
            standing.insert(*id);
            continue;
        }
        let (alarm_type, severity) = nature(alarm.cause);
        let id = AlarmId::new(now);
        let type_text = enum_text(&alarm_type)?;
        sqlx::query(
            "INSERT INTO alarm (id, organization_id, system_id, cause, qualifier, severity, alarm_type, state, first_at, last_at, search_key)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 'open', ?8, ?8, ?9)",
        )
        .bind(id)
        .bind(organization)
        .bind(system)
        .bind(&cause)
        .bind(&alarm.qualifier)
        .bind(rank(severity))
        .bind(&type_text)
        .bind(now.0)
        .bind(search_key([alarm.qualifier.as_str()]))
        .execute(&mut *connection)
        .await?;
        moved.push(id);
    }
    for id in open.into_values().filter(|id| !standing.contains(id)) {
        sqlx::query("UPDATE alarm SET state = 'cleared', cleared_at = ? WHERE id = ?")
            .bind(now.0)
            .bind(id)
            .execute(&mut *connection)
            .await?;
        moved.push(id);
    }
    if !moved.is_empty() {
        count(connection, organization).await?;
    }
    Ok(moved)
}

/// The open alarms per system of a customer are counted anew on the systems, and given for the customer itself:
/// how many, and the worst.
async fn count(connection: &mut SqliteConnection, organization: OrganizationId) -> Outcome<()> {
    sqlx::query(
        "UPDATE system SET (alarm_count, worst_alarm) =
            (SELECT count(*), coalesce(min(severity), 9) FROM alarm WHERE alarm.system_id = system.id AND state = 'open')
         WHERE organization_id = ?",
    )
    .bind(organization)
    .execute(&mut *connection)
    .await?;
    let (alarms, worst): (i64, i64) = sqlx::query_as(
        "SELECT count(*), coalesce(min(severity), 9) FROM alarm WHERE organization_id = ? AND state = 'open'",
    )
    .bind(organization)
    .fetch_one(&mut *connection)
    .await?;
    crate::customers::store::set_alarms(connection, organization, alarms, worst).await
}

/// Open alarms by type and severity, of what the account may see (DSH-02).
///
/// # Errors
/// Database errors.
pub async fn counts(
    connection: &mut SqliteConnection,
    caller: &Caller,
    organization: Option<OrganizationId>,
) -> Outcome<Vec<(AlarmType, i64, i64)>> {
    let rows = sqlx::query(
        "SELECT alarm_type, severity, count(*) FROM alarm INDEXED BY alarm_open_by_type
         WHERE state = 'open' AND (?1 IS NULL OR organization_id = ?1)
           AND (?2 OR organization_id IN (SELECT organization_id FROM membership WHERE account_id = ?3))
         GROUP BY alarm_type, severity ORDER BY alarm_type, severity",
    )
    .bind(organization)
    .bind(caller.is_administrator())
    .bind(caller.account)
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|row| Ok((enum_value(row.get(0))?, row.get(1), row.get(2))))
        .collect()
}
