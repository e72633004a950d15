//! What people do with jobs (JOB-10 to JOB-14), and how a feature orders one (JOB-01).

use super::operations::{OperationSpec, Operations};
use super::rules::rollout::waves_of;
use super::rules::schedule::{self, PAST, Plan, Turn};
use super::rules::states::{JobEvent, is_missed, job_after};
use super::service::Scheduler;
use super::store::{self, Job, NewJob, Target};
use super::types::*;
use super::views;
use chrono_tz::Tz;
use flotilla_connectors::secret::Secret;
use flotilla_kernel::audit::Entry;
use flotilla_kernel::call::{Call, Nothing};
use flotilla_kernel::clock::{Time, minutes};
use flotilla_kernel::database::Transaction;
use flotilla_kernel::error::{ErrorCode, FieldProblem, Outcome, Problem};
use flotilla_kernel::fields;
use flotilla_kernel::ids::{JobId, OrganizationId, PackageId, SystemId};
use flotilla_kernel::words::Words;
use serde_json::Value;
use std::collections::{BTreeSet, HashMap, HashSet};

/// The most jobs of one act.
const MOST_JOBS: usize = 5_000;
/// The longest soak time, in minutes.
const LONGEST_SOAK: u32 = 90 * 24 * 60;

/// What a feature orders.
pub struct Order<'o> {
    /// The operation.
    pub operation: &'o str,
    /// What of it, such as a version; no secret.
    pub about: String,
    /// What the operation needs to know; no secret.
    pub settings: Value,
    /// A secret that it needs.
    pub secret: Option<Secret>,
    /// The systems, and the version each is to have; empty: it keeps its own. The account has the right on each of them.
    pub targets: Vec<(SystemId, String)>,
    /// Systems that it is not on.
    pub skipped: Vec<SkippedTarget>,
    /// The packages that it needs.
    pub packages: Vec<PackageId>,
    /// When, and in which waves.
    pub order: JobOrder,
    /// The job whose failed systems it tries again.
    pub retry_of: Option<JobId>,
}

/// Orders a job (JOB-01): it begins at its time, at once if that is now.
///
/// # Errors
/// `form.invalid` with the fields of the order; `call.too-large`; database errors. Then nothing was ordered.
pub async fn order(call: &Call, order: Order<'_>) -> Outcome<JobOrdered> {
    let operations = call.workspace.state::<Operations>();
    let operation = operations
        .of(order.operation)
        .ok_or_else(|| Problem::new(ErrorCode::JobOperationUnknown))?;
    if order.targets.len() > MOST_TARGETS {
        return Err(Problem::new(ErrorCode::TooLarge).with("limit", MOST_TARGETS));
    }
    let (plan, mut problems) = checked(&order.order);
    if order.targets.is_empty() {
        problems.push(FieldProblem::new("ids", ErrorCode::FieldRequired));
    }
    let preferences = call.workspace.preferences::<JobPreferences>();
    let mut transaction = call.workspace.database.begin().await?;
    let now = transaction.now();
    let ids: Vec<SystemId> = order.targets.iter().map(|(system, _)| *system).collect();
    let zones = store::zones(transaction.connection(), &ids).await?;
    let sites: HashSet<Tz> = zones.values().copied().collect();
    let start = plan.as_ref().and_then(|plan| {
        first_start(plan, operation, &order.settings, &sites, now).unwrap_or_else(|problem| {
            problems.push(problem);
            None
        })
    });
    Problem::of_fields(problems)?;
    let approval_needed = preferences.job_approval;
    let name = name_of(call, &order)?;
    let new = NewJob {
        name: &name,
        operation: order.operation,
        about: &order.about,
        settings: &order.settings,
        secret: order.secret.as_ref(),
        schedule: &order.order.schedule,
        rollout: &order.order.rollout,
        priority: order.order.priority,
        tolerance_minutes: order
            .order
            .tolerance_minutes
            .unwrap_or(preferences.job_tolerance_minutes),
        state: if approval_needed {
            JobState::AwaitingApproval
        } else {
            JobState::Scheduled
        },
        // One that begins at once begins when it is approved.
        starts_at: start.filter(|_| !approval_needed || order.order.schedule != JobSchedule::Now),
        approval_needed,
        account: call.caller()?.account,
        origin: &call.origin.to_string(),
        series: None,
        retry_of: order.retry_of,
        packages: &order.packages,
    };
    let targets = in_waves(&order, &zones);
    let id = store::insert(transaction.connection(), now, &new, &targets).await?;
    transaction.membership_changed(CHANGES, [id.0]);
    let organizations = organizations_of(&mut transaction, &[id]).await?;
    let entry = Entry::done()
        .organizations(&organizations)
        .subject(name.clone())
        .detail("job", id.to_string())
        .detail("operation", order.operation)
        .detail("targets", targets.len());
    call.commit(transaction, entry).await?;
    call.workspace.state::<Scheduler>().wake();
    Ok(JobOrdered {
        id,
        name,
        skipped: order.skipped,
    })
}

/// The schedule, read, and everything that is wrong with an order.
fn checked(order: &JobOrder) -> (Option<Plan>, Vec<FieldProblem>) {
    let mut problems = Vec::new();
    if order.name.trim().chars().count() > LONGEST_NAME {
        problems.push(FieldProblem::new("name", ErrorCode::FieldTooLong).with("limit", LONGEST_NAME));
    }
    problems.extend(fields::range("priority", order.priority, 0, 1_000));
    let tolerance = order.tolerance_minutes;
    problems.extend(tolerance.and_then(|value| fields::range("tolerance_minutes", value, 0, MOST_TOLERANCE)));
    let waves = &order.rollout.waves;
    let wrong = |wave: &Wave| {
        wave.proven_percent > 100
            || wave.soak_minutes > LONGEST_SOAK
            || matches!(wave.size, WaveSize::Percent(percent) if percent > 100)
    };
    let threshold_wrong = order
        .rollout
        .threshold
        .is_some_and(|threshold| threshold.percent.is_some_and(|percent| percent > 100));
    if waves.len() > MOST_WAVES || waves.iter().any(wrong) || threshold_wrong {
        problems.push(FieldProblem::new("rollout.waves", ErrorCode::JobRollout).with("limit", MOST_WAVES));
    }
    match schedule::read(&order.schedule) {
        Ok(plan) => (Some(plan), problems),
        Err(problem) => {
            problems.push(problem);
            (None, problems)
        }
    }
}

/// When a job begins first.
fn first_start(
    plan: &Plan,
    operation: &OperationSpec,
    settings: &Value,
    sites: &HashSet<Tz>,
    now: Time,
) -> Result<Option<Time>, FieldProblem> {
    if let Plan::Windows(..) = plan {
        let needed = (operation.minutes)(settings);
        let never = |zone: &Tz| plan.turn(*zone, minutes(needed), now) == Turn::Never;
        if sites.iter().any(never) {
            return Err(
                FieldProblem::new("schedule.windows", ErrorCode::JobWindowShort).with("minutes", needed)
            );
        }
    }
    let first = plan.first(now, sites);
    match first {
        Some(at) if at >= now.plus(-PAST) => Ok(Some(at)),
        // Without systems nothing begins, and that is said of the systems.
        None if sites.is_empty() => Ok(None),
        _ => Err(FieldProblem::new("schedule.local", ErrorCode::JobTimePast)),
    }
}

/// The name a person gave, or one that says what it does, in the language of whoever orders it.
fn name_of(call: &Call, order: &Order<'_>) -> Outcome<String> {
    let given = order.order.name.trim();
    if !given.is_empty() {
        return Ok(given.to_owned());
    }
    let words = Words::of(call.caller()?.language);
    let operation = words
        .get(&format!("job-operation-{}", order.operation))
        .unwrap_or_else(|| order.operation.to_owned());
    Ok(if order.about.is_empty() {
        operation
    } else {
        format!("{operation} {}", order.about)
    })
}

/// The systems with their waves, each for itself.
fn in_waves(order: &Order<'_>, zones: &HashMap<SystemId, Tz>) -> Vec<Target> {
    let groups = vec![1; order.targets.len()];
    let waves = waves_of(&order.order.rollout, &groups);
    order
        .targets
        .iter()
        .zip(waves)
        .map(|((system, version), wave)| Target {
            system: *system,
            wave,
            version_to: version.clone(),
            zone: zones.get(system).copied().unwrap_or(Tz::UTC),
        })
        .collect()
}

async fn organizations_of(transaction: &mut Transaction, ids: &[JobId]) -> Outcome<Vec<OrganizationId>> {
    let found = store::organizations(transaction.connection(), ids).await?;
    Ok(found
        .into_values()
        .flatten()
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect())
}

/// What one of several jobs is to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wish {
    Approve,
    Pause,
    Resume,
    Stop,
    Delete,
}

/// Approves jobs as the second person (JOB-26).
///
/// # Errors
/// `call.too-large`; what concerns one job is its outcome.
pub async fn approve(call: &Call, arguments: JobIds) -> Outcome<Vec<JobOutcome>> {
    each(call, arguments, Wish::Approve).await
}

/// Holds what waits of jobs; what has begun is finished (JOB-13).
///
/// # Errors
/// As [`approve`].
pub async fn pause(call: &Call, arguments: JobIds) -> Outcome<Vec<JobOutcome>> {
    each(call, arguments, Wish::Pause).await
}

/// Lets jobs go on; a start that passed meanwhile follows JOB-24 (JOB-13).
///
/// # Errors
/// As [`approve`].
pub async fn resume(call: &Call, arguments: JobIds) -> Outcome<Vec<JobOutcome>> {
    each(call, arguments, Wish::Resume).await
}

/// Gives up what waits of jobs; what has begun is finished (JOB-13).
///
/// # Errors
/// As [`approve`].
pub async fn stop(call: &Call, arguments: JobIds) -> Outcome<Vec<JobOutcome>> {
    each(call, arguments, Wish::Stop).await
}

/// Deletes jobs of which nothing runs; the others say why not (JOB-14).
///
/// # Errors
/// As [`approve`].
pub async fn delete(call: &Call, arguments: JobIds) -> Outcome<Vec<JobOutcome>> {
    each(call, arguments, Wish::Delete).await
}

async fn each(call: &Call, arguments: JobIds, wish: Wish) -> Outcome<Vec<JobOutcome>> {
    if arguments.ids.len() > MOST_JOBS {
        return Err(Problem::new(ErrorCode::TooLarge).with("limit", MOST_JOBS));
    }
    let mut outcomes = Vec::with_capacity(arguments.ids.len());
    let mut transaction = call.workspace.database.begin().await?;
    let mut done = Vec::new();
    let mut refused = 0;
    for id in arguments.ids {
        match one(call, &mut transaction, id, wish).await {
            Ok((name, organizations)) => {
                // Each in the history of its own organizations, which know nothing of the others.
                let entry = Entry::done()
                    .organizations(&organizations)
                    .subject(name)
                    .detail("job", id.to_string());
                call.append(&mut transaction, &entry).await?;
                done.push(id.0);
                outcomes.push(JobOutcome { id, problem: None });
            }
            Err(problem) => {
                refused += usize::from(problem.refused);
                outcomes.push(JobOutcome {
                    id,
                    problem: Some(problem.into_wire()),
                });
            }
        }
    }
    if refused > 0 {
        let entry = Entry::new(flotilla_kernel::audit::AuditResult::Refused)
            .detail("error", ErrorCode::RightMissing.code())
            .detail("count", refused);
        call.append(&mut transaction, &entry).await?;
    }
    if !done.is_empty() {
        transaction.membership_changed(CHANGES, done);
    }
    transaction.commit().await?;
    call.workspace.state::<Scheduler>().wake();
    Ok(outcomes)
}

/// Does it with one job; gives its name, and the organizations in whose history that belongs.
async fn one(
    call: &Call,
    transaction: &mut Transaction,
    id: JobId,
    wish: Wish,
) -> Outcome<(String, Vec<OrganizationId>)> {
    let job = permitted(call, transaction, id).await?;
    let places = organizations_of(transaction, &[id]).await?;
    match wish {
        Wish::Approve => approve_one(call, transaction, &job).await?,
        Wish::Pause => happens(transaction, &job, JobEvent::Pause).await?,
        Wish::Resume => resume_one(transaction, &job).await?,
        Wish::Stop => happens(transaction, &job, JobEvent::Stop).await?,
        Wish::Delete => delete_one(transaction, &job).await?,
    }
    Ok((job.name, places))
}

/// A job that the account sees, and on all of whose systems it has the operation's right.
async fn permitted(call: &Call, transaction: &mut Transaction, id: JobId) -> Outcome<Job> {
    let caller = call.caller()?;
    // Whoever does not see it reads that it does not exist.
    store::row(transaction.connection(), caller, id).await?;
    let job = store::job(transaction.connection(), id).await?;
    let operations = call.workspace.state::<Operations>();
    let right = operations
        .of(&job.operation)
        .map_or(flotilla_kernel::rights::Right::OrderJobs, |operation| {
            operation.right
        });
    let folders = store::folders(transaction.connection(), id).await?;
    let admissions = caller
        .admissions(transaction.connection(), right, &folders)
        .await?;
    if !caller.is_administrator() && !admissions.refused().is_empty() {
        return Err(ErrorCode::RightMissing.into());
    }
    Ok(job)
}

async fn happens(transaction: &mut Transaction, job: &Job, event: JobEvent) -> Outcome<()> {
    let now = transaction.now();
    match store::happens(transaction.connection(), now, job.id, event, None).await? {
        Some(JobState::Stopped) => {
            let stopped = store::stopped(transaction.connection(), job.id).await?;
            transaction.changed(TASK_CHANGES, stopped.into_iter().map(|task| task.0));
            Ok(())
        }
        Some(_) => Ok(()),
        None => Err(ErrorCode::JobNotAllowed.into()),
    }
}

async fn approve_one(call: &Call, transaction: &mut Transaction, job: &Job) -> Outcome<()> {
    let caller = call.caller()?;
    if job_after(job.state, JobEvent::Approve).is_none() {
        return Err(ErrorCode::JobNotAllowed.into());
    }
    if caller.account == job.account {
        return Err(ErrorCode::JobOwnApproval.into());
    }
    store::approve(transaction.connection(), job.id, &caller.login).await?;
    if job.starts_at.is_none() {
        let now = transaction.now();
        store::set_start(transaction.connection(), job.id, Some(now)).await?;
    }
    happens(transaction, job, JobEvent::Approve).await
}

async fn resume_one(transaction: &mut Transaction, job: &Job) -> Outcome<()> {
    if job.state != JobState::Paused {
        return Err(ErrorCode::JobNotAllowed.into());
    }
    if job.started_at.is_some() {
        let waves = store::waves(transaction.connection(), job.id).await?;
        let known = store::total(&waves).failures();
        store::go_on(transaction.connection(), job.id, known, false).await?;
        return happens(transaction, job, JobEvent::ResumeToRun).await;
    }
    if job.approval_needed && job.approved_by.is_empty() {
        return happens(transaction, job, JobEvent::ResumeToApproval).await;
    }
    let now = transaction.now();
    let start = next_start(transaction, job, now).await?;
    let late = start.map_or(0, |start| now.since(start));
    if is_missed(late, job.tolerance_minutes) {
        let problem = Problem::new(ErrorCode::JobMissed)
            .with("minutes", job.tolerance_minutes)
            .into_wire();
        store::happens(
            transaction.connection(),
            now,
            job.id,
            JobEvent::Miss,
            Some(&problem),
        )
        .await?;
        return Ok(());
    }
    if start.is_none() {
        // One that repeats has no start left.
        return happens(transaction, job, JobEvent::EndWell).await;
    }
    store::set_start(transaction.connection(), job.id, start).await?;
    happens(transaction, job, JobEvent::ResumeToSchedule).await
}

/// When a job begins that is let go on before it began.
async fn next_start(transaction: &mut Transaction, job: &Job, now: Time) -> Outcome<Option<Time>> {
    match &job.plan {
        Plan::Now if job.series.is_none() => Ok(Some(now)),
        Plan::Now | Plan::At(..) => Ok(job.starts_at),
        Plan::Repeat(_)
            if job
                .starts_at
                .is_some_and(|at| !is_missed(now.since(at), job.tolerance_minutes)) =>
        {
            Ok(job.starts_at)
        }
        plan => {
            let zones = store::waiting_zones(transaction.connection(), job.id).await?;
            let zones = zones.iter().filter_map(|zone| zone.parse().ok()).collect();
            Ok(plan.first(now, &zones))
        }
    }
}

async fn delete_one(transaction: &mut Transaction, job: &Job) -> Outcome<()> {
    if job.state == JobState::Running {
        return Err(ErrorCode::JobStillRunning.into());
    }
    let counts = store::total(&store::waves(transaction.connection(), job.id).await?);
    if counts.running + counts.unknown > 0 {
        return Err(ErrorCode::JobStillRunning.into());
    }
    store::delete(transaction.connection(), &[job.id]).await
}

/// Lets a job that is held or soaks begin its next wave, whatever the last one came to (JOB-26).
///
/// # Errors
/// `not-found`, `right.missing`; `job.not-allowed`.
pub async fn go_on(call: &Call, arguments: JobArgument) -> Outcome<Nothing> {
    let mut transaction = call.workspace.database.begin().await?;
    let job = permitted(call, &mut transaction, arguments.id).await?;
    let waves = store::waves(transaction.connection(), job.id).await?;
    if !views::allowed(&job, &waves, call.caller()?.account, true).contains(&JobAct::GoOn) {
        return Err(ErrorCode::JobNotAllowed.into());
    }
    let known = store::total(&waves).failures();
    store::go_on(transaction.connection(), job.id, known, true).await?;
    if job.state == JobState::Paused {
        happens(&mut transaction, &job, JobEvent::ResumeToRun).await?;
    }
    transaction.changed(CHANGES, [job.id.0]);
    let organizations = organizations_of(&mut transaction, &[job.id]).await?;
    let entry = Entry::done()
        .organizations(&organizations)
        .subject(job.name.clone())
        .detail("job", job.id.to_string());
    call.commit(transaction, entry).await?;
    call.workspace.state::<Scheduler>().wake();
    Ok(Nothing {})
}

/// Tries the failed systems of a job again, as a run of its own that is linked to it (JOB-26).
///
/// # Errors
/// As [`go_on`]; `job.nothing-to-retry`; `job.secret-gone`.
pub async fn retry(call: &Call, arguments: JobArgument) -> Outcome<JobOrdered> {
    let mut transaction = call.workspace.database.begin().await?;
    let job = permitted(call, &mut transaction, arguments.id).await?;
    let targets = store::failed(transaction.connection(), job.id).await?;
    let packages = store::packages(transaction.connection(), job.id).await?;
    drop(transaction);
    if targets.is_empty() {
        return Err(ErrorCode::JobNothingToRetry.into());
    }
    let wanted = JobOrder {
        name: job.name.clone(),
        schedule: JobSchedule::Now,
        rollout: Rollout {
            waves: Vec::new(),
            threshold: job.rollout.threshold,
        },
        priority: job.priority,
        tolerance_minutes: Some(job.tolerance_minutes),
    };
    again(call, job, targets, packages, wanted, true).await
}

/// Orders the same once more, for the systems that are still managed (JOB-13).
///
/// # Errors
/// As [`retry`]; as [`order`].
pub async fn copy(call: &Call, arguments: CopyJob) -> Outcome<JobOrdered> {
    let mut transaction = call.workspace.database.begin().await?;
    let job = permitted(call, &mut transaction, arguments.id).await?;
    let targets = store::targets(transaction.connection(), job.id).await?;
    let packages = store::packages(transaction.connection(), job.id).await?;
    drop(transaction);
    again(call, job, targets, packages, arguments.order, false).await
}

async fn again(
    call: &Call,
    job: Job,
    targets: Vec<(SystemId, String)>,
    packages: Vec<PackageId>,
    wanted: JobOrder,
    linked: bool,
) -> Outcome<JobOrdered> {
    let operations = call.workspace.state::<Operations>();
    // What a person has to confirm in words of its own is ordered anew.
    if operations
        .of(&job.operation)
        .is_some_and(|operation| operation.confirmed)
    {
        return Err(ErrorCode::JobNotAllowed.into());
    }
    let has_secret = job
        .settings
        .get("secret")
        .and_then(Value::as_bool)
        .unwrap_or_default();
    if has_secret && job.secret.is_empty() {
        return Err(ErrorCode::JobSecretGone.into());
    }
    let retry_of = linked.then_some(job.id);
    order(
        call,
        Order {
            operation: &job.operation,
            about: job.about.clone(),
            settings: job.settings.clone(),
            secret: has_secret.then(|| job.secret.clone()),
            targets,
            skipped: Vec::new(),
            packages,
            order: wanted,
            retry_of,
        },
    )
    .await
}
