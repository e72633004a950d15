//! PERF-19: from a keystroke to the paint that shows it, in Chromium on a fleet in memory.

use crate::report::{Measurement, Report, Unit};
use crate::scroll::{has_browser, numbers, script};
use anyhow::Context as _;
use serde::Deserialize;
use std::collections::BTreeMap;

/// What is typed into, each with its words.
const FIELDS: &[(&str, &str)] = &[
    ("search", "the search of a list of 100,000 rows"),
    ("palette", "the palette"),
    ("form", "a form"),
];
/// From a keystroke to its paint.
const MOST_MILLISECONDS: f64 = 100.0;

/// How long the keystrokes in one field took.
#[derive(Deserialize)]
struct Typed {
    keys: u32,
    median: f64,
    p99: f64,
}

/// Types into each of the fields.
pub fn in_a_browser(report: &mut Report) -> anyhow::Result<()> {
    if !has_browser("PERF-19") {
        return Ok(());
    }
    let fields: BTreeMap<String, Typed> = numbers(script("typing.mjs"))?;
    for (field, words) in FIELDS {
        let Typed { keys, median, p99 } = fields.get(*field).context("a field that was not measured")?;
        report.add(Measurement {
            rule: "PERF-19",
            what: format!("{keys} keystrokes in {words} (median {median:.1} ms), 99th percentile"),
            floor: None,
            reached: *p99,
            unit: Unit::Milliseconds,
            times: None,
            most: Some(MOST_MILLISECONDS),
        });
    }
    Ok(())
}
