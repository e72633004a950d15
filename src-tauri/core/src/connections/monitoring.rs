//! Switching the monitoring of connections off and on (DEV-51, RGT-03): what is not monitored is not polled, raises no alarms of contact,
//! and keeps what was read of it last.

use super::commands::{demand_number, outcomes_of};
use super::outcome;
use super::service::Poller;
use super::store;
use super::types::{ConnectionOutcome, MONITORING, MonitorConnections, MonitoringOutcome};
use flotilla_kernel::audit::Entry;
use flotilla_kernel::batches::{BATCH, Batches};
use flotilla_kernel::call::Call;
use flotilla_kernel::error::{ErrorCode, Outcome};
use flotilla_kernel::ids::{ConnectionId, OrganizationId};
use flotilla_kernel::rights::Admissions;
use std::collections::BTreeSet;

/// Switches the monitoring of these connections on or off: each for itself, in batches. One that is as it is wanted stays so.
///
/// # Errors
/// `call.too-large`; what concerns one connection is its own outcome.
pub async fn monitor(
    call: &Call,
    arguments: MonitorConnections,
    admissions: Admissions,
) -> Outcome<Vec<MonitoringOutcome>> {
    let MonitorConnections { ids, on } = arguments;
    demand_number(&ids)?;
    call.record_refusals(&admissions).await?;
    let known = store::names(&mut *call.workspace.database.read().await?, &ids).await?;
    let mut outcomes = outcomes_of(&ids, &admissions, &known);
    let mut switched = BTreeSet::new();
    let mut batches = Batches::start(call, MONITORING, outcomes.len())?;
    let mut stopped = None;
    for batch in outcomes.chunks_mut(BATCH) {
        if stopped.is_none() {
            let ended = monitor_batch(call, &mut batches, batch, (on, &mut switched)).await;
            stopped = batches.stopped(ended)?;
        }
        if stopped.is_some() {
            for outcome in batch.iter_mut().filter(|outcome| outcome.problem.is_none()) {
                outcome.problem = stopped;
            }
        }
    }
    Ok(outcomes
        .into_iter()
        .map(|outcome| MonitoringOutcome {
            switched: switched.contains(&outcome.id),
            id: outcome.id,
            name: outcome.name,
            problem: outcome.problem,
        })
        .collect())
}

/// Switches one batch; gives whether the act was not cancelled before it.
async fn monitor_batch(
    call: &Call,
    batches: &mut Batches,
    batch: &mut [ConnectionOutcome],
    (on, all): (bool, &mut BTreeSet<ConnectionId>),
) -> Outcome<bool> {
    let Some(mut transaction) = batches.begin(call).await? else {
        return Ok(false);
    };
    let now = transaction.now();
    let wanted: Vec<ConnectionId> = batch
        .iter()
        .filter(|outcome| outcome.problem.is_none())
        .map(|outcome| outcome.id)
        .collect();
    let there: BTreeSet<ConnectionId> = store::names(transaction.connection(), &wanted)
        .await?
        .into_iter()
        .map(|(id, ..)| id)
        .collect();
    // Somebody else may have removed it meanwhile.
    for outcome in batch.iter_mut().filter(|outcome| outcome.problem.is_none()) {
        outcome.problem = (!there.contains(&outcome.id)).then_some(ErrorCode::NotFound);
    }
    let switched = store::set_monitored(transaction.connection(), now, &wanted, on).await?;
    for (id, _) in &switched {
        outcome::monitoring_changed(&call.workspace, &mut transaction, *id).await?;
    }
    let ids: Vec<ConnectionId> = switched.iter().map(|(id, _)| *id).collect();
    let organizations: BTreeSet<OrganizationId> =
        switched.iter().map(|(_, organization)| *organization).collect();
    let organizations: Vec<OrganizationId> = organizations.into_iter().collect();
    let names: Vec<&str> = batch
        .iter()
        .filter(|outcome| ids.contains(&outcome.id))
        .take(100)
        .map(|outcome| outcome.name.as_str())
        .collect();
    let entry = Entry::done()
        .organizations(&organizations)
        .subject(names.join(", "))
        .detail("connections", ids.len())
        .detail("on", on);
    let left = batch.iter().filter(|outcome| outcome.problem.is_some()).count();
    batches
        .commit(call, transaction, entry, batch.len(), left)
        .await?;
    all.extend(ids.iter().copied());
    call.workspace.state::<Poller>().look_at(ids);
    Ok(true)
}
