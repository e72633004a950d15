//! `cargo xtask tidy`: proves the sentences about this source tree that a program can prove.
//!
//! A rule that stands here has its reason beside it, because the message is all that the person who breaks
//! it will read.

mod circles;
mod crates;
mod dependencies;
mod documentation;
mod finding;
mod interface;
mod layers;
mod literals;
mod locales;
mod migrations;
mod modules;
mod rust;
#[cfg(test)]
mod scratch;
mod source;
mod sources;
mod tables;
mod terms;
mod typography;
mod words;

use finding::Finding;
use source::Source;

use crate::outcome::Outcome;
use crate::workspace::Workspace;

/// Looks at everything; what does not hold is printed, one line each.
pub fn tidy(workspace: &Workspace) -> Outcome {
    let mut found = dependencies::check(workspace)?;
    found.extend(findings(&read(workspace)?));
    found.sort();
    // Two tables of one line, say, are one finding when nothing tells them apart.
    found.dedup();
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
    findings.extend(circles::check(sources, &layers));
    findings.extend(layers::check(sources, &layers));
    findings.extend(tables::check(sources, &layers));
    findings.extend(migrations::check(sources));
    findings.extend(documentation::check(sources, documentation::EXEMPT));
    findings.extend(sources::check(sources));
    findings.extend(interface::check(sources));
    findings.extend(locales::check(sources));
    findings.extend(typography::check(sources));
    findings.extend(terms::check(sources));
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

#[cfg(test)]
mod tests {
    use super::scratch::{Scratch, broken};

    /// The sentences about single lines, each broken once in a tree in which everything holds.
    #[test]
    fn sentences_about_lines() {
        let rules = "src-tauri/core/src/accounts/rules.rs";
        let page = "ui/src/app/page.ts";
        for (file, from, to, found) in [
            (
                rules,
                "//! Rules.\n",
                "//! Rules.\nfn now() { Utc::now(); }\n",
                "rules.rs:2: asks the operating system for the time",
            ),
            (
                rules,
                "//! Rules.\n",
                "//! Rules.\nfn f() { config.dangerous(); }\n",
                "rules.rs:2: a TLS verifier of one's own",
            ),
            (
                rules,
                "//! Rules.\n",
                "//! Rules.\nfn f() { query(\"SELECT id FROM account\"); }\n",
                "rules.rs:2: SQL stands in",
            ),
            (
                page,
                "t('hello');",
                "t('hello');\nimport { invoke } from '@tauri-apps/api/core';\n",
                "page.ts:2: only src/platform knows the host",
            ),
            (page, "t('hello');", "", "en.ftl:1: hello is used nowhere"),
            (
                "ui/locales/fr.ftl",
                "hello = Bonjour\u{202f}!\n",
                "",
                "fr.ftl: lacks hello (ui/locales/en.ftl:1)",
            ),
            (
                "src-tauri/kernel/src/rights.rs",
                "ErrorCode::NotFound.into()",
                "1",
                "error.rs: has NotFound, which is raised nowhere",
            ),
        ] {
            let findings = broken(file, from, to);
            assert_eq!(findings.len(), 1, "{to}: {findings:?}");
            assert!(findings[0].contains(found), "{findings:?}");
        }
        let mut scratch = Scratch::new();
        scratch.write("ui/src/shared/list.ts", "import { page } from '../app/page';\n");
        let findings = scratch.findings();
        assert_eq!(findings.len(), 1, "{findings:?}");
        assert!(
            findings[0].starts_with("ui/src/shared/list.ts:1: imports ../app/page: "),
            "{findings:?}"
        );
    }
}
