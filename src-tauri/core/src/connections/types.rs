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
/// Many connections are removed.
pub const REMOVAL: WorkKind = WorkKind("removal");

/// The monitoring of many connections is switched on or off.
pub const MONITORING: WorkKind = WorkKind("monitoring");

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
    /// One video server (PRO-01).
    VideoServer,
}

impl ConnectionKind {
    /// Whether it leads to one system alone, so that what is found at the contact is about that system.
    pub fn is_of_one_system(self) -> bool {
        match self {
            Self::IpOffice => false,
            Self::Device | Self::VideoServer => true,
        }
    }
}

/// CUS-02: what the colour and shape beside the name say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ConnectionState {
    /// Green: the last contact brought all that is asked.
    Connected,
    /// Amber: it answers, and something is in the way.
    Problems,
    /// Red: it does not answer, or its certificate has changed.
    Disconnected,
    /// Grey: it was never tried.
    Never,
}

/// CUS-03, and *never tried*. Its words are `status-<value>`, `.explanation` and `.action`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ConnectivityStatus {
    /// There was no contact yet.
    NeverTried,
    /// Its monitoring is switched off (DEV-51, RGT-03): it is not polled until it is switched on again.
    NotMonitored,
    /// It signed in and everything was read.
    Success,
    /// There was an answer, but not with this protocol.
    Failed,
    /// There is no such active service user.
    InvalidCredentials,
    /// The password was refused.
    AuthorizationFailed,
    /// It signed in, and may not read.
    MonitoringRightsMissing,
    /// An administrator has disabled the service user.
    DisabledByAdministrator,
    /// The service user is disabled at present.
    ServiceUserDisabled,
    /// The service user is locked for some time.
    ServiceUserLocked,
    /// All sessions of the system are in use.
    TooManySessions,
    /// It signed in and reads, and may not upgrade.
    UpgradeRightsMissing,
    /// No TCP, no TLS, no answer in time, or an edition that cannot be managed.
    Unreachable,
    /// The certificate differs from the pinned one; nothing is written until a person accepts it (CRT-11).
    CertificateChanged,
    /// The certificate is neither pinned nor of a trusted authority (CRT-11).
    CertificateNotTrusted,
    /// A device that waits for its first account (VPX-02).
    NeedsSetup,
    /// Another device answers at the address of a known one (DEV-03).
    Replaced,
    /// A device speaks the protocol, and does not answer what is asked, or lets itself be signed in to in no way that is known.
    Limited,
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
    /// Through an HTTP proxy, by CONNECT.
    HttpConnect {
        /// The proxy's IP address or host name.
        host: String,
        /// The proxy's port, 1 to 65535.
        port: i64,
    },
    /// Through a SOCKS5 proxy.
    Socks5 {
        /// The proxy's IP address or host name.
        host: String,
        /// The proxy's port, 1 to 65535.
        port: i64,
    },
}

/// A certificate in the parts a person compares (CUS-11).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct CertificateView {
    /// SHA-256 over the DER, upper-case hexadecimal pairs with colons.
    pub sha256: String,
    /// The subject, as a distinguished name.
    pub subject: String,
    /// The issuer, as a distinguished name.
    pub issuer: String,
    /// The serial number in hexadecimal digits.
    pub serial_number: String,
    /// The first instant it is valid.
    pub valid_from: Time,
    /// The last instant it is valid.
    pub valid_until: Time,
    /// The host names and IP addresses it is for.
    pub names: Vec<String>,
    /// Whether subject and issuer are the same.
    pub self_signed: bool,
}

/// A connection as pages show it. Its password never comes back (GEN-08).
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct ConnectionView {
    /// The connection's id.
    pub id: ConnectionId,
    /// The organization it belongs to.
    pub organization: OrganizationId,
    /// What is reached by it.
    pub kind: ConnectionKind,
    /// Empty: it is called by its address.
    pub name: String,
    /// Its IP address or host name.
    pub host: String,
    /// Its port, 1 to 65535.
    pub port: i64,
    /// The name of the service user that signs in.
    pub user_name: String,
    /// Whether a password is stored.
    pub has_password: bool,
    /// The proxy it goes through (CUS-15).
    pub proxy: ProxyChoice,
    /// How its last contact ended (CUS-03).
    pub status: ConnectivityStatus,
    /// The colour and shape of that status (CUS-02).
    pub state: ConnectionState,
    /// What the network said at the last contact, for the person who mends it; empty: nothing.
    pub status_detail: String,
    /// Since when the status holds; none: never tried.
    pub status_since: Option<Time>,
    /// When something last answered; none: never.
    pub last_contact: Option<Time>,
    /// When it is polled next; none: it is not planned in this process.
    pub next_contact: Option<Time>,
    /// The certificate that is believed.
    pub certificate: Option<CertificateView>,
    /// Met, but not accepted.
    pub waiting_certificate: Option<CertificateView>,
    /// How many systems are reached by it.
    pub systems: i64,
    /// Whether it is polled; whoever handles alarms may switch that off and on (DEV-51, RGT-03).
    pub monitored: bool,
    /// Must come back with a save.
    pub revision: i64,
}

/// Test a connection before it is saved, or a known one with what is in its form (CUS-11).
#[derive(Deserialize, TS)]
pub struct TestConnection {
    /// The connection being edited; its stored password is used when none is given.
    pub id: Option<ConnectionId>,
    /// The organization it belongs to.
    pub organization: OrganizationId,
    /// What is reached by it.
    pub kind: ConnectionKind,
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

impl Concerns for TestConnection {
    fn subjects(&self) -> Vec<Subject> {
        let known = self.id.map(Subject::Connection);
        known.into_iter().chain([self.organization.into()]).collect()
    }
}

/// What a test met.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct TestResult {
    /// How the contact ended (CUS-03).
    pub status: ConnectivityStatus,
    /// The colour and shape of that status (CUS-02).
    pub connection: ConnectionState,
    /// The certificate that was met; none: there was no TLS handshake.
    pub certificate: Option<CertificateView>,
    /// The certificate pinned before, when it differs from the one met.
    pub pinned: Option<CertificateView>,
    /// What the network said, for the person who mends it.
    pub detail: String,
    /// Comes back with the save and proves that exactly this connection was tested.
    pub proof: Option<String>,
    /// How many systems answered for themselves; 0 where nothing was read.
    pub systems: i64,
    /// The version of the primary or of the device; empty: nothing was read.
    pub version: String,
}

/// Add a connection to an organization, or save a changed one.
#[derive(Deserialize, TS)]
pub struct SaveConnection {
    /// None: a new one.
    pub id: Option<ConnectionId>,
    /// The organization it belongs to.
    pub organization: OrganizationId,
    /// Of the one being changed; 0 for a new one.
    #[serde(default)]
    pub revision: i64,
    /// What is reached by it.
    pub kind: ConnectionKind,
    /// What it is called; empty: it is called by its address.
    #[serde(default)]
    pub name: String,
    /// IP address or host name.
    pub host: String,
    /// The port, 1 to 65535.
    pub port: i64,
    /// The name of the service user that signs in.
    pub user_name: String,
    /// None: the stored one stays.
    #[ts(type = "string | null")]
    pub password: Option<Secret>,
    /// The proxy it goes through (CUS-15).
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

/// How the connections of several customers are reached from now on; what is none stays.
#[derive(Debug, Clone, Default)]
pub struct ReachedOtherwise {
    /// The password of the service user of telephone systems.
    pub password: Option<Secret>,
    /// The proxy that all connections go through.
    pub proxy: Option<ProxyChoice>,
}

impl ReachedOtherwise {
    /// Whether nothing is changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.password.is_none() && self.proxy.is_none()
    }
}

/// Which organization's connections.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
pub struct ConnectionsOf {
    /// The organization's id.
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
    /// Their ids.
    pub ids: Vec<ConnectionId>,
}

impl Concerns for ConnectionsArgument {
    fn subjects(&self) -> Vec<Subject> {
        self.ids.iter().map(|&id| id.into()).collect()
    }
}

/// Which connections are polled from now on, or are not (DEV-51, RGT-03).
#[derive(Debug, Clone, Deserialize, TS)]
pub struct MonitorConnections {
    /// Their ids.
    pub ids: Vec<ConnectionId>,
    /// Whether they are polled.
    pub on: bool,
}

impl Concerns for MonitorConnections {
    fn subjects(&self) -> Vec<Subject> {
        self.ids.iter().map(|&id| id.into()).collect()
    }
}

/// What became of one of several connections whose monitoring was to be switched.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct MonitoringOutcome {
    /// The connection's id.
    pub id: ConnectionId,
    /// Its name, or its address; empty where the account may not see it.
    pub name: String,
    /// None: it is as it was wanted.
    pub problem: Option<ErrorCode>,
    /// Whether it was otherwise before: what was as it was wanted was not switched.
    pub switched: bool,
}

/// What goes with connections if they are removed (CUS-16). Systems keep their history.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct RemovalPlan {
    /// How many connections are removed.
    pub connections: i64,
    /// How many systems are then no longer managed.
    pub systems: i64,
    /// How many open alarms end with them.
    pub alarms: i64,
}

/// What became of one of several connections.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct ConnectionOutcome {
    /// The connection's id.
    pub id: ConnectionId,
    /// Its name, or its address; empty where the account may not see it.
    pub name: String,
    /// None: done.
    pub problem: Option<ErrorCode>,
}

/// A person compared the old and the new certificate and said yes (CRT-11).
#[derive(Debug, Clone, Deserialize, TS)]
pub struct AcceptCertificate {
    /// The connection's id.
    pub id: ConnectionId,
    /// The SHA-256 of the new certificate, as [`CertificateView::sha256`].
    pub sha256: String,
}

impl Concerns for AcceptCertificate {
    fn subjects(&self) -> Vec<Subject> {
        vec![self.id.into()]
    }
}

/// A try to sign in that a device rejected (DEV-02).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RejectedTry {
    /// When it was made.
    pub at: Time,
    /// Whether a later try was accepted.
    pub accepted_later: bool,
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
