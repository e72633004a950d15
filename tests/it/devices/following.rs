//! Devices that got another address are found again by themselves (DEV-03).

use super::*;
use crate::harness::Harness;
use crate::people::set_preference;
use flotilla_connectors::discovery::{Interfaces, Options, Ports, list_interfaces};
use flotilla_connectors::secret::Secret;
use flotilla_connectors::trust::{Fingerprint, Trust};
use flotilla_connectors::vapix::{AddressAssignment, Client, StaticAddress, Transport};
use flotilla_connectors::{Dialer, Endpoint};
use flotilla_core::devices::following::{APART, LOST_AFTER, announcements, follow_due};
use flotilla_kernel::clock::{Time, hours};
use flotilla_simulator::{Discovery, DiscoveryPorts, DiscoveryWay};
use std::net::{Ipv4Addr, TcpListener, UdpSocket};

/// Ports that nobody uses at the moment: other tests, and real devices, answer at the usual ones.
fn free_ports() -> DiscoveryPorts {
    let port = || {
        let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).expect("a port");
        socket.local_addr().expect("an address").port()
    };
    DiscoveryPorts {
        mdns: port(),
        ssdp: port(),
        ws_discovery: port(),
    }
}

/// Devices that announce themselves on the loopback interface, and how they are looked for there. None: this machine does not let
/// them.
async fn network(cameras: usize) -> Option<(Fleet, Options)> {
    let ports = free_ports();
    let options = FleetOptions {
        cameras,
        seed: 53,
        addressing: Addressing::FreeRange,
        discovery: Discovery {
            ports,
            ..Discovery::all()
        },
        ..FleetOptions::default()
    };
    let fleet = Fleet::start(options).await.expect("the fleet starts");
    let separate = fleet.cameras()[0].address() != fleet.cameras()[1].address();
    if !separate || fleet.found_by() != DiscoveryWay::ALL {
        return None;
    }
    let interfaces = list_interfaces().expect("interfaces");
    let loopback = interfaces
        .into_iter()
        .find(|one| one.loopback && one.up)
        .expect("loopback");
    let options = Options {
        interfaces: Interfaces::Chosen(vec![loopback.name]),
        ports: Ports {
            mdns: ports.mdns,
            ssdp: ports.ssdp,
            ws_discovery: ports.ws_discovery,
            https: fleet.cameras()[0].port(),
            ..Ports::default()
        },
        ..announcements()
    };
    Some((fleet, options))
}

/// The device gives itself another address of the loopback range, at which nobody listens, as a network does it; gives it.
async fn moves(camera: &Camera, number: u8) -> String {
    let target = (1..=254)
        .map(|third| Ipv4Addr::new(127, 79, third, number))
        .find(|address| TcpListener::bind((*address, camera.port())).is_ok())
        .expect("a free address");
    let endpoint = Endpoint::parse(&camera.address(), camera.port()).expect("an endpoint");
    let trust = Trust {
        pin: Some(Fingerprint::of(&camera.certificate().expect("a certificate"))),
        ..Trust::default()
    };
    let blueprint = camera.blueprint();
    let assignment = AddressAssignment::Static(StaticAddress::new(target, 8, None).expect("an assignment"));
    Client::new(&Dialer::new(None), &endpoint, &trust, Transport::Https)
        .expect("a client")
        .with_credentials(&blueprint.user, &Secret::new(blueprint.password.as_str()))
        .set_address("eth0", &assignment)
        .await
        .expect("it moves");
    target.to_string()
}

/// The connections of an organization by the serial number of their device: address, status.
async fn place(person: &Person, organization: &Value, id: &Value) -> (String, String) {
    let system = person.ok("systems.window", json!({ "ids": [id] })).await[0].clone();
    let all = person
        .ok("connections.of", json!({ "organization": organization }))
        .await;
    let found = all
        .as_array()
        .expect("connections")
        .iter()
        .find(|one| one["id"] == system["connection"]);
    let connection = found.expect("its connection");
    let text = |name: &str| connection[name].as_str().expect("text").to_owned();
    (text("host"), text("status"))
}

async fn refresh(person: &Person, organization: &Value) {
    let all = person
        .ok("connections.of", json!({ "organization": organization }))
        .await;
    let ids: Vec<&Value> = all
        .as_array()
        .expect("connections")
        .iter()
        .map(|one| &one["id"])
        .collect();
    person.ok("connections.refresh", json!({ "ids": ids })).await;
}

/// Where alarms say that a device was seen.
async fn seen(person: &Person, id: &Value) -> Vec<String> {
    let open =
        json!({ "criteria": [{ "column": "state", "test": { "kind": "any_of", "values": ["open"] } }] });
    let alarms = person.rows("alarms", open).await;
    alarms
        .iter()
        .filter(|alarm| alarm["system"] == *id && alarm["cause"] == "seen_elsewhere")
        .map(|alarm| alarm["qualifier"].as_str().expect("text").to_owned())
        .collect()
}

/// DEV-03, CRT-11: what does not answer for ten minutes is looked for, once an hour, unless the preferences say otherwise. It is
/// followed where it answers by serial number and with its certificate; one with another certificate is only said to be there, and
/// nothing is sent to it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn found_again_by_itself() {
    let Some((fleet, options)) = network(3).await else {
        return;
    };
    let harness = Harness::with_clock(Time(hours(500_000))).await;
    let chief = harness.administrator().await;
    let (harbour, folder) = organization(&chief, "Harbour").await;
    let cameras = fleet.cameras();
    let ids = add_known(&chief, &harbour, &folder, cameras).await;
    let workspace = harness.workspace().await;
    let look = async || {
        follow_due(&workspace, options.clone())
            .await
            .expect("it is looked")
    };
    assert!(!look().await, "nobody is lost");

    let first = moves(&cameras[0], 10).await;
    let second = moves(&cameras[1], 11).await;
    cameras[1].change_certificate().expect("another certificate");
    let sent = cameras[1].counters().credential_bytes;
    refresh(&chief, &harbour).await;
    assert_eq!(place(&chief, &harbour, &ids[0]).await.1, "unreachable");
    harness.clock.advance(LOST_AFTER - 1);
    assert!(!look().await, "not for long enough");
    harness.clock.advance(1);
    // Nobody stays signed in for so long.
    let mut chief = harness.sign_in("chief").await;
    set_preference(&chief, "follow_devices", json!(false)).await;
    assert!(!look().await, "nobody wants it");
    set_preference(&chief, "follow_devices", json!(true)).await;
    // Announcements are datagrams, which a busy machine may lose: then it is the next hour's.
    assert!(look().await);
    assert!(!look().await, "not twice in an hour");
    let there = format!("{second}:{}", cameras[1].port());
    while place(&chief, &harbour, &ids[0]).await.0 != first
        || seen(&chief, &ids[1]).await != std::slice::from_ref(&there)
    {
        harness.clock.advance(APART);
        assert!(look().await);
        chief = harness.sign_in("chief").await;
    }
    assert_eq!(place(&chief, &harbour, &ids[1]).await.0, {
        let before = chief.ok("systems.window", json!({ "ids": [ids[1]] })).await;
        before[0]["host"].as_str().expect("text").to_owned()
    });
    assert_eq!(cameras[1].counters().credential_bytes, sent, "nothing was sent");
    assert!(seen(&chief, &ids[0]).await.is_empty());

    refresh(&chief, &harbour).await;
    let row = chief.ok("systems.window", json!({ "ids": [ids[0]] })).await[0].clone();
    assert_eq!(
        (&row["state"], &row["host"]),
        (&json!("online"), &json!(first)),
        "{row}"
    );
    let entries = chief.rows("audit", json!({ "search": "" })).await;
    let followed: Vec<&Value> = entries
        .iter()
        .filter(|entry| entry["act"] == "devices.follow")
        .collect();
    assert_eq!(followed.len(), 1, "{entries:?}");
    assert_eq!(
        (&followed[0]["origin"], &followed[0]["organization"]),
        (&json!("service"), &json!("Harbour")),
        "{followed:?}"
    );

    // It comes back to where it was: what is said of elsewhere holds no more, and its certificate is the question.
    let endpoint = Endpoint::parse(&second, cameras[1].port()).expect("an endpoint");
    let trust = Trust {
        pin: Some(Fingerprint::of(&cameras[1].certificate().expect("a certificate"))),
        ..Trust::default()
    };
    let blueprint = cameras[1].blueprint();
    Client::new(&Dialer::new(None), &endpoint, &trust, Transport::Https)
        .expect("a client")
        .with_credentials(&blueprint.user, &Secret::new(blueprint.password.as_str()))
        .set_address("eth0", &AddressAssignment::Network)
        .await
        .expect("it moves back");
    refresh(&chief, &harbour).await;
    assert_eq!(place(&chief, &harbour, &ids[1]).await.1, "certificate_changed");
    assert!(seen(&chief, &ids[1]).await.is_empty());
    harness.program.close().await;
    fleet.stop().await;
}

/// DEV-03: a device that is managed and answers elsewhere under its serial number and with its certificate is taken in without anybody
/// knowing its password; one that shows another certificate is looked at first.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn moved_without_a_password() {
    let options = FleetOptions {
        cameras: 1,
        seed: 59,
        addressing: Addressing::FreeRange,
        ..FleetOptions::default()
    };
    let fleet = Fleet::start(options).await.expect("the fleet starts");
    let camera = &fleet.cameras()[0];
    if camera.address() == "127.0.0.1" {
        return;
    }
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    let (harbour, folder) = organization(&chief, "Harbour").await;
    let ids = add_known(&chief, &harbour, &folder, std::slice::from_ref(camera)).await;
    let place = moves(camera, 12).await;
    let add = json!({
        "organization": harbour, "folder": folder, "accept_first_met": false, "credentials": null, "first_account": null,
        "devices": [{ "host": place, "port": camera.port(), "serial": camera.blueprint().serial_number }],
    });
    done(&chief, "devices.add", add.clone()).await.all("done");
    let connections = chief
        .ok("connections.of", json!({ "organization": harbour }))
        .await;
    assert_eq!(
        (connections.as_array().map(Vec::len), &connections[0]["host"]),
        (Some(1), &json!(place))
    );
    // Its account is the one that was stored.
    done(
        &chief,
        "devices.create_account",
        json!({ "ids": ids, "user_name": "guard", "password": "Night-watch-9", "role": "viewer" }),
    )
    .await
    .all("done");
    let place = moves(camera, 13).await;
    camera.change_certificate().expect("another certificate");
    let mut add = add;
    add["devices"][0]["host"] = json!(place);
    let results = done(&chief, "devices.add", add).await;
    assert_eq!(
        results.state(camera),
        ("failed".into(), "device.certificate-unseen".into())
    );
    harness.program.close().await;
    fleet.stop().await;
}
