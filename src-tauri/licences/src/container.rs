//! The files that pass between Flotilla and a system without a network (LIC-50 to LIC-53).
//!
//! A system's *request* says what it is and needs; the *response* is the licence file for it, bound to exactly that
//! request; the *confirmation* says that the system took it in, or gave it back. Each is a container:
//!
//! | bytes | what |
//! | --- | --- |
//! | 8 | `89 46 4C 54 0D 0A 1A 0A`; whatever treats the file as text changes it |
//! | 1 | version, 1 |
//! | 1 | 1 request, 2 response, 3 confirmation |
//! | 32 | the Ed25519 key it is signed with; zero when it is not signed |
//! | 4 | length of the payload, big-endian |
//! | … | the payload: JSON in UTF-8 |
//! | 64 | signature of exactly the payload's bytes; zero when it is not signed |
//! | 32 | SHA-256 of all bytes before it, which tells damage from forgery |
//!
//! A file is looked at in two steps. [`read`](request::read) needs no state: size, envelope, signature, strict JSON. What
//! it gives is checked against what the caller knows ([`check`](request::check)): pending requests, the last sequence
//! number, the day.

pub mod confirmation;
mod content;
mod envelope;
mod kind;
mod recoded;
mod refusal;
pub mod request;
pub mod response;
mod strict;

pub use content::{
    Confirmation, HARDWARE_LIMIT, LINES_LIMIT, OfflineLicence, Outcome, Request, Response, TEXT_LIMIT,
};
pub use envelope::{FILE_LIMIT, Received, kind};
pub use kind::Kind;
pub use refusal::{FileContentsProblem, Refusal};

use chrono::{Days, NaiveDate};
use data_encoding::{HEXLOWER, HEXLOWER_PERMISSIVE};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::fmt::{Display, Formatter};
use std::str::FromStr;

/// The SHA-256 of a whole file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Digest([u8; 32]);

impl Digest {
    /// The digest of these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// A digest that was kept.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The bytes.
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl Display for Digest {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&HEXLOWER.encode(&self.0))
    }
}

impl FromStr for Digest {
    type Err = &'static str;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let bytes = HEXLOWER_PERMISSIVE.decode(text.as_bytes()).ok();
        bytes
            .and_then(|bytes| bytes.try_into().ok())
            .map(Self)
            .ok_or("a SHA-256 has 64 hexadecimal digits")
    }
}

impl From<Digest> for String {
    fn from(digest: Digest) -> Self {
        digest.to_string()
    }
}

impl TryFrom<String> for Digest {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

/// A number that has to rise from file to file, so that an older one is not taken for a newer one.
fn check_sequence(found: u64, last: Option<u64>) -> Result<(), Refusal> {
    match last {
        Some(last) if found <= last => Err(Refusal::SequenceNotHigher { found, last }),
        _ => Ok(()),
    }
}

/// A day on which something was done lies in the past; where the other one is it may be a day later already.
fn check_begun(day: NaiveDate, today: NaiveDate) -> Result<(), Refusal> {
    let latest = today.checked_add_days(Days::new(1)).unwrap_or(NaiveDate::MAX);
    if day > latest {
        return Err(Refusal::NotYetValid { from: day });
    }
    Ok(())
}

#[cfg(test)]
pub(crate) use envelope::forge;
#[cfg(test)]
pub(crate) mod samples;
#[cfg(test)]
mod tests;
