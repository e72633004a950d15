//! What is told before it is too late, and when (LIC-17, LIC-22).

use crate::licensing::rules::advance::advance;
use crate::licensing::rules::allocation::{Request, allocate};
use crate::licensing::rules::book::Book;
use crate::licensing::rules::ledger::{LotOrigin, Purpose};
use crate::licensing::rules::need::Quantities;
use crate::licensing::rules::notices::{Notice, NoticeKind, next_notice, notices};
use crate::licensing::rules::subscription;
use crate::licensing::rules::terms::Terms;
use crate::licensing::rules::wallet::{Key, KeyContent, redeem};
use chrono::{Days, NaiveDate};
use uuid::Uuid;

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn started(on: NaiveDate, need: i64) -> Book {
    let terms = Terms::example();
    let mut book = Book::new(Uuid::from_u128(1));
    subscription::register(&mut book, Uuid::from_u128(1), on).expect("registered");
    needs(&mut book, 2, need, on);
    subscription::start(&mut book, Uuid::from_u128(3), on, &terms, on).expect("started");
    book
}

fn needs(book: &mut Book, operation: u128, need: i64, on: NaiveDate) {
    let need = Quantities::from([("core".to_owned(), need)]);
    subscription::change_need(book, Uuid::from_u128(operation), &need, on).expect("changed");
}

fn redeemed(book: &mut Book, quantity: i64, on: NaiveDate) {
    let key = Key {
        issuer: None,
        origin: LotOrigin::Signed,
        digest: "key".to_owned(),
        masked: "…KEY".to_owned(),
        order: String::new(),
        content: vec![KeyContent {
            purpose: Purpose::Subscription,
            licence_type: "core".to_owned(),
            term: 1,
            quantity,
        }],
    };
    redeem(book, Uuid::from_u128(9), &key, &Terms::example(), on).expect("redeemed");
}

fn current(book: &Book, today: NaiveDate) -> Vec<(NoticeKind, Option<u32>, i64)> {
    notices(book, today)
        .into_iter()
        .map(|notice| (notice.kind, notice.days, notice.quantity))
        .collect()
}

/// LIC-22: 180, 90 and 30 days before the end of a shelf life, each once, the latest alone; and not after the end.
#[test]
fn shelf_lives_are_told_three_times() {
    let start = day("2026-01-01");
    let mut book = Book::new(Uuid::from_u128(1));
    subscription::register(&mut book, Uuid::from_u128(1), start).expect("registered");
    redeemed(&mut book, 5, start);
    let end = day("2031-01-01");
    let mut all: Vec<Notice> = Vec::new();
    let mut today = start;
    let mut expected_next = next_notice(&book, start);
    while today <= end {
        advance(&mut book, today, &|_| Terms::example()).expect("forward");
        for notice in notices(&book, today) {
            if all.iter().all(|before| before.id != notice.id) {
                assert_eq!(expected_next, Some(today), "it was known when it would be told");
                assert_eq!(
                    notice.days.map(|days| today + Days::new(u64::from(days))),
                    Some(end)
                );
                assert_eq!((notice.day, notice.quantity), (day("2030-12-31"), 5));
                assert_eq!((notice.lot.is_some(), notice.key.as_str()), (true, "…KEY"));
                all.push(notice);
                expected_next = next_notice(&book, today);
            }
        }
        assert!(notices(&book, today).len() <= 1);
        today = today + Days::new(1);
    }
    let days: Vec<Option<u32>> = all.iter().map(|notice| notice.days).collect();
    assert_eq!(days, [Some(180), Some(90), Some(30)]);
    assert_eq!(notices(&book, end), []);
    assert_eq!(next_notice(&book, end), None);
}

/// LIC-11, LIC-16: a grace period is told when it begins and again in its last seven days; licensed, it is told no more.
#[test]
fn grace_periods_are_told_twice() {
    let start = day("2026-01-01");
    let mut book = started(start, 10);
    assert_eq!(current(&book, start), [(NoticeKind::GraceBegan, None, 10)]);
    assert_eq!(next_notice(&book, start), Some(day("2026-01-24")));
    assert_eq!(
        current(&book, day("2026-01-23")),
        [(NoticeKind::GraceBegan, None, 10)]
    );
    let last = day("2026-01-30");
    assert_eq!(
        current(&book, day("2026-01-24")),
        [(NoticeKind::GraceEnds, Some(7), 10)]
    );
    assert_eq!(notices(&book, last)[0].day, last);
    assert_eq!(current(&book, day("2026-01-31")), []);
    redeemed(&mut book, 10, last);
    allocate(
        &mut book,
        Uuid::from_u128(20),
        &Request {
            years: 1,
            ..Request::default()
        },
        last,
    )
    .expect("allocated");
    assert_eq!(current(&book, last), []);
}

/// LIC-17: growth beyond the allowance is told with its number, and anew when it becomes another one.
#[test]
fn growth_is_told_with_its_number() {
    let start = day("2026-01-01");
    let mut book = started(start, 10);
    redeemed(&mut book, 10, start);
    allocate(
        &mut book,
        Uuid::from_u128(20),
        &Request {
            years: 1,
            ..Request::default()
        },
        start,
    )
    .expect("allocated");
    needs(&mut book, 30, 20, start);
    assert_eq!(current(&book, start), [], "twice as many are allowed");
    needs(&mut book, 31, 23, start);
    let first = notices(&book, start);
    assert_eq!(current(&book, start), [(NoticeKind::Growth, None, 3)]);
    assert_eq!(first[0].day, day("2026-12-31"));
    needs(&mut book, 32, 25, start);
    let second = notices(&book, start);
    assert_eq!(current(&book, start), [(NoticeKind::Growth, None, 5)]);
    assert_ne!(first[0].id, second[0].id);
    subscription::archive(&mut book, Uuid::from_u128(40), start).expect("archived");
    assert_eq!(current(&book, start), [], "nothing of an archived organization");
}
