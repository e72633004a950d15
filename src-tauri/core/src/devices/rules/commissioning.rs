//! Which addresses and names devices are given (DEV-60). Pure.

use flotilla_connectors::vapix::{HostName, StaticAddress};
use flotilla_kernel::database::fold;
use std::collections::BTreeSet;
use std::net::Ipv4Addr;

/// A range has at most so many addresses.
pub const MOST_ADDRESSES: u32 = 4_096;

/// Addresses that may be given, as a person has written them down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AddressRange {
    first: Ipv4Addr,
    last: Ipv4Addr,
    prefix: u8,
    gateway: Option<Ipv4Addr>,
}

/// What is wrong with a range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RangeProblem {
    /// The first address is none, or none that a device can have in this network.
    First,
    /// The last address is none, comes before the first one, or is in another network.
    Last,
    /// The length of the network's prefix is not between 1 and 30.
    Prefix,
    /// The gateway is no address of this network.
    Gateway,
    /// There are more than [`MOST_ADDRESSES`].
    TooMany,
}

impl AddressRange {
    /// Reads a range.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn parse(first: &str, last: &str, prefix: u8, gateway: &str) -> Result<Self, RangeProblem> {
        if !(1..=30).contains(&prefix) {
            return Err(RangeProblem::Prefix);
        }
        let first: Ipv4Addr = first.trim().parse().map_err(|_| RangeProblem::First)?;
        let last: Ipv4Addr = last.trim().parse().map_err(|_| RangeProblem::Last)?;
        let gateway: Option<Ipv4Addr> = match gateway.trim() {
            "" => None,
            text => Some(text.parse().map_err(|_| RangeProblem::Gateway)?),
        };
        StaticAddress::new(first, prefix, None).map_err(|_| RangeProblem::First)?;
        StaticAddress::new(last, prefix, None).map_err(|_| RangeProblem::Last)?;
        let network = |address| network(address, prefix);
        if last < first || network(last) != network(first) {
            return Err(RangeProblem::Last);
        }
        if u32::from(last) - u32::from(first) >= MOST_ADDRESSES {
            return Err(RangeProblem::TooMany);
        }
        if let Some(gateway) = gateway
            && (network(gateway) != network(first) || StaticAddress::new(gateway, prefix, None).is_err())
        {
            return Err(RangeProblem::Gateway);
        }
        Ok(Self {
            first,
            last,
            prefix,
            gateway,
        })
    }

    /// Its addresses in their order, without the gateway.
    pub fn addresses(&self) -> impl Iterator<Item = Ipv4Addr> {
        let gateway = self.gateway;
        (u32::from(self.first)..=u32::from(self.last))
            .map(Ipv4Addr::from)
            .filter(move |address| Some(*address) != gateway)
    }

    /// Whether an address is one of them.
    pub fn contains(&self, address: Ipv4Addr) -> bool {
        (self.first..=self.last).contains(&address) && Some(address) != self.gateway
    }

    /// This address as a device is given it; none: it is not of this network, or no device can have it.
    pub fn assignment(&self, address: Ipv4Addr) -> Option<StaticAddress> {
        let here = network(address, self.prefix) == network(self.first, self.prefix);
        here.then(|| StaticAddress::new(address, self.prefix, self.gateway).ok())?
    }
}

fn network(address: Ipv4Addr, prefix: u8) -> u32 {
    u32::from(address) & (u32::MAX << (32 - u32::from(prefix)))
}

/// What each device is given: one that has an address of the range keeps it, the others get the free ones in order. None: there is
/// no free one left.
pub fn assign(
    range: &AddressRange,
    now_at: &[Option<Ipv4Addr>],
    free: impl IntoIterator<Item = Ipv4Addr>,
) -> Vec<Option<Ipv4Addr>> {
    let mut given: BTreeSet<Ipv4Addr> = BTreeSet::new();
    let kept: Vec<Option<Ipv4Addr>> = now_at
        .iter()
        .map(|address| address.filter(|&address| range.contains(address) && given.insert(address)))
        .collect();
    let mut free = free.into_iter();
    kept.into_iter()
        .map(|kept| kept.or_else(|| free.by_ref().find(|&address| given.insert(address))))
        .collect()
}

/// What a host name can be made of.
#[derive(Debug, Clone, Copy)]
pub struct NameParts<'a> {
    /// The serial number.
    pub serial: &'a str,
    /// The model.
    pub model: &'a str,
    /// The place in the list, from 1.
    pub number: usize,
    /// The name of the folder.
    pub folder: &'a str,
}

/// The words between braces that a template may have.
const PLACEHOLDERS: [&str; 4] = ["serial", "model", "n", "folder"];

/// Whether a template has only words that are known.
pub fn is_template(template: &str) -> bool {
    let mut rest = template;
    while let Some(start) = rest.find(['{', '}']) {
        let after = rest.get(start..).unwrap_or_default();
        let Some((word, left)) = after.strip_prefix('{').and_then(|text| text.split_once('}')) else {
            return false;
        };
        if !PLACEHOLDERS.contains(&word) {
            return false;
        }
        rest = left;
    }
    true
}

/// The host name that a template makes for a device: what host names cannot have becomes a hyphen. None: nothing is left that is one.
pub fn host_name(template: &str, parts: NameParts<'_>) -> Option<HostName> {
    let text = template
        .replace("{serial}", parts.serial)
        .replace("{model}", parts.model)
        .replace("{n}", &parts.number.to_string())
        .replace("{folder}", parts.folder);
    let mut name = String::with_capacity(text.len());
    for character in fold(&text).chars() {
        match character {
            'a'..='z' | '0'..='9' => name.push(character),
            '.' if name.ends_with('-') => {
                name.pop();
                name.push('.');
            }
            '.' => name.push('.'),
            _ if name.is_empty() || name.ends_with(['-', '.']) => {}
            _ => name.push('-'),
        }
    }
    HostName::parse(name.trim_end_matches('-')).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    fn range(first: &str, last: &str) -> AddressRange {
        AddressRange::parse(first, last, 24, "10.0.0.1").expect("a range")
    }

    fn at(text: &str) -> Ipv4Addr {
        text.parse().expect("an address")
    }

    /// DEV-60: what a person writes is a range of one network, or says what is wrong with it.
    #[rstest]
    #[case("10.0.0.10", "10.0.0.20", 24, "10.0.0.1", None)]
    #[case(" 10.0.0.10 ", "10.0.0.10", 24, "", None)]
    #[case("ten", "10.0.0.20", 24, "", Some(RangeProblem::First))]
    #[case("10.0.0.0", "10.0.0.20", 24, "", Some(RangeProblem::First))]
    #[case("10.0.0.10", "10.0.0.255", 24, "", Some(RangeProblem::Last))]
    #[case("10.0.0.10", "10.0.0.9", 24, "", Some(RangeProblem::Last))]
    #[case("10.0.0.10", "10.0.1.20", 24, "", Some(RangeProblem::Last))]
    #[case("10.0.0.10", "10.0.0.20", 31, "", Some(RangeProblem::Prefix))]
    #[case("10.0.0.10", "10.0.0.20", 0, "", Some(RangeProblem::Prefix))]
    #[case("10.0.0.10", "10.0.0.20", 24, "10.0.1.1", Some(RangeProblem::Gateway))]
    #[case("10.0.0.10", "10.0.0.20", 24, "10.0.0.255", Some(RangeProblem::Gateway))]
    #[case("10.0.0.1", "10.9.0.1", 8, "", Some(RangeProblem::TooMany))]
    fn ranges(
        #[case] first: &str,
        #[case] last: &str,
        #[case] prefix: u8,
        #[case] gateway: &str,
        #[case] problem: Option<RangeProblem>,
    ) {
        assert_eq!(AddressRange::parse(first, last, prefix, gateway).err(), problem);
    }

    /// DEV-60: who is in the range stays where it is; the gateway is nobody's.
    #[test]
    fn who_is_there_stays() {
        let range = range("10.0.0.1", "10.0.0.4");
        assert_eq!(
            range.addresses().collect::<Vec<_>>(),
            ["10.0.0.2", "10.0.0.3", "10.0.0.4"].map(at)
        );
        assert!(range.assignment(at("10.0.0.90")).is_some());
        assert!(range.assignment(at("10.0.1.2")).is_none(), "another network");
        let now = [
            Some(at("192.168.0.90")),
            Some(at("10.0.0.2")),
            None,
            Some(at("10.0.0.2")),
        ];
        assert_eq!(
            assign(&range, &now, range.addresses()),
            [
                Some(at("10.0.0.3")),
                Some(at("10.0.0.2")),
                Some(at("10.0.0.4")),
                None
            ]
        );
    }

    /// DEV-60: the words of a template; what no host name can have becomes a hyphen.
    #[rstest]
    #[case("cam-{n}", Some("cam-7"))]
    #[case("{model}-{serial}", Some("p3265-lve-b8a44f000001"))]
    #[case("{folder}", Some("cote-d-azur"))]
    #[case("{folder}.cameras.example", Some("cote-d-azur.cameras.example"))]
    #[case("北浜", None)]
    #[case("--{n}--", Some("7"))]
    fn names(#[case] template: &str, #[case] name: Option<&str>) {
        let parts = NameParts {
            serial: "B8A44F000001",
            model: "P3265-LVE",
            number: 7,
            folder: "Côte d’Azur ",
        };
        assert!(is_template(template));
        let found = host_name(template, parts);
        assert_eq!(found.as_ref().map(HostName::as_str), name);
    }

    #[rstest]
    #[case("{n")]
    #[case("n}")]
    #[case("{place}")]
    #[case("{{n}}")]
    fn no_templates(#[case] template: &str) {
        assert!(!is_template(template));
    }

    proptest! {
        /// DEV-60: nobody gets an address that somebody else has or gets; whatever is given is of the range and free, or was the
        /// device's own.
        #[test]
        fn nobody_gets_the_same(
            last in 2_u8..40,
            now in prop::collection::vec(proptest::option::of(0_u8..60), 0..40),
            taken in prop::collection::btree_set(0_u8..60, 0..20),
        ) {
            let range = range("10.0.0.1", &format!("10.0.0.{last}"));
            let now: Vec<Option<Ipv4Addr>> = now.into_iter().map(|last| last.map(|last| Ipv4Addr::new(10, 0, 0, last))).collect();
            let is_free = |address: &Ipv4Addr| !taken.contains(&address.octets()[3]);
            let given = assign(&range, &now, range.addresses().filter(is_free));
            prop_assert_eq!(given.len(), now.len());
            let mut seen = BTreeSet::new();
            for (given, now) in given.iter().zip(&now) {
                if let Some(address) = given {
                    prop_assert!(seen.insert(*address), "{} twice", address);
                    prop_assert!(range.contains(*address));
                    prop_assert!(is_free(address) || Some(*address) == *now);
                }
            }
        }

        /// DEV-60: whatever is written, what comes of it is a host name or nothing.
        #[test]
        fn any_template(template in "\\PC{0,30}", folder in "\\PC{0,12}") {
            let parts = NameParts { serial: "B8A44F000001", model: "P3265-LVE", number: 1, folder: &folder };
            if let Some(name) = host_name(&template, parts) {
                prop_assert!(name.as_str().bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-.".contains(&byte)));
            }
            let _ = is_template(&template);
        }
    }
}
