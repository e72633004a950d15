//! Upgrading devices (DEV-20).

use super::operations::concern_their_systems;
use super::{SkippedDevice, UpgradeStep};
use crate::jobs::types::JobOrder;
use flotilla_kernel::error::ErrorCode;
use flotilla_kernel::ids::{PackageId, SystemId};
use flotilla_kernel::rights::{Concerns, Subject};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Asks what upgrading devices would mean (DEV-20).
#[derive(Debug, Clone, Deserialize, TS)]
pub struct PlanUpgrade {
    /// At most 5,000.
    pub ids: Vec<SystemId>,
    /// The package that they are to run in the end; none: for each what is recommended (DEV-12).
    pub target: Option<PackageId>,
}

/// Devices that go the same way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct UpgradeGroup {
    /// Their model.
    pub model: String,
    /// The version that they run.
    pub from: String,
    /// The versions that they go through, the last one last.
    pub path: Vec<UpgradeStep>,
    /// Series with long-term support that should be gone through, and that the repository has nothing of.
    pub missing: Vec<String>,
    /// How many devices.
    pub devices: i64,
    /// How long one of them takes, in minutes, as far as can be told.
    pub minutes: i64,
}

/// Devices that are left out for the same reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct UpgradeExclusion {
    /// Why.
    pub problem: ErrorCode,
    /// How many.
    pub count: i64,
    /// The first of them that the account sees, each by name; at most 20.
    pub devices: Vec<ExcludedDevice>,
}

/// A device that is left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ExcludedDevice {
    /// The device.
    pub id: SystemId,
    /// Its name.
    pub name: String,
    /// The organization it belongs to.
    pub customer: String,
    /// The version that it runs; empty: not known.
    pub version: String,
}

/// What upgrading devices would mean (DEV-20).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct UpgradePlan {
    /// How many devices were chosen.
    pub chosen: i64,
    /// How many would be upgraded.
    pub devices: i64,
    /// How many customers they belong to.
    pub customers: i64,
    /// How many restarts that makes.
    pub restarts: i64,
    /// The ways, those with the most devices first.
    pub groups: Vec<UpgradeGroup>,
    /// Who is left out, and why, the most frequent reason first.
    pub excluded: Vec<UpgradeExclusion>,
    /// Those among them that the account may not upgrade.
    pub skipped: Vec<SkippedDevice>,
}

/// Upgrades devices (DEV-20).
#[derive(Debug, Clone, Deserialize, TS)]
pub struct UpgradeDevices {
    /// At most 5,000.
    pub ids: Vec<SystemId>,
    /// As in [`PlanUpgrade`].
    pub target: Option<PackageId>,
    /// When, and in which waves.
    #[serde(default)]
    #[ts(optional, as = "Option<JobOrder>")]
    pub order: JobOrder,
}

/// Restarts devices, or has them go back to the firmware before (DEV-24).
#[derive(Debug, Clone, Deserialize, TS)]
pub struct RestartDevices {
    /// At most 5,000.
    pub ids: Vec<SystemId>,
    /// When, and in which waves.
    #[serde(default)]
    #[ts(optional, as = "Option<JobOrder>")]
    pub order: JobOrder,
}

concern_their_systems!(PlanUpgrade, UpgradeDevices, RestartDevices);
