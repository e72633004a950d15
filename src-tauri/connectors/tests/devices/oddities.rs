//! Sparse and odd answers do not kill a device (VPX-01, VPX-03, VPX-06, VPX-08).
use super::{administrator, one, stranger};
use flotilla_connectors::vapix::{Client, Failure, Offer, Transport};
use flotilla_connectors::{Dialer, Endpoint};
use flotilla_simulator::{AuthenticationScheme, Discovery, Fault, FleetOptions};

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
        (Fault::ErrorInWords, true),
        (Fault::InterfaceError { code: 8000 }, true),
        (Fault::ErrorBesideData, true),
        (Fault::NoMethod, true),
        (Fault::NoBootId, true),
        (Fault::NoNewerInterfaces, true),
        (Fault::NoParameters, true),
        (Fault::OnlyBasic, true),
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

/// VPX-03, VPX-04: an error counts, whether it comes in words, as a code or beside what was asked for.
#[tokio::test]
async fn errors_in_every_form() {
    let fleet = one("11.11.116").await;
    let camera = &fleet.cameras()[0];
    let device = |code, message: &str| Failure::Device {
        code,
        message: message.into(),
    };
    for (fault, failure) in [
        (
            Fault::ErrorInWords,
            Failure::Legacy("the service does not run".into()),
        ),
        (
            Fault::InterfaceError { code: 2003 },
            device(2003, "Simulated error"),
        ),
        (Fault::InterfaceError { code: 2001 }, Failure::Forbidden),
        (Fault::ErrorBesideData, device(8000, "Internal error")),
        (Fault::NoNewerInterfaces, Failure::NotOffered),
    ] {
        camera.set_fault(fault);
        assert_eq!(
            stranger(camera).unrestricted_device_info().await,
            Err(failure.clone())
        );
        camera.clear_faults();
        assert!(stranger(camera).unrestricted_device_info().await.is_ok());
    }
    camera.set_fault(Fault::NoMethod);
    assert!(administrator(camera).device_info().await.is_ok());
}

/// VPX-07: a device that does not say which start it is, is ready all the same.
#[tokio::test]
async fn no_boot_id() {
    let fleet = one("12.5.56").await;
    let camera = &fleet.cameras()[0];
    let says_when = async || {
        let readiness = stranger(camera).readiness().await.unwrap();
        assert!(readiness.ready);
        (readiness.boot_id.is_some(), readiness.uptime.is_some())
    };
    assert_eq!(says_when().await, (true, true));
    camera.set_fault(Fault::NoBootId);
    assert_eq!(says_when().await, (false, false));
}

/// VPX-08: where everybody may read the parameters, they prove nothing: a wrong password is refused, and a right one is
/// proved by what is closed to everybody else.
#[tokio::test]
async fn parameters_for_everybody() {
    let fleet = one("11.11.116").await;
    let camera = &fleet.cameras()[0];
    camera.set_fault(Fault::AnonymousParameters);
    let info = administrator(camera).prove_credentials().await.unwrap();
    assert!(info.version.is_some());
    assert_eq!((camera.counters().sign_ins, camera.counters().refusals), (1, 0));
    let wrong = super::user(camera, "root", "wrong").prove_credentials().await;
    assert_eq!(wrong, Err(Failure::CredentialsRefused));
    // Nothing is left that asks who somebody is.
    camera.set_fault(Fault::NoNewerInterfaces);
    let proved = administrator(camera).prove_credentials().await;
    assert_eq!(proved, Err(Failure::NotThisProtocol));
}

/// VPX-01: where nothing but Basic is offered, the password goes out inside TLS and never in clear.
#[tokio::test]
async fn only_basic() {
    let fleet = super::start(FleetOptions {
        cameras: 1,
        discovery: Discovery {
            plain_http: true,
            ..Discovery::default()
        },
        ..FleetOptions::default()
    })
    .await;
    let camera = &fleet.cameras()[0];
    camera.set_fault(Fault::OnlyBasic);
    assert_eq!(stranger(camera).probe().await.unwrap().offers, [Offer::Basic]);
    assert!(administrator(camera).prove_credentials().await.is_ok());
    let sent = camera.counters().credential_bytes;
    let plain = camera.plain_address().unwrap();
    let place = Endpoint::parse(&plain.ip().to_string(), plain.port()).unwrap();
    let blueprint = camera.blueprint();
    let in_clear = Client::new(&Dialer::new(None), &place, &super::trust(camera), Transport::Http)
        .unwrap()
        .with_credentials(
            &blueprint.user,
            &flotilla_connectors::secret::Secret::new(blueprint.password.as_str()),
        );
    assert_eq!(
        in_clear.prove_credentials().await,
        Err(Failure::BasicWithoutEncryption)
    );
    assert_eq!(camera.counters().credential_bytes, sent);
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
