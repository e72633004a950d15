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
        (&["nonsense"], 2, "nonsense"),
        (&["call", "no.such.command"], 2, "no.such.command"),
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
        (&["audit", "verify", "nowhere.jsonl"], 1, "nowhere"),
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
}
