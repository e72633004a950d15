//! Customers, without contact; what needs the simulator stands in `contact.rs`.

use crate::harness::Harness;
use flotilla_kernel::error::ErrorCode;
use serde_json::{Value, json};

fn form(name: &str) -> Value {
    json!({
        "id": null, "name": name, "host": "127.0.9.1", "port": 8443, "user_name": "COMAdmin", "password": "secret",
        "mode": "on-premises", "without_contact": true,
    })
}

/// CUS-10, ORG-01: every problem of a form at once, and nothing stored.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_form_tells_all_its_problems() {
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    let wrong = json!({
        "id": null, "name": " ", "host": "10.31.2.300", "port": 84430, "user_name": "", "password": null, "mode": "cloud",
        "tags": ["a", "b", "c", "d", "e", "f"], "telephone": "+3531555099011234", "email": "office.example", "without_contact": true,
    });
    let problem = chief.call("customers.save", wrong).await.expect_err("refused");
    assert_eq!(problem.code, ErrorCode::FormInvalid);
    let fields: Vec<&str> = problem.fields.iter().map(|field| field.field.as_str()).collect();
    assert_eq!(
        fields,
        [
            "name",
            "host",
            "port",
            "user_name",
            "telephone",
            "email",
            "tags",
            "password"
        ]
    );
    assert_eq!(chief.index("customers", json!({})).await.len(), 0);
}

/// CUS-11: without a successful test only *save without contact* stores, and the customer was never tried.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_test_or_a_clear_word_comes_before_saving() {
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    let mut untested = form("Ostermann");
    untested["without_contact"] = json!(false);
    assert_eq!(
        chief.refused("customers.save", untested).await,
        ErrorCode::ConnectionNotTested
    );
    let saved = chief.ok("customers.save", form("Ostermann")).await;
    let row = &chief.rows("customers", json!({})).await[0];
    assert_eq!(
        (row["connection"].as_str(), row["status"].as_str()),
        (Some("never"), Some("never_tried"))
    );
    // ORG-01: a name is unique without regard to case.
    assert_eq!(
        chief.refused("customers.save", form("OSTERMANN")).await,
        ErrorCode::FormInvalid
    );
    // GEN-08: the password never comes back.
    assert!(!saved.to_string().contains("secret"));
    // Somebody else saved meanwhile.
    let mut stale = form("Ostermann & Co");
    stale["id"] = saved["id"].clone();
    stale["revision"] = json!(saved["revision"].as_i64().expect("a revision") - 1);
    assert_eq!(
        chief.refused("customers.save", stale.clone()).await,
        ErrorCode::Changed
    );
    stale["revision"] = saved["revision"].clone();
    stale["password"] = Value::Null;
    stale["without_contact"] = json!(false);
    assert_eq!(chief.ok("customers.save", stale).await["name"], "Ostermann & Co");
}

/// CUS-12, CUS-13: several at once, with an outcome for each.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn several_are_edited_and_deleted_at_once() {
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    let mut ids = Vec::new();
    for (place, name) in ["One", "Two", "Three"].into_iter().enumerate() {
        let mut form = form(name);
        form["host"] = json!(format!("127.0.9.{}", place + 1));
        form["tags"] = if place == 2 {
            json!(["a", "b", "c", "d", "e"])
        } else {
            json!(["a"])
        };
        ids.push(chief.ok("customers.save", form).await["id"].clone());
    }
    let outcomes = chief
        .ok(
            "customers.edit",
            json!({ "ids": ids, "add_tags": ["gold"], "notes": "Call first." }),
        )
        .await;
    let problems: Vec<Option<&str>> = outcomes
        .as_array()
        .expect("outcomes")
        .iter()
        .map(|outcome| outcome["problem"].as_str())
        .collect();
    assert_eq!(problems, [None, None, Some("field.too-many-tags")]);
    let rows = chief.rows("customers", json!({ "search": "gold" })).await;
    assert_eq!(rows.len(), 2);
    assert!(rows.iter().all(|row| row["notes"] == "Call first."));
    let plan = chief
        .ok("customers.plan_deletion", json!({ "ids": &ids[..2] }))
        .await;
    assert_eq!(plan["customers"], 2);
    chief.ok("customers.delete", json!({ "ids": &ids[..2] })).await;
    let left = chief.rows("customers", json!({})).await;
    assert_eq!((left.len(), left[0]["name"].as_str()), (1, Some("Three")));
}

/// CUS-06, RGT-01, RGT-06, RGT-12: an operator sees assigned customers only, and may not change their connection.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn operators_see_assigned_customers_only() {
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    let (account, operator) = harness.operator(&chief, "olga").await;
    let mut own = form("Own");
    own["operators"] = json!([account]);
    let own = chief.ok("customers.save", own).await;
    let mut foreign = form("Foreign");
    foreign["host"] = json!("127.0.9.2");
    let foreign = chief.ok("customers.save", foreign).await;
    let rows = operator.rows("customers", json!({})).await;
    assert_eq!((rows.len(), rows[0]["name"].as_str()), (1, Some("Own")));
    assert_eq!(rows[0]["operators"], json!(["olga"]));
    let window = operator
        .ok("customers.window", json!({ "ids": [foreign["id"]] }))
        .await;
    assert_eq!(window, json!([]));
    operator.ok("customers.panel", json!({ "id": own["id"] })).await;
    assert_eq!(
        operator
            .refused("customers.panel", json!({ "id": foreign["id"] }))
            .await,
        ErrorCode::NotFound
    );
    assert_eq!(
        operator
            .refused("customers.read", json!({ "id": own["id"] }))
            .await,
        ErrorCode::RightMissing
    );
    assert_eq!(
        operator
            .refused("customers.delete", json!({ "ids": [own["id"]] }))
            .await,
        ErrorCode::RightMissing
    );
    let launched = operator
        .ok(
            "customers.launch",
            json!({ "ids": [own["id"], foreign["id"]], "application": "web_manager" }),
        )
        .await;
    assert_eq!(launched["addresses"][0]["url"], "https://127.0.9.1:8443/");
    assert_eq!(launched["skipped"][0]["problem"], "not-found");
    // CUS-50: nobody opens more than twenty at once by mistake; nothing is recorded as launched.
    for command in ["customers.plan_launch", "customers.launch"] {
        let many: Vec<_> = (0..21).map(|_| own["id"].clone()).collect();
        assert_eq!(
            operator
                .refused(command, json!({ "ids": many, "application": "web_manager" }))
                .await,
            ErrorCode::LaunchTooMany
        );
    }
    let dashboard = operator.ok("dashboard.read", json!({})).await;
    assert_eq!(dashboard["customers"], 1);
}

/// CUS-15, GEN-08: the stored password goes to the address it was stored for; for another one it has to be typed.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stored_password_stays_with_its_address() {
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    let saved = chief.ok("customers.save", form("Own")).await;
    let mut elsewhere = form("Own");
    elsewhere["id"] = saved["id"].clone();
    elsewhere["revision"] = saved["revision"].clone();
    elsewhere["host"] = json!("127.0.9.77");
    elsewhere["password"] = json!("");
    for command in ["customers.test", "customers.save"] {
        let problem = chief
            .call(command, elsewhere.clone())
            .await
            .expect_err("the password is missing");
        assert_eq!(problem.code, ErrorCode::FormInvalid, "{command}");
        assert_eq!(problem.fields[0].field, "password");
        assert_eq!(problem.fields[0].code, ErrorCode::PasswordForAddress);
    }
    elsewhere["password"] = json!("typed again");
    chief.ok("customers.save", elsewhere).await;
}
