//! The numbers of the dashboard, asked of the rooms they belong to.

use super::types::*;
use crate::alarms::rules::severity_of;
use flotilla_kernel::clock::{days, days_of};
use crate::customers::rules::LICENCE_DUE_DAYS;
use flotilla_kernel::rights::Right;
use flotilla_kernel::call::Call;
use flotilla_kernel::error::Outcome;

/// Certificates that end within this time are shown (CRT-06).
const CERTIFICATE_DAYS: i64 = 90;
/// What ends is counted within so many days; the last is [`CERTIFICATE_DAYS`] and [`LICENCE_DUE_DAYS`].
const WITHIN: [i64; 3] = [30, 60, 90];
/// A panel shows at most so many lines.
const LINES: usize = 12;

fn within(customers: [i64; 3], until: [i64; 3]) -> Vec<DueWithin> {
    WITHIN
        .into_iter()
        .zip(customers)
        .zip(until)
        .map(|((days, customers), until)| DueWithin {
            days,
            customers,
            until,
        })
        .collect()
}

/// Everything the first page shows, of what the account may see; narrowed to an organization when one is chosen.
///
/// # Errors
/// `right.missing` for an organization the account may not see.
pub async fn read(call: &Call, arguments: DashboardArgument) -> Outcome<Dashboard> {
    let caller = call.caller()?;
    let organization = arguments.organization;
    let now = call.now();
    let mut connection = call.workspace.database.read().await?;
    if let Some(organization) = organization {
        caller.demand(&mut connection, Right::See, organization).await?;
    }
    let customers = crate::customers::store::counts(&mut connection, caller, organization).await?;
    let states = crate::systems::store::counts(&mut connection, caller, organization).await?;
    let alarms = crate::alarms::store::counts(&mut connection, caller, organization).await?;
    let tags = crate::customers::store::tags(&mut connection, caller, organization).await?;
    let until = now.plus(days(CERTIFICATE_DAYS));
    let certificates =
        crate::customers::store::expiring(&mut connection, caller, organization, until, LINES as i64).await?;
    let ends = WITHIN.map(|count| now.plus(days(count)));
    let counts =
        crate::customers::store::certificates_until(&mut connection, caller, organization, ends).await?;
    let certificates_within = within(counts, ends.map(|end| end.0));
    let today = now.utc().date_naive();
    let ends = WITHIN.map(|count| days_of(today) + count);
    let lines = crate::customers::store::licences_due(&mut connection, caller, organization).await?;
    let mut counts = [0; 3];
    for (_, _, lines) in &lines {
        let first = lines.iter().filter_map(|line| line.expires).min().map(days_of);
        for (count, end) in counts.iter_mut().zip(ends) {
            *count += i64::from(first.is_some_and(|first| first <= end));
        }
    }
    let licences_within = within(counts, ends);
    let mut licences_due: Vec<LicenceDue> = lines
        .into_iter()
        .flat_map(|(id, name, lines)| {
            lines.into_iter().filter_map(move |line| {
                let expires = line
                    .expires
                    .filter(|date| date.signed_duration_since(today).num_days() <= LICENCE_DUE_DAYS)?;
                Some(LicenceDue {
                    id,
                    name: name.clone(),
                    licence_type: line.licence_type,
                    expires,
                })
            })
        })
        .collect();
    licences_due.sort_by(|left, right| (left.expires, &left.name).cmp(&(right.expires, &right.name)));
    licences_due.truncate(LINES);
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
            .filter_map(|(alarm_type, severity, alarms)| {
                severity_of(severity).map(|severity| AlarmCount {
                    alarm_type,
                    severity,
                    alarms,
                })
            })
            .collect(),
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
                valid_until,
            })
            .collect(),
        certificates_within,
        licences_due,
        licences_within,
    })
}
