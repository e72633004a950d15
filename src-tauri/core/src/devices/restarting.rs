//! Restarting devices, going back to the firmware before, and setting back to how they left the factory (DEV-24).

use super::acting::Ended;
use super::adding::problem_of;
use super::operating::{self, Admitted, Turn, field, not_back};
use super::types::*;
use flotilla_connectors::vapix::{FactoryDefault, Failure, FollowError};
use flotilla_kernel::call::Call;
use flotilla_kernel::error::{ErrorCode, Outcome};
use flotilla_kernel::rights::Admissions;

/// Restarts each of these devices, and waits until it is back (DEV-24).
///
/// # Errors
/// `call.too-large`; what concerns one device is its own result.
pub async fn restart(
    call: &Call,
    arguments: DevicesArgument,
    admissions: Admissions,
) -> Outcome<DeviceActBegun> {
    let admitted = operating::admitted(call, &arguments.ids, &admissions).await?;
    begin(call, DeviceActKind::Restart, Wanted::Restart, admitted).await
}

/// Has each of these devices go back to the firmware before (DEV-24).
///
/// # Errors
/// As [`restart`].
pub async fn roll_back(
    call: &Call,
    arguments: DevicesArgument,
    admissions: Admissions,
) -> Outcome<DeviceActBegun> {
    let admitted = operating::admitted(call, &arguments.ids, &admissions).await?;
    begin(call, DeviceActKind::Rollback, Wanted::Rollback, admitted).await
}

/// Sets each of these devices back to how it left the factory, after their number was typed (DEV-24, GEN-11).
///
/// # Errors
/// `form.invalid` for another number; as [`restart`].
pub async fn factory_default(
    call: &Call,
    arguments: ResetDevices,
    admissions: Admissions,
) -> Outcome<DeviceActBegun> {
    let admitted = operating::admitted(call, &arguments.ids, &admissions).await?;
    if arguments.confirmation.trim() != arguments.ids.len().to_string() {
        return Err(field("confirmation", ErrorCode::DeviceConfirmation));
    }
    let how = if arguments.network_too {
        FactoryDefault::Hard
    } else {
        FactoryDefault::Soft
    };
    let wanted = Wanted::FactoryDefault(how);
    begin(call, DeviceActKind::FactoryDefault, wanted, admitted).await
}

#[derive(Clone, Copy)]
enum Wanted {
    Restart,
    Rollback,
    FactoryDefault(FactoryDefault),
}

async fn begin(
    call: &Call,
    kind: DeviceActKind,
    wanted: Wanted,
    admitted: Admitted,
) -> Outcome<DeviceActBegun> {
    operating::begin(call, (kind, ""), admitted, move |turn| async move {
        one(&turn, wanted).await
    })
    .await
}

async fn one(turn: &Turn, wanted: Wanted) -> Outcome<Ended> {
    let client = turn.signed_in().await?;
    let before = client
        .before_restart()
        .await
        .map_err(|failure| problem_of(&failure))?;
    turn.line.step(DeviceStep::Send);
    let sent = match wanted {
        Wanted::Restart => client.restart().await,
        Wanted::Rollback => client.roll_back_firmware().await,
        Wanted::FactoryDefault(how) => client.factory_default(how).await,
    };
    let set_back = matches!(wanted, Wanted::FactoryDefault(_));
    Ok(match turn.follow(&client, before, sent).await? {
        Ok(_) => Ended::Done,
        // A device that was set back makes itself a new certificate: it is back, and is looked at anew.
        Err(FollowError::Failed(Failure::CertificateChanged(_))) if set_back => Ended::Done,
        Err(error) => not_back(&error),
    })
}
