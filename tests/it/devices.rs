//! Devices: found, added, operated, one by one or many at once, against simulated cameras over real TLS.

mod adding;
mod applications;
mod commissioning;
mod following;
mod leaving;
mod oddities;
mod operating;
mod searching;
mod servers;

use crate::harness::Person;
use flotilla_simulator::{Addressing, Camera, Fleet, FleetOptions};
use serde_json::{Value, json};
use std::time::Duration;

pub async fn fleet(cameras: usize) -> Fleet {
    let options = FleetOptions {
        cameras,
        seed: 41,
        addressing: Addressing::Ports { first: None },
        ..FleetOptions::default()
    };
    Fleet::start(options).await.expect("the fleet starts")
}

/// An organization without connections; gives its id and its first folder.
pub async fn organization(person: &Person, name: &str) -> (Value, Value) {
    let form = json!({ "name": name, "zone": "Europe/Berlin", "language": "en" });
    let organization = person.ok("organizations.create", form).await["id"].clone();
    let details = person
        .ok("organizations.read", json!({ "id": organization }))
        .await;
    (organization, details["default_folder"].clone())
}

/// A camera as a person writes it down who has not looked at it.
fn unseen(camera: &Camera) -> Value {
    json!({ "host": camera.address(), "port": camera.port() })
}

/// Waits until an act has ended; gives it.
pub async fn ended(person: &Person, begun: &Value) -> Value {
    let workspace = person.program.workspace().await.expect("open");
    let mut events = workspace.database.subscribe();
    loop {
        let act = person.ok("devices.act", json!({ "id": begun["id"] })).await;
        if !act["finished_at"].is_null() {
            return act;
        }
        tokio::time::timeout(Duration::from_secs(120), events.recv())
            .await
            .expect("something happens")
            .ok();
    }
}

/// Does something on devices and waits for its end; gives the results by the port of the device.
async fn done(person: &Person, act: &str, arguments: Value) -> Results {
    let begun = person.ok(act, arguments).await;
    let act = ended(person, &begun).await;
    let of_this =
        json!({ "criteria": [{ "column": "act", "test": { "kind": "any_of", "values": [begun["id"]] } }] });
    Results {
        act,
        rows: person.rows("device_results", of_this).await,
    }
}

struct Results {
    act: Value,
    rows: Vec<Value>,
}

impl Results {
    fn of(&self, camera: &Camera) -> &Value {
        let found = self.rows.iter().find(|row| row["port"] == camera.port());
        found.unwrap_or_else(|| panic!("no result of {}: {:?}", camera.port(), self.rows))
    }

    /// The state and the error's code of a device.
    fn state(&self, camera: &Camera) -> (String, String) {
        let row = self.of(camera);
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        (text(&row["state"]), text(&row["problem"]["code"]))
    }

    /// Nothing but this, for all.
    fn all(&self, state: &str) {
        assert!(!self.rows.is_empty());
        for row in &self.rows {
            assert_eq!(row["state"], state, "{row}");
        }
    }
}

/// Adds cameras as a person who believes the certificates that are met first, and knows each password.
pub async fn add_known(
    person: &Person,
    organization: &Value,
    folder: &Value,
    cameras: &[Camera],
) -> Vec<Value> {
    for camera in cameras {
        let results = done(
            person,
            "devices.add",
            json!({
                "organization": organization, "folder": folder, "devices": [unseen(camera)], "accept_first_met": true,
                "credentials": { "kind": "typed", "user_name": camera.blueprint().user, "password": camera.blueprint().password },
                "first_account": null,
            }),
        )
        .await;
        results.all("done");
    }
    systems(person, organization, cameras).await
}

/// The ids of the systems of these cameras.
async fn systems(person: &Person, organization: &Value, cameras: &[Camera]) -> Vec<Value> {
    let rows = person
        .rows("systems", json!({ "organization": organization }))
        .await;
    cameras
        .iter()
        .map(|camera| {
            let serial = &camera.blueprint().serial_number;
            let system = rows.iter().find(|row| row["serial"] == *serial);
            system.unwrap_or_else(|| panic!("{serial} is not managed"))["id"].clone()
        })
        .collect()
}
