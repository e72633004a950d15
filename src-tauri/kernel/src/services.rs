//! Flotilla's own services (ADM-10): what a feature does in the background.

use crate::clock::Time;
use crate::error::ErrorCode;
use crate::workspace::Workspace;
use futures_util::future::BoxFuture;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The name of a service, such as `poller`. Words: `service-<name>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct ServiceName(pub &'static str);

crate::named_union!(ServiceName);

/// How a service is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ServiceState {
    Running,
    Stopped,
    /// Another Flotilla has the same workspace open, and runs it.
    Elsewhere,
}

/// What a service says of itself.
#[derive(Debug, Clone, Copy, Default)]
pub struct ServiceReport {
    /// Since when it runs; none: it does not.
    pub since: Option<Time>,
    pub last_error: Option<ErrorCode>,
    pub poller: Option<PollerStatus>,
}

/// How the poller keeps up (CUS-40).
#[derive(Debug, Clone, Copy, PartialEq, Serialize, TS)]
pub struct PollerStatus {
    /// How many connections are polled.
    pub connections: i64,
    pub in_flight: i64,
    pub backed_off: i64,
    pub interval_seconds: i64,
    /// How long a round really takes; above the interval when the fleet is larger than interval and concurrency allow.
    pub round_seconds: f64,
    /// By how much the round is stretched: 1 means as asked.
    pub stretch: f64,
    pub polls: i64,
}

/// A service of a feature.
pub struct ServiceSpec {
    pub name: ServiceName,
    /// Runs until the workspace closes ([`Workspace::stopping`]); only in the one process that runs the services.
    pub run: fn(Workspace) -> BoxFuture<'static, ()>,
    /// Shown in the application centre: how it is, how it is restarted, which parts of the program write its log.
    pub shown: Option<ShownService>,
}

/// What the application centre needs to know of a service.
pub struct ShownService {
    pub report: fn(&Workspace) -> ServiceReport,
    pub restart: fn(&Workspace),
    /// Module paths such as `flotilla_core::connections`.
    pub logs: &'static [&'static str],
}

/// One of Flotilla's own services (ADM-10).
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct ServiceStatus {
    pub name: ServiceName,
    pub version: String,
    pub state: ServiceState,
    pub since: Option<Time>,
    pub last_error: Option<ErrorCode>,
    pub poller: Option<PollerStatus>,
}

/// The service a call names.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ServiceArgument {
    #[ts(type = "ServiceName")]
    pub service: String,
}
