//! SEC-02: every command of the table, called by everybody who could, on their own and on a foreign organization, on what is in
//! granted folders and what is not.
//!
//! What each may do follows from the access that stands in the command table. Here are only arguments to call a command with: one
//! that has none fails the test, so that none is added without being called.

use crate::harness::{Harness, PASSWORD, Person, call};
use crate::people::{
    add_account, add_customer, add_folder, add_system, default_folder, grant, harness, id_of, person,
};
use flotilla_core::composition::FEATURES;
use flotilla_kernel::error::{ErrorCode, Problem};
use flotilla_kernel::feature::{Access, Command, Kind};
use flotilla_kernel::rights::{AccountRole, MemberRole};
use serde_json::{Value, json};

const NOBODY: &str = "01890000-0000-7000-8000-000000000000";

/// What commands are called on: a folder of an organization, with a system and a connection in it.
#[derive(Debug, Clone)]
struct Place {
    name: &'static str,
    organization: String,
    folder: String,
    system: String,
    connection: String,
    /// Whether the viewer and the operator of the organization have a grant that covers the folder.
    granted: bool,
    /// Whether it is in the organization that the people here are members of.
    own: bool,
}

impl Place {
    /// What is in the folder, and the folder itself.
    fn within(&self) -> [&str; 3] {
        [&self.folder, &self.system, &self.connection]
    }

    /// Whether who has this role in the organization sees the folder (ORG-22).
    fn shown_to(&self, member: Option<MemberRole>) -> bool {
        self.own && member.is_some_and(|role| self.granted || role >= MemberRole::Admin)
    }
}

/// Arguments that concern this place and change nothing that the next call needs.
fn example(name: &str, place: &Place) -> Option<Value> {
    let Place {
        organization,
        folder,
        system,
        connection,
        ..
    } = place;
    let customer = json!({ "id": organization, "host": "127.0.9.1", "port": 1, "user_name": "operator", "password": "x", "accept": null });
    let reached = json!({
        "id": connection, "organization": organization, "kind": "ip_office", "host": "127.0.9.1", "port": 1, "user_name": "operator",
        "password": "x", "accept": null,
    });
    let import = json!({ "import": NOBODY });
    let rows = json!({ "import": NOBODY, "rows": [] });
    let list = json!({ "organization": organization });
    let customers = json!({ "ids": [organization] });
    Some(match name {
        "workspace.state"
        | "session.current"
        | "session.touch"
        | "session.sign_out"
        | "profile.read"
        | "profile.remove_avatar"
        | "accounts.names"
        | "accounts.index"
        | "archived_organizations.index"
        | "accounts.labels"
        | "customers.tags"
        | "customers.import_template"
        | "customers.import_waiting"
        | "devices.import_template"
        | "devices.import_waiting"
        | "work.list"
        | "preferences.read"
        | "administration.services"
        | "administration.consoles"
        | "administration.about"
        | "jobs.index"
        | "jobs.summary"
        | "job_tasks.index"
        | "repository.index"
        | "repository.summary"
        | "repository.arrivals"
        | "audit.index"
        | "audit.verify"
        | "audit.export" => json!({}),
        "workspace.create_first" => {
            json!({ "login": "x", "password": "x", "confirmation": "x", "language": "en", "zone": "UTC" })
        }
        "session.sign_in" => json!({ "login": "nobody-at-all", "password": "x" }),
        "session.accept_terms" => json!({ "version": 1 }),
        "session.change_password" => json!({ "present": PASSWORD, "password": "x", "confirmation": "x" }),
        "session.choose_organization" => list,
        "profile.save" => {
            json!({ "first_name": "A", "last_name": "B", "telephone": "", "mobile": "", "email": "" })
        }
        "profile.save_appearance" => json!({ "theme": "dark" }),
        "profile.set_avatar" => json!({ "upload": NOBODY }),
        "accounts.avatar" | "accounts.read" | "lists.delete_view" | "work.cancel" => {
            json!({ "id": NOBODY })
        }
        "organizations.restore" => json!({ "id": NOBODY, "confirmation": NOBODY }),
        "activity.window"
        | "members.window"
        | "accounts.window"
        | "alarms.window"
        | "archived_organizations.window"
        | "jobs.window"
        | "job_tasks.window"
        | "repository.window"
        | "repository.uses"
        | "audit.window" => {
            json!({ "ids": [] })
        }
        "accounts.add" => {
            json!({ "login": "", "role": "operator", "enabled": true, "password": "x", "confirmation": "x" })
        }
        "accounts.save" => {
            json!({ "id": NOBODY, "revision": 1, "login": "x", "role": "operator", "enabled": true })
        }
        "accounts.delete" | "customers.plan_deletion" | "customers.delete" => json!({ "ids": [NOBODY] }),
        "organizations.find" => json!({ "search": "", "limit": 10 }),
        "organizations.read"
        | "organizations.plan_archive"
        | "folders.tree"
        | "customers.panel"
        | "customers.read" => {
            json!({ "id": organization })
        }
        // A revision nobody has: what is refused for it was not refused for the right.
        "organizations.save" => {
            json!({ "id": organization, "revision": -1, "name": "Another", "zone": "UTC", "language": "en" })
        }
        "organizations.create" => json!({ "name": "", "zone": "UTC", "language": "en" }),
        "organizations.set_grants" => {
            json!({ "organization": organization, "account": NOBODY, "role": "viewer", "folders": [] })
        }
        "members.plan_access" | "members.set_access" => {
            json!({ "organization": organization, "ids": [], "role": "viewer", "folders": [] })
        }
        "members.remove" | "members.promote" => json!({ "organization": organization, "ids": [] }),
        "invitations.send" => json!({ "organization": organization, "emails": [], "role": "viewer" }),
        "invitations.renew" => json!({ "organization": organization, "id": NOBODY }),
        "invitations.save_message" => json!({ "organization": organization, "id": NOBODY, "code": "x" }),
        "invitations.look" => json!({ "code": "x" }),
        "invitations.accept" => json!({ "code": "x", "login": "nobody-at-all", "password": "x" }),
        "invitations.accept_new" => {
            json!({ "code": "x", "login": "x", "password": "x", "confirmation": "x", "language": "en" })
        }
        "organizations.archive" => json!({ "id": organization, "confirmation": "" }),
        "folders.create" => json!({ "parent": folder, "name": "" }),
        "folders.rename" => json!({ "id": folder, "name": "" }),
        "folders.set_zone" => json!({ "id": folder, "zone": null }),
        "folders.plan_deletion" => json!({ "id": folder }),
        "folders.move" => json!({ "id": folder, "parent": folder }),
        "folders.delete" => json!({ "id": folder }),
        "folders.move_systems" => json!({ "ids": [system], "folder": folder }),
        "device_results.index"
        | "activity.index"
        | "members.index"
        | "organizations.index"
        | "customers.index"
        | "systems.index"
        | "alarms.index"
        | "dashboard.read" => list,
        "customers.window" | "organizations.window" | "customers.refresh" => customers,
        "systems.window" => json!({ "ids": [system] }),
        "connections.of" => list,
        "connections.test" => reached,
        // A revision nobody has: what is refused for it was not refused for the right.
        "connections.save" => with(reached, json!({ "revision": -1, "without_contact": true })),
        "connections.plan_removal" | "connections.refresh" | "connections.remove" => {
            json!({ "ids": [connection] })
        }
        "connections.monitor" => json!({ "ids": [connection], "on": true }),
        "systems.video_server" | "systems.application" => json!({ "id": system }),
        "systems.save_application" => {
            let fields = json!({ "name": "", "model": "", "host": "", "folder": folder });
            json!({ "id": null, "fields": fields, "before": null })
        }
        "systems.remove_applications" => json!({ "ids": [system] }),
        "customers.choose_main" => json!({ "connection": connection }),
        "connections.accept_certificate" => json!({ "id": connection, "sha256": "00".repeat(32) }),
        "customers.test" => customer,
        "customers.save" => with(
            customer,
            json!({ "revision": -1, "name": "Another", "mode": "on-premises", "without_contact": true }),
        ),
        "customers.edit" => with(customers, json!({ "add_tags": ["seen"] })),
        "customers.plan_launch" | "customers.launch" => {
            with(customers, json!({ "application": "web_manager" }))
        }
        "repository.add" => json!({ "upload": NOBODY }),
        "repository.begin_upload" => json!({ "name": "x", "size": 0 }),
        "repository.append" => json!({ "arrival": NOBODY, "offset": 0, "upload": NOBODY, "sha256": "" }),
        "repository.fetch" => json!({ "address": "" }),
        "repository.indexes" => json!({}),
        "repository.subscribe" => json!({ "address": "" }),
        "repository.refresh" | "repository.unsubscribe" => json!({ "index": NOBODY }),
        "repository.fetch_remote" => json!({ "id": NOBODY }),
        "repository.resume" | "repository.start_over" | "repository.discard" => json!({ "arrival": NOBODY }),
        "repository.save" => {
            let fields = json!({ "kind": "tool", "product": "", "version": "", "tags": [], "note": "" });
            json!({ "id": NOBODY, "revision": 1, "fields": fields })
        }
        "repository.verify" | "repository.delete" => json!({ "ids": [NOBODY] }),
        "repository.hand_out" => json!({ "id": NOBODY }),
        "jobs.approve" | "jobs.pause" | "jobs.resume" | "jobs.stop" | "jobs.delete" => {
            json!({ "ids": [NOBODY] })
        }
        "jobs.job" | "jobs.customers" | "jobs.task" | "jobs.go_on" | "jobs.retry" => json!({ "id": NOBODY }),
        "jobs.copy" => json!({ "id": NOBODY, "order": {} }),
        "jobs.preview" => json!({ "schedule": { "kind": "now" }, "site_zone": null }),
        "devices.plan_upgrade" | "devices.upgrade" => json!({ "ids": [system], "target": null }),
        "devices.models" | "devices.acts" | "discovery.interfaces" => json!({}),
        "devices.software" => json!({ "ids": [] }),
        "devices.act" | "discovery.read" | "discovery.stop" => json!({ "id": NOBODY }),
        "discovery.rows" => json!({ "id": NOBODY, "since": 0 }),
        "discovery.start" => json!({ "ways": [], "interfaces": null }),
        // A device that is none: what is refused for it was not refused for the right.
        "devices.accounts" | "devices.applications" => json!({ "id": system }),
        "devices.install_application" => json!({ "ids": [system], "package": NOBODY }),
        "devices.start_application" | "devices.stop_application" | "devices.remove_application" => {
            json!({ "ids": [system], "application": "x" })
        }
        "devices.preview_commission" => {
            json!({ "ids": [system], "settings": { "addressing": { "kind": "keep" } } })
        }
        "devices.commission" => {
            json!({ "devices": [{ "id": system }], "settings": { "addressing": { "kind": "network" } } })
        }
        "devices.add" => json!({ "organization": organization, "folder": folder, "devices": [] }),
        "devices.restart" | "devices.roll_back" | "devices.rotate_password" | "devices.remove" => {
            json!({ "ids": [system] })
        }
        "devices.transfer" => json!({ "ids": [system], "organization": organization, "folder": folder }),
        "devices.factory_default" => json!({ "ids": [system], "confirmation": "1" }),
        "devices.delete_account" => json!({ "ids": [system], "user_name": "x" }),
        "devices.set_password" => json!({ "ids": [system], "user_name": "x", "password": "x" }),
        "devices.create_account" => {
            json!({ "ids": [system], "user_name": "x", "password": "x", "role": "viewer" })
        }
        "device_results.window" => json!({ "ids": [] }),
        "credential_sets.of" => list,
        "credential_sets.save" => {
            json!({ "id": null, "organization": organization, "name": "", "user_name": "" })
        }
        "credential_sets.delete" => json!({ "id": NOBODY, "organization": organization }),
        "customers.import_open" => json!({ "upload": NOBODY, "mode": "cloud" }),
        "devices.import_open" => json!({ "upload": NOBODY, "organization": organization, "folder": folder }),
        "customers.import_map" | "devices.import_map" => json!({ "import": NOBODY, "columns": null }),
        "customers.import_fill" | "devices.import_fill" => {
            json!({ "import": NOBODY, "port": "", "user_name": "", "password": null })
        }
        "customers.import_export" => json!({ "query": list, "ids": null }),
        "customers.import_view"
        | "devices.import_view"
        | "customers.import_columns"
        | "devices.import_columns"
        | "customers.import_discard"
        | "devices.import_discard"
        | "customers.import_delete_file"
        | "devices.import_delete_file"
        | "customers.import_save"
        | "devices.import_save"
        | "customers.import_rows"
        | "devices.import_rows" => import,
        "customers.import_options" | "devices.import_options" => json!({ "import": NOBODY, "mode": "cloud" }),
        "customers.import_window"
        | "devices.import_window"
        | "customers.import_remove"
        | "devices.import_remove"
        | "customers.import_test"
        | "devices.import_test"
        | "customers.import_trust"
        | "devices.import_trust" => rows,
        "customers.import_edit" | "devices.import_edit" => {
            json!({ "import": NOBODY, "row": null, "cells": {} })
        }
        "licences.index" | "licence_lots.index" | "licence_history.index" | "licence_endings.index" => list,
        "licences.window" | "licence_lots.window" | "licence_history.window" | "licence_endings.window" => {
            json!({ "ids": [] })
        }
        "licences.check" | "licences.ledger" | "licence_catalogue.read" => json!({}),
        "licence_catalogue.save" => json!({ "revision": -1, "catalogue": {} }),
        "licence_issuers.read" => json!({}),
        "licence_issuers.preview" | "licence_issuers.add" => json!({ "text": "" }),
        "licence_issuers.revoke" | "licence_issuers.restore" => {
            json!({ "key": "0123456789abcdef", "reason": "x" })
        }
        "licences.products" => list,
        "licences.export" => json!({ "organization": organization, "format": "journal" }),
        licences if licences.starts_with("licences.") => {
            // An operation that nobody repeats, on a product there is not: what is refused for it was not refused for the right.
            json!({
                "operation": NOBODY, "organization": organization, "product": "none", "choice": { "years": 1 },
                "to": organization, "numbers": [], "together_with": null, "keys": [], "lines": [], "transfer": NOBODY, "system": NOBODY,
                "notice": NOBODY, "lot": NOBODY, "quantity": 1, "subject": "x", "from": "x", "licence_type": "x", "start": "2026-01-01", "lots": [],
                "reference": "x", "reason": "x", "entry": NOBODY, "upload": NOBODY, "digest": "", "outcome": "confirmed",
                "serial": "x", "model": "x", "differences": [],
            })
        }
        // A date that has gone by: nothing is opened.
        "workspace.test_clock" => json!({ "date": "1990-01-01" }),
        "lists.describe" | "lists.views" => json!({ "list": "customers" }),
        "lists.values" => json!({ "list": "customers", "query": list, "column": "tags" }),
        "lists.save_view" => {
            json!({ "id": null, "list": "customers", "name": "", "shared": false, "query": list })
        }
        "lists.save_columns" => json!({ "list": "customers", "layout": null }),
        "lists.export" => json!({ "list": "systems", "query": list, "columns": ["name"], "format": "csv" }),
        "search.find" => json!({ "search": "o" }),
        "administration.restart_service" | "administration.service_log" => json!({ "service": "poller" }),
        "administration.open_console" => json!({ "url": "https://logs.example/" }),
        "preferences.save" => json!({ "revision": -1, "preferences": {} }),
        _ => return None,
    })
}

/// An object with more fields.
fn with(mut object: Value, more: Value) -> Value {
    let fields = object.as_object_mut().expect("an object");
    fields.extend(more.as_object().expect("an object").clone());
    object
}

/// Somebody who calls: who they are in the workspace, and in the organization that is theirs.
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
    /// Refused, or refused for the one thing it was called on.
    Refused,
    NotSignedIn,
}

fn verdict(access: Access, outcome: &Result<Value, Problem>) -> Verdict {
    match outcome {
        Err(problem) if problem.refused => Verdict::Refused,
        Err(problem) if matches!(problem.code, ErrorCode::NotSignedIn | ErrorCode::SessionEnded) => {
            Verdict::NotSignedIn
        }
        Ok(reply) if matches!(access, Access::Each(_)) => {
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

/// What somebody must get from a command on a place, by the command's access alone.
fn expected(access: Access, arguments: &Value, somebody: &Somebody, place: &Place) -> Verdict {
    let may = match access {
        _ if somebody.role == AccountRole::Administrator => true,
        Access::Public | Access::Local | Access::Gated | Access::SignedIn => true,
        Access::Administrator => false,
        Access::Anywhere(right) => somebody.member.is_some_and(|role| right.belongs_to(role)),
        Access::In(right) | Access::Each(right) => {
            place.own
                && somebody.member.is_some_and(|role| right.belongs_to(role))
                && (!is_about_folder(arguments, place) || place.shown_to(somebody.member))
        }
    };
    if may { Verdict::Through } else { Verdict::Refused }
}

/// Whether arguments name the folder of a place or what is in it, and not the organization alone.
fn is_about_folder(arguments: &Value, place: &Place) -> bool {
    let text = arguments.to_string();
    place.within().iter().any(|id| text.contains(id))
}

async fn refusals(chief: &Person, name: &str) -> usize {
    let query = json!({ "criteria": [
        { "column": "act", "test": { "kind": "any_of", "values": [name] } },
        { "column": "result", "test": { "kind": "any_of", "values": ["refused"] } },
    ] });
    chief.index("audit", query).await.len()
}

async fn put(
    harness: &Harness,
    name: &'static str,
    organization: &str,
    folder: String,
    granted: bool,
    own: bool,
) -> Place {
    let placed = add_system(harness, organization, &folder, name).await;
    Place {
        name,
        organization: organization.to_owned(),
        folder,
        system: placed.system,
        connection: placed.connection,
        granted,
        own,
    }
}

/// Everybody, and the places there are: in a granted folder, in another, in one that was moved out of a granted one, and in a
/// foreign organization.
async fn everybody_and_everywhere(harness: &Harness, chief: &Person) -> Vec<Place> {
    let own = add_customer(chief, "Own").await;
    let foreign = add_customer(chief, "Other").await;
    let (top, foreign_top) = (
        default_folder(chief, &own).await,
        default_folder(chief, &foreign).await,
    );
    let granted = add_folder(chief, &top, "Granted folder").await;
    let hidden = add_folder(chief, &top, "Hidden folder").await;
    let moved = add_folder(chief, &granted, "Moved folder").await;
    for somebody in EVERYBODY {
        let role = serde_json::to_value(somebody.role).expect("a word");
        let account = add_account(chief, somebody.login, role.as_str().expect("a word")).await;
        let Some(member) = somebody.member else { continue };
        let role = serde_json::to_value(member).expect("a word");
        let folders: &[&str] = if member >= MemberRole::Admin {
            &[]
        } else {
            &[&granted]
        };
        grant(chief, &own, &account, role.as_str().expect("a word"), folders).await;
    }
    let places = vec![
        put(harness, "Granted system", &own, granted, true, true).await,
        put(harness, "Hidden system", &own, hidden.clone(), false, true).await,
        put(harness, "Moved system", &own, moved.clone(), false, true).await,
        put(harness, "Other system", &foreign, foreign_top, false, false).await,
    ];
    chief
        .ok("folders.move", json!({ "id": moved, "parent": hidden }))
        .await;
    places
}

/// Nobody is let in without having signed in, but where anybody is.
async fn nobody_calls(harness: &Harness, command: &Command, place: &Place) {
    let arguments = example(command.name, place)
        .unwrap_or_else(|| panic!("{} is called by nobody: it has no example here", command.name));
    for token in [None, Some(flotilla_core::Secret::new("00".repeat(32)))] {
        if !matches!(command.access, Access::Public | Access::Local) {
            let outcome = call(&harness.program, token.as_ref(), command.name, &arguments).await;
            assert_eq!(
                verdict(command.access, &outcome),
                Verdict::NotSignedIn,
                "{} by nobody: {outcome:?}",
                command.name
            );
        }
    }
}

/// SEC-02, RGT-01 to RGT-15, ORG-22: every command × everybody × a granted folder, another, one moved away, and a foreign
/// organization; nobody gets further than the rights say, everybody gets as far, every refusal is an entry of the audit log, and no
/// answer shows what is not theirs.
#[tokio::test(flavor = "multi_thread")]
async fn every_command_by_everybody_everywhere() {
    let (harness, chief) = harness().await;
    let places = everybody_and_everywhere(&harness, &chief).await;
    for command in FEATURES.commands() {
        nobody_calls(&harness, command, &places[0]).await;
        if matches!(command.access, Access::Public | Access::Local) {
            continue;
        }
        for place in &places {
            let mut place = place.clone();
            let mut arguments = example(command.name, &place).expect("an example");
            // What is not about folders is the same everywhere in an organization.
            if place.own && !place.granted && !is_about_folder(&arguments, &place) {
                continue;
            }
            for somebody in EVERYBODY {
                // What it removes is there only once.
                if command.name == "connections.remove" {
                    let name = format!("{} of {}", place.name, somebody.login);
                    let placed = add_system(&harness, &place.organization, &place.folder, &name).await;
                    place.connection = placed.connection;
                    arguments = example(command.name, &place).expect("an example");
                }
                let person = harness.sign_in(somebody.login).await;
                let before = refusals(&chief, command.name).await;
                let outcome = person.call(command.name, arguments.clone()).await;
                let at = format!(
                    "{} by {} on {}: {outcome:?}",
                    command.name, somebody.login, place.name
                );
                let wanted = expected(command.access, &arguments, somebody, &place);
                assert_eq!(verdict(command.access, &outcome), wanted, "{at}");
                if wanted == Verdict::Refused {
                    assert_eq!(
                        refusals(&chief, command.name).await,
                        before + 1,
                        "{at}: one entry"
                    );
                }
                // Where each is answered for itself, the answer names what was asked for.
                let answers = !matches!(command.access, Access::Each(_)) && command.kind == Kind::Query;
                if let (true, Ok(reply), AccountRole::Operator) = (answers, &outcome, somebody.role) {
                    shows_nothing_else(reply, &places, somebody, &at);
                }
            }
        }
    }
    let verification = chief.ok("audit.verify", json!({})).await;
    assert!(verification["broken_at"].is_null());
}

/// An answer holds neither ids nor names of what somebody may not see.
fn shows_nothing_else(reply: &Value, places: &[Place], somebody: &Somebody, at: &str) {
    let text = reply.to_string();
    for place in places.iter().filter(|place| !place.shown_to(somebody.member)) {
        for unseen in place.within().into_iter().chain([place.name]) {
            assert!(!text.contains(unseen), "{at}: shows {unseen} of {}", place.name);
        }
        if !place.own || somebody.member.is_none() {
            assert!(
                !text.contains(&place.organization),
                "{at}: shows the organization of {}",
                place.name
            );
        }
    }
}

/// RGT-01: an operator cannot tell an organization that is not theirs from one that does not exist.
#[tokio::test(flavor = "multi_thread")]
async fn foreign_and_missing_read_the_same() {
    let (harness, chief) = harness().await;
    let foreign = add_customer(&chief, "Other").await;
    let (_, operator) = harness.operator(&chief, "hand").await;
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
    let (harness, chief) = harness().await;
    let (_, operator) = harness.operator(&chief, "hand").await;
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
    let signed_in = harness
        .call(
            None,
            "session.sign_in",
            &json!({ "login": "hand", "password": PASSWORD }),
        )
        .await
        .expect("signed in");
    assert_eq!(
        person(&harness, &signed_in)
            .ok("organizations.find", json!({ "limit": 5 }))
            .await["total"],
        1
    );
}
