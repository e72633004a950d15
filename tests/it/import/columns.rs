//! Files with other columns than the import's own, what they lack, and the export that is made to come back.

use super::{HEADER, codes, open, window};
use crate::harness::{Harness, Person};
use flotilla_kernel::error::ErrorCode;
use serde_json::{Value, json};

const FOREIGN: &str = "Kunde;Standort IP;Zugang;Kennwort;Bemerkung\r\nHotel Miramar;192.0.2.10;COMAdmin;S3cret-pw;Call first\r\nNorthwind;pbx.northwind.example;COMAdmin;0ther-pw;\r\n";

async fn columns(person: &Person, import: &Value) -> Vec<Value> {
    let columns = person
        .ok("customers.import_columns", json!({ "import": import }))
        .await;
    columns.as_array().expect("columns").clone()
}

async fn map(person: &Person, import: &Value, columns: Value) -> Value {
    person
        .ok(
            "customers.import_map",
            json!({ "import": import, "columns": columns }),
        )
        .await
}

/// A download of this person, as text.
async fn downloaded(harness: &Harness, person: &Person, download: &Value) -> String {
    let id = serde_json::from_value(download["download"].clone()).expect("an id");
    let path = harness.folder().join("downloaded.csv");
    person.save(id, &path).await;
    std::fs::read_to_string(path).expect("it is read")
}

/// CUS-26, GEN-08: a file with headers that nobody knows shows its columns with what stands in them, but no password; a person
/// says what they are, and that is remembered: the next file with these columns, in another order, is read so by itself,
/// also after a restart, until somebody says otherwise.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_said_of_columns_is_remembered() {
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    let view = open(&harness, &chief, FOREIGN).await;
    let import = &view["import"];
    assert_eq!(
        (&view["mapped_by"], &view["undecided"], &view["counts"]["all"]),
        (&json!("header"), &json!(true), &json!(0))
    );
    let found = columns(&chief, import).await;
    let names: Vec<&str> = found
        .iter()
        .filter_map(|column| column["name"].as_str())
        .collect();
    assert_eq!(names, ["Kunde", "Standort IP", "Zugang", "Kennwort", "Bemerkung"]);
    assert_eq!(found[0]["samples"], json!(["Hotel Miramar", "Northwind"]));
    assert_eq!(
        (&found[3]["secret"], &found[3]["samples"], &found[3]["guess"]),
        (&json!(true), &json!([]), &json!("password"))
    );
    assert!(!json!(found).to_string().contains("pw"), "{found:?}");

    let twice = json!({ "import": import, "columns": ["name", "host", "name", null, null] });
    assert_eq!(
        chief.refused("customers.import_map", twice).await,
        ErrorCode::FormInvalid
    );
    let short = json!({ "import": import, "columns": ["name"] });
    assert_eq!(
        chief.refused("customers.import_map", short).await,
        ErrorCode::FormInvalid
    );
    let view = map(
        &chief,
        import,
        json!(["name", "host", "user_name", "password", null]),
    )
    .await;
    assert_eq!(
        (&view["mapped_by"], &view["undecided"], &view["problems"]),
        (&json!("person"), &json!(false), &json!([]))
    );
    assert_eq!(
        (&view["counts"]["new"], &view["passwords"]),
        (&json!(2), &json!(2))
    );
    let rows = window(&chief, import).await;
    assert_eq!(rows[0]["cells"]["host"], "192.0.2.10");
    assert_eq!(rows[0]["cells"]["notes"], "");

    let harness = harness.restarted(false).await;
    let chief = harness.sign_in("chief").await;
    let other = "Bemerkung;Kennwort;Kunde;Zugang;Standort IP\r\n;pw-3;Third;COMAdmin;192.0.2.30\r\n";
    let view = open(&harness, &chief, other).await;
    assert_eq!(
        (&view["mapped_by"], &view["undecided"], &view["counts"]["new"]),
        (&json!("remembered"), &json!(false), &json!(1))
    );
    let third = &view["import"];
    assert_eq!(window(&chief, third).await[0]["cells"]["name"], "Third");
    // Read with another separator it has one column, and says so; read as before nothing is lost.
    let read_as = async |separator: Value| {
        let options =
            json!({ "import": third, "encoding": null, "separator": separator, "mode": "on-premises" });
        chief.ok("customers.import_options", options).await
    };
    assert_eq!(read_as(json!("comma")).await["undecided"], true);
    assert_eq!(read_as(json!(null)).await["counts"]["new"], 1);
    // Said otherwise, it is otherwise for this list and the next file; the first list stays as it was said of it.
    map(
        &chief,
        third,
        json!(["notes", "password", "name", "user_name", "host"]),
    )
    .await;
    let later = format!("{FOREIGN}Another;192.0.2.11;COMAdmin;pw;\r\n");
    let view = open(&harness, &chief, &later).await;
    assert_eq!(
        window(&chief, &view["import"]).await[0]["cells"]["notes"],
        "Call first"
    );
    let first = window(&chief, import).await;
    assert_eq!(first[0]["cells"]["notes"], "");
    // Forgotten, it is asked again.
    let view = map(&chief, third, Value::Null).await;
    assert_eq!(
        (&view["mapped_by"], &view["undecided"]),
        (&json!("header"), &json!(true))
    );
    assert_eq!(open(&harness, &chief, FOREIGN).await["undecided"], true);
}

/// GEN-08: a file without a header is not asked about: its first row may hold a password, which would be shown as the name of a
/// column, and kept.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_row_is_no_header() {
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    let view = open(&harness, &chief, "192.0.2.1,8443,One,COMAdmin,S3cret-pw\r\n").await;
    assert_eq!(view["undecided"], false);
    assert!(!view.to_string().contains("S3cret"), "{view}");
    assert_eq!(columns(&chief, &view["import"]).await, Vec::<Value>::new());
    let map =
        json!({ "import": view["import"], "columns": ["host", "port", "name", "user_name", "password"] });
    assert_eq!(
        chief.refused("customers.import_map", map).await,
        ErrorCode::ImportUnreadable
    );
}

/// CUS-26: what rows need and the file does not say is asked once: port, service user, password. It is for the rows without
/// their own, and no stored password is replaced by it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_missing_is_said_once() {
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    let known = open(
        &harness,
        &chief,
        &format!("{HEADER}\r\n192.0.2.1,443,Known,admin,stored,,,,,\r\n"),
    )
    .await;
    let save = |import: &Value| json!({ "import": import, "without_contact": true });
    chief.ok("customers.import_save", save(&known["import"])).await;
    let text = "Name,IP Address/FQDN,Ipoffice Password,Note\r\nKnown,192.0.2.1,,new note\r\nFresh,192.0.2.2,,\r\nOwn,192.0.2.3,its-own,\r\n";
    let view = open(&harness, &chief, text).await;
    let import = &view["import"];
    assert_eq!(
        view["gaps"],
        json!([
            { "column": "port", "rows": 2, "value": null },
            { "column": "user_name", "rows": 2, "value": null },
            { "column": "password", "rows": 1, "value": null },
        ])
    );
    assert_eq!(
        (&view["counts"]["update"], &view["counts"]["invalid"]),
        (&json!(1), &json!(2))
    );
    let wrong = json!({ "import": import, "port": "99999", "user_name": "COMAdmin", "password": "pw" });
    assert_eq!(
        chief.refused("customers.import_fill", wrong).await,
        ErrorCode::FormInvalid
    );
    let fill = json!({ "import": import, "port": "9443", "user_name": "service", "password": "for-all" });
    let view = chief.ok("customers.import_fill", fill).await;
    assert_eq!(
        (&view["counts"]["new"], &view["counts"]["invalid"]),
        (&json!(2), &json!(0))
    );
    assert_eq!(
        view["gaps"][2],
        json!({ "column": "password", "rows": 1, "value": "" })
    );
    let rows = window(&chief, import).await;
    assert_eq!(rows[1]["cells"]["user_name"], "service");
    assert!(!json!([view, rows]).to_string().contains("for-all"));
    assert!(
        rows[0]["was"]
            .as_array()
            .expect("a list")
            .iter()
            .all(|was| was["field"] == "notes")
    );
    // It outlives the program, and goes with the list.
    let harness = harness.restarted(false).await;
    let chief = harness.sign_in("chief").await;
    let receipt = chief.ok("customers.import_save", save(import)).await;
    assert_eq!((&receipt["added"], &receipt["updated"]), (&json!(2), &json!(1)));
    let mut stored = Vec::new();
    for name in ["Known", "Fresh", "Own"] {
        let rows = chief.rows("customers", json!({ "search": name })).await;
        let row = rows.iter().find(|row| row["name"] == name).expect("the customer");
        let form = chief.ok("customers.read", json!({ "id": row["id"] })).await;
        stored.push(json!([form["host"], form["port"], form["user_name"]]));
    }
    assert_eq!(
        json!(stored),
        json!([
            ["192.0.2.1", 443, "admin"],
            ["192.0.2.2", 9443, "service"],
            ["192.0.2.3", 9443, "service"]
        ])
    );
    // The passwords are those: as the file has them nothing is an update.
    let check = "Name,IP Address/FQDN,Port,Ipoffice Username,Ipoffice Password\r\nKnown,192.0.2.1,443,admin,stored\r\nFresh,192.0.2.2,9443,service,for-all\r\nOwn,192.0.2.3,9443,service,its-own\r\n";
    assert_eq!(open(&harness, &chief, check).await["counts"]["unchanged"], 3);
}

/// CUS-26, UI-25: the list's own export is known by its header in each language, with whatever columns are shown; nothing is
/// asked but what no export has.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_own_export_is_known_in_each_language() {
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    let text =
        format!("{HEADER},Mode\r\n192.0.2.1,443,Known,admin,stored,,+49 40 5550,,,gold;hotel,cloud\r\n");
    let import = open(&harness, &chief, &text).await["import"].clone();
    chief
        .ok(
            "customers.import_save",
            json!({ "import": import, "without_contact": true }),
        )
        .await;
    let described = chief.ok("lists.describe", json!({ "list": "customers" })).await;
    let names: Vec<Value> = described["columns"]
        .as_array()
        .expect("columns")
        .iter()
        .map(|column| column["name"].clone())
        .collect();
    for language in ["en", "fr", "ja"] {
        let appearance = json!({ "language": language });
        chief.ok("profile.save_appearance", appearance).await;
        let chief = harness.sign_in("chief").await;
        let export =
            json!({ "list": "customers", "query": {}, "columns": names, "ids": null, "format": "csv" });
        let download = chief.ok("lists.export", export).await;
        let exported = downloaded(&harness, &chief, &download).await;
        let view = open(&harness, &chief, &exported).await;
        assert_eq!(
            (&view["undecided"], &view["counts"]["unchanged"], &view["gaps"]),
            (&json!(false), &json!(1), &json!([])),
            "{language}: {exported}"
        );
        // To a workspace that does not know the customer only the service user and its password are missing.
        let fresh = exported
            .replace("Known", "Fresh")
            .replace("192.0.2.1", "192.0.2.9");
        let view = open(&harness, &chief, &fresh).await;
        let missing: Vec<&Value> = view["gaps"]
            .as_array()
            .expect("gaps")
            .iter()
            .map(|gap| &gap["column"])
            .collect();
        assert_eq!(json!(missing), json!(["user_name", "password"]), "{language}");
        let row = &window(&chief, &view["import"]).await[0];
        assert_eq!(
            codes(row),
            [("user_name", "field.required"), ("password", "field.required")]
        );
    }
}

/// CUS-26, GEN-08: the export for import has the documented columns, no password, and says nothing new when it comes back;
/// elsewhere only the passwords are asked for.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_export_for_import_comes_back() {
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    // The same private address behind two proxies, formulas, line ends, a host name as it is written.
    let rows = [
        "192.0.2.1,8443,@Home Store,COMAdmin,pw-1,-1 floor,+49 40 5550,,\"- call before 9\r\n=second\",gold;hotel,cloud",
        "münchen.example,443,\"Comma, \"\"quoted\"\"\",=admin,pw-2,,,office@example.org,,,on-premises",
        "fd00::10,9443,'s Hertogenbosch,COMAdmin,pw-3,,,,,,on-premises",
    ];
    let text = format!("{HEADER},Mode\r\n{}\r\n", rows.join("\r\n"));
    let import = open(&harness, &chief, &text).await["import"].clone();
    let save = json!({ "import": import, "without_contact": true });
    assert_eq!(chief.ok("customers.import_save", save).await["added"], 3);
    // One at the address of another, and one without a connection.
    let beside = json!({
        "id": null, "revision": 0, "name": "Beside", "host": "192.0.2.1", "port": 8443, "user_name": "COMAdmin", "password": "pw-4",
        "mode": "cloud", "without_contact": true,
    });
    chief.ok("customers.save", beside).await;
    let removed = &chief
        .rows("customers", json!({ "search": "Hertogenbosch" }))
        .await[0];
    let connection = chief
        .ok("connections.of", json!({ "organization": removed["id"] }))
        .await[0]["id"]
        .clone();
    chief
        .ok("connections.remove", json!({ "ids": [connection] }))
        .await;

    let download = chief
        .ok("customers.import_export", json!({ "query": {}, "ids": null }))
        .await;
    let exported = downloaded(&harness, &chief, &download).await;
    let first = exported.trim_start_matches('\u{feff}').lines().next();
    assert_eq!(first, Some(format!("{HEADER},Mode").as_str()));
    assert!(!exported.contains("pw-"), "{exported}");
    let view = open(&harness, &chief, &exported).await;
    assert_eq!(
        (
            &view["counts"]["all"],
            &view["counts"]["unchanged"],
            &view["problems"],
            &view["gaps"]
        ),
        (&json!(4), &json!(4), &json!([]), &json!([])),
        "{exported}\n{:?}",
        window(&chief, &view["import"]).await
    );
    // What is changed in it is all that changes.
    let edited = exported.replace("call before 9", "call before 10");
    let view = open(&harness, &chief, &edited).await;
    assert_eq!(
        (&view["counts"]["unchanged"], &view["counts"]["update"]),
        (&json!(3), &json!(1))
    );
    let chosen = chief.index("customers", json!({ "search": "Comma" })).await;
    let one = json!({ "query": {}, "ids": chosen });
    let download = chief.ok("customers.import_export", one).await;
    assert_eq!(
        downloaded(&harness, &chief, &download)
            .await
            .matches("\r\n")
            .count(),
        2
    );

    let elsewhere = Harness::new(false).await;
    let other = elsewhere.administrator().await;
    let view = open(&elsewhere, &other, &exported).await;
    let rows = window(&other, &view["import"]).await;
    let of = |name: &str| {
        codes(
            rows.iter()
                .find(|row| row["cells"]["name"] == name)
                .expect("a row"),
        )
    };
    assert_eq!(of("Comma, \"quoted\""), [("password", "field.required")]);
    assert_eq!(
        view["gaps"],
        json!([{ "column": "user_name", "rows": 1, "value": null }, { "column": "password", "rows": 4, "value": null }])
    );
}

/// CUS-16, CUS-22: the address of any connection of a customer is known, not only of the main one: a row with it is told, and
/// names that customer; also one that comes to have it between preview and save.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn all_connections_of_customers_are_known() {
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    let file = |rows: &str| format!("{HEADER}\r\n{rows}");
    let known = open(&harness, &chief, &file("192.0.2.1,,Known,COMAdmin,pw,,,,,\r\n")).await;
    let save = |import: &Value| json!({ "import": import, "without_contact": true });
    chief.ok("customers.import_save", save(&known["import"])).await;
    let early = open(
        &harness,
        &chief,
        &file("192.0.2.2,443,Early,COMAdmin,pw,,,,,\r\n"),
    )
    .await;
    assert_eq!(early["counts"]["new"], 1);
    let id = chief.index("customers", json!({})).await[0].clone();
    let second = json!({
        "id": null, "organization": id, "revision": 0, "kind": "ip_office", "name": "Annex", "host": "192.0.2.2", "port": 443,
        "user_name": "COMAdmin", "password": "pw", "proxy": { "kind": "workspace" }, "proof": null, "without_contact": true,
    });
    chief.ok("connections.save", second).await;
    let receipt = chief.ok("customers.import_save", save(&early["import"])).await;
    assert_eq!(receipt["changed"], json!([{ "row": 1, "name": "Early" }]));
    let rows = "192.0.2.2,443,Fresh,COMAdmin,pw,,,,,\r\n192.0.2.2,444,Other Port,COMAdmin,pw,,,,,\r\n192.0.2.1,,Known,COMAdmin,pw,,,,,\r\n";
    let view = open(&harness, &chief, &file(rows)).await;
    let rows = window(&chief, &view["import"]).await;
    assert_eq!(codes(&rows[0]), [("host", "import.address-of-connection")]);
    assert_eq!(rows[0]["problems"][0]["params"]["name"], "Known");
    assert_eq!(
        (&rows[1]["state"], &rows[2]["state"]),
        (&json!("new"), &json!("unchanged"))
    );
    // Nor does a customer come to have the same address twice.
    let view = open(
        &harness,
        &chief,
        &file("192.0.2.2,443,Known,COMAdmin,pw,,,,,\r\n"),
    )
    .await;
    let rows = window(&chief, &view["import"]).await;
    assert_eq!(codes(&rows[0]), [("host", "import.address-of-connection")]);
}
