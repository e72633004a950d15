//! `cargo xtask test`: everything that is checked before a change lands, in stages.

use std::time::{Duration, Instant};

use crate::process::{Tool, find_program};
use crate::run::{build_interface, shell_for_tests};
use crate::setup::{self, Purpose};
use crate::workspace::Workspace;
use crate::{Outcome, tidy, types};

/// What became of a stage.
enum Verdict {
    Passed,
    Failed(String),
    /// Cannot be had here; says why.
    Skipped(String),
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

/// Runs the stages whose group or name is among `names`, or all, and sums up.
pub fn test(workspace: &Workspace, names: &[String]) -> Outcome {
    for name in names {
        if !STAGES
            .iter()
            .any(|stage| stage.group == name || stage.name == name)
        {
            let known: Vec<String> = STAGES
                .iter()
                .map(|stage| format!("{} ({})", stage.name, stage.group))
                .collect();
            return Err(format!(
                "There is no stage `{name}`. There are: {}",
                known.join(", ")
            ));
        }
    }
    let chosen = |stage: &&Stage| {
        names.is_empty() || names.iter().any(|name| stage.group == name || stage.name == name)
    };
    setup::setup(workspace, Purpose::Test)?;

    // What is there before and not after, or the other way round, was written by a test outside its folder.
    let before = state_of_the_tree(workspace)?;
    let mut results: Vec<(&Stage, Duration, Verdict)> = Vec::new();
    for stage in STAGES.iter().filter(chosen) {
        println!("\n── {}: {}", stage.group, stage.name);
        let begun = Instant::now();
        let verdict = (stage.check)(workspace);
        if let Verdict::Failed(message) = &verdict {
            eprintln!("{message}");
        }
        results.push((stage, begun.elapsed(), verdict));
    }
    let outside = Stage {
        group: "tidy",
        name: "outside",
        check: |_| Verdict::Passed,
    };
    let after = state_of_the_tree(workspace)?;
    results.push((&outside, Duration::ZERO, untouched(&before, &after)));
    summary(&results)
}

fn summary(results: &[(&Stage, Duration, Verdict)]) -> Outcome {
    println!("\n── Summary");
    let (mut passed, mut failed, mut skipped) = (0_usize, Vec::new(), 0_usize);
    for (stage, time, verdict) in results {
        let word = match verdict {
            Verdict::Passed => {
                passed += 1;
                "passed".to_owned()
            }
            Verdict::Failed(message) => {
                failed.push(stage.name);
                format!("FAILED   {}", message.lines().next().unwrap_or_default())
            }
            Verdict::Skipped(reason) => {
                skipped += 1;
                format!("skipped  {reason}")
            }
        };
        println!(
            "{:>8} {:<13} {:>6.1} s  {word}",
            stage.group,
            stage.name,
            time.as_secs_f64()
        );
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

/// SEC-06: known weaknesses, where the program that knows them is installed. Licences and TLS stacks are
/// looked at by `tidy` in any case.
fn advisories(workspace: &Workspace) -> Verdict {
    if find_program("cargo-deny").is_none() {
        return Verdict::Skipped(
            "cargo-deny is not installed; tidy has looked at licences and TLS stacks".to_owned(),
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
    let cargo = workspace.cargo();
    if find_program("cargo-nextest").is_some() {
        cargo
            .arguments(["nextest", "run", "--workspace", "--cargo-quiet"])
            .run()
            .into()
    } else {
        cargo
            .arguments(["test", "--workspace", "--quiet", "--lib", "--bins", "--tests"])
            .run()
            .into()
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
    let prepared = build_interface(workspace).and_then(|()| {
        workspace
            .cargo()
            .arguments([
                "build",
                "--quiet",
                "--package",
                "flotilla-cli",
                "--package",
                "flotilla-simulator",
                "--bins",
            ])
            .run()
    });
    if let Err(message) = prepared {
        return Verdict::Failed(message);
    }
    node_tests(workspace, "tests/web", |tool| {
        tool.variable("FLOTILLA_CLI", workspace.built("flotilla-cli", false))
            .variable("FLOTILLA_SIMULATOR", workspace.built("flotilla-simulator", false))
    })
}

/// The real window, driven as a person would.
fn window(workspace: &Workspace) -> Verdict {
    if !cfg!(target_os = "linux") {
        return Verdict::Skipped("a window can be driven by WebDriver on Linux only".to_owned());
    }
    let program = match shell_for_tests(workspace) {
        Ok(program) => program,
        Err(message) => return Verdict::Failed(message),
    };
    // It serves the shared workspace that the window joins.
    let cli = workspace
        .cargo()
        .arguments(["build", "--quiet", "--package", "flotilla-cli", "--bins"]);
    if let Err(message) = cli.run() {
        return Verdict::Failed(message);
    }
    // Always on a display of its own: a test must not depend on what else is on somebody's screen.
    let display = match crate::run::VirtualDisplay::start() {
        Ok(display) => display,
        Err(message) => return Verdict::Failed(message),
    };
    node_tests(workspace, "tests/desktop", |tool| {
        display
            .open(tool)
            .variable("FLOTILLA_PROGRAM", &program)
            .variable("FLOTILLA_CLI", workspace.built("flotilla-cli", false))
            .variable("FLOTILLA_PICTURES", workspace.target.join("pictures"))
    })
}

/// Runs every `*.test.mjs` of a folder with Node's own test runner.
fn node_tests(workspace: &Workspace, folder: &str, prepare: impl FnOnce(Tool) -> Tool) -> Verdict {
    let files = match workspace.files() {
        Ok(files) => files,
        Err(message) => return Verdict::Failed(message),
    };
    let mut tests: Vec<String> = files
        .into_iter()
        .filter(|name| {
            name.starts_with(&format!("{folder}/"))
                && (name.ends_with(".test.mjs") || name.ends_with(".test.js"))
        })
        .collect();
    tests.sort();
    if tests.is_empty() {
        return Verdict::Failed(format!("There is no test in {folder}."));
    }
    let node = Tool::new("node").folder(&workspace.root).arguments([
        "--test",
        "--test-concurrency=1",
        "--test-reporter=spec",
    ]);
    prepare(node).arguments(tests).run().into()
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
