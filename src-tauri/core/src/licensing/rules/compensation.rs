//! What a late allocation gives back (LIC-32, LIC-33).

use super::book::Book;
use super::calendar::{Calendar, later_by_days};
use super::ledger::{
    Account, AllocationLine, Commodity, Compensation, Entry, Lot, LotOrigin, Purpose, derived,
};
use chrono::NaiveDate;
use std::collections::BTreeMap;
use uuid::Uuid;

/// `d`: for how many days of a year licences allocated on `today` were not used (LIC-32). `first_day`: of the product or system they
/// are for.
pub fn days_gone(
    calendar: Calendar,
    year: u32,
    first_day: NaiveDate,
    grace_days: u32,
    today: NaiveDate,
) -> i64 {
    let start = calendar.anniversary(year);
    let from = start.max(first_day);
    let counted = if today < later_by_days(from, grace_days) {
        from
    } else {
        today
    };
    counted.signed_duration_since(start).num_days().max(0)
}

/// `credit` and the residual after it, of `licences × days` licence-days (LIC-32).
pub fn credit(licences: i64, days: i64, residual: i64, year_days: i64) -> (i64, i64) {
    let owed = licences * days + residual;
    (owed / year_days, owed % year_days)
}

/// Posts what is given back.
pub(super) fn post_compensations(entry: &mut Entry, compensations: &[Compensation]) {
    for given in compensations {
        let days = Commodity::Days {
            licence_type: given.licence_type.clone(),
        };
        entry.post(
            Account::Issuer,
            Account::Residual,
            &days,
            given.licences * given.days,
        );
        entry.post(
            Account::Residual,
            Account::Issuer,
            &days,
            given.credit * given.year_days,
        );
        if let Some(lot) = &given.lot {
            // A lot that was put into a file can have expired before the file was confirmed.
            let to = if lot.shelf_end <= entry.day {
                Account::Expired
            } else {
                Account::Wallet
            };
            entry.post(Account::Issuer, to, &lot.commodity(), given.credit);
        }
    }
}

/// What the licences of these lines that begin in the present year give back, by type (LIC-32).
pub fn compensations(
    book: &Book,
    operation: Uuid,
    lines: &[AllocationLine],
    first_day: Option<NaiveDate>,
    today: NaiveDate,
) -> Vec<Compensation> {
    let present = book.subscription.as_ref().map_or(0, |known| known.year);
    compensations_of(book, operation, lines, first_day, (present, today))
}

/// As [`compensations`], of a year that was the present one on a day.
pub(super) fn compensations_of(
    book: &Book,
    operation: Uuid,
    lines: &[AllocationLine],
    first_day: Option<NaiveDate>,
    (year, today): (u32, NaiveDate),
) -> Vec<Compensation> {
    let Some(subscription) = &book.subscription else {
        return Vec::new();
    };
    let known = subscription.years.get(&year).copied().unwrap_or_default();
    let first_day = [Some(subscription.first_day), first_day, known.grace_from]
        .into_iter()
        .flatten()
        .max()
        .unwrap_or(subscription.first_day);
    let days = days_gone(
        subscription.calendar,
        year,
        first_day,
        subscription.terms.grace_days,
        today,
    );
    let year_days = subscription.calendar.days_of(year);
    let mut consumed: BTreeMap<&str, (i64, NaiveDate)> = BTreeMap::new();
    for line in lines {
        let Some(lot) = book.lots.get(&line.lot) else {
            continue;
        };
        let (licences, shelf_end) = consumed.entry(&lot.licence_type).or_insert((0, lot.shelf_end));
        *shelf_end = lot.shelf_end.min(*shelf_end);
        if line.year == year {
            *licences += line.quantity;
        }
    }
    let given = consumed
        .into_iter()
        .filter(|(_, (licences, _))| days > 0 && *licences > 0);
    given
        .map(|(licence_type, (licences, shelf_end))| {
            let residual_before = book.residual(licence_type);
            let (credit, residual_after) = credit(licences, days, residual_before, year_days);
            let lot = (credit > 0).then(|| Lot {
                id: derived(&[
                    b"credit",
                    operation.as_bytes(),
                    book.id.as_bytes(),
                    licence_type.as_bytes(),
                ]),
                origin: LotOrigin::Credit,
                purpose: Purpose::Subscription,
                key: String::new(),
                licence_type: licence_type.to_owned(),
                term: 1,
                order: String::new(),
                redeemed: today,
                shelf_end,
                issuer: None,
            });
            Compensation {
                licence_type: licence_type.to_owned(),
                year,
                licences,
                days,
                year_days,
                residual_before,
                credit,
                residual_after,
                lot,
            }
        })
        .collect()
}
