//! REL-03: what clocks do: put back by hours, put forward by years, and everything goes on.

use crate::harness::Harness;
use crate::people::{START, account_form, add_account, add_customer, set_preference, try_sign_in};
use flotilla_kernel::clock::{days, hours, minutes};
use flotilla_kernel::error::ErrorCode;
use serde_json::{Value, json};

/// REL-03, ADM-20, ACC-10: a clock that is put back breaks nothing: people go on, sessions end no later than their time
/// of resting after that, customers are contacted, and the audit log is whole though its times go backwards.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_clock_that_is_put_back() {
    let harness = Harness::with_clock(START).await;
    let chief = harness.administrator().await;
    let before = add_customer(&chief, "Before").await;
    harness.clock.advance(-hours(30));
    let after = add_customer(&chief, "After").await;
    for customer in [&before, &after] {
        let outcome = chief.ok("customers.refresh", json!({ "ids": [customer] })).await;
        assert_eq!(outcome[0]["problem"], Value::Null);
    }
    let rows = chief.rows("customers", json!({})).await;
    assert!(rows.iter().all(|row| row["status"] == "unreachable"), "{rows:?}");
    let panel = chief.ok("customers.panel", json!({ "id": after })).await;
    assert_eq!(panel["row"]["alarms"], 1);
    let entries: Vec<i64> = chief
        .rows(
            "audit",
            json!({ "sort": { "column": "sequence", "descending": false } }),
        )
        .await
        .iter()
        .map(|row| row["at"].as_i64().expect("a time"))
        .collect();
    assert!(!entries.is_sorted(), "its times go backwards");
    let found = chief.ok("audit.verify", json!({})).await;
    assert_eq!(found["broken_at"], Value::Null);
    // Whoever signs in now rests as long as everybody.
    let chief = harness.sign_in("chief").await;
    harness.clock.advance(minutes(5));
    assert_eq!(
        chief.refused("session.current", json!({})).await,
        ErrorCode::SessionEnded
    );
}

/// REL-03, ACC-10, ACC-11: a clock that is put forward by ten years and back again. Meanwhile sessions end and an account
/// expires; afterwards everybody else goes on, and what expired stays so until somebody says otherwise.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_clock_that_is_put_forward_and_back() {
    let harness = Harness::with_clock(START).await;
    let chief = harness.administrator().await;
    let marie = add_account(&chief, "marie", "operator").await;
    let form = account_form(&chief, &marie, json!({ "expires_on": "2030-01-01" })).await;
    chief.ok("accounts.save", form).await;
    let customer = add_customer(&chief, "Bakery").await;
    set_preference(&chief, "log_days", json!(3)).await;
    harness.clock.advance(days(3_650));
    assert_eq!(
        chief.refused("session.current", json!({})).await,
        ErrorCode::SessionEnded
    );
    let chief = harness.sign_in("chief").await;
    let refused = try_sign_in(&harness, "marie", crate::harness::PASSWORD).await;
    assert_eq!(
        refused.err().map(|problem| problem.code),
        Some(ErrorCode::AccountExpired)
    );
    chief.ok("customers.refresh", json!({ "ids": [customer] })).await;
    harness.clock.advance(-days(3_650));
    let chief = harness.sign_in("chief").await;
    let read = chief.ok("accounts.read", json!({ "id": marie })).await;
    assert_eq!(read["enabled"], false);
    let form = account_form(&chief, &marie, json!({ "enabled": true })).await;
    chief.ok("accounts.save", form).await;
    harness.sign_in("marie").await;
    let outcome = chief.ok("customers.refresh", json!({ "ids": [customer] })).await;
    assert_eq!(outcome[0]["problem"], Value::Null);
    let alarms = chief.rows("alarms", json!({})).await;
    assert_eq!(alarms.len(), 1, "one cause, one alarm: {alarms:?}");
    let found = chief.ok("audit.verify", json!({})).await;
    assert_eq!(found["broken_at"], Value::Null);
}
