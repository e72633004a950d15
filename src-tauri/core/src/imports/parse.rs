//! From text to rows: RFC 4180 with three separators (CUS-20, CUS-21). Pure.
//!
//! A file is read once, byte by byte; a cell is a place in the text. Only a cell with doubled quotes in it is copied.

use super::columns::{COLUMN_COUNT, COLUMNS, Column};
use super::types::{ROWS_LIMIT, Separator};
use flotilla_kernel::error::{ErrorCode, FieldProblem};
use std::borrow::Cow;
use zeroize::Zeroizing;

/// A place in the text, or with the highest bit of `start` in the unescaped texts beside it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Span {
    start: u32,
    length: u32,
}

const UNESCAPED: u32 = 1 << 31;

/// What is wrong with the shape of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShapeProblem {
    pub code: ErrorCode,
    /// Line of the file, from 1; 0 where it says nothing.
    pub line: u32,
}

/// A file as rows of cells.
pub struct Parsed {
    text: Zeroizing<String>,
    unescaped: Zeroizing<String>,
    rows: Vec<[Span; COLUMN_COUNT]>,
    /// By place in `rows`, ascending; most files have none.
    shapes: Vec<(u32, ShapeProblem)>,
    /// What is wrong with the header: while there is any, no row of the file can be stored.
    pub header: Vec<FieldProblem>,
    /// The columns the header lacks.
    pub missing: [bool; COLUMN_COUNT],
    /// What is wrong with the quoting, by lines.
    pub quoting: Vec<FieldProblem>,
    pub separator: Separator,
}

/// The most problems of one kind that are listed for a file.
const LISTED: usize = 100;

/// Each quote that is not closed is looked for to the end of the file; after so many this is no CSV.
const UNCLOSED: usize = 20;

/// More than [`ROWS_LIMIT`] rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooManyRows;

/// The byte between two cells.
pub fn separator_byte(separator: Separator) -> u8 {
    match separator {
        Separator::Comma => b',',
        Separator::Semicolon => b';',
        Separator::Tab => b'\t',
    }
}

/// Where the first line with anything in it starts.
fn beginning(text: &str) -> usize {
    text.bytes()
        .position(|byte| !matches!(byte, b'\r' | b'\n'))
        .unwrap_or(text.len())
}

/// The first line that is not empty, without its end. Quoted line ends do not occur in a header.
pub fn first_line(text: &str) -> &str {
    let text = &text[beginning(text)..];
    text.split(['\r', '\n']).next().unwrap_or_default()
}

/// The cells of one line, unquoted, for the header.
pub fn split_line(line: &str, separator: u8) -> Vec<Cow<'_, str>> {
    let mut reader = Reader::new(line, separator);
    let mut unescaped = String::new();
    let mut cells = Vec::new();
    loop {
        let cell = reader.cell(&mut unescaped);
        let text = if cell.span.start & UNESCAPED == 0 {
            Cow::Borrowed(part(line, cell.span))
        } else {
            Cow::Owned(
                part(
                    &unescaped,
                    Span {
                        start: cell.span.start & !UNESCAPED,
                        ..cell.span
                    },
                )
                .to_owned(),
            )
        };
        // A thousand columns are no header of ours; the count is enough.
        if cells.len() < 1_000 {
            cells.push(text);
        }
        if cell.end != End::Cell {
            return cells;
        }
    }
}

fn part(text: &str, span: Span) -> &str {
    let start = span.start as usize;
    text.get(start..start + span.length as usize).unwrap_or_default()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Cell,
    Row,
    File,
}

struct Cell {
    span: Span,
    end: End,
    /// A quote that is not closed, or stands where none may: where.
    stray: Option<usize>,
    unclosed: bool,
}

struct Reader<'a> {
    bytes: &'a [u8],
    place: usize,
    separator: u8,
    /// Bytes that end a plain run.
    special: [bool; 256],
}

impl<'a> Reader<'a> {
    fn new(text: &'a str, separator: u8) -> Self {
        let mut special = [false; 256];
        for byte in [separator, b'\r', b'\n', b'"'] {
            special[byte as usize] = true;
        }
        Self {
            bytes: text.as_bytes(),
            place: 0,
            separator,
            special,
        }
    }

    /// The next place from `from` on that holds a separator, a line end or a quote.
    #[inline]
    fn plain_end(&self, from: usize) -> usize {
        self.bytes[from..]
            .iter()
            .position(|&byte| self.special[byte as usize])
            .map_or(self.bytes.len(), |found| from + found)
    }

    /// Steps over what ends a cell.
    #[inline]
    fn step(&mut self) -> End {
        match self.bytes.get(self.place) {
            None => End::File,
            Some(&byte) if byte == self.separator => {
                self.place += 1;
                End::Cell
            }
            Some(b'\r') => {
                self.place += if self.bytes.get(self.place + 1) == Some(&b'\n') {
                    2
                } else {
                    1
                };
                End::Row
            }
            Some(_) => {
                self.place += 1;
                End::Row
            }
        }
    }

    #[inline]
    fn cell(&mut self, unescaped: &mut String) -> Cell {
        let start = self.place;
        if self.bytes.get(start) == Some(&b'"') {
            return self.quoted(unescaped);
        }
        let mut end = self.plain_end(start);
        let mut stray = None;
        while self.bytes.get(end) == Some(&b'"') {
            stray.get_or_insert(end);
            end = self.plain_end(end + 1);
        }
        self.place = end;
        Cell {
            span: span(start, end),
            end: self.step(),
            stray,
            unclosed: false,
        }
    }

    #[cold]
    fn copy(&self, from: usize, to: usize, unescaped: &mut String) {
        // Both ends stand beside a quote, an ASCII byte, so what lies between is whole characters.
        unescaped.push_str(std::str::from_utf8(&self.bytes[from..to]).unwrap_or_default());
    }

    fn quoted(&mut self, unescaped: &mut String) -> Cell {
        let opening = self.place;
        let mut from = opening + 1;
        let mut copied: Option<usize> = None;
        loop {
            let Some(found) = self.bytes[from..].iter().position(|&byte| byte == b'"') else {
                // Not closed: the cell ends with its line, so that the rows after it are still read.
                let line = self.bytes[opening..]
                    .iter()
                    .position(|&byte| matches!(byte, b'\r' | b'\n'))
                    .map_or(self.bytes.len(), |found| opening + found);
                if let Some(kept) = copied {
                    unescaped.truncate(kept);
                }
                self.place = line;
                return Cell {
                    span: span(opening + 1, line.max(opening + 1)),
                    end: self.step(),
                    stray: Some(opening),
                    unclosed: true,
                };
            };
            let quote = from + found;
            if self.bytes.get(quote + 1) == Some(&b'"') {
                let start = if copied.is_some() { from } else { opening + 1 };
                copied.get_or_insert(unescaped.len());
                self.copy(start, quote + 1, unescaped);
                from = quote + 2;
                continue;
            }
            let after = quote + 1;
            let mut end = self.plain_end(after);
            let mut stray = None;
            if end > after || self.bytes.get(end) == Some(&b'"') {
                // Text behind the closing quote belongs to the cell as it stands, and is a problem.
                stray = Some(after);
                while self.bytes.get(end) == Some(&b'"') {
                    end = self.plain_end(end + 1);
                }
            }
            self.place = end;
            let span = match (copied, stray) {
                (None, None) => span(opening + 1, quote),
                (None, Some(_)) => {
                    let kept = unescaped.len();
                    self.copy(opening + 1, quote, unescaped);
                    self.copy(after, end, unescaped);
                    escaped_span(kept, unescaped.len())
                }
                (Some(kept), _) => {
                    self.copy(from, quote, unescaped);
                    self.copy(after, end, unescaped);
                    escaped_span(kept, unescaped.len())
                }
            };
            return Cell {
                span,
                end: self.step(),
                stray,
                unclosed: false,
            };
        }
    }
}

#[inline]
fn span(start: usize, end: usize) -> Span {
    // A file has at most 64 MiB, its text at most three times that (CUS-25); both fit.
    Span {
        start: start as u32,
        length: (end - start) as u32,
    }
}

fn escaped_span(start: usize, end: usize) -> Span {
    let Span { start, length } = span(start, end);
    Span {
        start: start | UNESCAPED,
        length,
    }
}

/// Counts lines, each part of the text once.
#[derive(Default)]
struct Lines {
    place: usize,
    line: u32,
}

impl Lines {
    fn at(&mut self, bytes: &[u8], place: usize) -> u32 {
        if place < self.place {
            *self = Self::default();
        }
        let mut ends = 0;
        for at in self.place..place.min(bytes.len()) {
            match bytes[at] {
                b'\n' => ends += 1,
                b'\r' if bytes.get(at + 1) != Some(&b'\n') => ends += 1,
                _ => {}
            }
        }
        self.place = place;
        self.line += ends;
        self.line + 1
    }
}

/// Reads the whole text (CUS-20, CUS-21). The header's problems are all found at once; rows are read as far as the
/// columns are known.
///
/// # Errors
/// More than 100,000 rows.
pub fn parse(text: String, separator: Separator) -> Result<Parsed, TooManyRows> {
    let text = Zeroizing::new(text);
    let mut unescaped = Zeroizing::new(String::new());
    let mut rows: Vec<[Span; COLUMN_COUNT]> = Vec::new();
    let mut shapes = Vec::new();
    let mut quoting = Vec::new();
    let mut lines = Lines::default();
    let byte = separator_byte(separator);

    let mut reader = Reader::new(&text, byte);
    reader.place = beginning(&text);
    let (columns, header) = read_header(&mut reader, &text);
    let recognised = columns.iter().any(Option::is_some);
    let mut unclosed = 0;
    if recognised {
        // A guess that saves most of the growing: a row of the template has some 120 bytes.
        rows.reserve((text.len() / 120).min(ROWS_LIMIT));
    }
    while recognised && reader.place < reader.bytes.len() {
        if matches!(reader.bytes[reader.place], b'\r' | b'\n') {
            reader.step();
            continue;
        }
        if rows.len() >= ROWS_LIMIT {
            return Err(TooManyRows);
        }
        let mut row = [Span::default(); COLUMN_COUNT];
        let mut count = 0_usize;
        let number = rows.len() as u32;
        loop {
            let cell = reader.cell(&mut unescaped);
            if let Some(Some(column)) = columns.get(count) {
                row[*column as usize] = cell.span;
            }
            count += 1;
            if let Some(place) = cell.stray {
                let line = if quoting.len() < LISTED {
                    lines.at(reader.bytes, place)
                } else {
                    0
                };
                if line > 0 {
                    quoting.push(
                        FieldProblem::new("file", ErrorCode::QuotingWrong).with("line", i64::from(line)),
                    );
                }
                shapes.push((
                    number,
                    ShapeProblem {
                        code: ErrorCode::QuotingWrong,
                        line,
                    },
                ));
            }
            if cell.unclosed {
                unclosed += 1;
                if unclosed >= UNCLOSED {
                    reader.place = reader.bytes.len();
                    break;
                }
            }
            if cell.end != End::Cell {
                break;
            }
        }
        if count != columns.len() {
            let code = if count > columns.len() {
                ErrorCode::TooManyColumns
            } else {
                ErrorCode::TooFewColumns
            };
            shapes.push((number, ShapeProblem { code, line: 0 }));
        }
        rows.push(row);
    }
    let missing = COLUMNS.map(|column| column != Column::Mode && !columns.contains(&Some(column)));
    Ok(Parsed {
        text,
        unescaped,
        rows,
        shapes,
        header,
        missing,
        quoting,
        separator,
    })
}

/// Which column each cell of a row is, and everything that is wrong with the header.
fn read_header(reader: &mut Reader<'_>, text: &str) -> (Vec<Option<Column>>, Vec<FieldProblem>) {
    let mut columns = Vec::new();
    let mut problems = Vec::new();
    let mut unknown = Vec::new();
    let mut seen = [false; COLUMN_COUNT];
    let mut unescaped = String::new();
    loop {
        let start = reader.place;
        let cell = reader.cell(&mut unescaped);
        if cell.stray.is_some() {
            let mut lines = Lines::default();
            let line = lines.at(reader.bytes, start);
            problems.push(FieldProblem::new("header", ErrorCode::QuotingWrong).with("line", i64::from(line)));
        }
        let name = if cell.span.start & UNESCAPED == 0 {
            part(text, cell.span)
        } else {
            part(
                &unescaped,
                Span {
                    start: cell.span.start & !UNESCAPED,
                    ..cell.span
                },
            )
        };
        match COLUMNS.into_iter().find(|column| column.header() == name) {
            Some(column) if !seen[column as usize] => {
                seen[column as usize] = true;
                columns.push(Some(column));
            }
            Some(column) => {
                problems.push(
                    FieldProblem::new("header", ErrorCode::HeaderTwice).with("column", column.header()),
                );
                columns.push(None);
            }
            None => {
                if unknown.len() < LISTED {
                    unknown.push(name.chars().take(60).collect::<String>());
                }
                columns.push(None);
            }
        }
        if cell.end != End::Cell {
            break;
        }
    }
    for column in COLUMNS {
        if !seen[column as usize] && column != Column::Mode {
            problems
                .push(FieldProblem::new("header", ErrorCode::HeaderMissing).with("column", column.header()));
        }
    }
    // Without a single name this line is no header but a row, and its cells may be secrets (GEN-08).
    if seen.contains(&true) {
        problems.extend(
            unknown
                .into_iter()
                .map(|name| FieldProblem::new("header", ErrorCode::HeaderUnknown).with("column", name)),
        );
    }
    problems.truncate(LISTED);
    (columns, problems)
}

impl Parsed {
    /// A file whose rows have all been stored.
    pub fn nothing() -> Self {
        Self {
            text: Zeroizing::default(),
            unescaped: Zeroizing::default(),
            rows: Vec::new(),
            shapes: Vec::new(),
            header: Vec::new(),
            missing: [false; COLUMN_COUNT],
            quoting: Vec::new(),
            separator: Separator::Comma,
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

    /// The cells of the row at this place, from 0.
    #[inline]
    pub fn cells(&self, place: usize) -> [&str; COLUMN_COUNT] {
        match self.rows.get(place) {
            Some(spans) => spans.map(|span| self.of(span)),
            None => [""; COLUMN_COUNT],
        }
    }

    #[inline]
    fn of(&self, span: Span) -> &str {
        if span.start & UNESCAPED == 0 {
            part(&self.text, span)
        } else {
            part(
                &self.unescaped,
                Span {
                    start: span.start & !UNESCAPED,
                    ..span
                },
            )
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

    /// Where the first character stands that could not be read: its line, from 1.
    pub fn damaged_line(&self) -> Option<u32> {
        let place = self.text.find('\u{fffd}')?;
        Some(Lines::default().at(self.text.as_bytes(), place))
    }
}

#[cfg(test)]
mod tests;
