//! Devices that leave an organization (DEV-30): removed or moved, with the licences that their hardware carries (LIC-40).

use super::*;
use crate::harness::{Harness, PASSWORD};
use crate::licences::{PRODUCT, act};
use crate::people::{add_account, add_folder, grant, try_sign_in};
use flotilla_kernel::error::ErrorCode;
use flotilla_simulator::Fault;

fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}

async fn hardware(person: &Person, organization: &Value) -> Vec<(String, String)> {
    let arguments = json!({ "organization": organization, "product": PRODUCT });
    let systems = person.ok("licences.offline_systems", arguments).await;
    systems["hardware"]
        .as_array()
        .expect("hardware")
        .iter()
        .map(|row| (text(&row["serial"]).to_owned(), text(&row["state"]).to_owned()))
        .collect()
}

/// The kinds of act that were done with a device, by its serial number.
async fn history(person: &Person, camera: &Camera) -> Vec<String> {
    let serial = &camera.blueprint().serial_number;
    let of_it =
        json!({ "criteria": [{ "column": "serial", "test": { "kind": "any_of", "values": [serial] } }] });
    let mut kinds = Vec::new();
    for row in person.rows("device_results", of_it).await {
        let act = person.ok("devices.act", json!({ "id": row["act"] })).await;
        kinds.push(act["kind"].as_str().expect("a kind").to_owned());
    }
    kinds.sort();
    kinds
}

/// DEV-30, LIC-40: a removed device is in no list, its licences are suspended, its history stays; added again it is a new one.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn removed_and_added_again() {
    let fleet = fleet(2).await;
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    let (harbour, folder) = organization(&chief, "Harbour").await;
    let cameras = fleet.cameras();
    let ids = add_known(&chief, &harbour, &folder, cameras).await;
    chief
        .ok("licences.register", act(text(&harbour), json!({})))
        .await;
    let serial = cameras[0].blueprint().serial_number.clone();
    let carried = json!([{ "licence_type": "core", "quantity": 4 }]);
    let register = json!({ "serial": serial, "model": "S1216", "licences": carried, "reference": "note 7" });
    chief
        .ok("licences.register_hardware", act(text(&harbour), register))
        .await;
    // It need not answer.
    cameras[0].set_fault(Fault::Refuse);
    done(&chief, "devices.remove", json!({ "ids": ids[..1] }))
        .await
        .all("done");
    let left = chief.rows("systems", json!({ "organization": harbour })).await;
    assert_eq!(
        left.iter().map(|row| &row["id"]).collect::<Vec<_>>(),
        [&ids[1]],
        "the other one stays"
    );
    assert_eq!(
        hardware(&chief, &harbour).await,
        [(serial.clone(), "suspended".to_owned())]
    );
    assert_eq!(
        chief.ok("licences.check", json!({})).await["differs"],
        Value::Null
    );
    let results = chief.refused("devices.remove", json!({ "ids": ids[..1] })).await;
    assert_eq!(results, ErrorCode::NotFound);
    cameras[0].clear_faults();
    let again = add_known(&chief, &harbour, &folder, &cameras[..1]).await;
    assert_ne!(again[0], ids[0], "a new one");
    assert_eq!(history(&chief, &cameras[0]).await, ["add", "add", "remove"]);
    assert_eq!(
        hardware(&chief, &harbour).await,
        [(serial, "suspended".to_owned())],
        "until its serial number is registered again"
    );
}

/// DEV-30: moved to another organization with the rights in both, in one act; what does not answer stays where it is.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn moved_to_another_organization() {
    let fleet = fleet(3).await;
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    let (harbour, folder) = organization(&chief, "Harbour").await;
    let (airport, parent) = organization(&chief, "Airport").await;
    let hall = add_folder(&chief, text(&parent), "Hall 3").await;
    let cameras = fleet.cameras();
    let ids = add_known(&chief, &harbour, &folder, cameras).await;
    cameras[2].set_fault(Fault::Refuse);

    let account = add_account(&chief, "mover", "operator").await;
    grant(&chief, text(&harbour), &account, "admin", &[]).await;
    let mover = try_sign_in(&harness, "mover", PASSWORD).await.expect("signed in");
    let there = json!({ "ids": ids, "organization": airport, "folder": hall });
    assert_eq!(
        mover.refused("devices.transfer", there.clone()).await,
        ErrorCode::NotFound
    );
    let wrong = json!({ "ids": ids, "organization": airport, "folder": folder });
    assert_eq!(
        chief.refused("devices.transfer", wrong).await,
        ErrorCode::FolderElsewhere
    );
    grant(&chief, text(&airport), &account, "admin", &[]).await;

    let results = done(&mover, "devices.transfer", there).await;
    assert_eq!(
        (&results.act["kind"], &results.act["about"]),
        (&json!("transfer"), &json!("Airport"))
    );
    for camera in &cameras[..2] {
        assert_eq!(results.state(camera), ("done".into(), String::new()));
    }
    assert_eq!(
        results.state(&cameras[2]),
        ("failed".into(), "device.unreachable".into())
    );
    let arrived = systems(&mover, &airport, &cameras[..2]).await;
    assert!(arrived.iter().all(|id| !ids.contains(id)), "new ones");
    assert_eq!(systems(&mover, &harbour, &cameras[2..]).await, ids[2..]);
    let rows = mover.rows("systems", json!({ "organization": airport })).await;
    assert_eq!(rows.len(), 2);
    assert!(
        rows.iter()
            .all(|row| row["folder_id"] == hall && row["state"] == "online")
    );
    // The account it is signed in to by has come with it.
    let accounts = mover.ok("devices.accounts", json!({ "id": arrived[0] })).await;
    assert_eq!(accounts[0]["own"], true);
    assert_eq!(history(&chief, &cameras[0]).await, ["add", "transfer"]);
    let results = done(
        &mover,
        "devices.transfer",
        json!({ "ids": arrived[..1], "organization": airport, "folder": hall }),
    )
    .await;
    assert_eq!(
        results.state(&cameras[0]),
        ("failed".into(), "device.managed".into()),
        "it is there already"
    );
}

/// REP-01, DEV-10: a package says how many devices run it, of those that are seen; models are counted in one organization or in all.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_devices_run_is_counted() {
    let fleet = fleet(3).await;
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    let (harbour, folder) = organization(&chief, "Harbour").await;
    let (airport, hall) = organization(&chief, "Airport").await;
    let cameras = fleet.cameras();
    add_known(&chief, &harbour, &folder, &cameras[..2]).await;
    add_known(&chief, &airport, &hall, &cameras[2..]).await;
    let rows = chief.rows("systems", json!({})).await;
    let (model, version) = (text(&rows[0]["model"]), text(&rows[0]["version"]));
    let same = |organization: Option<&Value>| {
        let here = rows.iter().filter(|row| {
            row["model"] == model
                && row["version"] == version
                && organization.is_none_or(|of| row["organization"] == *of)
        });
        i64::try_from(here.count()).expect("few")
    };
    let path = harness
        .folder()
        .join(format!("{model}_{}.bin", version.replace('.', "_")));
    std::fs::write(&path, b"firmware").expect("a file");
    crate::repository::add(&chief, &path).await;
    crate::repository::finished(&chief).await;
    let packages = chief.index("repository", json!({})).await;
    let uses = chief.ok("repository.uses", json!({ "ids": packages })).await;
    assert_eq!(uses[0]["systems"], same(None), "{model} {version}: {uses}");
    let account = add_account(&chief, "viewer", "operator").await;
    grant(&chief, text(&airport), &account, "viewer", &[text(&hall)]).await;
    let viewer = try_sign_in(&harness, "viewer", PASSWORD)
        .await
        .expect("signed in");
    let uses = viewer.ok("repository.uses", json!({ "ids": packages })).await;
    let seen = same(Some(&airport));
    let expected = if seen == 0 {
        json!([])
    } else {
        json!([{ "id": packages[0], "systems": seen }])
    };
    assert_eq!(uses, expected, "of those that are seen");
    let count = |models: Value| -> i64 {
        let models = models.as_array().expect("models").clone();
        models
            .iter()
            .map(|model| model["devices"].as_i64().expect("a number"))
            .sum()
    };
    let here = json!({ "organization": harbour });
    assert_eq!(count(chief.ok("devices.models", here).await), 2);
    assert_eq!(count(chief.ok("devices.models", json!({})).await), 3);
}
