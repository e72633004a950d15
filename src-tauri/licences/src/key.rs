//! Licence keys: Flotilla's own, which prove themselves, and those of vendors, which are only recognised (LIC-20,
//! LIC-21).
//!
//! A key of Flotilla's is a text such as `FLK-0C0G6R3A-…`: three letters, then groups of eight characters of the
//! alphabet without `I L O U`. The last character of a group is a check character, so that a slip while typing is found
//! in its group. The seven before it carry the bytes:
//!
//! | bytes | what |
//! | --- | --- |
//! | 1 | version, 1 |
//! | 2 | how many bytes there are in all |
//! | … | what the key holds (`contents`) |
//! | 64 | Ed25519 signature of all bytes before it |

mod check;
mod contents;
pub mod list;
mod refusal;
mod typed;

pub use contents::{Contents, ContentsProblem, EXPANSION_LIMIT, Grant, ORDER_LIMIT, Serial, YEARS_LIMIT};
pub use refusal::KeyProblem;

use crate::issuer::{
    Issuer, PublicKey, RandomnessMissing, SIGNATURE_LENGTH, SecretKey, Standing, TrustedIssuers,
};
use data_encoding::HEXLOWER;
use sha2::{Digest as _, Sha256};
use std::fmt::{Display, Formatter};

/// Version and length.
const HEAD: usize = 3;
/// Characters of a vendor's key, without spaces and dashes.
const DECLARED_LENGTH: std::ops::RangeInclusive<usize> = 4..=256;

/// What a key is recognised by, however it is written. The same key is accepted once in a workspace (LIC-21).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyFingerprint([u8; 32]);

impl KeyFingerprint {
    /// The bytes, for the place that keeps them.
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    fn of(kind: &[u8], content: &[u8]) -> Self {
        let mut hash = Sha256::new();
        hash.update(kind);
        hash.update(content);
        Self(hash.finalize().into())
    }
}

impl Display for KeyFingerprint {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&HEXLOWER.encode(&self.0))
    }
}

/// One of Flotilla's own keys, with a signature that holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LicenceKey {
    contents: Contents,
    issuer: Issuer,
    bytes: Vec<u8>,
}

impl LicenceKey {
    /// Makes a key.
    ///
    /// # Errors
    /// When no key can hold this.
    pub fn issue(secret: &SecretKey, issuer_name: &str, contents: Contents) -> Result<Self, ContentsProblem> {
        let body = contents.encode(secret.public().id())?;
        let length = HEAD + body.len() + SIGNATURE_LENGTH;
        let length = u16::try_from(length).map_err(|_| ContentsProblem::TooMuch)?;
        let mut bytes = vec![typed::VERSION];
        bytes.extend(length.to_be_bytes());
        bytes.extend(body);
        let signature = secret.sign(&bytes);
        bytes.extend(signature);
        if bytes.len() > typed::BYTES_LIMIT {
            return Err(ContentsProblem::TooMuch);
        }
        let issuer = Issuer {
            name: issuer_name.to_owned(),
            key: secret.public(),
        };
        Ok(Self {
            contents,
            issuer,
            bytes,
        })
    }

    /// Reads a key that a person pasted or typed.
    ///
    /// # Errors
    /// One for each kind of damage, and for issuers that are not trusted.
    pub fn read(text: &str, issuers: &TrustedIssuers) -> Result<Self, KeyProblem> {
        let bytes = typed::read(text)?;
        let (message, signature) = bytes.split_at(bytes.len() - SIGNATURE_LENGTH);
        let signature: &[u8; SIGNATURE_LENGTH] = signature.try_into().map_err(|_| KeyProblem::Truncated)?;
        let body = &message[HEAD..];
        let id = Contents::issuer(body).ok_or(KeyProblem::Malformed)?;
        let issuer = match issuers.by_id(id) {
            None => {
                return Err(KeyProblem::UnknownIssuer {
                    issuer: id.to_string(),
                });
            }
            Some((issuer, Standing::Revoked)) => {
                return Err(KeyProblem::RevokedIssuer {
                    issuer: issuer.name.clone(),
                });
            }
            Some((issuer, Standing::Trusted)) => issuer.clone(),
        };
        if !issuer.key.verifies(message, signature) {
            return Err(KeyProblem::BadSignature);
        }
        let contents = Contents::decode(body).ok_or(KeyProblem::Malformed)?;
        Ok(Self {
            contents,
            issuer,
            bytes,
        })
    }

    /// What it holds.
    pub fn contents(&self) -> &Contents {
        &self.contents
    }

    /// Who signed it.
    pub fn issuer(&self) -> &Issuer {
        &self.issuer
    }

    /// The key that it was signed with.
    pub fn signer(&self) -> &PublicKey {
        &self.issuer.key
    }

    /// What it is recognised by. The signature is not part of it: an issuer could make several for one key.
    pub fn fingerprint(&self) -> KeyFingerprint {
        let signed = &self.bytes[..self.bytes.len() - SIGNATURE_LENGTH];
        KeyFingerprint::of(b"Flotilla licence key\0", signed)
    }

    /// The text for people.
    pub fn to_text(&self) -> String {
        typed::write(&self.bytes)
    }

    /// What may be shown of it: enough to tell it from others, of no use to anybody.
    pub fn masked(&self) -> String {
        let text = self.to_text();
        let last = text.rsplit(typed::DASH).next().unwrap_or_default();
        let characters: Vec<char> = last.chars().collect();
        let shown: String = characters[characters.len().saturating_sub(4)..].iter().collect();
        format!("{}-…{shown}", typed::PREFIX)
    }
}

/// Whether a text looks like one of Flotilla's own keys.
pub fn is_signed(text: &str) -> bool {
    typed::has_prefix(text)
}

/// A vendor's key. Nothing proves it; it is recognised when it comes again.
#[derive(Clone, PartialEq, Eq)]
pub struct DeclaredKey(String);

impl std::fmt::Debug for DeclaredKey {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "DeclaredKey({})", self.masked())
    }
}

impl DeclaredKey {
    /// Reads a key that a person pasted or typed: case, width, spaces and dashes do not count; look-alikes do, since
    /// a vendor may use both.
    ///
    /// # Errors
    /// What is wrong with the text; [`KeyProblem::IsSigned`] for one of Flotilla's own.
    pub fn read(text: &str) -> Result<Self, KeyProblem> {
        if is_signed(text) {
            return Err(KeyProblem::IsSigned);
        }
        let folded = typed::fold(text)?;
        let text: String = folded.iter().map(|typed| typed.character).collect();
        match text.len() {
            0 => Err(KeyProblem::Empty),
            length if length < *DECLARED_LENGTH.start() => Err(KeyProblem::TooShort {
                limit: *DECLARED_LENGTH.start(),
            }),
            length if length > *DECLARED_LENGTH.end() => Err(KeyProblem::TooLong {
                limit: *DECLARED_LENGTH.end(),
            }),
            _ => Ok(Self(text)),
        }
    }

    /// The key without what does not count, for the place that keeps it.
    pub fn normalised(&self) -> &str {
        &self.0
    }

    /// What it is recognised by.
    pub fn fingerprint(&self) -> KeyFingerprint {
        KeyFingerprint::of(b"Flotilla declared key\0", self.0.as_bytes())
    }

    /// What may be shown of it: its last characters, a quarter of it at most.
    pub fn masked(&self) -> String {
        let shown = (self.0.len() / 4).min(4);
        format!("…{}", &self.0[self.0.len() - shown..])
    }
}

impl Serial {
    /// A new one.
    ///
    /// # Errors
    /// When the operating system gives no random numbers.
    pub fn generate() -> Result<Self, RandomnessMissing> {
        let mut bytes = [0; 8];
        getrandom::fill(&mut bytes).map_err(|_| RandomnessMissing)?;
        Ok(Self(bytes))
    }
}

#[cfg(test)]
mod tests;
