//! Faults below and around the protocol (SIM-01), and where the fleet listens.
use crate::support::{Api, SYSTEMS, Session, fleet, url};
use flotilla_simulator::{Addressing, Fault, FaultRule, Fleet, FleetOptions, StartError};
use std::net::Ipv4Addr;
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

/// The systems as they come, in an answer that says it is one.
async fn body(api: &Api<'_>, session: &Session) -> reqwest::Result<Vec<u8>> {
    let response = api.read(session, SYSTEMS).await;
    assert!(response.status().is_success());
    Ok(response.bytes().await?.to_vec())
}

/// SIM-01: each fault shows as what it is, and is gone when it is cleared.
#[tokio::test]
async fn faults() {
    let fleet = fleet(1, 0).await;
    let solution = &fleet.solutions()[0];
    let api = Api::new(solution);
    let session = api.sign_in().await;
    let whole = body(&api, &session).await.expect("systems");

    solution.set_fault(Fault::Refuse);
    assert!(
        api.sign_in_request()
            .send()
            .await
            .expect_err("refused")
            .is_connect()
    );
    solution.clear_faults();

    solution.set_fault(Fault::NoTls);
    assert!(
        api.sign_in_request()
            .send()
            .await
            .expect_err("no TLS")
            .is_connect()
    );
    solution.clear_faults();

    let sign_ins = solution.counters().sign_ins;
    solution.set_rule(FaultRule {
        fault: Fault::LoseAnswer,
        rate: 1.0,
        times: Some(1),
    });
    api.sign_in_request().send().await.expect_err("lost");
    assert_eq!(
        solution.counters().sign_ins,
        sign_ins + 1,
        "carried out all the same"
    );

    solution.set_fault(Fault::DropMidBody);
    body(&api, &session).await.expect_err("broken off");
    solution.clear_faults();

    solution.set_fault(Fault::HalfJson);
    let half = body(&api, &session).await.expect("in good order");
    assert_eq!(half.len(), whole.len() / 2);
    assert!(serde_json::from_slice::<serde_json::Value>(&half).is_err());
    solution.clear_faults();

    solution.set_fault(Fault::Unavailable503 {
        retry_after_seconds: 7,
    });
    let response = api.read(&session, SYSTEMS).await;
    assert_eq!(
        (response.status().as_u16(), &response.headers()["retry-after"]),
        (503, &"7".parse().expect("a value"))
    );
    solution.clear_faults();

    solution.set_fault(Fault::Busy423);
    assert_eq!(api.read(&session, SYSTEMS).await.status().as_u16(), 423);
    let sign_in = api.sign_in_request().send().await.expect("an answer");
    assert_eq!(sign_in.status().as_u16(), 423);
    solution.clear_faults();

    solution.set_fault(Fault::ClockWrong);
    let response = api.read(&session, SYSTEMS).await;
    assert_eq!(response.headers()["date"], "Thu, 01 Feb 2001 00:00:07 GMT");
    solution.clear_faults();

    solution.set_fault(Fault::NotThisProtocol);
    let page = api.read(&session, SYSTEMS).await;
    assert!(page.status().is_success() && page.text().await.expect("text").starts_with("<!doctype html>"));
    solution.clear_faults();

    solution.set_fault(Fault::Slow { milliseconds: 300 });
    let begin = Instant::now();
    api.read(&session, SYSTEMS).await;
    assert!(begin.elapsed() >= Duration::from_millis(300));
    solution.clear_faults();
    assert_eq!(body(&api, &session).await.expect("systems"), whole);
}

/// SIM-01: away, back, and whoever was signed in is not any more.
#[tokio::test]
async fn restart() {
    let fleet = fleet(1, 1).await;
    let solution = &fleet.solutions()[0];
    let api = Api::new(solution);
    let session = api.sign_in().await;
    solution.set_fault(Fault::Reboot { seconds: 3600 });
    api.sign_in_request().send().await.expect_err("away");
    assert_eq!(solution.counters().open_sessions, 0);
    solution.clear_faults();
    assert_eq!(
        crate::support::refusal(api.read(&session, SYSTEMS).await).await.1,
        "461:SessionTimeout"
    );
    solution.set_fault(Fault::Reboot { seconds: 0 });
    api.sign_in().await;
}

/// SIM-01: connections of the moment end with the fleet, and its addresses are free again.
#[tokio::test]
async fn stops() {
    let fleet = fleet(2, 0).await;
    let address = fleet.solutions()[0].socket_address();
    let api = Api::new(&fleet.solutions()[0]);
    api.sign_in().await;
    let again = api.sign_in_request();
    fleet.stop().await;
    again.send().await.expect_err("gone");
    std::net::TcpListener::bind(address).expect("free again");
}

/// SIM-01: on the loopback range and nowhere else; on ports where there is no range.
#[tokio::test]
async fn addresses() {
    // More than the last part of an address can tell apart.
    let one = fleet(300, 2).await;
    let two = fleet(3, 2).await;
    let mut seen = std::collections::HashSet::new();
    for fleet in [&one, &two] {
        assert!(fleet.solutions().iter().all(|one| one.port() == 8443));
        let solutions = fleet
            .solutions()
            .iter()
            .map(flotilla_simulator::Solution::socket_address);
        let cameras = fleet
            .cameras()
            .iter()
            .map(flotilla_simulator::Camera::socket_address);
        for address in solutions.chain(cameras) {
            assert!(address.ip().is_loopback() && seen.insert(address), "{address}");
        }
    }
    let ports = FleetOptions {
        customers: 2,
        cameras: 1,
        addressing: Addressing::Ports { first: None },
        ..FleetOptions::default()
    };
    let ports = Fleet::start(ports).await.expect("a fleet");
    assert!(ports.solutions().iter().all(|one| one.address() == "127.0.0.1"));
    Api::new(&ports.solutions()[1]).sign_in().await;
    for base in [
        Ipv4Addr::new(192, 0, 2, 1),
        Ipv4Addr::new(127, 255, 255, 250),
        Ipv4Addr::UNSPECIFIED,
    ] {
        let options = FleetOptions {
            customers: 10,
            addressing: Addressing::LoopbackRange { base },
            ..FleetOptions::default()
        };
        assert!(
            matches!(Fleet::start(options).await, Err(StartError::TooMany)),
            "{base}"
        );
    }
}

/// SEC-04: nothing that is sent makes it fall over, and too much is refused.
#[tokio::test]
async fn nonsense() {
    let fleet = fleet(1, 1).await;
    let solution = &fleet.solutions()[0];
    for bytes in [
        &b"GET / HTTP/1.1\r\n\r\n"[..],
        &[0; 64],
        &[0xFF; 4096],
        &[0x16, 3, 1, 0xFF, 0xFF, 1],
    ] {
        let mut stream = tokio::net::TcpStream::connect(solution.socket_address())
            .await
            .expect("connected");
        // It may have closed already.
        let _ = stream.write_all(bytes).await;
        let _ = stream.shutdown().await;
        let _ = stream.read_to_end(&mut Vec::new()).await;
    }
    let api = Api::new(solution);
    let large = api
        .client
        .post(url(solution.socket_address(), "/WebManagement/ws/sdk/other"))
        .body(vec![b'x'; 1024 * 1024])
        .send()
        .await;
    // Refused, or cut off before all was sent.
    assert!(large.is_err() || large.is_ok_and(|one| one.status().as_u16() == 413));
    let odd = api
        .request(reqwest::Method::GET, &format!("{SYSTEMS}?ipaddress=%00&&=;"))
        .header("Cookie", "JSESSIONID; =; SDK-Token=x; ;;")
        .send()
        .await
        .expect("an answer");
    assert_eq!(crate::support::refusal(odd).await.1, "461:SessionTimeout");
    api.sign_in().await;
}
