//! Keys that let a request be repeated without being done twice.
use std::fmt;

/// What an `Idempotency-Key` is: 8 to 128 ASCII letters, digits, dots, hyphens and underscores (GWY-02).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct IdempotencyKey(String);

/// A text is no such key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an idempotency key")]
pub struct IdempotencyKeyError;

impl IdempotencyKey {
    /// A new one, which nobody can guess.
    ///
    /// # Errors
    /// When the operating system has no randomness.
    pub fn random() -> Result<Self, getrandom::Error> {
        let mut bytes = [0_u8; 16];
        getrandom::fill(&mut bytes)?;
        Ok(Self(hex::encode(bytes)))
    }

    /// One that was kept, or that is made of something the caller has.
    ///
    /// # Errors
    /// When the text is no key.
    pub fn parse(text: &str) -> Result<Self, IdempotencyKeyError> {
        let fits = (8..=128).contains(&text.len())
            && text
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte));
        if fits {
            Ok(Self(text.to_string()))
        } else {
            Err(IdempotencyKeyError)
        }
    }

    /// The text itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for IdempotencyKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}
