//! What each row is beside the customers there are and the other rows: new, update, unchanged or invalid (CUS-22).
//! Pure; [`preview`] is the whole way from bytes to states (PERF-11).

use super::check::{self, CellProblem, Meaning, TagSeparator};
use super::columns::{COLUMN_COUNT, Column};
use super::detect;
use super::parse::{self, Parsed};
use super::types::{FILE_LIMIT, FileEncoding, ImportCounts, ImportWas, ROWS_LIMIT, RowState, Separator};
use crate::customers::store::Existing;
use crate::customers::types::Mode;
use flotilla_kernel::database::fold;
use flotilla_kernel::error::{ErrorCode, FieldProblem, Outcome, Problem};
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

/// The customers there are, found by name and by address.
#[derive(Debug, Default)]
pub struct ExistingIndex {
    customers: Vec<Existing>,
    hosts: Vec<String>,
    by_name: HashMap<String, u32>,
    by_host: HashMap<String, Vec<(i64, u32)>>,
    /// Folded names of organizations that are no customers.
    other_names: HashSet<String>,
}

impl ExistingIndex {
    /// An index of these customers; `names` are the folded names of all organizations.
    pub fn new(customers: Vec<Existing>, names: impl IntoIterator<Item = String>) -> Self {
        let mut index = Self {
            hosts: Vec::with_capacity(customers.len()),
            ..Self::default()
        };
        for (place, customer) in (0_u32..).zip(&customers) {
            let host =
                check::canonical_host(&customer.host).map_or_else(|| customer.host.clone(), Cow::into_owned);
            index.by_name.insert(customer.name_key.clone(), place);
            index
                .by_host
                .entry(host.clone())
                .or_default()
                .push((customer.port, place));
            index.hosts.push(host);
        }
        index.customers = customers;
        index.other_names = names
            .into_iter()
            .filter(|name| !index.by_name.contains_key(name))
            .collect();
        index
    }

    /// The customer at this place.
    pub fn get(&self, place: u32) -> Option<&Existing> {
        self.customers.get(place as usize)
    }

    fn host(&self, place: u32) -> &str {
        self.hosts
            .get(place as usize)
            .map(String::as_str)
            .unwrap_or_default()
    }

    /// Which customer a row means: same name, or same address and port.
    fn find(&self, name_key: &str, host: &str, port: i64) -> Result<Option<u32>, ErrorCode> {
        let named = self.by_name.get(name_key).copied();
        let places = self.by_host.get(host).map(Vec::as_slice).unwrap_or_default();
        let mut there = places
            .iter()
            .filter(|(other, _)| *other == port)
            .map(|(_, place)| *place);
        match (named, there.next(), there.next()) {
            (named, None, _) => Ok(named),
            (None, Some(place), None) => Ok(Some(place)),
            (Some(named), Some(first), _)
                if first == named
                    || places
                        .iter()
                        .any(|(other, place)| *other == port && *place == named) =>
            {
                Ok(Some(named))
            }
            _ => Err(ErrorCode::AmbiguousUpdate),
        }
    }
}

/// A row as it is to be classified.
#[derive(Debug, Clone, Copy)]
pub struct RowInput<'a> {
    /// From 1.
    pub number: u32,
    pub cells: [&'a str; COLUMN_COUNT],
    pub tags: TagSeparator,
    /// Its place among the rows of the file; none when a person has typed it.
    pub place: Option<usize>,
}

/// What a row is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    pub number: u32,
    pub state: RowState,
    /// The customer that is updated or unchanged.
    pub matched: Option<u32>,
    pub problems: Vec<CellProblem>,
}

/// Classifies all rows. The later of two rows with the same name or address is the one that is wrong.
pub fn classify<'a>(
    rows: impl ExactSizeIterator<Item = RowInput<'a>>,
    parsed: &Parsed,
    damaged: bool,
    default_mode: Mode,
    existing: &ExistingIndex,
) -> Vec<Facts> {
    let count = rows.len();
    let mut names: HashMap<String, u32> = HashMap::with_capacity(count);
    let mut addresses: HashMap<(Cow<'a, str>, u16), u32> = HashMap::with_capacity(count);
    let mut taken: HashMap<u32, u32> = HashMap::new();
    let any_shape = parsed.any_shape();
    let blocked = !parsed.header.is_empty();
    let mut facts = Vec::with_capacity(count);
    for row in rows {
        let number = row.number;
        let mut problems = Vec::new();
        if let Some(place) = row.place.filter(|_| any_shape) {
            problems.extend(parsed.shapes(place).map(|shape| CellProblem {
                column: None,
                code: shape.code,
                number: shape.line,
            }));
        }
        let meaning = check::check(&row.cells, row.tags, damaged, &mut problems);
        let name = check::trimmed(row.cells[Column::Name as usize]);
        let name_key = fold(name);
        let addressed = !meaning.host.is_empty() && meaning.port != 0;
        let mut matched = None;
        let mut fresh = false;
        match existing.find(
            if name.is_empty() { "" } else { &name_key },
            &meaning.host,
            i64::from(meaning.port),
        ) {
            Ok(found) => {
                matched = found;
                fresh = found.is_none();
                let same = found
                    .and_then(|place| existing.get(place))
                    .is_some_and(|customer| customer.name_key == name_key);
                if !same && existing.other_names.contains(&name_key) {
                    problems.push(CellProblem {
                        column: Some(Column::Name),
                        code: ErrorCode::NameOfAnotherCustomer,
                        number: 0,
                    });
                }
            }
            Err(code) => problems.push(CellProblem {
                column: None,
                code,
                number: 0,
            }),
        }
        if let Some(place) = matched
            && *taken.entry(place).or_insert(number) != number
        {
            problems.push(CellProblem {
                column: None,
                code: ErrorCode::AmbiguousUpdate,
                number: 0,
            });
        }
        if fresh && row.cells[Column::Password as usize].is_empty() {
            problems.push(CellProblem {
                column: Some(Column::Password),
                code: ErrorCode::FieldRequired,
                number: 0,
            });
        }
        // The stored password is not sent to another address because somebody wrote it into a file (CUS-15, GEN-08).
        let moved = matched.is_some_and(|place| {
            addressed
                && existing.get(place).is_some_and(|customer| {
                    meaning.host != existing.host(place) || i64::from(meaning.port) != customer.port
                })
        });
        if moved && row.cells[Column::Password as usize].is_empty() {
            problems.push(CellProblem {
                column: Some(Column::Password),
                code: ErrorCode::PasswordForAddress,
                number: 0,
            });
        }
        let changed = matched
            .and_then(|place| existing.get(place).map(|customer| (place, customer)))
            .is_some_and(|(place, customer)| {
                differs(&row, &meaning, default_mode, customer, existing.host(place))
            });
        if addressed {
            let first = *addresses.entry((meaning.host, meaning.port)).or_insert(number);
            if first != number {
                problems.push(CellProblem {
                    column: Some(Column::Host),
                    code: ErrorCode::SameAddressAsRow,
                    number: first,
                });
            }
        }
        if !name_key.is_empty() {
            let first = *names.entry(name_key).or_insert(number);
            if first != number {
                problems.push(CellProblem {
                    column: Some(Column::Name),
                    code: ErrorCode::SameNameAsRow,
                    number: first,
                });
            }
        }
        let from_file = row.place.is_some();
        if blocked && from_file {
            problems.retain(|problem| {
                problem.code != ErrorCode::FieldRequired
                    || problem
                        .column
                        .is_none_or(|column| !parsed.missing[column as usize])
            });
        }
        let state = if blocked && from_file || !problems.is_empty() {
            RowState::Invalid
        } else {
            match (matched, changed) {
                (None, _) => RowState::New,
                (Some(_), true) => RowState::Update,
                (Some(_), false) => RowState::Unchanged,
            }
        };
        facts.push(Facts {
            number,
            state,
            matched,
            problems,
        });
    }
    facts
}

/// Whether a row says anything else than the customer is. An empty password says nothing.
fn differs(
    row: &RowInput<'_>,
    meaning: &Meaning<'_>,
    default_mode: Mode,
    customer: &Existing,
    host: &str,
) -> bool {
    let cell = |column: Column| check::trimmed(row.cells[column as usize]);
    let password = row.cells[Column::Password as usize];
    cell(Column::Name) != customer.name
        || meaning.host != host
        || i64::from(meaning.port) != customer.port
        || cell(Column::UserName) != customer.user_name
        || meaning.mode.unwrap_or(default_mode) != customer.mode
        || cell(Column::Address) != customer.address
        || cell(Column::Telephone) != customer.telephone
        || cell(Column::Email) != customer.email
        || row.cells[Column::Notes as usize] != customer.notes
        || !password.is_empty() && !customer.password_is(password)
        || other_tags(row, &customer.tags)
}

fn other_tags(row: &RowInput<'_>, present: &[String]) -> bool {
    let cell = row.cells[Column::Tags as usize];
    if cell.is_empty() {
        return !present.is_empty();
    }
    // The order of tags means nothing.
    let mut tags = row.tags.tags(cell);
    let mut present = present.to_vec();
    tags.sort_unstable();
    present.sort_unstable();
    tags != present
}

/// What an update would change: field and present value (CUS-22). A password is only named.
pub fn was(row: &RowInput<'_>, default_mode: Mode, existing: &ExistingIndex, place: u32) -> Vec<ImportWas> {
    let Some(customer) = existing.get(place) else {
        return Vec::new();
    };
    let mut problems = Vec::new();
    let meaning = check::check(&row.cells, row.tags, false, &mut problems);
    let cell = |column: Column| check::trimmed(row.cells[column as usize]);
    let password = row.cells[Column::Password as usize];
    let mode = |mode: Mode| match mode {
        Mode::OnPremises => "on-premises",
        Mode::Cloud => "cloud",
    };
    let compared = [
        (
            Column::Host,
            meaning.host != existing.host(place),
            customer.host.clone(),
        ),
        (
            Column::Port,
            i64::from(meaning.port) != customer.port,
            customer.port.to_string(),
        ),
        (
            Column::Name,
            cell(Column::Name) != customer.name,
            customer.name.clone(),
        ),
        (
            Column::UserName,
            cell(Column::UserName) != customer.user_name,
            customer.user_name.clone(),
        ),
        (
            Column::Password,
            !password.is_empty() && !customer.password_is(password),
            String::new(),
        ),
        (
            Column::Address,
            cell(Column::Address) != customer.address,
            customer.address.clone(),
        ),
        (
            Column::Telephone,
            cell(Column::Telephone) != customer.telephone,
            customer.telephone.clone(),
        ),
        (
            Column::Email,
            cell(Column::Email) != customer.email,
            customer.email.clone(),
        ),
        (
            Column::Notes,
            row.cells[Column::Notes as usize] != customer.notes,
            customer.notes.clone(),
        ),
        (
            Column::Tags,
            other_tags(row, &customer.tags),
            customer.tags.join(";"),
        ),
        (
            Column::Mode,
            meaning.mode.unwrap_or(default_mode) != customer.mode,
            mode(customer.mode).to_owned(),
        ),
    ];
    compared
        .into_iter()
        .filter(|(_, differs, _)| *differs)
        .map(|(column, _, value)| ImportWas {
            field: column.field().to_owned(),
            value,
        })
        .collect()
}

/// How a file is to be read.
#[derive(Debug, Clone, Copy)]
pub struct PreviewOptions {
    /// None: as detected.
    pub encoding: Option<FileEncoding>,
    pub separator: Option<Separator>,
    /// For rows without a `Mode` cell.
    pub mode: Mode,
}

/// A file read as text and rows.
pub struct FileRead {
    pub parsed: Parsed,
    pub encoding: FileEncoding,
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
            cells: self.parsed.cells(place),
            tags: TagSeparator::of(self.parsed.separator),
            place: Some(place),
        }
    }
}

/// What a file comes to, before anything is kept of it.
pub struct Preview {
    pub file: FileRead,
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
