//! What simulated devices install, applications and firmware: a mark, and what it says of itself.
use serde::{Deserialize, Serialize};

const MARK: &[u8] = b"flotilla-simulator-package\n";
const FIRMWARE_MARK: &[u8] = b"flotilla-simulator-firmware\n";

/// What a package says of itself.
#[derive(Serialize, Deserialize)]
pub(super) struct Package {
    pub(super) name: String,
    pub(super) version: String,
    pub(super) signed: bool,
}

impl Package {
    pub(super) fn read(file: &[u8]) -> Option<Self> {
        serde_json::from_slice(file.strip_prefix(MARK)?).ok()
    }

    pub(super) fn write(&self) -> serde_json::Result<Vec<u8>> {
        let mut file = MARK.to_vec();
        serde_json::to_writer(&mut file, self)?;
        Ok(file)
    }
}

/// What an image of firmware says of itself. After it comes what makes the image as large as it is.
#[derive(Serialize, Deserialize)]
pub(super) struct FirmwareImage {
    /// The model that it is for.
    pub(super) model: String,
    pub(super) version: String,
    pub(super) signed: bool,
}

impl FirmwareImage {
    pub(super) fn read(file: &[u8]) -> Option<Self> {
        let rest = file.strip_prefix(FIRMWARE_MARK)?;
        let end = rest.iter().position(|byte| *byte == b'\n')?;
        serde_json::from_slice(&rest[..end]).ok()
    }

    /// An image of so many bytes, or of as many as it takes.
    pub(super) fn write(&self, length: usize) -> serde_json::Result<Vec<u8>> {
        let mut file = FIRMWARE_MARK.to_vec();
        serde_json::to_writer(&mut file, self)?;
        file.push(b'\n');
        // Something that does not shrink to nothing where it is packed.
        let filler = (0_u32..).map(|number| (number.wrapping_mul(2_654_435_761) >> 24) as u8);
        let missing = length.saturating_sub(file.len());
        file.extend(filler.take(missing));
        Ok(file)
    }
}
