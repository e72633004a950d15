//! REL-01: killed at any moment, nothing is lost, nothing is done twice, and it starts again.
//!
//! `FLOTILLA_KILLS=500 cargo test -p flotilla-cli kill` for the long run.

use crate::place::{Open, Place};
use flotilla_simulator::Fault;
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use serde_json::{Value, json};
use std::collections::HashSet;
use std::time::{Duration, Instant};
use tokio::io::{AsyncRead, AsyncReadExt as _};
use tokio::process::Child;

const CUSTOMERS: usize = 20;
/// Where the import's customers are new again.
const KILLS_OF_A_WORKSPACE: usize = 4;

/// How many times a test kills.
fn kills() -> usize {
    std::env::var("FLOTILLA_KILLS").map_or(8, |number| number.parse().expect("a number"))
}

fn moments(salt: u64) -> (u64, StdRng) {
    let seed = std::env::var("FLOTILLA_SEED")
        .map_or_else(|_| rand::rng().random(), |text| text.parse().expect("a number"));
    (seed, StdRng::seed_from_u64(seed ^ salt))
}

/// Waits for the first sign of work.
async fn begun(output: &mut (impl AsyncRead + Unpin)) {
    let mut byte = [0];
    output.read_exact(&mut byte).await.expect("a sign of work");
}

async fn kill(mut child: Child) {
    child.start_kill().expect("it can be killed");
    child.wait().await.expect("it ended");
}

/// What holds whatever happened: the log is whole, every customer is one of the file and there once, with everything
/// that belongs to it, and no alarm is open twice.
async fn whole(open: &Open, names: &HashSet<String>) -> Vec<Value> {
    let audit = open.call("audit.verify", json!({})).await;
    assert_eq!(audit["broken_at"], Value::Null, "the audit log is whole");
    let customers = open.rows("customers").await;
    let mut seen = HashSet::new();
    for customer in &customers {
        let name = customer["name"].as_str().expect("a name");
        assert!(names.contains(name), "{name} stands in the file");
        assert!(seen.insert(name.to_owned()), "{name} is there once");
        let panel = open
            .call("customers.panel", json!({ "id": customer["id"] }))
            .await;
        let cards = panel["systems"].as_array().expect("cards");
        assert_eq!(
            cards.len(),
            customer["systems"].as_u64().expect("a number") as usize,
            "{name}"
        );
        let details = open.call("customers.read", json!({ "id": customer["id"] })).await;
        assert_eq!(details["has_password"], true, "{name} is stored whole");
        let organization = open
            .call("organizations.read", json!({ "id": customer["id"] }))
            .await;
        assert_eq!(organization["name"], name);
        assert!(
            !organization["default_folder"].is_null(),
            "{name} has its folder (ORG-02)"
        );
    }
    let systems = open.rows("systems").await;
    let of_customers: u64 = customers
        .iter()
        .filter_map(|customer| customer["systems"].as_u64())
        .sum();
    assert_eq!(
        systems.len() as u64,
        of_customers,
        "no system without its customer"
    );
    let mut open_alarms = HashSet::new();
    for alarm in open.rows("alarms").await {
        if alarm["state"] == "open" {
            let what = json!([
                alarm["organization"],
                alarm["system"],
                alarm["cause"],
                alarm["qualifier"]
            ]);
            assert!(
                open_alarms.insert(what.to_string()),
                "{what} is open once (ALM-01)"
            );
        }
    }
    customers
}

/// REL-01, CUS-22, CUS-23, GEN-09: an import that is killed has stored all of its customers or none, leaves its waiting
/// list, and can be done again.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kill_an_import() {
    let (seed, mut random) = moments(1);
    println!("FLOTILLA_SEED={seed}");
    let mut longest = Duration::from_millis(900);
    let mut stored = 0;
    for _ in 0..kills().div_ceil(KILLS_OF_A_WORKSPACE) {
        let place = Place::new(CUSTOMERS).await;
        let names: HashSet<String> = place
            .fleet
            .solutions()
            .iter()
            .map(|solution| solution.name().to_owned())
            .collect();
        let arguments = [
            "customers",
            "import",
            "customers.csv",
            "--yes",
            "--trust",
            "--without-contact",
        ];
        for _ in 0..KILLS_OF_A_WORKSPACE {
            let mut child = place
                .command(crate::place::LOGIN, &arguments)
                .spawn()
                .expect("it starts");
            let mut progress = child.stderr.take().expect("its progress");
            begun(&mut progress).await;
            // Any moment between the first contact and the end; the killed process knows nothing of it.
            tokio::time::sleep(longest.mul_f64(random.random())).await;
            kill(child).await;
            let open = place.open().await;
            let customers = whole(&open, &names).await;
            assert!(
                customers.is_empty() || customers.len() == CUSTOMERS,
                "all or none: {} of {CUSTOMERS}",
                customers.len()
            );
            if !customers.is_empty() {
                stored += 1;
                // So that the next one has something to do again.
                let ids: Vec<&Value> = customers.iter().map(|customer| &customer["id"]).collect();
                open.call("customers.delete", json!({ "ids": ids })).await;
                assert!(
                    open.rows("systems").await.is_empty(),
                    "what is the customers' goes with them"
                );
            }
            // What the killed import left can be looked at, and thrown away.
            for waiting in open
                .call("customers.import_waiting", json!({}))
                .await
                .as_array()
                .expect("a list")
            {
                let view = open
                    .call("customers.import_view", json!({ "import": waiting["import"] }))
                    .await;
                assert_eq!(view["counts"]["all"], CUSTOMERS);
                assert_eq!(view["test"], Value::Null, "nothing pretends to be running");
                open.call("customers.import_discard", json!({ "import": waiting["import"] }))
                    .await;
            }
            open.close().await;
        }
        let begun = Instant::now();
        let ended = place.run(&arguments).await;
        assert_eq!(ended.code, Some(0), "{}", ended.complaint);
        longest = longest.min(begun.elapsed());
        let open = place.open().await;
        let customers = whole(&open, &names).await;
        assert_eq!(customers.len(), CUSTOMERS, "every customer of the file");
        assert!(
            customers
                .iter()
                .all(|customer| customer["connection"] == "connected")
        );
        open.close().await;
    }
    println!("{stored} kills came after the save");
}

/// REL-01, CUS-40, CUS-41: killed while it polls, the workspace holds what was stored before or what was stored after,
/// and the next round brings everything up to date.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kill_the_poller() {
    let (seed, mut random) = moments(2);
    println!("FLOTILLA_SEED={seed}");
    let place = Place::new(CUSTOMERS).await;
    let names: HashSet<String> = place
        .fleet
        .solutions()
        .iter()
        .map(|solution| solution.name().to_owned())
        .collect();
    let arguments = ["customers", "import", "customers.csv", "--yes", "--trust"];
    let ended = place.run(&arguments).await;
    assert_eq!(ended.code, Some(0), "{}", ended.complaint);
    let open = place.open().await;
    let mut form = open.call("preferences.read", json!({})).await;
    form["preferences"]["poll_interval_seconds"] = json!(15);
    open.call("preferences.save", form).await;
    open.close().await;
    for round in 0..kills() {
        // Something to write: other versions, and a few that cannot be signed in to.
        for (number, solution) in place.fleet.solutions().iter().enumerate() {
            solution.clear_faults();
            solution.set_version(&format!("11.1.{round}.{number}"));
            if (number + round) % 3 == 0 {
                solution.set_fault(Fault::WrongPassword);
            }
        }
        let before = place.fleet.counters().sign_ins;
        let mut child = place
            .command(crate::place::LOGIN, &["serve", "--port", "0"])
            .spawn()
            .expect("it starts");
        let mut output = child.stdout.take().expect("its address");
        begun(&mut output).await;
        let longest = Duration::from_millis(4_000);
        tokio::time::sleep(longest.mul_f64(random.random())).await;
        kill(child).await;
        let open = place.open().await;
        assert_eq!(whole(&open, &names).await.len(), CUSTOMERS, "nobody is lost");
        open.close().await;
        println!(
            "round {round}: {} sign-ins before the kill",
            place.fleet.counters().sign_ins - before
        );
    }
    for solution in place.fleet.solutions() {
        solution.clear_faults();
        solution.set_version("11.1.9.9");
    }
    let polled = place.json(&["poll", "--json"]).await;
    for customer in polled.as_array().expect("customers") {
        assert_eq!(
            (&customer["status"], &customer["version"]),
            (&json!("success"), &json!("11.1.9.9"))
        );
    }
    let open = place.open().await;
    let systems = open.rows("systems").await.len();
    whole(&open, &names).await;
    let open_alarms = open
        .rows("alarms")
        .await
        .into_iter()
        .filter(|alarm| alarm["state"] == "open");
    assert!(
        open_alarms
            .into_iter()
            .all(|alarm| alarm["cause"] != "access_refused"),
        "the alarms of what is mended are cleared"
    );
    open.close().await;
    let fleet: usize = place
        .fleet
        .solutions()
        .iter()
        .map(|solution| solution.systems().len())
        .sum();
    assert_eq!(systems, fleet, "every system is there once");
}
