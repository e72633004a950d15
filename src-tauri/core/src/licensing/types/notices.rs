//! What members with licences are told, and where licences are bought.

use super::super::rules::notices::NoticeKind;
use chrono::NaiveDate;
use flotilla_kernel::ids::OrganizationId;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

/// Whose notices.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct NoticesArgument {
    /// One organization; none: all that the account may see.
    #[serde(default)]
    pub organization: Option<OrganizationId>,
}

/// A notice that is not to be shown to this account again.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct DismissNotice {
    /// The organization it is about.
    pub organization: OrganizationId,
    /// The notice.
    #[ts(type = "string")]
    pub notice: Uuid,
}

/// What is told, the most urgent first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct NoticeList {
    /// The first of them.
    pub notices: Vec<LicenceNotice>,
    /// How many there are in all.
    #[ts(type = "number")]
    pub count: i64,
}

/// Something of a product of an organization that is told in time (LIC-17, LIC-22).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct LicenceNotice {
    /// The notice.
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
    /// What is told.
    pub kind: NoticeKind,
    /// The last day of what ends; of growth, of the year.
    #[ts(type = "string")]
    pub date: NaiveDate,
    /// The lot; none: it is about a year.
    #[ts(type = "string | null")]
    pub lot: Option<Uuid>,
    /// The lot's key, masked.
    pub key: String,
    /// How many licences are left, due or missing.
    #[ts(type = "number")]
    pub quantity: i64,
}

/// Where a product's licences are bought (LIC-77). The host opens nothing but the addresses handed out here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct WhereToBuy {
    /// The product's link and the reseller's own page, as far as there are any.
    pub addresses: Vec<BuyAddress>,
    /// The reseller; none: the preferences name none.
    pub reseller: Option<Reseller>,
}

/// A page on which licences are bought.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct BuyAddress {
    /// Whose.
    pub of: BuyAt,
    /// The address.
    pub url: String,
}

/// Whose page it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum BuyAt {
    /// The product's, as the catalogue has it.
    Product,
    /// The reseller's.
    Reseller,
}

/// Whom to ask.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Reseller {
    /// Its name.
    pub name: String,
    /// Its telephone number; may be empty.
    pub telephone: String,
    /// Its e-mail address; may be empty.
    pub email: String,
}
