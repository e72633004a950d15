//! What somebody sees of an organization, by every way there is.

use crate::harness::{Harness, Person};
use crate::people::{Placed, add_customer, add_folder, add_system, default_folder};
use flotilla_kernel::events::Event;
use serde_json::{Value, json};
use tokio::sync::broadcast::Receiver;

/// An organization with a system in each of three folders: two beside each other, and one below the first.
pub struct Site {
    pub organization: String,
    pub top: String,
    pub north: String,
    pub attic: String,
    pub south: String,
    pub in_north: Placed,
    pub in_attic: Placed,
    pub in_south: Placed,
}

pub async fn site(harness: &Harness, chief: &Person, name: &str) -> Site {
    let organization = add_customer(chief, name).await;
    let top = default_folder(chief, &organization).await;
    let north = add_folder(chief, &top, "North").await;
    let attic = add_folder(chief, &north, "Attic").await;
    let south = add_folder(chief, &top, "South").await;
    Site {
        in_north: add_system(harness, &organization, &north, "north-pbx").await,
        in_attic: add_system(harness, &organization, &attic, "attic-pbx").await,
        in_south: add_system(harness, &organization, &south, "south-pbx").await,
        organization,
        top,
        north,
        attic,
        south,
    }
}

/// The windows of somebody: what they are told.
pub struct Window<'a> {
    harness: &'a Harness,
    person: Person,
    events: Receiver<Event>,
}

impl<'a> Window<'a> {
    pub async fn open(harness: &'a Harness, person: &Person) -> Self {
        Self {
            harness,
            person: person.clone(),
            events: harness.workspace().await.database.subscribe(),
        }
    }

    /// What has been told since the last time. Events are sent with the commit, before the act's reply.
    pub async fn events(&mut self) -> Vec<Event> {
        let mut events = Vec::new();
        while let Ok(event) = self.events.try_recv() {
            events.push(event);
        }
        let workspace = self.harness.workspace().await;
        flotilla_core::events::visible(&workspace, &self.person.token, events)
            .await
            .expect("a session")
    }

    /// Whether everything may have changed for this window, lists and counts, whatever it shows.
    pub async fn is_told_everything(&mut self) -> bool {
        let events = self.events().await;
        ["systems", "alarms", "customers", "organizations"].iter().all(|name| {
            events.iter().any(|event| {
                matches!(event, Event::Changed { feature, many: true, membership: true, .. } if feature.0 == *name)
            })
        })
    }
}

/// What somebody sees by every way there is, as the names of systems.
pub async fn seen(person: &Person, site: &Site) -> Vec<String> {
    let names = |rows: Vec<Value>, column: &str| -> Vec<String> {
        let mut names: Vec<String> = rows
            .iter()
            .map(|row| row[column].as_str().expect("a name").to_owned())
            .filter(|name| !name.is_empty())
            .collect();
        names.sort_unstable();
        names
    };
    let everywhere = json!({});
    let here = json!({ "organization": site.organization });
    let systems = names(person.rows("systems", everywhere.clone()).await, "name");
    assert_eq!(names(person.rows("systems", here.clone()).await, "name"), systems);
    // An alarm of each system, and one of the connection it is reached by.
    let alarms = person.rows("alarms", everywhere.clone()).await;
    assert_eq!(names(alarms.clone(), "system_name"), systems);
    let connections: Vec<String> = alarms
        .iter()
        .filter(|alarm| alarm["system"].is_null())
        .map(|alarm| {
            alarm["qualifier"]
                .as_str()
                .expect("a text")
                .replace("no way to ", "")
        })
        .collect();
    assert_eq!(connections.len(), systems.len(), "{connections:?}");
    assert!(
        connections.iter().all(|name| systems.contains(name)),
        "{connections:?}"
    );
    // The same in words that are searched for, sorted downwards, and in what is exported.
    let search = json!({ "search": "pbx", "sort": { "column": "name", "descending": true } });
    let mut found = person.rows("systems", search).await;
    found.reverse();
    assert_eq!(names(found, "name"), systems);
    let palette = person.ok("search.find", json!({ "search": "pbx" })).await;
    assert_eq!(
        names(palette.as_array().expect("findings").clone(), "name"),
        systems
    );
    assert_eq!(exported(person, "systems", "name").await, systems);
    let mut exported_alarms = exported(person, "alarms", "qualifier").await;
    exported_alarms.retain(|text| text.starts_with("service of "));
    let exported_alarms: Vec<String> = exported_alarms
        .iter()
        .map(|text| text.replace("service of ", ""))
        .collect();
    assert_eq!(exported_alarms, systems);
    counted(person, site, &systems).await;
    systems
}

/// The numbers of dashboard, customer list, panel and tree are those of these systems.
pub async fn counted(person: &Person, site: &Site, systems: &[String]) {
    let dashboard = person.ok("dashboard.read", json!({})).await;
    assert_eq!(dashboard["systems"], systems.len());
    let alarms: i64 = dashboard["alarms"]
        .as_array()
        .expect("counts")
        .iter()
        .map(|count| count["alarms"].as_i64().expect("a count"))
        .sum();
    assert_eq!(alarms, 2 * systems.len() as i64);
    let rows = person.rows("customers", json!({})).await;
    let Some(row) = rows.iter().find(|row| row["id"] == *site.organization) else {
        assert!(systems.is_empty(), "a customer without a row has no systems");
        return;
    };
    let tree = person
        .ok("folders.tree", json!({ "id": site.organization }))
        .await;
    let folders = tree.as_array().expect("folders");
    let sees_top = folders.iter().any(|folder| folder["id"] == *site.top);
    // One connection was made with the customer and has no systems: who sees the default folder sees it.
    let connections = systems.len() + usize::from(sees_top);
    let numbers = json!([row["systems"], row["alarms"], row["connections"]]);
    assert_eq!(
        numbers,
        json!([systems.len(), 2 * systems.len(), connections]),
        "{row}"
    );
    let wanted = json!({ "criteria": [
        { "column": "systems", "test": { "kind": "range", "from": systems.len(), "to": systems.len() } },
        { "column": "alarms", "test": { "kind": "range", "from": 2 * systems.len(), "to": 2 * systems.len() } },
    ], "sort": { "column": "alarms", "descending": true } });
    assert_eq!(
        person.index("customers", wanted).await,
        std::slice::from_ref(&site.organization)
    );
    let panel = person
        .ok("customers.panel", json!({ "id": site.organization }))
        .await;
    assert_eq!(
        panel["systems"].as_array().map(Vec::len),
        Some(systems.len()),
        "{panel}"
    );
    assert_eq!(panel["row"]["alarms"], 2 * systems.len());
    let tree = person
        .ok("folders.tree", json!({ "id": site.organization }))
        .await;
    let roots = tree
        .as_array()
        .expect("folders")
        .iter()
        .filter(|folder| folder["parent"].is_null());
    let sum: i64 = roots
        .map(|folder| folder["systems"].as_i64().expect("a count"))
        .sum();
    assert_eq!(sum, systems.len() as i64, "{tree}");
}

/// A column of a list, as a file has it, in order.
pub async fn exported(person: &Person, list: &str, column: &str) -> Vec<String> {
    let arguments = json!({ "list": list, "query": {}, "columns": [column], "ids": null, "format": "csv" });
    let download = person.ok("lists.export", arguments).await;
    let session = person.ok("session.current", json!({})).await;
    let workspace = person.program.workspace().await.expect("an open workspace");
    let (path, _) = workspace
        .transfers
        .fetch(
            serde_json::from_value(download["download"].clone()).expect("an id"),
            serde_json::from_value(session["id"].clone()).expect("an id"),
        )
        .expect("the file is there");
    let text = std::fs::read_to_string(path).expect("a text");
    let mut lines: Vec<String> = text.lines().skip(1).map(str::to_owned).collect();
    lines.sort_unstable();
    lines
}
