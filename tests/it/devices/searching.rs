//! Searching for devices (DEV-01): results as they come, what can be done with each, and who may ask.

use super::*;
use crate::harness::Harness;
use flotilla_kernel::error::ErrorCode;
use flotilla_simulator::Fault;
use std::collections::BTreeMap;

/// A fleet with an address of its own for each device, as in a network. None: this machine has no loopback range.
async fn network(cameras: usize) -> Option<Fleet> {
    let options = FleetOptions {
        cameras,
        seed: 43,
        addressing: Addressing::FreeRange,
        ..FleetOptions::default()
    };
    let fleet = Fleet::start(options).await.expect("the fleet starts");
    let separate = cameras < 2 || fleet.cameras()[0].address() != fleet.cameras()[1].address();
    separate.then_some(fleet)
}

/// From the first to the last address of these.
fn range(cameras: &[Camera]) -> String {
    let addresses = cameras.iter().map(|camera| camera.socket_address().ip());
    let (first, last) = (
        addresses.clone().min().expect("an address"),
        addresses.max().expect("an address"),
    );
    format!("{first}-{last}")
}

/// Searches, and gives how it ended and what was found, by serial number or address.
async fn found(person: &Person, arguments: Value) -> (Value, BTreeMap<String, Value>) {
    let search = person.ok("discovery.start", arguments).await;
    let id = search["id"].clone();
    let workspace = person.program.workspace().await.expect("open");
    let mut events = workspace.database.subscribe();
    let mut rows = BTreeMap::new();
    let mut revision = json!(0);
    loop {
        let view = person.ok("discovery.read", json!({ "id": id })).await;
        loop {
            let part = person
                .ok("discovery.rows", json!({ "id": id, "since": revision }))
                .await;
            revision = part["revision"].clone();
            for row in part["rows"].as_array().expect("rows") {
                rows.insert(row["key"].as_str().expect("a key").to_owned(), row.clone());
            }
            for gone in part["gone"].as_array().expect("keys") {
                rows.remove(gone.as_str().expect("a key"));
            }
            if part["more"] == false {
                break;
            }
        }
        if !view["finished_at"].is_null() {
            return (view, rows);
        }
        tokio::time::timeout(Duration::from_secs(60), events.recv())
            .await
            .expect("something happens")
            .ok();
    }
}

/// DEV-01, DEV-03: a range is probed; each row says what can be done with the device.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_range_is_searched() {
    let Some(fleet) = network(5).await else {
        return;
    };
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    let (harbour, folder) = organization(&chief, "Harbour").await;
    let cameras = fleet.cameras();
    let ids = add_known(&chief, &harbour, &folder, &cameras[..2]).await;
    cameras[3].set_fault(Fault::FactoryNew);
    cameras[4].set_fault(Fault::Refuse);
    let (view, rows) = found(
        &chief,
        json!({ "ways": ["ranges"], "interfaces": null, "ranges": range(cameras) }),
    )
    .await;
    assert_eq!(
        (
            &view["cancelled"],
            &view["to_probe"],
            &view["probed"],
            &view["found"]
        ),
        (&json!(false), &json!(5), &json!(5), &json!(4)),
        "{view}"
    );
    assert_eq!(view["ways"], json!([{ "way": "ranges", "found": 4 }]));
    for (camera, id) in cameras[..2].iter().zip(&ids) {
        let row = &rows[&camera.blueprint().serial_number];
        assert_eq!((&row["state"], &row["system"]), (&json!("managed"), id), "{row}");
        assert_eq!(
            (&row["host"], &row["port"], &row["ways"]),
            (
                &json!(camera.address()),
                &json!(camera.port()),
                &json!(["ranges"])
            )
        );
    }
    // Of a device whose certificate nobody has looked at nothing is read but that (CRT-11).
    for camera in &cameras[2..4] {
        let row = rows
            .values()
            .find(|row| row["host"] == camera.address())
            .expect("found");
        assert_eq!(row["state"], "new_certificate", "{row}");
        let shown = row["certificate"]["sha256"].as_str().expect("a certificate");
        assert_eq!(
            shown.replace(':', "").to_lowercase(),
            camera.fingerprint().expect("a fingerprint")
        );
        assert_eq!(camera.counters().requests, 0);
    }
    assert!(rows.values().all(|row| row["host"] != cameras[4].address()));
    harness.program.close().await;
    fleet.stop().await;
}

/// DEV-01: what is not a range says so, in the field; searches belong to who began them, and end with a word.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn forms_and_rights() {
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    let wrong = async |ways: Value, ranges: &str| {
        let arguments = json!({ "ways": ways, "interfaces": null, "ranges": ranges });
        crate::people::wrong_fields(chief.call("discovery.start", arguments).await)
    };
    let of = |field: &str, code: ErrorCode| vec![(field.to_owned(), code)];
    assert_eq!(wrong(json!([]), "").await, of("ways", ErrorCode::FieldRequired));
    assert_eq!(
        wrong(json!(["ranges"]), " ").await,
        of("ranges", ErrorCode::FieldRequired)
    );
    for text in ["10.0.0.0/33", "10.0.0.9-10.0.0.1", "ten", "10.0.0.1-fe80::1"] {
        assert_eq!(
            wrong(json!(["ranges"]), text).await,
            of("ranges", ErrorCode::DiscoveryRange),
            "{text}"
        );
    }
    assert_eq!(
        wrong(json!(["ranges"]), "10.0.0.0/8").await,
        of("ranges", ErrorCode::DiscoveryTooManyAddresses)
    );
    let begin = json!({ "ways": ["ranges"], "interfaces": null, "ranges": "127.94.0.0/20" });
    let search = chief.ok("discovery.start", begin.clone()).await;
    let id = json!({ "id": search["id"] });
    let (_, operator) = harness.operator(&chief, "olga").await;
    for command in ["discovery.read", "discovery.stop"] {
        assert_eq!(operator.refused(command, id.clone()).await, ErrorCode::NotFound);
    }
    assert_eq!(
        operator.refused("discovery.start", begin).await,
        ErrorCode::RightMissing
    );
    assert_eq!(
        operator.refused("discovery.interfaces", json!({})).await,
        ErrorCode::RightMissing
    );
    let interfaces = chief.ok("discovery.interfaces", json!({})).await;
    assert!(
        interfaces
            .as_array()
            .is_some_and(|all| all.iter().any(|one| one["loopback"] == true))
    );
    chief.ok("discovery.stop", id.clone()).await;
    let workspace = harness.workspace().await;
    let mut events = workspace.database.subscribe();
    loop {
        let view = chief.ok("discovery.read", id.clone()).await;
        if !view["finished_at"].is_null() {
            break;
        }
        tokio::time::timeout(Duration::from_secs(60), events.recv())
            .await
            .expect("something happens")
            .ok();
    }
}
