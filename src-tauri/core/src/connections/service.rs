//! The poller (CUS-40, CUS-41): every connection at its interval, spread evenly, a limited number at once, backing off
//! where nobody answers, and at once when a person asks.
//!
//! What a poll read and was read before costs a comparison of digests and one line in a batch of contacts; only what
//! changed becomes a transaction and an event.

use super::outcome;
use super::plan::{Ended, Next, Plan, Poll, PolledConnection};
use super::probe::{self, ProbeResult};
use super::rules;
use super::store::{self, ContactMade, Which};
use super::types::{ConnectionPreferences, ConnectivityStatus};
use flotilla_kernel::clock::{Time, seconds};
use flotilla_kernel::database::concerns_row;
use flotilla_kernel::error::{ErrorCode, Outcome};
use flotilla_kernel::ids::ConnectionId;
use flotilla_kernel::services::{PollerStatus, ServiceName, ServiceReport};
use flotilla_kernel::workspace::Workspace;
use parking_lot::Mutex;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::sync::{Notify, mpsc, oneshot};
use tokio::task::JoinSet;

/// Contacts are written at most this often.
const CONTACTS_EVERY: Duration = Duration::from_secs(2);
/// So many outcomes become one transaction.
const BATCH: usize = 256;

/// The poller's side that the commands see. Cheap to clone.
#[derive(Clone, Default)]
pub struct Poller(Arc<Shared>);

#[derive(Default)]
struct Shared {
    plan: Mutex<Plan>,
    wake: Notify,
    reload: AtomicBool,
    /// Those to be looked at alone.
    changed: Mutex<HashSet<ConnectionId>>,
    restart: AtomicBool,
}

impl Poller {
    /// Has the poller look at its plan again: the preferences changed.
    pub fn wake(&self) {
        self.0.reload.store(true, Ordering::SeqCst);
        self.0.wake.notify_one();
    }

    /// These connections were added, changed or removed: the poller looks at them alone.
    pub fn look_at(&self, ids: impl IntoIterator<Item = ConnectionId>) {
        self.0.changed.lock().extend(ids);
        self.0.wake.notify_one();
    }

    /// Has the poller restart (ADM-10): what is under way is left, and nobody is backed off any more.
    pub fn restart(&self) {
        self.0.restart.store(true, Ordering::SeqCst);
        self.0.wake.notify_one();
    }

    /// Polls these at once; each receiver is told the outcome of a poll that begins from now on, once it has been stored. For a
    /// connection that is gone it ends without one.
    pub fn refresh(
        &self,
        ids: &[ConnectionId],
    ) -> Vec<(ConnectionId, oneshot::Receiver<ConnectivityStatus>)> {
        let mut plan = self.0.plan.lock();
        let mut receivers = Vec::with_capacity(ids.len());
        // The last one is taken first.
        for &id in ids.iter().rev() {
            receivers.push((id, plan.wait(id)));
        }
        // One that was saved a moment ago is not known here yet.
        let unknown: Vec<ConnectionId> = ids
            .iter()
            .copied()
            .filter(|id| !plan.connections.contains_key(id))
            .collect();
        drop(plan);
        self.0.changed.lock().extend(unknown);
        self.0.wake.notify_one();
        receivers
    }

    /// Nobody waits for these any more: what has not begun is polled at its own time again.
    pub fn forget(&self, ids: &[ConnectionId]) {
        let ids: HashSet<_> = ids.iter().collect();
        let mut plan = self.0.plan.lock();
        let Plan { urgent, waiters, .. } = &mut *plan;
        urgent.retain(|id| {
            !ids.contains(id)
                || waiters
                    .get(id)
                    .is_some_and(|all| all.iter().any(|one| !one.is_gone()))
        });
    }

    /// When this connection is polled next.
    pub fn next_contact(&self, id: ConnectionId) -> Option<Time> {
        self.0
            .plan
            .lock()
            .connections
            .get(&id)
            .map(|connection| connection.due)
    }

    /// What the application centre shows (ADM-10, CUS-40).
    fn report(&self, interval_seconds: i64) -> ServiceReport {
        let plan = self.0.plan.lock();
        let interval = interval_seconds as f64;
        let round_seconds = if plan.round > 0.0 {
            plan.round / 1_000.0
        } else {
            interval
        };
        let backed_off = plan
            .connections
            .values()
            .filter(|connection| connection.polled.failures > 0);
        ServiceReport {
            since: plan.since,
            last_error: plan.last_error,
            poller: Some(PollerStatus {
                connections: i64::try_from(plan.connections.len()).unwrap_or(i64::MAX),
                in_flight: i64::try_from(plan.in_flight).unwrap_or(i64::MAX),
                backed_off: i64::try_from(backed_off.count()).unwrap_or(i64::MAX),
                interval_seconds,
                round_seconds,
                stretch: (round_seconds / interval).max(1.0),
                polls: plan.polls,
            }),
        }
    }
}

/// The name under which the application centre shows it.
pub const NAME: ServiceName = ServiceName("poller");

/// How the poller is.
pub fn report(workspace: &Workspace) -> ServiceReport {
    let interval = workspace
        .preferences::<ConnectionPreferences>()
        .poll_interval_seconds;
    workspace.state::<Poller>().report(interval)
}

/// Restarts the poller.
pub fn restart(workspace: &Workspace) {
    workspace.state::<Poller>().restart();
}

/// An outcome on its way into the database.
struct Outgoing {
    poll: Box<Poll>,
    /// None: it answered what it was known to answer.
    result: Option<ProbeResult>,
}

/// After it broke down the poller restarts, but not at once.
const RECOVERY: Duration = Duration::from_secs(5);

/// Why the poller stopped polling.
enum Stopped {
    /// The workspace is being closed.
    Closing,
    /// Somebody wants it to restart.
    Restart,
    /// Nothing could be stored any more.
    Broken,
}

/// Polls until the workspace closes.
pub async fn run(workspace: Workspace) {
    let stop = workspace.stopping();
    loop {
        match poll(&workspace).await {
            Stopped::Closing => break,
            Stopped::Restart => tracing::info!("the poller restarts"),
            Stopped::Broken => tokio::select! {
                () = stop.cancelled() => break,
                () = tokio::time::sleep(RECOVERY) => tracing::info!("the poller restarts after it broke down"),
            },
        }
    }
}

async fn poll(workspace: &Workspace) -> Stopped {
    let stop = workspace.stopping();
    let poller = workspace.state::<Poller>();
    poller.0.restart.store(false, Ordering::SeqCst);
    poller.0.plan.lock().restart(workspace.clock.now());
    poller.0.reload.store(true, Ordering::SeqCst);
    tracing::info!("polling begins");
    let (outgoing, incoming) = mpsc::channel(BATCH * 2);
    let recorder = tokio::spawn(record(workspace.clone(), incoming));
    let mut tasks: JoinSet<Outgoing> = JoinSet::new();
    // Whom a task polls, for when it comes to no end.
    let mut polled_by: HashMap<tokio::task::Id, ConnectionId> = HashMap::new();
    let mut paced_until = Time(i64::MIN);
    let mut before = Time(i64::MIN);
    let stopped = loop {
        if poller.0.restart.load(Ordering::SeqCst) {
            break Stopped::Restart;
        }
        let preferences = workspace.preferences::<ConnectionPreferences>();
        let interval = seconds(preferences.poll_interval_seconds);
        let concurrency = usize::try_from(preferences.poll_concurrency).unwrap_or(1).max(1);
        // Somebody has put the clock back: nobody waits until it is again as late as it was (REL-03).
        let now = workspace.clock.now();
        if now < before {
            tracing::warn!(
                milliseconds = before.since(now),
                "the clock was put back; polls are planned anew"
            );
            paced_until = now;
            poller.0.reload.store(true, Ordering::SeqCst);
        }
        before = now;
        if let Err(error) = take_over_changes(workspace, &poller, interval).await {
            tracing::warn!(%error, "the connections could not be read; the poller goes on with those it knows");
            poller.0.plan.lock().last_error = Some(error.code);
        }
        let mut sleep_until = None;
        while tasks.len() < concurrency {
            let now = workspace.clock.now();
            let mut plan = poller.0.plan.lock();
            match plan.next(now, paced_until) {
                Next::Poll(poll) => {
                    plan.in_flight = tasks.len() + 1;
                    paced_until = now.plus(rules::pace(interval, plan.connections.len()));
                    drop(plan);
                    let workspace = workspace.clone();
                    let id = poll.id;
                    let task = tasks.spawn(async move {
                        let result = match &poll.known {
                            Some(known) => {
                                probe::probe_again(&workspace, (&poll.target, poll.by), known).await
                            }
                            None => Some(probe::probe(&workspace, &poll.target, poll.by).await),
                        };
                        Outgoing { poll, result }
                    });
                    polled_by.insert(task.id(), id);
                }
                Next::At(at) => {
                    sleep_until = Some(at);
                    break;
                }
                Next::Nothing => break,
            }
        }
        let now = workspace.clock.now();
        let pause = sleep_until.map_or(Duration::from_secs(3_600), |at| {
            Duration::from_millis(u64::try_from(at.since(now)).unwrap_or(0))
        });
        tokio::select! {
            () = stop.cancelled() => break Stopped::Closing,
            () = poller.0.wake.notified() => {}
            () = tokio::time::sleep(pause), if tasks.len() < concurrency => {}
            Some(ended) = tasks.join_next_with_id(), if !tasks.is_empty() => match ended {
                Ok((task, ended)) => {
                    polled_by.remove(&task);
                    poller.0.plan.lock().in_flight = tasks.len();
                    // The recorder may be waiting for the database: the end of the program does not wait for it here.
                    tokio::select! {
                        () = stop.cancelled() => break Stopped::Closing,
                        sent = outgoing.send(ended) => if sent.is_err() {
                            break Stopped::Broken;
                        },
                    }
                }
                Err(error) => {
                    tracing::error!(%error, "a poll broke off");
                    let mut plan = poller.0.plan.lock();
                    plan.in_flight = tasks.len();
                    plan.last_error = Some(ErrorCode::Internal);
                    if let Some(id) = polled_by.remove(&error.id()) {
                        plan.broke_off(id, workspace.clock.now(), interval);
                    }
                }
            },
        }
    };
    // What is under way signs out of its systems by itself; nothing of it is stored any more.
    tasks.shutdown().await;
    drop(outgoing);
    if let Err(error) = recorder.await {
        tracing::error!(%error, "the recorder broke off");
    }
    poller.0.plan.lock().since = None;
    stopped
}

/// Has the plan know what is stored now: of all connections, or of those that changed.
async fn take_over_changes(workspace: &Workspace, poller: &Poller, interval: i64) -> Outcome<()> {
    if poller.0.reload.swap(false, Ordering::SeqCst) {
        poller.0.changed.lock().clear();
        let mut polled = store::polled(&mut *workspace.database.read().await?, Which::All).await?;
        polled.retain(|one| one.monitored);
        tracing::debug!(connections = polled.len(), "all connections are read");
        poller.0.plan.lock().load(polled, workspace.clock.now(), interval);
        return Ok(());
    }
    let changed: Vec<ConnectionId> = poller.0.changed.lock().drain().collect();
    if changed.is_empty() {
        return Ok(());
    }
    let polled = store::polled(&mut *workspace.database.read().await?, Which::These(&changed)).await;
    match polled {
        Ok(mut polled) => {
            // The others are gone, as far as the plan is concerned.
            polled.retain(|one| one.monitored);
            tracing::debug!(connections = changed.len(), "changed connections are read");
            let now = workspace.clock.now();
            poller.0.plan.lock().update(&changed, polled, now, interval);
            Ok(())
        }
        Err(error) => {
            poller.0.changed.lock().extend(changed);
            Err(error)
        }
    }
}

/// Stores what polls brought: changes in transactions of many, contacts in batches.
async fn record(workspace: Workspace, mut incoming: mpsc::Receiver<Outgoing>) {
    let mut contacts: HashMap<ConnectionId, ContactMade> = HashMap::new();
    let mut flush = tokio::time::interval(CONTACTS_EVERY);
    flush.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        let mut batch = Vec::new();
        tokio::select! {
            count = incoming.recv_many(&mut batch, BATCH) => {
                if count == 0 {
                    break;
                }
                record_batch(&workspace, batch, &mut contacts).await;
            }
            _ = flush.tick(), if !contacts.is_empty() => write_contacts(&workspace, &mut contacts).await,
        }
    }
    if !contacts.is_empty() {
        write_contacts(&workspace, &mut contacts).await;
    }
}

async fn write_contacts(workspace: &Workspace, contacts: &mut HashMap<ConnectionId, ContactMade>) {
    let batch: Vec<_> = contacts.drain().map(|(_, contact)| contact).collect();
    let written = async {
        let mut transaction = workspace.database.begin().await?;
        store::touch(transaction.connection(), &batch).await?;
        transaction.commit().await
    };
    if let Err(error) = written.await {
        tracing::warn!(%error, "contacts were not written");
        workspace.state::<Poller>().0.plan.lock().last_error = Some(error.code);
    }
}

async fn record_batch(
    workspace: &Workspace,
    batch: Vec<Outgoing>,
    contacts: &mut HashMap<ConnectionId, ContactMade>,
) {
    let now = workspace.clock.now();
    let interval = seconds(
        workspace
            .preferences::<ConnectionPreferences>()
            .poll_interval_seconds,
    );
    // What was read, with its digest; the others answered as they did.
    let read: Vec<(&Poll, &ProbeResult, [u8; 32])> = batch
        .iter()
        .filter_map(|outgoing| {
            let result = outgoing.result.as_ref()?;
            Some((&*outgoing.poll, result, result.digest(now)))
        })
        .collect();
    let changed: Vec<(&Poll, &ProbeResult)> = {
        let poller = workspace.state::<Poller>();
        let plan = poller.0.plan.lock();
        read.iter()
            .filter(|(poll, result, digest)| {
                plan.connections
                    .get(&poll.id)
                    .is_some_and(|connection| !connection.knows(result.status, *digest))
            })
            .map(|(poll, result, _)| (*poll, *result))
            .collect()
    };
    let mut stored: HashMap<ConnectionId, ConnectivityStatus> = HashMap::new();
    if !changed.is_empty() {
        let mut attempts: Vec<&[(&Poll, &ProbeResult)]> = vec![&changed];
        while let Some(attempt) = attempts.pop() {
            match store_changed(workspace, attempt).await {
                Ok(statuses) => stored.extend(statuses),
                // One row that cannot be stored must not take the others with it. A busy or full database fails for all.
                Err(error) if attempt.len() > 1 && concerns_row(&error) => {
                    let (one, other) = attempt.split_at(attempt.len() / 2);
                    attempts.extend([one, other]);
                }
                Err(error) => {
                    let connection = attempt.first().map(|(poll, _)| poll.id.to_string());
                    tracing::warn!(%error, connection, "an outcome was not stored; the next poll brings it again");
                    workspace.state::<Poller>().0.plan.lock().last_error = Some(error.code);
                }
            }
        }
    }
    let read: HashMap<ConnectionId, (&ProbeResult, [u8; 32])> = read
        .into_iter()
        .map(|(poll, result, digest)| (poll.id, (result, digest)))
        .collect();
    let poller = workspace.state::<Poller>();
    let mut plan = poller.0.plan.lock();
    for outgoing in &batch {
        let id = outgoing.poll.id;
        let Some(before) = plan.connections.get(&id) else {
            continue;
        };
        let ended = ended(
            outgoing,
            before,
            read.get(&id).copied(),
            stored.get(&id).copied(),
            now,
        );
        let status = ended.status;
        if rules::answered(status) {
            contacts.insert(id, outgoing.poll.contact(now));
        }
        let other = before.polled.edition != ended.edition;
        plan.ended(id, now, interval, ended);
        // Who waits for the present connection is told when that one was tried.
        if !other {
            plan.tell_waiters(id, status);
        }
    }
    drop(plan);
    workspace.state::<Poller>().0.wake.notify_one();
}

/// How a poll ended, for the plan: what was read with its digest (none: as before), and the status it was stored with, if it was.
fn ended(
    outgoing: &Outgoing,
    before: &PolledConnection,
    read: Option<(&ProbeResult, [u8; 32])>,
    stored: Option<ConnectivityStatus>,
    now: Time,
) -> Ended {
    let edition = outgoing.poll.edition;
    let refusals = |status| {
        if rules::refused(status) {
            before.refusals.saturating_add(1)
        } else {
            0
        }
    };
    let known = before.polled.status;
    match (read, stored) {
        (None, _) => Ended {
            edition,
            status: known,
            digest: before.polled.digest,
            answers: before.answers.clone(),
            refusals: refusals(known),
        },
        (Some((result, digest)), Some(status)) => Ended {
            edition,
            status,
            digest: Some(digest),
            answers: result.answers.clone().map(|answers| (probe::day(now), answers)),
            refusals: refusals(status),
        },
        (Some((result, digest)), None) if before.knows(result.status, digest) => Ended {
            edition,
            status: known,
            digest: Some(digest),
            answers: result.answers.clone().map(|answers| (probe::day(now), answers)),
            refusals: refusals(known),
        },
        // Not stored: the next poll reads everything again.
        (Some((result, _)), None) => Ended {
            edition,
            status: result.status,
            digest: before.polled.digest,
            answers: None,
            refusals: before.refusals,
        },
    }
}

/// Stores what changed, all of it or nothing. Gives the statuses that outcomes of connections as they are now were stored with.
async fn store_changed(
    workspace: &Workspace,
    changed: &[(&Poll, &ProbeResult)],
) -> Outcome<Vec<(ConnectionId, ConnectivityStatus)>> {
    let mut transaction = workspace.database.begin().await?;
    let mut statuses = Vec::with_capacity(changed.len());
    for (poll, result) in changed {
        let status = outcome::apply(workspace, &mut transaction, poll.id, Some(poll.edition), result).await?;
        statuses.extend(status.map(|status| (poll.id, status)));
    }
    transaction.commit().await?;
    Ok(statuses)
}
