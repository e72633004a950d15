//! Accounts on devices (DEV-40, DEV-41). Flotilla's own is changed in one way only: `rotate_password`.

use super::acting::Ended;
use super::adding::{problem_of, rejected};
use super::operating::{self, Admitted, Turn, answered, field, refused, signed_in};
use super::rules;
use super::store;
use super::types::*;
use crate::connections;
use crate::connections::probe::Target;
use crate::connections::service::Poller;
use crate::connections::store::ConnectionFields;
use crate::connections::tries;
use flotilla_connectors::secret::Secret;
use flotilla_connectors::vapix::{
    self, AccountError, AccountPassword, Client, Failure, Privileges, Role, UserName,
};
use flotilla_kernel::audit::Entry;
use flotilla_kernel::call::Call;
use flotilla_kernel::error::{ErrorCode, Outcome, Problem};
use flotilla_kernel::rights::Admissions;
use std::sync::Arc;

/// The accounts of a device (DEV-40).
///
/// # Errors
/// `device.not-this-kind`; what the device says otherwise.
pub async fn accounts(call: &Call, arguments: DeviceArgument) -> Outcome<Vec<DeviceAccount>> {
    let (client, target) = operating::asked(call, arguments.id).await?;
    let found = client.accounts().await;
    let accounts = answered(&call.workspace, &target, found).await?;
    Ok(accounts
        .into_iter()
        .map(|account| DeviceAccount {
            role: account.role().map(|role| match role {
                Role::Viewer => DeviceRole::Viewer,
                Role::Operator => DeviceRole::Operator,
                Role::Administrator => DeviceRole::Administrator,
            }),
            ptz: account.groups.contains(&vapix::Group::Ptz),
            own: account.name == target.user_name,
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
    let admitted = operating::admitted(call, &arguments.ids, &admissions).await?;
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
    let about = name.to_string();
    let wanted = Wanted::Create(name, password, privileges);
    begin(call, (DeviceActKind::CreateAccount, &about), wanted, admitted).await
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
    let admitted = operating::admitted(call, &arguments.ids, &admissions).await?;
    let name = account_name(&arguments.user_name)?;
    let password = password_of(&arguments.password)?;
    let wanted = Wanted::SetPassword(name.clone(), password);
    begin(call, (DeviceActKind::SetPassword, &name), wanted, admitted).await
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
    let admitted = operating::admitted(call, &arguments.ids, &admissions).await?;
    let name = account_name(&arguments.user_name)?;
    let wanted = Wanted::Delete(name.clone());
    begin(call, (DeviceActKind::DeleteAccount, &name), wanted, admitted).await
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
    let admitted = operating::admitted(call, &arguments.ids, &admissions).await?;
    let chosen = arguments.password.filter(|password| !password.is_empty());
    if let Some(password) = &chosen {
        password_of(password)?;
    }
    let kind = (DeviceActKind::RotatePassword, "");
    operating::begin(call, kind, admitted, move |turn| {
        let chosen = chosen.clone();
        async move { rotate(&turn, chosen).await }
    })
    .await
}

/// What is to be done with an account on each device.
enum Wanted {
    Create(UserName, AccountPassword, Privileges),
    SetPassword(String, AccountPassword),
    Delete(String),
}

impl Wanted {
    fn name(&self) -> &str {
        match self {
            Self::Create(name, ..) => name.as_str(),
            Self::SetPassword(name, _) | Self::Delete(name) => name,
        }
    }
}

async fn begin(
    call: &Call,
    kind: (DeviceActKind, &str),
    wanted: Wanted,
    admitted: Admitted,
) -> Outcome<DeviceActBegun> {
    let wanted = Arc::new(wanted);
    operating::begin(call, kind, admitted, move |turn| {
        let wanted = wanted.clone();
        async move { change(&turn, &wanted).await }
    })
    .await
}

async fn change(turn: &Turn, wanted: &Wanted) -> Outcome<Ended> {
    if wanted.name() == turn.target().user_name {
        return Err(ErrorCode::DeviceAccountInUse.into());
    }
    let client = turn.signed_in().await?;
    turn.line.step(DeviceStep::Send);
    let done = match wanted {
        Wanted::Create(name, password, privileges) => {
            client.create_account(name, password, *privileges).await
        }
        Wanted::SetPassword(name, password) => client.change_password(name, password).await,
        Wanted::Delete(name) => client.remove_account(name).await,
    };
    match done {
        Ok(()) => Ok(Ended::Done),
        Err(AccountError::Refused(refusal)) => Err(refused(&refusal)),
        Err(AccountError::Failed(failure)) => Err(problem_of(&failure)),
        // The list of accounts is asked as far as it can tell.
        Err(AccountError::OutcomeUnknown(_)) => {
            turn.line.step(DeviceStep::Prove);
            let there = is_there(&client, wanted.name()).await;
            Ok(match (wanted, there) {
                (Wanted::Create(..), Ok(true)) | (Wanted::Delete(_), Ok(false)) => Ended::Done,
                _ => Ended::Unknown(ErrorCode::DeviceUnknown.into()),
            })
        }
    }
}

async fn is_there(client: &Client, name: &str) -> Result<bool, Failure> {
    let accounts = client.accounts().await?;
    Ok(accounts.iter().any(|account| account.name == name))
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

/// DEV-41: the new password is kept before the device is told it, and the old one until the new one is proven.
async fn rotate(turn: &Turn, chosen: Option<Secret>) -> Outcome<Ended> {
    let (workspace, target, line) = (&turn.workspace, turn.target(), &turn.line);
    line.step(DeviceStep::SignIn);
    let client = signed_in(workspace, target).await?;
    match client.prove_credentials().await {
        Ok(_) => {}
        Err(Failure::CredentialsRefused) => {
            tries::note(workspace, &target.endpoint).await?;
            // Counted: the next one is another attempt.
            drop(client);
            // A rotation that was ended in between may have left a password that the device knows already.
            let mut connection = workspace.database.read().await?;
            let kept = store::made_passwords(&mut connection, turn.device.organization, turn.at()).await?;
            drop(connection);
            return match kept.first() {
                Some(kept) => prove_and_store(turn, kept).await,
                None => Err(rejected(workspace, &target.endpoint).await),
            };
        }
        Err(failure) => return Err(problem_of(&failure)),
    }
    let password = match chosen {
        Some(chosen) => chosen,
        None => rules::make_password().map_err(Problem::internal)?,
    };
    let checked = AccountPassword::new(&password)
        .map_err(|error| Problem::new(ErrorCode::DevicePassword).caused_by(error))?;
    let mut transaction = workspace.database.begin().await?;
    store::keep_made_password(transaction.connection(), line.id, Some(&password)).await?;
    transaction.commit().await?;
    line.step(DeviceStep::Send);
    match client.change_password(&target.user_name, &checked).await {
        Ok(()) | Err(AccountError::OutcomeUnknown(_)) => {
            drop(client);
            prove_and_store(turn, &password).await
        }
        Err(AccountError::Refused(refusal)) => {
            forget(turn).await?;
            Err(refused(&refusal))
        }
        Err(AccountError::Failed(failure)) => {
            forget(turn).await?;
            Err(problem_of(&failure))
        }
    }
}

async fn forget(turn: &Turn) -> Outcome<()> {
    let mut transaction = turn.workspace.database.begin().await?;
    store::keep_made_password(transaction.connection(), turn.line.id, None).await?;
    transaction.commit().await
}

async fn prove_and_store(turn: &Turn, password: &Secret) -> Outcome<Ended> {
    let (workspace, polled, line) = (&turn.workspace, &turn.polled, &turn.line);
    line.step(DeviceStep::Prove);
    let target = Target {
        password: password.clone(),
        ..polled.target.clone()
    };
    let client = signed_in(workspace, &target).await?;
    match client.prove_credentials().await {
        Ok(_) => {}
        Err(Failure::CredentialsRefused) => {
            tries::note(workspace, &target.endpoint).await?;
            return Err(rejected(workspace, &target.endpoint).await);
        }
        // Both passwords are kept; the next rotation finds out which one it is.
        Err(_) => return Ok(Ended::Unknown(ErrorCode::DeviceUnknown.into())),
    }
    line.step(DeviceStep::Store);
    let mut transaction = workspace.database.begin().await?;
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
    store::forget_made_passwords(transaction.connection(), turn.device.organization, turn.at()).await?;
    transaction.changed(connections::types::CHANGES, [polled.id.0]);
    turn.record(&mut transaction, Entry::done()).await?;
    transaction.commit().await?;
    workspace.state::<Poller>().look_at([polled.id]);
    Ok(Ended::Done)
}
