//! Members: listed, changed, removed and promoted, one or several, by those who may (ORG-05, ORG-10 to ORG-15), and the history of an
//! organization (ORG-30).

use crate::folders::seen::{Site, Window, seen, site};
use crate::harness::{Harness, Person};
use crate::people::{
    account_form, add_account, add_customer, add_folder, default_folder, grant, harness, own_id, wrong_fields,
};
use flotilla_kernel::error::ErrorCode;
use serde_json::{Value, json};

/// The rows of the list of members, as somebody sees them, by name or address.
pub async fn members(person: &Person, organization: &str) -> Vec<Value> {
    person
        .rows("members", json!({ "organization": organization }))
        .await
}

/// The row of a member.
pub async fn member(person: &Person, organization: &str, login: &str) -> Value {
    let rows = members(person, organization).await;
    let found = rows
        .iter()
        .find(|row| row["login"] == login || row["email"] == login);
    found.unwrap_or_else(|| panic!("{login}: {rows:?}")).clone()
}

/// Ids of members by their login names.
pub async fn ids(person: &Person, organization: &str, logins: &[&str]) -> Vec<String> {
    let mut ids = Vec::new();
    for login in logins {
        let row = member(person, organization, login).await;
        ids.push(row["id"].as_str().expect("an id").to_owned());
    }
    ids
}

fn problems(outcomes: &Value) -> Vec<(String, Value)> {
    let outcomes = outcomes.as_array().expect("outcomes").iter();
    outcomes
        .map(|one| {
            let name = one["name"].as_str().expect("a name").to_owned();
            (name, one["problem"].clone())
        })
        .collect()
}

/// A site whose members are an owner, a second one, an admin, an operator of *North* and a viewer of *South*.
async fn staffed(harness: &Harness, chief: &Person) -> (Site, [Person; 4]) {
    let site = site(harness, chief, "Harbour").await;
    let (first_id, first) = harness.operator(chief, "first").await;
    let (second_id, second) = harness.operator(chief, "second").await;
    let (steward_id, steward) = harness.operator(chief, "steward").await;
    let (hand_id, hand) = harness.operator(chief, "hand").await;
    let viewer = add_account(chief, "viewer", "operator").await;
    let organization = &site.organization;
    grant(chief, organization, &first_id, "owner", &[]).await;
    grant(chief, organization, &second_id, "owner", &[]).await;
    grant(chief, organization, &steward_id, "admin", &[]).await;
    grant(chief, organization, &hand_id, "operator", &[&site.north]).await;
    grant(chief, organization, &viewer, "viewer", &[&site.south]).await;
    // Whoever made the customer owns it, too, and goes.
    let maker = ids(chief, organization, &["chief"]).await;
    chief
        .ok(
            "members.remove",
            json!({ "organization": organization, "ids": maker }),
        )
        .await;
    (site, [first, second, steward, hand])
}

/// ORG-13, ORG-15, RGT-01: every member sees who the others are and what they may; of folders it does not see nothing but how many
/// there are. The list is searched, filtered and exported as every other.
#[tokio::test(flavor = "multi_thread")]
async fn members_are_listed() {
    let (harness, chief) = harness().await;
    let (site, [.., hand]) = staffed(&harness, &chief).await;
    let rows = members(&chief, &site.organization).await;
    let shown: Vec<Value> = rows
        .iter()
        .map(|row| {
            json!([
                row["login"],
                row["role"],
                row["every_folder"],
                row["state"],
                row["origin"]
            ])
        })
        .collect();
    assert_eq!(
        shown,
        [
            json!(["first", "owner", true, "active", "by_hand"]),
            json!(["hand", "operator", false, "active", "by_hand"]),
            json!(["second", "owner", true, "active", "by_hand"]),
            json!(["steward", "admin", true, "active", "by_hand"]),
            json!(["viewer", "viewer", false, "active", "by_hand"]),
        ]
    );
    let row = |login: &str, rows: &[Value]| {
        rows.iter()
            .find(|row| row["login"] == login)
            .expect("a row")
            .clone()
    };
    assert_eq!(
        row("hand", &rows)["folders"],
        json!([{ "id": site.north, "name": "North" }])
    );
    assert!(row("hand", &rows)["last_seen"].is_i64(), "it has signed in");
    assert_eq!(row("viewer", &rows)["last_seen"], Value::Null);

    let seen_by_hand = members(&hand, &site.organization).await;
    assert_eq!(seen_by_hand.len(), rows.len());
    let viewer = row("viewer", &seen_by_hand);
    assert_eq!(
        (&viewer["folders"], &viewer["other_folders"]),
        (&json!([]), &json!(1))
    );
    let by_folder = json!({
        "organization": site.organization,
        "criteria": [{ "column": "folders", "test": { "kind": "any_of", "values": ["South"] } }],
    });
    assert_eq!(chief.index("members", by_folder.clone()).await.len(), 1);
    assert_eq!(
        hand.index("members", by_folder).await.len(),
        0,
        "a folder it does not see"
    );
    let search = json!({ "organization": site.organization, "search": "STEW" });
    assert_eq!(hand.index("members", search).await.len(), 1);
    let exported = json!({
        "list": "members", "query": { "organization": site.organization }, "columns": ["name", "role", "folders"], "format": "csv",
    });
    hand.ok("lists.export", exported).await;
    // A list of members is one organization's.
    assert_eq!(
        chief.refused("members.index", json!({})).await,
        ErrorCode::BadArguments
    );
    let (_, outsider) = harness.operator(&chief, "outsider").await;
    assert_eq!(members(&outsider, &site.organization).await, Vec::<Value>::new());
    let direct = json!({ "ids": ids(&chief, &site.organization, &["hand"]).await });
    assert_eq!(outsider.ok("members.window", direct).await, json!([]));
}

/// ORG-15, RGT-09, RGT-10: who may not is refused; an admin cannot touch an owner, alone or among others, and the others are done.
#[tokio::test(flavor = "multi_thread")]
async fn who_may_not_changes_nothing() {
    let (harness, chief) = harness().await;
    let (site, [_, _, steward, hand]) = staffed(&harness, &chief).await;
    let organization = &site.organization;
    let of = json!({ "organization": organization, "ids": ids(&chief, organization, &["viewer"]).await });
    for command in ["members.remove", "members.promote"] {
        assert_eq!(
            hand.refused(command, of.clone()).await,
            ErrorCode::RightMissing,
            "{command}"
        );
    }
    let invite = json!({ "organization": organization, "emails": ["a@example.org"], "role": "viewer", "folders": [site.north] });
    assert_eq!(
        hand.refused("invitations.send", invite).await,
        ErrorCode::RightMissing
    );

    let several = ids(&chief, organization, &["first", "hand", "viewer"]).await;
    let access =
        json!({ "organization": organization, "ids": several, "role": "viewer", "folders": [site.attic] });
    let planned = steward.ok("members.plan_access", access.clone()).await;
    assert_eq!(planned[0]["problem"], "right.missing");
    assert_eq!(
        problems(&steward.ok("members.set_access", access).await),
        [
            ("first".to_owned(), json!("right.missing")),
            ("hand".to_owned(), Value::Null),
            ("viewer".to_owned(), Value::Null)
        ]
    );
    assert_eq!(seen(&hand, &site).await, ["attic-pbx"]);
    let owner = json!({
        "organization": organization, "ids": ids(&chief, organization, &["hand"]).await, "role": "owner", "folders": [],
    });
    let outcome = steward.ok("members.set_access", owner).await;
    assert_eq!(outcome[0]["problem"], "right.missing");
    let removed = json!({ "organization": organization, "ids": several });
    assert_eq!(
        problems(&steward.ok("members.remove", removed).await),
        [
            ("first".to_owned(), json!("right.missing")),
            ("hand".to_owned(), Value::Null),
            ("viewer".to_owned(), Value::Null)
        ]
    );
    assert_eq!(members(&chief, organization).await.len(), 3);
    // ORG-14: the accounts stay.
    harness.sign_in("viewer").await;
    // What was refused is in the log.
    let refused = json!({ "criteria": [
        { "column": "act", "test": { "kind": "any_of", "values": ["members.remove", "members.set_access"] } },
        { "column": "result", "test": { "kind": "any_of", "values": ["refused"] } },
    ] });
    assert_eq!(chief.index("audit", refused).await.len(), 4);
}

/// ORG-05: of all owners at once one stays; two who remove each other at the same time leave one; and so does removing and demoting.
#[tokio::test(flavor = "multi_thread")]
async fn the_last_owner_stays_whoever_acts() {
    let (harness, chief) = harness().await;
    let (site, [first, second, ..]) = staffed(&harness, &chief).await;
    let organization = &site.organization;
    let both = ids(&chief, organization, &["first", "second"]).await;
    let demoted =
        json!({ "organization": organization, "ids": both, "role": "viewer", "folders": [site.north] });
    let planned = chief.ok("members.plan_access", demoted.clone()).await;
    assert_eq!(
        (&planned[0]["problem"], &planned[1]["problem"]),
        (&Value::Null, &json!("organization.last-owner"))
    );
    let outcomes = problems(&chief.ok("members.set_access", demoted).await);
    assert_eq!(
        outcomes,
        [
            ("first".to_owned(), Value::Null),
            ("second".to_owned(), json!("organization.last-owner"))
        ]
    );
    let again = json!({ "organization": organization, "ids": [both[0]], "role": "owner", "folders": [] });
    second.ok("members.set_access", again).await;

    // One removes the other, the other demotes the one, at the same time; whoever comes second finds that it is no owner any more.
    let (removed, demoted) = tokio::join!(
        first.call(
            "members.remove",
            json!({ "organization": organization, "ids": [both[1]] })
        ),
        second.call(
            "members.set_access",
            json!({ "organization": organization, "ids": [both[0]], "role": "admin", "folders": [] })
        ),
    );
    let done = [removed, demoted].into_iter().filter(|outcome| {
        outcome
            .as_ref()
            .is_ok_and(|outcomes| outcomes[0]["problem"].is_null())
    });
    assert_eq!(done.count(), 1);
    // Two administrators take an owner each, at once: as many windows as one likes, one owner is left.
    for login in ["first", "second"] {
        let account = harness.sign_in(login).await;
        grant(&chief, organization, &own_id(&account).await, "owner", &[]).await;
    }
    let owners = ids(&chief, organization, &["first", "second"]).await;
    let remove = |id: &String| {
        let arguments = json!({ "organization": organization, "ids": [id] });
        let chief = chief.clone();
        async move { chief.ok("members.remove", arguments).await[0]["problem"].clone() }
    };
    let (one, two) = tokio::join!(remove(&owners[0]), remove(&owners[1]));
    let mut outcomes = [one, two];
    outcomes.sort_by_key(Value::is_null);
    assert_eq!(outcomes, [json!("organization.last-owner"), Value::Null]);
    let rows = members(&chief, organization).await;
    assert_eq!(rows.iter().filter(|row| row["role"] == "owner").count(), 1);
}

/// ORG-13, ORG-22: what another role and other folders change is said in numbers before, and is so afterwards, at once.
#[tokio::test(flavor = "multi_thread")]
async fn what_changes_is_said_in_numbers() {
    let (harness, chief) = harness().await;
    let (site, [_, _, steward, hand]) = staffed(&harness, &chief).await;
    let organization = &site.organization;
    let of = ids(&chief, organization, &["hand"]).await;
    let access = |role: &str, folders: &[&str]| json!({ "organization": organization, "ids": of, "role": role, "folders": folders });
    let planned = steward
        .ok(
            "members.plan_access",
            access("viewer", &[&site.attic, &site.south]),
        )
        .await;
    assert_eq!(
        planned,
        json!([{
            "id": of[0], "name": "hand", "before": "operator", "systems_before": 2, "systems_after": 2,
            "gains": [{ "id": site.south, "name": "South", "systems": 1 }],
            "loses": [{ "id": site.north, "name": "North", "systems": 1 }],
            "problem": null,
        }])
    );
    let planned = steward.ok("members.plan_access", access("admin", &[])).await;
    assert_eq!(
        (&planned[0]["systems_after"], &planned[0]["loses"]),
        (&json!(3), &json!([]))
    );
    let mut window = Window::open(&harness, &hand).await;
    steward
        .ok(
            "members.set_access",
            access("viewer", &[&site.attic, &site.south]),
        )
        .await;
    assert!(window.is_told_everything().await);
    assert_eq!(seen(&hand, &site).await, ["attic-pbx", "south-pbx"]);
    let nothing = steward.call("members.set_access", access("operator", &[])).await;
    assert_eq!(
        wrong_fields(nothing),
        [("folders".to_owned(), ErrorCode::FieldRequired)]
    );
    let unknown =
        json!({ "organization": organization, "ids": [site.north], "role": "admin", "folders": [] });
    assert_eq!(
        steward.ok("members.set_access", unknown).await[0]["problem"],
        "not-found"
    );
    // An id of another organization is none of this one.
    let other = add_customer(&chief, "Other").await;
    let foreign = ids(&chief, &other, &["chief"]).await;
    let foreign = json!({ "organization": organization, "ids": foreign });
    assert_eq!(
        steward.ok("members.remove", foreign).await[0]["problem"],
        "not-found"
    );
}

/// ACC-16, ORG-13, ORG-14: a membership by a label says so, with what matched; it is not removed but with the label. Made by hand from
/// then on, it stays; and a place that somebody has by hand is none of a label's.
#[tokio::test(flavor = "multi_thread")]
async fn a_label_makes_a_member_and_says_so() {
    let (harness, chief) = harness().await;
    let site = site(&harness, &chief, "Harbour").await;
    let organization = &site.organization;
    let marie = add_account(&chief, "marie", "operator").await;
    let paul = add_account(&chief, "paul", "operator").await;
    grant(&chief, organization, &paul, "viewer", &[&site.south]).await;
    let label = async |account: &str, labels: Value| {
        let form = account_form(&chief, account, json!({ "labels": labels })).await;
        chief.ok("accounts.save", form).await;
    };
    let connection: flotilla_kernel::ids::ConnectionId = site.in_north.connection.parse().expect("an id");
    let mut transaction = harness.workspace().await.database.begin().await.expect("begins");
    sqlx::query(
        "INSERT INTO solution (connection_id, provider, reseller, provider_key, reseller_key) VALUES (?, 'Nord Telecom', '', 'nord telecom', '')",
    )
    .bind(connection)
    .execute(transaction.connection())
    .await
    .expect("a solution");
    transaction.commit().await.expect("commits");
    label(&marie, json!(["NORD TELECOM", "other"])).await;
    label(&paul, json!(["nord telecom"])).await;

    let row = member(&chief, organization, "marie").await;
    assert_eq!(
        json!([
            row["role"],
            row["origin"],
            row["labels"],
            row["folders"][0]["name"]
        ]),
        json!(["operator", "label", ["Nord Telecom"], "Default folder"])
    );
    let paul_row = member(&chief, organization, "paul").await;
    assert_eq!(
        json!([paul_row["role"], paul_row["origin"]]),
        json!(["viewer", "by_hand"])
    );
    let removed = chief
        .ok(
            "members.remove",
            json!({ "organization": organization, "ids": [row["id"]] }),
        )
        .await;
    assert_eq!(removed[0]["problem"], "member.by-label");
    // The label goes, and with it the place; by hand stays.
    label(&marie, json!([])).await;
    label(&paul, json!([])).await;
    let logins: Vec<Value> = members(&chief, organization)
        .await
        .iter()
        .map(|row| row["login"].clone())
        .collect();
    assert_eq!(logins, [json!("chief"), json!("paul")]);
    // Changed by hand it is by hand.
    label(&marie, json!(["nord telecom"])).await;
    let by_hand = json!({
        "organization": organization, "ids": ids(&chief, organization, &["marie"]).await, "role": "viewer", "folders": [site.attic],
    });
    chief.ok("members.set_access", by_hand).await;
    label(&marie, json!([])).await;
    let row = member(&chief, organization, "marie").await;
    assert_eq!(json!([row["role"], row["origin"]]), json!(["viewer", "by_hand"]));
}

/// ORG-30, RGT-01: the history of an organization is what the audit log has of it, of an act on several in each; who sees a part of the
/// organization is not shown what names the others; nothing of other organizations is in it.
#[tokio::test(flavor = "multi_thread")]
async fn an_organization_has_a_history() {
    let (harness, chief) = harness().await;
    let (site, [_, _, steward, hand]) = staffed(&harness, &chief).await;
    let other = add_customer(&chief, "Other").await;
    let other_top = default_folder(&chief, &other).await;
    add_folder(&chief, &other_top, "Elsewhere").await;
    add_folder(&chief, &site.south, "Hidden cellar").await;
    let both = json!({ "ids": [site.organization, other], "add_tags": ["gold"] });
    chief.ok("customers.edit", both).await;
    let history = async |person: &Person| {
        person
            .rows("activity", json!({ "organization": site.organization }))
            .await
    };
    let rows = history(&chief).await;
    let texts = serde_json::to_string(&rows).expect("JSON");
    assert!(
        texts.contains("Hidden cellar") && texts.contains("customers.edit"),
        "{texts}"
    );
    assert!(!texts.contains("Elsewhere") && !texts.contains(&other), "{texts}");
    assert_eq!(history(&steward).await, rows, "it sees every folder");
    let of_a_part = serde_json::to_string(&history(&hand).await).expect("JSON");
    assert!(
        of_a_part.contains("organizations.set_grants") && !of_a_part.contains("Hidden cellar"),
        "{of_a_part}"
    );
    let query = json!({
        "organization": site.organization, "search": "cellar",
        "criteria": [{ "column": "act", "test": { "kind": "any_of", "values": ["folders.create"] } }],
    });
    assert_eq!(chief.index("activity", query.clone()).await.len(), 1);
    assert_eq!(hand.index("activity", query).await.len(), 0);
    let export = json!({
        "list": "activity", "query": { "organization": site.organization }, "columns": ["at", "who", "act", "details"], "format": "xlsx",
    });
    steward.ok("lists.export", export).await;
    let (_, outsider) = harness.operator(&chief, "outsider").await;
    assert_eq!(history(&outsider).await, Vec::<Value>::new());
    let ids: Vec<&Value> = rows.iter().map(|row| &row["id"]).collect();
    assert_eq!(
        outsider.ok("activity.window", json!({ "ids": ids })).await,
        json!([])
    );
    assert_eq!(
        chief.refused("activity.index", json!({})).await,
        ErrorCode::BadArguments
    );
    assert!(chief.ok("audit.verify", json!({})).await["broken_at"].is_null());
}

/// ORG-20, ORG-21, GEN-06: a zone is inherited from the folder above and in the end from the organization; before a folder is deleted
/// it is said what is in it, who loses access, and which invitations go.
#[tokio::test(flavor = "multi_thread")]
async fn folders_have_zones_and_say_what_goes_with_them() {
    let (harness, chief) = harness().await;
    let (site, [_, _, steward, hand]) = staffed(&harness, &chief).await;
    let zones = async || {
        let tree = chief.ok("folders.tree", json!({ "id": site.organization })).await;
        let mut zones: Vec<(String, Value)> = tree
            .as_array()
            .expect("folders")
            .iter()
            .map(|node| {
                (
                    node["name"].as_str().expect("a name").to_owned(),
                    node["zone_in_force"].clone(),
                )
            })
            .collect();
        zones.sort_by(|one, other| one.0.cmp(&other.0));
        zones.into_iter().map(|(_, zone)| zone).collect::<Vec<_>>()
    };
    assert_eq!(zones().await, ["Europe/Berlin"; 4]);
    let set = |zone: Value| json!({ "id": site.north, "zone": zone });
    steward.ok("folders.set_zone", set(json!("Asia/Tokyo"))).await;
    // Attic is below North; the default folder and South are not.
    assert_eq!(
        zones().await,
        ["Asia/Tokyo", "Europe/Berlin", "Asia/Tokyo", "Europe/Berlin"]
    );
    let wrong = steward.call("folders.set_zone", set(json!("Mars/Olympus"))).await;
    assert_eq!(
        wrong_fields(wrong),
        [("zone".to_owned(), ErrorCode::FieldNotAZone)]
    );
    assert_eq!(
        hand.refused("folders.set_zone", set(Value::Null)).await,
        ErrorCode::RightMissing
    );
    steward.ok("folders.set_zone", set(Value::Null)).await;
    assert_eq!(zones().await, ["Europe/Berlin"; 4]);

    let plan = async |id: &str| steward.ok("folders.plan_deletion", json!({ "id": id })).await;
    assert_eq!(
        plan(&site.north).await,
        json!({ "applications": [], "folders": 1, "systems": 1, "members": ["hand"], "invitations": 0 })
    );
    let cellar = add_folder(&steward, &site.top, "Cellar").await;
    let invite = |email: &str, folders: &[&str]| json!({ "organization": site.organization, "emails": [email], "role": "operator", "folders": folders });
    steward
        .ok("invitations.send", invite("only@example.org", &[&cellar]))
        .await;
    steward
        .ok(
            "invitations.send",
            invite("both@example.org", &[&cellar, &site.south]),
        )
        .await;
    assert_eq!(
        plan(&cellar).await,
        json!({ "applications": [], "folders": 0, "systems": 0, "members": [], "invitations": 1 })
    );
    assert_eq!(
        steward
            .refused("folders.plan_deletion", json!({ "id": site.top }))
            .await,
        ErrorCode::FolderIsDefault
    );
    steward.ok("folders.delete", json!({ "id": cellar })).await;
    let left: Vec<Value> = members(&chief, &site.organization)
        .await
        .iter()
        .filter(|row| row["state"] == "invited")
        .map(|row| json!([row["email"], row["folders"][0]["name"]]))
        .collect();
    assert_eq!(left, [json!(["both@example.org", "South"])]);
}

/// ORG-22, ORG-23: the list of systems is narrowed to a folder with all below it, whoever asks.
#[tokio::test(flavor = "multi_thread")]
async fn systems_are_found_by_their_folder() {
    let (harness, chief) = harness().await;
    let (site, [.., hand]) = staffed(&harness, &chief).await;
    let within = |folder: &str| {
        json!({ "organization": site.organization, "criteria": [
            { "column": "folder_id", "test": { "kind": "any_of", "values": [folder] } },
        ] })
    };
    let names = async |person: &Person, folder: &str| {
        let rows = person.rows("systems", within(folder)).await;
        rows.iter()
            .map(|row| {
                format!(
                    "{} in {}",
                    row["name"].as_str().expect("a name"),
                    row["folder"].as_str().expect("a name")
                )
            })
            .collect::<Vec<_>>()
    };
    assert_eq!(
        names(&chief, &site.north).await,
        ["attic-pbx in Attic", "north-pbx in North"]
    );
    assert_eq!(names(&chief, &site.top).await.len(), 3);
    assert_eq!(
        names(&hand, &site.top).await,
        ["attic-pbx in Attic", "north-pbx in North"]
    );
    assert_eq!(names(&hand, &site.south).await, Vec::<String>::new());
}
