//! The accounts of the ledger (LIC-60).

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use uuid::Uuid;

/// Where licences are, or licence-days (LIC-60).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Account {
    /// Where all licences come from; the only account that may be negative.
    Issuer,
    /// Can be allocated.
    Wallet,
    /// Allocated, beginning with this year; a licence of several years occupies the following ones, too (LIC-24).
    Year(u32),
    /// Allocated to one system (LIC-41).
    System(Uuid),
    /// In a licence file that its system has not confirmed (LIC-51). The file's id.
    PendingOffline(Uuid),
    /// Between two organizations, within one transaction (LIC-45). The transfer's id.
    InTransit(Uuid),
    /// Sent to an organization that has not started the product (LIC-46).
    Waiting,
    /// Was in the wallet of an organization that is archived (ORG-06).
    FrozenWallet,
    /// Was waiting for an organization that is archived.
    FrozenWaiting,
    /// Its shelf life has ended (LIC-22).
    Expired,
    /// Used up: an upgrade (LIC-42).
    Consumed,
    /// Given back to the issuer: what was redeemed or opened by mistake (LIC-65).
    Returned,
    /// Licence-days that were gone before licences were allocated, and are not credited yet (LIC-32).
    Residual,
}

/// Where licences are that the vendor counts, too (LIC-66).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// Unused.
    Wallet,
    /// Allocated; the first year they are for.
    Year(u32),
}

impl Place {
    /// The account of the ledger.
    pub fn account(self) -> Account {
        match self {
            Self::Wallet => Account::Wallet,
            Self::Year(year) => Account::Year(year),
        }
    }
}

impl fmt::Display for Account {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Issuer => formatter.write_str("issuer"),
            Self::Wallet => formatter.write_str("wallet"),
            Self::Year(year) => write!(formatter, "year:{year}"),
            Self::System(id) => write!(formatter, "system:{id}"),
            Self::PendingOffline(id) => write!(formatter, "pending-offline:{id}"),
            Self::InTransit(id) => write!(formatter, "in-transit:{id}"),
            Self::Waiting => formatter.write_str("waiting"),
            Self::FrozenWallet => formatter.write_str("frozen:wallet"),
            Self::FrozenWaiting => formatter.write_str("frozen:waiting"),
            Self::Expired => formatter.write_str("expired"),
            Self::Consumed => formatter.write_str("consumed"),
            Self::Returned => formatter.write_str("returned"),
            Self::Residual => formatter.write_str("residual"),
        }
    }
}

/// A text that is no account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotAnAccount(pub String);

impl FromStr for Account {
    type Err = NotAnAccount;

    fn from_str(text: &str) -> Result<Self, NotAnAccount> {
        let unknown = || NotAnAccount(text.to_owned());
        let id = |text: &str| text.parse::<Uuid>().map_err(|_| unknown());
        Ok(match text.split_once(':') {
            None => match text {
                "issuer" => Self::Issuer,
                "wallet" => Self::Wallet,
                "waiting" => Self::Waiting,
                "expired" => Self::Expired,
                "consumed" => Self::Consumed,
                "returned" => Self::Returned,
                "residual" => Self::Residual,
                _ => return Err(unknown()),
            },
            Some(("year", year)) => Self::Year(year.parse().map_err(|_| unknown())?),
            Some(("system", rest)) => Self::System(id(rest)?),
            Some(("pending-offline", rest)) => Self::PendingOffline(id(rest)?),
            Some(("in-transit", rest)) => Self::InTransit(id(rest)?),
            Some(("frozen", "wallet")) => Self::FrozenWallet,
            Some(("frozen", "waiting")) => Self::FrozenWaiting,
            Some(_) => return Err(unknown()),
        })
    }
}

impl Serialize for Account {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
