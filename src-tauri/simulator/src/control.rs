//! The control port: small JSON over HTTP on 127.0.0.1, for tests and demonstrations. What comes from a web page (a
//! request with `Origin`) is refused, and so is any host name but `127.0.0.1` and `localhost`.
//!
//! | request | does |
//! | --- | --- |
//! | `GET /systems` | lists all: address, port, kind, name, version, faults |
//! | `GET /systems/ADDRESS` | one, with counters and the fingerprint of its certificate; of a gateway, with its token |
//! | `POST /systems/ADDRESS/faults` | adds a fault or a list: `{"kind": "slow", "milliseconds": 800, "rate": 0.5, "times": 3}` |
//! | `DELETE /systems/ADDRESS/faults` | healthy again |
//! | `POST /systems/ADDRESS/certificate` | another certificate; answers with its fingerprint |
//! | `POST /systems/ADDRESS/version` | another version: `{"version": "11.1.3.2"}` |
//! | `POST /systems/ADDRESS/events` | something happens at a device: `{"topic": "tns1:…", "source": {"port": "1"}, "data": {"state": "1"}}` |
//! | `POST /faults`, `DELETE /faults` | the same for all systems |
//! | `GET /counters` | of all systems together |
//! | `POST /stop` | ends the fleet |
//!
//! Kinds of faults: see [`crate::Fault`], in lower case with hyphens: `lose-answer`, `busy423`, `no-tls`, …
//!
//! `ADDRESS` is an address, or address and port (`127.0.0.1:20003`) where several share one, as gateways always do.
use crate::camera::Camera;
use crate::fault::FaultRule;
use crate::gateway::Gateway;
use crate::listen::with_type;
use crate::shared::Shared;
use crate::solution::Solution;
use crate::video_server::VideoServer;
use bytes::Bytes;
use http::header::{HOST, ORIGIN};
use http::{Method, Request, Response, StatusCode};
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

const LARGEST_REQUEST: usize = 64 * 1024;
const LONGEST_VERSION: usize = 64;

pub(crate) async fn serve(listener: TcpListener, shared: Arc<Shared>, stop: CancellationToken) {
    loop {
        let stream = tokio::select! {
            () = stop.cancelled() => return,
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => stream,
                Err(_) => {
                    tokio::time::sleep(Duration::from_millis(50)).await;
                    continue;
                }
            },
        };
        let (shared, stop) = (shared.clone(), stop.clone());
        tokio::spawn(async move {
            let asked_to_stop = CancellationToken::new();
            let service = service_fn(|request: Request<Incoming>| {
                let (shared, asked_to_stop) = (shared.clone(), asked_to_stop.clone());
                async move { Ok::<_, Infallible>(answer(&shared, request, &asked_to_stop).await.map(Full::new)) }
            });
            let served = hyper::server::conn::http1::Builder::new()
                .timer(TokioTimer::new())
                .header_read_timeout(Duration::from_secs(30))
                .keep_alive(false)
                .serve_connection(TokioIo::new(stream), service);
            tokio::select! {
                () = stop.cancelled() => {}
                _ = served => {}
            }
            // Only now: the answer has gone out.
            if asked_to_stop.is_cancelled() {
                stop.cancel();
            }
        });
    }
}

enum Failure {
    NotFound,
    Wrong(String),
    Internal(anyhow::Error),
}

async fn answer(shared: &Shared, request: Request<Incoming>, stop: &CancellationToken) -> Response<Bytes> {
    let (parts, body) = request.into_parts();
    let host = parts
        .headers
        .get(HOST)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    if parts.headers.contains_key(ORIGIN) || !matches!(name, "127.0.0.1" | "localhost") {
        return reply(StatusCode::FORBIDDEN, &json!({"error": "not from a web page"}));
    }
    let Ok(body) = Limited::new(body, LARGEST_REQUEST).collect().await else {
        return reply(StatusCode::PAYLOAD_TOO_LARGE, &json!({"error": "too large"}));
    };
    match act(shared, &parts.method, parts.uri.path(), &body.to_bytes(), stop) {
        Ok(value) => reply(StatusCode::OK, &value),
        Err(Failure::NotFound) => reply(StatusCode::NOT_FOUND, &json!({"error": "not found"})),
        Err(Failure::Wrong(words)) => reply(StatusCode::BAD_REQUEST, &json!({ "error": words })),
        Err(Failure::Internal(error)) => reply(
            StatusCode::INTERNAL_SERVER_ERROR,
            &json!({"error": error.to_string()}),
        ),
    }
}

fn reply(status: StatusCode, value: &Value) -> Response<Bytes> {
    with_type(status, "application/json", value.to_string())
}

#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMany {
    One(FaultRule),
    Many(Vec<FaultRule>),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewVersion {
    version: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewEvent {
    topic: String,
    #[serde(default)]
    source: BTreeMap<String, String>,
    #[serde(default)]
    data: BTreeMap<String, String>,
}

impl NewEvent {
    fn raise_at(&self, camera: &Camera) {
        fn pairs(map: &BTreeMap<String, String>) -> Vec<(&str, &str)> {
            map.iter()
                .map(|(name, value)| (name.as_str(), value.as_str()))
                .collect()
        }
        camera.raise_event(&self.topic, &pairs(&self.source), &pairs(&self.data));
    }
}

fn rules(body: &[u8]) -> Result<Vec<FaultRule>, Failure> {
    match serde_json::from_slice(body).map_err(|error| Failure::Wrong(error.to_string()))? {
        OneOrMany::One(rule) => Ok(vec![rule]),
        OneOrMany::Many(rules) => Ok(rules),
    }
}

fn act(
    shared: &Shared,
    method: &Method,
    path: &str,
    body: &[u8],
    stop: &CancellationToken,
) -> Result<Value, Failure> {
    let parts: Vec<&str> = path.trim_matches('/').split('/').collect();
    match (method.as_str(), parts.as_slice()) {
        ("GET", ["systems"]) => Ok(Value::Array(all(shared).map(|one| one.summary()).collect())),
        ("GET", ["counters"]) => Ok(json!(shared.counters())),
        ("POST", ["stop"]) => {
            stop.cancel();
            Ok(json!({}))
        }
        ("POST", ["faults"]) => {
            let rules = rules(body)?;
            for system in all(shared) {
                for rule in &rules {
                    system.set_rule(rule.clone());
                }
            }
            Ok(json!({}))
        }
        ("DELETE", ["faults"]) => {
            for system in all(shared) {
                system.clear_faults();
            }
            Ok(json!({}))
        }
        ("GET", ["systems", address]) => find(shared, address)?.detail().map_err(Failure::Internal),
        ("POST", ["systems", address, "faults"]) => {
            let system = find(shared, address)?;
            for rule in rules(body)? {
                system.set_rule(rule);
            }
            Ok(system.summary())
        }
        ("DELETE", ["systems", address, "faults"]) => {
            let system = find(shared, address)?;
            system.clear_faults();
            Ok(system.summary())
        }
        ("POST", ["systems", address, "certificate"]) => {
            let fingerprint = find(shared, address)?
                .change_certificate()
                .map_err(Failure::Internal)?;
            Ok(json!({ "fingerprint": fingerprint }))
        }
        ("POST", ["systems", address, "events"]) => {
            let event: NewEvent =
                serde_json::from_slice(body).map_err(|error| Failure::Wrong(error.to_string()))?;
            match find(shared, address)? {
                System::Camera(camera) => {
                    event.raise_at(camera);
                    Ok(json!({"listeners": camera.listeners()}))
                }
                System::Solution(_) | System::VideoServer(_) | System::Gateway(_) => Err(Failure::NotFound),
            }
        }
        ("POST", ["systems", address, "version"]) => {
            let system = find(shared, address)?;
            let new: NewVersion =
                serde_json::from_slice(body).map_err(|error| Failure::Wrong(error.to_string()))?;
            let fits = !new.version.is_empty()
                && new.version.len() <= LONGEST_VERSION
                && new
                    .version
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || byte == b'.');
            if !fits {
                return Err(Failure::Wrong("no version".to_string()));
            }
            system.set_version(&new.version);
            Ok(system.summary())
        }
        _ => Err(Failure::NotFound),
    }
}

enum System<'fleet> {
    Solution(&'fleet Solution),
    Camera(&'fleet Camera),
    VideoServer(&'fleet VideoServer),
    Gateway(&'fleet Gateway),
}

fn all(shared: &Shared) -> impl Iterator<Item = System<'_>> {
    let solutions = shared.solutions.iter().map(System::Solution);
    solutions
        .chain(shared.cameras.iter().map(System::Camera))
        .chain(shared.video_servers.iter().map(System::VideoServer))
        .chain(shared.gateways.iter().map(System::Gateway))
}

/// An address alone is the system's, and not that of a gateway beside it.
fn find<'fleet>(shared: &'fleet Shared, address: &str) -> Result<System<'fleet>, Failure> {
    all(shared)
        .find(|one| {
            let its = one.socket_address();
            its.to_string() == address || its.ip().to_string() == address
        })
        .ok_or(Failure::NotFound)
}

impl System<'_> {
    fn socket_address(&self) -> SocketAddr {
        match self {
            System::Solution(one) => one.socket_address(),
            System::Camera(one) => one.socket_address(),
            System::VideoServer(one) => one.socket_address(),
            System::Gateway(one) => one.socket_address(),
        }
    }

    fn summary(&self) -> Value {
        let (kind, name, version, faults) = match self {
            System::Solution(one) => ("solution", one.name(), one.version(), one.faults()),
            System::Camera(one) => (
                "camera",
                one.blueprint().name.as_str(),
                one.version(),
                one.faults(),
            ),
            System::VideoServer(one) => (
                "video-server",
                one.blueprint().name.as_str(),
                one.version(),
                one.faults(),
            ),
            System::Gateway(one) => ("gateway", one.name(), one.version(), one.faults()),
        };
        let address = self.socket_address();
        json!({"address": address.ip().to_string(), "port": address.port(), "kind": kind, "name": name,
            "version": version, "faults": faults})
    }

    fn detail(&self) -> anyhow::Result<Value> {
        let mut summary = self.summary();
        let (fingerprint, counters) = match self {
            System::Solution(one) => (one.fingerprint()?, one.counters()),
            System::Camera(one) => (one.fingerprint()?, one.counters()),
            System::VideoServer(one) => (one.fingerprint()?, one.counters()),
            System::Gateway(one) => (one.fingerprint()?, one.counters()),
        };
        summary["fingerprint"] = json!(fingerprint);
        summary["counters"] = json!(counters);
        if let System::Gateway(one) = self {
            summary["token"] = json!(one.token());
        }
        Ok(summary)
    }

    fn set_rule(&self, rule: FaultRule) {
        match self {
            System::Solution(one) => one.set_rule(rule),
            System::Camera(one) => one.set_rule(rule),
            System::VideoServer(one) => one.set_rule(rule),
            System::Gateway(one) => one.set_rule(rule),
        }
    }

    fn clear_faults(&self) {
        match self {
            System::Solution(one) => one.clear_faults(),
            System::Camera(one) => one.clear_faults(),
            System::VideoServer(one) => one.clear_faults(),
            System::Gateway(one) => one.clear_faults(),
        }
    }

    fn change_certificate(&self) -> anyhow::Result<String> {
        match self {
            System::Solution(one) => one.change_certificate(),
            System::Camera(one) => one.change_certificate(),
            System::VideoServer(one) => one.change_certificate(),
            System::Gateway(one) => one.change_certificate(),
        }
    }

    fn set_version(&self, version: &str) {
        match self {
            System::Solution(one) => one.set_version(version),
            System::Camera(one) => one.set_version(version),
            System::VideoServer(one) => one.set_version(version),
            // It has none of its own: what is behind it has.
            System::Gateway(_) => {}
        }
    }
}
