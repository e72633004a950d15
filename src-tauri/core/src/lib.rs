//! Flotilla's core: the program. It knows no window, no HTTP server and no protocol details.
//!
//! Every room (`accounts`, `customers`, …) has the same floor plan: `types` (ids, records, enums), `rules` (pure
//! decisions), `store` (all SQL on the room's tables), `commands` (use cases), `service` (work of its own),
//! `list` (what its list is made of). See `ARCHITECTURE.md`.
#![expect(
    missing_docs,
    reason = "fields of wire types are named after the rules they carry"
)]

pub mod accounts;
pub mod administration;
pub mod alarms;
pub mod audit;
pub mod certificates;
pub mod clock;
pub mod customers;
pub mod dashboard;
pub mod database;
pub mod demo;
pub mod fields;
pub mod files;
pub mod ids;
pub mod joined;
pub mod lists;
pub mod logs;
pub mod organizations;
pub mod program;
pub mod rights;
pub mod systems;
pub mod wire;
pub mod words;
pub mod work;
pub mod workspace;

pub use flotilla_connectors::Fingerprint;
pub use flotilla_connectors::secret::Secret;
