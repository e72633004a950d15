//! Contact with a customer's primary system: the dialers, one test, and what it met.

use super::rules::status_of;
use super::types::{ConnectionPreferences, CertificateView, ConnectivityStatus, ProxyChoice};
use flotilla_kernel::clock::{Time, days, minutes};
use flotilla_kernel::ids::AccountId;
use flotilla_kernel::error::{ErrorCode, Outcome, Problem};
use flotilla_kernel::workspace::Workspace;
use flotilla_connectors::ip_office::{self, Again, Answers, Contact, SolutionReading};
use flotilla_connectors::secret::Secret;
use flotilla_connectors::{Certificate, Dialer, Endpoint, Fingerprint, Proxy, Refusal, Trust};
use parking_lot::Mutex;
use sha2::{Digest, Sha256};
use std::collections::{HashMap, VecDeque};
use std::time::Duration;

/// What is needed to reach a customer.
#[derive(Debug, Clone, PartialEq)]
pub struct Target {
    pub endpoint: Endpoint,
    pub user_name: String,
    pub password: Secret,
    pub proxy: ProxyChoice,
    /// The certificate that is believed; none: the first one met has to be shown to a person (CUS-11).
    pub pin: Option<Fingerprint>,
}

/// What a contact came to.
#[derive(Debug, Clone)]
pub struct Tested {
    pub status: ConnectivityStatus,
    /// What the network said, for the person who mends it.
    pub detail: String,
    pub certificate: Option<Certificate>,
    pub reading: Option<SolutionReading>,
    /// By what the next poll tells that nothing has changed.
    pub answers: Option<Answers>,
}

impl Tested {
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
        if let Some(reading) = &self.reading {
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
        hash.finalize().into()
    }
}

/// One dialer for each way out; and the tests whose results may still be saved.
#[derive(Default)]
pub struct Dialers {
    by_way: Mutex<HashMap<String, Dialer>>,
    proofs: Mutex<VecDeque<Proof>>,
}

/// A successful test that may still be saved.
struct Proof {
    id: String,
    /// Who made it, and when; nobody else saves it, and not for long: what it read is stored as the present state.
    account: AccountId,
    at: Time,
    target: Target,
    tested: Tested,
}

/// So long a test may be saved.
const PROOF_LIFETIME: i64 = minutes(15);

/// So many tests are remembered for a save that follows.
const PROOFS: usize = 256;

/// So long the end of the program waits for systems to sign out of.
const FAREWELL: Duration = Duration::from_secs(3);

impl Dialers {
    /// Waits, not for long, until nobody's session is left open at a system.
    pub async fn farewell(&self) {
        let dialers: Vec<Dialer> = self.by_way.lock().values().cloned().collect();
        futures_util::future::join_all(dialers.iter().map(|dialer| dialer.farewell(FAREWELL))).await;
    }

    fn dialer(&self, choice: &ProxyChoice) -> Outcome<Dialer> {
        let key = serde_json::to_string(choice).map_err(Problem::internal)?;
        if let Some(dialer) = self.by_way.lock().get(&key) {
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
        self.by_way.lock().insert(key, dialer.clone());
        Ok(dialer)
    }

    /// Remembers a test, so that a save can prove that exactly this connection was tried.
    ///
    /// # Errors
    /// When the operating system gives no randomness.
    pub fn remember(&self, account: AccountId, target: Target, tested: Tested, now: Time) -> Outcome<String> {
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
            tested,
        });
        Ok(id)
    }

    /// The test behind a proof, if this account made it lately, of this target (whatever certificate is pinned).
    pub fn proven(&self, account: AccountId, id: &str, target: &Target, now: Time) -> Option<Tested> {
        let proofs = self.proofs.lock();
        proofs
            .iter()
            .find(|proof| {
                let tried = &proof.target;
                proof.id == id
                    && proof.account == account
                    && proof.holds(now)
                    && tried.endpoint == target.endpoint
                    && tried.user_name == target.user_name
                    && tried.password == target.password
                    && tried.proxy == target.proxy
            })
            .map(|proof| proof.tested.clone())
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

/// Connects to a target, reads its solution and leaves again (IPO-01 to IPO-04).
pub async fn test(workspace: &Workspace, target: &Target) -> Tested {
    let (dialer, trust) = match way(workspace, target) {
        Ok(way) => way,
        Err(tested) => return *tested,
    };
    let (endpoint, user, password) = (&target.endpoint, &target.user_name, &target.password);
    let contact = ip_office::contact(&dialer, endpoint, &trust, user, password).await;
    tested(contact)
}

/// As [`test`], of a target that was read before. None: it answers as it did then.
pub async fn test_again(workspace: &Workspace, target: &Target, known: &Answers) -> Option<Tested> {
    let (dialer, trust) = match way(workspace, target) {
        Ok(way) => way,
        Err(tested) => return Some(*tested),
    };
    let (endpoint, user, password) = (&target.endpoint, &target.user_name, &target.password);
    match ip_office::contact_again(&dialer, endpoint, &trust, user, password, known).await {
        Again::Same => None,
        Again::Other(contact) => Some(tested(*contact)),
    }
}

/// The proxy a choice comes to.
pub fn way_out(workspace: &Workspace, choice: &ProxyChoice) -> ProxyChoice {
    match choice {
        ProxyChoice::Workspace => workspace.preferences::<ConnectionPreferences>().proxy.clone(),
        other => other.clone(),
    }
}

/// The dialer for a target, and what is believed of it; or what a test comes to when there is no way.
fn way(workspace: &Workspace, target: &Target) -> Result<(Dialer, Trust), Box<Tested>> {
    let way = way_out(workspace, &target.proxy);
    let dialer = match workspace.state::<crate::customers::contact::Dialers>().dialer(&way) {
        Ok(dialer) => dialer,
        Err(problem) => {
            return Err(Box::new(Tested {
                status: ConnectivityStatus::Unreachable,
                detail: problem.code.code().to_owned(),
                certificate: None,
                reading: None,
                answers: None,
            }));
        }
    };
    let trust = Trust {
        pin: target.pin,
        ..Trust::default()
    };
    Ok((dialer, trust))
}

fn tested(contact: Contact) -> Tested {
    let (status, detail) = status_of(&contact.outcome);
    let met = match &contact.outcome {
        Err(Refusal::CertificateChanged(certificate) | Refusal::CertificateNotTrusted(certificate)) => {
            Some((**certificate).clone())
        }
        _ => contact.certificate,
    };
    Tested {
        status,
        detail,
        certificate: met,
        reading: contact.outcome.ok(),
        answers: contact.answers,
    }
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
