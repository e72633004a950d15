//! Applications (DEV-61): the list, starting, stopping, removing, installing, and whether unsigned ones may be.
use super::Device;
use super::form;
use super::package::Package;
use super::settings::Application;
use crate::listen::{Asked, escape, plain, with_type};
use bytes::Bytes;
use http::{Response, StatusCode};
use url::form_urlencoded;

/// From this major version on only signed applications are taken, unless somebody said otherwise.
const SIGNED_ONLY: u32 = 12;
const LARGEST_PACKAGE: usize = 4 * 1024 * 1024;
fn error(code: u8) -> Response<Bytes> {
    with_type(StatusCode::OK, "text/plain", format!("Error: {code}\n"))
}

fn ok() -> Response<Bytes> {
    plain(StatusCode::OK, "OK\n")
}

impl Device {
    fn takes_unsigned(&self) -> bool {
        let said = self.state.lock().settings.allow_unsigned;
        said.unwrap_or_else(|| self.major() < SIGNED_ONLY)
    }

    /// `applications/list.cgi`
    pub(super) fn application_list(&self) -> Response<Bytes> {
        let state = self.state.lock();
        let mut text = String::from("<reply result=\"ok\">\n");
        for one in &state.settings.applications {
            let mut attributes = vec![
                ("Name", one.name.as_str()),
                ("NiceName", one.nice_name.as_str()),
                ("Vendor", one.vendor.as_str()),
                ("Version", one.version.as_str()),
                ("ApplicationID", one.id.as_str()),
                ("License", one.licence.as_str()),
                ("Status", if one.running { "Running" } else { "Stopped" }),
                // The list of real devices may have more than is documented; this attribute is the simulator's own.
                ("Signed", if one.signed { "true" } else { "false" }),
            ];
            if let Some(day) = &one.licence_ends {
                attributes.push(("LicenseExpirationDate", day));
            }
            text.push_str("  <application");
            for (name, value) in attributes {
                text.push_str(&format!(" {name}=\"{}\"", escape(value)));
            }
            text.push_str(" />\n");
        }
        text.push_str("</reply>\n");
        with_type(StatusCode::OK, "text/xml", text)
    }

    /// `applications/control.cgi`
    pub(super) fn control_application(&self, query: &str) -> Response<Bytes> {
        let (mut action, mut name) = (String::new(), String::new());
        for (key, value) in form_urlencoded::parse(query.as_bytes()) {
            match key.as_ref() {
                "action" => action = value.into_owned(),
                "package" => name = value.into_owned(),
                _ => {}
            }
        }
        self.change_settings(|settings| {
            let place = settings.applications.iter().position(|one| one.name == name);
            let Some(place) = place else { return error(4) };
            let one = &mut settings.applications[place];
            match (action.as_str(), one.running) {
                ("start", true) => return error(6),
                ("start", false) if one.licence == "Missing" || one.licence == "Invalid" => return error(10),
                ("stop", false) => return error(7),
                ("start" | "restart", _) => one.running = true,
                ("stop", true) => one.running = false,
                ("remove", _) => {
                    settings.applications.remove(place);
                }
                _ => return error(10),
            }
            ok()
        })
    }

    /// `applications/config.cgi`
    pub(super) fn configure_applications(&self, query: &str) -> Response<Bytes> {
        let fields: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        let field = |name: &str| {
            fields
                .iter()
                .find(|(key, _)| key == name)
                .map(|(_, value)| value.as_str())
        };
        if self.major() < 11 {
            return plain(StatusCode::NOT_FOUND, "not found");
        }
        match (field("action"), field("name"), field("value")) {
            (Some("get"), Some("AllowUnsigned"), _) => {}
            (Some("set"), Some("AllowUnsigned"), Some(value @ ("true" | "false"))) => {
                self.change_settings(|settings| settings.allow_unsigned = Some(value == "true"));
            }
            _ => return plain(StatusCode::BAD_REQUEST, "bad request"),
        }
        let value = self.takes_unsigned();
        let text =
            format!("<reply result=\"ok\"><param name=\"AllowUnsigned\" value=\"{value}\" /></reply>\n");
        with_type(StatusCode::OK, "text/xml", text)
    }

    /// `applications/upload.cgi`: what is installed is not started.
    pub(super) fn install_application(&self, asked: &Asked) -> Response<Bytes> {
        let parts = form::parts(asked);
        let Some([part]) = parts
            .as_deref()
            .filter(|parts| parts.iter().all(form::Part::is_file))
        else {
            return error(10);
        };
        let file = part.content;
        if file.len() > LARGEST_PACKAGE {
            return error(3);
        }
        let Some(package) = Package::read(file) else {
            return error(1);
        };
        if !package.signed && !self.takes_unsigned() {
            return error(2);
        }
        self.change_settings(|settings| {
            let applications = &mut settings.applications;
            let twin = applications
                .iter()
                .any(|one| one.name != package.name && one.name.eq_ignore_ascii_case(&package.name));
            if twin {
                return error(14);
            }
            if let Some(one) = applications.iter_mut().find(|one| one.name == package.name) {
                one.version = package.version;
                one.signed = package.signed;
                return ok();
            }
            applications.push(Application {
                nice_name: package.name.clone(),
                name: package.name,
                vendor: crate::MARK.to_string(),
                version: package.version,
                id: "900900".to_string(),
                licence: "None".to_string(),
                licence_ends: None,
                running: false,
                signed: package.signed,
            });
            ok()
        })
    }
}
