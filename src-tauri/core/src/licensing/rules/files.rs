//! Licence files for systems without a network, as the ledger has them (LIC-51).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::ops::Range;
use uuid::Uuid;

/// Where the licences of a file were before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum LineSource {
    /// In the wallet.
    Wallet,
    /// Allocated to the year already, and not in any file.
    Year,
    /// With the system that this one stands in for.
    Replaced,
}

/// Licences of a lot in a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfflineLine {
    /// The lot.
    pub lot: Uuid,
    /// How many.
    pub quantity: i64,
    /// The first year they are for; none: they are not bound to years.
    pub year: Option<u32>,
    /// Where they were before.
    pub source: LineSource,
}

impl OfflineLine {
    /// The years they occupy, of a lot with this term (LIC-24); empty: they are not bound to years.
    pub fn years(&self, term: u32) -> Range<u32> {
        self.year.map_or(0..0, |first| first..first + term.max(1))
    }
}

/// How a file is (LIC-51).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum FileState {
    /// Nothing has been heard of it.
    Pending,
    /// The system has taken it in.
    Confirmed,
    /// The system has given the licences back.
    Returned,
    /// Its time was over before anything was heard of it.
    Lapsed,
    /// A newer file of the same system has its licences.
    Superseded,
    /// The system was lost, and another one has its licences.
    Lost,
}

/// A licence file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfflineFile {
    /// The system it is for.
    pub system: Uuid,
    /// Its number among the system's licence files.
    pub sequence: u64,
    /// The day it was issued.
    pub issued: NaiveDate,
    /// The last day on which the system may take it in.
    pub expires: NaiveDate,
    /// The first day of the system (LIC-32).
    pub first_day: NaiveDate,
    /// The licences that came into it; those that the system had before are in its earlier files.
    pub lines: Vec<OfflineLine>,
    /// How it is.
    pub state: FileState,
    /// The lost system that this one stands in for.
    pub replaces: Option<Uuid>,
}
