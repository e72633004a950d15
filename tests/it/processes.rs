//! Two processes with one workspace.

use crate::harness::Harness;
use crate::people::{add_account, add_customer, set_preference};
use flotilla_core::connections::types::ConnectionPreferences;
use flotilla_kernel::events::{Event, FeatureName};
use serde_json::json;
use std::collections::BTreeSet;
use tokio::sync::broadcast::Receiver;
use uuid::Uuid;

/// The changes that are told until one concerns this feature.
async fn changes_until(
    events: &mut Receiver<Event>,
    last: FeatureName,
) -> Vec<(FeatureName, BTreeSet<Uuid>, bool)> {
    let mut changes = Vec::new();
    loop {
        let Event::Changed {
            feature,
            ids,
            membership,
            many,
        } = events.recv().await.expect("the workspace is open")
        else {
            continue;
        };
        assert!(!many, "{feature} says that anything may have changed");
        changes.push((feature, ids.into_iter().collect(), membership));
        if feature == last {
            return changes;
        }
    }
}

/// REL-03, DSH-04: what one process saves, another is told by its ids, and nothing else: it re-reads what changed. It goes
/// on with preferences that the other has saved.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_process_is_told_what_changed() {
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    let beside = harness.opened_beside().await;
    let other = beside.workspace().await.expect("open");
    let mut events = other.database.subscribe();
    let id: Uuid = add_customer(&chief, "Bakery").await.parse().expect("an id");
    let changes = changes_until(&mut events, FeatureName("organizations")).await;
    let features: Vec<&str> = changes.iter().map(|(feature, ..)| feature.0).collect();
    assert_eq!(
        features,
        [
            "activity",
            "audit",
            "connections",
            "customers",
            "members",
            "organizations"
        ]
    );
    assert_eq!(changes[3], (FeatureName("customers"), BTreeSet::from([id]), true));

    let edit = json!({ "ids": [id], "notes": "Ring twice" });
    chief.ok("customers.edit", edit).await;
    let changes = changes_until(&mut events, FeatureName("customers")).await;
    assert_eq!(
        changes.last(),
        Some(&(FeatureName("customers"), BTreeSet::from([id]), false))
    );

    add_account(&chief, "olga", "operator").await;
    assert_ne!(
        other.preferences::<ConnectionPreferences>().poll_interval_seconds,
        900
    );
    set_preference(&chief, "poll_interval_seconds", json!(900)).await;
    changes_until(&mut events, FeatureName("preferences")).await;
    assert_eq!(
        other.preferences::<ConnectionPreferences>().poll_interval_seconds,
        900
    );
    beside.close().await;
}
