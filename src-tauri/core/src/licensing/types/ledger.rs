//! The catalogue, and the ledger as a whole.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The catalogue in force (LIC-01).
#[derive(Debug, Clone, Serialize, TS)]
pub struct CatalogueView {
    /// Its version.
    #[ts(type = "number")]
    pub version: i64,
    /// From which day on it holds.
    #[ts(type = "string")]
    pub from: NaiveDate,
    /// Whether it is the program's own, unchanged.
    pub built_in: bool,
    /// The file.
    #[ts(type = "unknown")]
    pub catalogue: serde_json::Value,
}

/// A catalogue that is to hold from today on.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct SaveCatalogue {
    /// The version that was changed.
    #[ts(type = "number")]
    pub revision: i64,
    /// The file.
    #[ts(type = "unknown")]
    pub catalogue: serde_json::Value,
}

/// What a check of the whole ledger found (LIC-61).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct LedgerCheck {
    /// How many entries there are.
    #[ts(type = "number")]
    pub entries: i64,
    /// The hash of the last one.
    pub head: String,
    /// The first thing that differs; none: everything holds.
    pub differs: Option<LedgerDifference>,
}

/// Whether the ledger is what it should be, as far as this process has looked (LIC-61).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct LedgerState {
    /// The first thing that differs; then nothing is written, and what lists show may be wrong. None: everything holds.
    pub differs: Option<LedgerDifference>,
}

/// Where the ledger differs from what it should be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct LedgerDifference {
    /// The number of the entry.
    #[ts(type = "number")]
    pub entry: i64,
    /// What differs.
    pub what: LedgerFault,
}

/// What can differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LedgerFault {
    /// An entry is missing.
    Missing,
    /// Its text was changed, or it does not follow the one before.
    Chain,
    /// What stands beside its text is not what the text says.
    Columns,
    /// Its postings do not sum to zero, or an account would be negative.
    Postings,
    /// Entries were cut off the end.
    CutOff,
    /// A key that it redeemed is not in the register of keys, and could be redeemed again (LIC-21).
    Keys,
}
