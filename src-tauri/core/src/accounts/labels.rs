//! ACC-16: who is an operator of an organization because of a label.

use crate::organizations::store;
use crate::organizations::types::CHANGES;
use flotilla_kernel::database::Transaction;
use flotilla_kernel::error::Outcome;
use flotilla_kernel::ids::OrganizationId;

pub use crate::organizations::store::members::LabelScope;

/// Makes the memberships that come from labels what the labels say now; who sees something else by it is told. Gives the
/// organizations concerned, of which [`flotilla_kernel::feature::SubjectChange::Operators`] is to be told.
///
/// # Errors
/// Database errors.
pub async fn apply(transaction: &mut Transaction, scope: LabelScope) -> Outcome<Vec<OrganizationId>> {
    let touched = store::match_labels(transaction, scope).await?;
    if !touched.is_empty() {
        transaction.changed(CHANGES, touched.iter().map(|organization| organization.0));
    }
    Ok(touched)
}
