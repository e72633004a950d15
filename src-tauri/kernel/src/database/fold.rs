//! The form of a text that is compared and searched: case, accents and Japanese width do not matter (UI-21).

use std::net::IpAddr;
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

/// What a name is sorted by: folded, and digits by the number that they write, so that *Annex 2* comes before *Annex 13* and
/// *007* beside *7*.
pub fn order_key(text: &str) -> String {
    let folded = fold(text);
    let mut key = String::with_capacity(folded.len() + 4);
    let mut rest = folded.as_str();
    while let Some(start) = rest.find(|character: char| character.is_ascii_digit()) {
        let (before, from) = rest.split_at(start);
        let end = from
            .find(|character: char| !character.is_ascii_digit())
            .unwrap_or(from.len());
        let (digits, after) = from.split_at(end);
        key.push_str(before);
        let significant = digits.trim_start_matches('0');
        // A longer number is a larger one: how many digits there are stands before them, as 1 to 8, or as 9 and the rest.
        let mut length = significant.len().max(1);
        while length > 8 {
            key.push('9');
            length -= 8;
        }
        key.push(char::from(b'0' + u8::try_from(length).unwrap_or(8)));
        key.push_str(if significant.is_empty() { "0" } else { significant });
        rest = after;
    }
    key.push_str(rest);
    key
}

/// What an address is sorted by: IPv4 addresses by number, then IPv6 addresses by number, then host names as [`order_key`] has
/// them; an empty one first.
pub fn host_order_key(host: &str) -> String {
    let address = host.trim_start_matches('[').trim_end_matches(']');
    match address.parse() {
        Ok(IpAddr::V4(address)) => format!("4{:08x}", u32::from(address)),
        Ok(IpAddr::V6(address)) => format!("6{:032x}", u128::from(address)),
        Err(_) if host.is_empty() => String::new(),
        Err(_) => format!(
            "n{}",
            order_key(&host_as_written(host).unwrap_or_else(|| host.to_owned()))
        ),
    }
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

    /// Numbers in names are sorted as numbers (`cases/README.md`).
    #[test]
    fn names_are_sorted_as_people_count() {
        let names = [
            "Annex",
            "Annex 2",
            "annex 13",
            "Annex 13 b",
            "ANNEX １００",
            "Annex 99999999",
            "Annex 123456789",
            "Annex 99999999999999999",
            "Annex b",
            "Éclair 07",
            "eclair 8",
        ];
        let keys: Vec<String> = names.iter().map(|name| order_key(name)).collect();
        assert!(keys.is_sorted(), "{keys:?}");
        assert_eq!(order_key("unit 007"), order_key("Unit 7"));
    }

    /// Addresses are sorted by number, host names as people count (`cases/README.md`).
    #[test]
    fn addresses_are_sorted_by_number() {
        let hosts = [
            "",
            "9.255.255.255",
            "10.0.0.2",
            "10.0.0.10",
            "10.0.0.100",
            "::1",
            "2001:db8::2",
            "[2001:db8::10]",
            "2001:db8::a:0",
            "cam2.example",
            "cam10.example",
            "muenchen.example",
            "xn--mnchen-3ya.example",
            "zulu.example",
        ];
        let keys: Vec<String> = hosts.iter().map(|host| host_order_key(host)).collect();
        assert!(keys.is_sorted(), "{keys:?}");
    }

    proptest! {
        /// Names of letters and numbers without leading zeros are in order letter by letter and number by number.
        #[test]
        fn order_of_numbers(prefix in "[a-z ]{0,4}", one in any::<u64>(), other in any::<u64>(), suffix in "[a-z]{0,3}") {
            let key = |number: u64| order_key(&format!("{prefix}{number}{suffix}"));
            prop_assert_eq!(key(one).cmp(&key(other)), one.cmp(&other));
        }

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
