//! `network_settings.cgi`: where a device is and how it is called. An address that is set is really moved to, within the
//! loopback range; the port stays.
use super::Device;
use super::interfaces::NETWORK;
use super::settings::Fixed;
use crate::fault::Fault;
use crate::listen;
use bytes::Bytes;
use http::Response;
use serde_json::{Value, json};
use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use tokio::net::TcpListener;

const INTERFACE: &str = "eth0";
const INTERNAL: u16 = 1000;
const MISSING: u16 = 4003;
const INVALID: u16 = 4004;
const LONGEST_NAME: usize = 253;

fn is_host_name(text: &str) -> bool {
    text.len() <= LONGEST_NAME
        && text.split('.').all(|label| {
            (1..=63).contains(&label.len())
                && label
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
                && !label.starts_with('-')
                && !label.ends_with('-')
        })
}

fn texts(value: &Value) -> Option<Vec<String>> {
    value
        .as_array()?
        .iter()
        .map(|one| one.as_str().map(str::to_string))
        .collect()
}

impl Device {
    /// The methods of `network_settings.cgi`; None where there is no such method.
    pub(super) fn network(&self, question: &Value, method: &str) -> Option<Response<Bytes>> {
        let params = &question["params"];
        let outcome = match method {
            "getNetworkInfo" => return Some(self.data(question, NETWORK, self.network_info())),
            "setIPv4AddressConfiguration" => self.set_address(params),
            "setResolverConfiguration" => self.set_resolver(params),
            "setHostnameConfiguration" => self.set_host_name(params),
            _ => return None,
        };
        Some(match outcome {
            Ok(()) => self.data(question, NETWORK, json!({})),
            Err(MISSING) => self.error(question, MISSING, "Missing parameter(s)"),
            Err(INVALID) => self.error(question, INVALID, "Invalid parameter(s)"),
            Err(code) => self.error(question, code, "Internal error"),
        })
    }

    fn network_info(&self) -> Value {
        let address = self.station.address().ip();
        let state = self.state.lock();
        let network = &state.settings.network;
        let octets: Vec<String> = self
            .blueprint
            .serial_number
            .as_bytes()
            .chunks(2)
            .map(|pair| String::from_utf8_lossy(pair).to_ascii_lowercase())
            .collect();
        let fixed: Vec<Value> = network
            .address
            .iter()
            .map(|fixed| json!({"address": fixed.address, "prefixLength": fixed.prefix}))
            .collect();
        let (mode, prefix, router) = match &network.address {
            Some(fixed) => ("static", fixed.prefix, fixed.router.as_str()),
            None => ("dhcp", 8, ""),
        };
        json!({
            "system": {
                "hostname": {
                    "useDhcpHostname": network.host_name_from_network,
                    "hostname": network.host_name,
                    "staticHostname": network.host_name,
                },
                "resolver": {
                    "useDhcpResolverInfo": network.resolver_from_network,
                    "nameServers": network.name_servers,
                    "staticNameServers": network.name_servers,
                    "maxSupportedStaticNameServers": 3,
                    "searchDomains": network.search_domains,
                    "staticSearchDomains": network.search_domains,
                    "maxSupportedStaticSearchDomains": 6,
                    "domainName": network.domain,
                    "staticDomainName": network.domain,
                },
            },
            "devices": [{
                "name": INTERFACE,
                "type": "wired",
                "macAddress": octets.join(":"),
                "partOfBridge": "",
                "link": true,
                "state": "up",
                "staticState": "up",
                "IPv4": {
                    "enabled": true,
                    "configurationMode": mode,
                    "linkLocalMode": "off",
                    "addresses": [{"address": address, "prefixLength": prefix, "origin": mode, "scope": "global"}],
                    "maxSupportedStaticAddressConfigurations": 1,
                    "staticAddressConfigurations": fixed,
                    "defaultRouter": router,
                    "staticDefaultRouter": router,
                },
            }],
        })
    }

    fn set_address(&self, params: &Value) -> Result<(), u16> {
        if params["deviceName"].as_str() != Some(INTERFACE) {
            return Err(INVALID);
        }
        let (fixed, target) = match params["configurationMode"].as_str() {
            Some("dhcp") => (None, self.leased),
            Some("static") => {
                let one = &params["staticAddressConfigurations"][0];
                let address: Ipv4Addr = one["address"]
                    .as_str()
                    .ok_or(MISSING)?
                    .parse()
                    .map_err(|_| INVALID)?;
                let prefix = one["prefixLength"]
                    .as_u64()
                    .and_then(|prefix| u8::try_from(prefix).ok())
                    .filter(|prefix| (1..=32).contains(prefix))
                    .ok_or(INVALID)?;
                let router = params["staticDefaultRouter"].as_str().unwrap_or_default();
                if !router.is_empty() && router.parse::<Ipv4Addr>().is_err() {
                    return Err(INVALID);
                }
                let fixed = Fixed {
                    address,
                    prefix,
                    router: router.to_string(),
                };
                (
                    Some(fixed),
                    SocketAddr::new(IpAddr::V4(address), self.leased.port()),
                )
            }
            Some(_) => return Err(INVALID),
            None => return Err(MISSING),
        };
        if target != self.station.address() {
            self.go_to(target).map_err(|error| {
                tracing::warn!(%error, %target, "a device cannot move there");
                INTERNAL
            })?;
            if self.station.faults.happens(Fault::NeverBack) {
                self.station.leave(None);
            }
        }
        self.change_settings(|settings| settings.network.address = fixed);
        Ok(())
    }

    /// The fleet was given addresses beyond the loopback range; a device that moves stays among those.
    fn is_at_named_address(&self) -> bool {
        !self.leased.ip().is_loopback()
    }

    /// Listens there from now on, and no more where it was.
    pub(super) fn go_to(&self, target: SocketAddr) -> io::Result<()> {
        let listener = listen::bind(target, self.is_at_named_address())?;
        self.station.move_to(target, listener);
        Ok(())
    }

    /// Where it was given an address in an earlier life of the fleet, it listens there and not where the fleet has it.
    pub(crate) fn resume(&self, planned: TcpListener) -> TcpListener {
        let fixed = self.state.lock().settings.network.address.clone();
        let Some(fixed) = fixed else { return planned };
        let target = SocketAddr::new(IpAddr::V4(fixed.address), self.leased.port());
        if target == self.leased {
            return planned;
        }
        match listen::bind(target, self.is_at_named_address()) {
            Ok(listener) => {
                self.station.begin_at(target);
                listener
            }
            Err(error) => {
                tracing::warn!(%error, %target, "a device cannot listen where it was");
                planned
            }
        }
    }

    fn set_resolver(&self, params: &Value) -> Result<(), u16> {
        let servers = match &params["staticNameServers"] {
            Value::Null => None,
            list => Some(
                texts(list)
                    .filter(|list| list.len() <= 3 && list.iter().all(|one| one.parse::<IpAddr>().is_ok()))
                    .ok_or(INVALID)?,
            ),
        };
        let domains = match &params["staticSearchDomains"] {
            Value::Null => None,
            list => Some(
                texts(list)
                    .filter(|list| list.len() <= 6 && list.iter().all(|one| is_host_name(one)))
                    .ok_or(INVALID)?,
            ),
        };
        let domain = params["staticDomainName"].as_str().map(str::to_string);
        let from_network = params["useDhcpResolverInfo"].as_bool();
        self.change_settings(|settings| {
            let network = &mut settings.network;
            network.resolver_from_network = from_network.unwrap_or(network.resolver_from_network);
            network.name_servers = servers.unwrap_or(std::mem::take(&mut network.name_servers));
            network.search_domains = domains.unwrap_or(std::mem::take(&mut network.search_domains));
            network.domain = domain.unwrap_or(std::mem::take(&mut network.domain));
        });
        Ok(())
    }

    fn set_host_name(&self, params: &Value) -> Result<(), u16> {
        let name = params["staticHostname"].as_str();
        if name.is_some_and(|name| !is_host_name(name)) {
            return Err(INVALID);
        }
        let from_network = params["useDhcpHostname"].as_bool();
        self.change_settings(|settings| {
            let network = &mut settings.network;
            network.host_name_from_network = from_network.unwrap_or(network.host_name_from_network);
            if let Some(name) = name {
                network.host_name = name.to_string();
            }
        });
        Ok(())
    }
}
