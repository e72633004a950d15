//! mDNS (RFC 6762, RFC 6763) as devices answer it: `_axis-video._tcp.local`, TXT `macaddress` (VPX-18).
use super::announced::Announced;
use simple_dns::rdata::{A, PTR, RData, SRV, TXT};
use simple_dns::{
    CLASS, CharacterString, Label, Name, Packet, PacketFlag, QTYPE, Question, ResourceRecord, TYPE,
};
use std::net::{Ipv4Addr, SocketAddr};

pub(super) const GROUP: Ipv4Addr = Ipv4Addr::new(224, 0, 0, 251);
const SERVICE: &str = "_axis-video._tcp.local";
const ALL_SERVICES: &str = "_services._dns-sd._udp.local";
const LIFETIME: u32 = 120;
/// What is answered to an ordinary port is remembered at most so long (RFC 6762, 6.7).
const SHORT_LIFETIME: u32 = 10;

/// A question, taken apart.
pub(super) struct Asked<'datagram> {
    packet: Packet<'datagram>,
    /// From an ordinary port: whoever asks knows nothing of mDNS (RFC 6762, 6.7).
    one_shot: bool,
}

/// A question; none where it is something else.
pub(super) fn read(datagram: &[u8], from: SocketAddr, port: u16) -> Option<Asked<'_>> {
    let packet = Packet::parse(datagram).ok()?;
    let is_question = !packet.has_flags(PacketFlag::RESPONSE) && !packet.questions.is_empty();
    is_question.then_some(Asked {
        packet,
        one_shot: from.port() != port,
    })
}

impl Asked<'_> {
    /// Whether the answer goes to whoever asked alone.
    pub(super) fn wants_it_alone(&self) -> bool {
        self.one_shot || self.packet.questions.iter().all(|one| one.unicast_response)
    }

    /// What that device answers; none where it is not asked for, or its answer is known already (RFC 6762, 7.1).
    pub(super) fn answer(&self, device: &Announced) -> Option<Vec<u8>> {
        let service = Name::new_unchecked(SERVICE);
        let label = Label::new(device.name.as_bytes()).ok()?;
        let labels: Vec<Label<'_>> = std::iter::once(label)
            .chain(service.get_labels().iter().cloned())
            .collect();
        let instance = Name::new_with_labels(&labels);
        let host_text = format!("axis-{}.local", device.serial_number.to_ascii_lowercase());
        let host = Name::new(&host_text).ok()?;
        let all = Name::new_unchecked(ALL_SERVICES);
        let is = |question: &Question<'_>, name: &Name<'_>, kind: TYPE| {
            let fits = matches!(question.qtype, QTYPE::ANY)
                || matches!(question.qtype, QTYPE::TYPE(one) if one == kind);
            fits && folded(&question.qname) == folded(name)
        };
        let asked = |name: &Name<'_>, kind: TYPE| self.packet.questions.iter().any(|one| is(one, name, kind));
        let lists = asked(&all, TYPE::PTR);
        let names = asked(&service, TYPE::PTR) && !self.is_known(&instance);
        let details = asked(&instance, TYPE::SRV) || asked(&instance, TYPE::TXT) || asked(&host, TYPE::A);
        if !lists && !names && !details {
            return None;
        }
        let lifetime = if self.one_shot { SHORT_LIFETIME } else { LIFETIME };
        let record = |name: &Name<'_>, data: RData<'static>, own: bool| {
            ResourceRecord::new(name.clone().into_owned(), CLASS::IN, lifetime, data)
                .with_cache_flush(own && !self.one_shot)
        };
        let mut packet = Packet::new_reply(if self.one_shot { self.packet.id() } else { 0 });
        packet.set_flags(PacketFlag::AUTHORITATIVE_ANSWER);
        if self.one_shot {
            packet.questions = self.packet.questions.clone();
        }
        if lists {
            let pointer = RData::PTR(PTR(service.clone()));
            packet.answers.push(record(&all, pointer, false));
        }
        if names {
            let pointer = RData::PTR(PTR(instance.clone().into_owned()));
            packet.answers.push(record(&service, pointer, false));
        }
        let place = RData::SRV(SRV {
            priority: 0,
            weight: 0,
            port: device.http.unwrap_or(device.https),
            target: host.clone().into_owned(),
        });
        let address = RData::A(A {
            address: u32::from(device.address),
        });
        let rest = [
            record(&instance, place, true),
            record(&instance, RData::TXT(text(device)?), true),
            record(&host, address, true),
        ];
        if details {
            packet.answers.extend(rest);
        } else {
            packet.additional_records.extend(rest);
        }
        packet.build_bytes_vec_compressed().ok()
    }

    fn is_known(&self, instance: &Name<'_>) -> bool {
        let known = self.packet.answers.iter().filter(|one| one.ttl >= LIFETIME / 2);
        known
            .filter_map(|one| match &one.rdata {
                RData::PTR(pointer) => Some(folded(&pointer.0)),
                _ => None,
            })
            .any(|name| name == folded(instance))
    }
}

fn text(device: &Announced) -> Option<TXT<'static>> {
    let line = |text: &str| {
        CharacterString::new(text.as_bytes())
            .ok()
            .map(CharacterString::into_owned)
    };
    let mut record = TXT::new();
    if device.odd {
        // A key without a value, one that is no text, capitals, and separators.
        record.add_char_string(line("ready")?);
        record.add_char_string(CharacterString::new(&[0xff, b'=', 0x80]).ok()?.into_owned());
        record.add_char_string(line(&format!("MacAddress={}", device.mac_address()))?);
    } else {
        record.add_char_string(line(&format!("macaddress={}", device.serial_number))?);
    }
    Some(record)
}

fn folded(name: &Name<'_>) -> String {
    name.to_string().to_ascii_lowercase()
}
