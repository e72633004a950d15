//! Jobs are held, let go on, given up, deleted, copied; in windows, in waves, and again and again (JOB-02, JOB-12 to JOB-14, JOB-24 to
//! JOB-26).

use super::*;
use crate::devices::{add_known, fleet, organization};
use crate::harness::Harness;
use flotilla_kernel::clock::{hours, minutes};
use flotilla_kernel::error::ErrorCode;
use flotilla_simulator::{Fault, Fleet};

struct Site {
    fleet: Fleet,
    harness: Harness,
    chief: Person,
    ids: Vec<Value>,
}

/// A customer with cameras that restart in a moment, and a clock that is moved by hand.
async fn site(cameras: usize) -> Site {
    let fleet = fleet(cameras).await;
    let harness = Harness::polling_with_clock(crate::people::START).await;
    let chief = harness.administrator().await;
    let (harbour, folder) = organization(&chief, "Harbour").await;
    let ids = add_known(&chief, &harbour, &folder, fleet.cameras()).await;
    for camera in fleet.cameras() {
        camera.set_restart_time(Duration::from_millis(100));
    }
    Site {
        fleet,
        harness,
        chief,
        ids,
    }
}

impl Site {
    /// Time passes, and the scheduler sees it. Sessions end meanwhile.
    async fn passes(&mut self, milliseconds: i64) {
        self.harness.clock.advance(milliseconds);
        self.chief = self.harness.sign_in("chief").await;
        let workspace = self.harness.workspace().await;
        workspace
            .state::<flotilla_core::jobs::service::Scheduler>()
            .wake();
    }

    async fn order(&self, order: Value) -> Value {
        let ordered = self
            .chief
            .ok("devices.restart", json!({ "ids": self.ids, "order": order }))
            .await;
        ordered["id"].clone()
    }

    async fn one(&self, act: &str, id: &Value) -> Value {
        let outcomes = self.chief.ok(act, json!({ "ids": [id] })).await;
        outcomes[0]["problem"]["code"].clone()
    }

    async fn state(&self, id: &Value) -> Value {
        self.chief.ok("jobs.job", json!({ "id": id })).await["row"]["state"].clone()
    }

    async fn close(self) {
        self.harness.program.close().await;
        self.fleet.stop().await;
    }
}

/// In this many minutes from the start of the test clock, as a local time of UTC.
fn in_minutes(count: i64) -> Value {
    let at = crate::people::START.plus(minutes(count)).utc();
    json!({ "kind": "at", "local": at.format("%Y-%m-%dT%H:%M").to_string(), "zone": "UTC" })
}

/// JOB-12, JOB-13, JOB-14, JOB-24: before the start.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn before_the_start() {
    let mut site = site(1).await;
    let id = site.order(json!({ "schedule": in_minutes(60) })).await;
    assert_eq!(site.state(&id).await, "scheduled");
    assert_eq!(site.one("jobs.pause", &id).await, Value::Null);
    assert_eq!(site.one("jobs.pause", &id).await, "job.not-allowed");
    assert_eq!(site.state(&id).await, "paused");
    assert_eq!(site.one("jobs.resume", &id).await, Value::Null);
    assert_eq!(site.state(&id).await, "scheduled");
    // Its time comes.
    site.passes(hours(1)).await;
    let results = ended(&site.chief, &id).await;
    results.all("done");
    // What has ended is not held, not begun again; it is deleted.
    assert_eq!(site.one("jobs.stop", &id).await, "job.not-allowed");
    assert_eq!(site.one("jobs.delete", &id).await, Value::Null);
    assert_eq!(
        site.chief.refused("jobs.job", json!({ "id": id })).await,
        ErrorCode::NotFound
    );
    // Stopped before its start: never begun, and copied.
    let id = site.order(json!({ "schedule": in_minutes(180) })).await;
    assert_eq!(site.one("jobs.stop", &id).await, Value::Null);
    site.passes(hours(3)).await;
    let stopped = ended(&site.chief, &id).await;
    stopped.all("stopped");
    assert_eq!(site.one("jobs.resume", &id).await, "job.not-allowed");
    let copy = site
        .chief
        .ok("jobs.copy", json!({ "id": id, "order": { "name": "Again" } }))
        .await;
    ended(&site.chief, &copy["id"]).await.all("done");
    // Held while its time passes: too late is too late.
    let id = site
        .order(json!({ "schedule": in_minutes(5 * 60), "tolerance_minutes": 30 }))
        .await;
    assert_eq!(site.one("jobs.pause", &id).await, Value::Null);
    site.passes(hours(2)).await;
    let missed = until(&site.chief, &id, |job| job["row"]["state"] == "missed").await;
    assert_eq!(missed["row"]["problem"]["code"], "job.missed");
    site.close().await;
}

/// JOB-20, JOB-24: nobody worked when its time came: within the tolerance it begins, later it was missed.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_worked() {
    let site = site(1).await;
    let early = site
        .order(json!({ "schedule": in_minutes(60), "tolerance_minutes": 120 }))
        .await;
    let late = site
        .order(json!({ "schedule": in_minutes(60), "tolerance_minutes": 30 }))
        .await;
    let Site { fleet, harness, .. } = site;
    harness.clock.advance(hours(2));
    let harness = harness.restarted(true).await;
    let chief = harness.sign_in("chief").await;
    ended(&chief, &early).await.all("done");
    let missed = ended(&chief, &late).await;
    assert_eq!(missed.state(), "missed");
    missed.all("stopped");
    assert_eq!(missed.job["row"]["problem"]["code"], "job.missed");
    harness.program.close().await;
    fleet.stop().await;
}

/// JOB-25, GEN-06: in a window, as far as what is left of it is enough.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn in_a_window() {
    let mut site = site(1).await;
    let all = [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    ];
    let start = crate::people::START.plus(hours(2)).utc();
    let start = chrono::Timelike::num_seconds_from_midnight(&start) / 60;
    let window = |duration: i64| {
        json!({ "schedule": { "kind": "windows", "zone": "UTC",
            "windows": [{ "days": all, "start": start, "duration": duration }] } })
    };
    let short = site
        .chief
        .problem("devices.restart", json!({ "ids": site.ids, "order": window(4) }))
        .await;
    assert_eq!(short.fields[0].code, ErrorCode::JobWindowShort);
    let id = site.order(window(60)).await;
    let job = site.chief.ok("jobs.job", json!({ "id": id })).await;
    assert_eq!(
        job["row"]["starts_at"],
        json!(crate::people::START.plus(hours(2)).0)
    );
    assert_eq!(job["next_starts"].as_array().expect("starts").len(), 10);
    // Four minutes before the window closes a restart, which may take ten, is not begun.
    site.passes(hours(3) - minutes(4)).await;
    let held = until(&site.chief, &id, |job| {
        job["row"]["starts_at"] == json!(crate::people::START.plus(hours(26)).0)
    })
    .await;
    assert_eq!(held["row"]["state"], "scheduled");
    site.passes(hours(23) + minutes(4)).await;
    ended(&site.chief, &id).await.all("done");
    site.close().await;
}

/// JOB-26: a trial, a threshold that holds the rest, and going on by hand.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn in_waves() {
    let mut site = site(4).await;
    let cameras = site.fleet.cameras();
    cameras[1].set_fault(Fault::WrongCertificate);
    let waves = |proven: i64, soak: i64| {
        json!([{ "size": { "unit": "systems", "size": 1 }, "proven_percent": proven, "soak_minutes": soak },
               { "size": { "unit": "systems", "size": 1 }, "proven_percent": proven, "soak_minutes": soak }])
    };
    let rollout = json!({ "rollout": { "waves": waves(100, 60), "threshold": { "systems": 1, "percent": null, "act": "pause" } } });
    let id = site.order(rollout).await;
    // The trial soaks.
    let soaking = until(&site.chief, &id, |job| job["waves"][0]["state"] == "soaking").await;
    assert_eq!(soaking["row"]["counts"]["done"], 1, "{soaking}");
    assert_eq!(
        soaking["waves"][0]["soaked_at"],
        json!(site.harness.clock.now().plus(hours(1)).0)
    );
    site.passes(hours(1)).await;
    // The second fails: the rest is held.
    let held = until(&site.chief, &id, |job| job["row"]["state"] == "paused").await;
    assert_eq!(held["row"]["problem"]["code"], "job.threshold", "{held}");
    assert_eq!(held["row"]["counts"]["waiting"], 2);
    assert!(
        held["allowed"]
            .as_array()
            .expect("acts")
            .contains(&json!("go_on"))
    );
    site.chief.ok("jobs.go_on", json!({ "id": id })).await;
    let results = ended(&site.chief, &id).await;
    assert_eq!(results.state(), "completed_with_failures");
    assert_eq!(results.job["row"]["counts"]["done"], 3);
    site.close().await;
}

/// JOB-02, JOB-03: again and again: each time a run of its own, which can be held and deleted for itself.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn again_and_again() {
    let mut site = site(1).await;
    let at = crate::people::START
        .plus(hours(1))
        .utc()
        .format("%Y-%m-%dT%H:%M")
        .to_string();
    let id = site
        .order(json!({ "schedule": { "kind": "repeat", "first": at, "rule": "FREQ=DAILY;COUNT=2", "zone": "UTC" } }))
        .await;
    for run in 1..=2 {
        site.passes(if run == 1 { hours(1) } else { hours(24) }).await;
        let series = until(&site.chief, &id, |job| {
            job["runs"]
                .as_array()
                .is_some_and(|runs| runs.len() == run && runs.iter().all(|run| !run["finished_at"].is_null()))
        })
        .await;
        assert_eq!(series["runs"][0]["state"], "completed", "{series}");
    }
    assert_eq!(site.state(&id).await, "completed");
    site.close().await;
}

/// JOB-26: where the preference asks for it, a second person approves; not the one who ordered it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_second_person() {
    let site = site(1).await;
    crate::people::set_preference(&site.chief, "job_approval", json!(true)).await;
    let id = site.order(json!({})).await;
    assert_eq!(site.state(&id).await, "awaiting_approval");
    assert_eq!(site.one("jobs.approve", &id).await, "job.own-approval");
    crate::people::add_account(&site.chief, "berta", "administrator").await;
    let second = site.harness.sign_in("berta").await;
    let outcome = second.ok("jobs.approve", json!({ "ids": [id] })).await;
    assert_eq!(outcome[0]["problem"], Value::Null, "{outcome}");
    let results = ended(&site.chief, &id).await;
    results.all("done");
    assert_eq!(results.job["approved_by"], "berta");
    site.close().await;
}

/// ORG-21, JOB-26: systems that are removed meanwhile are left out, and stand in nobody's way; a run of which all are left out says why.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn removed_meanwhile() {
    let mut site = site(1).await;
    let id = site.order(json!({ "schedule": in_minutes(60) })).await;
    let removed = site.chief.ok("devices.remove", json!({ "ids": site.ids })).await;
    crate::devices::ended(&site.chief, &removed).await;
    site.passes(hours(1)).await;
    let results = ended(&site.chief, &id).await;
    results.all("skipped");
    assert_eq!(results.state(), "completed");
    assert_eq!(results.job["row"]["problem"]["code"], "job.target-removed");
    site.close().await;
}
