//! What the clock brings: years begin, shelf lives end, years become licensed (LIC-16, LIC-22, LIC-54).

use super::book::Book;
use super::ledger::{Account, Breach, Entry, Event};
use super::need;
use super::terms::Terms;
use chrono::NaiveDate;
use uuid::Uuid;

/// What falls due next, in the order of what falls due on the same day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Due {
    /// A year begins.
    Year(u32),
    /// The shelf life of a lot ends.
    ShelfLife(Uuid),
}

/// Takes a book forward to the beginning of a day. Entries are dated on the day on which they fell due, with ids that depend on
/// nothing else, so that going day by day or at once gives the same book (LIC-54). `terms_on` is what the catalogue said on a day.
///
/// # Errors
/// Never, for a book that was made by the rules.
pub fn advance(
    book: &mut Book,
    today: NaiveDate,
    terms_on: &dyn Fn(NaiveDate) -> Terms,
) -> Result<Vec<Entry>, Breach> {
    let mut entries = Vec::new();
    while let Some((day, due)) = next(book).filter(|(day, _)| *day <= today) {
        let entry = match due {
            Due::Year(year) => {
                let event = Event::YearBegan {
                    year,
                    terms: terms_on(day),
                };
                Entry::of_clock(book.id, day, &format!("year {year}"), event)
            }
            Due::ShelfLife(lot) => shelf_life_ended(book, day, lot),
        };
        book.apply(&entry)?;
        entries.push(entry);
        entries.extend(license_year(book, day)?);
    }
    Ok(entries)
}

/// The next day on which the clock brings something; none: never.
pub fn next_day(book: &Book) -> Option<NaiveDate> {
    next(book).map(|(day, _)| day)
}

fn next(book: &Book) -> Option<(NaiveDate, Due)> {
    let year = book.subscription.as_ref().and_then(|subscription| {
        let next = subscription.year + 1;
        // Of a subscription that was ended only the years begin that something is allocated to (LIC-65).
        let begins = subscription.ended.is_none() || need::total(&book.allocated(next)) > 0;
        let day = subscription.calendar.anniversary(next);
        begins.then_some((day, Due::Year(next)))
    });
    let shelf_life = STORING
        .into_iter()
        .flat_map(|account| book.in_account(account))
        .map(|(lot, _)| (lot.shelf_end, Due::ShelfLife(lot.id)));
    year.into_iter().chain(shelf_life).min()
}

/// The accounts in which licences are stored.
const STORING: [Account; 4] = [
    Account::Wallet,
    Account::Waiting,
    Account::FrozenWallet,
    Account::FrozenWaiting,
];

fn shelf_life_ended(book: &Book, day: NaiveDate, lot: Uuid) -> Entry {
    let event = Event::ShelfLifeEnded { lot };
    let mut entry = Entry::of_clock(book.id, day, &format!("shelf life {lot}"), event);
    if let Some(known) = book.lots.get(&lot) {
        for account in STORING {
            entry.post(
                account,
                Account::Expired,
                &known.commodity(),
                book.of_lot(account, known),
            );
        }
    }
    entry
}

/// After anything that may have made the present year licensed: freezes its need (LIC-16).
///
/// # Errors
/// Never, for a book that was made by the rules.
pub fn license_year(book: &mut Book, day: NaiveDate) -> Result<Option<Entry>, Breach> {
    let Some(subscription) = &book.subscription else {
        return Ok(None);
    };
    let year = subscription.year;
    let open = subscription
        .years
        .get(&year)
        .is_some_and(|year| year.licensed.is_none());
    // A year of which nothing is needed is no licensed year (LIC-18).
    if !open || need::total(&book.need) == 0 || !book.coverage(year).short.is_empty() {
        return Ok(None);
    }
    let allocated = need::total(&book.allocated(year));
    let event = Event::YearLicensed { year, allocated };
    // After something was taken back the same year can become licensed again.
    let about = format!("licensed {year} after {}", book.reversed.len());
    let entry = Entry::of_clock(book.id, day, &about, event);
    book.apply(&entry)?;
    Ok(Some(entry))
}
