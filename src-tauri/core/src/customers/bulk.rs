//! Acts on many customers at once: edited, deleted. In batches (see [`flotilla_kernel::batches`]).

use super::commands::{demand_number, operators_changed, outcome_of};
use super::types::*;
use super::{rules, store};
use crate::connections;
use crate::connections::service::Poller;
use crate::connections::types::ReachedOtherwise;
use flotilla_kernel::audit::Entry;
use flotilla_kernel::batches::{BATCH, Batches};
use flotilla_kernel::call::Call;
use flotilla_kernel::database::{Transaction, fold};
use flotilla_kernel::error::{ErrorCode, Outcome, Problem};
use flotilla_kernel::feature::{self, Deletion};
use flotilla_kernel::fields;
use flotilla_kernel::ids::OrganizationId;
use flotilla_kernel::rights::Admissions;
use std::collections::BTreeSet;

/// What is changed of each of several customers, ready to be stored.
struct Edit<'a> {
    add_tags: Vec<String>,
    /// Folded.
    remove_tags: Vec<String>,
    reached: ReachedOtherwise,
    arguments: &'a EditCustomers,
}

impl Edit<'_> {
    /// What is changed at all, for the audit log.
    fn changed(&self) -> String {
        let operators =
            !self.arguments.add_operators.is_empty() || !self.arguments.remove_operators.is_empty();
        [
            ("tags", !self.add_tags.is_empty() || !self.remove_tags.is_empty()),
            ("notes", self.arguments.notes.is_some()),
            ("operators", operators),
            ("password", self.reached.password.is_some()),
            ("proxy", self.reached.proxy.is_some()),
        ]
        .into_iter()
        .filter_map(|(name, changed)| changed.then_some(name))
        .collect::<Vec<_>>()
        .join(" ")
    }
}

/// Changes tags, operators, notes, service password and proxy of several customers (CUS-12). Each for itself: one that cannot be changed
/// does not hold up the others.
///
/// # Errors
/// `form.invalid`; what concerns one customer is its own outcome.
pub async fn edit(
    call: &Call,
    arguments: EditCustomers,
    admissions: Admissions,
) -> Outcome<Vec<OrganizationOutcome>> {
    demand_number(&arguments.ids)?;
    let add = fields::tidy_tags(arguments.add_tags.iter().map(String::as_str));
    let problems = [
        fields::tags("add_tags", &add),
        arguments
            .notes
            .as_ref()
            .and_then(|notes| fields::text("notes", notes, fields::NOTES_LENGTH, true)),
    ];
    let proxy = arguments.proxy.as_ref().map(rules::check_proxy);
    let problems = problems.into_iter().chain(proxy.into_iter().flatten());
    Problem::of_fields(problems.flatten().collect())?;
    let edit = Edit {
        add_tags: add,
        remove_tags: arguments.remove_tags.iter().map(|tag| fold(tag)).collect(),
        reached: ReachedOtherwise {
            password: arguments.password.clone().filter(|password| !password.is_empty()),
            proxy: arguments.proxy.clone(),
        },
        arguments: &arguments,
    };
    call.record_refusals(&admissions).await?;
    let names = store::names(&mut *call.workspace.database.read().await?, &arguments.ids).await?;
    let mut outcomes: Vec<OrganizationOutcome> = arguments
        .ids
        .iter()
        .map(|&id| outcome_of(id, &admissions, &names))
        .collect();
    let mut batches = Batches::start(call, EDIT, outcomes.len())?;
    let mut stopped = None;
    for batch in outcomes.chunks_mut(BATCH) {
        if stopped.is_none() {
            let ended = edit_batch(call, &mut batches, &edit, batch).await;
            stopped = batches.stopped(ended)?;
        }
        if stopped.is_some() {
            leave(batch, stopped);
        }
    }
    Ok(outcomes)
}

/// What was to be done in a batch that was not done.
fn leave(batch: &mut [OrganizationOutcome], problem: Option<ErrorCode>) {
    for outcome in batch.iter_mut().filter(|outcome| outcome.problem.is_none()) {
        outcome.problem = problem;
    }
}

/// Those of a batch that nothing is against, as far as they are still there.
async fn present(
    transaction: &mut Transaction,
    batch: &mut [OrganizationOutcome],
) -> Outcome<Vec<OrganizationId>> {
    let mut ids: Vec<OrganizationId> = batch
        .iter()
        .filter(|outcome| outcome.problem.is_none())
        .map(|outcome| outcome.id)
        .collect();
    let names = store::names(transaction.connection(), &ids).await?;
    for outcome in batch.iter_mut() {
        if outcome.problem.is_none() && !names.contains_key(&outcome.id) {
            outcome.problem = Some(ErrorCode::NotFound);
        }
    }
    ids.retain(|id| names.contains_key(id));
    Ok(ids)
}

/// Changes one batch; gives whether the act was not cancelled before it.
async fn edit_batch(
    call: &Call,
    batches: &mut Batches,
    edit: &Edit<'_>,
    batch: &mut [OrganizationOutcome],
) -> Outcome<bool> {
    let Some(mut transaction) = batches.begin(call).await? else {
        return Ok(false);
    };
    present(&mut transaction, batch).await?;
    let mut other_operators = Vec::new();
    let mut reached = Vec::new();
    for outcome in batch.iter_mut().filter(|outcome| outcome.problem.is_none()) {
        let id = outcome.id;
        let mut tags = store::details(transaction.connection(), id).await?.fields.tags;
        tags.retain(|tag| !edit.remove_tags.contains(&fold(tag)));
        let tags = fields::tidy_tags(tags.iter().chain(&edit.add_tags).map(String::as_str));
        if fields::tags("tags", &tags).is_some() {
            outcome.problem = Some(ErrorCode::TooManyTags);
            continue;
        }
        store::replace_tags(transaction.connection(), id, &tags).await?;
        if let Some(notes) = &edit.arguments.notes {
            store::replace_notes(transaction.connection(), id, notes).await?;
        }
        let (add, remove) = (&edit.arguments.add_operators, &edit.arguments.remove_operators);
        if crate::organizations::store::change_operators(&mut transaction, id, add, remove).await? {
            other_operators.push(id);
        }
        if !edit.reached.is_empty() {
            let workspace = &call.workspace;
            reached.extend(
                connections::otherwise::reach_otherwise(workspace, &mut transaction, id, &edit.reached)
                    .await?,
            );
        }
        store::refresh_search_key(transaction.connection(), id).await?;
    }
    let done: Vec<OrganizationId> = batch
        .iter()
        .filter(|outcome| outcome.problem.is_none())
        .map(|outcome| outcome.id)
        .collect();
    operators_changed(call, &mut transaction, other_operators).await?;
    transaction.changed(CHANGES, done.iter().map(|id| id.0));
    let left = batch.len() - done.len();
    let entry = Entry::done()
        .organizations(&done)
        .detail("changed", edit.changed())
        .detail("customers", done.len())
        .detail("left", left);
    batches
        .commit(call, transaction, entry, batch.len(), left)
        .await?;
    call.workspace.state::<Poller>().look_at(reached);
    Ok(true)
}

/// What would go with these customers (CUS-13).
///
/// # Errors
/// `call.too-large`
pub async fn plan_deletion(call: &Call, arguments: CustomersArgument) -> Outcome<DeletionPlan> {
    demand_number(&arguments.ids)?;
    let mut connection = call.workspace.database.read().await?;
    let kept = feature::of(&call.workspace)
        .keeps(&mut connection, &arguments.ids)
        .await?;
    let staying: BTreeSet<OrganizationId> = kept.iter().map(|(id, _)| *id).collect();
    let going: Vec<OrganizationId> = arguments
        .ids
        .iter()
        .copied()
        .filter(|id| !staying.contains(id))
        .collect();
    let (customers, systems, alarms) = store::deletion(&mut connection, &going).await?;
    let stays: Vec<OrganizationId> = staying.into_iter().collect();
    let mut names = store::names(&mut connection, &stays).await?;
    Ok(DeletionPlan {
        customers,
        systems,
        alarms,
        jobs: 0,
        kept: kept
            .into_iter()
            .filter_map(|(id, code)| {
                Some(OrganizationOutcome {
                    id,
                    name: names.remove(&id)?,
                    problem: Some(code),
                })
            })
            .collect(),
    })
}

/// Deletes customers with everything of theirs (CUS-13, RGT-12).
///
/// # Errors
/// `call.too-large`
pub async fn delete(call: &Call, arguments: CustomersArgument) -> Outcome<Vec<OrganizationOutcome>> {
    demand_number(&arguments.ids)?;
    let mut names = store::names(&mut *call.workspace.database.read().await?, &arguments.ids).await?;
    let mut outcomes: Vec<OrganizationOutcome> = arguments
        .ids
        .iter()
        .map(|&id| {
            // One that is named twice is there once.
            let name = names.remove(&id);
            OrganizationOutcome {
                id,
                problem: name.is_none().then_some(ErrorCode::NotFound),
                name: name.unwrap_or_default(),
            }
        })
        .collect();
    let mut batches = Batches::start(call, DELETION, outcomes.len())?;
    let mut stopped = None;
    for batch in outcomes.chunks_mut(BATCH) {
        if stopped.is_none() {
            let ended = delete_batch(call, &mut batches, batch).await;
            stopped = batches.stopped(ended)?;
        }
        if stopped.is_some() {
            leave(batch, stopped);
        }
    }
    Ok(outcomes)
}

/// Asks every feature; an organization that one of them keeps stays, and its outcome says why. Gives those that go.
async fn let_go(
    call: &Call,
    transaction: &mut Transaction,
    batch: &mut [OrganizationOutcome],
) -> Outcome<Vec<OrganizationId>> {
    let features = feature::of(&call.workspace);
    let mut ids = Vec::with_capacity(batch.len());
    for outcome in batch.iter_mut().filter(|outcome| outcome.problem.is_none()) {
        let deletion = Deletion::Organizations(vec![outcome.id]);
        match features.before_delete(transaction, &deletion).await {
            Ok(()) => ids.push(outcome.id),
            // A refusal has no cause below it; anything else is an error of the whole batch.
            Err(problem) if problem.source.is_none() => outcome.problem = Some(problem.code),
            Err(problem) => return Err(problem),
        }
    }
    Ok(ids)
}

/// Deletes one batch; gives whether the act was not cancelled before it.
async fn delete_batch(
    call: &Call,
    batches: &mut Batches,
    batch: &mut [OrganizationOutcome],
) -> Outcome<bool> {
    let Some(mut transaction) = batches.begin(call).await? else {
        return Ok(false);
    };
    present(&mut transaction, batch).await?;
    let ids = let_go(call, &mut transaction, batch).await?;
    let gone = connections::store::of_organizations(transaction.connection(), &ids).await?;
    let (customers, systems, alarms) = store::deletion(transaction.connection(), &ids).await?;
    for &id in &ids {
        crate::organizations::store::delete(&mut transaction, id).await?;
    }
    for feature in [CHANGES, crate::organizations::types::CHANGES] {
        transaction.membership_changed(feature, ids.iter().map(|id| id.0));
    }
    transaction.membership_changed(crate::systems::types::CHANGES, []);
    transaction.membership_changed(crate::alarms::types::CHANGES, []);
    let names: Vec<&str> = batch
        .iter()
        .filter(|outcome| outcome.problem.is_none())
        .take(100)
        .map(|outcome| outcome.name.as_str())
        .collect();
    let entry = Entry::done()
        .organizations(&ids)
        .subject(names.join(", "))
        .detail("customers", customers)
        .detail("systems", systems)
        .detail("alarms", alarms);
    let left = batch.len() - ids.len();
    batches
        .commit(call, transaction, entry, batch.len(), left)
        .await?;
    let poller = call.workspace.state::<Poller>();
    poller.look_at(gone.into_iter().map(|(_, id)| id));
    Ok(true)
}
