//! PERF-11: a file of 10,000 customers up to its preview.

use crate::report::{Measurement, Report, Turns, Unit, milliseconds};
use anyhow::ensure;
use flotilla_core::customers::types::Mode;
use flotilla_core::imports::{ExistingIndex, PreviewOptions, preview as read_and_compare};
use std::time::Instant;

const ROWS: u32 = 10_000;
const TURNS: usize = 30;

/// The CSV library alone, and Flotilla's preview: decoded, parsed, every cell checked, every row compared.
pub fn preview(report: &mut Report) -> anyhow::Result<()> {
    let bytes = file()?;
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

/// A file as a reseller would have it: names and addresses, some cells quoted, some empty.
fn file() -> anyhow::Result<Vec<u8>> {
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
    for row in 0..ROWS {
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
            &format!("Customer {row} Trading, Ltd."),
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
