//! What changed, told to a window: merged, and at most ten times a second.

use crate::events::{Event, FeatureName};
use std::collections::BTreeMap;
use std::time::Duration;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio::time::Instant;

/// What is said within this time is said at once.
const PAUSE: Duration = Duration::from_millis(100);

/// More ids than a window shows are not worth sending.
const MOST_IDS: usize = 1_000;

/// What a window is told that has missed something: whatever it shows of these features may be old.
pub fn everything_changed(features: &[FeatureName]) -> impl Iterator<Item = Event> {
    features.iter().copied().map(Event::everything_of)
}

/// The events of a workspace, merged.
pub struct Coalesced {
    events: Receiver<Event>,
    features: Vec<FeatureName>,
}

impl Coalesced {
    /// Merges what this receiver gets. `features`: all names under which changes are told, for a receiver that fell
    /// behind.
    pub fn new(events: Receiver<Event>, features: impl IntoIterator<Item = FeatureName>) -> Self {
        Self {
            events,
            features: features.into_iter().collect(),
        }
    }

    /// What changed since the last time; waits until something has. None: the workspace is closed.
    pub async fn next(&mut self) -> Option<Vec<Event>> {
        let mut batch = Batch::default();
        if !batch.take(self.events.recv().await, &self.features) {
            return None;
        }
        let end = Instant::now() + PAUSE;
        while let Ok(next) = tokio::time::timeout_at(end, self.events.recv()).await {
            if !batch.take(next, &self.features) {
                break;
            }
        }
        Some(batch.into_events())
    }
}

/// What changed within one pause.
#[derive(Default)]
struct Batch {
    changed: BTreeMap<FeatureName, (Vec<uuid::Uuid>, bool, bool)>,
    work: BTreeMap<String, Event>,
    others: Vec<Event>,
}

impl Batch {
    /// Adds what was received; false when nothing more can come.
    fn take(&mut self, received: Result<Event, RecvError>, features: &[FeatureName]) -> bool {
        match received {
            Ok(event) => self.add(event),
            Err(RecvError::Lagged(_)) => everything_changed(features).for_each(|event| self.add(event)),
            Err(RecvError::Closed) => return false,
        }
        true
    }

    fn add(&mut self, event: Event) {
        match event {
            Event::Changed {
                feature,
                ids,
                membership,
                many,
            } => {
                let entry = self.changed.entry(feature).or_default();
                entry.0.extend(ids);
                entry.1 |= membership;
                entry.2 |= many;
            }
            // The latest word about a piece of work is the one that counts.
            Event::Work { work } => {
                self.work.insert(work.id.to_string(), Event::Work { work });
            }
            other @ Event::SessionEnded { .. } => self.others.push(other),
        }
    }

    fn into_events(self) -> Vec<Event> {
        let changed = self
            .changed
            .into_iter()
            .map(|(feature, (mut ids, membership, many))| {
                ids.sort_unstable();
                ids.dedup();
                let many = many || ids.len() > MOST_IDS;
                ids.truncate(MOST_IDS);
                Event::Changed {
                    feature,
                    ids,
                    membership,
                    many,
                }
            });
        changed
            .chain(self.work.into_values())
            .chain(self.others)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Time;
    use crate::ids::new_uuid;

    /// DSH-04, UI-26: a storm of changes becomes one event per feature that says what it can, and never grows with the storm.
    #[tokio::test]
    async fn a_storm_becomes_one_event() {
        let (sender, receiver) = tokio::sync::broadcast::channel(8_192);
        for number in 0..3_000 {
            let ids = vec![new_uuid(Time(number))];
            sender
                .send(Event::Changed {
                    feature: FeatureName("systems"),
                    ids,
                    membership: number == 7,
                    many: false,
                })
                .expect("a receiver");
        }
        drop(sender);
        let events = Coalesced::new(receiver, [])
            .next()
            .await
            .expect("something changed");
        assert_eq!(events.len(), 1);
        let Event::Changed {
            ids,
            membership,
            many,
            ..
        } = &events[0]
        else {
            panic!("a change")
        };
        assert_eq!((ids.len(), *membership, *many), (MOST_IDS, true, true));
    }
}
