//! What a field may hold. Every form and every imported cell is checked by the same functions; a check gives the
//! problem with the field, if there is one.

use crate::error::{ErrorCode, FieldProblem};

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

/// What is not seen and changes how the text beside it is read: control characters, the marks and overrides of writing
/// direction, line and paragraph separators.
fn is_unseen(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A text of at most `limit` code points without control characters (line ends are allowed where `lines`).
pub fn text(field: &str, value: &str, limit: usize, lines: bool) -> Option<FieldProblem> {
    if value.len() > limit && value.chars().count() > limit {
        return FieldProblem::new(field, ErrorCode::FieldTooLong)
            .with("limit", limit)
            .into();
    }
    let allowed = |character| lines && matches!(character, '\n' | '\r' | '\t');
    if value
        .chars()
        .any(|character| is_unseen(character) && !allowed(character))
    {
        problem(field, ErrorCode::FieldControlCharacter)
    } else {
        None
    }
}

/// A required text.
pub fn required(field: &str, value: &str, limit: usize) -> Option<FieldProblem> {
    if value.trim().is_empty() {
        problem(field, ErrorCode::FieldRequired)
    } else {
        text(field, value, limit, false)
    }
}

/// An IP address or a fully qualified domain name.
pub fn host(field: &str, value: &str) -> Option<FieldProblem> {
    let value = value.trim();
    if value.is_empty() {
        return problem(field, ErrorCode::FieldRequired);
    }
    if flotilla_connectors::Endpoint::parse(value, 443).is_err() {
        return problem(field, ErrorCode::FieldNotAnAddress);
    }
    None
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
