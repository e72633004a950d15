//! PERF-16 and PERF-17: what the core takes when it just runs. Measured from outside, in a process of its own.

use crate::contact::customer;
use crate::fleet::{Full, first_administrator, program, sign_in};
use crate::report::{Measurement, Report, Unit};
use anyhow::{Context as _, ensure};
use flotilla_core::customers::store::save_many;
use flotilla_kernel::words::Language;
use flotilla_simulator::{Addressing, Fleet, FleetOptions};
use serde_json::{Value, json};
use std::ffi::OsStr;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::Ipv4Addr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// The word this program starts itself with.
pub const ROLE: &str = "--role";
/// How long processor time is looked at.
const LOOK: Duration = Duration::from_secs(30);
const POLLED: usize = 1_000;

/// A process of our own that does what it is told by one line, and answers by one.
pub struct Process {
    child: Child,
    answers: BufReader<std::process::ChildStdout>,
}

impl Process {
    fn start(role: &str, arguments: &[&OsStr]) -> anyhow::Result<Self> {
        Ok(Self::asked(role, arguments)?.0)
    }

    /// Starts it, and gives what it first answers.
    pub fn asked(role: &str, arguments: &[&OsStr]) -> anyhow::Result<(Self, String)> {
        let mut child = Command::new(std::env::current_exe()?)
            .args([ROLE, role])
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let answers = BufReader::new(child.stdout.take().context("an output")?);
        let mut process = Self { child, answers };
        let answer = process.answer()?;
        Ok((process, answer))
    }

    /// The most memory it has had so far, in mebibytes.
    pub fn most_memory(&self) -> anyhow::Result<f64> {
        Ok(kibibytes(self.child.id(), "VmHWM")? / 1024.0)
    }

    fn answer(&mut self) -> anyhow::Result<String> {
        let mut line = String::new();
        self.answers.read_line(&mut line)?;
        ensure!(!line.is_empty(), "the process ended by itself");
        Ok(line.trim().to_owned())
    }

    /// Ends it in order.
    pub fn end(mut self) -> anyhow::Result<()> {
        self.child.stdin.take().context("an input")?.write_all(b"end\n")?;
        ensure!(self.child.wait()?.success(), "the process did not end in order");
        Ok(())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It has ended already, unless something went wrong before.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Plays a role until a line comes in.
pub fn play(words: &[String]) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    match words {
        [role, folder] if role == "core" => runtime.block_on(core(Path::new(folder))),
        [role, folder, file] if role == "import" => {
            runtime.block_on(crate::import::play(Path::new(folder), Path::new(file)))
        }
        [role, folder, file] if role == "repository" => {
            runtime.block_on(crate::repository::play(Path::new(folder), Path::new(file)))
        }
        [role, folder, customers] if role == "fleet" => {
            runtime.block_on(fleet(Path::new(folder), customers.parse()?))
        }
        other => anyhow::bail!("no role {other:?}"),
    }
}

/// The most memory that this process has had so far, in mebibytes.
pub fn own_most_memory() -> anyhow::Result<f64> {
    Ok(kibibytes(std::process::id(), "VmHWM")? / 1024.0)
}

fn ready() -> anyhow::Result<()> {
    println!("ready");
    std::io::stdout().flush()?;
    Ok(())
}

pub fn wait_for_a_line() -> anyhow::Result<()> {
    let mut line = String::new();
    std::io::stdin().read_line(&mut line)?;
    Ok(())
}

/// The core as a window has it: services running, every page opened once, lists scrolled, searched and sorted.
async fn core(folder: &Path) -> anyhow::Result<()> {
    let program = program(folder, true).await?;
    let chief = sign_in(&program).await?;
    for list in ["customers", "systems", "alarms"] {
        for query in [
            json!({}),
            json!({ "sort": { "column": "customer", "descending": true } }),
            json!({ "search": "harbour" }),
        ] {
            let mut query: Value = query;
            // As the pages ask: of alarms those that are open.
            if list == "alarms" {
                query["criteria"] =
                    json!([{ "column": "state", "test": { "kind": "any_of", "values": ["open"] } }]);
            }
            // The list of customers has no such column; it is sorted by its names.
            if list == "customers" && query["sort"].is_object() {
                query["sort"]["column"] = "name".into();
            }
            let ids = chief.index(list, &query).await?;
            let rows = ids.len() / 16;
            for first in (0..rows).step_by((rows / 20).max(1)) {
                let window: Vec<uuid::Uuid> = ids[first * 16..]
                    .chunks_exact(16)
                    .take(200)
                    .filter_map(|id| uuid::Uuid::from_slice(id).ok())
                    .collect();
                chief
                    .call(&format!("{list}.window"), &json!({ "ids": window }).to_string())
                    .await?;
            }
        }
    }
    chief.call("dashboard.read", r#"{"organization":null}"#).await?;
    ready()?;
    tokio::task::spawn_blocking(wait_for_a_line).await??;
    program.close().await;
    Ok(())
}

/// A fleet that listens until it is told to stop.
async fn fleet(folder: &Path, customers: usize) -> anyhow::Result<()> {
    let fleet = Fleet::start(fleet_options(folder, customers)).await?;
    ready()?;
    tokio::task::spawn_blocking(wait_for_a_line).await??;
    fleet.stop().await;
    Ok(())
}

/// A fleet in a process of its own: as many open connections as it has would not fit beside those of the clients.
pub struct Simulated {
    folder: TempDir,
    customers: usize,
}

impl Simulated {
    /// Makes the fleet's certificates, has `look` see its solutions, and starts it.
    pub async fn start<Seen>(
        customers: usize,
        look: impl AsyncFnOnce(&Fleet) -> anyhow::Result<Seen>,
    ) -> anyhow::Result<(Self, Process, Seen)> {
        let simulated = Self {
            folder: tempfile::tempdir()?,
            customers,
        };
        let fleet = Fleet::start(fleet_options(simulated.folder.path(), customers)).await?;
        let seen = look(&fleet).await?;
        fleet.stop().await;
        let process = Process::start(
            "fleet",
            &[
                simulated.folder.path().as_os_str(),
                customers.to_string().as_ref(),
            ],
        )?;
        Ok((simulated, process, seen))
    }

    /// How many solutions there are.
    pub fn customers(&self) -> usize {
        self.customers
    }
}

fn fleet_options(folder: &Path, customers: usize) -> FleetOptions {
    FleetOptions {
        customers,
        seed: 17,
        // The same certificates and addresses in both processes.
        state_folder: Some(folder.to_owned()),
        addressing: Addressing::LoopbackRange {
            base: Ipv4Addr::new(127, 60, 0, 1),
        },
        // Two clients sign in to each; neither is to be refused for the other's sake.
        session_limit: 8,
        ..FleetOptions::default()
    }
}

/// A line of `/proc/PID/status`, in kibibytes.
fn kibibytes(process: u32, line: &str) -> anyhow::Result<f64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status"))?;
    let value = status
        .lines()
        .find_map(|text| text.strip_prefix(line))
        .and_then(|text| text.trim_start_matches(':').split_whitespace().next())
        .context("a value")?;
    Ok(value.parse()?)
}

/// The processor time a process and its descendants have taken so far, in seconds.
pub fn processor_seconds(process: u32) -> anyhow::Result<f64> {
    /// The kernel tells user space in hundredths of a second, whatever its own clock does.
    const TICKS: f64 = 100.0;
    let mut seconds = 0.0;
    for one in descendants(process)? {
        // A process may end while it is looked at; what it took is its parent's then.
        let Ok(text) = std::fs::read_to_string(format!("/proc/{one}/stat")) else {
            continue;
        };
        let fields: Vec<&str> = text
            .rsplit(')')
            .next()
            .unwrap_or_default()
            .split_whitespace()
            .collect();
        // utime, stime, and those of children that were waited for; see proc_pid_stat(5).
        for place in 11..15 {
            seconds += fields.get(place).context("a field")?.parse::<f64>()? / TICKS;
        }
    }
    Ok(seconds)
}

fn descendants(process: u32) -> anyhow::Result<Vec<u32>> {
    let mut found = vec![process];
    let mut next = 0;
    while let Some(&one) = found.get(next) {
        next += 1;
        for thread in std::fs::read_dir(format!("/proc/{one}/task"))
            .into_iter()
            .flatten()
        {
            let children = thread?.path().join("children");
            let Ok(text) = std::fs::read_to_string(children) else {
                continue;
            };
            for child in text.split_whitespace() {
                found.push(child.parse()?);
            }
        }
    }
    Ok(found)
}

/// How much of one core a process and its descendants take while nobody does anything.
pub fn share_of_a_core(process: u32) -> anyhow::Result<f64> {
    let before = processor_seconds(process)?;
    let begun = Instant::now();
    std::thread::sleep(LOOK);
    let taken = processor_seconds(process)? - before;
    Ok(100.0 * taken / begun.elapsed().as_secs_f64())
}

/// PERF-16
pub fn memory(full: &Full, report: &mut Report) -> anyhow::Result<()> {
    if !cfg!(target_os = "linux") {
        println!("PERF-16  is measured on Linux only\n");
        return Ok(());
    }
    let process = Process::start("core", &[full.workspace().as_os_str()])?;
    let now = kibibytes(process.child.id(), "VmRSS")?;
    let most = kibibytes(process.child.id(), "VmHWM")?;
    process.end()?;
    report.add(Measurement {
        rule: "PERF-16",
        what: format!(
            "the most memory the core took with 100,000 systems and 1,000,000 alarms, every list opened, sorted \
             and searched (afterwards {:.0} MiB)",
            now / 1024.0
        ),
        floor: None,
        reached: most / 1024.0,
        unit: Unit::Mebibytes,
        times: None,
        most: Some(300.0),
    });
    Ok(())
}

/// Beside PERF-17: what polling 1,000 customers every minute takes, all day long.
pub async fn polling(report: &mut Report) -> anyhow::Result<()> {
    if !cfg!(target_os = "linux") {
        println!("PERF-17  is measured on Linux only\n");
        return Ok(());
    }
    let folder = tempfile::tempdir()?;
    let workspace = folder.path().join("workspace");
    let (simulated, simulator, ()) = Simulated::start(POLLED, async |fleet| {
        let program = program(&workspace, false).await?;
        let chief = first_administrator(&program).await?;
        let customers: Vec<_> = fleet
            .solutions()
            .iter()
            .map(customer)
            .collect::<anyhow::Result<_>>()?;
        let open = program.workspace().await?;
        let mut transaction = open.database.begin().await?;
        save_many(
            &open,
            &mut transaction,
            chief.account,
            "Europe/Berlin",
            Language::En,
            &customers,
        )
        .await?;
        transaction.commit().await?;
        program.close().await;
        Ok(())
    })
    .await?;
    let polling = Process::start("core", &[workspace.as_os_str()])?;
    // The first round shakes hands with everybody.
    std::thread::sleep(Duration::from_secs(65));
    let polled = share_of_a_core(polling.child.id())?;
    polling.end()?;
    simulator.end()?;
    report.add(Measurement {
        rule: "PERF-17",
        what: format!("{} customers polled every minute", simulated.customers()),
        floor: None,
        reached: polled,
        unit: Unit::PercentOfACore,
        times: None,
        most: None,
    });
    Ok(())
}
