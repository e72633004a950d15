//! Putting devices into service (DEV-60): a row for each before anything is done, each address seen to be free, and every device followed
//! to its new address by its serial number.

use super::acting::Ended;
use super::adding::problem_of;
use super::operating::{self, Turn, field};
use super::rules::commissioning::{self as rules, AddressRange, NameParts, RangeProblem};
use super::store::{self, Managed};
use super::types::*;
use crate::connections;
use crate::connections::probe::{self, Target};
use crate::connections::service::Poller;
use crate::connections::store::ConnectionFields;
use flotilla_connectors::discovery::{self, Event as Happened, Options, Trusted, Way};
use flotilla_connectors::occupation::{Occupation, Sign, USUAL_PORTS, occupation};
use flotilla_connectors::vapix::{
    AddressAssignment, Client, HostName, MoveError, NameAssignment, Patience, ResolverAssignment,
    SerialNumber, StaticAddress, TimeServer, TimeSource, TimeZoneName, follow_move,
};
use flotilla_connectors::{Dialer, Endpoint};
use flotilla_kernel::audit::Entry;
use flotilla_kernel::call::Call;
use flotilla_kernel::error::{ErrorCode, FieldProblem, Outcome, Problem};
use flotilla_kernel::fields;
use flotilla_kernel::ids::{DeviceActId, SystemId};
use flotilla_kernel::rights::Admissions;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

/// At most so many devices at once.
const MOST: usize = 500;
/// So long an answer is waited for at an address that may be free.
const LOOK: Duration = Duration::from_secs(1);
/// So many addresses are looked at together.
const TOGETHER: usize = 64;
/// So long a device is looked for at its new address.
pub(super) const MOVE: Patience = Patience {
    limit: Duration::from_secs(3 * 60),
    interval: Duration::from_secs(1),
};
/// What stands for the address where the network gives it.
const FROM_NETWORK: &str = "DHCP";
/// A device that gets its address from the network often gets the one that it had: there it is looked for first.
const STAY: Patience = Patience {
    limit: Duration::from_secs(10),
    interval: Duration::from_secs(1),
};
/// So often it is searched for then.
const SEARCHES: usize = 5;

/// Settings, read and checked.
#[derive(Debug, Clone)]
struct Checked {
    addressing: Addressing,
    resolver: Option<ResolverAssignment>,
    template: String,
    zone: Option<TimeZoneName>,
    time: Option<TimeSource>,
}

#[derive(Debug, Clone, Copy)]
enum Addressing {
    Keep,
    Network,
    Range(AddressRange),
}

/// Reads settings; `of` gives the names of their fields.
///
/// # Errors
/// `form.invalid` with every problem at once.
fn check(settings: &CommissionSettings) -> Outcome<Checked> {
    let mut problems = Vec::new();
    let mut wrong = |name: &str, code| problems.push(FieldProblem::new(&format!("settings.{name}"), code));
    let addressing = match &settings.addressing {
        CommissionAddressing::Keep => Addressing::Keep,
        CommissionAddressing::Network => Addressing::Network,
        CommissionAddressing::Range {
            first,
            last,
            prefix,
            gateway,
        } => match AddressRange::parse(first, last, *prefix, gateway) {
            Ok(range) => Addressing::Range(range),
            Err(problem) => {
                let (name, code) = match problem {
                    RangeProblem::First => ("first", ErrorCode::FieldNotAnAddress),
                    RangeProblem::Last => ("last", ErrorCode::FieldNotAnAddress),
                    RangeProblem::Prefix => ("prefix", ErrorCode::FieldNotAvailable),
                    RangeProblem::Gateway => ("gateway", ErrorCode::FieldNotAnAddress),
                    RangeProblem::TooMany => ("last", ErrorCode::DiscoveryTooManyAddresses),
                };
                let mut problem = FieldProblem::new(&format!("settings.addressing.{name}"), code);
                if code == ErrorCode::DiscoveryTooManyAddresses {
                    problem = problem.with("limit", i64::from(rules::MOST_ADDRESSES));
                }
                return Err(Problem::of_field(problem));
            }
        },
    };
    let resolver = match &settings.name_servers {
        None => None,
        Some(servers) if servers.is_empty() => Some(ResolverAssignment::Network),
        Some(servers) => {
            let read: Result<Vec<IpAddr>, _> = servers.iter().map(|text| text.trim().parse()).collect();
            match read {
                Ok(servers) if servers.len() <= 3 => Some(ResolverAssignment::Static {
                    servers,
                    search_domains: Vec::new(),
                }),
                _ => {
                    wrong("name_servers", ErrorCode::FieldNotAnAddress);
                    None
                }
            }
        }
    };
    let time = match &settings.time_servers {
        None => None,
        Some(servers) if servers.is_empty() => Some(TimeSource::Network),
        Some(servers) => {
            let read: Option<Vec<TimeServer>> = servers
                .iter()
                .map(|text| TimeServer::parse(text.trim()))
                .collect();
            match read {
                Some(servers) if servers.len() <= 8 => Some(TimeSource::Servers(servers)),
                _ => {
                    wrong("time_servers", ErrorCode::FieldNotAnAddress);
                    None
                }
            }
        }
    };
    let zone = match settings.zone.trim() {
        "" => None,
        text => match (fields::zone("zone", text), TimeZoneName::parse(text)) {
            (None, Some(zone)) => Some(zone),
            _ => {
                wrong("zone", ErrorCode::FieldNotAZone);
                None
            }
        },
    };
    let template = settings.host_name.trim().to_owned();
    if template.len() > 200 || !rules::is_template(&template) {
        wrong("host_name", ErrorCode::FieldNotATemplate);
    }
    Problem::of_fields(problems)?;
    Ok(Checked {
        addressing,
        resolver,
        template,
        zone,
        time,
    })
}

/// What these devices would get, and which addresses were passed over (DEV-60). Nothing is done.
///
/// # Errors
/// `form.invalid`, `call.too-large`
pub async fn preview(
    call: &Call,
    arguments: PreviewCommission,
    admissions: Admissions,
) -> Outcome<CommissionPreview> {
    if arguments.ids.len() > MOST {
        return Err(Problem::new(ErrorCode::TooLarge).with("limit", MOST));
    }
    let operating::Admitted { devices, skipped } =
        operating::admitted(call, &arguments.ids, &admissions).await?;
    let settings = check(&arguments.settings)?;
    let ids: Vec<SystemId> = devices.iter().map(|device| device.system).collect();
    let mut connection = call.workspace.database.read().await?;
    let folders = store::folder_names(&mut connection, &ids).await?;
    let organizations: BTreeSet<_> = devices.iter().map(|device| device.organization).collect();
    let managed = store::addresses_of(&mut connection, &organizations).await?;
    drop(connection);
    let now_at: Vec<Option<Ipv4Addr>> = devices.iter().map(address_of).collect();
    let mut found = CommissionPreview {
        rows: Vec::with_capacity(devices.len()),
        skipped,
        taken: Vec::new(),
        cannot_tell: false,
    };
    let addresses = match &settings.addressing {
        Addressing::Keep | Addressing::Network => vec![None; devices.len()],
        Addressing::Range(range) => {
            let dialer = probe::workspace_dialer(&call.workspace)?;
            let ports = ports(devices.iter().map(|device| device.subject.port));
            let free = free((&dialer, &ports), range, &now_at, &managed, &mut found).await;
            rules::assign(range, &now_at, free)
        }
    };
    let wants_address = matches!(settings.addressing, Addressing::Range(_));
    let mut names = HashSet::new();
    for (place, (device, address)) in devices.iter().zip(addresses).enumerate() {
        let parts = NameParts {
            serial: &device.subject.serial,
            model: &device.subject.model,
            number: place + 1,
            folder: folders.get(&device.system).map_or("", String::as_str),
        };
        let name = (!settings.template.is_empty()).then(|| rules::host_name(&settings.template, parts));
        let problem = if device.kind != crate::systems::types::SystemKind::Camera {
            Some(ErrorCode::DeviceNotThisKind)
        } else if wants_address && address.is_none() {
            Some(if found.cannot_tell {
                ErrorCode::DeviceAddressUnseen
            } else {
                ErrorCode::DeviceNoAddressLeft
            })
        } else if matches!(name, Some(None)) {
            Some(ErrorCode::DeviceHostName)
        } else if let Some(Some(name)) = &name
            && !names.insert(name.as_str().to_owned())
        {
            Some(ErrorCode::FieldTaken)
        } else {
            None
        };
        found.rows.push(CommissionRow {
            system: device.system,
            name: device.subject.name.clone(),
            model: device.subject.model.clone(),
            serial: device.subject.serial.clone(),
            host: device.subject.host.clone(),
            address: address.map(|address| address.to_string()).unwrap_or_default(),
            host_name: name
                .flatten()
                .map(|name| name.as_str().to_owned())
                .unwrap_or_default(),
            problem,
        });
    }
    Ok(found)
}

fn address_of(device: &Managed) -> Option<Ipv4Addr> {
    device.subject.host.parse().ok()
}

/// Where it is seen whether an address is taken: at the usual ports, and at those of the devices.
fn ports(of: impl IntoIterator<Item = i64>) -> Vec<u16> {
    let own = of.into_iter().filter_map(|port| u16::try_from(port).ok());
    let ports: BTreeSet<u16> = USUAL_PORTS.iter().copied().chain(own).collect();
    ports.into_iter().collect()
}

/// The addresses of a range that are free, as many as are needed; what is passed over is noted.
async fn free(
    (dialer, ports): (&Dialer, &[u16]),
    range: &AddressRange,
    now_at: &[Option<Ipv4Addr>],
    managed: &HashSet<Ipv4Addr>,
    found: &mut CommissionPreview,
) -> Vec<Ipv4Addr> {
    let own: HashSet<Ipv4Addr> = now_at.iter().flatten().copied().collect();
    let needed = now_at
        .iter()
        .filter(|address| address.is_none_or(|address| !range.contains(address)))
        .count();
    let mut free = Vec::with_capacity(needed);
    let mut candidates = range
        .addresses()
        .filter(|address| !own.contains(address))
        .peekable();
    while free.len() < needed && candidates.peek().is_some() {
        let mut looks = Vec::new();
        for address in candidates.by_ref().take(TOGETHER.min(needed - free.len() + 8)) {
            if managed.contains(&address) {
                found.taken.push(TakenAddress {
                    address: address.to_string(),
                    by: AddressTakenBy::Managed,
                });
            } else {
                looks.push(async move { (address, occupation(dialer, address.into(), ports, LOOK).await) });
            }
        }
        for (address, seen) in futures_util::future::join_all(looks).await {
            let by = match seen {
                Occupation::NothingSeen => {
                    free.push(address);
                    continue;
                }
                Occupation::CannotTell(_) => {
                    found.cannot_tell = true;
                    return Vec::new();
                }
                Occupation::Taken { sign, .. } => match sign {
                    Sign::Answered => AddressTakenBy::Answers,
                    Sign::Refused => AddressTakenBy::Refuses,
                },
            };
            let address = address.to_string();
            found.taken.push(TakenAddress { address, by });
        }
    }
    free
}

/// What one device is given.
#[derive(Debug, Clone)]
struct Given {
    address: Option<StaticAddress>,
    host_name: Option<HostName>,
}

/// Puts devices into service (DEV-60): time and names first, the address last; then the device is followed there.
///
/// # Errors
/// `form.invalid`, `call.too-large`; what concerns one device is its own result.
pub async fn commission(
    call: &Call,
    arguments: CommissionDevices,
    admissions: Admissions,
) -> Outcome<DeviceActBegun> {
    if arguments.devices.len() > MOST {
        return Err(Problem::new(ErrorCode::TooLarge).with("limit", MOST));
    }
    let ids: Vec<SystemId> = arguments.devices.iter().map(|device| device.id).collect();
    let admitted = operating::admitted(call, &ids, &admissions).await?;
    let settings = check(&arguments.settings)?;
    let mut problems = Vec::new();
    let mut given = HashMap::with_capacity(arguments.devices.len());
    let (mut addresses, mut names) = (HashSet::new(), HashSet::new());
    for (place, device) in arguments.devices.iter().enumerate() {
        let mut wrong = |name: &str, code| {
            problems.push(FieldProblem::new(&format!("devices.{place}.{name}"), code));
        };
        let address = match (&settings.addressing, device.address.trim()) {
            (Addressing::Keep | Addressing::Network, _) => None,
            (Addressing::Range(range), text) => {
                let address = text.parse().ok().and_then(|address| range.assignment(address));
                match &address {
                    None => wrong("address", ErrorCode::FieldNotAnAddress),
                    Some(address) if !addresses.insert(address.address()) => {
                        wrong("address", ErrorCode::FieldTaken);
                    }
                    Some(_) => {}
                }
                address
            }
        };
        let host_name = match device.host_name.trim() {
            "" => None,
            text => {
                let name = HostName::parse(text).ok();
                match &name {
                    None => wrong("host_name", ErrorCode::DeviceHostName),
                    Some(name) if !names.insert(name.as_str().to_lowercase()) => {
                        wrong("host_name", ErrorCode::FieldTaken);
                    }
                    Some(_) => {}
                }
                name
            }
        };
        given.insert(device.id, Given { address, host_name });
    }
    Problem::of_fields(problems)?;
    let nothing = matches!(settings.addressing, Addressing::Keep)
        && settings.resolver.is_none()
        && settings.time.is_none()
        && settings.zone.is_none()
        && given.values().all(|given| given.host_name.is_none());
    if nothing {
        return Err(field("settings", ErrorCode::FieldRequired));
    }
    let plan = Arc::new((settings, given));
    let begun = operating::begin(call, (DeviceActKind::Commission, ""), admitted, move |turn| {
        let plan = plan.clone();
        async move {
            let (settings, given) = &*plan;
            let given = given
                .get(&turn.device.system)
                .ok_or_else(|| Problem::new(ErrorCode::NotFound))?;
            one(&turn, settings, given).await
        }
    })
    .await?;
    // Those that did not come back are tried again with the same. The act goes on also where this cannot be kept.
    if let Err(problem) = keep_settings(call, begun.id, &arguments.settings).await {
        tracing::warn!(%problem, "the settings of an act are not kept");
    }
    Ok(begun)
}

async fn keep_settings(call: &Call, id: DeviceActId, settings: &CommissionSettings) -> Outcome<()> {
    let mut transaction = call.workspace.database.begin().await?;
    store::keep_settings(transaction.connection(), id, settings).await?;
    transaction.commit().await
}

async fn one(turn: &Turn, settings: &Checked, given: &Given) -> Outcome<Ended> {
    let now_at = address_of(&turn.device);
    let to = given.address.filter(|address| now_at != Some(address.address()));
    if let Some(to) = to {
        demand_free(turn, to.address()).await?;
    }
    let client = turn.signed_in().await?;
    turn.line.step(DeviceStep::Send);
    let said = |failure: flotilla_connectors::vapix::Failure| problem_of(&failure);
    if let Some(zone) = &settings.zone {
        client.set_time_zone(zone).await.map_err(said)?;
    }
    if let Some(source) = &settings.time {
        client.set_time_source(source).await.map_err(said)?;
    }
    if let Some(name) = &given.host_name {
        let name = NameAssignment::Static(name.clone());
        client.set_host_name(&name).await.map_err(said)?;
    }
    if let Some(resolver) = &settings.resolver {
        client.set_resolver(resolver).await.map_err(said)?;
    }
    let assignment = match (&settings.addressing, given.address) {
        (Addressing::Keep, _) => return Ok(Ended::Done),
        (Addressing::Network, _) => AddressAssignment::Network,
        // One that has this address already has it from now on by hand.
        (Addressing::Range(_), Some(address)) => AddressAssignment::Static(address),
        (Addressing::Range(_), None) => return Err(ErrorCode::FieldNotAnAddress.into()),
    };
    let info = client.network_info().await.map_err(said)?;
    let interface = info
        .interface_at(now_at.map(IpAddr::from))
        .ok_or_else(|| Problem::new(ErrorCode::DeviceNotUnderstood).with("detail", "no interface"))?;
    // From here on a program that ends leaves a device that is somewhere else: both addresses are written down before.
    let to = match &assignment {
        AddressAssignment::Static(address) => address.address().to_string(),
        AddressAssignment::Network => FROM_NETWORK.to_owned(),
    };
    let unfinished = not_arrived(turn, &to);
    turn.line
        .step_that_may_stay_open(&turn.workspace, DeviceStep::Move, unfinished)
        .await?;
    client
        .set_address(&interface.name, &assignment)
        .await
        .map_err(said)?;
    let serial = SerialNumber::parse(&turn.device.subject.serial)
        .ok_or_else(|| Problem::new(ErrorCode::DeviceNotUnderstood).with("detail", "no serial number"))?;
    match assignment {
        AddressAssignment::Static(address) => to_address(turn, &serial, address.address()).await,
        AddressAssignment::Network => from_network(turn, &serial).await,
    }
}

/// Nothing is given that somebody has, or of which it cannot be seen.
async fn demand_free(turn: &Turn, address: Ipv4Addr) -> Outcome<()> {
    let (dialer, _) = probe::device_path(&turn.workspace, turn.target())?;
    let code = match occupation(&dialer, address.into(), &ports([turn.at().1]), LOOK).await {
        Occupation::NothingSeen => return Ok(()),
        Occupation::Taken { .. } => ErrorCode::DeviceAddressTaken,
        Occupation::CannotTell(_) => ErrorCode::DeviceAddressUnseen,
    };
    Err(Problem::new(code).with("address", address.to_string()))
}

/// Follows a device to the address that it was given.
async fn to_address(turn: &Turn, serial: &SerialNumber, address: Ipv4Addr) -> Outcome<Ended> {
    let to = endpoint(&address.to_string(), turn.at().1)?;
    let (dialer, trust) = probe::device_path(&turn.workspace, turn.target())?;
    match follow_move(&dialer, &to, &trust, serial, MOVE, &turn.line.stopping).await {
        Ok(client) => arrived(turn, &client, &to).await,
        Err(MoveError::Cancelled) => Ok(Ended::Interrupted),
        Err(MoveError::AnotherDevice(_)) => {
            Err(Problem::new(ErrorCode::DeviceAddressTaken).with("address", address.to_string()))
        }
        Err(MoveError::NotThere | MoveError::Unnamed) => Err(not_arrived(turn, &address.to_string())),
        Err(MoveError::Failed(failure)) => Err(problem_of(&failure)),
    }
}

/// Looks for a device that gets its address from the network: where it was, and then wherever it announces itself.
async fn from_network(turn: &Turn, serial: &SerialNumber) -> Outcome<Ended> {
    let (dialer, trust) = probe::device_path(&turn.workspace, turn.target())?;
    let stopping = &turn.line.stopping;
    let mut places = vec![turn.target().endpoint.clone()];
    for _ in 0..SEARCHES {
        for place in &places {
            match follow_move(&dialer, place, &trust, serial, STAY, stopping).await {
                Ok(client) => return arrived(turn, &client, place).await,
                Err(MoveError::Cancelled) => return Ok(Ended::Interrupted),
                Err(_) => {}
            }
        }
        places = announced(serial, stopping, turn.at().1).await?;
    }
    Err(not_arrived(turn, FROM_NETWORK))
}

/// Where a device with this serial number announces itself.
async fn announced(serial: &SerialNumber, stopping: &CancellationToken, port: i64) -> Outcome<Vec<Endpoint>> {
    let options = Options {
        ways: BTreeSet::from([Way::Mdns, Way::Ssdp, Way::WsDiscovery]),
        trusted: Trusted::default(),
        ..Options::default()
    };
    let (sender, mut receiver) = mpsc::channel(256);
    let searching = tokio::spawn(discovery::search(options, stopping.child_token(), sender));
    let mut found = discovery::Devices::default();
    while let Some(happened) = receiver.recv().await {
        if let Happened::Found(sighting) = happened
            && let Err(full) = found.add(*sighting)
        {
            tracing::warn!(%full, "a device that moved is looked for among those known by then");
        }
    }
    searching.await.map_err(Problem::internal)?;
    found
        .rows()
        .filter(|device| device.serial_number() == Some(serial))
        .flat_map(|device| {
            device
                .addresses
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>()
        })
        .map(|address| endpoint(&address, port))
        .collect()
}

fn endpoint(host: &str, port: i64) -> Outcome<Endpoint> {
    u16::try_from(port)
        .ok()
        .and_then(|port| Endpoint::parse(host, port).ok())
        .ok_or_else(|| Problem::new(ErrorCode::FieldNotAnAddress))
}

fn not_arrived(turn: &Turn, to: &str) -> Problem {
    Problem::new(ErrorCode::DeviceNotArrived)
        .with("from", turn.device.subject.host.clone())
        .with("to", to.to_owned())
}

/// The device answers there under its serial number: from now on it is managed there.
async fn arrived(turn: &Turn, client: &Client, place: &Endpoint) -> Outcome<Ended> {
    let Target { endpoint, .. } = turn.target();
    if place == endpoint {
        return Ok(Ended::Done);
    }
    turn.line.step(DeviceStep::Store);
    let mut transaction = turn.workspace.database.begin().await?;
    let id = turn.polled.id;
    let view = connections::store::one(transaction.connection(), id).await?;
    let fields = ConnectionFields {
        name: view.name,
        host: place.host.clone(),
        port: i64::from(place.port),
        user_name: view.user_name,
        password: None,
        proxy: view.proxy,
        pin: client.certificate(),
    };
    connections::store::update(transaction.connection(), id, &fields).await?;
    transaction.changed(connections::types::CHANGES, [id.0]);
    let entry = Entry::done().detail("to", place.host.clone());
    turn.record(&mut transaction, entry).await?;
    turn.line.learn(|subject| subject.host.clone_from(&place.host));
    turn.line.done_in(&mut transaction).await?;
    transaction.commit().await?;
    turn.workspace.state::<Poller>().look_at([id]);
    Ok(Ended::Done)
}
