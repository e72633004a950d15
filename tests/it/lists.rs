//! The list engine, seen through the list of accounts and of customers.

use crate::harness::{Harness, Person};
use flotilla_kernel::database::{host_order_key, order_key};
use flotilla_kernel::error::ErrorCode;
use flotilla_simulator::{Fleet, FleetOptions};
use serde_json::{Value, json};

async fn customers(chief: &Person, names: &[(&str, &[&str])]) {
    for (place, (name, tags)) in names.iter().enumerate() {
        chief
            .ok(
                "customers.save",
                json!({
                    "id": null, "name": name, "host": format!("127.0.9.{}", place + 1), "port": 8443, "user_name": "COMAdmin",
                    "password": "secret", "mode": if place % 2 == 0 { "on-premises" } else { "cloud" }, "tags": tags, "without_contact": true,
                }),
            )
            .await;
    }
}

fn names(rows: &[Value]) -> Vec<&str> {
    rows.iter()
        .map(|row| row["name"].as_str().expect("a name"))
        .collect()
}

/// UI-20, UI-21, UI-22: search in any order, without regard to case, accents and width; criteria by column; sort.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn lists_search_filter_and_sort() {
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    customers(
        &chief,
        &[
            ("Côté Marché Nantes", &["retail", "fr"]),
            ("Bäckerei Ostermann", &["retail", "de"]),
            ("橋本電機 ﾊｼﾓﾄ", &["jp"]),
            ("Zebra", &[]),
        ],
    )
    .await;
    let search = async |text: &str| chief.rows("customers", json!({ "search": text })).await;
    assert_eq!(names(&search("marche COTE").await), ["Côté Marché Nantes"]);
    assert_eq!(names(&search("ハシモト").await), ["橋本電機 ﾊｼﾓﾄ"]);
    assert_eq!(names(&search("127.0.9.4").await), ["Zebra"]);
    assert_eq!(search("nothing like it").await.len(), 0);

    let filtered = chief
        .rows(
            "customers",
            json!({
                "criteria": [{ "column": "tags", "test": { "kind": "any_of", "values": ["retail"] } },
                             { "column": "mode", "test": { "kind": "any_of", "values": ["on-premises"] } }],
            }),
        )
        .await;
    assert_eq!(names(&filtered), ["Côté Marché Nantes"]);
    let untagged = chief
        .rows(
            "customers",
            json!({ "criteria": [{ "column": "tags", "test": { "kind": "empty", "value": true } }] }),
        )
        .await;
    assert_eq!(names(&untagged), ["Zebra"]);
    let sorted = chief
        .rows(
            "customers",
            json!({ "sort": { "column": "name", "descending": true } }),
        )
        .await;
    assert_eq!(
        names(&sorted),
        [
            "橋本電機 ﾊｼﾓﾄ",
            "Zebra",
            "Côté Marché Nantes",
            "Bäckerei Ostermann"
        ]
    );
    let unknown = json!({ "sort": { "column": "password", "descending": true } });
    assert_eq!(
        chief.refused("customers.index", unknown).await,
        ErrorCode::UnknownColumn
    );
}

/// UI-22: a filter offers the values that there are, with how many of the rows listed have each; its own criterion does
/// not hide what could be chosen besides.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_column_tells_its_values() {
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    customers(
        &chief,
        &[
            ("Alder", &["retail", "de"]),
            ("Birch", &["retail"]),
            ("Cedar", &["Retail", "fr"]),
            ("Dogwood", &[]),
        ],
    )
    .await;
    let values = async |person: &Person, column: &str, query: Value| {
        let arguments = json!({ "list": "customers", "column": column, "query": query });
        let found = person.ok("lists.values", arguments).await;
        let values: Vec<(String, i64)> = found["values"]
            .as_array()
            .expect("values")
            .iter()
            .map(|one| {
                let value = one["value"].as_str().expect("a value").to_lowercase();
                (value, one["rows"].as_i64().expect("a number"))
            })
            .collect();
        (values, found["rows"].as_i64().expect("a number"))
    };
    let of = |values: &[(&str, i64)]| {
        values
            .iter()
            .map(|(value, rows)| ((*value).to_owned(), *rows))
            .collect::<Vec<_>>()
    };
    let any_of = |column: &str, value: &str| json!({ "column": column, "test": { "kind": "any_of", "values": [value] } });
    let all = values(&chief, "tags", json!({})).await;
    assert_eq!(all, (of(&[("retail", 3), ("", 1), ("de", 1), ("fr", 1)]), 4));
    let own = values(&chief, "tags", json!({ "criteria": [any_of("tags", "de")] })).await;
    assert_eq!(own, all);
    let within = json!({ "criteria": [any_of("mode", "cloud")] });
    assert_eq!(
        values(&chief, "tags", within.clone()).await,
        (of(&[("", 1), ("retail", 1)]), 2)
    );
    assert_eq!(
        values(&chief, "mode", within).await,
        (of(&[("cloud", 2), ("on-premises", 2)]), 4)
    );
    let searched = json!({ "search": "birch" });
    assert_eq!(values(&chief, "name", searched).await, (of(&[("birch", 1)]), 1));
    // Filtered by a range; what a column behind a join has.
    assert_eq!(values(&chief, "port", json!({})).await, (Vec::new(), 4));
    assert_eq!(values(&chief, "last_contact", json!({})).await, (Vec::new(), 4));
    // Who sees no customer is told of no value.
    let (_, operator) = harness.operator(&chief, "olga").await;
    assert_eq!(values(&operator, "tags", json!({})).await, (Vec::new(), 0));
    let foreign = json!({ "list": "audit", "column": "act", "query": {} });
    assert_eq!(
        operator.refused("lists.values", foreign).await,
        ErrorCode::RightMissing
    );
    let unknown = json!({ "list": "customers", "column": "password", "query": {} });
    assert_eq!(
        chief.refused("lists.values", unknown).await,
        ErrorCode::UnknownColumn
    );
}

/// UI-24: views and columns are kept per account; a shared view is seen by others and changed by its maker only.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn views_and_columns_are_kept() {
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    let (_, operator) = harness.operator(&chief, "olga").await;
    let view = json!({ "id": null, "list": "customers", "name": "Retail", "shared": true, "query": { "search": "retail" }, "layout": null });
    let saved = chief.ok("lists.save_view", view.clone()).await;
    assert_eq!(
        chief.refused("lists.save_view", view).await,
        ErrorCode::FormInvalid
    );
    let seen = operator.ok("lists.views", json!({ "list": "customers" })).await;
    assert_eq!(
        (seen[0]["name"].as_str(), seen[0]["own"].as_bool()),
        (Some("Retail"), Some(false))
    );
    assert_eq!(
        operator
            .refused("lists.delete_view", json!({ "id": saved["id"] }))
            .await,
        ErrorCode::NotFound
    );
    let layout = json!({ "columns": [{ "name": "name", "width": 300 }, { "name": "tags", "width": null }] });
    operator
        .ok(
            "lists.save_columns",
            json!({ "list": "customers", "layout": layout }),
        )
        .await;
    assert_eq!(
        operator
            .ok("lists.describe", json!({ "list": "customers" }))
            .await["layout"],
        layout
    );
    assert_eq!(
        chief.ok("lists.describe", json!({ "list": "customers" })).await["layout"],
        Value::Null
    );
    assert_eq!(
        operator
            .refused("lists.describe", json!({ "list": "audit" }))
            .await,
        ErrorCode::RightMissing
    );
}

/// SEC-04: more criteria or columns than any list has are refused, and are no inner error.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn queries_are_limited() {
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    let criterion = json!({ "column": "name", "test": { "kind": "contains", "text": "x" } });
    let many = json!({ "criteria": vec![criterion; 2_000] });
    assert_eq!(chief.refused("customers.index", many).await, ErrorCode::TooLarge);
    let wide = json!({ "list": "customers", "query": {}, "columns": vec!["name"; 3_000], "ids": null, "format": "csv" });
    assert_eq!(chief.refused("lists.export", wide).await, ErrorCode::TooLarge);
}

/// UI-22: a text is found in every column as it is written there, in small letters, too, and without accents where there are none.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn accents_are_found_in_each_column() {
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    let form = json!({
        "id": null, "name": "Åkeri", "host": "127.0.9.1", "port": 8443, "user_name": "COMAdmin", "password": "secret", "mode": "cloud",
        "tags": ["Größe"], "notes": "Schlüssel beim Wärter", "address": "12 rue de l’Étang, Malmö", "without_contact": true,
    });
    chief.ok("customers.save", form).await;
    for (list, column, text) in [
        ("customers", "notes", "Wärter"),
        ("customers", "notes", "schlüssel"),
        ("customers", "notes", "beim"),
        ("customers", "address", "Étang, Malmö"),
        ("customers", "tags", "Größe"),
        ("customers", "tags", "größe"),
        ("customers", "name", "akeri"),
        ("organizations", "notes", "Wärter"),
        ("audit", "subject", "Åkeri"),
    ] {
        let query =
            json!({ "criteria": [{ "column": column, "test": { "kind": "contains", "text": text } }] });
        let found = chief.index(list, query).await;
        assert!(!found.is_empty(), "{list}.{column}: {text}");
    }
}

/// UI-21: letters that have plain ones in them, and host names in both of their forms, are found by either.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn letters_and_hosts_are_found_in_each_form() {
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    for (name, host) in [
        ("Straßenbau Weiß", "pbx.xn--mnchen-3ya.example"),
        ("ılık Su", "ilik.example"),
        ("Łódź Centrum", "lodz.example"),
        ("Œuvre", "oeuvre.example"),
    ] {
        let customer = json!({
            "id": null, "name": name, "host": host, "port": 8443, "user_name": "COMAdmin", "password": "secret",
            "mode": "cloud", "without_contact": true,
        });
        chief.ok("customers.save", customer).await;
    }
    for (search, name) in [
        ("STRASSE", "Straßenbau Weiß"),
        ("münchen", "Straßenbau Weiß"),
        ("xn--mnchen", "Straßenbau Weiß"),
        ("ILIK", "ılık Su"),
        ("lodz", "Łódź Centrum"),
        ("oeuvre", "Œuvre"),
    ] {
        let found = chief.rows("customers", json!({ "search": search })).await;
        assert_eq!(names(&found), [name], "{search}");
        if search != "münchen" && search != "xn--mnchen" {
            let palette = chief.ok("search.find", json!({ "search": search })).await;
            assert_eq!(palette[0]["name"], name, "{search}");
        }
    }
    for host in ["münchen", "MÜNCHEN.example", "xn--mnchen", "XN--MNCHEN-3ya"] {
        let filter =
            json!({ "criteria": [{ "column": "host", "test": { "kind": "contains", "text": host } }] });
        let found = chief.rows("customers", filter).await;
        assert_eq!(names(&found), ["Straßenbau Weiß"], "{host}");
    }
}

/// UI-25: an export holds exactly what is listed, in order, and nothing a spreadsheet would run.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn exports_hold_what_is_listed() {
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    customers(
        &chief,
        &[
            ("Alpha; \"quoted\"", &["a", "b"]),
            ("=1+1", &[]),
            ("Gamma", &["c"]),
        ],
    )
    .await;
    let export = |format: &str, ids: Value| json!({ "list": "customers", "query": { "sort": { "column": "name", "descending": true } }, "columns": ["name", "tags", "port"], "ids": ids, "format": format });
    let download = chief.ok("lists.export", export("csv", Value::Null)).await;
    let file = harness.folder().join("customers.csv");
    let id = download["download"]
        .as_str()
        .expect("a download")
        .parse()
        .expect("an id");
    chief.save(id, &file).await;
    let text = std::fs::read_to_string(&file).expect("readable");
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let rows: Vec<Vec<String>> = reader
        .records()
        .map(|row| row.expect("a row").iter().map(str::to_owned).collect())
        .collect();
    assert_eq!(
        rows,
        [
            ["Gamma", "c", "8443"],
            ["Alpha; \"quoted\"", "a; b", "8443"],
            ["'=1+1", "", "8443"]
        ]
    );

    // GEN-06: times are in the viewer's zone, and the head says which.
    let mut zoned = export("csv", Value::Null);
    zoned["columns"] = json!(["name", "last_contact"]);
    zoned["zone"] = json!("Asia/Tokyo");
    let download = chief.ok("lists.export", zoned.clone()).await;
    let file = harness.folder().join("zoned.csv");
    let id = download["download"]
        .as_str()
        .expect("a download")
        .parse()
        .expect("an id");
    chief.save(id, &file).await;
    let text = std::fs::read_to_string(&file).expect("readable");
    let head = text.lines().next().expect("a head");
    assert!(head.ends_with("(Asia/Tokyo)"), "{head}");
    zoned["zone"] = json!("Mars/Olympus");
    assert_eq!(chief.refused("lists.export", zoned).await, ErrorCode::FormInvalid);

    let chosen = chief.index("customers", json!({ "search": "gamma" })).await;
    let download = chief.ok("lists.export", export("xlsx", json!(chosen))).await;
    let file = harness.folder().join("customers.xlsx");
    let id = download["download"]
        .as_str()
        .expect("a download")
        .parse()
        .expect("an id");
    chief.save(id, &file).await;
    assert!(std::fs::read(&file).expect("readable").starts_with(b"PK"));
}

/// UI-20, UI-21, UI-22: whichever way the ids are found (read off an index, or sorted), the list is in the order asked
/// for, within equal values by name, and holds what the search and the criteria let through.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_column_sorts_what_matches() {
    let fleet = Fleet::start(FleetOptions {
        customers: 12,
        seed: 9,
        ..FleetOptions::default()
    })
    .await
    .expect("the fleet starts");
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    for solution in fleet.solutions() {
        crate::contact::save(&chief, solution).await;
    }
    let (account, operator) = harness.operator(&chief, "olga").await;
    let customers = chief.index("customers", json!({})).await;
    chief
        .ok(
            "customers.edit",
            json!({ "ids": customers[..5], "add_operators": [account] }),
        )
        .await;
    let described = chief.ok("lists.describe", json!({ "list": "systems" })).await;
    let key = |row: &Value, column: &str| match column {
        "version" => format!(
            "{:?}",
            row["version"]
                .as_str()
                .expect("a version")
                .split('.')
                .map(|part| format!("{:0>9}", part))
                .collect::<Vec<_>>()
        ),
        _ => match &row[column] {
            Value::Number(number) => format!("{:0>20}", number.as_i64().expect("whole") + 1_000_000_000),
            Value::String(text) if matches!(column, "name" | "customer") => order_key(text),
            Value::String(text) if column == "host" => host_order_key(text),
            Value::String(text) => text.clone(),
            other => other.to_string(),
        },
    };
    let narrowings = [
        json!({}),
        json!({ "search": "primary" }),
        json!({ "criteria": [{ "column": "role", "test": { "kind": "any_of", "values": ["primary", "expansion"] } }] }),
        json!({ "search": "server", "criteria": [{ "column": "version", "test": { "kind": "contains", "text": "11." } }] }),
    ];
    for person in [&chief, &operator] {
        for narrowing in &narrowings {
            let mut wanted = person.index("systems", narrowing.clone()).await;
            wanted.sort();
            assert!(!wanted.is_empty(), "{narrowing}");
            for column in described["columns"].as_array().expect("columns") {
                let name = column["name"].as_str().expect("a name");
                if column["sortable"] == false || name == "last_contact" {
                    continue;
                }
                for descending in [false, true] {
                    let mut query = narrowing.clone();
                    query["sort"] = json!({ "column": name, "descending": descending });
                    let rows = person.rows("systems", query.clone()).await;
                    for pair in rows.windows(2) {
                        let (first, second) = (key(&pair[0], name), key(&pair[1], name));
                        let right = if descending {
                            first >= second
                        } else {
                            first <= second
                        };
                        assert!(right, "{query}: {first} before {second}");
                        if first == second && name != "name" && name != "host" {
                            assert!(key(&pair[0], "name") <= key(&pair[1], "name"), "{query}");
                        }
                    }
                    let mut found: Vec<String> = rows
                        .iter()
                        .map(|row| row["id"].as_str().expect("an id").to_owned())
                        .collect();
                    found.sort();
                    assert_eq!(found, wanted, "{query}");
                }
            }
        }
    }
    fleet.stop().await;
}

/// UI-24: a view holds columns of its list, each once, and there are not more of them than anybody needs.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn views_have_limits() {
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    let view = |name: &str, search: &str, columns: &[&str]| {
        let columns: Vec<_> = columns
            .iter()
            .map(|name| json!({ "name": name, "width": null }))
            .collect();
        json!({
            "id": null, "list": "customers", "name": name, "shared": false, "query": { "search": search },
            "layout": { "columns": columns },
        })
    };
    for columns in [&["colour"][..], &["name", "name"]] {
        let refused = chief.refused("lists.save_view", view("Wrong", "", columns)).await;
        assert_eq!(refused, ErrorCode::UnknownColumn, "{columns:?}");
    }
    let refused = chief
        .refused("lists.save_view", view("Long", &"x".repeat(70_000), &["name"]))
        .await;
    assert_eq!(refused, ErrorCode::TooLarge);
    let mut last = json!(null);
    for number in 0..200 {
        last = chief
            .ok("lists.save_view", view(&format!("View {number}"), "", &["name"]))
            .await;
    }
    let one_more = chief
        .refused("lists.save_view", view("One more", "", &["name"]))
        .await;
    assert_eq!(one_more, ErrorCode::TooLarge);
    let mut changed = view("Another name", "", &["name", "tags"]);
    changed["id"] = last["id"].clone();
    chief.ok("lists.save_view", changed).await;
}

/// ACC-18, UI-24: a shared view outlives who made it: it goes over to whoever deletes the account, under a name of its
/// own; what was not shared goes.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn shared_views_outlive_their_maker() {
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    let (olga, operator) = harness.operator(&chief, "olga").await;
    let (_, reader) = harness.operator(&chief, "rosa").await;
    let view = |name: &str, shared: bool| json!({ "id": null, "list": "customers", "name": name, "shared": shared, "query": {}, "layout": null });
    chief.ok("lists.save_view", view("Retail", false)).await;
    let shared = operator.ok("lists.save_view", view("Retail", true)).await;
    operator.ok("lists.save_view", view("Mine", false)).await;
    chief.ok("accounts.delete", json!({ "ids": [olga] })).await;
    let seen = reader.ok("lists.views", json!({ "list": "customers" })).await;
    assert_eq!(seen.as_array().map(Vec::len), Some(1), "{seen}");
    assert_eq!(
        (&seen[0]["id"], &seen[0]["name"]),
        (&shared["id"], &json!("Retail (2)"))
    );
    let own = chief.ok("lists.views", json!({ "list": "customers" })).await;
    assert!(
        own.as_array()
            .expect("views")
            .iter()
            .all(|view| view["own"] == true)
    );
}

/// UI-21: the audit log is found by what it shows: who, which organization, and acts and results in words.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_audit_log_is_found_by_what_it_shows() {
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    customers(&chief, &[("Bäckerei Ostermann", &[])]).await;
    let (_, operator) = harness.operator(&chief, "olga").await;
    operator.refused("preferences.read", json!({})).await;
    let found = async |search: &str| chief.rows("audit", json!({ "search": search })).await;
    let saved = found("ostermann").await;
    assert!(!saved.is_empty(), "by its organization");
    let by_olga = found("olga refused").await;
    assert_eq!(
        by_olga.iter().map(|row| row["act"].as_str()).collect::<Vec<_>>(),
        [Some("preferences.read")]
    );
    assert!(!found("signed in").await.is_empty(), "by the act's words");
    assert!(found("connecté olga").await.is_empty(), "not in another language");
}
