//! Where the systems of a fleet listen: addresses and ports, by the way that was chosen.
use crate::listen;
use crate::options::{Addressing, FleetOptions};
use crate::start_error::StartError;
use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use tokio::net::TcpListener;

const SOLUTION_PORT: u16 = 8443;
const CAMERA_PORT: u16 = 443;
const VIDEO_SERVER_PORT: u16 = 29204;
/// Where a port below 1024 is not permitted.
const UNPRIVILEGED_CAMERA_PORT: u16 = 10443;
/// Of gateways, at the address of what is behind them.
const GATEWAY_PORT: u16 = 29443;
const PLAIN_PORT: u16 = 80;
const UNPRIVILEGED_PLAIN_PORT: u16 = 10080;
/// Cameras begin so many addresses after the solutions, and video servers as many after the cameras.
const CAMERA_DISTANCE: u32 = 1 << 20;
const FIRST_BASE: Ipv4Addr = Ipv4Addr::new(127, 20, 0, 1);
/// Ranges that are tried: 127.20, 127.21, … 127.35.
const RANGES: u32 = 16;

pub(crate) type Listeners = Vec<(SocketAddr, TcpListener)>;

/// Where the systems of each kind listen.
pub(crate) struct Listening {
    pub(crate) solutions: Listeners,
    pub(crate) cameras: Listeners,
    pub(crate) video_servers: Listeners,
}

pub(crate) fn listen_at(wanted: SocketAddr, named: bool) -> Result<(SocketAddr, TcpListener), StartError> {
    let failed = |source| StartError::Listen {
        address: wanted,
        source,
    };
    let listener = listen::bind(wanted, named).map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    Ok((address, listener))
}

pub(crate) fn listen_all(options: &FleetOptions) -> Result<Listening, StartError> {
    let range = |base: Ipv4Addr| {
        let solutions = listen_on_range(base, SOLUTION_PORT, options.customers)?;
        let further = |distances: u32| {
            u32::from(base)
                .checked_add(distances * CAMERA_DISTANCE)
                .map(Ipv4Addr::from)
                .ok_or(StartError::TooMany)
        };
        let cameras = further(1)?;
        let cameras = match listen_on_range(cameras, CAMERA_PORT, options.cameras) {
            Err(StartError::Listen { source, .. }) if source.kind() == io::ErrorKind::PermissionDenied => {
                listen_on_range(cameras, UNPRIVILEGED_CAMERA_PORT, options.cameras)?
            }
            other => other?,
        };
        Ok(Listening {
            solutions,
            cameras,
            video_servers: listen_on_range(further(2)?, VIDEO_SERVER_PORT, options.video_servers)?,
        })
    };
    match options.addressing {
        Addressing::LoopbackRange { base } => range(base),
        Addressing::FreeRange => {
            let mut last = StartError::TooMany;
            for number in 0..RANGES {
                match range(Ipv4Addr::from(u32::from(FIRST_BASE) + (number << 16))) {
                    Err(StartError::Listen { address, source })
                        if source.kind() == io::ErrorKind::AddrInUse =>
                    {
                        last = StartError::Listen { address, source };
                    }
                    // This machine has 127.0.0.1 only.
                    Err(StartError::Listen { source, .. })
                        if source.kind() == io::ErrorKind::AddrNotAvailable =>
                    {
                        return listen_on_ports(None, options);
                    }
                    other => return other,
                }
            }
            Err(last)
        }
        Addressing::Ports { first } => listen_on_ports(first, options),
        Addressing::Assigned { first, prefix } => {
            let all = addresses_of_network(first, prefix);
            let mut all = all.map(|address| SocketAddr::from((address, 0)));
            let mut listen = |port: u16, count: usize| {
                let listen_at = |mut wanted: SocketAddr| {
                    wanted.set_port(port);
                    listen_at(wanted, true)
                };
                let listeners: Listeners = all
                    .by_ref()
                    .take(count)
                    .map(listen_at)
                    .collect::<Result<_, _>>()?;
                if listeners.len() < count {
                    return Err(StartError::TooMany);
                }
                Ok(listeners)
            };
            Ok(Listening {
                solutions: listen(SOLUTION_PORT, options.customers)?,
                cameras: listen(CAMERA_PORT, options.cameras)?,
                video_servers: listen(VIDEO_SERVER_PORT, options.video_servers)?,
            })
        }
    }
}

/// From that address to the last that a system can have in its network.
fn addresses_of_network(first: Ipv4Addr, prefix: u8) -> impl Iterator<Item = Ipv4Addr> {
    let mask = u32::MAX.checked_shl(32 - u32::from(prefix.min(32))).unwrap_or(0);
    let first = u32::from(first);
    (first.max((first & mask) + 1)..(first | !mask)).map(Ipv4Addr::from)
}

/// Where the cameras speak in clear, if they do: at the address of each.
pub(crate) fn listen_in_clear(options: &FleetOptions, cameras: &Listeners) -> Result<Listeners, StartError> {
    if !options.discovery.plain_http {
        return Ok(Vec::new());
    }
    let listen = |port: u16| -> Result<Listeners, StartError> {
        cameras
            .iter()
            .map(|(address, _)| listen_at(SocketAddr::new(address.ip(), port), true))
            .collect()
    };
    let shares_an_address = cameras
        .first()
        .is_some_and(|(first, _)| cameras.iter().skip(1).any(|(other, _)| other.ip() == first.ip()));
    if shares_an_address || matches!(options.addressing, Addressing::Ports { .. }) {
        return listen(0);
    }
    match listen(PLAIN_PORT) {
        Err(StartError::Listen { source, .. }) if source.kind() == io::ErrorKind::PermissionDenied => {
            listen(UNPRIVILEGED_PLAIN_PORT)
        }
        other => other,
    }
}

/// Where a gateway listens: at the address of what is behind it, on a port of its own; on any that is free where several share an
/// address.
pub(crate) fn listen_beside(
    options: &FleetOptions,
    address: IpAddr,
) -> Result<(SocketAddr, TcpListener), StartError> {
    let named = matches!(options.addressing, Addressing::Assigned { .. });
    let is_shared =
        address == IpAddr::V4(Ipv4Addr::LOCALHOST) || matches!(options.addressing, Addressing::Ports { .. });
    let port = if is_shared { 0 } else { GATEWAY_PORT };
    listen_at(SocketAddr::new(address, port), named)
}

/// Consecutive addresses, without those that end in 0 or 255.
fn listen_on_range(base: Ipv4Addr, port: u16, count: usize) -> Result<Listeners, StartError> {
    let mut listeners = Vec::with_capacity(count);
    let mut next = u32::from(base);
    while listeners.len() < count {
        let address = Ipv4Addr::from(next);
        if !address.is_loopback() {
            return Err(StartError::TooMany);
        }
        next += 1;
        if !matches!(address.octets()[3], 0 | 255) {
            listeners.push(listen_at(SocketAddr::new(IpAddr::V4(address), port), false)?);
        }
    }
    Ok(listeners)
}

fn listen_on_ports(first: Option<u16>, options: &FleetOptions) -> Result<Listening, StartError> {
    let mut place = 0u32;
    let mut listen = || {
        let port = match first {
            Some(first) => u16::try_from(u32::from(first) + place).map_err(|_| StartError::TooMany)?,
            None => 0,
        };
        place += 1;
        listen_at(SocketAddr::from((Ipv4Addr::LOCALHOST, port)), false)
    };
    let mut listen = |count: usize| (0..count).map(|_| listen()).collect::<Result<_, _>>();
    Ok(Listening {
        solutions: listen(options.customers)?,
        cameras: listen(options.cameras)?,
        video_servers: listen(options.video_servers)?,
    })
}
