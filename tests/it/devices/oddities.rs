//! Devices whose answers are sparse or odd are polled all the same, and shown as what they are (DEV-11, VPX-01 to VPX-08).

use super::*;
use crate::harness::Harness;
use flotilla_simulator::{AuthenticationScheme, Fault};

/// A stored device, and who looks at it.
struct Stored<'a> {
    person: &'a Person,
    organization: &'a Value,
    system: Value,
}

impl Stored<'_> {
    async fn system(&self) -> Value {
        let window = json!({ "ids": [self.system] });
        self.person.ok("systems.window", window).await[0].clone()
    }

    async fn connection(&self) -> Value {
        let of = json!({ "organization": self.organization });
        self.person.ok("connections.of", of).await[0].clone()
    }

    /// Has it polled; gives its state, the status of its connection, and what came with that.
    async fn polled(&self) -> [String; 3] {
        let id = self.connection().await["id"].clone();
        let outcomes = self
            .person
            .ok("connections.refresh", json!({ "ids": [id] }))
            .await;
        assert_eq!(outcomes[0]["problem"], Value::Null, "{outcomes}");
        let (system, connection) = (self.system().await, self.connection().await);
        [
            &system["state"],
            &connection["status"],
            &connection["status_detail"],
        ]
        .map(|value| value.as_str().expect("text").to_owned())
    }
}

/// DEV-11: a device with any of these oddities is online, under the name, model, version and serial number that it had.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn odd_devices_are_online() {
    let fleet = fleet(1).await;
    let camera = &fleet.cameras()[0];
    camera.set_scheme(AuthenticationScheme::DigestSha256);
    let harness = Harness::new(true).await;
    let chief = harness.administrator().await;
    let (harbour, folder) = organization(&chief, "Harbour").await;
    let system = add_known(&chief, &harbour, &folder, fleet.cameras())
        .await
        .remove(0);
    let stored = Stored {
        person: &chief,
        organization: &harbour,
        system,
    };
    let before = stored.system().await;
    assert_ne!(before["version"], "");
    for fault in [
        Fault::MissingParameter,
        Fault::ErrorAfterParameters,
        Fault::OddCharset,
        Fault::HtmlInsteadOfJson,
        Fault::ErrorInWords,
        Fault::InterfaceError { code: 8000 },
        Fault::InterfaceError { code: 2001 },
        Fault::ErrorBesideData,
        Fault::NoMethod,
        Fault::NoBootId,
        Fault::SparseIdentity,
        Fault::AnonymousParameters,
        Fault::NoNewerInterfaces,
        Fault::NoParameters,
        Fault::ManyChallenges,
        Fault::OnlyBasic,
    ] {
        camera.set_fault(fault);
        assert_eq!(stored.polled().await, ["online", "success", ""], "{fault:?}");
        let now = stored.system().await;
        for column in ["name", "model", "version", "serial", "host"] {
            assert_eq!(now[column], before[column], "{fault:?} {column}");
        }
        camera.clear_faults();
    }
    assert_eq!(camera.counters().lock_outs, 0);
    harness.program.close().await;
    fleet.stop().await;
}

/// DEV-11, VPX-01: what cannot be signed in to says why, is in the state that this is, and is online when it is over.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_in_the_way_is_said() {
    let fleet = fleet(1).await;
    let camera = &fleet.cameras()[0];
    camera.set_scheme(AuthenticationScheme::DigestSha256);
    let harness = Harness::new(true).await;
    let chief = harness.administrator().await;
    let (harbour, folder) = organization(&chief, "Harbour").await;
    let system = add_known(&chief, &harbour, &folder, fleet.cameras())
        .await
        .remove(0);
    let stored = Stored {
        person: &chief,
        organization: &harbour,
        system,
    };
    // The device answers, and nothing that it offers is known: no password is sent.
    camera.set_fault(Fault::UnknownAlgorithm);
    let sent = camera.counters().credential_bytes;
    assert_eq!(
        stored.polled().await,
        ["limited_api", "limited", "device.sign-in-unknown: SHA3-512"]
    );
    assert_eq!(camera.counters().credential_bytes, sent);
    camera.clear_faults();
    assert_eq!(stored.polled().await[0], "online");
    // Only the second refusal counts.
    camera.set_fault(Fault::StaleForEver);
    assert_eq!(stored.polled().await, ["online", "authorization_failed", ""]);
    assert_eq!(
        stored.polled().await,
        ["authentication_failed", "authorization_failed", ""]
    );
    camera.clear_faults();
    assert_eq!(stored.polled().await[0], "online");
    // It has both interfaces no more, and says nothing but that.
    for fault in [Fault::NoParameters, Fault::HtmlInsteadOfJson] {
        camera.set_fault(fault);
    }
    assert_eq!(stored.polled().await, ["reachable_no_api", "failed", ""]);
    camera.clear_faults();
    assert_eq!(stored.polled().await, ["online", "success", ""]);
    assert_eq!(camera.counters().lock_outs, 0);
    harness.program.close().await;
    fleet.stop().await;
}

/// DEV-11: a device that is to be reached at another place, and was not contacted there, is unknown until it is.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn never_contacted() {
    let fleet = fleet(1).await;
    let camera = &fleet.cameras()[0];
    // Nobody polls by itself.
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    let (harbour, folder) = organization(&chief, "Harbour").await;
    let system = add_known(&chief, &harbour, &folder, fleet.cameras())
        .await
        .remove(0);
    let stored = Stored {
        person: &chief,
        organization: &harbour,
        system,
    };
    let state = async || {
        let (system, connection) = (stored.system().await, stored.connection().await);
        (system["state"].clone(), connection["status"].clone())
    };
    assert_eq!(state().await, (json!("online"), json!("success")));
    for (port, expected) in [(9, "unreachable"), (camera.port(), "unknown")] {
        let known = stored.connection().await;
        let form = json!({
            "id": known["id"], "organization": harbour, "revision": known["revision"], "kind": "device", "name": "",
            "host": known["host"], "port": port, "user_name": known["user_name"], "password": camera.blueprint().password,
            "proxy": known["proxy"], "proof": null, "without_contact": true,
        });
        chief.ok("connections.save", form).await;
        assert_eq!(state().await, (json!("unknown"), json!("never_tried")));
        // Back at its own place its certificate has to be looked at anew (CUS-15).
        assert_eq!(stored.polled().await[0], expected);
    }
    assert_eq!(stored.connection().await["status"], "certificate_not_trusted");
    harness.program.close().await;
    fleet.stop().await;
}
