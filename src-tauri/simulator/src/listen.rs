//! Connections: TCP, TLS, HTTP, and the faults that show there.
use crate::fault::Fault;
use crate::station::{Station, count};
use bytes::Bytes;
use http::header::{AUTHORIZATION, CONNECTION, CONTENT_TYPE, COOKIE, DATE, RETRY_AFTER};
use http::{HeaderValue, Request, Response, StatusCode};
use http_body_util::{BodyExt, Limited};
use hyper::body::{Body, Frame, Incoming, SizeHint};
use hyper::service::service_fn;
use hyper::upgrade::{OnUpgrade, Upgraded};
use hyper_util::rt::{TokioIo, TokioTimer};
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio_rustls::TlsAcceptor;
use tokio_util::sync::CancellationToken;

/// Nothing that is read from outside is longer.
const LARGEST_REQUEST: usize = 64 * 1024;
/// But what is installed is.
const LARGEST_UPLOAD: usize = 8 * 1024 * 1024;
const LONGEST_HANDSHAKE: Duration = Duration::from_secs(10);
/// Covers the quiet between two requests too: longer than the usual polling interval, so that a client that keeps
/// its connection finds it open.
const LONGEST_SILENCE: Duration = Duration::from_secs(180);
const LONGEST_SLOWNESS: Duration = Duration::from_secs(600);
/// Connections of the whole fleet at once; one more is reset.
pub(crate) const MOST_CONNECTIONS: usize = 12_288;

/// A request that was read whole.
pub(crate) struct Asked {
    pub(crate) parts: http::request::Parts,
    pub(crate) body: Bytes,
    /// Which connection of the process it came over: each has a number of its own.
    pub(crate) connection: u64,
}

static CONNECTIONS: AtomicU64 = AtomicU64::new(0);

impl Asked {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.parts.headers.get(name)?.to_str().ok()
    }
}

/// A system that answers.
pub(crate) trait Machine: Send + Sync + 'static {
    fn station(&self) -> &Station;
    /// Whether a file is sent to this path.
    fn takes_files(&self, _path: &str) -> bool {
        false
    }
    fn answer(&self, asked: &Asked) -> Response<Bytes>;
    /// How it refuses what is refused before it is asked.
    fn refusal(&self, status: StatusCode, words: &'static str) -> Response<Bytes> {
        plain(status, words)
    }
    /// What is waited for before it answers.
    fn wait(&self, _asked: &Asked) -> impl Future<Output = ()> + Send {
        async {}
    }
    /// A request broke off in its body; so much of it had come.
    fn broken_off(&self, _parts: &http::request::Parts, _part: &[u8]) {}
    /// What is spoken over a connection after it was switched over (101).
    fn talk(self: Arc<Self>, _stream: Upgraded) -> impl Future<Output = ()> + Send {
        async {}
    }
}

/// Whether what is spoken is encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Encryption {
    Tls,
    None,
}

/// A listener that never leaves the loopback range, unless the addresses were named.
pub(crate) fn bind(address: SocketAddr, named: bool) -> io::Result<TcpListener> {
    if !named && !address.ip().is_loopback() {
        return Err(io::Error::new(
            io::ErrorKind::InvalidInput,
            "the simulator listens on the loopback range only, unless addresses are named",
        ));
    }
    let socket = socket2::Socket::new(
        socket2::Domain::for_address(address),
        socket2::Type::STREAM,
        Some(socket2::Protocol::TCP),
    )?;
    // On Windows this would let two programs share one address.
    #[cfg(unix)]
    socket.set_reuse_address(true)?;
    socket.set_nonblocking(true)?;
    socket.bind(&address.into())?;
    socket.listen(256)?;
    TcpListener::from_std(socket.into())
}

/// Accepts until the fleet stops.
pub(crate) async fn accept<M: Machine>(
    mut listener: TcpListener,
    encryption: Encryption,
    machine: Arc<M>,
    places: Arc<Semaphore>,
    stop: CancellationToken,
) {
    loop {
        let stream = tokio::select! {
            biased;
            () = stop.cancelled() => return,
            // Where it speaks in clear does not move with it.
            next = machine.station().next_listener(), if encryption == Encryption::Tls => {
                // The one before closes here.
                listener = next;
                machine.station().has_moved();
                continue;
            }
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => stream,
                Err(error) => {
                    tracing::warn!(%error, "a connection was not accepted");
                    // Out of descriptors: turning at full speed would not free one.
                    tokio::time::sleep(Duration::from_millis(50)).await;
                    continue;
                }
            },
        };
        let station = machine.station();
        count(&station.tally.connections, 1);
        let (end, life) = (station.connection_end(), station.life());
        // A system that has just moved answers no more where it was.
        let is_here = stream.local_addr().is_ok_and(|local| match encryption {
            Encryption::Tls => local == station.address(),
            Encryption::None => local.ip() == station.address().ip(),
        });
        if !is_here || station.is_away() || station.faults.happens(Fault::Refuse) {
            reset(stream);
            continue;
        }
        let Ok(place) = places.clone().try_acquire_owned() else {
            reset(stream);
            continue;
        };
        let machine = machine.clone();
        tokio::spawn(async move {
            tokio::select! {
                // Ended is ended: not one more request is read over it.
                biased;
                () = end.cancelled() => {}
                () = connection(stream, encryption, machine, life) => {}
            }
            drop(place);
        });
    }
}

/// Closes so that the other side sees a reset.
fn reset(stream: TcpStream) {
    let socket = socket2::SockRef::from(&stream);
    if let Err(error) = socket.set_linger(Some(Duration::ZERO)) {
        tracing::debug!(%error, "the connection closes in good order instead");
    }
}

async fn connection<M: Machine>(mut stream: TcpStream, encryption: Encryption, machine: Arc<M>, life: u64) {
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "small answers may wait");
    }
    if encryption == Encryption::None {
        return exchange(stream, machine, life).await;
    }
    if machine.station().faults.happens(Fault::NoTls) {
        let mut heard = [0; 512];
        let talk = async {
            let _ = stream.read(&mut heard).await;
            let _ = stream
                .write_all(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                .await;
            let _ = stream.shutdown().await;
        };
        let _ = tokio::time::timeout(LONGEST_HANDSHAKE, talk).await;
        return;
    }
    let config = match machine.station().tls() {
        Ok(config) => config,
        Err(error) => {
            tracing::error!(%error, "no certificate");
            return;
        }
    };
    let handshake = TlsAcceptor::from(config).accept(stream);
    // A handshake that fails is ordinary: somebody does not believe the certificate.
    let Ok(Ok(stream)) = tokio::time::timeout(LONGEST_HANDSHAKE, handshake).await else {
        return;
    };
    count(&machine.station().tally.handshakes, 1);
    exchange(stream, machine, life).await;
}

async fn exchange<M: Machine>(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    machine: Arc<M>,
    life: u64,
) {
    let number = CONNECTIONS.fetch_add(1, Ordering::Relaxed);
    let service = service_fn(move |request: Request<Incoming>| {
        let machine = machine.clone();
        async move { serve(machine, request, (number, life)).await }
    });
    let served = hyper::server::conn::http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(LONGEST_SILENCE)
        .max_buf_size(16 * 1024)
        .serve_connection(TokioIo::new(stream), service)
        .with_upgrades()
        .await;
    if let Err(error) = served {
        tracing::trace!(%error, "a connection ended");
    }
}

/// The answer is lost on purpose.
#[derive(Debug, thiserror::Error)]
#[error("the answer is lost")]
struct Lost;

async fn serve<M: Machine>(
    machine: Arc<M>,
    request: Request<Incoming>,
    (connection, life): (u64, u64),
) -> Result<Response<Answer>, Lost> {
    let station = machine.station();
    if station.life() != life {
        return Err(Lost);
    }
    count(&station.tally.requests, 1);
    let (mut parts, body) = request.into_parts();
    let upgrade = parts.extensions.remove::<OnUpgrade>();
    for name in [AUTHORIZATION, COOKIE] {
        for value in parts.headers.get_all(name) {
            count(&station.tally.credential_bytes, value.len() as u64);
        }
    }
    let largest = if machine.takes_files(parts.uri.path()) {
        LARGEST_UPLOAD
    } else {
        LARGEST_REQUEST
    };
    let cut = station.faults.find(|fault| match fault {
        Fault::CutUpload { bytes } if announced(&parts.headers) > bytes => Some(bytes),
        _ => None,
    });
    if let Some(bytes) = cut {
        let part = read_in_part(body, bytes).await;
        machine.broken_off(&parts, &part);
        return Err(Lost);
    }
    let Ok(body) = Limited::new(body, largest).collect().await else {
        let refusal = machine.refusal(StatusCode::PAYLOAD_TOO_LARGE, "too large");
        return Ok(refusal.map(Answer::whole));
    };
    let asked = Asked {
        parts,
        body: body.to_bytes(),
        connection,
    };
    let slowness = station.faults.find(|fault| match fault {
        Fault::Slow { milliseconds } => Some(Duration::from_millis(milliseconds)),
        _ => None,
    });
    if let Some(slowness) = slowness {
        tokio::time::sleep(slowness.min(LONGEST_SLOWNESS)).await;
    }
    machine.wait(&asked).await;
    let mut response = answer_or_fault(&*machine, &asked);
    if response.status() == StatusCode::SWITCHING_PROTOCOLS
        && let Some(upgrade) = upgrade
    {
        switch_over(machine.clone(), upgrade);
    }
    if station.life() != life {
        // The last answer before it goes, and nobody finds it where it was when that has arrived.
        station.until_moved().await;
        response
            .headers_mut()
            .insert(CONNECTION, HeaderValue::from_static("close"));
    }
    if response.extensions().get::<Unanswered>().is_some() || station.faults.happens(Fault::LoseAnswer) {
        return Err(Lost);
    }
    if station.faults.happens(Fault::ClockWrong) {
        response
            .headers_mut()
            .insert(DATE, HeaderValue::from_static("Thu, 01 Feb 2001 00:00:07 GMT"));
    }
    if station.faults.happens(Fault::HalfJson) {
        response = response.map(|body| body.slice(..body.len() / 2));
    }
    if station.faults.happens(Fault::DropMidBody) {
        return Ok(response.map(Answer::broken));
    }
    Ok(response.map(Answer::whole))
}

/// Goes on over the connection, once the answer that says so has gone out, until either side or the system ends it.
fn switch_over<M: Machine>(machine: Arc<M>, upgrade: OnUpgrade) {
    let [life, connection] = machine.station().stream_ends();
    tokio::spawn(async move {
        tokio::select! {
            biased;
            () = life.cancelled() => {}
            () = connection.cancelled() => {}
            () = async {
                // A connection that ends before it is switched over has nothing to say.
                if let Ok(stream) = upgrade.await {
                    machine.talk(stream).await;
                }
            } => {}
        }
    });
}

/// A mark on an answer: the connection is closed instead.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Unanswered;

/// The length that a request says it has.
fn announced(headers: &http::HeaderMap) -> u64 {
    let length = headers.get(http::header::CONTENT_LENGTH);
    length
        .and_then(|length| length.to_str().ok()?.parse().ok())
        .unwrap_or(0)
}

/// Reads so much of a body, and no more. Gives it.
async fn read_in_part(mut body: Incoming, bytes: u64) -> Vec<u8> {
    let longest = usize::try_from(bytes).unwrap_or(usize::MAX).min(LARGEST_UPLOAD);
    let mut read = Vec::new();
    while read.len() < longest
        && let Some(Ok(frame)) = body.frame().await
    {
        if let Some(data) = frame.data_ref() {
            read.extend_from_slice(data);
        }
    }
    read.truncate(longest);
    read
}

fn answer_or_fault<M: Machine>(machine: &M, asked: &Asked) -> Response<Bytes> {
    let faults = &machine.station().faults;
    if faults.happens(Fault::NotThisProtocol) {
        return page("Router", "<p>Please sign in to your router.</p>");
    }
    let retry_after = faults.find(|fault| match fault {
        Fault::Unavailable503 { retry_after_seconds } => Some(retry_after_seconds),
        _ => None,
    });
    if let Some(seconds) = retry_after {
        let mut response = machine.refusal(StatusCode::SERVICE_UNAVAILABLE, "try again later");
        response
            .headers_mut()
            .insert(RETRY_AFTER, HeaderValue::from(seconds));
        return response;
    }
    if faults.happens(Fault::Busy423) {
        return machine.refusal(StatusCode::LOCKED, "busy");
    }
    machine.answer(asked)
}

/// A short text.
pub(crate) fn plain(status: StatusCode, words: &'static str) -> Response<Bytes> {
    with_type(
        status,
        "text/plain; charset=utf-8",
        Bytes::from_static(words.as_bytes()),
    )
}

/// A body of that type.
pub(crate) fn with_type(status: StatusCode, kind: &'static str, body: impl Into<Bytes>) -> Response<Bytes> {
    let mut response = Response::new(body.into());
    *response.status_mut() = status;
    response
        .headers_mut()
        .insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    response
}

/// A small page, so that launching an application shows something. `content` is markup.
pub(crate) fn page(title: &str, content: &str) -> Response<Bytes> {
    let title = escape(title);
    let text = format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title}</title>\
         <style>body{{font:16px/1.5 system-ui;max-width:44rem;margin:3rem auto;padding:0 1rem}}</style></head>\
         <body><h1>{title}</h1>{content}</body></html>"
    );
    with_type(StatusCode::OK, "text/html; charset=utf-8", text)
}

/// Text as markup.
pub(crate) fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

/// A body that can break off.
struct Answer {
    rest: Bytes,
    declared: u64,
    state: State,
}

enum State {
    Whole,
    FirstHalf,
    Pause,
    Break,
}

impl Answer {
    fn whole(bytes: Bytes) -> Self {
        Self {
            declared: bytes.len() as u64,
            rest: bytes,
            state: State::Whole,
        }
    }

    fn broken(bytes: Bytes) -> Self {
        Self {
            declared: bytes.len() as u64,
            rest: bytes.slice(..bytes.len() / 2),
            state: State::FirstHalf,
        }
    }
}

impl Body for Answer {
    type Data = Bytes;
    type Error = Lost;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Lost>>> {
        match self.state {
            State::Whole if self.rest.is_empty() => Poll::Ready(None),
            State::Whole => Poll::Ready(Some(Ok(Frame::data(std::mem::take(&mut self.rest))))),
            State::FirstHalf => {
                self.state = State::Pause;
                Poll::Ready(Some(Ok(Frame::data(std::mem::take(&mut self.rest)))))
            }
            State::Pause => {
                // Once round, so that the first half goes out.
                self.state = State::Break;
                context.waker().wake_by_ref();
                Poll::Pending
            }
            State::Break => Poll::Ready(Some(Err(Lost))),
        }
    }

    fn is_end_stream(&self) -> bool {
        matches!(self.state, State::Whole) && self.rest.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        // Announced in full before the first half is taken.
        SizeHint::with_exact(match self.state {
            State::Whole => self.rest.len() as u64,
            _ => self.declared,
        })
    }
}
