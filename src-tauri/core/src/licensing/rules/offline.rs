//! Licences for systems without a network: into a licence file, confirmed, returned, lapsed, to a replacement (LIC-50, LIC-51).
//!
//! What is bound to years counts as allocated to them from the day it is in a file: nothing else can use it. What comes back before
//! the system has taken it in goes to where it was; what the system had and gives back stays allocated to its years, for the other
//! systems (its years are not bought twice), and what is not bound to years goes back into the wallet.

use super::advance::license_year;
use super::book::{Book, Subscription};
use super::compensation::{compensations_of, post_compensations};
use super::files::{FileState, LineSource, OfflineFile, OfflineLine};
use super::ledger::{Account, AllocationLine, Breach, Commodity, Entry, Event, Lot, Purpose, derived};
use super::need::{self, Quantities, Substitution};
use super::refusal::Refusal;
use chrono::{Days, NaiveDate};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// So long a system may take its licence file in, in days.
pub const ANSWER_DAYS: u64 = 90;

/// The last day on which a file of this day may be taken in.
pub fn last_day(issued: NaiveDate) -> NaiveDate {
    issued
        .checked_add_days(Days::new(ANSWER_DAYS))
        .unwrap_or(NaiveDate::MAX)
}

/// The id of the file that an operation issues.
pub fn file_id(operation: Uuid) -> Uuid {
    derived(&[b"offline file", operation.as_bytes()])
}

/// The file of a system of which nothing has been heard.
pub fn pending(book: &Book, system: Uuid) -> Option<(Uuid, &OfflineFile)> {
    let mut files = book.offline.iter();
    files
        .find(|(_, file)| file.system == system && file.state == FileState::Pending)
        .map(|(id, file)| (*id, file))
}

/// What a system has taken in and still holds.
pub fn held(book: &Book, system: Uuid) -> impl Iterator<Item = (&Lot, &OfflineLine)> {
    in_state(book, system, FileState::Confirmed)
}

fn in_state(book: &Book, system: Uuid, state: FileState) -> impl Iterator<Item = (&Lot, &OfflineLine)> {
    let files = book
        .offline
        .values()
        .filter(move |file| file.system == system && file.state == state);
    files
        .flat_map(|file| &file.lines)
        .filter_map(|line| Some((book.lots.get(&line.lot)?, line)))
}

/// Whether licences of a lot hold on or after the first day of a year.
fn holds(line: &OfflineLine, lot: &Lot, from: u32) -> bool {
    line.year.is_none() || line.years(lot.term).end > from
}

/// What a system holds, or has waiting for it, of a year, by type. What is not bound to years is counted where the need is (LIC-15).
pub fn in_year(book: &Book, system: Uuid, year: u32) -> Quantities {
    let mut sum = Quantities::new();
    let waiting = in_state(book, system, FileState::Pending);
    for (lot, line) in held(book, system).chain(waiting) {
        if line.years(lot.term).contains(&year) {
            need::add(&mut sum, &lot.licence_type, line.quantity);
        }
    }
    sum
}

/// What is not bound to years and is in a file of the system that nothing was heard of, by type.
pub fn unbound_pending(book: &Book, system: Uuid) -> Quantities {
    let mut sum = Quantities::new();
    for (lot, line) in in_state(book, system, FileState::Pending).filter(|(_, line)| line.year.is_none()) {
        need::add(&mut sum, &lot.licence_type, line.quantity);
    }
    sum
}

/// The lost systems whose licences another one has, and which were not returned since (LIC-51).
pub fn lost(book: &Book) -> BTreeSet<Uuid> {
    let files = book.offline.values();
    files
        .filter(|file| file.state == FileState::Lost)
        .map(|file| file.system)
        .collect()
}

/// What is asked for a system.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// What it needs beyond its hardware and what was allocated to it for good, by type.
    pub need: Quantities,
    /// What all other systems need that is in no file.
    pub others: Quantities,
    /// The first year; none: the present one.
    pub year: Option<u32>,
    /// For how many years.
    pub years: u32,
}

/// What would come into a file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Proposed {
    /// The licences.
    pub lines: Vec<OfflineLine>,
    /// What neither year nor wallet has, by type.
    pub missing: Quantities,
}

/// A subscription that runs, and the year that licences are to begin in.
fn open_year(
    book: &Book,
    year: Option<u32>,
    today: NaiveDate,
) -> Result<Option<(&Subscription, u32)>, Refusal> {
    let Some(subscription) = &book.subscription else {
        return match year {
            Some(_) => Err(Refusal::NotStarted),
            None => Ok(None),
        };
    };
    let year = year.unwrap_or(subscription.year);
    let last = subscription.last_in_reach(today);
    if year < subscription.year || year > last {
        return Err(Refusal::YearNotInReach(subscription.calendar.anniversary(last)));
    }
    let over = today > subscription.calendar.last_day(subscription.year);
    if over || (subscription.ended.is_some() && year > subscription.year) {
        return Ok(None);
    }
    Ok(Some((subscription, year)))
}

/// Proposes what comes into a file: first what is allocated to the year and that nobody else needs, then the wallet in the order of
/// use (LIC-23), of the type itself before what stands in for it (LIC-15).
///
/// # Errors
/// For a year out of reach.
pub fn propose(
    book: &Book,
    system: Uuid,
    wanted: &Wanted,
    substitutions: &[Substitution],
    today: NaiveDate,
) -> Result<Proposed, Refusal> {
    let open = open_year(book, wanted.year, today)?;
    let has = open.map_or_else(Quantities::new, |(_, year)| in_year(book, system, year));
    let mut missing = need::coverage(&wanted.need, &has, substitutions).short;
    let mut shelf: Vec<(&Lot, i64, OfflineLine)> = Vec::new();
    if let Some((subscription, year)) = open {
        shelf.extend(free_in_year(book, year, &wanted.others, substitutions));
        let last = subscription.last_in_reach(today);
        let mut lots = book.wallet(Purpose::Subscription, today);
        lots.retain(|(lot, _)| year + lot.term - 1 <= last);
        lots.sort_by_key(|(lot, _)| (lot.term < wanted.years, lot.term.abs_diff(wanted.years)));
        shelf.extend(
            lots.into_iter()
                .map(|(lot, left)| from_wallet(lot, left, Some(year))),
        );
    }
    let unbound = book.wallet(Purpose::Expansion, today);
    shelf.extend(
        unbound
            .into_iter()
            .map(|(lot, left)| from_wallet(lot, left, None)),
    );
    let mut lines = Vec::new();
    let own = missing.keys().map(|name| (name.clone(), name.clone()));
    let instead = substitutions
        .iter()
        .map(|pair| (pair.needed.clone(), pair.substitute.clone()));
    let ways: Vec<(String, String)> = own.chain(instead).collect();
    for (needed, taken) in ways {
        for (lot, left, line) in shelf.iter_mut().filter(|(lot, ..)| lot.licence_type == taken) {
            let quantity = need::of(&missing, &needed).min(*left);
            if quantity > 0 {
                *left -= quantity;
                need::add(&mut missing, &needed, -quantity);
                lines.push(OfflineLine {
                    lot: lot.id,
                    quantity,
                    ..line.clone()
                });
            }
        }
    }
    Ok(Proposed {
        lines: merged(lines),
        missing,
    })
}

fn from_wallet(lot: &Lot, left: i64, year: Option<u32>) -> (&Lot, i64, OfflineLine) {
    let line = OfflineLine {
        lot: lot.id,
        quantity: left,
        year,
        source: LineSource::Wallet,
    };
    (lot, left, line)
}

/// What systems without a network have taken in, by the account it is in.
fn in_files(book: &Book) -> BTreeMap<(Account, Uuid), i64> {
    let mut sums = BTreeMap::new();
    for file in book
        .offline
        .values()
        .filter(|file| file.state == FileState::Confirmed)
    {
        for line in &file.lines {
            let account = line.year.map_or(Account::System(file.system), Account::Year);
            *sums.entry((account, line.lot)).or_default() += line.quantity;
        }
    }
    sums
}

/// Whether everything that systems without a network have taken in is still allocated after an entry.
pub fn leaves_covered(book: &Book, entry: &Entry) -> bool {
    let in_files = in_files(book);
    entry
        .postings
        .iter()
        .filter(|posting| posting.amount < 0)
        .all(|posting| {
            let Commodity::Licences { lot, .. } = &posting.commodity else {
                return true;
            };
            let held = in_files.get(&(posting.account, *lot)).copied().unwrap_or(0);
            held == 0 || book.balance(posting.account, &posting.commodity) + posting.amount >= held
        })
}

/// What is allocated to a year, is in no file, and is left when the other systems have what they need.
fn free_in_year<'b>(
    book: &'b Book,
    year: u32,
    others: &Quantities,
    substitutions: &[Substitution],
) -> Vec<(&'b Lot, i64, OfflineLine)> {
    let in_files = in_files(book);
    let mut free = Vec::new();
    let mut sums = Quantities::new();
    for first in 0..=year {
        for (lot, amount) in book.in_account(Account::Year(first)) {
            let left = amount
                - in_files
                    .get(&(Account::Year(first), lot.id))
                    .copied()
                    .unwrap_or(0);
            if left > 0 && (first..first + lot.term.max(1)).contains(&year) {
                need::add(&mut sums, &lot.licence_type, left);
                let line = OfflineLine {
                    lot: lot.id,
                    quantity: left,
                    year: Some(first),
                    source: LineSource::Year,
                };
                free.push((lot, left, line));
            }
        }
    }
    let mut surplus = need::coverage(others, &sums, substitutions).surplus;
    for (lot, left, _) in &mut free {
        *left = need::of(&surplus, &lot.licence_type).min(*left);
        need::add(&mut surplus, &lot.licence_type, -*left);
    }
    free.retain(|(_, left, _)| *left > 0);
    free
}

/// Lines of the same lot, year and source become one.
fn merged(lines: Vec<OfflineLine>) -> Vec<OfflineLine> {
    let mut merged: Vec<OfflineLine> = Vec::new();
    for line in lines {
        let same = |other: &&mut OfflineLine| {
            (other.lot, other.year, other.source) == (line.lot, line.year, line.source)
        };
        match merged.iter_mut().find(same) {
            Some(other) => other.quantity += line.quantity,
            None => merged.push(line),
        }
    }
    merged
}

/// A file that is to be issued.
#[derive(Debug, Clone)]
pub struct Issue {
    /// The system, and how it calls itself.
    pub system: (Uuid, String),
    /// The SHA-256 of the request, in hexadecimal digits.
    pub request: String,
    /// Higher than that of any licence file for this system before.
    pub sequence: u64,
    /// The first day of the system (LIC-32).
    pub first_day: NaiveDate,
    /// The licences that are new.
    pub lines: Vec<OfflineLine>,
    /// The lost system that this one stands in for.
    pub replaces: Option<Uuid>,
    /// How many lost systems there may be that were not returned.
    pub most_lost: usize,
}

/// What a lost system had and what still holds: it goes to the one that stands in for it.
///
/// # Errors
/// When too many are lost already, or the system has nothing, or a file of it waits for its confirmation.
pub fn replaced_lines(book: &Book, lost_system: Uuid, most_lost: usize) -> Result<Vec<OfflineLine>, Refusal> {
    if pending(book, lost_system).is_some() {
        return Err(Refusal::OfflinePending);
    }
    if lost(book).len() >= most_lost {
        return Err(Refusal::TooManyLost(most_lost));
    }
    let present = book.subscription.as_ref().map_or(0, |known| known.year);
    let lines: Vec<OfflineLine> = held(book, lost_system)
        .filter(|(lot, line)| holds(line, lot, present))
        .map(|(_, line)| OfflineLine {
            source: LineSource::Replaced,
            ..line.clone()
        })
        .collect();
    if lines.is_empty() {
        return Err(Refusal::NothingOffline);
    }
    Ok(merged(lines))
}

/// Puts licences into a file for a system: they are pending until the system's confirmation (LIC-51). What was pending for the same
/// system before goes into the new file, which takes the old one's place.
///
/// # Errors
/// When licences are not where they are taken from, or cannot be used; when nothing would be in the file.
pub fn issue(
    book: &mut Book,
    operation: Uuid,
    issue: &Issue,
    today: NaiveDate,
) -> Result<Vec<Entry>, Refusal> {
    if book.archived {
        return Err(Refusal::Archived);
    }
    if book.registered.is_none() {
        return Err(Refusal::NotRegistered);
    }
    let (system, identity) = &issue.system;
    let carried = issue.replaces.map_or_else(
        || Ok(Vec::new()),
        |lost| replaced_lines(book, lost, issue.most_lost),
    )?;
    check_lines(book, &issue.lines, today)?;
    let file = file_id(operation);
    let before = pending(book, *system).map(|(id, file)| (id, file.lines.clone()));
    let mut lines = issue.lines.clone();
    lines.extend(carried);
    lines.extend(before.iter().flat_map(|(_, lines)| lines.clone()));
    if lines.is_empty() && held(book, *system).next().is_none() {
        return Err(Refusal::OutOfRange);
    }
    let event = Event::OfflineIssued {
        file,
        system: *system,
        identity: identity.clone(),
        request: issue.request.clone(),
        sequence: issue.sequence,
        expires: last_day(today),
        first_day: issue.first_day,
        lines: merged(lines.clone()),
        replaces: issue.replaces,
    };
    let mut entry = Entry::of_operation(operation, book.id, 0, today, event);
    let superseded = before.map(|(id, lines)| (id, lines.len()));
    let new = lines.len() - superseded.map_or(0, |(_, count)| count);
    for (place, line) in lines.iter().enumerate() {
        let from = match (line.source, line.year) {
            _ if place >= new => superseded.map_or(Account::Wallet, |(id, _)| Account::PendingOffline(id)),
            (LineSource::Wallet, _) | (LineSource::Year, None) => Account::Wallet,
            (LineSource::Year | LineSource::Replaced, Some(year)) => Account::Year(year),
            (LineSource::Replaced, None) => Account::System(issue.replaces.unwrap_or_default()),
        };
        if let Some(lot) = book.lots.get(&line.lot) {
            entry.post(
                from,
                Account::PendingOffline(file),
                &lot.commodity(),
                line.quantity,
            );
        }
    }
    apply(book, &entry)?;
    let licensed = license_year(book, today)?;
    Ok(std::iter::once(entry).chain(licensed).collect())
}

/// An account that would be negative: what is to be moved is there no more.
fn apply(book: &mut Book, entry: &Entry) -> Result<(), Refusal> {
    match book.apply(entry) {
        Err(Breach::Negative(..)) => Err(Refusal::AlreadyUsed),
        other => Ok(other?),
    }
}

/// The licences are where they are taken from, can be used, and lie in years that can be allocated to.
fn check_lines(book: &Book, lines: &[OfflineLine], today: NaiveDate) -> Result<(), Refusal> {
    let mut taken: BTreeMap<Uuid, i64> = BTreeMap::new();
    for line in lines {
        let lot = book.lots.get(&line.lot).ok_or(Refusal::LotNotUsable(line.lot))?;
        if !(1..=super::wallet::MOST_LICENCES).contains(&line.quantity) {
            return Err(Refusal::OutOfRange);
        }
        let purpose = match line.year {
            Some(_) => Purpose::Subscription,
            None => Purpose::Expansion,
        };
        if lot.purpose != purpose {
            return Err(Refusal::LotNotUsable(line.lot));
        }
        if line.source != LineSource::Wallet {
            continue;
        }
        if lot.shelf_end <= today {
            return Err(Refusal::LotNotUsable(line.lot));
        }
        if let Some(year) = line.year {
            let (subscription, year) = open_year(book, Some(year), today)?.ok_or(Refusal::Ended)?;
            let last = subscription.last_in_reach(today);
            if year + lot.term - 1 > last {
                return Err(Refusal::YearNotInReach(subscription.calendar.anniversary(last)));
            }
        }
        let sum = taken.entry(line.lot).or_default();
        *sum += line.quantity;
        let left = book.of_lot(Account::Wallet, lot);
        if *sum > left {
            let short = Quantities::from([(lot.licence_type.clone(), *sum - left)]);
            return Err(Refusal::WalletShort(short));
        }
    }
    Ok(())
}

/// The system has taken its file in: what is bound to years is allocated to them, the rest to the system. Late licences give back as
/// those that are allocated in the usual way, counted on the day they were issued (LIC-32). `attested`: a person's word.
///
/// # Errors
/// When no file of the system is pending.
pub fn confirm(
    book: &mut Book,
    operation: Uuid,
    system: Uuid,
    attested: Option<&str>,
    today: NaiveDate,
) -> Result<Vec<Entry>, Refusal> {
    let (id, file) = pending(book, system).ok_or(Refusal::NothingOffline)?;
    let file = file.clone();
    let late: Vec<AllocationLine> = file
        .lines
        .iter()
        .filter(|line| line.source == LineSource::Wallet)
        .filter_map(|line| {
            Some(AllocationLine {
                year: line.year?,
                lot: line.lot,
                quantity: line.quantity,
            })
        })
        .collect();
    let year = book
        .subscription
        .as_ref()
        .and_then(|known| known.calendar.year_of(file.issued));
    let compensations = year.map_or_else(Vec::new, |year| {
        compensations_of(book, operation, &late, Some(file.first_day), (year, file.issued))
    });
    let event = Event::OfflineConfirmed {
        file: id,
        system,
        attested: attested.map(str::to_owned),
        compensations: compensations.clone(),
    };
    let mut entry = Entry::of_operation(operation, book.id, 0, today, event);
    for line in &file.lines {
        let to = line.year.map_or(Account::System(system), Account::Year);
        if let Some(lot) = book.lots.get(&line.lot) {
            entry.post(Account::PendingOffline(id), to, &lot.commodity(), line.quantity);
        }
    }
    post_compensations(&mut entry, &compensations);
    apply(book, &entry)?;
    let licensed = license_year(book, today)?;
    Ok(std::iter::once(entry).chain(licensed).collect())
}

/// Where licences of a lot come back to.
pub(super) fn stored(book: &Book, lot: Uuid, today: NaiveDate) -> Account {
    let over = |lot: &Lot| lot.shelf_end <= today;
    if book.lots.get(&lot).is_none_or(over) {
        Account::Expired
    } else {
        Account::Wallet
    }
}

/// Where the licences of a file that nobody took in go.
fn back(book: &Book, line: &OfflineLine, today: NaiveDate) -> Account {
    match (line.source, line.year) {
        (LineSource::Year | LineSource::Replaced, Some(year)) => Account::Year(year),
        _ => stored(book, line.lot, today),
    }
}

fn take_back(book: &Book, entry: &mut Entry, id: Uuid, today: NaiveDate) {
    let lines = book.offline.get(&id).map_or(&[][..], |file| &file.lines);
    for line in lines {
        if let Some(lot) = book.lots.get(&line.lot) {
            entry.post(
                Account::PendingOffline(id),
                back(book, line, today),
                &lot.commodity(),
                line.quantity,
            );
        }
    }
}

/// The system has given everything back: what it had, and what waited for it.
///
/// # Errors
/// When it had nothing, and nothing waited.
pub fn give_back(
    book: &mut Book,
    operation: Uuid,
    system: Uuid,
    attested: Option<&str>,
    today: NaiveDate,
) -> Result<Entry, Refusal> {
    let open = [FileState::Pending, FileState::Confirmed, FileState::Lost];
    let any = book
        .offline
        .values()
        .any(|file| file.system == system && open.contains(&file.state));
    if !any {
        return Err(Refusal::NothingOffline);
    }
    let event = Event::OfflineReturned {
        system,
        attested: attested.map(str::to_owned),
    };
    let mut entry = Entry::of_operation(operation, book.id, 0, today, event);
    if let Some((id, _)) = pending(book, system) {
        take_back(book, &mut entry, id, today);
    }
    for (lot, line) in held(book, system).filter(|(_, line)| line.year.is_none()) {
        let to = stored(book, lot.id, today);
        entry.post(Account::System(system), to, &lot.commodity(), line.quantity);
    }
    apply(book, &entry)?;
    Ok(entry)
}

/// A file whose time is over, and of which nothing was heard, counts no more.
///
/// # Errors
/// When none is pending, or its time is not over.
pub fn lapse(
    book: &mut Book,
    operation: Uuid,
    system: Uuid,
    reason: &str,
    today: NaiveDate,
) -> Result<Entry, Refusal> {
    let (id, file) = pending(book, system).ok_or(Refusal::NothingOffline)?;
    if today <= file.expires {
        return Err(Refusal::NotOver(file.expires));
    }
    let event = Event::OfflineLapsed {
        file: id,
        system,
        reason: reason.to_owned(),
    };
    let mut entry = Entry::of_operation(operation, book.id, 0, today, event);
    take_back(book, &mut entry, id, today);
    apply(book, &entry)?;
    Ok(entry)
}
