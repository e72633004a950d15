//! What jobs do with devices, but upgrades (DEV-24, OPS-13).

use super::*;
use crate::devices::{add_known, fleet, organization};
use crate::harness::Harness;
use flotilla_kernel::error::ErrorCode;
use flotilla_simulator::Fault;

/// DEV-24, GEN-11, OPS-13: restart, firmware before, factory default: each waits until the device is back; the number is typed first.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn restarts() {
    let fleet = fleet(3).await;
    let harness = Harness::new(true).await;
    let chief = harness.administrator().await;
    let (harbour, folder) = organization(&chief, "Harbour").await;
    let cameras = fleet.cameras();
    let ids = add_known(&chief, &harbour, &folder, cameras).await;
    for camera in cameras {
        camera.set_restart_time(Duration::from_millis(500));
    }
    cameras[1].set_uncommitted("10.12.114");
    let unconfirmed = json!({ "ids": ids[2..], "confirmation": "2" });
    let wrong = crate::people::wrong_fields(chief.call("devices.factory_default", unconfirmed).await);
    assert_eq!(
        wrong,
        [("confirmation".to_owned(), ErrorCode::DeviceConfirmation)]
    );
    let (restarted, rolled_back, set_back) = tokio::join!(
        done(&chief, "devices.restart", json!({ "ids": ids[..1] })),
        done(&chief, "devices.roll_back", json!({ "ids": ids[1..2] })),
        done(
            &chief,
            "devices.factory_default",
            json!({ "ids": ids[2..], "confirmation": "1" })
        ),
    );
    restarted.all("done");
    assert_eq!(restarted.state(), "completed");
    let log = chief
        .ok("jobs.task", json!({ "id": restarted.rows[0]["id"] }))
        .await;
    let ended = |step: &Value| !step["ended_at"].is_null();
    assert!(log["steps"].as_array().expect("steps").iter().all(ended), "{log}");
    rolled_back.all("done");
    assert_eq!(cameras[1].version(), "10.12.114");
    // There is nothing left to go back to.
    let again = done(&chief, "devices.roll_back", json!({ "ids": ids[1..2] })).await;
    assert_eq!(
        again.of(&cameras[1]),
        ("failed".into(), "firmware.nothing-before".into())
    );
    assert_eq!(again.state(), "failed");
    set_back.all("done");
    harness.program.close().await;
    fleet.stop().await;
}

/// JOB-21, JOB-27, DEV-03: each has its own result; another serial number at the address is left alone, before anything is sent.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_has_its_own_result() {
    let fleet = fleet(4).await;
    let harness = Harness::new(true).await;
    let chief = harness.administrator().await;
    let (harbour, folder) = organization(&chief, "Harbour").await;
    let cameras = fleet.cameras();
    let ids = add_known(&chief, &harbour, &folder, cameras).await;
    for camera in cameras {
        camera.set_restart_time(Duration::from_millis(200));
    }
    cameras[1].set_fault(Fault::WrongCertificate);
    cameras[2].set_fault(Fault::WrongPassword);
    let results = done(
        &chief,
        "devices.restart",
        json!({ "ids": ids, "order": { "name": "Monday" } }),
    )
    .await;
    assert_eq!(results.of(&cameras[0]).0, "done");
    assert_eq!(results.of(&cameras[3]).0, "done");
    assert_eq!(
        results.of(&cameras[1]),
        ("failed".into(), "device.certificate-changed".into())
    );
    assert_eq!(
        results.of(&cameras[2]),
        ("failed".into(), "device.credentials-refused".into())
    );
    assert_eq!(results.state(), "completed_with_failures");
    assert_eq!(results.job["row"]["name"], "Monday");
    let shown = results.rows.iter().find(|row| !row["certificate"].is_null());
    assert_eq!(
        shown.expect("a certificate")["problem"]["code"],
        "device.certificate-changed"
    );
    // The failed once more, as a run of its own.
    cameras[1].clear_faults();
    cameras[2].clear_faults();
    let again = chief
        .ok("jobs.retry", json!({ "id": results.job["row"]["id"] }))
        .await;
    let again = super::ended(&chief, &again["id"]).await;
    assert_eq!(again.rows.len(), 2);
    again.all("done");
    assert_eq!(again.job["row"]["retry_of"], results.job["row"]["id"]);
    harness.program.close().await;
    fleet.stop().await;
}

/// GEN-09, JOB-21: what runs when the program ends is taken up at the next start, and asked, not done again.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_program_ends_in_the_middle() {
    let fleet = fleet(2).await;
    let harness = Harness::new(true).await;
    let chief = harness.administrator().await;
    let (harbour, folder) = organization(&chief, "Harbour").await;
    let cameras = fleet.cameras();
    let ids = add_known(&chief, &harbour, &folder, cameras).await;
    for camera in cameras {
        camera.set_restart_time(Duration::from_secs(6));
    }
    let ordered = chief.ok("devices.restart", json!({ "ids": ids })).await;
    let workspace = harness.workspace().await;
    let mut events = workspace.database.subscribe();
    loop {
        let rows = systems(&chief, &ordered["id"]).await;
        if rows
            .iter()
            .all(|row| row["step"] == "restart" && row["state"] == "running")
        {
            break;
        }
        tokio::time::timeout(Duration::from_secs(60), events.recv())
            .await
            .expect("something happens")
            .ok();
    }
    drop((events, workspace));
    let harness = harness.restarted(true).await;
    let chief = harness.sign_in("chief").await;
    let results = ended(&chief, &ordered["id"]).await;
    results.all("done");
    for row in &results.rows {
        let task = chief.ok("jobs.task", json!({ "id": row["id"] })).await;
        let events: Vec<&Value> = task["log"]
            .as_array()
            .expect("a log")
            .iter()
            .map(|line| &line["event"])
            .collect();
        assert!(events.contains(&&json!("resumed")), "{events:?}");
        let sent = task["log"].as_array().expect("a log").iter();
        assert_eq!(
            sent.filter(|line| line["params"]["step"] == "send").count(),
            1,
            "{task}"
        );
    }
    harness.program.close().await;
    fleet.stop().await;
}
