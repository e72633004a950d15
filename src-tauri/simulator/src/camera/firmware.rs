//! Firmware management (VPX-10 to VPX-13), and restarts.
use super::Device;
use super::interfaces::FIRMWARE;
use super::package::FirmwareImage;
use super::settings::Settings;
use crate::fault::Fault;
use crate::listen::{Unanswered, page};
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

    /// `upgrade` (VPX-11 to VPX-13): whatever speaks against it is said before anything is installed; what could be gone back to is
    /// gone even then.
    pub(super) fn upgrade(&self, question: &Value, image: Option<&[u8]>) -> Response<Bytes> {
        let faults = &self.station.faults;
        self.change_settings(|settings| settings.firmware.inactive = None);
        let refusal = faults.find(|fault| match fault {
            Fault::UpgradeRefused { code } => Some(code),
            _ => None,
        });
        if let Some(code) = refusal {
            return self.error(question, code, "Refused");
        }
        let Some(image) = image.and_then(FirmwareImage::read) else {
            return self.error(question, 415, "Invalid firmware image");
        };
        if image.model != self.blueprint.model[3] {
            return self.error(question, 421, "Not for this product");
        }
        if !image.signed {
            return self.error(question, 422, "Signature missing");
        }
        let keeps = question["params"]["factoryDefaultMode"]
            .as_str()
            .unwrap_or("none");
        let before = self.version();
        if keeps == "none" && numbers(&image.version) < numbers(&before) {
            return self.error(question, 409, "Downgrade needs a factory default");
        }
        if !self.state.lock().settings.firmware.committed {
            return self.error(question, 412, "Current firmware is not committed");
        }
        let mut answer = self.data(question, FIRMWARE, json!({"firmwareVersion": image.version}));
        if faults.happens(Fault::UpgradeWithoutRestart) {
            return answer;
        }
        if faults.happens(Fault::LoseUpgradeAnswer) {
            answer.extensions_mut().insert(Unanswered);
        }
        self.state.lock().installations += 1;
        let falls_back = faults.happens(Fault::UpgradeFallsBack);
        if !falls_back {
            let commits = question["params"]["autoCommit"].as_str() != Some("never");
            self.change_settings(|settings| {
                settings.firmware.committed = commits;
                settings.firmware.inactive = Some(before);
            });
            self.station.set_version(&image.version);
        }
        self.restart();
        if keeps != "none" {
            self.reset(keeps == "soft");
        }
        answer
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

/// A version as what can be compared.
fn numbers(version: &str) -> Vec<u64> {
    version.split('.').map(|part| part.parse().unwrap_or(0)).collect()
}
