//! The audit log: who did what, when, from where (ADM-20).

use flotilla_kernel::audit::AuditResult;
use flotilla_kernel::clock::Time;
use flotilla_kernel::ids::AuditId;
use serde::Serialize;
use ts_rs::TS;

/// A row of the audit log.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct AuditRow {
    pub id: AuditId,
    /// Its place in the chain, from 1.
    pub sequence: i64,
    pub at: Time,
    /// Login name and names, unless they were erased (ACC-24).
    pub who: String,
    pub origin: String,
    /// The act, for example `customers.save`; its words are `act-…`.
    pub act: String,
    pub organization: String,
    pub subject: String,
    pub result: AuditResult,
    pub details: String,
}

/// What a verification found.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct AuditVerification {
    pub entries: i64,
    /// SHA-256 of the last entry.
    pub head: String,
    /// The first entry that does not fit; none: the chain is whole.
    pub broken_at: Option<i64>,
}
