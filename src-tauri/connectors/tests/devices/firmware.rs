//! Firmware management and restarts (VPX-07, VPX-10 to VPX-13, VPX-15).
use super::{administrator, one, password, stranger, user};
use flotilla_connectors::vapix::{
    Acknowledgement, Before, Client, FactoryDefault, Failure, FirmwareError, FirmwareProblem, FollowError,
    Image, Patience, Progress, Returned, Sent, Settings, Upgrade, UpgradeError, UserName,
};
use flotilla_simulator::{Camera, Fault, FaultRule};
use std::io::Write;
use std::sync::Arc;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

fn patience(limit: Duration) -> Patience {
    Patience {
        limit,
        interval: Duration::from_millis(20),
    }
}

/// Longer than any machine takes.
const ENOUGH: Duration = Duration::from_secs(60);

fn once(fault: Fault) -> FaultRule {
    FaultRule {
        fault,
        rate: 1.0,
        times: Some(1),
    }
}

/// VPX-10, VPX-12: committed, purged, and nothing left to go back to.
#[tokio::test]
async fn commit_and_purge() {
    let fleet = one("12.5.56").await;
    let camera = &fleet.cameras()[0];
    camera.set_uncommitted("11.11.116");
    let root = administrator(camera);
    let status = root.firmware_status().await.unwrap();
    assert_eq!(
        (
            status.active_version.as_str(),
            status.inactive_version.as_deref(),
            status.committed
        ),
        ("12.5.56", Some("11.11.116"), false)
    );
    root.commit_firmware().await.unwrap();
    root.commit_firmware().await.unwrap();
    assert!(root.firmware_status().await.unwrap().committed);
    root.purge_firmware().await.unwrap();
    assert_eq!(root.firmware_status().await.unwrap().inactive_version, None);
    assert_eq!(
        root.roll_back_firmware().await,
        Err(FirmwareError::Problem(FirmwareProblem::NothingToRollBackTo))
    );
    camera.set_rule(once(Fault::Busy423));
    assert_eq!(
        root.commit_firmware().await,
        Err(FirmwareError::Problem(FirmwareProblem::Busy))
    );
    assert_eq!(
        stranger(camera).firmware_status().await,
        Err(FirmwareError::Failed(Failure::CredentialsNeeded))
    );
}

/// Follows a device that stays away until somebody has seen it away, and gives what was seen.
async fn follow(camera: &Camera, client: &Client, before: Before) -> (Returned, Vec<Progress>) {
    let mut seen = Vec::new();
    let returned = client
        .follow_restart(before, patience(ENOUGH), &CancellationToken::new(), |progress| {
            if *progress == Progress::Away {
                camera.clear_faults();
            }
            if seen.last() != Some(progress) {
                seen.push(progress.clone());
            }
        })
        .await
        .unwrap();
    (returned, seen)
}

/// Has a device restart, and follows it; gives whether it waits for its first account.
async fn restarted(camera: &Camera, ask: Ask) -> bool {
    camera.set_restart_time(Duration::ZERO);
    camera.set_fault(Fault::NeverBack);
    let root = administrator(camera);
    let before = root.before_restart().await.unwrap();
    let said = match ask {
        Ask::Restart => root.restart().await,
        Ask::RollBack => root.roll_back_firmware().await,
        Ask::Factory(how) => root.factory_default(how).await,
    };
    assert_eq!(said, Ok(Acknowledgement::Confirmed));
    let (returned, seen) = follow(camera, &root, before).await;
    assert!(seen.contains(&Progress::Away), "{seen:?}");
    returned.needs_setup
}

enum Ask {
    Restart,
    RollBack,
    Factory(FactoryDefault),
}

/// VPX-13, VPX-15: away, and back under another boot id; without one, too. An answer that is lost changes nothing.
#[tokio::test]
async fn a_restart_is_followed() {
    for version in ["9.80.64", "12.5.56"] {
        let fleet = one(version).await;
        let camera = &fleet.cameras()[0];
        assert!(!restarted(camera, Ask::Restart).await, "{version}");
        let root = administrator(camera);
        // It signs in first, so that what is lost is the answer to the act.
        root.firmware_status().await.unwrap();
        let before = root.before_restart().await.unwrap();
        camera.set_fault(Fault::NeverBack);
        camera.set_rule(once(Fault::LoseAnswer));
        assert_eq!(root.restart().await, Ok(Acknowledgement::Lost));
        follow(camera, &root, before).await;
    }
}

/// VPX-15: a device without firmware management restarts by the older way, and is followed by going away.
#[tokio::test]
async fn an_old_device_restarts() {
    let fleet = one("6.50.5").await;
    let camera = &fleet.cameras()[0];
    camera.set_fault(Fault::NoNewerInterfaces);
    assert!(!restarted(camera, Ask::Restart).await);
}

/// DEV-24: back to the version before.
#[tokio::test]
async fn a_rollback() {
    let fleet = one("12.5.56").await;
    let camera = &fleet.cameras()[0];
    camera.set_uncommitted("11.11.116");
    restarted(camera, Ask::RollBack).await;
    let status = administrator(camera).firmware_status().await.unwrap();
    assert_eq!(
        (
            status.active_version.as_str(),
            status.inactive_version,
            status.committed
        ),
        ("11.11.116", None, true)
    );
}

/// DEV-24, VPX-02: what comes back waits for its first account.
#[tokio::test]
async fn a_factory_default() {
    for (version, how) in [
        ("12.5.56", FactoryDefault::Soft),
        ("11.11.116", FactoryDefault::Hard),
    ] {
        let fleet = one(version).await;
        let camera = &fleet.cameras()[0];
        assert!(restarted(camera, Ask::Factory(how)).await, "{version}");
        let name = UserName::parse("chief").unwrap();
        stranger(camera)
            .create_first_account(&name, &password("again"))
            .await
            .unwrap();
        assert!(user(camera, "chief", "again").firmware_status().await.is_ok());
        assert_eq!(
            administrator(camera).accounts().await,
            Err(Failure::CredentialsRefused),
            "the account of before is gone"
        );
    }
}

/// VPX-13: what never goes away did not restart; what stays away is not back; and following can be ended.
#[tokio::test]
async fn when_it_does_not_come_back() {
    let fleet = one("12.5.56").await;
    let camera = &fleet.cameras()[0];
    let root = administrator(camera);
    let before = root.before_restart().await.unwrap();
    let soon = patience(Duration::from_millis(200));
    let cancel = CancellationToken::new();
    assert_eq!(
        root.follow_restart(before.clone(), soon, &cancel, |_| {}).await,
        Err(FollowError::DidNotRestart)
    );
    camera.set_fault(Fault::NeverBack);
    root.restart().await.unwrap();
    // Until it was given long enough to see that it is away.
    let mut limit = Duration::from_millis(50);
    loop {
        let ended = root
            .follow_restart(before.clone(), patience(limit), &cancel, |_| {})
            .await;
        if ended == Err(FollowError::NotBack) {
            break;
        }
        assert_eq!(ended, Err(FollowError::DidNotRestart));
        limit *= 2;
    }
    let ending = cancel.clone();
    let ended = root
        .follow_restart(before.clone(), patience(ENOUGH), &cancel, move |progress| {
            if *progress == Progress::Away {
                ending.cancel();
            }
        })
        .await;
    assert_eq!(ended, Err(FollowError::Cancelled));
    camera.clear_faults();
    camera.change_certificate().unwrap();
    let changed = root
        .follow_restart(before, patience(ENOUGH), &CancellationToken::new(), |_| {})
        .await;
    assert!(
        matches!(changed, Err(FollowError::Failed(Failure::CertificateChanged(_)))),
        "{changed:?}"
    );
}

/// An image for this device, of so many bytes.
fn image(camera: &Camera, version: &str, length: usize) -> Arc<Image> {
    let model = camera.blueprint().model[3];
    let bytes = Camera::firmware_image(model, version, true, length).unwrap();
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(&bytes).unwrap();
    Arc::new(Image::new(file).unwrap())
}

/// VPX-11, VPX-13: the image goes out once, the device comes back with its version, and keeps it when that is committed.
#[tokio::test]
async fn an_upgrade() {
    let fleet = one("11.11.116").await;
    let camera = &fleet.cameras()[0];
    camera.set_restart_time(Duration::from_millis(200));
    let root = administrator(camera);
    let before = Before::of(&root.readiness().await.unwrap());
    let sent = Arc::new(Sent::default());
    let image = image(camera, "12.5.56", 3 * 1024 * 1024);
    let upgraded = root
        .upgrade_firmware(&image, Settings::Kept, &sent)
        .await
        .unwrap();
    assert_eq!(upgraded, Upgrade::Accepted(Some("12.5.56".to_string())));
    assert_eq!((sent.bytes(), sent.is_whole()), (image.length(), true));
    let returned = root
        .follow_restart(before, patience(ENOUGH), &CancellationToken::new(), |_| {})
        .await
        .unwrap();
    assert!(!returned.needs_setup);
    let status = root.firmware_status().await.unwrap();
    assert_eq!(status.active_version, "12.5.56");
    assert_eq!(status.inactive_version.as_deref(), Some("11.11.116"));
    assert!(!status.committed, "it is kept when it was seen to work");
    root.commit_firmware().await.unwrap();
    assert!(root.firmware_status().await.unwrap().committed);
    assert_eq!(camera.installations(), 1);
}

/// VPX-12: whatever speaks against an image is said before anything is installed.
#[tokio::test]
async fn refused_upgrades() {
    let fleet = one("11.11.116").await;
    let camera = &fleet.cameras()[0];
    let root = administrator(camera);
    let model = camera.blueprint().model[3];
    let upgrade = async |bytes: Vec<u8>| {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(&bytes).unwrap();
        let image = Arc::new(Image::new(file).unwrap());
        root.upgrade_firmware(&image, Settings::Kept, &Arc::default())
            .await
    };
    let made =
        |model: &str, version: &str, signed| Camera::firmware_image(model, version, signed, 100_000).unwrap();
    for (bytes, problem) in [
        (b"no image".to_vec(), FirmwareProblem::InvalidImage),
        (
            made("Another model", "12.5.56", true),
            FirmwareProblem::WrongDevice,
        ),
        (made(model, "12.5.56", false), FirmwareProblem::SignatureMissing),
        (made(model, "10.12.3", true), FirmwareProblem::Older),
    ] {
        assert_eq!(
            upgrade(bytes).await,
            Err(UpgradeError::Refused(FirmwareError::Problem(problem)))
        );
    }
    for (code, problem) in [
        (410, FirmwareProblem::Revoked),
        (417, FirmwareProblem::InterfaceVersion),
        (423, FirmwareProblem::Busy),
        (424, FirmwareProblem::UnknownCertificate),
    ] {
        camera.set_rule(once(Fault::UpgradeRefused { code }));
        assert_eq!(
            upgrade(made(model, "12.5.56", true)).await,
            Err(UpgradeError::Refused(FirmwareError::Problem(problem)))
        );
    }
    camera.set_uncommitted("10.12.3");
    assert_eq!(
        upgrade(made(model, "12.5.56", true)).await,
        Err(UpgradeError::Refused(FirmwareError::Problem(
            FirmwareProblem::Uncommitted
        )))
    );
    let wrong = user(camera, "root", "another word");
    let image = image(camera, "12.5.56", 100_000);
    assert_eq!(
        wrong
            .upgrade_firmware(&image, Settings::Kept, &Arc::default())
            .await,
        Err(UpgradeError::Refused(FirmwareError::Failed(
            Failure::CredentialsRefused
        )))
    );
    assert_eq!(
        (camera.installations(), camera.version().as_str()),
        (0, "11.11.116")
    );
}

/// VPX-13: a body that ended early certainly was not installed; an answer that was lost leaves it open, and what runs says it.
#[tokio::test]
async fn upgrades_that_break() {
    let fleet = one("11.11.116").await;
    let camera = &fleet.cameras()[0];
    camera.set_restart_time(Duration::from_millis(200));
    let root = administrator(camera);
    let image = image(camera, "12.5.56", 6 * 1024 * 1024);
    let sent = Arc::new(Sent::default());
    camera.set_rule(once(Fault::CutUpload { bytes: 100_000 }));
    let broken = root.upgrade_firmware(&image, Settings::Kept, &sent).await;
    assert!(matches!(broken, Err(UpgradeError::Incomplete(_))), "{broken:?}");
    assert!(sent.bytes() < image.length() && !sent.is_whole());
    assert_eq!(camera.installations(), 0);

    let before = Before::of(&root.readiness().await.unwrap());
    camera.set_rule(once(Fault::LoseUpgradeAnswer));
    let lost = root.upgrade_firmware(&image, Settings::Kept, &sent).await;
    assert!(matches!(lost, Ok(Upgrade::Lost(_))), "{lost:?}");
    assert!(sent.is_whole());
    root.follow_restart(before, patience(ENOUGH), &CancellationToken::new(), |_| {})
        .await
        .unwrap();
    assert_eq!(root.firmware_status().await.unwrap().active_version, "12.5.56");
    assert_eq!(camera.installations(), 1);

    camera.set_version("11.11.116");
    root.commit_firmware().await.unwrap();
    camera.set_rule(once(Fault::UpgradeWithoutRestart));
    let before = Before::of(&root.readiness().await.unwrap());
    let accepted = root.upgrade_firmware(&image, Settings::Kept, &sent).await;
    assert!(matches!(accepted, Ok(Upgrade::Accepted(_))), "{accepted:?}");
    let followed = root
        .follow_restart(
            before,
            patience(Duration::from_millis(300)),
            &CancellationToken::new(),
            |_| {},
        )
        .await;
    assert_eq!(followed, Err(FollowError::DidNotRestart));
    assert_eq!(root.firmware_status().await.unwrap().active_version, "11.11.116");
}

/// VPX-11: curl sends an image to the simulator as it would to a device.
#[tokio::test]
async fn curl_upgrades() {
    let fleet = one("11.11.116").await;
    let camera = &fleet.cameras()[0];
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("firmware.bin");
    let model = camera.blueprint().model[3];
    std::fs::write(
        &path,
        Camera::firmware_image(model, "12.5.56", true, 500_000).unwrap(),
    )
    .unwrap();
    let question =
        r#"{"apiVersion":"1.0","context":"curl","method":"upgrade","params":{"autoCommit":"never"}}"#;
    let blueprint = camera.blueprint();
    let output = tokio::process::Command::new("curl")
        .args(["--silent", "--verbose", "--insecure", "--digest", "--user"])
        .arg(format!("{}:{}", blueprint.user, blueprint.password))
        .arg("--form")
        .arg(format!("json={question};type=application/json"))
        .arg("--form")
        .arg(format!("file=@{};type=application/octet-stream", path.display()))
        .arg(format!(
            "https://{}:{}/axis-cgi/firmwaremanagement.cgi",
            camera.address(),
            camera.port()
        ))
        .output()
        .await
        .unwrap();
    let answer = String::from_utf8_lossy(&output.stdout);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(
        answer.contains("\"firmwareVersion\":\"12.5.56\""),
        "{answer} {said}"
    );
    assert_eq!(camera.installations(), 1);
}
