//! Firmware management but the upload (VPX-10 to VPX-12), and restarts.
use super::Device;
use super::interfaces::FIRMWARE;
use super::settings::Settings;
use crate::fault::Fault;
use crate::listen::page;
use bytes::Bytes;
use http::Response;
use serde_json::{Value, json};
use std::time::Duration;
use tokio::time::Instant;

impl Device {
    /// The methods of `firmwaremanagement.cgi`; None where there is no such method.
    pub(super) fn firmware(&self, question: &Value, method: &str) -> Option<Response<Bytes>> {
        let done = |data: Value| Some(self.data(question, FIRMWARE, data));
        let params = &question["params"];
        match method {
            "status" => done(self.firmware_status()),
            "commit" => {
                self.change_settings(|settings| settings.firmware.committed = true);
                done(json!({"firmwareVersion": self.version()}))
            }
            "purge" => {
                self.change_settings(|settings| settings.firmware.inactive = None);
                done(json!({}))
            }
            "rollback" => {
                let before = self.change_settings(|settings| {
                    settings.firmware.committed = true;
                    settings.firmware.inactive.take()
                });
                let Some(before) = before else {
                    return Some(self.error(question, 404, "No firmware to roll back to"));
                };
                self.station.set_version(&before);
                self.restart();
                done(json!({}))
            }
            "reboot" => {
                self.restart();
                done(json!({}))
            }
            "factoryDefault" => {
                let keeps_network = match params["factoryDefaultMode"].as_str() {
                    Some("soft") => true,
                    Some("hard") => false,
                    _ => return Some(self.error(question, 400, "Invalid factoryDefaultMode")),
                };
                self.restart();
                self.reset(keeps_network);
                done(json!({}))
            }
            _ => None,
        }
    }

    /// VPX-10: committed is what is not said.
    fn firmware_status(&self) -> Value {
        let version = self.version();
        let state = self.state.lock();
        let firmware = &state.settings.firmware;
        let mut data = json!({
            "activeFirmwareVersion": version,
            "activeFirmwarePart": "a",
            "lastUpgradeAt": firmware.last_upgrade,
        });
        if let Some(inactive) = &firmware.inactive {
            data["inactiveFirmwareVersion"] = json!(inactive);
        }
        if !firmware.committed {
            data["isCommited"] = json!(false);
        }
        data
    }

    /// The older way to restart.
    pub(super) fn restart_page(&self) -> Response<Bytes> {
        self.restart();
        page("Restart", "<p>The device restarts.</p>")
    }

    /// Away from now on; the answer to whoever asked for it is the last one.
    fn restart(&self) {
        let away = self.state.lock().restart_takes;
        let for_good = self.station.faults.happens(Fault::NeverBack);
        self.station.leave((!for_good).then_some(away));
        self.started_in(away);
    }

    /// Another start, so long from now.
    pub(super) fn started_in(&self, away: Duration) {
        let mut state = self.state.lock();
        state.nonces.forget();
        state.boots = self.station.boot();
        state.started = Instant::now() + away;
    }

    fn reset(&self, keeps_network: bool) {
        let factory = Settings::factory(&self.blueprint);
        let network = self.change_settings(|settings| {
            let before = std::mem::replace(settings, factory);
            settings.firmware = before.firmware;
            before.network
        });
        if keeps_network {
            self.change_settings(|settings| settings.network = network);
        } else if network.address.is_some()
            && let Err(error) = self.go_to(self.leased)
        {
            tracing::warn!(%error, "a device does not come back at the address of the fleet");
        }
    }
}
