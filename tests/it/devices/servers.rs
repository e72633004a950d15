//! Video servers (DEV-50, DEV-51, PRO-01) and connected applications (DEV-52).

use super::*;
use crate::harness::Harness;
use crate::people::{add_account, add_folder, grant};
use flotilla_kernel::error::ErrorCode;
use flotilla_simulator::{Fault, VideoServer};

fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}

async fn fleet_of_servers(video_servers: usize) -> Fleet {
    let options = FleetOptions {
        cameras: 4 * video_servers,
        video_servers,
        seed: 41,
        addressing: Addressing::Ports { first: None },
        ..FleetOptions::default()
    };
    Fleet::start(options).await.expect("the fleet starts")
}

fn form(organization: &Value, server: &VideoServer) -> Value {
    json!({
        "id": null, "organization": organization, "kind": "video_server", "name": "", "host": server.address(), "port": server.port(),
        "user_name": server.blueprint().user, "password": server.blueprint().password, "proxy": { "kind": "workspace" }, "accept": null,
    })
}

/// Tests a server, says yes to its certificate, and saves it; gives its connection.
async fn add_server(person: &Person, organization: &Value, server: &VideoServer) -> Value {
    let mut form = form(organization, server);
    let shown = person.ok("connections.test", form.clone()).await;
    assert_eq!(shown["status"], "certificate_not_trusted");
    form["accept"] = shown["certificate"]["sha256"].clone();
    let tested = person.ok("connections.test", form.clone()).await;
    assert_eq!(
        (&tested["status"], &tested["systems"], &tested["version"]),
        (&json!("success"), &json!(1), &json!(server.version()))
    );
    form["proof"] = tested["proof"].clone();
    person.ok("connections.save", form).await
}

/// The row of the only video server.
async fn row(person: &Person) -> Value {
    let query = json!({ "criteria": [{ "column": "kind", "test": { "kind": "any_of", "values": ["video_server"] } }] });
    let mut rows = person.rows("systems", query).await;
    assert_eq!(rows.len(), 1, "{rows:?}");
    rows.remove(0)
}

async fn connection_of(person: &Person, organization: &Value) -> Value {
    let of = json!({ "organization": organization });
    let connections = person.ok("connections.of", of).await;
    let all = connections.as_array().expect("connections");
    all.iter()
        .find(|one| one["kind"] == "video_server")
        .expect("a server's connection")
        .clone()
}

/// The causes of the open alarms.
async fn alarms(person: &Person) -> Vec<Value> {
    let open =
        json!({ "criteria": [{ "column": "state", "test": { "kind": "any_of", "values": ["open"] } }] });
    let rows = person.rows("alarms", open).await;
    rows.iter().map(|row| row["cause"].clone()).collect()
}

async fn refresh(person: &Person, connection: &Value) -> Value {
    let ids = json!({ "ids": [connection["id"]] });
    person.ok("connections.refresh", ids).await[0]["problem"].clone()
}

/// DEV-50, PRO-01: a server is one row, with what it says of itself, and with the devices it works with: those that are managed lead
/// to their rows. Another version is seen at the next contact.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_is_read_and_shown() {
    let fleet = fleet_of_servers(1).await;
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    let (harbour, folder) = organization(&chief, "Harbour").await;
    let server = &fleet.video_servers()[0];
    let known = add_known(&chief, &harbour, &folder, &fleet.cameras()[..2]).await;
    let connection = add_server(&chief, &harbour, server).await;
    let blueprint = server.blueprint();
    let shown = row(&chief).await;
    assert_eq!(
        [
            &shown["name"],
            &shown["model"],
            &shown["version"],
            &shown["state"],
            &shown["host"]
        ],
        [
            &json!(blueprint.name),
            &json!(blueprint.hardware),
            &json!(blueprint.version),
            &json!("online"),
            &json!(server.address())
        ]
    );
    let view = chief
        .ok("systems.video_server", json!({ "id": shown["id"] }))
        .await;
    assert_eq!(
        (
            &view["interface"],
            &view["vendor"],
            &view["monitored"],
            &view["device_count"]
        ),
        (
            &json!("2.43"),
            &json!("Flotilla Simulator"),
            &json!(true),
            &json!(4)
        )
    );
    let devices = view["devices"].as_array().expect("devices");
    for (place, (device, camera)) in devices.iter().zip(fleet.cameras()).enumerate() {
        assert_eq!(device["serial"], json!(camera.blueprint().serial_number));
        let managed = known.get(place).cloned();
        assert_eq!(device["system"], managed.unwrap_or(Value::Null), "{place}");
    }
    server.set_version("6.18.9");
    assert_eq!(refresh(&chief, &connection).await, Value::Null);
    let again = row(&chief).await;
    assert_eq!(
        (&again["version"], &again["id"]),
        (&json!("6.18.9"), &shown["id"])
    );
    // Devices are operated; a server is not.
    let account =
        json!({ "ids": [shown["id"]], "user_name": "guard", "password": "Night-watch-9", "role": "viewer" });
    let refused = done(&chief, "devices.create_account", account).await;
    assert_eq!(refused.rows[0]["state"], "failed");
}

/// DEV-51, RGT-03: whoever handles alarms switches the monitoring of a server off and on; a viewer does not. Meanwhile it is not polled,
/// raises no alarm, and a test still says how it is; what was read of it stays.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn monitoring_is_switched_off_and_on() {
    let fleet = fleet_of_servers(1).await;
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    let (harbour, folder) = organization(&chief, "Harbour").await;
    let server = &fleet.video_servers()[0];
    let connection = add_server(&chief, &harbour, server).await;
    for (login, role) in [("olga", "operator"), ("vera", "viewer")] {
        let account = add_account(&chief, login, "operator").await;
        grant(&chief, text(&harbour), &account, role, &[text(&folder)]).await;
    }
    let operator = harness.sign_in("olga").await;
    let viewer = harness.sign_in("vera").await;
    server.set_fault(Fault::Refuse);
    refresh(&chief, &connection).await;
    assert_eq!(alarms(&chief).await, [json!("no_contact")]);
    let off = json!({ "ids": [connection["id"]], "on": false });
    let refused = viewer.ok("connections.monitor", off.clone()).await;
    assert_eq!(refused[0]["problem"], "right.missing");
    let outcomes = operator.ok("connections.monitor", off.clone()).await;
    assert_eq!(
        (&outcomes[0]["problem"], &outcomes[0]["switched"]),
        (&Value::Null, &json!(true))
    );
    assert_eq!(alarms(&chief).await, Vec::<Value>::new());
    let stored = connection_of(&chief, &harbour).await;
    assert_eq!(
        (&stored["status"], &stored["state"], &stored["monitored"]),
        (&json!("not_monitored"), &json!("never"), &json!(false))
    );
    assert!(
        !stored["last_contact"].is_null(),
        "when it was last in contact stays"
    );
    let shown = row(&chief).await;
    assert_eq!(
        (&shown["state"], &shown["version"]),
        (&json!("unknown"), &json!(server.version()))
    );
    let requests = server.counters().connections;
    assert_eq!(refresh(&chief, &connection).await, "connection.not-monitored");
    assert_eq!(server.counters().connections, requests, "nobody asked it");
    server.clear_faults();
    let mut form = form(&harbour, server);
    form["id"] = connection["id"].clone();
    let tested = chief.ok("connections.test", form).await;
    assert_eq!(tested["status"], "success");
    assert_eq!(connection_of(&chief, &harbour).await["status"], "not_monitored");
    // Switched off twice is off; on it is asked at once.
    let outcomes = chief.ok("connections.monitor", off).await;
    assert_eq!(outcomes[0]["switched"], false);
    let on = json!({ "ids": [connection["id"]], "on": true });
    operator.ok("connections.monitor", on).await;
    assert_eq!(connection_of(&chief, &harbour).await["status"], "never_tried");
    assert_eq!(refresh(&chief, &connection).await, Value::Null);
    assert_eq!(row(&chief).await["state"], "online");
}

/// CUS-11, DEV-51: while the monitoring is off, a connection is saved to lead to another server: what was read of the first one does not
/// hold any more, and what the test has read is stored when the monitoring is on again.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn led_elsewhere_while_nobody_monitors() {
    let fleet = fleet_of_servers(2).await;
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    let (harbour, _) = organization(&chief, "Harbour").await;
    let [first, second] = fleet.video_servers() else {
        panic!("two servers");
    };
    let connection = add_server(&chief, &harbour, first).await;
    let off = json!({ "ids": [connection["id"]], "on": false });
    chief.ok("connections.monitor", off).await;
    let mut edit = form(&harbour, second);
    edit["id"] = connection["id"].clone();
    edit["revision"] = connection_of(&chief, &harbour).await["revision"].clone();
    edit["accept"] = chief.ok("connections.test", edit.clone()).await["certificate"]["sha256"].clone();
    edit["proof"] = chief.ok("connections.test", edit.clone()).await["proof"].clone();
    let saved = chief.ok("connections.save", edit).await;
    assert_eq!(
        (&saved["status"], &saved["monitored"], &saved["last_contact"]),
        (&json!("not_monitored"), &json!(false), &Value::Null)
    );
    let on = json!({ "ids": [connection["id"]], "on": true });
    chief.ok("connections.monitor", on).await;
    assert_eq!(refresh(&chief, &connection).await, Value::Null);
    let shown = row(&chief).await;
    assert_eq!(
        (&shown["name"], &shown["host"]),
        (&json!(second.blueprint().name), &json!(second.address()))
    );
}

/// DEV-02, PRO-01: Windows locks accounts after too many wrong passwords; after ten tries a server is not asked again on that day.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_rejects_ten_passwords_a_day() {
    let fleet = fleet_of_servers(1).await;
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    let (harbour, _) = organization(&chief, "Harbour").await;
    let server = &fleet.video_servers()[0];
    let mut form = form(&harbour, server);
    form["accept"] = chief.ok("connections.test", form.clone()).await["certificate"]["sha256"].clone();
    form["password"] = json!("wrong");
    for _ in 0..10 {
        let tested = chief.ok("connections.test", form.clone()).await;
        assert_eq!(
            (&tested["status"], &tested["detail"]),
            (&json!("authorization_failed"), &json!(""))
        );
    }
    let refusals = server.counters().refusals;
    let tested = chief.ok("connections.test", form).await;
    assert_eq!(
        (&tested["status"], &tested["detail"]),
        (&json!("authorization_failed"), &json!("device.tries-used"))
    );
    assert_eq!((refusals, server.counters().refusals), (10, 10));
}

/// DEV-52, ORG-21: a connected application is listed with its folder, which is not deleted while it is there and whose deletion names
/// it; a change that was made meanwhile is not overwritten.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn connected_applications_are_listed_with_their_folders() {
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    let (harbour, folder) = organization(&chief, "Harbour").await;
    let quay = add_folder(&chief, text(&folder), "Quay").await;
    let fields = json!({ "name": "Patrol", "model": "Body Worn", "host": "", "folder": quay });
    let saved = chief
        .ok(
            "systems.save_application",
            json!({ "id": null, "fields": fields }),
        )
        .await;
    let rows = chief
        .rows(
            "systems",
            json!({ "organization": harbour, "search": "body worn" }),
        )
        .await;
    assert_eq!(rows.len(), 1);
    assert_eq!(
        (
            &rows[0]["name"],
            &rows[0]["kind"],
            &rows[0]["folder"],
            &rows[0]["state"]
        ),
        (
            &json!("Patrol"),
            &json!("connected_application"),
            &json!("Quay"),
            &json!("unknown")
        )
    );
    let count = async || {
        let ids = json!({ "ids": [harbour] });
        chief.ok("organizations.window", ids).await[0]["systems"].clone()
    };
    assert_eq!(count().await, 1, "also where there is no connection");
    let plan = chief.ok("folders.plan_deletion", json!({ "id": quay })).await;
    assert_eq!(
        (&plan["systems"], &plan["applications"]),
        (&json!(1), &json!(["Patrol"]))
    );
    let refused = chief.refused("folders.delete", json!({ "id": quay })).await;
    assert_eq!(refused, ErrorCode::FolderNotEmpty);
    let changed = json!({ "name": "Patrol", "model": "Body Worn", "host": "10.0.0.9", "folder": folder });
    let save =
        |fields: &Value, before: &Value| json!({ "id": saved["id"], "fields": fields, "before": before });
    chief
        .ok("systems.save_application", save(&changed, &saved["fields"]))
        .await;
    let problem = chief
        .refused("systems.save_application", save(&fields, &saved["fields"]))
        .await;
    assert_eq!(problem, ErrorCode::Changed);
    let wrong = json!({ "name": "", "model": "", "host": "no address", "folder": folder });
    let problem = chief
        .problem("systems.save_application", save(&wrong, &changed))
        .await;
    assert_eq!((problem.code, problem.fields.len()), (ErrorCode::FormInvalid, 2));
    chief.ok("folders.delete", json!({ "id": quay })).await;
    let outcomes = chief
        .ok("systems.remove_applications", json!({ "ids": [saved["id"]] }))
        .await;
    assert_eq!(outcomes[0]["problem"], Value::Null);
    assert!(
        chief
            .rows("systems", json!({ "organization": harbour }))
            .await
            .is_empty()
    );
    let again = chief
        .ok("systems.remove_applications", json!({ "ids": [saved["id"]] }))
        .await;
    assert_eq!(again[0]["problem"], "not-found");
}
