//! Who may depend on whom, under which licences, and with how many TLS stacks (SEC-06).

use std::collections::{BTreeMap, BTreeSet};

use tinyjson::JsonValue;

use super::Finding;
use crate::json::{self, list, member, text};
use crate::outcome::Outcome;
use crate::workspace::Workspace;

/// A crate that must never be reached from another, and why.
struct Wall {
    from: &'static str,
    never: &'static [&'static str],
    because: &'static str,
}

const WALLS: &[Wall] = &[
    Wall {
        from: "flotilla-core",
        never: &[
            "tauri",
            "wry",
            "axum",
            "axum-server",
            "flotilla",
            "flotilla-server",
            "flotilla-cli",
        ],
        because: "the core is the program; it knows no window and no HTTP server, so that all three hosts are thin",
    },
    Wall {
        from: "flotilla-kernel",
        never: &[
            "tauri",
            "wry",
            "axum",
            "axum-server",
            "flotilla",
            "flotilla-core",
            "flotilla-server",
            "flotilla-cli",
        ],
        because: "the kernel is what every feature stands on; it knows no feature and no host",
    },
    Wall {
        from: "flotilla-connectors",
        never: &[
            "sqlx",
            "sqlx-core",
            "libsqlite3-sys",
            "flotilla-kernel",
            "flotilla-core",
            "tauri",
            "axum",
        ],
        because: "connectors speak protocols and know no database",
    },
    Wall {
        from: "flotilla-licence-formats",
        never: &[
            "sqlx",
            "sqlx-core",
            "libsqlite3-sys",
            "flotilla-kernel",
            "flotilla-core",
            "flotilla-connectors",
            "tauri",
            "axum",
        ],
        because: "the formats of licences are pure: no database, no network, no file",
    },
    Wall {
        from: "flotilla-simulator",
        never: &[
            "flotilla-kernel",
            "flotilla-core",
            "flotilla-connectors",
            "tauri",
            "sqlx",
        ],
        because: "the simulator is written apart, so that it cannot share a mistake with what it tests",
    },
    Wall {
        from: "flotilla-server",
        never: &["tauri", "wry", "flotilla", "flotilla-cli"],
        because: "hosts do not know one another",
    },
    Wall {
        from: "flotilla-cli",
        never: &["tauri", "wry", "flotilla"],
        because: "the command line runs where there is no window",
    },
];

/// Crates only one crate may name itself, because only it may do what they do.
const RESERVED: &[(&str, &[&str])] = &[
    ("tauri", &["flotilla"]),
    ("rfd", &["flotilla"]),
    ("sqlx", &["flotilla-kernel", "flotilla-core"]),
    ("libsqlite3-sys", &["flotilla-kernel"]),
    ("keyring", &["flotilla-core"]),
    ("axum", &["flotilla-server"]),
];

/// Crates that would be a second TLS stack, or a second set of cryptography beneath it.
const OTHER_TLS: &[&str] = &["native-tls", "openssl", "boring", "ring", "mbedtls", "s2n-tls"];

/// Crates of which two versions would be two stacks.
const ONLY_ONE: &[&str] = &[
    "rustls",
    "aws-lc-rs",
    "rustls-webpki",
    "tokio-rustls",
    "hyper",
    "reqwest",
    "tokio",
    "libsqlite3-sys",
];

/// Licences under which a part may be delivered with Flotilla.
const LICENCES: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "MIT-0",
    "MPL-2.0",
    "OpenSSL",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
    "LicenseRef-Flotilla",
    "Apache-2.0 WITH LLVM-exception",
];

/// Looks at what cargo says the workspace is made of.
pub fn check(workspace: &Workspace) -> Outcome<Vec<Finding>> {
    let metadata = json::metadata(workspace, &["--locked"])?;
    // The metadata also shows what only a feature that is off would bring; the tree shows what is built.
    let tree = workspace
        .cargo()
        .arguments([
            "tree",
            "--workspace",
            "--locked",
            "--target",
            "all",
            "--edges",
            "no-dev",
        ])
        .arguments(["--prefix", "none", "--format", "{p}"])
        .output()?;
    let graph = Graph::read(&metadata, &built(&tree));
    let mut findings = graph.walls();
    findings.extend(graph.reserved());
    findings.extend(graph.tls());
    findings.extend(graph.licences());
    Ok(findings)
}

/// Names and versions of a `cargo tree` without its branches.
fn built(tree: &str) -> BTreeSet<(String, String)> {
    tree.lines()
        .filter_map(|line| {
            let mut words = line.split_whitespace();
            Some((
                words.next()?.to_owned(),
                words.next()?.trim_start_matches('v').to_owned(),
            ))
        })
        .collect()
}

/// One package of the graph.
struct Package {
    name: String,
    version: String,
    licence: Option<String>,
    member: bool,
    /// The packages it is built with (not those of its tests).
    needs: Vec<String>,
    /// The names its own manifest asks for outside its tests.
    asks: BTreeSet<String>,
}

struct Graph {
    packages: BTreeMap<String, Package>,
}

impl Graph {
    fn read(metadata: &JsonValue, built: &BTreeSet<(String, String)>) -> Self {
        let members: BTreeSet<&str> = list(metadata, "workspace_members")
            .filter_map(json::words)
            .collect();
        let mut packages: BTreeMap<String, Package> = list(metadata, "packages")
            .filter(|package| {
                built.contains(&(
                    text(package, "name").to_owned(),
                    text(package, "version").to_owned(),
                ))
            })
            .map(|package| {
                let id = text(package, "id").to_owned();
                let asks = list(package, "dependencies")
                    .filter(|dependency| text(dependency, "kind") != "dev")
                    .map(|dependency| text(dependency, "name").to_owned())
                    .collect();
                let entry = Package {
                    name: text(package, "name").to_owned(),
                    version: text(package, "version").to_owned(),
                    licence: json::words(member(package, "license")).map(str::to_owned),
                    member: members.contains(id.as_str()),
                    needs: Vec::new(),
                    asks,
                };
                (id, entry)
            })
            .collect();
        for node in list(member(metadata, "resolve"), "nodes") {
            let needs = list(node, "deps")
                .filter(|dependency| list(dependency, "dep_kinds").any(|kind| text(kind, "kind") != "dev"))
                .map(|dependency| text(dependency, "pkg").to_owned())
                .collect();
            if let Some(package) = packages.get_mut(text(node, "id")) {
                package.needs = needs;
            }
        }
        Self { packages }
    }

    fn members(&self) -> impl Iterator<Item = (&String, &Package)> {
        self.packages.iter().filter(|(_, package)| package.member)
    }

    /// Everything that is built into a package, with the way to it.
    fn reach(&self, from: &str) -> BTreeMap<String, Vec<String>> {
        let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let mut waiting = vec![(from.to_owned(), Vec::new())];
        while let Some((id, way)) = waiting.pop() {
            let Some(package) = self.packages.get(&id) else {
                continue;
            };
            let mut way = way;
            way.push(package.name.clone());
            if found.insert(id, way.clone()).is_some() {
                continue;
            }
            waiting.extend(
                package
                    .needs
                    .iter()
                    .filter(|need| !found.contains_key(*need))
                    .map(|need| (need.clone(), way.clone())),
            );
        }
        found
    }

    fn walls(&self) -> Vec<Finding> {
        let mut findings = Vec::new();
        for wall in WALLS {
            let Some((id, package)) = self.members().find(|(_, package)| package.name == wall.from) else {
                findings.push(Finding::new(
                    wall.from,
                    "is not a package of this workspace any more; adapt xtask/src/tidy",
                ));
                continue;
            };
            for way in self.reach(id).into_values() {
                if way
                    .last()
                    .is_some_and(|last| *last != package.name && wall.never.contains(&last.as_str()))
                {
                    findings.push(Finding::new(
                        wall.from,
                        format!("reaches {}: {}", way.join(" → "), wall.because),
                    ));
                }
            }
        }
        findings
    }

    fn reserved(&self) -> Vec<Finding> {
        let mut findings = Vec::new();
        for (_, package) in self.members() {
            for (name, owners) in RESERVED {
                if package.asks.contains(*name) && !owners.contains(&package.name.as_str()) {
                    findings.push(Finding::new(
                        &package.name,
                        format!("asks for {name}, which is {}'s alone", owners.join(" and ")),
                    ));
                }
            }
            if package.name == "xtask" && package.asks.len() > 1 {
                findings.push(Finding::new(
                    "xtask",
                    "has more than one dependency; it must start in seconds on a fresh machine",
                ));
            }
        }
        findings
    }

    /// All packages built into one of ours, on any system; those of tests do not count.
    fn delivered(&self) -> BTreeMap<String, Vec<String>> {
        let mut all = BTreeMap::new();
        for (id, _) in self.members() {
            all.extend(self.reach(id));
        }
        all
    }

    fn tls(&self) -> Vec<Finding> {
        let delivered = self.delivered();
        let mut findings = Vec::new();
        let mut versions: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for (id, way) in &delivered {
            let Some(package) = self.packages.get(id) else {
                continue;
            };
            if OTHER_TLS.contains(&package.name.as_str()) {
                findings.push(Finding::new(
                    &package.name,
                    format!("is a second TLS stack (SEC-06), reached by {}", way.join(" → ")),
                ));
            }
            versions
                .entry(&package.name)
                .or_default()
                .insert(&package.version);
        }
        for name in ONLY_ONE {
            if let Some(found) = versions.get(name).filter(|found| found.len() > 1) {
                let found: Vec<&str> = found.iter().copied().collect();
                findings.push(Finding::new(
                    *name,
                    format!("is there {} times: {} (SEC-06)", found.len(), found.join(", ")),
                ));
            }
        }
        findings
    }

    fn licences(&self) -> Vec<Finding> {
        self.delivered()
            .keys()
            .filter_map(|id| self.packages.get(id))
            .filter_map(|package| {
                let expression = package.licence.as_deref().unwrap_or_default();
                (!allowed(expression)).then(|| {
                    let named = if expression.is_empty() { "no licence" } else { expression };
                    Finding::new(
                        format!("{} {}", package.name, package.version),
                        format!("comes under {named}, which is not on the list of licences Flotilla is delivered with (SEC-06)"),
                    )
                })
            })
            .collect()
    }
}

/// Whether an SPDX expression can be met with the licences on our list.
fn allowed(expression: &str) -> bool {
    // Old manifests write `MIT/Apache-2.0` for a choice.
    let expression = expression
        .replace('/', " OR ")
        .replace('(', " ( ")
        .replace(')', " ) ");
    let words: Vec<&str> = expression.split_whitespace().collect();
    let mut at = 0;
    let met = choice(&words, &mut at);
    met && at == words.len()
}

fn choice(words: &[&str], at: &mut usize) -> bool {
    let mut met = both(words, at);
    while words.get(*at) == Some(&"OR") {
        *at += 1;
        // Both sides are read, also when the first would do.
        let other = both(words, at);
        met = met || other;
    }
    met
}

fn both(words: &[&str], at: &mut usize) -> bool {
    let mut met = one(words, at);
    while words.get(*at) == Some(&"AND") {
        *at += 1;
        let other = one(words, at);
        met = met && other;
    }
    met
}

fn one(words: &[&str], at: &mut usize) -> bool {
    let word = words.get(*at);
    // Counted also past the end, so that a half expression is never a whole one.
    *at += 1;
    let Some(word) = word else { return false };
    if *word == "(" {
        let met = choice(words, at);
        let closed = words.get(*at) == Some(&")");
        *at += 1;
        return met && closed;
    }
    if words.get(*at) == Some(&"WITH") {
        let exception = words.get(*at + 1).copied().unwrap_or_default();
        *at += 2;
        // An exception only ever permits more.
        return LICENCES.contains(&format!("{word} WITH {exception}").as_str()) || LICENCES.contains(word);
    }
    LICENCES.contains(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the walls and the reserved crates say of a workspace of these packages, each with what it is built with.
    fn findings(packages: &[(&str, &[&str])]) -> Vec<String> {
        let mut names: Vec<&str> = WALLS.iter().map(|wall| wall.from).collect();
        names.extend(
            packages
                .iter()
                .flat_map(|(name, needs)| [&[*name], *needs].concat()),
        );
        names.sort_unstable();
        names.dedup();
        let needs = |name: &str| -> Vec<&str> {
            packages
                .iter()
                .filter(|(package, _)| *package == name)
                .flat_map(|(_, needs)| needs.iter().copied())
                .collect()
        };
        let described = |name: &str| {
            let asked: Vec<String> = needs(name)
                .iter()
                .map(|need| format!(r#"{{ "name": "{need}", "kind": null }}"#))
                .collect();
            let built: Vec<String> = needs(name)
                .iter()
                .map(|need| format!(r#"{{ "pkg": "{need}", "dep_kinds": [{{ "kind": null }}] }}"#))
                .collect();
            (
                format!(
                    r#"{{ "id": "{name}", "name": "{name}", "version": "1.0.0", "license": "MIT", "dependencies": [{}] }}"#,
                    asked.join(", ")
                ),
                format!(r#"{{ "id": "{name}", "deps": [{}] }}"#, built.join(", ")),
            )
        };
        let members: Vec<String> = names
            .iter()
            .filter(|name| name.starts_with("flotilla") || **name == "xtask")
            .map(|name| format!(r#""{name}""#))
            .collect();
        let (packages, nodes): (Vec<String>, Vec<String>) = names.iter().map(|name| described(name)).unzip();
        let metadata = format!(
            r#"{{ "workspace_members": [{}], "packages": [{}], "resolve": {{ "nodes": [{}] }} }}"#,
            members.join(", "),
            packages.join(", "),
            nodes.join(", ")
        )
        .parse()
        .expect("it is JSON");
        let built = names
            .iter()
            .map(|name| ((*name).to_owned(), "1.0.0".to_owned()))
            .collect();
        let graph = Graph::read(&metadata, &built);
        let mut found = graph.walls();
        found.extend(graph.reserved());
        found.extend(graph.tls());
        found.into_iter().map(|finding| finding.to_string()).collect()
    }

    /// What a crate must never reach is found however long the way to it is, and the way is named.
    #[test]
    fn walls_and_reserved_crates() {
        assert_eq!(
            findings(&[("flotilla-core", &["flotilla-kernel", "sqlx"])]),
            Vec::<String>::new()
        );
        let found = findings(&[("flotilla-kernel", &["helper"]), ("helper", &["axum"])]);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(
            found[0].starts_with("flotilla-kernel: reaches flotilla-kernel → helper → axum: "),
            "{found:?}"
        );
        let found = findings(&[("flotilla-core", &["libsqlite3-sys"])]);
        assert_eq!(
            found,
            ["flotilla-core: asks for libsqlite3-sys, which is flotilla-kernel's alone"]
        );
        let found = findings(&[("xtask", &["tinyjson", "regex"])]);
        assert_eq!(found.len(), 1, "{found:?}");
        let found = findings(&[("flotilla-connectors", &["native-tls"])]);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(
            found[0].contains("is a second TLS stack (SEC-06), reached by"),
            "{found:?}"
        );
    }

    /// SEC-06: an expression is met where one of its choices is, and not otherwise.
    #[test]
    fn licence_expressions() {
        for expression in [
            "MIT",
            "MIT OR GPL-3.0",
            "MIT/Apache-2.0",
            "(MIT OR Apache-2.0) AND Unicode-3.0",
            "Apache-2.0 WITH LLVM-exception",
        ] {
            assert!(allowed(expression), "{expression}");
        }
        for expression in ["", "GPL-3.0", "MIT AND GPL-3.0", "(MIT", "MIT OR", "MIT MIT"] {
            assert!(!allowed(expression), "{expression}");
        }
    }
}
