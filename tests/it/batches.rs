//! Acts on many things, in batches (GEN-03, GEN-09).

use crate::harness::{Harness, Person};
use crate::people::{harness, own_id};
use flotilla_core::connections::types::ProxyChoice;
use flotilla_core::customers::store::{CustomerToSave, save_many};
use flotilla_core::customers::types::{CustomerFields, Mode};
use flotilla_kernel::batches::BATCH;
use flotilla_kernel::database::Transaction;
use flotilla_kernel::events::Event;
use flotilla_kernel::ids::{OrganizationId, SessionId, WorkId};
use flotilla_kernel::lists::Rows;
use flotilla_kernel::lists::types::ListQuery;
use flotilla_kernel::rights::{AccountRole, Caller};
use flotilla_kernel::words::Language;
use serde_json::{Value, json};

/// Adds so many customers that were never tried, in one transaction.
async fn add_customers(harness: &Harness, chief: &Person, count: usize) -> Vec<OrganizationId> {
    let workspace = harness.workspace().await;
    let account = own_id(chief).await.parse().expect("an id");
    let customers: Vec<CustomerToSave> = (0..count)
        .map(|number| CustomerToSave {
            id: None,
            fields: CustomerFields {
                name: format!("Customer {number:04}"),
                host: "127.0.9.1".to_owned(),
                port: 1,
                user_name: "operator".to_owned(),
                mode: Mode::OnPremises,
                tags: Vec::new(),
                telephone: String::new(),
                email: String::new(),
                operators: Vec::new(),
                address: String::new(),
                notes: String::new(),
                proxy: ProxyChoice::Workspace,
            },
            password: None,
            pin: None,
            probe: None,
        })
        .collect();
    let mut transaction = workspace.database.begin().await.expect("begins");
    let receipt = save_many(
        &workspace,
        &mut transaction,
        account,
        "UTC",
        Language::En,
        &customers,
    )
    .await
    .expect("saved");
    transaction.commit().await.expect("commits");
    receipt.added
}

/// The details of the entries of the audit log about this act, by their part; of the organizations only how many there are.
async fn entries(chief: &Person, act: &str) -> Vec<Value> {
    let query = json!({ "criteria": [{ "column": "act", "test": { "kind": "any_of", "values": [act] } }] });
    let mut entries: Vec<Value> = chief
        .rows("audit", query)
        .await
        .iter()
        .map(|row| serde_json::from_str(row["details"].as_str().expect("details")).expect("JSON"))
        .collect();
    for entry in &mut entries {
        entry["organizations"] = json!(entry["organizations"].as_array().map_or(0, Vec::len));
    }
    entries.sort_by_key(|entry| entry["part"].as_i64());
    entries
}

async fn count(transaction: &mut Transaction, statement: &'static str) -> usize {
    let count: i64 = sqlx::query_scalar(statement)
        .fetch_one(transaction.connection())
        .await
        .expect("counted");
    usize::try_from(count).expect("a count")
}

/// Cancels the work as the window's button does, while nobody else can write: when at least one batch is done, and not all are. Gives how
/// many are done.
async fn cancel_in_the_middle(
    harness: &Harness,
    work: WorkId,
    chief: &Person,
    statement: &'static str,
) -> usize {
    let workspace = harness.workspace().await;
    let session: SessionId = chief.ok("session.current", json!({})).await["id"]
        .as_str()
        .expect("an id")
        .parse()
        .expect("an id");
    let caller = Caller {
        account: own_id(chief).await.parse().expect("an id"),
        login: "chief".to_owned(),
        role: AccountRole::Administrator,
        session,
        language: Language::En,
        zone: None,
    };
    loop {
        // The writer is given to those who wait for it in their order: between two batches it comes here.
        let mut transaction = workspace.database.begin().await.expect("begins");
        let done = count(&mut transaction, statement).await;
        if done > 0 {
            workspace.work.cancel(&caller, work).expect("it is under way");
            return done;
        }
    }
}

/// Calls an act on many things, and gives its work when it has begun.
async fn begun(
    harness: &Harness,
    chief: &Person,
    name: &'static str,
    arguments: Value,
) -> (WorkId, tokio::task::JoinHandle<Value>) {
    let mut events = harness.workspace().await.database.subscribe();
    let person = chief.clone();
    let act = tokio::spawn(async move { person.ok(name, arguments).await });
    loop {
        if let Event::Work { work } = events.recv().await.expect("an event") {
            assert!(work.cancellable);
            return (work.id, act);
        }
    }
}

/// How many outcomes say that they are done, and how many that they were cancelled; there are no others.
fn counted(outcomes: &Value) -> (usize, usize) {
    let outcomes = outcomes.as_array().expect("outcomes");
    let with = |problem: &Value| outcomes.iter().filter(|one| one["problem"] == *problem).count();
    let (done, left) = (with(&Value::Null), with(&json!("work.cancelled")));
    assert_eq!(done + left, outcomes.len());
    // Those that are left say which they are.
    assert!(outcomes.iter().all(|one| one["name"].as_str() != Some("")));
    (done, left)
}

/// CUS-12, GEN-03, GEN-09: an act on many customers is done in batches, each with its entry of the audit log; one on few is one.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_are_edited_in_batches_with_an_entry_each() {
    let (harness, chief) = harness().await;
    let mut ids = add_customers(&harness, &chief, 2 * BATCH + 1).await;
    let few = json!({ "ids": ids[..BATCH], "add_tags": ["few"] });
    chief.ok("customers.edit", few).await;
    let of_few = entries(&chief, "customers.edit").await;
    assert_eq!(
        of_few,
        [json!({ "changed": "tags", "customers": BATCH, "organizations": BATCH, "left": 0 })]
    );

    // One that is not there holds up nobody.
    ids[1] = OrganizationId::new(harness.clock.now());
    let outcomes = chief
        .ok("customers.edit", json!({ "ids": ids, "add_tags": ["many"] }))
        .await;
    let problems: Vec<&Value> = outcomes
        .as_array()
        .expect("outcomes")
        .iter()
        .map(|outcome| &outcome["problem"])
        .filter(|problem| !problem.is_null())
        .collect();
    assert_eq!(
        (problems, &outcomes[1]["problem"]),
        (vec![&json!("not-found")], &json!("not-found"))
    );
    let parts: Vec<Value> = entries(&chief, "customers.edit").await.split_off(1);
    let part = |number: usize, customers: usize, left: usize| {
        // A single one is the organization of the entry.
        let organizations = if customers > 1 { customers } else { 0 };
        json!({
            "changed": "tags", "customers": customers, "organizations": organizations, "left": left, "part": number, "parts": 3,
        })
    };
    assert_eq!(parts, [part(1, BATCH - 1, 1), part(2, BATCH, 0), part(3, 1, 0)]);
    assert_eq!(
        chief.ok("audit.verify", json!({})).await["broken_at"],
        Value::Null
    );
}

/// GEN-09, CUS-12, CUS-13: cancelled in the middle, an act has done whole batches and says which are left; what is done is in the audit
/// log, and the rest can be done afterwards.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_cancelled_act_leaves_whole_batches() {
    const ALL: usize = 6 * BATCH;
    let (harness, chief) = harness().await;
    let ids = add_customers(&harness, &chief, ALL).await;

    let arguments = json!({ "ids": ids, "add_tags": ["north"] });
    let (work, act) = begun(&harness, &chief, "customers.edit", arguments).await;
    let tagged = "SELECT count(*) FROM customer_tag WHERE tag = 'north'";
    let done = cancel_in_the_middle(&harness, work, &chief, tagged).await;
    assert!(done % BATCH == 0 && done < ALL, "{done}");
    assert_eq!(counted(&act.await.expect("it ends")), (done, ALL - done));
    let parts = entries(&chief, "customers.edit").await;
    assert_eq!(parts.len(), done / BATCH);
    assert!(
        parts
            .iter()
            .all(|part| part["customers"] == json!(BATCH) && part["parts"] == 6)
    );
    let north =
        json!({ "criteria": [{ "column": "tags", "test": { "kind": "any_of", "values": ["north"] } }] });
    assert_eq!(chief.index("customers", north.clone()).await.len(), done);
    chief
        .ok(
            "customers.edit",
            json!({ "ids": ids[done..], "add_tags": ["north"] }),
        )
        .await;
    assert_eq!(chief.index("customers", north).await.len(), ALL);

    // Connections are removed in the same manner.
    let mut connections = Vec::with_capacity(ALL);
    for &id in &ids {
        let of = chief.ok("connections.of", json!({ "organization": id })).await;
        connections.push(of[0]["id"].clone());
    }
    let (work, act) = begun(
        &harness,
        &chief,
        "connections.remove",
        json!({ "ids": connections }),
    )
    .await;
    let removed = "SELECT count(*) FROM connection WHERE removed_at IS NOT NULL";
    let done = cancel_in_the_middle(&harness, work, &chief, removed).await;
    assert!(done % BATCH == 0 && done < ALL, "{done}");
    assert_eq!(counted(&act.await.expect("it ends")), (done, ALL - done));
    assert_eq!(entries(&chief, "connections.remove").await.len(), done / BATCH);

    let (work, act) = begun(&harness, &chief, "customers.delete", json!({ "ids": ids })).await;
    let deleted = "SELECT 1500 - count(*) FROM customer";
    let done = cancel_in_the_middle(&harness, work, &chief, deleted).await;
    assert!(done % BATCH == 0 && done < ALL, "{done}");
    assert_eq!(counted(&act.await.expect("it ends")), (done, ALL - done));
    assert_eq!(entries(&chief, "customers.delete").await.len(), done / BATCH);
    assert_eq!(
        json!(chief.index("customers", json!({})).await.len()),
        json!(ALL - done)
    );
    assert_eq!(
        chief.ok("audit.verify", json!({})).await["broken_at"],
        Value::Null
    );
}

/// GEN-03, GEN-09: a batch that cannot be stored is left as it was; what was done before it is told, not lost in an error.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_batch_that_fails_leaves_what_was_done() {
    let (harness, chief) = harness().await;
    let ids = add_customers(&harness, &chief, 2 * BATCH).await;
    let mut transaction = harness.workspace().await.database.begin().await.expect("begins");
    sqlx::query("CREATE TRIGGER no_more BEFORE INSERT ON customer_tag WHEN (SELECT count(*) FROM customer_tag) = 300 BEGIN SELECT RAISE(ABORT, 'no more'); END")
        .execute(transaction.connection())
        .await
        .expect("a trigger");
    transaction.commit().await.expect("commits");
    let outcomes = chief
        .ok("customers.edit", json!({ "ids": ids, "add_tags": ["north"] }))
        .await;
    let outcomes = outcomes.as_array().expect("outcomes");
    assert!(
        outcomes[..BATCH]
            .iter()
            .all(|outcome| outcome["problem"].is_null())
    );
    assert!(
        outcomes[BATCH..]
            .iter()
            .all(|outcome| outcome["problem"].is_string())
    );
    let query =
        json!({ "criteria": [{ "column": "tags", "test": { "kind": "any_of", "values": ["north"] } }] });
    assert_eq!(chief.index("customers", query).await.len(), BATCH);
    assert_eq!(entries(&chief, "customers.edit").await.len(), 1);
}

/// UI-25: an export holds no reader between its batches, however slowly it is written; what is deleted on the way is left
/// out, the order is that of the beginning.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rows_are_read_in_batches() {
    const ROWS: usize = 1_001;
    let (harness, chief) = harness().await;
    let ids = add_customers(&harness, &chief, ROWS).await;
    let workspace = harness.workspace().await;
    let caller = crate::sessions::caller(&chief, &harness).await;
    let query: ListQuery =
        serde_json::from_value(json!({ "sort": { "column": "name", "descending": true } })).expect("a query");
    let mut rows = Rows::matching(
        &workspace.database,
        &caller,
        flotilla_kernel::feature::of(&workspace)
            .list("customers")
            .expect("a list"),
        &query,
        None,
        &["name".to_owned()],
    )
    .await
    .expect("rows");
    let first = rows.next().await.expect("a batch").expect("rows");
    assert_eq!(first[0], [format!("Customer {:04}", ROWS - 1)]);
    // All readers there are, at once.
    let readers = tokio::try_join!(
        workspace.database.read(),
        workspace.database.read(),
        workspace.database.read()
    )
    .expect("nobody holds a reader");
    drop(readers);
    chief.ok("customers.delete", json!({ "ids": [ids[1]] })).await;
    let mut names: Vec<String> = first.into_iter().flatten().collect();
    while let Some(batch) = rows.next().await.expect("a batch") {
        names.extend(batch.into_iter().flatten());
    }
    let wanted: Vec<String> = (0..ROWS)
        .rev()
        .filter(|number| *number != 1)
        .map(|number| format!("Customer {number:04}"))
        .collect();
    assert_eq!(names, wanted);
}
