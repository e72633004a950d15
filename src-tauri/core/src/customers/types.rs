//! Customers: organizations with a connection, their systems and services, and the waiting list of an import.

use crate::connections::types::{CertificateView, ConnectionState, ConnectivityStatus, ProxyChoice};
use crate::organizations::types::AccountName;
use crate::systems::types::{LicenceLine, LicenceState, SystemCard};
use flotilla_connectors::secret::Secret;
use flotilla_kernel::clock::Time;
use flotilla_kernel::error::ErrorCode;
use flotilla_kernel::events::{FeatureName, WorkKind};
use flotilla_kernel::ids::ConnectionId;
use flotilla_kernel::ids::{AccountId, OrganizationId};
use flotilla_kernel::rights::{Concerns, Subject};
use flotilla_kernel::severity::Severity;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Under this name its changes are told.
pub const CHANGES: FeatureName = FeatureName("customers");

/// Many customers are edited.
pub const EDIT: WorkKind = WorkKind("edit");
/// Many customers are deleted.
pub const DELETION: WorkKind = WorkKind("deletion");

/// On-premises or cloud; decides which actions exist.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
pub enum Mode {
    /// The systems stand at the customer.
    #[serde(rename = "on-premises")]
    OnPremises,
    /// The systems are hosted.
    #[serde(rename = "cloud")]
    Cloud,
}

/// The status icons of CUS-04 that exist so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum StatusIcon {
    /// Something waits for a person; it may be no more than an image that is ready.
    NeedsAttention,
}

/// A row of the customer list (CUS-01).
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct CustomerRow {
    /// The customer's organization.
    pub id: OrganizationId,
    /// The worst state among its connections (CUS-02, CUS-16).
    pub connection: ConnectionState,
    /// The organization's name, unique among those not archived (ORG-01).
    pub name: String,
    /// The primary system's own name.
    pub system_name: String,
    /// On-premises or cloud.
    pub mode: Mode,
    /// How many of its systems the account may see.
    pub systems: i64,
    /// The IP address or host name of the main connection; empty: it has none.
    pub host: String,
    /// The port of the main connection, 1 to 65535; 0: it has none.
    pub port: i64,
    /// The profile the main connection reports, of cloud solutions; empty: none.
    pub profile: String,
    /// The version of the main connection's primary system or device; empty: not known.
    pub version: String,
    /// How many alarms of what the account may see are open, not shelved and not suppressed (ALM-05).
    pub alarms: i64,
    /// The worst severity among those alarms; none: there are none.
    pub worst_alarm: Option<Severity>,
    /// The names of the operators assigned to it, those by label included (ACC-16).
    pub operators: Vec<String>,
    /// Its tags; at most 5 (CUS-10).
    pub tags: Vec<String>,
    /// Notes on the customer; may have several lines.
    pub notes: String,
    /// Its telephone number; empty: none.
    pub telephone: String,
    /// Its e-mail address; empty: none.
    pub email: String,
    /// Its postal address; empty: none.
    pub address: String,
    /// How many connections it has, and how many of them are connected (CUS-16).
    pub connections: i64,
    /// How many of its connections are connected.
    pub connected: i64,
    /// How the last contact by the worst connection ended (CUS-03).
    pub status: ConnectivityStatus,
    /// Since when that status holds; none: never tried.
    pub status_since: Option<Time>,
    /// The status icons shown beside the name (CUS-04).
    pub icons: Vec<StatusIcon>,
    /// What the licences its solutions report come to, the most urgent of all.
    pub licences: LicenceState,
    /// When the first of its licences ends, or has ended.
    #[ts(type = "string | null")]
    pub licence_until: Option<chrono::NaiveDate>,
    /// When the certificate that is believed ends.
    pub certificate_until: Option<Time>,
    /// When a connection of it last had contact; none: never.
    pub last_contact: Option<Time>,
}

/// The fields of CUS-10, without the password.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct CustomerFields {
    /// The name, required and unique among the organizations not archived (ORG-01).
    pub name: String,
    /// The IP address or host name of the main connection.
    pub host: String,
    /// The port of the main connection, 1 to 65535.
    pub port: i64,
    /// The name of the service user that signs in.
    pub user_name: String,
    /// On-premises or cloud.
    pub mode: Mode,
    /// At most 5, each of at most 40 code points.
    #[serde(default)]
    pub tags: Vec<String>,
    /// At most 15 digits, a leading + not counted; empty: none.
    #[serde(default)]
    pub telephone: String,
    /// An e-mail address; empty: none.
    #[serde(default)]
    pub email: String,
    /// The operators assigned by hand.
    #[serde(default)]
    pub operators: Vec<AccountId>,
    /// The postal address; empty: none.
    #[serde(default)]
    pub address: String,
    /// Notes; may have several lines.
    #[serde(default)]
    pub notes: String,
    /// The way to this customer (CUS-15).
    #[serde(default)]
    pub proxy: ProxyChoice,
}

/// A customer as it stands in the form.
#[derive(Debug, Clone, Serialize, TS)]
pub struct CustomerDetails {
    /// The customer's organization.
    pub id: OrganizationId,
    /// What the form shows.
    #[serde(flatten)]
    pub fields: CustomerFields,
    /// Whether a service password is stored; it never comes back itself (GEN-08).
    pub has_password: bool,
    /// Must come back with a save.
    pub revision: i64,
    /// The names of all operators, also of those by label.
    /// The connection whose address and credentials are those of the form; none: it has none any more.
    pub main_connection: Option<ConnectionId>,
    /// The names of all operators, also of those by label.
    pub operator_names: Vec<AccountName>,
    /// Those who are there by a label and not by hand: the form cannot take them away (ACC-16).
    pub operators_by_label: Vec<AccountId>,
}

/// Test the main connection of a customer before it is saved, with what is in the form (CUS-11).
#[derive(Deserialize, TS)]
pub struct TestCustomer {
    /// The customer being edited; its stored password is used when none is given.
    pub id: Option<OrganizationId>,
    /// IP address or host name.
    pub host: String,
    /// The port, 1 to 65535.
    pub port: i64,
    /// The name of the service user that signs in.
    pub user_name: String,
    /// The service user's password; none: the stored one.
    #[ts(type = "string | null")]
    pub password: Option<Secret>,
    /// The proxy to go through (CUS-15).
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
    /// What stands in the form.
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

/// Which customers.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct CustomersArgument {
    /// Their organizations.
    pub ids: Vec<OrganizationId>,
}

/// Which customer.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct CustomerArgument {
    /// Its organization.
    pub id: OrganizationId,
}

/// Several customers at once (CUS-12); what is none stays.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct EditCustomers {
    /// The customers' organizations.
    pub ids: Vec<OrganizationId>,
    /// Tags that each of them gets; the limit of 5 holds for each (CUS-10).
    #[serde(default)]
    pub add_tags: Vec<String>,
    /// Tags that are taken from each of them.
    #[serde(default)]
    pub remove_tags: Vec<String>,
    /// Operators that are assigned to each of them by hand.
    #[serde(default)]
    pub add_operators: Vec<AccountId>,
    /// Operators that are no longer assigned by hand; those by label stay (ACC-16).
    #[serde(default)]
    pub remove_operators: Vec<AccountId>,
    /// Replaces the notes.
    #[serde(default)]
    pub notes: Option<String>,
    /// Replaces the password of the service user of their telephone systems; none or empty: each keeps its own.
    #[serde(default)]
    #[ts(type = "string | null")]
    pub password: Option<Secret>,
    /// Replaces the proxy that their connections go through (CUS-15).
    #[serde(default)]
    pub proxy: Option<ProxyChoice>,
}

/// What goes with the customers if they are deleted (CUS-13).
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct DeletionPlan {
    /// How many customers are deleted.
    pub customers: i64,
    /// How many systems go with them.
    pub systems: i64,
    /// How many alarms go with them.
    pub alarms: i64,
    /// How many jobs go with them.
    pub jobs: i64,
    /// Not deleted because of postings in the licence ledger.
    pub kept: Vec<OrganizationOutcome>,
}

/// What became of one of many.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct OrganizationOutcome {
    /// The organization.
    pub id: OrganizationId,
    /// Its name; empty where the account may not see it.
    pub name: String,
    /// None: done.
    pub problem: Option<ErrorCode>,
}

/// A tag and how many visible customers carry it.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct TagCount {
    /// The tag.
    pub tag: String,
    /// How many customers carry it.
    pub customers: i64,
}

/// The information panel (CUS-30).
#[derive(Debug, Clone, Serialize, TS)]
pub struct CustomerPanel {
    /// What the list shows of the customer.
    pub row: CustomerRow,
    /// The operators assigned to it, those by label included.
    pub operators: Vec<AccountName>,
    /// What the network said at the last contact, for the person who mends it; empty: nothing.
    pub status_detail: String,
    /// The certificate that is believed; none: no connection was trusted yet.
    pub certificate: Option<CertificateView>,
    /// Met, but not accepted.
    pub waiting_certificate: Option<CertificateView>,
    /// The provider's name, as the solution reports it; empty: none.
    pub provider: String,
    /// The reseller's name, as the solution reports it; empty: none.
    pub reseller: String,
    /// The licences its solutions report.
    pub licences: Vec<LicenceLine>,
    /// Its systems that the account may see, by connection, the primary first.
    pub systems: Vec<SystemCard>,
    /// The connection whose certificates and status detail are shown here.
    pub main_connection: Option<ConnectionId>,
    /// When the main connection is polled next; none: it is not planned in this process.
    pub next_contact: Option<Time>,
    /// Whether the account may change connections and systems here (RGT-06).
    pub may_manage: bool,
    /// Whether the account may launch management applications here (RGT-02).
    pub may_launch: bool,
    /// The applications that customers of this mode have (CUS-50).
    pub applications: Vec<Application>,
}

// Launching (CUS-50)

/// The management applications.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Application {
    /// one-X Portal, of on-premises systems.
    OneXPortal,
    /// Web License Manager, of on-premises systems.
    WebLicenseManager,
    /// Web Control, of on-premises systems.
    WebControl,
    /// Web Manager, of systems of both modes.
    WebManager,
}

/// Launch an application of several customers (CUS-50).
#[derive(Debug, Clone, Deserialize, TS)]
pub struct LaunchArgument {
    /// The customers' organizations.
    pub ids: Vec<OrganizationId>,
    /// The application to be opened.
    pub application: Application,
}

/// What will be opened and what is skipped, with the reason (CUS-52).
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct LaunchPlan {
    /// What is opened, in the order of the selection.
    pub addresses: Vec<LaunchAddress>,
    /// Those for which nothing is opened, each with its reason.
    pub skipped: Vec<OrganizationOutcome>,
}

/// The address of an application at one customer.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct LaunchAddress {
    /// The customer's organization.
    pub id: OrganizationId,
    /// The customer's name.
    pub name: String,
    /// The address to be opened in the default browser.
    pub url: String,
}

// Preferences

/// Where an application is found, for every customer (CUS-50).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ApplicationAddress {
    /// The application.
    pub application: Application,
    /// The address with `{host}` and `{port}` in place of the customer's; empty: the application is not offered.
    pub template: String,
}

/// A console of a cluster, such as logs or a dashboard (CUS-50).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Console {
    /// What it is called.
    pub name: String,
    /// Its address.
    pub url: String,
}

/// Which of the consoles in the preferences is to be opened (CUS-50).
#[derive(Debug, Clone, Deserialize, TS)]
pub struct OpenConsole {
    /// The address of the console; one that stands in the preferences.
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

/// The connection that a customer is shown by from now on (CUS-16).
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
pub struct ChooseMain {
    /// The connection's id; the customer is the organization that it belongs to.
    pub connection: ConnectionId,
}
impl Concerns for ChooseMain {
    fn subjects(&self) -> Vec<Subject> {
        vec![self.connection.into()]
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
