//! The simulator (SIM-01): a fleet of invented systems, on the loopback range unless other addresses are named, which speak the vendors' protocols
//! over real TLS, with certificates of their own and faults on demand. For demonstration, tests and benchmarks;
//! every identity it gives out says `Flotilla Simulator`.
//!
//! It knows nothing of the program it is made for, so that the two cannot share a mistake.
//!
//! ```no_run
//! # async fn example() -> Result<(), flotilla_simulator::StartError> {
//! use flotilla_simulator::{Fault, Fleet, FleetOptions};
//! let fleet = Fleet::start(FleetOptions { customers: 3, ..FleetOptions::default() }).await?;
//! let solution = &fleet.solutions()[0];
//! solution.set_fault(Fault::WrongPassword);
//! assert_eq!(solution.counters().sign_ins, 0);
//! fleet.stop().await;
//! # Ok(())
//! # }
//! ```

mod addresses;
mod blueprint;
mod camera;
mod clock;
mod control;
mod dates;
mod description;
mod digest;
mod discovery;
mod downloads;
mod fault;
mod files;
mod fleet;
mod gateway;
mod identity;
mod listen;
mod ntlm;
mod offline;
mod options;
mod random;
mod shared;
mod solution;
mod start_error;
mod station;
mod video_server;
mod words;

pub use blueprint::{
    AuthenticationScheme, CameraBlueprint, Edition, Mode, NtlmScheme, Oddities, Role, ServiceBlueprint,
    SolutionBlueprint, SystemBlueprint, VideoServerBlueprint,
};
pub use camera::Camera;
pub use chrono::NaiveDate;
pub use downloads::DownloadServer;
pub use fault::{Fault, FaultRule};
pub use files::{CUSTOMER_DEVICE_HEADER, CUSTOMER_HEADER, DEVICE_HEADER, GATEWAY_HEADER};
pub use fleet::Fleet;
pub use gateway::Gateway;
pub use offline::{OfflineError, OfflineIdentity, OfflineSystem};
pub use options::{Addressing, Discovery, DiscoveryPorts, DiscoveryWay, FleetOptions, GatewayPace, Trouble};
pub use solution::Solution;
pub use start_error::StartError;
pub use station::Counters;
pub use video_server::VideoServer;

/// What every identity says it is (SIM-01).
pub const MARK: &str = "Flotilla Simulator";
