//! Texts that a spreadsheet would calculate. Exports make them harmless, imports take that off again (CUS-26).

/// What a formula begins with; the wide signs are taken for the plain ones where Japanese is written.
const BEGINNINGS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// Whether an apostrophe stands before it in an export: it begins like a formula, or like one that was made harmless, so
/// that taking one apostrophe off always gives what was there.
fn is_formula(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(BEGINNINGS)
}

/// The text as an export writes it: with an apostrophe before what a spreadsheet would calculate.
pub fn harmless(text: String) -> String {
    if is_formula(&text) {
        format!("'{text}")
    } else {
        text
    }
}

/// The text that [`harmless`] was given.
pub fn restored(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if is_formula(rest) => rest,
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// CUS-26: what an export makes harmless no spreadsheet calculates, and an import gives back.
    #[test]
    fn formulas_are_made_harmless_and_back() {
        for text in [
            "=1+1",
            "+49 40 5550",
            "-1 floor",
            "@Home Store",
            "\t=1",
            "＝1",
            "'=1",
        ] {
            let harmless = harmless(text.to_owned());
            assert!(harmless.starts_with('\''), "{harmless}");
            assert_eq!(restored(&harmless), text);
        }
        assert_eq!(harmless("'s Hertogenbosch".to_owned()), "'s Hertogenbosch");
        assert_eq!(restored("'s Hertogenbosch"), "'s Hertogenbosch");
    }

    proptest! {
        /// CUS-26: whatever the text.
        #[test]
        fn any_text_comes_back(text in "['=+@ a-]{0,6}|\\PC{0,20}") {
            let written = harmless(text.clone());
            prop_assert_eq!(restored(&written), text);
        }
    }
}
