//! More of what people do, for the tests of accounts, sessions and rights.

use crate::harness::{Harness, PASSWORD, Person};
use flotilla_core::Secret;
use flotilla_core::alarms::rules::Wanted;
use flotilla_core::alarms::store::Scope;
use flotilla_core::alarms::types::AlarmCause;
use flotilla_core::connections::store::ConnectionFields;
use flotilla_core::connections::types::ConnectionKind;
use flotilla_core::systems::store::{Place, SystemSeen};
use flotilla_core::systems::types::{SystemKind, SystemRole, SystemState};
use flotilla_core::{alarms, connections, systems};
use flotilla_kernel::clock::Time;
use flotilla_kernel::error::{ErrorCode, Problem};
use flotilla_kernel::ids::{FolderId, OrganizationId};
use serde_json::{Value, json};

/// Monday, 2 March 2026, 09:00 UTC.
pub const START: Time = Time(1_772_442_000_000);

/// A workspace whose time stands still, with its first administrator, `chief`.
pub async fn harness() -> (Harness, Person) {
    let harness = Harness::with_clock(START).await;
    let chief = harness.administrator().await;
    (harness, chief)
}

/// The id a reply carries.
pub fn id_of(reply: &Value) -> String {
    reply["id"].as_str().expect("an id").to_owned()
}

/// Who was signed in by this reply.
pub fn person(harness: &Harness, signed_in: &Value) -> Person {
    Person {
        program: harness.program.clone(),
        token: Secret::new(signed_in["token"].as_str().expect("a token")),
    }
}

/// Signs in, or not.
pub async fn try_sign_in(harness: &Harness, login: &str, password: &str) -> Result<Person, Problem> {
    let arguments = json!({ "login": login, "password": password });
    harness
        .call(None, "session.sign_in", &arguments)
        .await
        .map(|reply| person(harness, &reply))
}

/// The code a sign-in is refused with.
pub async fn not_let_in(harness: &Harness, login: &str, password: &str) -> ErrorCode {
    match try_sign_in(harness, login, password).await {
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

/// What was put into a folder.
#[derive(Debug, Clone)]
pub struct Placed {
    pub system: String,
    pub connection: String,
}

/// Puts a system of this name, with a connection of its own, into a folder of an organization, and raises an alarm of each.
pub async fn add_system(harness: &Harness, organization: &str, folder: &str, name: &str) -> Placed {
    let database = harness.workspace().await.database.clone();
    let mut transaction = database.begin().await.expect("a transaction");
    let (organization, folder): (OrganizationId, FolderId) = (
        organization.parse().expect("an id"),
        folder.parse().expect("an id"),
    );
    let now = transaction.now();
    let fields = ConnectionFields {
        name: format!("way to {name}"),
        host: "127.0.9.1".to_owned(),
        port: 1,
        user_name: "operator".to_owned(),
        password: Some(Secret::new("service")),
        proxy: flotilla_core::connections::types::ProxyChoice::Direct,
        pin: None,
    };
    let writer = transaction.connection();
    let connection = connections::store::insert(writer, now, organization, ConnectionKind::IpOffice, &fields)
        .await
        .expect("a connection");
    let place = Place {
        organization,
        connection,
        customer: "",
        folder,
    };
    let seen = SystemSeen {
        identity: name.to_owned(),
        kind: SystemKind::TelephoneServer,
        role: SystemRole::Alone,
        name: name.to_owned(),
        host: "127.0.9.1".to_owned(),
        model: "IP500 V2".to_owned(),
        serial: format!("serial of {name}"),
        version: "11.1".to_owned(),
        state: SystemState::Online,
        services: Vec::new(),
    };
    let applied = systems::store::apply(writer, now, &place, &[seen])
        .await
        .expect("a system");
    let causes = [AlarmCause::NoContact, AlarmCause::ServiceStopped];
    let scope = Scope {
        organization,
        connection,
        alone: None,
        systems: &applied.ids,
        causes: &causes,
    };
    let wanted = [
        (None, AlarmCause::NoContact, format!("no way to {name}")),
        (
            Some(name),
            AlarmCause::ServiceStopped,
            format!("service of {name}"),
        ),
    ]
    .map(|(system, cause, qualifier)| Wanted {
        system: system.map(str::to_owned),
        cause,
        qualifier,
    });
    let raised = alarms::store::reconcile(writer, now, &scope, &wanted)
        .await
        .expect("two alarms");
    flotilla_core::customers::store::summarize(writer, organization)
        .await
        .expect("a summary");
    alarms::tell(&mut transaction, &raised);
    transaction.commit().await.expect("committed");
    Placed {
        system: applied.ids[name].to_string(),
        connection: connection.to_string(),
    }
}

/// Makes a folder; gives its id.
pub async fn add_folder(person: &Person, parent: &str, name: &str) -> String {
    id_of(
        &person
            .ok("folders.create", json!({ "parent": parent, "name": name }))
            .await,
    )
}

/// The default folder of an organization.
pub async fn default_folder(person: &Person, organization: &str) -> String {
    let details = person
        .ok("organizations.read", json!({ "id": organization }))
        .await;
    details["default_folder"].as_str().expect("a folder").to_owned()
}

/// Makes an account a member of an organization, with grants on these folders.
pub async fn grant(person: &Person, organization: &str, account: &str, role: &str, folders: &[&str]) {
    let arguments =
        json!({ "organization": organization, "account": account, "role": role, "folders": folders });
    person.ok("organizations.set_grants", arguments).await;
}
