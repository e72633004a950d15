//! Jobs and their systems as people see them: rows of the lists, and one in detail.

use super::values::{counts_of, read_problem};
use crate::connections::probe::view;
use crate::jobs::rules::states::customer_state;
use crate::jobs::types::*;
use flotilla_connectors::Certificate;
use flotilla_kernel::clock::Time;
use flotilla_kernel::database::{RowExt as _, enum_value, readable};
use flotilla_kernel::error::{ErrorCode, Outcome, Problem};
use flotilla_kernel::ids::{JobId, JobTaskId, OrganizationId, ids_json};
use flotilla_kernel::rights::{self, Caller};
use serde_json::Value;
use sqlx::sqlite::SqliteRow;
use sqlx::{AssertSqlSafe, SqliteConnection};
use std::collections::BTreeMap;
use uuid::Uuid;

/// So many customers are named in a row.
const CUSTOMERS: usize = 3;
/// So many lines of a log are shown.
const LINES: i64 = 500;

/// The condition that the account sees the job `j`.
fn seen(caller: &Caller) -> String {
    rights::visible_by_any_folder(caller, "SELECT folder_id FROM job_folder WHERE job_id = j.id")
}

/// The columns of a row; `account` is the condition that the account sees the folder of `f`.
fn columns(caller: &Caller) -> String {
    let folder = rights::visible_folders(caller, "f.folder_id");
    format!(
        "j.*, (SELECT json_group_array(json_array(lower(hex(id)), name)) FROM
                (SELECT DISTINCT o.id, o.name, o.order_key FROM job_folder AS f JOIN organization AS o ON o.id = f.organization_id
                 WHERE f.job_id = j.id AND {folder} ORDER BY o.order_key LIMIT {CUSTOMERS})) AS customers,
            (SELECT count(DISTINCT f.organization_id) FROM job_folder AS f WHERE f.job_id = j.id AND {folder}) AS customer_count,
            w.waves, w.waiting, w.running, w.done, w.skipped, w.failed, w.unknown, w.stopped, w.ended_at"
    )
}

fn row_of(row: &SqliteRow) -> Outcome<JobRow> {
    let customers: Vec<(String, String)> =
        serde_json::from_str(row.take("customers")?).map_err(Problem::internal)?;
    let has_numbers = row.take::<Option<i64>, _>("waves")?;
    Ok(JobRow {
        id: row.take("id")?,
        name: row.take("name")?,
        operation: row.take("operation")?,
        about: row.take("about")?,
        state: enum_value(row.take("state")?)?,
        customers: customers
            .into_iter()
            .map(|(id, name)| {
                let id = OrganizationId(id.parse().map_err(Problem::internal)?);
                Ok(JobCustomer { id, name })
            })
            .collect::<Outcome<_>>()?,
        customer_count: row.take("customer_count")?,
        counts: if has_numbers.is_some() {
            counts_of(row)?
        } else {
            WaveCounts::default()
        },
        starts_at: row.take::<Option<i64>, _>("starts_at")?.map(Time),
        started_at: row.take::<Option<i64>, _>("started_at")?.map(Time),
        finished_at: row.take::<Option<i64>, _>("finished_at")?.map(Time),
        repeats: row.take("repeats")?,
        series: row.take("series_id")?,
        retry_of: row.take("retry_of")?,
        problem: read_problem(row.take("problem")?)?,
        priority: row.take("priority")?,
        created_by: row.take("account_name")?,
        created_at: Time(row.take("created_at")?),
        waves: has_numbers.unwrap_or_default(),
        wave: row.take("wave")?,
        revision: row.take("revision")?,
    })
}

/// The jobs of these ids that the account sees, in their order.
///
/// # Errors
/// Database errors.
pub async fn rows(connection: &mut SqliteConnection, caller: &Caller, ids: &[Uuid]) -> Outcome<Vec<JobRow>> {
    let rows = sqlx::query(AssertSqlSafe(format!(
        "SELECT {} FROM json_each(?) AS wanted JOIN job AS j ON j.id = unhex(wanted.value)
         LEFT JOIN (SELECT job_id, max(wave) + 1 AS waves, sum(waiting) AS waiting, sum(running) AS running, sum(done) AS done,
                sum(skipped) AS skipped, sum(failed) AS failed, sum(unknown) AS unknown, sum(stopped) AS stopped, max(ended_at) AS ended_at
             FROM job_wave WHERE job_id IN (SELECT unhex(value) FROM json_each(?1)) GROUP BY job_id) AS w ON w.job_id = j.id
         WHERE {} ORDER BY wanted.key",
        columns(caller),
        seen(caller)
    )))
    .bind(ids_json(ids))
    .fetch_all(connection)
    .await?;
    Ok(readable(&rows, "job", row_of))
}

/// One job.
///
/// # Errors
/// `not-found`, also where the account does not see it.
pub async fn row(connection: &mut SqliteConnection, caller: &Caller, id: JobId) -> Outcome<JobRow> {
    match rows(connection, caller, &[id.0]).await?.pop() {
        Some(row) => Ok(row),
        None => Err(missing(connection, "SELECT EXISTS (SELECT 1 FROM job WHERE id = ?)", id.0).await?),
    }
}

/// Why somebody does not get what has this id: there is none, or they do not see it (ADM-20).
async fn missing(connection: &mut SqliteConnection, exists: &'static str, id: Uuid) -> Outcome<Problem> {
    let there: bool = sqlx::query_scalar(exists)
        .bind(id.as_bytes().to_vec())
        .fetch_one(connection)
        .await?;
    Ok(if there {
        Problem::not_visible()
    } else {
        ErrorCode::NotFound.into()
    })
}

/// The latest jobs that the account sees in these states, or the runs of one that repeats.
///
/// # Errors
/// Database errors.
pub async fn runs(
    connection: &mut SqliteConnection,
    caller: &Caller,
    series: Option<JobId>,
    states: &[JobState],
    most: i64,
) -> Outcome<Vec<JobRow>> {
    let states = serde_json::to_string(states).map_err(Problem::internal)?;
    let ids: Vec<JobId> = sqlx::query_scalar(AssertSqlSafe(format!(
        "SELECT j.id FROM job AS j WHERE (?1 IS NULL OR j.series_id = ?1) AND j.state IN (SELECT value FROM json_each(?2)) AND {}
         ORDER BY j.created_at DESC, j.id DESC LIMIT ?3",
        seen(caller)
    )))
    .bind(series)
    .bind(states)
    .bind(most)
    .fetch_all(&mut *connection)
    .await?;
    let ids: Vec<Uuid> = ids.into_iter().map(Uuid::from).collect();
    rows(connection, caller, &ids).await
}

/// How many jobs the account sees in these states.
///
/// # Errors
/// Database errors.
pub async fn count(connection: &mut SqliteConnection, caller: &Caller, states: &[JobState]) -> Outcome<i64> {
    let states = serde_json::to_string(states).map_err(Problem::internal)?;
    Ok(sqlx::query_scalar(AssertSqlSafe(format!(
        "SELECT count(*) FROM job AS j WHERE j.state IN (SELECT value FROM json_each(?)) AND {}",
        seen(caller)
    )))
    .bind(states)
    .fetch_one(connection)
    .await?)
}

/// What became of the customers of a job: those with trouble first (JOB-11).
///
/// # Errors
/// Database errors.
pub async fn customers(
    connection: &mut SqliteConnection,
    caller: &Caller,
    id: JobId,
) -> Outcome<Vec<JobCustomerView>> {
    let rows = sqlx::query(AssertSqlSafe(format!(
        "SELECT o.id, o.name, count(*) FILTER (WHERE t.state = 'waiting') AS waiting, count(*) FILTER (WHERE t.state = 'running') AS running,
            count(*) FILTER (WHERE t.state = 'done') AS done, count(*) FILTER (WHERE t.state = 'skipped') AS skipped,
            count(*) FILTER (WHERE t.state = 'failed') AS failed, count(*) FILTER (WHERE t.state = 'unknown') AS unknown,
            count(*) FILTER (WHERE t.state = 'stopped') AS stopped, max(t.finished_at) AS ended_at
         FROM job_task AS t JOIN system AS s ON s.id = t.system_id JOIN organization AS o ON o.id = t.organization_id
         WHERE t.job_id = ? AND {} GROUP BY o.id ORDER BY (failed + unknown > 0) DESC, (running > 0) DESC, o.order_key LIMIT 5000",
        rights::visible_folders(caller, "s.folder_id")
    )))
    .bind(id)
    .fetch_all(connection)
    .await?;
    Ok(readable(&rows, "customer of a job", |row| {
        let counts = counts_of(row)?;
        Ok(JobCustomerView {
            id: row.take("id")?,
            name: row.take("name")?,
            state: customer_state(&counts),
            counts,
        })
    }))
}

/// The systems of jobs of these ids that the account sees, in their order.
///
/// # Errors
/// Database errors.
pub async fn task_rows(
    connection: &mut SqliteConnection,
    caller: &Caller,
    ids: &[Uuid],
) -> Outcome<Vec<JobTaskRow>> {
    let rows = sqlx::query(AssertSqlSafe(format!(
        "SELECT t.*, o.name AS customer, s.name, s.host, s.model, s.serial FROM json_each(?) AS wanted
         JOIN job_task AS t ON t.id = unhex(wanted.value) JOIN system AS s ON s.id = t.system_id
         JOIN organization AS o ON o.id = t.organization_id WHERE {} ORDER BY wanted.key",
        rights::visible_folders(caller, "s.folder_id")
    )))
    .bind(ids_json(ids))
    .fetch_all(connection)
    .await?;
    Ok(readable(&rows, "system of a job", |row| {
        let certificate: Option<&[u8]> = row.take("certificate")?;
        Ok(JobTaskRow {
            id: row.take("id")?,
            job: row.take("job_id")?,
            system: row.take("system_id")?,
            organization: row.take("organization_id")?,
            customer: row.take("customer")?,
            name: row.take("name")?,
            host: row.take("host")?,
            model: row.take("model")?,
            serial: row.take("serial")?,
            wave: row.take("wave")?,
            state: enum_value(row.take("state")?)?,
            step: row.take("step")?,
            percent: row.take("percent")?,
            attempt: row.take("attempt")?,
            not_before: row.take::<Option<i64>, _>("not_before")?.map(Time),
            version_from: row.take("version_from")?,
            version_to: row.take("version_to")?,
            problem: read_problem(row.take("problem")?)?,
            certificate: certificate
                .and_then(|der| Certificate::from_der(der).ok())
                .map(|certificate| view(&certificate)),
            started_at: row.take::<Option<i64>, _>("started_at")?.map(Time),
            finished_at: row.take::<Option<i64>, _>("finished_at")?.map(Time),
        })
    }))
}

/// A system of a job with its log; `steps` are those of its operation.
///
/// # Errors
/// `not-found`, also where the account does not see it.
pub async fn task(
    connection: &mut SqliteConnection,
    caller: &Caller,
    id: JobTaskId,
) -> Outcome<(JobTaskRow, Vec<TaskLogLine>)> {
    let Some(row) = task_rows(connection, caller, &[id.0]).await?.pop() else {
        let exists = "SELECT EXISTS (SELECT 1 FROM job_task WHERE id = ?)";
        return Err(missing(connection, exists, id.0).await?);
    };
    let lines = sqlx::query(
        "SELECT at, event, params, problem FROM (SELECT * FROM job_log WHERE task_id = ? ORDER BY id DESC LIMIT ?) ORDER BY id",
    )
    .bind(id)
    .bind(LINES)
    .fetch_all(connection)
    .await?;
    let lines = readable(&lines, "line of a log", |line| {
        let params: &str = line.take("params")?;
        let params: BTreeMap<String, Value> = if params.is_empty() {
            BTreeMap::new()
        } else {
            serde_json::from_str(params).map_err(Problem::internal)?
        };
        Ok(TaskLogLine {
            at: Time(line.take("at")?),
            event: line.take("event")?,
            params,
            problem: read_problem(line.take("problem")?)?,
        })
    });
    Ok((row, lines))
}
