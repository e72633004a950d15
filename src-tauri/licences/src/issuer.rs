//! The Ed25519 keys that sign, their files, and whose signatures are trusted.
//!
//! A secret key is kept as encrypted PKCS#8 in PEM (scrypt and AES-256, RFC 8018 and RFC 7914), a public one as
//! `SubjectPublicKeyInfo` in PEM (RFC 8410), each below a head of two lines for people: `openssl pkey` reads both.

mod file;
mod trust;

pub use file::{IssuerProblem, MINIMUM_PASSPHRASE, NAME_LIMIT, SecretFileProblem};
pub use trust::{Standing, TrustedIssuers};

use data_encoding::{HEXLOWER, HEXLOWER_PERMISSIVE};
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::fmt::{Debug, Display, Formatter};
use std::str::FromStr;
use zeroize::Zeroizing;

/// Bytes of a signature.
pub const SIGNATURE_LENGTH: usize = 64;

/// The operating system gave no random numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RandomnessMissing;

impl Display for RandomnessMissing {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("the operating system gave no random numbers")
    }
}

impl std::error::Error for RandomnessMissing {}

/// A key that signs. Cannot be printed or serialised; its memory is wiped (SEC-03).
#[derive(Clone)]
pub struct SecretKey(SigningKey);

impl Debug for SecretKey {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("SecretKey(…)")
    }
}

impl SecretKey {
    /// A new one.
    ///
    /// # Errors
    /// When the operating system gives no random numbers.
    pub fn generate() -> Result<Self, RandomnessMissing> {
        let mut seed = Zeroizing::new([0; 32]);
        getrandom::fill(seed.as_mut_slice()).map_err(|_| RandomnessMissing)?;
        Ok(Self::from_seed(&seed))
    }

    /// The key of a seed that was kept somewhere safe.
    pub fn from_seed(seed: &[u8; 32]) -> Self {
        Self(SigningKey::from_bytes(seed))
    }

    /// The seed, for the one place that keeps it, encrypted.
    pub fn seed(&self) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(self.0.to_bytes())
    }

    /// The key that its signatures are checked with.
    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.verifying_key().to_bytes())
    }

    /// Signs exactly these bytes.
    pub(crate) fn sign(&self, message: &[u8]) -> [u8; SIGNATURE_LENGTH] {
        self.0.sign(message).to_bytes()
    }
}

/// A key that signatures are checked with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PublicKey([u8; 32]);

impl PublicKey {
    /// The key of these bytes; none when they are no key, or one of the few under which anybody can sign anything.
    pub fn from_bytes(bytes: &[u8; 32]) -> Option<Self> {
        let key = VerifyingKey::from_bytes(bytes).ok()?;
        (!key.is_weak()).then_some(Self(*bytes))
    }

    /// The bytes.
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The SHA-256 of the key.
    fn digest(&self) -> [u8; 32] {
        Sha256::digest(self.0).into()
    }

    /// What a licence key names its issuer by.
    pub fn id(&self) -> KeyId {
        let mut id = [0; 8];
        id.copy_from_slice(&self.digest()[..8]);
        KeyId(id)
    }

    /// The SHA-256 of the key, in groups of four hexadecimal digits, for people to compare.
    pub fn fingerprint(&self) -> String {
        let digits = HEXLOWER.encode(&self.digest());
        let groups: Vec<&str> = (0..digits.len())
            .step_by(4)
            .map(|at| &digits[at..at + 4])
            .collect();
        groups.join(" ")
    }

    /// Whether this is the key's signature of exactly these bytes.
    pub(crate) fn verifies(&self, message: &[u8], signature: &[u8; SIGNATURE_LENGTH]) -> bool {
        VerifyingKey::from_bytes(&self.0).is_ok_and(|key| {
            key.verify_strict(message, &Signature::from_bytes(signature))
                .is_ok()
        })
    }
}

impl From<PublicKey> for String {
    fn from(key: PublicKey) -> Self {
        HEXLOWER.encode(&key.0)
    }
}

impl TryFrom<String> for PublicKey {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        let bytes = HEXLOWER
            .decode(text.as_bytes())
            .ok()
            .and_then(|bytes| bytes.try_into().ok());
        bytes
            .and_then(|bytes| Self::from_bytes(&bytes))
            .ok_or("a public key that is not one")
    }
}

/// The first eight bytes of the SHA-256 of a public key. It finds a key among those that are trusted; only the key
/// itself proves anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyId([u8; 8]);

impl KeyId {
    pub(crate) fn from_bytes(bytes: [u8; 8]) -> Self {
        Self(bytes)
    }

    pub(crate) fn bytes(self) -> [u8; 8] {
        self.0
    }
}

impl Display for KeyId {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&HEXLOWER.encode(&self.0))
    }
}

impl FromStr for KeyId {
    type Err = &'static str;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let bytes = HEXLOWER_PERMISSIVE.decode(text.as_bytes()).ok();
        bytes
            .and_then(|bytes| bytes.try_into().ok())
            .map(Self)
            .ok_or("the id of a key has 16 hexadecimal digits")
    }
}

/// Who signs: a distributor, or a workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issuer {
    /// What people call it. It is not proved by anything; the fingerprint is what is compared.
    pub name: String,
    /// Its key.
    pub key: PublicKey,
}
