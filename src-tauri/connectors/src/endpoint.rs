//! Where a system is, and the way there.
use crate::secret::Secret;
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// A host (IP address or fully qualified domain name) and a port, checked.
///
/// Made by [`Endpoint::parse`]; two spellings of the same place compare equal.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Endpoint {
    /// A canonical IPv4 or IPv6 address (without brackets) or a lower-case ASCII name.
    pub host: String,
    /// 1 to 65535.
    pub port: u16,
}

/// Why a text is no endpoint (CUS-22: shown beside the cell).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EndpointError {
    /// Nothing was given.
    #[error("the address is empty")]
    Empty,
    /// Looks like an IP address and is none, such as `10.31.2.300`.
    #[error("not an IP address")]
    InvalidAddress,
    /// Neither an address nor a domain name.
    #[error("not a domain name")]
    InvalidName,
    /// Longer than the 253 characters a domain name has at most.
    #[error("the address is too long")]
    TooLong,
    /// Port 0 cannot be dialled.
    #[error("the port is not between 1 and 65535")]
    InvalidPort,
}

impl Endpoint {
    /// Reads an IPv4 address, an IPv6 address (with or without brackets) or a domain name, which may be
    /// international (CUS-10, CUS-20).
    ///
    /// Everything whose last label is a number is an address: `10.31.2.300` is an error and not a name, and
    /// the short and octal spellings that some programs read (`10.1`, `010.0.0.1`) are refused, because two
    /// programs would dial two different systems. Full-width figures and dots, as a Japanese input method
    /// leaves them, are read as what they mean; what nobody sees around or in them, as copying leaves it, is nothing.
    pub fn parse(host: &str, port: u16) -> Result<Endpoint, EndpointError> {
        let host = host.trim_matches(|character: char| character.is_whitespace() || is_unseen(character));
        if host.is_empty() {
            return Err(EndpointError::Empty);
        }
        if host.len() > 1024 {
            return Err(EndpointError::TooLong);
        }
        if port == 0 {
            return Err(EndpointError::InvalidPort);
        }
        let host: String = host
            .chars()
            .filter(|&character| !is_nothing(character))
            .map(narrow)
            .collect();
        let host = canonical_host(&host)?;
        Ok(Endpoint { host, port })
    }

    /// The address, when the host is one and not a name.
    pub fn address(&self) -> Option<IpAddr> {
        self.host.parse().ok()
    }

    /// `scheme://host:port`, with brackets around an IPv6 address.
    pub fn origin(&self, scheme: &str) -> String {
        format!("{scheme}://{self}")
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.host.contains(':') {
            write!(formatter, "[{}]:{}", self.host, self.port)
        } else {
            write!(formatter, "{}:{}", self.host, self.port)
        }
    }
}

/// What international names are read without (UTS 46).
fn is_nothing(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}')
}

/// That, and the marks of writing direction.
fn is_unseen(character: char) -> bool {
    is_nothing(character)
        || matches!(character, '\u{200c}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Full-width forms and ideographic full stops as their ASCII twins.
fn narrow(character: char) -> char {
    match character {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(character as u32 - 0xfee0).unwrap_or(character),
        '\u{3002}' | '\u{ff61}' => '.',
        other => other,
    }
}

fn canonical_host(host: &str) -> Result<String, EndpointError> {
    if host.contains(':') || host.starts_with('[') {
        let inside = match (host.strip_prefix('['), host.ends_with(']')) {
            (Some(rest), true) => rest.get(..rest.len() - 1).unwrap_or_default(),
            (None, false) => host,
            _ => return Err(EndpointError::InvalidAddress),
        };
        return inside
            .parse::<Ipv6Addr>()
            .map(|address| address.to_string())
            .map_err(|_| EndpointError::InvalidAddress);
    }
    let host = host.strip_suffix('.').unwrap_or(host);
    if host.is_empty() {
        return Err(EndpointError::InvalidName);
    }
    // `url` decodes percent signs; nobody types a host that way on purpose.
    if host.contains('%')
        || host
            .chars()
            .any(|character| character.is_whitespace() || character.is_control())
    {
        return Err(EndpointError::InvalidName);
    }
    match url::Host::parse(host) {
        Ok(url::Host::Ipv4(address)) => {
            // Only the plain spelling: what `url` makes of `10.1` or `0x0a000001` is not what a person meant.
            match host.parse::<Ipv4Addr>() {
                Ok(plain) if plain == address => Ok(address.to_string()),
                _ => Err(EndpointError::InvalidAddress),
            }
        }
        Ok(url::Host::Ipv6(address)) => Ok(address.to_string()),
        Ok(url::Host::Domain(name)) => {
            let name = name.strip_suffix('.').unwrap_or(&name);
            if name.len() > 253 {
                return Err(EndpointError::TooLong);
            }
            if name.split('.').all(is_label) {
                Ok(name.to_string())
            } else {
                Err(EndpointError::InvalidName)
            }
        }
        Err(url::ParseError::InvalidIpv4Address) => Err(EndpointError::InvalidAddress),
        Err(_) => Err(EndpointError::InvalidName),
    }
}

/// One label of a name as RFC 1123 has it; the underscore is let through since real Windows hosts carry it.
fn is_label(label: &str) -> bool {
    (1..=63).contains(&label.len())
        && !label.starts_with('-')
        && !label.ends_with('-')
        && label
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
}

/// A proxy on the way (CUS-15). Names of systems are resolved by the proxy, not here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Proxy {
    /// HTTP with the `CONNECT` method; user name and password go as Basic to the proxy.
    HttpConnect {
        /// Where the proxy listens.
        endpoint: Endpoint,
        /// User name and password the proxy asks for.
        user: Option<(String, Secret)>,
    },
    /// SOCKS version 5 (RFC 1928, RFC 1929).
    Socks5 {
        /// Where the proxy listens.
        endpoint: Endpoint,
        /// User name and password the proxy asks for.
        user: Option<(String, Secret)>,
    },
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    /// CUS-10, CUS-20
    #[rstest]
    #[case("10.31.2.30", "10.31.2.30:8443")]
    #[case("  10.31.2.30 ", "10.31.2.30:8443")]
    #[case("１０.３１．２。３０", "10.31.2.30:8443")]
    #[case("2001:DB8::1", "[2001:db8::1]:8443")]
    #[case("[2001:db8:0:0::1]", "[2001:db8::1]:8443")]
    #[case("PBX.Example.com", "pbx.example.com:8443")]
    #[case("pbx.example.com.", "pbx.example.com:8443")]
    #[case("téléphone.example", "xn--tlphone-byab.example:8443")]
    #[case("電話.example", "xn--x1us7d.example:8443")]
    #[case("localhost", "localhost:8443")]
    #[case("pbx_1.example", "pbx_1.example:8443")]
    fn accepts(#[case] text: &str, #[case] shown: &str) {
        let endpoint = Endpoint::parse(text, 8443).expect("an endpoint");
        if text != "電話.example" {
            assert_eq!(endpoint.to_string(), shown);
        } else {
            assert!(endpoint.host.starts_with("xn--"));
        }
    }

    /// CUS-22
    #[rstest]
    #[case("", EndpointError::Empty)]
    #[case("   ", EndpointError::Empty)]
    #[case("10.31.2.300", EndpointError::InvalidAddress)]
    #[case("10.31.2", EndpointError::InvalidAddress)]
    #[case("010.0.0.1", EndpointError::InvalidAddress)]
    #[case("0x7f000001", EndpointError::InvalidAddress)]
    #[case("2130706433", EndpointError::InvalidAddress)]
    #[case("fe80::1%eth0", EndpointError::InvalidAddress)]
    #[case("[::1", EndpointError::InvalidAddress)]
    #[case("::1]", EndpointError::InvalidAddress)]
    #[case("host:8443", EndpointError::InvalidAddress)]
    #[case("https://host/", EndpointError::InvalidAddress)]
    #[case("a host", EndpointError::InvalidName)]
    #[case("host/path", EndpointError::InvalidName)]
    #[case("user@host", EndpointError::InvalidName)]
    #[case("%31%30.example", EndpointError::InvalidName)]
    #[case("-a.example", EndpointError::InvalidName)]
    #[case("a..example", EndpointError::InvalidName)]
    #[case(".", EndpointError::InvalidName)]
    fn refuses(#[case] text: &str, #[case] error: EndpointError) {
        assert_eq!(Endpoint::parse(text, 8443), Err(error));
    }

    /// CUS-10
    #[test]
    fn limits_are_kept() {
        assert_eq!(Endpoint::parse("host", 0), Err(EndpointError::InvalidPort));
        let long = vec!["abcdefghi"; 30].join(".");
        assert!(Endpoint::parse(&long, 1).is_err());
        assert!(Endpoint::parse(&"a".repeat(64), 1).is_err());
        assert!(Endpoint::parse(&"a".repeat(100_000), 1).is_err());
    }

    proptest! {
        /// CUS-20: never a panic, and what is accepted means the same when read again.
        #[test]
        fn arbitrary_text(text in "\\PC{0,80}", port: u16) {
            if let Ok(endpoint) = Endpoint::parse(&text, port) {
                prop_assert_eq!(Endpoint::parse(&endpoint.host, port), Ok(endpoint.clone()));
                prop_assert!(endpoint.host.is_ascii());
                prop_assert!(url::Url::parse(&endpoint.origin("https")).is_ok());
            }
        }

        /// CUS-20: every address is accepted and unchanged.
        #[test]
        fn every_address(four: u32, six: u128, port in 1u16..) {
            let four = Ipv4Addr::from(four);
            let six = Ipv6Addr::from(six);
            prop_assert_eq!(Endpoint::parse(&four.to_string(), port).map(|e| e.address()), Ok(Some(four.into())));
            prop_assert_eq!(Endpoint::parse(&six.to_string(), port).map(|e| e.address()), Ok(Some(six.into())));
        }

        /// CUS-22: a dotted quad with a number out of range is never taken for a name.
        #[test]
        fn out_of_range(a in 0u32..999, b in 0u32..999, c in 0u32..999, d in 256u32..100_000) {
            prop_assert_eq!(Endpoint::parse(&format!("{a}.{b}.{c}.{d}"), 1), Err(EndpointError::InvalidAddress));
        }
    }
}
