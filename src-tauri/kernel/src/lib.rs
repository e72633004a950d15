//! Flotilla's kernel: what every feature stands on, and no feature.
//!
//! It knows how a call, a list, a right, an audit entry, a piece of work, a service and a preference work, and what a
//! feature offers the program ([`feature::FeatureSpec`]); it knows no customer, no device and no account form.

pub mod audit;
pub mod batches;
pub mod call;
mod characters;
pub mod clock;
pub mod coalesce;
pub mod database;
pub mod error;
pub mod events;
pub mod feature;
pub mod fields;
pub mod files;
pub mod formulas;
pub mod ids;
pub mod lists;
pub mod logs;
pub mod preferences;
pub mod rights;
pub mod running;
pub mod services;
pub mod settings;
pub mod severity;
pub mod transfer;
pub mod typescript;
pub mod words;
pub mod work;
pub mod workspace;

pub use flotilla_connectors::Fingerprint;
pub use flotilla_connectors::secret::Secret;
