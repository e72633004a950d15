//! Video servers (PRO-01), reading only: what a server is, and which devices it works with.
//!
//! Every call is a POST of JSON to `/Acs/Api/<Facade>/<Operation>`. People sign in by their Windows accounts (NTLM), which holds
//! for one TCP connection: a [`Client`] has one of its own, and is dropped with it. Nothing is sent that says who asks before
//! the server has said that it signs people in this way.
mod reading;
#[cfg(test)]
mod tests;

pub use reading::{ConnectedDevice, VideoServerReading};

use crate::Refusal;
use crate::clock::WallClock;
use crate::dialer::{Answer, Call, Channel, Dialer};
use crate::endpoint::Endpoint;
use crate::ntlm::{self, Handshake};
use crate::secret::Secret;
use crate::trust::{Certificate, Trust};
use bytes::Bytes;
use http::header::{AUTHORIZATION, CONNECTION, CONTENT_TYPE};
use http::{HeaderMap, HeaderValue, Method, StatusCode};
use reading::{read_devices, read_system, read_version};
use rustls::time_provider::TimeProvider;
use serde_json::{Value, json};
use std::collections::HashSet;
use std::time::Duration;

/// Where servers are reached, unless somebody has said otherwise.
pub const PORT: u16 = 29204;

const VERSION: &str = "VersionFacade/GetApiVersion";
const SYSTEM: &str = "SystemFacade/GetSystem";
const DEVICES: &str = "DeviceListFacade/GetDeviceList";
/// Devices that are asked for at once, and at most in all (SEC-04).
const PAGE: usize = 1_000;
const MOST_DEVICES: usize = 10_000;
/// For everything that is read at one contact.
const LONGEST_READING: Duration = Duration::from_secs(60);
/// Between 1601, where Windows counts from, and 1970, in tenths of microseconds.
const WINDOWS_EPOCH: u64 = 116_444_736_000_000_000;

/// One server, spoken to over one connection.
pub struct Client {
    channel: Channel,
    origin: reqwest::Url,
}

/// Who asks.
struct Account<'text> {
    sign_in: SignIn,
    user: &'text str,
    password: &'text Secret,
}

/// How a server wants people to sign in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SignIn(ntlm::Scheme);

impl Client {
    /// A client for one contact. Connects with the first call.
    ///
    /// # Errors
    /// When no TLS client can be made at all.
    pub fn new(dialer: &Dialer, endpoint: &Endpoint, trust: &Trust) -> Result<Self, Refusal> {
        Ok(Self {
            channel: dialer.channel_of_its_own(trust)?,
            origin: reqwest::Url::parse(&endpoint.origin("https")).map_err(|_| Refusal::Failed)?,
        })
    }

    /// The certificate met by the last handshake, accepted or not.
    pub fn certificate(&self) -> Option<Certificate> {
        self.channel.certificate().map(|met| (*met).clone())
    }

    /// Asks without saying who asks.
    ///
    /// # Errors
    /// [`Refusal::Failed`] where something else answers.
    pub async fn greet(&self) -> Result<SignIn, Refusal> {
        let answer = self.post(VERSION, &json!({}), None).await?;
        match (answer.status, ntlm::offered(&answer.headers)) {
            (StatusCode::UNAUTHORIZED, Some(scheme)) => Ok(SignIn(scheme)),
            _ => Err(other(answer.status)),
        }
    }

    /// Signs in and reads what the server is, and the devices it works with.
    ///
    /// # Errors
    /// [`Refusal::AuthorizationFailed`] for a wrong name or password, which are not distinguished;
    /// [`Refusal::MonitoringRightsMissing`] for an account that may not ask.
    pub async fn read(
        &self,
        sign_in: SignIn,
        user: &str,
        password: &Secret,
    ) -> Result<VideoServerReading, Refusal> {
        let account = Account {
            sign_in,
            user,
            password,
        };
        match tokio::time::timeout(LONGEST_READING, self.read_as(&account)).await {
            Ok(read) => read,
            Err(_) => Err(Refusal::Unreachable(crate::Obstacle::TimedOut.to_string())),
        }
    }

    async fn read_as(&self, account: &Account<'_>) -> Result<VideoServerReading, Refusal> {
        let version = self.prove(VERSION, &json!({}), account).await?;
        let system = self.ask(SYSTEM, &json!({}), account).await?;
        let mut devices = Vec::new();
        let mut known = HashSet::new();
        while devices.len() < MOST_DEVICES {
            let range = json!({"range": {"StartIndex": devices.len(), "NumberOfElements": PAGE}});
            let page = read_devices(&self.ask(DEVICES, &range, account).await?).ok_or(Refusal::Failed)?;
            // A server may give fewer than it is asked for; one that gives the same again has no more.
            let before = known.len();
            known.extend(page.iter().cloned());
            if known.len() == before {
                break;
            }
            devices.extend(page);
        }
        devices.truncate(MOST_DEVICES);
        let certificate = self.certificate().ok_or(Refusal::Failed)?;
        let version = read_version(&version).ok_or(Refusal::Failed)?;
        read_system(&system, version, devices, certificate).ok_or(Refusal::Failed)
    }

    /// Asks something, and proves on the connection who asks.
    async fn prove(
        &self,
        operation: &str,
        question: &Value,
        account: &Account<'_>,
    ) -> Result<Value, Refusal> {
        let (handshake, first) = Handshake::begin(account.sign_in.0).ok_or(Refusal::Failed)?;
        let challenged = self.post(operation, question, Some(first)).await?;
        // What was begun holds for this connection only.
        let stays = challenged
            .headers
            .get(CONNECTION)
            .is_none_or(|value| !value.as_bytes().eq_ignore_ascii_case(b"close"));
        if challenged.status != StatusCode::UNAUTHORIZED || !stays {
            return Err(other(challenged.status));
        }
        let mut nonce = [0; 8];
        getrandom::fill(&mut nonce).map_err(|_| Refusal::Failed)?;
        let third = handshake
            .prove(
                &challenged.headers,
                account.user,
                account.password,
                filetime(),
                nonce,
            )
            .ok_or(Refusal::Failed)?;
        let answer = self.post(operation, question, Some(third)).await?;
        content(&answer)
    }

    /// Asks something on the connection that was signed in on. Some servers want to know who asks each time.
    async fn ask(&self, operation: &str, question: &Value, account: &Account<'_>) -> Result<Value, Refusal> {
        let answer = self.post(operation, question, None).await?;
        if answer.status != StatusCode::UNAUTHORIZED {
            return content(&answer);
        }
        match self.prove(operation, question, account).await {
            // The password was right a moment ago.
            Err(Refusal::AuthorizationFailed) => Err(Refusal::Failed),
            proved => proved,
        }
    }

    async fn post(
        &self,
        operation: &str,
        question: &Value,
        authorization: Option<HeaderValue>,
    ) -> Result<Answer, Refusal> {
        let mut url = self.origin.clone();
        url.set_path(&format!("/Acs/Api/{operation}"));
        let mut headers = HeaderMap::with_capacity(2);
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        if let Some(authorization) = authorization {
            headers.insert(AUTHORIZATION, authorization);
        }
        let call = Call {
            method: Method::POST,
            url,
            headers,
            body: Some(Bytes::from(question.to_string())),
            limit: self.channel.limits.call,
        };
        // Never on a second connection: what was proved does not hold there.
        Ok(self.channel.send_once(&call).await?)
    }
}

/// What an answer says, once somebody is signed in.
fn content(answer: &Answer) -> Result<Value, Refusal> {
    match answer.status {
        status if status.is_success() => {
            let body = answer.body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&answer.body);
            serde_json::from_slice(body).map_err(|_| Refusal::Failed)
        }
        StatusCode::UNAUTHORIZED => Err(Refusal::AuthorizationFailed),
        StatusCode::FORBIDDEN => Err(Refusal::MonitoringRightsMissing),
        status => Err(other(status)),
    }
}

fn other(status: StatusCode) -> Refusal {
    match status {
        StatusCode::SERVICE_UNAVAILABLE => Refusal::Unreachable(crate::Obstacle::Unavailable.to_string()),
        _ => Refusal::Failed,
    }
}

/// Now, as Windows counts; a server that says what time it has is believed instead.
fn filetime() -> u64 {
    let since = WallClock.current_time().map_or(0, |time| time.as_secs());
    WINDOWS_EPOCH.saturating_add(since.saturating_mul(10_000_000))
}
