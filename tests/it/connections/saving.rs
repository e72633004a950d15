//! Who may save what, and that a proof and a stored password serve only what they were given for.

use super::*;
use crate::harness::Harness;
use crate::people::{add_account, default_folder, grant, wrong_fields};
use flotilla_kernel::clock::{Time, hours, minutes, seconds};
use flotilla_kernel::error::ErrorCode;

/// An operator's account that is a member of this role with a grant on the default folder, or none; signed in.
async fn member(
    harness: &Harness,
    chief: &Person,
    login: &str,
    organization: &Value,
    role: Option<&str>,
) -> Person {
    let account = add_account(chief, login, "operator").await;
    if let Some(role) = role {
        let organization = organization.as_str().expect("an id");
        let folder = default_folder(chief, organization).await;
        grant(chief, organization, &account, role, &[&folder]).await;
    }
    harness.sign_in(login).await
}

/// RGT-06, SEC-02: viewers and operators of an organization see its connections and change none; an admin does; who is not in it
/// finds nothing.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_who_manages_systems_saves_connections() {
    let fleet = fleet(0, 2).await;
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    let mill = organization(&chief, "Mill").await;
    let known = add(&chief, camera_form(&mill, &fleet.cameras()[0])).await;
    let form = proven(&chief, camera_form(&mill, &fleet.cameras()[1])).await;
    let quiet = fleet.counters();
    for (login, role) in [
        ("vera", Some("viewer")),
        ("oskar", Some("operator")),
        ("otto", None),
    ] {
        let person = member(&harness, &chief, login, &mill, role).await;
        let code = if role.is_some() {
            ErrorCode::RightMissing
        } else {
            ErrorCode::NotFound
        };
        let seen = person
            .call("connections.of", json!({ "organization": mill }))
            .await;
        assert_eq!(seen.is_ok(), role.is_some(), "{login}");
        for command in ["connections.test", "connections.save"] {
            assert_eq!(
                person.refused(command, form.clone()).await,
                code,
                "{login}: {command}"
            );
        }
        let accept = json!({ "id": known["id"], "sha256": known["certificate"]["sha256"] });
        let refused = person.call("connections.accept_certificate", accept).await;
        assert!(refused.expect_err("refused").refused, "{login}");
        let plan = person
            .call("connections.plan_removal", json!({ "ids": [known["id"]] }))
            .await;
        assert!(plan.expect_err("refused").refused, "{login}");
        let removed = person
            .ok("connections.remove", json!({ "ids": [known["id"]] }))
            .await;
        assert_eq!(removed[0]["problem"], json!(code.code()), "{login}");
    }
    // Nothing of this reached a device, or changed anything.
    assert_eq!(fleet.counters(), quiet);
    assert_eq!(of(&chief, &mill).await.len(), 1);
    let admin = member(&harness, &chief, "anna", &mill, Some("admin")).await;
    add(&admin, camera_form(&mill, &fleet.cameras()[1])).await;
    remove(&admin, &known["id"]).await;
    assert_eq!(of(&admin, &mill).await.len(), 1);
    fleet.stop().await;
}

/// SEC-02: a connection is tested and saved as one of its own organization and kind, and as no other.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_connection_is_of_its_own_organization() {
    let fleet = fleet(0, 1).await;
    let camera = &fleet.cameras()[0];
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    let (mill, harbour) = (
        organization(&chief, "Mill").await,
        organization(&chief, "Harbour").await,
    );
    let saved = add(&chief, camera_form(&mill, camera)).await;
    let anna = member(&harness, &chief, "anna", &harbour, Some("admin")).await;
    let quiet = camera.counters();
    for person in [&chief, &anna] {
        let mut form = form_of(&saved);
        form["organization"] = harbour.clone();
        for command in ["connections.test", "connections.save"] {
            assert_eq!(
                person.refused(command, form.clone()).await,
                ErrorCode::NotFound,
                "{command}"
            );
        }
    }
    let mut form = form_of(&saved);
    form["kind"] = json!("ip_office");
    assert_eq!(chief.refused("connections.save", form).await, ErrorCode::NotFound);
    assert_eq!(camera.counters(), quiet);
    assert_eq!(view(&chief, &mill, &saved["id"]).await, saved);
    fleet.stop().await;
}

/// CUS-11: a proof is its maker's, for what was tested and its kind, for a quarter of an hour, and is used once.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_proof_serves_once_and_only_for_what_was_tested() {
    let fleet = fleet(0, 2).await;
    let (camera, other) = (&fleet.cameras()[0], &fleet.cameras()[1]);
    let harness = Harness::with_clock(Time(hours(500_000))).await;
    let chief = harness.administrator().await;
    let mill = organization(&chief, "Mill").await;
    let form = proven(&chief, camera_form(&mill, camera)).await;
    let with = |changes: Value| {
        let mut form = form.clone();
        for (name, value) in changes.as_object().expect("fields") {
            form[name] = value.clone();
        }
        form
    };
    add_account(&chief, "anna", "administrator").await;
    let anna = harness.sign_in("anna").await;
    assert_eq!(
        anna.refused("connections.save", form.clone()).await,
        ErrorCode::TestOutdated
    );
    for wrong in [
        json!({ "kind": "ip_office" }),
        json!({ "port": other.port() }),
        json!({ "user_name": "nobody" }),
        json!({ "password": "another" }),
        json!({ "proxy": { "kind": "direct" } }),
    ] {
        let refused = chief.refused("connections.save", with(wrong.clone())).await;
        assert_eq!(refused, ErrorCode::TestOutdated, "{wrong}");
    }
    let untested = with(json!({ "proof": null }));
    assert_eq!(
        chief.refused("connections.save", untested).await,
        ErrorCode::ConnectionNotTested
    );
    // Two at once with one proof: one of them is saved.
    let (one, two) = tokio::join!(
        chief.call("connections.save", form.clone()),
        chief.call("connections.save", form.clone())
    );
    let refused = one.err().or(two.err()).expect("one of them is refused");
    assert_eq!(refused.code, ErrorCode::TestOutdated);
    assert_eq!(of(&chief, &mill).await.len(), 1);
    let late = proven(&chief, camera_form(&mill, other)).await;
    harness.clock.advance(minutes(15) + seconds(1));
    // The session went with the time; the proof is of the account.
    let chief = harness.sign_in("chief").await;
    assert_eq!(
        chief.refused("connections.save", late).await,
        ErrorCode::TestOutdated
    );
    fleet.stop().await;
}

/// GEN-04: of two who save one connection at once, the second is told that it changed meanwhile; nothing is overwritten.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_saves_at_once_overwrite_nothing() {
    let fleet = fleet(0, 1).await;
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    let mill = organization(&chief, "Mill").await;
    let saved = add(&chief, camera_form(&mill, &fleet.cameras()[0])).await;
    let (mut gate, mut yard) = (form_of(&saved), form_of(&saved));
    gate["name"] = json!("Gate");
    yard["name"] = json!("Yard");
    let (one, two) = tokio::join!(
        chief.call("connections.save", gate),
        chief.call("connections.save", yard)
    );
    let (kept, refused) = match (one, two) {
        (Ok(kept), Err(refused)) | (Err(refused), Ok(kept)) => (kept, refused),
        both => panic!("{both:?}"),
    };
    assert_eq!(refused.code, ErrorCode::Changed);
    assert_eq!(view(&chief, &mill, &saved["id"]).await["name"], kept["name"]);
    fleet.stop().await;
}

/// GEN-08, CUS-15: the stored password goes only to the address it was entered for, on the way it was entered for; and it never
/// comes back.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stored_password_goes_to_no_other_address() {
    let fleet = fleet(0, 2).await;
    let (camera, other) = (&fleet.cameras()[0], &fleet.cameras()[1]);
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    let mill = organization(&chief, "Mill").await;
    let saved = add(&chief, camera_form(&mill, camera)).await;
    assert_eq!(saved["has_password"], true);
    let everything = json!([saved, of(&chief, &mill).await]).to_string();
    assert!(!everything.contains(&camera.blueprint().password));
    assert_eq!(
        chief.ok("connections.test", form_of(&saved)).await["status"],
        "success"
    );
    let quiet = other.counters();
    let certificate = other.fingerprint().expect("a certificate");
    let elsewhere = json!({ "host": other.address(), "port": other.port(), "accept": certificate });
    let proxied =
        json!({ "proxy": { "kind": "http_connect", "host": other.address(), "port": other.port() } });
    for change in [elsewhere, proxied] {
        for (command, without_contact) in [
            ("connections.test", false),
            ("connections.save", false),
            ("connections.save", true),
        ] {
            let mut form = form_of(&saved);
            for (name, value) in change.as_object().expect("fields") {
                form[name] = value.clone();
            }
            form["without_contact"] = json!(without_contact);
            let refused = chief.call(command, form).await;
            assert_eq!(
                wrong_fields(refused),
                [("password".to_owned(), ErrorCode::PasswordForAddress)],
                "{command}"
            );
        }
    }
    assert_eq!(other.counters(), quiet);
    assert_eq!(view(&chief, &mill, &saved["id"]).await, saved);
    fleet.stop().await;
}

/// CUS-16: every problem of a form at once, and nothing stored.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_form_tells_all_its_problems() {
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    let mill = organization(&chief, "Mill").await;
    let form = json!({
        "id": null, "organization": mill, "kind": "device", "name": "x".repeat(1_000), "host": "10.0.0.300", "port": 0, "user_name": " ",
        "password": "", "proxy": { "kind": "socks5", "host": "", "port": 70_000 }, "without_contact": true,
    });
    let problems = wrong_fields(chief.call("connections.save", form).await);
    let fields: Vec<&str> = problems.iter().map(|(field, _)| field.as_str()).collect();
    assert_eq!(
        fields,
        [
            "name",
            "host",
            "port",
            "user_name",
            "password",
            "proxy.host",
            "proxy.port"
        ]
    );
    assert!(of(&chief, &mill).await.is_empty());
}

/// CUS-40: a save makes the poller look at that connection, and at no other: the others keep their places in the round.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_save_polls_that_connection_only() {
    let fleet = fleet(1, 2).await;
    let (camera, other) = (&fleet.cameras()[0], &fleet.cameras()[1]);
    let harness = Harness::polling_with_clock(Time(hours(500_000))).await;
    let chief = harness.administrator().await;
    let mill = organization(&chief, "Mill").await;
    let saved = add(&chief, camera_form(&mill, camera)).await;
    let exchange = add(&chief, solution_form(&mill, &fleet.solutions()[0])).await;
    let last = add(&chief, camera_form(&mill, other)).await;
    refresh(&chief, &[&saved["id"], &exchange["id"], &last["id"]]).await;
    let quiet = (fleet.solutions()[0].counters(), other.counters());
    let before = camera.counters().requests;
    // The same password, entered again: it is reached by something else, as far as anybody can tell.
    let mut form = form_of(&saved);
    form["password"] = json!(camera.blueprint().password);
    form["user_name"] = json!("somebody");
    form["without_contact"] = json!(true);
    let never = chief.ok("connections.save", form).await;
    assert_eq!(never["status"], "never_tried");
    assert_eq!(state(&chief, &mill, &saved["id"]).await, "unknown");
    harness.clock.advance(seconds(1));
    while view(&chief, &mill, &saved["id"]).await["status"] == "never_tried" {
        tokio::task::yield_now().await;
    }
    assert_eq!(
        view(&chief, &mill, &saved["id"]).await["status"],
        "authorization_failed"
    );
    assert!(camera.counters().requests > before);
    assert_eq!((fleet.solutions()[0].counters(), other.counters()), quiet);
    harness.program.close().await;
    fleet.stop().await;
}
