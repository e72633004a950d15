//! Maintenance windows (JOB-25), and what a local time means on a day of clock change.

use crate::jobs::types::Day;
use chrono::{
    Datelike as _, Days, Duration, NaiveDate, NaiveDateTime, NaiveTime, TimeZone as _, Utc, Weekday,
};
use chrono_tz::Tz;
use flotilla_kernel::clock::{Time, minutes};
use std::collections::BTreeSet;

/// The longest duration of a window, in minutes: seven days.
pub const LONGEST: u16 = 7 * 24 * 60;

/// The longest clock change there was: a whole day (Apia, Manila, Kwajalein).
const LONGEST_GAP: i64 = 24 * 60;

/// An instant at which something is to start, and whether its local time exists on that day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Start {
    /// When.
    pub at: Time,
    /// The local time does not exist that day: it is the next one that does.
    pub moved: bool,
}

/// What a local time means (JOB-25): one that exists twice is the first of both; one that does not exist is the next minute that does.
pub fn start(local: NaiveDateTime, zone: Tz) -> Start {
    for late in 0..=LONGEST_GAP {
        let Some(tried) = local.checked_add_signed(Duration::minutes(late)) else {
            break;
        };
        if let Some(found) = zone.from_local_datetime(&tried).earliest() {
            return Start {
                at: found.with_timezone(&Utc).into(),
                moved: late > 0,
            };
        }
    }
    // At the ends of the calendar there is no local time.
    Start {
        at: local.and_utc().into(),
        moved: true,
    }
}

/// From an instant to another, which is no longer in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Interval {
    /// Its first instant.
    pub from: Time,
    /// The first instant after it.
    pub until: Time,
}

impl Interval {
    fn has(self, at: Time) -> bool {
        self.from <= at && at < self.until
    }
}

/// When systems may be written to (JOB-25).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Window {
    /// The days on which it begins, in its zone.
    pub days: BTreeSet<Day>,
    /// When it begins, in minutes after midnight.
    pub start: u16,
    /// How long it is open, in minutes that pass; also over midnight.
    pub duration: u16,
    /// The zone in which days and start are meant.
    pub zone: Tz,
}

fn day_of(date: NaiveDate) -> Day {
    match date.weekday() {
        Weekday::Mon => Day::Monday,
        Weekday::Tue => Day::Tuesday,
        Weekday::Wed => Day::Wednesday,
        Weekday::Thu => Day::Thursday,
        Weekday::Fri => Day::Friday,
        Weekday::Sat => Day::Saturday,
        Weekday::Sun => Day::Sunday,
    }
}

impl Window {
    /// When it opens on a day, and how long it is open; none where it does not begin on that day of the week.
    fn on(&self, date: NaiveDate) -> Option<(Start, Interval)> {
        if !self.days.contains(&day_of(date)) {
            return None;
        }
        let time = NaiveTime::from_num_seconds_from_midnight_opt(u32::from(self.start) * 60, 0)?;
        let start = start(date.and_time(time), self.zone);
        let until = start.at.plus(minutes(i64::from(self.duration)));
        let open = Interval {
            from: start.at,
            until,
        };
        Some((start, open))
    }

    /// Every time it opens on one of these days, in order.
    fn between(&self, first: NaiveDate, last: NaiveDate) -> impl Iterator<Item = (Start, Interval)> {
        first
            .iter_days()
            .take_while(move |date| *date <= last)
            .filter_map(|date| self.on(date))
    }
}

/// How far ahead is looked for an opening, in days: some window of a week has one, also where a clock change skips a day.
const AHEAD: u64 = 16;

/// What windows together say of an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opening {
    /// Open, until then at least.
    Open(Interval),
    /// Closed; they open next then. None: never.
    Closed(Option<Interval>),
}

/// Whether one of these windows is open; those that follow each other without a gap, or overlap, are one (JOB-25).
pub fn opening(windows: &[Window], now: Time) -> Opening {
    let mut known: Vec<Interval> = windows
        .iter()
        .flat_map(|window| {
            let today = now.date_in(window.zone);
            // One that began seven days ago may still be open; a clock change may move it by a day.
            let first = today.checked_sub_days(Days::new(9)).unwrap_or(today);
            let last = today.checked_add_days(Days::new(AHEAD)).unwrap_or(today);
            window.between(first, last).map(|(_, open)| open)
        })
        .collect();
    known.sort_unstable();
    let mut joined: Vec<Interval> = Vec::new();
    for open in known {
        match joined.last_mut() {
            Some(last) if open.from <= last.until => last.until = last.until.max(open.until),
            _ => joined.push(open),
        }
    }
    match joined.iter().find(|open| open.has(now)) {
        Some(open) => Opening::Open(*open),
        None => Opening::Closed(joined.into_iter().find(|open| open.from > now)),
    }
}

/// Whether something that takes so many milliseconds may be begun now: what is left of the open windows is enough for it (JOB-25).
pub fn fits(windows: &[Window], now: Time, expected: i64) -> bool {
    match opening(windows, now) {
        Opening::Open(open) => open.until.since(now) >= expected,
        Opening::Closed(_) => false,
    }
}

/// The next times at which one of these windows opens, from an instant on; each instant once. What was open before does not open.
pub fn next_starts(windows: &[Window], from: Time, count: usize) -> Vec<Start> {
    let mut starts: Vec<Start> = windows
        .iter()
        .flat_map(|window| {
            let today = from.date_in(window.zone);
            let first = today.checked_sub_days(Days::new(2)).unwrap_or(today);
            // Each window opens at least once a week.
            let weeks = u64::try_from(count).unwrap_or(u64::MAX).saturating_add(2);
            let last = today
                .checked_add_days(Days::new(weeks.saturating_mul(7)))
                .unwrap_or(NaiveDate::MAX);
            window
                .between(first, last)
                .map(|(start, _)| start)
                .filter(|start| start.at >= from)
                .take(count)
                .collect::<Vec<_>>()
        })
        .collect();
    starts.sort_unstable();
    starts.dedup_by_key(|start| start.at);
    starts.truncate(count);
    starts
}

#[cfg(test)]
mod tests {
    use super::*;
    use flotilla_kernel::clock::days;
    use proptest::prelude::*;
    use rstest::rstest;

    fn at(text: &str) -> Time {
        chrono::DateTime::parse_from_rfc3339(text)
            .expect("a time")
            .with_timezone(&Utc)
            .into()
    }

    fn local(text: &str) -> NaiveDateTime {
        NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").expect("a local time")
    }

    fn window(days: &[Day], start: &str, duration: u16, zone: Tz) -> Window {
        let time = NaiveTime::parse_from_str(start, "%H:%M").expect("a time");
        Window {
            days: days.iter().copied().collect(),
            start: u16::try_from(chrono::Timelike::num_seconds_from_midnight(&time) / 60).expect("minutes"),
            duration,
            zone,
        }
    }

    /// JOB-25: both clock changes of four zones; the values are those of Python's `zoneinfo` (fold 0; a time that does not exist was
    /// searched minute by minute).
    #[rstest]
    // Paris: 2:00 becomes 3:00 on 28 March 2027, 3:00 becomes 2:00 on 31 October.
    #[case(Tz::Europe__Paris, "2027-03-28 01:59", "2027-03-28T00:59:00Z", false)]
    #[case(Tz::Europe__Paris, "2027-03-28 02:00", "2027-03-28T01:00:00Z", true)]
    #[case(Tz::Europe__Paris, "2027-03-28 02:30", "2027-03-28T01:00:00Z", true)]
    #[case(Tz::Europe__Paris, "2027-03-28 03:00", "2027-03-28T01:00:00Z", false)]
    #[case(Tz::Europe__Paris, "2027-10-31 02:30", "2027-10-31T00:30:00Z", false)]
    #[case(Tz::Europe__Paris, "2027-10-31 03:00", "2027-10-31T02:00:00Z", false)]
    // New York.
    #[case(Tz::America__New_York, "2027-03-14 02:15", "2027-03-14T07:00:00Z", true)]
    #[case(Tz::America__New_York, "2027-11-07 01:15", "2027-11-07T05:15:00Z", false)]
    #[case(Tz::America__New_York, "2027-11-07 02:00", "2027-11-07T07:00:00Z", false)]
    // Lord Howe changes by half an hour.
    #[case(Tz::Australia__Lord_Howe, "2027-10-03 02:00", "2027-10-02T15:30:00Z", true)]
    #[case(Tz::Australia__Lord_Howe, "2027-10-03 02:29", "2027-10-02T15:30:00Z", true)]
    #[case(Tz::Australia__Lord_Howe, "2027-10-03 02:30", "2027-10-02T15:30:00Z", false)]
    #[case(Tz::Australia__Lord_Howe, "2027-04-04 01:45", "2027-04-03T14:45:00Z", false)]
    #[case(Tz::Australia__Lord_Howe, "2027-04-04 02:00", "2027-04-03T15:30:00Z", false)]
    // São Paulo skipped midnight until 2018.
    #[case(Tz::America__Sao_Paulo, "2018-11-04 00:00", "2018-11-04T03:00:00Z", true)]
    #[case(Tz::America__Sao_Paulo, "2018-11-04 00:30", "2018-11-04T03:00:00Z", true)]
    #[case(Tz::America__Sao_Paulo, "2018-02-17 23:30", "2018-02-18T01:30:00Z", false)]
    // Apia had no 30 December 2011.
    #[case(Tz::Pacific__Apia, "2011-12-30 02:00", "2011-12-30T10:00:00Z", true)]
    fn a_start_on_a_day_of_clock_change(
        #[case] zone: Tz,
        #[case] wanted: &str,
        #[case] instant: &str,
        #[case] moved: bool,
    ) {
        let found = start(local(wanted), zone);
        assert_eq!((found.at.utc(), found.moved), (at(instant).utc(), moved));
    }

    /// JOB-25: the minutes of a window pass also where the clock jumps.
    #[rstest]
    #[case("2027-03-27 23:00", 240, "2027-03-27T22:00:00Z", "2027-03-28T02:00:00Z")]
    #[case("2027-10-30 23:00", 240, "2027-10-30T21:00:00Z", "2027-10-31T01:00:00Z")]
    #[case("2027-03-28 02:30", 180, "2027-03-28T01:00:00Z", "2027-03-28T04:00:00Z")]
    #[case("2027-10-31 02:30", 60, "2027-10-31T00:30:00Z", "2027-10-31T01:30:00Z")]
    fn a_window_over_a_clock_change(
        #[case] start: &str,
        #[case] duration: u16,
        #[case] from: &str,
        #[case] until: &str,
    ) {
        let start = local(start);
        let window = window(
            &[day_of(start.date())],
            &start.format("%H:%M").to_string(),
            duration,
            Tz::Europe__Paris,
        );
        let open = Interval {
            from: at(from),
            until: at(until),
        };
        assert_eq!(
            opening(std::slice::from_ref(&window), at(from)),
            Opening::Open(open)
        );
        let before = at(from).plus(-1);
        assert_eq!(
            opening(std::slice::from_ref(&window), before),
            Opening::Closed(Some(open))
        );
        let last = at(until).plus(-1);
        assert_eq!(opening(std::slice::from_ref(&window), last), Opening::Open(open));
        assert!(
            matches!(opening(&[window], at(until)), Opening::Closed(Some(next)) if next.from > open.until)
        );
    }

    /// JOB-25: a window over midnight belongs to the day on which it begins; what does not fit is not begun.
    #[test]
    fn over_midnight_and_what_fits() {
        let night = [window(&[Day::Friday], "22:00", 6 * 60, Tz::Europe__Berlin)];
        let saturday = at("2027-01-23T02:30:00+01:00");
        assert!(fits(&night, saturday, minutes(90)));
        assert!(!fits(&night, saturday, minutes(90) + 1));
        let next = at("2027-01-24T02:30:00+01:00");
        assert!(!fits(&night, next, 0));
    }

    /// JOB-25: windows that follow each other are one, up to seven days, and every day.
    #[test]
    fn windows_join() {
        let both = [
            window(&[Day::Monday], "20:00", 240, Tz::Europe__Berlin),
            window(&[Day::Tuesday], "00:00", 120, Tz::Europe__Berlin),
        ];
        let Opening::Open(open) = opening(&both, at("2027-01-18T23:00:00+01:00")) else {
            panic!("open");
        };
        assert_eq!(open.until, at("2027-01-19T02:00:00+01:00"));
        let week = [window(&[Day::Monday], "08:00", LONGEST, Tz::Europe__Berlin)];
        let Opening::Open(open) = opening(&week, at("2027-01-20T12:00:00Z")) else {
            panic!("open");
        };
        assert!(
            open.until.since(open.from) > days(16),
            "every week begins where the last one ends"
        );
        // In spring a week has an hour less, in autumn an hour more, in which it is closed.
        let gap = at("2027-11-01T07:30:00+01:00");
        assert!(matches!(opening(&week, gap), Opening::Closed(Some(_))));
    }

    /// JOB-02, JOB-25: the mock's ten Sundays: a start that does not exist on 28 March is moved, and says so.
    #[test]
    fn the_next_ten_starts() {
        let sundays = [window(&[Day::Sunday], "02:30", 180, Tz::Europe__Berlin)];
        let starts = next_starts(&sundays, at("2027-01-20T00:00:00Z"), 10);
        assert_eq!(starts.len(), 10);
        assert_eq!(starts[0].at, at("2027-01-24T02:30:00+01:00"));
        assert_eq!(
            starts[9],
            Start {
                at: at("2027-03-28T03:00:00+02:00"),
                moved: true
            }
        );
        assert!(starts[..9].iter().all(|start| !start.moved));
        assert!(next_starts(&[], at("2027-01-20T00:00:00Z"), 10).is_empty());
    }

    fn any_window() -> impl Strategy<Value = Window> {
        let zones = prop::sample::select(vec![
            Tz::Europe__Paris,
            Tz::America__New_York,
            Tz::Australia__Lord_Howe,
            Tz::America__Sao_Paulo,
            Tz::Asia__Tokyo,
            Tz::Africa__Casablanca,
        ]);
        let days = prop::sample::subsequence(
            vec![
                Day::Monday,
                Day::Tuesday,
                Day::Wednesday,
                Day::Thursday,
                Day::Friday,
                Day::Saturday,
                Day::Sunday,
            ],
            1..=7,
        );
        (days, 0..1440_u16, 1..=LONGEST, zones).prop_map(|(days, start, duration, zone)| Window {
            days: days.into_iter().collect(),
            start,
            duration,
            zone,
        })
    }

    proptest! {
        /// JOB-25: whether it is open agrees with asking each day by itself; a closed one opens exactly when it says.
        #[test]
        fn openings_agree_with_each_day(
            windows in prop::collection::vec(any_window(), 1..3),
            minute in 25_000_000_i64..31_000_000,
        ) {
            let now = Time(minutes(minute));
            let single = windows.iter().any(|window| {
                let today = now.date_in(window.zone);
                (0..=9).any(|back| {
                    today
                        .checked_sub_days(Days::new(back))
                        .and_then(|date| window.on(date))
                        .is_some_and(|(_, open)| open.has(now))
                })
            });
            match opening(&windows, now) {
                Opening::Open(open) => {
                    prop_assert!(single && open.has(now));
                    prop_assert!(fits(&windows, now, open.until.since(now)));
                    prop_assert!(!fits(&windows, now, open.until.since(now) + 1));
                }
                Opening::Closed(next) => {
                    prop_assert!(!single);
                    let next = next.expect("some day of the week comes");
                    prop_assert!(next.from > now && next.from.since(now) <= days(8));
                    prop_assert!(matches!(opening(&windows, next.from.plus(-1)), Opening::Closed(_)));
                    prop_assert!(matches!(opening(&windows, next.from), Opening::Open(_)));
                    prop_assert_eq!(next_starts(&windows, now, 1)[0].at, next.from);
                }
            }
        }

        /// JOB-02: so many starts come, in order, each once, and each opens a window.
        #[test]
        fn starts_come_in_order(
            windows in prop::collection::vec(any_window(), 1..3),
            minute in 25_000_000_i64..31_000_000,
        ) {
            let now = Time(minutes(minute));
            let starts = next_starts(&windows, now, 10);
            prop_assert_eq!(starts.len(), 10);
            prop_assert!(starts.windows(2).all(|pair| pair[0].at < pair[1].at));
            for start in starts {
                prop_assert!(start.at >= now);
                prop_assert!(matches!(opening(&windows, start.at), Opening::Open(_)));
            }
        }
    }
}
