//! What a system without a network says of its licence file, as Flotilla takes it (LIC-51).

use super::envelope::{self, Received};
use super::request::check_signer;
use super::{Confirmation, Digest, FileContentsProblem, Refusal, check_begun, check_sequence};
use crate::issuer::{PublicKey, SecretKey};
use crate::names::{Name, SystemId};
use chrono::NaiveDate;

/// What is known of the licence files that wait for a confirmation.
#[derive(Debug, Clone)]
pub struct State {
    /// The system that the confirmation is expected from.
    pub system: SystemId,
    /// Its product.
    pub product: Name,
    /// The SHA-256 of each of its licence files that may be confirmed or returned.
    pub pending: Vec<Digest>,
    /// The highest sequence number of any file of this system.
    pub last_sequence: Option<u64>,
    /// The key that the system signs with, as its first request said.
    pub known_key: Option<PublicKey>,
    /// Whether the very same file was read before.
    pub already_read: bool,
    /// The day (LIC-53).
    pub today: NaiveDate,
}

/// Makes a confirmation, as a system does.
///
/// # Errors
/// When no file can hold this.
pub fn write(
    confirmation: &Confirmation,
    secret: Option<&SecretKey>,
) -> Result<Vec<u8>, FileContentsProblem> {
    envelope::write(confirmation, secret)
}

/// Reads a confirmation. When it is signed, its signature holds.
///
/// # Errors
/// What is wrong with it (LIC-52).
pub fn read(bytes: &[u8]) -> Result<Received<Confirmation>, Refusal> {
    envelope::read(bytes, |_| Ok(()))
}

/// Checks a confirmation against what is known of its system.
///
/// # Errors
/// Why it is refused (LIC-52).
pub fn check(received: &Received<Confirmation>, state: &State) -> Result<(), Refusal> {
    let confirmation = &received.content;
    if confirmation.system != state.system {
        return Err(Refusal::WrongSystem {
            system: confirmation.system.to_string(),
        });
    }
    if confirmation.product != state.product {
        return Err(Refusal::WrongProduct {
            product: confirmation.product.to_string(),
        });
    }
    check_signer(received.signer.as_ref(), state.known_key.as_ref(), false)?;
    if state.already_read {
        return Err(Refusal::AlreadyRead);
    }
    if !state.pending.contains(&confirmation.response) {
        return Err(Refusal::NotPending);
    }
    check_sequence(confirmation.sequence, state.last_sequence)?;
    check_begun(confirmation.made, state.today)
}
