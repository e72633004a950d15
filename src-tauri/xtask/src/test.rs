//! `cargo xtask test`: everything that is checked before a change lands, in stages.

use std::time::{Duration, Instant};

use crate::named::{self, Found};
use crate::node::{DESKTOP, WEB, browser_tests, node_test_files, window_tests};
use crate::outcome::Outcome;
use crate::process::{Tool, find_program};
use crate::run::build_interface;
use crate::setup::{self, Purpose};
use crate::verdict::Verdict;
use crate::workspace::Workspace;
use crate::{features, tidy, types};

/// One thing that is checked.
struct Stage {
    group: &'static str,
    name: &'static str,
    check: fn(&Workspace) -> Verdict,
}

/// In order: what is quick and often wrong comes first.
const STAGES: &[Stage] = &[
    Stage {
        group: "lint",
        name: "format",
        check: |workspace| {
            workspace
                .cargo()
                .arguments(["fmt", "--all", "--check"])
                .run()
                .into()
        },
    },
    Stage {
        group: "tidy",
        name: "sentences",
        check: |workspace| tidy::tidy(workspace).into(),
    },
    Stage {
        group: "tidy",
        name: "features",
        check: |workspace| features::check(workspace).into(),
    },
    Stage {
        group: "tidy",
        name: "advisories",
        check: advisories,
    },
    Stage {
        group: "lint",
        name: "clippy",
        check: clippy,
    },
    Stage {
        group: "tidy",
        name: "types",
        check: |workspace| types::types(workspace, types::Mode::Compare).into(),
    },
    Stage {
        group: "rust",
        name: "tests",
        check: rust_tests,
    },
    Stage {
        group: "rust",
        name: "doc-tests",
        check: doc_tests,
    },
    Stage {
        group: "ui",
        name: "svelte-check",
        check: |workspace| npm_script(workspace, "check"),
    },
    Stage {
        group: "ui",
        name: "eslint",
        check: |workspace| npm_script(workspace, "lint"),
    },
    Stage {
        group: "ui",
        name: "prettier",
        check: |workspace| npm_script(workspace, "format:check"),
    },
    Stage {
        group: "ui",
        name: "vitest",
        check: |workspace| npm_script(workspace, "test"),
    },
    Stage {
        group: "ui",
        name: "build",
        check: |workspace| build_interface(workspace).into(),
    },
    Stage {
        group: "web",
        name: "browser",
        check: browser,
    },
    Stage {
        group: "desktop",
        name: "window",
        check: window,
    },
];

/// Runs the stages whose group or name is among `names`, or all, and sums up. A name that is no stage's chooses
/// the tests that are called so.
pub fn test(workspace: &Workspace, names: &[String]) -> Outcome {
    let is_stage = |name: &String| {
        STAGES
            .iter()
            .any(|stage| stage.group == name || stage.name == name)
    };
    let (stages, tests): (Vec<&String>, Vec<&String>) = names.iter().partition(|name| is_stage(name));
    // Looked for before anything runs: a mistyped name is told at once.
    let tests = tests
        .into_iter()
        .map(|name| named::find(workspace, name).map_err(|message| format!("{message}\n{}", known_stages())))
        .collect::<Outcome<Vec<Found>>>()?;
    let purpose = if !tests.is_empty() && stages.is_empty() && tests.iter().all(Found::needs_no_browser) {
        Purpose::Run
    } else {
        Purpose::Test
    };
    setup::setup(workspace, purpose)?;

    // What is there before and not after, or the other way round, was written by a test outside its folder.
    let before = state_of_the_tree(workspace)?;
    let mut results: Vec<(&str, &str, Duration, Verdict)> = Vec::new();
    let mut check = |group, name, check: &dyn Fn() -> Verdict| {
        println!("\n── {group}: {name}");
        let begun = Instant::now();
        let verdict = check().on_this_machine(std::env::var_os("GITHUB_ACTIONS").is_some());
        if let Verdict::Failed(message) = &verdict {
            eprintln!("{message}");
        }
        results.push((group, name, begun.elapsed(), verdict));
    };
    let chosen = |stage: &&Stage| {
        names.is_empty()
            || stages
                .iter()
                .any(|name| stage.group == *name || stage.name == *name)
    };
    for stage in STAGES.iter().filter(chosen) {
        check(stage.group, stage.name, &|| (stage.check)(workspace));
    }
    for found in &tests {
        for part in found.parts() {
            check(part.group(), &found.name, &|| part.run(workspace, &found.name));
        }
    }
    let after = state_of_the_tree(workspace)?;
    results.push(("tidy", "outside", Duration::ZERO, untouched(&before, &after)));
    summary(&results)
}

fn known_stages() -> String {
    let known: Vec<String> = STAGES
        .iter()
        .map(|stage| format!("{} ({})", stage.name, stage.group))
        .collect();
    format!("Stages are: {}", known.join(", "))
}

fn summary(results: &[(&str, &str, Duration, Verdict)]) -> Outcome {
    println!("\n── Summary");
    let (mut passed, mut failed, mut skipped) = (0_usize, Vec::new(), 0_usize);
    for (group, name, time, verdict) in results {
        let word = match verdict {
            Verdict::Passed => {
                passed += 1;
                "passed".to_owned()
            }
            Verdict::Failed(message) => {
                failed.push(*name);
                format!("FAILED   {}", message.lines().next().unwrap_or_default())
            }
            Verdict::Skipped(reason) | Verdict::Inapplicable(reason) => {
                skipped += 1;
                format!("skipped  {reason}")
            }
        };
        println!("{:>8} {:<13} {:>6.1} s  {word}", group, name, time.as_secs_f64());
    }
    println!();
    if !failed.is_empty() {
        println!(
            "To look at one of them alone: cargo xtask test {}",
            failed.join(" ")
        );
    }
    if skipped == 0 {
        println!("{passed} passed, {} failed", failed.len());
    } else {
        println!("{passed} passed, {} failed, {skipped} skipped", failed.len());
    }
    if failed.is_empty() {
        Ok(())
    } else {
        Err("Not everything is as it should be.".to_owned())
    }
}

/// SEC-06: known weaknesses, where the program that knows them is installed and can ask for them. Licences and TLS
/// stacks are looked at by `tidy` in any case.
fn advisories(workspace: &Workspace) -> Verdict {
    if find_program("cargo-deny").is_none() {
        return Verdict::Skipped(
            "cargo-deny is not installed, so the advisory database was not asked; tidy has looked at licences"
                .to_owned(),
        );
    }
    let fetched = workspace.cargo().arguments(["deny", "fetch", "db"]).output();
    if let Err(message) = fetched {
        eprintln!("{message}");
        return Verdict::Skipped(
            "the advisory database cannot be had (no network?); tidy has looked at licences".to_owned(),
        );
    }
    workspace
        .cargo()
        .arguments(["deny", "--all-features", "check"])
        .run()
        .into()
}

fn clippy(workspace: &Workspace) -> Verdict {
    workspace
        .cargo()
        .arguments([
            "clippy",
            "--workspace",
            "--all-targets",
            "--quiet",
            "--",
            "--deny",
            "warnings",
        ])
        .run()
        .into()
}

fn rust_tests(workspace: &Workspace) -> Verdict {
    if find_program("cargo-nextest").is_some() {
        return workspace
            .cargo()
            .arguments(["nextest", "run", "--workspace", "--cargo-quiet"])
            .run()
            .into();
    }
    let outcome = workspace
        .cargo()
        .arguments(["test", "--workspace", "--quiet", "--lib", "--bins", "--tests"])
        .run();
    match outcome {
        // `cargo test` knows no time limit for a test; where somebody could install nextest, that is a failure.
        Ok(()) if std::env::var_os("GITHUB_ACTIONS").is_some() => {
            Verdict::Skipped("cargo-nextest is not installed".to_owned())
        }
        outcome => outcome.into(),
    }
}

fn doc_tests(workspace: &Workspace) -> Verdict {
    workspace
        .cargo()
        .arguments(["test", "--workspace", "--doc", "--quiet"])
        .run()
        .into()
}

fn npm_script(workspace: &Workspace, script: &str) -> Verdict {
    workspace
        .npm()
        .arguments(["run", "--silent", script])
        .run()
        .into()
}

/// The pages in a real browser, against the shared workspace.
fn browser(workspace: &Workspace) -> Verdict {
    match node_test_files(workspace, WEB) {
        Ok(files) => browser_tests(workspace, files),
        Err(message) => Verdict::Failed(message),
    }
}

/// The real window, driven as a person would.
fn window(workspace: &Workspace) -> Verdict {
    match node_test_files(workspace, DESKTOP) {
        Ok(files) => window_tests(workspace, files),
        Err(message) => Verdict::Failed(message),
    }
}

fn state_of_the_tree(workspace: &Workspace) -> Outcome<String> {
    Tool::new("git")
        .folder(&workspace.root)
        .arguments(["status", "--porcelain=v1", "--untracked-files=all"])
        .output()
}

fn untouched(before: &str, after: &str) -> Verdict {
    let differ: Vec<&str> = after
        .lines()
        .filter(|line| !before.lines().any(|other| other == *line))
        .chain(
            before
                .lines()
                .filter(|line| !after.lines().any(|other| other == *line)),
        )
        .collect();
    // While somebody is editing, files change for better reasons than a test.
    if differ.is_empty() || std::env::var_os("CI").is_none() {
        Verdict::Passed
    } else {
        Verdict::Failed(format!(
            "A test wrote outside its own folder: {}",
            differ.join(", ")
        ))
    }
}
