//! `cargo xtask dev`: the program while one works on it.
//!
//! The Tauri CLI serves the interface from its sources, so that a change is seen at once, and builds and starts
//! the program again when Rust sources change (`.taurignore` says which do not count).

use std::process::Stdio;

use crate::build::build;
use crate::outcome::Outcome;
use crate::process::Tool;
use crate::run::VirtualDisplay;
use crate::setup::{self, Purpose};
use crate::workspace::{Program, Workspace};

/// Where the interface is served; the same as in `ui/vite.config.ts`.
const INTERFACE: &str = "http://localhost:5173";

/// Serves, builds, opens and watches until it is interrupted.
pub fn dev(workspace: &Workspace, demo: bool) -> Outcome {
    setup::setup(workspace, Purpose::Run)?;
    if demo {
        build(workspace, &[Program::Simulator], false)?;
    }
    // Given here and not in tauri.conf.json: a program that was built without a server must not look for one.
    // The folders of the packages that the shell depends on are watched in any case.
    let configuration = format!(
        r#"{{ "build": {{
            "devUrl": "{INTERFACE}",
            "beforeDevCommand": {{ "script": "npm run --silent dev", "cwd": "ui" }},
            "additionalWatchFolders": ["src-tauri/src"]
        }} }}"#
    );
    let mut tauri = Tool::new(workspace.interface_tool("tauri"))
        .folder(&workspace.root)
        .arguments(["dev", "--config", &configuration]);
    if demo {
        tauri = tauri.arguments(["--", "--", "--demo"]);
    }
    if setup::has_display() {
        return tauri.run_guarded();
    }
    let display = VirtualDisplay::start()?;
    let picture = workspace.target.join("flotilla.png");
    let mut running = display.open(tauri).start(Stdio::inherit())?;
    display.photograph(&mut running, &picture)?;
    println!(
        "There is no display here, so Flotilla runs on a virtual one ({}). A picture of its window is at {}\n\
         It keeps on until you press Ctrl-C.",
        display.name,
        picture.display()
    );
    let status = running
        .wait()
        .map_err(|error| format!("The Tauri CLI cannot be waited for: {error}"))?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("The Tauri CLI ended with {status}."))
    }
}
