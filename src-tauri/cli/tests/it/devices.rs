//! `devices import`: devices of a CSV file, for scripts (DEV-04).

use crate::place::{LOGIN, Place};
use flotilla_simulator::{Addressing, Fleet, FleetOptions};

/// DEV-04, CUS-24: what is wrong is said first; with `--yes` what answered is added, and the file with its passwords goes.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn devices_from_a_file() {
    let place = Place::new(1).await;
    let options = FleetOptions {
        cameras: 2,
        addressing: Addressing::Ports { first: None },
        ..FleetOptions::default()
    };
    let fleet = Fleet::start(options).await.expect("the fleet starts");
    let form = r#"{"name":"Harbour","zone":"Europe/Berlin","language":"en"}"#;
    place.json(&["call", "organizations.create", form]).await;
    let row = |camera: &flotilla_simulator::Camera, folder: &str| {
        format!("{},{},{folder}\n", camera.address(), camera.port())
    };
    let cameras = fleet.cameras();
    let text = format!(
        "Address,Port,Folder\n{}{}",
        row(&cameras[0], ""),
        row(&cameras[1], "Nowhere")
    );
    std::fs::write(place.file("devices.csv"), text).expect("a file");
    let import = ["devices", "import", "devices.csv", "--customer", "Harbour"];
    let ended = place.run(&import).await;
    assert_eq!(ended.code, Some(0), "{}", ended.complaint);
    assert!(
        ended.complaint.contains("Row 2, Folder: No such folder"),
        "{}",
        ended.complaint
    );

    let known = cameras[0].blueprint();
    let saving = ["--user", &known.user, "--yes", "--trust"];
    let arguments: Vec<&str> = import.into_iter().chain(saving).collect();
    let ended = place
        .command(LOGIN, &arguments)
        .env("FLOTILLA_DEVICE_PASSWORD", &known.password)
        .output()
        .await
        .expect("it starts");
    assert_eq!(
        ended.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&ended.stderr)
    );
    let systems = place.run(&["devices", "list"]).await;
    assert!(
        systems.output.contains(&known.serial_number),
        "{}",
        systems.output
    );
    assert!(!systems.output.contains(&cameras[1].blueprint().serial_number));
}
