//! A waiting list as it is looked at: the whole, its rows, what is searched and how it is sorted.

use super::{TestState, WaitingList};
use crate::imports::check;
use crate::imports::classify::{Facts, count};
use crate::imports::columns::{COLUMNS, Column, ImportKind};
use crate::imports::compare::was;
use crate::imports::folders::{Place, names_of};
use crate::imports::kept::{FILLED, KeptTest};
use crate::imports::running::Running;
use crate::imports::types::{
    ImportCells, ImportCounts, ImportGap, ImportRow, ImportRowsArgument, ImportView, ImportWas, RowState,
    RowTest,
};
use flotilla_kernel::database::{fold, search_fold, search_key};
use flotilla_kernel::error::{ErrorCode, Outcome, Problem};
use flotilla_kernel::lists::types::Sort;
use std::cmp::Ordering;

/// A cell longer than this is cut where it is shown; it is far beyond what any column may hold.
const SHOWN: usize = 8_000;

/// A part of a text as it is put in order: numbers by their value, before what else there is.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    /// How many digits it has without those zeros that stand before it, and these.
    Number(usize, String),
    Text(String),
}

/// By what a text is put in order as people do: `cam2` before `cam10`.
fn natural_key(text: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let digits = first.is_ascii_digit();
        let end = rest
            .find(|character: char| character.is_ascii_digit() != digits)
            .unwrap_or(rest.len());
        let (part, after) = rest.split_at(end);
        parts.push(if digits {
            let number = part.trim_start_matches('0');
            Part::Number(number.len(), number.to_owned())
        } else {
            Part::Text(part.to_owned())
        });
        rest = after;
    }
    parts
}

impl WaitingList {
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
                Some(TestState::FactoryNew) => counts.factory_new += 1,
                Some(TestState::Failed) => counts.failed += 1,
                None => {}
            }
        }
        counts.changed = i64::try_from(self.changed.len()).unwrap_or(i64::MAX);
        counts.untested = counts.new + counts.update - counts.savable;
        self.count_folders(&mut counts);
        ImportView {
            import: self.head.id,
            kind: self.kind(),
            organization: self.settings.devices.map(|place| place.organization),
            folder: self.settings.devices.map(|place| place.folder),
            file_name: self.head.file_name.clone(),
            size: self.head.size,
            encoding: self.file.encoding,
            encoding_detected: self.settings.encoding.is_none(),
            separator: self.file.parsed.separator,
            separator_detected: self.settings.separator.is_none(),
            mode: self.settings.mode,
            mapped_by: self.file.parsed.mapped_by,
            undecided: self.file.parsed.undecided,
            gaps: self.gaps(),
            problems: self.file.problems(),
            counts,
            preview: self.preview(),
            test: running.map(Running::view),
            created_at: self.head.created_at,
            passwords: self.settings.passwords,
            deletable: self.head.path.is_some() && !self.settings.file_deleted,
        }
    }

    /// The folders that are made for the rows that can be stored, and for those that a save stores (DEV-04).
    fn count_folders(&self, counts: &mut ImportCounts) {
        if self.kind() != ImportKind::Devices {
            return;
        }
        let folders = self.existing.devices().folders();
        let count = |wanted: &dyn Fn(u32) -> bool| {
            let rows = self.facts.iter().filter(|facts| Self::savable(facts));
            let paths = rows
                .filter(|facts| wanted(facts.number))
                .map(|facts| self.path(facts.number));
            i64::try_from(folders.count_missing(paths)).unwrap_or(i64::MAX)
        };
        let ended =
            |row: u32, states: &[TestState]| self.tests.get(&row).is_some_and(|state| states.contains(state));
        counts.folders = count(&|_| true);
        counts.folders_savable = count(&|row| ended(row, &[TestState::Succeeded]));
        counts.folders_with_accounts =
            count(&|row| ended(row, &[TestState::Succeeded, TestState::FactoryNew]));
    }

    /// The path of the folder that is made for a row when it is stored; none: its folder is there, or the row cannot be stored.
    fn new_folder(&self, facts: &Facts) -> Option<String> {
        let path = self.path(facts.number);
        if !Self::savable(facts) || path.is_empty() {
            return None;
        }
        match self.existing.devices().folders().find(path) {
            Ok(Place::Missing(_)) => Some(names_of(path).join("/")),
            Ok(Place::There(_)) | Err(_) => None,
        }
    }

    /// What rows need and the file does not say.
    fn gaps(&self) -> Vec<ImportGap> {
        let gap = |column: Column| {
            let rows = self.facts.iter().filter(|facts| facts.needs.has(column)).count();
            let value = self.settings.fill.of(column).map(|value| match column {
                Column::Password => String::new(),
                _ => value.to_owned(),
            });
            (rows > 0).then(|| ImportGap {
                column,
                rows: i64::try_from(rows).unwrap_or(i64::MAX),
                value,
            })
        };
        FILLED.into_iter().filter_map(gap).collect()
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
        let name = |place: u32| match self.kind() {
            ImportKind::Customers => self.existing.get(place).map(|customer| customer.name.as_str()),
            ImportKind::Devices => self
                .existing
                .devices()
                .managed(place)
                .map(|device| device.customer.as_str()),
        };
        let problems = facts
            .problems
            .iter()
            .map(|problem| problem.view(|place| name(place).unwrap_or_default()))
            .collect();
        let misshapen = input.place.filter(|place| self.file.parsed.is_misshapen(*place));
        let was = match (facts.state, facts.matched) {
            (RowState::Update, None) => self.moved_from(number),
            (RowState::Update, Some(place)) => was(&input, self.settings.mode, &self.existing, place),
            _ => Vec::new(),
        };
        let test = running
            .and_then(|running| running.phase(number))
            .unwrap_or_else(|| self.shown_test(number));
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
                folder: shown(Column::Folder),
            },
            line: misshapen.map(|place| self.file.parsed.line(place)),
            changed: self.changed.contains(&number),
            problems,
            was,
            new_folder: self.new_folder(facts),
            test,
        })
    }

    /// The result of a row's last test, with what is wrong with its account where that is what a device waits for.
    fn shown_test(&self, number: u32) -> RowTest {
        let Some(test) = self.test_of(number) else {
            return RowTest::None;
        };
        let wrong = test
            .waits_for_account()
            .then(|| self.wrong_account(number))
            .flatten();
        test.view(wrong)
    }

    /// Where a device is managed that answers at another address now (DEV-03).
    fn moved_from(&self, number: u32) -> Vec<ImportWas> {
        let devices = self.existing.devices();
        let serial = self.test_of(number).and_then(KeptTest::serial);
        serial
            .and_then(|serial| devices.by_serial(serial))
            .map(|(_, managed)| ImportWas {
                field: Column::Host.field().to_owned(),
                value: managed.host.clone(),
            })
            .into_iter()
            .collect()
    }

    /// The numbers of the rows that match, in order.
    ///
    /// # Errors
    /// `list.unknown-column`
    pub fn find(&self, wanted: &ImportRowsArgument) -> Outcome<Vec<u32>> {
        let words: Vec<String> = wanted.search.split_whitespace().map(search_fold).collect();
        let matches = |facts: &&Facts| {
            if wanted.state.is_some_and(|state| state != facts.state)
                || wanted.changed && !self.changed.contains(&facts.number)
                || wanted.in_new_folder && self.new_folder(facts).is_none()
            {
                return false;
            }
            if words.is_empty() {
                return true;
            }
            let mut cells = self.input_of(facts.number).cells;
            // What cannot be seen is not searched.
            cells[Column::Password as usize] = "";
            let key = search_key(cells);
            words.iter().all(|word| key.contains(word.as_str()))
        };
        let mut found: Vec<&Facts> = self.facts.iter().filter(matches).collect();
        if let Some(sort) = &wanted.sort {
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
                    Some(TestState::FactoryNew) => 2,
                    Some(TestState::Failed) => 3,
                    None => 4,
                };
                found.sort_by(|one, other| direction(place(one).cmp(&place(other))));
                return Ok(());
            }
            name => COLUMNS
                .into_iter()
                .find(|column| column.field() == name && *column != Column::Password)
                .ok_or_else(|| Problem::new(ErrorCode::UnknownColumn).with("column", name))?,
        };
        let cell = |facts: &&Facts| self.input_of(facts.number).cells[column as usize].trim();
        match column {
            Column::Port => {
                let port = |facts: &&Facts| check::port(self.kind(), cell(facts)).unwrap_or_default();
                found.sort_by(|one, other| direction(port(one).cmp(&port(other))));
            }
            Column::Host => {
                // Addresses by their numbers, before names.
                let key = |facts: &&Facts| {
                    let host = check::canonical_host(cell(facts))
                        .unwrap_or_default()
                        .into_owned();
                    let address = host.parse::<std::net::IpAddr>();
                    let kind = address.map_or((1, None), |address| (0, Some(address)));
                    (kind, natural_key(&host))
                };
                found.sort_by_cached_key(key);
                if sort.descending {
                    found.reverse();
                }
            }
            _ => {
                found.sort_by_cached_key(|facts| natural_key(&fold(cell(facts))));
                if sort.descending {
                    found.reverse();
                }
            }
        }
        Ok(())
    }
}
