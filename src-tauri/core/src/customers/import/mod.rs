//! Import of customers from a CSV file (CUS-20 to CUS-25): a file becomes a waiting list, which is checked, edited,
//! tested and then stored.
//!
//! `detect` reads bytes as text, `parse` text as rows, `check` rows as customers, `classify` compares them with the
//! customers there are; these four are pure and together make [`preview`]. What the tables keep is the file as it came
//! and, for each touched row, what differs from it; `waiting` puts both together and holds the result in memory, from
//! where it can be rebuilt at any time (REL-01). `service` is the test of many connections.

pub mod check;
pub mod classify;
pub mod commands;
pub mod detect;
pub mod kept;
pub mod parse;
pub mod service;
pub mod store;
pub mod waiting;

pub use classify::{ExistingIndex, Preview, PreviewOptions, preview};
pub use waiting::ImportCache;

/// CUS-25: the largest file.
pub const FILE_LIMIT: u64 = 64 * 1024 * 1024;
/// The most rows a waiting list holds; ten times the customers a workspace is made for (GEN-12).
pub const ROWS_LIMIT: usize = 100_000;
