//! Which modules of a crate use which others.
//!
//! A module is a file. A file uses another when it imports, or names by a path, an item that the other one defines;
//! through whatever re-export the name came, it leads to the file that defines it. Hence
//!
//! - `mod store;`, `use super::store;` and `pub use store::Row;` alone are no use of `store`: they declare, shorten or
//!   pass on. What is then said by the name (`store::read()`) is one. A `pub use` of what is not one's own is one, too.
//! - A parent (`mod.rs`, `lib.rs`) is a module like its children. If it calls them and they take what it defines
//!   (`super::LIMIT`), each uses the other: what both need belongs into a third file (`types.rs`).
//! - `use super::*` is a use of those modules whose names really stand in the file.
//! - Comments, strings and what only tests are compiled with do not count.

use std::collections::{BTreeMap, BTreeSet};

use super::Source;
use super::rust::Import;

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

/// That one file uses another. Modules are given by their numbers.
#[derive(Debug, Clone, Copy)]
pub struct Use {
    pub from: usize,
    pub to: usize,
    /// The first line that does.
    pub line: usize,
    /// How many times it does in all.
    pub count: usize,
}

impl<'sources> Modules<'sources> {
    /// Follows `mod name;` from the root. None: there is no such root.
    pub fn read(sources: &'sources [Source], folder: &str, root: &str) -> Option<Self> {
        let source = sources
            .iter()
            .find(|source| source.name == format!("{folder}{root}"))?;
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
            let Some((_, outside)) = inside.split_last() else {
                continue;
            };
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
    pub fn uses(&self) -> impl Iterator<Item = Use> {
        self.uses.iter().map(|(&(from, to), &(line, count))| Use {
            from,
            to,
            line,
            count,
        })
    }

    /// The file of a module.
    pub fn file(&self, module: usize) -> &'sources str {
        &self.modules[module].source.name
    }

    /// The names of a module and those it is in, from the root of the crate.
    pub fn path(&self, module: usize) -> &[String] {
        &self.modules[module].path
    }

    /// The files that have modules below them; first the root, which is number 0.
    pub fn parents(&self) -> impl Iterator<Item = usize> {
        self.modules
            .iter()
            .enumerate()
            .filter(|(number, module)| module.file == *number && !module.children.is_empty())
            .map(|(number, _)| number)
    }

    /// The child of `parent` that a file lies in, or `parent` for its own file. None: it lies elsewhere.
    pub fn part(&self, parent: usize, file: usize) -> Option<usize> {
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

    /// The names of the modules that the root declares, with their files.
    pub fn top(&self) -> impl Iterator<Item = (&str, &str)> {
        self.modules[0]
            .children
            .iter()
            .map(|(name, module)| (name.as_str(), self.modules[*module].source.name.as_str()))
    }

    fn imports(&self, module: usize) -> impl Iterator<Item = &'sources Import> + use<'_, 'sources> {
        let Module { source, inside, .. } = &self.modules[module];
        source
            .file()
            .imports
            .iter()
            .filter(move |import| import.inside == *inside)
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
                    found.extend(
                        self.taken(module, target)
                            .into_iter()
                            .map(|target| (target, import.line)),
                    );
                }
                Meaning::Item(target) if !(import.public && self.is_within(target, module)) => {
                    found.push((target, import.line));
                }
                Meaning::Item(_) | Meaning::Module(_) | Meaning::Foreign => {}
            }
        }
        let Module {
            source, inside, file, ..
        } = &self.modules[module];
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
                Meaning::Module(module) if name == "super" => self.modules[module]
                    .parent
                    .map_or(Meaning::Foreign, Meaning::Module),
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
}
