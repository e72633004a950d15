//! Putting devices into service (DEV-60): previewed, checked, given, followed.

use super::*;
use crate::harness::Harness;
use flotilla_kernel::error::ErrorCode;
use flotilla_simulator::Fault;
use std::collections::BTreeSet;
use std::net::{IpAddr, Ipv4Addr, TcpListener};

/// Ten addresses in a row of the loopback range at which nobody listens; none: this machine has no such range.
fn free_range(port: u16) -> Option<Ipv4Addr> {
    (1..=254)
        .map(|third| Ipv4Addr::new(127, 78, third, 10))
        .find(|first| {
            (0..10).all(|step| {
                let address = Ipv4Addr::from(u32::from(*first) + step);
                TcpListener::bind((address, port)).is_ok()
            })
        })
}

/// DEV-60: addresses from a range in which two are taken, names from a template, time; found again
/// at the new addresses.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn from_a_range() {
    let options = FleetOptions {
        cameras: 3,
        seed: 47,
        ..FleetOptions::default()
    };
    let fleet = Fleet::start(options).await.expect("the fleet starts");
    let cameras = fleet.cameras();
    let port = cameras[0].port();
    let Some(first) = free_range(port) else {
        return;
    };
    let step = |number: u32| Ipv4Addr::from(u32::from(first) + number);
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    let (harbour, folder) = organization(&chief, "Harbour").await;
    let ids = add_known(&chief, &harbour, &folder, cameras).await;
    let taken = [0, 2].map(|number| TcpListener::bind((step(number), port)).expect("free until now"));
    let settings = json!({
        "addressing": { "kind": "range", "first": step(0).to_string(), "last": step(9).to_string(), "prefix": 8, "gateway": "" },
        "name_servers": ["127.0.0.53"], "host_name": "gate-{n}", "zone": "Europe/Paris", "time_servers": ["time.example"],
    });
    let preview = chief
        .ok(
            "devices.preview_commission",
            json!({ "ids": ids, "settings": settings }),
        )
        .await;
    let given: Vec<&str> = preview["rows"]
        .as_array()
        .expect("rows")
        .iter()
        .map(|row| row["address"].as_str().expect("an address"))
        .collect();
    assert_eq!(
        given,
        [1, 3, 4].map(|number| step(number).to_string()),
        "{preview}"
    );
    let passed: BTreeSet<&str> = preview["taken"]
        .as_array()
        .expect("addresses")
        .iter()
        .map(|taken| taken["address"].as_str().expect("an address"))
        .collect();
    assert!(
        [0, 2]
            .iter()
            .all(|&number| passed.contains(step(number).to_string().as_str())),
        "{preview}"
    );
    assert_eq!(preview["rows"][1]["host_name"], "gate-2");
    let devices: Vec<Value> = preview["rows"]
        .as_array()
        .expect("rows")
        .iter()
        .map(|row| json!({ "id": row["system"], "address": row["address"], "host_name": row["host_name"] }))
        .collect();
    let results = done(
        &chief,
        "devices.commission",
        json!({ "devices": devices, "settings": settings }),
    )
    .await;
    results.all("done");
    assert_eq!(results.act["commission"]["host_name"], "gate-{n}");
    assert_eq!(results.act["commission"]["addressing"], settings["addressing"]);
    let rows = chief.rows("systems", json!({ "organization": harbour })).await;
    let connections = chief
        .ok("connections.of", json!({ "organization": harbour }))
        .await;
    for (camera, number) in cameras.iter().zip([1, 3, 4]) {
        assert_eq!(camera.socket_address().ip(), IpAddr::from(step(number)));
        let of_it = connections
            .as_array()
            .expect("connections")
            .iter()
            .filter(|connection| connection["host"] == step(number).to_string());
        assert_eq!(of_it.count(), 1);
    }
    assert_eq!(rows.len(), 3);
    // Who is there stays, and a taken one is not given after all.
    let again = chief
        .ok(
            "devices.preview_commission",
            json!({ "ids": ids, "settings": settings }),
        )
        .await;
    let kept: Vec<&Value> = again["rows"]
        .as_array()
        .expect("rows")
        .iter()
        .map(|row| &row["address"])
        .collect();
    assert_eq!(
        kept,
        [1, 3, 4]
            .map(|number| json!(step(number).to_string()))
            .iter()
            .collect::<Vec<_>>()
    );
    let onto = json!({ "devices": [{ "id": ids[0], "address": step(2).to_string() }], "settings": settings });
    let results = done(&chief, "devices.commission", onto).await;
    results.all("failed");
    assert_eq!(results.act["reasons"][0]["code"], "device.address-taken");
    assert_eq!(cameras[0].socket_address().ip(), IpAddr::from(step(1)));
    drop(taken);
    harness.program.close().await;
    fleet.stop().await;
}

/// DEV-60: everything that is wrong with a sheet is said at once; nothing begins.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_wrong_with_a_sheet() {
    let fleet = fleet(1).await;
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    let (harbour, folder) = organization(&chief, "Harbour").await;
    let ids = add_known(&chief, &harbour, &folder, fleet.cameras()).await;
    let wrong = async |settings: Value, device: Value| {
        let arguments = json!({ "devices": [device], "settings": settings });
        crate::people::wrong_fields(chief.call("devices.commission", arguments).await)
    };
    let keep = json!({ "kind": "keep" });
    let of = |field: &str, code: ErrorCode| vec![(field.to_owned(), code)];
    let device = json!({ "id": ids[0] });
    assert_eq!(
        wrong(json!({ "addressing": keep }), device.clone()).await,
        of("settings", ErrorCode::FieldRequired)
    );
    assert_eq!(
        wrong(
            json!({ "addressing": keep, "zone": "Mars/Base", "time_servers": ["no server!"], "name_servers": ["dns"], "host_name": "{x}" }),
            device.clone()
        )
        .await,
        [
            ("settings.name_servers".to_owned(), ErrorCode::FieldNotAnAddress),
            ("settings.time_servers".to_owned(), ErrorCode::FieldNotAnAddress),
            ("settings.zone".to_owned(), ErrorCode::FieldNotAZone),
            ("settings.host_name".to_owned(), ErrorCode::FieldNotATemplate),
        ]
    );
    let range = json!({ "kind": "range", "first": "10.0.0.10", "last": "10.0.0.20", "prefix": 24, "gateway": "10.0.9.1" });
    assert_eq!(
        wrong(json!({ "addressing": range }), device.clone()).await,
        of("settings.addressing.gateway", ErrorCode::FieldNotAnAddress)
    );
    let range = json!({ "kind": "range", "first": "10.0.0.10", "last": "10.0.0.20", "prefix": 24 });
    let mut named = device;
    named["host_name"] = json!("-no-");
    assert_eq!(
        wrong(json!({ "addressing": range }), named).await,
        [
            ("devices.0.address".to_owned(), ErrorCode::FieldNotAnAddress),
            ("devices.0.host_name".to_owned(), ErrorCode::DeviceHostName),
        ]
    );
    harness.program.close().await;
    fleet.stop().await;
}

/// DEV-60, GEN-09: the program ends while a device is on its way: both addresses are known, and the next start finds it where it went.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_its_way_when_the_program_ends() {
    let options = FleetOptions {
        cameras: 1,
        seed: 53,
        ..FleetOptions::default()
    };
    let fleet = Fleet::start(options).await.expect("the fleet starts");
    let camera = &fleet.cameras()[0];
    let Some(to) = free_range(camera.port()) else {
        return;
    };
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    let (harbour, folder) = organization(&chief, "Harbour").await;
    let ids = add_known(&chief, &harbour, &folder, std::slice::from_ref(camera)).await;
    let before = camera.address();
    let settings = json!({
        "addressing": { "kind": "range", "first": to.to_string(), "last": to.to_string(), "prefix": 8, "gateway": "" },
        "name_servers": null, "host_name": "", "zone": "", "time_servers": null,
    });
    camera.set_fault(Fault::NeverBack);
    let commission =
        json!({ "devices": [{ "id": ids[0], "address": to.to_string() }], "settings": settings });
    let begun = chief.ok("devices.commission", commission).await;
    let row = until(&chief, &begun, |row| row["step"] == "move").await;
    let given = json!({ "from": before, "to": to.to_string() });
    assert_eq!(
        (&row["state"], &row["problem"]["params"]),
        (&json!("running"), &given),
        "{row}"
    );

    let harness = harness.restarted(true).await;
    let chief = harness.sign_in("chief").await;
    let row = until(&chief, &begun, |row| row["state"] == "interrupted").await;
    assert_eq!(row["problem"]["code"], "device.not-arrived");
    assert_eq!(row["problem"]["params"], given);
    camera.clear_faults();
    let row = until(&chief, &begun, |row| row["state"] == "done").await;
    assert_eq!(row["host"], to.to_string());
    let connections = chief
        .ok("connections.of", json!({ "organization": harbour }))
        .await;
    assert_eq!(connections[0]["host"], to.to_string());
    harness.program.close().await;
    fleet.stop().await;
}

/// Waits until the only result of an act is so; gives it.
async fn until(person: &Person, begun: &Value, is: impl Fn(&Value) -> bool) -> Value {
    let workspace = person.program.workspace().await.expect("open");
    let mut events = workspace.database.subscribe();
    let of_this =
        json!({ "criteria": [{ "column": "act", "test": { "kind": "any_of", "values": [begun["id"]] } }] });
    loop {
        let mut rows = person.rows("device_results", of_this.clone()).await;
        if let Some(row) = rows.pop().filter(&is) {
            return row;
        }
        tokio::time::timeout(Duration::from_secs(120), events.recv())
            .await
            .expect("something happens")
            .ok();
    }
}
