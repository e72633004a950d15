//! One contact by a connection: how it is dialled, what it read, and what it met.

use super::rules::{status_of, status_of_device};
use super::tries::{self, By};
use super::types::{CertificateView, ConnectionKind, ConnectionPreferences, ConnectivityStatus, ProxyChoice};
use flotilla_connectors::ip_office::{self, Again, Answers, Contact, SolutionReading};
use flotilla_connectors::secret::Secret;
use flotilla_connectors::vapix::{self, Transport};
use flotilla_connectors::{Certificate, Dialer, Endpoint, Fingerprint, Proxy, Refusal, Trust};
use flotilla_kernel::clock::{Time, days, minutes};
use flotilla_kernel::error::{ErrorCode, Outcome, Problem};
use flotilla_kernel::ids::AccountId;
use flotilla_kernel::workspace::Workspace;
use parking_lot::Mutex;
use sha2::{Digest, Sha256};
use std::collections::{HashMap, VecDeque};
use std::time::Duration;

/// What is needed to reach something.
#[derive(Debug, Clone, PartialEq)]
pub struct Target {
    /// Which protocol is spoken.
    pub kind: ConnectionKind,
    /// Host and port.
    pub endpoint: Endpoint,
    /// The name of the service user that signs in.
    pub user_name: String,
    /// The password of the service user.
    pub password: Secret,
    /// The proxy it is reached through (CUS-15).
    pub proxy: ProxyChoice,
    /// The certificate that is believed; none: the first one met has to be shown to a person (CUS-11).
    pub pin: Option<Fingerprint>,
}

/// What a device says it is (DEV-03).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeviceReading {
    /// What it is known by.
    pub serial: String,
    /// The model, as `ProdNbr` or the like names it.
    pub model: String,
    /// Its full product name.
    pub name: String,
    /// Of its firmware.
    pub version: String,
    /// The certificate it was believed by.
    pub certificate: Certificate,
}

/// What was read by a connection, of each kind.
#[derive(Debug, Clone, PartialEq)]
pub enum Reading {
    /// A telephone solution with all its systems (IPO-02).
    Solution(SolutionReading),
    /// One device (VPX-06).
    Device(DeviceReading),
}

impl Reading {
    /// How many systems it tells of.
    pub fn systems(&self) -> usize {
        match self {
            Self::Solution(solution) => solution.systems.len(),
            Self::Device(_) => 1,
        }
    }

    /// The version of the primary, or of the device.
    pub fn version(&self) -> &str {
        match self {
            Self::Solution(solution) => solution.systems.first().map_or("", |system| &system.version),
            Self::Device(device) => &device.version,
        }
    }

    /// The certificate it was believed by.
    pub fn certificate(&self) -> &Certificate {
        match self {
            Self::Solution(solution) => &solution.certificate,
            Self::Device(device) => &device.certificate,
        }
    }
}

/// What a contact came to.
#[derive(Debug, Clone)]
pub struct ProbeResult {
    /// How the contact ended (CUS-03).
    pub status: ConnectivityStatus,
    /// What the network said, for the person who mends it.
    pub detail: String,
    /// The certificate that was met; none: there was no TLS handshake.
    pub certificate: Option<Certificate>,
    /// What was read; none: the contact did not come so far.
    pub reading: Option<Reading>,
    /// By what the next poll of a solution tells that nothing has changed.
    pub answers: Option<Answers>,
}

impl ProbeResult {
    /// A digest over everything that can change between two polls, for *unchanged* (CUS-40). The day belongs to it:
    /// what a reading means for alarms depends on the date.
    pub fn digest(&self, now: Time) -> [u8; 32] {
        let mut hash = Sha256::new();
        hash.update(day(now).to_le_bytes());
        let mut text = |text: &str| {
            hash.update((text.len() as u64).to_le_bytes());
            hash.update(text.as_bytes());
        };
        text(&format!("{:?}", self.status));
        text(&self.detail);
        if let Some(certificate) = &self.certificate {
            text(&certificate.fingerprint.to_string());
        }
        match &self.reading {
            None => {}
            Some(Reading::Device(device)) => {
                for value in [&device.serial, &device.model, &device.name, &device.version] {
                    text(value);
                }
            }
            Some(Reading::Solution(reading)) => {
                for value in [&reading.provider, &reading.reseller, &reading.profile] {
                    text(value.as_deref().unwrap_or("\0"));
                }
                for system in &reading.systems {
                    for value in [
                        &system.name,
                        &system.address,
                        &system.version,
                        &system.identity,
                        &system.edition,
                    ] {
                        text(value);
                    }
                    text(&format!("{:?}{}", system.role, system.running));
                    for service in &system.services {
                        text(&service.name);
                        text(&service.version);
                        text(if service.running { "1" } else { "0" });
                    }
                }
                for licence in &reading.licences {
                    text(&licence.licence_type);
                    text(&format!(
                        "{} {} {:?} {}",
                        licence.quantity, licence.free, licence.expires, licence.valid
                    ));
                }
            }
        }
        hash.finalize().into()
    }
}

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

/// Connects to a target, reads what it is and leaves again (IPO-01 to IPO-04, VPX-06, VPX-08). Devices are asked for as long as
/// tries are left (DEV-02).
pub async fn probe(workspace: &Workspace, target: &Target, by: By) -> ProbeResult {
    let (dialer, trust) = match dialer_for(workspace, target) {
        Ok(found) => found,
        Err(result) => return *result,
    };
    match target.kind {
        ConnectionKind::IpOffice => {
            let (endpoint, user, password) = (&target.endpoint, &target.user_name, &target.password);
            solution(ip_office::contact(&dialer, endpoint, &trust, user, password).await)
        }
        ConnectionKind::Device => device(workspace, &dialer, &trust, (target, by)).await,
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
    let (endpoint, user, password) = (&target.endpoint, &target.user_name, &target.password);
    match ip_office::contact_again(&dialer, endpoint, &trust, user, password, known).await {
        Again::Same => None,
        Again::Other(contact) => Some(solution(*contact)),
    }
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

fn solution(contact: Contact) -> ProbeResult {
    let (status, detail) = status_of(&contact.outcome);
    let met = match &contact.outcome {
        Err(Refusal::CertificateChanged(certificate) | Refusal::CertificateNotTrusted(certificate)) => {
            Some((**certificate).clone())
        }
        _ => contact.certificate,
    };
    ProbeResult {
        status,
        detail,
        certificate: met,
        reading: contact.outcome.ok().map(Reading::Solution),
        answers: contact.answers,
    }
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

/// Reads a device: what it is, and whether the credentials are good.
async fn device(
    workspace: &Workspace,
    dialer: &Dialer,
    trust: &Trust,
    (target, by): (&Target, By),
) -> ProbeResult {
    let (found, met) = match vapix::Client::new(dialer, &target.endpoint, trust, Transport::Https) {
        Ok(client) => read_device(workspace, client, (target, by)).await,
        Err(failure) => (Err(NotRead::Failure(failure)), None),
    };
    let outcome = found.and_then(|info| {
        // Without an identity nobody could tell it from another one; without a certificate nothing was read.
        let nothing = || NotRead::Failure(vapix::Failure::NotThisProtocol);
        let serial = info.serial_number.ok_or_else(nothing)?;
        let certificate = met.clone().ok_or_else(nothing)?;
        Ok(DeviceReading {
            serial: serial.as_str().to_owned(),
            model: info.product_number.or(info.short_name).unwrap_or_default(),
            name: info.full_name.unwrap_or_default(),
            version: info.version.unwrap_or_default(),
            certificate,
        })
    });
    match outcome {
        Ok(reading) => ProbeResult {
            status: ConnectivityStatus::Success,
            detail: String::new(),
            certificate: met,
            reading: Some(Reading::Device(reading)),
            answers: None,
        },
        Err(NotRead::NotAsked(problem)) => ProbeResult {
            status: ConnectivityStatus::AuthorizationFailed,
            detail: problem.code.code().to_owned(),
            certificate: met,
            reading: None,
            answers: None,
        },
        Err(NotRead::Failure(failure)) => {
            let (status, detail) = status_of_device(&failure);
            let refused = match failure {
                vapix::Failure::CertificateChanged(certificate)
                | vapix::Failure::CertificateNotTrusted(certificate) => Some(*certificate),
                _ => None,
            };
            ProbeResult {
                status,
                detail,
                certificate: refused.or(met),
                reading: None,
                answers: None,
            }
        }
    }
}

/// Why a device was not read.
enum NotRead {
    /// As it or the network says.
    Failure(vapix::Failure),
    /// It was not asked for credentials: no try is left, or how many are left cannot be read.
    NotAsked(Problem),
}

impl From<vapix::Failure> for NotRead {
    fn from(failure: vapix::Failure) -> Self {
        Self::Failure(failure)
    }
}

/// First without credentials, which are sent only to what speaks the protocol and has an account (VPX-02). With the
/// certificate that was met.
async fn read_device(
    workspace: &Workspace,
    client: vapix::Client,
    (target, by): (&Target, By),
) -> (Result<vapix::DeviceInfo, NotRead>, Option<Certificate>) {
    let found = client.probe().await;
    let met = client.certificate();
    match found {
        Ok(probe) if probe.needs_setup => return (Err(vapix::Failure::NeedsSetup.into()), met),
        Ok(_) => {}
        Err(failure) => return (Err(failure.into()), met),
    }
    // Kept until how it ended is counted.
    let _attempt = match tries::begin(workspace, &target.endpoint, by).await {
        Ok(attempt) => attempt,
        Err(problem) => return (Err(NotRead::NotAsked(problem)), met),
    };
    let client = client.with_credentials(&target.user_name, &target.password);
    let proven = match client.prove_credentials().await {
        // Devices without the old interface prove the credentials by the identity that only accounts may read.
        Err(vapix::Failure::NotOffered) => client.device_info().await,
        proven => proven,
    };
    let counted = match &proven {
        Err(vapix::Failure::CredentialsRefused) => tries::note(workspace, &target.endpoint).await,
        Ok(_) => tries::note_acceptance(workspace, &target.endpoint).await,
        Err(_) => Ok(()),
    };
    if let Err(problem) = counted {
        tracing::error!(%problem, "how a try to sign in ended was not counted");
    }
    (proven.map_err(NotRead::Failure), client.certificate().or(met))
}

/// The day an instant belongs to, for what is looked at anew every day.
pub fn day(now: Time) -> i64 {
    now.0.div_euclid(days(1))
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
