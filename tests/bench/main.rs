//! The speeds that are promised (PERF-01 to PERF-19), each beside its floor in the same run: `cargo xtask bench`.
//!
//! A benchmark is no test: it prints what was reached and what was promised, and judges by words only. Where a
//! number needs a process of its own (start, memory, idle), this program starts itself in that role.

mod changes;
mod contact;
mod devices;
mod fleet;
mod import;
mod jobs;
mod licences;
mod lists;
mod operator;
mod processes;
mod report;
mod repository;
mod scroll;
mod typing;
mod window;

use report::Report;
use std::process::ExitCode;

/// One group of promises that are measured together.
struct Benchmark {
    rules: &'static [&'static str],
    run: fn(&tokio::runtime::Runtime, &mut Report) -> anyhow::Result<()>,
}

const BENCHMARKS: &[Benchmark] = &[
    Benchmark {
        rules: &["PERF-11"],
        run: |_, report| import::preview(report),
    },
    Benchmark {
        rules: &["PERF-16", "PERF-11"],
        run: |runtime, report| import::many(runtime, report),
    },
    Benchmark {
        rules: &["PERF-12"],
        run: |runtime, report| repository::import(runtime, report),
    },
    Benchmark {
        rules: &["PERF-06", "PERF-07"],
        run: |runtime, report| runtime.block_on(contact::rounds(report)),
    },
    Benchmark {
        rules: &[
            "PERF-02", "PERF-03", "PERF-04", "PERF-05", "PERF-16", "PERF-17", "PERF-01", "PERF-18", "ORG-22",
            "PERF-19",
        ],
        run: |runtime, report| {
            let with_alarms = report.wants(&["PERF-01", "PERF-16", "PERF-17", "ORG-22"]);
            let full = runtime.block_on(fleet::full(with_alarms))?;
            if report.wants(&["PERF-02", "PERF-03", "PERF-04", "PERF-05", "PERF-19"]) {
                runtime.block_on(lists::lists(&full, report))?;
            }
            if report.wants(&["PERF-16"]) {
                processes::memory(&full, report)?;
            }
            if report.wants(&["PERF-01", "PERF-17"]) {
                window::window(runtime, &full, report)?;
            }
            if report.wants(&["PERF-18"]) {
                scroll::in_the_window(&full, report)?;
            }
            // Last come those that change the workspace.
            if report.wants(&["PERF-05"]) {
                changes::in_the_window(runtime, &full, report)?;
            }
            if report.wants(&["ORG-22"]) {
                runtime.block_on(operator::operators(&full, report))?;
            }
            Ok(())
        },
    },
    Benchmark {
        rules: &["DEV-10"],
        run: |runtime, report| runtime.block_on(devices::pages(report)),
    },
    Benchmark {
        rules: &["PERF-08", "PERF-09", "PERF-10"],
        run: |runtime, report| runtime.block_on(jobs::runs(report)),
    },
    Benchmark {
        rules: &["LIC-03", "LIC-75"],
        run: |runtime, report| runtime.block_on(licences::pages(report)),
    },
    Benchmark {
        rules: &["PERF-18"],
        run: |_, report| scroll::in_a_browser(report),
    },
    Benchmark {
        rules: &["PERF-19"],
        run: |_, report| typing::in_a_browser(report),
    },
    Benchmark {
        rules: &["PERF-17"],
        run: |runtime, report| runtime.block_on(processes::polling(report)),
    },
];

fn main() -> ExitCode {
    // Cargo hands over `--bench`; the rest are names of promises.
    let words: Vec<String> = std::env::args()
        .skip(1)
        .filter(|word| word != "--bench")
        .collect();
    let outcome = match words.split_first() {
        Some((role, rest)) if role == processes::ROLE => processes::play(rest),
        Some((role, _)) if role == window::EMPTY => window::empty(),
        _ => all(words),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:?}");
            ExitCode::FAILURE
        }
    }
}

fn all(names: Vec<String>) -> anyhow::Result<()> {
    let known: Vec<&str> = BENCHMARKS.iter().flat_map(|one| one.rules).copied().collect();
    if let Some(unknown) = names.iter().find(|name| !known.contains(&name.as_str())) {
        anyhow::bail!("`{unknown}` is not measured here; there are {}", known.join(", "));
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let mut report = Report::new(names);
    for benchmark in BENCHMARKS {
        if report.wants(benchmark.rules) {
            (benchmark.run)(&runtime, &mut report)?;
        }
    }
    report.summary();
    Ok(())
}
