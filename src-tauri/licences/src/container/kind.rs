//! The three kinds of file.

use serde::{Deserialize, Serialize};

/// Which of the three a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// What a system needs.
    Request,
    /// The licence file for it.
    Response,
    /// What became of that.
    Confirmation,
}

impl Kind {
    pub(super) const ALL: [Self; 3] = [Self::Request, Self::Response, Self::Confirmation];

    /// The byte that stands for it.
    pub(super) fn byte(self) -> u8 {
        match self {
            Self::Request => 1,
            Self::Response => 2,
            Self::Confirmation => 3,
        }
    }

    /// The word that stands in errors.
    pub fn word(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Response => "response",
            Self::Confirmation => "confirmation",
        }
    }
}
