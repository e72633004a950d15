//! Asking a network, and hearing who answers (DEV-01, VPX-18).
//!
//! Questions go out three times, since datagrams are lost. mDNS is asked twice each time: from an ordinary port, so that the
//! answers come to this program alone, and from the port of the protocol, so that they come to everybody; firewalls let
//! through sometimes the one, sometimes the other.
use super::announcement::{Announcement, LONGEST_DATAGRAM};
use super::types::{Hindrance, Reason, Way};
use super::{mdns, sockets, ssdp, ws_discovery};
use std::collections::{BTreeSet, HashSet};
use std::hash::{BuildHasher, RandomState};
use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::time::Duration;
use tokio::net::UdpSocket;
use tokio::sync::mpsc;
use tokio::time::Instant;
use uuid::Uuid;

/// When questions go out, counted from the beginning. The second of WS-Discovery is the first once more (SOAP over UDP);
/// between those of mDNS there is at least a second (RFC 6762, 5.2).
const MOMENTS: [Duration; 3] = [
    Duration::ZERO,
    Duration::from_millis(1100),
    Duration::from_millis(3200),
];
const REPETITION: Duration = Duration::from_millis(150);
/// Datagrams that are read within a second, of one way on one interface.
const MOST_IN_A_SECOND: u32 = 4096;
/// Different answers that are remembered, so that a repeated one is read once.
const MOST_REMEMBERED: usize = 65_536;
/// Errors in a row after which a socket is given up.
const MOST_ERRORS: u32 = 64;

/// What one way has to say.
#[derive(Debug)]
pub(super) enum Heard {
    Announced(Box<Announcement>),
    Hindered(Hindrance),
}

/// Where one way is asked.
#[derive(Debug, Clone)]
pub(super) struct Place {
    pub(super) way: Way,
    pub(super) interface: String,
    /// The interface's address.
    pub(super) address: Ipv4Addr,
    /// The port that is asked.
    pub(super) port: u16,
}

impl Place {
    fn group(&self) -> Ipv4Addr {
        match self.way {
            Way::Mdns => mdns::GROUP,
            Way::WsDiscovery => ws_discovery::GROUP,
            Way::Ssdp | Way::Ranges => ssdp::GROUP,
        }
    }

    /// How far a question goes: mDNS marks by it that nobody has passed it on; the others stay on the network.
    fn hops(&self) -> u32 {
        match self.way {
            Way::Mdns => 255,
            Way::Ssdp | Way::Ranges => 2,
            Way::WsDiscovery => 1,
        }
    }

    fn hindered(&self, reason: Reason) -> Heard {
        Heard::Hindered(Hindrance::on(self.way, &self.interface, reason))
    }
}

/// Asks, and passes on what is heard, for so long. Ends early when nobody takes it any more.
pub(super) async fn ask(place: Place, listen: Duration, out: mpsc::Sender<Heard>) {
    // Nobody takes it: then there is nothing more to do.
    let _ = Asking::begin(place, out).run(listen).await;
}

/// Whoever took what was heard is gone.
struct Gone;

struct Asking {
    place: Place,
    out: mpsc::Sender<Heard>,
    /// What hinders already, so that it is said once.
    hindrances: BTreeSet<Reason>,
    hasher: RandomState,
    remembered: HashSet<u64>,
    /// Instances that have said everything.
    known: BTreeSet<mdns::Instance>,
    /// Of WS-Discovery's question.
    number: Uuid,
    heard_itself: bool,
    second: Instant,
    in_this_second: u32,
}

impl Asking {
    fn begin(place: Place, out: mpsc::Sender<Heard>) -> Self {
        Self {
            place,
            out,
            hindrances: BTreeSet::new(),
            hasher: RandomState::new(),
            remembered: HashSet::new(),
            known: BTreeSet::new(),
            number: Uuid::now_v7(),
            heard_itself: false,
            second: Instant::now(),
            in_this_second: 0,
        }
    }

    async fn run(mut self, listen: Duration) -> Result<(), Gone> {
        let (address, hops) = (self.place.address, self.place.hops());
        let asking = self.open(sockets::for_questions(address, hops)).await?;
        let hearing = match self.place.way {
            Way::Mdns => {
                let opened = sockets::for_announcements(self.place.group(), self.place.port, address, hops);
                self.open(opened).await?
            }
            _ => None,
        };
        let begin = Instant::now();
        let end = begin + listen;
        let mut moments = self.moments().into_iter();
        let mut next = moments.next();
        let (mut one, mut other) = (vec![0; LONGEST_DATAGRAM + 1], vec![0; LONGEST_DATAGRAM + 1]);
        let mut errors = 0;
        let mut asked = false;
        while (asking.is_some() || hearing.is_some()) && errors < MOST_ERRORS {
            let moment = next.map_or(end, |(after, _)| (begin + after).min(end));
            let (received, to_everybody) = tokio::select! {
                () = tokio::time::sleep_until(moment) => {
                    let Some((_, anew)) = next.filter(|_| moment < end) else { break };
                    next = moments.next();
                    if anew {
                        self.number = Uuid::now_v7();
                    }
                    let question = self.question();
                    for socket in [&asking, &hearing].into_iter().flatten() {
                        asked |= self.send(socket, &question).await?;
                    }
                    continue;
                }
                received = receive(asking.as_ref(), &mut one) => (received.map(|(n, from)| (&one[..n], from)), false),
                received = receive(hearing.as_ref(), &mut other) => (received.map(|(n, from)| (&other[..n], from)), true),
            };
            match received {
                Ok((datagram, from)) => {
                    errors = 0;
                    self.take(datagram, from, to_everybody).await?;
                }
                // On some systems an earlier question that could not be delivered is said here.
                Err(error) => {
                    tracing::debug!(%error, way = %self.place.way, "nothing was received");
                    errors += 1;
                }
            }
        }
        if hearing.is_some() && asked && !self.heard_itself {
            self.hinder(Reason::AnswersFiltered).await?;
        }
        Ok(())
    }

    /// When questions go out, and whether they are new ones.
    fn moments(&self) -> Vec<(Duration, bool)> {
        let mut moments = Vec::new();
        for moment in MOMENTS {
            moments.push((moment, true));
            if self.place.way == Way::WsDiscovery {
                moments.push((moment + REPETITION, false));
            }
        }
        moments
    }

    fn question(&self) -> Vec<u8> {
        match self.place.way {
            Way::Mdns => mdns::question(&self.known),
            Way::WsDiscovery => ws_discovery::question(self.number),
            Way::Ssdp | Way::Ranges => ssdp::question(self.target()),
        }
    }

    fn target(&self) -> SocketAddr {
        SocketAddr::from((self.place.group(), self.place.port))
    }

    /// Whether it went out.
    async fn send(&mut self, socket: &UdpSocket, question: &[u8]) -> Result<bool, Gone> {
        match socket.send_to(question, self.target()).await {
            Ok(_) => Ok(true),
            Err(error) => {
                self.hinder(sockets::reason_of(&error)).await?;
                Ok(false)
            }
        }
    }

    async fn open(&mut self, opened: io::Result<UdpSocket>) -> Result<Option<UdpSocket>, Gone> {
        match opened {
            Ok(socket) => Ok(Some(socket)),
            Err(error) => {
                self.hinder(sockets::reason_of(&error)).await?;
                Ok(None)
            }
        }
    }

    async fn hinder(&mut self, reason: Reason) -> Result<(), Gone> {
        if !self.hindrances.insert(reason.clone()) {
            return Ok(());
        }
        self.out.send(self.place.hindered(reason)).await.map_err(|_| Gone)
    }

    async fn take(&mut self, datagram: &[u8], from: SocketAddr, to_everybody: bool) -> Result<(), Gone> {
        if self.second.elapsed() >= Duration::from_secs(1) {
            self.second = Instant::now();
            self.in_this_second = 0;
        }
        self.in_this_second += 1;
        if self.in_this_second > MOST_IN_A_SECOND {
            return self.hinder(Reason::TooManyAnswers).await;
        }
        if to_everybody && !self.heard_itself && from.ip() == IpAddr::V4(self.place.address) {
            self.heard_itself = mdns::is_question(datagram);
        }
        // What is said to everybody comes from the port of the protocol (RFC 6762, 6).
        if datagram.len() > LONGEST_DATAGRAM || (to_everybody && from.port() != self.place.port) {
            return Ok(());
        }
        if self.remembered.len() >= MOST_REMEMBERED {
            self.remembered.clear();
        }
        if !self
            .remembered
            .insert(self.hasher.hash_one((from.ip(), datagram)))
        {
            return Ok(());
        }
        let announced = match self.place.way {
            Way::Mdns => {
                let (announced, known) = mdns::read(datagram, from);
                if self.known.len() < MOST_REMEMBERED {
                    self.known.extend(known);
                }
                announced
            }
            Way::WsDiscovery => ws_discovery::read(datagram, from),
            Way::Ssdp | Way::Ranges => ssdp::read(datagram, from).into_iter().collect(),
        };
        for one in announced {
            self.out
                .send(Heard::Announced(Box::new(one)))
                .await
                .map_err(|_| Gone)?;
        }
        Ok(())
    }
}

/// What comes in; nothing ever where there is no socket.
async fn receive(socket: Option<&UdpSocket>, buffer: &mut [u8]) -> io::Result<(usize, SocketAddr)> {
    match socket {
        Some(socket) => socket.recv_from(buffer).await,
        None => std::future::pending().await,
    }
}
