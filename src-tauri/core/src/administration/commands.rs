//! Preferences, Flotilla's own services, and what is asked of the workspace as a whole.

use super::types::*;
use super::{rules, store};
use crate::audit::Entry;
use crate::lists::WINDOW;
use crate::wire::call::Call;
use crate::wire::error::{ErrorCode, Outcome, Problem};
use crate::wire::types::{Nothing, Room};
use crate::workspace::Workspace;

/// The command palette shows at most so many of a kind.
const FINDINGS: i64 = 8;

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
        stage: stage(&call.workspace).await?,
        migration: None,
        demo: call.workspace.demo,
        demo_available: false,
        shared: false,
        folder: String::new(),
        demo_login: call.workspace.demo.then(|| crate::demo::LOGIN.to_owned()),
    })
}

/// The preferences, with the revision that must come back with a save.
pub async fn preferences(call: &Call, _: Nothing) -> Outcome<PreferencesForm> {
    store::preferences(&mut *call.workspace.database.read().await?).await
}

/// Saves preferences (ADM-03); services go on with them at once.
///
/// # Errors
/// `form.invalid` with every problem at once, `changed-meanwhile`
pub async fn save_preferences(call: &Call, arguments: PreferencesForm) -> Outcome<PreferencesForm> {
    Problem::of_fields(rules::check(&arguments.preferences))?;
    let mut transaction = call.workspace.database.begin().await?;
    crate::accounts::commands::demand_administrator_still(call, &mut transaction).await?;
    let before = store::preferences(transaction.connection()).await?;
    if before.revision != arguments.revision {
        return Err(ErrorCode::Changed.into());
    }
    let mut preferences = arguments.preferences;
    let last = store::last_terms_version(transaction.connection()).await?;
    preferences.terms = rules::terms(
        before.preferences.terms.as_ref(),
        preferences.terms.as_ref(),
        last,
    );
    if let Some(terms) = &preferences.terms {
        store::set_last_terms_version(transaction.connection(), terms.version.max(last)).await?;
    }
    let revision = store::set_preferences(transaction.connection(), &preferences).await?;
    transaction.changed(Room::Preferences, []);
    let entry = Entry::done().detail("changed", changed(&before.preferences, &preferences)?);
    call.commit(transaction, entry).await?;
    call.workspace.set_preferences(preferences.clone());
    Ok(PreferencesForm {
        revision,
        preferences,
    })
}

/// The names of the preferences that differ.
fn changed(before: &Preferences, after: &Preferences) -> Outcome<Vec<String>> {
    let before = serde_json::to_value(before).map_err(Problem::internal)?;
    let after = serde_json::to_value(after).map_err(Problem::internal)?;
    Ok(after
        .as_object()
        .into_iter()
        .flatten()
        .filter(|(name, value)| before.get(name.as_str()) != Some(value))
        .map(|(name, _)| name.clone())
        .collect())
}

/// Flotilla's own services and how they are (ADM-10).
pub async fn services(call: &Call, _: Nothing) -> Outcome<Vec<ServiceStatus>> {
    let preferences = call.workspace.preferences();
    let poller = call
        .workspace
        .poller
        .status(preferences.poll_interval_seconds, call.workspace.runs_services());
    Ok(vec![poller])
}

/// Has a service begin anew (ADM-10).
///
/// # Errors
/// `service.elsewhere` when another process runs it.
pub async fn restart_service(call: &Call, arguments: ServiceArgument) -> Outcome<Nothing> {
    if !call.workspace.runs_services() {
        return Err(ErrorCode::ServiceElsewhere.into());
    }
    crate::audit::record(
        call,
        Entry::done().detail("service", crate::audit::store::text_of(&arguments.service)?),
    )
    .await?;
    match arguments.service {
        ServiceName::Poller => call.workspace.poller.restart(),
    }
    Ok(Nothing {})
}

/// The latest lines of a service's log, the last one first (ADM-10). None where no logs are written.
///
/// # Errors
/// `file.unreadable`
pub async fn service_log(call: &Call, arguments: ServiceArgument) -> Outcome<Vec<LogLine>> {
    let folder = call.workspace.folder.join("logs");
    let parts: &[&str] = match arguments.service {
        ServiceName::Poller => &["flotilla_core::customers", "flotilla_connectors"],
    };
    tokio::task::spawn_blocking(move || crate::logs::last_lines(&folder, parts))
        .await
        .map_err(Problem::internal)?
}

/// The consoles of clusters, as the preferences have them (CUS-50).
pub async fn consoles(call: &Call, _: Nothing) -> Outcome<Vec<Console>> {
    Ok(call.workspace.preferences().consoles.clone())
}

/// Hands out the address of a console to be opened; an audit entry like every launch (CUS-50).
///
/// # Errors
/// `not-found` when the preferences do not have it.
pub async fn open_console(call: &Call, arguments: OpenConsole) -> Outcome<Console> {
    let preferences = call.workspace.preferences();
    let console = preferences
        .consoles
        .iter()
        .find(|console| console.url == arguments.url)
        .ok_or_else(|| Problem::new(ErrorCode::NotFound))?;
    let entry = Entry::done()
        .subject(console.name.clone())
        .detail("url", console.url.clone());
    crate::audit::record(call, entry).await?;
    Ok(console.clone())
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

/// Organizations and systems by words of their names, for the command palette (UI-03).
pub async fn find(call: &Call, arguments: FindArgument) -> Outcome<Vec<Finding>> {
    let caller = call.caller()?;
    let words = crate::organizations::commands::words(&arguments.search);
    if words.is_empty() {
        return Ok(Vec::new());
    }
    let mut connection = call.workspace.database.read().await?;
    let (_, organizations) =
        crate::organizations::store::find(&mut connection, caller, &words, FINDINGS).await?;
    let systems = crate::systems::store::find(&mut connection, caller, &words, FINDINGS).await?;
    let mut findings: Vec<Finding> = organizations
        .into_iter()
        .map(|organization| Finding::Organization {
            id: organization.id,
            name: organization.name,
            customer: organization.customer,
        })
        .collect();
    findings.extend(
        systems
            .into_iter()
            .map(|(id, organization, name, customer, host)| Finding::System {
                id,
                organization,
                name,
                customer,
                host,
            }),
    );
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
        .detail("work", crate::audit::store::text_of(&work.kind)?)
        .detail("account", work.account.to_string())
        .detail("done", work.done)
        .detail("total", work.total);
    crate::audit::record(call, entry).await?;
    Ok(Nothing {})
}
