//! What the tests of gateways have in common.
use flotilla_connectors::gateway::{
    Announcement, Client, IdempotencyKey, Identity, Operation, OperationRequest, Retries, UploadKind,
    UploadSource,
};
use flotilla_connectors::secret::Secret;
use flotilla_connectors::trust::{Fingerprint, Trust};
use flotilla_connectors::{Dialer, Endpoint};
use flotilla_simulator::{Fault, FaultRule, Fleet, FleetOptions, Gateway, GatewayPace, Mode, Solution};
use sha2::{Digest, Sha256};
use std::io::Write;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// Higher than anything the simulator has.
pub const NEW: &str = "13.0.0.1";

/// Longer than any test runs.
pub const FOR_EVER: Duration = Duration::from_secs(3600);

/// Customers with gateways, and one video server.
pub async fn fleet() -> Fleet {
    Fleet::start(FleetOptions {
        customers: 24,
        video_servers: 1,
        gateways: Some(GatewayPace {
            step: Duration::from_millis(1),
            server_poll: FOR_EVER,
        }),
        ..FleetOptions::default()
    })
    .await
    .expect("a fleet")
}

/// A solution of that mode with at least so many systems, and its gateway.
pub fn site(fleet: &Fleet, mode: Mode, systems: usize) -> (&Solution, &Gateway) {
    fleet
        .solutions()
        .iter()
        .zip(fleet.gateways())
        .find(|(solution, _)| solution.blueprint().mode == mode && solution.systems().len() >= systems)
        .expect("such a solution")
}

pub fn endpoint(gateway: &Gateway) -> Endpoint {
    Endpoint::parse(&gateway.address(), gateway.port()).expect("an address")
}

pub fn trust(gateway: &Gateway) -> Trust {
    Trust {
        pin: Some(Fingerprint::of(&gateway.certificate().expect("a certificate"))),
        ..Trust::default()
    }
}

pub fn client_with(gateway: &Gateway, token: &str) -> Client {
    Client::new(
        &Dialer::new(None),
        &endpoint(gateway),
        &trust(gateway),
        &Secret::new(token),
    )
    .expect("a client")
}

pub fn client(gateway: &Gateway) -> Client {
    client_with(gateway, gateway.token())
}

pub fn key() -> IdempotencyKey {
    IdempotencyKey::random().expect("a key")
}

pub fn once(fault: Fault) -> FaultRule {
    FaultRule {
        fault,
        rate: 1.0,
        times: Some(1),
    }
}

/// Tried again at once.
pub fn quick(attempts: usize) -> Retries {
    Retries {
        pauses: vec![Duration::from_millis(1); attempts],
    }
}

pub fn digest(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

/// Bytes as a file that is uploaded.
pub fn source(bytes: &[u8]) -> UploadSource {
    let mut file = tempfile::tempfile().expect("a temporary file");
    file.write_all(bytes).expect("written");
    UploadSource::new(file).expect("a file")
}

pub fn announce(kind: UploadKind, bytes: &[u8]) -> Announcement {
    Announcement {
        kind,
        sha256: digest(bytes),
        filename: "something.bin".to_string(),
        version: (kind == UploadKind::Image).then(|| NEW.to_string()),
    }
}

/// Transfers an image of the new version. Gives its digest.
pub async fn transfer(client: &Client) -> String {
    let image = Gateway::image(NEW, 1000);
    let announcement = announce(UploadKind::Image, &image);
    client
        .upload(
            &key(),
            &announcement,
            &source(&image),
            &flotilla_connectors::gateway::Uploaded::default(),
            &CancellationToken::new(),
            &quick(3),
        )
        .await
        .expect("transferred");
    announcement.sha256
}

/// Begins an operation and follows it to its end. Gives everything that was seen of it.
pub async fn carry_out(client: &Client, request: &OperationRequest) -> Vec<Operation> {
    let begun = client.begin(&key(), request).await.expect("begun");
    let mut seen = vec![begun.operation.clone()];
    let ended = client
        .follow(&begun.operation.id, &CancellationToken::new(), |operation| {
            seen.push(operation.clone());
        })
        .await
        .expect("followed");
    assert!(ended.state.has_ended());
    seen
}

pub async fn identity(client: &Client) -> Identity {
    client.identity().await.expect("an identity")
}
