//! `cargo xtask icons`: every icon of the program, made from the one drawing.

use crate::outcome::Outcome;
use crate::process::Tool;
use crate::setup::{self, Purpose};
use crate::workspace::Workspace;

/// What the installers and the tray take; the Tauri CLI makes more than that, for shops and telephones.
const KEPT: &[&str] = &[
    "32x32.png",
    "128x128.png",
    "128x128@2x.png",
    "icon.png",
    "icon.icns",
    "icon.ico",
];

/// Makes `icons/*` from `icons/flotilla.svg`.
pub fn icons(workspace: &Workspace) -> Outcome {
    setup::setup(workspace, Purpose::Run)?;
    let icons = workspace.root.join("icons");
    let made = workspace.target.join("icons");
    if made.exists() {
        std::fs::remove_dir_all(&made)
            .map_err(|error| format!("{} cannot be emptied: {error}", made.display()))?;
    }
    Tool::new(workspace.interface_tool("tauri"))
        .folder(&workspace.root)
        .argument("icon")
        .argument(icons.join("flotilla.svg"))
        .argument("--output")
        .argument(&made)
        .output()?;
    for name in KEPT {
        std::fs::copy(made.join(name), icons.join(name)).map_err(|error| format!("icons/{name}: {error}"))?;
        println!("icons/{name}");
    }
    Ok(())
}
