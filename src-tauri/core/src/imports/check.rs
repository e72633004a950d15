//! From cells to a customer: every problem of every cell, all at once (CUS-22). Pure.
//!
//! The rules are those of every form (`fields`); what most cells look like is recognised here without calling them.

use super::columns::{COLUMN_COUNT, Column};
use super::types::Separator;
use crate::connections::types::ProxyChoice;
use crate::customers::types::{CustomerFields, Mode};
use flotilla_connectors::Endpoint;
use flotilla_kernel::error::{ErrorCode, FieldProblem};
use flotilla_kernel::fields;
use std::borrow::Cow;
use std::net::Ipv4Addr;

/// CUS-20: an empty port is this one.
pub const DEFAULT_PORT: u16 = 8443;

/// The cell without the space around it; most have none, and that is quickly seen.
#[inline]
pub fn trimmed(cell: &str) -> &str {
    let plain = |byte: Option<&u8>| byte.is_some_and(|byte| (0x21..0x7f).contains(byte));
    if plain(cell.as_bytes().first()) && plain(cell.as_bytes().last()) {
        cell
    } else {
        cell.trim()
    }
}

/// What is wrong with a cell, small enough to be kept for each of a hundred thousand rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CellProblem {
    /// None: the row as a whole.
    pub column: Option<Column>,
    /// What is wrong.
    pub code: ErrorCode,
    /// The limit, line or row its words name; 0 where they name none.
    pub number: u32,
}

impl CellProblem {
    fn new(column: Column, code: ErrorCode) -> Self {
        Self {
            column: Some(column),
            code,
            number: 0,
        }
    }

    fn with(column: Column, code: ErrorCode, number: usize) -> Self {
        Self {
            column: Some(column),
            code,
            number: u32::try_from(number).unwrap_or(u32::MAX),
        }
    }

    /// As it goes over the wire.
    pub fn view(&self) -> FieldProblem {
        let problem = FieldProblem::new(self.column.map_or("row", Column::field), self.code);
        let number = i64::from(self.number);
        match self.code {
            ErrorCode::FieldTooLong | ErrorCode::TooManyTags | ErrorCode::FieldNotATelephone => {
                problem.with("limit", number)
            }
            ErrorCode::FieldOutOfRange => problem.with("least", 1_i64).with("most", i64::from(u16::MAX)),
            ErrorCode::SameNameAsRow | ErrorCode::SameAddressAsRow => problem.with("row", number),
            ErrorCode::QuotingWrong => problem.with("line", number),
            _ => problem,
        }
    }
}

/// What the cells of a row mean, as far as they mean anything.
#[derive(Debug)]
pub struct Meaning<'a> {
    /// In the one spelling that is compared; empty when it is no address.
    pub host: Cow<'a, str>,
    /// 0 when it is none.
    pub port: u16,
    /// None: the cell is empty or wrong.
    pub mode: Option<Mode>,
}

/// What separates the tags of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TagSeparator {
    /// `;`
    Semicolon,
    /// `|`, in a file whose cells are separated by semicolons. A semicolon in quotes separates there, too: no tag
    /// holds one, since it could not be written to a file with commas.
    Bar,
}

impl TagSeparator {
    /// CUS-20
    pub fn of(separator: Separator) -> Self {
        match separator {
            Separator::Semicolon => Self::Bar,
            Separator::Comma | Separator::Tab => Self::Semicolon,
        }
    }

    #[inline]
    fn separates(self, character: char) -> bool {
        character == ';' || self == Self::Bar && character == '|'
    }

    /// The tags of a cell: trimmed, each once.
    pub fn tags(self, cell: &str) -> Vec<String> {
        if cell.is_empty() {
            Vec::new()
        } else {
            fields::tidy_tags(cell.split(|character| self.separates(character)))
        }
    }

    /// The cell with `;` between its tags, as it goes over the wire.
    pub fn plain(self, cell: &str) -> String {
        match self {
            Self::Semicolon => cell.to_owned(),
            Self::Bar => cell.replace('|', ";"),
        }
    }
}

#[inline]
fn has_control(cell: &[u8]) -> bool {
    cell.iter()
        .fold(false, |found, &byte| found | (byte < 0x20) | (byte == 0x7f))
}

/// A text of at most `limit` code points without control characters, and without characters that could not be read.
#[inline]
fn text(column: Column, cell: &str, limit: usize, lines: bool, problems: &mut Vec<CellProblem>) {
    if cell.len() > limit && cell.chars().count() > limit {
        problems.push(CellProblem::with(column, ErrorCode::FieldTooLong, limit));
    }
    let control = has_control(cell.as_bytes())
        && (!lines
            || cell
                .bytes()
                .any(|byte| byte < 0x20 && !matches!(byte, b'\n' | b'\r' | b'\t') || byte == 0x7f));
    if control {
        problems.push(CellProblem::new(column, ErrorCode::FieldControlCharacter));
    }
}

/// Whether a spreadsheet would calculate this cell. A signed number, as every international telephone number is one,
/// is no formula.
pub fn is_formula(cell: &str) -> bool {
    if matches!(cell.as_bytes().first(), Some(b'\t' | b'\r')) {
        return true;
    }
    let cell = cell.trim_start();
    let mut rest = cell.chars();
    match rest.next() {
        Some('=' | '@' | '＝' | '＠') => true,
        Some('+' | '-' | '＋' | '－') => {
            !rest.all(|character| character.is_ascii_digit() || " .,-/()".contains(character))
        }
        _ => false,
    }
}

/// Whether the first byte lets a formula be at all; most cells end here.
#[inline]
fn may_be_formula(cell: &str) -> bool {
    matches!(
        cell.as_bytes().first(),
        Some(b'=' | b'@' | b'+' | b'-' | b'\t' | b'\r' | b' ' | b'\n' | 0x0b | 0x0c | 0xc2..)
    )
}

/// A plain name in lower case whose last label starts with a letter: no other spelling means the same, and no
/// program reads it as a number.
fn is_plain_name(host: &str) -> bool {
    if host.len() > 253 {
        return false;
    }
    let mut last_letter = false;
    for label in host.as_bytes().split(|&byte| byte == b'.') {
        let (Some(&first), Some(&last)) = (label.first(), label.last()) else {
            return false;
        };
        let fits = label.len() <= 63
            && first != b'-'
            && last != b'-'
            && !label.starts_with(b"xn--")
            && label
                .iter()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || *byte == b'-');
        if !fits {
            return false;
        }
        last_letter = first.is_ascii_lowercase();
    }
    last_letter
}

/// The one spelling of an address or name; none when it is neither. The same as [`Endpoint::parse`] makes of it.
pub fn canonical_host(cell: &str) -> Option<Cow<'_, str>> {
    let host = trimmed(cell);
    let digits = host.as_bytes().first().is_some_and(u8::is_ascii_digit);
    if digits && host.parse::<Ipv4Addr>().is_ok() || is_plain_name(host) {
        return Some(Cow::Borrowed(host));
    }
    Endpoint::parse(host, DEFAULT_PORT)
        .ok()
        .map(|endpoint| Cow::Owned(endpoint.host))
}

/// The port of a cell.
///
/// # Errors
/// `field.not-a-number`, `field.out-of-range`
pub fn port(cell: &str) -> Result<u16, ErrorCode> {
    let cell = trimmed(cell);
    if cell.is_empty() {
        return Ok(DEFAULT_PORT);
    }
    let digits = cell.strip_prefix(['+', '-']).unwrap_or(cell);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(ErrorCode::FieldNotANumber);
    }
    match cell.parse::<u16>() {
        Ok(port) if port > 0 => Ok(port),
        _ => Err(ErrorCode::FieldOutOfRange),
    }
}

/// The mode of a cell; none when it is empty.
///
/// # Errors
/// `field.not-a-choice`
pub fn mode(cell: &str) -> Result<Option<Mode>, ErrorCode> {
    let cell = trimmed(cell);
    if cell.is_empty() {
        Ok(None)
    } else if cell.eq_ignore_ascii_case("on-premises") {
        Ok(Some(Mode::OnPremises))
    } else if cell.eq_ignore_ascii_case("cloud") {
        Ok(Some(Mode::Cloud))
    } else {
        Err(ErrorCode::FieldNotAChoice)
    }
}

/// Whether it is plainly a telephone number; what is not is asked of [`fields::telephone`].
fn is_plain_telephone(cell: &[u8]) -> bool {
    let number = cell.strip_prefix(b"+").unwrap_or(cell);
    let digits = number.iter().filter(|byte| byte.is_ascii_digit()).count();
    (1..=fields::TELEPHONE_DIGITS).contains(&digits)
        && number
            .iter()
            .all(|byte| byte.is_ascii_digit() || matches!(byte, b' ' | b'-' | b'.' | b'/' | b'(' | b')'))
}

/// Whether it is plainly an e-mail address; what is not is asked of [`fields::email`].
fn is_plain_email(cell: &[u8]) -> bool {
    let (mut at, mut before) = (0_usize, b'.');
    let mut fits = cell.len() <= fields::LINE_LENGTH;
    for (place, &byte) in cell.iter().enumerate() {
        fits &= byte > 0x20 && byte < 0x7f;
        if byte == b'@' {
            // A second one, or nothing before it.
            fits &= at == 0 && place > 0;
            at = place;
        } else if byte == b'.' && at > 0 {
            fits &= before != b'.' && before != b'@';
        }
        before = byte;
    }
    fits && at > 0 && before != b'.' && before != b'@'
}

fn tags(cell: &str, separator: TagSeparator, problems: &mut Vec<CellProblem>) {
    if cell.is_empty() {
        return;
    }
    text(Column::Tags, cell, usize::MAX, false, problems);
    let separators = cell
        .bytes()
        .filter(|&byte| separator.separates(char::from(byte)))
        .count();
    if separators < fields::TAGS && cell.len() <= fields::TAG_LENGTH {
        return;
    }
    let parts = || {
        cell.split(|character| separator.separates(character))
            .map(str::trim)
            .filter(|tag| !tag.is_empty())
    };
    // The same tag twice is one; only who has too many is counted exactly.
    if parts().count() > fields::TAGS && fields::tidy_tags(parts()).len() > fields::TAGS {
        problems.push(CellProblem::with(
            Column::Tags,
            ErrorCode::TooManyTags,
            fields::TAGS,
        ));
    }
    if parts().any(|tag| tag.len() > fields::TAG_LENGTH && tag.chars().count() > fields::TAG_LENGTH) {
        problems.push(CellProblem::with(
            Column::Tags,
            ErrorCode::FieldTooLong,
            fields::TAG_LENGTH,
        ));
    }
}

/// Reads the cells of a row, and adds everything that is wrong with them.
///
/// A password may look like anything: it is never shown, and never written to a file that a spreadsheet opens.
pub fn check<'a>(
    cells: &[&'a str; COLUMN_COUNT],
    separator: TagSeparator,
    damaged: bool,
    problems: &mut Vec<CellProblem>,
) -> Meaning<'a> {
    use Column as C;
    let cell = |column: C| cells[column as usize];
    let first_problem = problems.len();

    let host = match canonical_host(cell(C::Host)) {
        Some(host) => host,
        None => {
            let code = if cell(C::Host).trim().is_empty() {
                ErrorCode::FieldRequired
            } else {
                ErrorCode::FieldNotAnAddress
            };
            problems.push(CellProblem::new(C::Host, code));
            Cow::Borrowed("")
        }
    };
    let port = port(cell(C::Port)).unwrap_or_else(|code| {
        problems.push(CellProblem::new(C::Port, code));
        0
    });
    for (column, limit) in [(C::Name, fields::NAME_LENGTH), (C::UserName, fields::LINE_LENGTH)] {
        let value = trimmed(cell(column));
        if value.is_empty() {
            problems.push(CellProblem::new(column, ErrorCode::FieldRequired));
        } else {
            text(column, value, limit, false, problems);
        }
    }
    text(
        C::Password,
        cell(C::Password),
        fields::LINE_LENGTH,
        false,
        problems,
    );
    text(C::Address, cell(C::Address), fields::LINE_LENGTH, true, problems);
    text(C::Notes, cell(C::Notes), fields::NOTES_LENGTH, true, problems);
    let telephone = cell(C::Telephone);
    if !telephone.is_empty()
        && !is_plain_telephone(telephone.as_bytes())
        && fields::telephone("", telephone).is_some()
    {
        problems.push(CellProblem::with(
            C::Telephone,
            ErrorCode::FieldNotATelephone,
            fields::TELEPHONE_DIGITS,
        ));
    }
    let email = cell(C::Email);
    if !email.is_empty() && !is_plain_email(email.as_bytes()) && fields::email("", email).is_some() {
        problems.push(CellProblem::new(C::Email, ErrorCode::FieldNotAnEmail));
    }
    tags(cell(C::Tags), separator, problems);
    let mode = mode(cell(C::Mode)).unwrap_or_else(|code| {
        problems.push(CellProblem::new(C::Mode, code));
        None
    });
    for column in [
        C::Host,
        C::Port,
        C::Name,
        C::UserName,
        C::Address,
        C::Telephone,
        C::Email,
        C::Notes,
        C::Tags,
        C::Mode,
    ] {
        let value = cell(column);
        if may_be_formula(value) && is_formula(value) {
            problems.push(CellProblem::new(column, ErrorCode::FormulaLike));
        }
    }
    if damaged {
        for column in super::columns::COLUMNS {
            if cell(column).contains('\u{fffd}') {
                problems.push(CellProblem::new(column, ErrorCode::FieldControlCharacter));
            }
        }
    }
    if problems.len() == first_problem {
        return Meaning { host, port, mode };
    }
    // In the order of the columns, as they are read.
    problems[first_problem..].sort_by_key(|problem| problem.column);
    Meaning { host, port, mode }
}

/// The customer a row without problems stands for.
pub fn fields_of(
    cells: &[&str; COLUMN_COUNT],
    meaning: &Meaning<'_>,
    separator: TagSeparator,
    default_mode: Mode,
    proxy: ProxyChoice,
) -> CustomerFields {
    let cell = |column: Column| cells[column as usize];
    CustomerFields {
        name: cell(Column::Name).trim().to_owned(),
        host: meaning.host.clone().into_owned(),
        port: i64::from(meaning.port),
        user_name: cell(Column::UserName).trim().to_owned(),
        mode: meaning.mode.unwrap_or(default_mode),
        tags: separator.tags(cell(Column::Tags)),
        telephone: cell(Column::Telephone).trim().to_owned(),
        email: cell(Column::Email).trim().to_owned(),
        operators: Vec::new(),
        address: cell(Column::Address).trim().to_owned(),
        notes: cell(Column::Notes).to_owned(),
        proxy,
    }
}

#[cfg(test)]
mod tests {
    use super::super::columns::COLUMNS;
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    const GOOD: [&str; COLUMN_COUNT] = [
        "192.0.2.1",
        "",
        "Miramar",
        "COMAdmin",
        "s",
        "1 Harbour Street",
        "+49 40 5550",
        "it@miramar.example",
        "",
        "a;b",
        "",
    ];

    fn problems(change: &[(Column, &str)]) -> Vec<(Column, ErrorCode)> {
        let mut cells = GOOD;
        for (column, text) in change {
            cells[*column as usize] = text;
        }
        let mut problems = Vec::new();
        check(&cells, TagSeparator::Semicolon, false, &mut problems);
        problems
            .iter()
            .map(|problem| (problem.column.expect("of a cell"), problem.code))
            .collect()
    }

    /// CUS-22: each mistake a cell can hold.
    #[rstest]
    #[case(Column::Host, "", ErrorCode::FieldRequired)]
    #[case(Column::Host, "10.31.2.300", ErrorCode::FieldNotAnAddress)]
    #[case(Column::Host, "two words", ErrorCode::FieldNotAnAddress)]
    #[case(Column::Port, "84430", ErrorCode::FieldOutOfRange)]
    #[case(Column::Port, "0", ErrorCode::FieldOutOfRange)]
    #[case(Column::Port, "-1", ErrorCode::FieldOutOfRange)]
    #[case(Column::Port, "https", ErrorCode::FieldNotANumber)]
    #[case(Column::Name, " ", ErrorCode::FieldRequired)]
    #[case(Column::Name, "a\u{1}b", ErrorCode::FieldControlCharacter)]
    #[case(Column::UserName, "", ErrorCode::FieldRequired)]
    #[case(Column::Password, "a\nb", ErrorCode::FieldControlCharacter)]
    #[case(Column::Telephone, "call me", ErrorCode::FieldNotATelephone)]
    #[case(Column::Telephone, "+3531555099011234", ErrorCode::FieldNotATelephone)]
    #[case(Column::Email, "office.example", ErrorCode::FieldNotAnEmail)]
    #[case(Column::Notes, "a\u{7f}", ErrorCode::FieldControlCharacter)]
    #[case(Column::Notes, "=HYPERLINK(\"http://x.example\")", ErrorCode::FormulaLike)]
    #[case(Column::Address, "@SUM(A1)", ErrorCode::FormulaLike)]
    #[case(Column::Name, "+1+cmd|' /C calc'!A0", ErrorCode::FormulaLike)]
    #[case(Column::Notes, "\t=1", ErrorCode::FormulaLike)]
    #[case(Column::Notes, " ＝1", ErrorCode::FormulaLike)]
    #[case(Column::Tags, "a;b;c;d;e;f", ErrorCode::TooManyTags)]
    #[case(Column::Mode, "hybrid", ErrorCode::FieldNotAChoice)]
    fn mistakes_are_found(#[case] column: Column, #[case] text: &str, #[case] code: ErrorCode) {
        assert_eq!(problems(&[(column, text)]), [(column, code)]);
    }

    /// CUS-20, CUS-22: what is no mistake.
    #[rstest]
    #[case(Column::Host, "PBX.Example")]
    #[case(Column::Host, "2001:db8::1")]
    #[case(Column::Port, "443")]
    #[case(Column::Password, "=+-@starts like a formula")]
    #[case(Column::Telephone, "+49 (40) 5550-112")]
    #[case(Column::Notes, "first line\r\nsecond line")]
    #[case(Column::Notes, "-5")]
    #[case(Column::Tags, "a;A; a ;;b;c;d;e")]
    #[case(Column::Mode, "cloud")]
    fn what_is_right_is_let_through(#[case] column: Column, #[case] text: &str) {
        assert_eq!(problems(&[(column, text)]), []);
    }

    /// CUS-22: all problems of a row at once, in the order of the columns.
    #[test]
    fn a_row_tells_all_its_problems() {
        let found = problems(&[
            (Column::Tags, "a;b;c;d;e;f"),
            (Column::Port, "x"),
            (Column::Name, ""),
            (Column::Email, "=1"),
        ]);
        let expected = [
            (Column::Port, ErrorCode::FieldNotANumber),
            (Column::Name, ErrorCode::FieldRequired),
            (Column::Email, ErrorCode::FieldNotAnEmail),
            (Column::Email, ErrorCode::FormulaLike),
            (Column::Tags, ErrorCode::TooManyTags),
        ];
        assert_eq!(found, expected);
    }

    /// CUS-20: tags in a file with semicolons are separated by bars.
    #[test]
    fn tags_follow_the_separator() {
        assert_eq!(
            TagSeparator::of(Separator::Semicolon).tags("gold|hotel"),
            ["gold", "hotel"]
        );
        assert_eq!(
            TagSeparator::of(Separator::Comma).tags("gold;ho|tel"),
            ["gold", "ho|tel"]
        );
        assert_eq!(TagSeparator::Bar.plain("gold|hotel"), "gold;hotel");
    }

    proptest! {
        /// CUS-22: a cell is judged as the same field of the form is, on the fast ways, too.
        #[test]
        fn cells_are_judged_as_forms_are(cells in prop::collection::vec("[a-z0-9A-Z.@+=;| é\u{1}\n:-]{0,12}", COLUMN_COUNT)) {
            let cells: [&str; COLUMN_COUNT] = std::array::from_fn(|place| cells[place].as_str());
            let mut problems = Vec::new();
            let meaning = check(&cells, TagSeparator::Semicolon, false, &mut problems);
            let own = [ErrorCode::FormulaLike];
            problems.retain(|problem| !own.contains(&problem.code) && problem.column != Some(Column::Password) && problem.column != Some(Column::Mode));
            if meaning.port != 0 && !cells[Column::Tags as usize].bytes().any(|byte| byte < 0x20) {
                let fields = CustomerFields { host: cells[0].to_owned(), ..fields_of(&cells, &meaning, TagSeparator::Semicolon, Mode::Cloud, ProxyChoice::Workspace) };
                let form: Vec<_> = crate::customers::rules::check(&fields, false).into_iter().map(|problem| (problem.field, problem.code)).collect();
                let mut own: Vec<_> = problems.iter().map(|problem| (problem.view().field, problem.code)).collect();
                let place = |field: &str| COLUMNS.iter().position(|column| column.field() == field);
                own.sort_by_key(|(field, _)| place(field));
                let mut form = form;
                form.sort_by_key(|(field, _)| place(field));
                prop_assert_eq!(own, form);
            }
        }

        /// CUS-22, CRT-11: the fast way to an address comes to the same as the connector's.
        #[test]
        fn addresses_have_one_spelling(host in "[a-z0-9A-Z.:_ -]{0,20}|[0-9]{1,3}(\\.[0-9]{1,3}){3}|(0x)?[0-9a-f]{1,4}(\\.[0-9]{1,3}){0,3}|xn--[a-z0-9]{1,6}") {
            let slow = Endpoint::parse(&host, 1).ok().map(|endpoint| endpoint.host);
            prop_assert_eq!(canonical_host(&host).map(Cow::into_owned), slow);
        }
    }
}
