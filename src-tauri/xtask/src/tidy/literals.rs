//! Takes Rust text apart into code, comments and string literals, as far as the checks need it.

/// A string literal and the line it begins on.
#[derive(Debug, PartialEq, Eq)]
pub struct Literal {
    pub line: usize,
    /// Where in [`Parts::code`] its opening quote stands.
    pub at: usize,
    pub text: String,
}

/// Rust text taken apart.
pub struct Parts {
    /// The text with comments and the insides of literals blanked; lines stay where they were.
    pub code: String,
    /// The text with only the insides of literals blanked: the names and what is said of them.
    pub prose: String,
    /// Every string literal, as it is written (escapes are not resolved).
    pub literals: Vec<Literal>,
}

/// Puts a character in the place of one that is blanked, so that lines stay where they were.
fn blank(into: &mut String, line: &mut usize, character: char) {
    if character == '\n' {
        *line += 1;
        into.push('\n');
    } else {
        into.push(' ');
    }
}

/// Takes Rust text apart. Text that is not Rust gives nonsense, never a panic.
pub fn take_apart(text: &str) -> Parts {
    let characters: Vec<char> = text.chars().collect();
    let mut code = String::with_capacity(text.len());
    let mut literals = Vec::new();
    let mut line = 1;
    let mut at = 0;
    // The comments, and where in the code each stands.
    let mut comments: Vec<(usize, String)> = Vec::new();
    while let Some(&character) = characters.get(at) {
        let next = characters.get(at + 1).copied();
        match character {
            '/' if next == Some('/') => {
                let place = code.len();
                let begins = at;
                while let Some(&inside) = characters.get(at).filter(|inside| **inside != '\n') {
                    blank(&mut code, &mut line, inside);
                    at += 1;
                }
                comments.push((place, characters[begins..at].iter().collect()));
            }
            '/' if next == Some('*') => {
                let place = code.len();
                let begins = at;
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
                at = at.min(characters.len());
                comments.push((place, characters[begins..at].iter().collect()));
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
                    at: code.len(),
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
                let place = code.len();
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
                    at: place,
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
    let prose = with_comments(&code, &comments);
    Parts {
        code,
        prose,
        literals,
    }
}

/// The code with its comments put back.
fn with_comments(code: &str, comments: &[(usize, String)]) -> String {
    let mut prose = String::with_capacity(code.len() * 2);
    let mut done = 0;
    for (place, comment) in comments {
        prose.push_str(&code[done..*place]);
        prose.push_str(comment);
        // In the code there is one sign for each character of it, all of one byte.
        done = place + comment.chars().count();
    }
    prose.push_str(&code[done..]);
    prose
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

    /// The prose has the comments and no text of literals.
    #[test]
    fn keeps_comments() {
        let parts = take_apart("a // “b”\n/* c\nd */ e = \"f // g\"; // h");
        assert_eq!(parts.prose, "a // “b”\n/* c\nd */ e = \"      \"; // h");
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
                at: 14,
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
