//! Packages that simulated devices install: a mark, and what the package says of itself.
use serde::{Deserialize, Serialize};

const MARK: &[u8] = b"flotilla-simulator-package\n";

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
