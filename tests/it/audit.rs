//! The audit log.

use crate::harness::Harness;
use crate::people::{add_account, add_customer};
use flotilla_kernel::error::ErrorCode;
use serde_json::{Value, json};

/// ADM-20, GEN-03: every act and every refusal has one entry; the chain holds, in the workspace and in an export.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn acts_and_refusals_are_chained() {
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    let (_, operator) = harness.operator(&chief, "olga").await;
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
    let listed: Vec<(&str, &str)> = rows
        .iter()
        .map(|row| {
            (
                row["act"].as_str().expect("an act"),
                row["result"].as_str().expect("a result"),
            )
        })
        .collect();
    assert_eq!(
        listed,
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
    let file = harness.folder().join("audit.jsonl");
    chief.save(id, &file).await;
    let text = std::fs::read_to_string(&file).expect("readable");
    let chain = flotilla_kernel::audit::rules::verify_export(text.as_bytes())
        .expect("readable")
        .expect("whole");
    assert_eq!(chain.entries, 4);
    assert_eq!(hex::encode(chain.head), found["head"].as_str().expect("a head"));
}

/// ADM-20: the database itself refuses to change or delete an entry, and an altered byte under it is found.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_altered_byte_is_found() {
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    harness.operator(&chief, "olga").await;
    let workspace = harness.workspace().await;
    let mut transaction = workspace.database.begin().await.expect("a transaction");
    for statement in [
        "UPDATE audit SET details = 'x' WHERE sequence = 1",
        "DELETE FROM audit",
        "REPLACE INTO audit SELECT * FROM audit",
        "REPLACE INTO audit (rowid, id, sequence, at, act, result, origin, subject, details, body, hash)
         SELECT rowid, randomblob(16), sequence + 1000, at, act, result, origin, subject, details, body, hash FROM audit",
    ] {
        let refused = sqlx::query(statement).execute(transaction.connection()).await;
        assert!(
            refused.is_err_and(|error| error.to_string().contains("append-only")),
            "{statement}"
        );
    }
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

/// ADM-20, GEN-03: whichever column of whichever entry is altered in the database, it is found at its place, also who
/// did it, where, and what the search looks into.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_altered_column_is_found() {
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    add_customer(&chief, "Bakery").await;
    harness.operator(&chief, "olga").await;
    let workspace = harness.workspace().await;
    let write = async |statement: &str| {
        let mut transaction = workspace.database.begin().await.expect("a transaction");
        let written = sqlx::query(sqlx::AssertSqlSafe(statement.to_owned()))
            .execute(transaction.connection())
            .await;
        written.expect(statement);
        transaction.commit().await.expect("committed");
    };
    // Somebody with the key and other tools.
    write("DROP TRIGGER audit_no_update").await;
    write("CREATE TABLE kept AS SELECT sequence AS number, rowid AS row, * FROM audit").await;
    let columns: Vec<String> = sqlx::query_scalar("SELECT name FROM pragma_table_info('audit')")
        .fetch_all(&mut *workspace.database.read().await.expect("a reader"))
        .await
        .expect("the columns");
    assert_eq!(columns.len(), 13, "{columns:?}");
    let entries = chief.ok("audit.verify", json!({})).await["entries"].as_i64();
    let entries = entries.expect("a number");
    assert_eq!(entries, 4);
    for column in &columns {
        for number in 1..=entries {
            let altered = match column.as_str() {
                "sequence" => "-sequence".to_owned(),
                "at" => "at + 1".to_owned(),
                "account_id" | "organization_id" => {
                    format!("CASE WHEN {column} IS NULL THEN randomblob(16) ELSE NULL END")
                }
                // The last byte is another one.
                "id" | "hash" => format!(
                    "CAST(substr({column}, 1, length({column}) - 1) || CASE WHEN substr({column}, -1) = x'00' THEN x'01' ELSE x'00' END AS BLOB)"
                ),
                // The last character is another one.
                _ => format!(
                    "substr({column}, 1, max(length({column}) - 1, 0)) || CASE WHEN {column} LIKE '%x' THEN 'y' ELSE 'x' END"
                ),
            };
            let row = format!("rowid = (SELECT row FROM kept WHERE number = {number})");
            write(&format!("UPDATE audit SET {column} = {altered} WHERE {row}")).await;
            let found = chief.ok("audit.verify", json!({})).await;
            let place = found["broken_at"].as_i64();
            assert_eq!(place, Some(number), "{column} of entry {number}");
            write(&format!(
                "UPDATE audit SET {column} = (SELECT {column} FROM kept WHERE number = {number}) WHERE {row}"
            ))
            .await;
        }
    }
    let found = chief.ok("audit.verify", json!({})).await;
    assert_eq!(
        (&found["broken_at"], &found["entries"]),
        (&Value::Null, &json!(entries))
    );
}

/// ADM-20, ORG-30: an act on several customers says what it was and names each by its id, so that the history of any of
/// them can be made from the log; on one, it is that organization's.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_act_on_several_names_each() {
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    let (bakery, hotel) = (
        add_customer(&chief, "Bakery").await,
        add_customer(&chief, "Hotel").await,
    );
    let marie = add_account(&chief, "marie", "operator").await;
    let both = json!([bakery, hotel]);
    let one = json!({ "ids": [hotel], "notes": "Ring twice" });
    chief.ok("customers.edit", one).await;
    let edit = json!({ "ids": both, "add_tags": ["gold"], "add_operators": [marie] });
    chief.ok("customers.edit", edit).await;
    chief.ok("customers.delete", json!({ "ids": both })).await;
    let rows = chief.rows("audit", json!({})).await;
    let entries: Vec<(String, String, Value)> = rows
        .iter()
        .map(|row| {
            let text = |name: &str| row[name].as_str().expect("a text").to_owned();
            let details = serde_json::from_str(&text("details")).expect("JSON");
            (text("act"), text("organization"), details)
        })
        .collect();
    let (act, _, details) = &entries[0];
    assert_eq!(
        (act.as_str(), &details["organizations"]),
        ("customers.delete", &both)
    );
    let (act, _, details) = &entries[1];
    assert_eq!(act, "customers.edit");
    assert_eq!(
        (&details["organizations"], &details["changed"]),
        (&both, &json!("tags operators"))
    );
    let (act, _, details) = &entries[2];
    assert_eq!(act, "customers.edit");
    assert_eq!(
        (&details["organizations"], &details["changed"]),
        (&Value::Null, &json!("notes"))
    );
    let of_hotel: Option<Vec<u8>> = sqlx::query_scalar(
        "SELECT organization_id FROM audit WHERE act = 'customers.edit' ORDER BY sequence LIMIT 1",
    )
    .fetch_one(&mut *harness.workspace().await.database.read().await.expect("a reader"))
    .await
    .expect("the entry");
    let hotel = uuid::Uuid::parse_str(&hotel).expect("an id");
    assert_eq!(of_hotel.as_deref(), Some(hotel.as_bytes().as_slice()));
}
