//! What a signed key may be redeemed for, and what it is recognised by.

use super::*;
use flotilla_licence_formats::Name;
use flotilla_licence_formats::Quantity;
use flotilla_licence_formats::issuer::{Issuer, SecretKey, Standing, TrustedIssuers};
use flotilla_licence_formats::key::{Contents, Serial};
use proptest::prelude::*;
use rstest::rstest;
use std::collections::BTreeSet;
use uuid::Uuid;

const HERE: Uuid = Uuid::from_u128(7);

fn name(text: &str) -> Name {
    Name::new(text).expect("a name")
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn contents(product: &str, licence_type: &str, quantity: u32) -> Contents {
    Contents {
        product: name(product),
        grant: Grant::Licences {
            licence_type: name(licence_type),
            quantity,
            years: 3,
        },
        order: "PO-1".to_owned(),
        serial: Serial::from_bytes([1; 8]),
        recipient: None,
        issued: Some(day("2026-03-02")),
        redeem_until: None,
    }
}

fn issued(contents: Contents) -> LicenceKey {
    LicenceKey::issue(&SecretKey::from_seed(&[5; 32]), "Nordlicht", contents).expect("a key")
}

fn at(key: &LicenceKey, today: &str) -> Outcome<Key> {
    let catalogue = Catalogue::built_in().expect("a catalogue");
    let place = Place {
        organization: OrganizationId(HERE),
        product: catalogue.product("camera-station-pro").expect("a product"),
        catalogue: &catalogue,
        today: day(today),
    };
    to_redeem(key, &place)
}

type Change = fn(&mut Contents);

/// LIC-21: what a signed key is not for has its own error each.
#[rstest]
#[case::other_organization(|one: &mut Contents| one.recipient = Some(Uuid::from_u128(8)), ErrorCode::LicenceKeyOtherOrganization)]
#[case::other_product(|one: &mut Contents| one.product = name("camera-station-edge"), ErrorCode::LicenceKeyOtherProduct)]
#[case::unknown_product(|one: &mut Contents| one.product = name("no-such-product"), ErrorCode::LicenceKeyProductUnknown)]
#[case::unknown_type(|one: &mut Contents| *one = contents("camera-station-pro", "no-such-type", 1), ErrorCode::LicenceKeyTypeUnknown)]
#[case::unknown_upgrade(
    |one: &mut Contents| one.grant = Grant::Upgrade { from: name("no-such-type"), to: name("core"), quantity: 1 },
    ErrorCode::LicenceKeyTypeUnknown
)]
#[case::from_the_future(|one: &mut Contents| one.issued = Some(day("2026-03-04")), ErrorCode::LicenceKeyNotYetIssued)]
#[case::expired(
    |one: &mut Contents| { one.issued = None; one.redeem_until = Some(day("2026-03-01")) },
    ErrorCode::LicenceKeyExpired
)]
fn what_a_key_is_not_for(#[case] change: Change, #[case] code: ErrorCode) {
    let mut changed = contents("camera-station-pro", "core", 4);
    change(&mut changed);
    let problem = at(&issued(changed), "2026-03-02").expect_err("refused");
    assert_eq!(problem.code, code);
}

/// LIC-21: the last day counts, and so does the day of issue where it has come already.
#[rstest]
#[case(|one: &mut Contents| one.redeem_until = Some(day("2026-03-02")))]
#[case(|one: &mut Contents| one.issued = Some(day("2026-03-03")))]
#[case(|one: &mut Contents| one.recipient = Some(HERE))]
#[case(|one: &mut Contents| one.issued = None)]
fn what_a_key_is_for(#[case] change: Change) {
    let mut changed = contents("camera-station-pro", "core", 4);
    change(&mut changed);
    let key = at(&issued(changed), "2026-03-02").expect("accepted");
    assert_eq!(key.origin, LotOrigin::Signed);
    assert_eq!(key.issuer.map(|by| by.name).as_deref(), Some("Nordlicht"));
    assert_eq!((key.content[0].quantity, key.content[0].term), (4, 3));
}

/// LIC-41, LIC-42: expansions and upgrades come to what they hold.
#[test]
fn other_kinds_of_keys() {
    let mut expansion = contents("camera-station-pro", "core", 1);
    let line = |licence_type: &str, quantity| Quantity {
        licence_type: name(licence_type),
        quantity,
    };
    expansion.grant = Grant::Expansion(vec![line("core", 2), line("universal", 3)]);
    let key = at(&issued(expansion), "2026-03-02").expect("accepted");
    let lines: Vec<(Purpose, i64)> = key
        .content
        .iter()
        .map(|one| (one.purpose, one.quantity))
        .collect();
    assert_eq!(lines, [(Purpose::Expansion, 2), (Purpose::Expansion, 3)]);
    let mut upgrade = contents("camera-station-pro", "core", 1);
    upgrade.grant = Grant::Upgrade {
        from: name("core"),
        to: name("universal"),
        quantity: 6,
    };
    let upgrade = issued(upgrade);
    let shown = held(&upgrade, &Catalogue::built_in().expect("a catalogue"));
    assert_eq!(shown.lines[0].from.as_deref(), Some("Core"));
    let key = at(&upgrade, "2026-03-02").expect("accepted");
    assert_eq!(key.content[0].licence_type, "universal");
}

proptest! {
    /// LIC-20, LIC-21: an altered character of a key is refused, or reads as the same key; then it counts as the same.
    #[test]
    fn an_altered_character(place in 0_usize..400, other in "[0-9A-Za-z\u{ff10}-\u{ff5a} .-]") {
        let secret = SecretKey::from_seed(&[5; 32]);
        let issuer = Issuer { name: "Nordlicht".to_owned(), key: secret.public() };
        let issuers = TrustedIssuers::new([(issuer, Standing::Trusted)]);
        let key = issued(contents("camera-station-pro", "core", 4));
        let mut text: Vec<char> = key.to_text().chars().collect();
        let place = place % text.len();
        text[place] = other.chars().next().expect("a character");
        let text: String = text.into_iter().collect();
        if let Ok(read) = LicenceKey::read(&text, &issuers) {
            prop_assert_eq!(read.contents(), key.contents());
            let known: BTreeSet<String> = digests(&key, &key.to_text()).into_iter().collect();
            prop_assert!(digests(&read, &text).iter().any(|digest| known.contains(digest)));
        }
    }
}
