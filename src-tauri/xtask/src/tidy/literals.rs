//! Takes Rust text apart into code, comments and string literals, as far as the checks need it.

/// A string literal and the line it begins on.
#[derive(Debug, PartialEq, Eq)]
pub struct Literal {
    pub line: usize,
    /// Where in [`Parts::code`] it begins.
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

/// Takes Rust text apart. Text that is not Rust gives nonsense, never a panic.
pub fn take_apart(text: &str) -> Parts {
    let mut reader = Reader {
        characters: text.chars().collect(),
        at: 0,
        line: 1,
        code: String::with_capacity(text.len()),
        comments: Vec::new(),
        literals: Vec::new(),
    };
    while let Some(character) = reader.ahead(0) {
        reader.read(character);
    }
    Parts {
        prose: with_comments(&reader.code, &reader.comments),
        code: reader.code,
        literals: reader.literals,
    }
}

struct Reader {
    characters: Vec<char>,
    at: usize,
    line: usize,
    code: String,
    /// The comments, and where in the code each stands.
    comments: Vec<(usize, String)>,
    literals: Vec<Literal>,
}

impl Reader {
    fn ahead(&self, distance: usize) -> Option<char> {
        self.characters.get(self.at + distance).copied()
    }

    fn read(&mut self, character: char) {
        match (character, self.ahead(1)) {
            ('/', Some('/')) => self.comment(Self::rest_of_line),
            ('/', Some('*')) => self.comment(Self::rest_of_block),
            ('r', Some('"' | '#')) if !follows_a_name(&self.code) => {
                match raw_hashes(&self.characters, self.at + 1) {
                    Some(hashes) => self.raw_string(hashes),
                    None => self.copy(character),
                }
            }
            ('"', _) => self.string(),
            // A character, unless it is a lifetime.
            ('\'', Some('\\')) => {
                self.code.push_str("' '");
                self.at += 3;
                while self.ahead(0).is_some_and(|character| character != '\'') {
                    self.at += 1;
                }
                self.at += 1;
            }
            ('\'', _) if self.ahead(2) == Some('\'') => {
                self.code.push_str("' '");
                self.at += 3;
            }
            (other, _) => self.copy(other),
        }
    }

    fn copy(&mut self, character: char) {
        if character == '\n' {
            self.line += 1;
        }
        self.code.push(character);
        self.at += 1;
    }

    /// Puts a space, or the break of a line, in the place of the next characters.
    fn blank(&mut self, count: usize) {
        for _ in 0..count {
            match self.ahead(0) {
                None => return,
                Some('\n') => {
                    self.line += 1;
                    self.code.push('\n');
                }
                Some(_) => self.code.push(' '),
            }
            self.at += 1;
        }
    }

    fn comment(&mut self, read: fn(&mut Self)) {
        let (place, begins) = (self.code.len(), self.at);
        read(self);
        let text = self.characters[begins..self.at].iter().collect();
        self.comments.push((place, text));
    }

    fn rest_of_line(&mut self) {
        while self.ahead(0).is_some_and(|character| character != '\n') {
            self.blank(1);
        }
    }

    fn rest_of_block(&mut self) {
        let mut depth = 0_usize;
        while let Some(character) = self.ahead(0) {
            match (character, self.ahead(1)) {
                ('/', Some('*')) => {
                    depth += 1;
                    self.blank(2);
                }
                ('*', Some('/')) => {
                    depth = depth.saturating_sub(1);
                    self.blank(2);
                }
                _ => self.blank(1),
            }
            if depth == 0 {
                return;
            }
        }
    }

    fn raw_string(&mut self, hashes: usize) {
        let (place, line) = (self.code.len(), self.line);
        self.code.push_str("r\"");
        self.at += 2 + hashes;
        let begins = self.at;
        while let Some(character) = self.ahead(0) {
            if character == '"' && (1..=hashes).all(|distance| self.ahead(distance) == Some('#')) {
                break;
            }
            self.blank(1);
        }
        self.literal(place, line, begins);
        self.at = (self.at + 1 + hashes).min(self.characters.len());
    }

    fn string(&mut self) {
        let (place, line) = (self.code.len(), self.line);
        self.code.push('"');
        self.at += 1;
        let begins = self.at;
        while let Some(character) = self.ahead(0).filter(|character| *character != '"') {
            self.blank(if character == '\\' { 2 } else { 1 });
        }
        self.literal(place, line, begins);
        self.at += 1;
    }

    fn literal(&mut self, place: usize, line: usize, begins: usize) {
        self.literals.push(Literal {
            line,
            at: place,
            text: self.characters[begins.min(self.at)..self.at].iter().collect(),
        });
        self.code.push('"');
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
