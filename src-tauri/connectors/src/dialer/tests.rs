//! Tests of the connections that are kept.
use super::*;
use crate::secret::Secret;
use crate::trust::Fingerprint;

fn endpoint(number: usize) -> Endpoint {
    Endpoint::parse(&format!("127.1.{}.{}", number / 250, number % 250 + 1), 8443).expect("an endpoint")
}

fn dialer(kept: usize) -> Dialer {
    Dialer::with_limits(
        None,
        Limits {
            kept,
            ..Limits::default()
        },
    )
}

/// GEN-12, PERF-06: as many clients as a large fleet has systems are made quickly and stay small.
#[tokio::test]
async fn a_large_fleet() {
    let dialer = Dialer::new(None);
    for number in 0..5000 {
        dialer
            .channel(&endpoint(number), &Trust::default())
            .expect("a channel");
    }
    assert_eq!(dialer.inner.kept.lock().count, 5000);
}

/// PERF-06: the same trust gets the same client, in contents and not only in identity.
#[tokio::test]
async fn a_client_is_kept() {
    let dialer = dialer(10);
    let trust = || Trust {
        authorities: Arc::new(vec![vec![1]]),
        pin: Some(Fingerprint([1; 32])),
    };
    let first = dialer.channel(&endpoint(1), &trust()).expect("a channel");
    let second = dialer.clone().channel(&endpoint(1), &trust()).expect("a channel");
    assert!(Arc::ptr_eq(&first, &second));
}

/// CRT-11: a connection accepted under one trust is never used under another.
#[tokio::test]
async fn another_trust_is_another_client() {
    let dialer = dialer(10);
    let pinned = Trust {
        pin: Some(Fingerprint([1; 32])),
        ..Trust::default()
    };
    let other = Trust {
        pin: Some(Fingerprint([2; 32])),
        ..Trust::default()
    };
    let authority = Trust {
        authorities: Arc::new(vec![vec![1]]),
        ..pinned.clone()
    };
    let first = dialer.channel(&endpoint(1), &pinned).expect("a channel");
    let second = dialer.channel(&endpoint(1), &other).expect("a channel");
    let third = dialer.channel(&endpoint(1), &authority).expect("a channel");
    assert!(!Arc::ptr_eq(&first, &second) && !Arc::ptr_eq(&first, &third));
    assert_eq!(dialer.inner.kept.lock().count, 2);
    dialer.forget(&endpoint(1));
    dialer.forget(&endpoint(1));
    assert_eq!(dialer.inner.kept.lock().count, 0);
}

/// GEN-12: what is kept is bounded, and the longest unused goes first.
#[tokio::test]
async fn the_cache_is_bounded() {
    let dialer = dialer(16);
    let trust = Trust::default();
    let favourite = dialer.channel(&endpoint(0), &trust).expect("a channel");
    for number in 1..100 {
        dialer.channel(&endpoint(number), &trust).expect("a channel");
        let again = dialer.channel(&endpoint(0), &trust).expect("a channel");
        assert!(Arc::ptr_eq(&favourite, &again));
        let kept = dialer.inner.kept.lock();
        assert!(kept.count <= 16);
        assert_eq!(kept.count, kept.by_endpoint.values().map(Vec::len).sum::<usize>());
    }
}

/// GEN-08
#[test]
fn nothing_secret_is_printed() {
    let user = Some(("joe".to_string(), Secret::new("hidden-word")));
    let dialer = Dialer::new(Some(Proxy::Socks5 {
        endpoint: endpoint(1),
        user,
    }));
    assert!(!format!("{dialer:?}").contains("hidden-word"));
}
