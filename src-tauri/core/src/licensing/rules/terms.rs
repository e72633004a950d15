//! What the catalogue says of a product that the books depend on (LIC-01).

use super::need::Substitution;
use serde::{Deserialize, Serialize};

/// What the books of a product go by. A running subscription keeps it until its next year (LIC-01).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// The version of the catalogue that says so.
    pub catalogue: i64,
    /// The days of a grace period.
    pub grace_days: u32,
    /// The days of a trial; 0: there is none.
    pub trial_days: u32,
    /// For how many years licences can be stored (LIC-22).
    pub storage_years: u32,
    /// How many years ahead can be allocated to (LIC-12).
    pub ahead_years: u32,
    /// By how many percent a licensed year may grow (LIC-17).
    pub tolerance_percent: u32,
    /// Whether licences may be sent to another organization (LIC-45).
    pub transferable: bool,
    /// What stands in for what, in order.
    pub substitutions: Vec<Substitution>,
}

#[cfg(test)]
impl Terms {
    /// The terms of the worked examples: 30 days of grace, 100 %, five years; Universal stands in for Core.
    pub fn example() -> Self {
        Self {
            catalogue: 1,
            grace_days: 30,
            trial_days: 90,
            storage_years: 5,
            ahead_years: 5,
            tolerance_percent: 100,
            transferable: true,
            substitutions: vec![Substitution {
                needed: "core".to_owned(),
                substitute: "universal".to_owned(),
            }],
        }
    }
}
