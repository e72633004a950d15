//! Devices that were given another address, and whose program ended before they were found there (DEV-60, GEN-09): the next start looks
//! for each at that address. One that is not there stays reported with both addresses.

use super::commissioning::MOVE;
use super::following::{self, Sought};
use super::store::{self, Given};
use super::types::CHANGES;
use crate::connections;
use crate::connections::probe;
use crate::connections::service::Poller;
use crate::connections::store::Which;
use flotilla_connectors::Endpoint;
use flotilla_connectors::vapix::{SerialNumber, follow_move};
use flotilla_kernel::clock::days;
use flotilla_kernel::error::{Outcome, Problem};
use flotilla_kernel::workspace::Workspace;
use futures_util::StreamExt as _;
use std::net::IpAddr;

/// What is older is not looked for: who gave the address has looked meanwhile.
const SINCE: i64 = days(7);
/// So many are looked for at once.
const TOGETHER: usize = 32;

/// Looks once for each device that acts have left on its way.
///
/// # Errors
/// Database errors.
pub async fn look_for_given(workspace: &Workspace) -> Outcome<()> {
    let since = workspace.clock.now().plus(-SINCE);
    let given = store::given(&mut *workspace.database.read().await?, since).await?;
    let mut looks = futures_util::stream::iter(given)
        .map(|given| async move {
            let found = look_for(workspace, &given).await;
            (given, found)
        })
        .buffer_unordered(TOGETHER);
    while let Some((given, found)) = looks.next().await {
        match found {
            Ok(true) => tracing::info!(address = given.address, "a device has its new address"),
            Ok(false) => tracing::info!(address = given.address, "a device is not at its new address"),
            Err(problem) => tracing::warn!(%problem, "a device was not looked for at its new address"),
        }
    }
    Ok(())
}

/// Whether the device answers at the address that it was given, under its serial number and with the certificate that is believed of
/// it; then it is managed there from now on.
async fn look_for(workspace: &Workspace, given: &Given) -> Outcome<bool> {
    let lost = given.device.clone();
    let mut connection = workspace.database.read().await?;
    let polled = connections::store::polled(&mut connection, Which::These(&[lost.connection])).await?;
    drop(connection);
    let (Some(polled), Some(serial)) = (polled.into_iter().next(), SerialNumber::parse(&lost.serial)) else {
        return Ok(false);
    };
    // Where the network gives the address, it often gives the one that it was.
    let place = match given.address.parse::<IpAddr>() {
        Ok(_) => Endpoint::parse(&given.address, polled.target.endpoint.port).map_err(Problem::internal)?,
        Err(_) => polled.target.endpoint.clone(),
    };
    let (dialer, trust) = probe::device_path(workspace, &polled.target)?;
    let stopping = workspace.stopping();
    let Ok(client) = follow_move(&dialer, &place, &trust, &serial, MOVE, &stopping).await else {
        return Ok(false);
    };
    let sought = Sought { lost, serial, polled };
    let mut transaction = workspace.database.begin().await?;
    let stays = place == sought.polled.target.endpoint;
    if !stays && !following::follow_in(&mut transaction, &sought, &place, client.certificate()).await? {
        return Ok(false);
    }
    let now = transaction.now();
    store::arrived(transaction.connection(), now, given.result, &place.host).await?;
    transaction.changed(CHANGES, [given.result.0]);
    transaction.commit().await?;
    workspace.state::<Poller>().look_at([sought.lost.connection]);
    Ok(true)
}
