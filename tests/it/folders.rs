//! Folders: who sees what of an organization, and that it comes and goes at once (ORG-05 to ORG-07, ORG-20 to ORG-23).

pub mod seen;
mod summary;

use crate::harness::Person;
use crate::people::{
    add_account, add_customer, add_folder, add_system, default_folder, grant, harness, own_id, wrong_fields,
};
use flotilla_kernel::error::ErrorCode;
use flotilla_kernel::events::Event;
use seen::{Window, seen, site};
use serde_json::{Value, json};

/// ORG-22, RGT-01: an operator with a grant on one folder sees that folder and what is below it, and nothing else, by whatever
/// command; ids tried directly read like what does not exist.
#[tokio::test(flavor = "multi_thread")]
async fn a_grant_shows_a_folder_and_nothing_else() {
    let (harness, chief) = harness().await;
    let site = site(&harness, &chief, "Harbour").await;
    let other = add_customer(&chief, "Other").await;
    let other_top = default_folder(&chief, &other).await;
    add_system(&harness, &other, &other_top, "other-pbx").await;
    let (account, hand) = harness.operator(&chief, "hand").await;
    assert_eq!(seen(&hand, &site).await, Vec::<String>::new());
    grant(&chief, &site.organization, &account, "operator", &[&site.north]).await;
    assert_eq!(seen(&hand, &site).await, ["attic-pbx", "north-pbx"]);

    let tree = hand.ok("folders.tree", json!({ "id": site.organization })).await;
    assert_eq!(
        tree,
        json!([
            {
                "id": site.attic, "parent": site.north, "name": "Attic", "default": false, "zone": null, "zone_in_force": "Europe/Berlin",
                "systems": 1, "states": [{ "state": "online", "systems": 1 }], "alarms": [{ "severity": "minor", "alarms": 1 }],
            },
            {
                "id": site.north, "parent": null, "name": "North", "default": false, "zone": null, "zone_in_force": "Europe/Berlin",
                "systems": 2, "states": [{ "state": "online", "systems": 2 }], "alarms": [{ "severity": "minor", "alarms": 2 }],
            },
        ])
    );
    // Ids tried directly.
    let all = [&site.in_north, &site.in_attic, &site.in_south];
    let systems: Vec<&str> = all.iter().map(|placed| placed.system.as_str()).collect();
    assert_eq!(
        hand.ok("systems.window", json!({ "ids": systems }))
            .await
            .as_array()
            .map(Vec::len),
        Some(2)
    );
    let connections: Vec<&str> = all.iter().map(|placed| placed.connection.as_str()).collect();
    let removed = hand.ok("connections.remove", json!({ "ids": connections })).await;
    let problems: Vec<&Value> = removed
        .as_array()
        .expect("outcomes")
        .iter()
        .map(|outcome| &outcome["problem"])
        .collect();
    assert_eq!(problems, ["right.missing", "right.missing", "not-found"]);
    for (command, arguments) in [
        ("folders.rename", json!({ "id": site.south, "name": "Mine" })),
        ("folders.create", json!({ "parent": site.top, "name": "Mine" })),
        ("folders.delete", json!({ "id": site.south })),
        (
            "connections.accept_certificate",
            json!({ "id": site.in_south.connection, "sha256": "00".repeat(32) }),
        ),
    ] {
        assert_eq!(
            hand.refused(command, arguments).await,
            ErrorCode::NotFound,
            "{command}"
        );
    }
    // What it sees it may not change (RGT-06).
    let rename = json!({ "id": site.north, "name": "Mine" });
    assert_eq!(
        hand.refused("folders.rename", rename).await,
        ErrorCode::RightMissing
    );

    // Two folders, one within the other, are seen once; an admin sees every folder, and needs no grants.
    let both = [site.north.as_str(), &site.attic];
    grant(&chief, &site.organization, &account, "viewer", &both).await;
    assert_eq!(seen(&hand, &site).await, ["attic-pbx", "north-pbx"]);
    grant(&chief, &site.organization, &account, "admin", &[]).await;
    assert_eq!(seen(&hand, &site).await, ["attic-pbx", "north-pbx", "south-pbx"]);
    let nothing = json!({ "organization": site.organization, "account": account, "role": null });
    chief.ok("organizations.set_grants", nothing).await;
    assert_eq!(seen(&hand, &site).await, Vec::<String>::new());
}

/// ORG-22: a folder, and a system, that is moved while the list is open: the window is told, and the rows are gone, or there.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_moved_comes_and_goes_at_once() {
    let (harness, chief) = harness().await;
    let site = site(&harness, &chief, "Harbour").await;
    let (account, hand) = harness.operator(&chief, "hand").await;
    let (stranger, outsider) = harness.operator(&chief, "outsider").await;
    assert_ne!(account, stranger);
    let mut window = Window::open(&harness, &hand).await;
    let mut beside = Window::open(&harness, &outsider).await;
    grant(&chief, &site.organization, &account, "operator", &[&site.north]).await;
    assert!(window.is_told_everything().await, "the grant");
    assert!(!beside.is_told_everything().await, "it concerns one account");

    let into_south = json!({ "id": site.attic, "parent": site.south });
    chief.ok("folders.move", into_south).await;
    assert!(window.is_told_everything().await, "the folder moved away");
    assert_eq!(seen(&hand, &site).await, ["north-pbx"]);
    chief
        .ok("folders.move", json!({ "id": site.attic, "parent": site.north }))
        .await;
    assert!(window.is_told_everything().await, "the folder is back");
    assert_eq!(seen(&hand, &site).await, ["attic-pbx", "north-pbx"]);

    let away = json!({ "ids": [site.in_north.system], "folder": site.south });
    let moved = chief.ok("folders.move_systems", away).await;
    assert_eq!(
        moved,
        json!([{ "id": site.in_north.system, "name": "north-pbx", "problem": null }])
    );
    assert!(window.is_told_everything().await, "the system moved away");
    assert_eq!(seen(&hand, &site).await, ["attic-pbx"]);

    // Within what is seen it stays in view: what changed is told by its id.
    let within = json!({ "ids": [site.in_attic.system], "folder": site.north });
    chief.ok("folders.move_systems", within).await;
    let events = window.events().await;
    let attic: uuid::Uuid = site.in_attic.system.parse().expect("an id");
    assert!(
        events.iter().any(|event| matches!(event, Event::Changed { feature, ids, .. } if feature.0 == "systems" && *ids == [attic])),
        "{events:?}"
    );
    assert!(
        !events
            .iter()
            .any(|event| matches!(event, Event::Changed { many: true, .. })),
        "{events:?}"
    );
    assert!(
        !beside.is_told_everything().await,
        "nothing of it concerns somebody else"
    );

    // ORG-21: the empty folder goes, and the grant on it.
    chief
        .ok(
            "folders.move_systems",
            json!({ "ids": [site.in_attic.system], "folder": site.south }),
        )
        .await;
    assert_eq!(seen(&hand, &site).await, Vec::<String>::new());
    window.events().await;
    chief.ok("folders.delete", json!({ "id": site.attic })).await;
    chief.ok("folders.delete", json!({ "id": site.north })).await;
    assert!(
        window.is_told_everything().await,
        "the granted folder was deleted"
    );
    assert_eq!(
        hand.ok("folders.tree", json!({ "id": site.organization })).await,
        json!([])
    );
}

/// ORG-20, ORG-21, ORG-23: what the rules of folders refuse, each with its reason, and what is refused changes nothing.
#[tokio::test(flavor = "multi_thread")]
async fn folders_follow_their_rules() {
    let (harness, chief) = harness().await;
    let site = site(&harness, &chief, "Harbour").await;
    let other = add_customer(&chief, "Other").await;
    let other_top = default_folder(&chief, &other).await;
    let before = chief.ok("folders.tree", json!({ "id": site.organization })).await;

    let twice = chief
        .call("folders.create", json!({ "parent": site.top, "name": " NORTH " }))
        .await;
    assert_eq!(wrong_fields(twice), [("name".to_owned(), ErrorCode::FieldTaken)]);
    let renamed = chief
        .call("folders.rename", json!({ "id": site.south, "name": "north" }))
        .await;
    assert_eq!(
        wrong_fields(renamed),
        [("name".to_owned(), ErrorCode::FieldTaken)]
    );
    for (id, parent, code) in [
        (&site.north, &site.attic, ErrorCode::FolderIntoItself),
        (&site.top, &site.north, ErrorCode::FolderIsDefault),
        (&site.north, &other_top, ErrorCode::FolderElsewhere),
    ] {
        assert_eq!(
            chief
                .refused("folders.move", json!({ "id": id, "parent": parent }))
                .await,
            code
        );
    }
    assert_eq!(
        chief.refused("folders.delete", json!({ "id": site.top })).await,
        ErrorCode::FolderIsDefault
    );
    let full = chief
        .call("folders.delete", json!({ "id": site.north }))
        .await
        .expect_err("it is not empty");
    assert_eq!(full.code, ErrorCode::FolderNotEmpty);
    assert_eq!(
        (full.params.get("folders"), full.params.get("systems")),
        (Some(&1_i64.into()), Some(&1_i64.into()))
    );
    let elsewhere = json!({ "ids": [site.in_north.system], "folder": other_top });
    assert_eq!(
        chief.ok("folders.move_systems", elsewhere).await[0]["problem"],
        "folder.other-organization"
    );
    assert_eq!(
        chief.ok("folders.tree", json!({ "id": site.organization })).await,
        before
    );

    let mut deepest = site.attic.clone();
    for level in 4..=8 {
        deepest = add_folder(&chief, &deepest, &format!("Level {level}")).await;
    }
    let ninth = json!({ "parent": deepest, "name": "Level 9" });
    assert_eq!(
        chief.refused("folders.create", ninth).await,
        ErrorCode::FolderTooDeep
    );

    // A connection that is removed leaves its system's row behind, and that does not hold up the folder (ORG-21).
    chief
        .ok("connections.remove", json!({ "ids": [site.in_south.connection] }))
        .await;
    chief.ok("folders.delete", json!({ "id": site.south })).await;
    chief
        .ok("folders.rename", json!({ "id": site.top, "name": "Everything" }))
        .await;
    // A list that shows the folder of its systems is told which rows have another name in it (UI-26).
    let mut window = Window::open(&harness, &chief).await;
    chief
        .ok("folders.rename", json!({ "id": site.north, "name": "Quay" }))
        .await;
    let events = window.events().await;
    let system: uuid::Uuid = site.in_north.system.parse().expect("an id");
    assert!(
        events.iter().any(
            |event| matches!(event, Event::Changed { feature, ids, many: false, .. }
                if feature.0 == "systems" && *ids == [system])
        ),
        "{events:?}"
    );
    let names: Vec<Value> = chief
        .ok("folders.tree", json!({ "id": site.organization }))
        .await
        .as_array()
        .expect("folders")
        .iter()
        .map(|folder| folder["name"].clone())
        .collect();
    assert_eq!(
        names[..3],
        [json!("Attic"), json!("Everything"), json!("Level 4")]
    );
}

/// ORG-05, ORG-10, RGT-09, RGT-10: an admin manages members but no owner; the last owner stays, also when two act at once; an operator
/// has at least one folder, of this organization.
#[tokio::test(flavor = "multi_thread")]
async fn members_are_changed_within_the_rights() {
    let (harness, chief) = harness().await;
    let site = site(&harness, &chief, "Harbour").await;
    let other = add_customer(&chief, "Other").await;
    let other_top = default_folder(&chief, &other).await;
    let set = |account: &str, role: Value, folders: &[&str]| json!({ "organization": site.organization, "account": account, "role": role, "folders": folders });
    let (steward_id, steward) = harness.operator(&chief, "steward").await;
    let (first_id, first) = harness.operator(&chief, "first").await;
    let (second_id, second) = harness.operator(&chief, "second").await;
    let hand_id = add_account(&chief, "hand", "operator").await;
    let chief_id = own_id(&chief).await;
    grant(&chief, &site.organization, &steward_id, "admin", &[]).await;
    grant(&chief, &site.organization, &first_id, "owner", &[]).await;
    grant(&steward, &site.organization, &hand_id, "operator", &[&site.north]).await;
    for (account, role) in [
        (&hand_id, json!("owner")),
        (&first_id, json!("admin")),
        (&first_id, Value::Null),
    ] {
        let code = steward
            .refused("organizations.set_grants", set(account, role, &[]))
            .await;
        assert_eq!(code, ErrorCode::RightMissing);
    }
    let nothing = steward
        .call("organizations.set_grants", set(&hand_id, json!("viewer"), &[]))
        .await;
    assert_eq!(
        wrong_fields(nothing),
        [("folders".to_owned(), ErrorCode::FieldRequired)]
    );
    let foreign = steward
        .call(
            "organizations.set_grants",
            set(&hand_id, json!("viewer"), &[&other_top]),
        )
        .await;
    assert_eq!(
        wrong_fields(foreign),
        [("folders".to_owned(), ErrorCode::FieldNotAChoice)]
    );

    // Whoever made the customer owns it, too, and goes; then two owners demote each other at the same time.
    first
        .ok("organizations.set_grants", set(&chief_id, Value::Null, &[]))
        .await;
    first
        .ok("organizations.set_grants", set(&second_id, json!("owner"), &[]))
        .await;
    let (one, two) = tokio::join!(
        first.call("organizations.set_grants", set(&second_id, json!("admin"), &[])),
        second.call("organizations.set_grants", set(&first_id, json!("admin"), &[])),
    );
    let refusal = match (one, two) {
        (Ok(_), Err(refusal)) | (Err(refusal), Ok(_)) => refusal,
        both => panic!("exactly one of them is refused: {both:?}"),
    };
    assert_eq!(refusal.code, ErrorCode::RightMissing);
    let role_of = async |person: &Person| {
        person
            .ok("organizations.read", json!({ "id": site.organization }))
            .await["role"]
            .clone()
    };
    let roles = [role_of(&first).await, role_of(&second).await];
    let (owner, owner_id) = if roles[0] == "owner" {
        (&first, &first_id)
    } else {
        (&second, &second_id)
    };
    assert!(
        roles.contains(&json!("owner")) && roles.contains(&json!("admin")),
        "{roles:?}"
    );
    for role in [json!("admin"), Value::Null] {
        let code = owner
            .refused("organizations.set_grants", set(owner_id, role.clone(), &[]))
            .await;
        assert_eq!(code, ErrorCode::LastOwner);
        assert_eq!(
            chief
                .refused("organizations.set_grants", set(owner_id, role, &[]))
                .await,
            ErrorCode::LastOwner
        );
    }
}

/// ORG-06, ORG-07: an organization that is archived while its list, panel and alarms are open is gone from all of them, for
/// administrators, too, and comes back as it was.
#[tokio::test(flavor = "multi_thread")]
async fn an_archived_organization_is_gone_and_comes_back() {
    let (harness, chief) = harness().await;
    let site = site(&harness, &chief, "Harbour").await;
    let (account, hand) = harness.operator(&chief, "hand").await;
    grant(&chief, &site.organization, &account, "operator", &[&site.north]).await;
    hand.ok(
        "session.choose_organization",
        json!({ "organization": site.organization }),
    )
    .await;
    let (all, some) = (seen(&chief, &site).await, seen(&hand, &site).await);
    assert_eq!((all.len(), some.len()), (3, 2));
    let mut windows = [
        Window::open(&harness, &chief).await,
        Window::open(&harness, &hand).await,
    ];

    let tagged = json!({ "ids": [site.organization], "add_tags": ["quay"] });
    chief.ok("customers.edit", tagged).await;
    let archive = |confirmation: &str| json!({ "id": site.organization, "confirmation": confirmation });
    let wrong = chief.call("organizations.archive", archive("Harbour")).await;
    assert_eq!(
        wrong_fields(wrong),
        [("confirmation".to_owned(), ErrorCode::IdNotRepeated)]
    );
    assert_eq!(
        hand.refused("organizations.archive", archive(&site.organization))
            .await,
        ErrorCode::RightMissing
    );
    for window in &mut windows {
        window.events().await;
    }
    chief
        .ok("organizations.archive", archive(&site.organization))
        .await;
    for window in &mut windows {
        assert!(window.is_told_everything().await);
    }
    let here = json!({ "id": site.organization, "confirmation": site.organization });
    for person in [&chief, &hand] {
        assert_eq!(seen(person, &site).await, Vec::<String>::new());
        assert_eq!(person.ok("customers.tags", json!({})).await, json!([]));
        for list in ["customers", "systems", "alarms"] {
            let scoped = json!({ "organization": site.organization });
            assert_eq!(person.index(list, scoped).await, Vec::<String>::new(), "{list}");
        }
        for command in [
            "organizations.read",
            "customers.panel",
            "customers.read",
            "folders.tree",
        ] {
            assert_eq!(
                person.refused(command, here.clone()).await,
                ErrorCode::NotFound,
                "{command}"
            );
        }
        assert_eq!(
            person.ok("organizations.find", json!({ "limit": 5 })).await["total"],
            0
        );
        let rows = json!({ "ids": [site.in_north.system] });
        assert_eq!(person.ok("systems.window", rows).await, json!([]));
        let removed = person
            .ok("connections.remove", json!({ "ids": [site.in_north.connection] }))
            .await;
        assert_eq!(removed[0]["problem"], "not-found");
    }
    assert_eq!(
        hand.ok("session.current", json!({})).await["organization"],
        Value::Null
    );
    assert_eq!(
        hand.refused("organizations.restore", here.clone()).await,
        ErrorCode::RightMissing
    );
    assert_eq!(chief.ok("administration.about", json!({})).await["systems"], 0);

    // Its name is free meanwhile; what took it has to be called something else before.
    let usurper = add_customer(&chief, "Harbour").await;
    let taken = chief.call("organizations.restore", here.clone()).await;
    assert_eq!(wrong_fields(taken), [("name".to_owned(), ErrorCode::FieldTaken)]);
    chief.ok("customers.delete", json!({ "ids": [usurper] })).await;
    for window in &mut windows {
        window.events().await;
    }
    chief.ok("organizations.restore", here.clone()).await;
    for window in &mut windows {
        assert!(window.is_told_everything().await);
    }
    assert_eq!(seen(&chief, &site).await, all);
    assert_eq!(seen(&hand, &site).await, some);
    assert_eq!(
        chief.refused("organizations.restore", here).await,
        ErrorCode::NotFound
    );
}

/// ORG-22, RGT-01: of an organization of which one folder was granted, the customer list, the panel, the dashboard, the search and
/// what is launched show the connections that lead there, and nothing of the one the organization is otherwise shown by.
#[tokio::test(flavor = "multi_thread")]
async fn a_hidden_connection_is_shown_nowhere() {
    let (harness, chief) = harness().await;
    let site = site(&harness, &chief, "Harbour").await;
    let (account, hand) = harness.operator(&chief, "hand").await;
    let organization: flotilla_kernel::ids::OrganizationId = site.organization.parse().expect("an id");
    let id_of = |text: &str| text.parse::<flotilla_kernel::ids::ConnectionId>().expect("an id");
    let mut transaction = harness.workspace().await.database.begin().await.expect("begins");
    let writer = transaction.connection();
    // The hidden one is the main one, down, with a certificate that ends and a licence that has ended.
    for sql in [
        "UPDATE connection SET host = '10.99.99.99', state = 'disconnected', status = 'unreachable', status_detail = 'hidden detail',
            certificate_until = 5 WHERE id = ?1",
        "INSERT INTO solution (connection_id, system_name, version, version_key, profile, provider, reseller, licence_state, licences)
         VALUES (?1, 'Hidden Primary', '9.9.9', '9.9.9', 'Hidden profile', 'Hidden provider', 'Hidden reseller', 'expired',
            '[{\"licence_type\":\"Hidden licence\",\"quantity\":1,\"free\":0,\"expires\":\"2020-01-01\",\"valid\":false}]')",
        "UPDATE customer SET main_connection_id = ?1",
    ] {
        sqlx::query(sql)
            .bind(id_of(&site.in_south.connection))
            .execute(&mut *writer)
            .await
            .expect("changed");
    }
    for placed in [&site.in_north, &site.in_attic] {
        sqlx::query(
            "UPDATE connection SET host = '10.1.1.1', state = 'connected', status = 'success' WHERE id = ?1",
        )
        .bind(id_of(&placed.connection))
        .execute(&mut *writer)
        .await
        .expect("changed");
    }
    flotilla_core::customers::store::summarize(writer, organization)
        .await
        .expect("a summary");
    transaction.commit().await.expect("commits");
    grant(&chief, &site.organization, &account, "operator", &[&site.north]).await;

    let id = json!({ "id": site.organization });
    let launch = json!({ "ids": [site.organization], "application": "web_manager" });
    let shown = async |person: &Person| {
        let mut everything = json!([
            person.rows("customers", json!({})).await,
            person.ok("customers.panel", id.clone()).await,
            person.ok("dashboard.read", json!({})).await,
            person.ok("customers.plan_launch", launch.clone()).await,
        ])
        .to_string();
        for column in [
            "host",
            "system_name",
            "version",
            "profile",
            "status",
            "licences",
            "licence_until",
        ] {
            everything += &seen::exported(person, "customers", column).await.join("\n");
        }
        everything
    };
    let of_all = shown(&chief).await;
    assert!(
        of_all.contains("10.99.99.99") && of_all.contains("Hidden Primary"),
        "{of_all}"
    );
    let of_a_part = shown(&hand).await;
    for hidden in ["10.99.99.99", "idden", "9.9.9", "unreachable", "disconnected"] {
        assert!(!of_a_part.contains(hidden), "{hidden}: {of_a_part}");
    }
    let row = hand.rows("customers", json!({})).await.remove(0);
    assert_eq!(
        (
            &row["host"],
            &row["connection"],
            &row["status"],
            &row["certificate_until"]
        ),
        (
            &json!("10.1.1.1"),
            &json!("connected"),
            &json!("success"),
            &Value::Null
        )
    );
    let found = async |person: &Person, query: Value| person.index("customers", query).await.len();
    for search in ["10.99.99.99", "Hidden Primary", "9.9.9"] {
        assert_eq!(found(&hand, json!({ "search": search })).await, 0, "{search}");
        assert_eq!(found(&chief, json!({ "search": search })).await, 1, "{search}");
    }
    assert_eq!(found(&hand, json!({ "search": "harbour 10.1.1.1" })).await, 1);
    let down = json!({ "criteria": [{ "column": "status", "test": { "kind": "any_of", "values": ["unreachable"] } }] });
    assert_eq!(
        (found(&hand, down.clone()).await, found(&chief, down).await),
        (0, 1)
    );
    // Granted everything, they are shown what an administrator is.
    grant(&chief, &site.organization, &account, "operator", &[&site.top]).await;
    assert_eq!(
        hand.rows("customers", json!({})).await,
        chief.rows("customers", json!({})).await
    );
}

/// ORG-22, RGT-01: of a telephone solution whose systems are in several folders, who does not see its primary is told nothing that
/// the primary says: neither its name and version nor the solution's profile and licences.
#[tokio::test(flavor = "multi_thread")]
async fn a_hidden_primary_is_shown_nowhere() {
    let (harness, chief) = harness().await;
    let site = site(&harness, &chief, "Harbour").await;
    let (account, hand) = harness.operator(&chief, "hand").await;
    let bytes = |text: &str| text.parse::<uuid::Uuid>().expect("an id").into_bytes().to_vec();
    let mut transaction = harness.workspace().await.database.begin().await.expect("begins");
    for (sql, id) in [
        ("UPDATE system SET connection_id = ?1, role = 'primary', name = 'Hidden Primary', name_key = 'hidden primary',
            version = '9.9.9', version_key = '9.9.9' WHERE name = 'south-pbx'", &site.in_north.connection),
        ("UPDATE system SET role = 'expansion', version = '1.2.3', version_key = '1.2.3' WHERE connection_id = ?1 AND name = 'north-pbx'",
            &site.in_north.connection),
        ("INSERT INTO solution (connection_id, system_name, version, version_key, profile, provider, reseller, licence_state, licences)
            VALUES (?1, 'Hidden Primary', '9.9.9', '9.9.9', 'Hidden profile', '', '', 'expired',
            '[{\"licence_type\":\"Hidden licence\",\"quantity\":1,\"free\":0,\"expires\":\"2020-01-01\",\"valid\":false}]')",
            &site.in_north.connection),
        ("UPDATE customer SET main_connection_id = ?1, main_chosen = 1", &site.in_north.connection),
        ("UPDATE alarm SET alarm_type = 'licence', qualifier = 'Hidden licence' WHERE connection_id = ?1 AND system_id IS NULL",
            &site.in_north.connection),
    ] {
        sqlx::query(sql)
            .bind(bytes(id))
            .execute(transaction.connection())
            .await
            .expect("changed");
    }
    let organization = site.organization.parse().expect("an id");
    flotilla_core::customers::store::summarize(transaction.connection(), organization)
        .await
        .expect("a summary");
    transaction.commit().await.expect("commits");
    grant(&chief, &site.organization, &account, "operator", &[&site.north]).await;

    let shown = async |person: &Person| {
        let mut everything = json!([
            person.rows("customers", json!({})).await,
            person
                .ok("customers.panel", json!({ "id": site.organization }))
                .await,
            person.ok("dashboard.read", json!({})).await,
        ])
        .to_string();
        for column in ["system_name", "version", "profile", "licences", "licence_until"] {
            everything += &seen::exported(person, "customers", column).await.join("\n");
            let values = json!({ "list": "customers", "column": column, "query": {} });
            everything += &person.ok("lists.values", values).await.to_string();
        }
        everything
    };
    let of_all = shown(&chief).await;
    assert!(
        of_all.contains("Hidden Primary") && of_all.contains("9.9.9"),
        "{of_all}"
    );
    let of_a_part = shown(&hand).await;
    for hidden in ["idden", "9.9.9", "2020-01-01"] {
        assert!(!of_a_part.contains(hidden), "{hidden}: {of_a_part}");
    }
    let row = hand.rows("customers", json!({})).await.remove(0);
    assert_eq!(
        (&row["system_name"], &row["version"], &row["licences"]),
        (&json!("north-pbx"), &json!("1.2.3"), &json!("unknown"))
    );
    // Who is shown a name and a version finds them.
    for search in ["north-pbx", "1.2.3"] {
        let found = hand.index("customers", json!({ "search": search })).await;
        assert_eq!(found, std::slice::from_ref(&site.organization), "{search}");
    }
    let of_licences = json!({ "criteria": [{ "column": "alarm_type", "test": { "kind": "any_of", "values": ["licence"] } }] });
    assert_eq!(chief.index("alarms", of_licences.clone()).await.len(), 1);
    assert_eq!(hand.index("alarms", of_licences.clone()).await.len(), 0);
    assert_eq!(row["alarms"], 3, "{row}");
    // Granted the primary's folder, too, they are told what it says.
    let both = [site.north.as_str(), &site.south];
    grant(&chief, &site.organization, &account, "operator", &both).await;
    let row = hand.rows("customers", json!({})).await.remove(0);
    assert_eq!(
        (&row["system_name"], &row["version"], &row["licences"]),
        (&json!("Hidden Primary"), &json!("9.9.9"), &json!("expired"))
    );
    assert_eq!(hand.index("alarms", of_licences).await.len(), 1);
}

/// ORG-22: a connection that has no systems yet is seen, with what is told of it, by those who see the folder its systems will appear
/// in, and by nobody who was granted another one.
#[tokio::test(flavor = "multi_thread")]
async fn a_connection_without_systems_is_in_the_default_folder() {
    let (harness, chief) = harness().await;
    let site = site(&harness, &chief, "Harbour").await;
    let (account, hand) = harness.operator(&chief, "hand").await;
    let of_all = chief
        .ok("connections.of", json!({ "organization": site.organization }))
        .await;
    assert_eq!(of_all.as_array().map(Vec::len), Some(4));
    let connections = async || {
        let seen = hand
            .ok("connections.of", json!({ "organization": site.organization }))
            .await;
        seen.as_array().map(Vec::len)
    };
    grant(&chief, &site.organization, &account, "operator", &[&site.north]).await;
    assert_eq!(connections().await, Some(2));
    grant(&chief, &site.organization, &account, "operator", &[&site.top]).await;
    assert_eq!(connections().await, Some(4));
}

/// ORG-22, RGT-01: what was exported before a grant is withdrawn, and not fetched, cannot be fetched after it.
#[tokio::test(flavor = "multi_thread")]
async fn a_ready_export_goes_with_the_grant() {
    let (harness, chief) = harness().await;
    let site = site(&harness, &chief, "Harbour").await;
    let (account, hand) = harness.operator(&chief, "hand").await;
    grant(&chief, &site.organization, &account, "operator", &[&site.north]).await;
    let export = json!({ "list": "systems", "query": {}, "columns": ["name"], "ids": null, "format": "csv" });
    let download = hand.ok("lists.export", export).await["download"].clone();
    let id = serde_json::from_value(download).expect("an id");
    let workspace = harness.workspace().await;
    let session = hand.session().await;
    assert!(workspace.transfers.fetch(id, session).is_ok());
    let nothing = json!({ "organization": site.organization, "account": account, "role": null });
    chief.ok("organizations.set_grants", nothing).await;
    let withdrawn = async {
        while workspace.transfers.fetch(id, session).is_ok() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(60), withdrawn)
        .await
        .expect("it is withdrawn");
}

/// ORG-06: an archived organization is not reached by its id either, also not by administrators: neither shown, nor counted, nor
/// launched, nor deleted.
#[tokio::test(flavor = "multi_thread")]
async fn an_archived_customer_is_not_reached_by_its_id() {
    let (harness, chief) = harness().await;
    let site = site(&harness, &chief, "Harbour").await;
    let ids = json!({ "ids": [site.organization] });
    assert_eq!(
        chief.ok("customers.plan_deletion", ids.clone()).await["customers"],
        1
    );
    chief
        .ok(
            "organizations.archive",
            json!({ "id": site.organization, "confirmation": site.organization }),
        )
        .await;
    assert_eq!(chief.ok("customers.window", ids.clone()).await, json!([]));
    let plan = chief.ok("customers.plan_deletion", ids.clone()).await;
    assert_eq!(
        (&plan["customers"], &plan["systems"], &plan["alarms"]),
        (&json!(0), &json!(0), &json!(0))
    );
    let launch = json!({ "ids": [site.organization], "application": "web_manager" });
    let launch = chief.ok("customers.plan_launch", launch).await;
    assert_eq!(launch["addresses"], json!([]));
    assert_eq!(
        chief.ok("customers.delete", ids.clone()).await[0]["problem"],
        "not-found"
    );
    let panel = chief
        .refused("customers.panel", json!({ "id": site.organization }))
        .await;
    assert_eq!(panel, ErrorCode::NotFound);
    chief
        .ok(
            "organizations.restore",
            json!({ "id": site.organization, "confirmation": site.organization }),
        )
        .await;
    assert_eq!(
        chief.ok("customers.window", ids).await.as_array().map(Vec::len),
        Some(1)
    );
}
