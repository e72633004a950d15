//! What all operations on devices need: the device, a client that is signed in, and following it while it restarts.

use crate::connections::probe;
use crate::connections::service::Poller;
use crate::connections::store::Polled;
use crate::devices::adding::problem_of;
use crate::devices::operating::{self, SignedIn, answered, reached};
use crate::devices::store::{self, Managed};
use crate::jobs::operations::{Ended, Task};
use flotilla_connectors::vapix::{
    Before, Client, Failure, FirmwareError, FirmwareProblem, FollowError, Patience, Returned,
};
use flotilla_kernel::clock::Time;
use flotilla_kernel::error::{ErrorCode, Outcome, Problem};
use parking_lot::Mutex;
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// So long is waited until the poller has looked at a device.
const LOOK: Duration = Duration::from_secs(15);

/// How long is waited for devices that restart; other than in VPX-13 only where a test says so.
#[derive(Default)]
pub struct RestartPatience(Mutex<Option<Patience>>);

impl RestartPatience {
    /// Another one from now on.
    pub fn set(&self, patience: Patience) {
        *self.0.lock() = Some(patience);
    }

    pub(super) fn get(&self) -> Patience {
        self.0.lock().unwrap_or_default()
    }
}

/// A device whose turn it is.
pub(super) struct Device {
    pub(super) managed: Managed,
    pub(super) polled: Polled,
}

impl Device {
    /// The device of a task; none: it is not managed any more.
    pub(super) async fn of(task: &Task) -> Outcome<Option<Self>> {
        let mut connection = task.workspace.database.read().await?;
        let managed = store::managed(&mut connection, &[task.system]).await?;
        drop(connection);
        let Some(managed) = managed.into_iter().next() else {
            return Ok(None);
        };
        let polled = reached(&task.workspace, &managed).await?;
        Ok(Some(Self { managed, polled }))
    }

    /// A client that is signed in, after a call that says who answers and which version runs.
    pub(super) async fn signed_in(&self, task: &Task) -> Result<SignedIn, Ended> {
        let target = &self.polled.target;
        let client = operating::signed_in(&task.workspace, target)
            .await
            .map_err(Ended::Failed)?;
        let proven = client.prove_credentials().await;
        if let Err(failure) = &proven
            && *failure != Failure::CredentialsRefused
        {
            return Err(unanswered(failure));
        }
        let info = answered(&task.workspace, target, proven)
            .await
            .map_err(Ended::Failed)?;
        let known = &self.managed.subject.serial;
        if let Some(serial) = info.serial_number
            && !known.is_empty()
            && serial.as_str() != known
        {
            return Err(Ended::Failed(
                Problem::new(ErrorCode::DeviceOther)
                    .with("expected", known.clone())
                    .with("found", serial.as_str()),
            ));
        }
        Ok(client)
    }

    /// A client that asks what everybody may ask.
    pub(super) fn anonymous(&self, task: &Task) -> Outcome<Client> {
        probe::device_client(&task.workspace, &self.polled.target)
    }

    /// Follows a device that was asked to restart, as long as it has from then on.
    pub(super) async fn follow(&self, task: &Task, asked: &Asked) -> Outcome<Result<Returned, FollowError>> {
        let client = self.anonymous(task)?;
        let patience = task.workspace.state::<RestartPatience>().get();
        let now = task.workspace.clock.now();
        let passed = Duration::from_millis(u64::try_from(now.since(asked.at)).unwrap_or_default());
        let patience = Patience {
            // Also who comes late looks more than once.
            limit: patience
                .limit
                .saturating_sub(passed)
                .max(patience.interval.saturating_mul(3)),
            ..patience
        };
        Ok(client
            .follow_restart(asked.before(), patience, &task.stopping, |_| {})
            .await)
    }

    /// Has the poller look at the device at once, and waits for that a while: what it runs is known to everybody then.
    pub(super) async fn look(&self, task: &Task) {
        let looks = task.workspace.state::<Poller>().refresh(&[self.polled.id]);
        let looks = futures_util::future::join_all(looks.into_iter().map(|(_, looked)| looked));
        tokio::select! {
            () = task.stopping.cancelled() => {}
            _ = tokio::time::timeout(LOOK, looks) => {}
        }
    }
}

/// What a device said before it was asked to restart.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Asked {
    pub(super) boot_id: Option<String>,
    /// In milliseconds.
    pub(super) uptime: Option<u64>,
    pub(super) needs_setup: bool,
    /// When it was asked.
    pub(super) at: Time,
}

impl Asked {
    pub(super) fn of(before: &Before, at: Time) -> Self {
        Self {
            boot_id: before.boot_id.clone(),
            uptime: before
                .uptime
                .map(|uptime| u64::try_from(uptime.as_millis()).unwrap_or(u64::MAX)),
            needs_setup: before.needs_setup,
            at,
        }
    }

    pub(super) fn before(&self) -> Before {
        Before {
            boot_id: self.boot_id.clone(),
            uptime: self.uptime.map(Duration::from_millis),
            needs_setup: self.needs_setup,
        }
    }
}

/// Why a device was not spoken to. Nothing was changed on it: who cannot be reached is tried again (JOB-23).
pub(super) fn unanswered(failure: &Failure) -> Ended {
    let problem = problem_of(failure);
    match failure {
        Failure::Unreachable(_) | Failure::Status(429 | 502..=504) => Ended::PutOff(problem),
        Failure::CertificateChanged(certificate) | Failure::CertificateNotTrusted(certificate) => {
            Ended::Certificate(problem, (**certificate).clone())
        }
        _ => Ended::Failed(problem),
    }
}

/// When something was sent that changes the device, only what it says later tells how that ended: whatever comes in between leaves it
/// open. Rejected credentials do not, because they are not tried again and again.
pub(super) fn in_doubt(ended: Ended) -> Ended {
    match ended {
        Ended::Failed(problem)
            if matches!(
                problem.code,
                ErrorCode::DeviceOther | ErrorCode::DeviceCredentialsRefused
            ) =>
        {
            Ended::Failed(problem)
        }
        Ended::PutOff(problem) | Ended::Failed(problem) | Ended::Certificate(problem, _) => {
            Ended::Unknown(problem)
        }
        other => other,
    }
}

/// What firmware management has against it: all of it comes before anything is installed (VPX-12).
pub(super) fn refused(error: &FirmwareError) -> Ended {
    let problem = match error {
        FirmwareError::Problem(problem) => problem,
        FirmwareError::Failed(failure) => return unanswered(failure),
    };
    let code = match problem {
        FirmwareProblem::Busy => return Ended::PutOff(ErrorCode::FirmwareBusy.into()),
        FirmwareProblem::NothingToRollBackTo => ErrorCode::FirmwareNothingBefore,
        FirmwareProblem::Older => ErrorCode::FirmwareOlder,
        FirmwareProblem::Revoked => ErrorCode::FirmwareRevoked,
        FirmwareProblem::Uncommitted => ErrorCode::FirmwareUncommitted,
        FirmwareProblem::InvalidImage => ErrorCode::FirmwareInvalidImage,
        FirmwareProblem::InterfaceVersion => ErrorCode::FirmwareInterface,
        FirmwareProblem::WrongDevice => ErrorCode::FirmwareWrongDevice,
        FirmwareProblem::SignatureMissing => ErrorCode::FirmwareUnsigned,
        FirmwareProblem::UnknownCertificate => ErrorCode::FirmwareUnknownSigner,
    };
    Ended::Failed(code.into())
}

/// A device that is not back in time may come back yet.
pub(super) fn not_back(patience: Patience) -> Problem {
    let minutes = i64::try_from(patience.limit.as_secs().div_ceil(60)).unwrap_or_default();
    Problem::new(ErrorCode::DeviceNotBack).with("minutes", minutes)
}
