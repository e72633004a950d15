//! The files of an issuer: its public key for whoever is to trust it, and its secret key under a passphrase.

use super::{Issuer, PublicKey, SecretKey};
use crate::names::is_plain;
use crate::problem::problems;
use ed25519::pkcs8::{KeypairBytes, PublicKeyBytes};
use ed25519_dalek::SigningKey;
use pkcs8::pkcs5::pbes2::Kdf;
use pkcs8::{
    DecodePrivateKey as _, DecodePublicKey as _, EncodePrivateKey as _, EncodePublicKey as _,
    EncryptedPrivateKeyInfoRef, LineEnding, SecretDocument,
};
use zeroize::Zeroizing;

/// Characters of an issuer's name at most.
pub const NAME_LIMIT: usize = 120;
/// Characters that a passphrase has at least: whoever gets hold of the file may try as many as they have time for.
pub const MINIMUM_PASSPHRASE: usize = 12;
/// Bytes of such a file at most.
const FILE_LIMIT: usize = 16 * 1024;

const PUBLIC_TITLE: &str = "Flotilla licence issuer";
const SECRET_TITLE: &str = "Flotilla licence issuer, secret key";
const PUBLIC_LABEL: &str = "PUBLIC KEY";
const SECRET_LABEL: &str = "ENCRYPTED PRIVATE KEY";

/// The most that deriving the key of a file may cost: scrypt's N × r, in units of 128 bytes (64 MiB), and its p.
const SCRYPT_MEMORY_LIMIT: u64 = 1 << 19;
const SCRYPT_PARALLEL_LIMIT: u16 = 4;

problems! {
    /// Why the file of an issuer's public key is not accepted.
    IssuerProblem {
        /// It has more bytes than such a file.
        TooLarge {
            /// In bytes.
            limit: usize
        } = "licence-issuer.too-large", "the file has more than {limit} bytes";
        /// It is something else.
        NotAnIssuer = "licence-issuer.not-one", "the file holds no issuer";
        /// It holds a secret key, which must not be passed on.
        Secret = "licence-issuer.secret", "the file holds the issuer's secret key";
        /// The name is missing, too long, or has characters that nobody sees.
        Name {
            /// In characters.
            limit: usize
        } = "licence-issuer.name", "the name of the issuer is empty, has more than {limit} characters, or some that nobody sees";
        /// It is cut off, or was changed.
        Damaged = "licence-issuer.damaged", "the file is damaged";
        /// The fingerprint in the head is another key's.
        OtherFingerprint = "licence-issuer.other-fingerprint", "fingerprint and key of the file do not belong together";
        /// Anybody can sign for this key.
        WeakKey = "licence-issuer.weak", "anybody can sign for this key";
    }
}

problems! {
    /// Why the file of an issuer's secret key cannot be made or read.
    SecretFileProblem {
        /// It has more bytes than such a file.
        TooLarge {
            /// In bytes.
            limit: usize
        } = "licence-issuer.too-large", "the file has more than {limit} bytes";
        /// It is something else.
        NotASecret = "licence-issuer.not-a-secret", "the file holds no secret key of an issuer";
        /// The name is missing, too long, or has characters that nobody sees.
        Name {
            /// In characters.
            limit: usize
        } = "licence-issuer.name", "the name of the issuer is empty, has more than {limit} characters, or some that nobody sees";
        /// It is cut off, or was changed.
        Damaged = "licence-issuer.damaged", "the file is damaged";
        /// Reading it would take more memory or time than any file that this program makes.
        TooCostly = "licence-issuer.too-costly", "the file asks for more work than a file of this program";
        /// The passphrase does not open it.
        Passphrase = "licence-issuer.passphrase", "the passphrase does not open the file";
        /// The passphrase is shorter than asked for.
        PassphraseTooShort {
            /// In characters.
            limit: usize
        } = "licence-issuer.passphrase-too-short", "the passphrase has fewer than {limit} characters";
        /// The operating system gave no random numbers.
        Randomness = "internal", "the operating system gave no random numbers";
    }
}

/// The head of a file and the PEM below it.
struct Parts<'text> {
    name: &'text str,
    fingerprint: &'text str,
    pem: &'text str,
}

/// Why a file has no such parts.
enum Wrong {
    Something,
    Cut,
}

impl<'text> Parts<'text> {
    fn read(text: &'text str, title: &str) -> Result<Self, Wrong> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let begins = text.find("-----BEGIN ").unwrap_or(text.len());
        let (head, pem) = text.split_at(begins);
        let mut lines = head.lines().map(str::trim);
        if lines.next() != Some(title) {
            return Err(Wrong::Something);
        }
        let mut value = |label: &str| {
            lines
                .next()
                .and_then(|line| line.strip_prefix(label))
                .map(str::trim)
        };
        match (value("Name:"), value("Fingerprint:")) {
            (Some(name), Some(fingerprint)) if !pem.is_empty() => Ok(Self {
                name,
                fingerprint,
                pem,
            }),
            _ => Err(Wrong::Cut),
        }
    }
}

fn head(title: &str, name: &str, key: &PublicKey) -> String {
    format!("{title}\nName: {name}\nFingerprint: {}\n\n", key.fingerprint())
}

fn is_name(name: &str) -> bool {
    !name.trim().is_empty() && name.trim() == name && is_plain(name, NAME_LIMIT)
}

impl Issuer {
    /// The file for whoever is to trust this issuer.
    ///
    /// # Errors
    /// [`IssuerProblem::Name`]
    pub fn to_text(&self) -> Result<String, IssuerProblem> {
        if !is_name(&self.name) {
            return Err(IssuerProblem::Name { limit: NAME_LIMIT });
        }
        let pem = PublicKeyBytes(*self.key.bytes())
            .to_public_key_pem(LineEnding::LF)
            .map_err(|_| IssuerProblem::Damaged)?;
        Ok(head(PUBLIC_TITLE, &self.name, &self.key) + &pem)
    }

    /// Reads such a file.
    ///
    /// # Errors
    /// One for each thing that can be wrong with it.
    pub fn from_text(text: &str) -> Result<Self, IssuerProblem> {
        if text.len() > FILE_LIMIT {
            return Err(IssuerProblem::TooLarge { limit: FILE_LIMIT });
        }
        if text.contains(SECRET_LABEL) || text.contains("-----BEGIN PRIVATE KEY") {
            return Err(IssuerProblem::Secret);
        }
        let parts = Parts::read(text, PUBLIC_TITLE).map_err(|wrong| match wrong {
            Wrong::Something => IssuerProblem::NotAnIssuer,
            Wrong::Cut => IssuerProblem::Damaged,
        })?;
        if !is_name(parts.name) {
            return Err(IssuerProblem::Name { limit: NAME_LIMIT });
        }
        if !parts.pem.starts_with(&format!("-----BEGIN {PUBLIC_LABEL}-----")) {
            return Err(IssuerProblem::Damaged);
        }
        let bytes = PublicKeyBytes::from_public_key_pem(parts.pem).map_err(|_| IssuerProblem::Damaged)?;
        let key = PublicKey::from_bytes(&bytes.0).ok_or(IssuerProblem::WeakKey)?;
        if parts.fingerprint != key.fingerprint() {
            return Err(IssuerProblem::OtherFingerprint);
        }
        Ok(Self {
            name: parts.name.to_owned(),
            key,
        })
    }
}

impl SecretKey {
    /// The file of this key under a passphrase.
    ///
    /// # Errors
    /// For a name or passphrase that is not acceptable, and when there are no random numbers.
    pub fn to_text(&self, name: &str, passphrase: &str) -> Result<Zeroizing<String>, SecretFileProblem> {
        if !is_name(name) {
            return Err(SecretFileProblem::Name { limit: NAME_LIMIT });
        }
        if passphrase.chars().count() < MINIMUM_PASSPHRASE {
            return Err(SecretFileProblem::PassphraseTooShort {
                limit: MINIMUM_PASSPHRASE,
            });
        }
        // Without the public key in it, which older programs do not expect; it stands in the head.
        let pair = KeypairBytes {
            secret_key: *self.seed(),
            public_key: None,
        };
        let pem = pair
            .to_pkcs8_encrypted_pem(passphrase, LineEnding::LF)
            .map_err(|_| SecretFileProblem::Randomness)?;
        Ok(Zeroizing::new(head(SECRET_TITLE, name, &self.public()) + &pem))
    }

    /// Reads such a file; gives the issuer's name, too.
    ///
    /// # Errors
    /// One for each thing that can be wrong with it.
    pub fn from_text(text: &str, passphrase: &str) -> Result<(String, Self), SecretFileProblem> {
        if text.len() > FILE_LIMIT {
            return Err(SecretFileProblem::TooLarge { limit: FILE_LIMIT });
        }
        let parts = Parts::read(text, SECRET_TITLE).map_err(|wrong| match wrong {
            Wrong::Something => SecretFileProblem::NotASecret,
            Wrong::Cut => SecretFileProblem::Damaged,
        })?;
        if !is_name(parts.name) {
            return Err(SecretFileProblem::Name { limit: NAME_LIMIT });
        }
        let (label, document) =
            SecretDocument::from_pem(parts.pem).map_err(|_| SecretFileProblem::Damaged)?;
        if label != SECRET_LABEL {
            return Err(SecretFileProblem::Damaged);
        }
        let encrypted = EncryptedPrivateKeyInfoRef::try_from(document.as_bytes())
            .map_err(|_| SecretFileProblem::Damaged)?;
        if !is_affordable(&encrypted) {
            return Err(SecretFileProblem::TooCostly);
        }
        let plain = encrypted
            .decrypt(passphrase)
            .map_err(|_| SecretFileProblem::Passphrase)?;
        // A wrong passphrase sometimes ends in a right padding; what is below it is no key then, or another one.
        let key = SigningKey::from_pkcs8_der(plain.as_bytes()).map_err(|_| SecretFileProblem::Passphrase)?;
        let key = Self(key);
        if key.public().fingerprint() != parts.fingerprint {
            return Err(SecretFileProblem::Damaged);
        }
        Ok((parts.name.to_owned(), key))
    }
}

/// Whether a file asks for no more work than its own program's (SEC-04).
fn is_affordable(encrypted: &EncryptedPrivateKeyInfoRef<'_>) -> bool {
    let parameters = encrypted.encryption_algorithm.pbes2();
    parameters.is_some_and(|parameters| match &parameters.kdf {
        Kdf::Scrypt(scrypt) => {
            let memory = scrypt.cost_parameter.saturating_mul(u64::from(scrypt.block_size));
            memory <= SCRYPT_MEMORY_LIMIT && scrypt.parallelization <= SCRYPT_PARALLEL_LIMIT
        }
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const PASSPHRASE: &str = "lantern over the harbour";

    fn issuer() -> (SecretKey, Issuer) {
        let secret = SecretKey::from_seed(&[3; 32]);
        let issuer = Issuer {
            name: "Nordlicht Vertrieb".to_owned(),
            key: secret.public(),
        };
        (secret, issuer)
    }

    /// LIC-21: an issuer's file is read as it was written, also with the line ends of another system.
    #[test]
    fn public_files() {
        let (_, issuer) = issuer();
        let text = issuer.to_text().expect("a file");
        assert_eq!(Issuer::from_text(&text), Ok(issuer.clone()));
        assert_eq!(Issuer::from_text(&text.replace('\n', "\r\n")), Ok(issuer));
        for cut in 0..text.trim_end().len() {
            let problem = Issuer::from_text(&text[..cut]).expect_err("it is cut");
            assert!(
                matches!(
                    problem,
                    IssuerProblem::Damaged | IssuerProblem::NotAnIssuer | IssuerProblem::Name { .. }
                ),
                "{cut}: {problem}"
            );
        }
    }

    /// LIC-21: what is wrong with an issuer's file has its own error.
    #[test]
    fn public_files_that_are_refused() {
        let (secret, issuer) = issuer();
        let text = issuer.to_text().expect("a file");
        let other = Issuer {
            key: SecretKey::from_seed(&[4; 32]).public(),
            ..issuer.clone()
        };
        let mixed = text.replace(&issuer.key.fingerprint(), &other.key.fingerprint());
        assert_eq!(Issuer::from_text(&mixed), Err(IssuerProblem::OtherFingerprint));
        let secret = secret.to_text("North", PASSPHRASE).expect("a file");
        assert_eq!(Issuer::from_text(&secret), Err(IssuerProblem::Secret));
        assert_eq!(Issuer::from_text("Hello"), Err(IssuerProblem::NotAnIssuer));
        let renamed = text.replace("Nordlicht", "Nord\u{202e}licht");
        assert_eq!(
            Issuer::from_text(&renamed),
            Err(IssuerProblem::Name { limit: NAME_LIMIT })
        );
        let large = text + &" ".repeat(FILE_LIMIT);
        assert_eq!(
            Issuer::from_text(&large),
            Err(IssuerProblem::TooLarge { limit: FILE_LIMIT })
        );
        let weak = PublicKeyBytes([0; 32])
            .to_public_key_pem(LineEnding::LF)
            .expect("a file");
        let weak = format!("{PUBLIC_TITLE}\nName: x\nFingerprint: y\n\n{weak}");
        assert_eq!(Issuer::from_text(&weak), Err(IssuerProblem::WeakKey));
    }

    /// SEC-03: a secret key is read with its passphrase alone, and prints nothing.
    #[test]
    fn secret_files() {
        let (secret, issuer) = issuer();
        let text = secret.to_text(&issuer.name, PASSPHRASE).expect("a file");
        let (name, read) = SecretKey::from_text(&text, PASSPHRASE).expect("it opens");
        assert_eq!((name.as_str(), read.public()), (issuer.name.as_str(), issuer.key));
        assert_eq!(format!("{read:?}"), "SecretKey(…)");
        assert_eq!(
            SecretKey::from_text(&text, "another passphrase").map(|_| ()),
            Err(SecretFileProblem::Passphrase)
        );
        assert_eq!(
            SecretKey::from_text(&text[..text.len() - 40], PASSPHRASE).map(|_| ()),
            Err(SecretFileProblem::Damaged)
        );
        assert_eq!(
            SecretKey::from_text(&issuer.to_text().expect("a file"), PASSPHRASE).map(|_| ()),
            Err(SecretFileProblem::NotASecret)
        );
        let other = SecretKey::from_seed(&[4; 32]).public().fingerprint();
        let mixed = text.replace(&issuer.key.fingerprint(), &other);
        assert_eq!(
            SecretKey::from_text(&mixed, PASSPHRASE).map(|_| ()),
            Err(SecretFileProblem::Damaged)
        );
        assert_eq!(
            secret.to_text("North", "short").map(|_| ()),
            Err(SecretFileProblem::PassphraseTooShort {
                limit: MINIMUM_PASSPHRASE
            })
        );
    }
}
