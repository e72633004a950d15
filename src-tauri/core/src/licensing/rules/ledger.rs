//! The entries of the ledger, their postings and accounts, and what holds for each of them (LIC-60, LIC-61).
//!
//! Whatever happens to a product of an organization is an entry: also what the clock brings. Nothing is kept anywhere else.

pub use super::account::{Account, NotAnAccount, Place};

use super::files::OfflineLine;
use super::need::Quantities;
use super::terms::Terms;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use uuid::Uuid;

/// What is counted (LIC-60). The product is the book's.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Commodity {
    /// Licences of one lot, with their type and term in years; 0: not bound to years.
    Licences {
        /// The type.
        licence_type: String,
        /// Its term in years.
        term: u32,
        /// The lot.
        lot: Uuid,
    },
    /// Licence-days of a type (LIC-32).
    Days {
        /// The type.
        licence_type: String,
    },
}

/// An amount that is added to an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Posting {
    /// The account.
    pub account: Account,
    /// What is counted.
    pub commodity: Commodity,
    /// How many come in; negative: go out. Never 0.
    pub amount: i64,
}

/// Where a lot comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum LotOrigin {
    /// A key whose signature was checked (LIC-21).
    Signed,
    /// A key that cannot be checked offline; a person stated what it holds (LIC-21).
    Declared,
    /// The compensation of a late allocation (LIC-32).
    Credit,
    /// Entered as it stood at the vendor (LIC-64).
    Opening,
}

/// What a lot's licences are used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// Allocated to years of a subscription.
    Subscription,
    /// Allocated to one system (LIC-41).
    Expansion,
    /// Consumed once (LIC-42).
    Upgrade,
}

/// The licences that came from one key (LIC-22).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lot {
    /// Its id, the same in every organization its licences are sent to.
    pub id: Uuid,
    /// Where it comes from.
    pub origin: LotOrigin,
    /// What it is used for.
    pub purpose: Purpose,
    /// The key, masked; empty: there was none.
    pub key: String,
    /// The type of its licences.
    pub licence_type: String,
    /// For how many years each of them is; 0 when not for a subscription.
    pub term: u32,
    /// The order reference; may be empty.
    pub order: String,
    /// The day of its redemption.
    pub redeemed: NaiveDate,
    /// From this day on it can no longer be allocated.
    pub shelf_end: NaiveDate,
    /// Who signed its key; none: it has none, or nothing proves what a person stated of it (LIC-21).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issuer: Option<SignedBy>,
}

/// The issuer of a signed licence key (LIC-21).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct SignedBy {
    /// The id of its key.
    pub key: String,
    /// Its name, as it was when the licence key was redeemed.
    pub name: String,
}

impl Lot {
    /// What its licences are counted as.
    pub fn commodity(&self) -> Commodity {
        Commodity::Licences {
            licence_type: self.licence_type.clone(),
            term: self.term,
            lot: self.id,
        }
    }
}

/// A lot, and how many of its licences.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LotQuantity {
    /// The lot.
    pub lot: Lot,
    /// How many.
    pub quantity: i64,
}

/// Licences of a lot for the years from one on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AllocationLine {
    /// The first year they are for.
    pub year: u32,
    /// The lot they are taken from.
    pub lot: Uuid,
    /// How many.
    pub quantity: i64,
}

/// What a late allocation gives back, of one type (LIC-32).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Compensation {
    /// The type of the licences that were allocated.
    pub licence_type: String,
    /// The year they were allocated to.
    pub year: u32,
    /// `n`: how many.
    pub licences: i64,
    /// `d`: for how many days of the year each was not used.
    pub days: i64,
    /// `L`: the days of the year.
    pub year_days: i64,
    /// The residual before, in licence-days.
    pub residual_before: i64,
    /// How many licences of one year are given back.
    pub credit: i64,
    /// The residual after, in licence-days.
    pub residual_after: i64,
    /// The lot that is given back; none: nothing is.
    pub lot: Option<Lot>,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Event {
    /// The product was registered with the organization (LIC-05).
    Registered,
    /// A trial was started (LIC-06).
    TrialStarted {
        /// How many days it has.
        days: u32,
    },
    /// The subscription was started (LIC-11). Licences that were waiting came into the wallet.
    SubscriptionStarted {
        /// The start of the boundaries: the day itself, or that of another product.
        start: NaiveDate,
        /// What the catalogue says, until the next year.
        terms: Terms,
    },
    /// What the registered systems need, by type, has another value (LIC-15).
    NeedChanged {
        /// The need from now on.
        need: Quantities,
    },
    /// A key was redeemed (LIC-20).
    Redeemed {
        /// The digest of the key, which counts once.
        key: String,
        /// The lots it gave.
        lots: Vec<LotQuantity>,
    },
    /// Licences were allocated to years (LIC-30, LIC-31).
    Allocated {
        /// The licences.
        lines: Vec<AllocationLine>,
        /// What was given back.
        compensations: Vec<Compensation>,
    },
    /// Licences were sent to another organization (LIC-45).
    TransferSent {
        /// The id of the transfer.
        transfer: Uuid,
        /// The receiving organization.
        to: Uuid,
        /// The licences.
        lots: Vec<LotQuantity>,
    },
    /// Licences came from another organization.
    TransferReceived {
        /// The id of the transfer.
        transfer: Uuid,
        /// The sending organization.
        from: Uuid,
        /// The licences.
        lots: Vec<LotQuantity>,
        /// Whether they wait for the product to be started (LIC-46).
        waiting: bool,
    },
    /// Licences that wait were called back by the sender (LIC-46); the receiver's side.
    TransferRecalled {
        /// The id of the transfer.
        transfer: Uuid,
        /// The sending organization.
        from: Uuid,
        /// The licences.
        lots: Vec<LotQuantity>,
    },
    /// Licences that waited came back; the sender's side.
    TransferReturned {
        /// The id of the transfer.
        transfer: Uuid,
        /// The organization they were sent to.
        to: Uuid,
        /// The licences.
        lots: Vec<LotQuantity>,
    },
    /// Licences were allocated to one system (LIC-41).
    ExpansionAllocated {
        /// The system.
        system: Uuid,
        /// The licences: lot and number.
        lines: Vec<SystemLine>,
    },
    /// Upgrade licences were used up (LIC-42).
    Upgraded {
        /// The lot they were of.
        lot: Uuid,
        /// How many.
        quantity: i64,
        /// What was upgraded.
        subject: String,
        /// From what.
        from: String,
        /// To what.
        to: String,
    },
    /// Licences were put into a file for a system without a network (LIC-51).
    OfflineIssued {
        /// The file.
        file: Uuid,
        /// The system.
        system: Uuid,
        /// How it calls itself.
        identity: String,
        /// The SHA-256 of the request that is answered.
        request: String,
        /// The number of the file.
        sequence: u64,
        /// The last day on which the system may take it in.
        expires: NaiveDate,
        /// The first day of the system (LIC-32).
        first_day: NaiveDate,
        /// The licences.
        lines: Vec<OfflineLine>,
        /// The lost system that this one stands in for.
        replaces: Option<Uuid>,
    },
    /// A system has taken its file in.
    OfflineConfirmed {
        /// The file.
        file: Uuid,
        /// The system.
        system: Uuid,
        /// What a person says who attests it; none: the system's own file says it.
        attested: Option<String>,
        /// What was given back.
        compensations: Vec<Compensation>,
    },
    /// A system has given its licences back.
    OfflineReturned {
        /// The system.
        system: Uuid,
        /// What a person says who attests it; none: the system's own file says it.
        attested: Option<String>,
    },
    /// A file was never confirmed, and its time is over.
    OfflineLapsed {
        /// The file.
        file: Uuid,
        /// The system.
        system: Uuid,
        /// What a person says.
        reason: String,
    },
    /// Hardware that carries licences was registered (LIC-40).
    HardwareRegistered {
        /// Its serial number.
        serial: String,
        /// Its model.
        model: String,
        /// What it carries.
        licences: Quantities,
        /// Where that is known from.
        reference: String,
    },
    /// It was removed: its licences are suspended.
    HardwareRemoved {
        /// Its serial number.
        serial: String,
        /// Why.
        reason: String,
    },
    /// A subscription that already ran was entered as it stood (LIC-64).
    Opened {
        /// The past start.
        start: NaiveDate,
        /// What the catalogue says, until the next year.
        terms: Terms,
        /// The lots that it has, each with what is in the wallet and what was allocated to years.
        lots: Vec<OpeningLot>,
        /// Where these numbers come from.
        reference: String,
    },
    /// An earlier entry was taken back (LIC-65).
    Reversed {
        /// The entry.
        entry: Uuid,
        /// What it was.
        of: Reversible,
        /// Why.
        reason: String,
    },
    /// The subscription was ended: no later year is due (LIC-65).
    Ended {
        /// Why.
        reason: String,
    },
    /// The book was brought in line with what the vendor shows (LIC-66).
    Reconciled {
        /// The lots that were missing here.
        lots: Vec<Lot>,
        /// What was moved, taken back and entered.
        lines: Vec<ReconciledLine>,
        /// What was compared: the vendor's report, its date.
        reference: String,
        /// Why.
        reason: String,
    },
    /// The organization was archived: what was in the wallet or waiting is frozen (ORG-06).
    Archived,
    /// The organization was restored.
    Restored,
    /// A year of the subscription began, with the catalogue of that day (LIC-01, LIC-10).
    YearBegan {
        /// The year.
        year: u32,
        /// What the catalogue says, until the next year.
        terms: Terms,
    },
    /// A year is licensed, and its need is frozen (LIC-16).
    YearLicensed {
        /// The year.
        year: u32,
        /// `A₀`: what was allocated then, over all types.
        allocated: i64,
    },
    /// The shelf life of a lot ended (LIC-22).
    ShelfLifeEnded {
        /// The lot.
        lot: Uuid,
    },
}

/// What can be taken back (LIC-65).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reversible {
    /// An allocation, as far as its years have not begun.
    Allocation,
    /// The redemption of a declared key.
    Redemption,
    /// An opening balance.
    Opening,
    /// An allocation to a system.
    Expansion,
    /// The end of a subscription.
    Ending,
}

/// Licences of a lot for one system.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SystemLine {
    /// The lot.
    pub lot: Uuid,
    /// How many.
    pub quantity: i64,
}

/// Licences that an entry moved so that the book is in line with what the vendor shows (LIC-66).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReconciledLine {
    /// The lot.
    pub lot: Uuid,
    /// Where they were; none: they were missing, and are entered as they stand at the vendor.
    pub from: Option<Place>,
    /// Where they are; none: they were too many, and are taken back.
    pub to: Option<Place>,
    /// How many.
    pub quantity: i64,
}

/// A lot of an opening balance (LIC-64).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpeningLot {
    /// The lot.
    pub lot: Lot,
    /// How many of it are in the wallet.
    pub wallet: i64,
    /// How many of it are allocated, by the first year they are for.
    #[serde(with = "by_year")]
    pub years: BTreeMap<u32, i64>,
}

/// Numbers by year as pairs: within a value that is told apart by its kind, serde cannot read the keys of a map as numbers.
mod by_year {
    use serde::{Deserialize as _, Deserializer, Serializer};
    use std::collections::BTreeMap;

    pub(super) fn serialize<S: Serializer>(
        years: &BTreeMap<u32, i64>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(years)
    }

    pub(super) fn deserialize<'d, D: Deserializer<'d>>(
        deserializer: D,
    ) -> Result<BTreeMap<u32, i64>, D::Error> {
        let pairs = Vec::<(u32, i64)>::deserialize(deserializer)?;
        Ok(pairs.into_iter().collect())
    }
}

/// One entry of the ledger, in the book of one product of one organization.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The entry's id; made of the operation's, so that the same operation gives the same entries.
    pub id: Uuid,
    /// The operation it belongs to: an act, or what the clock brought.
    pub operation: Uuid,
    /// The calendar day it happened on, in the organization's zone.
    pub day: NaiveDate,
    /// What happened.
    pub event: Event,
    /// What was added to which account.
    pub postings: Vec<Posting>,
}

impl Entry {
    /// The `number`-th entry of an operation in the book `of`.
    pub fn of_operation(operation: Uuid, of: Uuid, number: u32, day: NaiveDate, event: Event) -> Self {
        Self {
            id: derived(&[
                b"entry",
                operation.as_bytes(),
                of.as_bytes(),
                &number.to_be_bytes(),
            ]),
            operation,
            day,
            event,
            postings: Vec::new(),
        }
    }

    /// An entry that the clock brings; it has the same id however the clock went forward (LIC-54).
    pub fn of_clock(book: Uuid, day: NaiveDate, about: &str, event: Event) -> Self {
        let operation = derived(&[
            b"clock",
            book.as_bytes(),
            day.to_string().as_bytes(),
            about.as_bytes(),
        ]);
        Self::of_operation(operation, book, 0, day, event)
    }

    /// Moves licences or licence-days from one account to another.
    pub fn post(&mut self, from: Account, to: Account, commodity: &Commodity, amount: i64) {
        if amount == 0 {
            return;
        }
        for (account, amount) in [(from, -amount), (to, amount)] {
            self.postings.push(Posting {
                account,
                commodity: commodity.clone(),
                amount,
            });
        }
    }
}

/// An id that is made of these values and of nothing else (a UUID of version 8).
pub fn derived(parts: &[&[u8]]) -> Uuid {
    let mut digest = Sha256::new();
    for part in parts {
        digest.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        digest.update(part);
    }
    let mut bytes = [0_u8; 16];
    bytes.copy_from_slice(&digest.finalize()[..16]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}

/// What an entry does not keep to (LIC-61).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Breach {
    /// Its postings of a commodity do not sum to zero.
    NotBalanced(Commodity),
    /// A posting of nothing, or one that cannot be counted.
    NoAmount,
    /// An account would be negative.
    Negative(Account, Commodity),
    /// A lot that nobody knows, or one with another type or term.
    UnknownLot(Uuid),
}

/// The postings of an entry sum to zero for each commodity, and none is of nothing (LIC-61).
///
/// # Errors
/// The first thing that does not hold.
pub fn check_balance(postings: &[Posting]) -> Result<(), Breach> {
    let mut sums: BTreeMap<&Commodity, i64> = BTreeMap::new();
    for posting in postings {
        if posting.amount == 0 {
            return Err(Breach::NoAmount);
        }
        let sum = sums.entry(&posting.commodity).or_default();
        *sum = sum.checked_add(posting.amount).ok_or(Breach::NoAmount)?;
    }
    match sums.into_iter().find(|(_, sum)| *sum != 0) {
        Some((commodity, _)) => Err(Breach::NotBalanced(commodity.clone())),
        None => Ok(()),
    }
}
