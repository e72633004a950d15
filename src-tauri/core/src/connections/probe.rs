//! One contact by a connection: how it is dialled, and the tests whose results may be saved.

use super::readers;
pub use super::reading::{DeviceReading, ProbeResult, Reading, Target, day};
use super::tries::By;
use super::types::{CertificateView, ConnectionKind, ConnectionPreferences, ConnectivityStatus, ProxyChoice};
use flotilla_connectors::ip_office::Answers;
use flotilla_connectors::vapix::{self, Transport};
use flotilla_connectors::{Certificate, Dialer, Endpoint, Proxy, Trust};
use flotilla_kernel::clock::{Time, minutes};
use flotilla_kernel::error::{ErrorCode, Outcome, Problem};
use flotilla_kernel::ids::AccountId;
use flotilla_kernel::workspace::Workspace;
use parking_lot::Mutex;
use std::collections::{HashMap, VecDeque};
use std::time::Duration;

/// One dialer for each proxy; and the tests whose results may still be saved.
#[derive(Default)]
pub struct Dialers {
    by_proxy: Mutex<HashMap<String, Dialer>>,
    proofs: Mutex<VecDeque<Proof>>,
}

/// A successful test that may still be saved.
struct Proof {
    id: String,
    /// Who made it, and when; nobody else saves it, and not for long: what it read is stored as the present state.
    account: AccountId,
    at: Time,
    target: Target,
    result: ProbeResult,
}

/// So long a test may be saved.
const PROOF_LIFETIME: i64 = minutes(15);

/// So many tests are remembered for a save that follows.
const PROOFS: usize = 256;

/// So long the end of the program waits for systems to sign out of.
const SHUTDOWN: Duration = Duration::from_secs(3);

impl Dialers {
    /// Waits, not for long, until nobody's session is left open at a system.
    pub async fn shut_down(&self) {
        let dialers: Vec<Dialer> = self.by_proxy.lock().values().cloned().collect();
        futures_util::future::join_all(dialers.iter().map(|dialer| dialer.shut_down(SHUTDOWN))).await;
    }

    fn dialer(&self, choice: &ProxyChoice) -> Outcome<Dialer> {
        let key = serde_json::to_string(choice).map_err(Problem::internal)?;
        if let Some(dialer) = self.by_proxy.lock().get(&key) {
            return Ok(dialer.clone());
        }
        let endpoint = |host: &str, port: i64| {
            u16::try_from(port)
                .ok()
                .and_then(|port| Endpoint::parse(host, port).ok())
                .ok_or_else(|| Problem::new(ErrorCode::FieldNotAnAddress))
        };
        let proxy = match choice {
            ProxyChoice::Workspace | ProxyChoice::Direct => None,
            ProxyChoice::HttpConnect { host, port } => Some(Proxy::HttpConnect {
                endpoint: endpoint(host, *port)?,
                user: None,
            }),
            ProxyChoice::Socks5 { host, port } => Some(Proxy::Socks5 {
                endpoint: endpoint(host, *port)?,
                user: None,
            }),
        };
        let dialer = Dialer::new(proxy);
        self.by_proxy.lock().insert(key, dialer.clone());
        Ok(dialer)
    }

    /// Remembers a test, so that a save can prove that exactly this connection was tried.
    ///
    /// # Errors
    /// When the operating system gives no randomness.
    pub fn remember(
        &self,
        account: AccountId,
        target: Target,
        result: ProbeResult,
        now: Time,
    ) -> Outcome<String> {
        let mut bytes = [0_u8; 16];
        getrandom::fill(&mut bytes).map_err(Problem::internal)?;
        let id = hex::encode(bytes);
        let mut proofs = self.proofs.lock();
        proofs.retain(|proof| proof.holds(now));
        if proofs.len() >= PROOFS {
            proofs.pop_front();
        }
        proofs.push_back(Proof {
            id: id.clone(),
            account,
            at: now,
            target,
            result,
        });
        Ok(id)
    }

    /// The test behind a proof, if this account made it lately, of this target (whatever certificate is pinned).
    pub fn proven(&self, account: AccountId, id: &str, target: &Target, now: Time) -> Option<ProbeResult> {
        let proofs = self.proofs.lock();
        proofs
            .iter()
            .find(|proof| {
                let tried = &proof.target;
                proof.id == id
                    && proof.account == account
                    && proof.holds(now)
                    && tried.kind == target.kind
                    && tried.endpoint == target.endpoint
                    && tried.user_name == target.user_name
                    && tried.password == target.password
                    && tried.proxy == target.proxy
            })
            .map(|proof| proof.result.clone())
    }

    /// A proof that was saved is none any more.
    pub fn forget(&self, id: &str) {
        self.proofs.lock().retain(|proof| proof.id != id);
    }
}

impl Proof {
    fn holds(&self, now: Time) -> bool {
        (0..PROOF_LIFETIME).contains(&now.since(self.at))
    }
}

/// Connects to a target, reads what it is and leaves again (IPO-01 to IPO-04, VPX-06, VPX-08, PRO-01). Devices and video servers are
/// asked for as long as tries are left (DEV-02).
pub async fn probe(workspace: &Workspace, target: &Target, by: By) -> ProbeResult {
    let (dialer, trust) = match dialer_for(workspace, target) {
        Ok(found) => found,
        Err(result) => return *result,
    };
    match target.kind {
        ConnectionKind::IpOffice => readers::solution(&dialer, &trust, target).await,
        ConnectionKind::Device => readers::device(workspace, &dialer, &trust, (target, by)).await,
        ConnectionKind::VideoServer => readers::video_server(workspace, &dialer, &trust, (target, by)).await,
    }
}

/// As [`probe`], of a target that was read before. None: it answers as it did then.
pub async fn probe_again(
    workspace: &Workspace,
    (target, by): (&Target, By),
    known: &Answers,
) -> Option<ProbeResult> {
    if target.kind != ConnectionKind::IpOffice {
        return Some(probe(workspace, target, by).await);
    }
    let (dialer, trust) = match dialer_for(workspace, target) {
        Ok(found) => found,
        Err(result) => return Some(*result),
    };
    readers::solution_again(&dialer, &trust, target, known).await
}

/// The proxy a choice comes to.
pub fn effective_proxy(workspace: &Workspace, choice: &ProxyChoice) -> ProxyChoice {
    match choice {
        ProxyChoice::Workspace => workspace.preferences::<ConnectionPreferences>().proxy.clone(),
        other => other.clone(),
    }
}

/// The dialer by the workspace's own proxy, for what is no connection.
///
/// # Errors
/// `test-clock.no-contact`; `field.not-an-address` when the proxy cannot be used.
pub fn workspace_dialer(workspace: &Workspace) -> Outcome<Dialer> {
    if workspace.test_clock {
        return Err(ErrorCode::TestClockNoContact.into());
    }
    let proxy = effective_proxy(workspace, &ProxyChoice::Workspace);
    workspace.state::<Dialers>().dialer(&proxy)
}

/// The dialer for a target, and what is trusted of it; or what a probe comes to when its proxy cannot be used.
fn dialer_for(workspace: &Workspace, target: &Target) -> Result<(Dialer, Trust), Box<ProbeResult>> {
    let proxy = effective_proxy(workspace, &target.proxy);
    let dialer = if workspace.test_clock {
        Err(Problem::new(ErrorCode::TestClockNoContact))
    } else {
        workspace.state::<Dialers>().dialer(&proxy)
    };
    let dialer = dialer.map_err(|problem| {
        Box::new(ProbeResult {
            status: ConnectivityStatus::Unreachable,
            detail: problem.code.code().to_owned(),
            certificate: None,
            reading: None,
            answers: None,
        })
    })?;
    let trust = Trust {
        pin: target.pin,
        ..Trust::default()
    };
    Ok((dialer, trust))
}

/// The way to the device of a target, and what is believed of it.
///
/// # Errors
/// `test-clock.no-contact`; `field.not-an-address` when the proxy cannot be used.
pub fn device_path(workspace: &Workspace, target: &Target) -> Outcome<(Dialer, Trust)> {
    if workspace.test_clock {
        return Err(ErrorCode::TestClockNoContact.into());
    }
    let proxy = effective_proxy(workspace, &target.proxy);
    let dialer = workspace.state::<Dialers>().dialer(&proxy)?;
    let trust = Trust {
        pin: target.pin,
        ..Trust::default()
    };
    Ok((dialer, trust))
}

/// A client for the device of a target, without its credentials.
///
/// # Errors
/// As [`device_path`]; an inner error when no TLS client can be made.
pub fn device_client(workspace: &Workspace, target: &Target) -> Outcome<vapix::Client> {
    let (dialer, trust) = device_path(workspace, target)?;
    vapix::Client::new(&dialer, &target.endpoint, &trust, Transport::Https).map_err(Problem::internal)
}

/// A certificate as it is shown (CUS-11).
pub fn view(certificate: &Certificate) -> CertificateView {
    CertificateView {
        sha256: certificate.fingerprint.to_string(),
        subject: certificate.subject.clone(),
        issuer: certificate.issuer.clone(),
        serial_number: certificate.serial_number.clone(),
        valid_from: Time::from(certificate.valid_from),
        valid_until: Time::from(certificate.valid_until),
        names: certificate.names.clone(),
        self_signed: certificate.self_signed,
    }
}
