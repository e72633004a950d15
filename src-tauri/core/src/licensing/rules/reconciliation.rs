//! What the vendor shows, held against the book, and the entry that brings the book in line with it (LIC-66).

use super::advance::license_year;
use super::book::Book;
use super::files::FileState;
use super::ledger::{
    Account, Commodity, Entry, Event, Lot, LotOrigin, Place, Purpose, ReconciledLine, derived,
};
use super::offline::leaves_covered;
use super::refusal::Refusal;
use super::terms::Terms;
use super::wallet::{LONGEST_TERM, MOST_LICENCES};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// Which licences are compared together.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Group {
    /// The key, masked; empty: all licences of the type and term whose key no line names.
    pub key: String,
    /// The type.
    pub licence_type: String,
    /// The term in years.
    pub term: u32,
}

/// A line of what the vendor shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// Which licences.
    pub group: Group,
    /// The order reference; may be empty.
    pub order: String,
    /// The day of their redemption, where it is shown.
    pub redeemed: Option<NaiveDate>,
    /// How many are where; a place that is not here is not compared.
    pub places: BTreeMap<Place, i64>,
}

/// A number of the vendor's that is not the book's.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Difference {
    /// Which licences.
    pub group: Group,
    /// Where.
    pub place: Place,
    /// How many the book has.
    pub here: i64,
    /// How many the vendor shows.
    pub shown: i64,
    /// Whether a line of the vendor's names these licences; those that none names are 0 there.
    pub named: bool,
}

/// What is compared, and which lots of the book belong to it.
struct Side {
    lots: BTreeSet<Uuid>,
    shown: BTreeMap<Place, i64>,
    named: bool,
}

/// Every lot of licences for years belongs to one group: that of its key, else that of its type and term, else one of its own.
fn sides(book: &Book, shown: &[Shown]) -> Result<BTreeMap<Group, Side>, Refusal> {
    let mut sides: BTreeMap<Group, Side> = BTreeMap::new();
    for line in shown {
        let side = sides.entry(line.group.clone()).or_insert_with(|| Side {
            lots: BTreeSet::new(),
            shown: BTreeMap::new(),
            named: true,
        });
        for (&place, &quantity) in &line.places {
            let sum = side.shown.entry(place).or_default();
            *sum = sum.checked_add(quantity).ok_or(Refusal::OutOfRange)?;
        }
    }
    for lot in book
        .lots
        .values()
        .filter(|lot| lot.purpose == Purpose::Subscription)
    {
        let own = Group {
            key: lot.key.clone(),
            licence_type: lot.licence_type.clone(),
            term: lot.term,
        };
        let rest = Group {
            key: String::new(),
            ..own.clone()
        };
        let group = if sides.contains_key(&own) || !sides.contains_key(&rest) {
            own
        } else {
            rest
        };
        let side = sides.entry(group).or_insert_with(|| Side {
            lots: BTreeSet::new(),
            shown: BTreeMap::new(),
            named: false,
        });
        side.lots.insert(lot.id);
    }
    Ok(sides)
}

/// The years that licences can stand in: those that are not over, up to the last in reach (LIC-12).
fn reaches(book: &Book, term: u32, first: u32, today: NaiveDate) -> bool {
    book.subscription.as_ref().is_some_and(|subscription| {
        first.saturating_add(term) > subscription.year
            && first.saturating_add(term).saturating_sub(1) <= subscription.last_in_reach(today)
    })
}

/// What the vendor shows and the book has otherwise, in the order of key, type, term and place (LIC-66).
///
/// # Errors
/// When a line shows a number, a term or a year outside its limits.
pub fn differences(book: &Book, shown: &[Shown], today: NaiveDate) -> Result<Vec<Difference>, Refusal> {
    for line in shown {
        let possible = (1..=LONGEST_TERM).contains(&line.group.term)
            && line.redeemed.is_none_or(|day| day <= today)
            && line
                .places
                .values()
                .all(|quantity| (0..=MOST_LICENCES).contains(quantity));
        if !possible {
            return Err(Refusal::OutOfRange);
        }
    }
    let sides = sides(book, shown)?;
    let mut sums = sides.values().flat_map(|side| side.shown.values());
    if sums.any(|sum| *sum > MOST_LICENCES) {
        return Err(Refusal::OutOfRange);
    }
    let mut differences = Vec::new();
    for (group, side) in sides {
        let mut here: BTreeMap<Place, i64> = side.shown.keys().map(|place| (*place, 0)).collect();
        for (place, lot, amount) in held(book, &side.lots)
            .into_iter()
            .chain(pending(book, &side.lots))
        {
            if let Place::Year(first) = place
                && !reaches(book, lot.term, first, today)
            {
                continue;
            }
            // Of licences that no line names, everything is a difference.
            if !side.named || side.shown.contains_key(&place) {
                *here.entry(place).or_default() += amount;
            }
        }
        for (place, here) in here {
            let shown = side.shown.get(&place).copied().unwrap_or(0);
            if here == shown {
                continue;
            }
            if let Place::Year(first) = place
                && !reaches(book, group.term, first, today)
            {
                return Err(Refusal::OutOfRange);
            }
            differences.push(Difference {
                group: group.clone(),
                place,
                here,
                shown,
                named: side.named,
            });
        }
    }
    Ok(differences)
}

/// What the wallet and the years have of these lots; the lots that are used first (LIC-23) before the others.
fn held<'b>(book: &'b Book, lots: &BTreeSet<Uuid>) -> Vec<(Place, &'b Lot, i64)> {
    let mut held: Vec<(Place, &Lot, i64)> = book
        .balances()
        .filter_map(|(account, commodity, amount)| {
            let place = match account {
                Account::Wallet => Place::Wallet,
                Account::Year(first) => Place::Year(first),
                _ => return None,
            };
            match commodity {
                Commodity::Licences { lot, .. } if lots.contains(lot) => {
                    Some((place, book.lots.get(lot)?, amount))
                }
                _ => None,
            }
        })
        .collect();
    held.sort_by_key(|(place, lot, _)| (*place, lot.shelf_end, lot.redeemed, lot.id));
    held
}

/// What files of systems without a network hold of these lots for years, as long as nothing was heard of the file: allocated to its
/// year everywhere else, too ([`Book::allocated`]), and not to be taken from it here.
fn pending<'b>(book: &'b Book, lots: &BTreeSet<Uuid>) -> Vec<(Place, &'b Lot, i64)> {
    let waiting = book
        .offline
        .values()
        .filter(|file| file.state == FileState::Pending);
    waiting
        .flat_map(|file| &file.lines)
        .filter(|line| lots.contains(&line.lot))
        .filter_map(|line| Some((Place::Year(line.year?), book.lots.get(&line.lot)?, line.quantity)))
        .collect()
}

/// A place with more, or less, than the vendor shows.
struct Gap<'d> {
    difference: &'d Difference,
    /// How many licences are still to be moved.
    left: i64,
}

/// Brings the book in line with the vendor in these differences (LIC-66): within a group licences move from the places that have too
/// many to those that have too few; what is left over is taken back, what is missing is entered as an opening balance.
///
/// # Errors
/// When none is chosen or one is no difference any more, a system without a network holds what would be taken back, or a number is
/// outside its limits.
pub fn reconcile(
    book: &mut Book,
    operation: Uuid,
    (shown, chosen): (&[Shown], &[Difference]),
    (reference, reason): (&str, &str),
    terms: &Terms,
    today: NaiveDate,
) -> Result<Vec<Entry>, Refusal> {
    if book.archived {
        return Err(Refusal::Archived);
    }
    if book.registered.is_none() {
        return Err(Refusal::NotRegistered);
    }
    let present = differences(book, shown, today)?;
    if chosen.is_empty() {
        return Err(Refusal::OutOfRange);
    }
    if !chosen.iter().all(|difference| present.contains(difference)) {
        return Err(Refusal::NoDifference);
    }
    let groups = sides(book, shown)?;
    let mut by_group: BTreeMap<&Group, Vec<&Difference>> = BTreeMap::new();
    for difference in chosen.iter().collect::<BTreeSet<_>>() {
        by_group.entry(&difference.group).or_default().push(difference);
    }
    let mut moves = Moves::default();
    for (number, (group, differences)) in (0_u32..).zip(by_group) {
        let gap = |more: bool| {
            let open = differences
                .iter()
                .filter(move |one| (one.here > one.shown) == more);
            open.map(|difference| Gap {
                difference,
                left: (difference.here - difference.shown).abs(),
            })
            .collect::<Vec<_>>()
        };
        let lots = groups
            .get(group)
            .map(|side| &side.lots)
            .ok_or(Refusal::NoDifference)?;
        let mut missing = gap(false);
        moves.take((book, lots), &gap(true), &mut missing, today)?;
        moves.bring(operation, number, group, shown, &missing, (terms, today))?;
    }
    let event = Event::Reconciled {
        lots: moves.new.clone(),
        lines: moves.lines.clone(),
        reference: reference.to_owned(),
        reason: reason.to_owned(),
    };
    let mut entry = Entry::of_operation(operation, book.id, 0, today, event);
    for line in &moves.lines {
        let entered = moves.new.iter().find(|lot| lot.id == line.lot);
        let lot = book.lots.get(&line.lot).or(entered);
        let commodity = lot.ok_or(Refusal::NoDifference)?.commodity();
        let from = line.from.map_or(Account::Issuer, Place::account);
        let to = line.to.map_or(Account::Returned, Place::account);
        entry.post(from, to, &commodity, line.quantity);
    }
    // What a system without a network holds is not taken from it here.
    if !leaves_covered(book, &entry) {
        return Err(Refusal::AlreadyUsed);
    }
    book.apply(&entry)?;
    let licensed = license_year(book, today)?;
    Ok(std::iter::once(entry).chain(licensed).collect())
}

/// What is moved, and the lots that are entered.
#[derive(Default)]
struct Moves {
    lines: Vec<ReconciledLine>,
    new: Vec<Lot>,
}

impl Moves {
    /// Takes what places have too much, the lots that are used first before the others, into those that miss it, and the rest back.
    fn take(
        &mut self,
        (book, lots): (&Book, &BTreeSet<Uuid>),
        surplus: &[Gap<'_>],
        missing: &mut [Gap<'_>],
        today: NaiveDate,
    ) -> Result<(), Refusal> {
        let held = held(book, lots);
        for gap in surplus {
            let mut left = gap.left;
            for (_, lot, amount) in held.iter().filter(|(of, ..)| *of == gap.difference.place) {
                let mut of_lot = left.min(*amount);
                left -= of_lot;
                for open in missing.iter_mut().filter(|open| open.left > 0) {
                    // Licences whose shelf life is over go back into no wallet (LIC-22).
                    if open.difference.place == Place::Wallet && lot.shelf_end <= today {
                        continue;
                    }
                    let moved = of_lot.min(open.left);
                    if moved > 0 {
                        open.left -= moved;
                        of_lot -= moved;
                        self.lines.push(ReconciledLine {
                            lot: lot.id,
                            from: Some(gap.difference.place),
                            to: Some(open.difference.place),
                            quantity: moved,
                        });
                    }
                }
                if of_lot > 0 {
                    self.lines.push(ReconciledLine {
                        lot: lot.id,
                        from: Some(gap.difference.place),
                        to: None,
                        quantity: of_lot,
                    });
                }
            }
            // The rest is in files of systems without a network.
            if left > 0 {
                return Err(Refusal::AlreadyUsed);
            }
        }
        Ok(())
    }

    /// Enters what is still missing, as one lot of the group.
    fn bring(
        &mut self,
        operation: Uuid,
        number: u32,
        group: &Group,
        shown: &[Shown],
        missing: &[Gap<'_>],
        (terms, today): (&Terms, NaiveDate),
    ) -> Result<(), Refusal> {
        if missing.iter().all(|gap| gap.left == 0) {
            return Ok(());
        }
        let of_group = || shown.iter().filter(|line| line.group == *group);
        let redeemed = of_group().filter_map(|line| line.redeemed).max().unwrap_or(today);
        let shelf_end = super::calendar::later_by_years(redeemed, terms.storage_years);
        let lot = Lot {
            id: derived(&[b"reconciled", operation.as_bytes(), &number.to_be_bytes()]),
            origin: LotOrigin::Opening,
            purpose: Purpose::Subscription,
            key: group.key.clone(),
            licence_type: group.licence_type.clone(),
            term: group.term,
            order: of_group()
                .map(|line| line.order.clone())
                .find(|order| !order.is_empty())
                .unwrap_or_default(),
            redeemed,
            shelf_end: shelf_end.ok_or(Refusal::OutOfRange)?,
            issuer: None,
        };
        for gap in missing.iter().filter(|gap| gap.left > 0) {
            // Licences whose shelf life is over are in no wallet (LIC-22).
            if gap.difference.place == Place::Wallet && lot.shelf_end <= today {
                return Err(Refusal::OutOfRange);
            }
            self.lines.push(ReconciledLine {
                lot: lot.id,
                from: None,
                to: Some(gap.difference.place),
                quantity: gap.left,
            });
        }
        self.new.push(lot);
        Ok(())
    }
}
