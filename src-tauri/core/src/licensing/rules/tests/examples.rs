//! The worked examples of the specification, to the digit.

use crate::licensing::rules::advance::{advance, license_year};
use crate::licensing::rules::allocation::{Request, allocate, propose};
use crate::licensing::rules::book::Book;
use crate::licensing::rules::ledger::{Account, Entry, Event, LotOrigin, Purpose, SystemLine};
use crate::licensing::rules::need::Quantities;
use crate::licensing::rules::refusal::Refusal;
use crate::licensing::rules::status::{Status, status};
use crate::licensing::rules::subscription;
use crate::licensing::rules::terms::Terms;
use crate::licensing::rules::transfer::{self, Parties};
use crate::licensing::rules::wallet::{Key, KeyContent, redeem};
use chrono::NaiveDate;
use rstest::rstest;
use std::collections::BTreeMap;
use uuid::Uuid;

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn core(count: i64) -> Quantities {
    Quantities::from([("core".to_owned(), count)])
}

/// A book with a way to make operations of their own.
struct Story {
    book: Book,
    terms: Terms,
    operations: u128,
}

impl Story {
    fn new() -> Self {
        Self {
            book: Book::new(Uuid::from_u128(7)),
            terms: Terms::example(),
            operations: 0,
        }
    }

    fn operation(&mut self) -> Uuid {
        self.operations += 1;
        Uuid::from_u128(self.operations)
    }

    /// A subscription that started on this day, with so many Core needed.
    fn started(start: &str, need: i64) -> Self {
        let mut story = Self::new();
        let today = day(start);
        let (register, change, begin) = (story.operation(), story.operation(), story.operation());
        subscription::register(&mut story.book, register, today).expect("registered");
        subscription::change_need(&mut story.book, change, &core(need), today).expect("known");
        subscription::start(&mut story.book, begin, today, &story.terms.clone(), today).expect("started");
        story
    }

    fn go(&mut self, to: &str) -> NaiveDate {
        let terms = self.terms.clone();
        advance(&mut self.book, day(to), &|_| terms.clone()).expect("forward");
        day(to)
    }

    fn redeem(&mut self, at: &str, quantity: i64, term: u32) {
        self.redeem_type(at, "core", quantity, term);
    }

    fn redeem_type(&mut self, at: &str, licence_type: &str, quantity: i64, term: u32) {
        let today = self.go(at);
        let operation = self.operation();
        let content = KeyContent {
            purpose: Purpose::Subscription,
            licence_type: licence_type.to_owned(),
            term,
            quantity,
        };
        let key = Key {
            origin: LotOrigin::Declared,
            digest: operation.to_string(),
            masked: "••••-TEST".to_owned(),
            order: "PO-1".to_owned(),
            content: vec![content],
            issuer: None,
        };
        redeem(&mut self.book, operation, &key, &self.terms.clone(), today).expect("redeemed");
    }

    fn allocate(&mut self, at: &str, request: &Request) -> Result<Vec<Entry>, Refusal> {
        let today = self.go(at);
        let operation = self.operation();
        allocate(&mut self.book, operation, request, today)
    }

    /// Allocates so many Core to the present year; gives the credit and the residual after it.
    fn allocate_now(&mut self, at: &str, quantity: i64) -> (i64, i64) {
        self.go(at);
        let year = self.book.subscription.as_ref().expect("started").year;
        let short = self.book.coverage(year).short.get("core").copied().unwrap_or(0);
        let request = Request {
            first_year: Some(year),
            years: 1,
            quantities: BTreeMap::from([((year, "core".to_owned()), quantity)]),
            beyond_need: quantity > short,
            ..Request::default()
        };
        let before = self.book.residual("core");
        let entries = self.allocate(at, &request).expect("allocated");
        let Event::Allocated { compensations, .. } = &entries[0].event else {
            panic!("an allocation")
        };
        let credit = compensations.iter().map(|given| given.credit).sum();
        let after = compensations.last().map_or(before, |given| given.residual_after);
        assert_eq!(after, self.book.residual("core"));
        (credit, after)
    }

    fn status(&self, at: &str) -> Status {
        status(&self.book, day(at))
    }
}

/// LIC-33
#[test]
fn ten_on_the_second_of_july_then_one_more() {
    let mut story = Story::started("2026-01-01", 10);
    story.redeem("2026-01-01", 20, 1);
    assert_eq!(story.allocate_now("2026-07-02", 10), (4, 360));
    assert_eq!(story.allocate_now("2026-07-07", 1), (1, 182));
}

/// LIC-33: in a leap year.
#[test]
fn ten_on_the_first_of_september_of_a_leap_year() {
    let mut story = Story::started("2027-03-01", 10);
    story.redeem("2027-03-01", 20, 1);
    assert_eq!(story.allocate_now("2027-09-01", 10), (5, 10));
}

/// LIC-33: on the last day of a leap year, and in the year after.
#[test]
fn one_on_the_leap_day_then_one_in_the_next_year() {
    let mut story = Story::started("2027-03-01", 1);
    story.redeem("2027-03-01", 5, 1);
    assert_eq!(story.allocate_now("2028-02-29", 1), (0, 365));
    assert_eq!(story.allocate_now("2028-03-31", 1), (1, 30));
}

/// LIC-33: the last day of the grace period, and the day after.
#[rstest]
#[case("2026-01-30", 0, 0)]
#[case("2026-01-31", 0, 300)]
fn the_edge_of_the_grace_period(#[case] at: &str, #[case] credit: i64, #[case] residual: i64) {
    let mut story = Story::started("2026-01-01", 10);
    story.redeem("2026-01-01", 10, 1);
    assert_eq!(story.allocate_now(at, 10), (credit, residual));
}

/// LIC-32: a product that was added in the middle of another's year is not charged for the days before it existed.
#[test]
fn a_product_that_came_later_is_credited_for_the_days_before_it() {
    let mut story = Story::new();
    let today = day("2026-06-10");
    let (one, two, three) = (story.operation(), story.operation(), story.operation());
    subscription::register(&mut story.book, one, today).expect("registered");
    subscription::change_need(&mut story.book, two, &core(10), today).expect("known");
    let terms = story.terms.clone();
    subscription::start(&mut story.book, three, day("2024-02-29"), &terms, today).expect("started");
    assert_eq!(
        story.status("2026-06-10"),
        Status::Started {
            until: day("2026-07-09")
        }
    );
    story.redeem("2026-06-10", 10, 1);
    // 28 February to 10 June: 102 days.
    assert_eq!(story.allocate_now("2026-06-20", 10), (2, 10 * 102 - 2 * 365));
    assert_eq!(
        story.status("2026-06-20"),
        Status::Licensed {
            until: day("2027-02-27")
        }
    );
    let boundaries = story.book.subscription.as_ref().expect("started").calendar;
    assert_eq!(boundaries.anniversary(8), day("2032-02-29"));
}

/// LIC-32: a system that was added in the middle of a licensed year.
#[test]
fn licences_for_a_system_that_came_later() {
    let mut story = Story::started("2026-01-01", 2);
    story.redeem("2026-01-01", 10, 1);
    story.allocate_now("2026-01-02", 2);
    let today = story.go("2026-07-20");
    let operation = story.operation();
    subscription::change_need(&mut story.book, operation, &core(5), today).expect("known");
    // No more is due than what has grown beyond the allowance (LIC-17); all three are allocated by choice.
    let due = Request {
        first_year: Some(0),
        years: 1,
        first_day: Some(day("2026-07-10")),
        ..Request::default()
    };
    let proposed = propose(&story.book, &due, day("2026-07-20")).expect("proposed");
    assert_eq!(
        proposed.years[0].types["core"].quantity,
        story.book.beyond_growth()
    );
    let request = Request {
        quantities: BTreeMap::from([((0, "core".to_owned()), 3)]),
        ..due
    };
    let entries = story.allocate("2026-07-20", &request).expect("allocated");
    let Event::Allocated { compensations, .. } = &entries[0].event else {
        panic!("an allocation")
    };
    // 1 January to 10 July: 190 days of three licences.
    assert_eq!(
        (
            compensations[0].days,
            compensations[0].credit,
            compensations[0].residual_after
        ),
        (190, 1, 570 - 365)
    );
}

/// LIC-16, LIC-17, LIC-30: of a year whose need is frozen no more is proposed, and no more demanded, than what it has grown beyond its
/// allowance; with that it is licensed again.
#[test]
fn growth_is_allocated_as_far_as_it_is_due() {
    let mut story = Story::started("2026-01-01", 10);
    story.redeem("2026-01-01", 30, 1);
    story.allocate_now("2026-01-02", 10);
    let today = story.go("2026-02-02");
    let operation = story.operation();
    subscription::change_need(&mut story.book, operation, &core(15), today).expect("known");
    assert_eq!(
        story.book.to_allocate(0),
        Quantities::new(),
        "within the allowance"
    );
    let operation = story.operation();
    subscription::change_need(&mut story.book, operation, &core(22), today).expect("known");
    assert_eq!(story.book.to_allocate(0), core(2));
    let year = |quantity: i64| Request {
        years: 1,
        quantities: BTreeMap::from([((0, "core".to_owned()), quantity)]),
        ..Request::default()
    };
    assert_eq!(
        story.allocate("2026-02-02", &year(1)),
        Err(Refusal::BelowNeed(core(1)))
    );
    story.allocate("2026-02-02", &year(2)).expect("allocated");
    assert_eq!(story.book.beyond_growth(), 0);
    assert_eq!(
        story.status("2026-02-02"),
        Status::Licensed {
            until: day("2026-12-31")
        }
    );
}

/// LIC-04: every status on the way of one product.
#[test]
fn every_status_on_the_way() {
    let mut story = Story::new();
    assert_eq!(story.status("2026-01-01"), Status::NotRegistered);
    let operation = story.operation();
    subscription::register(&mut story.book, operation, day("2026-01-01")).expect("registered");
    assert_eq!(story.status("2026-01-01"), Status::Registered);
    let operation = story.operation();
    subscription::start_trial(&mut story.book, operation, &Terms::example(), day("2026-01-01"))
        .expect("a trial");
    assert_eq!(
        story.status("2026-01-02"),
        Status::Trial {
            until: day("2026-03-31")
        }
    );
    assert_eq!(
        story.status("2026-03-31"),
        Status::Trial {
            until: day("2026-03-31")
        }
    );
    assert_eq!(
        story.status("2026-04-01"),
        Status::TrialEnded {
            since: day("2026-04-01")
        }
    );
    let operation = story.operation();
    subscription::start(
        &mut story.book,
        operation,
        day("2026-05-01"),
        &Terms::example(),
        day("2026-05-01"),
    )
    .expect("started");
    assert_eq!(story.status("2026-06-20"), Status::NothingNeeded);
    let today = story.go("2026-06-20");
    let operation = story.operation();
    subscription::change_need(&mut story.book, operation, &core(10), today).expect("known");
    assert_eq!(
        story.status("2026-06-20"),
        Status::Started {
            until: day("2026-07-19")
        }
    );
    assert_eq!(
        story.status("2026-07-20"),
        Status::Unlicensed {
            since: day("2026-07-20")
        }
    );
    story.redeem("2026-07-25", 100, 1);
    story.allocate_now("2026-07-25", 10);
    assert_eq!(
        story.status("2026-07-25"),
        Status::Licensed {
            until: day("2027-04-30")
        }
    );
    let today = story.go("2026-08-01");
    let operation = story.operation();
    subscription::change_need(&mut story.book, operation, &core(23), today).expect("known");
    assert_eq!(
        story.status("2026-08-01"),
        Status::BeyondGrowth {
            due: 3,
            until: day("2027-04-30")
        }
    );
    story.go("2027-05-01");
    assert_eq!(
        story.status("2027-05-01"),
        Status::RenewalDue {
            until: day("2027-05-30")
        }
    );
    let five = Request {
        years: 3,
        ..Request::default()
    };
    story.allocate("2027-05-10", &five).expect("three years");
    assert_eq!(
        story.status("2027-05-10"),
        Status::Licensed {
            until: day("2030-04-30")
        }
    );
    let operation = story.operation();
    subscription::archive(&mut story.book, operation, day("2027-05-11")).expect("archived");
    assert_eq!(story.status("2027-05-11"), Status::Archived);
}

/// LIC-16, LIC-54: years that were allocated ahead are looked at again when they begin.
#[test]
fn a_year_allocated_ahead_is_looked_at_when_it_begins() {
    let mut story = Story::started("2026-01-01", 10);
    story.redeem("2026-01-01", 20, 1);
    story
        .allocate(
            "2026-01-01",
            &Request {
                years: 2,
                ..Request::default()
            },
        )
        .expect("two years");
    assert_eq!(
        story.status("2026-01-01"),
        Status::Licensed {
            until: day("2027-12-31")
        }
    );
    let today = story.go("2026-12-31");
    let operation = story.operation();
    subscription::change_need(&mut story.book, operation, &core(12), today).expect("known");
    story.go("2027-01-01");
    assert_eq!(
        story.status("2027-01-01"),
        Status::RenewalDue {
            until: day("2027-01-30")
        }
    );
    let operation = story.operation();
    subscription::change_need(&mut story.book, operation, &core(9), day("2027-01-01")).expect("known");
    assert_eq!(
        story.status("2027-01-01"),
        Status::Licensed {
            until: day("2027-12-31")
        }
    );
    let year = story.book.subscription.as_ref().expect("started").years[&1];
    assert_eq!(year.licensed, Some((day("2027-01-01"), 10)));
}

/// LIC-30: the wallet has to cover all of it; more than the need takes a yes; fewer is refused.
#[test]
fn what_an_allocation_asks_for() {
    let mut story = Story::started("2026-01-01", 10);
    story.redeem("2026-01-01", 15, 1);
    let two = Request {
        years: 2,
        ..Request::default()
    };
    assert_eq!(
        story.allocate("2026-01-02", &two),
        Err(Refusal::WalletShort(core(5)))
    );
    let number = |quantity| BTreeMap::from([((0, "core".to_owned()), quantity)]);
    let fewer = Request {
        years: 1,
        quantities: number(9),
        ..Request::default()
    };
    assert_eq!(
        story.allocate("2026-01-02", &fewer),
        Err(Refusal::BelowNeed(core(1)))
    );
    let more = Request {
        years: 1,
        quantities: number(12),
        ..Request::default()
    };
    assert_eq!(
        story.allocate("2026-01-02", &more),
        Err(Refusal::BeyondNeed(core(2)))
    );
    let far = Request {
        years: 6,
        first_year: Some(1),
        ..Request::default()
    };
    assert_eq!(story.allocate("2026-01-02", &far), Err(Refusal::OutOfRange));
    story
        .allocate(
            "2026-01-02",
            &Request {
                beyond_need: true,
                ..more
            },
        )
        .expect("said yes");
    assert_eq!(
        story.book.balance(
            Account::Year(0),
            &story.book.lots.values().next().expect("a lot").commodity()
        ),
        12
    );
}

/// LIC-12: five years ahead and no further, also for the last year of a licence of several.
#[test]
fn no_further_than_five_years_ahead() {
    let mut story = Story::started("2026-01-01", 1);
    story.redeem("2026-01-01", 9, 1);
    let six = Request {
        years: 6,
        ..Request::default()
    };
    story
        .allocate("2026-01-01", &six)
        .expect("the present year and five more");
    let seventh = Request {
        years: 1,
        ..Request::default()
    };
    assert_eq!(
        story.allocate("2026-06-01", &seventh),
        Err(Refusal::YearNotInReach(day("2031-01-01")))
    );
}

/// LIC-22: from the day its shelf life ends, a lot can no longer be allocated.
#[test]
fn a_shelf_life_ends() {
    let mut story = Story::started("2026-01-01", 10);
    story.redeem("2026-02-01", 10, 1);
    let lot = story.book.lots.values().next().expect("a lot").clone();
    story.go("2031-01-31");
    assert_eq!(story.book.of_lot(Account::Wallet, &lot), 10);
    story.go("2031-02-01");
    assert_eq!(
        (
            story.book.of_lot(Account::Wallet, &lot),
            story.book.of_lot(Account::Expired, &lot)
        ),
        (0, 10)
    );
}

/// LIC-46: licences wait for a product that was never started, can be called back, and come in with the start.
#[test]
fn licences_wait_for_the_start() {
    let mut story = Story::started("2026-01-01", 1);
    story.redeem("2026-01-01", 12, 1);
    let lot = story.book.lots.values().next().expect("a lot").clone();
    let mut other = Book::new(Uuid::from_u128(8));
    let today = day("2026-01-09");
    let (sending, receiving) = ((Uuid::from_u128(1), today), (Uuid::from_u128(2), today));
    let mut parties = Parties {
        sender: &mut story.book,
        sending,
        receiver: &mut other,
        receiving,
    };
    let lines = |quantity| {
        [SystemLine {
            lot: lot.id,
            quantity,
        }]
    };
    let (first, second) = (Uuid::from_u128(901), Uuid::from_u128(902));
    transfer::send(&mut parties, first, &lines(5), true).expect("sent");
    transfer::send(&mut parties, second, &lines(3), true).expect("sent");
    assert_eq!(
        transfer::send(&mut parties, Uuid::from_u128(903), &lines(5), true),
        Err(Refusal::WalletShort(core(1)))
    );
    transfer::recall(&mut parties, Uuid::from_u128(904), transfer::transfer_id(first)).expect("called back");
    let again = transfer::recall(&mut parties, Uuid::from_u128(905), transfer::transfer_id(first));
    assert_eq!(again, Err(Refusal::NotWaiting));
    assert_eq!(other.of_lot(Account::Waiting, &lot), 3);
    subscription::register(&mut other, Uuid::from_u128(906), today).expect("registered");
    subscription::start_trial(&mut other, Uuid::from_u128(907), &Terms::example(), today).expect("a trial");
    assert_eq!(
        (
            other.of_lot(Account::Waiting, &lot),
            other.of_lot(Account::Wallet, &lot)
        ),
        (0, 3)
    );
    assert_eq!(story.book.of_lot(Account::Wallet, &lot), 9);
}

/// LIC-65: an allocation to a year that has not begun is taken back, once; one to a year that has begun is not.
#[test]
fn an_allocation_is_taken_back() {
    let mut story = Story::started("2026-01-01", 5);
    story.redeem("2026-01-01", 10, 1);
    let now = story
        .allocate(
            "2026-01-01",
            &Request {
                years: 1,
                ..Request::default()
            },
        )
        .expect("this year");
    let ahead = story
        .allocate(
            "2026-01-01",
            &Request {
                years: 1,
                ..Request::default()
            },
        )
        .expect("the next");
    let today = day("2026-03-01");
    let mut reverse = |entry: &Entry, operation: u128| {
        subscription::reverse(
            &mut story.book,
            Uuid::from_u128(operation),
            entry,
            "a mistake",
            today,
        )
    };
    assert_eq!(reverse(&now[0], 800), Err(Refusal::NotReversible));
    reverse(&ahead[0], 801).expect("taken back");
    assert_eq!(reverse(&ahead[0], 802), Err(Refusal::NotReversible));
    assert_eq!(
        story
            .book
            .wallet(Purpose::Subscription, today)
            .iter()
            .map(|(_, left)| left)
            .sum::<i64>(),
        5
    );
}

/// LIC-65: after its end no later year is due.
#[test]
fn a_subscription_is_ended() {
    let mut story = Story::started("2026-01-01", 5);
    story.redeem("2026-01-01", 5, 1);
    story.allocate_now("2026-01-01", 5);
    let operation = story.operation();
    subscription::end(&mut story.book, operation, "sold", day("2026-05-01")).expect("ended");
    story.go("2026-12-31");
    assert_eq!(
        story.status("2026-12-31"),
        Status::Licensed {
            until: day("2026-12-31")
        }
    );
    story.go("2027-01-01");
    assert_eq!(
        story.status("2027-01-01"),
        Status::Unlicensed {
            since: day("2027-01-01")
        }
    );
}

/// LIC-01, LIC-30: where the wallet has too few of a type, those that stand in for it are proposed, and make the years licensed; what is
/// still missing then is said.
#[test]
fn substitutes_are_proposed() {
    let mut story = Story::started("2026-01-01", 5);
    story.redeem("2026-01-01", 2, 1);
    story.redeem_type("2026-01-01", "universal", 4, 1);
    let mut request = Request {
        years: 2,
        ..Request::default()
    };
    let proposal = propose(&story.book, &request, day("2026-01-05")).expect("proposed");
    let in_years: Vec<(i64, i64)> = proposal
        .years
        .iter()
        .map(|year| (year.types["core"].quantity, year.types["core"].substituted))
        .collect();
    assert_eq!(in_years, [(5, 3), (5, 1)]);
    assert_eq!((proposal.missing, proposal.surplus), (core(4), 0));
    assert!(matches!(
        story.allocate("2026-01-05", &request),
        Err(Refusal::WalletShort(missing)) if missing == core(4)
    ));
    request.years = 1;
    story.allocate("2026-01-05", &request).expect("allocated");
    assert!(story.book.is_licensed(0), "{:?}", story.book.coverage(0));
}

/// LIC-16: what is proposed depends on nothing but the book and the day.
#[test]
fn a_proposal_changes_nothing() {
    let mut story = Story::started("2026-01-01", 5);
    story.redeem("2026-01-01", 10, 2);
    let before = story.book.clone();
    let request = Request {
        years: 1,
        ..Request::default()
    };
    let proposal = propose(&story.book, &request, day("2026-01-05")).expect("proposed");
    assert_eq!((proposal.surplus, proposal.lines.len()), (5, 1));
    assert_eq!(license_year(&mut story.book, day("2026-01-05")), Ok(None));
    assert_eq!(story.book, before);
}
