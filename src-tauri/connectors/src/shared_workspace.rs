//! A shared workspace as another Flotilla asks it (ADM-30): its commands, files and events, over HTTPS and a
//! WebSocket, with a session that is a cookie.
//!
//! Only the pinned certificate is believed (CRT-11). Nothing here knows what the commands mean.
use crate::Refusal;
use crate::dialer::{Answer, Call, Channel, Dialer, Limits, TransportError, distrust};
use crate::endpoint::Endpoint;
use crate::secret::Secret;
use crate::trust::{Certificate, Distrust, Fingerprint, Trust, Verifier, plain_text};
use bytes::Bytes;
use futures_util::{SinkExt as _, StreamExt as _};
use http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use rustls_pki_types::ServerName;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::tungstenite::{self, Message};

/// What carries the session.
const COOKIE: &str = "flotilla_session";
/// The server answers only to those who send this; a page of another origin cannot.
const GUARD: &str = "x-flotilla";
/// The longest session token that is kept; a real one has 64 characters.
const LONGEST_TOKEN: usize = 512;

/// Long enough for a report on a large fleet, and for the ids of one.
const LIMITS: Limits = Limits {
    connect: Duration::from_secs(5),
    probe: Duration::from_secs(5),
    call: Duration::from_secs(120),
    body: 64 * 1024 * 1024,
    // Shorter than the server keeps it, so that a call never goes out on a connection that is just being closed.
    idle: Duration::from_secs(45),
    renew: Duration::from_secs(3600),
    kept: 8,
};
/// How long a file may take on its way there; a slow line carries the largest in that time.
const LONGEST_UPLOAD: Duration = Duration::from_secs(600);
/// How long a file may take until its next piece arrives.
const LONGEST_SILENCE: Duration = Duration::from_secs(60);
/// No export is longer.
const LONGEST_FILE: u64 = 4 * 1024 * 1024 * 1024;
/// The longest event: a thousand ids.
const LONGEST_EVENT: usize = 1024 * 1024;
/// A line without events is asked this often whether it still holds.
const PULSE: Duration = Duration::from_secs(20);

/// A shared workspace behind the certificate that a person has accepted. Cloning is cheap.
#[derive(Clone, Debug)]
pub struct SharedWorkspace {
    endpoint: Endpoint,
    trust: Trust,
    dialer: Dialer,
}

/// What came back.
#[derive(Debug)]
pub struct Reply {
    /// Whether it was done; otherwise the body says why not.
    pub done: bool,
    /// Whether the body is JSON, and not bytes.
    pub json: bool,
    /// The body itself.
    pub body: Bytes,
    /// What became of the session.
    pub session: SessionChange,
}

/// What an answer says about the session.
#[derive(Debug, PartialEq, Eq)]
pub enum SessionChange {
    /// Nothing.
    None,
    /// This is its token from now on.
    Begun(Secret),
    /// It is over.
    Ended,
}

/// Why there are no events.
#[derive(Debug)]
pub enum Unheard {
    /// The workspace does not know the session (any more).
    SessionOver,
    /// As for every call.
    Refused(Refusal),
}

/// A file on its way here.
#[derive(Debug)]
pub enum Incoming {
    /// It comes, piece by piece.
    File(IncomingFile),
    /// It does not, and why.
    Refused(Reply),
}

/// The pieces of a file.
#[derive(Debug)]
pub struct IncomingFile {
    response: reqwest::Response,
    received: u64,
}

/// A line on which the workspace says what changes.
pub struct Events {
    line: WebSocketStream<TlsStream<TcpStream>>,
    asked: bool,
}

/// The certificate a server shows to somebody who believes none yet. Nothing but the handshake is sent.
///
/// # Errors
/// [`Refusal::Unreachable`]; [`Refusal::Failed`] for a server that shows no certificate.
pub async fn certificate(endpoint: &Endpoint) -> Result<Certificate, Refusal> {
    match handshake(endpoint, &Trust::default()).await {
        Err(TransportError::CertificateNotTrusted(certificate)) => Ok(*certificate),
        Err(error) => Err(error.into()),
        // Without a pin and without authorities nothing is believed.
        Ok(_) => Err(Refusal::Failed),
    }
}

impl SharedWorkspace {
    /// The workspace at this place, believed only with this certificate.
    pub fn new(endpoint: Endpoint, pin: Fingerprint) -> Self {
        Self {
            endpoint,
            trust: Trust {
                pin: Some(pin),
                ..Trust::default()
            },
            dialer: Dialer::with_limits(None, LIMITS),
        }
    }

    /// Where it is.
    pub fn endpoint(&self) -> &Endpoint {
        &self.endpoint
    }

    /// Calls a command with its arguments, a JSON text. What only reads may be sent a second time, when a kept
    /// connection turns out to be closed.
    ///
    /// # Errors
    /// [`Refusal::Unreachable`], [`Refusal::CertificateChanged`]; [`Refusal::Failed`] for an answer that is none.
    pub async fn call(
        &self,
        session: Option<&Secret>,
        name: &str,
        arguments: &str,
        only_reads: bool,
    ) -> Result<Reply, Refusal> {
        let mut call = self.prepare(session, Method::POST, &["call", name])?;
        call.headers
            .insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        call.body = Some(Bytes::copy_from_slice(arguments.as_bytes()));
        let channel = self.channel()?;
        let answer = if only_reads {
            channel.send(&call).await?
        } else {
            channel.send_once(&call).await?
        };
        read(&answer)
    }

    /// Hands a file over.
    ///
    /// # Errors
    /// As [`SharedWorkspace::call`].
    pub async fn upload(&self, session: Option<&Secret>, name: &str, bytes: Bytes) -> Result<Reply, Refusal> {
        let mut call = self.prepare(session, Method::POST, &["upload"])?;
        call.url.query_pairs_mut().append_pair("name", name);
        call.headers.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/octet-stream"),
        );
        call.body = Some(bytes);
        call.limit = LONGEST_UPLOAD;
        read(&self.channel()?.send_once(&call).await?)
    }

    /// Fetches a file that a command has prepared.
    ///
    /// # Errors
    /// As [`SharedWorkspace::call`].
    pub async fn download(&self, session: Option<&Secret>, id: &str) -> Result<Incoming, Refusal> {
        let call = self.prepare(session, Method::GET, &["download", id])?;
        let channel = self.channel()?;
        let response = channel.open(&call).await?;
        if response.status() == StatusCode::OK {
            return Ok(Incoming::File(IncomingFile {
                response,
                received: 0,
            }));
        }
        let answer = channel.complete_within(response, call.limit).await?;
        read(&answer).map(Incoming::Refused)
    }

    /// Opens a line on which the workspace tells a session what changes.
    ///
    /// # Errors
    /// [`Unheard::SessionOver`]; otherwise as [`SharedWorkspace::call`].
    pub async fn events(&self, session: &Secret) -> Result<Events, Unheard> {
        let opened = tokio::time::timeout(LIMITS.connect * 2, self.open_events(session)).await;
        opened
            .map_err(|_| Unheard::Refused(Refusal::Unreachable("no line for events in time".to_string())))?
    }

    async fn open_events(&self, session: &Secret) -> Result<Events, Unheard> {
        let refused = |error: TransportError| Unheard::Refused(error.into());
        let stream = handshake(&self.endpoint, &self.trust).await.map_err(refused)?;
        let mut request = format!("{}/events", self.endpoint.origin("wss"))
            .into_client_request()
            .map_err(|_| Unheard::Refused(Refusal::Failed))?;
        request.headers_mut().insert(GUARD, HeaderValue::from_static("1"));
        let cookie = cookie(session).map_err(Unheard::Refused)?;
        request.headers_mut().insert(header::COOKIE, cookie);
        let limits = WebSocketConfig::default()
            .max_message_size(Some(LONGEST_EVENT))
            .max_frame_size(Some(LONGEST_EVENT));
        match tokio_tungstenite::client_async_with_config(request, stream, Some(limits)).await {
            Ok((line, _)) => Ok(Events { line, asked: false }),
            Err(tungstenite::Error::Http(answer)) if answer.status() == StatusCode::UNAUTHORIZED => {
                Err(Unheard::SessionOver)
            }
            Err(tungstenite::Error::Io(error)) => {
                Err(Unheard::Refused(Refusal::Unreachable(error.to_string())))
            }
            Err(error) => {
                tracing::debug!(%error, "no line for events");
                Err(Unheard::Refused(Refusal::Failed))
            }
        }
    }

    fn channel(&self) -> Result<Arc<Channel>, TransportError> {
        self.dialer.channel(&self.endpoint, &self.trust)
    }

    fn prepare(&self, session: Option<&Secret>, method: Method, path: &[&str]) -> Result<Call, Refusal> {
        let mut url = reqwest::Url::parse(&self.endpoint.origin("https")).map_err(|_| Refusal::Failed)?;
        url.path_segments_mut()
            .map_err(|()| Refusal::Failed)?
            .clear()
            .extend(path);
        let mut headers = HeaderMap::new();
        headers.insert(GUARD, HeaderValue::from_static("1"));
        if let Some(session) = session {
            headers.insert(header::COOKIE, cookie(session)?);
        }
        Ok(Call {
            method,
            url,
            headers,
            body: None,
            limit: LIMITS.call,
        })
    }
}

impl IncomingFile {
    /// The next piece; none at the end.
    ///
    /// # Errors
    /// [`Refusal::Unreachable`] when nothing comes any more, [`Refusal::Failed`] when the file breaks off or is too
    /// long.
    pub async fn next(&mut self) -> Result<Option<Bytes>, Refusal> {
        let Ok(piece) = tokio::time::timeout(LONGEST_SILENCE, self.response.chunk()).await else {
            return Err(Refusal::Unreachable("the file stopped coming".to_string()));
        };
        let piece = piece.map_err(|_| Refusal::Unreachable("the file broke off".to_string()))?;
        self.received += piece.as_ref().map_or(0, Bytes::len) as u64;
        if self.received > LONGEST_FILE {
            return Err(Refusal::Failed);
        }
        Ok(piece)
    }
}

impl Events {
    /// The next event, a JSON text. None: the line is down.
    pub async fn next(&mut self) -> Option<String> {
        loop {
            match tokio::time::timeout(PULSE, self.line.next()).await {
                Ok(Some(Ok(Message::Text(text)))) => {
                    self.asked = false;
                    return Some(text.as_str().to_owned());
                }
                Ok(Some(Ok(_))) => self.asked = false,
                Ok(Some(Err(_)) | None) => return None,
                // A server that is cut off says nothing at all; one that is there answers to this.
                Err(_) if self.asked => return None,
                Err(_) => {
                    self.asked = true;
                    self.line.send(Message::Ping(Bytes::new())).await.ok()?;
                }
            }
        }
    }
}

/// A TLS connection of its own, its certificate checked.
async fn handshake(endpoint: &Endpoint, trust: &Trust) -> Result<TlsStream<TcpStream>, TransportError> {
    let unusable = |error: &dyn std::fmt::Display| TransportError::Unreachable(format!("no client: {error}"));
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let tls = Arc::new(Verifier::new(provider, trust)).client_config();
    let tls = TlsConnector::from(Arc::new(tls.map_err(|error| unusable(&error))?));
    let name = ServerName::try_from(endpoint.host.clone()).map_err(|error| unusable(&error))?;
    let attempt = async {
        let stream = TcpStream::connect((endpoint.host.as_str(), endpoint.port)).await?;
        stream.set_nodelay(true)?;
        tls.connect(name, stream).await
    };
    match tokio::time::timeout(LIMITS.connect, attempt).await {
        Ok(Ok(stream)) => Ok(stream),
        Ok(Err(error)) => Err(match distrust(&error) {
            Some(Distrust::Changed(certificate)) => TransportError::CertificateChanged(certificate),
            Some(Distrust::NotTrusted(certificate)) => TransportError::CertificateNotTrusted(certificate),
            Some(Distrust::Unusable) => TransportError::CertificateUnusable,
            None => TransportError::Unreachable(plain_text(&error.to_string(), 300)),
        }),
        Err(_) => Err(TransportError::Unreachable(
            "timed out while connecting".to_string(),
        )),
    }
}

fn cookie(session: &Secret) -> Result<HeaderValue, Refusal> {
    let mut value =
        HeaderValue::from_str(&format!("{COOKIE}={}", session.expose())).map_err(|_| Refusal::Failed)?;
    value.set_sensitive(true);
    Ok(value)
}

/// An answer of a shared workspace; whatever else answers there is none.
pub(crate) fn read(answer: &Answer) -> Result<Reply, Refusal> {
    let kind = answer.headers.get(header::CONTENT_TYPE);
    let json = match kind.and_then(|kind| kind.to_str().ok()) {
        Some("application/json") => true,
        Some("application/octet-stream") if answer.status == StatusCode::OK => false,
        _ => return Err(Refusal::Failed),
    };
    Ok(Reply {
        done: answer.status == StatusCode::OK,
        json,
        body: answer.body.clone(),
        session: session_change(&answer.headers),
    })
}

fn session_change(headers: &HeaderMap) -> SessionChange {
    let mut tokens = headers.get_all(header::SET_COOKIE).iter().filter_map(|line| {
        let (name, value) = line.to_str().ok()?.split(';').next()?.split_once('=')?;
        (name.trim() == COOKIE).then(|| value.trim())
    });
    match tokens.next_back() {
        None => SessionChange::None,
        Some(token) if token.is_empty() || token.len() > LONGEST_TOKEN => SessionChange::Ended,
        Some(token) => SessionChange::Begun(Secret::new(token)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn headers(cookies: &[&str]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for cookie in cookies {
            headers.append(header::SET_COOKIE, cookie.parse().expect("a header"));
        }
        headers
    }

    /// ADM-30: the session is what the cookie says, and no other cookie is taken for it.
    #[test]
    fn the_session_is_a_cookie() {
        assert_eq!(session_change(&headers(&["other=1"])), SessionChange::None);
        let begun = session_change(&headers(&["flotilla_session=abc; Path=/; Secure"]));
        assert_eq!(begun, SessionChange::Begun(Secret::new("abc")));
        let ended = session_change(&headers(&["flotilla_session=; Max-Age=0"]));
        assert_eq!(ended, SessionChange::Ended);
    }

    /// SEC-04: what a server of another kind answers is never taken for a workspace's answer.
    #[test]
    fn another_kind_of_server() {
        let mut answer = Answer {
            status: StatusCode::OK,
            headers: HeaderMap::new(),
            body: Bytes::from_static(b"<html>"),
        };
        assert_eq!(read(&answer).err(), Some(Refusal::Failed));
        answer
            .headers
            .insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html"));
        assert_eq!(read(&answer).err(), Some(Refusal::Failed));
    }

    proptest! {
        /// SEC-04: a name never leaves its place in the address.
        #[test]
        fn names_stay_in_their_place(name in "\\PC{1,40}") {
            let endpoint = Endpoint::parse("127.0.0.1", 7080).expect("an endpoint");
            let workspace = SharedWorkspace::new(endpoint, Fingerprint([1; 32]));
            let call = workspace.prepare(None, Method::GET, &["download", &name]).expect("a call");
            let segments: Vec<&str> = call.url.path_segments().expect("a path").collect();
            prop_assert_eq!(segments[0], "download");
            prop_assert!(segments.len() <= 2);
            prop_assert_eq!(call.url.host_str(), Some("127.0.0.1"));
            prop_assert_eq!(call.url.query(), None);
        }
    }
}
