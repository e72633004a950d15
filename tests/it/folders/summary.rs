//! What a member with some folders sees of a customer is what an administrator sees of a customer that has nothing else.

use crate::harness::{Harness, Person};
use crate::people::{add_customer, add_folder, add_system, default_folder, grant, harness};
use flotilla_core::customers::store::summarize;
use flotilla_kernel::ids::{ConnectionId, OrganizationId};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};

/// A connection, and what was read by it.
#[derive(Debug, Clone)]
struct Part {
    /// Whether the member sees the folder of its system.
    seen: bool,
    device: bool,
    state: (&'static str, &'static str),
    certificate_until: Option<i64>,
    contact: Option<i64>,
    licences: &'static str,
    main: bool,
}

fn parts() -> impl Strategy<Value = (Vec<Part>, bool)> {
    let state = prop::sample::select(vec![
        ("connected", "success"),
        ("problems", "invalid_credentials"),
        ("disconnected", "unreachable"),
        ("never", "never_tried"),
    ]);
    let licences = prop::sample::select(vec!["unknown", "valid", "due", "invalid", "expired"]);
    let time = || prop::option::of(1_i64..1_000);
    let flags = (any::<bool>(), any::<bool>(), prop::bool::weighted(0.3));
    let part = (flags, state, time(), time(), licences).prop_map(
        |(flags, state, certificate_until, contact, licences)| {
            let (seen, device, main) = flags;
            Part {
                seen,
                device,
                state,
                certificate_until,
                contact,
                licences,
                main,
            }
        },
    );
    (prop::collection::vec(part, 1..6), any::<bool>())
}

/// Makes a customer of these connections, each with a system; those that are seen lie in one folder. Gives the customer and
/// that folder.
async fn customer(
    harness: &Harness,
    chief: &Person,
    name: &str,
    parts: &[(usize, &Part)],
    chosen: bool,
) -> (String, String) {
    let organization = add_customer(chief, name).await;
    let top = default_folder(chief, &organization).await;
    let folders = [
        add_folder(chief, &top, "Hidden").await,
        add_folder(chief, &top, "Seen").await,
    ];
    let id: OrganizationId = organization.parse().expect("an id");
    let mut main = None;
    for (number, part) in parts {
        let folder = &folders[usize::from(part.seen)];
        let placed = add_system(harness, &organization, folder, &format!("pbx {number}")).await;
        let connection: ConnectionId = placed.connection.parse().expect("an id");
        if part.main && (main.is_none() || part.seen) {
            main = Some(connection);
        }
        let mut transaction = harness.workspace().await.database.begin().await.expect("begins");
        let writer = transaction.connection();
        sqlx::query(
            "UPDATE connection SET host = '10.0.0.' || ?2, created_at = ?2, kind = ?3, state = ?4, status = ?5, status_since = ?2,
                certificate_until = ?6 WHERE id = ?1",
        )
        .bind(connection)
        .bind(i64::try_from(*number).expect("small"))
        .bind(if part.device { "device" } else { "ip_office" })
        .bind(part.state.0)
        .bind(part.state.1)
        .bind(part.certificate_until)
        .execute(&mut *writer)
        .await
        .expect("changed");
        if let Some(at) = part.contact {
            sqlx::query("INSERT INTO contact (connection_id, at) VALUES (?1, ?2)")
                .bind(connection)
                .bind(at)
                .execute(&mut *writer)
                .await
                .expect("a contact");
        }
        if !part.device {
            sqlx::query(
                "INSERT INTO solution (connection_id, system_name, version, version_key, profile, licence_state, licences)
                 VALUES (?1, 'primary ' || ?2, '11.' || ?2, '11.' || ?2, 'profile ' || ?2, ?3,
                    json_array(json_object('licence_type', 'users ' || ?2, 'quantity', 1, 'free', 0, 'expires', '2026-0' || ?2 || '-01', 'valid', json('true'))))",
            )
            .bind(connection)
            .bind(i64::try_from(*number).expect("small"))
            .bind(part.licences)
            .execute(writer)
            .await
            .expect("a solution");
        }
        transaction.commit().await.expect("commits");
    }
    let mut transaction = harness.workspace().await.database.begin().await.expect("begins");
    let writer = transaction.connection();
    // The one that a customer is added with has no system, and would be every member's to see.
    sqlx::query("UPDATE connection SET removed_at = 1 WHERE organization_id = ?1 AND host = '127.0.9.1'")
        .bind(id)
        .execute(&mut *writer)
        .await
        .expect("removed");
    sqlx::query("UPDATE customer SET main_connection_id = ?2, main_chosen = ?3 WHERE organization_id = ?1")
        .bind(id)
        .bind(main)
        .bind(chosen && main.is_some())
        .execute(&mut *writer)
        .await
        .expect("chosen");
    summarize(writer, id).await.expect("a summary");
    transaction.commit().await.expect("commits");
    let [_, seen] = folders;
    (organization, seen)
}

/// The row of a customer without what tells one customer from another.
async fn row(person: &Person, organization: &str) -> Value {
    let rows = person
        .ok("customers.window", json!({ "ids": [organization] }))
        .await;
    let mut row = rows[0].clone();
    for own in ["id", "name", "operators"] {
        row[own] = Value::Null;
    }
    row
}

/// CUS-02, CUS-16, ORG-22: the main and the worst connection, and all that is counted, are found twice: for the stored summary by
/// the rules, for who sees a part by SQL. Both come to the same, whatever connections there are.
#[tokio::test(flavor = "multi_thread")]
async fn a_part_is_shown_as_if_it_were_all() {
    let (harness, chief) = harness().await;
    let (account, hand) = harness.operator(&chief, "hand").await;
    let mut runner = TestRunner::deterministic();
    for round in 0..24 {
        let (parts, chosen) = parts().new_tree(&mut runner).expect("a case").current();
        let numbered: Vec<(usize, &Part)> = (1..).zip(&parts).collect();
        let (whole, folder) = customer(&harness, &chief, &format!("Whole {round}"), &numbered, chosen).await;
        let seen: Vec<(usize, &Part)> = numbered.into_iter().filter(|(_, part)| part.seen).collect();
        if seen.is_empty() {
            continue;
        }
        let (twin, _) = customer(&harness, &chief, &format!("Whole {round}, twin"), &seen, chosen).await;
        grant(&chief, &whole, &account, "operator", &[&folder]).await;
        assert_eq!(
            row(&hand, &whole).await,
            row(&chief, &twin).await,
            "{parts:?} {chosen}"
        );
    }
}
