//! The scheduler (JOB-20 to JOB-26): one process of a workspace runs it. It begins jobs whose time has come, gives systems their turn,
//! and takes up what a program left in the middle.

use super::operations::{Ended, OperationSpec, Operations, Ordered, Recorder, Task};
use super::rules::schedule::Plan;
use super::rules::states::{TaskEvent, retry_after};
use super::store::{self, Candidate, Ending, Job, TaskChange, TaskWrite};
use super::turn::{self, Chosen, Occupied};
use super::types::{CHANGES, JobPreferences, TASK_CHANGES};
use crate::systems;
use flotilla_kernel::clock::{Time, minutes, seconds};
use flotilla_kernel::error::{ErrorCode, Outcome, Problem};
use flotilla_kernel::ids::{JobTaskId, SystemId};
use flotilla_kernel::workspace::Workspace;
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::time::Duration;
use tokio::sync::{Notify, Semaphore};
use tokio::task::{Id, JoinError, JoinSet};

/// Without a reason is looked this often: clocks jump, and machines sleep.
const LOOK_EVERY: i64 = seconds(30);
/// After a database error.
const TRY_AGAIN: i64 = seconds(5);

/// Wakes the scheduler of this process.
#[derive(Default)]
pub struct Scheduler(Notify);

impl Scheduler {
    /// Something changed that may be the turn of a job or a system.
    pub fn wake(&self) {
        self.0.notify_one();
    }
}

/// Schedules until the workspace closes; what must not be left in the middle is finished first.
pub async fn run(workspace: Workspace) {
    let (mut engine, writing) = Engine::new(&workspace);
    let writing = tokio::spawn(writing);
    let stop = workspace.stopping();
    let scheduler = workspace.state::<Scheduler>();
    loop {
        let wait = match engine.turn().await {
            Ok(next) => next.since(workspace.clock.now()).clamp(0, LOOK_EVERY),
            Err(problem) => {
                tracing::warn!(%problem, "the scheduler could not work; it tries again");
                TRY_AGAIN
            }
        };
        let wait = Duration::from_millis(u64::try_from(wait).unwrap_or_default());
        tokio::select! {
            biased;
            () = stop.cancelled() => break,
            _ = engine.ended(), if engine.is_working() => {}
            () = scheduler.0.notified() => {}
            () = tokio::time::sleep(wait) => {}
        }
        engine.take_ended();
    }
    while engine.ended().await {
        // Whoever ends this process may not wait for all of them.
        if let Err(problem) = engine.write_endings().await {
            tracing::warn!(%problem, "how systems of jobs ended is not written yet");
        }
    }
    if let Err(problem) = engine.write_endings().await {
        tracing::error!(%problem, "how systems of jobs ended was not written; the next start asks them");
    }
    drop(engine);
    if let Err(error) = writing.await {
        tracing::error!(%error, "the steps of jobs were not all written");
    }
}

/// A system that is worked on.
struct UnderWay {
    candidate: Candidate,
    operation: &'static OperationSpec,
    /// Whether something was sent that changes it.
    sent: Arc<AtomicBool>,
}

/// What the scheduler knows beside the database: the systems that are worked on in this process.
pub(super) struct Engine {
    workspace: Workspace,
    recorder: Recorder,
    uploads: Arc<Semaphore>,
    upload_permits: usize,
    tasks: JoinSet<(JobTaskId, Ended)>,
    ids: HashMap<Id, JobTaskId>,
    under_way: HashMap<JobTaskId, UnderWay>,
    /// What is to be written of systems that have ended, and which of them are not worked on any more.
    endings: Vec<TaskWrite>,
    ended: Vec<(SystemId, &'static OperationSpec, bool)>,
    /// Whether what was left by another program was taken up.
    begun: bool,
}

impl Engine {
    /// One that has not begun; and the future that writes what its operations say, until it is dropped.
    pub(super) fn new(workspace: &Workspace) -> (Self, impl Future<Output = ()> + Send + 'static) {
        let (recorder, writing) = Recorder::new(workspace.clone());
        let engine = Self {
            workspace: workspace.clone(),
            recorder,
            uploads: Arc::new(Semaphore::new(0)),
            upload_permits: 0,
            tasks: JoinSet::new(),
            ids: HashMap::new(),
            under_way: HashMap::new(),
            endings: Vec::new(),
            ended: Vec::new(),
            begun: false,
        };
        (engine, writing)
    }

    /// Whether systems are worked on.
    pub(super) fn is_working(&self) -> bool {
        !self.tasks.is_empty()
    }

    /// How many systems are worked on.
    #[cfg(test)]
    pub(super) fn working(&self) -> usize {
        self.tasks.len()
    }

    /// Waits until a system ends that is worked on; false: none is.
    pub(super) async fn ended(&mut self) -> bool {
        match self.tasks.join_next_with_id().await {
            Some(joined) => {
                self.take(joined);
                true
            }
            None => false,
        }
    }

    /// Takes those that have ended by now.
    pub(super) fn take_ended(&mut self) {
        while let Some(joined) = self.tasks.try_join_next_with_id() {
            self.take(joined);
        }
    }

    /// Does what there is to do now; gives when there may be something next.
    pub(super) async fn turn(&mut self) -> Outcome<Time> {
        let preferences = self.workspace.preferences::<JobPreferences>();
        self.allow_uploads(usize::try_from(preferences.job_concurrency_uploads).unwrap_or(1));
        let now = self.workspace.clock.now();
        let mut reader = self.workspace.database.read().await?;
        let idle = self.begun && self.endings.is_empty() && turn::is_idle(&mut reader, now).await?;
        if idle {
            return turn::next_time(&mut reader, now, now.plus(LOOK_EVERY)).await;
        }
        drop(reader);
        let mut transaction = self.workspace.database.begin().await?;
        let now = transaction.now();
        self.write_into(&mut transaction).await?;
        let left = if self.begun {
            Vec::new()
        } else {
            store::open(transaction.connection()).await?
        };
        let occupied = Occupied {
            systems: self.under_way.values().map(|one| one.candidate.system).collect(),
            organizations: self
                .under_way
                .values()
                .filter(|one| one.operation.per_customer)
                .map(|one| one.candidate.organization)
                .collect(),
            tasks: self.under_way.keys().copied().collect(),
        };
        let operations = self.workspace.state::<Operations>();
        let mut chosen = Chosen::until(now.plus(LOOK_EVERY));
        turn::take_up(&mut transaction, &operations, left, &occupied, &mut chosen).await?;
        turn::begin_due(&mut transaction, &operations, &mut chosen).await?;
        turn::give_turns(
            &mut transaction,
            &operations,
            &preferences,
            &occupied,
            &mut chosen,
        )
        .await?;
        let next = turn::next_time(transaction.connection(), now, chosen.next).await?;
        transaction.commit().await?;
        self.begun = true;
        self.endings.clear();
        self.ended.clear();
        for (candidate, job, operation) in chosen.tasks {
            self.spawn(candidate, job, operation);
        }
        Ok(next)
    }

    /// Writes how systems ended, in a transaction of its own.
    async fn write_endings(&mut self) -> Outcome<()> {
        if self.endings.is_empty() {
            return Ok(());
        }
        let mut transaction = self.workspace.database.begin().await?;
        self.write_into(&mut transaction).await?;
        transaction.commit().await?;
        self.endings.clear();
        self.ended.clear();
        Ok(())
    }

    async fn write_into(&self, transaction: &mut flotilla_kernel::database::Transaction) -> Outcome<()> {
        if self.endings.is_empty() {
            return Ok(());
        }
        let now = transaction.now();
        let jobs = store::write(transaction.connection(), now, &self.endings).await?;
        transaction.changed(TASK_CHANGES, self.endings.iter().map(|write| write.id.0));
        transaction.changed(CHANGES, jobs.into_iter().map(|job| job.0));
        let upgraded: Vec<SystemId> = self
            .ended
            .iter()
            .filter(|(_, operation, reconciled)| operation.upgrades && *reconciled)
            .map(|(system, ..)| *system)
            .collect();
        if !upgraded.is_empty() {
            systems::store::set_upgrading(transaction.connection(), &upgraded, false).await?;
            transaction.changed(systems::types::CHANGES, upgraded.iter().map(|system| system.0));
        }
        Ok(())
    }

    /// The preferences say to how many systems images are sent at once.
    fn allow_uploads(&mut self, wanted: usize) {
        if wanted > self.upload_permits {
            self.uploads.add_permits(wanted - self.upload_permits);
            self.upload_permits = wanted;
        } else {
            // Those in use are taken back by a later turn.
            self.upload_permits -= self.uploads.forget_permits(self.upload_permits - wanted);
        }
    }

    fn spawn(&mut self, candidate: Candidate, job: Arc<Job>, operation: &'static OperationSpec) {
        let sent = Arc::new(AtomicBool::new(candidate.checkpoint.is_some()));
        let zone = candidate.zone.parse().unwrap_or(chrono_tz::Tz::UTC);
        let now = self.workspace.clock.now();
        let task = Task {
            workspace: self.workspace.clone(),
            id: candidate.id,
            system: candidate.system,
            organization: candidate.organization,
            version_to: candidate.version_to.clone(),
            ordered: Ordered {
                job: job.id,
                name: job.name.clone(),
                settings: Arc::new(job.settings.clone()),
                secret: job.secret.clone(),
                account: job.account,
                origin: job.origin.clone(),
            },
            stopping: self.workspace.stopping(),
            checkpoint: candidate.checkpoint.clone(),
            sent: sent.clone(),
            window_end: match &job.plan {
                Plan::Windows(..) => Some(job.plan.open_until(zone, now).unwrap_or(now)),
                Plan::Now | Plan::At(..) | Plan::Repeat(_) => None,
            },
            doubted: candidate.unknown_since.is_some(),
            recorder: self.recorder.clone(),
            uploads: self.uploads.clone(),
            percent: Arc::new(AtomicI64::new(-1)),
        };
        let id = candidate.id;
        let running = self.tasks.spawn(async move { (id, (operation.run)(task).await) });
        self.ids.insert(running.id(), id);
        let under_way = UnderWay {
            candidate,
            operation,
            sent,
        };
        self.under_way.insert(id, under_way);
    }

    /// A system has ended, or the work on it broke off.
    fn take(&mut self, joined: Result<(Id, (JobTaskId, Ended)), JoinError>) {
        let (id, ended) = match joined {
            Ok((id, (task, ended))) => {
                self.ids.remove(&id);
                (task, ended)
            }
            Err(error) => {
                let Some(task) = self.ids.remove(&error.id()) else {
                    return;
                };
                tracing::error!(%error, %task, "the work on a system of a job broke off");
                let sent = |one: &UnderWay| one.sent.load(Ordering::Relaxed);
                let problem = ErrorCode::Internal.into();
                if self.under_way.get(&task).is_some_and(sent) {
                    (task, Ended::Unknown(problem))
                } else {
                    (task, Ended::Failed(problem))
                }
            }
        };
        let Some(one) = self.under_way.remove(&id) else {
            return;
        };
        let Some(ending) = self.ending_of(&one, ended) else {
            return;
        };
        let reconciled = !matches!(ending.event, TaskEvent::Doubt);
        self.ended.push((one.candidate.system, one.operation, reconciled));
        self.endings.push(TaskWrite {
            id,
            change: TaskChange::Happens(ending),
        });
    }

    /// What is written of a system that has ended; none: it is taken up at the next start.
    fn ending_of(&self, one: &UnderWay, ended: Ended) -> Option<Ending> {
        let now = self.workspace.clock.now();
        let because = |event, problem: Problem| Ending {
            problem: Some(problem.into_wire()),
            ..Ending::of(event)
        };
        Some(match ended {
            Ended::Done => Ending::of(TaskEvent::Succeed),
            Ended::Skipped(problem) => because(TaskEvent::Skip, problem),
            Ended::Failed(problem) => because(TaskEvent::Fail, problem),
            Ended::Certificate(problem, certificate) => Ending {
                certificate: Some(certificate.der),
                ..because(TaskEvent::Fail, problem)
            },
            Ended::Unknown(problem) => self.doubt(one, problem, now),
            // Who is asked what came of it, and does not answer, is asked again.
            Ended::PutOff(problem) if one.candidate.unknown_since.is_some() => self.doubt(one, problem, now),
            Ended::PutOff(problem) => {
                let tried = one.candidate.attempt + 1;
                match retry_after(tried, chance()) {
                    Some(after) => Ending {
                        not_before: Some(now.plus(after)),
                        ..because(TaskEvent::PutOff, problem)
                    },
                    None => because(TaskEvent::Fail, problem),
                }
            }
            Ended::Later => Ending::of(TaskEvent::PutOff),
            Ended::Interrupted => return None,
        })
    }

    /// What came of a system is not known: it is asked again, more and more rarely, until it says so. Nothing is guessed.
    fn doubt(&self, one: &UnderWay, problem: Problem, now: Time) -> Ending {
        let since = one.candidate.unknown_since.unwrap_or(now);
        let age = now.since(since);
        let problem = Some(problem.into_wire());
        Ending {
            problem,
            not_before: Some(now.plus((age / 4).clamp(seconds(15), minutes(30)))),
            ..Ending::of(TaskEvent::Doubt)
        }
    }
}

/// From 0 to 1, so that systems are not all tried again at one instant. Without randomness in the middle.
fn chance() -> f64 {
    let mut bytes = [0_u8; 4];
    match getrandom::fill(&mut bytes) {
        Ok(()) => f64::from(u32::from_le_bytes(bytes)) / f64::from(u32::MAX),
        Err(_) => 0.5,
    }
}
