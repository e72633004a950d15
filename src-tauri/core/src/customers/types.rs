//! Customers: organizations with a connection, their systems and services, and the waiting list of an import.

use crate::connections::types::{CertificateView, ConnectionState, ConnectivityStatus, ProxyChoice};
use crate::organizations::types::AccountName;
use crate::systems::types::{LicenceLine, LicenceState, SystemCard};
use flotilla_connectors::secret::Secret;
use flotilla_kernel::clock::Time;
use flotilla_kernel::error::ErrorCode;
use flotilla_kernel::events::FeatureName;
use flotilla_kernel::ids::ConnectionId;
use flotilla_kernel::ids::{AccountId, OrganizationId, SystemId};
use flotilla_kernel::rights::{Concerns, Subject};
use flotilla_kernel::severity::Severity;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Under this name its changes are told.
pub const CHANGES: FeatureName = FeatureName("customers");

/// On-premises or cloud; decides which actions exist.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
pub enum Mode {
    #[serde(rename = "on-premises")]
    OnPremises,
    #[serde(rename = "cloud")]
    Cloud,
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
    /// How many connections it has, and how many of them are connected (CUS-16).
    pub connections: i64,
    pub connected: i64,
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
    /// The connection whose address and credentials are those of the form; none: it has none any more.
    pub main_connection: Option<ConnectionId>,
    pub operator_names: Vec<AccountName>,
    /// Those who are there by a label and not by hand: the form cannot take them away (ACC-16).
    pub operators_by_label: Vec<AccountId>,
}

/// Test the main connection of a customer before it is saved, with what is in the form (CUS-11).
#[derive(Deserialize, TS)]
pub struct TestCustomer {
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
    /// The connection whose certificates and status detail are shown here.
    pub main_connection: Option<ConnectionId>,
    pub next_contact: Option<Time>,
    pub may_manage: bool,
    pub may_launch: bool,
    pub applications: Vec<Application>,
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

// Preferences

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ApplicationAddress {
    pub application: Application,
    pub template: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Console {
    pub name: String,
    pub url: String,
}

/// Which of the consoles in the preferences is to be opened (CUS-50).
#[derive(Debug, Clone, Deserialize, TS)]
pub struct OpenConsole {
    pub url: String,
}

/// The part of the preferences that launching follows (CUS-50).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct LaunchPreferences {
    /// Where management applications are: `{host}` and `{port}` stand for the customer's.
    pub addresses: Vec<ApplicationAddress>,
    /// Consoles of clusters, for administrators.
    pub consoles: Vec<Console>,
}

impl Default for LaunchPreferences {
    fn default() -> Self {
        let address = |application, template: &str| ApplicationAddress {
            application,
            template: template.to_owned(),
        };
        Self {
            addresses: vec![
                address(
                    Application::OneXPortal,
                    "https://{host}:9443/onexportal-admin.html",
                ),
                address(Application::WebLicenseManager, "https://{host}:8443/WebLM/"),
                address(Application::WebControl, "https://{host}:7071/"),
                address(Application::WebManager, "https://{host}:{port}/"),
            ],
            consoles: Vec::new(),
        }
    }
}

impl Concerns for CustomersArgument {
    fn subjects(&self) -> Vec<Subject> {
        self.ids.iter().map(|&id| id.into()).collect()
    }
}

impl Concerns for EditCustomers {
    fn subjects(&self) -> Vec<Subject> {
        self.ids.iter().map(|&id| id.into()).collect()
    }
}

impl Concerns for LaunchArgument {
    fn subjects(&self) -> Vec<Subject> {
        self.ids.iter().map(|&id| id.into()).collect()
    }
}

// A new customer is a new organization: the command asks who may make one (RGT-11).
impl Concerns for TestCustomer {
    fn subjects(&self) -> Vec<Subject> {
        self.id.into_iter().map(Subject::from).collect()
    }
}

impl Concerns for SaveCustomer {
    fn subjects(&self) -> Vec<Subject> {
        self.id.into_iter().map(Subject::from).collect()
    }
}

impl Concerns for CustomerArgument {
    fn subjects(&self) -> Vec<Subject> {
        vec![self.id.into()]
    }
}
