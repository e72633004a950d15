//! What stands in the way (GWY-04): problem details as RFC 9457 has them, and failures on the way to the gateway.
use crate::Obstacle;
use crate::dialer::{Answer, TransportError};
use crate::trust::{Certificate, plain_text};
use http::header::{CONTENT_TYPE, RETRY_AFTER};
use serde::{Deserialize, Serialize};
use std::time::Duration;

const BASE: &str = "https://flotilla.example/problems/";
const LONGEST_TEXT: usize = 512;
/// Longer than this nobody is told to wait, in seconds.
const LONGEST_RETRY_AFTER: u64 = 86_400;

/// What a problem is, by its stable type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ProblemKind {
    /// The request is not as described: an error of this program.
    RequestInvalid,
    /// A POST without a usable key: an error of this program.
    IdempotencyKeyMissing,
    /// No bearer token, or not the gateway's.
    TokenRefused,
    /// There is no such resource, or no longer.
    NotFound,
    /// The resource does not have this method.
    MethodNotAllowed,
    /// The operation is at a step that must not be cut, or has ended.
    NotCancellable,
    /// An upload stands elsewhere.
    OffsetDiffers,
    /// A system is not as the caller expects; nothing was done at any.
    SystemChanged,
    /// Another version of tus.
    TusVersion,
    /// More than the gateway takes.
    TooLarge,
    /// Another media type: an error of this program.
    MediaType,
    /// The range lies outside the file.
    Range,
    /// The image is not at the gateway.
    ImageMissing,
    /// The digest of an upload is not the one promised; it was dropped.
    ImageAltered,
    /// An upload is no image of the version it was announced with; it was dropped.
    ImageInvalid,
    /// The version is not higher than the one installed.
    VersionOlder,
    /// A profile can only be raised (OPS-06).
    ProfileNotHigher,
    /// The backup is not at the gateway.
    BackupMissing,
    /// There is no such system.
    SystemUnknown,
    /// No system has this component.
    ComponentUnknown,
    /// The gateway does not offer this operation.
    NotOffered,
    /// The key was used for another request: an error of this program.
    IdempotencyKeyReused,
    /// Another operation is running at these systems.
    Busy,
    /// Asked too often.
    TooManyRequests,
    /// A part of an upload arrived altered.
    ChecksumDiffers,
    /// Not possible at the moment.
    Unavailable,
    /// Inside an operation: the system refused or did not finish the step.
    OperationFailed,
    /// Inside an operation: the system did not come back.
    SystemLost,
    /// One that this version does not know.
    Other,
}

const NAMES: &[(&str, ProblemKind)] = &[
    ("request-invalid", ProblemKind::RequestInvalid),
    ("idempotency-key-missing", ProblemKind::IdempotencyKeyMissing),
    ("token-refused", ProblemKind::TokenRefused),
    ("not-found", ProblemKind::NotFound),
    ("method-not-allowed", ProblemKind::MethodNotAllowed),
    ("not-cancellable", ProblemKind::NotCancellable),
    ("offset-differs", ProblemKind::OffsetDiffers),
    ("system-changed", ProblemKind::SystemChanged),
    ("tus-version", ProblemKind::TusVersion),
    ("too-large", ProblemKind::TooLarge),
    ("media-type", ProblemKind::MediaType),
    ("range", ProblemKind::Range),
    ("image-missing", ProblemKind::ImageMissing),
    ("image-altered", ProblemKind::ImageAltered),
    ("image-invalid", ProblemKind::ImageInvalid),
    ("version-older", ProblemKind::VersionOlder),
    ("profile-not-higher", ProblemKind::ProfileNotHigher),
    ("backup-missing", ProblemKind::BackupMissing),
    ("system-unknown", ProblemKind::SystemUnknown),
    ("component-unknown", ProblemKind::ComponentUnknown),
    ("not-offered", ProblemKind::NotOffered),
    ("idempotency-key-reused", ProblemKind::IdempotencyKeyReused),
    ("busy", ProblemKind::Busy),
    ("too-many-requests", ProblemKind::TooManyRequests),
    ("checksum-differs", ProblemKind::ChecksumDiffers),
    ("unavailable", ProblemKind::Unavailable),
    ("operation-failed", ProblemKind::OperationFailed),
    ("system-lost", ProblemKind::SystemLost),
];

impl ProblemKind {
    /// By the `type` of problem details.
    pub fn of(uri: &str) -> Self {
        let name = uri.strip_prefix(BASE).unwrap_or_default();
        let known = NAMES.iter().find(|(own, _)| *own == name);
        known.map_or(Self::Other, |(_, kind)| *kind)
    }

    /// Whether the same request may succeed later, without anybody changing anything (JOB-23).
    pub fn is_retryable(self) -> bool {
        matches!(
            self,
            Self::Busy | Self::TooManyRequests | Self::ChecksumDiffers | Self::Unavailable
        )
    }
}

/// Problem details as they travel. Members that are not known are left alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProblemDetails {
    /// A URI; see [`ProblemKind::of`].
    #[serde(rename = "type")]
    pub uri: String,
    /// In few words, in English.
    pub title: String,
    /// HTTP status.
    pub status: u16,
    /// What is so this time, in English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
}

impl ProblemDetails {
    /// What it is.
    pub fn kind(&self) -> ProblemKind {
        ProblemKind::of(&self.uri)
    }
}

/// A refusal of the gateway.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GatewayProblem {
    /// What it is.
    pub kind: ProblemKind,
    /// HTTP status.
    pub status: u16,
    /// In the words of the gateway; may be empty.
    pub detail: String,
    /// When the gateway wants to be asked again.
    pub retry_after: Option<Duration>,
}

/// Why no answer came that could be understood.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// No TCP, no TLS, time out, or closed: an [`Obstacle`] as its text. A request may have been carried out.
    #[error("not reachable: {0}")]
    Unreachable(String),
    /// The certificate differs from the pinned one (CRT-11). Nothing was sent.
    #[error("the certificate has changed")]
    CertificateChanged(Box<Certificate>),
    /// The certificate is neither pinned nor vouched for (CRT-11). Nothing was sent.
    #[error("the certificate is not trusted")]
    CertificateNotTrusted(Box<Certificate>),
    /// The certificate is none that TLS can work with. Nothing was sent.
    #[error("the certificate cannot be used")]
    CertificateUnusable,
    /// An answer began and did not end. The request may have been carried out.
    #[error("the answer broke off")]
    Broken,
    /// Answers, but not with this protocol.
    #[error("no gateway")]
    NotThisProtocol,
    /// Another HTTP status, without problem details.
    #[error("HTTP status {0}")]
    Status(u16),
    /// The token would travel in clear. Nothing was sent.
    #[error("the connection is not encrypted")]
    NotEncrypted,
    /// What was downloaded is not what the gateway said it has.
    #[error("the file differs from its digest")]
    Altered,
    /// The caller wants no more.
    #[error("cancelled")]
    Cancelled,
    /// A file on this machine cannot be read or written; what the system says.
    #[error("file: {0}")]
    File(String),
}

/// Why something was not done, or is not known to have been done.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum GatewayError {
    /// The gateway refused.
    #[error("refused: {:?}: {}", .0.kind, .0.detail)]
    Problem(GatewayProblem),
    /// There was no answer that could be understood.
    #[error(transparent)]
    Failed(#[from] Failure),
}

impl From<TransportError> for Failure {
    fn from(error: TransportError) -> Self {
        match error {
            TransportError::CertificateChanged(certificate) => Self::CertificateChanged(certificate),
            TransportError::CertificateNotTrusted(certificate) => Self::CertificateNotTrusted(certificate),
            TransportError::CertificateUnusable => Self::CertificateUnusable,
            TransportError::Unreachable(words) => Self::Unreachable(words),
            TransportError::Broken => Self::Broken,
            TransportError::TooLarge => Self::NotThisProtocol,
        }
    }
}

impl From<TransportError> for GatewayError {
    fn from(error: TransportError) -> Self {
        Self::Failed(error.into())
    }
}

impl GatewayError {
    /// What the gateway says it is, where it says something.
    pub fn kind(&self) -> Option<ProblemKind> {
        match self {
            Self::Problem(problem) => Some(problem.kind),
            Self::Failed(_) => None,
        }
    }

    /// HTTP status, where there was one.
    pub fn status(&self) -> Option<u16> {
        match self {
            Self::Problem(problem) => Some(problem.status),
            Self::Failed(Failure::Status(status)) => Some(*status),
            Self::Failed(_) => None,
        }
    }

    /// Whether the same request, with the same key, may succeed later: busy, unavailable, and what happens on the way (JOB-23).
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Problem(problem) => problem.kind.is_retryable(),
            Self::Failed(Failure::Unreachable(_) | Failure::Broken) => true,
            Self::Failed(Failure::Status(status)) => matches!(status, 423 | 429 | 460 | 502 | 503 | 504),
            Self::Failed(_) => false,
        }
    }

    /// When the gateway wants to be asked again, where it says so.
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Problem(problem) => problem.retry_after,
            Self::Failed(_) => None,
        }
    }
}

/// What an answer says that is no success.
pub(super) fn refusal(answer: &Answer) -> GatewayError {
    let header = |name: http::HeaderName| answer.headers.get(name).and_then(|value| value.to_str().ok());
    let status = answer.status.as_u16();
    let is_problem = header(CONTENT_TYPE).is_some_and(|kind| {
        let kind = kind.split(';').next().unwrap_or_default().trim();
        kind.eq_ignore_ascii_case("application/problem+json")
    });
    let details: Option<ProblemDetails> = serde_json::from_slice(&answer.body).ok();
    let Some(details) = details.filter(|_| is_problem) else {
        return match status {
            503 => Failure::Unreachable(Obstacle::Unavailable.to_string()).into(),
            status => Failure::Status(status).into(),
        };
    };
    let seconds = header(RETRY_AFTER).and_then(|seconds| seconds.trim().parse::<u64>().ok());
    GatewayError::Problem(GatewayProblem {
        kind: details.kind(),
        status,
        detail: plain_text(&details.detail.unwrap_or_default(), LONGEST_TEXT),
        retry_after: seconds.map(|seconds| Duration::from_secs(seconds.min(LONGEST_RETRY_AFTER))),
    })
}
