//! What a reading says of a system, and how versions compare.

use super::types::LicenceState;
use super::types::SystemState;
use crate::connections::rules::refused;
use crate::connections::types::ConnectivityStatus;
use chrono::NaiveDate;

/// A text that sorts like the version it stands for: every number padded, so that 11.1.10 follows 11.1.9.
pub fn version_key(version: &str) -> String {
    let mut key = String::with_capacity(version.len() + 16);
    let mut digits = String::new();
    let flush = |digits: &mut String, key: &mut String| {
        if !digits.is_empty() {
            let significant = digits.trim_start_matches('0');
            // The count of digits first, so that longer numbers are larger without a limit on their length.
            key.push(char::from(
                b'A' + u8::try_from(significant.len().min(25)).unwrap_or(25),
            ));
            key.push_str(significant);
            digits.clear();
        }
    };
    for character in version.chars() {
        if character.is_ascii_digit() {
            digits.push(character);
        } else {
            flush(&mut digits, &mut key);
            key.push(character);
        }
    }
    flush(&mut digits, &mut key);
    key
}

/// The state of the systems of a connection that could not be read (DEV-11); none: as it is. A refused password counts as such only
/// when it was refused twice in a row, on separate calls: `before` is the status of the call before.
pub fn state_without_reading(status: ConnectivityStatus, before: ConnectivityStatus) -> Option<SystemState> {
    Some(match status {
        ConnectivityStatus::CertificateChanged => SystemState::CertificateChanged,
        ConnectivityStatus::NeedsSetup => SystemState::NeedsSetup,
        status if refused(status) && !refused(before) => return None,
        ConnectivityStatus::InvalidCredentials
        | ConnectivityStatus::AuthorizationFailed
        | ConnectivityStatus::DisabledByAdministrator
        | ConnectivityStatus::ServiceUserDisabled
        | ConnectivityStatus::ServiceUserLocked => SystemState::AuthenticationFailed,
        ConnectivityStatus::MonitoringRightsMissing
        | ConnectivityStatus::TooManySessions
        | ConnectivityStatus::Limited => SystemState::LimitedApi,
        ConnectivityStatus::Failed => SystemState::ReachableNoApi,
        ConnectivityStatus::Unreachable | ConnectivityStatus::Replaced => SystemState::Unreachable,
        ConnectivityStatus::CertificateNotTrusted
        | ConnectivityStatus::NeverTried
        | ConnectivityStatus::NotMonitored => SystemState::Unknown,
        ConnectivityStatus::Success | ConnectivityStatus::UpgradeRightsMissing => SystemState::Online,
    })
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
                Some(..0) => LicenceState::Expired,
                _ if !valid => LicenceState::Invalid,
                Some(0..=LICENCE_DUE_DAYS) => LicenceState::Due,
                Some(_) | None => LicenceState::Valid,
            }
        })
        .max_by_key(|state| match state {
            LicenceState::Unknown => 0,
            LicenceState::Valid => 1,
            LicenceState::Due => 2,
            LicenceState::Invalid => 3,
            LicenceState::Expired => 4,
        })
        .unwrap_or(LicenceState::Unknown)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// CUS-42: versions sort by their numbers, not by their digits.
        #[test]
        fn version_keys_sort_like_versions(left in prop::collection::vec(0_u32..2_000_000, 4), right in prop::collection::vec(0_u32..2_000_000, 4)) {
            let text = |parts: &[u32]| parts.iter().map(u32::to_string).collect::<Vec<_>>().join(".");
            prop_assert_eq!(version_key(&text(&left)).cmp(&version_key(&text(&right))), left.cmp(&right));
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
