//! Folders that a file of devices names and that are not there: said before, made with the rows that need them (DEV-04, ORG-20).

use crate::harness::{Harness, PASSWORD, Person};
use crate::people::{add_account, add_folder, grant, try_sign_in};
use flotilla_kernel::events::Event;
use flotilla_simulator::Camera;
use serde_json::{Value, json};

use super::codes;
use super::devices::{fleet, managed, open, organization, rows, test_and_trust};

const HEADER: &str = "Address,Port,Folder,User name,Password\n";

fn row(camera: &Camera, folder: &str) -> String {
    let known = camera.blueprint();
    let (address, port) = (camera.address(), camera.port());
    format!("{address},{port},{folder},{},{}\n", known.user, known.password)
}

async fn save(person: &Person, view: &Value) -> Value {
    let save = json!({ "import": view["import"], "preview": view["preview"] });
    person.ok("devices.import_save", save).await
}

/// The folders of an organization, each by its path below the default folder.
async fn paths(person: &Person, organization: &str) -> Vec<String> {
    let tree = person.ok("folders.tree", json!({ "id": organization })).await;
    let nodes = tree.as_array().expect("folders").clone();
    let name_of = |node: &Value| node["name"].as_str().expect("a name").to_owned();
    let path = |node: &Value| {
        let mut names = Vec::new();
        let mut here = Some(node);
        while let Some(node) = here {
            if !node["parent"].is_null() {
                names.insert(0, name_of(node));
            }
            here = nodes.iter().find(|other| other["id"] == node["parent"]);
        }
        names.join("/")
    };
    let mut paths: Vec<String> = nodes.iter().map(path).filter(|path| !path.is_empty()).collect();
    paths.sort();
    paths
}

/// Who has made folders, and what they are called, as the audit log has it.
async fn made(person: &Person) -> Vec<(String, String)> {
    let query = json!({ "sort": { "column": "at", "descending": false }, "search": "folders.create" });
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let mut made: Vec<(String, String)> = person
        .rows("audit", query)
        .await
        .iter()
        .filter(|entry| entry["act"] == "folders.create")
        .map(|entry| (text(&entry["who"]), text(&entry["subject"])))
        .collect();
    made.sort();
    made
}

/// DEV-04, ORG-20, CUS-26: what is missing is said of the row and in numbers, made once in the row's transaction, and in the audit log
/// as if it had been made by hand; case and width make no other folder.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn made_with_their_rows() {
    let fleet = fleet(4).await;
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    let place = organization(&chief, "Harbour").await;
    add_folder(&chief, &place.1, "Annex").await;
    let cameras = fleet.cameras();
    let too_long = format!("192.0.2.9,443,Annex/{},root,secret\n", "x".repeat(101));
    let text = [
        HEADER.to_owned(),
        row(&cameras[0], "ANNEX/North"),
        row(&cameras[1], "Ａｎｎｅｘ › NORTH"),
        row(&cameras[2], "Harbour/Yard/Shed 6"),
        row(&cameras[3], "annex"),
        "192.0.2.8,443,1/2/3/4/5/6/7/8,root,secret\n".to_owned(),
        too_long,
    ]
    .concat();
    let view = open(&harness, &chief, &place, &text).await;
    let found = rows(&chief, &view["import"]).await;
    let notes: Vec<&Value> = found.iter().map(|row| &row["new_folder"]).collect();
    let note = |path: &str| json!(path);
    assert_eq!(
        notes,
        [
            &note("ANNEX/North"),
            &note("Ａｎｎｅｘ/NORTH"),
            &note("Harbour/Yard/Shed 6"),
            &Value::Null,
            &Value::Null,
            &Value::Null
        ]
    );
    assert_eq!(codes(&found[4]), [("folder", "folder.too-deep")]);
    assert_eq!(found[4]["problems"][0]["params"]["limit"], 8);
    assert_eq!(codes(&found[5]), [("folder", "field.too-long")]);
    let counts = &view["counts"];
    assert_eq!(
        (&counts["new"], &counts["folders"], &counts["folders_savable"]),
        (&json!(4), &json!(3), &json!(0))
    );
    let of = json!({ "import": view["import"], "in_new_folder": true });
    assert_eq!(chief.ok("devices.import_rows", of).await, json!([1, 2, 3]));
    assert_eq!(
        paths(&chief, &place.0).await,
        ["Annex"],
        "nothing is made before it is saved"
    );

    let view = test_and_trust(&harness, &chief, &view["import"]).await;
    // The cameras have one of two passwords; all are known.
    assert_eq!(view["counts"]["folders_savable"], 3, "{view}");
    let mut events = harness.workspace().await.database.subscribe();
    let receipt = save(&chief, &view).await;
    assert_eq!(
        (&receipt["added"], &receipt["folders"], &receipt["left"]),
        (&json!(4), &json!(3), &json!(2))
    );
    let mut announced = false;
    while let Ok(event) = events.try_recv() {
        announced |=
            matches!(event, Event::Changed { feature, membership: true, .. } if feature.0 == "organizations");
    }
    assert!(announced, "the tree shows it");
    assert_eq!(
        paths(&chief, &place.0).await,
        ["Annex", "Annex/North", "Yard", "Yard/Shed 6"]
    );
    let mut folders: Vec<String> = managed(&chief, &place.0)
        .await
        .into_iter()
        .map(|(_, folder)| folder)
        .collect();
    folders.sort();
    assert_eq!(folders, ["Annex", "North", "North", "Shed 6"]);
    let subjects: Vec<String> = made(&chief)
        .await
        .into_iter()
        .map(|(_, subject)| subject)
        .collect();
    assert_eq!(subjects, ["Annex", "North", "Shed 6", "Yard"]);
    harness.program.close().await;
    fleet.stop().await;
}

/// CUS-26, DEV-04: what was previewed is done: a folder that was made meanwhile is the one that was meant; where one went that was there,
/// the row is left, and then says that it is made.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn meanwhile() {
    let fleet = fleet(2).await;
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    let place = organization(&chief, "Harbour").await;
    let quay = add_folder(&chief, &place.1, "Quay").await;
    let cameras = fleet.cameras();
    let text = [
        HEADER.to_owned(),
        row(&cameras[0], "Annex/North"),
        row(&cameras[1], "Quay"),
    ]
    .concat();
    let view = open(&harness, &chief, &place, &text).await;
    let view = test_and_trust(&harness, &chief, &view["import"]).await;
    assert_eq!(view["counts"]["folders_savable"], 2);
    add_folder(&chief, &place.1, "ANNEX").await;
    chief.ok("folders.delete", json!({ "id": quay })).await;
    let receipt = save(&chief, &view).await;
    assert_eq!(
        (
            &receipt["added"],
            &receipt["folders"],
            &receipt["changed"][0]["row"]
        ),
        (&json!(1), &json!(1), &json!(2)),
        "{receipt}"
    );
    assert_eq!(paths(&chief, &place.0).await, ["ANNEX", "ANNEX/North"]);
    let left = rows(&chief, &view["import"]).await;
    assert_eq!(
        (&left[0]["new_folder"], &left[0]["changed"]),
        (&json!("Quay"), &json!(true))
    );
    let view = chief
        .ok("devices.import_view", json!({ "import": view["import"] }))
        .await;
    let receipt = save(&chief, &view).await;
    assert_eq!(
        (&receipt["added"], &receipt["folders"], &receipt["finished"]),
        (&json!(1), &json!(1), &json!(true))
    );
    harness.program.close().await;
    fleet.stop().await;
}

/// RGT-06, ORG-20, ORG-22: who manages the organization's systems makes its folders, in the audit log by this name; members who see them
/// are told.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn by_an_admin_of_the_organization() {
    let fleet = fleet(1).await;
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    let place = organization(&chief, "Harbour").await;
    let account = add_account(&chief, "steward", "operator").await;
    grant(&chief, &place.0, &account, "admin", &[]).await;
    let hand = add_account(&chief, "hand", "operator").await;
    grant(&chief, &place.0, &hand, "viewer", &[&place.1]).await;
    let steward = try_sign_in(&harness, "steward", PASSWORD)
        .await
        .expect("signed in");
    let hand = try_sign_in(&harness, "hand", PASSWORD).await.expect("signed in");
    let text = format!("{HEADER}{}", row(&fleet.cameras()[0], "Annex/North"));
    let view = open(&harness, &steward, &place, &text).await;
    let view = test_and_trust(&harness, &steward, &view["import"]).await;
    assert_eq!(save(&steward, &view).await["folders"], 2);
    assert_eq!(paths(&hand, &place.0).await, ["Annex", "Annex/North"]);
    assert_eq!(managed(&hand, &place.0).await.len(), 1);
    let entries = made(&chief).await;
    let subjects: Vec<&str> = entries.iter().map(|(_, subject)| subject.as_str()).collect();
    assert_eq!(subjects, ["Annex", "North"]);
    assert!(
        entries.iter().all(|(who, _)| who.contains("steward")),
        "{entries:?}"
    );
    harness.program.close().await;
    fleet.stop().await;
}
