//! VAPIX, served: identity, readiness, parameters, firmware status, authentication (VPX-01 to VPX-10).
use crate::MARK;
use crate::blueprint::{AuthenticationScheme, CameraBlueprint};
use crate::description::{DESCRIPTION, description};
use crate::digest::{Nonces, Verdict};
use crate::fault::{Fault, FaultRule};
use crate::listen::{Asked, Machine, page, plain, with_type};
use crate::station::{Counters, Station, count};
use base64::Engine;
use bytes::Bytes;
use http::header::{AUTHORIZATION, WWW_AUTHENTICATE};
use http::{HeaderName, HeaderValue, Method, Response, StatusCode};
use parking_lot::Mutex;
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;

const SETUP_HEADER: HeaderName = HeaderName::from_static("axis-setup");
/// Refusals in a row after which the account is locked for a time.
const REFUSALS_BEFORE_LOCK: u32 = 10;
const LOCK: Duration = Duration::from_secs(60);
/// The system ready interface says how long it runs from this major version on.
const NEWER_READINESS: u32 = 10;

/// One camera or other device, listening. Cheap to clone; all clones are the same one.
#[derive(Clone)]
pub struct Camera(pub(crate) Arc<Device>);

pub(crate) struct Device {
    pub(crate) station: Station,
    pub(crate) blueprint: CameraBlueprint,
    state: Mutex<DeviceState>,
}

struct DeviceState {
    scheme: AuthenticationScheme,
    nonces: Nonces,
    refusals_in_a_row: u32,
    locked_until: Option<Instant>,
    started: Instant,
    boots: u64,
}

impl Camera {
    pub(crate) fn new(station: Station, blueprint: CameraBlueprint) -> Self {
        Self(Arc::new(Device {
            state: Mutex::new(DeviceState {
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
        self.0.station.address
    }

    /// Where it speaks in clear, if it does.
    pub fn plain_address(&self) -> Option<SocketAddr> {
        self.0.station.plain
    }

    /// Its address in text.
    pub fn address(&self) -> String {
        self.0.station.address.ip().to_string()
    }

    /// Its port.
    pub fn port(&self) -> u16 {
        self.0.station.address.port()
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
            let mut state = self.0.state.lock();
            state.nonces.forget();
            state.boots = self.0.station.boot();
            state.started = Instant::now() + away;
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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Caller {
    Anonymous,
    Administrator,
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
        let (user, password) = (&self.blueprint.user, &self.blueprint.password);
        let verdict = match state.scheme {
            AuthenticationScheme::Basic => basic(proof, user, password),
            _ => {
                let method = asked.parts.method.as_str();
                state
                    .nonces
                    .judge(proof, user, password, &self.realm(), method, target)
            }
        };
        let faults = &self.station.faults;
        let spoilt = faults.happens(Fault::WrongPassword) || faults.happens(Fault::NoSuchUser);
        match verdict {
            Verdict::Proved if !spoilt => {
                state.refusals_in_a_row = 0;
                state.locked_until = None;
                drop(state);
                count(&self.station.tally.sign_ins, 1);
                Ok(Caller::Administrator)
            }
            Verdict::Stale => {
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
        let scheme = state.scheme;
        for challenge in state.nonces.challenges(scheme, &self.realm(), stale) {
            response.headers_mut().append(WWW_AUTHENTICATE, challenge);
        }
        response
    }

    fn json(&self, body: &Value) -> Response<Bytes> {
        let kind = if self.blueprint.odd_charset {
            "application/json;charset=utf8"
        } else {
            "application/json"
        };
        with_type(StatusCode::OK, kind, body.to_string())
    }

    /// Most errors come with HTTP 200 (VPX-03).
    fn error(&self, question: &Value, code: u16, message: &str) -> Response<Bytes> {
        let mut body = json!({"apiVersion": "1.0", "error": {"code": code, "message": message}});
        copy_context(question, &mut body);
        self.json(&body)
    }

    fn data(&self, question: &Value, version: &str, data: Value) -> Response<Bytes> {
        let mut body = json!({"apiVersion": version, "data": data});
        if let Some(method) = question.get("method") {
            body["method"] = method.clone();
        }
        copy_context(question, &mut body);
        self.json(&body)
    }

    /// The interfaces that speak in envelopes (VPX-04).
    fn envelope(&self, path: &str, asked: &Asked, caller: Caller, new: bool) -> Response<Bytes> {
        if asked.parts.method != Method::POST {
            return self.error(
                &Value::Null,
                2002,
                "HTTP request type not supported. Only POST is supported",
            );
        }
        let Some(question) = serde_json::from_slice::<Value>(&asked.body)
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
        let signed_in = caller == Caller::Administrator;
        match (path, method) {
            ("basicdeviceinfo.cgi", "getAllUnrestrictedProperties") => {
                self.data(&question, "1.3", json!({"propertyList": self.properties(false)}))
            }
            ("basicdeviceinfo.cgi", "getAllProperties") if signed_in => {
                self.data(&question, "1.3", json!({"propertyList": self.properties(true)}))
            }
            ("systemready.cgi", "systemready") => {
                self.data(&question, self.readiness_version(), self.readiness(new))
            }
            ("apidiscovery.cgi", "getApiList") if signed_in => self.data(
                &question,
                "1.0",
                json!({"apiList": [
                    {"id": "api-discovery", "version": "1.0", "name": "API Discovery Service"},
                    {"id": "basic-device-info", "version": "1.3", "name": "Basic Device Information"},
                    {"id": "systemready", "version": self.readiness_version(), "name": "Systemready"},
                    {"id": "fwmgr", "version": "1.4", "name": "Firmware Management"},
                    {"id": "param-cgi", "version": "1.0", "name": "Legacy Parameter Handling"},
                ]}),
            ),
            // VPX-10: committed is what is not said.
            ("firmwaremanagement.cgi", "status") if signed_in => self.data(
                &question,
                "1.4",
                json!({
                    "activeFirmwareVersion": self.version(),
                    "activeFirmwarePart": "a",
                    "inactiveFirmwareVersion": self.blueprint.version,
                    "lastUpgradeAt": "2026-01-15T08:30:00Z",
                }),
            ),
            (_, "getAllProperties" | "getApiList" | "status") => self.unauthorized(false),
            _ => self.error(&question, 2004, "Method not supported"),
        }
    }

    /// Where its answer to SSDP leads to.
    fn description(&self) -> Response<Bytes> {
        let pages = match self.station.plain {
            Some(plain) => format!("http://{plain}/"),
            None => format!("https://{}/", self.station.address),
        };
        let CameraBlueprint {
            name, serial_number, ..
        } = &self.blueprint;
        let text = description(name, serial_number, self.blueprint.model, &pages);
        with_type(StatusCode::OK, "text/xml", text)
    }

    /// VPX-06
    fn properties(&self, all: bool) -> Value {
        let [short_name, full_name, kind, number, architecture, chip] = self.blueprint.model;
        let mut list = json!({
            "Brand": MARK,
            "ProdFullName": full_name,
            "ProdNbr": number,
            "ProdShortName": short_name,
            "ProdType": kind,
            "SerialNumber": self.blueprint.serial_number,
            "Version": self.version(),
            "WebURL": "https://simulator.example",
        });
        if all {
            list["HardwareID"] = json!("7D1.2");
            list["Architecture"] = json!(architecture);
            list["Soc"] = json!(chip);
            list["BuildDate"] = json!("Nov 06 2025 10:22");
        }
        list
    }

    /// The first that say how long they run and under which boot id say `1.4`.
    fn readiness_version(&self) -> &'static str {
        if self.major() >= NEWER_READINESS {
            "1.4"
        } else {
            "1.2"
        }
    }

    /// VPX-07
    fn readiness(&self, new: bool) -> Value {
        let state = self.state.lock();
        let mut data = json!({"systemready": "yes", "needsetup": if new { "yes" } else { "no" }});
        if self.major() >= NEWER_READINESS {
            let uptime = Instant::now().saturating_duration_since(state.started).as_secs();
            data["uptime"] = json!(uptime.to_string());
            let serial_number = &self.blueprint.serial_number;
            data["bootid"] = json!(format!("{serial_number}-{:08}", state.boots));
        }
        data
    }

    /// VPX-08
    fn parameters(&self, query: &str) -> Response<Bytes> {
        let field = |name: &str| {
            query
                .split('&')
                .find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
        };
        if field("action") != Some("list") {
            return plain(StatusCode::OK, "# Error: only action=list is supported\n");
        }
        let [short_name, full_name, kind, number, architecture, chip] = self.blueprint.model;
        let version = self.version();
        let all = [
            ("Brand.Brand", MARK),
            ("Brand.ProdFullName", full_name),
            ("Brand.ProdNbr", number),
            ("Brand.ProdShortName", short_name),
            ("Brand.ProdType", kind),
            ("Brand.WebURL", "https://simulator.example"),
            ("Properties.Firmware.BuildDate", "Nov 06 2025 10:22"),
            ("Properties.Firmware.Version", version.as_str()),
            ("Properties.System.Architecture", architecture),
            ("Properties.System.HardwareID", "7D1.2"),
            (
                "Properties.System.SerialNumber",
                self.blueprint.serial_number.as_str(),
            ),
            ("Properties.System.Soc", chip),
        ];
        let groups: Vec<&str> = field("group").unwrap_or_default().split(',').collect();
        let inside = |name: &str| {
            groups.iter().any(|group| {
                let group = group.strip_prefix("root.").unwrap_or(group);
                group.is_empty()
                    || name == group
                    || name.strip_prefix(group).is_some_and(|rest| rest.starts_with('.'))
            })
        };
        let lines: String = all
            .iter()
            .filter(|(name, _)| inside(name))
            .map(|(name, value)| format!("root.{name}={value}\r\n"))
            .collect();
        if lines.is_empty() {
            return plain(StatusCode::OK, "# Error: Error -1 getting param in group\n");
        }
        with_type(StatusCode::OK, "text/plain", lines)
    }
}

fn copy_context(question: &Value, answer: &mut Value) {
    if let Some(context) = question.get("context") {
        answer["context"] = context.clone();
    }
}

fn basic(proof: &str, user: &str, password: &str) -> Verdict {
    let (scheme, encoded) = proof.split_once(' ').unwrap_or_default();
    let expected = format!("{user}:{password}");
    let right = scheme.eq_ignore_ascii_case("basic")
        && base64::engine::general_purpose::STANDARD
            .decode(encoded.trim())
            .is_ok_and(|bytes| bytes == expected.as_bytes());
    if right { Verdict::Proved } else { Verdict::Refused }
}

impl Machine for Device {
    fn station(&self) -> &Station {
        &self.station
    }

    fn answer(&self, asked: &Asked) -> Response<Bytes> {
        let path = asked.parts.uri.path();
        if path == DESCRIPTION {
            return self.description();
        }
        let new = self.station.faults.happens(Fault::FactoryNew);
        // VPX-02: nothing at all from major version 12 on; before, readiness still says it.
        if new && (self.major() >= 12 || path != "/axis-cgi/systemready.cgi") {
            let mut response = plain(StatusCode::UNAUTHORIZED, "setup needed");
            response
                .headers_mut()
                .insert(SETUP_HEADER, HeaderValue::from_static("vapix"));
            return response;
        }
        let Some(interface) = path.strip_prefix("/axis-cgi/") else {
            return match path {
                "/" | "/index.html" => page(&self.blueprint.name, &format!("<p>{MARK}</p>")),
                _ => plain(StatusCode::NOT_FOUND, "not found"),
            };
        };
        let caller = match self.caller(asked) {
            Ok(caller) => caller,
            Err(response) => return *response,
        };
        match interface {
            "basicdeviceinfo.cgi" | "systemready.cgi" | "apidiscovery.cgi" | "firmwaremanagement.cgi" => {
                self.envelope(interface, asked, caller, new)
            }
            "param.cgi" if caller == Caller::Anonymous => self.unauthorized(false),
            "param.cgi" if self.station.faults.happens(Fault::NoMonitoringRights) => {
                count(&self.station.tally.refusals, 1);
                plain(StatusCode::FORBIDDEN, "forbidden")
            }
            "param.cgi" => self.parameters(asked.parts.uri.query().unwrap_or_default()),
            _ => plain(StatusCode::NOT_FOUND, "not found"),
        }
    }
}
