//! What acts on licences come to, and what they would.

use super::super::rules::ledger::{LotOrigin, Purpose};
use super::super::rules::status::Status;
use super::arguments::TypeQuantity;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

/// What an act came to. The same operation again gives the same one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Receipt {
    /// The entries it wrote; of a transfer also the other organization's.
    #[ts(type = "string[]")]
    pub entries: Vec<Uuid>,
    /// The transfer, where it was one.
    #[ts(type = "string | null")]
    pub transfer: Option<Uuid>,
    /// What a late allocation gave back.
    pub credits: Vec<Credit>,
}

/// What a late allocation gives back of a type, and how that comes (LIC-32).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Credit {
    /// The type.
    pub licence_type: String,
    /// How many licences were allocated to the year.
    #[ts(type = "number")]
    pub licences: i64,
    /// For how many of its days they were not used.
    #[ts(type = "number")]
    pub days: i64,
    /// The days of the year.
    #[ts(type = "number")]
    pub year_days: i64,
    /// The licence-days that were kept from before.
    #[ts(type = "number")]
    pub residual_before: i64,
    /// How many licences of one year are given back.
    #[ts(type = "number")]
    pub credit: i64,
    /// The licence-days that are kept.
    #[ts(type = "number")]
    pub residual_after: i64,
}

/// The status of a product's licence, without its dates; for lists and filters (LIC-04).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum StatusKind {
    /// The organization is archived.
    Archived,
    /// Not registered.
    NotRegistered,
    /// Registered.
    Registered,
    /// In its trial.
    Trial,
    /// Its trial has ended.
    TrialEnded,
    /// Started, in the grace period of its first year.
    Started,
    /// In the grace period of a later year.
    RenewalDue,
    /// Not licensed.
    Unlicensed,
    /// Grown beyond what it may.
    BeyondGrowth,
    /// Nothing is needed.
    NothingNeeded,
    /// Licensed.
    Licensed,
}

/// The status of a product's licence (LIC-04).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct LicenceStatus {
    /// Which.
    pub kind: StatusKind,
    /// *Until*: the last day that is covered; *since*: the first that is not; none: the status has no date.
    #[ts(type = "string | null")]
    pub date: Option<NaiveDate>,
    /// How many licences are due beyond the growth allowance; 0 in every other status.
    #[ts(type = "number")]
    pub due: i64,
}

impl From<Status> for LicenceStatus {
    fn from(status: Status) -> Self {
        let (kind, date, due) = match status {
            Status::Archived => (StatusKind::Archived, None, 0),
            Status::NotRegistered => (StatusKind::NotRegistered, None, 0),
            Status::Registered => (StatusKind::Registered, None, 0),
            Status::Trial { until } => (StatusKind::Trial, Some(until), 0),
            Status::TrialEnded { since } => (StatusKind::TrialEnded, Some(since), 0),
            Status::Started { until } => (StatusKind::Started, Some(until), 0),
            Status::RenewalDue { until } => (StatusKind::RenewalDue, Some(until), 0),
            Status::Unlicensed { since } => (StatusKind::Unlicensed, Some(since), 0),
            Status::BeyondGrowth { due, until } => (StatusKind::BeyondGrowth, Some(until), due),
            Status::NothingNeeded => (StatusKind::NothingNeeded, None, 0),
            Status::Licensed { until } => (StatusKind::Licensed, Some(until), 0),
        };
        Self { kind, date, due }
    }
}

/// What an allocation would be (LIC-30).
#[derive(Debug, Clone, Serialize, TS)]
pub struct AllocationPlan {
    /// The years.
    pub years: Vec<PlannedYear>,
    /// What is taken from which lot.
    pub lines: Vec<PlannedLine>,
    /// What the wallet does not have, by type, as licences of one year; empty: it covers all of it.
    pub missing: Vec<TypeQuantity>,
    /// Places in years that nobody asked for, because a licence of several years is never split.
    #[ts(type = "number")]
    pub surplus: i64,
    /// What would be given back (LIC-32).
    pub credits: Vec<Credit>,
    /// The last day of the last licensed year, if this is confirmed; none: it would not be licensed.
    #[ts(type = "string | null")]
    pub licensed_until: Option<NaiveDate>,
    /// How many years could be asked for at most.
    pub most_years: u32,
}

/// A year of an allocation that is planned.
#[derive(Debug, Clone, Serialize, TS)]
pub struct PlannedYear {
    /// The year.
    pub year: u32,
    /// Its first day.
    #[ts(type = "string")]
    pub from: NaiveDate,
    /// Its last day.
    #[ts(type = "string")]
    pub until: NaiveDate,
    /// The types.
    pub types: Vec<PlannedType>,
}

/// A type in a year of an allocation that is planned.
#[derive(Debug, Clone, Serialize, TS)]
pub struct PlannedType {
    /// The type.
    pub licence_type: String,
    /// What is needed.
    #[ts(type = "number")]
    pub need: i64,
    /// What is allocated.
    #[ts(type = "number")]
    pub allocated: i64,
    /// What is short.
    #[ts(type = "number")]
    pub short: i64,
    /// What is to be allocated.
    #[ts(type = "number")]
    pub quantity: i64,
    /// How many of these are licences of types that stand in for it (LIC-01).
    #[ts(type = "number")]
    pub substituted: i64,
}

/// What is taken from a lot.
#[derive(Debug, Clone, Serialize, TS)]
pub struct PlannedLine {
    /// The first year.
    pub year: u32,
    /// How many.
    #[ts(type = "number")]
    pub quantity: i64,
    /// The lot.
    pub lot: LotDetails,
    /// What stays in the wallet of it after this plan.
    #[ts(type = "number")]
    pub left: i64,
}

/// A lot.
#[derive(Debug, Clone, Serialize, TS)]
pub struct LotDetails {
    /// The lot.
    #[ts(type = "string")]
    pub lot: Uuid,
    /// The key, masked; empty: there is none.
    pub key: String,
    /// Where it comes from.
    pub origin: LotOrigin,
    /// What it is used for.
    pub purpose: Purpose,
    /// The type.
    pub licence_type: String,
    /// The term in years; 0: not bound to years.
    pub term: u32,
    /// The order reference.
    pub order: String,
    /// When it was redeemed.
    #[ts(type = "string")]
    pub redeemed: NaiveDate,
    /// From this day on it can no longer be allocated.
    #[ts(type = "string")]
    pub shelf_end: NaiveDate,
    /// Who signed its key; empty: nobody.
    pub issuer: String,
}

/// The summary of a transfer (LIC-45).
#[derive(Debug, Clone, Serialize, TS)]
pub struct TransferPlan {
    /// The receiver's name.
    pub customer: String,
    /// Whether they would wait there (LIC-46).
    pub waits: bool,
    /// The lots and how many of each.
    pub lines: Vec<TransferLine>,
}

/// Licences of a lot that would be sent.
#[derive(Debug, Clone, Serialize, TS)]
pub struct TransferLine {
    /// The lot.
    pub lot: LotDetails,
    /// How many.
    #[ts(type = "number")]
    pub quantity: i64,
}

/// A posting (LIC-60).
#[derive(Debug, Clone, Serialize, TS)]
pub struct PostingRow {
    /// The entry's number in the ledger.
    #[ts(type = "number")]
    pub number: i64,
    /// The entry.
    #[ts(type = "string")]
    pub entry: Uuid,
    /// What happened; words `choice-licence_history-kind-<kind>`.
    pub kind: String,
    /// The day.
    #[ts(type = "string")]
    pub day: NaiveDate,
    /// The account.
    pub account: String,
    /// The type.
    pub licence_type: String,
    /// The term; none: licence-days.
    pub term: Option<u32>,
    /// The lot; none: licence-days.
    #[ts(type = "string | null")]
    pub lot: Option<Uuid>,
    /// The lot's key, masked; empty: none.
    pub key: String,
    /// How many come in; negative: go out.
    #[ts(type = "number")]
    pub amount: i64,
}
