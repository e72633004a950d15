//! What was previewed is what is done, and many rows are saved in batches.

use super::{HEADER, numbers, open, window};
use crate::harness::{Harness, Person};
use flotilla_kernel::batches::BATCH;
use flotilla_kernel::error::ErrorCode;
use flotilla_kernel::events::Event;
use serde_json::{Value, json};
use std::time::{Duration, Instant};

fn save(import: &Value) -> Value {
    json!({ "import": import, "without_contact": true })
}

fn changed(receipt: &Value) -> Vec<(i64, &str)> {
    let rows = receipt["changed"].as_array().expect("rows");
    rows.iter()
        .map(|row| {
            (
                row["row"].as_i64().expect("a number"),
                row["name"].as_str().expect("a name"),
            )
        })
        .collect()
}

async fn customer(person: &Person, name: &str) -> Value {
    let rows = person.rows("customers", json!({ "search": name })).await;
    rows.into_iter()
        .find(|row| row["name"] == name)
        .expect("the customer")
}

/// The form of a customer, as a person opens it.
async fn form(person: &Person, name: &str) -> Value {
    let id = customer(person, name).await["id"].clone();
    let mut form = person.ok("customers.read", json!({ "id": id })).await;
    form["password"] = Value::Null;
    form["without_contact"] = json!(true);
    form
}

/// CUS-26, UI-08: two administrators preview the same new customer under two addresses. The second save overwrites nothing:
/// it names the row, which waits, compared with what is there by now, and can be saved then.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_people_the_second_is_told() {
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    let file = |address: &str, by: &str| {
        format!("{HEADER}\r\n{address},,Same 1,COMAdmin,pw-{by},,,,by {by},\r\n192.0.2.{by}9,,Own {by},COMAdmin,pw,,,,,\r\n")
            .replace(".A9", ".19")
            .replace(".B9", ".29")
    };
    let first = open(&harness, &chief, &file("192.0.2.1", "A")).await;
    let second = open(&harness, &chief, &file("192.0.2.2", "B")).await;
    assert_eq!(
        (&first["counts"]["new"], &second["counts"]["new"]),
        (&json!(2), &json!(2))
    );
    let receipt = chief.ok("customers.import_save", save(&first["import"])).await;
    assert_eq!((receipt["added"].as_i64(), changed(&receipt).len()), (Some(2), 0));
    let receipt = chief.ok("customers.import_save", save(&second["import"])).await;
    assert_eq!(
        (
            receipt["added"].as_i64(),
            receipt["updated"].as_i64(),
            receipt["finished"].as_bool()
        ),
        (Some(1), Some(0), Some(false))
    );
    assert_eq!(changed(&receipt), [(1, "Same 1")]);
    assert_eq!(customer(&chief, "Same 1").await["notes"], "by A");

    let import = &second["import"];
    let row = window(&chief, import).await[0].clone();
    assert_eq!((&row["state"], &row["changed"]), (&json!("update"), &json!(true)));
    let only = json!({ "import": import, "changed": true });
    assert_eq!(chief.ok("customers.import_rows", only).await, json!([1]));
    let receipt = chief.ok("customers.import_save", save(import)).await;
    assert_eq!(
        (receipt["updated"].as_i64(), receipt["finished"].as_bool()),
        (Some(1), Some(true))
    );
    assert_eq!(customer(&chief, "Same 1").await["notes"], "by B");
}

/// CUS-26: a colleague's edit is not overwritten, a deleted customer does not come back, a renamed one does not become two.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_customer_that_changed_is_left() {
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    let rows = |note: &str| {
        let names = ["Edited", "Deleted", "Renamed", "Kept"];
        let row = |(number, name): (usize, &&str)| format!("192.0.2.{number},,{name},COMAdmin,pw,,,,{note},");
        let rows: Vec<String> = names.iter().enumerate().map(row).collect();
        format!("{HEADER}\r\n{}\r\n", rows.join("\r\n"))
    };
    let begun = open(&harness, &chief, &rows("")).await;
    chief.ok("customers.import_save", save(&begun["import"])).await;
    let view = open(&harness, &chief, &rows("from the file")).await;
    let import = &view["import"];
    assert_eq!(view["counts"]["update"], 4);

    let mut edited = form(&chief, "Edited").await;
    edited["telephone"] = json!("+49 40 5550");
    chief.ok("customers.save", edited).await;
    let deleted = customer(&chief, "Deleted").await["id"].clone();
    chief.ok("customers.delete", json!({ "ids": [deleted] })).await;
    let mut renamed = form(&chief, "Renamed").await;
    renamed["name"] = json!("Another Name");
    renamed["host"] = json!("192.0.2.77");
    renamed["password"] = json!("pw");
    chief.ok("customers.save", renamed).await;

    let receipt = chief.ok("customers.import_save", save(import)).await;
    assert_eq!(changed(&receipt), [(1, "Edited"), (2, "Deleted"), (3, "Renamed")]);
    assert_eq!(
        (receipt["updated"].as_i64(), receipt["added"].as_i64()),
        (Some(1), Some(0))
    );
    assert_eq!(chief.index("customers", json!({})).await.len(), 3);
    let edited = form(&chief, "Edited").await;
    assert_eq!(
        (&edited["telephone"], &edited["notes"]),
        (&json!("+49 40 5550"), &json!(""))
    );
    assert_eq!(customer(&chief, "Kept").await["notes"], "from the file");
    let states: Vec<Value> = window(&chief, import)
        .await
        .iter()
        .map(|row| row["state"].clone())
        .collect();
    assert_eq!(states, ["update", "new", "new"]);
}

/// CUS-26, UI-08: what was previewed is what the person saw, not what the list has come to know since.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_preview_is_the_one_that_was_seen() {
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    let file =
        format!("{HEADER}\r\n192.0.2.1,,Seen,COMAdmin,pw,,,,mine,\r\n192.0.2.2,,Other,COMAdmin,pw,,,,,\r\n");
    let seen = open(&harness, &chief, &file).await;
    let theirs = format!("{HEADER}\r\n192.0.2.1,,Seen,COMAdmin,pw,,,,theirs,\r\n");
    let other = open(&harness, &chief, &theirs).await;
    chief.ok("customers.import_save", save(&other["import"])).await;
    // Another window of the same person has looked since.
    let import = json!({ "import": seen["import"] });
    let view = chief.ok("customers.import_view", import).await;
    assert_ne!(view["preview"], seen["preview"]);
    let mut arguments = save(&seen["import"]);
    arguments["preview"] = seen["preview"].clone();
    let receipt = chief.ok("customers.import_save", arguments.clone()).await;
    assert_eq!(changed(&receipt), [(1, "Seen")]);
    assert_eq!(receipt["added"], 1);
    assert_eq!(customer(&chief, "Seen").await["notes"], "theirs");
    // What nobody can know any more is refused.
    arguments["preview"] = json!("of another time.1");
    let refused = chief.refused("customers.import_save", arguments).await;
    assert_eq!(refused, ErrorCode::Changed);
}

fn many(count: usize) -> String {
    let rows = (0..count).map(|row| {
        format!(
            "10.1.{}.{},,Customer {row:05},COMAdmin,pw,,,,,\r\n",
            row / 250,
            row % 250
        )
    });
    format!("{HEADER}\r\n{}", rows.collect::<String>())
}

/// GEN-03, GEN-09, REL-01: many rows are saved in batches with an entry of the audit log each. Cancelled in between, what is
/// stored is out of the list and the rest waits in it; and it can be taken up.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_rows_are_saved_in_batches() {
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    let count = 3 * BATCH + 1;
    let import = open(&harness, &chief, &many(count)).await["import"].clone();
    let workspace = harness.workspace().await;
    let mut events = workspace.database.subscribe();
    let (person, arguments) = (chief.clone(), save(&import));
    let saved = tokio::spawn(async move { person.ok("customers.import_save", arguments).await });
    // Cancelled as soon as a part is done.
    loop {
        if let Event::Work { work } = events.recv().await.expect("an event") {
            assert!(work.cancellable);
            if work.done > 0 {
                chief.ok("work.cancel", json!({ "id": work.id })).await;
                break;
            }
        }
    }
    let receipt = saved.await.expect("it ends");
    let added = usize::try_from(receipt["added"].as_i64().expect("a number")).expect("a number");
    assert_eq!(receipt["stopped"], "work.cancelled");
    assert!(added % BATCH == 0 && added > 0 && added < count, "{added}");
    assert_eq!(chief.index("customers", json!({})).await.len(), added);
    assert_eq!(numbers(&chief, &import).await.len(), count - added);
    let receipt = chief.ok("customers.import_save", save(&import)).await;
    assert_eq!(
        (receipt["added"].as_u64(), &receipt["finished"]),
        (Some((count - added) as u64), &json!(true))
    );
    let entries = chief
        .rows("audit", json!({ "search": "customers.import_save" }))
        .await;
    assert_eq!(entries.len(), count.div_ceil(BATCH));
}

/// PERF-18, GEN-03: while very many rows are saved a colleague saves one customer, and waits for no more than a batch. The
/// list says meanwhile that it is busy.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_colleague_does_not_wait_for_an_import() {
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    crate::people::add_account(&chief, "boss", "administrator").await;
    let colleague = harness.sign_in("boss").await;
    let count = 8 * BATCH;
    let first = open(&harness, &chief, &many(1)).await;
    chief.ok("customers.import_save", save(&first["import"])).await;
    let import = open(&harness, &chief, &many(count)).await["import"].clone();
    let workspace = harness.workspace().await;
    let mut events = workspace.database.subscribe();
    let (person, arguments) = (chief.clone(), save(&import));
    let saved = tokio::spawn(async move { person.ok("customers.import_save", arguments).await });
    loop {
        if let Event::Work { work } = events.recv().await.expect("an event")
            && work.done > 0
        {
            break;
        }
    }
    let busy = chief
        .refused(
            "customers.import_remove",
            json!({ "import": import, "rows": [2] }),
        )
        .await;
    assert_eq!(busy, ErrorCode::ImportBusy);
    let mut longest = Duration::ZERO;
    let mut times = 0;
    while !saved.is_finished() {
        let mut edit = form(&colleague, "Customer 00000").await;
        edit["notes"] = json!(format!("number {times}"));
        let begun = Instant::now();
        colleague.ok("customers.save", edit).await;
        longest = longest.max(begun.elapsed());
        times += 1;
    }
    let receipt = saved.await.expect("it ends");
    assert_eq!(receipt["added"].as_u64(), Some(count as u64 - 1));
    assert!(times > 0);
    println!("{times} saves meanwhile, the longest {longest:?}");
    // A batch takes a fraction of that on any machine; the whole act takes longer.
    assert!(longest < Duration::from_secs(5), "{longest:?}");
}

/// CUS-26: other lists that are opened meanwhile are nobody's change; what really changed is still known by then.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn other_lists_change_nothing() {
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    let file = |number: usize| {
        format!(
            "{HEADER}\r\n192.0.2.{number},,Site {number},COMAdmin,pw,,,,,\r\n198.51.100.{number},,Shop {number},COMAdmin,pw,,,,,\r\n"
        )
    };
    let quiet = open(&harness, &chief, &file(1)).await;
    let disturbed = open(&harness, &chief, &file(2)).await;
    for number in 10..20 {
        open(&harness, &chief, &file(number)).await;
    }
    let saved = |view: &Value| json!({ "import": view["import"], "without_contact": true, "preview": view["preview"] });
    let receipt = chief.ok("customers.import_save", saved(&quiet)).await;
    assert_eq!(
        (receipt["added"].as_i64(), receipt["finished"].as_bool()),
        (Some(2), Some(true))
    );

    // Somebody adds one of the customers meanwhile.
    let other = open(
        &harness,
        &chief,
        &format!("{HEADER}\r\n192.0.2.200,,Site 2,COMAdmin,pw,,,,,\r\n"),
    )
    .await;
    chief.ok("customers.import_save", save(&other["import"])).await;
    for number in 20..26 {
        open(&harness, &chief, &file(number)).await;
    }
    let receipt = chief.ok("customers.import_save", saved(&disturbed)).await;
    assert_eq!(changed(&receipt), [(1, "Site 2")]);
    assert_eq!(receipt["added"].as_i64(), Some(1));
}
