//! What the systems of a solution run, where it is not what the solution as a whole runs.
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Versions, starts and the profile, as an upgrade leaves them. Kept over a restart of the fleet.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Running {
    /// By serial number.
    pub(super) versions: BTreeMap<String, String>,
    /// How often each has started since the first start, by serial number.
    pub(super) boots: BTreeMap<String, u64>,
    /// By name.
    pub(super) components: BTreeMap<String, String>,
    pub(super) profile: Option<String>,
    /// Serial numbers of those that did not come back.
    #[serde(skip)]
    pub(super) lost: BTreeSet<String>,
}
