//! What jobs do with devices (OPS-09, OPS-13): here what all of these operations need, in the files below what each does.
//!
//! Each begins with a small call that signs in and says who answers: another device at the address is left alone, before anything is
//! sent that changes it.

mod restart;
mod upgrade;

pub use restart::{
    FactoryDefaultSettings, OPERATION_FACTORY_DEFAULT, OPERATION_RESTART, OPERATION_ROLL_BACK,
};
pub use upgrade::{MINUTES_A_VERSION, OPERATION_UPGRADE, UpgradeSettings, UpgradeWay};

use super::adding::problem_of;
use super::operating::{self, SignedIn, answered, reached};
use super::store::{self, Managed};
use crate::connections::probe;
use crate::connections::service::Poller;
use crate::connections::store::Polled;
use crate::jobs::operations::{Ended, OperationSpec, Task};
use flotilla_connectors::vapix::{
    Before, Client, Failure, FirmwareError, FirmwareProblem, FollowError, Patience, Returned,
};
use flotilla_kernel::clock::Time;
use flotilla_kernel::error::{ErrorCode, Outcome, Problem};
use flotilla_kernel::rights::Right;
use parking_lot::Mutex;
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// The operations of this feature.
pub static OPERATIONS: &[OperationSpec] = &[
    OperationSpec {
        name: OPERATION_RESTART,
        right: Right::ManageSystems,
        steps: &["connect", "send", "restart"],
        per_customer: false,
        upgrades: false,
        minutes: |_| 5,
        run: |task| Box::pin(restart::run(task, restart::Wanted::Restart)),
    },
    OperationSpec {
        name: OPERATION_ROLL_BACK,
        right: Right::ManageSystems,
        steps: &["connect", "send", "restart"],
        per_customer: false,
        upgrades: true,
        minutes: |_| 10,
        run: |task| Box::pin(restart::run(task, restart::Wanted::RollBack)),
    },
    OperationSpec {
        name: OPERATION_FACTORY_DEFAULT,
        right: Right::ManageSystems,
        steps: &["connect", "send", "restart"],
        per_customer: false,
        upgrades: false,
        minutes: |_| 5,
        run: |task| Box::pin(restart::run(task, restart::Wanted::FactoryDefault)),
    },
    OperationSpec {
        name: OPERATION_UPGRADE,
        right: Right::OrderJobs,
        steps: &["check", "upload", "install", "restart", "prove"],
        per_customer: true,
        upgrades: true,
        minutes: upgrade::minutes,
        run: |task| Box::pin(upgrade::run(task)),
    },
];

/// How long is waited for devices that restart; other than in VPX-13 only where a test says so.
#[derive(Default)]
pub struct RestartPatience(Mutex<Option<Patience>>);

impl RestartPatience {
    /// Another one from now on.
    pub fn set(&self, patience: Patience) {
        *self.0.lock() = Some(patience);
    }

    fn get(&self) -> Patience {
        self.0.lock().unwrap_or_default()
    }
}

/// A device whose turn it is.
struct Device {
    managed: Managed,
    polled: Polled,
}

impl Device {
    /// The device of a task; none: it is not managed any more.
    async fn of(task: &Task) -> Outcome<Option<Self>> {
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
    async fn signed_in(&self, task: &Task) -> Result<SignedIn, Ended> {
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
    fn anonymous(&self, task: &Task) -> Outcome<Client> {
        probe::device_client(&task.workspace, &self.polled.target)
    }

    /// Follows a device that was asked to restart, as long as it has from then on.
    async fn follow(&self, task: &Task, asked: &Asked) -> Outcome<Result<Returned, FollowError>> {
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

    /// Has the poller look at the device at once: what it runs is known to everybody then.
    fn look(&self, task: &Task) {
        task.workspace.state::<Poller>().refresh(&[self.polled.id]);
    }
}

/// What a device said before it was asked to restart.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Asked {
    boot_id: Option<String>,
    /// In milliseconds.
    uptime: Option<u64>,
    needs_setup: bool,
    /// When it was asked.
    at: Time,
}

impl Asked {
    fn of(before: &Before, at: Time) -> Self {
        Self {
            boot_id: before.boot_id.clone(),
            uptime: before
                .uptime
                .map(|uptime| u64::try_from(uptime.as_millis()).unwrap_or(u64::MAX)),
            needs_setup: before.needs_setup,
            at,
        }
    }

    fn before(&self) -> Before {
        Before {
            boot_id: self.boot_id.clone(),
            uptime: self.uptime.map(Duration::from_millis),
            needs_setup: self.needs_setup,
        }
    }
}

/// Why a device was not spoken to. Nothing was changed on it: who cannot be reached is tried again (JOB-23).
fn unanswered(failure: &Failure) -> Ended {
    let problem = problem_of(failure);
    match failure {
        Failure::Unreachable(_) | Failure::Status(429 | 502..=504) => Ended::PutOff(problem),
        Failure::CertificateChanged(certificate) | Failure::CertificateNotTrusted(certificate) => {
            Ended::Certificate(problem, (**certificate).clone())
        }
        _ => Ended::Failed(problem),
    }
}

/// What firmware management has against it: all of it comes before anything is installed (VPX-12).
fn refused(error: &FirmwareError) -> Ended {
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
fn not_back(patience: Patience) -> Problem {
    let minutes = i64::try_from(patience.limit.as_secs().div_ceil(60)).unwrap_or_default();
    Problem::new(ErrorCode::DeviceNotBack).with("minutes", minutes)
}
