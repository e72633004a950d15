//! SSDP (UPnP Device Architecture): `urn:axis-com:service:BasicService:1` (VPX-18). Pure.
use super::announcement::{
    Announcement, Description, LONGEST_DATAGRAM, can_be_at, serial_number_in, socket_address,
};
use super::types::{Service, Sighting, Source, Way, known};
use super::xml;
use crate::vapix::{SerialNumber, Transport};
use std::net::{Ipv4Addr, SocketAddr};
use url::Url;

pub(super) const GROUP: Ipv4Addr = Ipv4Addr::new(239, 255, 255, 250);
pub(super) const PORT: u16 = 1900;
const TARGET: &str = "urn:axis-com:service:BasicService:1";
/// Within so many seconds devices answer, each at a moment of its own.
const LONGEST_DELAY: u8 = 2;
const MOST_HEADERS: usize = 64;
/// What a device's name ends with behind this is its serial number.
const BASIC_DEVICE: &str = "Upnp-BasicDevice-1_0-";

/// Asks who is there.
pub(super) fn question(target: SocketAddr) -> Vec<u8> {
    format!(
        "M-SEARCH * HTTP/1.1\r\nHOST: {target}\r\nMAN: \"ssdp:discover\"\r\nMX: {LONGEST_DELAY}\r\nST: {TARGET}\r\n\
         USER-AGENT: Flotilla/{} UPnP/1.1\r\n\r\n",
        env!("CARGO_PKG_VERSION")
    )
    .into_bytes()
}

/// What an answer announces.
pub(super) fn read(datagram: &[u8], from: SocketAddr) -> Option<Announcement> {
    if datagram.len() > LONGEST_DATAGRAM {
        return None;
    }
    let text = String::from_utf8_lossy(datagram);
    let mut lines = text.lines();
    let status = lines.next()?;
    let mut parts = status.split_ascii_whitespace();
    if !parts.next()?.starts_with("HTTP/1.") || parts.next()? != "200" {
        return None;
    }
    let headers: Vec<(&str, &str)> = lines
        .take(MOST_HEADERS)
        .take_while(|line| !line.trim().is_empty())
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.trim(), value.trim()))
        .collect();
    let header = |name: &str| {
        let found = headers.iter().find(|(one, _)| one.eq_ignore_ascii_case(name));
        found.map_or("", |(_, value)| value)
    };
    let unique = header("USN");
    if !header("ST").eq_ignore_ascii_case(TARGET) && !unique.ends_with(TARGET) {
        return None;
    }
    let mut sighting = Sighting::new(Way::Ssdp, from.ip());
    sighting.serial_number = serial_number_of(unique);
    let location = Url::parse(header("LOCATION")).ok();
    let description = location
        .as_ref()
        .filter(|url| url.scheme() == "http")
        .and_then(|url| {
            let address = socket_address(url).filter(|address| address.ip() == from.ip())?;
            Some(Description {
                address,
                path: url.path().to_string(),
            })
        });
    can_be_at(from.ip(), from.ip()).then_some(Announcement {
        sighting,
        description,
    })
}

fn serial_number_of(unique: &str) -> Option<SerialNumber> {
    let behind = unique.split_once(BASIC_DEVICE).map(|(_, rest)| rest);
    let digits = behind.and_then(|rest| rest.split(':').next());
    digits
        .and_then(SerialNumber::parse)
        .or_else(|| serial_number_in(unique))
}

/// What a device's description says; none where it is none.
pub(super) fn read_description(body: &[u8], at: &Description) -> Option<Sighting> {
    let root = xml::read(body)?;
    let device = root.child("device")?;
    let mut sighting = Sighting::new(Way::Ssdp, at.address.ip());
    sighting.serial_number = SerialNumber::parse(device.text_of("serialNumber"))
        .or_else(|| serial_number_of(device.text_of("UDN")));
    let fact = |name: &str| known(Source::Ssdp, device.text_of(name));
    sighting.facts.name = fact("friendlyName");
    sighting.facts.model = fact("modelName");
    sighting.facts.product_number = fact("modelNumber");
    sighting.facts.brand = fact("manufacturer");
    if let Ok(pages) = Url::parse(device.text_of("presentationURL"))
        && let Some(address) = socket_address(&pages).filter(|address| address.ip() == at.address.ip())
    {
        let transport = match pages.scheme() {
            "https" => Transport::Https,
            _ => Transport::Http,
        };
        sighting.services.insert(Service { address, transport });
    }
    Some(sighting)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub(in super::super) const ANSWER: &[u8] = b"HTTP/1.1 200 OK\r\nCACHE-CONTROL: max-age=1800\r\nEXT:\r\n\
        Location:http://10.0.0.5:49154/rootdesc1.xml\r\nSERVER: Linux/5, UPnP/1.0\r\nST: urn:axis-com:service:BasicService:1\r\n\
        USN: uuid:Upnp-BasicDevice-1_0-ACCC8EF7DE6B::urn:axis-com:service:BasicService:1\r\n\r\n";
    pub(in super::super) const DESCRIPTION: &[u8] = br#"<?xml version="1.0"?><root xmlns="urn:schemas-upnp-org:device-1-0"><device>
        <friendlyName>AXIS P3265-LVE &#8211; ACCC8EF7DE6B</friendlyName><manufacturer>AXIS</manufacturer><modelName>AXIS P3265-LVE</modelName>
        <modelNumber>P3265-LVE</modelNumber><serialNumber>ACCC8EF7DE6B</serialNumber><presentationURL>http://10.0.0.5:80/</presentationURL></device></root>"#;

    fn from(last: u8) -> SocketAddr {
        SocketAddr::from(([10, 0, 0, last], 1900))
    }

    /// VPX-18, VPX-09; a description is only looked for at the machine that announced it.
    #[test]
    fn answers() {
        let read_one = read(ANSWER, from(5)).expect("an answer");
        assert_eq!(
            read_one.sighting.serial_number,
            SerialNumber::parse("ACCC8EF7DE6B")
        );
        let place = read_one.description.expect("a place");
        assert_eq!(
            (place.address.port(), place.path.as_str()),
            (49154, "/rootdesc1.xml")
        );
        assert_eq!(read(ANSWER, from(6)).expect("an answer").description, None);
        let text = String::from_utf8_lossy(ANSWER);
        assert_eq!(read(text.replace("200 OK", "404 X").as_bytes(), from(5)), None);
        assert_eq!(
            read(text.replace("axis-com", "example").as_bytes(), from(5)),
            None
        );
        let other = text.replace(
            "Upnp-BasicDevice-1_0-ACCC8EF7DE6B",
            "550e8400-e29b-41d4-a716-446655440000",
        );
        let other = read(other.as_bytes(), from(5)).expect("an answer");
        assert_eq!(
            other.sighting.serial_number, None,
            "twelve digits may be anything"
        );
        let asked = String::from_utf8(question(from(9))).expect("text");
        assert!(
            asked.starts_with("M-SEARCH * HTTP/1.1\r\nHOST: 10.0.0.9:1900\r\n")
                && asked.ends_with("\r\n\r\n")
        );
    }

    /// VPX-18
    #[test]
    fn a_description() {
        let place = read(ANSWER, from(5))
            .and_then(|one| one.description)
            .expect("a place");
        let said = read_description(DESCRIPTION, &place).expect("a description");
        assert_eq!(said.facts.model, known(Source::Ssdp, "AXIS P3265-LVE"));
        assert_eq!(
            said.facts.name,
            known(Source::Ssdp, "AXIS P3265-LVE – ACCC8EF7DE6B")
        );
        assert_eq!(said.services.len(), 1);
        assert_eq!(read_description(b"<html/>", &place), None);
    }
}
