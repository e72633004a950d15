//! Looking at systems, and putting them into folders.

use super::store;
use super::types::{CHANGES, MAX_IDS_PER_CALL, MoveSystems, SystemOutcome, SystemRow};
use crate::organizations;
use crate::organizations::store::folders;
use flotilla_kernel::audit::Entry;
use flotilla_kernel::call::{Call, Packed};
use flotilla_kernel::error::{ErrorCode, Outcome, Problem};
use flotilla_kernel::lists::types::{ListQuery, WindowArgument};
use flotilla_kernel::rights::{Admission, Admissions};
use std::collections::BTreeSet;

/// Ids of the systems that match, in order.
pub async fn index(call: &Call, query: ListQuery) -> Outcome<Packed> {
    flotilla_kernel::lists::index(
        &call.workspace.database,
        call.caller()?,
        &super::list::DEFINITION,
        &query,
    )
    .await
    .map(Packed)
}

/// The rows in view, as far as this account may see them.
pub async fn window(call: &Call, arguments: WindowArgument) -> Outcome<Vec<SystemRow>> {
    let ids = flotilla_kernel::lists::window_ids(&arguments)?;
    store::window(&mut *call.workspace.database.read().await?, call.caller()?, ids).await
}

/// Puts systems into another folder of their organization (ORG-22, ORG-23); who may see them changes at once. Each for
/// itself: one that cannot be moved does not hold up the others.
///
/// # Errors
/// `call.too-large`; what concerns one system is its own outcome.
pub async fn move_systems(
    call: &Call,
    arguments: MoveSystems,
    admissions: Admissions,
) -> Outcome<Vec<SystemOutcome>> {
    let MoveSystems { ids, folder } = arguments;
    if ids.len() > MAX_IDS_PER_CALL {
        return Err(Problem::new(ErrorCode::TooLarge).with("limit", MAX_IDS_PER_CALL));
    }
    let mut transaction = call.workspace.database.begin().await?;
    let target = match admissions.of(folder).problem() {
        Some(problem) => Err(problem),
        None => folders::organization_of(transaction.connection(), folder)
            .await
            .map_err(|problem| problem.code),
    };
    let places = store::places(transaction.connection(), &ids).await?;
    let mut outcomes = Vec::with_capacity(ids.len());
    let mut moved = Vec::new();
    let mut touched = BTreeSet::from([folder]);
    for id in ids {
        let place = places.get(&id);
        let problem = match (admissions.of(id).problem(), target, place) {
            (Some(problem), ..) | (None, Err(problem), _) => Some(problem),
            (None, Ok(_), None) => Some(ErrorCode::NotFound),
            (None, Ok(target), Some((organization, ..))) => {
                (*organization != target).then_some(ErrorCode::FolderElsewhere)
            }
        };
        if let (None, Some((_, from, _))) = (problem, place) {
            touched.insert(*from);
            moved.push(id);
        }
        // Its name is told to those who can see it.
        let name = place.filter(|_| admissions.of(id) != Admission::NotFound);
        let name = name.map(|(.., name)| name.clone()).unwrap_or_default();
        outcomes.push(SystemOutcome { id, name, problem });
    }
    if let (Ok(organization), false) = (target, moved.is_empty()) {
        store::put_into(transaction.connection(), &moved, folder).await?;
        folders::systems_moved(&mut transaction, &touched).await?;
        // A list that is narrowed to folders has other rows now.
        transaction.membership_changed(CHANGES, moved.iter().map(|id| id.0));
        transaction.changed(organizations::types::CHANGES, [organization.0]);
        let ids: Vec<String> = moved.iter().take(100).map(ToString::to_string).collect();
        let entry = Entry::done()
            .organization(organization)
            .detail("folder", folder.to_string())
            .detail("systems", moved.len())
            .detail("ids", ids);
        call.append(&mut transaction, &entry).await?;
    }
    call.append_refusals(&mut transaction, &admissions).await?;
    transaction.commit().await?;
    Ok(outcomes)
}
