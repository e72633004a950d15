//! The waiting list of an import, as it travels.

use crate::connections::types::{CertificateView, ConnectivityStatus};
use crate::customers::types::Mode;
use flotilla_connectors::secret::Secret;
use flotilla_kernel::clock::Time;
use flotilla_kernel::error::FieldProblem;
use flotilla_kernel::events::{FeatureName, WorkKind};
use flotilla_kernel::ids::{ImportId, TransferId, WorkId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Under this name its changes are told.
pub const CHANGES: FeatureName = FeatureName("imports");

/// CUS-25: the largest file.
pub const FILE_LIMIT: u64 = 64 * 1024 * 1024;
/// The most rows a waiting list holds; ten times the customers a workspace is made for (GEN-12).
pub const ROWS_LIMIT: usize = 100_000;

/// How the bytes of the file were read (CUS-21).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
pub enum FileEncoding {
    #[serde(rename = "utf-8")]
    Utf8,
    #[serde(rename = "utf-16le")]
    Utf16Le,
    #[serde(rename = "utf-16be")]
    Utf16Be,
    #[serde(rename = "windows-1252")]
    Windows1252,
    #[serde(rename = "shift_jis")]
    ShiftJis,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Separator {
    Comma,
    Semicolon,
    Tab,
}

#[derive(Debug, Clone, Deserialize, TS)]
pub struct OpenImport {
    pub upload: TransferId,
    /// For rows without a `Mode` cell.
    pub mode: Mode,
}

#[derive(Debug, Clone, Deserialize, TS)]
pub struct ImportOptions {
    pub import: ImportId,
    /// None: as detected.
    pub encoding: Option<FileEncoding>,
    pub separator: Option<Separator>,
    pub mode: Mode,
}

#[derive(Debug, Clone, Deserialize, TS)]
pub struct ImportArgument {
    pub import: ImportId,
}

/// What a row of the waiting list is (CUS-22).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RowState {
    New,
    Update,
    Unchanged,
    Invalid,
}

/// What the connection test of a row came to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum RowTest {
    /// Not asked for yet.
    None,
    Waiting,
    Testing,
    Done {
        status: ConnectivityStatus,
        detail: String,
        certificate: Option<CertificateView>,
        systems: i64,
    },
}

/// The waiting list as a whole.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct ImportView {
    pub import: ImportId,
    pub file_name: String,
    pub size: i64,
    pub encoding: FileEncoding,
    pub encoding_detected: bool,
    pub separator: Separator,
    pub separator_detected: bool,
    pub mode: Mode,
    /// What is wrong with the file itself: header, quoting, size. `line` is a parameter where there is one.
    pub problems: Vec<FieldProblem>,
    pub counts: ImportCounts,
    pub test: Option<ImportTest>,
    pub created_at: Time,
    /// How many rows hold a password in clear (CUS-24).
    pub passwords: i64,
    /// Whether Flotilla can delete the file afterwards: it was opened from a local path.
    pub deletable: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, TS)]
pub struct ImportCounts {
    pub all: i64,
    pub new: i64,
    pub update: i64,
    pub unchanged: i64,
    pub invalid: i64,
    pub connected: i64,
    pub failed: i64,
    /// New or updated rows whose test succeeded: what *Save* stores.
    pub savable: i64,
    /// New or updated rows that are valid but not (successfully) tested.
    pub untested: i64,
    /// Rows whose certificate waits for a yes.
    pub untrusted: i64,
}

/// A test that runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct ImportTest {
    pub work: WorkId,
    pub done: i64,
    pub total: i64,
    pub at_once: i64,
    pub started_at: Time,
}

/// Which rows of the waiting list: their numbers, in order.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ImportRowsArgument {
    pub import: ImportId,
    #[serde(default)]
    pub search: String,
    #[serde(default)]
    pub state: Option<RowState>,
    #[serde(default)]
    pub sort: Option<flotilla_kernel::lists::types::Sort>,
}

#[derive(Debug, Clone, Deserialize, TS)]
pub struct ImportWindow {
    pub import: ImportId,
    /// At most 200 row numbers.
    pub rows: Vec<u32>,
}

/// A row of the waiting list. The password never comes back to the interface.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct ImportRow {
    /// Its place in the file, from 1; added rows go on counting.
    pub row: u32,
    pub state: RowState,
    pub cells: ImportCells,
    pub has_password: bool,
    pub problems: Vec<FieldProblem>,
    /// What an update would change: field and present value.
    pub was: Vec<ImportWas>,
    pub test: RowTest,
}

#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct ImportWas {
    pub field: String,
    pub value: String,
}

/// The cells as they stand in the file, uninterpreted.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
pub struct ImportCells {
    pub host: String,
    pub port: String,
    pub name: String,
    pub user_name: String,
    pub address: String,
    pub telephone: String,
    pub email: String,
    pub notes: String,
    /// Separated by `;`.
    pub tags: String,
    /// `on-premises`, `cloud`, or empty.
    pub mode: String,
}

/// Change a row, or add one (`row` none).
#[derive(Deserialize, TS)]
pub struct EditImportRow {
    pub import: ImportId,
    pub row: Option<u32>,
    pub cells: ImportCells,
    /// None: the one of the file stays.
    #[ts(type = "string | null")]
    pub password: Option<Secret>,
}

#[derive(Debug, Clone, Deserialize, TS)]
pub struct ImportSelection {
    pub import: ImportId,
    pub rows: Vec<u32>,
}

/// Test all rows, or the chosen ones.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct TestImport {
    pub import: ImportId,
    pub rows: Option<Vec<u32>>,
}

/// Yes to the certificates that the chosen rows met; none: of all rows.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct TrustImport {
    pub import: ImportId,
    pub rows: Option<Vec<u32>>,
}

#[derive(Debug, Clone, Deserialize, TS)]
pub struct SaveImport {
    pub import: ImportId,
    /// *Save these without contact too* (CUS-23).
    #[serde(default)]
    pub without_contact: bool,
}

/// What a save did.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct ImportReceipt {
    pub added: i64,
    pub updated: i64,
    pub unchanged: i64,
    pub without_contact: i64,
    /// Rows that stayed behind; the waiting list now holds only them.
    pub left: i64,
    pub finished: bool,
}

/// The connections of a waiting list are tested.
pub const TEST: WorkKind = WorkKind("import_test");
/// A waiting list is stored.
pub const SAVE: WorkKind = WorkKind("import_save");
