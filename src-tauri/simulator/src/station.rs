//! What every system has, whatever it speaks: address, certificate, faults, counters, connections, and what is kept.
use crate::dates::Lifetime;
use crate::fault::{Fault, FaultRule, Faults};
use crate::identity::{Identity, Kept};
use parking_lot::Mutex;
use rustls::ServerConfig;
use serde::Serialize;
use serde_json::Value;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::{Notify, watch};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

/// What has happened at a system since it started, so that a test can prove what was not sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Counters {
    /// TCP connections.
    pub connections: u64,
    /// Finished TLS handshakes.
    pub handshakes: u64,
    /// HTTP requests.
    pub requests: u64,
    /// Bytes of `Authorization` and `Cookie` headers received.
    pub credential_bytes: u64,
    /// Sessions opened.
    pub sign_ins: u64,
    /// Sessions closed by the client.
    pub sign_outs: u64,
    /// Refused for user, password or rights.
    pub refusals: u64,
    /// Accounts locked for a time after too many refusals in a row.
    pub lock_outs: u64,
    /// Sessions open now.
    pub open_sessions: u64,
    /// The most that were open at once.
    pub most_open_sessions: u64,
}

impl Counters {
    pub(crate) fn add(&mut self, other: Counters) {
        self.connections += other.connections;
        self.handshakes += other.handshakes;
        self.requests += other.requests;
        self.credential_bytes += other.credential_bytes;
        self.sign_ins += other.sign_ins;
        self.sign_outs += other.sign_outs;
        self.refusals += other.refusals;
        self.lock_outs += other.lock_outs;
        self.open_sessions += other.open_sessions;
        self.most_open_sessions = self.most_open_sessions.max(other.most_open_sessions);
    }
}

#[derive(Default)]
pub(crate) struct Tally {
    pub(crate) connections: AtomicU64,
    pub(crate) handshakes: AtomicU64,
    pub(crate) requests: AtomicU64,
    pub(crate) credential_bytes: AtomicU64,
    pub(crate) sign_ins: AtomicU64,
    pub(crate) sign_outs: AtomicU64,
    pub(crate) refusals: AtomicU64,
    pub(crate) lock_outs: AtomicU64,
    pub(crate) open_sessions: AtomicU64,
    pub(crate) most_open_sessions: AtomicU64,
}

pub(crate) fn count(counter: &AtomicU64, amount: u64) {
    counter.fetch_add(amount, Ordering::Relaxed);
}

impl Tally {
    pub(crate) fn read(&self) -> Counters {
        let value = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        Counters {
            connections: value(&self.connections),
            handshakes: value(&self.handshakes),
            requests: value(&self.requests),
            credential_bytes: value(&self.credential_bytes),
            sign_ins: value(&self.sign_ins),
            sign_outs: value(&self.sign_outs),
            refusals: value(&self.refusals),
            lock_outs: value(&self.lock_outs),
            open_sessions: value(&self.open_sessions),
            most_open_sessions: value(&self.most_open_sessions),
        }
    }
}

/// The certificates of a system, each made when it is first shown.
#[derive(Default)]
struct Shown {
    ordinary: Option<Arc<ServerConfig>>,
    wrong: Option<Arc<ServerConfig>>,
    expired: Option<Arc<ServerConfig>>,
}

/// One listening system.
pub(crate) struct Station {
    address: Mutex<SocketAddr>,
    /// Where it speaks in clear.
    pub(crate) plain: Option<SocketAddr>,
    pub(crate) faults: Faults,
    pub(crate) tally: Tally,
    serial_number: String,
    /// Of its first certificate.
    lifetime: Lifetime,
    /// Of every one that takes its place.
    renewed: Lifetime,
    kept: Mutex<Kept>,
    kept_file: Option<PathBuf>,
    shown: Mutex<Shown>,
    away_until: Mutex<Option<Instant>>,
    stop: CancellationToken,
    /// Ends the connections of the moment.
    connections: Mutex<CancellationToken>,
    /// Where it listens next, until whoever accepts takes it.
    successor: Mutex<Option<TcpListener>>,
    moved: Notify,
    /// Whether it listens where it was as well, because whoever accepts has not moved yet.
    moving: watch::Sender<bool>,
    /// Ends what is streamed in this life.
    streams: Mutex<CancellationToken>,
    /// Which life it is: a connection of an earlier one is answered nothing more.
    life: AtomicU64,
}

/// So long away that only clearing its faults brings a system back.
const FOR_GOOD: Duration = Duration::from_secs(365 * 24 * 3600);

impl Station {
    pub(crate) fn new(
        address: SocketAddr,
        serial_number: &str,
        seed: u64,
        index: u64,
        kept_file: Option<PathBuf>,
        (lifetime, renewed): (Lifetime, Lifetime),
        stop: &CancellationToken,
    ) -> Self {
        Self {
            address: Mutex::new(address),
            plain: None,
            faults: Faults::new(seed, index),
            tally: Tally::default(),
            serial_number: serial_number.to_string(),
            lifetime,
            renewed,
            kept: Mutex::new(kept_file.as_deref().map(Kept::read).unwrap_or_default()),
            kept_file,
            shown: Mutex::new(Shown::default()),
            away_until: Mutex::new(None),
            stop: stop.clone(),
            connections: Mutex::new(stop.child_token()),
            successor: Mutex::new(None),
            moved: Notify::new(),
            moving: watch::Sender::new(false),
            streams: Mutex::new(stop.child_token()),
            life: AtomicU64::new(0),
        }
    }

    /// Where it listens.
    pub(crate) fn address(&self) -> SocketAddr {
        *self.address.lock()
    }

    /// Listens there from now on, and nowhere else. Its certificate goes with it. What is being answered is answered;
    /// every other connection ends when it is used.
    pub(crate) fn move_to(&self, address: SocketAddr, listener: TcpListener) {
        *self.address.lock() = address;
        {
            let mut kept = self.kept.lock();
            if let Some(identity) = &mut kept.identity {
                identity.goes_to(&address.ip().to_string());
                self.keep(&kept);
            }
        }
        *self.successor.lock() = Some(listener);
        self.moving.send_replace(true);
        self.begin_another_life();
        self.moved.notify_one();
    }

    /// Listens there from the start on. Nobody has connected yet.
    pub(crate) fn begin_at(&self, address: SocketAddr) {
        *self.address.lock() = address;
        let mut kept = self.kept.lock();
        if let Some(identity) = &mut kept.identity {
            identity.goes_to(&address.ip().to_string());
        }
    }

    /// Waits until it listens somewhere else, and gives that.
    pub(crate) async fn next_listener(&self) -> TcpListener {
        loop {
            self.moved.notified().await;
            if let Some(listener) = self.successor.lock().take() {
                return listener;
            }
        }
    }

    /// It listens at its new place only.
    pub(crate) fn has_moved(&self) {
        self.moving.send_replace(false);
    }

    /// Waits while it still listens where it was.
    pub(crate) async fn until_moved(&self) {
        // The sender is this one, and outlives the wait.
        let _ = self.moving.subscribe().wait_for(|moving| !moving).await;
    }

    /// Away from now on for so long; None: until its faults are cleared. What is being answered is answered.
    pub(crate) fn leave(&self, duration: Option<Duration>) {
        *self.away_until.lock() = Some(Instant::now() + duration.unwrap_or(FOR_GOOD));
        self.begin_another_life();
    }

    fn begin_another_life(&self) {
        self.life.fetch_add(1, Ordering::SeqCst);
        let ended = std::mem::replace(&mut *self.streams.lock(), self.stop.child_token());
        ended.cancel();
    }

    /// What a stream that begins now ends by: another life, or the end of its connection.
    pub(crate) fn stream_ends(&self) -> [CancellationToken; 2] {
        [self.streams.lock().clone(), self.connection_end()]
    }

    /// A connection keeps the one it was accepted in.
    pub(crate) fn life(&self) -> u64 {
        self.life.load(Ordering::SeqCst)
    }

    /// What it keeps besides, as it was last given.
    pub(crate) fn settings(&self) -> Option<Value> {
        self.kept.lock().settings.clone()
    }

    /// Keeps that over a restart of the fleet, where the fleet has a folder for it.
    pub(crate) fn keep_settings(&self, settings: Value) {
        let mut kept = self.kept.lock();
        kept.settings = Some(settings);
        self.keep(&kept);
    }

    pub(crate) fn version(&self) -> Option<String> {
        self.kept.lock().version.clone()
    }

    pub(crate) fn set_version(&self, version: &str) {
        let mut kept = self.kept.lock();
        kept.version = Some(version.to_string());
        self.keep(&kept);
    }

    /// Counts a start. Gives which one it is, over all fleets with this state folder.
    pub(crate) fn boot(&self) -> u64 {
        let mut kept = self.kept.lock();
        kept.boots = kept.boots.saturating_add(1);
        self.keep(&kept);
        kept.boots
    }

    /// How many starts were counted.
    pub(crate) fn boots(&self) -> u64 {
        self.kept.lock().boots
    }

    fn keep(&self, kept: &Kept) {
        if let Some(path) = &self.kept_file
            && let Err(error) = kept.write(path)
        {
            tracing::warn!(%error, path = %path.display(), "the state of a system could not be kept");
        }
    }

    fn make(&self, lifetime: Lifetime) -> anyhow::Result<Identity> {
        Ok(Identity::new(
            &self.address().ip().to_string(),
            &self.serial_number,
            lifetime,
        )?)
    }

    /// Its certificate, made if this is the first time.
    pub(crate) fn identity(&self) -> anyhow::Result<Identity> {
        let mut kept = self.kept.lock();
        let host = self.address().ip().to_string();
        if let Some(identity) = kept.identity.as_ref().filter(|one| one.is_for(&host)) {
            return Ok(identity.clone());
        }
        let identity = self.make(self.lifetime)?;
        kept.identity = Some(identity.clone());
        self.keep(&kept);
        Ok(identity)
    }

    /// Another certificate from now on. Connections and remembered sessions end, so that nobody goes on with
    /// the old one.
    pub(crate) fn change_certificate(&self) -> anyhow::Result<Identity> {
        let identity = self.make(self.renewed)?;
        {
            // Always in this order: what is shown, then what is kept.
            let mut shown = self.shown.lock();
            let mut kept = self.kept.lock();
            kept.identity = Some(identity.clone());
            self.keep(&kept);
            shown.ordinary = None;
        }
        self.disconnect();
        Ok(identity)
    }

    /// The configuration for the next handshake.
    pub(crate) fn tls(&self) -> anyhow::Result<Arc<ServerConfig>> {
        let due = self.faults.peek(|fault| match fault {
            Fault::NewCertificateAfter { sign_outs } => Some(sign_outs),
            _ => None,
        });
        if due.is_some_and(|sign_outs| self.tally.read().sign_outs >= sign_outs)
            && self
                .faults
                .remove(|fault| matches!(fault, Fault::NewCertificateAfter { .. }))
        {
            self.change_certificate()?;
        }
        if self.faults.happens(Fault::WrongCertificate) {
            let mut shown = self.shown.lock();
            return reuse_or(&mut shown.wrong, || self.make(self.renewed));
        }
        if self.faults.happens(Fault::ExpiredCertificate) {
            let mut shown = self.shown.lock();
            return reuse_or(&mut shown.expired, || self.make(Lifetime::expired()));
        }
        let mut shown = self.shown.lock();
        reuse_or(&mut shown.ordinary, || self.identity())
    }

    /// Ends what is connected now.
    pub(crate) fn disconnect(&self) {
        let ended = std::mem::replace(&mut *self.connections.lock(), self.stop.child_token());
        ended.cancel();
    }

    /// What a connection accepted now ends by.
    pub(crate) fn connection_end(&self) -> CancellationToken {
        self.connections.lock().clone()
    }

    pub(crate) fn is_away(&self) -> bool {
        let mut away = self.away_until.lock();
        let now_away = away.is_some_and(|until| until > Instant::now());
        if !now_away {
            *away = None;
        }
        now_away
    }

    /// Whether the rule is an event of its own; that one has then happened.
    pub(crate) fn set(&self, rule: FaultRule) -> bool {
        let disconnects = rule.fault.shows_when_connecting();
        let event = if let Fault::Reboot { seconds } = rule.fault {
            let seconds = seconds.min(24 * 3600);
            *self.away_until.lock() = Some(Instant::now() + Duration::from_secs(seconds));
            true
        } else {
            self.faults.add(rule);
            false
        };
        if disconnects {
            self.disconnect();
        }
        event
    }

    pub(crate) fn clear(&self) {
        let was_away = self.away_until.lock().take().is_some();
        let cleared = self.faults.clear();
        self.shown.lock().wrong = None;
        if was_away || cleared.iter().any(|rule| rule.fault.shows_when_connecting()) {
            self.disconnect();
        }
    }
}

fn reuse_or(
    place: &mut Option<Arc<ServerConfig>>,
    make: impl FnOnce() -> anyhow::Result<Identity>,
) -> anyhow::Result<Arc<ServerConfig>> {
    if let Some(config) = place {
        return Ok(config.clone());
    }
    let config = make()?.tls()?;
    *place = Some(config.clone());
    Ok(config)
}
