//! The hosts that a server answers for.

use std::net::{Ipv4Addr, Ipv6Addr};

/// The names under which a server is reached, lower case. Addresses are always answered for: no name leads to them that
/// somebody else could own.
#[derive(Debug, Clone)]
pub struct Names(Vec<String>);

impl Names {
    /// This machine's own names, and further ones that lead to it.
    pub fn new(further: &[String]) -> Self {
        let own = gethostname::gethostname().to_string_lossy().to_lowercase();
        let mut names = vec!["localhost".to_owned(), format!("{own}.local"), own];
        names.extend(
            further
                .iter()
                .map(|name| name.trim_end_matches('.').to_lowercase()),
        );
        Self(names)
    }

    /// Whether a `Host` header names one of them (RFC 9110, 7.2: a host, and a port where it is not the usual one).
    pub fn serve(&self, host: &str) -> bool {
        let without_port = match host.rsplit_once(':') {
            Some((name, port)) if !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit()) => name,
            _ => host,
        };
        let bracketed = without_port
            .strip_prefix('[')
            .and_then(|address| address.strip_suffix(']'));
        if let Some(address) = bracketed {
            return address.parse::<Ipv6Addr>().is_ok();
        }
        let name = without_port.trim_end_matches('.').to_lowercase();
        name.parse::<Ipv4Addr>().is_ok() || self.0.contains(&name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    /// ADM-30: addresses and the names that are served, with and without a port, and nothing else.
    #[rstest]
    #[case("127.0.0.1:7080", true)]
    #[case("192.0.2.7", true)]
    #[case("[::1]:7080", true)]
    #[case("[2001:db8::7]", true)]
    #[case("localhost:7080", true)]
    #[case("LOCALHOST.", true)]
    #[case("fleet.example.com", true)]
    #[case("Fleet.Example.com:443", true)]
    #[case("evil.example", false)]
    #[case("127.0.0.1.evil.example:7080", false)]
    #[case("localhost.evil.example", false)]
    #[case("[::1].evil.example", false)]
    #[case("", false)]
    #[case(":7080", false)]
    fn hosts(#[case] host: &str, #[case] served: bool) {
        let names = Names::new(&["fleet.example.com".to_owned()]);
        assert_eq!(names.serve(host), served, "{host}");
    }
}
