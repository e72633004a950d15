//! The audit log.

use crate::harness::House;
use flotilla_core::wire::error::ErrorCode;
use serde_json::json;

/// ADM-20, GEN-03: every act and every refusal has one entry; the chain holds, in the workspace and in an export.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn acts_and_refusals_are_chained() {
    let house = House::new(false).await;
    let chief = house.administrator().await;
    let (_, operator) = house.operator(&chief, "olga").await;
    assert_eq!(
        operator.refused("preferences.read", json!({})).await,
        ErrorCode::RightMissing
    );
    let rows = chief
        .rows(
            "audit",
            json!({ "sort": { "column": "sequence", "descending": false } }),
        )
        .await;
    let told: Vec<(&str, &str)> = rows
        .iter()
        .map(|row| {
            (
                row["act"].as_str().expect("an act"),
                row["result"].as_str().expect("a result"),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            ("workspace.create_first", "done"),
            ("accounts.add", "done"),
            ("session.sign_in", "done"),
            ("preferences.read", "refused")
        ]
    );
    let found = chief.ok("audit.verify", json!({})).await;
    assert_eq!(
        (found["entries"].as_i64(), found["broken_at"].as_i64()),
        (Some(4), None)
    );

    let download = chief.ok("audit.export", json!({})).await;
    let id = download["download"]
        .as_str()
        .expect("a download")
        .parse()
        .expect("an id");
    let file = house.folder().join("audit.jsonl");
    house.workspace().await.transfers.save(id, &file).expect("saved");
    let text = std::fs::read_to_string(&file).expect("readable");
    let chain = flotilla_core::audit::rules::verify_export(text.as_bytes())
        .expect("readable")
        .expect("whole");
    assert_eq!(chain.entries, 4);
    assert_eq!(hex::encode(chain.head), found["head"].as_str().expect("a head"));
}

/// ADM-20: the database itself refuses to change or delete an entry, and an altered byte under it is found.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_altered_byte_is_found() {
    let house = House::new(false).await;
    let chief = house.administrator().await;
    house.operator(&chief, "olga").await;
    let workspace = house.workspace().await;
    let mut transaction = workspace.database.begin().await.expect("a transaction");
    let refused = sqlx::query("UPDATE audit SET details = 'x' WHERE sequence = 1")
        .execute(transaction.connection())
        .await;
    assert!(refused.is_err_and(|error| error.to_string().contains("append-only")));
    let refused = sqlx::query("DELETE FROM audit")
        .execute(transaction.connection())
        .await;
    assert!(refused.is_err_and(|error| error.to_string().contains("append-only")));
    // Somebody with the key and other tools could do it all the same.
    sqlx::query("DROP TRIGGER audit_no_update")
        .execute(transaction.connection())
        .await
        .expect("dropped");
    sqlx::query("UPDATE audit SET body = replace(body, 'accounts.add', 'accounts.aDd') WHERE sequence = 2")
        .execute(transaction.connection())
        .await
        .expect("altered");
    transaction.commit().await.expect("committed");
    let found = chief.ok("audit.verify", json!({})).await;
    assert_eq!(found["broken_at"].as_i64(), Some(2));
    assert_eq!(
        chief.refused("audit.export", json!({})).await,
        ErrorCode::AuditBroken
    );
}
