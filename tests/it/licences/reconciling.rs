//! The books and what the vendor shows, through the command table (LIC-66).

use super::{NEW_YEAR, PRODUCT, act, at, keys, product, started};
use flotilla_kernel::error::ErrorCode;
use serde_json::{Value, json};

fn compare(organization: &str, lines: &Value) -> Value {
    json!({ "organization": organization, "product": PRODUCT, "lines": lines })
}

fn line(key: &str, wallet: Value, years: Value) -> Value {
    json!({
        "key": key, "licence_type": "core", "term": 1, "order": "", "redeemed": null, "wallet": wallet, "years": years,
    })
}

/// LIC-21, LIC-66: the key of a line that is resolved is in the books, and is not redeemed again; one of a line that was left alone
/// is not, and can be. One that another organization redeemed is refused.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_keys_of_what_is_resolved_count_once() {
    let (_harness, chief) = at(NEW_YEAR).await;
    let organization = started(&chief, "Kaufhaus Bergmann", 0).await;
    let other = started(&chief, "Miramar", 0).await;
    let key = |key: &str| {
        json!({ "keys": [{
            "key": key, "licence_type": "core", "purpose": "subscription", "term": 1, "quantity": 2, "order": "",
        }] })
    };
    chief
        .ok("licences.redeem_declared", act(&other, key("VEND-9999-OTHER")))
        .await;
    let lines = json!([
        line("VEND-1111-AAAA", json!(2), json!([])),
        line("VEND-2222-BBBB", json!(2), json!([])),
        line("VEND-9999-OTHER", json!(2), json!([])),
    ]);
    let found = chief.ok("licences.compare", compare(&organization, &lines)).await;
    let resolve = |place: usize| json!({ "lines": lines, "differences": [found[place]], "reference": "portal.csv", "reason": "missing here" });
    let of = |ending: &str| {
        let all = found.as_array().expect("differences");
        all.iter()
            .position(|one| one["key"] == ending)
            .expect("a difference")
    };
    chief
        .ok("licences.reconcile", act(&organization, resolve(of("••••-AAAA"))))
        .await;
    assert_eq!(
        chief
            .refused(
                "licences.redeem_declared",
                act(&organization, key("VEND-1111-AAAA"))
            )
            .await,
        ErrorCode::LicenceKeyRedeemed
    );
    chief
        .ok(
            "licences.redeem_declared",
            act(&organization, key("VEND-2222-BBBB")),
        )
        .await;
    assert_eq!(
        chief
            .refused("licences.reconcile", act(&organization, resolve(of("••••-THER"))))
            .await,
        ErrorCode::LicenceKeyRedeemed
    );
}

/// LIC-66, LIC-62: a comparison changes nothing; what is resolved stands in the history with its reference and reason, and in the
/// audit log; resolved again it is no difference, and the same operation again is done once.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_vendor_shows_something_else() {
    let (_harness, chief) = at(NEW_YEAR).await;
    let organization = started(&chief, "Kaufhaus Bergmann", 10).await;
    chief
        .ok("licences.redeem_declared", act(&organization, keys(1, 12, 1)))
        .await;
    let lines = json!([line("", json!(2), json!([{ "year": 0, "quantity": 10 }]))]);
    let found = chief.ok("licences.compare", compare(&organization, &lines)).await;
    let numbers: Vec<(&Value, &Value, &Value)> = found
        .as_array()
        .expect("differences")
        .iter()
        .map(|one| (&one["year"], &one["here"], &one["shown"]))
        .collect();
    assert_eq!(
        numbers,
        [
            (&Value::Null, &json!(12), &json!(2)),
            (&json!(0), &json!(0), &json!(10))
        ]
    );
    assert_eq!(product(&chief, &organization).await["wallet"][0]["quantity"], 12);

    let resolve = json!({ "lines": lines, "differences": found, "reference": "portal.csv", "reason": "allocated there" });
    let mut without = resolve.clone();
    without["reason"] = json!(" ");
    assert_eq!(
        chief
            .refused("licences.reconcile", act(&organization, without))
            .await,
        ErrorCode::FormInvalid
    );
    let arguments = act(&organization, resolve.clone());
    let receipt = chief.ok("licences.reconcile", arguments.clone()).await;
    assert_eq!(chief.ok("licences.reconcile", arguments).await, receipt);
    let details = product(&chief, &organization).await;
    assert_eq!(details["wallet"][0]["quantity"], 2);
    assert_eq!(details["status"]["kind"], "licensed");
    assert_eq!(
        chief.ok("licences.compare", compare(&organization, &lines)).await,
        json!([])
    );
    assert_eq!(
        chief
            .refused("licences.reconcile", act(&organization, resolve))
            .await,
        ErrorCode::LicenceNoDifference
    );

    let history = chief
        .rows("licence_history", json!({ "search": "portal.csv" }))
        .await;
    assert_eq!(history.len(), 1);
    assert_eq!(
        (&history[0]["kind"], &history[0]["reason"], &history[0]["wallet"]),
        (&json!("reconciled"), &json!("allocated there"), &json!(-10))
    );
    assert_eq!(history[0]["reversible"], false);
    let audit = chief.rows("audit", json!({ "search": "portal.csv" })).await;
    assert_eq!(audit.len(), 1, "once");
    let check = chief.ok("licences.check", json!({})).await;
    assert_eq!(check["differs"], Value::Null, "{check}");
}

/// LIC-66: a key of the file is compared by its last characters, however it is written; a type that the catalogue does not have is said.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn keys_of_the_file() {
    let (_harness, chief) = at(NEW_YEAR).await;
    let organization = started(&chief, "Kaufhaus Bergmann", 10).await;
    let key = json!({ "keys": [{
        "key": "ABCD-EFGH-1234", "licence_type": "core", "purpose": "subscription", "term": 1, "quantity": 5, "order": "",
    }] });
    chief
        .ok("licences.redeem_declared", act(&organization, key))
        .await;
    for written in [
        "ABCD-EFGH-1234",
        "abcd efgh 1234",
        "ＡＢＣＤ－ＥＦＧＨ－１２３４",
        "••••-1234",
        "**1234",
        "1234",
    ] {
        let lines = json!([line(written, json!(5), json!([]))]);
        let found = chief.ok("licences.compare", compare(&organization, &lines)).await;
        assert_eq!(found, json!([]), "{written}");
    }
    let other = json!([line("ABCD-EFGH-9999", json!(5), json!([]))]);
    let found = chief.ok("licences.compare", compare(&organization, &other)).await;
    let named: Vec<&Value> = found
        .as_array()
        .expect("two")
        .iter()
        .map(|one| &one["named"])
        .collect();
    assert_eq!(named, [&json!(false), &json!(true)]);
    let mut unknown = line("", json!(5), json!([]));
    unknown["licence_type"] = json!("submarine");
    assert_eq!(
        chief
            .refused("licences.compare", compare(&organization, &json!([unknown])))
            .await,
        ErrorCode::LicenceProductUnknown
    );
}
