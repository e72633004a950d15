//! Every table has one owner, and only the owner writes it.
//!
//! The line above `CREATE TABLE name` says whose it is: `-- owner: accounts`, or `-- owner: accounts; readable` when
//! other features may join it. A table that is renamed keeps its owner, unless such a line stands above that, too.
//!
//! What is read here is the text of string literals with SQL's keywords in capitals, as this project writes them; the
//! name of a table that is put together at run time is not seen.

use std::collections::BTreeMap;

use super::layers::Layers;
use super::{Finding, Source};

/// The owner that is no feature: the kernel.
const KERNEL: &str = "kernel";

/// What an account may see follows from these; who else read them would have rules of its own for it.
const OF_VISIBILITY: &[&str] = &["membership", "folder_grant", "visible_folder"];

/// The only readers of these besides the owner's store.
const READS_VISIBILITY: &[&str] = &[
    "src-tauri/kernel/src/rights.rs",
    "src-tauri/kernel/src/visibility.rs",
];

/// What is known of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Table {
    owner: String,
    readable: bool,
}

/// What a statement does to a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Act {
    Read,
    Write,
}

/// Looks at every migration and at every statement.
pub fn check(sources: &[Source], layers: &Layers) -> Vec<Finding> {
    let mut findings = Vec::new();
    let tables = owned(sources, layers, &mut findings);
    for source in sources {
        if is_program(&source.name) {
            touched(source, &tables, &mut findings);
        }
    }
    findings
}

/// The files of the program that could hold SQL; neither migrations nor files of tests.
fn is_program(name: &str) -> bool {
    const OTHERS: &[&str] = &[
        "src-tauri/xtask/",
        "src-tauri/simulator/",
        "src-tauri/connectors/",
    ];
    name.starts_with("src-tauri/")
        && name.ends_with(".rs")
        && !OTHERS.iter().any(|folder| name.starts_with(folder))
        && !["/tests/", "/migrations/", "/examples/", "/benches/"]
            .iter()
            .any(|part| name.contains(part))
        && !["/tests.rs", "/migrations.rs"]
            .iter()
            .any(|end| name.ends_with(end))
}

/// The tables that the migrations leave, with their owners.
fn owned(sources: &[Source], layers: &Layers, findings: &mut Vec<Finding>) -> BTreeMap<String, Table> {
    let mut migrations: Vec<&Source> = sources
        .iter()
        .filter(|source| source.name.starts_with("src-tauri/") && source.name.ends_with(".sql"))
        .filter(|source| !source.name.contains("/tests/"))
        .collect();
    migrations.sort_by(|one, other| one.name.cmp(&other.name));
    let mut tables = BTreeMap::new();
    for source in migrations {
        migrated(source, layers, &mut tables, findings);
    }
    tables
}

/// What one migration makes of the tables.
fn migrated(
    source: &Source,
    layers: &Layers,
    tables: &mut BTreeMap<String, Table>,
    findings: &mut Vec<Finding>,
) {
    // A table that is rebuilt is dropped before its new form takes its name, and keeps its owner all the same.
    let mut dropped: BTreeMap<String, Table> = BTreeMap::new();
    let mut unowned: Vec<(String, usize)> = Vec::new();
    let mut above = "";
    for (number, line) in source.text.lines().enumerate() {
        let line = line.trim();
        let statement = words(line);
        let words: Vec<&str> = statement.iter().map(|(_, word)| *word).collect();
        match created(&words) {
            Some(name) => match owner(above) {
                Some(table) => {
                    if table.owner != KERNEL && layers.lacks(&table.owner) {
                        findings.push(Finding::at(
                            &source.name,
                            number,
                            format!(
                                "{} owns {name} and is neither a feature nor the kernel",
                                table.owner
                            ),
                        ));
                    }
                    tables.insert(name.to_owned(), table);
                }
                None => unowned.push((name.to_owned(), number + 1)),
            },
            None => match words.as_slice() {
                ["DROP", "TABLE", "IF", "EXISTS", name, ..] | ["DROP", "TABLE", name, ..] => {
                    if let Some(table) = tables.remove(*name) {
                        dropped.insert((*name).to_owned(), table);
                    }
                }
                ["ALTER", "TABLE", from, "RENAME", "TO", to, ..] => {
                    if let Some(table) = tables.remove(*from) {
                        tables.insert((*to).to_owned(), owner(above).unwrap_or(table));
                    } else if let Some(at) = unowned.iter().position(|(name, _)| name == from)
                        && let Some(table) = dropped.get(*to)
                    {
                        tables.insert((*to).to_owned(), table.clone());
                        unowned.remove(at);
                    }
                }
                _ => {}
            },
        }
        above = line;
    }
    for (name, line) in unowned {
        findings.push(Finding::at(
            &source.name,
            line,
            format!("{name} has no owner: the line above says `-- owner: feature`, or `-- owner: feature; readable`"),
        ));
    }
}

/// The table that a line creates.
fn created<'line>(words: &[&'line str]) -> Option<&'line str> {
    match words {
        ["CREATE", "TABLE", "IF", "NOT", "EXISTS", name, ..] => Some(name),
        ["CREATE", "TABLE", name, ..] => Some(name),
        _ => None,
    }
}

/// `-- owner: accounts; readable`
fn owner(line: &str) -> Option<Table> {
    let said = line.strip_prefix("--")?.trim().strip_prefix("owner:")?.trim();
    let (owner, readable) = match said.split_once(';') {
        None => (said, false),
        Some((owner, more)) if more.trim() == "readable" => (owner.trim(), true),
        Some(_) => return None,
    };
    let is_name = !owner.is_empty()
        && owner
            .chars()
            .all(|character| character.is_ascii_lowercase() || character == '_');
    is_name.then(|| Table {
        owner: owner.to_owned(),
        readable,
    })
}

fn touched(source: &Source, tables: &BTreeMap<String, Table>, findings: &mut Vec<Finding>) {
    let name = source.name.as_str();
    let feature = feature(name);
    let in_store = name.ends_with("/store.rs") || name.contains("/store/");
    let parts = source.parts();
    for literal in &parts.literals {
        // `from: "customer AS c JOIN …"` of a list is what stands after FROM.
        let is_from = parts.code[..literal.at].trim_end().ends_with("from:");
        for (at, act, table) in statements(&literal.text, is_from) {
            let Some(known) = tables.get(table) else { continue };
            let line = literal.line + literal.text[..at].matches('\n').count();
            if source.file().is_test(line) {
                continue;
            }
            let is_owner = feature == known.owner;
            let what = match act {
                Act::Write if is_owner && (in_store || feature == KERNEL) => continue,
                Act::Write if is_owner => format!("writes {table}: only the store.rs of {feature} does"),
                Act::Write => format!("writes {table}, which belongs to {}: ask {0} to", known.owner),
                Act::Read if OF_VISIBILITY.contains(&table) => {
                    if (is_owner && in_store) || READS_VISIBILITY.contains(&name) {
                        continue;
                    }
                    format!(
                        "reads {table}: what an account may see is asked of the kernel's rights and visibility, so that \
                         there is one rule for it"
                    )
                }
                Act::Read if is_owner || known.readable => continue,
                Act::Read => format!(
                    "reads {table}, which belongs to {} and is not readable: ask {0}, or say `; readable` above CREATE TABLE",
                    known.owner
                ),
            };
            findings.push(Finding::at(name, line, what));
        }
        if literal.text.trim_start().starts_with("CREATE TABLE ") && !source.file().is_test(literal.line) {
            findings.push(Finding::at(
                name,
                literal.line,
                "creates a table: that stands in a .sql migration, below the line with its owner",
            ));
        }
    }
}

/// The feature that a file belongs to, `kernel`, or the folder of another crate.
fn feature(name: &str) -> &str {
    let rest = name.strip_prefix("src-tauri/").unwrap_or(name);
    match rest.strip_prefix("core/src/") {
        Some(path) => path.split('/').next().unwrap_or_default().trim_end_matches(".rs"),
        None => rest.split('/').next().unwrap_or_default(),
    }
}

/// What a text of SQL does to which tables, with the place of each name.
fn statements(sql: &str, is_from: bool) -> Vec<(usize, Act, &str)> {
    let words = words(sql);
    let word = |at: usize| words.get(at).map_or("", |(_, word)| *word);
    let mut found = Vec::new();
    let mut add = |at: usize, act: Act| {
        if let Some((place, name)) = words.get(at).filter(|(_, name)| is_table(name)) {
            found.push((*place, act, *name));
        }
    };
    if is_from {
        add(0, Act::Read);
    }
    for at in 0..words.len() {
        match word(at) {
            "INTO" => add(at + 1, Act::Write),
            "UPDATE" if word(at + 1) == "OR" => add(at + 3, Act::Write),
            "UPDATE" => add(at + 1, Act::Write),
            "FROM" if at > 0 && word(at - 1) == "DELETE" => add(at + 1, Act::Write),
            // IS DISTINCT FROM compares.
            "FROM" if at > 0 && word(at - 1) == "DISTINCT" => {}
            "FROM" | "JOIN" => {
                add(at + 1, Act::Read);
                // FROM account AS a, person AS p
                let mut next = at + 2;
                loop {
                    if word(next) == "AS" {
                        next += 1;
                    }
                    if is_table(word(next)) {
                        next += 1;
                    }
                    if word(next) != "," {
                        break;
                    }
                    add(next + 1, Act::Read);
                    next += 2;
                }
            }
            _ => {}
        }
    }
    found
}

fn is_table(word: &str) -> bool {
    word.starts_with(|character: char| character.is_ascii_lowercase())
}

/// Names, keywords and signs of a text of SQL, with their places.
fn words(sql: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut rest = sql.char_indices().peekable();
    let in_word = |character: char| character.is_alphanumeric() || character == '_';
    while let Some((begins, character)) = rest.next() {
        let mut ends = begins + character.len_utf8();
        if in_word(character) {
            while let Some((at, next)) = rest.next_if(|(_, next)| in_word(*next)) {
                ends = at + next.len_utf8();
            }
        } else if character.is_whitespace() {
            continue;
        } else if character == '\\' {
            // The sign that a literal goes on in the next line, or a break within it.
            rest.next();
            continue;
        } else if character == '"' {
            continue;
        }
        found.push((begins, &sql[begins..ends]));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::scratch::{Scratch, broken};
    use super::*;

    const FIRST: &str = "src-tauri/kernel/src/database/migrations/0001_first.sql";
    const STORE: &str = "src-tauri/core/src/customers/store.rs";
    const ACCOUNTS: &str = "src-tauri/core/src/accounts/store.rs";

    fn in_store(sql: &str) -> Vec<String> {
        broken(
            STORE,
            "//! Store.\n",
            &format!("//! Store.\nconst SQL: &str = \"{sql}\";\n"),
        )
    }

    /// Only the owner writes; in whatever form the statement comes.
    #[test]
    fn foreign_writes() {
        for sql in [
            "INSERT INTO account (id) VALUES (?)",
            "INSERT OR REPLACE INTO account (id) VALUES (?)",
            "REPLACE INTO account (id) VALUES (?)",
            "UPDATE account SET id = ?",
            "UPDATE OR IGNORE account SET id = ?",
            "DELETE FROM account",
            "WITH gone AS (SELECT 1) DELETE FROM account WHERE id IN gone",
        ] {
            let findings = in_store(sql);
            assert_eq!(findings.len(), 1, "{sql}: {findings:?}");
            assert!(
                findings[0].starts_with(&format!("{STORE}:2: writes account, which belongs to accounts")),
                "{findings:?}"
            );
        }
        let findings = in_store("SELECT 1;\n  \\\n UPDATE account SET id = ?");
        assert!(findings[0].starts_with(&format!("{STORE}:4: ")), "{findings:?}");
    }

    /// The owner writes in its store, and nowhere else; a test may.
    #[test]
    fn own_writes() {
        let line = "const SQL: &str = \"UPDATE account SET id = ?\";\n";
        assert_eq!(
            broken(ACCOUNTS, "//! Store.\n", &format!("//! Store.\n{line}")),
            Vec::<String>::new()
        );
        let rules = "src-tauri/core/src/accounts/rules.rs";
        let findings = broken(rules, "//! Rules.\n", &format!("//! Rules.\n{line}"));
        assert!(
            findings.iter().any(|finding| finding.starts_with(&format!(
                "{rules}:2: writes account: only the store.rs of accounts"
            ))),
            "{findings:?}"
        );
        let test = format!("//! Store.\n#[cfg(test)]\nmod tests {{\n{line}}}\n");
        assert_eq!(broken(STORE, "//! Store.\n", &test), Vec::<String>::new());
    }

    /// What is readable may be joined, nothing else.
    #[test]
    fn foreign_reads() {
        assert_eq!(in_store("SELECT id FROM account AS a"), Vec::<String>::new());
        for sql in [
            "SELECT 1 FROM password_history",
            "SELECT 1 FROM customer AS c LEFT JOIN password_history AS p ON 1",
            "SELECT 1 FROM customer AS c, password_history AS p",
            "SELECT 1 FROM customer c, account, password_history",
        ] {
            let findings = in_store(sql);
            assert_eq!(findings.len(), 1, "{sql}: {findings:?}");
            assert!(
                findings[0].starts_with(&format!(
                    "{STORE}:2: reads password_history, which belongs to accounts and is not readable"
                )),
                "{findings:?}"
            );
        }
        let list = "//! Store.\nfn f() -> D { D { from: \"password_history AS p\", id: \"account\" } }\n";
        let findings = broken(STORE, "//! Store.\n", list);
        assert_eq!(findings.len(), 1, "{findings:?}");
    }

    /// Memberships and grants have three readers.
    #[test]
    fn visibility() {
        let sql = "const SQL: &str = \"SELECT 1 FROM membership\";\n";
        let findings = in_store("SELECT 1 FROM membership");
        assert!(
            findings[0].starts_with(&format!("{STORE}:2: reads membership: ")),
            "{findings:?}"
        );
        for file in [
            "src-tauri/kernel/src/rights.rs",
            "src-tauri/kernel/src/visibility.rs",
        ] {
            let text = std::fs::read_to_string(Scratch::new().place(file)).expect("it is there");
            let head = format!("{}\n", text.lines().next().expect("a line"));
            assert_eq!(broken(file, &head, &format!("{head}{sql}")), Vec::<String>::new());
        }
        let findings = broken(
            "src-tauri/kernel/src/database/mod.rs",
            "//! Database.\n",
            &format!("//! Database.\n{sql}"),
        );
        assert_eq!(findings.len(), 1, "{findings:?}");
    }

    /// The kernel writes its tables anywhere in the kernel, and no feature's.
    #[test]
    fn the_kernels_tables() {
        let file = "src-tauri/kernel/src/database/mod.rs";
        let with = |sql: &str| {
            broken(
                file,
                "//! Database.\n",
                &format!("//! Database.\nconst SQL: &str = \"{sql}\";\n"),
            )
        };
        assert_eq!(with("UPDATE setting SET value = 1"), Vec::<String>::new());
        assert_eq!(with("DELETE FROM account").len(), 1);
        assert_eq!(in_store("UPDATE setting SET value = 1").len(), 1);
    }

    /// Every table says whose it is, and names a feature that there is.
    #[test]
    fn owners() {
        let findings = broken(FIRST, "-- owner: kernel\n", "");
        assert_eq!(findings.len(), 1, "{findings:?}");
        assert!(
            findings[0].starts_with(&format!("{FIRST}:1: setting has no owner")),
            "{findings:?}"
        );
        let findings = broken(FIRST, "-- owner: kernel\n", "-- owner: nobody\n");
        assert_eq!(
            findings,
            [format!(
                "{FIRST}:1: nobody owns setting and is neither a feature nor the kernel"
            )]
        );
        let findings = broken(FIRST, "-- owner: kernel\n", "-- owner: kernel; writable\n");
        assert_eq!(findings.len(), 1, "{findings:?}");
        let findings = broken(
            STORE,
            "//! Store.\n",
            "//! Store.\nconst SQL: &str = \"CREATE TABLE more (id)\";\n",
        );
        assert!(
            findings[0].starts_with(&format!("{STORE}:2: creates a table")),
            "{findings:?}"
        );
    }

    /// A table that is rebuilt or renamed keeps its owner; one that is dropped has none.
    #[test]
    fn rebuilt() {
        let second = "src-tauri/kernel/src/database/migrations/0002_second.sql";
        let with = |migration: &str, sql: &str| {
            let mut scratch = Scratch::new();
            scratch.write(second, migration);
            scratch.replace(
                "src-tauri/kernel/src/database/mod.rs",
                "include_str!(\"migrations/0001_first.sql\"),\n",
                "include_str!(\"migrations/0001_first.sql\"),\n    include_str!(\"migrations/0002_second.sql\"),\n",
            );
            scratch.replace(
                "src-tauri/kernel/src/database/mod.rs",
                "/// 0001",
                "/// 0001, 0002",
            );
            scratch.replace(
                STORE,
                "//! Store.\n",
                &format!("//! Store.\nconst SQL: &str = \"{sql}\";\n"),
            );
            scratch.findings()
        };
        let rebuild = "CREATE TABLE new_account (id);\nDROP TABLE account;\nALTER TABLE new_account RENAME TO account;\n";
        let findings = with(rebuild, "DELETE FROM account");
        assert_eq!(findings.len(), 1, "{findings:?}");
        assert!(
            findings[0].contains("writes account, which belongs to accounts"),
            "{findings:?}"
        );
        assert_eq!(with(rebuild, "SELECT 1 FROM account"), Vec::<String>::new());
        let findings = with("ALTER TABLE account RENAME TO person;\n", "DELETE FROM person");
        assert_eq!(findings.len(), 1, "{findings:?}");
        assert_eq!(
            with("DROP TABLE account;\n", "DELETE FROM account"),
            Vec::<String>::new()
        );
        let findings = with("CREATE TABLE more (id);\n", "SELECT 1");
        assert!(
            findings[0].starts_with(&format!("{second}:1: more has no owner")),
            "{findings:?}"
        );
    }

    /// What a statement does, and to what.
    #[test]
    fn statements_are_read() {
        let read = |sql: &str| -> Vec<String> {
            statements(sql, false)
                .into_iter()
                .map(|(_, act, table)| format!("{act:?} {table}"))
                .collect()
        };
        assert_eq!(
            read("INSERT INTO a (x) SELECT y FROM b JOIN c USING (y) ON CONFLICT (x) DO UPDATE SET x = 1"),
            ["Write a", "Read b", "Read c"]
        );
        assert_eq!(
            read("UPDATE a SET x = (SELECT max(y) FROM b), z = 1"),
            ["Write a", "Read b"]
        );
        assert_eq!(
            read("SELECT 1 FROM (SELECT 2 FROM a) AS b, {c} WHERE d IS DISTINCT FROM e"),
            ["Read a"]
        );
        assert_eq!(
            read("the account is written from a customer"),
            Vec::<String>::new()
        );
    }
}
