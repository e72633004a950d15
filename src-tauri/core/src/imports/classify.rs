//! What each row is beside the customers there are and the other rows: new, update, unchanged or invalid (CUS-22).
//! Pure; [`preview`] is the whole way from bytes to states (PERF-11).

use super::check::{self, CellProblem, Meaning, TagSeparator};
use super::detect;
use super::parse::{self, COLUMN_COUNT, Column, Parsed};
use super::types::{FileEncoding, ImportCounts, ImportWas, RowState, Separator};
use super::{FILE_LIMIT, ROWS_LIMIT};
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
mod tests {
    use super::super::parse::COLUMNS;
    use super::*;
    use flotilla_connectors::secret::Secret;
    use flotilla_kernel::clock::Time;
    use flotilla_kernel::ids::OrganizationId;
    use proptest::prelude::*;

    fn customer(name: &str, host: &str, port: i64) -> Existing {
        Existing::new(
            OrganizationId::new(Time(1_700_000_000_000)),
            name,
            host,
            port,
            "COMAdmin",
            Mode::OnPremises,
            Secret::new("stored"),
        )
    }

    fn index() -> ExistingIndex {
        let customers = vec![
            customer("Miramar", "192.0.2.1", 8443),
            customer("Northwind", "PBX.Example", 443),
        ];
        ExistingIndex::new(
            customers,
            ["miramar", "northwind", "only an organization"].map(str::to_owned),
        )
    }

    fn file(rows: &[&str]) -> String {
        format!(
            "Name,IP Address/FQDN,Port,Ipoffice Username,Ipoffice Password,Note,Address,Telephone Number,Email,Tags\n{}",
            rows.join("\n")
        )
    }

    fn states(rows: &[&str]) -> Vec<(RowState, Vec<ErrorCode>)> {
        let options = PreviewOptions {
            encoding: None,
            separator: None,
            mode: Mode::OnPremises,
        };
        let preview = preview(file(rows).as_bytes(), &options, &index()).expect("a preview");
        preview
            .facts
            .iter()
            .map(|facts| {
                (
                    facts.state,
                    facts.problems.iter().map(|problem| problem.code).collect(),
                )
            })
            .collect()
    }

    /// CUS-22: new, update by name, update by address, unchanged.
    #[test]
    fn rows_are_compared_with_customers() {
        let states = states(&[
            "Fresh,192.0.2.9,,COMAdmin,pw,,,,,",
            "MIRAMAR,192.0.2.77,,COMAdmin,stored,,,,,",
            "Northwind Traders,pbx.example,443,COMAdmin,,,,,,",
        ]);
        assert_eq!(
            states,
            [
                (RowState::New, vec![]),
                (RowState::Update, vec![]),
                (RowState::Update, vec![])
            ]
        );
        let same = self::states(&[
            "Miramar,192.0.2.1,8443,COMAdmin,,,,,,",
            "Northwind,pbx.EXAMPLE.,443,COMAdmin,stored,,,,,",
        ]);
        assert_eq!(
            same,
            [(RowState::Unchanged, vec![]), (RowState::Unchanged, vec![])]
        );
        let password = self::states(&["Miramar,192.0.2.1,,COMAdmin,other,,,,,"]);
        assert_eq!(password, [(RowState::Update, vec![])]);
        // CUS-15, GEN-08: the stored password is not sent to another address.
        let moved = self::states(&[
            "Miramar,192.0.2.77,,COMAdmin,,,,,,",
            "Northwind,pbx.example,8443,COMAdmin,,,,,,",
        ]);
        let refused = (RowState::Invalid, vec![ErrorCode::PasswordForAddress]);
        assert_eq!(moved, [refused.clone(), refused]);
    }

    /// CUS-20, CUS-22: what only the comparison shows to be wrong.
    #[test]
    fn comparisons_find_mistakes() {
        let states = states(&[
            "Fresh,192.0.2.9,,COMAdmin,,,,,,",
            "Miramar,pbx.example,443,COMAdmin,,,,,,",
            "Only An Organization,192.0.2.10,,COMAdmin,pw,,,,,",
            "Twice,192.0.2.11,,COMAdmin,pw,,,,,",
            "twice,192.0.2.12,,COMAdmin,pw,,,,,",
            "Other,192.0.2.11,8443,COMAdmin,pw,,,,,",
        ]);
        let codes: Vec<Vec<ErrorCode>> = states.iter().map(|(_, codes)| codes.clone()).collect();
        assert_eq!(
            codes,
            [
                vec![ErrorCode::FieldRequired],
                vec![ErrorCode::AmbiguousUpdate],
                vec![ErrorCode::NameOfAnotherCustomer],
                vec![],
                vec![ErrorCode::SameNameAsRow],
                vec![ErrorCode::SameAddressAsRow],
            ]
        );
        assert_eq!(
            states.iter().filter(|(state, _)| *state == RowState::New).count(),
            1
        );
    }

    /// CUS-20: a file with a wrong header stores nothing, and its rows are seen all the same.
    #[test]
    fn a_wrong_header_makes_every_row_invalid() {
        let options = PreviewOptions {
            encoding: None,
            separator: None,
            mode: Mode::Cloud,
        };
        let preview =
            preview(b"Name,IP Address/FQDN\nFresh,192.0.2.9\n", &options, &index()).expect("a preview");
        assert_eq!(preview.counts.invalid, 1);
        assert_eq!(preview.file.problems().len(), 8);
        assert_eq!(preview.file.parsed.cells(0)[Column::Name as usize], "Fresh");
    }

    /// CUS-22: an update says what it would change.
    #[test]
    fn updates_say_what_was() {
        let options = PreviewOptions {
            encoding: None,
            separator: None,
            mode: Mode::Cloud,
        };
        let index = index();
        let preview = preview(
            file(&["Miramar,192.0.2.1,8443,COMAdmin,other,Call first,,,,gold"]).as_bytes(),
            &options,
            &index,
        )
        .expect("a preview");
        let was = was(
            &preview.file.row(0),
            Mode::Cloud,
            &index,
            preview.facts[0].matched.expect("matched"),
        );
        let fields: Vec<_> = was
            .iter()
            .map(|was| (was.field.as_str(), was.value.as_str()))
            .collect();
        assert_eq!(
            fields,
            [
                ("password", ""),
                ("notes", ""),
                ("tags", ""),
                ("mode", "on-premises")
            ]
        );
    }

    /// CUS-25, SEC-04: files that are refused as a whole.
    #[test]
    fn files_are_refused_clearly() {
        let options = PreviewOptions {
            encoding: None,
            separator: None,
            mode: Mode::Cloud,
        };
        let code = |bytes: &[u8]| {
            preview(bytes, &options, &index())
                .map(|_| ())
                .expect_err("refused")
                .code
        };
        assert_eq!(code(b""), ErrorCode::FileEmpty);
        assert_eq!(code(b"\xef\xbb\xbf\r\n "), ErrorCode::FileEmpty);
        assert_eq!(code(b"GIF89a\0\0\0"), ErrorCode::FileNotText);
        assert_eq!(code(&vec![b'a'; 64 * 1024 * 1024 + 1]), ErrorCode::FileTooLarge);
    }

    proptest! {
        /// SEC-04, CUS-22: any bytes come to a preview or a refusal; every row is exactly one of four, and only one
        /// without problems can be stored.
        #[test]
        fn any_bytes_come_to_something(bytes in prop::collection::vec(any::<u8>(), 0..300), headed in any::<bool>()) {
            let bytes = if headed { [file(&[]).as_bytes(), &bytes].concat() } else { bytes };
            let options = PreviewOptions { encoding: None, separator: None, mode: Mode::Cloud };
            if let Ok(preview) = preview(&bytes, &options, &index()) {
                let counts = preview.counts;
                prop_assert_eq!(counts.all, counts.new + counts.update + counts.unchanged + counts.invalid);
                prop_assert_eq!(preview.facts.len(), preview.file.parsed.len());
                for facts in &preview.facts {
                    prop_assert!(facts.problems.is_empty() || facts.state == RowState::Invalid);
                }
            }
        }

        /// CUS-22: two rows that can be stored never have the same name, address or customer.
        #[test]
        fn what_can_be_stored_is_stored_once(rows in prop::collection::vec((0_usize..6, 0_usize..6), 0..20)) {
            let names = ["Miramar", "NORTHWIND", "Fresh", "fresh", "Frésh", "Other"];
            let hosts = ["192.0.2.1", "pbx.example", "192.0.2.3", "192.0.2.4", "a.example", "A.Example"];
            let lines: Vec<String> = rows.iter().map(|(name, host)| format!("{},{},443,COMAdmin,pw,,,,,", names[*name], hosts[*host])).collect();
            let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
            let options = PreviewOptions { encoding: None, separator: None, mode: Mode::OnPremises };
            let preview = preview(file(&lines).as_bytes(), &options, &index()).expect("a preview");
            let (mut names, mut hosts, mut customers) = (HashSet::new(), HashSet::new(), HashSet::new());
            for facts in preview.facts.iter().filter(|facts| facts.state != RowState::Invalid) {
                let cells = preview.file.parsed.cells(facts.number as usize - 1);
                prop_assert!(names.insert(fold(cells[Column::Name as usize])));
                prop_assert!(hosts.insert(cells[Column::Host as usize].to_ascii_lowercase()));
                prop_assert!(facts.matched.is_none_or(|place| customers.insert(place)));
            }
        }
    }

    /// PERF-11: the whole preview of 10,000 customers beside the csv library alone. Run by hand, in release:
    /// `cargo test --release -p flotilla-core preview_beside -- --ignored --nocapture`
    #[test]
    #[ignore = "a measurement"]
    fn preview_beside_the_csv_library() {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(COLUMNS.map(Column::header)).expect("written");
        for row in 0..10_000_u32 {
            let [_, high, middle, low] = row.to_be_bytes();
            writer
                .write_record([
                    if row % 3 == 0 {
                        format!("pbx{row}.customer.example")
                    } else {
                        format!("10.{high}.{middle}.{low}")
                    },
                    if row % 4 == 0 {
                        String::new()
                    } else {
                        "8443".to_owned()
                    },
                    format!("Customer {row} Trading, Ltd."),
                    "COMAdmin".to_owned(),
                    format!("pass{row}word"),
                    format!("{row} Harbour Street, Hamburg"),
                    format!("+49 40 55{row:05}"),
                    format!("office{row}@customer.example"),
                    if row % 5 == 0 {
                        "Call \"first\"".to_owned()
                    } else {
                        String::new()
                    },
                    "hotel;gold".to_owned(),
                    if row % 2 == 0 {
                        "cloud".to_owned()
                    } else {
                        String::new()
                    },
                ])
                .expect("written");
        }
        let bytes = writer.into_inner().expect("written");
        let existing = ExistingIndex::new(
            (0..10_000)
                .map(|row| {
                    customer(
                        &format!("Customer {} Trading, Ltd.", row * 2),
                        &format!("10.99.{}.{}", row / 256, row % 256),
                        8443,
                    )
                })
                .collect(),
            [],
        );
        let options = PreviewOptions {
            encoding: None,
            separator: None,
            mode: Mode::OnPremises,
        };
        let best = |work: &mut dyn FnMut() -> usize| {
            (0..20)
                .map(|_| {
                    let start = std::time::Instant::now();
                    assert!(work() >= 10_000);
                    start.elapsed()
                })
                .min()
                .expect("measured")
        };
        let library = best(&mut || {
            let mut reader = csv::Reader::from_reader(bytes.as_slice());
            reader
                .records()
                .map(|record| record.expect("a record"))
                .filter(|record| record.len() == 11)
                .count()
        });
        let empty = ExistingIndex::default();
        let against_none = best(&mut || preview(&bytes, &options, &empty).expect("a preview").facts.len());
        let against_many = best(&mut || {
            preview(&bytes, &options, &existing)
                .expect("a preview")
                .facts
                .len()
        });
        println!(
            "{} bytes: csv {library:?}, preview {against_none:?}, with 10,000 customers {against_many:?}",
            bytes.len()
        );
    }
}
