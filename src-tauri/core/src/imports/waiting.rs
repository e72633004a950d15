//! The waiting list in memory: the file, what differs from it, and what each row comes to (CUS-22).
//!
//! It is made from the tables alone, so that it can be thrown away at any time; who changes it writes the tables first.

use super::check::{self, TagSeparator};
use super::classify::{
    ExistingIndex, Facts, FileRead, Preview, PreviewOptions, RowInput, classify, count, read, was,
};
use super::kept::{KeptTest, Overlay, Settings};
use super::parse::{COLUMN_COUNT, Column, Parsed};
use super::service::Running;
use super::store::{self, Head, Kept};
use super::types::*;
use crate::connections::probe::Target;
use crate::connections::store::Polled;
use crate::connections::types::*;
use crate::customers::store::CustomerToSave;
use crate::customers::types::*;
use flotilla_connectors::Endpoint;
use flotilla_connectors::secret::Secret;
use flotilla_kernel::database::fold;
use flotilla_kernel::error::{ErrorCode, Outcome, Problem};
use flotilla_kernel::events::Event;
use flotilla_kernel::ids::{AccountId, ImportId, OrganizationId};
use flotilla_kernel::lists::types::Sort;
use flotilla_kernel::workspace::Workspace;
use parking_lot::Mutex;
use sha2::{Digest, Sha256};
use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use tokio::sync::broadcast;
use tokio::sync::broadcast::error::TryRecvError;

/// A cell longer than this is cut where it is shown; it is far beyond what any column may hold.
const SHOWN: usize = 8_000;

/// So many waiting lists stay in memory; others are read again when they are asked for.
const CACHED: usize = 4;

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

/// A row that gets another number.
#[derive(Clone)]
pub struct MovedRow {
    pub from: u32,
    pub to: u32,
    pub overlay: Overlay,
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

    /// The list as a whole.
    pub fn view(&self, running: Option<&Running>) -> ImportView {
        let mut counts = count(&self.facts);
        for facts in self.facts.iter().filter(|facts| Self::savable(facts)) {
            match self.tests.get(&facts.number) {
                Some(TestState::Succeeded) => {
                    counts.connected += 1;
                    counts.savable += 1;
                }
                Some(TestState::Untrusted) => counts.untrusted += 1,
                Some(TestState::Failed) => counts.failed += 1,
                None => {}
            }
        }
        counts.untested = counts.new + counts.update - counts.savable;
        ImportView {
            import: self.head.id,
            file_name: self.head.file_name.clone(),
            size: self.head.size,
            encoding: self.file.encoding,
            encoding_detected: self.settings.encoding.is_none(),
            separator: self.file.parsed.separator,
            separator_detected: self.settings.separator.is_none(),
            mode: self.settings.mode,
            problems: self.file.problems(),
            counts,
            test: running.map(Running::view),
            created_at: self.head.created_at,
            passwords: self.settings.passwords,
            deletable: self.head.path.is_some() && !self.settings.file_deleted,
        }
    }

    /// A row as it is shown. The password is not in it.
    pub fn row(&self, number: u32, running: Option<&Running>) -> Option<ImportRow> {
        let facts = self.facts_of(number)?;
        let input = self.input_of(number);
        let shown = |column: Column| {
            let cell = input.cells[column as usize];
            match cell.char_indices().nth(SHOWN) {
                Some((end, _)) => cell[..end].to_owned(),
                None => cell.to_owned(),
            }
        };
        let mut problems: Vec<_> = facts.problems.iter().map(check::CellProblem::view).collect();
        if input.place.is_some() {
            problems.extend(self.file.parsed.header.iter().cloned());
        }
        let was = match (facts.state, facts.matched) {
            (RowState::Update, Some(place)) => was(&input, self.settings.mode, &self.existing, place),
            _ => Vec::new(),
        };
        let test = running
            .and_then(|running| running.phase(number))
            .unwrap_or_else(|| self.test_of(number).map_or(RowTest::None, KeptTest::view));
        Some(ImportRow {
            row: number,
            state: facts.state,
            has_password: !input.cells[Column::Password as usize].is_empty(),
            cells: ImportCells {
                host: shown(Column::Host),
                port: shown(Column::Port),
                name: shown(Column::Name),
                user_name: shown(Column::UserName),
                address: shown(Column::Address),
                telephone: shown(Column::Telephone),
                email: shown(Column::Email),
                notes: shown(Column::Notes),
                tags: input.tags.plain(&shown(Column::Tags)),
                mode: shown(Column::Mode),
            },
            problems,
            was,
            test,
        })
    }

    /// The numbers of the rows that match, in order.
    ///
    /// # Errors
    /// `list.unknown-column`
    pub fn find(&self, search: &str, state: Option<RowState>, sort: Option<&Sort>) -> Outcome<Vec<u32>> {
        let words: Vec<String> = search.split_whitespace().map(fold).collect();
        let matches = |facts: &&Facts| {
            if state.is_some_and(|state| state != facts.state) {
                return false;
            }
            if words.is_empty() {
                return true;
            }
            let mut cells = self.input_of(facts.number).cells;
            // What cannot be seen is not searched.
            cells[Column::Password as usize] = "";
            let key = flotilla_kernel::database::search_key(cells);
            words.iter().all(|word| key.contains(word.as_str()))
        };
        let mut found: Vec<&Facts> = self.facts.iter().filter(matches).collect();
        if let Some(sort) = sort {
            self.sort(&mut found, sort)?;
        }
        Ok(found.into_iter().map(|facts| facts.number).collect())
    }

    fn sort(&self, found: &mut [&Facts], sort: &Sort) -> Outcome<()> {
        let direction = |ordering: Ordering| {
            if sort.descending {
                ordering.reverse()
            } else {
                ordering
            }
        };
        let column = match sort.column.as_str() {
            "row" => {
                found.sort_by(|one, other| direction(one.number.cmp(&other.number)));
                return Ok(());
            }
            "state" => {
                found.sort_by(|one, other| direction((one.state as u8).cmp(&(other.state as u8))));
                return Ok(());
            }
            "test" => {
                let place = |facts: &&Facts| match self.tests.get(&facts.number) {
                    Some(TestState::Succeeded) => 0,
                    Some(TestState::Untrusted) => 1,
                    Some(TestState::Failed) => 2,
                    None => 3,
                };
                found.sort_by(|one, other| direction(place(one).cmp(&place(other))));
                return Ok(());
            }
            name => super::parse::COLUMNS
                .into_iter()
                .find(|column| column.field() == name && *column != Column::Password)
                .ok_or_else(|| Problem::new(ErrorCode::UnknownColumn).with("column", name))?,
        };
        let cell = |facts: &&Facts| self.input_of(facts.number).cells[column as usize].trim();
        match column {
            Column::Port => {
                let port = |facts: &&Facts| check::port(cell(facts)).unwrap_or_default();
                found.sort_by(|one, other| direction(port(one).cmp(&port(other))));
            }
            Column::Host => {
                // Addresses by their numbers, before names.
                let key = |facts: &&Facts| {
                    let host = check::canonical_host(cell(facts))
                        .unwrap_or_default()
                        .into_owned();
                    (
                        host.parse::<std::net::IpAddr>()
                            .map_or((1, None), |address| (0, Some(address))),
                        host,
                    )
                };
                found.sort_by_cached_key(key);
                if sort.descending {
                    found.reverse();
                }
            }
            _ => {
                found.sort_by_cached_key(|facts| fold(cell(facts)));
                if sort.descending {
                    found.reverse();
                }
            }
        }
        Ok(())
    }
}

/// A waiting list that several calls share.
pub type Shared = Arc<tokio::sync::Mutex<WaitingList>>;

/// What the workspace holds in memory of waiting lists; all of it can be read again from the tables, except what is
/// under way.
#[derive(Default)]
pub struct ImportCache {
    lists: Mutex<HashMap<ImportId, Shared>>,
    running: Mutex<HashMap<ImportId, Arc<Running>>>,
    known: Mutex<Option<Known>>,
}

struct Known {
    events: broadcast::Receiver<Event>,
    index: Arc<ExistingIndex>,
}

impl ImportCache {
    /// Another process has written into the workspace: everything is read anew. Tests under way go on.
    pub fn clear(&self) {
        self.lists.lock().clear();
        *self.known.lock() = None;
    }

    /// This list is read anew when it is next asked for.
    pub fn forget(&self, id: ImportId) {
        self.lists.lock().remove(&id);
    }

    /// Keeps a list in memory.
    pub fn keep(&self, list: WaitingList) -> Shared {
        let id = list.head.id;
        let mut lists = self.lists.lock();
        if lists.len() >= CACHED {
            // Who still holds one goes on with it.
            lists.retain(|_, list| Arc::strong_count(list) > 1);
        }
        let shared = Arc::new(tokio::sync::Mutex::new(list));
        lists.entry(id).or_insert(shared).clone()
    }

    /// The test under way of a list.
    pub fn running(&self, id: ImportId) -> Option<Arc<Running>> {
        self.running.lock().get(&id).cloned()
    }

    /// The lists with a test under way in this process.
    pub fn all_running(&self) -> Vec<ImportId> {
        self.running.lock().keys().copied().collect()
    }

    /// A test begins.
    pub fn begin(&self, id: ImportId, running: Arc<Running>) {
        self.running.lock().insert(id, running);
    }

    /// A test has ended.
    pub fn end(&self, id: ImportId) {
        self.running.lock().remove(&id);
    }

    /// The list of this id, read from the tables if need be.
    ///
    /// # Errors
    /// `not-found`, database errors.
    pub async fn list(&self, workspace: &Workspace, id: ImportId) -> Outcome<Shared> {
        if let Some(list) = self.lists.lock().get(&id) {
            return Ok(list.clone());
        }
        let existing = self.existing(workspace).await?;
        let kept = store::load(&mut *workspace.database.read().await?, id)
            .await?
            .ok_or_else(|| Problem::new(ErrorCode::NotFound))?;
        // A large file takes longer than anything else may wait for.
        let list = tokio::task::spawn_blocking(move || {
            let Kept {
                head,
                settings,
                bytes,
                overlays,
            } = kept;
            let file = read_kept(&bytes, &settings)?;
            Ok::<_, Problem>(WaitingList::new(head, settings, file, overlays, existing))
        })
        .await
        .map_err(Problem::internal)??;
        Ok(self.keep(list))
    }

    /// The list of this id, if it is this account's.
    ///
    /// # Errors
    /// `not-found`, database errors.
    pub async fn own(&self, workspace: &Workspace, account: AccountId, id: ImportId) -> Outcome<Shared> {
        let list = self.list(workspace, id).await?;
        if list.lock().await.head.account == account {
            Ok(list)
        } else {
            Err(ErrorCode::NotFound.into())
        }
    }

    /// The customers there are, read again only after one has changed.
    ///
    /// # Errors
    /// Database errors.
    pub async fn existing(&self, workspace: &Workspace) -> Outcome<Arc<ExistingIndex>> {
        if let Some(index) = self.known.lock().as_mut().and_then(Known::fresh) {
            return Ok(index);
        }
        // Asked for first, so that nothing happens between reading and listening.
        let events = workspace.database.subscribe();
        let mut connection = workspace.database.read().await?;
        let index = Arc::new(read_existing(&mut connection).await?);
        *self.known.lock() = Some(Known {
            events,
            index: index.clone(),
        });
        Ok(index)
    }
}

impl Known {
    fn fresh(&mut self) -> Option<Arc<ExistingIndex>> {
        loop {
            match self.events.try_recv() {
                Ok(Event::Changed {
                    feature: crate::customers::types::CHANGES | crate::organizations::types::CHANGES,
                    ..
                }) => return None,
                Ok(_) => {}
                Err(TryRecvError::Empty) => return Some(self.index.clone()),
                Err(TryRecvError::Lagged(_) | TryRecvError::Closed) => return None,
            }
        }
    }
}

/// The customers there are, as this connection sees them.
///
/// # Errors
/// Database errors.
pub async fn read_existing(connection: &mut sqlx::SqliteConnection) -> Outcome<ExistingIndex> {
    let customers = crate::customers::store::existing(connection).await?;
    let names = crate::organizations::store::name_keys(connection).await?;
    Ok(ExistingIndex::new(customers, names))
}
