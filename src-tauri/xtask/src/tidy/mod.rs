//! `cargo xtask tidy`: proves the sentences about this source tree that a program can prove.
//!
//! A rule that stands here has its reason beside it, because the message is all that the person who breaks
//! it will read.

mod crates;
mod dependencies;
mod documentation;
mod interface;
mod layers;
mod literals;
mod locales;
mod migrations;
mod modules;
mod rust;
#[cfg(test)]
mod scratch;
mod sources;
mod tables;
mod typography;
mod words;

use std::fmt;
use std::sync::OnceLock;

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
    parts: OnceLock<literals::Parts>,
    file: OnceLock<rust::File>,
}

impl Source {
    fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            text: text.into(),
            parts: OnceLock::new(),
            file: OnceLock::new(),
        }
    }

    /// A Rust file taken apart; once, however many ask.
    fn parts(&self) -> &literals::Parts {
        self.parts.get_or_init(|| literals::take_apart(&self.text))
    }

    /// What a Rust file declares and uses; once, however many ask.
    fn file(&self) -> &rust::File {
        self.file.get_or_init(|| rust::File::read(&self.parts().code))
    }
}

/// Looks at everything; what does not hold is printed, one line each.
pub fn tidy(workspace: &Workspace) -> Outcome {
    let mut found = dependencies::check(workspace)?;
    found.extend(findings(&read(workspace)?));
    found.sort();
    if found.is_empty() {
        return Ok(());
    }
    for finding in &found {
        eprintln!("{finding}");
    }
    Err(match found.len() {
        1 => "One sentence about this source tree does not hold.".to_owned(),
        count => format!("{count} sentences about this source tree do not hold."),
    })
}

/// The files of the project that people write.
fn read(workspace: &Workspace) -> Outcome<Vec<Source>> {
    workspace
        .files()?
        .into_iter()
        .filter(|name| is_text(name))
        .map(|name| workspace.read(&name).map(|text| Source::new(name, text)))
        .collect()
}

/// Everything that the sources alone tell.
fn findings(sources: &[Source]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let layers = layers::Layers::read(sources, &mut findings);
    findings.extend(crates::check(sources));
    findings.extend(modules::check(sources, &layers));
    findings.extend(layers::check(sources, &layers));
    findings.extend(tables::check(sources, &layers));
    findings.extend(migrations::check(sources));
    findings.extend(documentation::check(sources, documentation::EXEMPT));
    findings.extend(sources::check(sources));
    findings.extend(interface::check(sources));
    findings.extend(locales::check(sources));
    findings.extend(typography::check(sources));
    findings.extend(words::check(sources));
    findings
}

fn is_text(name: &str) -> bool {
    const ENDINGS: &[&str] = &[
        ".rs", ".toml", ".ts", ".svelte", ".js", ".mjs", ".css", ".html", ".ftl", ".md", ".sql", ".json",
        ".yml", ".csv",
    ];
    name == ".ci/run" || ENDINGS.iter().any(|ending| name.ends_with(ending))
}
