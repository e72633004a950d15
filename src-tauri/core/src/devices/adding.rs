//! Adding devices (DEV-02): each is looked at without credentials first. Nothing is sent to one whose certificate nobody has seen,
//! a factory-new one gets its first account, and what answers is stored with the certificate it was believed by.

use super::acting::{self, Ended, Line};
use super::rules;
use super::store::{self, Managed, Subject};
use super::types::*;
use crate::connections::outcome;
use crate::connections::probe::{self, ProbeResult, Reading, Target};
use crate::connections::service::Poller;
use crate::connections::store::{ConnectionFields, Polled, Which};
use crate::connections::tries::{self, By};
use crate::connections::types::{ConnectionKind, ConnectivityStatus, ProxyChoice};
use crate::organizations::store::folders;
use crate::{connections, systems};
use flotilla_connectors::secret::Secret;
use flotilla_connectors::vapix::{self, AccountError, AccountPassword, UserName};
use flotilla_connectors::{Certificate, Endpoint, Fingerprint};
use flotilla_kernel::audit::{self, Entry};
use flotilla_kernel::call::Call;
use flotilla_kernel::database::Transaction;
use flotilla_kernel::error::{ErrorCode, FieldProblem, Outcome, Problem};
use flotilla_kernel::fields;
use flotilla_kernel::ids::{ConnectionId, FolderId, OrganizationId, SystemId};
use flotilla_kernel::rights::{Caller, Right};
use flotilla_kernel::workspace::Workspace;
use sqlx::SqliteConnection;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Everything that all devices of an act have in common.
struct Adding {
    workspace: Workspace,
    caller: Caller,
    origin: String,
    name: &'static str,
    organization: OrganizationId,
    folder: FolderId,
    devices: Vec<NewDevice>,
    credentials: Option<(String, Secret)>,
    first_account: Option<(UserName, Option<Secret>)>,
    accept_first_met: bool,
}

/// Begins to add devices to a folder (DEV-02); the act's page shows what becomes of each.
///
/// # Errors
/// `form.invalid` with every problem at once, `call.too-large`, `folder.other-organization`, `not-found`.
pub async fn add(call: &Call, arguments: AddDevices) -> Outcome<DeviceActBegun> {
    if arguments.devices.len() > MOST_DEVICES {
        return Err(Problem::new(ErrorCode::TooLarge).with("limit", MOST_DEVICES));
    }
    Problem::of_fields(check(&arguments))?;
    let mut connection = call.workspace.database.read().await?;
    let of = folders::organization_of(&mut connection, arguments.folder).await?;
    if of != arguments.organization {
        return Err(ErrorCode::FolderElsewhere.into());
    }
    let credentials = match arguments.credentials {
        None => None,
        Some(Credentials::Set { id }) => {
            Some(store::credentials(&mut connection, arguments.organization, id).await?)
        }
        Some(Credentials::Typed { user_name, password }) => Some((user_name.trim().to_owned(), password)),
    };
    drop(connection);
    let first_account = match arguments.first_account {
        None => None,
        Some(first) => {
            let name = UserName::parse(first.user_name.trim()).map_err(|error| {
                Problem::of_field(FieldProblem::new(
                    "first_account.user_name",
                    ErrorCode::DeviceUserName,
                ))
                .caused_by(error)
            })?;
            Some((name, first.password.filter(|password| !password.is_empty())))
        }
    };
    let subjects = arguments
        .devices
        .iter()
        .map(|device| {
            let subject = Subject {
                name: device.name.trim().to_owned(),
                host: device.host.trim().to_owned(),
                port: device.port,
                serial: device.serial.clone(),
                ..Subject::default()
            };
            (arguments.organization, subject)
        })
        .collect();
    let adding = Arc::new(Adding {
        workspace: call.workspace.clone(),
        caller: call.caller()?.clone(),
        origin: call.origin.to_string(),
        name: call.name,
        organization: arguments.organization,
        folder: arguments.folder,
        devices: arguments.devices,
        credentials,
        first_account,
        accept_first_met: arguments.accept_first_met,
    });
    acting::begin(call, (DeviceActKind::Add, ""), subjects, move |place, line| {
        let adding = adding.clone();
        async move { adding.add_one(place, &line).await.unwrap_or_else(Ended::Failed) }
    })
    .await
}

fn check(form: &AddDevices) -> Vec<FieldProblem> {
    let mut problems = Vec::new();
    let mut seen = BTreeSet::new();
    if form.devices.is_empty() {
        problems.push(FieldProblem::new("devices", ErrorCode::FieldRequired));
    }
    for (place, device) in form.devices.iter().enumerate() {
        let field = |name: &str| format!("devices.{place}.{name}");
        problems.extend(fields::host(&field("host"), &device.host));
        problems.extend(fields::port(&field("port"), device.port));
        problems.extend(fields::text(
            &field("name"),
            &device.name,
            fields::NAME_LENGTH,
            false,
        ));
        if !seen.insert((device.host.trim().to_lowercase(), device.port)) {
            problems.push(FieldProblem::new(&field("host"), ErrorCode::FieldTaken));
        }
    }
    if let Some(Credentials::Typed { user_name, password }) = &form.credentials {
        problems.extend(fields::required(
            "credentials.user_name",
            user_name,
            fields::LINE_LENGTH,
        ));
        if password.is_empty() {
            problems.push(FieldProblem::new(
                "credentials.password",
                ErrorCode::FieldRequired,
            ));
        }
    }
    if let Some(first) = &form.first_account
        && let Some(password) = first.password.as_ref().filter(|password| !password.is_empty())
        && AccountPassword::new(password).is_err()
    {
        problems.push(FieldProblem::new(
            "first_account.password",
            ErrorCode::DevicePassword,
        ));
    }
    problems
}

/// What a device shows to those without credentials.
struct Look {
    needs_setup: bool,
    certificate: Certificate,
}

impl Adding {
    async fn add_one(&self, place: usize, line: &Line) -> Outcome<Ended> {
        let Some(device) = self.devices.get(place) else {
            return Err(ErrorCode::NotFound.into());
        };
        let endpoint = u16::try_from(device.port)
            .ok()
            .and_then(|port| Endpoint::parse(device.host.trim(), port).ok())
            .ok_or_else(|| Problem::new(ErrorCode::FieldNotAnAddress))?;
        let accepted = match &device.accept {
            Some(text) => Some(connections::commands::accepted(text)?),
            None => None,
        };
        let look = match self.look(&endpoint, accepted, device, line).await? {
            Ok(look) => look,
            Err(ended) => return Ok(ended),
        };
        let kept = match look.needs_setup {
            true => None,
            false => self.made_before(device).await?,
        };
        // It was given a first account by Flotilla: what its connection had before does not count any more.
        let renewed = look.needs_setup || kept.is_some();
        let known = self.known(&endpoint, renewed, line).await?;
        let known = known.filter(|known| known.target.pin == Some(look.certificate.fingerprint));
        let accounts = if look.needs_setup {
            vec![self.make_first_account(&endpoint, &look, line).await?]
        } else if let Some(kept) = kept {
            vec![kept]
        } else {
            // The same device at another address is signed in to as before (DEV-03), unless its password was changed meanwhile.
            let before = known.map(|known| (known.target.user_name, known.target.password));
            before.into_iter().chain(self.credentials.clone()).collect()
        };
        line.step(DeviceStep::SignIn);
        let (target, result) = self.sign_in(&endpoint, &look, accounts).await?;
        let Some(Reading::Device(reading)) = &result.reading else {
            return Ok(refused(&self.workspace, &endpoint, &result).await);
        };
        if !device.serial.is_empty() && !device.serial.eq_ignore_ascii_case(&reading.serial) {
            return Err(other(&device.serial, &reading.serial));
        }
        line.learn(|subject| {
            subject.serial.clone_from(&reading.serial);
            subject.model.clone_from(&reading.model);
        });
        line.step(DeviceStep::Store);
        self.store(device, (&target, &result), (&look, renewed), line)
            .await?;
        Ok(Ended::Done)
    }

    /// Signs in by the first of these accounts that the device takes; gives how, and what came of it.
    ///
    /// # Errors
    /// `device.needs-credentials` without an account.
    async fn sign_in(
        &self,
        endpoint: &Endpoint,
        look: &Look,
        accounts: Vec<(String, Secret)>,
    ) -> Outcome<(Target, ProbeResult)> {
        let mut last = None;
        for (user_name, password) in accounts {
            let target = Target {
                kind: ConnectionKind::Device,
                endpoint: endpoint.clone(),
                user_name,
                password,
                proxy: ProxyChoice::Workspace,
                pin: Some(look.certificate.fingerprint),
            };
            let result = probe::probe(&self.workspace, &target, By::Person).await;
            let refused = result.status == ConnectivityStatus::AuthorizationFailed;
            last = Some((target, result));
            if !refused {
                break;
            }
        }
        last.ok_or_else(|| ErrorCode::DeviceNeedsCredentials.into())
    }

    /// How the device that shows itself is reached so far, if it is managed in this organization. Asked before anything is written to
    /// it: what cannot be taken in gets no account either.
    ///
    /// # Errors
    /// `device.managed` and `device.managed-elsewhere`, unless the account may manage it and it is at another address, or `renewed`:
    /// Flotilla gives it, or has given it, another first account.
    async fn known(&self, endpoint: &Endpoint, renewed: bool, line: &Line) -> Outcome<Option<Polled>> {
        let serial = line.subject().serial;
        if serial.is_empty() {
            return Ok(None);
        }
        let mut connection = self.workspace.database.read().await?;
        let Some(managed) = store::by_serial(&mut connection, &serial).await? else {
            return Ok(None);
        };
        demand_managed(&self.caller, &mut connection, self.organization, &managed).await?;
        let polled = match managed.connection {
            Some(id) => connections::store::polled(&mut connection, Which::These(&[id])).await?,
            None => Vec::new(),
        };
        let polled = polled.into_iter().next();
        let moved = polled
            .as_ref()
            .is_some_and(|polled| polled.target.endpoint != *endpoint);
        let renewed = renewed && polled.is_some();
        if !(moved || renewed) {
            return Err(Problem::new(ErrorCode::DeviceManaged).with("customer", managed.customer));
        }
        Ok(polled)
    }

    /// Whether a certificate is the one that is believed of the device that is said to be there (DEV-03).
    async fn is_pinned(&self, device: &NewDevice, certificate: &Certificate) -> Outcome<bool> {
        let mut connection = self.workspace.database.read().await?;
        let managed = match device.serial.as_str() {
            "" => None,
            serial => store::by_serial(&mut connection, &serial.to_uppercase()).await?,
        };
        let managed = managed.filter(|managed| managed.organization == self.organization);
        // Without a serial number it is the one that is managed at this address.
        let id = match managed {
            Some(managed) => managed.connection,
            None => {
                let at = (device.host.trim(), device.port);
                connections::store::device_at(&mut connection, self.organization, at).await?
            }
        };
        let Some(id) = id else {
            return Ok(false);
        };
        let polled = connections::store::polled(&mut connection, Which::These(&[id])).await?;
        Ok(polled
            .iter()
            .any(|polled| polled.target.pin == Some(certificate.fingerprint)))
    }

    /// Looks at a device without credentials, with the certificate that a person has accepted, or that all first-met ones are believed
    /// by.
    async fn look(
        &self,
        endpoint: &Endpoint,
        accepted: Option<Fingerprint>,
        device: &NewDevice,
        line: &Line,
    ) -> Outcome<Result<Look, Ended>> {
        let mut pin = accepted;
        loop {
            let target = Target {
                kind: ConnectionKind::Device,
                endpoint: endpoint.clone(),
                user_name: String::new(),
                password: Secret::new(String::new()),
                proxy: ProxyChoice::Workspace,
                pin,
            };
            let client = probe::device_client(&self.workspace, &target)?;
            match client.probe().await {
                Ok(found) => {
                    let certificate = client
                        .certificate()
                        .ok_or_else(|| not_understood("no certificate"))?;
                    if let Some(info) = &found.device {
                        line.learn(|subject| {
                            if let Some(model) = &info.product_number {
                                subject.model.clone_from(model);
                            }
                        });
                    }
                    if let Some(serial) = &found.serial_number {
                        line.learn(|subject| serial.as_str().clone_into(&mut subject.serial));
                        if !device.serial.is_empty() && !device.serial.eq_ignore_ascii_case(serial.as_str()) {
                            return Err(other(&device.serial, serial.as_str()));
                        }
                    }
                    return Ok(Ok(Look {
                        needs_setup: found.needs_setup,
                        certificate,
                    }));
                }
                Err(vapix::Failure::CertificateNotTrusted(certificate)) => {
                    if pin.is_none()
                        && (self.accept_first_met || self.is_pinned(device, &certificate).await?)
                    {
                        pin = Some(certificate.fingerprint);
                        continue;
                    }
                    line.step(DeviceStep::Certificate);
                    let unseen = Problem::new(ErrorCode::DeviceCertificateUnseen);
                    return Ok(Err(Ended::Certificate(unseen, *certificate)));
                }
                Err(vapix::Failure::CertificateChanged(certificate)) => {
                    line.step(DeviceStep::Certificate);
                    let changed = Problem::new(ErrorCode::DeviceCertificateChanged);
                    return Ok(Err(Ended::Certificate(changed, *certificate)));
                }
                Err(failure) => return Err(problem_of(&failure)),
            }
        }
    }

    /// Gives a factory-new device its first account. A password that is made here is kept before the device is told it.
    async fn make_first_account(
        &self,
        endpoint: &Endpoint,
        look: &Look,
        line: &Line,
    ) -> Outcome<(String, Secret)> {
        let Some((name, chosen)) = &self.first_account else {
            return Err(ErrorCode::DeviceNeedsSetup.into());
        };
        line.step(DeviceStep::FirstAccount);
        let password = match chosen {
            Some(password) => password.clone(),
            None => rules::make_password().map_err(Problem::internal)?,
        };
        self.keep(line, chosen.is_none().then_some(&password)).await?;
        let target = Target {
            kind: ConnectionKind::Device,
            endpoint: endpoint.clone(),
            user_name: name.as_str().to_owned(),
            password,
            proxy: ProxyChoice::Workspace,
            pin: Some(look.certificate.fingerprint),
        };
        if let Err(problem) = give_first_account(&self.workspace, &target).await {
            self.keep(line, None).await?;
            return Err(problem);
        }
        Ok((target.user_name, target.password))
    }

    async fn keep(&self, line: &Line, password: Option<&Secret>) -> Outcome<()> {
        let mut transaction = self.workspace.database.begin().await?;
        store::keep_made_password(transaction.connection(), line.id, password).await?;
        transaction.commit().await
    }

    /// The account that an earlier act made on this device, and that no connection has: the program was ended in between.
    async fn made_before(&self, device: &NewDevice) -> Outcome<Option<(String, Secret)>> {
        let Some((name, _)) = &self.first_account else {
            return Ok(None);
        };
        let mut connection = self.workspace.database.read().await?;
        let place = (device.host.trim(), device.port);
        let mut kept = store::made_passwords(&mut connection, self.organization, place).await?;
        Ok((!kept.is_empty()).then(|| (name.as_str().to_owned(), kept.remove(0))))
    }

    /// Stores a device that was read. One that is managed in this organization at another address is the same device: its connection
    /// leads to the new address from now on (DEV-03).
    async fn store(
        &self,
        device: &NewDevice,
        (target, result): (&Target, &ProbeResult),
        (look, renewed): (&Look, bool),
        line: &Line,
    ) -> Outcome<()> {
        let mut transaction = self.workspace.database.begin().await?;
        for subject in [self.organization.into(), self.folder.into()] {
            let subject: flotilla_kernel::rights::Subject = subject;
            // Rights may have gone since the act began.
            self.caller
                .demand(transaction.connection(), Right::ManageSystems, subject)
                .await?;
        }
        let fields = ConnectionFields {
            name: device.name.trim().to_owned(),
            host: target.endpoint.host.clone(),
            port: device.port,
            user_name: target.user_name.clone(),
            password: Some(target.password.clone()),
            proxy: target.proxy.clone(),
            pin: Some(look.certificate.clone()),
        };
        let place = (self.organization, self.folder);
        let stored = store_device(
            &self.workspace,
            &mut transaction,
            &self.caller,
            place,
            fields,
            result,
            renewed,
        )
        .await?;
        outcome::changed(&self.workspace, &mut transaction, self.organization).await?;
        if let Some(system) = stored.system {
            line.learn(|subject| subject.system = Some(system));
        }
        let place = (device.host.trim(), device.port);
        store::forget_made_passwords(transaction.connection(), self.organization, place).await?;
        let entry = Entry::done()
            .organization(self.organization)
            .subject(line.subject().serial)
            .detail("host", target.endpoint.host.clone())
            .detail("port", device.port)
            .detail("folder", self.folder.to_string())
            .detail("moved", stored.moved);
        audit::append(
            &mut transaction,
            Some(self.caller.account),
            &self.origin,
            self.name,
            &entry,
        )
        .await?;
        line.done_in(&mut transaction).await?;
        transaction.commit().await?;
        self.workspace.state::<Poller>().look_at([stored.connection]);
        Ok(())
    }
}

/// Gives a factory-new device its first account, an administrator: the name and the password of the target, sent to what shows the pinned
/// certificate and to nothing else (VPX-02, DEV-02). Where no answer comes, whether it was made is seen by signing in with it.
///
/// # Errors
/// `device.user-name`, `device.password`; what the device or the network says. Then nothing was made.
pub async fn give_first_account(workspace: &Workspace, target: &Target) -> Outcome<()> {
    let (name, password) = rules::first_account(&target.user_name, &target.password)
        .map_err(|wrong| Problem::new(wrong.code))?;
    let client = probe::device_client(workspace, target)?;
    match client.create_first_account(&name, &password).await {
        Ok(()) | Err(AccountError::OutcomeUnknown(_)) => Ok(()),
        Err(AccountError::Refused(refusal)) => {
            Err(Problem::new(ErrorCode::DeviceRefused).with("detail", refusal.to_string()))
        }
        Err(AccountError::Failed(failure)) => Err(problem_of(&failure)),
    }
}

/// A device that was stored.
#[derive(Debug, Clone, Copy)]
pub struct Stored {
    /// The connection it is reached by.
    pub connection: ConnectionId,
    /// The system; none: nothing of it was read.
    pub system: Option<SystemId>,
    /// Whether it was managed already, at another address.
    pub moved: bool,
}

/// Stores a device that was read, and puts it into a folder. One that is managed in this organization at another address is the same
/// device: its connection leads to the new address from now on (DEV-03). With `renewed` it has just been given its first account, and
/// its connection gets that one also where it is: a device that was reset. The organization's summary is the caller's to renew, once
/// for all that are stored.
///
/// # Errors
/// `device.managed`, `device.managed-elsewhere` for the organization of another one; database errors.
pub async fn store_device(
    workspace: &Workspace,
    transaction: &mut Transaction,
    caller: &Caller,
    (organization, folder): (OrganizationId, FolderId),
    fields: ConnectionFields,
    result: &ProbeResult,
    renewed: bool,
) -> Outcome<Stored> {
    let now = transaction.now();
    let serial = match &result.reading {
        Some(Reading::Device(device)) => device.serial.as_str(),
        Some(Reading::Solution(_) | Reading::VideoServer(_)) | None => "",
    };
    let known = store::by_serial(transaction.connection(), serial).await?;
    let (connection, moved) = match &known {
        Some(known) => {
            demand_managed(caller, transaction.connection(), organization, known).await?;
            let same = known.subject.host == fields.host && known.subject.port == fields.port;
            let Some(id) = known.connection.filter(|_| renewed || !same) else {
                let managed = Problem::new(ErrorCode::DeviceManaged);
                return Err(managed.with("customer", known.customer.clone()));
            };
            let name = if fields.name.is_empty() {
                connections::store::one(transaction.connection(), id).await?.name
            } else {
                fields.name.clone()
            };
            let fields = ConnectionFields { name, ..fields };
            let elsewhere = connections::store::update(transaction.connection(), id, &fields).await?;
            let monitored = connections::store::one(transaction.connection(), id)
                .await?
                .monitored;
            // What was read now is not stored while the monitoring is off.
            if elsewhere && !monitored {
                outcome::forget(workspace, transaction, id).await?;
            }
            transaction.changed(connections::types::CHANGES, [id.0]);
            (id, !same)
        }
        None => {
            let kind = ConnectionKind::Device;
            let id = connections::store::insert(transaction.connection(), now, organization, kind, &fields)
                .await?;
            transaction.membership_changed(connections::types::CHANGES, [id.0]);
            (id, false)
        }
    };
    outcome::apply(workspace, transaction, connection, None, result).await?;
    let system = put_into_folder(transaction, connection, folder).await?;
    Ok(Stored {
        connection,
        system,
        moved,
    })
}

/// A device that is managed already is led elsewhere only within its organization, and by those who may manage it where it is.
async fn demand_managed(
    caller: &Caller,
    connection: &mut SqliteConnection,
    organization: OrganizationId,
    managed: &Managed,
) -> Outcome<()> {
    let right = Right::ManageSystems;
    if managed.organization == organization && caller.demand(connection, right, managed.system).await.is_ok()
    {
        return Ok(());
    }
    Err(elsewhere(caller, connection, managed).await)
}

/// A device that is managed elsewhere; by whom is said to those who see it.
async fn elsewhere(caller: &Caller, connection: &mut SqliteConnection, managed: &Managed) -> Problem {
    if caller
        .demand(connection, Right::See, managed.organization)
        .await
        .is_ok()
    {
        Problem::new(ErrorCode::DeviceManaged).with("customer", managed.customer.clone())
    } else {
        ErrorCode::DeviceManagedElsewhere.into()
    }
}

/// Puts the system that a connection has brought into a folder of its organization; gives it. None: it has brought none.
///
/// # Errors
/// Database errors.
pub async fn put_into_folder(
    transaction: &mut Transaction,
    id: ConnectionId,
    folder: FolderId,
) -> Outcome<Option<SystemId>> {
    let Some(system) = systems::store::system_of(transaction.connection(), id).await? else {
        return Ok(None);
    };
    let before = systems::store::places(transaction.connection(), &[system]).await?;
    systems::store::put_into(transaction.connection(), &[system], folder).await?;
    let touched: BTreeSet<FolderId> = before
        .values()
        .map(|(_, folder, _)| *folder)
        .chain([folder])
        .collect();
    folders::systems_moved(transaction, &touched).await?;
    transaction.membership_changed(systems::types::CHANGES, [system.0]);
    Ok(Some(system))
}

/// Another device answers than the one that is meant (DEV-03).
pub fn other(expected: &str, found: &str) -> Problem {
    Problem::new(ErrorCode::DeviceOther)
        .with("expected", expected.to_owned())
        .with("found", found.to_owned())
}

fn not_understood(detail: &str) -> Problem {
    Problem::new(ErrorCode::DeviceNotUnderstood).with("detail", detail.to_owned())
}

/// A failure in the words of an act.
pub fn problem_of(failure: &vapix::Failure) -> Problem {
    use vapix::Failure;
    match failure {
        Failure::Unreachable(detail) => {
            Problem::new(ErrorCode::DeviceUnreachable).with("reason", detail.clone())
        }
        Failure::CertificateChanged(_) => ErrorCode::DeviceCertificateChanged.into(),
        Failure::CertificateNotTrusted(_) => ErrorCode::DeviceCertificateUnseen.into(),
        Failure::CertificateUnusable => ErrorCode::CertificateUnusable.into(),
        Failure::NeedsSetup => ErrorCode::DeviceNeedsSetup.into(),
        Failure::CredentialsNeeded => ErrorCode::DeviceNeedsCredentials.into(),
        Failure::Forbidden => ErrorCode::DeviceForbidden.into(),
        Failure::UnknownAuthentication(_) => ErrorCode::DeviceSignInUnknown.into(),
        other => not_understood(&other.to_string()),
    }
}

/// Why a device was not read, in the words of an act.
pub async fn refused(workspace: &Workspace, endpoint: &Endpoint, result: &ProbeResult) -> Ended {
    let certificate = |code| match &result.certificate {
        Some(certificate) => Ended::Certificate(Problem::new(code), certificate.clone()),
        None => Ended::Failed(code.into()),
    };
    match result.status {
        ConnectivityStatus::CertificateChanged => certificate(ErrorCode::DeviceCertificateChanged),
        ConnectivityStatus::CertificateNotTrusted => certificate(ErrorCode::DeviceCertificateUnseen),
        ConnectivityStatus::NeedsSetup => Ended::Failed(ErrorCode::DeviceNeedsSetup.into()),
        ConnectivityStatus::MonitoringRightsMissing => Ended::Failed(ErrorCode::DeviceForbidden.into()),
        ConnectivityStatus::AuthorizationFailed => Ended::Failed(rejected(workspace, endpoint).await),
        ConnectivityStatus::Unreachable => {
            Ended::Failed(Problem::new(ErrorCode::DeviceUnreachable).with("reason", result.detail.clone()))
        }
        ConnectivityStatus::Limited => Ended::Failed(limited(&result.detail)),
        _ => Ended::Failed(not_understood(&result.detail)),
    }
}

/// What a device answers that speaks the protocol, and not all of it.
fn limited(detail: &str) -> Problem {
    let (code, said) = detail.split_once(": ").unwrap_or_default();
    if code == ErrorCode::DeviceSignInUnknown.code() {
        return ErrorCode::DeviceSignInUnknown.into();
    }
    Problem::new(ErrorCode::DeviceRefused).with("detail", said)
}

/// The device rejected the credentials, or is not asked any more today (DEV-02).
pub async fn rejected(workspace: &Workspace, endpoint: &Endpoint) -> Problem {
    match tries::available(workspace, endpoint).await {
        Ok(left) => Problem::new(ErrorCode::DeviceCredentialsRefused).with("left", left),
        Err(problem) => problem,
    }
}
