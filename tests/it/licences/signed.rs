//! Signed keys through the command table: whom an administrator trusts, what a key may be redeemed for, and that each counts once.

use super::{NEW_YEAR, PRODUCT, act, at, keys, started};
use crate::harness::Person;
use crate::people::{add_account, add_customer, grant};
use flotilla_kernel::error::{ErrorCode, Problem};
use flotilla_licence_formats::issuer::{Issuer, SecretKey};
use flotilla_licence_formats::key::{Contents, Grant, LicenceKey, Serial};
use flotilla_licence_formats::{Name, Quantity};
use serde_json::{Value, json};

fn secret() -> SecretKey {
    SecretKey::from_seed(&[5; 32])
}

fn file_of(secret: &SecretKey, name: &str) -> String {
    let issuer = Issuer {
        name: name.to_owned(),
        key: secret.public(),
    };
    issuer.to_text().expect("a file")
}

/// An administrator trusts the issuer; gives the id of its key.
async fn trust(chief: &Person) -> String {
    let added = chief
        .ok(
            "licence_issuers.add",
            json!({ "text": file_of(&secret(), "Nordlicht") }),
        )
        .await;
    added["key"].as_str().expect("an id").to_owned()
}

fn name(text: &str) -> Name {
    Name::new(text).expect("a name")
}

fn contents(serial: u8) -> Contents {
    Contents {
        product: name(PRODUCT),
        grant: Grant::Licences {
            licence_type: name("core"),
            quantity: 24,
            years: 3,
        },
        order: "PO-4711".to_owned(),
        serial: Serial::from_bytes([serial; 8]),
        recipient: None,
        issued: None,
        redeem_until: None,
    }
}

fn issued(contents: Contents) -> String {
    LicenceKey::issue(&secret(), "Nordlicht", contents)
        .expect("a key")
        .to_text()
}

fn key(serial: u8) -> String {
    issued(contents(serial))
}

fn signed(texts: &[&str]) -> Value {
    let keys: Vec<Value> = texts
        .iter()
        .map(|text| json!({ "kind": "signed", "key": text }))
        .collect();
    json!({ "keys": keys })
}

async fn readings(person: &Person, organization: &str, texts: &[&str]) -> Vec<Value> {
    let arguments = json!({ "organization": organization, "product": PRODUCT, "keys": texts });
    let found = person.ok("licences.read_keys", arguments).await;
    found.as_array().expect("readings").clone()
}

/// The code of the only reading.
async fn refusal(person: &Person, organization: &str, text: &str) -> String {
    let found = readings(person, organization, &[text]).await;
    found[0]["problem"]["code"].as_str().unwrap_or("none").to_owned()
}

/// LIC-20, LIC-21, LIC-22: what a key holds is shown before, and comes into the wallet as a lot that names its issuer.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_key_holds_is_shown_and_redeemed() {
    let (_harness, chief) = at(NEW_YEAR).await;
    trust(&chief).await;
    let organization = started(&chief, "Kaufhaus Bergmann", 1).await;
    let text = key(1);
    let typed = text.to_lowercase().replace('0', "o").replace('-', " ");
    let found = readings(&chief, &organization, &[&typed]).await;
    let held = &found[0]["held"];
    assert_eq!(
        (&found[0]["kind"], &found[0]["problem"]),
        (&json!("signed"), &Value::Null)
    );
    assert_eq!(
        held["lines"],
        json!([{ "purpose": "subscription", "licence_type": "Core", "from": null, "term": 3, "quantity": 24 }])
    );
    assert_eq!(
        (&held["order"], &held["issuer"]["name"]),
        (&json!("PO-4711"), &json!("Nordlicht"))
    );
    assert_eq!(chief.index("licence_lots", json!({})).await.len(), 0);
    let redeem = act(&organization, signed(&[&typed]));
    let receipt = chief.ok("licences.redeem", redeem.clone()).await;
    assert_eq!(chief.ok("licences.redeem", redeem).await, receipt);
    let lots = chief.rows("licence_lots", json!({ "search": "nordlicht" })).await;
    assert_eq!(lots.len(), 1);
    assert_eq!(
        (&lots[0]["origin"], &lots[0]["issuer"], &lots[0]["issuer_revoked"]),
        (&json!("signed"), &json!("Nordlicht"), &json!(false))
    );
    assert_eq!(
        (&lots[0]["left"], &lots[0]["term"], &lots[0]["shelf_end"]),
        (&json!(24), &json!(3), &json!("2030-12-31"))
    );
    let shown = lots[0]["key"].as_str().expect("a key");
    assert!(shown.starts_with("FLK-…") && shown.len() < 12, "{shown}");
    let check = chief.ok("licences.check", json!({})).await;
    assert_eq!(check["differs"], Value::Null);
}

/// LIC-21: of a key that was redeemed before it is said by whom, when and for whom; but only to who may see that.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_redeemed_it_before() {
    let (harness, chief) = at(NEW_YEAR).await;
    trust(&chief).await;
    let one = started(&chief, "Kaufhaus Bergmann", 1).await;
    let other = started(&chief, "Miramar", 1).await;
    let text = key(1);
    chief.ok("licences.redeem", act(&one, signed(&[&text]))).await;
    let found = readings(&chief, &other, &[&text]).await;
    let params = &found[0]["problem"]["params"];
    assert_eq!(found[0]["problem"]["code"], "licence.key-redeemed");
    assert_eq!(
        [
            &params["seen"],
            &params["name"],
            &params["customer"],
            &params["day"]
        ],
        ["yes", "Ada Keller", "Kaufhaus Bergmann", "2026-01-01"]
    );
    let account = add_account(&chief, "steward", "operator").await;
    grant(&chief, &other, &account, "admin", &[]).await;
    let steward = harness.sign_in("steward").await;
    let found = readings(&steward, &other, &[&text]).await;
    assert_eq!(found[0]["problem"]["params"]["seen"], "no");
    assert!(!found[0].to_string().contains("Bergmann"), "{}", found[0]);
    let refused = steward
        .call("licences.redeem", act(&other, signed(&[&text])))
        .await
        .expect_err("it counts once");
    assert_eq!(refused.code, ErrorCode::LicenceKeyRedeemed);
    assert!(!format!("{refused:?}").contains("Bergmann"));
}

/// LIC-21: two windows redeem one key for two organizations at once, written in two ways: one acceptance.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_signed_key_counts_once() {
    let (harness, chief) = at(NEW_YEAR).await;
    trust(&chief).await;
    let one = started(&chief, "Kaufhaus Bergmann", 1).await;
    let other = started(&chief, "Miramar", 1).await;
    let second = harness.sign_in("chief").await;
    let (text, lower) = (key(1), key(1).to_lowercase());
    let (first, again) = tokio::join!(
        chief.call("licences.redeem", act(&one, signed(&[&text]))),
        second.call("licences.redeem", act(&other, signed(&[&lower]))),
    );
    let refused: Vec<Problem> = [first, again].into_iter().filter_map(Result::err).collect();
    assert_eq!(refused.len(), 1);
    assert_eq!(refused[0].code, ErrorCode::LicenceKeyRedeemed);
    assert_eq!(chief.index("licence_lots", json!({})).await.len(), 1);
}

/// LIC-21, LIC-61: in whichever order keys are redeemed, together or alone, once or again: each gives its licences once.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn any_order_gives_one_acceptance() {
    let (_harness, chief) = at(NEW_YEAR).await;
    trust(&chief).await;
    let organizations = [
        started(&chief, "Kaufhaus Bergmann", 1).await,
        started(&chief, "Miramar", 1).await,
    ];
    let texts: Vec<String> = (1..=4).map(key).collect();
    // A simple generator with a fixed beginning: the same orders each time.
    let mut state = 12_345_u32;
    let mut next = |below: usize| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 16) as usize % below
    };
    let mut accepted = Vec::new();
    for _ in 0..40 {
        let (first, second) = (next(4), next(4));
        let pair = [texts[first].as_str(), texts[second].as_str()];
        let chosen = &pair[..1 + next(2)];
        let organization = &organizations[next(2)];
        let places = [first, second];
        let before = accepted.len();
        if chief
            .call("licences.redeem", act(organization, signed(chosen)))
            .await
            .is_ok()
        {
            accepted.extend_from_slice(&places[..chosen.len()]);
        }
        let lots = chief.index("licence_lots", json!({})).await.len();
        assert_eq!(lots, accepted.len(), "after {before}: all or none");
    }
    accepted.sort_unstable();
    assert_eq!(accepted, [0, 1, 2, 3]);
    let check = chief.ok("licences.check", json!({})).await;
    assert_eq!(check["differs"], Value::Null);
}

/// LIC-20, LIC-21: each refusal has its own code, and one bad line says nothing of the others.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_refusal_has_its_code() {
    let (_harness, chief) = at(NEW_YEAR).await;
    let organization = started(&chief, "Kaufhaus Bergmann", 1).await;
    let other = add_customer(&chief, "Miramar").await;
    assert_eq!(
        refusal(&chief, &organization, &key(1)).await,
        "licence-key.unknown-issuer"
    );
    trust(&chief).await;
    let cut = &key(1)[..60];
    let long = "FLK-".to_owned() + &"0".repeat(9_000);
    let mut changed = key(1);
    changed.replace_range(8..9, if &changed[8..9] == "7" { "8" } else { "7" });
    let foreign =
        LicenceKey::issue(&SecretKey::from_seed(&[6; 32]), "Nordlicht", contents(1)).expect("a key");
    let with = |change: fn(&mut Contents)| {
        let mut changed = contents(9);
        change(&mut changed);
        issued(changed)
    };
    let mut for_other = contents(8);
    for_other.recipient = Some(other.parse().expect("an id"));
    let expired = with(|one| one.redeem_until = "2025-12-31".parse().ok());
    let future = with(|one| one.issued = "2026-01-03".parse().ok());
    let other_product = with(|one| one.product = name("camera-station-edge"));
    let no_product = with(|one| one.product = name("nothing"));
    let no_type = with(|one| {
        one.grant = Grant::Expansion(vec![Quantity {
            licence_type: name("nothing"),
            quantity: 1,
        }]);
    });
    let for_other = issued(for_other);
    let again = key(2).to_lowercase();
    let foreign = foreign.to_text();
    let (good, second) = (key(1), key(2));
    let lines = [
        (cut, "licence-key.truncated"),
        (long.as_str(), "licence-key.too-long"),
        (changed.as_str(), "licence-key.mistyped"),
        (foreign.as_str(), "licence-key.unknown-issuer"),
        (for_other.as_str(), "licence.key-other-organization"),
        (expired.as_str(), "licence.key-expired"),
        (future.as_str(), "licence.key-not-yet-issued"),
        (other_product.as_str(), "licence.key-other-product"),
        (no_product.as_str(), "licence.key-product-unknown"),
        (no_type.as_str(), "licence.key-type-unknown"),
        (second.as_str(), "none"),
        (again.as_str(), "licence.key-twice"),
        ("abc", "licence.key-unreadable"),
        ("ABCD-1234", "none"),
        (good.as_str(), "none"),
    ];
    let texts: Vec<&str> = lines.iter().map(|(text, _)| *text).collect();
    let found = readings(&chief, &organization, &texts).await;
    let codes: Vec<&str> = found
        .iter()
        .map(|reading| reading["problem"]["code"].as_str().unwrap_or("none"))
        .collect();
    let expected: Vec<&str> = lines.iter().map(|(_, code)| *code).collect();
    assert_eq!(codes, expected);
    assert_eq!(found[4]["problem"]["params"]["customer"], "Miramar");
    for (text, code) in lines
        .iter()
        .filter(|(text, code)| *code != "none" && text.to_uppercase().starts_with("FLK"))
    {
        let outcome = chief
            .call(
                "licences.redeem",
                act(&organization, signed(&[&good, &second, text])),
            )
            .await
            .expect_err("one is refused");
        assert_eq!(outcome.code.code(), *code);
    }
    assert_eq!(chief.index("licence_lots", json!({})).await.len(), 0);
}

/// LIC-21: what a signed key holds is not typed over; a text that was declared counts, too.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_typed_over() {
    let (harness, chief) = at(NEW_YEAR).await;
    trust(&chief).await;
    let organization = started(&chief, "Kaufhaus Bergmann", 1).await;
    let mut stated = keys(1, 1_000, 5);
    stated["keys"][0]["key"] = key(1).into();
    assert_eq!(
        chief
            .refused("licences.redeem_declared", act(&organization, stated))
            .await,
        ErrorCode::LicenceKeyIsSigned
    );
    let declared = keys(1, 7, 1)["keys"][0].clone();
    let mut mixed = signed(&[&key(1)]);
    let mut one = json!({ "kind": "declared" });
    one.as_object_mut()
        .expect("an object")
        .extend(declared.as_object().expect("an object").clone());
    mixed["keys"].as_array_mut().expect("keys").push(one);
    chief.ok("licences.redeem", act(&organization, mixed)).await;
    let lots = chief.rows("licence_lots", json!({})).await;
    let mut origins: Vec<(&str, i64)> = lots
        .iter()
        .map(|lot| {
            (
                lot["origin"].as_str().expect("an origin"),
                lot["left"].as_i64().expect("a number"),
            )
        })
        .collect();
    origins.sort_unstable();
    assert_eq!(origins, [("declared", 7), ("signed", 24)]);
    // As an older version of the program wrote the text of a signed key down: declared.
    let text = key(2);
    let digest = flotilla_core::licensing::signed::digests(
        &LicenceKey::issue(&secret(), "Nordlicht", contents(2)).expect("a key"),
        &text,
    );
    let workspace = harness.workspace().await;
    let mut transaction = workspace.database.begin().await.expect("a transaction");
    sqlx::query("INSERT INTO licence_key (digest, entry_id) SELECT ?, id FROM licence_entry LIMIT 1")
        .bind(digest.last().expect("a digest"))
        .execute(transaction.connection())
        .await
        .expect("written");
    transaction.commit().await.expect("committed");
    assert_eq!(
        refusal(&chief, &organization, &text).await,
        "licence.key-redeemed"
    );
}

/// LIC-21, RGT-15: issuers are looked at, trusted, revoked with a reason and trusted again, by administrators alone, all of it in
/// the audit log; what was redeemed stays.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn issuers_are_decided_about() {
    let (_harness, chief) = at(NEW_YEAR).await;
    let file = json!({ "text": file_of(&secret(), "Nordlicht") });
    let shown = chief.ok("licence_issuers.preview", file.clone()).await;
    assert_eq!(
        (&shown["name"], &shown["known"], &shown["same_name"]),
        (&json!("Nordlicht"), &Value::Null, &json!(false))
    );
    assert_eq!(shown["fingerprint"], secret().public().fingerprint());
    assert_eq!(chief.ok("licence_issuers.read", json!({})).await, json!([]));
    let id = trust(&chief).await;
    assert_eq!(
        chief.refused("licence_issuers.add", file.clone()).await,
        ErrorCode::LicenceIssuerKnown
    );
    let namesake = json!({ "text": file_of(&SecretKey::from_seed(&[6; 32]), "nordlicht") });
    let shown = chief.ok("licence_issuers.preview", namesake).await;
    assert_eq!(
        (&shown["known"], &shown["same_name"]),
        (&Value::Null, &json!(true))
    );
    assert_eq!(
        chief
            .refused("licence_issuers.preview", json!({ "text": "Hello" }))
            .await,
        ErrorCode::LicenceIssuerNotOne
    );
    let organization = started(&chief, "Kaufhaus Bergmann", 1).await;
    chief
        .ok("licences.redeem", act(&organization, signed(&[&key(1)])))
        .await;
    let decide = |reason: &str| json!({ "key": id, "reason": reason });
    assert_eq!(
        chief.refused("licence_issuers.revoke", decide(" ")).await,
        ErrorCode::FormInvalid
    );
    let revoked = chief
        .ok("licence_issuers.revoke", decide("The key was lost"))
        .await;
    assert_eq!(
        [
            &revoked["standing"],
            &revoked["reason"],
            &revoked["decided_by"],
            &revoked["lots"]
        ],
        [
            &json!("revoked"),
            &json!("The key was lost"),
            &json!("Ada Keller"),
            &json!(1)
        ]
    );
    assert_eq!(
        chief.refused("licence_issuers.revoke", decide("Again")).await,
        ErrorCode::Changed
    );
    assert_eq!(
        refusal(&chief, &organization, &key(2)).await,
        "licence-key.revoked-issuer"
    );
    assert_eq!(
        chief
            .refused("licences.redeem", act(&organization, signed(&[&key(2)])))
            .await,
        ErrorCode::LicenceKeyRevokedIssuer
    );
    let lots = chief.rows("licence_lots", json!({})).await;
    assert_eq!(
        (&lots[0]["left"], &lots[0]["issuer_revoked"]),
        (&json!(24), &json!(true))
    );
    chief.ok("licence_issuers.restore", decide("Found again")).await;
    chief
        .ok("licences.redeem", act(&organization, signed(&[&key(2)])))
        .await;
    let missing = json!({ "key": "0123456789abcdef", "reason": "x" });
    assert_eq!(
        chief.refused("licence_issuers.revoke", missing).await,
        ErrorCode::NotFound
    );
    let audit = chief.rows("audit", json!({ "search": "nordlicht" })).await;
    let acts: Vec<&str> = audit
        .iter()
        .filter(|entry| entry["result"] == "done")
        .map(|entry| entry["act"].as_str().expect("an act"))
        .collect();
    for wanted in [
        "licence_issuers.add",
        "licence_issuers.revoke",
        "licence_issuers.restore",
    ] {
        assert!(acts.contains(&wanted), "{wanted} in {acts:?}");
    }
}

/// LIC-45, LIC-21: licences keep who signed for them when they go to another organization.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_transfer_keeps_the_issuer() {
    let (_harness, chief) = at(NEW_YEAR).await;
    trust(&chief).await;
    let sender = started(&chief, "Kaufhaus Bergmann", 1).await;
    let receiver = started(&chief, "Miramar", 1).await;
    chief
        .ok("licences.redeem", act(&sender, signed(&[&key(1)])))
        .await;
    let numbers = json!([{ "licence_type": "core", "term": 3, "quantity": 5 }]);
    let plan = json!({ "organization": sender, "to": receiver, "product": PRODUCT, "numbers": numbers });
    let plan = chief.ok("licences.plan_transfer", plan).await;
    let lot = &plan["lines"][0]["lot"];
    assert_eq!(lot["issuer"], "Nordlicht");
    let send = json!({ "to": receiver, "lines": [{ "lot": lot["lot"], "quantity": 5 }] });
    chief.ok("licences.transfer", act(&sender, send)).await;
    let lots = chief
        .rows("licence_lots", json!({ "organization": receiver }))
        .await;
    assert_eq!(
        (&lots[0]["left"], &lots[0]["issuer"]),
        (&json!(5), &json!("Nordlicht"))
    );
}
