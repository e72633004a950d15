//! Registering, trial, subscription, what a subscription that already runs is opened with, ending, archiving, and taking back
//! (LIC-05, LIC-06, LIC-11, LIC-64, LIC-65, ORG-06).

use super::advance::license_year;
use super::book::Book;
use super::calendar::Calendar;
use super::ledger::{Account, Commodity, Entry, Event, OpeningLot, Reversible};
use super::need::Quantities;
use super::offline::{leaves_covered, stored};
use super::refusal::Refusal;
use super::terms::Terms;
use super::wallet::{LONGEST_TERM, MOST_LICENCES};
use chrono::NaiveDate;
use uuid::Uuid;

/// How far back a subscription can have started that is entered as it stood (LIC-64), in years.
pub const OLDEST_START: u32 = 30;

fn demand_registered(book: &Book) -> Result<(), Refusal> {
    if book.archived {
        Err(Refusal::Archived)
    } else if book.registered.is_none() {
        Err(Refusal::NotRegistered)
    } else {
        Ok(())
    }
}

/// Registers the product with the organization (LIC-05).
///
/// # Errors
/// When it is registered already.
pub fn register(book: &mut Book, operation: Uuid, today: NaiveDate) -> Result<Entry, Refusal> {
    if book.archived {
        return Err(Refusal::Archived);
    }
    if book.registered.is_some() {
        return Err(Refusal::AlreadyRegistered);
    }
    let entry = Entry::of_operation(operation, book.id, 0, today, Event::Registered);
    book.apply(&entry)?;
    Ok(entry)
}

/// What waits comes into the wallet with this entry (LIC-46).
fn let_in(book: &Book, entry: &mut Entry) {
    move_all(book, entry, Account::Waiting, Account::Wallet);
}

/// Starts the trial of the catalogue's days, once (LIC-06).
///
/// # Errors
/// When there was one, there is none, or the subscription was started.
pub fn start_trial(
    book: &mut Book,
    operation: Uuid,
    terms: &Terms,
    today: NaiveDate,
) -> Result<Entry, Refusal> {
    demand_registered(book)?;
    if book.subscription.is_some() {
        return Err(Refusal::AlreadyStarted);
    }
    if book.trial.is_some() {
        return Err(Refusal::TrialUsed);
    }
    if terms.trial_days == 0 {
        return Err(Refusal::NoTrial);
    }
    let event = Event::TrialStarted {
        days: terms.trial_days,
    };
    let mut entry = Entry::of_operation(operation, book.id, 0, today, event);
    let_in(book, &mut entry);
    book.apply(&entry)?;
    Ok(entry)
}

/// Starts the subscription today, or with the boundaries of another product's that began on `start` (LIC-11).
///
/// # Errors
/// When it was started already, or `start` lies ahead.
pub fn start(
    book: &mut Book,
    operation: Uuid,
    start: NaiveDate,
    terms: &Terms,
    today: NaiveDate,
) -> Result<Vec<Entry>, Refusal> {
    demand_registered(book)?;
    if book.subscription.is_some() {
        return Err(Refusal::AlreadyStarted);
    }
    if start > today {
        return Err(Refusal::StartNotPossible);
    }
    let event = Event::SubscriptionStarted {
        start,
        terms: terms.clone(),
    };
    let mut entry = Entry::of_operation(operation, book.id, 0, today, event);
    let_in(book, &mut entry);
    book.apply(&entry)?;
    let licensed = license_year(book, today)?;
    Ok(std::iter::once(entry).chain(licensed).collect())
}

/// Writes down that the need of the product's systems is another one; the first need of a year opens its grace period (LIC-18).
///
/// # Errors
/// Never, for a book that was made by the rules.
pub fn change_need(
    book: &mut Book,
    operation: Uuid,
    need: &Quantities,
    today: NaiveDate,
) -> Result<Vec<Entry>, Refusal> {
    if book.need == *need {
        return Ok(Vec::new());
    }
    let event = Event::NeedChanged { need: need.clone() };
    let entry = Entry::of_operation(operation, book.id, 0, today, event);
    book.apply(&entry)?;
    let licensed = license_year(book, today)?;
    Ok(std::iter::once(entry).chain(licensed).collect())
}

/// Enters a subscription that already runs, as it stands at the vendor (LIC-64).
///
/// # Errors
/// When one was started here, the start lies ahead, or a number or a date is outside its limits.
pub fn open(
    book: &mut Book,
    operation: Uuid,
    (start, lots): (NaiveDate, Vec<OpeningLot>),
    reference: &str,
    terms: &Terms,
    today: NaiveDate,
) -> Result<Vec<Entry>, Refusal> {
    if book.archived {
        return Err(Refusal::Archived);
    }
    if book.subscription.is_some() {
        return Err(Refusal::AlreadyStarted);
    }
    let calendar = Calendar::starting(start);
    let year = calendar
        .year_of(today)
        .filter(|year| *year <= OLDEST_START)
        .ok_or(Refusal::StartNotPossible)?;
    let last = calendar.last_in_reach(today, terms.ahead_years).unwrap_or(year);
    for OpeningLot { lot, wallet, years } in &lots {
        let possible = (1..=LONGEST_TERM).contains(&lot.term)
            && lot.redeemed <= today
            && (0..=MOST_LICENCES).contains(wallet)
            && (*wallet == 0 || lot.shelf_end > today)
            && years.iter().all(|(first, quantity)| {
                (1..=MOST_LICENCES).contains(quantity)
                    && *first + lot.term > year
                    && first + lot.term - 1 <= last
            });
        if !possible || (*wallet == 0 && years.is_empty()) {
            return Err(Refusal::OutOfRange);
        }
    }
    let event = Event::Opened {
        start,
        terms: terms.clone(),
        lots: lots.clone(),
        reference: reference.to_owned(),
    };
    let mut entry = Entry::of_operation(operation, book.id, 0, today, event);
    let_in(book, &mut entry);
    for OpeningLot { lot, wallet, years } in &lots {
        entry.post(Account::Issuer, Account::Wallet, &lot.commodity(), *wallet);
        for (&first, &quantity) in years {
            entry.post(Account::Issuer, Account::Year(first), &lot.commodity(), quantity);
        }
    }
    book.apply(&entry)?;
    let licensed = license_year(book, today)?;
    Ok(std::iter::once(entry).chain(licensed).collect())
}

/// Ends the subscription: no later year is due, nothing is refunded (LIC-65).
///
/// # Errors
/// Without a subscription, or when it was ended already.
pub fn end(book: &mut Book, operation: Uuid, reason: &str, today: NaiveDate) -> Result<Entry, Refusal> {
    demand_registered(book)?;
    match &book.subscription {
        None => return Err(Refusal::NotStarted),
        Some(subscription) if subscription.ended.is_some() => return Err(Refusal::Ended),
        Some(_) => {}
    }
    let event = Event::Ended {
        reason: reason.to_owned(),
    };
    let entry = Entry::of_operation(operation, book.id, 0, today, event);
    book.apply(&entry)?;
    Ok(entry)
}

/// Moves everything of one account into another.
fn move_all(book: &Book, entry: &mut Entry, from: Account, to: Account) {
    for (lot, quantity) in book.in_account(from) {
        entry.post(from, to, &lot.commodity(), quantity);
    }
}

/// Freezes what the wallet of an archived organization has (ORG-06).
///
/// # Errors
/// When it is frozen already.
pub fn archive(book: &mut Book, operation: Uuid, today: NaiveDate) -> Result<Entry, Refusal> {
    if book.archived {
        return Err(Refusal::Archived);
    }
    let mut entry = Entry::of_operation(operation, book.id, 0, today, Event::Archived);
    move_all(book, &mut entry, Account::Wallet, Account::FrozenWallet);
    move_all(book, &mut entry, Account::Waiting, Account::FrozenWaiting);
    book.apply(&entry)?;
    Ok(entry)
}

/// Gives it back when the organization is restored (ORG-07); shelf lives have run on.
///
/// # Errors
/// When it is not frozen.
pub fn restore(book: &mut Book, operation: Uuid, today: NaiveDate) -> Result<Entry, Refusal> {
    if !book.archived {
        return Err(Refusal::NotReversible);
    }
    let mut entry = Entry::of_operation(operation, book.id, 0, today, Event::Restored);
    move_all(book, &mut entry, Account::FrozenWallet, Account::Wallet);
    move_all(book, &mut entry, Account::FrozenWaiting, Account::Waiting);
    book.apply(&entry)?;
    Ok(entry)
}

/// Takes back an entry, by one that says why (LIC-65).
///
/// # Errors
/// When it is none that can be taken back, was already, or what it brought has been used.
pub fn reverse(
    book: &mut Book,
    operation: Uuid,
    entry: &Entry,
    reason: &str,
    today: NaiveDate,
) -> Result<Vec<Entry>, Refusal> {
    if book.archived {
        return Err(Refusal::Archived);
    }
    if book.reversed.contains(&entry.id) {
        return Err(Refusal::NotReversible);
    }
    let of = reversible(book, entry).ok_or(Refusal::NotReversible)?;
    let event = Event::Reversed {
        entry: entry.id,
        of,
        reason: reason.to_owned(),
    };
    let mut back = Entry::of_operation(operation, book.id, 0, today, event);
    let present = book
        .subscription
        .as_ref()
        .map_or(0, |subscription| subscription.year);
    for posting in &entry.postings {
        let Commodity::Licences { lot, .. } = &posting.commodity else {
            continue;
        };
        let came_to = posting.account;
        let goes_to = match (of, came_to) {
            (Reversible::Allocation, Account::Year(year)) if year > present => stored(book, *lot, today),
            (Reversible::Expansion, Account::System(_)) => stored(book, *lot, today),
            (Reversible::Redemption, Account::Wallet)
            | (Reversible::Opening, Account::Wallet | Account::Year(_)) => Account::Returned,
            _ => continue,
        };
        if posting.amount > 0 {
            back.post(came_to, goes_to, &posting.commodity, posting.amount);
        }
    }
    let nothing_moves = matches!(of, Reversible::Ending | Reversible::Opening);
    if back.postings.is_empty() && !nothing_moves {
        return Err(Refusal::NotReversible);
    }
    if of == Reversible::Opening && allocated_otherwise(book, entry) {
        return Err(Refusal::AlreadyUsed);
    }
    // What a system without a network holds is not taken from it here.
    if !leaves_covered(book, &back) {
        return Err(Refusal::AlreadyUsed);
    }
    match book.apply(&back) {
        Err(super::ledger::Breach::Negative(..)) => return Err(Refusal::AlreadyUsed),
        other => other?,
    }
    let licensed = license_year(book, today)?;
    Ok(std::iter::once(back).chain(licensed).collect())
}

fn reversible(book: &Book, entry: &Entry) -> Option<Reversible> {
    use super::ledger::LotOrigin::Declared;
    Some(match &entry.event {
        Event::Allocated { .. } => Reversible::Allocation,
        Event::Redeemed { lots, .. } if lots.iter().all(|lot| lot.lot.origin == Declared) => {
            Reversible::Redemption
        }
        Event::Opened { .. } => Reversible::Opening,
        Event::ExpansionAllocated { .. } => Reversible::Expansion,
        Event::Ended { .. } => {
            let subscription = book.subscription.as_ref()?;
            let same_year = subscription.calendar.year_of(entry.day) == Some(subscription.year);
            (subscription.ended.is_some() && same_year).then_some(Reversible::Ending)?
        }
        _ => return None,
    })
}

/// Whether years have licences that an opening balance did not bring, or a later year began.
fn allocated_otherwise(book: &Book, opening: &Entry) -> bool {
    let began_later = book
        .subscription
        .as_ref()
        .is_some_and(|subscription| subscription.calendar.year_of(opening.day) != Some(subscription.year));
    began_later
        || book.balances().any(|(account, commodity, amount)| {
            let brought: i64 = opening
                .postings
                .iter()
                .filter(|posting| posting.account == account && posting.commodity == *commodity)
                .map(|posting| posting.amount)
                .sum();
            matches!(account, Account::Year(_)) && amount != brought
        })
}
