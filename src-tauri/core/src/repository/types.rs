//! Packages: everything that can be installed or handed out (REP-01).

use crate::connections::types::CertificateView;
use flotilla_kernel::clock::Time;
use flotilla_kernel::error::{ErrorCode, FieldProblem};
use flotilla_kernel::events::{FeatureName, WorkKind};
use flotilla_kernel::fields;
use flotilla_kernel::ids::{ArrivalId, PackageId, PackageIndexId, TransferId, WorkId};
use flotilla_kernel::preferences::Preference;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Under this name changes of packages, and of files on their way in, are told.
pub const CHANGES: FeatureName = FeatureName("repository");
/// A file is copied into the repository; counted in bytes.
pub const ADD: WorkKind = WorkKind("repository_add");
/// Files are read again and compared with their digests; counted in bytes.
pub const VERIFY: WorkKind = WorkKind("repository_verify");

/// What a package is (REP-01).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PackageKind {
    /// An image that systems on premises are upgraded with.
    IsoImage,
    /// A part of a cloud system.
    Component,
    /// The software of a device.
    Firmware,
    /// An application that runs on devices (DEV-61).
    Application,
    /// The installer of a video server.
    ServerInstaller,
    /// A program for the administrator's own machine (CUS-51).
    Tool,
    /// Files that adapt a system to a customer.
    Customization,
}

/// Whether a package can be handed out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PackageState {
    /// It is here, and was what it should be when it was read last.
    Stored,
    /// Its content is not what its digest says; it is never handed out (REP-06).
    Altered,
    /// Its file is gone.
    Missing,
    /// It stands in a list on the network, and is fetched when it is needed (REP-09).
    Remote,
}

/// Where the digest comes from (REP-06).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DigestOrigin {
    /// It was only computed here, from what came in.
    Computed,
    /// The vendor gave it, and what came in has it.
    Vendor,
}

/// What a person should look at (REP-05).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Doubt {
    /// The name of the firmware does not tell its model.
    ModelUnknown,
    /// Neither name nor content tell the version.
    VersionUnknown,
    /// The image names another version.
    OtherVersion,
    /// A `.sha256` lay beside the file and could not be used, so that nothing was compared with it (REP-06).
    DigestUnusable,
}

/// A row of the repository.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct PackageRow {
    /// The package's id.
    pub id: PackageId,
    /// What it is.
    pub kind: PackageKind,
    /// The model or product it is for; empty: not known.
    pub product: String,
    /// Its version; empty: not known.
    pub version: String,
    /// The name its file came with.
    pub file_name: String,
    /// Words of one's own.
    pub tags: Vec<String>,
    /// What people wrote about it.
    pub note: String,
    /// When it was added.
    pub added_at: Time,
    /// The login name of who added it, at that time.
    pub added_by: String,
    /// How many bytes it has.
    pub size: i64,
    /// Its SHA-256, in hexadecimal digits.
    pub sha256: String,
    /// Where that digest comes from.
    pub digest_origin: DigestOrigin,
    /// Whether it can be handed out.
    pub state: PackageState,
    /// When its content was last compared with its digest.
    pub verified_at: Time,
    /// The address it was fetched from; empty: it came as a file.
    pub address: String,
    /// The list on the network that it stands in.
    pub index: Option<PackageIndexId>,
    /// The identifier of an image's volume; empty: it has none.
    pub volume: String,
    /// The version that the image names; empty: it names none.
    pub image_version: String,
    /// What a person should look at.
    pub doubts: Vec<Doubt>,
    /// Counts up with every change.
    pub revision: i64,
}

/// What uses a package (REP-01).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct PackageUse {
    /// The package.
    pub id: PackageId,
    /// How many devices run it, of those that the account sees.
    pub systems: i64,
}

/// How a file on its way in is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ArrivalState {
    /// It comes in.
    Running,
    /// It stopped before its end: cancelled, an error, or the program ended. What has come is kept.
    Interrupted,
    /// It has come, and its content was in the repository already.
    Known,
}

/// Where a file comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ArrivalSource {
    /// A file on the machine that the program runs on.
    File,
    /// A browser sends it, piece by piece.
    Browser,
    /// An address on the network.
    Address,
}

/// A file on its way in (REP-03).
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct ArrivalView {
    /// Its id.
    pub id: ArrivalId,
    /// How it is.
    pub state: ArrivalState,
    /// Where it comes from.
    pub source: ArrivalSource,
    /// The file's name.
    pub file_name: String,
    /// The address it comes from; empty: it comes as a file.
    pub address: String,
    /// How many bytes it has; none: the other side did not say.
    pub total: Option<i64>,
    /// How many of them have come.
    pub done: i64,
    /// Why it stopped; none: it did not, or the program ended.
    pub error: Option<ErrorCode>,
    /// The work that brings it in; none: none does.
    pub work: Option<WorkId>,
    /// When it was begun.
    pub started_at: Time,
    /// The SHA-256 of each piece that has come from a browser.
    pub pieces: Vec<String>,
    /// The package that has the same content.
    pub known_as: Option<PackageRow>,
}

/// How many bytes a piece from a browser has; the last one has fewer.
pub const PIECE: i64 = 8 * 1024 * 1024;
/// No file may be larger.
pub const LARGEST: i64 = 256 * 1024 * 1024 * 1024;

/// A file on this machine that a person has chosen.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct AddPackage {
    /// The chosen file.
    pub upload: TransferId,
    /// The text of a `.sha256` file that was given with it; empty: none was, and the one that lies beside it counts, if there is one.
    #[serde(default)]
    pub digest: String,
}

/// A file that a browser is about to send.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct BeginUpload {
    /// The file's name, without a path.
    pub name: String,
    /// How many bytes it has.
    pub size: i64,
    /// The text of a `.sha256` file that was given with it; empty: none was.
    #[serde(default)]
    pub digest: String,
}

/// The next piece from a browser.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct AppendPiece {
    /// The file on its way in.
    pub arrival: ArrivalId,
    /// How many bytes have come before.
    pub offset: i64,
    /// The piece, uploaded.
    pub upload: TransferId,
    /// The SHA-256 of the piece, in hexadecimal digits.
    pub sha256: String,
}

/// A file on the network.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct FetchPackage {
    /// Where it is; `https` only.
    pub address: String,
    /// The vendor's SHA-256 of it, or the text of a `.sha256` file; empty: it is not known.
    #[serde(default)]
    pub digest: String,
    /// The SHA-256 of a certificate that a person has accepted for this server; none: only what this machine trusts counts.
    #[serde(default)]
    pub accept: Option<String>,
}

/// What came of asking for a file on the network.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct FetchAnswer {
    /// The file, on its way in; none: the certificate waits for a decision.
    pub arrival: Option<ArrivalView>,
    /// The server's certificate, which this machine does not trust.
    pub certificate: Option<CertificateView>,
}

/// A list of packages on the network (REP-09, PRO-03).
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct IndexView {
    /// Its id.
    pub id: PackageIndexId,
    /// Where it is.
    pub address: String,
    /// What it calls itself; its host where it does not.
    pub name: String,
    /// When it was last read; none: never yet.
    pub read_at: Option<Time>,
    /// Why it could not be read the last time.
    pub error: Option<ErrorCode>,
    /// How many of its packages are here.
    pub stored: i64,
    /// How many are not.
    pub remote: i64,
}

/// Follows a list of packages.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct SubscribeIndex {
    /// Where it is; `https` only.
    pub address: String,
    /// The SHA-256 of a certificate that a person has accepted for this server; none: only what this machine trusts counts.
    #[serde(default)]
    pub accept: Option<String>,
}

/// What came of asking for a list of packages.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct SubscribeAnswer {
    /// The list; none: the certificate waits for a decision.
    pub index: Option<IndexView>,
    /// The server's certificate, which this machine does not trust.
    pub certificate: Option<CertificateView>,
}

/// Names a list of packages.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct IndexArgument {
    /// Its id.
    pub index: PackageIndexId,
}

/// Names a file on its way in.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ArrivalArgument {
    /// Its id.
    pub arrival: ArrivalId,
}

/// Names a package.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct PackageArgument {
    /// Its id.
    pub id: PackageId,
}

/// Names packages.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct PackageIds {
    /// Their ids.
    pub ids: Vec<PackageId>,
}

/// What can be corrected of a package (REP-05).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PackageFields {
    /// What it is.
    pub kind: PackageKind,
    /// The model or product it is for.
    pub product: String,
    /// Its version.
    pub version: String,
    /// Words of one's own.
    pub tags: Vec<String>,
    /// What people wrote about it.
    pub note: String,
}

/// The longest product or version.
const NAME_LIMIT: usize = 80;
/// The longest note.
const NOTE_LIMIT: usize = 2_000;

impl PackageFields {
    /// Without spaces around the texts, and each tag once.
    #[must_use]
    pub fn tidy(self) -> Self {
        Self {
            product: fields::trimmed(&self.product).to_owned(),
            version: fields::trimmed(&self.version).to_owned(),
            tags: fields::tidy_tags(self.tags.iter().map(String::as_str)),
            ..self
        }
    }

    /// Every problem at once.
    pub fn check(&self) -> Vec<FieldProblem> {
        [
            fields::text("product", &self.product, NAME_LIMIT, false),
            fields::text("version", &self.version, NAME_LIMIT, false),
            fields::text("note", &self.note, NOTE_LIMIT, true),
            fields::tags("tags", &self.tags),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

/// Corrects a package.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct SavePackage {
    /// The package.
    pub id: PackageId,
    /// The revision that was read.
    pub revision: i64,
    /// What it shall be.
    pub fields: PackageFields,
}

/// What became of a package.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct PackageOutcome {
    /// The package.
    pub id: PackageId,
    /// The name of its file; empty: there is no such package.
    pub file_name: String,
    /// Why not; none: it was done.
    pub error: Option<ErrorCode>,
}

/// How much of one kind is in the repository.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct KindTotal {
    /// The kind.
    pub kind: PackageKind,
    /// How many packages.
    pub count: i64,
    /// How many bytes they have together.
    pub size: i64,
}

/// The repository as a whole.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct RepositorySummary {
    /// By kind; only those that there are.
    pub kinds: Vec<KindTotal>,
    /// How many bytes are free where it lies; none: the system does not say.
    pub free: Option<i64>,
    /// How many images there may be before the page says which could go (REP-07).
    pub image_limit: i64,
    /// The images that could go: the oldest versions of each product, so many as there are too many.
    pub could_go: Vec<PackageRow>,
    /// How many bytes a piece from a browser has.
    pub piece: i64,
}

/// The repository's part of the preferences.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct RepositoryPreferences {
    /// How many ISO images are kept before the page says which could go (REP-07).
    pub repository_images: i64,
    /// After so many days a file is read again and compared with its digest (REP-10); 0: never.
    pub repository_verify_days: i64,
}

impl Default for RepositoryPreferences {
    fn default() -> Self {
        Self {
            repository_images: 10,
            repository_verify_days: 30,
        }
    }
}

impl Preference for RepositoryPreferences {
    fn check(&self) -> Vec<FieldProblem> {
        [
            fields::range("repository_images", self.repository_images, 1, 1_000),
            fields::range("repository_verify_days", self.repository_verify_days, 0, 365),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}
