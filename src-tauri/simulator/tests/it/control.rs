//! The control port.
use crate::support::{Api, client, fleet};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json as value};

/// SIM-01: everything a test in another process needs, and nothing for a web page.
#[tokio::test]
async fn control_port() {
    let fleet = fleet(3, 1).await;
    let address = fleet.open_control_port(0).await.expect("a port");
    assert!(address.ip().is_loopback());
    let client = client(&[]);
    let ask = |method: Method, path: String, body: Value| {
        let request = client
            .request(method, format!("http://{address}{path}"))
            .body(body.to_string());
        async move {
            let response = request.send().await.expect("an answer");
            (response.status(), response.json::<Value>().await.expect("JSON"))
        }
    };
    let (_, systems) = ask(Method::GET, "/systems".into(), Value::Null).await;
    assert_eq!(systems.as_array().map(Vec::len), Some(4));
    let solution = &fleet.solutions()[1];
    assert_eq!(systems[1]["name"], solution.name());
    assert_eq!(systems[3]["kind"], "camera");
    let path = format!("/systems/{}", solution.address());

    let slow =
        value!([{"kind": "slow", "milliseconds": 1, "rate": 0.5}, {"kind": "user-locked", "times": 2}]);
    let (status, system) = ask(Method::POST, format!("{path}/faults"), slow).await;
    assert_eq!(
        (status, system["faults"].as_array().map(Vec::len)),
        (StatusCode::OK, Some(2))
    );
    assert_eq!(solution.faults().len(), 2);
    ask(Method::DELETE, format!("{path}/faults"), Value::Null).await;
    assert!(solution.faults().is_empty());
    let (status, error) = ask(
        Method::POST,
        format!("{path}/faults"),
        value!({"kind": "unheard-of"}),
    )
    .await;
    assert!(status == StatusCode::BAD_REQUEST && error["error"].is_string());

    ask(Method::POST, "/faults".into(), value!({"kind": "busy423"})).await;
    assert!(
        fleet.solutions().iter().all(|one| one.faults().len() == 1) && fleet.cameras()[0].faults().len() == 1
    );
    ask(Method::DELETE, "/faults".into(), Value::Null).await;
    assert!(fleet.cameras()[0].faults().is_empty());

    let before = solution.fingerprint().expect("one");
    let (_, changed) = ask(Method::POST, format!("{path}/certificate"), Value::Null).await;
    assert!(
        changed["fingerprint"] != before && changed["fingerprint"] == solution.fingerprint().expect("one")
    );
    ask(
        Method::POST,
        format!("{path}/version"),
        value!({"version": "12.1.0.1"}),
    )
    .await;
    assert_eq!(solution.version(), "12.1.0.1");
    let (status, _) = ask(
        Method::POST,
        format!("{path}/version"),
        value!({"version": "<b>"}),
    )
    .await;
    assert_eq!(status, StatusCode::BAD_REQUEST);

    Api::new(solution).sign_in().await;
    let (_, detail) = ask(Method::GET, path, Value::Null).await;
    let by_port = format!("/systems/{}", solution.socket_address());
    assert_eq!(
        ask(Method::GET, by_port, Value::Null).await.1["name"],
        detail["name"]
    );
    assert_eq!(
        (&detail["counters"]["sign_ins"], &detail["version"]),
        (&value!(1), &value!("12.1.0.1"))
    );
    let (_, counters) = ask(Method::GET, "/counters".into(), Value::Null).await;
    assert_eq!(counters["sign_ins"], 1);

    for path in ["/systems/127.9.9.9", "/nothing", "/systems/127.9.9.9/faults/x"] {
        assert_eq!(
            ask(Method::GET, path.into(), Value::Null).await.0,
            StatusCode::NOT_FOUND
        );
    }
    let page = client
        .post(format!("http://{address}/stop"))
        .header("Origin", "https://evil.example");
    assert_eq!(
        page.send().await.expect("an answer").status(),
        StatusCode::FORBIDDEN
    );
    let rebound = client
        .post(format!("http://{address}/stop"))
        .header("Host", "evil.example");
    assert_eq!(
        rebound.send().await.expect("an answer").status(),
        StatusCode::FORBIDDEN
    );
    assert_eq!(
        ask(Method::POST, "/stop".into(), Value::Null).await.0,
        StatusCode::OK
    );
    fleet.stopped().await;
    fleet.stop().await;
}
