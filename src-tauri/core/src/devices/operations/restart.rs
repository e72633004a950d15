//! Restarting a device, going back to the firmware before, setting it back to how it left the factory (DEV-24).

use super::device::{Asked, Device, RestartPatience, in_doubt, not_back, refused, unanswered};
use crate::jobs::operations::{Ended, Task};
use flotilla_connectors::vapix::{FactoryDefault, Failure, FirmwareError, FollowError};
use flotilla_kernel::error::{ErrorCode, Outcome};
use serde::{Deserialize, Serialize};

/// Restarts devices.
pub const OPERATION_RESTART: &str = "device-restart";
/// Has devices go back to the firmware before.
pub const OPERATION_ROLL_BACK: &str = "device-roll-back";
/// Sets devices back to how they left the factory.
pub const OPERATION_FACTORY_DEFAULT: &str = "device-factory-default";

/// What a factory default takes away.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct FactoryDefaultSettings {
    /// Network settings are lost, too; otherwise they stay.
    pub network_too: bool,
}

/// So long a device takes, in minutes; also with the firmware before.
pub(super) const MINUTES: i64 = 10;

/// What is wanted of a device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    Restart,
    RollBack,
    FactoryDefault,
}

/// Does it with one device.
pub(super) async fn run(task: Task, wanted: Wanted) -> Ended {
    attempt(&task, wanted)
        .await
        .unwrap_or_else(|problem| task.broke_off(problem))
}

async fn attempt(task: &Task, wanted: Wanted) -> Outcome<Ended> {
    let Some(device) = Device::of(task).await? else {
        return Ok(Ended::Skipped(ErrorCode::JobTargetRemoved.into()));
    };
    if let Some(asked) = task.checkpoint::<Asked>()? {
        return followed(task, &device, &asked, wanted).await;
    }
    task.step("connect").await?;
    let client = match device.signed_in(task).await {
        Ok(client) => client,
        Err(ended) => return Ok(ended),
    };
    let before = match client.before_restart().await {
        Ok(before) => before,
        Err(failure) => return Ok(unanswered(&failure)),
    };
    if task.stopping.is_cancelled() {
        return Ok(Ended::Interrupted);
    }
    if !task.fits(MINUTES) {
        return Ok(Ended::Later);
    }
    let asked = Asked::of(&before, task.workspace.clock.now());
    task.step_with("send", &asked).await?;
    let sent = match wanted {
        Wanted::Restart => client.restart().await,
        Wanted::RollBack => client.roll_back_firmware().await,
        Wanted::FactoryDefault => {
            let settings: FactoryDefaultSettings = task.settings()?;
            let how = if settings.network_too {
                FactoryDefault::Hard
            } else {
                FactoryDefault::Soft
            };
            client.factory_default(how).await
        }
    };
    drop(client);
    match sent {
        Ok(_) => followed(task, &device, &asked, wanted).await,
        // It may be on its way: it is asked, and not told again (JOB-21).
        Err(FirmwareError::Failed(
            Failure::Unreachable(_) | Failure::NotThisProtocol | Failure::Status(502 | 504),
        )) => followed(task, &device, &asked, wanted).await,
        Err(error) => Ok(refused(&error)),
    }
}

/// Waits until the device is back. It is not asked a second time to restart.
async fn followed(task: &Task, device: &Device, asked: &Asked, wanted: Wanted) -> Outcome<Ended> {
    task.step("restart").await?;
    let followed = device.follow(task, asked).await?;
    let ended = match followed {
        Ok(_) => Ended::Done,
        // A device that was set back makes itself a new certificate: it is back, and is looked at anew.
        Err(FollowError::Failed(Failure::CertificateChanged(_))) if wanted == Wanted::FactoryDefault => {
            Ended::Done
        }
        Err(FollowError::Cancelled) => return Ok(Ended::Interrupted),
        Err(FollowError::DidNotRestart) => Ended::Failed(ErrorCode::DeviceNotRestarted.into()),
        Err(FollowError::NotBack) => {
            let problem = not_back(task.workspace.state::<RestartPatience>().get());
            // One whose network settings are lost, too, comes back at another address, if at all: nobody could say more of it.
            if wanted == Wanted::FactoryDefault && task.settings::<FactoryDefaultSettings>()?.network_too {
                Ended::Failed(problem)
            } else {
                Ended::Unknown(problem)
            }
        }
        Err(FollowError::Failed(failure)) => in_doubt(unanswered(&failure)),
    };
    device.look(task).await;
    Ok(ended)
}
