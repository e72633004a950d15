//! PERF-01 and PERF-17: the window itself, from its start on, on the largest workspace.

use crate::fleet::{Full, by_password, has_keychain};
use crate::processes::share_of_a_core;
use crate::report::{Measurement, Report, Turns, Unit, milliseconds};
use anyhow::{Context as _, ensure};
use std::ffi::OsString;
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tauri::webview::PageLoadEvent;
use tauri::{WebviewUrl, WebviewWindowBuilder};

/// The word this program starts itself with.
pub const EMPTY: &str = "--empty-window";
/// The built desktop program; `cargo xtask bench` says where.
pub const PROGRAM: &str = "FLOTILLA_PROGRAM";
const STARTS: usize = 7;
/// After a start the pages are laid out and the system's caches filled; then nothing happens any more.
const REST: Duration = Duration::from_secs(10);

/// A window with nothing in it, which says when it is there.
pub fn empty() -> anyhow::Result<()> {
    tauri::Builder::default()
        .register_uri_scheme_protocol("empty", |_, _| {
            tauri::http::Response::builder()
                .header("Content-Type", "text/html")
                .body(b"<!doctype html><title>Empty</title>".to_vec())
                .unwrap_or_default()
        })
        .setup(|application| {
            // Not `about:blank`: nothing is loaded for it, and so nothing is ever there.
            WebviewWindowBuilder::new(
                application,
                "main",
                WebviewUrl::CustomProtocol("empty://localhost/".parse()?),
            )
            .inner_size(1280.0, 800.0)
            .on_page_load(|_, payload| {
                if payload.event() == PageLoadEvent::Finished {
                    println!("ready");
                }
            })
            .build()?;
            Ok(())
        })
        .run(tauri::generate_context!())?;
    Ok(())
}

/// A program with a window that was started, and how long it took until it said `ready`.
struct Started {
    child: Child,
    took: Duration,
}

impl Drop for Started {
    fn drop(&mut self) {
        // It is of no use any more; a workspace loses nothing by that.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn start(mut command: Command) -> anyhow::Result<Started> {
    let begun = Instant::now();
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn()?;
    let output = child.stdout.take().context("an output")?;
    let mut started = Started {
        child,
        took: Duration::ZERO,
    };
    let mut line = String::new();
    BufReader::new(output).read_line(&mut line)?;
    started.took = begun.elapsed();
    ensure!(line.trim() == "ready", "the window did not come");
    Ok(started)
}

fn flotilla(program: &OsString, full: &Full) -> Command {
    let mut command = Command::new(program);
    command.arg("--announce");
    full.open_with(&mut command);
    command
}

/// How long it takes to open a workspace that has nothing in it, its key made of a password. In milliseconds.
async fn opening_by_password() -> anyhow::Result<f64> {
    let folder = tempfile::tempdir()?;
    by_password(folder.path(), false).await?.close().await;
    let mut reached = Vec::new();
    for _ in 0..STARTS {
        let begun = Instant::now();
        let program = by_password(folder.path(), false).await?;
        reached.push(milliseconds(begun.elapsed()));
        program.close().await;
    }
    Ok(Turns::new(reached).median())
}

/// Starts both by turns, then leaves Flotilla alone.
pub fn window(runtime: &tokio::runtime::Runtime, full: &Full, report: &mut Report) -> anyhow::Result<()> {
    let Some(program) = std::env::var_os(PROGRAM) else {
        println!("PERF-01, PERF-17  need the built program: `cargo xtask bench` brings it\n");
        return Ok(());
    };
    let (mut floor, mut reached) = (Vec::new(), Vec::new());
    for turn in 0..=STARTS {
        let mut nothing = Command::new(std::env::current_exe()?);
        nothing.arg(EMPTY);
        let empty = start(nothing)?.took;
        let ours = start(flotilla(&program, full))?.took;
        // The first brings both programs into memory.
        if turn > 0 {
            floor.push(milliseconds(empty));
            reached.push(milliseconds(ours));
        }
    }
    report.add(Measurement {
        rule: "PERF-01",
        what: format!(
            "start to the first command answered, 100,000 systems, the database's key {}",
            if has_keychain() {
                "in the keychain"
            } else {
                "made of a password"
            }
        ),
        floor: Some(("an empty Tauri window", Turns::new(floor).median())),
        reached: Turns::new(reached).median(),
        unit: Unit::Milliseconds,
        times: Some(1.5),
        most: None,
    });
    report.add(Measurement {
        rule: "PERF-01",
        what: "what a password adds to it: an empty workspace opened by its password, most of it Argon2id"
            .to_owned(),
        floor: None,
        reached: runtime.block_on(opening_by_password())?,
        unit: Unit::Milliseconds,
        times: None,
        most: None,
    });
    if report.wants(&["PERF-17"]) && cfg!(target_os = "linux") {
        let running = start(flotilla(&program, full))?;
        std::thread::sleep(REST);
        report.add(Measurement {
            rule: "PERF-17",
            what: "idle: window open, 100,000 systems, services running, webview's processes counted in"
                .to_owned(),
            floor: None,
            reached: share_of_a_core(running.child.id())?,
            unit: Unit::PercentOfACore,
            times: None,
            most: Some(0.5),
        });
    }
    Ok(())
}
