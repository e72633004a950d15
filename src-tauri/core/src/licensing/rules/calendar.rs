//! The years of a subscription (LIC-10 to LIC-12). Dates are calendar dates without a zone (GEN-07).

use chrono::{Datelike, Days, NaiveDate};
use serde::{Deserialize, Serialize};

/// A day later by whole years; 29 February becomes 28 February in common years (LIC-10). None past the end of the calendar.
pub fn later_by_years(day: NaiveDate, years: u32) -> Option<NaiveDate> {
    let year = day.year().checked_add(i32::try_from(years).ok()?)?;
    day.with_year(year)
        .or_else(|| NaiveDate::from_ymd_opt(year, day.month(), 28))
}

/// A day later by days; the last day there is when it would lie past it.
pub fn later_by_days(day: NaiveDate, days: u32) -> NaiveDate {
    day.checked_add_days(Days::new(u64::from(days)))
        .unwrap_or(NaiveDate::MAX)
}

/// The day before.
pub fn day_before(day: NaiveDate) -> NaiveDate {
    day.pred_opt().unwrap_or(NaiveDate::MIN)
}

/// The boundaries of a subscription's years, counted always from its start date, so that no operation ever moves one (LIC-10).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Calendar {
    start: NaiveDate,
}

impl Calendar {
    /// The calendar of a subscription that started on this day; of one that took over another product's boundaries (LIC-11), the
    /// start of that one, so that 29 February comes back in leap years.
    pub fn starting(start: NaiveDate) -> Self {
        Self { start }
    }

    /// The start date `S`.
    pub fn start(self) -> NaiveDate {
        self.start
    }

    /// `anniv(k)`: the first day of year `k`.
    pub fn anniversary(self, year: u32) -> NaiveDate {
        later_by_years(self.start, year).unwrap_or(NaiveDate::MAX)
    }

    /// The last day of year `k`.
    pub fn last_day(self, year: u32) -> NaiveDate {
        day_before(self.anniversary(year + 1))
    }

    /// `L_k`: the days of year `k`, 365 or 366.
    pub fn days_of(self, year: u32) -> i64 {
        self.anniversary(year + 1)
            .signed_duration_since(self.anniversary(year))
            .num_days()
    }

    /// The year that a day lies in; none before the start.
    pub fn year_of(self, day: NaiveDate) -> Option<u32> {
        if day < self.start {
            return None;
        }
        let years = u32::try_from(day.year() - self.start.year()).ok()?;
        Some(if self.anniversary(years) <= day {
            years
        } else {
            years.saturating_sub(1)
        })
    }

    /// The last year that can be allocated to: the greatest `j` with `anniv(j) ≤ today + ahead` (LIC-12).
    pub fn last_in_reach(self, today: NaiveDate, ahead: u32) -> Option<u32> {
        self.year_of(later_by_years(today, ahead)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    /// LIC-10, LIC-11: counted from the start, 29 February comes back.
    #[test]
    fn a_start_on_a_leap_day() {
        let calendar = Calendar::starting(day("2028-02-29"));
        let days: Vec<i64> = (0..5).map(|year| calendar.days_of(year)).collect();
        assert_eq!(days, [365, 365, 365, 366, 365]);
        assert_eq!(calendar.anniversary(1), day("2029-02-28"));
        assert_eq!(calendar.anniversary(4), day("2032-02-29"));
        assert_eq!(calendar.last_day(3), day("2032-02-28"));
    }

    /// LIC-10
    #[rstest]
    #[case("2024-02-29", "2025-02-27", Some(0))]
    #[case("2024-02-29", "2025-02-28", Some(1))]
    #[case("2024-02-29", "2028-02-28", Some(3))]
    #[case("2024-02-29", "2028-02-29", Some(4))]
    #[case("2026-01-01", "2025-12-31", None)]
    #[case("2026-01-01", "2026-12-31", Some(0))]
    fn the_year_of_a_day(#[case] start: &str, #[case] at: &str, #[case] year: Option<u32>) {
        assert_eq!(Calendar::starting(day(start)).year_of(day(at)), year);
    }

    /// LIC-12: on the anniversary itself one more year comes into reach.
    #[rstest]
    #[case("2026-01-01", "2026-01-01", 5)]
    #[case("2026-01-01", "2026-12-31", 5)]
    #[case("2026-01-01", "2027-01-01", 6)]
    #[case("2026-06-15", "2026-06-15", 5)]
    fn years_in_reach(#[case] start: &str, #[case] today: &str, #[case] last: u32) {
        let calendar = Calendar::starting(day(start));
        assert_eq!(calendar.last_in_reach(day(today), 5), Some(last));
    }

    proptest! {
        /// LIC-10: every day lies in exactly one year, whose days are 365 or 366.
        #[test]
        fn years_follow_one_another(start in 0_u32..20_000, after in 0_u32..20_000) {
            let start = later_by_days(day("1999-01-01"), start);
            let calendar = Calendar::starting(start);
            let at = later_by_days(start, after);
            let year = calendar.year_of(at).expect("after the start");
            prop_assert!(calendar.anniversary(year) <= at && at <= calendar.last_day(year));
            prop_assert!((365..=366).contains(&calendar.days_of(year)));
        }
    }
}
