//! What comes into the wallet and leaves it for something else than years (LIC-20 to LIC-23, LIC-41, LIC-42).

use super::book::Book;
use super::calendar::later_by_years;
use super::ledger::{
    Account, Entry, Event, Lot, LotOrigin, LotQuantity, Purpose, SignedBy, SystemLine, derived,
};
use super::need::Quantities;
use super::refusal::Refusal;
use super::terms::Terms;
use chrono::NaiveDate;
use uuid::Uuid;

/// The most licences one key, one line or one need can have.
pub const MOST_LICENCES: i64 = 1_000_000;
/// The longest term of a licence, in years (LIC-01).
pub const LONGEST_TERM: u32 = 5;

/// What a key holds, of one type (LIC-21).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyContent {
    /// What it is used for.
    pub purpose: Purpose,
    /// The type.
    pub licence_type: String,
    /// The term in years; 0 when it is not for a subscription.
    pub term: u32,
    /// How many.
    pub quantity: i64,
}

/// A key that is to be redeemed; that it was not before is looked at where all keys are known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// Whether its signature was checked, or a person states what it holds.
    pub origin: LotOrigin,
    /// The digest by which it counts once.
    pub digest: String,
    /// As it is shown.
    pub masked: String,
    /// The order reference.
    pub order: String,
    /// What it holds.
    pub content: Vec<KeyContent>,
    /// Who signed it; none: nobody.
    pub issuer: Option<SignedBy>,
}

/// Whether what a key is said to hold can be: numbers and terms within their limits.
pub fn is_possible(content: &KeyContent) -> bool {
    let term = match content.purpose {
        Purpose::Subscription => (1..=LONGEST_TERM).contains(&content.term),
        Purpose::Expansion | Purpose::Upgrade => content.term == 0,
    };
    term && (1..=MOST_LICENCES).contains(&content.quantity)
}

/// Redeems a key: each type it holds becomes a lot in the wallet, whose shelf life begins today (LIC-20, LIC-22).
///
/// # Errors
/// When the product is not registered, the organization is archived, or a number is outside its limits.
pub fn redeem(
    book: &mut Book,
    operation: Uuid,
    key: &Key,
    terms: &Terms,
    today: NaiveDate,
) -> Result<Entry, Refusal> {
    if book.archived {
        return Err(Refusal::Archived);
    }
    if book.registered.is_none() {
        return Err(Refusal::NotRegistered);
    }
    if key.content.is_empty() || !key.content.iter().all(is_possible) {
        return Err(Refusal::OutOfRange);
    }
    let shelf_end = later_by_years(today, terms.storage_years).ok_or(Refusal::OutOfRange)?;
    let lots: Vec<LotQuantity> = (0_u32..)
        .zip(&key.content)
        .map(|(number, content)| LotQuantity {
            lot: Lot {
                id: derived(&[
                    b"lot",
                    operation.as_bytes(),
                    key.digest.as_bytes(),
                    &number.to_be_bytes(),
                ]),
                origin: key.origin,
                purpose: content.purpose,
                key: key.masked.clone(),
                licence_type: content.licence_type.clone(),
                term: content.term,
                order: key.order.clone(),
                redeemed: today,
                shelf_end,
                issuer: key.issuer.clone(),
            },
            quantity: content.quantity,
        })
        .collect();
    // A call can redeem several keys: the digest keeps their entries apart.
    let of = derived(&[book.id.as_bytes(), key.digest.as_bytes()]);
    let event = Event::Redeemed {
        key: key.digest.clone(),
        lots: lots.clone(),
    };
    let mut entry = Entry::of_operation(operation, of, 0, today, event);
    for LotQuantity { lot, quantity } in &lots {
        entry.post(Account::Issuer, Account::Wallet, &lot.commodity(), *quantity);
    }
    book.apply(&entry)?;
    Ok(entry)
}

/// Takes licences of a type from the lots, the first to be used first (LIC-23).
///
/// # Errors
/// How many are missing.
pub fn take(
    book: &Book,
    purpose: Purpose,
    licence_type: &str,
    term: Option<u32>,
    quantity: i64,
    today: NaiveDate,
) -> Result<Vec<SystemLine>, Refusal> {
    let mut missing = quantity;
    let mut lines = Vec::new();
    let fits = |lot: &Lot| lot.licence_type == licence_type && term.is_none_or(|term| lot.term == term);
    for (lot, left) in book.wallet(purpose, today) {
        let taken = left.min(missing);
        if fits(lot) && taken > 0 {
            lines.push(SystemLine {
                lot: lot.id,
                quantity: taken,
            });
            missing -= taken;
        }
    }
    if missing > 0 {
        return Err(Refusal::WalletShort(Quantities::from([(
            licence_type.to_owned(),
            missing,
        )])));
    }
    Ok(lines)
}

/// The lots of these lines, when all are in the wallet and can be used.
fn usable<'b>(
    book: &'b Book,
    purpose: Purpose,
    lines: &[SystemLine],
    today: NaiveDate,
) -> Result<Vec<(&'b Lot, i64)>, Refusal> {
    if book.archived {
        return Err(Refusal::Archived);
    }
    if lines.is_empty() {
        return Err(Refusal::OutOfRange);
    }
    lines
        .iter()
        .map(|line| {
            let lot = book.lots.get(&line.lot).ok_or(Refusal::LotNotUsable(line.lot))?;
            if lot.purpose != purpose || lot.shelf_end <= today {
                return Err(Refusal::LotNotUsable(line.lot));
            }
            if line.quantity <= 0 {
                return Err(Refusal::OutOfRange);
            }
            let taken: i64 = lines
                .iter()
                .filter(|other| other.lot == line.lot)
                .map(|other| other.quantity)
                .sum();
            let left = book.of_lot(Account::Wallet, lot);
            if taken > left {
                return Err(Refusal::WalletShort(Quantities::from([(
                    lot.licence_type.clone(),
                    taken - left,
                )])));
            }
            Ok((lot, line.quantity))
        })
        .collect()
}

/// Allocates expansion licences to one system (LIC-41).
///
/// # Errors
/// When the wallet does not have them.
pub fn expand(
    book: &mut Book,
    operation: Uuid,
    system: Uuid,
    lines: &[SystemLine],
    today: NaiveDate,
) -> Result<Entry, Refusal> {
    let lots = usable(book, Purpose::Expansion, lines, today)?;
    let event = Event::ExpansionAllocated {
        system,
        lines: lines.to_vec(),
    };
    let mut entry = Entry::of_operation(operation, book.id, 0, today, event);
    for (lot, quantity) in lots {
        entry.post(
            Account::Wallet,
            Account::System(system),
            &lot.commodity(),
            quantity,
        );
    }
    book.apply(&entry)?;
    Ok(entry)
}

/// Uses up upgrade licences, once (LIC-42).
///
/// # Errors
/// When the wallet does not have them.
pub fn upgrade(
    book: &mut Book,
    operation: Uuid,
    line: &SystemLine,
    (subject, from, to): (&str, &str, &str),
    today: NaiveDate,
) -> Result<Entry, Refusal> {
    let lots = usable(book, Purpose::Upgrade, std::slice::from_ref(line), today)?;
    let event = Event::Upgraded {
        lot: line.lot,
        quantity: line.quantity,
        subject: subject.to_owned(),
        from: from.to_owned(),
        to: to.to_owned(),
    };
    let mut entry = Entry::of_operation(operation, book.id, 0, today, event);
    for (lot, quantity) in lots {
        entry.post(Account::Wallet, Account::Consumed, &lot.commodity(), quantity);
    }
    book.apply(&entry)?;
    Ok(entry)
}
