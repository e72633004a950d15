//! How French and Japanese set their punctuation.

use super::{Finding, Source};

const FRENCH: &str = "ui/locales/fr.ftl";
const JAPANESE: &str = "ui/locales/ja.ftl";

/// What stands for `{ $variable }` while a line is looked at.
const PLACEABLE: char = '\u{fffc}';

/// The no-break space: before `:` and inside `« »`.
const NO_BREAK: char = '\u{a0}';

/// The narrow one: before `;`, `!` and `?`.
const NARROW: char = '\u{202f}';

/// What Japanese writes instead of a sign of ASCII.
const FULL_WIDTH: &[(char, char)] = &[
    ('.', '。'),
    (',', '、'),
    ('!', '！'),
    ('?', '？'),
    (':', '：'),
    (';', '；'),
];

/// Looks at both locales.
pub fn check(sources: &[Source]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for source in sources {
        let wrong: fn(&str) -> Option<String> = match source.name.as_str() {
            FRENCH => french,
            JAPANESE => japanese,
            _ => continue,
        };
        for (number, line) in source.text.lines().enumerate() {
            if let Some(what) = value(line).as_deref().and_then(wrong) {
                findings.push(Finding::at(&source.name, number + 1, what));
            }
        }
    }
    findings
}

/// The text of a line that a person reads, with a sign for each placeable.
pub(super) fn value(line: &str) -> Option<String> {
    if line.starts_with('#') {
        return None;
    }
    let text = line.trim_end();
    let text = match text
        .trim_start()
        .strip_prefix('*')
        .unwrap_or(text.trim_start())
        .split_once(']')
    {
        // [one] Supprimer…
        Some((key, rest)) if key.starts_with('[') => rest,
        _ if text.starts_with(' ') && !text.trim_start().starts_with('.') => text,
        _ => text.split_once('=').map_or("", |(_, rest)| rest),
    };
    let mut shown = String::new();
    let mut depth = 0_usize;
    for character in text.chars() {
        match character {
            '{' => {
                if depth == 0 {
                    shown.push(PLACEABLE);
                }
                depth += 1;
            }
            '}' => depth = depth.saturating_sub(1),
            other if depth == 0 => shown.push(other),
            _ => {}
        }
    }
    Some(shown)
}

/// What is wrong with a French text: before `: ; ! ? »` and after `«` stands a space where no line breaks, a narrow one
/// before `; ! ?`.
fn french(text: &str) -> Option<String> {
    let characters: Vec<char> = text.trim().chars().collect();
    let mut wrong = Vec::new();
    for (at, character) in characters.iter().enumerate() {
        let before = at.checked_sub(1).map(|at| characters[at]);
        let after = characters.get(at + 1).copied();
        let is_missing = match character {
            '«' => after != Some(NO_BREAK),
            '»' => before != Some(NO_BREAK),
            // https://, 12:30, ?!
            ':' | ';' | '!' | '?' => before.is_some_and(|before| {
                let ends =
                    after.is_none_or(|after| !after.is_alphanumeric() && after != '/' && after != PLACEABLE);
                let space = if *character == ':' { NO_BREAK } else { NARROW };
                let is_space = [' ', NO_BREAK, NARROW].contains(&before);
                before != space && !":;!?(«…\"'".contains(before) && (ends || is_space)
            }),
            _ => false,
        };
        if is_missing {
            wrong.push(format!("`{character}`"));
        }
    }
    (!wrong.is_empty()).then(|| {
        format!(
            "{} without its no-break space: French puts U+00A0 before `: »` and after `«`, and U+202F before `; ! ?`",
            wrong.join(" ")
        )
    })
}

/// What is wrong with a Japanese text: after Japanese stand signs of full width.
fn japanese(text: &str) -> Option<String> {
    let characters: Vec<char> = text.trim().chars().collect();
    let mut wrong = Vec::new();
    for (at, character) in characters.iter().enumerate() {
        let follows = at.checked_sub(1).is_some_and(|at| is_japanese(characters[at]));
        let after = characters.get(at + 1).copied();
        if let Some((_, full)) = FULL_WIDTH.iter().find(|(half, _)| half == character)
            && follows
            && !after.is_some_and(|after| after.is_ascii_alphanumeric())
        {
            wrong.push(format!("`{character}` instead of {full}"));
        }
        if matches!(character, '"' | '\'') && (follows || after.is_some_and(is_japanese)) {
            wrong.push(format!("`{character}` instead of 「」"));
        }
        if *character == '(' {
            let inside = characters[at..].iter().take_while(|inside| **inside != ')');
            if inside.copied().any(is_japanese) {
                wrong.push("`()` around Japanese instead of （）".to_owned());
            }
        }
    }
    (!wrong.is_empty()).then(|| format!("has {}", wrong.join(", ")))
}

/// Kana, ideographs, and what closes after them. After a comma a sign may be meant as itself: `、; で区切る`.
fn is_japanese(character: char) -> bool {
    matches!(
        character,
        '\u{3005}'..='\u{3007}' | '」' | '）' | '\u{3041}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
    )
}

#[cfg(test)]
mod tests {
    use super::super::scratch::broken;
    use super::*;

    fn right(judge: fn(&str) -> Option<String>, line: &str) -> bool {
        value(line).as_deref().and_then(judge).is_none()
    }

    /// GEN-05: a French line with an ordinary space, or none.
    #[test]
    fn french_spaces() {
        let file = "ui/locales/fr.ftl";
        let findings = broken(file, "hello = Bonjour\u{202f}!\n", "hello = Bonjour !\n");
        assert_eq!(findings.len(), 1, "{findings:?}");
        assert!(
            findings[0].starts_with(&format!("{file}:1: `!` without its no-break space")),
            "{findings:?}"
        );
        for line in [
            "a = Nom : { $name }",
            "a = { $name } : copié",
            "a = { $name }: copié",
            "a = Copier ?",
            "    .hint = Oui ; non",
            "    [one] Supprimer ?",
            "   *[other] Supprimer ?",
            "    suite : oui",
            "a = le mot « oui\u{a0}»",
            "a = le mot «\u{a0}oui »",
            "a = Oui\u{a0}?",
            "a = Oui\u{a0}; non",
            "a = Nom\u{202f}: non",
        ] {
            assert!(!right(french, line), "{line}");
        }
        for line in [
            "a = Nom\u{a0}: { $name }",
            "a = Oui\u{202f}; non\u{202f}?!",
            "# Nom : oui ?",
            "a = https://{\"{\"}host{\"}\"}:{\"{\"}port{\"}\"}/ à 12:30",
            "a = { $count ->",
            "    [one] «\u{a0}oui\u{a0}»",
            "a = Une phrase. Une autre, encore.",
            "}",
        ] {
            assert!(right(french, line), "{line}");
        }
    }

    /// GEN-05: a Japanese line with signs of ASCII.
    #[test]
    fn japanese_signs() {
        let file = "ui/locales/ja.ftl";
        let findings = broken(file, "hello = こんにちは。\n", "hello = こんにちは.\n");
        assert_eq!(findings, [format!("{file}:1: has `.` instead of 。")]);
        for line in [
            "a = 名前: { $name }",
            "a = 削除しますか?",
            "a = 一,二",
            "a = \"名前\"",
            "a = パスワード (確認)",
            "    [one] 終わり.",
        ] {
            assert!(!right(japanese, line), "{line}");
        }
        for line in [
            "a = 名前：{ $name }。",
            "a = パスワード（確認）、「名前」",
            "a = HTTP プロキシ経由 (CONNECT)",
            "a = example.com 12:30, CSV.",
            "a = 5 個まで、; で区切ります",
            "# 名前: x",
        ] {
            assert!(right(japanese, line), "{line}");
        }
    }
}
