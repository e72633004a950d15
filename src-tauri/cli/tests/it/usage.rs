//! What scripts rely on: exit codes, where words go, JSON, and that rights are the same here as everywhere.

use crate::place::{LOGIN, PASSWORD, Place};
use serde_json::{Value, json};

/// A wrong call ends with 2, a refusal with 1, its code and words on the standard error and nothing on the output.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn exit_codes_say_what_happened() {
    let place = Place::new(1).await;
    for (arguments, code, complaint) in [
        (&["customers", "list"][..], 0, ""),
        (&["call", "customers.index", "{}"], 0, ""),
        (&["nonsense"], 2, "cli.usage: "),
        (
            &["customers", "import", "customers.csv", "--delete-file"],
            2,
            "--yes",
        ),
        (&["call", "no.such.command"], 2, "call.unknown: "),
        (&["call", "customers.index", "{"], 1, "call.arguments"),
        (
            &["call", "lists.views", r#"{"list":"nothing"}"#],
            1,
            "call.arguments",
        ),
        (
            &[
                "call",
                "customers.panel",
                r#"{"id":"0190b7f0-0000-7000-8000-000000000000"}"#,
            ],
            1,
            "not-found",
        ),
        (&["customers", "import", "nowhere.csv"], 1, "file."),
        (&["audit", "verify", "nowhere.jsonl"], 1, "file.unreadable: "),
    ] {
        let ended = place.run(arguments).await;
        assert_eq!(ended.code, Some(code), "{arguments:?}: {}", ended.complaint);
        assert!(
            ended.complaint.contains(complaint),
            "{arguments:?}: {}",
            ended.complaint
        );
        assert!(
            code == 0 || ended.output.is_empty(),
            "{arguments:?}: {}",
            ended.output
        );
    }
    let mut wrong = place.command(LOGIN, &["customers", "list"]);
    let ended = wrong
        .env("FLOTILLA_PASSWORD", "not this one")
        .output()
        .await
        .expect("it starts");
    assert_eq!(ended.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&ended.stderr).starts_with("sign-in.refused: "));
    let mut locked = place.command(LOGIN, &["customers", "list"]);
    let ended = locked
        .env("FLOTILLA_DATABASE_PASSWORD", "not this one")
        .output()
        .await
        .expect("it starts");
    assert_eq!(ended.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&ended.stderr).contains("workspace.key-wrong"));
}

/// GEN-05: the words are those of the terminal's language.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn errors_have_words_in_three_languages() {
    let place = Place::new(1).await;
    let mut complaints = Vec::new();
    for language in ["en_GB.UTF-8", "fr_FR.UTF-8", "ja_JP.UTF-8"] {
        let mut command = place.command(
            LOGIN,
            &[
                "call",
                "customers.panel",
                r#"{"id":"0190b7f0-0000-7000-8000-000000000000"}"#,
            ],
        );
        let ended = command.env("LANG", language).output().await.expect("it starts");
        let complaint = String::from_utf8(ended.stderr).expect("text");
        assert!(complaint.starts_with("not-found: "), "{complaint}");
        complaints.push(complaint);
    }
    assert!(
        complaints[2].chars().any(|character| character > '\u{3000}'),
        "{}",
        complaints[2]
    );
    complaints.dedup();
    assert_eq!(complaints.len(), 3);
}

/// The friendly commands print JSON when asked, and the same things the table's commands say.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn friendly_commands_speak_json() {
    let place = Place::new(3).await;
    let looked = place
        .json(&["customers", "import", "customers.csv", "--json"])
        .await;
    assert_eq!(
        looked["result"]["new"], 3,
        "without --yes it only says what would be done"
    );
    assert_eq!(place.json(&["customers", "list", "--json"]).await, json!([]));
    let stored = place.import("customers.csv").await;
    assert_eq!(
        (&stored["result"]["added"], &stored["result"]["left"]),
        (&json!(3), &json!(0))
    );
    let name = place.fleet.solutions()[1].name().to_owned();
    let file = std::fs::read_to_string(place.file("customers.csv")).expect("the file");
    std::fs::write(
        place.file("renamed.csv"),
        file.replace(&name, "Under another name"),
    )
    .expect("the file");
    let renamed = place.import("renamed.csv").await;
    assert_eq!(
        (&renamed["result"]["updated"], &renamed["result"]["unchanged"]),
        (&json!(1), &json!(2)),
        "a certificate that is trusted already is no error"
    );
    let name = "Under another name".to_owned();
    let found = place.json(&["customers", "list", &name, "--json"]).await;
    assert_eq!(found.as_array().map(Vec::len), Some(1));
    assert_eq!(found[0]["name"], name);
    for arguments in [&["poll", "--json"][..], &["customers", "test", "--json"]] {
        let rows = place.json(arguments).await;
        assert!(
            rows.as_array()
                .expect("rows")
                .iter()
                .all(|row| row["status"] == "success")
        );
        assert_eq!(rows.as_array().map(Vec::len), Some(3));
    }
    assert_eq!(
        place.json(&["audit", "verify", "--json"]).await["broken_at"],
        Value::Null
    );
    let table = place.json(&["commands", "--json"]).await;
    assert!(
        table
            .as_array()
            .expect("commands")
            .iter()
            .any(|command| command["name"] == "customers.index")
    );
}

/// CUS-06, SEC-02, ADM-20: an operator sees what is assigned, here as everywhere; the rest is not found, and what is not
/// allowed is refused and written down.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_operator_sees_assigned_customers_only() {
    let place = Place::new(3).await;
    place.import("customers.csv").await;
    let account = json!({ "login": "ops", "role": "operator", "enabled": true, "password": PASSWORD, "confirmation": PASSWORD });
    let account = place.json(&["call", "accounts.add", &account.to_string()]).await;
    let customers = place.json(&["customers", "list", "--json"]).await;
    let (mine, foreign) = (&customers[0], &customers[1]);
    let edit = json!({ "ids": [mine["id"]], "add_operators": [account["id"]] });
    place.json(&["call", "customers.edit", &edit.to_string()]).await;
    let listed = place.run_as("ops", &["customers", "list", "--json"]).await;
    let listed: Value = serde_json::from_str(&listed.output).expect("JSON");
    assert_eq!(listed.as_array().map(Vec::len), Some(1));
    assert_eq!(listed[0]["id"], mine["id"]);
    let panel = json!({ "id": foreign["id"] }).to_string();
    let outside = place.run_as("ops", &["call", "customers.panel", &panel]).await;
    assert_eq!(outside.code, Some(1));
    assert!(
        outside.complaint.starts_with("not-found"),
        "{}",
        outside.complaint
    );
    let delete = json!({ "ids": [mine["id"]] }).to_string();
    for (command, arguments) in [
        ("customers.delete", delete.as_str()),
        ("accounts.index", "{}"),
        ("preferences.read", "{}"),
        ("audit.verify", "{}"),
    ] {
        let refused = place.run_as("ops", &["call", command, arguments]).await;
        assert_eq!(refused.code, Some(1), "{command}");
        assert!(
            refused.complaint.starts_with("right.missing"),
            "{command}: {}",
            refused.complaint
        );
    }
    let open = place.open().await;
    let refused: Vec<Value> = open
        .rows("audit")
        .await
        .into_iter()
        .filter(|entry| entry["result"] == "refused")
        .map(|entry| entry["act"].clone())
        .collect();
    open.close().await;
    for act in [
        "customers.delete",
        "accounts.index",
        "preferences.read",
        "audit.verify",
    ] {
        assert!(
            refused.contains(&json!(act)),
            "{act} was written down: {refused:?}"
        );
    }
}

/// ADM-20: an export is checked without the workspace, and one altered byte is found.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_altered_export_is_found() {
    let place = Place::new(1).await;
    place.import("customers.csv").await;
    let ended = place.run(&["audit", "export", "audit.jsonl"]).await;
    assert_eq!(ended.code, Some(0), "{}", ended.complaint);
    let whole = place.run(&["audit", "verify", "audit.jsonl"]).await;
    assert_eq!(whole.code, Some(0), "{}", whole.complaint);
    let file = place.file("audit.jsonl");
    let bytes = std::fs::read(&file).expect("the export");
    for altered in [0, bytes.len() / 3, bytes.len() / 2, bytes.len() - 1] {
        let mut bytes = bytes.clone();
        bytes[altered] ^= 1;
        std::fs::write(&file, bytes).expect("altered");
        let found = place.run(&["audit", "verify", "audit.jsonl"]).await;
        assert_eq!(found.code, Some(1), "byte {altered}");
        assert!(
            found.complaint.starts_with("audit.broken: "),
            "{}",
            found.complaint
        );
    }
    for nothing in ["", "\n", " \r\n"] {
        std::fs::write(&file, nothing).expect("written");
        let found = place.run(&["audit", "verify", "audit.jsonl"]).await;
        assert_eq!(found.code, Some(1), "{nothing:?}");
        assert!(
            found.complaint.starts_with("audit.empty: "),
            "{}",
            found.complaint
        );
    }
}

/// ADM-20: an export that was cut at its end is found out by the final hash that was written down, in the audit log among others;
/// without one it is not called whole.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_cut_export_is_found_out() {
    let place = Place::new(1).await;
    place.import("customers.csv").await;
    let ended = place.run(&["audit", "export", "audit.jsonl"]).await;
    assert_eq!(ended.code, Some(0), "{}", ended.complaint);
    let found = place.json(&["audit", "verify", "audit.jsonl", "--json"]).await;
    let head = found["head"].as_str().expect("a hash").to_owned();
    assert_eq!(found["head_held"], Value::Null);
    let open = place.open().await;
    let rows = open.rows("audit").await;
    let export = rows
        .iter()
        .find(|row| row["act"] == "audit.export")
        .expect("the export");
    assert!(
        export["details"]
            .as_str()
            .is_some_and(|details| details.contains(&head)),
        "{export}"
    );
    open.close().await;
    let said = place.run(&["audit", "verify", "audit.jsonl"]).await;
    assert!(said.output.contains("--head"), "{}", said.output);
    let compare = ["audit", "verify", "audit.jsonl", "--head", head.as_str()];
    let said = place.run(&compare).await;
    assert_eq!(said.code, Some(0), "{}", said.complaint);
    assert!(!said.output.contains("--head"), "{}", said.output);
    let of_workspace = ["audit", "verify", "--head", head.as_str(), "--json"];
    assert_eq!(place.json(&of_workspace).await["head_held"], true);
    let foreign = "00".repeat(32);
    let ended = place.run(&["audit", "verify", "--head", foreign.as_str()]).await;
    assert!(
        ended.code == Some(1) && ended.complaint.starts_with("audit.cut: "),
        "{}",
        ended.complaint
    );
    let file = place.file("audit.jsonl");
    let text = std::fs::read_to_string(&file).expect("the export");
    let (cut, _) = text.trim_end().rsplit_once('\n').expect("several entries");
    std::fs::write(&file, format!("{cut}\n")).expect("cut");
    let ended = place.run(&compare).await;
    assert!(
        ended.code == Some(1) && ended.complaint.starts_with("audit.cut: "),
        "{}",
        ended.complaint
    );
}

/// ADM-04: a mistyped folder is no workspace and does not become one, whatever is asked of it; only `init` makes one.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mistyped_workspace_stays_nothing() {
    let place = Place::bare(0).await;
    for arguments in [
        &["customers", "list"][..],
        &["customers", "import", "customers.csv", "--yes"],
        &["poll"],
        &["call", "session.current"],
        &["audit", "verify"],
        &["audit", "export", "audit.jsonl"],
        &["account", "reset", "chief"],
        &["serve", "--port", "0"],
    ] {
        let ended = place.run(arguments).await;
        assert_eq!(ended.code, Some(1), "{arguments:?}: {}", ended.complaint);
        assert!(
            ended.complaint.starts_with("workspace.missing: ") && ended.complaint.contains("workspace"),
            "{arguments:?}: {}",
            ended.complaint
        );
        assert!(!place.file("workspace").exists(), "{arguments:?}");
    }
    let made = place.run(&["init"]).await;
    assert_eq!(made.code, Some(0), "{}", made.complaint);
}

/// GEN-04, ADM-01: of a workspace that cannot be opened a person reads code and words alone; the logs say more where they are
/// asked, and colour nothing in a pipe.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_damaged_workspace_is_one_sentence() {
    let place = Place::new(0).await;
    let database = std::fs::File::options()
        .write(true)
        .open(place.file("workspace/workspace.db"))
        .expect("the database");
    let length = database.metadata().expect("its length").len();
    database.set_len(length / 2).expect("cut");
    let ended = place.run(&["customers", "list"]).await;
    assert_eq!(ended.code, Some(1), "{}", ended.complaint);
    assert!(ended.complaint.starts_with("workspace."), "{}", ended.complaint);
    assert!(!ended.complaint.contains("a call failed"), "{}", ended.complaint);
    let mut command = place.command(LOGIN, &["customers", "list"]);
    let asked = command
        .env("FLOTILLA_LOG", "error")
        .output()
        .await
        .expect("it starts");
    let asked = crate::place::Ended::of(asked);
    assert!(asked.complaint.contains("a call failed"), "{}", asked.complaint);
    assert!(!asked.complaint.contains('\u{1b}'), "{:?}", asked.complaint);
}

/// SEC-04: an argument that is not understood is repeated without moving the terminal.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wrong_argument_moves_no_terminal() {
    let place = Place::bare(0).await;
    let ended = place
        .run(&["customers", "list", "one", "two\u{1b}[2J\u{202e}"])
        .await;
    assert_eq!(ended.code, Some(2), "{}", ended.complaint);
    assert!(ended.complaint.contains(r"\u{202e}"), "{}", ended.complaint);
    assert!(!ended.complaint.contains('\u{1b}'), "{:?}", ended.complaint);
}

/// GEN-04, GEN-05: what is wrong with the command line has a code and words in the person's language, too.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wrong_command_line_has_code_and_words() {
    let place = Place::bare(0).await;
    for (arguments, variable, code, words) in [
        (&["nonsense"][..], "", "cli.usage", "Ligne de commande"),
        (
            &["customers", "list"],
            "FLOTILLA_WORKSPACE",
            "cli.workspace-not-named",
            "--workspace",
        ),
        (
            &["init"],
            "FLOTILLA_PASSWORD",
            "cli.nobody-to-ask",
            "FLOTILLA_PASSWORD",
        ),
        (
            &["init"],
            "FLOTILLA_ACCOUNT",
            "cli.nobody-to-ask",
            "FLOTILLA_ACCOUNT",
        ),
        (
            &["init"],
            "FLOTILLA_DATABASE_PASSWORD",
            "cli.nobody-to-ask",
            "n’est pas défini",
        ),
    ] {
        let mut command = place.command(LOGIN, arguments);
        let command = command.env("LANG", "fr_FR.UTF-8").env_remove(variable);
        let ended = crate::place::Ended::of(command.arg("--no-keychain").output().await.expect("it starts"));
        let complaint = &ended.complaint;
        assert_eq!(ended.code, Some(2), "{arguments:?}: {complaint}");
        assert!(
            complaint.starts_with(&format!("{code}: ")) && complaint.contains(words),
            "{arguments:?}: {complaint}"
        );
    }
}

/// CUS-20, CUS-21: what is wrong with a file a script hears, too.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn problems_of_a_file_are_in_the_json() {
    let place = Place::new(1).await;
    std::fs::write(place.file("other.csv"), "Colour,Size\nred,3\n").expect("a file");
    let ended = place.run(&["customers", "import", "other.csv", "--json"]).await;
    assert_eq!(ended.code, Some(1));
    assert!(
        ended.complaint.starts_with("import.unreadable: "),
        "{}",
        ended.complaint
    );
    let answer: Value = serde_json::from_str(&ended.output).expect("JSON");
    let problems = answer["problems"].as_array().expect("a list");
    assert!(
        !problems.is_empty() && problems.iter().all(|problem| problem != ""),
        "{answer}"
    );
}

/// CUS-24: after saving, the file with its passwords is not forgotten, and is deleted when that was asked for.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_with_passwords_is_not_forgotten() {
    let place = Place::new(2).await;
    let import = |extra: &'static [&'static str]| {
        let mut arguments = vec!["customers", "import", "customers.csv"];
        arguments.extend(extra);
        arguments
    };
    let looked = place.run(&import(&[])).await;
    assert!(
        !looked.complaint.contains("customers.csv"),
        "{}",
        looked.complaint
    );
    let saved = place.run(&import(&["--yes", "--trust"])).await;
    assert_eq!(saved.code, Some(0), "{}", saved.complaint);
    assert!(
        saved
            .complaint
            .contains("customers.csv still contains plain-text passwords"),
        "{}",
        saved.complaint
    );
    let file = std::fs::read_to_string(place.file("customers.csv")).expect("it is there");
    let name = place.fleet.solutions()[0].name();
    std::fs::write(place.file("customers.csv"), file.replace(name, "Renamed")).expect("the file");
    let deleted = place.run(&import(&["--yes", "--trust", "--delete-file"])).await;
    assert_eq!(deleted.code, Some(0), "{}", deleted.complaint);
    assert!(deleted.complaint.contains("was deleted"), "{}", deleted.complaint);
    assert!(!place.file("customers.csv").exists());
    let open = place.open().await;
    let waiting = open.call("customers.import_waiting", json!({})).await;
    assert_eq!(waiting, json!([]), "no waiting list is left");
    open.close().await;
}

/// GEN-05, SEC-04: what an import says is words, a line each, in the person's language, without a progress bar where nobody looks,
/// and nothing of the file moves the terminal.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_import_speaks_in_lines() {
    let place = Place::new(2).await;
    let file = std::fs::read_to_string(place.file("customers.csv")).expect("the file");
    let wrong = "127.0.0.9,99999,Evil \u{1b}[2J,COMAdmin,pw,,,,,,\r\n";
    std::fs::write(place.file("mixed.csv"), format!("{file}{wrong}")).expect("a file");
    let looked = place.run(&["customers", "import", "mixed.csv"]).await;
    assert_eq!(looked.code, Some(0), "{}", looked.complaint);
    assert_eq!(
        looked.output,
        "3 rows\nNew\t2\nUpdate\t0\nUnchanged\t0\nInvalid\t1\n"
    );
    let lines: Vec<&str> = looked.complaint.lines().collect();
    assert_eq!(
        lines[..2],
        [
            "Row 3, Port: 1 to 65535",
            "Row 3, Name: Contains a character that cannot be displayed"
        ],
        "{lines:?}"
    );
    let saved = place
        .run(&["customers", "import", "mixed.csv", "--yes", "--trust"])
        .await;
    assert_eq!(saved.code, Some(0), "{}", saved.complaint);
    assert_eq!(saved.output, "Saved: 2 added, 0 updated\nOne row was not saved\n");
    assert!(
        saved.complaint.contains(r"Row 3, Evil \u{1b}[2J: Invalid"),
        "{}",
        saved.complaint
    );
    assert!(
        !saved.complaint.contains(['\r', '\u{1b}']),
        "{:?}",
        saved.complaint
    );
    let mut command = place.command(LOGIN, &["customers", "import", "mixed.csv"]);
    let french = command
        .env("LANG", "fr_FR.UTF-8")
        .output()
        .await
        .expect("it starts");
    let french = crate::place::Ended::of(french);
    assert!(french.complaint.contains("Ligne 3"), "{}", french.complaint);
}

/// CUS-26: what the file does not say is said once, the password unseen.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_file_lacks_is_said_once() {
    let place = Place::new(2).await;
    let text = "Name,IP Address/FQDN\nOne,192.0.2.1\nTwo,192.0.2.2\n";
    std::fs::write(place.file("short.csv"), text).expect("a file");
    let import = |extra: &'static [&'static str]| {
        let mut arguments = vec!["customers", "import", "short.csv", "--json"];
        arguments.extend(extra);
        arguments
    };
    let looked = place.json(&import(&[])).await;
    assert_eq!(looked["result"]["invalid"], 2);
    let arguments = import(&["--service-user", "COMAdmin", "--service-password"]);
    let nobody = place.run(&arguments).await;
    assert!(
        nobody.complaint.starts_with("cli.nobody-to-ask: "),
        "{}",
        nobody.complaint
    );
    let mut command = place.command(LOGIN, &arguments);
    let ended = command.env("FLOTILLA_SERVICE_PASSWORD", "for-all").output().await;
    let ended = crate::place::Ended::of(ended.expect("it starts"));
    let answer: Value = serde_json::from_str(&ended.output).expect("JSON");
    assert_eq!(answer["result"]["new"], 2, "{}", ended.complaint);
}
