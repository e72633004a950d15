//! Devices from a CSV file, through the waiting list of the imports (DEV-04), against simulated cameras over real TLS.

use crate::harness::{Harness, PASSWORD, Person};
use crate::people::{add_account, add_folder, grant, try_sign_in};
use flotilla_kernel::error::ErrorCode;
use flotilla_simulator::{Addressing, Camera, Fleet, FleetOptions};
use serde_json::{Value, json};

use super::codes;

pub(super) async fn fleet(cameras: usize) -> Fleet {
    let options = FleetOptions {
        cameras,
        seed: 44,
        addressing: Addressing::Ports { first: None },
        ..FleetOptions::default()
    };
    Fleet::start(options).await.expect("the fleet starts")
}

/// An organization with its first folder.
pub(super) async fn organization(person: &Person, name: &str) -> (String, String) {
    let form = json!({ "name": name, "zone": "Europe/Berlin", "language": "en" });
    let organization = person.ok("organizations.create", form).await["id"].clone();
    let details = person
        .ok("organizations.read", json!({ "id": organization }))
        .await;
    let text = |value: &Value| value.as_str().expect("an id").to_owned();
    (text(&organization), text(&details["default_folder"]))
}

pub(super) fn row(camera: &Camera, name: &str, folder: &str, user: &str, password: &str) -> String {
    format!(
        "{},{},{name},{folder},{user},{password}\n",
        camera.address(),
        camera.port()
    )
}

pub(super) async fn open(harness: &Harness, person: &Person, place: &(String, String), text: &str) -> Value {
    let path = harness.folder().join("devices.csv");
    std::fs::write(&path, text).expect("a file is written");
    let transfers = harness.workspace().await.transfers.clone();
    let upload = transfers
        .choose(person.session().await, &path)
        .expect("the file is there");
    let arguments = json!({ "upload": upload.upload, "organization": place.0, "folder": place.1 });
    person.ok("devices.import_open", arguments).await
}

pub(super) async fn rows(person: &Person, import: &Value) -> Vec<Value> {
    let of = json!({ "import": import });
    let numbers = person.ok("devices.import_rows", of).await;
    let of = json!({ "import": import, "rows": numbers });
    let rows = person.ok("devices.import_window", of).await;
    rows.as_array().expect("rows").clone()
}

/// Tests all rows, believes the certificates that are met first, and waits for the end.
pub(super) async fn test_and_trust(harness: &Harness, person: &Person, import: &Value) -> Value {
    let all = json!({ "import": import, "rows": null });
    person.ok("devices.import_test", all.clone()).await;
    let view = tested(harness, person, import).await;
    if view["counts"]["untrusted"] == 0 {
        return view;
    }
    person.ok("devices.import_trust", all).await;
    tested(harness, person, import).await
}

pub(super) async fn tested(harness: &Harness, person: &Person, import: &Value) -> Value {
    let mut events = harness.workspace().await.database.subscribe();
    loop {
        let view = person
            .ok("devices.import_view", json!({ "import": import }))
            .await;
        if view["test"].is_null() {
            return view;
        }
        let wait = tokio::time::timeout(std::time::Duration::from_secs(60), events.recv());
        wait.await.expect("something happens").ok();
    }
}

pub(super) async fn managed(person: &Person, organization: &str) -> Vec<(String, String)> {
    let query = json!({ "organization": organization, "sort": { "column": "name", "descending": false } });
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    person
        .rows("systems", query)
        .await
        .iter()
        .map(|row| (text(&row["serial"]), text(&row["folder"])))
        .collect()
}

/// DEV-04, CUS-22: the rows are checked, mended, tested and stored in their folders; what was wrong waits.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn devices_from_a_file() {
    let fleet = fleet(4).await;
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    let place = organization(&chief, "Harbour").await;
    let north = add_folder(&chief, &place.1, "North").await;
    add_folder(&chief, &north, "Hall 3").await;
    let cameras = fleet.cameras();
    let known = cameras[0].blueprint();
    let text = [
        "Address,Port,Name,Folder,User name,Password\n".to_owned(),
        row(&cameras[0], "Gate", "North/Hall 3", &known.user, &known.password),
        // Neither user nor password: said for all that need it.
        row(&cameras[1], "", "harbour › NORTH", "", ""),
        row(
            &cameras[2],
            "Yard",
            "South",
            &known.user,
            &cameras[2].blueprint().password,
        ),
        row(&cameras[3], "Quay", "", &known.user, "wrong"),
    ]
    .concat();
    let view = open(&harness, &chief, &place, &text).await;
    let import = &view["import"];
    assert_eq!(
        (&view["kind"], &view["organization"], &view["problems"]),
        (&json!("devices"), &json!(place.0), &json!([]))
    );
    let found = rows(&chief, import).await;
    assert_eq!(codes(&found[0]), []);
    assert_eq!(
        codes(&found[1]),
        [("user_name", "field.required"), ("password", "field.required")]
    );
    // It is made with the row, as long as the row names it.
    assert_eq!(
        (codes(&found[2]), &found[2]["new_folder"]),
        (vec![], &json!("South"))
    );
    assert_eq!(view["counts"]["folders"], 1);
    let gaps: Vec<&Value> = view["gaps"]
        .as_array()
        .expect("gaps")
        .iter()
        .map(|gap| &gap["column"])
        .collect();
    assert_eq!(gaps, ["user_name", "password"]);
    let fill = json!({
        "import": import, "port": "", "user_name": cameras[1].blueprint().user, "password": cameras[1].blueprint().password,
    });
    chief.ok("devices.import_fill", fill).await;
    let edit = json!({ "import": import, "row": 3, "cells": { "folder": "North" }, "password": null });
    let view = chief.ok("devices.import_edit", edit).await;
    assert_eq!(
        (&view["counts"]["new"], &view["counts"]["folders"]),
        (&json!(4), &json!(0))
    );
    // Nothing is stored that was not met.
    let save = json!({ "import": import, "without_contact": true, "preview": view["preview"] });
    assert_eq!(
        chief.refused("devices.import_save", save).await,
        ErrorCode::NothingToSave
    );
    let view = test_and_trust(&harness, &chief, import).await;
    assert_eq!(
        (&view["counts"]["connected"], &view["counts"]["failed"]),
        (&json!(3), &json!(1))
    );
    let save = json!({ "import": import, "preview": view["preview"] });
    let receipt = chief.ok("devices.import_save", save).await;
    assert_eq!(
        (&receipt["added"], &receipt["left"], &receipt["changed"]),
        (&json!(3), &json!(1), &json!([]))
    );
    let serial = |camera: &Camera| camera.blueprint().serial_number.clone();
    let mut there = managed(&chief, &place.0).await;
    there.sort();
    let mut expected = vec![
        (serial(&cameras[0]), "Hall 3".to_owned()),
        (serial(&cameras[1]), "North".to_owned()),
        (serial(&cameras[2]), "North".to_owned()),
    ];
    expected.sort();
    assert_eq!(there, expected);
    // The list waits with the one that is left, also for a new start.
    let harness = harness.restarted(true).await;
    let chief = harness.sign_in("chief").await;
    let waiting = chief.ok("devices.import_waiting", json!({})).await;
    assert_eq!(waiting[0]["counts"]["all"], 1);
    assert_eq!(
        chief.ok("customers.import_waiting", json!({})).await,
        json!([]),
        "a list of devices is none of customers"
    );
    let left = rows(&chief, import).await;
    assert_eq!(left[0]["cells"]["name"], "Quay");
    let edit =
        json!({ "import": import, "row": 4, "cells": {}, "password": cameras[3].blueprint().password });
    chief.ok("devices.import_edit", edit).await;
    let view = test_and_trust(&harness, &chief, import).await;
    let save = json!({ "import": import, "preview": view["preview"] });
    let receipt = chief.ok("devices.import_save", save).await;
    assert_eq!(
        (&receipt["added"], &receipt["finished"]),
        (&json!(1), &json!(true))
    );
    // The same file again: all of it is there.
    let view = open(&harness, &chief, &place, &text).await;
    assert_eq!(
        (&view["counts"]["unchanged"], &view["counts"]["new"]),
        (&json!(4), &json!(0))
    );
}

/// DEV-03, DEV-04: a device is known by its serial number: one of another organization is named where the account sees it; one that
/// moved leads to its new address; of two rows of one device the second is wrong.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn known_by_its_serial_number() {
    let fleet = fleet(1).await;
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    let harbour = organization(&chief, "Harbour").await;
    let airport = organization(&chief, "Airport").await;
    let camera = &fleet.cameras()[0];
    let (user, password) = (&camera.blueprint().user, &camera.blueprint().password);
    let header = "Address,Port,User name,Password\n";
    let at = |host: &str| format!("{host},{},{user},{password}\n", camera.port());
    let file = format!("{header}{}", at(&camera.address()));
    let view = open(&harness, &chief, &harbour, &file).await;
    let view = test_and_trust(&harness, &chief, &view["import"]).await;
    let save = json!({ "import": view["import"], "preview": view["preview"] });
    chief.ok("devices.import_save", save).await;

    let view = open(&harness, &chief, &airport, &file).await;
    assert_eq!(view["counts"]["new"], 1, "networks may have the same addresses");
    let view = test_and_trust(&harness, &chief, &view["import"]).await;
    assert_eq!(view["counts"]["invalid"], 1);
    let found = rows(&chief, &view["import"]).await;
    assert_eq!(codes(&found[0]), [("host", "device.managed")]);
    assert_eq!(found[0]["problems"][0]["params"]["customer"], "Harbour");

    // Twice in one file: both rows say so, and name each other.
    let twice = format!("{header}{}{}", at(&camera.address()), at("localhost"));
    let view = open(&harness, &chief, &airport, &twice).await;
    let view = test_and_trust(&harness, &chief, &view["import"]).await;
    assert_eq!(view["counts"]["invalid"], 2, "{view}");
    for (row, other) in rows(&chief, &view["import"]).await.iter().zip([2, 1]) {
        assert_eq!(codes(row), [("host", "import.same-serial")]);
        assert_eq!(row["problems"][0]["params"]["row"], other);
    }

    // By a name that leads to the same place.
    let moved = format!("{header}{}", at("localhost"));
    let view = open(&harness, &chief, &harbour, &moved).await;
    assert_eq!(view["counts"]["new"], 1);
    let view = test_and_trust(&harness, &chief, &view["import"]).await;
    assert_eq!(view["counts"]["update"], 1, "{view}");
    let found = rows(&chief, &view["import"]).await;
    assert_eq!(
        found[0]["was"],
        json!([{ "field": "host", "value": camera.address() }])
    );
    let save = json!({ "import": view["import"], "preview": view["preview"] });
    let receipt = chief.ok("devices.import_save", save).await;
    assert_eq!((&receipt["added"], &receipt["updated"]), (&json!(0), &json!(1)));
    let connections = chief
        .ok("connections.of", json!({ "organization": harbour.0 }))
        .await;
    assert_eq!(connections[0]["host"], "localhost");
    assert_eq!(managed(&chief, &harbour.0).await.len(), 1);
}

/// RGT-01: a list of devices is for who manages the organization's systems, and its account's own.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rights_of_a_list_of_devices() {
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    let place = organization(&chief, "Harbour").await;
    let mut people = Vec::new();
    for (login, role) in [("steward", "admin"), ("hand", "operator")] {
        let account = add_account(&chief, login, "operator").await;
        grant(&chief, &place.0, &account, role, &[&place.1]).await;
        people.push((
            try_sign_in(&harness, login, PASSWORD).await.expect("signed in"),
            account,
        ));
    }
    let (steward, account) = &people[0];
    let (hand, _) = &people[1];
    let text = "Address,User name,Password\n192.0.2.21,root,secret\n";
    let view = open(&harness, steward, &place, text).await;
    let of = json!({ "import": view["import"] });
    assert_eq!(
        hand.refused("devices.import_view", of.clone()).await,
        ErrorCode::NotFound
    );
    assert_eq!(
        chief.refused("devices.import_view", of.clone()).await,
        ErrorCode::NotFound,
        "it is its account's own"
    );
    let path = harness.folder().join("devices.csv");
    let transfers = harness.workspace().await.transfers.clone();
    let upload = transfers
        .choose(hand.session().await, &path)
        .expect("the file is there");
    let opening = json!({ "upload": upload.upload, "organization": place.0, "folder": place.1 });
    assert_eq!(
        hand.refused("devices.import_open", opening).await,
        ErrorCode::RightMissing
    );
    grant(&chief, &place.0, account, "viewer", &[&place.1]).await;
    assert_eq!(
        steward.refused("devices.import_view", of).await,
        ErrorCode::RightMissing
    );
    assert_eq!(steward.ok("devices.import_waiting", json!({})).await, json!([]));
}
