//! The management API (IPO-01 to IPO-04).
use crate::support::{AUTHENTICATE, Api, LICENCES, SYSTEMS, fleet, json, refusal};
use flotilla_simulator::{Fault, Fleet, FleetOptions, MARK, Oddities, Role};
use reqwest::{Method, StatusCode};

/// IPO-01, IPO-02, IPO-04, SIM-01: sign in, read the whole solution through its primary, sign out.
#[tokio::test]
async fn reads_solutions() {
    let fleet = fleet(30, 0).await;
    for solution in fleet.solutions() {
        let api = Api::new(solution);
        let session = api.sign_in().await;
        assert_eq!(session.object["User"], solution.user());
        assert_eq!(
            session.object["Capabilities"],
            serde_json::json!(["monitoring", "upgrade"])
        );
        assert_eq!(session.object["Profile"].as_str(), solution.blueprint().profile);
        let systems = api.list(&session, SYSTEMS).await;
        assert_eq!(systems.len(), solution.systems().len());
        for (system, expected) in systems.iter().zip(solution.systems()) {
            assert_eq!(system["Name"], expected.name.as_str());
            assert_eq!(system["Description"], MARK);
            let parts = ["MajorVersion", "MinorVersion", "ServicePack", "Build"];
            let version: Vec<&str> = parts.iter().filter_map(|part| system[part].as_str()).collect();
            assert_eq!(version.join("."), solution.version());
            assert!(!system["Services"].is_null() && system["PBXLicense"]["HostID"].is_string());
        }
        assert_eq!(systems[0]["IPAddress"], solution.address());
        assert_eq!(systems[0]["Role"], serde_json::json!(Role::Primary));
        let last = &solution.systems()[solution.systems().len() - 1];
        if last.role != Role::Primary {
            let one = api
                .list(&session, &format!("{SYSTEMS}?ipaddress={}", last.address))
                .await;
            assert_eq!(
                (one.len(), one[0]["Name"].as_str()),
                (1, Some(last.name.as_str()))
            );
        }
        let licences = api.list(&session, LICENCES).await;
        assert!(
            licences.len() > 3
                && licences
                    .iter()
                    .all(|one| one["Type"].is_string() && one["Status"].is_string())
        );
        assert_eq!(api.sign_out(&session).await.status(), StatusCode::OK);
        let counters = solution.counters();
        assert_eq!(
            (counters.sign_ins, counters.sign_outs, counters.open_sessions),
            (1, 1, 0)
        );
        let lost = refusal(api.read(&session, SYSTEMS).await).await;
        assert_eq!(lost, (200, "461:SessionTimeout".to_string()));
    }
    fleet.stop().await;
}

/// IPO-01: without its headers a call is refused; what is outside the API is a page.
#[tokio::test]
async fn wants_its_headers() {
    let fleet = fleet(1, 0).await;
    let solution = &fleet.solutions()[0];
    let api = Api::new(solution);
    let origin = format!("https://{}", solution.socket_address());
    let response = api
        .client
        .get(format!("{origin}{AUTHENTICATE}"))
        .basic_auth(solution.user(), Some(solution.password()))
        .send()
        .await
        .expect("an answer");
    assert_eq!(refusal(response).await, (400, "400:MissingHeader".to_string()));
    let page = api
        .client
        .get(format!("{origin}/onexportal"))
        .send()
        .await
        .expect("a page");
    assert_eq!(page.status(), StatusCode::OK);
    assert!(page.text().await.expect("text").contains(MARK));
    let unknown = api
        .request(Method::GET, "/WebManagement/ws/sdk/other")
        .send()
        .await
        .expect("an answer");
    assert_eq!(unknown.status(), StatusCode::NOT_FOUND);
    assert_eq!(solution.counters().sign_ins, 0);
}

/// CUS-03, GEN-13: every refusal that names its reason.
#[tokio::test]
async fn refuses() {
    let fleet = fleet(1, 0).await;
    let solution = &fleet.solutions()[0];
    let api = Api::new(solution);
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
    ] {
        solution.set_fault(fault);
        let response = api.sign_in_request().send().await.expect("an answer");
        assert_eq!(refusal(response).await, (status, code.to_string()), "{fault:?}");
        solution.clear_faults();
    }
    let wrong = |user: &str, password: &str| {
        let request = api
            .request(Method::GET, AUTHENTICATE)
            .basic_auth(user, Some(password));
        async { refusal(request.send().await.expect("an answer")).await.1 }
    };
    assert_eq!(wrong("nobody", solution.password()).await, "401:NoSuchUser");
    assert_eq!(wrong(solution.user(), "wrong").await, "401:BadPassword");

    solution.set_fault(Fault::NoMonitoringRights);
    let session = api.sign_in().await;
    assert_eq!(session.object["Capabilities"], serde_json::json!(["upgrade"]));
    for path in [SYSTEMS, LICENCES] {
        let refused = refusal(api.read(&session, path).await).await;
        assert_eq!(refused, (403, "403:NoMonitoringRights".to_string()));
    }
    solution.clear_faults();
    solution.set_fault(Fault::NoUpgradeRights);
    let session = api.sign_in().await;
    assert_eq!(session.object["Capabilities"], serde_json::json!(["monitoring"]));
    solution.clear_faults();
    solution.set_fault(Fault::UnsupportedEdition);
    assert_eq!(api.list(&session, SYSTEMS).await[0]["Edition"], "Basic Edition");
}

/// IPO-01, CUS-03: sessions are as few as the options say.
#[tokio::test]
async fn sessions_are_few() {
    let options = FleetOptions {
        customers: 1,
        session_limit: 3,
        ..FleetOptions::default()
    };
    let fleet = Fleet::start(options).await.expect("a fleet");
    let solution = &fleet.solutions()[0];
    let api = Api::new(solution);
    solution.set_oddities(Oddities::default());
    let mut sessions = Vec::new();
    for _ in 0..3 {
        sessions.push(api.sign_in().await);
    }
    let one_more = api.sign_in_request().send().await.expect("an answer");
    assert_eq!(refusal(one_more).await, (403, "403:SessionLimit".to_string()));
    solution.set_oddities(Oddities {
        limit_as_503: true,
        ..Oddities::default()
    });
    let one_more = api.sign_in_request().send().await.expect("an answer");
    assert!(one_more.headers().contains_key("retry-after"));
    assert_eq!(refusal(one_more).await, (503, "503:SessionLimit".to_string()));
    api.sign_out(&sessions[0]).await;
    api.sign_in().await;
    assert_eq!(solution.counters().most_open_sessions, 3);
    solution.set_fault(Fault::TooManySessions);
    api.sign_out(&sessions[1]).await;
    for (limit_as_503, status) in [(true, 503), (false, 403)] {
        solution.set_oddities(Oddities {
            limit_as_503,
            ..Oddities::default()
        });
        let refused = api.sign_in_request().send().await.expect("an answer");
        assert_eq!(refusal(refused).await, (status, format!("{status}:SessionLimit")));
    }
}

/// IPO-03: a session that was not used for long is lost, and its place is free again.
#[tokio::test]
async fn idle_sessions_end() {
    let options = FleetOptions {
        customers: 1,
        session_idle_seconds: 0,
        ..FleetOptions::default()
    };
    let fleet = Fleet::start(options).await.expect("a fleet");
    let api = Api::new(&fleet.solutions()[0]);
    for _ in 0..6 {
        let session = api.sign_in().await;
        assert_eq!(
            refusal(api.read(&session, SYSTEMS).await).await.1,
            "461:SessionTimeout"
        );
    }
}

/// IPO-03: 461 once, then as if nothing had been.
#[tokio::test]
async fn forgets_a_session_once() {
    let fleet = fleet(1, 0).await;
    let solution = &fleet.solutions()[0];
    let api = Api::new(solution);
    solution.set_fault(Fault::SessionTimeout461);
    let session = api.sign_in().await;
    assert_eq!(
        refusal(api.read(&session, SYSTEMS).await).await.1,
        "461:SessionTimeout"
    );
    assert_eq!(solution.counters().open_sessions, 0);
    let session = api.sign_in().await;
    assert_eq!(api.list(&session, SYSTEMS).await.len(), solution.systems().len());
}

/// IPO-01, IPO-03: each oddity by itself.
#[tokio::test]
async fn oddities() {
    let fleet = fleet(20, 0).await;
    let solution = fleet
        .solutions()
        .iter()
        .find(|one| one.systems().len() == 1)
        .expect("a small one");
    let api = Api::new(solution);
    solution.set_oddities(Oddities::default());
    let session = api.sign_in().await;
    assert!(!session.headers.contains_key("x-sdk-token"));
    let plain = json(api.read(&session, SYSTEMS).await).await;
    assert!(plain["response"]["data"]["ws_object"].is_array() && plain["response"]["SMAError"].is_null());

    solution.set_oddities(Oddities {
        one_object: true,
        ..Oddities::default()
    });
    let one = json(api.read(&session, SYSTEMS).await).await;
    assert!(one["response"]["data"]["ws_object"].is_object());

    solution.set_oddities(Oddities {
        xml_content_type: true,
        reboot_node: true,
        ..Oddities::default()
    });
    let response = api.read(&session, SYSTEMS).await;
    let kind = response.headers()["content-type"]
        .to_str()
        .expect("text")
        .to_string();
    assert!(kind.starts_with("text/xml"), "{kind}");
    let odd = json(response).await;
    assert_eq!(odd["response"]["@status"], "1");
    assert_eq!(odd["response"]["SMAError"]["error"]["error_code"], "REBOOT");

    solution.set_oddities(Oddities {
        token_in_header: true,
        ..Oddities::default()
    });
    let session = api.sign_in().await;
    assert!(session.headers.contains_key("x-sdk-token"));
    let cookies = session.headers["cookie"].to_str().expect("text");
    assert!(!cookies.contains("SDK-Token"), "in one place only: {cookies}");
    assert_eq!(api.list(&session, SYSTEMS).await.len(), 1);
}
