//! Devices that are left out.

use flotilla_kernel::error::ErrorCode;
use flotilla_kernel::ids::SystemId;
use serde::Serialize;
use ts_rs::TS;

/// A device that an act is not on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SkippedDevice {
    /// The device.
    pub id: SystemId,
    /// Why.
    pub problem: ErrorCode,
}
