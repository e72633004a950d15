//! What jobs do. A feature hands its operations in when a workspace is opened; the engine knows none of them.
//!
//! An operation is done with one system at a time. It is begun anew after the program was killed: what it has to know then it keeps as
//! a checkpoint before it sends anything that changes the system, and from then on it asks instead of doing it again (JOB-21).

use super::store::{LogLine, TaskChange, TaskWrite, write};
use super::types::{CHANGES, TASK_CHANGES};
use flotilla_connectors::Certificate;
use flotilla_connectors::secret::Secret;
use flotilla_kernel::clock::{Time, minutes};
use flotilla_kernel::error::{ErrorCode, Outcome, Problem};
use flotilla_kernel::ids::{AccountId, JobId, JobTaskId, OrganizationId, SystemId};
use flotilla_kernel::rights::Right;
use flotilla_kernel::workspace::Workspace;
use futures_util::future::BoxFuture;
use parking_lot::RwLock;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc, oneshot};
use tokio_util::sync::CancellationToken;

/// An operation that jobs do with systems.
pub struct OperationSpec {
    /// Its name; its words are `job-operation-<name>`.
    pub name: &'static str,
    /// Who may order it for a system, and has to have that still when its turn comes.
    pub right: Right,
    /// Its steps, in order; their words are `job-step-<name>`.
    pub steps: &'static [&'static str],
    /// Whether only so many systems of a customer are worked on at once as the preferences say (JOB-22).
    pub per_customer: bool,
    /// Whether a system is shown as *upgrading* meanwhile (DEV-11).
    pub upgrades: bool,
    /// Whether a person has to confirm it in words of its own: then it is neither copied nor tried again (GEN-11).
    pub confirmed: bool,
    /// How long one system takes, in minutes, with these settings (JOB-25).
    pub minutes: fn(&Value) -> i64,
    /// Does it with one system.
    pub run: fn(Task) -> BoxFuture<'static, Ended>,
}

/// The operations of all features.
#[derive(Default)]
pub struct Operations(RwLock<Vec<&'static OperationSpec>>);

impl Operations {
    /// A feature hands its operations in.
    pub fn add(&self, operations: &'static [OperationSpec]) {
        self.0.write().extend(operations);
    }

    /// The operation of this name.
    pub fn of(&self, name: &str) -> Option<&'static OperationSpec> {
        self.0
            .read()
            .iter()
            .find(|operation| operation.name == name)
            .copied()
    }
}

/// How an operation ended with a system.
#[derive(Debug)]
pub enum Ended {
    /// It was done, and that was proven.
    Done,
    /// There was nothing to do.
    Skipped(Problem),
    /// It was not done.
    Failed(Problem),
    /// It was not done: a person has to look at this certificate first.
    Certificate(Problem, Certificate),
    /// Nothing was changed, and another try may succeed (JOB-23).
    PutOff(Problem),
    /// Nothing was changed: what is left of the maintenance window is too short (JOB-25).
    Later,
    /// What came of it is not known: it is asked again later (JOB-21).
    Unknown(Problem),
    /// The program ends; it is taken up at the next start.
    Interrupted,
}

/// What a job says of itself to its operation.
#[derive(Debug, Clone)]
pub struct Ordered {
    /// The job.
    pub job: JobId,
    /// Its name.
    pub name: String,
    /// What the operation needs to know.
    pub settings: Arc<Value>,
    /// A secret that it needs; empty: none.
    pub secret: Secret,
    /// Who ordered it.
    pub account: AccountId,
    /// Where it was ordered from, as the audit log has it.
    pub origin: String,
}

/// A system whose turn it is.
pub struct Task {
    /// The workspace.
    pub workspace: Workspace,
    /// Its place in the job.
    pub id: JobTaskId,
    /// The system.
    pub system: SystemId,
    /// The organization it belonged to when the job was ordered.
    pub organization: OrganizationId,
    /// The version that it is to have; empty: it keeps its own.
    pub version_to: String,
    /// The job.
    pub ordered: Ordered,
    /// Ends when the program does: what can be left in the middle is left then.
    pub stopping: CancellationToken,
    pub(super) checkpoint: Option<Value>,
    pub(super) doubted: bool,
    pub(super) sent: Arc<AtomicBool>,
    /// When the maintenance window closes; none: there are no windows.
    pub(super) window_end: Option<Time>,
    pub(super) recorder: Recorder,
    pub(super) uploads: Arc<Semaphore>,
    pub(super) percent: Arc<AtomicI64>,
}

impl Task {
    /// What the operation kept of how far it was; none: nothing was sent that changes the system.
    ///
    /// # Errors
    /// What no version of the operation has kept.
    pub fn checkpoint<T: DeserializeOwned>(&self) -> Outcome<Option<T>> {
        self.checkpoint
            .clone()
            .map(|checkpoint| serde_json::from_value(checkpoint).map_err(Problem::internal))
            .transpose()
    }

    /// The settings of the job.
    ///
    /// # Errors
    /// What no version of the operation has ordered.
    pub fn settings<T: DeserializeOwned>(&self) -> Outcome<T> {
        serde_json::from_value((*self.ordered.settings).clone()).map_err(Problem::internal)
    }

    /// This is done now. It is written down when this ends.
    ///
    /// # Errors
    /// Database errors: then it is not to be done.
    pub async fn step(&self, step: &'static str) -> Outcome<()> {
        let change = TaskChange::Step {
            step,
            checkpoint: None,
        };
        self.write(change).await
    }

    /// This is done now, and the system may be changed by it: what has to be known of it if the program ends is written down when this
    /// ends.
    ///
    /// # Errors
    /// Database errors: then it is not to be done.
    pub async fn step_with(&self, step: &'static str, checkpoint: &(impl Serialize + Sync)) -> Outcome<()> {
        let checkpoint = serde_json::to_string(checkpoint).map_err(Problem::internal)?;
        let change = TaskChange::Step {
            step,
            checkpoint: Some(checkpoint),
        };
        self.write(change).await?;
        self.sent.store(true, Ordering::Relaxed);
        Ok(())
    }

    /// How it ended where an error came in between: what was sent to the system before leaves it open.
    pub fn broke_off(&self, problem: Problem) -> Ended {
        if self.sent.load(Ordering::Relaxed) {
            Ended::Unknown(problem)
        } else {
            Ended::Failed(problem)
        }
    }

    /// Whether what takes so many minutes fits into what is left of the maintenance window (JOB-25).
    pub fn fits(&self, needed: i64) -> bool {
        let now = self.workspace.clock.now();
        self.window_end.is_none_or(|end| now.plus(minutes(needed)) <= end)
    }

    /// The version that the system has, and the one that it is to have; none: as it is known.
    ///
    /// # Errors
    /// Database errors.
    pub async fn versions(&self, from: Option<String>, to: Option<String>) -> Outcome<()> {
        self.write(TaskChange::Versions { from, to }).await
    }

    /// Writes a line of the log; its words are `job-log-<event>`.
    pub fn log(&self, event: &'static str, params: Value) {
        self.recorder.tell(TaskWrite {
            id: self.id,
            change: TaskChange::Log(LogLine {
                event,
                params,
                problem: None,
            }),
        });
    }

    /// How far it is, in percent. Written down when it differs.
    pub fn progress(&self, percent: i64) {
        let percent = percent.clamp(0, 100);
        if self.percent.swap(percent, Ordering::Relaxed) != percent {
            self.recorder.tell(TaskWrite {
                id: self.id,
                change: TaskChange::Percent(percent),
            });
        }
    }

    /// Waits until an image may be sent (JOB-22); it may as long as this is held. None: the program ends.
    pub async fn upload(&self) -> Option<OwnedSemaphorePermit> {
        tokio::select! {
            () = self.stopping.cancelled() => None,
            permit = self.uploads.clone().acquire_owned() => permit.ok(),
        }
    }

    /// Whether what came of it was not known before: it is asked, and not begun again.
    pub fn is_doubted(&self) -> bool {
        self.doubted
    }

    /// Keeps what has to be known, from within something that is under way.
    pub fn keeper(&self) -> Keeper {
        Keeper {
            id: self.id,
            recorder: self.recorder.clone(),
        }
    }

    async fn write(&self, change: TaskChange) -> Outcome<()> {
        self.recorder.write(TaskWrite { id: self.id, change }).await
    }
}

/// Keeps what has to be known of a system if the program ends.
#[derive(Clone)]
pub struct Keeper {
    id: JobTaskId,
    recorder: Recorder,
}

impl Keeper {
    /// Written down when this ends; as JSON.
    ///
    /// # Errors
    /// Database errors.
    pub async fn keep(&self, checkpoint: String) -> Outcome<()> {
        self.recorder
            .write(TaskWrite {
                id: self.id,
                change: TaskChange::Checkpoint(checkpoint),
            })
            .await
    }
}

/// Writes down what operations do, many at a time.
#[derive(Clone)]
pub(super) struct Recorder(mpsc::UnboundedSender<Message>);

struct Message {
    write: TaskWrite,
    /// Is told when it was written.
    written: Option<oneshot::Sender<Result<(), ErrorCode>>>,
}

/// So much is written in one transaction.
const BATCH: usize = 256;

impl Recorder {
    /// One for an open workspace; the future is its work, and ends when nobody has it any more.
    pub(super) fn new(workspace: Workspace) -> (Self, impl Future<Output = ()> + Send + 'static) {
        let (sender, incoming) = mpsc::unbounded_channel();
        (Self(sender), record(workspace, incoming))
    }

    /// Nobody waits for this.
    fn tell(&self, write: TaskWrite) {
        // Whoever writes ends after all that tell.
        let _ = self.0.send(Message { write, written: None });
    }

    async fn write(&self, write: TaskWrite) -> Outcome<()> {
        let (sender, receiver) = oneshot::channel();
        let message = Message {
            write,
            written: Some(sender),
        };
        if self.0.send(message).is_err() {
            return Err(ErrorCode::Internal.into());
        }
        match receiver.await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(code)) => Err(code.into()),
            Err(error) => Err(Problem::internal(error)),
        }
    }
}

async fn record(workspace: Workspace, mut incoming: mpsc::UnboundedReceiver<Message>) {
    let mut batch = Vec::with_capacity(BATCH);
    while incoming.recv_many(&mut batch, BATCH).await > 0 {
        let (writes, waiting): (Vec<TaskWrite>, Vec<_>) = batch
            .drain(..)
            .map(|message| (message.write, message.written))
            .unzip();
        let outcome = store(&workspace, &writes).await.map_err(|problem| {
            tracing::warn!(%problem, writes = writes.len(), "steps of jobs were not written");
            problem.code
        });
        for written in waiting.into_iter().flatten() {
            // Whoever asked may have ended with the program.
            let _ = written.send(outcome);
        }
    }
}

async fn store(workspace: &Workspace, writes: &[TaskWrite]) -> Outcome<()> {
    let mut transaction = workspace.database.begin().await?;
    let now = transaction.now();
    let jobs = write(transaction.connection(), now, writes).await?;
    transaction.changed(TASK_CHANGES, writes.iter().map(|write| write.id.0));
    if !jobs.is_empty() {
        transaction.changed(CHANGES, jobs.into_iter().map(|job| job.0));
    }
    transaction.commit().await
}
