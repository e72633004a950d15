//! Alarms as people see them: who sees which, how the list and the numbers agree, and what becomes of them in the archive.

use crate::harness::{Harness, Person};
use crate::people::{add_customer, add_system, default_folder, harness};
use flotilla_core::alarms::list::DEFINITION;
use flotilla_core::alarms::rules::Wanted;
use flotilla_core::alarms::store::{Scope, reconcile, reconcile_subject};
use flotilla_core::alarms::tell;
use flotilla_core::alarms::types::{AlarmCause, AlarmSubject};
use flotilla_core::composition::FEATURES;
use flotilla_kernel::clock::Time;
use flotilla_kernel::database::Transaction;
use flotilla_kernel::events::Event;
use flotilla_kernel::feature::SubjectChange;
use flotilla_kernel::ids::{AccountId, ConnectionId, FolderId, OrganizationId, SystemId};
use serde_json::{Value, json};
use sqlx::SqliteConnection;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// What was looked for.
const CAUSES: &[AlarmCause] = &[
    AlarmCause::NoContact,
    AlarmCause::SystemStopped,
    AlarmCause::ServiceStopped,
    AlarmCause::CertificateExpiring,
];

/// An organization with a connection to a system in its folder *north* and one in *south*.
struct Company {
    organization: OrganizationId,
    connection: ConnectionId,
    north: FolderId,
    systems: HashMap<String, SystemId>,
}

async fn company(database: &mut SqliteConnection, name: &str) -> Company {
    let id = |at: i64| Time(1_772_442_000_000 + at);
    let (organization, connection) = (OrganizationId::new(id(0)), ConnectionId::new(id(1)));
    sqlx::query(
        "INSERT INTO organization (id, name, name_key, search_name, zone, language, created_at) VALUES (?1, ?2, lower(?2), lower(?2), 'UTC', 'en', 1);
         INSERT INTO connection (id, organization_id, kind, host, port, user_name, password, proxy, created_at)
         VALUES (?3, ?1, 'ip_office', 'pbx.example', 443, 'name', 'secret', '{}', 1)",
    )
    .bind(organization)
    .bind(name)
    .bind(connection)
    .execute(&mut *database)
    .await
    .expect("an organization");
    let mut systems = HashMap::new();
    let mut folders = HashMap::new();
    for place in ["north", "south"] {
        let (folder, system) = (FolderId::new(id(2)), SystemId::new(id(3)));
        sqlx::query(
            "INSERT INTO folder (id, organization_id, name, name_key) VALUES (?1, ?2, ?3, ?3);
             INSERT INTO system (id, organization_id, folder_id, connection_id, kind, role, identity, name, name_key, host, model, serial, version, version_key, state)
             VALUES (?4, ?2, ?1, ?5, 'telephone_server', 'primary', ?3, ?3, ?3, 'pbx.example', 'IP500 V2', ?3, '11.1', '11.1', 'online')",
        )
        .bind(folder)
        .bind(organization)
        .bind(place)
        .bind(system)
        .bind(connection)
        .execute(&mut *database)
        .await
        .expect("a system in a folder");
        systems.insert(place.to_owned(), system);
        folders.insert(place, folder);
    }
    Company {
        organization,
        connection,
        north: folders["north"],
        systems,
    }
}

/// Lets an account see the folder *north* of a company.
async fn grant_north(database: &mut SqliteConnection, company: &Company, account: AccountId) {
    sqlx::query(
        "INSERT INTO membership (organization_id, account_id, role, origin, id) VALUES (?1, ?2, 'operator', 'by_hand', randomblob(16));
         INSERT INTO folder_grant (account_id, organization_id, folder_id) VALUES (?2, ?1, ?3);
         INSERT INTO visible_folder (account_id, organization_id, folder_id) VALUES (?2, ?1, ?3)",
    )
    .bind(company.organization)
    .bind(account)
    .bind(company.north)
    .execute(database)
    .await
    .expect("a grant");
}

/// A contact with a company found these alarms: of a system by its name, or of the connection.
async fn found(transaction: &mut Transaction, company: &Company, alarms: &[(Option<&str>, AlarmCause)]) {
    let now = transaction.now();
    let scope = Scope {
        organization: company.organization,
        connection: company.connection,
        alone: None,
        systems: &company.systems,
        causes: CAUSES,
    };
    let wanted: Vec<Wanted> = alarms
        .iter()
        .map(|(system, cause)| Wanted {
            system: system.map(str::to_owned),
            cause: *cause,
            qualifier: "Voice Mail".to_owned(),
        })
        .collect();
    let changes = reconcile(transaction.connection(), now, &scope, &wanted)
        .await
        .expect("found");
    tell(transaction, &changes);
}

/// A check of something that is reached by no connection found this alarm.
async fn found_alone(transaction: &mut Transaction, subject: AlarmSubject) {
    let now = transaction.now();
    let wanted = [(AlarmCause::CertificateExpiring, "")];
    let changes = reconcile_subject(transaction.connection(), now, subject, CAUSES, &wanted)
        .await
        .expect("found");
    tell(transaction, &changes);
}

/// Two companies with alarms of every subject, and `olga`, who sees the folder *north* of the first.
async fn companies() -> (Harness, Person, Person, [Company; 2]) {
    let (harness, chief) = harness().await;
    let (account, olga) = harness.operator(&chief, "olga").await;
    let workspace = harness.workspace().await;
    let mut transaction = workspace.database.begin().await.expect("a transaction");
    let bakery = company(transaction.connection(), "Bakery").await;
    let forge = company(transaction.connection(), "Forge").await;
    grant_north(transaction.connection(), &bakery, account.parse().expect("an id")).await;
    let alarms = [
        (Some("north"), AlarmCause::ServiceStopped),
        (Some("south"), AlarmCause::SystemStopped),
        (None, AlarmCause::NoContact),
    ];
    found(&mut transaction, &bakery, &alarms).await;
    found(&mut transaction, &forge, &alarms[..1]).await;
    found_alone(&mut transaction, AlarmSubject::Organization(bakery.organization)).await;
    found_alone(&mut transaction, AlarmSubject::Flotilla).await;
    transaction.commit().await.expect("committed");
    (harness, chief, olga, [bakery, forge])
}

/// Customer, connection, system and cause of each row.
fn shown(rows: &[Value]) -> Vec<[&str; 4]> {
    rows.iter()
        .map(|row| {
            ["customer", "connection_name", "system_name", "cause"]
                .map(|field| row[field].as_str().expect("a text"))
        })
        .collect()
}

const OPEN: &str = r#"[{ "column": "state", "test": { "kind": "any_of", "values": ["open"] } }]"#;

fn open() -> Value {
    json!({ "criteria": serde_json::from_str::<Value>(OPEN).expect("JSON") })
}

const BAKERY_SOUTH: [&str; 4] = ["Bakery", "pbx.example", "south", "system_stopped"];
const BAKERY_ITSELF: [&str; 4] = ["Bakery", "pbx.example", "", "no_contact"];
const BAKERY_NORTH: [&str; 4] = ["Bakery", "pbx.example", "north", "service_stopped"];
const FORGE_NORTH: [&str; 4] = ["Forge", "pbx.example", "north", "service_stopped"];
const BAKERY_ALONE: [&str; 4] = ["Bakery", "", "", "certificate_expiring"];
const FLOTILLA: [&str; 4] = ["", "", "", "certificate_expiring"];

fn sorted(mut rows: Vec<[&str; 4]>) -> Vec<[&str; 4]> {
    rows.sort_unstable();
    rows
}

/// ALM-01, ORG-22: an administrator sees the alarms of every subject, the worst first; a member those of the systems in the folders
/// granted to it, of their connection and of the organization, also when it asks for others by their ids; Flotilla's own are
/// for administrators.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_sees_which_alarm() {
    let (_harness, chief, olga, _) = companies().await;
    let everything = chief.rows("alarms", open()).await;
    let all = shown(&everything);
    assert_eq!(all[..2], [BAKERY_SOUTH, BAKERY_ITSELF], "the worst first");
    assert_eq!(
        sorted(all),
        sorted(vec![
            BAKERY_SOUTH,
            BAKERY_ITSELF,
            BAKERY_NORTH,
            FORGE_NORTH,
            BAKERY_ALONE,
            FLOTILLA
        ])
    );
    let facts = &everything[0];
    assert_eq!(facts["state"], "open");
    assert_eq!(facts["suppressed"], false);
    for fact in ["acknowledged_at", "shelved_until", "cleared_at"] {
        assert!(facts[fact].is_null(), "{fact}: {facts}");
    }

    let seen = [BAKERY_ITSELF, BAKERY_NORTH, BAKERY_ALONE];
    assert_eq!(shown(&olga.rows("alarms", open()).await), seen);
    assert_eq!(shown(&olga.rows("alarms", json!({})).await), seen);
    let ids: Vec<&Value> = everything.iter().map(|row| &row["id"]).collect();
    let window = olga.ok("alarms.window", json!({ "ids": ids })).await;
    assert_eq!(shown(window.as_array().expect("rows")), seen);
}

/// UI-20, UI-22: whichever column it is sorted by, an alarm without organization, connection or system stays in the list; what a
/// search finds is found in the names of now.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_column_has_every_alarm() {
    let (_harness, chief, olga, _) = companies().await;
    let ids = |ids: Vec<String>| ids.into_iter().collect::<BTreeSet<String>>();
    for (person, number) in [(&chief, 6), (&olga, 3)] {
        let all = ids(person.index("alarms", json!({})).await);
        assert_eq!(all.len(), number);
        for column in DEFINITION
            .columns
            .iter()
            .filter(|column| !column.order.is_empty())
        {
            for descending in [false, true] {
                let sort = json!({ "sort": { "column": column.name, "descending": descending } });
                assert_eq!(ids(person.index("alarms", sort).await), all, "{}", column.name);
            }
        }
    }
    for (search, number) in [
        ("bakery", 4),
        ("FORGE north", 1),
        ("voice", 4),
        ("nowhere", 0),
        ("", 6),
    ] {
        let found = chief.index("alarms", json!({ "search": search })).await;
        assert_eq!(found.len(), number, "{search}");
    }
    let not_suppressed = json!([{ "column": "suppressed", "test": { "kind": "yes_no", "value": false } }]);
    let found = chief.index("alarms", json!({ "criteria": not_suppressed })).await;
    assert_eq!(found.len(), 6);
}

/// ALM-05: the numbers above the list are those of the list, for everybody, and for each organization.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_numbers_are_those_of_the_list() {
    let (_harness, chief, olga, [bakery, _]) = companies().await;
    for (person, organization, number) in [
        (&chief, None, 6),
        (&chief, Some(bakery.organization), 4),
        (&olga, None, 3),
        (&olga, Some(bakery.organization), 3),
    ] {
        let dashboard = person
            .ok("dashboard.read", json!({ "organization": organization }))
            .await;
        let counts = dashboard["alarms"].as_array().expect("counts");
        let counted: i64 = counts
            .iter()
            .map(|count| count["alarms"].as_i64().expect("a number"))
            .sum();
        let mut query = open();
        query["organization"] = json!(organization);
        let listed = person.rows("alarms", query).await;
        assert_eq!(
            (counted, listed.len()),
            (number, usize::try_from(number).expect("small"))
        );
        let critical: Vec<&Value> = listed
            .iter()
            .filter(|row| row["severity"] == "critical")
            .collect();
        let named: Vec<&Value> = dashboard["critical"].as_array().expect("alarms").iter().collect();
        assert_eq!(named.len(), critical.len().min(5));
        assert!(
            named
                .iter()
                .all(|row| critical.iter().any(|one| one["id"] == row["id"]))
        );
        let mut by_customer: BTreeMap<&str, i64> = BTreeMap::new();
        for row in &listed {
            if let Some(organization) = row["organization"].as_str() {
                *by_customer.entry(organization).or_default() += 1;
            }
        }
        let named = dashboard["alarms_by_customer"]["customers"]
            .as_array()
            .expect("customers");
        let counted: BTreeMap<&str, i64> = named
            .iter()
            .map(|one| {
                let counts = one["counts"].as_array().expect("counts");
                let sum = counts.iter().filter_map(Value::as_i64).sum();
                (one["id"].as_str().expect("an id"), sum)
            })
            .collect();
        assert_eq!(counted, by_customer);
        let severities = |one: &Value| {
            one["counts"]
                .as_array()
                .expect("counts")
                .iter()
                .filter_map(Value::as_i64)
                .collect::<Vec<_>>()
        };
        assert!(named.is_sorted_by_key(|one| std::cmp::Reverse(severities(one))));
        for count in counts {
            let of_kind = listed
                .iter()
                .filter(|row| {
                    row["alarm_type"] == count["alarm_type"] && row["severity"] == count["severity"]
                })
                .count();
            assert_eq!(count["alarms"], of_kind, "{count}");
        }
    }
}

/// ORG-06, ORG-07: an organization is archived while its alarms are in view: everybody is told, and nobody finds them, in the list or by
/// their ids; restored, they are there as before.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_archived_organization_takes_its_alarms_out_of_view() {
    let (harness, chief, olga, [bakery, _]) = companies().await;
    let workspace = harness.workspace().await;
    let before = [
        chief.index("alarms", open()).await,
        olga.index("alarms", open()).await,
    ];
    let mut events = workspace.database.subscribe();
    for (archived_at, numbers) in [(Some(1), [2, 0]), (None, [6, 3])] {
        let mut transaction = workspace.database.begin().await.expect("a transaction");
        sqlx::query("UPDATE organization SET archived_at = ? WHERE id = ?")
            .bind::<Option<i64>>(archived_at)
            .bind(bakery.organization)
            .execute(transaction.connection())
            .await
            .expect("archived or restored");
        let change = SubjectChange::Archived(vec![bakery.organization]);
        FEATURES
            .change(&mut transaction, &change)
            .await
            .expect("all features follow");
        transaction.commit().await.expect("committed");
        loop {
            let event = events.recv().await.expect("the workspace is open");
            if let Event::Changed {
                feature, membership, ..
            } = event
                && feature == flotilla_core::alarms::types::CHANGES
            {
                assert!(membership, "the list is another one");
                break;
            }
        }
        for (place, person) in [&chief, &olga].into_iter().enumerate() {
            assert_eq!(person.index("alarms", open()).await.len(), numbers[place]);
            let window = person.ok("alarms.window", json!({ "ids": before[place] })).await;
            assert_eq!(window.as_array().expect("rows").len(), numbers[place]);
        }
    }
    assert_eq!(chief.index("alarms", open()).await, before[0]);
    assert_eq!(olga.index("alarms", open()).await, before[1]);
}

/// UI-21: alarms and the audit log are searched by a customer's name as every other list is: letters such as ß and ł are found by
/// plain ones, and *contains* finds the same.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn names_are_found_by_plain_letters() {
    let (harness, chief) = harness().await;
    let customer = add_customer(&chief, "Straßenbau Łódź").await;
    let folder = default_folder(&chief, &customer).await;
    add_system(&harness, &customer, &folder, "Œuvre pbx").await;
    for search in ["STRASSE lodz", "straße"] {
        for list in ["alarms", "audit", "customers"] {
            let found = chief.index(list, json!({ "search": search })).await;
            assert!(!found.is_empty(), "{list}: {search}");
        }
    }
    for (column, text) in [("customer", "strasse"), ("system_name", "oeuvre")] {
        let criteria = json!([{ "column": column, "test": { "kind": "contains", "text": text } }]);
        let found = chief.index("alarms", json!({ "criteria": criteria })).await;
        assert!(!found.is_empty(), "{column}: {text}");
    }
}
