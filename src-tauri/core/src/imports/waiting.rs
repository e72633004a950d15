//! The waiting list in memory: the file, what differs from it, and what each row comes to (CUS-22).
//!
//! It is made from the tables alone, so that it can be thrown away at any time; who changes it writes the tables first.

use super::check::{self, TagSeparator};
use super::classify::{ExistingIndex, Facts, FileRead, Preview, PreviewOptions, RowInput, classify, read};
use super::columns::{COLUMN_COUNT, Column};
use super::kept::{KeptTest, MovedRow, Overlay, Settings};
use super::parse::Parsed;
use super::store::Head;
use super::types::*;
use crate::connections::probe::Target;
use crate::connections::store::Polled;
use crate::connections::types::{ConnectionKind, ConnectivityStatus};
use crate::customers::store::CustomerToSave;
use flotilla_connectors::Endpoint;
use flotilla_connectors::secret::Secret;
use flotilla_kernel::error::Outcome;
use flotilla_kernel::ids::OrganizationId;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

mod shown;

/// A waiting list.
pub struct WaitingList {
    pub head: Head,
    pub settings: Settings,
    file: FileRead,
    overlays: BTreeMap<u32, Overlay>,
    existing: Arc<ExistingIndex>,
    facts: Vec<Facts>,
    /// The rows whose test still says something of their connection, and whether it succeeded or waits for a yes.
    tests: HashMap<u32, TestState>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum TestState {
    Succeeded,
    Untrusted,
    Failed,
}

impl TestState {
    fn of(test: &KeptTest) -> Self {
        if test.succeeded() {
            Self::Succeeded
        } else if test.untrusted() {
            Self::Untrusted
        } else {
            Self::Failed
        }
    }
}

/// Reads a kept file; a finished list has none.
///
/// # Errors
/// As [`read`].
pub fn read_kept(bytes: &[u8], settings: &Settings) -> Outcome<FileRead> {
    if settings.finished {
        return Ok(FileRead {
            parsed: Parsed::nothing(),
            encoding: settings.encoding.unwrap_or(FileEncoding::Utf8),
            damaged: false,
        });
    }
    read(
        bytes,
        &PreviewOptions {
            encoding: settings.encoding,
            separator: settings.separator,
            mode: settings.mode,
        },
    )
}

/// How many rows of a file hold a password (CUS-24).
pub fn passwords_of(file: &FileRead) -> i64 {
    let count = (0..file.parsed.len())
        .filter(|&place| !file.parsed.cells(place)[Column::Password as usize].is_empty())
        .count();
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn address(host: &str, port: &str) -> (String, u16) {
    (
        check::canonical_host(host).unwrap_or_default().into_owned(),
        check::port(port).unwrap_or_default(),
    )
}

/// The address of typed cells, in the one spelling that is compared.
pub fn address_of(cells: &ImportCells) -> (String, u16) {
    address(&cells.host, &cells.port)
}

fn cells_of(cells: &ImportCells) -> [&str; COLUMN_COUNT] {
    [
        &cells.host,
        &cells.port,
        &cells.name,
        &cells.user_name,
        "",
        &cells.address,
        &cells.telephone,
        &cells.email,
        &cells.notes,
        &cells.tags,
        &cells.mode,
    ]
}

impl WaitingList {
    /// Of what the tables hold and the file as it was read.
    pub fn new(
        head: Head,
        settings: Settings,
        file: FileRead,
        overlays: BTreeMap<u32, Overlay>,
        existing: Arc<ExistingIndex>,
    ) -> Self {
        let mut list = Self {
            head,
            settings,
            file,
            overlays,
            existing,
            facts: Vec::new(),
            tests: HashMap::new(),
        };
        list.classify();
        list
    }

    /// Of a file that has just been read and compared.
    pub fn of_preview(
        head: Head,
        settings: Settings,
        preview: Preview,
        existing: Arc<ExistingIndex>,
    ) -> Self {
        let Preview { file, facts, .. } = preview;
        Self {
            head,
            settings,
            file,
            overlays: BTreeMap::new(),
            existing,
            facts,
            tests: HashMap::new(),
        }
    }

    /// Compares all rows again.
    fn classify(&mut self) {
        let numbers = self.numbers();
        let rows = numbers.iter().map(|&number| self.input_of(number));
        let facts = classify(
            rows,
            &self.file.parsed,
            self.file.damaged,
            self.settings.mode,
            &self.existing,
        );
        self.facts = facts;
        let tested: Vec<u32> = self
            .overlays
            .iter()
            .filter(|(_, overlay)| overlay.test.is_some())
            .map(|(row, _)| *row)
            .collect();
        self.tests = tested
            .into_iter()
            .filter_map(|row| Some((row, TestState::of(self.test_of(row)?))))
            .collect();
    }

    /// Compares with these customers from now on.
    pub fn refresh(&mut self, existing: Arc<ExistingIndex>) {
        if !Arc::ptr_eq(&existing, &self.existing) {
            self.existing = existing;
            self.classify();
        }
    }

    fn numbers(&self) -> Vec<u32> {
        let in_file = u32::try_from(self.file.parsed.len()).unwrap_or(u32::MAX);
        let there = |row: &u32| self.overlays.get(row).is_none_or(|overlay| !overlay.removed);
        let added = self
            .overlays
            .iter()
            .filter(|(row, overlay)| **row > in_file && overlay.cells.is_some())
            .map(|(row, _)| *row);
        (1..=in_file).chain(added).filter(there).collect()
    }

    /// The number of the next row that is added.
    pub fn next_number(&self) -> u32 {
        let in_file = u32::try_from(self.file.parsed.len()).unwrap_or(u32::MAX);
        self.overlays
            .last_key_value()
            .map_or(in_file, |(row, _)| in_file.max(*row))
            .saturating_add(1)
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.facts.len()
    }

    /// Whether there is none left.
    pub fn is_empty(&self) -> bool {
        self.facts.is_empty()
    }

    /// How many rows of the file hold a password.
    pub fn passwords_in_file(&self) -> i64 {
        passwords_of(&self.file)
    }

    /// The address of a row, in the one spelling that is compared.
    pub fn address(&self, number: u32) -> (String, u16) {
        if !self.contains(number) {
            return Default::default();
        }
        let input = self.input_of(number);
        address(
            input.cells[Column::Host as usize],
            input.cells[Column::Port as usize],
        )
    }

    fn input_of(&self, number: u32) -> RowInput<'_> {
        let place = number as usize - 1;
        let overlay = self.overlays.get(&number);
        match overlay.and_then(|overlay| overlay.cells.as_ref()) {
            None => self.file.row(place),
            Some(cells) => {
                let mut cells = cells_of(cells);
                cells[Column::Password as usize] = match overlay.and_then(|overlay| overlay.password.as_ref())
                {
                    Some(password) => password.expose(),
                    None => self.file.parsed.cells(place)[Column::Password as usize],
                };
                RowInput {
                    number,
                    cells,
                    tags: TagSeparator::Semicolon,
                    place: None,
                }
            }
        }
    }

    fn facts_of(&self, number: u32) -> Option<&Facts> {
        let place = self
            .facts
            .binary_search_by_key(&number, |facts| facts.number)
            .ok()?;
        self.facts.get(place)
    }

    /// Whether this row is in the list.
    pub fn contains(&self, number: u32) -> bool {
        self.facts_of(number).is_some()
    }

    /// What differs in a row.
    pub fn overlay(&self, number: u32) -> Overlay {
        self.overlays.get(&number).cloned().unwrap_or_default()
    }

    /// The tables hold this for these rows by now.
    pub fn put(&mut self, rows: impl IntoIterator<Item = (u32, Overlay)>) {
        self.overlays.extend(rows);
        self.classify();
    }

    /// The tables hold these test results by now. What a row is does not change by them.
    pub fn put_tests(&mut self, rows: impl IntoIterator<Item = (u32, Overlay)>) {
        for (row, overlay) in rows {
            self.overlays.insert(row, overlay);
            match self.test_of(row).map(TestState::of) {
                Some(state) => self.tests.insert(row, state),
                None => self.tests.remove(&row),
            };
        }
    }

    /// These rows are out of the list.
    pub fn remove(&mut self, rows: &[u32]) {
        self.overlays.extend(rows.iter().map(|&row| {
            (
                row,
                Overlay {
                    removed: true,
                    ..Overlay::default()
                },
            )
        }));
        self.classify();
    }

    /// The rows that were added by hand, with the numbers they get when the file has this many rows: they stand behind
    /// its rows, however many it has.
    pub fn moved_behind(&self, in_file: usize) -> Vec<MovedRow> {
        let in_file = u32::try_from(in_file).unwrap_or(u32::MAX);
        let before = u32::try_from(self.file.parsed.len()).unwrap_or(u32::MAX);
        // A row that was changed keeps its number, also when the file has fewer rows by now.
        let last_changed = self.overlays.range(..=before).next_back().map(|(row, _)| *row);
        let first = in_file.max(last_changed.unwrap_or(0)).saturating_add(1);
        self.overlays
            .range(before.saturating_add(1)..)
            .filter(|_| in_file != before)
            .zip(first..)
            .map(|((&from, overlay), to)| MovedRow {
                from,
                to,
                overlay: overlay.clone(),
            })
            .collect()
    }

    /// The file is read in another way by now, and the added rows stand elsewhere.
    pub fn read_again(&mut self, settings: Settings, file: FileRead, moved: Vec<MovedRow>) {
        self.settings = settings;
        self.file = file;
        for row in &moved {
            self.overlays.remove(&row.from);
        }
        self.overlays
            .extend(moved.into_iter().map(|row| (row.to, row.overlay)));
        self.classify();
    }

    /// A name for the connection of a row: a test says something of exactly this one.
    fn connection(&self, facts: &Facts) -> String {
        let input = self.input_of(facts.number);
        let host = check::canonical_host(input.cells[Column::Host as usize]).unwrap_or_default();
        let port = check::port(input.cells[Column::Port as usize]).unwrap_or_default();
        let password = input.cells[Column::Password as usize];
        let customer = facts
            .matched
            .and_then(|place| self.existing.get(place))
            .filter(|_| password.is_empty());
        let mut hash = Sha256::new();
        for text in [
            host.as_ref(),
            &port.to_string(),
            input.cells[Column::UserName as usize].trim(),
            password,
        ] {
            hash.update((text.len() as u64).to_le_bytes());
            hash.update(text.as_bytes());
        }
        if let Some(customer) = customer {
            hash.update(customer.id.blob());
        }
        data_encoding::BASE64.encode(&hash.finalize())
    }

    /// The result of a row's last test, if it is of the connection the row has now.
    fn test_of(&self, number: u32) -> Option<&KeptTest> {
        let test = self.overlays.get(&number)?.test.as_ref()?;
        let facts = self.facts_of(number)?;
        (test.connection == self.connection(facts)).then_some(test)
    }

    fn savable(facts: &Facts) -> bool {
        matches!(facts.state, RowState::New | RowState::Update)
    }

    /// What is to be tested: of all rows or the chosen ones those that can be stored, with their connections. `polled`
    /// holds the customers there are, for the passwords and pins that a row leaves as they are.
    pub fn targets(
        &self,
        chosen: Option<&[u32]>,
        polled: &HashMap<OrganizationId, Polled>,
    ) -> Vec<(u32, String, Target)> {
        let numbers: Box<dyn Iterator<Item = &Facts>> = match chosen {
            None => Box::new(self.facts.iter()),
            Some(rows) => Box::new(rows.iter().filter_map(|&row| self.facts_of(row))),
        };
        numbers
            .filter(|facts| Self::savable(facts))
            .filter_map(|facts| self.target(facts, polled))
            .collect()
    }

    fn target(
        &self,
        facts: &Facts,
        polled: &HashMap<OrganizationId, Polled>,
    ) -> Option<(u32, String, Target)> {
        let input = self.input_of(facts.number);
        let cell = |column: Column| input.cells[column as usize];
        let port = check::port(cell(Column::Port)).ok()?;
        let endpoint = Endpoint::parse(cell(Column::Host), port).ok()?;
        let known = facts
            .matched
            .and_then(|place| self.existing.get(place))
            .and_then(|customer| polled.get(&customer.id));
        let password = match cell(Column::Password) {
            "" => known.map(|known| known.target.password.clone())?,
            password => Secret::new(password),
        };
        let accepted = self
            .overlays
            .get(&facts.number)
            .and_then(|overlay| overlay.pin.as_ref())
            .and_then(super::kept::Der::certificate);
        // A pin belongs to an address; another address starts anew (CUS-15).
        let kept = known
            .filter(|known| known.target.endpoint == endpoint)
            .and_then(|known| known.target.pin);
        let target = Target {
            kind: ConnectionKind::IpOffice,
            endpoint,
            user_name: cell(Column::UserName).trim().to_owned(),
            password,
            proxy: known.map(|known| known.target.proxy.clone()).unwrap_or_default(),
            pin: accepted.map(|certificate| certificate.fingerprint).or(kept),
        };
        Some((facts.number, self.connection(facts), target))
    }

    /// The rows whose certificate waits for a yes: the chosen ones, or all that were met for the first time. One that
    /// has changed is looked at by itself (CRT-11).
    pub fn untrusted(&self, chosen: Option<&[u32]>) -> Vec<u32> {
        let first_met = |row: &u32| {
            self.test_of(*row)
                .is_some_and(|test| test.status == ConnectivityStatus::CertificateNotTrusted)
        };
        let waits = |row: &u32| {
            self.tests.get(row) == Some(&TestState::Untrusted)
                && self.facts_of(*row).is_some_and(Self::savable)
        };
        match chosen {
            None => self
                .facts
                .iter()
                .map(|facts| facts.number)
                .filter(waits)
                .filter(first_met)
                .collect(),
            Some(rows) => rows.iter().copied().filter(waits).collect(),
        }
    }

    /// The rows a save would store, each with whether its test succeeded; and the unchanged ones, which are done
    /// (CUS-23).
    pub fn to_save(&self, without_contact: bool) -> (Vec<(u32, bool)>, Vec<u32>) {
        let succeeded = |row: u32| self.tests.get(&row) == Some(&TestState::Succeeded);
        let rows = self
            .facts
            .iter()
            .filter(|facts| Self::savable(facts))
            .map(|facts| (facts.number, succeeded(facts.number)));
        let unchanged = self
            .facts
            .iter()
            .filter(|facts| facts.state == RowState::Unchanged)
            .map(|facts| facts.number);
        (
            rows.filter(|(_, succeeded)| *succeeded || without_contact)
                .collect(),
            unchanged.collect(),
        )
    }

    /// The customer a row is stored as.
    pub fn customer(&self, number: u32, polled: &HashMap<OrganizationId, Polled>) -> Option<CustomerToSave> {
        let facts = self.facts_of(number).filter(|facts| Self::savable(facts))?;
        let input = self.input_of(number);
        let mut problems = Vec::new();
        let meaning = check::check(&input.cells, input.tags, false, &mut problems);
        let id = facts
            .matched
            .and_then(|place| self.existing.get(place))
            .map(|customer| customer.id);
        let proxy = id
            .and_then(|id| polled.get(&id))
            .map(|known| known.target.proxy.clone())
            .unwrap_or_default();
        let fields = check::fields_of(&input.cells, &meaning, input.tags, self.settings.mode, proxy);
        let password = Some(input.cells[Column::Password as usize])
            .filter(|password| !password.is_empty())
            .map(Secret::new);
        let tested = self
            .test_of(number)
            .filter(|test| test.succeeded())
            .map(KeptTest::tested);
        let pin = match &tested {
            Some(tested) => tested.certificate.clone(),
            None => self
                .overlays
                .get(&number)
                .and_then(|overlay| overlay.pin.as_ref())
                .and_then(super::kept::Der::certificate),
        };
        Some(CustomerToSave {
            id,
            fields,
            password,
            pin,
            probe: tested,
        })
    }
}
