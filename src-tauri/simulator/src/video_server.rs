//! A video server (PRO-01): signs people in by NTLM on one connection, and says what it is and which devices it works with.
use crate::MARK;
use crate::blueprint::VideoServerBlueprint;
use crate::camera::Camera;
use crate::fault::{Fault, FaultRule};
use crate::listen::{Asked, Machine, page, plain, with_type};
use crate::ntlm;
use crate::station::{Counters, Station, count};
use base64::Engine;
use bytes::Bytes;
use http::header::{AUTHORIZATION, WWW_AUTHENTICATE};
use http::{HeaderValue, Response, StatusCode};
use parking_lot::Mutex;
use serde_json::{Value, json};
use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

const INTERFACE: &str = "/Acs/Api/";
/// Connections whose state is remembered; of older ones it is forgotten.
const REMEMBERED_CONNECTIONS: usize = 256;
/// Devices in one answer, whatever is asked for.
const MOST_DEVICES_AT_ONCE: usize = 1_000;

/// One video server, listening. Cheap to clone; all clones are the same one.
#[derive(Clone)]
pub struct VideoServer(pub(crate) Arc<Recorder>);

pub(crate) struct Recorder {
    station: Station,
    blueprint: VideoServerBlueprint,
    devices: Vec<Camera>,
    connections: Mutex<VecDeque<Known>>,
}

/// What is known of a connection.
struct Known {
    number: u64,
    state: Handshake,
}

#[derive(Clone)]
enum Handshake {
    /// The first message, and the challenge that was sent.
    Challenged(Vec<u8>, Vec<u8>),
    SignedIn,
}

impl VideoServer {
    pub(crate) fn new(station: Station, blueprint: VideoServerBlueprint, devices: Vec<Camera>) -> Self {
        Self(Arc::new(Recorder {
            station,
            blueprint,
            devices,
            connections: Mutex::default(),
        }))
    }

    /// Where it listens.
    pub fn socket_address(&self) -> SocketAddr {
        self.0.station.address()
    }

    /// Its address in text.
    pub fn address(&self) -> String {
        self.0.station.address().ip().to_string()
    }

    /// Its port.
    pub fn port(&self) -> u16 {
        self.0.station.address().port()
    }

    /// Name, account and everything else the seed decided.
    pub fn blueprint(&self) -> &VideoServerBlueprint {
        &self.0.blueprint
    }

    /// The devices it works with.
    pub fn devices(&self) -> &[Camera] {
        &self.0.devices
    }

    /// The certificate (DER) it shows when no fault says otherwise.
    ///
    /// # Errors
    /// When none can be made.
    pub fn certificate(&self) -> anyhow::Result<Vec<u8>> {
        Ok(self.0.station.identity()?.certificate().to_vec())
    }

    /// SHA-256 of [`VideoServer::certificate`], lower case hexadecimal digits.
    ///
    /// # Errors
    /// When none can be made.
    pub fn fingerprint(&self) -> anyhow::Result<String> {
        Ok(self.0.station.identity()?.fingerprint())
    }

    /// Another certificate from now on; connections end. Gives its fingerprint.
    ///
    /// # Errors
    /// When none can be made.
    pub fn change_certificate(&self) -> anyhow::Result<String> {
        Ok(self.0.station.change_certificate()?.fingerprint())
    }

    /// The version of its software.
    pub fn version(&self) -> String {
        self.0.version()
    }

    /// Another version, as after an upgrade.
    pub fn set_version(&self, version: &str) {
        self.0.station.set_version(version);
    }

    /// Adds a fault, in all cases and for good (but see [`Fault`]).
    pub fn set_fault(&self, fault: Fault) {
        self.set_rule(fault.into());
    }

    /// Adds a fault with its rate and how many times.
    pub fn set_rule(&self, rule: FaultRule) {
        if self.0.station.set(rule) {
            self.0.connections.lock().clear();
        }
    }

    /// Healthy again.
    pub fn clear_faults(&self) {
        self.0.station.clear();
    }

    /// The faults it has.
    pub fn faults(&self) -> Vec<FaultRule> {
        self.0.station.faults.rules()
    }

    /// What has happened so far.
    pub fn counters(&self) -> Counters {
        self.0.station.tally.read()
    }
}

impl Recorder {
    /// Which start it is.
    pub(crate) fn boots(&self) -> u64 {
        self.station.boots() + 1
    }

    pub(crate) fn is_away(&self) -> bool {
        self.station.is_away()
    }

    /// It starts anew, and is away for so long; none: until its faults are cleared.
    pub(crate) fn restart(&self, away: Option<Duration>) {
        self.station.boot();
        self.connections.lock().clear();
        self.station.leave(away);
    }

    fn version(&self) -> String {
        self.station
            .version()
            .unwrap_or_else(|| self.blueprint.version.to_string())
    }

    fn state_of(&self, connection: u64) -> Option<Handshake> {
        let connections = self.connections.lock();
        let known = connections.iter().find(|one| one.number == connection)?;
        Some(known.state.clone())
    }

    fn set_state(&self, number: u64, state: Option<Handshake>) {
        let mut connections = self.connections.lock();
        connections.retain(|one| one.number != number);
        if let Some(state) = state {
            connections.push_back(Known { number, state });
        }
        if connections.len() > REMEMBERED_CONNECTIONS {
            connections.pop_front();
        }
    }

    /// Whoever may not ask yet gets the answer that says so.
    fn refused(&self, asked: &Asked) -> Option<Response<Bytes>> {
        let scheme = self.blueprint.scheme.name();
        let state = self.state_of(asked.connection);
        let Some(message) = asked
            .header(AUTHORIZATION.as_str())
            .and_then(|header| ntlm::message(header, scheme))
        else {
            return match state {
                Some(Handshake::SignedIn) => None,
                _ => Some(self.unauthorized(None)),
            };
        };
        match state {
            _ if ntlm::is_number(&message, 1) => {
                let mut nonce = [0; 8];
                if getrandom::fill(&mut nonce).is_err() {
                    return Some(plain(StatusCode::INTERNAL_SERVER_ERROR, "no randomness"));
                }
                let computer = self.blueprint.computer.as_str();
                let challenge = ntlm::challenge(computer, nonce, self.blueprint.says_time);
                let refusal = self.unauthorized(Some(&challenge));
                self.set_state(asked.connection, Some(Handshake::Challenged(message, challenge)));
                Some(refusal)
            }
            Some(Handshake::Challenged(first, second)) if self.proves([&first, &second, &message]) => {
                count(&self.station.tally.sign_ins, 1);
                let forgets = self.station.faults.happens(Fault::ProofForEachRequest);
                self.set_state(asked.connection, (!forgets).then_some(Handshake::SignedIn));
                None
            }
            _ => {
                count(&self.station.tally.refusals, 1);
                self.set_state(asked.connection, None);
                Some(self.unauthorized(None))
            }
        }
    }

    fn proves(&self, messages: [&[u8]; 3]) -> bool {
        let faults = &self.station.faults;
        if faults.happens(Fault::WrongPassword) || faults.happens(Fault::NoSuchUser) {
            return false;
        }
        let (domain, name) = self
            .blueprint
            .user
            .split_once('\\')
            .unwrap_or((self.blueprint.computer.as_str(), self.blueprint.user.as_str()));
        ntlm::account(messages[2]).is_some_and(|(of, who)| {
            let same = |one: &str, other: &str| one.to_uppercase() == other.to_uppercase();
            same(&who, name) && (of.is_empty() || same(&of, domain))
        }) && ntlm::proves(messages, &self.blueprint.password)
    }

    fn unauthorized(&self, challenge: Option<&[u8]>) -> Response<Bytes> {
        let mut response = plain(StatusCode::UNAUTHORIZED, "");
        let name = if self.station.faults.happens(Fault::UnknownAlgorithm) {
            "Kerberos"
        } else {
            self.blueprint.scheme.name()
        };
        let text = match challenge {
            Some(message) => {
                let encoded = base64::engine::general_purpose::STANDARD.encode(message);
                format!("{name} {encoded}")
            }
            None => name.to_string(),
        };
        if let Ok(value) = HeaderValue::from_str(&text) {
            response.headers_mut().append(WWW_AUTHENTICATE, value);
        }
        response
    }

    fn system(&self) -> Value {
        let VideoServerBlueprint { name, hardware, .. } = &self.blueprint;
        json!({
            "Name": name, "ServerDisplayVersion": self.version(), "TimeZone": "W. Europe Standard Time",
            "Hardware": {"ModelName": hardware, "Vendor": MARK},
        })
    }

    fn devices(&self, asked: &Asked) -> Option<Value> {
        let question: Value = serde_json::from_slice(&asked.body).ok()?;
        let number = |name: &str| usize::try_from(question["range"][name].as_u64()?).ok();
        let (mut start, wanted) = (number("StartIndex")?, number("NumberOfElements")?);
        if self.station.faults.happens(Fault::AllDevicesEachTime) {
            start = 0;
        }
        let most = if self.station.faults.happens(Fault::OneDeviceAtATime) {
            1
        } else {
            MOST_DEVICES_AT_ONCE
        };
        let devices: Vec<Value> = self
            .devices
            .iter()
            .enumerate()
            .skip(start)
            .take(wanted.min(most))
            .map(|(place, camera)| {
                let blueprint = camera.blueprint();
                json!({
                    "DeviceId": {"Id": format!("{}_{}", 13_000 + place, self.blueprint.identity)}, "Name": blueprint.name,
                    "Model": blueprint.model[1], "MacAddress": blueprint.serial_number, "Address": camera.address(),
                })
            })
            .collect();
        Some(json!({ "Devices": devices }))
    }
}

impl Machine for Recorder {
    fn station(&self) -> &Station {
        &self.station
    }

    fn answer(&self, asked: &Asked) -> Response<Bytes> {
        let Some(operation) = asked.parts.uri.path().strip_prefix(INTERFACE) else {
            return match asked.parts.uri.path() {
                "/" => page(&self.blueprint.name, &format!("<p>{MARK}</p>")),
                _ => plain(StatusCode::NOT_FOUND, "not found"),
            };
        };
        if let Some(refusal) = self.refused(asked) {
            return refusal;
        }
        let answer = match operation {
            "VersionFacade/GetApiVersion" => Some(json!({"Major": 2, "Minor": 43})),
            _ if self.station.faults.happens(Fault::NoMonitoringRights) => {
                count(&self.station.tally.refusals, 1);
                return plain(StatusCode::FORBIDDEN, "");
            }
            "SystemFacade/GetSystem" => Some(self.system()),
            "DeviceListFacade/GetDeviceList" => self.devices(asked),
            _ => None,
        };
        match answer {
            Some(answer) => with_type(StatusCode::OK, "application/json", answer.to_string()),
            None => plain(StatusCode::BAD_REQUEST, ""),
        }
    }
}
