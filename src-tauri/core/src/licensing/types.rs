//! The licence wallet on the wire.

use super::rules::ledger::{LotOrigin, Purpose};
use super::rules::status::Status;
use chrono::NaiveDate;
use flotilla_kernel::clock::Time;
use flotilla_kernel::events::FeatureName;
use flotilla_kernel::ids::{OrganizationId, SystemId};
use flotilla_kernel::rights::{Concerns, Subject};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

/// Under this name its changes are told; the ids are organizations.
pub const CHANGES: FeatureName = FeatureName("licences");

// What a call names

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
    ProductArgument, PlainAct.act, StartSubscription.act, RedeemDeclared.act, PlanAllocation, Allocate.act, RecallTransfer.act,
    AllocateToSystem.act, UseUpgrade.act, SetRequirement.act, OpenSubscription.act, EndSubscription.act, ReverseEntry.act,
    PostingsArgument, ProductsArgument,
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

// What is answered

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

/// The products of an organization: every one of the catalogue (LIC-03).
#[derive(Debug, Clone, Serialize, TS)]
pub struct ProductList {
    /// The day in the organization's zone.
    pub today: NaiveDate,
    /// Whether the machine's clock is behind what was seen before; then `today` is the kept day (LIC-53).
    pub clock_behind: bool,
    /// The products.
    pub products: Vec<ProductLine>,
}

/// A product of an organization.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ProductLine {
    /// Its id.
    pub product: String,
    /// Its name.
    pub name: String,
    /// Its status.
    pub status: LicenceStatus,
    /// The next date; none: there is none.
    pub next_date: Option<NaiveDate>,
    /// What is short.
    #[ts(type = "number")]
    pub shortage: i64,
    /// Licences in the wallet that can be used.
    #[ts(type = "number")]
    pub wallet: i64,
    /// Licences that wait for it to be started.
    #[ts(type = "number")]
    pub waiting: i64,
    /// Where to buy (LIC-77).
    pub where_to_buy: String,
}

/// Everything about one product of an organization: overview, licensing by year, wallet in numbers (LIC-03).
#[derive(Debug, Clone, Serialize, TS)]
pub struct ProductDetails {
    /// The organization.
    pub organization: OrganizationId,
    /// The organization's name.
    pub customer: String,
    /// The product.
    pub product: String,
    /// Its name.
    pub name: String,
    /// The day in the organization's zone.
    pub today: NaiveDate,
    /// Whether the machine's clock is behind what was seen before (LIC-53).
    pub clock_behind: bool,
    /// Its status.
    pub status: LicenceStatus,
    /// The next date; none: there is none.
    pub next_date: Option<NaiveDate>,
    /// What is short.
    #[ts(type = "number")]
    pub shortage: i64,
    /// When it was registered; none: it is not.
    pub registered: Option<NaiveDate>,
    /// Its trial.
    pub trial: Option<TrialDates>,
    /// Its subscription.
    pub subscription: Option<SubscriptionDetails>,
    /// The starts of other products whose boundaries can be taken over (LIC-11).
    pub common_starts: Vec<CommonStart>,
    /// What the catalogue says.
    pub terms: ProductTerms,
    /// What the systems need today, by type.
    pub need: Vec<TypeQuantity>,
    /// Whether the systems need something else by now than the books say; the next act or the service writes it down.
    pub need_pending: bool,
    /// What can be used of the wallet, by type and term.
    pub wallet: Vec<TermQuantity>,
    /// Licence-years in the wallet.
    #[ts(type = "number")]
    pub licence_years: i64,
    /// Licences whose shelf life ends within 90 days, and the first day on which some do.
    pub ending: Option<EndingSoon>,
    /// Licence-days that are kept, by type.
    pub residuals: Vec<TypeQuantity>,
    /// Licences that wait here for the product to be started.
    pub waiting: Vec<WaitingTransfer>,
    /// Licences that were sent and still wait elsewhere.
    pub sent: Vec<WaitingTransfer>,
    /// Where to buy (LIC-77).
    pub where_to_buy: String,
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

/// A trial.
#[derive(Debug, Clone, Serialize, TS)]
pub struct TrialDates {
    /// Its first day.
    pub start: NaiveDate,
    /// Its last day.
    pub until: NaiveDate,
}

/// A subscription, with its years.
#[derive(Debug, Clone, Serialize, TS)]
pub struct SubscriptionDetails {
    /// The start that its boundaries are counted from.
    pub start: NaiveDate,
    /// The first day of the product in it.
    pub first_day: NaiveDate,
    /// The present year, counted from 0 at the start.
    pub year: u32,
    /// The version of the catalogue it goes by until the next year.
    #[ts(type = "number")]
    pub catalogue: i64,
    /// When it was ended; none: it runs.
    pub ended: Option<NaiveDate>,
    /// The last two years that are over, the present one, and those that can be allocated to.
    pub years: Vec<YearDetails>,
}

/// How a year is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum YearState {
    /// It is over.
    Past,
    /// It is licensed, or is covered already.
    Licensed,
    /// It is the present one, and its grace period runs.
    Grace,
    /// It is the present one, and its grace period is over.
    Unlicensed,
    /// Nothing is needed.
    NothingNeeded,
    /// It lies ahead, and something is allocated, but not enough.
    Short,
    /// It lies ahead, and nothing is allocated.
    NotAllocated,
}

/// A year of a subscription.
#[derive(Debug, Clone, Serialize, TS)]
pub struct YearDetails {
    /// The year, counted from 0.
    pub year: u32,
    /// Its first day.
    pub from: NaiveDate,
    /// Its last day.
    pub until: NaiveDate,
    /// How it is.
    pub state: YearState,
    /// The last day of its grace period; none: none runs or ran.
    pub grace_until: Option<NaiveDate>,
    /// What was allocated when its need was frozen (LIC-16); none: it is not.
    #[ts(type = "number | null")]
    pub frozen: Option<i64>,
    /// Need and allocation by type.
    pub types: Vec<YearType>,
}

/// A type in a year.
#[derive(Debug, Clone, Serialize, TS)]
pub struct YearType {
    /// The type.
    pub licence_type: String,
    /// What is needed.
    #[ts(type = "number")]
    pub need: i64,
    /// What is allocated.
    #[ts(type = "number")]
    pub allocated: i64,
    /// What is short, after surplus has flowed along substitutions.
    #[ts(type = "number")]
    pub short: i64,
    /// What is left over.
    #[ts(type = "number")]
    pub surplus: i64,
}

/// A start that can be taken over.
#[derive(Debug, Clone, Serialize, TS)]
pub struct CommonStart {
    /// The product.
    pub product: String,
    /// Its name.
    pub name: String,
    /// Its start.
    pub start: NaiveDate,
    /// Its next anniversary.
    pub next: NaiveDate,
}

/// What the catalogue says of a product.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ProductTerms {
    /// Version of the catalogue.
    #[ts(type = "number")]
    pub catalogue: i64,
    /// Days of a trial; 0: there is none.
    pub trial_days: u32,
    /// Days of a grace period.
    pub grace_days: u32,
    /// Years that licences can be stored.
    pub storage_years: u32,
    /// Years ahead that can be allocated to.
    pub ahead_years: u32,
    /// By how many percent a licensed year may grow.
    pub tolerance_percent: u32,
    /// Whether licences can be sent to another organization.
    pub transferable: bool,
    /// The terms there are, in years.
    pub terms: Vec<u32>,
    /// Its types, in order, with their names.
    pub types: Vec<TypeName>,
}

/// A type and its name.
#[derive(Debug, Clone, Serialize, TS)]
pub struct TypeName {
    /// Its id.
    pub licence_type: String,
    /// Its name.
    pub name: String,
    /// How a need of it comes about.
    pub by_hand: bool,
}

/// Licences whose shelf life ends soon.
#[derive(Debug, Clone, Serialize, TS)]
pub struct EndingSoon {
    /// How many.
    #[ts(type = "number")]
    pub quantity: i64,
    /// The first day on which some end.
    pub first: NaiveDate,
}

/// A transfer whose licences wait (LIC-46).
#[derive(Debug, Clone, Serialize, TS)]
pub struct WaitingTransfer {
    /// The transfer.
    #[ts(type = "string")]
    pub transfer: Uuid,
    /// The other organization.
    pub organization: OrganizationId,
    /// Its name; empty: this account may not see it.
    pub customer: String,
    /// When it was sent.
    pub since: NaiveDate,
    /// What waits.
    pub lots: Vec<WaitingLot>,
}

/// Licences of a lot that wait.
#[derive(Debug, Clone, Serialize, TS)]
pub struct WaitingLot {
    /// The lot.
    #[ts(type = "string")]
    pub lot: Uuid,
    /// The type.
    pub licence_type: String,
    /// The term.
    pub term: u32,
    /// How many.
    #[ts(type = "number")]
    pub quantity: i64,
    /// From this day on they are expired.
    pub shelf_end: NaiveDate,
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
    pub from: NaiveDate,
    /// Its last day.
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
    pub redeemed: NaiveDate,
    /// From this day on it can no longer be allocated.
    pub shelf_end: NaiveDate,
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

// Rows of lists

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
    pub status_date: Option<NaiveDate>,
    /// What is short, or due beyond the growth allowance.
    #[ts(type = "number")]
    pub shortage: i64,
    /// The next date.
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
    pub redeemed: NaiveDate,
    /// From this day on it can no longer be allocated.
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
    pub date: NaiveDate,
    /// How many licences: of a year those that are needed after it, of a lot those that are left.
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

// The catalogue and the books as a whole

/// The catalogue in force (LIC-01).
#[derive(Debug, Clone, Serialize, TS)]
pub struct CatalogueView {
    /// Its version.
    #[ts(type = "number")]
    pub version: i64,
    /// From which day on it holds.
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
}
