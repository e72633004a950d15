//! Time, passed in. Nothing else in Flotilla asks the operating system what time it is.

use chrono::{DateTime, NaiveDate, TimeZone, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};
use ts_rs::TS;

/// An instant: milliseconds since 1970 in UTC (GEN-06).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(transparent)]
#[ts(type = "number")]
pub struct Time(pub i64);

impl Time {
    /// This instant later by `milliseconds` (or earlier, when negative), without overflow.
    #[must_use]
    pub fn plus(self, milliseconds: i64) -> Self {
        Self(self.0.saturating_add(milliseconds))
    }

    /// Milliseconds from `earlier` to this instant; negative when it lies before.
    pub fn since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }

    /// The same instant for calendar arithmetic.
    pub fn utc(self) -> DateTime<Utc> {
        Utc.timestamp_millis_opt(self.0).single().unwrap_or_default()
    }

    /// The calendar date this instant falls on in `zone`.
    pub fn date_in(self, zone: Tz) -> NaiveDate {
        self.utc().with_timezone(&zone).date_naive()
    }

    /// The instant a calendar date begins in `zone`; where a clock change skips midnight, the first instant after.
    pub fn start_of(date: NaiveDate, zone: Tz) -> Self {
        let midnight = date.and_hms_opt(0, 0, 0).unwrap_or_default();
        let instant = (0..=3)
            .find_map(|hour| {
                zone.from_local_datetime(&(midnight + chrono::Duration::hours(hour)))
                    .earliest()
            })
            .map_or_else(
                || midnight.and_utc().timestamp_millis(),
                |start| start.timestamp_millis(),
            );
        Self(instant)
    }
}

impl From<DateTime<Utc>> for Time {
    fn from(value: DateTime<Utc>) -> Self {
        Self(value.timestamp_millis())
    }
}

/// Seconds as milliseconds.
pub const fn seconds(count: i64) -> i64 {
    count * 1_000
}

/// Minutes as milliseconds.
pub const fn minutes(count: i64) -> i64 {
    count * 60_000
}

/// Hours as milliseconds.
pub const fn hours(count: i64) -> i64 {
    count * 3_600_000
}

/// Days of 24 hours as milliseconds.
pub const fn days(count: i64) -> i64 {
    count * 86_400_000
}

/// A calendar date as it is stored: days since 1970-01-01 (GEN-07).
pub fn days_of(date: NaiveDate) -> i64 {
    date.signed_duration_since(NaiveDate::default()).num_days()
}

/// The date that was stored as `days`, if there is such a date.
pub fn date_of(days: i64) -> Option<NaiveDate> {
    NaiveDate::default().checked_add_signed(chrono::Duration::try_days(days)?)
}

/// Whether the operating system's clock stands before 1970. No time of a log or a certificate can be told then, and every
/// program ends with one sentence before it asks for any.
pub fn is_before_1970() -> bool {
    #[expect(clippy::disallowed_methods, reason = "asked once, before there is a `Clock`")]
    let now = SystemTime::now();
    lies_before_1970(now)
}

fn lies_before_1970(time: SystemTime) -> bool {
    time < UNIX_EPOCH
}

/// Where the present comes from.
#[derive(Debug, Clone, Default)]
pub enum Clock {
    /// The operating system's clock.
    #[default]
    System,
    /// A clock a test moves by hand.
    Manual(Arc<AtomicI64>),
    /// Another clock, ahead of it: the test clock (LIC-54).
    Ahead(Box<Clock>, Arc<AtomicI64>),
}

impl Clock {
    /// A clock that stands at `start` until it is moved.
    pub fn manual(start: Time) -> Self {
        Self::Manual(Arc::new(AtomicI64::new(start.0)))
    }

    /// This clock, so many milliseconds ahead (LIC-54).
    #[must_use]
    pub fn ahead_by(&self, milliseconds: i64) -> Self {
        Self::Ahead(Box::new(self.clone()), Arc::new(AtomicI64::new(milliseconds)))
    }

    /// By how many milliseconds it is ahead of the clock it goes with; none: it is a clock of its own.
    pub fn ahead(&self) -> Option<i64> {
        match self {
            Self::Ahead(_, ahead) => Some(ahead.load(Ordering::SeqCst)),
            Self::System | Self::Manual(_) => None,
        }
    }

    /// The present instant.
    pub fn now(&self) -> Time {
        match self {
            #[expect(clippy::disallowed_methods, reason = "the one place that asks")]
            Self::System => Time(Utc::now().timestamp_millis()),
            Self::Manual(value) => Time(value.load(Ordering::SeqCst)),
            Self::Ahead(clock, ahead) => clock.now().plus(ahead.load(Ordering::SeqCst)),
        }
    }

    /// Moves a manual clock, or one that is ahead of another, forward; the system's clock cannot be moved.
    pub fn advance(&self, milliseconds: i64) {
        match self {
            Self::System => {}
            Self::Manual(value) | Self::Ahead(_, value) => {
                value.fetch_add(milliseconds, Ordering::SeqCst);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// LIC-54: a clock that is ahead of another goes with it, and is moved without it.
    #[test]
    fn a_clock_ahead_of_another() {
        let clock = Clock::manual(Time(1_000));
        let ahead = clock.ahead_by(days(3));
        assert_eq!(ahead.now(), Time(1_000 + days(3)));
        clock.advance(500);
        ahead.advance(days(1));
        assert_eq!((clock.now(), ahead.now()), (Time(1_500), Time(1_500 + days(4))));
        assert_eq!((clock.ahead(), ahead.ahead()), (None, Some(days(4))));
    }

    /// GEN-06: time begins with 1970; a clock that is merely wrong is no reason to end.
    #[test]
    fn a_clock_before_1970() {
        let year = std::time::Duration::from_secs(365 * 86_400);
        assert!(lies_before_1970(UNIX_EPOCH - year / 2));
        assert!(lies_before_1970(UNIX_EPOCH - std::time::Duration::from_secs(1)));
        for later in [UNIX_EPOCH, UNIX_EPOCH + year, UNIX_EPOCH + year * 45] {
            assert!(!lies_before_1970(later), "{later:?}");
        }
    }

    /// GEN-06: a date begins at the first instant that exists in its zone.
    #[test]
    fn a_date_begins_where_its_zone_says() {
        let zone: Tz = "America/Sao_Paulo".parse().expect("a known zone");
        // 2018-11-04: midnight did not exist, clocks went from 23:59:59 to 01:00:00.
        let skipped = NaiveDate::from_ymd_opt(2018, 11, 4).expect("a date");
        assert_eq!(
            Time::start_of(skipped, zone).utc().to_rfc3339(),
            "2018-11-04T03:00:00+00:00"
        );
        let tokyo: Tz = "Asia/Tokyo".parse().expect("a known zone");
        let date = NaiveDate::from_ymd_opt(2026, 1, 1).expect("a date");
        assert_eq!(
            Time::start_of(date, tokyo).utc().to_rfc3339(),
            "2025-12-31T15:00:00+00:00"
        );
        assert_eq!(Time::start_of(date, tokyo).date_in(tokyo), date);
    }
}
