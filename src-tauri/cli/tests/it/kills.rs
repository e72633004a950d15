//! REL-01: killed at any moment, nothing is lost, nothing is done twice, and it starts again.
//!
//! `FLOTILLA_KILLS=500 cargo test --package flotilla-cli kill` for the long run.

use crate::moments::{Moments, Sign, kill_when, kills};
use crate::place::{LOGIN, Open, Place};
use crate::shared::Shared;
use crate::truths::whole;
use flotilla_simulator::{Counters, Fault};
use serde_json::{Value, json};
use std::time::{Duration, Instant};
use tokio::process::Child;

const CUSTOMERS: usize = 16;
/// Of these so many do not answer, so that there is something to save without contact.
const AWAY: usize = 2;
const ANSWERING: usize = CUSTOMERS - AWAY;
/// After a sign the next one comes within this time, or nearly.
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

/// How long an import takes when it is left alone.
struct Pace {
    opening: Duration,
    saving: Duration,
}

/// Imports once without a kill.
async fn measure(place: &Place) -> Pace {
    let before = place.fleet.counters();
    let mut child = place.command(LOGIN, &IMPORT).spawn().expect("it starts");
    let begun = Instant::now();
    let (mut first, mut last) = (begun, begun);
    let watch = || {
        let now = place.fleet.counters();
        if now.connections == before.connections {
            first = Instant::now();
        }
        if now.sign_outs - before.sign_outs < ANSWERING as u64 {
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
    let open = place.open().await;
    let mut form = open.call("preferences.read", json!({})).await;
    form["preferences"]["poll_concurrency"] = json!(4);
    open.call("preferences.save", form).await;
    open.close().await;
    let pace = measure(&place).await;
    let open = place.open().await;
    all_imported(&open, &place).await;
    clear(&open).await;
    let mut before = saves(&open).await;
    open.close().await;
    let (mut stored, mut taken_up) = (0, 0);
    for round in 0..kills() {
        let phase = PHASES[round % PHASES.len()];
        let (sign, later) = match phase {
            Phase::Opening => (Sign::Started, moments.up_to(pace.opening)),
            Phase::Meeting => (Sign::Connections(moments.number(CUSTOMERS)), moments.up_to(SOON)),
            Phase::Testing => (Sign::SignIns(moments.number(ANSWERING)), moments.up_to(SOON)),
            Phase::Saving => (
                Sign::SignOuts(ANSWERING as u64),
                moments.up_to(pace.saving.mul_f64(1.1)),
            ),
        };
        let start = place.fleet.counters();
        let mut child = place.command(LOGIN, &IMPORT).spawn().expect("it starts");
        let seen = || sign.seen(start, place.fleet.counters());
        let killed = kill_when(&mut child, seen, later).await;
        let open = place.open().await;
        let customers = whole(&open, &place.fleet).await.len();
        let saved = saves(&open).await;
        println!("{round}: {phase:?} {sign:?} + {later:?}: killed {killed}, {customers} customers");
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
                all_imported(&open, &place).await;
                clear(&open).await;
                before = saves(&open).await;
                open.close().await;
            }
            None => {
                open.close().await;
                let ended = place.run(&IMPORT).await;
                assert_eq!(ended.code, Some(0), "{}", ended.complaint);
                let open = place.open().await;
                all_imported(&open, &place).await;
                clear(&open).await;
                before = saves(&open).await;
                open.close().await;
            }
        }
    }
    println!("{stored} kills came after the save; {taken_up} waiting lists were taken up");
}
