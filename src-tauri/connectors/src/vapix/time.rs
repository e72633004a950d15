//! The clock of a device (DEV-60): its zone (`time.cgi`, from version 9.30 on) and its servers (`ntp.cgi`, from 9.10 on).
use super::client::Client;
use super::network::HostName;
use super::reading::{Failure, LONGEST_TEXT, field};
use crate::trust::plain_text;
use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use std::fmt;
use std::net::IpAddr;

const TIME: &str = "/axis-cgi/time.cgi";
const SERVERS: &str = "/axis-cgi/ntp.cgi";
const LONGEST_ZONE: usize = 64;
/// The list of zones has some six hundred.
const MOST_ZONES: usize = 5_000;
const MOST_SERVERS: usize = 64;

/// A name of a time zone as the IANA has it: `Europe/Stockholm`. Whether a device knows it is said by the device.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TimeZoneName(String);

impl TimeZoneName {
    /// Letters, digits and `/ _ + -`, at most 64.
    pub fn parse(text: &str) -> Option<Self> {
        let fits = (1..=LONGEST_ZONE).contains(&text.len())
            && text
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'_' | b'+' | b'-'));
        fits.then(|| Self(text.to_string()))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for TimeZoneName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// What a device's clock shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClockSettings {
    /// The time it has.
    pub now: DateTime<Utc>,
    /// Its zone, where that has a name.
    pub zone: Option<TimeZoneName>,
    /// Its zone as a rule, where it has been given as one.
    pub zone_rule: Option<String>,
    /// Zones that it knows.
    pub zones: Vec<TimeZoneName>,
}

/// Somebody to ask for the time.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum TimeServer {
    /// By its address.
    Address(IpAddr),
    /// By its name.
    Name(HostName),
}

impl TimeServer {
    /// An address or a name.
    pub fn parse(text: &str) -> Option<Self> {
        match text.parse() {
            Ok(address) => Some(Self::Address(address)),
            Err(_) => HostName::parse(text).ok().map(Self::Name),
        }
    }
}

impl fmt::Display for TimeServer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Address(address) => address.fmt(formatter),
            Self::Name(name) => name.fmt(formatter),
        }
    }
}

/// Where a device gets the time from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TimeSource {
    /// Its own clock alone.
    OwnClock,
    /// Servers that the network names (DHCP).
    Network,
    /// These, in this order.
    Servers(Vec<TimeServer>),
}

/// Where a device gets the time from, as it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeServers {
    /// What it was told to do; servers in a form that is not understood are left out.
    pub source: TimeSource,
    /// Servers that the network names.
    pub advertised: Vec<String>,
    /// How many it takes.
    pub most: Option<usize>,
    /// Whether it has had the time from a server since it started.
    pub synchronised: Option<bool>,
}

impl Client {
    /// What the device's clock shows, and which zones it knows; needs an administrator's account.
    ///
    /// # Errors
    /// Any [`Failure`].
    pub async fn clock(&self) -> Result<ClockSettings, Failure> {
        let data = self.ask(TIME, "getAll", Value::Null).await?;
        read_clock(&data).ok_or(Failure::NotThisProtocol)
    }

    /// Gives the clock its zone. Nothing else of the time changes.
    ///
    /// # Errors
    /// Any [`Failure`]; [`Failure::Device`] when the device does not know the zone.
    pub async fn set_time_zone(&self, zone: &TimeZoneName) -> Result<(), Failure> {
        self.act(TIME, "setTimeZone", json!({"timeZone": zone.as_str()}))
            .await?;
        Ok(())
    }

    /// Where the device gets the time from; needs an administrator's account.
    ///
    /// # Errors
    /// Any [`Failure`].
    pub async fn time_servers(&self) -> Result<TimeServers, Failure> {
        let data = self.ask(SERVERS, "getNTPInfo", Value::Null).await?;
        read_time_servers(&data).ok_or(Failure::NotThisProtocol)
    }

    /// Says where the device gets the time from.
    ///
    /// # Errors
    /// Any [`Failure`]; [`Failure::Device`] 4004 when the device takes fewer servers.
    pub async fn set_time_source(&self, source: &TimeSource) -> Result<(), Failure> {
        let params = match source {
            TimeSource::OwnClock => json!({"enabled": false}),
            TimeSource::Network => json!({"enabled": true, "serversSource": "DHCP"}),
            TimeSource::Servers(servers) => {
                let servers: Vec<String> = servers.iter().map(ToString::to_string).collect();
                json!({"enabled": true, "serversSource": "static", "staticServers": servers})
            }
        };
        self.act(SERVERS, "setNTPClientConfiguration", params).await?;
        Ok(())
    }
}

pub(crate) fn read_clock(data: &Value) -> Option<ClockSettings> {
    let now = DateTime::parse_from_rfc3339(data.get("dateTime")?.as_str()?).ok()?;
    Some(ClockSettings {
        now: now.with_timezone(&Utc),
        zone: field(data, "timeZone").and_then(|text| TimeZoneName::parse(&text)),
        zone_rule: field(data, "posixTimeZone"),
        zones: data
            .get("timeZones")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .take(MOST_ZONES)
            .filter_map(|one| TimeZoneName::parse(one.as_str()?))
            .collect(),
    })
}

pub(crate) fn read_time_servers(data: &Value) -> Option<TimeServers> {
    let client = data.get("client").filter(|client| client.is_object())?;
    let servers = |name: &str| -> Vec<String> {
        let list = client.get(name).and_then(Value::as_array);
        list.into_iter()
            .flatten()
            .take(MOST_SERVERS)
            .filter_map(|one| Some(plain_text(one.as_str()?, LONGEST_TEXT)))
            .filter(|text| !text.is_empty())
            .collect()
    };
    let enabled = client.get("enabled").and_then(Value::as_bool)?;
    let from_network = field(client, "serversSource")?.eq_ignore_ascii_case("dhcp");
    let source = match (enabled, from_network) {
        (false, _) => TimeSource::OwnClock,
        (true, true) => TimeSource::Network,
        (true, false) => TimeSource::Servers(
            servers("staticServers")
                .iter()
                .filter_map(|text| TimeServer::parse(text))
                .collect(),
        ),
    };
    Some(TimeServers {
        source,
        advertised: servers("advertisedServers"),
        most: client
            .get("maxSupportedStaticServers")
            .and_then(Value::as_u64)
            .and_then(|most| usize::try_from(most).ok()),
        synchronised: client.get("synced").and_then(Value::as_bool),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// DEV-60: as they are documented.
    #[test]
    fn documented_answers() {
        let data = json!({"dateTime": "2018-11-19T13:26:53Z", "localDateTime": "2018-11-19T14:26:53+01:00",
            "maxYearSupported": 2069, "timeZone": "Europe/Stockholm", "posixTimeZone": "CET-1CEST,M3.5.0,M10.5.0/3",
            "dstEnabled": true, "timeZones": ["Africa/Abidjan", "no zone", "Etc/GMT+1"]});
        let clock = read_clock(&data).expect("a clock");
        assert_eq!(clock.now.to_rfc3339(), "2018-11-19T13:26:53+00:00");
        assert_eq!(
            clock.zone.map(|zone| zone.to_string()).as_deref(),
            Some("Europe/Stockholm")
        );
        assert_eq!(clock.zones.len(), 2);
        let client = |source: &str, enabled: bool| {
            json!({"client": {"enabled": enabled, "serversSource": source, "maxSupportedStaticServers": 5,
                "staticServers": ["192.168.0.80", "ntp.example", "not a name!"],
                "advertisedServers": ["ntp.someserver.com"], "synced": true}})
        };
        let servers = read_time_servers(&client("static", true)).expect("servers");
        assert_eq!(
            servers.source,
            TimeSource::Servers(vec![
                TimeServer::Address("192.168.0.80".parse().expect("an address")),
                TimeServer::Name(HostName::parse("ntp.example").expect("a name")),
            ])
        );
        assert_eq!((servers.most, servers.synchronised), (Some(5), Some(true)));
        let source = |value: Value| read_time_servers(&value).map(|servers| servers.source);
        assert_eq!(source(client("DHCP", true)), Some(TimeSource::Network));
        assert_eq!(source(client("static", false)), Some(TimeSource::OwnClock));
        assert_eq!(source(json!({})), None);
    }

    proptest! {
        /// SEC-04
        #[test]
        fn anything(text in "\\PC{0,60}") {
            let _ = TimeServer::parse(&text);
            let _ = read_clock(&json!({"dateTime": text, "timeZones": [text]}));
            let _ = read_time_servers(&json!({"client": {"enabled": true, "serversSource": text, "staticServers": [text]}}));
        }
    }
}
