//! The audit log (ADM-20): append-only and hash-chained. One entry for every act, and for every refusal.
//!
//! An entry's `body` is the exact text that is hashed; the hash of the one before stands in it. Personal data is
//! never in a body: people are named by their id, and their names stand in the table `person` (ACC-24).

mod entry;
pub mod rules;
mod store;

pub use entry::{AuditResult, Entry};
pub use store::{append, follow};
