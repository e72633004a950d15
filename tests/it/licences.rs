//! The licence wallet through the command table: what a planner does, what two windows do at once, and what nobody may do.

use crate::harness::{Harness, Person};
use crate::people::{add_account, add_customer, add_system, default_folder, grant, harness, set_preference};
use flotilla_kernel::clock::{Time, days};
use flotilla_kernel::error::ErrorCode;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};

mod faults;
mod journal;
mod notices;
mod offline;
mod reconciling;
mod signed;
mod test_clock;

pub const PRODUCT: &str = "camera-station-pro";

/// Thursday, 1 January 2026, 12:00 UTC.
const NEW_YEAR: Time = Time(1_767_268_800_000);

/// A new operation's id.
pub fn operation() -> String {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    format!("01890000-0000-7000-9000-{number:012x}")
}

/// The arguments of an act on the product of an organization.
pub fn act(organization: &str, more: Value) -> Value {
    let mut arguments = json!({ "operation": operation(), "organization": organization, "product": PRODUCT, "screen": "wallet" });
    let fields = arguments.as_object_mut().expect("an object");
    fields.extend(more.as_object().expect("an object").clone());
    arguments
}

pub fn keys(count: usize, quantity: i64, term: u32) -> Value {
    let key = |_| {
        json!({
            "key": format!("KEY-{}", operation()), "licence_type": "core", "purpose": "subscription", "term": term, "quantity": quantity,
            "order": "PO-1",
        })
    };
    json!({ "keys": (0..count).map(key).collect::<Vec<_>>() })
}

/// An organization with a running subscription that needs so many Core.
pub async fn started(chief: &Person, name: &str, need: i64) -> String {
    let organization = add_customer(chief, name).await;
    chief.ok("licences.register", act(&organization, json!({}))).await;
    let requirement = json!({ "system": null, "licence_type": "core", "quantity": need });
    chief
        .ok("licences.set_requirement", act(&organization, requirement))
        .await;
    chief
        .ok(
            "licences.start",
            act(&organization, json!({ "together_with": null })),
        )
        .await;
    organization
}

pub async fn product(person: &Person, organization: &str) -> Value {
    person
        .ok(
            "licences.product",
            json!({ "organization": organization, "product": PRODUCT }),
        )
        .await
}

fn choice(years: u32) -> Value {
    json!({ "choice": { "first_year": null, "years": years, "first_day": null } })
}

async fn at(start: Time) -> (Harness, Person) {
    let harness = Harness::with_clock(start).await;
    let chief = harness.administrator().await;
    (harness, chief)
}

fn set_clock(harness: &Harness, to: Time) {
    harness.clock.advance(to.since(harness.clock.now()));
}

/// Moves the clock to noon of a day; sessions have ended by then, and the administrator signs in again.
async fn move_clock(harness: &Harness, to: &str) -> Person {
    let day: chrono::NaiveDate = to.parse().expect("a date");
    set_clock(
        harness,
        Time(
            day.and_hms_opt(12, 0, 0)
                .expect("noon")
                .and_utc()
                .timestamp_millis(),
        ),
    );
    harness.sign_in("chief").await
}

/// LIC-04, LIC-32, LIC-33: the worked example through the commands; every number is there to be read.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ten_in_july_and_one_more() {
    let (harness, chief) = at(NEW_YEAR).await;
    let organization = started(&chief, "Kaufhaus Bergmann", 10).await;
    assert_eq!(
        product(&chief, &organization).await["status"],
        json!({ "kind": "started", "date": "2026-01-30", "due": 0 })
    );
    chief
        .ok("licences.redeem_declared", act(&organization, keys(1, 20, 1)))
        .await;
    let chief = move_clock(&harness, "2026-02-01").await;
    assert_eq!(
        product(&chief, &organization).await["status"]["kind"],
        "unlicensed"
    );
    let chief = move_clock(&harness, "2026-07-02").await;
    let plan = json!({ "organization": organization, "product": PRODUCT, "choice": choice(1)["choice"] });
    let plan = chief.ok("licences.plan_allocation", plan).await;
    assert_eq!(plan["credits"][0]["credit"], 4);
    assert_eq!(
        (&plan["licensed_until"], &plan["missing"]),
        (&json!("2026-12-31"), &json!([]))
    );
    let receipt = chief.ok("licences.allocate", act(&organization, choice(1))).await;
    let credit = &receipt["credits"][0];
    assert_eq!(
        (&credit["credit"], &credit["residual_after"], &credit["days"]),
        (&json!(4), &json!(360), &json!(182))
    );
    let chief = move_clock(&harness, "2026-07-07").await;
    let one_more = json!({ "choice": {
        "first_year": 0, "years": 1, "first_day": null, "beyond_need": true,
        "quantities": [{ "year": 0, "licence_type": "core", "quantity": 1 }],
    } });
    let receipt = chief.ok("licences.allocate", act(&organization, one_more)).await;
    assert_eq!(
        (
            &receipt["credits"][0]["credit"],
            &receipt["credits"][0]["residual_after"]
        ),
        (&json!(1), &json!(182))
    );
    let details = product(&chief, &organization).await;
    assert_eq!(
        details["residuals"],
        json!([{ "licence_type": "core", "quantity": 182 }])
    );
    assert_eq!(
        details["status"],
        json!({ "kind": "licensed", "date": "2026-12-31", "due": 0 })
    );
    // 20 redeemed, 11 allocated, 5 credited.
    assert_eq!(
        details["wallet"],
        json!([{ "licence_type": "core", "term": 1, "quantity": 14 }])
    );
    let postings = json!({ "organization": organization, "product": PRODUCT, "account": "wallet" });
    let postings = chief.ok("licences.postings", postings).await;
    let sum: i64 = postings
        .as_array()
        .expect("postings")
        .iter()
        .map(|posting| posting["amount"].as_i64().expect("a number"))
        .sum();
    assert_eq!(sum, 14);
    let lots = chief
        .rows("licence_lots", json!({ "organization": organization }))
        .await;
    let left: BTreeMap<&str, i64> = lots
        .iter()
        .map(|lot| {
            (
                lot["origin"].as_str().expect("an origin"),
                lot["left"].as_i64().expect("a number"),
            )
        })
        .fold(BTreeMap::new(), |mut sums, (origin, left)| {
            *sums.entry(origin).or_default() += left;
            sums
        });
    assert_eq!(left, BTreeMap::from([("declared", 9), ("credit", 5)]));
    let history = chief
        .rows(
            "licence_history",
            json!({ "organization": organization, "search": "allocated" }),
        )
        .await;
    assert_eq!(history.len(), 2);
    assert_eq!(
        (&history[0]["wallet"], &history[0]["account_name"]),
        (&json!(0), &json!("Ada Keller"))
    );
    let check = chief.ok("licences.check", json!({})).await;
    assert_eq!(check["differs"], Value::Null);
}

/// LIC-03, LIC-75: the lists over all organizations say what is short and what ends.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_ends_and_what_is_short() {
    let (_harness, chief) = at(NEW_YEAR).await;
    let organization = started(&chief, "Kaufhaus Bergmann", 10).await;
    chief
        .ok("licences.redeem_declared", act(&organization, keys(1, 4, 1)))
        .await;
    let rows = chief.rows("licences", json!({})).await;
    assert_eq!(rows.len(), 1);
    assert_eq!(
        (&rows[0]["status"], &rows[0]["status_date"], &rows[0]["shortage"]),
        (&json!("started"), &json!("2026-01-30"), &json!(10))
    );
    assert_eq!(
        (&rows[0]["wallet"], &rows[0]["customer"]),
        (&json!(4), &json!("Kaufhaus Bergmann"))
    );
    let soon = json!({ "criteria": [
        { "column": "date", "test": { "kind": "range", "from": 20_454, "to": 20_544 } },
        { "column": "quiet", "test": { "kind": "yes_no", "value": false } },
    ] });
    let ends = chief.rows("licence_endings", soon).await;
    assert_eq!(ends.len(), 1);
    assert_eq!(
        (&ends[0]["kind"], &ends[0]["date"], &ends[0]["short"]),
        (&json!("grace"), &json!("2026-01-30"), &json!(10))
    );
    let list = chief
        .ok("licences.products", json!({ "organization": organization }))
        .await;
    let kinds: Vec<&str> = list["products"]
        .as_array()
        .expect("products")
        .iter()
        .map(|line| line["status"]["kind"].as_str().expect("a kind"))
        .collect();
    assert_eq!(
        kinds.iter().filter(|kind| **kind == "not_registered").count(),
        kinds.len() - 1
    );
}

/// LIC-61: the same operation is done once; with other inputs it is refused.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_operation_is_done_once() {
    let (_harness, chief) = at(NEW_YEAR).await;
    let organization = started(&chief, "Kaufhaus Bergmann", 1).await;
    let redeem = act(&organization, keys(2, 3, 1));
    let first = chief.ok("licences.redeem_declared", redeem.clone()).await;
    let entries = chief.index("licence_history", json!({})).await.len();
    assert_eq!(chief.ok("licences.redeem_declared", redeem.clone()).await, first);
    assert_eq!(chief.index("licence_history", json!({})).await.len(), entries);
    let mut other = redeem;
    other["keys"][0]["quantity"] = json!(300);
    assert_eq!(
        chief.refused("licences.redeem_declared", other).await,
        ErrorCode::LicenceOperationDiffers
    );
}

/// LIC-21: the same key twice, in two organizations, in two windows at once, however it is typed: accepted once.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_key_counts_once() {
    let (harness, chief) = at(NEW_YEAR).await;
    let one = started(&chief, "Kaufhaus Bergmann", 1).await;
    let other = started(&chief, "Miramar", 1).await;
    let key = |text: &str| json!({ "keys": [{ "key": text, "licence_type": "core", "purpose": "subscription", "term": 1, "quantity": 5, "order": "" }] });
    let second = harness.sign_in("chief").await;
    let (first, again) = tokio::join!(
        chief.call("licences.redeem_declared", act(&one, key("ABCD-1234-EFGH"))),
        second.call("licences.redeem_declared", act(&other, key("abcd 1234 efgh"))),
    );
    let outcomes = [first, again];
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1);
    let refused = outcomes
        .into_iter()
        .find_map(Result::err)
        .expect("one is refused");
    assert_eq!(refused.code, ErrorCode::LicenceKeyRedeemed);
    assert_eq!(
        chief
            .refused("licences.redeem_declared", act(&one, key("ABCD1234EFGH")))
            .await,
        ErrorCode::LicenceKeyRedeemed
    );
    let lots = chief.rows("licence_lots", json!({})).await;
    assert_eq!(lots.len(), 1);
    assert_eq!(lots[0]["key"], "••••-EFGH");
}

/// LIC-61: two windows allocate the last licences at once; one succeeds, the other is told what is missing.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_last_licences_go_once() {
    let (harness, chief) = at(NEW_YEAR).await;
    let organization = started(&chief, "Kaufhaus Bergmann", 10).await;
    chief
        .ok("licences.redeem_declared", act(&organization, keys(1, 10, 1)))
        .await;
    let second = harness.sign_in("chief").await;
    let (one, other) = tokio::join!(
        chief.call("licences.allocate", act(&organization, choice(1))),
        second.call("licences.allocate", act(&organization, choice(1))),
    );
    let refused: Vec<_> = [one, other].into_iter().filter_map(Result::err).collect();
    assert_eq!(refused.len(), 1);
    assert_eq!(refused[0].code, ErrorCode::LicenceWalletShort);
    assert_eq!(format!("{:?}", refused[0].params["missing"]), "Text(\"10 Core\")");
}

/// LIC-45, LIC-46: licences wait for a product that was never started, are called back, and come in with its start; the right is asked
/// in both organizations.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_transfer_waits() {
    let (harness, chief) = at(NEW_YEAR).await;
    let sender = started(&chief, "Kaufhaus Bergmann", 1).await;
    let receiver = add_customer(&chief, "Miramar").await;
    chief
        .ok("licences.redeem_declared", act(&sender, keys(1, 12, 1)))
        .await;
    let numbers = json!({
        "organization": sender, "to": receiver, "product": PRODUCT, "numbers": [{ "licence_type": "core", "term": 1, "quantity": 8 }],
    });
    let plan = chief.ok("licences.plan_transfer", numbers).await;
    assert_eq!(
        (&plan["waits"], &plan["customer"]),
        (&json!(true), &json!("Miramar"))
    );
    let lot = plan["lines"][0]["lot"]["lot"].clone();
    let send = |quantity: i64| json!({ "to": receiver, "lines": [{ "lot": lot, "quantity": quantity }] });
    let account = add_account(&chief, "steward", "operator").await;
    grant(&chief, &sender, &account, "admin", &[]).await;
    let steward = harness.sign_in("steward").await;
    assert_eq!(
        steward.refused("licences.transfer", act(&sender, send(1))).await,
        ErrorCode::NotFound
    );
    let first = chief.ok("licences.transfer", act(&sender, send(5))).await;
    chief.ok("licences.transfer", act(&sender, send(3))).await;
    assert_eq!(
        chief.refused("licences.transfer", act(&sender, send(5))).await,
        ErrorCode::LicenceWalletShort
    );
    let details = product(&chief, &sender).await;
    assert_eq!(details["sent"].as_array().expect("transfers").len(), 2);
    // Also from one that was archived meanwhile; administrators are told its name.
    let archived = json!({ "id": receiver, "confirmation": receiver });
    chief.ok("organizations.archive", archived.clone()).await;
    assert_eq!(product(&chief, &sender).await["sent"][0]["customer"], "Miramar");
    let recall = json!({ "transfer": first["transfer"] });
    chief.ok("licences.recall", act(&sender, recall.clone())).await;
    chief.ok("organizations.restore", archived).await;
    assert_eq!(
        chief.refused("licences.recall", act(&sender, recall)).await,
        ErrorCode::LicenceNotWaiting
    );
    chief.ok("licences.register", act(&receiver, json!({}))).await;
    chief.ok("licences.start_trial", act(&receiver, json!({}))).await;
    let wallet = |details: &Value| details["wallet"][0]["quantity"].clone();
    assert_eq!(wallet(&product(&chief, &receiver).await), 3);
    assert_eq!(wallet(&product(&chief, &sender).await), 9);
    let check = chief.ok("licences.check", json!({})).await;
    assert_eq!(check["differs"], Value::Null);
}

/// ORG-06: the licences of an archived organization are frozen, which is said before in numbers, and come back; an organization with a
/// ledger is not deleted.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn archiving_freezes() {
    let (harness, chief) = at(NEW_YEAR).await;
    let organization = started(&chief, "Kaufhaus Bergmann", 1).await;
    chief
        .ok("licences.redeem_declared", act(&organization, keys(1, 12, 1)))
        .await;
    let plan = chief
        .ok("organizations.plan_archive", json!({ "id": organization }))
        .await;
    assert_eq!(
        plan["more"],
        json!([{ "name": "wallet_licences", "count": 12 }, { "name": "subscriptions", "count": 1 }])
    );
    let outcomes = chief
        .ok("customers.delete", json!({ "ids": [organization] }))
        .await;
    assert_eq!(outcomes[0]["problem"], "licence.has-ledger");
    chief
        .ok(
            "organizations.archive",
            json!({ "id": organization, "confirmation": organization }),
        )
        .await;
    assert!(chief.rows("licences", json!({})).await.is_empty());
    assert_eq!(
        chief
            .refused("licences.allocate", act(&organization, choice(1)))
            .await,
        ErrorCode::NotFound
    );
    let chief = move_clock(&harness, "2027-01-15").await;
    chief
        .ok(
            "organizations.restore",
            json!({ "id": organization, "confirmation": organization }),
        )
        .await;
    let details = product(&chief, &organization).await;
    assert_eq!(details["wallet"][0]["quantity"], 12);
    assert_eq!(
        details["status"],
        json!({ "kind": "renewal_due", "date": "2027-01-30", "due": 0 })
    );
}

/// LIC-53: a machine clock that is set back by more than a day is said so, and licence dates go by the kept time.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_clock_that_is_set_back() {
    let (harness, chief) = at(NEW_YEAR).await;
    let organization = started(&chief, "Kaufhaus Bergmann", 1).await;
    set_clock(&harness, NEW_YEAR.plus(-days(40)));
    let chief = harness.sign_in("chief").await;
    let list = chief
        .ok("licences.products", json!({ "organization": organization }))
        .await;
    assert_eq!(
        (&list["clock_behind"], &list["today"]),
        (&json!(true), &json!("2026-01-01"))
    );
}

/// LIC-54: a program left running brings a year's end to the lists at midnight of the organization's zone.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_year_begins_at_midnight() {
    let (harness, chief) = at(NEW_YEAR).await;
    set_preference(&chief, "zone", json!("Asia/Tokyo")).await;
    let organization = started(&chief, "桜屋百貨店", 2).await;
    let zone = chief
        .ok("organizations.read", json!({ "id": organization }))
        .await["zone"]
        .clone();
    let zone: chrono_tz::Tz = zone.as_str().expect("a zone").parse().expect("a zone");
    chief
        .ok("licences.redeem_declared", act(&organization, keys(1, 2, 1)))
        .await;
    chief.ok("licences.allocate", act(&organization, choice(1))).await;
    let workspace = harness.workspace().await;
    let started = product(&chief, &organization).await["subscription"]["start"].clone();
    let started: chrono::NaiveDate = started.as_str().expect("a day").parse().expect("a day");
    let next = chrono::NaiveDate::from_ymd_opt(2027, 1, 1).expect("a day");
    assert_eq!(
        started,
        chrono::NaiveDate::from_ymd_opt(2026, 1, 1).expect("a day")
    );
    let midnight = Time::start_of(next, zone);
    let mut known = BTreeMap::new();
    let status = async |at: Time, known: &mut BTreeMap<String, chrono::NaiveDate>| {
        set_clock(&harness, at);
        flotilla_core::licensing::service::new_days(&workspace, known)
            .await
            .expect("taken forward");
        harness.sign_in("chief").await.rows("licences", json!({})).await[0]["status"].clone()
    };
    assert_eq!(status(midnight.plus(-1_000), &mut known).await, "licensed");
    assert_eq!(status(midnight, &mut known).await, "renewal_due");
    let chief = harness.sign_in("chief").await;
    let history = chief
        .rows("licence_history", json!({ "search": "year_began" }))
        .await;
    assert_eq!((history.len(), &history[0]["account_name"]), (1, &json!("")));
}

/// LIC-15: systems that the rule of the catalogue names are needed for; by hand another number stands in its place.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn needs_follow_systems() {
    let (harness, chief) = harness().await;
    let organization = add_customer(&chief, "Kaufhaus Bergmann").await;
    let folder = default_folder(&chief, &organization).await;
    crate::people::add_system(&harness, &organization, &folder, "pbx").await;
    let of = |more: Value| {
        let mut arguments = act(&organization, more);
        arguments["product"] = json!("ip-office-subscription");
        arguments
    };
    chief.ok("licences.register", of(json!({}))).await;
    let need = async || {
        let arguments = json!({ "organization": organization, "product": "ip-office-subscription" });
        chief.ok("licences.product", arguments).await["need"].clone()
    };
    assert_eq!(need().await, json!([{ "licence_type": "system", "quantity": 1 }]));
    let by_hand = json!({ "system": null, "licence_type": "uc-user", "quantity": 25 });
    chief.ok("licences.set_requirement", of(by_hand)).await;
    assert_eq!(need().await.as_array().expect("types").len(), 2);
    let history = chief
        .rows("licence_history", json!({ "search": "need_changed" }))
        .await;
    assert_eq!(history.len(), 2);
}

/// LIC-64, LIC-65: an opening balance as it stands at the vendor, taken back with a reason, and entered again.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_opening_balance() {
    let (_harness, chief) = at(NEW_YEAR).await;
    let organization = add_customer(&chief, "Kaufhaus Bergmann").await;
    chief.ok("licences.register", act(&organization, json!({}))).await;
    let requirement = json!({ "system": null, "licence_type": "core", "quantity": 10 });
    chief
        .ok("licences.set_requirement", act(&organization, requirement))
        .await;
    let opening = json!({
        "start": "2024-01-15", "reference": "portal, 1 January 2026",
        "lots": [{
            "key": "XYZ1", "licence_type": "core", "term": 1, "order": "PO-7", "redeemed": "2024-02-01", "wallet": 6,
            "years": [{ "year": 1, "quantity": 10 }],
        }],
    });
    let receipt = chief
        .ok("licences.open", act(&organization, opening.clone()))
        .await;
    let details = product(&chief, &organization).await;
    assert_eq!(
        details["status"],
        json!({ "kind": "licensed", "date": "2026-01-14", "due": 0 })
    );
    assert_eq!(details["wallet"][0]["quantity"], 6);
    let reverse = json!({ "entry": receipt["entries"][0], "reason": "wrong start" });
    chief
        .ok("licences.reverse", act(&organization, reverse.clone()))
        .await;
    assert_eq!(
        chief
            .refused("licences.reverse", act(&organization, reverse))
            .await,
        ErrorCode::LicenceNotReversible
    );
    assert_eq!(
        product(&chief, &organization).await["status"]["kind"],
        "registered"
    );
    chief.ok("licences.open", act(&organization, opening)).await;
    assert_eq!(product(&chief, &organization).await["wallet"][0]["quantity"], 6);
}

/// LIC-21, LIC-64: the licences of a key are in one wallet once: a key of an opening balance is not redeemed again, and one that was
/// redeemed does not stand in an opening balance. The end of a key, which is all that some portals show, is no key.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_key_of_an_opening_balance_counts_once() {
    let (_harness, chief) = at(NEW_YEAR).await;
    let opened = add_customer(&chief, "Kaufhaus Bergmann").await;
    let other = add_customer(&chief, "Miramar").await;
    for organization in [&opened, &other] {
        chief.ok("licences.register", act(organization, json!({}))).await;
    }
    let opening = |key: &str| {
        json!({
            "start": "2025-01-15", "reference": "portal",
            "lots": [{
                "key": key, "licence_type": "core", "term": 1, "order": "", "redeemed": "2025-01-15", "wallet": 6, "years": [],
            }],
        })
    };
    let redeem = |key: &str| {
        json!({ "keys": [{
            "key": key, "licence_type": "core", "purpose": "subscription", "term": 1, "quantity": 6, "order": "",
        }] })
    };
    chief
        .ok("licences.open", act(&opened, opening("VEND-1234-ABCD")))
        .await;
    for organization in [&opened, &other] {
        let again = act(organization, redeem("vend1234 abcd"));
        assert_eq!(
            chief.refused("licences.redeem_declared", again).await,
            ErrorCode::LicenceKeyRedeemed
        );
    }
    let read = json!({ "organization": other, "product": PRODUCT, "keys": ["VEND-1234-ABCD"] });
    let read = chief.ok("licences.read_keys", read).await;
    assert_eq!(read[0]["problem"]["code"], "licence.key-redeemed");
    chief
        .ok("licences.redeem_declared", act(&opened, redeem("VEND-5678-WXYZ")))
        .await;
    assert_eq!(
        chief
            .refused("licences.open", act(&other, opening("VEND-5678-WXYZ")))
            .await,
        ErrorCode::LicenceKeyRedeemed
    );
    assert_eq!(product(&chief, &other).await["wallet"], json!([]));
    chief.ok("licences.open", act(&other, opening("ABCD"))).await;
    chief
        .ok("licences.redeem_declared", act(&other, redeem("ABCD-1")))
        .await;
    assert_eq!(
        chief.ok("licences.check", json!({})).await["differs"],
        Value::Null
    );
}

/// LIC-01: a catalogue that an administrator changes holds from then on; one without a product that has books is refused.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_catalogue() {
    let (_harness, chief) = at(NEW_YEAR).await;
    started(&chief, "Kaufhaus Bergmann", 1).await;
    let view = chief.ok("licence_catalogue.read", json!({})).await;
    assert_eq!((&view["version"], &view["built_in"]), (&json!(1), &json!(true)));
    let mut catalogue = view["catalogue"].clone();
    catalogue["products"][0]["grace_days"] = json!(14);
    let save = |catalogue: &Value| json!({ "revision": 1, "catalogue": catalogue });
    let mut without = catalogue.clone();
    without["products"].as_array_mut().expect("products").remove(0);
    assert_eq!(
        chief.refused("licence_catalogue.save", save(&without)).await,
        ErrorCode::LicenceCatalogueInUse
    );
    let mut without_type = catalogue.clone();
    let changed = &mut without_type["products"][0];
    let used = format!(
        "{} / {}",
        changed["id"].as_str().expect("an id"),
        changed["types"][0]["id"].as_str().expect("an id")
    );
    changed["types"].as_array_mut().expect("types").remove(0);
    for part in ["substitutions", "hardware", "part_numbers"] {
        changed[part] = json!([]);
    }
    let refused = chief.problem("licence_catalogue.save", save(&without_type)).await;
    assert_eq!(refused.code, ErrorCode::LicenceCatalogueInUse);
    assert_eq!(refused.params.get("what"), Some(&used.into()));
    assert_eq!(
        chief.ok("licence_catalogue.save", save(&catalogue)).await["version"],
        2
    );
    assert_eq!(
        chief.refused("licence_catalogue.save", save(&catalogue)).await,
        ErrorCode::Changed
    );
    let later = started(&chief, "Miramar", 1).await;
    assert_eq!(product(&chief, &later).await["status"]["date"], "2026-01-14");
    // A circle of types that stand in for each other is no order.
    let mut circle = catalogue.clone();
    let pairs = circle["products"][0]["substitutions"]
        .as_array_mut()
        .expect("pairs");
    let back = json!({ "needed": pairs[0]["substitute"], "substitute": pairs[0]["needed"] });
    pairs.push(back);
    let save = |catalogue: &Value| json!({ "revision": 2, "catalogue": catalogue });
    assert_eq!(
        chief.refused("licence_catalogue.save", save(&circle)).await,
        ErrorCode::LicenceCatalogueInvalid
    );
}

/// LIC-01: a running subscription goes by the catalogue its year began with, in what it needs and in what is said of it, until its next
/// year.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_running_subscription_keeps_its_catalogue() {
    let (harness, chief) = at(NEW_YEAR).await;
    let site = started(&chief, "Kaufhaus Bergmann", 2).await;
    let folder = default_folder(&chief, &site).await;
    add_system(&harness, &site, &folder, "Gate").await;
    let before = product(&chief, &site).await;
    assert_eq!(before["need"][0]["quantity"], 2);
    let view = chief.ok("licence_catalogue.read", json!({})).await;
    let mut catalogue = view["catalogue"].clone();
    let changed = &mut catalogue["products"][0];
    changed["grace_days"] = json!(5);
    changed["types"][0]["need"] =
        json!({ "kind": "each_system", "kinds": ["telephone_server"], "quantity": 4 });
    chief
        .ok(
            "licence_catalogue.save",
            json!({ "revision": 1, "catalogue": catalogue }),
        )
        .await;
    chief
        .ok("licences.redeem_declared", act(&site, keys(1, 2, 1)))
        .await;
    let after = product(&chief, &site).await;
    for field in ["need", "terms", "status", "shortage"] {
        assert_eq!(after[field], before[field], "{field}");
    }
    let chief = move_clock(&harness, "2027-01-02").await;
    let next = product(&chief, &site).await;
    assert_eq!(next["terms"]["grace_days"], 5);
    assert_eq!(next["need"][0]["quantity"], 6);
}

/// CUS-13, ORG-06: what the ledger keeps is said before a deletion, and what archiving meets before it is done; LIC-65: what cannot be
/// taken back is not offered.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_deleting_and_archiving_meet() {
    let (_harness, chief) = at(NEW_YEAR).await;
    let kept = started(&chief, "Kaufhaus Bergmann", 1).await;
    let free = add_customer(&chief, "Miramar").await;
    let both = json!({ "ids": [kept, free] });
    let plan = chief.ok("customers.plan_deletion", both).await;
    assert_eq!(plan["customers"], 1);
    assert_eq!(
        plan["kept"],
        json!([{ "id": kept, "name": "Kaufhaus Bergmann", "problem": "licence.has-ledger" }])
    );
    let carried = json!([{ "licence_type": "core", "quantity": 4 }]);
    let hardware =
        json!({ "serial": "B8A4-9", "model": "S1216", "licences": carried, "reference": "note 9" });
    chief.ok("licences.register_hardware", act(&kept, hardware)).await;
    let plan = chief
        .ok("organizations.plan_archive", json!({ "id": kept }))
        .await;
    let hardware = json!({ "name": "hardware_licences", "count": 4 });
    let more = plan["more"].as_array().expect("numbers");
    assert!(more.contains(&hardware), "{plan}");
    chief
        .ok("licences.redeem_declared", act(&kept, keys(2, 5, 1)))
        .await;
    chief
        .ok(
            "licences.set_requirement",
            act(
                &kept,
                json!({ "system": null, "licence_type": "core", "quantity": 9 }),
            ),
        )
        .await;
    chief.ok("licences.allocate", act(&kept, choice(2))).await;
    let query = json!({ "organization": kept, "criteria": [{ "column": "kind", "test": { "kind": "any_of", "values": ["allocated"] } }] });
    let rows = chief.rows("licence_history", query).await;
    assert_eq!(rows.len(), 1);
    assert_eq!(
        rows[0]["reversible"], true,
        "the second year has not begun: {}",
        rows[0]
    );
}
