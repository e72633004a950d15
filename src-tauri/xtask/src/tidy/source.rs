//! A file of the project, read and taken apart once.

use std::sync::OnceLock;

use super::{literals, rust};

/// A file of the project with its text.
pub struct Source {
    /// From the root, with `/`.
    pub name: String,
    /// All of it.
    pub text: String,
    parts: OnceLock<literals::Parts>,
    file: OnceLock<rust::File>,
}

impl Source {
    /// A file with this text.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            text: text.into(),
            parts: OnceLock::new(),
            file: OnceLock::new(),
        }
    }

    /// A Rust file taken apart; once, however many ask.
    pub fn parts(&self) -> &literals::Parts {
        self.parts.get_or_init(|| literals::take_apart(&self.text))
    }

    /// What a Rust file declares and uses; once, however many ask.
    pub fn file(&self) -> &rust::File {
        self.file.get_or_init(|| rust::File::read(&self.parts().code))
    }
}
