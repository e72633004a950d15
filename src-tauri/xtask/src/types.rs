//! `cargo xtask types`: the TypeScript that is made from the Rust types of the wire.

use std::collections::BTreeMap;
use std::path::Path;

use crate::build::with_progress;
use crate::outcome::Outcome;
use crate::process::Tool;
use crate::workspace::Workspace;

/// What to do with the generated files.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Write them to `ui/src/wire`.
    Write,
    /// Complain where those in `ui/src/wire` are not what would be written.
    Compare,
}

/// Where the generated files belong.
const PLACE: &str = "ui/src/wire";

/// The example of the core that writes them.
const EXPORT: &str = "export_types";

/// How every generated file begins.
const MADE: &str = "// Generated";

/// Makes the files, and writes or compares them.
pub fn types(workspace: &Workspace, mode: Mode) -> Outcome {
    // Made beside, then compared: so a file whose type is gone is found as well.
    let fresh = workspace.target.join("wire-types");
    if fresh.exists() {
        std::fs::remove_dir_all(&fresh)
            .map_err(|error| format!("{} cannot be emptied: {error}", fresh.display()))?;
    }
    std::fs::create_dir_all(&fresh)
        .map_err(|error| format!("{} cannot be made: {error}", fresh.display()))?;
    with_progress(
        workspace
            .cargo()
            .arguments(["build", "--workspace", "--example", EXPORT]),
    )?;
    let export = format!("{EXPORT}{}", std::env::consts::EXE_SUFFIX);
    Tool::new(workspace.target.join("debug").join("examples").join(export))
        .argument(&fresh)
        .run()?;
    let made = read_all(&fresh)?;
    if made.is_empty() {
        return Err("The export of the wire's types wrote nothing.".to_owned());
    }
    let place = workspace.root.join(PLACE);
    let kept = if place.exists() {
        read_all(&place)?
    } else {
        BTreeMap::new()
    };
    match mode {
        Mode::Compare => compare(&made, &kept),
        Mode::Write => {
            for name in kept.keys().filter(|name| !made.contains_key(*name)) {
                let file = place.join(name);
                std::fs::remove_file(&file).map_err(|error| format!("{} stays: {error}", file.display()))?;
            }
            for (name, text) in made.iter().filter(|(name, text)| kept.get(*name) != Some(text)) {
                let file = place.join(name);
                if let Some(folder) = file.parent() {
                    std::fs::create_dir_all(folder)
                        .map_err(|error| format!("{} cannot be made: {error}", folder.display()))?;
                }
                std::fs::write(&file, text)
                    .map_err(|error| format!("{} cannot be written: {error}", file.display()))?;
                println!("{PLACE}/{name}");
            }
            Ok(())
        }
    }
}

fn compare(made: &BTreeMap<String, Vec<u8>>, kept: &BTreeMap<String, Vec<u8>>) -> Outcome {
    let mut stale: Vec<&str> = made
        .iter()
        .filter(|(name, text)| kept.get(*name) != Some(text))
        .map(|(name, _)| name.as_str())
        .chain(
            kept.keys()
                .filter(|name| !made.contains_key(*name))
                .map(String::as_str),
        )
        .collect();
    stale.sort_unstable();
    if stale.is_empty() {
        return Ok(());
    }
    Err(format!(
        "{PLACE} is not what the Rust types say; run `cargo xtask types`. It differs in: {}",
        stale.join(", ")
    ))
}

fn read_all(folder: &Path) -> Outcome<BTreeMap<String, Vec<u8>>> {
    let mut found = BTreeMap::new();
    let mut waiting = vec![folder.to_path_buf()];
    while let Some(next) = waiting.pop() {
        let entries = std::fs::read_dir(&next)
            .map_err(|error| format!("{} cannot be read: {error}", next.display()))?;
        for entry in entries {
            let path = entry
                .map_err(|error| format!("{} cannot be read: {error}", next.display()))?
                .path();
            if path.is_dir() {
                waiting.push(path);
            } else {
                let name = path
                    .strip_prefix(folder)
                    .unwrap_or(&path)
                    .to_string_lossy()
                    .replace('\\', "/");
                let text = std::fs::read(&path)
                    .map_err(|error| format!("{} cannot be read: {error}", path.display()))?;
                // A file without this first line was written by hand and is none of ours.
                if text.starts_with(MADE.as_bytes()) {
                    found.insert(name, text);
                }
            }
        }
    }
    Ok(found)
}
