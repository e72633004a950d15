//! Tests that Node runs: the pages in a browser, and the window.

use crate::build::build;
use crate::outcome::Outcome;
use crate::process::Tool;
use crate::run::{VirtualDisplay, build_interface};
use crate::verdict::Verdict;
use crate::workspace::{Program, Workspace};

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
