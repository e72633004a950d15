//! Organizations: the legal entities whose fleets are managed, their members and their folders.
//!
//! Other rooms ask [`store::standing`] for an account's place in an organization, make organizations with
//! [`store::insert`], and have the names of assigned operators kept by [`store::refresh_operator_names`].

pub mod commands;
pub mod rules;
pub mod store;
pub mod types;
