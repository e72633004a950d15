//! Devices are found on the loopback interface (DEV-01, VPX-18): the simulator answers by each way.
#![allow(
    clippy::unwrap_used,
    missing_docs,
    reason = "a test says what it expects by failing"
)]

// `cargo bolero` builds every test program of the package with its instruments, which are linked from there.
use bolero as _;
use flotilla_connectors::discovery::{
    Device, DeviceKey, Devices, Event, Hindrance, Interfaces, Options, Ports, Ranges, Reason, Service,
    Summary, Trusted, Way, list_interfaces, search,
};
use flotilla_connectors::vapix::{SerialNumber, Transport};
use flotilla_connectors::{Endpoint, Fingerprint};
use flotilla_simulator::{
    Addressing, Camera, Discovery, DiscoveryPorts, DiscoveryWay, Fault, Fleet, FleetOptions, MARK,
};
use std::collections::BTreeSet;
use std::net::{Ipv4Addr, SocketAddr, UdpSocket};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

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

async fn fleet(cameras: usize, seed: u64) -> (Fleet, Options) {
    let ports = free_ports();
    let fleet = Fleet::start(FleetOptions {
        cameras,
        seed,
        discovery: Discovery {
            ports,
            ..Discovery::all()
        },
        ..FleetOptions::default()
    })
    .await
    .expect("a fleet");
    assert_eq!(fleet.found_by(), DiscoveryWay::ALL);
    let first = &fleet.cameras()[0];
    let options = Options {
        interfaces: Interfaces::Chosen(vec![loopback()]),
        ports: Ports {
            mdns: ports.mdns,
            ssdp: ports.ssdp,
            ws_discovery: ports.ws_discovery,
            https: first.port(),
            http: first.plain_address().expect("in clear").port(),
        },
        listen: Duration::from_secs(24 * 3600),
        ..Options::default()
    };
    (fleet, options)
}

fn loopback() -> String {
    let list = list_interfaces().expect("interfaces");
    let found = list.into_iter().find(|one| one.loopback && one.up);
    found.expect("a loopback interface").name
}

fn by(ways: &[Way], options: &Options) -> Options {
    Options {
        ways: ways.iter().copied().collect(),
        ..options.clone()
    }
}

/// What came of a search that was followed to its end.
#[derive(Default)]
struct Followed {
    devices: Devices,
    unidentified: Vec<SocketAddr>,
    hindrances: Vec<Hindrance>,
    progress: Vec<(u64, u64)>,
    summary: Summary,
}

impl Followed {
    fn rows(&self) -> Vec<Device> {
        self.devices.rows().collect()
    }

    fn of(&self, camera: &Camera) -> Device {
        let serial = serial_of(camera);
        let mut rows = self
            .devices
            .rows()
            .filter(|row| row.serial_number() == Some(&serial));
        rows.next()
            .unwrap_or_else(|| panic!("{serial} is not among {:?}", self.rows()))
    }
}

fn serial_of(camera: &Camera) -> SerialNumber {
    SerialNumber::parse(&camera.blueprint().serial_number).expect("a serial number")
}

/// Follows a search to its end.
async fn follow(options: Options) -> Followed {
    let followed = follow_until(options, |_| false).await;
    assert!(!followed.summary.cancelled);
    followed
}

/// Follows a search until nothing more is expected of it: it listens for so long that the end never comes by itself, however
/// busy the machine is.
async fn follow_until(options: Options, is_enough: impl Fn(&Followed) -> bool) -> Followed {
    let cancel = CancellationToken::new();
    let (sender, mut events) = mpsc::channel(16);
    let task = tokio::spawn(search(options, cancel.clone(), sender));
    let mut followed = Followed::default();
    let mut ended = false;
    while let Some(event) = events.recv().await {
        assert!(!ended, "nothing comes behind the end");
        match event {
            Event::Found(sighting) => {
                let changes = followed.devices.add(*sighting).expect("few");
                assert!(!changes.is_empty(), "what is known is not said again");
            }
            Event::Unidentified { address, .. } => followed.unidentified.push(address),
            Event::Progress { done, total } => followed.progress.push((done, total)),
            Event::Hindered(hindrance) => followed.hindrances.push(hindrance),
            Event::Finished(summary) => {
                ended = true;
                followed.summary = summary;
            }
        }
        if is_enough(&followed) {
            cancel.cancel();
        }
    }
    assert!(ended, "the end is said");
    task.await.expect("it ended");
    followed
}

/// Whether everything is known of each of these cameras, which were found in these ways.
fn is_known(followed: &Followed, cameras: &[Camera], ways: &[Way]) -> bool {
    cameras.iter().all(|camera| {
        let key = DeviceKey::SerialNumber(serial_of(camera));
        followed.devices.row(&key).is_some_and(|row| {
            let found = ways.iter().all(|way| row.ways.contains(way));
            let facts = &row.facts;
            let said = facts.needs_setup.is_some() && facts.name.is_some() && !row.certificates.is_empty();
            // A factory-new camera does not say its version.
            let new = facts.needs_setup.as_ref().is_some_and(|known| known.value);
            found && said && (new || facts.version.is_some())
        })
    })
}

fn address_of(camera: &Camera) -> Ipv4Addr {
    camera.address().parse().expect("an address")
}

fn range_of(fleet: &Fleet) -> Ranges {
    let addresses: Vec<Ipv4Addr> = fleet.cameras().iter().map(address_of).collect();
    let (first, last) = (
        addresses.iter().min().expect("one"),
        addresses.iter().max().expect("one"),
    );
    format!("{first}-{last}").parse().expect("a range")
}

/// DEV-01, VPX-06, VPX-09, VPX-18: by each way alone all cameras are found, with what they say of themselves.
#[tokio::test]
async fn by_each_way_alone() {
    let (fleet, options) = fleet(6, 101).await;
    for way in Way::MULTICAST {
        let found = |followed: &Followed| is_known(followed, fleet.cameras(), &[way]);
        let followed = follow_until(by(&[way], &options), found).await;
        assert_eq!(followed.hindrances, [], "{way}");
        assert_eq!(followed.rows().len(), 6, "{way}: {:?}", followed.rows());
        for camera in fleet.cameras() {
            let row = followed.of(camera);
            assert_eq!(row.ways, BTreeSet::from([way]));
            assert_eq!(row.addresses, BTreeSet::from([address_of(camera).into()]));
            let facts = &row.facts;
            let said = |fact: &Option<flotilla_connectors::discovery::Known<String>>| {
                fact.as_ref().map(|known| known.value.clone()).unwrap_or_default()
            };
            assert_eq!(said(&facts.brand), MARK, "{way}");
            assert_eq!(said(&facts.version), camera.version(), "{way}");
            assert_eq!(said(&facts.model), camera.blueprint().model[1], "{way}");
            assert!(said(&facts.name).contains(&camera.blueprint().serial_number) || way == Way::Ssdp);
            assert!(
                facts.needs_setup.as_ref().is_some_and(|known| !known.value),
                "{way}"
            );
            let met: Vec<Fingerprint> = row.certificates.values().map(|one| one.fingerprint).collect();
            assert_eq!(
                met,
                [Fingerprint::of(&camera.certificate().expect("a certificate"))]
            );
        }
        assert_eq!(followed.summary.answers.keys().collect::<Vec<_>>(), [&way]);
    }
    let counters = fleet.counters();
    assert_eq!(
        (counters.credential_bytes, counters.refusals),
        (0, 0),
        "nobody signs in"
    );
}

/// DEV-01, CRT-11: by all ways at once each camera is one row, and over TLS nothing was read of one that is not accepted.
#[tokio::test]
async fn one_row_for_each_camera() {
    let (fleet, mut options) = fleet(12, 102).await;
    options.ranges = range_of(&fleet);
    let all = [Way::Mdns, Way::Ssdp, Way::WsDiscovery, Way::Ranges];
    let found = |followed: &Followed| {
        let progress = followed.progress.last();
        progress.is_some_and(|(done, total)| done == total) && is_known(followed, fleet.cameras(), &all)
    };
    let followed = follow_until(options, found).await;
    assert_eq!(followed.hindrances, []);
    let rows = followed.rows();
    assert_eq!(rows.len(), 12, "{rows:?}");
    for row in &rows {
        assert_eq!(row.ways, BTreeSet::from(all), "{row:?}");
        assert!(
            row.services
                .iter()
                .any(|service| service.transport == Transport::Https)
        );
    }
    assert_eq!(followed.unidentified, []);
}

/// DEV-01, CRT-11: with a certificate that was accepted, everything is read over TLS.
#[tokio::test]
async fn what_is_accepted_is_read_over_tls() {
    let (fleet, mut options) = fleet(2, 103).await;
    let [accepted, other] = fleet.cameras() else {
        panic!("two cameras")
    };
    let endpoint = Endpoint::parse(&accepted.address(), accepted.port()).expect("an endpoint");
    let pin = Fingerprint::of(&accepted.certificate().expect("a certificate"));
    options.trusted = Trusted {
        authorities: Arc::default(),
        pins: [(endpoint, pin)].into(),
    };
    options.ranges = range_of(&fleet);
    let followed = follow(by(&[Way::Ranges], &options)).await;
    let source = |camera| followed.of(camera).facts.version.map(|known| known.source);
    use flotilla_connectors::discovery::Source;
    assert_eq!(source(accepted), Some(Source::Https));
    assert_eq!(source(other), Some(Source::Http));
}

/// DEV-02, VPX-02, VPX-07: a factory-new camera is recognised.
#[tokio::test]
async fn factory_new_cameras() {
    let (fleet, options) = fleet(3, 104).await;
    fleet.cameras()[0].set_version("12.2.62");
    fleet.cameras()[0].set_fault(Fault::FactoryNew);
    fleet.cameras()[1].set_version("10.12.228");
    fleet.cameras()[1].set_fault(Fault::FactoryNew);
    let found = |followed: &Followed| is_known(followed, fleet.cameras(), &[Way::WsDiscovery]);
    let followed = follow_until(by(&[Way::WsDiscovery], &options), found).await;
    let new: Vec<Option<bool>> = fleet
        .cameras()
        .iter()
        .map(|camera| followed.of(camera).facts.needs_setup.map(|known| known.value))
        .collect();
    assert_eq!(new, [Some(true), Some(true), Some(false)]);
}

/// DEV-01: silent on one way, said oddly, said twice, the same hardware: still one row for each.
#[tokio::test]
async fn odd_cameras() {
    let (fleet, options) = fleet(8, 105).await;
    let cameras = fleet.cameras();
    cameras[0].set_fault(Fault::SilentOn {
        way: DiscoveryWay::Mdns,
    });
    for camera in &cameras[1..4] {
        camera.set_fault(Fault::OddAnnouncement);
        camera.set_fault(Fault::AnswersTwice);
    }
    let found = |followed: &Followed| {
        is_known(followed, &cameras[..1], &[Way::Ssdp, Way::WsDiscovery])
            && is_known(followed, &cameras[1..], &Way::MULTICAST)
    };
    let followed = follow_until(by(&Way::MULTICAST, &options), found).await;
    assert_eq!(followed.rows().len(), 8, "{:?}", followed.rows());
    let all = BTreeSet::from(Way::MULTICAST);
    assert_eq!(
        followed.of(&cameras[0]).ways,
        BTreeSet::from([Way::Ssdp, Way::WsDiscovery])
    );
    for camera in &cameras[1..] {
        assert_eq!(followed.of(camera).ways, all);
    }
    // Of eight cameras at least two are of one model, and have its hardware id.
    let ids: BTreeSet<_> = followed
        .rows()
        .into_iter()
        .map(|row| row.facts.hardware_id)
        .collect();
    assert!(ids.len() < 8, "{ids:?}");
}

/// DEV-01: what is at an address and says nothing of itself is said as such, and an address where nothing is, is nothing.
#[tokio::test]
async fn ranges_of_other_things() {
    let (fleet, mut options) = fleet(2, 106).await;
    for camera in fleet.cameras() {
        camera.set_fault(Fault::NotThisProtocol);
    }
    let [first, second] = fleet.cameras() else {
        panic!("two cameras")
    };
    options.ranges = range_of(&fleet);
    // Their certificates have the serial number: that is what is known.
    let followed = follow(by(&[Way::Ranges], &options)).await;
    assert_eq!(followed.of(first).facts.version, None);
    assert_eq!(followed.summary.probed, options.ranges.len());
    // One that answers neither.
    second.set_fault(Fault::Refuse);
    let nothing = format!("{}", address_of(second)).parse().expect("a range");
    let followed = follow(by(
        &[Way::Ranges],
        &Options {
            ranges: nothing,
            ..options
        },
    ))
    .await;
    assert_eq!((followed.rows().len(), followed.unidentified.len()), (0, 0));
}

/// DEV-01: several cameras behind one address, each with ports of its own, are several rows, each with its own certificate.
#[tokio::test]
async fn behind_one_address() {
    let ports = free_ports();
    let fleet = Fleet::start(FleetOptions {
        cameras: 5,
        seed: 110,
        addressing: Addressing::Ports { first: None },
        discovery: Discovery {
            ports,
            ..Discovery::all()
        },
        ..FleetOptions::default()
    })
    .await
    .expect("a fleet");
    let options = Options {
        interfaces: Interfaces::Chosen(vec![loopback()]),
        ports: Ports {
            mdns: ports.mdns,
            ssdp: ports.ssdp,
            ws_discovery: ports.ws_discovery,
            https: 1,
            http: 2,
        },
        listen: Duration::from_secs(24 * 3600),
        ..Options::default()
    };
    let found = |followed: &Followed| is_known(followed, fleet.cameras(), &[Way::WsDiscovery]);
    let followed = follow_until(by(&[Way::WsDiscovery], &options), found).await;
    assert_eq!(followed.rows().len(), 5);
    for camera in fleet.cameras() {
        let certificates = followed.of(camera).certificates;
        assert_eq!(
            certificates.keys().collect::<Vec<_>>(),
            [&camera.socket_address()]
        );
    }
}

/// DEV-01: a search is cancelled at once, and its end is said.
#[tokio::test]
async fn cancelled() {
    let (fleet, options) = fleet(1, 107).await;
    let cancel = CancellationToken::new();
    let (sender, mut events) = mpsc::channel(16);
    let task = tokio::spawn(search(options.clone(), cancel.clone(), sender));
    while let Some(event) = events.recv().await {
        if matches!(event, Event::Found(_)) {
            cancel.cancel();
        }
        if let Event::Finished(summary) = event {
            assert!(summary.cancelled);
        }
    }
    task.await.expect("it ended");
    // Nobody follows it any more: that is an end, too.
    let (sender, mut events) = mpsc::channel(1);
    let task = tokio::spawn(search(options, CancellationToken::new(), sender));
    assert!(events.recv().await.is_some());
    drop(events);
    task.await.expect("it ended");
    fleet.stop().await;
}

/// DEV-01: what prevents a part of the search is said plainly, and the rest goes on.
#[tokio::test]
async fn hindrances() {
    let (fleet, mut options) = fleet(1, 108).await;
    // A program that has the port to itself.
    let taken = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).expect("a port");
    let name = loopback();
    options.interfaces = Interfaces::Chosen(vec![name.clone(), "nowhere7".to_string()]);
    let mdns = Options {
        ports: Ports {
            mdns: taken.local_addr().expect("an address").port(),
            ..options.ports
        },
        ..by(&[Way::Mdns, Way::Ssdp], &options)
    };
    let enough = |followed: &Followed| {
        followed.hindrances.len() >= 2 && is_known(followed, fleet.cameras(), &[Way::Ssdp])
    };
    let followed = follow_until(mdns, enough).await;
    let unknown = Hindrance {
        way: None,
        interface: Some("nowhere7".to_string()),
        range: None,
        reason: Reason::InterfaceUnknown,
    };
    let in_use = Hindrance {
        way: Some(Way::Mdns),
        interface: Some(name),
        range: None,
        reason: Reason::AddressInUse,
    };
    assert_eq!(followed.hindrances, [unknown.clone(), in_use]);
    assert_eq!(followed.of(&fleet.cameras()[0]).ways, BTreeSet::from([Way::Ssdp]));

    options.interfaces = Interfaces::Chosen(vec!["nowhere7".to_string()]);
    options.ranges = range_of(&fleet);
    let followed = follow(options).await;
    assert_eq!(followed.hindrances, [unknown]);
    assert_eq!(
        followed.of(&fleet.cameras()[0]).ways,
        BTreeSet::from([Way::Ranges])
    );
}

/// DEV-01: where a device listens is where it says so, whatever the usual ports are.
#[tokio::test]
async fn ports_that_are_announced() {
    let (fleet, mut options) = fleet(1, 109).await;
    let camera = &fleet.cameras()[0];
    (options.ports.https, options.ports.http) = (1, 2);
    let found = |followed: &Followed| is_known(followed, fleet.cameras(), &[Way::WsDiscovery]);
    let followed = follow_until(by(&[Way::WsDiscovery], &options), found).await;
    let row = followed.of(camera);
    assert_eq!(
        row.certificates.keys().collect::<Vec<_>>(),
        [&camera.socket_address()]
    );
    assert!(row.facts.needs_setup.is_some());
    let plain = Service {
        address: camera.plain_address().expect("in clear"),
        transport: Transport::Http,
    };
    assert!(row.services.contains(&plain));
}
