//! The network interfaces of this machine, and those that are asked on.
use super::types::{Hindrance, Reason};
use std::collections::BTreeMap;
use std::io;
use std::net::{IpAddr, Ipv4Addr};

/// Questions go out once for each network of an interface, and of so many.
const MOST_NETWORKS: usize = 4;

/// A network interface of this machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Interface {
    /// As the operating system calls it.
    pub name: String,
    /// Its addresses.
    pub addresses: Vec<InterfaceAddress>,
    /// Leads to this machine only.
    pub loopback: bool,
    /// Switched on.
    pub up: bool,
}

/// An address of an interface with its network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InterfaceAddress {
    /// The address.
    pub address: IpAddr,
    /// Its netmask, where there is one.
    pub netmask: Option<IpAddr>,
}

/// Which interfaces are asked on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Interfaces {
    /// All that are up, have an IPv4 address and lead to other machines.
    #[default]
    All,
    /// Those of these names; the loopback interface, too.
    Chosen(Vec<String>),
}

/// An interface that can be asked on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Usable {
    pub(super) name: String,
    /// One for each of its networks.
    pub(super) addresses: Vec<Ipv4Addr>,
}

/// The interfaces of this machine by their names.
///
/// # Errors
/// When the operating system does not say.
pub fn list() -> io::Result<Vec<Interface>> {
    let mut found: BTreeMap<String, Interface> = BTreeMap::new();
    for one in getifaddrs::getifaddrs()? {
        let interface = found.entry(one.name.clone()).or_insert_with(|| Interface {
            name: one.name,
            addresses: Vec::new(),
            loopback: false,
            up: false,
        });
        interface.loopback |= one.flags.contains(getifaddrs::InterfaceFlags::LOOPBACK);
        interface.up |= one.flags.contains(getifaddrs::InterfaceFlags::UP);
        if let Some(address) = one.address.ip_addr() {
            interface.addresses.push(InterfaceAddress {
                address,
                netmask: one.address.netmask(),
            });
        }
    }
    Ok(found.into_values().collect())
}

/// Those that are asked on, and why others are not. What is chosen and cannot be used is a hindrance; of all, only that
/// there is none.
pub(super) fn choose(list: &[Interface], wanted: &Interfaces) -> (Vec<Usable>, Vec<Hindrance>) {
    let mut usable = Vec::new();
    let mut hindrances = Vec::new();
    match wanted {
        Interfaces::All => {
            let others = list.iter().filter(|one| one.up && !one.loopback);
            usable.extend(others.filter_map(|one| usable_of(one).ok()));
            if usable.is_empty() {
                hindrances.push(Hindrance::everywhere(None, Reason::NoInterface));
            }
        }
        Interfaces::Chosen(names) => {
            for name in names {
                let found = list.iter().find(|one| one.name == *name);
                match found.ok_or(Reason::InterfaceUnknown).and_then(usable_of) {
                    Ok(one) if usable.contains(&one) => {}
                    Ok(one) => usable.push(one),
                    Err(reason) => hindrances.push(Hindrance::on(None, name, reason)),
                }
            }
        }
    }
    (usable, hindrances)
}

fn usable_of(interface: &Interface) -> Result<Usable, Reason> {
    if !interface.up {
        return Err(Reason::InterfaceDown);
    }
    let mut networks: Vec<(u32, u32)> = Vec::new();
    let mut addresses = Vec::new();
    for one in &interface.addresses {
        let IpAddr::V4(address) = one.address else {
            continue;
        };
        let mask = match one.netmask {
            Some(IpAddr::V4(mask)) => u32::from(mask),
            _ => u32::MAX,
        };
        let network = (u32::from(address) & mask, mask);
        if !networks.contains(&network) && addresses.len() < MOST_NETWORKS {
            networks.push(network);
            addresses.push(address);
        }
    }
    if addresses.is_empty() {
        return Err(Reason::InterfaceWithoutAddress);
    }
    Ok(Usable {
        name: interface.name.clone(),
        addresses,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn interface(name: &str, addresses: &[&str], loopback: bool, up: bool) -> Interface {
        let netmask = Some(IpAddr::V4(Ipv4Addr::new(255, 255, 255, 0)));
        Interface {
            name: name.to_string(),
            addresses: addresses
                .iter()
                .map(|one| InterfaceAddress {
                    address: one.parse().expect("an address"),
                    netmask,
                })
                .collect(),
            loopback,
            up,
        }
    }

    /// DEV-01: all, or those that were chosen; what cannot be used is said.
    #[test]
    fn all_or_chosen() {
        let list = [
            interface("lo", &["127.0.0.1"], true, true),
            interface(
                "eth0",
                &["10.0.0.5", "10.0.0.6", "192.168.1.5", "fe80::1"],
                false,
                true,
            ),
            interface("eth1", &["10.9.0.5"], false, false),
            interface("tun0", &["fe80::2"], false, true),
        ];
        let eth0 = Usable {
            name: "eth0".to_string(),
            addresses: vec![Ipv4Addr::new(10, 0, 0, 5), Ipv4Addr::new(192, 168, 1, 5)],
        };
        assert_eq!(choose(&list, &Interfaces::All), (vec![eth0.clone()], vec![]));
        let none = vec![Hindrance::everywhere(None, Reason::NoInterface)];
        assert_eq!(choose(&list[..1], &Interfaces::All), (vec![], none));
        let names = ["eth0", "lo", "eth0", "eth1", "tun0", "wlan7"].map(str::to_string);
        let (usable, hindrances) = choose(&list, &Interfaces::Chosen(names.to_vec()));
        assert_eq!(usable[0], eth0);
        assert_eq!((usable.len(), usable[1].name.as_str()), (2, "lo"));
        let reasons: Vec<(&str, &Reason)> = hindrances
            .iter()
            .map(|one| (one.interface.as_deref().unwrap_or_default(), &one.reason))
            .collect();
        assert_eq!(
            reasons,
            [
                ("eth1", &Reason::InterfaceDown),
                ("tun0", &Reason::InterfaceWithoutAddress),
                ("wlan7", &Reason::InterfaceUnknown)
            ]
        );
    }

    /// DEV-01: every machine has its loopback interface.
    #[test]
    fn of_this_machine() {
        let list = list().expect("interfaces");
        assert!(
            list.iter().any(|one| one.loopback && !one.addresses.is_empty()),
            "{list:?}"
        );
    }
}
