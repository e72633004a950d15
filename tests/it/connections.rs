//! Organizations with several connections of several kinds, against simulated systems over real TLS (CUS-16).

mod contact;
mod saving;
mod several;

use crate::harness::Person;
use flotilla_simulator::{Addressing, Camera, Fleet, FleetOptions, Solution};
use serde_json::{Value, json};

async fn fleet(customers: usize, cameras: usize) -> Fleet {
    let options = FleetOptions {
        customers,
        cameras,
        seed: 23,
        addressing: Addressing::Ports { first: None },
        ..FleetOptions::default()
    };
    Fleet::start(options).await.expect("the fleet starts")
}

/// An organization without connections; gives its id.
async fn organization(person: &Person, name: &str) -> Value {
    let form = json!({ "name": name, "zone": "Europe/Berlin", "language": "en" });
    person.ok("organizations.create", form).await["id"].clone()
}

/// The form of a camera's connection as a person fills it in.
fn camera_form(organization: &Value, camera: &Camera) -> Value {
    json!({
        "id": null, "organization": organization, "kind": "device", "name": "", "host": camera.address(), "port": camera.port(),
        "user_name": camera.blueprint().user, "password": camera.blueprint().password, "proxy": { "kind": "workspace" }, "accept": null,
    })
}

/// The same of a telephone solution.
fn solution_form(organization: &Value, solution: &Solution) -> Value {
    json!({
        "id": null, "organization": organization, "kind": "ip_office", "name": "", "host": solution.address(), "port": solution.port(),
        "user_name": solution.user(), "password": solution.password(), "proxy": { "kind": "workspace" }, "accept": null,
    })
}

/// Tests what is in a form as a person does: the certificate is shown, they say yes, and it is tested again. Gives the form with the
/// proof in it.
async fn proven(person: &Person, mut form: Value) -> Value {
    let shown = person.ok("connections.test", form.clone()).await;
    assert_eq!(
        (&shown["status"], &shown["proof"]),
        (&json!("certificate_not_trusted"), &Value::Null)
    );
    form["accept"] = shown["certificate"]["sha256"].clone();
    let tested = person.ok("connections.test", form.clone()).await;
    assert_eq!(tested["status"], "success", "{tested}");
    form["proof"] = tested["proof"].clone();
    form
}

/// Tests a new connection and saves it.
async fn add(person: &Person, form: Value) -> Value {
    let form = proven(person, form).await;
    person.ok("connections.save", form).await
}

/// A known connection as it stands in its form.
fn form_of(view: &Value) -> Value {
    let mut form = view.clone();
    form["password"] = Value::Null;
    form
}

/// The connections of an organization.
async fn of(person: &Person, organization: &Value) -> Vec<Value> {
    let argument = json!({ "organization": organization });
    let connections = person.ok("connections.of", argument).await;
    connections.as_array().expect("connections").clone()
}

/// The connection of this id.
async fn view(person: &Person, organization: &Value, id: &Value) -> Value {
    let mut all = of(person, organization).await;
    all.retain(|connection| connection["id"] == *id);
    assert_eq!(all.len(), 1, "one connection {id}");
    all.remove(0)
}

/// Has these polled, all of which can be.
async fn refresh(person: &Person, ids: &[&Value]) {
    let outcomes = person.ok("connections.refresh", json!({ "ids": ids })).await;
    for outcome in outcomes.as_array().expect("outcomes") {
        assert_eq!(outcome["problem"], Value::Null, "{outcome}");
    }
}

async fn remove(person: &Person, id: &Value) {
    let outcomes = person.ok("connections.remove", json!({ "ids": [id] })).await;
    assert_eq!(outcomes[0]["problem"], Value::Null, "{outcomes}");
}

/// The row of a customer.
async fn row(person: &Person, organization: &Value) -> Value {
    person
        .ok("customers.window", json!({ "ids": [organization] }))
        .await[0]
        .clone()
}

/// How many connections a customer has, how many of them are connected, and what they come to.
async fn summary(person: &Person, organization: &Value) -> (i64, i64, String) {
    let row = row(person, organization).await;
    let number = |name: &str| row[name].as_i64().expect("a number");
    let state = row["connection"].as_str().expect("a state").to_owned();
    (number("connections"), number("connected"), state)
}

/// The systems that are reached by a connection, as the list shows them.
async fn systems(person: &Person, organization: &Value, connection: &Value) -> Vec<Value> {
    let mut rows = person
        .rows("systems", json!({ "organization": organization }))
        .await;
    rows.retain(|system| system["connection"] == *connection);
    rows
}

/// The state of the one system that is reached by a camera's connection.
async fn state(person: &Person, organization: &Value, connection: &Value) -> String {
    let systems = systems(person, organization, connection).await;
    assert_eq!(systems.len(), 1, "a camera is one system");
    systems[0]["state"].as_str().expect("a state").to_owned()
}

/// The alarms of a connection in this state, by their cause.
async fn causes(person: &Person, connection: &Value, state: &str) -> Vec<String> {
    let query =
        json!({ "criteria": [{ "column": "state", "test": { "kind": "any_of", "values": [state] } }] });
    let mut causes: Vec<String> = person
        .rows("alarms", query)
        .await
        .iter()
        .filter(|alarm| alarm["connection"] == *connection)
        .map(|alarm| alarm["cause"].as_str().expect("a cause").to_owned())
        .collect();
    causes.sort();
    causes
}
