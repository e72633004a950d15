//! Products of an organization.

use super::answers::LicenceStatus;
use super::arguments::{TermQuantity, TypeQuantity};
use chrono::NaiveDate;
use flotilla_kernel::ids::OrganizationId;
use serde::Serialize;
use ts_rs::TS;
use uuid::Uuid;

/// The products of an organization: every one of the catalogue (LIC-03).
#[derive(Debug, Clone, Serialize, TS)]
pub struct ProductList {
    /// The day in the organization's zone.
    #[ts(type = "string")]
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
    #[ts(type = "string | null")]
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
    #[ts(type = "string")]
    pub today: NaiveDate,
    /// Whether the machine's clock is behind what was seen before (LIC-53).
    pub clock_behind: bool,
    /// Its status.
    pub status: LicenceStatus,
    /// The next date; none: there is none.
    #[ts(type = "string | null")]
    pub next_date: Option<NaiveDate>,
    /// What is short.
    #[ts(type = "number")]
    pub shortage: i64,
    /// When it was registered; none: it is not.
    #[ts(type = "string | null")]
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
    /// What that is made of.
    pub need_parts: Vec<NeedPart>,
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

/// A trial.
#[derive(Debug, Clone, Serialize, TS)]
pub struct TrialDates {
    /// Its first day.
    #[ts(type = "string")]
    pub start: NaiveDate,
    /// Its last day.
    #[ts(type = "string")]
    pub until: NaiveDate,
}

/// A subscription, with its years.
#[derive(Debug, Clone, Serialize, TS)]
pub struct SubscriptionDetails {
    /// The start that its boundaries are counted from.
    #[ts(type = "string")]
    pub start: NaiveDate,
    /// The first day of the product in it.
    #[ts(type = "string")]
    pub first_day: NaiveDate,
    /// The present year, counted from 0 at the start.
    pub year: u32,
    /// The version of the catalogue it goes by until the next year.
    #[ts(type = "number")]
    pub catalogue: i64,
    /// When it was ended; none: it runs.
    #[ts(type = "string | null")]
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
    #[ts(type = "string")]
    pub from: NaiveDate,
    /// Its last day.
    #[ts(type = "string")]
    pub until: NaiveDate,
    /// How it is.
    pub state: YearState,
    /// The last day of its grace period; none: none runs or ran.
    #[ts(type = "string | null")]
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
    #[ts(type = "string")]
    pub start: NaiveDate,
    /// Its next anniversary.
    #[ts(type = "string")]
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

/// Where a need comes from (LIC-15).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum NeedOrigin {
    /// The systems that were found, by the catalogue's rule or by what was said of one of them.
    Systems,
    /// Systems without a network, by their files.
    Files,
    /// A person, of the organization as a whole.
    ByHand,
    /// What hardware brings, which is taken off.
    Hardware,
}

/// A part of what is needed of a type.
#[derive(Debug, Clone, Serialize, TS)]
pub struct NeedPart {
    /// The type.
    pub licence_type: String,
    /// Where it comes from.
    pub source: NeedOrigin,
    /// How many; negative: taken off.
    #[ts(type = "number")]
    pub quantity: i64,
}

/// A type and its name.
#[derive(Debug, Clone, Serialize, TS)]
pub struct TypeName {
    /// Its id.
    pub licence_type: String,
    /// Its name.
    pub name: String,
    /// Whether the catalogue has no rule for it: what is needed is said by hand alone.
    pub by_hand: bool,
}

/// Licences whose shelf life ends soon.
#[derive(Debug, Clone, Serialize, TS)]
pub struct EndingSoon {
    /// How many.
    #[ts(type = "number")]
    pub quantity: i64,
    /// The first day on which some end.
    #[ts(type = "string")]
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
    #[ts(type = "string")]
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
    #[ts(type = "string")]
    pub shelf_end: NaiveDate,
}
