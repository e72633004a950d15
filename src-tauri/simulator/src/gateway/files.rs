//! Files that a gateway makes, or is given back: backups and logs. Small, and kept in memory.
use super::problem::{Problem, Refused};
use crate::listen::{Asked, with_type};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use chrono::{DateTime, SecondsFormat, Utc};
use http::header::{ACCEPT_RANGES, CONTENT_RANGE, ETAG, IF_NONE_MATCH, RANGE};
use http::{HeaderName, HeaderValue, Response, StatusCode};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::collections::VecDeque;

/// Files that are kept; one more, and the oldest goes.
const MOST: usize = 256;

/// What is in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Content {
    Backup,
    Logs,
}

/// One file.
#[derive(Debug, Clone)]
pub(super) struct StoredFile {
    pub(super) id: String,
    pub(super) content: Content,
    name: String,
    pub(super) bytes: Bytes,
    digest: [u8; 32],
    version: String,
    made_at: DateTime<Utc>,
}

impl StoredFile {
    pub(super) fn new(
        id: String,
        content: Content,
        name: String,
        bytes: Bytes,
        version: String,
        made_at: DateTime<Utc>,
    ) -> Self {
        Self {
            id,
            content,
            name,
            digest: Sha256::digest(&bytes).into(),
            bytes,
            version,
            made_at,
        }
    }

    pub(super) fn value(&self) -> Value {
        let kind = match self.content {
            Content::Backup => "backup",
            Content::Logs => "logs",
        };
        json!({"id": self.id, "kind": kind, "name": self.name, "length": self.bytes.len(), "sha256": hex::encode(self.digest),
            "version": self.version, "made_at": time(self.made_at)})
    }

    /// The file, a range of it, or that it has not changed.
    pub(super) fn answer(&self, asked: &Asked) -> Result<Response<Bytes>, Refused> {
        let tag = format!("\"{}\"", hex::encode(self.digest));
        let known = asked.header(IF_NONE_MATCH.as_str());
        if known.is_some_and(|known| names(known, &tag)) {
            return Ok(with(empty(StatusCode::NOT_MODIFIED), ETAG, &tag));
        }
        let kind = "application/octet-stream";
        let length = self.bytes.len();
        let range = asked.header(RANGE.as_str()).and_then(|range| span(range, length));
        let response = match range {
            None => with_type(StatusCode::OK, kind, self.bytes.clone()),
            Some(Span::Outside) => return Err(Refused::range(length)),
            Some(Span::Bytes(first, last)) => {
                let part = with_type(StatusCode::PARTIAL_CONTENT, kind, self.bytes.slice(first..=last));
                with(part, CONTENT_RANGE, &format!("bytes {first}-{last}/{length}"))
            }
        };
        let digest = format!("sha-256=:{}:", STANDARD.encode(self.digest));
        let response = with(response, HeaderName::from_static("repr-digest"), &digest);
        Ok(with(with(response, ETAG, &tag), ACCEPT_RANGES, "bytes"))
    }
}

/// What a range asks for.
#[derive(Debug, PartialEq, Eq)]
enum Span {
    /// The first and the last byte.
    Bytes(usize, usize),
    Outside,
}

/// One range of bytes (RFC 9110, 14.1.2); none where it is anything else.
fn span(range: &str, length: usize) -> Option<Span> {
    let number = |text: &str| -> Option<usize> {
        let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| text.parse().unwrap_or(usize::MAX))
    };
    let (first, last) = range.strip_prefix("bytes=")?.split_once('-')?;
    let (first, last) = match (first, last) {
        ("", suffix) => {
            let suffix = number(suffix)?.min(length);
            (length - suffix, length.checked_sub(1))
        }
        (first, "") => (number(first)?, length.checked_sub(1)),
        (first, last) => {
            let (first, last) = (number(first)?, number(last)?);
            if last < first {
                return None;
            }
            (first, length.checked_sub(1).map(|end| end.min(last)))
        }
    };
    match last {
        Some(last) if first <= last => Some(Span::Bytes(first, last)),
        _ => Some(Span::Outside),
    }
}

/// Whether a list of tags has this one (RFC 9110, 13.1.2).
pub(super) fn names(list: &str, tag: &str) -> bool {
    list.split(',')
        .map(|one| one.trim())
        .any(|one| one == "*" || one.strip_prefix("W/").unwrap_or(one) == tag)
}

/// An answer without a body.
pub(super) fn empty(status: StatusCode) -> Response<Bytes> {
    let mut response = Response::new(Bytes::new());
    *response.status_mut() = status;
    response
}

/// The same answer with one header more.
pub(super) fn with(mut response: Response<Bytes>, name: HeaderName, value: &str) -> Response<Bytes> {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
    response
}

/// As times are written.
pub(super) fn time(moment: DateTime<Utc>) -> String {
    moment.to_rfc3339_opts(SecondsFormat::Millis, true)
}

/// The files of a gateway, the oldest first.
#[derive(Default)]
pub(super) struct Files(VecDeque<StoredFile>);

impl Files {
    pub(super) fn all(&self) -> impl Iterator<Item = &StoredFile> {
        self.0.iter()
    }

    pub(super) fn get(&self, id: &str) -> Result<&StoredFile, Refused> {
        let found = self.0.iter().find(|one| one.id == id);
        found.ok_or_else(|| Problem::NotFound.because("no such file"))
    }

    pub(super) fn keep(&mut self, file: StoredFile) {
        if self.0.len() == MOST {
            self.0.pop_front();
        }
        self.0.push_back(file);
    }

    pub(super) fn remove(&mut self, id: &str) -> Result<(), Refused> {
        self.get(id)?;
        self.0.retain(|one| one.id != id);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 9110, 14.1.2
    #[test]
    fn ranges() {
        assert_eq!(span("bytes=0-3", 10), Some(Span::Bytes(0, 3)));
        assert_eq!(span("bytes=4-", 10), Some(Span::Bytes(4, 9)));
        assert_eq!(span("bytes=-4", 10), Some(Span::Bytes(6, 9)));
        assert_eq!(span("bytes=8-99", 10), Some(Span::Bytes(8, 9)));
        assert_eq!(span("bytes=10-", 10), Some(Span::Outside));
        assert_eq!(span("bytes=-0", 10), Some(Span::Outside));
        assert_eq!(span("bytes=3-1", 10), None);
        assert_eq!(span("bytes=a-", 10), None);
        assert_eq!(span("lines=1-2", 10), None);
    }
}
