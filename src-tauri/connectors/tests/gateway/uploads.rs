//! Images, backups and customization files on their way (GWY-03, OPS-01).
use super::support::{announce, client, digest, fleet, identity, key, once, quick, site, source};
use flotilla_connectors::gateway::{Announcement, Failure, GatewayError, ProblemKind, UploadKind, Uploaded};
use flotilla_simulator::{Fault, Gateway, Mode};
use tokio_util::sync::CancellationToken;

/// More than two parts.
const LARGE: usize = 17 * 1024 * 1024;

/// OPS-01, GWY-03: an upload that breaks off goes on where it stood; with the same key, nothing is sent twice.
#[tokio::test]
async fn an_upload_is_resumed() {
    let fleet = fleet().await;
    let (_, gateway) = site(&fleet, Mode::OnPremises, 1);
    let client = client(gateway);
    let image = Gateway::image(super::support::NEW, LARGE);
    let announcement = announce(UploadKind::Image, &image);
    let (key, source, progress) = (key(), source(&image), Uploaded::default());
    gateway.set_rule(once(Fault::CutUpload { bytes: 3_000_000 }));
    let place = client
        .upload(
            &key,
            &announcement,
            &source,
            &progress,
            &CancellationToken::new(),
            &quick(3),
        )
        .await
        .expect("uploaded");
    assert_eq!(progress.bytes(), image.len() as u64);
    assert!(identity(&client).await.has_image(&digest(&image)));
    let before = gateway.counters().requests;
    let again = client
        .upload(
            &key,
            &announcement,
            &source,
            &progress,
            &CancellationToken::new(),
            &quick(3),
        )
        .await;
    assert_eq!(again, Ok(place.clone()));
    // What the gateway can do, the upload that was begun, and where it stands.
    assert_eq!(gateway.counters().requests - before, 3);
    client.uploads().terminate(&place).await.expect("dropped");
    assert!(!identity(&client).await.has_image(&digest(&image)));
    let gone = client
        .uploads()
        .offset(&place)
        .await
        .map_err(|error| error.kind());
    assert_eq!(gone, Err(Some(ProblemKind::NotFound)));
}

/// GWY-03: a lost answer is reconciled by asking where the upload stands.
#[tokio::test]
async fn a_lost_answer_is_reconciled() {
    let fleet = fleet().await;
    let (_, gateway) = site(&fleet, Mode::OnPremises, 1);
    let client = client(gateway);
    let image = Gateway::image(super::support::NEW, LARGE);
    let (source, progress, never) = (source(&image), Uploaded::default(), CancellationToken::new());
    let abilities = client.uploads().abilities().await.expect("abilities");
    assert!(abilities.sha256 && abilities.termination);
    let metadata = announce(UploadKind::Image, &image).metadata();
    let place = client
        .uploads()
        .create(source.length(), &metadata, Some(&key()), &never, &quick(1))
        .await
        .expect("begun");
    gateway.set_rule(once(Fault::LoseUpgradeAnswer));
    client
        .uploads()
        .send(&place, &source, &abilities, &progress, &never, &quick(3))
        .await
        .expect("sent");
    assert!(identity(&client).await.has_image(&digest(&image)));
}

/// GWY-03: without checksums a server keeps what had come of a part that broke off, and is followed.
#[tokio::test]
async fn a_server_that_stands_elsewhere_is_followed() {
    let fleet = fleet().await;
    let (_, gateway) = site(&fleet, Mode::OnPremises, 1);
    let client = client(gateway);
    let image = Gateway::image(super::support::NEW, LARGE);
    let (source, progress, never) = (source(&image), Uploaded::default(), CancellationToken::new());
    let mut abilities = client.uploads().abilities().await.expect("abilities");
    abilities.sha256 = false;
    let metadata = announce(UploadKind::Image, &image).metadata();
    let place = client
        .uploads()
        .create(source.length(), &metadata, Some(&key()), &never, &quick(1))
        .await
        .expect("begun");
    gateway.set_rule(once(Fault::CutUpload { bytes: 1_000_000 }));
    let cut = client
        .uploads()
        .send(&place, &source, &abilities, &progress, &never, &quick(0))
        .await;
    assert!(cut.is_err_and(|error| error.is_retryable()));
    assert_eq!(client.uploads().offset(&place).await, Ok(1_000_000));
    client
        .uploads()
        .send(&place, &source, &abilities, &progress, &never, &quick(0))
        .await
        .expect("sent");
    assert!(identity(&client).await.has_image(&digest(&image)));
}

/// GWY-03: a part that arrives altered is sent again; where it never arrives well, it is given up.
#[tokio::test]
async fn a_wrong_checksum() {
    let fleet = fleet().await;
    let (_, gateway) = site(&fleet, Mode::OnPremises, 1);
    let client = client(gateway);
    let image = Gateway::image(super::support::NEW, 5000);
    let announcement = announce(UploadKind::Image, &image);
    let (key, source, never) = (key(), source(&image), CancellationToken::new());
    gateway.set_fault(Fault::WrongChecksum);
    let refused = client
        .upload(
            &key,
            &announcement,
            &source,
            &Uploaded::default(),
            &never,
            &quick(2),
        )
        .await
        .map_err(|error| (error.kind(), error.status()));
    assert_eq!(refused, Err((Some(ProblemKind::ChecksumDiffers), Some(460))));
    gateway.clear_faults();
    gateway.set_rule(once(Fault::WrongChecksum));
    client
        .upload(
            &key,
            &announcement,
            &source,
            &Uploaded::default(),
            &never,
            &quick(2),
        )
        .await
        .expect("uploaded");
}

/// GWY-03: what is not what was announced is dropped, and said.
#[tokio::test]
async fn another_image_is_dropped() {
    let fleet = fleet().await;
    let (_, gateway) = site(&fleet, Mode::OnPremises, 1);
    let client = client(gateway);
    let image = Gateway::image(super::support::NEW, 5000);
    let right = announce(UploadKind::Image, &image);
    let other_digest = Announcement {
        sha256: "0".repeat(64),
        ..right.clone()
    };
    let other_version = Announcement {
        version: Some("13.0.0.2".to_string()),
        ..right
    };
    for (announcement, kind) in [
        (other_digest, ProblemKind::ImageAltered),
        (other_version, ProblemKind::ImageInvalid),
    ] {
        let refused = client
            .upload(
                &key(),
                &announcement,
                &source(&image),
                &Uploaded::default(),
                &CancellationToken::new(),
                &quick(2),
            )
            .await
            .map_err(|error| error.kind());
        assert_eq!(refused, Err(Some(kind)));
    }
    assert!(identity(&client).await.images.is_empty());
}

/// JOB-13: cancelled, nothing more is sent.
#[tokio::test]
async fn a_cancelled_upload() {
    let fleet = fleet().await;
    let (_, gateway) = site(&fleet, Mode::OnPremises, 1);
    let client = client(gateway);
    let image = Gateway::image(super::support::NEW, 5000);
    let cancelled = CancellationToken::new();
    cancelled.cancel();
    let announcement = announce(UploadKind::Image, &image);
    let ended = client
        .upload(
            &key(),
            &announcement,
            &source(&image),
            &Uploaded::default(),
            &cancelled,
            &quick(2),
        )
        .await;
    assert_eq!(ended, Err(GatewayError::Failed(Failure::Cancelled)));
    assert!(identity(&client).await.images.is_empty());
}
