//! The demo: the simulator beside this program, and a workspace that is filled from it and thrown away.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;

use flotilla_core::Secret;
use flotilla_core::demo;
use flotilla_core::program::throwaway::ThrowawayFolder;
use flotilla_core::program::{Keychain, Opening, Program, ProgramOptions};
use flotilla_kernel::clock::Clock;
use flotilla_kernel::error::{ErrorCode, Outcome, Problem};
use flotilla_kernel::words::Language;
use flotilla_kernel::workspace::PasswordCost;
use parking_lot::Mutex;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};

/// How the names of its folders begin.
const FOLDER: &str = "flotilla-demo-";

/// How large the demo's fleet is; about four systems a customer.
const CUSTOMERS: &str = "40";

/// Four at every third customer, beginning with the first.
const CAMERAS: &str = "24";
const VIDEO_SERVERS: &str = "5";

/// The same fleet at every start, but for its dates.
const SEED: &str = "2026";

/// How long the simulator may take until all its systems answer.
const LONGEST_START: Duration = Duration::from_secs(30);

/// How long it may take to end once it is told.
const LONGEST_END: Duration = Duration::from_secs(3);

/// A demo under way. Its simulator and its folder go with it, however this process ends: the simulator ends with the pipe
/// that is held here, the folder is removed by the next demo.
pub struct Demo {
    /// The program on the demo's workspace.
    pub program: Program,
    simulator: Simulator,
    folder: ThrowawayFolder,
}

/// None before it was started.
type Simulator = Arc<Mutex<Option<Child>>>;

/// What is still to be done until a demo can be looked at; it says *opening* until then.
pub struct Preparation {
    opening: Opening,
    simulator: Simulator,
    folder: PathBuf,
    language: Language,
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

fn unavailable(error: std::io::Error) -> Problem {
    Problem::new(ErrorCode::DemoUnavailable).caused_by(error)
}

impl Demo {
    /// Begins one: there is a program that can be asked for its state, and a preparation that is to be run.
    ///
    /// # Errors
    /// `demo.unavailable` where no folder can be made for it.
    pub fn begin(language: Language) -> Outcome<(Self, Preparation)> {
        let folder = ThrowawayFolder::make_in(&std::env::temp_dir(), FOLDER).map_err(unavailable)?;
        let (program, opening) = Program::begin(ProgramOptions {
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
        });
        let simulator = Simulator::default();
        let preparation = Preparation {
            opening,
            simulator: simulator.clone(),
            folder: folder.path().to_owned(),
            language,
        };
        let demo = Self {
            program,
            simulator,
            folder,
        };
        Ok((demo, preparation))
    }

    /// Closes the program, ends the simulator and removes everything.
    pub async fn end(self) {
        self.program.close().await;
        let child = self.simulator.lock().take();
        if let Some(child) = child {
            end_simulator(child).await;
        }
        drop(self.folder);
    }
}

impl Preparation {
    /// Opens a new workspace, starts the simulator, fills the one from the other and signs the demo's account in; hands over
    /// the token of that session before anybody else is answered.
    ///
    /// # Errors
    /// `demo.unavailable` when there is no simulator or it does not start; otherwise as [`Opening::run`], [`demo::fill`] and
    /// [`demo::sign_in`].
    pub async fn run(self, signed_in: impl FnOnce(Secret)) -> Outcome<()> {
        let Self {
            opening,
            simulator,
            folder,
            language,
        } = self;
        let prepare = async move |workspace: flotilla_kernel::workspace::Workspace| {
            let customers = folder.join("customers.csv");
            let devices = folder.join("devices.csv");
            let child = start_simulator(&customers, &devices, &folder.join("simulator")).await?;
            *simulator.lock() = Some(child);
            demo::fill(&workspace, &customers, &devices, language).await?;
            signed_in(demo::sign_in(&workspace).await?);
            Ok(())
        };
        opening.run_and(prepare).await
    }
}

async fn start_simulator(customers: &Path, devices: &Path, state: &Path) -> Outcome<Child> {
    let program = simulator().ok_or_else(|| Problem::new(ErrorCode::DemoUnavailable))?;
    let mut command = Command::new(program);
    command
        .args(["--customers", CUSTOMERS, "--cameras", CAMERAS, "--video-servers", VIDEO_SERVERS, "--seed", SEED])
        .args(["--trouble", "demo", "--exit-with-parent"])
        .arg("--write-csv")
        .arg(customers)
        .arg("--write-customer-devices")
        .arg(devices)
        .arg("--state")
        .arg(state)
        // Nothing is ever written into it; it is closed by the system when this process ends, however it does.
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .kill_on_drop(true);
    // Ctrl-C in a terminal goes to the whole group; the simulator is to be there until its systems were signed out of.
    #[cfg(unix)]
    command.process_group(0);
    let mut child = command.spawn().map_err(unavailable)?;
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

/// In good order if it is quick about it.
async fn end_simulator(mut child: Child) {
    drop(child.stdin.take());
    if let Ok(Ok(_)) = tokio::time::timeout(LONGEST_END, child.wait()).await {
        return;
    }
    if let Err(error) = child.kill().await {
        tracing::warn!(%error, "the simulator does not end");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flotilla_core::connections::types::ConnectionKind;
    use flotilla_simulator::{Addressing, Fleet, FleetOptions};

    /// ACC-01, DEV-04: the simulator's list of devices with their customers is the one the core reads.
    #[tokio::test]
    async fn the_devices_of_the_fleet_are_read_with_their_customers() {
        let fleet = Fleet::start(FleetOptions {
            customers: 4,
            cameras: 6,
            video_servers: 2,
            addressing: Addressing::Ports { first: None },
            ..FleetOptions::default()
        })
        .await
        .expect("a fleet");
        let folder = tempfile::tempdir().expect("a temporary folder");
        let list = folder.path().join("devices.csv");
        let file = std::fs::File::create(&list).expect("a file");
        fleet.write_customer_devices(file).expect("written");
        let devices = demo::devices(&list).expect("read");
        assert_eq!(devices.len(), 8);
        for (index, (server, simulated)) in devices[6..].iter().zip(fleet.video_servers()).enumerate() {
            assert_eq!(server.kind, ConnectionKind::VideoServer);
            let customer = &fleet.solutions()[index * 3];
            assert_eq!(
                (server.customer.as_str(), server.port),
                (customer.name(), simulated.port())
            );
        }
        for (index, (device, camera)) in devices.iter().zip(fleet.cameras()).enumerate() {
            let customer = &fleet.solutions()[if index < 4 { 0 } else { 3 }];
            assert_eq!(
                (device.customer.as_str(), device.host.as_str(), device.port),
                (customer.name(), camera.address().as_str(), camera.port())
            );
            let blueprint = camera.blueprint();
            assert_eq!(
                (&device.name, &device.user, &device.serial_number),
                (&blueprint.name, &blueprint.user, &blueprint.serial_number)
            );
            assert_eq!(device.password.expose(), blueprint.password);
        }
        fleet.stop().await;
        std::fs::write(&list, "no,such\nlist,1\n").expect("written");
        let unreadable = demo::devices(&list).expect_err("not read");
        assert_eq!(unreadable.code, ErrorCode::FileUnreadable);
    }
}
