//! The names that stand in keys and files, and what a text from outside may hold.

use serde::{Deserialize, Serialize};

/// Characters of a [`Name`] and a [`SystemId`] at most.
pub const NAME_LIMIT: usize = 64;

/// The largest quantity of one licence type.
pub const QUANTITY_LIMIT: u32 = 1_000_000;

/// The id of a product, licence type or version: 1 to 64 of `a-z A-Z 0-9 . _ -`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Name(String);

impl Name {
    /// The name, when it is one.
    pub fn new(text: &str) -> Option<Self> {
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-');
        let fits = (1..=NAME_LIMIT).contains(&text.len()) && text.bytes().all(allowed);
        fits.then(|| Self(text.to_owned()))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// How a system without a network calls itself: 1 to 64 visible ASCII characters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct SystemId(String);

impl SystemId {
    /// The identity, when it is one.
    pub fn new(text: &str) -> Option<Self> {
        let fits = (1..=NAME_LIMIT).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic());
        fits.then(|| Self(text.to_owned()))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

macro_rules! text {
    ($type:ty) => {
        impl TryFrom<String> for $type {
            type Error = &'static str;
            fn try_from(text: String) -> Result<Self, Self::Error> {
                Self::new(&text).ok_or("a name that is not one")
            }
        }

        impl From<$type> for String {
            fn from(name: $type) -> Self {
                name.0
            }
        }

        impl std::fmt::Display for $type {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str(&self.0)
            }
        }
    };
}
text!(Name);
text!(SystemId);

/// So many licences of one type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quantity {
    /// Of which type.
    pub licence_type: Name,
    /// How many; 1 to [`QUANTITY_LIMIT`], in needs also 0.
    pub quantity: u32,
}

/// Whether a text can be shown as it is: at most `limit` characters, none that breaks a line, hides or turns the
/// direction of what follows.
pub fn is_plain(text: &str, limit: usize) -> bool {
    let hidden = |character: char| {
        character.is_control()
            || matches!(
                character,
                '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
            )
    };
    text.chars().count() <= limit && !text.chars().any(hidden)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// SEC-04: names and texts have limits.
    #[test]
    fn names_have_limits() {
        let longest = "x".repeat(NAME_LIMIT);
        assert!(Name::new(&longest).is_some() && Name::new(&format!("{longest}x")).is_none());
        for wrong in ["", "a b", "é", "a/b", "a\n"] {
            assert!(Name::new(wrong).is_none(), "{wrong:?}");
        }
        assert!(SystemId::new("00:1A:2B#4").is_some() && SystemId::new("a b").is_none());
        assert!(is_plain("Bestellung 7 – 日本", 20));
        for wrong in ["a\nb", "a\u{202e}b", "a\u{200b}", "too long for it, by far"] {
            assert!(!is_plain(wrong, 20), "{wrong:?}");
        }
    }
}
