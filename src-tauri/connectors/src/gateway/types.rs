//! What travels between Flotilla and a gateway, as `openapi.json` has it. What is not known is left alone; nothing is longer than
//! it should be (SEC-04).
use super::problem::ProblemDetails;
use crate::trust::plain_text;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Deserializer, Serialize};

const LONGEST_TEXT: usize = 512;
const LONGEST_LIST: usize = 1024;

/// A text without control characters, cut where it is too long.
fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    String::deserialize(deserializer).map(|text| plain_text(&text, LONGEST_TEXT))
}

/// A list that is not too long.
fn list<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Vec<T>, D::Error> {
    let list: Vec<T> = Vec::deserialize(deserializer)?;
    if list.len() <= LONGEST_LIST {
        Ok(list)
    } else {
        Err(serde::de::Error::custom("the list is too long"))
    }
}

/// What is behind a gateway.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SiteKind {
    /// One solution of up to 32 systems.
    TelephoneSolution,
    /// One video server.
    VideoServer,
    /// Something that this version does not know.
    #[serde(other)]
    Other,
}

/// What a system is in its solution.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SystemRole {
    /// Answers for its solution.
    Primary,
    /// Takes over when the primary is away.
    Secondary,
    /// Any other of a solution.
    Expansion,
    /// A video server.
    VideoServer,
    /// Something that this version does not know.
    #[serde(other)]
    Other,
}

/// The size of a solution in the cloud (OPS-06). S1: 60 users, 8 recording channels; S2: 200, 20; S3: 400, 40.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Profile {
    /// The smallest.
    S1,
    /// The middle one.
    S2,
    /// The largest.
    S3,
}

/// An application on a system.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Component {
    /// Its name.
    #[serde(deserialize_with = "text")]
    pub name: String,
    /// What is installed.
    #[serde(deserialize_with = "text")]
    pub version: String,
}

/// A system behind a gateway.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GatewaySystem {
    /// Its serial number.
    #[serde(deserialize_with = "text")]
    pub id: String,
    /// For people.
    #[serde(deserialize_with = "text")]
    pub name: String,
    /// Its place.
    pub role: SystemRole,
    /// What is installed.
    #[serde(deserialize_with = "text")]
    pub version: String,
    /// Counts its starts: another number, another start.
    pub boot: u64,
    /// Whether the gateway reaches it.
    pub reachable: bool,
    /// Its applications.
    #[serde(deserialize_with = "list")]
    pub components: Vec<Component>,
}

/// What is stored under its digest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StoredKind {
    /// For upgrades.
    Image,
    /// Customization files.
    Customization,
    /// Something that this version does not know.
    #[serde(other)]
    Other,
}

/// Something that was transferred.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredImage {
    /// Lower-case hexadecimal digits.
    #[serde(deserialize_with = "text")]
    pub sha256: String,
    /// What it is.
    pub kind: StoredKind,
    /// Of an image.
    pub version: Option<String>,
    /// In bytes.
    pub length: u64,
    /// Of the file.
    #[serde(deserialize_with = "text")]
    pub name: String,
}

/// What is in a file of a gateway.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FileKind {
    /// A configuration.
    Backup,
    /// Logs.
    Logs,
    /// Something that this version does not know.
    #[serde(other)]
    Other,
}

/// A backup or logs that can be downloaded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredFile {
    /// What it is asked for by.
    #[serde(deserialize_with = "text")]
    pub id: String,
    /// What is in it.
    pub kind: FileKind,
    /// For people.
    #[serde(deserialize_with = "text")]
    pub name: String,
    /// In bytes.
    pub length: u64,
    /// Lower-case hexadecimal digits.
    #[serde(deserialize_with = "text")]
    pub sha256: String,
    /// Of the system that it is of.
    #[serde(deserialize_with = "text")]
    pub version: String,
    /// When.
    pub made_at: DateTime<Utc>,
}

/// What a gateway says of itself and of what is behind it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// Who made what is behind it.
    #[serde(deserialize_with = "text")]
    pub product: String,
    /// What is behind it.
    pub kind: SiteKind,
    /// Of what is behind it; of a solution, the primary's.
    #[serde(deserialize_with = "text")]
    pub serial_number: String,
    /// Of the protocol.
    #[serde(deserialize_with = "text")]
    pub gateway_version: String,
    /// The kinds of operations that it offers.
    #[serde(deserialize_with = "list")]
    pub capabilities: Vec<String>,
    /// Of a solution in the cloud.
    pub profile: Option<Profile>,
    /// The primary first.
    #[serde(deserialize_with = "list")]
    pub systems: Vec<GatewaySystem>,
    /// What was transferred.
    #[serde(deserialize_with = "list")]
    pub images: Vec<StoredImage>,
    /// What can be downloaded.
    #[serde(deserialize_with = "list")]
    pub files: Vec<StoredFile>,
}

impl Identity {
    /// Whether this kind of operation is offered.
    pub fn offers(&self, kind: &str) -> bool {
        self.capabilities.iter().any(|one| one == kind)
    }

    /// What the caller has just read, as the condition of an operation.
    pub fn expected(&self) -> Vec<ExpectedSystem> {
        self.systems
            .iter()
            .map(|system| ExpectedSystem {
                system: system.id.clone(),
                version: system.version.clone(),
                boot: Some(system.boot),
            })
            .collect()
    }

    /// Whether an image is there, whole.
    pub fn has_image(&self, sha256: &str) -> bool {
        self.images
            .iter()
            .any(|image| image.kind == StoredKind::Image && image.sha256 == sha256)
    }
}

/// What the caller believes of a system. Where it is not so, nothing is done to any.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExpectedSystem {
    /// Its serial number.
    pub system: String,
    /// Its version before.
    pub version: String,
    /// Its start before, where the caller cares.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub boot: Option<u64>,
}

/// Which systems are upgraded (OPS-02).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// The primary first, then all others, one after the other.
    Everything,
    /// The primary; the others later, one by one.
    PrimaryOnly,
    /// This one, by its serial number.
    System(String),
}

/// A component, and its version to be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComponentVersion {
    /// Its name.
    pub name: String,
    /// What is to be installed.
    pub version: String,
}

/// What is upgraded in the cloud (OPS-03).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ComponentTarget {
    /// Some components.
    Components(Vec<ComponentVersion>),
    /// All of them, to this version.
    CompleteSystem(String),
}

/// Which logs (OPS-08).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Logs {
    /// Of the system monitor.
    SystemMonitor,
    /// Memory dumps.
    MemoryDumps,
    /// All.
    All,
}

/// Where a video server has its software from (OPS-10).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ServerSource {
    /// An image that was transferred, by its SHA-256.
    Image(String),
    /// An address that the server reaches.
    Download {
        /// `https` only.
        address: String,
        /// Lower-case hexadecimal digits.
        sha256: String,
    },
}

/// An operation that is to begin.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum OperationRequest {
    /// OPS-02
    Upgrade {
        /// By its SHA-256; it was transferred before.
        image: String,
        /// Which systems.
        scope: Scope,
        /// The condition.
        expected: Vec<ExpectedSystem>,
    },
    /// OPS-03
    UpgradeComponents {
        /// Which, and to which version.
        target: ComponentTarget,
        /// The condition.
        expected: Vec<ExpectedSystem>,
    },
    /// OPS-06
    UpgradeProfile {
        /// The condition: the profile in force.
        from: Profile,
        /// A higher one.
        to: Profile,
    },
    /// OPS-04
    BackUp {},
    /// OPS-05
    Restore {
        /// A file of the gateway, or an upload of a backup.
        backup: String,
        /// The condition.
        expected: Vec<ExpectedSystem>,
    },
    /// OPS-07
    RefreshCustomization {
        /// By their SHA-256; they were transferred before.
        files: String,
    },
    /// OPS-08
    CollectLogs {
        /// Which.
        logs: Logs,
    },
    /// OPS-10, GWY-05
    UpgradeServer {
        /// Where the software is.
        source: ServerSource,
        /// What is to be installed.
        version: String,
        /// The condition.
        expected: Vec<ExpectedSystem>,
    },
}

/// Where an operation, or a system in it, has come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OperationState {
    /// Nothing has been done yet; a video server has not asked yet (GWY-05).
    Waiting,
    /// It runs.
    Running,
    /// Well ended.
    Done,
    /// Failed, at one system or more.
    Failed,
    /// Ended before its end, by somebody's wish.
    Cancelled,
    /// Something that this version does not know.
    #[serde(other)]
    Unknown,
}

impl OperationState {
    /// Whether nothing more is to come.
    pub fn has_ended(self) -> bool {
        matches!(self, Self::Done | Self::Failed | Self::Cancelled)
    }
}

/// One system in an operation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SystemOperation {
    /// Its serial number.
    #[serde(deserialize_with = "text")]
    pub system: String,
    /// Where it has come to.
    pub state: OperationState,
    /// Such as `installing`.
    #[serde(deserialize_with = "text")]
    pub step: String,
    /// 0 to 100.
    pub percent: u8,
    /// What is installed now.
    #[serde(deserialize_with = "text")]
    pub version: String,
    /// Why it failed.
    pub problem: Option<ProblemDetails>,
}

/// What came of an operation.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OperationResult {
    /// The backup or the logs.
    pub file: Option<String>,
}

/// An operation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Operation {
    /// What it is asked for by.
    #[serde(deserialize_with = "text")]
    pub id: String,
    /// Such as `upgrade`.
    #[serde(deserialize_with = "text")]
    pub kind: String,
    /// Where it has come to.
    pub state: OperationState,
    /// Such as `installing`.
    #[serde(deserialize_with = "text")]
    pub step: String,
    /// 0 to 100.
    pub percent: u8,
    /// For people, in English.
    #[serde(deserialize_with = "text")]
    pub message: String,
    /// Whether it can be cancelled now.
    pub cancellable: bool,
    /// In the order in which they are done.
    #[serde(deserialize_with = "list")]
    pub systems: Vec<SystemOperation>,
    /// What came of it.
    pub result: OperationResult,
    /// Why it failed as a whole.
    pub problem: Option<ProblemDetails>,
    /// When.
    pub started_at: DateTime<Utc>,
    /// When something was last different.
    pub changed_at: DateTime<Utc>,
}

/// An operation, and by what a change of it is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Observed {
    /// As it was answered.
    pub operation: Operation,
    /// Its `ETag`; empty where there was none.
    pub tag: String,
}
