//! The readers, one for each kind of connection: what is asked of it, and what the answers come to. A kind is added here.

use super::reading::{DeviceReading, ProbeResult, Reading, Target};
use super::rules::{status_of_device, status_of_refusal, status_of_solution};
use super::tries::{self, By};
use super::types::ConnectivityStatus;
use flotilla_connectors::ip_office::{self, Again, Answers, Contact};
use flotilla_connectors::vapix::{self, Transport};
use flotilla_connectors::video_server::{self, VideoServerReading};
use flotilla_connectors::{Certificate, Dialer, Refusal, Trust};
use flotilla_kernel::error::Problem;
use flotilla_kernel::workspace::Workspace;

/// Reads a telephone solution through its primary (IPO-01 to IPO-04).
pub async fn solution(dialer: &Dialer, trust: &Trust, target: &Target) -> ProbeResult {
    let (endpoint, user, password) = (&target.endpoint, &target.user_name, &target.password);
    solution_result(ip_office::contact(dialer, endpoint, trust, user, password).await)
}

/// As [`solution`], of one that was read before. None: it answers as it did then.
pub async fn solution_again(
    dialer: &Dialer,
    trust: &Trust,
    target: &Target,
    known: &Answers,
) -> Option<ProbeResult> {
    let (endpoint, user, password) = (&target.endpoint, &target.user_name, &target.password);
    match ip_office::contact_again(dialer, endpoint, trust, user, password, known).await {
        Again::Same => None,
        Again::Other(contact) => Some(solution_result(*contact)),
    }
}

fn solution_result(contact: Contact) -> ProbeResult {
    let (status, detail) = status_of_solution(&contact.outcome);
    ProbeResult {
        status,
        detail,
        certificate: shown(contact.outcome.as_ref().err(), contact.certificate),
        reading: contact.outcome.ok().map(Reading::Solution),
        answers: contact.answers,
    }
}

/// The certificate to be shown to a person: the one that was not believed, else the one that was met.
fn shown(refusal: Option<&Refusal>, met: Option<Certificate>) -> Option<Certificate> {
    match refusal {
        Some(Refusal::CertificateChanged(certificate) | Refusal::CertificateNotTrusted(certificate)) => {
            Some((**certificate).clone())
        }
        _ => met,
    }
}

/// Reads a device: what it is, and whether the credentials are good.
pub async fn device(
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

/// Why something was not read.
enum NotRead<Failure> {
    /// As it or the network says.
    Failure(Failure),
    /// It was not asked for credentials: no try is left, or how many are left cannot be read.
    NotAsked(Problem),
}

impl From<vapix::Failure> for NotRead<vapix::Failure> {
    fn from(failure: vapix::Failure) -> Self {
        Self::Failure(failure)
    }
}

impl From<Refusal> for NotRead<Refusal> {
    fn from(refusal: Refusal) -> Self {
        Self::Failure(refusal)
    }
}

/// First without credentials, which are sent only to what speaks the protocol and has an account (VPX-02). With the
/// certificate that was met.
async fn read_device(
    workspace: &Workspace,
    client: vapix::Client,
    (target, by): (&Target, By),
) -> (
    Result<vapix::DeviceInfo, NotRead<vapix::Failure>>,
    Option<Certificate>,
) {
    let found = client.probe().await;
    let met = client.certificate();
    let named = match found {
        Ok(probe) if probe.needs_setup => return (Err(vapix::Failure::NeedsSetup.into()), met),
        Ok(probe) => probe.serial_number,
        Err(failure) => return (Err(failure.into()), met),
    };
    // Kept until how it ended is counted.
    let _attempt = match tries::begin(workspace, &target.endpoint, by).await {
        Ok(attempt) => attempt,
        Err(problem) => return (Err(NotRead::NotAsked(problem)), met),
    };
    let client = client.with_credentials(&target.user_name, &target.password);
    // Some say who they are in their realm alone (VPX-01).
    let proven = client.prove_credentials().await.map(|info| vapix::DeviceInfo {
        serial_number: info.serial_number.or(named),
        ..info
    });
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

/// Reads a video server: what it is, and the devices it works with (PRO-01).
pub async fn video_server(
    workspace: &Workspace,
    dialer: &Dialer,
    trust: &Trust,
    (target, by): (&Target, By),
) -> ProbeResult {
    let client = match video_server::Client::new(dialer, &target.endpoint, trust) {
        Ok(client) => client,
        Err(refusal) => return refused(&refusal, None),
    };
    let read = read_video_server(workspace, &client, (target, by)).await;
    let met = client.certificate();
    match read {
        Ok(reading) => ProbeResult {
            status: ConnectivityStatus::Success,
            detail: String::new(),
            certificate: met,
            reading: Some(Reading::VideoServer(reading)),
            answers: None,
        },
        Err(NotRead::NotAsked(problem)) => ProbeResult {
            status: ConnectivityStatus::AuthorizationFailed,
            detail: problem.code.code().to_owned(),
            certificate: met,
            reading: None,
            answers: None,
        },
        Err(NotRead::Failure(refusal)) => refused(&refusal, met),
    }
}

/// First without credentials. Windows locks accounts after too many wrong passwords, so that tries are counted as those at devices
/// are (DEV-02).
async fn read_video_server(
    workspace: &Workspace,
    client: &video_server::Client,
    (target, by): (&Target, By),
) -> Result<VideoServerReading, NotRead<Refusal>> {
    let sign_in = client.greet().await?;
    // Kept until how it ended is counted.
    let _attempt = tries::begin(workspace, &target.endpoint, by)
        .await
        .map_err(NotRead::NotAsked)?;
    let read = client.read(sign_in, &target.user_name, &target.password).await;
    let counted = match &read {
        Err(Refusal::AuthorizationFailed) => tries::note(workspace, &target.endpoint).await,
        Ok(_) | Err(Refusal::MonitoringRightsMissing) => {
            tries::note_acceptance(workspace, &target.endpoint).await
        }
        Err(_) => Ok(()),
    };
    if let Err(problem) = counted {
        tracing::error!(%problem, "how a try to sign in ended was not counted");
    }
    Ok(read?)
}

/// What a contact that was refused came to.
fn refused(refusal: &Refusal, met: Option<Certificate>) -> ProbeResult {
    let (status, detail) = status_of_refusal(refusal);
    ProbeResult {
        status,
        detail,
        certificate: shown(Some(refusal), met),
        reading: None,
        answers: None,
    }
}
