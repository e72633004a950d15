//! Upgrading a device (DEV-23, OPS-09): check, send, install, restart, prove; version by version, where the way leads through several.
//!
//! The image goes out once. Before its last bytes do, that is written down: whatever happens before, the device certainly does not have
//! all of it; whatever happens after, only what it runs tells what came of it (JOB-21, JOB-23).

use super::device::{Asked, Device, RestartPatience, in_doubt, not_back, refused, unanswered};
use crate::devices::rules::Version;
use crate::jobs::operations::{Ended, Task};
use crate::repository::content;
use crate::repository::types::PackageRow;
use flotilla_connectors::vapix::{
    Client, FirmwareStatus, FollowError, Image, Sent, Settings, Upgrade, UpgradeError,
};
use flotilla_kernel::error::{ErrorCode, Outcome, Problem};
use flotilla_kernel::ids::PackageId;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;

/// Upgrades devices.
pub const OPERATION_UPGRADE: &str = "device-upgrade";

/// So long one version takes, in minutes: what most devices need to receive, install and start it.
pub const MINUTES_A_VERSION: i64 = 10;
/// How often it is seen how far an image is.
const PROGRESS_EVERY: Duration = Duration::from_millis(500);
/// A version is kept with so many tries (VPX-13).
const COMMIT_TRIES: u32 = 3;
/// So long is waited between them.
const COMMIT_APART: Duration = Duration::from_secs(10);

/// What is installed on which devices.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UpgradeSettings {
    /// One for each model.
    pub ways: Vec<UpgradeWay>,
}

/// The versions that devices of a model go through.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UpgradeWay {
    /// The model.
    pub model: String,
    /// The packages, the last version last.
    pub packages: Vec<PackageId>,
}

/// How long a device takes.
pub(super) fn minutes(settings: &Value) -> i64 {
    let longest = serde_json::from_value::<UpgradeSettings>(settings.clone()).map_or(1, |settings| {
        settings
            .ways
            .iter()
            .map(|way| way.packages.len())
            .max()
            .unwrap_or(1)
    });
    i64::try_from(longest).unwrap_or(1).max(1) * MINUTES_A_VERSION
}

/// What has to be known of a device while a version is on its way.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct OnItsWay {
    /// What was said before.
    asked: Asked,
    /// The version that it ran.
    from: String,
    /// The version that it is to run.
    to: String,
    /// Whether it may have the whole image.
    whole: bool,
}

/// Upgrades one device.
pub(super) async fn run(task: Task) -> Ended {
    attempt(&task)
        .await
        .unwrap_or_else(|problem| task.broke_off(problem))
}

async fn attempt(task: &Task) -> Outcome<Ended> {
    let Some(device) = Device::of(task).await? else {
        return Ok(Ended::Skipped(ErrorCode::JobTargetRemoved.into()));
    };
    let settings: UpgradeSettings = task.settings()?;
    let model = device.managed.subject.model.to_lowercase();
    let Some(way) = settings.ways.iter().find(|way| way.model.to_lowercase() == model) else {
        return Ok(Ended::Skipped(ErrorCode::UpgradeNoPackage.into()));
    };
    let ended = upgrade(task, &device, way).await;
    device.look(task).await;
    ended
}

/// Goes the way, from where the device is.
async fn upgrade(task: &Task, device: &Device, way: &UpgradeWay) -> Outcome<Ended> {
    let mut installed = 0;
    if let Some(kept) = task.checkpoint::<OnItsWay>()? {
        match reconcile(task, device, &kept).await? {
            Reconciled::Installed if kept.to == task.version_to => return Ok(Ended::Done),
            Reconciled::Installed => installed = 1,
            Reconciled::Unchanged => {}
            Reconciled::Ended(ended) => return Ok(*ended),
        }
    }
    loop {
        task.step("check").await?;
        let client = match device.signed_in(task).await {
            Ok(client) => client,
            Err(ended) => return Ok(ended),
        };
        let status = match client.firmware_status().await {
            Ok(status) => status,
            Err(error) => return Ok(refused(&error)),
        };
        let next = match next_package(task, way, &status).await? {
            Next::Install(package) => *package,
            Next::Nothing if installed == 0 => {
                let problem = Problem::new(ErrorCode::UpgradeCurrent).with("version", status.active_version);
                return Ok(Ended::Skipped(problem));
            }
            Next::Nothing => return Ok(Ended::Done),
            Next::Failed(problem) => return Ok(Ended::Failed(problem)),
        };
        if installed == 0 {
            task.versions(Some(status.active_version.clone()), None).await?;
        }
        if let Some(ended) = install(task, device, &client, &status, &next).await? {
            return Ok(ended);
        }
        // It was proven: nothing more is asked of it.
        if next.version == task.version_to {
            return Ok(Ended::Done);
        }
        installed += 1;
    }
}

/// What comes next for a device.
enum Next {
    /// This package.
    Install(Box<PackageRow>),
    /// It runs the last version of its way, or a later one.
    Nothing,
    /// Nothing can be installed.
    Failed(Problem),
}

/// The first package of the way that is newer than what runs.
async fn next_package(task: &Task, way: &UpgradeWay, status: &FirmwareStatus) -> Outcome<Next> {
    if !status.committed {
        return Ok(Next::Failed(ErrorCode::FirmwareUncommitted.into()));
    }
    let Some(running) = Version::parse(&status.active_version) else {
        return Ok(Next::Failed(ErrorCode::UpgradeVersionUnknown.into()));
    };
    // Devices of a model may be on different tracks: each goes as far as it was to.
    let goal = Version::parse(&task.version_to);
    for id in &way.packages {
        let mut connection = task.workspace.database.read().await?;
        let package = crate::repository::store::read(&mut connection, *id).await?;
        drop(connection);
        let fits = |version: &Version| *version > running && goal.as_ref().is_none_or(|goal| version <= goal);
        if Version::parse(&package.version).is_some_and(|version| fits(&version)) {
            return Ok(Next::Install(Box::new(package)));
        }
    }
    Ok(Next::Nothing)
}

/// Sends a version and waits until the device runs it. None: it does, and that was proven.
async fn install(
    task: &Task,
    device: &Device,
    client: &Client,
    status: &FirmwareStatus,
    package: &PackageRow,
) -> Outcome<Option<Ended>> {
    let (_, file) = match content::opened(&task.workspace, package.id).await {
        Ok(opened) => opened,
        Err(_) if task.stopping.is_cancelled() => return Ok(Some(Ended::Interrupted)),
        Err(problem) => return Ok(Some(Ended::Failed(problem))),
    };
    let image = Arc::new(Image::new(file).map_err(flotilla_kernel::transfer::unreadable)?);
    let Some(permit) = task.upload().await else {
        return Ok(Some(Ended::Interrupted));
    };
    let before = match client.before_restart().await {
        Ok(before) => before,
        Err(failure) => return Ok(Some(unanswered(&failure))),
    };
    if task.stopping.is_cancelled() {
        return Ok(Some(Ended::Interrupted));
    }
    if !task.fits(MINUTES_A_VERSION) {
        return Ok(Some(Ended::Later));
    }
    let mut kept = OnItsWay {
        asked: Asked::of(&before, task.workspace.clock.now()),
        from: status.active_version.clone(),
        to: package.version.clone(),
        whole: false,
    };
    task.log("image", json!({"name": package.file_name, "size": package.size}));
    task.step_with("upload", &kept).await?;
    let sent = send(task, client, &image, &kept).await;
    // Others may be sent theirs while this one restarts.
    drop(permit);
    kept.asked.at = task.workspace.clock.now();
    let accepted = match sent {
        Ok(Upgrade::Accepted(_)) => true,
        Ok(Upgrade::Lost(_)) => false,
        Err(UpgradeError::Refused(error)) => return Ok(Some(refused(&error))),
        Err(UpgradeError::Incomplete(_)) => return incomplete(task, device, &kept).await.map(Some),
    };
    kept.whole = true;
    task.step_with("install", &kept).await?;
    task.log("sent", json!({"version": kept.to}));
    followed(task, device, &kept, accepted).await
}

/// Sends the image, and says how far it is.
async fn send(
    task: &Task,
    client: &Client,
    image: &Arc<Image>,
    kept: &OnItsWay,
) -> Result<Upgrade, UpgradeError> {
    let (keeper, clock, kept) = (task.keeper(), task.workspace.clock.clone(), kept.clone());
    let sent = Arc::new(Sent::announcing(Box::new(move || {
        let mut whole = kept.clone();
        whole.whole = true;
        // From now on the device may restart.
        whole.asked.at = clock.now();
        let (keeper, whole) = (keeper.clone(), serde_json::to_string(&whole));
        Box::pin(async move {
            let whole = whole.map_err(std::io::Error::other)?;
            keeper.keep(whole).await.map_err(std::io::Error::other)
        })
    })));
    let length = image.length().max(1);
    let sending = client.upgrade_firmware(image, Settings::Kept, &sent);
    tokio::pin!(sending);
    let mut pulse = tokio::time::interval(PROGRESS_EVERY);
    loop {
        tokio::select! {
            sent = &mut sending => return sent,
            _ = pulse.tick() => {
                let percent = sent.bytes().saturating_mul(100) / length;
                task.progress(i64::try_from(percent).unwrap_or(100));
            }
        }
    }
}

/// The connection broke off in the middle. Only a device that proves to be as it was is sent the image again (JOB-23).
async fn incomplete(task: &Task, device: &Device, kept: &OnItsWay) -> Outcome<Ended> {
    let problem = || Problem::new(ErrorCode::UpgradeIncomplete);
    Ok(match unchanged(task, device, kept).await? {
        Some(true) => Ended::PutOff(problem()),
        Some(false) => Ended::Unknown(ErrorCode::UpgradeUnknown.into()),
        None => Ended::Unknown(problem()),
    })
}

/// Whether version and boot are as they were. None: the device does not say.
async fn unchanged(task: &Task, device: &Device, kept: &OnItsWay) -> Outcome<Option<bool>> {
    let Ok(client) = device.signed_in(task).await else {
        return Ok(None);
    };
    let (Ok(status), Ok(before)) = (client.firmware_status().await, client.before_restart().await) else {
        return Ok(None);
    };
    let now = Asked::of(&before, task.workspace.clock.now());
    let same_boot = match (&kept.asked.boot_id, &now.boot_id) {
        (Some(before), Some(now)) => before == now,
        // Without boot ids a longer uptime shows that it has not restarted.
        _ => match (kept.asked.uptime, now.uptime) {
            (Some(before), Some(now)) => now >= before,
            _ => false,
        },
    };
    Ok(Some(same_boot && status.active_version == kept.from))
}

/// What came of a version that was on its way.
enum Reconciled {
    /// The device runs it.
    Installed,
    /// Nothing: the device is as it was, and certainly never had the whole image.
    Unchanged,
    /// That is how it ended, or it is still not known.
    Ended(Box<Ended>),
}

impl From<Option<Ended>> for Reconciled {
    fn from(ended: Option<Ended>) -> Self {
        ended.map_or(Self::Installed, |ended| Self::Ended(Box::new(ended)))
    }
}

/// Asks what came of what was left in the middle, or is not known (JOB-21).
async fn reconcile(task: &Task, device: &Device, kept: &OnItsWay) -> Outcome<Reconciled> {
    if kept.whole {
        return followed(task, device, kept, false).await.map(Reconciled::from);
    }
    Ok(match unchanged(task, device, kept).await? {
        Some(true) if !task.is_doubted() => Reconciled::Unchanged,
        Some(true) => Some(Ended::Failed(ErrorCode::UpgradeIncomplete.into())).into(),
        Some(false) => followed(task, device, kept, false).await?.into(),
        None => Some(Ended::Unknown(ErrorCode::UpgradeUnknown.into())).into(),
    })
}

/// Waits until the device is back, and has it prove what it runs. None: it runs the version.
async fn followed(task: &Task, device: &Device, kept: &OnItsWay, accepted: bool) -> Outcome<Option<Ended>> {
    task.step("restart").await?;
    let restarted = match device.follow(task, &kept.asked).await? {
        Ok(_) => true,
        Err(FollowError::Cancelled) => return Ok(Some(Ended::Interrupted)),
        Err(FollowError::DidNotRestart) => false,
        Err(FollowError::NotBack) => {
            let patience = task.workspace.state::<RestartPatience>().get();
            let problem = if accepted {
                not_back(patience)
            } else {
                ErrorCode::UpgradeUnknown.into()
            };
            return Ok(Some(Ended::Unknown(problem)));
        }
        Err(FollowError::Failed(failure)) => return Ok(Some(in_doubt(unanswered(&failure)))),
    };
    if restarted {
        task.log("boot", Value::Null);
    }
    task.step("prove").await?;
    prove(task, device, kept, restarted).await
}

/// What the device runs now. None: the version that it is to run, and it keeps it.
async fn prove(task: &Task, device: &Device, kept: &OnItsWay, restarted: bool) -> Outcome<Option<Ended>> {
    let client = match device.signed_in(task).await {
        Ok(client) => client,
        Err(ended) => return Ok(Some(in_doubt(ended))),
    };
    let status = match client.firmware_status().await {
        Ok(status) => status,
        Err(error) => return Ok(Some(in_doubt(refused(&error)))),
    };
    task.log("runs", json!({"version": status.active_version}));
    let running = Version::parse(&status.active_version);
    if running != Version::parse(&kept.to) {
        let version = status.active_version.clone();
        let problem = match (restarted, version == kept.from) {
            (false, _) => Problem::new(ErrorCode::UpgradeNotRestarted),
            (true, true) => Problem::new(ErrorCode::UpgradeFellBack),
            (true, false) => Problem::new(ErrorCode::UpgradeOtherVersion).with("expected", kept.to.clone()),
        };
        return Ok(Some(Ended::Failed(problem.with("version", version))));
    }
    if status.committed {
        return Ok(None);
    }
    Ok(match commit(task, &client).await {
        Some(true) => None,
        Some(false) => {
            let problem = Problem::new(ErrorCode::UpgradeNotCommitted).with("version", status.active_version);
            Some(Ended::Failed(problem))
        }
        None => Some(Ended::Interrupted),
    })
}

/// Has the device keep what it runs, and reads back whether it does (VPX-13). None: the program ends.
async fn commit(task: &Task, client: &Client) -> Option<bool> {
    for tried in 1..=COMMIT_TRIES {
        if let Err(error) = client.commit_firmware().await {
            tracing::debug!(%error, tried, "a device does not keep its new version yet");
        }
        if client
            .firmware_status()
            .await
            .is_ok_and(|status| status.committed)
        {
            return Some(true);
        }
        if tried < COMMIT_TRIES {
            tokio::select! {
                () = task.stopping.cancelled() => return None,
                () = tokio::time::sleep(COMMIT_APART) => {}
            }
        }
    }
    Some(false)
}
