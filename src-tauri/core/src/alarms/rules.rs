//! Which alarms a reading asks for. Pure.

use super::types::{AlarmCause, AlarmType, Severity};
use crate::connections::rules::state_of;
use crate::connections::types::{ConnectionState, ConnectivityStatus};
use chrono::NaiveDate;
use flotilla_connectors::ip_office::SolutionReading;
use flotilla_kernel::clock::{Time, days};
pub use flotilla_kernel::severity::{rank, severity_of};

/// How bad each cause is, and of which type (ALM-02).
pub fn nature(cause: AlarmCause) -> (AlarmType, Severity) {
    match cause {
        AlarmCause::NoContact => (AlarmType::Connection, Severity::Major),
        AlarmCause::AccessRefused => (AlarmType::Connection, Severity::Minor),
        AlarmCause::CertificateChanged => (AlarmType::Security, Severity::Critical),
        AlarmCause::CertificateExpiring => (AlarmType::Certificate, Severity::Warning),
        AlarmCause::SeenElsewhere => (AlarmType::Security, Severity::Warning),
        AlarmCause::ServiceStopped => (AlarmType::Services, Severity::Minor),
        AlarmCause::SystemStopped => (AlarmType::Connection, Severity::Critical),
        AlarmCause::LicenceExpired => (AlarmType::Licence, Severity::Major),
    }
}

/// An alarm that should be open.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Wanted {
    /// The system it is about, by its identity; none: the connection.
    pub system: Option<String>,
    /// What was found.
    pub cause: AlarmCause,
    /// What tells alarms of one cause and subject apart, such as the name of a service.
    pub qualifier: String,
}

/// A certificate that ends within this time is warned of (CRT-06).
const CERTIFICATE_WARNING: i64 = days(90);

/// The alarms of the connection itself. They stand as long as the status says so.
pub fn of_status(status: ConnectivityStatus, certificate_until: Option<Time>, now: Time) -> Vec<Wanted> {
    let alarm = |cause| Wanted {
        system: None,
        cause,
        qualifier: String::new(),
    };
    let mut wanted = Vec::new();
    match (status, state_of(status)) {
        (ConnectivityStatus::CertificateChanged, _) => wanted.push(alarm(AlarmCause::CertificateChanged)),
        (_, ConnectionState::Disconnected) => wanted.push(alarm(AlarmCause::NoContact)),
        (_, ConnectionState::Problems) => wanted.push(alarm(AlarmCause::AccessRefused)),
        (_, ConnectionState::Connected | ConnectionState::Never) => {}
    }
    if certificate_until.is_some_and(|until| until.since(now) < CERTIFICATE_WARNING) {
        wanted.push(alarm(AlarmCause::CertificateExpiring));
    }
    wanted
}

/// The alarms of licences, each with its type, whether it is valid, and the date it ends on.
pub fn of_licences<'a>(
    licences: impl Iterator<Item = (&'a str, bool, Option<NaiveDate>)>,
    now: Time,
) -> impl Iterator<Item = Wanted> {
    let today = now.utc().date_naive();
    licences
        .filter(move |(_, valid, expires)| !valid || expires.is_some_and(|date| date < today))
        .map(|(licence_type, ..)| Wanted {
            system: None,
            cause: AlarmCause::LicenceExpired,
            qualifier: licence_type.to_owned(),
        })
}

/// The alarms of what a telephone solution reports of its systems, services and licences.
pub fn of_reading(reading: &SolutionReading, now: Time) -> Vec<Wanted> {
    let mut wanted = Vec::new();
    for system in &reading.systems {
        let alarm = |cause, qualifier: &str| Wanted {
            system: Some(system.identity.clone()),
            cause,
            qualifier: qualifier.to_owned(),
        };
        if !system.running {
            wanted.push(alarm(AlarmCause::SystemStopped, ""));
            continue;
        }
        wanted.extend(
            system
                .services
                .iter()
                .filter(|service| !service.running)
                .map(|service| alarm(AlarmCause::ServiceStopped, &service.name)),
        );
    }
    wanted.extend(of_licences(
        reading
            .licences
            .iter()
            .map(|licence| (licence.licence_type.as_str(), licence.valid, licence.expires)),
        now,
    ));
    wanted.sort_unstable();
    wanted.dedup();
    wanted
}

#[cfg(test)]
mod tests {
    use super::*;

    /// ALM-02, CUS-03: a red status is *no contact*, an amber one *access refused*, a changed certificate critical.
    #[test]
    fn a_status_raises_its_alarm() {
        let causes = |status| {
            of_status(status, None, Time(0))
                .into_iter()
                .map(|wanted| wanted.cause)
                .collect::<Vec<_>>()
        };
        assert_eq!(causes(ConnectivityStatus::Success), []);
        assert_eq!(causes(ConnectivityStatus::NeverTried), []);
        assert_eq!(causes(ConnectivityStatus::Unreachable), [AlarmCause::NoContact]);
        assert_eq!(
            causes(ConnectivityStatus::AuthorizationFailed),
            [AlarmCause::AccessRefused]
        );
        assert_eq!(
            causes(ConnectivityStatus::CertificateChanged),
            [AlarmCause::CertificateChanged]
        );
    }

    /// CRT-06: from ninety days before its end.
    #[test]
    fn a_certificate_is_warned_of_in_time() {
        let until = Time(days(100));
        assert!(of_status(ConnectivityStatus::Success, Some(until), Time(days(10))).is_empty());
        assert_eq!(
            of_status(ConnectivityStatus::Success, Some(until), Time(days(11)))[0].cause,
            AlarmCause::CertificateExpiring
        );
    }
}
