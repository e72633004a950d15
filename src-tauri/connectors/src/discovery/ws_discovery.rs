//! WS-Discovery, as ONVIF devices speak it: `NetworkVideoTransmitter` (VPX-18). Pure.
use super::announcement::{Announcement, LONGEST_DATAGRAM, can_be_at, serial_number_in, socket_address};
use super::types::{Service, Sighting, Source, Way, known};
use super::xml::{self, Element};
use crate::vapix::{SerialNumber, Transport};
use percent_encoding::percent_decode_str;
use std::collections::BTreeSet;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use url::Url;
use uuid::Uuid;

pub(super) const GROUP: Ipv4Addr = Ipv4Addr::new(239, 255, 255, 250);
pub(super) const PORT: u16 = 3702;
const TYPE: &str = "NetworkVideoTransmitter";
const SCOPE: &str = "onvif://www.onvif.org/";
/// Most devices that one answer announces, and parts of a list in it.
const MOST_MATCHES: usize = 64;
const MOST_PARTS: usize = 64;

/// Asks who is there. Repeated under the same number it is the same question.
pub(super) fn question(number: Uuid) -> Vec<u8> {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\
         <e:Envelope xmlns:e=\"http://www.w3.org/2003/05/soap-envelope\" \
         xmlns:a=\"http://schemas.xmlsoap.org/ws/2004/08/addressing\" \
         xmlns:d=\"http://schemas.xmlsoap.org/ws/2005/04/discovery\" \
         xmlns:dn=\"http://www.onvif.org/ver10/network/wsdl\">\
         <e:Header><a:Action e:mustUnderstand=\"1\">http://schemas.xmlsoap.org/ws/2005/04/discovery/Probe</a:Action>\
         <a:MessageID>urn:uuid:{number}</a:MessageID>\
         <a:ReplyTo><a:Address>http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous</a:Address></a:ReplyTo>\
         <a:To e:mustUnderstand=\"1\">urn:schemas-xmlsoap-org:ws:2005:04:discovery</a:To></e:Header>\
         <e:Body><d:Probe><d:Types>dn:{TYPE}</d:Types></d:Probe></e:Body></e:Envelope>"
    )
    .into_bytes()
}

/// What an answer announces: each device at each address that it names, or else where the answer came from.
pub(super) fn read(datagram: &[u8], from: SocketAddr) -> Vec<Announcement> {
    if datagram.len() > LONGEST_DATAGRAM {
        return Vec::new();
    }
    let Some(root) = xml::read(datagram) else {
        return Vec::new();
    };
    let matches = root.child("Body").and_then(|body| body.child("ProbeMatches"));
    let matches = matches
        .into_iter()
        .flat_map(|matches| matches.children("ProbeMatch"));
    matches
        .take(MOST_MATCHES)
        .flat_map(|one| announced(one, from))
        .collect()
}

fn announced(one: &Element, from: SocketAddr) -> Vec<Announcement> {
    let parts = |name: &str| one.text_of(name).split_ascii_whitespace().take(MOST_PARTS);
    let is_ours = parts("Types").any(|name| name.rsplit(':').next() == Some(TYPE));
    if !is_ours {
        return Vec::new();
    }
    let mut described = Sighting::new(Way::WsDiscovery, from.ip());
    for scope in parts("Scopes") {
        let Some(inside) = scope.get(SCOPE.len()..).filter(|_| scope.starts_with(SCOPE)) else {
            continue;
        };
        let (key, value) = inside.split_once('/').unwrap_or((inside, ""));
        let value = percent_decode_str(value).decode_utf8_lossy();
        match key {
            "name" => described.facts.name = known(Source::WsDiscovery, &value),
            "hardware" => {
                described.facts.hardware_id = known(Source::WsDiscovery, &value);
                described.facts.model = known(Source::WsDiscovery, &value);
            }
            "MAC" | "mac" => described.serial_number = SerialNumber::parse(&value),
            _ => {}
        }
    }
    let reference = one
        .child("EndpointReference")
        .map_or("", |place| place.text_of("Address"));
    described.serial_number = described.serial_number.or_else(|| serial_number_in(reference));
    let services: BTreeSet<Service> = parts("XAddrs").filter_map(service).collect();
    let services: BTreeSet<Service> = services
        .into_iter()
        .filter(|service| can_be_at(service.address.ip(), from.ip()))
        .collect();
    let mut addresses: BTreeSet<IpAddr> = services.iter().map(|service| service.address.ip()).collect();
    if addresses.is_empty() {
        addresses.insert(from.ip());
    }
    let sighting = |address: IpAddr| {
        let here = services.iter().filter(|service| service.address.ip() == address);
        Announcement::plain(Sighting {
            address,
            services: here.copied().collect(),
            ..described.clone()
        })
    };
    addresses.into_iter().map(sighting).collect()
}

fn service(text: &str) -> Option<Service> {
    let url = Url::parse(text).ok()?;
    let transport = match url.scheme() {
        "https" => Transport::Https,
        "http" => Transport::Http,
        _ => return None,
    };
    let address = socket_address(&url)?;
    Some(Service { address, transport })
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub(in super::super) const ANSWER: &[u8] = br#"<?xml version="1.0" encoding="UTF-8"?>
<SOAP-ENV:Envelope xmlns:SOAP-ENV="http://www.w3.org/2003/05/soap-envelope" xmlns:wsa="http://schemas.xmlsoap.org/ws/2004/08/addressing"
 xmlns:d="http://schemas.xmlsoap.org/ws/2005/04/discovery" xmlns:dn="http://www.onvif.org/ver10/network/wsdl"><SOAP-ENV:Body><d:ProbeMatches>
<d:ProbeMatch><wsa:EndpointReference><wsa:Address>urn:uuid:00000000-0000-1000-8000-accc8ef7de6b</wsa:Address></wsa:EndpointReference>
<d:Types>dn:NetworkVideoTransmitter tds:Device</d:Types><d:Scopes>onvif://www.onvif.org/type/video_encoder
 onvif://www.onvif.org/hardware/P3265-LVE onvif://www.onvif.org/name/AXIS%20P3265-LVE</d:Scopes>
<d:XAddrs>http://10.0.0.5/onvif/device_service https://10.0.0.5/onvif/device_service http://[fe80::1]/x http://169.254.7.7/y</d:XAddrs>
<d:MetadataVersion>1</d:MetadataVersion></d:ProbeMatch></d:ProbeMatches></SOAP-ENV:Body></SOAP-ENV:Envelope>"#;

    /// VPX-18, VPX-09
    #[test]
    fn answers() {
        let from = SocketAddr::from(([10, 0, 0, 5], 3702));
        let announced = read(ANSWER, from);
        let addresses: Vec<IpAddr> = announced.iter().map(|one| one.sighting.address).collect();
        assert_eq!(
            addresses,
            [IpAddr::from([10, 0, 0, 5]), IpAddr::from([169, 254, 7, 7])]
        );
        let first = &announced[0].sighting;
        assert_eq!(first.serial_number, SerialNumber::parse("ACCC8EF7DE6B"));
        assert_eq!(first.services.len(), 2);
        assert_eq!(first.facts.name, known(Source::WsDiscovery, "AXIS P3265-LVE"));
        assert_eq!(first.facts.hardware_id, known(Source::WsDiscovery, "P3265-LVE"));
        let printer = String::from_utf8_lossy(ANSWER).replace("NetworkVideoTransmitter", "PrintDeviceType");
        assert_eq!(read(printer.as_bytes(), from), []);
        assert_eq!(read(&question(Uuid::nil()), from), [], "a question is no answer");
        assert!(xml::read(&question(Uuid::nil())).is_some_and(|root| root.child("Body").is_some()));
    }
}
