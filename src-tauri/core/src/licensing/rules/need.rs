//! What is needed, and whether what is allocated covers it (LIC-15, LIC-16, LIC-17).

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Licences by type.
pub type Quantities = BTreeMap<String, i64>;

/// What stands in for what, in the catalogue's order (LIC-01): of each pair the second stands in for the first.
pub type Substitutions = [Substitution];

/// One type of licence stands in for another, in this direction alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Substitution {
    /// The type that is needed.
    pub needed: String,
    /// The type that may be used for it.
    pub substitute: String,
}

/// How many of a type there are.
pub fn of(quantities: &Quantities, licence_type: &str) -> i64 {
    quantities.get(licence_type).copied().unwrap_or(0)
}

/// All of them, of whatever type.
pub fn total(quantities: &Quantities) -> i64 {
    quantities.values().sum()
}

/// Adds to a type; one of which there are none is left out.
pub fn add(quantities: &mut Quantities, licence_type: &str, amount: i64) {
    let sum = of(quantities, licence_type) + amount;
    if sum == 0 {
        quantities.remove(licence_type);
    } else {
        quantities.insert(licence_type.to_owned(), sum);
    }
}

/// What is short and what is left over, when licences are held against a need.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Coverage {
    /// What is missing, by type.
    pub short: Quantities,
    /// What is left over, by type.
    pub surplus: Quantities,
}

/// Holds licences against a need: each type against its own first, then what is left over against what it may stand in for, in the
/// catalogue's order (LIC-15, LIC-16).
pub fn coverage(need: &Quantities, licences: &Quantities, substitutions: &Substitutions) -> Coverage {
    let mut coverage = Coverage::default();
    for (licence_type, &needed) in need {
        let missing = needed - of(licences, licence_type);
        if missing > 0 {
            coverage.short.insert(licence_type.clone(), missing);
        }
    }
    for (licence_type, &present) in licences {
        let left = present - of(need, licence_type);
        if left > 0 {
            coverage.surplus.insert(licence_type.clone(), left);
        }
    }
    for Substitution { needed, substitute } in substitutions {
        let flows = of(&coverage.short, needed).min(of(&coverage.surplus, substitute));
        if flows > 0 {
            add(&mut coverage.short, needed, -flows);
            add(&mut coverage.surplus, substitute, -flows);
        }
    }
    coverage
}

/// What one system needs of the wallet (LIC-15): required, less what its hardware brings and what expansions were given to it, first of
/// the same type, then of substitutes; never below zero.
pub fn of_system(
    required: &Quantities,
    hardware: &Quantities,
    expansion: &Quantities,
    substitutions: &Substitutions,
) -> Quantities {
    let mut own = hardware.clone();
    for (licence_type, &amount) in expansion {
        add(&mut own, licence_type, amount);
    }
    coverage(required, &own, substitutions).short
}

/// `due`: by how many licences a year has grown beyond what its licences allow (LIC-17). `frozen` is `A₀`, `later` is `x`.
pub fn beyond_growth(live: i64, frozen: i64, later: i64, tolerance_percent: i64) -> i64 {
    (live - frozen - frozen * tolerance_percent / 100 - later).max(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    fn quantities(pairs: &[(&str, i64)]) -> Quantities {
        pairs
            .iter()
            .map(|&(name, count)| (name.to_owned(), count))
            .collect()
    }

    fn universal_for_core() -> [Substitution; 1] {
        [Substitution {
            needed: "core".to_owned(),
            substitute: "universal".to_owned(),
        }]
    }

    /// LIC-15: the same type first, then a substitute, and only in its direction.
    #[rstest]
    #[case(&[("core", 10)], &[("core", 4)], &[("universal", 3)], &[("core", 3)])]
    #[case(&[("universal", 2)], &[("core", 9)], &[], &[("universal", 2)])]
    #[case(&[("core", 2)], &[("core", 9)], &[], &[])]
    #[case(&[("core", 5), ("universal", 2)], &[("universal", 4)], &[], &[("core", 3)])]
    fn needs_of_a_system(
        #[case] required: &[(&str, i64)],
        #[case] hardware: &[(&str, i64)],
        #[case] expansion: &[(&str, i64)],
        #[case] expected: &[(&str, i64)],
    ) {
        let need = of_system(
            &quantities(required),
            &quantities(hardware),
            &quantities(expansion),
            &universal_for_core(),
        );
        assert_eq!(need, quantities(expected));
    }

    /// LIC-17: with a tolerance of 100 % a year may double.
    #[rstest]
    #[case(10, 10, 0, 100, 0)]
    #[case(20, 10, 0, 100, 0)]
    #[case(21, 10, 0, 100, 1)]
    #[case(25, 10, 3, 100, 2)]
    #[case(16, 5, 0, 50, 9)]
    #[case(3, 0, 0, 100, 3)]
    fn growth(
        #[case] live: i64,
        #[case] frozen: i64,
        #[case] later: i64,
        #[case] tolerance: i64,
        #[case] due: i64,
    ) {
        assert_eq!(beyond_growth(live, frozen, later, tolerance), due);
    }

    proptest! {
        /// LIC-15, LIC-16: what is short and what is left over differ by exactly what need and licences differ.
        #[test]
        fn nothing_is_made_or_lost(core in 0_i64..50, universal in 0_i64..50, has_core in 0_i64..50, has_universal in 0_i64..50) {
            let need = quantities(&[("core", core), ("universal", universal)]);
            let licences = quantities(&[("core", has_core), ("universal", has_universal)]);
            let coverage = coverage(&need, &licences, &universal_for_core());
            prop_assert_eq!(total(&need) - total(&coverage.short), total(&licences) - total(&coverage.surplus));
            prop_assert!(coverage.short.values().chain(coverage.surplus.values()).all(|&count| count > 0));
            prop_assert!(of(&coverage.short, "core") == 0 || of(&coverage.surplus, "universal") == 0);
        }
    }
}
