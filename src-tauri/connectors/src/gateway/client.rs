//! One gateway, spoken to (GWY-02).
use super::key::IdempotencyKey;
use super::problem::{Failure, GatewayError, refusal};
use super::types::{Identity, Observed, Operation, OperationRequest, StoredFile};
use super::uploading::{Announcement, Retries, TusClient, UploadPlace, UploadSource, Uploaded};
use super::wire::{Wire, insert, text};
use crate::dialer::{Answer, Call, Dialer};
use crate::endpoint::Endpoint;
use crate::secret::Secret;
use crate::trust::{Certificate, Trust};
use bytes::Bytes;
use http::header::{ACCEPT_ENCODING, CONTENT_TYPE, ETAG, HeaderName, IF_NONE_MATCH};
use http::{HeaderValue, Method, StatusCode};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use std::fmt;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncWrite, AsyncWriteExt};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use url::Url;

/// Where gateways are reached, unless somebody has said otherwise.
pub const PORT: u16 = 29443;

/// What an answer about an operation is waited for at most (RFC 7240).
const WAIT: Duration = Duration::from_secs(20);
/// A gateway that does not wait with its answers is not asked more often.
const SHORTEST_INTERVAL: Duration = Duration::from_secs(2);
/// The next bytes of a file come within this time.
const STALLED: Duration = Duration::from_secs(60);
const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");
const PREFER: HeaderName = HeaderName::from_static("prefer");
/// The longest name of a state of an operation that is kept.
const LONGEST_TAG: usize = 200;

/// Speaks with one gateway. What it says is limited in size and time like every answer (SEC-04).
pub struct Client {
    wire: Arc<Wire>,
    origin: Url,
    uploads: TusClient,
}

impl fmt::Debug for Client {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Client")
            .field("origin", &self.origin.as_str())
            .finish_non_exhaustive()
    }
}

#[derive(Deserialize)]
struct Operations {
    operations: Vec<Operation>,
}

impl Client {
    /// Connects with the first call, through the dialer's proxy if it has one.
    ///
    /// # Errors
    /// When no TLS client can be made at all.
    pub fn new(
        dialer: &Dialer,
        endpoint: &Endpoint,
        trust: &Trust,
        token: &Secret,
    ) -> Result<Self, GatewayError> {
        let wire = Arc::new(Wire::new(dialer.channel(endpoint, trust)?, Some(token.clone())));
        let origin = Url::parse(&endpoint.origin("https")).map_err(|_| Failure::NotThisProtocol)?;
        let collection = address(&origin, &["uploads"])?;
        Ok(Self {
            uploads: TusClient::over(wire.clone(), collection),
            wire,
            origin,
        })
    }

    /// The certificate met by the last handshake, accepted or not.
    pub fn certificate(&self) -> Option<Certificate> {
        self.wire.channel.certificate().map(|met| (*met).clone())
    }

    /// Its uploads, part by part.
    pub fn uploads(&self) -> &TusClient {
        &self.uploads
    }

    /// What is behind it, what it offers, and what is stored.
    ///
    /// # Errors
    /// See [`GatewayError`].
    pub async fn identity(&self) -> Result<Identity, GatewayError> {
        let call = self.call(Method::GET, &["identity"])?;
        object(&self.wire.send(&call).await?, StatusCode::OK)
    }

    /// Begins an operation. Where the answer is lost, the same request with the same key gives the operation that was begun.
    ///
    /// # Errors
    /// See [`GatewayError`].
    pub async fn begin(
        &self,
        key: &IdempotencyKey,
        request: &OperationRequest,
    ) -> Result<Observed, GatewayError> {
        let mut call = self.call(Method::POST, &["operations"])?;
        insert(&mut call.headers, IDEMPOTENCY_KEY, key.as_str())?;
        call.headers
            .insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        let body = serde_json::to_vec(request).map_err(|_| Failure::NotThisProtocol)?;
        call.body = Some(Bytes::from(body));
        observed(&self.wire.send(&call).await?, StatusCode::ACCEPTED)
    }

    /// What was begun, the newest first.
    ///
    /// # Errors
    /// See [`GatewayError`].
    pub async fn operations(&self) -> Result<Vec<Operation>, GatewayError> {
        let call = self.call(Method::GET, &["operations"])?;
        let list: Operations = object(&self.wire.send(&call).await?, StatusCode::OK)?;
        Ok(list.operations)
    }

    /// How far an operation is; none: it is as it was when it had this tag. With a tag, the answer is waited for so long.
    ///
    /// # Errors
    /// See [`GatewayError`].
    pub async fn operation(
        &self,
        id: &str,
        known: Option<&str>,
        wait: Duration,
    ) -> Result<Option<Observed>, GatewayError> {
        let mut call = self.call(Method::GET, &["operations", id])?;
        if let Some(tag) = known {
            insert(&mut call.headers, IF_NONE_MATCH, tag)?;
            insert(&mut call.headers, PREFER, &format!("wait={}", wait.as_secs()))?;
            call.limit += wait;
        }
        let answer = self.wire.send(&call).await?;
        if answer.status == StatusCode::NOT_MODIFIED {
            return Ok(None);
        }
        observed(&answer, StatusCode::OK).map(Some)
    }

    /// Follows an operation to its end, and says each time what it is like. Cancelling ends the following, not the operation.
    ///
    /// # Errors
    /// See [`GatewayError`]; a caller may go on following after a retryable one.
    pub async fn follow(
        &self,
        id: &str,
        cancellation: &CancellationToken,
        mut seen: impl FnMut(&Operation),
    ) -> Result<Operation, GatewayError> {
        let mut tag: Option<String> = None;
        loop {
            let asked = Instant::now();
            let answered = tokio::select! {
                biased;
                () = cancellation.cancelled() => return Err(Failure::Cancelled.into()),
                answered = self.operation(id, tag.as_deref(), WAIT) => answered?,
            };
            if let Some(observed) = answered {
                seen(&observed.operation);
                if observed.operation.state.has_ended() {
                    return Ok(observed.operation);
                }
                // With a tag the next answer is waited for.
                let waits = !observed.tag.is_empty();
                tag = waits.then_some(observed.tag);
                if waits {
                    continue;
                }
            }
            tokio::select! {
                biased;
                () = cancellation.cancelled() => return Err(Failure::Cancelled.into()),
                () = tokio::time::sleep_until(asked + SHORTEST_INTERVAL) => {}
            }
        }
    }

    /// Ends an operation before its next system, where its step allows that.
    ///
    /// # Errors
    /// See [`GatewayError`]; [`super::ProblemKind::NotCancellable`] where it does not.
    pub async fn cancel(&self, key: &IdempotencyKey, id: &str) -> Result<Observed, GatewayError> {
        let mut call = self.call(Method::POST, &["operations", id, "cancel"])?;
        insert(&mut call.headers, IDEMPOTENCY_KEY, key.as_str())?;
        observed(&self.wire.send(&call).await?, StatusCode::ACCEPTED)
    }

    /// Fetches a backup or logs, and compares them with what the gateway said of them. What was written before an error is not whole.
    ///
    /// # Errors
    /// See [`GatewayError`]; [`Failure::Altered`] where it is another file.
    pub async fn download(
        &self,
        file: &StoredFile,
        to: &mut (impl AsyncWrite + Unpin + Send),
    ) -> Result<(), GatewayError> {
        let mut call = self.call(Method::GET, &["files", &file.id])?;
        // What comes must be the file's own bytes.
        call.headers
            .insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
        let mut response = self.wire.channel.open(&call).await?;
        if response.status() != StatusCode::OK {
            let limit = self.wire.channel.limits.call;
            let answer = self.wire.channel.complete_within(response, limit).await?;
            return Err(refusal(&answer));
        }
        let unwritten = |error: std::io::Error| Failure::File(error.to_string());
        let (mut digest, mut length) = (Sha256::new(), 0_u64);
        loop {
            let piece = match tokio::time::timeout(STALLED, response.chunk()).await {
                Ok(Ok(Some(piece))) => piece,
                Ok(Ok(None)) => break,
                Ok(Err(_)) | Err(_) => return Err(Failure::Broken.into()),
            };
            length += piece.len() as u64;
            if length > file.length {
                return Err(Failure::Altered.into());
            }
            digest.update(&piece);
            to.write_all(&piece).await.map_err(unwritten)?;
        }
        to.flush().await.map_err(unwritten)?;
        if length != file.length || hex::encode(digest.finalize()) != file.sha256 {
            return Err(Failure::Altered.into());
        }
        Ok(())
    }

    /// Deletes a backup or logs. One that is there no more is deleted, too.
    ///
    /// # Errors
    /// See [`GatewayError`].
    pub async fn delete_file(&self, id: &str) -> Result<(), GatewayError> {
        let call = self.call(Method::DELETE, &["files", id])?;
        let answer = self.wire.send(&call).await?;
        match answer.status {
            StatusCode::NO_CONTENT | StatusCode::NOT_FOUND => Ok(()),
            _ => Err(refusal(&answer)),
        }
    }

    /// Transfers something, from where an upload with the same key stands.
    ///
    /// # Errors
    /// See [`GatewayError`]; [`super::ProblemKind::ImageAltered`] where what arrived is not what was announced.
    pub async fn upload(
        &self,
        key: &IdempotencyKey,
        announcement: &Announcement,
        source: &UploadSource,
        progress: &Uploaded,
        cancellation: &CancellationToken,
        retries: &Retries,
    ) -> Result<UploadPlace, GatewayError> {
        let abilities = self.uploads.abilities().await?;
        let metadata = announcement.metadata();
        let place = self
            .uploads
            .create(source.length(), &metadata, Some(key), cancellation, retries)
            .await?;
        self.uploads
            .send(&place, source, &abilities, progress, cancellation, retries)
            .await?;
        Ok(place)
    }

    fn call(&self, method: Method, path: &[&str]) -> Result<Call, Failure> {
        let url = address(&self.origin, path)?;
        Ok(Call {
            method,
            headers: self.wire.headers(&url)?,
            url,
            body: None,
            limit: self.wire.channel.limits.call,
        })
    }
}

/// The address of a resource of this protocol's first version.
fn address(origin: &Url, path: &[&str]) -> Result<Url, Failure> {
    let mut url = origin.clone();
    url.path_segments_mut()
        .map_err(|()| Failure::NotThisProtocol)?
        .clear()
        .push("v1")
        .extend(path);
    Ok(url)
}

/// What an answer of this status says.
fn object<T: DeserializeOwned>(answer: &Answer, wanted: StatusCode) -> Result<T, GatewayError> {
    if answer.status != wanted {
        return Err(unexpected(answer));
    }
    serde_json::from_slice(&answer.body).map_err(|_| Failure::NotThisProtocol.into())
}

/// A success of another kind is none of this protocol.
fn unexpected(answer: &Answer) -> GatewayError {
    if answer.status.is_success() {
        Failure::NotThisProtocol.into()
    } else {
        refusal(answer)
    }
}

fn observed(answer: &Answer, wanted: StatusCode) -> Result<Observed, GatewayError> {
    let operation = object(answer, wanted)?;
    let tag = text(answer, &ETAG).filter(|tag| tag.len() <= LONGEST_TAG);
    Ok(Observed {
        operation,
        tag: tag.unwrap_or_default().to_string(),
    })
}
