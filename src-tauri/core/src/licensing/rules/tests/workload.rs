//! A long seeded workload of every kind of act over several organizations, held against an auditor that is written separately: plain
//! maps, no ledger, its own arithmetic (LIC-61).

use super::auditor::{Auditor, Shelf};
use crate::licensing::rules::advance::advance;
use crate::licensing::rules::allocation::{Request, allocate};
use crate::licensing::rules::book::Book;
use crate::licensing::rules::ledger::{Entry, Event, LotOrigin, Place, Purpose, SystemLine};
use crate::licensing::rules::need::Quantities;
use crate::licensing::rules::offline;
use crate::licensing::rules::reconciliation::{self, Group, Shown};
use crate::licensing::rules::refusal::Refusal;
use crate::licensing::rules::terms::Terms;
use crate::licensing::rules::transfer::{self, Parties};
use crate::licensing::rules::wallet::{self, Key, KeyContent};
use crate::licensing::rules::{status, subscription};
use chrono::{Days, NaiveDate};
use rstest::rstest;
use std::collections::BTreeMap;
use uuid::Uuid;

/// How many acts the long run has.
const ACTS: usize = 100_000;
const ORGANIZATIONS: usize = 6;
const TYPES: [&str; 2] = ["core", "universal"];

/// Numbers that look random and are the same each time (SplitMix64).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % sides
    }

    fn number(&mut self, least: i64, most: i64) -> i64 {
        least + self.roll((most - least + 1) as u64) as i64
    }

    fn one_of<T: Copy>(&mut self, all: &[T]) -> Option<T> {
        (!all.is_empty()).then(|| all[self.roll(all.len() as u64) as usize])
    }
}

/// The fleet of organizations whose books are kept.
struct World {
    dice: Dice,
    books: Vec<Book>,
    auditor: Auditor,
    today: NaiveDate,
    operations: u128,
    terms: Terms,
    /// Entries that can perhaps be taken back.
    recent: Vec<(usize, Entry)>,
    transfers: Vec<(usize, usize, Uuid)>,
    done: BTreeMap<&'static str, usize>,
    refused: usize,
}

impl World {
    fn new(seed: u64) -> Self {
        let books = (0..ORGANIZATIONS)
            .map(|number| Book::new(Uuid::from_u128(number as u128 + 1)))
            .collect();
        let auditor = Auditor {
            shelves: vec![Shelf::default(); ORGANIZATIONS],
            ..Auditor::default()
        };
        Self {
            dice: Dice(seed),
            books,
            auditor,
            today: "2024-02-29".parse().expect("a date"),
            operations: 0,
            terms: Terms::example(),
            recent: Vec::new(),
            transfers: Vec::new(),
            done: BTreeMap::new(),
            refused: 0,
        }
    }

    fn operation(&mut self) -> Uuid {
        self.operations += 1;
        Uuid::from_u128(self.operations << 64)
    }

    fn go_forward(&mut self, days: u64) {
        self.today = self.today + Days::new(days);
        for book in &mut self.books {
            let terms = self.terms.clone();
            advance(book, self.today, &|_| terms.clone()).expect("forward");
        }
        self.auditor.day(self.today);
    }

    fn step(&mut self) {
        let place = self.dice.roll(ORGANIZATIONS as u64) as usize;
        let outcome = match self.dice.roll(100) {
            0..=14 => self.redeem(place),
            15..=29 => self.need(place),
            30..=54 => self.allocate(place),
            55..=64 => self.transfer(place),
            65..=68 => self.recall(),
            69..=71 => self.register(place),
            72..=74 => self.start(place),
            75..=79 => self.expand(place),
            80..=82 => self.upgrade(place),
            83..=86 => self.take_back(),
            87 => self.archive(place),
            88 => self.archived(),
            89..=94 => self.offline(place),
            95 => self.reconcile(place),
            _ => {
                let days = self.dice.roll(9);
                self.go_forward(days);
                Ok("clock")
            }
        };
        match outcome {
            Ok(name) => *self.done.entry(name).or_default() += 1,
            Err(Refusal::Broken(breach)) => panic!("{breach:?}"),
            Err(_) => self.refused += 1,
        }
    }

    fn register(&mut self, place: usize) -> Result<&'static str, Refusal> {
        let operation = self.operation();
        subscription::register(&mut self.books[place], operation, self.today)?;
        Ok("register")
    }

    fn start(&mut self, place: usize) -> Result<&'static str, Refusal> {
        let operation = self.operation();
        let (name, start) = if self.dice.roll(3) == 0 {
            subscription::start_trial(&mut self.books[place], operation, &self.terms, self.today)?;
            ("trial", None)
        } else {
            let back = self.dice.roll(500);
            let start = self.today - Days::new(if self.dice.roll(2) == 0 { 0 } else { back });
            subscription::start(&mut self.books[place], operation, start, &self.terms, self.today)?;
            ("start", Some(start))
        };
        let waiting: Vec<(Uuid, i64)> = self.auditor.shelves[place]
            .places
            .iter()
            .filter(|((_, name), _)| name == "waiting")
            .map(|((lot, _), number)| (*lot, *number))
            .collect();
        for (lot, number) in waiting {
            self.auditor.moves(place, lot, "waiting", "wallet", number);
        }
        self.auditor.shelves[place].active = true;
        self.auditor.shelves[place].start = start.or(self.auditor.shelves[place].start);
        Ok(name)
    }

    fn need(&mut self, place: usize) -> Result<&'static str, Refusal> {
        let operation = self.operation();
        let need: Quantities = TYPES
            .iter()
            .map(|name| ((*name).to_owned(), self.dice.number(0, 12)))
            .filter(|(_, number)| *number > 0)
            .collect();
        subscription::change_need(&mut self.books[place], operation, &need, self.today)?;
        Ok("need")
    }

    fn redeem(&mut self, place: usize) -> Result<&'static str, Refusal> {
        let operation = self.operation();
        // Now and then a key that was redeemed before.
        let number = if self.dice.roll(10) == 0 {
            self.operations / 2
        } else {
            self.operations
        };
        let digest = format!("key {number}");
        if self.auditor.keys.contains(&digest) {
            return Ok("key again");
        }
        let purpose = match self.dice.roll(6) {
            0 => Purpose::Expansion,
            1 => Purpose::Upgrade,
            _ => Purpose::Subscription,
        };
        let term = if purpose == Purpose::Subscription {
            self.dice.number(1, 5) as u32
        } else {
            0
        };
        let content = KeyContent {
            purpose,
            licence_type: TYPES[self.dice.roll(2) as usize].to_owned(),
            term,
            quantity: self.dice.number(1, 30),
        };
        let origin = if self.dice.roll(2) == 0 {
            LotOrigin::Declared
        } else {
            LotOrigin::Signed
        };
        let key = Key {
            origin,
            digest: digest.clone(),
            masked: String::new(),
            order: String::new(),
            content: vec![content],
            issuer: None,
        };
        let entry = wallet::redeem(&mut self.books[place], operation, &key, &self.terms, self.today)?;
        let Event::Redeemed { lots, .. } = &entry.event else {
            panic!("a redemption")
        };
        for lot in lots {
            self.auditor.new_lot(place, &lot.lot, lot.quantity);
        }
        self.auditor.keys.insert(digest);
        self.recent.push((place, entry));
        Ok("redeem")
    }

    fn allocate(&mut self, place: usize) -> Result<&'static str, Refusal> {
        let operation = self.operation();
        let book = &mut self.books[place];
        let request = Request {
            years: self.dice.number(1, 3) as u32,
            beyond_need: true,
            quantities: BTreeMap::new(),
            ..Request::default()
        };
        let first_days = book.subscription.as_ref().map(|known| {
            let grace = known.years.get(&known.year).and_then(|year| year.grace_from);
            (known.first_day, grace)
        });
        let entries = allocate(book, operation, &request, self.today)?;
        self.auditor
            .allocated(place, &entries[0], first_days.expect("a subscription"));
        self.recent.push((place, entries[0].clone()));
        Ok("allocate")
    }

    fn lines(&mut self, place: usize, purpose: Option<Purpose>) -> Vec<SystemLine> {
        let lots: Vec<(Uuid, i64)> = self.auditor.shelves[place]
            .places
            .iter()
            .filter(|((lot, name), _)| {
                name == "wallet" && purpose.is_none_or(|purpose| self.auditor.lots[lot].3 == purpose)
            })
            .map(|((lot, _), number)| (*lot, *number))
            .collect();
        let Some((lot, left)) = self.dice.one_of(&lots) else {
            return Vec::new();
        };
        // Now and then more than there are.
        vec![SystemLine {
            lot,
            quantity: self
                .dice
                .number(1, left + i64::from(self.dice.0.is_multiple_of(7))),
        }]
    }

    fn two(&mut self, one: usize, other: usize) -> (&mut Book, &mut Book) {
        let [one, other] = self.books.get_disjoint_mut([one, other]).expect("two of them");
        (one, other)
    }

    fn transfer(&mut self, place: usize) -> Result<&'static str, Refusal> {
        let operation = self.operation();
        let to = (place + 1 + self.dice.roll(ORGANIZATIONS as u64 - 1) as usize) % ORGANIZATIONS;
        let lines = self.lines(place, None);
        let today = self.today;
        let (sender, receiver) = self.two(place, to);
        let mut parties = Parties {
            sending: (Uuid::from_u128(place as u128), today),
            sender,
            receiving: (Uuid::from_u128(to as u128), today),
            receiver,
        };
        transfer::send(&mut parties, operation, &lines, true)?;
        let arrives = if self.auditor.shelves[to].active {
            "wallet"
        } else {
            "waiting"
        };
        for line in &lines {
            self.auditor.moves(place, line.lot, "wallet", "", line.quantity);
            self.auditor.moves(to, line.lot, "", arrives, line.quantity);
        }
        self.transfers.push((place, to, transfer::transfer_id(operation)));
        Ok(if arrives == "wallet" {
            "transfer"
        } else {
            "transfer, waiting"
        })
    }

    fn recall(&mut self) -> Result<&'static str, Refusal> {
        let operation = self.operation();
        let transfers = self.transfers.clone();
        let Some((from, to, id)) = self.dice.one_of(&transfers) else {
            return Ok("nothing to recall");
        };
        let today = self.today;
        let waits = if self.auditor.shelves[to].archived {
            "frozen-waiting"
        } else {
            "waiting"
        };
        let (sender, receiver) = self.two(from, to);
        let before: Vec<(Uuid, i64)> = receiver
            .waiting
            .get(&id)
            .map(|waiting| waiting.lots.iter().map(|(lot, number)| (*lot, *number)).collect())
            .unwrap_or_default();
        let mut parties = Parties {
            sending: (Uuid::from_u128(from as u128), today),
            sender,
            receiving: (Uuid::from_u128(to as u128), today),
            receiver,
        };
        transfer::recall(&mut parties, operation, id)?;
        for (lot, number) in before {
            self.auditor.moves(to, lot, waits, "", number);
            self.auditor.moves(from, lot, "", "wallet", number);
        }
        Ok("recall")
    }

    fn expand(&mut self, place: usize) -> Result<&'static str, Refusal> {
        let operation = self.operation();
        let lines = self.lines(place, Some(Purpose::Expansion));
        let system = Uuid::from_u128(self.dice.roll(4).into());
        let entry = wallet::expand(&mut self.books[place], operation, system, &lines, self.today)?;
        for line in &lines {
            self.auditor
                .moves(place, line.lot, "wallet", &format!("s{system}"), line.quantity);
        }
        self.recent.push((place, entry));
        Ok("expand")
    }

    fn upgrade(&mut self, place: usize) -> Result<&'static str, Refusal> {
        let operation = self.operation();
        let lines = self.lines(place, Some(Purpose::Upgrade));
        let Some(line) = lines.first() else {
            return Ok("nothing to upgrade");
        };
        wallet::upgrade(
            &mut self.books[place],
            operation,
            line,
            ("a server", "5", "6"),
            self.today,
        )?;
        self.auditor
            .moves(place, line.lot, "wallet", "used", line.quantity);
        Ok("upgrade")
    }

    /// Something with one of three systems without a network: a file, what became of it.
    fn offline(&mut self, place: usize) -> Result<&'static str, Refusal> {
        let operation = self.operation();
        let system = Uuid::from_u128(100 + u128::from(self.dice.roll(3)));
        let today = self.today;
        let act = self.dice.roll(7);
        let first_days = self.books[place].subscription.as_ref().map(|known| {
            let file = offline::pending(&self.books[place], system);
            let year = file.and_then(|(_, file)| known.calendar.year_of(file.issued));
            let grace = year.and_then(|year| known.years.get(&year)?.grace_from);
            (known.first_day, grace)
        });
        let book = &mut self.books[place];
        match act {
            0..=2 => {
                let wanted = offline::Wanted {
                    need: Quantities::from([("core".to_owned(), self.dice.number(1, 5))]),
                    others: book.need.clone(),
                    year: None,
                    years: 1,
                };
                let terms = self.terms.clone();
                let proposed = offline::propose(book, system, &wanted, &terms.substitutions, today)?;
                let lost = (100..103)
                    .map(Uuid::from_u128)
                    .find(|lost| act == 2 && *lost != system && offline::held(book, *lost).next().is_some());
                let issue = offline::Issue {
                    system: (system, String::new()),
                    request: String::new(),
                    sequence: 1,
                    first_day: "2000-01-01".parse().expect("a date"),
                    lines: proposed.lines,
                    replaces: lost,
                    most_lost: 2,
                };
                let entries = offline::issue(book, operation, &issue, today)?;
                self.auditor.file_issued(place, &entries[0]);
                Ok(if issue.replaces.is_some() {
                    "re-host"
                } else {
                    "offline"
                })
            }
            3 | 4 => {
                let issued = offline::pending(book, system).map(|(_, file)| file.issued);
                let entries = offline::confirm(book, operation, system, None, today)?;
                self.auditor
                    .file_confirmed(place, &entries[0], issued.expect("it waited"), first_days);
                Ok("confirm")
            }
            5 => {
                let entry = offline::give_back(book, operation, system, Some("found"), today)?;
                self.auditor.file_came_back(place, &entry);
                Ok("give back")
            }
            _ => {
                let entry = offline::lapse(book, operation, system, "over", today)?;
                self.auditor.file_came_back(place, &entry);
                Ok("lapse")
            }
        }
    }

    /// The vendor shows another number in the wallet, and perhaps in the year that runs.
    fn reconcile(&mut self, place: usize) -> Result<&'static str, Refusal> {
        let operation = self.operation();
        let licence_type = TYPES[self.dice.roll(2) as usize].to_owned();
        let term = self.dice.number(1, 5) as u32;
        let book = &mut self.books[place];
        let mut places = BTreeMap::from([(Place::Wallet, self.dice.number(0, 40))]);
        if let Some(known) = &book.subscription
            && self.dice.roll(2) == 0
        {
            places.insert(Place::Year(known.year), self.dice.number(0, 40));
        }
        let shown = [Shown {
            group: Group {
                key: String::new(),
                licence_type: licence_type.clone(),
                term,
            },
            order: String::new(),
            redeemed: None,
            places: places.clone(),
        }];
        let named = |found: &reconciliation::Difference| found.named;
        let mut found = reconciliation::differences(book, &shown, self.today)?;
        found.retain(named);
        let texts = ("a report", "another number");
        let entries =
            reconciliation::reconcile(book, operation, (&shown, &found), texts, &self.terms, self.today)?;
        self.auditor.reconciled(place, &entries[0]);
        for (of, quantity) in places {
            self.auditor.shows(place, (&licence_type, term), of, quantity);
        }
        Ok("reconcile")
    }

    fn take_back(&mut self) -> Result<&'static str, Refusal> {
        let operation = self.operation();
        if self.recent.is_empty() {
            return Ok("nothing to take back");
        }
        let number = self.dice.roll(self.recent.len() as u64) as usize;
        let (place, entry) = self.recent.swap_remove(number);
        let start = self.auditor.shelves[place].start;
        let entries =
            subscription::reverse(&mut self.books[place], operation, &entry, "a mistake", self.today)?;
        assert!(matches!(entries[0].event, Event::Reversed { .. }));
        match &entry.event {
            Event::Redeemed { lots, .. } => {
                for lot in lots {
                    self.auditor
                        .moves(place, lot.lot.id, "wallet", "back", lot.quantity);
                }
            }
            Event::Allocated { lines, .. } => {
                let start = start.expect("started");
                let (_, next) = Auditor::year_begin(start, self.today);
                for line in lines {
                    use chrono::Datelike;
                    let year = start.year() + line.year as i32;
                    let begin = start
                        .with_year(year)
                        .unwrap_or_else(|| NaiveDate::from_ymd_opt(year, 2, 28).expect("a date"));
                    let back = if self.auditor.lots[&line.lot].2 <= self.today {
                        "gone"
                    } else {
                        "wallet"
                    };
                    if begin >= next {
                        self.auditor
                            .moves(place, line.lot, &format!("y{begin}"), back, line.quantity);
                    }
                }
            }
            Event::ExpansionAllocated { system, lines } => {
                for line in lines {
                    let back = if self.auditor.lots[&line.lot].2 <= self.today {
                        "gone"
                    } else {
                        "wallet"
                    };
                    self.auditor
                        .moves(place, line.lot, &format!("s{system}"), back, line.quantity);
                }
            }
            other => panic!("{other:?} was taken back"),
        }
        Ok("take back")
    }

    /// One that is archived is restored.
    fn archived(&mut self) -> Result<&'static str, Refusal> {
        match (0..ORGANIZATIONS).find(|place| self.auditor.shelves[*place].archived) {
            Some(place) => self.archive(place),
            None => Ok("none archived"),
        }
    }

    fn archive(&mut self, place: usize) -> Result<&'static str, Refusal> {
        let operation = self.operation();
        let archived = self.auditor.shelves[place].archived;
        let (name, from, to) = if archived {
            subscription::restore(&mut self.books[place], operation, self.today)?;
            ("restore", ["frozen", "frozen-waiting"], ["wallet", "waiting"])
        } else {
            subscription::archive(&mut self.books[place], operation, self.today)?;
            ("archive", ["wallet", "waiting"], ["frozen", "frozen-waiting"])
        };
        self.auditor.shelves[place].archived = !archived;
        for (from, to) in from.into_iter().zip(to) {
            let all: Vec<Uuid> = self.auditor.lots.keys().copied().collect();
            for lot in all {
                let number = self.auditor.has(place, lot, from);
                self.auditor.moves(place, lot, from, to, number);
            }
        }
        Ok(name)
    }
}

/// LIC-61: a hundred thousand acts of every kind; after each hundred the books are what the auditor says, and nothing was made or lost.
#[rstest]
fn a_long_workload_is_what_the_auditor_says(#[values(0, 1, 2, 3, 4, 5, 6, 7)] part: u64) {
    let mut done: BTreeMap<&str, usize> = BTreeMap::new();
    let mut refused = 0;
    // Several lives, so that books begin anew and stay readable.
    for seed in part * 5..part * 5 + 5 {
        let mut world = World::new(seed);
        for act in 0..ACTS / 40 {
            world.step();
            if act % 100 == 0 {
                for (place, book) in world.books.iter().enumerate() {
                    world.auditor.compare(place, book);
                    let _ = status::status(book, world.today);
                }
                world.auditor.conserved();
            }
        }
        for (name, count) in world.done {
            *done.entry(name).or_default() += count;
        }
        refused += world.refused;
    }
    for name in [
        "redeem",
        "key again",
        "need",
        "allocate",
        "transfer",
        "transfer, waiting",
        "recall",
        "register",
        "trial",
        "start",
        "expand",
        "upgrade",
        "take back",
        "offline",
        "re-host",
        "confirm",
        "give back",
        "lapse",
        "reconcile",
        "archive",
        "restore",
        "clock",
    ] {
        assert!(done.get(name).copied().unwrap_or(0) >= 2, "{name}: {done:?}");
    }
    assert!(
        refused > 100 && done.values().sum::<usize>() > ACTS / 8 / 3,
        "{refused} refused, {done:?}"
    );
}
