//! The test of a waiting list: many connections at once, with progress and cancel (CUS-23, GEN-09).
//!
//! Results are written in batches as they come in; what was under way when the program is killed has simply not been
//! tested yet.

use super::cache::ImportCache;
use super::giving::{Met, with_first_account};
use super::kept::{KeptTest, Overlay};
use super::running::{Phase, Purpose, Running};
use super::store;
use super::types::CHANGES;
use crate::connections::probe::{self, Target};
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
use tokio::task::{JoinError, JoinSet};

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

/// What a contact came to, of the connection of this row.
type Contacted = (u32, String, Met);

/// Tests the connections, or gives first accounts, and writes what they come to. Ends early when it is cancelled or the workspace
/// closes; the results so far stay.
pub async fn run(
    workspace: Workspace,
    import: ImportId,
    rows: Vec<(u32, String, Target)>,
    running: Arc<Running>,
    handle: WorkHandle,
) {
    // Whoever waits for it is told also where it breaks off.
    let _ended = running.ended.clone().drop_guard();
    let cancelled = handle.cancelled.clone().cancelled_owned();
    let stop = workspace.stopping().cancelled_owned();
    tokio::pin!(cancelled, stop);
    let mut rows = rows.into_iter();
    let mut tasks: JoinSet<Contacted> = JoinSet::new();
    let mut results: Vec<Result> = Vec::new();
    let mut pulse = tokio::time::interval(WRITE_EVERY);
    pulse.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        while tasks.len() < running.at_once {
            let Some((row, connection, target)) = rows.next() else {
                break;
            };
            running.phases.lock().insert(row, Phase::Testing);
            let (workspace, purpose) = (workspace.clone(), running.purpose);
            tasks.spawn(async move {
                let met = match purpose {
                    Purpose::Test => Met::from(probe::probe(&workspace, &target, By::Person).await),
                    Purpose::FirstAccount => with_first_account(&workspace, &target).await,
                };
                (row, connection, met)
            });
        }
        tokio::select! {
            biased;
            () = &mut cancelled => break,
            () = &mut stop => break,
            _ = pulse.tick() => write(&workspace, import, &running, &mut results).await,
            joined = tasks.join_next() => match joined {
                Some(joined) => {
                    results.extend(ended(&workspace, &running, &handle, joined));
                    if results.len() >= BATCH {
                        write(&workspace, import, &running, &mut results).await;
                    }
                }
                None => break,
            },
        }
    }
    if running.purpose == Purpose::FirstAccount {
        // Nothing would be known of a device that is left in the middle.
        while let Some(joined) = tasks.join_next().await {
            results.extend(ended(&workspace, &running, &handle, joined));
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

/// The result of a contact that has ended; none: it broke off.
fn ended(
    workspace: &Workspace,
    running: &Running,
    handle: &WorkHandle,
    joined: std::result::Result<Contacted, JoinError>,
) -> Option<Result> {
    match joined {
        Ok((row, connection, met)) => {
            running.done.fetch_add(1, Ordering::Relaxed);
            let mut test = KeptTest::new(connection, workspace.clock.now(), &met.tested);
            test.problem = met.problem;
            handle.advance(1, i64::from(!test.succeeded()));
            Some(Result { row, test })
        }
        Err(error) => {
            tracing::error!(%error, "the test of a connection broke off");
            handle.advance(1, 1);
            None
        }
    }
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
