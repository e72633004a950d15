//! From text to rows: RFC 4180 with three separators (CUS-20, CUS-21). Pure.
//!
//! A file is read once, byte by byte; a cell is a place in the text. Only a cell with doubled quotes in it is copied.

use super::columns::{COLUMN_COUNT, COLUMNS, Column, ImportKind};
use super::mapping::Mapping;
use super::types::{MappedBy, ROWS_LIMIT, Separator};
use flotilla_kernel::error::{ErrorCode, FieldProblem};
use header::{Header, LISTED, beginning, read_header};
use reader::{End, Lines, Reader, Span, separator_byte, text_of};
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::OnceLock;
use zeroize::Zeroizing;

pub mod header;
pub mod reader;
mod samples;

/// What is wrong with the shape of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShapeProblem {
    /// What is wrong.
    pub code: ErrorCode,
    /// Line of the file, from 1; 0 where it says nothing.
    pub line: u32,
}

/// A file as rows of cells.
pub struct Parsed {
    text: Zeroizing<String>,
    unescaped: Zeroizing<String>,
    rows: Vec<[Span; COLUMN_COUNT]>,
    /// Where each row starts in the text.
    starts: Vec<u32>,
    /// By place in `rows`, ascending; most files have none.
    shapes: Vec<(u32, ShapeProblem)>,
    /// The rows with another number of cells than the header has columns, ascending, and how many those are.
    misshapen: Vec<(u32, u32)>,
    columns: Vec<Option<Column>>,
    /// The names of the columns as they stand in the file.
    names: Vec<String>,
    named: usize,
    /// Who has said which column is which.
    pub mapped_by: MappedBy,
    /// Nobody has, and what is needed is not known.
    pub undecided: bool,
    /// Its first line is a row; nobody can say what its columns are.
    pub headerless: bool,
    /// In which line each row starts, once it has been asked.
    lines: OnceLock<Vec<u32>>,
    /// What is wrong with the header, and which columns are left out.
    pub header: Vec<FieldProblem>,
    /// The columns the file has; of the others its rows say nothing.
    pub said: [bool; COLUMN_COUNT],
    /// What is wrong with the quoting, by lines.
    pub quoting: Vec<FieldProblem>,
    /// What separates the cells of a row.
    pub separator: Separator,
    /// What its rows become.
    pub kind: ImportKind,
}

/// Each quote that is not closed is looked for to the end of the file; after so many this is no CSV.
const UNCLOSED: usize = 20;
/// So many cells of a row that cannot be read are shown.
const LINE_CELLS: usize = 40;
/// The service user where nobody chose another one (CUS-10).
const DEFAULT_USER: &str = "COMAdmin";

/// More than [`ROWS_LIMIT`] rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooManyRows;

/// The rows as they are read, one after another.
struct Rows<'a> {
    kind: ImportKind,
    text: &'a str,
    columns: &'a [Option<Column>],
    names: &'a [String],
    /// How many columns have a name, or stand before one that has.
    named: usize,
    rows: Vec<[Span; COLUMN_COUNT]>,
    starts: Vec<u32>,
    shapes: Vec<(u32, ShapeProblem)>,
    quoting: Vec<FieldProblem>,
    misshapen: Vec<(u32, u32)>,
    /// Rows whose surplus cells are empty: how many cells, and whether one of them begins with a space.
    trailing: Vec<(u32, u32, bool)>,
    lines: Lines,
    unclosed: usize,
}

impl<'a> Rows<'a> {
    /// Reads one row.
    ///
    /// # Errors
    /// More than 100,000 rows.
    fn read(&mut self, reader: &mut Reader<'a>, unescaped: &mut String) -> Result<(), TooManyRows> {
        if self.rows.len() >= ROWS_LIMIT {
            return Err(TooManyRows);
        }
        let mut row = [Span::default(); COLUMN_COUNT];
        let mut count = 0_usize;
        let (mut surplus, mut spaced) = (false, false);
        let number = self.rows.len() as u32;
        self.starts.push(reader.place as u32);
        loop {
            let start = reader.place;
            let cell = reader.cell(unescaped);
            if let Some(Some(column)) = self.columns.get(count) {
                row[*column as usize] = cell.span;
            }
            if count >= self.named && cell.span.length > 0 {
                surplus |= !text_of(self.text, unescaped, cell.span).trim().is_empty();
            }
            spaced |= reader.bytes.get(start) == Some(&b' ');
            count += 1;
            if let Some(place) = cell.stray {
                self.stray(number, reader, place);
            }
            if cell.unclosed {
                self.unclosed += 1;
                if self.unclosed >= UNCLOSED {
                    reader.place = reader.bytes.len();
                    break;
                }
            }
            if cell.end != End::Cell {
                break;
            }
        }
        self.rows.push(row);
        let cells = u32::try_from(count).unwrap_or(u32::MAX);
        if count < self.named || surplus {
            self.misshapen.push((number, cells));
        } else if count > self.columns.len() {
            self.trailing.push((number, cells, spaced));
        }
        Ok(())
    }

    /// A quote that is not closed, or stands where none may.
    fn stray(&mut self, number: u32, reader: &Reader<'_>, place: usize) {
        let mut line = 0;
        if self.quoting.len() < LISTED {
            line = self.lines.at(reader.bytes, place);
            let problem = FieldProblem::new("file", ErrorCode::QuotingWrong);
            self.quoting.push(problem.with("line", i64::from(line)));
        }
        let code = ErrorCode::QuotingWrong;
        self.shapes.push((number, ShapeProblem { code, line }));
    }

    /// A row with an empty cell too many is one of a program that ends every row with a separator, or one with a
    /// separator in a text that was not quoted: then its password stands in another column. It is taken for the former
    /// only where its service user is one that others have as well, and no cell goes on with a space (CUS-26, GEN-08).
    fn look_at_trailing(&mut self, unescaped: &str) {
        if self.trailing.is_empty() {
            return;
        }
        let user = |row: u32| {
            let span = self.rows[row as usize][Column::UserName as usize];
            text_of(self.text, unescaped, span).trim()
        };
        let mut users: HashMap<&str, usize> = HashMap::new();
        for row in 0..self.rows.len() as u32 {
            *users.entry(user(row)).or_default() += 1;
        }
        let has = |column| self.columns.contains(&Some(column));
        // Nor may a column that is left out hold one.
        let known = |(place, name): (usize, &String)| {
            let column = self.columns.get(place).copied().flatten();
            column.is_some() || name.is_empty() || Column::is_own_surplus(self.kind, name)
        };
        let harmless = !has(Column::Password) && self.names.iter().enumerate().all(known);
        let trusted = |row: u32, spaced: bool| {
            let user = user(row);
            let known =
                user.eq_ignore_ascii_case(DEFAULT_USER) || users.get(user).is_some_and(|&count| count > 1);
            !spaced && (harmless || has(Column::UserName) && known)
        };
        let wrong = self
            .trailing
            .iter()
            .filter(|(row, _, spaced)| !trusted(*row, *spaced));
        let wrong: Vec<(u32, u32)> = wrong.map(|(row, cells, _)| (*row, *cells)).collect();
        self.misshapen.extend(wrong);
        self.misshapen.sort_unstable();
    }

    /// Of the rows with another number of cells only what may be shown remains, and it is said what is wrong.
    fn mask(&mut self, unescaped: &str, separator: u8) {
        for &(row, cells) in &self.misshapen {
            let code = if cells as usize > self.named {
                ErrorCode::TooManyColumns
            } else {
                ErrorCode::TooFewColumns
            };
            self.shapes.push((row, ShapeProblem { code, line: 0 }));
            let spans = &mut self.rows[row as usize];
            for column in COLUMNS {
                let span = &mut spans[column as usize];
                let text = text_of(self.text, unescaped, *span);
                let place = self.columns.iter().position(|at| *at == Some(column));
                let shown = place.is_some_and(|place| {
                    may_be_shown(self.columns, self.named, place, cells, text, separator)
                });
                if !shown {
                    *span = Span::default();
                }
            }
        }
        self.shapes.sort_by_key(|(row, _)| *row);
    }
}

/// Whether the cell at this place of a row with so many cells is address, port or name, and however the cells before it
/// moved it cannot be a password, nor anything we know nothing of (GEN-08).
fn may_be_shown(
    columns: &[Option<Column>],
    named: usize,
    place: usize,
    cells: u32,
    text: &str,
    separator: u8,
) -> bool {
    let several = |byte: u8| byte == separator || matches!(byte, b'"' | b'\r' | b'\n');
    let column = columns.get(place).copied().flatten();
    let shown = [Column::Host, Column::Port, Column::Name];
    // With a separator, a quote or a line end in it, it may be several that a wrong quote has made one.
    if column.is_none_or(|column| !shown.contains(&column)) || text.bytes().any(several) {
        return false;
    }
    if column == Some(Column::Host) && text.trim().parse::<IpAddr>().is_ok() {
        return true;
    }
    let cells = cells as usize;
    let moved = cells.abs_diff(named);
    let (from, to) = if cells > named {
        (place.saturating_sub(moved), place)
    } else {
        (place, place.saturating_add(moved).min(named.saturating_sub(1)))
    };
    let known = |column: &Option<Column>| column.is_some_and(|column| column != Column::Password);
    columns
        .get(from..=to)
        .is_some_and(|columns| columns.iter().all(known))
}

/// Reads the whole text (CUS-20, CUS-21). The header's problems are all found at once; rows are read as far as the
/// columns are known, by one of these mappings or by their names (CUS-26).
///
/// # Errors
/// More than 100,000 rows.
pub fn parse(
    kind: ImportKind,
    text: String,
    separator: Separator,
    mappings: &[Mapping],
) -> Result<Parsed, TooManyRows> {
    let text = Zeroizing::new(text);
    let mut unescaped = Zeroizing::new(String::new());
    let byte = separator_byte(separator);
    let mut reader = Reader::new(&text, byte);
    reader.place = beginning(&text);
    let Header {
        columns,
        names,
        named,
        by,
        undecided,
        is_row,
        problems,
    } = read_header(kind, &mut reader, &text, mappings);
    let recognised = columns.iter().any(Option::is_some);
    // A guess that saves most of the growing: a row of the template has some 120 bytes.
    let guess = if recognised {
        (text.len() / 120).min(ROWS_LIMIT)
    } else {
        0
    };
    let mut rows = Rows {
        kind,
        text: &text,
        columns: &columns,
        names: &names,
        named,
        rows: Vec::with_capacity(guess),
        starts: Vec::with_capacity(guess),
        shapes: Vec::new(),
        quoting: Vec::new(),
        misshapen: Vec::new(),
        trailing: Vec::new(),
        lines: Lines::default(),
        unclosed: 0,
    };
    while recognised && reader.place < reader.bytes.len() {
        if matches!(reader.bytes[reader.place], b'\r' | b'\n') {
            reader.step();
            continue;
        }
        rows.read(&mut reader, &mut unescaped)?;
    }
    rows.look_at_trailing(&unescaped);
    rows.mask(&unescaped, byte);
    let Rows {
        rows,
        starts,
        shapes,
        quoting,
        misshapen,
        ..
    } = rows;
    let said = COLUMNS.map(|column| columns.contains(&Some(column)));
    Ok(Parsed {
        text,
        unescaped,
        rows,
        starts,
        shapes,
        misshapen,
        columns,
        names,
        named,
        mapped_by: by,
        undecided,
        headerless: is_row,
        lines: OnceLock::new(),
        header: problems,
        said,
        quoting,
        separator,
        kind,
    })
}

impl Parsed {
    /// A file whose rows have all been stored.
    pub fn nothing() -> Self {
        Self {
            text: Zeroizing::default(),
            unescaped: Zeroizing::default(),
            rows: Vec::new(),
            starts: Vec::new(),
            shapes: Vec::new(),
            misshapen: Vec::new(),
            columns: Vec::new(),
            names: Vec::new(),
            named: 0,
            mapped_by: MappedBy::Header,
            undecided: false,
            headerless: false,
            lines: OnceLock::new(),
            header: Vec::new(),
            said: [false; COLUMN_COUNT],
            quoting: Vec::new(),
            separator: Separator::Comma,
            kind: ImportKind::Customers,
        }
    }

    /// How many rows the file has.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The cells of the row at this place, from 0. Of a row that cannot be read only those that may be shown.
    #[inline]
    pub fn cells(&self, place: usize) -> [&str; COLUMN_COUNT] {
        match self.rows.get(place) {
            Some(spans) => spans.map(|span| text_of(&self.text, &self.unescaped, span)),
            None => [""; COLUMN_COUNT],
        }
    }

    /// What is wrong with the shape of the row at this place.
    pub fn shapes(&self, place: usize) -> impl Iterator<Item = ShapeProblem> + '_ {
        let place = u32::try_from(place).unwrap_or(u32::MAX);
        let from = self.shapes.partition_point(|(row, _)| *row < place);
        self.shapes[from..]
            .iter()
            .take_while(move |(row, _)| *row == place)
            .map(|(_, problem)| *problem)
    }

    /// Whether the shape of any row is wrong.
    pub fn any_shape(&self) -> bool {
        !self.shapes.is_empty()
    }

    fn cell_count(&self, place: usize) -> Option<u32> {
        let place = u32::try_from(place).ok()?;
        let found = self
            .misshapen
            .binary_search_by_key(&place, |(row, _)| *row)
            .ok()?;
        self.misshapen.get(found).map(|(_, cells)| *cells)
    }

    /// Whether the row at this place has another number of cells than the header has columns.
    pub fn is_misshapen(&self, place: usize) -> bool {
        self.cell_count(place).is_some()
    }

    /// The places of the rows with another number of cells.
    pub fn misshapen(&self) -> impl Iterator<Item = usize> + '_ {
        self.misshapen.iter().map(|(row, _)| *row as usize)
    }

    /// The cells of a row with another number of them, as they stand in its line; none: the cell is not shown, since it
    /// may be a password (GEN-08).
    pub fn line(&self, place: usize) -> Vec<Option<String>> {
        let (Some(count), Some(&start)) = (self.cell_count(place), self.starts.get(place)) else {
            return Vec::new();
        };
        let separator = separator_byte(self.separator);
        let mut reader = Reader::new(&self.text, separator);
        reader.place = start as usize;
        let mut unescaped = Zeroizing::new(String::new());
        let mut cells = Vec::new();
        while cells.len() < LINE_CELLS {
            let cell = reader.cell(&mut unescaped);
            let text = text_of(&self.text, &unescaped, cell.span);
            let shown = text.is_empty()
                || may_be_shown(&self.columns, self.named, cells.len(), count, text, separator);
            cells.push(shown.then(|| text.to_owned()));
            if cell.end != End::Cell {
                break;
            }
        }
        cells
    }

    /// In which line of the file each row starts, from 1. The lines are the same however the cells are separated and the
    /// characters read, so that they tell which row is which (CUS-26).
    pub fn lines(&self) -> &[u32] {
        self.lines.get_or_init(|| {
            let mut lines = Lines::default();
            let bytes = self.text.as_bytes();
            self.starts
                .iter()
                .map(|&start| lines.at(bytes, start as usize))
                .collect()
        })
    }

    /// Where the first character stands that could not be read: its line, from 1.
    pub fn damaged_line(&self) -> Option<u32> {
        let place = self.text.find('\u{fffd}')?;
        Some(Lines::default().at(self.text.as_bytes(), place))
    }
}

#[cfg(test)]
mod tests;
