//! Signing in and out, waiting, locking, resting.

use crate::harness::{Harness, PASSWORD, Person};
use crate::people::{
    START, account_form, add_account, add_customer, harness, not_let_in, person, set_preference, try_sign_in,
    wrong_fields,
};
use flotilla_core::router::Request;
use flotilla_kernel::call::Origin;
use flotilla_kernel::clock::{hours, minutes, seconds};
use flotilla_kernel::error::{ErrorCode, Problem};
use flotilla_kernel::events::Event;
use serde_json::{Value, json};

/// ACC-01: a new workspace has no account; the first screen makes one, once, and nothing else is reachable before.
#[tokio::test(flavor = "multi_thread")]
async fn first_start() {
    let harness = Harness::with_clock(START).await;
    let state = harness
        .call(None, "workspace.state", &json!({}))
        .await
        .expect("a state");
    assert_eq!(state["stage"], "first_start");
    let early = harness
        .call(None, "customers.index", &json!({}))
        .await
        .expect_err("refused");
    assert_eq!(early.code, ErrorCode::NotSignedIn);

    let wrong = json!({
        "login": "a-login-name-too-long", "password": "short", "confirmation": "other", "language": "ja", "zone": "Nowhere",
    });
    let fields = wrong_fields(harness.call(None, "workspace.create_first", &wrong).await);
    let names: Vec<&str> = fields.iter().map(|(field, _)| field.as_str()).collect();
    assert_eq!(names, ["login", "zone", "confirmation", "password"]);

    let right = json!({ "login": "ada", "password": PASSWORD, "confirmation": PASSWORD, "language": "ja", "zone": "Asia/Tokyo" });
    let both = tokio::join!(
        harness.call(None, "workspace.create_first", &right),
        harness.call(None, "workspace.create_first", &right)
    );
    let (first, second) = match both {
        (Ok(reply), Err(error)) | (Err(error), Ok(reply)) => (reply, error),
        other => panic!("exactly one of two first administrators is made: {other:?}"),
    };
    assert_eq!(second.code, ErrorCode::WorkspaceHasAccounts);
    assert_eq!(first["session"]["profile"]["language"], "ja");
    assert_eq!(first["session"]["may"]["administer"], true);
    let ada = person(&harness, &first);
    let preferences = ada
        .call("preferences.read", json!({}))
        .await
        .expect("preferences");
    assert_eq!(preferences["preferences"]["zone"], "Asia/Tokyo");
    let state = harness
        .call(None, "workspace.state", &json!({}))
        .await
        .expect("a state");
    assert_eq!(state["stage"], "ready");
}

/// Signs in from an address in the network, or not.
async fn from(harness: &Harness, address: &str, login: &str, password: &str) -> Result<(), Problem> {
    let arguments = json!({ "login": login, "password": password }).to_string();
    let request = Request {
        name: "session.sign_in",
        arguments: &arguments,
        token: None,
        origin: Origin::Remote(address.to_owned()),
    };
    harness.program.call(request).await.map(|_| ())
}

/// The refused tries in the audit log.
async fn refused_tries(harness: &Harness) -> Vec<Value> {
    let admin = harness.sign_in("chief").await;
    let rows = admin.rows("audit", json!({})).await.into_iter();
    rows.filter(|row| row["act"] == "session.sign_in" && row["result"] == "refused")
        .collect()
}

/// ACC-06: an unknown name and a wrong password read the same, try by try; ACC-07: the schedule, which is the same for the only
/// administrator, so that nobody learns who that is.
#[tokio::test(flavor = "multi_thread")]
async fn every_name_waits_alike() {
    let (harness, admin) = harness().await;
    add_account(&admin, "marie", "operator").await;
    let mut waits = Vec::new();
    for _ in 0..11 {
        // Once more than the schedule lets, so that waiting is met too.
        for _ in 0..2 {
            let mut problems = Vec::new();
            for login in ["Marie", "mario", "chief"] {
                let refused = from(&harness, "192.0.2.7", login, "not-hers-1").await;
                let problem = refused.expect_err("refused");
                problems.push((problem.code, problem.params.clone(), problem.retryable()));
            }
            assert!(
                problems.iter().all(|problem| *problem == problems[0]),
                "{problems:?}"
            );
            let (code, params, _) = &problems[0];
            if *code == ErrorCode::SignInWait {
                let wait = serde_json::to_value(&params["seconds"]).expect("a number");
                waits.push(wait.as_i64().expect("a number"));
                harness.clock.advance(seconds(waits[waits.len() - 1]));
            } else {
                assert_eq!(*code, ErrorCode::SignInRefused);
            }
        }
    }
    assert_eq!(waits[..5], [2, 4, 8, 16, 32]);
    assert!(
        waits.len() > 6 && waits[5..].iter().all(|wait| *wait == 900),
        "{waits:?}"
    );
    from(&harness, "192.0.2.7", "MARIE", PASSWORD)
        .await
        .expect("what waited its time is let in");
    let tries = refused_tries(&harness).await;
    assert!(
        tries.iter().all(|row| !row.to_string().contains("mario")),
        "what was typed stands nowhere"
    );
    assert!(tries.iter().any(|row| row["subject"] == "marie"));
}

/// ACC-07: who guesses slows only itself: from other addresses, and at the machine, the right password is let in at once.
/// Tries that come too early do not fill the audit log.
#[tokio::test(flavor = "multi_thread")]
async fn a_guesser_slows_only_itself() {
    let (harness, _) = harness().await;
    for _ in 0..200 {
        from(&harness, "192.0.2.7", "chief", "a guess 1")
            .await
            .expect_err("refused");
    }
    from(&harness, "192.0.2.8", "chief", PASSWORD)
        .await
        .expect("another address is not slowed");
    harness.sign_in("chief").await;
    let wait = from(&harness, "192.0.2.7", "chief", PASSWORD).await;
    assert_eq!(wait.expect_err("it waits").code, ErrorCode::SignInWait);
    let counts = |rows: &[Value]| -> Vec<i64> {
        let details = rows.iter().map(|row| row["details"].as_str().expect("a text"));
        details
            .map(|details| serde_json::from_str::<Value>(details).expect("JSON"))
            .filter(|details| details["reason"] == "waiting")
            .map(|details| details["count"].as_i64().expect("a number"))
            .collect()
    };
    // Five are compared, the first that comes too early is told at once, the others together.
    let tries = refused_tries(&harness).await;
    assert_eq!((tries.len(), counts(&tries)), (6, vec![1]));
    harness.clock.advance(minutes(1));
    let workspace = harness.workspace().await;
    for _ in 0..2 {
        flotilla_core::accounts::service::report_held_back(&workspace)
            .await
            .expect("reported");
    }
    let tries = refused_tries(&harness).await;
    assert_eq!(tries.len(), 7);
    assert_eq!(counts(&tries).iter().sum::<i64>(), 200 - 5 + 1);
}

/// ACC-07: at the machine nobody waits longer than a minute, also not the only administrator; another password forgets the
/// failures with the one before.
#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_kept_out_at_the_machine() {
    let (harness, admin) = harness().await;
    let marie = add_account(&admin, "marie", "operator").await;
    for login in ["chief", "marie"] {
        for _ in 0..20 {
            not_let_in(&harness, login, "wrong").await;
            harness.clock.advance(seconds(60));
        }
    }
    harness.sign_in("chief").await;
    not_let_in(&harness, "marie", "wrong").await;
    assert_eq!(
        not_let_in(&harness, "marie", PASSWORD).await,
        ErrorCode::SignInWait
    );
    let another = json!({ "password": "Hafen-Licht-8", "confirmation": "Hafen-Licht-8" });
    let admin = harness.sign_in("chief").await;
    let form = account_form(&admin, &marie, another).await;
    admin.ok("accounts.save", form).await;
    try_sign_in(&harness, "marie", "Hafen-Licht-8")
        .await
        .expect("at once");
}

/// ACC-07: a hundred tries at once are a hundred tries.
#[tokio::test(flavor = "multi_thread")]
async fn tries_at_once_are_counted() {
    let (harness, admin) = harness().await;
    add_account(&admin, "marie", "operator").await;
    let tries = (0..40).map(|place| {
        let program = harness.program.clone();
        tokio::spawn(async move {
            let password = if place == 39 {
                PASSWORD.to_owned()
            } else {
                format!("guess-{place}-A")
            };
            let arguments = json!({ "login": "marie", "password": password });
            crate::harness::call(&program, None, "session.sign_in", &arguments)
                .await
                .err()
                .map(|problem| problem.code)
        })
    });
    let mut verified = 0;
    for outcome in futures(tries).await {
        if outcome == Some(ErrorCode::SignInRefused) {
            verified += 1;
        }
    }
    assert!(
        verified <= 5,
        "no more than the free tries are compared: {verified}"
    );
}

async fn futures<T>(tasks: impl Iterator<Item = tokio::task::JoinHandle<T>>) -> Vec<T> {
    let tasks: Vec<_> = tasks.collect();
    let mut outcomes = Vec::with_capacity(tasks.len());
    for task in tasks {
        outcomes.push(task.await.expect("no panic"));
    }
    outcomes
}

/// ACC-06: that an account is disabled is told only after the right password.
#[tokio::test(flavor = "multi_thread")]
async fn disabled_is_told_after_the_right_password() {
    let (harness, admin) = harness().await;
    let marie = add_account(&admin, "marie", "operator").await;
    let form = account_form(&admin, &marie, json!({ "enabled": false })).await;
    admin.ok("accounts.save", form).await;
    assert_eq!(
        not_let_in(&harness, "marie", "wrong-one-1").await,
        ErrorCode::SignInRefused
    );
    assert_eq!(
        not_let_in(&harness, "marie", PASSWORD).await,
        ErrorCode::AccountDisabled
    );
}

/// ACC-09: the password must be changed before anything else; changing it signs out everywhere.
#[tokio::test(flavor = "multi_thread")]
async fn must_change_password() {
    let (harness, admin) = harness().await;
    let arguments = json!({
        "login": "marie", "role": "operator", "enabled": true, "must_change_password": true, "password": PASSWORD, "confirmation": PASSWORD,
    });
    admin.call("accounts.add", arguments).await.expect("an account");
    let (here, there) = (harness.sign_in("marie").await, harness.sign_in("marie").await);
    let session = here.call("session.current", json!({})).await.expect("a session");
    assert_eq!(session["gate"]["kind"], "change_password");
    assert_eq!(
        here.refused("customers.index", json!({})).await,
        ErrorCode::PasswordChangeNeeded
    );

    let change = |present: &str, password: &str| json!({ "present": present, "password": password, "confirmation": password });
    assert_eq!(
        here.refused("session.change_password", change("wrong-one-1", "Lantern-42"))
            .await,
        ErrorCode::PasswordWrong
    );
    let again = wrong_fields(
        here.call("session.change_password", change(PASSWORD, PASSWORD))
            .await,
    );
    assert_eq!(again, [("password".to_owned(), ErrorCode::PasswordUsedBefore)]);
    let mut events = harness.workspace().await.database.subscribe();
    here.call("session.change_password", change(PASSWORD, "Lantern-42"))
        .await
        .expect("changed");
    for person in [&here, &there] {
        assert_eq!(
            person.refused("session.current", json!({})).await,
            ErrorCode::SessionEnded
        );
    }
    let mut ended = 0;
    while let Ok(event) = events.try_recv() {
        ended += usize::from(matches!(event, Event::SessionEnded { .. }));
    }
    assert_eq!(ended, 2, "both windows are told");
    assert_eq!(
        not_let_in(&harness, "marie", PASSWORD).await,
        ErrorCode::SignInRefused
    );
    let marie = try_sign_in(&harness, "marie", "Lantern-42")
        .await
        .expect("signed in");
    assert_eq!(
        marie.call("session.current", json!({})).await.expect("a session")["gate"]["kind"],
        "open"
    );
}

/// ACC-04: the last five are not accepted again, the sixth is.
#[tokio::test(flavor = "multi_thread")]
async fn passwords_of_before() {
    let (harness, _) = harness().await;
    let mut present = PASSWORD.to_owned();
    for round in 1..=5 {
        let next = format!("Lantern-{round}00");
        let admin = try_sign_in(&harness, "chief", &present).await.expect("signed in");
        let arguments = json!({ "present": present, "password": next, "confirmation": next });
        admin
            .call("session.change_password", arguments)
            .await
            .expect("changed");
        present = next;
        harness.clock.advance(1);
    }
    let admin = try_sign_in(&harness, "chief", &present).await.expect("signed in");
    let back = |password: &str| json!({ "present": present, "password": password, "confirmation": password });
    let refused = wrong_fields(admin.call("session.change_password", back("Lantern-100")).await);
    assert_eq!(refused, [("password".to_owned(), ErrorCode::PasswordUsedBefore)]);
    admin
        .call("session.change_password", back(PASSWORD))
        .await
        .expect("the sixth is free again");
}

/// ACC-08: terms are shown until accepted, once for each version.
#[tokio::test(flavor = "multi_thread")]
async fn licence_terms() {
    let (harness, admin) = harness().await;
    set_preference(
        &admin,
        "terms",
        json!({ "version": 0, "text": "Sail carefully." }),
    )
    .await;
    let gate = admin.call("session.current", json!({})).await.expect("a session")["gate"].clone();
    assert_eq!(
        gate,
        json!({ "kind": "terms", "version": 1, "text": "Sail carefully." })
    );
    assert_eq!(
        admin.refused("preferences.read", json!({})).await,
        ErrorCode::TermsNotAccepted
    );
    assert_eq!(
        admin
            .refused("session.accept_terms", json!({ "version": 7 }))
            .await,
        ErrorCode::Changed
    );
    let session = admin
        .call("session.accept_terms", json!({ "version": 1 }))
        .await
        .expect("accepted");
    assert_eq!(session["gate"]["kind"], "open");
    assert_eq!(
        harness
            .sign_in("chief")
            .await
            .call("session.current", json!({}))
            .await
            .expect("a session")["gate"]["kind"],
        "open"
    );
    // Taken away and set again: another version, asked for again.
    set_preference(&admin, "terms", json!(null)).await;
    set_preference(
        &admin,
        "terms",
        json!({ "version": 1, "text": "Sail carefully." }),
    )
    .await;
    let gate = admin.call("session.current", json!({})).await.expect("a session")["gate"].clone();
    assert_eq!(gate["version"], 2);
}

/// ACC-10: without a touch the session ends after the set time; calls alone do not keep it; touching does, but not
/// beyond twelve hours.
#[tokio::test(flavor = "multi_thread")]
async fn resting_ends_a_session() {
    let (harness, admin) = harness().await;
    let session = admin.call("session.current", json!({})).await.expect("a session");
    assert_eq!(session["ends_at"], START.plus(minutes(5)).0);
    harness.clock.advance(minutes(4));
    admin
        .call("accounts.names", json!({}))
        .await
        .expect("a call that is no touch");
    harness.clock.advance(minutes(1) - 1);
    admin
        .call("session.current", json!({}))
        .await
        .expect("still there");
    harness.clock.advance(1);
    assert_eq!(
        admin.refused("session.current", json!({})).await,
        ErrorCode::SessionEnded
    );

    let admin = harness.sign_in("chief").await;
    set_preference(&admin, "session_timeout_minutes", json!(30)).await;
    let mut passed = 0;
    while passed < hours(12) - minutes(20) {
        harness.clock.advance(minutes(20));
        passed += minutes(20);
        admin.call("session.touch", json!({})).await.expect("kept");
    }
    harness.clock.advance(minutes(20) - 1);
    admin
        .call("session.touch", json!({}))
        .await
        .expect("one millisecond before twelve hours");
    harness.clock.advance(1);
    assert_eq!(
        admin.refused("session.touch", json!({})).await,
        ErrorCode::SessionEnded
    );
}

/// ACC-12: signing out voids the token.
#[tokio::test(flavor = "multi_thread")]
async fn signing_out() {
    let (harness, admin) = harness().await;
    let other = harness.sign_in("chief").await;
    admin
        .call("session.sign_out", json!({}))
        .await
        .expect("signed out");
    assert_eq!(
        admin.refused("session.current", json!({})).await,
        ErrorCode::SessionEnded
    );
    other
        .call("session.current", json!({}))
        .await
        .expect("the other window stays");
}

/// ORG-03: the chosen organization is remembered as long as it may be seen; ACC-22: language, theme, density, zone.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_remembered() {
    let (harness, admin) = harness().await;
    let organization = add_customer(&admin, "Bakery").await;
    admin
        .call(
            "session.choose_organization",
            json!({ "organization": organization }),
        )
        .await
        .expect("chosen");
    let appearance = json!({ "language": "fr", "theme": "dark", "density": "compact", "zone": "Asia/Tokyo" });
    admin
        .call("profile.save_appearance", appearance)
        .await
        .expect("saved");
    let admin = harness.sign_in("chief").await;
    let session = admin.call("session.current", json!({})).await.expect("a session");
    assert_eq!(session["organization"], organization.as_str());
    let profile = &session["profile"];
    assert_eq!(
        (
            &profile["language"],
            &profile["theme"],
            &profile["density"],
            &profile["zone"]
        ),
        (
            &json!("fr"),
            &json!("dark"),
            &json!("compact"),
            &json!("Asia/Tokyo")
        )
    );
    let profile = admin
        .call("profile.save_appearance", json!({ "zone": "" }))
        .await
        .expect("saved");
    assert_eq!(
        (&profile["zone"], &profile["theme"]),
        (&json!(null), &json!("dark"))
    );
    admin
        .call("customers.delete", json!({ "ids": [organization] }))
        .await
        .expect("deleted");
    assert_eq!(
        admin.call("session.current", json!({})).await.expect("a session")["organization"],
        json!(null)
    );
}

/// CUS-06, RGT-01: an operator's window is told what changed of what they see. Of the rest it learns nothing: no id, no
/// account, no work, no session of others. While something must be done first it is told nothing at all.
#[tokio::test(flavor = "multi_thread")]
async fn a_window_is_told_what_its_account_may_see() {
    let (harness, admin) = harness().await;
    let (mine, foreign) = (
        add_customer(&admin, "Mine").await,
        add_customer(&admin, "Foreign").await,
    );
    let (marie, operator) = harness.operator(&admin, "marie").await;
    let edit = json!({ "ids": [mine], "add_operators": [marie] });
    admin.ok("customers.edit", edit).await;
    let id = |text: &str| uuid::Uuid::parse_str(text).expect("an id");
    let changed = |feature, ids: &[&str]| Event::Changed {
        feature,
        ids: ids.iter().map(|text| id(text)).collect(),
        membership: false,
        many: false,
    };
    let session = |person: &Value| Event::SessionEnded {
        session: serde_json::from_value(person["id"].clone()).expect("an id"),
        at: START,
    };
    let own = session(&operator.ok("session.current", json!({})).await);
    let others = session(&admin.ok("session.current", json!({})).await);
    let work = harness.workspace().await.work.start(
        serde_json::from_value(admin.ok("session.current", json!({})).await["profile"]["id"].clone())
            .expect("an id"),
        flotilla_core::imports::types::TEST,
        "passwords-of-2026.csv",
        1,
        true,
    );
    let of_others = harness
        .workspace()
        .await
        .work
        .list(&caller(&admin, &harness).await)
        .remove(0);
    work.finish();
    let everything = vec![
        changed(flotilla_core::customers::types::CHANGES, &[&mine, &foreign]),
        changed(flotilla_core::organizations::types::CHANGES, &[&foreign]),
        changed(flotilla_core::accounts::types::CHANGES, &[&marie, &foreign]),
        changed(flotilla_kernel::events::AUDIT, &[&foreign]),
        changed(flotilla_core::systems::types::CHANGES, &[&foreign]),
        Event::Work { work: of_others },
        own.clone(),
        others.clone(),
        changed(flotilla_kernel::events::PREFERENCES, &[]),
    ];
    let workspace = harness.workspace().await;
    let delivered = async |person: &Person| {
        flotilla_core::events::visible(&workspace, &person.token, everything.clone())
            .await
            .expect("a session")
    };
    assert_eq!(
        delivered(&operator).await,
        [
            changed(flotilla_core::customers::types::CHANGES, &[&mine]),
            changed(flotilla_core::accounts::types::CHANGES, &[&marie]),
            own,
            changed(flotilla_kernel::events::PREFERENCES, &[]),
        ]
    );
    let to_admin = delivered(&admin).await;
    assert_eq!(
        to_admin.len(),
        everything.len() - 1,
        "everything but the session of another: {to_admin:?}"
    );
    set_preference(
        &admin,
        "terms",
        json!({ "version": 0, "text": "Sail carefully." }),
    )
    .await;
    assert_eq!(
        delivered(&admin).await,
        [others, changed(flotilla_kernel::events::PREFERENCES, &[])],
        "the terms come first"
    );
}

pub async fn caller(person: &Person, harness: &Harness) -> flotilla_kernel::rights::Caller {
    let workspace = harness.workspace().await;
    flotilla_core::accounts::sessions::admit(&workspace, &person.token)
        .await
        .expect("a session")
        .0
}

/// ACC-05: when several sign in at once and the hash is made anew with the parameters in force, all of them are let in.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_hash_made_anew_keeps_nobody_out() {
    use argon2::password_hash::PasswordHasher as _;
    let (harness, _) = harness().await;
    let weak = argon2::Params::new(32, 1, 1, Some(32)).expect("parameters");
    let argon = argon2::Argon2::new(argon2::Algorithm::Argon2id, argon2::Version::V0x13, weak);
    let hash = argon
        .hash_password(PASSWORD.as_bytes())
        .expect("a hash")
        .to_string();
    let workspace = harness.workspace().await;
    for _ in 0..10 {
        let mut transaction = workspace.database.begin().await.expect("begins");
        sqlx::query("UPDATE account SET password_hash = ?")
            .bind(&hash)
            .execute(transaction.connection())
            .await
            .expect("changed");
        transaction.commit().await.expect("commits");
        let arguments = json!({ "login": "chief", "password": PASSWORD });
        let tries = (0..4).map(|_| harness.call(None, "session.sign_in", &arguments));
        for outcome in futures_util::future::join_all(tries).await {
            outcome.expect("the right password");
        }
    }
}
