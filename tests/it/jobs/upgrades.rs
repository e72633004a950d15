//! Firmware upgrades of devices as jobs (DEV-20, DEV-23, OPS-09, VPX-10 to VPX-13).

use super::*;
use crate::devices::{add_known, fleet, organization};
use crate::harness::Harness;
use crate::people::set_preference;
use crate::repository::{add, finished};
use flotilla_connectors::vapix::Patience;
use flotilla_core::devices::operations::RestartPatience;
use flotilla_simulator::Fault;

/// So long is waited for devices here.
const SHORT: Patience = Patience {
    limit: Duration::from_secs(8),
    interval: Duration::from_millis(200),
};

/// Puts firmware for cameras of a model into the repository.
async fn firmware(harness: &Harness, person: &Person, model: &str, version: &str) -> Value {
    let image = Camera::firmware_image(model, version, true, 6_000_000).expect("an image");
    let name = format!("AXIS_{model}_{}.bin", version.replace('.', "_"));
    let path = harness.folder().join(name);
    std::fs::write(&path, image).expect("written");
    add(person, &path).await;
    finished(person).await;
    let rows = person.rows("repository", json!({})).await;
    let found = rows
        .iter()
        .find(|row| row["version"] == version && row["product"] == *model);
    found.unwrap_or_else(|| panic!("{model} {version} is not in the repository: {rows:?}"))["id"].clone()
}

/// DEV-20, DEV-23: the plan says what it means and who is left out; the job installs it, and proves it; then everything is current.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn to_what_is_recommended() {
    let fleet = fleet(3).await;
    let harness = Harness::new(true).await;
    let chief = harness.administrator().await;
    harness.workspace().await.state::<RestartPatience>().set(SHORT);
    let (harbour, folder) = organization(&chief, "Harbour").await;
    let cameras = fleet.cameras();
    for camera in cameras {
        camera.set_version("12.0.91");
    }
    let ids = add_known(&chief, &harbour, &folder, cameras).await;
    for camera in cameras {
        camera.set_restart_time(Duration::from_millis(500));
    }
    let models: std::collections::BTreeSet<String> = cameras
        .iter()
        .map(|camera| camera.blueprint().model[0].to_owned())
        .collect();
    let plan = chief
        .ok("devices.plan_upgrade", json!({ "ids": ids, "target": null }))
        .await;
    assert_eq!(plan["devices"], 0, "{plan}");
    assert_eq!(plan["excluded"][0]["problem"], "upgrade.no-package");
    for model in &models {
        firmware(&harness, &chief, model, "12.9.33").await;
    }
    let plan = chief
        .ok("devices.plan_upgrade", json!({ "ids": ids, "target": null }))
        .await;
    assert_eq!(plan["devices"], 3, "{plan}");
    let results = done(&chief, "devices.upgrade", json!({ "ids": ids, "target": null })).await;
    results.all("done");
    assert_eq!(results.state(), "completed");
    for (camera, row) in cameras.iter().zip(&results.rows) {
        assert_eq!(camera.version(), "12.9.33");
        assert_eq!(camera.installations(), 1);
        assert_eq!(row["version_to"], "12.9.33");
        assert_ne!(row["version_from"], "12.9.33");
    }
    let again = chief
        .problem("devices.upgrade", json!({ "ids": ids, "target": null }))
        .await;
    assert_eq!(again.fields[0].field, "ids");
    harness.program.close().await;
    fleet.stop().await;
}

/// DEV-23, JOB-21, JOB-23: each ends in the state that is true of it, and none is sent an image twice.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn with_every_fault() {
    let fleet = fleet(7).await;
    let harness = Harness::new(true).await;
    let chief = harness.administrator().await;
    harness.workspace().await.state::<RestartPatience>().set(SHORT);
    set_preference(&chief, "job_concurrency_per_customer", json!(8)).await;
    set_preference(&chief, "job_concurrency_uploads", json!(8)).await;
    let (harbour, folder) = organization(&chief, "Harbour").await;
    let cameras = fleet.cameras();
    for camera in cameras {
        camera.set_version("12.0.91");
    }
    let ids = add_known(&chief, &harbour, &folder, cameras).await;
    let models: std::collections::BTreeSet<String> = cameras
        .iter()
        .map(|camera| camera.blueprint().model[0].to_owned())
        .collect();
    for model in &models {
        firmware(&harness, &chief, model, "12.9.33").await;
    }
    for camera in cameras {
        camera.set_restart_time(Duration::from_millis(500));
    }
    cameras[1].set_fault(Fault::LoseUpgradeAnswer);
    cameras[2].set_fault(Fault::UpgradeWithoutRestart);
    cameras[3].set_fault(Fault::UpgradeFallsBack);
    cameras[4].set_fault(Fault::UpgradeRefused { code: 422 });
    cameras[5].set_rule(flotilla_simulator::FaultRule {
        fault: Fault::CutUpload { bytes: 1_000_000 },
        rate: 1.0,
        times: Some(1),
    });
    cameras[6].set_rule(flotilla_simulator::FaultRule {
        fault: Fault::UpgradeRefused { code: 423 },
        rate: 1.0,
        times: Some(1),
    });
    let results = done(&chief, "devices.upgrade", json!({ "ids": ids, "target": null })).await;
    let state = |place: usize| results.of(&cameras[place]);
    assert_eq!(state(0), ("done".into(), String::new()));
    assert_eq!(state(1), ("done".into(), String::new()), "by asking what it runs");
    assert_eq!(state(2), ("failed".into(), "upgrade.not-restarted".into()));
    assert_eq!(state(3), ("failed".into(), "upgrade.fell-back".into()));
    assert_eq!(state(4), ("failed".into(), "firmware.unsigned".into()));
    // Cut in the middle. Where the system's buffers took all of the image before that was noticed, the device may have had it: it is asked,
    // and has not restarted. Where they did not, it certainly had not all of it, and is sent it again.
    match state(5) {
        (ended, problem) if ended == "done" => {
            assert_eq!((problem.as_str(), cameras[5].installations()), ("", 1));
            assert_eq!(cameras[5].version(), "12.9.33");
        }
        ended => {
            assert_eq!(ended, ("failed".into(), "upgrade.not-restarted".into()));
            assert_eq!(
                (cameras[5].installations(), cameras[5].version()),
                (0, "12.0.91".into())
            );
        }
    }
    assert_eq!(state(6), ("done".into(), String::new()), "it was busy");
    for place in [0, 1, 6] {
        assert_eq!(cameras[place].installations(), 1, "{place}");
        assert_eq!(cameras[place].version(), "12.9.33");
    }
    assert_eq!(results.state(), "completed_with_failures");
    harness.program.close().await;
    fleet.stop().await;
}

/// REP-06, REP-08: a package that was altered on the disk is sent nowhere; one that a job needs cannot be deleted.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn packages_in_use_and_altered() {
    let fleet = fleet(1).await;
    let harness = Harness::new(true).await;
    let chief = harness.administrator().await;
    let (harbour, folder) = organization(&chief, "Harbour").await;
    let cameras = fleet.cameras();
    for camera in cameras {
        camera.set_version("12.0.91");
    }
    let ids = add_known(&chief, &harbour, &folder, cameras).await;
    let package = firmware(&harness, &chief, cameras[0].blueprint().model[0], "12.9.33").await;
    let later = json!({ "schedule": { "kind": "at", "local": "2099-01-01T02:30", "zone": "Europe/Berlin" } });
    let ordered = chief
        .ok(
            "devices.upgrade",
            json!({ "ids": ids, "target": package, "order": later }),
        )
        .await;
    let kept = chief.ok("repository.delete", json!({ "ids": [package] })).await;
    assert_eq!(kept[0]["error"], "repository.in-use", "{kept}");
    let rows = chief.rows("repository", json!({})).await;
    let sha256 = rows[0]["sha256"].as_str().expect("a digest");
    let content = harness
        .folder()
        .join("workspace")
        .join("repository")
        .join("content");
    let path = content.join(&sha256[..2]).join(sha256);
    let mut bytes = std::fs::read(&path).expect("the content");
    bytes[1_000] ^= 1;
    std::fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o600)).expect("writable");
    std::fs::write(&path, bytes).expect("altered");
    let results = done(
        &chief,
        "devices.upgrade",
        json!({ "ids": ids, "target": package }),
    )
    .await;
    assert_eq!(
        results.of(&cameras[0]),
        ("failed".into(), "repository.altered".into())
    );
    assert_eq!(cameras[0].installations(), 0);
    let stopped = chief.ok("jobs.stop", json!({ "ids": [ordered["id"]] })).await;
    assert_eq!(stopped[0]["problem"], Value::Null);
    let deleted = chief.ok("repository.delete", json!({ "ids": [package] })).await;
    assert_eq!(deleted[0]["error"], Value::Null, "{deleted}");
    harness.program.close().await;
    fleet.stop().await;
}
