//! PERF-05, the page's part: frames that were seen to be late while 100,000 rows are scrolled, beside a plain virtual list of the
//! same row height in the same browser.

use crate::report::{Measurement, Report, Unit};
use anyhow::{Context as _, ensure};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};

/// What Debian calls the browser that drives the tests of the pages; `CHROMIUM` names another.
const CHROMIUM: &str = "/usr/bin/chromium";
/// Of a hundred frames while a wheel is turned.
const LATE_PERCENT: f64 = 2.0;

/// How the frames of one list were.
#[derive(Deserialize)]
struct Frames {
    frames: u32,
    late: u32,
    p99: f64,
}

impl Frames {
    fn late_percent(&self) -> f64 {
        f64::from(self.late) * 100.0 / f64::from(self.frames)
    }
}

/// The list of Flotilla and its floor, scrolled by turns.
#[derive(Deserialize)]
struct Compared {
    list: Frames,
    floor: Frames,
}

/// Has Node drive the browser.
pub fn scroll(report: &mut Report) -> anyhow::Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let browser = std::env::var_os("CHROMIUM").unwrap_or_else(|| CHROMIUM.into());
    if !Path::new(&browser).exists() || !root.join("ui/node_modules").exists() {
        println!(
            "PERF-05  scrolling needs Chromium and the interface's packages: `cargo xtask bench` brings them\n"
        );
        return Ok(());
    }
    let output = Command::new("node")
        .arg(root.join("tests/bench/scroll.mjs"))
        .arg("--json")
        .stderr(Stdio::inherit())
        .output()
        .context("node")?;
    ensure!(output.status.success(), "scroll.mjs ended with {}", output.status);
    let text = String::from_utf8(output.stdout)?;
    // What is built before may say something, too; the numbers are the last line.
    let line = text.lines().next_back().context("no numbers")?;
    let speeds: BTreeMap<String, Compared> = serde_json::from_str(line)?;
    for (speed, most) in [("wheel", Some(LATE_PERCENT)), ("drag", None)] {
        let Compared { list, floor } = speeds.get(speed).context("a speed that was not measured")?;
        let how = match speed {
            "wheel" => "by a wheel",
            _ => "by the scroll bar, every row another each frame",
        };
        report.add(Measurement {
            rule: "PERF-05",
            what: format!(
                "frames over 50 ms while 100,000 rows are scrolled {how} (99th percentile {:.0} ms, floor {:.0} ms)",
                list.p99, floor.p99
            ),
            floor: Some(("a plain virtual list", floor.late_percent())),
            reached: list.late_percent(),
            unit: Unit::PercentOfFrames,
            times: None,
            most,
        });
    }
    Ok(())
}
