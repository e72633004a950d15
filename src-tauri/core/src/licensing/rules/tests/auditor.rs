//! The auditor: plain maps, no ledger, its own arithmetic.

use crate::licensing::rules::book::Book;
use crate::licensing::rules::ledger::{Account, Commodity, Entry, Event, Lot, Purpose};
use chrono::{Days, NaiveDate};
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
        use chrono::Datelike;
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
                use chrono::Datelike;
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
        // The day counted from: the year's beginning, the product's, or when the first need came.
        let (product_day, need_day) = first_days;
        let from = begin.max(product_day).max(need_day.unwrap_or(begin));
        let counted = if entry.day < from + Days::new(30) {
            from
        } else {
            entry.day
        };
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
}
