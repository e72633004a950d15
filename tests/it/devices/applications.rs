//! Applications on devices (DEV-61): from the repository, verified, and never guessed about.

use super::*;
use crate::harness::Harness;
use flotilla_kernel::error::ErrorCode;

/// Adds a file to the repository; gives its row.
async fn package(harness: &Harness, person: &Person, name: &str, content: &[u8]) -> Value {
    let path = harness.folder().join(name);
    std::fs::write(&path, content).expect("written");
    let upload = person.choose(&path).await.upload;
    let workspace = person.program.workspace().await.expect("open");
    let mut events = workspace.database.subscribe();
    person.ok("repository.add", json!({ "upload": upload })).await;
    loop {
        let rows = person.rows("repository", json!({ "search": name })).await;
        if let Some(row) = rows.first() {
            return row.clone();
        }
        tokio::time::timeout(Duration::from_secs(60), events.recv())
            .await
            .expect("something happens")
            .ok();
    }
}

/// What runs on a device and what does not.
async fn listed(person: &Person, system: &Value) -> Vec<(String, String, String)> {
    let found = person.ok("devices.applications", json!({ "id": system })).await;
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    found["applications"]
        .as_array()
        .expect("applications")
        .iter()
        .filter(|one| one["name"] == "counter")
        .map(|one| (text(&one["name"]), text(&one["version"]), text(&one["state"])))
        .collect()
}

/// DEV-61, REP-06: installed and started on many, stopped, removed; what is already so is done; what was altered is never sent.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn applications() {
    let fleet = fleet(2).await;
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    let (harbour, folder) = organization(&chief, "Harbour").await;
    let ids = add_known(&chief, &harbour, &folder, fleet.cameras()).await;
    let content = Camera::package("counter", "1.2.3", true).expect("a package");
    let counter = package(&harness, &chief, "counter_1_2_3.eap", &content).await;
    assert_eq!(
        (&counter["kind"], &counter["version"]),
        (&json!("application"), &json!("1.2.3"))
    );
    let install = json!({ "ids": ids, "package": counter["id"], "start": true });
    let installed = done(&chief, "devices.install_application", install.clone()).await;
    installed.all("done");
    assert_eq!(installed.act["about"], "counter_1_2_3.eap");
    let of = |state: &str| vec![("counter".to_owned(), "1.2.3".to_owned(), state.to_owned())];
    for id in &ids {
        assert_eq!(listed(&chief, id).await, of("running"));
    }
    let argument = json!({ "ids": ids, "application": "counter" });
    done(&chief, "devices.start_application", argument.clone())
        .await
        .all("done");
    done(&chief, "devices.stop_application", argument.clone())
        .await
        .all("done");
    assert_eq!(listed(&chief, &ids[0]).await, of("stopped"));
    done(&chief, "devices.remove_application", argument.clone())
        .await
        .all("done");
    assert_eq!(listed(&chief, &ids[1]).await, []);
    let again = done(&chief, "devices.remove_application", argument).await;
    again.all("failed");
    assert_eq!(again.act["reasons"][0]["code"], "device.refused");
    // Whatever is no application is not sent as one.
    let image = package(&harness, &chief, "P3265-V_12_11_77.bin", b"firmware").await;
    let mut wrong = install.clone();
    wrong["package"] = image["id"].clone();
    let wrong = crate::people::wrong_fields(chief.call("devices.install_application", wrong).await);
    assert_eq!(wrong, [("package".to_owned(), ErrorCode::FieldNotAChoice)]);
    // Altered on the disk.
    let sha256 = counter["sha256"].as_str().expect("a digest");
    let stored = harness
        .folder()
        .join("workspace/repository/content")
        .join(&sha256[..2])
        .join(sha256);
    let mut permissions = std::fs::metadata(&stored).expect("there").permissions();
    #[expect(clippy::permissions_set_readonly_false, reason = "the test alters it")]
    permissions.set_readonly(false);
    std::fs::set_permissions(&stored, permissions).expect("set");
    std::fs::write(&stored, b"altered").expect("written");
    assert_eq!(
        chief.refused("devices.install_application", install).await,
        ErrorCode::RepositoryAltered
    );
    harness.program.close().await;
    fleet.stop().await;
}
