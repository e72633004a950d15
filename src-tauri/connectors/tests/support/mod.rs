//! A small TLS server whose certificate, key and answers a test decides, and which counts what reaches it.
use flotilla_connectors::trust::{Fingerprint, Trust};
use flotilla_connectors::{Dialer, Endpoint, Limits};
use parking_lot::Mutex;
use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};
use rustls::ServerConfig;
use rustls::crypto::aws_lc_rs;
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use rustls_pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;

/// A certificate chain with the key of its first.
#[derive(Clone)]
pub struct Identity {
    pub chain: Vec<Vec<u8>>,
    pub key: Vec<u8>,
}

impl Identity {
    pub fn pin(&self) -> Trust {
        Trust {
            pin: Some(Fingerprint::of(&self.chain[0])),
            ..Trust::default()
        }
    }

    pub fn self_signed(names: &[&str], expired: bool) -> Self {
        let (params, key) = params(names, expired);
        let certificate = params.self_signed(&key).expect("a certificate");
        Self {
            chain: vec![certificate.der().to_vec()],
            key: key.serialize_der(),
        }
    }
}

fn params(names: &[&str], expired: bool) -> (CertificateParams, KeyPair) {
    let names: Vec<String> = names.iter().map(|name| (*name).to_string()).collect();
    let mut params = CertificateParams::new(names).expect("names");
    params.distinguished_name.push(DnType::CommonName, "Test system");
    if expired {
        params.not_before = rcgen::date_time_ymd(2001, 1, 1);
        params.not_after = rcgen::date_time_ymd(2002, 1, 1);
    }
    (params, KeyPair::generate().expect("a key"))
}

/// A certificate authority.
pub struct Authority {
    pub der: Vec<u8>,
    issuer: Issuer<'static, KeyPair>,
}

impl Authority {
    pub fn new() -> Self {
        let (mut params, key) = params(&[], false);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params
            .distinguished_name
            .push(DnType::CommonName, "Test authority");
        let der = params.self_signed(&key).expect("a certificate").der().to_vec();
        Self {
            der,
            issuer: Issuer::new(params, key),
        }
    }

    pub fn issue(&self, names: &[&str], expired: bool) -> Identity {
        let (params, key) = params(names, expired);
        let certificate = params.signed_by(&key, &self.issuer).expect("a certificate");
        Identity {
            chain: vec![certificate.der().to_vec()],
            key: key.serialize_der(),
        }
    }

    pub fn trust(&self) -> Trust {
        Trust {
            authorities: Arc::new(vec![self.der.clone()]),
            pin: None,
        }
    }
}

/// One request as it arrived.
#[derive(Debug, Clone)]
pub struct Request {
    pub line: String,
    pub headers: String,
}

impl Request {
    pub fn is(&self, method: &str, path: &str) -> bool {
        self.line.starts_with(&format!("{method} ")) && self.line.contains(path)
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.lines().find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.eq_ignore_ascii_case(name).then_some(value.trim())
        })
    }
}

/// An answer with a status, headers and a body.
pub fn answer(status: u16, headers: &str, body: &str) -> Option<String> {
    Some(format!(
        "HTTP/1.1 {status} x\r\n{headers}Content-Length: {}\r\n\r\n{body}",
        body.len()
    ))
}

type Handler = dyn Fn(&Request) -> Option<String> + Send + Sync;

pub struct Server {
    pub endpoint: Endpoint,
    pub seen: Arc<Seen>,
    identity: Arc<Resolver>,
    task: tokio::task::JoinHandle<()>,
}

#[derive(Default)]
pub struct Seen {
    pub connections: AtomicUsize,
    pub requests: Mutex<Vec<Request>>,
    arrived: Notify,
}

impl Seen {
    pub fn count(&self, method: &str, path: &str) -> usize {
        self.requests
            .lock()
            .iter()
            .filter(|request| request.is(method, path))
            .count()
    }

    /// Waits until that many such requests have arrived.
    pub async fn until(&self, method: &str, path: &str, count: usize) {
        let wait = async {
            loop {
                let arrived = self.arrived.notified();
                if self.count(method, path) >= count {
                    return;
                }
                arrived.await;
            }
        };
        tokio::time::timeout(Duration::from_secs(10), wait)
            .await
            .expect("the request arrives");
    }
}

#[derive(Debug)]
struct Resolver(Mutex<Arc<CertifiedKey>>);

impl ResolvesServerCert for Resolver {
    fn resolve(&self, _hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(self.0.lock().clone())
    }
}

fn certified(identity: &Identity) -> Arc<CertifiedKey> {
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(identity.key.clone()));
    let key = aws_lc_rs::sign::any_supported_type(&key).expect("a key");
    let chain = identity.chain.iter().cloned().map(CertificateDer::from).collect();
    Arc::new(CertifiedKey::new(chain, key))
}

impl Server {
    /// Listens on 127.0.0.1. `None` from the handler: the request is never answered.
    pub async fn start(
        identity: &Identity,
        handler: impl Fn(&Request) -> Option<String> + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let resolver = Arc::new(Resolver(Mutex::new(certified(identity))));
        let mut config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_no_client_auth()
            .with_cert_resolver(resolver.clone());
        // A system that changes its certificate has started anew and knows no old session.
        config.send_tls13_tickets = 0;
        config.session_storage = Arc::new(rustls::server::NoServerSessionStorage {});
        let acceptor = tokio_rustls::TlsAcceptor::from(Arc::new(config));
        let seen = Arc::new(Seen::default());
        let handler: Arc<Handler> = Arc::new(handler);
        let (tally, handle) = (seen.clone(), handler.clone());
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tally.connections.fetch_add(1, Ordering::SeqCst);
                let (acceptor, tally, handle) = (acceptor.clone(), tally.clone(), handle.clone());
                tokio::spawn(async move {
                    if let Ok(stream) = acceptor.accept(stream).await {
                        serve(stream, &tally, handle.as_ref()).await;
                    }
                });
            }
        });
        Self {
            endpoint: Endpoint::parse("127.0.0.1", port).expect("an endpoint"),
            seen,
            identity: resolver,
            task,
        }
    }

    pub fn change_identity(&self, identity: &Identity) {
        *self.identity.0.lock() = certified(identity);
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(mut stream: impl AsyncRead + AsyncWrite + Unpin, seen: &Seen, handle: &Handler) {
    while let Some(request) = read_request(&mut stream).await {
        seen.requests.lock().push(request.clone());
        seen.arrived.notify_waiters();
        match handle(&request) {
            Some(text) => {
                if stream.write_all(text.as_bytes()).await.is_err() || stream.flush().await.is_err() {
                    return;
                }
            }
            None => std::future::pending().await,
        }
    }
}

/// One request head, its body read and dropped.
pub async fn read_request(stream: &mut (impl AsyncRead + Unpin)) -> Option<Request> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.ok()?);
    }
    let text = String::from_utf8_lossy(&head).into_owned();
    let (line, headers) = text.split_once("\r\n")?;
    let request = Request {
        line: line.to_string(),
        headers: headers.to_string(),
    };
    if let Some(length) = request
        .header("content-length")
        .and_then(|length| length.parse::<usize>().ok())
    {
        let mut body = vec![0; length];
        stream.read_exact(&mut body).await.ok()?;
    }
    Some(request)
}

/// Copies both ways until one side ends.
pub async fn tunnel(mut one: TcpStream, to: Endpoint) {
    if let Ok(mut other) = TcpStream::connect((to.host.as_str(), to.port)).await {
        let _ = tokio::io::copy_bidirectional(&mut one, &mut other).await;
    }
}

pub fn quick() -> Limits {
    Limits {
        connect: Duration::from_millis(500),
        probe: Duration::from_secs(2),
        call: Duration::from_millis(700),
        ..Limits::default()
    }
}

pub fn quick_dialer() -> Dialer {
    Dialer::with_limits(None, quick())
}
