//! How bad something is (ALM-02); what is wrong and what is managed are both ordered by it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// ALM-02; critical is the worst.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// A service is down; act at once.
    Critical,
    /// A service is impaired.
    Major,
    /// No service is impaired so far.
    Minor,
    /// It may become a fault.
    Warning,
}

impl Severity {
    /// All of them, the worst first.
    pub const ALL: [Self; 4] = [Self::Critical, Self::Major, Self::Minor, Self::Warning];
}

/// The rank that is stored where there is no alarm; it comes after all others.
pub const NO_ALARM: i64 = 9;

/// Severity as it is stored: 1 is the worst, [`NO_ALARM`] is none.
pub fn rank(severity: Severity) -> i64 {
    match severity {
        Severity::Critical => 1,
        Severity::Major => 2,
        Severity::Minor => 3,
        Severity::Warning => 4,
    }
}

/// The severity that was stored as this number.
pub fn severity_of(rank: i64) -> Option<Severity> {
    Severity::ALL
        .into_iter()
        .find(|&severity| self::rank(severity) == rank)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// ALM-02
    #[test]
    fn ranks_and_severities_agree() {
        for severity in Severity::ALL {
            assert_eq!(severity_of(rank(severity)), Some(severity));
        }
        assert!(Severity::ALL.is_sorted_by_key(|&severity| rank(severity)));
        assert_eq!(severity_of(NO_ALARM), None);
    }
}
