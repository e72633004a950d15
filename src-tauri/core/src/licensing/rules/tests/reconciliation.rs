//! What the vendor shows, held against the book (LIC-66).

use crate::licensing::rules::advance::advance;
use crate::licensing::rules::book::Book;
use crate::licensing::rules::calendar::later_by_years;
use crate::licensing::rules::ledger::{Account, Event, Lot, LotOrigin, OpeningLot, Place, Purpose};
use crate::licensing::rules::need::Quantities;
use crate::licensing::rules::offline;
use crate::licensing::rules::reconciliation::{Difference, Group, Shown, differences, reconcile};
use crate::licensing::rules::refusal::Refusal;
use crate::licensing::rules::subscription;
use crate::licensing::rules::terms::Terms;
use chrono::NaiveDate;
use proptest::prelude::*;
use std::collections::BTreeMap;
use uuid::Uuid;

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

const TODAY: &str = "2026-07-02";

/// A lot with its key, term, wallet and years.
type Given<'g> = (&'g str, u32, i64, &'g [(u32, i64)]);

/// A subscription since 2026 with these lots of Core, and a need of ten.
fn book(lots: &[Given<'_>]) -> Book {
    let today = day(TODAY);
    let mut book = Book::new(Uuid::from_u128(1));
    subscription::register(&mut book, Uuid::from_u128(1), today).expect("registered");
    let lots = (10_u128..)
        .zip(lots)
        .map(|(id, (key, term, wallet, years))| OpeningLot {
            lot: Lot {
                id: Uuid::from_u128(id),
                origin: LotOrigin::Opening,
                purpose: Purpose::Subscription,
                key: (*key).to_owned(),
                licence_type: "core".to_owned(),
                term: *term,
                order: String::new(),
                redeemed: today,
                shelf_end: later_by_years(today, 5).expect("a date"),
                issuer: None,
            },
            wallet: *wallet,
            years: years.iter().copied().collect(),
        });
    let given = (day("2026-01-01"), lots.collect());
    subscription::open(
        &mut book,
        Uuid::from_u128(2),
        given,
        "portal",
        &Terms::example(),
        today,
    )
    .expect("opened");
    let need = Quantities::from([("core".to_owned(), 10)]);
    subscription::change_need(&mut book, Uuid::from_u128(3), &need, today).expect("a need");
    book
}

fn shown(key: &str, term: u32, wallet: Option<i64>, years: &[(u32, i64)]) -> Shown {
    let years = years
        .iter()
        .map(|(year, quantity)| (Place::Year(*year), *quantity));
    Shown {
        group: Group {
            key: key.to_owned(),
            licence_type: "core".to_owned(),
            term,
        },
        order: String::new(),
        redeemed: None,
        places: wallet
            .map(|wallet| (Place::Wallet, wallet))
            .into_iter()
            .chain(years)
            .collect(),
    }
}

fn resolve(book: &mut Book, shown: &[Shown], chosen: &[Difference]) -> Result<Event, Refusal> {
    let texts = ("report of 2 July", "entered by mistake");
    let entries = reconcile(
        book,
        Uuid::from_u128(9),
        (shown, chosen),
        texts,
        &Terms::example(),
        day(TODAY),
    )?;
    Ok(entries[0].event.clone())
}

/// How many a place has, over all lots.
fn at(book: &Book, account: Account) -> i64 {
    book.in_account(account).map(|(_, amount)| amount).sum()
}

/// LIC-66: what was allocated at the vendor and not here goes from the wallet to the year: the same licences, none new.
#[test]
fn licences_move_to_where_the_vendor_shows_them() {
    let mut book = book(&[("••••-AAAA", 1, 12, &[(0, 4)])]);
    let portal = [shown("", 1, Some(6), &[(0, 10)])];
    let found = differences(&book, &portal, day(TODAY)).expect("compared");
    let numbers: Vec<(Place, i64, i64)> = found.iter().map(|one| (one.place, one.here, one.shown)).collect();
    assert_eq!(numbers, [(Place::Wallet, 12, 6), (Place::Year(0), 4, 10)]);
    let Event::Reconciled { lots, lines, .. } = resolve(&mut book, &portal, &found).expect("resolved") else {
        panic!("a reconciliation")
    };
    assert_eq!(
        (lots.len(), lines.len(), lines[0].lot, lines[0].quantity),
        (0, 1, Uuid::from_u128(10), 6)
    );
    assert_eq!(
        (
            at(&book, Account::Wallet),
            at(&book, Account::Year(0)),
            at(&book, Account::Returned)
        ),
        (6, 10, 0)
    );
    assert!(book.is_licensed(0), "ten are needed, and ten are there");
    assert_eq!(differences(&book, &portal, day(TODAY)), Ok(Vec::new()));
}

/// LIC-66: line by line: a key that the vendor does not show is taken back, one that is missing here entered as opening; what nobody
/// chose stays, and what the file does not tell is not compared.
#[test]
fn a_key_too_many_and_one_missing() {
    let mut book = book(&[("••••-AAAA", 1, 5, &[]), ("••••-BBBB", 1, 3, &[(0, 10)])]);
    let portal = [
        shown("••••-BBBB", 1, None, &[(0, 10)]),
        shown("••••-CCCC", 3, Some(7), &[]),
    ];
    let found = differences(&book, &portal, day(TODAY)).expect("compared");
    let numbers: Vec<(&str, i64, i64, bool)> = found
        .iter()
        .map(|one| (one.group.key.as_str(), one.here, one.shown, one.named))
        .collect();
    assert_eq!(numbers, [("••••-AAAA", 5, 0, false), ("••••-CCCC", 0, 7, true)]);
    resolve(&mut book, &portal, &found[1..]).expect("resolved");
    assert_eq!(
        at(&book, Account::Wallet),
        15,
        "the missing key; the other one was not chosen"
    );
    let entered = book
        .lots
        .values()
        .find(|lot| lot.key == "••••-CCCC")
        .expect("a lot");
    assert_eq!((entered.origin, entered.term), (LotOrigin::Opening, 3));
    assert_eq!(
        resolve(&mut book, &portal, &found),
        Err(Refusal::NoDifference),
        "one of them is resolved"
    );
    resolve(&mut book, &portal, &found[..1]).expect("resolved");
    assert_eq!(
        (at(&book, Account::Wallet), at(&book, Account::Returned)),
        (10, 5)
    );
}

/// LIC-66, LIC-16: licences that are taken from a licensed year no longer count for it.
#[test]
fn a_licensed_year_with_less() {
    let mut book = book(&[("", 1, 0, &[(0, 10)])]);
    assert!(book.is_licensed(0));
    let portal = [shown("", 1, Some(0), &[(0, 4)])];
    let found = differences(&book, &portal, day(TODAY)).expect("compared");
    resolve(&mut book, &portal, &found).expect("resolved");
    assert_eq!(
        (at(&book, Account::Year(0)), at(&book, Account::Returned)),
        (4, 6)
    );
    // Four of them may grow to eight.
    assert_eq!(book.beyond_growth(), 2);
}

/// LIC-66, LIC-22: licences whose shelf life is over leave a year, and come into no wallet again.
#[test]
fn a_shelf_life_that_is_over() {
    let today = day("2031-07-03");
    let mut book = book(&[("", 3, 0, &[(3, 10)])]);
    let terms = Terms::example();
    advance(&mut book, today, &|_| terms.clone()).expect("forward");
    let portal = [shown("", 3, Some(4), &[(3, 6)])];
    let found = differences(&book, &portal, today).expect("compared");
    assert_eq!(found.len(), 2);
    let entries = reconcile(
        &mut book,
        Uuid::from_u128(9),
        (&portal, &found),
        ("", "why"),
        &terms,
        today,
    );
    entries.expect("resolved");
    let returned = at(&book, Account::Returned);
    assert_eq!(
        (at(&book, Account::Wallet), at(&book, Account::Year(3)), returned),
        (4, 6, 4)
    );
    assert!(
        book.in_account(Account::Wallet)
            .all(|(lot, _)| lot.shelf_end > today)
    );
}

/// LIC-66: years out of reach, impossible numbers and archived organizations.
#[test]
fn what_cannot_be_compared() {
    let today = day(TODAY);
    let mut book = book(&[("", 1, 2, &[])]);
    for wrong in [
        shown("", 1, None, &[(40, 1)]),
        shown("", 1, Some(-1), &[]),
        shown("", 0, Some(1), &[]),
        shown("", 99, Some(1), &[]),
    ] {
        assert_eq!(differences(&book, &[wrong], today), Err(Refusal::OutOfRange));
    }
    let million = shown("", 1, Some(1_000_000), &[]);
    assert_eq!(
        differences(&book, &[million.clone(), million], today),
        Err(Refusal::OutOfRange),
        "also together"
    );
    let portal = [shown("", 1, Some(1), &[])];
    let found = differences(&book, &portal, today).expect("compared");
    assert_eq!(resolve(&mut book, &portal, &[]), Err(Refusal::OutOfRange));
    subscription::archive(&mut book, Uuid::from_u128(4), today).expect("archived");
    assert_eq!(resolve(&mut book, &portal, &found), Err(Refusal::Archived));
}

/// LIC-66, LIC-51: what a file for a system without a network holds is allocated here, too, and is not taken back before it is heard of.
#[test]
fn licences_that_wait_in_a_file() {
    let today = day(TODAY);
    let mut book = book(&[("", 1, 10, &[])]);
    let system = Uuid::from_u128(50);
    let wanted = offline::Wanted {
        need: Quantities::from([("core".to_owned(), 6)]),
        others: Quantities::new(),
        year: None,
        years: 1,
    };
    let proposed = offline::propose(&book, system, &wanted, &Terms::example().substitutions, today);
    let issue = offline::Issue {
        system: (system, "cabinet".to_owned()),
        request: String::new(),
        sequence: 1,
        first_day: today,
        lines: proposed.expect("a proposal").lines,
        replaces: None,
        most_lost: 2,
    };
    offline::issue(&mut book, Uuid::from_u128(51), &issue, today).expect("issued");
    let same = [shown("", 1, Some(4), &[(0, 6)])];
    assert_eq!(differences(&book, &same, today), Ok(Vec::new()));
    let less = [shown("", 1, Some(4), &[(0, 5)])];
    let found = differences(&book, &less, today).expect("compared");
    assert_eq!((found[0].here, found[0].shown), (6, 5));
    let before = book.clone();
    assert_eq!(resolve(&mut book, &less, &found), Err(Refusal::AlreadyUsed));
    assert_eq!(book, before);
}

/// As [`Given`], of its own.
type Owned = (String, u32, i64, Vec<(u32, i64)>);
type Lots = Vec<(u8, u32, i64, BTreeMap<u32, i64>)>;

fn lots() -> impl Strategy<Value = Lots> {
    let years = prop::collection::btree_map(0_u32..3, 1_i64..20, 0..3);
    prop::collection::vec((0_u8..4, 1_u32..=2, 1_i64..20, years), 0..6)
}

fn key(number: u8) -> String {
    if number == 0 {
        String::new()
    } else {
        format!("••••-{number:04}")
    }
}

proptest! {
    /// LIC-66: whatever the vendor shows: when every difference is resolved, none is left, what is named is as the vendor shows it, and
    /// no licence was made or lost but by issuer and returned.
    #[test]
    fn resolved_is_resolved(here in lots(), there in lots()) {
        let given: Vec<Owned> = here
            .iter()
            .map(|(number, term, wallet, years)| {
                (key(*number), *term, *wallet, years.iter().map(|(year, quantity)| (*year, *quantity)).collect())
            })
            .collect();
        let given: Vec<Given<'_>> = given
            .iter()
            .map(|(key, term, wallet, years)| (key.as_str(), *term, *wallet, years.as_slice()))
            .collect();
        let mut book = book(&given);
        let portal: Vec<Shown> = there
            .iter()
            .map(|(number, term, wallet, years)| {
                let years: Vec<(u32, i64)> = years.iter().map(|(year, quantity)| (*year, *quantity)).collect();
                // Now and then the wallet is left out.
                shown(&key(*number), *term, (*wallet % 4 != 0).then_some(*wallet), &years)
            })
            .collect();
        let today = day(TODAY);
        let found = differences(&book, &portal, today).expect("compared");
        if found.is_empty() {
            prop_assert_eq!(resolve(&mut book, &portal, &found), Err(Refusal::OutOfRange));
            return Ok(());
        }
        let before: i64 = book.balances().map(|(_, _, amount)| amount).sum();
        resolve(&mut book, &portal, &found).expect("resolved");
        prop_assert_eq!(differences(&book, &portal, today), Ok(Vec::new()));
        let after: i64 = book.balances().map(|(_, _, amount)| amount).sum();
        prop_assert_eq!(before, after);
        let named: i64 = portal.iter().filter_map(|line| line.places.get(&Place::Wallet)).sum();
        let is_shown = |lot: &Lot| portal.iter().any(|line| {
            line.group.term == lot.term
                && line.group.key == lot.key
                && line.places.contains_key(&Place::Wallet)
        });
        let keyless = |lot: &Lot| !portal.iter().any(|line| line.group.key == lot.key && line.group.term == lot.term)
            && portal.iter().any(|line| {
                line.group.term == lot.term && line.group.key.is_empty() && line.places.contains_key(&Place::Wallet)
            });
        let there: i64 = book
            .in_account(Account::Wallet)
            .filter(|(lot, _)| is_shown(lot) || keyless(lot))
            .map(|(_, amount)| amount)
            .sum();
        prop_assert_eq!(there, named);
    }
}
