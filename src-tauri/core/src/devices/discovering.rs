//! Searching for devices (DEV-01): what the connectors find is kept in memory, a search for each account, and is asked for in parts. A
//! search stores nothing; what is to be managed is added by `adding`.

use super::store::{self, Placed};
use super::types::*;
use crate::connections;
use crate::connections::probe::view;
use flotilla_connectors::discovery::{
    self, Device, DeviceKey, Devices, Event as Happened, Hindrance, Interfaces, Known, Options, RangeError,
    Ranges, Service, Trusted, Way,
};
use flotilla_connectors::vapix::Transport;
use flotilla_kernel::audit::Entry;
use flotilla_kernel::call::{Call, Nothing};
use flotilla_kernel::clock::{Time, hours};
use flotilla_kernel::error::{ErrorCode, FieldProblem, Outcome, Problem};
use flotilla_kernel::events::Event;
use flotilla_kernel::ids::{AccountId, DiscoveryId};
use flotilla_kernel::workspace::Workspace;
use parking_lot::Mutex;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

/// So many rows are given at once.
const WINDOW: usize = 500;
/// So long a search that has ended can be looked at.
const KEEP: i64 = hours(4);
/// So many searches are kept in all.
const MOST: usize = 32;

/// The searches of this process.
#[derive(Default)]
pub struct Searches(Mutex<HashMap<DiscoveryId, Arc<Search>>>);

struct Search {
    id: DiscoveryId,
    account: AccountId,
    started_at: Time,
    ways: Vec<DiscoveryWay>,
    cancel: CancellationToken,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    devices: Devices,
    /// What changed last, by when; a key is in it once.
    log: BTreeMap<i64, DeviceKey>,
    at: HashMap<DeviceKey, i64>,
    /// By which ways each device was found, and how many by each: counted as they come, not at every question.
    ways: HashMap<DeviceKey, BTreeSet<Way>>,
    by_way: BTreeMap<Way, i64>,
    revision: i64,
    probed: i64,
    to_probe: i64,
    hindrances: BTreeSet<Hindrance>,
    finished_at: Option<Time>,
    cancelled: bool,
}

impl State {
    /// A device is known by these ways from now on; by none: it is no row of its own any more.
    fn note(&mut self, key: DeviceKey, ways: BTreeSet<Way>) {
        for &way in &ways {
            *self.by_way.entry(way).or_default() += 1;
        }
        let before = if ways.is_empty() {
            self.ways.remove(&key)
        } else {
            self.ways.insert(key.clone(), ways)
        };
        for way in before.into_iter().flatten() {
            *self.by_way.entry(way).or_default() -= 1;
        }
        if let Some(before) = self.at.get(&key) {
            self.log.remove(before);
        }
        self.revision += 1;
        self.at.insert(key.clone(), self.revision);
        self.log.insert(self.revision, key);
    }

    fn happened(&mut self, happened: Happened, now: Time) {
        match happened {
            Happened::Found(sighting) => match self.devices.add(*sighting) {
                Ok(changes) => {
                    for device in changes.changed {
                        self.note(device.key, device.ways);
                    }
                    for key in changes.removed {
                        self.note(key, BTreeSet::new());
                    }
                }
                Err(discovery::TooManyDevices) => {
                    self.hindrances.insert(Hindrance {
                        way: None,
                        interface: None,
                        range: None,
                        reason: discovery::Reason::TooManyDevices,
                    });
                }
            },
            // Anything may answer TLS; what does not say in any way that it is a device is none.
            Happened::Unidentified { .. } => {}
            Happened::Progress { done, total } => {
                self.probed = i64::try_from(done).unwrap_or(i64::MAX);
                self.to_probe = i64::try_from(total).unwrap_or(i64::MAX);
            }
            Happened::Hindered(hindrance) => {
                self.hindrances.insert(hindrance);
            }
            Happened::Finished(summary) => {
                self.finished_at = Some(now);
                self.cancelled = summary.cancelled;
            }
        }
    }
}

impl Searches {
    fn of(&self, call: &Call, id: DiscoveryId) -> Outcome<Arc<Search>> {
        let account = call.caller()?.account;
        self.0
            .lock()
            .get(&id)
            .filter(|search| search.account == account)
            .cloned()
            .ok_or_else(|| Problem::new(ErrorCode::NotFound))
    }

    /// Takes a search in; an earlier one of the account ends, and those that nobody looks at any more go.
    fn begin(&self, search: Arc<Search>, now: Time) {
        let mut searches = self.0.lock();
        for other in searches.values().filter(|other| other.account == search.account) {
            other.cancel.cancel();
        }
        searches.retain(|_, other| {
            let ended = other.state.lock().finished_at;
            ended.is_none_or(|at| now.since(at) < KEEP)
        });
        while searches.len() >= MOST {
            let Some(oldest) = searches.keys().min().copied() else {
                break;
            };
            if let Some(oldest) = searches.remove(&oldest) {
                oldest.cancel.cancel();
            }
        }
        searches.insert(search.id, search);
    }
}

/// The network interfaces of the machine that searches (DEV-01).
///
/// # Errors
/// `file.unreadable` when the operating system does not say.
pub async fn interfaces(_: &Call, _: Nothing) -> Outcome<Vec<NetworkInterface>> {
    let found = discovery::list_interfaces().map_err(flotilla_kernel::transfer::unreadable)?;
    Ok(found
        .into_iter()
        .map(|interface| NetworkInterface {
            networks: interface
                .addresses
                .iter()
                .filter_map(|address| network_of(address.address, address.netmask?))
                .collect(),
            addresses: interface
                .addresses
                .iter()
                .map(|address| address.address.to_string())
                .collect(),
            name: interface.name,
            loopback: interface.loopback,
            up: interface.up,
        })
        .collect())
}

/// The network of an address as a range; none where it is too large to be probed, or has one address only.
fn network_of(address: IpAddr, netmask: IpAddr) -> Option<String> {
    let (IpAddr::V4(address), IpAddr::V4(netmask)) = (address, netmask) else {
        return None;
    };
    let mask = u32::from(netmask);
    let prefix = mask.leading_ones();
    let whole = mask.count_ones() == prefix && (16..31).contains(&prefix);
    whole.then(|| format!("{}/{prefix}", Ipv4Addr::from(u32::from(address) & mask)))
}

/// Begins to search, in the background (DEV-01). An earlier search of the account ends.
///
/// # Errors
/// `form.invalid`, `test-clock.no-contact`.
pub async fn start(call: &Call, arguments: StartDiscovery) -> Outcome<DiscoveryView> {
    if call.workspace.test_clock {
        return Err(ErrorCode::TestClockNoContact.into());
    }
    let mut ways: Vec<DiscoveryWay> = arguments.ways;
    ways.sort_unstable();
    ways.dedup();
    let ranges = ranges_of(&ways, &arguments.ranges)?;
    if ways.is_empty() {
        return Err(Problem::of_field(FieldProblem::new(
            "ways",
            ErrorCode::FieldRequired,
        )));
    }
    let pins = connections::store::device_pins(&mut *call.workspace.database.read().await?).await?;
    let now = call.now();
    let search = Arc::new(Search {
        id: DiscoveryId::new(now),
        account: call.caller()?.account,
        started_at: now,
        ways: ways.clone(),
        cancel: call.workspace.stopping().child_token(),
        state: Mutex::new(State {
            to_probe: i64::try_from(ranges.len()).unwrap_or(i64::MAX),
            ..State::default()
        }),
    });
    let entry = Entry::done()
        .detail("ways", serde_json::json!(ways))
        .detail("interfaces", serde_json::json!(arguments.interfaces))
        .detail("ranges", arguments.ranges.trim());
    call.record(entry).await?;
    call.workspace.state::<Searches>().begin(search.clone(), now);
    let options = Options {
        ways: ways.iter().map(|&way| way_of(way)).collect(),
        interfaces: arguments.interfaces.map_or(Interfaces::All, Interfaces::Chosen),
        ranges,
        trusted: Trusted {
            pins,
            ..Trusted::default()
        },
        ..Options::default()
    };
    let shown = search.view();
    let workspace = call.workspace.clone();
    call.workspace
        .spawn(async move { run(workspace, search, options).await });
    Ok(shown)
}

fn ranges_of(ways: &[DiscoveryWay], text: &str) -> Outcome<Ranges> {
    if !ways.contains(&DiscoveryWay::Ranges) {
        return Ok(Ranges::default());
    }
    let refused = |problem| Err(Problem::of_field(problem));
    match text.parse::<Ranges>() {
        Ok(ranges) if ranges.is_empty() => refused(FieldProblem::new("ranges", ErrorCode::FieldRequired)),
        Ok(ranges) => Ok(ranges),
        Err(RangeError::TooMany { .. }) => refused(
            FieldProblem::new("ranges", ErrorCode::DiscoveryTooManyAddresses).with(
                "limit",
                i64::try_from(discovery::MOST_ADDRESSES).unwrap_or(i64::MAX),
            ),
        ),
        Err(error) => {
            refused(FieldProblem::new("ranges", ErrorCode::DiscoveryRange).with("reason", error.to_string()))
        }
    }
}

async fn run(workspace: Workspace, search: Arc<Search>, options: Options) {
    let (sender, mut receiver) = mpsc::channel(1_024);
    let searching = tokio::spawn(discovery::search(options, search.cancel.clone(), sender));
    let mut batch = Vec::new();
    while receiver.recv_many(&mut batch, 256).await > 0 {
        let now = workspace.clock.now();
        {
            let mut state = search.state.lock();
            for happened in batch.drain(..) {
                state.happened(happened, now);
            }
        }
        search.tell(&workspace);
    }
    if let Err(error) = searching.await {
        tracing::error!(%error, "a search for devices broke off");
    }
    search
        .state
        .lock()
        .finished_at
        .get_or_insert(workspace.clock.now());
    search.tell(&workspace);
}

impl Search {
    fn tell(&self, workspace: &Workspace) {
        workspace.database.tell(Event::Changed {
            feature: DISCOVERY,
            ids: vec![self.id.0],
            membership: false,
            many: false,
        });
    }

    fn view(&self) -> DiscoveryView {
        let state = self.state.lock();
        DiscoveryView {
            id: self.id,
            started_at: self.started_at,
            finished_at: state.finished_at,
            cancelled: state.cancelled,
            ways: self
                .ways
                .iter()
                .map(|&way| WayProgress {
                    way,
                    found: state.by_way.get(&way_of(way)).copied().unwrap_or_default(),
                })
                .collect(),
            probed: state.probed,
            to_probe: state.to_probe,
            found: i64::try_from(state.ways.len()).unwrap_or(i64::MAX),
            hindrances: state.hindrances.iter().map(hindrance_view).collect(),
        }
    }
}

/// How a search is.
///
/// # Errors
/// `not-found`: it is another account's, or too long ago.
pub async fn read(call: &Call, arguments: DiscoveryArgument) -> Outcome<DiscoveryView> {
    Ok(call.workspace.state::<Searches>().of(call, arguments.id)?.view())
}

/// Ends a search; what was found stays.
///
/// # Errors
/// `not-found`
pub async fn stop(call: &Call, arguments: DiscoveryArgument) -> Outcome<DiscoveryView> {
    let search = call.workspace.state::<Searches>().of(call, arguments.id)?;
    search.cancel.cancel();
    call.record(Entry::done()).await?;
    Ok(search.view())
}

/// What was found since the last question, at most 500 rows at once.
///
/// # Errors
/// `not-found`
pub async fn rows(call: &Call, arguments: DiscoveryRows) -> Outcome<FoundDevices> {
    let search = call.workspace.state::<Searches>().of(call, arguments.id)?;
    let (found, gone, revision, more) = {
        let state = search.state.lock();
        let mut found = Vec::new();
        let mut gone = Vec::new();
        let mut revision = arguments.since;
        let mut changed = state.log.range(arguments.since.saturating_add(1)..);
        for (&at, key) in changed.by_ref().take(WINDOW) {
            revision = at;
            match state.devices.row(key) {
                Some(device) => found.push(device),
                None => gone.push(key_text(key)),
            }
        }
        let more = changed.next().is_some();
        (found, gone, revision, more)
    };
    let serials: Vec<&str> = found
        .iter()
        .filter_map(|device| device.serial_number().map(|serial| serial.as_str()))
        .collect();
    let places: Vec<String> = found.iter().map(|device| place_of(device).0).collect();
    let hosts: Vec<&str> = places.iter().map(String::as_str).collect();
    let mut connection = call.workspace.database.read().await?;
    let placed = store::placed(&mut connection, call.caller()?, &serials, &hosts).await?;
    drop(connection);
    Ok(FoundDevices {
        revision,
        rows: found
            .into_iter()
            .map(|device| found_device(device, &placed))
            .collect(),
        gone,
        more,
    })
}

/// Where a device is best spoken to: encrypted where it can be, at an address that does not begin with its network's own.
fn place_of(device: &Device) -> (String, i64, Option<Transport>) {
    let better = |service: &&Service| {
        let address = service.address.ip();
        (
            service.transport != Transport::Https,
            link_local(address),
            address.is_ipv6(),
        )
    };
    match device.services.iter().min_by_key(better) {
        Some(service) => (
            service.address.ip().to_string(),
            i64::from(service.address.port()),
            Some(service.transport),
        ),
        None => {
            let address = device
                .addresses
                .iter()
                .min_by_key(|address| (link_local(**address), address.is_ipv6()));
            (address.map(ToString::to_string).unwrap_or_default(), 443, None)
        }
    }
}

fn link_local(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => address.is_link_local(),
        IpAddr::V6(address) => address.is_unicast_link_local(),
    }
}

fn found_device(device: Device, placed: &[Placed]) -> FoundDevice {
    let (host, port, transport) = place_of(&device);
    let serial = device
        .serial_number()
        .map(|serial| serial.as_str().to_owned())
        .unwrap_or_default();
    let own = placed
        .iter()
        .find(|known| !serial.is_empty() && known.serial == serial);
    let there = placed.iter().find(|known| known.host == host);
    let new = device.facts.needs_setup.as_ref().is_some_and(|known| known.value);
    let (state, known, note) = match (own, there) {
        (Some(own), _) if !own.visible => (FoundState::ManagedElsewhere, None, String::new()),
        (Some(own), _) if own.host == host => (FoundState::Managed, Some(own), String::new()),
        (Some(own), _) => (FoundState::Moved, Some(own), own.host.clone()),
        (None, Some(there)) if there.visible && !serial.is_empty() => {
            (FoundState::Replaced, Some(there), there.serial.clone())
        }
        (None, _) if new => (FoundState::FactoryNew, None, String::new()),
        (None, _) if transport == Some(Transport::Http) => (FoundState::NoApi, None, String::new()),
        (None, _) if device.facts.needs_setup.is_none() && !device.certificates.is_empty() => {
            (FoundState::NewCertificate, None, String::new())
        }
        (None, _) => (FoundState::AsksPassword, None, String::new()),
    };
    let text = |known: &Option<Known<String>>| {
        known
            .as_ref()
            .map(|known| known.value.clone())
            .unwrap_or_default()
    };
    let facts = &device.facts;
    let number = text(&facts.product_number);
    FoundDevice {
        key: key_text(&device.key),
        model: if number.is_empty() {
            text(&facts.model)
        } else {
            number
        },
        name: text(&facts.name),
        brand: text(&facts.brand),
        version: text(&facts.version),
        link_local: device.addresses.iter().all(|&address| link_local(address)),
        addresses: device
            .addresses
            .iter()
            .map(ToString::to_string)
            .filter(|address| *address != host)
            .collect(),
        ways: device.ways.iter().map(|&way| wire_way(way)).collect(),
        state,
        system: known.map(|known| known.system),
        folder: known.map(|known| known.folder.clone()).unwrap_or_default(),
        note,
        certificate: device
            .certificates
            .iter()
            .find(|(at, _)| at.ip().to_string() == host)
            .or_else(|| device.certificates.iter().next())
            .map(|(_, certificate)| view(certificate)),
        serial,
        host,
        port,
    }
}

fn key_text(key: &DeviceKey) -> String {
    match key {
        DeviceKey::SerialNumber(serial) => serial.as_str().to_owned(),
        DeviceKey::Address(address) => address.to_string(),
    }
}

fn way_of(way: DiscoveryWay) -> Way {
    match way {
        DiscoveryWay::Mdns => Way::Mdns,
        DiscoveryWay::Ssdp => Way::Ssdp,
        DiscoveryWay::WsDiscovery => Way::WsDiscovery,
        DiscoveryWay::Ranges => Way::Ranges,
    }
}

fn wire_way(way: Way) -> DiscoveryWay {
    match way {
        Way::Mdns => DiscoveryWay::Mdns,
        Way::Ssdp => DiscoveryWay::Ssdp,
        Way::WsDiscovery => DiscoveryWay::WsDiscovery,
        Way::Ranges => DiscoveryWay::Ranges,
    }
}

fn hindrance_view(hindrance: &Hindrance) -> DiscoveryHindrance {
    DiscoveryHindrance {
        way: hindrance.way.map(wire_way),
        interface: hindrance.interface.clone().unwrap_or_default(),
        range: hindrance
            .range
            .map(|range| format!("{}–{}", range.first(), range.last()))
            .unwrap_or_default(),
        reason: hindrance.reason.code().to_owned(),
        detail: match &hindrance.reason {
            discovery::Reason::Other(words) => words.clone(),
            _ => String::new(),
        },
    }
}
