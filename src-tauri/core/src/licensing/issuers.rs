//! Whose signed licence keys are accepted (LIC-21). Administrators alone decide about it, and every decision is in the audit log.

use super::acting::TEXT;
use super::formats;
use super::store;
use super::types::*;
use flotilla_kernel::audit;
use flotilla_kernel::call::{Call, Nothing};
use flotilla_kernel::error::{ErrorCode, Outcome, Problem};
use flotilla_kernel::fields;
use flotilla_licence_formats::issuer::{Issuer, KeyId};

/// The most issuers of a workspace.
pub const MOST_ISSUERS: usize = 200;

/// Every issuer that was decided about.
///
/// # Errors
/// Database errors.
pub async fn read(call: &Call, _: Nothing) -> Outcome<Vec<LicenceIssuer>> {
    store::issuers(&mut *call.workspace.database.read().await?).await
}

/// What an issuer's file holds; nothing is decided by looking at it.
///
/// # Errors
/// `licence-issuer.…`: one for each thing that can be wrong with the file.
pub async fn preview(call: &Call, arguments: IssuerFile) -> Outcome<IssuerPreview> {
    let issuer = Issuer::from_text(&arguments.text).map_err(|error| formats::problem(&error))?;
    let known = store::issuers(&mut *call.workspace.database.read().await?).await?;
    let key = issuer.key.id().to_string();
    let (same_key, others): (Vec<_>, Vec<_>) = known.into_iter().partition(|one| one.key == key);
    Ok(IssuerPreview {
        same_name: others.iter().any(|one| looks_like(&one.name, &issuer.name)),
        name: issuer.name,
        fingerprint: issuer.key.fingerprint(),
        known: same_key.into_iter().next(),
        key,
    })
}

/// Names that a person takes for the same.
fn looks_like(one: &str, other: &str) -> bool {
    flotilla_kernel::database::search_key([one]) == flotilla_kernel::database::search_key([other])
}

/// Trusts the issuer of a file from now on.
///
/// # Errors
/// `licence-issuer.…`; `licence.issuer-known` when it was decided about already; `call.too-large` when there are too many.
pub async fn add(call: &Call, arguments: IssuerFile) -> Outcome<LicenceIssuer> {
    let issuer = Issuer::from_text(&arguments.text).map_err(|error| formats::problem(&error))?;
    let mut transaction = call.workspace.database.begin().await?;
    let known = store::issuers(transaction.connection()).await?;
    let id = issuer.key.id();
    if let Some(before) = known.iter().find(|one| one.key == id.to_string()) {
        return Err(Problem::new(ErrorCode::LicenceIssuerKnown).with("name", before.name.clone()));
    }
    if known.len() >= MOST_ISSUERS {
        return Err(Problem::new(ErrorCode::TooLarge).with("limit", MOST_ISSUERS));
    }
    let by = call.caller()?.account;
    store::add_issuer(transaction.connection(), &issuer, by, call.now()).await?;
    let entry = audit::Entry::done()
        .subject(issuer.name.clone())
        .detail("fingerprint", issuer.key.fingerprint());
    finish(call, transaction, id, entry).await
}

/// Accepts no key of an issuer any more. What was redeemed stays, and is shown as from a revoked issuer.
///
/// # Errors
/// `not-found`, `changed-meanwhile` when it was revoked already, `form.invalid` without a reason
pub async fn revoke(call: &Call, arguments: DecideIssuer) -> Outcome<LicenceIssuer> {
    decide(call, arguments, IssuerStanding::Revoked).await
}

/// Trusts an issuer again that was revoked.
///
/// # Errors
/// `not-found`, `changed-meanwhile` when it is trusted already, `form.invalid` without a reason
pub async fn restore(call: &Call, arguments: DecideIssuer) -> Outcome<LicenceIssuer> {
    decide(call, arguments, IssuerStanding::Trusted).await
}

async fn decide(call: &Call, arguments: DecideIssuer, standing: IssuerStanding) -> Outcome<LicenceIssuer> {
    fields::demand("reason", &arguments.reason, TEXT)?;
    let id: KeyId = arguments.key.parse().map_err(|_| ErrorCode::NotFound)?;
    let reason = arguments.reason.trim();
    let mut transaction = call.workspace.database.begin().await?;
    let known = store::issuers(transaction.connection()).await?;
    let before = known.into_iter().find(|one| one.key == id.to_string());
    let before = before.ok_or(ErrorCode::NotFound)?;
    let by = call.caller()?.account;
    let decision = (standing, reason);
    if !store::decide_issuer(transaction.connection(), id, decision, by, call.now()).await? {
        return Err(ErrorCode::Changed.into());
    }
    let entry = audit::Entry::done()
        .subject(before.name)
        .detail("fingerprint", before.fingerprint)
        .detail("reason", reason);
    finish(call, transaction, id, entry).await
}

/// Commits a decision, and gives the issuer as it stands now.
async fn finish(
    call: &Call,
    mut transaction: flotilla_kernel::database::Transaction,
    id: KeyId,
    entry: audit::Entry,
) -> Outcome<LicenceIssuer> {
    let known = store::issuers(transaction.connection()).await?;
    let now = known.into_iter().find(|one| one.key == id.to_string());
    // Lots of every organization say whether their issuer was revoked.
    transaction.membership_changed(CHANGES, []);
    call.commit(transaction, entry).await?;
    now.ok_or_else(|| Problem::internal("an issuer that was just written is missing"))
}
