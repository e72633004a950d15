//! There is no circle among the modules of a crate.
//!
//! What a use is, `modules` says. Circles are looked for at every level: among the files of a folder, where a folder is
//! one with all that is in it. So no feature may use another that uses it, even where no single file does. What the
//! layers of core order already is left to `layers`.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::crates::crates;
use super::layers::{CORE, Layers};
use super::modules::Modules;
use super::{Finding, Source};

/// Looks at every crate.
pub fn check(sources: &[Source], layers: &Layers) -> Vec<Finding> {
    let mut findings = Vec::new();
    for found in crates(sources) {
        let folder = found.sources();
        for root in ["lib.rs", "main.rs"] {
            let Some(modules) = Modules::read(sources, &folder, root) else {
                continue;
            };
            let layers = (found.name == CORE && root == "lib.rs").then_some(layers);
            for parent in modules.parents() {
                let level = Level::read(&modules, parent, layers);
                for circle in level.circles() {
                    findings.push(describe(&modules, parent, &level, &circle));
                }
            }
        }
    }
    findings
}

/// What a part of a module is called: its name, or the name of the file for the module's own.
fn name<'modules>(modules: &'modules Modules<'_>, parent: usize, part: usize) -> &'modules str {
    if part == parent {
        return modules.file(part).rsplit('/').next().unwrap_or_default();
    }
    modules.path(part).last().map_or("", String::as_str)
}

fn describe(modules: &Modules<'_>, parent: usize, level: &Level, circle: &[usize]) -> Finding {
    let next = |at: usize| circle[(at + 1) % circle.len()];
    let names: Vec<&str> = (0..=circle.len())
        .map(|at| name(modules, parent, circle[at % circle.len()]))
        .collect();
    let mut places = Vec::new();
    let mut uses = Vec::new();
    for (at, from) in circle.iter().enumerate() {
        let Some(edge) = level.edges.get(&(*from, next(at))) else {
            continue;
        };
        let more = match edge.count {
            1 => String::new(),
            count => format!(" ({count} times in all)"),
        };
        let (module, line) = edge.first;
        let file = modules.file(module);
        places.push((file, line));
        uses.push(format!(
            "{file}:{line} uses {}{more}",
            name(modules, parent, next(at))
        ));
    }
    let (file, line) = places.first().copied().unwrap_or((modules.file(parent), 1));
    Finding::at(
        file,
        line,
        format!("circle of modules {}: {}", names.join(" → "), uses.join("; ")),
    )
}

/// The uses among the parts of one module.
#[derive(Default)]
struct Level {
    edges: BTreeMap<(usize, usize), Edge>,
}

struct Edge {
    /// The module of the file, and the line.
    first: (usize, usize),
    /// How many uses there are in all.
    count: usize,
}

impl Level {
    fn read(modules: &Modules<'_>, parent: usize, layers: Option<&Layers>) -> Self {
        let mut level = Self::default();
        for used in modules.uses() {
            let (Some(from), Some(to)) = (modules.part(parent, used.from), modules.part(parent, used.to))
            else {
                continue;
            };
            let is_ordered = parent == 0
                && layers
                    .is_some_and(|layers| layers.are_ordered(name(modules, 0, from), name(modules, 0, to)));
            if from != to && !is_ordered {
                let first = (used.from, used.line);
                let edge = level.edges.entry((from, to)).or_insert(Edge { first, count: 0 });
                edge.count += used.count;
            }
        }
        level
    }

    /// Circles, shortest first, no two of which share a use. When there are none left, there is no circle.
    fn circles(&self) -> Vec<Vec<usize>> {
        let mut left: BTreeSet<(usize, usize)> = self.edges.keys().copied().collect();
        let mut found = Vec::new();
        while let Some(circle) = shortest_circle(&left) {
            for (at, from) in circle.iter().enumerate() {
                left.remove(&(*from, circle[(at + 1) % circle.len()]));
            }
            found.push(circle);
        }
        found
    }
}

fn shortest_circle(edges: &BTreeSet<(usize, usize)>) -> Option<Vec<usize>> {
    let mut shortest: Option<Vec<usize>> = None;
    for &(from, to) in edges {
        // The way back from the end of this use to its beginning.
        let mut before: BTreeMap<usize, usize> = BTreeMap::from([(to, to)]);
        let mut waiting = VecDeque::from([to]);
        while let Some(at) = waiting.pop_front() {
            if at == from {
                break;
            }
            for &(_, next) in edges.range((at, 0)..=(at, usize::MAX)) {
                if let std::collections::btree_map::Entry::Vacant(entry) = before.entry(next) {
                    entry.insert(at);
                    waiting.push_back(next);
                }
            }
        }
        if !before.contains_key(&from) {
            continue;
        }
        let mut circle = vec![from];
        let mut at = from;
        while at != to {
            at = before[&at];
            circle.push(at);
        }
        // Collected backwards; it begins where the use does.
        circle[1..].reverse();
        if shortest
            .as_ref()
            .is_none_or(|shortest| circle.len() < shortest.len())
        {
            shortest = Some(circle);
        }
    }
    shortest
}

#[cfg(test)]
mod tests {
    use super::super::scratch::{Scratch, broken};

    const STORE: &str = "src-tauri/core/src/accounts/store.rs";
    const RULES: &str = "src-tauri/core/src/accounts/rules.rs";
    const TYPES: &str = "src-tauri/core/src/accounts/types.rs";

    fn with(files: &[(&str, &str)]) -> Vec<String> {
        let mut scratch = Scratch::new();
        for (name, text) in files {
            scratch.write(name, text);
        }
        scratch.findings()
    }

    /// A circle of two files of one feature: both uses are named with their lines.
    #[test]
    fn two_files() {
        let findings = broken(TYPES, "//! Types.\n", "//! Types.\nuse super::rules::LIMIT;\n");
        assert_eq!(
            findings,
            [format!(
                "{RULES}:2: circle of modules rules → types → rules: {RULES}:2 uses types; {TYPES}:2 uses rules"
            )]
        );
    }

    /// Neither comments, strings and tests, nor a re-export close a circle.
    #[test]
    fn what_is_no_use() {
        let harmless = "//! Types.\n//! [`super::rules::LIMIT`]\n// crate::accounts::rules::LIMIT\n\
             #[cfg(test)]\nmod tests {\n    use super::super::rules::LIMIT;\n    fn f() { crate::accounts::rules::limit(); }\n}\n\
             const TEXT: &str = \"crate::accounts::rules::LIMIT\";\n";
        assert_eq!(broken(TYPES, "//! Types.\n", harmless), Vec::<String>::new());
        let findings = with(&[
            (
                "src-tauri/core/src/accounts/mod.rs",
                "//! Accounts.\npub mod rules;\npub mod store;\npub mod types;\npub use types::Account;\n",
            ),
            (STORE, "//! Store.\nuse super::Account;\n"),
        ]);
        assert_eq!(findings, Vec::<String>::new());
    }

    /// A parent that uses its child and defines what the child takes is in a circle with it.
    #[test]
    fn parent_and_child() {
        let parent = "src-tauri/core/src/accounts/mod.rs";
        let findings = with(&[
            (
                parent,
                "//! Accounts.\npub mod rules;\npub mod store;\npub mod types;\n/// A limit.\npub const FEATURE: u8 = 1;\nfn f() { store::read(); }\n",
            ),
            (STORE, "//! Store.\nuse super::FEATURE;\n"),
        ]);
        assert_eq!(
            findings,
            [format!(
                "{parent}:7: circle of modules mod.rs → store → mod.rs: {parent}:7 uses store; {STORE}:2 uses mod.rs"
            )]
        );
    }

    /// However the name came: through an alias, an inline path, a re-export, everything at once, a nested module.
    #[test]
    fn however_it_is_named() {
        for text in [
            "use super::rules as decisions;\nfn f() { decisions::limit(); }\n",
            "fn f() { crate::accounts::rules::limit(); }\n",
            "fn f() { super::rules::limit(); }\n",
            "use super::limit;\n",
            "use super::rules::*;\nfn f() { limit(); }\n",
            "use super::*;\nfn f() { limit(); }\n",
            "mod inner {\n    use super::super::rules::LIMIT;\n}\n",
            "use crate::{accounts::{self, types}};\nfn f() { accounts::rules::limit(); }\n",
            "macro_rules! m { () => { $crate::accounts::rules::limit() } }\n",
        ] {
            let findings = with(&[
                (
                    "src-tauri/core/src/accounts/mod.rs",
                    "//! Accounts.\npub mod rules;\npub mod store;\npub mod types;\npub use rules::limit;\n",
                ),
                (
                    TYPES,
                    &format!("//! Types.\n/// One.\npub struct Account;\n{text}"),
                ),
            ]);
            assert_eq!(findings.len(), 1, "{text}: {findings:?}");
            assert!(
                findings[0].contains("circle of modules rules → types → rules"),
                "{findings:?}"
            );
        }
        // Of everything, only what really stands in the file.
        let findings = with(&[
            (
                "src-tauri/core/src/accounts/mod.rs",
                "//! Accounts.\npub mod rules;\npub mod store;\npub mod types;\npub use rules::limit;\npub use types::Account;\n",
            ),
            (STORE, "//! Store.\nuse super::*;\nfn f(_: Account) {}\n"),
            (
                RULES,
                "//! Rules.\nuse super::store::X;\n/// Limit.\npub fn limit() {}\n",
            ),
        ]);
        assert_eq!(findings, Vec::<String>::new());
    }

    /// Two folders use each other though no two files do; three files in a row.
    #[test]
    fn circles_of_folders_and_long_ones() {
        let findings = with(&[
            (
                "src-tauri/kernel/src/lib.rs",
                "//! Kernel.\npub mod a;\npub mod b;\npub mod database;\npub mod error;\npub mod rights;\npub mod visibility;\n",
            ),
            (
                "src-tauri/kernel/src/a/mod.rs",
                "//! A.\npub mod one;\npub mod two;\n",
            ),
            ("src-tauri/kernel/src/a/one.rs", "//! One.\nuse crate::b::X;\n"),
            (
                "src-tauri/kernel/src/a/two.rs",
                "//! Two.\n/// Y.\npub struct Y;\n",
            ),
            (
                "src-tauri/kernel/src/b.rs",
                "//! B.\nuse crate::a::two::Y;\n/// X.\npub struct X;\n",
            ),
        ]);
        assert_eq!(
            findings,
            [
                "src-tauri/kernel/src/a/one.rs:2: circle of modules a → b → a: src-tauri/kernel/src/a/one.rs:2 uses b; \
              src-tauri/kernel/src/b.rs:2 uses a"
            ]
        );
        let findings = with(&[
            (
                STORE,
                "//! Store.\nuse super::rules::LIMIT;\n/// X.\npub struct X;\n",
            ),
            (
                TYPES,
                "//! Types.\nuse super::store::X;\n/// One.\npub struct Account;\n",
            ),
        ]);
        assert_eq!(findings.len(), 1, "{findings:?}");
        assert!(
            findings[0].contains("circle of modules rules → types → store → rules"),
            "{findings:?}"
        );
    }
}
