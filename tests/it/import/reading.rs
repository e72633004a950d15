//! What a person typed stays, however the file is read; what cannot be read shows no password.

use super::{HEADER, codes, numbers, open, open_file, window};
use crate::harness::{Harness, Person};
use serde_json::{Value, json};

async fn read_as(chief: &Person, import: &Value, encoding: Value, separator: Value) -> Value {
    let options =
        json!({ "import": import, "encoding": encoding, "separator": separator, "mode": "on-premises" });
    chief.ok("customers.import_options", options).await
}

async fn edit(chief: &Person, import: &Value, row: u32, cells: Value) -> Value {
    let edit = json!({ "import": import, "row": row, "cells": cells, "password": null });
    chief.ok("customers.import_edit", edit).await
}

/// CUS-26: an edit, a removed and an added row belong to the row of the file. Read with another separator, which has no row
/// for them, what was typed is still there and says so; read as before, everything is as it was, also after a restart.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn edits_belong_to_the_row_of_the_file() {
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    let text = format!(
        "{HEADER}\r\n192.0.2.1,,One,COMAdmin,pw,,,,,\r\n192.0.2.2,,Two,COMAdmin,pw,,,,,\r\n192.0.2.3,,Three,COMAdmin,pw,,,,,\r\n"
    );
    let import = open(&harness, &chief, &text).await["import"].clone();
    edit(&chief, &import, 1, json!({ "telephone": "+49 40 5550" })).await;
    let remove = json!({ "import": import, "rows": [2] });
    chief.ok("customers.import_remove", remove).await;
    let added = json!({ "host": "192.0.2.4", "name": "Four", "user_name": "COMAdmin" });
    let add = json!({ "import": import, "row": null, "cells": added, "password": "pw4" });
    chief.ok("customers.import_edit", add).await;
    let before = window(&chief, &import).await;
    assert_eq!(numbers(&chief, &import).await, [1, 3, 4]);

    read_as(&chief, &import, json!(null), json!("semicolon")).await;
    let rows = window(&chief, &import).await;
    let gone: Vec<&Value> = rows.iter().filter(|row| row["state"] == "invalid").collect();
    assert_eq!(gone.len(), 1, "{rows:?}");
    assert_eq!(codes(gone[0]), [("row", "import.row-gone")]);
    assert_eq!(gone[0]["cells"]["telephone"], "+49 40 5550");
    let names: Vec<&Value> = rows.iter().map(|row| &row["cells"]["name"]).collect();
    assert!(names.contains(&&json!("Four")) && !names.contains(&&json!("Two")));

    let harness = harness.restarted(false).await;
    let chief = harness.sign_in("chief").await;
    read_as(&chief, &import, json!(null), json!(null)).await;
    assert_eq!(window(&chief, &import).await, before);
    let save = json!({ "import": import, "without_contact": true });
    let receipt = chief.ok("customers.import_save", save).await;
    assert_eq!(
        (receipt["added"].as_i64(), receipt["finished"].as_bool()),
        (Some(3), Some(true))
    );
    let rows = chief.rows("customers", json!({ "search": "One" })).await;
    assert_eq!(rows.len(), 1);
}

/// CUS-26: an edit is of a cell; the others follow the encoding.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_edit_is_of_a_cell() {
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    let text = format!("{HEADER}\r\n127.10.5.5,8443,ウツボウ,COMAdmin,pw,,,,,\r\n");
    let (bytes, _, _) = encoding_rs::SHIFT_JIS.encode(&text);
    let path = harness.folder().join("list.csv");
    let view = open_file(&harness, &chief, &path, &bytes)
        .await
        .expect("the file opens");
    let import = view["import"].clone();
    read_as(&chief, &import, json!("windows-1252"), json!(null)).await;
    // As an older interface does it: the whole row, with the garbled name.
    let mut cells = window(&chief, &import).await[0]["cells"].clone();
    assert_ne!(cells["name"], "ウツボウ");
    cells["telephone"] = json!("+81 3 5550");
    edit(&chief, &import, 1, cells).await;
    read_as(&chief, &import, json!("shift_jis"), json!(null)).await;
    let row = &window(&chief, &import).await[0];
    assert_eq!(
        (row["cells"]["name"].as_str(), row["cells"]["telephone"].as_str()),
        (Some("ウツボウ"), Some("+81 3 5550"))
    );
}

/// GEN-08, CUS-26: a comma that was not quoted shows no password, in no cell and to no search, until the row is mended; then
/// it is a row like the others.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_moved_password_is_not_shown() {
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    let text = format!("{HEADER}\r\n192.0.2.50,,Shifted, Inc,COMAdmin,S3cret-pw,,,,,\r\n");
    let view = open(&harness, &chief, &text).await;
    let import = &view["import"];
    assert_eq!(view["passwords"], 1);
    let row = window(&chief, import).await[0].clone();
    assert_eq!(codes(&row), [("row", "import.too-many-columns")]);
    assert_eq!(
        row["line"],
        json!(["192.0.2.50", "", "Shifted", null, null, null, "", "", "", "", ""])
    );
    assert!(!row.to_string().contains("S3cret"), "{row}");
    for (word, found) in [("S3cret", json!([])), ("Shifted", json!([1]))] {
        let search = json!({ "import": import, "search": word });
        assert_eq!(chief.ok("customers.import_rows", search).await, found);
    }
    edit(&chief, import, 1, json!({ "name": "Shifted, Inc" })).await;
    let mended = &window(&chief, import).await[0];
    assert_eq!(mended["line"], json!(null));
    assert_eq!(
        codes(mended),
        [("user_name", "field.required"), ("password", "field.required")]
    );
    let cells = json!({ "user_name": "COMAdmin" });
    let edit = json!({ "import": import, "row": 1, "cells": cells, "password": "S3cret-pw" });
    let view = chief.ok("customers.import_edit", edit).await;
    assert_eq!(view["counts"]["new"], 1);
}

/// CUS-26: addresses by their numbers, names as people count: `cam2` before `cam10`.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn addresses_are_sorted_by_what_they_mean() {
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    let hosts = [
        "10.0.0.10",
        "10.0.0.2",
        "10.0.0.100",
        "9.255.255.255",
        "cam2.example.org",
        "cam10.example.org",
        "fd00::10",
        "fd00::2",
    ];
    let rows: Vec<String> = hosts
        .iter()
        .enumerate()
        .map(|(number, host)| format!("{host},8443,Annex {},COMAdmin,pw,,,,,", 12 - number))
        .collect();
    let view = open(
        &harness,
        &chief,
        &format!("{HEADER}\r\n{}\r\n", rows.join("\r\n")),
    )
    .await;
    let sorted = async |column: &str, descending: bool| {
        let sort = json!({ "column": column, "descending": descending });
        chief
            .ok(
                "customers.import_rows",
                json!({ "import": view["import"], "sort": sort }),
            )
            .await
    };
    assert_eq!(sorted("host", false).await, json!([4, 2, 1, 3, 8, 7, 5, 6]));
    assert_eq!(sorted("host", true).await, json!([6, 5, 7, 8, 3, 1, 2, 4]));
    assert_eq!(sorted("name", false).await, json!([8, 7, 6, 5, 4, 3, 2, 1]));
}

/// CUS-26, UI-25: the list's own export is read again: what it has is known, what it lacks stays as it is, surplus columns are
/// named, and what it made harmless is as it was.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_list_s_own_export_is_read_again() {
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    let text = format!(
        "{HEADER}\r\n192.0.2.1,8443,@Home Store,COMAdmin,pw,-1 floor,+49 40 5550,,- call before 9,gold;hotel\r\n192.0.2.2,443,Plain,COMAdmin,pw,,,,,\r\n"
    );
    let import = open(&harness, &chief, &text).await["import"].clone();
    let save = json!({ "import": import, "without_contact": true });
    assert_eq!(chief.ok("customers.import_save", save).await["added"], 2);
    let columns = [
        "connection",
        "name",
        "mode",
        "host",
        "port",
        "version",
        "tags",
        "notes",
        "telephone",
        "email",
        "address",
    ];
    let export =
        json!({ "list": "customers", "query": {}, "columns": columns, "ids": null, "format": "csv" });
    let download = chief.ok("lists.export", export).await;
    let id = serde_json::from_value(download["download"].clone()).expect("an id");
    let workspace = harness.workspace().await;
    let (path, _) = workspace
        .transfers
        .fetch(id, chief.session().await)
        .expect("it waits");
    let exported = std::fs::read_to_string(path).expect("it is read");
    assert!(
        exported.contains("'@Home Store") && exported.contains("'- call before 9"),
        "{exported}"
    );
    let again = open(&harness, &chief, &exported).await;
    assert_eq!(
        again["counts"]["unchanged"],
        2,
        "{:?}",
        window(&chief, &again["import"]).await
    );
    let edited = exported.replace("call before 9", "call before 10");
    let again = open(&harness, &chief, &edited).await;
    assert_eq!(
        (&again["counts"]["unchanged"], &again["counts"]["update"]),
        (&json!(1), &json!(1))
    );
    let save = json!({ "import": again["import"], "without_contact": true });
    assert_eq!(chief.ok("customers.import_save", save).await["updated"], 1);
    let rows = chief.rows("customers", json!({ "search": "Home" })).await;
    assert_eq!(
        (&rows[0]["notes"], &rows[0]["telephone"]),
        (&json!("- call before 10"), &json!("+49 40 5550"))
    );
}
