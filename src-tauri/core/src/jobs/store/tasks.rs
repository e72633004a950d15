//! The systems of jobs: whose turn it is, how far they are, and how they end. Their numbers are kept in `job_wave` by differences.

use super::values::{read_problem, written};
use crate::jobs::rules::states::{TaskEvent, task_after};
use crate::jobs::types::{JobState, TaskState};
use flotilla_kernel::clock::Time;
use flotilla_kernel::database::{RowExt as _, enum_text, enum_value};
use flotilla_kernel::error::{Outcome, Problem, WireError};
use flotilla_kernel::ids::{JobId, JobTaskId, OrganizationId, SystemId, ids_json};
use serde_json::Value;
use sqlx::{AssertSqlSafe, SqliteConnection};
use std::collections::HashMap;

/// The lines of a system's log that are kept.
const LOG_LINES: i64 = 2_000;

/// A system whose turn has come, or that is under way.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// Its place in the job.
    pub id: JobTaskId,
    /// The job.
    pub job: JobId,
    /// The system.
    pub system: SystemId,
    /// The organization it belonged to when the job was ordered.
    pub organization: OrganizationId,
    /// The zone of its site.
    pub zone: String,
    /// What the operation knows of how far it is; none: nothing was sent that changes it.
    pub checkpoint: Option<Value>,
    /// The version that it is to have; empty: it keeps its own.
    pub version_to: String,
    /// How often it was begun.
    pub attempt: u32,
    /// How it is.
    pub state: TaskState,
    /// Whether it is still managed, by an organization that is not archived.
    pub managed: bool,
    /// Since when what came of it is not known.
    pub unknown_since: Option<Time>,
}

const CANDIDATE: &str = "SELECT t.id, t.job_id, t.system_id, t.organization_id, t.zone, t.checkpoint, t.version_to, t.attempt, t.state, t.unknown_since,
        (s.removed_at IS NULL AND s.organization_id = t.organization_id AND o.archived_at IS NULL) AS managed
     FROM job_task AS t JOIN system AS s ON s.id = t.system_id JOIN organization AS o ON o.id = t.organization_id";

fn candidate_of(row: &sqlx::sqlite::SqliteRow) -> Outcome<Candidate> {
    let checkpoint: &str = row.take("checkpoint")?;
    Ok(Candidate {
        id: row.take("id")?,
        job: row.take("job_id")?,
        system: row.take("system_id")?,
        organization: row.take("organization_id")?,
        zone: row.take("zone")?,
        checkpoint: if checkpoint.is_empty() {
            None
        } else {
            Some(serde_json::from_str(checkpoint).map_err(Problem::internal)?)
        },
        version_to: row.take("version_to")?,
        attempt: row.take("attempt")?,
        state: enum_value(row.take("state")?)?,
        managed: row.take("managed")?,
        unknown_since: row.take::<Option<i64>, _>("unknown_since")?.map(Time),
    })
}

/// Which systems of a job are looked for.
pub struct Wanted<'w> {
    /// The job.
    pub job: JobId,
    /// The highest wave that has begun.
    pub wave: u32,
    /// Zones whose sites are not worked on now.
    pub closed_zones: &'w [String],
    /// Organizations that have as many systems under way as they may.
    pub full: &'w [OrganizationId],
    /// Systems that are worked on. Those of which it is not known what came of another job are left alone, too.
    pub busy: &'w [SystemId],
}

/// Systems of a job whose turn has come, in their order.
///
/// # Errors
/// Database errors.
pub async fn candidates(
    connection: &mut SqliteConnection,
    now: Time,
    wanted: &Wanted<'_>,
    limit: usize,
) -> Outcome<Vec<Candidate>> {
    let rows = sqlx::query(AssertSqlSafe(format!(
        "{CANDIDATE} WHERE t.job_id = ?1 AND t.state = 'waiting' AND t.wave <= ?2 AND (t.not_before IS NULL OR t.not_before <= ?3)
            AND t.zone NOT IN (SELECT value FROM json_each(?4)) AND t.organization_id NOT IN (SELECT unhex(value) FROM json_each(?5))
            AND t.system_id NOT IN (SELECT unhex(value) FROM json_each(?6))
            AND NOT EXISTS (SELECT 1 FROM job_task AS u WHERE u.system_id = t.system_id AND u.job_id <> t.job_id AND u.state IN ('running', 'unknown'))
         ORDER BY t.wave, t.position LIMIT ?7"
    )))
    .bind(wanted.job)
    .bind(wanted.wave)
    .bind(now.0)
    .bind(serde_json::to_string(wanted.closed_zones).map_err(Problem::internal)?)
    .bind(ids_json(wanted.full))
    .bind(ids_json(wanted.busy))
    .bind(i64::try_from(limit).unwrap_or(i64::MAX))
    .fetch_all(connection)
    .await?;
    rows.iter().map(candidate_of).collect()
}

/// Systems that a program left in the middle, and those of which it is not known what came of them.
///
/// # Errors
/// Database errors.
pub async fn open(connection: &mut SqliteConnection) -> Outcome<Vec<Candidate>> {
    let rows = sqlx::query(AssertSqlSafe(format!(
        "{CANDIDATE} WHERE t.state IN ('running', 'unknown') ORDER BY t.started_at, t.id"
    )))
    .fetch_all(connection)
    .await?;
    rows.iter().map(candidate_of).collect()
}

/// Unknown systems that are asked again now.
///
/// # Errors
/// Database errors.
pub async fn to_reconcile(connection: &mut SqliteConnection, now: Time) -> Outcome<Vec<Candidate>> {
    let rows = sqlx::query(AssertSqlSafe(format!(
        "{CANDIDATE} WHERE t.state IN ('running', 'unknown') AND t.state = 'unknown' AND coalesce(t.not_before, 0) <= ? ORDER BY t.not_before LIMIT 500"
    )))
    .bind(now.0)
    .fetch_all(connection)
    .await?;
    rows.iter().map(candidate_of).collect()
}

/// When the next unknown system is asked, or the next one of a job that runs is tried again.
///
/// # Errors
/// Database errors.
pub async fn next_look(connection: &mut SqliteConnection, after: Time) -> Outcome<Option<Time>> {
    let at: Option<i64> = sqlx::query_scalar(
        "SELECT min(at) FROM (
             SELECT min(not_before) AS at FROM job_task WHERE state IN ('running', 'unknown') AND state = 'unknown' AND not_before > ?1
             UNION ALL
             SELECT min(t.not_before) FROM job_task AS t JOIN job AS j ON j.id = t.job_id AND j.state = 'running'
             WHERE t.state = 'waiting' AND t.not_before IS NOT NULL AND t.not_before > ?1)",
    )
    .bind(after.0)
    .fetch_one(connection)
    .await?;
    Ok(at.map(Time))
}

/// The zones of a job's systems that have not begun.
///
/// # Errors
/// Database errors.
pub async fn waiting_zones(connection: &mut SqliteConnection, job: JobId) -> Outcome<Vec<String>> {
    Ok(
        sqlx::query_scalar("SELECT DISTINCT zone FROM job_task WHERE job_id = ? AND state = 'waiting'")
            .bind(job)
            .fetch_all(connection)
            .await?,
    )
}

/// Something that is written down of a system.
#[derive(Debug)]
pub struct TaskWrite {
    /// Its place in the job.
    pub id: JobTaskId,
    /// What.
    pub change: TaskChange,
}

/// What is written down of a system.
#[derive(Debug)]
pub enum TaskChange {
    /// What is done now. With what the operation knows of how far it is; none: that stays.
    Step {
        /// Its name.
        step: &'static str,
        /// As JSON.
        checkpoint: Option<String>,
    },
    /// What the operation knows of how far it is, as JSON.
    Checkpoint(String),
    /// How far it is.
    Percent(i64),
    /// The version it has, and the one it is to have; none: as it was.
    Versions {
        /// What it has.
        from: Option<String>,
        /// What it is to have.
        to: Option<String>,
    },
    /// A line of its log.
    Log(LogLine),
    /// Its turn has come, or it ends.
    Happens(Ending),
}

/// A line of a log.
#[derive(Debug, Clone)]
pub struct LogLine {
    /// What happened.
    pub event: &'static str,
    /// What its words need.
    pub params: Value,
    /// The error that was met.
    pub problem: Option<WireError>,
}

/// What happens to a system of a job.
#[derive(Debug)]
pub struct Ending {
    /// What.
    pub event: TaskEvent,
    /// Why it was left out, failed or is not known.
    pub problem: Option<WireError>,
    /// The certificate that a person is to look at first.
    pub certificate: Option<Vec<u8>>,
    /// When it is tried or asked again.
    pub not_before: Option<Time>,
}

impl Ending {
    /// Nothing more than that.
    pub fn of(event: TaskEvent) -> Self {
        Self {
            event,
            problem: None,
            certificate: None,
            not_before: None,
        }
    }
}

/// Writes down what became of systems, in this order. What does not happen in the state a system is in is left out. Gives the jobs
/// whose numbers changed.
///
/// # Errors
/// Database errors.
pub async fn write(
    connection: &mut SqliteConnection,
    now: Time,
    writes: &[TaskWrite],
) -> Outcome<Vec<JobId>> {
    let mut numbers = Numbers::default();
    for TaskWrite { id, change } in writes {
        match change {
            TaskChange::Step { step, checkpoint } => {
                sqlx::query("UPDATE job_task SET step = ?2, checkpoint = coalesce(?3, checkpoint), percent = NULL WHERE id = ?1")
                    .bind(id)
                    .bind(*step)
                    .bind(checkpoint.as_deref())
                    .execute(&mut *connection)
                    .await?;
                let line = LogLine {
                    event: "step",
                    params: serde_json::json!({"step": step}),
                    problem: None,
                };
                log(connection, now, *id, &line).await?;
            }
            TaskChange::Checkpoint(checkpoint) => {
                sqlx::query("UPDATE job_task SET checkpoint = ?2 WHERE id = ?1")
                    .bind(id)
                    .bind(checkpoint)
                    .execute(&mut *connection)
                    .await?;
            }
            TaskChange::Percent(percent) => {
                sqlx::query(
                    "UPDATE job_task SET percent = ?2 WHERE id = ?1 AND state IN ('running', 'unknown')",
                )
                .bind(id)
                .bind(percent)
                .execute(&mut *connection)
                .await?;
            }
            TaskChange::Versions { from, to } => {
                sqlx::query("UPDATE job_task SET version_from = coalesce(?2, version_from), version_to = coalesce(?3, version_to) WHERE id = ?1")
                    .bind(id)
                    .bind(from.as_deref())
                    .bind(to.as_deref())
                    .execute(&mut *connection)
                    .await?;
            }
            TaskChange::Log(line) => log(connection, now, *id, line).await?,
            TaskChange::Happens(ending) => happens(connection, now, *id, ending, &mut numbers).await?,
        }
    }
    numbers.write(connection, now).await
}

async fn happens(
    connection: &mut SqliteConnection,
    now: Time,
    id: JobTaskId,
    ending: &Ending,
    numbers: &mut Numbers,
) -> Outcome<()> {
    let row: Option<(JobId, u32, String, i64, String)> = sqlx::query_as(
        "SELECT t.job_id, t.wave, t.state, t.attempt, j.state FROM job_task AS t JOIN job AS j ON j.id = t.job_id WHERE t.id = ?",
    )
    .bind(id)
    .fetch_optional(&mut *connection)
    .await?;
    // One that was deleted with its organization.
    let Some((job, wave, state, attempt, job_state)) = row else {
        return Ok(());
    };
    let state: TaskState = enum_value(&state)?;
    let job_state: JobState = enum_value(&job_state)?;
    let Some(mut next) = task_after(state, ending.event) else {
        tracing::warn!(%id, ?state, event = ?ending.event, "that does not happen to a system in this state");
        return Ok(());
    };
    // What did not fit into the window was no try.
    let tries = if ending.event == TaskEvent::PutOff && ending.problem.is_none() {
        -1
    } else {
        i64::from(ending.event == TaskEvent::Begin)
    };
    // What is put off in a job that was stopped meanwhile is not tried again.
    if next == TaskState::Waiting && job_state.has_ended() {
        next = TaskState::Stopped;
    }
    let begins = ending.event == TaskEvent::Begin;
    let open = matches!(next, TaskState::Waiting | TaskState::Running | TaskState::Unknown);
    sqlx::query(
        "UPDATE job_task SET state = ?2, problem = ?3, certificate = ?4, not_before = ?5, attempt = attempt + ?9,
            started_at = CASE WHEN ?6 THEN coalesce(started_at, ?7) ELSE started_at END,
            finished_at = CASE WHEN ?8 THEN NULL ELSE ?7 END, percent = CASE WHEN ?2 = 'done' THEN 100 WHEN ?6 THEN NULL ELSE percent END,
            unknown_since = CASE WHEN ?2 = 'unknown' THEN coalesce(unknown_since, ?7) END,
            checkpoint = CASE WHEN ?2 = 'waiting' THEN '' ELSE checkpoint END
         WHERE id = ?1",
    )
    .bind(id)
    .bind(enum_text(&next)?)
    .bind(written(ending.problem.as_ref())?)
    .bind(ending.certificate.as_deref())
    .bind(ending.not_before.map(|at| at.0))
    .bind(begins)
    .bind(now.0)
    .bind(open)
    .bind(tries)
    .execute(&mut *connection)
    .await?;
    let event = match next {
        TaskState::Waiting => "retry",
        TaskState::Running => "began",
        TaskState::Done => "done",
        TaskState::Skipped => "skipped",
        TaskState::Failed => "problem",
        TaskState::Unknown => "unknown",
        TaskState::Stopped => "stopped",
    };
    let seconds = ending.not_before.map(|at| at.since(now).max(0) / 1_000);
    let line = LogLine {
        event,
        params: match next {
            TaskState::Waiting => {
                serde_json::json!({"attempt": attempt, "seconds": seconds.unwrap_or_default()})
            }
            TaskState::Unknown => serde_json::json!({"seconds": seconds.unwrap_or_default()}),
            _ => Value::Null,
        },
        problem: ending.problem.clone(),
    };
    if tries >= 0 {
        log(connection, now, id, &line).await?;
    }
    numbers.moved(job, wave, state, next);
    Ok(())
}

async fn log(connection: &mut SqliteConnection, now: Time, id: JobTaskId, line: &LogLine) -> Outcome<()> {
    let params = if line.params.is_null() {
        String::new()
    } else {
        line.params.to_string()
    };
    sqlx::query("INSERT INTO job_log (task_id, at, event, params, problem) SELECT id, ?2, ?3, ?4, ?5 FROM job_task WHERE id = ?1")
        .bind(id)
        .bind(now.0)
        .bind(line.event)
        .bind(params)
        .bind(written(line.problem.as_ref())?)
        .execute(&mut *connection)
        .await?;
    // Whoever is asked for a day without answering has a long one.
    sqlx::query("DELETE FROM job_log WHERE task_id = ?1 AND id <= (SELECT id FROM job_log WHERE task_id = ?1 ORDER BY id DESC LIMIT 1 OFFSET ?2)")
        .bind(id)
        .bind(LOG_LINES)
        .execute(connection)
        .await?;
    Ok(())
}

/// By how much the numbers of waves change.
#[derive(Default)]
struct Numbers(HashMap<(JobId, u32), HashMap<TaskState, i64>>);

impl Numbers {
    fn moved(&mut self, job: JobId, wave: u32, from: TaskState, to: TaskState) {
        let wave = self.0.entry((job, wave)).or_default();
        *wave.entry(from).or_default() -= 1;
        *wave.entry(to).or_default() += 1;
    }

    async fn write(self, connection: &mut SqliteConnection, now: Time) -> Outcome<Vec<JobId>> {
        let mut jobs = Vec::new();
        for ((job, wave), numbers) in self.0 {
            let of = |state| numbers.get(&state).copied().unwrap_or_default();
            sqlx::query(
                "UPDATE job_wave SET waiting = waiting + ?3, running = running + ?4, done = done + ?5, skipped = skipped + ?6, failed = failed + ?7,
                    unknown = unknown + ?8, stopped = stopped + ?9, ended_at = CASE WHEN ?10 THEN ?11 ELSE ended_at END
                 WHERE job_id = ?1 AND wave = ?2",
            )
            .bind(job)
            .bind(wave)
            .bind(of(TaskState::Waiting))
            .bind(of(TaskState::Running))
            .bind(of(TaskState::Done))
            .bind(of(TaskState::Skipped))
            .bind(of(TaskState::Failed))
            .bind(of(TaskState::Unknown))
            .bind(of(TaskState::Stopped))
            .bind(of(TaskState::Done) + of(TaskState::Failed) + of(TaskState::Skipped) > 0)
            .bind(now.0)
            .execute(&mut *connection)
            .await?;
            end_if_over(connection, now, job).await?;
            if !jobs.contains(&job) {
                jobs.push(job);
            }
        }
        Ok(jobs)
    }
}

/// The job was stopped: what waits is given up.
///
/// # Errors
/// Database errors.
pub async fn stop_waiting(connection: &mut SqliteConnection, now: Time, job: JobId) -> Outcome<()> {
    sqlx::query("UPDATE job_task SET state = 'stopped', not_before = NULL, finished_at = ?2 WHERE job_id = ?1 AND state = 'waiting'")
        .bind(job)
        .bind(now.0)
        .execute(&mut *connection)
        .await?;
    sqlx::query("UPDATE job_wave SET stopped = stopped + waiting, waiting = 0 WHERE job_id = ?")
        .bind(job)
        .execute(connection)
        .await?;
    Ok(())
}

/// Systems of a job that were stopped, as many as are told of one by one.
///
/// # Errors
/// Database errors.
pub async fn stopped(connection: &mut SqliteConnection, job: JobId) -> Outcome<Vec<JobTaskId>> {
    Ok(
        sqlx::query_scalar("SELECT id FROM job_task WHERE job_id = ? AND state = 'stopped' LIMIT 1000")
            .bind(job)
            .fetch_all(connection)
            .await?,
    )
}

/// Systems that are no longer managed are left out of every job that has not come to them. Gives these jobs.
///
/// # Errors
/// Database errors.
pub async fn waiting_of(connection: &mut SqliteConnection, systems: &[SystemId]) -> Outcome<Vec<JobTaskId>> {
    Ok(sqlx::query_scalar(
        "SELECT t.id FROM job_task AS t JOIN job AS j ON j.id = t.job_id AND j.repeats = 0
         WHERE t.system_id IN (SELECT unhex(value) FROM json_each(?)) AND t.state = 'waiting'",
    )
    .bind(ids_json(systems))
    .fetch_all(connection)
    .await?)
}

/// The systems of a job that failed, for another try (JOB-26), in their order.
///
/// # Errors
/// Database errors.
pub async fn failed(connection: &mut SqliteConnection, job: JobId) -> Outcome<Vec<(SystemId, String)>> {
    Ok(sqlx::query_as(
        "SELECT t.system_id, t.version_to FROM job_task AS t JOIN system AS s ON s.id = t.system_id AND s.removed_at IS NULL
         WHERE t.job_id = ? AND t.state = 'failed' ORDER BY t.position",
    )
    .bind(job)
    .fetch_all(connection)
    .await?)
}

/// The systems of a job that are still managed, in their order.
///
/// # Errors
/// Database errors.
pub async fn targets(connection: &mut SqliteConnection, job: JobId) -> Outcome<Vec<(SystemId, String)>> {
    Ok(sqlx::query_as(
        "SELECT t.system_id, t.version_to FROM job_task AS t JOIN system AS s ON s.id = t.system_id AND s.removed_at IS NULL
         WHERE t.job_id = ? ORDER BY t.position",
    )
    .bind(job)
    .fetch_all(connection)
    .await?)
}

/// The most frequent reason why systems of a job were left out.
///
/// # Errors
/// Database errors.
pub async fn usual_reason(connection: &mut SqliteConnection, job: JobId) -> Outcome<Option<WireError>> {
    let text: Option<String> = sqlx::query_scalar(
        "SELECT problem FROM job_task WHERE job_id = ? AND state = 'skipped' AND problem <> '' GROUP BY problem ->> 'code' ORDER BY count(*) DESC LIMIT 1",
    )
    .bind(job)
    .fetch_optional(connection)
    .await?;
    text.map_or(Ok(None), |text| read_problem(&text))
}

/// A job that has ended and of which nothing is under way any more: when that came, and its secret is forgotten.
///
/// # Errors
/// Database errors.
pub async fn end_if_over(connection: &mut SqliteConnection, now: Time, id: JobId) -> Outcome<()> {
    sqlx::query(
        "UPDATE job SET finished_at = ?2, secret = '' WHERE id = ?1 AND finished_at IS NULL
            AND state IN ('completed', 'completed_with_failures', 'failed', 'stopped', 'missed')
            AND NOT EXISTS (SELECT 1 FROM job_wave WHERE job_id = ?1 AND running + unknown > 0)",
    )
    .bind(id)
    .bind(now.0)
    .execute(connection)
    .await?;
    Ok(())
}
