//! Looking at systems, and putting them into folders.

use super::store;
use super::types::{
    CHANGES, MAX_IDS_PER_CALL, MOST_SERVER_DEVICES, MOVE, MoveSystems, ServerDevice, SystemArgument,
    SystemKind, SystemOutcome, SystemRow, VideoServerView,
};
use crate::connections;
use crate::organizations;
use crate::organizations::store::folders;
use flotilla_kernel::audit::Entry;
use flotilla_kernel::batches::{BATCH, Batches};
use flotilla_kernel::call::{Call, Packed};
use flotilla_kernel::error::{ErrorCode, Outcome, Problem};
use flotilla_kernel::ids::{FolderId, SystemId};
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

/// What a video server says of itself, and the devices it works with (DEV-50, DEV-51).
///
/// # Errors
/// `device.not-this-kind` where the system is no video server; `not-found`
pub async fn video_server(call: &Call, arguments: SystemArgument) -> Outcome<VideoServerView> {
    let mut connection = call.workspace.database.read().await?;
    let rows = store::window(&mut connection, call.caller()?, &[arguments.id.0]).await?;
    let row = rows
        .into_iter()
        .next()
        .ok_or_else(|| Problem::new(ErrorCode::NotFound))?;
    if row.kind != SystemKind::VideoServer {
        return Err(ErrorCode::DeviceNotThisKind.into());
    }
    let id = row.connection.ok_or_else(|| Problem::new(ErrorCode::NotFound))?;
    let monitored = connections::store::one(&mut connection, id).await?.monitored;
    let server = store::video_server(&mut connection, id)
        .await?
        .unwrap_or_default();
    let device_count = i64::try_from(server.devices.len()).unwrap_or(i64::MAX);
    let shown: Vec<_> = server.devices.into_iter().take(MOST_SERVER_DEVICES).collect();
    let serials: Vec<&str> = shown
        .iter()
        .map(|device| device.serial.as_str())
        .filter(|serial| !serial.is_empty())
        .collect();
    let managed = store::by_serial(&mut connection, call.caller()?, row.organization, &serials).await?;
    Ok(VideoServerView {
        connection: id,
        monitored,
        interface: server.interface,
        time_zone: server.time_zone,
        vendor: server.vendor,
        devices: shown
            .into_iter()
            .map(|device| ServerDevice {
                system: managed.get(&device.serial).copied(),
                device,
            })
            .collect(),
        device_count,
    })
}

/// Puts systems into another folder of their organization (ORG-22, ORG-23); who may see them changes at once. In batches (see
/// [`flotilla_kernel::batches`]), and each for itself: one that cannot be moved does not hold up the others.
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
    let mut batches = Batches::start(call, MOVE, outcomes.len())?;
    let mut stopped = None;
    for batch in outcomes.chunks_mut(BATCH) {
        if stopped.is_none() {
            let ended = move_batch(call, &mut batches, folder, &admissions, batch).await;
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

/// Moves one batch; gives whether the act was not cancelled before it.
async fn move_batch(
    call: &Call,
    batches: &mut Batches,
    folder: FolderId,
    admissions: &Admissions,
    batch: &mut [SystemOutcome],
) -> Outcome<bool> {
    let Some(mut transaction) = batches.begin(call).await? else {
        return Ok(false);
    };
    let target = match admissions.of(folder).problem() {
        Some(problem) => Err(problem),
        None => folders::organization_of(transaction.connection(), folder)
            .await
            .map_err(|problem| problem.code),
    };
    let ids: Vec<SystemId> = batch.iter().map(|outcome| outcome.id).collect();
    let places = store::places(transaction.connection(), &ids).await?;
    let mut moved = Vec::new();
    let mut touched = BTreeSet::from([folder]);
    for outcome in batch.iter_mut() {
        let place = places.get(&outcome.id);
        outcome.problem = match (outcome.problem, target, place) {
            (Some(problem), ..) | (None, Err(problem), _) => Some(problem),
            (None, Ok(_), None) => Some(ErrorCode::NotFound),
            (None, Ok(target), Some((organization, ..))) => {
                (*organization != target).then_some(ErrorCode::FolderElsewhere)
            }
        };
        if let (None, Some((_, from, _))) = (outcome.problem, place) {
            touched.insert(*from);
            moved.push(outcome.id);
        }
    }
    let Some(organization) = target.ok().filter(|_| !moved.is_empty()) else {
        return Ok(true);
    };
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
    batches
        .commit(call, transaction, entry, batch.len(), batch.len() - moved.len())
        .await?;
    Ok(true)
}
