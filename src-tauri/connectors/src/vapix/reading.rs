//! What a device's answers say (VPX-03 to VPX-09): what it is, whether it is ready, or what is wrong. Pure.
use crate::Obstacle;
use crate::dialer::{Answer, TransportError};
use crate::trust::{Certificate, plain_text};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

pub(super) const LONGEST_TEXT: usize = 512;
/// What devices before version 12 say to everything while they have no account (VPX-02).
pub(super) const SETUP_WORDS: &str = "initial admin user must be created first.";
const MOST_PARAMETERS: usize = 20_000;

/// Why a device could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// No TCP, no TLS, time out.
    #[error("not reachable: {0}")]
    Unreachable(String),
    /// The certificate differs from the pinned one (CRT-11). Nothing was sent.
    #[error("the certificate has changed")]
    CertificateChanged(Box<Certificate>),
    /// The certificate is neither pinned nor vouched for (CRT-11). Nothing was sent.
    #[error("the certificate is not trusted")]
    CertificateNotTrusted(Box<Certificate>),
    /// The certificate is none that TLS can work with, such as one of version 1. Nothing was sent.
    #[error("the certificate cannot be used")]
    CertificateUnusable,
    /// Answers, but not with this protocol.
    #[error("no VAPIX answer")]
    NotThisProtocol,
    /// Factory-new: waits for its first account (VPX-02).
    #[error("the device waits for its first account")]
    NeedsSetup,
    /// Credentials are needed and none were given.
    #[error("credentials are needed")]
    CredentialsNeeded,
    /// User name or password is wrong; VAPIX does not say which.
    #[error("user name or password refused")]
    CredentialsRefused,
    /// Signed in, but the account may not do this (HTTP 403, VAPIX 2001).
    #[error("the account lacks the right")]
    Forbidden,
    /// Only Basic is offered, or a password would be set, and the connection is not encrypted (VPX-01). Nothing was sent.
    #[error("the device accepts the password only in clear")]
    BasicWithoutEncryption,
    /// A Digest algorithm that is not known here, by its name (VPX-01).
    #[error("unknown authentication: {0}")]
    UnknownAuthentication(String),
    /// The device does not have this interface (HTTP 404), for example an older one.
    #[error("the device does not know this interface")]
    NotOffered,
    /// An error of the interface itself (VPX-03, VPX-04).
    #[error("VAPIX error {code}: {message}")]
    Device {
        /// General codes are those of VPX-04.
        code: i64,
        /// In the device's words.
        message: String,
    },
    /// An error in words, as the old interfaces give it (VPX-03).
    #[error("device error: {0}")]
    Legacy(String),
    /// Any other HTTP status.
    #[error("HTTP status {0}")]
    Status(u16),
}

impl From<TransportError> for Failure {
    fn from(error: TransportError) -> Self {
        match error {
            TransportError::CertificateChanged(certificate) => Failure::CertificateChanged(certificate),
            TransportError::CertificateNotTrusted(certificate) => Failure::CertificateNotTrusted(certificate),
            TransportError::CertificateUnusable => Failure::CertificateUnusable,
            TransportError::Unreachable(words) => Failure::Unreachable(words),
            TransportError::Broken | TransportError::TooLarge => Failure::NotThisProtocol,
        }
    }
}

/// A serial number: the MAC address without separators, upper case (VPX-09).
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SerialNumber(String);

impl SerialNumber {
    /// Twelve hexadecimal digits, with or without separators.
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() > 64 {
            return None;
        }
        let digits: String = text
            .chars()
            .filter(|character| !matches!(character, ':' | '-' | '.' | ' '))
            .map(|character| character.to_ascii_uppercase())
            .collect();
        let fits = digits.len() == 12 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        fits.then_some(Self(digits))
    }

    /// Read from a realm such as `AXIS_ACCC8EF7DE6B` (VPX-01).
    pub fn from_realm(realm: &str) -> Option<Self> {
        Self::parse(realm.strip_prefix("AXIS_")?)
    }

    /// Whether it begins with one of the maker's prefixes (VPX-09).
    pub fn has_known_prefix(&self) -> bool {
        ["00408C", "ACCC8E", "B8A44F", "E82725"]
            .iter()
            .any(|prefix| self.0.starts_with(prefix))
    }

    /// The twelve digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SerialNumber {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// What a device says it is (VPX-06). A property it does not name is none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DeviceInfo {
    /// `Brand`
    pub brand: Option<String>,
    /// `ProdFullName`
    pub full_name: Option<String>,
    /// `ProdNbr`
    pub product_number: Option<String>,
    /// `ProdShortName`
    pub short_name: Option<String>,
    /// `ProdType`
    pub product_type: Option<String>,
    /// `ProdVariant`, such as the frequency that a lens or an encoder is for. Many devices have none.
    pub variant: Option<String>,
    /// `SerialNumber`
    pub serial_number: Option<SerialNumber>,
    /// `Version`, of the firmware.
    pub version: Option<String>,
    /// `HardwareID`
    pub hardware_id: Option<String>,
    /// `Architecture`
    pub architecture: Option<String>,
    /// `Soc`
    pub system_on_chip: Option<String>,
    /// `WebURL`
    pub web_address: Option<String>,
    /// `BuildDate`
    pub build_date: Option<String>,
}

impl DeviceInfo {
    /// What is known here, and of `other` what is not.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self {
            brand: self.brand.or(other.brand),
            full_name: self.full_name.or(other.full_name),
            product_number: self.product_number.or(other.product_number),
            short_name: self.short_name.or(other.short_name),
            product_type: self.product_type.or(other.product_type),
            variant: self.variant.or(other.variant),
            serial_number: self.serial_number.or(other.serial_number),
            version: self.version.or(other.version),
            hardware_id: self.hardware_id.or(other.hardware_id),
            architecture: self.architecture.or(other.architecture),
            system_on_chip: self.system_on_chip.or(other.system_on_chip),
            web_address: self.web_address.or(other.web_address),
            build_date: self.build_date.or(other.build_date),
        }
    }
}

/// Whether a device is ready (VPX-07).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Readiness {
    /// `systemready`
    pub ready: bool,
    /// `needsetup`: waits for its first account.
    pub needs_setup: bool,
    /// Absent in version 1.2 of the interface.
    pub uptime: Option<Duration>,
    /// Changes with every start. Absent in version 1.2 of the interface.
    pub boot_id: Option<String>,
}

pub(super) fn accept_status(answer: &Answer) -> Result<(), Failure> {
    match answer.status.as_u16() {
        200..=299 => Ok(()),
        401 => Err(Failure::CredentialsNeeded),
        403 => Err(Failure::Forbidden),
        404 => Err(Failure::NotOffered),
        503 => Err(Failure::Unreachable(Obstacle::Unavailable.to_string())),
        other => Err(Failure::Status(other)),
    }
}

/// `data` of an envelope, which has to be there.
pub(crate) fn json_data(answer: &Answer) -> Result<Value, Failure> {
    json_reply(answer)?.ok_or(Failure::NotThisProtocol)
}

/// `data` of an envelope, where there is any. Read as UTF-8 whatever the content type claims; an error counts more than
/// data, also with HTTP 200 (VPX-03).
pub(crate) fn json_reply(answer: &Answer) -> Result<Option<Value>, Failure> {
    let text = String::from_utf8_lossy(&answer.body);
    let text = text.trim_start_matches('\u{feff}').trim();
    let parsed: Option<Value> = serde_json::from_str(text).ok().filter(Value::is_object);
    if let Some(error) = parsed
        .as_ref()
        .and_then(|value| value.get("error"))
        .filter(|error| !error.is_null())
    {
        let code = error.get("code").and_then(number).unwrap_or(0);
        if code == 2001 {
            return Err(Failure::Forbidden);
        }
        let message = error.get("message").and_then(Value::as_str).unwrap_or_default();
        return Err(Failure::Device {
            code,
            message: plain_text(message, LONGEST_TEXT),
        });
    }
    accept_status(answer)?;
    match parsed {
        Some(mut value) => Ok(value.get_mut("data").map(Value::take)),
        None => Err(legacy_error(text).unwrap_or(Failure::NotThisProtocol)),
    }
}

pub(super) fn legacy_error(text: &str) -> Option<Failure> {
    let line = text.lines().next()?.trim();
    let words = line
        .strip_prefix('#')
        .unwrap_or(line)
        .trim()
        .strip_prefix("Error:")?;
    Some(Failure::Legacy(plain_text(words, LONGEST_TEXT)))
}

/// `root.Group.Name=value` lines (VPX-08).
pub(crate) fn read_parameters(body: &[u8]) -> Result<BTreeMap<String, String>, Failure> {
    let text = String::from_utf8_lossy(body);
    let mut found = BTreeMap::new();
    for line in text.lines().take(MOST_PARAMETERS) {
        let line = line.trim_start_matches('\u{feff}').trim();
        if let Some((name, value)) = line.split_once('=')
            && let Some(name) = name.trim().strip_prefix("root.")
        {
            found.insert(plain_text(name, LONGEST_TEXT), plain_text(value, LONGEST_TEXT));
        }
    }
    if !found.is_empty() {
        return Ok(found);
    }
    Err(text
        .lines()
        .find_map(legacy_error)
        .unwrap_or(Failure::NotThisProtocol))
}

pub(super) fn number(value: &Value) -> Option<i64> {
    value.as_i64().or_else(|| value.as_str()?.trim().parse().ok())
}

pub(super) fn field(object: &Value, name: &str) -> Option<String> {
    let text = match object.get(name)? {
        Value::String(text) => plain_text(text, LONGEST_TEXT),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

pub(crate) fn read_device_info(data: &Value) -> Option<DeviceInfo> {
    let list = data.get("propertyList").filter(|list| list.is_object())?;
    Some(DeviceInfo {
        brand: field(list, "Brand"),
        full_name: field(list, "ProdFullName"),
        product_number: field(list, "ProdNbr"),
        short_name: field(list, "ProdShortName"),
        product_type: field(list, "ProdType"),
        variant: field(list, "ProdVariant"),
        serial_number: field(list, "SerialNumber").and_then(|text| SerialNumber::parse(&text)),
        version: field(list, "Version"),
        hardware_id: field(list, "HardwareID"),
        architecture: field(list, "Architecture"),
        system_on_chip: field(list, "Soc"),
        web_address: field(list, "WebURL"),
        build_date: field(list, "BuildDate"),
    })
}

pub(crate) fn read_readiness(data: &Value) -> Option<Readiness> {
    let yes = |name: &str| field(data, name).map(|text| text.eq_ignore_ascii_case("yes"));
    Some(Readiness {
        ready: yes("systemready")?,
        needs_setup: yes("needsetup").unwrap_or(false),
        uptime: data
            .get("uptime")
            .and_then(number)
            .and_then(|seconds| u64::try_from(seconds).ok())
            .map(Duration::from_secs),
        boot_id: field(data, "bootid"),
    })
}
