//! From cells to a customer: every problem of every cell, all at once (CUS-22). Pure.
//!
//! The rules are those of every form (`fields`); what most cells look like is recognised here without calling them.

use super::columns::{COLUMN_COUNT, Column, ImportKind, own_choice};
use super::folders::{Nowhere, PATH_LENGTH};
use super::types::Separator;
use crate::customers::types::Mode;
use flotilla_connectors::Endpoint;
use flotilla_kernel::error::{ErrorCode, FieldProblem};
use flotilla_kernel::fields;
use std::borrow::Cow;
use std::net::Ipv4Addr;

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
    /// The limit, line, row, character or place of a customer its words name; 0 where they name none.
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

    /// Something invisible in a cell, if there is anything.
    fn invisible(column: Column, cell: &str) -> Option<Self> {
        fields::first_invisible(cell).map(|character| Self {
            column: Some(column),
            code: ErrorCode::FieldInvisibleCharacter,
            number: u32::from(character),
        })
    }

    fn with(column: Column, code: ErrorCode, number: usize) -> Self {
        Self {
            column: Some(column),
            code,
            number: u32::try_from(number).unwrap_or(u32::MAX),
        }
    }

    /// Why the path of a cell leads nowhere.
    pub fn of_folder(nowhere: Nowhere) -> Self {
        Self {
            column: Some(Column::Folder),
            code: nowhere.code,
            number: nowhere.number,
        }
    }

    /// As it goes over the wire; `name` tells the name of the customer at a place.
    pub fn view<'n>(&self, name: impl Fn(u32) -> &'n str) -> FieldProblem {
        let problem = FieldProblem::new(self.column.map_or("row", Column::field), self.code);
        let number = i64::from(self.number);
        match self.code {
            ErrorCode::FieldTooLong
            | ErrorCode::TooManyTags
            | ErrorCode::FieldNotATelephone
            | ErrorCode::FolderTooDeep => problem.with("limit", number),
            ErrorCode::FieldOutOfRange => problem.with("least", 1_i64).with("most", i64::from(u16::MAX)),
            ErrorCode::SameNameAsRow
            | ErrorCode::SameAddressAsRow
            | ErrorCode::SameCustomerAsRow
            | ErrorCode::SameSerialAsRow => problem.with("row", number),
            ErrorCode::FieldInvisibleCharacter => match char::from_u32(self.number) {
                Some(character) => problem.with("character", fields::code_point(character)),
                None => problem,
            },
            ErrorCode::AddressOfConnection => problem.with("name", name(self.number)),
            ErrorCode::DeviceManaged => problem.with("customer", name(self.number)),
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

/// A text of at most `limit` code points without control characters, and without what nobody sees.
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
    // As the form has it: what is said of a text is one thing.
    if control || !cell.is_ascii() && has_wide_control(cell, lines) {
        problems.push(CellProblem::new(column, ErrorCode::FieldControlCharacter));
    } else if !cell.is_ascii() {
        problems.extend(CellProblem::invisible(column, cell));
    }
}

fn has_wide_control(cell: &str, lines: bool) -> bool {
    cell.chars()
        .any(|character| character.is_control() && !(lines && matches!(character, '\n' | '\r' | '\t')))
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
    // Which port it is changes nothing of the address.
    Endpoint::parse(host, 1)
        .ok()
        .map(|endpoint| Cow::Owned(endpoint.host))
}

/// The port of a cell; an empty one is that of the kind (CUS-20).
///
/// # Errors
/// `field.not-a-number`, `field.out-of-range`
pub fn port(kind: ImportKind, cell: &str) -> Result<u16, ErrorCode> {
    let cell = trimmed(cell);
    if cell.is_empty() {
        return Ok(kind.default_port());
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
        match own_choice("mode", &["on-premises", "cloud"], cell) {
            Some("cloud") => Ok(Some(Mode::Cloud)),
            Some(_) => Ok(Some(Mode::OnPremises)),
            None => Err(ErrorCode::FieldNotAChoice),
        }
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

/// A password may look like anything, but for what no field lets one type.
fn password(cell: &str, problems: &mut Vec<CellProblem>) {
    if cell.len() > fields::LINE_LENGTH && cell.chars().count() > fields::LINE_LENGTH {
        problems.push(CellProblem::with(
            Column::Password,
            ErrorCode::FieldTooLong,
            fields::LINE_LENGTH,
        ));
    }
    if has_control(cell.as_bytes()) {
        problems.push(CellProblem::new(
            Column::Password,
            ErrorCode::FieldControlCharacter,
        ));
    }
}

/// Reads the cells of a row, and adds everything that is wrong with them. Text that looks like a formula is text: exports
/// make it harmless (CUS-26).
pub fn check<'a>(
    kind: ImportKind,
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
            let host = fields::trimmed(cell(C::Host));
            let code = if host.is_empty() {
                ErrorCode::FieldRequired
            } else {
                ErrorCode::FieldNotAnAddress
            };
            let invisible = CellProblem::invisible(C::Host, host);
            problems.push(invisible.unwrap_or(CellProblem::new(C::Host, code)));
            Cow::Borrowed("")
        }
    };
    let port = port(kind, cell(C::Port)).unwrap_or_else(|code| {
        let invisible = CellProblem::invisible(C::Port, cell(C::Port));
        problems.push(invisible.unwrap_or(CellProblem::new(C::Port, code)));
        0
    });
    for (column, limit) in [(C::Name, fields::NAME_LENGTH), (C::UserName, fields::LINE_LENGTH)] {
        let value = trimmed(cell(column));
        if value.is_empty() {
            // A device calls itself something.
            if !(kind == ImportKind::Devices && column == C::Name) {
                problems.push(CellProblem::new(column, ErrorCode::FieldRequired));
            }
        } else {
            let before = problems.len();
            text(column, value, limit, false, problems);
            // A variation of nothing, a blank picture.
            if problems.len() == before && !value.is_ascii() && !fields::is_seen(value) {
                let first = value.chars().next().map_or(0, u32::from);
                problems.push(CellProblem {
                    number: first,
                    ..CellProblem::new(column, ErrorCode::FieldInvisibleCharacter)
                });
            }
        }
    }
    password(cell(C::Password), problems);
    text(
        C::Address,
        trimmed(cell(C::Address)),
        fields::LINE_LENGTH,
        true,
        problems,
    );
    text(C::Notes, cell(C::Notes), fields::NOTES_LENGTH, true, problems);
    if kind == ImportKind::Devices {
        text(C::Folder, trimmed(cell(C::Folder)), PATH_LENGTH, false, problems);
    }
    let telephone = cell(C::Telephone);
    if !telephone.is_empty()
        && !is_plain_telephone(telephone.as_bytes())
        && let Some(problem) = fields::telephone("", telephone)
    {
        let limit = fields::TELEPHONE_DIGITS;
        let invisible = CellProblem::invisible(C::Telephone, telephone.trim());
        problems.push(invisible.unwrap_or(CellProblem::with(C::Telephone, problem.code, limit)));
    }
    let email = cell(C::Email);
    if !email.is_empty()
        && !is_plain_email(email.as_bytes())
        && let Some(problem) = fields::email("", email)
    {
        let invisible = CellProblem::invisible(C::Email, email.trim());
        problems.push(invisible.unwrap_or(CellProblem::new(C::Email, problem.code)));
    }
    tags(cell(C::Tags), separator, problems);
    let mode = mode(cell(C::Mode)).unwrap_or_else(|code| {
        let invisible = CellProblem::invisible(C::Mode, cell(C::Mode));
        problems.push(invisible.unwrap_or(CellProblem::new(C::Mode, code)));
        None
    });
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

#[cfg(test)]
mod tests;
