//! The wire: the command table, errors, events, and the TypeScript made from them.

pub mod error;
pub(crate) mod table;
pub mod types;
pub mod typescript;
