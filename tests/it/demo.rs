//! The demo: a workspace that is filled from the simulator's files through the commands.

use crate::harness::{Harness, Person};
use flotilla_core::demo;
use flotilla_kernel::words::Language;
use flotilla_simulator::{Addressing, Fault, Fleet, FleetOptions};
use serde_json::json;
use std::fs::File;

/// ACC-01, CUS-16, DEV-02: the demo has every solution and every device of the fleet, each with the customer it belongs to; those that
/// are in trouble are seen in it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_demo_has_the_whole_fleet() {
    let options = FleetOptions {
        customers: 4,
        cameras: 6,
        seed: 2026,
        addressing: Addressing::Ports { first: None },
        ..FleetOptions::default()
    };
    let fleet = Fleet::start(options).await.expect("the fleet starts");
    let cameras = fleet.cameras();
    cameras[0].set_fault(Fault::FactoryNew);
    cameras[1].set_fault(Fault::WrongPassword);
    cameras[2].set_fault(Fault::Refuse);
    let harness = Harness::new(false).await;
    let (customers, devices) = (
        harness.folder().join("customers.csv"),
        harness.folder().join("devices.csv"),
    );
    fleet
        .write_customers(File::create(&customers).expect("a file"))
        .expect("written");
    fleet
        .write_customer_devices(File::create(&devices).expect("a file"))
        .expect("written");
    let workspace = harness.workspace().await;
    demo::fill(&workspace, &customers, &devices, Language::En)
        .await
        .expect("filled");
    let token = demo::sign_in(&workspace).await.expect("signed in");
    let person = Person {
        program: harness.program.clone(),
        token,
    };
    let rows = person.rows("customers", json!({})).await;
    assert_eq!(rows.len(), 4);
    for solution in fleet.solutions() {
        let row = rows
            .iter()
            .find(|row| row["name"] == solution.name())
            .expect("its row");
        let own = (0..cameras.len())
            .filter(|&index| fleet.customer_of(index).map(|one| one.name()) == Some(solution.name()));
        assert_eq!(row["connections"], json!(1 + own.count()));
        assert_eq!(row["host"], json!(solution.address()));
    }
    let first = rows
        .iter()
        .find(|row| row["name"] == fleet.solutions()[0].name())
        .expect("its row");
    let connections = person
        .ok("connections.of", json!({ "organization": first["id"] }))
        .await;
    let mut statuses: Vec<&str> = connections
        .as_array()
        .expect("connections")
        .iter()
        .map(|connection| connection["status"].as_str().expect("a status"))
        .collect();
    statuses.sort_unstable();
    assert_eq!(
        statuses,
        [
            "authorization_failed",
            "needs_setup",
            "never_tried",
            "success",
            "success"
        ]
    );
    let shown = person
        .rows(
            "systems",
            json!({ "criteria": [{ "column": "kind", "test": { "kind": "any_of", "values": ["camera"] } }] }),
        )
        .await;
    let mut names: Vec<&str> = shown
        .iter()
        .map(|system| system["name"].as_str().expect("a name"))
        .collect();
    names.sort_unstable();
    let mut expected: Vec<&str> = cameras[3..]
        .iter()
        .map(|camera| camera.blueprint().name.as_str())
        .collect();
    expected.sort_unstable();
    assert_eq!(names, expected);
    fleet.stop().await;
}
