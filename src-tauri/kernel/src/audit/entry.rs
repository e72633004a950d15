//! What an act has to say of itself.

use crate::ids::{AccountId, OrganizationId};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use ts_rs::TS;

/// How an act ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AuditResult {
    /// The act was carried out; its changes and this entry are one transaction (GEN-03).
    Done,
    /// The account had no right to the act, or none to see what it named; nothing was changed (ADM-20).
    Refused,
    /// The act was permitted and did not succeed; nothing was changed.
    Failed,
}

/// What an act has to say of itself.
#[derive(Debug, Clone)]
pub struct Entry {
    /// How the act ended.
    pub result: AuditResult,
    /// For an act nobody is signed in for yet: whom it is about.
    pub account: Option<AccountId>,
    /// The organization the act took place in; none: no organization, or several ([`Entry::organizations`]).
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

    /// The organizations whose history the entry belongs to (ORG-30).
    pub(super) fn places(&self) -> Vec<OrganizationId> {
        if let Some(one) = self.organization {
            return vec![one];
        }
        let several = self.details.get("organizations").and_then(Value::as_array);
        several
            .into_iter()
            .flatten()
            .filter_map(|id| id.as_str()?.parse().ok())
            .collect()
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
