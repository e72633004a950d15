//! What people do with connections.

use super::outcome;
use super::probe::{self, ProbeResult, Target};
use super::rules;
use super::service::Poller;
use super::store::{self, ConnectionFields, Which};
use super::tries::By;
use super::types::*;
use flotilla_connectors::secret::Secret;
use flotilla_connectors::{Certificate, Endpoint, Fingerprint};
use flotilla_kernel::audit::Entry;
use flotilla_kernel::batches::{BATCH, Batches};
use flotilla_kernel::call::Call;
use flotilla_kernel::database::enum_text;
use flotilla_kernel::error::{ErrorCode, FieldProblem, Outcome, Problem};
use flotilla_kernel::fields;
use flotilla_kernel::ids::{ConnectionId, OrganizationId};
use flotilla_kernel::rights::{Admission, Admissions, Right};
use flotilla_kernel::workspace::Workspace;
use sqlx::SqliteConnection;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The connections of an organization, the oldest first (CUS-16).
///
/// # Errors
/// Database errors.
pub async fn of(call: &Call, arguments: ConnectionsOf) -> Outcome<Vec<ConnectionView>> {
    let mut connection = call.workspace.database.read().await?;
    let mut views = store::of_organization(&mut connection, arguments.organization).await?;
    let ids: Vec<ConnectionId> = views.iter().map(|view| view.id).collect();
    let admissions = call
        .caller()?
        .admissions(&mut connection, Right::See, &ids)
        .await?;
    views.retain(|view| admissions.of(view.id) == Admission::Admitted);
    let caller = call.caller()?;
    if !caller.is_administrator() {
        let seen = store::visible_systems_of(&mut connection, caller, &ids).await?;
        for view in &mut views {
            view.systems = seen.get(&view.id).copied().unwrap_or_default();
        }
    }
    let poller = call.workspace.state::<Poller>();
    for view in &mut views {
        view.next_contact = poller.next_contact(view.id);
    }
    Ok(views)
}

/// The target of a form of a connection of this kind; the stored password is used when the form has none and leads to the same system in the same
/// way.
///
/// # Errors
/// `form.invalid`
pub async fn target_of(
    workspace: &Workspace,
    connection: &mut SqliteConnection,
    id: Option<ConnectionId>,
    kind: ConnectionKind,
    form: (&str, i64, &str, &ProxyChoice),
    password: Option<&flotilla_connectors::secret::Secret>,
) -> Outcome<Target> {
    let (host, port, user_name, proxy) = form;
    let known = match id {
        Some(id) => store::polled(connection, Which::These(&[id]))
            .await?
            .into_iter()
            .next(),
        None => None,
    };
    let endpoint = u16::try_from(port)
        .ok()
        .and_then(|port| Endpoint::parse(host.trim(), port).ok());
    let endpoint =
        endpoint.ok_or_else(|| Problem::of_field(FieldProblem::new("host", ErrorCode::FieldNotAnAddress)))?;
    let password = match (password.filter(|password| !password.is_empty()), &known) {
        (Some(password), _) => password.clone(),
        (None, Some(known))
            if known.target.endpoint == endpoint
                && probe::effective_proxy(workspace, &known.target.proxy)
                    == probe::effective_proxy(workspace, proxy) =>
        {
            known.target.password.clone()
        }
        // Whoever may change the address, or who stands on the way to it, must not learn the password by having it
        // sent to their own (GEN-08, CUS-15).
        (None, Some(_)) => {
            return Err(Problem::of_field(FieldProblem::new(
                "password",
                ErrorCode::PasswordForAddress,
            )));
        }
        (None, None) => {
            return Err(Problem::of_field(FieldProblem::new(
                "password",
                ErrorCode::FieldRequired,
            )));
        }
    };
    // A pin belongs to an address; another address starts anew (CUS-15).
    let pin = known
        .filter(|known| known.target.endpoint == endpoint)
        .and_then(|known| known.target.pin);
    Ok(Target {
        kind,
        endpoint,
        user_name: user_name.trim().to_owned(),
        password,
        proxy: proxy.clone(),
        pin,
    })
}

/// A fingerprint as a person has said yes to it.
///
/// # Errors
/// `certificate.not-this-one`
pub fn accepted(text: &str) -> Outcome<Fingerprint> {
    text.parse()
        .map_err(|_| Problem::new(ErrorCode::CertificateNotThisOne))
}

/// Really connects, and says which status it got and which certificate it met (CUS-11).
///
/// # Errors
/// `form.invalid`, `not-found` when the connection is not one of that organization
pub async fn test(call: &Call, arguments: TestConnection) -> Outcome<TestResult> {
    let problems = [
        fields::host("host", &arguments.host),
        fields::port("port", arguments.port),
        fields::required("user_name", &arguments.user_name, fields::LINE_LENGTH),
    ];
    Problem::of_fields(problems.into_iter().flatten().collect())?;
    let mut connection = call.workspace.database.read().await?;
    if let Some(id) = arguments.id {
        demand_belongs(&mut connection, id, arguments.organization).await?;
    }
    let form = (
        arguments.host.as_str(),
        arguments.port,
        arguments.user_name.as_str(),
        &arguments.proxy,
    );
    let password = arguments.password.as_ref();
    let target = target_of(
        &call.workspace,
        &mut connection,
        arguments.id,
        arguments.kind,
        form,
        password,
    )
    .await?;
    let result = try_target(
        call,
        connection,
        arguments.id,
        target,
        arguments.accept.as_deref(),
        Some(arguments.organization),
    );
    result.await
}

/// A connection is tested for the organization it belongs to, and no other.
async fn demand_belongs(
    connection: &mut SqliteConnection,
    id: ConnectionId,
    organization: OrganizationId,
) -> Outcome<()> {
    let known = store::names(connection, &[id]).await?;
    if known.iter().any(|(_, of, _)| *of == organization) {
        Ok(())
    } else {
        Err(ErrorCode::NotFound.into())
    }
}

/// Tries a target, with the certificate a person has said yes to, and writes it into the audit log.
///
/// # Errors
/// `certificate.not-this-one`
pub async fn try_target(
    call: &Call,
    mut connection: sqlx::pool::PoolConnection<sqlx::Sqlite>,
    id: Option<ConnectionId>,
    mut target: Target,
    accept: Option<&str>,
    organization: Option<OrganizationId>,
) -> Outcome<TestResult> {
    let pinned = match (id, target.pin) {
        (Some(id), Some(_)) => store::certificates(&mut connection, id).await?.0,
        _ => None,
    };
    // Nobody waits for a reader while a system is waited for.
    drop(connection);
    if let Some(accept) = accept {
        target.pin = Some(accepted(accept)?);
    }
    let mut probe = probe::probe(&call.workspace, &target, By::Person).await;
    if let Some(id) = id {
        let mut connection = call.workspace.database.read().await?;
        probe = outcome::judged(&call.workspace, &mut connection, id, probe).await?;
    }
    let entry = Entry::done()
        .subject(target.endpoint.to_string())
        .detail("status", enum_text(&probe.status)?);
    call.record(match organization {
        Some(organization) => entry.organization(organization),
        None => entry,
    })
    .await?;
    result_of(call, target, probe, pinned)
}

/// What a test tells, with the proof that it was made when it succeeded.
///
/// # Errors
/// When the operating system gives no randomness.
pub fn result_of(
    call: &Call,
    target: Target,
    probe: ProbeResult,
    pinned: Option<Certificate>,
) -> Outcome<TestResult> {
    let mut result = TestResult {
        status: probe.status,
        connection: rules::state_of(probe.status),
        certificate: probe.certificate.as_ref().map(probe::view),
        pinned: match probe.status {
            ConnectivityStatus::CertificateChanged => pinned.as_ref().map(probe::view),
            _ => None,
        },
        detail: probe.detail.clone(),
        proof: None,
        systems: probe
            .reading
            .as_ref()
            .map_or(0, |reading| i64::try_from(reading.systems()).unwrap_or(0)),
        version: probe
            .reading
            .as_ref()
            .map(|reading| reading.version().to_owned())
            .unwrap_or_default(),
    };
    if probe.reading.is_some() {
        let (account, now) = (call.caller()?.account, call.workspace.clock.now());
        let dialers = call.workspace.state::<probe::Dialers>();
        result.proof = Some(dialers.remember(account, target, probe, now)?);
    }
    Ok(result)
}

/// The probe behind a save, if the form was proven by one; none is needed where nothing of what it is reached by changed.
///
/// # Errors
/// `customer.not-tested`, `customer.test-outdated`
pub fn proven(
    call: &Call,
    target: &Target,
    proof: Option<&str>,
    unchanged: bool,
    without_contact: bool,
) -> Outcome<Option<ProbeResult>> {
    let account = call.caller()?.account;
    let dialers = call.workspace.state::<probe::Dialers>();
    let probe = proof.and_then(|proof| dialers.proven(account, proof, target, call.workspace.clock.now()));
    if probe.is_none() && !unchanged && !without_contact {
        return Err(if proof.is_some() {
            ErrorCode::TestOutdated
        } else {
            ErrorCode::ConnectionNotTested
        }
        .into());
    }
    Ok(probe)
}

/// Adds a connection to an organization, or saves a changed one (CUS-16): only after a successful test of exactly this
/// connection, unless *save without contact* was chosen.
///
/// # Errors
/// `form.invalid` with every problem at once, `customer.not-tested`, `changed-meanwhile`, `not-found`
pub async fn save(call: &Call, mut arguments: SaveConnection) -> Outcome<ConnectionView> {
    for text in [&mut arguments.name, &mut arguments.host, &mut arguments.user_name] {
        *text = text.trim().to_owned();
    }
    let password = arguments.password.take().filter(|password| !password.is_empty());
    Problem::of_fields(check(&arguments, password.as_ref()))?;
    let mut transaction = call.workspace.database.begin().await?;
    // Rights may have gone since the call began.
    call.caller()?
        .demand(
            transaction.connection(),
            Right::ManageSystems,
            arguments.organization,
        )
        .await?;
    let before = match arguments.id {
        Some(id) => {
            let before = store::one(transaction.connection(), id).await?;
            if before.organization != arguments.organization || before.kind != arguments.kind {
                return Err(ErrorCode::NotFound.into());
            }
            Some(before)
        }
        None => None,
    };
    if before
        .as_ref()
        .is_some_and(|before| before.revision != arguments.revision)
    {
        return Err(ErrorCode::Changed.into());
    }
    let form = (
        arguments.host.as_str(),
        arguments.port,
        arguments.user_name.as_str(),
        &arguments.proxy,
    );
    let target = target_of(
        &call.workspace,
        transaction.connection(),
        arguments.id,
        arguments.kind,
        form,
        password.as_ref(),
    )
    .await?;
    let unchanged = password.is_none()
        && before.as_ref().is_some_and(|before| {
            (
                before.host.as_str(),
                before.port,
                before.user_name.as_str(),
                &before.proxy,
            ) == form
        });
    let probe = proven(
        call,
        &target,
        arguments.proof.as_deref(),
        unchanged,
        arguments.without_contact,
    )?;
    let fields = ConnectionFields {
        name: arguments.name,
        host: arguments.host,
        port: arguments.port,
        user_name: arguments.user_name,
        password,
        proxy: arguments.proxy,
        // The certificate of a proven test was believed because a person said yes to it, now or before.
        pin: probe.as_ref().and_then(|probe| probe.certificate.clone()),
    };
    let now = transaction.now();
    let id = match arguments.id {
        Some(id) => {
            let elsewhere = store::update(transaction.connection(), id, &fields).await?;
            // What a test has read is not stored while the monitoring is off.
            let unread = probe.is_none() || before.as_ref().is_some_and(|before| !before.monitored);
            if elsewhere && unread {
                outcome::forget(&call.workspace, &mut transaction, id).await?;
            }
            transaction.changed(CHANGES, [id.0]);
            id
        }
        None => {
            let (organization, kind) = (arguments.organization, arguments.kind);
            let id = store::insert(transaction.connection(), now, organization, kind, &fields).await?;
            transaction.membership_changed(CHANGES, [id.0]);
            id
        }
    };
    if let Some(probe) = &probe {
        outcome::apply(&call.workspace, &mut transaction, id, None, probe).await?;
    }
    outcome::changed(&call.workspace, &mut transaction, arguments.organization).await?;
    let view = store::one(transaction.connection(), id).await?;
    let entry = Entry::done()
        .organization(arguments.organization)
        .subject(if view.name.is_empty() {
            view.host.clone()
        } else {
            view.name.clone()
        })
        .detail("new", arguments.id.is_none())
        .detail("kind", enum_text(&view.kind)?)
        .detail("host", view.host.clone())
        .detail("port", view.port)
        .detail("without_contact", arguments.without_contact && probe.is_none());
    // While nobody else can save: it is used once.
    if let Some(proof) = &arguments.proof {
        call.workspace.state::<probe::Dialers>().forget(proof);
    }
    call.commit(transaction, entry).await?;
    call.workspace.state::<Poller>().look_at([id]);
    Ok(view)
}

fn check(form: &SaveConnection, password: Option<&Secret>) -> Vec<FieldProblem> {
    let mut problems: Vec<FieldProblem> = [
        fields::text("name", &form.name, fields::NAME_LENGTH, false),
        fields::host("host", &form.host),
        fields::port("port", form.port),
        fields::required("user_name", &form.user_name, fields::LINE_LENGTH),
    ]
    .into_iter()
    .flatten()
    .collect();
    if form.id.is_none() && password.is_none() {
        problems.push(FieldProblem::new("password", ErrorCode::FieldRequired));
    }
    match &form.proxy {
        ProxyChoice::Workspace | ProxyChoice::Direct => {}
        ProxyChoice::HttpConnect { host, port } | ProxyChoice::Socks5 { host, port } => {
            problems.extend(fields::host("proxy.host", host));
            problems.extend(fields::port("proxy.port", *port));
        }
    }
    problems
}

/// Refuses more ids than one call may name.
///
/// # Errors
/// `call.too-large`
pub(super) fn demand_number(ids: &[ConnectionId]) -> Outcome<()> {
    if ids.len() > MAX_IDS_PER_CALL {
        Err(Problem::new(ErrorCode::TooLarge).with("limit", MAX_IDS_PER_CALL))
    } else {
        Ok(())
    }
}

/// What would go with these connections (CUS-16).
///
/// # Errors
/// `call.too-large`
pub async fn plan_removal(call: &Call, arguments: ConnectionsArgument) -> Outcome<RemovalPlan> {
    demand_number(&arguments.ids)?;
    store::removal(&mut *call.workspace.database.read().await?, &arguments.ids).await
}

/// How a call on several connections stands with each of them before anything is done. Names are told to those who can see them.
pub(super) fn outcomes_of(
    ids: &[ConnectionId],
    admissions: &Admissions,
    known: &[(ConnectionId, OrganizationId, String)],
) -> Vec<ConnectionOutcome> {
    let names: HashMap<ConnectionId, &String> = known.iter().map(|(id, _, name)| (*id, name)).collect();
    ids.iter()
        .map(|&id| {
            let admission = admissions.of(id);
            let name = names.get(&id).filter(|_| admission != Admission::NotFound);
            ConnectionOutcome {
                id,
                name: name.map(|name| (*name).clone()).unwrap_or_default(),
                problem: admission
                    .problem()
                    .or((!names.contains_key(&id)).then_some(ErrorCode::NotFound)),
            }
        })
        .collect()
}

/// Removes connections with the systems they reach (CUS-16): each for itself, in batches. Their history stays.
///
/// # Errors
/// `call.too-large`; what concerns one connection is its own outcome.
pub async fn remove(
    call: &Call,
    arguments: ConnectionsArgument,
    admissions: Admissions,
) -> Outcome<Vec<ConnectionOutcome>> {
    demand_number(&arguments.ids)?;
    call.record_refusals(&admissions).await?;
    let known = store::names(&mut *call.workspace.database.read().await?, &arguments.ids).await?;
    let mut outcomes = outcomes_of(&arguments.ids, &admissions, &known);
    let mut batches = Batches::start(call, REMOVAL, outcomes.len())?;
    let mut stopped = None;
    for batch in outcomes.chunks_mut(BATCH) {
        if stopped.is_none() {
            let ended = remove_batch(call, &mut batches, batch).await;
            stopped = batches.stopped(ended)?;
        }
        if stopped.is_some() {
            for outcome in batch.iter_mut().filter(|outcome| outcome.problem.is_none()) {
                outcome.problem = stopped;
            }
        }
    }
    Ok(outcomes)
}

/// Removes one batch; gives whether the act was not cancelled before it.
async fn remove_batch(call: &Call, batches: &mut Batches, batch: &mut [ConnectionOutcome]) -> Outcome<bool> {
    let Some(mut transaction) = batches.begin(call).await? else {
        return Ok(false);
    };
    let now = transaction.now();
    let wanted: Vec<ConnectionId> = batch
        .iter()
        .filter(|outcome| outcome.problem.is_none())
        .map(|outcome| outcome.id)
        .collect();
    let plan = store::removal(transaction.connection(), &wanted).await?;
    let gone = store::remove(transaction.connection(), now, &wanted).await?;
    let removed: BTreeSet<ConnectionId> = gone.iter().map(|(id, _)| *id).collect();
    // Somebody else may have removed it meanwhile.
    for outcome in batch.iter_mut().filter(|outcome| outcome.problem.is_none()) {
        outcome.problem = (!removed.contains(&outcome.id)).then_some(ErrorCode::NotFound);
    }
    let mut by_organization: BTreeMap<OrganizationId, Vec<ConnectionId>> = BTreeMap::new();
    for (id, organization) in gone {
        by_organization.entry(organization).or_default().push(id);
    }
    for (organization, ids) in &by_organization {
        let by = Some(call.caller()?.account);
        outcome::removed(&call.workspace, &mut transaction, *organization, (ids, by)).await?;
    }
    transaction.membership_changed(CHANGES, removed.iter().map(|id| id.0));
    let organizations: Vec<OrganizationId> = by_organization.into_keys().collect();
    let names: Vec<&str> = batch
        .iter()
        .filter(|outcome| outcome.problem.is_none())
        .take(100)
        .map(|outcome| outcome.name.as_str())
        .collect();
    let entry = Entry::done()
        .organizations(&organizations)
        .subject(names.join(", "))
        .detail("connections", plan.connections)
        .detail("systems", plan.systems);
    let left = batch.iter().filter(|outcome| outcome.problem.is_some()).count();
    batches
        .commit(call, transaction, entry, batch.len(), left)
        .await?;
    call.workspace.state::<Poller>().look_at(removed);
    Ok(true)
}
