//! One set of features for every selection of packages (PERF-20).
//!
//! Cargo unifies the features of dependencies over the packages that are selected, so that each selection compiles
//! the same crates again with other features. The package `workspace-hack` asks for what the whole workspace asks
//! for, wherever a package alone would ask for less, and every package depends on it. `cargo xtask features` writes
//! it; `cargo xtask tidy` proves that it is enough, and not more.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::thread;

use crate::json;
use crate::outcome::Outcome;
use crate::workspace::Workspace;

/// The package that unifies.
const UNIFIER: &str = "workspace-hack";

/// Its manifest.
const MANIFEST: &str = "src-tauri/workspace-hack/Cargo.toml";

/// The systems that Flotilla is made for, and how a manifest names them.
const SYSTEMS: &[(&str, &str)] = &[
    ("x86_64-unknown-linux-gnu", "cfg(target_os = \"linux\")"),
    ("x86_64-pc-windows-msvc", "cfg(windows)"),
    ("aarch64-apple-darwin", "cfg(target_os = \"macos\")"),
];

/// What a crate is compiled for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Side {
    /// The programs.
    Target,
    /// Build scripts and macros, which run while it is built.
    Host,
}

/// A crate, its version, and what it is compiled for.
type Key = (String, String, Side);

/// What a selection of packages compiles.
#[derive(Default)]
struct Compiled {
    /// The features of each third-party crate.
    features: BTreeMap<Key, BTreeSet<String>>,
    /// The crates that somebody besides the unifier asks for.
    wanted: BTreeSet<Key>,
}

/// Proves that no package alone compiles a third-party crate with other features than the workspace does.
pub fn check(workspace: &Workspace) -> Outcome {
    let system = host_system(workspace)?;
    let (whole, parts) = everything(workspace, &system)?;
    let mut findings: Vec<String> = missing(&whole, &parts)
        .into_iter()
        .map(|((name, version, _), _)| format!("{name} {version} is compiled with different features"))
        .collect();
    findings.extend(
        whole
            .features
            .keys()
            .filter(|key| !whole.wanted.contains(*key))
            .map(|(name, version, _)| format!("{name} {version} is asked for by {UNIFIER} alone")),
    );
    findings.dedup();
    if findings.is_empty() {
        return Ok(());
    }
    Err(format!(
        "{MANIFEST} is not up to date; run `cargo xtask features`.\n{}",
        findings.join("\n")
    ))
}

/// Writes the manifest of the package that unifies.
pub fn write(workspace: &Workspace) -> Outcome {
    let mut entries: Vec<BTreeMap<Key, BTreeSet<String>>> = vec![BTreeMap::new(); SYSTEMS.len()];
    save(workspace, &entries)?;
    // What is unified brings dependencies of its own; they are looked at in the next round.
    loop {
        let mut grown = false;
        for ((system, _), entries) in SYSTEMS.iter().zip(&mut entries) {
            let (whole, parts) = everything(workspace, system)?;
            for (key, features) in missing(&whole, &parts) {
                grown |= entries.insert(key, features.clone()).as_ref() != Some(&features);
            }
        }
        if !grown {
            return Ok(());
        }
        save(workspace, &entries)?;
    }
}

/// The workspace as a whole with its tests, and every other selection: without its tests, and each package alone.
fn everything(workspace: &Workspace, system: &str) -> Outcome<(Compiled, Vec<Compiled>)> {
    const WITH_TESTS: &str = "normal,build,dev";
    const WITHOUT: &str = "normal,build";
    let members = members(workspace)?;
    let mut selections = vec![(vec!["--workspace"], WITH_TESTS), (vec!["--workspace"], WITHOUT)];
    for member in &members {
        selections.push((vec!["--package", member], WITH_TESTS));
        selections.push((vec!["--package", member], WITHOUT));
    }
    // Cargo mostly waits for the disk.
    let answers: Vec<Outcome<Compiled>> = thread::scope(|scope| {
        let asked: Vec<_> = selections
            .iter()
            .map(|(selection, edges)| scope.spawn(|| compiled(workspace, system, selection, edges, &members)))
            .collect();
        asked
            .into_iter()
            .map(|answer| {
                answer
                    .join()
                    .unwrap_or_else(|_| Err("`cargo tree` could not be read.".to_owned()))
            })
            .collect()
    });
    let mut answers = answers.into_iter().collect::<Outcome<Vec<_>>>()?;
    let parts = answers.split_off(1);
    let whole = answers
        .pop()
        .ok_or_else(|| "The workspace has no packages.".to_owned())?;
    Ok((whole, parts))
}

/// The crates that a selection compiles with other features than the whole does, with the features of the whole.
fn missing(whole: &Compiled, parts: &[Compiled]) -> BTreeMap<Key, BTreeSet<String>> {
    parts
        .iter()
        .flat_map(|part| &part.features)
        .filter_map(|(key, alone)| {
            let together = whole.features.get(key)?;
            (together != alone).then(|| (key.clone(), together.clone()))
        })
        .collect()
}

fn members(workspace: &Workspace) -> Outcome<Vec<String>> {
    let metadata = json::metadata(workspace, &["--no-deps"])?;
    Ok(json::list(&metadata, "packages")
        .map(|package| json::text(package, "name").to_owned())
        .collect())
}

/// The name that the compiler has for this system.
fn host_system(workspace: &Workspace) -> Outcome<String> {
    let version = workspace.cargo().arguments(["--version", "--verbose"]).output()?;
    version
        .lines()
        .find_map(|line| line.strip_prefix("host: "))
        .map(str::to_owned)
        .ok_or_else(|| "`cargo --version --verbose` does not name this system.".to_owned())
}

fn compiled(
    workspace: &Workspace,
    system: &str,
    selection: &[&str],
    edges: &str,
    members: &[String],
) -> Outcome<Compiled> {
    let tree = workspace
        .cargo()
        .argument("tree")
        .arguments(selection)
        .arguments(["--edges", edges, "--target", system])
        .arguments(["--charset", "ascii", "--format", "{p} [{f}]"])
        .output()?;
    Ok(read(&tree, members))
}

/// Reads what `cargo tree` draws.
fn read(tree: &str, members: &[String]) -> Compiled {
    let mut found = Compiled::default();
    // For each depth: the crate above, its side, and whether its build dependencies are being listed.
    let mut above: Vec<(&str, Side, bool)> = Vec::new();
    for line in tree.lines() {
        let text = line.trim_start_matches(['|', '`', '-', ' ']);
        let depth = (line.len() - text.len()) / 4;
        if let Some(heading) = text.strip_prefix('[') {
            if let Some(parent) = above.get_mut(depth) {
                parent.2 = heading.starts_with("build-");
            }
            continue;
        }
        let Some((package, features)) = text
            .split_once(" [")
            .and_then(|(package, rest)| Some((package, rest.rsplit_once(']')?.0)))
        else {
            continue;
        };
        let mut words = package.split(' ');
        let (Some(name), Some(version)) = (words.next(), words.next()) else {
            continue;
        };
        above.truncate(depth);
        let parent = above.last().copied();
        let side = match parent {
            Some((_, Side::Host, _) | (_, _, true)) => Side::Host,
            _ if package.ends_with("(proc-macro)") => Side::Host,
            _ => Side::Target,
        };
        above.push((name, side, false));
        if members.iter().any(|member| member == name) {
            continue;
        }
        let key = (name.to_owned(), version.trim_start_matches('v').to_owned(), side);
        if parent.is_some_and(|(name, ..)| name != UNIFIER) {
            found.wanted.insert(key.clone());
        }
        let features = features
            .split(',')
            .filter(|name| !name.is_empty())
            .map(str::to_owned);
        found.features.entry(key).or_default().extend(features);
    }
    found
}

/// Writes the manifest.
fn save(workspace: &Workspace, entries: &[BTreeMap<Key, BTreeSet<String>>]) -> Outcome {
    let mut text = format!(
        "# Written by `cargo xtask features`: the features that the whole workspace asks for, so that each package\n\
         # alone is built with them as well (PERF-20).\n\
         [package]\nname = \"{UNIFIER}\"\nversion.workspace = true\nedition.workspace = true\n\
         rust-version.workspace = true\nlicense.workspace = true\npublish.workspace = true\n\n[lints]\nworkspace = true\n"
    );
    let everywhere: BTreeMap<&Key, &BTreeSet<String>> = entries
        .first()
        .into_iter()
        .flatten()
        .filter(|(key, features)| entries.iter().all(|other| other.get(*key) == Some(features)))
        .collect();
    section(
        &mut text,
        "",
        everywhere.iter().map(|(key, features)| (*key, *features)),
    );
    for ((_, name), entries) in SYSTEMS.iter().zip(entries) {
        let only_here = entries.iter().filter(|(key, _)| !everywhere.contains_key(key));
        section(&mut text, &format!("target.'{name}'."), only_here);
    }
    std::fs::write(workspace.root.join(MANIFEST), text)
        .map_err(|error| format!("{MANIFEST} cannot be written: {error}"))
}

fn section<'entries>(
    text: &mut String,
    prefix: &str,
    entries: impl Iterator<Item = (&'entries Key, &'entries BTreeSet<String>)> + Clone,
) {
    for (side, table) in [(Side::Target, "dependencies"), (Side::Host, "build-dependencies")] {
        let lines: Vec<String> = entries
            .clone()
            .filter(|((_, _, of), _)| *of == side)
            .map(|((name, version, _), features)| line(name, version, features))
            .collect();
        if !lines.is_empty() {
            let _ = write!(text, "\n[{prefix}{table}]\n{}\n", lines.join("\n"));
        }
    }
}

/// One dependency. Its key has the version in it: a crate may be there in two.
fn line(name: &str, version: &str, features: &BTreeSet<String>) -> String {
    let features: Vec<String> = features.iter().map(|feature| format!("\"{feature}\"")).collect();
    let (version, _) = version.split_once('+').unwrap_or((version, ""));
    let key = version.replace('.', "-");
    format!(
        "{name}_{key} = {{ package = \"{name}\", version = \"{version}\", default-features = false, features = [{}] }}",
        features.join(", ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What macros and build scripts are made of is another compilation than what programs are made of.
    #[test]
    fn sides_are_read_off_the_tree() {
        let tree = "ours v0.1.0 (/place) []\n\
                    |-- serde v1.0.0 [derive,std]\n\
                    |   `-- serde_derive v1.0.0 (proc-macro) []\n\
                    |       `-- syn v2.0.0 [full]\n\
                    |-- workspace-hack v0.1.0 (/hack) []\n\
                    |   `-- url v2.0.0 [std]\n\
                    |-- log v0.4.0 []\n\
                    |[build-dependencies]\n\
                    `-- cc v1.0.0 []\n\
                    \x20   `-- log v0.4.0 [std]\n";
        // A heading stands where its parent stands, as cargo draws it.
        let tree = tree.replace("|[build-dependencies]", "[build-dependencies]");
        let read = read(&tree, &["ours".to_owned(), UNIFIER.to_owned()]);
        let side = |name: &str| -> Vec<(Side, Vec<&str>)> {
            read.features
                .iter()
                .filter(|((found, ..), _)| found == name)
                .map(|((_, _, side), features)| (*side, features.iter().map(String::as_str).collect()))
                .collect()
        };
        assert_eq!(side("serde"), [(Side::Target, vec!["derive", "std"])]);
        assert_eq!(side("syn"), [(Side::Host, vec!["full"])]);
        assert_eq!(side("log"), [(Side::Target, vec![]), (Side::Host, vec!["std"])]);
        let unwanted: Vec<&Key> = read
            .features
            .keys()
            .filter(|key| !read.wanted.contains(*key))
            .collect();
        assert_eq!(unwanted, [&("url".to_owned(), "2.0.0".to_owned(), Side::Target)]);
    }

    /// Only what differs is unified, and to what the whole asks for.
    #[test]
    fn what_differs_is_unified() {
        let members = ["ours".to_owned()];
        let whole = read("ours v1\n|-- a v1.0.0 [x,y]\n`-- b v1.0.0 [x]\n", &members);
        let part = read("ours v1\n|-- a v1.0.0 [x]\n`-- b v1.0.0 [x]\n", &members);
        let missing = missing(&whole, &[part]);
        assert_eq!(missing.len(), 1);
        let ((name, version, _), features) = missing.first_key_value().expect("one differs");
        assert_eq!(
            line(name, version, features),
            "a_1-0-0 = { package = \"a\", version = \"1.0.0\", default-features = false, features = [\"x\", \"y\"] }"
        );
    }
}
