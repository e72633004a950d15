//! Preferences, Flotilla's own services, and what is asked of the workspace as a whole.

use super::types::*;
use super::{rules, store};
use flotilla_kernel::audit::Entry;
use flotilla_kernel::call::{Call, Nothing, Origin};
use flotilla_kernel::error::{ErrorCode, Outcome, Problem};
use flotilla_kernel::events::{PREFERENCES, Work};
use flotilla_kernel::feature;
use flotilla_kernel::lists::WINDOW;
use flotilla_kernel::logs::LogLine;
use flotilla_kernel::preferences::{self, Fields, ZonePreferences};
use flotilla_kernel::running;
use flotilla_kernel::services::{ServiceArgument, ServiceState, ServiceStatus, ShownService};
use flotilla_kernel::workspace::Workspace;

/// The command palette shows at most so many of a kind.
const FINDINGS: usize = 8;

/// Where an open workspace stands: whether it has an account yet (ACC-01).
///
/// # Errors
/// Database errors.
pub async fn stage(workspace: &Workspace) -> Outcome<Stage> {
    let (accounts, ..) = store::sizes(&mut *workspace.database.read().await?).await?;
    Ok(if accounts == 0 {
        Stage::FirstStart
    } else {
        Stage::Ready
    })
}

/// The state of an open workspace. Hosts answer this themselves while it is locked.
pub async fn workspace_state(call: &Call, _: Nothing) -> Outcome<WorkspaceState> {
    Ok(WorkspaceState {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        instance: String::new(),
        stage: stage(&call.workspace).await?,
        migration: None,
        test_clock: test_clock_view(&call.workspace),
        demo: call.workspace.demo,
        demo_available: false,
        shared: false,
        folder: String::new(),
        demo_login: call.workspace.demo.then(|| DEMO_LOGIN.to_owned()),
    })
}

/// How far ahead a copy at another date is; none: this is no copy (LIC-54).
pub fn test_clock_view(workspace: &Workspace) -> Option<TestClockView> {
    let zone = workspace.preferences::<ZonePreferences>().zone();
    workspace.test_clock.then(|| TestClockView {
        date: workspace.clock.now().date_in(zone),
        ahead: workspace.clock.ahead().unwrap_or(0),
    })
}

/// Whether this person may open a copy of the workspace at a date, or go on to it in one, and whether that can be; the host opens it
/// then, and nobody but at this machine can (LIC-54).
///
/// # Errors
/// `host.only` over the network; `test-clock.date` when the date is not later than the present one, or too far ahead.
pub async fn test_clock(call: &Call, arguments: TestClockDate) -> Outcome<Nothing> {
    if matches!(call.origin, Origin::Remote(_)) {
        return Err(ErrorCode::HostOnly.into());
    }
    let zone = call.workspace.preferences::<ZonePreferences>().zone();
    let mut connection = call.workspace.database.read().await?;
    let present = crate::licensing::clock::trusted(&call.workspace, &mut connection).await?;
    drop(connection);
    let (first, last) = rules::test_dates(present.now.date_in(zone));
    if !(first..=last).contains(&arguments.date) {
        return Err(Problem::new(ErrorCode::TestClockDate)
            .with("first", first.to_string())
            .with("last", last.to_string()));
    }
    let entry = Entry::done().detail("date", arguments.date.to_string());
    call.record(entry).await?;
    Ok(Nothing {})
}

/// The preferences, with the revision that must come back with a save.
///
/// # Errors
/// Database errors.
pub async fn preferences(call: &Call, _: Nothing) -> Outcome<PreferencesForm> {
    let (revision, stored) = preferences::stored(&mut *call.workspace.database.read().await?).await?;
    Ok(PreferencesForm {
        revision,
        preferences: complete(call, &stored)?,
    })
}

/// All fields of all parts, with their defaults where nothing is stored, and no others.
fn complete(call: &Call, fields: &Fields) -> Outcome<Fields> {
    let mut all = Fields::new();
    for part in feature::of(&call.workspace).preferences() {
        all.extend((part.own)(fields)?);
    }
    Ok(all)
}

/// Saves preferences (ADM-03); services go on with them at once.
///
/// # Errors
/// `form.invalid` with every problem at once, `changed-meanwhile`
pub async fn save_preferences(call: &Call, arguments: PreferencesForm) -> Outcome<PreferencesForm> {
    let features = feature::of(&call.workspace);
    let mut problems = Vec::new();
    for part in features.preferences() {
        problems.extend((part.check)(&arguments.preferences)?);
    }
    Problem::of_fields(problems)?;
    let mut transaction = call.workspace.database.begin().await?;
    crate::accounts::commands::demand_administrator_still(call, &mut transaction).await?;
    let (revision, stored) = preferences::stored(transaction.connection()).await?;
    if revision != arguments.revision {
        return Err(ErrorCode::Changed.into());
    }
    let before = complete(call, &stored)?;
    let mut after = complete(call, &arguments.preferences)?;
    for part in features.preferences() {
        (part.before_save)(transaction.connection(), &before, &mut after).await?;
    }
    let revision = preferences::store(transaction.connection(), &after).await?;
    transaction.changed(PREFERENCES, []);
    let changed: Vec<&str> = after
        .iter()
        .filter(|(name, value)| before.get(*name) != Some(value))
        .map(|(name, _)| name.as_str())
        .collect();
    let entry = Entry::done().detail("changed", changed);
    call.commit(transaction, entry).await?;
    running::set_preferences(&call.workspace, revision, after.clone());
    Ok(PreferencesForm {
        revision,
        preferences: after,
    })
}

/// Flotilla's own services and how they are (ADM-10).
///
/// # Errors
/// None.
pub async fn services(call: &Call, _: Nothing) -> Outcome<Vec<ServiceStatus>> {
    let here = call.workspace.runs_services();
    let shown = feature::of(&call.workspace)
        .services()
        .filter_map(|service| Some((service.name, service.shown.as_ref()?)));
    Ok(shown
        .map(|(name, shown)| {
            let report = (shown.report)(&call.workspace);
            ServiceStatus {
                name,
                version: env!("CARGO_PKG_VERSION").to_owned(),
                state: match (here, report.since) {
                    (false, _) => ServiceState::Elsewhere,
                    (true, Some(_)) => ServiceState::Running,
                    (true, None) => ServiceState::Stopped,
                },
                since: report.since,
                last_error: report.last_error,
                poller: report.poller,
            }
        })
        .collect())
}

fn shown_service(call: &Call, name: &str) -> Outcome<&'static ShownService> {
    feature::of(&call.workspace)
        .services()
        .filter(|service| service.name.0 == name)
        .find_map(|service| service.shown.as_ref())
        .ok_or_else(|| Problem::new(ErrorCode::BadArguments).with("service", name))
}

/// Restarts a service (ADM-10).
///
/// # Errors
/// `service.elsewhere` when another process runs it.
pub async fn restart_service(call: &Call, arguments: ServiceArgument) -> Outcome<Nothing> {
    let service = shown_service(call, &arguments.service)?;
    if !call.workspace.runs_services() {
        return Err(ErrorCode::ServiceElsewhere.into());
    }
    call.record(Entry::done().detail("service", arguments.service))
        .await?;
    (service.restart)(&call.workspace);
    Ok(Nothing {})
}

/// The latest lines of a service's log, the last one first (ADM-10). None where no logs are written.
///
/// # Errors
/// `file.unreadable`
pub async fn service_log(call: &Call, arguments: ServiceArgument) -> Outcome<Vec<LogLine>> {
    let service = shown_service(call, &arguments.service)?;
    let folder = call.workspace.folder.join("logs");
    tokio::task::spawn_blocking(move || flotilla_kernel::logs::last_lines(&folder, service.logs))
        .await
        .map_err(Problem::internal)?
}

/// Version, place and size of the workspace (ADM-05).
pub async fn about(call: &Call, _: Nothing) -> Outcome<About> {
    let mut connection = call.workspace.database.read().await?;
    let (accounts, organizations, systems) = store::sizes(&mut connection).await?;
    let database_bytes = store::bytes(&mut connection).await?;
    let may_know = call.caller()?.is_administrator();
    Ok(About {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        folder: if may_know {
            call.workspace.folder.display().to_string()
        } else {
            String::new()
        },
        database_bytes,
        key_source: call.workspace.key_source,
        accounts: if may_know { accounts } else { 0 },
        organizations: if may_know { organizations } else { 0 },
        systems: if may_know { systems } else { 0 },
    })
}

/// Organizations and systems by words of their names, for the command palette (UI-03, UI-07).
pub async fn find(call: &Call, arguments: FindArgument) -> Outcome<Vec<Finding>> {
    let caller = call.caller()?;
    let words = crate::organizations::commands::words(&arguments.search);
    if words.is_empty() {
        return Ok(Vec::new());
    }
    let database = &call.workspace.database;
    // At the same time: each has a reader of its own.
    let (organizations, systems) = tokio::try_join!(
        async {
            let mut connection = database.read().await?;
            crate::organizations::store::find(&mut connection, caller, &words, FINDINGS).await
        },
        async {
            let mut connection = database.read().await?;
            crate::systems::store::find(&mut connection, caller, &words, FINDINGS).await
        },
    )?;
    let mut findings: Vec<Finding> = organizations
        .1
        .into_iter()
        .map(|organization| Finding::Organization {
            id: organization.id,
            name: organization.name,
            customer: organization.customer,
        })
        .collect();
    findings.extend(systems.into_iter().map(|system| Finding::System {
        id: system.id,
        organization: system.organization,
        name: system.name,
        customer: system.customer,
        host: system.host,
    }));
    findings.truncate(WINDOW);
    Ok(findings)
}

/// The work under way (GEN-09).
pub async fn work(call: &Call, _: Nothing) -> Outcome<Vec<Work>> {
    Ok(call.workspace.work.list(call.caller()?))
}

/// Asks a piece of work to end early.
///
/// # Errors
/// `not-found` when it has ended, cannot be cancelled, or is somebody else's.
pub async fn cancel_work(call: &Call, arguments: WorkArgument) -> Outcome<Nothing> {
    let work = call.workspace.work.cancel(call.caller()?, arguments.id)?;
    let entry = Entry::done()
        .subject(work.about)
        .detail("work", work.kind.0)
        .detail("account", work.account.to_string())
        .detail("done", work.done)
        .detail("total", work.total);
    call.record(entry).await?;
    Ok(Nothing {})
}
