//! What somebody who comes over the network can do to a shared workspace, and what not (ADM-30, SEC-04).

use crate::place::{PASSWORD, Place};
use crate::shared::{Remote, Shared};
use reqwest::Body;
use serde_json::{Value, json};
use std::path::Path;

/// A body that never comes. Whoever waits for it waits for ever.
fn endless() -> Body {
    Body::wrap_stream(futures_util::stream::pending::<std::io::Result<Vec<u8>>>())
}

fn refusal(status: u16, code: &str) -> (u16, String) {
    (status, code.to_owned())
}

async fn uploaded(remote: &Remote, body: impl Into<Body>) -> Value {
    let answer = remote.post("/upload?name=a.csv", body).await.expect("an answer");
    assert_eq!(answer.status(), 200);
    answer.json().await.expect("JSON")
}

/// ADM-30, ACC-01: a workspace nobody has an account in is not shared, since whoever came first would be its
/// administrator; who comes over the network is neither asked for the first account nor for the database password.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_becomes_administrator_over_the_network() {
    let place = Place::bare(0).await;
    place.look_into().await.close().await;
    let ended = place.run(&["serve", "--port", "0"]).await;
    assert_eq!(ended.code, Some(1));
    assert!(
        ended.complaint.starts_with("workspace.has-no-account: "),
        "{}",
        ended.complaint
    );
    assert_eq!(ended.output, "", "it never listened");

    let place = Place::new(0).await;
    let open = place.open().await;
    let certificate = open.certificate().await;
    open.close().await;
    let (_process, shared) = Shared::start(&place).await;
    let stranger = shared.stranger(&certificate);
    let first = json!({ "login": "thief", "password": PASSWORD, "confirmation": PASSWORD, "language": "en", "zone": "UTC" });
    for (command, arguments) in [
        ("workspace.create_first", first),
        ("workspace.unlock", json!({ "password": PASSWORD })),
    ] {
        let path = format!("/call/{command}");
        let refused = stranger.refused(&path, arguments.to_string()).await;
        assert_eq!(refused, refusal(403, "host.only"), "{command}");
    }
}

/// SEC-04: who is not signed in, may not, or asks too often is told so at once, without a byte of the body being waited
/// for.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn strangers_are_not_listened_to() {
    let place = Place::new(0).await;
    let open = place.open().await;
    let certificate = open.certificate().await;
    let account = json!({
        "login": "new", "role": "operator", "enabled": true, "password": PASSWORD, "confirmation": PASSWORD,
        "must_change_password": true,
    });
    open.call("accounts.add", account).await;
    open.close().await;
    let (_process, shared) = Shared::start(&place).await;
    let stranger = shared.stranger(&certificate);
    for path in ["/upload?name=a.csv", "/call/customers.save"] {
        let refused = stranger.refused(path, endless()).await;
        assert_eq!(refused, refusal(401, "session.missing"), "{path}");
    }
    let newcomer = shared.sign_in_as("new", &certificate).await;
    let refused = newcomer.refused("/upload?name=a.csv", endless()).await;
    assert_eq!(refused, refusal(403, "session.password-change-needed"));
    let long = format!("{{\"login\":\"{}\"}}", "x".repeat(17_000));
    let refused = stranger.refused("/call/session.sign_in", long).await;
    assert_eq!(refused, refusal(413, "call.too-large"));
    // Two have signed in or tried to already.
    let mut answers = Vec::new();
    for _ in 0..30 {
        answers.push(stranger.refused("/call/session.sign_in", "{").await);
    }
    assert_eq!(answers[0], refusal(422, "call.arguments"));
    assert_eq!(answers[29], refusal(429, "call.too-many"));
}

/// SEC-04, GEN-08: a file that came in is the owner's alone, as is everything else of the workspace; nobody can have
/// more than a few waiting, and one that breaks off leaves nothing.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn files_come_in_by_measure() {
    let place = Place::new(0).await;
    let open = place.open().await;
    let certificate = open.certificate().await;
    open.close().await;
    let (_process, shared) = Shared::start(&place).await;
    let chief = shared.sign_in(&certificate).await;
    let half = futures_util::stream::iter([
        Ok(vec![b'x'; 300_000]),
        Err(std::io::Error::other("the network is gone")),
    ]);
    let broken = chief.post("/upload?name=half.csv", Body::wrap_stream(half)).await;
    assert!(broken.is_err(), "nobody is there to be answered");
    // More than the pieces in which it is written.
    let first = uploaded(&chief, vec![b'x'; 1_000_000]).await;
    assert_eq!(
        (&first["name"], &first["size"]),
        (&json!("a.csv"), &json!(1_000_000))
    );
    for _ in 1..8 {
        uploaded(&chief, "x").await;
    }
    let refused = chief.refused("/upload?name=a.csv", "x").await;
    assert_eq!(refused, refusal(429, "transfer.too-many"));
    let files = private(&place.file("workspace"));
    let transfers = files.iter().filter(|path| path.contains("transfers")).count();
    assert_eq!(transfers, 8 + 1, "eight files and a lock: {files:?}");
    assert!(files.iter().any(|path| path.ends_with("workspace.db-wal")));
    assert!(files.iter().any(|path| path.ends_with("key.json")));
    assert!(files.iter().any(|path| path.ends_with(".log")));
}

/// CUS-06, ACC-12: over the network, too, a window is told what changes of what its account may see, and at last that
/// its session has ended.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_window_is_told_what_concerns_it() {
    let place = Place::new(2).await;
    place.import("customers.csv").await;
    let open = place.open().await;
    let certificate = open.certificate().await;
    let account = json!({ "login": "ops", "role": "operator", "enabled": true, "password": PASSWORD, "confirmation": PASSWORD });
    let account = open.call("accounts.add", account).await;
    let customers = open.rows("customers").await;
    let (mine, foreign) = (&customers[0]["id"], &customers[1]["id"]);
    let edit = json!({ "ids": [mine], "add_operators": [account["id"]] });
    open.call("customers.edit", edit).await;
    open.close().await;
    let (_process, shared) = Shared::start(&place).await;
    let chief = shared.sign_in(&certificate).await;
    let operator = shared.sign_in_as("ops", &certificate).await;
    let mut events = operator.events(&certificate).await;
    for (customer, notes) in [(foreign, "not theirs"), (mine, "theirs")] {
        let edit = json!({ "ids": [customer], "notes": notes });
        chief.ok("customers.edit", &edit).await;
    }
    // The poller may speak of this customer, too; of the other nobody does.
    let event = loop {
        let event = events.next().await.expect("an event");
        assert!(
            !event.to_string().contains(foreign.as_str().expect("an id")),
            "{event}"
        );
        assert_ne!(event["feature"], "audit", "{event}");
        if event["feature"] == "customers" && event["ids"] != json!([]) {
            break event;
        }
    };
    assert_eq!(event["ids"], json!([mine]));
    let mut form = chief.ok("accounts.read", &json!({ "id": account["id"] })).await;
    form["enabled"] = json!(false);
    chief.ok("accounts.save", &form).await;
    let mut last = json!(null);
    while let Some(event) = events.next().await {
        last = event;
    }
    assert_eq!(last["kind"], "session_ended");
}

/// The files below a folder. None of it is anybody's but the owner's.
#[cfg(unix)]
fn private(folder: &Path) -> Vec<String> {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = |path: &Path| {
        let metadata = std::fs::metadata(path).expect("it is there");
        metadata.permissions().mode() & 0o777
    };
    assert_eq!(mode(folder), 0o700, "{}", folder.display());
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).expect("readable") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files.extend(private(&path));
        } else {
            assert_eq!(mode(&path), 0o600, "{}", path.display());
            files.push(path.to_string_lossy().into_owned());
        }
    }
    files
}
