//! Jobs that begin again and again (JOB-02): a rule of RFC 5545 whose times are local times of a zone.
//!
//! The rule is worked out in local times and each of them looked up in the zone afterwards: so a start that a clock change leaves out
//! is moved (JOB-25) where the RFC would drop it.

use super::windows::{Start, start};
use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use chrono_tz::Tz;
use flotilla_kernel::clock::Time;
use rrule::{Frequency, RRule, RRuleSet, Unvalidated};

/// The longest rule, in characters.
const LONGEST: usize = 300;

/// What is wrong with a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RepeatProblem {
    /// It is no rule of RFC 5545; with the words of whoever read it.
    NotUnderstood(String),
    /// It begins more often than a day has hours.
    TooOften,
    /// No time matches it.
    Never,
}

/// When a job begins, and by which rule again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repeat {
    /// The first start, in the zone.
    pub first: NaiveDateTime,
    /// A rule as the RRULE of RFC 5545, daily at most; several hours of a day by BYHOUR.
    pub rule: String,
    /// The zone.
    pub zone: Tz,
}

impl Repeat {
    /// Whether the rule can be used.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn check(&self) -> Result<(), RepeatProblem> {
        let set = self.set()?;
        if set.into_iter().next().is_none() {
            return Err(RepeatProblem::Never);
        }
        Ok(())
    }

    /// The next starts from an instant on, in order, each instant once.
    ///
    /// # Errors
    /// What is wrong with the rule.
    pub fn next(&self, from: Time, count: usize) -> Result<Vec<Start>, RepeatProblem> {
        let mut starts: Vec<Start> = Vec::with_capacity(count);
        for local in self.set()?.into_iter() {
            if starts.len() == count {
                break;
            }
            let start = start(local.naive_utc(), self.zone);
            if start.at >= from && starts.last().is_none_or(|last| last.at < start.at) {
                starts.push(start);
            }
        }
        Ok(starts)
    }

    /// The rule over local times, as if they were those of UTC.
    fn set(&self) -> Result<RRuleSet, RepeatProblem> {
        let text = self.rule.trim();
        // Nothing but a rule: no lines of a calendar beside it.
        let plain = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || "=;,+-".contains(c);
        if text.len() > LONGEST || !text.chars().all(plain) {
            return Err(RepeatProblem::NotUnderstood(String::new()));
        }
        let (untils, parts): (Vec<&str>, Vec<&str>) =
            text.split(';').partition(|part| part.starts_with("UNTIL="));
        let mut rule: RRule<Unvalidated> = parts.join(";").parse().map_err(not_understood)?;
        let often = matches!(
            rule.get_freq(),
            Frequency::Hourly | Frequency::Minutely | Frequency::Secondly
        );
        if often || rule.get_by_minute().len() > 1 || !rule.get_by_second().is_empty() {
            return Err(RepeatProblem::TooOften);
        }
        match untils.as_slice() {
            [] => {}
            [until] => {
                let until = self.until(until)?;
                if until < self.first {
                    return Err(RepeatProblem::Never);
                }
                rule = rule.until(as_utc(until));
            }
            _ => return Err(RepeatProblem::NotUnderstood((*text).to_owned())),
        }
        rule.build(as_utc(self.first)).map_err(not_understood)
    }

    /// The last local time at which it may begin: a date is its whole day, and a time of UTC is looked up in the zone.
    fn until(&self, text: &str) -> Result<NaiveDateTime, RepeatProblem> {
        let wrong = || RepeatProblem::NotUnderstood(text.to_owned());
        let value = text.strip_prefix("UNTIL=").ok_or_else(wrong)?;
        if let Ok(date) = NaiveDate::parse_from_str(value, "%Y%m%d") {
            return Ok(date.and_time(NaiveTime::from_hms_opt(23, 59, 59).ok_or_else(wrong)?));
        }
        let (value, utc) = value
            .strip_suffix('Z')
            .map_or((value, false), |value| (value, true));
        let time = NaiveDateTime::parse_from_str(value, "%Y%m%dT%H%M%S").map_err(|_| wrong())?;
        Ok(if utc {
            time.and_utc().with_timezone(&self.zone).naive_local()
        } else {
            time
        })
    }
}

fn as_utc(local: NaiveDateTime) -> DateTime<rrule::Tz> {
    DateTime::<Utc>::from_naive_utc_and_offset(local, Utc).with_timezone(&rrule::Tz::UTC)
}

fn not_understood(error: impl std::fmt::Display) -> RepeatProblem {
    RepeatProblem::NotUnderstood(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    fn at(text: &str) -> Time {
        DateTime::parse_from_rfc3339(text)
            .expect("a time")
            .with_timezone(&Utc)
            .into()
    }

    fn repeat(first: &str, rule: &str, zone: Tz) -> Repeat {
        Repeat {
            first: NaiveDateTime::parse_from_str(first, "%Y-%m-%d %H:%M").expect("a local time"),
            rule: rule.to_owned(),
            zone,
        }
    }

    fn starts(repeat: &Repeat, from: &str, count: usize) -> Vec<String> {
        repeat
            .next(at(from), count)
            .expect("a rule")
            .into_iter()
            .map(|start| {
                let moved = if start.moved { " moved" } else { "" };
                let local = start.at.utc().with_timezone(&repeat.zone);
                format!("{}{moved}", local.format("%Y-%m-%d %H:%M %z"))
            })
            .collect()
    }

    /// JOB-02: a start that does not exist on a day of clock change is moved, not dropped as the RFC would.
    #[test]
    fn over_a_clock_change() {
        let sundays = repeat("2027-03-14 02:30", "FREQ=WEEKLY;BYDAY=SU", Tz::Europe__Paris);
        assert_eq!(
            starts(&sundays, "2027-03-01T00:00:00Z", 4),
            [
                "2027-03-14 02:30 +0100",
                "2027-03-21 02:30 +0100",
                "2027-03-28 03:00 +0200 moved",
                "2027-04-04 02:30 +0200",
            ]
        );
        let daily = repeat("2027-10-30 02:30", "FREQ=DAILY", Tz::Europe__Paris);
        assert_eq!(
            starts(&daily, "2027-10-30T00:00:00Z", 3),
            [
                "2027-10-30 02:30 +0200",
                "2027-10-31 02:30 +0200",
                "2027-11-01 02:30 +0100"
            ]
        );
        // Both starts of that morning become the same instant: once.
        let twice = repeat(
            "2027-03-27 02:10",
            "FREQ=DAILY;BYHOUR=2,3;BYMINUTE=0",
            Tz::Europe__Paris,
        );
        assert_eq!(
            starts(&twice, "2027-03-28T00:00:00Z", 3),
            [
                "2027-03-28 03:00 +0200 moved",
                "2027-03-29 02:00 +0200",
                "2027-03-29 03:00 +0200"
            ]
        );
    }

    /// JOB-02: the rules that the editor offers, and its ends.
    #[rstest]
    #[case("FREQ=MONTHLY;BYDAY=1SU", &["2027-02-07", "2027-03-07", "2027-04-04"])]
    #[case("FREQ=MONTHLY;BYMONTHDAY=-1", &["2027-01-31", "2027-02-28", "2027-03-31"])]
    #[case("FREQ=MONTHLY;BYMONTHDAY=31", &["2027-01-31", "2027-03-31", "2027-05-31"])]
    #[case("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH", &["2027-01-21", "2027-02-01", "2027-02-04"])]
    #[case("FREQ=DAILY;COUNT=2", &["2027-01-20", "2027-01-21"])]
    #[case("FREQ=DAILY;UNTIL=20270121", &["2027-01-20", "2027-01-21"])]
    #[case("FREQ=DAILY;UNTIL=20270121T013000Z", &["2027-01-20", "2027-01-21"])]
    #[case("FREQ=DAILY;UNTIL=20270121T012959Z", &["2027-01-20"])]
    #[case("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", &["2028-02-29", "2032-02-29", "2036-02-29"])]
    fn by_rule(#[case] rule: &str, #[case] days: &[&str]) {
        let repeat = repeat("2027-01-20 02:30", rule, Tz::Europe__Berlin);
        let found: Vec<String> = starts(&repeat, "2027-01-01T00:00:00Z", 3)
            .iter()
            .map(|start| start[..10].to_owned())
            .collect();
        assert_eq!(found, days);
    }

    /// JOB-02: what cannot be used is said, and why.
    #[test]
    fn what_is_refused() {
        let check = |rule: &str| repeat("2027-01-20 02:30", rule, Tz::Europe__Berlin).check();
        for often in [
            "FREQ=HOURLY",
            "FREQ=SECONDLY;INTERVAL=9",
            "FREQ=DAILY;BYMINUTE=0,30",
        ] {
            assert_eq!(check(often), Err(RepeatProblem::TooOften), "{often}");
        }
        for wrong in [
            "",
            "FREQ=FORTNIGHTLY",
            "FREQ=DAILY\nDTSTART:20270101T000000Z",
            "FREQ=DAILY;UNTIL=20270121;UNTIL=20270122",
            "FREQ=DAILY;UNTIL=soon",
            "FREQ=DAILY;COUNT=99999999999999999999",
        ] {
            assert!(
                matches!(check(wrong), Err(RepeatProblem::NotUnderstood(_))),
                "{wrong}: {:?}",
                check(wrong)
            );
        }
        for never in [
            "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
            "FREQ=DAILY;INTERVAL=0",
            "FREQ=DAILY;UNTIL=20270119",
        ] {
            assert_eq!(check(never), Err(RepeatProblem::Never), "{never}");
        }
        assert_eq!(check("FREQ=DAILY;COUNT=1"), Ok(()));
    }

    proptest! {
        /// JOB-02: whatever is typed is read or refused; what comes of it is in order.
        #[test]
        fn nothing_breaks(rule in "[A-Z0-9=;,+-]{0,40}|FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY)(;(BYDAY=[-+]?[0-9]?(MO|SU)|BYMONTH=[0-9]{1,2}|BYMONTHDAY=-?[0-9]{1,2}|BYSETPOS=-?[0-9]|BYHOUR=[0-9]{1,2}|INTERVAL=[0-9]{1,6}|COUNT=[0-9]{1,3}|BYYEARDAY=-?[0-9]{1,3}|BYWEEKNO=-?[0-9]{1,2})){0,4}") {
            let repeat = repeat("2027-01-31 02:30", &rule, Tz::America__New_York);
            if let Ok(starts) = repeat.next(at("2027-03-01T00:00:00Z"), 10) {
                prop_assert!(starts.windows(2).all(|pair| pair[0].at < pair[1].at));
                prop_assert!(starts.iter().all(|start| start.at >= at("2027-03-01T00:00:00Z")));
            }
        }
    }
}
