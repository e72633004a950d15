//! Which software is recommended for devices and video servers, from what the repository holds (DEV-10, DEV-12, DEV-50).

use super::rules::{self, Version};
use super::store::{self, Running};
use super::types::*;
use crate::repository::store::{Firmware, firmware, server_installers};
use crate::systems::types::SystemKind;
use flotilla_kernel::call::Call;
use flotilla_kernel::error::Outcome;
use flotilla_kernel::ids::SystemId;
use flotilla_kernel::lists::types::WindowArgument;
use std::collections::BTreeMap;

/// The models among the devices that the account sees, the most frequent first, with how many could be upgraded (DEV-10, DEV-12).
///
/// # Errors
/// Database errors.
pub async fn models(call: &Call, arguments: ModelsOf) -> Outcome<Vec<DeviceModel>> {
    let mut connection = call.workspace.database.read().await?;
    let counted = store::models(&mut connection, call.caller()?, arguments.organization).await?;
    let offered = offered(&mut connection).await?;
    let mut models: BTreeMap<String, DeviceModel> = BTreeMap::new();
    for (model, version, count) in counted {
        let upgradable =
            software_of(&offered, &model, &version).is_some_and(|(found, _)| !found.path.is_empty());
        let entry = models.entry(model.clone()).or_insert(DeviceModel {
            model,
            devices: 0,
            upgradable: 0,
        });
        entry.devices += count;
        entry.upgradable += if upgradable { count } else { 0 };
    }
    let mut models: Vec<DeviceModel> = models.into_values().collect();
    models.sort_by(|one, other| {
        other
            .devices
            .cmp(&one.devices)
            .then_with(|| one.model.cmp(&other.model))
    });
    Ok(models)
}

/// What the devices and video servers in view run, and the way to what is recommended (DEV-12, DEV-50).
///
/// # Errors
/// `call.too-large`
pub async fn software(call: &Call, arguments: WindowArgument) -> Outcome<Vec<DeviceSoftware>> {
    let ids: Vec<SystemId> = flotilla_kernel::lists::window_ids(&arguments)?
        .iter()
        .map(|&id| SystemId(id))
        .collect();
    let mut connection = call.workspace.database.read().await?;
    let running = store::running(&mut connection, call.caller()?, &ids).await?;
    let offered = offered(&mut connection).await?;
    let installers = if running.iter().any(|one| one.kind == SystemKind::VideoServer) {
        steps(server_installers(&mut connection).await?)
    } else {
        Vec::new()
    };
    Ok(running
        .into_iter()
        .map(|running| {
            let Running {
                system,
                kind,
                model,
                version,
            } = running;
            if kind == SystemKind::VideoServer {
                return server_software(system, &version, &installers);
            }
            let known = offered.contains_key(&model.to_lowercase());
            let track = Version::parse(&version).map(|version| version.track());
            let (path, missing) = match software_of(&offered, &model, &version) {
                Some((found, packages)) => (
                    found
                        .path
                        .iter()
                        .filter_map(|&place| packages.get(place))
                        .map(|(_, step)| step.clone())
                        .collect(),
                    found.missing,
                ),
                None => (Vec::new(), Vec::new()),
            };
            DeviceSoftware {
                system,
                track,
                path,
                missing,
                known,
            }
        })
        .collect())
}

/// The newest installer is recommended for a video server that runs something older (DEV-50); servers have no tracks.
fn server_software(system: SystemId, version: &str, installers: &[(Version, UpgradeStep)]) -> DeviceSoftware {
    let versions: Vec<Version> = installers.iter().map(|(version, _)| version.clone()).collect();
    let newest = Version::parse(version)
        .and_then(|current| rules::newest_after(&current, &versions))
        .and_then(|place| installers.get(place));
    DeviceSoftware {
        system,
        track: None,
        path: newest.map(|(_, step)| step.clone()).into_iter().collect(),
        missing: Vec::new(),
        known: !installers.is_empty(),
    }
}

/// Packages as steps of an upgrade; those whose version cannot be read are none.
fn steps(packages: Vec<Firmware>) -> Vec<(Version, UpgradeStep)> {
    packages
        .into_iter()
        .filter_map(|package| Some((Version::parse(&package.version)?, step_of(package))))
        .collect()
}

fn step_of(package: Firmware) -> UpgradeStep {
    UpgradeStep {
        version: package.version,
        package: package.id,
        size: package.size,
        verified: package.verified,
    }
}

/// What the repository has for devices, by model in small letters.
pub type Offered = BTreeMap<String, Vec<(Version, UpgradeStep)>>;

/// The firmware in the repository.
///
/// # Errors
/// Database errors.
pub async fn offered(connection: &mut sqlx::SqliteConnection) -> Outcome<Offered> {
    let mut offered = Offered::new();
    for package in firmware(connection).await? {
        let Some(version) = Version::parse(&package.version) else {
            continue;
        };
        offered
            .entry(package.product.to_lowercase())
            .or_default()
            .push((version, step_of(package)));
    }
    Ok(offered)
}

fn software_of<'o>(
    offered: &'o Offered,
    model: &str,
    version: &str,
) -> Option<(rules::Recommendation, &'o [(Version, UpgradeStep)])> {
    let packages = offered.get(&model.to_lowercase())?;
    let versions: Vec<Version> = packages.iter().map(|(version, _)| version.clone()).collect();
    Some((rules::recommend(&Version::parse(version)?, &versions), packages))
}
