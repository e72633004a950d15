//! Many keys from a file: a CSV with one column (LIC-20).

use super::{DeclaredKey, KeyFingerprint, KeyProblem, is_signed, typed};
use crate::problem::problems;
use std::collections::BTreeMap;

/// Bytes of such a file at most.
pub const FILE_LIMIT: usize = 4 * 1024 * 1024;
/// Keys of such a file at most.
pub const KEYS_LIMIT: usize = 10_000;

problems! {
    /// Why a file of keys is not read.
    ListProblem {
        /// It has more bytes than such a file may have.
        TooLarge {
            /// In bytes.
            limit: usize
        } = "licence-key.list-too-large", "the file has more than {limit} bytes";
        /// It is no text in UTF-8.
        NotText = "licence-key.list-not-text", "the file is no text in UTF-8";
        /// It has no keys.
        Empty = "licence-key.list-empty", "the file has no keys";
        /// It has more keys than such a file may have.
        TooMany {
            /// Keys.
            limit: usize
        } = "licence-key.list-too-many", "the file has more than {limit} keys";
        /// It is no CSV.
        Quoting {
            /// From 1.
            line: u64
        } = "licence-key.list-quoting", "a quoted cell is not closed (line {line})";
        /// A line has more than one cell.
        Columns {
            /// From 1.
            line: u64
        } = "licence-key.list-columns", "line {line} has more than one column";
    }
}

/// One key of a file, as it stands there. Whether it is good is found out when it is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedKey {
    /// The line it stands on, from 1.
    pub line: u64,
    /// The text.
    pub text: String,
    /// The line on which the same key stands already.
    pub repeats: Option<u64>,
}

/// Reads a file of keys. A first line without any digit is its header; empty lines do not count.
///
/// # Errors
/// One for each thing that can be wrong with the whole file.
pub fn read(bytes: &[u8]) -> Result<Vec<ListedKey>, ListProblem> {
    if bytes.len() > FILE_LIMIT {
        return Err(ListProblem::TooLarge { limit: FILE_LIMIT });
    }
    let text = std::str::from_utf8(bytes).map_err(|_| ListProblem::NotText)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.contains('\0') {
        return Err(ListProblem::NotText);
    }
    let mut keys = Vec::new();
    let mut seen: BTreeMap<KeyFingerprint, u64> = BTreeMap::new();
    let mut is_first = true;
    for (line, text) in (1_u64..).zip(text.lines()) {
        let Some(cell) = only_cell(text, line)? else {
            continue;
        };
        let is_header = is_first && !cell.chars().any(|character| character.is_ascii_digit());
        is_first = false;
        if is_header {
            continue;
        }
        if keys.len() == KEYS_LIMIT {
            return Err(ListProblem::TooMany { limit: KEYS_LIMIT });
        }
        let repeats = written_fingerprint(&cell).and_then(|fingerprint| match seen.get(&fingerprint) {
            Some(before) => Some(*before),
            None => {
                seen.insert(fingerprint, line);
                None
            }
        });
        keys.push(ListedKey {
            line,
            text: cell,
            repeats,
        });
    }
    match keys.is_empty() {
        true => Err(ListProblem::Empty),
        false => Ok(keys),
    }
}

/// The one cell of a line that has something in it. No key goes on in the next line.
fn only_cell(text: &str, line: u64) -> Result<Option<String>, ListProblem> {
    if !text.matches('"').count().is_multiple_of(2) {
        return Err(ListProblem::Quoting { line });
    }
    let mut record = csv::StringRecord::new();
    csv::ReaderBuilder::new()
        .has_headers(false)
        .buffer_capacity(text.len().max(1))
        .from_reader(text.as_bytes())
        .read_record(&mut record)
        .map_err(|_| ListProblem::NotText)?;
    let mut cells = record.iter().map(str::trim).filter(|cell| !cell.is_empty());
    match (cells.next(), cells.next()) {
        (_, Some(_)) => Err(ListProblem::Columns { line }),
        (cell, None) => Ok(cell.map(str::to_owned)),
    }
}

/// What two writings of one key have in common, whether it is good or not.
fn written_fingerprint(text: &str) -> Option<KeyFingerprint> {
    if is_signed(text) {
        let bytes: Result<Vec<u8>, KeyProblem> = typed::read(text);
        return bytes.ok().map(|bytes| KeyFingerprint::of(b"signed\0", &bytes));
    }
    DeclaredKey::read(text).ok().map(|key| key.fingerprint())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// LIC-20: with or without a header, with a BOM, quotes and empty lines; a repeated key says where it stands first.
    #[test]
    fn files_of_keys() {
        let keys = read("\u{feff}Licence key\r\n\"ABCD-1234\"\r\n\r\nEFGH 5678\r\nabcd1234,\r\n".as_bytes())
            .expect("keys");
        let found: Vec<(u64, &str, Option<u64>)> = keys
            .iter()
            .map(|key| (key.line, key.text.as_str(), key.repeats))
            .collect();
        assert_eq!(
            found,
            [
                (2, "ABCD-1234", None),
                (4, "EFGH 5678", None),
                (5, "abcd1234", Some(2))
            ]
        );
        assert_eq!(read(b"ABCD-1234").expect("a key").len(), 1);
    }

    /// SEC-04: a file that is none has its own error.
    #[test]
    fn files_that_are_refused() {
        let many = "ABCD-1234\n".repeat(KEYS_LIMIT + 1);
        for (bytes, problem) in [
            (
                vec![b'1'; FILE_LIMIT + 1],
                ListProblem::TooLarge { limit: FILE_LIMIT },
            ),
            (vec![0xff, 0xfe, b'A', 0], ListProblem::NotText),
            (b"A\0B1".to_vec(), ListProblem::NotText),
            (b"Key\n\n".to_vec(), ListProblem::Empty),
            (Vec::new(), ListProblem::Empty),
            (many.into_bytes(), ListProblem::TooMany { limit: KEYS_LIMIT }),
            (
                b"ABCD-1234\n\"EFGH\n1234\n".to_vec(),
                ListProblem::Quoting { line: 2 },
            ),
            (b"ABCD-1234,7\n".to_vec(), ListProblem::Columns { line: 1 }),
        ] {
            assert_eq!(read(&bytes), Err(problem));
        }
    }
}
