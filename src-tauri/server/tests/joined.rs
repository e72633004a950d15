//! Another installation that has joined the shared workspace: what it sends and gets is what it would have at home.

use flotilla_core::Secret;
use flotilla_core::accounts::sessions::Sessions;
use flotilla_core::joined::{self, Failed, Joined};
use flotilla_core::program::{Keychain, Program, ProgramOptions};
use flotilla_core::router::Request;
use flotilla_kernel::call::Origin;
use flotilla_kernel::call::Reply;
use flotilla_kernel::clock::Clock;
use flotilla_kernel::ids::TransferId;
use flotilla_kernel::workspace::PasswordCost;
use flotilla_server::Server;
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tempfile::TempDir;
use tokio::sync::mpsc::{self, UnboundedReceiver};

const LOGIN: &str = "chief";
const PASSWORD: &str = "Hafen-Licht-7";
/// Nothing here takes nearly as long.
const PATIENCE: Duration = Duration::from_secs(60);

/// A workspace with its administrator, and a folder that goes with it.
struct Harness {
    program: Program,
    _folder: TempDir,
}

impl Harness {
    async fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let program = Program::open(ProgramOptions {
            folder: folder.path().join("workspace"),
            clock: Clock::System,
            keychain: Keychain::None,
            password: Some(Secret::new("a database password")),
            password_cost: PasswordCost::Test,
            services: false,
            demo: false,
            demo_available: false,
            shared: true,
        })
        .await
        .expect("the workspace opens");
        let first = json!({
            "login": LOGIN, "password": PASSWORD, "confirmation": PASSWORD, "language": "en", "zone": "UTC",
        });
        let request = Request {
            name: "workspace.create_first",
            arguments: &first.to_string(),
            token: None,
            origin: Origin::Desktop,
        };
        program.call(request).await.expect("the administrator is made");
        Self {
            program,
            _folder: folder,
        }
    }

    /// Serves it, at any port or at one it had before.
    async fn serve(&self, address: Option<SocketAddr>) -> Server {
        let address = address.unwrap_or_else(|| SocketAddr::from(([127, 0, 0, 1], 0)));
        Server::start(self.program.clone(), address, &[])
            .await
            .expect("the server starts")
    }

    async fn close(self) {
        self.program.close().await;
    }
}

async fn join(server: &Server) -> Joined {
    let (host, port) = place(server);
    Joined::connect(&host, port, server.fingerprint(), Clock::System)
        .await
        .expect("it is joined")
}

fn place(server: &Server) -> (String, i64) {
    let address = server.address();
    (address.ip().to_string(), i64::from(address.port()))
}

async fn json_of(joined: &Joined, name: &str, arguments: Value) -> Result<Value, Failed> {
    match joined.call(name, &arguments.to_string()).await? {
        Reply::Json(text) => Ok(serde_json::from_str(&text).expect("JSON")),
        Reply::Bytes(bytes) => panic!("{} bytes instead of JSON", bytes.len()),
    }
}

async fn code_of(joined: &Joined, name: &str) -> String {
    match joined.call(name, "{}").await {
        Ok(_) => panic!("{name} succeeds"),
        Err(failed) => failed.code().to_owned(),
    }
}

async fn sign_in(joined: &Joined) -> Value {
    let signed_in = json_of(
        joined,
        "session.sign_in",
        json!({ "login": LOGIN, "password": PASSWORD }),
    )
    .await
    .expect("signed in");
    signed_in["session"].clone()
}

fn names_in(folder: &Path) -> Vec<String> {
    std::fs::read_dir(folder)
        .expect("the folder")
        .map(|entry| {
            entry
                .expect("an entry")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .collect()
}

/// ADM-30, CRT-11: the certificate is shown first and is the one the server tells of; whoever has said yes to it signs
/// in, reads lists with packed ids, sends and fetches files, and signs out.
#[tokio::test(flavor = "multi_thread")]
async fn a_person_works_from_elsewhere() {
    let harness = Harness::new().await;
    let server = harness.serve(None).await;
    let (host, port) = place(&server);
    let certificate = joined::certificate(&host, port).await.expect("a certificate");
    assert_eq!(certificate.sha256, server.fingerprint());
    assert!(certificate.self_signed);

    let joined = join(&server).await;
    assert_eq!(code_of(&joined, "session.current").await, "session.missing");
    assert!(!joined.is_anybody_signed_in().await);
    let signed_in = json_of(
        &joined,
        "session.sign_in",
        json!({ "login": LOGIN, "password": PASSWORD }),
    )
    .await
    .expect("signed in");
    assert_eq!(signed_in["token"], Value::Null, "the pages get no token");
    assert!(joined.is_anybody_signed_in().await);

    // What a command answers, and why it refuses, is what the server says.
    let Reply::Bytes(ids) = joined.call("accounts.index", "{}").await.expect("the list") else {
        panic!("ids are bytes");
    };
    let administrator = signed_in["session"]["profile"]["id"].as_str().expect("an id");
    assert_eq!(ids.len(), 16);
    let rows = json_of(&joined, "accounts.window", json!({ "ids": [administrator] })).await;
    assert_eq!(rows.expect("rows")[0]["login"], LOGIN);
    let refused = json_of(
        &joined,
        "organizations.create",
        json!({ "name": "", "zone": "UTC", "language": "en" }),
    )
    .await
    .expect_err("a name is needed");
    assert!(
        matches!(&refused, Failed::There(error) if error["fields"][0]["field"] == "name"),
        "{refused:?}"
    );
    assert_eq!(code_of(&joined, "no.such").await, "call.unknown");
    assert_eq!(code_of(&joined, "../upload").await, "call.unknown");

    // A file there.
    let folder = tempfile::tempdir().expect("a folder");
    let chosen = folder.path().join("Kunden überall.csv");
    std::fs::write(&chosen, "IP Address/FQDN,Port,Label\r\n127.0.0.1,8443,One\r\n").expect("a file");
    let upload = joined.upload(chosen.clone()).await.expect("an upload");
    assert_eq!(upload["name"], "Kunden überall.csv");
    let opened = json_of(
        &joined,
        "customers.import_open",
        json!({ "upload": upload["upload"], "mode": "on-premises" }),
    );
    assert!(opened.await.expect("a waiting list")["import"].is_string());

    // A file here, whole or not at all.
    let export = json_of(&joined, "audit.export", json!({}))
        .await
        .expect("an export");
    let id: TransferId = export["download"]
        .as_str()
        .and_then(|id| id.parse().ok())
        .expect("an id");
    let target = folder.path().join("audit.jsonl");
    joined.download(id, target.clone()).await.expect("a download");
    let saved = std::fs::metadata(&target).expect("the file").len();
    assert_eq!(Some(saved), export["size"].as_u64());
    let missing = folder.path().join("missing");
    let gone = joined.download(TransferId(uuid_of(administrator)), missing).await;
    assert_eq!(gone.expect_err("nothing waits there").code(), "transfer.gone");
    let mut left = names_in(folder.path());
    left.sort();
    assert_eq!(left, ["Kunden überall.csv", "audit.jsonl"]);

    json_of(&joined, "session.sign_out", json!({}))
        .await
        .expect("signed out");
    assert!(!joined.is_anybody_signed_in().await);
    assert_eq!(code_of(&joined, "session.current").await, "session.missing");
    assert_eq!(
        joined
            .upload(chosen)
            .await
            .expect_err("nobody is signed in")
            .code(),
        "session.missing"
    );
    server.stop().await;
    harness.close().await;
}

fn uuid_of(text: &str) -> uuid::Uuid {
    text.parse().expect("a UUID")
}

/// The events that a window would be told.
struct Window(UnboundedReceiver<Value>);

impl Window {
    fn open(joined: &Arc<Joined>) -> Self {
        let (send, receive) = mpsc::unbounded_channel();
        let joined = joined.clone();
        tokio::spawn(async move {
            // Nobody listens any more when the test is over.
            joined.follow(|event| drop(send.send(event))).await;
        });
        Self(receive)
    }

    async fn hears(&mut self, what: &str, wanted: impl Fn(&Value) -> bool) -> Value {
        let heard = async {
            loop {
                let event = self.0.recv().await.expect("the window is told");
                if wanted(&event) {
                    return event;
                }
            }
        };
        tokio::time::timeout(PATIENCE, heard)
            .await
            .unwrap_or_else(|_| panic!("a window never hears of {what}"))
    }

    /// Everything may have changed: the line has been opened.
    async fn hears_of_a_line(&mut self) {
        self.hears("a line", |event| {
            event["feature"] == "work" && event["many"] == true
        })
        .await;
    }

    async fn hears_of_an_organization(&mut self, joined: &Joined, name: &str) {
        let wanted = json!({ "name": name, "zone": "UTC", "language": "en" });
        let made = json_of(joined, "organizations.create", wanted)
            .await
            .expect("made");
        self.hears("the organization", |event| {
            let ids = event["ids"].as_array();
            event["feature"] == "organizations" && ids.is_some_and(|ids| ids.contains(&made["id"]))
        })
        .await;
    }
}

/// ADM-30, UI-26: windows are told what changes. A server that goes away is said to be out of reach; when it is back,
/// the session goes on, and windows hear that they may have missed something. A session that ends there ends here.
#[tokio::test(flavor = "multi_thread")]
async fn the_server_goes_and_comes_back() {
    let harness = Harness::new().await;
    let server = harness.serve(None).await;
    let joined = Arc::new(join(&server).await);
    let mut window = Window::open(&joined);
    let session = sign_in(&joined).await;
    window.hears_of_a_line().await;
    window.hears_of_an_organization(&joined, "North Quay").await;

    let address = server.address();
    server.stop().await;
    assert_eq!(code_of(&joined, "organizations.find").await, "host.unreachable");
    let server = harness.serve(Some(address)).await;
    window.hears_of_a_line().await;
    window.hears_of_an_organization(&joined, "South Quay").await;

    let account = session["profile"]["id"]
        .as_str()
        .expect("an id")
        .parse()
        .expect("an id");
    let workspace = harness.program.workspace().await.expect("it is open");
    workspace.state::<Sessions>().end_all_of(&workspace, account);
    let ended = window.hears("the end of the session", |event| event["kind"] == "session_ended");
    assert_eq!(ended.await["session"], session["id"]);
    assert!(!joined.is_anybody_signed_in().await);

    // Who signs in anew hears again; who signs out while the server is away is signed out all the same.
    let session = sign_in(&joined).await;
    window.hears_of_a_line().await;
    server.stop().await;
    assert_eq!(code_of(&joined, "session.sign_out").await, "host.unreachable");
    let ended = window.hears("the end of the session", |event| event["kind"] == "session_ended");
    assert_eq!(ended.await["session"], session["id"]);
    assert!(!joined.is_anybody_signed_in().await);
    harness.close().await;
}

/// CRT-11: another certificate at the same place ends the connection before anything is sent.
#[tokio::test(flavor = "multi_thread")]
async fn another_certificate_is_told_nothing() {
    let (harness, other) = (Harness::new().await, Harness::new().await);
    let server = harness.serve(None).await;
    let joined = join(&server).await;
    sign_in(&joined).await;
    let address = server.address();
    server.stop().await;

    let impostor = other.serve(Some(address)).await;
    assert_ne!(impostor.fingerprint(), joined.place().sha256);
    let arguments = json!({ "login": LOGIN, "password": "Wrong-Word-8" }).to_string();
    let refused = joined.call("session.sign_in", &arguments).await;
    let Err(refused) = refused else {
        panic!("it was sent");
    };
    assert_eq!(refused.code(), "certificate.changed");
    assert_eq!(code_of(&joined, "session.current").await, "certificate.changed");
    let (host, port) = place(&impostor);
    let refused = Joined::connect(&host, port, &joined.place().sha256, Clock::System).await;
    assert_eq!(
        refused.err().map(|failed| failed.code().to_owned()),
        Some("certificate.changed".to_owned())
    );

    // The impostor would have written the failed sign-in down.
    let there = join(&impostor).await;
    sign_in(&there).await;
    let Reply::Bytes(entries) = there.call("audit.index", "{}").await.expect("the log") else {
        panic!("ids are bytes");
    };
    let ids: Vec<String> = entries
        .chunks_exact(16)
        .map(|id| uuid::Uuid::from_slice(id).expect("an id").to_string())
        .collect();
    let log = json_of(&there, "audit.window", json!({ "ids": ids }))
        .await
        .expect("the log");
    let results: Vec<&Value> = log
        .as_array()
        .expect("rows")
        .iter()
        .map(|row| &row["result"])
        .collect();
    assert!(!results.is_empty());
    assert!(results.iter().all(|result| **result == "done"), "{log}");
    impostor.stop().await;
    harness.close().await;
    other.close().await;
}

/// ADM-30: what was joined is kept without any secret, and opened again; what cannot be read is said, not passed over.
#[tokio::test(flavor = "multi_thread")]
async fn what_was_joined_is_kept() {
    let harness = Harness::new().await;
    let server = harness.serve(None).await;
    let folder = tempfile::tempdir().expect("a folder");
    let here = folder.path();
    assert!(joined::kept(here, Clock::System).expect("readable").is_none());
    let joined = join(&server).await;
    sign_in(&joined).await;
    joined.keep(here).expect("kept");
    assert_eq!(names_in(here), ["joined.json"]);
    let text = std::fs::read_to_string(here.join("joined.json")).expect("the file");
    let fields: Value = serde_json::from_str(&text).expect("JSON");
    let (host, port) = place(&server);
    assert_eq!(
        fields,
        json!({ "host": host, "port": port, "sha256": server.fingerprint() })
    );

    let again = joined::kept(here, Clock::System)
        .expect("readable")
        .expect("kept");
    assert_eq!(again.place(), joined.place());
    assert_eq!(code_of(&again, "session.current").await, "session.missing");
    sign_in(&again).await;

    for damaged in [
        "",
        "{}",
        &text.replace(&host, "two words"),
        &text.replace(':', "-"),
    ] {
        std::fs::write(here.join("joined.json"), damaged).expect("written");
        let problem = joined::kept(here, Clock::System).err().expect("it is said");
        assert_eq!(problem.code.code(), "file.unreadable", "{damaged}");
    }
    joined::forget(here).expect("forgotten");
    joined::forget(here).expect("nothing to forget");
    assert!(joined::kept(here, Clock::System).expect("readable").is_none());
    server.stop().await;
    harness.close().await;
}

/// ADM-30, GEN-04: a form says what is wrong with it, and a place where nothing answers is out of reach.
#[tokio::test(flavor = "multi_thread")]
async fn places_that_are_none() {
    let problem = joined::certificate("two words", 0).await.expect_err("a form");
    let fields: Vec<&str> = problem.fields.iter().map(|field| field.field.as_str()).collect();
    assert_eq!(fields, ["address", "port"]);

    // A port that was just given back.
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = i64::from(listener.local_addr().expect("an address").port());
    drop(listener);
    let problem = joined::certificate("127.0.0.1", port).await.expect_err("nobody");
    assert_eq!(problem.code.code(), "host.unreachable");

    // Somebody who speaks something else.
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
        .await
        .expect("a port");
    let port = i64::from(listener.local_addr().expect("an address").port());
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let greeted = tokio::io::AsyncWriteExt::write_all(&mut stream, b"220 mail ready\r\n").await;
            greeted.expect("it is greeted");
        }
    });
    let problem = joined::certificate("127.0.0.1", port).await.expect_err("no TLS");
    assert_eq!(problem.code.code(), "host.unreachable");
}
