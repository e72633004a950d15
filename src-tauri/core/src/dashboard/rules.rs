//! What has ended and what ends soon: how it is counted, and which of it the panels name (DSH-02, DSH-03).

use super::types::*;
use crate::systems::types::LicenceLine;
use chrono::NaiveDate;
use flotilla_kernel::clock::{Time, days, days_of};
use flotilla_kernel::ids::OrganizationId;

/// What ends is counted within so many days; licences and certificates that end later are not shown (CRT-06).
pub const WITHIN: [i64; 3] = [30, 60, 90];
/// A panel names at most so many things that end.
pub const LINES: usize = 8;

/// A customer with the licences its solution reports.
pub type Licensed = (OrganizationId, String, Vec<LicenceLine>);

/// The last moment of each count, as the list's filter takes it: of what has expired, then of each of [`WITHIN`].
/// Units are the column's: milliseconds for times, days since 1970-01-01 for dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds(pub [i64; 4]);

impl Bounds {
    /// A certificate is good up to and with its last millisecond.
    #[must_use]
    pub fn of_certificates(now: Time) -> Self {
        let [first, second, third] = WITHIN.map(|count| now.plus(days(count)).0);
        Self([now.plus(-1).0, first, second, third])
    }

    /// A licence is good up to and with the day it ends on.
    #[must_use]
    pub fn of_licences(today: NaiveDate) -> Self {
        let today = days_of(today);
        let [first, second, third] = WITHIN.map(|count| today + count);
        Self([today - 1, first, second, third])
    }

    /// DSH-02, DSH-03: from how many customers have an end up to each bound to what is shown: what has expired is not
    /// due, and each number has the range that lists exactly its customers.
    #[must_use]
    pub fn ending(self, up_to: [i64; 4]) -> Ending {
        let [past, first, second, third] = self.0;
        let [expired, ..] = up_to;
        let within = WITHIN
            .into_iter()
            .zip([first, second, third])
            .zip(up_to.into_iter().skip(1))
            .map(|((days, until), count)| DueWithin {
                days,
                customers: count - expired,
                from: past + 1,
                until,
            })
            .collect();
        Ending {
            expired: Expired {
                customers: expired,
                until: past,
            },
            within,
        }
    }
}

/// How many customers have a licence that ends up to each bound. A customer counts at the first of its licences to end,
/// as the column *licence until* of the list has it.
#[must_use]
pub fn licences_up_to(customers: &[Licensed], bounds: Bounds) -> [i64; 4] {
    let mut counts = [0; 4];
    for (_, _, lines) in customers {
        let first = lines.iter().filter_map(|line| line.expires).min().map(days_of);
        for (count, bound) in counts.iter_mut().zip(bounds.0) {
            *count += i64::from(first.is_some_and(|first| first <= bound));
        }
    }
    counts
}

/// The licences that the panel names: those that have expired and those that end within the last of [`WITHIN`].
#[must_use]
pub fn licence_lines(customers: Vec<Licensed>, bounds: Bounds) -> Vec<LicenceDue> {
    let [past, .., last] = bounds.0;
    let mut found: Vec<LicenceDue> = customers
        .into_iter()
        .flat_map(|(id, name, lines)| {
            lines.into_iter().filter_map(move |line| {
                let expires = line.expires.filter(|date| days_of(*date) <= last)?;
                Some(LicenceDue {
                    id,
                    name: name.clone(),
                    licence_type: line.licence_type,
                    expired: days_of(expires) <= past,
                    expires,
                })
            })
        })
        .collect();
    found.sort_by(|left, right| (left.expires, &left.name).cmp(&(right.expires, &right.name)));
    let (expired, due) = found.into_iter().partition(|line| line.expired);
    named(expired, due)
}

/// Which lines a panel of [`LINES`] has room for, given both soonest first: what expired, the latest half of it where
/// there is too much, never hides what is still to be renewed in time.
#[must_use]
pub fn named<Line>(mut expired: Vec<Line>, mut due: Vec<Line>) -> Vec<Line> {
    let remaining = LINES.saturating_sub(due.len()).max(LINES / 2);
    let mut lines = expired.split_off(expired.len().saturating_sub(remaining));
    due.truncate(LINES - lines.len());
    lines.append(&mut due);
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NOW: Time = Time(1_767_225_600_000);

    fn today() -> NaiveDate {
        NOW.utc().date_naive()
    }

    fn customer(name: &str, ends: &[Option<i64>]) -> Licensed {
        let lines = ends.iter().map(|end| LicenceLine {
            licence_type: format!("{end:?}"),
            quantity: 1,
            free: 0,
            expires: end.map(|count| today() + chrono::Duration::days(count)),
            valid: true,
        });
        (OrganizationId::new(NOW), name.to_owned(), lines.collect())
    }

    /// DSH-02: what has ended is expired and not due; today's end is due; a customer counts once, at its first end.
    #[test]
    fn what_has_ended_is_not_due() {
        let customers = [
            customer("long ago", &[Some(-200), Some(5)]),
            customer("yesterday", &[Some(-1)]),
            customer("today", &[Some(0)]),
            customer("in 30 days", &[Some(30), None]),
            customer("in 31 days", &[Some(31)]),
            customer("in 90 days", &[Some(90)]),
            customer("in 91 days", &[Some(91)]),
            customer("without an end", &[None]),
        ];
        let bounds = Bounds::of_licences(today());
        let ending = bounds.ending(licences_up_to(&customers, bounds));
        assert_eq!(ending.expired.customers, 2);
        assert_eq!(ending.expired.until, days_of(today()) - 1);
        let within: Vec<_> = ending
            .within
            .iter()
            .map(|due| (due.days, due.customers, due.from, due.until))
            .collect();
        let from = days_of(today());
        assert_eq!(
            within,
            [
                (30, 2, from, from + 30),
                (60, 3, from, from + 60),
                (90, 4, from, from + 90)
            ]
        );
        let lines: Vec<_> = licence_lines(customers.to_vec(), bounds)
            .into_iter()
            .map(|line| (line.name, line.expired))
            .collect();
        let named = |name: &str, expired| (name.to_owned(), expired);
        assert_eq!(
            lines,
            [
                named("long ago", true),
                named("yesterday", true),
                named("today", false),
                named("long ago", false),
                named("in 30 days", false),
                named("in 31 days", false),
                named("in 90 days", false),
            ]
        );
    }

    /// DSH-02, CRT-06: a certificate's last millisecond is still good.
    #[test]
    fn a_certificate_is_good_to_its_end() {
        let bounds = Bounds::of_certificates(NOW);
        let ending = bounds.ending([4, 5, 5, 9]);
        assert_eq!((ending.expired.customers, ending.expired.until), (4, NOW.0 - 1));
        assert!(ending.within.iter().all(|due| due.from == NOW.0));
        let customers: Vec<_> = ending.within.iter().map(|due| due.customers).collect();
        assert_eq!(customers, [1, 1, 5]);
        assert_eq!(
            ending.within.last().map(|due| due.until),
            Some(NOW.plus(days(90)).0)
        );
    }

    proptest! {
        /// DSH-02: a panel is as full as it can be, in order, and neither half hides the other.
        #[test]
        fn neither_hides_the_other(expired in 0_usize..30, due in 0_usize..30) {
            let lines = named((0..expired).collect(), (100..100 + due).collect());
            prop_assert_eq!(lines.len(), LINES.min(expired + due));
            prop_assert!(lines.is_sorted());
            let old = lines.iter().filter(|line| **line < 100).count();
            prop_assert!(old >= expired.min(LINES / 2));
            prop_assert!(lines.len() - old >= due.min(LINES / 2));
            // The latest of what expired, the soonest of what is due.
            prop_assert!(old == 0 || lines.get(old - 1) == Some(&(expired - 1)));
            prop_assert!(old == lines.len() || lines.get(old) == Some(&100));
        }
    }
}
