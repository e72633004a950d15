//! Rows that hold what no version of the program has written.

use crate::contact::save;
use crate::harness::Harness;
use crate::people::add_customer;
use flotilla_simulator::{Addressing, Fleet, FleetOptions};
use serde_json::json;

async fn write(harness: &Harness, statement: &'static str) {
    let mut transaction = harness.workspace().await.database.begin().await.expect("begins");
    let written = sqlx::query(statement).execute(transaction.connection()).await;
    written.expect(statement);
    transaction.commit().await.expect("commits");
}

/// GEN-09, CUS-40: what cannot be read of one customer concerns that customer: the others are polled and listed, and
/// nothing breaks down.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_row_stops_no_other() {
    let options = FleetOptions {
        customers: 1,
        seed: 11,
        addressing: Addressing::Ports { first: None },
        ..FleetOptions::default()
    };
    let fleet = Fleet::start(options).await.expect("the fleet starts");
    let harness = Harness::new(true).await;
    let chief = harness.administrator().await;
    let solution = &fleet.solutions()[0];
    let whole = save(&chief, solution).await["id"].clone();
    add_customer(&chief, "Broken").await;
    assert_eq!(chief.rows("customers", json!({})).await.len(), 2);
    // No text at all.
    write(
        &harness,
        "UPDATE customer SET system_name = CAST(x'ff' AS TEXT) WHERE port = 1",
    )
    .await;
    write(
        &harness,
        "UPDATE connection SET user_name = CAST(x'ff' AS TEXT) WHERE port = 1",
    )
    .await;
    // And a kind that nobody knows.
    write(
        &harness,
        "UPDATE system SET kind = 'weather' WHERE id = (SELECT min(id) FROM system)",
    )
    .await;
    let harness = harness.restarted(true).await;
    let chief = harness.sign_in("chief").await;
    solution.set_version("12.9.9.9");
    chief.ok("customers.refresh", json!({ "ids": [whole] })).await;
    let rows = chief.rows("customers", json!({})).await;
    let versions: Vec<_> = rows.iter().map(|row| (&row["id"], &row["version"])).collect();
    assert_eq!(versions, [(&whole, &json!("12.9.9.9"))]);
    assert_eq!(chief.index("customers", json!({})).await.len(), 2);
    let systems = chief.index("systems", json!({})).await.len();
    assert_eq!(chief.rows("systems", json!({})).await.len(), systems - 1);
    harness.program.close().await;
    fleet.stop().await;
}
