//! Accepting a certificate that was met.

use super::commands::{accepted, result_of};
use super::outcome;
use super::probe;
use super::refresh::poll_now;
use super::service::Poller;
use super::store::{self, Which};
use super::tries::By;
use super::types::*;
use flotilla_kernel::audit::Entry;
use flotilla_kernel::call::Call;
use flotilla_kernel::error::{ErrorCode, Outcome, Problem};
use flotilla_kernel::rights::Right;

/// A person compared the certificates and said yes to this one (CRT-11). It is believed from now on, and the system is polled
/// at once.
///
/// # Errors
/// `certificate.not-this-one` when the system shows another one by now, `changed-meanwhile`
pub async fn accept_certificate(call: &Call, arguments: AcceptCertificate) -> Outcome<TestResult> {
    let wanted = accepted(&arguments.sha256)?;
    let id = arguments.id;
    let polled = store::polled(&mut *call.workspace.database.read().await?, Which::These(&[id])).await?;
    let polled = polled
        .into_iter()
        .next()
        .ok_or_else(|| Problem::new(ErrorCode::NotFound))?;
    let mut target = polled.target;
    target.pin = Some(wanted);
    let probe = probe::probe(&call.workspace, &target, By::Person).await;
    let mut transaction = call.workspace.database.begin().await?;
    call.caller()?
        .demand(transaction.connection(), Right::ManageSystems, id)
        .await?;
    // Whose certificate was looked at is who it is believed of.
    let before = store::before(transaction.connection(), id).await?;
    if before.is_none_or(|before| before.edition != polled.edition) {
        return Err(ErrorCode::Changed.into());
    }
    let (_, waiting) = store::certificates(transaction.connection(), id).await?;
    let shown = probe
        .certificate
        .clone()
        .or(waiting)
        .filter(|certificate| certificate.fingerprint == wanted);
    let Some(certificate) = shown else {
        // What it shows by now is polled, so that it can be compared.
        drop(transaction);
        poll_now(call, &[id]).await?;
        return Err(ErrorCode::CertificateNotThisOne.into());
    };
    store::pin(transaction.connection(), id, &certificate).await?;
    let probe = outcome::judged(&call.workspace, transaction.connection(), id, probe).await?;
    outcome::apply(&call.workspace, &mut transaction, id, None, &probe).await?;
    outcome::changed(&call.workspace, &mut transaction, polled.organization).await?;
    let entry = Entry::done()
        .organization(polled.organization)
        .subject(target.endpoint.to_string())
        .detail("sha256", wanted.to_string());
    call.commit(transaction, entry).await?;
    call.workspace.state::<Poller>().look_at([id]);
    result_of(call, target, probe, None)
}
