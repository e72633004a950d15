//! What goes wrong while it is written, and what somebody changes on the disk.

use super::{NEW_YEAR, act, at, keys, product, started};
use crate::harness::Harness;
use flotilla_kernel::error::ErrorCode;
use serde_json::{Value, json};
use std::collections::BTreeSet;

async fn sql(harness: &Harness, text: &str) -> Result<(), sqlx::Error> {
    let database = harness.workspace().await.database.clone();
    let mut transaction = database.begin().await.expect("a transaction");
    sqlx::raw_sql(sqlx::AssertSqlSafe(text.to_owned()))
        .execute(transaction.connection())
        .await?;
    transaction.commit().await.expect("committed");
    Ok(())
}

const TABLES: &[&str] = &[
    "licence_entry",
    "licence_posting",
    "licence_head",
    "licence_operation",
    "licence_key",
    "licence_clock",
    "licence_book",
    "licence_holding",
    "licence_ending",
    "audit",
];

async fn counts(harness: &Harness) -> Vec<i64> {
    let database = harness.workspace().await.database.clone();
    let mut reader = database.read().await.expect("a reader");
    let mut counts = Vec::new();
    // The audit log has an entry more for each act that failed.
    for table in TABLES.iter().filter(|table| **table != "audit") {
        let count = sqlx::AssertSqlSafe(format!("SELECT count(*) FROM {table}"));
        counts.push(
            sqlx::query_scalar(count)
                .fetch_one(&mut *reader)
                .await
                .expect("a count"),
        );
    }
    counts
}

/// LIC-61: an act that is cut off at any of its writes has not happened; the same operation is done afterwards, once.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_act_cut_off_has_not_happened() {
    let (harness, chief) = at(NEW_YEAR).await;
    let organization = started(&chief, "Kaufhaus Bergmann", 5).await;
    chief
        .ok("licences.redeem_declared", act(&organization, keys(1, 2, 1)))
        .await;
    let mut cut_off = BTreeSet::new();
    for table in TABLES {
        for event in ["INSERT", "UPDATE"] {
            let before = counts(&harness).await;
            let wallet = product(&chief, &organization).await["wallet"].clone();
            let trigger = format!(
                "CREATE TRIGGER cut_off AFTER {event} ON {table} WHEN (SELECT count(*) FROM licence_key) > {keys} BEGIN SELECT raise(ABORT, 'cut off'); END",
                keys = before[4]
            );
            sql(&harness, &trigger).await.expect("a trigger");
            let redeem = act(&organization, keys(2, 3, 1));
            let outcome = chief.call("licences.redeem_declared", redeem.clone()).await;
            sql(&harness, "DROP TRIGGER cut_off").await.expect("no trigger");
            if outcome.is_err() {
                assert_eq!(counts(&harness).await, before, "{event} {table}");
                assert_eq!(
                    product(&chief, &organization).await["wallet"],
                    wallet,
                    "{event} {table}"
                );
                chief.ok("licences.redeem_declared", redeem).await;
                cut_off.insert(*table);
            }
            assert_ne!(counts(&harness).await, before);
        }
    }
    assert_eq!(cut_off.len(), TABLES.len(), "every table is written: {cut_off:?}");
    assert_eq!(
        chief.ok("licences.check", json!({})).await["differs"],
        Value::Null
    );
}

/// LIC-60: no row of the ledger is changed or deleted, by whatever SQL.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rows_of_the_ledger_stay() {
    let (harness, chief) = at(NEW_YEAR).await;
    let organization = started(&chief, "Kaufhaus Bergmann", 5).await;
    chief
        .ok("licences.redeem_declared", act(&organization, keys(1, 2, 1)))
        .await;
    for statement in [
        "UPDATE licence_entry SET wallet = 3",
        "DELETE FROM licence_entry",
        "UPDATE licence_posting SET amount = 3",
        "DELETE FROM licence_posting",
        "UPDATE licence_operation SET reply = ''",
        "DELETE FROM licence_operation",
        "DELETE FROM licence_key",
        "UPDATE licence_catalogue SET body = ''",
        // Deletes what is in its way without asking the triggers of deletions.
        "REPLACE INTO licence_entry SELECT * FROM licence_entry",
        "INSERT OR REPLACE INTO licence_posting SELECT entry, line, account, licence_type, term, lot_id, amount + 1 FROM licence_posting",
        "REPLACE INTO licence_operation SELECT * FROM licence_operation",
        "REPLACE INTO licence_operation (rowid, id, act, inputs, reply, at) SELECT rowid, randomblob(16), act, inputs, reply, at FROM licence_operation",
        "REPLACE INTO licence_key SELECT digest, randomblob(16) FROM licence_key",
        "REPLACE INTO licence_catalogue SELECT * FROM licence_catalogue",
    ] {
        let error = sql(&harness, statement).await.expect_err(statement);
        assert!(
            error.to_string().contains("append-only") || error.to_string().contains("kept"),
            "{statement}: {error}"
        );
    }
}

/// LIC-61: a ledger that was altered on the disk stops all writing at the next start, and is said where.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_altered_ledger_stops_writing() {
    let alterations = [
        (
            "DROP TRIGGER licence_posting_no_update; UPDATE licence_posting SET amount = amount + 1 WHERE entry = 4 AND amount > 0",
            4,
            "columns",
        ),
        (
            "DROP TRIGGER licence_entry_no_update; UPDATE licence_entry SET body = replace(body, '\"quantity\":2', '\"quantity\":3') WHERE sequence = 4",
            4,
            "chain",
        ),
        (
            "DROP TRIGGER licence_entry_no_update; UPDATE licence_entry SET wallet = 9 WHERE sequence = 2",
            2,
            "columns",
        ),
        (
            "DROP TRIGGER licence_posting_no_delete; DROP TRIGGER licence_entry_no_delete; DELETE FROM licence_posting WHERE entry = 4; DELETE FROM licence_entry WHERE sequence = 4",
            4,
            "cut_off",
        ),
        // LIC-21: a key that is not in the register could be redeemed again.
        (
            "DROP TRIGGER licence_key_no_delete; DELETE FROM licence_key",
            4,
            "keys",
        ),
    ];
    for (alteration, entry, what) in alterations {
        let (harness, chief) = at(NEW_YEAR).await;
        let organization = started(&chief, "Kaufhaus Bergmann", 5).await;
        chief
            .ok("licences.redeem_declared", act(&organization, keys(1, 2, 1)))
            .await;
        sql(&harness, alteration).await.expect("altered");
        let harness = harness.restarted(false).await;
        let chief = harness.sign_in("chief").await;
        let refused = chief
            .call("licences.redeem_declared", act(&organization, keys(1, 2, 1)))
            .await
            .expect_err(what);
        assert_eq!(refused.code, ErrorCode::LicenceLedgerDiffers, "{what}");
        let check = chief.ok("licences.check", json!({})).await;
        assert_eq!(check["differs"], json!({ "entry": entry, "what": what }));
    }
}
