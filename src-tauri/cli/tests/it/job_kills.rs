//! REL-01, JOB-21: killed at any moment while devices are upgraded, nothing is lost, nothing is done twice, and it goes on.
//!
//! `FLOTILLA_KILLS=500 cargo test --package flotilla-cli kill` for the long run.

use crate::moments::{Moments, kill_when, kills};
use crate::place::{LOGIN, Open, Place};
use flotilla_simulator::Camera;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::time::{Duration, Instant};

const CAMERAS: usize = 6;
/// So large that a kill falls into the middle of it now and then.
const IMAGE: usize = 3_000_000;

/// Adds all cameras; gives their ids.
async fn add(place: &Place, open: &Open) -> Vec<Value> {
    let form = json!({ "name": "Harbour", "zone": "Europe/Berlin", "language": "en" });
    let organization = open.call("organizations.create", form).await["id"].clone();
    let details = open
        .call("organizations.read", json!({ "id": organization }))
        .await;
    for camera in place.fleet.cameras() {
        let blueprint = camera.blueprint();
        let wanted = json!({
            "organization": organization, "folder": details["default_folder"], "accept_first_met": true, "first_account": null,
            "devices": [{ "host": camera.address(), "port": camera.port() }],
            "credentials": { "kind": "typed", "user_name": blueprint.user, "password": blueprint.password },
        });
        let begun = open.call("devices.add", wanted).await;
        open.act_done(&begun).await;
    }
    let rows = open.rows("systems").await;
    rows.iter().map(|row| row["id"].clone()).collect()
}

/// Puts firmware of this version for all models into the repository.
async fn firmware(place: &Place, version: &str) {
    let models: BTreeSet<&str> = place
        .fleet
        .cameras()
        .iter()
        .map(|camera| camera.blueprint().model[0])
        .collect();
    for model in models {
        let image = Camera::firmware_image(model, version, true, IMAGE).expect("an image");
        let name = format!("AXIS_{model}_{}.bin", version.replace('.', "_"));
        std::fs::write(place.file(&name), image).expect("written");
        let added = place.run(&["repository", "add", &name]).await;
        assert_eq!(added.code, Some(0), "{}", added.complaint);
    }
}

/// REL-01, JOB-21, JOB-23, DEV-23
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_while_devices_are_upgraded() {
    let place = Place::with_cameras(CAMERAS).await;
    let mut moments = Moments::new(10);
    for camera in place.fleet.cameras() {
        camera.set_version("12.0.91");
        camera.set_restart_time(Duration::from_millis(300));
    }
    let open = place.open().await;
    let ids = add(&place, &open).await;
    assert_eq!(ids.len(), CAMERAS);
    let mut form = open.call("preferences.read", json!({})).await;
    for name in ["job_concurrency_per_customer", "job_concurrency_uploads"] {
        form["preferences"][name] = json!(CAMERAS);
    }
    open.call("preferences.save", form).await;
    open.close().await;
    let (mut killed, mut round) = (0, 0_u64);
    // How long a round takes that is left alone, as far as is known.
    let mut longest = Duration::from_secs(12);
    // A round takes as long as devices restart: half as many as elsewhere.
    let kills = kills() / 2;
    while killed < kills {
        round += 1;
        let version = format!("12.9.{round}");
        firmware(&place, &version).await;
        let open = place.open().await;
        let ordered = open
            .call("devices.upgrade", json!({ "ids": ids, "target": null }))
            .await;
        open.close().await;
        let id = ordered["id"].as_str().expect("an id").to_owned();
        loop {
            let begun = Instant::now();
            let mut child = place
                .command(LOGIN, &["job", "run", &id])
                .spawn()
                .expect("it starts");
            let later = if killed < kills {
                moments.up_to(longest)
            } else {
                Duration::from_secs(600)
            };
            if kill_when(&mut child, || true, later).await {
                killed += 1;
                continue;
            }
            let open = place.open().await;
            let job = open.call("jobs.job", json!({ "id": id })).await;
            open.close().await;
            // One that comes too soon after a kill has to wait before it may sign in.
            if job["row"]["finished_at"].is_null() {
                continue;
            }
            assert_eq!(job["row"]["state"], "completed", "{job}");
            assert_eq!(job["row"]["counts"]["done"], CAMERAS);
            longest = begun.elapsed();
            break;
        }
        for camera in place.fleet.cameras() {
            assert_eq!(camera.version(), version);
            assert_eq!(camera.installations(), round, "of {version}");
        }
    }
    println!("{killed} kills in {round} rounds");
}
