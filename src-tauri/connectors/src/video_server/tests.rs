use super::reading::{read_devices, read_system, read_version};
use crate::trust::Certificate;
use proptest::prelude::*;
use serde_json::{Value, json};

fn certificate() -> Certificate {
    let key = rcgen::generate_simple_self_signed(vec!["server.example".to_owned()]).expect("a certificate");
    Certificate::from_der(key.cert.der()).expect("a certificate")
}

/// PRO-01: a server's own words, with everything and with the least.
#[test]
fn a_server_says_what_it_is() {
    let answer = json!({
        "Name": "Annex\u{0}", "ServerDisplayVersion": "6.16.50", "TimeZone": "Romance Standard Time",
        "Hardware": {"ModelName": "S1216", "Vendor": "Example"},
    });
    let reading = read_system(&answer, "2.43".to_owned(), Vec::new(), certificate()).expect("a reading");
    assert_eq!(
        [
            &reading.name,
            &reading.version,
            &reading.hardware,
            &reading.vendor,
            &reading.time_zone
        ],
        ["Annex", "6.16.50", "S1216", "Example", "Romance Standard Time"]
    );
    let least = read_system(
        &json!({"ServerDisplayVersion": "5.59"}),
        String::new(),
        Vec::new(),
        certificate(),
    );
    assert_eq!(least.map(|reading| reading.hardware), Some(String::new()));
    assert!(
        read_system(
            &json!({"Name": "something else"}),
            String::new(),
            Vec::new(),
            certificate()
        )
        .is_none()
    );
    assert_eq!(
        read_version(&json!({"Major": 2, "Minor": 43})).as_deref(),
        Some("2.43")
    );
    assert_eq!(read_version(&json!({"Major": "2"})), None);
}

/// PRO-01, VPX-09: devices are known by their MAC address however it is written, else by the serial number that is given.
#[test]
fn devices_are_known_by_their_serial_numbers() {
    let answer = json!({"Devices": [
        {"DeviceId": {"Id": "13758_77952d52"}, "Name": "Gate", "Model": "AXIS P3288-LVE", "MacAddress": "b8:a4:4f:00:00:01", "Address": "10.0.0.9"},
        {"Name": "Door", "MacAddress": "", "DeviceSerialNumber": "ACCC8E000002"},
        {"Name": "Foreign"},
    ]});
    let devices = read_devices(&answer).expect("devices");
    let serials: Vec<Option<&str>> = devices
        .iter()
        .map(|device| device.serial.as_ref().map(|serial| serial.as_str()))
        .collect();
    assert_eq!(serials, [Some("B8A44F000001"), Some("ACCC8E000002"), None]);
    assert_eq!(read_devices(&json!({"Cameras": []})), None);
}

/// Any JSON, of not too many parts.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        "\\PC{0,20}".prop_map(Value::from),
    ];
    let names = prop_oneof!["Devices", "MacAddress", "Name", "Hardware", "Major", "[a-z]{1,4}"];
    leaf.prop_recursive(3, 24, 4, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::hash_map(names.clone(), inner, 0..4)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

proptest! {
    /// SEC-04: whatever is answered, it is understood or not.
    #[test]
    fn any_answer(answer in any_json()) {
        let _ = read_version(&answer);
        let _ = read_devices(&answer);
        let _ = read_system(&answer, String::new(), Vec::new(), certificate());
    }
}
