//! Words that this project does not use, and what it says instead: the terms of the field, so that a reader who never
//! saw the program guesses right.

use super::{Finding, Source};

/// The files that are looked at, and the one that has to name the words.
const ENDINGS: &[&str] = &[".rs", ".ts", ".svelte", ".mjs", ".md"];
const THIS: &str = "src-tauri/xtask/src/tidy/words.rs";

/// What is not to be used.
enum Word {
    /// This name in code, just as it is written. In sentences the word is free.
    Name(&'static str),
    /// These words in names (`way_out`, `WayOut`) and in what is said of them (“way out”); `*` ends a word that may go on.
    Words(&'static str),
}

use Word::{Name, Words};

/// The words, and what is said instead.
const FORBIDDEN: &[(Word, &str)] = &[
    (
        Name("told"),
        "label prefix (of a list); message, event, value (of what is passed on)",
    ),
    (Name("Turned"), "reversed order"),
    (Name("turned"), "reversed order"),
    (Name("MANY"), "maximum of ids in a call"),
    (Words("way out"), "effective proxy; leaving (of a page)"),
    (Words("ways out"), "effective proxies"),
    (Words("farewell"), "shut down"),
    (Words("settl*"), "reconcile"),
    (Words("hand over views"), "transfer ownership"),
    (Words("came or went"), "membership changed"),
    (Words("sight"), "visibility"),
    (Words("room"), "feature"),
    (Words("rooms"), "features"),
    (Words("house"), "workspace, program, or what it really is"),
    (Words("floor plan"), "files of a feature"),
    (Words("how dear"), "Argon2 cost"),
];

/// Names of others that contain such a word.
const NAMES_OF_OTHERS: &[&str] = &["allSettled", "PromiseSettledResult"];

/// Around `room` these say that space is meant.
const SPACE_AFTER: &[&str] = &["for", "left"];
const SPACE_BEFORE: &[&str] = &["no", "more", "enough", "much"];

/// Looks at names and comments.
pub fn check(sources: &[Source]) -> Vec<Finding> {
    sources.iter().flat_map(look).collect()
}

/// One word of a name or of a sentence.
struct Part<'text> {
    word: String,
    /// The whole name that it is a part of.
    name: &'text str,
    line: usize,
    /// Whether only a space, a hyphen or nothing stands between it and the one before.
    follows: bool,
    /// Whether it begins a name.
    first: bool,
}

fn look(source: &Source) -> Vec<Finding> {
    let mut findings = Vec::new();
    if source.name == THIS || !ENDINGS.iter().any(|ending| source.name.ends_with(ending)) {
        return findings;
    }
    let is_rust = source.name.ends_with(".rs");
    let prose = if is_rust {
        &source.parts().prose
    } else {
        &source.text
    };
    let mut say = |line: usize, found: &str, instead: &str| {
        findings.push(Finding::at(
            &source.name,
            line,
            format!("says `{found}`: {instead}"),
        ));
    };
    let parts = parts(prose);
    for (word, instead) in FORBIDDEN {
        let Words(words) = word else { continue };
        let words: Vec<&str> = words.split(' ').collect();
        for at in 0..parts.len() {
            if is_here(&parts, at, &words) && !is_allowed(&parts, at, &words) {
                // Of words that stand apart all are shown; of a name, the name.
                let is_phrase = words.len() > 1 && parts[at + 1].first;
                let shown = if is_phrase {
                    words.join(" ")
                } else {
                    parts[at].name.to_owned()
                };
                say(parts[at].line, &shown, instead);
            }
        }
    }
    if !source.name.ends_with(".md") {
        let code = if is_rust {
            source.parts().code.clone()
        } else {
            without_comments(&source.text)
        };
        for part in self::parts(&code).iter().filter(|part| part.first) {
            for (word, instead) in FORBIDDEN {
                if matches!(word, Name(name) if *name == part.name) {
                    say(part.line, part.name, instead);
                }
            }
        }
    }
    findings
}

fn is_here(parts: &[Part<'_>], at: usize, words: &[&str]) -> bool {
    let matches = |part: &Part<'_>, word: &str| match word.strip_suffix('*') {
        Some(beginning) => part.word.starts_with(beginning),
        None => part.word == word,
    };
    parts.len() >= at + words.len()
        && words
            .iter()
            .zip(&parts[at..])
            .enumerate()
            .all(|(number, (word, part))| matches(part, word) && (number == 0 || part.follows))
}

fn is_allowed(parts: &[Part<'_>], at: usize, words: &[&str]) -> bool {
    let has =
        |list: &[&str], part: Option<&Part<'_>>| part.is_some_and(|part| list.contains(&part.word.as_str()));
    let is_space = words == ["room"]
        && (has(SPACE_AFTER, parts.get(at + 1))
            || has(SPACE_BEFORE, at.checked_sub(1).and_then(|at| parts.get(at))));
    is_space || NAMES_OF_OTHERS.contains(&parts[at].name)
}

/// The words of a text: names are taken apart at `_` and at capitals.
fn parts(text: &str) -> Vec<Part<'_>> {
    let mut found: Vec<Part<'_>> = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let mut rest = line;
        let mut gap = "\n";
        while let Some(begins) = rest.find(|character: char| character.is_alphanumeric()) {
            if gap.is_empty() {
                gap = &rest[..begins];
            }
            let name = &rest[begins..];
            let ends = name
                .find(|character: char| !character.is_alphanumeric() && character != '_')
                .unwrap_or(name.len());
            let name = &name[..ends];
            for (at, word) in humps(name).into_iter().enumerate() {
                found.push(Part {
                    word,
                    name,
                    line: number + 1,
                    follows: at > 0 || gap == " " || gap == "-",
                    first: at == 0,
                });
            }
            rest = &rest[begins + ends..];
            gap = "";
        }
    }
    found
}

/// `wayOut` and `way_out` and `WAY_OUT` are `way`, `out`.
fn humps(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut before = '_';
    for character in name.chars() {
        let begins = before == '_' || (character.is_uppercase() && !before.is_uppercase());
        if character != '_' {
            if begins {
                words.push(String::new());
            }
            if let Some(word) = words.last_mut() {
                word.extend(character.to_lowercase());
            }
        }
        before = character;
    }
    words
}

/// The code of the interface, as far as lines tell: what stands in comments is blank.
fn without_comments(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    for line in text.lines() {
        let begins = line.trim_start();
        if !["//", "*", "/*", "<!--"]
            .iter()
            .any(|sign| begins.starts_with(sign))
        {
            code.push_str(line.split(" // ").next().unwrap_or_default());
        }
        code.push('\n');
    }
    code
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(name: &str, text: &str) -> Vec<String> {
        look(&Source::new(name, text))
            .iter()
            .map(Finding::to_string)
            .collect()
    }

    /// Every form of a word is found, with its line and what to say instead.
    #[test]
    fn forbidden_words() {
        for (text, name) in [
            ("fn way_out() {}", "way_out"),
            ("struct WayOut;", "WayOut"),
            ("/// The way out.", "way out"),
            ("const WAY_OUT: u8 = 1;", "WAY_OUT"),
            ("fn settled() {}", "settled"),
            ("// What settles it.", "settles"),
            ("enum Room {}", "Room"),
            ("/// The room's table.", "room"),
            ("let told = 1;", "told"),
            ("Turned::Whole", "Turned"),
            ("const MANY: usize = 1;", "MANY"),
            ("fn keep_house() {}", "keep_house"),
            ("// How dear it is.", "how dear"),
            ("fn out_of_sight() {}", "out_of_sight"),
        ] {
            let findings = found("src-tauri/core/src/a.rs", &format!("\n{text}\n"));
            assert_eq!(findings.len(), 1, "{text}: {findings:?}");
            assert!(
                findings[0].starts_with(&format!("src-tauri/core/src/a.rs:2: says `{name}`: ")),
                "{findings:?}"
            );
        }
    }

    /// Other words that look alike, what is said to people, and what means something else.
    #[test]
    fn other_words() {
        for text in [
            "/// Each window is told what changed.",
            "lighthouse insight unsettling",
            "// No room for it; much room left.",
            "const MANY_MORE: u8 = 1; let room_count = \"room\";"
                .split("let")
                .next()
                .expect("one"),
            "let name = \"meeting room\";",
            "// by the way: out",
            "let turned_off = 1;",
        ] {
            assert_eq!(
                found("src-tauri/core/src/a.rs", text),
                Vec::<String>::new(),
                "{text}"
            );
        }
        assert_eq!(
            found(
                "ui/src/app/a.ts",
                "await Promise.allSettled(x);\n// it is told\n/** told */"
            ),
            Vec::<String>::new()
        );
        assert_eq!(found("ui/src/app/a.ts", "const told = 1;").len(), 1);
        assert_eq!(found("README.md", "You are told so."), Vec::<String>::new());
        assert_eq!(found("README.md", "In this house.").len(), 1);
        assert_eq!(
            found("ui/locales/en.ftl", "a = In this house."),
            Vec::<String>::new()
        );
        assert_eq!(found(THIS, "// house"), Vec::<String>::new());
    }
}
