//! What calls about licences name.

use super::super::rules::ledger::Purpose;
use super::notices::DismissNotice;
use chrono::NaiveDate;
use flotilla_kernel::ids::{OrganizationId, SystemId};
use flotilla_kernel::rights::{Concerns, Subject};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

/// A product of an organization.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ProductArgument {
    /// The organization.
    pub organization: OrganizationId,
    /// The product's id in the catalogue.
    pub product: String,
}

/// An act on a product of an organization. The same operation with the same inputs is done once (LIC-61).
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Operation {
    /// Chosen by who asks, new for each act.
    #[ts(type = "string")]
    pub operation: Uuid,
    /// The organization.
    pub organization: OrganizationId,
    /// The product's id in the catalogue.
    pub product: String,
    /// The page it was asked for on, for the history (LIC-62); may be empty.
    #[serde(default)]
    pub screen: String,
}

/// Registers a product, or starts its trial (LIC-05, LIC-06).
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PlainAct {
    /// Which act, and of what.
    #[serde(flatten)]
    pub act: Operation,
}

/// Starts a subscription (LIC-11).
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct StartSubscription {
    /// Which act, and of what.
    #[serde(flatten)]
    pub act: Operation,
    /// Takes over the boundaries of this product of the organization; none: begins today.
    pub together_with: Option<String>,
}

/// What a person states of a key that cannot be checked (LIC-21).
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct DeclaredKey {
    /// The key.
    pub key: String,
    /// The type of its licences.
    pub licence_type: String,
    /// What they are used for.
    pub purpose: Purpose,
    /// Their term in years; 0 for an expansion or upgrade.
    pub term: u32,
    /// How many.
    #[ts(type = "number")]
    pub quantity: i64,
    /// The order reference; may be empty.
    pub order: String,
}

/// Redeems declared keys into the product's wallet, all or none (LIC-20).
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RedeemDeclared {
    /// Which act, and of what.
    #[serde(flatten)]
    pub act: Operation,
    /// The keys.
    pub keys: Vec<DeclaredKey>,
}

/// A key that is to be redeemed.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum KeyToRedeem {
    /// One of Flotilla's own: what it holds is read from it, and cannot be stated otherwise.
    Signed {
        /// The key.
        key: String,
    },
    /// A vendor's.
    Declared(DeclaredKey),
}

/// Redeems keys of both kinds into the product's wallet, all or none (LIC-20, LIC-21).
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RedeemKeys {
    /// Which act, and of what.
    #[serde(flatten)]
    pub act: Operation,
    /// The keys.
    pub keys: Vec<KeyToRedeem>,
}

/// A number of a type for a year.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct YearQuantity {
    /// The year, counted from 0.
    pub year: u32,
    /// The type.
    pub licence_type: String,
    /// How many.
    #[ts(type = "number")]
    pub quantity: i64,
}

/// Licences of a lot.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct LotLine {
    /// The lot.
    #[ts(type = "string")]
    pub lot: Uuid,
    /// How many.
    #[ts(type = "number")]
    pub quantity: i64,
}

/// Licences of a lot for the years from one on.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct YearLine {
    /// The first year.
    pub year: u32,
    /// The lot.
    #[ts(type = "string")]
    pub lot: Uuid,
    /// How many.
    #[ts(type = "number")]
    pub quantity: i64,
}

/// What is to be allocated (LIC-30).
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct AllocationChoice {
    /// The first year; none: the first that is not licensed.
    pub first_year: Option<u32>,
    /// How many years, 1 to 6.
    pub years: u32,
    /// Numbers that differ from the proposed ones; they can be raised, never lowered.
    #[serde(default)]
    pub quantities: Vec<YearQuantity>,
    /// The lots, where the person has chosen them; empty: the proposed ones.
    #[serde(default)]
    pub lots: Vec<YearLine>,
    /// The day on which the system was added that the licences are for; none: they are for the product (LIC-32).
    #[ts(type = "string | null")]
    pub first_day: Option<NaiveDate>,
    /// Whether the person has said yes to more than is needed.
    #[serde(default)]
    pub beyond_need: bool,
}

/// Asks what an allocation would be.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct PlanAllocation {
    /// The organization.
    pub organization: OrganizationId,
    /// The product.
    pub product: String,
    /// What is to be allocated.
    pub choice: AllocationChoice,
}

/// Allocates (LIC-30, LIC-31).
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Allocate {
    /// Which act, and of what.
    #[serde(flatten)]
    pub act: Operation,
    /// What is to be allocated.
    pub choice: AllocationChoice,
}

/// Sends unused licences to another organization (LIC-45). The right is asked in both.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct TransferLicences {
    /// Which act, and of what; the sender.
    #[serde(flatten)]
    pub act: Operation,
    /// The receiver.
    pub to: OrganizationId,
    /// The lots and how many of each.
    pub lines: Vec<LotLine>,
}

/// Numbers by type and term that are to be sent; gives the lots that would be taken (LIC-23, LIC-45).
#[derive(Debug, Clone, Deserialize, TS)]
pub struct PlanTransfer {
    /// The sender.
    pub organization: OrganizationId,
    /// The receiver.
    pub to: OrganizationId,
    /// The product.
    pub product: String,
    /// How many of which type and term.
    pub numbers: Vec<TermQuantity>,
}

/// A number of licences of a type and term.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct TermQuantity {
    /// The type.
    pub licence_type: String,
    /// The term in years.
    pub term: u32,
    /// How many.
    #[ts(type = "number")]
    pub quantity: i64,
}

/// A number of a type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TypeQuantity {
    /// The type.
    pub licence_type: String,
    /// How many.
    #[ts(type = "number")]
    pub quantity: i64,
}

/// Calls back licences that wait (LIC-46).
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RecallTransfer {
    /// Which act, and of what; the sender.
    #[serde(flatten)]
    pub act: Operation,
    /// The transfer.
    #[ts(type = "string")]
    pub transfer: Uuid,
}

/// Allocates expansion licences to one system (LIC-41).
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AllocateToSystem {
    /// Which act, and of what.
    #[serde(flatten)]
    pub act: Operation,
    /// The system, of the same organization.
    pub system: SystemId,
    /// The lots and how many of each.
    pub lines: Vec<LotLine>,
}

/// Uses up upgrade licences (LIC-42).
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct UseUpgrade {
    /// Which act, and of what.
    #[serde(flatten)]
    pub act: Operation,
    /// The lot.
    #[ts(type = "string")]
    pub lot: Uuid,
    /// How many.
    #[ts(type = "number")]
    pub quantity: i64,
    /// What was upgraded.
    pub subject: String,
    /// From what.
    pub from: String,
    /// To what.
    pub to: String,
}

/// Says by hand what a system, or the organization as a whole, needs (LIC-15). The number stands in place of the catalogue's rule.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SetRequirement {
    /// Which act, and of what.
    #[serde(flatten)]
    pub act: Operation,
    /// The system; none: on top of what the systems need.
    pub system: Option<SystemId>,
    /// The type.
    pub licence_type: String,
    /// How many; none: the rule holds again.
    #[ts(type = "number | null")]
    pub quantity: Option<i64>,
}

/// A lot of an opening balance (LIC-64).
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct OpeningLine {
    /// The key, masked by who enters it; may be empty.
    pub key: String,
    /// The type.
    pub licence_type: String,
    /// The term in years.
    pub term: u32,
    /// The order reference; may be empty.
    pub order: String,
    /// The day it was redeemed at the vendor.
    #[ts(type = "string")]
    pub redeemed: NaiveDate,
    /// How many are in the wallet.
    #[ts(type = "number")]
    pub wallet: i64,
    /// How many are allocated, by the first day of the year they begin in.
    pub years: Vec<OpeningYear>,
}

/// Allocated licences of an opening balance.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct OpeningYear {
    /// The year, counted from 0 at the start.
    pub year: u32,
    /// How many.
    #[ts(type = "number")]
    pub quantity: i64,
}

/// Enters a subscription that already runs at the vendor (LIC-64).
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct OpenSubscription {
    /// Which act, and of what.
    #[serde(flatten)]
    pub act: Operation,
    /// Its past start.
    #[ts(type = "string")]
    pub start: NaiveDate,
    /// What it has.
    pub lots: Vec<OpeningLine>,
    /// Where these numbers come from.
    pub reference: String,
}

/// Ends a subscription (LIC-65).
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct EndSubscription {
    /// Which act, and of what.
    #[serde(flatten)]
    pub act: Operation,
    /// Why.
    pub reason: String,
}

/// Takes an entry back (LIC-65).
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ReverseEntry {
    /// Which act, and of what.
    #[serde(flatten)]
    pub act: Operation,
    /// The entry.
    #[ts(type = "string")]
    pub entry: Uuid,
    /// Why.
    pub reason: String,
}

/// The postings behind a number (LIC-60).
#[derive(Debug, Clone, Deserialize, TS)]
pub struct PostingsArgument {
    /// The organization.
    pub organization: OrganizationId,
    /// The product.
    pub product: String,
    /// The account, such as `wallet` or `year:2`; none: every account.
    #[serde(default)]
    pub account: Option<String>,
    /// The type; none: every type.
    #[serde(default)]
    pub licence_type: Option<String>,
    /// The lot; none: every lot.
    #[serde(default)]
    #[ts(type = "string | null")]
    pub lot: Option<Uuid>,
    /// The entry; none: every entry.
    #[serde(default)]
    #[ts(type = "string | null")]
    pub entry: Option<Uuid>,
}

/// Which ledger is exported, and as what (LIC-63).
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ExportLedger {
    /// The organization; none: all, for administrators.
    #[serde(default)]
    pub organization: Option<OrganizationId>,
    /// As what.
    pub format: LedgerFormat,
}

/// What a ledger is exported as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LedgerFormat {
    /// A plain-text journal for hledger.
    Journal,
    /// JSON lines, with the hashes of the chain.
    Json,
}

/// An organization whose products are asked for.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ProductsArgument {
    /// The organization.
    pub organization: OrganizationId,
}

macro_rules! concerns_its_organization {
    ($($name:ident $(. $act:ident)?),* $(,)?) => {$(
        impl Concerns for $name {
            fn subjects(&self) -> Vec<Subject> {
                vec![self$(.$act)?.organization.into()]
            }
        }
    )*};
}

concerns_its_organization! {
    ProductArgument, PlainAct.act, StartSubscription.act, RedeemDeclared.act, RedeemKeys.act, PlanAllocation, Allocate.act, RecallTransfer.act,
    AllocateToSystem.act, UseUpgrade.act, SetRequirement.act, OpenSubscription.act, EndSubscription.act, ReverseEntry.act,
    PostingsArgument, ProductsArgument, DismissNotice,
}

impl Concerns for TransferLicences {
    fn subjects(&self) -> Vec<Subject> {
        vec![self.act.organization.into(), self.to.into()]
    }
}

impl Concerns for PlanTransfer {
    fn subjects(&self) -> Vec<Subject> {
        vec![self.organization.into(), self.to.into()]
    }
}

impl Concerns for ExportLedger {
    fn subjects(&self) -> Vec<Subject> {
        self.organization.map(Subject::from).into_iter().collect()
    }
}
