//! The audit log: who did what, when, from where (ADM-20).

use flotilla_kernel::audit::AuditResult;
use flotilla_kernel::clock::Time;
use flotilla_kernel::ids::AuditId;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A row of the audit log.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct AuditRow {
    /// The entry's id.
    pub id: AuditId,
    /// Its place in the chain, from 1.
    pub sequence: i64,
    /// When the act took place.
    pub at: Time,
    /// Login name and names, unless they were erased (ACC-24).
    pub who: String,
    /// Where the call came from: `desktop`, `command-line`, or a network address.
    pub origin: String,
    /// The act, for example `customers.save`; its words are `act-…`.
    pub act: String,
    /// The name of the organization the act took place in; empty: none, or several.
    pub organization: String,
    /// What it was done to: a name, an account's login name, a file; empty: nothing in particular.
    pub subject: String,
    /// How the act ended.
    pub result: AuditResult,
    /// Further facts as a JSON object, without secrets.
    pub details: String,
}

/// An entry in the history of an organization (ORG-30).
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct ActivityRow {
    /// The entry's id.
    pub id: AuditId,
    /// When the act took place.
    pub at: Time,
    /// Login name, unless it was erased (ACC-24); empty: nobody was signed in, or the program did it by itself.
    pub who: String,
    /// The act, for example `folders.move`; its words are `act-…`.
    pub act: String,
    /// What it was done to: a name, an account's login name; empty: nothing in particular.
    pub subject: String,
    /// How the act ended.
    pub result: AuditResult,
    /// Further facts as a JSON object, without secrets.
    pub details: String,
}

/// What a verification compares with.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct VerifyAudit {
    /// The final hash of an export, a backup or a document, in hexadecimal digits: the chain must hold it. None: it is
    /// followed from its start alone.
    #[serde(default)]
    #[ts(optional)]
    pub head: Option<String>,
}

/// What a verification found.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct AuditVerification {
    /// How many entries were followed.
    pub entries: i64,
    /// SHA-256 of the last entry.
    pub head: String,
    /// The first entry that does not fit; none: the chain is whole.
    pub broken_at: Option<i64>,
    /// The number of the entry whose hash was given to compare with; none: none was given, or the chain does not hold it.
    pub head_at: Option<i64>,
}
