//! VAPIX (VPX-01 to VPX-10). The proofs are made by another implementation of RFC 7616.
use crate::support::{client, fleet, json, url};
use digest_auth::{AuthContext, AuthorizationHeader, HttpMethod, WwwAuthenticateHeader};
use flotilla_simulator::{AuthenticationScheme, Camera, Fault, Fleet, FleetOptions, MARK};
use reqwest::{Client, RequestBuilder, Response};
use serde_json::{Value, json as value};
use std::collections::HashSet;

const PARAMETERS: &str = "/axis-cgi/param.cgi?action=list&group=Brand,Properties.System";

struct Caller<'fleet> {
    client: Client,
    camera: &'fleet Camera,
}

impl<'fleet> Caller<'fleet> {
    fn new(camera: &'fleet Camera) -> Self {
        let client = client(&[camera.certificate().expect("a certificate")]);
        Self { client, camera }
    }

    fn get(&self, path: &str) -> RequestBuilder {
        self.client.get(url(self.camera.socket_address(), path))
    }

    fn ask(&self, interface: &str, question: &Value) -> RequestBuilder {
        let path = format!("/axis-cgi/{interface}.cgi");
        self.client
            .post(url(self.camera.socket_address(), &path))
            .body(question.to_string())
    }

    async fn basic(&self, request: RequestBuilder) -> Response {
        let blueprint = self.camera.blueprint();
        send(request.basic_auth(&blueprint.user, Some(&blueprint.password))).await
    }

    /// The proof for a GET after that challenge.
    fn proof(&self, challenge: &str, password: &str) -> (WwwAuthenticateHeader, AuthorizationHeader) {
        let mut header = digest_auth::parse(challenge).expect("a challenge");
        let context = AuthContext::new_with_method(
            &self.camera.blueprint().user,
            password,
            PARAMETERS,
            None::<&[u8]>,
            HttpMethod::GET,
        );
        let proof = header.respond(&context).expect("a proof");
        (header, proof)
    }
}

async fn send(request: RequestBuilder) -> Response {
    request.send().await.expect("an answer")
}

fn challenges(response: &Response) -> Vec<String> {
    assert_eq!(response.status().as_u16(), 401);
    response
        .headers()
        .get_all("www-authenticate")
        .iter()
        .map(|value| value.to_str().expect("text").to_string())
        .collect()
}

/// VPX-01, VPX-08: MD5 and SHA-256; the realm carries the serial number; what is old is stale.
#[tokio::test]
async fn digest() {
    let fleet = fleet(0, 1).await;
    let camera = &fleet.cameras()[0];
    let caller = Caller::new(camera);
    for (scheme, algorithms) in [
        (AuthenticationScheme::DigestMd5, &["algorithm=MD5"][..]),
        (
            AuthenticationScheme::DigestSha256,
            &["algorithm=SHA-256", "algorithm=MD5"],
        ),
    ] {
        camera.set_scheme(scheme);
        let offered = challenges(&send(caller.get(PARAMETERS)).await);
        assert_eq!(offered.len(), algorithms.len(), "{offered:?}");
        for (challenge, algorithm) in offered.iter().zip(algorithms) {
            assert!(
                challenge.contains(algorithm) && !challenge.contains("stale"),
                "{offered:?}"
            );
        }
        // The weaker one, where there are two, is as good for who knows no other.
        if let [_, weaker] = &challenges(&send(caller.get(PARAMETERS)).await)[..] {
            let (_, proof) = caller.proof(weaker, &camera.blueprint().password);
            let proof = proof.to_header_string();
            let answer = send(caller.get(PARAMETERS).header("Authorization", proof)).await;
            assert_eq!(answer.status().as_u16(), 200);
        }
        assert!(offered[0].contains(&format!("realm=\"AXIS_{}\"", camera.blueprint().serial_number)));

        let (mut header, proof) = caller.proof(&offered[0], &camera.blueprint().password);
        let proof = proof.to_header_string();
        let answer = send(caller.get(PARAMETERS).header("Authorization", &proof)).await;
        assert_eq!(answer.status().as_u16(), 200);
        let text = answer.text().await.expect("text");
        assert!(
            text.contains(&format!("root.Brand.Brand={MARK}")) && !text.contains("Firmware"),
            "{text}"
        );
        assert!(text.contains(&format!(
            "root.Properties.System.SerialNumber={}",
            camera.blueprint().serial_number
        )));

        let again = challenges(&send(caller.get(PARAMETERS).header("Authorization", &proof)).await);
        assert!(again[0].contains("stale=true"), "the same count again: {again:?}");
        // The next count of the same nonce is right.
        let context = AuthContext::new(&camera.blueprint().user, &camera.blueprint().password, PARAMETERS);
        let next = header.respond(&context).expect("a proof").to_header_string();
        assert_eq!(
            send(caller.get(PARAMETERS).header("Authorization", &next))
                .await
                .status()
                .as_u16(),
            200
        );
        let elsewhere = send(
            caller
                .get("/axis-cgi/param.cgi?action=list")
                .header("Authorization", &next),
        )
        .await;
        assert!(
            !challenges(&elsewhere)[0].contains("stale"),
            "another target was signed"
        );

        camera.forget_nonces();
        let next = header.respond(&context).expect("a proof").to_header_string();
        let forgotten = challenges(&send(caller.get(PARAMETERS).header("Authorization", &next)).await);
        assert!(forgotten[0].contains("stale=true"));
        let (_, wrong) = caller.proof(&forgotten[0], "wrong");
        let refused = send(
            caller
                .get(PARAMETERS)
                .header("Authorization", wrong.to_header_string()),
        )
        .await;
        assert!(!challenges(&refused)[0].contains("stale"));
    }
}

/// VPX-01: Basic, and ten refusals in a row lock the account for a time.
#[tokio::test]
async fn basic_and_lock() {
    let fleet = fleet(0, 1).await;
    let camera = &fleet.cameras()[0];
    camera.set_scheme(AuthenticationScheme::Basic);
    let caller = Caller::new(camera);
    let offered = challenges(&send(caller.get(PARAMETERS)).await);
    assert!(offered[0].starts_with("Basic realm="), "{offered:?}");
    assert_eq!(caller.basic(caller.get(PARAMETERS)).await.status().as_u16(), 200);
    for _ in 0..10 {
        let refused = send(caller.get(PARAMETERS).basic_auth("root", Some("wrong"))).await;
        assert_eq!(refused.status().as_u16(), 401);
    }
    assert_eq!((camera.counters().refusals, camera.counters().lock_outs), (10, 1));
    assert_eq!(
        caller.basic(caller.get(PARAMETERS)).await.status().as_u16(),
        401,
        "locked"
    );
    assert_eq!(camera.counters().refusals, 11, "also a right one is refused");
    camera.clear_faults();
    assert_eq!(caller.basic(caller.get(PARAMETERS)).await.status().as_u16(), 200);
    camera.set_fault(Fault::WrongPassword);
    assert_eq!(caller.basic(caller.get(PARAMETERS)).await.status().as_u16(), 401);
}

/// VPX-03, VPX-04, VPX-06, VPX-08, VPX-09: identity, with and without an account; errors with HTTP 200.
#[tokio::test]
async fn identity() {
    let fleet = fleet(0, 12).await;
    let mut odd = 0;
    for camera in fleet.cameras() {
        camera.set_scheme(AuthenticationScheme::Basic);
        let caller = Caller::new(camera);
        let blueprint = camera.blueprint();
        let question =
            value!({"apiVersion": "1.0", "context": "c", "method": "getAllUnrestrictedProperties"});
        let response = send(caller.ask("basicdeviceinfo", &question)).await;
        let kind = response.headers()["content-type"]
            .to_str()
            .expect("text")
            .to_string();
        assert_eq!(kind.ends_with("charset=utf8"), blueprint.odd_charset, "{kind}");
        odd += usize::from(blueprint.odd_charset);
        let body = json(response).await;
        assert_eq!(
            (&body["context"], &body["method"]),
            (&question["context"], &question["method"])
        );
        let list = &body["data"]["propertyList"];
        assert_eq!(
            (&list["Brand"], &list["SerialNumber"]),
            (&value!(MARK), &value!(blueprint.serial_number))
        );
        assert!(list["Soc"].is_null() && list["Version"] == camera.version());

        let all = value!({"apiVersion": "1.0", "method": "getAllProperties"});
        assert_eq!(
            send(caller.ask("basicdeviceinfo", &all)).await.status().as_u16(),
            401
        );
        let list = json(caller.basic(caller.ask("basicdeviceinfo", &all)).await).await;
        assert!(list["data"]["propertyList"]["Architecture"].is_string());
        let apis = json(
            caller
                .basic(caller.ask("apidiscovery", &value!({"method": "getApiList"})))
                .await,
        )
        .await;
        assert!(
            apis["data"]["apiList"]
                .as_array()
                .is_some_and(|list| list.len() >= 4)
        );
        let status = value!({"apiVersion": "1.0", "method": "status"});
        assert_eq!(
            send(caller.ask("firmwaremanagement", &status))
                .await
                .status()
                .as_u16(),
            401
        );
        let status = json(caller.basic(caller.ask("firmwaremanagement", &status)).await).await;
        assert_eq!(status["data"]["activeFirmwareVersion"], camera.version());
        assert!(
            status["data"]["isCommited"].is_null(),
            "absent is committed (VPX-10)"
        );

        for (question, code) in [
            (
                value!({"apiVersion": "2.0", "method": "getAllUnrestrictedProperties"}),
                2003,
            ),
            (value!({"apiVersion": "1.0", "method": "unheardOf"}), 2004),
            (value!("not an object"), 4000),
        ] {
            let response = send(caller.ask("basicdeviceinfo", &question)).await;
            assert_eq!(response.status().as_u16(), 200);
            assert_eq!(json(response).await["error"]["code"], code);
        }
        let get = json(send(caller.get("/axis-cgi/basicdeviceinfo.cgi")).await).await;
        assert_eq!(get["error"]["code"], 2002);
        let old = caller
            .basic(caller.get("/axis-cgi/param.cgi?action=list&group=None"))
            .await;
        assert_eq!(old.status().as_u16(), 200);
        assert!(old.text().await.expect("text").starts_with("# Error:"));
    }
    assert!((1..12).contains(&odd), "both kinds");
}

/// VPX-07, SIM-01: the boot id counts on when the fleet with its state comes back.
#[tokio::test]
async fn boots() {
    let folder = tempfile::tempdir().expect("a folder");
    let options = FleetOptions {
        cameras: 12,
        state_folder: Some(folder.path().to_path_buf()),
        ..FleetOptions::default()
    };
    let mut seen = HashSet::new();
    for _ in 0..3 {
        let fleet = Fleet::start(options.clone()).await.expect("a fleet");
        let camera = &fleet.cameras()[0];
        camera.set_version("12.5.56");
        let question = value!({"apiVersion": "1.0", "method": "systemready"});
        let ready = json(send(Caller::new(camera).ask("systemready", &question)).await).await;
        assert!(seen.insert(ready["data"]["bootid"].to_string()), "{seen:?}");
        fleet.stop().await;
    }
}

/// VPX-07, VPX-02: readiness in its older and newer form; another boot id after a restart; factory-new devices.
#[tokio::test]
async fn readiness() {
    let fleet = fleet(0, 1).await;
    let camera = &fleet.cameras()[0];
    let caller = Caller::new(camera);
    let question = value!({"apiVersion": "1.0", "method": "systemready", "params": {"timeout": 20}});
    let ask = || async { json(send(caller.ask("systemready", &question)).await).await };
    camera.set_version("9.80.64");
    let old = ask().await;
    assert_eq!(
        (&old["apiVersion"], &old["data"]["systemready"]),
        (&value!("1.2"), &value!("yes"))
    );
    assert!(old["data"]["bootid"].is_null() && old["data"]["uptime"].is_null());
    camera.set_version("12.5.56");
    let new = ask().await;
    assert_eq!(
        (&new["apiVersion"], &new["data"]["needsetup"]),
        (&value!("1.4"), &value!("no"))
    );
    assert!(new["data"]["uptime"].is_string());
    camera.set_fault(Fault::Reboot { seconds: 0 });
    assert_ne!(ask().await["data"]["bootid"], new["data"]["bootid"]);

    camera.set_fault(Fault::FactoryNew);
    let response = send(caller.ask("systemready", &question)).await;
    assert_eq!(
        (response.status().as_u16(), &response.headers()["axis-setup"]),
        (401, &"vapix".parse().expect("a value"))
    );
    let elsewhere = send(caller.get(PARAMETERS)).await;
    assert_eq!(elsewhere.status().as_u16(), 401);
    assert!(elsewhere.headers().contains_key("axis-setup"), "everywhere");
    camera.set_version("11.11.116");
    assert_eq!(ask().await["data"]["needsetup"], "yes");
    camera.clear_faults();
    assert_eq!(ask().await["data"]["needsetup"], "no");
}
