//! The issuers of signed licence keys (LIC-21).

use chrono::NaiveDate;
use flotilla_kernel::clock::Time;
use flotilla_kernel::ids::OrganizationId;
use flotilla_kernel::rights::{Concerns, Subject};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What an administrator decided about an issuer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum IssuerStanding {
    /// Its keys are accepted.
    Trusted,
    /// No key of it is accepted any more; what was redeemed stays.
    Revoked,
}

/// An issuer that an administrator decided about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct LicenceIssuer {
    /// The id of its key.
    pub key: String,
    /// Its name, as its file has it.
    pub name: String,
    /// The SHA-256 of its key, in groups of four hexadecimal digits.
    pub fingerprint: String,
    /// Whether it is trusted.
    pub standing: IssuerStanding,
    /// When it was added.
    pub added_at: Time,
    /// By whom; empty: not known any more.
    pub added_by: String,
    /// When that was decided.
    pub decided_at: Time,
    /// By whom; empty: not known any more.
    pub decided_by: String,
    /// Why; empty for one that was added and never decided about again.
    pub reason: String,
    /// How many lots come from its keys.
    #[ts(type = "number")]
    pub lots: i64,
}

/// The text of an issuer's file.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct IssuerFile {
    /// The text.
    pub text: String,
}

/// What an issuer's file holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct IssuerPreview {
    /// The name. Nothing proves it; the fingerprint is what is compared.
    pub name: String,
    /// The id of its key.
    pub key: String,
    /// The SHA-256 of its key, in groups of four hexadecimal digits.
    pub fingerprint: String,
    /// What was decided about this key before; none: nothing.
    pub known: Option<LicenceIssuer>,
    /// Whether another key goes by this name.
    pub same_name: bool,
}

/// A decision about an issuer, with its reason.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct DecideIssuer {
    /// The id of its key.
    pub key: String,
    /// Why.
    pub reason: String,
}

/// Keys that are looked at before they are redeemed (LIC-20).
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ReadKeys {
    /// The organization they would be redeemed for.
    pub organization: OrganizationId,
    /// The product they would be redeemed for.
    pub product: String,
    /// The keys, as they were pasted or typed.
    pub keys: Vec<String>,
}

impl Concerns for ReadKeys {
    fn subjects(&self) -> Vec<Subject> {
        vec![self.organization.into()]
    }
}

/// What became known of a key (LIC-20, LIC-21).
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct KeyReading {
    /// As it may be shown.
    pub masked: String,
    /// Which kind of key it is.
    pub kind: KeyKind,
    /// What a signed key holds whose signature is good; none: nothing proves anything of it.
    pub held: Option<HeldByKey>,
    /// Why it cannot be redeemed; none: it can be.
    pub problem: Option<flotilla_kernel::error::WireError>,
}

/// The kinds of key (LIC-21).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum KeyKind {
    /// One of Flotilla's own.
    Signed,
    /// A vendor's, of which a person states what it holds.
    Declared,
}

/// What a signed key holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct HeldByKey {
    /// The name of the product; its id where the catalogue does not have it.
    pub product: String,
    /// The licences.
    pub lines: Vec<HeldLine>,
    /// The order reference; may be empty.
    pub order: String,
    /// The day it was issued.
    #[ts(type = "string | null")]
    pub issued: Option<NaiveDate>,
    /// The last day on which it can be redeemed.
    #[ts(type = "string | null")]
    pub redeem_until: Option<NaiveDate>,
    /// Who signed it.
    pub issuer: super::super::rules::ledger::SignedBy,
}

/// Licences of one type in a signed key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct HeldLine {
    /// What they are used for.
    pub purpose: super::super::rules::ledger::Purpose,
    /// The name of the type; its id where the catalogue does not have it.
    pub licence_type: String,
    /// The name of the type that an upgrade raises; none: it is no upgrade.
    pub from: Option<String>,
    /// The term in years; 0: not bound to years.
    pub term: u32,
    /// How many.
    #[ts(type = "number")]
    pub quantity: i64,
}
