//! Administration: preferences (ADM-03), Flotilla's own services (ADM-10), and the workspace as a whole.

pub mod commands;
pub mod rules;
pub mod store;
pub mod types;
