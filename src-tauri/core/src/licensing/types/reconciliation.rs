//! What the vendor shows, held against the books (LIC-66).

use super::arguments::{OpeningYear, Operation};
use chrono::NaiveDate;
use flotilla_kernel::ids::OrganizationId;
use flotilla_kernel::rights::{Concerns, Subject};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A line of what the vendor shows. What it does not tell is not compared.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ShownLine {
    /// The key; empty: all licences of the type and term whose key no line names.
    pub key: String,
    /// The type.
    pub licence_type: String,
    /// The term in years.
    pub term: u32,
    /// The order reference; may be empty.
    pub order: String,
    /// The day it was redeemed; none: it is not told.
    #[ts(type = "string | null")]
    pub redeemed: Option<NaiveDate>,
    /// How many are in the wallet; none: it is not told.
    #[ts(type = "number | null")]
    pub wallet: Option<i64>,
    /// How many are allocated, by the year they begin in.
    pub years: Vec<OpeningYear>,
}

/// Holds what the vendor shows against the book of a product.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct CompareLicences {
    /// The organization.
    pub organization: OrganizationId,
    /// The product's id in the catalogue.
    pub product: String,
    /// What the vendor shows.
    pub lines: Vec<ShownLine>,
}

/// A number of the vendor's that is not the book's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BookDifference {
    /// The key, masked; empty: all licences of the type and term whose key no line names.
    pub key: String,
    /// The type.
    pub licence_type: String,
    /// The term in years.
    pub term: u32,
    /// The first year the licences are allocated to; none: they are in the wallet.
    pub year: Option<u32>,
    /// How many the book has.
    #[ts(type = "number")]
    pub here: i64,
    /// How many the vendor shows.
    #[ts(type = "number")]
    pub shown: i64,
    /// Whether a line names these licences; those that none names are 0 at the vendor.
    pub named: bool,
}

/// Brings the book of a product in line with what the vendor shows.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ReconcileLicences {
    /// Which act, and of what.
    #[serde(flatten)]
    pub act: Operation,
    /// What the vendor shows, as it was compared.
    pub lines: Vec<ShownLine>,
    /// The differences to be resolved, as they were shown.
    pub differences: Vec<BookDifference>,
    /// What was compared: the vendor's report, its date.
    pub reference: String,
    /// Why.
    pub reason: String,
}

impl Concerns for CompareLicences {
    fn subjects(&self) -> Vec<Subject> {
        vec![self.organization.into()]
    }
}

impl Concerns for ReconcileLicences {
    fn subjects(&self) -> Vec<Subject> {
        vec![self.act.organization.into()]
    }
}
