//! Addresses, names and time of a device (DEV-60).
use super::{administrator, one, password, start, trust, user};
use flotilla_connectors::occupation::{Occupation, Sign, occupation};
use flotilla_connectors::vapix::{
    Acknowledgement, AddressAssignment, Failure, HostName, MoveError, NameAssignment, Patience,
    ResolverAssignment, SerialNumber, StaticAddress, TimeServer, TimeSource, TimeZoneName, UserName,
    follow_move,
};
use flotilla_connectors::{Dialer, Endpoint};
use flotilla_simulator::{Camera, Fault, FleetOptions};
use std::net::{IpAddr, Ipv4Addr};
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// Longer than any machine takes.
const ENOUGH: Duration = Duration::from_secs(60);

fn patience(limit: Duration) -> Patience {
    Patience {
        limit,
        interval: Duration::from_millis(20),
    }
}

fn serial(camera: &Camera) -> SerialNumber {
    SerialNumber::parse(&camera.blueprint().serial_number).unwrap()
}

/// An address of the loopback range that nobody listens at, at the port of the device; each call gives another.
fn free(camera: &Camera, number: u8) -> Ipv4Addr {
    for third in 1..=254 {
        let address = Ipv4Addr::new(127, 77, third, number);
        if std::net::TcpListener::bind((address, camera.port())).is_ok() {
            return address;
        }
    }
    panic!("the loopback range is full");
}

fn by_hand(address: Ipv4Addr) -> AddressAssignment {
    AddressAssignment::Static(StaticAddress::new(address, 8, None).unwrap())
}

/// DEV-60: the address is checked, given, and the device followed there by its serial number; nothing answers where it was.
/// It keeps certificate and accounts, also over a restart of the simulator; and by DHCP it goes back.
#[tokio::test]
async fn a_device_moves() {
    let folder = tempfile::tempdir().unwrap();
    let options = FleetOptions {
        cameras: 1,
        state_folder: Some(folder.path().to_path_buf()),
        ..FleetOptions::default()
    };
    let fleet = start(options.clone()).await;
    let camera = &fleet.cameras()[0];
    let dialer = Dialer::new(None);
    let (old, port) = (camera.socket_address(), camera.port());
    let target = free(camera, 10);
    let at = |address: IpAddr| {
        let dialer = dialer.clone();
        async move { occupation(&dialer, address, &[port], ENOUGH).await }
    };
    let taken = Occupation::Taken {
        port,
        sign: Sign::Answered,
    };
    assert_eq!(at(old.ip()).await, taken);
    assert_eq!(at(target.into()).await, Occupation::NothingSeen);

    let root = administrator(camera);
    let info = root.network_info().await.unwrap();
    let interface = info.interface_at(Some(old.ip())).unwrap();
    assert_eq!(
        (interface.from_network, &interface.hardware_address),
        (Some(true), &Some(serial(camera)))
    );
    assert_eq!(
        root.set_address(&interface.name, &by_hand(target)).await,
        Ok(Acknowledgement::Confirmed)
    );
    assert_eq!(at(old.ip()).await, Occupation::NothingSeen);
    assert!(matches!(root.network_info().await, Err(Failure::Unreachable(_))));
    let to = Endpoint::parse(&target.to_string(), port).unwrap();
    let cancel = CancellationToken::new();
    let pinned = trust(camera);
    let found = follow_move(&dialer, &to, &pinned, &serial(camera), patience(ENOUGH), &cancel)
        .await
        .unwrap();
    let blueprint = camera.blueprint();
    let password = flotilla_connectors::secret::Secret::new(blueprint.password.as_str());
    let moved = found.with_credentials(&blueprint.user, &password);
    let info = moved.network_info().await.unwrap();
    let interface = info.interface_at(Some(target.into())).unwrap();
    assert_eq!(interface.from_network, Some(false));
    assert_eq!(camera.socket_address().ip(), IpAddr::from(target));

    fleet.stop().await;
    let fleet = start(options).await;
    let camera = &fleet.cameras()[0];
    assert_eq!(camera.socket_address().ip(), IpAddr::from(target), "it is kept");
    let root = administrator(camera);
    root.set_address("eth0", &AddressAssignment::Network)
        .await
        .unwrap();
    let back = Endpoint::parse(&camera.address(), port).unwrap();
    assert_ne!(back, to);
    follow_move(
        &dialer,
        &back,
        &pinned,
        &serial(camera),
        patience(ENOUGH),
        &cancel,
    )
    .await
    .unwrap();
}

/// DEV-60: what never comes back is not there in time; another device at the address is named; and looking can be ended.
#[tokio::test]
async fn a_device_does_not_arrive() {
    let fleet = start(FleetOptions {
        cameras: 2,
        ..FleetOptions::default()
    })
    .await;
    let [camera, other] = fleet.cameras() else {
        panic!("two devices");
    };
    let dialer = Dialer::new(None);
    let cancel = CancellationToken::new();
    let here = Endpoint::parse(&other.address(), other.port()).unwrap();
    let found = follow_move(
        &dialer,
        &here,
        &trust(other),
        &serial(camera),
        patience(ENOUGH),
        &cancel,
    )
    .await;
    assert_eq!(found.err(), Some(MoveError::AnotherDevice(serial(other))));
    let pinned = follow_move(
        &dialer,
        &here,
        &trust(camera),
        &serial(camera),
        patience(ENOUGH),
        &cancel,
    )
    .await;
    assert!(matches!(
        pinned.err(),
        Some(MoveError::Failed(Failure::CertificateChanged(_)))
    ));

    camera.set_fault(Fault::NeverBack);
    let pinned = trust(camera);
    let target = free(camera, 20);
    administrator(camera)
        .set_address("eth0", &by_hand(target))
        .await
        .unwrap();
    let to = Endpoint::parse(&target.to_string(), camera.port()).unwrap();
    let soon = patience(Duration::from_millis(200));
    let missing = follow_move(&dialer, &to, &pinned, &serial(camera), soon, &cancel).await;
    assert_eq!(missing.err(), Some(MoveError::NotThere));
    cancel.cancel();
    let ended = follow_move(&dialer, &to, &pinned, &serial(camera), patience(ENOUGH), &cancel).await;
    assert_eq!(ended.err(), Some(MoveError::Cancelled));
}

/// DEV-60: an address that the device cannot have, and rights that are missing.
#[tokio::test]
async fn refusals() {
    let fleet = start(FleetOptions {
        cameras: 2,
        ..FleetOptions::default()
    })
    .await;
    let [camera, other] = fleet.cameras() else {
        panic!("two devices");
    };
    let root = administrator(camera);
    let code = |outcome: Result<Acknowledgement, Failure>| match outcome {
        Err(Failure::Device { code, .. }) => code,
        outcome => panic!("{outcome:?}"),
    };
    let IpAddr::V4(taken) = other.socket_address().ip() else {
        panic!("an IPv4 address");
    };
    if taken != Ipv4Addr::LOCALHOST {
        assert_eq!(code(root.set_address("eth0", &by_hand(taken)).await), 1000);
    }
    assert_eq!(
        code(root.set_address("eth7", &AddressAssignment::Network).await),
        4004
    );
    assert!(root.network_info().await.is_ok(), "it is where it was");
    let joe = UserName::parse("joe").unwrap();
    let viewer = flotilla_connectors::vapix::Privileges {
        role: flotilla_connectors::vapix::Role::Viewer,
        ptz: false,
    };
    root.create_account(&joe, &password("look"), viewer)
        .await
        .unwrap();
    assert_eq!(
        user(camera, "joe", "look").network_info().await,
        Err(Failure::Forbidden)
    );
}

/// DEV-60: names.
#[tokio::test]
async fn names() {
    let fleet = one("12.5.56").await;
    let camera = &fleet.cameras()[0];
    let root = administrator(camera);
    let before = root.network_info().await.unwrap();
    assert!(before.host_name_from_network && before.resolver_from_network);
    let name = HostName::parse("entrance-1.cameras.example").unwrap();
    root.set_host_name(&NameAssignment::Static(name.clone()))
        .await
        .unwrap();
    let servers: Vec<IpAddr> = ["192.0.2.53", "2001:db8::53"]
        .map(|text| text.parse().unwrap())
        .to_vec();
    let resolver = ResolverAssignment::Static {
        servers: servers.clone(),
        search_domains: vec![HostName::parse("cameras.example").unwrap()],
    };
    root.set_resolver(&resolver).await.unwrap();
    let after = root.network_info().await.unwrap();
    assert_eq!(after.host_name.as_deref(), Some(name.as_str()));
    assert_eq!(
        (after.name_servers, after.search_domains),
        (servers, vec!["cameras.example".to_string()])
    );
    assert!(!after.host_name_from_network && !after.resolver_from_network);
    root.set_host_name(&NameAssignment::Network).await.unwrap();
    root.set_resolver(&ResolverAssignment::Network).await.unwrap();
    let last = root.network_info().await.unwrap();
    assert!(last.host_name_from_network && last.resolver_from_network);
}

/// DEV-60: time zone and time servers.
#[tokio::test]
async fn time() {
    let fleet = one("12.5.56").await;
    let camera = &fleet.cameras()[0];
    let root = administrator(camera);
    let clock = root.clock().await.unwrap();
    let zone = TimeZoneName::parse("Europe/Paris").unwrap();
    assert!(clock.zones.contains(&zone) && clock.zone != Some(zone.clone()));
    root.set_time_zone(&zone).await.unwrap();
    assert_eq!(root.clock().await.unwrap().zone, Some(zone));
    let unknown = TimeZoneName::parse("Mars/Olympus").unwrap();
    assert!(matches!(
        root.set_time_zone(&unknown).await,
        Err(Failure::Device { .. })
    ));
    camera.set_fault(Fault::ClockWrong);
    assert_eq!(
        root.clock().await.unwrap().now.to_rfc3339(),
        "2001-02-01T00:00:07+00:00"
    );
    camera.clear_faults();

    assert_eq!(root.time_servers().await.unwrap().source, TimeSource::Network);
    let servers = ["192.0.2.1", "time.example"].map(|text| TimeServer::parse(text).unwrap());
    for source in [
        TimeSource::Servers(servers.to_vec()),
        TimeSource::OwnClock,
        TimeSource::Network,
    ] {
        root.set_time_source(&source).await.unwrap();
        assert_eq!(root.time_servers().await.unwrap().source, source);
    }
    let many = vec![servers[0].clone(); 6];
    assert!(matches!(
        root.set_time_source(&TimeSource::Servers(many)).await,
        Err(Failure::Device { code: 4004, .. })
    ));
}
