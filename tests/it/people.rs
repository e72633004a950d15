//! More of what people do, for the tests of accounts, sessions and rights.

use crate::harness::{House, PASSWORD, Person};
use flotilla_core::Secret;
use flotilla_kernel::clock::Time;
use flotilla_kernel::error::{ErrorCode, Problem};
use serde_json::{Value, json};

/// Monday, 2 March 2026, 09:00 UTC.
pub const START: Time = Time(1_772_442_000_000);

/// A workspace whose time stands still, with its first administrator, `chief`.
pub async fn house() -> (House, Person) {
    let house = House::with_clock(START).await;
    let chief = house.administrator().await;
    (house, chief)
}

/// The id a reply carries.
pub fn id_of(reply: &Value) -> String {
    reply["id"].as_str().expect("an id").to_owned()
}

/// Who was signed in by this reply.
pub fn person(house: &House, signed_in: &Value) -> Person {
    Person {
        program: house.program.clone(),
        token: Secret::new(signed_in["token"].as_str().expect("a token")),
    }
}

/// Signs in, or not.
pub async fn try_sign_in(house: &House, login: &str, password: &str) -> Result<Person, Problem> {
    let arguments = json!({ "login": login, "password": password });
    house
        .call(None, "session.sign_in", &arguments)
        .await
        .map(|reply| person(house, &reply))
}

/// The code a sign-in is refused with.
pub async fn not_let_in(house: &House, login: &str, password: &str) -> ErrorCode {
    match try_sign_in(house, login, password).await {
        Ok(_) => panic!("{login} was let in"),
        Err(problem) => problem.code,
    }
}

/// Adds an account with the usual password; gives its id.
pub async fn add_account(administrator: &Person, login: &str, role: &str) -> String {
    let arguments = json!({ "login": login, "role": role, "enabled": true, "password": PASSWORD, "confirmation": PASSWORD });
    id_of(&administrator.ok("accounts.add", arguments).await)
}

/// Adds a customer that was never tried; gives its id.
pub async fn add_customer(person: &Person, name: &str) -> String {
    let arguments = json!({
        "id": null, "name": name, "host": "127.0.9.1", "port": 1, "user_name": "operator", "mode": "on-premises",
        "password": "service", "without_contact": true,
    });
    id_of(&person.ok("customers.save", arguments).await)
}

/// The form of an account with some fields changed, ready to be saved.
pub async fn account_form(administrator: &Person, id: &str, changes: Value) -> Value {
    let mut form = administrator.ok("accounts.read", json!({ "id": id })).await;
    for (name, value) in changes.as_object().expect("an object") {
        form[name] = value.clone();
    }
    form
}

/// Other preferences.
pub async fn set_preference(administrator: &Person, name: &str, value: Value) {
    let mut form = administrator.ok("preferences.read", json!({})).await;
    form["preferences"][name] = value;
    administrator.ok("preferences.save", form).await;
}

/// The fields a form is refused for, with their codes.
pub fn wrong_fields(outcome: Result<Value, Problem>) -> Vec<(String, ErrorCode)> {
    let problem = outcome.expect_err("the form is refused");
    assert_eq!(problem.code, ErrorCode::FormInvalid);
    problem
        .fields
        .into_iter()
        .map(|problem| (problem.field, problem.code))
        .collect()
}

/// The id of the account somebody is signed in with.
pub async fn own_id(person: &Person) -> String {
    id_of(&person.ok("session.current", json!({})).await["profile"])
}
