//! SEC-04: what anybody on the network can send, fuzzed (see `crate::fuzz`).
use super::announcement::{Announcement, Description, can_be_at};
use super::merge::Devices;
use super::types::Way;
use super::{mdns, ssdp, ws_discovery, xml};
use crate::fuzz::{MOMENT, altered};
use bolero::check;
use std::collections::BTreeSet;
use std::net::SocketAddr;

fn from() -> SocketAddr {
    SocketAddr::from(([10, 0, 0, 5], 5353))
}

/// What holds of every announcement, whoever made it.
fn is_sound(way: Way, announcements: Vec<Announcement>) {
    let mut devices = Devices::default();
    for announcement in announcements {
        let sighting = announcement.sighting;
        assert_eq!(sighting.way, way);
        assert!(can_be_at(sighting.address, from().ip()), "{sighting:?}");
        for service in &sighting.services {
            assert_eq!(service.address.ip(), sighting.address);
            assert_ne!(service.address.port(), 0);
        }
        let facts = &sighting.facts;
        for known in [&facts.name, &facts.model, &facts.brand, &facts.hardware_id]
            .into_iter()
            .flatten()
        {
            assert!(!known.value.chars().any(char::is_control) && known.value.chars().count() <= 256);
        }
        if let Some(description) = &announcement.description {
            assert_eq!(description.address.ip(), from().ip(), "nobody is sent elsewhere");
        }
        devices.add(sighting.clone()).expect("few");
        assert!(devices.add(sighting).expect("few").is_empty());
    }
}

/// VPX-18: an answer of mDNS, and the question that follows from it.
#[test]
fn mdns_answers() {
    let sample = mdns::tests::sample();
    check!().with_test_time(MOMENT).for_each(|input: &[u8]| {
        let datagram = altered(&[&sample], input);
        let _ = mdns::is_question(&datagram);
        let (announcements, known) = mdns::read(&datagram, from());
        is_sound(Way::Mdns, announcements);
        let question = mdns::question(&known.into_iter().collect::<BTreeSet<_>>());
        assert!(mdns::is_question(&question) && question.len() < 1500);
    });
}

/// VPX-18: an answer of SSDP, and the description that it leads to.
#[test]
fn ssdp_answers() {
    check!().with_test_time(MOMENT).for_each(|input: &[u8]| {
        let datagram = altered(&[ssdp::tests::ANSWER], input);
        is_sound(Way::Ssdp, ssdp::read(&datagram, from()).into_iter().collect());
        let place = Description {
            address: from(),
            path: "/".to_string(),
        };
        let said = ssdp::read_description(&altered(&[ssdp::tests::DESCRIPTION], input), &place);
        is_sound(Way::Ssdp, said.map(Announcement::plain).into_iter().collect());
    });
}

/// VPX-18: an answer of WS-Discovery.
#[test]
fn ws_discovery_answers() {
    check!().with_test_time(MOMENT).for_each(|input: &[u8]| {
        let datagram = altered(&[ws_discovery::tests::ANSWER], input);
        is_sound(Way::WsDiscovery, ws_discovery::read(&datagram, from()));
        let _ = xml::read(&datagram);
    });
}

/// DEV-01: ranges, as they are typed or pasted.
#[test]
fn ranges() {
    use super::ranges::{MOST_ADDRESSES, Ranges};
    check!().with_test_time(MOMENT).for_each(|input: &[u8]| {
        let text = altered(&["10.0.0.0/24, 10.0.1.5–10.0.1.9；192.168.0.1".as_bytes()], input);
        if let Ok(ranges) = String::from_utf8_lossy(&text).parse::<Ranges>() {
            assert!(ranges.len() <= MOST_ADDRESSES);
        }
    });
}
