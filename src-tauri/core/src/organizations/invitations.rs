//! What an invitation is: its code, how long it is valid, whom it is for (ORG-10 to ORG-12). Pure.

use data_encoding::{Encoding, Specification};
use flotilla_connectors::secret::Secret;
use flotilla_kernel::clock::{Time, days};
use flotilla_kernel::database::fold;
use flotilla_kernel::error::{ErrorCode, FieldProblem, Problem};
use flotilla_kernel::fields;
use flotilla_kernel::rights::MemberRole;
use sha2::{Digest as _, Sha256};
use std::sync::LazyLock;

/// ORG-12: how long an invitation is valid, in milliseconds.
pub const VALID: i64 = days(14);
/// ORG-12: the bytes of a code, 128 bits.
pub const CODE_BYTES: usize = 16;
/// At most so many people are invited in one call.
pub const MOST: usize = 100;
/// The longest text that is looked at as a code; one has 26 letters and digits, and what is put between them.
const LONGEST_CODE: usize = 100;
/// Letters and digits of a code that stand together.
const GROUP: usize = 5;
/// The longest address of a workspace that stands in the text of an invitation.
const LONGEST_PLACE: usize = 300;

/// Letters and digits that nobody takes for one another; what is read as one of them counts as it.
static LETTERS: LazyLock<Option<Encoding>> = LazyLock::new(|| {
    let mut letters = Specification::new();
    letters.symbols.push_str("0123456789abcdefghjkmnpqrstvwxyz");
    letters.check_trailing_bits = true;
    letters.translate.from.push_str("ABCDEFGHJKMNPQRSTVWXYZoOiIlL");
    letters.translate.to.push_str("abcdefghjkmnpqrstvwxyz001111");
    letters.ignore.push_str("- \t\r\n");
    letters.encoding().ok()
});

/// A code as people read and type it.
pub fn code_of(bytes: &[u8; CODE_BYTES]) -> Secret {
    let Some(letters) = LETTERS.as_ref() else {
        return Secret::default();
    };
    let text = letters.encode(bytes).to_ascii_uppercase();
    let groups: Vec<&str> = (0..text.len())
        .step_by(GROUP)
        .map(|start| &text[start..text.len().min(start + GROUP)])
        .collect();
    Secret::new(groups.join("-"))
}

/// What is stored of a code; none: the text is no code. Case, spaces, hyphens and letters that look like digits do not matter.
pub fn hash_of(code: &Secret) -> Option<[u8; 32]> {
    let text = code.expose();
    if text.len() > LONGEST_CODE {
        return None;
    }
    let bytes = LETTERS.as_ref()?.decode(text.as_bytes()).ok()?;
    (bytes.len() == CODE_BYTES).then(|| Sha256::digest(&bytes).into())
}

/// The form in which e-mail addresses are compared. The part before the @ could mean case, and never does.
pub fn address_key(email: &str) -> String {
    fold(email.trim())
}

/// What is wrong with the address of somebody who is to be invited. Besides being one it may hold nothing that means something in the
/// head of a message.
pub fn check_address(email: &str) -> Option<ErrorCode> {
    let email = email.trim();
    if email.is_empty() {
        return Some(ErrorCode::FieldRequired);
    }
    if let Some(problem) = fields::email("email", email) {
        return Some(problem.code);
    }
    let special = |character: char| "()<>[]:;,\"\\".contains(character);
    email.contains(special).then_some(ErrorCode::FieldNotAnEmail)
}

/// Where the workspace is reached, as it stands in the text of an invitation.
pub fn check_place(place: Option<&str>) -> Option<FieldProblem> {
    let place = place?;
    let web = place.starts_with("https://") || place.starts_with("http://");
    let plain = place.len() <= LONGEST_PLACE && !place.chars().any(|c| c.is_control() || c.is_whitespace());
    (!(web && plain)).then(|| FieldProblem::new("place", ErrorCode::FieldNotAnAddress))
}

/// An address of which its owner knows that it is theirs, and nobody else what it is (ORG-12).
pub fn masked(email: &str) -> String {
    let (local, domain) = email.split_once('@').unwrap_or((email, ""));
    let (name, end) = domain.rsplit_once('.').unwrap_or((domain, ""));
    let hidden = |part: &str| match part.chars().next() {
        Some(first) if part.chars().count() > 2 => format!("{first}•••"),
        _ => "•••".to_owned(),
    };
    let end = if end.is_empty() {
        String::new()
    } else {
        format!(".{end}")
    };
    format!("{}@{}{end}", hidden(local), hidden(name))
}

/// Why an account cannot accept an invitation (ORG-12).
///
/// # Errors
/// `invitation.other-address` with the invited address, masked.
pub fn demand_address(invited: &str, own: &str) -> Result<(), Problem> {
    if address_key(invited) == address_key(own) {
        Ok(())
    } else {
        Err(Problem::new(ErrorCode::InvitationElsewhere).with("address", masked(invited)))
    }
}

/// ORG-11: everybody begins as viewer; this is what waits to be granted then.
pub fn promotion(invited_as: MemberRole) -> Option<MemberRole> {
    (invited_as != MemberRole::Viewer).then_some(invited_as)
}

/// Whether an invitation that ends then can be accepted now.
pub fn is_valid(expires_at: Time, now: Time) -> bool {
    now < expires_at
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    proptest! {
        /// ORG-12: a code is known however it is typed, and only its own hash is stored.
        #[test]
        fn codes_are_read_as_they_are_typed(bytes in any::<[u8; CODE_BYTES]>(), noise in "[ -]{0,3}") {
            let code = code_of(&bytes);
            let hash = hash_of(&code).expect("a code");
            let stored: [u8; 32] = Sha256::digest(bytes).into();
            prop_assert_eq!(hash, stored);
            let text = code.expose();
            prop_assert_eq!(text.len(), 31, "26 letters in six groups");
            for typed in [text.to_lowercase(), text.replace('-', ""), text.replace('-', &noise), text.replace('0', "o").replace('1', "l")] {
                prop_assert_eq!(hash_of(&Secret::new(typed)), Some(hash));
            }
        }

        /// Whatever is typed, it is one code or none.
        #[test]
        fn nothing_else_is_a_code(text in "\\PC{0,120}") {
            if let Some(hash) = hash_of(&Secret::new(text.clone())) {
                prop_assert_eq!(hash.len(), 32);
                prop_assert!(text.chars().filter(char::is_ascii_alphanumeric).count() == 26);
            }
        }

        /// ORG-12: a masked address tells neither the name nor the domain.
        #[test]
        fn masks_hide(local in "[a-z.]{3,20}", domain in "[a-z]{3,20}") {
            let shown = masked(&format!("{local}@{domain}.example"));
            // The top-level domain is shown, and can hold the same letters.
            let hidden = shown.strip_suffix(".example").expect("the top-level domain");
            prop_assert!(!hidden.contains(&local) && !hidden.contains(&domain));
        }
    }

    #[rstest]
    #[case("marie.curie@example.org", "m•••@e•••.org")]
    #[case("m@x.fr", "•••@•••.fr")]
    #[case("é.b@ü", "é•••@•••")]
    fn masks(#[case] email: &str, #[case] shown: &str) {
        assert_eq!(masked(email), shown);
    }

    /// ORG-10: an address cannot put anything into the head of a message.
    #[rstest]
    #[case("marie@example.org", None)]
    #[case(" marie@example.org ", None)]
    #[case("佐藤@例え.jp", None)]
    #[case("", Some(ErrorCode::FieldRequired))]
    #[case("marie", Some(ErrorCode::FieldNotAnEmail))]
    #[case("a,b@example.org", Some(ErrorCode::FieldNotAnEmail))]
    #[case("<a@example.org>", Some(ErrorCode::FieldNotAnEmail))]
    #[case("a@example.org\r\nBcc: b@example.org", Some(ErrorCode::FieldNotAnEmail))]
    fn addresses(#[case] email: &str, #[case] problem: Option<ErrorCode>) {
        assert_eq!(check_address(email), problem);
    }

    /// ORG-12: 14 days, and not a moment longer.
    #[test]
    fn an_invitation_ends() {
        let made = Time(1_000);
        assert!(is_valid(made.plus(VALID), made.plus(VALID - 1)));
        assert!(!is_valid(made.plus(VALID), made.plus(VALID)));
    }

    /// ORG-12: the address is the same however it is written.
    #[test]
    fn only_the_invited_address_may_accept() {
        demand_address("Marie@Example.org", "marie@example.ORG").expect("the same");
        let refused = demand_address("marie@example.org", "").expect_err("another");
        assert_eq!(refused.code, ErrorCode::InvitationElsewhere);
        assert_eq!(refused.params.get("address"), Some(&"m•••@e•••.org".into()));
    }

    #[rstest]
    #[case(None, true)]
    #[case(Some("https://flotilla.example:7080"), true)]
    #[case(Some("javascript:alert(1)"), false)]
    #[case(Some("https://a b"), false)]
    fn places(#[case] place: Option<&str>, #[case] fits: bool) {
        assert_eq!(check_place(place).is_none(), fits);
    }
}
