//! WS-Discovery as ONVIF devices answer it (VPX-18).
use super::announced::Announced;
use crate::MARK;
use crate::listen::escape;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use quick_xml::Reader;
use quick_xml::events::Event;
use std::net::Ipv4Addr;
use std::time::Duration;

pub(super) const GROUP: Ipv4Addr = Ipv4Addr::new(239, 255, 255, 250);
/// `APP_MAX_DELAY`
pub(super) const DELAY: Duration = Duration::from_millis(500);
const LONGEST_NUMBER: usize = 256;
const TYPES: [&str; 2] = ["NetworkVideoTransmitter", "Device"];

/// A question, taken apart.
pub(super) struct Asked {
    /// Its message id.
    number: String,
}

/// A question for transmitters of video, or for anything; none where it is something else.
pub(super) fn read(datagram: &[u8]) -> Option<Asked> {
    let mut reader = Reader::from_str(std::str::from_utf8(datagram).ok()?.trim());
    let (mut within, mut number, mut types, mut is_probe) =
        (String::new(), String::new(), String::new(), false);
    loop {
        match reader.read_event().ok()? {
            Event::Start(start) => {
                within = start.local_name().as_ref().to_string();
                is_probe |= within == "Probe";
            }
            Event::End(_) => within.clear(),
            Event::Text(text) => match within.as_str() {
                "MessageID" => number.push_str(&text.xml10_content()),
                "Types" => types.push_str(&text.xml10_content()),
                _ => {}
            },
            Event::DocType(_) => return None,
            Event::Eof => break,
            _ => {}
        }
    }
    let number = number.trim();
    let fits = |name: &str| TYPES.contains(&name.rsplit(':').next().unwrap_or_default());
    let is_ours = is_probe && types.split_ascii_whitespace().all(fits);
    let usable = is_ours && !number.is_empty() && number.len() <= LONGEST_NUMBER;
    usable.then(|| Asked {
        number: number.to_string(),
    })
}

impl Asked {
    /// What that device answers; `count` makes its message id.
    pub(super) fn answer(&self, device: &Announced, count: u64) -> Vec<u8> {
        let encoded = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
        let scopes = [
            "onvif://www.onvif.org/type/video_encoder".to_string(),
            "onvif://www.onvif.org/Profile/Streaming".to_string(),
            format!("onvif://www.onvif.org/hardware/{}", encoded(device.model[0])),
            format!("onvif://www.onvif.org/name/{}", encoded(&device.name)),
            format!("onvif://www.onvif.org/location/{}", encoded(MARK)),
        ];
        let mut places = vec![format!(
            "https://{}:{}/onvif/device_service",
            device.address, device.https
        )];
        places.extend(
            device
                .http
                .map(|port| format!("http://{}:{port}/onvif/device_service", device.address)),
        );
        let (prefix, between) = if device.odd { ("wsdd", "\n\t ") } else { ("d", " ") };
        let scopes = escape(&scopes.join(between));
        let places = escape(&places.join(between));
        let related = escape(&self.number);
        let serial_number = device.serial_number.to_ascii_lowercase();
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
             <SOAP-ENV:Envelope xmlns:SOAP-ENV=\"http://www.w3.org/2003/05/soap-envelope\" \
             xmlns:wsa=\"http://schemas.xmlsoap.org/ws/2004/08/addressing\" \
             xmlns:{prefix}=\"http://schemas.xmlsoap.org/ws/2005/04/discovery\" \
             xmlns:dn=\"http://www.onvif.org/ver10/network/wsdl\" xmlns:tds=\"http://www.onvif.org/ver10/device/wsdl\">\
             <SOAP-ENV:Header><wsa:MessageID>urn:uuid:00000000-0000-4000-8000-{count:012x}</wsa:MessageID>\
             <wsa:RelatesTo>{related}</wsa:RelatesTo>\
             <wsa:To>http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous</wsa:To>\
             <wsa:Action>http://schemas.xmlsoap.org/ws/2005/04/discovery/ProbeMatches</wsa:Action>\
             <{prefix}:AppSequence InstanceId=\"1\" MessageNumber=\"{count}\"/></SOAP-ENV:Header>\
             <SOAP-ENV:Body><{prefix}:ProbeMatches><{prefix}:ProbeMatch><wsa:EndpointReference>\
             <wsa:Address>urn:uuid:00000000-0000-1000-8000-{serial_number}</wsa:Address></wsa:EndpointReference>\
             <{prefix}:Types>dn:NetworkVideoTransmitter tds:Device</{prefix}:Types>\
             <{prefix}:Scopes>{scopes}</{prefix}:Scopes><{prefix}:XAddrs>{places}</{prefix}:XAddrs>\
             <{prefix}:MetadataVersion>1</{prefix}:MetadataVersion>\
             </{prefix}:ProbeMatch></{prefix}:ProbeMatches></SOAP-ENV:Body></SOAP-ENV:Envelope>"
        )
        .into_bytes()
    }
}
