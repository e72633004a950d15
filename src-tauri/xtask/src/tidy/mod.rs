//! `cargo xtask tidy`: proves the sentences about this source tree that a program can prove.
//!
//! A rule that stands here has its reason beside it, because the message is all that the person who breaks
//! it will read.

mod dependencies;
mod interface;
mod literals;
mod locales;
mod sources;

use std::fmt;

use crate::Outcome;
use crate::workspace::Workspace;

/// One place where a sentence does not hold.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// The file, with the line where that helps; or the crate.
    place: String,
    /// What is wrong and why it matters.
    what: String,
}

impl Finding {
    fn new(place: impl Into<String>, what: impl Into<String>) -> Self {
        Self {
            place: place.into(),
            what: what.into(),
        }
    }

    fn at(file: &str, line: usize, what: impl Into<String>) -> Self {
        Self::new(format!("{file}:{line}"), what)
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.place, self.what)
    }
}

/// A file of the project with its text.
pub struct Source {
    /// From the root, with `/`.
    pub name: String,
    /// All of it.
    pub text: String,
}

/// Looks at everything; what does not hold is printed, one line each.
pub fn tidy(workspace: &Workspace) -> Outcome {
    let sources: Vec<Source> = workspace
        .files()?
        .into_iter()
        .filter(|name| is_text(name))
        .map(|name| workspace.read(&name).map(|text| Source { name, text }))
        .collect::<Outcome<_>>()?;
    let mut findings = dependencies::check(workspace)?;
    findings.extend(sources::check(&sources));
    findings.extend(interface::check(&sources));
    findings.extend(locales::check(&sources));
    findings.sort();
    if findings.is_empty() {
        return Ok(());
    }
    for finding in &findings {
        eprintln!("{finding}");
    }
    Err(match findings.len() {
        1 => "One sentence about this source tree does not hold.".to_owned(),
        count => format!("{count} sentences about this source tree do not hold."),
    })
}

fn is_text(name: &str) -> bool {
    const ENDINGS: &[&str] = &[
        ".rs", ".toml", ".ts", ".svelte", ".js", ".mjs", ".css", ".html", ".ftl", ".md", ".sql", ".json",
        ".yml", ".csv",
    ];
    name == ".ci/run" || ENDINGS.iter().any(|ending| name.ends_with(ending))
}
