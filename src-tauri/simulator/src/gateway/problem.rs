//! Why something is refused (GWY-04): problem details as RFC 9457 has them.
use crate::listen::with_type;
use bytes::Bytes;
use http::header::{ALLOW, CONTENT_RANGE, RETRY_AFTER, WWW_AUTHENTICATE};
use http::{HeaderName, HeaderValue, Response, StatusCode};
use serde_json::{Value, json};

const BASE: &str = "https://flotilla.example/problems/";

/// Everything that can be wrong. The names are those of the description.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Problem {
    RequestInvalid,
    IdempotencyKeyMissing,
    TokenRefused,
    NotFound,
    MethodNotAllowed,
    NotCancellable,
    OffsetDiffers,
    SystemChanged,
    TusVersion,
    TooLarge,
    MediaType,
    Range,
    ImageMissing,
    ImageAltered,
    ImageInvalid,
    VersionOlder,
    ProfileNotHigher,
    BackupMissing,
    SystemUnknown,
    ComponentUnknown,
    NotOffered,
    IdempotencyKeyReused,
    Busy,
    ChecksumDiffers,
    Unavailable,
    OperationFailed,
    SystemLost,
}

impl Problem {
    /// Name, HTTP status, title.
    fn parts(self) -> (&'static str, u16, &'static str) {
        match self {
            Self::RequestInvalid => ("request-invalid", 400, "The request is not as described"),
            Self::IdempotencyKeyMissing => ("idempotency-key-missing", 400, "No usable Idempotency-Key"),
            Self::TokenRefused => ("token-refused", 401, "The token is missing or wrong"),
            Self::NotFound => ("not-found", 404, "There is nothing here"),
            Self::MethodNotAllowed => ("method-not-allowed", 405, "There is no such method here"),
            Self::NotCancellable => ("not-cancellable", 409, "The operation cannot be cancelled now"),
            Self::OffsetDiffers => ("offset-differs", 409, "The upload stands elsewhere"),
            Self::SystemChanged => ("system-changed", 412, "A system is not as expected"),
            Self::TusVersion => ("tus-version", 412, "Another version of tus"),
            Self::TooLarge => ("too-large", 413, "Too large"),
            Self::MediaType => ("media-type", 415, "Another media type"),
            Self::Range => ("range", 416, "The range lies outside the file"),
            Self::ImageMissing => ("image-missing", 422, "The image is not here"),
            Self::ImageAltered => ("image-altered", 422, "The digest of the whole differs"),
            Self::ImageInvalid => ("image-invalid", 422, "This is no image of that version"),
            Self::VersionOlder => ("version-older", 422, "The version is not higher"),
            Self::ProfileNotHigher => ("profile-not-higher", 422, "The profile is not higher"),
            Self::BackupMissing => ("backup-missing", 422, "The backup is not here"),
            Self::SystemUnknown => ("system-unknown", 422, "There is no such system"),
            Self::ComponentUnknown => ("component-unknown", 422, "There is no such component"),
            Self::NotOffered => ("not-offered", 422, "The gateway does not offer this"),
            Self::IdempotencyKeyReused => (
                "idempotency-key-reused",
                422,
                "The key belongs to another request",
            ),
            Self::Busy => ("busy", 423, "Another operation is running"),
            Self::ChecksumDiffers => ("checksum-differs", 460, "The checksum differs"),
            Self::Unavailable => ("unavailable", 503, "Not possible at the moment"),
            Self::OperationFailed => ("operation-failed", 500, "The system did not finish the step"),
            Self::SystemLost => ("system-lost", 500, "The system did not come back"),
        }
    }

    /// As it stands in an answer or inside an operation.
    pub(super) fn details(self, detail: &str) -> Value {
        let (name, status, title) = self.parts();
        let mut details = json!({"type": format!("{BASE}{name}"), "title": title, "status": status});
        if !detail.is_empty() {
            details["detail"] = json!(detail);
        }
        details
    }

    /// A refusal with this problem, in words of the moment.
    pub(super) fn because(self, detail: impl Into<String>) -> Refused {
        Refused {
            problem: self,
            detail: detail.into(),
            header: None,
        }
    }

    /// What stands in the way by the status alone.
    pub(super) fn of_status(status: StatusCode) -> Self {
        match status {
            StatusCode::LOCKED => Self::Busy,
            StatusCode::PAYLOAD_TOO_LARGE => Self::TooLarge,
            _ => Self::Unavailable,
        }
    }
}

/// A request that is refused.
#[derive(Debug)]
pub(super) struct Refused {
    pub(super) problem: Problem,
    detail: String,
    header: Option<(HeaderName, HeaderValue)>,
}

impl Refused {
    /// 405, with the methods that there are.
    pub(super) fn method(allowed: &'static str) -> Self {
        Self {
            header: Some((ALLOW, HeaderValue::from_static(allowed))),
            ..Problem::MethodNotAllowed.because("")
        }
    }

    /// 416, with the length that there is.
    pub(super) fn range(length: usize) -> Self {
        let range = HeaderValue::from_str(&format!("bytes */{length}"));
        Self {
            header: range.ok().map(|range| (CONTENT_RANGE, range)),
            ..Problem::Range.because("")
        }
    }

    pub(super) fn response(&self) -> Response<Bytes> {
        let (_, status, _) = self.problem.parts();
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST);
        let body = self.problem.details(&self.detail).to_string();
        let mut response = with_type(status, "application/problem+json", body);
        let headers = response.headers_mut();
        if let Some((name, value)) = &self.header {
            headers.insert(name.clone(), value.clone());
        }
        match self.problem {
            Problem::TokenRefused => {
                headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
            }
            Problem::Unavailable => {
                headers.insert(RETRY_AFTER, HeaderValue::from_static("1"));
            }
            _ => {}
        }
        response
    }
}
