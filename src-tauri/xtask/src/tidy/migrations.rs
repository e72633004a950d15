//! Migrations are numbered without a gap, run in that order, and each has a test that names it.

use super::{Finding, Source};

/// A migration by its file.
struct Migration<'sources> {
    source: &'sources Source,
    /// `0002_lists.sql`
    file: &'sources str,
    /// `0002`
    number: &'sources str,
}

/// Looks at every migration.
pub fn check(sources: &[Source]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut migrations: Vec<Migration<'_>> = Vec::new();
    for source in sources {
        if !(source.name.starts_with("src-tauri/") && source.name.ends_with(".sql"))
            || source.name.contains("/tests/")
        {
            continue;
        }
        let file = source.name.rsplit('/').next().unwrap_or_default();
        match file.split_once('_') {
            Some((number, _)) if number.len() == 4 && number.chars().all(|digit| digit.is_ascii_digit()) => {
                migrations.push(Migration { source, file, number });
            }
            _ => findings.push(Finding::new(
                &source.name,
                "is no migration by its name, which is a number of four digits and a word: `0004_folders.sql`",
            )),
        }
    }
    migrations.sort_by_key(|migration| migration.file);
    for (at, migration) in migrations.iter().enumerate() {
        let wanted = format!("{:04}", at + 1);
        if migration.number != wanted {
            findings.push(Finding::new(
                &migration.source.name,
                format!(
                    "is not number {wanted}: migrations are numbered from 0001 without a gap, none twice"
                ),
            ));
        }
        if !sources.iter().any(|source| tests(source, migration.number)) {
            findings.push(Finding::new(
                &migration.source.name,
                format!(
                    "has no test that names {}: each migration is tested with a full database of the version before",
                    migration.number
                ),
            ));
        }
    }
    included(sources, &migrations, &mut findings);
    findings
}

/// Every migration stands in the program once, after the one before it.
fn included(sources: &[Source], migrations: &[Migration<'_>], findings: &mut Vec<Finding>) {
    let mut seen: Vec<&str> = Vec::new();
    for source in sources {
        let in_program = source.name.starts_with("src-tauri/") && source.name.contains("/src/");
        if !in_program || !source.name.ends_with(".rs") || source.name.starts_with("src-tauri/xtask/") {
            continue;
        }
        let parts = source.parts();
        let mut before = "";
        for literal in &parts.literals {
            let is_included = parts.code[..literal.at].trim_end().ends_with("include_str!(");
            if !is_included || !literal.text.ends_with(".sql") || source.file().is_test(literal.line) {
                continue;
            }
            let file = literal.text.rsplit('/').next().unwrap_or_default();
            if numbered(file) <= numbered(before) {
                findings.push(Finding::at(
                    &source.name,
                    literal.line,
                    format!("runs {file} after {before}: migrations run in the order of their numbers"),
                ));
            }
            before = file;
            seen.push(file);
        }
    }
    for migration in migrations {
        if !seen.contains(&migration.file) {
            findings.push(Finding::new(&migration.source.name, "is run nowhere"));
        }
    }
}

/// Whether this source has a test that says this number.
fn tests(source: &Source, number: &str) -> bool {
    if !source.name.ends_with(".rs") || source.name.starts_with("src-tauri/xtask/") {
        return false;
    }
    let all = source.name.starts_with("tests/")
        || source.name.contains("/tests/")
        || source.name.ends_with("/tests.rs");
    source.text.contains(number)
        && source
            .text
            .lines()
            .enumerate()
            .any(|(at, line)| says(line, number) && (all || source.file().is_test(at + 1)))
}

fn says(line: &str, number: &str) -> bool {
    line.match_indices(number).any(|(at, _)| {
        let is_digit = |character: char| character.is_ascii_digit();
        !line[..at].ends_with(is_digit) && !line[at + number.len()..].starts_with(is_digit)
    })
}

/// The name with its number as a number: `rows_10.sql` comes after `rows_9.sql`.
fn numbered(file: &str) -> (u32, &str) {
    let digits: String = file.chars().filter(char::is_ascii_digit).collect();
    (digits.parse().unwrap_or(0), file)
}

#[cfg(test)]
mod tests {
    use super::super::scratch::{Scratch, broken};

    const DATABASE: &str = "src-tauri/kernel/src/database/mod.rs";
    const SECOND: &str = "src-tauri/kernel/src/database/migrations/0002_second.sql";

    fn with_second(file: &str, test: &str, list: &str) -> Vec<String> {
        let mut scratch = Scratch::new();
        scratch.write(file, "DROP TABLE setting;\n");
        scratch.replace(
            DATABASE,
            "    include_str!(\"migrations/0001_first.sql\"),\n",
            list,
        );
        scratch.replace(DATABASE, "/// 0001", test);
        scratch.findings()
    }

    const BOTH: &str = "    include_str!(\"migrations/0001_first.sql\"),\n    include_str!(\"migrations/0002_second.sql\"),\n";

    /// Numbered, run in order, tested.
    #[test]
    fn in_order() {
        assert_eq!(with_second(SECOND, "/// 0001, 0002", BOTH), Vec::<String>::new());
        let findings = with_second(SECOND, "/// 0001, 00021", BOTH);
        assert_eq!(findings.len(), 1, "{findings:?}");
        assert!(
            findings[0].starts_with(&format!("{SECOND}: has no test that names 0002")),
            "{findings:?}"
        );
        let reversed = "    include_str!(\"migrations/0002_second.sql\"),\n    include_str!(\"migrations/0001_first.sql\"),\n";
        let findings = with_second(SECOND, "/// 0001, 0002", reversed);
        assert_eq!(findings.len(), 1, "{findings:?}");
        assert!(
            findings[0].starts_with(&format!(
                "{DATABASE}:7: runs 0001_first.sql after 0002_second.sql"
            )),
            "{findings:?}"
        );
        let third = SECOND.replace("0002", "0003");
        let findings = with_second(&third, "/// 0001, 0003", &BOTH.replace("0002", "0003"));
        assert_eq!(findings.len(), 1, "{findings:?}");
        assert!(
            findings[0].starts_with(&format!("{third}: is not number 0002")),
            "{findings:?}"
        );
        let findings = broken(DATABASE, "    include_str!(\"migrations/0001_first.sql\"),\n", "");
        assert_eq!(findings.len(), 1, "{findings:?}");
        assert!(
            findings[0].ends_with("0001_first.sql: is run nowhere"),
            "{findings:?}"
        );
        let named = SECOND.replace("0002_second", "second");
        let findings = with_second(
            &named,
            "/// 0001",
            "    include_str!(\"migrations/0001_first.sql\"),\n",
        );
        assert_eq!(findings.len(), 1, "{findings:?}");
        assert!(
            findings[0].contains("is no migration by its name"),
            "{findings:?}"
        );
    }

    /// A number that stands outside tests is no test.
    #[test]
    fn a_mention_is_no_test() {
        let mut scratch = Scratch::new();
        scratch.replace(DATABASE, "    /// 0001", "    ///");
        let findings = scratch.findings();
        assert_eq!(findings.len(), 1, "{findings:?}");
        assert!(
            findings[0].contains("has no test that names 0001"),
            "{findings:?}"
        );
    }
}
