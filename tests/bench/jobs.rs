//! PERF-08 to PERF-10: ordering a job for 5,000 systems, working on them, and deleting what has ended.

use crate::devices;
use crate::fleet::{SignedIn, first_administrator, program};
use crate::report::{Measurement, Report, Unit, milliseconds};
use anyhow::{Context as _, ensure};
use flotilla_core::jobs;
use flotilla_core::jobs::operations::{Ended, OperationSpec, Operations};
use flotilla_core::jobs::store::{NewJob, Target};
use flotilla_core::jobs::types::{JobSchedule, JobState, Rollout};
use flotilla_kernel::ids::{AccountId, JobId, SystemId};
use flotilla_kernel::rights::Right;
use flotilla_kernel::workspace::Workspace;
use serde_json::{Value, json};
use std::time::Instant;
use uuid::Uuid;

const ORGANIZATIONS: usize = 100;
const SYSTEMS: usize = 5_000;
/// So many jobs make 50,000 systems of jobs.
const JOBS: usize = 10;

/// Something that takes no time.
static OPERATIONS: &[OperationSpec] = &[OperationSpec {
    name: "nothing",
    right: Right::OrderJobs,
    steps: &[],
    per_customer: false,
    upgrades: false,
    confirmed: false,
    minutes: |_| 1,
    run: |_| Box::pin(std::future::ready(Ended::Done)),
}];

/// Orders, works, deletes.
pub async fn runs(report: &mut Report) -> anyhow::Result<()> {
    let folder = tempfile::Builder::new().prefix("flotilla-bench-").tempdir()?;
    let program = program(&folder.path().join("workspace"), false).await?;
    let chief = first_administrator(&program).await?;
    let outcome = async {
        devices::fill(&chief, ORGANIZATIONS).await?;
        measure(&chief, report).await
    }
    .await;
    program.close().await;
    outcome
}

async fn measure(chief: &SignedIn, report: &mut Report) -> anyhow::Result<()> {
    let workspace = chief.program.workspace().await?;
    let ids = chief.index("systems", &json!({})).await?;
    let ids: Vec<SystemId> = ids
        .chunks_exact(16)
        .map(|id| Uuid::from_slice(id).map(SystemId))
        .collect::<Result<_, _>>()?;
    ensure!(ids.len() == SYSTEMS, "{} systems", ids.len());

    let floor = rows_floor(&workspace, SYSTEMS).await?;
    let later = json!({ "schedule": { "kind": "at", "local": "2099-01-01T02:30", "zone": "UTC" } });
    let begun = Instant::now();
    chief
        .json("devices.restart", json!({ "ids": ids, "order": later }))
        .await?;
    report.add(Measurement {
        rule: "PERF-08",
        what: format!("ordering a job for {SYSTEMS} systems, with everything that is asked and written down"),
        floor: Some(("one transaction of as many rows", floor)),
        reached: milliseconds(begun.elapsed()),
        unit: Unit::Milliseconds,
        times: Some(2.0),
        most: None,
    });

    workspace.state::<Operations>().add(OPERATIONS);
    workspace.spawn(jobs::service::run(workspace.clone()));
    let mut done = Vec::with_capacity(JOBS);
    for number in 0..JOBS {
        let begun = Instant::now();
        let id = order(chief, &workspace, &ids).await?;
        wait(chief, &workspace, id).await?;
        if number == 0 {
            report.add(Measurement {
                rule: "PERF-09",
                what: format!("{SYSTEMS} systems worked on, 32 at once, and written down"),
                floor: Some((
                    "as many rows, 32 in a transaction",
                    batches_floor(&workspace, SYSTEMS).await?,
                )),
                reached: milliseconds(begun.elapsed()),
                unit: Unit::Milliseconds,
                times: None,
                most: Some(5_000.0),
            });
        }
        done.push(id);
    }

    let floor = delete_floor(&workspace, SYSTEMS * JOBS).await?;
    let begun = Instant::now();
    let outcomes = chief.json("jobs.delete", json!({ "ids": done })).await?;
    let reached = milliseconds(begun.elapsed());
    ensure!(outcomes[0]["problem"].is_null(), "{outcomes}");
    report.add(Measurement {
        rule: "PERF-10",
        what: format!(
            "deleting {JOBS} jobs with {} systems that have ended",
            SYSTEMS * JOBS
        ),
        floor: Some(("one statement on as many rows", floor)),
        reached,
        unit: Unit::Milliseconds,
        times: None,
        most: Some(500.0),
    });
    Ok(())
}

async fn order(chief: &SignedIn, workspace: &Workspace, ids: &[SystemId]) -> anyhow::Result<JobId> {
    let session = chief.json("session.current", json!({})).await?;
    let account: AccountId = session["profile"]["id"].as_str().context("an account")?.parse()?;
    let targets: Vec<Target> = ids
        .iter()
        .map(|system| Target {
            system: *system,
            wave: 0,
            version_to: String::new(),
            zone: flotilla_kernel::preferences::ZonePreferences::default().zone(),
        })
        .collect();
    let mut transaction = workspace.database.begin().await?;
    let now = transaction.now();
    let job = NewJob {
        name: "Nothing",
        operation: "nothing",
        about: "",
        settings: &Value::Null,
        secret: None,
        schedule: &JobSchedule::Now,
        rollout: &Rollout::default(),
        priority: 500,
        tolerance_minutes: 120,
        state: JobState::Scheduled,
        starts_at: Some(now),
        approval_needed: false,
        account,
        origin: "command-line",
        series: None,
        retry_of: None,
        packages: &[],
    };
    let id = jobs::store::insert(transaction.connection(), now, &job, &targets).await?;
    transaction.membership_changed(jobs::types::CHANGES, [id.0]);
    transaction.commit().await?;
    workspace.state::<jobs::service::Scheduler>().wake();
    Ok(id)
}

async fn wait(chief: &SignedIn, workspace: &Workspace, id: JobId) -> anyhow::Result<()> {
    let mut events = workspace.database.subscribe();
    loop {
        let rows = chief.json("jobs.window", json!({ "ids": [id] })).await?;
        if !rows[0]["finished_at"].is_null() {
            ensure!(rows[0]["state"] == "completed", "{rows}");
            return Ok(());
        }
        // News that were missed are no reason to end.
        let _ = events.recv().await;
    }
}

/// Rows as small as they can be, one by one in one transaction.
async fn rows_floor(workspace: &Workspace, count: usize) -> anyhow::Result<f64> {
    let mut transaction = workspace.database.begin().await?;
    sqlx::query("CREATE TABLE bench_row (id BLOB PRIMARY KEY, job BLOB NOT NULL, place INTEGER NOT NULL, state TEXT NOT NULL) STRICT")
        .execute(transaction.connection())
        .await?;
    transaction.commit().await?;
    let begun = Instant::now();
    let mut transaction = workspace.database.begin().await?;
    insert(&mut transaction, 0, count).await?;
    transaction.commit().await?;
    Ok(milliseconds(begun.elapsed()))
}

async fn insert(
    transaction: &mut flotilla_kernel::database::Transaction,
    first: usize,
    count: usize,
) -> anyhow::Result<()> {
    for place in first..first + count {
        sqlx::query("INSERT INTO bench_row VALUES (?, ?, ?, 'waiting')")
            .bind(Uuid::from_u128(place as u128).as_bytes().to_vec())
            .bind(vec![0_u8; 16])
            .bind(i64::try_from(place)?)
            .execute(transaction.connection())
            .await?;
    }
    Ok(())
}

/// The same rows, changed 32 in a transaction.
async fn batches_floor(workspace: &Workspace, count: usize) -> anyhow::Result<f64> {
    let begun = Instant::now();
    for first in (0..count).step_by(32) {
        let mut transaction = workspace.database.begin().await?;
        for place in first..(first + 32).min(count) {
            sqlx::query("UPDATE bench_row SET state = 'done' WHERE id = ?")
                .bind(Uuid::from_u128(place as u128).as_bytes().to_vec())
                .execute(transaction.connection())
                .await?;
        }
        transaction.commit().await?;
    }
    Ok(milliseconds(begun.elapsed()))
}

/// As many rows as there are, deleted by one statement.
async fn delete_floor(workspace: &Workspace, count: usize) -> anyhow::Result<f64> {
    let mut transaction = workspace.database.begin().await?;
    insert(&mut transaction, SYSTEMS, count - SYSTEMS).await?;
    transaction.commit().await?;
    let begun = Instant::now();
    let mut transaction = workspace.database.begin().await?;
    sqlx::query("DELETE FROM bench_row")
        .execute(transaction.connection())
        .await?;
    transaction.commit().await?;
    Ok(milliseconds(begun.elapsed()))
}
