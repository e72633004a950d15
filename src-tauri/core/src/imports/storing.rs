//! How the rows of devices are stored (DEV-04): each as if it had been added by itself (DEV-02), in folders that are made with them.

use super::commands::devices_there;
use super::existing::ExistingIndex;
use super::folders::Place;
use super::kept::DevicePlace;
use super::waiting::{DeviceToAdd, WaitingList};
use crate::connections::outcome;
use crate::connections::probe::Target;
use crate::connections::store::ConnectionFields;
use crate::devices::adding::store_device;
use crate::organizations::commands::folders::make_folders;
use flotilla_kernel::call::Call;
use flotilla_kernel::database::Transaction;
use flotilla_kernel::error::{Outcome, Problem};
use flotilla_kernel::ids::{FolderId, OrganizationId};
use flotilla_kernel::rights::Right;
use std::collections::BTreeSet;

/// What a part has stored.
pub struct StoredPart {
    /// How many customers or devices came.
    pub added: usize,
    /// How many are others than they were.
    pub updated: usize,
    /// How many folders were made for them.
    pub folders: usize,
    /// Whose history it is.
    pub organizations: Vec<OrganizationId>,
}

/// What there is where these rows of devices lead to, as whoever writes sees it.
///
/// # Errors
/// Database errors.
pub async fn devices_now(
    call: &Call,
    transaction: &mut Transaction,
    list: &WaitingList,
    place: DevicePlace,
    rows: &[u32],
) -> Outcome<ExistingIndex> {
    let serials: Vec<String> = rows.iter().filter_map(|&row| list.serial(row)).collect();
    devices_there(transaction.connection(), call.caller()?, place, &serials).await
}

/// The rows of devices for which something else is there than when they were previewed: their address or serial number is managed
/// now, or no more; their folder went, or no folder can be made there any more.
pub fn changed_devices(list: &WaitingList, now: &ExistingIndex, rows: &[u32]) -> BTreeSet<u32> {
    rows.iter()
        .copied()
        .filter(|&row| !list.is_as_before(row, now))
        .collect()
}

/// Stores devices as if each had been added by itself, and makes the folders that they name and that are not there (DEV-02, DEV-04,
/// ORG-20). Rights may have gone since the save began.
///
/// # Errors
/// `right.missing`; what storing a device or making a folder says; database errors.
pub async fn save_devices(
    call: &Call,
    transaction: &mut Transaction,
    list: &WaitingList,
    (place, now): (DevicePlace, &ExistingIndex),
    rows: &[u32],
) -> Outcome<StoredPart> {
    let caller = call.caller()?;
    caller
        .demand(transaction.connection(), Right::ManageSystems, place.organization)
        .await?;
    let devices = rows
        .iter()
        // One that cannot be told any more is not taken out of the list as if it had been stored.
        .map(|&row| {
            list.device(row)
                .ok_or_else(|| Problem::internal("a row without a device"))
        })
        .collect::<Outcome<Vec<DeviceToAdd>>>()?;
    let (folders, made) = folders_of(call, transaction, (place, now), &devices).await?;
    let mut stored = StoredPart {
        added: 0,
        updated: 0,
        folders: made,
        organizations: vec![place.organization],
    };
    for (device, folder) in devices.into_iter().zip(folders) {
        let Target {
            endpoint,
            user_name,
            password,
            proxy,
            ..
        } = device.target;
        let fields = ConnectionFields {
            name: device.name,
            host: endpoint.host,
            port: i64::from(endpoint.port),
            user_name,
            password: Some(password),
            proxy,
            pin: Some(device.certificate),
        };
        let into = (place.organization, folder);
        let one = store_device(
            &call.workspace,
            transaction,
            caller,
            into,
            fields,
            &device.tested,
            false,
        )
        .await?;
        if one.moved {
            stored.updated += 1;
        } else {
            stored.added += 1;
        }
    }
    outcome::changed(&call.workspace, transaction, place.organization).await?;
    Ok(stored)
}

/// The folder of each of these devices, made where it is not there; and how many were made.
async fn folders_of(
    call: &Call,
    transaction: &mut Transaction,
    (place, now): (DevicePlace, &ExistingIndex),
    devices: &[DeviceToAdd],
) -> Outcome<(Vec<FolderId>, usize)> {
    let there = now.devices().folders();
    let places = devices
        .iter()
        .map(|device| match device.folder.as_str() {
            "" => Ok(Place::There(place.folder)),
            path => there.find(path).map_err(|nowhere| Problem::new(nowhere.code)),
        })
        .collect::<Outcome<Vec<Place>>>()?;
    let wanted: Vec<_> = places
        .iter()
        .filter_map(|place| match place {
            Place::There(_) => None,
            Place::Missing(missing) => Some(missing.clone()),
        })
        .collect();
    let made = make_folders(call, transaction, place.organization, &wanted).await?;
    let mut leads_to = made.leads_to.into_iter();
    let folders = places
        .into_iter()
        .map(|place| match place {
            Place::There(folder) => Some(folder),
            Place::Missing(_) => leads_to.next(),
        })
        .collect::<Option<Vec<FolderId>>>()
        .ok_or_else(|| Problem::internal("a path that leads nowhere"))?;
    Ok((folders, made.made))
}
