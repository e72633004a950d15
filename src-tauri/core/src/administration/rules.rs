//! What an administrator may ask of the workspace as a whole, decided without it.

use chrono::{Days, Months, NaiveDate};

/// A test clock goes so many years ahead at most: more than any licence lasts.
const TEST_CLOCK_YEARS: u32 = 20;

/// The first and the last date a test clock can be put to on a day (LIC-54): it only goes forward, as the books do.
#[must_use]
pub fn test_dates(today: NaiveDate) -> (NaiveDate, NaiveDate) {
    let first = today.checked_add_days(Days::new(1)).unwrap_or(NaiveDate::MAX);
    let last = today.checked_add_months(Months::new(12 * TEST_CLOCK_YEARS));
    (first, last.unwrap_or(NaiveDate::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// LIC-54: from tomorrow on, and not without an end.
    #[test]
    fn a_test_clock_goes_forward() {
        let day = |text: &str| text.parse::<NaiveDate>().expect("a date");
        assert_eq!(
            test_dates(day("2028-02-29")),
            (day("2028-03-01"), day("2048-02-29"))
        );
        assert_eq!(test_dates(NaiveDate::MAX), (NaiveDate::MAX, NaiveDate::MAX));
    }
}
