//! The management API over real TLS (IPO-01 to IPO-04), with everything that can go wrong.
use crate::support::{LICENCES, Manager, SYSTEMS, client, fleet, status_and_code};
use flotilla_simulator::{Addressing, Fault, FaultRule, Fleet, FleetOptions, MARK, Oddities};
use std::time::Duration;

/// IPO-01, IPO-02, IPO-04, SIM-01: signs in, reads all systems and licences, signs out.
#[tokio::test]
async fn reads_a_solution() {
    let fleet = fleet(12, 0).await;
    for solution in fleet.solutions() {
        let mut manager = Manager::of(solution);
        assert_eq!(manager.sign_in().await, (200, String::new()));
        let systems = manager.objects(SYSTEMS).await;
        assert_eq!(systems.len(), solution.systems().len());
        assert!(systems.iter().all(|system| system["Description"] == MARK));
        let primary = systems
            .iter()
            .find(|system| system["Role"] == "Primary")
            .expect("a primary");
        assert_eq!(primary["IPAddress"].as_str(), Some(solution.address().as_str()));
        assert!(!manager.objects(LICENCES).await.is_empty());
        let one = manager
            .objects(&format!("{SYSTEMS}?ipaddress={}", solution.address()))
            .await;
        assert_eq!(one.len(), 1);
        assert_eq!(manager.sign_out().await.0, 200);
        let counters = solution.counters();
        assert_eq!(
            (counters.sign_ins, counters.sign_outs, counters.open_sessions),
            (1, 1, 0)
        );
        // Signed out is signed out.
        assert_eq!(
            status_and_code(manager.get(SYSTEMS).await.expect("an answer"))
                .await
                .1,
            "461:SessionTimeout"
        );
    }
    fleet.stop().await;
}

/// CUS-03: every refusal says its reason.
#[tokio::test]
async fn refusals() {
    let fleet = fleet(1, 0).await;
    let solution = &fleet.solutions()[0];
    for (fault, status, code) in [
        (Fault::NoSuchUser, 401, "401:NoSuchUser"),
        (Fault::WrongPassword, 401, "401:BadPassword"),
        (
            Fault::UserDisabledByAdministrator,
            403,
            "403:DisabledByAdministrator",
        ),
        (Fault::UserDisabled, 403, "403:UserDisabled"),
        (Fault::UserLocked, 403, "403:UserLocked"),
        (Fault::Busy423, 423, ""),
        (
            Fault::Unavailable503 {
                retry_after_seconds: 1,
            },
            503,
            "",
        ),
    ] {
        solution.set_fault(fault);
        assert_eq!(
            Manager::of(solution).sign_in().await,
            (status, code.to_string()),
            "{fault:?}"
        );
        solution.clear_faults();
    }
    solution.set_fault(Fault::TooManySessions);
    for (limit_as_503, status) in [(false, 403), (true, 503)] {
        solution.set_oddities(Oddities {
            limit_as_503,
            ..Oddities::default()
        });
        let code = format!("{status}:SessionLimit");
        assert_eq!(Manager::of(solution).sign_in().await, (status, code));
    }
    solution.clear_faults();

    solution.set_fault(Fault::NoMonitoringRights);
    let mut manager = Manager::of(solution);
    assert_eq!(manager.sign_in().await.0, 200);
    let refused = status_and_code(manager.get(SYSTEMS).await.expect("an answer")).await;
    assert_eq!(refused, (403, "403:NoMonitoringRights".to_string()));
    solution.clear_faults();

    solution.set_fault(Fault::UnsupportedEdition);
    assert_eq!(manager.objects(SYSTEMS).await[0]["Edition"], "Basic Edition");
    solution.set_fault(Fault::NoUpgradeRights);
    let answer = Manager::of(solution)
        .try_sign_in()
        .await
        .expect("an answer")
        .text()
        .await;
    assert!(!answer.expect("a body").contains("upgrade"));
}

/// IPO-01: sessions are few, and a header that is missing is refused.
#[tokio::test]
async fn sessions_and_headers() {
    let options = FleetOptions {
        customers: 1,
        session_limit: 2,
        ..FleetOptions::default()
    };
    let fleet = Fleet::start(options).await.expect("a fleet");
    let solution = &fleet.solutions()[0];
    solution.set_oddities(Oddities::default());
    let (mut first, mut second, mut third) = (
        Manager::of(solution),
        Manager::of(solution),
        Manager::of(solution),
    );
    assert_eq!(first.sign_in().await.0, 200);
    assert_eq!(second.sign_in().await.0, 200);
    assert_eq!(third.sign_in().await, (403, "403:SessionLimit".to_string()));
    assert_eq!(first.sign_out().await.0, 200);
    assert_eq!(third.sign_in().await.0, 200);
    assert_eq!(solution.counters().most_open_sessions, 2);
    let bare = format!(
        "https://{}{}",
        solution.socket_address(),
        crate::support::AUTHENTICATE
    );
    let bare = first
        .client
        .get(bare)
        .basic_auth(solution.user(), Some(solution.password()));
    assert_eq!(bare.send().await.expect("an answer").status(), 400);
    // A lost session, once.
    solution.set_fault(Fault::SessionTimeout461);
    let lost = status_and_code(third.get(SYSTEMS).await.expect("an answer")).await;
    assert_eq!(lost, (200, "461:SessionTimeout".to_string()));
    assert_eq!(third.sign_in().await.0, 200);
    assert!(!third.objects(SYSTEMS).await.is_empty());
}

/// IPO-03: each peculiarity by itself.
#[tokio::test]
async fn oddities() {
    let fleet = fleet(20, 0).await;
    let alone = fleet
        .solutions()
        .iter()
        .find(|one| one.systems().len() == 1)
        .expect("a small solution");
    alone.set_oddities(Oddities {
        one_object: true,
        xml_content_type: true,
        token_in_header: true,
        reboot_node: true,
        limit_as_503: false,
    });
    let mut manager = Manager::of(alone);
    let signed_in = manager.try_sign_in().await.expect("an answer");
    assert!(signed_in.headers().contains_key("x-sdk-token"));
    assert_eq!(signed_in.headers().get_all("set-cookie").iter().count(), 1);
    let answer = manager.get(SYSTEMS).await.expect("an answer");
    assert!(
        answer.headers()["content-type"]
            .as_bytes()
            .starts_with(b"text/xml")
    );
    let body: serde_json::Value =
        serde_json::from_slice(&answer.bytes().await.expect("a body")).expect("JSON");
    assert!(body["response"]["data"]["ws_object"].is_object());
    assert_eq!(body["response"]["SMAError"]["error"]["error_code"], "REBOOT");
}

/// SIM-01: what goes wrong on the way.
#[tokio::test]
async fn broken_answers() {
    let fleet = fleet(1, 0).await;
    let solution = &fleet.solutions()[0];
    let manager = Manager::of(solution);
    let page = || async { manager.get("/").await?.text().await };
    let whole = page().await.expect("a page");
    assert!(whole.contains(MARK));
    for fault in [
        Fault::Refuse,
        Fault::LoseAnswer,
        Fault::DropMidBody,
        Fault::NoTls,
        Fault::WrongCertificate,
        Fault::ExpiredCertificate,
    ] {
        solution.set_fault(fault);
        assert!(page().await.is_err(), "{fault:?}");
        solution.clear_faults();
        assert_eq!(page().await.expect("healthy again"), whole, "{fault:?}");
    }
    solution.set_fault(Fault::HalfJson);
    assert_eq!(page().await.expect("half a page").len(), whole.len() / 2);
    solution.clear_faults();
    solution.set_fault(Fault::ClockWrong);
    let answer = manager.get("/").await.expect("an answer");
    assert_eq!(answer.headers()["date"], "Thu, 01 Feb 2001 00:00:07 GMT");
    solution.clear_faults();
    solution.set_fault(Fault::NotThisProtocol);
    let answer = manager.get(SYSTEMS).await.expect("an answer");
    assert!(
        answer.status().is_success()
            && answer
                .text()
                .await
                .expect("a page")
                .starts_with("<!doctype html>")
    );
    solution.clear_faults();
    solution.set_rule(FaultRule {
        fault: Fault::Slow { milliseconds: 300 },
        rate: 1.0,
        times: Some(1),
    });
    let asked = std::time::Instant::now();
    page().await.expect("a page");
    assert!(asked.elapsed() >= Duration::from_millis(300));
    solution.set_fault(Fault::Reboot { seconds: 3600 });
    assert!(page().await.is_err());
    solution.clear_faults();
    assert_eq!(page().await.expect("back"), whole);
}

/// CRT-11: another certificate is met at the next contact, also by one who is connected and remembers a session of
/// TLS; and who does not believe it has sent nothing.
#[tokio::test]
async fn a_changed_certificate() {
    let fleet = fleet(1, 0).await;
    let solution = &fleet.solutions()[0];
    let mut manager = Manager::of(solution);
    assert_eq!(manager.sign_in().await.0, 200);
    let before = (
        solution.counters(),
        solution.fingerprint().expect("a fingerprint"),
    );
    let new = solution.change_certificate().expect("a certificate");
    assert_ne!(new, before.1);
    assert_eq!(solution.fingerprint().expect("a fingerprint"), new);
    // The first may still notice that its connection is gone; the second connects anew in any case.
    assert!(manager.try_sign_in().await.is_err());
    assert!(manager.try_sign_in().await.is_err());
    let after = solution.counters();
    assert_eq!(after.credential_bytes, before.0.credential_bytes);
    assert_eq!((after.requests, after.open_sessions), (before.0.requests, 0));
    assert!(after.connections > before.0.connections);
    assert_eq!(Manager::of(solution).sign_in().await.0, 200);
    // Scripted: after a sign-out.
    let mut manager = Manager::of(solution);
    assert_eq!(manager.sign_in().await.0, 200);
    solution.set_fault(Fault::NewCertificateAfter { sign_outs: 1 });
    assert_eq!(manager.sign_out().await.0, 200);
    let other = client(&solution.certificate().expect("a certificate"));
    let refused = other
        .get(format!("https://{}/", solution.socket_address()))
        .send()
        .await;
    assert!(refused.is_err());
    assert_ne!(solution.fingerprint().expect("a fingerprint"), new);
}

/// SIM-01: certificate and version outlive the fleet where it has a folder.
#[tokio::test]
async fn state_is_kept() {
    let folder = tempfile::tempdir().expect("a folder");
    let options = FleetOptions {
        customers: 2,
        cameras: 1,
        state_folder: Some(folder.path().to_path_buf()),
        addressing: Addressing::Ports { first: None },
        ..FleetOptions::default()
    };
    let fleet = Fleet::start(options.clone()).await.expect("a fleet");
    let fingerprint = fleet.solutions()[1].change_certificate().expect("a certificate");
    let camera = fleet.cameras()[0].fingerprint().expect("a certificate");
    fleet.solutions()[1].set_version("12.0.0.2");
    fleet.stop().await;
    let fleet = Fleet::start(options).await.expect("a fleet");
    assert_eq!(
        fleet.solutions()[1].fingerprint().expect("a certificate"),
        fingerprint
    );
    assert_eq!(fleet.cameras()[0].fingerprint().expect("a certificate"), camera);
    assert_eq!(fleet.solutions()[1].version(), "12.0.0.2");
    let mut manager = Manager::of(&fleet.solutions()[1]);
    assert_eq!(manager.sign_in().await.0, 200);
    let systems = manager.objects(SYSTEMS).await;
    assert_eq!(
        (&systems[0]["MajorVersion"], &systems[0]["Build"]),
        (&"12".into(), &"2".into())
    );
}
