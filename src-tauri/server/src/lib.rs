//! The shared workspace (ADM-30): the same command table over HTTPS, for browsers and for scripts.
//!
//! A session is a cookie no script can read. Every call must carry a header that a foreign page cannot send, and an
//! origin that is this server's. What the core decides is not decided again here.

mod interface;
mod limits;
mod routes;

use axum_server::Handle;
use axum_server::tls_rustls::RustlsConfig;
use flotilla_core::administration::types::Stage;
use flotilla_core::program::Program;
use flotilla_kernel::error::{ErrorCode, Outcome, Problem};
use flotilla_kernel::transfer::unwritable;
use hyper_util::rt::TokioTimer;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// How long open calls may take to end when the server stops.
const SHUTDOWN_TIME: Duration = Duration::from_secs(5);

/// How long the head of a request may take to come, and a connection nobody uses stays open.
const HEAD_TIME: Duration = Duration::from_secs(60);

/// A server that is listening.
pub struct Server {
    address: SocketAddr,
    fingerprint: String,
    handle: Handle<SocketAddr>,
    /// Ends what has become a line for events; a handle knows of answers only.
    stopping: CancellationToken,
    task: tokio::task::JoinHandle<std::io::Result<()>>,
}

impl Server {
    /// Serves `program` at `address` with the workspace's identity certificate. A workspace without an account is not
    /// shared: whoever came first would be its administrator.
    ///
    /// # Errors
    /// `workspace.locked`, `workspace.has-no-account`, `file.unwritable` when the address cannot be used.
    pub async fn start(program: Program, address: SocketAddr) -> Outcome<Self> {
        let workspace = program.workspace().await?;
        if flotilla_core::administration::commands::stage(&workspace).await? == Stage::FirstStart {
            return Err(ErrorCode::WorkspaceHasNoAccount.into());
        }
        let identity = flotilla_core::certificates::identity(&workspace).await?;
        let (configuration, fingerprint) = tls(&identity)?;
        let listener = TcpListener::bind(address).map_err(unwritable)?;
        listener.set_nonblocking(true).map_err(unwritable)?;
        let address = listener.local_addr().map_err(unwritable)?;
        let handle = Handle::new();
        let stopping = workspace.stopping().child_token();
        let router = routes::router(program, stopping.clone());
        let mut server =
            axum_server::from_tcp_rustls(listener, RustlsConfig::from_config(Arc::new(configuration)))
                .map_err(unwritable)?
                .map(|tls| tls.acceptor(limits::Door::default()));
        server
            .http_builder()
            .http1()
            .timer(TokioTimer::new())
            .header_read_timeout(HEAD_TIME);
        let service = router.into_make_service_with_connect_info::<SocketAddr>();
        let task = tokio::spawn(server.handle(handle.clone()).serve(service));
        Ok(Self {
            address,
            fingerprint,
            handle,
            stopping,
            task,
        })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// SHA-256 of its certificate, for whoever connects the first time.
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    /// Stops: no new calls, the open ones end.
    pub async fn stop(self) {
        self.stopping.cancel();
        self.handle.graceful_shutdown(Some(SHUTDOWN_TIME));
        match self.task.await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::warn!(%error, "the server ended with an error"),
            Err(error) => tracing::warn!(%error, "the server broke off"),
        }
    }
}

fn tls(identity: &flotilla_core::certificates::types::Identity) -> Outcome<(rustls::ServerConfig, String)> {
    use rustls::pki_types::pem::PemObject;
    use rustls::pki_types::{CertificateDer, PrivateKeyDer};
    let certificates = CertificateDer::pem_slice_iter(identity.certificate_pem.as_bytes())
        .collect::<Result<Vec<_>, _>>()
        .map_err(|error| Problem::internal(error.to_string()))?;
    let key = PrivateKeyDer::from_pem_slice(identity.key_pem.expose().as_bytes())
        .map_err(|error| Problem::internal(error.to_string()))?;
    let fingerprint = certificates
        .first()
        .map(|first| flotilla_core::Fingerprint::of(first).to_string())
        .unwrap_or_default();
    let mut configuration =
        rustls::ServerConfig::builder_with_provider(Arc::new(rustls::crypto::aws_lc_rs::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(Problem::internal)?
            .with_no_client_auth()
            .with_single_cert(certificates, key)
            .map_err(Problem::internal)?;
    configuration.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok((configuration, fingerprint))
}
