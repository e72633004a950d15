//! What is transferred to a gateway by tus 1.0 (GWY-03): hashed while it comes in, and, but for a backup, not kept.
use super::image;
use super::problem::{Problem, Refused};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha1::Sha1;
use sha2::{Digest, Sha256};
use std::collections::VecDeque;

/// The longest upload, in bytes: two DVDs.
pub(super) const LONGEST: u64 = 8 * 1024 * 1024 * 1024;
/// The longest backup, which is kept.
const LONGEST_BACKUP: u64 = 256 * 1024;
/// Uploads that are remembered; one more, and the oldest is forgotten.
const MOST: usize = 64;

/// What is uploaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Image,
    Backup,
    Customization,
}

impl Kind {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Image => "image",
            Self::Backup => "backup",
            Self::Customization => "customization",
        }
    }
}

/// What an upload is announced with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Metadata {
    pub(super) kind: Kind,
    /// Lower-case hexadecimal digits.
    pub(super) sha256: String,
    pub(super) filename: String,
    pub(super) version: Option<String>,
    /// As it came.
    pub(super) text: String,
}

impl Metadata {
    /// Reads `Upload-Metadata`: each key once, none that nobody knows.
    pub(super) fn read(text: &str) -> Result<Self, Refused> {
        let wrong = |what: &str| Problem::RequestInvalid.because(format!("Upload-Metadata: {what}"));
        let (mut kind, mut sha256, mut filename, mut version) = (None, None, None, None);
        for pair in text.split(',') {
            let (key, value) = pair.trim().split_once(' ').ok_or_else(|| wrong("no pairs"))?;
            let value = STANDARD.decode(value).ok();
            let value = value
                .and_then(|bytes| String::from_utf8(bytes).ok())
                .filter(|value| {
                    !value.is_empty() && value.len() <= 255 && !value.chars().any(char::is_control)
                })
                .ok_or_else(|| wrong("a value is no Base64 of a short text"))?;
            let place = match key {
                "kind" => &mut kind,
                "sha256" => &mut sha256,
                "filename" => &mut filename,
                "version" => &mut version,
                _ => return Err(wrong("an unknown key")),
            };
            if place.replace(value).is_some() {
                return Err(wrong("a key twice"));
            }
        }
        let kind = match kind.as_deref() {
            Some("image") => Kind::Image,
            Some("backup") => Kind::Backup,
            Some("customization") => Kind::Customization,
            _ => return Err(wrong("no kind")),
        };
        let sha256 = sha256
            .filter(|digits| is_hexadecimal(digits, 64))
            .ok_or_else(|| wrong("no sha256"))?;
        if version.is_some() != (kind == Kind::Image)
            || version.as_deref().is_some_and(|one| !is_version(one))
        {
            return Err(wrong("a version belongs to an image, and to nothing else"));
        }
        Ok(Self {
            kind,
            sha256,
            filename: filename.ok_or_else(|| wrong("no filename"))?,
            version,
            text: text.to_string(),
        })
    }
}

/// So many lower-case hexadecimal digits.
pub(super) fn is_hexadecimal(text: &str, digits: usize) -> bool {
    text.len() == digits && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// Two to six numbers between dots.
pub(super) fn is_version(text: &str) -> bool {
    let is_number =
        |part: &str| (1..=5).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    (2..=6).contains(&text.split('.').count()) && text.split('.').all(is_number)
}

/// The digest that a part was sent with.
pub(super) enum Checksum {
    Sha1(Vec<u8>),
    Sha256(Vec<u8>),
}

impl Checksum {
    /// Reads `Upload-Checksum`.
    pub(super) fn read(text: &str) -> Result<Self, Refused> {
        let wrong = || Problem::RequestInvalid.because("Upload-Checksum: sha1 or sha256, and Base64");
        let (algorithm, digest) = text.split_once(' ').ok_or_else(wrong)?;
        let digest = STANDARD.decode(digest).map_err(|_| wrong())?;
        match (algorithm, digest.len()) {
            ("sha1", 20) => Ok(Self::Sha1(digest)),
            ("sha256", 32) => Ok(Self::Sha256(digest)),
            _ => Err(wrong()),
        }
    }

    fn fits(&self, part: &[u8]) -> bool {
        match self {
            Self::Sha1(digest) => Sha1::digest(part)[..] == digest[..],
            Self::Sha256(digest) => Sha256::digest(part)[..] == digest[..],
        }
    }
}

/// One upload, whole or on its way.
pub(super) struct Upload {
    pub(super) id: String,
    pub(super) metadata: Metadata,
    pub(super) length: u64,
    pub(super) offset: u64,
    digest: Sha256,
    /// Its beginning; all of a backup.
    head: Vec<u8>,
}

impl Upload {
    fn kept(&self) -> usize {
        match self.metadata.kind {
            Kind::Backup => LONGEST_BACKUP as usize,
            Kind::Image | Kind::Customization => image::HEAD,
        }
    }

    pub(super) fn is_whole(&self) -> bool {
        self.offset == self.length
    }

    /// What is kept of it.
    pub(super) fn content(&self) -> &[u8] {
        &self.head
    }

    fn take(&mut self, part: &[u8]) {
        self.digest.update(part);
        let left = self.kept().saturating_sub(self.head.len());
        self.head.extend_from_slice(&part[..part.len().min(left)]);
        self.offset += part.len() as u64;
    }

    /// Whether what has come is what was announced.
    fn verify(&self) -> Result<(), Refused> {
        if hex::encode(self.digest.clone().finalize()) != self.metadata.sha256 {
            return Err(Problem::ImageAltered.because("the upload was dropped"));
        }
        let fits = match self.metadata.kind {
            Kind::Image => image::version(&self.head) == self.metadata.version.as_deref(),
            Kind::Backup | Kind::Customization => true,
        };
        if fits {
            Ok(())
        } else {
            Err(Problem::ImageInvalid.because("the upload was dropped"))
        }
    }
}

/// The uploads of a gateway, the oldest first.
#[derive(Default)]
pub(super) struct Uploads(VecDeque<Upload>);

impl Uploads {
    pub(super) fn all(&self) -> impl Iterator<Item = &Upload> {
        self.0.iter()
    }

    pub(super) fn get(&self, id: &str) -> Result<&Upload, Refused> {
        let found = self.0.iter().find(|one| one.id == id);
        found.ok_or_else(|| Problem::NotFound.because("no such upload"))
    }

    /// A whole one of this kind, by its digest.
    pub(super) fn stored(&self, kind: Kind, sha256: &str) -> Option<&Upload> {
        self.0
            .iter()
            .find(|one| one.is_whole() && one.metadata.kind == kind && one.metadata.sha256 == sha256)
    }

    pub(super) fn begin(&mut self, id: String, metadata: Metadata, length: u64) -> Result<(), Refused> {
        let longest = match metadata.kind {
            Kind::Backup => LONGEST_BACKUP,
            Kind::Image | Kind::Customization => LONGEST,
        };
        if length > longest {
            return Err(Problem::TooLarge.because(format!("at most {longest} bytes")));
        }
        if self.0.len() == MOST {
            self.0.pop_front();
        }
        self.0.push_back(Upload {
            id,
            metadata,
            length,
            offset: 0,
            digest: Sha256::new(),
            head: Vec::new(),
        });
        Ok(())
    }

    /// Takes a part that begins at this offset. Gives where the upload stands then. One whose whole is not what was announced is
    /// dropped.
    pub(super) fn append(
        &mut self,
        id: &str,
        offset: u64,
        part: &[u8],
        checksum: Option<&Checksum>,
    ) -> Result<u64, Refused> {
        let Some(upload) = self.0.iter_mut().find(|one| one.id == id) else {
            return Err(Problem::NotFound.because("no such upload"));
        };
        if offset != upload.offset {
            return Err(Problem::OffsetDiffers.because(format!("it stands at {}", upload.offset)));
        }
        if part.len() as u64 > upload.length - upload.offset {
            return Err(Problem::TooLarge.because("longer than Upload-Length"));
        }
        if checksum.is_some_and(|checksum| !checksum.fits(part)) {
            return Err(Problem::ChecksumDiffers.because("nothing of the part was kept"));
        }
        let was_whole = upload.is_whole();
        upload.take(part);
        let now = upload.offset;
        if upload.is_whole() && !was_whole {
            let verdict = upload.verify();
            if verdict.is_err() {
                self.0.retain(|one| one.id != id);
            }
            verdict?;
        }
        Ok(now)
    }

    pub(super) fn remove(&mut self, id: &str) -> Result<(), Refused> {
        self.get(id)?;
        self.0.retain(|one| one.id != id);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn metadata(content: &[u8]) -> Metadata {
        let digest = hex::encode(Sha256::digest(content));
        let pair = |key: &str, value: &str| format!("{key} {}", STANDARD.encode(value));
        let text = [
            pair("kind", "customization"),
            pair("sha256", &digest),
            pair("filename", "a.zip"),
        ]
        .join(",");
        Metadata::read(&text).expect("metadata")
    }

    /// GWY-03: what is wrong with metadata is found.
    #[test]
    fn wrong_metadata() {
        for text in [
            "",
            "kind",
            "kind !",
            "kind aW1hZ2U=",
            "kind aW1hZ2U=,kind aW1hZ2U=",
            "colour aW1hZ2U=",
        ] {
            assert!(Metadata::read(text).is_err(), "{text}");
        }
        assert!(is_version("11.1.3.2") && !is_version("11") && !is_version("11.") && !is_version("11.a"));
    }

    proptest! {
        /// GWY-03: whatever the offsets and lengths of parts, an upload grows by exactly the parts that begin where it stands, and is
        /// whole when all of it has come.
        #[test]
        fn offsets(content in proptest::collection::vec(any::<u8>(), 1..200), parts in proptest::collection::vec((0_usize..210, 0_usize..210), 0..40)) {
            let mut uploads = Uploads::default();
            uploads.begin("a".to_string(), metadata(&content), content.len() as u64).expect("begun");
            let mut stands = 0;
            for (offset, length) in parts {
                let end = (offset + length).min(content.len());
                let part = content.get(offset..end).unwrap_or_default();
                let taken = uploads.append("a", offset as u64, part, None);
                if offset == stands {
                    stands += part.len();
                    prop_assert_eq!(taken.ok(), Some(stands as u64));
                } else {
                    prop_assert_eq!(taken.err().map(|refused| refused.problem), Some(Problem::OffsetDiffers));
                }
            }
            let rest = content.get(stands..).unwrap_or_default();
            prop_assert_eq!(uploads.append("a", stands as u64, rest, None).ok(), Some(content.len() as u64));
            prop_assert!(uploads.get("a").is_ok_and(Upload::is_whole));
        }

        /// GWY-03: a part that arrives altered is refused by its checksum, and the upload stands where it stood.
        #[test]
        fn checksums(content in proptest::collection::vec(any::<u8>(), 1..200), place in any::<prop::sample::Index>()) {
            let mut uploads = Uploads::default();
            uploads.begin("a".to_string(), metadata(&content), content.len() as u64).expect("begun");
            let checksums = [Checksum::Sha1(Sha1::digest(&content).to_vec()), Checksum::Sha256(Sha256::digest(&content).to_vec())];
            let mut altered = content.clone();
            altered[place.index(content.len())] ^= 1;
            for checksum in &checksums {
                let refused = uploads.append("a", 0, &altered, Some(checksum)).err().map(|refused| refused.problem);
                prop_assert_eq!(refused, Some(Problem::ChecksumDiffers));
            }
            prop_assert_eq!(uploads.get("a").map(|one| one.offset).ok(), Some(0));
            prop_assert!(uploads.append("a", 0, &content, Some(&checksums[0])).is_ok());
        }
    }
}
