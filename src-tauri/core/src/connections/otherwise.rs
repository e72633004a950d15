//! Connections that are reached by another password, or another way, from now on: several at once.

use super::outcome;
use super::store::{self, ConnectionFields};
use super::types::{CHANGES, ConnectionKind, ReachedOtherwise};
use flotilla_kernel::database::Transaction;
use flotilla_kernel::error::Outcome;
use flotilla_kernel::ids::{ConnectionId, OrganizationId};
use flotilla_kernel::workspace::Workspace;

/// The connections of an organization are reached by another password, or another way, from now on. Nobody has tried it:
/// each is asked anew by the poller, which is told by [`Poller::look_at`](super::service::Poller::look_at) after the commit. Gives those that are changed.
///
/// # Errors
/// Database errors.
pub async fn reach_otherwise(
    workspace: &Workspace,
    transaction: &mut Transaction,
    organization: OrganizationId,
    otherwise: &ReachedOtherwise,
) -> Outcome<Vec<ConnectionId>> {
    let mut changed = Vec::new();
    for view in store::of_organization(transaction.connection(), organization).await? {
        let password = otherwise
            .password
            .as_ref()
            .filter(|_| view.kind == ConnectionKind::IpOffice);
        if password.is_none() && otherwise.proxy.is_none() {
            continue;
        }
        let fields = ConnectionFields {
            name: view.name,
            host: view.host,
            port: view.port,
            user_name: view.user_name,
            password: password.cloned(),
            proxy: otherwise.proxy.clone().unwrap_or(view.proxy),
            pin: None,
        };
        if store::update(transaction.connection(), view.id, &fields).await? {
            outcome::forget(workspace, transaction, view.id).await?;
            changed.push(view.id);
        }
    }
    if !changed.is_empty() {
        transaction.changed(CHANGES, changed.iter().map(|id| id.0));
        outcome::changed(workspace, transaction, organization).await?;
    }
    Ok(changed)
}
