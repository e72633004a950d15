//! `cargo xtask bench`: what was promised, beside what was reached.

use crate::Outcome;
use crate::workspace::Workspace;

/// Runs the benchmarks of the workspace, optimised; `names` choose among them.
pub fn bench(workspace: &Workspace, names: &[String]) -> Outcome {
    // A speed of an unoptimised program says nothing.
    workspace
        .cargo()
        .arguments(["bench", "--quiet", "--workspace", "--benches", "--"])
        .arguments(names)
        .run()
}
