//! Devices leave an organization: they are removed, or moved to another one, which is removing and adding in one act (DEV-30). Added
//! again a device is a new one; what was done with it is found by its serial number.

use super::acting::Ended;
use super::adding::{other, put_into_folder, refused};
use super::operating::{self, Turn};
use super::types::*;
use crate::connections;
use crate::connections::outcome;
use crate::connections::probe::{self, Reading};
use crate::connections::service::Poller;
use crate::connections::store::ConnectionFields;
use crate::connections::tries::By;
use crate::connections::types::ConnectionKind;
use crate::organizations::store::folders;
use flotilla_kernel::audit::Entry;
use flotilla_kernel::call::Call;
use flotilla_kernel::database::Transaction;
use flotilla_kernel::error::{ErrorCode, Outcome, Problem};
use flotilla_kernel::rights::{Admissions, Caller, Right, Subject};
use std::sync::Arc;

/// Removes each of these devices from its organization. The device is not contacted, its history stays, and the licences that its
/// hardware carries are suspended (LIC-40).
///
/// # Errors
/// `call.too-large`; what concerns one device is its own result.
pub async fn remove(
    call: &Call,
    arguments: DevicesArgument,
    admissions: Admissions,
) -> Outcome<DeviceActBegun> {
    let admitted = operating::admitted(call, &arguments.ids, &admissions).await?;
    let caller = Arc::new(call.caller()?.clone());
    operating::begin(call, (DeviceActKind::Remove, ""), admitted, move |turn| {
        let caller = caller.clone();
        async move { remove_one(&turn, &caller).await }
    })
    .await
}

/// Moves each of these devices to a folder of another organization, with the account it is signed in to by and its certificate. Each
/// is contacted first: what does not answer stays where it is.
///
/// # Errors
/// `right.missing` and `not-found` where the account may not manage the organization or the folder; `folder.other-organization`,
/// `call.too-large`; what concerns one device is its own result.
pub async fn transfer(
    call: &Call,
    arguments: TransferDevices,
    admissions: Admissions,
) -> Outcome<DeviceActBegun> {
    let admitted = operating::admitted(call, &arguments.ids, &admissions).await?;
    let caller = call.caller()?.clone();
    let mut connection = call.workspace.database.read().await?;
    demand_target(&mut connection, &caller, &arguments).await?;
    let of = folders::organization_of(&mut connection, arguments.folder).await?;
    if of != arguments.organization {
        return Err(ErrorCode::FolderElsewhere.into());
    }
    let (name, _) =
        crate::organizations::store::name_and_top_folder(&mut connection, arguments.organization).await?;
    drop(connection);
    let shared = Arc::new((caller, arguments));
    operating::begin(call, (DeviceActKind::Transfer, &name), admitted, move |turn| {
        let shared = shared.clone();
        async move { transfer_one(&turn, &shared.0, &shared.1).await }
    })
    .await
}

async fn demand_target(
    connection: &mut sqlx::SqliteConnection,
    caller: &Caller,
    arguments: &TransferDevices,
) -> Outcome<()> {
    for subject in [Subject::from(arguments.organization), arguments.folder.into()] {
        caller.demand(connection, Right::ManageSystems, subject).await?;
    }
    Ok(())
}

async fn remove_one(turn: &Turn, caller: &Caller) -> Outcome<Ended> {
    turn.line.step(DeviceStep::Store);
    let mut transaction = turn.workspace.database.begin().await?;
    take_away(turn, caller, &mut transaction).await?;
    turn.record(&mut transaction, Entry::done()).await?;
    turn.line.done_in(&mut transaction).await?;
    transaction.commit().await?;
    turn.workspace.state::<Poller>().look_at([turn.polled.id]);
    Ok(Ended::Done)
}

/// The device is managed no longer where it was. Rights may have gone since the act began.
async fn take_away(turn: &Turn, caller: &Caller, transaction: &mut Transaction) -> Outcome<()> {
    caller
        .demand(transaction.connection(), Right::ManageSystems, turn.device.system)
        .await?;
    let (now, id) = (transaction.now(), turn.polled.id);
    if connections::store::remove(transaction.connection(), now, &[id])
        .await?
        .is_empty()
    {
        return Err(ErrorCode::NotFound.into());
    }
    let gone = (&[id][..], Some(caller.account));
    outcome::removed(&turn.workspace, transaction, turn.device.organization, gone).await?;
    transaction.membership_changed(connections::types::CHANGES, [id.0]);
    Ok(())
}

async fn transfer_one(turn: &Turn, caller: &Caller, to: &TransferDevices) -> Outcome<Ended> {
    let (workspace, target, line) = (&turn.workspace, turn.target(), &turn.line);
    if turn.device.organization == to.organization {
        let managed = Problem::new(ErrorCode::DeviceManaged);
        return Err(managed.with("customer", turn.device.customer.clone()));
    }
    line.step(DeviceStep::SignIn);
    let result = probe::probe(workspace, target, By::Person).await;
    let Some(Reading::Device(reading)) = &result.reading else {
        return Ok(refused(workspace, &target.endpoint, &result).await);
    };
    let expected = &turn.device.subject.serial;
    if !expected.is_empty() && !expected.eq_ignore_ascii_case(&reading.serial) {
        return Err(other(expected, &reading.serial));
    }
    line.step(DeviceStep::Store);
    let mut transaction = workspace.database.begin().await?;
    demand_target(transaction.connection(), caller, to).await?;
    let view = connections::store::one(transaction.connection(), turn.polled.id).await?;
    let fields = ConnectionFields {
        name: view.name,
        host: view.host,
        port: view.port,
        user_name: view.user_name,
        password: Some(target.password.clone()),
        proxy: view.proxy,
        pin: result
            .reading
            .as_ref()
            .map(|reading| reading.certificate().clone()),
    };
    take_away(turn, caller, &mut transaction).await?;
    let (now, kind) = (transaction.now(), ConnectionKind::Device);
    let id =
        connections::store::insert(transaction.connection(), now, to.organization, kind, &fields).await?;
    transaction.membership_changed(connections::types::CHANGES, [id.0]);
    outcome::apply(workspace, &mut transaction, id, None, &result).await?;
    outcome::changed(workspace, &mut transaction, to.organization).await?;
    let system = put_into_folder(&mut transaction, id, to.folder).await?;
    if !turn.polled.monitored {
        connections::store::set_monitored(transaction.connection(), now, &[id], false).await?;
        outcome::monitoring_changed(workspace, &mut transaction, id).await?;
    }
    // Both organizations have it in their activity.
    let both = [turn.device.organization, to.organization];
    turn.record_in_all(&mut transaction, &both, Entry::done()).await?;
    line.learn(|subject| subject.system = system.or(subject.system));
    line.done_in(&mut transaction).await?;
    transaction.commit().await?;
    workspace.state::<Poller>().look_at([turn.polled.id, id]);
    Ok(Ended::Done)
}
