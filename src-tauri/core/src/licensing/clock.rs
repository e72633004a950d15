//! The clock that licence dates go by (LIC-53): a machine clock that is set back makes nothing last longer.

use super::store;
use flotilla_kernel::clock::{Time, days};
use flotilla_kernel::error::Outcome;
use flotilla_kernel::workspace::Workspace;
use parking_lot::Mutex;
use sqlx::SqliteConnection;
use tokio::time::Instant;

/// By how much the machine's clock may be behind what was seen.
const BEHIND: i64 = days(1);

/// The highest time that was seen, and when that was by the monotonic clock.
#[derive(Default)]
struct Seen(Mutex<Option<(Time, Instant)>>);

/// The present, as far as it can be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Trusted {
    /// The instant.
    pub now: Time,
    /// Whether the machine's clock is behind, and this is the kept time.
    pub behind: bool,
}

/// The machine's time, or the highest that was ever seen where the machine is more than a day behind it; that one moves on while the
/// program runs.
///
/// # Errors
/// Database errors.
pub async fn trusted(workspace: &Workspace, connection: &mut SqliteConnection) -> Outcome<Trusted> {
    let machine = workspace.clock.now();
    let stored = store::highest_time(connection).await?;
    let state = workspace.state::<Seen>();
    let mut seen = state.0.lock();
    let kept =
        seen.map(|(at, since)| at.plus(i64::try_from(since.elapsed().as_millis()).unwrap_or(i64::MAX)));
    let kept = kept.max(stored);
    if seen.is_none_or(|(at, _)| stored.is_some_and(|stored| stored > at))
        && let Some(stored) = stored
    {
        *seen = Some((stored, Instant::now()));
    }
    Ok(choose(machine, kept))
}

/// Which of the two holds.
fn choose(machine: Time, kept: Option<Time>) -> Trusted {
    match kept {
        Some(kept) if kept.since(machine) > BEHIND => Trusted {
            now: kept,
            behind: true,
        },
        _ => Trusted {
            now: machine,
            behind: false,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    /// LIC-53: a day is forgiven, more is not.
    #[rstest]
    #[case(None, false)]
    #[case(Some(0), false)]
    #[case(Some(days(1)), false)]
    #[case(Some(days(1) + 1), true)]
    fn a_clock_that_is_behind(#[case] ahead: Option<i64>, #[case] behind: bool) {
        let machine = Time(1_772_442_000_000);
        let kept = ahead.map(|ahead| machine.plus(ahead));
        let trusted = choose(machine, kept);
        let expected = if behind { kept.expect("kept") } else { machine };
        assert_eq!(
            trusted,
            Trusted {
                now: expected,
                behind
            }
        );
    }
}
