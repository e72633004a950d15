//! What may stand in which Rust file.

use super::{Finding, Source};

/// Where the operating system may be asked for the time. Everything else takes a `Clock`.
const CLOCKS: &[&str] = &[
    "src-tauri/kernel/src/clock.rs",
    "src-tauri/simulator/src/clock.rs",
    "src-tauri/connectors/src/clock.rs",
];

/// Where TLS may be judged by our own rules (CRT-11).
const TRUST: &str = "src-tauri/connectors/src/trust.rs";

/// How a statement of SQL begins.
const STATEMENTS: &[&str] = &[
    "SELECT ",
    "INSERT INTO ",
    "INSERT OR ",
    "UPDATE ",
    "DELETE FROM ",
    "CREATE TABLE ",
    "CREATE INDEX ",
    "CREATE UNIQUE INDEX ",
    "CREATE TRIGGER ",
    "CREATE VIEW ",
    "ALTER TABLE ",
    "DROP TABLE ",
    "PRAGMA ",
    "WITH RECURSIVE ",
    "BEGIN IMMEDIATE",
    "VACUUM",
    "SAVEPOINT ",
];

/// Looks at every source.
pub fn check(sources: &[Source]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for source in sources {
        if source.name.starts_with("src-tauri/xtask/") {
            continue;
        }
        unfinished(source, &mut findings);
        if source.name.ends_with(".rs") {
            rust(source, &mut findings);
        }
    }
    findings
}

/// Nothing in the tree says that it is not done. What is left to do stands where work is planned.
fn unfinished(source: &Source, findings: &mut Vec<Finding>) {
    const SIGNS: &[&str] = &["TODO", "FIXME", "XXX:", "HACK:"];
    if source.name.ends_with(".json") || source.name.ends_with(".csv") {
        return;
    }
    for (number, line) in source.text.lines().enumerate() {
        for sign in SIGNS.iter().filter(|sign| has_word(line, sign)) {
            findings.push(Finding::at(
                &source.name,
                number + 1,
                format!("says {sign}: finish it, or plan it where work is planned"),
            ));
        }
    }
}

fn has_word(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        let joined = |character: char| character.is_alphanumeric() || character == '_';
        !line[..at].chars().next_back().is_some_and(joined)
            && !line[at + word.len()..].chars().next().is_some_and(joined)
    })
}

fn rust(source: &Source, findings: &mut Vec<Finding>) {
    let name = source.name.as_str();
    let parts = source.parts();
    for (number, line) in parts.code.lines().enumerate() {
        let mut say = |what: &str| findings.push(Finding::at(name, number + 1, what));
        for macro_name in ["dbg!", "todo!", "unimplemented!"] {
            if has_word(line, macro_name.trim_end_matches('!')) && line.contains(macro_name) {
                say(&format!(
                    "`{macro_name}` has no place in a program that is delivered"
                ));
            }
        }
        if !CLOCKS.contains(&name)
            && ["Utc::now(", "Local::now(", "SystemTime::now("]
                .iter()
                .any(|call| line.contains(call))
        {
            say(
                "asks the operating system for the time: take a `Clock`, so that a rule or a test can choose the moment",
            );
        }
        if name != TRUST && line.contains(".dangerous()") {
            say("a TLS verifier of one's own lives in connectors/src/trust.rs only (CRT-11, SEC-05)");
        }
        if line.contains("danger_accept_invalid") || line.contains("tls_danger") {
            say("TLS is always verified (SEC-05)");
        }
        if line.contains("allow(clippy::disallowed_methods")
            || line.contains("#![expect(clippy::disallowed_methods")
        {
            say("a forbidden call is let through one at a time, by `#[expect]` with its reason");
        }
        if line.trim() == "#[ignore]" {
            say("a test that is not run says why: `#[ignore = \"…\"]`");
        }
    }
    if knows_the_database(name) && !may_hold_sql(name) {
        for literal in &parts.literals {
            let text = literal.text.trim_start();
            if STATEMENTS.iter().any(|statement| text.starts_with(statement)) && looks_like_sql(text) {
                findings.push(Finding::at(
                    name,
                    literal.line,
                    "SQL stands in a feature's store.rs (in the kernel also in database/, lists/, preferences, rights and visibility), where it is read, reviewed and replaced",
                ));
            }
        }
    }
}

fn knows_the_database(name: &str) -> bool {
    [
        "src-tauri/kernel/src/",
        "src-tauri/core/src/",
        "src-tauri/server/",
        "src-tauri/cli/",
        "src-tauri/src/",
    ]
    .iter()
    .any(|folder| name.starts_with(folder))
}

fn may_hold_sql(name: &str) -> bool {
    name.ends_with("/store.rs")
        || name.contains("/store/")
        || [
            "src-tauri/kernel/src/database/",
            "src-tauri/kernel/src/lists/",
            "src-tauri/kernel/src/preferences",
            "src-tauri/kernel/src/settings.rs",
            "src-tauri/kernel/src/rights",
            "src-tauri/kernel/src/visibility",
        ]
        .iter()
        .any(|place| name.starts_with(place))
        // A test may look into the database to see what is really there.
        || name.ends_with("/tests.rs")
        || name.contains("/tests/")
}

/// `UPDATE ` could begin a heading; a statement has a second keyword or a lower-case name.
fn looks_like_sql(text: &str) -> bool {
    text.split_whitespace().nth(1).is_some_and(|word| {
        word.chars()
            .all(|character| character.is_ascii_alphanumeric() || "_*(),.{}=?;".contains(character))
    }) || text.starts_with("VACUUM")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_one(name: &str, text: &str) -> Vec<String> {
        check(&[Source::new(name, text)])
            .into_iter()
            .map(|finding| finding.to_string())
            .collect()
    }

    /// SQL is found outside a store, and nowhere else.
    #[test]
    fn sql_outside_a_store() {
        let text = "fn f() {\n    query(\"SELECT id FROM accounts\");\n}\n";
        assert_eq!(
            check_one("src-tauri/core/src/accounts/commands.rs", text).len(),
            1
        );
        assert!(check_one("src-tauri/core/src/accounts/commands.rs", text)[0].contains("commands.rs:2:"));
        assert!(check_one("src-tauri/core/src/accounts/store.rs", text).is_empty());
        assert!(
            check_one(
                "src-tauri/core/src/accounts/commands.rs",
                "// \"SELECT id FROM accounts\"\n"
            )
            .is_empty()
        );
    }

    /// SEC-05: time, TLS and unfinished work are found; their mention in a comment or text is none.
    #[test]
    fn forbidden_calls() {
        let name = "src-tauri/core/src/accounts/rules.rs";
        assert_eq!(check_one(name, "let now = Utc::now();").len(), 1);
        assert!(check_one("src-tauri/kernel/src/clock.rs", "let now = Utc::now();").is_empty());
        assert_eq!(check_one(name, "config.dangerous().set()").len(), 1);
        assert_eq!(
            check_one(name, &format!("// {}: later", "TO".to_owned() + "DO")).len(),
            1
        );
        assert!(check_one(name, "// says Utc::now() in a comment\nlet text = \"dbg!\";").is_empty());
    }
}
