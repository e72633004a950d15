//! Allocating licences to years: what is proposed, what is taken from which lot, what a late allocation gives back
//! (LIC-24, LIC-30 to LIC-33).

use super::advance::license_year;
use super::book::{Book, Subscription};
use super::compensation::post_compensations;
pub use super::compensation::{compensations, credit, days_gone};
use super::ledger::{Account, AllocationLine, Entry, Event, Lot, Purpose};
use super::need::{self, Quantities, Substitution};
use super::refusal::Refusal;
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// The most years one allocation is for.
pub const MOST_YEARS: u32 = 6;

/// What a person asks to be allocated.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Request {
    /// The first year; none: the first that is not licensed.
    pub first_year: Option<u32>,
    /// How many years.
    pub years: u32,
    /// Numbers that differ from the proposed ones, by year and type.
    pub quantities: BTreeMap<(u32, String), i64>,
    /// The lots, where the person has chosen them; empty: those of the proposal.
    pub lots: Vec<AllocationLine>,
    /// The first day of the system the licences are for, where they are for one that was added later (LIC-32).
    pub first_day: Option<NaiveDate>,
    /// Whether the person has said yes to more than is needed.
    pub beyond_need: bool,
}

/// A year of a proposal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProposedYear {
    /// The year.
    pub year: u32,
    /// Of each type that is needed or allocated: need, allocated, shortfall, number to allocate.
    pub types: BTreeMap<String, ProposedType>,
}

/// A type in a year of a proposal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ProposedType {
    /// What is needed.
    pub need: i64,
    /// What is allocated.
    pub allocated: i64,
    /// What is short after surplus has flowed along substitutions.
    pub short: i64,
    /// What is to be allocated.
    pub quantity: i64,
    /// How many of these are licences of types that stand in for it, because the wallet has too few of its own (LIC-01).
    pub substituted: i64,
}

/// What is proposed (LIC-30).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The years.
    pub years: Vec<ProposedYear>,
    /// Which lots are taken (LIC-24).
    pub lines: Vec<AllocationLine>,
    /// How many of which type the wallet does not have, as licences of one year; empty: it covers all of it.
    pub missing: Quantities,
    /// Places in years that nobody asked for, because a licence of several years is never split.
    pub surplus: i64,
}

/// The first year that is not licensed; the present one also when it has grown beyond what it may (LIC-30).
pub fn first_open_year(book: &Book, subscription: &Subscription) -> u32 {
    let present = subscription.year;
    if book.beyond_growth() > 0 {
        return present;
    }
    let last = present + MOST_YEARS * 2;
    (present..=last)
        .find(|&year| !book.is_licensed(year))
        .unwrap_or(last)
}

/// The years a request is about.
fn chosen_years(
    book: &Book,
    subscription: &Subscription,
    request: &Request,
    today: NaiveDate,
) -> Result<Vec<u32>, Refusal> {
    let open = first_open_year(book, subscription);
    let first = request.first_year.unwrap_or(open);
    if !(1..=MOST_YEARS).contains(&request.years) || first < subscription.year || first > open {
        return Err(Refusal::OutOfRange);
    }
    let last = first + request.years - 1;
    let in_reach = subscription.last_in_reach(today);
    if last > in_reach {
        return Err(Refusal::YearNotInReach(
            subscription.calendar.anniversary(in_reach),
        ));
    }
    let over = today > subscription.calendar.last_day(subscription.year);
    if over || (subscription.ended.is_some() && last > subscription.year) {
        return Err(Refusal::Ended);
    }
    Ok((first..=last).collect())
}

/// What is short in a year and what is to be allocated, by type.
fn proposed_year(book: &Book, year: u32, request: &Request) -> Result<ProposedYear, Refusal> {
    let allocated = book.allocated(year);
    let short = book.to_allocate(year);
    let raised = request
        .quantities
        .keys()
        .filter(|(of, _)| *of == year)
        .map(|(_, name)| name);
    let names: BTreeSet<&String> = book.need.keys().chain(allocated.keys()).chain(raised).collect();
    let mut below = Quantities::new();
    let mut types = BTreeMap::new();
    for name in names {
        let short = need::of(&short, name);
        let quantity = request
            .quantities
            .get(&(year, name.clone()))
            .copied()
            .unwrap_or(short);
        if !(0..=super::wallet::MOST_LICENCES).contains(&quantity) {
            return Err(Refusal::OutOfRange);
        }
        if quantity < short {
            below.insert(name.clone(), short - quantity);
        }
        let proposed = ProposedType {
            need: need::of(&book.need, name),
            allocated: need::of(&allocated, name),
            short,
            quantity,
            substituted: 0,
        };
        types.insert(name.clone(), proposed);
    }
    if below.is_empty() {
        Ok(ProposedYear { year, types })
    } else {
        Err(Refusal::BelowNeed(below))
    }
}

/// Proposes what to allocate and from which lots (LIC-30, LIC-24): each type from its own first, then, where the wallet has too few,
/// from what is left of the types that stand in for it, in the catalogue's order (LIC-01, LIC-16).
///
/// # Errors
/// Without a running subscription, for years out of reach, and for numbers below the shortfall.
pub fn propose(book: &Book, request: &Request, today: NaiveDate) -> Result<Proposal, Refusal> {
    let subscription = book.subscription.as_ref().ok_or(Refusal::NotStarted)?;
    // What licences are allocated for was added already: what a day to come would bring is not known.
    if request.first_day.is_some_and(|day| day > today) {
        return Err(Refusal::StartNotPossible);
    }
    let chosen = chosen_years(book, subscription, request, today)?;
    let mut years: Vec<ProposedYear> = chosen
        .iter()
        .map(|&year| proposed_year(book, year, request))
        .collect::<Result<_, _>>()?;
    let names: BTreeSet<String> = years.iter().flat_map(|year| year.types.keys().cloned()).collect();
    let last = subscription.last_in_reach(today);
    let mut wallet = book.wallet(Purpose::Subscription, today);
    let mut open: BTreeMap<String, BTreeMap<u32, i64>> = BTreeMap::new();
    let mut proposal = Proposal {
        years: Vec::new(),
        lines: Vec::new(),
        missing: Quantities::new(),
        surplus: 0,
    };
    for name in names {
        let of_year = |year: &ProposedYear| year.types.get(&name).map_or(0, |proposed| proposed.quantity);
        let demand = years.iter().map(|year| (year.year, of_year(year))).collect();
        let filled = take(&mut wallet, &name, &demand, last, &mut proposal);
        open.insert(name, filled.open);
    }
    for Substitution { needed, substitute } in &subscription.terms.substitutions {
        let Some(missing) = open
            .get(needed)
            .cloned()
            .filter(|open| open.values().any(|count| *count > 0))
        else {
            continue;
        };
        let filled = take(&mut wallet, substitute, &missing, last, &mut proposal);
        for year in &mut years {
            let count = |open: &BTreeMap<u32, i64>| open.get(&year.year).copied().unwrap_or(0);
            let substituted = count(&missing) - count(&filled.open);
            if let Some(proposed) = year.types.get_mut(needed) {
                proposed.substituted += substituted;
            }
        }
        open.insert(needed.clone(), filled.open);
    }
    for (name, open) in &open {
        need::add(&mut proposal.missing, name, open.values().sum());
    }
    proposal.lines.sort_by_key(|line| line.year);
    proposal.years = years;
    Ok(proposal)
}

/// Fills a demand from what is left of one type in the wallet, and takes it from there into the proposal.
fn take(
    wallet: &mut [(&Lot, i64)],
    licence_type: &str,
    demand: &BTreeMap<u32, i64>,
    last_in_reach: u32,
    proposal: &mut Proposal,
) -> Filled {
    let lots: Vec<(&Lot, i64)> = wallet
        .iter()
        .copied()
        .filter(|(lot, left)| lot.licence_type == licence_type && *left > 0)
        .collect();
    let mut filled = fill(&lots, demand, last_in_reach);
    for line in &filled.lines {
        if let Some((_, left)) = wallet.iter_mut().find(|(lot, _)| lot.id == line.lot) {
            *left -= line.quantity;
        }
    }
    proposal.surplus += filled.surplus;
    proposal.lines.append(&mut filled.lines);
    filled
}

/// One way to fill a demand.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filled {
    /// What is taken from which lot.
    pub lines: Vec<AllocationLine>,
    /// Places that stay empty.
    pub missing: i64,
    /// The same of each year.
    pub open: BTreeMap<u32, i64>,
    /// Places that nobody asked for.
    pub surplus: i64,
}

/// The most ways of taking lots that are compared.
const MOST_WAYS: usize = 20_000;

/// Fills a demand by year from lots of one type, which come first to be used first: the fewest empty places, then the least surplus
/// (LIC-24), then the first lots (LIC-23).
///
/// A licence of several years can fill one place too many in one order of taking and none in another; so in each year every order of
/// the terms is tried, as far as these are not too many ways.
pub fn fill(lots: &[(&Lot, i64)], demand: &BTreeMap<u32, i64>, last_in_reach: u32) -> Filled {
    let terms: BTreeSet<u32> = lots.iter().map(|(lot, _)| lot.term).collect();
    let orders = orders(&terms.into_iter().collect::<Vec<_>>());
    let mut best = fill_in_order(lots, demand, last_in_reach, &|_| &[], true);
    if best.missing == 0 && best.surplus == 0 {
        return best;
    }
    let years: Vec<u32> = demand.keys().copied().collect();
    let exponent = u32::try_from(years.len()).unwrap_or(u32::MAX);
    let ways = orders.len().saturating_pow(exponent);
    let each_year = ways <= MOST_WAYS;
    for way in 0..if each_year { ways } else { orders.len() } {
        let order = |year: u32| -> &[u32] {
            let place = years.iter().position(|other| *other == year).unwrap_or(0);
            let place = if each_year {
                u32::try_from(place).unwrap_or(0)
            } else {
                0
            };
            &orders[way / orders.len().pow(place) % orders.len()]
        };
        for waste_first in [true, false] {
            let other = fill_in_order(lots, demand, last_in_reach, &order, waste_first);
            if (other.missing, other.surplus) < (best.missing, best.surplus) {
                best = other;
            }
        }
    }
    best
}

/// Every order of a few terms.
fn orders(terms: &[u32]) -> Vec<Vec<u32>> {
    if terms.is_empty() {
        return vec![Vec::new()];
    }
    let mut all = Vec::new();
    for (place, &first) in terms.iter().enumerate() {
        let mut rest = terms.to_vec();
        rest.remove(place);
        for mut order in orders(&rest) {
            order.insert(0, first);
            all.push(order);
        }
    }
    all
}

/// Fills year by year; of the lots that fit the one is taken that wastes the fewest places, then the one whose term comes first in
/// `order`, then the first; without `waste_first` the order of the terms decides before the waste does.
fn fill_in_order<'o>(
    lots: &[(&Lot, i64)],
    demand: &BTreeMap<u32, i64>,
    last_in_reach: u32,
    order: &dyn Fn(u32) -> &'o [u32],
    waste_first: bool,
) -> Filled {
    let mut left: Vec<i64> = lots.iter().map(|(_, left)| *left).collect();
    let mut open = demand.clone();
    let mut filled = Filled::default();
    for &year in demand.keys() {
        let order = order(year);
        let rank = |term: u32| order.iter().position(|&other| other == term).unwrap_or(0);
        while open[&year] > 0 {
            let wasted = |term: u32| {
                (year..year + term)
                    .filter(|year| open.get(year).copied().unwrap_or(0) == 0)
                    .count()
            };
            let best = lots
                .iter()
                .enumerate()
                .filter(|(place, (lot, _))| left[*place] > 0 && year + lot.term - 1 <= last_in_reach)
                .min_by_key(|(place, (lot, _))| {
                    let (waste, rank) = (wasted(lot.term), rank(lot.term));
                    if waste_first {
                        (waste, rank, *place)
                    } else {
                        (rank, waste, *place)
                    }
                });
            let Some((place, (lot, _))) = best else { break };
            let span = year..year + lot.term;
            let places = open
                .iter()
                .filter(|(year, open)| span.contains(year) && **open > 0);
            let quantity = places.map(|(_, open)| *open).min().unwrap_or(0).min(left[place]);
            filled.surplus += quantity * i64::try_from(wasted(lot.term)).unwrap_or(0);
            left[place] -= quantity;
            for (_, open) in open
                .iter_mut()
                .filter(|(year, open)| span.contains(year) && **open > 0)
            {
                *open -= quantity;
            }
            filled.lines.push(AllocationLine {
                year,
                lot: lot.id,
                quantity,
            });
        }
    }
    filled.missing = open.values().sum();
    filled.open = open;
    filled.lines = merged(std::mem::take(&mut filled.lines));
    filled
}

/// Lines of the same lot and year become one; their order stays.
fn merged(lines: Vec<AllocationLine>) -> Vec<AllocationLine> {
    let mut merged: Vec<AllocationLine> = Vec::new();
    for line in lines {
        match merged
            .iter_mut()
            .find(|other| (other.year, other.lot) == (line.year, line.lot))
        {
            Some(other) => other.quantity += line.quantity,
            None => merged.push(line),
        }
    }
    merged
}

/// Allocates what a request asks for, in one entry; a second one where that makes the present year licensed.
///
/// # Errors
/// Why not; see [`Refusal`].
pub fn allocate(
    book: &mut Book,
    operation: Uuid,
    request: &Request,
    today: NaiveDate,
) -> Result<Vec<Entry>, Refusal> {
    if book.archived {
        return Err(Refusal::Archived);
    }
    let possible = |line: &AllocationLine| (1..=super::wallet::MOST_LICENCES).contains(&line.quantity);
    if !request.lots.iter().all(possible) {
        return Err(Refusal::OutOfRange);
    }
    let proposal = propose(book, request, today)?;
    let lines = if request.lots.is_empty() {
        if !proposal.missing.is_empty() {
            return Err(Refusal::WalletShort(proposal.missing));
        }
        proposal.lines
    } else {
        merged(request.lots.clone())
    };
    let chosen: Vec<u32> = proposal.years.iter().map(|year| year.year).collect();
    check_lines(book, &lines, &chosen, today)?;
    let event_day = request.first_day;
    let before: Vec<Quantities> = chosen.iter().map(|&year| book.coverage(year).surplus).collect();
    let entry = allocated(book, operation, lines, event_day, today);
    let mut after = book.clone();
    after.apply(&entry)?;
    demand_covered(&after, &chosen, &before, request.beyond_need)?;
    *book = after;
    let licensed = license_year(book, today)?;
    Ok(std::iter::once(entry).chain(licensed).collect())
}

/// The lots are in the wallet, and every year that their licences occupy is in reach.
fn check_lines(
    book: &Book,
    lines: &[AllocationLine],
    chosen: &[u32],
    today: NaiveDate,
) -> Result<(), Refusal> {
    let subscription = book.subscription.as_ref().ok_or(Refusal::NotStarted)?;
    let last = subscription.last_in_reach(today);
    let wallet: BTreeMap<Uuid, (&Lot, i64)> = book
        .wallet(Purpose::Subscription, today)
        .into_iter()
        .map(|(lot, left)| (lot.id, (lot, left)))
        .collect();
    if lines.is_empty() {
        return Err(Refusal::OutOfRange);
    }
    for line in lines {
        let (lot, _) = wallet.get(&line.lot).ok_or(Refusal::LotNotUsable(line.lot))?;
        if line.quantity <= 0 || !chosen.contains(&line.year) {
            return Err(Refusal::OutOfRange);
        }
        if line.year + lot.term - 1 > last {
            return Err(Refusal::YearNotInReach(subscription.calendar.anniversary(last)));
        }
    }
    for (id, (lot, left)) in &wallet {
        let taken: i64 = lines
            .iter()
            .filter(|line| line.lot == *id)
            .map(|line| line.quantity)
            .sum();
        if taken > *left {
            return Err(Refusal::WalletShort(Quantities::from([(
                lot.licence_type.clone(),
                taken - left,
            )])));
        }
    }
    Ok(())
}

/// Every chosen year is covered now, and nothing beyond the need was allocated without a yes to it.
fn demand_covered(
    book: &Book,
    chosen: &[u32],
    before: &[Quantities],
    beyond_need: bool,
) -> Result<(), Refusal> {
    let mut beyond = Quantities::new();
    for (&year, before) in chosen.iter().zip(before) {
        let left = book.to_allocate(year);
        if !left.is_empty() {
            return Err(Refusal::BelowNeed(left));
        }
        for (name, &surplus) in &book.coverage(year).surplus {
            need::add(&mut beyond, name, (surplus - need::of(before, name)).max(0));
        }
    }
    if beyond.is_empty() || beyond_need {
        Ok(())
    } else {
        Err(Refusal::BeyondNeed(beyond))
    }
}

/// The entry of an allocation, with what it gives back.
fn allocated(
    book: &Book,
    operation: Uuid,
    lines: Vec<AllocationLine>,
    first_day: Option<NaiveDate>,
    today: NaiveDate,
) -> Entry {
    let compensations = compensations(book, operation, &lines, first_day, today);
    let event = Event::Allocated {
        lines: lines.clone(),
        compensations: compensations.clone(),
    };
    let mut entry = Entry::of_operation(operation, book.id, 0, today, event);
    for line in &lines {
        if let Some(lot) = book.lots.get(&line.lot) {
            entry.post(
                Account::Wallet,
                Account::Year(line.year),
                &lot.commodity(),
                line.quantity,
            );
        }
    }
    post_compensations(&mut entry, &compensations);
    entry
}
