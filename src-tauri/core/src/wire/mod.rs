//! The wire: the command table, errors, events, and the TypeScript made from them.

pub mod call;
pub mod coalesce;
pub mod error;
pub mod router;
pub mod sight;
pub(crate) mod table;
pub mod transfer;
pub mod types;
pub mod typescript;
