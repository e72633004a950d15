//! What a scheduler does at one instant, in one transaction: begins jobs, gives systems their turn, holds and ends jobs (JOB-20 to JOB-26).

use super::operations::{OperationSpec, Operations};
use super::rules::rollout::{Decision, decide};
use super::rules::schedule::{Plan, Turn};
use super::rules::states::{JobEvent, TaskEvent, end_of, is_missed};
use super::store::{self, Candidate, Ending, Job, TaskChange, TaskWrite, Wanted};
use super::types::{CHANGES, JobPreferences, JobState, TASK_CHANGES, TaskState, ThresholdAct, WaveCounts};
use crate::accounts;
use crate::systems;
use chrono_tz::Tz;
use flotilla_kernel::audit::{self, AuditResult, Entry};
use flotilla_kernel::clock::{Time, minutes};
use flotilla_kernel::database::Transaction;
use flotilla_kernel::error::{ErrorCode, Outcome, Problem};
use flotilla_kernel::ids::{AccountId, JobId, JobTaskId, OrganizationId, SessionId, SystemId};
use flotilla_kernel::rights::{Admission, Caller};
use sqlx::SqliteConnection;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;
use uuid::Uuid;

/// So many systems are left out in one transaction, and not many more.
const MOST_SKIPPED: usize = 512;
/// So many systems are looked at in one question.
const BATCH: usize = 64;

/// What is worked on already.
#[derive(Debug, Default)]
pub struct Occupied {
    /// The systems.
    pub systems: HashSet<SystemId>,
    /// Their organizations, once for each system that counts there.
    pub organizations: Vec<OrganizationId>,
    /// Their places in jobs.
    pub tasks: HashSet<JobTaskId>,
}

/// What is worked on from now on.
pub struct Chosen {
    /// The systems.
    pub tasks: Vec<(Candidate, Arc<Job>, &'static OperationSpec)>,
    /// When there may be something next.
    pub next: Time,
}

impl Chosen {
    /// Nothing yet; something may come at that time at the latest.
    pub fn until(next: Time) -> Self {
        Self {
            tasks: Vec::new(),
            next,
        }
    }

    fn not_later(&mut self, at: Time) {
        self.next = self.next.min(at);
    }

    fn systems(&self) -> impl Iterator<Item = SystemId> {
        self.tasks.iter().map(|(candidate, ..)| candidate.system)
    }
}

/// Whether nothing can be the turn of anybody now.
///
/// # Errors
/// Database errors.
pub async fn is_idle(connection: &mut SqliteConnection, now: Time) -> Outcome<bool> {
    Ok(store::running(connection).await?.is_empty()
        && store::due(connection, now).await?.is_empty()
        && store::to_reconcile(connection, now).await?.is_empty())
}

/// When there may be something next, at `latest` then.
///
/// # Errors
/// Database errors.
pub async fn next_time(connection: &mut SqliteConnection, now: Time, latest: Time) -> Outcome<Time> {
    let start = store::next_start(connection, now).await?;
    let look = store::next_look(connection, now).await?;
    Ok([start, look].into_iter().flatten().fold(latest, Time::min))
}

/// Takes up what another program left in the middle, and asks again what came of systems of which it is not known (JOB-21).
///
/// # Errors
/// Database errors.
pub async fn take_up(
    transaction: &mut Transaction,
    operations: &Operations,
    left: Vec<Candidate>,
    occupied: &Occupied,
    chosen: &mut Chosen,
) -> Outcome<()> {
    let now = transaction.now();
    let mut jobs: HashMap<JobId, Arc<Job>> = HashMap::new();
    let reconcile = store::to_reconcile(transaction.connection(), now).await?;
    let left = left.into_iter().filter(|one| one.state == TaskState::Running);
    for candidate in left.chain(reconcile) {
        if occupied.tasks.contains(&candidate.id) {
            continue;
        }
        let job = match jobs.get(&candidate.job) {
            Some(job) => job.clone(),
            None => {
                let job = Arc::new(store::job(transaction.connection(), candidate.job).await?);
                jobs.insert(candidate.job, job.clone());
                job
            }
        };
        transaction.changed(TASK_CHANGES, [candidate.id.0]);
        if candidate.state == TaskState::Unknown && !candidate.managed {
            // Nobody will ever say what came of it.
            let removed = TaskWrite {
                id: candidate.id,
                change: TaskChange::Happens(Ending {
                    problem: Some(Problem::new(ErrorCode::JobTargetRemoved).into_wire()),
                    ..Ending::of(TaskEvent::Skip)
                }),
            };
            store::write(transaction.connection(), now, &[removed]).await?;
            transaction.changed(CHANGES, [job.id.0]);
            if operations
                .of(&job.operation)
                .is_some_and(|operation| operation.upgrades)
            {
                systems::store::set_upgrading(transaction.connection(), &[candidate.system], false).await?;
                transaction.changed(systems::types::CHANGES, [candidate.system.0]);
            }
            continue;
        }
        let Some(operation) = operations.of(&job.operation) else {
            continue;
        };
        if candidate.state == TaskState::Running {
            let resumed = TaskWrite {
                id: candidate.id,
                change: TaskChange::Log(store::LogLine {
                    event: "resumed",
                    params: serde_json::Value::Null,
                    problem: None,
                }),
            };
            store::write(transaction.connection(), now, &[resumed]).await?;
        }
        chosen.tasks.push((candidate, job, operation));
    }
    Ok(())
}

/// Begins the jobs whose time has come (JOB-02, JOB-24).
///
/// # Errors
/// Database errors.
pub async fn begin_due(
    transaction: &mut Transaction,
    operations: &Operations,
    chosen: &mut Chosen,
) -> Outcome<()> {
    let now = transaction.now();
    for job in store::due(transaction.connection(), now).await? {
        let starts_at = job.starts_at.unwrap_or(now);
        let missed = is_missed(now.since(starts_at), job.tolerance_minutes);
        if job.repeats {
            begin_run(transaction, &job, starts_at, missed).await?;
        } else if matches!(job.plan, Plan::Windows(..)) {
            begin_in_window(transaction, operations, &job, chosen).await?;
        } else if missed {
            miss(transaction, &job).await?;
        } else if job.state == JobState::Scheduled {
            happens(transaction, &job, JobEvent::Begin, None).await?;
        }
    }
    Ok(())
}

/// A job that repeats has a run, and its next start.
async fn begin_run(
    transaction: &mut Transaction,
    series: &Job,
    starts_at: Time,
    missed: bool,
) -> Outcome<()> {
    if series.state != JobState::Scheduled {
        return Ok(());
    }
    let now = transaction.now();
    let run = store::insert_run(transaction.connection(), now, series.id, starts_at).await?;
    transaction.membership_changed(CHANGES, [run.0]);
    let run = store::job(transaction.connection(), run).await?;
    if missed {
        miss(transaction, &run).await?;
    } else {
        happens(transaction, &run, JobEvent::Begin, None).await?;
    }
    // A later start that is within the tolerance is not passed over.
    let from = if missed {
        now.plus(-minutes(series.tolerance_minutes))
            .max(starts_at.plus(1))
    } else {
        now.plus(1)
    };
    let next = series.plan.first(from, &HashSet::new());
    store::set_start(transaction.connection(), series.id, next).await?;
    transaction.changed(CHANGES, [series.id.0]);
    if next.is_none() {
        happens(transaction, series, JobEvent::EndWell, None).await?;
    }
    Ok(())
}

/// A job in windows begins while one is open; what is missed has its next one.
async fn begin_in_window(
    transaction: &mut Transaction,
    operations: &Operations,
    job: &Job,
    chosen: &mut Chosen,
) -> Outcome<()> {
    let now = transaction.now();
    let expected = operations
        .of(&job.operation)
        .map_or(0, |operation| minutes((operation.minutes)(&job.settings)));
    let zones = store::waiting_zones(transaction.connection(), job.id).await?;
    if zones.is_empty() {
        // Nothing is left to be done: it ends at once, with the reason.
        return happens(transaction, job, JobEvent::Begin, None).await;
    }
    let turns = zones
        .iter()
        .filter_map(|zone| zone.parse::<Tz>().ok())
        .map(|zone| job.plan.turn(zone, expected, now));
    let mut next = None;
    for turn in turns {
        match turn {
            Turn::Now => {
                happens(transaction, job, JobEvent::Begin, None).await?;
                return Ok(());
            }
            Turn::Later(at) => next = Some(next.map_or(at, |next: Time| next.min(at))),
            Turn::Never => {}
        }
    }
    store::set_start(transaction.connection(), job.id, next).await?;
    transaction.changed(CHANGES, [job.id.0]);
    if let Some(next) = next {
        chosen.not_later(next);
    }
    Ok(())
}

async fn miss(transaction: &mut Transaction, job: &Job) -> Outcome<()> {
    let problem = Problem::new(ErrorCode::JobMissed).with("minutes", job.tolerance_minutes);
    happens(transaction, job, JobEvent::Miss, Some(problem)).await
}

/// Something happens to a job; what ends is written into the audit log.
async fn happens(
    transaction: &mut Transaction,
    job: &Job,
    event: JobEvent,
    problem: Option<Problem>,
) -> Outcome<()> {
    let now = transaction.now();
    let problem = problem.map(Problem::into_wire);
    let state = store::happens(transaction.connection(), now, job.id, event, problem.as_ref()).await?;
    let Some(state) = state else {
        return Ok(());
    };
    transaction.changed(CHANGES, [job.id.0]);
    if !state.has_ended() {
        return Ok(());
    }
    let stopped = store::stopped(transaction.connection(), job.id).await?;
    transaction.changed(TASK_CHANGES, stopped.into_iter().map(|task| task.0));
    let counts = store::total(&store::waves(transaction.connection(), job.id).await?);
    let organizations = store::organizations(transaction.connection(), &[job.id]).await?;
    let organizations: Vec<OrganizationId> = organizations
        .into_values()
        .flatten()
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect();
    let result = match state {
        JobState::Failed | JobState::Missed => AuditResult::Failed,
        _ => AuditResult::Done,
    };
    let entry = Entry::new(result)
        .organizations(&organizations)
        .subject(job.name.clone())
        .detail("job", job.id.to_string())
        .detail("done", counts.done)
        .detail("failed", counts.failed)
        .detail("skipped", counts.skipped)
        .detail("stopped", counts.stopped);
    audit::append(transaction, Some(job.account), &job.origin, "jobs.end", &entry).await
}

/// Gives systems their turn: the most urgent jobs first, each wave by wave, as many at once as the preferences say (JOB-22, JOB-26).
///
/// # Errors
/// Database errors.
pub async fn give_turns(
    transaction: &mut Transaction,
    operations: &Operations,
    preferences: &JobPreferences,
    occupied: &Occupied,
    chosen: &mut Chosen,
) -> Outcome<()> {
    let mut callers = Callers::default();
    let mut organizations: HashMap<OrganizationId, usize> = HashMap::new();
    for organization in &occupied.organizations {
        *organizations.entry(*organization).or_default() += 1;
    }
    let mut turns = Turns {
        all: size(preferences.job_concurrency),
        of_customer: size(preferences.job_concurrency_per_customer),
        occupied,
        organizations,
        callers: &mut callers,
        chosen,
    };
    for job in store::running(transaction.connection()).await? {
        let Some(operation) = operations.of(&job.operation) else {
            let problem = Problem::new(ErrorCode::JobOperationUnknown);
            happens(transaction, &job, JobEvent::Pause, Some(problem)).await?;
            continue;
        };
        turns.of_job(transaction, job, operation).await?;
    }
    end_paused(transaction).await
}

fn size(preference: i64) -> usize {
    usize::try_from(preference).unwrap_or(1).max(1)
}

/// Paused, the last systems under way may be the last of all.
async fn end_paused(transaction: &mut Transaction) -> Outcome<()> {
    for id in store::paused_and_over(transaction.connection()).await? {
        let job = store::job(transaction.connection(), id).await?;
        let counts = store::total(&store::waves(transaction.connection(), id).await?);
        end(transaction, &job, &counts).await?;
    }
    Ok(())
}

/// Everything of a job has ended.
async fn end(transaction: &mut Transaction, job: &Job, counts: &WaveCounts) -> Outcome<()> {
    let problem = if counts.skipped > 0 && counts.skipped == counts.all() {
        // A run whose systems are all left out ends with the reason.
        let reason = store::usual_reason(transaction.connection(), job.id).await?;
        Some(match reason {
            Some(reason) => Problem {
                params: reason.params,
                ..Problem::new(reason.code)
            },
            None => ErrorCode::JobAllSkipped.into(),
        })
    } else {
        None
    };
    happens(transaction, job, end_of(counts), problem).await
}

/// Those who ordered jobs, as they are now.
#[derive(Default)]
struct Callers(HashMap<AccountId, Option<Caller>>);

impl Callers {
    /// None: there is no such account any more, or it cannot sign in.
    async fn of(&mut self, connection: &mut SqliteConnection, account: AccountId) -> Outcome<Option<Caller>> {
        if let Some(known) = self.0.get(&account) {
            return Ok(known.clone());
        }
        let pass = accounts::store::pass(connection, account).await?;
        let caller = pass.filter(|pass| pass.enabled).map(|pass| Caller {
            account,
            login: pass.login,
            role: pass.role,
            session: SessionId(Uuid::nil()),
            language: pass.language,
            zone: pass.zone,
        });
        self.0.insert(account, caller.clone());
        Ok(caller)
    }
}

struct Turns<'t> {
    all: usize,
    of_customer: usize,
    occupied: &'t Occupied,
    /// How many systems of each organization are worked on.
    organizations: HashMap<OrganizationId, usize>,
    callers: &'t mut Callers,
    chosen: &'t mut Chosen,
}

impl Turns<'_> {
    async fn of_job(
        &mut self,
        transaction: &mut Transaction,
        mut job: Job,
        operation: &'static OperationSpec,
    ) -> Outcome<()> {
        let now = transaction.now();
        loop {
            let waves = store::waves(transaction.connection(), job.id).await?;
            let known = (job.go_on, job.known_failures);
            match decide(&job.rollout, &waves, job.wave, known, now) {
                Decision::Finished => return end(transaction, &job, &store::total(&waves)).await,
                Decision::Threshold(act) => {
                    let failed = store::total(&waves).failures();
                    let problem = Problem::new(ErrorCode::JobThreshold).with("failed", i64::from(failed));
                    let event = match act {
                        ThresholdAct::Pause => JobEvent::ThresholdPause,
                        ThresholdAct::Stop => JobEvent::ThresholdStop,
                    };
                    return happens(transaction, &job, event, Some(problem)).await;
                }
                Decision::Held => {
                    let problem = Some(ErrorCode::JobHeld.into());
                    return happens(transaction, &job, JobEvent::ThresholdPause, problem).await;
                }
                Decision::Soak(until) => {
                    self.chosen.not_later(until);
                    return Ok(());
                }
                Decision::Wait => return Ok(()),
                Decision::Wave(wave) => {
                    let advanced = job.wave != Some(wave);
                    if advanced {
                        store::begin_wave(transaction.connection(), job.id, wave).await?;
                        transaction.changed(CHANGES, [job.id.0]);
                        job.wave = Some(wave);
                        job.go_on = false;
                    }
                    let (picked, skipped) = self.pick(transaction, &job, operation, wave).await?;
                    // What was left out may have been the last of the wave.
                    if picked > 0 || (skipped == 0 && !advanced) {
                        return Ok(());
                    }
                }
            }
        }
    }

    /// Chooses systems of a wave whose turn has come; gives how many, and how many were left out.
    async fn pick(
        &mut self,
        transaction: &mut Transaction,
        job: &Job,
        operation: &'static OperationSpec,
        wave: u32,
    ) -> Outcome<(usize, usize)> {
        let now = transaction.now();
        let closed_zones = self
            .closed_zones(transaction.connection(), job, operation, now)
            .await?;
        let job = Arc::new(job.clone());
        let (mut picked, mut skipped) = (0, 0);
        loop {
            let taken = self.occupied.tasks.len() + self.chosen.tasks.len();
            let free = self.all.saturating_sub(taken);
            if free == 0 {
                return Ok((picked, skipped));
            }
            let full = self.full(operation);
            let busy: Vec<SystemId> = self
                .occupied
                .systems
                .iter()
                .copied()
                .chain(self.chosen.systems())
                .collect();
            let wanted = Wanted {
                job: job.id,
                wave,
                closed_zones: &closed_zones,
                full: &full,
                busy: &busy,
            };
            let found = store::candidates(transaction.connection(), now, &wanted, free.min(BATCH)).await?;
            let last = found.len() < free.min(BATCH);
            let (begun, left_out) = self.take(transaction, &job, operation, found).await?;
            picked += begun;
            skipped += left_out;
            if skipped >= MOST_SKIPPED {
                // Nobody waits for the writer longer than that.
                self.chosen.not_later(now);
                return Ok((picked.max(1), skipped));
            }
            if last || begun + left_out == 0 {
                return Ok((picked, skipped));
            }
        }
    }

    /// Of these, those begin that may; others are left out, or have to wait for their customer.
    async fn take(
        &mut self,
        transaction: &mut Transaction,
        job: &Arc<Job>,
        operation: &'static OperationSpec,
        found: Vec<Candidate>,
    ) -> Outcome<(usize, usize)> {
        let now = transaction.now();
        let systems: Vec<SystemId> = found.iter().map(|candidate| candidate.system).collect();
        let caller = self.callers.of(transaction.connection(), job.account).await?;
        let admissions = match &caller {
            Some(caller) => Some(
                caller
                    .admissions(transaction.connection(), operation.right, &systems)
                    .await?,
            ),
            None => None,
        };
        let mut writes = Vec::with_capacity(found.len());
        let mut begun = Vec::new();
        let mut left_out = 0;
        for candidate in found {
            let admitted = admissions
                .as_ref()
                .is_some_and(|admissions| admissions.of(candidate.system) == Admission::Admitted);
            let problem = if !candidate.managed {
                Some(ErrorCode::JobTargetRemoved)
            } else if !admitted {
                Some(ErrorCode::JobRightLost)
            } else {
                None
            };
            let ending = match problem {
                Some(code) => {
                    left_out += 1;
                    Ending {
                        problem: Some(Problem::new(code).into_wire()),
                        ..Ending::of(TaskEvent::Skip)
                    }
                }
                None => {
                    let count = self.organizations.entry(candidate.organization).or_default();
                    if operation.per_customer && *count >= self.of_customer {
                        continue;
                    }
                    if operation.per_customer {
                        *count += 1;
                    }
                    begun.push(candidate.clone());
                    Ending::of(TaskEvent::Begin)
                }
            };
            writes.push(TaskWrite {
                id: candidate.id,
                change: TaskChange::Happens(ending),
            });
        }
        store::write(transaction.connection(), now, &writes).await?;
        transaction.changed(TASK_CHANGES, writes.iter().map(|write| write.id.0));
        transaction.changed(CHANGES, [job.id.0]);
        if operation.upgrades && !begun.is_empty() {
            let systems: Vec<SystemId> = begun.iter().map(|candidate| candidate.system).collect();
            systems::store::set_upgrading(transaction.connection(), &systems, true).await?;
            transaction.changed(systems::types::CHANGES, systems.iter().map(|system| system.0));
        }
        let count = begun.len();
        self.chosen.tasks.extend(
            begun
                .into_iter()
                .map(|candidate| (candidate, job.clone(), operation)),
        );
        Ok((count, left_out))
    }

    /// Organizations that have as many systems under way as they may.
    fn full(&self, operation: &OperationSpec) -> Vec<OrganizationId> {
        if !operation.per_customer {
            return Vec::new();
        }
        self.organizations
            .iter()
            .filter(|(_, count)| **count >= self.of_customer)
            .map(|(organization, _)| *organization)
            .collect()
    }

    /// Zones whose sites are not worked on now (JOB-25, GEN-06).
    async fn closed_zones(
        &mut self,
        connection: &mut SqliteConnection,
        job: &Job,
        operation: &OperationSpec,
        now: Time,
    ) -> Outcome<Vec<String>> {
        if !matches!(job.plan, Plan::Windows(..) | Plan::At(_, None)) {
            return Ok(Vec::new());
        }
        let expected = minutes((operation.minutes)(&job.settings));
        let mut closed = Vec::new();
        for name in store::waiting_zones(connection, job.id).await? {
            let turn = job.plan.turn(name.parse().unwrap_or(Tz::UTC), expected, now);
            match turn {
                Turn::Now => continue,
                Turn::Later(at) => self.chosen.not_later(at),
                Turn::Never => {}
            }
            closed.push(name);
        }
        Ok(closed)
    }
}
