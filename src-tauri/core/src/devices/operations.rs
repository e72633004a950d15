//! What jobs do with devices (OPS-09, OPS-13): `device` has what all of these operations need, `restart` and `upgrade` what each does.
//!
//! Each begins with a small call that signs in and says who answers: another device at the address is left alone, before anything is
//! sent that changes it.

mod device;
mod restart;
mod upgrade;

pub use device::RestartPatience;
pub use restart::{
    FactoryDefaultSettings, OPERATION_FACTORY_DEFAULT, OPERATION_RESTART, OPERATION_ROLL_BACK,
};
pub use upgrade::{MINUTES_A_VERSION, OPERATION_UPGRADE, UpgradeSettings, UpgradeWay};

use crate::jobs::operations::OperationSpec;
use flotilla_kernel::rights::Right;

/// The operations of this feature.
pub static OPERATIONS: &[OperationSpec] = &[
    OperationSpec {
        name: OPERATION_RESTART,
        right: Right::ManageSystems,
        steps: &["connect", "send", "restart"],
        per_customer: false,
        upgrades: false,
        confirmed: false,
        minutes: |_| restart::MINUTES,
        run: |task| Box::pin(restart::run(task, restart::Wanted::Restart)),
    },
    OperationSpec {
        name: OPERATION_ROLL_BACK,
        right: Right::ManageSystems,
        steps: &["connect", "send", "restart"],
        per_customer: false,
        upgrades: true,
        confirmed: false,
        minutes: |_| restart::MINUTES,
        run: |task| Box::pin(restart::run(task, restart::Wanted::RollBack)),
    },
    OperationSpec {
        name: OPERATION_FACTORY_DEFAULT,
        right: Right::ManageSystems,
        steps: &["connect", "send", "restart"],
        per_customer: false,
        upgrades: false,
        confirmed: true,
        minutes: |_| restart::MINUTES,
        run: |task| Box::pin(restart::run(task, restart::Wanted::FactoryDefault)),
    },
    OperationSpec {
        name: OPERATION_UPGRADE,
        right: Right::OrderJobs,
        steps: &["check", "upload", "install", "restart", "prove"],
        per_customer: true,
        upgrades: true,
        confirmed: false,
        minutes: upgrade::minutes,
        run: |task| Box::pin(upgrade::run(task)),
    },
];
