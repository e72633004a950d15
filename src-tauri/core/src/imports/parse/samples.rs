//! The columns of a file as a person is shown them, to say what they are (CUS-26). Pure.

use super::Parsed;
use super::header::beginning;
use super::reader::{End, Reader, separator_byte, text_of};
use crate::imports::columns::Column;
use crate::imports::mapping::{
    HEADER_LENGTH, MAPPED_COLUMNS, guessed, header_name, is_secret_name, looks_secret,
};
use crate::imports::types::ImportColumn;
use zeroize::Zeroizing;

/// So many rows of the file are looked at.
const LOOKED_AT: usize = 50;
/// So many different cells of a column are shown.
const SHOWN: usize = 3;

impl Parsed {
    /// The names of the columns, up to the last that has one.
    pub fn names(&self) -> &[String] {
        self.names.get(..self.named).unwrap_or_default()
    }

    /// The columns with what stands in their first cells. Of one that may hold passwords no cell is shown, nor anything of
    /// a row whose cells may have moved (GEN-08).
    pub fn file_columns(&self) -> Vec<ImportColumn> {
        if self.headerless {
            return Vec::new();
        }
        let count = self.named.min(MAPPED_COLUMNS);
        let mut cells: Vec<Vec<Zeroizing<String>>> = vec![Vec::new(); count];
        for row in self.first_rows() {
            for (column, cell) in cells.iter_mut().zip(row) {
                if !cell.trim().is_empty() {
                    column.push(cell);
                }
            }
        }
        (0..count)
            .map(|place| self.file_column(place, &cells[place]))
            .collect()
    }

    fn file_column(&self, place: usize, cells: &[Zeroizing<String>]) -> ImportColumn {
        let name = self.names.get(place).map(String::as_str).unwrap_or_default();
        let column = self.columns.get(place).copied().flatten();
        let harmless = column.is_some_and(|column| column != Column::Password);
        let secret = column == Some(Column::Password)
            || is_secret_name(name)
            || !harmless && cells.iter().any(|cell| looks_secret(cell));
        let mut samples: Vec<String> = Vec::new();
        for cell in cells.iter().filter(|_| !secret) {
            let text = cell.trim().chars().take(HEADER_LENGTH).collect();
            if samples.len() < SHOWN && !samples.contains(&text) {
                samples.push(text);
            }
        }
        ImportColumn {
            name: header_name(name),
            column,
            guess: guessed(self.kind, name),
            secret,
            samples,
        }
    }

    /// The first rows with as many cells as there are columns.
    fn first_rows(&self) -> Vec<Vec<Zeroizing<String>>> {
        let mut reader = Reader::new(&self.text, separator_byte(self.separator));
        reader.place = beginning(&self.text);
        let mut unescaped = Zeroizing::new(String::new());
        let mut rows = Vec::new();
        let mut lines = 0;
        while reader.place < reader.bytes.len() && lines <= LOOKED_AT {
            if matches!(reader.bytes[reader.place], b'\r' | b'\n') {
                reader.step();
                continue;
            }
            let mut row = Vec::new();
            let mut stray = false;
            loop {
                let cell = reader.cell(&mut unescaped);
                stray |= cell.stray.is_some();
                if row.len() <= self.names.len() {
                    row.push(Zeroizing::new(
                        text_of(&self.text, &unescaped, cell.span).to_owned(),
                    ));
                }
                if cell.end != End::Cell {
                    break;
                }
            }
            // The first is the header.
            if lines > 0 && !stray && row.len() == self.names.len() {
                rows.push(row);
            }
            lines += 1;
        }
        rows
    }
}
