//! Acts on many devices: several at once, each with a result of its own that is stored as it comes (UI-29, GEN-09).
//!
//! An act runs in the background. Cancelled, it begins with no further device; those under way are brought to their end, because
//! nothing is known of a device that is left in the middle. A lock file goes with the act and with its process: where nobody holds
//! it, the process is gone, and what it left is marked by [`sweep`].

use super::store::{self, NewAct, Progress, Subject};
use super::types::*;
use flotilla_connectors::Certificate;
use flotilla_kernel::audit::{self, AuditResult, Entry};
use flotilla_kernel::call::Call;
use flotilla_kernel::clock::days;
use flotilla_kernel::database::Transaction;
use flotilla_kernel::error::{ErrorCode, Outcome, Problem, WireError};
use flotilla_kernel::files;
use flotilla_kernel::ids::{DeviceActId, DeviceResultId, OrganizationId, WorkId};
use flotilla_kernel::transfer::unwritable;
use flotilla_kernel::work::WorkHandle;
use flotilla_kernel::workspace::Workspace;
use parking_lot::Mutex;
use std::collections::{BTreeSet, HashMap};
use std::fs::{File, TryLockError};
use std::future::Future;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

/// So many devices are acted upon at once.
const AT_ONCE: usize = 32;
/// Results are written at least this often.
const WRITE_EVERY: Duration = Duration::from_millis(250);
/// So long acts are kept.
const KEEP: i64 = days(90);

/// The acts that run in this process.
#[derive(Default)]
pub struct Running(Mutex<HashMap<DeviceActId, WorkId>>);

impl Running {
    /// The work of an act that runs here.
    pub fn work(&self, id: DeviceActId) -> Option<WorkId> {
        self.0.lock().get(&id).copied()
    }
}

/// What an act came to for a device.
#[derive(Debug)]
pub enum Ended {
    /// It was done.
    Done,
    /// It was not done.
    Failed(Problem),
    /// It was not done: a person has to look at this certificate first.
    Certificate(Problem, Certificate),
    /// Whether it was done is not known.
    Unknown(Problem),
    /// The program ends.
    Interrupted,
}

/// A device under way: what is learnt of it is shown as it comes.
pub struct Line {
    /// The result.
    pub id: DeviceResultId,
    /// The organization that the device belongs to, or is to belong to.
    pub organization: OrganizationId,
    /// Ends when the program does: what can be left in the middle is left then.
    pub stopping: CancellationToken,
    subject: Mutex<Subject>,
    step: Mutex<DeviceStep>,
    /// What is to be said of the device if nothing more is heard of it.
    unfinished: Mutex<Option<WireError>>,
    progress: mpsc::UnboundedSender<Progress>,
}

impl Line {
    /// What is known of the device.
    pub fn subject(&self) -> Subject {
        self.subject.lock().clone()
    }

    /// Something more is known.
    pub fn learn(&self, learn: impl FnOnce(&mut Subject)) {
        learn(&mut self.subject.lock());
    }

    /// This is done now.
    pub fn step(&self, step: DeviceStep) {
        *self.step.lock() = step;
        let unfinished = self.unfinished.lock().clone();
        self.tell(DeviceResultState::Running, unfinished, None);
    }

    /// Something is sent now of which it may stay unknown what came of it; then this is said. Whoever sends it waits for the end of
    /// this: a program that ends right after knows of it.
    ///
    /// # Errors
    /// Database errors.
    pub async fn step_that_may_stay_open(
        &self,
        workspace: &Workspace,
        step: DeviceStep,
        unfinished: Problem,
    ) -> Outcome<()> {
        *self.unfinished.lock() = Some(unfinished.into_wire());
        *self.step.lock() = step;
        let progress = self.progress_of(DeviceResultState::Running, self.unfinished.lock().clone(), None);
        let mut transaction = workspace.database.begin().await?;
        let now = transaction.now();
        store::write_progress(transaction.connection(), now, &[progress]).await?;
        transaction.changed(CHANGES, [self.id.0]);
        transaction.commit().await
    }

    /// Writes in the act's own transaction that it was done: whenever the program ends, act and result agree (GEN-09).
    ///
    /// # Errors
    /// Database errors.
    pub async fn done_in(&self, transaction: &mut Transaction) -> Outcome<()> {
        let now = transaction.now();
        let done = self.progress_of(DeviceResultState::Done, None, None);
        store::write_progress(transaction.connection(), now, &[done]).await?;
        transaction.changed(CHANGES, [self.id.0]);
        Ok(())
    }

    fn end(&self, ended: Ended) -> bool {
        let failed = !matches!(ended, Ended::Done);
        match ended {
            Ended::Done => self.tell(DeviceResultState::Done, None, None),
            Ended::Failed(problem) => self.tell(DeviceResultState::Failed, Some(problem.into_wire()), None),
            Ended::Certificate(problem, certificate) => {
                self.tell(
                    DeviceResultState::Failed,
                    Some(problem.into_wire()),
                    Some(certificate),
                );
            }
            Ended::Unknown(problem) => self.tell(DeviceResultState::Unknown, Some(problem.into_wire()), None),
            Ended::Interrupted => {
                let unfinished = self.unfinished.lock().clone();
                let said =
                    unfinished.unwrap_or_else(|| Problem::new(ErrorCode::DeviceInterrupted).into_wire());
                self.tell(DeviceResultState::Interrupted, Some(said), None);
            }
        }
        failed
    }

    fn tell(&self, state: DeviceResultState, problem: Option<WireError>, certificate: Option<Certificate>) {
        // Whoever listens has ended with the program; then the next start marks it.
        let _ = self.progress.send(self.progress_of(state, problem, certificate));
    }

    fn progress_of(
        &self,
        state: DeviceResultState,
        problem: Option<WireError>,
        certificate: Option<Certificate>,
    ) -> Progress {
        Progress {
            id: self.id,
            subject: self.subject(),
            state,
            step: *self.step.lock(),
            problem,
            certificate,
        }
    }
}

/// Begins an act and gives its id; it goes on in the background. The audit log has an entry when it begins and when it ends.
///
/// # Errors
/// Database errors, `file.unwritable`; then nothing has begun.
pub async fn begin<F, Each>(
    call: &Call,
    (kind, about): (DeviceActKind, &str),
    subjects: Vec<(OrganizationId, Subject)>,
    each: F,
) -> Outcome<DeviceActBegun>
where
    F: Fn(usize, Arc<Line>) -> Each + Send + Sync + 'static,
    Each: Future<Output = Ended> + Send + 'static,
{
    let workspace = call.workspace.clone();
    let account = call.caller()?.account;
    let mut transaction = workspace.database.begin().await?;
    let now = transaction.now();
    store::forget_acts(transaction.connection(), now.plus(-KEEP)).await?;
    let act = NewAct { kind, about, account };
    let (id, results) = store::insert_act(transaction.connection(), now, &act, &subjects).await?;
    let lock = hold(&workspace, id)?;
    transaction.membership_changed(CHANGES, [id.0]);
    let organizations: BTreeSet<OrganizationId> =
        subjects.iter().map(|(organization, _)| *organization).collect();
    let organizations: Vec<OrganizationId> = organizations.into_iter().collect();
    let addresses: Vec<String> = subjects
        .iter()
        .take(100)
        .map(|(_, subject)| subject.host.clone())
        .collect();
    let entry = Entry::done()
        .organizations(&organizations)
        .subject(about.to_owned())
        .detail("act", id.to_string())
        .detail("devices", subjects.len())
        .detail("addresses", addresses);
    call.commit(transaction, entry).await?;

    let total = i64::try_from(subjects.len()).unwrap_or(i64::MAX);
    let work = workspace.work.start(account, ACT, "", total, true);
    workspace.state::<Running>().0.lock().insert(id, work.id);
    let (progress, listening) = mpsc::unbounded_channel();
    let lines: Vec<Arc<Line>> = results
        .into_iter()
        .zip(subjects)
        .map(|(result, (organization, subject))| {
            Arc::new(Line {
                id: result,
                organization,
                stopping: workspace.stopping(),
                subject: Mutex::new(subject),
                step: Mutex::new(DeviceStep::Connect),
                unfinished: Mutex::default(),
                progress: progress.clone(),
            })
        })
        .collect();
    drop(progress);
    let ending = Ending {
        id,
        organizations,
        account,
        origin: call.origin.to_string(),
        name: call.name,
        lock,
    };
    workspace.clone().spawn(async move {
        let recorder = tokio::spawn(record(workspace.clone(), id, listening));
        let left = run(&workspace, &work, lines, each).await;
        if let Err(error) = recorder.await {
            tracing::error!(%error, "the results of an act on devices were not all written");
        }
        if let Err(problem) = finish(&workspace, ending, left).await {
            tracing::error!(%problem, "the end of an act on devices was not written; the next start does so");
        }
        workspace.state::<Running>().0.lock().remove(&id);
        work.finish();
    });
    Ok(DeviceActBegun {
        id,
        skipped: Vec::new(),
    })
}

/// Does it with each device; gives what those are that were not begun.
async fn run<F, Each>(
    workspace: &Workspace,
    work: &WorkHandle,
    lines: Vec<Arc<Line>>,
    each: F,
) -> DeviceResultState
where
    F: Fn(usize, Arc<Line>) -> Each + Send + Sync + 'static,
    Each: Future<Output = Ended> + Send + 'static,
{
    let stopping = workspace.stopping();
    let mut waiting = lines.into_iter().enumerate();
    let mut tasks: JoinSet<bool> = JoinSet::new();
    let mut left = None;
    loop {
        while left.is_none() && tasks.len() < AT_ONCE {
            let Some((place, line)) = waiting.next() else {
                break;
            };
            let acting = each(place, line.clone());
            tasks.spawn(async move {
                line.step(DeviceStep::Connect);
                line.end(acting.await)
            });
        }
        tokio::select! {
            biased;
            () = work.cancelled.cancelled(), if left.is_none() => left = Some(DeviceResultState::Cancelled),
            () = stopping.cancelled(), if left != Some(DeviceResultState::Interrupted) => left = Some(DeviceResultState::Interrupted),
            ended = tasks.join_next() => match ended {
                Some(Ok(failed)) => work.advance(1, i64::from(failed)),
                Some(Err(error)) => {
                    tracing::error!(%error, "an act on a device broke off");
                    work.advance(1, 1);
                }
                None => return left.unwrap_or(DeviceResultState::Interrupted),
            },
        }
    }
}

/// Writes what comes, in batches; of several things that come of one device the last counts.
async fn record(workspace: Workspace, act: DeviceActId, mut listening: mpsc::UnboundedReceiver<Progress>) {
    let mut latest: HashMap<DeviceResultId, Progress> = HashMap::new();
    loop {
        let mut batch = Vec::new();
        let open = listening.recv_many(&mut batch, 500).await > 0;
        latest.extend(batch.into_iter().map(|progress| (progress.id, progress)));
        if !latest.is_empty() {
            let progress: Vec<Progress> = latest.values().cloned().collect();
            match write(&workspace, act, &progress).await {
                Ok(()) => latest.clear(),
                Err(problem) if open => tracing::warn!(%problem, "results wait to be written"),
                Err(problem) => {
                    tracing::error!(%problem, results = latest.len(), "results were not written");
                    return;
                }
            }
        }
        if !open {
            return;
        }
        tokio::time::sleep(WRITE_EVERY).await;
    }
}

async fn write(workspace: &Workspace, act: DeviceActId, progress: &[Progress]) -> Outcome<()> {
    let mut transaction = workspace.database.begin().await?;
    let now = transaction.now();
    store::write_progress(transaction.connection(), now, progress).await?;
    let ids = std::iter::once(act.0).chain(progress.iter().map(|one| one.id.0));
    transaction.changed(CHANGES, ids);
    transaction.commit().await
}

/// What is needed when an act ends.
struct Ending {
    id: DeviceActId,
    organizations: Vec<OrganizationId>,
    account: flotilla_kernel::ids::AccountId,
    origin: String,
    name: &'static str,
    lock: Lock,
}

async fn finish(workspace: &Workspace, ending: Ending, left: DeviceResultState) -> Outcome<()> {
    let mut transaction = workspace.database.begin().await?;
    let now = transaction.now();
    store::finish_act(transaction.connection(), now, ending.id, left).await?;
    let counts = store::counts(transaction.connection(), ending.id).await?;
    // What was done with none of them is no act that was done.
    let result = if counts.failed > 0 && counts.done + counts.unknown == 0 {
        AuditResult::Failed
    } else {
        AuditResult::Done
    };
    let entry = Entry::new(result)
        .organizations(&ending.organizations)
        .detail("act", ending.id.to_string())
        .detail("ended", true)
        .detail("done", counts.done)
        .detail("failed", counts.failed)
        .detail("unknown", counts.unknown)
        .detail("left", counts.left);
    audit::append(
        &mut transaction,
        Some(ending.account),
        &ending.origin,
        ending.name,
        &entry,
    )
    .await?;
    transaction.membership_changed(CHANGES, [ending.id.0]);
    transaction.commit().await?;
    ending.lock.release();
    Ok(())
}

/// The lock file of an act.
struct Lock {
    file: File,
    path: PathBuf,
}

impl Lock {
    fn release(self) {
        drop(self.file);
        if let Err(error) = std::fs::remove_file(&self.path) {
            tracing::debug!(%error, "the lock file of an act on devices stays; the next start removes it");
        }
    }
}

fn place(workspace: &Workspace) -> PathBuf {
    workspace.folder.join("acts")
}

fn hold(workspace: &Workspace, id: DeviceActId) -> Outcome<Lock> {
    let folder = place(workspace);
    files::private_folder(&folder).map_err(unwritable)?;
    let path = folder.join(format!("{id}.lock"));
    let file = files::private_file_kept(&path).map_err(unwritable)?;
    match file.try_lock() {
        Ok(()) => Ok(Lock { file, path }),
        Err(TryLockError::WouldBlock) => Err(ErrorCode::Busy.into()),
        Err(TryLockError::Error(error)) => Err(unwritable(error)),
    }
}

/// Marks what programs left that ended in the middle of an act (GEN-09). Says whether there was something.
///
/// # Errors
/// Database errors.
pub async fn sweep(workspace: &Workspace) -> Outcome<bool> {
    let mut marked = false;
    let unfinished = store::unfinished(&mut *workspace.database.read().await?).await?;
    for id in unfinished {
        if workspace.state::<Running>().work(id).is_some() {
            continue;
        }
        let lock = match hold(workspace, id) {
            Ok(lock) => lock,
            Err(problem) if problem.code == ErrorCode::Busy => continue,
            Err(problem) => return Err(problem),
        };
        let mut transaction = workspace.database.begin().await?;
        let now = transaction.now();
        let interrupted = DeviceResultState::Interrupted;
        store::finish_act(transaction.connection(), now, id, interrupted).await?;
        transaction.membership_changed(CHANGES, [id.0]);
        let entry = Entry::done().detail("act", id.to_string());
        audit::append(&mut transaction, None, "service", "devices.interrupted", &entry).await?;
        transaction.commit().await?;
        lock.release();
        marked = true;
    }
    Ok(marked)
}
