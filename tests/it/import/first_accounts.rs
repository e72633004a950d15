//! Factory-new devices of a file are given their first account, once that was said yes to (DEV-02, VPX-02).

use crate::harness::{Harness, PASSWORD, Person};
use crate::people::{add_account, grant, try_sign_in};
use flotilla_kernel::error::ErrorCode;
use flotilla_simulator::{Camera, Fault};
use serde_json::{Value, json};

use super::devices::{fleet, managed, open, organization, rows, test_and_trust, tested};

const HEADER: &str = "Address,Port,Name,Folder,User name,Password\n";

fn row(camera: &Camera, name: &str, folder: &str, (user, password): (&str, &str)) -> String {
    let (address, port) = (camera.address(), camera.port());
    format!("{address},{port},{name},{folder},{user},{password}\n")
}

async fn save(person: &Person, view: &Value, first_accounts: bool) -> Value {
    let save =
        json!({ "import": view["import"], "preview": view["preview"], "first_accounts": first_accounts });
    person.ok("devices.import_save", save).await
}

async fn view_of(person: &Person, view: &Value) -> Value {
    person
        .ok("devices.import_view", json!({ "import": view["import"] }))
        .await
}

/// Who may sign in at a managed device.
async fn accounts(person: &Person, organization: &str, camera: &Camera) -> Vec<String> {
    let systems = person
        .rows("systems", json!({ "organization": organization }))
        .await;
    let serial = json!(camera.blueprint().serial_number);
    let system = systems
        .iter()
        .find(|system| system["serial"] == serial)
        .expect("managed");
    let accounts = person.ok("devices.accounts", json!({ "id": system["id"] })).await;
    let names = accounts.as_array().expect("accounts").iter();
    names
        .map(|one| one["name"].as_str().unwrap_or_default().to_owned())
        .collect()
}

/// DEV-02, DEV-04, VPX-02, UI-29: they are told from others, given the account of their row once somebody has said yes, read and stored
/// with the folders that they need; one that refuses, and one whose row has no name that a device takes, wait with their reason.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn given_after_a_yes() {
    let fleet = fleet(5).await;
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    let place = organization(&chief, "Harbour").await;
    let cameras = fleet.cameras();
    let (new, old, refusing, misnamed) = (&cameras[..2], &cameras[2], &cameras[3], &cameras[4]);
    for camera in new.iter().chain([refusing, misnamed]) {
        camera.set_version("11.11.178");
        camera.set_fault(Fault::FactoryNew);
    }
    // Before 11.5 the first account has to be called root.
    refusing.set_version("10.12.114");
    let known = old.blueprint();
    let text = [
        HEADER.to_owned(),
        row(&new[0], "Gate", "Annex/North", ("flotilla", "first-secret")),
        row(&new[1], "Yard", "", ("root", "second-secret")),
        row(old, "Quay", "", (&known.user, &known.password)),
        row(refusing, "Shed", "Annex", ("flotilla", "third-secret")),
        row(misnamed, "Pier", "", ("chief.engineer", "fourth-secret")),
    ]
    .concat();
    let view = open(&harness, &chief, &place, &text).await;
    let view = test_and_trust(&harness, &chief, &view["import"]).await;
    let counts = &view["counts"];
    assert_eq!(
        (&counts["connected"], &counts["factory_new"], &counts["failed"]),
        (&json!(1), &json!(3), &json!(1)),
        "{counts}"
    );
    assert_eq!(
        (
            &counts["folders"],
            &counts["folders_savable"],
            &counts["folders_with_accounts"]
        ),
        (&json!(2), &json!(0), &json!(2))
    );
    let found = rows(&chief, &view["import"]).await;
    for place in [0, 1, 3, 4] {
        assert_eq!(found[place]["test"]["status"], "needs_setup");
    }
    assert!(found[0]["test"]["problem"].is_null());
    let problem = &found[4]["test"]["problem"];
    assert_eq!(
        (&problem["field"], &problem["code"]),
        (&json!("user_name"), &json!("device.user-name"))
    );

    // Without a yes none of them is touched.
    let receipt = save(&chief, &view, false).await;
    assert_eq!(
        (&receipt["added"], &receipt["first_accounts"], &receipt["left"]),
        (&json!(1), &json!(0), &json!(4))
    );
    let view = view_of(&chief, &view).await;
    assert_eq!(view["counts"]["factory_new"], 3);

    let receipt = save(&chief, &view, true).await;
    assert_eq!(
        (
            &receipt["first_accounts"],
            &receipt["without_account"],
            &receipt["added"]
        ),
        (&json!(2), &json!(1), &json!(2)),
        "{receipt}"
    );
    assert_eq!(
        (&receipt["folders"], &receipt["left"], &receipt["finished"]),
        (&json!(2), &json!(2), &json!(false))
    );
    let mut there = managed(&chief, &place.0).await;
    there.retain(|(serial, _)| *serial == new[0].blueprint().serial_number);
    assert_eq!(there[0].1, "North");
    assert_eq!(accounts(&chief, &place.0, &new[0]).await, ["flotilla"]);
    assert_eq!(accounts(&chief, &place.0, &new[1]).await, ["root"]);
    let left = rows(&chief, &view["import"]).await;
    assert_eq!(
        (&left[0]["cells"]["name"], &left[0]["test"]["problem"]["code"]),
        (&json!("Shed"), &json!("device.refused"))
    );
    assert_eq!(left[1]["test"]["problem"]["code"], "device.user-name");

    // What it objects to is corrected in its row; the reason is there after a new start, too.
    let harness = harness.restarted(true).await;
    let chief = harness.sign_in("chief").await;
    let left = rows(&chief, &view["import"]).await;
    assert_eq!(left[0]["test"]["problem"]["code"], "device.refused");
    for (row, user) in [(4, "root"), (5, "engineer")] {
        let edit =
            json!({ "import": view["import"], "row": row, "cells": { "user_name": user }, "password": null });
        chief.ok("devices.import_edit", edit).await;
    }
    let view = test_and_trust(&harness, &chief, &view["import"]).await;
    assert_eq!(view["counts"]["factory_new"], 2, "{view}");
    let receipt = save(&chief, &view, true).await;
    assert_eq!(
        (
            &receipt["first_accounts"],
            &receipt["added"],
            &receipt["finished"]
        ),
        (&json!(2), &json!(2), &json!(true))
    );
    assert_eq!(accounts(&chief, &place.0, misnamed).await, ["engineer"]);
    let audit = chief
        .rows("audit", json!({ "search": "devices.import_save" }))
        .await;
    let details: Vec<String> = audit.iter().map(|entry| entry["details"].to_string()).collect();
    assert!(
        details.iter().any(|one| one.contains("first_accounts")),
        "{details:?}"
    );
    assert!(
        !details.concat().contains("secret"),
        "no password is written down"
    );
    harness.program.close().await;
    fleet.stop().await;
}

/// DEV-02, CRT-11: an account goes to what showed the certificate that was believed, and to nothing else; one that has an account by now is
/// only read. Where none takes it nothing is stored, and that is said.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn to_exactly_the_device_that_was_met() {
    let fleet = fleet(2).await;
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    let place = organization(&chief, "Harbour").await;
    let (exchanged, set_up) = (&fleet.cameras()[0], &fleet.cameras()[1]);
    for camera in [exchanged, set_up] {
        camera.set_fault(Fault::FactoryNew);
    }
    let known = set_up.blueprint();
    let text = [
        HEADER.to_owned(),
        row(exchanged, "Gate", "", ("root", "first-secret")),
        row(set_up, "Yard", "", (&known.user, &known.password)),
    ]
    .concat();
    let view = open(&harness, &chief, &place, &text).await;
    let view = test_and_trust(&harness, &chief, &view["import"]).await;
    assert_eq!(view["counts"]["factory_new"], 2);
    exchanged.change_certificate().expect("another one");
    set_up.clear_faults();
    let receipt = save(&chief, &view, true).await;
    assert_eq!(
        (&receipt["added"], &receipt["left"], &receipt["without_account"]),
        (&json!(1), &json!(1), &json!(1)),
        "{receipt}"
    );
    let left = rows(&chief, &view["import"]).await;
    assert_eq!(left[0]["test"]["status"], "certificate_changed");
    // It still waits for its first account.
    let all = json!({ "import": view["import"], "rows": null });
    chief.ok("devices.import_test", all).await;
    let view = tested(&harness, &chief, &view["import"]).await;
    assert_eq!(
        view["counts"]["factory_new"], 0,
        "nobody has said yes to the other certificate"
    );
    let save = json!({ "import": view["import"], "preview": view["preview"], "first_accounts": true });
    assert_eq!(
        chief.refused("devices.import_save", save).await,
        ErrorCode::NothingToSave
    );
    harness.program.close().await;
    fleet.stop().await;
}

/// RGT-06: rights are asked before a device is.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn not_without_the_right() {
    let fleet = fleet(1).await;
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    let place = organization(&chief, "Harbour").await;
    let account = add_account(&chief, "steward", "operator").await;
    grant(&chief, &place.0, &account, "admin", &[]).await;
    let steward = try_sign_in(&harness, "steward", PASSWORD)
        .await
        .expect("signed in");
    let camera = &fleet.cameras()[0];
    camera.set_fault(Fault::FactoryNew);
    let text = format!("{HEADER}{}", row(camera, "Gate", "", ("root", "first-secret")));
    let view = open(&harness, &steward, &place, &text).await;
    let view = test_and_trust(&harness, &steward, &view["import"]).await;
    grant(&chief, &place.0, &account, "viewer", &[&place.1]).await;
    let before = camera.counters().requests;
    let arguments = json!({ "import": view["import"], "preview": view["preview"], "first_accounts": true });
    assert_eq!(
        steward.refused("devices.import_save", arguments).await,
        ErrorCode::RightMissing
    );
    assert_eq!(camera.counters().requests, before, "it was not asked");
    grant(&chief, &place.0, &account, "admin", &[]).await;
    let receipt = save(&steward, &view, true).await;
    assert_eq!(
        (&receipt["first_accounts"], &receipt["finished"]),
        (&json!(1), &json!(true))
    );
    harness.program.close().await;
    fleet.stop().await;
}
