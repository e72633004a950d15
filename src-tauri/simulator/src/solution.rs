//! The IP Office management API, served (IPO-01 to IPO-04): a primary that answers for its whole solution.
mod content;
mod maintenance;
mod running;

use crate::MARK;
use crate::blueprint::{Oddities, SolutionBlueprint, SystemBlueprint};
use crate::fault::{Fault, FaultRule};
use crate::listen::{Asked, Machine, plain, with_type};
use crate::station::{Counters, Station, count};
use base64::Engine;
use bytes::Bytes;
use chrono::NaiveDate;
use http::header::{AUTHORIZATION, COOKIE, RETRY_AFTER, SET_COOKIE};
use http::{HeaderName, HeaderValue, Method, Response, StatusCode};
use parking_lot::Mutex;
use running::Running;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tokio::time::Instant;

const AUTHENTICATE: &str = "/WebManagement/ws/sdk/security/authenticate";
const ADMINISTRATION: &str = "/WebManagement/ws/sdk/admin/v1/";
const TOKEN_HEADER: HeaderName = HeaderName::from_static("x-sdk-token");

/// One customer's solution, listening. Cheap to clone; all clones are the same one.
#[derive(Clone)]
pub struct Solution(pub(crate) Arc<Primary>);

pub(crate) struct Primary {
    pub(crate) station: Station,
    pub(crate) blueprint: SolutionBlueprint,
    oddities: Mutex<Oddities>,
    running: Mutex<Running>,
    sessions: Mutex<HashMap<String, Open>>,
    session_limit: usize,
    session_idle: Duration,
    licence_seed: u64,
    /// What its licences are dated from.
    today: NaiveDate,
}

/// An open session, under its `JSESSIONID`.
struct Open {
    token: String,
    last_used: Instant,
}

impl Solution {
    pub(crate) fn new(
        station: Station,
        blueprint: SolutionBlueprint,
        session_limit: usize,
        session_idle: Duration,
        licence_seed: u64,
        today: NaiveDate,
    ) -> Self {
        let running = station
            .settings()
            .and_then(|kept| serde_json::from_value(kept).ok())
            .unwrap_or_default();
        Self(Arc::new(Primary {
            station,
            running: Mutex::new(running),
            oddities: Mutex::new(blueprint.oddities),
            blueprint,
            sessions: Mutex::new(HashMap::new()),
            session_limit,
            session_idle,
            licence_seed,
            today,
        }))
    }

    /// Where the primary listens.
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

    /// Name, user, tags, systems and everything else the seed decided.
    pub fn blueprint(&self) -> &SolutionBlueprint {
        &self.0.blueprint
    }

    /// The customer's name.
    pub fn name(&self) -> &str {
        &self.0.blueprint.name
    }

    /// The service user.
    pub fn user(&self) -> &str {
        &self.0.blueprint.user
    }

    /// The service user's password.
    pub fn password(&self) -> &str {
        &self.0.blueprint.password
    }

    /// Its systems, the primary first.
    pub fn systems(&self) -> &[SystemBlueprint] {
        &self.0.blueprint.systems
    }

    /// The certificate (DER) it shows when no fault says otherwise.
    ///
    /// # Errors
    /// When none can be made.
    pub fn certificate(&self) -> anyhow::Result<Vec<u8>> {
        Ok(self.0.station.identity()?.certificate().to_vec())
    }

    /// SHA-256 of [`Solution::certificate`], lower case hexadecimal digits.
    ///
    /// # Errors
    /// When none can be made.
    pub fn fingerprint(&self) -> anyhow::Result<String> {
        Ok(self.0.station.identity()?.fingerprint())
    }

    /// Another certificate from now on; connections, sessions of TLS and of the API end. Gives its fingerprint.
    ///
    /// # Errors
    /// When none can be made.
    pub fn change_certificate(&self) -> anyhow::Result<String> {
        let fingerprint = self.0.station.change_certificate()?.fingerprint();
        self.0.forget_sessions();
        Ok(fingerprint)
    }

    /// The version that its primary says it has, and all others unless they were upgraded by themselves.
    pub fn version(&self) -> String {
        self.0.version()
    }

    /// Another version for all its systems, as after an upgrade.
    pub fn set_version(&self, version: &str) {
        self.0.set_version_of_all(version);
    }

    /// How it answers, from now on (IPO-03).
    pub fn set_oddities(&self, oddities: Oddities) {
        *self.0.oddities.lock() = oddities;
    }

    /// Adds a fault, in all cases and for good (but see [`Fault`]).
    pub fn set_fault(&self, fault: Fault) {
        self.set_rule(fault.into());
    }

    /// Adds a fault with its rate and how many times.
    pub fn set_rule(&self, rule: FaultRule) {
        if self.0.station.set(rule) {
            self.0.forget_sessions();
        }
    }

    /// Healthy again.
    pub fn clear_faults(&self) {
        self.0.come_back();
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

/// A refusal in the words of the API.
struct Refusal {
    status: StatusCode,
    code: &'static str,
    words: &'static str,
}

const fn refusal(status: StatusCode, code: &'static str, words: &'static str) -> Refusal {
    Refusal { status, code, words }
}

const LOST: Refusal = refusal(StatusCode::OK, "461:SessionTimeout", "The session has timed out");

impl Primary {
    fn version(&self) -> String {
        match self.blueprint.systems.first() {
            Some(primary) => self.version_of(&primary.serial_number),
            None => self.version_of_all(),
        }
    }

    fn version_of_all(&self) -> String {
        self.station
            .version()
            .unwrap_or_else(|| self.blueprint.version.to_string())
    }

    fn forget_sessions(&self) {
        let mut sessions = self.sessions.lock();
        sessions.clear();
        self.count_sessions(&sessions);
    }

    fn count_sessions(&self, sessions: &HashMap<String, Open>) {
        let open = sessions.len() as u64;
        self.station.tally.open_sessions.store(open, Ordering::Relaxed);
        self.station
            .tally
            .most_open_sessions
            .fetch_max(open, Ordering::Relaxed);
    }

    /// IPO-01
    fn sign_in(&self, asked: &Asked) -> Response<Bytes> {
        if let Err(refusal) = self.check_user(asked) {
            count(&self.station.tally.refusals, 1);
            return self.refuse(&refusal);
        }
        let open = {
            let mut sessions = self.sessions.lock();
            let now = Instant::now();
            sessions.retain(|_, open| now.duration_since(open.last_used) < self.session_idle);
            let free =
                sessions.len() < self.session_limit && !self.station.faults.happens(Fault::TooManySessions);
            let opened = match (free, random_text(), random_text()) {
                (true, Ok(id), Ok(token)) => {
                    let open = Open {
                        token: token.clone(),
                        last_used: now,
                    };
                    sessions.insert(id.clone(), open);
                    Some((id, token))
                }
                _ => None,
            };
            self.count_sessions(&sessions);
            opened
        };
        let Some((id, token)) = open else {
            count(&self.station.tally.refusals, 1);
            return self.refuse_session_limit();
        };
        count(&self.station.tally.sign_ins, 1);
        let blueprint = &self.blueprint;
        let faults = &self.station.faults;
        let mut capabilities = Vec::new();
        if faults
            .peek(|one| (one == Fault::NoMonitoringRights).then_some(()))
            .is_none()
        {
            capabilities.push("monitoring");
        }
        if !faults.happens(Fault::NoUpgradeRights) {
            capabilities.push("upgrade");
        }
        let mut object = json!({
            "User": blueprint.user,
            "Capabilities": capabilities,
            "Provider": blueprint.provider,
            "Reseller": blueprint.reseller,
            "Mode": blueprint.mode.as_str(),
            "Description": MARK,
        });
        if let Some(profile) = self.profile() {
            object["Profile"] = json!(profile);
        }
        let mut response = self.envelope(
            StatusCode::OK,
            json!({"@status": "1", "data": {"ws_object": object}}),
        );
        let headers = response.headers_mut();
        let cookie = |name: &str, value: &str| {
            HeaderValue::from_str(&format!("{name}={value}; Path=/; Secure; HttpOnly"))
        };
        if let Ok(value) = cookie("JSESSIONID", &id) {
            headers.append(SET_COOKIE, value);
        }
        if self.oddities.lock().token_in_header {
            if let Ok(value) = HeaderValue::from_str(&token) {
                headers.insert(TOKEN_HEADER, value);
            }
        } else if let Ok(value) = cookie("SDK-Token", &token) {
            headers.append(SET_COOKIE, value);
        }
        response
    }

    /// CUS-03: the refusals that name their reason.
    fn check_user(&self, asked: &Asked) -> Result<(), Refusal> {
        let header = asked.header(AUTHORIZATION.as_str()).unwrap_or_default();
        let (scheme, encoded) = header.split_once(' ').unwrap_or_default();
        let decoded = base64::engine::general_purpose::STANDARD
            .decode(encoded.trim())
            .ok()
            .filter(|_| scheme.eq_ignore_ascii_case("basic"))
            .and_then(|bytes| String::from_utf8(bytes).ok());
        let faults = &self.station.faults;
        let no_user = refusal(
            StatusCode::UNAUTHORIZED,
            "401:NoSuchUser",
            "No such active service user",
        );
        let pair = decoded.as_deref().and_then(|text| text.split_once(':'));
        let Some((user, password)) = pair else {
            return Err(no_user);
        };
        if user != self.blueprint.user || faults.happens(Fault::NoSuchUser) {
            return Err(no_user);
        }
        if password != self.blueprint.password || faults.happens(Fault::WrongPassword) {
            return Err(refusal(
                StatusCode::UNAUTHORIZED,
                "401:BadPassword",
                "The password is wrong",
            ));
        }
        for (fault, code, words) in [
            (
                Fault::UserDisabledByAdministrator,
                "403:DisabledByAdministrator",
                "The service user was disabled by the administrator",
            ),
            (
                Fault::UserDisabled,
                "403:UserDisabled",
                "The service user is disabled",
            ),
            (
                Fault::UserLocked,
                "403:UserLocked",
                "The service user is temporarily locked",
            ),
        ] {
            if faults.happens(fault) {
                return Err(refusal(StatusCode::FORBIDDEN, code, words));
            }
        }
        Ok(())
    }

    fn refuse_session_limit(&self) -> Response<Bytes> {
        let words = "Too many concurrent sessions";
        if !self.oddities.lock().limit_as_503 {
            return self.refuse(&refusal(StatusCode::FORBIDDEN, "403:SessionLimit", words));
        }
        let mut response = self.refuse(&refusal(
            StatusCode::SERVICE_UNAVAILABLE,
            "503:SessionLimit",
            words,
        ));
        response
            .headers_mut()
            .insert(RETRY_AFTER, HeaderValue::from_static("1"));
        response
    }

    fn refuse(&self, refusal: &Refusal) -> Response<Bytes> {
        self.envelope(
            refusal.status,
            json!({"@status": "0", "SMAError": {"error": {"error_code": refusal.code, "error_desc": refusal.words}}}),
        )
    }

    fn envelope(&self, status: StatusCode, response: Value) -> Response<Bytes> {
        let kind = if self.oddities.lock().xml_content_type {
            "text/xml;charset=UTF-8"
        } else {
            "application/json;charset=UTF-8"
        };
        with_type(status, kind, json!({ "response": response }).to_string())
    }
}

fn random_text() -> Result<String, getrandom::Error> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes)?;
    Ok(hex::encode(bytes))
}

fn cookie<'text>(asked: &'text Asked, name: &str) -> Option<&'text str> {
    asked
        .parts
        .headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|text| text.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(key, value)| (key == name).then_some(value))
}

impl Primary {
    /// The session the request names, with both of its tokens.
    fn session_of(&self, asked: &Asked) -> Option<String> {
        let id = cookie(asked, "JSESSIONID")?;
        let token = cookie(asked, "SDK-Token").or_else(|| asked.header(TOKEN_HEADER.as_str()))?;
        let mut sessions = self.sessions.lock();
        let now = Instant::now();
        let open = sessions.get_mut(id)?;
        let alive = open.token == token && now.duration_since(open.last_used) < self.session_idle;
        if alive {
            open.last_used = now;
        }
        alive.then(|| id.to_string())
    }

    fn sign_out(&self, asked: &Asked) -> Response<Bytes> {
        let Some(id) = self.session_of(asked) else {
            return self.refuse(&LOST);
        };
        let mut sessions = self.sessions.lock();
        sessions.remove(&id);
        self.count_sessions(&sessions);
        drop(sessions);
        count(&self.station.tally.sign_outs, 1);
        self.envelope(StatusCode::OK, json!({"@status": "1", "data": {}}))
    }

    fn read(&self, list: &str, asked: &Asked) -> Response<Bytes> {
        let Some(id) = self.session_of(asked) else {
            return self.refuse(&LOST);
        };
        if self.station.faults.happens(Fault::SessionTimeout461) {
            let mut sessions = self.sessions.lock();
            sessions.remove(&id);
            self.count_sessions(&sessions);
            return self.refuse(&LOST);
        }
        if self.station.faults.happens(Fault::NoMonitoringRights) {
            count(&self.station.tally.refusals, 1);
            let words = "The service user may not monitor";
            return self.refuse(&refusal(StatusCode::FORBIDDEN, "403:NoMonitoringRights", words));
        }
        let wanted = asked
            .parts
            .uri
            .query()
            .into_iter()
            .flat_map(|query| query.split('&'))
            .find_map(|pair| pair.strip_prefix("ipaddress="));
        let mut objects: Vec<Value> = match list {
            "systems" => self.systems(wanted),
            // Licences are the solution's, whichever of its systems is asked for.
            "licenses" if wanted.is_none_or(|address| !self.systems(Some(address)).is_empty()) => {
                self.licences()
            }
            "licenses" => Vec::new(),
            _ => {
                let words = "There is no such list";
                return self.refuse(&refusal(StatusCode::NOT_FOUND, "404:NotFound", words));
            }
        };
        let oddities = *self.oddities.lock();
        let data = if oddities.one_object && objects.len() == 1 {
            objects.remove(0)
        } else {
            Value::Array(objects)
        };
        let mut envelope = json!({"@status": "1", "data": {"ws_object": data}});
        if oddities.reboot_node {
            envelope["SMAError"] = json!({"error": {"error_code": "REBOOT", "error_desc": "Reboot needed"}});
        }
        self.envelope(StatusCode::OK, envelope)
    }
}

impl Machine for Primary {
    fn station(&self) -> &Station {
        &self.station
    }

    fn answer(&self, asked: &Asked) -> Response<Bytes> {
        let path = asked.parts.uri.path();
        let method = &asked.parts.method;
        if !path.starts_with("/WebManagement/ws/") {
            return match *method {
                Method::GET | Method::HEAD => self.page(),
                _ => plain(StatusCode::METHOD_NOT_ALLOWED, "read only"),
            };
        }
        // IPO-01: on every call, also on GET.
        let complete = asked.header("x-user-client") == Some("Avaya-WebAdmin")
            && asked.header("x-user-agent") == Some("Avaya-SDKUser")
            && asked
                .header("content-type")
                .is_some_and(|kind| kind.starts_with("application/json"));
        if !complete {
            return self.refuse(&refusal(
                StatusCode::BAD_REQUEST,
                "400:MissingHeader",
                "A header is missing",
            ));
        }
        match (method, path.strip_prefix(ADMINISTRATION)) {
            (&Method::GET, None) if path == AUTHENTICATE => self.sign_in(asked),
            (&Method::DELETE, None) if path == AUTHENTICATE => self.sign_out(asked),
            (&Method::GET, Some(list)) => self.read(list, asked),
            _ => self.refuse(&refusal(
                StatusCode::NOT_FOUND,
                "404:NotFound",
                "There is nothing here",
            )),
        }
    }
}
