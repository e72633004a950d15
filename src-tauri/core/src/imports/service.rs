//! The test of a waiting list: many connections at once, with progress and cancel (CUS-23, GEN-09).
//!
//! Results are written in batches as they come in; what was under way when the program is killed has simply not been
//! tested yet.

use super::cache::ImportCache;
use super::kept::{KeptTest, Overlay};
use super::running::{Phase, Running};
use super::store;
use super::types::CHANGES;
use crate::connections::probe::{self, ProbeResult, Target};
use crate::connections::tries::By;
use flotilla_kernel::audit::Entry;
use flotilla_kernel::clock::days;
use flotilla_kernel::error::{ErrorCode, Outcome};
use flotilla_kernel::events::Event;
use flotilla_kernel::ids::ImportId;
use flotilla_kernel::work::WorkHandle;
use flotilla_kernel::workspace::Workspace;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tokio::task::JoinSet;

/// Results are written this often; a kill loses no more than these.
const WRITE_EVERY: Duration = Duration::from_millis(400);
/// So many results are written without waiting longer.
const BATCH: usize = 200;

/// A waiting list that nobody touches for so long goes: it holds a whole file, passwords and all (GEN-08).
const LIFETIME: i64 = days(14);
/// How often is looked for them.
const LOOK_EVERY: Duration = Duration::from_secs(3_600);

/// Throws away waiting lists that nobody comes back to, until the workspace closes.
pub async fn keep_tidy(workspace: Workspace) {
    let stop = workspace.stopping();
    let mut pulse = tokio::time::interval(LOOK_EVERY);
    pulse.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            _ = pulse.tick() => {}
        }
        if let Err(error) = expire(&workspace).await {
            tracing::warn!(%error, "abandoned waiting lists stay until the next look");
        }
    }
}

/// Throws away what has not been touched for a fortnight, and what belongs to accounts that are no administrators any
/// more: nobody could reach it. Each has its entry in the audit log.
///
/// # Errors
/// Database errors; then nothing is thrown away.
pub async fn expire(workspace: &Workspace) -> Outcome<()> {
    let mut transaction = workspace.database.begin().await?;
    let until = transaction.now().plus(-LIFETIME);
    let administrators = crate::accounts::store::administrators(transaction.connection()).await?;
    let running = workspace.state::<ImportCache>().all_running();
    let gone = super::store::expire(transaction.connection(), &administrators, until, &running).await?;
    if gone.is_empty() {
        return Ok(());
    }
    for (_, account, file) in &gone {
        let entry = Entry::done()
            .subject(file.clone())
            .detail("account", account.to_string());
        let act = "customers.import_expire";
        flotilla_kernel::audit::append(&mut transaction, None, "service", act, &entry).await?;
    }
    transaction.membership_changed(CHANGES, gone.iter().map(|(id, ..)| id.0));
    transaction.commit().await?;
    for (id, ..) in gone {
        workspace.state::<ImportCache>().forget(id);
    }
    Ok(())
}

/// A result that waits to be written.
struct Result {
    row: u32,
    test: KeptTest,
}

/// Tests the connections and writes what they come to. Ends early when it is cancelled or the workspace closes; the
/// results so far stay.
pub async fn run(
    workspace: Workspace,
    import: ImportId,
    rows: Vec<(u32, String, Target)>,
    running: Arc<Running>,
    handle: WorkHandle,
) {
    let cancelled = handle.cancelled.clone().cancelled_owned();
    let stop = workspace.stopping().cancelled_owned();
    tokio::pin!(cancelled, stop);
    let mut rows = rows.into_iter();
    let mut tasks: JoinSet<(u32, String, ProbeResult)> = JoinSet::new();
    let mut results: Vec<Result> = Vec::new();
    let mut pulse = tokio::time::interval(WRITE_EVERY);
    pulse.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        while tasks.len() < running.at_once {
            let Some((row, connection, target)) = rows.next() else {
                break;
            };
            running.phases.lock().insert(row, Phase::Testing);
            let workspace = workspace.clone();
            tasks.spawn(async move {
                let tested = probe::probe(&workspace, &target, By::Person).await;
                (row, connection, tested)
            });
        }
        tokio::select! {
            biased;
            () = &mut cancelled => break,
            () = &mut stop => break,
            _ = pulse.tick() => write(&workspace, import, &running, &mut results).await,
            joined = tasks.join_next() => match joined {
                Some(Ok((row, connection, tested))) => {
                    running.done.fetch_add(1, Ordering::Relaxed);
                    let test = KeptTest::new(connection, workspace.clock.now(), &tested);
                    handle.advance(1, i64::from(!test.succeeded()));
                    results.push(Result { row, test });
                    if results.len() >= BATCH {
                        write(&workspace, import, &running, &mut results).await;
                    }
                }
                Some(Err(error)) => {
                    tracing::error!(%error, "the test of a connection broke off");
                    handle.advance(1, 1);
                }
                None => break,
            },
        }
    }
    // What is still under way has not been tested.
    tasks.shutdown().await;
    write(&workspace, import, &running, &mut results).await;
    if !results.is_empty() {
        tracing::error!(results = results.len(), "test results could not be kept");
    }
    workspace.state::<ImportCache>().end(import);
    handle.finish();
    workspace.database.tell(Event::Changed {
        feature: CHANGES,
        ids: vec![import.0],
        membership: false,
        many: false,
    });
}

/// Writes the results; those that could not be written wait for the next time.
async fn write(workspace: &Workspace, import: ImportId, running: &Running, results: &mut Vec<Result>) {
    if results.is_empty() {
        return;
    }
    for _ in 0..3 {
        match try_write(workspace, import, results).await {
            Ok(true) => {
                let mut phases = running.phases.lock();
                for result in results.drain(..) {
                    phases.remove(&result.row);
                }
                return;
            }
            // Another program was faster; once more with what it wrote.
            Ok(false) => workspace.state::<ImportCache>().forget(import),
            Err(problem) if problem.code == ErrorCode::NotFound => {
                // Discarded meanwhile.
                results.clear();
                running.cancelled.cancel();
                return;
            }
            Err(problem) => {
                tracing::warn!(%problem, "test results wait to be written");
                return;
            }
        }
    }
}

async fn try_write(workspace: &Workspace, import: ImportId, results: &[Result]) -> Outcome<bool> {
    let list = workspace.state::<ImportCache>().list(workspace, import).await?;
    let mut list = list.lock().await;
    let overlays: Vec<(u32, Overlay)> = results
        .iter()
        .filter(|result| list.contains(result.row))
        .map(|result| {
            (
                result.row,
                Overlay {
                    test: Some(result.test.clone()),
                    ..list.overlay(result.row)
                },
            )
        })
        .collect();
    let mut settings = list.settings.clone();
    settings.revision += 1;
    let mut transaction = workspace.database.begin().await?;
    if !store::claim(transaction.connection(), import, &settings).await? {
        return Ok(false);
    }
    store::put(transaction.connection(), import, &overlays).await?;
    transaction.changed(CHANGES, [import.0]);
    transaction.commit().await?;
    list.settings = settings;
    list.put_tests(overlays);
    Ok(true)
}
