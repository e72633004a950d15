//! PERF-05 in the real window: frames that were seen to be late while another process changes a thousand rows of the list
//! that is open.

use crate::fleet::{Full, SignedIn, program, sign_in};
use crate::report::{Measurement, Report, Unit};
use crate::scroll::{Frames, window_script};
use anyhow::Context as _;
use serde::Deserialize;
use serde_json::json;
use std::io::{BufRead as _, BufReader, Write as _};
use std::process::Stdio;
use tokio::runtime::Runtime;
use uuid::Uuid;

/// How many rows change.
const CHANGES: usize = 1_000;

#[derive(Deserialize)]
struct Compared {
    quiet: Frames,
    changing: Frames,
}

/// Has the script look at the window, and changes customers whenever it says so.
pub fn in_the_window(runtime: &Runtime, full: &Full, report: &mut Report) -> anyhow::Result<()> {
    let Some(mut node) = window_script("PERF-05", "changes-window.mjs", full) else {
        return Ok(());
    };
    let program = runtime.block_on(program(&full.workspace(), false))?;
    let chief = runtime.block_on(sign_in(&program))?;
    let mut node = node.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
    let mut says = node.stdin.take().context("an input")?;
    let (mut numbers, mut turn) = (None, 0);
    for line in BufReader::new(node.stdout.take().context("an output")?).lines() {
        let line = line?;
        if line == "change" {
            turn += 1;
            runtime.block_on(change(&chief, turn))?;
            says.write_all(b"changed\n")?;
        } else {
            numbers = Some(line);
        }
    }
    anyhow::ensure!(node.wait()?.success(), "the window was not measured");
    runtime.block_on(program.close());
    let Compared { quiet, changing } = serde_json::from_str(&numbers.context("no numbers")?)?;
    report.add(Measurement {
        rule: "PERF-05",
        what: format!(
            "frames over 50 ms while another process changes {CHANGES} rows of the list in the window ({}; nothing \
             changing: {})",
            changing.in_words(),
            quiet.in_words()
        ),
        // A quiet window without a late frame counts as one: nothing finer is measured.
        floor: Some((
            "nothing changing, one late frame at least",
            quiet.percent(quiet.late.max(1)),
        )),
        reached: changing.percent(changing.late),
        unit: Unit::PercentOfFrames,
        times: Some(1.0),
        most: None,
    });
    Ok(())
}

/// Every tenth customer gets another note: rows in view change, and many that are not.
async fn change(chief: &SignedIn, turn: usize) -> anyhow::Result<()> {
    let ids = chief.index("customers", &json!({})).await?;
    let chosen: Vec<Uuid> = ids
        .chunks_exact(16)
        .step_by((ids.len() / 16 / CHANGES).max(1))
        .filter_map(|id| Uuid::from_slice(id).ok())
        .collect();
    let notes = format!("Note {turn}");
    chief
        .json("customers.edit", json!({ "ids": chosen, "notes": notes }))
        .await?;
    Ok(())
}
