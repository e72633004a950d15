//! What a schedule means (JOB-02, JOB-24, JOB-25): its first start, its next ones, and when a system may be worked on.

use super::recurrence::{Repeat, RepeatProblem};
use super::windows::{LONGEST, Opening, Start, Window, fits, next_starts, opening, start};
use crate::jobs::types::{JobSchedule, MaintenanceWindow, PlannedStart};
use chrono::NaiveDateTime;
use chrono_tz::Tz;
use flotilla_kernel::clock::{Time, minutes};
use flotilla_kernel::error::{ErrorCode, FieldProblem};
use std::collections::HashSet;

/// The most windows of one job.
const MOST_WINDOWS: usize = 10;

/// A schedule that was read. Where it names no zone, each system goes by that of its own site (GEN-06).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Plan {
    /// At once.
    Now,
    /// At a date and time.
    At(NaiveDateTime, Option<Tz>),
    /// In maintenance windows.
    Windows(Vec<MaintenanceWindow>, Option<Tz>),
    /// Again and again.
    Repeat(Repeat),
}

/// Reads a schedule.
///
/// # Errors
/// The field that is wrong: `schedule.local`, `schedule.zone`, `schedule.windows`, `schedule.rule`.
pub fn read(schedule: &JobSchedule) -> Result<Plan, FieldProblem> {
    match schedule {
        JobSchedule::Now => Ok(Plan::Now),
        JobSchedule::At { local, zone } => Ok(Plan::At(local_time(local)?, optional_zone(zone.as_deref())?)),
        JobSchedule::Windows { windows, zone } => {
            let wrong = windows.is_empty()
                || windows.len() > MOST_WINDOWS
                || windows.iter().any(|window| {
                    window.days.is_empty()
                        || window.start >= 24 * 60
                        || window.duration == 0
                        || window.duration > LONGEST
                });
            if wrong {
                return Err(FieldProblem::new("schedule.windows", ErrorCode::JobWindow));
            }
            Ok(Plan::Windows(windows.clone(), optional_zone(zone.as_deref())?))
        }
        JobSchedule::Repeat { first, rule, zone } => {
            let repeat = Repeat {
                first: local_time(first)?,
                rule: rule.clone(),
                zone: zone_of(zone)?,
            };
            repeat.check().map_err(rule_problem)?;
            Ok(Plan::Repeat(repeat))
        }
    }
}

fn local_time(text: &str) -> Result<NaiveDateTime, FieldProblem> {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M")
        .map_err(|_| FieldProblem::new("schedule.local", ErrorCode::JobTime))
}

fn zone_of(name: &str) -> Result<Tz, FieldProblem> {
    name.parse()
        .map_err(|_| FieldProblem::new("schedule.zone", ErrorCode::FieldNotAZone))
}

fn optional_zone(name: Option<&str>) -> Result<Option<Tz>, FieldProblem> {
    name.map(zone_of).transpose()
}

fn rule_problem(problem: RepeatProblem) -> FieldProblem {
    let code = match problem {
        RepeatProblem::NotUnderstood(_) => ErrorCode::JobRule,
        RepeatProblem::TooOften => ErrorCode::JobRuleTooOften,
        RepeatProblem::Never => ErrorCode::JobRuleNever,
    };
    FieldProblem::new("schedule.rule", code)
}

/// Windows in a zone.
fn in_zone(windows: &[MaintenanceWindow], zone: Tz) -> Vec<Window> {
    windows
        .iter()
        .map(|window| Window {
            days: window.days.clone(),
            start: window.start,
            duration: window.duration,
            zone,
        })
        .collect()
}

/// Whether systems of a zone may be begun now, and when that changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// Now.
    Now,
    /// Not before then.
    Later(Time),
    /// Never again.
    Never,
}

impl Plan {
    /// The first start from an instant on, for systems of these zones. None: there is none, such as in the past.
    pub fn first(&self, now: Time, zones: &HashSet<Tz>) -> Option<Time> {
        match self {
            Self::Now => Some(now),
            Self::At(local, Some(zone)) => Some(start(*local, *zone).at),
            Self::At(local, None) => zones.iter().map(|zone| start(*local, *zone).at).min(),
            Self::Windows(..) => {
                let turns = zones.iter().map(|zone| self.turn(*zone, 0, now));
                turns
                    .filter_map(|turn| match turn {
                        Turn::Now => Some(now),
                        Turn::Later(at) => Some(at),
                        Turn::Never => None,
                    })
                    .min()
            }
            Self::Repeat(repeat) => repeat.next(now, 1).ok()?.first().map(|start| start.at),
        }
    }

    /// Whether systems of this zone may be begun now that take so many milliseconds (JOB-25).
    pub fn turn(&self, zone: Tz, expected: i64, now: Time) -> Turn {
        match self {
            Self::Now | Self::Repeat(_) => Turn::Now,
            Self::At(local, own) => {
                let at = start(*local, own.unwrap_or(zone)).at;
                if at <= now { Turn::Now } else { Turn::Later(at) }
            }
            Self::Windows(windows, own) => {
                let windows = in_zone(windows, own.unwrap_or(zone));
                if fits(&windows, now, expected) {
                    return Turn::Now;
                }
                // What is left of an open window is too short: the next one counts. In one that is never long enough nothing is begun.
                let mut from = now;
                for _ in 0..(2 * 7 * MOST_WINDOWS + 2) {
                    match opening(&windows, from) {
                        Opening::Open(open) if open.from > now && open.until.since(open.from) >= expected => {
                            return Turn::Later(open.from);
                        }
                        Opening::Open(open) => from = open.until,
                        Opening::Closed(Some(open)) => from = open.from,
                        Opening::Closed(None) => return Turn::Never,
                    }
                }
                Turn::Never
            }
        }
    }

    /// When the window closes that is open for systems of this zone. None: there are no windows, or none is open.
    pub fn open_until(&self, zone: Tz, now: Time) -> Option<Time> {
        let Self::Windows(windows, own) = self else {
            return None;
        };
        match opening(&in_zone(windows, own.unwrap_or(zone)), now) {
            Opening::Open(open) => Some(open.until),
            Opening::Closed(_) => None,
        }
    }

    /// Whether it is of the zone of each site.
    pub fn by_site(&self) -> bool {
        matches!(self, Self::At(_, None) | Self::Windows(_, None))
    }

    /// The next starts from an instant on (JOB-02); `site` stands for a site's own zone.
    pub fn starts(&self, site: Tz, from: Time, count: usize) -> Vec<PlannedStart> {
        let plain = |start: Start| PlannedStart {
            at: start.at,
            moved: start.moved,
            until: None,
        };
        match self {
            Self::Now => Vec::new(),
            Self::At(local, zone) => {
                let start = start(*local, zone.unwrap_or(site));
                if start.at >= from {
                    vec![plain(start)]
                } else {
                    Vec::new()
                }
            }
            Self::Windows(windows, zone) => {
                let windows = in_zone(windows, zone.unwrap_or(site));
                next_starts(&windows, from, count)
                    .into_iter()
                    .map(|start| PlannedStart {
                        until: match opening(&windows, start.at) {
                            Opening::Open(open) => Some(open.until),
                            Opening::Closed(_) => None,
                        },
                        ..plain(start)
                    })
                    .collect()
            }
            Self::Repeat(repeat) => repeat
                .next(from, count)
                .unwrap_or_default()
                .into_iter()
                .map(plain)
                .collect(),
        }
    }
}

/// A start may lie so far in the past when a job is ordered: who fills in a form takes a while.
pub const PAST: i64 = minutes(5);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jobs::types::Day;
    use flotilla_kernel::clock::hours;
    use rstest::rstest;

    fn at(text: &str) -> Time {
        chrono::DateTime::parse_from_rfc3339(text)
            .expect("a time")
            .with_timezone(&chrono::Utc)
            .into()
    }

    fn sundays(duration: u16, zone: Option<&str>) -> Plan {
        read(&JobSchedule::Windows {
            windows: vec![MaintenanceWindow {
                days: [Day::Sunday].into(),
                start: 150,
                duration,
            }],
            zone: zone.map(str::to_owned),
        })
        .expect("a plan")
    }

    /// JOB-25: what no longer fits into what is left waits for the next window; what fits in none is never begun.
    #[test]
    fn turns() {
        let plan = sundays(180, Some("Europe/Berlin"));
        let zone = Tz::UTC;
        // 24 January 2027 is a Sunday; the window is from 01:30 to 04:30 UTC.
        assert_eq!(plan.turn(zone, hours(1), at("2027-01-24T01:30:00Z")), Turn::Now);
        assert_eq!(plan.turn(zone, hours(1), at("2027-01-24T03:30:00Z")), Turn::Now);
        let next = Turn::Later(at("2027-01-31T01:30:00Z"));
        assert_eq!(plan.turn(zone, hours(1), at("2027-01-24T03:31:00Z")), next);
        assert_eq!(plan.turn(zone, hours(1), at("2027-01-27T00:00:00Z")), next);
        assert_eq!(plan.turn(zone, hours(4), at("2027-01-24T01:30:00Z")), Turn::Never);
        assert_eq!(
            plan.open_until(zone, at("2027-01-24T02:00:00Z")),
            Some(at("2027-01-24T04:30:00Z"))
        );
        assert_eq!(plan.open_until(zone, at("2027-01-25T02:00:00Z")), None);
    }

    /// GEN-06: without a zone each site goes by its own; the job begins with the first of them.
    #[test]
    fn each_site_by_its_own_zone() {
        let plan = sundays(180, None);
        assert!(plan.by_site());
        let now = at("2027-01-20T00:00:00Z");
        let tokyo = Turn::Later(at("2027-01-23T17:30:00Z"));
        assert_eq!(plan.turn(Tz::Asia__Tokyo, 0, now), tokyo);
        let zones = [Tz::Europe__Paris, Tz::Asia__Tokyo].into();
        assert_eq!(plan.first(now, &zones), Some(at("2027-01-23T17:30:00Z")));
        let plan = read(&JobSchedule::At {
            local: "2027-01-24T02:30".to_owned(),
            zone: None,
        })
        .expect("a plan");
        assert_eq!(plan.first(now, &zones), Some(at("2027-01-23T17:30:00Z")));
        assert_eq!(
            plan.turn(Tz::Europe__Paris, 0, now),
            Turn::Later(at("2027-01-24T01:30:00Z"))
        );
    }

    /// JOB-02: a start that does not exist is moved, and the preview says so.
    #[test]
    fn previews() {
        let starts = sundays(180, None).starts(Tz::Europe__Berlin, at("2027-03-20T00:00:00Z"), 3);
        let moved: Vec<bool> = starts.iter().map(|start| start.moved).collect();
        assert_eq!(moved, [false, true, false]);
        assert_eq!(starts[1].at, at("2027-03-28T01:00:00Z"));
        assert_eq!(starts[1].until, Some(at("2027-03-28T04:00:00Z")));
    }

    /// Bad input gets the field that is wrong.
    #[rstest]
    #[case(JobSchedule::At { local: "tomorrow".to_owned(), zone: None }, "schedule.local")]
    #[case(JobSchedule::At { local: "2027-01-24T02:30".to_owned(), zone: Some("Mars/Olympus".to_owned()) }, "schedule.zone")]
    #[case(JobSchedule::Windows { windows: Vec::new(), zone: None }, "schedule.windows")]
    #[case(
        JobSchedule::Repeat { first: "2027-01-24T02:30".to_owned(), rule: "FREQ=SECONDLY".to_owned(), zone: "UTC".to_owned() },
        "schedule.rule"
    )]
    fn wrong(#[case] schedule: JobSchedule, #[case] field: &str) {
        assert_eq!(read(&schedule).expect_err("a problem").field, field);
    }
}
