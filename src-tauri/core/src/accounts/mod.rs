//! Accounts: people who sign in to the workspace; their passwords, sessions, labels and profiles.
//!
//! Every call of a host passes [`sessions::admit`]. Other rooms ask [`store::language_and_zone`] how an account
//! wants to read, and [`labels::apply`] when what a system reports may have changed who is its operator.

pub mod avatar;
pub mod commands;
pub mod labels;
pub mod list;
pub mod passwords;
pub mod rules;
pub mod service;
pub mod sessions;
pub mod store;
pub mod types;
