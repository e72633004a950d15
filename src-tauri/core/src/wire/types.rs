//! What every call has in common.

use crate::clock::Time;
use crate::wire::error::WireError;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

/// No arguments, or nothing to answer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Nothing {}

/// An answer that is bytes, not JSON: 16 per id, or a picture.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Packed(pub Vec<u8>);

/// The rooms whose things change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Room {
    Accounts,
    Alarms,
    Audit,
    Customers,
    Imports,
    Lists,
    Organizations,
    Preferences,
    Profile,
    Systems,
    Work,
}

/// What every window is told after a commit. Never "something changed, load everything": when there are
/// more ids than a window could show, `ids` is cut and `many` says so.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Event {
    /// Things of a room changed, came or went.
    Changed {
        room: Room,
        #[ts(type = "string[]")]
        ids: Vec<Uuid>,
        /// Whether some came or went, so that counts and order may differ.
        membership: bool,
        many: bool,
    },
    /// A piece of work moved on.
    Work {
        work: crate::administration::types::Work,
    },
    /// A session ended from outside: the account was disabled, signed out elsewhere, or its password changed.
    SessionEnded {
        session: crate::ids::SessionId,
        at: Time,
    },
}

/// The answer of a host when a call fails; here so that the interface gets its type.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Failure {
    pub error: WireError,
}

/// The shared workspace that this installation has joined: where it is, and the certificate that was accepted for it.
/// Kept in `joined.json`; holds no secret.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct JoinedPlace {
    pub host: String,
    pub port: u16,
    /// As in [`crate::customers::types::CertificateView`].
    pub sha256: String,
}

/// What `host.pick_file` and an upload give.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Upload {
    pub upload: crate::ids::TransferId,
    pub name: String,
    pub size: i64,
}
