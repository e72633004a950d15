//! What members with licences are told in time (LIC-17, LIC-22), and where licences are bought (LIC-77).

use super::{act, at, keys, move_clock, started};
use crate::harness::{Harness, Person};
use crate::people::{add_account, set_preference, wrong_fields};
use flotilla_core::licensing::service;
use flotilla_kernel::error::ErrorCode;
use serde_json::{Value, json};

async fn current(person: &Person) -> Vec<Value> {
    let list = person.ok("licences.notices", json!({})).await;
    let notices = list["notices"].as_array().expect("notices").clone();
    assert_eq!(list["count"], notices.len());
    notices
}

async fn forward(harness: &Harness, date: &str) -> Person {
    let chief = move_clock(harness, date).await;
    service::begin(&harness.workspace().await).await.expect("forward");
    chief
}

/// LIC-22: a lot is current 180, 90 and 30 days before its shelf life ends, to each account until it says that it has seen it, also after
/// another start.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_shelf_life_is_told_in_time() {
    let (harness, chief) = at(super::NEW_YEAR).await;
    let organization = crate::people::add_customer(&chief, "Kaufhaus Bergmann").await;
    let other = crate::people::add_customer(&chief, "Café Lumière").await;
    add_account(&chief, "vera", "administrator").await;
    add_account(&chief, "olga", "operator").await;
    chief.ok("licences.register", act(&organization, json!({}))).await;
    chief
        .ok("licences.redeem_declared", act(&organization, keys(1, 12, 1)))
        .await;
    assert!(current(&forward(&harness, "2030-07-04").await).await.is_empty());
    let chief = forward(&harness, "2030-07-05").await;
    let notices = current(&chief).await;
    assert_eq!(notices.len(), 1, "{notices:?}");
    let notice = &notices[0];
    assert_eq!(
        (&notice["kind"], &notice["date"], &notice["quantity"]),
        (&json!("shelf_life"), &json!("2030-12-31"), &json!(12))
    );
    assert_eq!(notice["organization"], organization.as_str());
    assert_eq!(notice["customer"], "Kaufhaus Bergmann");
    assert!(notice["lot"].is_string());
    assert!(
        current(&harness.sign_in("olga").await).await.is_empty(),
        "she is no member"
    );

    let dismiss = json!({ "organization": organization, "notice": notice["id"] });
    let of_another = json!({ "organization": other, "notice": notice["id"] });
    assert_eq!(
        chief.refused("licences.dismiss_notice", of_another).await,
        ErrorCode::NotFound
    );
    let olga = harness.sign_in("olga").await;
    assert_eq!(
        olga.refused("licences.dismiss_notice", dismiss.clone()).await,
        ErrorCode::NotFound
    );
    chief.ok("licences.dismiss_notice", dismiss.clone()).await;
    chief.ok("licences.dismiss_notice", dismiss).await;
    assert!(current(&chief).await.is_empty());
    assert_eq!(
        current(&harness.sign_in("vera").await).await.len(),
        1,
        "others still see it"
    );
    let harness = harness.restarted(false).await;
    service::begin(&harness.workspace().await).await.expect("forward");
    assert!(
        current(&harness.sign_in("chief").await).await.is_empty(),
        "once is enough"
    );

    let ninety = current(&forward(&harness, "2030-10-03").await).await;
    assert_eq!(ninety.len(), 1, "{ninety:?}");
    assert_ne!(ninety[0]["id"], notice["id"]);
    assert_eq!(current(&forward(&harness, "2030-12-02").await).await.len(), 1);
    assert!(current(&forward(&harness, "2031-01-01").await).await.is_empty());
}

/// LIC-16, LIC-54: a program left running tells at midnight of the organization's zone that a grace period is about to end.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_grace_period_is_told_at_midnight() {
    let (harness, chief) = at(super::NEW_YEAR).await;
    set_preference(&chief, "zone", json!("Asia/Tokyo")).await;
    let organization = started(&chief, "桜屋百貨店", 2).await;
    let kinds = async |person: &Person| -> Vec<Value> {
        current(person)
            .await
            .iter()
            .map(|one| one["kind"].clone())
            .collect()
    };
    assert_eq!(kinds(&chief).await, ["grace_began"]);
    let workspace = harness.workspace().await;
    let last_days = "2026-01-24".parse().expect("a date");
    let midnight = flotilla_kernel::clock::Time::start_of(last_days, chrono_tz::Asia::Tokyo);
    let mut known = std::collections::BTreeMap::new();
    for (at, kind) in [(midnight.plus(-1_000), "grace_began"), (midnight, "grace_ends")] {
        super::set_clock(&harness, at);
        service::new_days(&workspace, &mut known).await.expect("forward");
        assert_eq!(kinds(&harness.sign_in("chief").await).await, [kind]);
    }
    let chief = harness.sign_in("chief").await;
    let only = json!({ "organization": organization });
    assert_eq!(chief.ok("licences.notices", only).await["count"], 1);
}

/// LIC-77: the product's own link, and the reseller of the preferences, who are checked.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn where_licences_are_bought() {
    let (_harness, chief) = at(super::NEW_YEAR).await;
    let organization = crate::people::add_customer(&chief, "Kaufhaus Bergmann").await;
    let product = json!({ "organization": organization, "product": super::PRODUCT });
    let before = chief.ok("licences.where_to_buy", product.clone()).await;
    assert_eq!(before["reseller"], Value::Null);
    let links = before["addresses"].as_array().expect("addresses").len();
    let mut form = chief.ok("preferences.read", json!({})).await;
    form["preferences"]["reseller_web"] = json!("javascript:alert(1)");
    let wrong = wrong_fields(chief.call("preferences.save", form.clone()).await);
    assert_eq!(
        wrong,
        [
            ("reseller_name".to_owned(), ErrorCode::FieldRequired),
            ("reseller_web".to_owned(), ErrorCode::FieldNotAWebAddress)
        ]
    );
    form["preferences"]["reseller_name"] = json!(" Nordlicht Telekom ");
    form["preferences"]["reseller_telephone"] = json!("+49 40 5550 112");
    form["preferences"]["reseller_email"] = json!("licences@nordlicht.example");
    form["preferences"]["reseller_web"] = json!("https://nordlicht.example/shop");
    chief.ok("preferences.save", form).await;
    let found = chief.ok("licences.where_to_buy", product).await;
    assert_eq!(
        found["reseller"],
        json!({ "name": "Nordlicht Telekom", "telephone": "+49 40 5550 112", "email": "licences@nordlicht.example" })
    );
    let addresses = found["addresses"].as_array().expect("addresses");
    assert_eq!(addresses.len(), links + 1);
    assert_eq!(
        addresses.last().expect("one"),
        &json!({ "of": "reseller", "url": "https://nordlicht.example/shop" })
    );
}
