//! VAPIX over real TLS (VPX-01 to VPX-10), and the control port.
use crate::support::{client, fleet};
use flotilla_simulator::{AuthenticationScheme, Camera, Fault, MARK};
use md5::Md5;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

struct Visitor {
    client: reqwest::Client,
    origin: String,
}

impl Visitor {
    fn of(camera: &Camera) -> Self {
        Self {
            client: client(&camera.certificate().expect("a certificate")),
            origin: format!("https://{}", camera.socket_address()),
        }
    }

    async fn ask(&self, interface: &str, question: &Value) -> Value {
        let request = self.client.post(format!("{}/axis-cgi/{interface}", self.origin));
        let answer = request
            .body(question.to_string())
            .send()
            .await
            .expect("an answer");
        serde_json::from_slice(&answer.bytes().await.expect("a body")).unwrap_or_default()
    }

    async fn get(&self, target: &str, proof: Option<String>) -> reqwest::Response {
        let mut request = self.client.get(format!("{}{target}", self.origin));
        if let Some(proof) = proof {
            request = request.header("Authorization", proof);
        }
        request.send().await.expect("an answer")
    }
}

fn challenges(answer: &reqwest::Response) -> Vec<String> {
    let values = answer.headers().get_all("www-authenticate").iter();
    values
        .map(|value| value.to_str().expect("text").to_string())
        .collect()
}

fn prove(challenge: &str, camera: &Camera, password: &str, target: &str, count: u32) -> String {
    let field = |name: &str| {
        let rest = challenge.split(&format!("{name}=")).nth(1).expect("a field");
        rest.trim_start_matches('"')
            .split(['"', ','])
            .next()
            .expect("a value")
            .to_string()
    };
    let (realm, nonce, algorithm) = (field("realm"), field("nonce"), field("algorithm"));
    let hash = |text: String| match algorithm.as_str() {
        "MD5" => hex::encode(Md5::digest(text)),
        _ => hex::encode(Sha256::digest(text)),
    };
    let user = &camera.blueprint().user;
    let secret = hash(format!("{user}:{realm}:{password}"));
    let request = hash(format!("GET:{target}"));
    let response = hash(format!("{secret}:{nonce}:{count:08x}:abcd:auth:{request}"));
    format!(
        "Digest username=\"{user}\", realm=\"{realm}\", nonce=\"{nonce}\", uri=\"{target}\", algorithm={algorithm}, \
         qop=auth, nc={count:08x}, cnonce=\"abcd\", response=\"{response}\""
    )
}

const PARAMETERS: &str =
    "/axis-cgi/param.cgi?action=list&group=Properties.System,Brand,Properties.Firmware.Version";

/// VPX-01, VPX-08, VPX-09: every scheme, wrong and right, and a nonce that has grown old.
#[tokio::test]
async fn signing_in() {
    let fleet = fleet(0, 1).await;
    let camera = &fleet.cameras()[0];
    let visitor = Visitor::of(camera);
    let password = camera.blueprint().password.as_str();
    for (scheme, offered) in [
        (AuthenticationScheme::DigestMd5, 1),
        (AuthenticationScheme::DigestSha256, 2),
    ] {
        camera.set_scheme(scheme);
        let refused = visitor.get(PARAMETERS, None).await;
        assert_eq!(refused.status(), 401);
        let challenges = challenges(&refused);
        assert_eq!(challenges.len(), offered);
        for (place, challenge) in challenges.iter().enumerate() {
            let count = place as u32 * 2 + 1;
            let wrong = prove(challenge, camera, "wrong", PARAMETERS, count);
            assert_eq!(visitor.get(PARAMETERS, Some(wrong)).await.status(), 401);
            let right = prove(challenge, camera, password, PARAMETERS, count + 1);
            let answer = visitor.get(PARAMETERS, Some(right)).await;
            assert_eq!(answer.status(), 200);
            let text = answer.text().await.expect("a body");
            assert!(text.contains(&format!("root.Brand.Brand={MARK}")));
            assert!(text.contains(&format!("SerialNumber={}", camera.blueprint().serial_number)));
        }
        camera.forget_nonces();
        let old = prove(&challenges[0], camera, password, PARAMETERS, 9);
        let answer = visitor.get(PARAMETERS, Some(old)).await;
        assert!(says_stale(&answer));
    }
    camera.set_scheme(AuthenticationScheme::Basic);
    let user = &camera.blueprint().user;
    let target = format!("{}{PARAMETERS}", visitor.origin);
    let answer = visitor
        .client
        .get(&target)
        .basic_auth(user, Some(password))
        .send()
        .await;
    assert_eq!(answer.expect("an answer").status(), 200);
    let refusals = camera.counters().refusals;
    // Ten wrong ones lock the account.
    for _ in 0..10 {
        let answer = visitor
            .client
            .get(&target)
            .basic_auth(user, Some("wrong"))
            .send()
            .await;
        assert_eq!(answer.expect("an answer").status(), 401);
    }
    let locked = visitor
        .client
        .get(&target)
        .basic_auth(user, Some(password))
        .send()
        .await;
    assert_eq!(locked.expect("an answer").status(), 401);
    assert_eq!(camera.counters().refusals, refusals + 11);
}

fn says_stale(answer: &reqwest::Response) -> bool {
    answer.status() == 401 && challenges(answer).iter().all(|one| one.contains("stale=true"))
}

/// VPX-03, VPX-04, VPX-06, VPX-07: what anybody may ask, and errors inside HTTP 200.
#[tokio::test]
async fn envelopes() {
    let fleet = fleet(0, 1).await;
    let camera = &fleet.cameras()[0];
    let visitor = Visitor::of(camera);
    let method = |name: &str| json!({"apiVersion": "1.0", "context": "x", "method": name});
    let identity = visitor
        .ask("basicdeviceinfo.cgi", &method("getAllUnrestrictedProperties"))
        .await;
    assert_eq!(identity["context"], "x");
    let list = &identity["data"]["propertyList"];
    assert_eq!(
        (&list["Brand"], &list["SerialNumber"]),
        (&json!(MARK), &json!(camera.blueprint().serial_number))
    );
    camera.set_version("9.80.1");
    assert!(visitor.ask("systemready.cgi", &method("systemready")).await["data"]["bootid"].is_null());
    camera.set_version("11.11.124");
    let before = visitor.ask("systemready.cgi", &method("systemready")).await;
    assert_eq!(
        (&before["data"]["systemready"], &before["data"]["needsetup"]),
        (&json!("yes"), &json!("no"))
    );
    camera.set_fault(Fault::Reboot { seconds: 0 });
    let visitor = Visitor::of(camera);
    let after = visitor.ask("systemready.cgi", &method("systemready")).await;
    assert_ne!(before["data"]["bootid"], after["data"]["bootid"]);
    for (question, code) in [
        (method("unheardOf"), 2004),
        (json!({"apiVersion": "2.0", "method": "systemready"}), 2003),
        (json!("text"), 4000),
    ] {
        assert_eq!(
            visitor.ask("systemready.cgi", &question).await["error"]["code"],
            code
        );
    }
    let by_get = visitor
        .get("/axis-cgi/systemready.cgi", None)
        .await
        .text()
        .await
        .expect("a body");
    assert!(by_get.contains("2002"));
}

/// VPX-02: a device without its first account.
#[tokio::test]
async fn factory_new() {
    let fleet = fleet(0, 1).await;
    let camera = &fleet.cameras()[0];
    camera.set_fault(Fault::FactoryNew);
    let visitor = Visitor::of(camera);
    camera.set_version("12.5.56");
    let answer = visitor.get("/axis-cgi/systemready.cgi", None).await;
    assert_eq!(
        (answer.status().as_u16(), &answer.headers()["axis-setup"]),
        (401, &"vapix".parse().expect("a value"))
    );
    camera.set_version("11.11.124");
    let question = json!({"apiVersion": "1.0", "method": "systemready"});
    assert_eq!(
        visitor.ask("systemready.cgi", &question).await["data"]["needsetup"],
        "yes"
    );
}

/// SIM-01: everything a handle can do, over the control port; and nothing for a web page.
#[tokio::test]
async fn control_port() {
    let fleet = fleet(2, 1).await;
    let address = fleet.open_control_port(0).await.expect("a control port");
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    let client = reqwest::Client::builder().no_proxy().build().expect("a client");
    let solution = &fleet.solutions()[0];
    let at = |path: &str| format!("http://{address}{path}");
    let its = |path: &str| at(&format!("/systems/{}/{path}", solution.socket_address()));
    let json = |response: reqwest::Response| async move {
        serde_json::from_slice::<Value>(&response.bytes().await.expect("a body")).expect("JSON")
    };
    let all = json(client.get(at("/systems")).send().await.expect("an answer")).await;
    assert_eq!(all.as_array().map(Vec::len), Some(3));
    let faults = r#"[{"kind": "slow", "milliseconds": 5, "rate": 0.5}, {"kind": "user-locked"}]"#;
    assert_eq!(
        client
            .post(its("faults"))
            .body(faults)
            .send()
            .await
            .expect("an answer")
            .status(),
        200
    );
    assert_eq!(solution.faults().len(), 2);
    assert_eq!(
        client
            .post(its("faults"))
            .body("{}")
            .send()
            .await
            .expect("an answer")
            .status(),
        400
    );
    assert_eq!(
        client
            .delete(its("faults"))
            .send()
            .await
            .expect("an answer")
            .status(),
        200
    );
    assert!(solution.faults().is_empty());
    let before = solution.fingerprint().expect("a fingerprint");
    let changed = json(client.post(its("certificate")).send().await.expect("an answer")).await;
    assert_eq!(
        changed["fingerprint"],
        solution.fingerprint().expect("a fingerprint").as_str()
    );
    assert_ne!(changed["fingerprint"], before.as_str());
    let version = client
        .post(its("version"))
        .body(r#"{"version": "12.0.0.9"}"#)
        .send()
        .await;
    assert_eq!(version.expect("an answer").status(), 200);
    assert_eq!(solution.version(), "12.0.0.9");
    let detail = json(client.get(its("")).send().await.expect("an answer")).await;
    assert_eq!(detail["counters"]["sign_ins"], 0);
    let from_a_page = client
        .post(at("/stop"))
        .header("Origin", "https://page.example")
        .send()
        .await;
    assert_eq!(from_a_page.expect("an answer").status(), 403);
    assert_eq!(
        client
            .get(at("/nothing"))
            .send()
            .await
            .expect("an answer")
            .status(),
        404
    );
    assert_eq!(
        client.post(at("/stop")).send().await.expect("an answer").status(),
        200
    );
    fleet.stopped().await;
    fleet.stop().await;
}
