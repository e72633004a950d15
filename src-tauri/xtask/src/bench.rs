//! `cargo xtask bench`: what was promised, beside what was reached.

use crate::build::build;
use crate::outcome::Outcome;
use crate::process::{Tool, find_program};
use crate::run::{VirtualDisplay, build_interface};
use crate::setup::{self, KEYCHAIN, Purpose, SESSION_BUS};
use crate::workspace::{Program, Workspace, cargo};

/// Runs the benchmarks of the workspace, optimised, with a window on a display of its own where there is none;
/// `names` choose among the promises.
pub fn bench(workspace: &Workspace, names: &[String]) -> Outcome {
    setup::setup(workspace, Purpose::Benchmark)?;
    build_interface(workspace)?;
    // A speed of an unoptimised program says nothing.
    build(workspace, &[Program::Desktop], true)?;
    let benchmarks = program(workspace)
        .folder(&workspace.root)
        .arguments(["bench", "--quiet", "--workspace", "--bench", "promises", "--"])
        .arguments(names)
        .variable("FLOTILLA_PROGRAM", workspace.built(Program::Desktop, true));
    if setup::has_display() {
        return benchmarks.run_guarded();
    }
    let display = VirtualDisplay::start()?;
    display.open(benchmarks).run_guarded()
}

/// Starts a keychain that is open, then the program that is named after it; both end with the session's message bus.
const WITH_KEYCHAIN: &str =
    r#"printf bench | gnome-keyring-daemon --unlock --components=secrets >/dev/null && exec "$@""#;

/// `cargo`, with a keychain of its own where one can be started (PERF-01): what a person's own keychain holds is left alone.
fn program(workspace: &Workspace) -> Tool {
    if [KEYCHAIN, SESSION_BUS]
        .iter()
        .any(|name| find_program(name).is_none())
    {
        println!("There is no {KEYCHAIN} here: the database is opened by its password, which takes longer.");
        return workspace.cargo();
    }
    Tool::new(SESSION_BUS)
        .arguments(["--", "sh", "-c", WITH_KEYCHAIN, "sh"])
        .argument(cargo())
        .variable("XDG_DATA_HOME", workspace.target.join("keychain"))
        .variable("FLOTILLA_BENCH_KEYCHAIN", "yes")
}
