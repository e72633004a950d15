//! A device that was given another address, looked for where it should be by its serial number (DEV-60).
use super::client::{Client, Transport};
use super::following::Patience;
use super::reading::{Failure, SerialNumber};
use crate::dialer::Dialer;
use crate::endpoint::Endpoint;
use crate::trust::Trust;
use tokio_util::sync::CancellationToken;

/// Why a device was not found at its new address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MoveError {
    /// Nothing that speaks the protocol answered there within the limit. Whether it is still at the old address is a
    /// question for there.
    #[error("the device is not at its new address in time")]
    NotThere,
    /// Another device answers there.
    #[error("another device has the address: {0}")]
    AnotherDevice(SerialNumber),
    /// Something answers there all the time that does not say which device it is.
    #[error("what answers there does not say which device it is")]
    Unnamed,
    /// Somebody ended it.
    #[error("looking for the device was cancelled")]
    Cancelled,
    /// What answers cannot be spoken to: most often another certificate (CRT-11).
    #[error(transparent)]
    Failed(Failure),
}

/// Looks for a device at the address that it was given until it answers there under its serial number. Gives a client
/// without credentials: they are for the device, and it has just been found to be that one.
///
/// `trust` is what was believed of it at its old address: a device keeps its certificate when it moves.
///
/// # Errors
/// See [`MoveError`].
pub async fn follow_move(
    dialer: &Dialer,
    to: &Endpoint,
    trust: &Trust,
    serial_number: &SerialNumber,
    patience: Patience,
    cancel: &CancellationToken,
) -> Result<Client, MoveError> {
    let mut last = MoveError::NotThere;
    let look = async {
        loop {
            // Anew each time: nothing that was kept from an earlier owner of the address is used.
            dialer.forget(to);
            let client = Client::new(dialer, to, trust, Transport::Https).map_err(MoveError::Failed)?;
            match client.probe().await {
                Ok(probe) => match probe.serial_number {
                    Some(found) if found == *serial_number => return Ok(client),
                    Some(found) => return Err(MoveError::AnotherDevice(found)),
                    None => last = MoveError::Unnamed,
                },
                Err(
                    failure @ (Failure::CertificateChanged(_)
                    | Failure::CertificateNotTrusted(_)
                    | Failure::CertificateUnusable),
                ) => return Err(MoveError::Failed(failure)),
                Err(_) => last = MoveError::NotThere,
            }
            tokio::time::sleep(patience.interval).await;
        }
    };
    let found = tokio::select! {
        biased;
        () = cancel.cancelled() => return Err(MoveError::Cancelled),
        found = tokio::time::timeout(patience.limit, look) => found,
    };
    found.unwrap_or(Err(last))
}
