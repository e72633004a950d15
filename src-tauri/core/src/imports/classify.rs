//! What each row is beside the customers there are and the other rows: new, update, unchanged or invalid (CUS-22).
//! Pure; [`preview`] is the whole way from bytes to states (PERF-11).

use super::check::{self, CellProblem, TagSeparator};
use super::columns::{COLUMN_COUNT, Column};
use super::compare::differs;
use super::detect;
use super::existing::{ExistingIndex, name_key};
use super::parse::{self, Parsed};
use super::row::RowInput;
use super::types::{FILE_LIMIT, FileEncoding, ImportCounts, ROWS_LIMIT, RowState, Separator};
use crate::customers::types::Mode;
use flotilla_kernel::error::{ErrorCode, FieldProblem, Outcome, Problem};
use flotilla_kernel::formulas;
use std::borrow::Cow;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::Hash;

/// What a row is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// The row's number, from 1.
    pub number: u32,
    /// What the row is.
    pub state: RowState,
    /// The customer that is updated or unchanged.
    pub matched: Option<u32>,
    /// Everything that is wrong with the row and its cells.
    pub problems: Vec<CellProblem>,
}

impl Facts {
    /// Of a row that cannot be read as cells: only this is said of it.
    fn unreadable(number: u32, problems: Vec<CellProblem>) -> Self {
        Self {
            number,
            state: RowState::Invalid,
            matched: None,
            problems,
        }
    }
}

/// By what two rows of one file clash.
struct Keys<'a> {
    /// Empty: none.
    name: String,
    address: Option<(Cow<'a, str>, u16)>,
}

/// What has been met so far by name, address and customer, and which rows clash. Rows are told by their places.
struct Clashes<'a> {
    names: HashMap<String, u32>,
    addresses: HashMap<(Cow<'a, str>, u16), u32>,
    customers: HashMap<u32, u32>,
    /// One row, the other, and what is said of both.
    found: Vec<(u32, u32, Option<Column>, ErrorCode)>,
}

/// The first of those with this key, when this one is not it.
fn first_of<K: Eq + Hash>(met: &mut HashMap<K, u32>, key: K, place: u32) -> Option<u32> {
    match met.entry(key) {
        Entry::Occupied(first) => Some(*first.get()),
        Entry::Vacant(entry) => {
            entry.insert(place);
            None
        }
    }
}

impl<'a> Clashes<'a> {
    fn new(rows: usize) -> Self {
        Self {
            names: HashMap::with_capacity(rows),
            addresses: HashMap::with_capacity(rows),
            customers: HashMap::new(),
            found: Vec::new(),
        }
    }

    fn meet(&mut self, place: u32, keys: Keys<'a>, matched: Option<u32>) {
        let before = self.found.len();
        let address = keys
            .address
            .and_then(|key| first_of(&mut self.addresses, key, place));
        if let Some(first) = address {
            self.found
                .push((first, place, Some(Column::Host), ErrorCode::SameAddressAsRow));
        }
        let name = Some(keys.name)
            .filter(|name| !name.is_empty())
            .and_then(|key| first_of(&mut self.names, key, place));
        if let Some(first) = name {
            self.found
                .push((first, place, Some(Column::Name), ErrorCode::SameNameAsRow));
        }
        // Said where neither name nor address says it already.
        if let Some(first) = matched.and_then(|key| first_of(&mut self.customers, key, place))
            && !self.found[before..].iter().any(|(other, ..)| *other == first)
        {
            self.found
                .push((first, place, None, ErrorCode::SameCustomerAsRow));
        }
    }

    /// Marks both of the rows that clash, each with the number of the other (CUS-26).
    fn mark(self, facts: &mut [Facts]) {
        for (first, second, column, code) in self.found {
            for (one, other) in [(first, second), (second, first)] {
                let number = facts.get(other as usize).map_or(0, |facts| facts.number);
                let Some(facts) = facts.get_mut(one as usize) else {
                    continue;
                };
                facts.state = RowState::Invalid;
                // Of many that clash with it the first is named.
                let said = |problem: &CellProblem| problem.code == code && problem.column == column;
                if !facts.problems.iter().any(said) {
                    facts.problems.push(CellProblem { column, code, number });
                }
            }
        }
    }
}

/// Classifies all rows. Of two with the same name, address or customer both are wrong: which of them is meant only a
/// person knows.
pub fn classify<'a>(
    rows: impl ExactSizeIterator<Item = RowInput<'a>>,
    parsed: &Parsed,
    damaged: bool,
    default_mode: Mode,
    existing: &ExistingIndex,
) -> Vec<Facts> {
    let count = rows.len();
    let mut clashes = Clashes::new(count);
    let mut facts = Vec::with_capacity(count);
    let any_shape = parsed.any_shape();
    for (place, row) in (0_u32..).zip(rows) {
        let mut problems = Vec::new();
        if let Some(in_file) = row.place.filter(|_| any_shape) {
            problems.extend(parsed.shapes(in_file).map(|shape| CellProblem {
                column: None,
                code: shape.code,
                number: shape.line,
            }));
            if parsed.is_misshapen(in_file) {
                facts.push(Facts::unreadable(row.number, problems));
                continue;
            }
        }
        if row.gone {
            problems.push(CellProblem {
                column: None,
                code: ErrorCode::RowGone,
                number: 0,
            });
            facts.push(Facts::unreadable(row.number, problems));
            continue;
        }
        let (judged, keys) = judge(&row, damaged, default_mode, existing, problems);
        clashes.meet(place, keys, judged.matched);
        facts.push(judged);
    }
    clashes.mark(&mut facts);
    facts
}

/// What a row is by itself, beside the customers there are.
fn judge<'a>(
    row: &RowInput<'a>,
    damaged: bool,
    default_mode: Mode,
    existing: &ExistingIndex,
    mut problems: Vec<CellProblem>,
) -> (Facts, Keys<'a>) {
    let mut meaning = check::check(&row.cells, row.tags, damaged, &mut problems);
    let of_row = |code| CellProblem {
        column: None,
        code,
        number: 0,
    };
    let of_cell = |column, code| CellProblem {
        column: Some(column),
        code,
        number: 0,
    };
    let name = name_key(check::trimmed(row.cells[Column::Name as usize]));
    let port = i64::from(meaning.port);
    let matched = existing.find(&name, &meaning.host, port).unwrap_or_else(|code| {
        problems.push(of_row(code));
        None
    });
    let ambiguous = problems
        .last()
        .is_some_and(|problem| problem.code == ErrorCode::AmbiguousUpdate);
    let customer = matched.and_then(|place| Some((place, existing.get(place)?)));
    if let Some((place, customer)) = customer {
        // What the file has no column for stays as it is, where there is anything.
        let connected = !existing.host(place).is_empty();
        problems.retain(|problem| {
            let said = |column: Column| row.said[column as usize] || column != Column::Name && !connected;
            problem.code != ErrorCode::FieldRequired || problem.column.is_none_or(said)
        });
        if !row.said[Column::Host as usize] {
            meaning.host = Cow::Owned(existing.host(place).to_owned());
        }
        if connected && !row.said[Column::Port as usize] {
            meaning.port = u16::try_from(customer.port).unwrap_or(meaning.port);
        }
    }
    let same_name = matched.is_some_and(|place| existing.has_name(place, &name));
    if !ambiguous && !same_name && existing.is_other_name(&name) {
        problems.push(of_cell(Column::Name, ErrorCode::NameOfAnotherCustomer));
    }
    let addressed = !meaning.host.is_empty() && meaning.port != 0;
    if row.cells[Column::Password as usize].is_empty() {
        // The stored password is not sent to another address because somebody wrote it into a file (CUS-15, GEN-08).
        let moved = customer.is_some_and(|(place, customer)| {
            meaning.host != existing.host(place) || i64::from(meaning.port) != customer.port
        });
        if customer.is_none() && !ambiguous {
            problems.push(of_cell(Column::Password, ErrorCode::FieldRequired));
        } else if addressed && moved {
            problems.push(of_cell(Column::Password, ErrorCode::PasswordForAddress));
        }
    }
    let changed = customer.is_some_and(|(place, customer)| {
        differs(row, &meaning, default_mode, customer, existing.host(place))
    });
    let state = match (problems.is_empty(), matched, changed) {
        (false, ..) => RowState::Invalid,
        (true, None, _) => RowState::New,
        (true, Some(_), true) => RowState::Update,
        (true, Some(_), false) => RowState::Unchanged,
    };
    let facts = Facts {
        number: row.number,
        state,
        matched,
        problems,
    };
    let address = addressed.then_some((meaning.host, meaning.port));
    (facts, Keys { name, address })
}

/// How a file is to be read.
#[derive(Debug, Clone, Copy)]
pub struct PreviewOptions {
    /// None: as detected.
    pub encoding: Option<FileEncoding>,
    /// What separates the cells of a row; none: as detected.
    pub separator: Option<Separator>,
    /// For rows without a `Mode` cell.
    pub mode: Mode,
}

/// A file read as text and rows.
pub struct FileRead {
    /// The rows, with what is wrong with their shape.
    pub parsed: Parsed,
    /// The encoding it was read in, given or detected.
    pub encoding: FileEncoding,
    /// Whether something could not be read in this encoding; U+FFFD stands in its place.
    pub damaged: bool,
}

impl FileRead {
    /// What is wrong with the file itself: header, quoting, characters that could not be read.
    pub fn problems(&self) -> Vec<FieldProblem> {
        let damaged = self.damaged.then(|| self.parsed.damaged_line()).flatten();
        let damaged = damaged
            .map(|line| FieldProblem::new("encoding", ErrorCode::FileNotText).with("line", i64::from(line)));
        damaged
            .into_iter()
            .chain(self.parsed.header.iter().cloned())
            .chain(self.parsed.quoting.iter().cloned())
            .collect()
    }
}

/// Reads a file (CUS-20, CUS-21).
///
/// # Errors
/// `import.file-too-large`, `import.file-empty`, `import.not-text`, `import.too-many-rows`
pub fn read(bytes: &[u8], options: &PreviewOptions) -> Outcome<FileRead> {
    if bytes.len() as u64 > FILE_LIMIT {
        return Err(Problem::new(ErrorCode::FileTooLarge)
            .with("limit", i64::try_from(FILE_LIMIT / 1_048_576).unwrap_or_default()));
    }
    let decoded =
        detect::decode(bytes, options.encoding).ok_or_else(|| Problem::new(ErrorCode::FileNotText))?;
    if decoded.text.trim_start().is_empty() {
        return Err(ErrorCode::FileEmpty.into());
    }
    let separator = options
        .separator
        .unwrap_or_else(|| detect::separator(&decoded.text));
    let (encoding, damaged) = (decoded.encoding, decoded.damaged);
    let parsed = parse::parse(decoded.text.into_owned(), separator)
        .map_err(|parse::TooManyRows| Problem::new(ErrorCode::TooManyRows).with("limit", ROWS_LIMIT))?;
    Ok(FileRead {
        parsed,
        encoding,
        damaged,
    })
}

impl FileRead {
    /// The row at this place of the file.
    pub fn row(&self, place: usize) -> RowInput<'_> {
        RowInput {
            number: u32::try_from(place + 1).unwrap_or(u32::MAX),
            cells: self.cells(place),
            tags: TagSeparator::of(self.parsed.separator),
            place: Some(place),
            said: self.parsed.said,
            gone: false,
        }
    }

    /// The cells of the row at this place, without what an export of ours has put before formulas (CUS-26).
    fn cells(&self, place: usize) -> [&str; COLUMN_COUNT] {
        let mut cells = self.parsed.cells(place);
        for (column, cell) in cells.iter_mut().enumerate() {
            if cell.starts_with('\'') && column != Column::Password as usize {
                *cell = formulas::restored(cell);
            }
        }
        cells
    }
}

/// What a file comes to, before anything is kept of it.
pub struct Preview {
    /// The file as text and rows.
    pub file: FileRead,
    /// What each row is, in the order of the file.
    pub facts: Vec<Facts>,
    /// Without what tests add.
    pub counts: ImportCounts,
}

/// The whole way from bytes to states: read, check, compare (CUS-22, CUS-25, PERF-11).
///
/// # Errors
/// As [`read`].
pub fn preview(bytes: &[u8], options: &PreviewOptions, existing: &ExistingIndex) -> Outcome<Preview> {
    let file = read(bytes, options)?;
    let rows = (0..file.parsed.len()).map(|place| file.row(place));
    let facts = classify(rows, &file.parsed, file.damaged, options.mode, existing);
    let counts = count(&facts);
    Ok(Preview { file, facts, counts })
}

/// How many rows are what.
pub fn count(facts: &[Facts]) -> ImportCounts {
    let mut counts = ImportCounts {
        all: i64::try_from(facts.len()).unwrap_or(i64::MAX),
        ..ImportCounts::default()
    };
    for row in facts {
        match row.state {
            RowState::New => counts.new += 1,
            RowState::Update => counts.update += 1,
            RowState::Unchanged => counts.unchanged += 1,
            RowState::Invalid => counts.invalid += 1,
        }
    }
    counts
}

#[cfg(test)]
mod tests;
