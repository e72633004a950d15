//! SEC-02: every command of the table, called by everybody who could, on their own and on a foreign organization.
//!
//! The table below says for every command what it needs and how it is called. A command without a line fails the
//! test, so that none is added without somebody saying who may call it.

use crate::harness::{House, PASSWORD, Person, call};
use crate::people::{add_account, add_customer, house, id_of, person};
use flotilla_core::composition::FEATURES;
use flotilla_kernel::error::{ErrorCode, Problem};
use flotilla_kernel::feature::{Access, Kind};
use flotilla_kernel::ids::{AccountId, OrganizationId};
use flotilla_kernel::rights::AccountRole;
use flotilla_kernel::rights::MemberRole;
use flotilla_kernel::rights::Right;
use serde_json::{Value, json};

/// What a command needs.
#[derive(Debug, Clone, Copy)]
enum Needs {
    /// Nobody has to be signed in.
    Nothing,
    /// Any account; what it shows is only what the account may see.
    Account,
    /// An administrator.
    Administrator,
    /// This right in the organization it is called on.
    In(Right),
    /// This right in each of the organizations it is called on, which are answered one by one: without it, the
    /// outcome of that one says so.
    Each(Right),
}

use Needs::{Account, Administrator, Each, In, Nothing};

const NOBODY: &str = "01890000-0000-7000-8000-000000000000";

/// What a command needs, and arguments that concern `organization` and change nothing that the next call needs.
fn example(name: &str, organization: &str) -> Option<(Needs, Value)> {
    let connection = json!({ "id": organization, "host": "127.0.9.1", "port": 1, "user_name": "operator", "password": "x", "accept": null });
    let import = json!({ "import": NOBODY });
    let rows = json!({ "import": NOBODY, "rows": [] });
    let list = json!({ "organization": organization });
    let some = json!({ "ids": [organization] });
    Some(match name {
        "workspace.state" => (Nothing, json!({})),
        "workspace.create_first" => (
            Nothing,
            json!({ "login": "x", "password": "x", "confirmation": "x", "language": "en", "zone": "UTC" }),
        ),
        "session.sign_in" => (Nothing, json!({ "login": "nobody-at-all", "password": "x" })),
        "session.current" | "session.touch" | "session.sign_out" => (Account, json!({})),
        "session.accept_terms" => (Account, json!({ "version": 1 })),
        "session.change_password" => (
            Account,
            json!({ "present": PASSWORD, "password": "x", "confirmation": "x" }),
        ),
        "session.choose_organization" => (In(Right::See), json!({ "organization": organization })),
        "profile.read" | "profile.remove_avatar" => (Account, json!({})),
        "profile.save" => (
            Account,
            json!({ "first_name": "A", "last_name": "B", "telephone": "", "mobile": "", "email": "" }),
        ),
        "profile.save_appearance" => (Account, json!({ "theme": "dark" })),
        "profile.set_avatar" => (Account, json!({ "upload": NOBODY })),
        "accounts.avatar" => (Account, json!({ "id": NOBODY })),
        "accounts.names" => (Account, json!({})),
        "accounts.index" => (Administrator, json!({})),
        "accounts.window" => (Administrator, json!({ "ids": [] })),
        "accounts.read" => (Administrator, json!({ "id": NOBODY })),
        "accounts.labels" => (Administrator, json!({})),
        "accounts.add" => (
            Administrator,
            json!({ "login": "", "role": "operator", "enabled": true, "password": "x", "confirmation": "x" }),
        ),
        "accounts.save" => (
            Administrator,
            json!({ "id": NOBODY, "revision": 1, "login": "x", "role": "operator", "enabled": true }),
        ),
        "accounts.delete" => (Administrator, json!({ "ids": [NOBODY] })),
        "organizations.find" => (Account, json!({ "search": "", "limit": 10 })),
        "organizations.read" => (In(Right::See), json!({ "id": organization })),
        "organizations.create" => (Account, json!({ "name": "", "zone": "UTC", "language": "en" })),
        "customers.index" | "systems.index" | "alarms.index" => (Account, list),
        "customers.window" => (Account, some),
        "systems.window" | "alarms.window" => (Account, json!({ "ids": [] })),
        "customers.panel" => (In(Right::See), json!({ "id": organization })),
        "customers.read" => (In(Right::ManageSystems), json!({ "id": organization })),
        "customers.tags" => (Account, json!({})),
        "customers.test" => (In(Right::ManageSystems), connection),
        // A revision nobody has: what is refused for it was not refused for the right.
        "customers.save" => {
            let form = json!({
                "id": organization, "revision": -1, "name": "Another", "host": "127.0.9.1", "port": 1, "user_name": "operator",
                "mode": "on-premises", "without_contact": true,
            });
            (In(Right::ManageSystems), form)
        }
        "customers.edit" => (
            Each(Right::ManageSystems),
            json!({ "ids": [organization], "add_tags": ["seen"] }),
        ),
        "customers.plan_deletion" => (Administrator, json!({ "ids": [NOBODY] })),
        "customers.delete" => (Administrator, json!({ "ids": [NOBODY] })),
        "customers.refresh" => (Each(Right::See), some),
        "customers.accept_certificate" => (
            In(Right::ManageSystems),
            json!({ "id": organization, "sha256": "00".repeat(32) }),
        ),
        "customers.plan_launch" => (
            Each(Right::Launch),
            json!({ "ids": [organization], "application": "web_manager" }),
        ),
        "customers.launch" => (
            In(Right::Launch),
            json!({ "ids": [organization], "application": "web_manager" }),
        ),
        "customers.import_template" => (Account, json!({})),
        "customers.import_waiting" => (Administrator, json!({})),
        "customers.import_open" => (Administrator, json!({ "upload": NOBODY, "mode": "cloud" })),
        "customers.import_view"
        | "customers.import_discard"
        | "customers.import_delete_file"
        | "customers.import_save" => (Administrator, import),
        "customers.import_options" => (Administrator, json!({ "import": NOBODY, "mode": "cloud" })),
        "customers.import_rows" => (Administrator, import),
        "customers.import_window"
        | "customers.import_remove"
        | "customers.import_test"
        | "customers.import_trust" => (Administrator, rows),
        "customers.import_edit" => (
            Administrator,
            json!({ "import": NOBODY, "row": null, "cells": {} }),
        ),
        "dashboard.read" => (In(Right::See), list),
        "lists.describe" | "lists.views" => (Account, json!({ "list": "customers" })),
        "lists.save_view" => (
            Account,
            json!({ "id": null, "list": "customers", "name": "", "shared": false, "query": list }),
        ),
        "lists.delete_view" => (Account, json!({ "id": NOBODY })),
        "lists.save_columns" => (Account, json!({ "list": "customers", "layout": null })),
        "lists.export" => (
            Account,
            json!({ "list": "customers", "query": list, "columns": ["name"], "format": "csv" }),
        ),
        "search.find" => (Account, json!({ "search": "o" })),
        "work.list" => (Account, json!({})),
        "work.cancel" => (Account, json!({ "id": NOBODY })),
        "preferences.read" | "administration.services" | "administration.consoles" => {
            (Administrator, json!({}))
        }
        "administration.restart_service" | "administration.service_log" => {
            (Administrator, json!({ "service": "poller" }))
        }
        "administration.open_console" => (Administrator, json!({ "url": "https://logs.example/" })),
        "preferences.save" => (Administrator, json!({ "revision": -1, "preferences": {} })),
        "administration.about" => (Account, json!({})),
        "audit.index" | "audit.verify" | "audit.export" => (Administrator, json!({})),
        "audit.window" => (Administrator, json!({ "ids": [] })),
        _ => return None,
    })
}

/// Somebody of the table: who they are in the workspace, and in the organization that is theirs.
struct Somebody {
    login: &'static str,
    role: AccountRole,
    member: Option<MemberRole>,
}

const EVERYBODY: &[Somebody] = &[
    Somebody {
        login: "outsider",
        role: AccountRole::Operator,
        member: None,
    },
    Somebody {
        login: "viewer",
        role: AccountRole::Operator,
        member: Some(MemberRole::Viewer),
    },
    Somebody {
        login: "hand",
        role: AccountRole::Operator,
        member: Some(MemberRole::Operator),
    },
    Somebody {
        login: "steward",
        role: AccountRole::Operator,
        member: Some(MemberRole::Admin),
    },
    Somebody {
        login: "owner",
        role: AccountRole::Operator,
        member: Some(MemberRole::Owner),
    },
    Somebody {
        login: "captain",
        role: AccountRole::Administrator,
        member: None,
    },
];

/// How a command ended, as far as rights are concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    /// Let through, whatever came of it.
    Through,
    /// Refused, or refused for the one organization it was called on.
    Refused,
    NotSignedIn,
}

fn verdict(needs: Needs, outcome: &Result<Value, Problem>) -> Verdict {
    match outcome {
        Err(problem) if problem.refused => Verdict::Refused,
        Err(problem) if matches!(problem.code, ErrorCode::NotSignedIn | ErrorCode::SessionEnded) => {
            Verdict::NotSignedIn
        }
        Ok(reply) if matches!(needs, Each(_)) => {
            let outcomes = reply
                .as_array()
                .or_else(|| reply["skipped"].as_array())
                .expect("one outcome for each");
            let refused = outcomes
                .iter()
                .any(|outcome| outcome["problem"] == "right.missing" || outcome["problem"] == "not-found");
            if refused {
                Verdict::Refused
            } else {
                Verdict::Through
            }
        }
        _ => Verdict::Through,
    }
}

fn expected(needs: Needs, somebody: &Somebody, foreign: bool) -> Verdict {
    let may = match needs {
        _ if somebody.role == AccountRole::Administrator => true,
        Nothing | Account => true,
        Administrator => false,
        In(right) | Each(right) => !foreign && somebody.member.is_some_and(|role| right.belongs_to(role)),
    };
    if may { Verdict::Through } else { Verdict::Refused }
}

/// Puts an account into an organization; the member pages of the interface do it by commands of their own.
async fn join(house: &House, account: &str, organization: &str, role: MemberRole) {
    let (account, organization): (AccountId, OrganizationId) = (
        account.parse().expect("an id"),
        organization.parse().expect("an id"),
    );
    let mut transaction = house
        .workspace()
        .await
        .database
        .begin()
        .await
        .expect("a transaction");
    sqlx::query(
        "INSERT INTO membership (organization_id, account_id, role, origin) VALUES (?, ?, ?, 'by_hand')",
    )
    .bind(organization)
    .bind(account)
    .bind(
        serde_json::to_value(role)
            .expect("a word")
            .as_str()
            .expect("a word")
            .to_owned(),
    )
    .execute(transaction.connection())
    .await
    .expect("a member");
    transaction.commit().await.expect("committed");
}

async fn refusals(chief: &Person, name: &str) -> usize {
    let query = json!({ "criteria": [
        { "column": "act", "test": { "kind": "any_of", "values": [name] } },
        { "column": "result", "test": { "kind": "any_of", "values": ["refused"] } },
    ] });
    chief.index("audit", query).await.len()
}

/// SEC-02, RGT-01 to RGT-15: every command × everybody × own and foreign organization; nobody gets further than the
/// rights say, everybody gets as far, and every refusal is an entry of the audit log.
#[tokio::test(flavor = "multi_thread")]
async fn every_command_by_everybody_on_own_and_foreign() {
    let (house, chief) = house().await;
    let own = add_customer(&chief, "Own").await;
    let foreign = add_customer(&chief, "Other").await;
    for somebody in EVERYBODY {
        let role = serde_json::to_value(somebody.role).expect("a word");
        let account = add_account(&chief, somebody.login, role.as_str().expect("a word")).await;
        if let Some(member) = somebody.member {
            join(&house, &account, &own, member).await;
        }
    }
    for command in FEATURES.commands() {
        let (needs, _) = example(command.name, &own)
            .unwrap_or_else(|| panic!("{} has no line in the table", command.name));
        match (command.access, needs) {
            (Access::Public | Access::Local, Nothing) | (Access::Administrator, Administrator) => {}
            (Access::Gated | Access::SignedIn, Account | In(_) | Each(_)) => {}
            (access, needs) => panic!(
                "{}: {access:?} in the command table, but {needs:?} here",
                command.name
            ),
        }

        // Nobody: without a token, and with one that was never given out.
        for token in [None, Some(flotilla_core::Secret::new("00".repeat(32)))] {
            if !matches!(needs, Nothing) {
                let (_, arguments) = example(command.name, &own).expect("a line");
                let outcome = call(&house.program, token.as_ref(), command.name, &arguments).await;
                assert_eq!(
                    verdict(needs, &outcome),
                    Verdict::NotSignedIn,
                    "{} by nobody: {outcome:?}",
                    command.name
                );
            }
        }
        if matches!(needs, Nothing) {
            continue;
        }
        for somebody in EVERYBODY {
            for (organization, foreign) in [(&own, false), (&foreign, true)] {
                let (_, arguments) = example(command.name, organization).expect("a line");
                let person = house.sign_in(somebody.login).await;
                let before = refusals(&chief, command.name).await;
                let outcome = person.call(command.name, arguments).await;
                let place = format!(
                    "{} by {} on {}: {outcome:?}",
                    command.name,
                    somebody.login,
                    if foreign { "a foreign one" } else { "their own" }
                );
                let wanted = expected(needs, somebody, foreign || somebody.member.is_none());
                assert_eq!(verdict(needs, &outcome), wanted, "{place}");
                if wanted == Verdict::Refused {
                    assert_eq!(
                        refusals(&chief, command.name).await,
                        before + 1,
                        "{place}: one entry"
                    );
                }
                if let (Kind::Query, Account, Ok(reply), AccountRole::Operator) =
                    (command.kind, needs, &outcome, somebody.role)
                    && foreign
                {
                    let text = reply.to_string();
                    assert!(
                        !text.contains(organization.as_str()) && !text.contains("Other"),
                        "{place}: shows what is not theirs"
                    );
                }
            }
        }
    }
    let verification = chief.ok("audit.verify", json!({})).await;
    assert!(verification["broken_at"].is_null());
}

/// RGT-01: an operator cannot tell an organization that is not theirs from one that does not exist.
#[tokio::test(flavor = "multi_thread")]
async fn foreign_and_missing_read_the_same() {
    let (house, chief) = house().await;
    let foreign = add_customer(&chief, "Other").await;
    let (_, operator) = house.operator(&chief, "hand").await;
    for id in [foreign.as_str(), NOBODY] {
        let problem = operator
            .call("organizations.read", json!({ "id": id }))
            .await
            .expect_err("refused");
        assert_eq!((problem.code, problem.params.len()), (ErrorCode::NotFound, 0));
    }
    assert_eq!(
        chief.refused("organizations.read", json!({ "id": NOBODY })).await,
        ErrorCode::NotFound
    );
}

/// RGT-11: an operator who makes an organization owns it, and only the preference can forbid it.
#[tokio::test(flavor = "multi_thread")]
async fn makers_own() {
    let (house, chief) = house().await;
    let (_, operator) = house.operator(&chief, "hand").await;
    // RGT-06: nothing is offered that would be refused.
    let before = operator.ok("session.current", json!({})).await;
    assert_eq!(
        before["may"],
        json!({ "administer": false, "create_organizations": true, "manage_systems": false, "launch": false })
    );
    let made = operator
        .ok(
            "organizations.create",
            json!({ "name": "Own", "zone": "UTC", "language": "en" }),
        )
        .await;
    assert_eq!(made["role"], "owner");
    let session = operator.ok("session.current", json!({})).await;
    assert_eq!(
        session["may"],
        json!({ "administer": false, "create_organizations": true, "manage_systems": true, "launch": true })
    );
    let read = operator
        .ok("organizations.read", json!({ "id": id_of(&made) }))
        .await;
    assert_eq!(read["name"], "Own");
    let signed_in = house
        .call(
            None,
            "session.sign_in",
            &json!({ "login": "hand", "password": PASSWORD }),
        )
        .await
        .expect("signed in");
    assert_eq!(
        person(&house, &signed_in)
            .ok("organizations.find", json!({ "limit": 5 }))
            .await["total"],
        1
    );
}
