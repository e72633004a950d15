//! What a device is: found out without credentials, and with them (VPX-01, VPX-02, VPX-06 to VPX-09).
use super::client::{Client, Content, Repeat, Request, is_setup};
use super::firmware::FirmwareError;
use super::reading::{
    DeviceInfo, Failure, Readiness, SerialNumber, accept_status, json_data, read_device_info,
    read_parameters, read_readiness,
};
use crate::Obstacle;
use crate::dialer::Answer;
use crate::digest::{self, Challenge};
use http::{Method, StatusCode};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::time::Duration;

const SYSTEM_READY: &str = "/axis-cgi/systemready.cgi";
const DEVICE_INFO: &str = "/axis-cgi/basicdeviceinfo.cgi";
const PARAMETERS: &str = "/axis-cgi/param.cgi";
/// What the legacy proof of credentials and identity asks for (VPX-08).
pub(super) const IDENTITY_GROUPS: &[&str] = &["Properties.System", "Brand", "Properties.Firmware.Version"];
/// Longest that a device is let wait before it says that it is not ready.
const LONGEST_PATIENCE: Duration = Duration::from_secs(120);
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

impl Client {
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
        let mut probe = Probe {
            needs_setup: false,
            readiness: None,
            serial_number: None,
            device: None,
            offers: Vec::new(),
        };
        let mut recognised = false;

        let question = json!({"apiVersion": "1.0", "method": "systemready", "params": {"timeout": 1}});
        let answer = self.without_proof(SYSTEM_READY, Some(&question)).await?;
        recognised |= probe.learn_from_refusal(&answer);
        if let Ok(data) = json_data(&answer)
            && let Some(readiness) = read_readiness(&data)
        {
            recognised = true;
            probe.needs_setup |= readiness.needs_setup;
            probe.readiness = Some(readiness);
        }

        let question = json!({"apiVersion": "1.0", "method": "getAllUnrestrictedProperties"});
        let answer = self.without_proof(DEVICE_INFO, Some(&question)).await?;
        recognised |= probe.learn_from_refusal(&answer);
        if let Ok(data) = json_data(&answer)
            && let Some(device) = read_device_info(&data)
        {
            recognised = true;
            probe.serial_number = device.serial_number.clone().or(probe.serial_number);
            probe.device = Some(device);
        }

        // Neither asks for credentials where anonymous identity is allowed; this one always does.
        let answer = self.without_proof(&parameter_target(&["Brand"]), None).await?;
        recognised |= probe.learn_from_refusal(&answer);
        recognised |= answer.status == StatusCode::OK
            && read_parameters(&answer.body).is_ok_and(|found| !found.is_empty());
        if recognised {
            Ok(probe)
        } else {
            Err(Failure::NotThisProtocol)
        }
    }

    /// One question as everybody may ask it, within the probe's limit: a GET where there is nothing to say.
    async fn without_proof(&self, target: &str, question: Option<&Value>) -> Result<Answer, Failure> {
        let request = Request {
            method: if question.is_some() {
                Method::POST
            } else {
                Method::GET
            },
            target,
            content: question.map(Content::json),
            limit: self.channel.limits.probe,
            repeat: Repeat::Allowed,
        };
        Ok(self.once(&request, None).await?)
    }

    /// Whether the device is ready, as everybody may ask it, within the probe's limit (VPX-07). For following a device
    /// that starts: it lets nobody wait.
    ///
    /// # Errors
    /// [`Failure::NeedsSetup`] from devices that say nothing else before their first account (VPX-02), or any other.
    pub async fn readiness(&self) -> Result<Readiness, Failure> {
        let question = json!({"apiVersion": "1.0", "method": "systemready", "params": {"timeout": 1}});
        let answer = self.without_proof(SYSTEM_READY, Some(&question)).await?;
        if answer.status == StatusCode::UNAUTHORIZED && is_setup(&answer) {
            return Err(Failure::NeedsSetup);
        }
        read_readiness(&json_data(&answer)?).ok_or(Failure::NotThisProtocol)
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
        let data = self.ask(DEVICE_INFO, method, Value::Null).await?;
        read_device_info(&data).ok_or(Failure::NotThisProtocol)
    }

    /// Asks whether the device is ready, and lets it wait up to `patience` before it answers *no* (VPX-07).
    ///
    /// # Errors
    /// Any [`Failure`].
    pub async fn system_ready(&self, patience: Duration) -> Result<Readiness, Failure> {
        let patience = patience.min(LONGEST_PATIENCE);
        let params = json!({"timeout": patience.as_secs()});
        let limit = self.channel.limits.call + patience;
        let data = self
            .ask_within(SYSTEM_READY, "systemready", params, limit)
            .await?;
        read_readiness(&data).ok_or(Failure::NotThisProtocol)
    }

    /// Parameters of these groups, as `Group.Name` → value without the leading `root.` (VPX-08).
    ///
    /// # Errors
    /// Any [`Failure`].
    pub async fn parameters(&self, groups: &[&str]) -> Result<BTreeMap<String, String>, Failure> {
        let answer = self
            .send(Request {
                method: Method::GET,
                target: &parameter_target(groups),
                content: None,
                limit: self.channel.limits.call,
                repeat: Repeat::Allowed,
            })
            .await?;
        accept_status(&answer)?;
        read_parameters(&answer.body)
    }

    /// Proves that the credentials are good: only an interface that is closed to everybody else can (VPX-08).
    /// What it reads on the way is the identity as older devices have it; what is missing there is asked of the newer
    /// interface, and a device that has only one of the two is read by that one.
    ///
    /// # Errors
    /// [`Failure::CredentialsRefused`], [`Failure::CredentialsNeeded`] or any other [`Failure`].
    pub async fn prove_credentials(&self) -> Result<DeviceInfo, Failure> {
        if !self.has_credentials() {
            return Err(Failure::CredentialsNeeded);
        }
        let older = match self.parameters(IDENTITY_GROUPS).await {
            Ok(found) => Ok(identity_of(&found)),
            Err(failure @ (Failure::NotOffered | Failure::NotThisProtocol | Failure::Legacy(_))) => {
                Err(failure)
            }
            Err(failure) => return Err(failure),
        };
        if let Ok(info) = &older
            && info.serial_number.is_some()
            && info.version.is_some()
            && self.has_signed_in()
        {
            return Ok(info.clone());
        }
        let newer = self.device_info().await;
        if !self.has_signed_in() {
            self.prove_by_what_is_closed(newer.as_ref().err()).await?;
        }
        match (older, newer) {
            (Ok(info), Ok(newer)) => self.proved(info.or(newer)),
            (Err(_), Ok(newer)) => self.proved(newer),
            // Sparse is better than nothing.
            (Ok(info), Err(_)) => self.proved(info),
            (Err(failure), Err(_)) => Err(failure),
        }
    }

    /// Everybody may read what a device is: credentials are proved by what nobody else may ask for (VPX-08). `failure` is
    /// what the newer interface had against them, if it had anything.
    async fn prove_by_what_is_closed(&self, failure: Option<&Failure>) -> Result<(), Failure> {
        if let Some(failure) = failure.filter(|failure| !says_nothing_of_credentials(failure)) {
            return Err(failure.clone());
        }
        match self.firmware_status().await {
            Err(FirmwareError::Failed(failure)) if !says_nothing_of_credentials(&failure) => Err(failure),
            _ => Ok(()),
        }
    }

    /// What was answered without ever being asked for credentials proves nothing.
    fn proved(&self, info: DeviceInfo) -> Result<DeviceInfo, Failure> {
        if self.has_signed_in() {
            Ok(info)
        } else {
            Err(Failure::NotThisProtocol)
        }
    }
}

/// Whether an interface that failed so may have done it with good credentials. What forbids something knows who asks.
fn says_nothing_of_credentials(failure: &Failure) -> bool {
    matches!(
        failure,
        Failure::NotOffered
            | Failure::NotThisProtocol
            | Failure::Legacy(_)
            | Failure::Device { .. }
            | Failure::Forbidden
    )
}

/// The identity as the parameters have it (VPX-08).
fn identity_of(found: &BTreeMap<String, String>) -> DeviceInfo {
    let value = |name: &str| found.get(name).filter(|text| !text.is_empty()).cloned();
    DeviceInfo {
        brand: value("Brand.Brand"),
        full_name: value("Brand.ProdFullName"),
        product_number: value("Brand.ProdNbr"),
        short_name: value("Brand.ProdShortName"),
        product_type: value("Brand.ProdType"),
        variant: value("Brand.ProdVariant"),
        serial_number: value("Properties.System.SerialNumber").and_then(|text| SerialNumber::parse(&text)),
        version: value("Properties.Firmware.Version"),
        hardware_id: value("Properties.System.HardwareID"),
        architecture: value("Properties.System.Architecture"),
        system_on_chip: value("Properties.System.Soc"),
        web_address: value("Brand.WebURL"),
        build_date: value("Properties.Firmware.BuildDate"),
    }
}

impl Probe {
    /// Takes from a 401 what it tells; whether it looks like VAPIX at all.
    fn learn_from_refusal(&mut self, answer: &Answer) -> bool {
        if answer.status != StatusCode::UNAUTHORIZED {
            return false;
        }
        let setup = is_setup(answer);
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

pub(super) fn parameter_target(groups: &[&str]) -> String {
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
