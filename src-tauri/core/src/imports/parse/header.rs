//! The header of a file: which column each cell of a row is (CUS-20, CUS-26). Pure.

use super::reader::{End, Lines, Reader, split_line, text_of};
use crate::imports::check::canonical_host;
use crate::imports::columns::{COLUMN_COUNT, Column, ImportKind};
use crate::imports::mapping::{Mapping, guessed};
use crate::imports::types::{MappedBy, Separator};
use flotilla_kernel::error::{ErrorCode, FieldProblem};
use flotilla_kernel::fields;

/// The most problems of one kind that are listed for a file.
pub const LISTED: usize = 100;
/// A thousand columns are no header of ours; the count is enough.
const COLUMNS_LOOKED_AT: usize = 1_000;

/// The first place from `from` on that is no line end and no byte order mark, of which a file may have several.
fn skip_nothing(text: &str, from: usize) -> usize {
    let rest = &text[from..];
    from + rest
        .find(|character| !matches!(character, '\r' | '\n' | '\u{feff}'))
        .unwrap_or(rest.len())
}

/// The line `sep=;` that spreadsheet programs write and read before the header: what it says, and how long it is. One
/// that names a separator we do not know is a line of that kind all the same.
fn separator_line(text: &str) -> Option<(Option<Separator>, usize)> {
    let line = text.split(['\r', '\n']).next()?;
    let bare = line.strip_prefix('"').unwrap_or(line);
    let value = bare
        .get(..4)
        .filter(|name| name.eq_ignore_ascii_case("sep="))
        .map(|_| &bare[4..])?;
    let mut characters = value.chars();
    let separator = match characters.next() {
        Some(',') => Some(Separator::Comma),
        Some(';') => Some(Separator::Semicolon),
        Some('\t') => Some(Separator::Tab),
        _ => None,
    };
    // Nothing but one character stands there, and perhaps the empty cells that saving it as a table left behind.
    let alone = characters.all(|character| matches!(character, ' ' | ',' | ';' | '\t' | '"'));
    alone.then_some((separator, line.len()))
}

/// What the `sep=` line of a file says; none when it has none, or says nothing we know.
pub fn named_separator(text: &str) -> Option<Separator> {
    separator_line(&text[skip_nothing(text, 0)..])?.0
}

/// Where the header starts: behind byte order marks, empty lines and a `sep=` line.
pub fn beginning(text: &str) -> usize {
    let start = skip_nothing(text, 0);
    match separator_line(&text[start..]) {
        Some((_, length)) => skip_nothing(text, start + length),
        None => start,
    }
}

/// The header's line, without its end. Quoted line ends do not occur in a header.
pub fn first_line(text: &str) -> &str {
    let text = &text[beginning(text)..];
    text.split(['\r', '\n']).next().unwrap_or_default()
}

/// How many cells of the header are known names, and how many there are.
pub fn known_names(kind: ImportKind, line: &str, separator: u8) -> (usize, usize) {
    let cells = split_line(line, separator, COLUMNS_LOOKED_AT);
    let known = cells
        .iter()
        .filter(|cell| Column::named(kind, fields::trimmed(cell)).is_some());
    (known.count(), cells.len())
}

/// The header as it was read.
pub struct Header {
    /// Which column each cell of a row is; none: it is left out.
    pub columns: Vec<Option<Column>>,
    /// The names as they stand in the file.
    pub names: Vec<String>,
    /// How many columns there are up to the last that has a name; empty ones behind it are nothing.
    pub named: usize,
    /// Who has said which column is which.
    pub by: MappedBy,
    /// Nobody has, and what is needed is not known.
    pub undecided: bool,
    /// It is no header but a row; nobody can say what its columns are.
    pub is_row: bool,
    /// What is wrong with it, and which columns are left out.
    pub problems: Vec<FieldProblem>,
}

/// Reads the header. What is wrong with it is found all at once. The first of these mappings that is of a file with these
/// columns says what they are; without one the names themselves do.
pub fn read_header(kind: ImportKind, reader: &mut Reader<'_>, text: &str, mappings: &[Mapping]) -> Header {
    let mut names = Vec::new();
    let mut problems = Vec::new();
    let mut unescaped = String::new();
    loop {
        let start = reader.place;
        let cell = reader.cell(&mut unescaped);
        if cell.stray.is_some() {
            let line = Lines::default().at(reader.bytes, start);
            problems.push(FieldProblem::new("header", ErrorCode::QuotingWrong).with("line", i64::from(line)));
        }
        names.push(fields::trimmed(text_of(text, &unescaped, cell.span)).to_owned());
        if cell.end != End::Cell {
            break;
        }
    }
    let named = names
        .iter()
        .rposition(|name| !name.is_empty())
        .map_or(0, |place| place + 1);
    let mapped = mappings
        .iter()
        .find_map(|mapping| Some((mapping.apply(kind, &names[..named])?, mapping.by())));
    let is_row = mapped.is_none() && looks_like_a_row(kind, &names);
    let (columns, by, undecided) = match mapped {
        Some((mut columns, by)) => {
            columns.resize(names.len(), None);
            problems.extend(missing(kind, &columns, kind.required()));
            (columns, by, false)
        }
        None => {
            let (columns, said, undecided) = by_names(kind, &names);
            problems.extend(said);
            (columns, MappedBy::Header, undecided && !is_row)
        }
    };
    problems.truncate(LISTED);
    Header {
        columns,
        names,
        named,
        by,
        undecided,
        is_row,
        problems,
    }
}

/// Whether these are the cells of a row rather than names: none of them is a name that anybody gives a column, and one is an
/// address or a number. Its cells may be secrets; none is shown or kept (GEN-08).
fn looks_like_a_row(kind: ImportKind, names: &[String]) -> bool {
    let is_value = |name: &String| {
        let host = canonical_host(name);
        name.contains('@')
            || !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_digit())
            || host.is_some_and(|host| host.contains(['.', ':']))
    };
    let is_name = |name: &String| Column::named(kind, name).is_some() || guessed(kind, name).is_some();
    !names.iter().any(is_name) && names.iter().any(is_value)
}

fn missing(kind: ImportKind, columns: &[Option<Column>], wanted: &[Column]) -> Vec<FieldProblem> {
    wanted
        .iter()
        .filter(|column| !columns.contains(&Some(**column)))
        .map(|column| {
            FieldProblem::new("header", ErrorCode::HeaderMissing).with("column", column.header(kind))
        })
        .collect()
}

/// What the names of the columns say: the columns, what is wrong with them, and whether a person has to say what they are.
fn by_names(kind: ImportKind, names: &[String]) -> (Vec<Option<Column>>, Vec<FieldProblem>, bool) {
    let mut columns: Vec<Option<Column>> = Vec::with_capacity(names.len());
    let mut problems = Vec::new();
    let mut unknown = Vec::new();
    let mut foreign = false;
    let mut seen = [false; COLUMN_COUNT];
    for name in names {
        let column = Column::named(kind, name);
        // Which of two columns of one name is meant only a person knows: none of them is read.
        columns.push(column.filter(|column| !seen[*column as usize]));
        match column {
            Some(column) if seen[column as usize] => {
                columns
                    .iter_mut()
                    .filter(|at| **at == Some(column))
                    .for_each(|at| *at = None);
                problems.push(
                    FieldProblem::new("header", ErrorCode::HeaderTwice).with("column", column.header(kind)),
                );
            }
            Some(column) => seen[column as usize] = true,
            None if !name.is_empty() => {
                foreign |= !Column::is_own_surplus(kind, name);
                if unknown.len() < LISTED {
                    unknown.push(name.chars().take(60).collect::<String>());
                }
            }
            None => {}
        }
    }
    let twice = !problems.is_empty();
    let lacks = |column: Column| !columns.contains(&Some(column));
    let undecided = twice
        || kind.required().iter().any(|column| lacks(*column))
        // Whoever has columns of other names may have called these otherwise, too. Devices may be said them all at once.
        || kind == ImportKind::Customers && foreign && (lacks(Column::UserName) || lacks(Column::Password));
    let wanted: Vec<Column> = match kind {
        ImportKind::Customers => kind
            .columns()
            .iter()
            .copied()
            .filter(|column| *column != Column::Mode)
            .collect(),
        ImportKind::Devices => kind.required().to_vec(),
    };
    let unseen: Vec<Column> = wanted
        .into_iter()
        .filter(|column| !seen[*column as usize])
        .collect();
    problems.extend(missing(kind, &[], &unseen));
    // Without a single name this line is no header but a row, and its cells may be secrets (GEN-08).
    if seen.contains(&true) {
        problems.extend(
            unknown
                .into_iter()
                .map(|name| FieldProblem::new("header", ErrorCode::HeaderUnknown).with("column", name)),
        );
    }
    (columns, problems, undecided)
}
