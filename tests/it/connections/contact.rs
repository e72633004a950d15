//! What devices can do when they are polled, and that it is one connection's alone.

use super::*;
use crate::harness::Harness;
use flotilla_kernel::error::ErrorCode;
use flotilla_simulator::Fault;
use parking_lot::Mutex;
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;

/// CRT-11, CUS-03: a camera whose certificate changed is blocked, it alone, and nothing is sent to it until a person accepts the new
/// one.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_changed_certificate_blocks_one_camera() {
    let fleet = fleet(1, 3).await;
    let harness = Harness::new(true).await;
    let chief = harness.administrator().await;
    let mill = organization(&chief, "Mill").await;
    let exchange = add(&chief, solution_form(&mill, &fleet.solutions()[0])).await["id"].clone();
    let mut cameras = Vec::new();
    for camera in fleet.cameras() {
        cameras.push(add(&chief, camera_form(&mill, camera)).await);
    }
    let ids: Vec<&Value> = cameras.iter().map(|camera| &camera["id"]).collect();
    let blocked = &fleet.cameras()[1];
    blocked.change_certificate().expect("another certificate");
    let quiet = blocked.counters();
    for _ in 0..3 {
        refresh(&chief, &[&exchange, ids[0], ids[1], ids[2]]).await;
    }
    assert_eq!(
        (blocked.counters().requests, blocked.counters().credential_bytes),
        (quiet.requests, quiet.credential_bytes)
    );
    let shown = view(&chief, &mill, ids[1]).await;
    assert_eq!(
        (&shown["status"], &shown["state"], &shown["certificate"]),
        (
            &json!("certificate_changed"),
            &json!("disconnected"),
            &cameras[1]["certificate"]
        )
    );
    assert_eq!(state(&chief, &mill, ids[1]).await, "certificate_changed");
    assert_eq!(causes(&chief, ids[1], "open").await, ["certificate_changed"]);
    assert_eq!(summary(&chief, &mill).await, (4, 3, "disconnected".into()));
    for id in [&exchange, ids[0], ids[2]] {
        let other = view(&chief, &mill, id).await;
        assert_eq!(
            (&other["status"], &other["waiting_certificate"]),
            (&json!("success"), &Value::Null)
        );
    }
    for id in [ids[0], ids[2]] {
        assert_eq!(state(&chief, &mill, id).await, "online");
        assert!(causes(&chief, id, "open").await.is_empty());
    }

    // Another camera's certificate is not this one's, and accepting it there changes nothing here.
    let waiting = shown["waiting_certificate"]["sha256"].clone();
    let elsewhere = json!({ "id": ids[0], "sha256": waiting });
    let refused = chief.refused("connections.accept_certificate", elsewhere).await;
    assert_eq!(refused, ErrorCode::CertificateNotThisOne);
    let accept = json!({ "id": ids[1], "sha256": waiting });
    let accepted = chief.ok("connections.accept_certificate", accept).await;
    assert_eq!(accepted["status"], "success");
    let green = view(&chief, &mill, ids[1]).await;
    assert_eq!(
        (
            &green["status"],
            &green["certificate"]["sha256"],
            &green["waiting_certificate"]
        ),
        (&json!("success"), &waiting, &Value::Null)
    );
    assert_eq!(state(&chief, &mill, ids[1]).await, "online");
    assert_eq!(summary(&chief, &mill).await, (4, 4, "connected".into()));
    assert_eq!(causes(&chief, ids[1], "cleared").await, ["certificate_changed"]);
    harness.program.close().await;
    fleet.stop().await;
}

/// CRT-11: a certificate that changed once more while somebody compared is not accepted; what the system shows by now is there to be
/// compared at once. With the poller, and without one.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_certificate_that_changed_once_more_can_be_compared_again() {
    for services in [true, false] {
        let fleet = fleet(0, 1).await;
        let camera = &fleet.cameras()[0];
        let harness = Harness::new(services).await;
        let chief = harness.administrator().await;
        let mill = organization(&chief, "Mill").await;
        let id = add(&chief, camera_form(&mill, camera)).await["id"].clone();
        camera.change_certificate().expect("another certificate");
        refresh(&chief, &[&id]).await;
        let compared = view(&chief, &mill, &id).await["waiting_certificate"]["sha256"].clone();
        camera.change_certificate().expect("one more");
        let accept = json!({ "id": id, "sha256": compared });
        let refused = chief.refused("connections.accept_certificate", accept).await;
        assert_eq!(refused, ErrorCode::CertificateNotThisOne);
        let shown = view(&chief, &mill, &id).await["waiting_certificate"]["sha256"].clone();
        assert_ne!(shown, compared);
        let accept = json!({ "id": id, "sha256": shown });
        let accepted = chief.ok("connections.accept_certificate", accept).await;
        assert_eq!(accepted["status"], "success");
        harness.program.close().await;
        fleet.stop().await;
    }
}

/// DEV-11: a camera that refuses the password has failed authentication only when it refused twice, on separate calls; that it did
/// not answer before is no refusal. With the poller, and without one.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn authentication_failed_needs_two_refusals() {
    for services in [true, false] {
        let fleet = fleet(0, 1).await;
        let camera = &fleet.cameras()[0];
        let harness = Harness::new(services).await;
        let chief = harness.administrator().await;
        let mill = organization(&chief, "Mill").await;
        let id = add(&chief, camera_form(&mill, camera)).await["id"].clone();
        camera.set_fault(Fault::Refuse);
        refresh(&chief, &[&id]).await;
        assert_eq!(state(&chief, &mill, &id).await, "unreachable");
        camera.clear_faults();
        camera.set_fault(Fault::WrongPassword);
        refresh(&chief, &[&id]).await;
        let once = view(&chief, &mill, &id).await;
        assert_eq!(
            (&once["status"], &once["state"]),
            (&json!("authorization_failed"), &json!("problems"))
        );
        assert_ne!(state(&chief, &mill, &id).await, "authentication_failed");
        assert_eq!(causes(&chief, &id, "open").await, ["access_refused"]);
        refresh(&chief, &[&id]).await;
        assert_eq!(
            state(&chief, &mill, &id).await,
            "authentication_failed",
            "{services}"
        );
        refresh(&chief, &[&id]).await;
        assert_eq!(state(&chief, &mill, &id).await, "authentication_failed");
        camera.clear_faults();
        refresh(&chief, &[&id]).await;
        assert_eq!(state(&chief, &mill, &id).await, "online");
        // It is counted anew after a success.
        camera.set_fault(Fault::WrongPassword);
        refresh(&chief, &[&id]).await;
        assert_eq!(state(&chief, &mill, &id).await, "online");
        harness.program.close().await;
        fleet.stop().await;
    }
}

/// CUS-03, VPX-02: a camera without its first account is recognised before credentials are sent; wrong ones and none at all are
/// told apart from one that is not there.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_status_of_a_camera_is_recognised() {
    let fleet = fleet(0, 1).await;
    let camera = &fleet.cameras()[0];
    let harness = Harness::new(true).await;
    let chief = harness.administrator().await;
    let mill = organization(&chief, "Mill").await;
    let mut form = proven(&chief, camera_form(&mill, camera)).await;
    let id = chief.ok("connections.save", form.clone()).await["id"].clone();
    form["id"] = id.clone();
    let table = [
        (Fault::FactoryNew, "needs_setup", "problems", "needs_setup"),
        (Fault::Refuse, "unreachable", "disconnected", "unreachable"),
        (Fault::NoTls, "unreachable", "disconnected", "unreachable"),
        (
            Fault::NotThisProtocol,
            "failed",
            "disconnected",
            "reachable_no_api",
        ),
    ];
    for (fault, status, colour, of_system) in table {
        camera.clear_faults();
        camera.set_fault(fault);
        let sent = camera.counters().credential_bytes;
        let tested = chief.ok("connections.test", form.clone()).await;
        assert_eq!(
            (&tested["status"], &tested["connection"], &tested["proof"]),
            (&json!(status), &json!(colour), &Value::Null),
            "{fault:?}"
        );
        refresh(&chief, &[&id]).await;
        let polled = view(&chief, &mill, &id).await;
        assert_eq!(
            (&polled["status"], &polled["state"]),
            (&json!(status), &json!(colour))
        );
        assert_eq!(state(&chief, &mill, &id).await, of_system);
        assert_eq!(camera.counters().credential_bytes, sent, "{fault:?}");
    }
    camera.clear_faults();
    form["user_name"] = json!("nobody");
    let tested = chief.ok("connections.test", form).await;
    assert_eq!(tested["status"], "authorization_failed");
    refresh(&chief, &[&id]).await;
    assert_eq!(summary(&chief, &mill).await, (1, 1, "connected".into()));
    harness.program.close().await;
    fleet.stop().await;
}

/// One address behind which now this device is, now that one.
struct Relay {
    address: SocketAddr,
    target: Arc<Mutex<(SocketAddr, CancellationToken)>>,
}

impl Relay {
    async fn to(target: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("an address");
        let address = listener.local_addr().expect("an address");
        let target = Arc::new(Mutex::new((target, CancellationToken::new())));
        let current = target.clone();
        tokio::spawn(async move {
            while let Ok((mut near, _)) = listener.accept().await {
                let (target, moved) = current.lock().clone();
                tokio::spawn(async move {
                    let Ok(mut far) = TcpStream::connect(target).await else {
                        return;
                    };
                    tokio::select! {
                        () = moved.cancelled() => {}
                        _ = tokio::io::copy_bidirectional(&mut near, &mut far) => {}
                    }
                });
            }
        });
        Self { address, target }
    }

    /// Another device is at the address from now on; what stands of the old one ends.
    fn lead_to(&self, target: SocketAddr) {
        let mut current = self.target.lock();
        current.1.cancel();
        *current = (target, CancellationToken::new());
    }
}

/// DEV-03: another device at the address of a known one is said to be *replaced*, and nothing of it is taken over; when the known
/// one answers again it is as it was.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_device_at_the_address_is_not_taken_over() {
    let fleet = fleet(0, 2).await;
    let (known, other) = (&fleet.cameras()[0], &fleet.cameras()[1]);
    other.set_version("12.9.9");
    let relay = Relay::to(known.socket_address()).await;
    let harness = Harness::new(true).await;
    let chief = harness.administrator().await;
    let mill = organization(&chief, "Mill").await;
    let mut form = camera_form(&mill, known);
    form["host"] = json!(relay.address.ip().to_string());
    form["port"] = json!(relay.address.port());
    let saved = add(&chief, form).await;
    let id = &saved["id"];
    let before = systems(&chief, &mill, id).await[0].clone();

    // The other device is made to know the same account, so that only its serial number gives it away.
    relay.lead_to(other.socket_address());
    refresh(&chief, &[id]).await;
    assert_eq!(view(&chief, &mill, id).await["status"], "certificate_changed");
    let accept = async || {
        let waiting = view(&chief, &mill, id).await["waiting_certificate"]["sha256"].clone();
        let accept = json!({ "id": id, "sha256": waiting });
        chief.ok("connections.accept_certificate", accept).await["status"].clone()
    };
    let account = other.blueprint();
    assert_ne!(known.blueprint().serial_number, account.serial_number);
    assert_eq!(accept().await, "authorization_failed");
    let mut form = form_of(&view(&chief, &mill, id).await);
    form["user_name"] = json!(account.user);
    form["password"] = json!(account.password);
    // The test says so, too, and proves nothing.
    let tested = chief.ok("connections.test", form.clone()).await;
    assert_eq!(
        (&tested["status"], &tested["detail"], &tested["proof"]),
        (&json!("replaced"), &json!(account.serial_number), &Value::Null)
    );
    form["without_contact"] = json!(true);
    chief.ok("connections.save", form).await;
    refresh(&chief, &[id]).await;
    let replaced = view(&chief, &mill, id).await;
    assert_eq!(
        (
            &replaced["status"],
            &replaced["state"],
            &replaced["status_detail"]
        ),
        (
            &json!("replaced"),
            &json!("disconnected"),
            &json!(account.serial_number)
        )
    );
    // The known device was not in contact.
    assert_eq!(replaced["last_contact"], Value::Null);
    let mut kept = systems(&chief, &mill, id).await[0].clone();
    // DEV-10, ORG-24: what is found at the contact is the device's own, and counted in its folder.
    assert_eq!(
        (&kept["state"], &kept["alarms"], &kept["worst_alarm"]),
        (&json!("unreachable"), &json!(1), &json!("major"))
    );
    let tree = chief.ok("folders.tree", json!({ "id": mill })).await;
    let folder = tree
        .as_array()
        .expect("folders")
        .iter()
        .find(|folder| folder["id"] == kept["folder_id"])
        .expect("its folder");
    assert_eq!(folder["alarms"], json!([{ "severity": "major", "alarms": 1 }]));
    for column in ["state", "alarms", "worst_alarm"] {
        kept[column] = before[column].clone();
    }
    kept["last_contact"] = before["last_contact"].clone();
    assert_eq!(kept, before);
    assert_eq!(causes(&chief, id, "open").await, ["no_contact"]);
    // It stays so since it was first seen, however often it is polled, also by a new start.
    let harness = harness.restarted(true).await;
    let chief = harness.sign_in("chief").await;
    refresh(&chief, &[id]).await;
    assert_eq!(
        view(&chief, &mill, id).await["status_since"],
        replaced["status_since"]
    );

    relay.lead_to(known.socket_address());
    refresh(&chief, &[id]).await;
    let mut form = form_of(&view(&chief, &mill, id).await);
    assert_eq!(form["status"], "certificate_changed");
    form["user_name"] = json!(known.blueprint().user);
    form["password"] = json!(known.blueprint().password);
    form["accept"] = form["waiting_certificate"]["sha256"].clone();
    let tested = chief.ok("connections.test", form.clone()).await;
    assert_eq!(tested["status"], "success");
    form["proof"] = tested["proof"].clone();
    assert_eq!(chief.ok("connections.save", form).await["status"], "success");
    let mut back = systems(&chief, &mill, id).await[0].clone();
    back["last_contact"] = before["last_contact"].clone();
    assert_eq!(back, before);
    assert!(causes(&chief, id, "open").await.is_empty());
    harness.program.close().await;
    fleet.stop().await;
}

/// GEN-09, CUS-41: a reading that cannot be stored stops only itself, and is stored when it can be.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reading_that_cannot_be_stored_stops_only_itself() {
    let fleet = fleet(1, 3).await;
    let harness = Harness::new(true).await;
    let chief = harness.administrator().await;
    let mill = organization(&chief, "Mill").await;
    let exchange = add(&chief, solution_form(&mill, &fleet.solutions()[0])).await["id"].clone();
    let mut ids = Vec::new();
    for camera in fleet.cameras() {
        ids.push(add(&chief, camera_form(&mill, camera)).await["id"].clone());
    }
    let execute = async |statement: &'static str| {
        let mut transaction = harness.workspace().await.database.begin().await.expect("begins");
        let done = sqlx::query(statement).execute(transaction.connection()).await;
        done.expect(statement);
        transaction.commit().await.expect("commits");
    };
    execute(
        "CREATE TRIGGER no_such_version BEFORE UPDATE ON system WHEN NEW.version = '0.0.0' BEGIN SELECT RAISE(ABORT, 'no such version'); END",
    )
    .await;
    fleet.cameras()[0].set_version("12.7.7");
    fleet.cameras()[1].set_version("0.0.0");
    fleet.cameras()[2].set_version("12.7.7");
    fleet.solutions()[0].set_version("12.7.7.7");
    let all = [&exchange, &ids[0], &ids[1], &ids[2]];
    refresh(&chief, &all).await;
    let version = async |id: &Value| systems(&chief, &mill, id).await[0]["version"].clone();
    assert_eq!(version(&ids[0]).await, "12.7.7");
    assert_eq!(version(&ids[2]).await, "12.7.7");
    assert_ne!(version(&ids[1]).await, "0.0.0");
    assert_eq!(row(&chief, &mill).await["version"], "12.7.7.7");
    execute("DROP TRIGGER no_such_version").await;
    refresh(&chief, &all).await;
    assert_eq!(version(&ids[1]).await, "0.0.0");
    harness.program.close().await;
    fleet.stop().await;
}

/// CUS-40: nobody waits for a connection that cannot be polled.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_waits_for_a_connection_that_is_not_polled() {
    let fleet = fleet(0, 1).await;
    let harness = Harness::new(true).await;
    let chief = harness.administrator().await;
    let mill = organization(&chief, "Mill").await;
    let id = add(&chief, camera_form(&mill, &fleet.cameras()[0])).await["id"].clone();
    let workspace = harness.workspace().await;
    // Its row cannot be used any more, as after a hand was laid on the file; the poller does not know it.
    let mut transaction = workspace.database.begin().await.expect("begins");
    sqlx::query("UPDATE connection SET port = 70000, edition = edition + 1")
        .execute(transaction.connection())
        .await
        .expect("written");
    transaction.commit().await.expect("commits");
    let harness = harness.restarted(true).await;
    let chief = harness.sign_in("chief").await;
    let refreshed = chief.call("connections.refresh", json!({ "ids": [id] }));
    tokio::time::timeout(std::time::Duration::from_secs(30), refreshed)
        .await
        .expect("it ends")
        .expect("it is answered");
    harness.program.close().await;
    fleet.stop().await;
}
