//! Operations, from their beginning to their end (GWY-02, GWY-05, OPS-02 to OPS-10).
use super::support::{
    FOR_EVER, NEW, announce, carry_out, client, client_with, digest, fleet, identity, key, once, quick, site,
    source, transfer,
};
use flotilla_connectors::gateway::{
    Client, ComponentTarget, ComponentVersion, ExpectedSystem, FileKind, Identity, Logs, Operation,
    OperationRequest, OperationState, ProblemKind, Profile, Scope, ServerSource, UploadKind, Uploaded,
};
use flotilla_connectors::secret::Secret;
use flotilla_connectors::trust::{Fingerprint, Trust};
use flotilla_connectors::{Dialer, Endpoint, ip_office};
use flotilla_simulator::{Fault, Mode, Solution};
use tokio_util::sync::CancellationToken;

fn upgrade(image: &str, scope: Scope, identity: &Identity) -> OperationRequest {
    OperationRequest::Upgrade {
        image: image.to_string(),
        scope,
        expected: identity.expected(),
    }
}

fn last(seen: &[Operation]) -> &Operation {
    seen.last().expect("something was seen")
}

fn versions(identity: &Identity) -> Vec<&str> {
    identity
        .systems
        .iter()
        .map(|system| system.version.as_str())
        .collect()
}

async fn refusal(client: &Client, request: &OperationRequest) -> Option<ProblemKind> {
    let begun = client.begin(&key(), request).await;
    begun.err().and_then(|error| error.kind())
}

/// What the solution's own protocol says.
async fn versions_of(solution: &Solution) -> Vec<String> {
    let endpoint = Endpoint::parse(&solution.address(), solution.port()).expect("an address");
    let trust = Trust {
        pin: Some(Fingerprint::of(&solution.certificate().expect("a certificate"))),
        ..Trust::default()
    };
    let password = Secret::new(solution.password());
    let contact = ip_office::contact(&Dialer::new(None), &endpoint, &trust, solution.user(), &password).await;
    let reading = contact.outcome.expect("a reading");
    reading.systems.into_iter().map(|system| system.version).collect()
}

/// GWY-02: who the gateway is, and that it wants its token.
#[tokio::test]
async fn identity_and_token() {
    let fleet = fleet().await;
    let (solution, gateway) = site(&fleet, Mode::OnPremises, 2);
    let identity = identity(&client(gateway)).await;
    assert_eq!(identity.product, "Flotilla Simulator");
    assert_eq!(identity.systems.len(), solution.systems().len());
    assert!(identity.offers("upgrade") && !identity.offers("upgrade-profile"));
    assert_eq!(versions(&identity)[0], solution.version());
    let refused = client_with(gateway, "wrong").identity().await;
    let refused = refused.map_err(|error| (error.kind(), error.is_retryable()));
    assert_eq!(refused.err(), Some((Some(ProblemKind::TokenRefused), false)));
    let known = client(gateway);
    let before = gateway.counters().credential_bytes;
    gateway.change_certificate().expect("another certificate");
    let stranger = flotilla_connectors::gateway::Client::new(
        &Dialer::new(None),
        &super::support::endpoint(gateway),
        &Trust::default(),
        &Secret::new(gateway.token()),
    )
    .expect("a client");
    assert!(stranger.identity().await.is_err());
    assert!(known.certificate().is_none());
    assert_eq!(gateway.counters().credential_bytes, before);
}

/// OPS-02: the primary first, then the others, one after the other; the systems then say so themselves.
#[tokio::test]
async fn everything_is_upgraded() {
    let fleet = fleet().await;
    let (solution, gateway) = site(&fleet, Mode::OnPremises, 3);
    let client = client(gateway);
    let before = identity(&client).await;
    let image = transfer(&client).await;
    let seen = carry_out(&client, &upgrade(&image, Scope::Everything, &before)).await;
    for operation in &seen {
        let begun = operation
            .systems
            .iter()
            .filter(|one| one.state != OperationState::Waiting);
        let done = operation
            .systems
            .iter()
            .take_while(|one| one.state == OperationState::Done);
        let (begun, done) = (begun.count(), done.count());
        assert!(begun <= done + 1, "{operation:?}");
    }
    assert_eq!(last(&seen).state, OperationState::Done);
    let after = identity(&client).await;
    assert!(versions(&after).iter().all(|version| *version == NEW));
    for (before, after) in before.systems.iter().zip(&after.systems) {
        assert_eq!(after.boot, before.boot + 1);
    }
    assert!(versions_of(solution).await.iter().all(|version| version == NEW));
    // Nothing is left to be done.
    let again = upgrade(&image, Scope::Everything, &after);
    assert_eq!(refusal(&client, &again).await, Some(ProblemKind::VersionOlder));
}

/// OPS-02: the primary only; the others are started by hand later.
#[tokio::test]
async fn the_primary_only_and_one_more() {
    let fleet = fleet().await;
    let (_, gateway) = site(&fleet, Mode::OnPremises, 3);
    let client = client(gateway);
    let image = transfer(&client).await;
    let before = identity(&client).await;
    let old = before.systems[1].version.as_str();
    let seen = carry_out(&client, &upgrade(&image, Scope::PrimaryOnly, &before)).await;
    assert_eq!(last(&seen).systems.len(), 1);
    let between = identity(&client).await;
    assert_eq!(versions(&between)[..3], [NEW, old, old]);
    let other = Scope::System(between.systems[2].id.clone());
    carry_out(&client, &upgrade(&image, other, &between)).await;
    assert_eq!(versions(&identity(&client).await)[..3], [NEW, old, NEW]);
}

/// JOB-27: one system that fails is one system; but no system runs a higher version than a primary that failed.
#[tokio::test]
async fn systems_that_fail() {
    let fleet = fleet().await;
    let (_, gateway) = site(&fleet, Mode::OnPremises, 3);
    let client = client(gateway);
    let image = transfer(&client).await;
    let states = |operation: &Operation| -> Vec<OperationState> {
        operation.systems.iter().map(|one| one.state).collect()
    };
    let (done, failed, cancelled) = (
        OperationState::Done,
        OperationState::Failed,
        OperationState::Cancelled,
    );
    let request = upgrade(&image, Scope::Everything, &identity(&client).await);
    gateway.set_rule(once(Fault::OperationFailsAt { system: 0 }));
    let seen = carry_out(&client, &request).await;
    assert_eq!(last(&seen).state, failed);
    assert_eq!(states(last(&seen))[..3], [failed, cancelled, cancelled]);
    gateway.set_rule(once(Fault::OperationFailsAt { system: 1 }));
    gateway.set_rule(once(Fault::VersionStaysAt { system: 0 }));
    let seen = carry_out(&client, &request).await;
    assert_eq!(states(last(&seen))[..3], [done, failed, done]);
    let problem = last(&seen).systems[1]
        .problem
        .as_ref()
        .map(|problem| problem.kind());
    assert_eq!(problem, Some(ProblemKind::OperationFailed));
    let after = identity(&client).await;
    assert_ne!(versions(&after)[0], NEW);
    assert_eq!(versions(&after)[2], NEW);
    gateway.set_rule(once(Fault::SystemLostAt { system: 1 }));
    let one = Scope::System(after.systems[1].id.clone());
    let seen = carry_out(&client, &upgrade(&image, one, &after)).await;
    let problem = last(&seen).problem.as_ref().map(|problem| problem.kind());
    assert_eq!(problem, Some(ProblemKind::SystemLost));
    assert!(!identity(&client).await.systems[1].reachable);
    gateway.clear_faults();
    assert!(identity(&client).await.systems[1].reachable);
}

/// GWY-02: nothing is done to a system that has changed, or that nobody looked at.
#[tokio::test]
async fn conditions() {
    let fleet = fleet().await;
    let (solution, gateway) = site(&fleet, Mode::OnPremises, 2);
    let client = client(gateway);
    let before = identity(&client).await;
    let missing = upgrade(&"0".repeat(64), Scope::Everything, &before);
    assert_eq!(refusal(&client, &missing).await, Some(ProblemKind::ImageMissing));
    let image = transfer(&client).await;
    let expecting = |expected: Vec<ExpectedSystem>| OperationRequest::Upgrade {
        image: image.clone(),
        scope: Scope::Everything,
        expected,
    };
    let mut fewer = before.expected();
    fewer.pop();
    assert_eq!(
        refusal(&client, &expecting(fewer)).await,
        Some(ProblemKind::SystemChanged)
    );
    let mut unknown = before.expected();
    unknown[0].system = "NOBODY".to_string();
    assert_eq!(
        refusal(&client, &expecting(unknown)).await,
        Some(ProblemKind::SystemUnknown)
    );
    let mut restarted = before.expected();
    restarted[0].boot = Some(before.systems[0].boot + 1);
    assert_eq!(
        refusal(&client, &expecting(restarted)).await,
        Some(ProblemKind::SystemChanged)
    );
    solution.set_version("10.9.9.9");
    let stale = expecting(before.expected());
    assert_eq!(refusal(&client, &stale).await, Some(ProblemKind::SystemChanged));
    solution.set_version("99.0.0.1");
    let newer = expecting(identity(&client).await.expected());
    assert_eq!(refusal(&client, &newer).await, Some(ProblemKind::VersionOlder));
    assert_eq!(
        refusal(
            &client,
            &OperationRequest::UpgradeProfile {
                from: Profile::S1,
                to: Profile::S2
            }
        )
        .await,
        Some(ProblemKind::NotOffered)
    );
    assert!(client.operations().await.expect("a list").is_empty());
}

/// GWY-02: cancelled where the step allows it, and then nothing is done; else refused.
#[tokio::test]
async fn an_operation_is_cancelled() {
    let fleet = fleet().await;
    let (_, gateway) = site(&fleet, Mode::OnPremises, 2);
    let client = client(gateway);
    let image = transfer(&client).await;
    let before = identity(&client).await;
    gateway.set_step_time(FOR_EVER);
    let request = upgrade(&image, Scope::Everything, &before);
    let begun = client.begin(&key(), &request).await.expect("begun");
    assert_eq!(
        refusal(&client, &OperationRequest::BackUp {}).await,
        Some(ProblemKind::Busy)
    );
    let (id, cancelling) = (begun.operation.id, key());
    let cancelled = client.cancel(&cancelling, &id).await.expect("cancelled");
    assert_eq!(cancelled.operation.state, OperationState::Cancelled);
    let again = client
        .cancel(&cancelling, &id)
        .await
        .map(|observed| observed.operation.state);
    assert_eq!(again, Ok(OperationState::Cancelled));
    let late = client.cancel(&key(), &id).await.map_err(|error| error.kind());
    assert_eq!(late.err(), Some(Some(ProblemKind::NotCancellable)));
    assert_eq!(versions(&identity(&client).await), versions(&before));
}

/// OPS-04, OPS-05: a backup is made, fetched, given back, and restored; one of another system is not.
#[tokio::test]
async fn a_backup_goes_and_comes_back() {
    let fleet = fleet().await;
    let (_, gateway) = site(&fleet, Mode::Cloud, 1);
    let client = client(gateway);
    let seen = carry_out(&client, &OperationRequest::BackUp {}).await;
    let id = last(&seen).result.file.clone().expect("a file");
    let before = identity(&client).await;
    let file = before.files.iter().find(|file| file.id == id).expect("the file");
    assert_eq!(file.kind, FileKind::Backup);
    let mut backup = Vec::new();
    client.download(file, &mut backup).await.expect("downloaded");
    assert_eq!(digest(&backup), file.sha256);
    client.delete_file(&id).await.expect("deleted");
    let restore = |backup: &str, identity: &Identity| OperationRequest::Restore {
        backup: backup.to_string(),
        expected: identity.expected(),
    };
    let gone = restore(&id, &before);
    assert_eq!(refusal(&client, &gone).await, Some(ProblemKind::BackupMissing));
    let text = String::from_utf8(backup.clone()).expect("text");
    let other = text.replace(&before.serial_number, "SOMEBODY").into_bytes();
    for (bytes, state) in [(backup, OperationState::Done), (other, OperationState::Failed)] {
        let place = client
            .upload(
                &key(),
                &announce(UploadKind::Backup, &bytes),
                &source(&bytes),
                &Uploaded::default(),
                &CancellationToken::new(),
                &quick(1),
            )
            .await
            .expect("uploaded");
        let now = identity(&client).await;
        let seen = carry_out(&client, &restore(place.id(), &now)).await;
        assert_eq!(last(&seen).state, state);
        let boots = identity(&client).await.systems[0].boot - now.systems[0].boot;
        assert_eq!(boots, u64::from(state == OperationState::Done));
    }
}

/// OPS-03, OPS-06, OPS-07, OPS-08
#[tokio::test]
async fn in_the_cloud() {
    let fleet = fleet().await;
    let (solution, gateway) = site(&fleet, Mode::Cloud, 1);
    let client = client(gateway);
    let before = identity(&client).await;
    let profile = before.profile.expect("a profile");
    let raise = |from: Profile, to: Profile| OperationRequest::UpgradeProfile { from, to };
    if profile < Profile::S3 {
        carry_out(&client, &raise(profile, Profile::S3)).await;
        let changed = refusal(&client, &raise(profile, Profile::S3)).await;
        assert_eq!(changed, Some(ProblemKind::SystemChanged));
    }
    assert_eq!(identity(&client).await.profile, Some(Profile::S3));
    let not_higher = refusal(&client, &raise(Profile::S3, Profile::S2)).await;
    assert_eq!(not_higher, Some(ProblemKind::ProfileNotHigher));
    let components = |name: &str| OperationRequest::UpgradeComponents {
        target: ComponentTarget::Components(vec![ComponentVersion {
            name: name.to_string(),
            version: NEW.to_string(),
        }]),
        expected: before.expected(),
    };
    assert_eq!(
        refusal(&client, &components("Unheard-of")).await,
        Some(ProblemKind::ComponentUnknown)
    );
    carry_out(&client, &components("Voicemail")).await;
    let after = identity(&client).await;
    let version = |name: &str| {
        let found = after.systems[0].components.iter().find(|one| one.name == name);
        found.map(|one| one.version.as_str())
    };
    assert_eq!(version("Voicemail"), Some(NEW));
    assert_eq!(version("IP Office"), Some(solution.version().as_str()));
    let files = b"customization";
    let upload = announce(UploadKind::Customization, files);
    client
        .upload(
            &key(),
            &upload,
            &source(files),
            &Uploaded::default(),
            &CancellationToken::new(),
            &quick(1),
        )
        .await
        .expect("uploaded");
    let refresh = OperationRequest::RefreshCustomization { files: upload.sha256 };
    assert_eq!(
        last(&carry_out(&client, &refresh).await).state,
        OperationState::Done
    );
    let logs = OperationRequest::CollectLogs { logs: Logs::All };
    let seen = carry_out(&client, &logs).await;
    let id = last(&seen).result.file.clone().expect("a file");
    let stored = identity(&client).await;
    let file = stored.files.iter().find(|file| file.id == id).expect("the file");
    let mut text = Vec::new();
    client.download(file, &mut text).await.expect("downloaded");
    assert!(String::from_utf8_lossy(&text).contains(&before.systems[0].name));
}

/// GWY-05, OPS-10: a request waits until the server asks by itself.
#[tokio::test]
async fn a_server_fetches_its_upgrade() {
    let fleet = fleet().await;
    let server = &fleet.video_servers()[0];
    let gateway = fleet.gateways().last().expect("a gateway");
    let client = client(gateway);
    let before = identity(&client).await;
    let request = OperationRequest::UpgradeServer {
        source: ServerSource::Download {
            address: "https://repository.example/server.exe".to_string(),
            sha256: "0".repeat(64),
        },
        version: "99.1.2".to_string(),
        expected: before.expected(),
    };
    let begun = client.begin(&key(), &request).await.expect("begun");
    assert_eq!(begun.operation.state, OperationState::Waiting);
    assert_ne!(server.version(), "99.1.2");
    gateway.poll_now();
    let mut steps = Vec::new();
    let ended = client
        .follow(&begun.operation.id, &CancellationToken::new(), |operation| {
            steps.push(operation.step.clone());
        })
        .await
        .expect("followed");
    assert_eq!(ended.state, OperationState::Done, "{steps:?}");
    assert_eq!(server.version(), "99.1.2");
    assert!(identity(&client).await.systems[0].boot > before.systems[0].boot);
}
