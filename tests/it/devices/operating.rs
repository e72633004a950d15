//! Acts on devices (DEV-24, DEV-40, DEV-41): a result for each, nothing guessed, and Flotilla's own password never lost.

use super::*;
use crate::harness::Harness;
use flotilla_kernel::error::ErrorCode;
use flotilla_simulator::{Fault, FaultRule};

/// The names of the accounts of a device, those of Flotilla marked.
async fn accounts(person: &Person, system: &Value) -> Vec<String> {
    let accounts = person.ok("devices.accounts", json!({ "id": system })).await;
    accounts
        .as_array()
        .expect("accounts")
        .iter()
        .map(|account| {
            let name = account["name"].as_str().expect("a name");
            let role = account["role"].as_str().unwrap_or("none");
            let own = if account["own"] == true { ", own" } else { "" };
            format!("{name}: {role}{own}")
        })
        .collect()
}

/// DEV-40, DEV-41: accounts are created, changed and deleted on many; Flotilla's own cannot be; who refuses says so.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn accounts_on_many() {
    let fleet = fleet(4).await;
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    let (harbour, folder) = organization(&chief, "Harbour").await;
    let cameras = fleet.cameras();
    let ids = add_known(&chief, &harbour, &folder, cameras).await;
    assert_eq!(accounts(&chief, &ids[0]).await, ["root: administrator, own"]);
    cameras[3].set_fault(Fault::Refuse);
    let create = json!({ "ids": ids, "user_name": "guard", "password": "Night-watch-9", "role": "operator", "ptz": true });
    let results = done(&chief, "devices.create_account", create.clone()).await;
    assert_eq!(
        (&results.act["kind"], &results.act["about"]),
        (&json!("create_account"), &json!("guard"))
    );
    for camera in &cameras[..3] {
        assert_eq!(results.state(camera), ("done".into(), String::new()));
    }
    assert_eq!(
        results.state(&cameras[3]),
        ("failed".into(), "device.unreachable".into())
    );
    assert_eq!(
        accounts(&chief, &ids[1]).await,
        ["guard: operator", "root: administrator, own"]
    );
    // Once more: it exists there.
    let mut again = create;
    again["ids"] = json!(ids[..1]);
    let results = done(&chief, "devices.create_account", again).await;
    assert_eq!(
        results.state(&cameras[0]),
        ("failed".into(), "device.refused".into())
    );
    let change = json!({ "ids": ids[..2], "user_name": "guard", "password": "Day-watch-10" });
    done(&chief, "devices.set_password", change).await.all("done");
    let delete = json!({ "ids": ids[..2], "user_name": "guard" });
    done(&chief, "devices.delete_account", delete).await.all("done");
    assert_eq!(accounts(&chief, &ids[1]).await, ["root: administrator, own"]);
    // Its own account is nobody's to change but its own.
    for (act, arguments) in [
        (
            "devices.set_password",
            json!({ "ids": ids[..1], "user_name": "root", "password": "Another-one-1" }),
        ),
        (
            "devices.delete_account",
            json!({ "ids": ids[..1], "user_name": "root" }),
        ),
    ] {
        let results = done(&chief, act, arguments).await;
        assert_eq!(
            results.state(&cameras[0]),
            ("failed".into(), "device.account-in-use".into())
        );
    }
    harness.program.close().await;
    fleet.stop().await;
}

/// DEV-41: a new password of its own for each device; the new one is proven before the old one is forgotten, also where the answer was
/// lost.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn its_own_password() {
    let fleet = fleet(2).await;
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    let (harbour, folder) = organization(&chief, "Harbour").await;
    let cameras = fleet.cameras();
    let ids = add_known(&chief, &harbour, &folder, cameras).await;
    let renewed = done(
        &chief,
        "devices.rotate_password",
        json!({ "ids": ids, "password": null }),
    )
    .await;
    renewed.all("done");
    // What was used until now is refused, what is stored now is not.
    for (id, camera) in ids.iter().zip(cameras) {
        let refusals = camera.counters().refusals;
        assert_eq!(accounts(&chief, id).await, ["root: administrator, own"]);
        assert_eq!(camera.counters().refusals, refusals);
        let old = json!({
            "id": null, "organization": harbour, "kind": "device", "host": camera.address(), "port": camera.port(),
            "user_name": "root", "password": camera.blueprint().password, "accept": camera.fingerprint().expect("a certificate"),
        });
        let old = chief.ok("connections.test", old).await;
        assert_eq!(old["status"], "authorization_failed", "{old}");
    }
    // Answers are lost now and then: whatever it comes to, Flotilla is not kept out.
    for _ in 0..4 {
        for camera in cameras {
            camera.set_rule(FaultRule {
                fault: Fault::LoseAnswer,
                rate: 0.4,
                times: None,
            });
        }
        let results = done(
            &chief,
            "devices.rotate_password",
            json!({ "ids": ids, "password": null }),
        )
        .await;
        for camera in cameras {
            camera.clear_faults();
            let (state, code) = results.state(camera);
            assert!(
                ["done", "failed", "unknown"].contains(&state.as_str()),
                "{state} {code}"
            );
        }
        let results = done(
            &chief,
            "devices.rotate_password",
            json!({ "ids": ids, "password": null }),
        )
        .await;
        results.all("done");
        for id in &ids {
            assert_eq!(accounts(&chief, id).await, ["root: administrator, own"]);
        }
    }
    let own = json!({ "ids": ids, "password": "One-for-all-11" });
    done(&chief, "devices.rotate_password", own).await.all("done");
    harness.program.close().await;
    fleet.stop().await;
}

/// GEN-09: what runs when the program ends is not lost: it is brought to its end, or said to be interrupted at the next start.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_program_ends_in_the_middle() {
    let fleet = fleet(2).await;
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    let (harbour, folder) = organization(&chief, "Harbour").await;
    let ids = add_known(&chief, &harbour, &folder, fleet.cameras()).await;
    let create = json!({ "ids": ids, "user_name": "guard", "password": "Night-watch-9", "role": "viewer", "ptz": false });
    let begun = chief.ok("devices.create_account", create).await;
    let harness = harness.restarted(true).await;
    let chief = harness.sign_in("chief").await;
    let act = ended(&chief, &begun).await;
    let counts = &act["counts"];
    assert_eq!(
        (&counts["waiting"], &counts["running"]),
        (&json!(0), &json!(0)),
        "{act}"
    );
    assert_eq!(counts["all"], 2);
    harness.program.close().await;
    fleet.stop().await;
}

/// DEV-24, RGT-09: devices that an account does not see, or that are none, are left out and named.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_not_theirs_is_left_out() {
    let fleet = fleet(1).await;
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    let (harbour, folder) = organization(&chief, "Harbour").await;
    let ids = add_known(&chief, &harbour, &folder, fleet.cameras()).await;
    let nobody = "0198f1d2-0000-7000-8000-000000000001";
    let create = json!({ "ids": [ids[0], nobody], "user_name": "guard", "password": "Night-watch-9", "role": "viewer" });
    let begun = chief.ok("devices.create_account", create.clone()).await;
    assert_eq!(
        begun["skipped"],
        json!([{ "id": nobody, "problem": "not-found" }])
    );
    ended(&chief, &begun).await;
    let (_, operator) = harness.operator(&chief, "olga").await;
    assert_eq!(
        operator.refused("devices.create_account", create).await,
        ErrorCode::NotFound
    );
    assert_eq!(
        operator
            .refused("devices.accounts", json!({ "id": ids[0] }))
            .await,
        ErrorCode::NotFound
    );
    harness.program.close().await;
    fleet.stop().await;
}
