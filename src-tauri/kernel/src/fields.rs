//! What a field may hold. Every form and every imported cell is checked by the same functions; a check gives the
//! problem with the field, if there is one.

use crate::characters::{is_invisible, is_joiner};
use crate::error::{ErrorCode, FieldProblem, Outcome, Problem};
use std::borrow::Cow;

/// ORG-01
pub const NAME_LENGTH: usize = 100;
/// CUS-10
pub const TAGS: usize = 5;
/// Longest tag, in code points.
pub const TAG_LENGTH: usize = 40;
/// Longest note, in code points.
pub const NOTES_LENGTH: usize = 4_000;
/// Longest line of text: an address, an e-mail address, a user name.
pub const LINE_LENGTH: usize = 254;
/// ACC-02
pub const TELEPHONE_DIGITS: usize = 15;

/// A problem of this field, ready to be given back.
fn problem(field: &str, code: ErrorCode) -> Option<FieldProblem> {
    Some(FieldProblem::new(field, code))
}

/// Chooses a shape of the character before it, and is nothing by itself.
fn is_variation(character: char) -> bool {
    matches!(character, '\u{180b}'..='\u{180d}' | '\u{180f}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

/// The first character that nobody sees and that does not belong to how its script is written. Control characters are
/// told by [`text`] itself.
pub fn first_invisible(value: &str) -> Option<char> {
    if value.is_ascii() {
        return None;
    }
    let joins = |character: Option<char>| {
        character.is_some_and(|character| character >= '\u{590}' && !is_invisible(character))
    };
    let mut before = None;
    let mut characters = value.chars().peekable();
    while let Some(character) = characters.next() {
        let belongs = is_joiner(character) && joins(before) && joins(characters.peek().copied());
        if is_invisible(character) && !belongs {
            return Some(character);
        }
        before = Some(character);
    }
    None
}

/// A text as it is seen: without what nobody sees. Two names that look the same are compared in this form.
pub fn as_seen(value: &str) -> Cow<'_, str> {
    let unseen = |character| is_invisible(character) || is_variation(character);
    if value.is_ascii() || !value.contains(unseen) {
        return Cow::Borrowed(value);
    }
    Cow::Owned(value.replace(unseen, ""))
}

/// A text without the space around it, nor what nobody sees there.
pub fn trimmed(value: &str) -> &str {
    value.trim_matches(|character: char| character.is_whitespace() || is_invisible(character))
}

/// Whether anything of it is seen.
pub fn is_seen(value: &str) -> bool {
    value.chars().any(|character| {
        !character.is_whitespace()
            && !character.is_control()
            && !is_invisible(character)
            && !is_variation(character)
            && character != '\u{2800}'
    })
}

/// How a character that nobody sees is named, such as `U+200B`.
pub fn code_point(character: char) -> String {
    format!("U+{:04X}", u32::from(character))
}

/// The problem with a field that holds something invisible.
fn invisible(field: &str, character: char) -> FieldProblem {
    FieldProblem::new(field, ErrorCode::FieldInvisibleCharacter).with("character", code_point(character))
}

/// A text of at most `limit` code points without control characters (line ends are allowed where `lines`), and without
/// what nobody sees.
pub fn text(field: &str, value: &str, limit: usize, lines: bool) -> Option<FieldProblem> {
    if value.len() > limit && value.chars().count() > limit {
        return FieldProblem::new(field, ErrorCode::FieldTooLong)
            .with("limit", limit)
            .into();
    }
    let allowed = |character| lines && matches!(character, '\n' | '\r' | '\t');
    if value
        .chars()
        .any(|character| character.is_control() && !allowed(character))
    {
        return problem(field, ErrorCode::FieldControlCharacter);
    }
    first_invisible(value).map(|character| invisible(field, character))
}

/// A required text; something of it is seen.
pub fn required(field: &str, value: &str, limit: usize) -> Option<FieldProblem> {
    match value.trim().chars().next() {
        None => problem(field, ErrorCode::FieldRequired),
        Some(first) => {
            text(field, value, limit, false).or_else(|| (!is_seen(value)).then(|| invisible(field, first)))
        }
    }
}

/// Demands a required text; something of it is seen.
///
/// # Errors
/// `form.invalid` with the field's problem
pub fn demand(field: &str, value: &str, limit: usize) -> Outcome<()> {
    Problem::of_fields(required(field, value, limit).into_iter().collect())
}

/// An IP address or a fully qualified domain name.
pub fn host(field: &str, value: &str) -> Option<FieldProblem> {
    let value = trimmed(value);
    if value.is_empty() {
        return problem(field, ErrorCode::FieldRequired);
    }
    if flotilla_connectors::Endpoint::parse(value, 443).is_ok() {
        return None;
    }
    first_invisible(value).map_or_else(
        || problem(field, ErrorCode::FieldNotAnAddress),
        |character| Some(invisible(field, character)),
    )
}

/// A port as it is typed: 1 to 65535.
pub fn port(field: &str, value: i64) -> Option<FieldProblem> {
    range(field, value, 1, 65_535)
}

/// A number between two limits, both allowed.
pub fn range(field: &str, value: i64, least: i64, most: i64) -> Option<FieldProblem> {
    if (least..=most).contains(&value) {
        return None;
    }
    FieldProblem::new(field, ErrorCode::FieldOutOfRange)
        .with("least", least)
        .with("most", most)
        .into()
}

/// A telephone number: at most 15 digits, a leading + not counted; spaces and the usual signs between are allowed.
pub fn telephone(field: &str, value: &str) -> Option<FieldProblem> {
    let value = value.trim();
    if let Some(character) = first_invisible(value) {
        return Some(invisible(field, character));
    }
    let number = value.strip_prefix('+').unwrap_or(value);
    let digits = number.bytes().filter(u8::is_ascii_digit).count();
    if digits > TELEPHONE_DIGITS {
        return FieldProblem::new(field, ErrorCode::FieldNotATelephone)
            .with("limit", TELEPHONE_DIGITS)
            .into();
    }
    let fits = number
        .chars()
        .all(|character| character.is_ascii_digit() || " -./()".contains(character));
    if fits && (digits > 0 || value.is_empty()) {
        return None;
    }
    FieldProblem::new(field, ErrorCode::FieldNotATelephone)
        .with("limit", TELEPHONE_DIGITS)
        .into()
}

/// An e-mail address, as far as it can be known without sending one: something, one @, a domain.
pub fn email(field: &str, value: &str) -> Option<FieldProblem> {
    let value = value.trim();
    if value.is_empty() {
        return None;
    }
    if let Some(character) = first_invisible(value) {
        return Some(invisible(field, character));
    }
    let fits = value.len() <= LINE_LENGTH
        && !value.bytes().any(|byte| byte <= 0x20 || byte == 0x7f)
        && value.split_once('@').is_some_and(|(local, domain)| {
            !local.is_empty()
                && !domain.contains('@')
                && !domain.starts_with('.')
                && !domain.ends_with('.')
                && !domain.is_empty()
                && !domain.contains("..")
        });
    if fits {
        None
    } else {
        problem(field, ErrorCode::FieldNotAnEmail)
    }
}

/// An IANA time zone.
pub fn zone(field: &str, value: &str) -> Option<FieldProblem> {
    if value.parse::<chrono_tz::Tz>().is_ok() {
        None
    } else {
        problem(field, ErrorCode::FieldNotAZone)
    }
}

/// Tags as they are kept: trimmed, without empty ones, each once (without regard to case).
pub fn tidy_tags<'a>(tags: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let mut seen = std::collections::HashSet::new();
    tags.into_iter()
        .map(str::trim)
        .filter(|tag| !tag.is_empty() && seen.insert(crate::database::fold(tag)))
        .map(str::to_owned)
        .collect()
}

/// At most five tags, none too long (CUS-10).
pub fn tags(field: &str, tags: &[String]) -> Option<FieldProblem> {
    if tags.len() > TAGS {
        return FieldProblem::new(field, ErrorCode::TooManyTags)
            .with("limit", TAGS)
            .into();
    }
    tags.iter().find_map(|tag| text(field, tag, TAG_LENGTH, false))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    /// ACC-02, CUS-10: at most 15 digits, a leading + allowed and not counted.
    #[rstest]
    #[case("", true)]
    #[case("+49 40 5550 112", true)]
    #[case("+123456789012345", true)]
    #[case("1234567890123456", false)]
    #[case("+", false)]
    #[case("call me", false)]
    fn telephones(#[case] value: &str, #[case] fits: bool) {
        assert_eq!(telephone("telephone", value).is_none(), fits);
    }

    /// CUS-10
    #[rstest]
    #[case("", true)]
    #[case("it@ostermann.example", true)]
    #[case("office.example", false)]
    #[case("a@b@c", false)]
    #[case("a b@c", false)]
    fn emails(#[case] value: &str, #[case] fits: bool) {
        assert_eq!(email("email", value).is_none(), fits);
    }

    /// CUS-10, SEC-04: nothing unseen that changes how a name is read; line ends where there are lines.
    #[rstest]
    #[case("Bäckerei 東京 👍", true, true)]
    #[case("one\ntwo", false, true)]
    #[case("bell\u{7}", false, false)]
    #[case("next line\u{85}", false, false)]
    #[case("right\u{202e}left", false, false)]
    #[case("isolated\u{2066}", false, false)]
    #[case("line\u{2028}", false, false)]
    #[case("paragraph\u{2029}", false, false)]
    fn nothing_unseen(#[case] value: &str, #[case] in_a_line: bool, #[case] in_notes: bool) {
        let fits = |lines| text("name", value, NAME_LENGTH, lines).is_none();
        assert_eq!((fits(false), fits(true)), (in_a_line, in_notes), "{value:?}");
    }

    /// CUS-26, ORG-01: what nobody sees is named, whatever field it stands in; what a script is written with is not.
    #[rstest]
    #[case("Zero\u{200b}Width", Some("U+200B"))]
    #[case("\u{feff}Mark", Some("U+FEFF"))]
    #[case("Soft\u{ad}hyphen", Some("U+00AD"))]
    #[case("Word\u{2060}joiner", Some("U+2060"))]
    #[case("Left\u{200e}to right", Some("U+200E"))]
    #[case("Latin\u{200d}joiner", Some("U+200D"))]
    #[case("\u{3164}", Some("U+3164"))]
    #[case("\u{fe0f}", Some("U+FE0F"))]
    #[case("می\u{200c}خواهم", None)]
    #[case("👩\u{200d}👩\u{200d}👧", None)]
    #[case("葛\u{e0100}飾", None)]
    fn invisible_characters_are_named(#[case] value: &str, #[case] expected: Option<&str>) {
        let named = |problem: Option<FieldProblem>| {
            problem.map(|problem| {
                assert_eq!(problem.code, ErrorCode::FieldInvisibleCharacter);
                format!("{:?}", problem.params["character"])
            })
        };
        let expected = expected.map(|code| format!("Text({code:?})"));
        assert_eq!(named(required("name", value, NAME_LENGTH)), expected, "{value:?}");
    }

    /// CUS-26
    #[test]
    fn addresses_and_numbers_name_what_is_not_seen() {
        for problem in [
            host("host", "pbx\u{202e}.example"),
            telephone("telephone", "+49 40\u{202c} 5550"),
            email("email", "it@\u{feff}miramar.example"),
        ] {
            assert_eq!(
                problem.map(|problem| problem.code),
                Some(ErrorCode::FieldInvisibleCharacter)
            );
        }
        assert_eq!(as_seen("Zero\u{200b}Width"), "ZeroWidth");
        assert_eq!(trimmed("\u{feff}\u{a0} Name\t\u{200b}"), "Name");
        assert!(!is_seen("\u{200b} \u{2800}\u{fe0f}") && is_seen("葛\u{e0100}"));
    }

    /// CUS-10: five tags at most; the same tag twice is one.
    #[test]
    fn tags_are_tidied_and_counted() {
        let tidy = tidy_tags(["a", " A ", "", "b"]);
        assert_eq!(tidy, ["a", "b"]);
        let six: Vec<String> = ["a", "b", "c", "d", "e", "f"].map(str::to_owned).into();
        assert_eq!(
            tags("tags", &six).map(|problem| problem.code),
            Some(ErrorCode::TooManyTags)
        );
        assert!(tags("tags", &six[..5]).is_none());
    }
}
