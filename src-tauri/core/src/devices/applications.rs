//! Applications on devices (DEV-61): listed, installed from the repository, started, stopped, removed.

use super::acting::Ended;
use super::adding::problem_of;
use super::operating::{self, Admitted, Turn, answered, field, refused};
use super::types::*;
use crate::repository;
use crate::repository::types::PackageKind;
use bytes::Bytes;
use flotilla_connectors::vapix::{
    self, ApplicationAct, ApplicationError, ApplicationProblem, Client, Failure, LicenceState, Signature,
};
use flotilla_kernel::call::Call;
use flotilla_kernel::error::{ErrorCode, Outcome};
use flotilla_kernel::rights::Admissions;
use std::sync::Arc;

/// Packages of applications are at most so large: they are held in memory.
const MOST_BYTES: u64 = 256 * 1024 * 1024;
/// So long a short name may be.
const NAME_LENGTH: usize = 128;

/// The applications of a device (DEV-61).
///
/// # Errors
/// `device.not-this-kind`; what the device says otherwise.
pub async fn applications(call: &Call, arguments: DeviceArgument) -> Outcome<DeviceApplications> {
    let (client, target) = operating::asked(call, arguments.id).await?;
    let workspace = &call.workspace;
    let found = match client.applications().await {
        // Some devices have none, and no place for any.
        Err(Failure::NotOffered) => {
            return Ok(DeviceApplications {
                applications: Vec::new(),
                takes_unsigned: false,
            });
        }
        found => answered(workspace, &target, found).await?,
    };
    let takes_unsigned = answered(workspace, &target, client.takes_unsigned_applications().await).await?;
    let mut applications: Vec<DeviceApplication> = found.into_iter().map(shown).collect();
    applications.sort_by_key(|application| application.full_name.to_lowercase());
    Ok(DeviceApplications {
        applications,
        // Before the setting there was, every device took them.
        takes_unsigned: takes_unsigned.unwrap_or(true),
    })
}

fn shown(application: vapix::Application) -> DeviceApplication {
    DeviceApplication {
        full_name: application.full_name.unwrap_or_else(|| application.name.clone()),
        name: application.name,
        vendor: application.vendor.unwrap_or_default(),
        version: application.version.unwrap_or_default(),
        licence: match application.licence {
            LicenceState::NotNeeded => ApplicationLicence::NotNeeded,
            LicenceState::Valid => ApplicationLicence::Valid,
            LicenceState::Invalid => ApplicationLicence::Invalid,
            LicenceState::Missing => ApplicationLicence::Missing,
            LicenceState::Custom => ApplicationLicence::Own,
            LicenceState::Unknown => ApplicationLicence::Unknown,
        },
        licence_ends: application.licence_ends.map(|day| day.to_string()),
        state: match application.state {
            vapix::ApplicationState::Running => ApplicationState::Running,
            vapix::ApplicationState::Stopped => ApplicationState::Stopped,
            vapix::ApplicationState::Idle => ApplicationState::Idle,
            vapix::ApplicationState::Unknown => ApplicationState::Unknown,
        },
        signed: match application.signature {
            Signature::Signed => Some(true),
            Signature::Unsigned => Some(false),
            Signature::Unknown => None,
        },
    }
}

/// Installs an application of the repository on each of these devices (DEV-61). What is sent was compared with its digest before.
///
/// # Errors
/// `form.invalid` when the package is no application; `repository.altered`, `repository.missing`, `repository.remote`; `call.too-large`;
/// what concerns one device is its own result.
pub async fn install_application(
    call: &Call,
    arguments: InstallDeviceApplication,
    admissions: Admissions,
) -> Outcome<DeviceActBegun> {
    let admitted = operating::admitted(call, &arguments.ids, &admissions).await?;
    let (package, content) =
        repository::content::verified(&call.workspace, arguments.package, MOST_BYTES).await?;
    if package.kind != PackageKind::Application {
        return Err(field("package", ErrorCode::FieldNotAChoice));
    }
    let content = Bytes::from(content);
    let kind = (DeviceActKind::InstallApplication, package.file_name.as_str());
    let start = arguments.start;
    operating::begin(call, kind, admitted, move |turn| {
        let content = content.clone();
        async move { install(&turn, &content, start).await }
    })
    .await
}

/// Starts an application on each of these devices (DEV-61).
///
/// # Errors
/// `form.invalid`, `call.too-large`; what concerns one device is its own result.
pub async fn start_application(
    call: &Call,
    arguments: DeviceApplicationArgument,
    admissions: Admissions,
) -> Outcome<DeviceActBegun> {
    let admitted = operating::admitted(call, &arguments.ids, &admissions).await?;
    let kind = DeviceActKind::StartApplication;
    begin(call, (kind, ApplicationAct::Start), &arguments, admitted).await
}

/// Stops an application on each of these devices (DEV-61).
///
/// # Errors
/// As [`start_application`].
pub async fn stop_application(
    call: &Call,
    arguments: DeviceApplicationArgument,
    admissions: Admissions,
) -> Outcome<DeviceActBegun> {
    let admitted = operating::admitted(call, &arguments.ids, &admissions).await?;
    let kind = DeviceActKind::StopApplication;
    begin(call, (kind, ApplicationAct::Stop), &arguments, admitted).await
}

/// Removes an application from each of these devices, with its settings (DEV-61).
///
/// # Errors
/// As [`start_application`].
pub async fn remove_application(
    call: &Call,
    arguments: DeviceApplicationArgument,
    admissions: Admissions,
) -> Outcome<DeviceActBegun> {
    let admitted = operating::admitted(call, &arguments.ids, &admissions).await?;
    let kind = DeviceActKind::RemoveApplication;
    begin(call, (kind, ApplicationAct::Remove), &arguments, admitted).await
}

async fn begin(
    call: &Call,
    (kind, act): (DeviceActKind, ApplicationAct),
    arguments: &DeviceApplicationArgument,
    admitted: Admitted,
) -> Outcome<DeviceActBegun> {
    let name: Arc<str> = arguments.application.trim().into();
    if name.is_empty() || name.len() > NAME_LENGTH || name.chars().any(char::is_control) {
        return Err(field("application", ErrorCode::FieldRequired));
    }
    operating::begin(call, (kind, &name.clone()), admitted, move |turn| {
        let name = name.clone();
        async move { control(&turn, act, &name).await }
    })
    .await
}

async fn control(turn: &Turn, act: ApplicationAct, name: &str) -> Outcome<Ended> {
    let client = turn.signed_in().await?;
    turn.line.step(DeviceStep::Send);
    send(turn, &client, act, name).await
}

/// Does it; what is so already is done. Where the answer was lost, the list of applications is asked.
async fn send(turn: &Turn, client: &Client, act: ApplicationAct, name: &str) -> Outcome<Ended> {
    match client.control_application(act, name).await {
        Ok(()) => Ok(Ended::Done),
        Err(ApplicationError::Problem(ApplicationProblem::RunsAlready)) if act == ApplicationAct::Start => {
            Ok(Ended::Done)
        }
        Err(ApplicationError::Problem(ApplicationProblem::DoesNotRun)) if act == ApplicationAct::Stop => {
            Ok(Ended::Done)
        }
        Err(ApplicationError::Problem(problem)) if problem != ApplicationProblem::TimedOut => {
            Err(refused(&problem))
        }
        Err(ApplicationError::Failed(failure)) => Err(problem_of(&failure)),
        Err(ApplicationError::Problem(_) | ApplicationError::OutcomeUnknown(_)) => {
            turn.line.step(DeviceStep::Prove);
            let found = client.applications().await.ok();
            let one = found.as_ref().map(|all| all.iter().find(|one| one.name == name));
            Ok(match (act, one) {
                (ApplicationAct::Remove, Some(None)) => Ended::Done,
                (ApplicationAct::Start, Some(Some(one))) if one.state == vapix::ApplicationState::Running => {
                    Ended::Done
                }
                (ApplicationAct::Stop, Some(Some(one))) if one.state == vapix::ApplicationState::Stopped => {
                    Ended::Done
                }
                _ => Ended::Unknown(ErrorCode::DeviceUnknown.into()),
            })
        }
    }
}

async fn install(turn: &Turn, content: &Bytes, start: bool) -> Outcome<Ended> {
    let client = turn.signed_in().await?;
    let names = |all: Vec<vapix::Application>| -> Vec<(String, Option<String>)> {
        all.into_iter().map(|one| (one.name, one.version)).collect()
    };
    let before = client
        .applications()
        .await
        .map(names)
        .map_err(|failure| problem_of(&failure))?;
    turn.line.step(DeviceStep::Send);
    match client.install_application(content).await {
        Ok(()) => {}
        Err(ApplicationError::Problem(problem)) if problem != ApplicationProblem::TimedOut => {
            return Err(refused(&problem));
        }
        Err(ApplicationError::Failed(failure)) => return Err(problem_of(&failure)),
        Err(ApplicationError::Problem(_) | ApplicationError::OutcomeUnknown(_)) => {
            return Ok(Ended::Unknown(ErrorCode::DeviceUnknown.into()));
        }
    }
    turn.line.step(DeviceStep::Prove);
    let after = client
        .applications()
        .await
        .map(names)
        .map_err(|failure| problem_of(&failure))?;
    let Some((name, _)) = after.iter().find(|one| !before.contains(one)) else {
        // The same version was there: that it was replaced cannot be told from the list.
        return Ok(Ended::Done);
    };
    if start {
        return send(turn, &client, ApplicationAct::Start, name).await;
    }
    Ok(Ended::Done)
}
