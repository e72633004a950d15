//! The shared workspace (ADM-30): the same command table over HTTPS, for browsers and for scripts.
//!
//! A session is a cookie no script can read. Every call must carry a header that a foreign page cannot send, and an
//! origin that is this server's. What the core decides is not decided again here.

mod connections;
mod interface;
mod limits;
mod listener;
mod names;
mod routes;

use flotilla_core::administration::types::Stage;
use flotilla_core::program::Program;
use flotilla_kernel::error::{ErrorCode, Outcome, Problem};
use listener::Times;
use names::Names;
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_util::sync::CancellationToken;

/// A server that is listening.
pub struct Server {
    address: SocketAddr,
    fingerprint: String,
    stopping: CancellationToken,
    task: tokio::task::JoinHandle<()>,
}

impl Server {
    /// Serves `program` at `address` with the workspace's identity certificate, to who asks for an address, a name of this
    /// machine, or one of `names`. A workspace without an account is not
    /// shared: whoever came first would be its administrator.
    ///
    /// # Errors
    /// `workspace.locked`, `workspace.has-no-account`, `host.address-in-use`, `host.address-unusable`.
    pub async fn start(program: Program, address: SocketAddr, names: &[String]) -> Outcome<Self> {
        let workspace = program.workspace().await?;
        if flotilla_core::administration::commands::stage(&workspace).await? == Stage::FirstStart {
            return Err(ErrorCode::WorkspaceHasNoAccount.into());
        }
        let identity = flotilla_core::certificates::identity(&workspace).await?;
        let (configuration, fingerprint) = tls(&identity)?;
        raise_file_limit();
        let listener = TcpListener::bind(address)
            .await
            .map_err(|error| not_bound(error, address))?;
        let address = listener.local_addr().map_err(|error| not_bound(error, address))?;
        let stopping = workspace.stopping().child_token();
        let router = routes::router(program, Names::new(names), stopping.clone());
        let tls = TlsAcceptor::from(Arc::new(configuration));
        let task = tokio::spawn(listener::serve(
            listener,
            tls,
            router,
            Times::default(),
            stopping.clone(),
        ));
        Ok(Self {
            address,
            fingerprint,
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
        if let Err(error) = self.task.await {
            tracing::warn!(%error, "the server broke off");
        }
    }
}

/// Each connection is an open file.
#[cfg(unix)]
fn raise_file_limit() {
    if let Err(error) = rlimit::increase_nofile_limit(connections::OF_ALL as u64 + 1_024) {
        tracing::warn!(%error, "fewer connections than allowed can be open at once");
    }
}
#[cfg(not(unix))]
fn raise_file_limit() {}

/// Why an address cannot be listened at.
fn not_bound(error: std::io::Error, address: SocketAddr) -> Problem {
    let problem = |code| Problem::new(code).with("address", address.to_string());
    // That it is in use says everything; nobody needs to look for a cause in the log.
    if error.kind() == std::io::ErrorKind::AddrInUse {
        problem(ErrorCode::AddressInUse)
    } else {
        problem(ErrorCode::AddressUnusable).caused_by(error)
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
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let mut configuration =
        rustls::ServerConfig::builder_with_details(provider, Arc::new(flotilla_core::WallClock))
            .with_safe_default_protocol_versions()
            .map_err(Problem::internal)?
            .with_no_client_auth()
            .with_single_cert(certificates, key)
            .map_err(Problem::internal)?;
    configuration.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok((configuration, fingerprint))
}
