//! Requests to a gateway, and their answers: exactly those of the description (GWY-01).
use super::files::{Content, StoredFile, empty, names, with};
use super::keeper::{Keeper, Remembered, Store, random_id};
use super::operation::{Operation, State};
use super::plan::plan;
use super::problem::{Problem, Refused};
use super::request::Request;
use super::uploads::{Checksum, Kind, LONGEST, Metadata};
use super::work::run;
use crate::clock;
use crate::fault::Fault;
use crate::listen::{Asked, Machine, Unanswered, with_type};
use crate::station::{Station, count};
use bytes::Bytes;
use http::header::{AUTHORIZATION, CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH, LOCATION};
use http::{HeaderName, Method, Response, StatusCode};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::time::Duration;

/// Of this protocol.
const VERSION: &str = "1.0.0";
const TUS: &str = "1.0.0";
/// The longest that an answer is waited for.
const LONGEST_WAIT: u64 = 30;
const OPERATION: &str = "/v1/operations/";
const UPLOAD: &str = "/v1/uploads/";

type Answered = Result<Response<Bytes>, Refused>;

fn header(name: &'static str) -> HeaderName {
    HeaderName::from_static(name)
}

fn object(status: StatusCode, value: &Value) -> Response<Bytes> {
    with_type(status, "application/json", value.to_string())
}

fn no_randomness(_: getrandom::Error) -> Refused {
    Problem::Unavailable.because("no randomness")
}

/// A number in digits, as headers have it.
fn number(asked: &Asked, name: &str) -> Result<u64, Refused> {
    let text = asked.header(name).unwrap_or_default();
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let wrong = || Problem::RequestInvalid.because(format!("{name}: no number"));
    if !is_number {
        return Err(wrong());
    }
    text.parse().map_err(|_| wrong())
}

/// The value of `Idempotency-Key`.
fn key(asked: &Asked) -> Result<&str, Refused> {
    let fits = |key: &&str| {
        (8..=128).contains(&key.len())
            && key
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte))
    };
    let key = asked.header("idempotency-key").filter(fits);
    key.ok_or_else(|| {
        Problem::IdempotencyKeyMissing.because("8 to 128 letters, digits, dots, hyphens, underscores")
    })
}

/// What a request asks for, to tell two with one key apart.
fn digest(asked: &Asked) -> [u8; 32] {
    let mut digest = Sha256::new();
    for part in [
        asked.parts.uri.path(),
        asked.header("upload-length").unwrap_or_default(),
        asked.header("upload-metadata").unwrap_or_default(),
    ] {
        digest.update(part.as_bytes());
        digest.update([0]);
    }
    digest.update(&asked.body);
    digest.finalize().into()
}

/// What this key made before, if it belongs to the same request.
fn made_before(store: &Store, key: &str, request: [u8; 32]) -> Result<Option<String>, Refused> {
    match store.remembered(key) {
        Some(remembered) if remembered.request != request => Err(Problem::IdempotencyKeyReused.because("")),
        Some(remembered) => Ok(Some(remembered.made.clone())),
        None => Ok(None),
    }
}

fn require_tus(asked: &Asked) -> Result<(), Refused> {
    match asked.header("tus-resumable") {
        Some(TUS) => Ok(()),
        _ => Err(Problem::TusVersion.because("1.0.0")),
    }
}

fn require_type(asked: &Asked, wanted: &str) -> Result<(), Refused> {
    let kind = asked.header(CONTENT_TYPE.as_str()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    if kind.eq_ignore_ascii_case(wanted) {
        Ok(())
    } else {
        Err(Problem::MediaType.because(wanted))
    }
}

fn operation_answer(status: StatusCode, operation: &Operation) -> Response<Bytes> {
    let response = object(status, &operation.value());
    let response = with(response, LOCATION, &format!("{OPERATION}{}", operation.id));
    with(response, ETAG, &operation.tag())
}

/// RFC 7240: `wait=20`, among other preferences.
fn patience(asked: &Asked) -> Option<Duration> {
    let preferences = asked.header("prefer")?;
    let seconds = preferences
        .split(',')
        .find_map(|one| one.trim().strip_prefix("wait=")?.parse::<u64>().ok())?;
    Some(Duration::from_secs(seconds.min(LONGEST_WAIT)))
}

impl Keeper {
    fn is_authorized(&self, asked: &Asked) -> bool {
        let header = asked.header(AUTHORIZATION.as_str()).unwrap_or_default();
        let (scheme, token) = header.split_once(' ').unwrap_or_default();
        scheme.eq_ignore_ascii_case("bearer") && token.trim() == self.token
    }

    fn route(&self, asked: &Asked) -> Answered {
        if !self.is_authorized(asked) || self.station.faults.happens(Fault::WrongPassword) {
            count(&self.station.tally.refusals, 1);
            return Err(Problem::TokenRefused.because(""));
        }
        let method = &asked.parts.method;
        let path = asked.parts.uri.path().strip_prefix("/v1/").unwrap_or_default();
        let parts: Vec<&str> = path.split('/').collect();
        match (parts.as_slice(), method.as_str()) {
            (["identity"], "GET") => Ok(object(StatusCode::OK, &self.identity())),
            (["identity"], _) => Err(Refused::method("GET")),
            (["uploads"], "OPTIONS") => Ok(self.describe_uploads()),
            (["uploads"], "POST") => self.create_upload(asked),
            (["uploads"], _) => Err(Refused::method("OPTIONS, POST")),
            (["uploads", id], "HEAD") => self.offset(asked, id),
            (["uploads", id], "PATCH") => self.continue_upload(asked, id),
            (["uploads", id], "DELETE") => {
                require_tus(asked)?;
                self.store.lock().uploads.remove(id)?;
                Ok(empty(StatusCode::NO_CONTENT))
            }
            (["uploads", _], _) => Err(Refused::method("HEAD, PATCH, DELETE")),
            (["operations"], "GET") => Ok(self.operations()),
            (["operations"], "POST") => self.begin_operation(asked),
            (["operations"], _) => Err(Refused::method("GET, POST")),
            (["operations", id], "GET") => self.operation(asked, id),
            (["operations", _], _) => Err(Refused::method("GET")),
            (["operations", id, "cancel"], "POST") => self.cancel(asked, id),
            (["operations", _, "cancel"], _) => Err(Refused::method("POST")),
            (["files", id], "GET") => self.store.lock().files.get(id)?.answer(asked),
            (["files", id], "DELETE") => {
                self.store.lock().files.remove(id)?;
                Ok(empty(StatusCode::NO_CONTENT))
            }
            (["files", _], _) => Err(Refused::method("GET, DELETE")),
            _ => Err(Problem::NotFound.because("")),
        }
    }

    fn identity(&self) -> Value {
        let systems: Vec<Value> = self.site.systems().iter().map(|system| system.value()).collect();
        let store = self.store.lock();
        let stored = store
            .uploads
            .all()
            .filter(|upload| upload.is_whole() && upload.metadata.kind != Kind::Backup);
        let images: Vec<Value> = stored
            .map(|upload| {
                let metadata = &upload.metadata;
                json!({"sha256": metadata.sha256, "kind": metadata.kind.as_str(), "version": metadata.version,
                    "length": upload.length, "name": metadata.filename})
            })
            .collect();
        let files: Vec<Value> = store.files.all().map(StoredFile::value).collect();
        json!({"product": self.site.product(), "kind": self.site.kind(), "serial_number": self.site.serial_number(),
            "gateway_version": VERSION, "capabilities": self.site.capabilities(), "profile": self.site.profile(),
            "systems": systems, "images": images, "files": files})
    }

    fn describe_uploads(&self) -> Response<Bytes> {
        let mut response = empty(StatusCode::NO_CONTENT);
        for (name, value) in [
            ("tus-version", TUS.to_string()),
            ("tus-extension", "creation,checksum,termination".to_string()),
            ("tus-max-size", LONGEST.to_string()),
            ("tus-checksum-algorithm", "sha1,sha256".to_string()),
        ] {
            response = with(response, header(name), &value);
        }
        response
    }

    fn create_upload(&self, asked: &Asked) -> Answered {
        require_tus(asked)?;
        let (key, request) = (key(asked)?, digest(asked));
        let created = |id: &str| with(empty(StatusCode::CREATED), LOCATION, &format!("{UPLOAD}{id}"));
        let mut store = self.store.lock();
        if let Some(id) = made_before(&store, key, request)?
            && store.uploads.get(&id).is_ok()
        {
            return Ok(created(&id));
        }
        let length = number(asked, "upload-length")?;
        if length == 0 {
            return Err(Problem::RequestInvalid.because("Upload-Length: nothing"));
        }
        let metadata = Metadata::read(asked.header("upload-metadata").unwrap_or_default())?;
        let id = random_id().map_err(no_randomness)?;
        store.uploads.begin(id.clone(), metadata, length)?;
        store.remember(Remembered {
            key: key.to_string(),
            request,
            made: id.clone(),
        });
        Ok(created(&id))
    }

    fn offset(&self, asked: &Asked, id: &str) -> Answered {
        require_tus(asked)?;
        let store = self.store.lock();
        let upload = store.uploads.get(id)?;
        let mut response = with(empty(StatusCode::OK), CACHE_CONTROL, "no-store");
        for (name, value) in [
            ("upload-offset", upload.offset.to_string()),
            ("upload-length", upload.length.to_string()),
            ("upload-metadata", upload.metadata.text.clone()),
        ] {
            response = with(response, header(name), &value);
        }
        Ok(response)
    }

    fn continue_upload(&self, asked: &Asked, id: &str) -> Answered {
        require_tus(asked)?;
        require_type(asked, "application/offset+octet-stream")?;
        let offset = number(asked, "upload-offset")?;
        let checksum = asked.header("upload-checksum").map(Checksum::read).transpose()?;
        if checksum.is_some() && self.station.faults.happens(Fault::WrongChecksum) {
            self.store.lock().uploads.get(id)?;
            return Err(Problem::ChecksumDiffers.because("nothing of the part was kept"));
        }
        let now = self.take(id, offset, &asked.body, checksum.as_ref())?;
        let mut response = empty(StatusCode::NO_CONTENT);
        if self.station.faults.happens(Fault::LoseUpgradeAnswer) {
            response.extensions_mut().insert(Unanswered);
        }
        Ok(with(response, header("upload-offset"), &now.to_string()))
    }

    /// A backup that is whole is a file from then on, under the name of its upload.
    fn take(&self, id: &str, offset: u64, part: &[u8], checksum: Option<&Checksum>) -> Result<u64, Refused> {
        let mut store = self.store.lock();
        let now = store.uploads.append(id, offset, part, checksum)?;
        let upload = store.uploads.get(id)?;
        if upload.is_whole() && upload.metadata.kind == Kind::Backup && store.files.get(id).is_err() {
            let file = StoredFile::new(
                id.to_string(),
                Content::Backup,
                upload.metadata.filename.clone(),
                Bytes::copy_from_slice(upload.content()),
                backup_version(upload.content()),
                clock::now(),
            );
            store.files.keep(file);
        }
        Ok(now)
    }

    fn operations(&self) -> Response<Bytes> {
        let store = self.store.lock();
        let operations: Vec<Value> = store.operations.iter().rev().map(Operation::value).collect();
        object(StatusCode::OK, &json!({ "operations": operations }))
    }

    fn begin_operation(&self, asked: &Asked) -> Answered {
        let (key, request) = (key(asked)?, digest(asked));
        require_type(asked, "application/json")?;
        let mut store = self.store.lock();
        if let Some(id) = made_before(&store, key, request)?
            && let Some(operation) = store.operation(&id)
        {
            return Ok(operation_answer(StatusCode::ACCEPTED, operation));
        }
        let asked_for: Request = serde_json::from_slice(&asked.body)
            .map_err(|error| Problem::RequestInvalid.because(error.to_string()))?;
        let plan = plan(&self.site, &store, &asked_for)?;
        let id = random_id().map_err(no_randomness)?;
        let systems = plan
            .systems
            .iter()
            .map(|system| (system.id.clone(), system.version.clone()));
        let operation = Operation::new(id.clone(), plan.kind, systems, clock::now());
        let response = operation_answer(StatusCode::ACCEPTED, &operation);
        store.begin(operation);
        store.remember(Remembered {
            key: key.to_string(),
            request,
            made: id.clone(),
        });
        drop(store);
        if let Some(keeper) = self.shared() {
            tokio::spawn(run(keeper, id, plan));
        }
        Ok(response)
    }

    fn operation(&self, asked: &Asked, id: &str) -> Answered {
        if self.station.faults.happens(Fault::OperationsForgotten) {
            self.forget_operations();
        }
        let store = self.store.lock();
        let operation = store
            .operation(id)
            .ok_or_else(|| Problem::NotFound.because("no such operation"))?;
        let known = asked.header(IF_NONE_MATCH.as_str());
        if known.is_some_and(|known| names(known, &operation.tag())) {
            return Ok(with(empty(StatusCode::NOT_MODIFIED), ETAG, &operation.tag()));
        }
        Ok(operation_answer(StatusCode::OK, operation))
    }

    fn cancel(&self, asked: &Asked, id: &str) -> Answered {
        let (key, request) = (key(asked)?, digest(asked));
        let (again, cancellable) = {
            let store = self.store.lock();
            let Some(operation) = store.operation(id) else {
                return Err(Problem::NotFound.because("no such operation"));
            };
            (
                made_before(&store, key, request)?.is_some(),
                operation.cancellable,
            )
        };
        let mut cancelled = false;
        if cancellable && !again {
            self.change(id, |operation| {
                if operation.cancellable {
                    cancelled = true;
                    operation.cancel_rest();
                    operation.state = State::Cancelled;
                    operation.message = "Cancelled.".to_string();
                    operation.cancellable = false;
                }
            });
        }
        let mut store = self.store.lock();
        if cancelled {
            store.remember(Remembered {
                key: key.to_string(),
                request,
                made: id.to_string(),
            });
        } else if !again {
            return Err(Problem::NotCancellable.because(""));
        }
        match store.operation(id) {
            Some(operation) => Ok(operation_answer(StatusCode::ACCEPTED, operation)),
            None => Err(Problem::NotFound.because("no such operation")),
        }
    }

    /// Whether the operation is still as the caller knows it.
    fn is_known(&self, id: &str, known: &str) -> bool {
        let store = self.store.lock();
        store
            .operation(id)
            .is_some_and(|operation| names(known, &operation.tag()))
    }
}

/// The version that a backup says it is of.
fn backup_version(content: &[u8]) -> String {
    let content: Option<Value> = serde_json::from_slice(content).ok();
    let version = content.and_then(|content| content["version"].as_str().map(str::to_string));
    version
        .filter(|version| super::uploads::is_version(version))
        .unwrap_or_else(|| "0.0".to_string())
}

impl Machine for Keeper {
    fn station(&self) -> &Station {
        &self.station
    }

    fn takes_files(&self, path: &str) -> bool {
        path.starts_with(UPLOAD)
    }

    fn refusal(&self, status: StatusCode, words: &'static str) -> Response<Bytes> {
        Problem::of_status(status).because(words).response()
    }

    async fn wait(&self, asked: &Asked) {
        let id = asked.parts.uri.path().strip_prefix(OPERATION);
        let known = asked.header(IF_NONE_MATCH.as_str());
        let (Some(id), Some(known), Some(limit)) = (id, known, patience(asked)) else {
            return;
        };
        if asked.parts.method != Method::GET || !self.is_authorized(asked) {
            return;
        }
        let mut changes = self.changes();
        let changed = async { while self.is_known(id, known) && changes.changed().await.is_ok() {} };
        // Whether it has changed or not, it is answered.
        let _ = tokio::time::timeout(limit, changed).await;
    }

    /// What had come is kept where no checksum says what it should be (tus, `checksum`).
    fn broken_off(&self, parts: &http::request::Parts, part: &[u8]) {
        let text = |name: &str| parts.headers.get(name).and_then(|value| value.to_str().ok());
        let id = parts.uri.path().strip_prefix(UPLOAD);
        let offset = text("upload-offset").and_then(|offset| offset.parse().ok());
        let (Some(id), Some(offset)) = (id, offset) else {
            return;
        };
        if parts.method == Method::PATCH && text("upload-checksum").is_none() {
            // Where it cannot be kept, the upload stands where it stood.
            let _ = self.take(id, offset, part, None);
        }
    }

    fn answer(&self, asked: &Asked) -> Response<Bytes> {
        let mut response = self.route(asked).unwrap_or_else(|refused| refused.response());
        if asked.parts.uri.path().starts_with("/v1/uploads") {
            response = with(response, header("tus-resumable"), TUS);
        }
        if asked.parts.method == Method::HEAD {
            response.headers_mut().remove(CONTENT_TYPE);
            *response.body_mut() = Bytes::new();
        }
        response
    }
}
