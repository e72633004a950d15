//! The demo: the simulator beside this program, and a workspace that is filled from it and thrown away.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use flotilla_core::Secret;
use flotilla_kernel::clock::Clock;
use flotilla_core::demo;
use flotilla_core::program::{Keychain, Program, ProgramOptions};
use flotilla_kernel::error::{ErrorCode, Outcome, Problem};
use flotilla_kernel::workspace::PasswordCost;
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};

/// How large the demo's fleet is; about four systems a customer.
const CUSTOMERS: &str = "40";

/// The same fleet at every start.
const SEED: &str = "2026";

/// How long the simulator may take until all its systems answer.
const LONGEST_START: Duration = Duration::from_secs(30);

/// A demo under way. Its simulator and its folder go with it.
pub struct Demo {
    /// The program on the demo's workspace.
    pub program: Program,
    /// Ended when dropped.
    simulator: Child,
    folder: TempDir,
}

/// Where the simulator is, if it was delivered with this program.
fn simulator() -> Option<PathBuf> {
    let beside = std::env::current_exe()
        .ok()?
        .parent()?
        .join(format!("flotilla-simulator{}", std::env::consts::EXE_SUFFIX));
    beside.is_file().then_some(beside)
}

/// Whether a demo can be started here.
pub fn is_available() -> bool {
    simulator().is_some()
}

impl Demo {
    /// Starts the simulator and fills a new workspace from it.
    ///
    /// # Errors
    /// `demo.unavailable` when there is no simulator or it does not start; otherwise as [`demo::fill`].
    pub async fn start() -> Outcome<Self> {
        let unavailable = |error: std::io::Error| Problem::new(ErrorCode::DemoUnavailable).caused_by(error);
        let folder = tempfile::Builder::new()
            .prefix("flotilla-demo-")
            .tempdir()
            .map_err(unavailable)?;
        let customers = folder.path().join("customers.csv");
        let simulator = start_simulator(&customers, &folder.path().join("simulator")).await?;
        let program = Program::open(ProgramOptions {
            folder: folder.path().join("workspace"),
            clock: Clock::System,
            keychain: Keychain::None,
            // What is invented needs no secret; the same password opens the demo's account.
            password: Some(Secret::new(demo::PASSWORD)),
            password_cost: PasswordCost::Full,
            services: true,
            demo: true,
            demo_available: false,
            shared: false,
        })
        .await?;
        demo::fill(&program, &customers).await?;
        Ok(Self {
            program,
            simulator,
            folder,
        })
    }

    /// Ends the simulator and removes everything; the program must have been closed.
    pub async fn end(mut self) {
        if let Err(error) = self.simulator.kill().await {
            tracing::warn!(%error, "the simulator does not end");
        }
        if let Err(error) = self.folder.close() {
            tracing::warn!(%error, "the demo's folder stays behind");
        }
    }
}

async fn start_simulator(customers: &Path, state: &Path) -> Outcome<Child> {
    let unavailable = |error: std::io::Error| Problem::new(ErrorCode::DemoUnavailable).caused_by(error);
    let program = simulator().ok_or_else(|| Problem::new(ErrorCode::DemoUnavailable))?;
    let mut child = Command::new(program)
        .args([
            "--customers",
            CUSTOMERS,
            "--cameras",
            "0",
            "--seed",
            SEED,
            "--trouble",
            "demo",
        ])
        .arg("--write-csv")
        .arg(customers)
        .arg("--state")
        .arg(state)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .map_err(unavailable)?;
    let output = child
        .stdout
        .take()
        .ok_or_else(|| Problem::new(ErrorCode::DemoUnavailable))?;
    let mut lines = BufReader::new(output).lines();
    let ready = async {
        while let Some(line) = lines.next_line().await.map_err(unavailable)? {
            if line.starts_with("ready") {
                return Ok(());
            }
        }
        Err(Problem::new(ErrorCode::DemoUnavailable))
    };
    match tokio::time::timeout(LONGEST_START, ready).await {
        Ok(outcome) => outcome?,
        Err(late) => return Err(Problem::new(ErrorCode::DemoUnavailable).caused_by(late)),
    }
    // Whatever else it says is read and dropped, so that it never waits for a reader.
    tauri::async_runtime::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
    Ok(child)
}
