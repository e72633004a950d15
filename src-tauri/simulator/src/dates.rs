//! Days on which licences and certificates end, counted from the day the fleet starts: the same seed on the same day
//! gives the same dates, and whenever a fleet starts, some have ended and some end soon (SIM-01).
use crate::random::Choices;
use chrono::{NaiveDate, TimeDelta};

/// How long a certificate that nothing is wrong with is valid: from a year ago on for ten years.
const ORDINARY: (i64, i64) = (-365, 3650);

/// A last day: of a hundred 5 are past, 8 within 30 days, 8 more within 60, 8 more within 90, the rest later. None is so
/// close to a limit that midnight, or another time zone, would move it across.
pub(crate) fn last_day(choices: &mut Choices, today: NaiveDate) -> NaiveDate {
    let (low, high, sign) = match choices.below(100) {
        0..5 => (2, 200, -1),
        5..13 => (2, 28, 1),
        13..21 => (33, 58, 1),
        21..29 => (63, 88, 1),
        _ => (95, 1200, 1),
    };
    // At most 1200.
    later(today, sign * choices.between(low, high) as i64)
}

/// The first and the last day of a certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Lifetime {
    pub(crate) from: NaiveDate,
    pub(crate) until: NaiveDate,
}

impl Lifetime {
    /// Long before `today` until long after.
    pub(crate) fn ordinary(today: NaiveDate) -> Self {
        Self {
            from: later(today, ORDINARY.0),
            until: later(today, ORDINARY.1),
        }
    }

    /// Ends on a day as [`last_day`] chooses it.
    pub(crate) fn of_mixed_fleet(choices: &mut Choices, today: NaiveDate) -> Self {
        Self {
            until: last_day(choices, today),
            ..Self::ordinary(today)
        }
    }

    /// Over for many years.
    pub(crate) fn expired() -> Self {
        let day = |year| NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or_default();
        Self {
            from: day(2001),
            until: day(2002),
        }
    }
}

/// The same day where the calendar ends, hundreds of thousands of years from now.
fn later(day: NaiveDate, days: i64) -> NaiveDate {
    day.checked_add_signed(TimeDelta::days(days)).unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// SIM-01: the mix holds on any day, and moves with it.
    #[test]
    fn some_ended_some_soon_most_later() {
        for first in [(2024, 2, 29), (2031, 12, 31)] {
            let today = NaiveDate::from_ymd_opt(first.0, first.1, first.2).expect("a day");
            let mut choices = Choices::new(1, 9, 9);
            let left: Vec<i64> = (0..2_000)
                .map(|_| (last_day(&mut choices, today) - today).num_days())
                .collect();
            let count = |range: std::ops::Range<i64>| left.iter().filter(|days| range.contains(days)).count();
            assert!((50..150).contains(&count(-201..0)), "{}", count(-201..0));
            for within in [1..30, 31..60, 61..90] {
                assert!((100..220).contains(&count(within.clone())), "{within:?}");
            }
            assert!(count(91..1201) > 1_200);
            assert_eq!(count(-201..1201), left.len());
        }
    }
}
