//! The audit log (ADM-20): append-only and hash-chained. One entry for every act, and for every refusal.
//!
//! An entry's `body` is the exact text that is hashed; the hash of the one before stands in it. Personal data is
//! never in a body: people are named by their id, and their names stand in the table `person` (ACC-24).

pub mod commands;
pub mod list;
pub mod rules;
pub mod store;
pub mod types;

use crate::database::Transaction;
use crate::ids::{AccountId, OrganizationId};
use crate::rights::Admissions;
use crate::wire::call::Call;
use crate::wire::error::{ErrorCode, Outcome};
use serde_json::{Map, Value};
use types::AuditResult;

/// What an act has to say of itself.
#[derive(Debug, Clone)]
pub struct Entry {
    pub result: AuditResult,
    /// For an act nobody is signed in for yet: whom it is about.
    pub account: Option<AccountId>,
    pub organization: Option<OrganizationId>,
    /// What it was done to: a customer's name, `account:<id>`, a file.
    pub subject: String,
    /// Without secrets, without personal data.
    pub details: Map<String, Value>,
}

impl Entry {
    /// An entry with this result.
    pub fn new(result: AuditResult) -> Self {
        Self {
            result,
            account: None,
            organization: None,
            subject: String::new(),
            details: Map::new(),
        }
    }

    /// Something was done.
    pub fn done() -> Self {
        Self::new(AuditResult::Done)
    }

    /// In this organization.
    #[must_use]
    pub fn organization(mut self, organization: OrganizationId) -> Self {
        self.organization = Some(organization);
        self
    }

    /// In these organizations: one is the entry's, several stand in its details, so that each can have its history.
    #[must_use]
    pub fn organizations(mut self, ids: &[OrganizationId]) -> Self {
        match ids {
            [] => {}
            [one] => self.organization = Some(*one),
            _ => {
                let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
                self.details.insert("organizations".to_owned(), ids.into());
            }
        }
        self
    }

    /// To this thing, by its name.
    #[must_use]
    pub fn subject(mut self, subject: impl Into<String>) -> Self {
        self.subject = subject.into();
        self
    }

    /// To this account.
    #[must_use]
    pub fn about_account(mut self, account: AccountId) -> Self {
        self.subject = format!("account:{account}");
        self.account = Some(account);
        self
    }

    /// With this detail.
    #[must_use]
    pub fn detail(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.details.insert(name.to_owned(), value.into());
        self
    }
}

/// Writes an entry of its own, for what changed nothing else: a refusal, a failure.
///
/// # Errors
/// Database errors.
pub async fn record(call: &Call, entry: Entry) -> Outcome<()> {
    let transaction = call.workspace.database.begin().await?;
    call.commit(transaction, entry).await
}

/// Writes down that a call on several organizations was refused for some of them (ADM-20); the others have an entry
/// of their own.
///
/// # Errors
/// Database errors.
pub async fn record_refusals(call: &Call, admissions: &Admissions) -> Outcome<()> {
    match refusals(call, admissions)? {
        Some(entry) => record(call, entry).await,
        None => Ok(()),
    }
}

/// The same in the transaction of the act: both are written, or neither.
///
/// # Errors
/// Database errors.
pub async fn append_refusals(
    call: &Call,
    transaction: &mut Transaction,
    admissions: &Admissions,
) -> Outcome<()> {
    match refusals(call, admissions)? {
        Some(entry) => call.append(transaction, &entry).await,
        None => Ok(()),
    }
}

fn refusals(call: &Call, admissions: &Admissions) -> Outcome<Option<Entry>> {
    let refused = admissions.refused();
    if refused.is_empty() || call.caller()?.is_administrator() {
        return Ok(None);
    }
    let entry = Entry::new(AuditResult::Refused)
        .detail("error", ErrorCode::RightMissing.code())
        .detail("count", refused.len());
    // What they may not see stands in the details alone, even when it is one.
    let ids: Vec<String> = refused.iter().map(ToString::to_string).collect();
    Ok(Some(entry.detail("organizations", ids)))
}
