//! Licence files for systems without a network: what a file takes, what becomes of it, and what that makes of a year (LIC-50, LIC-51).

use crate::licensing::rules::book::Book;
use crate::licensing::rules::files::LineSource;
use crate::licensing::rules::ledger::{Account, Event, LotOrigin, Purpose};
use crate::licensing::rules::need::Quantities;
use crate::licensing::rules::offline::{self, Issue, Wanted};
use crate::licensing::rules::refusal::Refusal;
use crate::licensing::rules::status::{Status, status};
use crate::licensing::rules::subscription;
use crate::licensing::rules::terms::Terms;
use crate::licensing::rules::wallet::{self, Key, KeyContent};
use chrono::NaiveDate;
use uuid::Uuid;

const SYSTEM: Uuid = Uuid::from_u128(100);
const OTHER: Uuid = Uuid::from_u128(101);

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn number(value: u128) -> Uuid {
    Uuid::from_u128(value << 64)
}

fn core(quantity: i64) -> Quantities {
    Quantities::from([("core".to_owned(), quantity)])
}

fn redeemed(book: &mut Book, operation: u128, purpose: Purpose, quantity: i64, today: &str) {
    let key = Key {
        issuer: None,
        origin: LotOrigin::Declared,
        digest: format!("key {operation}"),
        masked: "••••-7K2M".to_owned(),
        order: String::new(),
        content: vec![KeyContent {
            purpose,
            licence_type: "core".to_owned(),
            term: u32::from(purpose == Purpose::Subscription),
            quantity,
        }],
    };
    wallet::redeem(book, number(operation), &key, &Terms::example(), day(today)).expect("redeemed");
}

/// A subscription from 1 January 2026 that needs so many Core and has so many in the wallet.
fn running(need: i64, licences: i64) -> Book {
    let mut book = Book::new(Uuid::from_u128(1));
    let first = day("2026-01-01");
    subscription::register(&mut book, number(1), first).expect("registered");
    subscription::change_need(&mut book, number(2), &core(need), first).expect("needed");
    subscription::start(&mut book, number(3), first, &Terms::example(), first).expect("started");
    redeemed(&mut book, 4, Purpose::Subscription, licences, "2026-01-01");
    book
}

fn wallet_of(book: &Book) -> i64 {
    book.in_account(Account::Wallet).map(|(_, left)| left).sum()
}

fn issued(
    book: &mut Book,
    operation: u128,
    system: Uuid,
    need: i64,
    replaces: Option<Uuid>,
    today: &str,
) -> Result<Uuid, Refusal> {
    let wanted = Wanted {
        need: core(need),
        others: Quantities::new(),
        year: None,
        years: 1,
    };
    let substitutions = Terms::example().substitutions;
    let proposed = offline::propose(book, system, &wanted, &substitutions, day(today))?;
    let issue = Issue {
        system: (system, "cabinet".to_owned()),
        request: String::new(),
        sequence: 1,
        first_day: day("2026-01-01"),
        lines: if replaces.is_some() {
            Vec::new()
        } else {
            proposed.lines
        },
        replaces,
        most_lost: 2,
    };
    offline::issue(book, number(operation), &issue, day(today))?;
    Ok(offline::file_id(number(operation)))
}

/// LIC-51, LIC-16: what is in a file is out of the wallet and covers its year; when the system confirms, it stays there.
#[test]
fn pending_then_confirmed() {
    let mut book = running(10, 12);
    let file = issued(&mut book, 10, SYSTEM, 10, None, "2026-01-10").expect("issued");
    assert_eq!(wallet_of(&book), 2);
    let pending: i64 = book
        .in_account(Account::PendingOffline(file))
        .map(|(_, left)| left)
        .sum();
    assert_eq!((pending, book.allocated(0)), (10, core(10)));
    let until = day("2026-12-31");
    assert_eq!(status(&book, day("2026-01-10")), Status::Licensed { until });
    offline::confirm(&mut book, number(11), SYSTEM, None, day("2026-01-12")).expect("confirmed");
    let year: i64 = book.in_account(Account::Year(0)).map(|(_, left)| left).sum();
    assert_eq!((year, book.allocated(0)), (10, core(10)));
    let again = offline::confirm(&mut book, number(12), SYSTEM, None, day("2026-01-12"));
    assert_eq!(again.unwrap_err(), Refusal::NothingOffline);
}

/// LIC-51, LIC-16: what is returned or lapses before it was confirmed is in the wallet again, and the year's frozen need without it.
#[test]
fn what_comes_back() {
    for lapses in [false, true] {
        let mut book = running(10, 10);
        issued(&mut book, 10, SYSTEM, 10, None, "2026-01-10").expect("issued");
        if lapses {
            let early = offline::lapse(&mut book, number(11), SYSTEM, "lost", day("2026-04-10"));
            assert_eq!(early.unwrap_err(), Refusal::NotOver(day("2026-04-10")));
            offline::lapse(&mut book, number(11), SYSTEM, "lost", day("2026-04-11")).expect("lapsed");
        } else {
            offline::give_back(&mut book, number(11), SYSTEM, None, day("2026-04-11")).expect("back");
        }
        assert_eq!((wallet_of(&book), book.allocated(0)), (10, Quantities::new()));
        let due = Status::BeyondGrowth {
            due: 10,
            until: day("2026-12-31"),
        };
        assert_eq!(status(&book, day("2026-04-11")), due);
    }
}

/// LIC-51: what a system had and gives back stays with its years, for others; what is not bound to years is in the wallet again.
#[test]
fn what_was_used_is_not_new() {
    let mut book = running(4, 4);
    issued(&mut book, 10, SYSTEM, 4, None, "2026-01-10").expect("issued");
    offline::confirm(&mut book, number(11), SYSTEM, None, day("2026-01-11")).expect("confirmed");
    redeemed(&mut book, 12, Purpose::Expansion, 3, "2026-01-11");
    issued(&mut book, 13, SYSTEM, 7, None, "2026-01-12").expect("issued");
    offline::confirm(
        &mut book,
        number(14),
        SYSTEM,
        Some("on the telephone"),
        day("2026-01-13"),
    )
    .expect("confirmed");
    let of_system: i64 = book
        .in_account(Account::System(SYSTEM))
        .map(|(_, left)| left)
        .sum();
    assert_eq!((of_system, wallet_of(&book)), (3, 0));
    offline::give_back(&mut book, number(15), SYSTEM, None, day("2026-06-01")).expect("back");
    assert_eq!((wallet_of(&book), book.allocated(0)), (3, core(4)));
    // Another system gets what is free of the year, and nothing is bought twice.
    let wanted = Wanted {
        need: core(4),
        years: 1,
        ..Wanted::default()
    };
    let proposed = offline::propose(&book, OTHER, &wanted, &[], day("2026-06-02")).expect("proposed");
    let sources: Vec<(LineSource, i64)> = proposed
        .lines
        .iter()
        .map(|line| (line.source, line.quantity))
        .collect();
    assert_eq!(sources, [(LineSource::Year, 4)]);
    let needed = Wanted {
        others: core(4),
        ..wanted
    };
    let proposed = offline::propose(&book, OTHER, &needed, &[], day("2026-06-02")).expect("proposed");
    assert_eq!(
        proposed.missing,
        core(1),
        "three of the wallet; the year's are needed"
    );
}

/// LIC-32: a late file gives back when it is confirmed, counted on the day it was issued, and not before.
#[test]
fn late_files_give_back_when_they_are_confirmed() {
    let mut book = running(10, 10);
    issued(&mut book, 10, SYSTEM, 10, None, "2026-07-02").expect("issued");
    assert_eq!((wallet_of(&book), book.residual("core")), (0, 0));
    let entries =
        offline::confirm(&mut book, number(11), SYSTEM, None, day("2026-07-20")).expect("confirmed");
    let Event::OfflineConfirmed { compensations, .. } = &entries[0].event else {
        panic!("a confirmation")
    };
    assert_eq!((compensations[0].days, compensations[0].credit), (182, 4));
    assert_eq!((wallet_of(&book), book.residual("core")), (4, 360));
}

/// LIC-51: a newer file has what waited in the older one; nothing is taken twice.
#[test]
fn a_newer_file_supersedes() {
    let mut book = running(6, 6);
    issued(&mut book, 10, SYSTEM, 4, None, "2026-01-10").expect("issued");
    let file = issued(&mut book, 11, SYSTEM, 6, None, "2026-01-11").expect("issued");
    let pending: i64 = book
        .in_account(Account::PendingOffline(file))
        .map(|(_, left)| left)
        .sum();
    assert_eq!((pending, wallet_of(&book)), (6, 0));
    offline::confirm(&mut book, number(12), SYSTEM, None, day("2026-01-12")).expect("confirmed");
    assert_eq!(book.allocated(0), core(6));
}

/// LIC-51: the licences of a lost system go to its replacement, for at most two systems that were not returned.
#[test]
fn lost_systems_are_replaced_twice() {
    let mut book = running(9, 9);
    let systems: Vec<Uuid> = (200..206).map(Uuid::from_u128).collect();
    for (place, system) in (0_u128..).zip(&systems[..3]) {
        issued(&mut book, 20 + place, *system, 3, None, "2026-01-10").expect("issued");
        let waits = issued(&mut book, 25, systems[3], 3, Some(*system), "2026-01-10");
        assert_eq!(waits.unwrap_err(), Refusal::OfflinePending);
        offline::confirm(&mut book, number(30 + place), *system, None, day("2026-01-10")).expect("confirmed");
    }
    for place in 0..2 {
        let (operation, to) = (40 + place as u128, systems[3 + place]);
        issued(&mut book, operation, to, 3, Some(systems[place]), "2026-02-01").expect("re-hosted");
        offline::confirm(&mut book, number(50 + operation), to, None, day("2026-02-02")).expect("confirmed");
    }
    assert_eq!((book.allocated(0), wallet_of(&book)), (core(9), 0));
    let third = issued(&mut book, 60, systems[5], 3, Some(systems[2]), "2026-02-03");
    assert_eq!(third.unwrap_err(), Refusal::TooManyLost(2));
    offline::give_back(
        &mut book,
        number(61),
        systems[0],
        Some("found"),
        day("2026-02-04"),
    )
    .expect("found");
    issued(&mut book, 62, systems[5], 3, Some(systems[2]), "2026-02-05").expect("re-hosted");
    // Whoever has nothing is not replaced.
    let nothing = issued(&mut book, 63, SYSTEM, 3, Some(Uuid::from_u128(999)), "2026-02-05");
    assert!(matches!(nothing.unwrap_err(), Refusal::TooManyLost(2)));
}

/// LIC-51, LIC-65: an allocation whose licences a system holds is not taken back.
#[test]
fn what_a_system_holds_is_not_taken_back() {
    use crate::licensing::rules::allocation::{Request, allocate};
    let mut book = running(3, 6);
    let request = Request {
        years: 2,
        ..Request::default()
    };
    let entries = allocate(&mut book, number(10), &request, day("2026-01-05")).expect("allocated");
    let wanted = Wanted {
        need: core(3),
        year: Some(1),
        years: 1,
        ..Wanted::default()
    };
    let proposed = offline::propose(&book, SYSTEM, &wanted, &[], day("2026-01-06")).expect("proposed");
    assert!(
        proposed
            .lines
            .iter()
            .all(|line| line.source == LineSource::Year && line.year == Some(1))
    );
    let issue = Issue {
        system: (SYSTEM, String::new()),
        request: String::new(),
        sequence: 1,
        first_day: day("2026-01-06"),
        lines: proposed.lines,
        replaces: None,
        most_lost: 2,
    };
    offline::issue(&mut book, number(11), &issue, day("2026-01-06")).expect("issued");
    for operation in [12, 14] {
        let refused = subscription::reverse(
            &mut book,
            number(operation),
            &entries[0],
            "a mistake",
            day("2026-01-07"),
        );
        assert_eq!(refused.unwrap_err(), Refusal::AlreadyUsed);
        if operation == 12 {
            offline::confirm(&mut book, number(13), SYSTEM, None, day("2026-01-07")).expect("confirmed");
        }
    }
}
