//! Takes Rust text apart into code, comments and string literals, as far as the checks need it.

/// A string literal and the line it begins on.
#[derive(Debug, PartialEq, Eq)]
pub struct Literal {
    pub line: usize,
    pub text: String,
}

/// Rust text taken apart.
pub struct Parts {
    /// The text with comments and the insides of literals blanked; lines stay where they were.
    pub code: String,
    /// Every string literal, as it is written (escapes are not resolved).
    pub literals: Vec<Literal>,
}

/// Takes Rust text apart. Text that is not Rust gives nonsense, never a panic.
pub fn take_apart(text: &str) -> Parts {
    let characters: Vec<char> = text.chars().collect();
    let mut code = String::with_capacity(text.len());
    let mut literals = Vec::new();
    let mut line = 1;
    let mut at = 0;
    let blank = |code: &mut String, line: &mut usize, character: char| {
        if character == '\n' {
            *line += 1;
            code.push('\n');
        } else {
            code.push(' ');
        }
    };
    while let Some(&character) = characters.get(at) {
        let next = characters.get(at + 1).copied();
        match character {
            '/' if next == Some('/') => {
                while let Some(&inside) = characters.get(at).filter(|inside| **inside != '\n') {
                    blank(&mut code, &mut line, inside);
                    at += 1;
                }
            }
            '/' if next == Some('*') => {
                let mut depth = 0_usize;
                while let Some(&inside) = characters.get(at) {
                    let pair = (inside, characters.get(at + 1).copied().unwrap_or(' '));
                    let width = if pair == ('/', '*') {
                        depth += 1;
                        2
                    } else if pair == ('*', '/') {
                        depth = depth.saturating_sub(1);
                        2
                    } else {
                        1
                    };
                    for inside in characters.iter().skip(at).take(width) {
                        blank(&mut code, &mut line, *inside);
                    }
                    at += width;
                    if depth == 0 {
                        break;
                    }
                }
            }
            'r' if matches!(next, Some('"' | '#'))
                && !follows_a_name(&code)
                && raw_hashes(&characters, at + 1).is_some() =>
            {
                let hashes = raw_hashes(&characters, at + 1).unwrap_or_default();
                let begins = at + 2 + hashes;
                let mut ends = begins;
                while ends < characters.len()
                    && !(characters[ends] == '"'
                        && characters[ends + 1..]
                            .iter()
                            .take(hashes)
                            .filter(|hash| **hash == '#')
                            .count()
                            == hashes)
                {
                    ends += 1;
                }
                literals.push(Literal {
                    line,
                    text: characters[begins.min(characters.len())..ends.min(characters.len())]
                        .iter()
                        .collect(),
                });
                code.push_str("r\"");
                at = begins;
                while at < ends {
                    blank(&mut code, &mut line, characters[at]);
                    at += 1;
                }
                code.push('"');
                at = (ends + 1 + hashes).min(characters.len());
            }
            '"' => {
                code.push('"');
                at += 1;
                let begins = line;
                let mut inside = String::new();
                while let Some(&character) = characters.get(at).filter(|character| **character != '"') {
                    let width = if character == '\\' { 2 } else { 1 };
                    for character in characters.iter().skip(at).take(width) {
                        inside.push(*character);
                        blank(&mut code, &mut line, *character);
                    }
                    at += width;
                }
                literals.push(Literal {
                    line: begins,
                    text: inside,
                });
                code.push('"');
                at += 1;
            }
            // A character, unless it is a lifetime.
            '\'' if next == Some('\\') => {
                code.push_str("' '");
                at += 3;
                while characters.get(at).is_some_and(|character| *character != '\'') {
                    at += 1;
                }
                at += 1;
            }
            '\'' if characters.get(at + 2) == Some(&'\'') => {
                code.push_str("' '");
                at += 3;
            }
            other => {
                if other == '\n' {
                    line += 1;
                }
                code.push(other);
                at += 1;
            }
        }
    }
    Parts { code, literals }
}

/// Whether the `r` that comes next would only be the end of a name.
fn follows_a_name(code: &str) -> bool {
    code.chars().next_back().is_some_and(|character| {
        character.is_alphanumeric() && character != 'b' && character != 'c' || character == '_'
    })
}

/// The number of `#` of a raw string whose hashes begin here, if it is one.
fn raw_hashes(characters: &[char], from: usize) -> Option<usize> {
    let hashes = characters
        .iter()
        .skip(from)
        .take_while(|character| **character == '#')
        .count();
    (characters.get(from + hashes) == Some(&'"')).then_some(hashes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<String> {
        take_apart(text)
            .literals
            .into_iter()
            .map(|literal| literal.text)
            .collect()
    }

    /// Strings are found in every form, and nothing else is taken for one.
    #[test]
    fn finds_strings_and_only_strings() {
        assert_eq!(
            texts(r##"let a = "x\"y"; let b = r#"z"z"#; let c = b"q";"##),
            ["x\\\"y", "z\"z", "q"]
        );
        assert_eq!(texts("// \"no\"\n/* \"no /* \" */ \"no\" */ \"yes\""), ["yes"]);
        assert_eq!(
            texts("fn f<'a>(x: &'a str) -> char { '\"' }"),
            Vec::<String>::new()
        );
        assert_eq!(texts("let quote = '\\''; let text = \"t\";"), ["t"]);
        assert_eq!(texts("for\"x\""), ["x"]);
    }

    /// Lines stay where they were, so that a finding names the right one.
    #[test]
    fn keeps_lines() {
        let parts = take_apart("a\n/* b\nc */ d\n\"e\nf\"\ng");
        assert_eq!(parts.code.lines().count(), 6);
        assert_eq!(
            parts.literals,
            [Literal {
                line: 4,
                text: "e\nf".to_owned()
            }]
        );
    }

    /// Half a program is no reason to fall over.
    #[test]
    fn survives_unfinished_text() {
        for text in ["\"", "r#\"", "'\\", "/*", "r", "b\"\\", "'"] {
            take_apart(text);
        }
    }
}
