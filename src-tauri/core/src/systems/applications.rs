//! Connected applications (DEV-52): body-worn systems and others that synchronise with a folder. A person says that they are there, so
//! that whoever deletes the folder is warned (ORG-21); nothing is asked of them.

use super::store::{self, Application};
use super::types::{
    APPLICATION_REMOVAL, ApplicationFields, CHANGES, MAX_IDS_PER_CALL, SaveApplication, SavedApplication,
    SystemArgument, SystemOutcome, SystemsArgument,
};
use crate::organizations;
use crate::organizations::store::folders;
use flotilla_kernel::audit::Entry;
use flotilla_kernel::batches::{BATCH, Batches};
use flotilla_kernel::call::Call;
use flotilla_kernel::error::{ErrorCode, FieldProblem, Outcome, Problem};
use flotilla_kernel::feature::{self, Deletion, SubjectChange};
use flotilla_kernel::fields;
use flotilla_kernel::ids::{OrganizationId, SystemId};
use flotilla_kernel::rights::{Admission, Admissions, Right};
use std::collections::BTreeSet;

/// What is said of a connected application.
///
/// # Errors
/// `not-found`
pub async fn read(call: &Call, arguments: SystemArgument) -> Outcome<SavedApplication> {
    let mut connection = call.workspace.database.read().await?;
    let known = store::application(&mut connection, arguments.id).await?;
    Ok(SavedApplication {
        id: arguments.id,
        fields: fields_of(known),
    })
}

fn fields_of(application: Application) -> ApplicationFields {
    ApplicationFields {
        name: application.name,
        model: application.model,
        host: application.host,
        folder: application.folder,
    }
}

/// Adds a connected application, or says something else of one.
///
/// # Errors
/// `form.invalid` with every problem at once, `changed-meanwhile`, `folder.other-organization`, `not-found`
pub async fn save(call: &Call, arguments: SaveApplication) -> Outcome<SavedApplication> {
    let SaveApplication {
        id,
        mut fields,
        before,
    } = arguments;
    for text in [&mut fields.name, &mut fields.model, &mut fields.host] {
        *text = text.trim().to_owned();
    }
    Problem::of_fields(check(&fields))?;
    let mut transaction = call.workspace.database.begin().await?;
    // Rights may have gone since the call began.
    call.caller()?
        .demand(transaction.connection(), Right::ManageSystems, fields.folder)
        .await?;
    let organization = folders::organization_of(transaction.connection(), fields.folder).await?;
    let known = match id {
        Some(id) => Some(store::application(transaction.connection(), id).await?),
        None => None,
    };
    if let Some(known) = &known {
        if known.organization != organization {
            return Err(ErrorCode::FolderElsewhere.into());
        }
        if before.is_some_and(|before| before != fields_of(known.clone())) {
            return Err(ErrorCode::Changed.into());
        }
    }
    let customer = organizations::store::name(transaction.connection(), organization)
        .await?
        .unwrap_or_default();
    let application = Application {
        organization,
        folder: fields.folder,
        name: fields.name.clone(),
        model: fields.model.clone(),
        host: fields.host.clone(),
    };
    let now = transaction.now();
    let (saved, new) = match id {
        Some(id) => {
            store::update_application(transaction.connection(), id, &customer, &application).await?;
            (id, false)
        }
        None => {
            let connection = transaction.connection();
            let id = store::insert_application(connection, now, &customer, &application).await?;
            (id, true)
        }
    };
    let mut touched = BTreeSet::from([fields.folder]);
    touched.extend(known.iter().map(|known| known.folder));
    folders::systems_moved(&mut transaction, &touched).await?;
    // A list that is narrowed to folders may have other rows now.
    transaction.membership_changed(CHANGES, [saved.0]);
    transaction.changed(organizations::types::CHANGES, [organization.0]);
    feature::of(&call.workspace)
        .change(&mut transaction, &SubjectChange::Systems(organization))
        .await?;
    let entry = Entry::done()
        .organization(organization)
        .subject(fields.name.clone())
        .detail("new", new)
        .detail("folder", fields.folder.to_string());
    call.commit(transaction, entry).await?;
    Ok(SavedApplication { id: saved, fields })
}

fn check(form: &ApplicationFields) -> Vec<FieldProblem> {
    [
        fields::required("name", &form.name, fields::NAME_LENGTH),
        fields::text("model", &form.model, fields::NAME_LENGTH, false),
        (!form.host.is_empty())
            .then(|| fields::host("host", &form.host))
            .flatten(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Removes connected applications from their organizations; their history stays. Each for itself, in batches.
///
/// # Errors
/// `call.too-large`; what concerns one is its own outcome.
pub async fn remove(
    call: &Call,
    arguments: SystemsArgument,
    admissions: Admissions,
) -> Outcome<Vec<SystemOutcome>> {
    let ids = arguments.ids;
    if ids.len() > MAX_IDS_PER_CALL {
        return Err(Problem::new(ErrorCode::TooLarge).with("limit", MAX_IDS_PER_CALL));
    }
    call.record_refusals(&admissions).await?;
    let places = store::places(&mut *call.workspace.database.read().await?, &ids).await?;
    let mut outcomes: Vec<SystemOutcome> = ids
        .into_iter()
        .map(|id| {
            // Its name is told to those who can see it.
            let place = places
                .get(&id)
                .filter(|_| admissions.of(id) != Admission::NotFound);
            SystemOutcome {
                id,
                name: place.map(|(.., name)| name.clone()).unwrap_or_default(),
                problem: admissions.of(id).problem(),
            }
        })
        .collect();
    let mut batches = Batches::start(call, APPLICATION_REMOVAL, outcomes.len())?;
    let mut stopped = None;
    for batch in outcomes.chunks_mut(BATCH) {
        if stopped.is_none() {
            let ended = remove_batch(call, &mut batches, batch).await;
            stopped = batches.stopped(ended)?;
        }
        if stopped.is_some() {
            for outcome in batch.iter_mut().filter(|outcome| outcome.problem.is_none()) {
                outcome.problem = stopped;
            }
        }
    }
    Ok(outcomes)
}

/// Removes one batch; gives whether the act was not cancelled before it.
async fn remove_batch(call: &Call, batches: &mut Batches, batch: &mut [SystemOutcome]) -> Outcome<bool> {
    let Some(mut transaction) = batches.begin(call).await? else {
        return Ok(false);
    };
    let now = transaction.now();
    let wanted: Vec<SystemId> = batch
        .iter()
        .filter(|outcome| outcome.problem.is_none())
        .map(|outcome| outcome.id)
        .collect();
    let places = store::places(transaction.connection(), &wanted).await?;
    let folders: BTreeSet<_> = places.values().map(|(_, folder, _)| *folder).collect();
    let removed = store::remove_applications(transaction.connection(), now, &wanted).await?;
    let gone: BTreeSet<SystemId> = removed.iter().map(|(id, _)| *id).collect();
    for outcome in batch.iter_mut().filter(|outcome| outcome.problem.is_none()) {
        outcome.problem = match places.contains_key(&outcome.id) {
            _ if gone.contains(&outcome.id) => None,
            true => Some(ErrorCode::DeviceNotThisKind),
            // Somebody else has removed it meanwhile.
            false => Some(ErrorCode::NotFound),
        };
    }
    let deletion = Deletion::Systems {
        ids: gone.iter().copied().collect(),
        by: Some(call.caller()?.account),
    };
    feature::of(&call.workspace)
        .before_delete(&mut transaction, &deletion)
        .await?;
    folders::systems_moved(&mut transaction, &folders).await?;
    transaction.membership_changed(CHANGES, gone.iter().map(|id| id.0));
    let organizations: BTreeSet<OrganizationId> =
        removed.iter().map(|(_, organization)| *organization).collect();
    transaction.changed(
        organizations::types::CHANGES,
        organizations.iter().map(|organization| organization.0),
    );
    for organization in &organizations {
        feature::of(&call.workspace)
            .change(&mut transaction, &SubjectChange::Systems(*organization))
            .await?;
    }
    let organizations: Vec<OrganizationId> = organizations.into_iter().collect();
    let names: Vec<&str> = batch
        .iter()
        .filter(|outcome| outcome.problem.is_none())
        .take(100)
        .map(|outcome| outcome.name.as_str())
        .collect();
    let entry = Entry::done()
        .organizations(&organizations)
        .subject(names.join(", "))
        .detail("systems", gone.len());
    let left = batch.iter().filter(|outcome| outcome.problem.is_some()).count();
    batches
        .commit(call, transaction, entry, batch.len(), left)
        .await?;
    Ok(true)
}
