//! VAPIX (VPX-01 to VPX-16): what a device is, and what is done with it. Each file speaks of one thing; `client` is what
//! they have in common: one device, signing in, one request.
pub(crate) mod accounts;
mod client;
pub(crate) mod firmware;
mod following;
mod identity;
pub(crate) mod reading;
#[cfg(test)]
mod tests;

pub use accounts::{
    Account, AccountError, AccountPassword, AccountRefusal, CurrentUser, Group, PasswordError, Privileges,
    Role, UserName, UserNameError,
};
pub use client::{Acknowledgement, Client, Transport};
pub use firmware::{FactoryDefault, FirmwareError, FirmwareProblem, FirmwareStatus};
pub use following::{Before, FollowError, Following, Observation, Patience, Progress, Returned};
pub use identity::{Offer, Probe};
pub use reading::{DeviceInfo, Failure, Readiness, SerialNumber};
