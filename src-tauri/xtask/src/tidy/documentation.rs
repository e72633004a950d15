//! What is public is documented. rustc says what lacks its words (`missing_docs`); here it is made sure that it is
//! asked, everywhere.

use super::crates::{crates, entries};
use super::{Finding, Source};

/// Crates that may still leave out documentation as a whole. A crate that no longer does is taken out of this list.
pub const EXEMPT: &[&str] = &[];

/// Looks at every crate but those that are exempt.
pub fn check(sources: &[Source], exempt: &[&str]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let root = sources.iter().find(|source| source.name == "Cargo.toml");
    let is_asked = root.is_some_and(|root| {
        entries(&root.text).any(|entry| {
            entry.section == "workspace.lints.rust"
                && entry.key == "missing_docs"
                && entry.value != "\"allow\""
        })
    });
    if !is_asked {
        findings.push(Finding::new(
            "Cargo.toml",
            "does not ask for documentation: `missing_docs = \"warn\"` under [workspace.lints.rust]",
        ));
    }
    for found in crates(sources) {
        let takes_part = entries(&found.manifest.text)
            .any(|entry| entry.section == "lints" && entry.key == "workspace" && entry.value == "true");
        if !takes_part {
            findings.push(Finding::new(
                &found.manifest.name,
                "has no `[lints] workspace = true`: the lints of the workspace hold for every crate",
            ));
        }
        let folder = found.sources();
        let mut is_exempt = false;
        for source in sources {
            if !source.name.starts_with(&folder) || !source.name.ends_with(".rs") {
                continue;
            }
            for line in exemptions(&source.parts().code) {
                if exempt.contains(&found.name) {
                    is_exempt = true;
                } else {
                    findings.push(Finding::at(
                        &source.name,
                        line,
                        "leaves out the documentation of a whole module: what is public says what it takes and gives",
                    ));
                }
            }
        }
        if exempt.contains(&found.name) && !is_exempt {
            findings.push(Finding::new(
                &found.manifest.name,
                format!(
                    "{} is documented: take it out of EXEMPT in xtask/src/tidy/documentation.rs",
                    found.name
                ),
            ));
        }
    }
    findings
}

/// The lines of `#![allow(missing_docs)]` and its like.
fn exemptions(code: &str) -> Vec<usize> {
    let mut lines = Vec::new();
    for (at, _) in code.match_indices("#![") {
        let attribute = code[at..].split(']').next().unwrap_or_default();
        let level = attribute["#![".len()..].trim_start();
        let loosens = level.starts_with("allow") || level.starts_with("expect");
        let all = attribute.contains("missing_docs");
        if loosens && all {
            lines.push(code[..at].matches('\n').count() + 1);
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::super::scratch::{Scratch, broken};
    use super::*;

    /// A blanket exemption, at the root of a crate or of a module.
    #[test]
    fn blanket_exemptions() {
        for (file, head, line) in [
            ("src-tauri/kernel/src/lib.rs", "//! Kernel.\n", 2),
            ("src-tauri/kernel/src/error.rs", "//! Errors.\n", 2),
        ] {
            for attribute in [
                "#![allow(missing_docs)]\n",
                "#![expect(\n    missing_docs,\n    reason = \"[x]\"\n)]\n",
                "#![allow(dead_code, missing_docs)]\n",
            ] {
                let findings = broken(file, head, &format!("{head}{attribute}"));
                assert_eq!(findings.len(), 1, "{attribute}: {findings:?}");
                assert!(
                    findings[0].starts_with(&format!("{file}:{line}: leaves out the documentation")),
                    "{findings:?}"
                );
            }
            assert_eq!(
                broken(file, head, &format!("{head}// #![allow(missing_docs)]\n")),
                Vec::<String>::new()
            );
        }
    }

    /// Every crate is asked.
    #[test]
    fn every_crate() {
        let findings = broken("src-tauri/kernel/Cargo.toml", "workspace = true\n", "");
        assert!(
            findings
                .iter()
                .any(|finding| finding.contains("has no `[lints] workspace = true`")),
            "{findings:?}"
        );
        let findings = broken(
            "Cargo.toml",
            "missing_docs = \"warn\"",
            "missing_docs = \"allow\"",
        );
        assert_eq!(findings.len(), 1, "{findings:?}");
        assert!(
            findings[0].starts_with("Cargo.toml: does not ask for documentation"),
            "{findings:?}"
        );
    }

    /// The exception of a crate that needs none any more is one too many; that of one that does is kept.
    #[test]
    fn exceptions() {
        let mut scratch = Scratch::new();
        let check = |scratch: &Scratch| -> Vec<String> {
            check(&scratch.sources(), &["flotilla-kernel"])
                .iter()
                .map(Finding::to_string)
                .collect()
        };
        let findings = check(&scratch);
        assert!(
            findings
                .iter()
                .any(|finding| finding
                    .starts_with("src-tauri/kernel/Cargo.toml: flotilla-kernel is documented")),
            "{findings:?}"
        );
        scratch.replace(
            "src-tauri/kernel/src/lib.rs",
            "//! Kernel.\n",
            "//! Kernel.\n#![allow(missing_docs)]\n",
        );
        let findings = check(&scratch);
        assert!(
            !findings.iter().any(|finding| finding.contains("/kernel/")),
            "{findings:?}"
        );
    }
}
