//! The program as it is started.
use flotilla_simulator::{CUSTOMER_HEADER, DEVICE_HEADER};
use std::collections::HashSet;
use std::path::Path;
use std::process::Stdio;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

struct Running {
    child: Child,
    ready: String,
}

async fn start(arguments: &[&str]) -> Running {
    let mut child = Command::new(env!("CARGO_BIN_EXE_flotilla-simulator"))
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .expect("a process");
    let mut ready = String::new();
    let output = child.stdout.take().expect("an output");
    BufReader::new(output)
        .read_line(&mut ready)
        .await
        .expect("a line");
    assert!(ready.starts_with("ready"), "{ready}");
    Running { child, ready }
}

fn records(path: &Path) -> Vec<csv::StringRecord> {
    csv::ReaderBuilder::new()
        .has_headers(false)
        .from_path(path)
        .expect("a file")
        .records()
        .map(|record| record.expect("a record"))
        .collect()
}

/// SIM-01, CUS-20, DEV-04: the files are the ones the import reads; the control port ends it in good order.
#[tokio::test]
async fn writes_its_files_and_ends() {
    let folder = tempfile::tempdir().expect("a folder");
    let customers = folder.path().join("customers.csv");
    let devices = folder.path().join("devices.csv");
    let mut running = start(&[
        "--customers",
        "25",
        "--cameras",
        "7",
        "--seed",
        "5",
        "--trouble",
        "demo",
        "--control-port",
        "0",
        "--write-csv",
        customers.to_str().expect("text"),
        "--write-devices",
        devices.to_str().expect("text"),
    ])
    .await;
    assert!(
        running.ready.contains("25 customers") && running.ready.contains("7 devices"),
        "{}",
        running.ready
    );

    let text = std::fs::read_to_string(&customers).expect("text");
    let header = "IP Address/FQDN,Port,Name,Ipoffice Username,Ipoffice Password,Address,Telephone Number,Email,Note,Tags,Mode";
    assert_eq!(text.lines().next(), Some(header));
    let rows = records(&customers);
    assert_eq!(
        (rows.len(), rows[0].iter().collect::<Vec<_>>()),
        (26, CUSTOMER_HEADER.to_vec())
    );
    let addresses: HashSet<&str> = rows[1..].iter().map(|row| &row[0]).collect();
    assert_eq!(addresses.len(), 25);
    assert!(
        rows[1..]
            .iter()
            .all(|row| &row[1] == "8443" && matches!(&row[10], "cloud" | "on-premises"))
    );
    let rows = records(&devices);
    assert_eq!(
        (rows.len(), rows[0].iter().collect::<Vec<_>>()),
        (8, DEVICE_HEADER.to_vec())
    );

    let port = running
        .ready
        .trim_end()
        .rsplit(' ')
        .next()
        .expect("a port")
        .to_string();
    let stop = crate::support::client(&[]).post(format!("http://127.0.0.1:{port}/stop"));
    assert!(stop.send().await.expect("an answer").status().is_success());
    assert!(running.child.wait().await.expect("an end").success());
}

/// SIM-01: the signal that ends services ends it in good order.
#[cfg(unix)]
#[tokio::test]
async fn ends_when_told() {
    let mut running = start(&["--customers", "2"]).await;
    let id = running.child.id().expect("it runs").to_string();
    assert!(
        Command::new("kill")
            .arg(&id)
            .status()
            .await
            .expect("kill")
            .success()
    );
    assert!(running.child.wait().await.expect("an end").success());
}

/// SIM-01: 10,000 systems within 1 GiB.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn ten_thousand_systems() {
    let running = start(&["--customers", "3300", "--cameras", "600"]).await;
    let systems: usize = running
        .ready
        .split([' ', ','])
        .filter_map(|word| word.parse::<usize>().ok())
        .skip(1)
        .sum();
    assert!(systems >= 10_000, "{}", running.ready);
    let id = running.child.id().expect("it runs");
    let status = std::fs::read_to_string(format!("/proc/{id}/status")).expect("a status");
    let peak = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))
        .expect("a peak");
    let kibibytes: u64 = peak.trim().trim_end_matches(" kB").parse().expect("a number");
    assert!(kibibytes < 1024 * 1024, "{kibibytes} KiB");
}
