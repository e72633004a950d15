//! Customers: organizations with a connection (CUS-01 to CUS-52), the poller that keeps them current, and their
//! import from CSV.

pub mod commands;
pub mod contact;
pub mod import;
pub mod list;
pub mod rules;
pub mod service;
pub mod store;
pub mod types;
