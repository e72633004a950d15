//! Who a device is (VPX-06 to VPX-09): properties, readiness, parameters.
use super::Device;
use crate::MARK;
use crate::blueprint::CameraBlueprint;
use crate::description::description;
use crate::fault::Fault;
use crate::listen::{Asked, plain, with_type};
use bytes::Bytes;
use http::{Response, StatusCode};
use serde_json::{Value, json};
use tokio::time::Instant;
use url::form_urlencoded;

/// The system ready interface says how long it runs from this major version on.
const NEWER_READINESS: u32 = 10;
const BUILD_DATE: &str = "Nov 06 2025 10:22";
const HARDWARE: &str = "7D1.2";
const WEB_ADDRESS: &str = "https://simulator.example";

impl Device {
    /// Where its answer to SSDP leads to.
    pub(super) fn description(&self) -> Response<Bytes> {
        let pages = match self.station.plain {
            Some(plain) => format!("http://{plain}/"),
            None => format!("https://{}/", self.station.address()),
        };
        let CameraBlueprint {
            name, serial_number, ..
        } = &self.blueprint;
        let text = description(name, serial_number, self.blueprint.model, &pages);
        with_type(StatusCode::OK, "text/xml", text)
    }

    /// VPX-06
    pub(super) fn properties(&self, all: bool) -> Value {
        let [short_name, full_name, kind, number, architecture, chip] = self.blueprint.model;
        if self.station.faults.happens(Fault::SparseIdentity) {
            return json!({"Brand": MARK, "ProdNbr": number});
        }
        let mut list = json!({
            "Brand": MARK,
            "ProdFullName": full_name,
            "ProdNbr": number,
            "ProdShortName": short_name,
            "ProdType": kind,
            "ProdVariant": self.variant(),
            "SerialNumber": self.blueprint.serial_number,
            "Version": self.version(),
            "WebURL": WEB_ADDRESS,
        });
        if all {
            list["HardwareID"] = json!(HARDWARE);
            list["Architecture"] = json!(architecture);
            list["Soc"] = json!(chip);
            list["BuildDate"] = json!(BUILD_DATE);
            // The chip's own number, which is not the device's.
            list["SocSerialNumber"] = json!(format!("0000{}", self.blueprint.serial_number));
        }
        list
    }

    /// Of a few models there are several; the others say nothing.
    fn variant(&self) -> &'static str {
        match self.blueprint.model[0] {
            "Q6135-LE" => "50 Hz",
            _ => "",
        }
    }

    /// The first that say how long they run and under which boot id say `1.4`.
    pub(super) fn readiness_version(&self) -> &'static str {
        if self.says_when_it_started() { "1.4" } else { "1.2" }
    }

    fn says_when_it_started(&self) -> bool {
        self.major() >= NEWER_READINESS && !self.station.faults.happens(Fault::NoBootId)
    }

    /// VPX-07
    pub(super) fn readiness(&self, new: bool) -> Value {
        let says_when = self.says_when_it_started();
        let state = self.state.lock();
        let mut data = json!({"systemready": "yes", "needsetup": if new { "yes" } else { "no" }});
        if says_when {
            let uptime = Instant::now().saturating_duration_since(state.started).as_secs();
            data["uptime"] = json!(uptime.to_string());
            let serial_number = &self.blueprint.serial_number;
            data["bootid"] = json!(format!("{serial_number}-{:08}", state.boots));
        }
        data
    }

    /// VPX-08: asked for in the address, or in a form that is sent.
    pub(super) fn parameters(&self, asked: &Asked) -> Response<Bytes> {
        let query = asked.parts.uri.query().unwrap_or_default().as_bytes();
        let fields: Vec<(String, String)> = form_urlencoded::parse(query)
            .chain(form_urlencoded::parse(&asked.body))
            .map(|(name, value)| (name.into_owned(), value.into_owned()))
            .collect();
        let field = |name: &str| {
            let found = fields.iter().find(|(known, _)| known == name);
            found.map(|(_, value)| value.as_str())
        };
        if field("action") != Some("list") {
            return plain(StatusCode::OK, "# Error: only action=list is supported\n");
        }
        let faults = &self.station.faults;
        let mut all = self.all_parameters();
        if faults.happens(Fault::SparseIdentity) {
            all.retain(|(name, _)| matches!(*name, "Brand.Brand" | "Brand.ProdNbr"));
        }
        let groups: Vec<&str> = field("group").unwrap_or_default().split(',').collect();
        let misses_last = faults.happens(Fault::MissingParameter);
        let mut lines = String::new();
        let mut missing = Vec::new();
        for group in groups {
            let group = group.strip_prefix("root.").unwrap_or(group);
            let mut found: Vec<&(&str, String)> = all
                .iter()
                .filter(|(name, _)| {
                    group.is_empty()
                        || *name == group
                        || name.strip_prefix(group).is_some_and(|rest| rest.starts_with('.'))
                })
                .collect();
            if misses_last {
                found.pop();
            }
            if found.is_empty() {
                missing.push(group);
            }
            for (name, value) in found {
                lines.push_str(&format!("root.{name}={value}\r\n"));
            }
        }
        if lines.is_empty() {
            return plain(StatusCode::OK, "# Error: Error -1 getting param in group\n");
        }
        // What there is comes first (VPX-03).
        for group in missing {
            lines.push_str(&format!(
                "# Error: Error -1 getting param in group 'root.{group}'\r\n"
            ));
        }
        if faults.happens(Fault::ErrorAfterParameters) {
            lines.push_str("# Error: Error -1 getting param in group 'root.Nothing'\r\n");
        }
        with_type(StatusCode::OK, "text/plain", lines)
    }

    fn all_parameters(&self) -> Vec<(&'static str, String)> {
        let [short_name, full_name, kind, number, architecture, chip] = self.blueprint.model;
        let text = str::to_string;
        vec![
            ("Brand.Brand", text(MARK)),
            ("Brand.ProdFullName", text(full_name)),
            ("Brand.ProdNbr", text(number)),
            ("Brand.ProdShortName", text(short_name)),
            ("Brand.ProdType", text(kind)),
            ("Brand.ProdVariant", text(self.variant())),
            ("Brand.WebURL", text(WEB_ADDRESS)),
            ("Properties.API.HTTP.Version", text("3")),
            ("Properties.API.Metadata.Metadata", text("yes")),
            ("Properties.API.Metadata.Version", text("1.0")),
            ("Properties.EmbeddedDevelopment.Version", text("2.16")),
            ("Properties.Firmware.BuildDate", text(BUILD_DATE)),
            ("Properties.Firmware.BuildNumber", text("26")),
            ("Properties.Firmware.Version", self.version()),
            ("Properties.FirmwareManagement.Version", text("1.4")),
            ("Properties.System.Architecture", text(architecture)),
            ("Properties.System.HardwareID", text(HARDWARE)),
            (
                "Properties.System.SerialNumber",
                self.blueprint.serial_number.clone(),
            ),
            ("Properties.System.Soc", text(chip)),
        ]
    }
}
