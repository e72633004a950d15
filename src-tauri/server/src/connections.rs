//! Which connections are open, and which gives way when there are too many (ADM-30, SEC-04).

use parking_lot::Mutex;
use std::collections::HashMap;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio_util::sync::CancellationToken;

/// Open connections of one address, and of all.
const OF_ONE: usize = 256;
pub const OF_ALL: usize = 1_024;

/// All that are open.
#[derive(Clone, Default)]
pub struct Connections(Arc<Mutex<Open>>);

#[derive(Default)]
struct Open {
    next: u64,
    /// By a number that rises: the smallest is the oldest.
    connections: HashMap<u64, Known>,
    of_address: HashMap<IpAddr, usize>,
}

struct Known {
    address: IpAddr,
    /// Whether somebody has called over it who is signed in.
    signed_in: Arc<AtomicBool>,
    closing: CancellationToken,
}

/// A connection that counts until it is dropped.
pub struct Connection {
    all: Connections,
    number: u64,
    signed_in: Arc<AtomicBool>,
    closing: CancellationToken,
}

/// The network that a guesser has at hand: 256 addresses of IPv4, and what one subscriber has of IPv6 (RFC 6177).
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(address) => Ipv4Addr::from_bits(address.to_bits() & !0xff).into(),
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX)).into(),
    }
}

impl Connections {
    /// Counts a new connection. When there are as many as there may be, the oldest over which nobody who is signed in has
    /// called gives way, of the network that has most of these; none: all belong to people who work, or this address
    /// has its share.
    pub fn enter(&self, address: IpAddr) -> Option<Connection> {
        let mut open = self.0.lock();
        if open.of_address.get(&address).is_some_and(|own| *own >= OF_ONE) {
            return None;
        }
        if open.connections.len() >= OF_ALL {
            let number = open.gives_way()?;
            if let Some(known) = open.remove(number) {
                known.closing.cancel();
            }
        }
        let number = open.next;
        open.next += 1;
        let (signed_in, closing) = (Arc::<AtomicBool>::default(), CancellationToken::new());
        *open.of_address.entry(address).or_default() += 1;
        open.connections.insert(
            number,
            Known {
                address,
                signed_in: Arc::clone(&signed_in),
                closing: closing.clone(),
            },
        );
        Some(Connection {
            all: self.clone(),
            number,
            signed_in,
            closing,
        })
    }
}

impl Open {
    fn gives_way(&self) -> Option<u64> {
        let mut networks: HashMap<IpAddr, (usize, u64)> = HashMap::new();
        for (&number, known) in &self.connections {
            if !known.signed_in.load(Ordering::Relaxed) {
                let (count, oldest) = networks.entry(network(known.address)).or_insert((0, number));
                *count += 1;
                *oldest = number.min(*oldest);
            }
        }
        let most = networks
            .into_values()
            .max_by_key(|&(count, oldest)| (count, std::cmp::Reverse(oldest)))?;
        Some(most.1)
    }

    fn remove(&mut self, number: u64) -> Option<Known> {
        let known = self.connections.remove(&number)?;
        if let Some(own) = self.of_address.get_mut(&known.address) {
            *own -= 1;
            if *own == 0 {
                self.of_address.remove(&known.address);
            }
        }
        Some(known)
    }
}

impl Connection {
    /// Somebody who is signed in has called over it: it does not give way any more.
    pub fn belongs_to_somebody(&self) {
        self.signed_in.store(true, Ordering::Relaxed);
    }

    /// Ends when it has to give way.
    pub async fn gives_way(&self) {
        self.closing.cancelled().await;
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        // It may have given way before.
        let _ = self.all.0.lock().remove(self.number);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// SEC-04: one address gets so many connections and leaves room for others; a closed one makes space.
    #[test]
    fn one_address_does_not_take_every_connection() {
        let all = Connections::default();
        let (greedy, other) = (IpAddr::from([127, 0, 0, 1]), IpAddr::from([127, 0, 0, 2]));
        let mut open: Vec<Connection> = (0..OF_ONE).filter_map(|_| all.enter(greedy)).collect();
        assert_eq!(open.len(), OF_ONE);
        assert!(all.enter(greedy).is_none());
        assert!(all.enter(other).is_some());
        open.pop();
        assert!(all.enter(greedy).is_some());
        open.clear();
        assert!(
            all.0.lock().of_address.is_empty(),
            "nothing is remembered of who has gone"
        );
    }

    /// SEC-04: many addresses that are silent give way to whoever comes, the oldest of the largest network first; people who
    /// work never do.
    #[test]
    fn who_works_stays_when_many_are_silent() {
        let all = Connections::default();
        let person = all
            .enter(IpAddr::from([192, 0, 2, 1]))
            .expect("there is room for it");
        person.belongs_to_somebody();
        let small = all
            .enter(IpAddr::from([198, 51, 100, 1]))
            .expect("there is room for it");
        let silent: Vec<Connection> = (0..OF_ALL - 2)
            .filter_map(|number| {
                let [high, low] = u16::try_from(number % 1_000).expect("small").to_be_bytes();
                all.enter(IpAddr::from([203, 0, 113 + high, low]))
            })
            .collect();
        assert_eq!(silent.len(), OF_ALL - 2);
        let newcomer = all
            .enter(IpAddr::from([192, 0, 2, 9]))
            .expect("the oldest gives way");
        let gone = |connection: &Connection| connection.closing.is_cancelled();
        assert!(gone(&silent[0]) && !gone(&silent[1]) && !gone(&person) && !gone(&small) && !gone(&newcomer));
        for connection in silent.iter().chain([&small, &newcomer]) {
            connection.belongs_to_somebody();
        }
        assert!(
            all.enter(IpAddr::from([192, 0, 2, 10])).is_none(),
            "nobody is sent away who works"
        );
        drop(silent);
        assert_eq!(all.0.lock().connections.len(), 3);
    }
}
