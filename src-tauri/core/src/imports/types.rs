//! The waiting list of an import, as it travels.

use super::columns::{Column, ImportKind};
use crate::connections::types::{CertificateView, ConnectivityStatus};
use crate::customers::types::Mode;
use flotilla_connectors::secret::Secret;
use flotilla_kernel::clock::Time;
use flotilla_kernel::error::{ErrorCode, FieldProblem};
use flotilla_kernel::events::{FeatureName, WorkKind};
use flotilla_kernel::ids::{FolderId, ImportId, OrganizationId, TransferId, WorkId};
use flotilla_kernel::rights::{Concerns, Subject};
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
    /// UTF-8, with or without a byte order mark.
    #[serde(rename = "utf-8")]
    Utf8,
    /// UTF-16, the lower byte first.
    #[serde(rename = "utf-16le")]
    Utf16Le,
    /// UTF-16, the higher byte first.
    #[serde(rename = "utf-16be")]
    Utf16Be,
    /// Windows-1252, of western European systems.
    #[serde(rename = "windows-1252")]
    Windows1252,
    /// Shift_JIS, of Japanese systems.
    #[serde(rename = "shift_jis")]
    ShiftJis,
}

/// What separates the cells of a row (CUS-21).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Separator {
    /// `,`
    Comma,
    /// `;`
    Semicolon,
    /// The tabulator.
    Tab,
}

/// A waiting list to be made from a file (CUS-22).
#[derive(Debug, Clone, Deserialize, TS)]
pub struct OpenImport {
    /// The uploaded or chosen file.
    pub upload: TransferId,
    /// For rows without a `Mode` cell.
    pub mode: Mode,
}

/// A waiting list of devices to be made from a file (DEV-04).
#[derive(Debug, Clone, Deserialize, TS)]
pub struct OpenDeviceImport {
    /// The uploaded or chosen file.
    pub upload: TransferId,
    /// The organization that the devices are added to.
    pub organization: OrganizationId,
    /// The folder of rows that name none.
    pub folder: FolderId,
}

impl Concerns for OpenDeviceImport {
    fn subjects(&self) -> Vec<Subject> {
        vec![self.organization.into()]
    }
}

/// How the file of a waiting list is to be read from now on; what was edited stays (CUS-26).
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ImportOptions {
    /// The waiting list.
    pub import: ImportId,
    /// None: as detected.
    pub encoding: Option<FileEncoding>,
    /// None: as detected.
    pub separator: Option<Separator>,
    /// The mode of rows without a `Mode` cell.
    pub mode: Mode,
}

/// Who has said which column is which.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum MappedBy {
    /// The header itself: its names are the import's, or the customer list's own in one of the languages.
    #[default]
    Header,
    /// A person, for this file.
    Person,
    /// A person, for an earlier file with the same columns.
    Remembered,
}

/// A column of the file (CUS-26).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ImportColumn {
    /// Its name in the header.
    pub name: String,
    /// What it is; none: it is left out.
    pub column: Option<Column>,
    /// What it seems to be by its name.
    pub guess: Option<Column>,
    /// Whether it may hold passwords; none of its cells is shown then (GEN-08).
    pub secret: bool,
    /// What stands in its first cells, each text once.
    pub samples: Vec<String>,
}

/// What the columns of the file are (CUS-26).
#[derive(Debug, Clone, Deserialize, TS)]
pub struct MapImport {
    /// The waiting list.
    pub import: ImportId,
    /// Of each column of the file, in order, what it is; none: it is left out. Remembered for files with the same columns.
    /// Without a list the names of the columns say it, and what was remembered is forgotten.
    pub columns: Option<Vec<Option<Column>>>,
}

/// What the rows are to have that need it and say nothing of it (CUS-26).
#[derive(Deserialize, TS)]
pub struct FillImport {
    /// The waiting list.
    pub import: ImportId,
    /// The port; empty: 8443.
    pub port: String,
    /// The name of the service user; empty: the rows stay without.
    pub user_name: String,
    /// The service user's password; none: as it was said before, empty: the rows stay without.
    #[ts(type = "string | null")]
    pub password: Option<Secret>,
}

/// Something that rows need and the file does not say (CUS-26).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ImportGap {
    /// Which column.
    pub column: Column,
    /// How many rows need it.
    pub rows: i64,
    /// What was said for all of them; none: nothing yet. Of a password it is empty.
    pub value: Option<String>,
}

/// Which customers are to be written to a file that can be imported (CUS-26).
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ExportForImport {
    /// What is listed: organization, filter, search and sort.
    pub query: flotilla_kernel::lists::types::ListQuery,
    /// The chosen customers among those that match; none: all that match.
    #[ts(type = "string[] | null")]
    pub ids: Option<Vec<uuid::Uuid>>,
}

/// Which waiting list.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ImportArgument {
    /// Its id.
    pub import: ImportId,
}

/// What a row of the waiting list is (CUS-22).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RowState {
    /// No customer has this name, and none this address and port.
    New,
    /// A customer has this name, or this address and port, and something differs.
    Update,
    /// A customer is just like this.
    Unchanged,
    /// A cell or the row is wrong, and the row cannot be stored.
    Invalid,
}

/// What the connection test of a row came to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum RowTest {
    /// Not asked for yet.
    None,
    /// Asked for; its turn has not come.
    Waiting,
    /// The system is being asked.
    Testing,
    /// It has ended.
    Done {
        /// How the contact ended (CUS-03).
        status: ConnectivityStatus,
        /// What the network said, for the person who mends it; empty: nothing.
        detail: String,
        /// The certificate that was met; none: there was no TLS handshake.
        certificate: Option<CertificateView>,
        /// How many systems answered for themselves; 0 where nothing was read.
        systems: i64,
        /// Why a factory-new device was not given its first account, or cannot be: what it refused, or which cell is none that a
        /// device takes. None: nothing of it is known to be wrong.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        problem: Option<Box<FieldProblem>>,
    },
}

/// The waiting list as a whole.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct ImportView {
    /// The waiting list's id.
    pub import: ImportId,
    /// What its rows become.
    pub kind: ImportKind,
    /// The organization that devices are added to; none: it is a list of customers.
    pub organization: Option<OrganizationId>,
    /// The folder of devices whose rows name none.
    pub folder: Option<FolderId>,
    /// The file's name, without a path.
    pub file_name: String,
    /// The file's size in bytes.
    pub size: i64,
    /// The encoding the file is read in.
    pub encoding: FileEncoding,
    /// Whether that was detected and not chosen.
    pub encoding_detected: bool,
    /// What separates the cells of a row.
    pub separator: Separator,
    /// Whether that was detected and not chosen.
    pub separator_detected: bool,
    /// The mode of rows without a `Mode` cell.
    pub mode: Mode,
    /// Who has said what the columns of the file are.
    pub mapped_by: MappedBy,
    /// Whether a person has to say what they are before the rows make sense.
    pub undecided: bool,
    /// What rows need and the file does not say.
    pub gaps: Vec<ImportGap>,
    /// What is wrong with the file itself: header, quoting, size. `line` is a parameter where there is one.
    pub problems: Vec<FieldProblem>,
    /// How many rows are in each state.
    pub counts: ImportCounts,
    /// What this view shows of the customers there are; [`SaveImport`] says it again, so that what was previewed is done.
    pub preview: String,
    /// The test that runs; none: none runs.
    pub test: Option<ImportTest>,
    /// When the file was opened.
    pub created_at: Time,
    /// How many rows hold a password in clear (CUS-24).
    pub passwords: i64,
    /// Whether Flotilla can delete the file afterwards: it was opened from a local path.
    pub deletable: bool,
}

/// How many rows of a waiting list are in each state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, TS)]
pub struct ImportCounts {
    /// All rows.
    pub all: i64,
    /// Rows that would add a customer.
    pub new: i64,
    /// Rows that would change a customer.
    pub update: i64,
    /// Rows that would change nothing.
    pub unchanged: i64,
    /// Rows that cannot be stored.
    pub invalid: i64,
    /// New or updated rows whose test succeeded.
    pub connected: i64,
    /// New or updated rows whose test failed.
    pub failed: i64,
    /// New or updated rows whose test succeeded: what *Save* stores.
    pub savable: i64,
    /// New or updated rows that are valid but not (successfully) tested.
    pub untested: i64,
    /// Rows whose certificate waits for a yes.
    pub untrusted: i64,
    /// Rows that were not stored because their customer came, went or changed meanwhile.
    pub changed: i64,
    /// Folders that are made once all new and updated rows are stored, each counted once (DEV-04).
    pub folders: i64,
    /// Of them those that *Save* makes: for the rows whose test succeeded.
    pub folders_savable: i64,
    /// Of them those that *Save* makes once it gives first accounts, too.
    pub folders_with_accounts: i64,
    /// New rows that met a factory-new device, and whose user name and password can be those of its first account (DEV-02).
    pub factory_new: i64,
}

/// A test that runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct ImportTest {
    /// The work that is told of as it advances, and that can be cancelled.
    pub work: WorkId,
    /// How many rows have been tested.
    pub done: i64,
    /// How many rows are tested in all.
    pub total: i64,
    /// How many rows are tested at the same time.
    pub at_once: i64,
    /// When the test began.
    pub started_at: Time,
    /// Whether it is no test: factory-new devices are given their first account.
    pub gives_accounts: bool,
}

/// Which rows of the waiting list: their numbers, in order.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ImportRowsArgument {
    /// The waiting list.
    pub import: ImportId,
    /// Words in any order that the rows hold (UI-21); empty: all rows.
    #[serde(default)]
    pub search: String,
    /// Only rows in this state; none: in every state.
    #[serde(default)]
    pub state: Option<RowState>,
    /// Only rows that were not stored because their customer came, went or changed meanwhile.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub changed: bool,
    /// Only rows that can be stored in a folder that is made for them (DEV-04).
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub in_new_folder: bool,
    /// The column the rows are ordered by; none: the order of the file.
    #[serde(default)]
    pub sort: Option<flotilla_kernel::lists::types::Sort>,
}

/// The rows in view.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ImportWindow {
    /// The waiting list.
    pub import: ImportId,
    /// At most 200 row numbers.
    pub rows: Vec<u32>,
}

/// A row of the waiting list. The password never comes back to the interface.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct ImportRow {
    /// Its place in the file, from 1; added rows go on counting.
    pub row: u32,
    /// What the row is.
    pub state: RowState,
    /// Its cells, as edited.
    pub cells: ImportCells,
    /// The line as it stands in the file, where it has too many or too few cells for them to be told apart; none: a cell
    /// that is not shown, since it may be a password.
    pub line: Option<Vec<Option<String>>>,
    /// It was not stored because its customer came, went or changed after it was previewed.
    pub changed: bool,
    /// Whether it has a password, of the file or typed.
    pub has_password: bool,
    /// Everything that is wrong with it, by the names of the cells.
    pub problems: Vec<FieldProblem>,
    /// What an update would change: field and present value.
    pub was: Vec<ImportWas>,
    /// The path of the folder that is made for it when it is stored, its names between `/`; none: its folder is there (DEV-04).
    pub new_folder: Option<String>,
    /// What its connection test came to.
    pub test: RowTest,
}

/// A present value of the customer that an update would change.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct ImportWas {
    /// The name of the cell.
    pub field: String,
    /// The customer's present value, as text.
    pub value: String,
}

/// The cells as they stand in the file, uninterpreted.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
pub struct ImportCells {
    /// The IP address or host name of the main connection.
    pub host: String,
    /// The port; empty: 8443.
    pub port: String,
    /// The customer's name.
    pub name: String,
    /// The name of the service user.
    pub user_name: String,
    /// The postal address.
    pub address: String,
    /// The telephone number.
    pub telephone: String,
    /// The e-mail address.
    pub email: String,
    /// The notes.
    pub notes: String,
    /// Separated by `;`.
    pub tags: String,
    /// `on-premises`, `cloud`, or empty.
    pub mode: String,
    /// The folder's names from the top down, separated by `/`; empty: the one that was chosen for all.
    pub folder: String,
}

/// Cells that a person has typed; none: as in the file. An edit is of a cell, so that the others follow the file when it
/// is read in another way (CUS-26).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
pub struct ImportEdits {
    /// The IP address or host name of the main connection.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub host: Option<String>,
    /// The port; empty: 8443.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub port: Option<String>,
    /// The customer's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub name: Option<String>,
    /// The name of the service user.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub user_name: Option<String>,
    /// The postal address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub address: Option<String>,
    /// The telephone number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub telephone: Option<String>,
    /// The e-mail address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub email: Option<String>,
    /// The notes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub notes: Option<String>,
    /// Separated by `;`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub tags: Option<String>,
    /// `on-premises`, `cloud`, or empty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub mode: Option<String>,
    /// The folder's names from the top down, separated by `/`; empty: the one that was chosen for all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub folder: Option<String>,
}

/// Change a row, or add one (`row` none).
#[derive(Deserialize, TS)]
pub struct EditImportRow {
    /// The waiting list.
    pub import: ImportId,
    /// The row's number; none: a new one.
    pub row: Option<u32>,
    /// The cells that change; the others stay as they are.
    pub cells: ImportEdits,
    /// None: the one of the file stays.
    #[ts(type = "string | null")]
    pub password: Option<Secret>,
}

/// Rows of a waiting list, chosen by their numbers.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ImportSelection {
    /// The waiting list.
    pub import: ImportId,
    /// The numbers of the rows.
    pub rows: Vec<u32>,
}

/// Test all rows, or the chosen ones.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct TestImport {
    /// The waiting list.
    pub import: ImportId,
    /// The numbers of the rows; none: all that can be tested.
    pub rows: Option<Vec<u32>>,
}

/// Yes to the certificates that the chosen rows met; none: of all rows.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct TrustImport {
    /// The waiting list.
    pub import: ImportId,
    /// The numbers of the rows; none: all whose certificate waits for a yes.
    pub rows: Option<Vec<u32>>,
}

/// The rows that can be stored are to be stored (CUS-23).
#[derive(Debug, Clone, Deserialize, TS)]
pub struct SaveImport {
    /// The waiting list.
    pub import: ImportId,
    /// *Save these without contact too* (CUS-23).
    #[serde(default)]
    pub without_contact: bool,
    /// Factory-new devices are given their first account, with the user name and the password of their row, and are stored as well
    /// (DEV-02).
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub first_accounts: bool,
    /// What was previewed, as the view said it; none: what was last shown of the list.
    #[serde(default)]
    #[ts(optional)]
    pub preview: Option<String>,
}

/// A row whose customer came, went or changed after it was previewed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ImportChanged {
    /// The row's number.
    pub row: u32,
    /// Its name.
    pub name: String,
}

/// What a save did.
#[derive(Debug, Clone, PartialEq, Default, Serialize, TS)]
pub struct ImportReceipt {
    /// How many customers were added.
    pub added: i64,
    /// How many customers were changed.
    pub updated: i64,
    /// How many factory-new devices were given their first account (DEV-02).
    pub first_accounts: i64,
    /// How many were not, each with its reason in the list.
    pub without_account: i64,
    /// How many folders were made for devices (DEV-04).
    pub folders: i64,
    /// How many rows were already as the customers are.
    pub unchanged: i64,
    /// How many of those stored were stored without contact; they are *never tried*.
    pub without_contact: i64,
    /// The rows that were not stored because their customer came, went or changed after they were previewed. They wait in
    /// the list, compared with what is there now (CUS-26).
    pub changed: Vec<ImportChanged>,
    /// Why it ended before all rows were looked at: it was cancelled, or something failed. What was stored until then is
    /// in these numbers, the other rows wait in the list.
    pub stopped: Option<ErrorCode>,
    /// Rows that stayed behind; the waiting list now holds only them.
    pub left: i64,
    /// Whether nothing stayed behind; then the waiting list is closed, but for the offer to delete the file (CUS-24).
    pub finished: bool,
}

/// The connections of a waiting list are tested.
pub const TEST: WorkKind = WorkKind("import_test");
/// Factory-new devices of a waiting list are given their first account.
pub const FIRST_ACCOUNTS: WorkKind = WorkKind("import_first_accounts");
/// A waiting list is stored.
pub const SAVE: WorkKind = WorkKind("import_save");
