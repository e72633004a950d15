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
    /// It runs in this process.
    Running,
    /// It does not run.
    Stopped,
    /// Another Flotilla has the same workspace open, and runs it.
    Elsewhere,
}

/// What a service says of itself.
#[derive(Debug, Clone, Copy, Default)]
pub struct ServiceReport {
    /// Since when it runs; none: it does not.
    pub since: Option<Time>,
    /// The last error it met since it started; none: it met none.
    pub last_error: Option<ErrorCode>,
    /// How the poller keeps up; none for every other service.
    pub poller: Option<PollerStatus>,
}

/// How the poller keeps up (CUS-40).
#[derive(Debug, Clone, Copy, PartialEq, Serialize, TS)]
pub struct PollerStatus {
    /// How many connections are polled.
    pub connections: i64,
    /// How many connections are being polled at this moment.
    pub in_flight: i64,
    /// How many connections are polled more rarely, because they did not answer.
    pub backed_off: i64,
    /// The interval between two polls of a connection that is asked for in the preferences, in seconds.
    pub interval_seconds: i64,
    /// How long a round really takes; above the interval when the fleet is larger than interval and concurrency allow.
    pub round_seconds: f64,
    /// By how much the round is stretched: 1 means as asked.
    pub stretch: f64,
    /// How many polls have ended since the service started.
    pub polls: i64,
}

/// A service of a feature.
pub struct ServiceSpec {
    /// The service's name.
    pub name: ServiceName,
    /// Runs until the workspace closes ([`Workspace::stopping`]); only in the one process that runs the services.
    pub run: fn(Workspace) -> BoxFuture<'static, ()>,
    /// Whether it also runs in a copy at another date, where nothing may be contacted or sent (LIC-54).
    pub in_test_clock: bool,
    /// Shown in the application centre: how it is, how it is restarted, which parts of the program write its log.
    pub shown: Option<ShownService>,
}

/// What the application centre needs to know of a service.
pub struct ShownService {
    /// What the service says of itself at this moment, in this process.
    pub report: fn(&Workspace) -> ServiceReport,
    /// Makes the service stop and start anew.
    pub restart: fn(&Workspace),
    /// Module paths such as `flotilla_core::connections`.
    pub logs: &'static [&'static str],
}

/// One of Flotilla's own services (ADM-10).
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct ServiceStatus {
    /// The service's name.
    pub name: ServiceName,
    /// The version of the program that runs it.
    pub version: String,
    /// How it is.
    pub state: ServiceState,
    /// Since when it runs; none: it does not run in this process.
    pub since: Option<Time>,
    /// The last error it met since it started; none: it met none.
    pub last_error: Option<ErrorCode>,
    /// How the poller keeps up; none for every other service, and where it does not run.
    pub poller: Option<PollerStatus>,
}

/// The service a call names.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ServiceArgument {
    /// The service's name.
    #[ts(type = "ServiceName")]
    pub service: String,
}
