//! VAPIX (VPX-01 to VPX-16): what a device is, and what is done with it. Each file speaks of one thing; `client` is what
//! they have in common: one device, signing in, one request.
pub(crate) mod accounts;
pub(crate) mod applications;
mod client;
pub(crate) mod events;
pub(crate) mod firmware;
mod following;
mod identity;
mod image;
mod moving;
pub(crate) mod network;
pub(crate) mod reading;
#[cfg(test)]
mod tests;
pub(crate) mod time;
mod upgrade;

pub use accounts::{
    Account, AccountError, AccountPassword, AccountRefusal, CurrentUser, Group, PasswordError, Privileges,
    Role, UserName, UserNameError,
};
pub use applications::{
    Application, ApplicationAct, ApplicationError, ApplicationProblem, ApplicationState, LicenceState,
    Signature,
};
pub use client::{Acknowledgement, Client, Transport};
pub use events::{Event, EventStream};
pub use firmware::{FactoryDefault, FirmwareError, FirmwareProblem, FirmwareStatus};
pub use following::{Before, FollowError, Following, Observation, Patience, Progress, Returned};
pub use identity::{Offer, Probe};
pub use image::{BeforeTheLast, Image, Sent};
pub use moving::{MoveError, follow_move};
pub use network::{
    AddressAssignment, HostName, HostNameError, InterfaceAddress, NameAssignment, NetworkInfo,
    NetworkInterface, ResolverAssignment, StaticAddress, StaticAddressError,
};
pub use reading::{DeviceInfo, Failure, Readiness, SerialNumber};
pub use time::{ClockSettings, TimeServer, TimeServers, TimeSource, TimeZoneName};
pub use upgrade::{Settings, Upgrade, UpgradeError};
