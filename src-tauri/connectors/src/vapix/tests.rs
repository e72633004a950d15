//! Tests of what devices say, and of what they are told.
use super::client::Agreed;
use super::identity::{IDENTITY_GROUPS, parameter_target};
use super::reading::{json_data, legacy_error, read_device_info, read_parameters, read_readiness};
use super::*;
use crate::dialer::Answer;
use crate::digest::Challenge;
use crate::secret::Secret;
use crate::{Dialer, Endpoint, Trust};
use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use proptest::prelude::*;
use serde_json::json;
use std::time::Duration;

fn answer(status: u16, body: impl Into<Bytes>) -> Answer {
    Answer {
        status: StatusCode::from_u16(status).expect("a status"),
        headers: HeaderMap::new(),
        body: body.into(),
    }
}

/// VPX-09
#[test]
fn serial_numbers() {
    let serial = SerialNumber::from_realm("AXIS_ACCC8EF7DE6B").expect("a serial number");
    assert_eq!(SerialNumber::parse("ac:cc:8e:f7:de:6b"), Some(serial.clone()));
    assert!(serial.has_known_prefix());
    assert!(
        !SerialNumber::parse("0242AC110002")
            .expect("a serial number")
            .has_known_prefix()
    );
    assert_eq!(SerialNumber::parse("ACCC8EF7DE6"), None);
    assert_eq!(SerialNumber::parse("ACCC8EF7DE6Z"), None);
    assert_eq!(SerialNumber::from_realm("ACCC8EF7DE6B"), None);
}

/// VPX-03, VPX-04: an error counts more than data, and HTTP 200 means nothing.
#[test]
fn errors_inside_success() {
    let both = json!({"apiVersion": "1.0", "data": {"a": 1}, "error": {"code": 2003, "message": "version"}});
    let error = Failure::Device {
        code: 2003,
        message: "version".into(),
    };
    assert_eq!(json_data(&answer(200, both.to_string())), Err(error));
    let forbidden = json!({"error": {"code": "2001"}});
    assert_eq!(
        json_data(&answer(200, forbidden.to_string())),
        Err(Failure::Forbidden)
    );
    assert_eq!(
        json_data(&answer(200, "# Error: no such group")),
        Err(Failure::Legacy("no such group".into()))
    );
    assert_eq!(
        json_data(&answer(200, "Error: busy")),
        Err(Failure::Legacy("busy".into()))
    );
    assert_eq!(json_data(&answer(200, "<html>")), Err(Failure::NotThisProtocol));
    assert_eq!(json_data(&answer(404, "")), Err(Failure::NotOffered));
    assert_eq!(json_data(&answer(200, "{\"data\":{}}")), Ok(json!({})));
}

/// VPX-06, VPX-07
#[test]
fn identity_and_readiness() {
    let data =
        json!({"propertyList": {"Brand": "AXIS", "SerialNumber": "ACCC8EF7DE6B", "Version": "11.8.64"}});
    let device = read_device_info(&data).expect("a device");
    assert_eq!(device.version.as_deref(), Some("11.8.64"));
    assert_eq!(device.serial_number, SerialNumber::parse("ACCC8EF7DE6B"));
    let older = read_readiness(&json!({"systemready": "yes", "needsetup": "no"})).expect("readiness");
    assert_eq!(
        older,
        Readiness {
            ready: true,
            needs_setup: false,
            uptime: None,
            boot_id: None
        }
    );
    let newer = json!({"systemready": "no", "needsetup": "yes", "uptime": "61", "bootid": "b"});
    let newer = read_readiness(&newer).expect("readiness");
    assert!(newer.needs_setup && !newer.ready);
    assert_eq!(newer.uptime, Some(Duration::from_secs(61)));
    assert_eq!(read_readiness(&json!({})), None);
}

/// VPX-08
#[test]
fn parameters() {
    let found = read_parameters(b"root.Brand.Brand=AXIS\r\nroot.Properties.System.Soc=Axis=9\r\nnoise\r\n")
        .expect("some");
    assert_eq!(found["Brand.Brand"], "AXIS");
    assert_eq!(found["Properties.System.Soc"], "Axis=9");
    assert_eq!(
        read_parameters(b"# Error: Error -1 getting param"),
        Err(Failure::Legacy("Error -1 getting param".into()))
    );
    assert_eq!(read_parameters(b""), Err(Failure::NotThisProtocol));
    assert_eq!(
        parameter_target(IDENTITY_GROUPS),
        "/axis-cgi/param.cgi?action=list&group=Properties.System,Brand,Properties.Firmware.Version"
    );
    assert_eq!(
        parameter_target(&["A&b=c#d"]),
        "/axis-cgi/param.cgi?action=list&group=Abcd"
    );
}

/// VPX-01: never Basic in clear, also when nothing else is offered.
#[tokio::test]
async fn basic_only_inside_tls() {
    let dialer = Dialer::new(None);
    let endpoint = Endpoint::parse("127.0.0.1", 1).expect("an endpoint");
    let client = |transport| {
        Client::new(&dialer, &endpoint, &Trust::default(), transport)
            .expect("a client")
            .with_credentials("root", &Secret::new("hidden-word"))
    };
    let basic = [Challenge::Basic { realm: "AXIS".into() }];
    assert!(matches!(
        client(Transport::Https).choose(&basic),
        Ok(Agreed::Basic)
    ));
    assert_eq!(
        client(Transport::Http).choose(&basic).err(),
        Some(Failure::BasicWithoutEncryption)
    );
    let unknown = [Challenge::UnknownDigest {
        realm: String::new(),
        algorithm: "SHA3".into(),
    }];
    assert_eq!(
        client(Transport::Https).choose(&unknown).err(),
        Some(Failure::UnknownAuthentication("SHA3".into()))
    );
    assert!(!format!("{:?}", client(Transport::Https)).contains("hidden-word"));
}

proptest! {
    /// SEC-04
    #[test]
    fn arbitrary_answers(status in 100u16..600, body in proptest::collection::vec(any::<u8>(), 0..300), text in "\\PC{0,100}") {
        let _ = json_data(&answer(status, body.clone()));
        let _ = read_parameters(&body);
        let _ = legacy_error(&text);
        let _ = SerialNumber::parse(&text);
        let _ = read_readiness(&json!({"systemready": text, "uptime": text}));
    }
}
