//! One device, spoken to: signing in where it is asked for, and one request at a time (VPX-01, VPX-03, VPX-05).
use super::image::Form;
use super::reading::{Failure, SETUP_WORDS, json_reply, legacy_error};
use crate::Obstacle;
use crate::dialer::{Answer, Call, Channel, Dialer, TransportError};
use crate::digest::{self, Challenge, DigestChallenge};
use crate::endpoint::Endpoint;
use crate::secret::Secret;
use crate::trust::{Certificate, Trust};
use base64::Engine;
use bytes::Bytes;
use http::header::{AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE};
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use parking_lot::Mutex;
use serde_json::{Value, json};
use std::fmt;
use std::sync::Arc;
use std::time::Duration;
use url::form_urlencoded;
use zeroize::Zeroizing;

const SETUP_HEADER: HeaderName = HeaderName::from_static("axis-setup");

/// How the device is spoken to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Transport {
    /// TLS with CRT-11; the default.
    Https,
    /// In clear: Digest only, never Basic (VPX-01).
    Http,
}

/// What came back of a call after which the device goes away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Acknowledgement {
    /// The device said that it will.
    Confirmed,
    /// The request went out, and the connection ended before the answer: the device may already be on its way. Only what
    /// it says later shows whether it did (VPX-13).
    Lost,
}

struct Credentials {
    user: String,
    password: Secret,
}

/// Speaks VAPIX with one device.
pub struct Client {
    pub(super) channel: Arc<Channel>,
    origin: String,
    transport: Transport,
    credentials: Option<Credentials>,
    /// How the device last wanted it, so that an ordinary call costs one round trip.
    agreed: Mutex<Option<Agreed>>,
}

#[derive(Clone)]
pub(super) enum Agreed {
    Basic,
    Digest(DigestChallenge),
}

/// Whether a request may go out again on another connection, when the kept one was closed under it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Repeat {
    /// It only reads.
    Allowed,
    /// It changes something, and may have been carried out.
    Never,
}

/// A body and what it is.
pub(super) struct Content {
    pub(super) kind: HeaderValue,
    pub(super) body: Body,
}

/// What goes out in a request.
pub(super) enum Body {
    Whole(Bytes),
    /// Read while it goes out.
    Image(Form),
}

impl Content {
    pub(super) fn json(question: &Value) -> Self {
        Self {
            kind: HeaderValue::from_static("application/json"),
            body: Body::Whole(Bytes::from(question.to_string())),
        }
    }

    /// A form. Its memory is wiped, since passwords travel in one (VPX-14).
    pub(super) fn form(fields: &[(&str, &str)]) -> Self {
        // Encoded, a byte takes three; with all of it reserved nothing is left behind by growing.
        let longest: usize = fields
            .iter()
            .map(|(name, value)| 3 * (name.len() + value.len()) + 2)
            .sum();
        let mut form = form_urlencoded::Serializer::new(String::with_capacity(longest));
        form.extend_pairs(fields);
        Self {
            kind: HeaderValue::from_static("application/x-www-form-urlencoded"),
            body: Body::Whole(Bytes::from_owner(Zeroizing::new(form.finish().into_bytes()))),
        }
    }
}

/// One request.
pub(super) struct Request<'target> {
    pub(super) method: Method,
    pub(super) target: &'target str,
    pub(super) content: Option<Content>,
    pub(super) limit: Duration,
    pub(super) repeat: Repeat,
}

/// Why there is no answer.
#[derive(Debug)]
pub(super) enum Unanswered {
    Failed(Failure),
    /// The request may have gone out whole, and no whole answer came.
    Lost(Failure),
}

impl From<Failure> for Unanswered {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

impl From<Unanswered> for Failure {
    fn from(unanswered: Unanswered) -> Self {
        match unanswered {
            Unanswered::Failed(failure) | Unanswered::Lost(failure) => failure,
        }
    }
}

impl From<TransportError> for Unanswered {
    fn from(error: TransportError) -> Self {
        let is_lost = match &error {
            TransportError::Broken => true,
            TransportError::Unreachable(words) => [Obstacle::Closed, Obstacle::TimedOut]
                .iter()
                .any(|obstacle| *words == obstacle.to_string()),
            _ => false,
        };
        let failure = Failure::from(error);
        if is_lost {
            Self::Lost(failure)
        } else {
            Self::Failed(failure)
        }
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Client")
            .field("origin", &self.origin)
            .finish_non_exhaustive()
    }
}

impl Client {
    /// A client without credentials. Connects with the first call.
    ///
    /// # Errors
    /// When no TLS client can be made at all.
    pub fn new(
        dialer: &Dialer,
        endpoint: &Endpoint,
        trust: &Trust,
        transport: Transport,
    ) -> Result<Self, Failure> {
        let scheme = match transport {
            Transport::Https => "https",
            Transport::Http => "http",
        };
        Ok(Self {
            channel: dialer.channel(endpoint, trust)?,
            origin: endpoint.origin(scheme),
            transport,
            credentials: None,
            agreed: Mutex::new(None),
        })
    }

    /// The same client with credentials; they are sent only where the device asks for them.
    #[must_use]
    pub fn with_credentials(mut self, user: &str, password: &Secret) -> Self {
        self.credentials = Some(Credentials {
            user: user.to_string(),
            password: password.clone(),
        });
        self.agreed = Mutex::new(None);
        self
    }

    /// The certificate met by the last handshake, accepted or not.
    pub fn certificate(&self) -> Option<Certificate> {
        self.channel.certificate().map(|met| (*met).clone())
    }

    pub(super) fn has_credentials(&self) -> bool {
        self.credentials.is_some()
    }

    /// Whether the device has asked for credentials, and they were agreed how.
    pub(super) fn has_signed_in(&self) -> bool {
        self.agreed.lock().is_some()
    }

    /// A password may be in what follows: never in clear (VPX-01, VPX-14).
    pub(super) fn require_encryption(&self) -> Result<(), Failure> {
        match self.transport {
            Transport::Https => Ok(()),
            Transport::Http => Err(Failure::BasicWithoutEncryption),
        }
    }

    /// Asks one method of an interface that speaks in envelopes; it changes nothing. Gives `data` (VPX-04).
    pub(super) async fn ask(&self, target: &str, method: &str, params: Value) -> Result<Value, Failure> {
        let limit = self.channel.limits.call;
        self.ask_within(target, method, params, limit).await
    }

    /// As [`Client::ask`], with a limit of its own.
    pub(super) async fn ask_within(
        &self,
        target: &str,
        method: &str,
        params: Value,
        limit: Duration,
    ) -> Result<Value, Failure> {
        let answer = self
            .send(Request {
                method: Method::POST,
                target,
                content: Some(Content::json(&envelope(method, params))),
                limit,
                repeat: Repeat::Allowed,
            })
            .await?;
        json_reply(&answer)?.ok_or(Failure::NotThisProtocol)
    }

    /// Asks one method that changes something: it goes out once. Gives `data`, where there is any (VPX-04).
    pub(super) async fn act(&self, target: &str, method: &str, params: Value) -> Result<Value, Unanswered> {
        let answer = self
            .send(Request {
                method: Method::POST,
                target,
                content: Some(Content::json(&envelope(method, params))),
                limit: self.channel.limits.call,
                repeat: Repeat::Never,
            })
            .await?;
        Ok(json_reply(&answer)?.unwrap_or_default())
    }

    /// One call with signing in where it is asked for. At most three requests: the first in the way agreed
    /// before, one after a challenge, one after a nonce that had grown old in between. A device that calls every nonce
    /// old is left after the third: it may mean the password, and would lock the account.
    pub(super) async fn send(&self, request: Request<'_>) -> Result<Answer, Unanswered> {
        let mut challenged = false;
        let mut renewed = false;
        loop {
            let (authorization, nonce) = self.authorization(&request.method, request.target)?;
            let proved = authorization.is_some();
            let answer = self.once(&request, authorization).await?;
            if answer.status != StatusCode::UNAUTHORIZED {
                return Ok(answer);
            }
            if is_setup(&answer) {
                return Err(Failure::NeedsSetup.into());
            }
            if self.credentials.is_none() {
                return Err(Failure::CredentialsNeeded.into());
            }
            let offered = digest::challenges(&answer.headers);
            let agreed = self.choose(&offered)?;
            // A second 401 for fresh proof means refused, unless the device says that only the nonce was old,
            // or the proof was made with a nonce from an earlier call.
            let retry = if !proved {
                !std::mem::replace(&mut challenged, true)
            } else {
                match &agreed {
                    Agreed::Digest(challenge) => {
                        (challenge.stale() || (!challenged && nonce.as_deref() != Some(challenge.nonce())))
                            && !std::mem::replace(&mut renewed, true)
                    }
                    Agreed::Basic => nonce.is_some() && !std::mem::replace(&mut renewed, true),
                }
            };
            if !retry {
                *self.agreed.lock() = None;
                return Err(Failure::CredentialsRefused.into());
            }
            challenged = true;
            *self.agreed.lock() = Some(agreed);
        }
    }

    /// The proof for the next request, if it was agreed how, and the nonce it uses.
    fn authorization(
        &self,
        method: &Method,
        target: &str,
    ) -> Result<(Option<HeaderValue>, Option<String>), Failure> {
        let Some(credentials) = &self.credentials else {
            return Ok((None, None));
        };
        let mut agreed = self.agreed.lock();
        let unusable = || Failure::UnknownAuthentication("the challenge cannot be answered".to_string());
        match agreed.as_mut() {
            None => Ok((None, None)),
            Some(Agreed::Basic) => {
                let pair = Zeroizing::new(format!("{}:{}", credentials.user, credentials.password.expose()));
                let encoded =
                    Zeroizing::new(base64::engine::general_purpose::STANDARD.encode(pair.as_bytes()));
                let text = Zeroizing::new(format!("Basic {}", encoded.as_str()));
                let mut value = HeaderValue::from_str(&text).map_err(|_| unusable())?;
                value.set_sensitive(true);
                Ok((Some(value), None))
            }
            Some(Agreed::Digest(challenge)) => {
                let value = challenge
                    .authorize(&credentials.user, &credentials.password, method, target)
                    .ok_or_else(unusable)?;
                Ok((Some(value), Some(challenge.nonce().to_string())))
            }
        }
    }

    /// VPX-01: Digest where it is offered; else Basic, inside TLS only.
    pub(super) fn choose(&self, offered: &[Challenge]) -> Result<Agreed, Failure> {
        if let Some(challenge) = digest::strongest(offered) {
            return Ok(Agreed::Digest(challenge));
        }
        let unknown = offered.iter().find_map(|challenge| match challenge {
            Challenge::UnknownDigest { algorithm, .. } => Some(algorithm.clone()),
            _ => None,
        });
        let basic = offered
            .iter()
            .any(|challenge| matches!(challenge, Challenge::Basic { .. }));
        match (basic, self.transport, unknown) {
            (true, Transport::Https, _) => Ok(Agreed::Basic),
            (_, _, Some(algorithm)) => Err(Failure::UnknownAuthentication(algorithm)),
            (true, Transport::Http, None) => Err(Failure::BasicWithoutEncryption),
            (false, _, None) => Err(Failure::UnknownAuthentication("none offered".to_string())),
        }
    }

    /// Opens a connection that is switched over to another protocol. `target` carries what permits it.
    pub(super) async fn switch_over(
        &self,
        target: &str,
        headers: HeaderMap,
    ) -> Result<reqwest::Response, Failure> {
        let call = Call {
            method: Method::GET,
            url: self.url(target)?,
            headers,
            body: None,
            limit: self.channel.limits.call,
        };
        Ok(self.channel.open(&call).await?)
    }

    fn url(&self, target: &str) -> Result<reqwest::Url, Failure> {
        reqwest::Url::parse(&format!("{}{target}", self.origin)).map_err(|_| Failure::NotThisProtocol)
    }

    /// One request just as it is, with this proof or without one.
    pub(super) async fn once(
        &self,
        request: &Request<'_>,
        authorization: Option<HeaderValue>,
    ) -> Result<Answer, Unanswered> {
        let url = self.url(request.target)?;
        let mut headers = HeaderMap::with_capacity(4);
        if let Some(authorization) = authorization {
            headers.insert(AUTHORIZATION, authorization);
        }
        if let Some(content) = &request.content {
            headers.insert(CONTENT_TYPE, content.kind.clone());
        }
        let mut call = Call {
            method: request.method.clone(),
            url,
            headers,
            body: None,
            limit: request.limit,
        };
        match request.content.as_ref().map(|content| &content.body) {
            Some(Body::Whole(bytes)) => call.body = Some(bytes.clone()),
            Some(Body::Image(form)) => {
                // Exact, and so not in chunks, which devices do not understand (VPX-11).
                call.headers.insert(CONTENT_LENGTH, form.length().into());
                let body = reqwest::Body::wrap_stream(form.stream());
                return Ok(self.channel.send_stream(&call, body).await?);
            }
            None => {}
        }
        Ok(match request.repeat {
            Repeat::Allowed => self.channel.send(&call).await?,
            Repeat::Never => self.channel.send_once(&call).await?,
        })
    }
}

/// What came of an act after which the device goes away: an answer that was lost is no failure.
pub(super) fn acknowledged(outcome: Result<(), Unanswered>) -> Result<Acknowledgement, Failure> {
    match outcome {
        Ok(()) => Ok(Acknowledgement::Confirmed),
        Err(Unanswered::Lost(_)) => Ok(Acknowledgement::Lost),
        Err(Unanswered::Failed(failure)) => Err(failure),
    }
}

/// VPX-04: asked with the lowest version that every device understands.
fn envelope(method: &str, params: Value) -> Value {
    let mut question = json!({"apiVersion": "1.0", "context": "flotilla", "method": method});
    if !params.is_null() {
        question["params"] = params;
    }
    question
}

/// VPX-02: devices from version 12 on say so in a header, older ones in words.
pub(super) fn is_setup(answer: &Answer) -> bool {
    let header = answer
        .headers
        .get(SETUP_HEADER)
        .is_some_and(|value| value.as_bytes().eq_ignore_ascii_case(b"vapix"));
    header
        || matches!(
            legacy_error(&String::from_utf8_lossy(&answer.body)),
            Some(Failure::Legacy(words)) if words == SETUP_WORDS
        )
}
