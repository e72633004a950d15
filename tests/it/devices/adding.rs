//! Adding devices (DEV-02, DEV-03): what is sent to whom, what is kept, and what each that was not added says.

use super::*;
use crate::harness::Harness;
use crate::people::{START, grant};
use flotilla_kernel::clock::hours;
use flotilla_kernel::error::ErrorCode;
use flotilla_simulator::Fault;

/// DEV-02, VPX-02, UI-29: factory-new ones get a first account with a password of their own, others are signed in to with a credential
/// set; what failed says why and is tried again.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_at_once() {
    let fleet = fleet(6).await;
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    let (harbour, folder) = organization(&chief, "Harbour").await;
    let berth = chief
        .ok("folders.create", json!({ "parent": folder, "name": "Berth 4" }))
        .await["id"]
        .clone();
    let cameras = fleet.cameras();
    let (new, old, away) = (&cameras[..3], &cameras[3], &cameras[4]);
    for camera in new {
        camera.set_fault(Fault::FactoryNew);
    }
    away.set_fault(Fault::Refuse);
    let set = json!({
        "id": null, "organization": harbour, "name": "Installers", "user_name": old.blueprint().user, "password": old.blueprint().password,
    });
    let set = chief.ok("credential_sets.save", set).await;
    let arguments = json!({
        "organization": harbour, "folder": berth, "accept_first_met": true,
        "devices": cameras.iter().map(unseen).collect::<Vec<_>>(),
        "credentials": { "kind": "set", "id": set["id"] }, "first_account": { "user_name": "flotilla", "password": null },
    });
    let results = done(&chief, "devices.add", arguments.clone()).await;
    for camera in new.iter().chain([old]) {
        assert_eq!(results.state(camera), ("done".into(), String::new()));
        let row = results.of(camera);
        assert_eq!(row["serial"], camera.blueprint().serial_number);
        assert!(row["system"].is_string() && row["certificate"].is_null());
    }
    assert_eq!(
        results.state(away),
        ("failed".into(), "device.unreachable".into())
    );
    // The last one has another password.
    assert_eq!(
        results.state(&cameras[5]),
        ("failed".into(), "device.credentials-refused".into())
    );
    assert_eq!(results.of(&cameras[5])["problem"]["params"]["left"], 9);
    let counts = &results.act["counts"];
    assert_eq!(
        (&counts["all"], &counts["done"], &counts["failed"]),
        (&json!(6), &json!(4), &json!(2))
    );
    assert_eq!(results.act["reasons"].as_array().map(Vec::len), Some(2));
    let rows = chief.rows("systems", json!({ "organization": harbour })).await;
    assert_eq!(rows.len(), 4);
    for row in &rows {
        assert_eq!(
            (&row["folder_id"], &row["state"]),
            (&berth, &json!("online")),
            "{row}"
        );
    }
    // Each has a password of its own, and it is the one that is stored.
    let ids = systems(&chief, &harbour, new).await;
    for id in &ids {
        let accounts = chief.ok("devices.accounts", json!({ "id": id })).await;
        let own: Vec<&Value> = accounts
            .as_array()
            .expect("accounts")
            .iter()
            .filter(|account| account["own"] == true)
            .collect();
        assert_eq!(own.len(), 1);
        assert_eq!(own[0]["name"], "flotilla");
    }
    // Retried: those that are here already say so, and change nothing.
    away.clear_faults();
    let mut again = arguments;
    again["credentials"] =
        json!({ "kind": "typed", "user_name": away.blueprint().user, "password": away.blueprint().password });
    again["devices"] = json!([unseen(away), unseen(&new[0])]);
    let results = done(&chief, "devices.add", again).await;
    assert_eq!(results.state(away), ("done".into(), String::new()));
    let (state, code) = results.state(&new[0]);
    assert_eq!(state, "failed");
    // It does not know the credentials that were typed, and is not asked for others.
    assert!(
        ["device.credentials-refused", "device.managed"].contains(&code.as_str()),
        "{code}"
    );
    let audit = chief
        .rows("audit", json!({ "search": away.blueprint().serial_number }))
        .await;
    assert_eq!(audit[0]["act"], "devices.add");
    harness.program.close().await;
    fleet.stop().await;
}

/// DEV-02, CUS-11: nobody has looked at the certificate: nothing is sent. After a yes to exactly this one it is added.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_certificate_is_looked_at_first() {
    let fleet = fleet(1).await;
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    let (harbour, folder) = organization(&chief, "Harbour").await;
    let camera = &fleet.cameras()[0];
    let arguments = |accept: Value| {
        json!({
            "organization": harbour, "folder": folder,
            "devices": [{ "host": camera.address(), "port": camera.port(), "accept": accept }],
            "credentials": { "kind": "typed", "user_name": camera.blueprint().user, "password": camera.blueprint().password },
            "first_account": null,
        })
    };
    let results = done(&chief, "devices.add", arguments(Value::Null)).await;
    assert_eq!(
        results.state(camera),
        ("failed".into(), "device.certificate-unseen".into())
    );
    let fingerprint = camera.fingerprint().expect("a certificate");
    let shown = results.of(camera)["certificate"]["sha256"]
        .as_str()
        .expect("shown");
    assert_eq!(shown.replace(':', "").to_lowercase(), fingerprint);
    assert_eq!(camera.counters().requests, 0, "nothing was sent");
    let accept = json!(shown);
    // It has another one by now.
    camera.change_certificate().expect("another one");
    let results = done(&chief, "devices.add", arguments(accept)).await;
    assert_eq!(
        results.state(camera),
        ("failed".into(), "device.certificate-changed".into())
    );
    assert_eq!(camera.counters().requests, 0, "nothing was sent");
    let accept = results.of(camera)["certificate"]["sha256"].clone();
    done(&chief, "devices.add", arguments(accept)).await.all("done");
    harness.program.close().await;
    fleet.stop().await;
}

/// DEV-02: ten rejected tries in 24 hours, also across restarts; then not one more is sent.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ten_tries_a_day() {
    let fleet = fleet(1).await;
    let harness = Harness::with_clock(START).await;
    let chief = harness.administrator().await;
    let (harbour, folder) = organization(&chief, "Harbour").await;
    let camera = &fleet.cameras()[0];
    let arguments = |password: &str| {
        json!({
            "organization": harbour, "folder": folder, "accept_first_met": true, "devices": [unseen(camera)],
            "credentials": { "kind": "typed", "user_name": "root", "password": password }, "first_account": null,
        })
    };
    for left in (0..10).rev() {
        // The device itself would lock the account at some time.
        camera.clear_faults();
        let results = done(&chief, "devices.add", arguments("wrong")).await;
        let problem = &results.of(camera)["problem"];
        let code = if left == 0 {
            "device.tries-used"
        } else {
            "device.credentials-refused"
        };
        assert_eq!(problem["code"], code, "{problem}");
        if left > 0 {
            assert_eq!(problem["params"]["left"], left);
        }
    }
    let harness = harness.restarted(false).await;
    let chief = harness.sign_in("chief").await;
    let before = camera.counters().refusals;
    let results = done(&chief, "devices.add", arguments(&camera.blueprint().password)).await;
    let problem = &results.of(camera)["problem"];
    assert_eq!(
        (&problem["code"], &problem["params"]["hours"]),
        (&json!("device.tries-used"), &json!(24))
    );
    assert_eq!(camera.counters().refusals, before, "it was not asked");
    camera.clear_faults();
    harness.clock.advance(hours(24) + 1);
    let chief = harness.sign_in("chief").await;
    done(&chief, "devices.add", arguments(&camera.blueprint().password))
        .await
        .all("done");
    harness.program.close().await;
    fleet.stop().await;
}

/// DEV-03: the same serial number at another address is the same device; another one is not taken for it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn moved_and_other() {
    let before = fleet(2).await;
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    let (harbour, folder) = organization(&chief, "Harbour").await;
    let (mill, mill_folder) = organization(&chief, "Mill").await;
    let system = add_known(&chief, &harbour, &folder, &before.cameras()[..1]).await;
    before.stop().await;
    // The same devices at other ports.
    let after = fleet(2).await;
    let (moved, other) = (&after.cameras()[0], &after.cameras()[1]);
    let arguments = |organization: &Value, folder: &Value, camera: &Camera, serial: &str| {
        json!({
            "organization": organization, "folder": folder, "accept_first_met": true,
            "devices": [{ "host": camera.address(), "port": camera.port(), "serial": serial }],
            "credentials": { "kind": "typed", "user_name": camera.blueprint().user, "password": camera.blueprint().password },
            "first_account": null,
        })
    };
    let serial = moved.blueprint().serial_number.as_str();
    // Somebody else's: not taken over, and who may see it reads whose.
    let results = done(
        &chief,
        "devices.add",
        arguments(&mill, &mill_folder, moved, serial),
    )
    .await;
    let problem = &results.of(moved)["problem"];
    assert_eq!(
        (&problem["code"], &problem["params"]["customer"]),
        (&json!("device.managed"), &json!("Harbour"))
    );
    // Another one than was seen there.
    let results = done(&chief, "devices.add", arguments(&harbour, &folder, other, serial)).await;
    assert_eq!(results.state(other), ("failed".into(), "device.other".into()));
    assert_eq!(
        results.of(other)["problem"]["params"]["found"],
        other.blueprint().serial_number
    );
    done(&chief, "devices.add", arguments(&harbour, &folder, moved, serial))
        .await
        .all("done");
    let rows = chief.rows("systems", json!({ "organization": harbour })).await;
    assert_eq!(rows.len(), 1);
    assert_eq!((&rows[0]["id"], &rows[0]["serial"]), (&system[0], &json!(serial)));
    let connections = chief
        .ok("connections.of", json!({ "organization": harbour }))
        .await;
    assert_eq!(
        (connections.as_array().map(Vec::len), &connections[0]["port"]),
        (Some(1), &json!(moved.port()))
    );
    harness.program.close().await;
    after.stop().await;
}

/// DEV-02, DEV-24: a managed device that was reset gets its first account again, and its connection has it; without one nothing is
/// written to it. Another organization gives it none.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_device_that_was_reset() {
    let fleet = fleet(1).await;
    let harness = Harness::new(true).await;
    let chief = harness.administrator().await;
    let (harbour, folder) = organization(&chief, "Harbour").await;
    let (mill, mill_folder) = organization(&chief, "Mill").await;
    let cameras = fleet.cameras();
    let ids = add_known(&chief, &harbour, &folder, cameras).await;
    let camera = &cameras[0];
    camera.set_restart_time(Duration::from_millis(100));
    let reset = json!({ "ids": ids, "confirmation": "1" });
    crate::jobs::done(&chief, "devices.factory_default", reset)
        .await
        .all("done");
    let add = |organization: &Value, folder: &Value, first_account: &Value| {
        json!({
            "organization": organization, "folder": folder, "accept_first_met": true, "credentials": null,
            "devices": [{ "host": camera.address(), "port": camera.port(), "serial": camera.blueprint().serial_number }],
            "first_account": first_account,
        })
    };
    let account = json!({ "user_name": "root", "password": null });
    let results = done(&chief, "devices.add", add(&mill, &mill_folder, &account)).await;
    assert_eq!(results.state(camera), ("failed".into(), "device.managed".into()));
    let results = done(&chief, "devices.add", add(&harbour, &folder, &Value::Null)).await;
    assert_eq!(
        results.state(camera),
        ("failed".into(), "device.needs-setup".into())
    );
    done(&chief, "devices.add", add(&harbour, &folder, &account))
        .await
        .all("done");
    let rows = chief.rows("systems", json!({ "organization": harbour })).await;
    assert_eq!(
        (rows.len(), &rows[0]["id"], &rows[0]["state"]),
        (1, &ids[0], &json!("online"))
    );
    // The password that was made is the connection's.
    crate::jobs::done(&chief, "devices.restart", json!({ "ids": ids }))
        .await
        .all("done");
    harness.program.close().await;
    fleet.stop().await;
}

/// DEV-02, RGT-06, UI-29: who manages the systems of an organization adds devices, sees what came of it, and nobody else's acts.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rights() {
    let fleet = fleet(2).await;
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    let (harbour, folder) = organization(&chief, "Harbour").await;
    let berth = chief
        .ok("folders.create", json!({ "parent": folder, "name": "Berth 4" }))
        .await["id"]
        .clone();
    let (account, operator) = harness.operator(&chief, "olga").await;
    let camera = &fleet.cameras()[0];
    let arguments = |folder: &Value, camera: &Camera| {
        json!({
            "organization": harbour, "folder": folder, "accept_first_met": true, "devices": [unseen(camera)],
            "credentials": { "kind": "typed", "user_name": camera.blueprint().user, "password": camera.blueprint().password },
            "first_account": null,
        })
    };
    assert_eq!(
        operator.refused("devices.add", arguments(&berth, camera)).await,
        ErrorCode::NotFound
    );
    let text = |value: &Value| value.as_str().expect("an id").to_owned();
    // RGT-06: systems are managed by the administrators of their organization.
    grant(&chief, &text(&harbour), &account, "operator", &[&text(&berth)]).await;
    assert_eq!(
        operator.refused("devices.add", arguments(&berth, camera)).await,
        ErrorCode::RightMissing
    );
    grant(&chief, &text(&harbour), &account, "admin", &[]).await;
    done(&operator, "devices.add", arguments(&berth, camera))
        .await
        .all("done");
    done(&chief, "devices.add", arguments(&berth, &fleet.cameras()[1]))
        .await
        .all("done");
    let acts = operator.ok("devices.acts", json!({})).await;
    assert_eq!(acts.as_array().map(Vec::len), Some(1));
    assert_eq!(acts[0]["account_name"], "olga");
    assert_eq!(operator.rows("device_results", json!({})).await.len(), 1);
    let chiefs = chief.ok("devices.acts", json!({})).await;
    let own = chiefs
        .as_array()
        .expect("acts")
        .iter()
        .find(|act| act["account_name"] == "chief");
    assert_eq!(
        operator
            .refused("devices.act", json!({ "id": own.expect("the chief's")["id"] }))
            .await,
        ErrorCode::NotFound
    );
    harness.program.close().await;
    fleet.stop().await;
}

/// DEV-02: a form says everything that is wrong with it at once, and nothing begins.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_wrong_with_a_form() {
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    let (harbour, folder) = organization(&chief, "Harbour").await;
    let (_, elsewhere) = organization(&chief, "Mill").await;
    let mut arguments = json!({
        "organization": harbour, "folder": folder,
        "devices": [{ "host": "no such host!", "port": 0 }, { "host": "10.0.0.1", "port": 443 }, { "host": "10.0.0.1", "port": 443 }],
        "credentials": { "kind": "typed", "user_name": "", "password": "" }, "first_account": { "user_name": "root", "password": "é" },
    });
    let wrong = crate::people::wrong_fields(chief.call("devices.add", arguments.clone()).await);
    let fields: Vec<&str> = wrong.iter().map(|(field, _)| field.as_str()).collect();
    assert_eq!(
        fields,
        [
            "devices.0.host",
            "devices.0.port",
            "devices.2.host",
            "credentials.user_name",
            "credentials.password",
            "first_account.password"
        ]
    );
    arguments["devices"] = json!([{ "host": "10.0.0.1", "port": 443 }]);
    arguments["credentials"] = Value::Null;
    arguments["first_account"] = json!({ "user_name": "räuber", "password": null });
    let wrong = crate::people::wrong_fields(chief.call("devices.add", arguments.clone()).await);
    assert_eq!(
        wrong,
        [("first_account.user_name".to_owned(), ErrorCode::DeviceUserName)]
    );
    arguments["first_account"] = Value::Null;
    arguments["folder"] = elsewhere;
    assert_eq!(
        chief.refused("devices.add", arguments.clone()).await,
        ErrorCode::FolderElsewhere
    );
    arguments["devices"] = json!(
        (0..5_001)
            .map(|number| json!({ "host": format!("10.1.{}.{}", number / 250, number % 250), "port": 443 }))
            .collect::<Vec<_>>()
    );
    assert_eq!(chief.refused("devices.add", arguments).await, ErrorCode::TooLarge);
    assert_eq!(chief.ok("devices.acts", json!({})).await, json!([]));
}

/// DEV-02: named credential sets; the password never comes back, a stale save is refused, another organization's is not found.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn credential_sets() {
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    let (harbour, _) = organization(&chief, "Harbour").await;
    let (mill, mill_folder) = organization(&chief, "Mill").await;
    let form = json!({ "id": null, "organization": harbour, "name": " Installers ", "user_name": "root", "password": "secret-of-installers" });
    let saved = chief.ok("credential_sets.save", form.clone()).await;
    assert_eq!(saved["name"], "Installers");
    let sets = chief
        .ok("credential_sets.of", json!({ "organization": harbour }))
        .await;
    assert_eq!(sets, json!([saved]));
    assert!(!sets.to_string().contains("secret-of-installers"));
    let wrong = crate::people::wrong_fields(chief.call("credential_sets.save", form.clone()).await);
    assert_eq!(wrong, [("name".to_owned(), ErrorCode::FieldTaken)]);
    // The password stays where none is given; who has not seen the last change does not overwrite it.
    let mut change = form;
    change["id"] = saved["id"].clone();
    change["revision"] = saved["revision"].clone();
    change["password"] = Value::Null;
    change["user_name"] = json!("flotilla");
    let changed = chief.ok("credential_sets.save", change.clone()).await;
    assert_eq!(changed["user_name"], "flotilla");
    assert_eq!(
        chief.refused("credential_sets.save", change).await,
        ErrorCode::Changed
    );
    let elsewhere = json!({
        "organization": mill, "folder": mill_folder, "devices": [{ "host": "10.0.0.1", "port": 443 }],
        "credentials": { "kind": "set", "id": saved["id"] }, "first_account": null,
    });
    assert_eq!(chief.refused("devices.add", elsewhere).await, ErrorCode::NotFound);
    let delete = json!({ "id": saved["id"], "organization": harbour });
    chief.ok("credential_sets.delete", delete.clone()).await;
    assert_eq!(
        chief.refused("credential_sets.delete", delete).await,
        ErrorCode::NotFound
    );
    assert_eq!(
        chief
            .ok("credential_sets.of", json!({ "organization": harbour }))
            .await,
        json!([])
    );
}
