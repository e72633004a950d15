//! All SQL on the tables `alarm` and `alarm_total`.

mod numbers;

pub use numbers::{by_organization, latest_critical, oldest_open, recent};

use super::rules::{Wanted, nature};
use super::types::{
    AlarmCause, AlarmChanges, AlarmPlace, AlarmRow, AlarmSubject, AlarmType, Severity, Totals,
};
use flotilla_kernel::clock::Time;
use flotilla_kernel::database::{RowExt, enum_text, enum_value, search_key};
use flotilla_kernel::error::{Outcome, Problem};
use flotilla_kernel::ids::{AlarmId, ConnectionId, OrganizationId, SystemId, ids_json};
use flotilla_kernel::rights::{Caller, visible_alarms};
use flotilla_kernel::severity::{rank, severity_of};
use sqlx::sqlite::SqliteRow;
use sqlx::{AssertSqlSafe, SqliteConnection};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use uuid::Uuid;

/// What the connection `n` is called: by its name, or by its address when it has none.
pub const CONNECTION_NAME: &str = "CASE n.name WHEN '' THEN n.host ELSE n.name END";

/// The rows of these ids that the account may see, in their order.
///
/// # Errors
/// Database errors.
pub async fn window(
    connection: &mut SqliteConnection,
    caller: &Caller,
    ids: &[Uuid],
) -> Outcome<Vec<AlarmRow>> {
    let visible = visible_alarms(caller, "a");
    let sql = format!(
        "SELECT a.id, a.organization_id, coalesce(o.name, '') AS customer, a.connection_id, coalesce({CONNECTION_NAME}, '') AS connection_name,
                a.system_id, coalesce(s.name, '') AS system_name, a.severity, a.alarm_type, a.cause, a.qualifier, a.state,
                a.first_at, a.last_at, a.cleared_at, a.occurrences, a.acknowledged_at, a.shelved_until, a.suppressed
         FROM json_each(?1) AS wanted
         JOIN alarm AS a ON a.id = unhex(wanted.value)
         LEFT JOIN organization AS o ON o.id = a.organization_id
         LEFT JOIN connection AS n ON n.id = a.connection_id
         LEFT JOIN system AS s ON s.id = a.system_id
         WHERE {visible}
         ORDER BY wanted.key"
    );
    sqlx::query(AssertSqlSafe(sql))
        .bind(ids_json(ids))
        .fetch_all(connection)
        .await?
        .iter()
        .map(alarm_row)
        .collect()
}

fn alarm_row(row: &SqliteRow) -> Outcome<AlarmRow> {
    let time = |column: &str| -> Outcome<Option<Time>> { Ok(row.take::<Option<i64>, _>(column)?.map(Time)) };
    Ok(AlarmRow {
        id: row.take("id")?,
        organization: row.take("organization_id")?,
        customer: row.take("customer")?,
        connection: row.take("connection_id")?,
        connection_name: row.take("connection_name")?,
        system: row.take("system_id")?,
        system_name: row.take("system_name")?,
        severity: severity(row)?,
        alarm_type: enum_value(row.take("alarm_type")?)?,
        cause: enum_value(row.take("cause")?)?,
        qualifier: row.take("qualifier")?,
        state: enum_value(row.take("state")?)?,
        first_at: Time(row.take("first_at")?),
        last_at: Time(row.take("last_at")?),
        cleared_at: time("cleared_at")?,
        occurrences: row.take("occurrences")?,
        acknowledged_at: time("acknowledged_at")?,
        shelved_until: time("shelved_until")?,
        suppressed: row.take("suppressed")?,
    })
}

fn severity(row: &SqliteRow) -> Outcome<Severity> {
    severity_of(row.take("severity")?).ok_or_else(|| Problem::internal("a severity out of range"))
}

/// Open alarms by type and severity, of what the account may see (DSH-02).
///
/// # Errors
/// Database errors.
pub async fn counts(
    connection: &mut SqliteConnection,
    caller: &Caller,
    organization: Option<OrganizationId>,
) -> Outcome<Vec<(AlarmType, Severity, i64)>> {
    let visible = visible_alarms(caller, "a");
    let sql = format!(
        "SELECT a.alarm_type, a.severity, count(*) AS alarms FROM alarm AS a INDEXED BY alarm_open_by_type
         WHERE a.cleared_at IS NULL AND a.listed = 1 AND (?1 IS NULL OR a.organization_id = ?1) AND {visible}
         GROUP BY a.alarm_type, a.severity ORDER BY a.alarm_type, a.severity"
    );
    sqlx::query(AssertSqlSafe(sql))
        .bind(organization)
        .fetch_all(connection)
        .await?
        .iter()
        .map(|row| {
            Ok((
                enum_value(row.take("alarm_type")?)?,
                severity(row)?,
                row.take("alarms")?,
            ))
        })
        .collect()
}

/// What a contact with one connection has looked at.
#[derive(Debug, Clone, Copy)]
pub struct Scope<'a> {
    /// The connection's organization.
    pub organization: OrganizationId,
    /// The connection that was contacted.
    pub connection: ConnectionId,
    /// The system that the connection is the way to alone, such as a device: what is found at the contact is about it, and is counted
    /// with it and its folder (DEV-10, ORG-24). None: the connection brings several, and has alarms of its own.
    pub alone: Option<SystemId>,
    /// The systems that were read, by their identity.
    pub systems: &'a HashMap<String, SystemId>,
    /// The causes that were looked for; alarms of others stay as they are.
    pub causes: &'a [AlarmCause],
}

impl Scope<'_> {
    fn subject(&self, alarm: &Wanted) -> Outcome<AlarmSubject> {
        if !self.causes.contains(&alarm.cause) {
            return Err(Problem::internal(
                "an alarm is wanted of a cause that was not looked for",
            ));
        }
        let (organization, connection) = (self.organization, self.connection);
        let system =
            match &alarm.system {
                None => self.alone,
                Some(identity) => {
                    let read = self.systems.get(identity).copied();
                    Some(read.ok_or_else(|| {
                        Problem::internal("an alarm is wanted of a system that was not read")
                    })?)
                }
            };
        Ok(match system {
            Some(system) => AlarmSubject::System {
                organization,
                connection,
                system,
            },
            None => AlarmSubject::Connection {
                organization,
                connection,
            },
        })
    }
}

/// Makes the open alarms of a connection, and of the systems that are reached by it, those that are wanted: missing ones
/// are raised, the others of the causes that were looked for are cleared (ALM-01, ALM-03). What was not looked at stays as
/// it is, and so does what other connections brought.
///
/// # Errors
/// Database errors; an internal error when an alarm is wanted of a system or a cause that is not in the scope.
pub async fn reconcile(
    connection: &mut SqliteConnection,
    now: Time,
    scope: &Scope<'_>,
    wanted: &[Wanted],
) -> Outcome<AlarmChanges> {
    let wanted = wanted
        .iter()
        .map(|alarm| Ok((scope.subject(alarm)?, alarm.cause, alarm.qualifier.as_str())))
        .collect::<Outcome<Vec<_>>>()?;
    let open = open_alarms(
        sqlx::query(AssertSqlSafe(format!("{OPEN_OF_CAUSES} AND connection_id = ?2")))
            .bind(causes_json(scope.causes)?)
            .bind(scope.connection)
            .fetch_all(&mut *connection)
            .await?,
    )?;
    make_open(connection, now, open, &wanted).await
}

/// The same for one subject alone, such as an organization or Flotilla itself; an alarm that is wanted is a cause and a
/// qualifier.
///
/// # Errors
/// Database errors; an internal error when an alarm is wanted of a cause that was not looked for.
pub async fn reconcile_subject(
    connection: &mut SqliteConnection,
    now: Time,
    subject: AlarmSubject,
    causes: &[AlarmCause],
    wanted: &[(AlarmCause, &str)],
) -> Outcome<AlarmChanges> {
    if wanted.iter().any(|(cause, _)| !causes.contains(cause)) {
        return Err(Problem::internal(
            "an alarm is wanted of a cause that was not looked for",
        ));
    }
    let place = AlarmPlace::from(subject);
    let open = open_alarms(
        sqlx::query(AssertSqlSafe(format!(
            "{OPEN_OF_CAUSES} AND organization_id IS ?2 AND connection_id IS ?3 AND system_id IS ?4"
        )))
        .bind(causes_json(causes)?)
        .bind(place.organization)
        .bind(place.connection)
        .bind(place.system)
        .fetch_all(&mut *connection)
        .await?,
    )?;
    let wanted: Vec<_> = wanted
        .iter()
        .map(|(cause, qualifier)| (subject, *cause, *qualifier))
        .collect();
    make_open(connection, now, open, &wanted).await
}

/// Clears the open alarms of systems that are no longer managed; they stay as history. Their connection's own stay open.
///
/// # Errors
/// Database errors.
pub async fn clear_of_systems(
    connection: &mut SqliteConnection,
    now: Time,
    systems: &[SystemId],
) -> Outcome<AlarmChanges> {
    clear_all(connection, now, "system_id", systems).await
}

/// Clears the open alarms of a connection that is no longer there, and of the systems it was the way to.
///
/// # Errors
/// Database errors.
pub async fn clear_of_connection(
    connection: &mut SqliteConnection,
    now: Time,
    removed: ConnectionId,
) -> Outcome<AlarmChanges> {
    clear_all(connection, now, "connection_id", &[removed]).await
}

/// Puts the alarms of these organizations into the lists, or takes them out, as the organizations are archived or not.
///
/// # Errors
/// Database errors.
pub async fn list_as_organizations(
    connection: &mut SqliteConnection,
    organizations: &[OrganizationId],
) -> Outcome<()> {
    sqlx::query(
        "UPDATE alarm SET listed = (SELECT o.archived_at IS NULL FROM organization AS o WHERE o.id = alarm.organization_id)
         WHERE organization_id IN (SELECT unhex(value) FROM json_each(?))",
    )
    .bind(ids_json(organizations))
    .execute(connection)
    .await?;
    Ok(())
}

/// Deletes the alarms of organizations that are deleted with everything of theirs.
///
/// # Errors
/// Database errors.
pub async fn delete_of_organizations(
    connection: &mut SqliteConnection,
    organizations: &[OrganizationId],
) -> Outcome<()> {
    let ids = ids_json(organizations);
    for statement in [
        "DELETE FROM alarm_total WHERE subject IN (SELECT s.id FROM system AS s WHERE s.organization_id IN (SELECT unhex(value) FROM json_each(?)))",
        "DELETE FROM alarm_total WHERE subject IN (SELECT unhex(value) FROM json_each(?))",
        "DELETE FROM alarm WHERE organization_id IN (SELECT unhex(value) FROM json_each(?))",
    ] {
        sqlx::query(statement)
            .bind(&ids)
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}

/// Open alarms of the causes in `?1`.
const OPEN_OF_CAUSES: &str =
    "SELECT id, organization_id, connection_id, system_id, cause, qualifier FROM alarm
    WHERE cleared_at IS NULL AND cause IN (SELECT value FROM json_each(?1))";

fn causes_json(causes: &[AlarmCause]) -> Outcome<String> {
    serde_json::to_string(causes).map_err(Problem::internal)
}

/// What makes two open alarms the same one (ALM-01).
type Key = (AlarmPlace, AlarmCause, String);

fn open_alarms(rows: Vec<SqliteRow>) -> Outcome<HashMap<Key, AlarmId>> {
    rows.iter()
        .map(|row| {
            let cause = enum_value(row.take("cause")?)?;
            Ok(((place(row)?, cause, row.take("qualifier")?), row.take("id")?))
        })
        .collect()
}

fn place(row: &SqliteRow) -> Outcome<AlarmPlace> {
    Ok(AlarmPlace {
        organization: row.take("organization_id")?,
        connection: row.take("connection_id")?,
        system: row.take("system_id")?,
    })
}

/// Raises what is wanted and not open, clears what is open and not wanted.
async fn make_open(
    connection: &mut SqliteConnection,
    now: Time,
    mut open: HashMap<Key, AlarmId>,
    wanted: &[(AlarmSubject, AlarmCause, &str)],
) -> Outcome<AlarmChanges> {
    let wanted: BTreeSet<_> = wanted.iter().collect();
    let mut changes = AlarmChanges::default();
    let mut differences = Differences::default();
    for &&(subject, cause, qualifier) in &wanted {
        let place = AlarmPlace::from(subject);
        if open.remove(&(place, cause, qualifier.to_owned())).is_some() {
            continue;
        }
        changes
            .alarms
            .push(raise(connection, now, place, cause, qualifier).await?);
        differences.add(place, nature(cause).1, 1);
    }
    let cleared: Vec<AlarmId> = open.into_values().collect();
    if !cleared.is_empty() {
        clear(
            connection,
            now,
            "id",
            ids_json(&cleared),
            &mut changes,
            &mut differences,
        )
        .await?;
    }
    changes.systems = differences.apply(connection).await?;
    Ok(changes)
}

async fn raise(
    connection: &mut SqliteConnection,
    now: Time,
    place: AlarmPlace,
    cause: AlarmCause,
    qualifier: &str,
) -> Outcome<AlarmId> {
    let (alarm_type, severity) = nature(cause);
    let id = AlarmId::new(now);
    sqlx::query(
        "INSERT INTO alarm (id, organization_id, connection_id, system_id, cause, qualifier, severity, alarm_type, first_at, last_at, search_key, listed)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?9, ?10, coalesce((SELECT archived_at IS NULL FROM organization WHERE id = ?2), 1))",
    )
    .bind(id)
    .bind(place.organization)
    .bind(place.connection)
    .bind(place.system)
    .bind(enum_text(&cause)?)
    .bind(qualifier)
    .bind(rank(severity))
    .bind(enum_text(&alarm_type)?)
    .bind(now.0)
    .bind(search_key([qualifier]))
    .execute(connection)
    .await?;
    Ok(id)
}

async fn clear_all<Id: Copy + Into<Uuid>>(
    connection: &mut SqliteConnection,
    now: Time,
    column: &'static str,
    ids: &[Id],
) -> Outcome<AlarmChanges> {
    let mut changes = AlarmChanges::default();
    let mut differences = Differences::default();
    clear(
        connection,
        now,
        column,
        ids_json(ids),
        &mut changes,
        &mut differences,
    )
    .await?;
    changes.systems = differences.apply(connection).await?;
    Ok(changes)
}

/// Clears the open alarms that have one of these ids (as JSON) in this column.
async fn clear(
    connection: &mut SqliteConnection,
    now: Time,
    column: &'static str,
    ids: String,
    changes: &mut AlarmChanges,
    differences: &mut Differences,
) -> Outcome<()> {
    let sql = format!(
        "UPDATE alarm SET cleared_at = ?1 WHERE cleared_at IS NULL AND {column} IN (SELECT unhex(value) FROM json_each(?2))
         RETURNING id, organization_id, connection_id, system_id, severity"
    );
    let rows = sqlx::query(AssertSqlSafe(sql))
        .bind(now.0)
        .bind(ids)
        .fetch_all(connection)
        .await?;
    for row in &rows {
        changes.alarms.push(row.take("id")?);
        differences.add(place(row)?, severity(row)?, -1);
    }
    Ok(())
}

/// By how much totals change, of systems and of organizations.
#[derive(Debug, Default)]
struct Differences {
    systems: BTreeMap<SystemId, Totals>,
    organizations: BTreeMap<OrganizationId, Totals>,
}

impl Differences {
    fn add(&mut self, place: AlarmPlace, severity: Severity, number: i64) {
        let totals = Totals::of(severity, number);
        if let Some(system) = place.system {
            *self.systems.entry(system).or_default() += totals;
        }
        if let Some(organization) = place.organization {
            *self.organizations.entry(organization).or_default() += totals;
        }
    }

    /// Writes the new totals; gives the systems that have others than before.
    ///
    /// # Errors
    /// An internal error when a total would become negative: then it was not kept rightly, and nothing is to be committed.
    async fn apply(self, connection: &mut SqliteConnection) -> Outcome<Vec<SystemId>> {
        for (organization, by) in self.organizations {
            add_to_total(connection, organization.0, by).await?;
        }
        let mut changed = Vec::new();
        for (system, by) in self.systems {
            if let Some(totals) = add_to_total(connection, system.0, by).await? {
                let (count, worst) = (totals.count(), totals.worst_rank());
                crate::systems::store::set_alarms(connection, system, count, worst).await?;
                changed.push(system);
            }
        }
        Ok(changed)
    }
}

/// Adds to the total of a subject; gives the new one, or nothing when it is the same as before.
async fn add_to_total(
    connection: &mut SqliteConnection,
    subject: Uuid,
    by: Totals,
) -> Outcome<Option<Totals>> {
    if by == Totals::default() {
        return Ok(None);
    }
    let row = sqlx::query(
        "INSERT INTO alarm_total (subject, critical, major, minor, warning) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (subject) DO UPDATE SET critical = critical + ?2, major = major + ?3, minor = minor + ?4, warning = warning + ?5
         RETURNING critical, major, minor, warning",
    )
    .bind(subject.as_bytes().as_slice())
    .bind(by.critical)
    .bind(by.major)
    .bind(by.minor)
    .bind(by.warning)
    .fetch_one(&mut *connection)
    .await?;
    let totals = Totals {
        critical: row.take("critical")?,
        major: row.take("major")?,
        minor: row.take("minor")?,
        warning: row.take("warning")?,
    };
    if totals.each().iter().any(|(_, number)| *number < 0) {
        return Err(Problem::internal(format!(
            "the total of open alarms of {subject} would be {totals:?}"
        )));
    }
    if totals == Totals::default() {
        sqlx::query("DELETE FROM alarm_total WHERE subject = ?")
            .bind(subject.as_bytes().as_slice())
            .execute(connection)
            .await?;
    }
    Ok(Some(totals))
}
