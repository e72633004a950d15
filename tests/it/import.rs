//! Import of customers through the command table, also with contact to simulated systems over TLS.

use crate::harness::{Harness, Person};
use flotilla_kernel::error::ErrorCode;
use flotilla_simulator::{Fault, Fleet, FleetOptions, Solution};
use serde_json::{Value, json};
use std::path::Path;

mod columns;
mod devices;
mod first_accounts;
mod folders;
mod meanwhile;
mod reading;

const HEADER: &str =
    "IP Address/FQDN,Port,Name,Ipoffice Username,Ipoffice Password,Address,Telephone Number,Email,Note,Tags";

/// Opens a file with these bytes, as a dialog does.
async fn open_file(
    harness: &Harness,
    person: &Person,
    path: &Path,
    bytes: &[u8],
) -> Result<Value, ErrorCode> {
    std::fs::write(path, bytes).expect("a file is written");
    let transfers = harness.workspace().await.transfers.clone();
    let upload = transfers
        .choose(person.session().await, path)
        .expect("the file is there");
    let arguments = json!({ "upload": upload.upload, "mode": "on-premises" });
    person
        .call("customers.import_open", arguments)
        .await
        .map_err(|problem| problem.code)
}

async fn open(harness: &Harness, person: &Person, text: &str) -> Value {
    let path = harness.folder().join("customers.csv");
    open_file(harness, person, &path, text.as_bytes())
        .await
        .expect("the file opens")
}

async fn numbers(person: &Person, import: &Value) -> Vec<u64> {
    let rows = person
        .ok("customers.import_rows", json!({ "import": import }))
        .await;
    rows.as_array()
        .expect("numbers")
        .iter()
        .map(|row| row.as_u64().expect("a number"))
        .collect()
}

async fn window(person: &Person, import: &Value) -> Vec<Value> {
    let rows = numbers(person, import).await;
    person
        .ok(
            "customers.import_window",
            json!({ "import": import, "rows": rows }),
        )
        .await
        .as_array()
        .expect("rows")
        .clone()
}

fn codes(row: &Value) -> Vec<(&str, &str)> {
    let problems = row["problems"].as_array().expect("problems").iter();
    problems
        .map(|problem| {
            (
                problem["field"].as_str().expect("a field"),
                problem["code"].as_str().expect("a code"),
            )
        })
        .collect()
}

/// Waits until no test of the list runs, by the events that tell so.
async fn tested(harness: &Harness, person: &Person, import: &Value) -> Value {
    let mut events = harness.workspace().await.database.subscribe();
    loop {
        let view = person
            .ok("customers.import_view", json!({ "import": import }))
            .await;
        if view["test"].is_null() {
            return view;
        }
        events.recv().await.expect("the workspace is open");
    }
}

/// CUS-20, CUS-21, CUS-22: a file with every mistake shows every problem at once, and stores nothing.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_mistake_is_shown_at_once() {
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    let file = [
        HEADER,
        "192.0.2.1,8443,Right,COMAdmin,pw,,,,,a;b",
        "192.0.2.2,99999,Bad Port,COMAdmin,pw,,,,,",
        "192.0.2.3,,right,COMAdmin,pw,,,,,",
        "192.0.2.1,,Same Address,COMAdmin,pw,,,,,",
        "192.0.2.5,,Six Tags,COMAdmin,pw,,,,,a;b;c;d;e;f",
        "192.0.2.6,,,COMAdmin,pw,,,,,",
        "10.31.2.300,x,Host,,,,call me,nobody,\"=cmd|' /C calc'!A0\",",
        "192.0.2.8,,Few,COMAdmin,pw",
        "192.0.2.9,,Many,COMAdmin,pw,,,,,,x,y",
        "192.0.2.10,,Stray \"quote,COMAdmin,pw,,,,,",
        "192.0.2.11,,\"Never closed,COMAdmin,pw,,,,,",
        "192.0.2.12,,Last,COMAdmin,pw,,,,,",
    ]
    .join("\r\n");
    let view = open(&harness, &chief, &file).await;
    assert_eq!(
        (
            view["counts"]["all"].as_i64(),
            view["counts"]["new"].as_i64(),
            view["counts"]["invalid"].as_i64()
        ),
        (Some(12), Some(1), Some(11))
    );
    // That which is swallowed by a quote is one, too.
    assert_eq!(view["passwords"], 11);
    let lines: Vec<i64> = view["problems"]
        .as_array()
        .expect("problems")
        .iter()
        .map(|problem| problem["params"]["line"].as_i64().expect("a line"))
        .collect();
    assert_eq!(lines, [11, 12]);
    let rows = window(&chief, &view["import"]).await;
    // CUS-26: of two rows that clash both are marked.
    assert_eq!(
        codes(&rows[0]),
        [("name", "import.same-name"), ("host", "import.same-address")]
    );
    assert_eq!(rows[0]["problems"][1]["params"]["row"], 4);
    assert_eq!(codes(&rows[1]), [("port", "field.out-of-range")]);
    assert_eq!(codes(&rows[2]), [("name", "import.same-name")]);
    assert_eq!(codes(&rows[3]), [("host", "import.same-address")]);
    assert_eq!(rows[3]["problems"][0]["params"]["row"], 1);
    assert_eq!(codes(&rows[4]), [("tags", "field.too-many-tags")]);
    assert_eq!(codes(&rows[5]), [("name", "field.required")]);
    assert_eq!(
        codes(&rows[6]),
        [
            ("host", "field.not-an-address"),
            ("port", "field.not-a-number"),
            ("user_name", "field.required"),
            ("telephone", "field.not-a-telephone"),
            ("email", "field.not-an-email"),
            ("password", "field.required"),
        ]
    );
    // CUS-26: a formula is text.
    assert_eq!(rows[6]["cells"]["notes"], "=cmd|' /C calc'!A0");
    assert_eq!(codes(&rows[7]), [("row", "import.too-few-columns")]);
    assert_eq!(codes(&rows[8]), [("row", "import.too-many-columns")]);
    assert_eq!(codes(&rows[9]), [("row", "import.quoting")]);
    assert!(codes(&rows[10]).contains(&("row", "import.quoting")));
    assert_eq!(codes(&rows[11]), []);
    assert_eq!(chief.index("customers", json!({})).await.len(), 0);
    // CUS-23: nothing was tested, so nothing is saved without a clear word.
    assert_eq!(
        chief
            .refused("customers.import_save", json!({ "import": view["import"] }))
            .await,
        ErrorCode::NothingToSave
    );
    // CUS-24: no password comes back.
    assert!(!rows.iter().any(|row| row.to_string().contains("\"pw\"")));

    let wrong = open(
        &harness,
        &chief,
        "IP Address/FQDN,Port,Port,Nome\n192.0.2.1,1,2,x\n",
    )
    .await;
    assert_eq!(wrong["problems"].as_array().expect("problems").len(), 10);
    assert_eq!(wrong["counts"]["invalid"], 1);
}

/// CUS-21: encodings and separators are detected, shown and can be changed.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn encodings_are_detected_and_changed() {
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    let path = harness.folder().join("list.csv");
    let text = "IP Address/FQDN;Port;Name;Ipoffice Username;Ipoffice Password;Address;Telephone Number;Email;Note;Tags\r\n192.0.2.1;;日本支社サンプル;COMAdmin;pw;;;;;東京|金\r\n";
    let (shift_jis, _, _) = encoding_rs::SHIFT_JIS.encode(text);
    let utf_16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    for (bytes, encoding) in [
        (shift_jis.as_ref(), "shift_jis"),
        (&utf_16, "utf-16le"),
        (text.as_bytes(), "utf-8"),
    ] {
        let view = open_file(&harness, &chief, &path, bytes)
            .await
            .expect("the file opens");
        assert_eq!(
            (view["encoding"].as_str(), view["separator"].as_str()),
            (Some(encoding), Some("semicolon"))
        );
        let row = &window(&chief, &view["import"]).await[0];
        assert_eq!(
            (row["cells"]["name"].as_str(), row["cells"]["tags"].as_str()),
            (Some("日本支社サンプル"), Some("東京;金"))
        );
    }
    let view = open_file(&harness, &chief, &path, &shift_jis)
        .await
        .expect("the file opens");
    let options =
        json!({ "import": view["import"], "encoding": "windows-1252", "separator": null, "mode": "cloud" });
    let changed = chief.ok("customers.import_options", options).await;
    assert_eq!(
        (
            changed["encoding"].as_str(),
            changed["encoding_detected"].as_bool(),
            changed["mode"].as_str()
        ),
        (Some("windows-1252"), Some(false), Some("cloud"))
    );
    assert_ne!(
        window(&chief, &view["import"]).await[0]["cells"]["name"],
        "日本支社サンプル"
    );
    assert_eq!(
        open_file(&harness, &chief, &path, b"\0\x01\x02\0").await,
        Err(ErrorCode::FileNotText)
    );
    assert_eq!(
        open_file(&harness, &chief, &path, b"\n").await,
        Err(ErrorCode::FileEmpty)
    );
}

/// CUS-22, REL-01, GEN-09: rows are edited, added and removed, and nothing of it is lost when the program ends.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_waiting_list_outlives_the_program() {
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    let view = open(&harness, &chief, &format!("{HEADER}\n192.0.2.1,,One,COMAdmin,pw1,,,,,\n192.0.2.2,,Two,COMAdmin,pw2,,,,,\n192.0.2.3,x,Three,COMAdmin,pw3,,,,,\n")).await;
    let import = view["import"].clone();
    let mut cells = window(&chief, &import).await[2]["cells"].clone();
    cells["port"] = json!("443");
    let view = chief
        .ok(
            "customers.import_edit",
            json!({ "import": import, "row": 3, "cells": cells, "password": null }),
        )
        .await;
    assert_eq!(view["counts"]["invalid"], 0);
    cells["name"] = json!("Four");
    cells["host"] = json!("four.example");
    chief
        .ok(
            "customers.import_edit",
            json!({ "import": import, "row": null, "cells": cells, "password": "secret4" }),
        )
        .await;
    chief
        .ok(
            "customers.import_remove",
            json!({ "import": import, "rows": [2] }),
        )
        .await;
    let before = window(&chief, &import).await;
    assert_eq!(numbers(&chief, &import).await, [1, 3, 4]);

    let harness = harness.restarted(false).await;
    let chief = harness.sign_in("chief").await;
    let waiting = chief.ok("customers.import_waiting", json!({})).await;
    assert_eq!(
        (waiting.as_array().map(Vec::len), &waiting[0]["import"]),
        (Some(1), &import)
    );
    assert_eq!(window(&chief, &import).await, before);
    assert!(
        before.iter().all(|row| row["has_password"] == true)
            && !json!(before).to_string().contains("secret4")
    );
    let sorted = chief
        .ok(
            "customers.import_rows",
            json!({ "import": import, "sort": { "column": "name", "descending": true } }),
        )
        .await;
    assert_eq!(sorted, json!([3, 1, 4]));
    assert_eq!(
        chief
            .ok(
                "customers.import_rows",
                json!({ "import": import, "search": "FOUR" })
            )
            .await,
        json!([4])
    );
    assert_eq!(
        chief
            .ok(
                "customers.import_rows",
                json!({ "import": import, "search": "secret4" })
            )
            .await,
        json!([])
    );

    // CUS-23: without contact, as a clear choice.
    let receipt = chief
        .ok(
            "customers.import_save",
            json!({ "import": import, "without_contact": true }),
        )
        .await;
    assert_eq!(
        (
            receipt["added"].as_i64(),
            receipt["without_contact"].as_i64(),
            receipt["finished"].as_bool()
        ),
        (Some(3), Some(3), Some(true))
    );
    assert_eq!(chief.ok("customers.import_waiting", json!({})).await, json!([]));
    let rows = chief.rows("customers", json!({})).await;
    assert_eq!(rows.len(), 3);
    assert!(rows.iter().all(|row| row["status"] == "never_tried"));
    // ADM-20: one entry each.
    let acts: Vec<String> = chief
        .rows("audit", json!({}))
        .await
        .iter()
        .filter_map(|row| row["act"].as_str().map(str::to_owned))
        .collect();
    assert_eq!(
        acts.iter()
            .filter(|act| act.starts_with("customers.import_"))
            .count(),
        5
    );

    // CUS-22: the same file again changes nothing; only what differs is an update.
    let again = open(&harness, &chief, &format!("{HEADER}\n192.0.2.1,,One,COMAdmin,pw1,,,,,\n192.0.2.3,443,Three,COMAdmin,,,,,Call first,\nelse.example,,Four,COMAdmin,pw4,,,,,\n")).await;
    assert_eq!(
        (
            again["counts"]["unchanged"].as_i64(),
            again["counts"]["update"].as_i64()
        ),
        (Some(1), Some(2))
    );
    let changed = &window(&chief, &again["import"]).await[1];
    assert_eq!(changed["was"], json!([{ "field": "notes", "value": "" }]));
    let receipt = chief
        .ok(
            "customers.import_save",
            json!({ "import": again["import"], "without_contact": true }),
        )
        .await;
    assert_eq!(
        (receipt["updated"].as_i64(), receipt["unchanged"].as_i64()),
        (Some(2), Some(1))
    );
    assert_eq!(chief.index("customers", json!({})).await.len(), 3);
}

/// CUS-24: the file is deleted on request, but not when somebody has worked on it since.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_file_is_deleted_on_request() {
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    let path = harness.folder().join("customers.csv");
    let text = format!("{HEADER}\n192.0.2.1,,One,COMAdmin,pw1,,,,,\n");
    let view = open(&harness, &chief, &text).await;
    assert_eq!(view["deletable"], true);
    let import = json!({ "import": view["import"] });
    chief
        .ok(
            "customers.import_save",
            json!({ "import": view["import"], "without_contact": true }),
        )
        .await;
    std::fs::write(&path, format!("{text}192.0.2.2,,Two,COMAdmin,pw2,,,,,\n")).expect("written");
    assert_eq!(
        chief
            .refused("customers.import_delete_file", import.clone())
            .await,
        ErrorCode::FileNotDeleted
    );
    std::fs::write(&path, &text).expect("written");
    chief.ok("customers.import_delete_file", import.clone()).await;
    assert!(!path.exists());
    assert_eq!(
        chief.refused("customers.import_view", import).await,
        ErrorCode::NotFound
    );
}

/// CUS-23, GEN-09: a test that meets nobody says so for each row, and leaves them behind.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rows_that_do_not_answer_stay_behind() {
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    // Nobody listens there.
    let port = std::net::TcpListener::bind("127.0.0.1:0")
        .and_then(|listener| listener.local_addr())
        .expect("a port")
        .port();
    let rows: Vec<String> = (1..=40)
        .map(|row| format!("127.0.0.{row},{port},Customer {row},COMAdmin,pw,,,,,"))
        .collect();
    let view = open(
        &harness,
        &chief,
        &format!("{HEADER}\n{}\nx y,,Broken,COMAdmin,pw,,,,,\n", rows.join("\n")),
    )
    .await;
    let import = view["import"].clone();
    let begun = chief
        .ok("customers.import_test", json!({ "import": import, "rows": null }))
        .await;
    assert_eq!(begun["test"]["total"], 40);
    let view = tested(&harness, &chief, &import).await;
    assert_eq!(
        (
            view["counts"]["failed"].as_i64(),
            view["counts"]["untested"].as_i64(),
            view["counts"]["invalid"].as_i64()
        ),
        (Some(40), Some(40), Some(1))
    );
    assert_eq!(
        chief
            .refused("customers.import_save", json!({ "import": import }))
            .await,
        ErrorCode::NothingToSave
    );

    let harness = harness.restarted(false).await;
    let chief = harness.sign_in("chief").await;
    let rows = window(&chief, &import).await;
    assert!(
        rows[..40]
            .iter()
            .all(|row| row["test"]["kind"] == "done" && row["test"]["status"] == "unreachable")
    );
    assert_eq!(rows[40]["test"]["kind"], "none");
    // Another password is another connection: what was found out says nothing of it.
    chief
        .ok(
            "customers.import_edit",
            json!({ "import": import, "row": 1, "cells": rows[0]["cells"], "password": "other" }),
        )
        .await;
    assert_eq!(window(&chief, &import).await[0]["test"]["kind"], "none");
    chief
        .ok("customers.import_discard", json!({ "import": import }))
        .await;
    assert_eq!(chief.ok("customers.import_waiting", json!({})).await, json!([]));
}

/// RGT-12: an operator neither opens nor sees a waiting list, and the refusal is written down.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn imports_are_for_administrators() {
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    let (_, operator) = harness.operator(&chief, "olga").await;
    let view = open(&harness, &chief, &format!("{HEADER}\n")).await;
    assert_eq!(
        operator
            .refused("customers.import_view", json!({ "import": view["import"] }))
            .await,
        ErrorCode::RightMissing
    );
    // CUS-20: the template opens as a file without problems.
    let download = chief.ok("customers.import_template", json!({})).await;
    let id = serde_json::from_value(download["download"].clone()).expect("an id");
    let (path, _) = harness
        .workspace()
        .await
        .transfers
        .fetch(id, chief.session().await)
        .expect("it waits");
    let template = std::fs::read_to_string(path).expect("it is read");
    assert_eq!(template.lines().next(), Some(HEADER));
    let view = open(&harness, &chief, &template).await;
    assert_eq!(
        (
            view["problems"].as_array().map(Vec::len),
            view["counts"]["new"].as_i64()
        ),
        (Some(0), Some(2))
    );
}

/// What one row of the file says of a solution.
fn line(solution: &Solution) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let port = solution.port().to_string();
    writer
        .write_record([
            &solution.address(),
            &port,
            solution.name(),
            solution.user(),
            solution.password(),
            "",
            "",
            "",
            "",
            "simulated",
        ])
        .expect("written");
    String::from_utf8(writer.into_inner().expect("written")).expect("text")
}

async fn fleet(customers: usize) -> Fleet {
    Fleet::start(FleetOptions {
        customers,
        ..FleetOptions::default()
    })
    .await
    .expect("the fleet starts")
}

fn count(view: &Value, name: &str) -> i64 {
    view["counts"][name].as_i64().expect("a count")
}

/// CUS-11, CUS-15, CUS-23, REL-01: nothing is sent before a yes to the certificate; results, pins and what was saved
/// outlive the program; only what answered is stored, once.
#[tokio::test(flavor = "multi_thread")]
async fn rows_are_tested_trusted_and_saved() {
    let fleet = fleet(12).await;
    fleet.solutions()[3].set_fault(Fault::WrongPassword);
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    let file = format!(
        "{HEADER}\n{}",
        fleet.solutions().iter().map(line).collect::<String>()
    );
    let view = open(&harness, &chief, &file).await;
    let import = view["import"].clone();
    assert_eq!(count(&view, "new"), 12);
    chief
        .ok("customers.import_test", json!({ "import": import, "rows": null }))
        .await;
    let view = tested(&harness, &chief, &import).await;
    assert_eq!((count(&view, "untrusted"), count(&view, "savable")), (12, 0));
    assert_eq!(fleet.counters().credential_bytes, 0);
    let row = &window(&chief, &import).await[0];
    assert_eq!(row["test"]["status"], "certificate_not_trusted");
    let shown = row["test"]["certificate"]["sha256"]
        .as_str()
        .expect("a certificate")
        .replace(':', "")
        .to_lowercase();
    assert_eq!(shown, fleet.solutions()[0].fingerprint().expect("a certificate"));

    let harness = harness.restarted(false).await;
    let chief = harness.sign_in("chief").await;
    chief
        .ok(
            "customers.import_trust",
            json!({ "import": import, "rows": null }),
        )
        .await;
    assert_eq!(
        chief
            .refused(
                "customers.import_remove",
                json!({ "import": import, "rows": [1] })
            )
            .await,
        ErrorCode::ImportBusy
    );
    let view = tested(&harness, &chief, &import).await;
    assert_eq!(
        (
            count(&view, "connected"),
            count(&view, "savable"),
            count(&view, "failed")
        ),
        (11, 11, 1)
    );

    let harness = harness.restarted(false).await;
    let chief = harness.sign_in("chief").await;
    let receipt = chief
        .ok("customers.import_save", json!({ "import": import }))
        .await;
    assert_eq!(
        (
            receipt["added"].as_i64(),
            receipt["left"].as_i64(),
            receipt["finished"].as_bool()
        ),
        (Some(11), Some(1), Some(false))
    );
    let rows = chief.rows("customers", json!({})).await;
    assert_eq!(rows.len(), 11);
    assert!(
        rows.iter().all(|row| row["connection"] == "connected"
            && row["systems"].as_i64().is_some_and(|systems| systems > 0))
    );
    assert_eq!(numbers(&chief, &import).await, [4]);
    assert_eq!(
        window(&chief, &import).await[0]["test"]["status"],
        "authorization_failed"
    );
    // The same file again: all of them are known by now.
    let again = open(&harness, &chief, &file).await;
    assert_eq!((count(&again, "unchanged"), count(&again, "new")), (11, 1));

    // The password is right by now; the row that stayed behind follows.
    fleet.solutions()[3].clear_faults();
    chief
        .ok("customers.import_test", json!({ "import": import, "rows": null }))
        .await;
    assert_eq!(count(&tested(&harness, &chief, &import).await, "savable"), 1);
    assert_eq!(
        chief
            .ok("customers.import_save", json!({ "import": import }))
            .await["finished"],
        true
    );
    assert_eq!(chief.index("customers", json!({})).await.len(), 12);
    fleet.stop().await;
}

/// CUS-23, GEN-09: a test that is cancelled keeps what it found out; the rest can be tested later.
#[tokio::test(flavor = "multi_thread")]
async fn a_cancelled_test_keeps_its_results() {
    let fleet = fleet(30).await;
    for solution in &fleet.solutions()[15..] {
        solution.set_fault(Fault::Slow { milliseconds: 60_000 });
    }
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    let view = open(
        &harness,
        &chief,
        &format!(
            "{HEADER}\n{}",
            fleet.solutions().iter().map(line).collect::<String>()
        ),
    )
    .await;
    let import = view["import"].clone();
    chief
        .ok("customers.import_test", json!({ "import": import, "rows": null }))
        .await;
    tested(&harness, &chief, &import).await;
    chief
        .ok(
            "customers.import_trust",
            json!({ "import": import, "rows": null }),
        )
        .await;
    let mut events = harness.workspace().await.database.subscribe();
    let running = loop {
        let view = chief
            .ok("customers.import_view", json!({ "import": import }))
            .await;
        if count(&view, "connected") == 15 {
            break view;
        }
        events.recv().await.expect("the workspace is open");
    };
    chief
        .ok("work.cancel", json!({ "id": running["test"]["work"] }))
        .await;
    let view = tested(&harness, &chief, &import).await;
    assert_eq!(
        (
            count(&view, "connected"),
            count(&view, "savable"),
            count(&view, "untested")
        ),
        (15, 15, 15)
    );
    fleet.stop().await;
}

/// PERF, CUS-23: a thousand customers in less than a minute. Run by hand, in release.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "a measurement"]
async fn a_thousand_are_tested() {
    let fleet = fleet(1_000).await;
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    let start = std::time::Instant::now();
    let view = open(
        &harness,
        &chief,
        &format!(
            "{HEADER}\n{}",
            fleet.solutions().iter().map(line).collect::<String>()
        ),
    )
    .await;
    let import = view["import"].clone();
    println!("opened after {:?}", start.elapsed());
    chief
        .ok("customers.import_test", json!({ "import": import, "rows": null }))
        .await;
    let view = tested(&harness, &chief, &import).await;
    println!("certificates met after {:?}: {}", start.elapsed(), view["counts"]);
    chief
        .ok(
            "customers.import_trust",
            json!({ "import": import, "rows": null }),
        )
        .await;
    let view = tested(&harness, &chief, &import).await;
    println!("tested after {:?}: {}", start.elapsed(), view["counts"]);
    assert_eq!(count(&view, "savable"), 1_000);
    chief
        .ok("customers.import_save", json!({ "import": import }))
        .await;
    println!("saved after {:?}", start.elapsed());
    fleet.stop().await;
}

/// CRT-11: a yes to all certificates is one to those met for the first time; one that has changed is looked at by itself.
#[tokio::test(flavor = "multi_thread")]
async fn a_changed_certificate_is_never_one_of_all() {
    let fleet = fleet(2).await;
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    let file = format!(
        "{HEADER}\n{}",
        fleet.solutions().iter().map(line).collect::<String>()
    );
    let all = |import: &Value| json!({ "import": import, "rows": null });
    let view = open(&harness, &chief, &file).await;
    let import = view["import"].clone();
    chief.ok("customers.import_test", all(&import)).await;
    tested(&harness, &chief, &import).await;
    chief.ok("customers.import_trust", all(&import)).await;
    tested(&harness, &chief, &import).await;
    chief
        .ok("customers.import_save", json!({ "import": import }))
        .await;

    // The second system shows another certificate by now; and its new password is in the file.
    let changed = &fleet.solutions()[1];
    changed.change_certificate().expect("another certificate");
    let before = changed.counters().credential_bytes;
    let text = format!(
        "{HEADER}\n{},{},{},{},new-password,,,,,\n",
        changed.address(),
        changed.port(),
        changed.name(),
        changed.user()
    );
    let view = open(&harness, &chief, &text).await;
    let import = view["import"].clone();
    chief.ok("customers.import_test", all(&import)).await;
    tested(&harness, &chief, &import).await;
    assert_eq!(
        chief.refused("customers.import_trust", all(&import)).await,
        ErrorCode::CertificateNotThisOne
    );
    assert_eq!(changed.counters().credential_bytes, before);
    // By itself it can be said yes to.
    chief
        .ok("customers.import_trust", json!({ "import": import, "rows": [1] }))
        .await;
    tested(&harness, &chief, &import).await;
    assert!(changed.counters().credential_bytes > before);
    fleet.stop().await;
}

/// CUS-21, CUS-22: a row that was added by hand stays a row of its own, also when the file, read in another way, has
/// fewer rows, and then more again.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_added_row_never_covers_one_of_the_file() {
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    let header = HEADER.replace(',', ";");
    let text = format!("{header}\n192.0.2.1;;One;COMAdmin;pw1;;;;;\n");
    let view = open(&harness, &chief, &text).await;
    let import = view["import"].clone();
    let mut cells = window(&chief, &import).await[0]["cells"].clone();
    cells["host"] = json!("192.0.2.2");
    cells["name"] = json!("Two");
    chief
        .ok(
            "customers.import_edit",
            json!({ "import": import, "row": null, "cells": cells, "password": "pw2" }),
        )
        .await;
    let read = async |separator: &str| {
        let options =
            json!({ "import": import, "encoding": null, "separator": separator, "mode": "on-premises" });
        chief.ok("customers.import_options", options).await;
        window(&chief, &import).await
    };
    let names = |rows: &[Value]| -> Vec<String> {
        rows.iter()
            .map(|row| row["cells"]["name"].as_str().unwrap_or_default().to_owned())
            .collect()
    };
    // Read with commas the file has no column that is known, and no row.
    assert_eq!(names(&read("comma").await), ["Two"]);
    let semicolons = read("semicolon").await;
    assert_eq!(names(&semicolons), ["One", "Two"]);
    assert!(semicolons.iter().all(|row| row["state"] == "new"));
    // And so it stands in the tables.
    let harness = harness.restarted(false).await;
    let chief = harness.sign_in("chief").await;
    assert_eq!(names(&window(&chief, &import).await), ["One", "Two"]);
}

/// GEN-08, GEN-09: a waiting list that nobody touches for a fortnight goes, with the passwords in it; so does one whose
/// owner is no administrator any more and could not reach it. Each is an entry of the audit log.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn abandoned_lists_go() {
    let harness = Harness::with_clock(crate::people::START).await;
    let chief = harness.administrator().await;
    let boss = crate::people::add_account(&chief, "boss", "administrator").await;
    let demoted = harness.sign_in("boss").await;
    let file = |name: &str| format!("{HEADER}\r\n127.0.9.1,,{name},user,secret,,,,,\r\n");
    open(&harness, &demoted, &file("Of the demoted")).await;
    let touched = open(&harness, &chief, &file("Touched")).await;
    open(&harness, &chief, &file("Forgotten")).await;
    let workspace = harness.workspace().await;
    let left = async || {
        flotilla_core::imports::service::expire(&workspace)
            .await
            .expect("looked");
        let count: i64 = sqlx::query_scalar("SELECT count(*) FROM import")
            .fetch_one(&mut *workspace.database.read().await.expect("a reader"))
            .await
            .expect("a number");
        count
    };
    assert_eq!(left().await, 3, "all of them are fresh");
    harness.clock.advance(flotilla_kernel::clock::days(10));
    let chief = harness.sign_in("chief").await;
    let edit = json!({ "import": touched["import"], "rows": [] });
    chief.ok("customers.import_remove", edit).await;
    let form = crate::people::account_form(&chief, &boss, json!({ "role": "operator" })).await;
    chief.ok("accounts.save", form).await;
    assert_eq!(left().await, 2, "nobody could reach it");
    harness.clock.advance(flotilla_kernel::clock::days(5));
    assert_eq!(left().await, 1, "nobody came back to it");
    let chief = harness.sign_in("chief").await;
    let waiting = chief.ok("customers.import_waiting", json!({})).await;
    assert_eq!(waiting[0]["import"], touched["import"]);
    let entries = chief
        .rows("audit", json!({ "search": "customers.import_expire" }))
        .await;
    assert_eq!(entries.len(), 2);
    harness.clock.advance(flotilla_kernel::clock::days(15));
    assert_eq!(left().await, 0);
}

/// CUS-24, GEN-03: when the list was changed elsewhere meanwhile nothing is deleted; a file that is gone already is no
/// error, and its deletion stands in the audit log.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_goes_with_its_entry_or_stays() {
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    let list = open(
        &harness,
        &chief,
        &format!("{HEADER}\r\n127.0.9.1,,One,user,secret,,,,,\r\n"),
    )
    .await;
    let argument = json!({ "import": list["import"] });
    let path = harness.folder().join("customers.csv");
    let workspace = harness.workspace().await;
    let elsewhere = async |revision: i64| {
        let mut transaction = workspace.database.begin().await.expect("a transaction");
        sqlx::query("UPDATE import_row SET overlay = json_set(overlay, '$.revision', ?) WHERE row = 0")
            .bind(revision)
            .execute(transaction.connection())
            .await
            .expect("changed by another process");
        transaction.commit().await.expect("committed");
    };
    elsewhere(9).await;
    let refused = chief
        .refused("customers.import_delete_file", argument.clone())
        .await;
    assert_eq!(refused, ErrorCode::Changed);
    assert!(path.exists(), "nothing was deleted");
    std::fs::remove_file(&path).expect("somebody else deletes it");
    chief.ok("customers.import_delete_file", argument).await;
    let entries = chief
        .rows("audit", json!({ "search": "import_delete_file" }))
        .await;
    let results: Vec<&Value> = entries.iter().map(|entry| &entry["result"]).collect();
    assert_eq!(results, [&json!("done"), &json!("failed")]);
}
