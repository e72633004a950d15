//! What each row is beside the customers there are and the other rows: new, update, unchanged or invalid (CUS-22).
//! Pure; [`preview`] is the whole way from bytes to states (PERF-11).

use super::check::{self, CellProblem, Meaning, TagSeparator};
use super::columns::{COLUMN_COUNT, Column, ImportKind};
use super::compare::differs;
use super::detect;
use super::existing::{ExistingIndex, name_key};
use super::kept::{FILLED, Fill};
use super::mapping::Mapping;
use super::parse::{self, Parsed};
use super::row::RowInput;
use super::types::{FILE_LIMIT, FileEncoding, ImportCounts, ROWS_LIMIT, RowState, Separator};
use crate::customers::store::Existing;
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
    /// What the row needs and says nothing of, whether it was said for all rows or not.
    pub needs: Needs,
    /// Everything that is wrong with the row and its cells.
    pub problems: Vec<CellProblem>,
}

/// Which of the columns in [`FILLED`] a row needs and says nothing of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Needs(u8);

impl Needs {
    fn add(&mut self, column: Column) {
        if let Some(place) = FILLED.iter().position(|at| *at == column) {
            self.0 |= 1 << place;
        }
    }

    /// Whether this column is among them.
    pub fn has(self, column: Column) -> bool {
        FILLED
            .iter()
            .position(|at| *at == column)
            .is_some_and(|place| self.0 & (1 << place) != 0)
    }

    /// The row with what was said for all of them.
    pub fn filled<'a>(self, mut row: RowInput<'a>, fill: &'a Fill) -> RowInput<'a> {
        if self.0 == 0 {
            return row;
        }
        for column in FILLED {
            if let Some(text) = fill.of(column).filter(|_| self.has(column)) {
                row.cells[column as usize] = text;
                row.said[column as usize] = true;
            }
        }
        row
    }
}

impl Facts {
    /// Of a row that cannot be read as cells: only this is said of it.
    fn unreadable(number: u32, problems: Vec<CellProblem>) -> Self {
        Self {
            number,
            state: RowState::Invalid,
            matched: None,
            needs: Needs::default(),
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

/// Beside what rows are judged.
#[derive(Clone, Copy)]
pub struct Judge<'a> {
    /// What the rows become.
    pub kind: ImportKind,
    /// Something could not be read in the file's encoding.
    pub damaged: bool,
    /// The mode of rows without a `Mode` cell.
    pub mode: Mode,
    /// What the rows have that need it and say nothing of it.
    pub fill: &'a Fill,
    /// The customers or devices there are.
    pub existing: &'a ExistingIndex,
}

/// Classifies all rows. Of two with the same name, address or customer both are wrong: which of them is meant only a
/// person knows.
pub fn classify<'a>(
    rows: impl ExactSizeIterator<Item = RowInput<'a>>,
    parsed: &Parsed,
    judge: Judge<'a>,
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
            problems.push(of_row(ErrorCode::RowGone));
            facts.push(Facts::unreadable(row.number, problems));
            continue;
        }
        let (judged, keys) = match judge.kind {
            ImportKind::Customers => judge.row(row, problems),
            ImportKind::Devices => judge.device(row, problems),
        };
        clashes.meet(place, keys, judged.matched);
        facts.push(judged);
    }
    clashes.mark(&mut facts);
    facts
}

fn of_row(code: ErrorCode) -> CellProblem {
    CellProblem {
        column: None,
        code,
        number: 0,
    }
}

fn of_cell(column: Column, code: ErrorCode) -> CellProblem {
    CellProblem {
        column: Some(column),
        code,
        number: 0,
    }
}

/// The customer that a row means, if there is one.
#[derive(Clone, Copy)]
struct Meant<'a> {
    place: u32,
    customer: &'a Existing,
    /// Its main connection's address, in the one spelling that is compared; empty: it has no connection.
    host: &'a str,
}

/// The stored password is not sent to another address because somebody wrote it into a file (CUS-15, GEN-08).
fn no_password(known: bool) -> CellProblem {
    let code = if known {
        ErrorCode::PasswordForAddress
    } else {
        ErrorCode::FieldRequired
    };
    of_cell(Column::Password, code)
}

impl<'a> Meant<'a> {
    fn is_connected(&self) -> bool {
        !self.host.is_empty()
    }

    /// What the file has no column for stays as the customer has it, where there is anything; and one without a connection
    /// stays so as long as a row says nothing of one (CUS-16).
    fn complete(&self, row: &mut RowInput<'a>, meaning: &mut Meaning<'a>, problems: &mut Vec<CellProblem>) {
        let connected = self.is_connected();
        let connection = [Column::Host, Column::Port, Column::UserName, Column::Password];
        let unconnected = !connected
            && connection.iter().all(|column| {
                row.cells[*column as usize].is_empty()
                    || *column == Column::Port && !row.said[Column::Port as usize]
            });
        problems.retain(|problem| {
            let said = |column: Column| row.said[column as usize] || column != Column::Name && !connected;
            let left = |column: Column| unconnected && connection.contains(&column);
            problem.code != ErrorCode::FieldRequired
                || problem.column.is_none_or(|column| said(column) && !left(column))
        });
        if connected && !row.said[Column::Host as usize] {
            meaning.host = Cow::Borrowed(self.host);
        }
        if unconnected || connected && !row.said[Column::Port as usize] {
            meaning.port = u16::try_from(self.customer.port).unwrap_or(meaning.port);
        }
        if connected && !row.said[Column::Port as usize] {
            row.cells[Column::Port as usize] = "";
        }
    }
}

impl<'a> Judge<'a> {
    /// The customer that a row of this name and address means.
    fn meant(&self, name: &str, meaning: &Meaning<'_>) -> Result<Option<Meant<'a>>, ErrorCode> {
        let existing = self.existing;
        let found = existing.find(name, &meaning.host, i64::from(meaning.port))?;
        Ok(found.and_then(|place| {
            Some(Meant {
                place,
                customer: existing.get(place)?,
                host: existing.host(place),
            })
        }))
    }

    /// What a row is by itself, beside the customers there are.
    fn row(&self, mut row: RowInput<'a>, mut problems: Vec<CellProblem>) -> (Facts, Keys<'a>) {
        // The port of a row is needed to know which customer it means.
        let without_port =
            !row.said[Column::Port as usize] && check::trimmed(row.cells[Column::Port as usize]).is_empty();
        if let Some(port) = self.fill.of(Column::Port).filter(|_| without_port) {
            row.cells[Column::Port as usize] = port;
        }
        let mut meaning = check::check(self.kind, &row.cells, row.tags, self.damaged, &mut problems);
        let name = name_key(check::trimmed(row.cells[Column::Name as usize]));
        let found = self.meant(&name, &meaning);
        let ambiguous = found.is_err();
        let meant = found.unwrap_or_else(|code| {
            problems.push(of_row(code));
            None
        });
        let matched = meant.map(|meant| meant.place);
        if let Some(meant) = &meant {
            meant.complete(&mut row, &mut meaning, &mut problems);
        }
        let same_name = matched.is_some_and(|place| self.existing.has_name(place, &name));
        if !ambiguous && !same_name && self.existing.is_other_name(&name) {
            problems.push(of_cell(Column::Name, ErrorCode::NameOfAnotherCustomer));
        }
        let addressed = !meaning.host.is_empty() && meaning.port != 0;
        let port = i64::from(meaning.port);
        let stays = meant.is_some_and(|meant| self.existing.is_at(meant.place, &meaning.host, port));
        let moved = addressed && !stays;
        if let Some(other) = self
            .existing
            .elsewhere(&meaning.host, port)
            .filter(|_| moved && !ambiguous)
        {
            problems.push(CellProblem {
                number: other,
                ..of_cell(Column::Host, ErrorCode::AddressOfConnection)
            });
        }
        let mut needs = Needs::default();
        if without_port && meant.is_none_or(|meant| !meant.is_connected() && !meaning.host.is_empty()) {
            needs.add(Column::Port);
        }
        let lacks_user =
            |problem: &CellProblem| *problem == of_cell(Column::UserName, ErrorCode::FieldRequired);
        if problems.iter().any(lacks_user) {
            needs.add(Column::UserName);
        }
        if row.cells[Column::Password as usize].is_empty() && !ambiguous && (meant.is_none() || moved) {
            needs.add(Column::Password);
            problems.push(no_password(meant.is_some()));
        }
        // What was said for all rows that need it is checked when it is said.
        problems.retain(|problem| {
            let missing = matches!(
                problem.code,
                ErrorCode::FieldRequired | ErrorCode::PasswordForAddress
            );
            let filled = |column: Column| needs.has(column) && self.fill.of(column).is_some();
            !missing || !problem.column.is_some_and(filled)
        });
        let row = needs.filled(row, self.fill);
        let changed =
            meant.is_some_and(|meant| differs(&row, &meaning, self.mode, meant.customer, meant.host));
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
            needs,
            problems,
        };
        // Where a customer is already it may stay beside another one: the same private address behind two proxies (CUS-15).
        let address = moved.then_some((meaning.host, meaning.port));
        (facts, Keys { name, address })
    }
}

impl<'a> Judge<'a> {
    /// What a row of a device is (DEV-04): new, or managed at this address already. Whether its serial number is managed elsewhere is
    /// seen when it is tested.
    fn device(&self, row: RowInput<'a>, mut problems: Vec<CellProblem>) -> (Facts, Keys<'a>) {
        let meaning = check::check(self.kind, &row.cells, row.tags, self.damaged, &mut problems);
        let there = self.existing.devices();
        let cell = |column: Column| check::trimmed(row.cells[column as usize]);
        let port = i64::from(meaning.port);
        let managed = there.has(&meaning.host, port);
        let folder = cell(Column::Folder);
        let said = problems
            .iter()
            .any(|problem| problem.column == Some(Column::Folder));
        if !folder.is_empty()
            && !said
            && let Err(nowhere) = there.folders().find(folder)
        {
            problems.push(CellProblem::of_folder(nowhere));
        }
        let mut needs = Needs::default();
        if row.cells[Column::Password as usize].is_empty() {
            problems.push(of_cell(Column::Password, ErrorCode::FieldRequired));
        }
        for column in [Column::UserName, Column::Password] {
            if !managed && problems.contains(&of_cell(column, ErrorCode::FieldRequired)) {
                needs.add(column);
            }
        }
        // What was said for all rows that need it is checked when it is said; one that is managed is signed in to already.
        problems.retain(|problem| {
            let credential = |column: Column| matches!(column, Column::UserName | Column::Password);
            let filled = |column: Column| needs.has(column) && self.fill.of(column).is_some();
            let left = problem
                .column
                .is_some_and(|column| credential(column) && managed || filled(column));
            !(problem.code == ErrorCode::FieldRequired && left)
        });
        let state = match (problems.is_empty(), managed) {
            (false, _) => RowState::Invalid,
            (true, true) => RowState::Unchanged,
            (true, false) => RowState::New,
        };
        let addressed = !meaning.host.is_empty() && meaning.port != 0;
        let keys = Keys {
            name: String::new(),
            address: addressed.then_some((meaning.host, meaning.port)),
        };
        let facts = Facts {
            number: row.number,
            state,
            matched: None,
            needs,
            problems,
        };
        (facts, keys)
    }
}

/// How a file is to be read.
#[derive(Debug, Clone)]
pub struct PreviewOptions {
    /// What its rows become.
    pub kind: ImportKind,
    /// None: as detected.
    pub encoding: Option<FileEncoding>,
    /// What separates the cells of a row; none: as detected.
    pub separator: Option<Separator>,
    /// For rows without a `Mode` cell.
    pub mode: Mode,
    /// What was said of the columns of files; the first that is of a file with these columns counts.
    pub mappings: Vec<Mapping>,
}

impl PreviewOptions {
    /// As everything is detected.
    pub fn detected(mode: Mode) -> Self {
        Self {
            kind: ImportKind::Customers,
            encoding: None,
            separator: None,
            mode,
            mappings: Vec::new(),
        }
    }
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
        .unwrap_or_else(|| detect::separator(options.kind, &decoded.text));
    let (encoding, damaged) = (decoded.encoding, decoded.damaged);
    let parsed = parse::parse(
        options.kind,
        decoded.text.into_owned(),
        separator,
        &options.mappings,
    )
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
    let judge = Judge {
        kind: options.kind,
        damaged: file.damaged,
        mode: options.mode,
        fill: &Fill::default(),
        existing,
    };
    let facts = classify(rows, &file.parsed, judge);
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
