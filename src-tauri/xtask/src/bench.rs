//! `cargo xtask bench`: what was promised, beside what was reached.

use crate::build::build;
use crate::outcome::Outcome;
use crate::run::{VirtualDisplay, build_interface};
use crate::setup::{self, Purpose};
use crate::workspace::{Program, Workspace};

/// Runs the benchmarks of the workspace, optimised, with a window on a display of its own where there is none;
/// `names` choose among the promises.
pub fn bench(workspace: &Workspace, names: &[String]) -> Outcome {
    // Some are measured in the window and in a browser, which are driven as tests drive them.
    setup::setup(workspace, Purpose::Test)?;
    build_interface(workspace)?;
    // A speed of an unoptimised program says nothing.
    build(workspace, &[Program::Desktop], true)?;
    let benchmarks = workspace
        .cargo()
        .arguments(["bench", "--quiet", "--workspace", "--bench", "promises", "--"])
        .arguments(names)
        .variable("FLOTILLA_PROGRAM", workspace.built(Program::Desktop, true));
    if setup::has_display() {
        return benchmarks.run_guarded();
    }
    let display = VirtualDisplay::start()?;
    display.open(benchmarks).run_guarded()
}
