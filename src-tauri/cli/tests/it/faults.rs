//! REL-03: what the machine does to a program: a full disk, one that cannot be written, a network that goes and comes,
//! a second process on the same workspace.

use crate::place::{Ended, LOGIN, Place};
use crate::shared::Shared;
use crate::truths::whole;
use flotilla_simulator::{Addressing, Fleet, FleetOptions};
use serde_json::{Value, json};
use std::process::Stdio;
use std::time::Duration;
use tokio::process::Command;

const CUSTOMERS: usize = 8;
const IMPORT: [&str; 6] = [
    "customers",
    "import",
    "customers.csv",
    "--yes",
    "--trust",
    "--without-contact",
];
/// What takes longer than this never comes.
const PATIENCE: Duration = Duration::from_secs(60);

/// Runs the program as `script` says, which may mount what it likes: nobody else sees it. None, and says so, where the
/// machine does not let a test mount anything.
async fn mounted(place: &Place, script: &str, arguments: &[&str]) -> Option<Ended> {
    let with_mounts = |script: &str| {
        let mut command = Command::new("unshare");
        command
            .args(["--mount", "--map-root-user", "sh", "-ec", script])
            .args(["sh", env!("CARGO_BIN_EXE_flotilla-cli")])
            .stdin(Stdio::null())
            .kill_on_drop(true);
        command
    };
    let folder = place.file("probe");
    std::fs::create_dir_all(&folder).expect("a folder");
    let probe = with_mounts("mount -t tmpfs tmpfs probe")
        .current_dir(place.file(""))
        .output()
        .await;
    if !probe.as_ref().is_ok_and(|probe| probe.status.success()) {
        eprintln!("NOT TESTED: this machine lets no test mount a disk of its own: {probe:?}");
        return None;
    }
    let mut command = with_mounts(script);
    place.prepare(&mut command, LOGIN);
    let ended = command
        .args(arguments)
        .env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin")
        .output()
        .await
        .expect("it starts");
    Some(Ended::of(ended))
}

/// A disk of 24 MiB with the workspace on it and so much space left. What the program made of it is the workspace from
/// then on.
const FULL_DISK: &str = r#"
    mkdir -p disk after
    mount -t tmpfs -o size=24m tmpfs disk
    cp -a workspace/. disk/
    free=$(df -k --output=avail disk | tail -n 1)
    head -c "$((free - KIBIBYTES))k" /dev/zero > disk/filler
    code=0
    FLOTILLA_WORKSPACE=disk "$@" || code=$?
    rm disk/filler
    cp -a disk/. after/
    exit $code
"#;

/// REL-03, REL-01: on a full disk an import saves all of its customers or none, says that the disk is full, and works
/// once there is space.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_is_survived() {
    let place = Place::new(CUSTOMERS).await;
    let mut full = 0;
    for space in [0, 64, 192, 448, 1_024] {
        let script = FULL_DISK.replace("KIBIBYTES", &space.to_string());
        let Some(ended) = mounted(&place, &script, &IMPORT).await else {
            return;
        };
        std::fs::remove_dir_all(place.file("workspace")).expect("the one from before");
        std::fs::rename(place.file("after"), place.file("workspace")).expect("the one from the full disk");
        let open = place.open().await;
        let customers = whole(&open, &place.fleet).await;
        println!(
            "{space} KiB: {:?}, {} customers, {}",
            ended.code,
            customers.len(),
            ended.complaint
        );
        if ended.code == Some(0) {
            assert_eq!(customers.len(), CUSTOMERS);
        } else {
            full += 1;
            assert_eq!(ended.code, Some(1), "{space} KiB: {}", ended.complaint);
            assert!(
                ended.complaint.contains("workspace.disk-full: "),
                "{space} KiB: {}",
                ended.complaint
            );
            assert_eq!(customers.len(), 0, "{space} KiB: all or none");
            open.close().await;
            let ended = place.run(&IMPORT).await;
            assert_eq!(ended.code, Some(0), "with space: {}", ended.complaint);
            let open = place.open().await;
            assert_eq!(whole(&open, &place.fleet).await.len(), CUSTOMERS);
            clear(&open).await;
            open.close().await;
            continue;
        }
        clear(&open).await;
        open.close().await;
    }
    assert!(full >= 2, "the disk was full in some of them: {full}");
}

async fn clear(open: &crate::place::Open) {
    let ids = open.call("customers.index", json!({})).await;
    open.call("customers.delete", json!({ "ids": ids })).await;
    for waiting in open
        .call("customers.import_waiting", json!({}))
        .await
        .as_array()
        .expect("a list")
    {
        let import = json!({ "import": waiting["import"] });
        open.call("customers.import_discard", import).await;
    }
}

/// REL-03: a workspace that cannot be written is said to be so, and stays as it is.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_read_only_disk_is_said_to_be_one() {
    let place = Place::new(1).await;
    let script = r#"
        mount --bind workspace workspace
        mount -o remount,bind,ro workspace
        exec "$@"
    "#;
    let listing = |place: &Place| -> Vec<_> {
        let entries = std::fs::read_dir(place.file("workspace")).expect("readable");
        let mut names: Vec<_> = entries
            .map(|entry| entry.expect("an entry").file_name())
            .collect();
        names.sort();
        names
    };
    let before = listing(&place);
    for arguments in [&["customers", "list"][..], &IMPORT, &["serve", "--port", "0"]] {
        let Some(ended) = mounted(&place, script, arguments).await else {
            return;
        };
        assert_eq!(ended.code, Some(1), "{arguments:?}: {}", ended.complaint);
        assert!(
            ended.complaint.contains("workspace.read-only: "),
            "{arguments:?}: {}",
            ended.complaint
        );
    }
    assert_eq!(listing(&place), before);
    assert_eq!(place.json(&["customers", "list", "--json"]).await, json!([]));
}

/// REL-03, CUS-40, ALM-01: the network goes and comes back. Everybody is unreachable and has an alarm, and then nobody,
/// and nobody has one.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_network_goes_and_comes_back() {
    let place = Place::new(0).await;
    let options = FleetOptions {
        customers: CUSTOMERS,
        seed: 9,
        addressing: Addressing::LoopbackRange {
            base: std::net::Ipv4Addr::new(127, 77, 0, 1),
        },
        // The same machines come back, at the same addresses, with the same certificates.
        state_folder: Some(place.file("machines")),
        ..FleetOptions::default()
    };
    let fleet = Fleet::start(options.clone()).await.expect("the fleet starts");
    let file = std::fs::File::create(place.file("customers.csv")).expect("a file");
    fleet.write_customers(file).expect("the import file");
    place.import("customers.csv").await;
    // How many alarms each has; one more for those that cannot be reached.
    let polled = async |status: &str| -> Vec<u64> {
        let rows = place.json(&["poll", "--json"]).await;
        let rows = rows.as_array().expect("rows");
        assert_eq!(rows.len(), CUSTOMERS);
        let alarms = |row: &Value| {
            assert_eq!(row["status"], status, "{row}");
            row["alarms"].as_u64().expect("a number")
        };
        rows.iter().map(alarms).collect()
    };
    let before = polled("success").await;
    fleet.stop().await;
    let away = polled("unreachable").await;
    assert_eq!(away, before.iter().map(|alarms| alarms + 1).collect::<Vec<_>>());
    let fleet = Fleet::start(options).await.expect("the fleet starts again");
    assert_eq!(polled("success").await, before);
    let open = place.open().await;
    whole(&open, &fleet).await;
    open.close().await;
}

/// REL-03, CUS-40: of two processes on one workspace one polls. When it is killed the other goes on, and people at the
/// other see what it reads.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_process_goes_on_polling() {
    let place = Place::new(2).await;
    place.import("customers.csv").await;
    let open = place.open().await;
    let mut form = open.call("preferences.read", json!({})).await;
    form["preferences"]["poll_interval_seconds"] = json!(15);
    open.call("preferences.save", form).await;
    let certificate = open.certificate().await;
    open.close().await;
    let (mut first, _shared) = Shared::start(&place).await;
    let (_second, shared) = Shared::start(&place).await;
    let chief = shared.sign_in(&certificate).await;
    let state = async || {
        let services = chief.ok("administration.services", &json!({})).await;
        services[0]["state"].as_str().map(str::to_owned)
    };
    assert_eq!(state().await.as_deref(), Some("elsewhere"), "the first one polls");
    first.kill().await.expect("killed");
    for solution in place.fleet.solutions() {
        solution.set_version("11.1.99.0");
    }
    let come = async {
        let mut look = tokio::time::interval(Duration::from_millis(200));
        loop {
            look.tick().await;
            let ids = chief.ids("customers.index", &json!({})).await;
            let window = chief.ok("customers.window", &json!({ "ids": ids })).await;
            let rows = window.as_array().expect("rows");
            if rows.len() == 2 && rows.iter().all(|row| row["version"] == "11.1.99.0") {
                return;
            }
        }
    };
    tokio::time::timeout(PATIENCE, come)
        .await
        .expect("the second one polls");
    assert_eq!(state().await.as_deref(), Some("running"), "and says so");
}
