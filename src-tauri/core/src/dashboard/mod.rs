//! The first page after signing in (DSH-01 to DSH-04): what is counted here equals the list behind it.

pub mod commands;
pub mod rules;
pub mod types;
