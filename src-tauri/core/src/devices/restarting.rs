//! Orders restarts of devices, going back to the firmware before, and setting back to how they left the factory (DEV-24, OPS-13).

use super::operating::{self, Admitted, field};
use super::operations::{
    FactoryDefaultSettings, OPERATION_FACTORY_DEFAULT, OPERATION_RESTART, OPERATION_ROLL_BACK,
};
use super::types::*;
use crate::jobs::commands::{Order, order};
use crate::jobs::types::{JobOrder, JobOrdered, SkippedTarget};
use flotilla_kernel::call::Call;
use flotilla_kernel::error::{ErrorCode, Outcome, Problem};
use flotilla_kernel::rights::Admissions;
use serde_json::{Value, json};

/// Restarts each of these devices, and waits until it is back (DEV-24).
///
/// # Errors
/// `call.too-large`; what concerns one device is its own result.
pub async fn restart(call: &Call, arguments: RestartDevices, admissions: Admissions) -> Outcome<JobOrdered> {
    let admitted = operating::admitted(call, &arguments.ids, &admissions).await?;
    ordered(call, OPERATION_RESTART, json!({}), admitted, arguments.order).await
}

/// Has each of these devices go back to the firmware before (DEV-24).
///
/// # Errors
/// As [`restart`].
pub async fn roll_back(
    call: &Call,
    arguments: RestartDevices,
    admissions: Admissions,
) -> Outcome<JobOrdered> {
    let admitted = operating::admitted(call, &arguments.ids, &admissions).await?;
    ordered(call, OPERATION_ROLL_BACK, json!({}), admitted, arguments.order).await
}

/// Sets each of these devices back to how it left the factory, after their number was typed (DEV-24, GEN-11).
///
/// # Errors
/// `form.invalid` for another number; as [`restart`].
pub async fn factory_default(
    call: &Call,
    arguments: ResetDevices,
    admissions: Admissions,
) -> Outcome<JobOrdered> {
    let admitted = operating::admitted(call, &arguments.ids, &admissions).await?;
    if arguments.confirmation.trim() != arguments.ids.len().to_string() {
        return Err(field("confirmation", ErrorCode::DeviceConfirmation));
    }
    let settings = FactoryDefaultSettings {
        network_too: arguments.network_too,
    };
    let settings = serde_json::to_value(settings).map_err(Problem::internal)?;
    ordered(
        call,
        OPERATION_FACTORY_DEFAULT,
        settings,
        admitted,
        arguments.order,
    )
    .await
}

async fn ordered(
    call: &Call,
    operation: &str,
    settings: Value,
    admitted: Admitted,
    wanted: JobOrder,
) -> Outcome<JobOrdered> {
    let targets = admitted
        .devices
        .iter()
        .map(|device| (device.system, String::new()))
        .collect();
    order(
        call,
        Order {
            operation,
            about: String::new(),
            settings,
            secret: None,
            targets,
            skipped: skipped(admitted.skipped),
            packages: Vec::new(),
            order: wanted,
            retry_of: None,
        },
    )
    .await
}

/// Devices that an act is not on, as those of a job.
pub(super) fn skipped(devices: Vec<SkippedDevice>) -> Vec<SkippedTarget> {
    devices
        .into_iter()
        .map(|device| SkippedTarget {
            id: device.id,
            problem: device.problem,
        })
        .collect()
}
