//! Invitations: sent, passed on, accepted as viewer, promoted (ORG-10 to ORG-12).

use crate::folders::seen::{Site, Window, seen, site};
use crate::harness::{Harness, PASSWORD, Person, call_from};
use crate::members::{member, members};
use crate::people::{account_form, add_account, grant, harness, person, wrong_fields};
use flotilla_kernel::clock::{Time, days};
use flotilla_kernel::error::{ErrorCode, Problem};
use serde_json::{Value, json};

const START: Time = Time(1_772_442_000_000);

/// Invites one address; gives the invitation with its code.
async fn invite(person: &Person, site: &Site, email: &str, role: &str, folders: &[&str]) -> Value {
    let arguments = json!({
        "organization": site.organization, "emails": [email], "role": role, "folders": folders, "place": "https://flotilla.example:7080",
    });
    let outcomes = person.ok("invitations.send", arguments).await;
    assert_eq!(outcomes[0]["problem"], Value::Null, "{outcomes}");
    outcomes[0]["invitation"].clone()
}

fn newcomer(code: &Value, login: &str) -> Value {
    json!({
        "code": code, "login": login, "password": PASSWORD, "confirmation": PASSWORD, "first_name": "Lena", "last_name": "Voss",
        "language": "fr",
    })
}

async fn accept_new(harness: &Harness, code: &Value, login: &str) -> Result<Value, Problem> {
    harness
        .call(None, "invitations.accept_new", &newcomer(code, login))
        .await
}

fn code(outcome: Result<Value, Problem>) -> ErrorCode {
    outcome.expect_err("refused").code
}

/// ORG-11, ORG-12: a new person gets an account with the invited address, is a viewer of the chosen folders, waits for the promotion,
/// and has it with one click of who has the right; the code works once.
#[tokio::test(flavor = "multi_thread")]
async fn a_new_person_accepts_and_is_promoted() {
    let (harness, chief) = harness().await;
    let site = site(&harness, &chief, "Harbour").await;
    let invitation = invite(&chief, &site, "Lena.Voss@example.org", "operator", &[&site.north]).await;
    let row = member(&chief, &site.organization, "Lena.Voss@example.org").await;
    assert_eq!(
        json!([
            row["id"],
            row["state"],
            row["role"],
            row["account"],
            row["folders"][0]["name"]
        ]),
        json!([invitation["id"], "invited", "operator", null, "North"])
    );
    let typed = json!(
        invitation["code"]
            .as_str()
            .expect("a code")
            .to_lowercase()
            .replace('-', " ")
    );
    let found = harness
        .call(None, "invitations.look", &json!({ "code": typed }))
        .await
        .expect("it is known");
    assert_eq!(
        json!([found["organization"], found["address"], found["role"]]),
        json!(["Harbour", "L•••@e•••.org", "operator"])
    );
    // Everything wrong with the form is told, and the code is still good.
    let wrong =
        json!({ "code": typed, "login": "chief", "password": "x", "confirmation": "y", "language": "fr" });
    let fields: Vec<String> = wrong_fields(harness.call(None, "invitations.accept_new", &wrong).await)
        .into_iter()
        .map(|(field, _)| field)
        .collect();
    assert_eq!(fields, ["confirmation", "password", "login"]);

    let mut window = Window::open(&harness, &chief).await;
    let signed_in = accept_new(&harness, &typed, "lena").await.expect("accepted");
    assert!(
        !window.events().await.is_empty(),
        "who looks at the members is told"
    );
    assert_eq!(
        json!([
            signed_in["session"]["profile"]["role"],
            signed_in["session"]["profile"]["email"],
            signed_in["session"]["profile"]["language"]
        ]),
        json!(["operator", "Lena.Voss@example.org", "fr"])
    );
    let lena = person(&harness, &signed_in);
    assert_eq!(seen(&lena, &site).await, ["attic-pbx", "north-pbx"]);
    let row = member(&chief, &site.organization, "lena").await;
    assert_eq!(
        json!([
            row["id"],
            row["state"],
            row["role"],
            row["promotion"],
            row["origin"],
            row["name"]
        ]),
        json!([
            invitation["id"],
            "promotion_waiting",
            "viewer",
            "operator",
            "invitation",
            "Lena Voss"
        ])
    );
    assert_eq!(
        code(accept_new(&harness, &typed, "lena2").await),
        ErrorCode::InvitationUnknown
    );
    let of = json!({ "organization": site.organization, "ids": [row["id"]] });
    assert_eq!(
        lena.refused("members.promote", of.clone()).await,
        ErrorCode::RightMissing
    );
    chief.ok("members.promote", of.clone()).await;
    let row = member(&chief, &site.organization, "lena").await;
    assert_eq!(
        json!([
            row["state"],
            row["role"],
            row["promotion"],
            row["origin"],
            row["folders"][0]["name"]
        ]),
        json!(["active", "operator", null, "invitation", "North"])
    );
    assert_eq!(
        chief.ok("members.promote", of).await[0]["problem"],
        "member.no-promotion"
    );
    // It came by an invitation: the customer's assigned operators do not lose it by a label, and list it.
    let history = json!({ "organization": site.organization, "search": "lena" });
    assert!(!chief.rows("activity", history).await.is_empty());
    // Neither the code nor the address is in the log.
    let log = serde_json::to_string(&chief.rows("audit", json!({})).await).expect("JSON");
    for secret in [invitation["code"].as_str().expect("a code"), "Voss@example"] {
        assert!(!log.contains(secret), "{log}");
    }
}

/// ORG-11, RGT-09, RGT-10: who was meant to be owner or admin is a viewer of everything at first; only owners make an owner.
#[tokio::test(flavor = "multi_thread")]
async fn owners_are_promoted_by_owners() {
    let (harness, chief) = harness().await;
    let site = site(&harness, &chief, "Harbour").await;
    let (steward_id, steward) = harness.operator(&chief, "steward").await;
    grant(&chief, &site.organization, &steward_id, "admin", &[]).await;
    let invitation = invite(&steward, &site, "olga@example.org", "owner", &[]).await;
    let signed_in = accept_new(&harness, &invitation["code"], "olga")
        .await
        .expect("accepted");
    let olga = person(&harness, &signed_in);
    assert_eq!(seen(&olga, &site).await.len(), 3, "the top folder");
    let own =
        json!({ "id": site.organization, "revision": 1, "name": "Mine", "zone": "UTC", "language": "en" });
    assert_eq!(
        olga.refused("organizations.save", own).await,
        ErrorCode::RightMissing
    );
    let of = json!({ "organization": site.organization, "ids": [invitation["id"]] });
    assert_eq!(
        steward.ok("members.promote", of.clone()).await[0]["problem"],
        "right.missing"
    );
    assert_eq!(member(&chief, &site.organization, "olga").await["role"], "viewer");
    assert_eq!(chief.ok("members.promote", of).await[0]["problem"], Value::Null);
    assert_eq!(member(&chief, &site.organization, "olga").await["role"], "owner");
}

/// ORG-12: an account joins by signing in when its address is the invited one; another is told which was invited, masked, is not let in
/// by this, and nothing is used up. A wrong password is one.
#[tokio::test(flavor = "multi_thread")]
async fn an_existing_account_joins_with_the_invited_address() {
    let (harness, chief) = harness().await;
    let site = site(&harness, &chief, "Harbour").await;
    let marie = add_account(&chief, "marie", "operator").await;
    add_account(&chief, "paul", "operator").await;
    let form = account_form(&chief, &marie, json!({ "email": "Marie@Example.org" })).await;
    chief.ok("accounts.save", form).await;
    let invitation = invite(&chief, &site, "marie@example.org", "viewer", &[&site.south]).await;
    let accept = async |login: &str, password: &str| {
        let arguments = json!({ "code": invitation["code"], "login": login, "password": password });
        harness.call(None, "invitations.accept", &arguments).await
    };
    let elsewhere = accept("paul", PASSWORD).await.expect_err("another address");
    assert_eq!(elsewhere.code, ErrorCode::InvitationElsewhere);
    assert_eq!(elsewhere.params.get("address"), Some(&"m•••@e•••.org".into()));
    assert_eq!(
        code(accept("marie", "wrong-Password-1").await),
        ErrorCode::SignInRefused
    );
    let signed_in = accept("MARIE", PASSWORD).await.expect("it joins");
    assert_eq!(seen(&person(&harness, &signed_in), &site).await, ["south-pbx"]);
    let row = member(&chief, &site.organization, "marie").await;
    assert_eq!(
        json!([row["state"], row["role"], row["promotion"], row["origin"]]),
        json!(["active", "viewer", null, "invitation"]),
        "a viewer waits for nothing"
    );
    assert_eq!(
        code(accept("marie", PASSWORD).await),
        ErrorCode::InvitationUnknown
    );
    // Who is a member is not invited again.
    let again = json!({
        "organization": site.organization, "emails": ["MARIE@example.org", "nobody", "new@example.org", " New@example.org "],
        "role": "viewer", "folders": [site.north],
    });
    let outcomes = chief.ok("invitations.send", again).await;
    let problems: Vec<&Value> = outcomes
        .as_array()
        .expect("outcomes")
        .iter()
        .map(|outcome| &outcome["problem"])
        .collect();
    assert_eq!(
        problems,
        [
            &json!("member.already"),
            &json!("field.not-an-email"),
            &Value::Null
        ]
    );
}

/// ORG-12: an invitation is valid 14 days, can be revoked, and sent again, which voids the code before; of an archived organization
/// none is.
#[tokio::test(flavor = "multi_thread")]
async fn a_code_is_valid_until_it_is_not() {
    let harness = Harness::with_clock(START).await;
    let chief = harness.administrator().await;
    let site = site(&harness, &chief, "Harbour").await;
    let look = async |invitation: &Value| {
        let code = json!({ "code": invitation["code"] });
        harness.call(None, "invitations.look", &code).await.map(|_| ())
    };
    let first = invite(&chief, &site, "a@example.org", "viewer", &[&site.north]).await;
    harness.clock.advance(days(14) - 1);
    look(&first).await.expect("the last moment");
    harness.clock.advance(1);
    assert_eq!(
        look(&first).await.expect_err("over").code,
        ErrorCode::InvitationUnknown
    );
    let chief = harness.sign_in("chief").await;
    let of = json!({ "organization": site.organization, "id": first["id"] });
    let second = chief.ok("invitations.renew", of.clone()).await;
    assert_eq!(second["id"], first["id"]);
    look(&second).await.expect("sent again");
    let third = chief.ok("invitations.renew", of.clone()).await;
    assert_eq!(
        look(&second).await.expect_err("void").code,
        ErrorCode::InvitationUnknown
    );
    look(&third).await.expect("the newest");
    // Inviting the address once more is sending again, with another role.
    let fourth = invite(&chief, &site, "A@example.org", "operator", &[&site.south]).await;
    assert_eq!(fourth["id"], first["id"]);
    assert_eq!(
        look(&third).await.expect_err("void").code,
        ErrorCode::InvitationUnknown
    );
    assert_eq!(members(&chief, &site.organization).await.len(), 2);

    let archive = json!({ "id": site.organization, "confirmation": site.organization });
    chief.ok("organizations.archive", archive.clone()).await;
    assert_eq!(
        look(&fourth).await.expect_err("archived").code,
        ErrorCode::InvitationUnknown
    );
    chief.ok("organizations.restore", archive).await;
    look(&fourth).await.expect("restored");
    let removed = json!({ "organization": site.organization, "ids": [first["id"]] });
    chief.ok("members.remove", removed).await;
    assert_eq!(
        look(&fourth).await.expect_err("revoked").code,
        ErrorCode::InvitationUnknown
    );
    assert_eq!(chief.refused("invitations.renew", of).await, ErrorCode::NotFound);
}

/// ORG-12, GEN-05: the text is in the language of the organization's documents; the message is one that mail programs open.
#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_is_a_text_and_a_message() {
    let (harness, chief) = harness().await;
    let site = site(&harness, &chief, "Musée d’Orsay").await;
    let mut form = chief
        .ok("organizations.read", json!({ "id": site.organization }))
        .await;
    form["language"] = json!("fr");
    chief.ok("organizations.save", form).await;
    let invitation = invite(&chief, &site, "léa@example.org", "admin", &[]).await;
    let text = invitation["text"].as_str().expect("a text");
    let code = invitation["code"].as_str().expect("a code");
    for part in [
        "Bonjour",
        "Ada Keller",
        "Musée d’Orsay",
        code,
        "https://flotilla.example:7080",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let of = |code: &str| json!({ "organization": site.organization, "id": invitation["id"], "code": code, "place": null });
    // Whatever the first letter is, it is another one then.
    let first = if code.starts_with('Z') { "Y" } else { "Z" };
    let other = format!("{first}{}", &code[1..]);
    assert_eq!(
        chief.refused("invitations.save_message", of(&other)).await,
        ErrorCode::InvitationUnknown
    );
    let download = chief.ok("invitations.save_message", of(code)).await;
    assert!(download["name"].as_str().expect("a name").ends_with(".eml"));
    let target = harness.folder().join("invitation.eml");
    let id = serde_json::from_value(download["download"].clone()).expect("an id");
    chief.save(id, &target).await;
    let message = std::fs::read_to_string(target).expect("the message");
    assert!(
        message.contains("\r\nTo: <léa@example.org>\r\n") && message.contains("\r\nSubject: =?utf-8?B?"),
        "{message}"
    );
    let bad = json!({
        "organization": site.organization, "emails": ["b@example.org"], "role": "admin", "place": "javascript:alert(1)",
    });
    assert_eq!(
        wrong_fields(chief.call("invitations.send", bad).await),
        [("place".to_owned(), ErrorCode::FieldNotAnAddress)]
    );
}

/// ACC-07, ORG-12: who guesses codes waits as who guesses passwords, and every guess is in the log; from elsewhere nobody waits for it.
#[tokio::test(flavor = "multi_thread")]
async fn who_guesses_codes_waits() {
    let harness = Harness::with_clock(START).await;
    let chief = harness.administrator().await;
    let site = site(&harness, &chief, "Harbour").await;
    let invitation = invite(&chief, &site, "a@example.org", "viewer", &[&site.north]).await;
    let look = async |address: &str, code: &Value| {
        let code = json!({ "code": code });
        call_from(&harness.program, address, None, "invitations.look", &code)
            .await
            .map(|_| ())
    };
    let guess = json!("00000-00000-00000-00000-00000-0");
    for _ in 0..5 {
        assert_eq!(
            look("192.0.2.7", &guess).await.expect_err("none").code,
            ErrorCode::InvitationUnknown
        );
    }
    for code in [&guess, &invitation["code"]] {
        assert_eq!(
            look("192.0.2.7", code).await.expect_err("too early").code,
            ErrorCode::SignInWait
        );
    }
    look("192.0.2.8", &invitation["code"])
        .await
        .expect("somebody else");
    // The same is counted whatever is done with the code, and apart from passwords.
    let arguments = newcomer(&guess, "guesser");
    let early = call_from(
        &harness.program,
        "192.0.2.7",
        None,
        "invitations.accept_new",
        &arguments,
    )
    .await;
    assert_eq!(code(early), ErrorCode::SignInWait);
    let sign_in = json!({ "login": "chief", "password": PASSWORD });
    call_from(&harness.program, "192.0.2.7", None, "session.sign_in", &sign_in)
        .await
        .expect("signed in");
    harness.clock.advance(2_001);
    look("192.0.2.7", &invitation["code"])
        .await
        .expect("after the wait");
    assert_eq!(
        look("192.0.2.7", &guess).await.expect_err("from the start").code,
        ErrorCode::InvitationUnknown
    );
    let refused = json!({ "criteria": [
        { "column": "act", "test": { "kind": "any_of", "values": ["invitations.look"] } },
        { "column": "result", "test": { "kind": "any_of", "values": ["refused"] } },
    ] });
    assert_eq!(
        chief.index("audit", refused).await.len(),
        7,
        "five and one guesses, one entry for those that came too early"
    );
}

/// ORG-12: the same code by two at once: one is in.
#[tokio::test(flavor = "multi_thread")]
async fn a_code_is_used_once_also_by_two_at_once() {
    let (harness, chief) = harness().await;
    let site = site(&harness, &chief, "Harbour").await;
    let invitation = invite(&chief, &site, "a@example.org", "viewer", &[&site.north]).await;
    let (one, two) = tokio::join!(
        accept_new(&harness, &invitation["code"], "one"),
        accept_new(&harness, &invitation["code"], "two"),
    );
    let refused = match (one, two) {
        (Ok(_), Err(refused)) | (Err(refused), Ok(_)) => refused,
        both => panic!("exactly one of them is in: {both:?}"),
    };
    assert_eq!(refused.code, ErrorCode::InvitationUnknown);
    assert_eq!(members(&chief, &site.organization).await.len(), 2);
    assert_eq!(
        chief.index("accounts", json!({})).await.len(),
        2,
        "nobody is left half made"
    );
}
