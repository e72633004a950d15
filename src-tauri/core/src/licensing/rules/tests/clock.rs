//! Going forward day by day gives the same books and statuses as going to a date at once (LIC-54).

use crate::licensing::rules::advance::advance;
use crate::licensing::rules::allocation::{Request, allocate};
use crate::licensing::rules::book::Book;
use crate::licensing::rules::ledger::{Entry, LotOrigin, Purpose};
use crate::licensing::rules::need::Quantities;
use crate::licensing::rules::notices::notices;
use crate::licensing::rules::status::status;
use crate::licensing::rules::subscription;
use crate::licensing::rules::terms::Terms;
use crate::licensing::rules::wallet::{Key, KeyContent, redeem};
use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use uuid::Uuid;

/// What happens to a book on some day.
#[derive(Debug, Clone)]
enum Moment {
    Need(i64, i64),
    Redeem {
        universal: bool,
        term: u32,
        quantity: i64,
    },
    Allocate(u32),
    End,
}

fn moment() -> impl Strategy<Value = (u64, Moment)> {
    let what = prop_oneof![
        3 => (0_i64..20, 0_i64..5).prop_map(|(core, universal)| Moment::Need(core, universal)),
        3 => (any::<bool>(), 1_u32..=5, 1_i64..40).prop_map(|(universal, term, quantity)| Moment::Redeem { universal, term, quantity }),
        4 => (1_u32..=4).prop_map(Moment::Allocate),
        1 => Just(Moment::End),
    ];
    (0_u64..1_000, what)
}

/// The catalogue changes once: what the clock brings goes by what held on its day.
fn terms_on(day: NaiveDate) -> Terms {
    let mut terms = Terms::example();
    if day >= "2028-01-01".parse::<NaiveDate>().expect("a date") {
        terms.catalogue = 2;
        terms.grace_days = 14;
    }
    terms
}

struct Kept {
    book: Book,
    entries: Vec<Entry>,
}

impl Kept {
    fn go(&mut self, today: NaiveDate) {
        self.entries
            .extend(advance(&mut self.book, today, &terms_on).expect("forward"));
    }

    fn happens(&mut self, number: u128, today: NaiveDate, moment: &Moment) {
        let operation = Uuid::from_u128(number);
        let terms = terms_on(today);
        let book = &mut self.book;
        let entries = match moment {
            Moment::Need(core, universal) => {
                let need = [("core", *core), ("universal", *universal)]
                    .into_iter()
                    .filter(|(_, number)| *number > 0);
                let need: Quantities = need.map(|(name, number)| (name.to_owned(), number)).collect();
                subscription::change_need(book, operation, &need, today)
            }
            Moment::Redeem {
                universal,
                term,
                quantity,
            } => {
                let licence_type = if *universal { "universal" } else { "core" }.to_owned();
                let content = KeyContent {
                    purpose: Purpose::Subscription,
                    licence_type,
                    term: *term,
                    quantity: *quantity,
                };
                let key = Key {
                    origin: LotOrigin::Signed,
                    digest: number.to_string(),
                    masked: String::new(),
                    order: String::new(),
                    content: vec![content],
                    issuer: None,
                };
                redeem(book, operation, &key, &terms, today).map(|entry| vec![entry])
            }
            Moment::Allocate(years) => {
                let request = Request {
                    years: *years,
                    beyond_need: true,
                    ..Request::default()
                };
                allocate(book, operation, &request, today)
            }
            Moment::End => subscription::end(book, operation, "", today).map(|entry| vec![entry]),
        };
        self.entries.extend(entries.unwrap_or_default());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    /// LIC-54, LIC-61: a thousand books; whatever happens on the way, five years further they are the same, entry by entry.
    #[test]
    fn day_by_day_is_as_at_once(start in 0_u64..1_500, mut moments in prop::collection::vec(moment(), 0..25)) {
        let first: NaiveDate = "2024-02-01".parse().expect("a date");
        let start = first + Days::new(start);
        moments.sort_by_key(|(day, _)| *day);
        let mut kept = [
            Kept { book: Book::new(Uuid::from_u128(1)), entries: Vec::new() },
            Kept { book: Book::new(Uuid::from_u128(1)), entries: Vec::new() },
        ];
        for kept in &mut kept {
            let registered = subscription::register(&mut kept.book, Uuid::from_u128(1), start).expect("registered");
            kept.entries.push(registered);
            let began = subscription::start(&mut kept.book, Uuid::from_u128(2), start, &terms_on(start), start);
            kept.entries.extend(began.expect("started"));
        }
        let [daily, at_once] = &mut kept;
        let last = start + Days::new(1_000 + 5 * 366);
        let mut today = start;
        let mut number = 10_u128;
        for (day, moment) in &moments {
            let at = start + Days::new(*day);
            while today < at {
                today = today + Days::new(1);
                daily.go(today);
            }
            at_once.go(at);
            number += 1;
            daily.happens(number, at, moment);
            at_once.happens(number, at, moment);
            prop_assert_eq!(status(&daily.book, at), status(&at_once.book, at));
        }
        while today < last {
            today = today + Days::new(1);
            daily.go(today);
        }
        at_once.go(last);
        prop_assert_eq!(&daily.entries, &at_once.entries);
        prop_assert_eq!(&daily.book, &at_once.book);
        prop_assert_eq!(status(&daily.book, last), status(&at_once.book, last));
        prop_assert_eq!(notices(&daily.book, last), notices(&at_once.book, last));
        // And what the entries come to anew is the same book.
        let mut again = Book::new(Uuid::from_u128(1));
        for entry in &at_once.entries {
            again.apply(entry).expect("an entry");
        }
        prop_assert_eq!(&again, &at_once.book);
    }
}
