//! `cargo xtask test`: everything that is checked before a change lands, in stages.

use std::time::{Duration, Instant};

use crate::build::{Program, build};
use crate::named::{self, Found};
use crate::process::{Tool, find_program};
use crate::run::{VirtualDisplay, build_interface};
use crate::setup::{self, Purpose};
use crate::workspace::Workspace;
use crate::{Outcome, features, tidy, types};

/// What became of a stage.
pub enum Verdict {
    /// It was checked, and it is right.
    Passed,
    /// It was checked, and it is not right; the first line says what.
    Failed(String),
    /// Something that it needs cannot be had here; says what. A failure on hosted runners, where nobody reads it.
    Skipped(String),
    /// It does not apply to this system; says why.
    Inapplicable(String),
}

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
        let verdict = on_this_machine(check(), std::env::var_os("GITHUB_ACTIONS").is_some());
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

/// A hosted runner installs what a stage needs, so that there a stage that could not run has failed.
fn on_this_machine(verdict: Verdict, hosted: bool) -> Verdict {
    match verdict {
        Verdict::Skipped(reason) if hosted => Verdict::Failed(format!("could not run: {reason}")),
        verdict => verdict,
    }
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

impl From<Outcome> for Verdict {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Ok(()) => Self::Passed,
            Err(message) => Self::Failed(message),
        }
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
        .arguments(["deny", "--all-features", "check", "--disable-fetch"])
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

/// Where the tests of the pages are.
pub const WEB: &str = "tests/web/";
/// Where the tests of the real window are.
pub const DESKTOP: &str = "tests/desktop/";

/// Runs these files of [`WEB`].
pub fn browser_tests(workspace: &Workspace, files: Vec<String>) -> Verdict {
    let prepared = build_interface(workspace)
        .and_then(|()| build(workspace, &[Program::CommandLine, Program::Simulator], false));
    if let Err(message) = prepared {
        return Verdict::Failed(message);
    }
    let node = node_tests(workspace, files)
        .variable("FLOTILLA_CLI", workspace.built(Program::CommandLine, false))
        .variable("FLOTILLA_SIMULATOR", workspace.built(Program::Simulator, false));
    node.run_guarded().into()
}

/// Runs these files of [`DESKTOP`].
pub fn window_tests(workspace: &Workspace, files: Vec<String>) -> Verdict {
    if !cfg!(target_os = "linux") {
        return Verdict::Inapplicable("a window can be driven by WebDriver on Linux only".to_owned());
    }
    let prepared = build_interface(workspace).and_then(|()| {
        // The command line serves the shared workspace that the window joins.
        build(
            workspace,
            &[Program::Desktop, Program::Simulator, Program::CommandLine],
            false,
        )
    });
    // Always on a display of its own: a test must not depend on what else is on somebody's screen.
    let display = match prepared.and_then(|()| VirtualDisplay::start()) {
        Ok(display) => display,
        Err(message) => return Verdict::Failed(message),
    };
    let node = display
        .open(node_tests(workspace, files))
        .variable("FLOTILLA_PROGRAM", workspace.built(Program::Desktop, false))
        .variable("FLOTILLA_CLI", workspace.built(Program::CommandLine, false))
        .variable("FLOTILLA_PICTURES", workspace.target.join("pictures"));
    node.run_guarded().into()
}

/// Every test file of a folder.
pub fn node_test_files(workspace: &Workspace, folder: &str) -> Outcome<Vec<String>> {
    let mut tests: Vec<String> = workspace
        .files()?
        .into_iter()
        .filter(|name| name.starts_with(folder) && name.ends_with(".test.mjs"))
        .collect();
    tests.sort();
    if tests.is_empty() {
        return Err(format!("There is no test in {folder}."));
    }
    Ok(tests)
}

/// Node's own test runner, for these files.
fn node_tests(workspace: &Workspace, files: Vec<String>) -> Tool {
    Tool::new("node")
        .folder(&workspace.root)
        .arguments(["--test", "--test-concurrency=1", "--test-reporter=spec"])
        .arguments(files)
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

#[cfg(test)]
mod tests {
    use super::*;

    /// SEC-06: on a hosted runner nobody reads that something was skipped.
    #[test]
    fn what_was_skipped_has_failed_on_a_hosted_runner() {
        let skipped = || Verdict::Skipped("no network".to_owned());
        assert!(matches!(on_this_machine(skipped(), false), Verdict::Skipped(_)));
        assert!(
            matches!(on_this_machine(skipped(), true), Verdict::Failed(reason) if reason.contains("no network"))
        );
        let inapplicable = Verdict::Inapplicable("another system".to_owned());
        assert!(matches!(
            on_this_machine(inapplicable, true),
            Verdict::Inapplicable(_)
        ));
    }
}
