//! The rules of the licence wallet, pure: the ledger, the catalogue's terms and the day are passed in (LIC-61).

pub mod account;
pub mod advance;
pub mod allocation;
pub mod book;
pub mod calendar;
pub mod compensation;
pub mod files;
pub mod hardware;
pub mod ledger;
pub mod need;
pub mod notices;
pub mod offline;
pub mod reconciliation;
pub mod refusal;
pub mod status;
pub mod subscription;
pub mod terms;
pub mod transfer;
pub mod wallet;

#[cfg(test)]
mod tests;
