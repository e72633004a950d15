//! What a key says comes back; what is not exactly that key is refused.

use super::*;
use crate::names::{Name, Quantity};
use chrono::NaiveDate;
use proptest::prelude::*;
use std::sync::LazyLock;
use uuid::Uuid;

static SECRET: LazyLock<SecretKey> = LazyLock::new(|| SecretKey::from_seed(&[11; 32]));

fn issuers(standing: Standing) -> TrustedIssuers {
    let issuer = Issuer {
        name: "Nordlicht".to_owned(),
        key: SECRET.public(),
    };
    TrustedIssuers::new([(issuer, standing)])
}

fn name(text: &str) -> Name {
    Name::new(text).expect("a name")
}

fn contents() -> Contents {
    Contents {
        product: name("camera-station-pro"),
        grant: Grant::Licences {
            licence_type: name("core-device"),
            quantity: 24,
            years: 3,
        },
        order: "Bestellung 4711".to_owned(),
        serial: Serial::from_bytes([1, 2, 3, 4, 5, 6, 7, 8]),
        recipient: None,
        issued: NaiveDate::from_ymd_opt(2026, 2, 28),
        redeem_until: None,
    }
}

fn key() -> LicenceKey {
    LicenceKey::issue(&SECRET, "Nordlicht", contents()).expect("a key")
}

fn read(text: &str) -> Result<LicenceKey, KeyProblem> {
    LicenceKey::read(text, &issuers(Standing::Trusted))
}

fn names() -> impl Strategy<Value = Name> {
    "[a-zA-Z0-9._-]{1,64}".prop_map(|text| name(&text))
}

fn grants() -> impl Strategy<Value = Grant> {
    let quantity = 1_u32..=1_000_000;
    prop_oneof![
        (names(), quantity.clone(), 1_u8..=YEARS_LIMIT).prop_map(|(licence_type, quantity, years)| {
            Grant::Licences {
                licence_type,
                quantity,
                years,
            }
        }),
        proptest::collection::btree_map("[a-z0-9]{1,16}", quantity.clone(), 1..=EXPANSION_LIMIT).prop_map(
            |lines| {
                Grant::Expansion(
                    lines
                        .into_iter()
                        .map(|(licence_type, quantity)| Quantity {
                            licence_type: name(&licence_type),
                            quantity,
                        })
                        .collect(),
                )
            }
        ),
        (names(), names(), quantity)
            .prop_filter("two types", |(from, to, _)| from != to)
            .prop_map(|(from, to, quantity)| Grant::Upgrade { from, to, quantity }),
    ]
}

fn day(number: u16) -> NaiveDate {
    NaiveDate::from_ymd_opt(2000, 1, 1).expect("a date") + chrono::Days::new(u64::from(number))
}

fn any_contents() -> impl Strategy<Value = Contents> {
    (
        names(),
        grants(),
        "[a-zA-Z0-9 äß日]{0,16}",
        any::<[u8; 8]>(),
        any::<Option<[u8; 16]>>(),
        any::<Option<u16>>(),
        any::<Option<u16>>(),
    )
        .prop_filter("it ends before it was issued", |(.., issued, until)| {
            until.is_none() || issued <= until
        })
        .prop_map(
            |(product, grant, order, serial, recipient, issued, until)| Contents {
                product,
                grant,
                order,
                serial: Serial::from_bytes(serial),
                recipient: recipient.map(Uuid::from_bytes),
                issued: issued.map(day),
                redeem_until: until.map(day),
            },
        )
}

proptest! {
    /// LIC-21: what was issued is what is read, and is recognised.
    #[test]
    fn what_was_issued_is_read(contents in any_contents()) {
        let key = LicenceKey::issue(&SECRET, "Nordlicht", contents.clone()).expect("a key");
        let again = read(&key.to_text()).expect("it is good");
        prop_assert_eq!(again.contents(), &contents);
        prop_assert_eq!(again.fingerprint(), key.fingerprint());
    }

    /// LIC-20: case, width, spaces, dashes and look-alikes do not count.
    #[test]
    fn a_key_may_be_written_in_many_ways(choices in proptest::collection::vec(0_u8..8, 300)) {
        let key = key();
        let mut written = String::new();
        for (character, choice) in key.to_text().chars().zip(choices.iter().cycle()) {
            match (character, choice) {
                ('-', 0) => {}
                ('-', 1) => written.push('\u{2013}'),
                ('-', 2) => written.push_str("\r\n"),
                ('-', 3) => written.push('－'),
                ('0', 0 | 1) => written.push('o'),
                ('0', 2) => written.push('O'),
                ('1', 0) => written.push('l'),
                ('1', 1) => written.push('I'),
                ('1', 2) => written.push('L'),
                (_, 3) => written.extend(character.to_lowercase()),
                (_, 4) => written.extend([character, '\u{a0}']),
                (_, 5) => written.extend(char::from_u32(u32::from(character) + 0xfee0)),
                _ => written.push(character),
            }
        }
        prop_assert!(is_signed(&written));
        let again = read(&written).expect("it is the same key");
        prop_assert_eq!(again.fingerprint(), key.fingerprint());
        prop_assert_eq!(again.to_text(), key.to_text());
    }
}

/// LIC-52, LIC-21: no bit of a key's bytes can be flipped, whatever the check characters say.
#[test]
fn every_flipped_bit_is_refused() {
    let key = key();
    for place in 0..key.bytes.len() * 8 {
        let mut bytes = key.bytes.clone();
        bytes[place / 8] ^= 1 << (place % 8);
        let problem = read(&typed::write(&bytes)).expect_err("a bit was flipped");
        let expected = match place / 8 {
            0 => matches!(problem, KeyProblem::UnknownVersion { .. }),
            1 | 2 => matches!(
                problem,
                KeyProblem::Truncated
                    | KeyProblem::Extended
                    | KeyProblem::Malformed
                    | KeyProblem::Mistyped { .. }
            ),
            3..11 => matches!(problem, KeyProblem::UnknownIssuer { .. }),
            _ => problem == KeyProblem::BadSignature,
        };
        assert!(expected, "bit {place}: {problem}");
    }
}

/// LIC-20: no bit of the text can be flipped without a word, unless what comes of it means the same.
#[test]
fn every_flipped_bit_of_the_text_is_refused_or_means_the_same() {
    let key = key();
    let text = key.to_text().into_bytes();
    let mut refused = 0;
    for place in 0..text.len() * 7 {
        let mut flipped = text.clone();
        flipped[place / 7] ^= 1 << (place % 7);
        let flipped = String::from_utf8(flipped).expect("ASCII");
        match read(&flipped) {
            Ok(again) => assert_eq!(again.bytes, key.bytes, "{flipped}"),
            Err(_) => refused += 1,
        }
    }
    assert!(refused > text.len() * 5, "{refused}");
}

/// LIC-52: whatever is cut off, the key is truncated.
#[test]
fn every_cut_is_truncated() {
    let text = key().to_text();
    assert_eq!(read(""), Err(KeyProblem::Empty));
    for cut in 1..text.len() {
        assert_eq!(read(&text[..cut]), Err(KeyProblem::Truncated), "{cut}");
    }
    assert_eq!(read(&format!("{text}-0")), Err(KeyProblem::Extended));
}

/// LIC-20: a slip is found in its group.
#[test]
fn a_slip_is_found_in_its_group() {
    let text = key().to_text();
    let groups: Vec<&str> = text.split('-').collect();
    for number in 1..groups.len() {
        let mut slipped: Vec<String> = groups.iter().map(|group| (*group).to_owned()).collect();
        let other = if groups[number].starts_with('7') { "8" } else { "7" };
        slipped[number].replace_range(..1, other);
        assert_eq!(
            read(&slipped.join("-")),
            Err(KeyProblem::Mistyped { group: number })
        );
    }
    let umlaut = text.replacen('-', "-ä", 1);
    assert_eq!(
        read(&umlaut),
        Err(KeyProblem::Character {
            place: 5,
            character: "ä".to_owned()
        })
    );
    let no_letter = format!("{}U{}", &text[..4], &text[5..]);
    assert_eq!(
        read(&no_letter),
        Err(KeyProblem::Character {
            place: 5,
            character: "U".to_owned()
        })
    );
}

/// LIC-21, LIC-52: whoever is not trusted, or no longer, is refused by name.
#[test]
fn issuers_decide() {
    let text = key().to_text();
    assert_eq!(
        LicenceKey::read(&text, &TrustedIssuers::default()),
        Err(KeyProblem::UnknownIssuer {
            issuer: SECRET.public().id().to_string()
        })
    );
    assert_eq!(
        LicenceKey::read(&text, &issuers(Standing::Revoked)),
        Err(KeyProblem::RevokedIssuer {
            issuer: "Nordlicht".to_owned()
        })
    );
    for other in ["ABCD-1234-EFGH", "FLOTILLA", "X"] {
        assert_eq!(read(other), Err(KeyProblem::NotSigned), "{other}");
    }
    let long = "1".repeat(9_000);
    assert_eq!(read(&long), Err(KeyProblem::TooLong { limit: 8_192 }));
}

/// LIC-21: an issuer's signature does not make anything a key.
#[test]
fn signed_nonsense_is_refused() {
    let mut body = contents().encode(SECRET.public().id()).expect("bytes");
    let kind_of_grant = body.len() - 18;
    assert_eq!(body[kind_of_grant], 1, "licences");
    body[kind_of_grant] = 9;
    let mut bytes = vec![typed::VERSION];
    bytes.extend(((HEAD + body.len() + SIGNATURE_LENGTH) as u16).to_be_bytes());
    bytes.extend(body);
    let signature = SECRET.sign(&bytes);
    bytes.extend(signature);
    assert_eq!(read(&typed::write(&bytes)), Err(KeyProblem::Malformed));
}

/// LIC-21: what no key can hold is not issued.
#[test]
fn what_no_key_can_hold() {
    type Change = fn(&mut Contents);
    let cases: [(Change, ContentsProblem); 7] = [
        (
            |contents| contents.order = "x".repeat(65),
            ContentsProblem::Order { limit: ORDER_LIMIT },
        ),
        (
            |contents| contents.order = "a\u{202e}b".to_owned(),
            ContentsProblem::Order { limit: ORDER_LIMIT },
        ),
        (
            |contents| contents.grant = Grant::Expansion(Vec::new()),
            ContentsProblem::Expansion {
                limit: EXPANSION_LIMIT,
            },
        ),
        (
            |contents| {
                contents.grant = Grant::Upgrade {
                    from: name("core"),
                    to: name("core"),
                    quantity: 1,
                }
            },
            ContentsProblem::Upgrade,
        ),
        (
            |contents| {
                contents.grant = Grant::Licences {
                    licence_type: name("core"),
                    quantity: 0,
                    years: 1,
                }
            },
            ContentsProblem::Quantity { limit: 1_000_000 },
        ),
        (
            |contents| contents.issued = NaiveDate::from_ymd_opt(1999, 12, 31),
            ContentsProblem::Issued,
        ),
        (
            |contents| contents.redeem_until = NaiveDate::from_ymd_opt(2026, 2, 27),
            ContentsProblem::Until,
        ),
    ];
    for (change, problem) in cases {
        let mut contents = contents();
        change(&mut contents);
        assert_eq!(LicenceKey::issue(&SECRET, "Nordlicht", contents), Err(problem));
    }
}

/// LIC-22: a masked key gives nothing away.
#[test]
fn masked_keys() {
    let key = key();
    let masked = key.masked();
    assert!(
        masked.starts_with("FLK-…") && masked.chars().count() <= 9,
        "{masked}"
    );
    let declared = DeclaredKey::read("abcd-efgh 2345-wxyz").expect("a key");
    assert_eq!(declared.masked(), "…WXYZ");
    assert_eq!(format!("{declared:?}"), "DeclaredKey(…WXYZ)");
    assert_eq!(DeclaredKey::read("ab-12").expect("a key").masked(), "…2");
}

/// LIC-20, LIC-21: of vendors' keys case, spaces and dashes do not count; look-alikes do.
#[test]
fn declared_keys() {
    let one = DeclaredKey::read("ABO1-2345").expect("a key").fingerprint();
    for same in ["abo12345", " aBo1 23\u{2011}45 ", "ＡＢＯ１－２３４５"] {
        assert_eq!(
            DeclaredKey::read(same).expect("a key").fingerprint(),
            one,
            "{same}"
        );
    }
    for other in ["AB01-2345", "ABOI-2345"] {
        assert_ne!(
            DeclaredKey::read(other).expect("a key").fingerprint(),
            one,
            "{other}"
        );
    }
    assert_eq!(DeclaredKey::read(&key().to_text()), Err(KeyProblem::IsSigned));
    assert_eq!(DeclaredKey::read(" - "), Err(KeyProblem::Empty));
    assert_eq!(DeclaredKey::read("A-1"), Err(KeyProblem::TooShort { limit: 4 }));
    assert_eq!(
        DeclaredKey::read(&"A".repeat(257)),
        Err(KeyProblem::TooLong { limit: 256 })
    );
    assert_eq!(
        DeclaredKey::read("ABC\u{200e}1"),
        Err(KeyProblem::Character {
            place: 4,
            character: "U+200E".to_owned()
        })
    );
}
