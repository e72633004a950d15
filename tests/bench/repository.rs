//! PERF-12: a 4 GiB image imported, with its digest, beside `cp` followed by `sha256sum`; and the memory that takes.

use crate::fleet;
use crate::processes::{Process, wait_for_a_line};
use crate::report::{Measurement, Report, Unit, milliseconds};
use anyhow::{Context as _, ensure};
use serde_json::json;
use std::io::Write as _;
use std::path::Path;
use std::process::Command;
use std::time::Instant;
use tokio::runtime::Runtime;

const SIZE: u64 = 4 * 1024 * 1024 * 1024;
const BLOCK: usize = 1024 * 1024;

/// `cp` and `sha256sum`, each reading the whole, and Flotilla's import of the same file into a workspace beside it.
pub fn import(runtime: &Runtime, report: &mut Report) -> anyhow::Result<()> {
    if !cfg!(target_os = "linux") {
        println!("PERF-12  is measured on Linux only\n");
        return Ok(());
    }
    let small = runtime.block_on(fleet::customers(1))?;
    let folder = tempfile::tempdir()?;
    let image = folder.path().join("ipose_12_0_0_0.iso");
    write(&image)?;
    let copy = folder.path().join("copy");
    let begun = Instant::now();
    run(Command::new("cp").arg(&image).arg(&copy))?;
    run(Command::new("sync").arg(&copy))?;
    run(Command::new("sha256sum").arg(&copy))?;
    let floor = milliseconds(begun.elapsed());
    std::fs::remove_file(&copy)?;
    let workspace = small.workspace();
    let (process, answer) = Process::asked("repository", &[workspace.as_os_str(), image.as_os_str()])?;
    let most = process.most_memory()?;
    process.end()?;
    let (taken, before) = answer.split_once(' ').context("two numbers")?;
    report.add(Measurement {
        rule: "PERF-12",
        what: "a 4 GiB image imported, with its digest, and on the disk".to_owned(),
        floor: Some(("cp, sync and sha256sum", floor)),
        reached: taken.parse()?,
        unit: Unit::Milliseconds,
        // 0.9 of its speed.
        times: Some(1.0 / 0.9),
        most: None,
    });
    report.add(Measurement {
        rule: "PERF-12",
        what: "the memory that the import took beside what the core had before".to_owned(),
        floor: None,
        reached: most - before.parse::<f64>()?,
        unit: Unit::Mebibytes,
        times: None,
        most: Some(64.0),
    });
    Ok(())
}

fn run(command: &mut Command) -> anyhow::Result<()> {
    ensure!(
        command.stdout(std::process::Stdio::null()).status()?.success(),
        "{command:?}"
    );
    Ok(())
}

/// Bytes that no disk makes smaller.
fn write(path: &Path) -> anyhow::Result<()> {
    let mut file = std::fs::File::create(path)?;
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut block = vec![0; BLOCK];
    for _ in 0..SIZE / BLOCK as u64 {
        for eight in block.chunks_exact_mut(8) {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            eight.copy_from_slice(&state.to_le_bytes());
        }
        file.write_all(&block)?;
    }
    Ok(file.sync_all()?)
}

/// Imports the file: tells how many milliseconds until it is a package, and the most memory before, in mebibytes.
pub async fn play(folder: &Path, file: &Path) -> anyhow::Result<()> {
    let program = fleet::program(folder, false).await?;
    let chief = fleet::sign_in(&program).await?;
    let workspace = program.workspace().await?;
    let current = chief.json("session.current", json!({})).await?;
    let session = serde_json::from_value(current["id"].clone())?;
    let before = crate::processes::own_most_memory()?;
    let mut events = workspace.database.subscribe();
    let begun = Instant::now();
    let upload = workspace.transfers.choose(session, file)?;
    chief
        .json("repository.add", json!({ "upload": upload.upload }))
        .await?;
    loop {
        let arrivals = chief.json("repository.arrivals", json!({})).await?;
        let Some(arrival) = arrivals.get(0) else {
            break;
        };
        ensure!(arrival["state"] == "running", "{arrival}");
        // It advances ten times a second.
        let _ = events.recv().await;
    }
    let taken = milliseconds(begun.elapsed());
    let summary = chief.json("repository.summary", json!({})).await?;
    ensure!(summary["kinds"][0]["size"] == SIZE, "{summary}");
    println!("{taken} {before}");
    std::io::stdout().flush()?;
    tokio::task::spawn_blocking(wait_for_a_line).await??;
    program.close().await;
    Ok(())
}
