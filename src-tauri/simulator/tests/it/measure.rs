//! How much the simulator serves. Not a test of anybody's machine, so it runs only when asked for:
//! `cargo test --release -p flotilla-simulator --test it -- --ignored --nocapture`.
use crate::support::{LICENCES, SYSTEMS, client_builder};
use flotilla_simulator::{Fleet, FleetOptions};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

const CUSTOMERS: usize = 3300;
const AT_ONCE: usize = 64;

/// Resident memory of this process and its peak, as Linux says it.
fn memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let lines = status
        .lines()
        .filter(|line| line.starts_with("VmRSS") || line.starts_with("VmHWM"));
    lines
        .map(|line| line.replace('\t', " "))
        .collect::<Vec<_>>()
        .join(", ")
}

/// SIM-01: time to start, memory, and contacts a second, client and simulator in one process.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "a measurement"]
async fn serves() {
    let begin = Instant::now();
    let options = FleetOptions {
        customers: CUSTOMERS,
        ..FleetOptions::default()
    };
    let fleet = Arc::new(Fleet::start(options).await.expect("a fleet"));
    println!(
        "{} systems listen after {:?}; {}",
        fleet.system_count(),
        begin.elapsed(),
        memory()
    );
    let begin = Instant::now();
    let certificates: Vec<Vec<u8>> = fleet
        .solutions()
        .iter()
        .map(|one| one.certificate().expect("a certificate"))
        .collect();
    println!("certificates of all made in {:?}; {}", begin.elapsed(), memory());
    let client = client_builder(&certificates).build().expect("a client");
    for round in ["connecting", "over kept connections"] {
        let next = Arc::new(AtomicUsize::new(0));
        let begin = Instant::now();
        let workers: Vec<_> = (0..AT_ONCE)
            .map(|_| {
                let (fleet, client, next) = (fleet.clone(), client.clone(), next.clone());
                tokio::spawn(async move {
                    while let Some(solution) = fleet.solutions().get(next.fetch_add(1, Ordering::Relaxed)) {
                        let api = crate::support::Api {
                            client: client.clone(),
                            solution,
                        };
                        let session = api.sign_in().await;
                        api.list(&session, SYSTEMS).await;
                        api.list(&session, LICENCES).await;
                        api.sign_out(&session).await;
                    }
                })
            })
            .collect();
        for worker in workers {
            worker.await.expect("no failure");
        }
        let seconds = begin.elapsed().as_secs_f64();
        println!(
            "{round}: {:.0} contacts a second, {:.0} requests a second; {}",
            CUSTOMERS as f64 / seconds,
            4.0 * CUSTOMERS as f64 / seconds,
            memory()
        );
    }
}
