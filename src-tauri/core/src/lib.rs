//! Flotilla's core: the program. It knows no window, no HTTP server and no protocol details.
//!
//! Every feature (`accounts`, `customers`, …) has the same files: `types` (ids, records, enums), `rules` (pure
//! decisions), `store` (all SQL on the feature's tables), `commands` (use cases), `service` (work of its own),
//! `list` (what its list is made of). See `ARCHITECTURE.md`.

// As in the example `export_types`.
#[cfg(test)]
use bolero as _;

pub mod accounts;
pub mod administration;
pub mod alarms;
pub mod audit;
pub mod certificates;
pub mod composition;
pub mod connections;
pub mod customers;
pub mod dashboard;
pub mod demo;
pub mod devices;
pub mod events;
pub mod imports;
pub mod intake;
pub mod jobs;
pub mod joined;
pub mod licensing;
pub mod lists;
pub mod organizations;
pub mod program;
pub mod repository;
pub mod router;
pub mod systems;
pub mod test_clock;
pub mod typescript;

pub use flotilla_connectors::Fingerprint;
pub use flotilla_connectors::clock::WallClock;
pub use flotilla_connectors::secret::Secret;
