//! A temporary workspace, people who sign in to it, and a clock that is moved by hand.

use flotilla_core::Secret;
use flotilla_core::program::{Keychain, Program, ProgramOptions};
use flotilla_core::router::Request;
use flotilla_kernel::call::Origin;
use flotilla_kernel::call::Reply;
use flotilla_kernel::clock::{Clock, Time};
use flotilla_kernel::error::{ErrorCode, Problem};
use flotilla_kernel::ids::{SessionId, TransferId};
use flotilla_kernel::transfer::Upload;
use flotilla_kernel::workspace::{PasswordCost, Workspace};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// The password everybody has who is made here.
pub const PASSWORD: &str = "Hafen-Licht-7";
const DATABASE_PASSWORD: &str = "a database password";

/// A workspace in a folder of its own that goes with it.
pub struct Harness {
    pub program: Program,
    pub clock: Clock,
    // Before the folder: the database is closed while its file is there.
    _closing: Closing,
    folder: TempDir,
}

/// Closes the database before the test's process ends; see `Database::close`.
struct Closing(Program);

impl Drop for Closing {
    fn drop(&mut self) {
        let program = self.0.clone();
        // This thread stands still meanwhile; the test's other threads end what is under way.
        let closed = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .expect("a runtime");
            runtime.block_on(async {
                if let Ok(workspace) = program.workspace().await {
                    let close = workspace.database.close();
                    tokio::time::timeout(std::time::Duration::from_secs(5), close)
                        .await
                        .expect("the database closes");
                }
            });
        })
        .join();
        if closed.is_err() && !std::thread::panicking() {
            panic!("the database did not close");
        }
    }
}

impl Harness {
    /// An empty workspace; `services` runs the poller.
    pub async fn new(services: bool) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        Self::at(folder, Clock::System, services).await
    }

    /// An empty workspace whose time stands still until it is moved.
    pub async fn with_clock(start: Time) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        Self::at(folder, Clock::manual(start), false).await
    }

    /// As [`Harness::with_clock`], with a poller.
    pub async fn polling_with_clock(start: Time) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        Self::at(folder, Clock::manual(start), true).await
    }

    /// The workspace that is in the folder `workspace` of this one, opened at that time.
    pub async fn existing(folder: TempDir, clock: Clock) -> Self {
        Self::at(folder, clock, false).await
    }

    async fn at(folder: TempDir, clock: Clock, services: bool) -> Self {
        let program = open(folder.path().join("workspace"), clock.clone(), services).await;
        Self {
            _closing: Closing(program.clone()),
            program,
            clock,
            folder,
        }
    }

    /// The same workspace, opened once more, as by another process. To be closed by who asked for it.
    pub async fn opened_beside(&self) -> Program {
        open(self.folder().join("workspace"), self.clock.clone(), false).await
    }

    /// Closes the workspace and opens it again, as a new start does.
    pub async fn restarted(self, services: bool) -> Self {
        self.program.close().await;
        let Self {
            program,
            clock,
            folder,
            _closing,
        } = self;
        drop((program, _closing));
        Self::at(folder, clock, services).await
    }

    /// A folder of this test's own.
    pub fn folder(&self) -> PathBuf {
        self.folder.path().to_owned()
    }

    /// The open workspace.
    pub async fn workspace(&self) -> Workspace {
        self.program.workspace().await.expect("the workspace is open")
    }

    /// Makes the first administrator and signs them in.
    pub async fn administrator(&self) -> Person {
        let signed_in = self
            .call(
                None,
                "workspace.create_first",
                &json!({
                    "login": "chief", "password": PASSWORD, "confirmation": PASSWORD, "first_name": "Ada", "last_name": "Keller",
                    "language": "en", "zone": "Europe/Berlin",
                }),
            )
            .await
            .expect("the first administrator is made");
        Person {
            program: self.program.clone(),
            token: Secret::new(signed_in["token"].as_str().expect("a token")),
        }
    }

    /// Signs somebody in who exists already.
    pub async fn sign_in(&self, login: &str) -> Person {
        let signed_in = self
            .call(
                None,
                "session.sign_in",
                &json!({ "login": login, "password": PASSWORD }),
            )
            .await
            .expect("the sign-in works");
        Person {
            program: self.program.clone(),
            token: Secret::new(signed_in["token"].as_str().expect("a token")),
        }
    }

    /// Has `administrator` make an operator, and signs them in.
    pub async fn operator(&self, administrator: &Person, login: &str) -> (String, Person) {
        let account = administrator
            .call(
                "accounts.add",
                json!({ "login": login, "role": "operator", "enabled": true, "password": PASSWORD, "confirmation": PASSWORD }),
            )
            .await
            .expect("the operator is made");
        (
            account["id"].as_str().expect("an id").to_owned(),
            self.sign_in(login).await,
        )
    }

    /// Calls a command, signed in or not.
    pub async fn call(
        &self,
        token: Option<&Secret>,
        name: &str,
        arguments: &Value,
    ) -> Result<Value, Problem> {
        call(&self.program, token, name, arguments).await
    }
}

async fn open(folder: PathBuf, clock: Clock, services: bool) -> Program {
    Program::open(ProgramOptions {
        folder,
        clock,
        keychain: Keychain::None,
        password: Some(Secret::new(DATABASE_PASSWORD)),
        password_cost: PasswordCost::Test,
        services,
        demo: false,
        demo_available: false,
        shared: false,
    })
    .await
    .expect("the workspace opens")
}

/// Somebody who is signed in.
#[derive(Clone)]
pub struct Person {
    pub program: Program,
    pub token: Secret,
}

impl Person {
    /// The session that they have.
    pub async fn session(&self) -> SessionId {
        let session = self.ok("session.current", json!({})).await;
        serde_json::from_value(session["id"].clone()).expect("an id")
    }

    /// Chooses a file on this machine.
    pub async fn choose(&self, path: &Path) -> Upload {
        let workspace = self.program.workspace().await.expect("an open workspace");
        let session = self.session().await;
        workspace.transfers.choose(session, path).expect("it is there")
    }

    /// Saves a file that waits to be fetched.
    pub async fn save(&self, id: TransferId, target: &Path) {
        let workspace = self.program.workspace().await.expect("an open workspace");
        let session = self.session().await;
        workspace.transfers.save(id, session, target).expect("saved");
    }

    /// Calls a command; bytes come back as an array of ids.
    pub async fn call(&self, name: &str, arguments: Value) -> Result<Value, Problem> {
        call(&self.program, Some(&self.token), name, &arguments).await
    }

    /// Calls a command that works.
    pub async fn ok(&self, name: &str, arguments: Value) -> Value {
        match self.call(name, arguments).await {
            Ok(value) => value,
            Err(problem) => panic!("{name}: {problem:?}"),
        }
    }

    /// Calls a command that is refused, and gives the code.
    pub async fn refused(&self, name: &str, arguments: Value) -> ErrorCode {
        self.problem(name, arguments).await.code
    }

    /// Calls a command that is refused.
    pub async fn problem(&self, name: &str, arguments: Value) -> Problem {
        match self.call(name, arguments).await {
            Ok(value) => panic!("{name} worked: {value}"),
            Err(problem) => problem,
        }
    }

    /// The ids of a list, in order.
    pub async fn index(&self, list: &str, query: Value) -> Vec<String> {
        let ids = self.ok(&format!("{list}.index"), query).await;
        ids.as_array()
            .expect("ids")
            .iter()
            .map(|id| id.as_str().expect("an id").to_owned())
            .collect()
    }

    /// The rows of a list, in order.
    pub async fn rows(&self, list: &str, query: Value) -> Vec<Value> {
        let mut rows = Vec::new();
        for window in self.index(list, query).await.chunks(200) {
            let found = self.ok(&format!("{list}.window"), json!({ "ids": window })).await;
            rows.extend(found.as_array().expect("rows").iter().cloned());
        }
        rows
    }
}

/// Calls a command from an address of the network, signed in or not.
pub async fn call_from(
    program: &Program,
    address: &str,
    token: Option<&Secret>,
    name: &str,
    arguments: &Value,
) -> Result<Value, Problem> {
    answer(
        program,
        Origin::Remote(address.to_owned()),
        token,
        name,
        arguments,
    )
    .await
}

/// Calls a command of a program.
pub async fn call(
    program: &Program,
    token: Option<&Secret>,
    name: &str,
    arguments: &Value,
) -> Result<Value, Problem> {
    answer(program, Origin::Desktop, token, name, arguments).await
}

async fn answer(
    program: &Program,
    origin: Origin,
    token: Option<&Secret>,
    name: &str,
    arguments: &Value,
) -> Result<Value, Problem> {
    let arguments = arguments.to_string();
    let request = Request {
        name,
        arguments: &arguments,
        token: token.cloned(),
        origin,
    };
    Ok(match program.call(request).await? {
        Reply::Json(text) => serde_json::from_str(&text).expect("JSON"),
        Reply::Bytes(bytes) => bytes
            .chunks_exact(16)
            .map(|id| uuid::Uuid::from_slice(id).expect("an id").to_string())
            .collect::<Vec<_>>()
            .into(),
    })
}
