//! ACC-16: who is an operator of an organization because of a label.

use crate::organizations::store;
use flotilla_kernel::database::Transaction;
use flotilla_kernel::error::Outcome;
use flotilla_kernel::ids::{AccountId, OrganizationId};
use sqlx::SqliteConnection;

/// What changed, and therefore is matched anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LabelScope {
    /// The provider or reseller a customer's system reports.
    Organization(OrganizationId),
    /// The labels or the role of an account.
    Account(AccountId),
}

/// Tells the windows: with a membership, what an operator may see of customers, systems and alarms comes or goes.
pub fn tell(transaction: &mut Transaction, touched: &[OrganizationId]) {
    if touched.is_empty() {
        return;
    }
    for room in [
        crate::organizations::types::CHANGES,
        crate::customers::types::CHANGES,
        crate::systems::types::CHANGES,
        crate::alarms::types::CHANGES,
    ] {
        transaction.membership_changed(room, touched.iter().map(|organization| organization.0));
    }
}

/// Makes the memberships that come from labels what the labels say now, and writes the names of operators anew.
/// Gives the organizations concerned.
///
/// # Errors
/// Database errors.
pub async fn apply(connection: &mut SqliteConnection, scope: LabelScope) -> Outcome<Vec<OrganizationId>> {
    let (organization, account) = match scope {
        LabelScope::Organization(organization) => (Some(organization), None),
        LabelScope::Account(account) => (None, Some(account)),
    };
    let touched = store::match_labels(connection, organization, account).await?;
    if !touched.is_empty() {
        store::refresh_operator_names(connection, &touched).await?;
    }
    Ok(touched)
}
