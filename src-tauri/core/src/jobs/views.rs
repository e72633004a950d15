//! What people see of jobs (JOB-10, JOB-11).

use super::list;
use super::operations::Operations;
use super::rules::rollout::{Decision, decide};
use super::rules::schedule::{self, Plan, Turn};
use super::store::{self, Job};
use super::types::*;
use chrono_tz::Tz;
use flotilla_kernel::call::{Call, Nothing, Packed};
use flotilla_kernel::clock::{Time, minutes};
use flotilla_kernel::error::{ErrorCode, FieldProblem, Outcome, Problem};
use flotilla_kernel::ids::AccountId;
use flotilla_kernel::lists::types::{ListQuery, WindowArgument};
use flotilla_kernel::preferences::ZonePreferences;

/// So many starts are shown ahead (JOB-02).
const STARTS: usize = 10;
/// So many runs of a job that repeats are shown.
const RUNS: i64 = 20;
/// So many running jobs are named on every page.
const RUNNING: i64 = 20;

/// Ids of the jobs that match, in order (JOB-10).
///
/// # Errors
/// `call.arguments`
pub async fn index(call: &Call, query: ListQuery) -> Outcome<Packed> {
    let (database, caller) = (&call.workspace.database, call.caller()?);
    flotilla_kernel::lists::index(database, caller, &list::DEFINITION, &query)
        .await
        .map(Packed)
}

/// The rows in view.
///
/// # Errors
/// `call.too-large`
pub async fn window(call: &Call, arguments: WindowArgument) -> Outcome<Vec<JobRow>> {
    let ids = flotilla_kernel::lists::window_ids(&arguments)?;
    store::rows(&mut *call.workspace.database.read().await?, call.caller()?, ids).await
}

/// Ids of the systems of jobs that match, in order (JOB-11).
///
/// # Errors
/// `call.arguments`
pub async fn tasks_index(call: &Call, query: ListQuery) -> Outcome<Packed> {
    let (database, caller) = (&call.workspace.database, call.caller()?);
    flotilla_kernel::lists::index(database, caller, &list::TASKS, &query)
        .await
        .map(Packed)
}

/// The rows in view.
///
/// # Errors
/// `call.too-large`
pub async fn tasks_window(call: &Call, arguments: WindowArgument) -> Outcome<Vec<JobTaskRow>> {
    let ids = flotilla_kernel::lists::window_ids(&arguments)?;
    store::task_rows(&mut *call.workspace.database.read().await?, call.caller()?, ids).await
}

/// A job as a whole (JOB-11).
///
/// # Errors
/// `not-found`
pub async fn job(call: &Call, arguments: JobArgument) -> Outcome<JobView> {
    let caller = call.caller()?;
    let now = call.now();
    let mut connection = call.workspace.database.read().await?;
    let row = store::row(&mut connection, caller, arguments.id).await?;
    let job = store::job(&mut connection, arguments.id).await?;
    let waves = store::waves(&mut connection, arguments.id).await?;
    let zones = store::waiting_zones(&mut connection, arguments.id).await?;
    let runs = if job.repeats {
        store::runs(&mut connection, caller, Some(job.id), JobState::ALL, RUNS).await?
    } else {
        Vec::new()
    };
    drop(connection);
    let sites: Vec<Tz> = zones.iter().filter_map(|zone| zone.parse().ok()).collect();
    let site = sites.first().copied().unwrap_or(Tz::UTC);
    let operation = call.workspace.state::<Operations>().of(&job.operation);
    let repeatable = operation.is_none_or(|operation| !operation.confirmed);
    let expected = operation.map_or(0, |operation| minutes((operation.minutes)(&job.settings)));
    let turns: Vec<Turn> = sites
        .iter()
        .map(|zone| job.plan.turn(*zone, expected, now))
        .collect();
    let open = job.state == JobState::Running && !turns.contains(&Turn::Now);
    let later = turns.iter().filter_map(|turn| match turn {
        Turn::Later(at) => Some(*at),
        Turn::Now | Turn::Never => None,
    });
    let repeats = job.repeats || matches!(job.plan, Plan::Windows(..));
    let next_starts = if repeats && !job.state.has_ended() {
        job.plan.starts(site, now, STARTS)
    } else {
        Vec::new()
    };
    Ok(JobView {
        waves: wave_views(&job, &waves, now),
        allowed: allowed(&job, &waves, caller.account, repeatable),
        window_until: sites
            .iter()
            .filter_map(|zone| job.plan.open_until(*zone, now))
            .max(),
        next_at: if open { later.min() } else { None },
        next_starts,
        row,
        schedule: job.schedule,
        rollout: job.rollout,
        tolerance_minutes: job.tolerance_minutes,
        approved_by: job.approved_by,
        approval_needed: job.approval_needed,
        runs,
        steps: operation
            .map(|operation| operation.steps.iter().map(|&step| step.to_owned()).collect())
            .unwrap_or_default(),
    })
}

/// The waves of a job with how each is (JOB-26).
fn wave_views(job: &Job, waves: &[WaveCounts], now: Time) -> Vec<WaveView> {
    let decision = decide(
        &job.rollout,
        waves,
        job.wave,
        (job.go_on, job.known_failures),
        now,
    );
    (0_u32..)
        .zip(waves)
        .map(|(number, counts)| {
            let begun = job.wave.is_some_and(|wave| number <= wave);
            let last = job.wave == Some(number);
            let state = if !begun {
                WaveState::Waiting
            } else if !last || job.state.has_ended() {
                WaveState::Done
            } else {
                match decision {
                    Decision::Soak(_) => WaveState::Soaking,
                    Decision::Held => WaveState::Held,
                    Decision::Finished => WaveState::Done,
                    Decision::Wave(_) | Decision::Wait | Decision::Threshold(_) => WaveState::Running,
                }
            };
            WaveView {
                number,
                state,
                counts: *counts,
                rule: usize::try_from(number)
                    .ok()
                    .and_then(|number| job.rollout.waves.get(number))
                    .cloned(),
                soaked_at: match (last, decision) {
                    (true, Decision::Soak(until)) => Some(until),
                    _ => None,
                },
            }
        })
        .collect()
}

/// What an account with the right may do with a job now (JOB-12 to JOB-14, JOB-26).
/// `repeatable`: its operation may be ordered once more without being confirmed anew.
pub fn allowed(job: &Job, waves: &[WaveCounts], account: AccountId, repeatable: bool) -> Vec<JobAct> {
    let counts = store::total(waves);
    let under_way = counts.running + counts.unknown > 0;
    let next_wave = job
        .wave
        .and_then(|wave| usize::try_from(wave).ok())
        .and_then(|wave| waves.get(wave + 1..))
        .is_some_and(|later| later.iter().any(|wave| wave.waiting > 0));
    let current_is_over = job
        .wave
        .and_then(|wave| usize::try_from(wave).ok())
        .and_then(|wave| waves.get(wave))
        .is_some_and(|wave| wave.waiting == 0);
    let has_begun = matches!(job.state, JobState::Running | JobState::Paused) && job.started_at.is_some();
    let mut acts = Vec::new();
    let mut may = |act, may: bool| {
        if may {
            acts.push(act);
        }
    };
    let open = !job.state.has_ended();
    may(
        JobAct::Approve,
        job.state == JobState::AwaitingApproval && account != job.account,
    );
    may(JobAct::Pause, open && job.state != JobState::Paused);
    may(JobAct::Resume, job.state == JobState::Paused);
    may(
        JobAct::GoOn,
        has_begun && next_wave && current_is_over && !job.go_on,
    );
    may(JobAct::Stop, open);
    may(JobAct::Retry, repeatable && counts.failed > 0 && !job.repeats);
    may(JobAct::Copy, repeatable);
    may(JobAct::Delete, job.state != JobState::Running && !under_way);
    acts
}

/// A system of a job with its steps and its log.
///
/// # Errors
/// `not-found`
pub async fn task(call: &Call, arguments: JobTaskArgument) -> Outcome<JobTaskView> {
    let mut connection = call.workspace.database.read().await?;
    let (row, log) = store::task(&mut connection, call.caller()?, arguments.id).await?;
    let job = store::job(&mut connection, row.job).await?;
    drop(connection);
    let operation = call.workspace.state::<Operations>().of(&job.operation);
    let names = operation.map_or(&[] as &[&str], |operation| operation.steps);
    Ok(JobTaskView {
        steps: steps(names, &row, &log),
        row,
        log,
    })
}

/// The steps of a system, with when each began last and when it ended.
fn steps(names: &[&str], row: &JobTaskRow, log: &[TaskLogLine]) -> Vec<TaskStep> {
    let begun: Vec<(&str, Time)> = log
        .iter()
        .filter(|line| line.event == "step")
        .filter_map(|line| Some((line.params.get("step")?.as_str()?, line.at)))
        .collect();
    names
        .iter()
        .map(|&name| {
            let last = begun.iter().rposition(|(step, _)| *step == name);
            let next = last.and_then(|place| begun.get(place + 1)).map(|(_, at)| *at);
            TaskStep {
                name: name.to_owned(),
                began_at: last.and_then(|place| begun.get(place)).map(|(_, at)| *at),
                ended_at: last.and_then(|_| next.or(row.finished_at)),
            }
        })
        .collect()
}

/// What became of the customers of a job (JOB-11).
///
/// # Errors
/// `not-found`
pub async fn customers(call: &Call, arguments: JobArgument) -> Outcome<Vec<JobCustomerView>> {
    let caller = call.caller()?;
    let mut connection = call.workspace.database.read().await?;
    store::row(&mut connection, caller, arguments.id).await?;
    store::customers(&mut connection, caller, arguments.id).await
}

/// How many jobs are under way (JOB-10).
///
/// # Errors
/// Database errors.
pub async fn summary(call: &Call, _: Nothing) -> Outcome<JobSummary> {
    let caller = call.caller()?;
    let mut connection = call.workspace.database.read().await?;
    let running = &[JobState::Running];
    Ok(JobSummary {
        running: store::runs(&mut connection, caller, None, running, RUNNING).await?,
        running_count: store::count(&mut connection, caller, running).await?,
        held_count: store::count(
            &mut connection,
            caller,
            &[JobState::Paused, JobState::AwaitingApproval],
        )
        .await?,
    })
}

/// The next starts of a schedule, before it is ordered (JOB-02).
///
/// # Errors
/// `form.invalid` with the field that is wrong.
pub async fn preview(call: &Call, arguments: PreviewSchedule) -> Outcome<Vec<PlannedStart>> {
    let plan = schedule::read(&arguments.schedule).map_err(Problem::of_field)?;
    let site = match &arguments.site_zone {
        Some(zone) => zone
            .parse()
            .map_err(|_| Problem::of_field(FieldProblem::new("site_zone", ErrorCode::FieldNotAZone)))?,
        None => call.workspace.preferences::<ZonePreferences>().zone(),
    };
    Ok(plan.starts(site, call.now(), STARTS))
}
