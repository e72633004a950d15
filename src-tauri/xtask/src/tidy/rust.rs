//! Reads the code of one Rust file as far as the checks need it: its names, what it imports, what it declares, and
//! which of it is compiled for tests only.
//!
//! This is no parser of Rust. It works on [`Parts::code`](super::literals::Parts), where comments and literals are
//! blank, and knows blocks, attributes, `use` trees and paths. What a macro makes of its arguments is not known; paths
//! among the arguments are read like any others.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

/// A name, a number or a sign of the code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token<'code> {
    pub text: &'code str,
    pub line: usize,
}

/// One name that a `use` brings into a module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Import {
    /// The inline modules of this file that it stands in, outermost first.
    pub inside: Vec<String>,
    /// The path as it is written, `self` at the end left out.
    pub path: Vec<String>,
    /// What it is called here. None: everything (`*`), or nothing (`as _`).
    pub name: Option<String>,
    /// Whether it takes everything.
    pub all: bool,
    /// Whether others may import it from here.
    pub public: bool,
    pub line: usize,
}

/// A path of more than one name in the code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Path {
    /// As in [`Import`].
    pub inside: Vec<String>,
    pub names: Vec<String>,
    pub line: usize,
}

/// What a file is made of.
#[derive(Debug, Default)]
pub struct File {
    pub imports: Vec<Import>,
    pub paths: Vec<Path>,
    /// Modules declared with a file of their own: where, and their name.
    pub children: Vec<(Vec<String>, String)>,
    /// Modules with their text here: their whole path from this file.
    pub inline: BTreeSet<Vec<String>>,
    /// What each module of this file defines itself: where, and the name.
    pub defines: BTreeSet<(Vec<String>, String)>,
    /// Every name that stands anywhere in the file.
    pub names: BTreeSet<String>,
    /// The lines of what only tests are compiled with.
    pub tests: Vec<RangeInclusive<usize>>,
}

impl File {
    /// Reads code whose comments and literals are blank.
    pub fn read(code: &str) -> Self {
        let all = tokens(code);
        let (tokens, tests) = without_tests(&all);
        let mut reader = Reader {
            tokens: &tokens,
            at: 0,
            depth: 0,
            inside: Vec::new(),
            opened: Vec::new(),
            file: Self {
                tests,
                ..Self::default()
            },
        };
        reader.read();
        reader.file
    }

    /// Whether this line is compiled for tests only.
    pub fn is_test(&self, line: usize) -> bool {
        self.tests.iter().any(|lines| lines.contains(&line))
    }
}

/// Takes code apart into names, numbers and signs; `::` is one sign.
pub fn tokens(code: &str) -> Vec<Token<'_>> {
    let mut found = Vec::new();
    let mut line = 1;
    let mut rest = code.char_indices().peekable();
    while let Some((begins, character)) = rest.next() {
        if character == '\n' {
            line += 1;
        }
        if character.is_whitespace() {
            continue;
        }
        let mut ends = begins + character.len_utf8();
        if in_name(character) {
            while let Some((at, next)) = rest.next_if(|(_, next)| in_name(*next)) {
                ends = at + next.len_utf8();
            }
        } else if character == ':' && rest.next_if(|(_, next)| *next == ':').is_some() {
            ends += 1;
        }
        found.push(Token {
            text: &code[begins..ends],
            line,
        });
    }
    found
}

fn in_name(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

fn is_name(text: &str) -> bool {
    text.chars()
        .next()
        .is_some_and(|first| first.is_alphabetic() || first == '_')
}

/// Leaves out every item, field and statement under `#[cfg(test)]` or `#[cfg(all(test, …))]`, and says on which lines
/// they stand.
fn without_tests<'code>(all: &[Token<'code>]) -> (Vec<Token<'code>>, Vec<RangeInclusive<usize>>) {
    let mut kept = Vec::new();
    let mut tests = Vec::new();
    let mut at = 0;
    while at < all.len() {
        if is_sequence(all, at, &["#", "[", "cfg", "(", "test", ")", "]"])
            || is_sequence(all, at, &["#", "[", "cfg", "(", "all", "(", "test", ","])
        {
            let end = end_of_item(all, at);
            tests.push(all[at].line..=all[end.min(all.len()) - 1].line);
            at = end;
        } else {
            kept.push(all[at]);
            at += 1;
        }
    }
    (kept, tests)
}

fn is_sequence(tokens: &[Token<'_>], at: usize, wanted: &[&str]) -> bool {
    tokens.len() >= at + wanted.len()
        && tokens[at..]
            .iter()
            .zip(wanted)
            .all(|(token, wanted)| token.text == *wanted)
}

/// The place after the item whose first attribute begins here.
fn end_of_item(tokens: &[Token<'_>], from: usize) -> usize {
    const ITEMS: &[&str] = &[
        "pub",
        "fn",
        "mod",
        "use",
        "const",
        "static",
        "struct",
        "enum",
        "impl",
        "type",
        "trait",
        "async",
        "unsafe",
        "extern",
        "let",
        "macro_rules",
    ];
    let mut at = from;
    while is_sequence(tokens, at, &["#", "["]) {
        at = after_brackets(tokens, at + 1);
    }
    // A field, a variant, an argument or an arm ends with a comma; an item does not.
    let is_item = tokens.get(at).is_some_and(|token| ITEMS.contains(&token.text));
    while let Some(token) = tokens.get(at) {
        match token.text {
            ";" => return at + 1,
            "," if !is_item => return at + 1,
            "{" => return after_brackets(tokens, at),
            "(" | "[" => at = after_brackets(tokens, at),
            // The block that it stood in ends.
            "}" | ")" | "]" => return at,
            _ => at += 1,
        }
    }
    at
}

/// The place after the bracket that closes the one here.
fn after_brackets(tokens: &[Token<'_>], from: usize) -> usize {
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate().skip(from) {
        match token.text {
            "{" | "(" | "[" => depth += 1,
            "}" | ")" | "]" => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return at + 1;
        }
    }
    tokens.len()
}

struct Reader<'tokens, 'code> {
    tokens: &'tokens [Token<'code>],
    at: usize,
    /// How many braces are open.
    depth: usize,
    /// The inline modules that are open, and the depth outside each.
    inside: Vec<String>,
    opened: Vec<usize>,
    file: File,
}

impl<'code> Reader<'_, 'code> {
    fn text(&self, ahead: usize) -> &'code str {
        self.tokens.get(self.at + ahead).map_or("", |token| token.text)
    }

    fn before(&self) -> &'code str {
        self.at.checked_sub(1).map_or("", |at| self.tokens[at].text)
    }

    fn read(&mut self) {
        while let Some(token) = self.tokens.get(self.at).copied() {
            match token.text {
                "{" => self.depth += 1,
                "}" => {
                    self.depth = self.depth.saturating_sub(1);
                    if self.opened.last() == Some(&self.depth) {
                        self.opened.pop();
                        self.inside.pop();
                    }
                }
                "mod" if is_name(self.text(1)) && matches!(self.text(2), ";" | "{") => {
                    self.module();
                    continue;
                }
                "use" if self.before() != "::" && self.is_statement() => {
                    self.import();
                    continue;
                }
                text if is_name(text) => {
                    self.file.names.insert(text.to_owned());
                    self.definition();
                    if self.text(1) == "::" && !matches!(self.before(), "::" | ".") {
                        self.path(token.line);
                        continue;
                    }
                }
                _ => {}
            }
            self.at += 1;
        }
    }

    fn module(&mut self) {
        let name = self.text(1).to_owned();
        if self.text(2) == ";" {
            self.file.children.push((self.inside.clone(), name));
        } else {
            self.opened.push(self.depth);
            self.inside.push(name);
            self.file.inline.insert(self.inside.clone());
            self.depth += 1;
        }
        self.at += 3;
    }

    /// `use` also stands in `impl Trait + use<'a>`.
    fn is_statement(&self) -> bool {
        self.text(1) != "<"
    }

    fn import(&mut self) {
        let public = self.before() == "pub" || (self.before() == ")" && self.is_restricted());
        let begins = self.at + 1;
        let ends = self.tokens[begins..]
            .iter()
            .position(|token| token.text == ";")
            .map_or(self.tokens.len(), |length| begins + length);
        let mut tree = Tree {
            tokens: &self.tokens[begins..ends],
            at: 0,
            found: Vec::new(),
        };
        tree.read(&[]);
        for (path, name, all, line) in tree.found {
            self.file.names.extend(path.iter().cloned());
            self.file.imports.push(Import {
                inside: self.inside.clone(),
                path,
                name,
                all,
                public,
                line,
            });
        }
        self.at = (ends + 1).min(self.tokens.len());
    }

    /// Whether the bracket before closes `pub(…)`.
    fn is_restricted(&self) -> bool {
        let before = &self.tokens[..self.at];
        before
            .iter()
            .rposition(|token| token.text == "(")
            .and_then(|at| at.checked_sub(1))
            .is_some_and(|at| before[at].text == "pub")
    }

    /// Remembers the name here when it is defined here, in a module and not in a block within it.
    fn definition(&mut self) {
        if self.opened.last().map_or(0, |depth| depth + 1) != self.depth {
            return;
        }
        let defined = match self.before() {
            "fn" | "struct" | "enum" | "type" | "trait" | "union" => true,
            "const" => !matches!(self.text(0), "fn" | "unsafe" | "async" | "extern"),
            "static" => self.text(0) != "mut",
            "mut" => self
                .at
                .checked_sub(2)
                .is_some_and(|at| self.tokens[at].text == "static"),
            "!" => self
                .at
                .checked_sub(2)
                .is_some_and(|at| self.tokens[at].text == "macro_rules"),
            _ => false,
        };
        if defined {
            self.file
                .defines
                .insert((self.inside.clone(), self.text(0).to_owned()));
        }
    }

    fn path(&mut self, line: usize) {
        // `pub(in crate::lists)` says who may see, and uses nothing.
        let is_visibility = self.before() == "in"
            && self
                .at
                .checked_sub(3)
                .is_some_and(|at| self.tokens[at].text == "pub");
        let mut names = vec![self.text(0).to_owned()];
        self.at += 1;
        while self.text(0) == "::" && is_name(self.text(1)) {
            names.push(self.text(1).to_owned());
            self.file.names.insert(self.text(1).to_owned());
            self.at += 2;
        }
        if names.len() > 1 && !is_visibility {
            self.file.paths.push(Path {
                inside: self.inside.clone(),
                names,
                line,
            });
        }
    }
}

/// What stands between `use` and `;`.
struct Tree<'tokens, 'code> {
    tokens: &'tokens [Token<'code>],
    at: usize,
    found: Vec<(Vec<String>, Option<String>, bool, usize)>,
}

impl Tree<'_, '_> {
    fn text(&self) -> &str {
        self.tokens.get(self.at).map_or("", |token| token.text)
    }

    fn read(&mut self, before: &[String]) {
        let mut path = before.to_vec();
        let line = self.tokens.get(self.at).map_or(0, |token| token.line);
        loop {
            match self.text() {
                "::" => self.at += 1,
                "*" => {
                    self.at += 1;
                    self.found.push((path, None, true, line));
                    return;
                }
                "{" => {
                    self.at += 1;
                    while !matches!(self.text(), "}" | "") {
                        self.read(&path);
                        if self.text() == "," {
                            self.at += 1;
                        }
                    }
                    self.at += 1;
                    return;
                }
                "as" => {
                    self.at += 1;
                    let name = Some(self.text().to_owned()).filter(|name| name != "_");
                    self.at += 1;
                    self.found.push((path, name, false, line));
                    return;
                }
                text if is_name(text) => {
                    // `contact::{self, Target}`
                    if text != "self" || path.is_empty() {
                        path.push(text.to_owned());
                    }
                    self.at += 1;
                }
                _ => {
                    // Signs that belong to no tree are passed over, so that half a program ends, too.
                    if !matches!(self.text(), "}" | "," | "") {
                        self.at += 1;
                    }
                    if path.len() > before.len() || !before.is_empty() {
                        let name = path.last().cloned();
                        self.found.push((path, name, false, line));
                    }
                    return;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::literals::take_apart;
    use super::*;

    fn read(text: &str) -> File {
        File::read(&take_apart(text).code)
    }

    /// `(path, name)` of every import; `*` for everything, `_` for nothing.
    fn imports(text: &str) -> Vec<String> {
        read(text)
            .imports
            .iter()
            .map(|import| {
                let name = match &import.name {
                    Some(name) => name.as_str(),
                    None if import.all => "*",
                    None => "_",
                };
                let public = if import.public { "pub " } else { "" };
                format!("{public}{} as {name} @{}", import.path.join("::"), import.line)
            })
            .collect()
    }

    fn paths(text: &str) -> Vec<String> {
        read(text)
            .paths
            .iter()
            .map(|path| path.names.join("::"))
            .collect()
    }

    /// Every form of `use`, with its line.
    #[test]
    fn reads_imports() {
        assert_eq!(imports("use crate::a::B;"), ["crate::a::B as B @1"]);
        assert_eq!(
            imports("use super::{\n    rules,\n    types::{A, B as C, self},\n    store::*,\n};"),
            [
                "super::rules as rules @2",
                "super::types::A as A @3",
                "super::types::B as C @3",
                "super::types as types @3",
                "super::store as * @4"
            ]
        );
        assert_eq!(
            imports("pub use a::B;\npub(crate) use c::D as _;"),
            ["pub a::B as B @1", "pub c::D as _ @2"]
        );
        assert_eq!(
            imports("fn f() -> impl Sized + use<'_> { use self::a; }"),
            ["self::a as a @1"]
        );
        assert_eq!(
            imports("use crate::{a::{b, c}, d};"),
            ["crate::a::b as b @1", "crate::a::c as c @1", "crate::d as d @1"]
        );
    }

    /// Paths stand where names are joined by `::`; neither in comments, nor in strings, nor in a visibility.
    #[test]
    fn reads_paths() {
        assert_eq!(
            paths("fn f(a: crate::a::B) -> Vec<super::c::D> { store::read::<u8>(x.y); <T as e::F>::g() }"),
            ["crate::a::B", "super::c::D", "store::read", "e::F"]
        );
        assert_eq!(
            paths("/// [`crate::a::B`]\n// crate::a::B\nlet x = \"crate::a::B\"; pub(in crate::a) fn f() {}"),
            Vec::<String>::new()
        );
        assert_eq!(paths("table! { a::b::c, \"x\" => d::e }"), ["a::b::c", "d::e"]);
    }

    /// What only tests are compiled with is no part of the program.
    #[test]
    fn leaves_out_tests() {
        let text = "use a::B;\n#[cfg(test)]\nmod tests {\n    use c::D;\n    fn f() { e::f(); }\n}\nuse g::H;\n\
                    #[cfg(test)]\nmod more;\n#[cfg(all(test, unix))]\n#[allow(x)]\nfn t() { i::j() }\n\
                    struct S { #[cfg(test)] k: l::M, n: o::P }\nmod kept;";
        let file = read(text);
        assert_eq!(imports(text), ["a::B as B @1", "g::H as H @7"]);
        assert_eq!(paths(text), ["o::P"]);
        assert_eq!(file.children, [(Vec::new(), "kept".to_owned())]);
        assert!(file.is_test(4) && file.is_test(9) && file.is_test(12));
        assert!(!file.is_test(1) && !file.is_test(7));
    }

    /// What a module defines is told from what stands in blocks of it.
    #[test]
    fn reads_definitions() {
        let file = read(
            "pub const A: u8 = 1;\npub const fn b() {}\nimpl A { fn c() {} const D: u8 = 1; }\n\
             pub mod inner { pub struct E; fn f() { fn g() {} } }\nmacro_rules! h { () => {} }\nstatic mut I: u8 = 0;\npub type J = u8;",
        );
        let defines: Vec<String> = file
            .defines
            .iter()
            .map(|(inside, name)| {
                let mut path = inside.clone();
                path.push(name.clone());
                path.join("::")
            })
            .collect();
        assert_eq!(defines, ["A", "I", "J", "b", "h", "inner::E", "inner::f"]);
        assert_eq!(file.inline.len(), 1);
    }

    /// Half a program is no reason to fall over.
    #[test]
    fn survives_unfinished_text() {
        for text in [
            "use",
            "use a::",
            "use a::{",
            "use {a",
            "use ;",
            "use a as",
            "mod",
            "mod a {",
            "#[cfg(test)]",
            "#[cfg(test)] mod a {",
            "}}}",
            "a::",
            "pub(in a::b",
            "use a::{b]",
            "use #;",
        ] {
            read(text);
        }
    }
}
