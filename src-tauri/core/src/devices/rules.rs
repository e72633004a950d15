//! What software is recommended for a device, what its first account may be, and how passwords are made. Pure.

pub mod commissioning;

use super::types::SoftwareTrack;
use flotilla_connectors::secret::Secret;
use flotilla_connectors::vapix::{AccountPassword, UserName};
use flotilla_kernel::error::{ErrorCode, FieldProblem};

/// The series with long-term support (DEV-12), the oldest first.
const LONG_TERM: &[(u64, u64)] = &[(8, 40), (9, 80), (10, 12), (11, 11)];

/// A version as its numbers.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version(Vec<u64>);

impl Version {
    /// Reads a version such as `11.11.141`; none: it does not begin with a number, or has a number that is too long.
    pub fn parse(text: &str) -> Option<Self> {
        let numbers: Vec<u64> = text
            .trim()
            .split('.')
            .map_while(|part| {
                let digits = part.find(|one: char| !one.is_ascii_digit()).unwrap_or(part.len());
                part.get(..digits)?.parse().ok()
            })
            .collect();
        (!numbers.is_empty()).then_some(Self(numbers))
    }

    fn series(&self) -> (u64, u64) {
        (
            self.0.first().copied().unwrap_or_default(),
            self.0.get(1).copied().unwrap_or_default(),
        )
    }

    fn is_long_term(&self) -> bool {
        LONG_TERM.contains(&self.series())
    }

    /// The track it is on.
    pub fn track(&self) -> SoftwareTrack {
        if self.is_long_term() {
            SoftwareTrack::LongTerm
        } else {
            SoftwareTrack::Active
        }
    }
}

/// What leads to the recommended version.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Recommendation {
    /// Places in the list of versions, in the order in which they are installed; the recommended one is the last. Empty: the device
    /// is current.
    pub path: Vec<usize>,
    /// Series that have to be gone through, and that there is no version of.
    pub missing: Vec<String>,
}

/// The newest of these versions, if it is newer than the current one (DEV-50).
pub fn newest_after(current: &Version, available: &[Version]) -> Option<usize> {
    newest(current, available, |_| true)
}

/// The newest of these versions on the device's track, and the way to it: from one major version to the next through the last
/// series of each that has long-term support (DEV-12).
pub fn recommend(current: &Version, available: &[Version]) -> Recommendation {
    let on_track = |version: &Version| current.track() == SoftwareTrack::Active || version.is_long_term();
    match newest(current, available, on_track) {
        Some(target) => way_to(current, available, target),
        None => Recommendation::default(),
    }
}

/// The way to one of these versions, by its place: from one major version to the next through the last series of each that has
/// long-term support (DEV-12). One that is not newer has none.
pub fn way_to(current: &Version, available: &[Version], target: usize) -> Recommendation {
    let mut found = Recommendation::default();
    let Some(goal) = available.get(target).filter(|goal| *goal > current) else {
        return found;
    };
    for &series in LONG_TERM {
        if series > current.series() && series.0 < goal.series().0 {
            match newest(current, available, |version| version.series() == series) {
                Some(place) => found.path.push(place),
                None => found.missing.push(format!("{}.{}", series.0, series.1)),
            }
        }
    }
    found.path.push(target);
    found
}

/// The newest of these versions that is newer than the current one and fits.
fn newest(current: &Version, available: &[Version], fits: impl Fn(&Version) -> bool) -> Option<usize> {
    available
        .iter()
        .enumerate()
        .filter(|(_, version)| *version > current && fits(version))
        .max_by_key(|(_, version)| *version)
        .map(|(place, _)| place)
}

/// A name and a password as those of a first account (VPX-02, VPX-14).
///
/// # Errors
/// What is wrong with `user_name` or `password`.
pub fn first_account(name: &str, password: &Secret) -> Result<(UserName, AccountPassword), FieldProblem> {
    let name = UserName::parse(name.trim())
        .map_err(|_| FieldProblem::new("user_name", ErrorCode::DeviceUserName))?;
    let password = AccountPassword::new(password)
        .map_err(|_| FieldProblem::new("password", ErrorCode::DevicePassword))?;
    Ok((name, password))
}

/// A password for one device: 24 letters and digits, without those that look alike.
///
/// # Errors
/// When the operating system gives no randomness.
pub fn make_password() -> Result<Secret, getrandom::Error> {
    const LETTERS: &[u8] = b"ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789";
    let mut text = String::with_capacity(24);
    let mut bytes = [0_u8; 64];
    while text.len() < 24 {
        getrandom::fill(&mut bytes)?;
        // What would make some letters more likely than others is left out.
        let usable = LETTERS.len() * (256 / LETTERS.len());
        let letters = bytes
            .iter()
            .map(|&byte| usize::from(byte))
            .filter(|&byte| byte < usable)
            .filter_map(|byte| LETTERS.get(byte % LETTERS.len()));
        text.extend(letters.take(24 - text.len()).map(|&letter| char::from(letter)));
    }
    Ok(Secret::new(text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    fn version(text: &str) -> Version {
        Version::parse(text).expect("a version")
    }

    /// DEV-12: on its track, and through the long-term series of each major version between.
    #[rstest]
    #[case("11.11.141", &["11.11.178", "12.7.61"], &["11.11.178"], &[])]
    #[case("9.80.47", &["10.12.240"], &["10.12.240"], &[])]
    #[case("9.80.47", &["10.12.240", "11.11.5"], &["10.12.240", "11.11.5"], &[])]
    #[case("10.5.1", &["10.12.240", "11.11.5", "11.11.178", "12.7.61"], &["10.12.240", "11.11.178", "12.7.61"], &[])]
    #[case("10.5.1", &["11.11.178", "12.7.61"], &["11.11.178", "12.7.61"], &["10.12"])]
    #[case("12.6.85", &["12.7.61", "12.5.1"], &["12.7.61"], &[])]
    #[case("12.7.61", &["12.7.61", "11.11.178"], &[], &[])]
    #[case("7.20.1", &["12.1.1"], &["12.1.1"], &["8.40", "9.80", "10.12", "11.11"])]
    #[case("12.6.85", &[], &[], &[])]
    fn recommended(
        #[case] current: &str,
        #[case] available: &[&str],
        #[case] path: &[&str],
        #[case] missing: &[&str],
    ) {
        let versions: Vec<Version> = available.iter().map(|text| version(text)).collect();
        let found = recommend(&version(current), &versions);
        let texts: Vec<&str> = found.path.iter().map(|&place| available[place]).collect();
        assert_eq!(texts, path);
        assert_eq!(found.missing, missing);
    }

    #[rstest]
    #[case("11.11.141", SoftwareTrack::LongTerm)]
    #[case("9.80", SoftwareTrack::LongTerm)]
    #[case("11.10.1", SoftwareTrack::Active)]
    #[case("12", SoftwareTrack::Active)]
    fn tracks(#[case] text: &str, #[case] track: SoftwareTrack) {
        assert_eq!(version(text).track(), track);
    }

    #[rstest]
    #[case("10.12.3-beta", Some(vec![10, 12, 3]))]
    #[case("CVP-9", None)]
    #[case("", None)]
    #[case("99999999999999999999999.1", None)]
    fn versions(#[case] text: &str, #[case] numbers: Option<Vec<u64>>) {
        assert_eq!(Version::parse(text).map(|version| version.0), numbers);
    }

    proptest! {
        /// DEV-12: a way only leads up, ends at the newest on the track, and skips no major version's long-term series unsaid.
        #[test]
        fn a_way_leads_up(current in (8_u64..13, 0_u64..90), available in prop::collection::vec((8_u64..14, 0_u64..90, 0_u64..5), 0..12)) {
            let current = Version(vec![current.0, current.1, 1]);
            let available: Vec<Version> = available.into_iter().map(|(major, minor, build)| Version(vec![major, minor, build])).collect();
            let found = recommend(&current, &available);
            let mut before = &current;
            for &place in &found.path {
                prop_assert!(available[place] > *before);
                before = &available[place];
            }
            let candidates = available.iter().filter(|version| **version > current && (current.track() == SoftwareTrack::Active || version.is_long_term()));
            prop_assert_eq!(found.path.last().map(|&place| &available[place]), candidates.max());
        }

        #[test]
        fn any_text_is_read_or_refused(text in "\\PC{0,40}") {
            let _ = Version::parse(&text);
        }
    }

    /// DEV-02, VPX-14: every device takes the name and the password of its first account.
    #[rstest]
    #[case("root", "change-this", None)]
    #[case(" flotilla ", "a b", None)]
    #[case("COMAdmin2", "x", None)]
    #[case("", "change-this", Some("user_name"))]
    #[case("chief.engineer", "change-this", Some("user_name"))]
    #[case("fifteenletters1", "change-this", Some("user_name"))]
    #[case("root", "", Some("password"))]
    #[case("root", "clé", Some("password"))]
    fn first_accounts(#[case] name: &str, #[case] password: &str, #[case] wrong: Option<&str>) {
        let problem = first_account(name, &Secret::new(password)).err();
        assert_eq!(problem.map(|problem| problem.field).as_deref(), wrong);
    }

    /// DEV-02: made passwords differ and have only letters and digits that cannot be mistaken.
    #[test]
    fn passwords_are_made() {
        let made: Vec<Secret> = (0..50).map(|_| make_password().expect("randomness")).collect();
        for (place, password) in made.iter().enumerate() {
            let text = password.expose();
            assert_eq!(text.len(), 24);
            assert!(
                text.bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() && !b"0O1lIo".contains(&byte))
            );
            assert!(made[place + 1..].iter().all(|other| other.expose() != text));
        }
    }
}
