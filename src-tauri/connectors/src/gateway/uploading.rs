//! Uploads by tus 1.0 (GWY-03): in parts, each with its digest where the server checks it, from where the server says it stands.
//!
//! The client speaks with any tus server that has the extension `creation`. A file is never read into memory as a whole. An answer
//! that is lost is reconciled by asking where the upload stands; a server that stands elsewhere than expected is followed.
use super::key::IdempotencyKey;
use super::problem::{Failure, GatewayError, GatewayProblem, ProblemKind, refusal};
use super::wire::{Wire, insert, text};
use crate::dialer::{Call, Dialer};
use crate::endpoint::Endpoint;
use crate::trust::Trust;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderName, LOCATION};
use http::{HeaderMap, HeaderValue, Method, StatusCode};
use sha2::{Digest, Sha256};
use std::fmt;
use std::fs::File;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio_util::sync::CancellationToken;
use url::Url;

/// So much is sent at once, in bytes. Gateways take no longer parts.
const PART: u64 = 8 * 1024 * 1024;
/// For one part, also over a slow line.
const LONGEST_PART: Duration = Duration::from_secs(5 * 60);
const TUS: &str = "1.0.0";
const TUS_RESUMABLE: HeaderName = HeaderName::from_static("tus-resumable");
const TUS_EXTENSION: HeaderName = HeaderName::from_static("tus-extension");
const TUS_CHECKSUM_ALGORITHM: HeaderName = HeaderName::from_static("tus-checksum-algorithm");
const TUS_MAX_SIZE: HeaderName = HeaderName::from_static("tus-max-size");
const UPLOAD_LENGTH: HeaderName = HeaderName::from_static("upload-length");
const UPLOAD_OFFSET: HeaderName = HeaderName::from_static("upload-offset");
const UPLOAD_METADATA: HeaderName = HeaderName::from_static("upload-metadata");
const UPLOAD_CHECKSUM: HeaderName = HeaderName::from_static("upload-checksum");
const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// A file on this machine. It is held open: what was looked at before is what goes out.
#[derive(Debug)]
pub struct UploadSource {
    file: Arc<File>,
    length: u64,
}

impl UploadSource {
    /// A file that was opened, from its beginning to its present end.
    ///
    /// # Errors
    /// When its length cannot be told.
    pub fn new(file: File) -> io::Result<Self> {
        let length = file.metadata()?.len();
        Ok(Self {
            file: Arc::new(file),
            length,
        })
    }

    /// In bytes.
    pub fn length(&self) -> u64 {
        self.length
    }

    /// The next part from there.
    async fn part(&self, offset: u64) -> Result<Bytes, Failure> {
        let (file, length) = (self.file.clone(), (self.length - offset).min(PART));
        let read = tokio::task::spawn_blocking(move || read(&file, offset, length)).await;
        match read {
            Ok(Ok(part)) => Ok(part),
            Ok(Err(error)) => Err(Failure::File(error.to_string())),
            Err(error) => Err(Failure::File(error.to_string())),
        }
    }
}

/// Exactly so many bytes from a place on.
fn read(file: &File, offset: u64, length: u64) -> io::Result<Bytes> {
    let length = usize::try_from(length).map_err(io::Error::other)?;
    let mut part = vec![0; length];
    let mut filled = 0;
    while filled < length {
        let at = offset + filled as u64;
        #[cfg(unix)]
        let more = std::os::unix::fs::FileExt::read_at(file, &mut part[filled..], at)?;
        #[cfg(windows)]
        let more = std::os::windows::fs::FileExt::seek_read(file, &mut part[filled..], at)?;
        if more == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        filled += more;
    }
    Ok(part.into())
}

/// How far an upload is. Shared between whoever sends it and whoever shows it.
#[derive(Debug, Default)]
pub struct Uploaded(AtomicU64);

impl Uploaded {
    /// Bytes that the server has.
    pub fn bytes(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// What is uploaded to a gateway.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UploadKind {
    /// For upgrades.
    Image,
    /// To be restored.
    Backup,
    /// Customization files.
    Customization,
}

impl UploadKind {
    fn as_str(self) -> &'static str {
        match self {
            Self::Image => "image",
            Self::Backup => "backup",
            Self::Customization => "customization",
        }
    }
}

/// What an upload is announced to a gateway with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Announcement {
    /// What it is.
    pub kind: UploadKind,
    /// Of the whole, lower-case hexadecimal digits. The gateway compares it, and drops what differs.
    pub sha256: String,
    /// For people.
    pub filename: String,
    /// Of an image, and of nothing else.
    pub version: Option<String>,
}

impl Announcement {
    /// As `Upload-Metadata` has it.
    pub fn metadata(&self) -> String {
        let mut pairs = vec![
            ("kind", self.kind.as_str()),
            ("sha256", &self.sha256),
            ("filename", &self.filename),
        ];
        if let Some(version) = &self.version {
            pairs.push(("version", version));
        }
        let pairs: Vec<String> = pairs
            .into_iter()
            .map(|(key, value)| format!("{key} {}", STANDARD.encode(value)))
            .collect();
        pairs.join(",")
    }
}

/// Where an upload is at its server. Its text may be kept, to go on after a restart of this program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UploadPlace(Url);

impl UploadPlace {
    /// The last part of its address: for a backup, what it is restored by.
    pub fn id(&self) -> &str {
        self.0
            .path_segments()
            .and_then(|mut segments| segments.next_back())
            .unwrap_or_default()
    }
}

impl fmt::Display for UploadPlace {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.0.as_str())
    }
}

/// How long it is waited before what failed is tried again; after the last, it is given up for now. Progress begins anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Retries {
    /// One for each attempt.
    pub pauses: Vec<Duration>,
}

impl Default for Retries {
    /// JOB-23
    fn default() -> Self {
        Self {
            pauses: [2, 8, 32].map(Duration::from_secs).to_vec(),
        }
    }
}

/// The attempts at one thing.
struct Attempts<'caller> {
    retries: &'caller Retries,
    cancellation: &'caller CancellationToken,
    failed: usize,
}

impl<'caller> Attempts<'caller> {
    fn new(retries: &'caller Retries, cancellation: &'caller CancellationToken) -> Self {
        Self {
            retries,
            cancellation,
            failed: 0,
        }
    }

    /// Waits until it may be tried again; gives the error back when it was tried often enough.
    async fn again(&mut self, error: GatewayError) -> Result<(), GatewayError> {
        let Some(pause) = self.retries.pauses.get(self.failed) else {
            return Err(error);
        };
        self.failed += 1;
        let pause = error.retry_after().map_or(*pause, |asked| asked.max(*pause));
        tokio::select! {
            biased;
            () = self.cancellation.cancelled() => Err(Failure::Cancelled.into()),
            () = tokio::time::sleep(pause) => Ok(()),
        }
    }

    fn began_anew(&mut self) {
        self.failed = 0;
    }
}

/// What a tus server can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Abilities {
    /// It compares parts with their SHA-256.
    pub sha256: bool,
    /// It drops uploads when it is told to.
    pub termination: bool,
    /// The longest upload in bytes, where it says one.
    pub longest: Option<u64>,
}

/// Speaks tus 1.0 with one server.
pub struct TusClient {
    wire: Arc<Wire>,
    collection: Url,
}

impl fmt::Debug for TusClient {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("TusClient")
            .field("collection", &self.collection.as_str())
            .finish_non_exhaustive()
    }
}

impl TusClient {
    /// A client without a token for the uploads at this address, `http` or `https`.
    ///
    /// # Errors
    /// When the address has no host, or no client can be made.
    pub fn new(dialer: &Dialer, collection: &Url, trust: &Trust) -> Result<Self, GatewayError> {
        let host = collection.host_str().zip(collection.port_or_known_default());
        let endpoint = host.and_then(|(host, port)| Endpoint::parse(host, port).ok());
        let endpoint = endpoint.ok_or(Failure::NotThisProtocol)?;
        let wire = Wire::new(dialer.channel(&endpoint, trust)?, None);
        Ok(Self::over(Arc::new(wire), collection.clone()))
    }

    pub(super) fn over(wire: Arc<Wire>, collection: Url) -> Self {
        Self { wire, collection }
    }

    /// What the server can do.
    ///
    /// # Errors
    /// See [`GatewayError`].
    pub async fn abilities(&self) -> Result<Abilities, GatewayError> {
        let call = self.call(Method::OPTIONS, &self.collection)?;
        let answer = self.wire.send(&call).await?;
        if !answer.status.is_success() {
            return Err(refusal(&answer));
        }
        let lists = |name: &HeaderName, wanted: &str| {
            let list = text(&answer, name).unwrap_or_default();
            list.split(',').any(|one| one.trim().eq_ignore_ascii_case(wanted))
        };
        if !lists(&TUS_EXTENSION, "creation") {
            return Err(Failure::NotThisProtocol.into());
        }
        Ok(Abilities {
            sha256: lists(&TUS_EXTENSION, "checksum") && lists(&TUS_CHECKSUM_ALGORITHM, "sha256"),
            termination: lists(&TUS_EXTENSION, "termination"),
            longest: text(&answer, &TUS_MAX_SIZE).and_then(|longest| longest.parse().ok()),
        })
    }

    /// Begins an upload of so many bytes. With a key, a repetition gives the upload that was begun.
    ///
    /// # Errors
    /// See [`GatewayError`].
    pub async fn create(
        &self,
        length: u64,
        metadata: &str,
        key: Option<&IdempotencyKey>,
        cancellation: &CancellationToken,
        retries: &Retries,
    ) -> Result<UploadPlace, GatewayError> {
        let mut call = self.call(Method::POST, &self.collection)?;
        insert(&mut call.headers, UPLOAD_LENGTH, &length.to_string())?;
        insert(&mut call.headers, UPLOAD_METADATA, metadata)?;
        if let Some(key) = key {
            insert(&mut call.headers, IDEMPOTENCY_KEY, key.as_str())?;
        }
        let mut attempts = Attempts::new(retries, cancellation);
        loop {
            let error = match self.wire.send(&call).await {
                Ok(answer) if answer.status == StatusCode::CREATED => {
                    return Ok(self.place(text(&answer, &LOCATION).unwrap_or_default())?);
                }
                Ok(answer) => refusal(&answer),
                Err(error) => error,
            };
            if !error.is_retryable() {
                return Err(error);
            }
            attempts.again(error).await?;
        }
    }

    /// An upload that was begun earlier, by the text of its place.
    ///
    /// # Errors
    /// When it is at another server.
    pub fn place(&self, text: &str) -> Result<UploadPlace, Failure> {
        let place = self.collection.join(text).ok();
        // Whoever could lead elsewhere would get the token, and the image.
        place
            .filter(|place| !text.is_empty() && place.origin() == self.collection.origin())
            .map(UploadPlace)
            .ok_or(Failure::NotThisProtocol)
    }

    /// Where an upload stands, in bytes.
    ///
    /// # Errors
    /// See [`GatewayError`]; [`ProblemKind::NotFound`] where the server has it no more.
    pub async fn offset(&self, place: &UploadPlace) -> Result<u64, GatewayError> {
        let call = self.call(Method::HEAD, &place.0)?;
        let answer = self.wire.send(&call).await?;
        match answer.status {
            StatusCode::OK | StatusCode::NO_CONTENT => Ok(number(text(&answer, &UPLOAD_OFFSET))?),
            // An answer to HEAD has no words.
            StatusCode::NOT_FOUND | StatusCode::GONE => Err(GatewayError::Problem(GatewayProblem {
                kind: ProblemKind::NotFound,
                status: answer.status.as_u16(),
                detail: String::new(),
                retry_after: None,
            })),
            _ => Err(refusal(&answer)),
        }
    }

    /// Sends what the server does not have yet. Cancelling takes effect between two parts.
    ///
    /// # Errors
    /// See [`GatewayError`]. After a retryable one, and after cancelling, the same call goes on where it stopped.
    pub async fn send(
        &self,
        place: &UploadPlace,
        source: &UploadSource,
        abilities: &Abilities,
        progress: &Uploaded,
        cancellation: &CancellationToken,
        retries: &Retries,
    ) -> Result<(), GatewayError> {
        let mut attempts = Attempts::new(retries, cancellation);
        let mut furthest = 0;
        // None: the server is asked.
        let mut stands = None;
        loop {
            if cancellation.is_cancelled() {
                return Err(Failure::Cancelled.into());
            }
            let offset = match stands {
                Some(offset) => offset,
                None => match self.offset(place).await {
                    Ok(offset) => offset,
                    Err(error) if error.is_retryable() => {
                        attempts.again(error).await?;
                        continue;
                    }
                    Err(error) => return Err(error),
                },
            };
            progress.0.store(offset, Ordering::Relaxed);
            if offset >= source.length() {
                return if offset == source.length() {
                    Ok(())
                } else {
                    Err(Failure::NotThisProtocol.into())
                };
            }
            if offset > furthest {
                furthest = offset;
                attempts.began_anew();
            }
            let part = source.part(offset).await?;
            match self.send_part(place, offset, part, abilities).await {
                Ok(now) if now > offset => stands = Some(now),
                Ok(_) => {
                    stands = None;
                    attempts.again(Failure::Broken.into()).await?;
                }
                Err(error) if error.is_retryable() || error.status() == Some(409) => {
                    stands = None;
                    attempts.again(error).await?;
                }
                Err(error) => return Err(error),
            }
        }
    }

    /// Has the server drop an upload. One that is there no more is dropped, too.
    ///
    /// # Errors
    /// See [`GatewayError`].
    pub async fn terminate(&self, place: &UploadPlace) -> Result<(), GatewayError> {
        let call = self.call(Method::DELETE, &place.0)?;
        let answer = self.wire.send(&call).await?;
        match answer.status {
            StatusCode::NO_CONTENT | StatusCode::NOT_FOUND | StatusCode::GONE => Ok(()),
            _ => Err(refusal(&answer)),
        }
    }

    /// One part, once. Gives where the upload stands then.
    async fn send_part(
        &self,
        place: &UploadPlace,
        offset: u64,
        part: Bytes,
        abilities: &Abilities,
    ) -> Result<u64, GatewayError> {
        let mut call = self.call(Method::PATCH, &place.0)?;
        call.headers.insert(
            CONTENT_TYPE,
            HeaderValue::from_static("application/offset+octet-stream"),
        );
        insert(&mut call.headers, UPLOAD_OFFSET, &offset.to_string())?;
        if abilities.sha256 {
            let digest = STANDARD.encode(Sha256::digest(&part));
            insert(&mut call.headers, UPLOAD_CHECKSUM, &format!("sha256 {digest}"))?;
        }
        call.body = Some(part);
        call.limit = LONGEST_PART;
        let answer = self.wire.send_once(&call).await?;
        match answer.status {
            StatusCode::NO_CONTENT | StatusCode::OK => Ok(number(text(&answer, &UPLOAD_OFFSET))?),
            _ => Err(refusal(&answer)),
        }
    }

    fn call(&self, method: Method, url: &Url) -> Result<Call, Failure> {
        let mut headers: HeaderMap = self.wire.headers(url)?;
        headers.insert(TUS_RESUMABLE, HeaderValue::from_static(TUS));
        Ok(Call {
            method,
            url: url.clone(),
            headers,
            body: None,
            limit: self.wire.channel.limits.call,
        })
    }
}

fn number(text: Option<&str>) -> Result<u64, Failure> {
    text.and_then(|text| text.trim().parse().ok())
        .ok_or(Failure::NotThisProtocol)
}
