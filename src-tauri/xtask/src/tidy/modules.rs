//! Which modules of a crate use which others, and that there is no circle among them.
//!
//! A module is a file. A file uses another when it imports, or names by a path, an item that the other one defines;
//! through whatever re-export the name came, it leads to the file that defines it. Hence
//!
//! - `mod store;`, `use super::store;` and `pub use store::Row;` alone are no use of `store`: they declare, shorten or
//!   pass on. What is then said by the name (`store::read()`) is one. A `pub use` of what is not one's own is one, too.
//! - A parent (`mod.rs`, `lib.rs`) is a module like its children. If it calls them and they take what it defines
//!   (`super::LIMIT`), that is a circle: what both need belongs into a third file (`types.rs`).
//! - `use super::*` is a use of those modules whose names really stand in the file.
//! - Comments, strings and what only tests are compiled with do not count.
//!
//! Circles are looked for at every level: among the files of a folder, where a folder is one with all that is in it.
//! So no feature may use another that uses it, even where no single file does.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::crates::crates;
use super::layers::Layers;
use super::rust::Import;
use super::{Finding, Source};

/// No chain of re-exports is longer; a circle of them ends here.
const LONGEST: usize = 16;

/// One module: a file, or a `mod name { … }` within one.
struct Module<'sources> {
    source: &'sources Source,
    /// Its path from the root of the crate.
    path: Vec<String>,
    /// What it is called within its file; empty for the file itself.
    inside: Vec<String>,
    parent: Option<usize>,
    children: BTreeMap<String, usize>,
    /// The module of the file it stands in.
    file: usize,
}

/// The modules under one root (`lib.rs` or `main.rs`), and who uses whom.
pub struct Modules<'sources> {
    modules: Vec<Module<'sources>>,
    /// By the module of the file that uses and the one that is used: the first line of it, and how many there are.
    uses: BTreeMap<(usize, usize), (usize, usize)>,
}

/// What a path leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Meaning {
    Module(usize),
    /// Something that this module defines.
    Item(usize),
    /// Something of another crate, of the language, or of a block.
    Foreign,
}

/// A use of a file by another one.
pub struct Use<'modules> {
    pub file: &'modules str,
    pub line: usize,
    /// The paths of both from the root of the crate.
    pub from: &'modules [String],
    pub to: &'modules [String],
}

/// Looks at every crate.
pub fn check(sources: &[Source], layers: &Layers) -> Vec<Finding> {
    let mut findings = Vec::new();
    for found in crates(sources) {
        let folder = found.sources();
        for root in ["lib.rs", "main.rs"] {
            if let Some(modules) = Modules::read(sources, &folder, root) {
                let in_layers = found.name == super::layers::CORE && root == "lib.rs";
                modules.circles(in_layers.then_some(layers), &mut findings);
            }
        }
    }
    findings
}

impl<'sources> Modules<'sources> {
    /// Follows `mod name;` from the root. None: there is no such root.
    pub fn read(sources: &'sources [Source], folder: &str, root: &str) -> Option<Self> {
        let source = sources.iter().find(|source| source.name == format!("{folder}{root}"))?;
        let mut modules = Self {
            modules: Vec::new(),
            uses: BTreeMap::new(),
        };
        modules.add(sources, folder, source, Vec::new(), None);
        for module in 0..modules.modules.len() {
            modules.read_uses(module);
        }
        Some(modules)
    }

    fn add(
        &mut self,
        sources: &'sources [Source],
        folder: &str,
        source: &'sources Source,
        path: Vec<String>,
        parent: Option<usize>,
    ) {
        let file = self.push(source, path.clone(), Vec::new(), parent, None);
        // Sorted, so that an outer module stands before those in it.
        let mut places: BTreeMap<Vec<String>, usize> = BTreeMap::from([(Vec::new(), file)]);
        for inside in &source.file().inline {
            let Some((_, outside)) = inside.split_last() else { continue };
            let parent = places.get(outside).copied();
            let path = path.iter().chain(inside).cloned().collect();
            let module = self.push(source, path, inside.clone(), parent, Some(file));
            places.insert(inside.clone(), module);
        }
        for (inside, name) in &source.file().children {
            let path: Vec<String> = path.iter().chain(inside).chain([name]).cloned().collect();
            let place = format!("{folder}{}", path.join("/"));
            let names = [format!("{place}.rs"), format!("{place}/mod.rs")];
            let found = sources.iter().find(|other| names.contains(&other.name));
            if let (Some(found), Some(parent)) = (found, places.get(inside)) {
                self.add(sources, folder, found, path, Some(*parent));
            }
        }
    }

    fn push(
        &mut self,
        source: &'sources Source,
        path: Vec<String>,
        inside: Vec<String>,
        parent: Option<usize>,
        file: Option<usize>,
    ) -> usize {
        let module = self.modules.len();
        if let (Some(parent), Some(name)) = (parent, path.last()) {
            self.modules[parent].children.insert(name.clone(), module);
        }
        self.modules.push(Module {
            source,
            path,
            inside,
            parent,
            children: BTreeMap::new(),
            file: file.unwrap_or(module),
        });
        module
    }

    /// All uses of one file by another.
    pub fn uses(&self) -> impl Iterator<Item = Use<'_>> {
        self.uses.iter().map(|((from, to), (line, _))| Use {
            file: &self.modules[*from].source.name,
            line: *line,
            from: &self.modules[*from].path,
            to: &self.modules[*to].path,
        })
    }

    /// The names of the modules that the root declares, with their files.
    pub fn top(&self) -> impl Iterator<Item = (&str, &str)> {
        self.modules[0]
            .children
            .iter()
            .map(|(name, module)| (name.as_str(), self.modules[*module].source.name.as_str()))
    }

    fn imports(&self, module: usize) -> impl Iterator<Item = &'sources Import> + use<'_, 'sources> {
        let Module { source, inside, .. } = &self.modules[module];
        source.file().imports.iter().filter(move |import| import.inside == *inside)
    }

    fn defines(&self, module: usize, name: &str) -> bool {
        let Module { source, inside, .. } = &self.modules[module];
        source.file().defines.contains(&(inside.clone(), name.to_owned()))
    }

    fn read_uses(&mut self, module: usize) {
        let mut found: Vec<(usize, usize)> = Vec::new();
        for import in self.imports(module) {
            match self.meaning(module, &import.path, 0) {
                Meaning::Module(target) | Meaning::Item(target) if import.all => {
                    found.extend(self.taken(module, target).into_iter().map(|target| (target, import.line)));
                }
                Meaning::Item(target) if !(import.public && self.is_within(target, module)) => {
                    found.push((target, import.line));
                }
                Meaning::Item(_) | Meaning::Module(_) | Meaning::Foreign => {}
            }
        }
        let Module { source, inside, file, .. } = &self.modules[module];
        for path in source.file().paths.iter().filter(|path| path.inside == *inside) {
            match self.meaning(module, &path.names, 0) {
                Meaning::Module(target) | Meaning::Item(target) => found.push((target, path.line)),
                Meaning::Foreign => {}
            }
        }
        let from = *file;
        for (target, line) in found {
            let to = self.modules[target].file;
            if from != to {
                let (first, count) = self.uses.entry((from, to)).or_insert((line, 0));
                *first = line.min(*first);
                *count += 1;
            }
        }
    }

    /// The modules that `use target::*` really takes something of.
    fn taken(&self, module: usize, target: usize) -> BTreeSet<usize> {
        let names = &self.modules[module].source.file().names;
        let mut taken = BTreeSet::new();
        for name in names {
            if let Some(Meaning::Item(found)) = self.member(target, name, 0) {
                taken.insert(found);
            }
        }
        if taken.is_empty() {
            // Its names are made by a macro; without any the compiler would complain.
            taken.insert(target);
        }
        taken
    }

    fn is_within(&self, module: usize, ancestor: usize) -> bool {
        let mut at = Some(module);
        while let Some(module) = at {
            if module == ancestor {
                return true;
            }
            at = self.modules[module].parent;
        }
        false
    }

    /// What a path means that stands in this module.
    fn meaning(&self, from: usize, path: &[String], depth: usize) -> Meaning {
        let Some((first, rest)) = path.split_first() else {
            return Meaning::Foreign;
        };
        if depth > LONGEST {
            return Meaning::Foreign;
        }
        let beginning = match first.as_str() {
            "crate" => Some(Meaning::Module(0)),
            "self" => Some(Meaning::Module(from)),
            "super" => self.modules[from].parent.map(Meaning::Module),
            name => self.member(from, name, depth),
        };
        let mut meaning = beginning.unwrap_or(Meaning::Foreign);
        for name in rest {
            meaning = match meaning {
                Meaning::Module(module) if name == "super" => {
                    self.modules[module].parent.map_or(Meaning::Foreign, Meaning::Module)
                }
                // What nobody is seen to define is made by a macro there.
                Meaning::Module(module) => self.member(module, name, depth).unwrap_or(Meaning::Item(module)),
                other => other,
            };
        }
        meaning
    }

    /// What a name means in a module: a child, an import, or what it defines.
    fn member(&self, module: usize, name: &str, depth: usize) -> Option<Meaning> {
        if let Some(child) = self.modules[module].children.get(name) {
            return Some(Meaning::Module(*child));
        }
        if self.defines(module, name) {
            return Some(Meaning::Item(module));
        }
        if depth > LONGEST {
            return None;
        }
        // `use proptest::proptest;` would ask itself.
        let is_itself = |import: &Import| import.path.len() > 1 && import.path[0] == name;
        if let Some(import) = self
            .imports(module)
            .find(|import| import.name.as_deref() == Some(name) && !is_itself(import))
        {
            return Some(self.meaning(module, &import.path, depth + 1));
        }
        self.imports(module)
            .filter(|import| import.all && !is_itself(import))
            .find_map(|import| match self.meaning(module, &import.path, depth + 1) {
                Meaning::Module(target) if target != module => self.member(target, name, depth + 1),
                _ => None,
            })
    }

    /// Circles at every level; what the layers order already is left to them.
    fn circles(&self, layers: Option<&Layers>, findings: &mut Vec<Finding>) {
        for (parent, module) in self.modules.iter().enumerate() {
            if module.file != parent || module.children.is_empty() {
                continue;
            }
            let mut level = Level::default();
            for (&(from, to), &(line, count)) in &self.uses {
                let (Some(one), Some(other)) = (self.part(parent, from), self.part(parent, to)) else {
                    continue;
                };
                let ordered = parent == 0
                    && layers.is_some_and(|layers| layers.are_ordered(self.name(0, one), self.name(0, other)));
                if one != other && !ordered {
                    level.add(one, other, (from, line), count);
                }
            }
            for circle in level.circles() {
                findings.push(self.describe(parent, &level, &circle));
            }
        }
    }

    /// The child of `parent` that a file lies in, or `parent` for its own file.
    fn part(&self, parent: usize, file: usize) -> Option<usize> {
        let mut at = file;
        while at != parent {
            let above = self.modules[at].parent.map(|above| self.modules[above].file)?;
            if above == parent {
                return Some(at);
            }
            at = above;
        }
        Some(parent)
    }

    fn name(&self, parent: usize, module: usize) -> &str {
        let Module { path, source, .. } = &self.modules[module];
        if module == parent {
            return source.name.rsplit('/').next().unwrap_or_default();
        }
        path.last().map_or("", String::as_str)
    }

    fn describe(&self, parent: usize, level: &Level, circle: &[usize]) -> Finding {
        let next = |at: usize| circle[(at + 1) % circle.len()];
        let names: Vec<&str> = (0..=circle.len())
            .map(|at| self.name(parent, circle[at % circle.len()]))
            .collect();
        let edges: Vec<String> = (0..circle.len())
            .filter_map(|at| {
                let edge = level.edges.get(&(circle[at], next(at)))?;
                let more = match edge.count {
                    1 => String::new(),
                    count => format!(" ({count} times in all)"),
                };
                let (file, line) = edge.first;
                Some(format!(
                    "{}:{line} uses {}{more}",
                    self.modules[file].source.name,
                    self.name(parent, next(at))
                ))
            })
            .collect();
        let (file, line) = circle
            .first()
            .and_then(|first| level.edges.get(&(*first, next(0))))
            .map_or((parent, 1), |edge| edge.first);
        Finding::at(
            &self.modules[file].source.name,
            line,
            format!("circle of modules {}: {}", names.join(" → "), edges.join("; ")),
        )
    }
}

/// The uses among the parts of one module.
#[derive(Default)]
struct Level {
    edges: BTreeMap<(usize, usize), Edge>,
}

struct Edge {
    /// The module of the file, and the line.
    first: (usize, usize),
    count: usize,
}

impl Level {
    fn add(&mut self, from: usize, to: usize, first: (usize, usize), count: usize) {
        let edge = self.edges.entry((from, to)).or_insert(Edge { first, count: 0 });
        edge.count += count;
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
        if shortest.as_ref().is_none_or(|shortest| circle.len() < shortest.len()) {
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
            ("src-tauri/core/src/accounts/mod.rs", "//! Accounts.\npub mod rules;\npub mod store;\npub mod types;\npub use types::Account;\n"),
            (STORE, "//! Store.\nuse super::Account;\n"),
        ]);
        assert_eq!(findings, Vec::<String>::new());
    }

    /// A parent that uses its child and defines what the child takes is in a circle with it.
    #[test]
    fn parent_and_child() {
        let parent = "src-tauri/core/src/accounts/mod.rs";
        let findings = with(&[
            (parent, "//! Accounts.\npub mod rules;\npub mod store;\npub mod types;\n/// A limit.\npub const FEATURE: u8 = 1;\nfn f() { store::read(); }\n"),
            (STORE, "//! Store.\nuse super::FEATURE;\n"),
        ]);
        assert_eq!(
            findings,
            [format!("{parent}:7: circle of modules mod.rs → store → mod.rs: {parent}:7 uses store; {STORE}:2 uses mod.rs")]
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
                ("src-tauri/core/src/accounts/mod.rs", "//! Accounts.\npub mod rules;\npub mod store;\npub mod types;\npub use rules::limit;\n"),
                (TYPES, &format!("//! Types.\n/// One.\npub struct Account;\n{text}")),
            ]);
            assert_eq!(findings.len(), 1, "{text}: {findings:?}");
            assert!(findings[0].contains("circle of modules rules → types → rules"), "{findings:?}");
        }
        // Of everything, only what really stands in the file.
        let findings = with(&[
            ("src-tauri/core/src/accounts/mod.rs", "//! Accounts.\npub mod rules;\npub mod store;\npub mod types;\npub use rules::limit;\npub use types::Account;\n"),
            (STORE, "//! Store.\nuse super::*;\nfn f(_: Account) {}\n"),
            (RULES, "//! Rules.\nuse super::store::X;\n/// Limit.\npub fn limit() {}\n"),
        ]);
        assert_eq!(findings, Vec::<String>::new());
    }

    /// Two folders use each other though no two files do; three files in a row.
    #[test]
    fn circles_of_folders_and_long_ones() {
        let findings = with(&[
            ("src-tauri/kernel/src/lib.rs", "//! Kernel.\npub mod a;\npub mod b;\npub mod database;\npub mod error;\npub mod rights;\npub mod visibility;\n"),
            ("src-tauri/kernel/src/a/mod.rs", "//! A.\npub mod one;\npub mod two;\n"),
            ("src-tauri/kernel/src/a/one.rs", "//! One.\nuse crate::b::X;\n"),
            ("src-tauri/kernel/src/a/two.rs", "//! Two.\n/// Y.\npub struct Y;\n"),
            ("src-tauri/kernel/src/b.rs", "//! B.\nuse crate::a::two::Y;\n/// X.\npub struct X;\n"),
        ]);
        assert_eq!(
            findings,
            ["src-tauri/kernel/src/a/one.rs:2: circle of modules a → b → a: src-tauri/kernel/src/a/one.rs:2 uses b; \
              src-tauri/kernel/src/b.rs:2 uses a"]
        );
        let findings = with(&[
            (STORE, "//! Store.\nuse super::rules::LIMIT;\n/// X.\npub struct X;\n"),
            (TYPES, "//! Types.\nuse super::store::X;\n/// One.\npub struct Account;\n"),
        ]);
        assert_eq!(findings.len(), 1, "{findings:?}");
        assert!(findings[0].contains("circle of modules rules → types → store → rules"), "{findings:?}");
    }
}
