//! How much of the server anybody may take (ADM-30, SEC-04): calls of an address, connections, bodies being read.

use axum_server::accept::Accept;
use parking_lot::Mutex;
use std::collections::HashMap;
use std::future::{Ready, ready};
use std::io;
use std::net::IpAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Instant;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::sync::Semaphore;

/// Calls an address may make at once, and how many come back each second.
const CALLS: (f64, f64) = (400.0, 200.0);
/// The same for signing in; the core slows each account besides (ACC-07).
const SIGN_INS: (f64, f64) = (20.0, 0.5);
/// More addresses than this are forgotten all at once; that only gives them a full bucket again.
const ADDRESSES: usize = 10_000;

/// Open connections of one address, and of all.
const CONNECTIONS: (usize, usize) = (256, 1_024);
/// Calls of people nobody knows yet whose arguments are being read.
const STRANGERS: usize = 64;
/// Calls of people who are signed in whose arguments are being read.
const CALLERS: usize = 32;
/// Files that are coming in.
const UPLOADS: usize = 8;

/// What there is to give.
pub struct Limits {
    /// For each address calls, and for each address sign-ins: buckets that fill again with time.
    buckets: Mutex<HashMap<(IpAddr, bool), (f64, Instant)>>,
    pub strangers: Semaphore,
    pub callers: Semaphore,
    pub uploads: Semaphore,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            buckets: Mutex::default(),
            strangers: Semaphore::new(STRANGERS),
            callers: Semaphore::new(CALLERS),
            uploads: Semaphore::new(UPLOADS),
        }
    }
}

impl Limits {
    /// Whether this address may call now.
    pub fn admit(&self, address: IpAddr, signing_in: bool, now: Instant) -> bool {
        let (size, refill) = if signing_in { SIGN_INS } else { CALLS };
        let mut buckets = self.buckets.lock();
        if buckets.len() >= ADDRESSES {
            buckets.clear();
        }
        let (level, since) = buckets.entry((address, signing_in)).or_insert((size, now));
        *level = (*level + now.saturating_duration_since(*since).as_secs_f64() * refill).min(size);
        *since = now;
        if *level < 1.0 {
            return false;
        }
        *level -= 1.0;
        true
    }
}

/// Lets connections in, before anything is read of them, as long as there are not too many.
#[derive(Clone, Default)]
pub struct Door(Arc<Mutex<HashMap<IpAddr, usize>>>);

impl Door {
    fn enter(&self, address: IpAddr) -> Option<Inside> {
        let mut open = self.0.lock();
        if open.values().sum::<usize>() >= CONNECTIONS.1 {
            return None;
        }
        let own = open.entry(address).or_default();
        if *own >= CONNECTIONS.0 {
            return None;
        }
        *own += 1;
        Some(Inside {
            door: self.clone(),
            address,
        })
    }
}

/// A connection that was let in; dropped, there is room for another.
struct Inside {
    door: Door,
    address: IpAddr,
}

impl Drop for Inside {
    fn drop(&mut self) {
        let mut open = self.door.0.lock();
        if let Some(own) = open.get_mut(&self.address) {
            *own -= 1;
            if *own == 0 {
                open.remove(&self.address);
            }
        }
    }
}

impl<S> Accept<TcpStream, S> for Door {
    type Stream = Counted;
    type Service = S;
    type Future = Ready<io::Result<(Counted, S)>>;

    fn accept(&self, stream: TcpStream, service: S) -> Self::Future {
        ready(stream.peer_addr().and_then(|peer| {
            let inside = self
                .enter(peer.ip())
                .ok_or_else(|| io::Error::other("too many connections"))?;
            let counted = Counted {
                stream,
                _inside: inside,
            };
            Ok((counted, service))
        }))
    }
}

/// A connection that counts as long as it is open, also when it has become a socket of events.
pub struct Counted {
    stream: TcpStream,
    _inside: Inside,
}

impl AsyncRead for Counted {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Counted {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.get_mut().stream).poll_write(context, bytes)
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_flush(context)
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_shutdown(context)
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        pieces: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.get_mut().stream).poll_write_vectored(context, pieces)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    /// ADM-30: a burst is let through, a flood is not, and after a while calls are let through again.
    #[test]
    fn a_flood_is_held_back() {
        let limits = Limits::default();
        let address = IpAddr::from([127, 0, 0, 1]);
        let start = Instant::now();
        let admitted = (0..100).filter(|_| limits.admit(address, true, start)).count();
        assert_eq!(admitted, 20);
        assert!(limits.admit(address, true, start + Duration::from_secs(3)));
        assert!(limits.admit(IpAddr::from([127, 0, 0, 2]), true, start));
    }

    /// SEC-04: one address gets so many connections and leaves room for others; a closed one makes space.
    #[test]
    fn one_address_does_not_take_every_connection() {
        let door = Door::default();
        let (greedy, other) = (IpAddr::from([127, 0, 0, 1]), IpAddr::from([127, 0, 0, 2]));
        let mut inside: Vec<Inside> = (0..CONNECTIONS.0).filter_map(|_| door.enter(greedy)).collect();
        assert_eq!(inside.len(), CONNECTIONS.0);
        assert!(door.enter(greedy).is_none());
        assert!(door.enter(other).is_some());
        inside.pop();
        assert!(door.enter(greedy).is_some());
        inside.clear();
        assert!(door.0.lock().is_empty(), "nothing is remembered of who has gone");
    }
}
