//! Alarms: states of resources, one open alarm for each (system, cause, qualifier) (ALM-01). So far they come from
//! Flotilla's own checks of what a poll read.

pub mod commands;
pub mod list;
pub mod rules;
pub mod store;
pub mod types;
