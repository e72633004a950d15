//! The check character of a group: Luhn's algorithm for 32 characters, which finds every single wrong character and
//! almost every exchange of two neighbours. It proves nothing; that is what the signature is for.

const BASE: u8 = 32;

/// The value of the check character for values below 32.
pub fn character(values: &[u8]) -> u8 {
    let sum = values.iter().rev().enumerate().fold(0_u8, |sum, (place, value)| {
        let weighted = if place % 2 == 0 { 2 * value } else { *value };
        (sum + weighted / BASE + weighted % BASE) % BASE
    });
    (BASE - sum) % BASE
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// LIC-20: one wrong character changes the check character.
        #[test]
        fn one_wrong_character_is_found(values in proptest::collection::vec(0_u8..32, 1..8), place in 0_usize..7, other in 0_u8..32) {
            let place = place % values.len();
            prop_assume!(values[place] != other);
            let mut wrong = values.clone();
            wrong[place] = other;
            prop_assert_ne!(character(&values), character(&wrong));
        }
    }

    /// LIC-20: of 1,024 pairs of neighbours few can be exchanged unnoticed.
    #[test]
    fn exchanged_neighbours_are_found() {
        let unnoticed = (0_u8..32)
            .flat_map(|one| (0..32).map(move |other| (one, other)))
            .filter(|(one, other)| one != other && character(&[*one, *other]) == character(&[*other, *one]))
            .count();
        assert!(unnoticed <= 2, "{unnoticed}");
    }
}
