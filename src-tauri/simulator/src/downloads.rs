//! A vendor's download server: files over HTTPS with ranges, names of versions and redirections (PRO-03, REP-03).
use crate::clock::today;
use crate::dates::Lifetime;
use crate::fault::FaultRule;
use crate::listen::{Asked, Encryption, MOST_CONNECTIONS, Machine, accept, bind, plain, with_type};
use crate::station::{Counters, Station};
use bytes::Bytes;
use http::header::{CONTENT_RANGE, ETAG, IF_RANGE, LOCATION, RANGE};
use http::{HeaderValue, Response, StatusCode};
use parking_lot::Mutex;
use std::collections::HashMap;
use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;

/// A server of files, listening. Cheap to clone; all clones are the same one. It ends when [`DownloadServer::stop`] is called.
#[derive(Clone)]
pub struct DownloadServer {
    shelf: Arc<Shelf>,
    stop: CancellationToken,
}

struct Shelf {
    station: Station,
    files: Mutex<HashMap<String, Offered>>,
}

/// What is behind a path.
#[derive(Clone)]
enum Offered {
    /// A file; the tag is its name as of HTTP, empty: it gives none.
    File { content: Bytes, tag: String },
    /// Somewhere else.
    Elsewhere(String),
}

impl DownloadServer {
    /// Listens on a port of the loopback address that the system chooses.
    ///
    /// # Errors
    /// When it cannot listen.
    pub async fn start() -> io::Result<Self> {
        let listener = bind(SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0), false)?;
        let stop = CancellationToken::new();
        let lifetime = Lifetime::ordinary(today());
        let station = Station::new(
            listener.local_addr()?,
            "DOWNLOADS",
            0,
            0,
            None,
            (lifetime, lifetime),
            &stop,
        );
        let shelf = Arc::new(Shelf {
            station,
            files: Mutex::default(),
        });
        let places = Arc::new(Semaphore::new(MOST_CONNECTIONS));
        tokio::spawn(accept(
            listener,
            Encryption::Tls,
            shelf.clone(),
            places,
            stop.clone(),
        ));
        Ok(Self { shelf, stop })
    }

    /// The address of a path, which begins with a slash.
    pub fn address(&self, path: &str) -> String {
        format!("https://{}{path}", self.shelf.station.address())
    }

    /// SHA-256 of its certificate, lower case hexadecimal digits.
    ///
    /// # Errors
    /// When none can be made.
    pub fn fingerprint(&self) -> anyhow::Result<String> {
        Ok(self.shelf.station.identity()?.fingerprint())
    }

    /// Offers a file under a path. With a tag, a download can go on where it stopped as long as the tag stays.
    pub fn offer(&self, path: &str, content: impl Into<Bytes>, tag: &str) {
        let file = Offered::File {
            content: content.into(),
            tag: tag.to_owned(),
        };
        self.shelf.files.lock().insert(path.to_owned(), file);
    }

    /// Leads elsewhere from a path.
    pub fn redirect(&self, path: &str, to: &str) {
        let elsewhere = Offered::Elsewhere(to.to_owned());
        self.shelf.files.lock().insert(path.to_owned(), elsewhere);
    }

    /// Something goes wrong from now on.
    pub fn set_fault(&self, rule: FaultRule) {
        self.shelf.station.set(rule);
    }

    /// What has happened at it.
    pub fn counters(&self) -> Counters {
        self.shelf.station.tally.read()
    }

    /// Listens no more.
    pub fn stop(&self) {
        self.stop.cancel();
        self.shelf.station.disconnect();
    }
}

impl Machine for Shelf {
    fn station(&self) -> &Station {
        &self.station
    }

    fn answer(&self, asked: &Asked) -> Response<Bytes> {
        let found = self.files.lock().get(asked.parts.uri.path()).cloned();
        match found {
            None => plain(StatusCode::NOT_FOUND, "not found"),
            Some(Offered::Elsewhere(to)) => {
                let mut response = plain(StatusCode::FOUND, "elsewhere");
                if let Ok(to) = HeaderValue::from_str(&to) {
                    response.headers_mut().insert(LOCATION, to);
                }
                response
            }
            Some(Offered::File { content, tag }) => file(asked, content, &tag),
        }
    }
}

fn file(asked: &Asked, content: Bytes, tag: &str) -> Response<Bytes> {
    let same = asked.header(IF_RANGE.as_str()).is_none_or(|known| known == tag);
    let from = asked
        .header(RANGE.as_str())
        .and_then(|range| {
            range
                .strip_prefix("bytes=")?
                .strip_suffix('-')?
                .parse::<usize>()
                .ok()
        })
        .filter(|from| same && *from < content.len());
    let whole = content.len();
    let kind = "application/octet-stream";
    let mut response = match from {
        None => with_type(StatusCode::OK, kind, content),
        Some(from) => {
            let mut part = with_type(StatusCode::PARTIAL_CONTENT, kind, content.slice(from..));
            let range = format!("bytes {from}-{}/{whole}", whole - 1);
            if let Ok(range) = HeaderValue::from_str(&range) {
                part.headers_mut().insert(CONTENT_RANGE, range);
            }
            part
        }
    };
    if let (false, Ok(tag)) = (tag.is_empty(), HeaderValue::from_str(tag)) {
        response.headers_mut().insert(ETAG, tag);
    }
    response
}
