//! A session at the management API (IPO-01): signing in, asking, and signing out in any case.
use super::answer::{Interpretation, Stage, interpret};
use super::reading::{Grant, read_grant};
use crate::Refusal;
use crate::dialer::{Answer, Call, Channel, TransportError};
use crate::endpoint::Endpoint;
use crate::secret::Secret;
use base64::Engine;
use http::header::{AUTHORIZATION, CONTENT_TYPE, COOKIE, RETRY_AFTER, SET_COOKIE};
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::sync::Arc;
use std::time::Duration;
use zeroize::Zeroizing;

const AUTHENTICATE: &str = "/WebManagement/ws/sdk/security/authenticate";
const TOKEN: &str = "SDK-Token";
pub(super) const TOKEN_HEADER: HeaderName = HeaderName::from_static("x-sdk-token");
/// Longest `Retry-After` that is waited for; beyond it the next poll comes sooner.
const LONGEST_WAIT: Duration = Duration::from_secs(5);

/// SHA-256 over the body of an answer.
pub(super) type BodyDigest = [u8; 32];

/// The answer to one list.
pub(super) struct Listed {
    pub(super) digest: BodyDigest,
    answer: Answer,
    /// None: the digest is the expected one, so that nothing new stands in it.
    objects: Option<Vec<Value>>,
}

impl Listed {
    /// Its objects, read now if that was not needed before.
    pub(super) fn objects(self) -> Result<Vec<Value>, Refusal> {
        match self.objects {
            Some(objects) => Ok(objects),
            None => match interpret(&self.answer, Stage::Reading) {
                Interpretation::Data(objects) => Ok(objects),
                Interpretation::Refused(refusal) => Err(refusal),
                Interpretation::SessionLost => Err(Refusal::Failed),
            },
        }
    }
}

/// Where and as whom to sign in.
pub(super) struct Access {
    channel: Arc<Channel>,
    origin: reqwest::Url,
    authorization: HeaderValue,
}

impl Access {
    pub(super) fn new(
        channel: Arc<Channel>,
        endpoint: &Endpoint,
        user: &str,
        password: &Secret,
    ) -> Option<Arc<Self>> {
        let pair = Zeroizing::new(format!("{user}:{}", password.expose()));
        let encoded = base64::engine::general_purpose::STANDARD.encode(pair.as_bytes());
        let text = Zeroizing::new(format!("Basic {encoded}"));
        drop(Zeroizing::new(encoded));
        let mut authorization = HeaderValue::from_str(&text).ok()?;
        authorization.set_sensitive(true);
        let origin = reqwest::Url::parse(&endpoint.origin("https")).ok()?;
        Some(Arc::new(Self {
            channel,
            origin,
            authorization,
        }))
    }

    fn call(&self, method: Method, path: &str, headers: HeaderMap) -> Call {
        let mut url = self.origin.clone();
        url.set_path(path);
        Call {
            method,
            url,
            headers,
            body: None,
            limit: self.channel.limits.call,
        }
    }

    /// IPO-01. Runs as a task of its own: when the caller stops waiting while the system is just opening the
    /// session, the session still comes into being, is dropped, and is thereby signed out.
    pub(super) async fn sign_in(self: &Arc<Self>) -> Result<Session, Refusal> {
        let access = self.clone();
        match self
            .channel
            .unattended
            .spawn(async move { access.sign_in_here().await })
            .await
        {
            Ok(session) => session,
            Err(error) => {
                tracing::error!(%error, "signing in ended unexpectedly");
                Err(Refusal::Failed)
            }
        }
    }

    async fn sign_in_here(self: Arc<Self>) -> Result<Session, Refusal> {
        let mut headers = common_headers();
        headers.insert(AUTHORIZATION, self.authorization.clone());
        let call = self.call(Method::GET, AUTHENTICATE, headers);
        let answer = self.send_patiently(call).await?;
        let cookies = Cookies::of(&answer.headers);
        match interpret(&answer, Stage::SigningIn) {
            Interpretation::Data(data) => {
                let grant = data.first().map(read_grant).unwrap_or_default();
                if cookies.is_empty() {
                    // Nothing to read with: something that answers everything with 200 is no IP Office.
                    return Err(Refusal::Failed);
                }
                Ok(Session {
                    access: self,
                    cookies,
                    grant,
                    open: true,
                })
            }
            Interpretation::SessionLost => Err(Refusal::Failed),
            Interpretation::Refused(refusal) => Err(refusal),
        }
    }

    /// One list, with signing in again once when the session was lost (IPO-03). An answer with the `expected` body was
    /// understood before and is not read.
    pub(super) async fn list(
        self: &Arc<Self>,
        session: &mut Session,
        path: &str,
        may_sign_in_again: &mut bool,
        expected: Option<BodyDigest>,
    ) -> Result<Listed, Refusal> {
        loop {
            let call = self.call(Method::GET, path, session.headers());
            let answer = self.send_patiently(call).await?;
            session.cookies.update(&answer.headers);
            let digest: BodyDigest = Sha256::digest(&answer.body).into();
            if answer.status.is_success() && expected == Some(digest) {
                return Ok(Listed {
                    digest,
                    answer,
                    objects: None,
                });
            }
            match interpret(&answer, Stage::Reading) {
                Interpretation::Data(objects) => {
                    return Ok(Listed {
                        digest,
                        answer,
                        objects: Some(objects),
                    });
                }
                Interpretation::Refused(refusal) => return Err(refusal),
                Interpretation::SessionLost if *may_sign_in_again => {
                    *may_sign_in_again = false;
                    // The system may still count the lost session; sessions are few.
                    session.sign_out().await;
                    *session = self.sign_in().await?;
                }
                Interpretation::SessionLost => return Err(Refusal::Failed),
            }
        }
    }

    /// Sends, and waits once where the system asks for a short patience (IPO-03).
    async fn send_patiently(&self, call: Call) -> Result<Answer, Refusal> {
        let answer = self.channel.send(&call).await?;
        match retry_after(&answer) {
            Some(wait) if answer.status == StatusCode::SERVICE_UNAVAILABLE && wait <= LONGEST_WAIT => {
                tokio::time::sleep(wait).await;
                Ok(self.channel.send(&call).await?)
            }
            _ => Ok(answer),
        }
    }
}

/// An open session. Sessions are few, so it cannot be dropped without being signed out.
pub(super) struct Session {
    access: Arc<Access>,
    cookies: Cookies,
    pub(super) grant: Grant,
    open: bool,
}

impl Session {
    fn headers(&self) -> HeaderMap {
        let mut headers = common_headers();
        self.cookies.apply(&mut headers);
        headers
    }

    fn goodbye(&mut self) -> Option<Call> {
        if !std::mem::take(&mut self.open) {
            return None;
        }
        Some(self.access.call(Method::DELETE, AUTHENTICATE, self.headers()))
    }

    /// Signs out. A failure is of no consequence for what was read: the system ends idle sessions itself.
    pub(super) async fn sign_out(&mut self) {
        let guard = SignOutGuard(self.goodbye().map(|call| (self.access.channel.clone(), call)));
        guard.finish().await;
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        if let Some(call) = self.goodbye() {
            drop(SignOutGuard(Some((self.access.channel.clone(), call))));
        }
    }
}

/// A sign-out that happens even when nobody waits for it any more.
struct SignOutGuard(Option<(Arc<Channel>, Call)>);

impl SignOutGuard {
    async fn finish(mut self) {
        if let Some((channel, call)) = self.0.as_ref() {
            let done = channel.send(call).await;
            // Only now: cancelled while sending, the drop below sends it again.
            self.0 = None;
            if let Err(error) = done {
                tracing::debug!(?error, "signing out had no answer");
            }
        }
    }
}

impl Drop for SignOutGuard {
    fn drop(&mut self) {
        let Some((channel, call)) = self.0.take() else {
            return;
        };
        if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            let unattended = channel.unattended.clone();
            let sign_out = async move {
                if let Err(error) = channel.send(&call).await {
                    tracing::debug!(?error, "signing out had no answer");
                }
            };
            unattended.spawn_on(sign_out, &runtime);
        }
    }
}

/// Headers every call carries, Content-Type also on GET (IPO-01).
fn common_headers() -> HeaderMap {
    let mut headers = HeaderMap::with_capacity(6);
    headers.insert(
        HeaderName::from_static("x-user-client"),
        HeaderValue::from_static("Avaya-WebAdmin"),
    );
    headers.insert(
        HeaderName::from_static("x-user-agent"),
        HeaderValue::from_static("Avaya-SDKUser"),
    );
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers
}

/// The two tokens of a session, each kept where it came from (IPO-01).
#[derive(Default)]
pub(super) struct Cookies {
    session: Option<Zeroizing<String>>,
    token: Option<Zeroizing<String>>,
    token_header: Option<HeaderValue>,
}

impl Cookies {
    pub(super) fn of(headers: &HeaderMap) -> Self {
        let mut cookies = Self::default();
        cookies.update(headers);
        cookies
    }

    fn update(&mut self, headers: &HeaderMap) {
        for value in headers.get_all(SET_COOKIE).iter().take(32) {
            let Ok(text) = value.to_str() else { continue };
            let pair = text.split(';').next().unwrap_or_default();
            let Some((name, value)) = pair.split_once('=') else {
                continue;
            };
            let value = value.trim();
            let fits = !value.is_empty() && value.len() <= 4096;
            match name.trim() {
                "JSESSIONID" if fits => self.session = Some(Zeroizing::new(value.to_string())),
                TOKEN if fits => self.token = Some(Zeroizing::new(value.to_string())),
                _ => {}
            }
        }
        if let Some(value) = headers.get(TOKEN_HEADER)
            && !value.is_empty()
            && value.len() <= 4096
        {
            let mut value = value.clone();
            value.set_sensitive(true);
            self.token_header = Some(value);
        }
    }

    fn is_empty(&self) -> bool {
        self.session.is_none() && self.token.is_none() && self.token_header.is_none()
    }

    pub(super) fn apply(&self, headers: &mut HeaderMap) {
        let mut text = Zeroizing::new(String::new());
        for (name, value) in [("JSESSIONID", &self.session), (TOKEN, &self.token)] {
            if let Some(value) = value {
                if !text.is_empty() {
                    text.push_str("; ");
                }
                text.push_str(name);
                text.push('=');
                text.push_str(value);
            }
        }
        if !text.is_empty()
            && let Ok(mut value) = HeaderValue::from_str(&text)
        {
            value.set_sensitive(true);
            headers.insert(COOKIE, value);
        }
        if let Some(value) = &self.token_header {
            headers.insert(TOKEN_HEADER, value.clone());
        }
    }
}

pub(crate) fn retry_after(answer: &Answer) -> Option<Duration> {
    let seconds: u64 = answer
        .headers
        .get(RETRY_AFTER)?
        .to_str()
        .ok()?
        .trim()
        .parse()
        .ok()?;
    Some(Duration::from_secs(seconds))
}

impl From<TransportError> for Refusal {
    fn from(error: TransportError) -> Self {
        match error {
            TransportError::CertificateChanged(certificate) => Refusal::CertificateChanged(certificate),
            TransportError::CertificateNotTrusted(certificate) => Refusal::CertificateNotTrusted(certificate),
            TransportError::CertificateUnusable => Refusal::CertificateUnusable,
            TransportError::Unreachable(words) => Refusal::Unreachable(words),
            // It answers, but not so that it can be read.
            TransportError::Broken | TransportError::TooLarge => Refusal::Failed,
        }
    }
}
