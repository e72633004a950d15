//! What a solution answers with: its systems, its licences, its page.
use super::Primary;
use crate::MARK;
use crate::blueprint::Role;
use crate::dates::last_day;
use crate::fault::Fault;
use crate::listen::{escape, page};
use crate::random::Choices;
use bytes::Bytes;
use http::Response;
use serde_json::{Value, json};

/// GEN-12
const MOST_SYSTEMS: usize = 32;

impl Primary {
    /// The systems, or the one of this address (IPO-04).
    pub(super) fn systems(&self, wanted: Option<&str>) -> Vec<Value> {
        let unsupported = self.station.faults.happens(Fault::UnsupportedEdition);
        let too_many = self.station.faults.happens(Fault::TooManySystems);
        let same_serial_numbers = self.station.faults.happens(Fault::SameSerialNumbers);
        let systems = &self.blueprint.systems;
        let first_serial_number = systems.first().map(|system| &system.serial_number);
        let listed = if too_many { MOST_SYSTEMS + 1 } else { systems.len() };
        let one_object = self.oddities.lock().one_object;
        let own_address = self.station.address().ip().to_string();
        systems
            .iter()
            .cycle()
            .take(listed)
            .map(|system| {
                let serial_number = match first_serial_number {
                    Some(first) if same_serial_numbers => first,
                    _ => &system.serial_number,
                };
                let address = match system.role {
                    Role::Primary => own_address.as_str(),
                    _ => system.address.as_str(),
                };
                let version = self.version_of(&system.serial_number);
                let mut parts = version.split('.');
                let mut part = || parts.next().unwrap_or("0");
                let (major, minor, service_pack, build) = (part(), part(), part(), part());
                let running = system.running && !self.is_lost(&system.serial_number);
                let mut services: Vec<Value> = system
                    .services
                    .iter()
                    .map(|service| {
                        let version = self.component_version(&system.serial_number, service.name);
                        json!({"Name": service.name, "Version": version, "State": state(service.running && running)})
                    })
                    .collect();
                json!({
                    "Name": system.name,
                    "IPAddress": address,
                    "Role": system.role,
                    "MajorVersion": major,
                    "MinorVersion": minor,
                    "ServicePack": service_pack,
                    "Build": build,
                    "SerialNumber": serial_number,
                    "Edition": if unsupported { json!("Basic Edition") } else { json!(self.blueprint.edition) },
                    "State": state(running),
                    "LANS": [{"IPAddress": address}],
                    "PBXLicense": {"HostID": system.licence_host},
                    "Description": MARK,
                    "Services": if one_object && services.len() == 1 { services.remove(0) } else { json!(services) },
                })
            })
            .filter(|system| wanted.is_none_or(|address| system["IPAddress"] == address))
            .collect()
    }

    /// The licences (IPO-04), from the seed and the day of the start.
    pub(crate) fn licences(&self) -> Vec<Value> {
        let mut choices = Choices::new(self.licence_seed, 4, 0);
        let systems = self.blueprint.systems.len() as u64;
        let mut line = |name: &str, quantity: u64, dated: bool| {
            let free = choices.below(quantity + 1);
            let expiry = if dated || choices.percent(20) {
                last_day(&mut choices, self.today).to_string()
            } else {
                "Never".to_string()
            };
            let status = if choices.percent(4) { "2" } else { "1" };
            json!({"Type": name, "Quantity": quantity.to_string(), "Free": free.to_string(), "Expiry": expiry,
                "Status": status, "Description": MARK})
        };
        vec![
            line("Server Edition", systems, false),
            line("Avaya IP Endpoint", systems * 24, false),
            line("3rd Party IP Endpoint", systems * 4, false),
            line("Power User", systems * 6, true),
            line("Office Worker", systems * 12, true),
            line("SIP Trunk Channels", systems * 8, false),
            line("VMPro Recordings Administrators", 2, false),
            line("Software Upgrade", systems, true),
        ]
    }

    /// What a browser sees.
    pub(super) fn page(&self) -> Response<Bytes> {
        let rows: String = self
            .blueprint
            .systems
            .iter()
            .map(|system| format!("<li>{} ({:?})</li>", escape(&system.name), system.role))
            .collect();
        let content = format!(
            "<p>{MARK}. Version {}. This page stands in for the system's own application.</p><ul>{rows}</ul>",
            escape(&self.version())
        );
        page(&self.blueprint.name, &content)
    }
}

fn state(running: bool) -> &'static str {
    if running { "Running" } else { "Stopped" }
}
