//! Which connection is polled when (CUS-40). Pure: time is passed in.

use super::probe::{self, Target};
use super::rules;
use super::store::{ContactMade, Polled};
use super::tries::By;
use super::types::ConnectivityStatus;
use flotilla_connectors::ip_office::Answers;
use flotilla_kernel::clock::Time;
use flotilla_kernel::error::ErrorCode;
use flotilla_kernel::ids::ConnectionId;
use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};
use tokio::sync::oneshot;

/// What is polled, and when.
#[derive(Default)]
pub(super) struct Plan {
    pub(super) connections: HashMap<ConnectionId, PolledConnection>,
    pub(super) due: BinaryHeap<Reverse<(Time, ConnectionId)>>,
    /// A person waits for these; they go first and do not wait for the pace.
    pub(super) urgent: Vec<ConnectionId>,
    pub(super) waiters: HashMap<ConnectionId, Vec<Waiter>>,
    pub(super) in_flight: usize,
    pub(super) since: Option<Time>,
    pub(super) polls: i64,
    /// How long the last round took, for each connection that is not backed off: smoothed.
    pub(super) round: f64,
    pub(super) last_error: Option<ErrorCode>,
}

/// Somebody who waits for a poll that begins after they asked: one that is under way may have read what was before that.
pub(super) struct Waiter {
    sender: oneshot::Sender<ConnectivityStatus>,
    /// The poll under way began after they asked.
    served: bool,
}

impl Waiter {
    /// Nobody waits any more.
    pub(super) fn is_gone(&self) -> bool {
        self.sender.is_closed()
    }
}

pub(super) struct PolledConnection {
    pub(super) polled: Polled,
    /// What it answered last, on which day, if that is stored.
    pub(super) answers: Option<(i64, Answers)>,
    /// How often in a row the user or the password was refused, as far as that is stored.
    pub(super) refusals: u32,
    pub(super) due: Time,
    pub(super) started: Option<Time>,
    pub(super) busy: bool,
}

impl Plan {
    /// Takes over what is stored now; what is known keeps its place in the round, what is new is spread over it.
    pub(super) fn load(&mut self, polled: Vec<Polled>, now: Time, interval: i64) {
        let mut before = std::mem::take(&mut self.connections);
        self.due.clear();
        let count = i64::try_from(polled.len().max(1)).unwrap_or(i64::MAX);
        for (place, polled) in (0_i64..).zip(polled) {
            let known = before.remove(&polled.id);
            self.place(
                polled,
                known,
                now,
                interval,
                interval.saturating_mul(place) / count,
            );
        }
        // Who waits for a connection that is gone waits no longer.
        self.waiters.retain(|id, _| self.connections.contains_key(id));
    }

    /// Takes over what is stored now of these connections alone; those of `ids` that are not in `polled` are gone.
    pub(super) fn update(&mut self, ids: &[ConnectionId], polled: Vec<Polled>, now: Time, interval: i64) {
        let mut before: HashMap<ConnectionId, PolledConnection> = ids
            .iter()
            .filter_map(|id| self.connections.remove_entry(id))
            .collect();
        for polled in polled {
            let known = before.remove(&polled.id);
            self.place(polled, known, now, interval, 0);
        }
        // Who waits for one that is gone, or was never there, waits no longer.
        for id in ids {
            if !self.connections.contains_key(id) {
                self.waiters.remove(id);
            }
        }
    }

    /// Puts one connection into the plan; `wait` is how long one that nobody knows waits for its first poll.
    fn place(
        &mut self,
        mut polled: Polled,
        known: Option<PolledConnection>,
        now: Time,
        interval: i64,
        wait: i64,
    ) {
        // What is stored says by having no digest that it has to be read anew.
        let same = known.as_ref().is_some_and(|known| {
            known.polled.edition == polled.edition
                && (polled.digest.is_some() || known.polled.digest.is_none())
        });
        let mut answers = None;
        let mut refusals = 0;
        let (due, started, busy) = match known {
            Some(known) => {
                if same {
                    answers = known.answers;
                    refusals = known.refusals;
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
            // Never tried ones first; one that was just saved should not wait a round.
            None if polled.status == ConnectivityStatus::NeverTried && polled.digest.is_none() => {
                (now, None, false)
            }
            None => (now.plus(wait), None, false),
        };
        self.due.push(Reverse((due, polled.id)));
        self.connections.insert(
            polled.id,
            PolledConnection {
                polled,
                answers,
                refusals,
                due,
                started,
                busy,
            },
        );
    }

    /// A poll came to no end at all: the connection is polled again after an interval.
    pub(super) fn broke_off(&mut self, id: ConnectionId, now: Time, interval: i64) {
        self.waiters.remove(&id);
        if let Some(connection) = self.connections.get_mut(&id) {
            connection.busy = false;
            connection.due = now.plus(interval);
            self.due.push(Reverse((connection.due, id)));
        }
    }

    /// As if nothing was ever polled by this process; who waits goes on waiting.
    pub(super) fn restart(&mut self, now: Time) {
        self.urgent = self.waiters.keys().copied().collect();
        for waiter in self.waiters.values_mut().flatten() {
            waiter.served = false;
        }
        self.connections.clear();
        self.due.clear();
        self.in_flight = 0;
        self.polls = 0;
        self.round = 0.0;
        self.last_error = None;
        self.since = Some(now);
    }

    /// The next connection to poll now, or when there will be one.
    pub(super) fn next(&mut self, now: Time, paced_until: Time) -> Next {
        while let Some(id) = self.urgent.pop() {
            if let Some(connection) = self.connections.get_mut(&id)
                && !connection.busy
            {
                let by = serve(&mut self.waiters, id);
                return connection.poll(id, now, by);
            }
        }
        while let Some(&Reverse((due, id))) = self.due.peek() {
            let current = self
                .connections
                .get(&id)
                .is_some_and(|connection| connection.due == due && !connection.busy);
            if !current {
                self.due.pop();
                continue;
            }
            let at = due.max(paced_until);
            if at > now {
                return Next::At(at);
            }
            self.due.pop();
            if let Some(connection) = self.connections.get_mut(&id) {
                if let Some(started) = connection
                    .started
                    .replace(now)
                    .filter(|_| connection.polled.failures == 0)
                {
                    let took = now.since(started) as f64;
                    self.round = if self.round > 0.0 {
                        self.round * 0.98 + took * 0.02
                    } else {
                        took
                    };
                }
                let by = serve(&mut self.waiters, id);
                return connection.poll(id, now, by);
            }
        }
        Next::Nothing
    }

    /// A poll has ended: when it comes next.
    pub(super) fn ended(&mut self, id: ConnectionId, now: Time, interval: i64, ended: Ended) {
        self.polls += 1;
        let Some(connection) = self.connections.get_mut(&id) else {
            return;
        };
        connection.busy = false;
        if connection.polled.edition != ended.edition {
            // It was another connection that was tried; this one is tried at once.
            connection.due = now;
            self.due.push(Reverse((now, id)));
            if let Some(waiters) = self.waiters.get_mut(&id) {
                waiters.iter_mut().for_each(|waiter| waiter.served = false);
                self.urgent.push(id);
            }
            return;
        }
        connection.answers = ended.answers;
        connection.refusals = ended.refusals;
        connection.polled.digest = ended.digest;
        connection.polled.status = ended.status;
        connection.polled.failures = if rules::backs_off(ended.status) {
            connection.polled.failures.saturating_add(1)
        } else {
            0
        };
        connection.due = match connection.polled.failures {
            0 => rules::next_due(connection.due, now, interval),
            failures => now.plus(rules::back_off(interval, failures)),
        };
        self.due.push(Reverse((connection.due, id)));
    }

    /// Somebody waits for this connection, from now on.
    pub(super) fn wait(&mut self, id: ConnectionId) -> oneshot::Receiver<ConnectivityStatus> {
        let (sender, receiver) = oneshot::channel();
        self.waiters.entry(id).or_default().push(Waiter {
            sender,
            served: false,
        });
        self.urgent.push(id);
        receiver
    }

    /// A poll of the present connection has ended so. Who asked while it was under way waits for the next one, which comes at once.
    pub(super) fn tell_waiters(&mut self, id: ConnectionId, status: ConnectivityStatus) {
        let waiters = self.waiters.remove(&id).unwrap_or_default();
        let (served, mut later): (Vec<_>, Vec<_>) = waiters.into_iter().partition(|waiter| waiter.served);
        for waiter in served {
            // Who waited may have gone.
            let _ = waiter.sender.send(status);
        }
        later.retain(|waiter| !waiter.is_gone());
        if !later.is_empty() {
            self.waiters.insert(id, later);
            self.urgent.push(id);
        }
    }
}

/// A poll of this connection begins: it is for all who wait for it by now, or the poller's own.
fn serve(waiters: &mut HashMap<ConnectionId, Vec<Waiter>>, id: ConnectionId) -> By {
    let mut by = By::Poller;
    for waiter in waiters.get_mut(&id).into_iter().flatten() {
        waiter.served = true;
        by = By::Person;
    }
    by
}

/// How a poll ended, for the plan.
pub(super) struct Ended {
    /// Of the connection that was tried.
    pub(super) edition: i64,
    pub(super) status: ConnectivityStatus,
    pub(super) digest: Option<[u8; 32]>,
    pub(super) answers: Option<(i64, Answers)>,
    /// Refusals in a row that are stored.
    pub(super) refusals: u32,
}

impl PolledConnection {
    /// Whether what was read is stored already. A second refusal in a row is not, though it says what the first one said (DEV-11).
    pub(super) fn knows(&self, status: ConnectivityStatus, digest: [u8; 32]) -> bool {
        self.polled.digest == Some(digest) && !(rules::refused(status) && self.refusals == 1)
    }

    /// Puts it to be polled now. Once a day everything is read, whatever it answered last.
    pub(super) fn poll(&mut self, id: ConnectionId, now: Time, by: By) -> Next {
        self.busy = true;
        let today = probe::day(now);
        let known = self.answers.as_ref().filter(|(day, _)| *day == today);
        Next::Poll(Box::new(Poll {
            id,
            target: self.polled.target.clone(),
            edition: self.polled.edition,
            by,
            known: known.map(|(_, answers)| answers.clone()),
        }))
    }
}

/// A poll that is due.
pub(super) struct Poll {
    pub(super) id: ConnectionId,
    pub(super) target: Target,
    pub(super) edition: i64,
    /// Who wants it.
    pub(super) by: By,
    /// What it is known to answer.
    pub(super) known: Option<Answers>,
}

impl Poll {
    pub(super) fn contact(&self, at: Time) -> ContactMade {
        ContactMade {
            id: self.id,
            at,
            edition: Some(self.edition),
        }
    }
}

pub(super) enum Next {
    Poll(Box<Poll>),
    At(Time),
    Nothing,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::connections::types::ConnectionKind;
    use crate::connections::types::ProxyChoice;
    use flotilla_connectors::{Endpoint, secret::Secret};
    use flotilla_kernel::clock::seconds;
    use flotilla_kernel::ids::OrganizationId;
    use proptest::prelude::*;

    fn polled(count: usize) -> Vec<Polled> {
        (0..count)
            .map(|place| Polled {
                id: ConnectionId::new(Time(1_000 + i64::try_from(place).expect("small"))),
                organization: OrganizationId::new(Time(1)),
                target: Target {
                    kind: ConnectionKind::IpOffice,
                    endpoint: Endpoint::parse("127.0.0.1", 8443).expect("an address"),
                    user_name: "COMAdmin".into(),
                    password: Secret::new("x"),
                    proxy: ProxyChoice::Direct,
                    pin: None,
                },
                status: ConnectivityStatus::Success,
                failures: 0,
                digest: Some([0; 32]),
                edition: 0,
                monitored: true,
            })
            .collect()
    }

    fn ended(status: ConnectivityStatus) -> Ended {
        Ended {
            edition: 0,
            status,
            digest: None,
            answers: None,
            refusals: 0,
        }
    }

    /// Runs the plan for `rounds` intervals with polls that take no time; gives the starts.
    fn starts(count: usize, interval: i64, rounds: i64) -> Vec<(Time, ConnectionId)> {
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
            let mut per_connection: HashMap<ConnectionId, Vec<Time>> = HashMap::new();
            let mut per_second: HashMap<i64, usize> = HashMap::new();
            for (at, id) in starts {
                per_connection.entry(id).or_default().push(at);
                *per_second.entry(at.0 / 1_000).or_default() += 1;
            }
            prop_assert_eq!(per_connection.len(), count);
            for times in per_connection.values() {
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
        let connections = polled(2);
        let (first, second) = (connections[0].id, connections[1].id);
        plan.load(connections, Time(0), interval);
        plan.urgent.push(second);
        let Next::Poll(poll) = plan.next(Time(0), Time(0)) else {
            panic!("somebody is due")
        };
        assert_eq!(poll.id, second);
        plan.ended(second, Time(0), interval, ended(ConnectivityStatus::Unreachable));
        plan.ended(second, Time(0), interval, ended(ConnectivityStatus::Unreachable));
        plan.ended(second, Time(0), interval, ended(ConnectivityStatus::Unreachable));
        assert_eq!(plan.connections[&second].due, Time(seconds(240)));
        plan.ended(second, Time(0), interval, ended(ConnectivityStatus::Success));
        assert!(plan.connections[&second].due <= Time(interval * 4 + interval));
        assert_eq!(plan.connections[&first].polled.failures, 0);
    }

    /// CUS-40: *Refresh* is answered by a poll that began after it was asked for, not by one that was under way.
    #[test]
    fn who_asks_waits_for_a_poll_that_begins_afterwards() {
        let interval = seconds(60);
        let mut plan = Plan::default();
        let connections = polled(1);
        let id = connections[0].id;
        plan.load(connections, Time(0), interval);
        let next = |plan: &mut Plan| match plan.next(Time(0), Time(0)) {
            Next::Poll(poll) => Some(poll.id),
            Next::At(_) | Next::Nothing => None,
        };
        assert_eq!(next(&mut plan), Some(id));
        let mut asked = plan.wait(id);
        assert_eq!(next(&mut plan), None, "it is polled once at a time");
        plan.ended(id, Time(0), interval, ended(ConnectivityStatus::Unreachable));
        plan.tell_waiters(id, ConnectivityStatus::Unreachable);
        assert!(asked.try_recv().is_err(), "that poll began before");
        assert_eq!(next(&mut plan), Some(id));
        plan.ended(id, Time(0), interval, ended(ConnectivityStatus::Success));
        plan.tell_waiters(id, ConnectivityStatus::Success);
        assert_eq!(asked.try_recv(), Ok(ConnectivityStatus::Success));
        assert!(plan.waiters.is_empty());
    }

    /// CUS-40: one connection was saved: it alone is looked at, the others keep their places; one that was removed is polled no
    /// more.
    #[test]
    fn one_connection_is_looked_at_alone() {
        let interval = seconds(60);
        let mut plan = Plan::default();
        let connections = polled(3);
        let ids: Vec<ConnectionId> = connections.iter().map(|one| one.id).collect();
        plan.load(connections.clone(), Time(0), interval);
        let places: Vec<Time> = ids.iter().map(|id| plan.connections[id].due).collect();
        let mut changed = connections[2].clone();
        changed.edition += 1;
        plan.update(&[ids[1], ids[2]], vec![changed], Time(seconds(5)), interval);
        assert_eq!(plan.connections[&ids[0]].due, places[0]);
        assert!(!plan.connections.contains_key(&ids[1]));
        assert_eq!(plan.connections[&ids[2]].due, Time(seconds(5)));
    }
}
