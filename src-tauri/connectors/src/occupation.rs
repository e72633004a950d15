//! Whether an address is taken, before it is given to a device (DEV-60).
use crate::dialer::Dialer;
use std::io::{self, ErrorKind};
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;
use tokio::net::TcpStream;

/// Ports that devices and most other machines answer or refuse at.
pub const USUAL_PORTS: &[u16] = &[443, 80];

/// What was seen at an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Occupation {
    /// Somebody has it.
    Taken {
        /// Where that was seen.
        port: u16,
        /// How.
        sign: Sign,
    },
    /// Nobody answered. That is not proof: a machine that is switched off, that drops what it does not know, or that
    /// stands behind a firewall is not seen; nor is one that gets the address from the network a moment later.
    NothingSeen,
    /// It cannot be seen from here.
    CannotTell(Blindness),
}

/// How it was seen that somebody has an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// A connection was made.
    Answered,
    /// A connection was refused, which only a machine with that address does.
    Refused,
}

/// Why it cannot be seen whether an address is taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Blindness {
    /// Devices are reached through a proxy, which does not say what it saw.
    Proxy,
    /// This machine has no way there, or may not try; in its words.
    NoWay(String),
}

/// Tries an address at these ports, each within `limit`, all at once. Asks directly, and so not at all where the dialer
/// goes through a proxy.
pub async fn occupation(dialer: &Dialer, address: IpAddr, ports: &[u16], limit: Duration) -> Occupation {
    if !dialer.is_direct() {
        return Occupation::CannotTell(Blindness::Proxy);
    }
    let tries = ports.iter().map(|port| async move {
        let outcome = tokio::time::timeout(limit, TcpStream::connect(SocketAddr::new(address, *port))).await;
        seen(
            address,
            *port,
            outcome.ok().map(|connected| connected.map(|_| ())),
        )
    });
    judge(futures_util::future::join_all(tries).await)
}

/// What one try says. None: nothing came within the limit.
fn seen(address: IpAddr, port: u16, outcome: Option<io::Result<()>>) -> Occupation {
    let error = match outcome {
        None => return Occupation::NothingSeen,
        Some(Ok(())) => {
            return Occupation::Taken {
                port,
                sign: Sign::Answered,
            };
        }
        Some(Err(error)) => error,
    };
    match error.kind() {
        // On the loopback range this machine itself refuses, at every address: that says nothing.
        ErrorKind::ConnectionRefused | ErrorKind::ConnectionReset if address.is_loopback() => {
            Occupation::NothingSeen
        }
        ErrorKind::ConnectionRefused | ErrorKind::ConnectionReset => Occupation::Taken {
            port,
            sign: Sign::Refused,
        },
        // In this machine's own network nobody said that the address is theirs; in another, its router says so.
        ErrorKind::TimedOut | ErrorKind::HostUnreachable => Occupation::NothingSeen,
        _ => Occupation::CannotTell(Blindness::NoWay(crate::trust::plain_text(
            &error.to_string(),
            200,
        ))),
    }
}

/// One sign is enough; and one port that could not be tried leaves the question open.
fn judge(seen: Vec<Occupation>) -> Occupation {
    let mut verdict = Occupation::NothingSeen;
    for one in seen {
        match one {
            Occupation::Taken { .. } => return one,
            Occupation::CannotTell(_) => verdict = one,
            Occupation::NothingSeen => {}
        }
    }
    verdict
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::endpoint::{Endpoint, Proxy};
    use tokio::net::TcpListener;

    const REMOTE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 7));
    const LIMIT: Duration = Duration::from_secs(10);

    /// DEV-60: what each outcome says; on the loopback range a refusal says nothing.
    #[test]
    fn signs() {
        let taken = |sign| Occupation::Taken { port: 443, sign };
        let at = |address, outcome| seen(address, 443, outcome);
        let failed = |kind| Some(Err(io::Error::from(kind)));
        assert_eq!(at(REMOTE, Some(Ok(()))), taken(Sign::Answered));
        assert_eq!(
            at(REMOTE, failed(ErrorKind::ConnectionRefused)),
            taken(Sign::Refused)
        );
        assert_eq!(at(REMOTE, None), Occupation::NothingSeen);
        assert_eq!(
            at(REMOTE, failed(ErrorKind::HostUnreachable)),
            Occupation::NothingSeen
        );
        for kind in [ErrorKind::NetworkUnreachable, ErrorKind::PermissionDenied] {
            assert!(matches!(
                at(REMOTE, failed(kind)),
                Occupation::CannotTell(Blindness::NoWay(_))
            ));
        }
        let here: IpAddr = [127, 0, 0, 9].into();
        assert_eq!(
            at(here, failed(ErrorKind::ConnectionRefused)),
            Occupation::NothingSeen
        );
        assert_eq!(at(here, Some(Ok(()))), taken(Sign::Answered));
        let blind = Occupation::CannotTell(Blindness::Proxy);
        assert_eq!(judge(vec![Occupation::NothingSeen, blind.clone()]), blind);
        assert_eq!(judge(vec![blind, taken(Sign::Refused)]), taken(Sign::Refused));
        assert_eq!(judge(Vec::new()), Occupation::NothingSeen);
    }

    /// DEV-60, over real sockets; and nothing is tried past a proxy.
    #[tokio::test]
    async fn over_the_network() {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let direct = Dialer::new(None);
        let look = |ports: Vec<u16>| {
            let direct = direct.clone();
            async move { occupation(&direct, address.ip(), &ports, LIMIT).await }
        };
        assert_eq!(
            look(vec![address.port()]).await,
            Occupation::Taken {
                port: address.port(),
                sign: Sign::Answered
            }
        );
        drop(listener);
        assert_eq!(look(vec![address.port()]).await, Occupation::NothingSeen);
        let endpoint = Endpoint::parse("127.0.0.1", 1).expect("an endpoint");
        let proxied = Dialer::new(Some(Proxy::Socks5 { endpoint, user: None }));
        assert_eq!(
            occupation(&proxied, address.ip(), USUAL_PORTS, LIMIT).await,
            Occupation::CannotTell(Blindness::Proxy)
        );
    }
}
