//! What the three files say.

use super::Digest;
use super::kind::Kind;
use crate::issuer::PublicKey;
use crate::names::{Name, QUANTITY_LIMIT, Quantity, SystemId, is_plain};
use chrono::{Datelike as _, NaiveDate};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Characters of a text at most.
pub const TEXT_LIMIT: usize = 120;
/// Licence types of a file at most.
pub const LINES_LIMIT: usize = 1_000;
/// Hardware ids of a system at most.
pub const HARDWARE_LIMIT: usize = 256;
/// The highest sequence number: what a database keeps.
const SEQUENCE_LIMIT: u64 = i64::MAX as u64;
/// The years of dates.
const YEARS: std::ops::RangeInclusive<i32> = 2000..=9999;

/// What a payload can be.
pub trait Content: Serialize + DeserializeOwned {
    /// Which of the three it is.
    const KIND: Kind;

    /// Whether every value lies within its limits.
    ///
    /// # Errors
    /// Says which does not.
    fn check(&self) -> Result<(), &'static str>;
}

/// LIC-50: what a system without a network is and needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Request {
    /// The product, by its id in the catalogue.
    pub product: Name,
    /// Its version, as the system says it.
    pub product_version: String,
    /// How the system calls itself.
    pub system: SystemId,
    /// What its hardware is recognised by: serial numbers, addresses.
    pub hardware: Vec<String>,
    /// What it needs, by licence type; no type twice, quantities from 0.
    pub needs: Vec<Quantity>,
    /// Higher than that of any file of this system before. From 1.
    pub sequence: u64,
    /// The day it was made, by the system's clock.
    pub made: NaiveDate,
    /// The key that the system signs with. From the first request on, all files of it are signed so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signing_key: Option<PublicKey>,
}

/// Licences of one type for a system.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OfflineLicence {
    /// Of this type.
    pub licence_type: Name,
    /// From 1.
    pub quantity: u32,
    /// The first day they hold.
    pub from: NaiveDate,
    /// The last day they hold.
    pub until: NaiveDate,
    /// Where they come from, for people; may be empty.
    pub reference: String,
}

/// LIC-51: the licence file for a system.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Response {
    /// The request that it answers: the SHA-256 of that file.
    pub request: Digest,
    /// The product, by its id in the catalogue.
    pub product: Name,
    /// The system it is for.
    pub system: SystemId,
    /// Higher than that of any licence file for this system before. From 1.
    pub sequence: u64,
    /// The day it was issued.
    pub issued: NaiveDate,
    /// The last day on which the system may take it in.
    pub expires: NaiveDate,
    /// What the system may use from then on, instead of what it had; may be empty.
    pub licences: Vec<OfflineLicence>,
    /// The lost system that this one stands in for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<SystemId>,
}

/// What a system did with its licence file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// It took the licences in.
    Confirmed,
    /// It gave them back, and uses them no more.
    Returned,
}

/// LIC-51: what became of a licence file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Confirmation {
    /// The licence file it is about: its SHA-256.
    pub response: Digest,
    /// The product, by its id in the catalogue.
    pub product: Name,
    /// The system.
    pub system: SystemId,
    /// Higher than that of any file of this system before. From 1.
    pub sequence: u64,
    /// What it did.
    pub outcome: Outcome,
    /// The day it was made, by the system's clock.
    pub made: NaiveDate,
}

fn check_sequence(sequence: u64) -> Result<(), &'static str> {
    let fits = (1..=SEQUENCE_LIMIT).contains(&sequence);
    fits.then_some(()).ok_or("sequence")
}

fn check_date(date: NaiveDate, field: &'static str) -> Result<(), &'static str> {
    YEARS.contains(&date.year()).then_some(()).ok_or(field)
}

impl Content for Request {
    const KIND: Kind = Kind::Request;

    fn check(&self) -> Result<(), &'static str> {
        check_sequence(self.sequence)?;
        check_date(self.made, "made")?;
        if !is_plain(&self.product_version, TEXT_LIMIT) {
            return Err("product_version");
        }
        let is_id = |text: &String| !text.trim().is_empty() && is_plain(text, TEXT_LIMIT);
        if self.hardware.len() > HARDWARE_LIMIT || !self.hardware.iter().all(is_id) {
            return Err("hardware");
        }
        let types: BTreeSet<&Name> = self.needs.iter().map(|need| &need.licence_type).collect();
        let fits = self.needs.iter().all(|need| need.quantity <= QUANTITY_LIMIT);
        if self.needs.len() > LINES_LIMIT || types.len() != self.needs.len() || !fits {
            return Err("needs");
        }
        Ok(())
    }
}

impl Content for Response {
    const KIND: Kind = Kind::Response;

    fn check(&self) -> Result<(), &'static str> {
        check_sequence(self.sequence)?;
        check_date(self.issued, "issued")?;
        check_date(self.expires, "expires")?;
        if self.expires < self.issued {
            return Err("expires");
        }
        let fits = |licence: &OfflineLicence| {
            (1..=QUANTITY_LIMIT).contains(&licence.quantity)
                && licence.from <= licence.until
                && YEARS.contains(&licence.from.year())
                && YEARS.contains(&licence.until.year())
                && is_plain(&licence.reference, TEXT_LIMIT)
        };
        if self.licences.len() > LINES_LIMIT || !self.licences.iter().all(fits) {
            return Err("licences");
        }
        if self.replaces.as_ref() == Some(&self.system) {
            return Err("replaces");
        }
        Ok(())
    }
}

impl Content for Confirmation {
    const KIND: Kind = Kind::Confirmation;

    fn check(&self) -> Result<(), &'static str> {
        check_sequence(self.sequence)?;
        check_date(self.made, "made")
    }
}
