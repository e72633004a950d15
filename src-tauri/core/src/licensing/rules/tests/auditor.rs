//! The auditor: plain maps, no ledger, its own arithmetic.

use crate::licensing::rules::book::Book;
use crate::licensing::rules::files::{LineSource, OfflineLine};
use crate::licensing::rules::ledger::{Account, Commodity, Compensation, Entry, Event, Lot, Place, Purpose};
use chrono::{Datelike, Days, NaiveDate};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// What the auditor knows of an organization: where the licences of each lot are, by words of its own.
#[derive(Default, Clone, PartialEq, Eq, Debug)]
pub struct Shelf {
    /// Lot, place → number. Places are `wallet`, `waiting`, `frozen`, `frozen-waiting`, `gone`, `used`, `back`, `s<system>`, `y<day of
    /// the year's beginning>`.
    pub places: BTreeMap<(Uuid, String), i64>,
    /// Licence-days that are kept.
    pub kept_days: BTreeMap<String, i64>,
    pub active: bool,
    pub archived: bool,
    pub start: Option<NaiveDate>,
}

/// The auditor.
#[derive(Default)]
pub struct Auditor {
    pub shelves: Vec<Shelf>,
    /// Every lot: type, term, last day on which it can be used, purpose.
    pub lots: BTreeMap<Uuid, (String, u32, NaiveDate, Purpose)>,
    /// Every licence that ever came from an issuer, by lot.
    pub issued: BTreeMap<Uuid, i64>,
    pub keys: BTreeSet<String>,
    /// Licence files that wait, and those that systems have taken in: organization, file → system, lines.
    pub waiting_files: BTreeMap<(usize, Uuid), (Uuid, Vec<OfflineLine>)>,
    pub taken_files: BTreeMap<(usize, Uuid), (Uuid, Vec<OfflineLine>)>,
}

impl Auditor {
    pub fn moves(&mut self, place: usize, lot: Uuid, from: &str, to: &str, number: i64) {
        let shelf = &mut self.shelves[place];
        for (name, change) in [(from, -number), (to, number)] {
            if name.is_empty() {
                continue;
            }
            let key = (lot, name.to_owned());
            let left = shelf.places.remove(&key).unwrap_or(0) + change;
            assert!(left >= 0, "{name} of {lot} would have {left}");
            if left > 0 {
                shelf.places.insert(key, left);
            }
        }
    }

    pub fn has(&self, place: usize, lot: Uuid, name: &str) -> i64 {
        self.shelves[place]
            .places
            .get(&(lot, name.to_owned()))
            .copied()
            .unwrap_or(0)
    }

    pub fn new_lot(&mut self, place: usize, lot: &Lot, number: i64) {
        let known = (lot.licence_type.clone(), lot.term, lot.shelf_end, lot.purpose);
        assert!(self.lots.insert(lot.id, known).is_none(), "a lot is new");
        *self.issued.entry(lot.id).or_default() += number;
        self.moves(place, lot.id, "", "wallet", number);
    }

    /// The first day of the year that began last, counted from the start with a calendar of its own.
    pub fn year_begin(start: NaiveDate, day: NaiveDate) -> (NaiveDate, NaiveDate) {
        let on = |year: i32| {
            start
                .with_year(year)
                .unwrap_or_else(|| NaiveDate::from_ymd_opt(year, 2, 28).expect("a date"))
        };
        let mut year = day.year();
        if on(year) > day {
            year -= 1;
        }
        (on(year), on(year + 1))
    }

    /// What ends until this day goes.
    pub fn day(&mut self, today: NaiveDate) {
        for place in 0..self.shelves.len() {
            let ending: Vec<(Uuid, String, i64)> = self.shelves[place]
                .places
                .iter()
                .filter(|((lot, name), _)| {
                    self.lots[lot].2 <= today
                        && ["wallet", "waiting", "frozen", "frozen-waiting"].contains(&name.as_str())
                })
                .map(|((lot, name), number)| (*lot, name.clone(), *number))
                .collect();
            for (lot, name, number) in ending {
                self.moves(place, lot, &name, "gone", number);
            }
        }
    }

    /// The place that an account is in the auditor's words.
    pub fn word(account: Account, book: &Book) -> Option<String> {
        Some(match account {
            Account::Issuer | Account::InTransit(_) | Account::Residual => return None,
            Account::Wallet => "wallet".to_owned(),
            Account::Waiting => "waiting".to_owned(),
            Account::FrozenWallet => "frozen".to_owned(),
            Account::FrozenWaiting => "frozen-waiting".to_owned(),
            Account::Expired => "gone".to_owned(),
            Account::Consumed => "used".to_owned(),
            Account::Returned => "back".to_owned(),
            Account::System(id) => format!("s{id}"),
            Account::PendingOffline(id) => format!("p{id}"),
            Account::Year(year) => {
                let calendar = book.subscription.as_ref().expect("a subscription").calendar;
                format!("y{}", calendar.anniversary(year))
            }
        })
    }

    /// Holds a book against the shelf.
    pub fn compare(&self, place: usize, book: &Book) {
        let mut places = BTreeMap::new();
        let mut kept_days = BTreeMap::new();
        for (account, commodity, amount) in book.balances() {
            match commodity {
                Commodity::Days { licence_type } if account == Account::Residual => {
                    kept_days.insert(licence_type.clone(), amount);
                }
                Commodity::Days { .. } => {}
                Commodity::Licences { lot, .. } => {
                    if let Some(word) = Self::word(account, book) {
                        places.insert((*lot, word), amount);
                    }
                }
            }
        }
        assert_eq!(places, self.shelves[place].places, "organization {place}");
        assert_eq!(kept_days, self.shelves[place].kept_days, "organization {place}");
    }

    /// All licences of a lot, wherever they are, are as many as were issued.
    pub fn conserved(&self) {
        let mut sums: BTreeMap<Uuid, i64> = BTreeMap::new();
        for shelf in &self.shelves {
            for ((lot, _), number) in &shelf.places {
                *sums.entry(*lot).or_default() += number;
            }
        }
        assert_eq!(sums, self.issued);
    }

    /// What an allocation did: licences into years, and what it gave back.
    pub fn allocated(&mut self, place: usize, entry: &Entry, first_days: (NaiveDate, Option<NaiveDate>)) {
        let Event::Allocated { lines, compensations } = &entry.event else {
            panic!("an allocation")
        };
        let start = self.shelves[place].start.expect("started");
        let (begin, next) = Self::year_begin(start, entry.day);
        let mut late: BTreeMap<String, i64> = BTreeMap::new();
        for line in lines {
            let year_begin = {
                let year = start.year() + line.year as i32;
                start
                    .with_year(year)
                    .unwrap_or_else(|| NaiveDate::from_ymd_opt(year, 2, 28).expect("a date"))
            };
            self.moves(
                place,
                line.lot,
                "wallet",
                &format!("y{year_begin}"),
                line.quantity,
            );
            if year_begin == begin {
                *late.entry(self.lots[&line.lot].0.clone()).or_default() += line.quantity;
            }
        }
        self.given_back(place, late, (entry.day, begin, next), first_days, compensations);
    }

    /// What licences that came late give back (LIC-32), counted on a day of the year between `begin` and `next`.
    pub fn given_back(
        &mut self,
        place: usize,
        late: BTreeMap<String, i64>,
        (day, begin, next): (NaiveDate, NaiveDate, NaiveDate),
        first_days: (NaiveDate, Option<NaiveDate>),
        compensations: &[Compensation],
    ) {
        // The day counted from: the year's beginning, the product's, or when the first need came.
        let (product_day, need_day) = first_days;
        let from = begin.max(product_day).max(need_day.unwrap_or(begin));
        let counted = if day < from + Days::new(30) { from } else { day };
        let gone = (counted - begin).num_days();
        let length = (next - begin).num_days();
        let mut given: BTreeMap<String, i64> = BTreeMap::new();
        for (licence_type, number) in late {
            let days = number * gone + self.shelves[place].kept_days.remove(&licence_type).unwrap_or(0);
            let credit = days / length;
            assert!(credit <= number + 1, "LIC-32");
            let rest = days - credit * length;
            if rest > 0 {
                self.shelves[place].kept_days.insert(licence_type.clone(), rest);
            }
            if credit > 0 {
                given.insert(licence_type, credit);
            }
        }
        let claimed = compensations
            .iter()
            .filter(|given| given.credit > 0)
            .map(|given| (given.licence_type.clone(), given.credit))
            .collect::<BTreeMap<_, _>>();
        assert_eq!(claimed, given);
        for compensation in compensations {
            if let Some(lot) = &compensation.lot {
                self.new_lot(place, lot, compensation.credit);
            }
        }
    }

    /// The place of a year's allocations.
    fn year_place(&self, place: usize, year: u32) -> String {
        let start = self.shelves[place].start.expect("started");
        let year = start.year() + year as i32;
        let begin = start
            .with_year(year)
            .unwrap_or_else(|| NaiveDate::from_ymd_opt(year, 2, 28).expect("a date"));
        format!("y{begin}")
    }

    fn word_of(&self, place: usize, of: Place) -> String {
        match of {
            Place::Wallet => "wallet".to_owned(),
            Place::Year(year) => self.year_place(place, year),
        }
    }

    /// A book that was brought in line with the vendor.
    pub fn reconciled(&mut self, place: usize, entry: &Entry) {
        let Event::Reconciled { lots, lines, .. } = &entry.event else {
            panic!("a reconciliation")
        };
        for lot in lots {
            let known = (lot.licence_type.clone(), lot.term, lot.shelf_end, lot.purpose);
            assert!(self.lots.insert(lot.id, known).is_none(), "a lot is new");
        }
        for line in lines {
            assert_ne!(line.from, line.to, "something moves");
            let from = line
                .from
                .map_or_else(String::new, |from| self.word_of(place, from));
            let to = line
                .to
                .map_or_else(|| "back".to_owned(), |to| self.word_of(place, to));
            if line.from.is_none() {
                *self.issued.entry(line.lot).or_default() += line.quantity;
            }
            self.moves(place, line.lot, &from, &to, line.quantity);
        }
    }

    /// A place has what the vendor shows there of a type and term; a year also what waits for it in files.
    pub fn shows(&self, place: usize, (licence_type, term): (&str, u32), of: Place, quantity: i64) {
        let word = self.word_of(place, of);
        let is_meant = |lot: &Uuid| {
            let known = &self.lots[lot];
            known.0 == licence_type && known.1 == term && known.3 == Purpose::Subscription
        };
        let there: i64 = self.shelves[place]
            .places
            .iter()
            .filter(|((lot, name), _)| *name == word && is_meant(lot))
            .map(|(_, number)| number)
            .sum();
        let waits: i64 = self
            .waiting_files
            .iter()
            .filter(|((owner, _), _)| *owner == place)
            .flat_map(|(_, (_, lines))| lines)
            .filter(|line| line.year.map(Place::Year) == Some(of) && is_meant(&line.lot))
            .map(|line| line.quantity)
            .sum();
        assert_eq!(there + waits, quantity, "{word} of {licence_type} for {term}");
    }

    /// The wallet, or beyond it when the shelf life is over.
    fn stored(&self, lot: Uuid, today: NaiveDate) -> String {
        if self.lots[&lot].2 <= today {
            "gone"
        } else {
            "wallet"
        }
        .to_owned()
    }

    /// A file that was issued.
    pub fn file_issued(&mut self, place: usize, entry: &Entry) {
        let Event::OfflineIssued {
            file,
            system,
            lines,
            replaces,
            ..
        } = &entry.event
        else {
            panic!("a file")
        };
        let same =
            |(of, (other, _)): &(&(usize, Uuid), &(Uuid, Vec<OfflineLine>))| of.0 == place && other == system;
        let before = self.waiting_files.iter().find(same).map(|(id, _)| *id);
        let mut old = before
            .and_then(|id| self.waiting_files.remove(&id))
            .map_or_else(Vec::new, |(_, lines)| lines);
        for line in lines {
            let known = |other: &&mut OfflineLine| {
                (other.lot, other.year, other.source) == (line.lot, line.year, line.source)
            };
            let carried = old
                .iter_mut()
                .find(known)
                .map_or(0, |old| std::mem::take(&mut old.quantity));
            let from = match (line.source, line.year) {
                (LineSource::Wallet, _) => "wallet".to_owned(),
                (_, Some(year)) => self.year_place(place, year),
                (_, None) => format!("s{}", replaces.unwrap_or_default()),
            };
            let goes = format!("p{file}");
            self.moves(place, line.lot, &from, &goes, line.quantity - carried);
            if let Some((_, before)) = before {
                self.moves(place, line.lot, &format!("p{before}"), &goes, carried);
            }
        }
        assert!(old.iter().all(|line| line.quantity == 0), "everything is carried");
        self.waiting_files
            .insert((place, *file), (*system, lines.clone()));
        if let Some(lost) = replaces {
            self.taken_files
                .retain(|(of, _), (system, _)| *of != place || system != lost);
        }
    }

    /// A file that was confirmed, issued on a day.
    pub fn file_confirmed(
        &mut self,
        place: usize,
        entry: &Entry,
        issued: NaiveDate,
        first_days: Option<(NaiveDate, Option<NaiveDate>)>,
    ) {
        let Event::OfflineConfirmed {
            file, compensations, ..
        } = &entry.event
        else {
            panic!("a confirmation")
        };
        let known = self
            .waiting_files
            .remove(&(place, *file))
            .expect("a file that waits");
        let mut late: BTreeMap<String, i64> = BTreeMap::new();
        let year = self.shelves[place]
            .start
            .map(|start| Self::year_begin(start, issued));
        for line in &known.1 {
            let to = match line.year {
                Some(number) => {
                    let to = self.year_place(place, number);
                    let (begin, _) = year.expect("started");
                    if line.source == LineSource::Wallet && to == format!("y{begin}") {
                        *late.entry(self.lots[&line.lot].0.clone()).or_default() += line.quantity;
                    }
                    to
                }
                None => format!("s{}", known.0),
            };
            self.moves(place, line.lot, &format!("p{file}"), &to, line.quantity);
        }
        self.taken_files.insert((place, *file), known);
        if let (Some((begin, next)), Some(first_days)) = (year, first_days) {
            self.given_back(place, late, (issued, begin, next), first_days, compensations);
        }
        self.day(entry.day);
    }

    /// A file that lapsed, or everything of a system that came back.
    pub fn file_came_back(&mut self, place: usize, entry: &Entry) {
        let (Event::OfflineReturned { system, .. } | Event::OfflineLapsed { system, .. }) = &entry.event
        else {
            panic!("something that came back")
        };
        let waiting: Vec<(usize, Uuid)> = self
            .waiting_files
            .iter()
            .filter(|((of, _), (other, _))| *of == place && other == system)
            .map(|(id, _)| *id)
            .collect();
        for id in waiting {
            let (_, lines) = self.waiting_files.remove(&id).expect("it waits");
            for line in lines {
                let to = match (line.source, line.year) {
                    (LineSource::Wallet, _) | (_, None) => self.stored(line.lot, entry.day),
                    (_, Some(year)) => self.year_place(place, year),
                };
                self.moves(place, line.lot, &format!("p{}", id.1), &to, line.quantity);
            }
        }
        if matches!(entry.event, Event::OfflineLapsed { .. }) {
            return;
        }
        let taken = std::mem::take(&mut self.taken_files);
        for (id, (other, lines)) in taken {
            if id.0 != place || other != *system {
                self.taken_files.insert(id, (other, lines));
                continue;
            }
            for line in lines.iter().filter(|line| line.year.is_none()) {
                let to = self.stored(line.lot, entry.day);
                self.moves(place, line.lot, &format!("s{system}"), &to, line.quantity);
            }
        }
    }
}
