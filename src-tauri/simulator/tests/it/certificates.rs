//! Trust (CRT-11, CUS-15): what a client needs to prove that it is careful.
use crate::support::{AUTHENTICATE, Api, SYSTEMS, client, client_builder, fleet, refusal, url};
use flotilla_simulator::{Addressing, Fault, Fleet, FleetOptions};
use std::error::Error;

/// Everything an error says.
fn words(error: &reqwest::Error) -> String {
    let mut words = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        words = format!("{words}: {inner}");
        cause = inner.source();
    }
    words
}

/// CUS-15: one who does not believe the certificate has sent nothing, and the counters prove it.
#[tokio::test]
async fn nothing_before_trust() {
    let fleet = fleet(2, 1).await;
    let stranger = client(&[fleet.solutions()[1].certificate().expect("a certificate")]);
    let solution = &fleet.solutions()[0];
    let address = url(solution.socket_address(), AUTHENTICATE);
    let refused = stranger
        .get(address)
        .basic_auth("COMAdmin", Some("secret"))
        .send()
        .await;
    assert!(words(&refused.expect_err("not trusted")).contains("certificate"));
    let counters = solution.counters();
    assert_eq!(
        (counters.handshakes, counters.requests, counters.credential_bytes),
        (0, 0, 0)
    );
    assert!(counters.connections > 0);
    Api::new(solution).sign_in().await;
    assert!(solution.counters().credential_bytes > 0);
    let fingerprints = [
        solution.fingerprint().expect("one"),
        fleet.solutions()[1].fingerprint().expect("one"),
        fleet.cameras()[0].fingerprint().expect("one"),
    ];
    assert!(fingerprints.iter().all(|one| one.len() == 64));
    assert!(fingerprints[0] != fingerprints[1] && fingerprints[1] != fingerprints[2]);
}

/// SIM-01: changed for good, wrong for a while, expired.
#[tokio::test]
async fn other_certificates() {
    let fleet = fleet(1, 0).await;
    let solution = &fleet.solutions()[0];
    let api = Api::new(solution);
    let session = api.sign_in().await;

    // Also with TLS sessions remembered.
    solution.set_fault(Fault::WrongCertificate);
    assert!(words(&api.sign_in_request().send().await.expect_err("wrong")).contains("certificate"));
    solution.clear_faults();
    api.sign_in().await;
    solution.set_fault(Fault::ExpiredCertificate);
    api.sign_in_request().send().await.expect_err("expired");
    solution.clear_faults();
    api.sign_in().await;

    let before = solution.fingerprint().expect("one");
    let after = solution.change_certificate().expect("another");
    assert_ne!(before, after);
    assert!(words(&api.sign_in_request().send().await.expect_err("changed")).contains("certificate"));
    let api = Api::new(solution);
    let lost = api.read(&session, SYSTEMS).await;
    assert_eq!(refusal(lost).await.1, "461:SessionTimeout");
    let session = api.sign_in().await;

    solution.set_fault(Fault::NewCertificateAfter { sign_outs: 1 });
    api.sign_out(&session).await;
    let stranger = Api::new(solution);
    stranger
        .sign_in_request()
        .send()
        .await
        .expect_err("changed by itself");
    assert_ne!(solution.fingerprint().expect("one"), after);
    Api::new(solution).sign_in().await;
}

/// CRT-11: also one who is connected and remembers a session of TLS meets the new certificate at the next contact, and
/// when it is not believed, nothing has been sent.
#[tokio::test]
async fn a_kept_connection_ends_with_the_certificate() {
    let fleet = fleet(1, 0).await;
    let solution = &fleet.solutions()[0];
    let certificate = solution.certificate().expect("a certificate");
    let client = client_builder(&[certificate]).build().expect("a client");
    let api = Api { client, solution };
    api.sign_in().await;
    let before = solution.counters();
    solution.change_certificate().expect("another");
    // The first may still notice that its connection is gone; the second connects anew in any case.
    for _ in 0..2 {
        api.sign_in_request().send().await.expect_err("not believed");
    }
    let after = solution.counters();
    assert!(after.connections > before.connections);
    assert_eq!(
        (after.credential_bytes, after.requests, after.open_sessions),
        (before.credential_bytes, before.requests, 0)
    );
}

/// SIM-01: the same state folder gives the same certificates and versions again.
#[tokio::test]
async fn state_is_kept() {
    let folder = tempfile::tempdir().expect("a folder");
    let options = FleetOptions {
        customers: 2,
        cameras: 1,
        state_folder: Some(folder.path().join("state")),
        // A certificate is for an address, and which range is free another time depends on who else runs.
        addressing: Addressing::Ports { first: None },
        ..FleetOptions::default()
    };
    let fleet = Fleet::start(options.clone()).await.expect("a fleet");
    let first = fleet.solutions()[0].fingerprint().expect("one");
    let changed = fleet.solutions()[1].change_certificate().expect("one");
    let camera = fleet.cameras()[0].fingerprint().expect("one");
    fleet.solutions()[0].set_version("12.0.4.9");
    fleet.cameras()[0].set_version("12.9.1");
    fleet.stop().await;

    let fleet = Fleet::start(options.clone()).await.expect("the same fleet");
    assert_eq!(fleet.solutions()[0].fingerprint().expect("one"), first);
    assert_eq!(fleet.solutions()[1].fingerprint().expect("one"), changed);
    assert_eq!(fleet.cameras()[0].fingerprint().expect("one"), camera);
    assert_eq!(fleet.solutions()[0].version(), "12.0.4.9");
    assert_eq!(fleet.cameras()[0].version(), "12.9.1");
    let api = Api::new(&fleet.solutions()[0]);
    let session = api.sign_in().await;
    let system = &api.list(&session, SYSTEMS).await[0];
    assert_eq!(
        (&system["MajorVersion"], &system["ServicePack"], &system["Build"]),
        (&"12".into(), &"4".into(), &"9".into())
    );
    fleet.stop().await;

    for file in std::fs::read_dir(folder.path().join("state")).expect("a folder") {
        std::fs::write(file.expect("a file").path(), b"{ half").expect("written");
    }
    let fleet = Fleet::start(options).await.expect("in spite of broken files");
    assert_ne!(fleet.solutions()[0].fingerprint().expect("one"), first);
}
