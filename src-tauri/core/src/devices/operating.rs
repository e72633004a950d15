//! Acts on devices that are managed: which devices an act is on, and what all of them need — the connection, and a
//! client that is signed in. What is done stands in `accounts`, `applications` and `commissioning`.

use super::acting::{self, Ended, Line};
use super::adding::{problem_of, rejected};
use super::store::{self, Managed};
use super::types::*;
use crate::connections;
use crate::connections::probe::{self, Target};
use crate::connections::store::{Polled, Which};
use crate::connections::tries::{self, Attempt, By};
use crate::systems::types::SystemKind;
use flotilla_connectors::vapix::{Client, Failure};
use flotilla_kernel::audit::{self, Entry};
use flotilla_kernel::call::Call;
use flotilla_kernel::database::Transaction;
use flotilla_kernel::error::{ErrorCode, FieldProblem, Outcome, Problem};
use flotilla_kernel::ids::{AccountId, OrganizationId, SystemId};
use flotilla_kernel::rights::Admissions;
use flotilla_kernel::workspace::Workspace;
use std::collections::HashMap;
use std::future::Future;
use std::sync::Arc;

/// A device whose turn it is.
pub struct Turn {
    /// The workspace.
    pub workspace: Workspace,
    /// The device.
    pub device: Managed,
    /// Its place in the act, from 0.
    pub place: usize,
    /// How it is reached.
    pub polled: Polled,
    /// Where what becomes of it is told.
    pub line: Arc<Line>,
    account: AccountId,
    origin: String,
    name: &'static str,
}

impl Turn {
    /// How it is signed in to.
    pub fn target(&self) -> &Target {
        &self.polled.target
    }

    /// The address and the port that it is managed at.
    pub fn at(&self) -> (&str, i64) {
        (self.device.subject.host.as_str(), self.device.subject.port)
    }

    /// A client that is signed in. An ordinary call first: that the credentials are good is known before anything is sent that
    /// changes something.
    ///
    /// # Errors
    /// What the device says; `device.tries-used`.
    pub async fn signed_in(&self) -> Outcome<SignedIn> {
        self.line.step(DeviceStep::SignIn);
        let client = signed_in(&self.workspace, self.target()).await?;
        let proven = client.prove_credentials().await;
        answered(&self.workspace, self.target(), proven).await?;
        Ok(client)
    }

    /// Writes down in the audit log, as who began the act, what was done with this device.
    ///
    /// # Errors
    /// Database errors.
    pub async fn record(&self, transaction: &mut Transaction, entry: Entry) -> Outcome<()> {
        self.append(transaction, entry.organization(self.device.organization))
            .await
    }

    /// As [`Turn::record`], in the histories of several organizations.
    ///
    /// # Errors
    /// Database errors.
    pub async fn record_in_all(
        &self,
        transaction: &mut Transaction,
        organizations: &[OrganizationId],
        entry: Entry,
    ) -> Outcome<()> {
        self.append(transaction, entry.organizations(organizations)).await
    }

    async fn append(&self, transaction: &mut Transaction, entry: Entry) -> Outcome<()> {
        let entry = entry
            .subject(self.device.subject.name.clone())
            .detail("host", self.device.subject.host.clone());
        audit::append(transaction, Some(self.account), &self.origin, self.name, &entry).await
    }
}

/// The device understood what it was to do, and did not do it.
pub fn refused(reason: &impl ToString) -> Problem {
    Problem::new(ErrorCode::DeviceRefused).with("detail", reason.to_string())
}

/// One field of a form is wrong.
pub fn field(name: &str, code: ErrorCode) -> Problem {
    Problem::of_field(FieldProblem::new(name, code))
}

/// The devices that an act is on, in their order, and those that it is not on.
pub struct Admitted {
    /// Those that the account may act on.
    pub devices: Vec<Managed>,
    /// The others.
    pub skipped: Vec<SkippedDevice>,
}

/// Which of these devices the account may act on. Asked before anything else is read or checked.
///
/// # Errors
/// `call.too-large`; `form.invalid` without a device; why the first one is left out where all are.
pub async fn admitted(call: &Call, ids: &[SystemId], admissions: &Admissions) -> Outcome<Admitted> {
    if ids.len() > MOST_DEVICES {
        return Err(Problem::new(ErrorCode::TooLarge).with("limit", MOST_DEVICES));
    }
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
    call.record_refusals(admissions).await?;
    Ok(Admitted { devices, skipped })
}

/// Begins an act on devices; each of them that can be acted upon is handed to `each`.
///
/// # Errors
/// Database errors, `file.unwritable`; then nothing has begun.
pub async fn begin<F, Each>(
    call: &Call,
    (kind, about): (DeviceActKind, &str),
    admitted: Admitted,
    each: F,
) -> Outcome<DeviceActBegun>
where
    F: Fn(Turn) -> Each + Send + Sync + 'static,
    Each: Future<Output = Outcome<Ended>> + Send + 'static,
{
    let Admitted { devices, skipped } = admitted;
    let subjects = devices
        .iter()
        .map(|device| (device.organization, device.subject.clone()))
        .collect();
    let acting = Arc::new(Acting {
        workspace: call.workspace.clone(),
        account: call.caller()?.account,
        origin: call.origin.to_string(),
        name: call.name,
        devices,
        each,
    });
    let begun = acting::begin(call, (kind, about), subjects, move |place, line| {
        let acting = acting.clone();
        async move { acting.one(place, line).await.unwrap_or_else(Ended::Failed) }
    })
    .await?;
    Ok(DeviceActBegun { skipped, ..begun })
}

/// Everything that all devices of an act have in common.
struct Acting<F> {
    workspace: Workspace,
    account: AccountId,
    origin: String,
    name: &'static str,
    devices: Vec<Managed>,
    each: F,
}

impl<F, Each> Acting<F>
where
    F: Fn(Turn) -> Each,
    Each: Future<Output = Outcome<Ended>>,
{
    async fn one(&self, place: usize, line: Arc<Line>) -> Outcome<Ended> {
        let Some(device) = self.devices.get(place) else {
            return Err(ErrorCode::NotFound.into());
        };
        let polled = reached(&self.workspace, device).await?;
        (self.each)(Turn {
            workspace: self.workspace.clone(),
            device: device.clone(),
            place,
            polled,
            line,
            account: self.account,
            origin: self.origin.clone(),
            name: self.name,
        })
        .await
    }
}

/// How a device that speaks VAPIX is reached.
///
/// # Errors
/// `device.not-this-kind`, `not-found`.
pub async fn reached(workspace: &Workspace, device: &Managed) -> Outcome<Polled> {
    if device.kind != SystemKind::Camera {
        return Err(ErrorCode::DeviceNotThisKind.into());
    }
    let id = device
        .connection
        .ok_or_else(|| Problem::new(ErrorCode::NotFound))?;
    let mut connection = workspace.database.read().await?;
    let polled = connections::store::polled(&mut connection, Which::These(&[id])).await?;
    polled
        .into_iter()
        .next()
        .ok_or_else(|| Problem::new(ErrorCode::NotFound))
}

/// One device, asked by a person who waits for the answer: a client that is signed in, and how it is reached.
///
/// # Errors
/// `device.not-this-kind`, `not-found`, `device.tries-used`.
pub async fn asked(call: &Call, id: SystemId) -> Outcome<(SignedIn, Target)> {
    let mut connection = call.workspace.database.read().await?;
    let managed = store::managed(&mut connection, &[id]).await?;
    drop(connection);
    let device = managed.first().ok_or_else(|| Problem::new(ErrorCode::NotFound))?;
    let target = reached(&call.workspace, device).await?.target;
    Ok((signed_in(&call.workspace, &target).await?, target))
}

/// A client with credentials, and the attempt to sign in that it is until how it ended is counted (DEV-02).
pub struct SignedIn {
    client: Client,
    _attempt: Attempt,
}

impl std::ops::Deref for SignedIn {
    type Target = Client;

    fn deref(&self) -> &Client {
        &self.client
    }
}

/// A client with the credentials of the target, as long as tries are left (DEV-02).
///
/// # Errors
/// `device.tries-used`
pub async fn signed_in(workspace: &Workspace, target: &Target) -> Outcome<SignedIn> {
    let attempt = tries::begin(workspace, &target.endpoint, By::Person).await?;
    let client = probe::device_client(workspace, target)?;
    Ok(SignedIn {
        client: client.with_credentials(&target.user_name, &target.password),
        _attempt: attempt,
    })
}

/// What a device answered; that it rejected the credentials is counted.
///
/// # Errors
/// What the device says, in the words of an act.
pub async fn answered<T>(workspace: &Workspace, target: &Target, found: Result<T, Failure>) -> Outcome<T> {
    match found {
        Ok(found) => Ok(found),
        Err(Failure::CredentialsRefused) => {
            tries::note(workspace, &target.endpoint).await?;
            Err(rejected(workspace, &target.endpoint).await)
        }
        Err(failure) => Err(problem_of(&failure)),
    }
}
