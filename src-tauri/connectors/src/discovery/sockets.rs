//! The sockets that questions go out of and answers come in by, and why they cannot be had.
use super::types::Reason;
use socket2::{Domain, Protocol, Socket, Type};
use std::io;
use std::net::{Ipv4Addr, SocketAddr, SocketAddrV4};
use tokio::net::UdpSocket;

/// Answers of a whole network come within a moment.
const RECEIVE_BUFFER: usize = 4 * 1024 * 1024;

/// One that asks on an interface, by this address of it, from a port of its own: what is answered to it alone comes here.
pub(super) fn for_questions(interface: Ipv4Addr, hops: u32) -> io::Result<UdpSocket> {
    let socket = socket(interface, hops)?;
    ready(socket, SocketAddrV4::new(interface, 0))
}

/// One that hears what is said to everybody on an interface, beside other programs that do so.
pub(super) fn for_announcements(
    group: Ipv4Addr,
    port: u16,
    interface: Ipv4Addr,
    hops: u32,
) -> io::Result<UdpSocket> {
    let socket = socket(interface, hops)?;
    socket.set_reuse_address(true)?;
    #[cfg(unix)]
    socket.set_reuse_port(true)?;
    // Otherwise it would hear on all interfaces where anybody on this machine listens.
    #[cfg(target_os = "linux")]
    socket.set_multicast_all_v4(false)?;
    socket.join_multicast_v4(&group, &interface)?;
    ready(socket, SocketAddrV4::new(Ipv4Addr::UNSPECIFIED, port))
}

fn socket(interface: Ipv4Addr, hops: u32) -> io::Result<Socket> {
    let socket = Socket::new(Domain::IPV4, Type::DGRAM, Some(Protocol::UDP))?;
    socket.set_multicast_if_v4(&interface)?;
    socket.set_multicast_ttl_v4(hops)?;
    socket.set_multicast_loop_v4(true)?;
    if let Err(error) = socket.set_recv_buffer_size(RECEIVE_BUFFER) {
        tracing::debug!(%error, "the usual buffer has to do");
    }
    Ok(socket)
}

fn ready(socket: Socket, address: SocketAddrV4) -> io::Result<UdpSocket> {
    socket.bind(&SocketAddr::V4(address).into())?;
    socket.set_nonblocking(true)?;
    UdpSocket::from_std(socket.into())
}

/// What a person can do something about, of what the operating system says.
pub(super) fn reason_of(error: &io::Error) -> Reason {
    use io::ErrorKind::{
        AddrInUse, AddrNotAvailable, HostUnreachable, NetworkDown, NetworkUnreachable, PermissionDenied,
    };
    match error.kind() {
        PermissionDenied => Reason::PermissionDenied,
        AddrInUse => Reason::AddressInUse,
        NetworkUnreachable | HostUnreachable => Reason::NetworkUnreachable,
        NetworkDown => Reason::InterfaceDown,
        AddrNotAvailable => Reason::InterfaceWithoutAddress,
        _ => match error.raw_os_error() {
            Some(code) if is_no_device(code) => Reason::NoMulticast,
            Some(code) if is_too_many_files(code) => Reason::TooManyOpenFiles,
            _ => Reason::Other(crate::trust::plain_text(&error.to_string(), 200)),
        },
    }
}

/// `ENODEV`, and what else is said where an interface carries no multicast.
fn is_no_device(code: i32) -> bool {
    const NO_PROTOCOL_OPTION: i32 = 10042;
    if cfg!(windows) {
        code == NO_PROTOCOL_OPTION
    } else {
        code == 19
    }
}

/// `EMFILE` and `ENFILE`.
fn is_too_many_files(code: i32) -> bool {
    if cfg!(windows) {
        code == 10024
    } else {
        matches!(code, 23 | 24)
    }
}
