//! The numbers of the dashboard, asked of the features they belong to.

use super::rules::{self, Bounds, LINES};
use super::types::*;
use flotilla_kernel::call::Call;
use flotilla_kernel::clock::Time;
use flotilla_kernel::error::Outcome;

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
    let [mut expired, due] = lines;
    expired.reverse();
    let certificates = rules::named(expired, due);
    let bounds = Bounds::of_licences(now.utc().date_naive());
    let licensed = crate::customers::store::licences_due(&mut connection, caller, organization).await?;
    let licences_ending = bounds.ending(rules::licences_up_to(&licensed, bounds));
    let licences_due = rules::licence_lines(licensed, bounds);
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
