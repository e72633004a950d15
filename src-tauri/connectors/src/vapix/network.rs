//! Where a device is and how it is called (DEV-60): `network_settings.cgi`, from version 8.50 on.
use super::client::{Acknowledgement, Client, acknowledged};
use super::reading::{Failure, SerialNumber, field};
use serde_json::{Value, json};
use std::fmt;
use std::net::{IpAddr, Ipv4Addr};

const NETWORK: &str = "/axis-cgi/network_settings.cgi";
const LONGEST_NAME: usize = 253;
const LONGEST_LABEL: usize = 63;
/// Of interfaces, addresses, servers and the like.
const MOST: usize = 64;
const MOST_SERVERS: usize = 3;
const MOST_DOMAINS: usize = 6;

/// A name that a device can be given: labels of letters, digits and hyphens (RFC 1123).
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct HostName(String);

/// Why a text is no name of a device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum HostNameError {
    /// Nothing was given, or nothing between two dots.
    #[error("a part of the name is empty")]
    Empty,
    /// More than 63 characters between dots, or 253 in all.
    #[error("the name is too long")]
    TooLong,
    /// Something else than letters, digits and hyphens of ASCII, or a hyphen at an end.
    #[error("a host name has only letters, digits and hyphens")]
    Characters,
}

impl HostName {
    /// Reads a name. Capital letters stay as they are.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(text: &str) -> Result<Self, HostNameError> {
        if text.len() > LONGEST_NAME {
            return Err(HostNameError::TooLong);
        }
        for label in text.split('.') {
            if label.is_empty() {
                return Err(HostNameError::Empty);
            }
            let fits = label
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
            if !fits || label.starts_with('-') || label.ends_with('-') {
                return Err(HostNameError::Characters);
            }
            if label.len() > LONGEST_LABEL {
                return Err(HostNameError::TooLong);
            }
        }
        Ok(Self(text.to_string()))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for HostName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// An address that a device is given by hand, with its network and its default gateway. Checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct StaticAddress {
    address: Ipv4Addr,
    prefix: u8,
    router: Option<Ipv4Addr>,
}

/// Why an address cannot be given to a device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StaticAddressError {
    /// Not 1 to 30: a network needs place for two.
    #[error("the length of the network's prefix is not between 1 and 30")]
    Prefix,
    /// Such as 0.0.0.0, or one for many at once.
    #[error("no device can have this address")]
    NotForDevices,
    /// The first or the last address of its network.
    #[error("this address is the network itself, or everybody in it")]
    NetworkOrBroadcast,
    /// The router is not in the device's network.
    #[error("the router is in another network")]
    RouterElsewhere,
    /// The router has this address.
    #[error("the router has the same address")]
    RouterIsSame,
}

impl StaticAddress {
    /// Checks an address.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn new(address: Ipv4Addr, prefix: u8, router: Option<Ipv4Addr>) -> Result<Self, StaticAddressError> {
        if !(1..=30).contains(&prefix) {
            return Err(StaticAddressError::Prefix);
        }
        if address.is_unspecified()
            || address.is_multicast()
            || address.is_broadcast()
            || address.octets()[0] >= 240
        {
            return Err(StaticAddressError::NotForDevices);
        }
        let hosts = u32::MAX >> prefix;
        let is_end = |address: Ipv4Addr| {
            matches!(u32::from(address) & hosts, 0) || u32::from(address) & hosts == hosts
        };
        if is_end(address) {
            return Err(StaticAddressError::NetworkOrBroadcast);
        }
        if let Some(router) = router {
            if u32::from(router) & !hosts != u32::from(address) & !hosts || is_end(router) {
                return Err(StaticAddressError::RouterElsewhere);
            }
            if router == address {
                return Err(StaticAddressError::RouterIsSame);
            }
        }
        Ok(Self {
            address,
            prefix,
            router,
        })
    }

    /// The address.
    pub fn address(&self) -> Ipv4Addr {
        self.address
    }

    /// How many bits of it are the network's.
    pub fn prefix(&self) -> u8 {
        self.prefix
    }

    /// The default gateway of the network.
    pub fn router(&self) -> Option<Ipv4Addr> {
        self.router
    }
}

/// How a device gets its address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AddressAssignment {
    /// From the network (DHCP).
    Network,
    /// By hand.
    Static(StaticAddress),
}

/// How a device gets its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NameAssignment {
    /// From the network (DHCP).
    Network,
    /// By hand.
    Static(HostName),
}

/// Whom a device asks for names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ResolverAssignment {
    /// Those that the network names (DHCP).
    Network,
    /// By hand; devices take three servers and six domains to search, further ones are left out.
    Static {
        /// In the order they are asked.
        servers: Vec<IpAddr>,
        /// In the order they are tried.
        search_domains: Vec<HostName>,
    },
}

/// An address that an interface has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InterfaceAddress {
    /// The address.
    pub address: IpAddr,
    /// How many bits of it are the network's.
    pub prefix: Option<u8>,
}

/// One interface of a device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NetworkInterface {
    /// As the device calls it, such as `eth0`.
    pub name: String,
    /// The hardware's address, which is the serial number of most devices (VPX-09).
    pub hardware_address: Option<SerialNumber>,
    /// Whether something is plugged in.
    pub has_link: Option<bool>,
    /// Whether it gets its address from the network. None: it has no IPv4.
    pub from_network: Option<bool>,
    /// Its IPv4 addresses now.
    pub addresses: Vec<InterfaceAddress>,
    /// The default gateway of the network.
    pub router: Option<Ipv4Addr>,
}

/// Where a device is and how it is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NetworkInfo {
    /// Its name now.
    pub host_name: Option<String>,
    /// Whether the name comes from the network.
    pub host_name_from_network: bool,
    /// Whom it asks for names now.
    pub name_servers: Vec<IpAddr>,
    /// What it adds to a name.
    pub search_domains: Vec<String>,
    /// Whether they come from the network.
    pub resolver_from_network: bool,
    /// Its interfaces.
    pub interfaces: Vec<NetworkInterface>,
}

impl NetworkInfo {
    /// The interface that has this address: what is set elsewhere does not reach the device that is spoken to. Where none
    /// says so (behind a router that translates addresses), the only one with IPv4.
    pub fn interface_at(&self, address: Option<IpAddr>) -> Option<&NetworkInterface> {
        let has = |interface: &&NetworkInterface| {
            address.is_some_and(|address| interface.addresses.iter().any(|one| one.address == address))
        };
        if let Some(found) = self.interfaces.iter().find(has) {
            return Some(found);
        }
        let mut with_addresses = self.interfaces.iter().filter(|one| one.from_network.is_some());
        match (with_addresses.next(), with_addresses.next()) {
            (Some(only), None) => Some(only),
            _ => None,
        }
    }
}

impl Client {
    /// Where the device is and how it is called; needs an administrator's account.
    ///
    /// # Errors
    /// Any [`Failure`].
    pub async fn network_info(&self) -> Result<NetworkInfo, Failure> {
        let data = self.ask(NETWORK, "getNetworkInfo", Value::Null).await?;
        read_network(&data).ok_or(Failure::NotThisProtocol)
    }

    /// Gives an interface its address. The device answers before it goes, or goes before it answers: either way it is
    /// looked for at the new address ([`super::follow_move`]).
    ///
    /// # Errors
    /// Any [`Failure`]; 4004 when the device does not take the address.
    pub async fn set_address(
        &self,
        interface: &str,
        assignment: &AddressAssignment,
    ) -> Result<Acknowledgement, Failure> {
        let params = match assignment {
            AddressAssignment::Network => json!({"deviceName": interface, "configurationMode": "dhcp"}),
            AddressAssignment::Static(fixed) => {
                let mut params = json!({
                    "deviceName": interface,
                    "configurationMode": "static",
                    "staticAddressConfigurations": [{"address": fixed.address, "prefixLength": fixed.prefix}],
                });
                if let Some(router) = fixed.router {
                    params["staticDefaultRouter"] = json!(router);
                }
                params
            }
        };
        let outcome = self.act(NETWORK, "setIPv4AddressConfiguration", params).await;
        acknowledged(outcome.map(|_| ()))
    }

    /// Gives the device its name.
    ///
    /// # Errors
    /// Any [`Failure`].
    pub async fn set_host_name(&self, assignment: &NameAssignment) -> Result<(), Failure> {
        let params = match assignment {
            NameAssignment::Network => json!({"useDhcpHostname": true}),
            NameAssignment::Static(name) => {
                json!({"useDhcpHostname": false, "staticHostname": name.as_str()})
            }
        };
        self.act(NETWORK, "setHostnameConfiguration", params).await?;
        Ok(())
    }

    /// Says whom the device asks for names.
    ///
    /// # Errors
    /// Any [`Failure`].
    pub async fn set_resolver(&self, assignment: &ResolverAssignment) -> Result<(), Failure> {
        let params = match assignment {
            ResolverAssignment::Network => json!({"useDhcpResolverInfo": true}),
            ResolverAssignment::Static {
                servers,
                search_domains,
            } => {
                let servers: Vec<&IpAddr> = servers.iter().take(MOST_SERVERS).collect();
                let domains: Vec<&str> = search_domains
                    .iter()
                    .take(MOST_DOMAINS)
                    .map(HostName::as_str)
                    .collect();
                json!({
                    "useDhcpResolverInfo": false,
                    "staticNameServers": servers,
                    "staticSearchDomains": domains,
                })
            }
        };
        self.act(NETWORK, "setResolverConfiguration", params).await?;
        Ok(())
    }
}

fn list<'value>(value: &'value Value, name: &str) -> impl Iterator<Item = &'value Value> {
    value
        .get(name)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .take(MOST)
}

fn texts(value: &Value, name: &str) -> Vec<String> {
    list(value, name)
        .filter_map(|one| field(&json!({"text": one}), "text"))
        .collect()
}

/// What is not an address is left out: a list of servers may have names in it.
fn addresses(value: &Value, name: &str) -> Vec<IpAddr> {
    list(value, name)
        .filter_map(|one| one.as_str()?.trim().parse().ok())
        .collect()
}

pub(crate) fn read_network(data: &Value) -> Option<NetworkInfo> {
    let system = data.get("system").filter(|value| value.is_object())?;
    let empty = Value::Null;
    let name = system.get("hostname").unwrap_or(&empty);
    let resolver = system.get("resolver").unwrap_or(&empty);
    let yes = |value: &Value, name: &str| value.get(name).and_then(Value::as_bool).unwrap_or(false);
    Some(NetworkInfo {
        host_name: field(name, "hostname"),
        host_name_from_network: yes(name, "useDhcpHostname"),
        name_servers: addresses(resolver, "nameServers"),
        search_domains: texts(resolver, "searchDomains"),
        resolver_from_network: yes(resolver, "useDhcpResolverInfo"),
        interfaces: list(data, "devices").filter_map(read_interface).collect(),
    })
}

fn read_interface(value: &Value) -> Option<NetworkInterface> {
    let version_4 = value
        .get("IPv4")
        .filter(|one| one.get("enabled").and_then(Value::as_bool).unwrap_or(false));
    Some(NetworkInterface {
        name: field(value, "name")?,
        hardware_address: field(value, "macAddress").and_then(|text| SerialNumber::parse(&text)),
        has_link: value.get("link").and_then(Value::as_bool),
        from_network: version_4
            .map(|one| field(one, "configurationMode").is_some_and(|mode| mode.eq_ignore_ascii_case("dhcp"))),
        addresses: version_4
            .into_iter()
            .flat_map(|one| list(one, "addresses"))
            .filter_map(|one| {
                Some(InterfaceAddress {
                    address: field(one, "address")?.parse().ok()?,
                    prefix: one
                        .get("prefixLength")
                        .and_then(Value::as_u64)
                        .and_then(|prefix| u8::try_from(prefix).ok())
                        .filter(|prefix| *prefix <= 32),
                })
            })
            .collect(),
        router: version_4
            .and_then(|one| field(one, "defaultRouter"))
            .and_then(|text| text.parse().ok()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// DEV-60
    #[test]
    fn host_names() {
        assert!(HostName::parse("axis-accc8ef7de6b.cameras.example").is_ok());
        assert_eq!(HostName::parse(""), Err(HostNameError::Empty));
        assert_eq!(HostName::parse("a..b"), Err(HostNameError::Empty));
        assert_eq!(HostName::parse("-a"), Err(HostNameError::Characters));
        assert_eq!(HostName::parse("caméra"), Err(HostNameError::Characters));
        assert_eq!(HostName::parse("a b"), Err(HostNameError::Characters));
        assert_eq!(HostName::parse(&"a".repeat(64)), Err(HostNameError::TooLong));
        assert_eq!(HostName::parse(&"a.".repeat(200)), Err(HostNameError::TooLong));
    }

    /// DEV-60
    #[test]
    fn addresses_by_hand() {
        let new = |address: &str, prefix, router: Option<&str>| {
            StaticAddress::new(
                address.parse().expect("an address"),
                prefix,
                router.map(|router| router.parse().expect("an address")),
            )
            .map(|_| ())
        };
        assert_eq!(new("192.168.0.90", 24, Some("192.168.0.1")), Ok(()));
        assert_eq!(new("192.168.0.90", 24, None), Ok(()));
        assert_eq!(new("192.168.0.90", 31, None), Err(StaticAddressError::Prefix));
        assert_eq!(new("192.168.0.90", 0, None), Err(StaticAddressError::Prefix));
        assert_eq!(new("224.0.0.9", 24, None), Err(StaticAddressError::NotForDevices));
        assert_eq!(new("0.0.0.0", 24, None), Err(StaticAddressError::NotForDevices));
        assert_eq!(
            new("192.168.0.255", 24, None),
            Err(StaticAddressError::NetworkOrBroadcast)
        );
        assert_eq!(
            new("192.168.0.0", 24, None),
            Err(StaticAddressError::NetworkOrBroadcast)
        );
        assert_eq!(
            new("192.168.0.90", 24, Some("192.168.1.1")),
            Err(StaticAddressError::RouterElsewhere)
        );
        assert_eq!(
            new("192.168.0.90", 24, Some("192.168.0.90")),
            Err(StaticAddressError::RouterIsSame)
        );
    }

    const DOCUMENTED: &str = r#"{"system": {"hostname": {"useDhcpHostname": true, "hostname": "somehostname"},
        "resolver": {"useDhcpResolverInfo": false, "nameServers": ["192.168.0.1", "fd::1", "dns.example"],
            "searchDomains": ["example.com"]}},
        "devices": [{"name": "eth0", "type": "wired", "macAddress": "ac:cc:8e:68:8e:c4", "link": true,
            "IPv4": {"enabled": true, "configurationMode": "dhcp", "addresses": [
                {"address": "192.168.0.165", "prefixLength": 24, "origin": "dhcp", "scope": "global"},
                {"address": "169.254.211.16", "prefixLength": 16, "origin": "linkLocal", "scope": "link"}],
                "defaultRouter": "192.168.0.1"}},
            {"name": "eth1.1", "type": "switchPort", "link": false}]}"#;

    /// DEV-60: as it is documented, with what is not understood left out.
    #[test]
    fn information() {
        let data: Value = serde_json::from_str(DOCUMENTED).expect("JSON");
        let info = read_network(&data).expect("information");
        assert_eq!(info.host_name.as_deref(), Some("somehostname"));
        assert!(info.host_name_from_network && !info.resolver_from_network);
        assert_eq!(info.name_servers.len(), 2);
        let first = &info.interfaces[0];
        assert_eq!(first.from_network, Some(true));
        assert_eq!(first.router, Some(Ipv4Addr::new(192, 168, 0, 1)));
        assert_eq!(first.addresses.len(), 2);
        assert_eq!(first.hardware_address, SerialNumber::parse("ACCC8E688EC4"));
        assert_eq!(info.interfaces[1].from_network, None);
        let address: IpAddr = "192.168.0.165".parse().expect("an address");
        assert_eq!(info.interface_at(Some(address)), Some(first));
        assert_eq!(info.interface_at(None), Some(first), "the only one");
        assert_eq!(read_network(&json!({"devices": []})), None);
    }

    proptest! {
        /// DEV-60: an address that is taken can be reached in its network, and its router too.
        #[test]
        fn whatever_is_taken_fits(address in any::<u32>(), prefix in any::<u8>(), router in proptest::option::of(any::<u32>())) {
            if let Ok(fixed) = StaticAddress::new(address.into(), prefix, router.map(Ipv4Addr::from)) {
                let hosts = u32::MAX >> fixed.prefix();
                let inside = u32::from(fixed.address()) & hosts;
                prop_assert!(inside > 0 && inside < hosts);
                if let Some(router) = fixed.router() {
                    prop_assert_eq!(u32::from(router) & !hosts, u32::from(fixed.address()) & !hosts);
                    prop_assert_ne!(router, fixed.address());
                }
            }
        }

        /// SEC-04
        #[test]
        fn anything(text in "\\PC{0,60}", number in any::<i64>()) {
            let _ = HostName::parse(&text);
            let data = json!({"system": {"hostname": text, "resolver": {"nameServers": [text, number]}},
                "devices": [text, {"name": text, "macAddress": text, "IPv4": {"enabled": true,
                "addresses": [{"address": text, "prefixLength": number}]}}]});
            let _ = read_network(&data);
        }
    }
}
