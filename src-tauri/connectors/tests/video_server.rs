//! Video servers of the simulator, over real TLS (PRO-01).
use flotilla_connectors::secret::Secret;
use flotilla_connectors::trust::{Fingerprint, Trust};
use flotilla_connectors::video_server::{Client, VideoServerReading};
use flotilla_connectors::{Dialer, Endpoint, Refusal};
use flotilla_simulator::{Fault, Fleet, FleetOptions, NtlmScheme, VideoServer};

async fn fleet(video_servers: usize, cameras: usize) -> Fleet {
    Fleet::start(FleetOptions {
        cameras,
        video_servers,
        ..FleetOptions::default()
    })
    .await
    .expect("a fleet")
}

fn client(server: &VideoServer, trust: &Trust) -> Client {
    let endpoint = Endpoint::parse(&server.address(), server.port()).expect("an address");
    Client::new(&Dialer::new(None), &endpoint, trust).expect("a client")
}

fn pinned(server: &VideoServer) -> Trust {
    Trust {
        pin: Some(Fingerprint::of(&server.certificate().expect("a certificate"))),
        ..Trust::default()
    }
}

async fn read_as(server: &VideoServer, user: &str, password: &str) -> Result<VideoServerReading, Refusal> {
    let client = client(server, &pinned(server));
    let sign_in = client.greet().await?;
    client.read(sign_in, user, &Secret::new(password)).await
}

async fn read(server: &VideoServer) -> Result<VideoServerReading, Refusal> {
    read_as(server, &server.blueprint().user, &server.blueprint().password).await
}

/// PRO-01: whatever name NTLM is offered under, with and without the server's time, for accounts of a domain and of the machine; over
/// one connection, also where several threads have a hand in it.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_server_is_read_in_each_way_it_signs_people_in() {
    let fleet = fleet(48, 40).await;
    let mut ways = std::collections::BTreeSet::new();
    for (place, server) in fleet.video_servers().iter().enumerate() {
        let blueprint = server.blueprint();
        ways.insert((
            blueprint.scheme == NtlmScheme::Ntlm,
            blueprint.says_time,
            blueprint.user.contains('\\'),
        ));
        let reading = read(server).await.expect("a reading");
        assert_eq!(
            [
                &reading.name,
                &reading.version,
                &reading.interface,
                &reading.hardware,
                &reading.vendor
            ],
            [
                &blueprint.name,
                blueprint.version,
                "2.43",
                blueprint.hardware,
                "Flotilla Simulator"
            ]
            .map(ToString::to_string)
            .each_ref()
        );
        assert_eq!(Some(reading.certificate.fingerprint), pinned(server).pin);
        let serials: Vec<Option<String>> = reading
            .devices
            .iter()
            .map(|device| device.serial.as_ref().map(ToString::to_string))
            .collect();
        let cameras = fleet.cameras().chunks(4).nth(place).unwrap_or_default();
        let expected: Vec<Option<String>> = cameras
            .iter()
            .map(|camera| Some(camera.blueprint().serial_number.clone()))
            .collect();
        assert_eq!(serials, expected);
        let counters = server.counters();
        assert_eq!(
            (counters.sign_ins, counters.refusals, counters.connections),
            (1, 0, 1)
        );
    }
    assert_eq!(ways.len(), 8, "{ways:?}");
}

/// PRO-01: a list that is longer than one answer is read whole.
#[tokio::test]
async fn many_devices_are_read_in_parts() {
    let fleet = fleet(1, 4).await;
    let server = &fleet.video_servers()[0];
    server.set_fault(Fault::OneDeviceAtATime);
    let names = |reading: VideoServerReading| -> Vec<String> {
        reading.devices.into_iter().map(|device| device.name).collect()
    };
    let in_parts = names(read(server).await.expect("a reading"));
    server.clear_faults();
    assert_eq!(
        (in_parts.len(), &in_parts),
        (4, &names(read(server).await.expect("a reading")))
    );
}

/// PRO-01: a server that wants a proof for each request gets it, over one connection; one that lists everything each time is asked twice.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn odd_servers_are_read() {
    let fleet = fleet(2, 8).await;
    for (server, fault, proofs) in [
        (&fleet.video_servers()[0], Fault::ProofForEachRequest, 4),
        (&fleet.video_servers()[1], Fault::AllDevicesEachTime, 1),
    ] {
        server.set_fault(fault);
        let reading = read(server).await.expect("a reading");
        assert_eq!(reading.devices.len(), 4, "{fault:?}");
        let counters = server.counters();
        assert_eq!(
            (counters.sign_ins, counters.refusals, counters.connections),
            (proofs, 0, 1),
            "{fault:?}"
        );
    }
}

/// CUS-03, PRO-01: what stands in the way is told apart, and nobody is told who asks before the server has said how.
#[tokio::test]
async fn what_stands_in_the_way() {
    let fleet = fleet(1, 0).await;
    let server = &fleet.video_servers()[0];
    let user = &server.blueprint().user;
    assert_eq!(
        read_as(server, user, "wrong").await,
        Err(Refusal::AuthorizationFailed)
    );
    assert_eq!(
        read_as(server, "nobody", &server.blueprint().password).await,
        Err(Refusal::AuthorizationFailed)
    );
    for (fault, refusal) in [
        (Fault::WrongPassword, Refusal::AuthorizationFailed),
        (Fault::NoMonitoringRights, Refusal::MonitoringRightsMissing),
        (Fault::NotThisProtocol, Refusal::Failed),
        (Fault::HalfJson, Refusal::Failed),
        (Fault::UnknownAlgorithm, Refusal::Failed),
        (
            Fault::Unavailable503 {
                retry_after_seconds: 1,
            },
            Refusal::Unreachable("unreachable.unavailable".to_string()),
        ),
    ] {
        server.set_fault(fault);
        assert_eq!(read(server).await, Err(refusal), "{fault:?}");
        server.clear_faults();
    }
    let before = server.counters().credential_bytes;
    server.set_fault(Fault::UnknownAlgorithm);
    assert_eq!(read(server).await, Err(Refusal::Failed));
    assert_eq!(server.counters().credential_bytes, before);
    server.clear_faults();
    assert!(read(server).await.is_ok());
}

/// CRT-11: another certificate than the one that is believed ends it before a word.
#[tokio::test]
async fn another_certificate_ends_it() {
    let fleet = fleet(1, 0).await;
    let server = &fleet.video_servers()[0];
    let trust = pinned(server);
    let requests = server.counters().requests;
    server.change_certificate().expect("another certificate");
    let changed = client(server, &trust).greet().await;
    assert!(
        matches!(changed, Err(Refusal::CertificateChanged(_))),
        "{changed:?}"
    );
    let stranger = client(server, &Trust::default()).greet().await;
    assert!(
        matches!(stranger, Err(Refusal::CertificateNotTrusted(_))),
        "{stranger:?}"
    );
    assert_eq!(server.counters().requests, requests);
}
