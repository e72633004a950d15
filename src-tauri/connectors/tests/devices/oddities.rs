//! Sparse and odd answers do not kill a device (VPX-01, VPX-03, VPX-06, VPX-08).
use super::{administrator, one, stranger};
use flotilla_connectors::vapix::{Failure, Offer};
use flotilla_simulator::{AuthenticationScheme, Fault};

/// VPX-03, VPX-06, VPX-08: whatever of the identity is missing or odd, the device is recognised, the credentials are
/// proved, and what it does say is known.
#[tokio::test]
async fn odd_answers_are_read() {
    for (fault, has_version) in [
        (Fault::MissingParameter, true),
        (Fault::ErrorAfterParameters, true),
        (Fault::OddCharset, true),
        (Fault::HtmlInsteadOfJson, true),
        (Fault::SparseIdentity, false),
    ] {
        let fleet = one("11.11.116").await;
        let camera = &fleet.cameras()[0];
        camera.set_fault(fault);
        let probe = stranger(camera).probe().await.unwrap();
        assert!(!probe.needs_setup, "{fault:?}");
        // The realm names the device, where nothing else does (VPX-01).
        let serial = probe.serial_number.map(|serial| serial.to_string());
        assert_eq!(
            serial.as_deref(),
            Some(camera.blueprint().serial_number.as_str()),
            "{fault:?}"
        );
        let info = administrator(camera).prove_credentials().await.unwrap();
        assert!(info.product_number.is_some(), "{fault:?}");
        assert_eq!(info.version.is_some(), has_version, "{fault:?}");
        assert_eq!(camera.counters().refusals, 0, "{fault:?}");
    }
}

/// VPX-03: a page where JSON was asked for is no answer of this protocol, and the older interface is read all the same.
#[tokio::test]
async fn a_page_instead_of_json() {
    let fleet = one("11.11.116").await;
    let camera = &fleet.cameras()[0];
    camera.set_fault(Fault::HtmlInsteadOfJson);
    let root = administrator(camera);
    assert_eq!(root.device_info().await, Err(Failure::NotThisProtocol));
    assert!(root.parameters(&["Brand"]).await.is_ok());
    assert!(root.accounts().await.is_ok());
}

/// VPX-06: every property that real devices give, `ProdVariant` among them.
#[tokio::test]
async fn the_whole_identity() {
    let fleet = super::start(flotilla_simulator::FleetOptions {
        cameras: 60,
        ..flotilla_simulator::FleetOptions::default()
    })
    .await;
    let camera = fleet
        .cameras()
        .iter()
        .find(|camera| camera.blueprint().model[0] == "Q6135-LE")
        .unwrap();
    let root = administrator(camera);
    let older = root.prove_credentials().await.unwrap();
    assert_eq!(older.variant.as_deref(), Some("50 Hz"));
    let newer = root.device_info().await.unwrap();
    assert_eq!(
        (&newer.variant, &newer.serial_number),
        (&older.variant, &older.serial_number)
    );
    for part in [
        &newer.brand,
        &newer.full_name,
        &newer.product_number,
        &newer.short_name,
        &newer.product_type,
        &newer.version,
        &newer.hardware_id,
        &newer.architecture,
        &newer.system_on_chip,
        &newer.web_address,
        &newer.build_date,
    ] {
        assert!(part.is_some(), "{newer:?}");
    }
}

/// VPX-01: a nonce that is old for ever ends in a refusal, after so few proofs that no account is locked.
#[tokio::test]
async fn stale_for_ever() {
    let fleet = one("11.11.116").await;
    let camera = &fleet.cameras()[0];
    camera.set_fault(Fault::StaleForEver);
    let root = administrator(camera);
    let before = camera.counters().requests;
    assert_eq!(root.prove_credentials().await, Err(Failure::CredentialsRefused));
    assert_eq!(camera.counters().requests - before, 3);
    assert_eq!(camera.counters().lock_outs, 0);
    camera.clear_faults();
    assert!(
        root.prove_credentials().await.is_ok(),
        "and it is over when it is over"
    );
}

/// VPX-01: of several challenges the best is answered, once.
#[tokio::test]
async fn many_challenges() {
    let fleet = one("11.11.116").await;
    let camera = &fleet.cameras()[0];
    camera.set_fault(Fault::ManyChallenges);
    let probe = stranger(camera).probe().await.unwrap();
    assert_eq!(probe.offers, [Offer::Unknown, Offer::Basic, Offer::Digest]);
    let root = administrator(camera);
    let before = camera.counters();
    assert!(root.prove_credentials().await.is_ok());
    let after = camera.counters();
    assert_eq!(after.requests - before.requests, 2, "asked, and proved");
    assert_eq!((after.sign_ins, after.refusals), (1, 0));
}

/// VPX-01: an algorithm that nobody knows is named, and no password is tried with it.
#[tokio::test]
async fn an_unknown_algorithm() {
    let fleet = one("11.11.116").await;
    let camera = &fleet.cameras()[0];
    camera.set_fault(Fault::UnknownAlgorithm);
    assert!(stranger(camera).probe().await.is_ok());
    assert_eq!(
        administrator(camera).prove_credentials().await,
        Err(Failure::UnknownAuthentication("SHA3-512".into()))
    );
    assert_eq!(camera.counters().credential_bytes, 0);
    camera.clear_faults();
    camera.set_scheme(AuthenticationScheme::Basic);
    assert!(administrator(camera).prove_credentials().await.is_ok());
}
