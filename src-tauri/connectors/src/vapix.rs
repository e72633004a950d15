//! VAPIX, reading only: identity, readiness, parameters and the proof of credentials (VPX-01 to VPX-09).
use crate::Obstacle;
use crate::dialer::{Answer, Call, Channel, Dialer, TransportError};
use crate::digest::{self, Challenge, DigestChallenge};
use crate::endpoint::Endpoint;
use crate::secret::Secret;
use crate::trust::{Certificate, Trust, plain_text};
use base64::Engine;
use bytes::Bytes;
use http::header::{AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use parking_lot::Mutex;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;
use zeroize::Zeroizing;

const SYSTEM_READY: &str = "/axis-cgi/systemready.cgi";
const DEVICE_INFO: &str = "/axis-cgi/basicdeviceinfo.cgi";
const PARAMETERS: &str = "/axis-cgi/param.cgi";
const SETUP_HEADER: HeaderName = HeaderName::from_static("axis-setup");
/// What the legacy proof of credentials and identity asks for (VPX-08).
const IDENTITY_GROUPS: &[&str] = &["Properties.System", "Brand", "Properties.Firmware.Version"];
const LONGEST_TEXT: usize = 512;
const MOST_PARAMETERS: usize = 20_000;

/// Why a device could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// No TCP, no TLS, time out.
    #[error("not reachable: {0}")]
    Unreachable(String),
    /// The certificate differs from the pinned one (CRT-11). Nothing was sent.
    #[error("the certificate has changed")]
    CertificateChanged(Box<Certificate>),
    /// The certificate is neither pinned nor vouched for (CRT-11). Nothing was sent.
    #[error("the certificate is not trusted")]
    CertificateNotTrusted(Box<Certificate>),
    /// Answers, but not with this protocol.
    #[error("no VAPIX answer")]
    NotThisProtocol,
    /// Factory-new: waits for its first account (VPX-02).
    #[error("the device waits for its first account")]
    NeedsSetup,
    /// Credentials are needed and none were given.
    #[error("credentials are needed")]
    CredentialsNeeded,
    /// User name or password is wrong; VAPIX does not say which.
    #[error("user name or password refused")]
    CredentialsRefused,
    /// Signed in, but the account may not do this (HTTP 403, VAPIX 2001).
    #[error("the account lacks the right")]
    Forbidden,
    /// Only Basic is offered, and the connection is not encrypted (VPX-01). Nothing was sent.
    #[error("the device accepts the password only in clear")]
    BasicWithoutEncryption,
    /// A Digest algorithm that is not known here, by its name (VPX-01).
    #[error("unknown authentication: {0}")]
    UnknownAuthentication(String),
    /// The device does not have this interface (HTTP 404), for example an older one.
    #[error("the device does not know this interface")]
    NotOffered,
    /// An error of the interface itself (VPX-03, VPX-04).
    #[error("VAPIX error {code}: {message}")]
    Device {
        /// General codes are those of VPX-04.
        code: i64,
        /// In the device's words.
        message: String,
    },
    /// An error in words, as the old interfaces give it (VPX-03).
    #[error("device error: {0}")]
    Legacy(String),
    /// Any other HTTP status.
    #[error("HTTP status {0}")]
    Status(u16),
}

impl From<TransportError> for Failure {
    fn from(error: TransportError) -> Self {
        match error {
            TransportError::CertificateChanged(certificate) => Failure::CertificateChanged(certificate),
            TransportError::CertificateNotTrusted(certificate) => Failure::CertificateNotTrusted(certificate),
            TransportError::Unreachable(words) => Failure::Unreachable(words),
            TransportError::Broken | TransportError::TooLarge => Failure::NotThisProtocol,
        }
    }
}

/// A serial number: the MAC address without separators, upper case (VPX-09).
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SerialNumber(String);

impl SerialNumber {
    /// Twelve hexadecimal digits, with or without separators.
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() > 64 {
            return None;
        }
        let digits: String = text
            .chars()
            .filter(|character| !matches!(character, ':' | '-' | '.' | ' '))
            .map(|character| character.to_ascii_uppercase())
            .collect();
        let fits = digits.len() == 12 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        fits.then_some(Self(digits))
    }

    /// Read from a realm such as `AXIS_ACCC8EF7DE6B` (VPX-01).
    pub fn from_realm(realm: &str) -> Option<Self> {
        Self::parse(realm.strip_prefix("AXIS_")?)
    }

    /// Whether it begins with one of the maker's prefixes (VPX-09).
    pub fn has_known_prefix(&self) -> bool {
        ["00408C", "ACCC8E", "B8A44F", "E82725"]
            .iter()
            .any(|prefix| self.0.starts_with(prefix))
    }

    /// The twelve digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SerialNumber {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// What a device says it is (VPX-06). A property it does not name is none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DeviceInfo {
    /// `Brand`
    pub brand: Option<String>,
    /// `ProdFullName`
    pub full_name: Option<String>,
    /// `ProdNbr`
    pub product_number: Option<String>,
    /// `ProdShortName`
    pub short_name: Option<String>,
    /// `ProdType`
    pub product_type: Option<String>,
    /// `SerialNumber`
    pub serial_number: Option<SerialNumber>,
    /// `Version`, of the firmware.
    pub version: Option<String>,
    /// `HardwareID`
    pub hardware_id: Option<String>,
    /// `Architecture`
    pub architecture: Option<String>,
    /// `Soc`
    pub system_on_chip: Option<String>,
    /// `WebURL`
    pub web_address: Option<String>,
    /// `BuildDate`
    pub build_date: Option<String>,
}

/// Whether a device is ready (VPX-07).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Readiness {
    /// `systemready`
    pub ready: bool,
    /// `needsetup`: waits for its first account.
    pub needs_setup: bool,
    /// Absent in version 1.2 of the interface.
    pub uptime: Option<Duration>,
    /// Changes with every start. Absent in version 1.2 of the interface.
    pub boot_id: Option<String>,
}

/// A way to sign in that a device offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Offer {
    /// Password in clear; used inside TLS only.
    Basic,
    /// Digest with an algorithm that is known here.
    Digest,
    /// Something that is not known here.
    Unknown,
}

/// What can be learnt without credentials.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Probe {
    /// Factory-new (VPX-02, VPX-07).
    pub needs_setup: bool,
    /// Readiness, where the device has that interface.
    pub readiness: Option<Readiness>,
    /// From the identity, or else from the realm (VPX-01).
    pub serial_number: Option<SerialNumber>,
    /// The anonymous identity, where the device gives one (VPX-06).
    pub device: Option<DeviceInfo>,
    /// What it offers for signing in.
    pub offers: Vec<Offer>,
}

/// How the device is spoken to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Transport {
    /// TLS with CRT-11; the default.
    Https,
    /// In clear: Digest only, never Basic (VPX-01).
    Http,
}

struct Credentials {
    user: String,
    password: Secret,
}

/// Speaks VAPIX with one device.
pub struct Client {
    channel: Arc<Channel>,
    origin: String,
    transport: Transport,
    credentials: Option<Credentials>,
    /// How the device last wanted it, so that an ordinary call costs one round trip.
    agreed: Mutex<Option<Agreed>>,
}

#[derive(Clone)]
enum Agreed {
    Basic,
    Digest(DigestChallenge),
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

    /// Learns what can be learnt without credentials, within the probe's limit as a whole (VPX-01, VPX-02,
    /// VPX-05). Recognises a factory-new device by header or by readiness.
    ///
    /// # Errors
    /// When nothing at that address speaks VAPIX.
    pub async fn probe(&self) -> Result<Probe, Failure> {
        let limit = self.channel.limits.probe;
        tokio::time::timeout(limit, self.probe_unlimited())
            .await
            .map_err(|_| Failure::Unreachable(Obstacle::TimedOut.to_string()))?
    }

    async fn probe_unlimited(&self) -> Result<Probe, Failure> {
        let limit = self.channel.limits.probe;
        let mut probe = Probe {
            needs_setup: false,
            readiness: None,
            serial_number: None,
            device: None,
            offers: Vec::new(),
        };
        let mut recognised = false;

        let question = json!({"apiVersion": "1.0", "method": "systemready", "params": {"timeout": 1}});
        let answer = self
            .once(Method::POST, SYSTEM_READY, Some(&question), None, limit)
            .await?;
        recognised |= probe.learn_from_refusal(&answer);
        if let Ok(data) = json_data(&answer)
            && let Some(readiness) = read_readiness(&data)
        {
            recognised = true;
            probe.needs_setup |= readiness.needs_setup;
            probe.readiness = Some(readiness);
        }

        let question = json!({"apiVersion": "1.0", "method": "getAllUnrestrictedProperties"});
        let answer = self
            .once(Method::POST, DEVICE_INFO, Some(&question), None, limit)
            .await?;
        recognised |= probe.learn_from_refusal(&answer);
        if let Ok(data) = json_data(&answer)
            && let Some(device) = read_device_info(&data)
        {
            recognised = true;
            probe.serial_number = device.serial_number.clone().or(probe.serial_number);
            probe.device = Some(device);
        }

        // Neither asks for credentials where anonymous identity is allowed; this one always does.
        let answer = self
            .once(Method::GET, &parameter_target(&["Brand"]), None, None, limit)
            .await?;
        recognised |= probe.learn_from_refusal(&answer);
        recognised |= answer.status == StatusCode::OK
            && read_parameters(&answer.body).is_ok_and(|found| !found.is_empty());
        if recognised {
            Ok(probe)
        } else {
            Err(Failure::NotThisProtocol)
        }
    }

    /// The identity everybody may read (VPX-06, `getAllUnrestrictedProperties`).
    ///
    /// # Errors
    /// Any [`Failure`].
    pub async fn unrestricted_device_info(&self) -> Result<DeviceInfo, Failure> {
        self.read_device_info_by("getAllUnrestrictedProperties").await
    }

    /// The whole identity (VPX-06, `getAllProperties`); needs an operator's account.
    ///
    /// # Errors
    /// Any [`Failure`].
    pub async fn device_info(&self) -> Result<DeviceInfo, Failure> {
        self.read_device_info_by("getAllProperties").await
    }

    async fn read_device_info_by(&self, method: &str) -> Result<DeviceInfo, Failure> {
        let question = json!({"apiVersion": "1.0", "context": "flotilla", "method": method});
        let data = self.ask(DEVICE_INFO, &question, self.channel.limits.call).await?;
        read_device_info(&data).ok_or(Failure::NotThisProtocol)
    }

    /// Asks whether the device is ready, and lets it wait up to `patience` before it answers *no* (VPX-07).
    ///
    /// # Errors
    /// Any [`Failure`].
    pub async fn system_ready(&self, patience: Duration) -> Result<Readiness, Failure> {
        let patience = patience.min(Duration::from_secs(120));
        let question = json!({"apiVersion": "1.0", "context": "flotilla", "method": "systemready",
            "params": {"timeout": patience.as_secs()}});
        let data = self
            .ask(SYSTEM_READY, &question, self.channel.limits.call + patience)
            .await?;
        read_readiness(&data).ok_or(Failure::NotThisProtocol)
    }

    /// Parameters of these groups, as `Group.Name` → value without the leading `root.` (VPX-08).
    ///
    /// # Errors
    /// Any [`Failure`].
    pub async fn parameters(&self, groups: &[&str]) -> Result<BTreeMap<String, String>, Failure> {
        let answer = self
            .send(
                Method::GET,
                &parameter_target(groups),
                None,
                self.channel.limits.call,
            )
            .await?;
        accept_status(&answer)?;
        read_parameters(&answer.body)
    }

    /// Proves that the credentials are good: only an interface that is closed to everybody else can (VPX-08).
    /// What it reads on the way is the identity as older devices have it.
    ///
    /// # Errors
    /// [`Failure::CredentialsRefused`], [`Failure::CredentialsNeeded`] or any other [`Failure`].
    pub async fn prove_credentials(&self) -> Result<DeviceInfo, Failure> {
        if self.credentials.is_none() {
            return Err(Failure::CredentialsNeeded);
        }
        let found = self.parameters(IDENTITY_GROUPS).await?;
        if self.agreed.lock().is_none() {
            // Answered without ever asking: that proves nothing.
            return Err(Failure::NotThisProtocol);
        }
        let value = |name: &str| found.get(name).filter(|text| !text.is_empty()).cloned();
        Ok(DeviceInfo {
            brand: value("Brand.Brand"),
            full_name: value("Brand.ProdFullName"),
            product_number: value("Brand.ProdNbr"),
            short_name: value("Brand.ProdShortName"),
            product_type: value("Brand.ProdType"),
            serial_number: value("Properties.System.SerialNumber")
                .and_then(|text| SerialNumber::parse(&text)),
            version: value("Properties.Firmware.Version"),
            hardware_id: value("Properties.System.HardwareID"),
            architecture: value("Properties.System.Architecture"),
            system_on_chip: value("Properties.System.Soc"),
            web_address: value("Brand.WebURL"),
            build_date: value("Properties.Firmware.BuildDate"),
        })
    }

    async fn ask(&self, path: &str, question: &Value, limit: Duration) -> Result<Value, Failure> {
        let answer = self.send(Method::POST, path, Some(question), limit).await?;
        json_data(&answer)
    }

    /// One call with signing in where it is asked for. At most three requests: the first in the way agreed
    /// before, one after a challenge, one after a nonce that had grown old in between.
    async fn send(
        &self,
        method: Method,
        target: &str,
        body: Option<&Value>,
        limit: Duration,
    ) -> Result<Answer, Failure> {
        let mut challenged = false;
        let mut renewed = false;
        loop {
            let (authorization, nonce) = self.authorization(&method, target)?;
            let proved = authorization.is_some();
            let answer = self
                .once(method.clone(), target, body, authorization, limit)
                .await?;
            if answer.status != StatusCode::UNAUTHORIZED {
                return Ok(answer);
            }
            if is_setup(&answer.headers) {
                return Err(Failure::NeedsSetup);
            }
            if self.credentials.is_none() {
                return Err(Failure::CredentialsNeeded);
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
                return Err(Failure::CredentialsRefused);
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
    fn choose(&self, offered: &[Challenge]) -> Result<Agreed, Failure> {
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

    async fn once(
        &self,
        method: Method,
        target: &str,
        body: Option<&Value>,
        authorization: Option<HeaderValue>,
        limit: Duration,
    ) -> Result<Answer, Failure> {
        let url =
            reqwest::Url::parse(&format!("{}{target}", self.origin)).map_err(|_| Failure::NotThisProtocol)?;
        let mut headers = HeaderMap::with_capacity(4);
        if let Some(authorization) = authorization {
            headers.insert(AUTHORIZATION, authorization);
        }
        let body = body.map(|value| {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
            Bytes::from(value.to_string())
        });
        Ok(self
            .channel
            .send(&Call {
                method,
                url,
                headers,
                body,
                limit,
            })
            .await?)
    }
}

impl Probe {
    /// Takes from a 401 what it tells; whether it looks like VAPIX at all.
    fn learn_from_refusal(&mut self, answer: &Answer) -> bool {
        if answer.status != StatusCode::UNAUTHORIZED {
            return false;
        }
        let setup = is_setup(&answer.headers);
        self.needs_setup |= setup;
        let mut recognised = setup;
        for challenge in digest::challenges(&answer.headers) {
            let offer = match &challenge {
                Challenge::Basic { .. } => Offer::Basic,
                Challenge::Digest(_) => Offer::Digest,
                Challenge::UnknownDigest { .. } | Challenge::Other => Offer::Unknown,
            };
            if !self.offers.contains(&offer) {
                self.offers.push(offer);
            }
            let realm = challenge.realm().unwrap_or_default();
            recognised |= realm.starts_with("AXIS");
            if self.serial_number.is_none() {
                self.serial_number = SerialNumber::from_realm(realm);
            }
        }
        recognised
    }
}

fn is_setup(headers: &HeaderMap) -> bool {
    headers
        .get(SETUP_HEADER)
        .is_some_and(|value| value.as_bytes().eq_ignore_ascii_case(b"vapix"))
}

fn parameter_target(groups: &[&str]) -> String {
    let groups: Vec<String> = groups
        .iter()
        .map(|group| {
            group
                .chars()
                .filter(|one| one.is_ascii_alphanumeric() || matches!(one, '.' | '_' | '*' | '-'))
                .collect()
        })
        .collect();
    format!("{PARAMETERS}?action=list&group={}", groups.join(","))
}

fn accept_status(answer: &Answer) -> Result<(), Failure> {
    match answer.status.as_u16() {
        200..=299 => Ok(()),
        401 => Err(Failure::CredentialsNeeded),
        403 => Err(Failure::Forbidden),
        404 => Err(Failure::NotOffered),
        503 => Err(Failure::Unreachable(Obstacle::Unavailable.to_string())),
        other => Err(Failure::Status(other)),
    }
}

/// `data` of an envelope. Read as UTF-8 whatever the content type claims; an error counts more than data,
/// also with HTTP 200 (VPX-03).
pub(crate) fn json_data(answer: &Answer) -> Result<Value, Failure> {
    let text = String::from_utf8_lossy(&answer.body);
    let text = text.trim_start_matches('\u{feff}').trim();
    let parsed: Option<Value> = serde_json::from_str(text).ok().filter(Value::is_object);
    if let Some(error) = parsed
        .as_ref()
        .and_then(|value| value.get("error"))
        .filter(|error| !error.is_null())
    {
        let code = error.get("code").and_then(number).unwrap_or(0);
        if code == 2001 {
            return Err(Failure::Forbidden);
        }
        let message = error.get("message").and_then(Value::as_str).unwrap_or_default();
        return Err(Failure::Device {
            code,
            message: plain_text(message, LONGEST_TEXT),
        });
    }
    accept_status(answer)?;
    match parsed {
        Some(mut value) => value
            .get_mut("data")
            .map(Value::take)
            .ok_or(Failure::NotThisProtocol),
        None => Err(legacy_error(text).unwrap_or(Failure::NotThisProtocol)),
    }
}

fn legacy_error(text: &str) -> Option<Failure> {
    let line = text.lines().next()?.trim();
    let words = line
        .strip_prefix('#')
        .unwrap_or(line)
        .trim()
        .strip_prefix("Error:")?;
    Some(Failure::Legacy(plain_text(words, LONGEST_TEXT)))
}

/// `root.Group.Name=value` lines (VPX-08).
pub(crate) fn read_parameters(body: &[u8]) -> Result<BTreeMap<String, String>, Failure> {
    let text = String::from_utf8_lossy(body);
    let mut found = BTreeMap::new();
    for line in text.lines().take(MOST_PARAMETERS) {
        let line = line.trim_start_matches('\u{feff}').trim();
        if let Some((name, value)) = line.split_once('=')
            && let Some(name) = name.trim().strip_prefix("root.")
        {
            found.insert(plain_text(name, LONGEST_TEXT), plain_text(value, LONGEST_TEXT));
        }
    }
    if !found.is_empty() {
        return Ok(found);
    }
    Err(text
        .lines()
        .find_map(legacy_error)
        .unwrap_or(Failure::NotThisProtocol))
}

fn number(value: &Value) -> Option<i64> {
    value.as_i64().or_else(|| value.as_str()?.trim().parse().ok())
}

fn field(object: &Value, name: &str) -> Option<String> {
    let text = match object.get(name)? {
        Value::String(text) => plain_text(text, LONGEST_TEXT),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

pub(crate) fn read_device_info(data: &Value) -> Option<DeviceInfo> {
    let list = data.get("propertyList").filter(|list| list.is_object())?;
    Some(DeviceInfo {
        brand: field(list, "Brand"),
        full_name: field(list, "ProdFullName"),
        product_number: field(list, "ProdNbr"),
        short_name: field(list, "ProdShortName"),
        product_type: field(list, "ProdType"),
        serial_number: field(list, "SerialNumber").and_then(|text| SerialNumber::parse(&text)),
        version: field(list, "Version"),
        hardware_id: field(list, "HardwareID"),
        architecture: field(list, "Architecture"),
        system_on_chip: field(list, "Soc"),
        web_address: field(list, "WebURL"),
        build_date: field(list, "BuildDate"),
    })
}

pub(crate) fn read_readiness(data: &Value) -> Option<Readiness> {
    let yes = |name: &str| field(data, name).map(|text| text.eq_ignore_ascii_case("yes"));
    Some(Readiness {
        ready: yes("systemready")?,
        needs_setup: yes("needsetup").unwrap_or(false),
        uptime: data
            .get("uptime")
            .and_then(number)
            .and_then(|seconds| u64::try_from(seconds).ok())
            .map(Duration::from_secs),
        boot_id: field(data, "bootid"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn answer(status: u16, body: impl Into<Bytes>) -> Answer {
        Answer {
            status: StatusCode::from_u16(status).expect("a status"),
            headers: HeaderMap::new(),
            body: body.into(),
        }
    }

    /// VPX-09
    #[test]
    fn serial_numbers() {
        let serial = SerialNumber::from_realm("AXIS_ACCC8EF7DE6B").expect("a serial number");
        assert_eq!(SerialNumber::parse("ac:cc:8e:f7:de:6b"), Some(serial.clone()));
        assert!(serial.has_known_prefix());
        assert!(
            !SerialNumber::parse("0242AC110002")
                .expect("a serial number")
                .has_known_prefix()
        );
        assert_eq!(SerialNumber::parse("ACCC8EF7DE6"), None);
        assert_eq!(SerialNumber::parse("ACCC8EF7DE6Z"), None);
        assert_eq!(SerialNumber::from_realm("ACCC8EF7DE6B"), None);
    }

    /// VPX-03, VPX-04: an error counts more than data, and HTTP 200 means nothing.
    #[test]
    fn errors_inside_success() {
        let both =
            json!({"apiVersion": "1.0", "data": {"a": 1}, "error": {"code": 2003, "message": "version"}});
        let error = Failure::Device {
            code: 2003,
            message: "version".into(),
        };
        assert_eq!(json_data(&answer(200, both.to_string())), Err(error));
        let forbidden = json!({"error": {"code": "2001"}});
        assert_eq!(
            json_data(&answer(200, forbidden.to_string())),
            Err(Failure::Forbidden)
        );
        assert_eq!(
            json_data(&answer(200, "# Error: no such group")),
            Err(Failure::Legacy("no such group".into()))
        );
        assert_eq!(
            json_data(&answer(200, "Error: busy")),
            Err(Failure::Legacy("busy".into()))
        );
        assert_eq!(json_data(&answer(200, "<html>")), Err(Failure::NotThisProtocol));
        assert_eq!(json_data(&answer(404, "")), Err(Failure::NotOffered));
        assert_eq!(json_data(&answer(200, "{\"data\":{}}")), Ok(json!({})));
    }

    /// VPX-06, VPX-07
    #[test]
    fn identity_and_readiness() {
        let data =
            json!({"propertyList": {"Brand": "AXIS", "SerialNumber": "ACCC8EF7DE6B", "Version": "11.8.64"}});
        let device = read_device_info(&data).expect("a device");
        assert_eq!(device.version.as_deref(), Some("11.8.64"));
        assert_eq!(device.serial_number, SerialNumber::parse("ACCC8EF7DE6B"));
        let older = read_readiness(&json!({"systemready": "yes", "needsetup": "no"})).expect("readiness");
        assert_eq!(
            older,
            Readiness {
                ready: true,
                needs_setup: false,
                uptime: None,
                boot_id: None
            }
        );
        let newer = json!({"systemready": "no", "needsetup": "yes", "uptime": "61", "bootid": "b"});
        let newer = read_readiness(&newer).expect("readiness");
        assert!(newer.needs_setup && !newer.ready);
        assert_eq!(newer.uptime, Some(Duration::from_secs(61)));
        assert_eq!(read_readiness(&json!({})), None);
    }

    /// VPX-08
    #[test]
    fn parameters() {
        let found =
            read_parameters(b"root.Brand.Brand=AXIS\r\nroot.Properties.System.Soc=Axis=9\r\nnoise\r\n")
                .expect("some");
        assert_eq!(found["Brand.Brand"], "AXIS");
        assert_eq!(found["Properties.System.Soc"], "Axis=9");
        assert_eq!(
            read_parameters(b"# Error: Error -1 getting param"),
            Err(Failure::Legacy("Error -1 getting param".into()))
        );
        assert_eq!(read_parameters(b""), Err(Failure::NotThisProtocol));
        assert_eq!(
            parameter_target(IDENTITY_GROUPS),
            "/axis-cgi/param.cgi?action=list&group=Properties.System,Brand,Properties.Firmware.Version"
        );
        assert_eq!(
            parameter_target(&["A&b=c#d"]),
            "/axis-cgi/param.cgi?action=list&group=Abcd"
        );
    }

    /// VPX-01: never Basic in clear, also when nothing else is offered.
    #[tokio::test]
    async fn basic_only_inside_tls() {
        let dialer = Dialer::new(None);
        let endpoint = Endpoint::parse("127.0.0.1", 1).expect("an endpoint");
        let client = |transport| {
            Client::new(&dialer, &endpoint, &Trust::default(), transport)
                .expect("a client")
                .with_credentials("root", &Secret::new("hidden-word"))
        };
        let basic = [Challenge::Basic { realm: "AXIS".into() }];
        assert!(matches!(
            client(Transport::Https).choose(&basic),
            Ok(Agreed::Basic)
        ));
        assert_eq!(
            client(Transport::Http).choose(&basic).err(),
            Some(Failure::BasicWithoutEncryption)
        );
        let unknown = [Challenge::UnknownDigest {
            realm: String::new(),
            algorithm: "SHA3".into(),
        }];
        assert_eq!(
            client(Transport::Https).choose(&unknown).err(),
            Some(Failure::UnknownAuthentication("SHA3".into()))
        );
        assert!(!format!("{:?}", client(Transport::Https)).contains("hidden-word"));
    }

    proptest! {
        /// SEC-04
        #[test]
        fn arbitrary_answers(status in 100u16..600, body in proptest::collection::vec(any::<u8>(), 0..300), text in "\\PC{0,100}") {
            let _ = json_data(&answer(status, body.clone()));
            let _ = read_parameters(&body);
            let _ = legacy_error(&text);
            let _ = SerialNumber::parse(&text);
            let _ = read_readiness(&json!({"systemready": text, "uptime": text}));
        }
    }
}
