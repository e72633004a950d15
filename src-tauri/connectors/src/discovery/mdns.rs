//! Multicast DNS (RFC 6762) and services in it (RFC 6763): `_axis-video._tcp.local` (VPX-18). Pure.
use super::announcement::{Announcement, LONGEST_DATAGRAM, can_be_at, serial_number_in};
use super::types::{Service, Sighting, Source, Way, known};
use crate::vapix::{SerialNumber, Transport};
use simple_dns::rdata::{PTR, RData};
use simple_dns::{CLASS, Label, Name, Packet, PacketFlag, QCLASS, QTYPE, Question, ResourceRecord, TYPE};
use std::collections::{BTreeMap, BTreeSet};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

pub(super) const GROUP: Ipv4Addr = Ipv4Addr::new(224, 0, 0, 251);
pub(super) const PORT: u16 = 5353;
const SERVICE: &str = "_axis-video._tcp.local";
/// An answer to a question from an ordinary port repeats its number.
const NUMBER: u16 = 0x464C;
/// The smallest record and the smallest question have so many bytes.
const SMALLEST_RECORD: usize = 11;
const SMALLEST_QUESTION: usize = 5;
/// Most addresses that are believed of one host.
const MOST_ADDRESSES: usize = 8;
/// What fits into an Ethernet frame.
const LONGEST_QUESTION: usize = 1200;
/// A record that is known need not be said again as long as half of this is left (RFC 6762, 7.1).
const LIFETIME: u32 = 4500;

/// The first label of an instance: its name, as the device writes it.
pub(super) type Instance = Vec<u8>;

/// Asks who is there. Those of `known` that fit need not answer again (RFC 6762, 7.1).
pub(super) fn question(known: &BTreeSet<Instance>) -> Vec<u8> {
    let service = Name::new_unchecked(SERVICE);
    let mut packet = Packet::new_query(NUMBER);
    packet.questions.push(Question::new(
        service.clone(),
        QTYPE::TYPE(TYPE::PTR),
        QCLASS::CLASS(CLASS::IN),
        false,
    ));
    let mut length = 64;
    for instance in known {
        length += instance.len() + 20;
        let Ok(label) = Label::new(instance.as_slice()) else {
            continue;
        };
        if length > LONGEST_QUESTION {
            break;
        }
        let labels: Vec<Label<'_>> = std::iter::once(label)
            .chain(service.get_labels().iter().cloned())
            .collect();
        let answer = RData::PTR(PTR(Name::new_with_labels(&labels)));
        packet
            .answers
            .push(ResourceRecord::new(service.clone(), CLASS::IN, LIFETIME, answer));
    }
    packet.build_bytes_vec_compressed().unwrap_or_default()
}

/// Whether it is a question for our service, such as our own.
pub(super) fn is_question(datagram: &[u8]) -> bool {
    parse(datagram).is_some_and(|packet| {
        !packet.has_flags(PacketFlag::RESPONSE)
            && packet.questions.iter().any(|one| folded(&one.qname) == SERVICE)
    })
}

#[derive(Default)]
struct Said {
    label: Instance,
    port: Option<u16>,
    host: Option<String>,
    serial_number: Option<SerialNumber>,
}

/// What an answer announces, and the instances of which everything was said. An instance without an address is where the
/// answer came from.
pub(super) fn read(datagram: &[u8], from: SocketAddr) -> (Vec<Announcement>, Vec<Instance>) {
    let Some(packet) = parse(datagram).filter(|packet| packet.has_flags(PacketFlag::RESPONSE)) else {
        return (Vec::new(), Vec::new());
    };
    let mut instances: BTreeMap<String, Said> = BTreeMap::new();
    let mut hosts: BTreeMap<String, BTreeSet<IpAddr>> = BTreeMap::new();
    let records = packet.answers.iter().chain(&packet.additional_records);
    for record in records.filter(|record| record.ttl > 0) {
        let owner = folded(&record.name);
        let place = match &record.rdata {
            RData::A(address) => Some(IpAddr::V4(Ipv4Addr::from(address.address))),
            RData::AAAA(address) => Some(IpAddr::V6(Ipv6Addr::from(address.address))),
            _ => None,
        };
        if let Some(address) = place {
            let addresses = hosts.entry(owner).or_default();
            if addresses.len() < MOST_ADDRESSES && can_be_at(address, from.ip()) {
                addresses.insert(address);
            }
            continue;
        }
        let name = match &record.rdata {
            RData::PTR(instance) if owner == SERVICE => &instance.0,
            _ => &record.name,
        };
        let Some(said) = instance_of(name, &mut instances) else {
            continue;
        };
        match &record.rdata {
            RData::SRV(service) => {
                said.port = Some(service.port).filter(|port| *port != 0);
                said.host = Some(folded(&service.target));
            }
            RData::TXT(text) => {
                said.serial_number = text
                    .iter_raw()
                    .filter(|(key, _)| key.eq_ignore_ascii_case(b"macaddress"))
                    .find_map(|(_, value)| SerialNumber::parse(std::str::from_utf8(value?).ok()?));
            }
            _ => {}
        }
    }
    let complete = |said: &&Said| said.port.is_some() && said.serial_number.is_some();
    let known = instances
        .values()
        .filter(complete)
        .map(|said| said.label.clone())
        .collect();
    let announcements = instances
        .into_values()
        .flat_map(|said| announced(&said, &hosts, from))
        .collect();
    (announcements, known)
}

fn announced(said: &Said, hosts: &BTreeMap<String, BTreeSet<IpAddr>>, from: SocketAddr) -> Vec<Announcement> {
    let name = String::from_utf8_lossy(&said.label).into_owned();
    let addresses = said
        .host
        .as_ref()
        .and_then(|host| hosts.get(host))
        .filter(|addresses| !addresses.is_empty());
    let addresses = addresses.cloned().unwrap_or_else(|| BTreeSet::from([from.ip()]));
    let sighting = |address: IpAddr| {
        let mut sighting = Sighting::new(Way::Mdns, address);
        sighting.serial_number = said.serial_number.clone().or_else(|| serial_number_in(&name));
        sighting.facts.name = known(Source::Mdns, &name);
        // The port that is announced is the one of the pages in clear.
        sighting.services.extend(said.port.map(|port| Service {
            address: SocketAddr::new(address, port),
            transport: Transport::Http,
        }));
        Announcement::plain(sighting)
    };
    addresses.into_iter().map(sighting).collect()
}

/// The instance that a name is of; none where it is of another service.
fn instance_of<'said>(
    name: &Name<'_>,
    instances: &'said mut BTreeMap<String, Said>,
) -> Option<&'said mut Said> {
    let (label, service) = name.get_labels().split_first()?;
    if folded(&Name::new_with_labels(service)) != SERVICE {
        return None;
    }
    let said = instances.entry(folded(name)).or_default();
    if said.label.is_empty() {
        said.label = label.as_ref().to_vec();
    }
    Some(said)
}

fn folded(name: &Name<'_>) -> String {
    name.to_string().to_ascii_lowercase()
}

/// Memory is set aside for as many records as the head promises: not for more than can be in it.
fn parse(datagram: &[u8]) -> Option<Packet<'_>> {
    let head = datagram.get(..12)?;
    let count = |at: usize| usize::from(u16::from_be_bytes([head[at], head[at + 1]]));
    let records = count(6) + count(8) + count(10);
    let needed = 12 + count(4) * SMALLEST_QUESTION + records * SMALLEST_RECORD;
    if datagram.len() > LONGEST_DATAGRAM || needed > datagram.len() {
        return None;
    }
    Packet::parse(datagram).ok()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use simple_dns::rdata::{A, SRV, TXT};

    /// An answer as a device sends it.
    pub(in super::super) fn sample() -> Vec<u8> {
        let service = Name::new_unchecked(SERVICE);
        let instance = Name::new_unchecked("AXIS P3265-LVE - ACCC8EF7DE6B._axis-video._tcp.local");
        let host = Name::new_unchecked("axis-accc8ef7de6b.local");
        let record = |name: &Name<'static>, data| ResourceRecord::new(name.clone(), CLASS::IN, 120, data);
        let text = TXT::new().with_string("macaddress=ACCC8EF7DE6B").expect("a text");
        let place = SRV {
            priority: 0,
            weight: 0,
            port: 80,
            target: host.clone(),
        };
        let address = A {
            address: u32::from(Ipv4Addr::new(10, 0, 0, 5)),
        };
        let mut packet = Packet::new_reply(0);
        packet
            .answers
            .push(record(&service, RData::PTR(PTR(instance.clone()))));
        packet
            .additional_records
            .push(record(&instance, RData::SRV(place)));
        packet
            .additional_records
            .push(record(&instance, RData::TXT(text)));
        packet.additional_records.push(record(&host, RData::A(address)));
        packet.build_bytes_vec_compressed().expect("a packet")
    }

    fn from() -> SocketAddr {
        SocketAddr::from(([10, 0, 0, 77], 5353))
    }

    /// VPX-18, VPX-09
    #[test]
    fn an_answer() {
        let (announcements, known) = read(&sample(), from());
        assert_eq!(announcements.len(), 1, "{announcements:?}");
        let sighting = &announcements[0].sighting;
        assert_eq!(sighting.serial_number, SerialNumber::parse("ACCC8EF7DE6B"));
        assert_eq!(sighting.address, IpAddr::from([10, 0, 0, 5]));
        let service = Service {
            address: SocketAddr::from(([10, 0, 0, 5], 80)),
            transport: Transport::Http,
        };
        assert_eq!(sighting.services, BTreeSet::from([service]));
        assert_eq!(known, [b"AXIS P3265-LVE - ACCC8EF7DE6B".to_vec()]);
        let again = question(&known.into_iter().collect());
        let parsed = parse(&again).expect("a question");
        assert_eq!((parsed.questions.len(), parsed.answers.len()), (1, 1));
        assert!(is_question(&again) && is_question(&question(&BTreeSet::new())) && !is_question(&sample()));
    }

    /// Only where it came from is known: that is where it is.
    #[test]
    fn an_answer_without_an_address() {
        let sample = sample();
        let mut packet = parse(&sample).expect("a packet");
        packet.additional_records.clear();
        let bytes = packet.build_bytes_vec().expect("a packet");
        let (announcements, known) = read(&bytes, from());
        assert_eq!(announcements[0].sighting.address, from().ip());
        assert!(announcements[0].sighting.serial_number.is_some(), "from its name");
        assert_eq!(known, Vec::<Instance>::new(), "not everything was said");
    }

    /// SEC-04: a head that promises more than there is, and pointers that lead to themselves.
    #[test]
    fn what_is_broken_is_refused() {
        assert!(parse(&[0, 0, 0x84, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]).is_none());
        let circle = [
            0, 0, 0x84, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0xc0, 12, 0, 12, 0, 1, 0, 0, 0, 9, 0, 2, 0xc0, 12,
        ];
        assert!(parse(&circle).is_none());
        let mut other = sample();
        other[2] = 0;
        assert!(read(&other, from()).0.is_empty(), "a question is no answer");
    }
}
