//! Contact with simulated systems over real TLS: every status, certificates, the poller.

use crate::harness::{Harness, Person};
use flotilla_simulator::{Addressing, Fault, Fleet, FleetOptions, Solution};
use serde_json::{Value, json};

async fn fleet(customers: usize) -> Fleet {
    Fleet::start(fleet_options(customers))
        .await
        .expect("the fleet starts")
}

fn fleet_options(customers: usize) -> FleetOptions {
    FleetOptions {
        customers,
        seed: 11,
        addressing: Addressing::Ports { first: None },
        ..FleetOptions::default()
    }
}

/// As the interface shows it: upper-case pairs with colons.
fn shown(fingerprint: &str) -> String {
    let pairs: Vec<&str> = fingerprint
        .as_bytes()
        .chunks(2)
        .map(|pair| std::str::from_utf8(pair).expect("digits"))
        .collect();
    pairs.join(":").to_uppercase()
}

fn connection(solution: &Solution) -> Value {
    json!({
        "id": null, "host": solution.address(), "port": solution.port(), "user_name": solution.user(), "password": solution.password(),
        "accept": solution.fingerprint().expect("a certificate"),
    })
}

/// Tests a connection whose certificate was said yes to, and saves it.
pub async fn save(chief: &Person, solution: &Solution) -> Value {
    let tested = chief.ok("customers.test", connection(solution)).await;
    assert_eq!(tested["status"], "success", "{tested}");
    let mut form = connection(solution);
    form["name"] = json!(solution.name());
    form["mode"] = json!("on-premises");
    form["proof"] = tested["proof"].clone();
    chief.ok("customers.save", form).await
}

async fn row(chief: &Person, id: &Value) -> Value {
    chief.ok("customers.window", json!({ "ids": [id] })).await[0].clone()
}

/// CUS-03: each thing a system can do gives its status and its colour.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_status_is_recognised() {
    let fleet = fleet(1).await;
    let solution = &fleet.solutions()[0];
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    let table = [
        (None, "success", "connected"),
        (Some(Fault::NotThisProtocol), "failed", "disconnected"),
        (Some(Fault::NoSuchUser), "invalid_credentials", "problems"),
        (Some(Fault::WrongPassword), "authorization_failed", "problems"),
        (
            Some(Fault::NoMonitoringRights),
            "monitoring_rights_missing",
            "problems",
        ),
        (
            Some(Fault::UserDisabledByAdministrator),
            "disabled_by_administrator",
            "problems",
        ),
        (Some(Fault::UserDisabled), "service_user_disabled", "problems"),
        (Some(Fault::UserLocked), "service_user_locked", "problems"),
        (Some(Fault::TooManySessions), "too_many_sessions", "problems"),
        (Some(Fault::NoUpgradeRights), "upgrade_rights_missing", "problems"),
        (Some(Fault::Refuse), "unreachable", "disconnected"),
        (Some(Fault::NoTls), "unreachable", "disconnected"),
        (Some(Fault::UnsupportedEdition), "unreachable", "disconnected"),
    ];
    for (fault, status, colour) in table {
        solution.clear_faults();
        if let Some(fault) = fault {
            solution.set_fault(fault);
        }
        let tested = chief.ok("customers.test", connection(solution)).await;
        assert_eq!(
            (tested["status"].as_str(), tested["connection"].as_str()),
            (Some(status), Some(colour)),
            "{fault:?}"
        );
    }
    // A certificate nobody has said yes to.
    solution.clear_faults();
    let mut unknown = connection(solution);
    unknown["accept"] = Value::Null;
    let tested = chief.ok("customers.test", unknown).await;
    assert_eq!(
        (tested["status"].as_str(), tested["connection"].as_str()),
        (Some("certificate_not_trusted"), Some("problems"))
    );
    assert_eq!(
        tested["certificate"]["sha256"].as_str(),
        Some(shown(&solution.fingerprint().expect("a certificate")).as_str())
    );
    fleet.stop().await;
}

/// CUS-11, CUS-15: credentials are sent only after the certificate was accepted.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_sent_before_a_yes() {
    let fleet = fleet(1).await;
    let solution = &fleet.solutions()[0];
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    let mut unknown = connection(solution);
    unknown["accept"] = Value::Null;
    chief.ok("customers.test", unknown).await;
    let seen = solution.counters();
    assert_eq!((seen.requests, seen.credential_bytes), (0, 0));
    chief.ok("customers.test", connection(solution)).await;
    assert!(solution.counters().credential_bytes > 0);
    fleet.stop().await;
}

/// CRT-11, CUS-03: a changed certificate blocks; nothing is sent until a person accepts; then it is green again.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_changed_certificate_blocks_until_it_is_accepted() {
    let fleet = fleet(1).await;
    let solution = &fleet.solutions()[0];
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    let saved = save(&chief, solution).await;
    let before = shown(&solution.fingerprint().expect("a certificate"));
    assert_eq!(row(&chief, &saved["id"]).await["connection"], "connected");
    let after = shown(&solution.change_certificate().expect("another certificate"));
    let quiet = solution.counters();
    for _ in 0..3 {
        chief
            .ok("customers.refresh", json!({ "ids": [saved["id"]] }))
            .await;
    }
    let changed = row(&chief, &saved["id"]).await;
    assert_eq!(
        (changed["status"].as_str(), changed["connection"].as_str()),
        (Some("certificate_changed"), Some("disconnected"))
    );
    assert_eq!(solution.counters().credential_bytes, quiet.credential_bytes);
    assert_eq!(solution.counters().requests, quiet.requests);
    let panel = chief.ok("customers.panel", json!({ "id": saved["id"] })).await;
    assert_eq!(
        (
            panel["certificate"]["sha256"].as_str(),
            panel["waiting_certificate"]["sha256"].as_str()
        ),
        (Some(before.as_str()), Some(after.as_str()))
    );
    let alarms = chief
        .rows(
            "alarms",
            json!({ "criteria": [{ "column": "state", "test": { "kind": "any_of", "values": ["open"] } }] }),
        )
        .await;
    assert!(
        alarms
            .iter()
            .any(|alarm| alarm["cause"] == "certificate_changed" && alarm["severity"] == "critical")
    );
    // Not the one that is shown: refused, and still blocked.
    let wrong = chief
        .refused(
            "connections.accept_certificate",
            json!({ "id": saved["main_connection"], "sha256": before }),
        )
        .await;
    assert_eq!(wrong, flotilla_kernel::error::ErrorCode::CertificateNotThisOne);
    let accepted = chief
        .ok(
            "connections.accept_certificate",
            json!({ "id": saved["main_connection"], "sha256": after }),
        )
        .await;
    assert_eq!(accepted["status"], "success");
    let green = row(&chief, &saved["id"]).await;
    assert_eq!(
        (green["connection"].as_str(), green["alarms"].as_i64()),
        (
            Some("connected"),
            Some(count_of_services(&chief, &saved["id"]).await)
        )
    );
    fleet.stop().await;
}

/// The alarms that what the solution reports asks for by itself.
async fn count_of_services(chief: &Person, id: &Value) -> i64 {
    let query = json!({
        "organization": id,
        "criteria": [{ "column": "state", "test": { "kind": "any_of", "values": ["open"] } },
                     { "column": "cause", "test": { "kind": "any_of", "values": ["service_stopped", "system_stopped", "licence_expired", "certificate_expiring"] } }],
    });
    i64::try_from(chief.index("alarms", query).await.len()).expect("few")
}

/// CUS-41, ALM-01, ALM-03: what a poll reads is stored; a change is an event; an alarm clears when a poll proves it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn polls_bring_changes_and_clear_alarms() {
    let fleet = fleet(3).await;
    let harness = Harness::new(true).await;
    let chief = harness.administrator().await;
    let mut ids = Vec::new();
    for solution in fleet.solutions() {
        ids.push(save(&chief, solution).await["id"].clone());
    }
    let solution = &fleet.solutions()[0];
    let systems = chief.rows("systems", json!({ "organization": ids[0] })).await;
    assert_eq!(systems.len(), solution.systems().len());
    assert!(
        systems
            .iter()
            .filter(|system| system["state"] == "online")
            .count()
            > 0
    );
    solution.set_version("12.9.9.9");
    chief.ok("customers.refresh", json!({ "ids": ids })).await;
    assert_eq!(row(&chief, &ids[0]).await["version"], "12.9.9.9");
    solution.set_fault(Fault::Refuse);
    chief.ok("customers.refresh", json!({ "ids": ids })).await;
    let lost = row(&chief, &ids[0]).await;
    assert_eq!(lost["status"], "unreachable");
    let no_contact = |state: &str| {
        json!({
            "criteria": [{ "column": "cause", "test": { "kind": "any_of", "values": ["no_contact"] } },
                         { "column": "state", "test": { "kind": "any_of", "values": [state] } }],
        })
    };
    assert_eq!(chief.index("alarms", no_contact("open")).await.len(), 1);
    // UI-21: what is shown is found, in the language of whoever looks.
    let found = async |search: &str| {
        let query = json!({ "search": search, "criteria": no_contact("open")["criteria"] });
        chief.index("alarms", query).await.len()
    };
    let speak = async |language: &str| {
        let appearance = json!({ "language": language, "theme": null, "density": null, "zone": null });
        chief.ok("profile.save_appearance", appearance).await;
    };
    assert_eq!((found("no contact").await, found("aucun").await), (1, 0));
    speak("fr").await;
    assert_eq!((found("no contact").await, found("CONTACT avec").await), (0, 1));
    speak("en").await;
    solution.clear_faults();
    chief.ok("customers.refresh", json!({ "ids": ids })).await;
    assert_eq!(row(&chief, &ids[0]).await["status"], "success");
    assert_eq!(chief.index("alarms", no_contact("open")).await.len(), 0);
    assert_eq!(chief.index("alarms", no_contact("cleared")).await.len(), 1);
    // DSH-03: what the dashboard counts equals the list behind it.
    let dashboard = chief.ok("dashboard.read", json!({})).await;
    for (totals, column) in [
        ("licences_ending", "licence_until"),
        ("certificates_ending", "certificate_until"),
    ] {
        let ending = &dashboard[totals];
        let within = ending["within"].as_array().expect("totals");
        for total in within.iter().chain([&ending["expired"]]) {
            let test = json!({ "kind": "range", "from": total.get("from"), "to": total["until"] });
            let query = json!({ "criteria": [{ "column": column, "test": test }] });
            let listed = chief.index("customers", query).await.len();
            assert_eq!(total["customers"], json!(listed), "{column} {total}");
        }
    }
    recent_changes(&chief, &dashboard).await;
    let counted: i64 = dashboard["alarms"]
        .as_array()
        .expect("counts")
        .iter()
        .filter_map(|count| count["alarms"].as_i64())
        .sum();
    let open = chief
        .index(
            "alarms",
            json!({ "criteria": [{ "column": "state", "test": { "kind": "any_of", "values": ["open"] } }] }),
        )
        .await;
    assert_eq!(counted, i64::try_from(open.len()).expect("few"));
    let listed: i64 = chief
        .rows("customers", json!({}))
        .await
        .iter()
        .filter_map(|row| row["alarms"].as_i64())
        .sum();
    assert_eq!(counted, listed);
    harness.program.close().await;
    fleet.stop().await;
}

/// CUS-12: a service password that was changed everywhere is changed here in one act; nothing is taken for well before each
/// was asked anew, and what stays wrong says so. Another proxy is another way to each.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_service_password_of_many_is_changed_at_once() {
    let fleet = fleet(2).await;
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    let mut ids = Vec::new();
    for solution in fleet.solutions() {
        ids.push(save(&chief, solution).await["id"].clone());
    }
    let statuses = async || {
        chief.ok("customers.refresh", json!({ "ids": ids })).await;
        let rows = chief.ok("customers.window", json!({ "ids": ids })).await;
        let rows = rows.as_array().expect("rows").clone();
        rows.iter()
            .map(|row| row["status"].as_str().expect("a status").to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(statuses().await, ["success", "success"]);
    let edit = async |change: Value| {
        let mut arguments = json!({ "ids": ids });
        for (name, value) in change.as_object().expect("an object") {
            arguments[name] = value.clone();
        }
        let outcomes = chief.ok("customers.edit", arguments).await;
        assert!(
            outcomes
                .as_array()
                .expect("outcomes")
                .iter()
                .all(|outcome| outcome["problem"].is_null())
        );
    };
    edit(json!({ "password": "another one" })).await;
    assert_eq!(statuses().await, ["authorization_failed", "authorization_failed"]);
    // Empty and none leave it as it is.
    edit(json!({ "password": "", "add_tags": ["gold"] })).await;
    assert_eq!(statuses().await, ["authorization_failed", "authorization_failed"]);
    let right = fleet.solutions()[0].password();
    edit(json!({ "password": right })).await;
    let found = statuses().await;
    assert_eq!(found[0], "success");
    // Nobody listens there.
    edit(json!({ "password": right, "proxy": { "kind": "socks5", "host": "127.0.0.1", "port": 9 } })).await;
    assert_eq!(statuses().await, ["unreachable", "unreachable"]);
    let wrong = json!({ "ids": ids, "proxy": { "kind": "socks5", "host": "127.0.0.300", "port": 90_000 } });
    let problem = chief.call("customers.edit", wrong).await.expect_err("refused");
    let fields: Vec<&str> = problem.fields.iter().map(|field| field.field.as_str()).collect();
    assert_eq!(fields, ["proxy.host", "proxy.port"]);
    let rows = chief.rows("audit", json!({ "search": "password" })).await;
    assert!(
        rows.iter()
            .all(|row| !row["details"].as_str().expect("a text").contains(right)),
        "{rows:?}"
    );
    harness.program.close().await;
    fleet.stop().await;
}

/// DSH-02, DSH-03: what changed since yesterday is told hour by hour, and each number is that of the list behind it.
async fn recent_changes(chief: &Person, dashboard: &Value) {
    let changes = &dashboard["changes"];
    let range = |column: &str| json!({ "column": column, "test": { "kind": "range", "from": changes["from"], "to": null } });
    let no_contact = json!({ "column": "cause", "test": { "kind": "any_of", "values": ["no_contact"] } });
    for (name, criteria) in [
        ("went_down", json!([range("first_at"), no_contact])),
        ("came_back", json!([range("cleared_at"), no_contact])),
        ("raised", json!([range("first_at")])),
        ("cleared", json!([range("cleared_at")])),
    ] {
        let listed = chief.index("alarms", json!({ "criteria": criteria })).await.len();
        assert_eq!(changes[name]["count"], json!(listed), "{name}");
        assert!(listed > 0, "{name}");
        let hours = changes[name]["hours"].as_array().expect("hours");
        let sum: i64 = hours.iter().filter_map(Value::as_i64).sum();
        assert_eq!(
            (hours.len(), json!(sum)),
            (24, changes[name]["count"].clone()),
            "{name}"
        );
        // All of it has happened just now.
        assert_eq!(hours.last(), Some(&changes[name]["count"]), "{name}");
    }
    assert_eq!(changes["still_down"], 0);
    assert!(changes["mean_duration"].is_i64(), "{changes}");
}

/// ACC-16: labels match the provider and reseller a system reports, and the membership goes with the label.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn labels_make_operators_of_what_systems_report() {
    let fleet = fleet(2).await;
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    let saved = save(&chief, &fleet.solutions()[0]).await;
    let panel = chief.ok("customers.panel", json!({ "id": saved["id"] })).await;
    let provider = panel["provider"].as_str().expect("a provider").to_uppercase();
    let (account, operator) = harness.operator(&chief, "olga").await;
    assert_eq!(operator.index("customers", json!({})).await.len(), 0);
    let label = async |labels: Value| {
        let mut details = chief.ok("accounts.read", json!({ "id": account })).await;
        details["labels"] = labels;
        details["password"] = Value::Null;
        details["confirmation"] = Value::Null;
        chief.ok("accounts.save", details).await;
    };
    label(json!([provider])).await;
    let operator = harness.sign_in("olga").await;
    assert_eq!(operator.index("customers", json!({})).await.len(), 1);
    // The form knows whom it cannot take away.
    let form = chief.ok("customers.read", json!({ "id": saved["id"] })).await;
    assert_eq!(
        (&form["operators"], &form["operators_by_label"]),
        (&json!([]), &json!([account]))
    );
    label(json!([])).await;
    let operator = harness.sign_in("olga").await;
    assert_eq!(operator.index("customers", json!({})).await.len(), 0);
    // By hand wins: who is chosen by hand stays when the label goes.
    label(json!([provider])).await;
    let change = |key: &str| {
        let mut change = json!({ "ids": [saved["id"]], "add_tags": [], "remove_tags": [], "add_operators": [], "remove_operators": [], "notes": null });
        change[key] = json!([account]);
        change
    };
    chief.ok("customers.edit", change("add_operators")).await;
    let form = chief.ok("customers.read", json!({ "id": saved["id"] })).await;
    assert_eq!(
        (&form["operators"], &form["operators_by_label"]),
        (&json!([account]), &json!([]))
    );
    label(json!([])).await;
    let operator = harness.sign_in("olga").await;
    assert_eq!(operator.index("customers", json!({})).await.len(), 1);
    chief.ok("customers.edit", change("remove_operators")).await;
    assert_eq!(operator.index("customers", json!({})).await.len(), 0);
    fleet.stop().await;
}

/// GEN-12: a 33rd system is refused, and said so.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_solution_of_33_systems_is_refused() {
    let fleet = fleet(1).await;
    let solution = &fleet.solutions()[0];
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    solution.set_fault(Fault::TooManySystems);
    let tested = chief.ok("customers.test", connection(solution)).await;
    assert_eq!(
        (tested["status"].as_str(), tested["detail"].as_str()),
        (Some("failed"), Some("customer.solution-too-large"))
    );
    assert_eq!(tested["proof"], Value::Null);
    fleet.stop().await;
}

/// CUS-41: systems that give one serial number are still told apart, and stay the same ones from poll to poll.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn systems_of_one_serial_number_are_told_apart() {
    let fleet = fleet(8).await;
    let solution = fleet
        .solutions()
        .iter()
        .find(|solution| solution.systems().len() > 2)
        .expect("a larger solution");
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    solution.set_fault(Fault::SameSerialNumbers);
    let saved = save(&chief, solution).await;
    let ids = chief
        .index("systems", json!({ "organization": saved["id"] }))
        .await;
    assert_eq!(ids.len(), solution.systems().len());
    chief
        .ok("customers.refresh", json!({ "ids": [saved["id"]] }))
        .await;
    let again = chief
        .index("systems", json!({ "organization": saved["id"] }))
        .await;
    assert_eq!(ids, again);
    fleet.stop().await;
}

/// CUS-11, CUS-15, GEN-08: the stored password goes only where it was entered for, and only on that way.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stored_password_takes_no_other_way() {
    use flotilla_kernel::error::ErrorCode;
    let fleet = fleet(2).await;
    let (one, other) = (&fleet.solutions()[0], &fleet.solutions()[1]);
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    let saved = save(&chief, one).await;
    let mut form = connection(one);
    form["id"] = saved["id"].clone();
    form["password"] = Value::Null;
    // To the same system on the same way: nothing has to be entered.
    assert_eq!(
        chief.ok("customers.test", form.clone()).await["status"],
        "success"
    );
    // Through somebody else's machine, which would read along: refused before anything is sent.
    let before = other.counters();
    form["proxy"] = json!({ "kind": "http_connect", "host": other.address(), "port": other.port() });
    form["accept"] = json!(other.fingerprint().expect("a certificate"));
    let refused = chief
        .call("customers.test", form)
        .await
        .expect_err("the password is asked for");
    assert_eq!(refused.code, ErrorCode::FormInvalid);
    assert_eq!(refused.fields[0].code, ErrorCode::PasswordForAddress);
    assert_eq!(other.counters(), before);
    fleet.stop().await;
}

/// CUS-11: saved without contact at another address, a customer is never tried; nothing of the old address stays.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_address_without_contact_begins_anew() {
    let fleet = fleet(2).await;
    let (one, other) = (&fleet.solutions()[0], &fleet.solutions()[1]);
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    let saved = save(&chief, one).await;
    let changed = one.change_certificate().expect("another certificate");
    chief
        .ok("customers.refresh", json!({ "ids": [saved["id"]] }))
        .await;
    assert_eq!(row(&chief, &saved["id"]).await["status"], "certificate_changed");
    let mut form = chief.ok("customers.read", json!({ "id": saved["id"] })).await;
    form["host"] = json!(other.address());
    form["port"] = json!(other.port());
    form["password"] = json!(other.password());
    form["without_contact"] = json!(true);
    chief.ok("customers.save", form).await;
    let anew = row(&chief, &saved["id"]).await;
    assert_eq!(
        (anew["status"].as_str(), anew["connection"].as_str()),
        (Some("never_tried"), Some("never"))
    );
    assert_eq!(anew["last_contact"], Value::Null);
    let panel = chief.ok("customers.panel", json!({ "id": saved["id"] })).await;
    assert_eq!(
        (&panel["certificate"], &panel["waiting_certificate"]),
        (&Value::Null, &Value::Null)
    );
    // The certificate that waited at the old address cannot be believed at the new one.
    let refused = chief
        .refused(
            "connections.accept_certificate",
            json!({ "id": saved["main_connection"], "sha256": shown(&changed) }),
        )
        .await;
    assert_eq!(refused, flotilla_kernel::error::ErrorCode::CertificateNotThisOne);
    fleet.stop().await;
}

/// CUS-40: a customer that is changed while its old address is polled is polled at its new one at once, and nothing of
/// the old outcome is taken for the new connection's.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_outcome_of_the_old_address_is_not_the_new_ones() {
    let fleet = fleet(2).await;
    let (one, other) = (&fleet.solutions()[0], &fleet.solutions()[1]);
    let harness = Harness::new(true).await;
    let chief = harness.administrator().await;
    let saved = save(&chief, one).await;
    let mut form = connection(other);
    form["id"] = saved["id"].clone();
    let tested = chief.ok("customers.test", form).await;
    let mut form = chief.ok("customers.read", json!({ "id": saved["id"] })).await;
    form["host"] = json!(other.address());
    form["port"] = json!(other.port());
    form["user_name"] = json!(other.user());
    form["password"] = json!(other.password());
    form["proof"] = tested["proof"].clone();
    // The old address answers so late that the save is done by then.
    let before = one.counters().requests;
    one.set_fault(Fault::Slow { milliseconds: 1_500 });
    one.set_fault(Fault::WrongPassword);
    let old_poll = {
        let (chief, id) = (chief.clone(), saved["id"].clone());
        tokio::spawn(async move { chief.ok("customers.refresh", json!({ "ids": [id] })).await })
    };
    while one.counters().requests == before {
        tokio::task::yield_now().await;
    }
    chief.ok("customers.save", form).await;
    old_poll.await.expect("the refresh ends");
    let now = row(&chief, &saved["id"]).await;
    assert_eq!(now["status"], "success");
    assert_eq!(now["host"], json!(other.address()));
    assert!(now["last_contact"].is_i64());
    harness.program.close().await;
    fleet.stop().await;
}

/// REL-03, CUS-40: a clock that is put back by hours does not stop polling for hours.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_clock_put_back_does_not_stop_polls() {
    use flotilla_kernel::clock::{Time, hours, minutes};
    let fleet = fleet(2).await;
    let harness = Harness::polling_with_clock(Time(hours(500_000))).await;
    let chief = harness.administrator().await;
    let mut ids = Vec::new();
    for solution in fleet.solutions() {
        ids.push(save(&chief, solution).await["id"].clone());
    }
    chief.ok("customers.refresh", json!({ "ids": ids })).await;
    harness.clock.advance(-hours(6));
    let now = harness.clock.now();
    chief.ok("customers.refresh", json!({ "ids": [ids[0]] })).await;
    for id in &ids {
        let panel = chief.ok("customers.panel", json!({ "id": id })).await;
        let next = panel["next_contact"].as_i64().map(Time).expect("a next contact");
        assert!(next.since(now) <= minutes(1), "{} later", next.since(now));
        let connections = chief.ok("connections.of", json!({ "organization": id })).await;
        assert_eq!(connections[0]["next_contact"].as_i64().map(Time), Some(next));
    }
    harness.program.close().await;
    fleet.stop().await;
}

/// CUS-01: licences end while nobody is reached.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn licences_run_on_without_contact() {
    use flotilla_kernel::clock::{Time, days};
    let options = FleetOptions {
        today: "2026-01-01".parse().expect("a day"),
        ..fleet_options(1)
    };
    let fleet = Fleet::start(options).await.expect("the fleet starts");
    let solution = &fleet.solutions()[0];
    // 2024-01-01: of the licences that are dated two years later none has ended.
    let harness = Harness::with_clock(Time(1_704_067_200_000)).await;
    let chief = harness.administrator().await;
    let saved = save(&chief, solution).await;
    let expired = json!({
        "criteria": [{ "column": "cause", "test": { "kind": "any_of", "values": ["licence_expired"] } },
                     { "column": "state", "test": { "kind": "any_of", "values": ["open"] } }],
    });
    let before = chief.index("alarms", expired.clone()).await.len();
    solution.set_fault(Fault::Refuse);
    harness.clock.advance(days(365 * 8));
    let chief = harness.sign_in("chief").await;
    chief
        .ok("customers.refresh", json!({ "ids": [saved["id"]] }))
        .await;
    let row = row(&chief, &saved["id"]).await;
    assert_eq!(
        (row["status"].as_str(), row["licences"].as_str()),
        (Some("unreachable"), Some("expired"))
    );
    assert!(chief.index("alarms", expired).await.len() > before);
    fleet.stop().await;
}

/// IPO-01: a program that ends in the middle of polls leaves no session open; systems have few.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_end_of_the_program_signs_out_everywhere() {
    let fleet = fleet(6).await;
    let harness = Harness::new(true).await;
    let chief = harness.administrator().await;
    let mut ids = Vec::new();
    for solution in fleet.solutions() {
        ids.push(save(&chief, solution).await["id"].clone());
    }
    for solution in fleet.solutions() {
        solution.set_fault(Fault::Slow { milliseconds: 300 });
    }
    let signed_in = || fleet.counters().sign_ins;
    let before = signed_in();
    let polls = tokio::spawn(async move { chief.call("customers.refresh", json!({ "ids": ids })).await });
    while signed_in() < before + 3 {
        tokio::task::yield_now().await;
    }
    harness.program.close().await;
    let counters = fleet.counters();
    assert_eq!(
        (counters.open_sessions, counters.sign_outs),
        (0, counters.sign_ins)
    );
    polls.abort();
    fleet.stop().await;
}
