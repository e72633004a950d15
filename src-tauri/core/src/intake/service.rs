//! Taking in what a contact came to, in the transaction that stores it.

use super::rules::{self, KnownDevice};
use crate::accounts::labels::{self, LabelScope};
use crate::alarms::rules as alarm_rules;
use crate::alarms::store::Scope;
use crate::alarms::types::AlarmCause;
use crate::connections::outcome::Ended;
use crate::connections::probe::{ProbeResult, Reading};
use crate::connections::rules::state_of;
use crate::connections::store::Before;
use crate::connections::types::{ConnectionState, ConnectivityStatus};
use crate::systems::rules::{licence_state, state_without_reading};
use crate::systems::store::Place;
use crate::{alarms, connections, customers, organizations, systems};
use flotilla_connectors::ip_office::SolutionReading;
use flotilla_kernel::database::Transaction;
use flotilla_kernel::error::Outcome;
use flotilla_kernel::feature::{self, Deletion};
use flotilla_kernel::ids::{AccountId, ConnectionId, OrganizationId, SystemId};
use flotilla_kernel::workspace::Workspace;
use sqlx::SqliteConnection;
use std::collections::HashMap;

/// The causes that any contact decides, and those that only a reading decides.
const CONTACT_CAUSES: &[AlarmCause] = &[
    AlarmCause::NoContact,
    AlarmCause::AccessRefused,
    AlarmCause::CertificateChanged,
    AlarmCause::CertificateExpiring,
];
const READING_CAUSES: &[AlarmCause] = &[
    AlarmCause::ServiceStopped,
    AlarmCause::SystemStopped,
    AlarmCause::LicenceExpired,
];

/// A contact ended: its systems, its solution, its alarms, memberships by labels, and the customer's summary follow.
///
/// # Errors
/// Database errors.
pub async fn ended(transaction: &mut Transaction, ended: &Ended<'_>) -> Outcome<()> {
    let (now, before, status) = (transaction.now(), ended.before, ended.result.status);
    let until = connections::store::certificate_until(transaction.connection(), before.id).await?;
    let mut wanted = alarm_rules::of_status(status, until, now);
    let mut causes = CONTACT_CAUSES.to_vec();
    let mut known = HashMap::new();
    match &ended.result.reading {
        Some(reading) => {
            known = apply_systems(transaction, before, reading).await?;
            match reading {
                Reading::Solution(solution) => {
                    wanted.extend(alarm_rules::of_reading(solution, now));
                    apply_solution(transaction, before, solution).await?;
                }
                Reading::VideoServer(server) => {
                    let server = rules::video_server(server);
                    systems::store::set_video_server(transaction.connection(), before.id, &server).await?;
                }
                Reading::Device(_) => {}
            }
            causes.extend(READING_CAUSES);
        }
        None => {
            if state_of(status) != ConnectionState::Connected
                && let Some(state) = state_without_reading(status, before.status)
            {
                let changed = systems::store::set_state(transaction.connection(), before.id, state).await?;
                transaction.changed(systems::types::CHANGES, changed.iter().map(|id| id.0));
            }
            // Licences run on without contact.
            if let Some(solution) = systems::store::solution(transaction.connection(), before.id).await? {
                let lines = || solution.licences.iter();
                let state = licence_state(
                    lines().map(|line| (line.valid, line.expires)),
                    now.utc().date_naive(),
                );
                systems::store::set_solution(transaction.connection(), before.id, &solution, state).await?;
                let licences = lines().map(|line| (line.licence_type.as_str(), line.valid, line.expires));
                wanted.extend(alarm_rules::of_licences(licences, now));
            }
            causes.push(AlarmCause::LicenceExpired);
        }
    }
    // What answers, whatever it says, is not looked for any more.
    if !matches!(
        status,
        ConnectivityStatus::Unreachable | ConnectivityStatus::Replaced
    ) {
        causes.push(AlarmCause::SeenElsewhere);
    }
    let alone = if before.kind.is_of_one_system() {
        systems::store::system_of(transaction.connection(), before.id).await?
    } else {
        None
    };
    let scope = Scope {
        organization: before.organization,
        connection: before.id,
        alone,
        systems: &known,
        causes: &causes,
    };
    let changes = alarms::store::reconcile(transaction.connection(), now, &scope, &wanted).await?;
    alarms::tell(transaction, &changes);
    summarize(transaction, before.organization).await
}

/// Another device answers where a known one was: nothing of it is taken over, and a person is told (DEV-03).
///
/// # Errors
/// Database errors.
pub async fn judged(
    connection: &mut SqliteConnection,
    id: ConnectionId,
    result: &ProbeResult,
) -> Outcome<Option<ProbeResult>> {
    let Some(Reading::Device(device)) = &result.reading else {
        return Ok(None);
    };
    let known = systems::store::device_of(connection, id).await?;
    if known.is_none_or(|known| known == device.serial) {
        return Ok(None);
    }
    Ok(Some(ProbeResult {
        status: ConnectivityStatus::Replaced,
        detail: device.serial.clone(),
        reading: None,
        ..result.clone()
    }))
}

/// Gives all systems of the connection by their identity.
async fn apply_systems(
    transaction: &mut Transaction,
    before: &Before,
    reading: &Reading,
) -> Outcome<HashMap<String, SystemId>> {
    let now = transaction.now();
    let (customer, folder) =
        organizations::store::name_and_top_folder(transaction.connection(), before.organization).await?;
    let place = Place {
        organization: before.organization,
        connection: before.id,
        customer: &customer,
        folder,
    };
    let known = match reading {
        Reading::Device(_) => systems::store::known_of(transaction.connection(), before.id).await?,
        Reading::Solution(_) | Reading::VideoServer(_) => None,
    };
    let known = known.map_or_else(KnownDevice::default, |(name, model, version)| KnownDevice {
        name,
        model,
        version,
    });
    let seen = rules::systems(reading, &before.host, &before.name, &known);
    let applied = systems::store::apply(transaction.connection(), now, &place, &seen).await?;
    let cleared = alarms::store::clear_of_systems(transaction.connection(), now, &applied.removed).await?;
    alarms::tell(transaction, &cleared);
    transaction.changed(systems::types::CHANGES, applied.changed.iter().map(|id| id.0));
    if !applied.added.is_empty() || !applied.removed.is_empty() {
        transaction.membership_changed(
            systems::types::CHANGES,
            applied.added.iter().chain(&applied.removed).map(|id| id.0),
        );
    }
    Ok(applied.ids)
}

async fn apply_solution(
    transaction: &mut Transaction,
    before: &Before,
    reading: &SolutionReading,
) -> Outcome<()> {
    let solution = rules::solution(reading);
    let known = systems::store::solution(transaction.connection(), before.id).await?;
    let state = licence_state(
        solution.licences.iter().map(|line| (line.valid, line.expires)),
        transaction.now().utc().date_naive(),
    );
    systems::store::set_solution(transaction.connection(), before.id, &solution, state).await?;
    let labels_as_before =
        known.is_some_and(|known| (known.provider, known.reseller) == (solution.provider, solution.reseller));
    if !labels_as_before {
        match_labels(transaction, before.organization).await?;
    }
    Ok(())
}

/// Who is an operator of this organization by a label (ACC-16) follows what its solutions report.
async fn match_labels(transaction: &mut Transaction, organization: OrganizationId) -> Outcome<()> {
    let scope = LabelScope::Organization(organization);
    let touched = labels::apply(transaction, scope).await?;
    customers::store::refresh_operator_names(transaction.connection(), &touched).await?;
    Ok(())
}

/// A connection is reached by something else now and was not tried: its systems are not known, its alarms of contact are cleared
/// (CUS-11).
///
/// # Errors
/// Database errors.
pub async fn forgotten(transaction: &mut Transaction, before: &Before) -> Outcome<()> {
    let now = transaction.now();
    if let Some(state) = state_without_reading(ConnectivityStatus::NeverTried, before.status) {
        let changed = systems::store::set_state(transaction.connection(), before.id, state).await?;
        transaction.changed(systems::types::CHANGES, changed.iter().map(|id| id.0));
    }
    // Nobody sees them end: what is still so is raised again by the next reading. Licences run on without contact.
    let causes = [
        CONTACT_CAUSES,
        &[
            AlarmCause::SeenElsewhere,
            AlarmCause::ServiceStopped,
            AlarmCause::SystemStopped,
        ],
    ]
    .concat();
    let scope = Scope {
        organization: before.organization,
        connection: before.id,
        alone: None,
        systems: &HashMap::new(),
        causes: &causes,
    };
    let cleared = alarms::store::reconcile(transaction.connection(), now, &scope, &[]).await?;
    alarms::tell(transaction, &cleared);
    summarize(transaction, before.organization).await
}

/// Connections of an organization were added, changed or removed: what removed ones have brought goes, and stays as history.
///
/// # Errors
/// Database errors.
pub async fn changed(
    workspace: &Workspace,
    transaction: &mut Transaction,
    organization: OrganizationId,
    (removed, by): (&[ConnectionId], Option<AccountId>),
) -> Outcome<()> {
    if !removed.is_empty() {
        let now = transaction.now();
        for &id in removed {
            let cleared = alarms::store::clear_of_connection(transaction.connection(), now, id).await?;
            alarms::tell(transaction, &cleared);
        }
        let gone = systems::store::remove_of(transaction.connection(), now, removed).await?;
        systems::store::forget_reports(transaction.connection(), removed).await?;
        transaction.membership_changed(systems::types::CHANGES, gone.iter().map(|id| id.0));
        let deletion = Deletion::Systems { ids: gone, by };
        feature::of(workspace)
            .before_delete(transaction, &deletion)
            .await?;
        match_labels(transaction, organization).await?;
    }
    summarize(transaction, organization).await
}

async fn summarize(transaction: &mut Transaction, organization: OrganizationId) -> Outcome<()> {
    let joined = customers::store::summarize(transaction.connection(), organization).await?;
    if joined {
        transaction.membership_changed(customers::types::CHANGES, [organization.0]);
    } else {
        transaction.changed(customers::types::CHANGES, [organization.0]);
    }
    Ok(())
}
