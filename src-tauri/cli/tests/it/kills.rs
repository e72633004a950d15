//! REL-01: killed at any moment, nothing is lost, nothing is done twice, and it starts again.
//!
//! `FLOTILLA_KILLS=500 cargo test --package flotilla-cli kill` for the long run.

use crate::moments::{Deed, Moments, kill_when, kills};
use crate::place::{LOGIN, Open, Place};
use crate::shared::Shared;
use crate::truths::whole;
use flotilla_simulator::{Fault, Solution};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::time::{Duration, Instant};

const CUSTOMERS: usize = 16;
/// Of these so many do not answer, so that there is something to save without contact.
const AWAY: usize = 2;
const ANSWERING: usize = CUSTOMERS - AWAY;
/// After one deed the next comes within this time, or nearly.
const SOON: Duration = Duration::from_millis(40);

const IMPORT: [&str; 6] = [
    "customers",
    "import",
    "customers.csv",
    "--yes",
    "--trust",
    "--without-contact",
];

/// A part of an import in which it is killed.
#[derive(Debug, Clone, Copy)]
enum Phase {
    /// Before its first contact: the workspace is opened, the file read.
    Opening,
    /// It meets certificates it does not know.
    Meeting,
    /// It signs in where the certificate has been accepted.
    Testing,
    /// Everything has been tested; customers are stored.
    Saving,
}

/// In what order; the save is what matters most.
const PHASES: [Phase; 6] = [
    Phase::Saving,
    Phase::Opening,
    Phase::Testing,
    Phase::Saving,
    Phase::Meeting,
    Phase::Testing,
];

/// How long a process takes when it is left alone.
struct Pace {
    /// To its first contact.
    opening: Duration,
    /// From its last contact to its end.
    saving: Duration,
}

impl Pace {
    /// After a kill meant for the time after the last contact: one that came too late says how short that time is
    /// today, one that did not lets it grow a little, so that kills gather where something is written.
    fn learn(&mut self, later: Duration, killed: bool) {
        self.saving = if killed { self.saving.mul_f64(1.1) } else { later };
    }
}

/// Runs the program once to its end, which comes after so many contacts.
async fn measure(place: &Place, arguments: &[&str], contacts: usize) -> Pace {
    let before = place.fleet.counters();
    let mut child = place.command(LOGIN, arguments).spawn().expect("it starts");
    let begun = Instant::now();
    let (mut first, mut last) = (begun, begun);
    let watch = || {
        let now = place.fleet.counters();
        if now.connections == before.connections {
            first = Instant::now();
        }
        if now.sign_outs - before.sign_outs < contacts as u64 {
            last = Instant::now();
        }
        false
    };
    let killed = kill_when(&mut child, watch, Duration::ZERO).await;
    assert!(!killed, "it is left alone");
    Pace {
        opening: first - begun,
        saving: last.elapsed(),
    }
}

/// How many imports have saved, as the audit log has it.
async fn saves(open: &Open) -> usize {
    let entries = open.rows("audit").await;
    let saved = |entry: &&Value| entry["act"] == "customers.import_save" && entry["result"] == "done";
    entries.iter().filter(saved).count()
}

/// Deletes all customers, so that the next import has everything to do again, and the waiting lists that are left.
async fn clear(open: &Open) {
    let customers = open.rows("customers").await;
    let ids: Vec<&Value> = customers.iter().map(|customer| &customer["id"]).collect();
    open.call("customers.delete", json!({ "ids": ids })).await;
    assert!(
        open.rows("systems").await.is_empty(),
        "what is the customers' goes with them"
    );
    for waiting in waiting_lists(open).await {
        open.call("customers.import_discard", json!({ "import": waiting["import"] }))
            .await;
    }
}

async fn waiting_lists(open: &Open) -> Vec<Value> {
    let lists = open.call("customers.import_waiting", json!({})).await;
    lists.as_array().expect("a list").clone()
}

/// Goes on with a waiting list that a killed import left, as a person would (GEN-09).
async fn take_up(open: &Open, import: &Value) {
    let argument = json!({ "import": import, "rows": null });
    open.call("customers.import_test", argument.clone()).await;
    let tested = open.import_rest(import).await;
    if tested["counts"]["untrusted"] != 0 {
        open.call("customers.import_trust", argument).await;
        open.import_rest(import).await;
    }
    let arguments = json!({ "import": import, "without_contact": true });
    let receipt = open.call("customers.import_save", arguments).await;
    assert_eq!(receipt["added"], CUSTOMERS);
    assert_eq!(receipt["finished"], true);
}

/// Sets a preference of the workspace.
async fn prefer(place: &Place, name: &str, value: i64) {
    let open = place.open().await;
    let mut form = open.call("preferences.read", json!({})).await;
    form["preferences"][name] = json!(value);
    open.call("preferences.save", form).await;
    open.close().await;
}

/// Every customer of the file is there once, those that answer are connected, the others have never been tried.
async fn all_imported(open: &Open, place: &Place) {
    let customers = whole(open, &place.fleet).await;
    assert_eq!(customers.len(), CUSTOMERS, "every customer of the file");
    let connected = |customer: &&Value| customer["connection"] == "connected";
    let never_tried = |customer: &&Value| customer["status"] == "never_tried";
    assert_eq!(customers.iter().filter(connected).count(), ANSWERING);
    assert_eq!(customers.iter().filter(never_tried).count(), AWAY);
}

/// REL-01, CUS-22, CUS-23, GEN-09: an import that is killed has stored all of its customers or none, as the audit log
/// says; it leaves a waiting list that can be taken up, and it can be done again, and then every customer is there once.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kill_an_import() {
    let mut moments = Moments::new(1);
    let place = Place::new(CUSTOMERS).await;
    for solution in &place.fleet.solutions()[..AWAY] {
        solution.set_fault(Fault::Refuse);
    }
    // Few at once, so that there is time in the middle.
    prefer(&place, "poll_concurrency", 4).await;
    let mut pace = measure(&place, &IMPORT, ANSWERING).await;
    let open = place.open().await;
    all_imported(&open, &place).await;
    clear(&open).await;
    let mut before = saves(&open).await;
    open.close().await;
    let (mut stored, mut taken_up) = (0, 0);
    for round in 0..kills() {
        let phase = PHASES[round % PHASES.len()];
        let (deed, later) = match phase {
            Phase::Opening => (Deed::Started, moments.up_to(pace.opening)),
            Phase::Meeting => (Deed::Connections(moments.number(CUSTOMERS)), moments.up_to(SOON)),
            Phase::Testing => (Deed::SignIns(moments.number(ANSWERING)), moments.up_to(SOON)),
            Phase::Saving => (Deed::SignOuts(ANSWERING as u64), moments.up_to(pace.saving)),
        };
        let start = place.fleet.counters();
        let mut child = place.command(LOGIN, &IMPORT).spawn().expect("it starts");
        let seen = || deed.seen(start, place.fleet.counters());
        let killed = kill_when(&mut child, seen, later).await;
        if matches!(phase, Phase::Saving) {
            pace.learn(later, killed);
        }
        let open = place.open().await;
        let customers = whole(&open, &place.fleet).await.len();
        let saved = saves(&open).await;
        println!("{round}: {phase:?} {deed:?} + {later:?}: killed {killed}, {customers} customers");
        assert_eq!(
            customers,
            (saved - before) * CUSTOMERS,
            "all or none, and written down"
        );
        stored += usize::from(customers > 0 && killed);
        let left = waiting_lists(&open).await;
        if customers > 0 {
            assert!(left.is_empty(), "what is stored is offered no more: {left:?}");
        } else if !matches!(phase, Phase::Opening) {
            assert_eq!(left.len(), 1, "the waiting list is offered again");
        }
        for list in &left {
            assert_eq!(list["counts"]["all"], CUSTOMERS);
            assert_eq!(list["counts"]["new"], CUSTOMERS);
            assert_eq!(list["test"], Value::Null, "nothing pretends to be running");
        }
        match left.first().filter(|_| moments.either()) {
            Some(list) => {
                taken_up += 1;
                take_up(&open, &list["import"]).await;
            }
            // While another process, this one, has the workspace open, too.
            None => {
                let ended = place.run(&IMPORT).await;
                assert_eq!(ended.code, Some(0), "{}", ended.complaint);
            }
        }
        all_imported(&open, &place).await;
        clear(&open).await;
        before = saves(&open).await;
        open.close().await;
    }
    println!("{stored} kills came after the save; {taken_up} waiting lists were taken up");
}

/// How a process that polls is set to work.
#[derive(Debug, Clone, Copy)]
enum Polling {
    /// `poll`: a round in a process of its own.
    Once,
    /// `serve`, and a person who has asked for all customers now.
    Refresh,
    /// `serve`, at its interval.
    Interval,
}

const POLLING: [Polling; 6] = [
    Polling::Once,
    Polling::Refresh,
    Polling::Once,
    Polling::Refresh,
    Polling::Once,
    Polling::Interval,
];

/// What is wrong with a solution in a round.
fn fault_of(number: usize, round: usize) -> Option<Fault> {
    match (number + round) % 4 {
        0 => Some(Fault::UserDisabled),
        1 => Some(Fault::Refuse),
        _ => None,
    }
}

/// What a customer shows once it has been polled: status and version. What cannot be read keeps its version.
fn shown(solution: &Solution, fault: Option<Fault>, before: &Value) -> Value {
    match fault {
        None => json!(["success", solution.version()]),
        Some(Fault::Refuse) => json!(["unreachable", before[1]]),
        Some(_) => json!(["service_user_disabled", before[1]]),
    }
}

/// What every customer shows.
fn showing(customers: &[Value]) -> HashMap<String, Value> {
    let of = |customer: &Value| {
        let name = customer["name"].as_str().expect("a name").to_owned();
        (name, json!([customer["status"], customer["version"]]))
    };
    customers.iter().map(of).collect()
}

/// Polls all customers here.
async fn poll_all(open: &Open) {
    let ids = open.call("customers.index", json!({})).await;
    open.call("customers.refresh", json!({ "ids": ids })).await;
}

/// REL-01, CUS-40, CUS-41, ALM-01: killed while it polls, every customer stands as before its contact or as after it,
/// with the alarms that belong to that, and the next round brings all of them up to date.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kill_the_poller() {
    let mut moments = Moments::new(2);
    let place = Place::new(CUSTOMERS).await;
    let ended = place.run(&IMPORT).await;
    assert_eq!(ended.code, Some(0), "{}", ended.complaint);
    prefer(&place, "poll_interval_seconds", 15).await;
    let mut pace = measure(&place, &["poll"], CUSTOMERS).await;
    let open = place.open().await;
    let certificate = open.certificate().await;
    let ids = open.call("customers.index", json!({})).await;
    poll_all(&open).await;
    let mut before = showing(&whole(&open, &place.fleet).await);
    open.close().await;
    for round in 0..kills() {
        let mut after = HashMap::new();
        let mut healthy = 0;
        for (number, solution) in place.fleet.solutions().iter().enumerate() {
            solution.clear_faults();
            solution.set_version(&format!("11.1.{round}.{number}"));
            let fault = fault_of(number, round);
            match fault {
                Some(fault) => solution.set_fault(fault),
                None => healthy += 1,
            }
            let name = solution.name();
            after.insert(name.to_owned(), shown(solution, fault, &before[name]));
        }
        let polling = POLLING[round % POLLING.len()];
        let (deed, later) = match (polling, moments.number(3)) {
            (Polling::Interval, _) => (Deed::SignIns(moments.number(2)), moments.up_to(SOON)),
            (Polling::Once, 1) => (Deed::Started, moments.up_to(pace.opening)),
            (_, 1 | 2) => (Deed::SignIns(moments.number(healthy)), moments.up_to(SOON)),
            _ => (Deed::SignOuts(healthy as u64), moments.up_to(pace.saving)),
        };
        let start = place.fleet.counters();
        let (mut child, shared) = match polling {
            Polling::Once => {
                let child = place.command(LOGIN, &["poll"]).spawn().expect("it starts");
                (child, None)
            }
            Polling::Refresh | Polling::Interval => {
                let (child, shared) = Shared::start(&place).await;
                (child, Some(shared))
            }
        };
        let asked = match (&shared, polling) {
            (Some(shared), Polling::Refresh) => {
                let remote = shared.sign_in(&certificate).await;
                let ids = json!({ "ids": ids });
                Some(tokio::spawn(async move {
                    remote.send("customers.refresh", &ids).await.is_ok()
                }))
            }
            _ => None,
        };
        let seen = || deed.seen(start, place.fleet.counters());
        let killed = kill_when(&mut child, seen, later).await;
        if matches!((polling, deed), (Polling::Once, Deed::SignOuts(_))) {
            pace.learn(later, killed);
        }
        let answered = match asked {
            Some(asked) => asked.await.expect("it was asked"),
            None => !killed,
        };
        let open = place.open().await;
        let customers = whole(&open, &place.fleet).await;
        assert_eq!(customers.len(), CUSTOMERS, "nobody is lost");
        let mut done = 0;
        for (name, now) in showing(&customers) {
            let (old, new) = (&before[&name], &after[&name]);
            assert!(
                now == *old || now == *new,
                "{name}: {now} is neither {old} nor {new}"
            );
            done += usize::from(now == *new);
        }
        println!("{round}: {polling:?} {deed:?} + {later:?}: killed {killed}, {done} stored");
        assert!(
            !answered || matches!(polling, Polling::Interval) || done == CUSTOMERS,
            "who was answered finds everything stored"
        );
        poll_all(&open).await;
        let customers = whole(&open, &place.fleet).await;
        assert_eq!(showing(&customers), after, "the next round is up to date");
        open.close().await;
        before = after;
    }
}

/// REL-01, ADM-04: killed while it makes a workspace, the next start makes it or finds it made, and the first
/// administrator signs in.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kill_the_first_start() {
    let mut moments = Moments::new(3);
    let place = Place::new(0).await;
    let workspace = place.file("workspace");
    let init = ["init", "--zone", "Europe/Berlin"];
    std::fs::remove_dir_all(&workspace).expect("begun anew");
    let begun = Instant::now();
    assert_eq!(place.run(&init).await.code, Some(0));
    let longest = begun.elapsed();
    // Each takes several starts to look into, and there are fewer moments to meet.
    for round in 0..kills().div_ceil(2) {
        std::fs::remove_dir_all(&workspace).expect("begun anew");
        let mut child = place.command(LOGIN, &init).spawn().expect("it starts");
        // Half of them as soon as there is a database, when most of the work is under way.
        let (database, later) = if moments.either() {
            (Some(workspace.join("workspace.db")), longest.mul_f64(0.3))
        } else {
            (None, longest)
        };
        let seen = || database.as_ref().is_none_or(|file| file.exists());
        let later = moments.up_to(later);
        let killed = kill_when(&mut child, seen, later).await;
        let made = place.run(&init).await;
        println!(
            "{round}: {later:?} after {database:?}: killed {killed}, {}",
            made.complaint.trim()
        );
        assert!(
            made.code == Some(0) || made.complaint.starts_with("workspace.has-accounts"),
            "{}",
            made.complaint
        );
        let listed = place.json(&["customers", "list", "--json"]).await;
        assert_eq!(listed, json!([]));
        let audit = place.json(&["audit", "verify", "--json"]).await;
        assert_eq!(audit["broken_at"], Value::Null);
        let left: Vec<_> = std::fs::read_dir(&workspace)
            .expect("the folder")
            .filter_map(|entry| Some(entry.ok()?.file_name()))
            .filter(|name| name.to_string_lossy().ends_with(".part"))
            .collect();
        assert!(left.is_empty(), "nothing half is left: {left:?}");
    }
}
