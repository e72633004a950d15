//! VAPIX, served (VPX-01 to VPX-16): who asks, and which interface answers. What each answers is in a file of its own.
mod accounts;
mod applications;
mod events;
mod firmware;
mod form;
mod identity;
mod interfaces;
mod network;
mod oddities;
mod package;
mod settings;
mod time;
mod tokens;

use crate::MARK;
use crate::blueprint::{AuthenticationScheme, CameraBlueprint};
use crate::description::DESCRIPTION;
use crate::digest::{Nonces, Verdict};
use crate::fault::{Fault, FaultRule};
use crate::listen::{Asked, Machine, page, plain, with_type};
use crate::station::{Counters, Station, count};
use base64::Engine;
use bytes::Bytes;
use http::header::{AUTHORIZATION, WWW_AUTHENTICATE};
use http::{HeaderName, Method, Response, StatusCode};
use hyper::upgrade::Upgraded;
use package::{FirmwareImage, Package};
use parking_lot::Mutex;
use serde_json::{Value, json};
use settings::{Group, Settings};
use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokens::Tokens;
use tokio::sync::broadcast;
use tokio::time::Instant;

const SETUP_HEADER: HeaderName = HeaderName::from_static("axis-setup");
/// Refusals in a row after which the account is locked for a time.
const REFUSALS_BEFORE_LOCK: u32 = 10;
const LOCK: Duration = Duration::from_secs(60);
/// Where events are streamed (VPX-16).
const EVENTS: &str = "/vapix/ws-data-stream";
/// Where the older interfaces are that speak SOAP.
const SERVICES: &str = "/vapix/services";
/// Events that wait for somebody who reads slowly; older ones are lost.
const MOST_EVENTS: usize = 64;
/// How long a restart takes, unless somebody says otherwise.
const RESTART: Duration = Duration::from_secs(5);

/// One camera or other device, listening. Cheap to clone; all clones are the same one.
#[derive(Clone)]
pub struct Camera(pub(crate) Arc<Device>);

pub(crate) struct Device {
    pub(crate) station: Station,
    pub(crate) blueprint: CameraBlueprint,
    /// Where the network puts it that it is on: at the address of the fleet.
    leased: SocketAddr,
    state: Mutex<DeviceState>,
    /// What happens at it, for those who listen.
    events: broadcast::Sender<Value>,
}

struct DeviceState {
    scheme: AuthenticationScheme,
    nonces: Nonces,
    refusals_in_a_row: u32,
    locked_until: Option<Instant>,
    started: Instant,
    boots: u64,
    restart_takes: Duration,
    /// How often firmware was installed since the fleet began.
    installations: u64,
    settings: Settings,
    tokens: Tokens,
}

impl Camera {
    pub(crate) fn new(station: Station, blueprint: CameraBlueprint) -> Self {
        let settings = station
            .settings()
            .and_then(|kept| serde_json::from_value(kept).ok())
            .unwrap_or_else(|| Settings::of(&blueprint));
        Self(Arc::new(Device {
            leased: station.address(),
            events: broadcast::Sender::new(MOST_EVENTS),
            state: Mutex::new(DeviceState {
                restart_takes: RESTART,
                installations: 0,
                settings,
                tokens: Tokens::default(),
                scheme: blueprint.scheme,
                nonces: Nonces::default(),
                refusals_in_a_row: 0,
                locked_until: None,
                started: Instant::now(),
                boots: station.boot(),
            }),
            station,
            blueprint,
        }))
    }

    /// Where it listens.
    pub fn socket_address(&self) -> SocketAddr {
        self.0.station.address()
    }

    /// Where it speaks in clear, if it does.
    pub fn plain_address(&self) -> Option<SocketAddr> {
        self.0.station.plain
    }

    /// Its address in text.
    pub fn address(&self) -> String {
        self.0.station.address().ip().to_string()
    }

    /// Its port.
    pub fn port(&self) -> u16 {
        self.0.station.address().port()
    }

    /// Name, account, model and everything else the seed decided.
    pub fn blueprint(&self) -> &CameraBlueprint {
        &self.0.blueprint
    }

    /// The certificate (DER) it shows when no fault says otherwise.
    ///
    /// # Errors
    /// When none can be made.
    pub fn certificate(&self) -> anyhow::Result<Vec<u8>> {
        Ok(self.0.station.identity()?.certificate().to_vec())
    }

    /// SHA-256 of [`Camera::certificate`], lower case hexadecimal digits.
    ///
    /// # Errors
    /// When none can be made.
    pub fn fingerprint(&self) -> anyhow::Result<String> {
        Ok(self.0.station.identity()?.fingerprint())
    }

    /// Another certificate from now on; connections and remembered sessions of TLS end. Gives its fingerprint.
    ///
    /// # Errors
    /// When none can be made.
    pub fn change_certificate(&self) -> anyhow::Result<String> {
        Ok(self.0.station.change_certificate()?.fingerprint())
    }

    /// The version of its firmware.
    pub fn version(&self) -> String {
        self.0.version()
    }

    /// Another version, as after an upgrade.
    pub fn set_version(&self, version: &str) {
        self.0.station.set_version(version);
    }

    /// How it wants to be signed in to, from now on.
    pub fn set_scheme(&self, scheme: AuthenticationScheme) {
        self.0.state.lock().scheme = scheme;
    }

    /// How long it is away when it is asked to restart.
    pub fn set_restart_time(&self, duration: Duration) {
        self.0.state.lock().restart_takes = duration.min(Duration::from_secs(24 * 3600));
    }

    /// An uncommitted version runs, and that one could be gone back to (VPX-10).
    pub fn set_uncommitted(&self, before: &str) {
        self.0.change_settings(|settings| {
            settings.firmware.committed = false;
            settings.firmware.inactive = Some(before.to_string());
        });
    }

    /// A package that this and other simulated devices install; unsigned ones only where they are allowed.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn package(name: &str, version: &str, signed: bool) -> serde_json::Result<Vec<u8>> {
        let (name, version) = (name.to_string(), version.to_string());
        Package {
            name,
            version,
            signed,
        }
        .write()
    }

    /// An image of firmware for devices of a model, of so many bytes.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn firmware_image(
        model: &str,
        version: &str,
        signed: bool,
        length: usize,
    ) -> serde_json::Result<Vec<u8>> {
        let (model, version) = (model.to_string(), version.to_string());
        let image = FirmwareImage {
            model,
            version,
            signed,
        };
        image.write(length)
    }

    /// How often its firmware was installed.
    pub fn installations(&self) -> u64 {
        self.0.state.lock().installations
    }

    /// Something happens at it: `tns1:Device/tnsaxis:IO/VirtualPort`, with names and values that say where and what.
    /// Whoever asked for the topic hears of it (VPX-16).
    pub fn raise_event(&self, topic: &str, source: &[(&str, &str)], data: &[(&str, &str)]) {
        let object = |pairs: &[(&str, &str)]| {
            let pairs = pairs
                .iter()
                .map(|(name, value)| ((*name).to_string(), json!(value)));
            Value::Object(pairs.collect())
        };
        self.0.raise_event(topic, &object(source), &object(data));
    }

    /// How many listen to its events.
    pub fn listeners(&self) -> usize {
        self.0.events.receiver_count()
    }

    /// Forgets the nonces it gave out: the next proof is `stale`.
    pub fn forget_nonces(&self) {
        self.0.state.lock().nonces.forget();
    }

    /// Adds a fault, in all cases and for good (but see [`Fault`]).
    pub fn set_fault(&self, fault: Fault) {
        self.set_rule(fault.into());
    }

    /// Adds a fault with its rate and how many times.
    pub fn set_rule(&self, rule: FaultRule) {
        let away = match rule.fault {
            Fault::Reboot { seconds } => Duration::from_secs(seconds.min(24 * 3600)),
            _ => Duration::ZERO,
        };
        if self.0.station.set(rule) {
            self.0.started_in(away);
        }
    }

    /// Healthy again.
    pub fn clear_faults(&self) {
        self.0.station.clear();
        let mut state = self.0.state.lock();
        state.locked_until = None;
        state.refusals_in_a_row = 0;
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

/// Who asks.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Caller {
    Anonymous,
    Account { name: String, groups: BTreeSet<Group> },
}

impl Caller {
    fn is_in(&self, group: Group) -> bool {
        matches!(self, Self::Account { groups, .. } if groups.contains(&group))
    }
}

impl Device {
    fn version(&self) -> String {
        self.station
            .version()
            .unwrap_or_else(|| self.blueprint.version.to_string())
    }

    fn major(&self) -> u32 {
        let version = self.version();
        version
            .split('.')
            .next()
            .and_then(|major| major.parse().ok())
            .unwrap_or(0)
    }

    fn major_and_minor(&self) -> (u32, u32) {
        let version = self.version();
        let mut parts = version.split('.').map(|part| part.parse().unwrap_or(0));
        (parts.next().unwrap_or(0), parts.next().unwrap_or(0))
    }

    /// Changes what it keeps, and keeps it.
    fn change_settings<Outcome>(&self, change: impl FnOnce(&mut Settings) -> Outcome) -> Outcome {
        let mut state = self.state.lock();
        let outcome = change(&mut state.settings);
        match serde_json::to_value(&state.settings) {
            Ok(settings) => self.station.keep_settings(settings),
            Err(error) => tracing::error!(%error, "the settings of a device are not kept"),
        }
        outcome
    }

    fn realm(&self) -> String {
        format!("AXIS_{}", self.blueprint.serial_number)
    }

    /// VPX-01. A request without a proof is anonymous; a wrong proof is refused and counted.
    fn caller(&self, asked: &Asked) -> Result<Caller, Box<Response<Bytes>>> {
        let Some(proof) = asked.header(AUTHORIZATION.as_str()) else {
            return Ok(Caller::Anonymous);
        };
        let mut state = self.state.lock();
        let now = Instant::now();
        if state.locked_until.is_some_and(|until| until > now) {
            drop(state);
            count(&self.station.tally.refusals, 1);
            return Err(Box::new(self.unauthorized(false)));
        }
        let target = asked
            .parts
            .uri
            .path_and_query()
            .map_or("/", http::uri::PathAndQuery::as_str);
        let scheme = self.scheme(&state);
        let DeviceState { nonces, settings, .. } = &mut *state;
        let password = |name: &str| {
            let account = settings.accounts.iter().find(|one| one.name == name);
            account.map(|one| one.password.clone())
        };
        let is_basic = proof
            .split_once(' ')
            .is_some_and(|(word, _)| word.eq_ignore_ascii_case("basic"));
        let (verdict, name) = match scheme {
            AuthenticationScheme::Basic if is_basic => basic(proof, &password),
            // Whoever signed in by Digest before it was changed.
            AuthenticationScheme::Basic => (Verdict::Refused, String::new()),
            _ => {
                let method = asked.parts.method.as_str();
                nonces.judge(proof, &password, &self.realm(), method, target)
            }
        };
        let faults = &self.station.faults;
        let spoilt = faults.happens(Fault::WrongPassword) || faults.happens(Fault::NoSuchUser);
        let account = state.settings.accounts.iter().find(|one| one.name == name);
        match (verdict, account) {
            (Verdict::Proved, Some(account)) if !spoilt && !faults.happens(Fault::StaleForEver) => {
                let groups = account.groups.clone();
                state.refusals_in_a_row = 0;
                state.locked_until = None;
                drop(state);
                count(&self.station.tally.sign_ins, 1);
                Ok(Caller::Account { name, groups })
            }
            (Verdict::Stale, _) => {
                drop(state);
                Err(Box::new(self.unauthorized(true)))
            }
            _ => {
                state.refusals_in_a_row += 1;
                if state.refusals_in_a_row >= REFUSALS_BEFORE_LOCK {
                    state.refusals_in_a_row = 0;
                    state.locked_until = Some(now + LOCK);
                    count(&self.station.tally.lock_outs, 1);
                }
                drop(state);
                count(&self.station.tally.refusals, 1);
                Err(Box::new(self.unauthorized(false)))
            }
        }
    }

    fn unauthorized(&self, stale: bool) -> Response<Bytes> {
        let mut response = plain(StatusCode::UNAUTHORIZED, "unauthorized");
        let mut state = self.state.lock();
        let scheme = self.scheme(&state);
        let faults = &self.station.faults;
        let challenges = if faults.happens(Fault::ManyChallenges) {
            state.nonces.many_challenges(&self.realm())
        } else if faults.happens(Fault::UnknownAlgorithm) {
            state.nonces.unknown_challenge(&self.realm())
        } else {
            let stale = stale || faults.happens(Fault::StaleForEver);
            state.nonces.challenges(scheme, &self.realm(), stale)
        };
        for challenge in challenges {
            response.headers_mut().append(WWW_AUTHENTICATE, challenge);
        }
        response
    }

    fn json(&self, body: &Value) -> Response<Bytes> {
        let kind = if self.blueprint.odd_charset || self.station.faults.happens(Fault::OddCharset) {
            "application/json;charset=utf8"
        } else {
            "application/json"
        };
        with_type(StatusCode::OK, kind, body.to_string())
    }

    /// Most errors come with HTTP 200 (VPX-03).
    fn error(&self, question: &Value, code: u16, message: &str) -> Response<Bytes> {
        self.error_with(question, code, message, Value::Null)
    }

    /// With more about it, where there is more.
    fn error_with(&self, question: &Value, code: u16, message: &str, details: Value) -> Response<Bytes> {
        let mut body = json!({"apiVersion": "1.0", "error": {"code": code, "message": message}});
        if !details.is_null() {
            body["error"]["details"] = details;
        }
        copy_context(question, &mut body);
        self.json(&body)
    }

    fn data(&self, question: &Value, version: &str, data: Value) -> Response<Bytes> {
        let mut body = json!({"apiVersion": version, "data": data});
        if let Some(method) = question.get("method") {
            body["method"] = method.clone();
        }
        copy_context(question, &mut body);
        self.make_odd(&mut body);
        self.json(&body)
    }

    /// The interfaces that speak in envelopes (VPX-04).
    fn envelope(&self, path: &str, asked: &Asked, caller: &Caller, new: bool) -> Response<Bytes> {
        // Who asks is asked before what, but where some methods are everybody's.
        let everybodys = matches!(path, "basicdeviceinfo.cgi" | "systemready.cgi");
        if *caller == Caller::Anonymous && !everybodys {
            return self.unauthorized(false);
        }
        if asked.parts.method != Method::POST {
            return self.error(
                &Value::Null,
                2002,
                "HTTP request type not supported. Only POST is supported",
            );
        }
        // An upgrade comes with its image, as a form (VPX-11).
        let parts = form::parts(asked);
        let body = match parts.as_deref() {
            Some([question, _]) => question.content,
            _ => &asked.body,
        };
        let Some(question) = serde_json::from_slice::<Value>(body)
            .ok()
            .filter(Value::is_object)
        else {
            return self.error(&Value::Null, 4000, "Invalid JSON");
        };
        let asked_version = question
            .get("apiVersion")
            .and_then(Value::as_str)
            .unwrap_or("1.0");
        if asked_version.split('.').next() != Some("1") {
            return self.error(&question, 2003, "API version not supported");
        }
        let method = question.get("method").and_then(Value::as_str).unwrap_or_default();
        let version = self.readiness_version();
        let known = match (path, method) {
            ("basicdeviceinfo.cgi", "getAllUnrestrictedProperties") => {
                Some(self.data(&question, "1.3", json!({"propertyList": self.properties(false)})))
            }
            ("systemready.cgi", "systemready") => Some(self.data(&question, version, self.readiness(new))),
            ("basicdeviceinfo.cgi", "getAllProperties") => self.permitted(caller, Group::Operator, || {
                Some(self.data(&question, "1.3", json!({"propertyList": self.properties(true)})))
            }),
            ("apidiscovery.cgi", "getApiList") => self.permitted(caller, Group::Viewer, || {
                Some(self.data(&question, "1.0", json!({"apiList": interfaces::list(version)})))
            }),
            ("firmwaremanagement.cgi", _) => {
                let image = parts
                    .as_deref()
                    .and_then(|parts| parts.get(1))
                    .map(|part| part.content);
                self.permitted(caller, Group::Admin, || match method {
                    "upgrade" => Some(self.upgrade(&question, image)),
                    _ => self.firmware(&question, method),
                })
            }
            ("network_settings.cgi", _) => {
                self.permitted(caller, Group::Admin, || self.network(&question, method))
            }
            ("time.cgi", _) => self.permitted(caller, Group::Admin, || self.time(&question, method)),
            ("ntp.cgi", _) => self.permitted(caller, Group::Admin, || self.time_servers(&question, method)),
            _ => None,
        };
        known.unwrap_or_else(|| self.error(&question, 2004, "Method not supported"))
    }

    /// The answer for those who may have it; others are asked who they are, or refused.
    fn permitted(
        &self,
        caller: &Caller,
        group: Group,
        answer: impl FnOnce() -> Option<Response<Bytes>>,
    ) -> Option<Response<Bytes>> {
        match caller {
            Caller::Anonymous => Some(self.unauthorized(false)),
            // Which of 401 and 403 devices say to an account of too few rights is not documented.
            _ if !caller.is_in(group) => Some(self.forbidden()),
            _ => answer(),
        }
    }

    fn forbidden(&self) -> Response<Bytes> {
        count(&self.station.tally.refusals, 1);
        plain(StatusCode::FORBIDDEN, "forbidden")
    }
}

fn copy_context(question: &Value, answer: &mut Value) {
    if let Some(context) = question.get("context") {
        answer["context"] = context.clone();
    }
}

fn basic(proof: &str, password: &dyn Fn(&str) -> Option<String>) -> (Verdict, String) {
    let (_, encoded) = proof.split_once(' ').unwrap_or_default();
    let pair = base64::engine::general_purpose::STANDARD
        .decode(encoded.trim())
        .ok()
        .and_then(|bytes| String::from_utf8(bytes).ok())
        .unwrap_or_default();
    let (name, given) = pair.split_once(':').unwrap_or_default();
    let verdict = if password(name).is_some_and(|right| right == given) {
        Verdict::Proved
    } else {
        Verdict::Refused
    };
    (verdict, name.to_string())
}

impl Machine for Device {
    fn station(&self) -> &Station {
        &self.station
    }

    async fn talk(self: Arc<Self>, stream: Upgraded) {
        self.stream_events(stream).await;
    }

    fn takes_files(&self, path: &str) -> bool {
        matches!(
            path,
            "/axis-cgi/applications/upload.cgi" | "/axis-cgi/firmwaremanagement.cgi"
        )
    }

    fn answer(&self, asked: &Asked) -> Response<Bytes> {
        let path = asked.parts.uri.path();
        if path == DESCRIPTION {
            return self.description();
        }
        let new = self.is_new();
        if new && path == "/axis-cgi/pwdgrp.cgi" {
            return self.first_account(asked);
        }
        // VPX-02: nothing at all from major version 12 on; before, readiness still says it.
        if new && (self.major() >= 12 || path != "/axis-cgi/systemready.cgi") {
            return self.setup_needed("Error: initial admin user must be created first.\n");
        }
        let Some(interface) = path.strip_prefix("/axis-cgi/") else {
            return match path {
                EVENTS => self.open_events(asked),
                SERVICES => self.event_instances(asked),
                "/" | "/index.html" => page(&self.blueprint.name, &format!("<p>{MARK}</p>")),
                _ => plain(StatusCode::NOT_FOUND, "not found"),
            };
        };
        let caller = match self.caller(asked) {
            Ok(caller) => caller,
            Err(response) => return *response,
        };
        self.interface(interface, asked, &caller, new)
    }
}

impl Device {
    fn interface(&self, interface: &str, asked: &Asked, caller: &Caller, new: bool) -> Response<Bytes> {
        let query = asked.parts.uri.query().unwrap_or_default();
        let for_administrators =
            |answer: &dyn Fn() -> Response<Bytes>| self.permitted(caller, Group::Admin, || Some(answer()));
        let known = match interface {
            "basicdeviceinfo.cgi"
            | "systemready.cgi"
            | "apidiscovery.cgi"
            | "firmwaremanagement.cgi"
            | "network_settings.cgi"
            | "time.cgi"
            | "ntp.cgi" => {
                let odd = self.odd_answer(asked);
                Some(odd.unwrap_or_else(|| self.envelope(interface, asked, caller, new)))
            }
            "param.cgi" if self.station.faults.happens(Fault::NoParameters) => None,
            "param.cgi" => match caller {
                Caller::Anonymous if !self.station.faults.happens(Fault::AnonymousParameters) => {
                    Some(self.unauthorized(false))
                }
                _ if self.station.faults.happens(Fault::NoMonitoringRights) => Some(self.forbidden()),
                _ => Some(self.parameters(asked)),
            },
            "wssession.cgi" => Some(self.event_token(caller)),
            "usergroup.cgi" => Some(self.current_user(caller)),
            "pwdgrp.cgi" => for_administrators(&|| self.accounts(asked)),
            "restart.cgi" => for_administrators(&|| self.restart_page()),
            "applications/list.cgi" => for_administrators(&|| self.application_list()),
            "applications/control.cgi" => for_administrators(&|| self.control_application(query)),
            "applications/config.cgi" => for_administrators(&|| self.configure_applications(query)),
            "applications/upload.cgi" => for_administrators(&|| self.install_application(asked)),
            _ => None,
        };
        known.unwrap_or_else(|| plain(StatusCode::NOT_FOUND, "not found"))
    }
}
