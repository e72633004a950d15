//! All SQL on the tables `job`, `job_wave`, `job_folder` and `job_package`; that on the systems of jobs is in `tasks` and `reading`.

pub mod columns;
mod reading;
mod tasks;
mod values;

pub use reading::{count, customers, row, rows, runs, task, task_rows};
pub use tasks::*;

use values::{counts_of, written};

use super::rules::schedule::{self, Plan};
use super::rules::states::{JobEvent, job_after};
use super::types::*;
use chrono_tz::Tz;
use flotilla_connectors::secret::Secret;
use flotilla_kernel::clock::Time;
use flotilla_kernel::database::{RowExt as _, enum_text, enum_value, order_key, search_key};
use flotilla_kernel::error::{ErrorCode, Outcome, Problem, WireError};
use flotilla_kernel::ids::{
    AccountId, FolderId, JobId, OrganizationId, PackageId, SystemId, ids_json, new_ids_sql,
};
use serde_json::Value;
use sqlx::sqlite::SqliteRow;
use sqlx::{AssertSqlSafe, SqliteConnection};
use std::collections::{BTreeSet, HashMap};

/// A job that is to be stored.
pub struct NewJob<'j> {
    /// Its name.
    pub name: &'j str,
    /// What it does.
    pub operation: &'j str,
    /// What of it; no secret.
    pub about: &'j str,
    /// What the operation needs to know.
    pub settings: &'j Value,
    /// A secret that it needs.
    pub secret: Option<&'j Secret>,
    /// When.
    pub schedule: &'j JobSchedule,
    /// In which waves.
    pub rollout: &'j Rollout,
    /// 0 to 1,000.
    pub priority: i64,
    /// How late it may begin.
    pub tolerance_minutes: i64,
    /// How it begins.
    pub state: JobState,
    /// When it begins; none: it waits for an approval.
    pub starts_at: Option<Time>,
    /// Whether a second person has to approve it.
    pub approval_needed: bool,
    /// Who ordered it.
    pub account: AccountId,
    /// Where it was ordered from.
    pub origin: &'j str,
    /// The job that it is a run of.
    pub series: Option<JobId>,
    /// The job whose failed systems it tries again.
    pub retry_of: Option<JobId>,
    /// The packages that it needs.
    pub packages: &'j [PackageId],
}

/// A system of a job that is to be stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The system.
    pub system: SystemId,
    /// Its wave.
    pub wave: u32,
    /// The version that it is to have; empty: it keeps its own.
    pub version_to: String,
    /// The zone of its site.
    pub zone: Tz,
}

/// Stores a job with its systems; gives its id.
///
/// # Errors
/// Database errors.
pub async fn insert(
    connection: &mut SqliteConnection,
    now: Time,
    job: &NewJob<'_>,
    targets: &[Target],
) -> Outcome<JobId> {
    let id = JobId::new(now);
    let repeats = matches!(job.schedule, JobSchedule::Repeat { .. });
    sqlx::query(
        "INSERT INTO job (id, name, name_key, operation, about, settings, secret, schedule, rollout, priority, tolerance_minutes, state,
                          account_id, account_name, origin, created_at, starts_at, approval_needed, targets, repeats, series_id, retry_of, search_key)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, coalesce((SELECT login FROM account WHERE id = ?13), ''),
                 ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22)",
    )
    .bind(id)
    .bind(job.name)
    .bind(order_key(job.name))
    .bind(job.operation)
    .bind(job.about)
    .bind(job.settings.to_string())
    .bind(job.secret.map(|secret| secret.expose().to_owned()).unwrap_or_default())
    .bind(serde_json::to_string(job.schedule).map_err(Problem::internal)?)
    .bind(serde_json::to_string(job.rollout).map_err(Problem::internal)?)
    .bind(job.priority)
    .bind(job.tolerance_minutes)
    .bind(enum_text(&job.state)?)
    .bind(job.account)
    .bind(job.origin)
    .bind(now.0)
    .bind(job.starts_at.map(|at| at.0))
    .bind(job.approval_needed)
    .bind(i64::try_from(targets.len()).unwrap_or(i64::MAX))
    .bind(repeats)
    .bind(job.series)
    .bind(job.retry_of)
    .bind(search_key([job.name, job.about]))
    .execute(&mut *connection)
    .await?;
    insert_targets(connection, now, id, targets).await?;
    for package in job.packages {
        sqlx::query(
            "INSERT OR IGNORE INTO job_package (job_id, package_id) SELECT ?, id FROM package WHERE id = ?",
        )
        .bind(id)
        .bind(package)
        .execute(&mut *connection)
        .await?;
    }
    Ok(id)
}

async fn insert_targets(
    connection: &mut SqliteConnection,
    now: Time,
    id: JobId,
    targets: &[Target],
) -> Outcome<()> {
    let rows: Vec<(String, u32, &str, &str)> = targets
        .iter()
        .map(|target| {
            let system = target.system.0.simple().to_string();
            (
                system,
                target.wave,
                target.version_to.as_str(),
                target.zone.name(),
            )
        })
        .collect();
    sqlx::query(AssertSqlSafe(format!(
        "INSERT INTO job_task (id, job_id, system_id, organization_id, position, wave, zone, state, version_to, version_from)
         SELECT {}, ?1, s.id, s.organization_id, wanted.key, wanted.value ->> 1, wanted.value ->> 3, 'waiting', wanted.value ->> 2, s.version
         FROM json_each(?2) AS wanted JOIN system AS s ON s.id = unhex(wanted.value ->> 0)",
        new_ids_sql(now)
    )))
    .bind(id)
    .bind(serde_json::to_string(&rows).map_err(Problem::internal)?)
    .execute(&mut *connection)
    .await?;
    complete(connection, id).await
}

/// The waves and folders of a job, from its systems.
async fn complete(connection: &mut SqliteConnection, id: JobId) -> Outcome<()> {
    sqlx::query(
        "INSERT INTO job_wave (job_id, wave, waiting) SELECT job_id, wave, count(*) FROM job_task WHERE job_id = ? GROUP BY wave",
    )
    .bind(id)
    .execute(&mut *connection)
    .await?;
    sqlx::query(
        "INSERT INTO job_folder (job_id, folder_id, organization_id)
         SELECT DISTINCT t.job_id, s.folder_id, s.organization_id FROM job_task AS t JOIN system AS s ON s.id = t.system_id WHERE t.job_id = ?",
    )
    .bind(id)
    .execute(connection)
    .await?;
    Ok(())
}

/// A run of a job that repeats: the same systems, as far as they are still managed, in the same waves. Gives its id.
///
/// # Errors
/// Database errors.
pub async fn insert_run(
    connection: &mut SqliteConnection,
    now: Time,
    series: JobId,
    starts_at: Time,
) -> Outcome<JobId> {
    let id = JobId::new(now);
    sqlx::query(
        "INSERT INTO job (id, name, name_key, operation, about, settings, secret, schedule, rollout, priority, tolerance_minutes, state,
                          account_id, account_name, origin, created_at, starts_at, approval_needed, approved_by, targets, series_id, search_key)
         SELECT ?1, name, name_key, operation, about, settings, secret, '{\"kind\":\"now\"}', rollout, priority, tolerance_minutes, 'scheduled',
                account_id, account_name, origin, ?3, ?4, approval_needed, approved_by,
                (SELECT count(*) FROM job_task AS t JOIN system AS s ON s.id = t.system_id AND s.removed_at IS NULL WHERE t.job_id = ?2), ?2, search_key
         FROM job WHERE id = ?2",
    )
    .bind(id)
    .bind(series)
    .bind(now.0)
    .bind(starts_at.0)
    .execute(&mut *connection)
    .await?;
    sqlx::query(AssertSqlSafe(format!(
        "INSERT INTO job_task (id, job_id, system_id, organization_id, position, wave, zone, state, version_to, version_from)
         SELECT {}, ?1, s.id, s.organization_id, t.position, t.wave, t.zone, 'waiting', t.version_to, s.version
         FROM job_task AS t JOIN system AS s ON s.id = t.system_id AND s.removed_at IS NULL WHERE t.job_id = ?2",
        new_ids_sql(now)
    )))
    .bind(id)
    .bind(series)
    .execute(&mut *connection)
    .await?;
    complete(connection, id).await?;
    sqlx::query("INSERT INTO job_package (job_id, package_id) SELECT ?1, package_id FROM job_package WHERE job_id = ?2")
        .bind(id)
        .bind(series)
        .execute(connection)
        .await?;
    Ok(id)
}

/// A job as the engine needs it.
#[derive(Debug, Clone)]
pub struct Job {
    /// Its id.
    pub id: JobId,
    /// Its name.
    pub name: String,
    /// What it does.
    pub operation: String,
    /// What of it.
    pub about: String,
    /// What the operation needs to know.
    pub settings: Value,
    /// A secret that it needs; empty: none, or it is not kept any more.
    pub secret: Secret,
    /// When, as it was ordered.
    pub schedule: JobSchedule,
    /// When, read.
    pub plan: Plan,
    /// In which waves.
    pub rollout: Rollout,
    /// 0 to 1,000.
    pub priority: i64,
    /// How late it may begin.
    pub tolerance_minutes: i64,
    /// How it is.
    pub state: JobState,
    /// Who ordered it.
    pub account: AccountId,
    /// Where it was ordered from.
    pub origin: String,
    /// When it begins, or was to begin.
    pub starts_at: Option<Time>,
    /// When it began.
    pub started_at: Option<Time>,
    /// Whether a second person has to approve it.
    pub approval_needed: bool,
    /// Who approved it; empty: nobody.
    pub approved_by: String,
    /// The highest wave that has begun.
    pub wave: Option<u32>,
    /// Whether a person wants the next wave.
    pub go_on: bool,
    /// Failures that a person knows of.
    pub known_failures: u32,
    /// Whether it has runs.
    pub repeats: bool,
    /// The job that it is a run of.
    pub series: Option<JobId>,
    /// How many systems it has.
    pub targets: i64,
}

fn job_of(row: &SqliteRow) -> Outcome<Job> {
    let schedule: JobSchedule = serde_json::from_str(row.take("schedule")?).map_err(Problem::internal)?;
    let plan = schedule::read(&schedule).map_err(Problem::of_field)?;
    Ok(Job {
        id: row.take("id")?,
        name: row.take("name")?,
        operation: row.take("operation")?,
        about: row.take("about")?,
        settings: serde_json::from_str(row.take("settings")?).map_err(Problem::internal)?,
        secret: Secret::new(row.take::<String, _>("secret")?),
        schedule,
        plan,
        rollout: serde_json::from_str(row.take("rollout")?).map_err(Problem::internal)?,
        priority: row.take("priority")?,
        tolerance_minutes: row.take("tolerance_minutes")?,
        state: enum_value(row.take("state")?)?,
        account: row.take("account_id")?,
        origin: row.take("origin")?,
        starts_at: row.take::<Option<i64>, _>("starts_at")?.map(Time),
        started_at: row.take::<Option<i64>, _>("started_at")?.map(Time),
        approval_needed: row.take("approval_needed")?,
        approved_by: row.take("approved_by")?,
        wave: row.take::<Option<u32>, _>("wave")?,
        go_on: row.take("go_on")?,
        known_failures: row.take("known_failures")?,
        repeats: row.take("repeats")?,
        series: row.take("series_id")?,
        targets: row.take("targets")?,
    })
}

/// One job.
///
/// # Errors
/// `not-found`
pub async fn job(connection: &mut SqliteConnection, id: JobId) -> Outcome<Job> {
    let row = sqlx::query("SELECT * FROM job WHERE id = ?")
        .bind(id)
        .fetch_optional(connection)
        .await?
        .ok_or_else(|| Problem::new(ErrorCode::NotFound))?;
    job_of(&row)
}

/// Jobs that run, the most urgent first, and among them those that began first.
///
/// # Errors
/// Database errors.
pub async fn running(connection: &mut SqliteConnection) -> Outcome<Vec<Job>> {
    let rows =
        sqlx::query("SELECT * FROM job WHERE state = 'running' ORDER BY priority DESC, started_at, id")
            .fetch_all(connection)
            .await?;
    Ok(flotilla_kernel::database::readable(&rows, "job", job_of))
}

/// Jobs whose start has come: those that are scheduled, and those that wait for something else and may be too late.
///
/// # Errors
/// Database errors.
pub async fn due(connection: &mut SqliteConnection, now: Time) -> Outcome<Vec<Job>> {
    let rows = sqlx::query(
        "SELECT * FROM job WHERE state IN ('scheduled', 'awaiting_approval', 'paused') AND started_at IS NULL AND starts_at <= ?1
            AND (state = 'scheduled' OR starts_at + tolerance_minutes * 60000 < ?1 AND schedule ->> 'kind' IN ('at', 'now'))
         ORDER BY starts_at, id LIMIT 100",
    )
    .bind(now.0)
    .fetch_all(connection)
    .await?;
    Ok(flotilla_kernel::database::readable(&rows, "job", job_of))
}

/// Jobs that are paused, and of which nothing waits and nothing is under way any more.
///
/// # Errors
/// Database errors.
pub async fn paused_and_over(connection: &mut SqliteConnection) -> Outcome<Vec<JobId>> {
    Ok(sqlx::query_scalar(
        "SELECT id FROM job WHERE state = 'paused' AND started_at IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM job_wave WHERE job_id = job.id AND waiting + running + unknown > 0)",
    )
    .fetch_all(connection)
    .await?)
}

/// When the next job begins, after an instant.
///
/// # Errors
/// Database errors.
pub async fn next_start(connection: &mut SqliteConnection, after: Time) -> Outcome<Option<Time>> {
    let at: Option<i64> =
        sqlx::query_scalar("SELECT min(starts_at) FROM job WHERE state = 'scheduled' AND starts_at > ?")
            .bind(after.0)
            .fetch_one(connection)
            .await?;
    Ok(at.map(Time))
}

/// What became of the systems of a job so far, wave by wave, from 0.
///
/// # Errors
/// Database errors.
pub async fn waves(connection: &mut SqliteConnection, id: JobId) -> Outcome<Vec<WaveCounts>> {
    let rows = sqlx::query("SELECT * FROM job_wave WHERE job_id = ? ORDER BY wave")
        .bind(id)
        .fetch_all(connection)
        .await?;
    let mut waves: Vec<WaveCounts> = Vec::with_capacity(rows.len());
    for row in &rows {
        // A wave that takes none has no row.
        let wave = usize::try_from(row.take::<u32, _>("wave")?).map_err(Problem::internal)?;
        waves.resize(wave.max(waves.len()), WaveCounts::default());
        waves.push(counts_of(row)?);
    }
    Ok(waves)
}

/// All waves together.
pub fn total(waves: &[WaveCounts]) -> WaveCounts {
    waves
        .iter()
        .fold(WaveCounts::default(), |sum, wave| sum.plus(wave))
}

/// Something happens to a job (JOB-12). Gives its new state; none: it does not happen in the state it is in, and nothing was changed.
///
/// # Errors
/// `not-found`; database errors.
pub async fn happens(
    connection: &mut SqliteConnection,
    now: Time,
    id: JobId,
    event: JobEvent,
    problem: Option<&WireError>,
) -> Outcome<Option<JobState>> {
    let state: Option<String> = sqlx::query_scalar("SELECT state FROM job WHERE id = ?")
        .bind(id)
        .fetch_optional(&mut *connection)
        .await?;
    let state: JobState = enum_value(&state.ok_or_else(|| Problem::new(ErrorCode::NotFound))?)?;
    let Some(next) = job_after(state, event) else {
        return Ok(None);
    };
    sqlx::query(
        "UPDATE job SET state = ?2, problem = ?3, revision = revision + 1,
            started_at = CASE WHEN ?4 THEN coalesce(started_at, ?5) ELSE started_at END
         WHERE id = ?1",
    )
    .bind(id)
    .bind(enum_text(&next)?)
    .bind(written(problem)?)
    .bind(next == JobState::Running)
    .bind(now.0)
    .execute(&mut *connection)
    .await?;
    if matches!(next, JobState::Stopped | JobState::Missed) {
        stop_waiting(connection, now, id).await?;
    }
    if next.has_ended() {
        end_if_over(connection, now, id).await?;
    }
    Ok(Some(next))
}

/// A wave begins.
///
/// # Errors
/// Database errors.
pub async fn begin_wave(connection: &mut SqliteConnection, id: JobId, wave: u32) -> Outcome<()> {
    sqlx::query("UPDATE job SET wave = ?, go_on = 0 WHERE id = ?")
        .bind(wave)
        .bind(id)
        .execute(connection)
        .await?;
    Ok(())
}

/// When a job begins; none: it has no start left.
///
/// # Errors
/// Database errors.
pub async fn set_start(connection: &mut SqliteConnection, id: JobId, at: Option<Time>) -> Outcome<()> {
    sqlx::query("UPDATE job SET starts_at = ? WHERE id = ?")
        .bind(at.map(|at| at.0))
        .bind(id)
        .execute(connection)
        .await?;
    Ok(())
}

/// A person lets a job go on: failures so far are known, and the next wave may begin if they say so.
///
/// # Errors
/// Database errors.
pub async fn go_on(connection: &mut SqliteConnection, id: JobId, known: u32, next_wave: bool) -> Outcome<()> {
    sqlx::query("UPDATE job SET known_failures = ?, go_on = ? WHERE id = ?")
        .bind(known)
        .bind(next_wave)
        .bind(id)
        .execute(connection)
        .await?;
    Ok(())
}

/// Who approved a job.
///
/// # Errors
/// Database errors.
pub async fn approve(connection: &mut SqliteConnection, id: JobId, login: &str) -> Outcome<()> {
    sqlx::query("UPDATE job SET approved_by = ? WHERE id = ?")
        .bind(login)
        .bind(id)
        .execute(connection)
        .await?;
    Ok(())
}

/// Deletes jobs with everything of theirs.
///
/// # Errors
/// Database errors.
pub async fn delete(connection: &mut SqliteConnection, ids: &[JobId]) -> Outcome<()> {
    sqlx::query("DELETE FROM job WHERE id IN (SELECT unhex(value) FROM json_each(?))")
        .bind(ids_json(ids))
        .execute(connection)
        .await?;
    Ok(())
}

/// The organizations of each of these jobs.
///
/// # Errors
/// Database errors.
pub async fn organizations(
    connection: &mut SqliteConnection,
    ids: &[JobId],
) -> Outcome<HashMap<JobId, BTreeSet<OrganizationId>>> {
    let rows: Vec<(JobId, OrganizationId)> = sqlx::query_as(
        "SELECT DISTINCT job_id, organization_id FROM job_folder WHERE job_id IN (SELECT unhex(value) FROM json_each(?))",
    )
    .bind(ids_json(ids))
    .fetch_all(connection)
    .await?;
    let mut found: HashMap<JobId, BTreeSet<OrganizationId>> = HashMap::new();
    for (job, organization) in rows {
        found.entry(job).or_default().insert(organization);
    }
    Ok(found)
}

/// The folders of a job, those its systems were in and those they are in now: a right on it is one on all of them.
///
/// # Errors
/// Database errors.
pub async fn folders(connection: &mut SqliteConnection, id: JobId) -> Outcome<Vec<FolderId>> {
    Ok(
        sqlx::query_scalar("SELECT folder_id FROM job_folder WHERE job_id = ?1
         UNION SELECT s.folder_id FROM job_task AS t JOIN system AS s ON s.id = t.system_id AND s.removed_at IS NULL WHERE t.job_id = ?1")
            .bind(id)
            .fetch_all(connection)
            .await?,
    )
}

/// The packages that a job needs.
///
/// # Errors
/// Database errors.
pub async fn packages(connection: &mut SqliteConnection, id: JobId) -> Outcome<Vec<PackageId>> {
    Ok(
        sqlx::query_scalar("SELECT package_id FROM job_package WHERE job_id = ?")
            .bind(id)
            .fetch_all(connection)
            .await?,
    )
}

/// Whether a job that has not ended needs one of these packages (REP-08).
///
/// # Errors
/// Database errors.
pub async fn needs(connection: &mut SqliteConnection, ids: &[PackageId]) -> Outcome<bool> {
    Ok(sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM job_package AS p JOIN job AS j ON j.id = p.job_id AND j.finished_at IS NULL
            WHERE p.package_id IN (SELECT unhex(value) FROM json_each(?)))",
    )
    .bind(ids_json(ids))
    .fetch_one(connection)
    .await?)
}

/// A folder is about to go: what was seen through it is seen through the one above.
///
/// # Errors
/// Database errors.
pub async fn move_folder(connection: &mut SqliteConnection, from: FolderId, to: FolderId) -> Outcome<()> {
    sqlx::query("UPDATE OR IGNORE job_folder SET folder_id = ?2 WHERE folder_id = ?1")
        .bind(from)
        .bind(to)
        .execute(connection)
        .await?;
    Ok(())
}

/// Jobs of these organizations that have not ended.
///
/// # Errors
/// Database errors.
pub async fn unfinished_in(
    connection: &mut SqliteConnection,
    organizations: &[OrganizationId],
) -> Outcome<Vec<(OrganizationId, JobId)>> {
    Ok(sqlx::query_as(
        "SELECT DISTINCT f.organization_id, j.id FROM job_folder AS f JOIN job AS j ON j.id = f.job_id AND j.finished_at IS NULL
         WHERE f.organization_id IN (SELECT unhex(value) FROM json_each(?))",
    )
    .bind(ids_json(organizations))
    .fetch_all(connection)
    .await?)
}

/// The zone of each of these systems' sites (GEN-06): of the nearest folder that has one, in the end of the organization.
///
/// # Errors
/// Database errors.
pub async fn zones(connection: &mut SqliteConnection, ids: &[SystemId]) -> Outcome<HashMap<SystemId, Tz>> {
    let rows: Vec<(SystemId, Option<String>)> = sqlx::query_as(
        "WITH RECURSIVE wanted (system_id, folder_id) AS (
             SELECT s.id, s.folder_id FROM json_each(?) AS w JOIN system AS s ON s.id = unhex(w.value)),
         above (start, id, zone, parent_id) AS (
             SELECT f.id, f.id, f.zone, f.parent_id FROM (SELECT DISTINCT folder_id FROM wanted) AS d JOIN folder AS f ON f.id = d.folder_id
             UNION ALL SELECT above.start, f.id, f.zone, f.parent_id FROM above JOIN folder AS f ON f.id = above.parent_id WHERE above.zone IS NULL)
         SELECT w.system_id, coalesce((SELECT zone FROM above WHERE start = w.folder_id AND zone IS NOT NULL LIMIT 1), o.zone)
         FROM wanted AS w JOIN folder AS f ON f.id = w.folder_id JOIN organization AS o ON o.id = f.organization_id",
    )
    .bind(ids_json(ids))
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .map(|(id, zone)| {
            let zone = zone.and_then(|zone| zone.parse().ok()).unwrap_or(Tz::UTC);
            (id, zone)
        })
        .collect())
}
