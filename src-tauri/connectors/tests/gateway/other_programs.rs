//! Programs of other people keep client and simulator honest: a fuzzer of descriptions asks the simulator, and somebody else's tus
//! server takes what the client sends.
use super::support::{client, fleet, identity, quick, site, source};
use flotilla_connectors::gateway::{TusClient, Uploaded};
use flotilla_connectors::{Dialer, Trust};
use flotilla_simulator::Mode;
use std::path::Path;
use std::process::Stdio;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::Command;
use tokio_util::sync::CancellationToken;
use url::Url;

/// Where the files beside this one are.
fn folder() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/gateway"))
}

/// GWY-01: the Python package `schemathesis` finds nothing that is not described, and nothing wrong that is accepted.
#[tokio::test]
async fn a_fuzzer_finds_nothing() {
    let there = Command::new("schemathesis").arg("--version").output().await;
    if !there.is_ok_and(|output| output.status.success()) {
        eprintln!(
            "the package schemathesis is not installed for Python; no other program has asked the gateway"
        );
        return;
    }
    let fleet = fleet().await;
    let own_folder = tempfile::tempdir().expect("a temporary folder");
    for mode in [Mode::OnPremises, Mode::Cloud] {
        let (_, gateway) = site(&fleet, mode, 1);
        let configuration = folder().join("schemathesis/schemathesis.toml");
        let description = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/gateway/openapi.json");
        let output = Command::new("schemathesis")
            .arg("--config-file")
            .arg(configuration)
            .arg("run")
            .arg(description)
            .args(["--url", &format!("https://{}", gateway.socket_address())])
            .args(["--header", &format!("Authorization: Bearer {}", gateway.token())])
            .args([
                "--tls-verify",
                "false",
                "--seed",
                "1",
                "--max-examples",
                "40",
                "--workers",
                "1",
            ])
            .args(["--generation-database", "none", "--no-color"])
            .env("SCHEMATHESIS_HOOKS", folder().join("schemathesis/hooks.py"))
            .current_dir(own_folder.path())
            .output()
            .await
            .expect("it runs");
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success(), "{said}");
        // It is still there, and whole.
        assert!(!identity(&client(gateway)).await.systems.is_empty());
    }
}

/// GWY-03: the npm package `@tus/server` takes an upload, and has every byte of it. It has no checksums.
#[tokio::test]
async fn another_server_takes_an_upload() {
    let own_folder = tempfile::tempdir().expect("a temporary folder");
    let mut server = Command::new("node")
        .arg(folder().join("tus-server.mjs"))
        .arg(own_folder.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn();
    let output = server.as_mut().ok().and_then(|server| server.stdout.take());
    let first = match output {
        Some(output) => BufReader::new(output).lines().next_line().await.ok().flatten(),
        None => None,
    };
    let Some(address) = first else {
        eprintln!(
            "the package @tus/server is not installed for Node.js; no other server has taken an upload"
        );
        return;
    };
    let collection = Url::parse(&address).expect("an address");
    let tus = TusClient::new(&Dialer::new(None), &collection, &Trust::default()).expect("a client");
    let abilities = tus.abilities().await.expect("abilities");
    let content: Vec<u8> = (0..20_000_003_u32).map(|number| (number % 251) as u8).collect();
    let (source, progress, never) = (source(&content), Uploaded::default(), CancellationToken::new());
    let metadata = "filename YS5iaW4=";
    let place = tus
        .create(source.length(), metadata, None, &never, &quick(3))
        .await
        .expect("begun");
    tus.send(&place, &source, &abilities, &progress, &never, &quick(3))
        .await
        .expect("sent");
    assert_eq!(tus.offset(&place).await, Ok(source.length()));
    let stored = std::fs::read(own_folder.path().join(place.id())).expect("the upload");
    assert!(stored == content, "other bytes");
    tus.terminate(&place).await.expect("dropped");
    assert!(tus.offset(&place).await.is_err());
}
