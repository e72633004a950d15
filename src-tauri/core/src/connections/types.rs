//! Connections: the ways by which systems are reached.

use flotilla_connectors::secret::Secret;
use flotilla_kernel::clock::Time;
use flotilla_kernel::error::ErrorCode;
use flotilla_kernel::events::{FeatureName, WorkKind};
use flotilla_kernel::ids::{ConnectionId, OrganizationId};
use flotilla_kernel::rights::{Concerns, Subject};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Under this name its changes are told.
pub const CHANGES: FeatureName = FeatureName("connections");

/// Systems are asked at once, because a person waits for it.
pub const REFRESH: WorkKind = WorkKind("refresh");

/// At most so many connections are acted upon in one call.
pub const MAX_IDS_PER_CALL: usize = 20_000;

/// What is reached by a connection; decides which protocol is spoken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ConnectionKind {
    /// The primary of a telephone solution, which answers for all its systems (IPO-01).
    IpOffice,
    /// One device: camera, encoder, intercom (VPX-01).
    Device,
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
    /// A device that waits for its first account (VPX-02).
    NeedsSetup,
    /// Another device answers at the address of a known one (DEV-03).
    Replaced,
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

/// A connection as pages show it. Its password never comes back (GEN-08).
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct ConnectionView {
    pub id: ConnectionId,
    pub organization: OrganizationId,
    pub kind: ConnectionKind,
    /// Empty: it is called by its address.
    pub name: String,
    pub host: String,
    pub port: i64,
    pub user_name: String,
    pub has_password: bool,
    pub proxy: ProxyChoice,
    pub status: ConnectivityStatus,
    pub state: ConnectionState,
    pub status_detail: String,
    pub status_since: Option<Time>,
    pub last_contact: Option<Time>,
    /// The certificate that is believed.
    pub certificate: Option<CertificateView>,
    /// Met, but not accepted.
    pub waiting_certificate: Option<CertificateView>,
    /// How many systems are reached by it.
    pub systems: i64,
    /// Must come back with a save.
    pub revision: i64,
}

/// Test a connection before it is saved, or a known one with what is in its form (CUS-11).
#[derive(Deserialize, TS)]
pub struct TestConnection {
    /// The connection being edited; its stored password is used when none is given.
    pub id: Option<ConnectionId>,
    pub organization: OrganizationId,
    pub kind: ConnectionKind,
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

impl Concerns for TestConnection {
    fn subjects(&self) -> Vec<Subject> {
        let known = self.id.map(Subject::Connection);
        known.into_iter().chain([self.organization.into()]).collect()
    }
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

/// Add a connection to an organization, or save a changed one.
#[derive(Deserialize, TS)]
pub struct SaveConnection {
    /// None: a new one.
    pub id: Option<ConnectionId>,
    pub organization: OrganizationId,
    /// Of the one being changed; 0 for a new one.
    #[serde(default)]
    pub revision: i64,
    pub kind: ConnectionKind,
    #[serde(default)]
    pub name: String,
    pub host: String,
    pub port: i64,
    pub user_name: String,
    /// None: the stored one stays.
    #[ts(type = "string | null")]
    pub password: Option<Secret>,
    #[serde(default)]
    pub proxy: ProxyChoice,
    /// From the test; none only with `without_contact`, or when nothing of what it is reached by changed.
    pub proof: Option<String>,
    /// *Save without contact*: it is marked *never tried*.
    #[serde(default)]
    pub without_contact: bool,
}

impl Concerns for SaveConnection {
    fn subjects(&self) -> Vec<Subject> {
        let known = self.id.map(Subject::Connection);
        known.into_iter().chain([self.organization.into()]).collect()
    }
}

/// Which organization's connections.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
pub struct ConnectionsOf {
    pub organization: OrganizationId,
}

impl Concerns for ConnectionsOf {
    fn subjects(&self) -> Vec<Subject> {
        vec![self.organization.into()]
    }
}

/// Which connections.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ConnectionsArgument {
    pub ids: Vec<ConnectionId>,
}

impl Concerns for ConnectionsArgument {
    fn subjects(&self) -> Vec<Subject> {
        self.ids.iter().map(|&id| id.into()).collect()
    }
}

/// What goes with connections if they are removed (CUS-16). Systems keep their history.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct RemovalPlan {
    pub connections: i64,
    pub systems: i64,
    pub alarms: i64,
}

/// What became of one of several connections.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct ConnectionOutcome {
    pub id: ConnectionId,
    pub name: String,
    /// None: done.
    pub problem: Option<ErrorCode>,
}

/// A person compared the old and the new certificate and said yes (CRT-11).
#[derive(Debug, Clone, Deserialize, TS)]
pub struct AcceptCertificate {
    pub id: ConnectionId,
    pub sha256: String,
}

impl Concerns for AcceptCertificate {
    fn subjects(&self) -> Vec<Subject> {
        vec![self.id.into()]
    }
}

// Preferences

/// The part of the preferences that connections follow.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct ConnectionPreferences {
    /// 15 to 86,400 (CUS-40).
    pub poll_interval_seconds: i64,
    /// 1 to 512 (CUS-40).
    pub poll_concurrency: i64,
    /// The proxy of every connection that does not say otherwise (CUS-15).
    pub proxy: ProxyChoice,
}

impl Default for ConnectionPreferences {
    fn default() -> Self {
        Self {
            poll_interval_seconds: 60,
            poll_concurrency: 64,
            proxy: ProxyChoice::Direct,
        }
    }
}
