//! `job …`: ordering jobs and following them, for scripts. On a terminal progress is shown as it comes; into a pipe, with `--json`, every
//! change is a line.

use crate::commands::{Outcome, rows, text, word};
use crate::error::CliError;
use crate::named;
use crate::output::{complain, print_json, print_row};
use crate::session::{Person, Place};
use clap::{Args, Subcommand};
use flotilla_kernel::error::{ErrorCode, Parameters, Problem};
use serde_json::{Value, json};
use std::io::{IsTerminal as _, Write as _};

/// What can be done with jobs.
#[derive(Subcommand)]
pub enum Job {
    /// Order a job
    Create(Box<Create>),
    /// List jobs
    List {
        /// Words to look for
        #[arg(default_value = "")]
        search: String,
        /// Print JSON instead of a table
        #[arg(long)]
        json: bool,
    },
    /// Show a job with its systems
    Show {
        /// The job's id, or its name where no other job has it
        job: String,
        /// Print JSON instead of a table
        #[arg(long)]
        json: bool,
    },
    /// Hold what waits of jobs; what has begun is finished
    Pause(Jobs),
    /// Let jobs go on
    Resume(Jobs),
    /// Give up what waits of jobs; what has begun is finished
    Stop(Jobs),
    /// Delete jobs of which nothing runs
    Delete(Jobs),
    /// Follow a job to its end; it is worked on here, unless another Flotilla has the workspace open
    Run {
        /// The job's id, or its name where no other job has it
        job: String,
        /// Print a line of JSON for every change
        #[arg(long)]
        json: bool,
    },
}

/// `job pause`, `job resume`, `job stop`, `job delete`
#[derive(Args)]
pub struct Jobs {
    /// Their ids, or names where no other job has them
    #[arg(required = true)]
    jobs: Vec<String>,
    /// Print JSON instead of a table
    #[arg(long)]
    json: bool,
}

/// `job create`
#[derive(Args)]
pub struct Create {
    /// What is done
    #[arg(value_parser = ["device-restart", "device-roll-back", "device-upgrade"])]
    operation: String,
    /// The devices: serial number, address, or name where no other device has it
    #[arg(required_unless_present_any = ["customer", "model"])]
    devices: Vec<String>,
    /// All devices of this customer
    #[arg(long, value_name = "NAME")]
    customer: Option<String>,
    /// All devices of this model
    #[arg(long, value_name = "MODEL")]
    model: Option<String>,
    /// Its name; one is made where none is given
    #[arg(long, default_value = "")]
    name: String,
    /// The firmware to run in the end, by SHA-256 or file name; without it what is recommended for each
    #[arg(long, value_name = "PACKAGE")]
    package: Option<String>,
    /// When it begins, such as 2027-01-24T02:30; at once where neither this nor a window is given
    #[arg(long, value_name = "TIME", conflicts_with = "window")]
    at: Option<String>,
    /// A maintenance window, such as sunday,monday/02:30/180: days, start, minutes; can be given several times
    #[arg(long = "window", value_name = "WINDOW")]
    window: Vec<String>,
    /// A rule of RFC 5545 by which it begins again, such as FREQ=WEEKLY;BYDAY=SU
    #[arg(long, value_name = "RRULE", requires = "at", requires = "zone")]
    repeat: Option<String>,
    /// IANA name of the zone of these times; without it that of each site
    #[arg(long, value_name = "ZONE")]
    zone: Option<String>,
    /// So many devices are a trial: the rest begins when all of them are proven good
    #[arg(long, value_name = "COUNT")]
    trial: Option<u32>,
    /// Hold what waits when so many devices have failed
    #[arg(long, value_name = "COUNT")]
    pause_after: Option<u32>,
    /// 0 to 1,000; the higher goes first
    #[arg(long, default_value_t = 500)]
    priority: i64,
    /// Follow it to its end, as `job run` does
    #[arg(long)]
    wait: bool,
    /// Print JSON instead of text
    #[arg(long)]
    json: bool,
}

/// `job …`
pub async fn run(place: &Place, command: Job) -> Outcome {
    let works = match &command {
        Job::Create(wanted) => wanted.wait,
        other => matches!(other, Job::Run { .. }),
    };
    let person = if works {
        Person::sign_in_to_work(place).await?
    } else {
        Person::sign_in(place).await?
    };
    let done = match command {
        Job::Create(wanted) => create(&person, *wanted).await,
        Job::List { search, json } => list(&person, &search, json).await,
        Job::Show { job, json } => show(&person, &job, json).await,
        Job::Pause(jobs) => each(&person, "jobs.pause", jobs).await,
        Job::Resume(jobs) => each(&person, "jobs.resume", jobs).await,
        Job::Stop(jobs) => each(&person, "jobs.stop", jobs).await,
        Job::Delete(jobs) => each(&person, "jobs.delete", jobs).await,
        Job::Run { job, json } => {
            let id = find(&person, &job).await?;
            follow(&person, &id, json).await
        }
    };
    person.leave().await;
    done
}

async fn create(person: &Person, wanted: Create) -> Outcome {
    let systems = devices(person, &wanted).await?;
    let order = json!({
        "name": wanted.name,
        "schedule": schedule(&wanted)?,
        "rollout": rollout(&wanted),
        "priority": wanted.priority,
        "tolerance_minutes": null,
    });
    let target = match &wanted.package {
        Some(package) => named::PACKAGE.find(&rows(person, "repository", "").await?, package)?["id"].clone(),
        None => Value::Null,
    };
    let (command, arguments) = match wanted.operation.as_str() {
        "device-upgrade" => (
            "devices.upgrade",
            json!({ "ids": systems, "target": target, "order": order }),
        ),
        "device-roll-back" => ("devices.roll_back", json!({ "ids": systems, "order": order })),
        _ => ("devices.restart", json!({ "ids": systems, "order": order })),
    };
    let ordered = person.call(command, &arguments).await?;
    if !wanted.json {
        print_row(&ordered, &["id", "name"]);
    } else if !wanted.wait {
        print_json(&ordered);
    }
    for skipped in ordered["skipped"].as_array().into_iter().flatten() {
        let said = match text(skipped, "problem") {
            // Which version that is is not said of those that are left out.
            "upgrade.current" => word("upgrade-excluded-current", &Parameters::new()),
            code => word(&flotilla_kernel::words::key_of(code), &Parameters::new()),
        };
        complain(&format!("{}: {said}", text(skipped, "id")));
    }
    if wanted.wait {
        return follow(person, text(&ordered, "id"), wanted.json).await;
    }
    Ok(())
}

/// The ids of the devices that are meant.
async fn devices(person: &Person, wanted: &Create) -> Result<Vec<Value>, CliError> {
    let mut found = rows(person, "systems", "").await?;
    found.retain(|row| row["kind"] == "camera");
    let same = |one: &str, other: &str| one.trim().to_lowercase() == other.trim().to_lowercase();
    if wanted.devices.is_empty() {
        found.retain(|row| {
            wanted
                .customer
                .as_ref()
                .is_none_or(|name| same(text(row, "customer"), name))
                && wanted
                    .model
                    .as_ref()
                    .is_none_or(|model| same(text(row, "model"), model))
        });
        return Ok(found.iter().map(|row| row["id"].clone()).collect());
    }
    wanted
        .devices
        .iter()
        .map(|device| Ok(named::DEVICE.find(&found, device)?["id"].clone()))
        .collect()
}

fn schedule(wanted: &Create) -> Result<Value, CliError> {
    if !wanted.window.is_empty() {
        let windows: Vec<Value> = wanted
            .window
            .iter()
            .map(|text| window(text).ok_or_else(|| CliError::from(Problem::new(ErrorCode::JobWindow))))
            .collect::<Result<_, _>>()?;
        return Ok(json!({ "kind": "windows", "windows": windows, "zone": wanted.zone }));
    }
    Ok(match (&wanted.at, &wanted.repeat) {
        (None, _) => json!({ "kind": "now" }),
        (Some(at), None) => json!({ "kind": "at", "local": at, "zone": wanted.zone }),
        (Some(at), Some(rule)) => json!({ "kind": "repeat", "first": at, "rule": rule, "zone": wanted.zone }),
    })
}

/// Days, start and minutes of `sunday,monday/02:30/180`.
fn window(text: &str) -> Option<Value> {
    let mut parts = text.split('/');
    let (days, start, minutes) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    let days: Vec<String> = days.split(',').map(|day| day.trim().to_lowercase()).collect();
    let known = [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    ];
    if !days.iter().all(|day| known.contains(&day.as_str())) {
        return None;
    }
    let (hour, minute) = start.split_once(':')?;
    let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
    if hour > 23 || minute > 59 {
        return None;
    }
    let duration: u16 = minutes.parse().ok()?;
    Some(json!({ "days": days, "start": hour * 60 + minute, "duration": duration }))
}

fn rollout(wanted: &Create) -> Value {
    let waves: Vec<Value> = wanted
        .trial
        .iter()
        .map(|count| {
            json!({ "size": { "unit": "systems", "size": count }, "proven_percent": 100, "soak_minutes": 0 })
        })
        .collect();
    let threshold = wanted
        .pause_after
        .map(|count| json!({ "systems": count, "percent": null, "act": "pause" }));
    json!({ "waves": waves, "threshold": threshold })
}

/// The id of the job that is meant.
async fn find(person: &Person, job: &str) -> Result<String, CliError> {
    let all = rows(person, "jobs", "").await?;
    Ok(text(named::JOB.find(&all, job)?, "id").to_owned())
}

async fn list(person: &Person, search: &str, as_json: bool) -> Outcome {
    let found = rows(person, "jobs", search).await?;
    if as_json {
        print_json(&Value::from(found));
        return Ok(());
    }
    for row in &found {
        print_row(
            &counted(row),
            &[
                "id",
                "name",
                "operation",
                "about",
                "state",
                "done",
                "failed",
                "all",
                "created_by",
            ],
        );
    }
    Ok(())
}

/// A row with its numbers beside the others.
fn counted(row: &Value) -> Value {
    let mut row = row.clone();
    let number = |name: &str| row["counts"][name].as_i64().unwrap_or_default();
    let all: i64 = [
        "waiting", "running", "done", "skipped", "failed", "unknown", "stopped",
    ]
    .iter()
    .map(|name| number(name))
    .sum();
    let (done, failed) = (number("done"), number("failed") + number("unknown"));
    row["all"] = json!(all);
    row["done"] = json!(done);
    row["failed"] = json!(failed);
    row
}

async fn show(person: &Person, job: &str, as_json: bool) -> Outcome {
    let id = find(person, job).await?;
    let view = person.call("jobs.job", &json!({ "id": id })).await?;
    let tasks = tasks(person, &id).await?;
    if as_json {
        print_json(&json!({ "job": view, "systems": tasks }));
        return Ok(());
    }
    let row = counted(&view["row"]);
    print_row(
        &row,
        &[
            "id",
            "name",
            "operation",
            "about",
            "state",
            "done",
            "failed",
            "all",
        ],
    );
    for task in &tasks {
        print_task(task);
    }
    Ok(())
}

/// The systems of a job.
async fn tasks(person: &Person, id: &str) -> Result<Vec<Value>, CliError> {
    let mut all = rows(person, "job_tasks", "").await?;
    all.retain(|row| row["job"] == id);
    for row in &mut all {
        row["error"] = row["problem"]["code"].clone();
    }
    Ok(all)
}

fn print_task(task: &Value) {
    print_row(
        task,
        &[
            "host",
            "serial",
            "name",
            "state",
            "step",
            "percent",
            "version_from",
            "version_to",
            "error",
        ],
    );
}

async fn each(person: &Person, command: &str, wanted: Jobs) -> Outcome {
    let mut ids = Vec::with_capacity(wanted.jobs.len());
    for job in &wanted.jobs {
        ids.push(find(person, job).await?);
    }
    let outcomes = person.call(command, &json!({ "ids": ids })).await?;
    if wanted.json {
        print_json(&outcomes);
    }
    let failed = outcomes
        .as_array()
        .into_iter()
        .flatten()
        .find(|outcome| !outcome["problem"].is_null());
    if !wanted.json {
        for outcome in outcomes.as_array().into_iter().flatten() {
            let mut row = outcome.clone();
            row["error"] = outcome["problem"]["code"].clone();
            print_row(&row, &["id", "error"]);
        }
    }
    match failed.and_then(|outcome| ErrorCode::from_code(text(&outcome["problem"], "code"))) {
        Some(code) => Err(Problem::new(code).into()),
        None => Ok(()),
    }
}

/// Follows a job until it has ended.
async fn follow(person: &Person, id: &str, as_json: bool) -> Outcome {
    let workspace = person.program.workspace().await?;
    let mut events = workspace.database.subscribe();
    let shows = !as_json && std::io::stderr().is_terminal();
    let mut last = Value::Null;
    let ended = loop {
        let view = person.call("jobs.job", &json!({ "id": id })).await?;
        let row = counted(&view["row"]);
        if as_json && row != last {
            print_json(&row);
        }
        if shows {
            let said = format!(
                "\r{} {} / {} ({})",
                text(&row, "state"),
                row["done"],
                row["all"],
                row["failed"]
            );
            // Nobody reads it: then there is nobody to tell.
            let _ = write!(std::io::stderr(), "{said}");
        }
        if !row["finished_at"].is_null() {
            break row;
        }
        last = row;
        tokio::select! {
            _ = events.recv() => {}
            _ = tokio::signal::ctrl_c() => break last,
        }
    };
    if shows {
        let _ = writeln!(std::io::stderr());
    }
    if !as_json {
        for task in &tasks(person, id).await? {
            print_task(task);
        }
    }
    match text(&ended, "state") {
        "completed" => Ok(()),
        _ => Err(Problem::new(problem_of(&ended)).into()),
    }
}

/// Why a job did not end well, in one code.
fn problem_of(row: &Value) -> ErrorCode {
    let said = ErrorCode::from_code(text(&row["problem"], "code"));
    said.unwrap_or(if row["finished_at"].is_null() {
        ErrorCode::Cancelled
    } else {
        ErrorCode::JobFailed
    })
}

#[cfg(test)]
mod tests {
    use super::window;
    use serde_json::json;

    /// JOB-25: days, start and minutes.
    #[test]
    fn windows() {
        assert_eq!(
            window("Sunday,monday/02:30/180"),
            Some(json!({ "days": ["sunday", "monday"], "start": 150, "duration": 180 }))
        );
        for wrong in [
            "",
            "sunday",
            "sunday/2/180",
            "someday/02:30/180",
            "sunday/25:00/60",
            "sunday/02:30/60/1",
            "sunday/02:30/-1",
        ] {
            assert_eq!(window(wrong), None, "{wrong}");
        }
    }
}
