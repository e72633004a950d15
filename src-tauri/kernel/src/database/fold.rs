//! The form of a text that is compared and searched: case, accents and Japanese width do not matter (UI-21).

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Folds a text: compatibility decomposition (which makes wide and half-width forms one), marks off, lower case.
/// The voicing marks of kana stay, because they make other letters; katakana stay apart from hiragana.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.nfkd()
        .filter(|character| !is_combining_mark(*character) || matches!(character, '\u{3099}' | '\u{309a}'))
        .flat_map(char::to_lowercase)
        .nfc()
        .collect()
}

/// One searchable text of several, each on a line of its own so that no word is found across two of them.
pub fn search_key<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    let mut key = String::new();
    for text in texts.into_iter().filter(|text| !text.is_empty()) {
        if !key.is_empty() {
            key.push('\n');
        }
        key.push_str(&fold(text));
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    /// UI-21
    #[rstest]
    #[case("Côté Marché", "cote marche")]
    #[case("ＡＢＣ　１２", "abc 12")]
    #[case("ｶﾞﾗｽ", "ガラス")]
    #[case("STRASSE", "strasse")]
    #[case("Ørsted", "ørsted")]
    fn folds(#[case] text: &str, #[case] folded: &str) {
        assert_eq!(fold(text), folded);
    }

    proptest! {
        /// UI-21: folding twice is folding once, so stored keys and typed words meet.
        #[test]
        fn folding_is_idempotent(text in "\\PC{0,40}") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }
    }
}
