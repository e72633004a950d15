//! What a reading says of a system, and how versions compare.

use super::types::SystemState;
use crate::customers::types::ConnectivityStatus;

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

/// The state of a customer's systems when its primary cannot be read (DEV-11).
pub fn state_without_reading(status: ConnectivityStatus) -> SystemState {
    match status {
        ConnectivityStatus::CertificateChanged => SystemState::CertificateChanged,
        ConnectivityStatus::InvalidCredentials
        | ConnectivityStatus::AuthorizationFailed
        | ConnectivityStatus::DisabledByAdministrator
        | ConnectivityStatus::ServiceUserDisabled
        | ConnectivityStatus::ServiceUserLocked => SystemState::AuthenticationFailed,
        ConnectivityStatus::MonitoringRightsMissing | ConnectivityStatus::TooManySessions => {
            SystemState::LimitedApi
        }
        ConnectivityStatus::Failed => SystemState::ReachableNoApi,
        ConnectivityStatus::Unreachable => SystemState::Unreachable,
        ConnectivityStatus::CertificateNotTrusted | ConnectivityStatus::NeverTried => SystemState::Unknown,
        ConnectivityStatus::Success | ConnectivityStatus::UpgradeRightsMissing => SystemState::Online,
    }
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
    }
}
