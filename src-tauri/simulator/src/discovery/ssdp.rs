//! SSDP (UPnP Device Architecture) as devices answer it: `urn:axis-com:service:BasicService:1` (VPX-18).
use super::announced::Announced;
use crate::MARK;
use crate::description::DESCRIPTION;
use std::net::Ipv4Addr;
use std::time::Duration;

pub(super) const GROUP: Ipv4Addr = Ipv4Addr::new(239, 255, 255, 250);
const TARGET: &str = "urn:axis-com:service:BasicService:1";
const LONGEST_DELAY: u64 = 5;

/// A question, taken apart.
pub(super) struct Asked {
    target: String,
    /// Within which time devices answer.
    pub(super) delay: Duration,
}

/// A question for our service, or for all; none where it is something else.
pub(super) fn read(datagram: &[u8]) -> Option<Asked> {
    let text = std::str::from_utf8(datagram).ok()?;
    let mut lines = text.lines();
    if !lines.next()?.starts_with("M-SEARCH * HTTP/1.1") {
        return None;
    }
    let headers: Vec<(&str, &str)> = lines.filter_map(|line| line.split_once(':')).collect();
    let header = |wanted: &str| {
        let found = headers
            .iter()
            .find(|(name, _)| name.trim().eq_ignore_ascii_case(wanted));
        found.map_or("", |(_, value)| value.trim())
    };
    let target = header("ST");
    let is_ours = header("MAN") == "\"ssdp:discover\"" && (target == TARGET || target == "ssdp:all");
    let seconds: u64 = header("MX").parse().unwrap_or(1);
    is_ours.then(|| Asked {
        target: TARGET.to_string(),
        delay: Duration::from_secs(seconds.min(LONGEST_DELAY)),
    })
}

impl Asked {
    /// What that device answers.
    pub(super) fn answer(&self, device: &Announced) -> Vec<u8> {
        let target = &self.target;
        let unique = format!("uuid:Upnp-BasicDevice-1_0-{}::{target}", device.serial_number);
        // Where it does not speak in clear there is nothing to be read: the location is the one it would be.
        let place = format!(
            "http://{}:{}{DESCRIPTION}",
            device.address,
            device.http.unwrap_or(80)
        );
        if device.odd {
            return format!(
                "HTTP/1.1 200 OK\nusn:{unique}\nst:   {target}  \nExt:\nX-No-Colon\nLoCaTiOn:{place}\n\n"
            )
            .into_bytes();
        }
        format!(
            "HTTP/1.1 200 OK\r\nCACHE-CONTROL: max-age=1800\r\nEXT:\r\nLOCATION: {place}\r\n\
             SERVER: Linux/5.4 UPnP/1.0 {MARK}/1.0\r\nST: {target}\r\nUSN: {unique}\r\n\r\n"
        )
        .into_bytes()
    }
}
