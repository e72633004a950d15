//! What has ended and what ends soon: how it is counted, and which of it the panels name (DSH-02, DSH-03).

use super::types::*;
use crate::alarms::types::OrganizationAlarms;
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

/// How many customers have a licence that has expired and, added to that, for each of [`WITHIN`] how many have one that ends by
/// then: a customer with both counts in both, as the filter of the list finds it and the panel names it.
#[must_use]
pub fn licences_up_to(customers: &[Licensed], bounds: Bounds) -> [i64; 4] {
    let mut counts = [0; 4];
    for (_, _, lines) in customers {
        let ends = || lines.iter().filter_map(|line| line.expires).map(days_of);
        let [past, ..] = bounds.0;
        let expired = ends().any(|end| end <= past);
        for (count, bound) in counts.iter_mut().zip(bounds.0) {
            *count += i64::from(expired) + i64::from(ends().any(|end| past < end && end <= bound));
        }
    }
    counts
}

/// The customers that the panel of licences names: those of whose licences some end within the last of [`WITHIN`], the
/// next first, then those of whose licences some have expired, the latest first. A customer with many is one line.
#[must_use]
pub fn licence_lines(customers: Vec<Licensed>, bounds: Bounds) -> Vec<LicenceDue> {
    let [past, .., last] = bounds.0;
    let mut due = Vec::new();
    let mut expired = Vec::new();
    for (id, name, mut licences) in customers {
        licences.sort_by_key(|line| line.expires);
        for has_expired in [false, true] {
            let ends = |line: &LicenceLine| {
                line.expires
                    .filter(|date| days_of(*date) <= last && (days_of(*date) <= past) == has_expired)
            };
            let lines: Vec<_> = licences
                .iter()
                .filter_map(|line| Some((ends(line)?, line)))
                .collect();
            let named = if has_expired { lines.last() } else { lines.first() };
            let Some((expires, _)) = named else { continue };
            let line = LicenceDue {
                id,
                name: name.clone(),
                licence_types: lines.iter().map(|(_, line)| line.licence_type.clone()).collect(),
                expires: *expires,
                expired: has_expired,
            };
            if has_expired { &mut expired } else { &mut due }.push(line);
        }
    }
    due.sort_by(|left, right| (left.expires, &left.name).cmp(&(right.expires, &right.name)));
    expired.sort_by(|left, right| (right.expires, &left.name).cmp(&(left.expires, &right.name)));
    named(due, expired)
}

/// Which lines a panel of [`LINES`] has space for: what is due, the next first, then what has expired, the latest first;
/// neither hides the other.
#[must_use]
pub fn named<Line>(mut due: Vec<Line>, mut expired: Vec<Line>) -> Vec<Line> {
    due.truncate(LINES.saturating_sub(expired.len()).max(LINES / 2));
    expired.truncate(LINES - due.len());
    due.append(&mut expired);
    due
}

/// The customers that the panel of alarms names, given with all that have alarms, the worst first; and what the others have.
#[must_use]
pub fn worst(mut all: Vec<OrganizationAlarms>) -> (Vec<OrganizationAlarms>, i64, [i64; 4]) {
    all.retain(|one| one.organization.is_some());
    let others = all.split_off(all.len().min(LINES));
    let counts = others.iter().fold([0; 4], |mut sum, one| {
        for (sum, count) in sum.iter_mut().zip(one.counts) {
            *sum += count;
        }
        sum
    });
    let number = others.iter().map(|_| 1_i64).sum();
    (all, number, counts)
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

    /// DSH-02: what has ended is expired and not due; today's end is due; who has both counts in both, and once in each.
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
                (30, 3, from, from + 30),
                (60, 4, from, from + 60),
                (90, 5, from, from + 90)
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
                named("today", false),
                named("long ago", false),
                named("in 30 days", false),
                named("in 31 days", false),
                named("in 90 days", false),
                named("yesterday", true),
                named("long ago", true),
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
        /// DSH-02: a panel is as full as it can be, what is next stands first, and neither half hides the other.
        #[test]
        fn neither_hides_the_other(due in 0_usize..30, expired in 0_usize..30) {
            let lines = named((0..due).collect(), (100..100 + expired).collect());
            prop_assert_eq!(lines.len(), LINES.min(expired + due));
            prop_assert!(lines.is_sorted());
            let next = lines.iter().filter(|line| **line < 100).count();
            prop_assert!(next >= due.min(LINES / 2));
            prop_assert!(lines.len() - next >= expired.min(LINES / 2));
            // The next of what is due, the latest of what expired.
            prop_assert!(next == 0 || lines.first() == Some(&0));
            prop_assert!(next == lines.len() || lines.get(next) == Some(&100));
        }

        /// DSH-02: alarms are all counted, those of customers that are named and those of the others; Flotilla's own
        /// belong to no customer.
        #[test]
        fn no_alarm_of_a_customer_is_lost(own in any::<bool>(), customers in 0_usize..30) {
            let one = |organization| OrganizationAlarms { organization, counts: [1, 2, 0, 4] };
            let mut all: Vec<_> = (0..customers).map(|_| one(Some(OrganizationId::new(NOW)))).collect();
            if own {
                all.insert(0, one(None));
            }
            let (named, others, counts) = worst(all);
            prop_assert_eq!(named.len(), customers.min(LINES));
            let left = i64::try_from(customers - named.len()).expect("few");
            prop_assert_eq!(others, left);
            prop_assert_eq!(counts, [left, 2 * left, 0, 4 * left]);
        }
    }

    /// DSH-02: a customer with many licences is one line, with the next to end; what it has lost is another one.
    #[test]
    fn licences_are_grouped_by_customer() {
        let customers = vec![customer(
            "many",
            &[Some(9), Some(3), Some(-5), Some(-2), None, Some(400)],
        )];
        let lines = licence_lines(customers, Bounds::of_licences(today()));
        let found: Vec<_> = lines
            .iter()
            .map(|line| {
                (
                    line.expired,
                    days_of(line.expires) - days_of(today()),
                    line.licence_types.len(),
                )
            })
            .collect();
        assert_eq!(found, [(false, 3, 2), (true, -2, 2)]);
    }
}
