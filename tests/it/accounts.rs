//! Administration of accounts: who may go, labels, expiry, pictures, erasing.

use crate::harness::{Harness, PASSWORD, Person};
use crate::people::{
    account_form, add_account, add_customer, harness, id_of, own_id, try_sign_in, wrong_fields,
};
use flotilla_core::Secret;
use flotilla_core::accounts::labels::{self, LabelScope};
use flotilla_core::accounts::{commands, service};
use flotilla_core::customers::store::{main_connection, refresh_operator_names};
use flotilla_core::systems::store::{Solution, set_solution};
use flotilla_core::systems::types::LicenceState;
use flotilla_kernel::clock::days;
use flotilla_kernel::error::ErrorCode;
use flotilla_kernel::ids::{ConnectionId, OrganizationId};
use serde_json::{Value, json};

/// ACC-02, ACC-17: every problem at once; the login name is unique without regard to case.
#[tokio::test(flavor = "multi_thread")]
async fn adding_and_finding() {
    let (harness, admin) = harness().await;
    let marie = json!({
        "login": "marie", "role": "operator", "labels": ["Nord", "nord", " Süd "], "first_name": "Marie", "last_name": "Curie",
        "telephone": "+33 1 55 43", "mobile": "", "email": "marie@office.example", "enabled": true, "must_change_password": false,
        "expires_on": "2027-03-02", "password": PASSWORD, "confirmation": PASSWORD,
    });
    let added = admin.call("accounts.add", marie.clone()).await.expect("added");
    assert_eq!(added["labels"], json!(["Nord", "Süd"]));
    let mut again = marie;
    again["login"] = json!("MARIE");
    again["email"] = json!("nowhere");
    let wrong = wrong_fields(admin.call("accounts.add", again).await);
    assert_eq!(
        wrong,
        [
            ("email".to_owned(), ErrorCode::FieldNotAnEmail),
            ("login".to_owned(), ErrorCode::FieldTaken)
        ]
    );

    let found = admin
        .call("accounts.index", json!({ "search": "curie sud" }))
        .await
        .expect("found");
    let rows = admin
        .call(
            "accounts.window",
            json!({ "ids": found.as_array().expect("ids").clone() }),
        )
        .await
        .expect("rows");
    assert_eq!(rows[0]["login"], "marie");
    assert_eq!(rows[0]["expires_on"], "2027-03-02");
    harness.sign_in("marie").await;
}

/// What was read before somebody else saved is not saved over it.
#[tokio::test(flavor = "multi_thread")]
async fn two_windows_at_one_form() {
    let (_harness, admin) = harness().await;
    let marie = add_account(&admin, "marie", "operator").await;
    let first = account_form(&admin, &marie, json!({ "last_name": "Curie" })).await;
    let second = account_form(&admin, &marie, json!({ "last_name": "Skłodowska" })).await;
    admin.call("accounts.save", first).await.expect("saved");
    assert_eq!(admin.refused("accounts.save", second).await, ErrorCode::Changed);
}

/// ACC-12: disabling and another role end the sessions at once.
#[tokio::test(flavor = "multi_thread")]
async fn changes_end_sessions() {
    let (harness, admin) = harness().await;
    let id = add_account(&admin, "marie", "operator").await;
    for change in [
        json!({ "role": "administrator" }),
        json!({ "role": "operator" }),
        json!({ "enabled": false }),
    ] {
        let marie = harness.sign_in("marie").await;
        admin
            .call("accounts.save", account_form(&admin, &id, change).await)
            .await
            .expect("saved");
        assert_eq!(
            marie.refused("session.current", json!({})).await,
            ErrorCode::SessionEnded
        );
    }
    admin
        .call(
            "accounts.save",
            account_form(&admin, &id, json!({ "enabled": true })).await,
        )
        .await
        .expect("saved");
    let marie = harness.sign_in("marie").await;
    admin
        .call(
            "accounts.save",
            account_form(&admin, &id, json!({ "first_name": "Marie" })).await,
        )
        .await
        .expect("saved");
    marie
        .call("session.current", json!({}))
        .await
        .expect("a name ends nothing");
    admin
        .call("accounts.delete", json!({ "ids": [id] }))
        .await
        .expect("deleted");
    assert_eq!(
        marie.refused("session.current", json!({})).await,
        ErrorCode::SessionEnded
    );
}

/// ACC-18: nobody deletes, disables or demotes itself, and an enabled administrator remains.
#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_remains() {
    let (_harness, admin) = harness().await;
    assert_eq!(
        admin
            .refused("accounts.delete", json!({ "ids": [own_id(&admin).await] }))
            .await,
        ErrorCode::CannotChangeSelf
    );
    for change in [json!({ "enabled": false }), json!({ "role": "operator" })] {
        let form = account_form(&admin, &own_id(&admin).await, change).await;
        assert_eq!(
            admin.refused("accounts.save", form).await,
            ErrorCode::CannotChangeSelf
        );
    }
    let details = admin
        .call("accounts.read", json!({ "id": own_id(&admin).await }))
        .await
        .expect("the form");
    assert_eq!(details["protected"], true);
    add_account(&admin, "second", "administrator").await;
}

/// ACC-18: also when two windows act at once: two administrators who delete each other, and two who disable each other.
#[tokio::test(flavor = "multi_thread")]
async fn two_administrators_against_each_other() {
    for round in 0..8 {
        let (harness, admin) = harness().await;
        let id = add_account(&admin, "second", "administrator").await;
        let second = harness.sign_in("second").await;
        let outcomes = if round % 2 == 0 {
            let own = own_id(&admin).await;
            tokio::join!(
                admin.call("accounts.delete", json!({ "ids": [id] })),
                second.call("accounts.delete", json!({ "ids": [own] }))
            )
        } else {
            let (one, other) = (
                account_form(&admin, &id, json!({ "enabled": false })).await,
                account_form(&second, &own_id(&admin).await, json!({ "enabled": false })).await,
            );
            tokio::join!(
                admin.call("accounts.save", one),
                second.call("accounts.save", other)
            )
        };
        let done = [&outcomes.0, &outcomes.1]
            .iter()
            .filter(|outcome| outcome.is_ok())
            .count();
        assert_eq!(done, 1, "{outcomes:?}");
        let left = if outcomes.0.is_ok() { "chief" } else { "second" };
        harness.sign_in(left).await;
    }
}

/// ACC-18: the sole owner of an organization is deleted only after another owner is named; the message says where.
#[tokio::test(flavor = "multi_thread")]
async fn sole_owners_stay() {
    let (harness, admin) = harness().await;
    let id = add_account(&admin, "marie", "operator").await;
    let marie = harness.sign_in("marie").await;
    let arguments = json!({ "name": "Harbour", "zone": "Europe/Paris", "language": "fr" });
    let organization = id_of(
        &marie
            .call("organizations.create", arguments)
            .await
            .expect("an organization"),
    );
    let error = admin
        .call("accounts.delete", json!({ "ids": [id] }))
        .await
        .expect_err("refused");
    assert_eq!(error.code, ErrorCode::SoleOwner);
    assert_eq!(
        serde_json::to_value(&error.params).expect("parameters")["organizations"],
        "Harbour"
    );
    admin
        .call("accounts.read", json!({ "id": id }))
        .await
        .expect("nothing is half done");
    marie
        .call("organizations.read", json!({ "id": organization }))
        .await
        .expect("still its own");
}

/// Gives a customer what its system would report.
async fn report(harness: &Harness, organization: &str, provider: &str, reseller: &str) {
    let id: OrganizationId = organization.parse().expect("an id");
    let mut transaction = harness
        .workspace()
        .await
        .database
        .begin()
        .await
        .expect("a transaction");
    let main: Option<ConnectionId> = main_connection(transaction.connection(), id)
        .await
        .expect("readable");
    let solution = Solution {
        provider: provider.to_owned(),
        reseller: reseller.to_owned(),
        ..Solution::default()
    };
    set_solution(
        transaction.connection(),
        main.expect("a connection"),
        &solution,
        LicenceState::Unknown,
    )
    .await
    .expect("updated");
    let touched = labels::apply(&mut transaction, LabelScope::Organization(id))
        .await
        .expect("matched");
    refresh_operator_names(transaction.connection(), &touched)
        .await
        .expect("named");
    transaction.commit().await.expect("committed");
}

async fn seen(person: &Person) -> usize {
    person.index("customers", json!({})).await.len()
}

async fn operators(admin: &Person, organization: &str) -> Value {
    let rows = admin
        .call("customers.window", json!({ "ids": [organization] }))
        .await
        .expect("a row");
    rows[0]["operators"].clone()
}

/// ACC-16: a match makes a member, without regard to case; it goes when nothing matches any more; by hand stays.
#[tokio::test(flavor = "multi_thread")]
async fn labels_make_members() {
    let (harness, admin) = harness().await;
    let (bakery, library) = (
        add_customer(&admin, "Bakery").await,
        add_customer(&admin, "Library").await,
    );
    let id = add_account(&admin, "marie", "operator").await;
    let marie = harness.sign_in("marie").await;
    assert_eq!(seen(&marie).await, 0);
    admin
        .call(
            "accounts.save",
            account_form(
                &admin,
                &id,
                json!({ "labels": ["nord telecom", "Ouest"], "first_name": "Marie" }),
            )
            .await,
        )
        .await
        .expect("saved");
    report(&harness, &bakery, "NORD Télécom", "").await;
    report(&harness, &library, "Sud", "OUEST").await;
    assert_eq!(seen(&marie).await, 2);
    assert_eq!(operators(&admin, &bakery).await, json!(["Marie"]));
    let found = admin
        .call("customers.index", json!({ "search": "bakery marie" }))
        .await
        .expect("a list");
    assert_eq!(
        found.as_array().expect("ids").clone().len(),
        1,
        "found by its operator"
    );

    // The library is assigned by hand too; that is never touched by labels.
    report(&harness, &library, "Sud", "Est").await;
    assert_eq!(seen(&marie).await, 1);
    admin
        .call(
            "customers.edit",
            json!({ "ids": [library], "add_operators": [id] }),
        )
        .await
        .expect("assigned");
    assert_eq!(seen(&marie).await, 2);
    report(&harness, &library, "Sud", "Ouest").await;
    report(&harness, &library, "Sud", "Est").await;
    assert_eq!(seen(&marie).await, 2, "by hand stays");
    admin
        .call(
            "accounts.save",
            account_form(&admin, &id, json!({ "labels": [] })).await,
        )
        .await
        .expect("saved");
    assert_eq!(seen(&marie).await, 1);
    assert_eq!(operators(&admin, &bakery).await, json!([]));
    admin
        .call(
            "customers.edit",
            json!({ "ids": [library], "remove_operators": [id] }),
        )
        .await
        .expect("taken away");
    assert_eq!(seen(&marie).await, 0);
    // Labels belong to operators only.
    admin
        .call(
            "accounts.save",
            account_form(&admin, &id, json!({ "labels": ["Sud"] })).await,
        )
        .await
        .expect("saved");
    assert_eq!(operators(&admin, &library).await, json!(["Marie"]));
    let saved = admin
        .call(
            "accounts.save",
            account_form(&admin, &id, json!({ "role": "administrator" })).await,
        )
        .await
        .expect("saved");
    assert_eq!(saved["labels"], json!([]));
    assert_eq!(operators(&admin, &library).await, json!([]));
}

/// ACC-11: disabled at the start of the date in the workspace's zone; the last enabled administrator is not; those who
/// administer are warned from thirty days before.
#[tokio::test(flavor = "multi_thread")]
async fn accounts_expire() {
    let (harness, admin) = harness().await;
    // It is 2 March, 10:00 in Berlin; 23:00 UTC is midnight there.
    let id = add_account(&admin, "marie", "operator").await;
    for change in [
        json!({ "expires_on": "2026-03-02" }),
        json!({ "expires_on": "2025-12-31" }),
    ] {
        let wrong = wrong_fields(
            admin
                .call("accounts.save", account_form(&admin, &id, change).await)
                .await,
        );
        assert_eq!(wrong, [("expires_on".to_owned(), ErrorCode::FieldNotADate)]);
    }
    admin
        .call(
            "accounts.save",
            account_form(&admin, &id, json!({ "expires_on": "2026-03-03" })).await,
        )
        .await
        .expect("saved");
    admin
        .call(
            "accounts.save",
            account_form(
                &admin,
                &own_id(&admin).await,
                json!({ "expires_on": "2026-03-03" }),
            )
            .await,
        )
        .await
        .expect("saved");
    let session = admin.call("session.current", json!({})).await.expect("a session");
    assert_eq!(
        session["notices"],
        json!([{ "kind": "administrator_expires", "login": "chief", "on": "2026-03-03" }])
    );
    harness.clock.advance(14 * 3_600_000 - 1);
    service::expire(&harness.workspace().await).await.expect("looked");
    let marie = harness.sign_in("marie").await;
    harness.clock.advance(1);
    service::expire(&harness.workspace().await).await.expect("looked");
    assert_eq!(
        marie.refused("session.current", json!({})).await,
        ErrorCode::SessionEnded
    );
    let error = try_sign_in(&harness, "marie", PASSWORD)
        .await
        .err()
        .expect("refused");
    assert_eq!(error.code, ErrorCode::AccountExpired);
    assert_eq!(
        try_sign_in(&harness, "marie", "wrong-one-1")
            .await
            .err()
            .expect("refused")
            .code,
        ErrorCode::SignInRefused
    );
    // The last administrator stays, and can let her in again.
    let admin = harness.sign_in("chief").await;
    let rows = admin.rows("audit", json!({})).await;
    assert_eq!(
        rows.iter()
            .filter(|row| row["act"] == "accounts.expire" && row["subject"] == "marie")
            .count(),
        1
    );
    admin
        .call(
            "accounts.save",
            account_form(&admin, &id, json!({ "enabled": true, "expires_on": null })).await,
        )
        .await
        .expect("saved");
    harness.sign_in("marie").await;
    assert!(admin.call("audit.verify", json!({})).await.expect("verified")["broken_at"].is_null());
}

/// ACC-24: erased, the audit log keeps only the id; not erased, it still knows the login name.
#[tokio::test(flavor = "multi_thread")]
async fn erasing() {
    let (harness, admin) = harness().await;
    for (login, erase) in [("marie", true), ("pierre", false)] {
        let id = add_account(&admin, login, "operator").await;
        let person = harness.sign_in(login).await;
        let profile = json!({ "first_name": "First", "last_name": login, "telephone": "1", "mobile": "2", "email": "x@y.example" });
        person.call("profile.save", profile).await.expect("saved");
        admin
            .call("accounts.delete", json!({ "ids": [id], "erase": erase }))
            .await
            .expect("deleted");
        let log = admin.rows("audit", json!({})).await;
        let about = |row: &&Value| row["act"] == "profile.save";
        let row = log.iter().find(about).expect("its entry");
        if erase {
            assert!(
                log.iter().all(|row| !row.to_string().contains(login)),
                "the name is nowhere"
            );
            assert_eq!(row["who"].as_str().map(str::len), Some(32), "only the id");
        } else {
            assert_eq!(row["who"], login);
        }
        // The name is free again.
        add_account(&admin, login, "operator").await;
        let added = admin
            .call("accounts.index", json!({ "search": login }))
            .await
            .expect("a list");
        let again = added.as_array().expect("ids").clone();
        admin
            .call("accounts.delete", json!({ "ids": again, "erase": erase }))
            .await
            .expect("deleted");
    }
    assert!(admin.call("audit.verify", json!({})).await.expect("verified")["broken_at"].is_null());
}

/// ACC-19, ACC-21: everyone sets their own picture; what is no picture or too large is refused.
#[tokio::test(flavor = "multi_thread")]
async fn pictures() {
    let (harness, admin) = harness().await;
    let id = add_account(&admin, "marie", "operator").await;
    add_account(&admin, "pierre", "operator").await;
    let marie = harness.sign_in("marie").await;
    let set = async |name: &str, bytes: &[u8]| {
        let file = harness.folder().join(name);
        std::fs::write(&file, bytes).expect("a file");
        let upload = marie.choose(&file).await.upload;
        marie
            .call("profile.set_avatar", json!({ "upload": upload }))
            .await
    };
    // The smallest picture there is: one white point.
    let point = data_encoding::BASE64
        .decode(b"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==")
        .expect("base 64");
    assert_eq!(
        set("text.png", b"no picture").await.expect_err("refused").code,
        ErrorCode::PictureUnreadable
    );
    assert_eq!(
        set("large.png", &vec![0; 5 * 1024 * 1024 + 1])
            .await
            .expect_err("refused")
            .code,
        ErrorCode::PictureTooLarge
    );
    let gone = json!({ "upload": "01890000-0000-7000-8000-000000000000" });
    assert_eq!(
        marie.refused("profile.set_avatar", gone).await,
        ErrorCode::TransferGone
    );
    assert_eq!(
        admin.refused("accounts.avatar", json!({ "id": id })).await,
        ErrorCode::NotFound
    );
    assert_eq!(set("point.png", &point).await.expect("set")["has_avatar"], true);
    let avatar = admin
        .call("accounts.avatar", json!({ "id": id }))
        .await
        .expect("a picture");
    assert!(
        avatar[0]
            .as_str()
            .is_some_and(|digits| digits.starts_with("89504e47")),
        "a PNG"
    );
    let pierre = harness.sign_in("pierre").await;
    assert_eq!(
        pierre.refused("accounts.avatar", json!({ "id": id })).await,
        ErrorCode::NotFound,
        "nobody he shares anything with"
    );
    assert_eq!(
        pierre
            .call("accounts.names", json!({}))
            .await
            .expect("names")
            .as_array()
            .map(Vec::len),
        Some(1)
    );
    assert_eq!(
        marie
            .call("profile.remove_avatar", json!({}))
            .await
            .expect("removed")["has_avatar"],
        false
    );
}

/// ACC-23: a reset on the machine itself enables the account, is in the audit log, and every administrator is told.
#[tokio::test(flavor = "multi_thread")]
async fn reset_on_the_machine() {
    let (harness, admin) = harness().await;
    add_account(&admin, "second", "administrator").await;
    let nobody = commands::reset(&harness.workspace().await, "nobody", &Secret::new("Lantern-42"))
        .await
        .expect_err("refused");
    assert_eq!(nobody.code, ErrorCode::NotFound);
    harness.clock.advance(days(1));
    commands::reset(&harness.workspace().await, "CHIEF", &Secret::new("Lantern-42"))
        .await
        .expect("reset");
    assert_eq!(
        admin.refused("session.current", json!({})).await,
        ErrorCode::SessionEnded
    );
    try_sign_in(&harness, "chief", "Lantern-42")
        .await
        .expect("signed in");
    let second = harness.sign_in("second").await;
    let notices = second
        .call("session.current", json!({}))
        .await
        .expect("a session")["notices"]
        .clone();
    assert_eq!(
        (&notices[0]["kind"], &notices[0]["login"]),
        (&json!("account_reset"), &json!("chief"))
    );
    let log = second.rows("audit", json!({})).await;
    let row = log
        .iter()
        .find(|row| row["act"] == "accounts.reset")
        .expect("an entry");
    assert_eq!(
        (&row["origin"], &row["subject"]),
        (&json!("command-line"), &json!("chief"))
    );
}

/// ADM-03: all problems at once, nothing saved; two windows at once; saved ones take effect.
#[tokio::test(flavor = "multi_thread")]
async fn preferences() {
    let (harness, admin) = harness().await;
    let form = admin
        .call("preferences.read", json!({}))
        .await
        .expect("preferences");
    let mut wrong = form.clone();
    wrong["preferences"]["session_timeout_minutes"] = json!(31);
    wrong["preferences"]["poll_concurrency"] = json!(0);
    let fields = wrong_fields(admin.call("preferences.save", wrong).await);
    assert_eq!(fields.len(), 2);
    let mut right = form.clone();
    right["preferences"]["operators_create_organizations"] = json!(false);
    right["preferences"]["password_policy"] = json!("passphrase");
    let saved = admin.call("preferences.save", right).await.expect("saved");
    assert!(saved["revision"].as_i64() > form["revision"].as_i64());
    assert_eq!(admin.refused("preferences.save", form).await, ErrorCode::Changed);
    let short = json!({ "login": "marie", "role": "operator", "enabled": true, "password": PASSWORD, "confirmation": PASSWORD });
    assert_eq!(
        wrong_fields(admin.call("accounts.add", short).await),
        [("password".to_owned(), ErrorCode::PasswordTooShort)]
    );
    let long = "seven gulls over the pier";
    let marie = json!({ "login": "marie", "role": "operator", "enabled": true, "password": long, "confirmation": long });
    admin.call("accounts.add", marie).await.expect("added");
    let marie = try_sign_in(&harness, "marie", long).await.expect("signed in");
    let organization = json!({ "name": "Harbour", "zone": "Europe/Paris", "language": "fr" });
    assert_eq!(
        marie.refused("organizations.create", organization).await,
        ErrorCode::RightMissing
    );
}

/// ORG-01, ORG-02, ORG-03: the creator owns; names are unique without regard to case; the menu shows what may be seen.
#[tokio::test(flavor = "multi_thread")]
async fn organizations() {
    let (harness, admin) = harness().await;
    add_account(&admin, "marie", "operator").await;
    let marie = harness.sign_in("marie").await;
    let harbour =
        json!({ "name": "Café Harbour", "zone": "Europe/Paris", "language": "fr", "telephone": "01 55" });
    let details = marie
        .call("organizations.create", harbour)
        .await
        .expect("an organization");
    assert_eq!(details["role"], "owner");
    let again = json!({ "name": "CAFE HARBOUR ", "zone": "Europe/Paris", "language": "fr" });
    assert_eq!(
        wrong_fields(admin.call("organizations.create", again).await),
        [("name".to_owned(), ErrorCode::FieldTaken)]
    );
    add_customer(&admin, "Bakery").await;
    let find = |search: &str| json!({ "search": search, "limit": 50 });
    let hers = marie.call("organizations.find", find("")).await.expect("a menu");
    assert_eq!(
        (&hers["total"], &hers["organizations"][0]["customer"]),
        (&json!(1), &json!(false))
    );
    assert_eq!(
        admin.call("organizations.find", find("")).await.expect("a menu")["total"],
        2
    );
    assert_eq!(
        admin
            .call("organizations.find", find("harb caf"))
            .await
            .expect("a menu")["total"],
        1
    );
    let found = marie
        .call("search.find", json!({ "search": "bakery" }))
        .await
        .expect("findings");
    assert_eq!(found, json!([]), "what is not hers is not found");
    assert_eq!(
        admin
            .call("search.find", json!({ "search": "bakery" }))
            .await
            .expect("findings")[0]["kind"],
        "organization"
    );
}

/// ACC-18, RGT-12: who is no administrator any more when the change is made does not make it, although they were one
/// when they asked.
#[tokio::test(flavor = "multi_thread")]
async fn a_right_that_went_meanwhile_is_gone() {
    let (harness, admin) = harness().await;
    let boss = add_account(&admin, "boss", "administrator").await;
    let marie = add_account(&admin, "marie", "operator").await;
    let promoted = account_form(&admin, &marie, json!({ "role": "administrator" })).await;
    let added = json!({ "login": "late", "role": "administrator", "enabled": true, "password": PASSWORD, "confirmation": PASSWORD });
    let mut preferences = admin.ok("preferences.read", json!({})).await;
    preferences["preferences"]["log_days"] = json!(9);
    for (command, arguments) in [
        ("accounts.save", promoted),
        ("accounts.add", added),
        ("accounts.delete", json!({ "ids": [marie] })),
        ("preferences.save", preferences),
    ] {
        let person = harness.sign_in("boss").await;
        let workspace = harness.workspace().await;
        // Whoever writes now has the one writer; the call is let in and waits for it.
        let mut transaction = workspace.database.begin().await.expect("a transaction");
        let call = person.call(command, arguments);
        tokio::pin!(call);
        let waits = tokio::time::timeout(std::time::Duration::from_secs(1), &mut call).await;
        assert!(waits.is_err(), "{command} waits for the writer");
        let set = async |transaction: &mut flotilla_kernel::database::Transaction, role: &str| {
            sqlx::query("UPDATE account SET role = ? WHERE login_key = 'boss'")
                .bind(role.to_owned())
                .execute(transaction.connection())
                .await
                .expect("another role");
        };
        set(&mut transaction, "operator").await;
        transaction.commit().await.expect("committed");
        let refused = call.await.err().map(|problem| problem.code);
        assert_eq!(refused, Some(ErrorCode::RightMissing), "{command}");
        let mut transaction = workspace.database.begin().await.expect("a transaction");
        set(&mut transaction, "administrator").await;
        transaction.commit().await.expect("committed");
    }
    let names = admin.ok("accounts.names", json!({})).await;
    assert_eq!(names.as_array().map(Vec::len), Some(3), "{names}");
    assert_eq!(
        admin.ok("accounts.read", json!({ "id": marie })).await["role"],
        "operator"
    );
    assert_eq!(
        admin.ok("accounts.read", json!({ "id": boss })).await["role"],
        "administrator"
    );
}
