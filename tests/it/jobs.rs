//! Jobs, from the order to the result, against simulated cameras over real TLS.

mod control;
mod devices;
mod upgrades;

use crate::harness::Person;
use flotilla_simulator::Camera;
use serde_json::{Value, json};
use std::time::Duration;

/// What became of a job.
pub struct Results {
    /// The job as a whole.
    pub job: Value,
    /// Its systems.
    pub rows: Vec<Value>,
}

impl Results {
    /// The state and the error's code of a device.
    pub fn of(&self, camera: &Camera) -> (String, String) {
        let serial = &camera.blueprint().serial_number;
        let row = self.rows.iter().find(|row| row["serial"] == *serial);
        let row = row.unwrap_or_else(|| panic!("{serial} is not in the job: {:?}", self.rows));
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        (text(&row["state"]), text(&row["problem"]["code"]))
    }

    /// Nothing but this, for all.
    pub fn all(&self, state: &str) {
        assert!(!self.rows.is_empty());
        for row in &self.rows {
            assert_eq!(row["state"], state, "{row}");
        }
    }

    /// How the job ended.
    pub fn state(&self) -> &str {
        self.job["row"]["state"].as_str().expect("a state")
    }
}

/// Waits until this holds of a job; gives it as it is then.
pub async fn until(person: &Person, id: &Value, holds: impl Fn(&Value) -> bool) -> Value {
    let workspace = person.program.workspace().await.expect("open");
    let mut events = workspace.database.subscribe();
    loop {
        let job = person.ok("jobs.job", json!({ "id": id })).await;
        if holds(&job) {
            return job;
        }
        let heard = tokio::time::timeout(Duration::from_secs(120), events.recv()).await;
        assert!(heard.is_ok(), "nothing happens any more: {job}");
    }
}

/// The systems of a job.
pub async fn systems(person: &Person, id: &Value) -> Vec<Value> {
    let of_this = json!({ "criteria": [{ "column": "job", "test": { "kind": "any_of", "values": [id] } }] });
    person.rows("job_tasks", of_this).await
}

/// Waits until a job has ended.
pub async fn ended(person: &Person, id: &Value) -> Results {
    let job = until(person, id, |job| !job["row"]["finished_at"].is_null()).await;
    Results {
        rows: systems(person, id).await,
        job,
    }
}

/// Orders a job and waits for its end.
pub async fn done(person: &Person, act: &str, arguments: Value) -> Results {
    let ordered = person.ok(act, arguments).await;
    ended(person, &ordered["id"]).await
}
