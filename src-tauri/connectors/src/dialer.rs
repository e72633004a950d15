//! Connections that are kept: one HTTP client per endpoint and trust, and the rules of talking through it.
//!
//! Invariants: no byte of HTTP, and so no credential, leaves before the certificate was accepted (CUS-15,
//! CRT-11); a connection accepted under one [`Trust`] is never used under another; every answer is limited
//! in size and time (SEC-04, VPX-05).
use crate::Obstacle;
use crate::endpoint::{Endpoint, Proxy};
use crate::one_connection::OneConnection;
use crate::trust::{Certificate, Distrust, Trust, Verifier, plain_text};
use bytes::{Bytes, BytesMut};
use http::{HeaderMap, Method, StatusCode};
use parking_lot::Mutex;
use rustls::crypto::CryptoProvider;
use std::collections::HashMap;
use std::error::Error;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};
use tokio_util::task::TaskTracker;

/// How long and how much (VPX-05, SEC-04).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// For TCP, proxy and TLS together.
    pub connect: Duration,
    /// For a whole probe.
    pub probe: Duration,
    /// For one ordinary call, from dialling to the last byte of the answer.
    pub call: Duration,
    /// Longest body of an answer, in bytes.
    pub body: usize,
    /// How long an unused connection is kept. Longer than the usual polling interval.
    pub idle: Duration,
    /// After this long the client is made anew, so that a certificate is looked at even where the system
    /// goes on with an old TLS session.
    pub renew: Duration,
    /// How many systems keep their connection at the same time.
    pub kept: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(5),
            probe: Duration::from_secs(5),
            call: Duration::from_secs(15),
            body: 4 * 1024 * 1024,
            idle: Duration::from_secs(150),
            renew: Duration::from_secs(3600),
            kept: 8192,
        }
    }
}

/// Dials systems, directly or through one proxy, and keeps their connections alive between polls.
///
/// Cloning is cheap and shares what is kept.
#[derive(Clone)]
pub struct Dialer {
    inner: Arc<Inner>,
}

struct Inner {
    proxy: Option<Proxy>,
    limits: Limits,
    provider: Arc<CryptoProvider>,
    kept: Mutex<Kept>,
    /// Sessions that are being opened, or left behind by somebody who went.
    unattended: TaskTracker,
}

#[derive(Default)]
struct Kept {
    by_endpoint: HashMap<Endpoint, Vec<Slot>>,
    count: usize,
    clock: u64,
}

struct Slot {
    trust: Trust,
    channel: Arc<Channel>,
    made: Instant,
    last_used: u64,
}

impl std::fmt::Debug for Dialer {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Dialer")
            .field("proxy", &self.inner.proxy)
            .finish_non_exhaustive()
    }
}

impl Dialer {
    /// Dials through this proxy, or directly (CUS-15). Proxies named in the environment are ignored.
    pub fn new(proxy: Option<Proxy>) -> Dialer {
        Self::with_limits(proxy, Limits::default())
    }

    /// As [`Dialer::new`], with limits of one's own.
    pub fn with_limits(proxy: Option<Proxy>, limits: Limits) -> Dialer {
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let limits = Limits {
            kept: limits.kept.min(room_for_connections()),
            ..limits
        };
        Dialer {
            inner: Arc::new(Inner {
                proxy,
                limits,
                provider,
                kept: Mutex::default(),
                unattended: TaskTracker::new(),
            }),
        }
    }

    /// Waits until nobody's session is open any more: systems have few of them (IPO-01). At most `limit`.
    pub async fn shut_down(&self, limit: Duration) {
        self.inner.unattended.close();
        if tokio::time::timeout(limit, self.inner.unattended.wait())
            .await
            .is_err()
        {
            tracing::info!("some systems took too long to sign out of");
        }
    }

    /// Whether systems are dialled directly, and not through a proxy.
    pub(crate) fn is_direct(&self) -> bool {
        self.inner.proxy.is_none()
    }

    /// The limits in force.
    pub fn limits(&self) -> Limits {
        self.inner.limits
    }

    /// Closes what is kept for this endpoint, under whatever trust. The next contact dials anew and looks at
    /// the certificate again.
    pub fn forget(&self, endpoint: &Endpoint) {
        let removed = {
            let mut kept = self.inner.kept.lock();
            let removed = kept.by_endpoint.remove(endpoint);
            kept.count -= removed.as_ref().map_or(0, Vec::len);
            removed
        };
        drop(removed);
    }

    /// A client that is nobody else's and is not kept, with one connection: what is proved on that holds there only.
    pub(crate) fn channel_of_its_own(&self, trust: &Trust) -> Result<Channel, TransportError> {
        Channel::new(&self.inner, trust, Connections::One)
    }

    /// The kept client for this endpoint under this trust, or a new one.
    pub(crate) fn channel(&self, endpoint: &Endpoint, trust: &Trust) -> Result<Arc<Channel>, TransportError> {
        let now = Instant::now();
        {
            let mut kept = self.inner.kept.lock();
            kept.clock += 1;
            let clock = kept.clock;
            if let Some(slots) = kept.by_endpoint.get_mut(endpoint)
                && let Some(slot) = slots.iter_mut().find(|slot| slot.trust.same_as(trust))
                && now.duration_since(slot.made) < self.inner.limits.renew
            {
                slot.last_used = clock;
                return Ok(slot.channel.clone());
            }
        }
        let channel = Arc::new(Channel::new(&self.inner, trust, Connections::AsNeeded)?);
        let mut dropped = Vec::new();
        {
            let mut kept = self.inner.kept.lock();
            let clock = kept.clock;
            let slots = kept.by_endpoint.entry(endpoint.clone()).or_default();
            let before = slots.len();
            // Same pin means same purpose: a slot whose authorities or age no longer fit is replaced.
            let (stay, gone): (Vec<Slot>, Vec<Slot>) = std::mem::take(slots)
                .into_iter()
                .partition(|slot| slot.trust.pin != trust.pin);
            *slots = stay;
            slots.push(Slot {
                trust: trust.clone(),
                channel: channel.clone(),
                made: now,
                last_used: clock,
            });
            let after = slots.len();
            kept.count = kept.count + after - before;
            dropped.extend(gone);
            if kept.count > self.inner.limits.kept {
                dropped.extend(kept.evict(self.inner.limits.kept));
            }
        }
        // Outside the lock: dropping a client closes its sockets.
        drop(dropped);
        Ok(channel)
    }
}

/// How many connections may be kept with the open files this process is allowed. The soft limit, 1024 or
/// less on most systems, is raised to the hard one first: out of descriptors, a healthy system would look
/// unreachable. Half is left to the database, the window and connections in the making.
fn room_for_connections() -> usize {
    static CAPACITY: OnceLock<usize> = OnceLock::new();
    *CAPACITY.get_or_init(|| {
        if cfg!(windows) {
            return usize::MAX;
        }
        match rlimit::increase_nofile_limit(65_536) {
            Ok(files) => usize::try_from(files / 2).unwrap_or(usize::MAX).max(64),
            Err(error) => {
                tracing::warn!(%error, "the limit of open files is unknown");
                128
            }
        }
    })
}

impl Kept {
    /// Gives up an eighth of the slots, the longest unused first, so that eviction is rare and cheap per call.
    fn evict(&mut self, capacity: usize) -> Vec<Slot> {
        let mut ages: Vec<u64> = self
            .by_endpoint
            .values()
            .flatten()
            .map(|slot| slot.last_used)
            .collect();
        ages.sort_unstable();
        let surplus = (ages.len().saturating_sub(capacity) + capacity / 8).min(ages.len().saturating_sub(1));
        let Some(limit) = surplus.checked_sub(1).and_then(|index| ages.get(index)).copied() else {
            return Vec::new();
        };
        let mut gone = Vec::new();
        self.by_endpoint.retain(|_, slots| {
            let (old, stay): (Vec<Slot>, Vec<Slot>) = std::mem::take(slots)
                .into_iter()
                .partition(|slot| slot.last_used <= limit);
            gone.extend(old);
            *slots = stay;
            !slots.is_empty()
        });
        self.count -= gone.len();
        gone
    }
}

/// Why no answer came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum TransportError {
    CertificateChanged(Box<Certificate>),
    CertificateNotTrusted(Box<Certificate>),
    CertificateUnusable,
    /// No TCP, no TLS, time out; technical words without any secret.
    Unreachable(String),
    /// An answer began and did not end, or is no HTTP.
    Broken,
    /// The answer is longer than the limit.
    TooLarge,
}

/// One answer, its body complete.
#[derive(Debug)]
pub(crate) struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
}

/// One request.
#[derive(Clone)]
pub(crate) struct Call {
    pub method: Method,
    pub url: reqwest::Url,
    pub headers: HeaderMap,
    pub body: Option<Bytes>,
    pub limit: Duration,
}

/// How many connections a client may open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Connections {
    /// As many as there are requests at once.
    AsNeeded,
    /// One in its life.
    One,
}

/// The client of one endpoint under one trust.
pub(crate) struct Channel {
    client: reqwest::Client,
    verifier: Arc<Verifier>,
    pub(crate) limits: Limits,
    /// What goes on though nobody waits for it; see [`Dialer::shut_down`].
    pub(crate) unattended: TaskTracker,
    answered: AtomicBool,
}

impl Channel {
    fn new(inner: &Inner, trust: &Trust, connections: Connections) -> Result<Self, TransportError> {
        let unusable = |error: &dyn std::fmt::Display| {
            TransportError::Unreachable(Obstacle::Other(format!("no client: {error}")).to_string())
        };
        let verifier = Arc::new(Verifier::new(inner.provider.clone(), trust));
        let mut tls = verifier
            .clone()
            .client_config()
            .map_err(|error| unusable(&error))?;
        // One server per client; the library's default would reserve room for 256 in each of thousands.
        tls.resumption = rustls::client::Resumption::in_memory_sessions(4);
        let mut builder = reqwest::Client::builder()
            .tls_backend_preconfigured(tls)
            .http1_only()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(inner.limits.connect)
            .pool_idle_timeout(inner.limits.idle)
            .pool_max_idle_per_host(2)
            .tcp_nodelay(true)
            .user_agent(concat!("Flotilla/", env!("CARGO_PKG_VERSION")));
        if connections == Connections::One {
            builder = builder.connector_layer(OneConnection::default());
        }
        if let Some(proxy) = &inner.proxy {
            builder = builder.proxy(proxy_for(proxy).map_err(|error| unusable(&error))?);
        }
        let client = builder.build().map_err(|error| unusable(&error))?;
        Ok(Self {
            client,
            verifier,
            limits: inner.limits,
            unattended: inner.unattended.clone(),
            answered: AtomicBool::new(false),
        })
    }

    /// The certificate met by the last handshake, accepted or not.
    pub(crate) fn certificate(&self) -> Option<Arc<Certificate>> {
        self.verifier.met()
    }

    /// Sends one request and reads its whole answer, within `call.limit`.
    ///
    /// A kept connection may have been closed by the other side in the very moment it was used; that says
    /// nothing about the system, so the request goes out once more on a new one. Only for what may be repeated
    /// without harm, as all requests of the reading connectors may.
    pub(crate) async fn send(&self, call: &Call) -> Result<Answer, TransportError> {
        let may_be_stale = self.answered.load(Ordering::Relaxed);
        let answer = within(call.limit, async {
            match self.attempt(call).await {
                Err(Attempt::Closed(_)) if may_be_stale => self.attempt(call).await,
                other => other,
            }
        })
        .await?;
        self.answered.store(true, Ordering::Relaxed);
        Ok(answer)
    }

    /// As [`Channel::send`], but never twice: for what changes something on the other side.
    pub(crate) async fn send_once(&self, call: &Call) -> Result<Answer, TransportError> {
        within(call.limit, self.attempt(call)).await
    }

    /// As [`Channel::send_once`], with a body that is read while it goes out.
    pub(crate) async fn send_stream(
        &self,
        call: &Call,
        body: reqwest::Body,
    ) -> Result<Answer, TransportError> {
        let attempt = async { self.complete(self.begin_with(call, Some(body)).await?).await };
        within(call.limit, attempt).await
    }

    /// Sends one request; whoever asked reads the body, and minds its length.
    pub(crate) async fn open(&self, call: &Call) -> Result<reqwest::Response, TransportError> {
        within(call.limit, self.begin(call)).await
    }

    /// Reads the rest of an answer that [`Channel::open`] began, within this time.
    pub(crate) async fn complete_within(
        &self,
        response: reqwest::Response,
        limit: Duration,
    ) -> Result<Answer, TransportError> {
        within(limit, self.complete(response)).await
    }

    async fn begin(&self, call: &Call) -> Result<reqwest::Response, Attempt> {
        self.begin_with(call, call.body.clone().map(reqwest::Body::from))
            .await
    }

    async fn begin_with(
        &self,
        call: &Call,
        body: Option<reqwest::Body>,
    ) -> Result<reqwest::Response, Attempt> {
        let mut request = reqwest::Request::new(call.method.clone(), call.url.clone());
        *request.headers_mut() = call.headers.clone();
        *request.body_mut() = body;
        self.client
            .execute(request)
            .await
            .map_err(|error| Attempt::of(&error))
    }

    async fn attempt(&self, call: &Call) -> Result<Answer, Attempt> {
        self.complete(self.begin(call).await?).await
    }

    /// Reads an answer that has begun to its end.
    async fn complete(&self, mut response: reqwest::Response) -> Result<Answer, Attempt> {
        let longest = self.limits.body;
        if response
            .content_length()
            .is_some_and(|length| length > longest as u64)
        {
            return Err(Attempt::Final(TransportError::TooLarge));
        }
        let mut body = BytesMut::new();
        loop {
            match response.chunk().await {
                Ok(Some(chunk)) if body.len() + chunk.len() > longest => {
                    return Err(Attempt::Final(TransportError::TooLarge));
                }
                Ok(Some(chunk)) => body.extend_from_slice(&chunk),
                Ok(None) => break,
                Err(_) => return Err(Attempt::Final(TransportError::Broken)),
            }
        }
        Ok(Answer {
            status: response.status(),
            headers: std::mem::take(response.headers_mut()),
            body: body.freeze(),
        })
    }
}

/// What comes of an attempt within this time.
async fn within<Value>(
    limit: Duration,
    attempt: impl Future<Output = Result<Value, Attempt>>,
) -> Result<Value, TransportError> {
    match tokio::time::timeout(limit, attempt).await {
        Ok(ended) => ended.map_err(Attempt::into_transport),
        Err(_) => Err(TransportError::Unreachable(Obstacle::TimedOut.to_string())),
    }
}

fn proxy_for(proxy: &Proxy) -> Result<reqwest::Proxy, reqwest::Error> {
    let (scheme, endpoint, user) = match proxy {
        Proxy::HttpConnect { endpoint, user } => ("http", endpoint, user),
        // With the `h` the proxy resolves names: they often mean something only on its side.
        Proxy::Socks5 { endpoint, user } => ("socks5h", endpoint, user),
    };
    let made = reqwest::Proxy::all(endpoint.origin(scheme))?;
    Ok(match user {
        Some((name, password)) => made.basic_auth(name, password.expose()),
        None => made,
    })
}

/// How one attempt ended without an answer.
enum Attempt {
    /// The connection was closed before anything was answered.
    Closed(TransportError),
    Final(TransportError),
}

impl Attempt {
    fn into_transport(self) -> TransportError {
        match self {
            Attempt::Closed(error) | Attempt::Final(error) => error,
        }
    }

    fn of(error: &reqwest::Error) -> Self {
        let mut innermost = String::new();
        let mut closed = false;
        let mut no_http = false;
        let mut known = None;
        let mut cause: Option<&(dyn Error + 'static)> = error.source();
        while let Some(current) = cause {
            if let Some(verdict) = distrust(current) {
                return Attempt::Final(match verdict {
                    Distrust::Changed(certificate) => TransportError::CertificateChanged(certificate),
                    Distrust::NotTrusted(certificate) => TransportError::CertificateNotTrusted(certificate),
                    Distrust::Unusable => TransportError::CertificateUnusable,
                });
            }
            if let Some(io) = current.downcast_ref::<std::io::Error>() {
                use std::io::ErrorKind::{BrokenPipe, ConnectionAborted, ConnectionReset, UnexpectedEof};
                closed |= matches!(
                    io.kind(),
                    ConnectionReset | ConnectionAborted | BrokenPipe | UnexpectedEof
                );
                if let Some(inner) = io.get_ref()
                    && let Some(tls) = inner.downcast_ref::<rustls::Error>()
                {
                    known = Some(Obstacle::Tls(plain_text(&tls.to_string(), 300)));
                    break;
                }
                known = match io.kind() {
                    std::io::ErrorKind::TimedOut => Some(Obstacle::TimedOut),
                    std::io::ErrorKind::ConnectionRefused => Some(Obstacle::Refused),
                    std::io::ErrorKind::HostUnreachable | std::io::ErrorKind::NetworkUnreachable => {
                        Some(Obstacle::NoRoute)
                    }
                    ConnectionReset | ConnectionAborted | BrokenPipe | UnexpectedEof => {
                        Some(Obstacle::Closed)
                    }
                    _ => known,
                };
            }
            innermost = current.to_string();
            // hyper's own error type is not ours to name; its words for these are stable. What it says of a head that it
            // cannot read ends with *parsed*.
            closed |= innermost.contains("connection closed before message completed");
            no_http |= innermost.ends_with(" parsed") || innermost == "message head is too large";
            if innermost == "dns error" {
                known = Some(Obstacle::NameUnknown);
            }
            cause = current.source();
        }
        if no_http {
            return Attempt::Final(TransportError::Broken);
        }
        let obstacle = if error.is_timeout() {
            Obstacle::TimedOut
        } else if let Some(known) = known {
            known
        } else if closed {
            Obstacle::Closed
        } else {
            Obstacle::Other(plain_text(&innermost, 300))
        };
        let unreachable = TransportError::Unreachable(obstacle.to_string());
        if closed && !error.is_connect() {
            Attempt::Closed(unreachable)
        } else {
            Attempt::Final(unreachable)
        }
    }
}

/// The verifier's verdict, wherever in the chain of causes it is wrapped.
pub(crate) fn distrust(error: &(dyn Error + 'static)) -> Option<Distrust> {
    if let Some(io) = error.downcast_ref::<std::io::Error>() {
        return io.get_ref().and_then(|inner| distrust(inner));
    }
    match error.downcast_ref::<rustls::Error>()? {
        rustls::Error::InvalidCertificate(rustls::CertificateError::Other(other)) => {
            other.0.downcast_ref::<Distrust>().cloned()
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests;
