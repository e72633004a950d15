//! A workspace in a temporary folder, a fleet, and the program to be started on both.

use flotilla_core::Secret;
use flotilla_core::program::{Keychain, Program, ProgramOptions};
use flotilla_core::router::Request;
use flotilla_kernel::call::Origin;
use flotilla_kernel::call::Reply;
use flotilla_kernel::clock::Clock;
use flotilla_kernel::error::{ErrorCode, Problem};
use flotilla_kernel::workspace::PasswordCost;
use flotilla_simulator::{Fleet, FleetOptions};
use serde_json::{Value, json};
use std::path::PathBuf;
use std::process::{Output, Stdio};
use tempfile::TempDir;
use tokio::process::Command;

/// The password of everybody here.
pub const PASSWORD: &str = "Hafen-Licht-7";
pub const LOGIN: &str = "chief";
const DATABASE_PASSWORD: &str = "a database password";

pub struct Place {
    pub fleet: Fleet,
    folder: TempDir,
}

/// What a process said and how it ended.
pub struct Ended {
    pub code: Option<i32>,
    pub output: String,
    pub complaint: String,
}

impl Ended {
    /// What this output of a process says.
    pub fn of(output: Output) -> Self {
        Self {
            code: output.status.code(),
            output: String::from_utf8(output.stdout).expect("text"),
            complaint: String::from_utf8(output.stderr).expect("text"),
        }
    }
}

impl Place {
    /// A fleet of so many customers, its import file, and a workspace with an administrator.
    pub async fn new(customers: usize) -> Self {
        let place = Self::bare(customers).await;
        let made = place.run(&["init", "--zone", "Europe/Berlin"]).await;
        assert_eq!(made.code, Some(0), "{}", made.complaint);
        place
    }

    /// A fleet of so many cameras, and a workspace with an administrator.
    pub async fn with_cameras(cameras: usize) -> Self {
        let place = Self::of(0, cameras).await;
        let made = place.run(&["init", "--zone", "Europe/Berlin"]).await;
        assert_eq!(made.code, Some(0), "{}", made.complaint);
        place
    }

    /// A fleet of so many customers and its import file, without any workspace yet.
    pub async fn bare(customers: usize) -> Self {
        Self::of(customers, 0).await
    }

    async fn of(customers: usize, cameras: usize) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let options = FleetOptions {
            customers,
            cameras,
            seed: 4,
            // A killed process cannot sign out; its sessions stay until they have been idle for long enough.
            session_limit: 1_000,
            ..FleetOptions::default()
        };
        let fleet = Fleet::start(options).await.expect("the fleet starts");
        let place = Self { fleet, folder };
        let file = std::fs::File::create(place.file("customers.csv")).expect("a file");
        place.fleet.write_customers(file).expect("the import file");
        place
    }

    /// A file in the folder of this test.
    pub fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The program, ready to be started as this account.
    pub fn command(&self, login: &str, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_flotilla-cli"));
        command.args(arguments);
        self.prepare(&mut command, login);
        command
    }

    /// Gives a program what it needs to know of this workspace, and nothing else.
    pub fn prepare(&self, command: &mut Command, login: &str) {
        command
            .env_clear()
            .env("FLOTILLA_WORKSPACE", self.file("workspace"))
            .env("FLOTILLA_DATABASE_PASSWORD", DATABASE_PASSWORD)
            .env("FLOTILLA_ACCOUNT", login)
            .env("FLOTILLA_PASSWORD", PASSWORD)
            .current_dir(self.folder.path())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true);
    }

    /// Runs the program to its end as the administrator.
    pub async fn run(&self, arguments: &[&str]) -> Ended {
        self.run_as(LOGIN, arguments).await
    }

    /// Runs the program to its end.
    pub async fn run_as(&self, login: &str, arguments: &[&str]) -> Ended {
        let ended = self
            .command(login, arguments)
            .output()
            .await
            .expect("the program starts");
        Ended::of(ended)
    }

    /// Runs the program, which has to succeed, and reads the JSON it printed.
    pub async fn json(&self, arguments: &[&str]) -> Value {
        let ended = self.run(arguments).await;
        assert_eq!(ended.code, Some(0), "{arguments:?}: {}", ended.complaint);
        serde_json::from_str(&ended.output).expect("JSON")
    }

    /// Imports this file, trusting every certificate, and gives what came of it.
    pub async fn import(&self, file: &str) -> Value {
        self.json(&["customers", "import", file, "--yes", "--trust", "--json"])
            .await
    }

    /// Opens the workspace here, as the next start would, without background services, and signs in.
    pub async fn open(&self) -> Open {
        let mut open = self.look_into().await;
        let signed_in = loop {
            let arguments = json!({ "login": LOGIN, "password": PASSWORD });
            match open.try_to("session.sign_in", arguments).await {
                Ok(signed_in) => break signed_in,
                // A process that was killed while it signed in counts as one that failed to (ACC-07).
                Err(problem) if problem.code == ErrorCode::SignInWait => {
                    tokio::time::sleep(std::time::Duration::from_secs(1)).await;
                }
                Err(problem) => panic!("session.sign_in: {problem:?}"),
            }
        };
        open.token = signed_in["token"].as_str().map(Secret::new);
        open
    }

    /// Opens the workspace here, making it when there is none, without signing in.
    pub async fn look_into(&self) -> Open {
        let program = Program::open(ProgramOptions {
            folder: self.file("workspace"),
            clock: Clock::System,
            keychain: Keychain::None,
            password: Some(Secret::new(DATABASE_PASSWORD)),
            password_cost: PasswordCost::Full,
            services: false,
            demo: false,
            demo_available: false,
            shared: false,
        })
        .await
        .expect("the workspace opens");
        Open { program, token: None }
    }
}

/// An open workspace, looked into from this process. To be closed.
pub struct Open {
    program: Program,
    token: Option<Secret>,
}

impl Open {
    /// Calls a command that works.
    pub async fn call(&self, name: &str, arguments: Value) -> Value {
        match self.try_to(name, arguments).await {
            Ok(value) => value,
            Err(problem) => panic!("{name}: {problem:?}"),
        }
    }

    async fn try_to(&self, name: &str, arguments: Value) -> Result<Value, Problem> {
        let request = Request {
            name,
            arguments: &arguments.to_string(),
            token: self.token.clone(),
            origin: Origin::CommandLine,
        };
        Ok(match self.program.call(request).await? {
            Reply::Json(text) => serde_json::from_str(&text).expect("JSON"),
            Reply::Bytes(bytes) => bytes
                .chunks_exact(16)
                .map(|id| uuid::Uuid::from_slice(id).expect("an id").to_string())
                .collect::<Vec<_>>()
                .into(),
        })
    }

    /// All rows of a list.
    pub async fn rows(&self, list: &str) -> Vec<Value> {
        let ids = self.call(&format!("{list}.index"), json!({})).await;
        let mut rows = Vec::new();
        for window in ids.as_array().expect("ids").chunks(200) {
            let found = self
                .call(&format!("{list}.window"), json!({ "ids": window }))
                .await;
            rows.extend(found.as_array().expect("rows").iter().cloned());
        }
        rows
    }

    /// Waits until no test of this waiting list is under way; gives what it has come to.
    pub async fn import_rest(&self, import: &Value) -> Value {
        let workspace = self.program.workspace().await.expect("it is open");
        let mut events = workspace.database.subscribe();
        loop {
            let view = self
                .call("customers.import_view", json!({ "import": import }))
                .await;
            if view["test"].is_null() {
                return view;
            }
            events.recv().await.expect("an event");
        }
    }

    /// Waits until this act on devices has ended, and all of them are done.
    pub async fn act_done(&self, begun: &Value) {
        let workspace = self.program.workspace().await.expect("it is open");
        let mut events = workspace.database.subscribe();
        loop {
            let act = self.call("devices.act", json!({ "id": begun["id"] })).await;
            if !act["finished_at"].is_null() {
                assert_eq!(act["counts"]["done"], act["counts"]["all"], "{act}");
                return;
            }
            events.recv().await.expect("an event");
        }
    }

    /// The certificate a shared workspace answers with, as PEM.
    pub async fn certificate(&self) -> Vec<u8> {
        let workspace = self.program.workspace().await.expect("it is open");
        let identity = flotilla_core::certificates::identity(&workspace).await;
        identity
            .expect("the identity of the workspace")
            .certificate_pem
            .into_bytes()
    }

    /// Closes the database before the process may end.
    pub async fn close(self) {
        self.program.close().await;
    }
}
