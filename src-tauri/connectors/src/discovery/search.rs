//! One search: all ways at once, what they find completed, merged and passed on as it comes (DEV-01).
use super::announcement::{Announcement, Description};
use super::identify::{Identifier, Outcome, Trusted};
use super::interfaces::{self, Interfaces};
use super::merge::{Devices, MOST_DEVICES};
use super::multicast::{self, Heard, Place};
use super::ranges::{Range, Ranges};
use super::sockets::reason_of;
use super::types::{Event, Hindrance, Reason, Service, Sighting, Summary, Way};
use super::{mdns, ssdp, ws_discovery};
use crate::vapix::Transport;
use std::collections::{BTreeSet, HashMap, HashSet, VecDeque};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, UdpSocket};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

/// DEV-01: addresses that are asked at the same time.
const AT_ONCE: usize = 32;
/// Groups of ports that are asked at one address: devices behind one that is shared have ports of their own.
const MOST_GROUPS: usize = 64;
/// Groups that are asked in all.
const MOST_JOBS: usize = 4 * MOST_DEVICES;
/// Descriptions that are looked at.
const MOST_DESCRIPTIONS: usize = MOST_DEVICES;
/// Of the progress of a large range not every address is said.
const STEPS: u64 = 1000;

/// The ports of the protocols.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ports {
    /// Where devices are asked by mDNS.
    pub mdns: u16,
    /// Where devices are asked by SSDP.
    pub ssdp: u16,
    /// Where devices are asked by WS-Discovery.
    pub ws_discovery: u16,
    /// Where a device is asked what it is, over TLS.
    pub https: u16,
    /// Where a device is asked what it is, in clear.
    pub http: u16,
}

impl Default for Ports {
    fn default() -> Self {
        Self {
            mdns: mdns::PORT,
            ssdp: ssdp::PORT,
            ws_discovery: ws_discovery::PORT,
            https: 443,
            http: 80,
        }
    }
}

/// What is searched for, and where.
#[derive(Debug, Clone)]
pub struct Options {
    /// Which ways are gone.
    pub ways: BTreeSet<Way>,
    /// Which interfaces questions go out of.
    pub interfaces: Interfaces,
    /// The addresses that are probed one by one.
    pub ranges: Ranges,
    /// How long answers are waited for; questions go out within the first four seconds.
    pub listen: Duration,
    /// The ports, which are others only where somebody has changed them.
    pub ports: Ports,
    /// What is believed of devices that are met.
    pub trusted: Trusted,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            ways: BTreeSet::from([Way::Mdns, Way::Ssdp, Way::WsDiscovery, Way::Ranges]),
            interfaces: Interfaces::All,
            ranges: Ranges::default(),
            listen: Duration::from_secs(6),
            ports: Ports::default(),
            trusted: Trusted::default(),
        }
    }
}

/// Searches, and sends what happens as it happens (DEV-01). The last event is [`Event::Finished`], also where it was
/// cancelled; a receiver that is dropped ends the search, too. Merging what is found is [`Devices`]' work: a sighting is sent
/// when it says something that was not known.
pub async fn search(options: Options, cancel: CancellationToken, events: mpsc::Sender<Event>) {
    let (heard_sender, heard) = mpsc::channel(1024);
    let mut search = Search {
        queue: VecDeque::new(),
        running: JoinSet::new(),
        ranges: Progress::new(&options),
        ports: options.ports,
        identifier: Arc::new(Identifier::new(options.trusted.clone())),
        devices: Devices::default(),
        probed: HashMap::new(),
        jobs: 0,
        described: HashSet::new(),
        hindrances: BTreeSet::new(),
        summary: Summary::default(),
        events: events.clone(),
        cancel: cancel.clone(),
    };
    let mut listeners = JoinSet::new();
    let (places, hindrances) = places(&options);
    for place in places {
        listeners.spawn(multicast::ask(place, options.listen, heard_sender.clone()));
    }
    drop(heard_sender);
    // An end before its time is a cancelled search, or one that nobody follows any more.
    search.summary.cancelled = search.run(hindrances, heard).await.is_err();
    listeners.shutdown().await;
    search.running.shutdown().await;
    if events.send(Event::Finished(search.summary)).await.is_err() {
        tracing::debug!("nobody follows the search any more");
    }
}

/// Where each way is asked, and what prevents it.
fn places(options: &Options) -> (Vec<Place>, Vec<Hindrance>) {
    let ways = Way::MULTICAST
        .into_iter()
        .filter(|way| options.ways.contains(way));
    let ways: Vec<Way> = ways.collect();
    if ways.is_empty() {
        return (Vec::new(), Vec::new());
    }
    let list = match interfaces::list() {
        Ok(list) => list,
        Err(error) => {
            return (Vec::new(), vec![Hindrance::everywhere(None, reason_of(&error))]);
        }
    };
    let (usable, hindrances) = interfaces::choose(&list, &options.interfaces);
    let mut places = Vec::new();
    for interface in usable {
        for address in interface.addresses {
            places.extend(ways.iter().map(|way| Place {
                way: *way,
                interface: interface.name.clone(),
                address,
                port: match way {
                    Way::Mdns => options.ports.mdns,
                    Way::WsDiscovery => options.ports.ws_discovery,
                    Way::Ssdp | Way::Ranges => options.ports.ssdp,
                },
            }));
        }
    }
    (places, hindrances)
}

/// The search ends before its time.
struct Ended;

/// What is to be done at an address.
enum Job {
    Identify {
        address: IpAddr,
        /// Which of the groups of its ports.
        group: usize,
        services: BTreeSet<Service>,
        /// The range whose address it is.
        range: Option<Range>,
    },
    Describe(Description),
}

enum Done {
    Identified {
        address: IpAddr,
        group: usize,
        outcome: Box<Outcome>,
        /// It is an address of a range.
        counts: bool,
    },
    /// This machine has no way there.
    NoWay {
        range: Range,
        reason: Reason,
    },
    Described(Option<Box<Sighting>>),
}

/// Ports of one address that belong together, because one announcement names them or because they are the usual ones.
struct Group {
    services: BTreeSet<Service>,
    /// Which ways lead there.
    ways: BTreeSet<Way>,
    /// What was met, once it was asked.
    outcome: Option<Outcome>,
}

/// The addresses of the ranges that are still to be probed.
struct Progress {
    left: VecDeque<Range>,
    addresses: Option<(Range, u32)>,
    done: u64,
    total: u64,
}

impl Progress {
    fn new(options: &Options) -> Self {
        let wanted = options.ways.contains(&Way::Ranges);
        let ranges = options.ranges.as_slice().iter().filter(|_| wanted);
        let left: VecDeque<Range> = ranges.copied().collect();
        Self {
            total: left.iter().map(Range::len).sum(),
            left,
            addresses: None,
            done: 0,
        }
    }

    fn next(&mut self) -> Option<(Range, Ipv4Addr)> {
        loop {
            if let Some((range, next)) = &mut self.addresses
                && *next <= u32::from(range.last())
            {
                let address = Ipv4Addr::from(*next);
                *next += 1;
                return Some((*range, address));
            }
            let range = self.left.pop_front()?;
            self.addresses = Some((range, u32::from(range.first())));
        }
    }
}

struct Search {
    /// What was announced goes before ranges.
    queue: VecDeque<Job>,
    running: JoinSet<Done>,
    ranges: Progress,
    ports: Ports,
    identifier: Arc<Identifier>,
    /// What was said already.
    devices: Devices,
    probed: HashMap<IpAddr, Vec<Group>>,
    /// How many groups were asked so far.
    jobs: usize,
    described: HashSet<Description>,
    hindrances: BTreeSet<Hindrance>,
    summary: Summary,
    events: mpsc::Sender<Event>,
    cancel: CancellationToken,
}

impl Search {
    async fn run(
        &mut self,
        hindrances: Vec<Hindrance>,
        mut heard: mpsc::Receiver<Heard>,
    ) -> Result<(), Ended> {
        for hindrance in hindrances {
            self.hinder(hindrance).await?;
        }
        let cancel = self.cancel.clone();
        let mut listening = true;
        loop {
            self.fill().await?;
            if !listening && self.running.is_empty() {
                return Ok(());
            }
            tokio::select! {
                biased;
                () = cancel.cancelled() => return Err(Ended),
                Some(done) = self.running.join_next() => match done {
                    Ok(done) => self.done(done).await?,
                    Err(error) => tracing::warn!(%error, "an address was not asked to its end"),
                },
                heard = heard.recv(), if listening => match heard {
                    Some(Heard::Announced(announcement)) => self.announced(*announcement).await?,
                    Some(Heard::Hindered(hindrance)) => self.hinder(hindrance).await?,
                    None => listening = false,
                },
            }
        }
    }

    async fn emit(&mut self, event: Event) -> Result<(), Ended> {
        tokio::select! {
            biased;
            () = self.cancel.cancelled() => Err(Ended),
            sent = self.events.send(event) => sent.map_err(|_| Ended),
        }
    }

    async fn hinder(&mut self, hindrance: Hindrance) -> Result<(), Ended> {
        if self.hindrances.insert(hindrance.clone()) {
            self.emit(Event::Hindered(hindrance)).await?;
        }
        Ok(())
    }

    async fn found(&mut self, sighting: Sighting) -> Result<(), Ended> {
        let way = sighting.way;
        match self.devices.add(sighting.clone()) {
            Ok(changes) if changes.is_empty() => Ok(()),
            Ok(_) => self.emit(Event::Found(Box::new(sighting))).await,
            Err(_) => {
                self.hinder(Hindrance::everywhere(way, Reason::TooManyDevices))
                    .await
            }
        }
    }

    async fn announced(&mut self, announcement: Announcement) -> Result<(), Ended> {
        let Announcement {
            sighting,
            description,
        } = announcement;
        let (way, address, services) = (sighting.way, sighting.address, sighting.services.clone());
        *self.summary.answers.entry(way).or_default() += 1;
        self.found(sighting).await?;
        if let Some(description) = description
            && self.described.len() < MOST_DESCRIPTIONS
            && self.described.insert(description.clone())
        {
            self.queue.push_back(Job::Describe(description));
        }
        self.want(address, services, way).await
    }

    /// Has an address asked what it is at the ports that were announced, and at the usual ones unless it was announced where
    /// it speaks TLS.
    async fn want(&mut self, address: IpAddr, services: BTreeSet<Service>, way: Way) -> Result<(), Ended> {
        let usual = self.usual(address);
        let is_encrypted = |service: &Service| service.transport == Transport::Https;
        let needs_usual = !services.iter().any(is_encrypted);
        if !services.is_subset(&usual) {
            self.want_group(address, services, way, None).await?;
            if !needs_usual {
                return Ok(());
            }
        }
        self.want_group(address, usual, way, None).await
    }

    fn usual(&self, address: IpAddr) -> BTreeSet<Service> {
        let service = |transport, port| Service {
            address: SocketAddr::new(address, port),
            transport,
        };
        BTreeSet::from([
            service(Transport::Https, self.ports.https),
            service(Transport::Http, self.ports.http),
        ])
    }

    async fn want_group(
        &mut self,
        address: IpAddr,
        services: BTreeSet<Service>,
        way: Way,
        range: Option<Range>,
    ) -> Result<(), Ended> {
        let groups = self.probed.entry(address).or_default();
        if let Some(group) = groups
            .iter_mut()
            .find(|group| services.is_subset(&group.services))
        {
            group.ways.insert(way);
            if range.is_some() {
                self.step().await?;
            }
            return self.pass_on(address).await;
        }
        // A range is never too large for it; what is announced may be.
        if range.is_none() && (groups.len() >= MOST_GROUPS || self.jobs >= MOST_JOBS) {
            return self
                .hinder(Hindrance::everywhere(way, Reason::TooManyDevices))
                .await;
        }
        self.jobs += 1;
        self.queue.push_back(Job::Identify {
            address,
            group: groups.len(),
            services: services.clone(),
            range,
        });
        groups.push(Group {
            services,
            ways: BTreeSet::from([way]),
            outcome: None,
        });
        Ok(())
    }

    /// Says what was met at an address, for each way that leads there; what was said already is not said again.
    async fn pass_on(&mut self, address: IpAddr) -> Result<(), Ended> {
        let mut sightings = Vec::new();
        for group in self.probed.get(&address).into_iter().flatten() {
            let was_announced = group.ways.iter().any(|way| *way != Way::Ranges);
            if let Some(outcome) = &group.outcome
                && (outcome.recognised || (was_announced && !outcome.services.is_empty()))
            {
                sightings.extend(group.ways.iter().map(|way| outcome.sighting(*way, address)));
            }
        }
        for sighting in sightings {
            self.found(sighting).await?;
        }
        Ok(())
    }

    async fn step(&mut self) -> Result<(), Ended> {
        let Progress { done, total, .. } = &mut self.ranges;
        *done += 1;
        self.summary.probed = *done;
        let (done, total) = (*done, *total);
        if done == total || done % (total / STEPS).max(1) == 0 {
            self.emit(Event::Progress { done, total }).await?;
        }
        Ok(())
    }

    async fn fill(&mut self) -> Result<(), Ended> {
        while self.running.len() < AT_ONCE {
            if self.queue.is_empty() {
                let Some((range, address)) = self.ranges.next() else {
                    break;
                };
                self.want_group(
                    address.into(),
                    self.usual(address.into()),
                    Way::Ranges,
                    Some(range),
                )
                .await?;
                continue;
            }
            let Some(job) = self.queue.pop_front() else { break };
            self.running.spawn(carry_out(job, self.identifier.clone()));
        }
        Ok(())
    }

    async fn done(&mut self, done: Done) -> Result<(), Ended> {
        match done {
            Done::Described(sighting) => match sighting {
                Some(sighting) => {
                    let (address, services) = (sighting.address, sighting.services.clone());
                    self.found(*sighting).await?;
                    self.want(address, services, Way::Ssdp).await
                }
                None => Ok(()),
            },
            Done::NoWay { range, reason } => {
                let hindrance = Hindrance {
                    range: Some(range),
                    ..Hindrance::everywhere(Way::Ranges, reason)
                };
                self.hinder(hindrance).await?;
                self.step().await
            }
            Done::Identified {
                address,
                group,
                outcome,
                counts,
            } => {
                let met = outcome.unidentified;
                let certificate = met.and_then(|place| outcome.certificates.get(&place).cloned());
                let groups = self.probed.entry(address).or_default();
                let mut only_a_range = true;
                if let Some(group) = groups.get_mut(group) {
                    only_a_range = group.ways.iter().all(|way| *way == Way::Ranges);
                    group.outcome = Some(*outcome);
                }
                if let Some(address) = met.filter(|_| only_a_range) {
                    let certificate = certificate.map(Box::new);
                    self.emit(Event::Unidentified { address, certificate }).await?;
                }
                self.pass_on(address).await?;
                if counts { self.step().await } else { Ok(()) }
            }
        }
    }
}

async fn carry_out(job: Job, identifier: Arc<Identifier>) -> Done {
    match job {
        Job::Describe(description) => Done::Described(identifier.describe(&description).await.map(Box::new)),
        Job::Identify {
            address,
            group,
            services,
            range,
        } => {
            if let Some(range) = range
                && let Some(reason) = no_way_to(address)
            {
                return Done::NoWay { range, reason };
            }
            Done::Identified {
                address,
                group,
                outcome: Box::new(identifier.identify(&services).await),
                counts: range.is_some(),
            }
        }
    }
}

/// Why this machine has no way to an address, as its routes say; nothing is sent. Whether somebody is there is another question.
fn no_way_to(address: IpAddr) -> Option<Reason> {
    let looked_up =
        UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).and_then(|socket| socket.connect((address, 9)));
    looked_up.err().map(|error| reason_of(&error))
}
