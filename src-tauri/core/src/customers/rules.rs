//! What an outcome means, what a form may hold, how polls are spread. Pure.

use super::types::*;
use flotilla_kernel::clock::{Time, minutes, seconds};
use flotilla_kernel::fields;
use flotilla_kernel::error::{ErrorCode, FieldProblem};
use chrono::NaiveDate;
use flotilla_connectors::Refusal;
use flotilla_connectors::ip_office::SolutionReading;

/// CUS-02, CUS-03: the colour of each status.
pub fn connection_of(status: ConnectivityStatus) -> ConnectionState {
    match status {
        ConnectivityStatus::NeverTried => ConnectionState::Never,
        ConnectivityStatus::Success => ConnectionState::Connected,
        ConnectivityStatus::Failed
        | ConnectivityStatus::Unreachable
        | ConnectivityStatus::CertificateChanged => ConnectionState::Disconnected,
        ConnectivityStatus::InvalidCredentials
        | ConnectivityStatus::AuthorizationFailed
        | ConnectivityStatus::MonitoringRightsMissing
        | ConnectivityStatus::DisabledByAdministrator
        | ConnectivityStatus::ServiceUserDisabled
        | ConnectivityStatus::ServiceUserLocked
        | ConnectivityStatus::TooManySessions
        | ConnectivityStatus::UpgradeRightsMissing
        | ConnectivityStatus::CertificateNotTrusted => ConnectionState::Problems,
    }
}

/// CUS-03: the status of an outcome, and what the network said.
pub fn status_of(outcome: &Result<SolutionReading, Refusal>) -> (ConnectivityStatus, String) {
    match outcome {
        Ok(reading) if reading.may_upgrade => (ConnectivityStatus::Success, String::new()),
        Ok(_) => (ConnectivityStatus::UpgradeRightsMissing, String::new()),
        Err(refusal) => match refusal {
            Refusal::Failed => (ConnectivityStatus::Failed, String::new()),
            Refusal::TooManySystems => (
                ConnectivityStatus::Failed,
                ErrorCode::SolutionTooLarge.code().to_owned(),
            ),
            Refusal::InvalidCredentials => (ConnectivityStatus::InvalidCredentials, String::new()),
            Refusal::AuthorizationFailed => (ConnectivityStatus::AuthorizationFailed, String::new()),
            Refusal::MonitoringRightsMissing => (ConnectivityStatus::MonitoringRightsMissing, String::new()),
            Refusal::DisabledByAdministrator => (ConnectivityStatus::DisabledByAdministrator, String::new()),
            Refusal::Disabled => (ConnectivityStatus::ServiceUserDisabled, String::new()),
            Refusal::Locked => (ConnectivityStatus::ServiceUserLocked, String::new()),
            Refusal::TooManySessions => (ConnectivityStatus::TooManySessions, String::new()),
            Refusal::Unreachable(detail) => (ConnectivityStatus::Unreachable, detail.clone()),
            Refusal::NotSupported(edition) => (ConnectivityStatus::Unreachable, edition.clone()),
            Refusal::CertificateChanged(_) => (ConnectivityStatus::CertificateChanged, String::new()),
            Refusal::CertificateNotTrusted(_) => (ConnectivityStatus::CertificateNotTrusted, String::new()),
        },
    }
}

/// Whether the system answered in its protocol: it was in contact, whatever it said.
pub fn answered(status: ConnectivityStatus) -> bool {
    !matches!(
        status,
        ConnectivityStatus::NeverTried
            | ConnectivityStatus::Unreachable
            | ConnectivityStatus::Failed
            | ConnectivityStatus::CertificateChanged
            | ConnectivityStatus::CertificateNotTrusted
    )
}

/// CUS-40: whether the next poll comes later than in an interval. Who refuses the password is not asked for it again
/// and again, because systems lock a user after so many wrong ones.
pub fn backs_off(status: ConnectivityStatus) -> bool {
    !answered(status)
        || matches!(
            status,
            ConnectivityStatus::InvalidCredentials
                | ConnectivityStatus::AuthorizationFailed
                | ConnectivityStatus::ServiceUserLocked
        )
}

/// CUS-04
pub fn icons(connection: ConnectionState) -> Vec<StatusIcon> {
    match connection {
        ConnectionState::Problems | ConnectionState::Disconnected => vec![StatusIcon::NeedsAttention],
        ConnectionState::Connected | ConnectionState::Never => Vec::new(),
    }
}

/// CUS-01, licence state: within how many days an end is *due*.
pub const LICENCE_DUE_DAYS: i64 = 90;

/// CUS-01: what the reported licences come to today.
/// Each is whether it is valid, and the date it ends on.
pub fn licence_state(
    licences: impl Iterator<Item = (bool, Option<NaiveDate>)>,
    today: NaiveDate,
) -> LicenceState {
    licences
        .map(|(valid, expires)| {
            let days = expires.map(|date| date.signed_duration_since(today).num_days());
            match days {
                _ if !valid => LicenceState::Expired,
                Some(..0) => LicenceState::Expired,
                Some(0..=LICENCE_DUE_DAYS) => LicenceState::Due,
                Some(_) | None => LicenceState::Valid,
            }
        })
        .max_by_key(|state| match state {
            LicenceState::Unknown => 0,
            LicenceState::Valid => 1,
            LicenceState::Due => 2,
            LicenceState::Expired => 3,
        })
        .unwrap_or(LicenceState::Unknown)
}

/// CUS-10: every problem of the form at once.
pub fn check(fields: &CustomerFields) -> Vec<FieldProblem> {
    let proxy = match &fields.proxy {
        ProxyChoice::Workspace | ProxyChoice::Direct => [None, None],
        ProxyChoice::HttpConnect { host, port } | ProxyChoice::Socks5 { host, port } => [
            fields::host("proxy.host", host),
            fields::port("proxy.port", *port),
        ],
    };
    [
        fields::required("name", &fields.name, fields::NAME_LENGTH),
        fields::host("host", &fields.host),
        fields::port("port", fields.port),
        fields::required("user_name", &fields.user_name, fields::LINE_LENGTH),
        fields::telephone("telephone", &fields.telephone),
        fields::email("email", &fields.email),
        fields::text("address", &fields.address, fields::LINE_LENGTH, true),
        fields::text("notes", &fields.notes, fields::NOTES_LENGTH, true),
        fields::tags("tags", &fields.tags),
    ]
    .into_iter()
    .chain(proxy)
    .flatten()
    .collect()
}

/// The fields as they are kept: trimmed, the tags each once.
#[must_use]
pub fn tidy(mut fields: CustomerFields) -> CustomerFields {
    for text in [
        &mut fields.name,
        &mut fields.host,
        &mut fields.user_name,
        &mut fields.telephone,
        &mut fields.email,
        &mut fields.address,
    ] {
        *text = text.trim().to_owned();
    }
    fields.tags = fields::tidy_tags(fields.tags.iter().map(String::as_str));
    fields.operators.sort();
    fields.operators.dedup();
    fields
}

/// CUS-50: which mode has which applications.
pub fn applications(mode: Mode) -> &'static [Application] {
    match mode {
        Mode::Cloud => &[Application::WebManager],
        Mode::OnPremises => &[
            Application::OneXPortal,
            Application::WebLicenseManager,
            Application::WebControl,
            Application::WebManager,
        ],
    }
}

/// CUS-50: the address of an application at a customer.
///
/// # Errors
/// `launch.not-this-mode`, `launch.no-address` when no template is set.
pub fn address(
    templates: &[ApplicationAddress],
    application: Application,
    mode: Mode,
    host: &str,
    port: i64,
) -> Result<String, ErrorCode> {
    if !applications(mode).contains(&application) {
        return Err(ErrorCode::NotThisMode);
    }
    let template = templates
        .iter()
        .find(|address| address.application == application)
        .filter(|address| !address.template.is_empty())
        .ok_or(ErrorCode::NoAddress)?;
    let host = if host.contains(':') {
        format!("[{host}]")
    } else {
        host.to_owned()
    };
    Ok(template
        .template
        .replace("{host}", &host)
        .replace("{port}", &port.to_string()))
}

/// CUS-40: how long until the next poll of a system that failed so many times in a row.
pub fn back_off(interval: i64, failures: u32) -> i64 {
    let longest = interval.max(minutes(15));
    interval
        .saturating_mul(1_i64 << failures.saturating_sub(1).min(20))
        .clamp(interval, longest)
}

/// CUS-40: when the next poll after one that was due at `due` is due. It keeps its place in the round, also when a
/// person had it polled before; a round that could not keep up goes on from now.
pub fn next_due(due: Time, now: Time, interval: i64) -> Time {
    let next = if due > now { due } else { due.plus(interval) };
    if next > now {
        next
    } else {
        now.plus(interval.min(1))
    }
}

/// CUS-40: polls start no closer than this, so that no second starts more than twice the average. Where less than one
/// a second is due, a second is enough.
pub fn pace(interval: i64, customers: usize) -> i64 {
    (interval / (2 * i64::try_from(customers.max(1)).unwrap_or(i64::MAX))).min(seconds(1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// CUS-02, CUS-03: the table's colours.
    #[test]
    fn statuses_have_their_colours() {
        use ConnectivityStatus as Status;
        let amber = [
            Status::InvalidCredentials,
            Status::AuthorizationFailed,
            Status::MonitoringRightsMissing,
            Status::DisabledByAdministrator,
            Status::ServiceUserDisabled,
            Status::ServiceUserLocked,
            Status::TooManySessions,
            Status::UpgradeRightsMissing,
            Status::CertificateNotTrusted,
        ];
        assert!(
            amber
                .iter()
                .all(|&status| connection_of(status) == ConnectionState::Problems)
        );
        let red = [Status::Failed, Status::Unreachable, Status::CertificateChanged];
        assert!(
            red.iter()
                .all(|&status| connection_of(status) == ConnectionState::Disconnected)
        );
        assert_eq!(connection_of(Status::Success), ConnectionState::Connected);
        assert_eq!(connection_of(Status::NeverTried), ConnectionState::Never);
    }

    /// CUS-50: templates are filled in, and an application of the other mode is refused.
    #[test]
    fn addresses_follow_the_mode() {
        let templates = LaunchPreferences::default().addresses;
        let of = |application, mode, host| address(&templates, application, mode, host, 8443);
        assert_eq!(
            of(Application::WebManager, Mode::Cloud, "pbx.example"),
            Ok("https://pbx.example:8443/".to_owned())
        );
        assert_eq!(
            of(Application::WebManager, Mode::OnPremises, "::1"),
            Ok("https://[::1]:8443/".to_owned())
        );
        assert_eq!(
            of(Application::OneXPortal, Mode::Cloud, "pbx.example"),
            Err(ErrorCode::NotThisMode)
        );
        assert_eq!(
            address(&[], Application::WebManager, Mode::Cloud, "pbx.example", 1),
            Err(ErrorCode::NoAddress)
        );
    }

    proptest! {
        /// CUS-40: back-off never falls below the interval and never grows beyond a quarter of an hour or the interval.
        #[test]
        fn back_off_stays_in_its_limits(interval in seconds(15)..=seconds(86_400), failures in 0_u32..100) {
            let delay = back_off(interval, failures);
            prop_assert!(delay >= interval && delay <= interval.max(minutes(15)));
            prop_assert!(back_off(interval, failures + 1) >= delay);
        }

        /// CUS-40: whatever happened, the next poll lies in the future, and no further than an interval.
        #[test]
        fn the_next_poll_lies_ahead(due in 0_i64..10_000_000, late in -seconds(15)..10_000_000, interval in seconds(15)..=seconds(86_400)) {
            let now = Time(due + late);
            let next = next_due(Time(due), now, interval);
            prop_assert!(next > now && next.since(now) <= interval);
        }

        /// CUS-40: at the pace of starts no second has more than twice the average, rounded up.
        #[test]
        fn the_pace_keeps_to_twice_the_average(customers in 1_usize..20_000, interval in seconds(15)..=seconds(3_600)) {
            let gap = pace(interval, customers);
            prop_assume!(gap > 0);
            let in_a_second = (seconds(1) + gap - 1) / gap;
            let average = f64::from(u32::try_from(customers).expect("small")) * 1_000.0 / interval as f64;
            // The gap is whole milliseconds; rounding it down may add one part in its length.
            prop_assert!(in_a_second as f64 <= 2.0 * average * (1.0 + 1.0 / gap as f64) + 1.0);
        }

        /// CUS-01: an ended licence outweighs one that is due.
        #[test]
        fn licences_come_to_their_worst(offsets in prop::collection::vec(-200_i64..400, 1..8)) {
            let today = NaiveDate::from_ymd_opt(2026, 1, 1).expect("a date");
            let licences = offsets.iter().map(|&days| (true, Some(today + chrono::Duration::days(days))));
            let least = *offsets.iter().min().expect("not empty");
            let expected = if least < 0 { LicenceState::Expired } else if least <= 90 { LicenceState::Due } else { LicenceState::Valid };
            prop_assert_eq!(licence_state(licences, today), expected);
        }
    }
}
