//! The crates of this workspace: where they stand, and who may use whom.
//!
//! `dependencies` asks cargo what is really built into what. Here it is what a person writes: a line of a `Cargo.toml`
//! and a name in a source, so that a wrong direction is named where it was taken.

use super::rust::tokens;
use super::{Finding, Source};

/// A crate of ours and the crates of ours that it may use outside its tests.
struct Place {
    name: &'static str,
    /// From the root of the repository, with `/` at the end; empty for the root itself.
    folder: &'static str,
    may_use: &'static [&'static str],
}

/// `connectors ← kernel ← core ← {shell, server, cli}`, `documents ← core`, `licences ← {core, cli, simulator}`; the
/// simulator stands apart from all others.
const PLACES: &[Place] = &[
    Place {
        name: "flotilla-connectors",
        folder: "src-tauri/connectors/",
        may_use: &[],
    },
    Place {
        name: "flotilla-documents",
        folder: "src-tauri/documents/",
        may_use: &[],
    },
    Place {
        name: "flotilla-licence-formats",
        folder: "src-tauri/licences/",
        may_use: &[],
    },
    Place {
        name: "flotilla-simulator",
        folder: "src-tauri/simulator/",
        may_use: &["flotilla-licence-formats"],
    },
    Place {
        name: "flotilla-kernel",
        folder: "src-tauri/kernel/",
        may_use: &["flotilla-connectors"],
    },
    Place {
        name: "flotilla-core",
        folder: "src-tauri/core/",
        may_use: &[
            "flotilla-kernel",
            "flotilla-connectors",
            "flotilla-documents",
            "flotilla-licence-formats",
        ],
    },
    Place {
        name: "flotilla-server",
        folder: "src-tauri/server/",
        may_use: &["flotilla-core", "flotilla-kernel", "flotilla-connectors"],
    },
    Place {
        name: "flotilla-cli",
        folder: "src-tauri/cli/",
        // The command line also starts the server.
        may_use: &[
            "flotilla-core",
            "flotilla-kernel",
            "flotilla-connectors",
            "flotilla-server",
            "flotilla-licence-formats",
        ],
    },
    Place {
        name: UNIFIER,
        folder: "src-tauri/workspace-hack/",
        may_use: &[],
    },
    Place {
        name: "xtask",
        folder: "src-tauri/xtask/",
        may_use: &[],
    },
    Place {
        name: SHELL,
        folder: "",
        may_use: &["flotilla-core", "flotilla-kernel", "flotilla-connectors"],
    },
];

/// Dependencies alone, so that every crate is built with the same features; all but xtask use it.
const UNIFIER: &str = "workspace-hack";

/// The only crate that knows Tauri.
const SHELL: &str = "flotilla";

const ORDER: &str = "connectors ← kernel ← core ← {shell, server, cli}, documents ← core, licences ← {core, cli, simulator}, \
                     and the simulator uses none of the others";

/// A crate that was found by its `Cargo.toml`.
pub struct Crate<'sources> {
    pub name: &'sources str,
    pub manifest: &'sources Source,
    /// As in [`Place`].
    pub folder: &'sources str,
}

impl Crate<'_> {
    /// The folder of its sources.
    pub fn sources(&self) -> String {
        if self.folder.is_empty() {
            "src-tauri/src/".to_owned()
        } else {
            format!("{}src/", self.folder)
        }
    }
}

/// Every crate of the workspace.
pub fn crates(sources: &[Source]) -> Vec<Crate<'_>> {
    sources
        .iter()
        .filter_map(|manifest| {
            let folder = manifest.name.strip_suffix("Cargo.toml")?;
            let ours = folder.is_empty() || (folder.starts_with("src-tauri/") && folder.ends_with('/'));
            let name = entries(&manifest.text)
                .find(|entry| entry.section == "package" && entry.key == "name")?
                .value
                .trim_matches('"');
            ours.then_some(Crate {
                name,
                manifest,
                folder,
            })
        })
        .collect()
}

/// Looks at what manifests ask for and at what sources name.
pub fn check(sources: &[Source]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for found in crates(sources) {
        let Some(place) = PLACES
            .iter()
            .find(|place| place.name == found.name && place.folder == found.folder)
        else {
            findings.push(Finding::new(
                &found.manifest.name,
                format!(
                    "{} has no place in the order of crates; give it one in xtask/src/tidy/crates.rs",
                    found.name
                ),
            ));
            continue;
        };
        asked(&found, place, &mut findings);
        let folder = found.sources();
        for source in sources {
            if source.name.starts_with(&folder) && source.name.ends_with(".rs") {
                named(source, place, &mut findings);
            }
        }
    }
    findings
}

fn asked(found: &Crate<'_>, place: &Place, findings: &mut Vec<Finding>) {
    for entry in entries(&found.manifest.text) {
        let Some(name) = entry.dependency() else { continue };
        if let Some(reason) = forbidden(place, name) {
            findings.push(Finding::at(
                &found.manifest.name,
                entry.line,
                format!("asks for {name}: {reason}"),
            ));
        }
    }
}

fn named(source: &Source, place: &Place, findings: &mut Vec<Finding>) {
    let file = source.file();
    let code = &source.parts().code;
    // Only a file that has the name at all is looked through for its line.
    for other in PLACES
        .iter()
        .map(|other| other.name.replace('-', "_"))
        .chain(["tauri".to_owned()])
    {
        let package = other.replace('_', "-");
        let Some(reason) =
            forbidden(place, &package).filter(|_| package != "xtask" && file.names.contains(&other))
        else {
            continue;
        };
        let all = tokens(code);
        let used = all.iter().enumerate().find(|(at, token)| {
            token.text == other
                && !file.is_test(token.line)
                && all
                    .get(at + 1)
                    .is_some_and(|next| matches!(next.text, "::" | ";" | "as"))
                && at
                    .checked_sub(1)
                    .is_none_or(|before| !matches!(all[before].text, "::" | "."))
        });
        if let Some((_, token)) = used {
            findings.push(Finding::at(
                &source.name,
                token.line,
                format!("uses {package}: {reason}"),
            ));
        }
    }
}

/// Why this crate may not use that one, if it may not.
fn forbidden(place: &Place, name: &str) -> Option<String> {
    if name == place.name || name == UNIFIER && place.name != "xtask" {
        return None;
    }
    if name == "tauri" || name.starts_with("tauri-") {
        return (place.name != SHELL).then(|| "only the shell knows Tauri".to_owned());
    }
    let is_ours = PLACES.iter().any(|other| other.name == name) || name.starts_with("flotilla-");
    (is_ours && !place.may_use.contains(&name)).then(|| format!("dependencies point one way: {ORDER}"))
}

/// One `key = value` of a manifest.
pub struct Entry<'text> {
    pub section: &'text str,
    pub key: &'text str,
    pub value: &'text str,
    pub line: usize,
}

impl<'text> Entry<'text> {
    /// The package that this line asks for outside tests, if it does.
    fn dependency(&self) -> Option<&'text str> {
        let (table, named) = match self.section.split_once("dependencies") {
            Some((table, named)) if !table.ends_with("dev-") && !table.starts_with("workspace") => {
                (table, named)
            }
            _ => return None,
        };
        let is_table = table.is_empty() || table == "build-" || table.starts_with("target.");
        let renamed = self
            .value
            .split_once("package = \"")
            .and_then(|(_, rest)| rest.split('"').next());
        match (is_table, named.strip_prefix('.')) {
            (false, _) => None,
            // [dependencies.flotilla-core]
            (true, Some(name)) => match self.key {
                "package" => Some(self.value.trim_matches('"')),
                "workspace" | "path" | "version" => Some(name.trim_matches('"')),
                _ => None,
            },
            // flotilla-core.workspace = true
            (true, None) => Some(renamed.unwrap_or_else(|| self.key.split('.').next().unwrap_or_default())),
        }
    }
}

/// The entries of a manifest, line by line; of what spans lines only the first.
pub fn entries(manifest: &str) -> impl Iterator<Item = Entry<'_>> {
    let mut section = "";
    manifest.lines().enumerate().filter_map(move |(number, line)| {
        let line = line.trim();
        if let Some(name) = line.strip_prefix('[') {
            section = name.trim_matches(['[', ']']);
            return None;
        }
        let (key, value) = line.split_once('=').filter(|_| !line.starts_with('#'))?;
        Some(Entry {
            section,
            key: key.trim(),
            value: value.trim(),
            line: number + 1,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::super::scratch::{Scratch, broken};

    /// Dependencies point one way: a manifest that asks upwards is named with its line.
    #[test]
    fn a_manifest_asks_upwards() {
        for (crate_name, name, reason) in [
            ("kernel", "flotilla-core", "connectors ← kernel ← core"),
            ("connectors", "flotilla-kernel", "connectors ← kernel ← core"),
            ("core", "flotilla-server", "connectors ← kernel ← core"),
            ("simulator", "flotilla-kernel", "the simulator uses none"),
            ("server", "tauri", "only the shell knows Tauri"),
        ] {
            let file = format!("src-tauri/{crate_name}/Cargo.toml");
            let findings = broken(
                &file,
                "[dependencies]\n",
                &format!("[dependencies]\n{name}.workspace = true\n"),
            );
            assert_eq!(findings.len(), 1, "{findings:?}");
            assert!(
                findings[0].starts_with(&format!("{file}:8: asks for {name}: ")),
                "{findings:?}"
            );
            assert!(findings[0].contains(reason), "{findings:?}");
        }
    }

    /// Neither another name, nor a table of its own, nor a platform hides it; what only tests need is free.
    #[test]
    fn however_it_is_asked_for() {
        let file = "src-tauri/kernel/Cargo.toml";
        for (added, found) in [
            ("core = { package = \"flotilla-core\", path = \"../core\" }\n", 1),
            ("[build-dependencies]\nflotilla-core.workspace = true\n", 1),
            (
                "[dependencies.flotilla-core]\nworkspace = true\nfeatures = [\"x\"]\n",
                1,
            ),
            (
                "[target.'cfg(unix)'.dependencies]\nflotilla-core.workspace = true\n",
                1,
            ),
            ("[dev-dependencies]\nflotilla-simulator.workspace = true\n", 0),
        ] {
            let findings = broken(file, "[dependencies]\n", &format!("[dependencies]\n{added}"));
            assert_eq!(findings.len(), found, "{added}: {findings:?}");
        }
    }

    /// A source that names what lies above is named with its line; its tests may.
    #[test]
    fn a_source_names_what_is_above() {
        let file = "src-tauri/kernel/src/error.rs";
        let findings = broken(
            file,
            "//! Errors.\n",
            "//! Errors.\nuse flotilla_core::accounts;\n",
        );
        assert_eq!(findings.len(), 1, "{findings:?}");
        assert!(
            findings[0].starts_with(&format!("{file}:2: uses flotilla-core: ")),
            "{findings:?}"
        );
        let findings = broken(
            file,
            "//! Errors.\n",
            "//! Errors.\n// flotilla_core::accounts\n#[cfg(test)]\nuse flotilla_core::accounts;\n",
        );
        assert_eq!(findings, Vec::<String>::new());
        let findings = broken(
            "src-tauri/core/src/composition.rs",
            "//! Composition.\n",
            "//! Composition.\nfn window() { tauri::Builder::default(); }\n",
        );
        assert_eq!(findings.len(), 1, "{findings:?}");
        assert!(findings[0].contains("only the shell knows Tauri"), "{findings:?}");
    }

    /// A crate that nobody gave a place is named.
    #[test]
    fn a_crate_without_a_place() {
        let mut scratch = Scratch::new();
        scratch.write(
            "src-tauri/extra/Cargo.toml",
            "[package]\nname = \"flotilla-extra\"\n\n[lints]\nworkspace = true\n",
        );
        let findings = scratch.findings();
        assert_eq!(findings.len(), 1, "{findings:?}");
        assert!(
            findings[0].starts_with("src-tauri/extra/Cargo.toml: flotilla-extra has no place"),
            "{findings:?}"
        );
    }
}
