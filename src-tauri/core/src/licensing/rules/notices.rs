//! What is told of a book before it is too late: shelf lives that end, growth, grace periods (LIC-17, LIC-22). A pure function of the
//! book and the day; the same notice has the same id whenever it is made, so that it is told once.

use super::book::Book;
use super::calendar::day_before;
use super::ledger::{Account, derived};
use super::need;
use super::status::{Status, status};
use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

/// So many days before the shelf life of a lot ends it is told, the latest of them alone (LIC-22).
const BEFORE_SHELF_END: [u32; 3] = [30, 90, 180];
/// The end of a grace period is near in its last days.
const BEFORE_GRACE_END: u32 = 7;

/// What is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum NoticeKind {
    /// A grace period is in its last days.
    GraceEnds,
    /// The shelf life of a lot ends (LIC-22).
    ShelfLife,
    /// More was added than a year may grow by (LIC-17).
    Growth,
    /// A grace period has begun.
    GraceBegan,
}

/// Something that is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Made of the book, the kind and what it is about.
    pub id: Uuid,
    /// What is told.
    pub kind: NoticeKind,
    /// The last day of what ends; of growth, of the year.
    pub day: NaiveDate,
    /// How many days before its end it is told; none: it is not told because of an end.
    pub days: Option<u32>,
    /// The lot.
    pub lot: Option<Uuid>,
    /// The lot's key, masked.
    pub key: String,
    /// The type; empty: of all types together.
    pub licence_type: String,
    /// How many licences are left, due or missing.
    pub quantity: i64,
}

impl NoticeKind {
    /// Part of a notice's id, which who dismissed it is remembered by: never changed.
    const fn word(self) -> &'static str {
        match self {
            Self::GraceEnds => "GraceEnds",
            Self::ShelfLife => "ShelfLife",
            Self::Growth => "Growth",
            Self::GraceBegan => "GraceBegan",
        }
    }
}

impl Notice {
    fn of(book: &Book, kind: NoticeKind, about: &str, day: NaiveDate, quantity: i64) -> Self {
        Self {
            id: derived(&[
                b"notice",
                book.id.as_bytes(),
                format!("{} {about}", kind.word()).as_bytes(),
            ]),
            kind,
            day,
            days: None,
            lot: None,
            key: String::new(),
            licence_type: String::new(),
            quantity,
        }
    }
}

fn earlier(day: NaiveDate, days: u32) -> NaiveDate {
    day.checked_sub_days(Days::new(u64::from(days))).unwrap_or(day)
}

/// Everything that is told of a book that was taken forward to this day, in no particular order.
pub fn notices(book: &Book, today: NaiveDate) -> Vec<Notice> {
    if book.archived {
        return Vec::new();
    }
    let mut notices: Vec<Notice> = shelf_lives(book, today).collect();
    notices.extend(of_status(book, today));
    notices
}

/// How many licences of each lot are stored, with the first day on which they can no longer be used.
fn stored(book: &Book, today: NaiveDate) -> impl Iterator<Item = (&super::ledger::Lot, i64)> {
    book.lots.values().filter_map(move |lot| {
        let left = book.of_lot(Account::Wallet, lot) + book.of_lot(Account::Waiting, lot);
        (left > 0 && lot.shelf_end > today).then_some((lot, left))
    })
}

fn shelf_lives(book: &Book, today: NaiveDate) -> impl Iterator<Item = Notice> {
    stored(book, today).filter_map(move |(lot, left)| {
        let reached = BEFORE_SHELF_END
            .into_iter()
            .find(|days| earlier(lot.shelf_end, *days) <= today)?;
        let about = format!("{} {reached}", lot.id);
        Some(Notice {
            days: Some(reached),
            lot: Some(lot.id),
            key: lot.key.clone(),
            licence_type: lot.licence_type.clone(),
            ..Notice::of(
                book,
                NoticeKind::ShelfLife,
                &about,
                day_before(lot.shelf_end),
                left,
            )
        })
    })
}

fn of_status(book: &Book, today: NaiveDate) -> Option<Notice> {
    let subscription = book.subscription.as_ref()?;
    let year = subscription.year;
    match status(book, today) {
        Status::BeyondGrowth { due, .. } => {
            // What is due beyond what was told before is told again.
            let about = format!("{year} {due}");
            let day = subscription.calendar.last_day(year);
            Some(Notice::of(book, NoticeKind::Growth, &about, day, due))
        }
        Status::Started { until } | Status::RenewalDue { until } => {
            let near = today >= near_end(until);
            let kind = if near {
                NoticeKind::GraceEnds
            } else {
                NoticeKind::GraceBegan
            };
            let short = need::total(&book.coverage(year).short);
            let about = format!("{year} {until}");
            Some(Notice {
                days: near.then_some(BEFORE_GRACE_END),
                ..Notice::of(book, kind, &about, until, short)
            })
        }
        _ => None,
    }
}

/// The first of the last days of a grace period.
fn near_end(until: NaiveDate) -> NaiveDate {
    earlier(until, BEFORE_GRACE_END - 1)
}

/// The next day on which the clock alone brings another notice; none: never, as far as is known today.
pub fn next_notice(book: &Book, today: NaiveDate) -> Option<NaiveDate> {
    if book.archived {
        return None;
    }
    let shelf_lives =
        stored(book, today).flat_map(|(lot, _)| BEFORE_SHELF_END.map(|days| earlier(lot.shelf_end, days)));
    let grace = match status(book, today) {
        Status::Started { until } | Status::RenewalDue { until } => Some(near_end(until)),
        _ => None,
    };
    shelf_lives.chain(grace).filter(|day| *day > today).min()
}
