//! What changes in a solution by upgrades: each system has a version and starts of its own.
use super::Primary;
use serde_json::json;
use std::time::Duration;

impl Primary {
    /// The version of a system, by its serial number.
    pub(crate) fn version_of(&self, serial_number: &str) -> String {
        let own = self.running.lock().versions.get(serial_number).cloned();
        own.unwrap_or_else(|| self.version_of_all())
    }

    pub(crate) fn set_version_of(&self, serial_number: &str, version: &str) {
        let mut running = self.running.lock();
        running
            .versions
            .insert(serial_number.to_string(), version.to_string());
        self.station.keep_settings(json!(*running));
    }

    /// One version for all of them.
    pub(super) fn set_version_of_all(&self, version: &str) {
        let mut running = self.running.lock();
        running.versions.clear();
        running.components.clear();
        self.station.keep_settings(json!(*running));
        drop(running);
        self.station.set_version(version);
    }

    /// Which start of a system it is.
    pub(crate) fn boot_of(&self, serial_number: &str) -> u64 {
        let boots = self.running.lock().boots.get(serial_number).copied();
        boots.unwrap_or(0) + 1
    }

    /// A component has its system's version, unless it was upgraded by itself.
    pub(crate) fn component_version(&self, serial_number: &str, name: &str) -> String {
        let own = self.running.lock().components.get(name).cloned();
        own.unwrap_or_else(|| self.version_of(serial_number))
    }

    pub(crate) fn set_component_version(&self, name: &str, version: &str) {
        let mut running = self.running.lock();
        running.components.insert(name.to_string(), version.to_string());
        self.station.keep_settings(json!(*running));
    }

    /// Of a solution in the cloud.
    pub(crate) fn profile(&self) -> Option<String> {
        let own = self.running.lock().profile.clone();
        own.or_else(|| self.blueprint.profile.map(str::to_string))
    }

    pub(crate) fn set_profile(&self, profile: &str) {
        let mut running = self.running.lock();
        running.profile = Some(profile.to_string());
        self.station.keep_settings(json!(*running));
    }

    /// A system starts anew, and is away for so long; none: until it is brought back. Sessions are the primary's, and end with it.
    pub(crate) fn restart_system(&self, serial_number: &str, away: Option<Duration>) {
        {
            let mut running = self.running.lock();
            *running.boots.entry(serial_number.to_string()).or_default() += 1;
            if away.is_none() {
                running.lost.insert(serial_number.to_string());
            }
            self.station.keep_settings(json!(*running));
        }
        let primary = self.blueprint.systems.first();
        if primary.is_some_and(|system| system.serial_number == serial_number) {
            self.forget_sessions();
            self.station.leave(away);
        }
    }

    pub(crate) fn is_lost(&self, serial_number: &str) -> bool {
        self.running.lock().lost.contains(serial_number)
    }

    /// Those that did not come back are there again.
    pub(crate) fn come_back(&self) {
        self.running.lock().lost.clear();
        self.station.clear();
    }
}
