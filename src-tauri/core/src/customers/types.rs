//! Customers: organizations with a connection, their systems and services, and the waiting list of an import.

use crate::accounts::types::AccountName;
use crate::alarms::types::Severity;
use crate::clock::Time;
use crate::ids::{AccountId, ImportId, OrganizationId, SystemId, TransferId, WorkId};
use crate::systems::types::{SystemRole, SystemState};
use crate::wire::error::{ErrorCode, FieldProblem};
use flotilla_connectors::secret::Secret;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// On-premises or cloud; decides which actions exist.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
pub enum Mode {
    #[serde(rename = "on-premises")]
    OnPremises,
    #[serde(rename = "cloud")]
    Cloud,
}

/// CUS-02: what the colour and shape beside the name say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ConnectionState {
    Connected,
    Problems,
    Disconnected,
    Never,
}

/// CUS-03, and *never tried*. Its words are `status-<value>`, `.explanation` and `.action`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ConnectivityStatus {
    NeverTried,
    Success,
    Failed,
    InvalidCredentials,
    AuthorizationFailed,
    MonitoringRightsMissing,
    DisabledByAdministrator,
    ServiceUserDisabled,
    ServiceUserLocked,
    TooManySessions,
    UpgradeRightsMissing,
    Unreachable,
    CertificateChanged,
    CertificateNotTrusted,
}

/// The status icons of CUS-04 that exist so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum StatusIcon {
    NeedsAttention,
}

/// A row of the customer list (CUS-01).
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct CustomerRow {
    pub id: OrganizationId,
    pub connection: ConnectionState,
    pub name: String,
    /// The primary system's own name.
    pub system_name: String,
    pub mode: Mode,
    pub systems: i64,
    pub host: String,
    pub port: i64,
    pub profile: String,
    pub version: String,
    pub alarms: i64,
    pub worst_alarm: Option<Severity>,
    pub operators: Vec<String>,
    pub tags: Vec<String>,
    pub notes: String,
    pub telephone: String,
    pub email: String,
    pub address: String,
    pub status: ConnectivityStatus,
    pub status_since: Option<Time>,
    pub icons: Vec<StatusIcon>,
    pub licences: LicenceState,
    /// When the first of its licences ends, or has ended.
    #[ts(type = "string | null")]
    pub licence_until: Option<chrono::NaiveDate>,
    /// When the certificate that is believed ends.
    pub certificate_until: Option<Time>,
    pub last_contact: Option<Time>,
}

/// What the licences a solution reports come to. (CUS-01, licence state.)
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LicenceState {
    Unknown,
    Valid,
    /// Something ends within 90 days.
    Due,
    /// Something has ended or is invalid.
    Expired,
}

/// The fields of CUS-10, without the password.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct CustomerFields {
    pub name: String,
    pub host: String,
    pub port: i64,
    pub user_name: String,
    pub mode: Mode,
    #[serde(default)]
    pub tags: Vec<String>,
    #[serde(default)]
    pub telephone: String,
    #[serde(default)]
    pub email: String,
    #[serde(default)]
    pub operators: Vec<AccountId>,
    #[serde(default)]
    pub address: String,
    #[serde(default)]
    pub notes: String,
    /// The way to this customer (CUS-15).
    #[serde(default)]
    pub proxy: ProxyChoice,
}

/// CUS-15
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ProxyChoice {
    /// As the workspace says.
    #[default]
    Workspace,
    /// Straight, even when the workspace has a proxy.
    Direct,
    HttpConnect {
        host: String,
        port: i64,
    },
    Socks5 {
        host: String,
        port: i64,
    },
}

/// A customer as it stands in the form.
#[derive(Debug, Clone, Serialize, TS)]
pub struct CustomerDetails {
    pub id: OrganizationId,
    #[serde(flatten)]
    pub fields: CustomerFields,
    pub has_password: bool,
    /// Must come back with a save.
    pub revision: i64,
    /// The names of all operators, also of those by label.
    pub operator_names: Vec<AccountName>,
    /// Those who are there by a label and not by hand: the form cannot take them away (ACC-16).
    pub operators_by_label: Vec<AccountId>,
}

/// A certificate in the parts a person compares (CUS-11).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct CertificateView {
    /// SHA-256 over the DER, upper-case hexadecimal pairs with colons.
    pub sha256: String,
    pub subject: String,
    pub issuer: String,
    pub serial_number: String,
    pub valid_from: Time,
    pub valid_until: Time,
    pub names: Vec<String>,
    pub self_signed: bool,
}

/// Test a connection before it is saved, or an existing customer's with what is in its form (CUS-11).
#[derive(Deserialize, TS)]
pub struct TestConnection {
    /// The customer being edited; its stored password is used when none is given.
    pub id: Option<OrganizationId>,
    pub host: String,
    pub port: i64,
    pub user_name: String,
    #[ts(type = "string | null")]
    pub password: Option<Secret>,
    #[serde(default)]
    pub proxy: ProxyChoice,
    /// SHA-256 of the certificate the person has said yes to.
    pub accept: Option<String>,
}

/// What a test met.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct TestResult {
    pub status: ConnectivityStatus,
    pub connection: ConnectionState,
    pub certificate: Option<CertificateView>,
    /// The certificate pinned before, when it differs from the one met.
    pub pinned: Option<CertificateView>,
    /// What the network said, for the person who mends it.
    pub detail: String,
    /// Comes back with the save and proves that exactly this connection was tested.
    pub proof: Option<String>,
    pub systems: i64,
    pub version: String,
}

/// Add a customer, or save a changed one.
#[derive(Deserialize, TS)]
pub struct SaveCustomer {
    /// None: a new one.
    pub id: Option<OrganizationId>,
    /// Of the one being changed; 0 for a new one.
    #[serde(default)]
    pub revision: i64,
    #[serde(flatten)]
    pub fields: CustomerFields,
    /// None: the stored one stays.
    #[ts(type = "string | null")]
    pub password: Option<Secret>,
    /// From the test; none only with `without_contact`, or when nothing of the connection changed.
    pub proof: Option<String>,
    /// *Save without contact*: the customer is marked *never tried*.
    #[serde(default)]
    pub without_contact: bool,
    /// SHA-256 of the certificate said yes to.
    pub accept: Option<String>,
}

#[derive(Debug, Clone, Deserialize, TS)]
pub struct CustomersArgument {
    pub ids: Vec<OrganizationId>,
}

#[derive(Debug, Clone, Deserialize, TS)]
pub struct CustomerArgument {
    pub id: OrganizationId,
}

/// Several customers at once (CUS-12); what is none stays.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct EditCustomers {
    pub ids: Vec<OrganizationId>,
    #[serde(default)]
    pub add_tags: Vec<String>,
    #[serde(default)]
    pub remove_tags: Vec<String>,
    #[serde(default)]
    pub add_operators: Vec<AccountId>,
    #[serde(default)]
    pub remove_operators: Vec<AccountId>,
    /// Replaces the notes.
    #[serde(default)]
    pub notes: Option<String>,
}

/// What goes with the customers if they are deleted (CUS-13).
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct DeletionPlan {
    pub customers: i64,
    pub systems: i64,
    pub alarms: i64,
    pub jobs: i64,
    /// Not deleted because of postings in the licence ledger.
    pub kept: Vec<OrganizationOutcome>,
}

/// What became of one of many.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct OrganizationOutcome {
    pub id: OrganizationId,
    pub name: String,
    /// None: done.
    pub problem: Option<ErrorCode>,
}

/// A person compared the old and the new certificate and said yes (CRT-11).
#[derive(Debug, Clone, Deserialize, TS)]
pub struct AcceptCertificate {
    pub id: OrganizationId,
    pub sha256: String,
}

/// A tag and how many visible customers carry it.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct TagCount {
    pub tag: String,
    pub customers: i64,
}

/// The information panel (CUS-30).
#[derive(Debug, Clone, Serialize, TS)]
pub struct CustomerPanel {
    pub row: CustomerRow,
    pub operators: Vec<AccountName>,
    pub status_detail: String,
    pub certificate: Option<CertificateView>,
    /// Met, but not accepted.
    pub waiting_certificate: Option<CertificateView>,
    pub provider: String,
    pub reseller: String,
    pub licences: Vec<LicenceLine>,
    pub systems: Vec<SystemCard>,
    pub next_contact: Option<Time>,
    pub may_manage: bool,
    pub may_launch: bool,
    pub applications: Vec<Application>,
}

/// A licence as the solution reports it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct LicenceLine {
    pub licence_type: String,
    pub quantity: i64,
    pub free: i64,
    #[ts(type = "string | null")]
    pub expires: Option<chrono::NaiveDate>,
    pub valid: bool,
}

/// One system of the panel.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct SystemCard {
    pub id: SystemId,
    pub name: String,
    pub address: String,
    pub version: String,
    pub role: SystemRole,
    pub state: SystemState,
    pub alarms: i64,
    pub worst_alarm: Option<Severity>,
    pub services: Vec<ServiceTile>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ServiceTile {
    pub name: String,
    pub version: String,
    pub running: bool,
}

// Launching (CUS-50)

/// The management applications.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Application {
    OneXPortal,
    WebLicenseManager,
    WebControl,
    WebManager,
}

#[derive(Debug, Clone, Deserialize, TS)]
pub struct LaunchArgument {
    pub ids: Vec<OrganizationId>,
    pub application: Application,
}

/// What will be opened and what is skipped, with the reason (CUS-52).
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct LaunchPlan {
    pub addresses: Vec<LaunchAddress>,
    pub skipped: Vec<OrganizationOutcome>,
}

#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct LaunchAddress {
    pub id: OrganizationId,
    pub name: String,
    pub url: String,
}

// Import (CUS-20 to CUS-25)

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
    pub sort: Option<crate::lists::types::Sort>,
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
