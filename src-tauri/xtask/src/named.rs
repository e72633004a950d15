//! `cargo xtask test NAME`: the tests that are called so, and nothing else.
//!
//! Which programs of tests have them is read from the sources, so that only those are built.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::json;
use crate::node::{DESKTOP, WEB, browser_tests, node_test_files, window_tests};
use crate::outcome::Outcome;
use crate::process::{Tool, find_program};
use crate::verdict::Verdict;
use crate::workspace::Workspace;

/// Where the tests of the interface's parts are.
const INTERFACE: &str = "ui/src/";

/// The tests of one name.
pub struct Found {
    /// The name that was asked for.
    pub name: String,
    parts: Vec<Part>,
}

/// Tests that are run together.
pub enum Part {
    /// Rust tests of these programs, as cargo's arguments choose them.
    Rust(Vec<String>),
    /// Files of the interface's own tests.
    Vitest(Vec<String>),
    /// Files of the tests in a browser.
    Browser(Vec<String>),
    /// Files of the tests of the window.
    Window(Vec<String>),
}

impl Found {
    /// What there is to run.
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// Whether the machine can do without browser and virtual display.
    pub fn needs_no_browser(&self) -> bool {
        self.parts
            .iter()
            .all(|part| matches!(part, Part::Rust(_) | Part::Vitest(_)))
    }
}

/// Looks for tests called `name`: a part of a Rust test's path, or a test file with or without its ending.
///
/// # Errors
/// When there is none; says where it looked.
pub fn find(workspace: &Workspace, name: &str) -> Outcome<Found> {
    let mut parts = Vec::new();
    let chosen = rust_programs(workspace, name)?;
    if !chosen.is_empty() {
        parts.push(Part::Rust(chosen));
    }
    let vitest: Vec<String> = workspace
        .files()?
        .into_iter()
        .filter(|file| file.starts_with(INTERFACE) && file.ends_with(".test.ts") && is_called(file, name))
        .collect();
    if !vitest.is_empty() {
        parts.push(Part::Vitest(vitest));
    }
    for (folder, part) in [
        (WEB, Part::Browser as fn(Vec<String>) -> Part),
        (DESKTOP, Part::Window),
    ] {
        let files: Vec<String> = node_test_files(workspace, folder)?
            .into_iter()
            .filter(|file| is_called(file, name))
            .collect();
        if !files.is_empty() {
            parts.push(part(files));
        }
    }
    if parts.is_empty() {
        return Err(format!(
            "Nothing is called `{name}`. It was looked for among the stages, as a part of a Rust test's path \
             (such as `rules::tests`), and as a file: {INTERFACE}**/{name}.test.ts, {WEB}{name}.test.mjs, \
             {DESKTOP}{name}.test.mjs."
        ));
    }
    Ok(Found {
        name: name.to_owned(),
        parts,
    })
}

impl Part {
    /// The group of stages it belongs to.
    pub const fn group(&self) -> &'static str {
        match self {
            Self::Rust(_) => "rust",
            Self::Vitest(_) => "ui",
            Self::Browser(_) => "web",
            Self::Window(_) => "desktop",
        }
    }

    /// Runs them.
    pub fn run(&self, workspace: &Workspace, name: &str) -> Verdict {
        match self {
            Self::Rust(programs) => rust(workspace, programs, name).into(),
            Self::Vitest(files) => Tool::new(workspace.interface_tool("vitest"))
                .folder(workspace.interface())
                .argument("run")
                .arguments(files.iter().map(|file| file.trim_start_matches("ui/")))
                .run()
                .into(),
            Self::Browser(files) => browser_tests(workspace, files.clone()),
            Self::Window(files) => window_tests(workspace, files.clone()),
        }
    }
}

fn rust(workspace: &Workspace, programs: &[String], name: &str) -> Outcome {
    let cargo = workspace.cargo();
    if find_program("cargo-nextest").is_some() {
        // It fails by itself where nothing has that name.
        cargo
            .arguments(["nextest", "run", "--cargo-quiet", "--no-tests=fail"])
            .arguments(programs)
            .arguments(["--", name])
            .run()
    } else {
        cargo
            .arguments(["test", "--quiet"])
            .arguments(programs)
            .arguments(["--", name])
            .run()
    }
}

/// Whether a file is called so: by its path, its name, or its name without the endings.
fn is_called(file: &str, name: &str) -> bool {
    let file_name = file.rsplit('/').next().unwrap_or(file);
    let stem = file_name.split(".test.").next().unwrap_or(file_name);
    name == file || name == file_name || name == stem
}

/// One of cargo's targets that may have tests, and where its sources are.
struct Target {
    package: String,
    arguments: Vec<String>,
    source: PathBuf,
}

/// The arguments that choose the programs whose sources have a test of that name.
fn rust_programs(workspace: &Workspace, name: &str) -> Outcome<Vec<String>> {
    let targets = targets(workspace)?;
    let mut packages = BTreeSet::new();
    let mut kinds = BTreeSet::new();
    for file in workspace.files()?.iter().filter(|file| file.ends_with(".rs")) {
        let place = workspace.root.join(file);
        let owners: Vec<(&Target, String)> = targets
            .iter()
            .filter_map(|target| Some((target, module(&target.source, &place)?)))
            .collect();
        if owners.is_empty() {
            continue;
        }
        let source = workspace.read(file)?;
        let tests = tests_of(&source);
        for (target, module) in owners {
            if tests.iter().any(|test| matches(&module, test, name)) {
                packages.insert(target.package.clone());
                kinds.insert(target.arguments.clone());
            }
        }
    }
    Ok(packages
        .into_iter()
        .flat_map(|package| ["--package".to_owned(), package])
        .chain(kinds.into_iter().flatten())
        .collect())
}

fn targets(workspace: &Workspace) -> Outcome<Vec<Target>> {
    let metadata = json::metadata(workspace, &["--no-deps"])?;
    let mut found = Vec::new();
    for package in json::list(&metadata, "packages") {
        for target in json::list(package, "targets") {
            let name = json::text(target, "name").to_owned();
            let arguments = match json::list(target, "kind").next().and_then(json::words) {
                Some("lib") => vec!["--lib".to_owned()],
                Some("bin") => vec!["--bin".to_owned(), name],
                Some("test") => vec!["--test".to_owned(), name],
                _ => continue,
            };
            found.push(Target {
                package: json::text(package, "name").to_owned(),
                arguments,
                source: PathBuf::from(json::text(target, "src_path")),
            });
        }
    }
    Ok(found)
}

/// The path of the module that a file is in the program of `root`, if it belongs to it; `tests` stands for the
/// module that a file has its tests in.
fn module(root: &Path, file: &Path) -> Option<String> {
    let inside = match root.file_name()?.to_str()? {
        "main.rs" | "lib.rs" => file.strip_prefix(root.parent()?).ok()?.with_extension(""),
        _ => {
            return (file == root).then(|| "tests".to_owned());
        }
    };
    let mut names: Vec<&str> = inside
        .iter()
        .filter_map(|part| part.to_str())
        .filter(|part| !matches!(*part, "mod" | "lib" | "main"))
        .collect();
    names.push("tests");
    Some(names.join("::"))
}

/// The names of the functions that are tests.
fn tests_of(source: &str) -> Vec<&str> {
    let lines: Vec<&str> = source.lines().map(str::trim).collect();
    let is_test = |number: usize| {
        lines
            .iter()
            .take(number)
            .rev()
            .take_while(|line| !line.is_empty() && **line != "}")
            .any(|line| line.starts_with("#[") && line.contains("test"))
    };
    lines
        .iter()
        .enumerate()
        .filter_map(|(number, line)| {
            let after = line
                .strip_prefix("pub ")
                .unwrap_or(line)
                .trim_start_matches("async ")
                .strip_prefix("fn ")?;
            let name = after.split(['(', '<']).next()?;
            is_test(number).then_some(name)
        })
        .collect()
}

/// Whether the path of a test has the name: each segment of it, so that `rules::tests::due` is found as well as `due`.
fn matches(module: &str, test: &str, name: &str) -> bool {
    name.split("::")
        .all(|segment| test.contains(segment) || module.split("::").any(|part| part.contains(segment)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Files are found by name with and without their ending, and by their place.
    #[test]
    fn a_file_has_several_names() {
        for name in ["keyboard", "keyboard.test.mjs", "tests/web/keyboard.test.mjs"] {
            assert!(is_called("tests/web/keyboard.test.mjs", name), "{name}");
        }
        assert!(!is_called("tests/web/keyboard.test.mjs", "board"));
    }

    /// Tests are told from other functions by their attributes, also where several stand above.
    #[test]
    fn tests_are_told_from_other_functions() {
        let source = "fn helper() {}\n\n#[test]\nfn one() {}\n\n/// Words.\n#[rstest]\n#[case(1)]\nfn two(#[case] n: u8) {}\n\n\
                      #[tokio::test]\nasync fn three() {}\n\n#[derive(Debug)]\nstruct Thing;\nfn four() {}\n";
        let source = source.replace("#[rstest]", "#[rstest::rstest]");
        assert_eq!(tests_of(&source), ["one", "two", "three"]);
    }

    /// A module's path is made as the compiler makes it.
    #[test]
    fn a_file_is_a_module_of_its_program() {
        let module = |root: &str, file: &str| module(Path::new(root), Path::new(file));
        assert_eq!(
            module("/w/core/src/lib.rs", "/w/core/src/alarms/rules.rs").as_deref(),
            Some("alarms::rules::tests")
        );
        assert_eq!(
            module("/w/tests/it/main.rs", "/w/tests/it/clock.rs").as_deref(),
            Some("clock::tests")
        );
        assert_eq!(module("/w/core/src/lib.rs", "/w/cli/src/main.rs"), None);
        assert_eq!(module("/w/tests/one.rs", "/w/tests/two.rs"), None);
        assert!(matches(
            "alarms::rules::tests",
            "due_is_not_expired",
            "rules::tests::due"
        ));
        assert!(matches("alarms::rules::tests", "due_is_not_expired", "expired"));
        assert!(!matches(
            "alarms::rules::tests",
            "due_is_not_expired",
            "store::due"
        ));
    }
}
