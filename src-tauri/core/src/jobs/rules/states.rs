//! The states of jobs and of their systems, and what may follow on what (JOB-12). Nothing else changes a state.

use crate::jobs::types::{CustomerState, JobState, TaskState, WaveCounts};

/// What happens to a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum JobEvent {
    /// A second person approves it (JOB-26).
    Approve,
    /// Its time has come: its targets are frozen and its first systems may begin (JOB-03).
    Begin,
    /// A person holds what waits (JOB-13).
    Pause,
    /// A person lets it go on, before it began and without a missing approval.
    ResumeToSchedule,
    /// A person lets it go on, before it began, and the approval is still missing.
    ResumeToApproval,
    /// A person lets it go on after it began.
    ResumeToRun,
    /// A person gives up what waits (JOB-13).
    Stop,
    /// Too much failed: what waits is held (JOB-26).
    ThresholdPause,
    /// Too much failed: what waits is given up (JOB-26).
    ThresholdStop,
    /// Its start passed, and neither tolerance nor window allow it any more (JOB-24).
    Miss,
    /// Everything has ended; nothing failed.
    EndWell,
    /// Everything has ended; some failed, and some did not.
    EndInPart,
    /// Everything has ended, and nothing succeeded.
    EndBadly,
}

#[cfg(test)]
impl JobEvent {
    /// All of them.
    pub const ALL: [Self; 13] = [
        Self::Approve,
        Self::Begin,
        Self::Pause,
        Self::ResumeToSchedule,
        Self::ResumeToApproval,
        Self::ResumeToRun,
        Self::Stop,
        Self::ThresholdPause,
        Self::ThresholdStop,
        Self::Miss,
        Self::EndWell,
        Self::EndInPart,
        Self::EndBadly,
    ];
}

/// The table of JOB-12 for jobs. None: that does not happen in this state.
pub fn job_after(state: JobState, event: JobEvent) -> Option<JobState> {
    use JobEvent as Event;
    use JobState as State;
    Some(match (state, event) {
        (State::AwaitingApproval, Event::Approve) | (State::Paused, Event::ResumeToSchedule) => {
            State::Scheduled
        }
        (State::Paused, Event::ResumeToApproval) => State::AwaitingApproval,
        (State::Scheduled, Event::Begin) | (State::Paused, Event::ResumeToRun) => State::Running,
        (State::Scheduled | State::AwaitingApproval | State::Running, Event::Pause)
        | (State::Running, Event::ThresholdPause) => State::Paused,
        (State::Scheduled | State::AwaitingApproval | State::Paused | State::Running, Event::Stop)
        | (State::Running, Event::ThresholdStop) => State::Stopped,
        (State::Scheduled | State::AwaitingApproval | State::Paused, Event::Miss) => State::Missed,
        // Paused, the last systems under way may be the last of all. One that repeats ends when it has no start left.
        (State::Running | State::Paused | State::Scheduled, Event::EndWell) => State::Completed,
        (State::Running | State::Paused, Event::EndInPart) => State::CompletedWithFailures,
        (State::Running | State::Paused, Event::EndBadly) => State::Failed,
        _ => return None,
    })
}

/// What happens to one system of a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TaskEvent {
    /// Its turn has come.
    Begin,
    /// It was done, and that was proven.
    Succeed,
    /// There is nothing to do on it, or it is not managed any more.
    Skip,
    /// It was not done.
    Fail,
    /// What came of it is not known; it is asked again later (JOB-21).
    Doubt,
    /// Nothing was changed on it yet, and it is tried again later (JOB-23).
    PutOff,
    /// The job was stopped before its turn (JOB-13).
    Stop,
}

/// The table of JOB-12 for the systems of a job. None: that does not happen in this state.
pub fn task_after(state: TaskState, event: TaskEvent) -> Option<TaskState> {
    use TaskEvent as Event;
    use TaskState as State;
    Some(match (state, event) {
        (State::Waiting, Event::Begin) => State::Running,
        (State::Waiting | State::Running | State::Unknown, Event::Skip) => State::Skipped,
        (State::Waiting, Event::Stop) => State::Stopped,
        (State::Running, Event::PutOff) => State::Waiting,
        (State::Running | State::Unknown, Event::Succeed) => State::Done,
        (State::Running | State::Unknown, Event::Fail) => State::Failed,
        (State::Running | State::Unknown, Event::Doubt) => State::Unknown,
        _ => return None,
    })
}

/// How a job ends whose systems have all ended (JOB-12): skipped systems neither succeed nor fail.
pub fn end_of(counts: &WaveCounts) -> JobEvent {
    match (counts.done, counts.failed) {
        (_, 0) => JobEvent::EndWell,
        (0, _) => JobEvent::EndBadly,
        _ => JobEvent::EndInPart,
    }
}

/// The state of a customer, made from those of its systems (JOB-11).
pub fn customer_state(counts: &WaveCounts) -> CustomerState {
    if counts.running > 0 {
        CustomerState::Running
    } else if counts.failed + counts.unknown > 0 {
        CustomerState::Failed
    } else if counts.stopped > 0 {
        CustomerState::Stopped
    } else if counts.waiting > 0 {
        CustomerState::Waiting
    } else {
        CustomerState::Done
    }
}

/// Whether a start that was `late` milliseconds ago is too late for a tolerance of so many minutes (JOB-24).
pub fn is_missed(late: i64, tolerance_minutes: i64) -> bool {
    late > flotilla_kernel::clock::minutes(tolerance_minutes)
}

/// How long is waited before the next try, in milliseconds: 2, 8, 32 s, a quarter more or less (JOB-23). `tried` counts the tries
/// before, from 1; `chance` is from 0 to 1. None: it was tried often enough.
pub fn retry_after(tried: u32, chance: f64) -> Option<i64> {
    let seconds = match tried {
        1 => 2.0,
        2 => 8.0,
        3 => 32.0,
        _ => return None,
    };
    let part = 0.75 + chance.clamp(0.0, 1.0) / 2.0;
    #[expect(clippy::cast_possible_truncation, reason = "at most 40,000")]
    let milliseconds = (seconds * part * 1_000.0).round() as i64;
    Some(milliseconds)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    /// JOB-12, JOB-13: what has ended stays so; a stopped job cannot be started again.
    #[test]
    fn what_has_ended_stays_so() {
        for state in JobState::ALL.iter().filter(|state| state.has_ended()) {
            for event in JobEvent::ALL {
                assert_eq!(job_after(*state, event), None, "{state:?} {event:?}");
            }
        }
        for state in [
            TaskState::Done,
            TaskState::Skipped,
            TaskState::Failed,
            TaskState::Stopped,
        ] {
            for event in [
                TaskEvent::Begin,
                TaskEvent::Succeed,
                TaskEvent::Skip,
                TaskEvent::Fail,
                TaskEvent::Doubt,
                TaskEvent::PutOff,
                TaskEvent::Stop,
            ] {
                assert_eq!(task_after(state, event), None, "{state:?} {event:?}");
            }
        }
    }

    /// JOB-12: every state can be reached from those that a job begins in, and every state that has not ended can be left.
    #[test]
    fn every_state_can_be_reached() {
        let mut reached = vec![JobState::Scheduled, JobState::AwaitingApproval];
        let mut at = 0;
        while let Some(state) = reached.get(at).copied() {
            for event in JobEvent::ALL {
                if let Some(next) = job_after(state, event)
                    && !reached.contains(&next)
                {
                    reached.push(next);
                }
            }
            at += 1;
        }
        assert_eq!(reached.len(), JobState::ALL.len());
    }

    /// JOB-13: what has begun on a system is never stopped; unknown is reconciled, not begun again (JOB-21).
    #[test]
    fn what_has_begun_is_finished() {
        for begun in [TaskState::Running, TaskState::Unknown] {
            assert_eq!(task_after(begun, TaskEvent::Stop), None);
        }
        assert_eq!(task_after(TaskState::Unknown, TaskEvent::Begin), None);
        assert_eq!(task_after(TaskState::Unknown, TaskEvent::PutOff), None);
    }

    fn counts(done: u32, failed: u32, skipped: u32) -> WaveCounts {
        WaveCounts {
            done,
            failed,
            skipped,
            ..WaveCounts::default()
        }
    }

    /// JOB-12
    #[rstest]
    #[case(counts(3, 0, 0), JobEvent::EndWell)]
    #[case(counts(3, 0, 2), JobEvent::EndWell)]
    #[case(counts(0, 0, 2), JobEvent::EndWell)]
    #[case(counts(2, 1, 0), JobEvent::EndInPart)]
    #[case(counts(0, 1, 4), JobEvent::EndBadly)]
    fn ends(#[case] counts: WaveCounts, #[case] end: JobEvent) {
        assert_eq!(end_of(&counts), end);
    }

    /// JOB-11
    #[test]
    fn of_a_customer() {
        let mut counts = counts(2, 1, 1);
        assert_eq!(customer_state(&counts), CustomerState::Failed);
        counts.running = 1;
        assert_eq!(customer_state(&counts), CustomerState::Running);
        counts = WaveCounts {
            stopped: 1,
            ..self::counts(1, 0, 0)
        };
        assert_eq!(customer_state(&counts), CustomerState::Stopped);
        assert_eq!(customer_state(&self::counts(0, 0, 3)), CustomerState::Done);
        counts.unknown = 1;
        assert_eq!(customer_state(&counts), CustomerState::Failed);
    }

    /// JOB-23, JOB-24
    #[test]
    fn retries_and_tolerance() {
        assert_eq!(retry_after(1, 0.5), Some(2_000));
        assert_eq!(retry_after(2, 0.0), Some(6_000));
        assert_eq!(retry_after(3, 1.0), Some(40_000));
        assert_eq!(retry_after(4, 0.5), None);
        let hours = |hours: i64| hours * 3_600_000;
        assert!(!is_missed(hours(2), 120));
        assert!(is_missed(hours(2) + 1, 120));
    }
}
