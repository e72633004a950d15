//! The IP Office management API (IPO-01 to IPO-05), reading only.
//!
//! [`contact`] signs in, reads the whole solution through its primary, and signs out, always: also after an
//! error, and when the caller stops waiting. What a refusal means is decided by pure functions over status
//! and error code (CUS-03).
pub(crate) mod answer;
pub(crate) mod reading;
pub(crate) mod session;
#[cfg(test)]
mod tests;

pub use reading::{LicenceReading, Role, ServiceReading, SolutionReading, SystemReading};

use crate::Refusal;
use crate::dialer::{Channel, Dialer};
use crate::endpoint::Endpoint;
use crate::secret::Secret;
use crate::trust::{Certificate, Fingerprint, Trust};
use reading::{Grant, read_licence, read_systems};
use session::{Access, BodyDigest, Listed, Session};
use std::sync::Arc;

const SYSTEMS: &str = "/WebManagement/ws/sdk/admin/v1/systems";
const LICENCES: &str = "/WebManagement/ws/sdk/admin/v1/licenses";
const MOST_LICENCES: usize = 10_000;

/// How a contact ended, with the certificate that was met on the way, if it came that far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// The solution, or why it could not be read.
    pub outcome: Result<SolutionReading, Refusal>,
    /// Present whenever TLS got as far as a certificate, accepted or not (CUS-11).
    pub certificate: Option<Certificate>,
    /// What was answered, for [`contact_again`]; none when the solution could not be read.
    pub answers: Option<Answers>,
}

/// By what a later contact tells that a solution says the same again, without reading it once more (CUS-40).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answers {
    grant: Grant,
    certificate: Fingerprint,
    systems: BodyDigest,
    licences: BodyDigest,
}

/// A contact with a solution that was read before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Again {
    /// It was asked everything, and says what it said then.
    Same,
    /// It says something else, or nothing.
    Other(Box<Contact>),
}

/// Reads a solution through its primary (IPO-01 to IPO-04, CUS-41); the certificate comes along in any case.
pub async fn contact(
    dialer: &Dialer,
    endpoint: &Endpoint,
    trust: &Trust,
    user: &str,
    password: &Secret,
) -> Contact {
    match contact_unless(dialer, endpoint, trust, user, password, None).await {
        Some(contact) => contact,
        None => Contact {
            outcome: Err(Refusal::Failed),
            certificate: None,
            answers: None,
        },
    }
}

/// As [`contact`], for a solution that was read before: asks it everything, and reads the answers only where they are
/// not those `known`.
pub async fn contact_again(
    dialer: &Dialer,
    endpoint: &Endpoint,
    trust: &Trust,
    user: &str,
    password: &Secret,
    known: &Answers,
) -> Again {
    let contact = contact_unless(dialer, endpoint, trust, user, password, Some(known)).await;
    contact.map_or(Again::Same, |contact| Again::Other(Box::new(contact)))
}

/// None: it says what is known.
async fn contact_unless(
    dialer: &Dialer,
    endpoint: &Endpoint,
    trust: &Trust,
    user: &str,
    password: &Secret,
    known: Option<&Answers>,
) -> Option<Contact> {
    let channel = match dialer.channel(endpoint, trust) {
        Ok(channel) => channel,
        Err(error) => {
            return Some(Contact {
                outcome: Err(error.into()),
                certificate: None,
                answers: None,
            });
        }
    };
    let (outcome, answers) = match read_through(&channel, endpoint, user, password, known).await {
        Ok(Read::Same) => return None,
        Ok(Read::Solution(reading, answers)) => (Ok(*reading), Some(answers)),
        Err(refusal) => (Err(refusal), None),
    };
    let certificate = match &outcome {
        Err(Refusal::CertificateChanged(met) | Refusal::CertificateNotTrusted(met)) => Some((**met).clone()),
        Ok(reading) => Some(reading.certificate.clone()),
        Err(_) => channel.certificate().map(|met| (*met).clone()),
    };
    Some(Contact {
        outcome,
        certificate,
        answers,
    })
}

/// As [`contact`], for those who do not need the certificate of a refusal.
///
/// # Errors
/// One [`Refusal`] of CUS-03.
pub async fn read_solution(
    dialer: &Dialer,
    endpoint: &Endpoint,
    trust: &Trust,
    user: &str,
    password: &Secret,
) -> Result<SolutionReading, Refusal> {
    contact(dialer, endpoint, trust, user, password).await.outcome
}

enum Read {
    Same,
    Solution(Box<SolutionReading>, Answers),
}

async fn read_through(
    channel: &Arc<Channel>,
    endpoint: &Endpoint,
    user: &str,
    password: &Secret,
    known: Option<&Answers>,
) -> Result<Read, Refusal> {
    let access = Access::new(channel.clone(), endpoint, user, password).ok_or(Refusal::Failed)?;
    let mut session = access.sign_in().await?;
    let read = read_signed_in(&access, &mut session, known).await;
    session.sign_out().await;
    let (systems, licences) = read?;
    let certificate = channel.certificate().ok_or(Refusal::Failed)?;
    let grant = std::mem::take(&mut session.grant);
    let answers = Answers {
        grant,
        certificate: certificate.fingerprint,
        systems: systems.digest,
        licences: licences.digest,
    };
    if known == Some(&answers) {
        return Ok(Read::Same);
    }
    let grant = &answers.grant;
    let reading = SolutionReading {
        systems: read_systems(&systems.objects()?)?,
        licences: licences
            .objects()?
            .iter()
            .take(MOST_LICENCES)
            .filter_map(read_licence)
            .collect(),
        may_upgrade: grant.may_upgrade,
        certificate: (*certificate).clone(),
        provider: grant.provider.clone(),
        reseller: grant.reseller.clone(),
        profile: grant.profile.clone(),
    };
    Ok(Read::Solution(Box::new(reading), answers))
}

async fn read_signed_in(
    access: &Arc<Access>,
    session: &mut Session,
    known: Option<&Answers>,
) -> Result<(Listed, Listed), Refusal> {
    let mut may_sign_in_again = true;
    let expected = known.map(|known| known.systems);
    let systems = access
        .list(session, SYSTEMS, &mut may_sign_in_again, expected)
        .await?;
    let expected = known.map(|known| known.licences);
    let licences = access
        .list(session, LICENCES, &mut may_sign_in_again, expected)
        .await?;
    Ok((systems, licences))
}
