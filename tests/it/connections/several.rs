//! Organizations whose connections come, change and go one by one.

use super::*;
use crate::harness::Harness;
use flotilla_kernel::error::ErrorCode;
use flotilla_kernel::events::Event;
use flotilla_kernel::ids::ConnectionId;
use flotilla_simulator::Fault;
use sqlx::Row as _;

/// Everything that lists show of an organization, without what every poll writes.
async fn shown(person: &Person, organization: &Value, connections: &[&Value]) -> Value {
    let mut shown = Vec::new();
    for &connection in connections {
        let mut view = view(person, organization, connection).await;
        view["last_contact"] = Value::Null;
        shown.push(view);
        for mut system in systems(person, organization, connection).await {
            system["last_contact"] = Value::Null;
            shown.push(system);
        }
    }
    json!(shown)
}

/// CUS-02, CUS-16, CUS-41, DEV-03: one organization with a telephone solution and three cameras, another with two solutions: all
/// are polled and shown, and a poll of one touches nothing that another brought.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_poll_touches_only_what_its_own_connection_brought() {
    let fleet = fleet(3, 3).await;
    let harness = Harness::new(true).await;
    let chief = harness.administrator().await;
    let (harbour, mill) = (
        organization(&chief, "Harbour").await,
        organization(&chief, "Mill").await,
    );
    let solutions = fleet.solutions();
    let exchange = add(&chief, solution_form(&harbour, &solutions[0])).await["id"].clone();
    let mut cameras = Vec::new();
    for camera in fleet.cameras() {
        cameras.push(add(&chief, camera_form(&harbour, camera)).await["id"].clone());
    }
    let upper = add(&chief, solution_form(&mill, &solutions[1])).await["id"].clone();
    let lower = add(&chief, solution_form(&mill, &solutions[2])).await["id"].clone();

    assert_eq!(summary(&chief, &harbour).await, (4, 4, "connected".into()));
    assert_eq!(summary(&chief, &mill).await, (2, 2, "connected".into()));
    let harbour_row = row(&chief, &harbour).await;
    assert_eq!(
        (
            &harbour_row["host"],
            &harbour_row["port"],
            &harbour_row["version"]
        ),
        (
            &json!(solutions[0].address()),
            &json!(solutions[0].port()),
            &json!(solutions[0].version())
        )
    );
    let expected = solutions[0].systems().len() + 3;
    assert_eq!(harbour_row["systems"], json!(expected));

    // The panel has the cards of one connection after those of another, in their age.
    let panel = chief.ok("customers.panel", json!({ "id": harbour })).await;
    let mut of_cards: Vec<&Value> = panel["systems"]
        .as_array()
        .expect("cards")
        .iter()
        .map(|card| &card["connection"])
        .collect();
    assert_eq!(of_cards.len(), expected);
    of_cards.dedup();
    assert_eq!(of_cards, [&exchange, &cameras[0], &cameras[1], &cameras[2]]);
    assert_eq!(panel["main_connection"], exchange);

    for (id, camera) in cameras.iter().zip(fleet.cameras()) {
        let systems = systems(&chief, &harbour, id).await;
        let system = &systems[0];
        let blueprint = camera.blueprint();
        assert_eq!(
            (
                &system["kind"],
                &system["serial"],
                &system["version"],
                &system["state"],
                &system["host"]
            ),
            (
                &json!("camera"),
                &json!(blueprint.serial_number),
                &json!(camera.version()),
                &json!("online"),
                &json!(camera.address())
            )
        );
        assert!(system["last_contact"].is_i64());
    }

    // One camera and one solution change; only what they brought does.
    let others = [&exchange, &cameras[0], &cameras[2]];
    let before = (
        shown(&chief, &harbour, &others).await,
        shown(&chief, &mill, &[&upper]).await,
    );
    fleet.cameras()[1].set_version("12.9.9");
    solutions[2].set_version("12.8.8.8");
    refresh(&chief, &[&cameras[1], &lower]).await;
    assert_eq!(
        systems(&chief, &harbour, &cameras[1]).await[0]["version"],
        "12.9.9"
    );
    let versions = systems(&chief, &mill, &lower).await;
    assert!(versions.iter().any(|system| system["version"] == "12.8.8.8"));
    let after = (
        shown(&chief, &harbour, &others).await,
        shown(&chief, &mill, &[&upper]).await,
    );
    assert_eq!(before, after);

    // CUS-02: the worst of them colours the row.
    fleet.cameras()[2].set_fault(Fault::Refuse);
    refresh(&chief, &[&cameras[2]]).await;
    assert_eq!(summary(&chief, &harbour).await, (4, 3, "disconnected".into()));
    assert_eq!(row(&chief, &harbour).await["status"], "unreachable");
    assert_eq!(state(&chief, &harbour, &cameras[2]).await, "unreachable");
    assert_eq!(shown(&chief, &mill, &[&upper]).await, after.1);
    harness.program.close().await;
    fleet.stop().await;
}

/// What is stored of a connection: when it was removed, its password, its waiting certificate, and whether a contact is.
async fn stored(harness: &Harness, id: &Value) -> (Option<i64>, String, bool, bool) {
    let id: ConnectionId = id.as_str().expect("an id").parse().expect("an id");
    let workspace = harness.workspace().await;
    let mut reader = workspace.database.read().await.expect("a reader");
    let row = sqlx::query(
        "SELECT removed_at, password, waiting_certificate IS NOT NULL, EXISTS (SELECT 1 FROM contact WHERE connection_id = id)
         FROM connection WHERE id = ?",
    )
    .bind(id)
    .fetch_one(&mut *reader)
    .await
    .expect("the row stays");
    (row.get(0), row.get(1), row.get(2), row.get(3))
}

/// How many rows of systems of a connection there are: managed ones, and those that are history.
async fn system_rows(harness: &Harness, id: &Value) -> (i64, i64) {
    let id: ConnectionId = id.as_str().expect("an id").parse().expect("an id");
    let workspace = harness.workspace().await;
    let mut reader = workspace.database.read().await.expect("a reader");
    sqlx::query_as(
        "SELECT count(*) FILTER (WHERE removed_at IS NULL), count(*) FILTER (WHERE removed_at IS NOT NULL) FROM system WHERE connection_id = ?",
    )
    .bind(id)
    .fetch_one(&mut *reader)
    .await
    .expect("counted")
}

/// CUS-16, GEN-08: connections are removed one by one: their systems leave the lists, their alarms are cleared and stay as
/// history, their secrets are gone; the last one leaves an organization that is still there, and gets a first one again.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn connections_are_removed_one_by_one() {
    let fleet = fleet(2, 1).await;
    let harness = Harness::new(true).await;
    let chief = harness.administrator().await;
    let mill = organization(&chief, "Mill").await;
    let camera = add(&chief, camera_form(&mill, &fleet.cameras()[0])).await["id"].clone();
    let upper = add(&chief, solution_form(&mill, &fleet.solutions()[0])).await["id"].clone();
    let lower = add(&chief, solution_form(&mill, &fleet.solutions()[1])).await["id"].clone();
    // The oldest telephone solution is the main one, whatever was there before it.
    let main = chief.ok("customers.panel", json!({ "id": mill })).await["main_connection"].clone();
    assert_eq!(main, upper);

    fleet.cameras()[0]
        .change_certificate()
        .expect("another certificate");
    refresh(&chief, &[&camera]).await;
    assert!(
        causes(&chief, &camera, "open")
            .await
            .contains(&"certificate_changed".into())
    );
    let (removed_at, password, waiting, contact) = stored(&harness, &camera).await;
    assert!(removed_at.is_none() && !password.is_empty() && waiting && contact);
    let open = causes(&chief, &camera, "open").await;
    let plan = chief
        .ok("connections.plan_removal", json!({ "ids": [camera] }))
        .await;
    assert_eq!(
        plan,
        json!({ "connections": 1, "systems": 1, "alarms": open.len() })
    );

    let before = row(&chief, &mill).await;
    remove(&chief, &camera).await;
    assert_eq!(summary(&chief, &mill).await, (2, 2, "connected".into()));
    let after = row(&chief, &mill).await;
    let number = |row: &Value, name: &str| row[name].as_i64().expect("a number");
    assert_eq!(number(&before, "systems") - number(&after, "systems"), 1);
    let cleared = i64::try_from(open.len()).expect("few");
    assert_eq!(number(&before, "alarms") - number(&after, "alarms"), cleared);
    assert_eq!(systems(&chief, &mill, &camera).await.len(), 0);
    assert!(causes(&chief, &camera, "open").await.is_empty());
    assert_eq!(causes(&chief, &camera, "cleared").await, open);
    assert_eq!(system_rows(&harness, &camera).await, (0, 1));
    let (removed_at, password, waiting, contact) = stored(&harness, &camera).await;
    assert!(removed_at.is_some() && password.is_empty() && !waiting && !contact);
    // What is gone is gone for everybody who knows its id.
    for (command, argument) in [
        ("connections.remove", json!({ "ids": [camera] })),
        ("connections.refresh", json!({ "ids": [camera] })),
    ] {
        let outcome = chief.ok(command, argument).await[0].clone();
        assert_eq!(outcome["problem"], "not-found", "{command}");
    }
    let accept = json!({ "id": camera, "sha256": "00".repeat(32) });
    assert_eq!(
        chief.refused("connections.accept_certificate", accept).await,
        ErrorCode::NotFound
    );

    // The main one goes; another one is it now.
    remove(&chief, &upper).await;
    let left = row(&chief, &mill).await;
    let solution = &fleet.solutions()[1];
    assert_eq!(
        (&left["port"], &left["systems"]),
        (&json!(solution.port()), &json!(solution.systems().len()))
    );
    let read = chief.ok("customers.read", json!({ "id": mill })).await;
    assert_eq!(read["main_connection"], lower);

    remove(&chief, &lower).await;
    assert_eq!(summary(&chief, &mill).await, (0, 0, "never".into()));
    let bare = row(&chief, &mill).await;
    assert_eq!(
        (
            &bare["host"],
            &bare["systems"],
            &bare["alarms"],
            &bare["licences"]
        ),
        (&json!(""), &json!(0), &json!(0), &json!("unknown"))
    );
    assert_eq!(
        chief.ok("organizations.read", json!({ "id": mill })).await["name"],
        "Mill"
    );
    let panel = chief.ok("customers.panel", json!({ "id": mill })).await;
    assert_eq!(
        (&panel["main_connection"], &panel["systems"]),
        (&Value::Null, &json!([]))
    );
    assert_eq!(chief.rows("systems", json!({})).await.len(), 0);
    let again = add(&chief, solution_form(&mill, solution)).await;
    assert_eq!(summary(&chief, &mill).await, (1, 1, "connected".into()));
    assert_eq!(
        systems(&chief, &mill, &again["id"]).await.len(),
        solution.systems().len()
    );
    harness.program.close().await;
    fleet.stop().await;
}

/// CUS-16: an organization without connections becomes a customer by its first one, and lists that are open hear of it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_first_connection_makes_a_customer() {
    let fleet = fleet(0, 1).await;
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    let mill = organization(&chief, "Mill").await;
    assert_eq!(of(&chief, &mill).await, Vec::<Value>::new());
    assert_eq!(chief.index("customers", json!({})).await.len(), 0);
    let form = proven(&chief, camera_form(&mill, &fleet.cameras()[0])).await;
    let mut events = harness.workspace().await.database.subscribe();
    chief.ok("connections.save", form).await;
    let mut joined = false;
    while let Ok(event) = events.try_recv() {
        if let Event::Changed {
            feature, membership, ..
        } = event
        {
            joined |= feature.0 == "customers" && membership;
        }
    }
    assert!(joined, "a list of customers is read anew");
    assert_eq!(json!(chief.index("customers", json!({})).await), json!([mill]));
    let first = row(&chief, &mill).await;
    assert_eq!(
        (&first["name"], &first["connections"], &first["systems"]),
        (&json!("Mill"), &json!(1), &json!(1))
    );
    fleet.stop().await;
}

/// CUS-16: a device is called as its connection is, from the next poll on; other fields of the connection stay proven.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_device_is_called_as_its_connection_is() {
    let fleet = fleet(0, 2).await;
    let harness = Harness::new(true).await;
    let chief = harness.administrator().await;
    let mill = organization(&chief, "Mill").await;
    let gate = add(&chief, camera_form(&mill, &fleet.cameras()[0])).await;
    let yard = add(&chief, camera_form(&mill, &fleet.cameras()[1])).await;
    let yard_before = systems(&chief, &mill, &yard["id"]).await[0]["name"].clone();
    let mut form = form_of(&gate);
    form["name"] = json!("Gate");
    let saved = chief.ok("connections.save", form).await;
    assert_eq!(
        (&saved["name"], &saved["status"]),
        (&json!("Gate"), &json!("success"))
    );
    refresh(&chief, &[&gate["id"], &yard["id"]]).await;
    assert_eq!(systems(&chief, &mill, &gate["id"]).await[0]["name"], "Gate");
    assert_eq!(systems(&chief, &mill, &yard["id"]).await[0]["name"], yard_before);
    harness.program.close().await;
    fleet.stop().await;
}

/// CUS-16, CUS-50: the main connection is chosen by a person and stays it; a customer whose connections are all gone is edited like
/// any other.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_main_connection_is_chosen() {
    let fleet = fleet(1, 1).await;
    let harness = Harness::new(false).await;
    let chief = harness.administrator().await;
    let mill = organization(&chief, "Mill").await;
    let camera = add(&chief, camera_form(&mill, &fleet.cameras()[0])).await;
    let seen = async || {
        let row = row(&chief, &mill).await;
        let panel = chief.ok("customers.panel", json!({ "id": mill })).await;
        (
            row["host"].clone(),
            row["version"].clone(),
            panel["applications"].clone(),
        )
    };
    let of_camera = seen().await;
    let version = systems(&chief, &mill, &camera["id"]).await[0]["version"].clone();
    assert_eq!(
        of_camera,
        (camera["host"].clone(), version, json!(["web_manager"]))
    );
    // A telephone solution goes before a device, until somebody says otherwise.
    let solution = add(&chief, solution_form(&mill, &fleet.solutions()[0])).await;
    let of_solution = seen().await;
    assert_eq!(of_solution.0, solution["host"]);
    assert!(
        of_solution.2.as_array().is_some_and(|all| all.len() > 1),
        "{of_solution:?}"
    );
    let choose = async |connection: &Value| {
        chief
            .ok("customers.choose_main", json!({ "connection": connection }))
            .await;
    };
    choose(&camera["id"]).await;
    assert_eq!(seen().await, of_camera);
    refresh(&chief, &[&camera["id"], &solution["id"]]).await;
    assert_eq!(seen().await, of_camera, "a poll does not change what was chosen");
    chief
        .ok("connections.remove", json!({ "ids": [camera["id"]] }))
        .await;
    assert_eq!(seen().await, of_solution);
    chief
        .ok("connections.remove", json!({ "ids": [solution["id"]] }))
        .await;
    let mut form = chief.ok("customers.read", json!({ "id": mill })).await;
    assert_eq!(
        (&form["main_connection"], &form["host"]),
        (&Value::Null, &json!(""))
    );
    form["notes"] = json!("Moves out in May");
    form["without_contact"] = json!(false);
    let saved = chief.ok("customers.save", form).await;
    assert_eq!(saved["notes"], "Moves out in May");
    assert_eq!(
        of(&chief, &mill).await,
        Vec::<Value>::new(),
        "no connection came of it"
    );
    harness.program.close().await;
    fleet.stop().await;
}
