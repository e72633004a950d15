//! Every word in every language (GEN-04, GEN-05).

use std::collections::{BTreeMap, BTreeSet};

use super::literals::take_apart;
use super::{Finding, Source};

const LANGUAGES: &[&str] = &["en", "fr", "ja"];
const ERRORS: &str = "src-tauri/kernel/src/error.rs";

/// A message or an attribute of one.
#[derive(Default)]
struct Message {
    line: usize,
    /// The variables that stand in its text.
    said: BTreeSet<String>,
    /// The variables it only inflects by: `{ $count ->`. Another language may have no need of them.
    inflected: BTreeSet<String>,
}

/// By `key` or `key.attribute`.
type Messages = BTreeMap<String, Message>;

/// Looks at the locales, at who uses them, and at the errors that need words.
pub fn check(sources: &[Source]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut languages: BTreeMap<&str, (String, Messages)> = BTreeMap::new();
    for language in LANGUAGES {
        let file = format!("ui/locales/{language}.ftl");
        match sources.iter().find(|source| source.name == file) {
            Some(source) => {
                let messages = read(&file, &source.text, &mut findings);
                languages.insert(language, (file, messages));
            }
            None => findings.push(Finding::new(file, "is missing")),
        }
    }
    let Some((english_file, english)) = languages.get("en") else {
        return findings;
    };
    for (file, messages) in languages.values() {
        same(english_file, english, file, messages, sources, &mut findings);
    }
    for source in sources.iter().filter(|source| source.name == "ui/locales/fr.ftl") {
        zeros(&source.name, &source.text, &mut findings);
    }
    used(english_file, english, sources, &mut findings);
    errors(sources, &languages, &mut findings);
    findings
}

/// Reads Fluent text line by line: enough to know keys, attributes and variables.
fn read(file: &str, text: &str, findings: &mut Vec<Finding>) -> Messages {
    let mut messages = Messages::new();
    let mut message = String::new();
    let mut current = String::new();
    for (number, line) in text.lines().enumerate() {
        let number = number + 1;
        let trimmed = line.trim();
        if trimmed.is_empty() || line.starts_with('#') {
            continue;
        }
        if line.starts_with(' ') {
            if let Some((name, _)) = trimmed.strip_prefix('.').and_then(|rest| rest.split_once('=')) {
                current = format!("{message}.{}", name.trim());
                insert(file, number, &current, &mut messages, findings);
            }
        } else if let Some((name, _)) = line.split_once('=').filter(|(name, _)| is_key(name.trim())) {
            name.trim().clone_into(&mut message);
            message.clone_into(&mut current);
            insert(file, number, &current, &mut messages, findings);
        } else if !line.starts_with('}') {
            findings.push(Finding::at(
                file,
                number,
                "is neither a message, nor a comment, nor part of a message",
            ));
        }
        if let Some(message) = messages.get_mut(&current) {
            for (variable, inflects) in variables_of(line) {
                if inflects {
                    message.inflected.insert(variable)
                } else {
                    message.said.insert(variable)
                };
            }
        }
    }
    messages
}

/// A variant of a choice: its name, its line, and the variables that stand in its text.
type Variant = (String, usize, BTreeSet<String>);

/// French has one form for 0 and 1 (CLDR): where that form says *one* in words, 0 has words of its own.
fn zeros(file: &str, text: &str, findings: &mut Vec<Finding>) {
    let mut choices: Vec<Vec<Variant>> = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let trimmed = line.trim();
        let variant = trimmed.trim_start_matches('*').strip_prefix('[');
        if let Some((name, _)) = variant.and_then(|rest| rest.split_once(']'))
            && let Some(choice) = choices.last_mut()
        {
            choice.push((name.to_owned(), number + 1, BTreeSet::new()));
        } else if trimmed.starts_with('}')
            && let Some(choice) = choices.pop()
            && let Some(line) = without_zero(&choice)
        {
            findings.push(Finding::at(
                file,
                line,
                "says one in words, also of 0: needs a variant [0]",
            ));
        }
        if let Some((_, _, said)) = choices.last_mut().and_then(|choice| choice.last_mut()) {
            let in_text = variables_of(line).into_iter().filter(|(_, inflects)| !inflects);
            said.extend(in_text.map(|(variable, _)| variable));
        }
        if trimmed.ends_with("->") {
            choices.push(Vec::new());
        }
    }
}

/// The line of the variant for one that does not show the number which the others show, where 0 has none of its own.
fn without_zero(choice: &[Variant]) -> Option<usize> {
    let of = |wanted: &str| choice.iter().find(|(name, _, _)| name == wanted);
    let ((_, line, one), (_, _, other)) = (of("one")?, of("other")?);
    (of("0").is_none() && other.difference(one).next().is_some()).then_some(*line)
}

fn insert(file: &str, line: usize, key: &str, messages: &mut Messages, findings: &mut Vec<Finding>) {
    if let Some(Message { line: before, .. }) = messages.insert(
        key.to_owned(),
        Message {
            line,
            ..Message::default()
        },
    ) {
        findings.push(Finding::at(
            file,
            line,
            format!("{key} stands twice; first in line {before}"),
        ));
    }
}

fn is_key(name: &str) -> bool {
    let name = name.strip_prefix('-').unwrap_or(name);
    name.starts_with(|character: char| character.is_ascii_alphabetic())
        && name
            .chars()
            .all(|character| character.is_ascii_alphanumeric() || character == '-' || character == '_')
}

/// The variables of a line, and whether each is only inflected by.
fn variables_of(line: &str) -> Vec<(String, bool)> {
    line.split('$')
        .skip(1)
        .map(|rest| {
            let in_name = |character: &char| {
                character.is_ascii_alphanumeric() || *character == '-' || *character == '_'
            };
            let name: String = rest.chars().take_while(in_name).collect();
            let inflects = rest[name.len()..].trim_start().starts_with("->");
            (name, inflects)
        })
        .filter(|(name, _)| !name.is_empty())
        .collect()
}

fn same(
    english_file: &str,
    english: &Messages,
    file: &str,
    messages: &Messages,
    sources: &[Source],
    findings: &mut Vec<Finding>,
) {
    for (key, message) in english {
        let Some(other) = messages.get(key) else {
            findings.push(Finding::new(
                file,
                format!("lacks {key} ({english_file}:{})", message.line),
            ));
            continue;
        };
        for variable in message
            .said
            .iter()
            .filter(|name| !other.said.contains(*name) && !other.inflected.contains(*name))
        {
            findings.push(Finding::at(
                file,
                other.line,
                format!("{key} does not say ${variable}"),
            ));
        }
        // One language inflects by a number where another does not; but what nobody hands over stays empty.
        for variable in other.said.union(&other.inflected) {
            let known = message.said.contains(variable) || message.inflected.contains(variable);
            if !known && !handed_over(key, variable, sources) {
                findings.push(Finding::at(
                    file,
                    other.line,
                    format!("{key} takes ${variable}, which English does not"),
                ));
            }
        }
    }
    for (key, message) in messages {
        if !english.contains_key(key) {
            findings.push(Finding::at(
                file,
                message.line,
                format!("{key} is not in {english_file}"),
            ));
        }
    }
}

/// Whether a page that shows these words names the variable beside them.
fn handed_over(key: &str, variable: &str, sources: &[Source]) -> bool {
    const NEAR: usize = 240;
    let quoted = format!("'{key}'");
    sources
        .iter()
        .filter(|source| source.name.starts_with("ui/src/"))
        .any(|source| {
            source.text.match_indices(&quoted).any(|(at, _)| {
                let near: String = source.text[at..].chars().take(NEAR).collect();
                near.contains(&format!("{variable}:")) || near.contains(&format!("{variable},"))
            })
        })
}

/// A word that nothing shows is a word that nobody checks.
fn used(file: &str, messages: &Messages, sources: &[Source], findings: &mut Vec<Finding>) {
    let mut named: BTreeSet<String> = BTreeSet::new();
    let mut beginnings: BTreeSet<String> = BTreeSet::new();
    for source in sources {
        let in_interface = source.name.starts_with("ui/src/");
        let in_rust = source.name.starts_with("src-tauri/") && source.name.ends_with(".rs");
        if !in_interface && !in_rust {
            continue;
        }
        for text in quoted(&source.text) {
            // `error-${code}` in the interface and "error-{code}" in Rust: every key that begins so.
            match text.find(['{', '$']) {
                Some(at) if text[..at].ends_with('-') && at > 1 => beginnings.insert(text[..at].to_owned()),
                Some(_) => false,
                // "connection-" + status
                None if text.ends_with('-') && text.len() > 2 => beginnings.insert(text),
                None => named.insert(text),
            };
        }
    }
    for source in sources.iter().filter(|source| source.name == file) {
        // A message that another one refers to is used by it.
        for rest in source.text.split('{').skip(1) {
            let name = rest.split('}').next().unwrap_or_default().trim();
            if is_key(name) {
                named.insert(name.to_owned());
            }
        }
    }
    for (key, message) in messages.iter().filter(|(key, _)| !key.contains('.')) {
        let is_named = named.contains(key)
            || beginnings
                .iter()
                .any(|beginning| key.starts_with(beginning.as_str()));
        if !is_named {
            findings.push(Finding::at(file, message.line, format!("{key} is used nowhere")));
        }
    }
}

/// What stands between quotes of any kind and could be a key or the beginning of one.
fn quoted(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for quote in ['\'', '"', '`'] {
        let mut rest = text;
        while let Some(at) = rest.find(quote) {
            rest = &rest[at + 1..];
            let length = rest
                .char_indices()
                .find(|(_, character)| {
                    !(character.is_ascii_alphanumeric() || *character == '-' || *character == '_')
                })
                .map_or(rest.len(), |(at, _)| at);
            let after = &rest[length..];
            if length > 0 && (after.starts_with(quote) || after.starts_with("${") || after.starts_with('{')) {
                let end = if after.starts_with(quote) { "" } else { "{" };
                found.push(format!("{}{end}", &rest[..length]));
            }
        }
    }
    found
}

/// GEN-04: every error has its words, and says what can be done.
fn errors(sources: &[Source], languages: &BTreeMap<&str, (String, Messages)>, findings: &mut Vec<Finding>) {
    let Some(source) = sources.iter().find(|source| source.name == ERRORS) else {
        findings.push(Finding::new(
            ERRORS,
            "is missing; the error codes are read from it",
        ));
        return;
    };
    let codes = codes(&source.text);
    if codes.is_empty() {
        findings.push(Finding::new(
            ERRORS,
            "has no `error_codes!` table that can be read",
        ));
    }
    for (name, code) in names(&source.text) {
        // An error that nothing ever says is a promise in the words and in the interface that nobody keeps.
        if !sources
            .iter()
            .any(|source| raises(source, &name) || raises_by_code(source, &code))
        {
            findings.push(Finding::new(
                ERRORS,
                format!("has {name}, which is raised nowhere"),
            ));
        }
    }
    for code in codes {
        let key = format!("error-{}", code.replace('.', "-"));
        // What is wrong with a field stands under it and says what belongs there; the action is in the sentence.
        let of_a_field = ["field.", "password."]
            .iter()
            .any(|beginning| code.starts_with(beginning));
        let action = (!of_a_field).then(|| format!("{key}.action"));
        for (file, messages) in languages.values() {
            for key in [Some(key.clone()), action.clone()].into_iter().flatten() {
                if !messages.contains_key(&key) {
                    findings.push(Finding::new(
                        file,
                        format!("lacks {key}, the words of an error (GEN-04)"),
                    ));
                }
            }
        }
    }
}

/// Whether a source of the program names this error other than to look it up or to say what comes of it.
fn raises(source: &Source, name: &str) -> bool {
    let is_program = source.name.starts_with("src-tauri/") && source.name.ends_with(".rs");
    // The server's table of status codes, and what is worth trying again, speak of errors and raise none.
    let speaks = [ERRORS, "src-tauri/server/src/routes.rs"].contains(&source.name.as_str());
    let wanted = format!("ErrorCode::{name}");
    is_program
        && source.text.contains(&wanted)
        && source.parts().code.lines().any(|line| {
            let names = line.match_indices(&wanted).any(|(at, _)| {
                let after = line[at + wanted.len()..].chars().next();
                !after.is_some_and(|character| character.is_alphanumeric() || character == '_')
            });
            let raised = [".into()", "Problem::", "ok_or", "=> ErrorCode", "Err("];
            names && (!speaks || raised.iter().any(|sign| line.contains(sign)))
        })
}

/// Whether a source of the licence formats, which do not know the kernel, has this code.
fn raises_by_code(source: &Source, code: &str) -> bool {
    let is_format = source.name.starts_with("src-tauri/licences/src/") && source.name.ends_with(".rs");
    is_format && source.parts().literals.iter().any(|literal| literal.text == code)
}

/// The names and codes of the table `error_codes! { Name = "code", … }`.
fn names(text: &str) -> Vec<(String, String)> {
    let table = text.split("\nerror_codes! {").nth(1).unwrap_or_default();
    let table = table.split("\n}").next().unwrap_or_default();
    table
        .lines()
        .filter_map(|line| line.split_once(" = "))
        .map(|(name, code)| {
            (
                name.trim().to_owned(),
                code.trim_matches([' ', '"', ',']).to_owned(),
            )
        })
        .filter(|(name, _)| name.chars().all(char::is_alphanumeric))
        .collect()
}

/// The codes of the table `error_codes! { Name = "code", … }`.
fn codes(text: &str) -> Vec<String> {
    let Some(at) = text.find("\nerror_codes! {") else {
        return Vec::new();
    };
    let table = &text[at..];
    let table = &table[..table.find("\n}").unwrap_or(table.len())];
    take_apart(table)
        .literals
        .into_iter()
        .map(|literal| literal.text)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(english: &str, french: &str, page: &str) -> Vec<String> {
        let errors = "\nerror_codes! {\n    NotFound = \"not-found\",\n}\n";
        let words = "\nerror-not-found = a\n    .action = b\n";
        let source = |name: &str, text: String| Source::new(name, text);
        check(&[
            source("ui/locales/en.ftl", format!("{english}{words}")),
            source("ui/locales/fr.ftl", format!("{french}{words}")),
            source("ui/locales/ja.ftl", format!("{english}{words}")),
            source(ERRORS, errors.to_owned()),
            source(
                "src-tauri/core/src/ids.rs",
                "Err(ErrorCode::NotFound.into())".to_owned(),
            ),
            source("ui/src/app/page.ts", format!("t(`error-${{code}}`); {page}")),
        ])
        .into_iter()
        .map(|finding| finding.to_string())
        .collect()
    }

    /// GEN-05: what French says of one in words is not said of nothing.
    #[test]
    fn french_has_words_for_nothing() {
        let found = |french: &str| {
            let mut findings = Vec::new();
            zeros("fr.ftl", french, &mut findings);
            findings.iter().map(ToString::to_string).collect::<Vec<_>>()
        };
        let rows = |zero: &str, one: &str| {
            format!("rows = {{ $count ->\n{zero}    [one] {one}\n   *[other] {{ $number }} lignes\n  }}\n")
        };
        assert_eq!(
            found(&rows("", "Une ligne")),
            ["fr.ftl:2: says one in words, also of 0: needs a variant [0]"]
        );
        assert!(found(&rows("    [0] Aucune ligne\n", "Une ligne")).is_empty());
        assert!(found(&rows("", "{ $number } ligne")).is_empty());
        // A choice within a choice, and words over several lines.
        let nested = "both = { $kind ->\n    [a] { $count ->\n        [one] un\n            seul\n       *[other] { $number }\n      }\n   *[b] rien\n  }\n";
        assert_eq!(found(nested).len(), 1);
    }

    /// GEN-05: the same keys, attributes and variables in every language.
    #[test]
    fn languages_agree() {
        assert_eq!(
            tree(
                "hello = Hello { $name }\n",
                "hello = Bonjour { $name }\n",
                "t('hello')"
            ),
            Vec::<String>::new()
        );
        assert!(tree("hello = Hello\n", "", "t('hello')")[0].contains("lacks hello"));
        assert!(
            tree(
                "hello = Hello { $name }\n",
                "hello = Bonjour { $nom }\n",
                "t('hello')"
            )
            .len()
                == 2
        );
        assert!(
            tree(
                "hello = Hello\n    .hint = Hint\n",
                "hello = Bonjour\n",
                "t('hello')"
            )[0]
            .contains("hello.hint")
        );
    }

    /// A word that nothing shows is found; one that is built from a prefix is not.
    #[test]
    fn words_are_used() {
        assert!(tree("hello = Hello\n", "hello = Bonjour\n", "")[0].contains("used nowhere"));
        assert_eq!(
            tree("state-good = Good\n", "state-good = Bon\n", "t(`state-${state}`)"),
            Vec::<String>::new()
        );
    }

    /// An error that nothing raises is found, also when something only speaks of it.
    #[test]
    fn errors_are_raised() {
        let source = |name: &str, text: &str| Source::new(name, text);
        assert_eq!(
            names("\nerror_codes! {\n    // Words\n    NotFound = \"not-found\",\n}\n"),
            [("NotFound".to_owned(), "not-found".to_owned())]
        );
        let formats = "src-tauri/licences/src/key.rs";
        let variant = "enum E { Empty = \"licence-key.empty\" }";
        assert!(raises_by_code(&source(formats, variant), "licence-key.empty"));
        assert!(!raises_by_code(
            &source(formats, "// \"licence-key.empty\""),
            "licence-key.empty"
        ));
        assert!(!raises_by_code(
            &source("src-tauri/core/src/feature.rs", variant),
            "licence-key.empty"
        ));
        let feature = "src-tauri/core/src/feature.rs";
        let routes = "src-tauri/server/src/routes.rs";
        assert!(raises(
            &source(feature, "Err(ErrorCode::NotFound.into())"),
            "NotFound"
        ));
        assert!(raises(
            &source(routes, "return failed(ErrorCode::NotFound.into());"),
            "NotFound"
        ));
        for (place, text) in [
            (feature, "// ErrorCode::NotFound"),
            (feature, "ErrorCode::NotFoundEither.into()"),
            (routes, "ErrorCode::NotFound => StatusCode::NOT_FOUND,"),
            ("tests/it/feature.rs", "ErrorCode::NotFound"),
        ] {
            assert!(!raises(&source(place, text), "NotFound"), "{text}");
        }
    }

    /// GEN-04: an error without words is found.
    #[test]
    fn errors_have_words() {
        assert_eq!(
            codes("\nerror_codes! {\n    // Words\n    A = \"a.b\",\n    C = \"c\",\n}\n\"x\""),
            ["a.b", "c"]
        );
    }
}
