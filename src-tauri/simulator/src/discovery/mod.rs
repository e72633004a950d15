//! The devices answer whoever looks for them (VPX-18): mDNS, SSDP and WS-Discovery, on the interface that has their addresses.
//!
//! One socket of each way hears the questions for the whole fleet; each device answers from its own address, at a moment of
//! its own within the time that the protocol gives.
mod announced;
mod mdns;
mod ssdp;
mod ws_discovery;

use crate::camera::Camera;
use crate::fault::Fault;
use crate::options::{DiscoveryPorts, DiscoveryWay};
use announced::Announced;
use socket2::{Domain, Protocol, Socket, Type};
use std::collections::VecDeque;
use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, SocketAddrV4};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::net::UdpSocket;
use tokio::sync::Semaphore;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

const LONGEST_DATAGRAM: usize = 9000;
/// Questions that are answered at the same time; others are not heard.
const MOST_QUESTIONS: usize = 32;
/// The same question again within this time is one that came twice.
const TWICE: Duration = Duration::from_millis(40);
/// Devices share the time that they have: not longer than this, so that a fleet is found soon.
const LONGEST_DELAY: Duration = Duration::from_millis(800);
/// Answers of mDNS wait from 20 to 120 ms (RFC 6762, 6).
const MDNS_DELAY: Duration = Duration::from_millis(120);

/// Has the devices answer by one way, until the fleet stops.
///
/// # Errors
/// When the port cannot be shared, or the interface carries no multicast.
pub(crate) fn answer_by(
    way: DiscoveryWay,
    ports: DiscoveryPorts,
    cameras: &[Camera],
    tracker: &TaskTracker,
    stop: &CancellationToken,
) -> io::Result<()> {
    let first = cameras
        .iter()
        .find_map(|camera| match camera.socket_address().ip() {
            IpAddr::V4(address) => Some(address),
            IpAddr::V6(_) => None,
        });
    let Some(first) = first else { return Ok(()) };
    let port = ports.of(way);
    let socket = hearing(way, port, first)?;
    let responder = Arc::new(Responder {
        way,
        port,
        cameras: cameras.to_vec(),
        count: AtomicU64::new(0),
        places: Arc::new(Semaphore::new(MOST_QUESTIONS)),
        stop: stop.clone(),
    });
    tracker.spawn(hear(socket, responder));
    Ok(())
}

struct Responder {
    way: DiscoveryWay,
    port: u16,
    cameras: Vec<Camera>,
    count: AtomicU64,
    places: Arc<Semaphore>,
    stop: CancellationToken,
}

/// A question of any way.
enum Question<'datagram> {
    Mdns(mdns::Asked<'datagram>),
    Ssdp(ssdp::Asked),
    WsDiscovery(ws_discovery::Asked),
}

fn group(way: DiscoveryWay) -> Ipv4Addr {
    match way {
        DiscoveryWay::Mdns => mdns::GROUP,
        DiscoveryWay::Ssdp => ssdp::GROUP,
        DiscoveryWay::WsDiscovery => ws_discovery::GROUP,
    }
}

fn hearing(way: DiscoveryWay, port: u16, interface: Ipv4Addr) -> io::Result<UdpSocket> {
    let socket = shared()?;
    #[cfg(target_os = "linux")]
    socket.set_multicast_all_v4(false)?;
    socket.join_multicast_v4(&group(way), &interface)?;
    socket.bind(&SocketAddr::V4(SocketAddrV4::new(Ipv4Addr::UNSPECIFIED, port)).into())?;
    UdpSocket::from_std(socket.into())
}

fn shared() -> io::Result<Socket> {
    let socket = Socket::new(Domain::IPV4, Type::DGRAM, Some(Protocol::UDP))?;
    socket.set_reuse_address(true)?;
    #[cfg(unix)]
    socket.set_reuse_port(true)?;
    socket.set_nonblocking(true)?;
    Ok(socket)
}

async fn hear(socket: UdpSocket, responder: Arc<Responder>) {
    let mut buffer = vec![0; LONGEST_DATAGRAM];
    let mut heard: VecDeque<(Instant, SocketAddr, Vec<u8>)> = VecDeque::new();
    loop {
        let received = tokio::select! {
            () = responder.stop.cancelled() => return,
            received = socket.recv_from(&mut buffer) => received,
        };
        let (datagram, from) = match received {
            Ok((length, from)) => (buffer[..length].to_vec(), from),
            Err(error) => {
                // Some systems say here that an answer was not delivered.
                tracing::debug!(%error, "no question was received");
                tokio::task::yield_now().await;
                continue;
            }
        };
        heard.retain(|(when, ..)| when.elapsed() < TWICE);
        if heard
            .iter()
            .any(|(_, who, what)| (who, what) == (&from, &datagram))
        {
            continue;
        }
        heard.push_back((Instant::now(), from, datagram.clone()));
        heard.truncate(MOST_QUESTIONS);
        let Ok(place) = responder.places.clone().try_acquire_owned() else {
            continue;
        };
        let responder = responder.clone();
        tokio::spawn(async move {
            let stop = responder.stop.clone();
            tokio::select! {
                () = stop.cancelled() => {}
                () = responder.answer(&datagram, from) => {}
            }
            drop(place);
        });
    }
}

impl Responder {
    async fn answer(&self, datagram: &[u8], from: SocketAddr) {
        let asked = match self.way {
            DiscoveryWay::Mdns => mdns::read(datagram, from, self.port).map(Question::Mdns),
            DiscoveryWay::Ssdp => ssdp::read(datagram).map(Question::Ssdp),
            DiscoveryWay::WsDiscovery => ws_discovery::read(datagram).map(Question::WsDiscovery),
        };
        let Some(asked) = asked else { return };
        let delay = match &asked {
            Question::Mdns(_) => MDNS_DELAY,
            Question::Ssdp(asked) => asked.delay,
            Question::WsDiscovery(_) => ws_discovery::DELAY,
        };
        let begin = Instant::now();
        let delay = delay.min(LONGEST_DELAY);
        for (index, camera) in self.cameras.iter().enumerate() {
            // In turn, each at its part of the time.
            let part = index as f64 / self.cameras.len() as f64;
            tokio::time::sleep_until(begin + delay.mul_f64(part)).await;
            if let Err(error) = self.answer_as(camera, &asked, from).await {
                tracing::debug!(%error, way = ?self.way, "a device could not answer");
            }
        }
    }

    async fn answer_as(&self, camera: &Camera, asked: &Question<'_>, from: SocketAddr) -> io::Result<()> {
        let station = &camera.0.station;
        if station.is_away() || station.faults.happens(Fault::SilentOn { way: self.way }) {
            return Ok(());
        }
        let Some(device) = Announced::of(camera) else {
            return Ok(());
        };
        let mut to = from;
        let answer = match asked {
            Question::Mdns(asked) => {
                if !asked.wants_it_alone() {
                    to = SocketAddr::from((mdns::GROUP, self.port));
                }
                match asked.answer(&device) {
                    Some(answer) => answer,
                    None => return Ok(()),
                }
            }
            Question::Ssdp(asked) => asked.answer(&device),
            Question::WsDiscovery(asked) => asked.answer(&device, self.count.fetch_add(1, Ordering::Relaxed)),
        };
        let socket = self.speaking_as(device.address)?;
        socket.send_to(&answer, to).await?;
        if station.faults.happens(Fault::AnswersTwice) {
            socket.send_to(&answer, to).await?;
        }
        Ok(())
    }

    /// From the device's own address; mDNS is answered from its port, too (RFC 6762, 6).
    fn speaking_as(&self, address: Ipv4Addr) -> io::Result<UdpSocket> {
        let socket = shared()?;
        socket.set_multicast_if_v4(&address)?;
        socket.set_multicast_ttl_v4(255)?;
        let port = if self.way == DiscoveryWay::Mdns {
            self.port
        } else {
            0
        };
        socket.bind(&SocketAddr::V4(SocketAddrV4::new(address, port)).into())?;
        UdpSocket::from_std(socket.into())
    }
}
