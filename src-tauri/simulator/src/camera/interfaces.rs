//! The interfaces of a device and their versions, as it lists them (VPX-08).
use serde_json::{Value, json};

pub(super) const FIRMWARE: &str = "1.4";
pub(super) const NETWORK: &str = "1.9";
pub(super) const TIME: &str = "1.1";
pub(super) const TIME_SERVERS: &str = "1.5";

/// `apiList`
pub(super) fn list(readiness: &str) -> Value {
    json!([
        {"id": "api-discovery", "version": "1.0", "name": "API Discovery Service"},
        {"id": "basic-device-info", "version": "1.3", "name": "Basic Device Information"},
        {"id": "systemready", "version": readiness, "name": "Systemready"},
        {"id": "fwmgr", "version": FIRMWARE, "name": "Firmware Management"},
        {"id": "network-settings", "version": NETWORK, "name": "Network Settings"},
        {"id": "ntp", "version": TIME_SERVERS, "name": "NTP"},
        {"id": "param-cgi", "version": "1.0", "name": "Legacy Parameter Handling"},
        {"id": "time-service", "version": TIME, "name": "Time API"},
        {"id": "user-management", "version": "1.1", "name": "User Management"},
    ])
}
