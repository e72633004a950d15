//! Rows of the lists of licences.

use super::super::rules::ledger::{LotOrigin, Purpose};
use super::answers::StatusKind;
use chrono::NaiveDate;
use flotilla_kernel::clock::Time;
use flotilla_kernel::ids::OrganizationId;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

/// A registered product of an organization.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct LicenceRow {
    /// The id of its book.
    #[ts(type = "string")]
    pub id: Uuid,
    /// The organization.
    pub organization: OrganizationId,
    /// Its name.
    pub customer: String,
    /// The product.
    pub product: String,
    /// Its name.
    pub product_name: String,
    /// Its status.
    pub status: StatusKind,
    /// The status' date.
    #[ts(type = "string | null")]
    pub status_date: Option<NaiveDate>,
    /// What is short, or due beyond the growth allowance.
    #[ts(type = "number")]
    pub shortage: i64,
    /// The next date.
    #[ts(type = "string | null")]
    pub next_date: Option<NaiveDate>,
    /// What is needed in all.
    #[ts(type = "number")]
    pub need: i64,
    /// Licences in the wallet that can be used.
    #[ts(type = "number")]
    pub wallet: i64,
    /// Licences that wait.
    #[ts(type = "number")]
    pub waiting: i64,
}

/// A lot of an organization.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct LotRow {
    /// The row.
    #[ts(type = "string")]
    pub id: Uuid,
    /// The lot.
    #[ts(type = "string")]
    pub lot: Uuid,
    /// The organization.
    pub organization: OrganizationId,
    /// Its name.
    pub customer: String,
    /// The product.
    pub product: String,
    /// Its name.
    pub product_name: String,
    /// The key, masked; empty: there is none.
    pub key: String,
    /// The type.
    pub licence_type: String,
    /// Where it comes from.
    pub origin: LotOrigin,
    /// What it is used for.
    pub purpose: Purpose,
    /// The term in years.
    pub term: u32,
    /// The order reference.
    pub order: String,
    /// When it was redeemed.
    #[ts(type = "string")]
    pub redeemed: NaiveDate,
    /// The last day on which it can be allocated.
    #[ts(type = "string")]
    pub shelf_end: NaiveDate,
    /// How many came into this organization.
    #[ts(type = "number")]
    pub quantity: i64,
    /// How many are left in the wallet.
    #[ts(type = "number")]
    pub left: i64,
    /// How many are allocated.
    #[ts(type = "number")]
    pub allocated: i64,
    /// How many wait or are frozen.
    #[ts(type = "number")]
    pub waiting: i64,
    /// How many have expired.
    #[ts(type = "number")]
    pub expired: i64,
    /// How it is.
    pub state: LotState,
    /// The place in which it is used (LIC-23), 1 first; none: it cannot be used.
    #[ts(type = "number | null")]
    pub place: Option<i64>,
    /// Who signed its key; empty: nobody.
    pub issuer: String,
    /// Whether that issuer was revoked since (LIC-21).
    pub issuer_revoked: bool,
}

/// How a lot is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LotState {
    /// Some of it can be used.
    Usable,
    /// Some of it waits for the product to be started, or is frozen.
    Waiting,
    /// Its shelf life ended with licences left.
    Expired,
    /// Nothing is left.
    UsedUp,
}

/// An entry of the history (LIC-62).
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct HistoryRow {
    /// The entry.
    #[ts(type = "string")]
    pub id: Uuid,
    /// Its number in the ledger.
    #[ts(type = "number")]
    pub number: i64,
    /// The organization.
    pub organization: OrganizationId,
    /// Its name.
    pub customer: String,
    /// The product.
    pub product: String,
    /// Its name.
    pub product_name: String,
    /// The calendar day, in the organization's zone.
    #[ts(type = "string")]
    pub day: NaiveDate,
    /// When it was written.
    pub at: Time,
    /// Who; empty: the clock, or what a system reported.
    pub account_name: String,
    /// What happened.
    pub kind: String,
    /// How the wallet changed.
    #[ts(type = "number")]
    pub wallet: i64,
    /// Why.
    pub reason: String,
    /// From which page.
    pub screen: String,
    /// The whole of it, as the ledger has it.
    #[ts(type = "unknown")]
    pub event: serde_json::Value,
    /// Whether it can be taken back by kind; whether it still can is found out by trying.
    pub reversible: bool,
    /// Whether it was taken back.
    pub reversed: bool,
}

/// Something that ends (LIC-75).
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct EndingRow {
    /// The row.
    #[ts(type = "string")]
    pub id: Uuid,
    /// The organization.
    pub organization: OrganizationId,
    /// Its name.
    pub customer: String,
    /// The product.
    pub product: String,
    /// Its name.
    pub product_name: String,
    /// What ends.
    pub kind: EndingKind,
    /// The last day.
    #[ts(type = "string")]
    pub date: NaiveDate,
    /// How many licences: of a year those that are allocated to it, of a lot those that are left.
    #[ts(type = "number")]
    pub quantity: i64,
    /// How many are missing for the year that follows.
    #[ts(type = "number")]
    pub short: i64,
    /// What can be used of the product's wallet.
    #[ts(type = "number")]
    pub wallet: i64,
    /// The key of a lot, masked.
    pub key: String,
    /// Whether nothing is to be done: the next year is fully allocated.
    pub quiet: bool,
}

/// What ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum EndingKind {
    /// A trial.
    Trial,
    /// A grace period.
    Grace,
    /// A year of a subscription.
    Year,
    /// The shelf life of a lot.
    ShelfLife,
    /// The shelf life of licences that wait.
    WaitingShelfLife,
}
