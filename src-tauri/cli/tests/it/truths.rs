//! What holds of a workspace whatever has happened to the processes that worked on it.

use crate::place::Open;
use flotilla_simulator::{Fleet, Solution};
use serde_json::{Value, json};
use std::collections::{BTreeSet, HashMap, HashSet};

/// Looks through the whole workspace: the log is whole; every customer is one of the fleet's, there once and with
/// everything that belongs to it; no system is without its customer or there in part; no alarm is open twice, and those
/// that are open fit the status. Gives the customers.
pub async fn whole(open: &Open, fleet: &Fleet) -> Vec<Value> {
    let audit = open.call("audit.verify", json!({})).await;
    assert_eq!(audit["broken_at"], Value::Null, "the audit log is whole");
    let solutions: HashMap<&str, &Solution> = fleet.solutions().iter().map(|one| (one.name(), one)).collect();
    let customers = open.rows("customers").await;
    let mut seen = HashSet::new();
    for customer in &customers {
        let name = customer["name"].as_str().expect("a name");
        let solution = solutions.get(name).expect("a customer of the fleet");
        assert!(seen.insert(name), "{name} is there once");
        of_one_piece(open, customer, solution).await;
    }
    let systems = open.rows("systems").await;
    let of_customers: u64 = customers
        .iter()
        .filter_map(|customer| customer["systems"].as_u64())
        .sum();
    assert_eq!(
        systems.len() as u64,
        of_customers,
        "no system without its customer"
    );
    alarms_fit(open, &customers).await;
    customers
}

/// ORG-01, ORG-02, CUS-10: a customer has its organization, its default folder, its connection and its tags, and all of
/// the systems of its solution or, before the first contact, none.
async fn of_one_piece(open: &Open, customer: &Value, solution: &Solution) {
    let name = solution.name();
    let argument = json!({ "id": customer["id"] });
    let organization = open.call("organizations.read", argument.clone()).await;
    assert_eq!(organization["name"], name);
    assert!(
        organization["default_folder"].is_string(),
        "{name} has its folder"
    );
    let fields = open.call("customers.read", argument.clone()).await;
    let blueprint = solution.blueprint();
    let expected = json!({
        "name": name, "host": solution.address(), "port": solution.port(), "user_name": blueprint.user,
        "mode": blueprint.mode.as_str(), "telephone": blueprint.telephone, "email": blueprint.email,
        "address": blueprint.postal_address, "notes": blueprint.note, "has_password": true,
    });
    for (field, value) in expected.as_object().expect("fields") {
        assert_eq!(&fields[field], value, "{name}: {field}");
    }
    let tags: BTreeSet<&str> = fields["tags"]
        .as_array()
        .expect("tags")
        .iter()
        .filter_map(Value::as_str)
        .collect();
    assert_eq!(
        tags,
        blueprint.tags.iter().map(String::as_str).collect(),
        "{name}"
    );
    let panel = open.call("customers.panel", argument).await;
    let cards = panel["systems"].as_array().expect("cards").len();
    assert_eq!(customer["systems"], cards, "{name}");
    assert!(
        cards == 0 || cards == solution.systems().len(),
        "{name} has all of its systems or none: {cards}"
    );
    if customer["connection"] == "connected" {
        assert_eq!(cards, solution.systems().len(), "{name} has been read");
    }
}

/// ALM-01: one open alarm for each (system, cause, qualifier), counted in its customer's row; the alarm of a connection
/// is open exactly while the status says so.
async fn alarms_fit(open: &Open, customers: &[Value]) {
    let mut alarms = open.rows("alarms").await;
    alarms.retain(|alarm| alarm["state"] == "open");
    let mut seen = HashSet::new();
    for alarm in &alarms {
        let what = ["organization", "system", "cause", "qualifier"].map(|field| &alarm[field]);
        assert!(seen.insert(json!(what).to_string()), "{what:?} is open once");
    }
    for customer in customers {
        let own: Vec<&Value> = alarms
            .iter()
            .filter(|alarm| alarm["organization"] == customer["id"])
            .collect();
        let name = &customer["name"];
        assert_eq!(customer["alarms"], own.len(), "{name}");
        let open = |cause: &str| own.iter().any(|alarm| alarm["cause"] == cause);
        assert_eq!(
            open("no_contact"),
            customer["connection"] == "disconnected",
            "{name}: {own:?}"
        );
        assert_eq!(
            open("access_refused"),
            customer["connection"] == "problems",
            "{name}: {own:?}"
        );
    }
}
