//! Two hundred cameras on a network of their own (DEV-01): made of network namespaces, which need no right but that to make
//! them. Where a system does not give it, the test says so and has proven nothing.
#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    missing_docs,
    reason = "a test says what it expects by failing"
)]

// `cargo bolero` builds every test program of the package with its instruments, which are linked from there.
use bolero as _;

use flotilla_connectors::discovery::{
    Device, DeviceKey, Devices, Event, Hindrance, Interfaces, Options, Range, Reason, Way, search,
};
use flotilla_simulator::{Addressing, Discovery, DiscoveryWay, Fault, Fleet, FleetOptions};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, Write};
use std::net::Ipv4Addr;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::time::{Duration, Instant};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

const CAMERAS: usize = 200;
const HERE: &str = "10.77.0.1/22";
const FIRST: Ipv4Addr = Ipv4Addr::new(10, 77, 0, 2);
const PREFIX: u8 = 22;

/// A test of this program, as the arguments that run it alone.
fn part(name: &str) -> [&str; 4] {
    [name, "--exact", "--ignored", "--nocapture"]
}

/// Set for the parts: none of them changes the network of the machine itself.
const INSIDE: &str = "FLOTILLA_TEST_NAMESPACE";

fn program() -> std::path::PathBuf {
    std::env::current_exe().expect("this program")
}

fn ip(arguments: &str) {
    assert!(
        std::env::var_os(INSIDE).is_some(),
        "this is a part of another test"
    );
    let done = Command::new("ip")
        .args(arguments.split(' '))
        .status()
        .expect("ip runs");
    assert!(done.success(), "ip {arguments}");
}

/// Runs a part of this program in a namespace of its own, where the system permits it.
fn in_a_namespace(name: &str) {
    let namespace = ["--user", "--map-root-user", "--net", "--fork", "--kill-child"];
    let permitted = Command::new("unshare")
        .args(namespace)
        .args(["ip", "link", "show"])
        .output();
    if !permitted.is_ok_and(|output| output.status.success()) {
        eprintln!("this system does not let a program make a network of its own; nothing was searched");
        return;
    }
    let inside = Command::new("unshare")
        .args(namespace)
        .arg(program())
        .args(part(name))
        .env(INSIDE, "1")
        .output()
        .expect("unshare runs");
    let said =
        String::from_utf8_lossy(&inside.stdout).into_owned() + &String::from_utf8_lossy(&inside.stderr);
    eprintln!("{said}");
    assert!(inside.status.success() && said.contains("1 passed"), "{said}");
}

/// DEV-01: all two hundred are found by three ways together, each is one row, and what the routes forbid is said.
#[test]
fn two_hundred_cameras() {
    in_a_namespace("inside_two_hundred_cameras");
}

/// DEV-01: a firewall that keeps the answers away is said, and where there is none nothing is said.
#[test]
fn a_firewall() {
    in_a_namespace("inside_a_firewall");
}

/// SIM-01, VPX-18: other programs find the simulator's cameras: WSDiscovery, and zeroconf for mDNS.
#[test]
fn other_programs() {
    let there = Command::new("python3")
        .args(["-c", "import wsdiscovery, zeroconf"])
        .output();
    if !there.is_ok_and(|output| output.status.success()) {
        eprintln!("WSDiscovery and zeroconf are not installed for Python; no other program has searched");
        return;
    }
    in_a_namespace("inside_other_programs");
}

/// The fleet, which has a namespace of its own. What is said to its input is when it goes on.
#[test]
#[ignore = "a part of `two_hundred_cameras`, which gives it a network"]
fn a_fleet_in_a_namespace() {
    println!("\nunshared");
    let mut input = std::io::stdin().lock();
    let mut line = String::new();
    input.read_line(&mut line).expect("a line");
    let cameras: usize = line.trim().parse().expect("how many");
    ip("link set lo up");
    ip("link set far up");
    let network = u32::from(FIRST)..;
    let addresses: String = network
        .take(cameras)
        .map(|address| format!("addr add {}/{PREFIX} dev far\n", Ipv4Addr::from(address)))
        .collect();
    let mut batch = Command::new("ip")
        .args(["-batch", "-"])
        .stdin(Stdio::piped())
        .spawn()
        .expect("ip runs");
    let mut pipe = batch.stdin.take().expect("an input");
    pipe.write_all(addresses.as_bytes()).expect("written");
    drop(pipe);
    assert!(batch.wait().expect("an end").success());
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let fleet = Fleet::start(FleetOptions {
            cameras,
            seed: 201,
            addressing: Addressing::Assigned {
                first: FIRST,
                prefix: PREFIX,
            },
            discovery: Discovery::all(),
            ..FleetOptions::default()
        })
        .await
        .expect("a fleet");
        assert_eq!(fleet.found_by(), DiscoveryWay::ALL);
        fleet.cameras()[3].set_fault(Fault::FactoryNew);
        println!("\nready");
        // Until the other side ends.
        line.clear();
        input.read_line(&mut line).expect("an end");
        fleet.stop().await;
    });
}

struct Far {
    child: Child,
    output: BufReader<std::process::ChildStdout>,
}

impl Far {
    fn start() -> Self {
        let mut child = Command::new("unshare")
            .arg("--net")
            .arg(program())
            .args(part("a_fleet_in_a_namespace"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("unshare runs");
        let output = BufReader::new(child.stdout.take().expect("an output"));
        Self { child, output }
    }

    fn until(&mut self, word: &str) {
        let mut line = String::new();
        while line.trim() != word {
            line.clear();
            let length = self.output.read_line(&mut line).expect("a line");
            assert!(length > 0, "the fleet ended before it was {word}");
        }
    }
}

/// A cable whose other end is a fleet's, and what ends the fleet when it is dropped.
fn connect(cameras: usize) -> (Far, ChildStdin) {
    ip("link set lo up");
    let mut far = Far::start();
    far.until("unshared");
    ip("link add near type veth peer name far");
    ip(&format!("link set far netns {}", far.child.id()));
    ip(&format!("addr add {HERE} dev near"));
    ip("link set near up");
    let mut input = far.child.stdin.take().expect("an input");
    input
        .write_all(format!("{cameras}\n").as_bytes())
        .expect("written");
    far.until("ready");
    (far, input)
}

#[test]
#[ignore = "a part of `two_hundred_cameras`, which gives it a network"]
fn inside_two_hundred_cameras() {
    let (mut far, input) = connect(CAMERAS);
    ip("route add prohibit 10.88.0.0/24");
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(searched());
    drop(input);
    assert!(far.child.wait().expect("an end").success());
}

#[test]
#[ignore = "a part of `a_firewall`, which gives it a network"]
fn inside_a_firewall() {
    ip("link set lo up");
    ip("link add near type veth peer name far");
    ip("link set far up");
    ip(&format!("addr add {HERE} dev near"));
    ip("link set near up");
    // Whatever comes in there is dropped, as a firewall does.
    let does = |arguments: &[&str]| {
        let done = Command::new("tc").args(arguments).output();
        done.is_ok_and(|output| output.status.success())
    };
    let filter = [
        "filter",
        "add",
        "dev",
        "near",
        "ingress",
        "bpf",
        "da",
        "bytecode",
        "1,6 0 0 2,",
    ];
    if !does(&["qdisc", "add", "dev", "near", "clsact"]) || !does(&filter) {
        println!("this system has no filter for an interface; no firewall was met");
        return;
    }
    let options = Options {
        ways: BTreeSet::from([Way::Mdns]),
        interfaces: Interfaces::Chosen(vec!["near".to_string(), "lo".to_string()]),
        listen: Duration::from_secs(5),
        ..Options::default()
    };
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let hindrances = runtime.block_on(async {
        let (sender, mut events) = mpsc::channel(64);
        tokio::spawn(search(options, CancellationToken::new(), sender));
        let mut hindrances = Vec::new();
        while let Some(event) = events.recv().await {
            if let Event::Hindered(hindrance) = event {
                hindrances.push(hindrance);
            }
        }
        hindrances
    });
    let expected = Hindrance {
        way: Some(Way::Mdns),
        interface: Some("near".to_string()),
        range: None,
        reason: Reason::AnswersFiltered,
    };
    assert_eq!(hindrances, [expected]);
    println!("the firewall was noticed");
}

/// Waits for as many as there are: these libraries read some ten answers a second.
const OTHER_PROGRAMS: &str = r#"
import sys, threading
wanted, here = int(sys.argv[1]), sys.argv[2]
from wsdiscovery import QName
from wsdiscovery.discovery import ThreadedWSDiscovery
kind = QName("http://www.onvif.org/ver10/network/wsdl", "NetworkVideoTransmitter")
search, found = ThreadedWSDiscovery(), {}
search.start()
while len(found) < wanted:
    for service in search.searchServices(types=[kind], timeout=3):
        found[service.getEPR()] = service.getXAddrs()
search.stop()
assert all(any(place.startswith("https://10.77.") for place in places) for places in found.values()), found
print("WSDiscovery found", len(found))
from zeroconf import Zeroconf, ServiceBrowser
enough, names = threading.Event(), set()
def changed(zeroconf, service_type, name, state_change):
    names.add(name)
    if len(names) >= wanted: enough.set()
zeroconf = Zeroconf(interfaces=[here])
ServiceBrowser(zeroconf, "_axis-video._tcp.local.", handlers=[changed])
enough.wait()
for name in names:
    service = zeroconf.get_service_info("_axis-video._tcp.local.", name, timeout=60000)
    assert len(service.properties[b"macaddress"]) == 12 and service.parsed_addresses()[0].startswith("10.77."), service
zeroconf.close()
print("zeroconf found", len(names))
"#;

#[test]
#[ignore = "a part of `other_programs`, which gives it a network"]
fn inside_other_programs() {
    let cameras = 20;
    let (mut far, input) = connect(cameras);
    // They ask on the interface that leads everywhere.
    ip("route add default dev near");
    let here = HERE.split('/').next().unwrap_or_default();
    let done = Command::new("python3")
        .args(["-c", OTHER_PROGRAMS, &cameras.to_string(), here])
        .status()
        .expect("python3 runs");
    assert!(done.success());
    drop(input);
    assert!(far.child.wait().expect("an end").success());
}

async fn searched() {
    let (forbidden, nowhere) = ("10.88.0.1-10.88.0.3", "192.0.2.0/30");
    let options = Options {
        ranges: format!("{forbidden}, {nowhere}").parse().expect("ranges"),
        listen: Duration::from_secs(120),
        ..Options::default()
    };
    let begin = Instant::now();
    let cancel = CancellationToken::new();
    let (sender, mut events) = mpsc::channel(64);
    tokio::spawn(search(options, cancel.clone(), sender));
    let mut devices = Devices::default();
    let mut rows: BTreeMap<DeviceKey, Device> = BTreeMap::new();
    let mut hindrances: BTreeMap<Range, Reason> = BTreeMap::new();
    let mut others: Vec<Hindrance> = Vec::new();
    let (mut found, mut by_all, mut complete) = (None, None, None);
    while let Some(event) = events.recv().await {
        match event {
            Event::Found(sighting) => {
                let changes = devices.add(*sighting).expect("few");
                rows.retain(|key, _| !changes.removed.contains(key));
                rows.extend(
                    changes
                        .changed
                        .into_iter()
                        .map(|device| (device.key.clone(), device)),
                );
                let ways = BTreeSet::from(Way::MULTICAST);
                let all = rows.len() == CAMERAS;
                let known = |row: &Device| row.facts.needs_setup.is_some() && !row.certificates.is_empty();
                for (moment, reached) in [
                    (&mut found, all),
                    (&mut by_all, all && rows.values().all(|row| row.ways == ways)),
                    (
                        &mut complete,
                        all && rows.values().all(|row| row.ways == ways && known(row)),
                    ),
                ] {
                    if reached && moment.is_none() {
                        *moment = Some(begin.elapsed());
                    }
                }
            }
            Event::Hindered(Hindrance {
                range: Some(range),
                reason,
                ..
            }) => {
                hindrances.insert(range, reason);
            }
            Event::Hindered(other) => others.push(other),
            _ => {}
        }
        if complete.is_some() && hindrances.len() == 2 {
            cancel.cancel();
        }
    }
    println!("found {found:?}, by three ways each {by_all:?}, with identity and certificate {complete:?}");
    let rows: Vec<Device> = devices.rows().collect();
    assert_eq!((rows.len(), &others), (CAMERAS, &Vec::new()));
    assert!(complete.is_some(), "{rows:?}");
    assert!(
        rows.iter()
            .all(|row| row.serial_number().is_some() && row.addresses.len() == 1)
    );
    let new = rows
        .iter()
        .filter(|row| row.facts.needs_setup.as_ref().is_some_and(|known| known.value));
    assert_eq!(new.count(), 1, "one is factory-new (DEV-02)");
    let hardware: BTreeSet<_> = rows.iter().map(|row| row.facts.hardware_id.clone()).collect();
    assert!(hardware.len() < 20, "the same hardware, and still two hundred");
    let expected = BTreeMap::from([
        (forbidden.parse().expect("a range"), Reason::PermissionDenied),
        (nowhere.parse().expect("a range"), Reason::NetworkUnreachable),
    ]);
    assert_eq!(hindrances, expected);
}
