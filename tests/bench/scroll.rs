//! PERF-18: frames that were seen to be late while 100,000 rows are scrolled, beside a plain virtual list of the same row
//! height, cells and words in the same window: in the real window on a full workspace, and in Chromium on a fleet in memory.

use crate::fleet::{Full, LOGIN, PASSWORD};
use crate::report::{Measurement, Report, Unit};
use crate::window::PROGRAM;
use anyhow::{Context as _, ensure};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};

/// What Debian calls the browser that drives the tests of the pages; `CHROMIUM` names another.
const CHROMIUM: &str = "/usr/bin/chromium";
/// What drives the window.
const DRIVER: &str = "WebKitWebDriver";
/// Of the floor's late frames.
const TIMES: f64 = 1.3;
/// In the order they are reported, each with its words.
const SPEEDS: &[(&str, &str)] = &[
    ("wheel", "by steps of a wheel"),
    ("fast", "by three rows each frame, a wheel turned fast"),
    ("drag", "by the scroll bar, every row another each frame"),
];

/// How the frames of one list were.
#[derive(Deserialize)]
pub struct Frames {
    frames: u32,
    /// Those that took longer than 50 ms.
    pub late: u32,
    p99: f64,
    /// None where the engine does not tell.
    long_tasks: Option<u32>,
}

impl Frames {
    /// So many frames in a hundred of all.
    pub fn percent(&self, frames: u32) -> f64 {
        f64::from(frames) * 100.0 / f64::from(self.frames)
    }

    /// In one line.
    pub fn in_words(&self) -> String {
        let tasks = self
            .long_tasks
            .map(|tasks| format!(", {tasks} long tasks"))
            .unwrap_or_default();
        format!(
            "{} of {} frames late, 99th percentile {:.0} ms{tasks}",
            self.late, self.frames, self.p99
        )
    }
}

/// The list of Flotilla and its floor, scrolled by turns.
#[derive(Deserialize)]
struct Compared {
    list: Frames,
    floor: Frames,
}

/// Scrolls the real window, optimised and on the largest workspace.
pub fn in_the_window(full: &Full, report: &mut Report) -> anyhow::Result<()> {
    match window_script("PERF-18", "scroll-window.mjs", full) {
        Some(node) => tell("the window", node, report),
        None => Ok(()),
    }
}

/// A script that drives the real window on the largest workspace; none where that cannot be done, which is said after the
/// name of the promise.
pub fn window_script(rule: &str, name: &str, full: &Full) -> Option<Command> {
    let Some(program) = std::env::var_os(PROGRAM) else {
        println!("{rule}  the window needs the built program: `cargo xtask bench` brings it\n");
        return None;
    };
    if !is_there(DRIVER) {
        println!(
            "{rule}  the window is not measured: {DRIVER} is missing, which Debian and Fedora have in the package \
             webkit2gtk-driver\n"
        );
        return None;
    }
    let mut node = script(name);
    full.open_with(&mut node);
    node.env(PROGRAM, program)
        .env("FLOTILLA_LOGIN", LOGIN)
        .env("FLOTILLA_PASSWORD", PASSWORD);
    Some(node)
}

/// Scrolls the interface in Chromium, without a core behind it.
pub fn in_a_browser(report: &mut Report) -> anyhow::Result<()> {
    if has_browser("PERF-18") {
        tell("Chromium", script("scroll.mjs"), report)?;
    }
    Ok(())
}

/// Whether what is measured in a browser can be; says why not, after the name of the promise.
pub fn has_browser(rule: &str) -> bool {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let browser = std::env::var_os("CHROMIUM").unwrap_or_else(|| CHROMIUM.into());
    let there = Path::new(&browser).exists() && root.join("ui/node_modules").exists();
    if !there {
        println!("{rule}  needs Chromium and the interface's packages: `cargo xtask bench` brings them\n");
    }
    there
}

/// Whether a program can be called by its name alone.
fn is_there(program: &str) -> bool {
    std::env::var_os("PATH")
        .is_some_and(|folders| std::env::split_paths(&folders).any(|folder| folder.join(program).is_file()))
}

/// A script of this folder that prints its numbers.
pub fn script(name: &str) -> Command {
    let mut node = Command::new("node");
    node.arg(
        Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("tests/bench")
            .join(name),
    )
    .arg("--json")
    .stderr(Stdio::inherit());
    node
}

/// Runs a script and reports what it measured.
fn tell(place: &str, node: Command, report: &mut Report) -> anyhow::Result<()> {
    let speeds: BTreeMap<String, Compared> = numbers(node)?;
    for (speed, how) in SPEEDS {
        let Compared { list, floor } = speeds.get(*speed).context("a speed that was not measured")?;
        report.add(Measurement {
            rule: "PERF-18",
            what: format!(
                "frames over 50 ms while 100,000 rows are scrolled in {place} {how} ({}; floor: {})",
                list.in_words(),
                floor.in_words()
            ),
            // A floor without a late frame counts as one: nothing finer is measured, and nothing is 1.3 times none.
            floor: Some((
                "a plain virtual list, one late frame at least",
                floor.percent(floor.late.max(1)),
            )),
            reached: list.percent(list.late),
            unit: Unit::PercentOfFrames,
            times: Some(TIMES),
            most: None,
        });
    }
    Ok(())
}

/// Runs a script, and reads the numbers it prints.
pub fn numbers<Numbers: DeserializeOwned>(mut node: Command) -> anyhow::Result<Numbers> {
    let output = node.output().context("node")?;
    ensure!(output.status.success(), "{node:?} ended with {}", output.status);
    let text = String::from_utf8(output.stdout)?;
    // What is built before may say something, too; the numbers are the last line.
    let line = text.lines().next_back().context("no numbers")?;
    Ok(serde_json::from_str(line)?)
}
