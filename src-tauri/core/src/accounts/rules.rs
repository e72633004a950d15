//! Decisions about accounts: what a password may be, how long the next try waits, who expires, who may go. Pure.

use super::types::*;
use chrono::NaiveDate;
use flotilla_connectors::secret::Secret;
use flotilla_kernel::call::Origin;
use flotilla_kernel::clock::{Time, hours, minutes, seconds};
use flotilla_kernel::database::fold;
use flotilla_kernel::error::{ErrorCode, FieldProblem, Problem};
use flotilla_kernel::fields;
use flotilla_kernel::rights::AccountRole;
use std::collections::HashSet;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

/// ACC-02
pub const LOGIN_LENGTH: usize = 15;
/// ACC-02: first and last name with the space between.
pub const NAMES_LENGTH: usize = 31;
/// The most labels of one account.
pub const LABELS: usize = 20;
/// The most passwords that are remembered (ACC-04).
pub const HISTORY: usize = 24;
/// ACC-10
pub const SESSION_LIFETIME: i64 = hours(12);
/// ACC-11: everyone who administers is warned so many days before.
pub const EXPIRY_WARNING_DAYS: i64 = 30;

/// How often it is written down that somebody is there, in milliseconds (ORG-13).
pub const SEEN_EVERY: i64 = minutes(1);

/// Longer texts are no password of anybody; they are not even hashed.
const PASSWORD_BYTES: usize = 4_096;

static COMMON: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| include_str!("common_passwords.txt").lines().collect());

// Passwords

/// The one form of a password that is counted, hashed and compared: NFKC (ACC-03).
pub fn normalise(password: &Secret) -> Secret {
    Secret::new(password.expose().nfkc().collect::<String>())
}

/// Whether a text is short enough to be anybody's password.
pub fn could_be_password(password: &Secret) -> bool {
    (1..=PASSWORD_BYTES).contains(&password.expose().len())
}

/// Whether a password holds what no keyboard types into a field, such as a tab or a line end that was pasted with it.
pub fn has_control_character(password: &str) -> bool {
    password.chars().any(char::is_control)
}

/// ACC-03: what is wrong with a new password, if anything. Both are given as they were typed.
pub fn check_password(
    policy: PasswordPolicy,
    login: &str,
    password: &Secret,
    confirmation: &Secret,
) -> Vec<FieldProblem> {
    let mut problems = Vec::new();
    if normalise(password) != normalise(confirmation) {
        problems.push(FieldProblem::new("confirmation", ErrorCode::PasswordsDiffer));
    }
    let (least, most) = match policy {
        PasswordPolicy::Classic => (8, 31),
        PasswordPolicy::Passphrase => (15, 128),
    };
    if password.is_empty() {
        problems.push(FieldProblem::new("password", ErrorCode::FieldRequired));
        return problems;
    }
    if !could_be_password(password) {
        problems.push(FieldProblem::new("password", ErrorCode::PasswordTooLong).with("limit", most));
        return problems;
    }
    let password = normalise(password);
    let text = password.expose();
    let length = text.chars().count();
    let problem = if has_control_character(text) {
        Some(FieldProblem::new("password", ErrorCode::FieldControlCharacter))
    } else if length < least {
        Some(FieldProblem::new("password", ErrorCode::PasswordTooShort).with("limit", least))
    } else if length > most {
        Some(FieldProblem::new("password", ErrorCode::PasswordTooLong).with("limit", most))
    } else if policy == PasswordPolicy::Classic && classes(text) < 2 {
        Some(FieldProblem::new("password", ErrorCode::PasswordTooSimple))
    } else if !login.trim().is_empty() && fold(text).contains(&fold(login.trim())) {
        Some(FieldProblem::new("password", ErrorCode::PasswordHoldsLogin))
    } else if COMMON.contains(text.to_lowercase().as_str()) {
        Some(FieldProblem::new("password", ErrorCode::PasswordCommon))
    } else {
        None
    };
    problems.extend(problem);
    problems
}

/// How many of the four kinds a text has: upper case, lower case, digit, other.
fn classes(text: &str) -> usize {
    let kind = |character: char| match character {
        _ if character.is_uppercase() => 0,
        _ if character.is_lowercase() => 1,
        _ if character.is_numeric() => 2,
        _ => 3_usize,
    };
    text.chars().map(kind).collect::<HashSet<_>>().len()
}

// Fields

/// The form without surrounding spaces; labels each once, and of operators only (ACC-02).
pub fn tidy(mut fields: AccountFields) -> AccountFields {
    for text in [
        &mut fields.login,
        &mut fields.first_name,
        &mut fields.last_name,
        &mut fields.telephone,
        &mut fields.mobile,
        &mut fields.email,
    ] {
        *text = text.trim().to_owned();
    }
    fields.labels = match fields.role {
        AccountRole::Operator => fields::tidy_tags(fields.labels.iter().map(String::as_str)),
        AccountRole::Administrator => Vec::new(),
    };
    fields
}

/// ACC-02: every problem of the personal fields at once.
pub fn check_person(
    first_name: &str,
    last_name: &str,
    telephone: &str,
    mobile: &str,
    email: &str,
) -> Vec<FieldProblem> {
    let mut problems: Vec<FieldProblem> = [
        fields::text("first_name", first_name, fields::LINE_LENGTH, false),
        fields::text("last_name", last_name, fields::LINE_LENGTH, false),
        fields::telephone("telephone", telephone),
        fields::telephone("mobile", mobile),
        fields::email("email", email),
    ]
    .into_iter()
    .flatten()
    .collect();
    if display_name(first_name, last_name).chars().count() > NAMES_LENGTH {
        problems.push(FieldProblem::new("last_name", ErrorCode::NamesTooLong).with("limit", NAMES_LENGTH));
    }
    problems
}

/// ACC-02: every problem of the form at once, the password aside. `before` is the account as it stands.
pub fn check(fields: &AccountFields, before: Option<&AccountFields>, today: NaiveDate) -> Vec<FieldProblem> {
    let mut problems: Vec<FieldProblem> = Vec::new();
    problems.extend(fields::required("login", &fields.login, LOGIN_LENGTH));
    if fields.labels.len() > LABELS {
        problems.push(FieldProblem::new("labels", ErrorCode::TooManyTags).with("limit", LABELS));
    }
    problems.extend(
        fields
            .labels
            .iter()
            .find_map(|label| fields::text("labels", label, fields::NAME_LENGTH, false)),
    );
    problems.extend(check_person(
        &fields.first_name,
        &fields.last_name,
        &fields.telephone,
        &fields.mobile,
        &fields.email,
    ));
    // A date that has come would disable the account at once; what was so before may be saved again.
    let same = before
        .is_some_and(|before| before.expires_on == fields.expires_on && before.enabled == fields.enabled);
    if fields.enabled && !same && fields.expires_on.is_some_and(|date| date <= today) {
        problems.push(FieldProblem::new("expires_on", ErrorCode::FieldNotADate));
    }
    problems
}

/// First and last name as they are shown, with a space between when there are both.
pub fn display_name(first_name: &str, last_name: &str) -> String {
    format!("{} {}", first_name.trim(), last_name.trim())
        .trim()
        .to_owned()
}

// Failed tries

/// Failures in a row with one login name from one origin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Failures {
    /// How many.
    pub count: i64,
    /// When the last of them failed.
    pub last: Time,
}

/// How near to the workspace a try is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nearness {
    /// At the machine that the workspace is on. Who sits there is slowed, and never waits longer than a minute.
    Machine,
    /// Over the network.
    Network,
}

/// The origin that failures are counted by, and how near it is. Of an IPv6 address it is the network of 64 bits, which is
/// what one subscriber has (RFC 6177).
pub fn origin_of_tries(origin: &Origin) -> (String, Nearness) {
    let Origin::Remote(address) = origin else {
        return ("machine".to_owned(), Nearness::Machine);
    };
    match address.parse::<IpAddr>().map(|address| address.to_canonical()) {
        Ok(address) if address.is_loopback() => (address.to_string(), Nearness::Machine),
        Ok(IpAddr::V6(address)) => {
            let network = Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX));
            (format!("{network}/64"), Nearness::Network)
        }
        Ok(address) => (address.to_string(), Nearness::Network),
        Err(_) => (address.clone(), Nearness::Network),
    }
}

/// ACC-07: how long after so many failures in a row the next try waits, in milliseconds. It is the same for every login
/// name, so that nobody learns from it which ones there are, or whose they are (ACC-06).
pub fn delay(failures: i64, nearness: Nearness) -> i64 {
    match (failures, nearness) {
        (..=4, _) => 0,
        (5..=9, _) => seconds(1 << (failures - 4)),
        (_, Nearness::Machine) => seconds(60),
        (_, Nearness::Network) => minutes(15),
    }
}

/// ACC-07: until when the next try waits; none: it may be made now.
pub fn waits_until(failures: Option<Failures>, now: Time, nearness: Nearness) -> Option<Time> {
    let failures = failures?;
    let until = failures.last.plus(delay(failures.count, nearness));
    // A clock that was put back must not keep anybody out for longer.
    (failures.last <= now && now < until).then_some(until)
}

/// What a try that comes too early is told.
pub fn wait(until: Time, now: Time) -> Problem {
    Problem::new(ErrorCode::SignInWait).with("seconds", (until.since(now) + 999) / 1_000)
}

/// The folded login name, as accounts are found by it; of what is too long for one, nothing.
pub fn login_key(login: &str) -> String {
    let login = login.trim();
    if login.chars().count() <= LOGIN_LENGTH {
        fold(login)
    } else {
        String::new()
    }
}

// Expiry

/// An enabled account with an expiry date, as far as expiring needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expiring<Id> {
    /// The account's id.
    pub id: Id,
    /// Whether it is an administrator.
    pub administrator: bool,
    /// The date at whose start it is disabled.
    pub expires_on: NaiveDate,
}

/// ACC-11: which of these enabled accounts are disabled today. When no enabled administrator would remain, the one
/// whose date is the latest stays. `lasting_administrators` counts the enabled ones without a date.
pub fn expired<Id: Copy + Ord>(
    accounts: &[Expiring<Id>],
    lasting_administrators: i64,
    today: NaiveDate,
) -> Vec<Id> {
    let due = |account: &&Expiring<Id>| account.expires_on <= today;
    let somebody_stays = lasting_administrators > 0
        || accounts
            .iter()
            .any(|account| account.administrator && !due(&account));
    let spared = if somebody_stays {
        None
    } else {
        accounts
            .iter()
            .filter(|account| account.administrator)
            .max_by_key(|account| (account.expires_on, account.id))
            .map(|account| account.id)
    };
    accounts
        .iter()
        .filter(due)
        .map(|account| account.id)
        .filter(|id| Some(*id) != spared)
        .collect()
}

// Sessions

/// ACC-10: when a session ends that was opened and last touched then.
pub fn session_end(opened: Time, touched: Time, timeout_minutes: i64) -> Time {
    touched
        .plus(minutes(timeout_minutes))
        .min(opened.plus(SESSION_LIFETIME))
}

/// What must happen before anything else: a new password first (ACC-09), then the terms (ACC-08).
pub fn gate(must_change_password: bool, accepted_terms: i64, terms: Option<&Terms>) -> Gate {
    match terms {
        _ if must_change_password => Gate::ChangePassword,
        Some(terms) if terms.version > accepted_terms => Gate::Terms {
            version: terms.version,
            text: terms.text.clone(),
        },
        _ => Gate::Open,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Terms;
    use proptest::prelude::*;
    use rstest::rstest;

    fn verdict(policy: PasswordPolicy, login: &str, password: &str) -> Option<ErrorCode> {
        let password = Secret::new(password);
        let problems = check_password(policy, login, &password, &password);
        assert!(problems.len() <= 1, "one password, one problem");
        problems.first().map(|problem| problem.code)
    }

    /// ACC-03, classic: 8 to 31 code points after NFKC, two kinds, not the login name, not a common one.
    #[rstest]
    #[case("Ahoy-202", None)]
    #[case("Ahoy-20", Some(ErrorCode::PasswordTooShort))]
    #[case("", Some(ErrorCode::FieldRequired))]
    #[case(&format!("A{}", "b".repeat(30)), None)]
    #[case(&format!("A{}", "b".repeat(31)), Some(ErrorCode::PasswordTooLong))]
    #[case("lighthouseb", Some(ErrorCode::PasswordTooSimple))]
    #[case("83628462915", Some(ErrorCode::PasswordTooSimple))]
    #[case("LIGHTHOUSEB", Some(ErrorCode::PasswordTooSimple))]
    #[case("lighthouseB", None)]
    #[case("灯台の番人は七人い", Some(ErrorCode::PasswordTooSimple))]
    #[case("灯台の番人は7人い", None)]
    #[case("my-Marie-77", Some(ErrorCode::PasswordHoldsLogin))]
    #[case("my-ＭＡＲＩＥ-77", Some(ErrorCode::PasswordHoldsLogin))]
    #[case("Password1", Some(ErrorCode::PasswordCommon))]
    #[case("ＰＡＳＳｗｏｒｄ１", Some(ErrorCode::PasswordCommon))]
    #[case("P@ssw0rd", Some(ErrorCode::PasswordCommon))]
    fn classic(#[case] password: &str, #[case] expected: Option<ErrorCode>) {
        assert_eq!(verdict(PasswordPolicy::Classic, "marie", password), expected);
    }

    /// ACC-03, passphrase: 15 to 128 code points, nothing about kinds.
    #[rstest]
    #[case("fourteen chars", Some(ErrorCode::PasswordTooShort))]
    #[case("fifteen letters", None)]
    #[case(&"wo ".repeat(42), None)]
    #[case(&"wo ".repeat(43), Some(ErrorCode::PasswordTooLong))]
    #[case("the pier of marie", Some(ErrorCode::PasswordHoldsLogin))]
    #[case("correcthorsebatterystaple", Some(ErrorCode::PasswordCommon))]
    fn passphrase(#[case] password: &str, #[case] expected: Option<ErrorCode>) {
        assert_eq!(verdict(PasswordPolicy::Passphrase, "marie", password), expected);
    }

    /// ACC-03: the demo is filled through the same commands as everything else, so its account keeps the rule too.
    #[test]
    fn the_demo_keeps_the_rule() {
        assert_eq!(
            verdict(PasswordPolicy::Classic, crate::demo::LOGIN, crate::demo::PASSWORD),
            None
        );
    }

    /// ACC-02
    #[test]
    fn the_confirmation_must_be_the_same() {
        let problems = check_password(
            PasswordPolicy::Classic,
            "marie",
            &Secret::new("Ahoy-202"),
            &Secret::new("Ahoy-203"),
        );
        assert_eq!(
            problems,
            [FieldProblem::new("confirmation", ErrorCode::PasswordsDiffer)]
        );
    }

    proptest! {
        /// ACC-03: a password is the same however its accents were typed.
        #[test]
        fn normalising_is_idempotent(text in "\\PC{0,40}") {
            let once = normalise(&Secret::new(text));
            prop_assert!(normalise(&once) == once);
        }

        /// ACC-03: whatever is accepted has a length within the policy and does not hold the login name.
        #[test]
        fn accepted_passwords_fit(text in "\\PC{0,140}", login in "[a-z]{1,4}") {
            for (policy, range) in [(PasswordPolicy::Classic, 8..=31), (PasswordPolicy::Passphrase, 15..=128)] {
                if verdict(policy, &login, &text).is_none() {
                    prop_assert!(range.contains(&normalise(&Secret::new(text.clone())).expose().chars().count()));
                    prop_assert!(!text.to_lowercase().contains(&login));
                }
            }
        }

        /// ACC-07: more failures never wait less, and nobody at the machine waits longer than a minute.
        #[test]
        fn delays_rise(failures in 0_i64..1_000) {
            for nearness in [Nearness::Machine, Nearness::Network] {
                prop_assert!(delay(failures, nearness) <= delay(failures + 1, nearness));
            }
            prop_assert!(delay(failures, Nearness::Machine) <= seconds(60));
        }

        /// ACC-11: an enabled administrator remains, and only whose date has come is disabled.
        #[test]
        fn an_administrator_always_stays(dates in prop::collection::vec((any::<bool>(), 0_i64..20), 0..12), lasting in 0_i64..2, today in 0_i64..20) {
            let date = |day: i64| NaiveDate::default() + chrono::Duration::days(day);
            let accounts: Vec<Expiring<usize>> = dates.iter().enumerate()
                .map(|(id, (administrator, day))| Expiring { id, administrator: *administrator, expires_on: date(*day) })
                .collect();
            let gone = expired(&accounts, lasting, date(today));
            for account in &accounts {
                if gone.contains(&account.id) {
                    prop_assert!(account.expires_on <= date(today));
                }
            }
            let administrators = accounts.iter().filter(|account| account.administrator).count();
            let left = accounts.iter().filter(|account| account.administrator && !gone.contains(&account.id)).count();
            prop_assert!(lasting > 0 || administrators == 0 || left > 0);
            // No more is spared than that one.
            let spared = accounts.iter().filter(|account| account.expires_on <= date(today) && !gone.contains(&account.id)).count();
            prop_assert!(spared <= 1);
        }
    }

    /// ACC-03: the bundled list is there, in the form it is compared in.
    #[test]
    fn the_list_of_common_passwords_is_bundled() {
        assert!(COMMON.len() >= 1_000);
        for password in COMMON.iter() {
            assert_eq!(password.to_lowercase(), *password);
            assert_eq!(password.trim(), *password);
        }
    }

    /// ACC-07: the schedule, failure by failure.
    #[rstest]
    #[case(0, 0)]
    #[case(4, 0)]
    #[case(5, 2)]
    #[case(6, 4)]
    #[case(7, 8)]
    #[case(8, 16)]
    #[case(9, 32)]
    #[case(10, 900)]
    #[case(11, 900)]
    fn schedule(#[case] failures: i64, #[case] expected: i64) {
        assert_eq!(delay(failures, Nearness::Network), seconds(expected));
        assert_eq!(delay(failures, Nearness::Machine), seconds(expected.min(60)));
    }

    /// ACC-07: a try waits until its time has come, and not longer where the clock was put back.
    #[test]
    fn tries_wait() {
        let waits = |count, now| {
            let failures = Failures {
                count,
                last: Time(1_000),
            };
            waits_until(Some(failures), Time(now), Nearness::Network)
        };
        assert_eq!(waits(4, 1_000), None);
        assert_eq!(waits(5, 1_000), Some(Time(3_000)));
        assert_eq!(waits(5, 2_999), Some(Time(3_000)));
        assert_eq!(waits(5, 3_000), None);
        assert_eq!(waits(5, 999), None);
        assert_eq!(waits_until(None, Time(0), Nearness::Network), None);
    }

    /// ACC-07: whose failures are counted together.
    #[rstest]
    #[case(Origin::Desktop, "machine", Nearness::Machine)]
    #[case(Origin::CommandLine, "machine", Nearness::Machine)]
    #[case(Origin::Remote("127.0.0.1".into()), "127.0.0.1", Nearness::Machine)]
    #[case(Origin::Remote("::ffff:192.0.2.7".into()), "192.0.2.7", Nearness::Network)]
    #[case(Origin::Remote("2001:db8:1:2:3::4".into()), "2001:db8:1:2::/64", Nearness::Network)]
    fn origins(#[case] origin: Origin, #[case] counted: &str, #[case] nearness: Nearness) {
        assert_eq!(origin_of_tries(&origin), (counted.to_owned(), nearness));
    }

    fn fields() -> AccountFields {
        AccountFields {
            login: "marie".into(),
            role: AccountRole::Operator,
            labels: Vec::new(),
            first_name: String::new(),
            last_name: String::new(),
            telephone: String::new(),
            mobile: String::new(),
            email: String::new(),
            enabled: true,
            must_change_password: false,
            expires_on: None,
        }
    }

    /// ACC-02: lengths and formats.
    #[test]
    fn limits_of_the_fields() {
        let today = NaiveDate::from_ymd_opt(2026, 3, 1).expect("a date");
        assert_eq!(check(&fields(), None, today), []);
        let wrong = AccountFields {
            login: "a".repeat(16),
            first_name: "Anne-Charlotte-Marie".into(),
            last_name: "de la Roche".into(),
            telephone: "+1234567890123456".into(),
            mobile: "mobile".into(),
            email: "anne".into(),
            expires_on: Some(today),
            ..fields()
        };
        let problems: Vec<(String, ErrorCode)> = check(&wrong, None, today)
            .into_iter()
            .map(|problem| (problem.field, problem.code))
            .collect();
        let expected = [
            ("login", ErrorCode::FieldTooLong),
            ("telephone", ErrorCode::FieldNotATelephone),
            ("mobile", ErrorCode::FieldNotATelephone),
            ("email", ErrorCode::FieldNotAnEmail),
            ("last_name", ErrorCode::NamesTooLong),
            ("expires_on", ErrorCode::FieldNotADate),
        ];
        assert_eq!(problems, expected.map(|(field, code)| (field.to_owned(), code)));
        let fits = AccountFields {
            first_name: "Anne-Charlotte-Marie".into(),
            last_name: "de la Roch".into(),
            ..fields()
        };
        assert_eq!(check(&fits, None, today), [], "31 with the space");
        assert!(
            tidy(AccountFields {
                role: AccountRole::Administrator,
                labels: vec!["Nord".into()],
                ..fields()
            })
            .labels
            .is_empty()
        );
    }

    /// ACC-10: the earlier of the two ends.
    #[test]
    fn a_session_ends_by_rest_or_by_age() {
        assert_eq!(session_end(Time(0), Time(minutes(10)), 5), Time(minutes(15)));
        assert_eq!(session_end(Time(0), Time(hours(12) - 1), 30), Time(hours(12)));
    }

    /// ACC-08, ACC-09: the password first, then the terms; accepted ones are not asked for again.
    #[test]
    fn gates_in_order() {
        let terms = Terms {
            version: 2,
            text: "Words".into(),
        };
        assert_eq!(gate(true, 0, Some(&terms)), Gate::ChangePassword);
        assert_eq!(
            gate(false, 1, Some(&terms)),
            Gate::Terms {
                version: 2,
                text: "Words".into()
            }
        );
        assert_eq!(gate(false, 2, Some(&terms)), Gate::Open);
        assert_eq!(gate(false, 0, None), Gate::Open);
    }
}
