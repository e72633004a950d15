//! The licence file for a system without a network, as Flotilla makes it and the system takes it in (LIC-51).

use super::envelope::{self, Received};
use super::{Digest, FileContentsProblem, Refusal, Response, check_begun, check_sequence};
use crate::issuer::{SecretKey, Standing, TrustedIssuers};
use crate::names::{Name, SystemId};
use chrono::NaiveDate;

/// What the system knows of itself.
#[derive(Debug, Clone)]
pub struct State {
    /// How it calls itself.
    pub system: SystemId,
    /// The product it is.
    pub product: Name,
    /// The request that waits for an answer.
    pub pending: Option<Digest>,
    /// The sequence number of the last licence file that it took in.
    pub last_sequence: Option<u64>,
    /// Whether the very same file was read before.
    pub already_read: bool,
    /// The day (LIC-53).
    pub today: NaiveDate,
}

/// Makes a licence file.
///
/// # Errors
/// When no file can hold this.
pub fn write(response: &Response, secret: &SecretKey) -> Result<Vec<u8>, FileContentsProblem> {
    envelope::write(response, Some(secret))
}

/// Reads a licence file that a trusted issuer signed.
///
/// # Errors
/// What is wrong with it (LIC-52).
pub fn read(bytes: &[u8], issuers: &TrustedIssuers) -> Result<Received<Response>, Refusal> {
    envelope::read(bytes, |key| {
        let key = key.ok_or(Refusal::NotSigned)?;
        match issuers.standing(key) {
            Some(Standing::Trusted) => Ok(()),
            Some(Standing::Revoked) => Err(Refusal::RevokedKey {
                key: key.id().to_string(),
            }),
            None => Err(Refusal::UnknownKey {
                key: key.id().to_string(),
            }),
        }
    })
}

/// Checks a licence file, as the system that it is for does.
///
/// # Errors
/// Why it is refused (LIC-52).
pub fn check(received: &Received<Response>, state: &State) -> Result<(), Refusal> {
    let response = &received.content;
    if response.system != state.system {
        return Err(Refusal::WrongSystem {
            system: response.system.to_string(),
        });
    }
    if response.product != state.product {
        return Err(Refusal::WrongProduct {
            product: response.product.to_string(),
        });
    }
    if state.already_read {
        return Err(Refusal::AlreadyRead);
    }
    if state.pending != Some(response.request) {
        return Err(Refusal::NotPending);
    }
    check_sequence(response.sequence, state.last_sequence)?;
    check_begun(response.issued, state.today)?;
    if state.today > response.expires {
        return Err(Refusal::Expired {
            until: response.expires,
        });
    }
    Ok(())
}
