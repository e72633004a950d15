//! Acts on devices that are managed: their accounts, restarting, going back to the firmware before, setting back (DEV-24, DEV-40,
//! DEV-41).

use super::acting::{self, Ended, Line};
use super::adding::{problem_of, rejected};
use super::rules;
use super::store::{self, Managed};
use super::types::*;
use crate::connections;
use crate::connections::probe::{self, Target};
use crate::connections::service::Poller;
use crate::connections::store::{ConnectionFields, Polled, Which};
use crate::connections::tries::{self, By};
use crate::systems::types::SystemKind;
use flotilla_connectors::secret::Secret;
use flotilla_connectors::vapix::{
    self, AccountError, AccountPassword, Acknowledgement, Client, FactoryDefault, Failure, FirmwareError,
    FollowError, Patience, Privileges, Role, UserName,
};
use flotilla_kernel::audit::{self, Entry};
use flotilla_kernel::call::Call;
use flotilla_kernel::error::{ErrorCode, FieldProblem, Outcome, Problem};
use flotilla_kernel::ids::{AccountId, SystemId};
use flotilla_kernel::rights::Admissions;
use flotilla_kernel::workspace::Workspace;
use std::collections::HashMap;
use std::sync::Arc;

/// What is to be done with each device.
enum Wanted {
    Create(UserName, AccountPassword, Privileges),
    SetPassword(String, AccountPassword),
    Delete(String),
    Rotate(Option<Secret>),
    Restart,
    Rollback,
    FactoryDefault(FactoryDefault),
}

impl Wanted {
    fn kind(&self) -> DeviceActKind {
        match self {
            Self::Create(..) => DeviceActKind::CreateAccount,
            Self::SetPassword(..) => DeviceActKind::SetPassword,
            Self::Delete(_) => DeviceActKind::DeleteAccount,
            Self::Rotate(_) => DeviceActKind::RotatePassword,
            Self::Restart => DeviceActKind::Restart,
            Self::Rollback => DeviceActKind::Rollback,
            Self::FactoryDefault(_) => DeviceActKind::FactoryDefault,
        }
    }

    fn about(&self) -> String {
        match self {
            Self::Create(name, ..) => name.to_string(),
            Self::SetPassword(name, _) | Self::Delete(name) => name.clone(),
            Self::Rotate(_) | Self::Restart | Self::Rollback | Self::FactoryDefault(_) => String::new(),
        }
    }

    /// DEV-41: what Flotilla itself signs in with is changed in one way only.
    fn touches_own(&self, own: &str) -> bool {
        match self {
            Self::Create(name, ..) => name.as_str() == own,
            Self::SetPassword(name, _) | Self::Delete(name) => name == own,
            Self::Rotate(_) | Self::Restart | Self::Rollback | Self::FactoryDefault(_) => false,
        }
    }
}

/// The accounts of a device (DEV-40).
///
/// # Errors
/// `device.not-this-kind`; what the device says otherwise.
pub async fn accounts(call: &Call, arguments: DeviceArgument) -> Outcome<Vec<DeviceAccount>> {
    let mut connection = call.workspace.database.read().await?;
    let managed = store::managed(&mut connection, &[arguments.id]).await?;
    let polled = match managed.first() {
        Some(device) if device.kind == SystemKind::Camera => polled_of(&mut connection, device).await?,
        Some(_) => return Err(ErrorCode::DeviceNotThisKind.into()),
        None => return Err(ErrorCode::NotFound.into()),
    };
    drop(connection);
    let client = signed_in(&call.workspace, &polled.target).await?;
    let found = client.accounts().await;
    let accounts = answered(&call.workspace, &polled.target, found).await?;
    Ok(accounts
        .into_iter()
        .map(|account| DeviceAccount {
            role: account.role().map(|role| match role {
                Role::Viewer => DeviceRole::Viewer,
                Role::Operator => DeviceRole::Operator,
                Role::Administrator => DeviceRole::Administrator,
            }),
            ptz: account.groups.contains(&vapix::Group::Ptz),
            own: account.name == polled.target.user_name,
            name: account.name,
        })
        .collect())
}

/// Creates an account on each of these devices (DEV-40).
///
/// # Errors
/// `form.invalid`, `call.too-large`; what concerns one device is its own result.
pub async fn create_account(
    call: &Call,
    arguments: CreateDeviceAccount,
    admissions: Admissions,
) -> Outcome<DeviceActBegun> {
    let name = UserName::parse(arguments.user_name.trim())
        .map_err(|_| field("user_name", ErrorCode::DeviceUserName))?;
    let password = password_of(&arguments.password)?;
    let privileges = Privileges {
        role: match arguments.role {
            DeviceRole::Viewer => Role::Viewer,
            DeviceRole::Operator => Role::Operator,
            DeviceRole::Administrator => Role::Administrator,
        },
        ptz: arguments.ptz,
    };
    begin(
        call,
        Wanted::Create(name, password, privileges),
        &arguments.ids,
        &admissions,
    )
    .await
}

/// Changes the password of an account on each of these devices (DEV-40).
///
/// # Errors
/// As [`create_account`].
pub async fn set_password(
    call: &Call,
    arguments: SetDevicePassword,
    admissions: Admissions,
) -> Outcome<DeviceActBegun> {
    let name = account_name(&arguments.user_name)?;
    let password = password_of(&arguments.password)?;
    begin(
        call,
        Wanted::SetPassword(name, password),
        &arguments.ids,
        &admissions,
    )
    .await
}

/// Deletes an account on each of these devices (DEV-40).
///
/// # Errors
/// As [`create_account`].
pub async fn delete_account(
    call: &Call,
    arguments: DeleteDeviceAccount,
    admissions: Admissions,
) -> Outcome<DeviceActBegun> {
    let name = account_name(&arguments.user_name)?;
    begin(call, Wanted::Delete(name), &arguments.ids, &admissions).await
}

/// Changes the password that Flotilla signs in with, on each of these devices (DEV-41).
///
/// # Errors
/// As [`create_account`].
pub async fn rotate_password(
    call: &Call,
    arguments: RotateDevicePassword,
    admissions: Admissions,
) -> Outcome<DeviceActBegun> {
    let password = arguments.password.filter(|password| !password.is_empty());
    if let Some(password) = &password {
        password_of(password)?;
    }
    begin(call, Wanted::Rotate(password), &arguments.ids, &admissions).await
}

/// Restarts each of these devices, and waits until it is back (DEV-24).
///
/// # Errors
/// As [`create_account`].
pub async fn restart(
    call: &Call,
    arguments: DevicesArgument,
    admissions: Admissions,
) -> Outcome<DeviceActBegun> {
    begin(call, Wanted::Restart, &arguments.ids, &admissions).await
}

/// Has each of these devices go back to the firmware before (DEV-24).
///
/// # Errors
/// As [`create_account`].
pub async fn roll_back(
    call: &Call,
    arguments: DevicesArgument,
    admissions: Admissions,
) -> Outcome<DeviceActBegun> {
    begin(call, Wanted::Rollback, &arguments.ids, &admissions).await
}

/// Sets each of these devices back to how it left the factory, after their number was typed (DEV-24, GEN-11).
///
/// # Errors
/// As [`create_account`].
pub async fn factory_default(
    call: &Call,
    arguments: ResetDevices,
    admissions: Admissions,
) -> Outcome<DeviceActBegun> {
    if arguments.confirmation.trim() != arguments.ids.len().to_string() {
        return Err(field("confirmation", ErrorCode::DeviceConfirmation));
    }
    let how = if arguments.network_too {
        FactoryDefault::Hard
    } else {
        FactoryDefault::Soft
    };
    begin(call, Wanted::FactoryDefault(how), &arguments.ids, &admissions).await
}

fn field(name: &str, code: ErrorCode) -> Problem {
    Problem::of_field(FieldProblem::new(name, code))
}

fn account_name(text: &str) -> Outcome<String> {
    let name = text.trim();
    if name.is_empty() || name.len() > 64 || name.chars().any(char::is_control) {
        Err(field("user_name", ErrorCode::DeviceUserName))
    } else {
        Ok(name.to_owned())
    }
}

fn password_of(password: &Secret) -> Outcome<AccountPassword> {
    AccountPassword::new(password).map_err(|_| field("password", ErrorCode::DevicePassword))
}

/// Everything that all devices of an act have in common.
struct Operating {
    workspace: Workspace,
    account: AccountId,
    origin: String,
    name: &'static str,
    wanted: Wanted,
    devices: Vec<Managed>,
}

async fn begin(
    call: &Call,
    wanted: Wanted,
    ids: &[SystemId],
    admissions: &Admissions,
) -> Outcome<DeviceActBegun> {
    if ids.len() > MOST_DEVICES {
        return Err(Problem::new(ErrorCode::TooLarge).with("limit", MOST_DEVICES));
    }
    call.record_refusals(admissions).await?;
    let mut connection = call.workspace.database.read().await?;
    let mut known: HashMap<SystemId, Managed> = store::managed(&mut connection, ids)
        .await?
        .into_iter()
        .map(|device| (device.system, device))
        .collect();
    drop(connection);
    let mut skipped = Vec::new();
    let mut devices = Vec::with_capacity(ids.len());
    for &id in ids {
        match (admissions.of(id).problem(), known.remove(&id)) {
            (None, Some(device)) => devices.push(device),
            (problem, _) => skipped.push(SkippedDevice {
                id,
                problem: problem.unwrap_or(ErrorCode::NotFound),
            }),
        }
    }
    if devices.is_empty() {
        return Err(match skipped.first() {
            Some(first) if first.problem == ErrorCode::NotFound => Problem::not_visible(),
            Some(first) => first.problem.into(),
            None => field("ids", ErrorCode::FieldRequired),
        });
    }
    let subjects = devices
        .iter()
        .map(|device| (device.organization, device.subject.clone()))
        .collect();
    let (kind, about) = (wanted.kind(), wanted.about());
    let operating = Arc::new(Operating {
        workspace: call.workspace.clone(),
        account: call.caller()?.account,
        origin: call.origin.to_string(),
        name: call.name,
        wanted,
        devices,
    });
    let begun = acting::begin(call, (kind, &about), subjects, move |place, line| {
        let operating = operating.clone();
        async move { operating.one(place, &line).await.unwrap_or_else(Ended::Failed) }
    })
    .await?;
    Ok(DeviceActBegun { skipped, ..begun })
}

async fn polled_of(connection: &mut sqlx::SqliteConnection, device: &Managed) -> Outcome<Polled> {
    let id = device
        .connection
        .ok_or_else(|| Problem::new(ErrorCode::NotFound))?;
    let polled = connections::store::polled(connection, Which::These(&[id])).await?;
    polled
        .into_iter()
        .next()
        .ok_or_else(|| Problem::new(ErrorCode::NotFound))
}

/// A client with the credentials of the target, as long as tries are left (DEV-02).
async fn signed_in(workspace: &Workspace, target: &Target) -> Outcome<Client> {
    tries::demand(workspace, &target.endpoint, By::Person).await?;
    let client = probe::device_client(workspace, target)?;
    Ok(client.with_credentials(&target.user_name, &target.password))
}

/// What a device answered; that it rejected the credentials is counted.
async fn answered<T>(workspace: &Workspace, target: &Target, found: Result<T, Failure>) -> Outcome<T> {
    match found {
        Ok(found) => Ok(found),
        Err(Failure::CredentialsRefused) => {
            tries::note(workspace, &target.endpoint).await?;
            Err(rejected(workspace, &target.endpoint).await)
        }
        Err(failure) => Err(problem_of(&failure)),
    }
}

impl Operating {
    async fn one(&self, place: usize, line: &Line) -> Outcome<Ended> {
        let Some(device) = self.devices.get(place) else {
            return Err(ErrorCode::NotFound.into());
        };
        if device.kind != SystemKind::Camera {
            return Err(ErrorCode::DeviceNotThisKind.into());
        }
        let polled = polled_of(&mut *self.workspace.database.read().await?, device).await?;
        let target = &polled.target;
        if self.wanted.touches_own(&target.user_name) {
            return Err(ErrorCode::DeviceAccountInUse.into());
        }
        line.step(DeviceStep::SignIn);
        if let Wanted::Rotate(chosen) = &self.wanted {
            return self.rotate(device, &polled, chosen.as_ref(), line).await;
        }
        let client = signed_in(&self.workspace, target).await?;
        // An ordinary call first: that the credentials are good is known before anything is sent that changes something.
        let proven = client.prove_credentials().await;
        answered(&self.workspace, target, proven).await?;
        line.step(DeviceStep::Send);
        match &self.wanted {
            Wanted::Create(name, password, privileges) => {
                let done = client.create_account(name, password, *privileges).await;
                self.account_done(&client, name.as_str(), done, line).await
            }
            Wanted::SetPassword(name, password) => {
                let done = client.change_password(name, password).await;
                self.account_done(&client, name, done, line).await
            }
            Wanted::Delete(name) => {
                let done = client.remove_account(name).await;
                self.account_done(&client, name, done, line).await
            }
            Wanted::Restart => {
                let before = client
                    .before_restart()
                    .await
                    .map_err(|failure| problem_of(&failure))?;
                let sent = client.restart().await;
                self.follow(&client, before, sent, line).await
            }
            Wanted::Rollback => {
                let before = client
                    .before_restart()
                    .await
                    .map_err(|failure| problem_of(&failure))?;
                let sent = client.roll_back_firmware().await;
                self.follow(&client, before, sent, line).await
            }
            Wanted::FactoryDefault(how) => {
                let before = client
                    .before_restart()
                    .await
                    .map_err(|failure| problem_of(&failure))?;
                let sent = client.factory_default(*how).await;
                self.follow(&client, before, sent, line).await
            }
            Wanted::Rotate(_) => Err(ErrorCode::DeviceNotThisKind.into()),
        }
    }

    /// How an act on an account ended; where the answer was lost, the list of accounts is asked as far as it can tell.
    async fn account_done(
        &self,
        client: &Client,
        name: &str,
        done: Result<(), AccountError>,
        line: &Line,
    ) -> Outcome<Ended> {
        match done {
            Ok(()) => Ok(Ended::Done),
            Err(AccountError::Refused(refusal)) => {
                Err(Problem::new(ErrorCode::DeviceRefused).with("detail", refusal.to_string()))
            }
            Err(AccountError::Failed(failure)) => Err(problem_of(&failure)),
            Err(AccountError::OutcomeUnknown(_)) => {
                line.step(DeviceStep::Prove);
                let there = client
                    .accounts()
                    .await
                    .map(|accounts| accounts.iter().any(|account| account.name == name));
                Ok(match (&self.wanted, there) {
                    (Wanted::Create(..), Ok(true)) | (Wanted::Delete(_), Ok(false)) => Ended::Done,
                    _ => Ended::Unknown(ErrorCode::DeviceUnknown.into()),
                })
            }
        }
    }

    /// Waits until a device that was told to restart is back (VPX-13).
    async fn follow(
        &self,
        client: &Client,
        before: vapix::Before,
        sent: Result<Acknowledgement, FirmwareError>,
        line: &Line,
    ) -> Outcome<Ended> {
        match sent {
            Ok(Acknowledgement::Confirmed | Acknowledgement::Lost) => {}
            Err(FirmwareError::Problem(problem)) => {
                return Err(Problem::new(ErrorCode::DeviceRefused).with("detail", problem.to_string()));
            }
            Err(FirmwareError::Failed(failure)) => return Err(problem_of(&failure)),
        }
        line.step(DeviceStep::Restart);
        let patience = Patience::default();
        let followed = client
            .follow_restart(before, patience, &line.stopping, |_| {})
            .await;
        let set_back = matches!(self.wanted, Wanted::FactoryDefault(_));
        Ok(match followed {
            Ok(_) => Ended::Done,
            // A device that was set back makes itself a new certificate: it is back, and is looked at anew.
            Err(FollowError::Failed(Failure::CertificateChanged(_))) if set_back => Ended::Done,
            Err(FollowError::Cancelled) => Ended::Interrupted,
            Err(FollowError::DidNotRestart) => Ended::Unknown(ErrorCode::DeviceUnknown.into()),
            Err(FollowError::NotBack) => {
                let minutes = i64::try_from(patience.limit.as_secs() / 60).unwrap_or_default();
                Ended::Failed(Problem::new(ErrorCode::DeviceNotBack).with("minutes", minutes))
            }
            Err(FollowError::Failed(failure)) => Ended::Failed(problem_of(&failure)),
        })
    }

    /// DEV-41: the new password is kept before the device is told it, and the old one until the new one is proven.
    async fn rotate(
        &self,
        device: &Managed,
        polled: &Polled,
        chosen: Option<&Secret>,
        line: &Line,
    ) -> Outcome<Ended> {
        let target = &polled.target;
        let at = (device.subject.host.as_str(), device.subject.port);
        let client = signed_in(&self.workspace, target).await?;
        match client.prove_credentials().await {
            Ok(_) => {}
            Err(Failure::CredentialsRefused) => {
                tries::note(&self.workspace, &target.endpoint).await?;
                // A rotation that was ended in between may have left a password that the device knows already.
                let mut connection = self.workspace.database.read().await?;
                let kept = store::made_passwords(&mut connection, device.organization, at).await?;
                drop(connection);
                return match kept.first() {
                    Some(kept) => self.prove_and_store(device, polled, kept, line).await,
                    None => Err(rejected(&self.workspace, &target.endpoint).await),
                };
            }
            Err(failure) => return Err(problem_of(&failure)),
        }
        let password = match chosen {
            Some(chosen) => chosen.clone(),
            None => rules::make_password().map_err(Problem::internal)?,
        };
        let checked = AccountPassword::new(&password)
            .map_err(|error| Problem::new(ErrorCode::DevicePassword).caused_by(error))?;
        let mut transaction = self.workspace.database.begin().await?;
        store::keep_made_password(transaction.connection(), line.id, Some(&password)).await?;
        transaction.commit().await?;
        line.step(DeviceStep::Send);
        match client.change_password(&target.user_name, &checked).await {
            Ok(()) | Err(AccountError::OutcomeUnknown(_)) => {
                self.prove_and_store(device, polled, &password, line).await
            }
            Err(AccountError::Refused(refusal)) => {
                self.forget(line).await?;
                Err(Problem::new(ErrorCode::DeviceRefused).with("detail", refusal.to_string()))
            }
            Err(AccountError::Failed(failure)) => {
                self.forget(line).await?;
                Err(problem_of(&failure))
            }
        }
    }

    async fn forget(&self, line: &Line) -> Outcome<()> {
        let mut transaction = self.workspace.database.begin().await?;
        store::keep_made_password(transaction.connection(), line.id, None).await?;
        transaction.commit().await
    }

    async fn prove_and_store(
        &self,
        device: &Managed,
        polled: &Polled,
        password: &Secret,
        line: &Line,
    ) -> Outcome<Ended> {
        line.step(DeviceStep::Prove);
        let target = Target {
            password: password.clone(),
            ..polled.target.clone()
        };
        let client = signed_in(&self.workspace, &target).await?;
        match client.prove_credentials().await {
            Ok(_) => {}
            Err(Failure::CredentialsRefused) => {
                tries::note(&self.workspace, &target.endpoint).await?;
                return Err(rejected(&self.workspace, &target.endpoint).await);
            }
            // Both passwords are kept; the next rotation finds out which one it is.
            Err(_) => return Ok(Ended::Unknown(ErrorCode::DeviceUnknown.into())),
        }
        line.step(DeviceStep::Store);
        let mut transaction = self.workspace.database.begin().await?;
        let view = connections::store::one(transaction.connection(), polled.id).await?;
        let fields = ConnectionFields {
            name: view.name,
            host: view.host,
            port: view.port,
            user_name: view.user_name,
            password: Some(password.clone()),
            proxy: view.proxy,
            pin: None,
        };
        connections::store::update(transaction.connection(), polled.id, &fields).await?;
        let at = (device.subject.host.as_str(), device.subject.port);
        store::forget_made_passwords(transaction.connection(), device.organization, at).await?;
        transaction.changed(connections::types::CHANGES, [polled.id.0]);
        let entry = Entry::done()
            .organization(device.organization)
            .subject(device.subject.name.clone())
            .detail("host", device.subject.host.clone());
        audit::append(
            &mut transaction,
            Some(self.account),
            &self.origin,
            self.name,
            &entry,
        )
        .await?;
        transaction.commit().await?;
        self.workspace.state::<Poller>().look_at([polled.id]);
        Ok(Ended::Done)
    }
}
