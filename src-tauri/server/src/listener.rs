//! Taking connections: TLS, HTTP/1.1 alone, and a time limit from the first moment on (SEC-04, SEC-06).

use crate::connections::{Connection, Connections};
use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use std::io;
use std::net::SocketAddr;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tower::ServiceExt as _;

/// How long is waited for whom.
#[derive(Debug, Clone, Copy)]
pub struct Times {
    /// How long TLS may take to be agreed on.
    pub handshake: Duration,
    /// How long the head of a request may take to come, and a connection over which nothing is asked stays open.
    pub head: Duration,
    /// How long open calls may take to end when the server stops.
    pub shutdown: Duration,
}

impl Default for Times {
    fn default() -> Self {
        Self {
            handshake: Duration::from_secs(10),
            head: Duration::from_secs(60),
            shutdown: Duration::from_secs(5),
        }
    }
}
/// How long is waited after the system had no more connections to give.
const PAUSE: Duration = Duration::from_millis(200);

/// The first byte of every TLS connection: a record that holds a handshake (RFC 8446, 5.1).
const TLS_HANDSHAKE: u8 = 22;
/// What is read of a request that is not encrypted, before it is answered.
const PLAIN_LIMIT: usize = 16 * 1024;

/// A connection that counts as long as it is open, also when it has become a socket of events.
struct Counted {
    stream: TcpStream,
    _connection: Arc<Connection>,
}

/// Takes connections until `stopping` is cancelled; then the calls under way have a moment to end.
pub async fn serve(
    listener: TcpListener,
    tls: TlsAcceptor,
    router: Router,
    times: Times,
    stopping: CancellationToken,
) {
    let connections = Connections::default();
    let tasks = TaskTracker::new();
    let aborting = CancellationToken::new();
    loop {
        let accepted = tokio::select! {
            () = stopping.cancelled() => break,
            accepted = listener.accept() => accepted,
        };
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                // The one that came has gone again, or there are no more file descriptors.
                tracing::debug!(%error, "a connection could not be taken");
                tokio::time::sleep(PAUSE).await;
                continue;
            }
        };
        let Some(connection) = connections.enter(peer.ip()).map(Arc::new) else {
            tracing::debug!(%peer, "too many connections");
            continue;
        };
        let (tls, router, stopping) = (tls.clone(), router.clone(), stopping.clone());
        let aborting = aborting.clone();
        tasks.spawn(async move {
            let taken = take(stream, peer, &connection, times, (tls, router, stopping));
            tokio::select! {
                () = connection.gives_way() => {}
                () = aborting.cancelled() => {}
                outcome = taken => {
                    // Whoever connects can make any of these happen.
                    if let Err(error) = outcome {
                        tracing::debug!(%peer, %error, "a connection broke off");
                    }
                }
            }
        });
    }
    drop(listener);
    tasks.close();
    if tokio::time::timeout(times.shutdown, tasks.wait()).await.is_err() {
        aborting.cancel();
        tasks.wait().await;
    }
}

async fn take(
    stream: TcpStream,
    peer: SocketAddr,
    connection: &Arc<Connection>,
    times: Times,
    (tls, router, stopping): (TlsAcceptor, Router, CancellationToken),
) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let agreed = async {
        let mut first = [0];
        if stream.peek(&mut first).await? == 0 {
            return Ok(None);
        }
        if first[0] != TLS_HANDSHAKE {
            answer_unencrypted(stream).await?;
            return Ok(None);
        }
        let counted = Counted {
            stream,
            _connection: Arc::clone(connection),
        };
        tls.accept(counted).await.map(Some)
    };
    let agreed = tokio::time::timeout(times.handshake, agreed)
        .await
        .unwrap_or_else(|_| Err(io::ErrorKind::TimedOut.into()));
    let Some(stream) = agreed? else {
        return Ok(());
    };
    let service = service_fn(|request: hyper::Request<Incoming>| {
        let mut request: Request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(peer));
        request.extensions_mut().insert(Arc::clone(connection));
        router.clone().oneshot(request)
    });
    let mut builder = http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(times.head);
    let mut serving = pin!(
        builder
            .serve_connection(TokioIo::new(stream), service)
            .with_upgrades()
    );
    tokio::select! {
        outcome = serving.as_mut() => return outcome.map_err(io::Error::other),
        () = stopping.cancelled() => serving.as_mut().graceful_shutdown(),
    }
    serving.await.map_err(io::Error::other)
}

/// Tells a browser or a person that this port wants HTTPS.
async fn answer_unencrypted(mut stream: TcpStream) -> io::Result<()> {
    const SENTENCE: &str = "Flotilla is served over HTTPS: begin the address with https://\n";
    // Read to its end: what is left unread would turn the answer into a broken connection.
    let mut head = Vec::new();
    while !head.windows(4).any(|end| end == b"\r\n\r\n") && head.len() < PLAIN_LIMIT {
        if stream.read_buf(&mut head).await? == 0 {
            break;
        }
    }
    let answer = format!(
        "HTTP/1.1 426 Upgrade Required\r\nUpgrade: TLS/1.2, HTTP/1.1\r\nConnection: Upgrade, close\r\n\
         Content-Type: text/plain; charset=utf-8\r\nContent-Length: {}\r\n\r\n{SENTENCE}",
        SENTENCE.len()
    );
    stream.write_all(answer.as_bytes()).await?;
    stream.shutdown().await
}

impl AsyncRead for Counted {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Counted {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.get_mut().stream).poll_write(context, bytes)
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_flush(context)
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_shutdown(context)
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        pieces: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.get_mut().stream).poll_write_vectored(context, pieces)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::routing::get;
    use rustls::pki_types::{PrivateKeyDer, ServerName};
    use rustls::{ClientConfig, RootCertStore, ServerConfig};
    use tokio_rustls::TlsConnector;
    use tokio_rustls::client::TlsStream;

    struct Running {
        address: SocketAddr,
        connector: TlsConnector,
        stopping: CancellationToken,
        task: tokio::task::JoinHandle<()>,
    }

    async fn running(times: Times) -> Running {
        let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).expect("a certificate");
        let certificate = made.cert.der().clone();
        let key = PrivateKeyDer::Pkcs8(made.signing_key.serialize_der().into());
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let server = ServerConfig::builder_with_provider(Arc::clone(&provider))
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_no_client_auth()
            .with_single_cert(vec![certificate.clone()], key)
            .expect("a server");
        let mut roots = RootCertStore::empty();
        roots.add(certificate).expect("a root");
        let client = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_root_certificates(roots)
            .with_no_client_auth();
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let router = Router::new().route("/", get(|| async { "here" }));
        let stopping = CancellationToken::new();
        let tls = TlsAcceptor::from(Arc::new(server));
        let task = tokio::spawn(serve(listener, tls, router, times, stopping.clone()));
        Running {
            address,
            connector: TlsConnector::from(Arc::new(client)),
            stopping,
            task,
        }
    }

    impl Running {
        async fn plain(&self) -> TcpStream {
            TcpStream::connect(self.address).await.expect("it listens")
        }

        async fn tls(&self) -> TlsStream<TcpStream> {
            let name = ServerName::try_from("localhost").expect("a name");
            self.connector
                .connect(name, self.plain().await)
                .await
                .expect("TLS")
        }
    }

    /// Sends, and gives everything that comes until the other side closes.
    async fn exchange(mut stream: impl AsyncRead + AsyncWrite + Unpin, bytes: &[u8]) -> String {
        stream.write_all(bytes).await.expect("sent");
        let mut answer = Vec::new();
        // Closed without the end of TLS being told is closed all the same.
        let _ = stream.read_to_end(&mut answer).await;
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// SEC-04: whoever is silent is closed, at whatever point: before TLS, after it, in the middle of a request, after one.
    #[tokio::test]
    async fn who_is_silent_is_closed() {
        let short = Duration::from_millis(300);
        let server = running(Times {
            handshake: short,
            head: short,
            shutdown: short,
        })
        .await;
        assert_eq!(exchange(server.plain().await, b"").await, "");
        assert_eq!(exchange(server.plain().await, &[TLS_HANDSHAKE, 3]).await, "");
        assert_eq!(exchange(server.tls().await, b"").await, "");
        for half in ["P", "PRI ", "GET / HT", "GET / HTTP/1.1\r\nHost: loc"] {
            let answer = exchange(server.tls().await, half.as_bytes()).await;
            assert!(
                answer.is_empty() || answer.starts_with("HTTP/1.1 408"),
                "{half}: {answer}"
            );
        }
        let answered = exchange(server.tls().await, b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n").await;
        assert!(
            answered.starts_with("HTTP/1.1 200") && answered.ends_with("here"),
            "{answered}"
        );
        server.stopping.cancel();
        server.task.await.expect("it ends");
    }

    /// SEC-06: HTTP/1.1 alone, and over TLS alone; whoever comes without reads a sentence.
    #[tokio::test]
    async fn other_protocols_are_not_spoken() {
        let server = running(Times::default()).await;
        let second = exchange(server.tls().await, b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n").await;
        assert!(second.is_empty() || second.starts_with("HTTP/1.1 4"), "{second}");
        let plain = exchange(server.plain().await, b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n").await;
        assert!(
            plain.starts_with("HTTP/1.1 426") && plain.contains("https://"),
            "{plain}"
        );
        server.stopping.cancel();
        server.task.await.expect("it ends");
    }
}
