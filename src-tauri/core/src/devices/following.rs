//! A device that got another address is found again by its serial number, by itself (DEV-03).
//!
//! Devices that do not answer for ten minutes are looked for where devices announce themselves on the networks of this machine; no
//! range is probed. That happens once an hour at most, and only where there is somebody to be looked for. Anybody can announce a
//! serial number: a device is followed where it answers under its own with the certificate that is believed of it, and only within
//! the network it was in, since one that is reached from afar has another address there without having moved. Otherwise an alarm says
//! where it was seen; to what shows another certificate nothing is sent.

use super::store::{self, Lost};
use super::types::DevicePreferences;
use crate::alarms::rules::Wanted;
use crate::alarms::store::{Scope, reconcile};
use crate::alarms::types::AlarmCause;
use crate::connections::outcome;
use crate::connections::probe::{self, effective_proxy};
use crate::connections::service::Poller;
use crate::connections::store::{ConnectionFields, Polled, Which};
use crate::connections::types::{ConnectivityStatus, ProxyChoice};
use crate::{alarms, connections};
use flotilla_connectors::discovery::{self, Device, Devices, Event as Happened, Interface, Options, Way};
use flotilla_connectors::vapix::{Client, Failure, SerialNumber, Transport};
use flotilla_connectors::{Certificate, Endpoint};
use flotilla_kernel::audit::{self, Entry};
use flotilla_kernel::clock::{Time, hours, minutes};
use flotilla_kernel::database::Transaction;
use flotilla_kernel::error::Outcome;
use flotilla_kernel::ids::ConnectionId;
use flotilla_kernel::settings;
use flotilla_kernel::workspace::Workspace;
use futures_util::StreamExt;
use std::collections::{BTreeSet, HashMap};
use std::net::{IpAddr, Ipv4Addr};
use tokio::sync::mpsc;

/// A device that does not answer for so long is looked for.
pub const LOST_AFTER: i64 = minutes(10);
/// The networks are asked no more often than this.
pub const APART: i64 = hours(1);
/// Places of one device that are looked at.
const MOST_PLACES: usize = 8;
/// Devices that are looked at together.
const TOGETHER: usize = 16;
/// When the networks were last asked; also over a restart.
const LAST: &str = "devices.looked_for";

/// Where devices announce themselves on all networks of this machine.
pub fn announcements() -> Options {
    Options {
        ways: BTreeSet::from(Way::MULTICAST),
        ..Options::default()
    }
}

/// A device that is looked for, and how it was reached.
pub(super) struct Sought {
    pub(super) lost: Lost,
    pub(super) serial: SerialNumber,
    pub(super) polled: Polled,
}

/// What was met of a device.
enum Met {
    /// It answers there, in the network it was in.
    There(Endpoint, Option<Certificate>),
    /// It answers in another network; or something says that it is there, and does not prove it.
    Seen(Endpoint),
    Nowhere,
}

/// Looks for the devices that do not answer for long, where some do and the hour since the last time is over. Says whether the
/// networks were asked.
///
/// # Errors
/// Database errors.
pub async fn follow_due(workspace: &Workspace, options: Options) -> Outcome<bool> {
    if workspace.test_clock || !workspace.preferences::<DevicePreferences>().follow_devices {
        return Ok(false);
    }
    let now = workspace.clock.now();
    let mut connection = workspace.database.read().await?;
    let last = settings::read(&mut connection, LAST).await?;
    let last = last.and_then(|text| text.parse().ok()).map(Time);
    // A clock that was put back keeps nobody from being looked for.
    if last.is_some_and(|last| (0..APART).contains(&now.since(last))) {
        return Ok(false);
    }
    let lost = store::lost(&mut connection, now.plus(-LOST_AFTER)).await?;
    let sought = sought(workspace, &mut connection, lost).await?;
    drop(connection);
    if sought.is_empty() {
        return Ok(false);
    }
    let mut transaction = workspace.database.begin().await?;
    settings::write(transaction.connection(), LAST, &now.0.to_string()).await?;
    transaction.commit().await?;
    tracing::info!(
        devices = sought.len(),
        "devices that do not answer are looked for"
    );
    let announced = announced(workspace, options).await;
    let interfaces = discovery::list_interfaces().unwrap_or_else(|error| {
        tracing::warn!(%error, "the networks of this machine are not known; no device is followed");
        Vec::new()
    });
    let mut looks = futures_util::stream::iter(sought)
        .map(|sought| {
            let (places, interfaces) = (places(&sought, &announced), &interfaces);
            async move {
                let met = look(workspace, &sought, places, interfaces).await;
                (sought, met)
            }
        })
        .buffer_unordered(TOGETHER);
    while let Some((sought, met)) = looks.next().await {
        let kept = match met {
            Met::There(place, certificate) => follow(workspace, &sought, &place, certificate).await,
            Met::Seen(place) => tell(workspace, &sought, Some(&place)).await,
            Met::Nowhere => tell(workspace, &sought, None).await,
        };
        // One that cannot be stored must not take the others with it.
        if let Err(problem) = kept {
            tracing::warn!(%problem, "what was found of a device is not stored; it is looked for again");
        }
    }
    Ok(true)
}

/// Those that can be looked for here: what is reached through a proxy is on another network, and what is reached by a name is
/// followed by who keeps the name.
async fn sought(
    workspace: &Workspace,
    connection: &mut sqlx::SqliteConnection,
    lost: Vec<Lost>,
) -> Outcome<Vec<Sought>> {
    let ids: Vec<ConnectionId> = lost.iter().map(|lost| lost.connection).collect();
    let polled = connections::store::polled(connection, Which::These(&ids)).await?;
    let mut polled: HashMap<ConnectionId, Polled> =
        polled.into_iter().map(|polled| (polled.id, polled)).collect();
    Ok(lost
        .into_iter()
        .filter_map(|lost| {
            let serial = SerialNumber::parse(&lost.serial)?;
            let polled = polled.remove(&lost.connection)?;
            let target = &polled.target;
            let here = effective_proxy(workspace, &target.proxy) == ProxyChoice::Direct
                && target.endpoint.host.parse::<IpAddr>().is_ok();
            here.then_some(Sought { lost, serial, polled })
        })
        .collect())
}

/// What announces itself.
async fn announced(workspace: &Workspace, options: Options) -> Devices {
    let (sender, mut receiver) = mpsc::channel(256);
    let cancel = workspace.stopping().child_token();
    let searching = tokio::spawn(discovery::search(options, cancel, sender));
    let mut found = Devices::default();
    while let Some(happened) = receiver.recv().await {
        match happened {
            Happened::Found(sighting) => {
                if let Err(full) = found.add(*sighting) {
                    tracing::warn!(%full, "devices are looked for among those known by then");
                }
            }
            Happened::Hindered(hindrance) => {
                tracing::info!(reason = hindrance.reason.code(), way = ?hindrance.way, "a part of the networks was not asked");
            }
            Happened::Unidentified { .. } | Happened::Progress { .. } | Happened::Finished(_) => {}
        }
    }
    if let Err(error) = searching.await {
        tracing::error!(%error, "a search for devices broke off");
    }
    found
}

/// Where a device is said to be, other than where it was: at its port, and at those it announces.
fn places(sought: &Sought, announced: &Devices) -> Vec<Endpoint> {
    let before = &sought.polled.target.endpoint;
    let of = |device: Device| {
        let services = device.services.into_iter();
        let encrypted = services.filter(|service| service.transport == Transport::Https);
        let as_before = device.addresses.into_iter().map(|address| (address, before.port));
        let said = encrypted.map(|service| (service.address.ip(), service.address.port()));
        as_before.chain(said).collect::<Vec<_>>()
    };
    let mut places: Vec<Endpoint> = Vec::new();
    let rows = announced.rows();
    for (address, port) in rows
        .filter(|device| device.serial_number() == Some(&sought.serial))
        .flat_map(of)
    {
        if let Ok(place) = Endpoint::parse(&address.to_string(), port)
            && place != *before
            && !places.contains(&place)
            && places.len() < MOST_PLACES
        {
            places.push(place);
        }
    }
    places
}

/// Whether the device answers at one of these places, with the certificate that is believed of it. Nothing is sent to another one.
async fn look(
    workspace: &Workspace,
    sought: &Sought,
    places: Vec<Endpoint>,
    interfaces: &[Interface],
) -> Met {
    let mut met = Met::Nowhere;
    for place in places {
        let Ok((dialer, trust)) = probe::device_path(workspace, &sought.polled.target) else {
            return Met::Nowhere;
        };
        // Nothing that was kept from an earlier owner of the address is used.
        dialer.forget(&place);
        let Ok(client) = Client::new(&dialer, &place, &trust, Transport::Https) else {
            continue;
        };
        match client.probe().await {
            Ok(found) if found.serial_number.as_ref() == Some(&sought.serial) => {
                if on_one_network(&sought.polled.target.endpoint, &place, interfaces) {
                    return Met::There(place, client.certificate());
                }
                met = Met::Seen(place);
            }
            Err(
                Failure::CertificateChanged(_)
                | Failure::CertificateNotTrusted(_)
                | Failure::CertificateUnusable,
            ) => met = Met::Seen(place),
            // Another device, or nobody.
            Ok(_) | Err(_) => {}
        }
    }
    met
}

/// Whether one of these interfaces leads to both.
fn on_one_network(one: &Endpoint, other: &Endpoint, interfaces: &[Interface]) -> bool {
    let (Ok(one), Ok(other)) = (one.host.parse::<Ipv4Addr>(), other.host.parse::<Ipv4Addr>()) else {
        return false;
    };
    let addresses = interfaces
        .iter()
        .filter(|interface| interface.up)
        .flat_map(|interface| &interface.addresses);
    addresses
        .filter_map(|address| match (address.address, address.netmask?) {
            (IpAddr::V4(address), IpAddr::V4(mask)) => Some((u32::from(address), u32::from(mask))),
            _ => None,
        })
        .any(|(address, mask)| {
            [one, other]
                .iter()
                .all(|&each| u32::from(each) & mask == address & mask)
        })
}

/// The device answers there under its serial number and with its certificate: from now on it is reached there. Flotilla itself did it.
async fn follow(
    workspace: &Workspace,
    sought: &Sought,
    place: &Endpoint,
    certificate: Option<Certificate>,
) -> Outcome<()> {
    let mut transaction = workspace.database.begin().await?;
    if follow_in(&mut transaction, sought, place, certificate).await? {
        transaction.commit().await?;
        workspace.state::<Poller>().look_at([sought.lost.connection]);
    }
    Ok(())
}

/// As [`follow`], in a transaction. False: somebody has changed meanwhile how the device is reached, and knows better.
pub(super) async fn follow_in(
    transaction: &mut Transaction,
    sought: &Sought,
    place: &Endpoint,
    certificate: Option<Certificate>,
) -> Outcome<bool> {
    let (lost, polled) = (&sought.lost, &sought.polled);
    let before = connections::store::before(transaction.connection(), lost.connection).await?;
    if before.is_none_or(|before| before.edition != polled.edition) {
        return Ok(false);
    }
    let view = connections::store::one(transaction.connection(), lost.connection).await?;
    let fields = ConnectionFields {
        name: view.name,
        host: place.host.clone(),
        port: i64::from(place.port),
        user_name: view.user_name,
        password: None,
        proxy: view.proxy,
        pin: certificate,
    };
    connections::store::update(transaction.connection(), lost.connection, &fields).await?;
    transaction.changed(connections::types::CHANGES, [lost.connection.0]);
    let entry = Entry::done()
        .organization(lost.organization)
        .subject(lost.name.clone())
        .detail("serial", lost.serial.clone())
        .detail("from", polled.target.endpoint.to_string())
        .detail("to", place.to_string());
    audit::append(transaction, None, "service", "devices.follow", &entry).await?;
    tracing::info!(connection = %lost.connection, from = %polled.target.endpoint, to = %place, "a device is followed");
    Ok(true)
}

/// An alarm says where a device was seen that is not followed there; it ends when the device is seen no more.
async fn tell(workspace: &Workspace, sought: &Sought, place: Option<&Endpoint>) -> Outcome<()> {
    let lost = &sought.lost;
    // Of another certificate where it was there is an alarm already, and a person is asked.
    let asked = sought.polled.status == ConnectivityStatus::CertificateChanged;
    let wanted: Vec<Wanted> = place
        .filter(|_| !asked)
        .into_iter()
        .map(|place| Wanted {
            system: None,
            cause: AlarmCause::SeenElsewhere,
            qualifier: place.to_string(),
        })
        .collect();
    let scope = Scope {
        organization: lost.organization,
        connection: lost.connection,
        alone: Some(lost.system),
        systems: &HashMap::new(),
        causes: &[AlarmCause::SeenElsewhere],
    };
    let mut transaction = workspace.database.begin().await?;
    // It may have been removed, or reached otherwise, meanwhile.
    let before = connections::store::before(transaction.connection(), lost.connection).await?;
    if before.is_none_or(|before| before.edition != sought.polled.edition) {
        return Ok(());
    }
    let now = transaction.now();
    let changes = reconcile(transaction.connection(), now, &scope, &wanted).await?;
    if changes.is_empty() {
        return Ok(());
    }
    alarms::tell(&mut transaction, &changes);
    outcome::changed(workspace, &mut transaction, lost.organization).await?;
    transaction.commit().await
}

#[cfg(test)]
mod tests {
    use super::*;
    use flotilla_connectors::discovery::InterfaceAddress;

    /// DEV-03: only within a network of this machine, which the device was in before.
    #[test]
    fn one_network() {
        let interface = |address: [u8; 4], prefix: u32, up| Interface {
            name: "eth0".to_owned(),
            addresses: vec![InterfaceAddress {
                address: address.into(),
                netmask: Some(Ipv4Addr::from(u32::MAX << (32 - prefix)).into()),
            }],
            loopback: false,
            up,
        };
        let endpoint = |host: &str| Endpoint::parse(host, 443).expect("an endpoint");
        let together = |interface: &Interface, one: &str, other: &str| {
            on_one_network(&endpoint(one), &endpoint(other), std::slice::from_ref(interface))
        };
        let here = interface([10, 44, 0, 7], 21, true);
        assert!(together(&here, "10.44.0.20", "10.44.7.20"));
        assert!(!together(&here, "10.44.0.20", "10.44.8.20"));
        assert!(!together(&here, "203.0.113.5", "10.44.0.20"), "reached from afar");
        assert!(
            !together(&here, "203.0.113.5", "203.0.113.6"),
            "no network of this machine"
        );
        assert!(!together(&here, "fe80::1", "fe80::2"));
        let down = interface([10, 44, 0, 7], 21, false);
        assert!(!together(&down, "10.44.0.20", "10.44.7.20"));
    }
}
