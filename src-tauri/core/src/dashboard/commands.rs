//! The numbers of the dashboard, asked of the features they belong to.

use super::rules::{self, Bounds, LINES};
use super::types::*;
use crate::alarms::types::Severity;
use flotilla_kernel::call::Call;
use flotilla_kernel::clock::Time;
use flotilla_kernel::error::Outcome;
use flotilla_kernel::ids::OrganizationId;
use flotilla_kernel::rights::Caller;
use sqlx::SqliteConnection;
use std::collections::HashMap;

/// So many critical alarms are named by themselves.
const LATEST: i64 = 5;

/// Everything the first page shows, of what the account may see; narrowed to an organization when one is chosen.
///
/// # Errors
/// Database errors.
pub async fn read(call: &Call, arguments: DashboardArgument) -> Outcome<Dashboard> {
    let caller = call.caller()?;
    let organization = arguments.organization;
    let now = call.now();
    let mut connection = call.workspace.database.read().await?;
    let customers = crate::customers::store::counts(&mut connection, caller, organization).await?;
    let states = crate::systems::store::counts(&mut connection, caller, organization).await?;
    let alarms = crate::alarms::store::counts(&mut connection, caller, organization).await?;
    let tags = crate::customers::store::tags(&mut connection, caller, organization).await?;
    let bounds = Bounds::of_certificates(now);
    let counts =
        crate::customers::store::certificates_until(&mut connection, caller, organization, bounds.0).await?;
    let certificates_ending = bounds.ending(counts);
    let mut lines = [Vec::new(), Vec::new()];
    let [past, .., last] = bounds.0.map(Time);
    for (lines, (from, until, latest_first)) in lines
        .iter_mut()
        .zip([(Time(i64::MIN), past, true), (now, last, false)])
    {
        *lines = crate::customers::store::certificates_between(
            &mut connection,
            caller,
            organization,
            (from, until),
            latest_first,
            LINES as i64,
        )
        .await?;
    }
    let [expired, due] = lines;
    let certificates = rules::named(due, expired);
    let bounds = Bounds::of_licences(now.utc().date_naive());
    let licensed = crate::customers::store::licences_due(&mut connection, caller, organization).await?;
    let licences_ending = bounds.ending(rules::licences_up_to(&licensed, bounds));
    let licences_due = rules::licence_lines(licensed, bounds);
    let alarms_by_customer = by_customer(&mut connection, caller, organization).await?;
    let critical =
        crate::alarms::store::latest_critical(&mut connection, caller, organization, LATEST).await?;
    let changes = changes(&mut connection, caller, organization, now).await?;
    let text = |counts: Vec<(String, i64)>| {
        counts
            .into_iter()
            .map(|(value, customers)| TextCount { value, customers })
            .collect()
    };
    Ok(Dashboard {
        at: now,
        customers: customers.connections.iter().map(|(_, count)| count).sum(),
        systems: states.iter().map(|(_, count)| count).sum(),
        connections: customers
            .connections
            .into_iter()
            .map(|(connection, customers)| ConnectionCount {
                connection,
                customers,
            })
            .collect(),
        alarms: alarms
            .into_iter()
            .map(|(alarm_type, severity, alarms)| AlarmCount {
                alarm_type,
                severity,
                alarms,
            })
            .collect(),
        alarms_by_customer,
        critical,
        changes,
        versions: text(customers.versions),
        tags,
        profiles: text(customers.profiles),
        states: states
            .into_iter()
            .map(|(state, systems)| StateCount { state, systems })
            .collect(),
        certificates: certificates
            .into_iter()
            .map(|(id, name, valid_until)| ExpiringCertificate {
                id,
                name,
                expired: valid_until < now,
                valid_until,
            })
            .collect(),
        certificates_ending,
        licences_due,
        licences_ending,
    })
}

/// The customers that are worst off (DSH-02).
async fn by_customer(
    connection: &mut SqliteConnection,
    caller: &Caller,
    organization: Option<OrganizationId>,
) -> Outcome<AlarmsByCustomer> {
    let all = crate::alarms::store::by_organization(connection, caller, organization).await?;
    let (worst, others, other_counts) = rules::worst(all);
    let ids: Vec<OrganizationId> = worst.iter().filter_map(|one| one.organization).collect();
    let mut open = crate::alarms::store::oldest_open(connection, caller, &ids).await?;
    let uuids: Vec<_> = ids.iter().map(|id| id.0).collect();
    let connections: HashMap<_, _> = crate::customers::store::window(connection, caller, &uuids)
        .await?
        .into_iter()
        .map(|row| (row.id, row.connection))
        .collect();
    let customers = worst
        .into_iter()
        .filter_map(|one| {
            let id = one.organization?;
            let (name, oldest) = open.remove(&id)?;
            Some(CustomerAlarms {
                id,
                name,
                connection: connections.get(&id).copied(),
                counts: one.counts,
                oldest,
            })
        })
        .collect();
    Ok(AlarmsByCustomer {
        customers,
        others,
        other_counts,
    })
}

/// What has happened since yesterday (DSH-02).
async fn changes(
    connection: &mut SqliteConnection,
    caller: &Caller,
    organization: Option<OrganizationId>,
    now: Time,
) -> Outcome<Changes> {
    let recent = crate::alarms::store::recent(connection, caller, organization, now).await?;
    let of = |severity| recent.severities.get(&severity).copied().unwrap_or_default();
    Ok(Changes {
        from: recent.from,
        raised_critical: of(Severity::Critical),
        raised_major: of(Severity::Major),
        went_down: recent.went_down,
        still_down: recent.still_down,
        came_back: recent.came_back,
        mean_duration: recent.mean_duration,
        raised: recent.raised,
        cleared: recent.cleared,
    })
}
