//! PERF-11: a file of 10,000 customers up to its preview. PERF-16: what 100,000 rows beside 100,000 customers take.

use crate::fleet;
use crate::processes::{Process, wait_for_a_line};
use crate::report::{Measurement, Report, Turns, Unit, milliseconds};
use anyhow::{Context as _, ensure};
use flotilla_core::customers::types::Mode;
use flotilla_core::imports::{ExistingIndex, PreviewOptions, preview as read_and_compare};
use serde_json::json;
use std::io::Write as _;
use std::path::Path;
use std::time::Instant;
use tokio::runtime::Runtime;

/// Rows of a file, and customers beside which it is opened (CUS-25, GEN-12).
const LARGEST: u32 = 100_000;
const ROWS: u32 = 10_000;
const TURNS: usize = 30;

/// The CSV library alone, and Flotilla's preview: decoded, parsed, every cell checked, every row compared.
pub fn preview(report: &mut Report) -> anyhow::Result<()> {
    let bytes = file(ROWS, false)?;
    let existing = ExistingIndex::default();
    let options = PreviewOptions::detected(Mode::OnPremises);
    let (mut floor, mut reached) = (Vec::new(), Vec::new());
    for _ in 0..TURNS {
        let begun = Instant::now();
        let mut records = 0;
        for record in csv::Reader::from_reader(bytes.as_slice()).records() {
            records += u32::from(record?.len() == 11);
        }
        floor.push(milliseconds(begun.elapsed()));
        let begun = Instant::now();
        let preview = read_and_compare(&bytes, &options, &existing)?;
        reached.push(milliseconds(begun.elapsed()));
        ensure!(
            records == ROWS && preview.counts.new == i64::from(ROWS),
            "the file was not understood"
        );
    }
    report.add(Measurement {
        rule: "PERF-11",
        what: "CSV with 10,000 customers to its preview".to_owned(),
        floor: Some(("the CSV library alone", Turns::new(floor).median())),
        reached: Turns::new(reached).median(),
        unit: Unit::Milliseconds,
        times: Some(3.0),
        most: None,
    });
    Ok(())
}

/// 100,000 rows opened beside 100,000 customers, half of which they change: the most memory that takes, and how long; and the
/// same when the program is started again, which reads the waiting list from the workspace.
pub fn many(runtime: &Runtime, report: &mut Report) -> anyhow::Result<()> {
    if !cfg!(target_os = "linux") {
        println!("PERF-16  is measured on Linux only\n");
        return Ok(());
    }
    let full = runtime.block_on(fleet::customers(LARGEST as usize))?;
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("customers.csv");
    std::fs::write(&path, file(LARGEST, true)?)?;
    let workspace = full.workspace();
    let taken = |what: &str| -> anyhow::Result<(f64, f64)> {
        let (process, answer) = Process::asked("import", &[workspace.as_os_str(), path.as_os_str()])?;
        let most = process.most_memory()?;
        process.end()?;
        let time = answer.parse().with_context(|| format!("{what}: {answer}"))?;
        Ok((time, most))
    };
    let (opened, opening) = taken("opening")?;
    let (reopened, reopening) = taken("reopening")?;
    for (what, most) in [("opened", opening), ("opened again after a restart", reopening)] {
        report.add(Measurement {
            rule: "PERF-16",
            what: format!("the most memory the core took, 100,000 rows {what} beside 100,000 customers"),
            floor: None,
            reached: most,
            unit: Unit::Mebibytes,
            times: None,
            most: Some(300.0),
        });
    }
    report.add(Measurement {
        rule: "PERF-11",
        what: "100,000 rows opened again after a restart".to_owned(),
        floor: Some(("opened at first", opened)),
        reached: reopened,
        unit: Unit::Milliseconds,
        times: Some(1.3),
        most: None,
    });
    Ok(())
}

/// Opens the file as a waiting list, or the one there is: tells how many milliseconds until its first rows are there.
pub async fn play(folder: &Path, file: &Path) -> anyhow::Result<()> {
    let program = fleet::program(folder, false).await?;
    let chief = fleet::sign_in(&program).await?;
    let workspace = program.workspace().await?;
    let begun = Instant::now();
    let waiting = chief.json("customers.import_waiting", json!({})).await?;
    let view = match waiting.get(0) {
        Some(view) => view.clone(),
        None => {
            let current = chief.json("session.current", json!({})).await?;
            let session = serde_json::from_value(current["id"].clone())?;
            let upload = workspace.transfers.choose(session, file)?;
            let arguments = json!({ "upload": upload.upload, "mode": "on-premises" });
            chief.json("customers.import_open", arguments).await?
        }
    };
    let import = &view["import"];
    let rows = chief
        .json("customers.import_rows", json!({ "import": import }))
        .await?;
    let rows = rows.as_array().context("numbers")?;
    ensure!(rows.len() == LARGEST as usize, "all rows are there");
    chief
        .json(
            "customers.import_window",
            json!({ "import": import, "rows": &rows[..200] }),
        )
        .await?;
    let taken = milliseconds(begun.elapsed());
    ensure!(view["counts"]["update"] == LARGEST / 2, "{}", view["counts"]);
    println!("{taken}");
    std::io::stdout().flush()?;
    tokio::task::spawn_blocking(wait_for_a_line).await??;
    program.close().await;
    Ok(())
}

/// A file as a reseller would have it: names and addresses, some cells quoted, some empty. With `known` every other row means
/// one of [`fleet::customers`].
fn file(rows: u32, known: bool) -> anyhow::Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record([
        "IP Address/FQDN",
        "Port",
        "Name",
        "Ipoffice Username",
        "Ipoffice Password",
        "Address",
        "Telephone Number",
        "Email",
        "Note",
        "Tags",
        "Mode",
    ])?;
    for row in 0..rows {
        let [_, high, middle, low] = row.to_be_bytes();
        let host = match row % 3 {
            0 => format!("pbx{row}.customer.example"),
            _ => format!("10.{high}.{middle}.{low}"),
        };
        let port = if row % 4 == 0 { "" } else { "8443" };
        let note = if row % 5 == 0 { "Call \"first\"" } else { "" };
        let mode = if row % 2 == 0 { "cloud" } else { "" };
        writer.write_record([
            host.as_str(),
            port,
            &match known && row % 2 == 0 {
                true => fleet::name(row as usize),
                false => format!("Customer {row} Trading, Ltd."),
            },
            "COMAdmin",
            &format!("pass{row}word"),
            &format!("{row} Harbour Street, Hamburg"),
            &format!("+49 40 55{row:05}"),
            &format!("office{row}@customer.example"),
            note,
            "hotel;gold",
            mode,
        ])?;
    }
    Ok(writer.into_inner()?)
}
