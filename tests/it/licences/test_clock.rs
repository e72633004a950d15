//! LIC-54: the workspace at another date, in a copy that is thrown away.

use super::{act, at, choice, keys, product, started};
use crate::harness::{Harness, Person};
use crate::people::set_preference;
use flotilla_core::Secret;
use flotilla_core::test_clock::TestClock;
use flotilla_kernel::call::Origin;
use flotilla_kernel::clock::minutes;
use flotilla_kernel::error::{ErrorCode, Problem};
use serde_json::{Value, json};
use std::path::PathBuf;

fn day(text: &str) -> chrono::NaiveDate {
    text.parse().expect("a date")
}

async fn opened(person: &Person, date: &str) -> Result<(TestClock, Person), Problem> {
    let opened = TestClock::open(&person.program, &person.token, Origin::Desktop, day(date)).await;
    opened.map(|(clock, token)| {
        let program = clock.program.clone();
        (clock, Person { program, token })
    })
}

async fn go_to(clock: &TestClock, person: &Person, date: &str) -> Person {
    let gone = clock.go_to(&person.token, Origin::Desktop, day(date)).await;
    Person {
        program: clock.program.clone(),
        token: gone.expect("a later date"),
    }
}

/// What is left of copies.
fn files(harness: &Harness) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(harness.folder().join("workspace/test-clock")) else {
        return Vec::new();
    };
    entries.map(|entry| entry.expect("an entry").path()).collect()
}

async fn test_date(person: &Person) -> Value {
    person.ok("workspace.state", json!({})).await["test_clock"]["date"].clone()
}

/// LIC-54: the copy is at its date and says so, is worked in as the workspace, goes forward, contacts nothing, and leaves nothing;
/// the workspace is as it was.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_copy_at_another_date() {
    let (harness, chief) = at(super::NEW_YEAR).await;
    let organization = started(&chief, "Kaufhaus Bergmann", 10).await;
    chief
        .ok("licences.redeem_declared", act(&organization, keys(1, 20, 1)))
        .await;
    chief.ok("licences.allocate", act(&organization, choice(1))).await;
    let before = chief.rows("licence_history", json!({})).await;
    assert_eq!(test_date(&chief).await, Value::Null);

    let (clock, there) = opened(&chief, "2027-01-15").await.expect("a copy");
    assert_eq!(test_date(&there).await, "2027-01-15");
    assert_eq!(
        there.rows("licences", json!({})).await[0]["status"],
        "renewal_due"
    );
    there.ok("licences.allocate", act(&organization, choice(1))).await;
    assert_eq!(
        product(&there, &organization).await["status"],
        json!({ "kind": "licensed", "date": "2027-12-31", "due": 0 })
    );
    let reached = json!({
        "id": null, "organization": organization, "kind": "device", "name": "Camera", "host": "127.0.9.1", "port": 1,
        "user_name": "root", "password": "secret", "accept": null,
    });
    let test = there.ok("connections.test", reached).await;
    assert_eq!(
        (&test["status"], &test["detail"]),
        (&json!("unreachable"), &json!("test-clock.no-contact"))
    );
    let launch = json!({ "ids": [organization], "application": "web_manager" });
    assert_eq!(
        there.refused("customers.launch", launch).await,
        ErrorCode::TestClockNoContact
    );

    let later = go_to(&clock, &there, "2028-01-31").await;
    assert_eq!(test_date(&later).await, "2028-01-31");
    assert_eq!(
        product(&later, &organization).await["status"],
        json!({ "kind": "unlicensed", "date": "2028-01-31", "due": 0 })
    );
    assert_eq!(
        there.refused("session.current", json!({})).await,
        ErrorCode::SessionEnded
    );
    assert!(!files(&harness).is_empty(), "the copy is a file of its own");

    // Who leaves goes on in the workspace; the session of before has ended.
    assert_eq!(
        chief.refused("session.current", json!({})).await,
        ErrorCode::SessionEnded
    );
    let token = clock.going_on(&harness.program, Some(&later.token)).await;
    clock.end().await;
    drop((clock, there, later));
    assert_eq!(files(&harness), Vec::<PathBuf>::new());
    let program = harness.program.clone();
    let chief = Person {
        program,
        token: token.expect("a session"),
    };
    assert_eq!(chief.rows("licence_history", json!({})).await, before);
    assert_eq!(
        product(&chief, &organization).await["status"]["date"],
        "2026-12-31"
    );
    let entries = chief.rows("audit", json!({ "search": "2027-01-15" })).await;
    assert_eq!(
        entries.len(),
        1,
        "that it was opened stands in the log: {entries:?}"
    );
}

/// LIC-54, RGT-15: administrators at this machine only, to a date that is still to come; nothing is made for anybody else.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_may_open_one() {
    let (harness, chief) = at(super::NEW_YEAR).await;
    let (_, operator) = harness.operator(&chief, "olga").await;
    let refused = async |person: &Person, origin: Origin, date: &str| {
        let opened = TestClock::open(&person.program, &person.token, origin, day(date)).await;
        opened.err().map(|problem| problem.code)
    };
    let cases = [
        (&operator, Origin::Desktop, "2026-06-01", ErrorCode::RightMissing),
        (
            &chief,
            Origin::Remote("192.0.2.7".to_owned()),
            "2026-06-01",
            ErrorCode::HostOnly,
        ),
        (&chief, Origin::Desktop, "2026-01-01", ErrorCode::TestClockDate),
        (
            &chief,
            Origin::CommandLine,
            "2046-01-02",
            ErrorCode::TestClockDate,
        ),
    ];
    for (person, origin, date, code) in cases {
        assert_eq!(
            refused(person, origin.clone(), date).await,
            Some(code),
            "{origin} {date}"
        );
    }
    let nobody = Person {
        program: harness.program.clone(),
        token: Secret::new("nobody's"),
    };
    assert_eq!(
        refused(&nobody, Origin::Desktop, "2026-06-01").await,
        Some(ErrorCode::SessionEnded)
    );
    assert_eq!(files(&harness), Vec::<PathBuf>::new());
    // Whoever else signs in to the copy does not go on as the one who opened it.
    let (clock, there) = opened(&chief, "2026-06-01").await.expect("a copy");
    let program = clock.program.clone();
    let signed_in = json!({ "login": "olga", "password": crate::harness::PASSWORD });
    let signed_in = crate::harness::call(&program, None, "session.sign_in", &signed_in).await;
    let other = Secret::new(signed_in.expect("signed in")["token"].as_str().expect("a token"));
    assert!(clock.going_on(&harness.program, Some(&other)).await.is_none());
    assert!(clock.going_on(&harness.program, None).await.is_none());
    let back = clock
        .go_to(&there.token, Origin::Desktop, day("2026-05-31"))
        .await;
    assert_eq!(
        back.err().map(|problem| problem.code),
        Some(ErrorCode::TestClockDate)
    );
    clock.end().await;
}

/// LIC-54: what a killed program left is removed by the next start.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_killed_program_leaves_nothing_for_long() {
    let (harness, _) = at(super::NEW_YEAR).await;
    let left = harness.folder().join("workspace/test-clock/copy-killed");
    std::fs::create_dir_all(left.join("workspace")).expect("a folder");
    std::fs::write(left.join("workspace/workspace.db"), "a copy").expect("written");
    std::fs::write(left.with_extension("lock"), "").expect("written");
    let harness = harness.restarted(false).await;
    assert_eq!(files(&harness), Vec::<PathBuf>::new());
}

/// What there is to see of licences, without what says when it was written.
async fn seen(person: &Person) -> Vec<Value> {
    let mut seen = Vec::new();
    for list in ["licences", "licence_lots", "licence_endings", "licence_history"] {
        let mut rows = person.rows(list, json!({})).await;
        for row in &mut rows {
            if let Some(fields) = row.as_object_mut() {
                fields.remove("at");
                fields.remove("number");
            }
        }
        // Entries of one day in several books have no order of their own.
        rows.sort_by_key(Value::to_string);
        seen.extend(rows);
    }
    seen.push(person.ok("licences.notices", json!({})).await);
    seen
}

/// LIC-54: going forward in steps gives the same books, lists and notices as going to the date at once, in every zone.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn steps_are_as_at_once() {
    let (_harness, chief) = at(super::NEW_YEAR).await;
    for (number, zone) in ["Asia/Tokyo", "Europe/Paris", "America/New_York"]
        .into_iter()
        .enumerate()
    {
        set_preference(&chief, "zone", json!(zone)).await;
        let organization = started(&chief, zone, 4).await;
        chief
            .ok("licences.redeem_declared", act(&organization, keys(2, 6, 1)))
            .await;
        let years = u32::try_from(number).expect("few") + 1;
        chief
            .ok("licences.allocate", act(&organization, choice(years)))
            .await;
    }
    let (at_once, there) = opened(&chief, "2031-02-01").await.expect("a copy");
    let expected = seen(&there).await;
    assert!(expected.len() > 20, "{expected:?}");
    at_once.end().await;
    let token = at_once.going_on(&chief.program, Some(&there.token)).await;
    assert!(token.is_none(), "nobody goes on from a copy that has ended");
    let chief = _harness.sign_in("chief").await;
    let (in_steps, mut there) = opened(&chief, "2026-01-02").await.expect("a copy");
    let mut date = day("2026-01-02");
    while date < day("2031-02-01") {
        date = (date + chrono::Days::new(61)).min(day("2031-02-01"));
        there = go_to(&in_steps, &there, &date.to_string()).await;
    }
    assert_eq!(seen(&there).await, expected);
    in_steps.end().await;
}

/// ACC-10: a session of the copy rests as any other.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_session_of_a_copy_rests() {
    let (harness, chief) = at(super::NEW_YEAR).await;
    let (clock, there) = opened(&chief, "2026-06-01").await.expect("a copy");
    there.ok("session.current", json!({})).await;
    harness.clock.advance(minutes(5));
    assert_eq!(
        there.refused("session.current", json!({})).await,
        ErrorCode::SessionEnded
    );
    clock.end().await;
}
