//! Organizations as a list, edited, archived and restored (ORG-03 to ORG-07).

use crate::harness::Person;
use crate::people::{
    add_customer, add_folder, add_system, default_folder, grant, harness, id_of, wrong_fields,
};
use flotilla_kernel::error::ErrorCode;
use serde_json::{Value, json};

async fn organization(person: &Person, name: &str) -> String {
    let form = json!({ "name": name, "zone": "Europe/Berlin", "language": "en" });
    id_of(&person.ok("organizations.create", form).await)
}

/// The form of an organization with some fields changed, ready to be saved.
async fn form(person: &Person, id: &str, changes: Value) -> Value {
    let mut form = person.ok("organizations.read", json!({ "id": id })).await;
    let fields = form.as_object_mut().expect("an object");
    fields.extend(changes.as_object().expect("an object").clone());
    form
}

async fn names(person: &Person, list: &str, search: &str) -> Vec<String> {
    let rows = person.rows(list, json!({ "search": search })).await;
    rows.iter()
        .map(|row| row["name"].as_str().expect("a name").to_owned())
        .collect()
}

/// ORG-04: what is saved is there, and the customer and its systems are found by the new name; whoever had read the form before
/// is told that somebody else changed it.
#[tokio::test(flavor = "multi_thread")]
async fn an_edited_organization_is_found_by_its_new_name() {
    let (harness, chief) = harness().await;
    let id = add_customer(&chief, "Harbour").await;
    let folder = default_folder(&chief, &id).await;
    add_system(&harness, &id, &folder, "north-pbx").await;
    let customer = chief.ok("customers.read", json!({ "id": id })).await;
    let overtaken = form(&chief, &id, json!({ "notes": "mine" })).await;
    let changes = json!({
        "name": " Werft Süd ", "zone": "Europe/Paris", "language": "fr", "telephone": "+4940123", "email": "hafen@example.org",
    });
    let saved = chief
        .ok("organizations.save", form(&chief, &id, changes).await)
        .await;
    let read = chief.ok("organizations.read", json!({ "id": id })).await;
    assert_eq!(saved, read);
    assert_eq!(
        (&read["name"], &read["zone"], &read["language"]),
        (&json!("Werft Süd"), &json!("Europe/Paris"), &json!("fr"))
    );
    for list in ["organizations", "customers"] {
        assert_eq!(names(&chief, list, "werft sud").await, ["Werft Süd"], "{list}");
        assert_eq!(
            names(&chief, list, "harbour").await,
            Vec::<String>::new(),
            "{list}"
        );
    }
    assert_eq!(names(&chief, "systems", "werft").await, ["north-pbx"]);
    assert_eq!(names(&chief, "organizations", "HAFEN@").await, ["Werft Süd"]);
    assert_eq!(
        chief.refused("organizations.save", overtaken).await,
        ErrorCode::Changed
    );
    let mut overtaken = customer;
    overtaken["password"] = Value::Null;
    assert_eq!(
        chief.refused("customers.save", overtaken).await,
        ErrorCode::Changed,
        "the customer's form shows the same fields"
    );
    organization(&chief, "Taken").await;
    let taken = form(&chief, &id, json!({ "name": "TAKEN", "zone": "Mars/Olympus" })).await;
    assert_eq!(
        wrong_fields(chief.call("organizations.save", taken).await),
        [
            ("zone".to_owned(), ErrorCode::FieldNotAZone),
            ("name".to_owned(), ErrorCode::FieldTaken)
        ]
    );
    let same = form(&chief, &id, json!({ "name": "WERFT SÜD" })).await;
    assert_eq!(
        chief.ok("organizations.save", same).await["name"],
        "WERFT SÜD",
        "its own name is free"
    );
}

/// ORG-03, RGT-06, RGT-10: each account lists the organizations it is a member of, and is told what it may do with each.
#[tokio::test(flavor = "multi_thread")]
async fn the_list_shows_what_an_account_may_see() {
    let (harness, chief) = harness().await;
    let empty = organization(&chief, "Empty").await;
    let customer = add_customer(&chief, "Customer").await;
    let folder = default_folder(&chief, &customer).await;
    add_system(&harness, &customer, &folder, "pbx").await;
    organization(&chief, "Foreign").await;
    let (account, hand) = harness.operator(&chief, "hand").await;
    grant(&chief, &empty, &account, "owner", &[]).await;
    grant(&chief, &customer, &account, "viewer", &[&folder]).await;

    assert_eq!(
        names(&chief, "organizations", "").await,
        ["Customer", "Empty", "Foreign"]
    );
    let rows = hand.rows("organizations", json!({})).await;
    let shown: Vec<Value> = rows
        .iter()
        .map(|row| json!([row["name"], row["customer"], row["systems"]]))
        .collect();
    assert_eq!(shown, [json!(["Customer", true, 1]), json!(["Empty", false, 0])]);
    for (id, expected) in [(&customer, [false, false]), (&empty, [true, true])] {
        let read = hand.ok("organizations.read", json!({ "id": id })).await;
        assert_eq!(
            [&read["may_manage"], &read["may_archive"]],
            expected.map(|may| json!(may)).each_ref()
        );
    }
    let foreign = chief.index("organizations", json!({ "search": "foreign" })).await;
    let seen = hand.ok("organizations.window", json!({ "ids": foreign })).await;
    assert_eq!(seen, json!([]));
    assert_eq!(
        hand.refused("archived_organizations.index", json!({})).await,
        ErrorCode::RightMissing
    );
}

/// ORG-06, ORG-07: what archiving takes away is said in numbers; an archived organization is in the administrators' list of
/// archived ones, and from there it comes back.
#[tokio::test(flavor = "multi_thread")]
async fn an_archived_organization_is_listed_apart() {
    let (harness, chief) = harness().await;
    let id = add_customer(&chief, "Harbour").await;
    let folder = default_folder(&chief, &id).await;
    add_system(&harness, &id, &folder, "pbx").await;
    organization(&chief, "Other").await;
    let here = json!({ "id": id });
    let plan = chief.ok("organizations.plan_archive", here.clone()).await;
    assert_eq!(
        plan,
        json!({ "systems": 1, "connections": 2, "members": 1, "more": [] })
    );
    assert_eq!(
        chief.index("archived_organizations", json!({})).await,
        Vec::<String>::new()
    );
    chief
        .ok("organizations.archive", json!({ "id": id, "confirmation": id }))
        .await;
    assert_eq!(names(&chief, "organizations", "").await, ["Other"]);
    assert_eq!(names(&chief, "archived_organizations", "").await, ["Harbour"]);
    let rows = chief.rows("archived_organizations", json!({})).await;
    assert!(rows[0]["archived_at"].is_i64(), "{rows:?}");
    let direct = json!({ "ids": [id] });
    assert_eq!(chief.ok("organizations.window", direct).await, json!([]));
    // Who restores it knows its id, and says so.
    let wrong = chief
        .call(
            "organizations.restore",
            json!({ "id": id, "confirmation": "Harbour" }),
        )
        .await;
    assert_eq!(
        wrong_fields(wrong),
        [("confirmation".to_owned(), ErrorCode::IdNotRepeated)]
    );
    chief
        .ok("organizations.restore", json!({ "id": id, "confirmation": id }))
        .await;
    assert_eq!(names(&chief, "organizations", "").await, ["Harbour", "Other"]);
    assert_eq!(
        chief.index("archived_organizations", json!({})).await,
        Vec::<String>::new()
    );
}

/// CUS-10: an organization that was created becomes a customer with its first connection.
#[tokio::test(flavor = "multi_thread")]
async fn a_created_organization_becomes_a_customer() {
    let (_harness, chief) = harness().await;
    let id = organization(&chief, "Werft").await;
    let read = async || chief.ok("organizations.read", json!({ "id": id })).await["customer"].clone();
    assert_eq!(read().await, json!(false));
    let connection = json!({
        "id": null, "organization": id, "kind": "ip_office", "name": "", "host": "127.0.9.1", "port": 1, "user_name": "operator",
        "password": "x", "proxy": { "kind": "workspace" }, "accept": null, "revision": 0, "without_contact": true,
    });
    chief.ok("connections.save", connection).await;
    assert_eq!(read().await, json!(true));
    assert_eq!(names(&chief, "customers", "").await, ["Werft"]);
}

/// UI-07: of many systems those come first whose names begin with what was typed, others with the words anywhere after them; each
/// account finds what it sees.
#[tokio::test(flavor = "multi_thread")]
async fn the_palette_finds_names_by_their_beginning_first() {
    let (harness, chief) = harness().await;
    let id = add_customer(&chief, "Harbour").await;
    let top = default_folder(&chief, &id).await;
    let granted = add_folder(&chief, &top, "Granted").await;
    for number in 0..12 {
        add_system(&harness, &id, &top, &format!("Annex pbx {number:02}")).await;
    }
    add_system(&harness, &id, &top, "Annex Leuchtturm").await;
    add_system(&harness, &id, &granted, "PBX Zürich").await;
    let found = async |person: &Person, search: &str| -> Vec<String> {
        let found = person.ok("search.find", json!({ "search": search })).await;
        let systems = found.as_array().expect("findings").iter();
        systems
            .filter(|one| one["kind"] == "system")
            .map(|one| one["name"].as_str().expect("a name").to_owned())
            .collect()
    };
    let all = found(&chief, "pbx").await;
    assert_eq!((all.len(), all[0].as_str()), (8, "PBX Zürich"), "{all:?}");
    assert_eq!(all[1..3], ["Annex pbx 00", "Annex pbx 01"]);
    assert_eq!(found(&chief, "zurich pbx").await, ["PBX Zürich"]);
    assert_eq!(found(&chief, "turm annex").await, ["Annex Leuchtturm"]);
    assert_eq!(found(&chief, "nothing").await, Vec::<String>::new());
    // Whose name has the words as they were typed comes before one that has them somewhere.
    for name in ["Quay 2, dock 3", "Quay 3"] {
        add_customer(&chief, name).await;
    }
    let quays = chief.ok("search.find", json!({ "search": "quay 3" })).await;
    let quays: Vec<&Value> = quays
        .as_array()
        .expect("findings")
        .iter()
        .map(|one| &one["name"])
        .collect();
    assert_eq!(quays, ["Quay 3", "Quay 2, dock 3"]);
    let (account, hand) = harness.operator(&chief, "hand").await;
    assert_eq!(found(&hand, "pbx").await, Vec::<String>::new());
    grant(&chief, &id, &account, "viewer", &[&granted]).await;
    for search in ["pbx", "zu", "x z"] {
        assert_eq!(found(&hand, search).await, ["PBX Zürich"], "{search}");
    }
}
