//! The program as it is started.
use flotilla_simulator::{CUSTOMER_DEVICE_HEADER, CUSTOMER_HEADER, DEVICE_HEADER};
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
    start_with(arguments, Stdio::null()).await
}

async fn start_with(arguments: &[&str], input: Stdio) -> Running {
    let mut child = Command::new(env!("CARGO_BIN_EXE_flotilla-simulator"))
        .args(arguments)
        .stdin(input)
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
    let placed = folder.path().join("placed.csv");
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
        "--write-customer-devices",
        placed.to_str().expect("text"),
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
    let names: Vec<String> = rows[1..].iter().map(|row| row[2].to_owned()).collect();
    let rows = records(&devices);
    assert_eq!(
        (rows.len(), rows[0].iter().collect::<Vec<_>>()),
        (8, DEVICE_HEADER.to_vec())
    );
    let placed = records(&placed);
    assert_eq!(
        placed[0].iter().collect::<Vec<_>>(),
        CUSTOMER_DEVICE_HEADER.to_vec()
    );
    let customers: Vec<&str> = placed[1..].iter().map(|row| &row[0]).collect();
    let expected: Vec<&String> = [0, 0, 0, 0, 3, 3, 3].map(|place| &names[place]).to_vec();
    assert_eq!(customers, expected);
    // The same devices, with their serial numbers.
    for (device, placed) in rows[1..].iter().zip(&placed[1..]) {
        assert_eq!(
            (&device[0], &device[1], &device[4], &device[5]),
            (&placed[2], &placed[3], &placed[5], &placed[6])
        );
        assert_eq!(placed[7].len(), 12);
    }

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

/// SIM-01: with the program that holds its input it ends, also when that one cannot say so any more; words that come in
/// change nothing.
#[tokio::test]
async fn ends_with_the_program_that_started_it() {
    use tokio::io::AsyncWriteExt as _;
    let mut running = start_with(&["--customers", "2", "--exit-with-parent"], Stdio::piped()).await;
    let mut input = running.child.stdin.take().expect("an input");
    input.write_all(b"still here\n").await.expect("written");
    assert!(running.child.try_wait().expect("a look").is_none());
    drop(input);
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
