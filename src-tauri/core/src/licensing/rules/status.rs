//! The licence status (LIC-04): a pure function of the book and the day.

use super::book::Book;
use super::calendar::day_before;
use super::need;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What a product's licence comes to; the first of these that holds (LIC-04). *Until* is the last day that is covered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Status {
    /// The organization is archived.
    Archived,
    /// The product is not registered with the organization (LIC-05).
    NotRegistered,
    /// It is registered, and neither trial nor subscription was started.
    Registered,
    /// Its trial runs.
    Trial {
        /// The last day.
        until: NaiveDate,
    },
    /// Its trial has ended.
    TrialEnded {
        /// The first day without it.
        since: NaiveDate,
    },
    /// Its subscription was started, and its first year is not licensed yet.
    Started {
        /// The last day of the grace period.
        until: NaiveDate,
    },
    /// A later year has begun and is not licensed yet.
    RenewalDue {
        /// The last day of the grace period.
        until: NaiveDate,
    },
    /// The grace period has passed, or the subscription was ended.
    Unlicensed {
        /// The first day that is not covered.
        since: NaiveDate,
    },
    /// The year is licensed, and more was added than it may grow by (LIC-17).
    BeyondGrowth {
        /// How many licences are due.
        due: i64,
        /// The last day of the last year in an unbroken row of licensed years.
        until: NaiveDate,
    },
    /// Nothing is needed this year (LIC-18).
    NothingNeeded,
    /// Licensed.
    Licensed {
        /// The last day of the last year in an unbroken row of licensed years.
        until: NaiveDate,
    },
}

/// The status of a book that was taken forward to this day.
pub fn status(book: &Book, today: NaiveDate) -> Status {
    if book.archived {
        return Status::Archived;
    }
    if book.registered.is_none() {
        return Status::NotRegistered;
    }
    let Some(subscription) = &book.subscription else {
        return match book.trial {
            None => Status::Registered,
            Some(trial) if today < trial.end() => Status::Trial {
                until: day_before(trial.end()),
            },
            Some(trial) => Status::TrialEnded { since: trial.end() },
        };
    };
    let year = subscription.year;
    let calendar = subscription.calendar;
    let past = calendar.anniversary(year + 1);
    if today >= past {
        // Only of a subscription that was ended does no further year begin.
        return Status::Unlicensed { since: past };
    }
    let known = subscription.years.get(&year).copied().unwrap_or_default();
    if known.licensed.is_none() {
        return match subscription.grace_end(year) {
            _ if need::total(&book.need) == 0 => Status::NothingNeeded,
            Some(end) if today >= end => Status::Unlicensed { since: end },
            Some(end) if year == subscription.first_year => Status::Started {
                until: day_before(end),
            },
            Some(end) => Status::RenewalDue {
                until: day_before(end),
            },
            None => Status::NothingNeeded,
        };
    }
    let until = calendar.last_day(last_licensed(book, year));
    match book.beyond_growth() {
        0 => Status::Licensed { until },
        due => Status::BeyondGrowth { due, until },
    }
}

/// The last year in an unbroken row of licensed years that begins with this one.
fn last_licensed(book: &Book, year: u32) -> u32 {
    let mut last = year;
    while book.is_licensed(last + 1) && last < year + 12 {
        last += 1;
    }
    last
}

/// What a product is short of (LIC-03): of the present year, or of the first of the years ahead that is not covered within `ahead`.
pub fn shortage(book: &Book) -> i64 {
    let Some(subscription) = &book.subscription else {
        return 0;
    };
    let year = subscription.year;
    let licensed = subscription
        .years
        .get(&year)
        .is_some_and(|year| year.licensed.is_some());
    if licensed {
        return book.beyond_growth();
    }
    if subscription.ended.is_some() {
        return 0;
    }
    need::total(&book.coverage(year).short)
}

/// The next date of a product (LIC-03): the last day of what the status says, or of the year.
pub fn next_date(book: &Book, today: NaiveDate) -> Option<NaiveDate> {
    match status(book, today) {
        Status::Archived | Status::NotRegistered | Status::Registered | Status::TrialEnded { .. } => None,
        Status::Trial { until }
        | Status::Started { until }
        | Status::RenewalDue { until }
        | Status::Licensed { until } => Some(until),
        Status::Unlicensed { .. } | Status::BeyondGrowth { .. } | Status::NothingNeeded => {
            let subscription = book.subscription.as_ref()?;
            let end = subscription.calendar.last_day(subscription.year);
            (end >= today).then_some(end)
        }
    }
}
