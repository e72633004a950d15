//! Polling at once, because somebody asks for it (CUS-40).

use super::commands::{demand_number, outcomes_of};
use super::outcome;
use super::probe;
use super::rules;
use super::service::Poller;
use super::store::{self, Which};
use super::tries::By;
use super::types::{ConnectionOutcome, ConnectionPreferences, ConnectionsArgument, REFRESH};
use flotilla_kernel::audit::Entry;
use flotilla_kernel::call::Call;
use flotilla_kernel::error::{ErrorCode, Outcome};
use flotilla_kernel::ids::{ConnectionId, OrganizationId};
use flotilla_kernel::rights::Admissions;
use flotilla_kernel::work::WorkHandle;
use futures_util::StreamExt as _;
use std::collections::{BTreeSet, HashSet};

/// Polls these at once and waits until what they said is stored (CUS-40).
///
/// # Errors
/// `call.too-large`; what concerns one connection is its own outcome.
pub async fn refresh(
    call: &Call,
    arguments: ConnectionsArgument,
    admissions: Admissions,
) -> Outcome<Vec<ConnectionOutcome>> {
    demand_number(&arguments.ids)?;
    let known = store::names(&mut *call.workspace.database.read().await?, &arguments.ids).await?;
    let mut outcomes = outcomes_of(&arguments.ids, &admissions, &known);
    let unmonitored = store::unmonitored(&mut *call.workspace.database.read().await?, &arguments.ids).await?;
    for outcome in outcomes.iter_mut().filter(|outcome| outcome.problem.is_none()) {
        outcome.problem = unmonitored
            .contains(&outcome.id)
            .then_some(ErrorCode::ConnectionNotMonitored);
    }
    let wanted: Vec<ConnectionId> = outcomes
        .iter()
        .filter(|outcome| outcome.problem.is_none())
        .map(|outcome| outcome.id)
        .collect();
    let polled = poll_now(call, &wanted).await?;
    for outcome in outcomes.iter_mut().filter(|outcome| outcome.problem.is_none()) {
        if !polled.contains(&outcome.id) {
            outcome.problem = Some(ErrorCode::Cancelled);
        }
    }
    let organizations: BTreeSet<OrganizationId> = known
        .iter()
        .filter(|(id, ..)| polled.contains(id))
        .map(|(_, organization, _)| *organization)
        .collect();
    let organizations: Vec<OrganizationId> = organizations.into_iter().collect();
    let mut transaction = call.workspace.database.begin().await?;
    let entry = Entry::done()
        .organizations(&organizations)
        .detail("connections", polled.len());
    call.append(&mut transaction, &entry).await?;
    call.append_refusals(&mut transaction, &admissions).await?;
    transaction.commit().await?;
    Ok(outcomes)
}

/// Polls these at once, with progress and cancel. Gives those that were polled before it was cancelled.
///
/// # Errors
/// Database errors.
pub async fn poll_now(call: &Call, ids: &[ConnectionId]) -> Outcome<HashSet<ConnectionId>> {
    let work = call.workspace.work.start(
        call.caller()?.account,
        REFRESH,
        "",
        i64::try_from(ids.len()).unwrap_or(i64::MAX),
        true,
    );
    if call.workspace.runs_services() {
        Ok(poll_soon(call, ids, &work).await)
    } else {
        poll_once(call, ids, &work).await
    }
}

/// Has the poller of this process poll these, and waits. Gives those that were polled before it was cancelled.
async fn poll_soon(call: &Call, ids: &[ConnectionId], work: &WorkHandle) -> HashSet<ConnectionId> {
    let poller = call.workspace.state::<Poller>();
    let mut waiting: futures_util::stream::FuturesUnordered<_> = poller
        .refresh(ids)
        .into_iter()
        .map(|(id, outcome)| async move { (id, outcome.await) })
        .collect();
    let mut polled = HashSet::new();
    loop {
        tokio::select! {
            () = work.cancelled.cancelled() => break,
            ended = waiting.next() => match ended {
                Some((id, status)) => {
                    let answered = status.is_ok_and(rules::answered);
                    work.advance(1, i64::from(!answered));
                    polled.insert(id);
                }
                None => break,
            },
        }
    }
    drop(waiting);
    let left: Vec<ConnectionId> = ids.iter().copied().filter(|id| !polled.contains(id)).collect();
    poller.forget(&left);
    polled
}

/// One round of polls in a process that has no poller of its own: the command line. Gives those that were polled
/// before it was cancelled.
async fn poll_once(call: &Call, ids: &[ConnectionId], work: &WorkHandle) -> Outcome<HashSet<ConnectionId>> {
    use futures_util::StreamExt;
    let mut done = HashSet::with_capacity(ids.len());
    let mut polled = store::polled(&mut *call.workspace.database.read().await?, Which::These(ids)).await?;
    polled.retain(|one| one.monitored);
    let concurrency = usize::try_from(
        call.workspace
            .preferences::<ConnectionPreferences>()
            .poll_concurrency,
    )
    .unwrap_or(1)
    .max(1);
    let mut contacts = futures_util::stream::iter(polled)
        .map(|polled| async move {
            let result = probe::probe(&call.workspace, &polled.target, By::Person).await;
            (polled.id, polled.edition, result)
        })
        .buffer_unordered(concurrency)
        .ready_chunks(64);
    while let Some(batch) = contacts.next().await {
        let mut transaction = call.workspace.database.begin().await?;
        let mut failed = 0;
        for (id, edition, result) in &batch {
            let status =
                outcome::apply(&call.workspace, &mut transaction, *id, Some(*edition), result).await?;
            failed += i64::from(!status.is_some_and(rules::answered));
            done.insert(*id);
        }
        transaction.commit().await?;
        work.advance(i64::try_from(batch.len()).unwrap_or(0), failed);
        if work.cancelled.is_cancelled() {
            break;
        }
    }
    Ok(done)
}
