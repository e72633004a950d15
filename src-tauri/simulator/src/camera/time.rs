//! `time.cgi` and `ntp.cgi`: the zone of the clock, and where the time comes from.
use super::Device;
use super::interfaces::{TIME, TIME_SERVERS};
use crate::clock;
use crate::fault::Fault;
use bytes::Bytes;
use http::Response;
use serde_json::{Value, json};

const MOST_SERVERS: usize = 5;
const INVALID: u16 = 4004;
/// Some of those that devices have.
const ZONES: &[&str] = &[
    "UTC",
    "Africa/Johannesburg",
    "America/New_York",
    "America/Sao_Paulo",
    "Asia/Tokyo",
    "Australia/Sydney",
    "Europe/Berlin",
    "Europe/London",
    "Europe/Paris",
    "Europe/Stockholm",
];

impl Device {
    /// The methods of `time.cgi`; None where there is no such method.
    pub(super) fn time(&self, question: &Value, method: &str) -> Option<Response<Bytes>> {
        let data = match method {
            "getDateTimeInfo" => self.date_and_time(),
            "getAll" => {
                let mut data = self.date_and_time();
                data["timeZones"] = json!(ZONES);
                data
            }
            "setTimeZone" => {
                let zone = question["params"]["timeZone"].as_str().unwrap_or_default();
                if !ZONES.contains(&zone) {
                    return Some(self.error(question, 2104, "Invalid parameter value specified"));
                }
                self.change_settings(|settings| settings.time.zone = zone.to_string());
                json!({"timeZone": zone})
            }
            _ => return None,
        };
        Some(self.data(question, TIME, data))
    }

    fn date_and_time(&self) -> Value {
        let now = if self.station.faults.happens(Fault::ClockWrong) {
            "2001-02-01T00:00:07Z".to_string()
        } else {
            clock::now().format("%Y-%m-%dT%H:%M:%SZ").to_string()
        };
        json!({
            "dateTime": now,
            "maxYearSupported": 2037,
            "timeZone": self.state.lock().settings.time.zone,
            "dstEnabled": true,
            "dhcpTimeZoneUtilized": false,
        })
    }

    /// The methods of `ntp.cgi`; None where there is no such method.
    pub(super) fn time_servers(&self, question: &Value, method: &str) -> Option<Response<Bytes>> {
        let data = match method {
            "getNTPInfo" => {
                let state = self.state.lock();
                let time = &state.settings.time;
                json!({"client": {
                    "enabled": time.asks_servers,
                    "NTSEnabled": false,
                    "serversSource": if time.servers_from_network { "DHCP" } else { "static" },
                    "maxSupportedStaticServers": MOST_SERVERS,
                    "staticServers": time.servers,
                    "advertisedServers": [],
                    "staticNTSKEServers": [],
                    "synced": false,
                    "timeToNextSync": 0,
                    "timeOffset": 0.0,
                }})
            }
            "setNTPClientConfiguration" => match self.set_time_servers(&question["params"]) {
                Ok(()) => json!({}),
                Err(part) => {
                    return Some(self.error_with(
                        question,
                        INVALID,
                        "Invalid parameter(s)",
                        json!({"subCode": part}),
                    ));
                }
            },
            _ => return None,
        };
        Some(self.data(question, TIME_SERVERS, data))
    }

    /// Or which part is wrong.
    fn set_time_servers(&self, params: &Value) -> Result<(), u8> {
        let from_network = match &params["serversSource"] {
            Value::Null => None,
            Value::String(text) if text == "DHCP" => Some(true),
            Value::String(text) if text == "static" => Some(false),
            _ => return Err(2),
        };
        let servers: Option<Vec<String>> = match &params["staticServers"] {
            Value::Null => None,
            Value::Array(list) if list.len() <= MOST_SERVERS => Some(
                list.iter()
                    .map(|one| one.as_str().filter(|text| !text.is_empty()).map(str::to_string))
                    .collect::<Option<_>>()
                    .ok_or(3)?,
            ),
            _ => return Err(3),
        };
        let enabled = match &params["enabled"] {
            Value::Null => None,
            value => Some(value.as_bool().ok_or(1)?),
        };
        self.change_settings(|settings| {
            let time = &mut settings.time;
            time.asks_servers = enabled.unwrap_or(time.asks_servers);
            time.servers_from_network = from_network.unwrap_or(time.servers_from_network);
            time.servers = servers.unwrap_or(std::mem::take(&mut time.servers));
        });
        Ok(())
    }
}
