//! Keys as they are written: what counts as the same key, and how one is shown.

use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization as _;

/// The longest text that is a key.
const LONGEST: usize = 500;
/// The shortest, without what is ignored.
const SHORTEST: usize = 4;

/// A text with fewer characters, such as a portal shows beside a licence, may be a part of a key.
const WHOLE: usize = 8;

/// A vendor's key that cannot be checked offline (LIC-21).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declared {
    /// The digest by which it counts once.
    pub digest: String,
    /// As it is shown.
    pub masked: String,
}

/// A key as it was pasted or typed; case, spaces and dashes are ignored (LIC-20). None: no key.
pub fn declared(text: &str) -> Option<Declared> {
    if text.len() > LONGEST {
        return None;
    }
    let plain = plain(text);
    let length = plain.chars().count();
    let readable = plain.chars().all(|character| character.is_ascii_graphic());
    if length < SHORTEST || !readable {
        return None;
    }
    let digest = Sha256::digest(format!("declared:{plain}").as_bytes());
    Some(Declared {
        digest: format!("declared:{}", hex::encode(digest)),
        masked: masked(text),
    })
}

/// As [`declared`]; none of a text that may be no more than a part of a key.
pub fn whole(text: &str) -> Option<Declared> {
    let plain = plain(text);
    let is_whole = plain.chars().count() >= WHOLE && !plain.contains(['•', '*']);
    declared(text).filter(|_| is_whole)
}

/// As [`masked`]; a text that is no more than the end of a key, such as the vendor's own portal may show it, is that end.
pub fn ending(text: &str) -> String {
    let plain = plain(text);
    let end = plain.trim_start_matches(['•', '*']);
    if !end.is_empty() && end.chars().count() <= SHORTEST {
        format!("••••-{end}")
    } else {
        masked(text)
    }
}

/// Without what does not matter; letters and digits of full width are those of the usual one.
fn plain(text: &str) -> String {
    text.nfkc()
        .filter(|character| {
            !character.is_whitespace()
                && !matches!(
                    character,
                    '-' | '‐' | '‑' | '–' | '—' | '\u{200b}'..='\u{200d}' | '\u{feff}'
                )
        })
        .flat_map(char::to_uppercase)
        .collect()
}

/// The last four characters, at most half of it; a key is never shown whole.
pub fn masked(text: &str) -> String {
    let plain: Vec<char> = plain(text).chars().collect();
    if plain.is_empty() {
        return String::new();
    }
    let shown = (plain.len() / 2).min(4);
    let end: String = plain[plain.len() - shown..].iter().collect();
    format!("••••-{end}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    /// LIC-20: how it is typed does not matter; look-alikes do, for a key of somebody else.
    #[rstest]
    #[case("AB12-cd34", "ab12 CD34", true)]
    #[case("AB12-CD34", "AB12CD34\n", true)]
    #[case("ABO2", "AB02", false)]
    fn the_same_key(#[case] one: &str, #[case] other: &str, #[case] same: bool) {
        let digest = |text| declared(text).expect("a key").digest;
        assert_eq!(digest(one) == digest(other), same);
    }

    /// LIC-22: a key is never shown whole.
    #[rstest]
    #[case("AB12-CD34-EF56", "••••-EF56")]
    #[case("ABCD", "••••-CD")]
    #[case("", "")]
    fn masked_keys(#[case] key: &str, #[case] shown: &str) {
        assert_eq!(masked(key), shown);
    }

    /// LIC-20
    #[rstest]
    #[case("--- -")]
    #[case("abc")]
    #[case("clé-ÉÉÉÉ")]
    fn no_keys(#[case] text: &str) {
        assert_eq!(declared(text), None);
    }
}
