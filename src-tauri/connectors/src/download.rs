//! Files fetched over HTTPS, of any size, from where an earlier attempt ended (REP-03, PRO-03).

use crate::dialer::{Call, TransportError};
use crate::trust::Certificate;
use crate::{Dialer, Endpoint, Trust};
use bytes::Bytes;
use http::header::{ACCEPT_ENCODING, CONTENT_RANGE, ETAG, IF_RANGE, LOCATION, RANGE};
use http::{HeaderMap, HeaderValue, Method, StatusCode};
use std::time::Duration;
use url::Url;

/// So many redirections are followed.
const REDIRECTIONS: usize = 5;
/// The next bytes come within this time, or the download has stopped.
const STALLED: Duration = Duration::from_secs(60);
/// The answer begins within this time.
const ANSWER: Duration = Duration::from_secs(30);
/// The longest name of a version that is kept.
const LONGEST_TAG: usize = 200;

/// Why a file does not come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DownloadError {
    /// The address is no `https` address with a host.
    Address,
    /// The server's certificate is neither trusted on this machine nor accepted.
    NotTrusted(Box<Certificate>),
    /// It shows another certificate than the accepted one.
    CertificateChanged(Box<Certificate>),
    /// Its certificate is none that TLS can work with.
    CertificateUnusable,
    /// Nobody answers; the words are those of [`crate::Obstacle`].
    Unreachable(String),
    /// It answers with this status instead of the file.
    Status(u16),
    /// It was redirected too often, or to what is no `https` address.
    Redirected,
    /// It stopped in the middle; going on from there may help.
    Broken,
}

impl From<TransportError> for DownloadError {
    fn from(error: TransportError) -> Self {
        match error {
            TransportError::CertificateChanged(certificate) => Self::CertificateChanged(certificate),
            TransportError::CertificateNotTrusted(certificate) => Self::NotTrusted(certificate),
            TransportError::CertificateUnusable => Self::CertificateUnusable,
            TransportError::Unreachable(said) => Self::Unreachable(said),
            TransportError::Broken | TransportError::TooLarge => Self::Broken,
        }
    }
}

/// What is asked for.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// The address; `https` only.
    pub address: Url,
    /// So many bytes are here already.
    pub from: u64,
    /// By what the server named the content that those bytes are of; empty: it did not, and everything comes anew.
    pub entity_tag: String,
}

/// A file that comes in.
#[derive(Debug)]
pub struct Download {
    response: reqwest::Response,
    /// From where on it comes: what was asked for, or 0 when the server begins anew.
    pub from: u64,
    /// How many bytes it has in all; none: the server does not say.
    pub total: Option<u64>,
    /// By what the server names this very content; empty: it does not.
    pub entity_tag: String,
}

/// Asks for a file. The authorities that this machine trusts are those of `trust`; a pin in it is for the first server, not for
/// those it redirects to.
///
/// # Errors
/// [`DownloadError`]
pub async fn open(dialer: &Dialer, trust: &Trust, wanted: &Wanted) -> Result<Download, DownloadError> {
    let mut address = wanted.address.clone();
    for redirected in 0..=REDIRECTIONS {
        let trust = Trust {
            pin: trust.pin.filter(|_| redirected == 0),
            authorities: trust.authorities.clone(),
        };
        let channel = dialer.channel(&endpoint(&address)?, &trust)?;
        let call = Call {
            method: Method::GET,
            url: address.clone(),
            headers: headers(wanted)?,
            body: None,
            limit: ANSWER,
        };
        let response = channel.open(&call).await?;
        if response.status().is_redirection() {
            address = redirection(&address, response.headers())?;
            continue;
        }
        return begin(response, wanted);
    }
    Err(DownloadError::Redirected)
}

fn endpoint(address: &Url) -> Result<Endpoint, DownloadError> {
    let host = address.host_str().filter(|_| address.scheme() == "https");
    let port = address.port_or_known_default();
    host.zip(port)
        .and_then(|(host, port)| Endpoint::parse(host, port).ok())
        .ok_or(DownloadError::Address)
}

fn headers(wanted: &Wanted) -> Result<HeaderMap, DownloadError> {
    let mut headers = HeaderMap::new();
    // What comes must be the file's own bytes, to be counted and compared with its digest.
    headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
    if wanted.from > 0 && !wanted.entity_tag.is_empty() {
        let value = |text: &str| HeaderValue::from_str(text).map_err(|_| DownloadError::Address);
        headers.insert(RANGE, value(&format!("bytes={}-", wanted.from))?);
        headers.insert(IF_RANGE, value(&wanted.entity_tag)?);
    }
    Ok(headers)
}

fn redirection(from: &Url, headers: &HeaderMap) -> Result<Url, DownloadError> {
    let to = headers.get(LOCATION).and_then(|value| value.to_str().ok());
    to.and_then(|to| from.join(to).ok())
        .filter(|to| to.scheme() == "https")
        .ok_or(DownloadError::Redirected)
}

fn begin(response: reqwest::Response, wanted: &Wanted) -> Result<Download, DownloadError> {
    let (from, total) = match response.status() {
        StatusCode::OK => (0, response.content_length()),
        StatusCode::PARTIAL_CONTENT => {
            let range = response
                .headers()
                .get(CONTENT_RANGE)
                .and_then(|value| value.to_str().ok());
            let (from, total) = range.and_then(content_range).ok_or(DownloadError::Broken)?;
            if from != wanted.from {
                return Err(DownloadError::Broken);
            }
            (from, total)
        }
        status => return Err(DownloadError::Status(status.as_u16())),
    };
    let tag = response.headers().get(ETAG).and_then(|value| value.to_str().ok());
    // A weak one says that it means the same, not that it is the same (RFC 9110, 13.1.5).
    let tag = tag.filter(|tag| tag.starts_with('"') && tag.len() <= LONGEST_TAG);
    Ok(Download {
        entity_tag: tag.unwrap_or_default().to_owned(),
        response,
        from,
        total,
    })
}

/// `bytes 100-199/200`: where it begins, and how long the whole is.
fn content_range(text: &str) -> Option<(u64, Option<u64>)> {
    let (range, total) = text.strip_prefix("bytes ")?.split_once('/')?;
    let (from, _) = range.split_once('-')?;
    Some((from.parse().ok()?, total.parse().ok()))
}

impl Download {
    /// The next bytes; none: it is whole, as far as the server says.
    ///
    /// # Errors
    /// [`DownloadError::Broken`] when it stops before its end, or for a minute.
    pub async fn next(&mut self) -> Result<Option<Bytes>, DownloadError> {
        match tokio::time::timeout(STALLED, self.response.chunk()).await {
            Ok(Ok(piece)) => Ok(piece),
            Ok(Err(_)) | Err(_) => Err(DownloadError::Broken),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    /// RFC 9110, 14.4
    #[rstest]
    #[case("bytes 100-199/200", Some((100, Some(200))))]
    #[case("bytes 0-0/*", Some((0, None)))]
    #[case("bytes */200", None)]
    #[case("items 1-2/3", None)]
    fn ranges_are_read(#[case] text: &str, #[case] expected: Option<(u64, Option<u64>)>) {
        assert_eq!(content_range(text), expected);
    }

    /// SEC-04: nothing but `https` is asked, nor followed.
    #[test]
    fn only_https_is_asked() {
        let url = |text: &str| Url::parse(text).expect("an address");
        assert_eq!(
            endpoint(&url("http://example.com/a")),
            Err(DownloadError::Address)
        );
        assert_eq!(endpoint(&url("file:///etc/passwd")), Err(DownloadError::Address));
        assert_eq!(
            endpoint(&url("https://example.com/a")).map(|to| to.to_string()),
            Ok("example.com:443".to_owned())
        );
        let mut headers = HeaderMap::new();
        headers.insert(LOCATION, HeaderValue::from_static("http://example.com/b"));
        assert_eq!(
            redirection(&url("https://example.com/a"), &headers),
            Err(DownloadError::Redirected)
        );
        headers.insert(LOCATION, HeaderValue::from_static("/b?c"));
        let to = redirection(&url("https://example.com/a"), &headers).expect("followed");
        assert_eq!(to.as_str(), "https://example.com/b?c");
    }
}
