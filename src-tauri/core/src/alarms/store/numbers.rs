//! Numbers of alarms for the first page: whose they are, and what has happened lately (DSH-02).

use crate::alarms::types::{AlarmCause, AlarmRow, HOURS, OrganizationAlarms, Recent};
use flotilla_kernel::clock::{Time, hours};
use flotilla_kernel::database::{RowExt, enum_text};
use flotilla_kernel::error::{Outcome, Problem};
use flotilla_kernel::ids::{AlarmId, OrganizationId, ids_json};
use flotilla_kernel::rights::{Caller, visible_alarms};
use flotilla_kernel::severity::severity_of;
use sqlx::{AssertSqlSafe, SqliteConnection};
use std::collections::HashMap;
use uuid::Uuid;

/// Open alarms of each organization, the worst first, of what the account may see. Flotilla's own belong to none.
///
/// # Errors
/// Database errors.
pub async fn by_organization(
    connection: &mut SqliteConnection,
    caller: &Caller,
    organization: Option<OrganizationId>,
) -> Outcome<Vec<OrganizationAlarms>> {
    let visible = visible_alarms(caller, "a");
    let sql = format!(
        "SELECT a.organization_id, sum(a.severity = 1) AS critical, sum(a.severity = 2) AS major, sum(a.severity = 3) AS minor,
                sum(a.severity NOT IN (1, 2, 3)) AS warning
         FROM alarm AS a INDEXED BY alarm_open_by_type
         WHERE a.cleared_at IS NULL AND a.listed = 1 AND (?1 IS NULL OR a.organization_id = ?1) AND {visible}
         GROUP BY a.organization_id ORDER BY critical DESC, major DESC, minor DESC, warning DESC, a.organization_id"
    );
    sqlx::query(AssertSqlSafe(sql))
        .bind(organization)
        .fetch_all(connection)
        .await?
        .iter()
        .map(|row| {
            Ok(OrganizationAlarms {
                organization: row.take("organization_id")?,
                counts: [
                    row.take("critical")?,
                    row.take("major")?,
                    row.take("minor")?,
                    row.take("warning")?,
                ],
            })
        })
        .collect()
}

/// What these organizations are called, and since when the oldest of their open alarms is open, of what the account may see.
///
/// # Errors
/// Database errors.
pub async fn oldest_open(
    connection: &mut SqliteConnection,
    caller: &Caller,
    organizations: &[OrganizationId],
) -> Outcome<HashMap<OrganizationId, (String, Time)>> {
    let visible = visible_alarms(caller, "a");
    let rows: Vec<(OrganizationId, String, i64)> = sqlx::query_as(AssertSqlSafe(format!(
        "SELECT o.id, o.name, min(a.first_at) FROM alarm AS a JOIN organization AS o ON o.id = a.organization_id
         WHERE a.organization_id IN (SELECT unhex(value) FROM json_each(?)) AND a.state = 'open' AND {visible}
         GROUP BY o.id"
    )))
    .bind(ids_json(organizations))
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .map(|(id, name, at)| (id, (name, Time(at))))
        .collect())
}

/// The open critical alarms that were raised last, of what the account may see.
///
/// # Errors
/// Database errors.
pub async fn latest_critical(
    connection: &mut SqliteConnection,
    caller: &Caller,
    organization: Option<OrganizationId>,
    limit: i64,
) -> Outcome<Vec<AlarmRow>> {
    let visible = visible_alarms(caller, "a");
    let sql = format!(
        "SELECT a.id FROM alarm AS a
         WHERE a.state = 'open' AND a.severity = 1 AND a.listed = 1 AND (?1 IS NULL OR a.organization_id = ?1) AND {visible}
         ORDER BY a.last_at DESC, a.id LIMIT ?2"
    );
    let ids: Vec<AlarmId> = sqlx::query_scalar(AssertSqlSafe(sql))
        .bind(organization)
        .bind(limit)
        .fetch_all(&mut *connection)
        .await?;
    let ids: Vec<Uuid> = ids.into_iter().map(Into::into).collect();
    super::window(connection, caller, &ids).await
}

/// What has happened in the [`HOURS`] before `now`, of what the account may see. Each time something is wrong anew is
/// an alarm of its own, so that alarms are the history of it.
///
/// # Errors
/// Database errors.
pub async fn recent(
    connection: &mut SqliteConnection,
    caller: &Caller,
    organization: Option<OrganizationId>,
    now: Time,
) -> Outcome<Recent> {
    let mut recent = Recent::since(now.plus(-hours(HOURS)));
    let no_contact = enum_text(&AlarmCause::NoContact)?;
    let visible = visible_alarms(caller, "a");
    // An alarm's id begins with the time at which it was raised.
    let raised = format!(
        "SELECT min((a.first_at - ?2) / {hour}, {last}) AS hour, a.severity, a.cause = ?3 AS no_contact, count(*) AS alarms,
                count(*) FILTER (WHERE a.cleared_at IS NULL) AS open
         FROM alarm AS a
         WHERE a.id >= unhex(printf('%012x', ?2) || '00000000000000000000') AND a.first_at >= ?2
           AND (?1 IS NULL OR a.organization_id = ?1) AND {visible}
         GROUP BY 1, 2, 3",
        hour = hours(1),
        last = HOURS - 1,
    );
    for row in sqlx::query(AssertSqlSafe(raised))
        .bind(organization)
        .bind(recent.from.0)
        .bind(&no_contact)
        .fetch_all(&mut *connection)
        .await?
    {
        let (hour, alarms): (i64, i64) = (row.take("hour")?, row.take("alarms")?);
        let severity =
            severity_of(row.take("severity")?).ok_or_else(|| Problem::internal("a severity out of range"))?;
        recent.raised.add(hour, alarms);
        recent
            .severities
            .entry(severity)
            .and_modify(|count| *count += alarms)
            .or_insert(alarms);
        if row.take("no_contact")? {
            recent.went_down.add(hour, alarms);
            recent.still_down += row.take::<i64, _>("open")?;
        }
    }
    let cleared = format!(
        "SELECT min((a.cleared_at - ?2) / {hour}, {last}) AS hour, a.cause = ?3 AS no_contact, count(*) AS alarms,
                sum(a.cleared_at - a.first_at) AS duration
         FROM alarm AS a WHERE a.cleared_at >= ?2 AND (?1 IS NULL OR a.organization_id = ?1) AND {visible}
         GROUP BY 1, 2",
        hour = hours(1),
        last = HOURS - 1,
    );
    let mut duration = 0;
    for row in sqlx::query(AssertSqlSafe(cleared))
        .bind(organization)
        .bind(recent.from.0)
        .bind(&no_contact)
        .fetch_all(connection)
        .await?
    {
        let (hour, alarms): (i64, i64) = (row.take("hour")?, row.take("alarms")?);
        recent.cleared.add(hour, alarms);
        if row.take("no_contact")? {
            recent.came_back.add(hour, alarms);
            duration += row.take::<i64, _>("duration")?;
        }
    }
    recent.mean_duration = duration.checked_div(recent.came_back.count);
    Ok(recent)
}
