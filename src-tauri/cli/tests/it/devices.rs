//! `devices …`: devices of a CSV file, and searches, for scripts (DEV-01, DEV-04).

use crate::place::{LOGIN, Place};
use flotilla_simulator::{Addressing, Fault, Fleet, FleetOptions};

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
        row(&cameras[1], "1/2/3/4/5/6/7/8")
    );
    std::fs::write(place.file("devices.csv"), text).expect("a file");
    let import = ["devices", "import", "devices.csv", "--customer", "Harbour"];
    let ended = place.run(&import).await;
    assert_eq!(ended.code, Some(0), "{}", ended.complaint);
    assert!(
        ended
            .complaint
            .contains("Row 2, Folder: Folders can have at most 8 levels"),
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

/// DEV-02, DEV-04: factory-new devices are only given their first account where that was asked for; folders that the file names and that are
/// not there are said first and made with their rows.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn first_accounts_and_folders() {
    let place = Place::new(1).await;
    let options = FleetOptions {
        cameras: 2,
        addressing: Addressing::Ports { first: None },
        ..FleetOptions::default()
    };
    let fleet = Fleet::start(options).await.expect("the fleet starts");
    let form = r#"{"name":"Harbour","zone":"Europe/Berlin","language":"en"}"#;
    place.json(&["call", "organizations.create", form]).await;
    let mut text = "Address,Port,Folder,User name,Password\n".to_owned();
    for camera in fleet.cameras() {
        camera.set_fault(Fault::FactoryNew);
        let (address, port) = (camera.address(), camera.port());
        text.push_str(&format!("{address},{port},Annex/North,root,first-secret\n"));
    }
    std::fs::write(place.file("devices.csv"), text).expect("a file");
    let import = ["devices", "import", "devices.csv", "--customer", "Harbour"];
    let ended = place.run(&import).await;
    assert_eq!(ended.code, Some(0), "{}", ended.complaint);
    assert!(
        ended.output.contains("2 folders will be created"),
        "{}",
        ended.output
    );

    let with =
        |flags: &[&'static str]| -> Vec<&'static str> { import.iter().chain(flags).copied().collect() };
    let ended = place.run(&with(&["--yes", "--trust"])).await;
    assert_ne!(ended.code, Some(0), "nothing was saved");
    for said in [
        "2 factory-new devices wait for their first account",
        "Row 1: Needs setup",
    ] {
        assert!(ended.complaint.contains(said), "{}", ended.complaint);
    }
    assert_eq!(
        place.run(&with(&["--first-account"])).await.code,
        Some(2),
        "not without a yes"
    );

    let ended = place.run(&with(&["--yes", "--trust", "--first-account"])).await;
    assert_eq!(ended.code, Some(0), "{}", ended.complaint);
    for said in [
        "2 factory-new devices given their first account",
        "2 folders created",
    ] {
        assert!(ended.output.contains(said), "{}", ended.output);
    }
    let systems = place.run(&["devices", "list"]).await;
    for camera in fleet.cameras() {
        assert!(
            systems.output.contains(&camera.blueprint().serial_number),
            "{}",
            systems.output
        );
    }
}

/// DEV-01: a search that finds nothing says so, with the interface that there is not; by ranges, too, which ask on no interface.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_search_that_finds_nothing_says_so() {
    let place = Place::new(0).await;
    for search in [
        &["--way", "mdns"][..],
        &["--way", "ranges", "--range", "127.91.0.1-127.91.0.2"],
    ] {
        let begin = ["devices", "discover", "--interface", "nowhere0"];
        let arguments: Vec<&str> = begin.iter().chain(search).copied().collect();
        let ended = place.run(&arguments).await;
        assert_eq!(ended.code, Some(0), "{}", ended.complaint);
        assert_eq!(ended.output, "");
        let lines: Vec<&str> = ended.complaint.lines().collect();
        assert_eq!(lines[0], "No devices found", "{lines:?}");
        assert!(lines[1].ends_with("(nowhere0)"), "{lines:?}");
    }
}
