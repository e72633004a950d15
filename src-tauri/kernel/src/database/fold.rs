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

/// Letters of the Latin script that are written with plain ones where they are missing, after [`fold`].
const PLAIN: &[(char, &str)] = &[
    ('ß', "ss"),
    ('ı', "i"),
    ('ł', "l"),
    ('ø', "o"),
    ('œ', "oe"),
    ('æ', "ae"),
    ('đ', "d"),
    ('ð', "d"),
    ('þ', "th"),
    ('ħ', "h"),
    ('ŧ', "t"),
    ('ŋ', "n"),
    ('ĸ', "k"),
    ('ς', "σ"),
];

/// Folds a text for the search: as [`fold`], and letters that are commonly written with plain ones (ß, ł, ø, œ) are those.
/// Names are not compared in this form: two that differ in such a letter are two.
pub fn search_fold(text: &str) -> String {
    let folded = fold(text);
    if folded.is_ascii() {
        return folded;
    }
    let mut plain = String::with_capacity(folded.len());
    for character in folded.chars() {
        match PLAIN.iter().find(|(letter, _)| *letter == character) {
            Some((_, written)) => plain.push_str(written),
            None => plain.push(character),
        }
    }
    plain
}

/// An expression in SQL that brings a column of folded texts into the form of [`search_fold`]; for short texts.
pub fn search_folded(column: &str) -> String {
    PLAIN.iter().fold(column.to_owned(), |inner, (letter, written)| {
        format!("replace({inner}, '{letter}', '{written}')")
    })
}

/// One searchable text of several, each on a line of its own so that no word is found across two of them.
pub fn search_key<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    joined(texts, search_fold)
}

/// The same, only folded.
pub fn folded_key<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    joined(texts, fold)
}

fn joined<'a>(texts: impl IntoIterator<Item = &'a str>, form: fn(&str) -> String) -> String {
    let mut key = String::new();
    for text in texts.into_iter().filter(|text| !text.is_empty()) {
        if !key.is_empty() {
            key.push('\n');
        }
        key.push_str(&form(text));
    }
    key
}

/// The host name as people write it, where it stands in the form of the domain name system (`xn--…`); none: it is in one
/// form only (RFC 5891).
pub fn host_as_written(host: &str) -> Option<String> {
    if !host.to_ascii_lowercase().contains("xn--") {
        return None;
    }
    let (written, outcome) = idna::domain_to_unicode(host);
    (outcome.is_ok() && written != host).then_some(written)
}

/// The host name in the form of the domain name system, where it is written otherwise; none: it is in one form only.
pub fn host_in_ascii(host: &str) -> Option<String> {
    if host.is_ascii() {
        return None;
    }
    idna::domain_to_ascii(host).ok()
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

    /// UI-21: letters that have plain ones in them are found by these, and the other way round.
    #[rstest]
    #[case("Straßenbau", "STRASSE")]
    #[case("ılık", "ILIK")]
    #[case("Łódź", "lodz")]
    #[case("Œuvre", "oeuvre")]
    #[case("Ørsted", "orsted")]
    #[case("Reykjavík Þing", "thing")]
    #[case("Strasse", "straße")]
    fn searches_find(#[case] text: &str, #[case] typed: &str) {
        assert!(
            search_fold(text).contains(&search_fold(typed)),
            "{}",
            search_fold(text)
        );
    }

    /// UI-21: a host name is found in both of its forms.
    #[test]
    fn host_names_have_two_forms() {
        assert_eq!(
            host_as_written("pbx.xn--mnchen-3ya.example").as_deref(),
            Some("pbx.münchen.example")
        );
        assert_eq!(
            host_in_ascii("pbx.münchen.example").as_deref(),
            Some("pbx.xn--mnchen-3ya.example")
        );
        assert_eq!(
            (host_as_written("pbx.example"), host_in_ascii("pbx.example")),
            (None, None)
        );
        assert_eq!(host_as_written("xn--\u{1}"), None);
    }

    proptest! {
        /// UI-21: stored keys and typed words meet, also where one of them was folded before.
        #[test]
        fn search_folding_is_idempotent(text in "\\PC{0,40}") {
            let once = search_fold(&text);
            prop_assert_eq!(search_fold(&once), once.clone());
            prop_assert_eq!(search_fold(&fold(&text)), once);
        }

        /// UI-21: folding twice is folding once, so stored keys and typed words meet.
        #[test]
        fn folding_is_idempotent(text in "\\PC{0,40}") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }
    }
}
