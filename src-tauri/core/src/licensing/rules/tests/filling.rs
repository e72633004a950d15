//! Which lots fill a demand (LIC-23, LIC-24).

use crate::licensing::rules::allocation::{Filled, fill};
use crate::licensing::rules::ledger::{AllocationLine, Lot, LotOrigin, Purpose};
use chrono::NaiveDate;
use proptest::prelude::*;
use std::collections::BTreeMap;
use uuid::Uuid;

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn lot(id: u128, term: u32, shelf_end: &str) -> Lot {
    Lot {
        id: Uuid::from_u128(id),
        origin: LotOrigin::Signed,
        purpose: Purpose::Subscription,
        key: String::new(),
        licence_type: "core".to_owned(),
        term,
        order: String::new(),
        redeemed: day("2025-01-01"),
        shelf_end: day(shelf_end),
        issuer: None,
    }
}

/// LIC-24: as on the page: lots of one year before one of three, the first to end first.
#[test]
fn lots_that_leave_the_least_surplus() {
    let lots = [
        lot(1, 1, "2026-03-03"),
        lot(2, 1, "2027-06-14"),
        lot(3, 3, "2028-09-11"),
    ];
    let stock: Vec<(&Lot, i64)> = lots.iter().zip([8, 4, 30]).collect();
    let filled = fill(&stock, &BTreeMap::from([(2, 24)]), 7);
    let line = |lot, quantity| AllocationLine {
        year: 2,
        lot: Uuid::from_u128(lot),
        quantity,
    };
    assert_eq!(
        filled,
        Filled {
            lines: vec![line(1, 8), line(2, 4), line(3, 12)],
            missing: 0,
            open: BTreeMap::from([(2, 0)]),
            surplus: 24
        }
    );
}

/// The least that can stay empty, and with it the least surplus, by trying everything.
fn least(lots: &mut [(u32, i64)], open: &mut [i64], year: usize, last: usize) -> (i64, i64) {
    if year == open.len() {
        return (
            open.iter().map(|left| (*left).max(0)).sum(),
            open.iter().map(|left| (-*left).max(0)).sum(),
        );
    }
    let mut best = least(lots, open, year + 1, last);
    for place in 0..lots.len() {
        let term = lots[place].0 as usize;
        if lots[place].1 == 0 || year + term - 1 > last || open[year] <= 0 {
            continue;
        }
        lots[place].1 -= 1;
        let outside = (year + term).saturating_sub(open.len()) as i64;
        for open in open.iter_mut().skip(year).take(term) {
            *open -= 1;
        }
        let (missing, surplus) = least(lots, open, year, last);
        best = best.min((missing, surplus + outside));
        for open in open.iter_mut().skip(year).take(term) {
            *open += 1;
        }
        lots[place].1 += 1;
    }
    best
}

proptest! {
    /// LIC-24: never split, never beyond the reach; what can be covered is, as by trying everything.
    #[test]
    fn what_can_be_covered_is_covered(
        stock in prop::collection::vec((1_u32..=4, 1_i64..=3), 0..4),
        demand in prop::collection::vec(0_i64..=3, 1..=3),
        beyond in 0_u32..3,
    ) {
        let lots: Vec<Lot> = (0..).zip(&stock).map(|(id, (term, _))| lot(id, *term, "2030-01-01")).collect();
        let available: Vec<(&Lot, i64)> = lots.iter().zip(stock.iter().map(|(_, left)| *left)).collect();
        let wanted: BTreeMap<u32, i64> = (0..).zip(demand.iter().copied()).collect();
        let last = demand.len() as u32 - 1 + beyond;
        let filled = fill(&available, &wanted, last);
        let mut left = stock.clone();
        let best = least(&mut left, &mut demand.clone(), 0, last as usize);
        prop_assert_eq!(filled.missing, best.0);
        // For one year it is the least surplus there is; for several the least of the ways that are compared.
        prop_assert!(filled.surplus == best.1 || (demand.len() > 1 && filled.surplus > best.1));
        for line in &filled.lines {
            let term = lots[line.lot.as_u128() as usize].term;
            prop_assert!(line.quantity > 0 && line.year + term - 1 <= last);
        }
    }
}
