//! All SQL on the tables `credential_set`, `device_act` and `device_result`.

mod lost;

pub use lost::{Given, Lost, arrived, given, lost};

use super::types::*;
use crate::connections::probe::view;
use crate::systems::types::SystemKind;
use flotilla_connectors::Certificate;
use flotilla_connectors::secret::Secret;
use flotilla_kernel::clock::Time;
use flotilla_kernel::database::{
    RowExt as _, enum_text, enum_value, fold, host_order_key, order_key, readable, search_key,
};
use flotilla_kernel::error::{ErrorCode, FieldProblem, Outcome, Problem, WireError};
use flotilla_kernel::ids::{
    AccountId, CredentialSetId, DeviceActId, DeviceResultId, OrganizationId, SystemId, ids_json,
};
use flotilla_kernel::rights::{self, Caller};
use sqlx::{AssertSqlSafe, SqliteConnection};
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::net::Ipv4Addr;
use uuid::Uuid;

// Credential sets

/// The credential sets of an organization, by name.
///
/// # Errors
/// Database errors.
pub async fn credential_sets(
    connection: &mut SqliteConnection,
    organization: OrganizationId,
) -> Outcome<Vec<CredentialSet>> {
    let rows = sqlx::query(
        "SELECT id, organization_id, name, user_name, changed_at, revision FROM credential_set
         WHERE organization_id = ? ORDER BY name_key",
    )
    .bind(organization)
    .fetch_all(connection)
    .await?;
    Ok(readable(&rows, "credential set", |row| {
        Ok(CredentialSet {
            id: row.take("id")?,
            organization: row.take("organization_id")?,
            name: row.take("name")?,
            user_name: row.take("user_name")?,
            changed_at: Time(row.take("changed_at")?),
            revision: row.take("revision")?,
        })
    }))
}

/// What a credential set of this organization signs in with.
///
/// # Errors
/// `not-found`
pub async fn credentials(
    connection: &mut SqliteConnection,
    organization: OrganizationId,
    id: CredentialSetId,
) -> Outcome<(String, Secret)> {
    let row =
        sqlx::query("SELECT user_name, password FROM credential_set WHERE id = ? AND organization_id = ?")
            .bind(id)
            .bind(organization)
            .fetch_optional(connection)
            .await?
            .ok_or_else(|| Problem::new(ErrorCode::NotFound))?;
    Ok((
        row.take("user_name")?,
        Secret::new(row.take::<String, _>("password")?),
    ))
}

/// Adds a credential set or changes one.
///
/// # Errors
/// `form.invalid` when the name is taken; `changed-meanwhile`, `not-found`.
pub async fn save_credential_set(
    connection: &mut SqliteConnection,
    now: Time,
    form: &SaveCredentialSet,
) -> Outcome<CredentialSetId> {
    let key = fold(&form.name);
    let taken: bool = sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM credential_set WHERE organization_id = ? AND name_key = ? AND id IS NOT ?)",
    )
    .bind(form.organization)
    .bind(&key)
    .bind(form.id)
    .fetch_one(&mut *connection)
    .await?;
    if taken {
        return Err(Problem::of_field(FieldProblem::new(
            "name",
            ErrorCode::FieldTaken,
        )));
    }
    let password = form
        .password
        .as_ref()
        .map(|password| password.expose().to_owned());
    let Some(id) = form.id else {
        let id = CredentialSetId::new(now);
        sqlx::query(
            "INSERT INTO credential_set (id, organization_id, name, name_key, user_name, password, changed_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(id)
        .bind(form.organization)
        .bind(&form.name)
        .bind(key)
        .bind(&form.user_name)
        .bind(password.unwrap_or_default())
        .bind(now.0)
        .execute(connection)
        .await?;
        return Ok(id);
    };
    let revision: i64 =
        sqlx::query_scalar("SELECT revision FROM credential_set WHERE id = ? AND organization_id = ?")
            .bind(id)
            .bind(form.organization)
            .fetch_optional(&mut *connection)
            .await?
            .ok_or_else(|| Problem::new(ErrorCode::NotFound))?;
    if revision != form.revision {
        return Err(ErrorCode::Changed.into());
    }
    sqlx::query(
        "UPDATE credential_set SET name = ?2, name_key = ?3, user_name = ?4, password = coalesce(?5, password), changed_at = ?6,
            revision = revision + 1 WHERE id = ?1",
    )
    .bind(id)
    .bind(&form.name)
    .bind(key)
    .bind(&form.user_name)
    .bind(password)
    .bind(now.0)
    .execute(connection)
    .await?;
    Ok(id)
}

/// Deletes a credential set; gives its name.
///
/// # Errors
/// `not-found`
pub async fn delete_credential_set(
    connection: &mut SqliteConnection,
    organization: OrganizationId,
    id: CredentialSetId,
) -> Outcome<String> {
    sqlx::query_scalar("DELETE FROM credential_set WHERE id = ? AND organization_id = ? RETURNING name")
        .bind(id)
        .bind(organization)
        .fetch_optional(connection)
        .await?
        .ok_or_else(|| Problem::new(ErrorCode::NotFound))
}

// Acts

/// An act that begins.
#[derive(Debug, Clone)]
pub struct NewAct<'a> {
    /// What is done.
    pub kind: DeviceActKind,
    /// What it is about.
    pub about: &'a str,
    /// Who begins it.
    pub account: AccountId,
}

/// A device of an act, before anything is done.
#[derive(Debug, Clone, Default)]
pub struct Subject {
    /// The managed device; none: it is not managed.
    pub system: Option<SystemId>,
    /// Its name; empty: not known.
    pub name: String,
    /// IP address or host name.
    pub host: String,
    /// The port.
    pub port: i64,
    /// Its model; empty: not known.
    pub model: String,
    /// Its serial number; empty: not known.
    pub serial: String,
}

/// What an act came to for a device, so far.
#[derive(Debug, Clone)]
pub struct Progress {
    /// The result.
    pub id: DeviceResultId,
    /// What is known of the device by now.
    pub subject: Subject,
    /// What it came to.
    pub state: DeviceResultState,
    /// How far it came.
    pub step: DeviceStep,
    /// Why it was not done.
    pub problem: Option<WireError>,
    /// What a person is to look at.
    pub certificate: Option<Certificate>,
}

/// Writes an act that begins, with its devices waiting; gives their ids in order.
///
/// # Errors
/// Database errors.
pub async fn insert_act(
    connection: &mut SqliteConnection,
    now: Time,
    act: &NewAct<'_>,
    subjects: &[(OrganizationId, Subject)],
) -> Outcome<(DeviceActId, Vec<DeviceResultId>)> {
    let id = DeviceActId::new(now);
    sqlx::query(
        "INSERT INTO device_act (id, kind, about, account_id, account_name, started_at)
         VALUES (?1, ?2, ?3, ?4, coalesce((SELECT login FROM account WHERE id = ?4), ''), ?5)",
    )
    .bind(id)
    .bind(enum_text(&act.kind)?)
    .bind(act.about)
    .bind(act.account)
    .bind(now.0)
    .execute(&mut *connection)
    .await?;
    let mut ids = Vec::with_capacity(subjects.len());
    for (position, (organization, subject)) in (0_i64..).zip(subjects) {
        let result = DeviceResultId::new(now);
        sqlx::query(
            "INSERT INTO device_result (id, act_id, organization_id, account_id, position, system_id, name, name_key, host, host_order, port, model, serial,
                                        state, step, problem, at, search_key)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', ?, ?)",
        )
        .bind(result)
        .bind(id)
        .bind(organization)
        .bind(act.account)
        .bind(position)
        .bind(subject.system)
        .bind(&subject.name)
        .bind(order_key(&subject.name))
        .bind(&subject.host)
        .bind(host_order_key(&subject.host))
        .bind(subject.port)
        .bind(&subject.model)
        .bind(&subject.serial)
        .bind(enum_text(&DeviceResultState::Waiting)?)
        .bind(enum_text(&DeviceStep::Connect)?)
        .bind(now.0)
        .bind(key_of(subject))
        .execute(&mut *connection)
        .await?;
        ids.push(result);
    }
    Ok((id, ids))
}

fn key_of(subject: &Subject) -> String {
    search_key([
        subject.name.as_str(),
        &subject.host,
        &subject.model,
        &subject.serial,
    ])
}

/// Writes how far devices have come. News of what was before may come late: what has ended is not under way again, and what is to be
/// said of a device if nothing more is heard of it stays.
///
/// # Errors
/// Database errors.
pub async fn write_progress(
    connection: &mut SqliteConnection,
    now: Time,
    progress: &[Progress],
) -> Outcome<()> {
    for one in progress {
        let problem = match &one.problem {
            Some(problem) => serde_json::to_string(problem).map_err(Problem::internal)?,
            None => String::new(),
        };
        let subject = &one.subject;
        sqlx::query(
            "UPDATE device_result SET system_id = ?2, name = ?3, name_key = ?4, model = ?5, serial = ?6, state = ?7, step = ?8, problem = ?9,
                certificate = ?10, at = ?11, search_key = ?12, host = ?13, host_order = ?14, port = ?15
             WHERE id = ?1 AND (?6 <> 'running' OR (state IN ('waiting', 'running') AND (problem = '' OR ?9 <> '')))",
        )
        .bind(one.id)
        .bind(subject.system)
        .bind(&subject.name)
        .bind(order_key(&subject.name))
        .bind(&subject.model)
        .bind(&subject.serial)
        .bind(enum_text(&one.state)?)
        .bind(enum_text(&one.step)?)
        .bind(problem)
        .bind(one.certificate.as_ref().map(|certificate| certificate.der.clone()))
        .bind(now.0)
        .bind(key_of(subject))
        .bind(&subject.host)
        .bind(host_order_key(&subject.host))
        .bind(subject.port)
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}

/// An act has ended: what was not begun is `left`, what was under way is interrupted.
///
/// # Errors
/// Database errors.
pub async fn finish_act(
    connection: &mut SqliteConnection,
    now: Time,
    id: DeviceActId,
    left: DeviceResultState,
) -> Outcome<()> {
    sqlx::query("UPDATE device_act SET finished_at = ? WHERE id = ? AND finished_at IS NULL")
        .bind(now.0)
        .bind(id)
        .execute(&mut *connection)
        .await?;
    sqlx::query("UPDATE device_result SET state = ?, at = ? WHERE act_id = ? AND state = 'waiting'")
        .bind(enum_text(&left)?)
        .bind(now.0)
        .bind(id)
        .execute(&mut *connection)
        .await?;
    // What was to be said if nothing more is heard stands there already.
    let interrupted = Problem::new(ErrorCode::DeviceInterrupted).into_wire();
    sqlx::query(
        "UPDATE device_result SET state = ?, at = ?, problem = CASE WHEN problem = '' THEN ? ELSE problem END
         WHERE act_id = ? AND state = 'running'",
    )
    .bind(enum_text(&DeviceResultState::Interrupted)?)
    .bind(now.0)
    .bind(serde_json::to_string(&interrupted).map_err(Problem::internal)?)
    .bind(id)
    .execute(&mut *connection)
    .await?;
    Ok(())
}

/// How many devices of an act are in each state.
///
/// # Errors
/// Database errors.
pub async fn counts(connection: &mut SqliteConnection, id: DeviceActId) -> Outcome<DeviceActCounts> {
    let rows: Vec<(String, i64)> =
        sqlx::query_as("SELECT state, count(*) FROM device_result WHERE act_id = ? GROUP BY state")
            .bind(id)
            .fetch_all(connection)
            .await?;
    let states = rows
        .into_iter()
        .map(|(state, number)| Ok((enum_value(&state)?, number)))
        .collect::<Outcome<_>>()?;
    Ok(counts_of(&states))
}

fn counts_of(states: &BTreeMap<DeviceResultState, i64>) -> DeviceActCounts {
    let of = |state| states.get(&state).copied().unwrap_or_default();
    DeviceActCounts {
        all: states.values().sum(),
        waiting: of(DeviceResultState::Waiting),
        running: of(DeviceResultState::Running),
        done: of(DeviceResultState::Done),
        failed: of(DeviceResultState::Failed),
        unknown: of(DeviceResultState::Unknown),
        left: of(DeviceResultState::Cancelled) + of(DeviceResultState::Interrupted),
    }
}

// Passwords made here

/// Keeps a password that was made for a device before the device is told it; none: the device did not take it.
///
/// # Errors
/// Database errors.
pub async fn keep_made_password(
    connection: &mut SqliteConnection,
    id: DeviceResultId,
    password: Option<&Secret>,
) -> Outcome<()> {
    sqlx::query("UPDATE device_result SET made_password = ? WHERE id = ?")
        .bind(
            password
                .map(|password| password.expose().to_owned())
                .unwrap_or_default(),
        )
        .bind(id)
        .execute(connection)
        .await?;
    Ok(())
}

/// The connection of the device has its password now.
///
/// # Errors
/// Database errors.
pub async fn forget_made_passwords(
    connection: &mut SqliteConnection,
    organization: OrganizationId,
    (host, port): (&str, i64),
) -> Outcome<()> {
    sqlx::query(
        "UPDATE device_result SET made_password = '' WHERE organization_id = ? AND host = ? AND port = ? AND made_password <> ''",
    )
    .bind(organization)
    .bind(host)
    .bind(port)
    .execute(connection)
    .await?;
    Ok(())
}

/// The passwords that were made for the device at this address and that no connection has, the last one first.
///
/// # Errors
/// Database errors.
pub async fn made_passwords(
    connection: &mut SqliteConnection,
    organization: OrganizationId,
    (host, port): (&str, i64),
) -> Outcome<Vec<Secret>> {
    let passwords: Vec<String> = sqlx::query_scalar(
        "SELECT made_password FROM device_result WHERE organization_id = ? AND host = ? AND port = ? AND made_password <> '' ORDER BY id DESC LIMIT 3",
    )
    .bind(organization)
    .bind(host)
    .bind(port)
    .fetch_all(connection)
    .await?;
    Ok(passwords.into_iter().map(Secret::new).collect())
}

/// Acts that have not ended, as far as is known.
///
/// # Errors
/// Database errors.
pub async fn unfinished(connection: &mut SqliteConnection) -> Outcome<Vec<DeviceActId>> {
    Ok(
        sqlx::query_scalar("SELECT id FROM device_act WHERE finished_at IS NULL ORDER BY started_at")
            .fetch_all(connection)
            .await?,
    )
}

/// Keeps what the devices of an act are to get.
///
/// # Errors
/// Database errors.
pub async fn keep_settings(
    connection: &mut SqliteConnection,
    id: DeviceActId,
    settings: &CommissionSettings,
) -> Outcome<()> {
    sqlx::query("UPDATE device_act SET settings = ? WHERE id = ?")
        .bind(serde_json::to_string(settings).map_err(Problem::internal)?)
        .bind(id)
        .execute(connection)
        .await?;
    Ok(())
}

/// Forgets acts that began before.
///
/// # Errors
/// Database errors.
pub async fn forget_acts(connection: &mut SqliteConnection, before: Time) -> Outcome<()> {
    sqlx::query(
        // A password that no connection has yet is not thrown away.
        "DELETE FROM device_act WHERE finished_at IS NOT NULL AND started_at < ?
            AND NOT EXISTS (SELECT 1 FROM device_result WHERE act_id = device_act.id AND made_password <> '')",
    )
        .bind(before.0)
        .execute(connection)
        .await?;
    Ok(())
}

/// An act that this account sees, without its work.
///
/// # Errors
/// `not-found`
pub async fn act(connection: &mut SqliteConnection, caller: &Caller, id: DeviceActId) -> Outcome<DeviceAct> {
    let mut acts = acts(connection, caller, Some(id), 1).await?;
    acts.pop().ok_or_else(|| Problem::new(ErrorCode::NotFound))
}

/// The latest acts that this account sees, the last one first.
///
/// # Errors
/// Database errors.
pub async fn acts(
    connection: &mut SqliteConnection,
    caller: &Caller,
    id: Option<DeviceActId>,
    most: i64,
) -> Outcome<Vec<DeviceAct>> {
    let own = if caller.is_administrator() {
        "1".to_owned()
    } else {
        rights::own(caller, "a.account_id")
    };
    let rows = sqlx::query(AssertSqlSafe(format!(
        "SELECT a.id, a.kind, a.about, a.account_name, a.started_at, a.finished_at, a.settings,
                (SELECT json_group_object(state, number) FROM (SELECT state, count(*) AS number FROM device_result WHERE act_id = a.id GROUP BY state)) AS counts,
                (SELECT json_group_array(json_array(code, number)) FROM
                    (SELECT problem ->> 'code' AS code, count(*) AS number FROM device_result WHERE act_id = a.id AND problem <> ''
                     GROUP BY 1 ORDER BY 2 DESC, 1)) AS reasons
         FROM device_act AS a WHERE {own} AND (?1 IS NULL OR a.id = ?1) ORDER BY a.started_at DESC, a.id DESC LIMIT ?2"
    )))
    .bind(id)
    .bind(most)
    .fetch_all(connection)
    .await?;
    Ok(readable(&rows, "act on devices", |row| {
        let counts: BTreeMap<DeviceResultState, i64> =
            serde_json::from_str(row.take("counts")?).map_err(Problem::internal)?;
        let reasons: Vec<(ErrorCode, i64)> =
            serde_json::from_str(row.take("reasons")?).map_err(Problem::internal)?;
        Ok(DeviceAct {
            id: row.take("id")?,
            kind: enum_value(row.take("kind")?)?,
            about: row.take("about")?,
            account_name: row.take("account_name")?,
            started_at: Time(row.take("started_at")?),
            finished_at: row.take::<Option<i64>, _>("finished_at")?.map(Time),
            work: None,
            counts: counts_of(&counts),
            reasons: reasons
                .into_iter()
                .map(|(code, count)| FailureReason { code, count })
                .collect(),
            commission: match row.take::<&str, _>("settings")? {
                "" => None,
                settings => Some(serde_json::from_str(settings).map_err(Problem::internal)?),
            },
        })
    }))
}

/// The results of these ids that this account sees, in their order.
///
/// # Errors
/// Database errors.
pub async fn window(
    connection: &mut SqliteConnection,
    caller: &Caller,
    ids: &[Uuid],
) -> Outcome<Vec<DeviceResultRow>> {
    let own = if caller.is_administrator() {
        "1".to_owned()
    } else {
        rights::own(caller, "r.account_id")
    };
    let rows = sqlx::query(AssertSqlSafe(format!(
        "SELECT r.*, o.name AS customer FROM json_each(?1) AS wanted JOIN device_result AS r ON r.id = unhex(wanted.value)
         JOIN organization AS o ON o.id = r.organization_id WHERE {own} ORDER BY wanted.key"
    )))
    .bind(ids_json(ids))
    .fetch_all(connection)
    .await?;
    Ok(readable(&rows, "result", |row| {
        let problem: &str = row.take("problem")?;
        let certificate: Option<&[u8]> = row.take("certificate")?;
        Ok(DeviceResultRow {
            id: row.take("id")?,
            act: row.take("act_id")?,
            organization: row.take("organization_id")?,
            customer: row.take("customer")?,
            system: row.take("system_id")?,
            name: row.take("name")?,
            host: row.take("host")?,
            port: row.take("port")?,
            model: row.take("model")?,
            serial: row.take("serial")?,
            state: enum_value(row.take("state")?)?,
            step: enum_value(row.take("step")?)?,
            problem: if problem.is_empty() {
                None
            } else {
                Some(serde_json::from_str(problem).map_err(Problem::internal)?)
            },
            certificate: certificate
                .and_then(|der| Certificate::from_der(der).ok())
                .map(|certificate| view(&certificate)),
            at: Time(row.take("at")?),
        })
    }))
}

// Devices

/// A managed device as an act needs it.
#[derive(Debug, Clone)]
pub struct Managed {
    /// The device.
    pub system: SystemId,
    /// The organization it belongs to.
    pub organization: OrganizationId,
    /// The organization's name.
    pub customer: String,
    /// The connection it is reached by; none: it was removed.
    pub connection: Option<flotilla_kernel::ids::ConnectionId>,
    /// Which protocol it speaks.
    pub kind: crate::systems::types::SystemKind,
    /// What is known of it.
    pub subject: Subject,
}

/// These systems, in their order; those that are not managed any more are left out.
///
/// # Errors
/// Database errors.
pub async fn managed(connection: &mut SqliteConnection, ids: &[SystemId]) -> Outcome<Vec<Managed>> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let rows = sqlx::query(
        "SELECT s.id, s.organization_id, o.name AS customer, s.connection_id, s.kind, s.name, n.host, n.port, s.model, s.serial
         FROM json_each(?) AS wanted JOIN system AS s ON s.id = unhex(wanted.value) AND s.removed_at IS NULL
         JOIN organization AS o ON o.id = s.organization_id LEFT JOIN connection AS n ON n.id = s.connection_id ORDER BY wanted.key",
    )
    .bind(ids_json(&ids))
    .fetch_all(connection)
    .await?;
    rows.iter().map(managed_of).collect()
}

/// The managed device with this serial number; none: there is none.
///
/// # Errors
/// Database errors.
pub async fn by_serial(connection: &mut SqliteConnection, serial: &str) -> Outcome<Option<Managed>> {
    let row = sqlx::query(
        "SELECT s.id, s.organization_id, o.name AS customer, s.connection_id, s.kind, s.name, n.host, n.port, s.model, s.serial
         FROM system AS s JOIN organization AS o ON o.id = s.organization_id AND o.archived_at IS NULL
         LEFT JOIN connection AS n ON n.id = s.connection_id
         WHERE s.serial = ? AND s.kind = 'camera' AND s.removed_at IS NULL ORDER BY s.id DESC LIMIT 1",
    )
    .bind(serial)
    .fetch_optional(connection)
    .await?;
    row.as_ref().map(managed_of).transpose()
}

/// The managed devices with these serial numbers, each with whether the account sees its organization.
///
/// # Errors
/// Database errors.
pub async fn by_serials(
    connection: &mut SqliteConnection,
    caller: &Caller,
    serials: &[String],
) -> Outcome<Vec<(Managed, bool)>> {
    let seen = rights::visible_organizations(caller, "s.organization_id");
    let rows = sqlx::query(AssertSqlSafe(format!(
        "SELECT s.id, s.organization_id, o.name AS customer, s.connection_id, s.kind, s.name, n.host, n.port, s.model, s.serial, {seen} AS seen
         FROM json_each(?) AS wanted JOIN system AS s ON s.serial = wanted.value AND s.kind = 'camera' AND s.removed_at IS NULL
         JOIN organization AS o ON o.id = s.organization_id AND o.archived_at IS NULL
         LEFT JOIN connection AS n ON n.id = s.connection_id"
    )))
    .bind(serde_json::json!(serials).to_string())
    .fetch_all(connection)
    .await?;
    rows.iter()
        .map(|row| Ok((managed_of(row)?, row.take("seen")?)))
        .collect()
}

/// Where an organization has connections: addresses and ports.
///
/// # Errors
/// Database errors.
pub async fn places_of(
    connection: &mut SqliteConnection,
    organization: OrganizationId,
) -> Outcome<Vec<(String, i64)>> {
    Ok(
        sqlx::query_as("SELECT host, port FROM connection WHERE organization_id = ? AND removed_at IS NULL")
            .bind(organization)
            .fetch_all(connection)
            .await?,
    )
}

fn managed_of(row: &sqlx::sqlite::SqliteRow) -> Outcome<Managed> {
    let system: SystemId = row.take("id")?;
    Ok(Managed {
        system,
        organization: row.take("organization_id")?,
        customer: row.take("customer")?,
        connection: row.take("connection_id")?,
        kind: enum_value(row.take("kind")?)?,
        subject: Subject {
            system: Some(system),
            name: row.take("name")?,
            host: row.take::<Option<String>, _>("host")?.unwrap_or_default(),
            port: row.take::<Option<i64>, _>("port")?.unwrap_or_default(),
            model: row.take("model")?,
            serial: row.take("serial")?,
        },
    })
}

/// How many devices of each model and version the account sees, in one organization or in all.
///
/// # Errors
/// Database errors.
pub async fn models(
    connection: &mut SqliteConnection,
    caller: &Caller,
    organization: Option<OrganizationId>,
) -> Outcome<Vec<(String, String, i64)>> {
    let visible = rights::visible_systems(caller, "s");
    Ok(sqlx::query_as(AssertSqlSafe(format!(
        "SELECT s.model, s.version, count(*) FROM system AS s WHERE s.listed = 1 AND s.kind = 'camera' AND (?1 IS NULL OR s.organization_id = ?1) AND {visible} GROUP BY 1, 2 ORDER BY 1, 2"
    )))
    .bind(organization)
    .fetch_all(connection)
    .await?)
}

/// What these devices run, as far as the account sees them: id, model and version.
///
/// # Errors
/// Database errors.
pub async fn running(
    connection: &mut SqliteConnection,
    caller: &Caller,
    ids: &[SystemId],
) -> Outcome<Vec<Running>> {
    let visible = rights::visible_systems(caller, "s");
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let rows = sqlx::query(AssertSqlSafe(format!(
        "SELECT s.id, s.kind, s.model, s.version FROM json_each(?) AS wanted JOIN system AS s ON s.id = unhex(wanted.value)
         WHERE s.kind IN ('camera', 'video_server') AND {visible} ORDER BY wanted.key"
    )))
    .bind(ids_json(&ids))
    .fetch_all(connection)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(Running {
                system: row.take("id")?,
                kind: enum_value(row.take("kind")?)?,
                model: row.take("model")?,
                version: row.take("version")?,
            })
        })
        .collect()
}

/// What a device or a video server runs.
#[derive(Debug, Clone)]
pub struct Running {
    /// The system.
    pub system: SystemId,
    /// Which of the two it is.
    pub kind: SystemKind,
    /// Its model.
    pub model: String,
    /// The version it runs.
    pub version: String,
}

/// A managed device, as far as a search says something of it.
#[derive(Debug, Clone)]
pub struct Placed {
    /// The device.
    pub system: SystemId,
    /// Its serial number.
    pub serial: String,
    /// The address of its connection.
    pub host: String,
    /// The name of its folder.
    pub folder: String,
    /// Whether the account sees it.
    pub visible: bool,
}

/// The managed devices with these serial numbers or at these addresses.
///
/// # Errors
/// Database errors.
pub async fn placed(
    connection: &mut SqliteConnection,
    caller: &Caller,
    serials: &[&str],
    hosts: &[&str],
) -> Outcome<Vec<Placed>> {
    let visible = rights::visible_systems(caller, "s");
    let rows = sqlx::query(AssertSqlSafe(format!(
        "SELECT s.id, s.serial, n.host, f.name AS folder, {visible} AS visible
         FROM (SELECT s.id FROM json_each(?1) AS wanted JOIN system AS s ON s.serial = wanted.value AND s.removed_at IS NULL
               UNION SELECT s.id FROM json_each(?2) AS wanted JOIN system AS s ON s.host_order = wanted.value AND s.listed = 1) AS found
         JOIN system AS s ON s.id = found.id AND s.kind = 'camera' AND s.listed = 1
         JOIN connection AS n ON n.id = s.connection_id JOIN folder AS f ON f.id = s.folder_id"
    )))
    .bind(serde_json::json!(serials).to_string())
    .bind(serde_json::json!(hosts.iter().map(|host| host_order_key(host)).collect::<Vec<_>>()).to_string())
    .fetch_all(connection)
    .await?;
    Ok(readable(&rows, "system", |row| {
        Ok(Placed {
            system: row.take("id")?,
            serial: row.take("serial")?,
            host: row.take("host")?,
            folder: row.take("folder")?,
            visible: row.take("visible")?,
        })
    }))
}

/// The names of the folders that these systems are in.
///
/// # Errors
/// Database errors.
pub async fn folder_names(
    connection: &mut SqliteConnection,
    ids: &[SystemId],
) -> Outcome<BTreeMap<SystemId, String>> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let rows: Vec<(SystemId, String)> = sqlx::query_as(
        "SELECT s.id, f.name FROM json_each(?) AS wanted JOIN system AS s ON s.id = unhex(wanted.value) JOIN folder AS f ON f.id = s.folder_id",
    )
    .bind(ids_json(&ids))
    .fetch_all(connection)
    .await?;
    Ok(rows.into_iter().collect())
}

/// The IPv4 addresses at which these organizations have connections. Networks of different customers may have the same ones.
///
/// # Errors
/// Database errors.
pub async fn addresses_of(
    connection: &mut SqliteConnection,
    organizations: &BTreeSet<OrganizationId>,
) -> Outcome<HashSet<Ipv4Addr>> {
    let ids: Vec<Uuid> = organizations.iter().map(|id| id.0).collect();
    let hosts: Vec<String> = sqlx::query_scalar(
        "SELECT n.host FROM json_each(?) AS wanted JOIN connection AS n ON n.organization_id = unhex(wanted.value) AND n.removed_at IS NULL",
    )
    .bind(ids_json(&ids))
    .fetch_all(connection)
    .await?;
    Ok(hosts.iter().filter_map(|host| host.parse().ok()).collect())
}
