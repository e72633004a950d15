//! VAPIX, reading only: identity, readiness, parameters and the proof of credentials (VPX-01 to VPX-09).
pub(crate) mod reading;
#[cfg(test)]
mod tests;

pub use reading::{DeviceInfo, Failure, Readiness, SerialNumber};

use crate::Obstacle;
use crate::dialer::{Answer, Call, Channel, Dialer};
use crate::digest::{self, Challenge, DigestChallenge};
use crate::endpoint::Endpoint;
use crate::secret::Secret;
use crate::trust::{Certificate, Trust};
use base64::Engine;
use bytes::Bytes;
use http::header::{AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use parking_lot::Mutex;
use reading::{accept_status, json_data, read_device_info, read_parameters, read_readiness};
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
