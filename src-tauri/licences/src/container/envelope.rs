//! The envelope of a container.

use super::content::Content;
use super::kind::Kind;
use super::recoded::{self, MAGIC};
use super::{Digest, FileContentsProblem, Refusal, strict};
use crate::issuer::{PublicKey, SIGNATURE_LENGTH, SecretKey};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// Bytes of a file at most.
pub const FILE_LIMIT: usize = 512 * 1024;

const VERSION: u8 = 1;
/// Before the payload: magic, version, kind, key, length.
const HEAD: usize = 8 + 1 + 1 + 32 + 4;
const CHECKSUM: usize = 32;
/// After the payload.
const TAIL: usize = SIGNATURE_LENGTH + CHECKSUM;

/// A file that is what it says it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received<T> {
    /// What it says.
    pub content: T,
    /// The SHA-256 of the whole file.
    pub digest: Digest,
    /// The key whose signature holds; none when the file is not signed.
    pub signer: Option<PublicKey>,
}

/// What is signed.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Payload<T> {
    kind: Kind,
    content: T,
}

/// The parts of an undamaged file; nothing is proved yet.
struct Parts<'bytes> {
    kind: Kind,
    key: &'bytes [u8; 32],
    payload: &'bytes [u8],
    signature: &'bytes [u8; SIGNATURE_LENGTH],
}

impl<'bytes> Parts<'bytes> {
    fn split(bytes: &'bytes [u8]) -> Result<Self, Refusal> {
        if bytes.len() > FILE_LIMIT {
            return Err(Refusal::TooLarge { limit: FILE_LIMIT });
        }
        let rest = bytes
            .strip_prefix(&MAGIC)
            .ok_or_else(|| recoded::diagnose(bytes))?;
        match rest.first() {
            None => return Err(Refusal::Truncated),
            Some(&VERSION) => {}
            Some(&version) => return Err(Refusal::UnknownVersion { version }),
        }
        let (kind, rest) = rest[1..].split_first().ok_or(Refusal::Truncated)?;
        let (key, rest) = rest.split_first_chunk::<32>().ok_or(Refusal::Truncated)?;
        let (length, rest) = rest.split_first_chunk::<4>().ok_or(Refusal::Truncated)?;
        let length = u32::from_be_bytes(*length) as usize;
        if length > FILE_LIMIT {
            return Err(Refusal::TooLarge { limit: FILE_LIMIT });
        }
        let (payload, rest) = rest.split_at_checked(length).ok_or(Refusal::Truncated)?;
        let (signature, checksum) = rest
            .split_first_chunk::<SIGNATURE_LENGTH>()
            .ok_or(Refusal::Truncated)?;
        if checksum.len() < CHECKSUM {
            return Err(Refusal::Truncated);
        }
        if checksum.len() > CHECKSUM {
            return Err(Refusal::Extended);
        }
        if Sha256::digest(&bytes[..bytes.len() - CHECKSUM]).as_slice() != checksum {
            return Err(Refusal::Damaged);
        }
        let kind = Kind::ALL.into_iter().find(|one| one.byte() == *kind);
        Ok(Self {
            kind: kind.ok_or(Refusal::Malformed {
                detail: "kind of file".to_owned(),
            })?,
            key,
            payload,
            signature,
        })
    }

    /// The key it names; none when it is not signed.
    fn signer(&self) -> Result<Option<PublicKey>, Refusal> {
        if *self.key == [0; 32] {
            return match *self.signature == [0; SIGNATURE_LENGTH] {
                true => Ok(None),
                false => Err(Refusal::BadSignature),
            };
        }
        // Under a weak key anybody's signature holds.
        PublicKey::from_bytes(self.key)
            .map(Some)
            .ok_or(Refusal::BadSignature)
    }
}

/// Which of the three an undamaged file is.
///
/// # Errors
/// What is wrong with the envelope.
pub fn kind(bytes: &[u8]) -> Result<Kind, Refusal> {
    Parts::split(bytes).map(|parts| parts.kind)
}

/// Makes a file.
///
/// # Errors
/// When no file can hold this.
pub fn write<T: Content>(content: &T, secret: Option<&SecretKey>) -> Result<Vec<u8>, FileContentsProblem> {
    let wrong = |detail: String| FileContentsProblem::Contents { detail };
    content.check().map_err(|detail| wrong(detail.to_owned()))?;
    let payload = Payload {
        kind: T::KIND,
        content,
    };
    let mut payload = serde_json::to_vec_pretty(&payload).map_err(|error| wrong(error.to_string()))?;
    payload.push(b'\n');
    let length = u32::try_from(payload.len())
        .ok()
        .filter(|_| payload.len() <= FILE_LIMIT - HEAD - TAIL);
    let length = length.ok_or(FileContentsProblem::TooLarge { limit: FILE_LIMIT })?;
    Ok(assemble(T::KIND.byte(), &payload, length, secret))
}

fn assemble(kind: u8, payload: &[u8], length: u32, secret: Option<&SecretKey>) -> Vec<u8> {
    let mut bytes = MAGIC.to_vec();
    bytes.extend([VERSION, kind]);
    bytes.extend(secret.map_or([0; 32], |secret| *secret.public().bytes()));
    bytes.extend(length.to_be_bytes());
    bytes.extend(payload);
    bytes.extend(secret.map_or([0; SIGNATURE_LENGTH], |secret| secret.sign(payload)));
    let checksum = Sha256::digest(&bytes);
    bytes.extend(checksum);
    bytes
}

/// Reads a file. `decide` says whether the key that it names may sign it; it is asked before the signature is looked
/// at, and nothing of the payload is read before the signature held.
///
/// # Errors
/// What is wrong with it.
pub fn read<T: Content>(
    bytes: &[u8],
    decide: impl FnOnce(Option<&PublicKey>) -> Result<(), Refusal>,
) -> Result<Received<T>, Refusal> {
    let parts = Parts::split(bytes)?;
    if parts.kind != T::KIND {
        return Err(Refusal::WrongKind {
            expected: T::KIND.word(),
            found: parts.kind.word(),
        });
    }
    let signer = parts.signer()?;
    decide(signer.as_ref())?;
    if let Some(key) = &signer
        && !key.verifies(parts.payload, parts.signature)
    {
        return Err(Refusal::BadSignature);
    }
    let payload: Payload<T> = strict::read(parts.payload)?;
    // The envelope is not signed: what is signed has to say the same.
    if payload.kind != T::KIND {
        return Err(Refusal::WrongKind {
            expected: T::KIND.word(),
            found: payload.kind.word(),
        });
    }
    payload.content.check().map_err(|detail| Refusal::Malformed {
        detail: detail.to_owned(),
    })?;
    Ok(Received {
        content: payload.content,
        digest: Digest::of(bytes),
        signer,
    })
}

/// A container with any payload and kind, whatever it is worth.
#[cfg(test)]
pub fn forge(kind: Kind, payload: &[u8], secret: Option<&SecretKey>) -> Vec<u8> {
    let length = u32::try_from(payload.len()).expect("a short payload");
    assemble(kind.byte(), payload, length, secret)
}
