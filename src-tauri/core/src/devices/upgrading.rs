//! Plans and orders upgrades of devices (DEV-20): from, to, the way, how long, and who is left out and why.

use super::operating::{self, Admitted};
use super::operations::{MINUTES_A_VERSION, OPERATION_UPGRADE, UpgradeSettings, UpgradeWay};
use super::restarting::skipped;
use super::rules::{self, Version};
use super::software::{self, Offered};
use super::store::{self, Managed, Running};
use super::types::*;
use crate::jobs::commands::{Order, order};
use crate::jobs::types::JobOrdered;
use crate::systems::types::SystemKind;
use flotilla_kernel::call::Call;
use flotilla_kernel::error::{ErrorCode, Outcome, Problem};
use flotilla_kernel::ids::{OrganizationId, PackageId, SystemId};
use flotilla_kernel::rights::Admissions;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// So many devices that are left out are named for each reason.
const NAMED: usize = 20;

/// What upgrading these devices would mean (DEV-20).
///
/// # Errors
/// `call.too-large`; `not-found` for a package; why the first device is left out where the account may upgrade none.
pub async fn plan(call: &Call, arguments: PlanUpgrade, admissions: Admissions) -> Outcome<UpgradePlan> {
    let ways = ways(call, &arguments.ids, arguments.target, &admissions).await?;
    let chosen = i64::try_from(arguments.ids.len()).unwrap_or(i64::MAX);
    let mut groups: BTreeMap<(String, String), UpgradeGroup> = BTreeMap::new();
    let mut customers: BTreeSet<OrganizationId> = BTreeSet::new();
    let (mut devices, mut restarts) = (0, 0);
    for one in &ways.devices {
        let versions = i64::try_from(one.way.path.len()).unwrap_or(i64::MAX);
        devices += 1;
        restarts += versions;
        customers.insert(one.device.organization);
        let key = (one.device.subject.model.clone(), one.from.clone());
        let group = groups.entry(key).or_insert_with(|| UpgradeGroup {
            model: one.device.subject.model.clone(),
            from: one.from.clone(),
            path: one.way.path.clone(),
            missing: one.way.missing.clone(),
            devices: 0,
            minutes: versions * MINUTES_A_VERSION,
        });
        group.devices += 1;
    }
    let mut groups: Vec<UpgradeGroup> = groups.into_values().collect();
    groups.sort_by(|one, other| {
        other
            .devices
            .cmp(&one.devices)
            .then_with(|| (&one.model, &one.from).cmp(&(&other.model, &other.from)))
    });
    let mut excluded = ways.excluded;
    for id in &ways.admitted_not {
        excluded
            .entry(id.problem.code().to_owned())
            .or_insert_with(|| UpgradeExclusion {
                problem: id.problem,
                count: 0,
                devices: Vec::new(),
            })
            .count += 1;
    }
    let mut excluded: Vec<UpgradeExclusion> = excluded.into_values().collect();
    excluded.sort_by_key(|reason| std::cmp::Reverse(reason.count));
    Ok(UpgradePlan {
        chosen,
        devices,
        customers: i64::try_from(customers.len()).unwrap_or(i64::MAX),
        restarts,
        groups,
        excluded,
        skipped: ways.admitted_not,
    })
}

/// Upgrades these devices (DEV-20, OPS-09).
///
/// # Errors
/// As [`plan`]; `form.invalid` where none can be upgraded, or with the fields of the order.
pub async fn upgrade(call: &Call, arguments: UpgradeDevices, admissions: Admissions) -> Outcome<JobOrdered> {
    let ways = ways(call, &arguments.ids, arguments.target, &admissions).await?;
    let mut settings: BTreeMap<String, Vec<(Version, PackageId)>> = BTreeMap::new();
    let mut versions: BTreeSet<String> = BTreeSet::new();
    let mut targets = Vec::with_capacity(ways.devices.len());
    for one in &ways.devices {
        let packages = settings.entry(one.device.subject.model.clone()).or_default();
        for step in &one.way.path {
            if let Some(version) = Version::parse(&step.version)
                && !packages.iter().any(|(_, known)| *known == step.package)
            {
                packages.push((version, step.package));
            }
        }
        let last = one
            .way
            .path
            .last()
            .map(|step| step.version.clone())
            .unwrap_or_default();
        versions.insert(last.clone());
        targets.push((one.device.system, last));
    }
    let ways_of_models: Vec<UpgradeWay> = settings
        .into_iter()
        .map(|(model, mut packages)| {
            packages.sort();
            UpgradeWay {
                model,
                packages: packages.into_iter().map(|(_, package)| package).collect(),
            }
        })
        .collect();
    let packages = ways_of_models
        .iter()
        .flat_map(|way| way.packages.iter().copied())
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect();
    let settings = UpgradeSettings { ways: ways_of_models };
    let mut left_out = skipped(ways.admitted_not);
    left_out.extend(ways.left_out);
    order(
        call,
        Order {
            operation: OPERATION_UPGRADE,
            about: Vec::from_iter(versions).join(", "),
            settings: serde_json::to_value(settings).map_err(Problem::internal)?,
            secret: None,
            targets,
            skipped: left_out,
            packages,
            order: arguments.order,
            retry_of: None,
        },
    )
    .await
}

/// A device with its way.
struct OnItsWay {
    device: Managed,
    from: String,
    way: Way,
}

/// The versions that a device goes through.
struct Way {
    path: Vec<UpgradeStep>,
    missing: Vec<String>,
}

/// Which devices go which way.
struct Ways {
    devices: Vec<OnItsWay>,
    /// By the code of the reason.
    excluded: BTreeMap<String, UpgradeExclusion>,
    left_out: Vec<crate::jobs::types::SkippedTarget>,
    admitted_not: Vec<SkippedDevice>,
}

async fn ways(
    call: &Call,
    ids: &[SystemId],
    target: Option<PackageId>,
    admissions: &Admissions,
) -> Outcome<Ways> {
    let Admitted {
        devices,
        skipped: admitted_not,
    } = operating::admitted(call, ids, admissions).await?;
    let mut connection = call.workspace.database.read().await?;
    let systems: Vec<SystemId> = devices.iter().map(|device| device.system).collect();
    let running = store::running(&mut connection, call.caller()?, &systems).await?;
    let running: HashMap<SystemId, Running> = running
        .into_iter()
        .map(|running| (running.system, running))
        .collect();
    let offered = software::offered(&mut connection).await?;
    let target = match target {
        Some(id) => Some(crate::repository::store::read(&mut connection, id).await?),
        None => None,
    };
    drop(connection);
    let mut ways = Ways {
        devices: Vec::with_capacity(devices.len()),
        excluded: BTreeMap::new(),
        left_out: Vec::new(),
        admitted_not,
    };
    for device in devices {
        let version = running
            .get(&device.system)
            .map(|running| running.version.clone())
            .unwrap_or_default();
        match way_of(&device, &version, &offered, target.as_ref()) {
            Ok(way) => ways.devices.push(OnItsWay {
                from: version,
                device,
                way,
            }),
            Err(problem) => {
                ways.left_out.push(crate::jobs::types::SkippedTarget {
                    id: device.system,
                    problem,
                });
                let reason =
                    ways.excluded
                        .entry(problem.code().to_owned())
                        .or_insert_with(|| UpgradeExclusion {
                            problem,
                            count: 0,
                            devices: Vec::new(),
                        });
                reason.count += 1;
                if reason.devices.len() < NAMED {
                    reason.devices.push(ExcludedDevice {
                        id: device.system,
                        name: device.subject.name,
                        customer: device.customer,
                        version,
                    });
                }
            }
        }
    }
    Ok(ways)
}

/// The way of a device to the wanted package, or to what is recommended.
fn way_of(
    device: &Managed,
    version: &str,
    offered: &Offered,
    target: Option<&crate::repository::types::PackageRow>,
) -> Result<Way, ErrorCode> {
    if device.kind != SystemKind::Camera {
        return Err(ErrorCode::DeviceNotThisKind);
    }
    let current = Version::parse(version).ok_or(ErrorCode::UpgradeVersionUnknown)?;
    let packages = offered
        .get(&device.subject.model.to_lowercase())
        .ok_or(ErrorCode::UpgradeNoPackage)?;
    let versions: Vec<Version> = packages.iter().map(|(version, _)| version.clone()).collect();
    let recommendation = match target {
        None => rules::recommend(&current, &versions),
        Some(target) => {
            let place = packages
                .iter()
                .position(|(_, step)| step.package == target.id)
                .ok_or(ErrorCode::FirmwareWrongDevice)?;
            rules::way_to(&current, &versions, place)
        }
    };
    if recommendation.path.is_empty() {
        return Err(ErrorCode::UpgradeCurrent);
    }
    Ok(Way {
        path: recommendation
            .path
            .iter()
            .filter_map(|&place| packages.get(place))
            .map(|(_, step)| step.clone())
            .collect(),
        missing: recommendation.missing,
    })
}
