//! Reads a text cell by cell (CUS-21). Pure.

use crate::imports::types::Separator;
use std::borrow::Cow;

/// A place in the text, or with the highest bit of `start` in the unescaped texts beside it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Span {
    /// Where it starts.
    pub start: u32,
    /// How many bytes it has.
    pub length: u32,
}

/// Marks a place in the unescaped texts.
pub const UNESCAPED: u32 = 1 << 31;

/// The byte between two cells.
pub fn separator_byte(separator: Separator) -> u8 {
    match separator {
        Separator::Comma => b',',
        Separator::Semicolon => b';',
        Separator::Tab => b'\t',
    }
}

/// The text of a span, which is a place in the text or in the unescaped texts beside it.
pub fn text_of<'a>(text: &'a str, unescaped: &'a str, span: Span) -> &'a str {
    if span.start & UNESCAPED == 0 {
        part(text, span)
    } else {
        let start = span.start & !UNESCAPED;
        part(unescaped, Span { start, ..span })
    }
}

/// The cells of one line, unquoted, for the header; at most `limit`.
pub fn split_line(line: &str, separator: u8, limit: usize) -> Vec<Cow<'_, str>> {
    let mut reader = Reader::new(line, separator);
    let mut unescaped = String::new();
    let mut cells = Vec::new();
    loop {
        let cell = reader.cell(&mut unescaped);
        let text = if cell.span.start & UNESCAPED == 0 {
            Cow::Borrowed(part(line, cell.span))
        } else {
            Cow::Owned(text_of(line, &unescaped, cell.span).to_owned())
        };
        if cells.len() < limit {
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

/// What ends a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// Another cell of the row follows.
    Cell,
    /// The end of a line.
    Row,
    /// The end of the file.
    File,
}

/// A cell as it was read.
pub struct Cell {
    /// Where its text is.
    pub span: Span,
    /// What ends it.
    pub end: End,
    /// A quote that is not closed, or stands where none may: where.
    pub stray: Option<usize>,
    /// Whether that quote is not closed.
    pub unclosed: bool,
}

/// Reads a text cell by cell.
pub struct Reader<'a> {
    /// The text.
    pub bytes: &'a [u8],
    /// How far it has been read.
    pub place: usize,
    separator: u8,
    /// Bytes that end a plain run.
    special: [bool; 256],
}

impl<'a> Reader<'a> {
    /// From the beginning of a text.
    pub fn new(text: &'a str, separator: u8) -> Self {
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
    pub fn step(&mut self) -> End {
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

    /// The next cell, up to and with what ends it.
    #[inline]
    pub fn cell(&mut self, unescaped: &mut String) -> Cell {
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
pub struct Lines {
    place: usize,
    line: u32,
}

impl Lines {
    /// The line of this place, from 1.
    pub fn at(&mut self, bytes: &[u8], place: usize) -> u32 {
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
