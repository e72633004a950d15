//! The request of a system without a network, as Flotilla takes it (LIC-50).

use super::envelope::{self, Received};
use super::{FileContentsProblem, Refusal, Request, check_begun, check_sequence};
use crate::issuer::{PublicKey, SecretKey};
use chrono::NaiveDate;

/// What is known of the system that a request comes from.
#[derive(Debug, Clone)]
pub struct State {
    /// Whether the very same file was read before.
    pub already_read: bool,
    /// The highest sequence number of any file of this system.
    pub last_sequence: Option<u64>,
    /// The key that the system signs with, as its first request said.
    pub known_key: Option<PublicKey>,
    /// The day (LIC-53).
    pub today: NaiveDate,
}

/// Makes a request, as a system does. With a key, the request names it.
///
/// # Errors
/// When no file can hold this.
pub fn write(request: &Request, secret: Option<&SecretKey>) -> Result<Vec<u8>, FileContentsProblem> {
    if request.signing_key != secret.map(SecretKey::public) {
        return Err(FileContentsProblem::OtherKey);
    }
    envelope::write(request, secret)
}

/// Reads a request. When it is signed, its signature holds, and it names the key.
///
/// # Errors
/// What is wrong with it (LIC-52).
pub fn read(bytes: &[u8]) -> Result<Received<Request>, Refusal> {
    let received: Received<Request> = envelope::read(bytes, |_| Ok(()))?;
    match (&received.signer, &received.content.signing_key) {
        (None, Some(_)) => Err(Refusal::NotSigned),
        (signer, named) if signer == named => Ok(received),
        (signer, _) => Err(unknown(signer.as_ref())),
    }
}

/// Checks a request against what is known of its system.
///
/// # Errors
/// Why it is refused (LIC-52).
pub fn check(received: &Received<Request>, state: &State) -> Result<(), Refusal> {
    check_signer(
        received.signer.as_ref(),
        state.known_key.as_ref(),
        state.last_sequence.is_none(),
    )?;
    if state.already_read {
        return Err(Refusal::AlreadyRead);
    }
    check_sequence(received.content.sequence, state.last_sequence)?;
    check_begun(received.content.made, state.today)
}

/// A system that signs always signs, with the same key. One that never did may begin so, but not in between: otherwise
/// anybody could take over the system's name.
pub(super) fn check_signer(
    signer: Option<&PublicKey>,
    known: Option<&PublicKey>,
    is_first: bool,
) -> Result<(), Refusal> {
    match (signer, known) {
        (signer, known) if signer == known => Ok(()),
        (Some(_), None) if is_first => Ok(()),
        (None, _) => Err(Refusal::NotSigned),
        (signer, _) => Err(unknown(signer)),
    }
}

fn unknown(signer: Option<&PublicKey>) -> Refusal {
    match signer {
        Some(key) => Refusal::UnknownKey {
            key: key.id().to_string(),
        },
        None => Refusal::NotSigned,
    }
}
