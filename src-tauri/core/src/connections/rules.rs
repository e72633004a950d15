//! What an outcome means, and how polls are spread. Pure.

use super::types::{ConnectionState, ConnectivityStatus};
use flotilla_connectors::ip_office::SolutionReading;
use flotilla_connectors::{Refusal, vapix};
use flotilla_kernel::clock::{Time, minutes, seconds};
use flotilla_kernel::error::ErrorCode;

/// CUS-02, CUS-03: the colour of each status.
pub fn state_of(status: ConnectivityStatus) -> ConnectionState {
    match status {
        ConnectivityStatus::NeverTried | ConnectivityStatus::NotMonitored => ConnectionState::Never,
        ConnectivityStatus::Success => ConnectionState::Connected,
        ConnectivityStatus::Failed
        | ConnectivityStatus::Unreachable
        | ConnectivityStatus::CertificateChanged
        | ConnectivityStatus::Replaced => ConnectionState::Disconnected,
        ConnectivityStatus::InvalidCredentials
        | ConnectivityStatus::AuthorizationFailed
        | ConnectivityStatus::MonitoringRightsMissing
        | ConnectivityStatus::DisabledByAdministrator
        | ConnectivityStatus::ServiceUserDisabled
        | ConnectivityStatus::ServiceUserLocked
        | ConnectivityStatus::TooManySessions
        | ConnectivityStatus::UpgradeRightsMissing
        | ConnectivityStatus::CertificateNotTrusted
        | ConnectivityStatus::NeedsSetup
        | ConnectivityStatus::Limited => ConnectionState::Problems,
    }
}

/// CUS-03: the status of an outcome of a telephone solution, and what the network said.
pub fn status_of_solution(outcome: &Result<SolutionReading, Refusal>) -> (ConnectivityStatus, String) {
    match outcome {
        Ok(reading) if reading.may_upgrade => (ConnectivityStatus::Success, String::new()),
        Ok(_) => (ConnectivityStatus::UpgradeRightsMissing, String::new()),
        Err(refusal) => status_of_refusal(refusal),
    }
}

/// CUS-03: the status of a refusal, and what the network said.
pub fn status_of_refusal(refusal: &Refusal) -> (ConnectivityStatus, String) {
    match refusal {
        Refusal::Failed => (ConnectivityStatus::Failed, String::new()),
        Refusal::TooManySystems => (
            ConnectivityStatus::Failed,
            ErrorCode::SolutionTooLarge.code().to_owned(),
        ),
        Refusal::CertificateUnusable => (
            ConnectivityStatus::Failed,
            ErrorCode::CertificateUnusable.code().to_owned(),
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
    }
}

/// Whether the system answered in its protocol: it was in contact, whatever it said. Another one in its place was not.
pub fn answered(status: ConnectivityStatus) -> bool {
    !matches!(
        status,
        ConnectivityStatus::NeverTried
            | ConnectivityStatus::NotMonitored
            | ConnectivityStatus::Unreachable
            | ConnectivityStatus::Failed
            | ConnectivityStatus::CertificateChanged
            | ConnectivityStatus::CertificateNotTrusted
            | ConnectivityStatus::Replaced
    )
}

/// Whether the user or the password was refused.
pub fn refused(status: ConnectivityStatus) -> bool {
    matches!(
        status,
        ConnectivityStatus::InvalidCredentials
            | ConnectivityStatus::AuthorizationFailed
            | ConnectivityStatus::ServiceUserLocked
    )
}

/// CUS-40: whether the next poll comes later than in an interval. Who refuses the password is not asked for it again
/// and again, because systems lock a user after so many wrong ones.
pub fn backs_off(status: ConnectivityStatus) -> bool {
    refused(status) || !(answered(status) || status == ConnectivityStatus::Replaced)
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
pub fn pace(interval: i64, connections: usize) -> i64 {
    (interval / (2 * i64::try_from(connections.max(1)).unwrap_or(i64::MAX))).min(seconds(1))
}

/// CUS-03: the status of a failed reading of a device, and what the device or the network said.
pub fn status_of_device(failure: &vapix::Failure) -> (ConnectivityStatus, String) {
    use vapix::Failure;
    match failure {
        Failure::Unreachable(detail) => (ConnectivityStatus::Unreachable, detail.clone()),
        Failure::CertificateChanged(_) => (ConnectivityStatus::CertificateChanged, String::new()),
        Failure::CertificateNotTrusted(_) => (ConnectivityStatus::CertificateNotTrusted, String::new()),
        Failure::CertificateUnusable => (
            ConnectivityStatus::Failed,
            ErrorCode::CertificateUnusable.code().to_owned(),
        ),
        Failure::NeedsSetup => (ConnectivityStatus::NeedsSetup, String::new()),
        Failure::CredentialsNeeded | Failure::CredentialsRefused => {
            (ConnectivityStatus::AuthorizationFailed, String::new())
        }
        Failure::Forbidden => (ConnectivityStatus::MonitoringRightsMissing, String::new()),
        Failure::NotThisProtocol | Failure::NotOffered => (ConnectivityStatus::Failed, String::new()),
        Failure::UnknownAuthentication(name) => limited(ErrorCode::DeviceSignInUnknown, name),
        Failure::BasicWithoutEncryption => limited(ErrorCode::DeviceSignInUnknown, "Basic"),
        Failure::Device { .. } | Failure::Legacy(_) | Failure::Status(_) => {
            limited(ErrorCode::DeviceError, &failure.to_string())
        }
    }
}

/// It speaks the protocol: what is in the way has words, and what the device said stands behind them.
fn limited(code: ErrorCode, said: &str) -> (ConnectivityStatus, String) {
    (ConnectivityStatus::Limited, format!("{}: {said}", code.code()))
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
            Status::NeedsSetup,
            Status::Limited,
        ];
        assert!(
            amber
                .iter()
                .all(|&status| state_of(status) == ConnectionState::Problems)
        );
        let red = [
            Status::Failed,
            Status::Unreachable,
            Status::CertificateChanged,
            Status::Replaced,
        ];
        assert!(
            red.iter()
                .all(|&status| state_of(status) == ConnectionState::Disconnected)
        );
        assert_eq!(state_of(Status::Success), ConnectionState::Connected);
        assert_eq!(state_of(Status::NeverTried), ConnectionState::Never);
        assert_eq!(state_of(Status::NotMonitored), ConnectionState::Never);
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
    }
}
