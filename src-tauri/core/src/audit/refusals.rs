//! Refusals of what never became a command (ADM-20): the first is an entry of the audit log at once, those that follow in
//! heaps are counted and become one entry a minute.

use flotilla_kernel::audit::{AuditResult, Entry};
use flotilla_kernel::clock::{Time, minutes};
use flotilla_kernel::database::enum_text;
use flotilla_kernel::error::Outcome;
use flotilla_kernel::workspace::Workspace;
use parking_lot::Mutex;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::time::Duration;

/// One entry for each kind and origin in this time.
const REPORT_EVERY: i64 = minutes(1);
/// How often is looked for what is to be reported.
const LOOK_EVERY: Duration = Duration::from_secs(30);
/// So many kinds and origins are counted apart; those of further ones together.
const MOST: usize = 1_000;
/// The act that these entries are of.
const ACT: &str = "server.refuse";

/// What was wanted, and is not given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Refusal {
    /// A page of another origin has called, or opened a socket for events.
    ForeignOrigin,
    /// A call without the header that only the program's own pages send.
    MissingHeader,
    /// The request names a host that is not served.
    ForeignHost,
    /// A file that belongs to another session.
    ForeignFile,
    /// A command for this machine alone, from outside.
    HostOnly,
}

#[derive(Debug, Clone, Copy)]
struct Counted {
    /// Not in the log yet.
    count: i64,
    /// When the last entry was written.
    reported: Time,
}

/// The refusals of this process that are not in the log yet.
#[derive(Default)]
pub struct Refusals(Mutex<BTreeMap<(Refusal, String), Counted>>);

impl Refusals {
    /// Counts one; gives how many are to be reported now.
    fn count(&self, refusal: Refusal, origin: &str, now: Time) -> Option<(String, i64)> {
        let mut all = self.0.lock();
        let mut key = (refusal, origin.to_owned());
        if all.len() >= MOST && !all.contains_key(&key) {
            key.1 = "…".to_owned();
        }
        let counted = all.entry(key.clone()).or_insert(Counted {
            count: 0,
            reported: Time(i64::MIN),
        });
        counted.count += 1;
        let due = counted.reported == Time(i64::MIN) || now.since(counted.reported) >= REPORT_EVERY;
        if !due {
            return None;
        }
        counted.reported = now;
        Some((key.1, std::mem::take(&mut counted.count)))
    }

    /// What is to be reported now, or at the latest at the end; what was quiet for long enough is forgotten.
    fn due(&self, now: Time, ending: bool) -> Vec<(Refusal, String, i64)> {
        let mut due = Vec::new();
        self.0.lock().retain(|(refusal, origin), counted| {
            if !ending && now.since(counted.reported) < REPORT_EVERY {
                return true;
            }
            if counted.count > 0 {
                due.push((*refusal, origin.clone(), std::mem::take(&mut counted.count)));
                counted.reported = now;
                return true;
            }
            false
        });
        due
    }
}

/// Notes a refusal; whoever was refused is not kept waiting by a log that cannot be written.
pub async fn note(workspace: &Workspace, refusal: Refusal, origin: &str) {
    let now = workspace.clock.now();
    let due = workspace.state::<Refusals>().count(refusal, origin, now);
    if let Some((origin, count)) = due
        && let Err(error) = append(workspace, &[(refusal, origin, count)]).await
    {
        tracing::error!(?refusal, %error, "an audit entry could not be written");
    }
}

/// Writes what has been counted and is due; everything when the workspace is closing.
pub async fn report(workspace: &Workspace, ending: bool) {
    let now = workspace.clock.now();
    let due = workspace.state::<Refusals>().due(now, ending);
    if !due.is_empty()
        && let Err(error) = append(workspace, &due).await
    {
        tracing::error!(%error, "refusals could not be written to the audit log");
    }
}

async fn append(workspace: &Workspace, refusals: &[(Refusal, String, i64)]) -> Outcome<()> {
    let mut transaction = workspace.database.begin().await?;
    for (refusal, origin, count) in refusals {
        let entry = Entry::new(AuditResult::Refused)
            .detail("reason", enum_text(refusal)?)
            .detail("count", *count);
        flotilla_kernel::audit::append(&mut transaction, None, origin, ACT, &entry).await?;
    }
    transaction.commit().await
}

/// Reports what was counted, until the workspace closes.
pub async fn keep_reported(workspace: Workspace) {
    let stop = workspace.stopping();
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(LOOK_EVERY) => report(&workspace, false).await,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// ADM-20: none is lost, and of one kind and origin no two entries are written within a minute.
        #[test]
        fn none_is_lost(steps in prop::collection::vec((0_i64..90_000, 0_u8..3, any::<bool>()), 0..200)) {
            let refusals = Refusals::default();
            let mut now = Time(0);
            let (mut noted, mut written) = (0, 0);
            let mut last: BTreeMap<String, Time> = BTreeMap::new();
            for (later, origin, looks) in steps {
                now = now.plus(later);
                let mut entries: Vec<(String, i64)> = Vec::new();
                if looks {
                    entries.extend(refusals.due(now, false).into_iter().map(|(_, origin, count)| (origin, count)));
                } else {
                    noted += 1;
                    entries.extend(refusals.count(Refusal::ForeignOrigin, &origin.to_string(), now));
                }
                for (origin, count) in entries {
                    prop_assert!(count > 0);
                    written += count;
                    if let Some(before) = last.insert(origin, now) {
                        prop_assert!(now.since(before) >= REPORT_EVERY);
                    }
                }
            }
            written += refusals.due(now, true).iter().map(|(_, _, count)| count).sum::<i64>();
            prop_assert_eq!(written, noted);
        }
    }

    /// ADM-20: whoever comes from ever new addresses does not fill the memory.
    #[test]
    fn origins_are_limited() {
        let refusals = Refusals::default();
        for number in 0..3 * MOST {
            refusals.count(Refusal::ForeignHost, &number.to_string(), Time(1));
        }
        assert!(refusals.0.lock().len() <= MOST + 1);
    }
}
