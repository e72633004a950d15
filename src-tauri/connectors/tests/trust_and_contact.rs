//! Trust, sessions and proxies over real TLS.
#![allow(
    clippy::unwrap_used,
    missing_docs,
    reason = "a test says what it expects by failing"
)]

mod support;

// `cargo bolero` builds every test program of the package with its instruments, which are linked from there.
use bolero as _;

use flotilla_connectors::ip_office::{self, Contact};
use flotilla_connectors::secret::Secret;
use flotilla_connectors::trust::{Fingerprint, Trust};
use flotilla_connectors::vapix::{self, Failure, Transport};
use flotilla_connectors::{Dialer, Endpoint, Obstacle, Proxy, Refusal};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use support::{Authority, Identity, Request, Server, answer, quick, quick_dialer, read_request, tunnel};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

const PASSWORD: &str = "a-service-password";

fn list(objects: &str) -> Option<String> {
    answer(
        200,
        "Content-Type: application/xml;charset=utf8\r\n",
        &format!("{{\"response\":{{\"@status\":\"1\",\"data\":{{\"ws_object\":{objects}}}}}}}"),
    )
}

/// A healthy solution.
fn healthy(request: &Request) -> Option<String> {
    if request.header("x-user-client") != Some("Avaya-WebAdmin")
        || request.header("x-user-agent") != Some("Avaya-SDKUser")
        || request.header("content-type") != Some("application/json")
    {
        return answer(400, "", "");
    }
    let signed_in = request.header("cookie") == Some("JSESSIONID=abc; SDK-Token=def");
    if request.is("GET", "/authenticate") {
        let body = "{\"response\":{\"@status\":\"1\",\"data\":{\"ws_object\":{\"User\":\"COMAdmin\",\
            \"Capabilities\":[\"monitoring\",\"upgrade\"],\"Provider\":\"P\"}}}}";
        answer(
            200,
            "Set-Cookie: JSESSIONID=abc; Path=/\r\nSet-Cookie: SDK-Token=def\r\n",
            body,
        )
    } else if !signed_in {
        answer(401, "", "")
    } else if request.is("GET", "/systems") {
        list(
            "{\"Name\":\"Main\",\"Role\":\"Primary\",\"Edition\":\"Server Edition\",\"MajorVersion\":\"11\"}",
        )
    } else if request.is("GET", "/licenses") {
        list("[{\"Type\":\"Users\",\"Quantity\":\"5\",\"Free\":\"1\",\"Expiry\":\"Never\",\"Status\":\"1\"}]")
    } else {
        answer(200, "", "")
    }
}

async fn contact(dialer: &Dialer, server: &Server, trust: &Trust) -> Contact {
    ip_office::contact(
        dialer,
        &server.endpoint,
        trust,
        "COMAdmin",
        &Secret::new(PASSWORD),
    )
    .await
}

/// CRT-11, CUS-15, CUS-11: unknown: refused, shown, and not one request sent.
#[tokio::test]
async fn an_unknown_certificate() {
    let identity = Identity::self_signed(&["127.0.0.1"], false);
    let server = Server::start(&identity, healthy).await;
    let met = contact(&quick_dialer(), &server, &Trust::default()).await;
    let Err(Refusal::CertificateNotTrusted(certificate)) = met.outcome else {
        panic!("{:?}", met.outcome)
    };
    assert_eq!(certificate.der, identity.chain[0]);
    assert_eq!(met.certificate, Some(*certificate));
    assert!(server.seen.requests.lock().is_empty());
}

/// CRT-11, IPO-01, PERF-06: pinned: read, signed out, over one connection for many polls.
#[tokio::test]
async fn a_pinned_certificate() {
    let identity = Identity::self_signed(&["wrong.example"], true);
    let server = Server::start(&identity, healthy).await;
    let dialer = quick_dialer();
    for round in 1..=5 {
        let met = contact(&dialer, &server, &identity.pin()).await;
        let reading = met.outcome.unwrap();
        assert_eq!(reading.systems[0].name, "Main");
        assert_eq!(reading.licences[0].free, 1);
        assert!(reading.may_upgrade);
        assert_eq!(met.certificate.unwrap().der, identity.chain[0]);
        assert_eq!(server.seen.count("DELETE", "/authenticate"), round);
        assert_eq!(server.seen.requests.lock().len(), round * 4);
    }
    assert_eq!(server.seen.connections.load(Ordering::SeqCst), 1);
}

/// CRT-11: another certificate than the pinned one: blocked until accepted, then read again.
#[tokio::test]
async fn a_changed_certificate() {
    let (old, new) = (
        Identity::self_signed(&["127.0.0.1"], false),
        Identity::self_signed(&["127.0.0.1"], false),
    );
    let server = Server::start(&old, healthy).await;
    let dialer = quick_dialer();
    assert!(contact(&dialer, &server, &old.pin()).await.outcome.is_ok());
    let before = server.seen.requests.lock().len();
    server.change_identity(&new);
    dialer.forget(&server.endpoint);
    let met = contact(&dialer, &server, &old.pin()).await;
    let Err(Refusal::CertificateChanged(certificate)) = met.outcome else {
        panic!("{:?}", met.outcome)
    };
    assert_eq!(certificate.fingerprint, Fingerprint::of(&new.chain[0]));
    assert_eq!(server.seen.requests.lock().len(), before);
    assert!(contact(&dialer, &server, &new.pin()).await.outcome.is_ok());
}

/// CRT-11: a trusted authority vouches, with the right name and inside the dates only; also beside a pin.
#[tokio::test]
async fn a_trusted_authority() {
    let authority = Authority::new();
    let good = authority.issue(&["127.0.0.1"], false);
    let server = Server::start(&good, healthy).await;
    assert!(
        contact(&quick_dialer(), &server, &authority.trust())
            .await
            .outcome
            .is_ok()
    );
    let beside = Trust {
        pin: Some(Fingerprint([7; 32])),
        ..authority.trust()
    };
    assert!(contact(&quick_dialer(), &server, &beside).await.outcome.is_ok());
    let elsewhere = contact(&quick_dialer(), &server, &Authority::new().trust()).await;
    assert!(matches!(
        elsewhere.outcome,
        Err(Refusal::CertificateNotTrusted(_))
    ));
    for bad in [
        authority.issue(&["other.example"], false),
        authority.issue(&["127.0.0.1"], true),
    ] {
        let server = Server::start(&bad, healthy).await;
        let met = contact(&quick_dialer(), &server, &authority.trust()).await;
        assert!(matches!(met.outcome, Err(Refusal::CertificateNotTrusted(_))));
        let met = contact(&quick_dialer(), &server, &beside).await;
        assert!(matches!(met.outcome, Err(Refusal::CertificateChanged(_))));
        assert!(server.seen.requests.lock().is_empty());
    }
}

/// CRT-11: showing the pinned certificate without holding its key is worth nothing.
#[tokio::test]
async fn a_stolen_certificate() {
    let real = Identity::self_signed(&["127.0.0.1"], false);
    let thief = Identity {
        key: Identity::self_signed(&["127.0.0.1"], false).key,
        ..real.clone()
    };
    let server = Server::start(&thief, healthy).await;
    let met = contact(&quick_dialer(), &server, &real.pin()).await;
    assert!(
        matches!(met.outcome, Err(Refusal::Unreachable(_))),
        "{:?}",
        met.outcome
    );
    assert!(server.seen.requests.lock().is_empty());
}

/// CUS-03: no TCP, no TLS, no answer in time; nothing secret in the words.
#[tokio::test]
async fn unreachable() {
    let identity = Identity::self_signed(&["127.0.0.1"], false);
    let silent = Server::start(&identity, |_| None).await;
    let met = contact(&quick_dialer(), &silent, &identity.pin()).await;
    assert!(
        matches!(met.outcome, Err(Refusal::Unreachable(_))),
        "{:?}",
        met.outcome
    );
    assert!(!format!("{met:?}").contains(PASSWORD));

    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = Endpoint::parse("127.0.0.1", listener.local_addr().unwrap().port()).unwrap();
    let plain = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        stream
            .write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n")
            .await
            .unwrap();
        listener
    });
    let secret = Secret::new(PASSWORD);
    let read = ip_office::read_solution(&quick_dialer(), &endpoint, &Trust::default(), "u", &secret).await;
    assert!(matches!(read, Err(Refusal::Unreachable(_))), "{read:?}");
    drop(plain.await.unwrap());
    let read = ip_office::read_solution(&quick_dialer(), &endpoint, &Trust::default(), "u", &secret).await;
    assert!(matches!(read, Err(Refusal::Unreachable(_))), "{read:?}");
}

/// IPO-01: signed out after an error, and when nobody waits for the answer any more.
#[tokio::test]
async fn always_signed_out() {
    let identity = Identity::self_signed(&["127.0.0.1"], false);
    let refusing = Server::start(&identity, |request| {
        if request.is("GET", "/systems") {
            answer(403, "", "")
        } else {
            healthy(request)
        }
    })
    .await;
    let met = contact(&quick_dialer(), &refusing, &identity.pin()).await;
    assert_eq!(met.outcome.unwrap_err(), Refusal::MonitoringRightsMissing);
    assert_eq!(refusing.seen.count("DELETE", "/authenticate"), 1);

    let hanging = Server::start(&identity, |request| {
        if request.is("GET", "/systems") {
            None
        } else {
            healthy(request)
        }
    })
    .await;
    let dialer = quick_dialer();
    let trust = identity.pin();
    tokio::select! {
        met = contact(&dialer, &hanging, &trust) => panic!("{met:?}"),
        () = hanging.seen.until("GET", "/systems", 1) => {}
    }
    hanging.seen.until("DELETE", "/authenticate", 1).await;
}

/// IPO-01: a caller who leaves while the session is being opened leaves no session behind.
#[tokio::test]
async fn signed_out_when_cancelled_while_signing_in() {
    let identity = Identity::self_signed(&["127.0.0.1"], false);
    let server = Server::start(&identity, healthy).await;
    let dialer = quick_dialer();
    let trust = identity.pin();
    tokio::select! {
        biased;
        () = server.seen.until("GET", "/authenticate", 1) => {}
        met = contact(&dialer, &server, &trust) => panic!("{met:?}"),
    }
    server.seen.until("DELETE", "/authenticate", 1).await;
}

/// IPO-03: a lost session is opened again once, a second loss is an answer that cannot be read.
#[tokio::test]
async fn a_lost_session() {
    let lost =
        "{\"response\":{\"@status\":\"0\",\"SMAError\":{\"error\":{\"error_code\":\"461:SessionTimeout\"}}}}";
    let identity = Identity::self_signed(&["127.0.0.1"], false);
    for (losses, succeeds) in [(1, true), (2, false)] {
        let count = AtomicUsize::new(0);
        let server = Server::start(&identity, move |request| {
            if request.is("GET", "/licenses") && count.fetch_add(1, Ordering::SeqCst) < losses {
                answer(200, "", lost)
            } else {
                healthy(request)
            }
        })
        .await;
        let met = contact(&quick_dialer(), &server, &identity.pin()).await;
        assert_eq!(met.outcome.is_ok(), succeeds, "{:?}", met.outcome);
        assert_eq!(server.seen.count("GET", "/authenticate"), 2);
        assert_eq!(server.seen.count("DELETE", "/authenticate"), 2);
    }
}

/// IPO-03: a short `Retry-After` is waited for once, a long one is not.
#[tokio::test]
async fn retry_after() {
    let identity = Identity::self_signed(&["127.0.0.1"], false);
    let limited =
        "{\"response\":{\"@status\":\"0\",\"SMAError\":{\"error\":{\"error_code\":\"503:SessionLimit\"}}}}";
    for (wait, body, requests, refusal) in [
        (0, "", 2, Refusal::Unreachable(Obstacle::Unavailable.to_string())),
        (60, "", 1, Refusal::Unreachable(Obstacle::Unavailable.to_string())),
        (60, limited, 1, Refusal::TooManySessions),
    ] {
        let server = Server::start(&identity, move |_| {
            answer(503, &format!("Retry-After: {wait}\r\n"), body)
        })
        .await;
        let met = contact(&quick_dialer(), &server, &identity.pin()).await;
        assert_eq!(met.outcome.unwrap_err(), refusal);
        assert_eq!(server.seen.requests.lock().len(), requests);
    }
    let count = AtomicUsize::new(0);
    let server = Server::start(&identity, move |request| {
        if count.fetch_add(1, Ordering::SeqCst) == 0 {
            answer(503, "Retry-After: 0\r\n", "")
        } else {
            healthy(request)
        }
    })
    .await;
    assert!(
        contact(&quick_dialer(), &server, &identity.pin())
            .await
            .outcome
            .is_ok()
    );
}

/// SEC-04: an endless or over-long answer is given up.
#[tokio::test]
async fn a_body_without_end() {
    let identity = Identity::self_signed(&["127.0.0.1"], false);
    let server = Server::start(&identity, |_| {
        Some(format!("HTTP/1.1 200 OK\r\n\r\n{}", "x".repeat(5 << 20)))
    })
    .await;
    let met = contact(&quick_dialer(), &server, &identity.pin()).await;
    assert_eq!(met.outcome.unwrap_err(), Refusal::Failed);
}

/// CUS-15: through HTTP CONNECT; the proxy gets its own credentials and never the system's.
#[tokio::test]
async fn through_an_http_proxy() {
    let identity = Identity::self_signed(&["127.0.0.1"], false);
    let server = Server::start(&identity, healthy).await;
    let target = server.endpoint.clone();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = Endpoint::parse("127.0.0.1", listener.local_addr().unwrap().port()).unwrap();
    let proxy = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let request = read_request(&mut stream).await.unwrap();
        stream.write_all(b"HTTP/1.1 200 ok\r\n\r\n").await.unwrap();
        tokio::spawn(tunnel(stream, target));
        request
    });
    let user = Some(("joe".to_string(), Secret::new("pw")));
    let dialer = Dialer::with_limits(Some(Proxy::HttpConnect { endpoint, user }), quick());
    let met = contact(&dialer, &server, &identity.pin()).await;
    assert!(met.outcome.is_ok(), "{:?}", met.outcome);
    let request = proxy.await.unwrap();
    assert!(request.line.starts_with(&format!("CONNECT {}", server.endpoint)));
    assert_eq!(request.header("proxy-authorization"), Some("Basic am9lOnB3"));
    assert_eq!(request.header("authorization"), None);
}

/// CUS-15: through SOCKS5, where the proxy resolves the name.
#[tokio::test]
async fn through_a_socks_proxy() {
    let authority = Authority::new();
    let identity = authority.issue(&["pbx.customer.example"], false);
    let server = Server::start(&identity, healthy).await;
    let target = server.endpoint.clone();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = Endpoint::parse("127.0.0.1", listener.local_addr().unwrap().port()).unwrap();
    let proxy = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let methods = {
            stream.read_u8().await.unwrap();
            stream.read_u8().await.unwrap()
        };
        stream.read_exact(&mut vec![0; methods.into()]).await.unwrap();
        stream.write_all(&[5, 2]).await.unwrap();
        stream.read_u8().await.unwrap();
        let mut words = Vec::new();
        for _ in 0..2 {
            let length = stream.read_u8().await.unwrap();
            let mut word = vec![0; length.into()];
            stream.read_exact(&mut word).await.unwrap();
            words.push(String::from_utf8(word).unwrap());
        }
        stream.write_all(&[1, 0]).await.unwrap();
        let mut head = [0; 5];
        stream.read_exact(&mut head).await.unwrap();
        assert_eq!(head[3], 3, "a name, not an address");
        let mut name = vec![0; head[4].into()];
        stream.read_exact(&mut name).await.unwrap();
        words.push(String::from_utf8(name).unwrap());
        stream.read_u16().await.unwrap();
        stream.write_all(&[5, 0, 0, 1, 0, 0, 0, 0, 0, 0]).await.unwrap();
        tokio::spawn(tunnel(stream, target));
        words
    });
    let user = Some(("joe".to_string(), Secret::new("pw:@/")));
    let dialer = Dialer::with_limits(Some(Proxy::Socks5 { endpoint, user }), quick());
    let named = Endpoint::parse("pbx.customer.example", 8443).unwrap();
    let read =
        ip_office::read_solution(&dialer, &named, &authority.trust(), "u", &Secret::new(PASSWORD)).await;
    assert!(read.is_ok(), "{read:?}");
    assert_eq!(proxy.await.unwrap(), ["joe", "pw:@/", "pbx.customer.example"]);
}

/// VPX-01, VPX-08: Digest with a stale nonce on the way, Basic inside TLS, wrong password.
#[tokio::test]
async fn vapix_credentials() {
    let identity = Identity::self_signed(&["127.0.0.1"], false);
    let nonce = Arc::new(AtomicUsize::new(1));
    let current = nonce.clone();
    let server = Server::start(&identity, move |request| {
        let now = format!("nonce=\"n{}\"", current.load(Ordering::SeqCst));
        match request.header("authorization") {
            Some(given) if given.contains(&now) && given.contains("username=\"root\"") => {
                let parameters = "root.Brand.Brand=AXIS\nroot.Properties.System.SerialNumber=ACCC8EF7DE6B\n\
                    root.Properties.Firmware.Version=11.11.116\n";
                answer(200, "", parameters)
            }
            given => {
                let stale = if given.is_some_and(|given| given.contains("username=\"root\"")) { ", stale=true" } else { "" };
                let header = format!(
                    "WWW-Authenticate: Digest realm=\"AXIS_ACCC8EF7DE6B\", {now}, algorithm=SHA-256, qop=\"auth\"{stale}\r\n"
                );
                answer(401, &header, "")
            }
        }
    })
    .await;
    let client = |user: &str| {
        vapix::Client::new(
            &quick_dialer(),
            &server.endpoint,
            &identity.pin(),
            Transport::Https,
        )
        .unwrap()
        .with_credentials(user, &Secret::new("pass"))
    };
    let good = client("root");
    assert_eq!(
        good.prove_credentials().await.unwrap().brand.as_deref(),
        Some("AXIS")
    );
    assert_eq!(server.seen.requests.lock().len(), 2);
    good.prove_credentials().await.unwrap();
    assert_eq!(server.seen.requests.lock().len(), 3, "one round trip once agreed");
    assert!(
        server.seen.requests.lock()[2]
            .header("authorization")
            .unwrap()
            .contains("nc=00000002")
    );
    nonce.store(2, Ordering::SeqCst);
    good.prove_credentials().await.unwrap();
    let last = server.seen.requests.lock().last().cloned().unwrap();
    assert!(last.header("authorization").unwrap().contains("nc=00000001"));
    assert_eq!(
        client("nobody").prove_credentials().await,
        Err(Failure::CredentialsRefused)
    );
}

/// VPX-01, VPX-02, VPX-08: Basic inside TLS; a factory-new device; a probe without credentials.
#[tokio::test]
async fn vapix_probe_and_basic() {
    let identity = Identity::self_signed(&["127.0.0.1"], false);
    let basic = Server::start(&identity, |request| match request.header("authorization") {
        Some("Basic cm9vdDpwYXNz") => answer(200, "", "root.Brand.Brand=AXIS\n"),
        _ => answer(401, "WWW-Authenticate: Basic realm=\"AXIS_B8A44F000001\"\r\n", ""),
    })
    .await;
    let open = |server: &Server| {
        vapix::Client::new(
            &quick_dialer(),
            &server.endpoint,
            &identity.pin(),
            Transport::Https,
        )
        .unwrap()
    };
    let probe = open(&basic).probe().await.unwrap();
    assert_eq!(probe.offers, [vapix::Offer::Basic]);
    assert_eq!(probe.serial_number.unwrap().as_str(), "B8A44F000001");
    assert!(
        open(&basic)
            .with_credentials("root", &Secret::new("pass"))
            .prove_credentials()
            .await
            .is_ok()
    );
    let wrong = open(&basic)
        .with_credentials("root", &Secret::new("other"))
        .prove_credentials()
        .await;
    assert_eq!(wrong, Err(Failure::CredentialsRefused));

    let fresh = Server::start(&identity, |_| answer(401, "Axis-Setup: vapix\r\n", "")).await;
    assert!(open(&fresh).probe().await.unwrap().needs_setup);
    assert_eq!(open(&fresh).device_info().await, Err(Failure::NeedsSetup));

    let other = Server::start(&identity, |_| answer(200, "", "<html></html>")).await;
    assert_eq!(open(&other).probe().await, Err(Failure::NotThisProtocol));
}

/// CRT-11: a certificate that TLS cannot work with is said to be that, also where it was accepted before; nothing is sent.
#[tokio::test]
async fn a_certificate_of_version_1_is_not_offered() {
    let identity = Identity {
        chain: vec![include_bytes!("fixtures/version_1.der").to_vec()],
        key: include_bytes!("fixtures/version_1.key.der").to_vec(),
    };
    let server = Server::start(&identity, healthy).await;
    for trust in [Trust::default(), identity.pin()] {
        let met = contact(&quick_dialer(), &server, &trust).await;
        assert_eq!(met.outcome.unwrap_err(), Refusal::CertificateUnusable);
    }
    assert_eq!(server.seen.count("GET", "/"), 0);
}

/// CUS-03: an answer whose head cannot be read is *failed*, and not *unreachable* with a library's words.
#[tokio::test]
async fn unreadable_heads_are_answers() {
    let identity = Identity::self_signed(&["127.0.0.1"], false);
    let long = format!("HTTP/1.1 200 x\r\nX-Long: {}\r\n\r\n", "x".repeat(1_000_000));
    for head in [
        "HTTP/1.1 200 x\r\nContent-Length: -1\r\n\r\n".to_owned(),
        "HTTP/1.1 200 x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n{}".to_owned(),
        "HTTP/9.9 200 x\r\n\r\n".to_owned(),
        "HTTP/1.1 9999 x\r\n\r\n".to_owned(),
        long,
    ] {
        let shown: String = head.chars().take(60).collect();
        let server = Server::start(&identity, move |_| Some(head.clone())).await;
        let met = contact(&quick_dialer(), &server, &identity.pin()).await;
        assert_eq!(met.outcome.unwrap_err(), Refusal::Failed, "{shown}");
    }
}
