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

/// SEC-04: a thousand silent connections from as many addresses keep nobody out, neither who works already nor who comes.
#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn silent_connections_keep_nobody_out() {
    use tokio::net::TcpSocket;
    rlimit::increase_nofile_limit(4_096).expect("open files");
    let place = Place::new(0).await;
    let open = place.open().await;
    let certificate = open.certificate().await;
    open.close().await;
    let (_process, shared) = Shared::start(&place).await;
    let chief = shared.sign_in(&certificate).await;
    chief.ok("session.current", &json!({})).await;
    let mut silent = Vec::new();
    for number in 0..1_200_u16 {
        let [high, low] = number.to_be_bytes();
        let socket = TcpSocket::new_v4().expect("a socket");
        let own = std::net::SocketAddr::from(([127, 0, 10 + high, low], 0));
        socket.bind(own).expect("the loopback network");
        silent.push(socket.connect(shared.address()).await.expect("it is taken"));
    }
    chief.ok("session.current", &json!({})).await;
    let newcomer = shared.sign_in(&certificate).await;
    newcomer.ok("session.current", &json!({})).await;
    drop(silent);
}

/// ADM-30, ADM-20: what never becomes a command is refused before anything of it is read, and the audit log tells of it:
/// once, and what follows in heaps together.
#[cfg(unix)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn refusals_at_the_door_are_audited() {
    let place = Place::new(0).await;
    let open = place.open().await;
    let certificate = open.certificate().await;
    open.close().await;
    let (process, shared) = Shared::start(&place).await;
    let (chief, other) = (
        shared.sign_in(&certificate).await,
        shared.sign_in(&certificate).await,
    );
    let guard = ("x-flotilla", "1");
    let foreign = [guard, ("origin", "https://evil.example")];
    for _ in 0..5 {
        let refused = chief.send_with("session.current", &foreign).await;
        assert_eq!(refused, refusal(403, "right.missing"));
    }
    let refused = chief.send_with("session.current", &[]).await;
    assert_eq!(refused, refusal(403, "right.missing"));
    for host in ["evil.example", "127.0.0.1.evil.example:7080"] {
        let refused = chief.send_with("session.current", &[guard, ("host", host)]).await;
        assert_eq!(refused, refusal(421, "host.not-served"), "{host}");
    }
    let form = [guard, ("content-type", "text/plain")];
    let refused = chief.send_with("session.current", &form).await;
    assert_eq!(refused, refusal(415, "call.not-json"));
    let export = chief.ok("audit.export", &json!({})).await;
    let id = export["download"].as_str().expect("a download");
    assert_eq!(other.download(id).await, refusal(404, "transfer.gone"));
    assert_eq!(chief.download(id).await.0, 200);
    let unlock = json!({ "password": PASSWORD }).to_string();
    assert_eq!(
        chief.refused("/call/workspace.unlock", unlock).await,
        refusal(403, "host.only")
    );
    // What is counted is written at the latest when the server ends.
    end(process).await;
    let open = place.open().await;
    let mut counts = std::collections::BTreeMap::new();
    for row in open.rows("audit").await {
        if row["act"] == "server.refuse" {
            assert_eq!(
                (&row["origin"], &row["result"]),
                (&json!("127.0.0.1"), &json!("refused"))
            );
            let details: Value =
                serde_json::from_str(row["details"].as_str().expect("a text")).expect("JSON");
            let reason = details["reason"].as_str().expect("a reason").to_owned();
            let entry: &mut (i64, i64) = counts.entry(reason).or_default();
            *entry = (
                entry.0 + 1,
                entry.1 + details["count"].as_i64().expect("a number"),
            );
        }
    }
    let found: Vec<_> = counts
        .iter()
        .map(|(reason, counts)| (reason.as_str(), *counts))
        .collect();
    assert_eq!(
        found,
        [
            ("foreign-file", (1, 1)),
            ("foreign-host", (2, 2)),
            ("foreign-origin", (2, 5)),
            ("host-only", (1, 1)),
            ("missing-header", (1, 1)),
        ]
    );
    open.close().await;
}

/// Asks the process to stop, and waits until it has.
#[cfg(unix)]
async fn end(mut process: tokio::process::Child) {
    let id = process.id().expect("it runs").to_string();
    let asked = std::process::Command::new("sh")
        .args(["-c", "kill -s TERM \"$1\"", "sh", &id])
        .status();
    assert!(asked.expect("it is asked").success());
    assert!(process.wait().await.expect("it ends").success());
}

/// ADM-30: a port that another program has is said to be taken.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_port_in_use_is_said_to_be() {
    let place = Place::new(0).await;
    let taken = std::net::TcpListener::bind(("127.0.0.1", 0)).expect("a port");
    let port = taken.local_addr().expect("an address").port().to_string();
    let ended = place.run(&["serve", "--port", &port]).await;
    assert_eq!(ended.code, Some(1));
    assert!(
        ended.complaint.starts_with("host.address-in-use: "),
        "{}",
        ended.complaint
    );
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
