//! The waiting list in memory: the file, what differs from it, and what each row comes to (CUS-22).
//!
//! It is made from the tables alone, so that it can be thrown away at any time; who changes it writes the tables first.

use super::check::{self, TagSeparator};
use super::classify::{Facts, FileRead, Judge, Preview, PreviewOptions, classify, read};
use super::columns::{COLUMN_COUNT, COLUMNS, Column, ImportKind};
use super::existing::ExistingIndex;
use super::kept::{KeptTest, MovedRow, Overlay, Settings};
use super::parse::Parsed;
use super::row::RowInput;
use super::store::Head;
use super::types::*;
use crate::devices::rules;
use flotilla_connectors::secret::Secret;
use flotilla_kernel::error::{FieldProblem, Outcome};
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;

mod acting;
mod shown;

pub use acting::{DeviceToAdd, FoundBy};

/// A waiting list.
pub struct WaitingList {
    /// What stays as it is for the whole life of the list.
    pub head: Head,
    /// How the file is read, and how far the list has come.
    pub settings: Settings,
    file: FileRead,
    overlays: BTreeMap<u32, Overlay>,
    existing: Arc<ExistingIndex>,
    facts: Vec<Facts>,
    /// What was shown of the customers there are.
    seen: Seen,
    /// The rows that a save left behind because their customer came, went or changed meanwhile, until they are touched.
    changed: BTreeSet<u32>,
    /// The rows whose test still says something of their connection, and whether it succeeded or waits for a yes.
    tests: HashMap<u32, TestState>,
}

/// What was shown of the customers there are: rises whenever a row comes to something else because customers changed.
#[derive(Clone)]
struct Seen {
    /// Another one each time the list is read from the tables and nobody knows any more what was shown before.
    instance: u64,
    number: u64,
    /// Under which number a row last came to something else.
    rows: HashMap<u32, u64>,
}

impl Default for Seen {
    fn default() -> Self {
        Self {
            instance: RandomState::new().hash_one(0),
            number: 0,
            rows: HashMap::new(),
        }
    }
}

/// What a list that leaves memory has shown, and what it was compared with then.
pub struct Shown {
    seen: Seen,
    existing: Arc<ExistingIndex>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum TestState {
    Succeeded,
    Untrusted,
    /// A device that can be given the account of its row as its first one.
    FactoryNew,
    Failed,
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
            kind: settings.kind(),
            encoding: settings.encoding,
            separator: settings.separator,
            mode: settings.mode,
            mappings: settings.mappings.clone(),
        },
    )
}

/// How many rows of a file hold a password (CUS-24).
pub fn passwords_of(file: &FileRead) -> i64 {
    let count = (0..file.parsed.len())
        .filter(|&place| !file.parsed.cells(place)[Column::Password as usize].is_empty())
        .count();
    // Where the cells cannot be told apart one that is not shown may be one.
    let hidden = |place: &usize| file.parsed.line(*place).contains(&None);
    let count = count + file.parsed.misshapen().filter(hidden).count();
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// The address of these cells, in the one spelling that is compared.
pub fn address_of(kind: ImportKind, host: &str, port: &str) -> (String, u16) {
    (
        check::canonical_host(host).unwrap_or_default().into_owned(),
        check::port(kind, port).unwrap_or_default(),
    )
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
            seen: Seen::default(),
            changed: BTreeSet::new(),
            tests: HashMap::new(),
        };
        list.date_back();
        list.classify();
        list
    }

    /// What was shown of it.
    pub fn shown(&self) -> Shown {
        Shown {
            seen: self.seen.clone(),
            existing: self.existing.clone(),
        }
    }

    /// As [`WaitingList::new`], for a list that was in memory before: compared with what it was compared with then, so that the next
    /// [`WaitingList::refresh`] tells which rows came to something else since.
    pub fn again(
        head: Head,
        settings: Settings,
        file: FileRead,
        overlays: BTreeMap<u32, Overlay>,
        shown: Shown,
    ) -> Self {
        let mut list = Self::new(head, settings, file, overlays, shown.existing);
        list.seen = shown.seen;
        list
    }

    /// Rows that were touched before lines were kept stand where they stood.
    fn date_back(&mut self) {
        let lines = self.file.parsed.lines();
        for (number, overlay) in &mut self.overlays {
            if overlay.line.is_none() && !overlay.added {
                overlay.line = lines.get(*number as usize - 1).copied();
                overlay.added = overlay.line.is_none();
            }
        }
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
            seen: Seen::default(),
            changed: BTreeSet::new(),
            tests: HashMap::new(),
        }
    }

    /// Compares all rows again.
    fn classify(&mut self) {
        let numbers = self.numbers();
        let rows = numbers.iter().map(|&number| self.said_of(number));
        let judge = Judge {
            kind: self.kind(),
            damaged: self.file.damaged,
            mode: self.settings.mode,
            fill: &self.settings.fill,
            existing: &self.existing,
        };
        let facts = classify(rows, &self.file.parsed, judge);
        self.facts = facts;
        let tested: Vec<u32> = self
            .overlays
            .iter()
            .filter(|(_, overlay)| overlay.test.is_some())
            .map(|(row, _)| *row)
            .collect();
        self.tests = tested
            .into_iter()
            .filter_map(|row| Some((row, self.test_state(row)?)))
            .collect();
        if self.kind() == ImportKind::Devices {
            self.compare_devices();
        }
    }

    /// What the rows become.
    pub fn kind(&self) -> ImportKind {
        self.settings.kind()
    }

    /// Compares with these customers from now on.
    pub fn refresh(&mut self, existing: Arc<ExistingIndex>) {
        if Arc::ptr_eq(&existing, &self.existing) {
            return;
        }
        let before = std::mem::replace(&mut self.existing, existing);
        let facts = std::mem::take(&mut self.facts);
        self.classify();
        let number = self.seen.number + 1;
        let other = |(was, is): (&Facts, &Facts)| {
            let customer = |index: &ExistingIndex, facts: &Facts| {
                facts.matched.and_then(|place| index.get(place)).cloned()
            };
            let same = was.state == is.state
                && customer(&before, was) == customer(&self.existing, is)
                && self.leads_as_before(is.number, &before, &self.existing);
            (!same).then_some(is.number)
        };
        let rows: Vec<u32> = facts.iter().zip(&self.facts).filter_map(other).collect();
        if !rows.is_empty() {
            self.seen.number = number;
            self.seen.rows.extend(rows.into_iter().map(|row| (row, number)));
        }
    }

    /// What the rows are compared with.
    pub fn existing(&self) -> &Arc<ExistingIndex> {
        &self.existing
    }

    /// The serial numbers of the devices whose test still says something, in capitals.
    pub fn serials(&self) -> Vec<String> {
        let tested = self.tests.keys().filter_map(|&row| self.test_of(row)?.serial());
        let serials: BTreeSet<String> = tested.map(str::to_uppercase).collect();
        serials.into_iter().collect()
    }

    /// What is shown of the customers there are, as it goes over the wire.
    pub fn preview(&self) -> String {
        format!("{:x}.{}", self.seen.instance, self.seen.number)
    }

    /// Whether a row has come to something else since this was shown; none when that is not known any more.
    pub fn changed_since(&self, preview: &str) -> Option<impl Fn(u32) -> bool + '_> {
        let number: u64 = preview
            .strip_prefix(&format!("{:x}.", self.seen.instance))?
            .parse()
            .ok()?;
        Some(move |row| self.seen.rows.get(&row).is_some_and(|changed| *changed > number))
    }

    fn numbers(&self) -> Vec<u32> {
        let in_file = self.rows_in_file();
        let there = |row: &u32| self.overlays.get(row).is_none_or(|overlay| !overlay.removed);
        let behind = self
            .overlays
            .range(in_file.saturating_add(1)..)
            .filter(|(_, overlay)| overlay.added || overlay.is_edited())
            .map(|(row, _)| *row);
        (1..=in_file).chain(behind).filter(there).collect()
    }

    fn rows_in_file(&self) -> u32 {
        u32::try_from(self.file.parsed.len()).unwrap_or(u32::MAX)
    }

    /// The number of the next row that is added.
    pub fn next_number(&self) -> u32 {
        let in_file = self.rows_in_file();
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
        address_of(
            self.kind(),
            input.cells[Column::Host as usize],
            input.cells[Column::Port as usize],
        )
    }

    /// The cell of a row as it is shown and edited; of the password nothing.
    pub fn cell(&self, number: u32, column: Column) -> String {
        if column == Column::Password || !self.contains(number) {
            return String::new();
        }
        let input = self.input_of(number);
        let cell = input.cells[column as usize];
        match column {
            Column::Tags => input.tags.plain(cell),
            _ => cell.to_owned(),
        }
    }

    /// The path of the folder that a device is put into, as its row has it; empty: the one that was chosen for all.
    fn path(&self, number: u32) -> &str {
        check::trimmed(self.said_of(number).cells[Column::Folder as usize])
    }

    /// What a row is judged by: what the file and who typed into it say, and what was said for all rows that need it.
    fn input_of(&self, number: u32) -> RowInput<'_> {
        let row = self.said_of(number);
        match self.facts_of(number) {
            Some(facts) => facts.needs.filled(row, &self.settings.fill),
            None => row,
        }
    }

    /// What the file says of a row, and who typed into it.
    fn said_of(&self, number: u32) -> RowInput<'_> {
        let in_file = number <= self.rows_in_file();
        let overlay = self.overlays.get(&number);
        let mut row = if in_file {
            self.file.row(number as usize - 1)
        } else {
            RowInput {
                number,
                cells: [""; COLUMN_COUNT],
                tags: TagSeparator::Semicolon,
                place: None,
                said: [true; COLUMN_COUNT],
                gone: overlay.is_some_and(|overlay| !overlay.added),
            }
        };
        let Some(overlay) = overlay else { return row };
        if overlay.mended {
            row.place = None;
            // What is not shown of the line is not known.
            let known = |column: Column| row.said[column as usize] && !row.cells[column as usize].is_empty();
            row.said = COLUMNS.map(known);
        }
        for column in COLUMNS {
            let edited = match column {
                Column::Password => overlay.password.as_ref().map(Secret::expose),
                _ => overlay.cells.of(column),
            };
            if let Some(text) = edited {
                row.cells[column as usize] = text;
                row.said[column as usize] = true;
                if column == Column::Tags {
                    row.tags = TagSeparator::Semicolon;
                }
            }
        }
        row
    }

    /// Whether the row's line has too many or too few cells, and nobody has said what they are.
    pub fn is_misshapen(&self, number: u32) -> bool {
        self.contains(number)
            && self
                .input_of(number)
                .place
                .is_some_and(|place| self.file.parsed.is_misshapen(place))
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
        self.overlays.get(&number).cloned().unwrap_or_else(|| Overlay {
            line: self.line(number),
            ..Overlay::default()
        })
    }

    /// The line of the file that a row starts in.
    fn line(&self, number: u32) -> Option<u32> {
        match self.overlays.get(&number) {
            Some(overlay) => overlay.line,
            None => self.file.parsed.lines().get(number as usize - 1).copied(),
        }
    }

    /// The rows with the lines of the file that they start in.
    pub fn with_lines(&self, rows: &[u32]) -> Vec<(u32, Option<u32>)> {
        rows.iter().map(|&row| (row, self.line(row))).collect()
    }

    /// The tables hold this for these rows by now.
    pub fn put(&mut self, rows: impl IntoIterator<Item = (u32, Overlay)>) {
        for (row, overlay) in rows {
            self.changed.remove(&row);
            self.overlays.insert(row, overlay);
        }
        self.classify();
    }

    /// The tables hold these test results by now. What a row is does not change by them.
    pub fn put_tests(&mut self, rows: impl IntoIterator<Item = (u32, Overlay)>) {
        for (row, overlay) in rows {
            self.overlays.insert(row, overlay);
            match self.test_state(row) {
                Some(state) => self.tests.insert(row, state),
                None => self.tests.remove(&row),
            };
        }
        // Of a device it is known by its serial number alone whether it is managed already.
        if self.kind() == ImportKind::Devices {
            self.classify();
        }
    }

    /// These rows are out of the list.
    pub fn remove(&mut self, rows: &[u32]) {
        self.take_out(rows);
        self.classify();
    }

    /// These rows have been stored and are out of the list; what the others are is asked when all is done.
    pub fn take_out(&mut self, rows: &[u32]) {
        let gone: HashSet<u32> = rows.iter().copied().collect();
        for (row, line) in self.with_lines(rows) {
            self.changed.remove(&row);
            self.tests.remove(&row);
            self.overlays.insert(row, Overlay::removed(line));
        }
        self.facts.retain(|facts| !gone.contains(&facts.number));
    }

    /// These rows were left behind because their customer came, went or changed meanwhile.
    pub fn leave(&mut self, rows: impl IntoIterator<Item = u32>) {
        self.changed.extend(rows);
    }

    /// Which numbers the touched rows get when the file is read so: those of the file stand where their line is, the others
    /// behind its rows, however many it has. Those that have no line in it any more keep what was typed (CUS-26).
    pub fn moved(&self, file: &FileRead) -> Vec<MovedRow> {
        let lines = file.parsed.lines();
        let mut behind = u32::try_from(file.parsed.len()).unwrap_or(u32::MAX);
        let mut moved = Vec::new();
        for (&from, overlay) in &self.overlays {
            let place = overlay.line.and_then(|line| lines.binary_search(&line).ok());
            let to = match place {
                Some(place) => u32::try_from(place + 1).unwrap_or(u32::MAX),
                None => {
                    behind = behind.saturating_add(1);
                    behind
                }
            };
            if from != to {
                let overlay = overlay.clone();
                moved.push(MovedRow { from, to, overlay });
            }
        }
        moved
    }

    /// What was said of the columns of the file counts from now on, or how it fills what rows need.
    pub fn apply_settings(&mut self, settings: Settings) {
        self.settings = settings;
        self.classify();
    }

    /// The names of the columns of the file.
    pub fn names(&self) -> &[String] {
        self.file.parsed.names()
    }

    /// Whether the first line of the file is a row.
    pub fn is_headerless(&self) -> bool {
        self.file.parsed.headerless
    }

    /// The columns of the file, to say what they are.
    pub fn file_columns(&self) -> Vec<ImportColumn> {
        self.file.parsed.file_columns()
    }

    /// The file is read in another way by now, and these rows stand elsewhere.
    pub fn read_again(&mut self, settings: Settings, file: FileRead, moved: Vec<MovedRow>) {
        self.settings = settings;
        self.file = file;
        for row in &moved {
            self.overlays.remove(&row.from);
        }
        self.overlays
            .extend(moved.into_iter().map(|row| (row.to, row.overlay)));
        // Their numbers are those of other rows now.
        self.changed.clear();
        self.seen = Seen::default();
        self.classify();
    }

    /// Where a row is reached, and as whom: what the file does not say is as the customer has it.
    fn reached<'a>(&'a self, facts: &Facts, input: &RowInput<'a>) -> (Cow<'a, str>, u16, &'a str) {
        let customer = facts.matched.and_then(|place| self.existing.get(place));
        let said = |column: Column| input.said[column as usize] || customer.is_none();
        let cell = |column: Column| input.cells[column as usize];
        let host = match customer {
            Some(customer) if !said(Column::Host) => Cow::Borrowed(customer.host.as_str()),
            _ => check::canonical_host(cell(Column::Host)).unwrap_or_default(),
        };
        let port = match customer {
            Some(customer) if !said(Column::Port) => u16::try_from(customer.port).unwrap_or_default(),
            _ => check::port(self.kind(), cell(Column::Port)).unwrap_or_default(),
        };
        let user = match customer {
            Some(customer) if !said(Column::UserName) => customer.user_name.as_str(),
            _ => cell(Column::UserName).trim(),
        };
        (host, port, user)
    }

    /// A name for the connection of a row: a test says something of exactly this one.
    fn connection(&self, facts: &Facts) -> String {
        let input = self.input_of(facts.number);
        let (host, port, user) = self.reached(facts, &input);
        let password = input.cells[Column::Password as usize];
        let customer = facts
            .matched
            .and_then(|place| self.existing.get(place))
            .filter(|_| password.is_empty());
        let mut hash = Sha256::new();
        for text in [host.as_ref(), &port.to_string(), user, password] {
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

    /// What the result of a row's last test comes to.
    fn test_state(&self, number: u32) -> Option<TestState> {
        let test = self.test_of(number)?;
        Some(if test.succeeded() {
            TestState::Succeeded
        } else if test.untrusted() {
            TestState::Untrusted
        } else if test.waits_for_account() && self.wrong_account(number).is_none() {
            TestState::FactoryNew
        } else {
            TestState::Failed
        })
    }

    /// Why the user name and the password of a row cannot be those of a first account; none: they can (VPX-14).
    fn wrong_account(&self, number: u32) -> Option<FieldProblem> {
        let input = self.input_of(number);
        let password = Secret::new(input.cells[Column::Password as usize]);
        rules::first_account(input.cells[Column::UserName as usize], &password).err()
    }

    fn savable(facts: &Facts) -> bool {
        matches!(facts.state, RowState::New | RowState::Update)
    }
}
