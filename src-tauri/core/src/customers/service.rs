//! The poller (CUS-40, CUS-41): every customer at its interval, spread evenly, a limited number at once, backing off
//! where nobody answers, and at once when a person asks.
//!
//! What a poll read and was read before costs a comparison of digests and one line in a batch of contacts; only what
//! changed becomes a transaction and an event.

use super::contact::{self, Target, Tested};
use super::store::{self, ContactMade, Polled};
use super::types::{ConnectionPreferences, ConnectivityStatus};
use super::{rules, types::ConnectionState};
use crate::alarms;
use crate::alarms::types::AlarmCause;
use flotilla_kernel::clock::{Time, seconds};
use flotilla_kernel::database::Transaction;
use flotilla_kernel::ids::OrganizationId;
use flotilla_kernel::error::{ErrorCode, Outcome};
use flotilla_kernel::services::{PollerStatus, ServiceName, ServiceReport};
use flotilla_kernel::workspace::Workspace;
use flotilla_connectors::ip_office::Answers;
use parking_lot::Mutex;
use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap, HashSet};
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
    restart: AtomicBool,
}

/// What is polled, and when.
#[derive(Default)]
struct Plan {
    customers: HashMap<OrganizationId, Customer>,
    due: BinaryHeap<Reverse<(Time, OrganizationId)>>,
    /// A person waits for these; they go first and do not wait for the pace.
    urgent: Vec<OrganizationId>,
    waiters: HashMap<OrganizationId, Vec<oneshot::Sender<ConnectivityStatus>>>,
    in_flight: usize,
    since: Option<Time>,
    polls: i64,
    /// How long the last round took, for each customer that is not backed off: smoothed.
    round: f64,
    last_error: Option<ErrorCode>,
}

struct Customer {
    polled: Polled,
    /// What it answered last, on which day, if that is stored.
    answers: Option<(i64, Answers)>,
    due: Time,
    started: Option<Time>,
    busy: bool,
}

impl Poller {
    /// Has the poller look at its plan again: the preferences changed.
    pub fn wake(&self) {
        self.0.reload.store(true, Ordering::SeqCst);
        self.0.wake.notify_one();
    }

    /// Customers were added, changed or deleted.
    pub fn reload(&self) {
        self.wake();
    }

    /// Has the poller begin anew (ADM-10): what is under way is left, and nobody is backed off any more.
    pub fn restart(&self) {
        self.0.restart.store(true, Ordering::SeqCst);
        self.0.wake.notify_one();
    }

    /// Polls these at once; each receiver is told the outcome once it has been stored. For a customer that is gone
    /// it ends without one.
    pub fn refresh(
        &self,
        ids: &[OrganizationId],
    ) -> Vec<(OrganizationId, oneshot::Receiver<ConnectivityStatus>)> {
        let mut plan = self.0.plan.lock();
        let mut receivers = Vec::with_capacity(ids.len());
        // The last one is taken first.
        for &id in ids.iter().rev() {
            let (sender, receiver) = oneshot::channel();
            plan.waiters.entry(id).or_default().push(sender);
            plan.urgent.push(id);
            receivers.push((id, receiver));
        }
        // One that was saved a moment ago is not known here yet.
        if ids.iter().any(|id| !plan.customers.contains_key(id)) {
            self.0.reload.store(true, Ordering::SeqCst);
        }
        drop(plan);
        self.0.wake.notify_one();
        receivers
    }

    /// Nobody waits for these any more: what has not begun is polled at its own time again.
    pub fn forget(&self, ids: &[OrganizationId]) {
        let ids: HashSet<_> = ids.iter().collect();
        let mut plan = self.0.plan.lock();
        let Plan { urgent, waiters, .. } = &mut *plan;
        urgent.retain(|id| {
            !ids.contains(id)
                || waiters
                    .get(id)
                    .is_some_and(|all| all.iter().any(|one| !one.is_closed()))
        });
    }

    /// When this customer is polled next.
    pub fn next_contact(&self, id: OrganizationId) -> Option<Time> {
        self.0.plan.lock().customers.get(&id).map(|customer| customer.due)
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
        let backed_off = plan.customers.values().filter(|customer| customer.polled.failures > 0);
        ServiceReport {
            since: plan.since,
            last_error: plan.last_error,
            poller: Some(PollerStatus {
                connections: i64::try_from(plan.customers.len()).unwrap_or(i64::MAX),
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
    let interval = workspace.preferences::<ConnectionPreferences>().poll_interval_seconds;
    workspace.state::<Poller>().report(interval)
}

/// Restarts the poller.
pub fn restart(workspace: &Workspace) {
    workspace.state::<Poller>().restart();
}

impl Plan {
    /// Takes over what is stored now; what is known keeps its place in the round, what is new is spread over it.
    fn load(&mut self, polled: Vec<Polled>, now: Time, interval: i64) {
        let mut before = std::mem::take(&mut self.customers);
        self.due.clear();
        let count = i64::try_from(polled.len().max(1)).unwrap_or(i64::MAX);
        for (place, mut polled) in (0_i64..).zip(polled) {
            let known = before.remove(&polled.id);
            let same = known
                .as_ref()
                .is_some_and(|known| known.polled.connection_revision == polled.connection_revision);
            let mut answers = None;
            let (due, started, busy) = match known {
                Some(known) => {
                    if same {
                        answers = known.answers;
                        polled.digest = known.polled.digest;
                        polled.failures = known.polled.failures;
                    } else {
                        polled.digest = None;
                    }
                    let latest = now.plus(if polled.failures > 0 {
                        rules::back_off(interval, polled.failures)
                    } else {
                        interval
                    });
                    (
                        if same { known.due.min(latest) } else { now },
                        known.started,
                        known.busy,
                    )
                }
                // Never tried ones first; a customer that was just saved should not wait a round.
                None if polled.status == ConnectivityStatus::NeverTried && polled.digest.is_none() => {
                    (now, None, false)
                }
                None => (now.plus(interval.saturating_mul(place) / count), None, false),
            };
            self.due.push(Reverse((due, polled.id)));
            self.customers.insert(
                polled.id,
                Customer {
                    polled,
                    answers,
                    due,
                    started,
                    busy,
                },
            );
        }
        // Who waits for a customer that is gone waits no longer.
        self.waiters.retain(|id, _| self.customers.contains_key(id));
    }

    /// A poll came to no end at all: the customer is polled again after an interval.
    fn broke_off(&mut self, id: OrganizationId, now: Time, interval: i64) {
        self.waiters.remove(&id);
        if let Some(customer) = self.customers.get_mut(&id) {
            customer.busy = false;
            customer.due = now.plus(interval);
            self.due.push(Reverse((customer.due, id)));
        }
    }

    /// As if nothing was ever polled by this process; who waits goes on waiting.
    fn begin_anew(&mut self, now: Time) {
        self.urgent = self.waiters.keys().copied().collect();
        self.customers.clear();
        self.due.clear();
        self.in_flight = 0;
        self.polls = 0;
        self.round = 0.0;
        self.last_error = None;
        self.since = Some(now);
    }

    /// The next customer to poll now, or when there will be one.
    fn next(&mut self, now: Time, paced_until: Time) -> Next {
        while let Some(id) = self.urgent.pop() {
            if let Some(customer) = self.customers.get_mut(&id)
                && !customer.busy
            {
                return customer.poll(id, now);
            }
        }
        while let Some(&Reverse((due, id))) = self.due.peek() {
            let current = self
                .customers
                .get(&id)
                .is_some_and(|customer| customer.due == due && !customer.busy);
            if !current {
                self.due.pop();
                continue;
            }
            let at = due.max(paced_until);
            if at > now {
                return Next::At(at);
            }
            self.due.pop();
            if let Some(customer) = self.customers.get_mut(&id) {
                if let Some(started) = customer
                    .started
                    .replace(now)
                    .filter(|_| customer.polled.failures == 0)
                {
                    let took = now.since(started) as f64;
                    self.round = if self.round > 0.0 {
                        self.round * 0.98 + took * 0.02
                    } else {
                        took
                    };
                }
                return customer.poll(id, now);
            }
        }
        Next::Nothing
    }

    /// A poll has ended: when it comes next.
    fn ended(&mut self, id: OrganizationId, now: Time, interval: i64, ended: Ended) {
        self.polls += 1;
        let Some(customer) = self.customers.get_mut(&id) else {
            return;
        };
        customer.busy = false;
        if customer.polled.connection_revision != ended.connection_revision {
            // It was another connection that was tried; this one is tried at once.
            customer.due = now;
            self.due.push(Reverse((now, id)));
            if self.waiters.contains_key(&id) {
                self.urgent.push(id);
            }
            return;
        }
        customer.answers = ended.answers;
        customer.polled.digest = ended.digest;
        customer.polled.status = ended.status;
        customer.polled.failures = if rules::backs_off(ended.status) {
            customer.polled.failures.saturating_add(1)
        } else {
            0
        };
        customer.due = match customer.polled.failures {
            0 => rules::next_due(customer.due, now, interval),
            failures => now.plus(rules::back_off(interval, failures)),
        };
        self.due.push(Reverse((customer.due, id)));
    }

    fn tell_waiters(&mut self, id: OrganizationId, status: ConnectivityStatus) {
        for waiter in self.waiters.remove(&id).unwrap_or_default() {
            // Who waited may have gone.
            let _ = waiter.send(status);
        }
    }
}

/// How a poll ended, for the plan.
struct Ended {
    /// Of the connection that was tried.
    connection_revision: i64,
    status: ConnectivityStatus,
    digest: Option<[u8; 32]>,
    answers: Option<(i64, Answers)>,
}

impl Customer {
    /// Puts it to be polled now. Once a day everything is read, whatever it answered last.
    fn poll(&mut self, id: OrganizationId, now: Time) -> Next {
        self.busy = true;
        let today = contact::day(now);
        let known = self.answers.as_ref().filter(|(day, _)| *day == today);
        Next::Poll(Box::new(Poll {
            id,
            target: self.polled.target.clone(),
            connection_revision: self.polled.connection_revision,
            known: known.map(|(_, answers)| answers.clone()),
        }))
    }
}

/// A poll that is due.
struct Poll {
    id: OrganizationId,
    target: Target,
    connection_revision: i64,
    /// What it is known to answer.
    known: Option<Answers>,
}

impl Poll {
    fn contact(&self, at: Time) -> ContactMade {
        ContactMade {
            id: self.id,
            at,
            connection_revision: Some(self.connection_revision),
        }
    }
}

enum Next {
    Poll(Box<Poll>),
    At(Time),
    Nothing,
}

/// An outcome on its way into the database.
struct Outgoing {
    poll: Box<Poll>,
    /// None: it answered what it was known to answer.
    tested: Option<Tested>,
}

/// After it broke down the poller begins anew, but not at once.
const RECOVERY: Duration = Duration::from_secs(5);

/// Why the poller stopped polling.
enum Stopped {
    /// The workspace is being closed.
    Closing,
    /// Somebody wants it to begin anew.
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
            Stopped::Restart => tracing::info!("the poller begins anew"),
            Stopped::Broken => tokio::select! {
                () = stop.cancelled() => break,
                () = tokio::time::sleep(RECOVERY) => tracing::info!("the poller begins anew after it broke down"),
            },
        }
    }
}

async fn poll(workspace: &Workspace) -> Stopped {
    let stop = workspace.stopping();
    let poller = workspace.state::<Poller>();
    poller.0.restart.store(false, Ordering::SeqCst);
    poller.0.plan.lock().begin_anew(workspace.clock.now());
    poller.0.reload.store(true, Ordering::SeqCst);
    tracing::info!("polling begins");
    let (outgoing, incoming) = mpsc::channel(BATCH * 2);
    let recorder = tokio::spawn(record(workspace.clone(), incoming));
    let mut tasks: JoinSet<Outgoing> = JoinSet::new();
    // Whom a task polls, for when it comes to no end.
    let mut polled_by: HashMap<tokio::task::Id, OrganizationId> = HashMap::new();
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
        if poller.0.reload.swap(false, Ordering::SeqCst) {
            match load(workspace).await {
                Ok(polled) => {
                    tracing::debug!(customers = polled.len(), "the customers are read");
                    poller.0.plan.lock().load(polled, workspace.clock.now(), interval);
                }
                Err(error) => {
                    tracing::warn!(%error, "the customers could not be read; the poller goes on with those it knows");
                    poller.0.plan.lock().last_error = Some(error.code);
                }
            }
        }
        let mut sleep_until = None;
        while tasks.len() < concurrency {
            let now = workspace.clock.now();
            let mut plan = poller.0.plan.lock();
            match plan.next(now, paced_until) {
                Next::Poll(poll) => {
                    plan.in_flight = tasks.len() + 1;
                    paced_until = now.plus(rules::pace(interval, plan.customers.len()));
                    drop(plan);
                    let workspace = workspace.clone();
                    let id = poll.id;
                    let task = tasks.spawn(async move {
                        let tested = match &poll.known {
                            Some(known) => contact::test_again(&workspace, &poll.target, known).await,
                            None => Some(contact::test(&workspace, &poll.target).await),
                        };
                        Outgoing { poll, tested }
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
                    if outgoing.send(ended).await.is_err() {
                        break Stopped::Broken;
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

async fn load(workspace: &Workspace) -> Outcome<Vec<Polled>> {
    store::polled(&mut *workspace.database.read().await?, None).await
}

/// Stores what polls brought: changes in transactions of many, contacts in batches.
async fn record(workspace: Workspace, mut incoming: mpsc::Receiver<Outgoing>) {
    let mut contacts: HashMap<OrganizationId, ContactMade> = HashMap::new();
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

async fn write_contacts(workspace: &Workspace, contacts: &mut HashMap<OrganizationId, ContactMade>) {
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
    contacts: &mut HashMap<OrganizationId, ContactMade>,
) {
    let now = workspace.clock.now();
    let interval = seconds(workspace.preferences::<ConnectionPreferences>().poll_interval_seconds);
    // What was read, with its digest; the others answered as they did.
    let read: Vec<(&Poll, &Tested, [u8; 32])> = batch
        .iter()
        .filter_map(|outgoing| {
            let tested = outgoing.tested.as_ref()?;
            Some((&*outgoing.poll, tested, tested.digest(now)))
        })
        .collect();
    let changed: Vec<(&Poll, &Tested)> = {
        let poller = workspace.state::<Poller>();
        let plan = poller.0.plan.lock();
        read.iter()
            .filter(|(poll, _, digest)| {
                plan.customers
                    .get(&poll.id)
                    .is_some_and(|customer| customer.polled.digest != Some(*digest))
            })
            .map(|(poll, tested, _)| (*poll, *tested))
            .collect()
    };
    for outgoing in &batch {
        if outgoing
            .tested
            .as_ref()
            .is_none_or(|tested| rules::answered(tested.status))
        {
            contacts.insert(outgoing.poll.id, outgoing.poll.contact(now));
        }
    }
    let mut stored: HashSet<OrganizationId> = HashSet::new();
    if !changed.is_empty() {
        // One that cannot be stored must not take the others with it.
        let mut attempts: Vec<&[(&Poll, &Tested)]> = vec![&changed];
        while let Some(attempt) = attempts.pop() {
            match store_changed(workspace, attempt, now).await {
                Ok(()) => stored.extend(attempt.iter().map(|(poll, _)| poll.id)),
                Err(_) if attempt.len() > 1 => {
                    let (one, other) = attempt.split_at(attempt.len() / 2);
                    attempts.extend([one, other]);
                }
                Err(error) => {
                    let customer = attempt.first().map(|(poll, _)| poll.id.to_string());
                    tracing::warn!(%error, customer, "an outcome was not stored; the next poll brings it again");
                    workspace.state::<Poller>().0.plan.lock().last_error = Some(error.code);
                }
            }
        }
    }
    let read: HashMap<OrganizationId, (&Tested, [u8; 32])> = read
        .into_iter()
        .map(|(poll, tested, digest)| (poll.id, (tested, digest)))
        .collect();
    let poller = workspace.state::<Poller>();
    let mut plan = poller.0.plan.lock();
    for outgoing in &batch {
        let id = outgoing.poll.id;
        let Some(before) = plan.customers.get(&id) else {
            continue;
        };
        let (status, digest, answers) = match read.get(&id) {
            Some((tested, digest)) if stored.contains(&id) || before.polled.digest == Some(*digest) => {
                let answers = tested.answers.clone();
                (
                    tested.status,
                    Some(*digest),
                    answers.map(|answers| (contact::day(now), answers)),
                )
            }
            // Not stored: the next poll reads everything again.
            Some((tested, _)) => (tested.status, before.polled.digest, None),
            None => (before.polled.status, before.polled.digest, before.answers.clone()),
        };
        let ended = Ended {
            connection_revision: outgoing.poll.connection_revision,
            status,
            digest,
            answers,
        };
        let other = before.polled.connection_revision != ended.connection_revision;
        plan.ended(id, now, interval, ended);
        // Who waits for the present connection is told when that one was tried.
        if !other {
            plan.tell_waiters(id, status);
        }
    }
    drop(plan);
    workspace.state::<Poller>().0.wake.notify_one();
}

/// Stores what changed, all of it or nothing, with the contacts: a person who waits for the outcome finds both.
async fn store_changed(workspace: &Workspace, changed: &[(&Poll, &Tested)], now: Time) -> Outcome<()> {
    let mut transaction = workspace.database.begin().await?;
    let mut contacts = Vec::new();
    for (poll, tested) in changed {
        let applied = apply(&mut transaction, poll.id, Some(poll.connection_revision), tested).await?;
        if applied && rules::answered(tested.status) {
            contacts.push(poll.contact(now));
        }
    }
    store::touch(transaction.connection(), &contacts).await?;
    transaction.commit().await
}

/// The causes a contact settles in any case, and those only a reading settles.
const CONTACT_CAUSES: &[AlarmCause] = &[
    AlarmCause::NoContact,
    AlarmCause::AccessRefused,
    AlarmCause::CertificateChanged,
    AlarmCause::CertificateExpiring,
];
const READING_CAUSES: &[AlarmCause] = &[
    AlarmCause::ServiceStopped,
    AlarmCause::SystemStopped,
    AlarmCause::LicenceExpired,
];

/// The connection is another one by now and was not tried: what the old one said does not hold any more (CUS-11).
///
/// # Errors
/// Database errors.
pub async fn begin_anew(transaction: &mut Transaction, id: OrganizationId) -> Outcome<()> {
    let now = transaction.now();
    if store::standing(transaction.connection(), id).await?.is_none() {
        return Ok(());
    }
    store::forget_contact(transaction.connection(), now, id).await?;
    let state = crate::systems::rules::state_without_reading(ConnectivityStatus::NeverTried);
    let changed = crate::systems::store::set_state(transaction.connection(), id, state).await?;
    transaction.changed(crate::systems::types::CHANGES, changed.iter().map(|system| system.0));
    let cleared = alarms::store::settle(
        transaction.connection(),
        now,
        id,
        &HashMap::new(),
        CONTACT_CAUSES,
        &[],
    )
    .await?;
    if !cleared.is_empty() {
        transaction.membership_changed(crate::alarms::types::CHANGES, cleared.iter().map(|alarm| alarm.0));
    }
    Ok(())
}

/// Takes a contact's outcome in: status, systems, services, licences, alarms, label memberships (CUS-41). With
/// `connection_revision` only if the customer is still reached by that edition of its connection.
///
/// # Errors
/// Database errors. Gives whether the outcome is one of the customer as it is now.
pub async fn apply(
    transaction: &mut Transaction,
    id: OrganizationId,
    connection_revision: Option<i64>,
    tested: &Tested,
) -> Outcome<bool> {
    let now = transaction.now();
    let Some(before) = store::standing(transaction.connection(), id).await? else {
        return Ok(false);
    };
    if connection_revision.is_some_and(|revision| revision != before.connection_revision) {
        return Ok(false);
    }
    if tested.status != before.status {
        tracing::info!(
            customer = %id,
            before = ?before.status,
            after = ?tested.status,
            detail = tested.detail,
            "the connection has another status"
        );
    }
    store::record_contact(transaction.connection(), now, id, &before, tested).await?;
    let until = store::certificate_until(transaction.connection(), id).await?;
    let mut wanted = alarms::rules::of_status(tested.status, until, now);
    let mut scope = CONTACT_CAUSES.to_vec();
    let mut systems = HashMap::new();
    match &tested.reading {
        Some(reading) => {
            let applied = crate::systems::store::apply(
                transaction.connection(),
                now,
                id,
                &before.name,
                before.folder,
                &reading.systems,
            )
            .await?;
            transaction.changed(crate::systems::types::CHANGES, applied.changed.iter().map(|system| system.0));
            if !applied.came.is_empty() || !applied.went.is_empty() {
                transaction.membership_changed(
                    crate::systems::types::CHANGES,
                    applied.came.iter().chain(&applied.went).map(|system| system.0),
                );
            }
            systems = applied.ids;
            wanted.extend(alarms::rules::of_reading(reading, now));
            scope.extend(READING_CAUSES);
            let same = reading.provider.as_deref().unwrap_or_default() == before.provider
                && reading.reseller.as_deref().unwrap_or_default() == before.reseller;
            if !same {
                let touched = crate::accounts::labels::apply(
                    transaction.connection(),
                    crate::accounts::labels::LabelScope::Organization(id),
                )
                .await?;
                crate::accounts::labels::tell(transaction, &touched);
            }
        }
        None => {
            if rules::connection_of(tested.status) != ConnectionState::Connected {
                let state = crate::systems::rules::state_without_reading(tested.status);
                let changed = crate::systems::store::set_state(transaction.connection(), id, state).await?;
                transaction.changed(crate::systems::types::CHANGES, changed.iter().map(|system| system.0));
            }
            // Licences run on without contact.
            let lines = || before.licences.iter();
            let state = rules::licence_state(
                lines().map(|line| (line.valid, line.expires)),
                now.utc().date_naive(),
            );
            if state != before.licence_state {
                store::set_licence_state(transaction.connection(), id, state).await?;
            }
            let licences = lines().map(|line| (line.licence_type.as_str(), line.valid, line.expires));
            wanted.extend(alarms::rules::of_licences(licences, now));
            scope.push(AlarmCause::LicenceExpired);
        }
    }
    let moved = alarms::store::settle(transaction.connection(), now, id, &systems, &scope, &wanted).await?;
    if !moved.is_empty() {
        transaction.membership_changed(crate::alarms::types::CHANGES, moved.iter().map(|alarm| alarm.0));
    }
    transaction.changed(crate::customers::types::CHANGES, [id.0]);
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::customers::types::ProxyChoice;
    use flotilla_connectors::{Endpoint, secret::Secret};
    use proptest::prelude::*;

    fn polled(count: usize) -> Vec<Polled> {
        (0..count)
            .map(|place| Polled {
                id: OrganizationId::new(Time(1_000 + i64::try_from(place).expect("small"))),
                target: Target {
                    endpoint: Endpoint::parse("127.0.0.1", 8443).expect("an address"),
                    user_name: "COMAdmin".into(),
                    password: Secret::new("x"),
                    proxy: ProxyChoice::Direct,
                    pin: None,
                },
                status: ConnectivityStatus::Success,
                failures: 0,
                digest: Some([0; 32]),
                connection_revision: 0,
            })
            .collect()
    }

    fn ended(status: ConnectivityStatus) -> Ended {
        Ended {
            connection_revision: 0,
            status,
            digest: None,
            answers: None,
        }
    }

    /// Runs the plan for `rounds` intervals with polls that take no time; gives the starts.
    fn starts(count: usize, interval: i64, rounds: i64) -> Vec<(Time, OrganizationId)> {
        let mut plan = Plan::default();
        let mut now = Time(0);
        plan.load(polled(count), now, interval);
        let mut paced_until = now;
        let mut starts = Vec::new();
        while now.0 < interval * rounds {
            match plan.next(now, paced_until) {
                Next::Poll(poll) => {
                    starts.push((now, poll.id));
                    paced_until = now.plus(rules::pace(interval, count));
                    plan.ended(poll.id, now, interval, ended(ConnectivityStatus::Success));
                }
                Next::At(at) => now = at,
                Next::Nothing => break,
            }
        }
        starts
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]

        /// CUS-40: every system once an interval, and no second with more than twice the average (rounded up).
        #[test]
        fn rounds_are_complete_and_even(count in 1_usize..600, interval in 15_i64..120) {
            let interval = seconds(interval);
            let starts = starts(count, interval, 3);
            let mut per_customer: HashMap<OrganizationId, Vec<Time>> = HashMap::new();
            let mut per_second: HashMap<i64, usize> = HashMap::new();
            for (at, id) in starts {
                per_customer.entry(id).or_default().push(at);
                *per_second.entry(at.0 / 1_000).or_default() += 1;
            }
            prop_assert_eq!(per_customer.len(), count);
            for times in per_customer.values() {
                prop_assert_eq!(times.len(), 3);
                for pair in times.windows(2) {
                    prop_assert!((pair[1].since(pair[0]) - interval).abs() <= 1_000);
                }
            }
            let average = count as f64 * 1_000.0 / interval as f64;
            let most = per_second.values().copied().max().unwrap_or(0);
            prop_assert!(most as f64 <= (2.0 * average).ceil() + 1.0, "{most} in a second, {average} on average");
        }
    }

    /// CUS-40: who does not answer is asked less and less often; who was asked for by a person goes first.
    #[test]
    fn failures_back_off_and_refresh_goes_first() {
        let interval = seconds(60);
        let mut plan = Plan::default();
        let customers = polled(2);
        let (first, second) = (customers[0].id, customers[1].id);
        plan.load(customers, Time(0), interval);
        plan.urgent.push(second);
        let Next::Poll(poll) = plan.next(Time(0), Time(0)) else {
            panic!("somebody is due")
        };
        assert_eq!(poll.id, second);
        plan.ended(second, Time(0), interval, ended(ConnectivityStatus::Unreachable));
        plan.ended(second, Time(0), interval, ended(ConnectivityStatus::Unreachable));
        plan.ended(second, Time(0), interval, ended(ConnectivityStatus::Unreachable));
        assert_eq!(plan.customers[&second].due, Time(seconds(240)));
        plan.ended(second, Time(0), interval, ended(ConnectivityStatus::Success));
        assert!(plan.customers[&second].due <= Time(interval * 4 + interval));
        assert_eq!(plan.customers[&first].polled.failures, 0);
    }
}
