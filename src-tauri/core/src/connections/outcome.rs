//! Taking in what a contact came to: the connection's own row here, what was read of its systems by whoever was handed in
//! ([`Intake`]).

use super::probe::ProbeResult;
use super::rules;
use super::store::{self, Before, ContactMade};
use super::types::{CHANGES, ConnectivityStatus};
use flotilla_kernel::database::Transaction;
use flotilla_kernel::error::Outcome;
use flotilla_kernel::ids::{AccountId, ConnectionId, OrganizationId};
use flotilla_kernel::workspace::Workspace;
use futures_util::future::BoxFuture;
use sqlx::SqliteConnection;
use std::sync::OnceLock;

/// See [`Intake::judged`].
pub type Judge = for<'a> fn(
    &'a mut SqliteConnection,
    ConnectionId,
    &'a ProbeResult,
) -> BoxFuture<'a, Outcome<Option<ProbeResult>>>;

/// What a reading changes in features above this one; handed in by them when the workspace is opened.
pub struct Intake {
    /// What a contact comes to against what is known of the connection's systems: another result in its place, or none.
    pub judged: Judge,
    /// A contact ended; it is stored in the connection's row.
    pub ended: for<'a> fn(&'a mut Transaction, &'a Ended<'a>) -> BoxFuture<'a, Outcome<()>>,
    /// A connection is reached by something else now and was not tried: what was read by it does not hold any more.
    pub forgotten: for<'a> fn(&'a mut Transaction, &'a Before) -> BoxFuture<'a, Outcome<()>>,
    /// Connections were added to, changed in or removed from an organization: removed ones, and the organization.
    pub changed: OnChanged,
}

/// What follows when connections of an organization were added or changed, or these removed.
pub type OnChanged = for<'a> fn(
    &'a Workspace,
    &'a mut Transaction,
    OrganizationId,
    &'a [ConnectionId],
    Option<AccountId>,
) -> BoxFuture<'a, Outcome<()>>;

/// How a contact ended.
pub struct Ended<'a> {
    /// The connection before it.
    pub before: &'a Before,
    /// What the contact came to.
    pub result: &'a ProbeResult,
}

/// The intake of this workspace; none where nobody above wants to know.
#[derive(Default)]
pub struct IntakeSlot(OnceLock<&'static Intake>);

impl IntakeSlot {
    /// Hands it in; the first one counts.
    pub fn set(&self, intake: &'static Intake) {
        let _ = self.0.set(intake);
    }

    fn get(&self) -> Option<&'static Intake> {
        self.0.get().copied()
    }
}

/// What a contact by a known connection comes to: what was read, or that it is another device's (DEV-03).
///
/// # Errors
/// Database errors.
pub async fn judged(
    workspace: &Workspace,
    connection: &mut SqliteConnection,
    id: ConnectionId,
    result: ProbeResult,
) -> Outcome<ProbeResult> {
    let other = match workspace.state::<IntakeSlot>().get() {
        Some(intake) => (intake.judged)(connection, id, &result).await?,
        None => None,
    };
    Ok(other.unwrap_or(result))
}

/// Takes a contact's outcome in (CUS-41). With `edition` only if the connection is still reached by that edition. Gives the status
/// that it has come to; none: it is no outcome of the connection as it is now.
///
/// # Errors
/// Database errors.
pub async fn apply(
    workspace: &Workspace,
    transaction: &mut Transaction,
    id: ConnectionId,
    edition: Option<i64>,
    result: &ProbeResult,
) -> Outcome<Option<ConnectivityStatus>> {
    let now = transaction.now();
    let Some(before) = store::before(transaction.connection(), id).await? else {
        return Ok(None);
    };
    // What a person tries while the monitoring is off is shown to that person alone (DEV-51).
    if !before.monitored || edition.is_some_and(|edition| edition != before.edition) {
        return Ok(None);
    }
    let result = &judged(workspace, transaction.connection(), id, result.clone()).await?;
    if result.status != before.status {
        tracing::info!(
            connection = %id,
            before = ?before.status,
            after = ?result.status,
            detail = result.detail,
            "the connection has another status"
        );
    }
    store::record_outcome(transaction.connection(), now, &before, result).await?;
    if rules::answered(result.status) {
        let contact = ContactMade {
            id,
            at: now,
            edition: None,
        };
        store::touch(transaction.connection(), &[contact]).await?;
    }
    transaction.changed(CHANGES, [id.0]);
    if let Some(intake) = workspace.state::<IntakeSlot>().get() {
        let ended = Ended {
            before: &before,
            result,
        };
        (intake.ended)(transaction, &ended).await?;
    }
    Ok(Some(result.status))
}

/// The connection is reached by something else now and was not tried: what was read before does not hold any more (CUS-11).
///
/// # Errors
/// Database errors.
pub async fn forget(workspace: &Workspace, transaction: &mut Transaction, id: ConnectionId) -> Outcome<()> {
    let now = transaction.now();
    let Some(before) = store::before(transaction.connection(), id).await? else {
        return Ok(());
    };
    store::forget_contact(transaction.connection(), now, id).await?;
    transaction.changed(CHANGES, [id.0]);
    match workspace.state::<IntakeSlot>().get() {
        Some(intake) => (intake.forgotten)(transaction, &before).await,
        None => Ok(()),
    }
}

/// The monitoring of this connection was switched off or on: nobody knows how what is reached by it is (DEV-51).
///
/// # Errors
/// Database errors.
pub async fn monitoring_changed(
    workspace: &Workspace,
    transaction: &mut Transaction,
    id: ConnectionId,
) -> Outcome<()> {
    let Some(before) = store::before(transaction.connection(), id).await? else {
        return Ok(());
    };
    transaction.changed(CHANGES, [id.0]);
    match workspace.state::<IntakeSlot>().get() {
        Some(intake) => (intake.forgotten)(transaction, &before).await,
        None => Ok(()),
    }
}

/// Connections of an organization were added or changed.
///
/// # Errors
/// Database errors.
pub async fn changed(
    workspace: &Workspace,
    transaction: &mut Transaction,
    organization: OrganizationId,
) -> Outcome<()> {
    removed(workspace, transaction, organization, (&[], None)).await
}

/// These connections of an organization were removed, by this account.
///
/// # Errors
/// Database errors.
pub async fn removed(
    workspace: &Workspace,
    transaction: &mut Transaction,
    organization: OrganizationId,
    (connections, by): (&[ConnectionId], Option<AccountId>),
) -> Outcome<()> {
    match workspace.state::<IntakeSlot>().get() {
        Some(intake) => (intake.changed)(workspace, transaction, organization, connections, by).await,
        None => Ok(()),
    }
}
