//! The IP Office management API (IPO-01 to IPO-05), reading only.
//!
//! [`contact`] signs in, reads the whole solution through its primary, and signs out, always: also after an
//! error, and when the caller stops waiting. What a refusal means is decided by pure functions over status
//! and error code (CUS-03).
use crate::dialer::{Answer, Call, Channel, Dialer, TransportError};
use crate::endpoint::Endpoint;
use crate::secret::Secret;
use crate::trust::{Certificate, Fingerprint, Trust, plain_text};
use crate::{Obstacle, Refusal};
use base64::Engine;
use http::header::{AUTHORIZATION, CONTENT_TYPE, COOKIE, RETRY_AFTER, SET_COOKIE, WWW_AUTHENTICATE};
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;
use zeroize::Zeroizing;

const AUTHENTICATE: &str = "/WebManagement/ws/sdk/security/authenticate";
const SYSTEMS: &str = "/WebManagement/ws/sdk/admin/v1/systems";
const LICENCES: &str = "/WebManagement/ws/sdk/admin/v1/licenses";
const TOKEN: &str = "SDK-Token";
const TOKEN_HEADER: HeaderName = HeaderName::from_static("x-sdk-token");
/// Longest `Retry-After` that is waited for; beyond it the next poll comes sooner.
const LONGEST_WAIT: Duration = Duration::from_secs(5);
/// GEN-12: one primary and up to 31 others.
const MOST_SYSTEMS: usize = 32;
const MOST_SERVICES: usize = 256;
const MOST_LICENCES: usize = 10_000;
const LONGEST_TEXT: usize = 256;

/// What one contact with a primary read: its whole solution.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SolutionReading {
    /// 1 to 32 systems (GEN-12); the primary first.
    pub systems: Vec<SystemReading>,
    /// In the order the primary lists them.
    pub licences: Vec<LicenceReading>,
    /// Whether the service user may upgrade; without it the status is *upgrade rights missing*.
    pub may_upgrade: bool,
    /// The certificate the primary was believed by.
    pub certificate: Certificate,
    /// Who runs the solution, where it says so.
    pub provider: Option<String>,
    /// Who sold it, where it says so.
    pub reseller: Option<String>,
    /// Cloud profile name, when the solution is a cloud one.
    pub profile: Option<String>,
}

/// What a system is in its solution.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// Answers for the whole solution.
    Primary,
    /// Takes over when the primary is away.
    Secondary,
    /// Any other.
    Expansion,
}

/// One system of a solution (IPO-04).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SystemReading {
    /// Its name, or its address where it has none.
    pub name: String,
    /// The address it has inside the solution.
    pub address: String,
    /// Its place in the solution.
    pub role: Role,
    /// The version parts joined with dots, `11.1.3.2`; empty when unknown.
    pub version: String,
    /// Serial number or licence host id: what the system is known by.
    pub identity: String,
    /// Edition in the system's own words.
    pub edition: String,
    /// Whether it says it runs; one that says nothing is taken to run, since its primary lists it.
    pub running: bool,
    /// Applications on it.
    pub services: Vec<ServiceReading>,
}

/// One application on a system (CUS-30).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceReading {
    /// Its name.
    pub name: String,
    /// Its version; empty when unknown.
    pub version: String,
    /// Whether it says it runs.
    pub running: bool,
}

/// One licence line (IPO-04).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LicenceReading {
    /// What is licensed, in the system's own words.
    pub licence_type: String,
    /// How many there are.
    pub quantity: u32,
    /// How many of them are not in use.
    pub free: u32,
    /// Last day; none when it never expires.
    pub expires: Option<chrono::NaiveDate>,
    /// Status 1.
    pub valid: bool,
}

/// How a contact ended, with the certificate that was met on the way, if it came that far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// The solution, or why it could not be read.
    pub outcome: Result<SolutionReading, Refusal>,
    /// Present whenever TLS got as far as a certificate, accepted or not (CUS-11).
    pub certificate: Option<Certificate>,
    /// What was answered, for [`contact_again`]; none when the solution could not be read.
    pub answers: Option<Answers>,
}

/// By what a later contact tells that a solution says the same again, without reading it once more (CUS-40).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answers {
    grant: Grant,
    certificate: Fingerprint,
    systems: BodyDigest,
    licences: BodyDigest,
}

/// SHA-256 over the body of an answer.
type BodyDigest = [u8; 32];

/// A contact with a solution that was read before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Again {
    /// It was asked everything, and says what it said then.
    Same,
    /// It says something else, or nothing.
    Other(Box<Contact>),
}

/// Reads a solution through its primary (IPO-01 to IPO-04, CUS-41); the certificate comes along in any case.
pub async fn contact(
    dialer: &Dialer,
    endpoint: &Endpoint,
    trust: &Trust,
    user: &str,
    password: &Secret,
) -> Contact {
    match contact_unless(dialer, endpoint, trust, user, password, None).await {
        Some(contact) => contact,
        None => Contact {
            outcome: Err(Refusal::Failed),
            certificate: None,
            answers: None,
        },
    }
}

/// As [`contact`], for a solution that was read before: asks it everything, and reads the answers only where they are
/// not those `known`.
pub async fn contact_again(
    dialer: &Dialer,
    endpoint: &Endpoint,
    trust: &Trust,
    user: &str,
    password: &Secret,
    known: &Answers,
) -> Again {
    let contact = contact_unless(dialer, endpoint, trust, user, password, Some(known)).await;
    contact.map_or(Again::Same, |contact| Again::Other(Box::new(contact)))
}

/// None: it says what is known.
async fn contact_unless(
    dialer: &Dialer,
    endpoint: &Endpoint,
    trust: &Trust,
    user: &str,
    password: &Secret,
    known: Option<&Answers>,
) -> Option<Contact> {
    let channel = match dialer.channel(endpoint, trust) {
        Ok(channel) => channel,
        Err(error) => {
            return Some(Contact {
                outcome: Err(error.into()),
                certificate: None,
                answers: None,
            });
        }
    };
    let (outcome, answers) = match read_through(&channel, endpoint, user, password, known).await {
        Ok(Read::Same) => return None,
        Ok(Read::Solution(reading, answers)) => (Ok(*reading), Some(answers)),
        Err(refusal) => (Err(refusal), None),
    };
    let certificate = match &outcome {
        Err(Refusal::CertificateChanged(met) | Refusal::CertificateNotTrusted(met)) => Some((**met).clone()),
        Ok(reading) => Some(reading.certificate.clone()),
        Err(_) => channel.certificate().map(|met| (*met).clone()),
    };
    Some(Contact {
        outcome,
        certificate,
        answers,
    })
}

/// As [`contact`], for those who do not need the certificate of a refusal.
///
/// # Errors
/// One [`Refusal`] of CUS-03.
pub async fn read_solution(
    dialer: &Dialer,
    endpoint: &Endpoint,
    trust: &Trust,
    user: &str,
    password: &Secret,
) -> Result<SolutionReading, Refusal> {
    contact(dialer, endpoint, trust, user, password).await.outcome
}

enum Read {
    Same,
    Solution(Box<SolutionReading>, Answers),
}

async fn read_through(
    channel: &Arc<Channel>,
    endpoint: &Endpoint,
    user: &str,
    password: &Secret,
    known: Option<&Answers>,
) -> Result<Read, Refusal> {
    let access = Access::new(channel.clone(), endpoint, user, password).ok_or(Refusal::Failed)?;
    let mut session = access.sign_in().await?;
    let read = read_signed_in(&access, &mut session, known).await;
    session.sign_out().await;
    let (systems, licences) = read?;
    let certificate = channel.certificate().ok_or(Refusal::Failed)?;
    let grant = std::mem::take(&mut session.grant);
    let answers = Answers {
        grant,
        certificate: certificate.fingerprint,
        systems: systems.digest,
        licences: licences.digest,
    };
    if known == Some(&answers) {
        return Ok(Read::Same);
    }
    let grant = &answers.grant;
    let reading = SolutionReading {
        systems: read_systems(&systems.objects()?)?,
        licences: licences
            .objects()?
            .iter()
            .take(MOST_LICENCES)
            .filter_map(read_licence)
            .collect(),
        may_upgrade: grant.may_upgrade,
        certificate: (*certificate).clone(),
        provider: grant.provider.clone(),
        reseller: grant.reseller.clone(),
        profile: grant.profile.clone(),
    };
    Ok(Read::Solution(Box::new(reading), answers))
}

async fn read_signed_in(
    access: &Arc<Access>,
    session: &mut Session,
    known: Option<&Answers>,
) -> Result<(Listed, Listed), Refusal> {
    let mut may_sign_in_again = true;
    let expected = known.map(|known| known.systems);
    let systems = access
        .list(session, SYSTEMS, &mut may_sign_in_again, expected)
        .await?;
    let expected = known.map(|known| known.licences);
    let licences = access
        .list(session, LICENCES, &mut may_sign_in_again, expected)
        .await?;
    Ok((systems, licences))
}

/// The answer to one list.
struct Listed {
    digest: BodyDigest,
    answer: Answer,
    /// None: the digest is the expected one, so that nothing new stands in it.
    objects: Option<Vec<Value>>,
}

impl Listed {
    /// Its objects, read now if that was not needed before.
    fn objects(self) -> Result<Vec<Value>, Refusal> {
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
struct Access {
    channel: Arc<Channel>,
    origin: reqwest::Url,
    authorization: HeaderValue,
}

impl Access {
    fn new(channel: Arc<Channel>, endpoint: &Endpoint, user: &str, password: &Secret) -> Option<Arc<Self>> {
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
    async fn sign_in(self: &Arc<Self>) -> Result<Session, Refusal> {
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
    async fn list(
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
struct Session {
    access: Arc<Access>,
    cookies: Cookies,
    grant: Grant,
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
    async fn sign_out(&mut self) {
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
            let farewell = async move {
                if let Err(error) = channel.send(&call).await {
                    tracing::debug!(?error, "signing out had no answer");
                }
            };
            unattended.spawn_on(farewell, &runtime);
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
struct Cookies {
    session: Option<Zeroizing<String>>,
    token: Option<Zeroizing<String>>,
    token_header: Option<HeaderValue>,
}

impl Cookies {
    fn of(headers: &HeaderMap) -> Self {
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

    fn apply(&self, headers: &mut HeaderMap) {
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

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stage {
    SigningIn,
    Reading,
}

#[derive(Debug, PartialEq)]
pub(crate) enum Interpretation {
    /// The objects of `ws_object`, none to many.
    Data(Vec<Value>),
    /// `461:SessionTimeout`.
    SessionLost,
    Refused(Refusal),
}

/// What an answer says (IPO-03, CUS-03). The content type is not looked at: JSON comes under an XML one.
pub(crate) fn interpret(answer: &Answer, stage: Stage) -> Interpretation {
    let status = answer.status.as_u16();
    let body = answer.body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&answer.body);
    let envelope: Option<Value> = serde_json::from_slice::<Value>(body)
        .ok()
        .and_then(|mut root| root.get_mut("response").map(Value::take))
        .filter(Value::is_object);
    let code = envelope.as_ref().and_then(error_code);
    // Done, and a reboot is needed for it: nothing a reader has to care about.
    let code = code.filter(|code| !code.to_ascii_uppercase().contains("REBOOT"));
    let reboot = code.is_none() && envelope.as_ref().is_some_and(mentions_reboot);
    if let Some(code) = &code {
        return refused(number_of(code).unwrap_or(status), code, stage);
    }
    let asks_for_digest = answer.headers.get_all(WWW_AUTHENTICATE).iter().any(|value| {
        value
            .as_bytes()
            .get(..6)
            .is_some_and(|scheme| scheme.eq_ignore_ascii_case(b"digest"))
    });
    match (status, envelope) {
        // A camera asks so; the management API never does.
        (401, _) if asks_for_digest => Interpretation::Refused(Refusal::Failed),
        (401 | 403 | 461 | 503, _) => refused(status, "", stage),
        (200..=299, Some(mut envelope)) => {
            let fine = match envelope.get("@status").or_else(|| envelope.get("status")) {
                Some(value) => number(value) == Some(1),
                None => true,
            };
            let objects = envelope
                .get_mut("data")
                .and_then(|data| data.get_mut("ws_object"))
                .map(Value::take)
                .map(one_or_many);
            match objects {
                Some(objects) if fine || reboot => Interpretation::Data(objects),
                None if reboot => Interpretation::Data(Vec::new()),
                // A list may be empty, but it has to be one.
                None if fine && envelope.get("data").is_some() => Interpretation::Data(Vec::new()),
                _ => Interpretation::Refused(Refusal::Failed),
            }
        }
        _ => Interpretation::Refused(Refusal::Failed),
    }
}

/// CUS-03's table, over the number and the name of an error.
fn refused(number: u16, code: &str, stage: Stage) -> Interpretation {
    let name = code
        .split_once(':')
        .map_or(code, |(_, name)| name)
        .to_ascii_lowercase();
    let has = |part: &str| name.contains(part);
    let refusal = match number {
        461 => return Interpretation::SessionLost,
        _ if has("sessiontimeout") => return Interpretation::SessionLost,
        _ if has("sessionlimit") || has("toomanysession") || has("maxsession") => Refusal::TooManySessions,
        // A session that is no longer known is lost, not a wrong password: the sign-in was accepted.
        401 if stage == Stage::Reading => return Interpretation::SessionLost,
        401 if has("password") => Refusal::AuthorizationFailed,
        401 => Refusal::InvalidCredentials,
        403 if has("administrator") => Refusal::DisabledByAdministrator,
        403 if has("locked") => Refusal::Locked,
        403 if has("disabled") => Refusal::Disabled,
        403 if has("monitoring") || stage == Stage::Reading => Refusal::MonitoringRightsMissing,
        503 => Refusal::Unreachable(Obstacle::Unavailable.to_string()),
        _ => Refusal::Failed,
    };
    Interpretation::Refused(refusal)
}

/// The number an error code begins with, as in `403:UserLocked`.
fn number_of(code: &str) -> Option<u16> {
    code.split_once(':')?.0.trim().parse().ok()
}

fn error_node(envelope: &Value) -> Option<&Value> {
    let outer = envelope
        .get("SMAError")
        .or_else(|| envelope.get("data")?.get("SMAError"))?;
    Some(outer.get("error").unwrap_or(outer))
}

fn error_code(envelope: &Value) -> Option<String> {
    text(error_node(envelope)?.get("error_code")?).filter(|code| !code.is_empty())
}

fn mentions_reboot(envelope: &Value) -> bool {
    let in_words = |value: &Value| {
        value.get("REBOOT").is_some() || text(value).is_some_and(|text| text.eq_ignore_ascii_case("reboot"))
    };
    let Some(node) = error_node(envelope) else {
        return envelope.get("error").is_some_and(in_words);
    };
    in_words(node)
        || envelope.get("SMAError").is_some_and(in_words)
        || node
            .get("error_code")
            .and_then(text)
            .is_some_and(|code| code.to_ascii_uppercase().contains("REBOOT"))
}

/// `ws_object` is an array or one object (IPO-03); so are `Services`.
fn one_or_many(value: Value) -> Vec<Value> {
    match value {
        Value::Array(items) => items,
        Value::Null => Vec::new(),
        one => vec![one],
    }
}

/// Text or number as text; nothing else.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(plain_text(text, LONGEST_TEXT)),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn number(value: &Value) -> Option<i64> {
    match value {
        Value::Number(number) => number.as_i64(),
        Value::String(text) => text.trim().parse().ok(),
        Value::Bool(flag) => Some(i64::from(*flag)),
        _ => None,
    }
}

fn field(object: &Value, name: &str) -> Option<String> {
    object.get(name).and_then(text).filter(|text| !text.is_empty())
}

fn count(object: &Value, name: &str) -> u32 {
    object
        .get(name)
        .and_then(number)
        .map_or(0, |value| u32::try_from(value.max(0)).unwrap_or(u32::MAX))
}

fn running(object: &Value) -> bool {
    field(object, "State").is_none_or(|state| state.eq_ignore_ascii_case("running"))
}

/// What the sign-in says about the service user and the solution.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Grant {
    may_upgrade: bool,
    provider: Option<String>,
    reseller: Option<String>,
    profile: Option<String>,
}

fn read_grant(object: &Value) -> Grant {
    let capabilities = object
        .get("Capabilities")
        .cloned()
        .map(one_or_many)
        .unwrap_or_default();
    Grant {
        may_upgrade: capabilities.iter().filter_map(text).any(|capability| {
            capability
                .split([',', ';', ' '])
                .any(|word| word.eq_ignore_ascii_case("upgrade"))
        }),
        provider: field(object, "Provider"),
        reseller: field(object, "Reseller"),
        profile: field(object, "Profile"),
    }
}

/// The systems of a solution, the primary first; or why these are none that can be managed (GEN-12, GEN-13).
pub(crate) fn read_systems(objects: &[Value]) -> Result<Vec<SystemReading>, Refusal> {
    if objects.len() > MOST_SYSTEMS {
        tracing::warn!(
            systems = objects.len(),
            "a solution lists more systems than a solution can have"
        );
        return Err(Refusal::TooManySystems);
    }
    let mut systems: Vec<SystemReading> = objects.iter().filter_map(read_system).collect();
    let Some(first) = systems.first() else {
        return Err(Refusal::Failed);
    };
    if let Some(other) = systems.iter().find(|system| cannot_be_managed(&system.edition)) {
        return Err(Refusal::NotSupported(other.edition.clone()));
    }
    if !systems.iter().any(|system| system.role == Role::Primary) {
        return Err(Refusal::NotSupported(
            format!("{} ({:?})", first.edition, first.role).trim().to_string(),
        ));
    }
    systems.sort_by_key(|system| system.role != Role::Primary);
    tell_apart(&mut systems);
    Ok(systems)
}

/// Gives systems that name themselves alike an identity each; the first one keeps its own.
fn tell_apart(systems: &mut [SystemReading]) {
    let mut known = HashSet::with_capacity(systems.len());
    for system in systems {
        if known.insert(system.identity.clone()) {
            continue;
        }
        let own = std::mem::take(&mut system.identity);
        system.identity = (2_u32..)
            .map(|number| format!("{own}#{number}"))
            .find(|identity| known.insert(identity.clone()))
            .unwrap_or(own);
    }
}

/// GEN-13
fn cannot_be_managed(edition: &str) -> bool {
    let edition = edition.to_ascii_lowercase();
    ["basic", "essential", "preferred"]
        .iter()
        .any(|name| edition.split_whitespace().any(|word| word == *name))
}

fn read_system(object: &Value) -> Option<SystemReading> {
    if !object.is_object() {
        return None;
    }
    let version: Vec<String> = ["MajorVersion", "MinorVersion", "ServicePack", "Build"]
        .iter()
        .map_while(|part| field(object, part))
        .collect();
    let version = if version.is_empty() {
        field(object, "Version").unwrap_or_default()
    } else {
        version.join(".")
    };
    let lan = object
        .get("LANS")
        .cloned()
        .map(one_or_many)
        .and_then(|lans| lans.first().and_then(|lan| field(lan, "IPAddress")));
    let address = field(object, "IPAddress").or(lan);
    let licence_host = object
        .get("PBXLicense")
        .and_then(|licence| field(licence, "HostID"));
    let identity = field(object, "SerialNumber")
        .or(licence_host)
        .or_else(|| address.clone());
    let name = field(object, "Name")
        .or_else(|| address.clone())
        .or_else(|| identity.clone())?;
    let role = match field(object, "Role")
        .unwrap_or_default()
        .to_ascii_lowercase()
        .as_str()
    {
        "primary" => Role::Primary,
        "secondary" => Role::Secondary,
        // A system that stands alone does not always name its role.
        "" if object.get("Role").is_none() => Role::Primary,
        _ => Role::Expansion,
    };
    let services = object
        .get("Services")
        .cloned()
        .map(one_or_many)
        .unwrap_or_default();
    Some(SystemReading {
        identity: identity.unwrap_or_else(|| name.clone()),
        name,
        address: address.unwrap_or_default(),
        role,
        version,
        edition: field(object, "Edition").unwrap_or_default(),
        running: running(object),
        services: services
            .iter()
            .take(MOST_SERVICES)
            .filter_map(|service| {
                Some(ServiceReading {
                    name: field(service, "Name")?,
                    version: field(service, "Version").unwrap_or_default(),
                    running: running(service),
                })
            })
            .collect(),
    })
}

pub(crate) fn read_licence(object: &Value) -> Option<LicenceReading> {
    let expires = field(object, "Expiry").and_then(|text| {
        let day = text.get(..10).unwrap_or(&text);
        day.parse::<chrono::NaiveDate>().ok()
    });
    Some(LicenceReading {
        licence_type: field(object, "Type")?,
        quantity: count(object, "Quantity"),
        free: count(object, "Free"),
        expires,
        valid: object.get("Status").and_then(number) == Some(1),
    })
}

impl From<TransportError> for Refusal {
    fn from(error: TransportError) -> Self {
        match error {
            TransportError::CertificateChanged(certificate) => Refusal::CertificateChanged(certificate),
            TransportError::CertificateNotTrusted(certificate) => Refusal::CertificateNotTrusted(certificate),
            TransportError::Unreachable(words) => Refusal::Unreachable(words),
            // It answers, but not so that it can be read.
            TransportError::Broken | TransportError::TooLarge => Refusal::Failed,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bytes::Bytes;
    use proptest::prelude::*;
    use rstest::rstest;
    use serde_json::json;

    fn answer(status: u16, body: impl Into<Bytes>) -> Answer {
        Answer {
            status: StatusCode::from_u16(status).expect("a status"),
            headers: HeaderMap::new(),
            body: body.into(),
        }
    }

    fn error_body(code: &str) -> String {
        json!({"response": {"@status": "0", "SMAError": {"error": {"error_code": code, "error_desc": "x"}}}})
            .to_string()
    }

    fn refusal(interpretation: Interpretation) -> Refusal {
        match interpretation {
            Interpretation::Refused(refusal) => refusal,
            other => panic!("not refused: {other:?}"),
        }
    }

    /// CUS-03: the table, row by row.
    #[rstest]
    #[case(401, "401:NoSuchUser", Stage::SigningIn, Refusal::InvalidCredentials)]
    #[case(401, "401:BadPassword", Stage::SigningIn, Refusal::AuthorizationFailed)]
    #[case(200, "401:BadPassword", Stage::SigningIn, Refusal::AuthorizationFailed)]
    #[case(
        403,
        "403:NoMonitoringRights",
        Stage::Reading,
        Refusal::MonitoringRightsMissing
    )]
    #[case(403, "403:Whatever", Stage::Reading, Refusal::MonitoringRightsMissing)]
    #[case(403, "403:Whatever", Stage::SigningIn, Refusal::Failed)]
    #[case(
        403,
        "403:DisabledByAdministrator",
        Stage::SigningIn,
        Refusal::DisabledByAdministrator
    )]
    #[case(403, "403:UserDisabled", Stage::SigningIn, Refusal::Disabled)]
    #[case(403, "403:UserLocked", Stage::SigningIn, Refusal::Locked)]
    #[case(403, "403:SessionLimit", Stage::SigningIn, Refusal::TooManySessions)]
    #[case(503, "503:SessionLimit", Stage::SigningIn, Refusal::TooManySessions)]
    #[case(500, "500:Internal", Stage::Reading, Refusal::Failed)]
    fn error_codes(#[case] status: u16, #[case] code: &str, #[case] stage: Stage, #[case] expected: Refusal) {
        assert_eq!(
            refusal(interpret(&answer(status, error_body(code)), stage)),
            expected
        );
    }

    /// CUS-03: answers without an error code.
    #[rstest]
    #[case(200, "<html>hello</html>", Refusal::Failed)]
    #[case(200, "{\"response\":{\"@status\":\"1\",\"da", Refusal::Failed)]
    #[case(200, "[]", Refusal::Failed)]
    #[case(404, "", Refusal::Failed)]
    #[case(302, "", Refusal::Failed)]
    #[case(500, "", Refusal::Failed)]
    #[case(401, "", Refusal::InvalidCredentials)]
    #[case(503, "", Refusal::Unreachable(Obstacle::Unavailable.to_string()))]
    fn bare_answers(#[case] status: u16, #[case] body: &'static str, #[case] expected: Refusal) {
        assert_eq!(
            refusal(interpret(&answer(status, body), Stage::SigningIn)),
            expected
        );
    }

    /// CUS-03: a camera at that address is something else, not a wrong user name.
    #[test]
    fn digest_is_another_protocol() {
        let mut camera = answer(401, "");
        camera.headers.insert(
            WWW_AUTHENTICATE,
            HeaderValue::from_static("Digest realm=\"AXIS_ACCC8E\""),
        );
        assert_eq!(refusal(interpret(&camera, Stage::SigningIn)), Refusal::Failed);
    }

    /// IPO-03: array or one object, a byte order mark, status as number, REBOOT means done.
    #[test]
    fn envelopes() {
        let count = |body: String| match interpret(&answer(200, body), Stage::Reading) {
            Interpretation::Data(data) => data.len(),
            other => panic!("no data: {other:?}"),
        };
        assert_eq!(
            count(json!({"response": {"@status": "1", "data": {"ws_object": [{}, {}]}}}).to_string()),
            2
        );
        assert_eq!(
            count(json!({"response": {"@status": 1, "data": {"ws_object": {}}}}).to_string()),
            1
        );
        assert_eq!(
            count(json!({"response": {"@status": "1", "data": {}}}).to_string()),
            0
        );
        let marked = format!("\u{feff}{}", json!({"response": {"data": {"ws_object": [{}]}}}));
        assert_eq!(count(marked), 1);
        let reboot = json!({"response": {"@status": "0", "data": {"ws_object": [{}]},
            "SMAError": {"error": {"error_code": "REBOOT"}}}});
        assert_eq!(count(reboot.to_string()), 1);
        let reboot = json!({"response": {"@status": "1", "data": {"ws_object": [{}]},
            "SMAError": {"error": {"REBOOT": "1"}}}});
        assert_eq!(count(reboot.to_string()), 1);
    }

    /// IPO-03
    #[test]
    fn a_lost_session() {
        for (status, code) in [(200, "461:SessionTimeout"), (461, "461:SessionTimeout")] {
            let lost = interpret(&answer(status, error_body(code)), Stage::Reading);
            assert_eq!(lost, Interpretation::SessionLost);
        }
        assert_eq!(
            interpret(&answer(461, ""), Stage::Reading),
            Interpretation::SessionLost
        );
    }

    /// IPO-04: numbers as text or numbers, missing fields, one service as an object.
    #[test]
    fn a_system() {
        let systems = read_systems(&[
            json!({"Name": "Expansion", "IPAddress": "10.0.0.2", "Role": "Expansion", "State": "Stopped",
                "PBXLicense": {"HostID": "H2"}}),
            json!({"Name": "Main", "Role": "Primary", "MajorVersion": 11, "MinorVersion": "1",
                "ServicePack": "3", "Build": 2, "SerialNumber": "S1", "Edition": "Server Edition",
                "LANS": {"IPAddress": "10.0.0.1"},
                "Services": {"Name": "one-X Portal", "Version": "11.1", "State": "Running"}}),
        ])
        .expect("a solution");
        assert_eq!(systems[0].name, "Main");
        assert_eq!(systems[0].version, "11.1.3.2");
        assert_eq!(systems[0].address, "10.0.0.1");
        assert_eq!(systems[0].services.len(), 1);
        assert!(systems[0].running && !systems[1].running);
        assert_eq!(systems[1].identity, "H2");
        assert_eq!(systems[1].version, "");
    }

    /// GEN-12, GEN-13
    #[test]
    fn solutions_that_cannot_be_managed() {
        for edition in ["Basic Edition", "Essential Edition", "IP500 Preferred"] {
            let system = json!({"Name": "a", "Role": "Primary", "Edition": edition});
            assert_eq!(
                read_systems(&[system]),
                Err(Refusal::NotSupported(edition.to_string()))
            );
        }
        let expansion = json!({"Name": "a", "Role": "Expansion", "Edition": "Server Edition"});
        assert!(matches!(
            read_systems(&[expansion]),
            Err(Refusal::NotSupported(_))
        ));
        assert_eq!(read_systems(&[]), Err(Refusal::Failed));
        let many = |count: usize| vec![json!({"Name": "a", "Role": "Primary"}); count];
        assert_eq!(read_systems(&many(32)).map(|systems| systems.len()), Ok(32));
        assert_eq!(read_systems(&many(33)), Err(Refusal::TooManySystems));
    }

    proptest! {
        /// CUS-41: whatever serial numbers are given, every system has an identity of its own, the same one at each
        /// reading, and one that nobody shares stays as it is.
        #[test]
        fn every_system_has_its_own_identity(serials in prop::collection::vec("[ab]{0,1}(#[23])?", 1..32)) {
            let objects: Vec<Value> = serials
                .iter()
                .map(|serial| json!({"Name": "a", "Role": "Primary", "SerialNumber": serial}))
                .collect();
            let identities = |objects: &[Value]| -> Vec<String> {
                let systems = read_systems(objects).expect("a solution");
                systems.into_iter().map(|system| system.identity).collect()
            };
            let first = identities(&objects);
            let different: HashSet<&String> = first.iter().collect();
            prop_assert_eq!(different.len(), serials.len());
            prop_assert_eq!(&identities(&objects), &first);
            prop_assert!(first.contains(&serials[0]) || serials[0].is_empty());
        }
    }

    /// IPO-04, GEN-07
    #[test]
    fn licences() {
        let licence = |expiry: &str, status: Value| {
            let object = json!({"Type": "IP Endpoints", "Quantity": "12", "Free": 3, "Expiry": expiry, "Status": status});
            read_licence(&object).expect("a licence")
        };
        let dated = licence("2027-01-31", json!("1"));
        assert_eq!((dated.quantity, dated.free, dated.valid), (12, 3, true));
        assert_eq!(dated.expires, chrono::NaiveDate::from_ymd_opt(2027, 1, 31));
        assert_eq!(licence("Never", json!(2)).expires, None);
        assert!(!licence("Never", json!(2)).valid);
    }

    /// CUS-03: *upgrade rights missing* is a capability the sign-in does not name.
    #[test]
    fn capabilities() {
        assert!(read_grant(&json!({"Capabilities": ["monitoring", "upgrade"]})).may_upgrade);
        assert!(read_grant(&json!({"Capabilities": "monitoring,upgrade"})).may_upgrade);
        assert!(!read_grant(&json!({"Capabilities": ["monitoring"]})).may_upgrade);
        assert!(!read_grant(&json!({})).may_upgrade);
    }

    /// IPO-01: both cookies go back, the token where it came from; a value is never printed.
    #[test]
    fn cookies() {
        let mut headers = HeaderMap::new();
        headers.append(
            SET_COOKIE,
            HeaderValue::from_static("JSESSIONID=abc; Path=/; Secure; HttpOnly"),
        );
        headers.append(SET_COOKIE, HeaderValue::from_static("SDK-Token=def;Path=/"));
        headers.append(TOKEN_HEADER, HeaderValue::from_static("ghi"));
        let mut sent = HeaderMap::new();
        Cookies::of(&headers).apply(&mut sent);
        assert_eq!(
            sent.get(COOKIE).map(HeaderValue::as_bytes),
            Some(&b"JSESSIONID=abc; SDK-Token=def"[..])
        );
        assert_eq!(
            sent.get(TOKEN_HEADER).map(HeaderValue::as_bytes),
            Some(&b"ghi"[..])
        );
        assert!(!format!("{sent:?}").contains("abc"));
    }

    proptest! {
        /// SEC-04: whatever comes, it is interpreted without a panic.
        #[test]
        fn arbitrary_bytes(status in 100u16..600, body in proptest::collection::vec(any::<u8>(), 0..400)) {
            let _ = interpret(&answer(status, body), Stage::Reading);
        }

        /// SEC-04: JSON of any shape in the place of the objects.
        #[test]
        fn arbitrary_json(text in "\\PC{0,40}", number: i64, pick in 0usize..6, key in 0usize..8) {
            let value = [json!(text), json!(number), json!(null), json!([text, number]), json!({"a": text}), json!(true)]
                [pick].clone();
            let name = ["Name", "Role", "Services", "LANS", "PBXLicense", "Edition", "Expiry", "Status"][key];
            let object = json!({ name: value, "Type": "x" });
            let _ = read_systems(std::slice::from_ref(&object));
            let _ = read_licence(&object);
            let _ = read_grant(&object);
            let _ = interpret(&answer(200, json!({"response": value}).to_string()), Stage::SigningIn);
        }
    }
}
