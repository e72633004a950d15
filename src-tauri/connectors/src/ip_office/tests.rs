//! Tests of what the management API says.
use super::answer::{Interpretation, Stage, interpret};
use super::reading::{read_grant, read_licence, read_systems};
use super::session::{Cookies, TOKEN_HEADER};
use crate::dialer::Answer;
use crate::{Obstacle, Refusal};
use bytes::Bytes;
use http::header::{COOKIE, SET_COOKIE, WWW_AUTHENTICATE};
use http::{HeaderMap, HeaderValue, StatusCode};
use proptest::prelude::*;
use rstest::rstest;
use serde_json::Value;
use serde_json::json;
use std::collections::HashSet;

fn answer(status: u16, body: impl Into<Bytes>) -> Answer {
    Answer {
        status: StatusCode::from_u16(status).expect("a status"),
        headers: HeaderMap::new(),
        body: body.into(),
    }
}

fn error_body(code: &str) -> String {
    json!({"response": {"@status": "0", "SMAError": {"error": {"error_code": code, "error_desc": "x"}}}})
        .to_string()
}

fn refusal(interpretation: Interpretation) -> Refusal {
    match interpretation {
        Interpretation::Refused(refusal) => refusal,
        other => panic!("not refused: {other:?}"),
    }
}

/// CUS-03: the table, row by row.
#[rstest]
#[case(401, "401:NoSuchUser", Stage::SigningIn, Refusal::InvalidCredentials)]
#[case(401, "401:BadPassword", Stage::SigningIn, Refusal::AuthorizationFailed)]
#[case(200, "401:BadPassword", Stage::SigningIn, Refusal::AuthorizationFailed)]
#[case(
    403,
    "403:NoMonitoringRights",
    Stage::Reading,
    Refusal::MonitoringRightsMissing
)]
#[case(403, "403:Whatever", Stage::Reading, Refusal::MonitoringRightsMissing)]
#[case(403, "403:Whatever", Stage::SigningIn, Refusal::Failed)]
#[case(
    403,
    "403:DisabledByAdministrator",
    Stage::SigningIn,
    Refusal::DisabledByAdministrator
)]
#[case(403, "403:UserDisabled", Stage::SigningIn, Refusal::Disabled)]
#[case(403, "403:UserLocked", Stage::SigningIn, Refusal::Locked)]
#[case(403, "403:SessionLimit", Stage::SigningIn, Refusal::TooManySessions)]
#[case(503, "503:SessionLimit", Stage::SigningIn, Refusal::TooManySessions)]
#[case(500, "500:Internal", Stage::Reading, Refusal::Failed)]
fn error_codes(#[case] status: u16, #[case] code: &str, #[case] stage: Stage, #[case] expected: Refusal) {
    assert_eq!(
        refusal(interpret(&answer(status, error_body(code)), stage)),
        expected
    );
}

/// CUS-03: answers without an error code.
#[rstest]
#[case(200, "<html>hello</html>", Refusal::Failed)]
#[case(200, "{\"response\":{\"@status\":\"1\",\"da", Refusal::Failed)]
#[case(200, "[]", Refusal::Failed)]
#[case(404, "", Refusal::Failed)]
#[case(302, "", Refusal::Failed)]
#[case(500, "", Refusal::Failed)]
#[case(401, "", Refusal::InvalidCredentials)]
#[case(503, "", Refusal::Unreachable(Obstacle::Unavailable.to_string()))]
fn bare_answers(#[case] status: u16, #[case] body: &'static str, #[case] expected: Refusal) {
    assert_eq!(
        refusal(interpret(&answer(status, body), Stage::SigningIn)),
        expected
    );
}

/// CUS-03: a camera at that address is something else, not a wrong user name.
#[test]
fn digest_is_another_protocol() {
    let mut camera = answer(401, "");
    camera.headers.insert(
        WWW_AUTHENTICATE,
        HeaderValue::from_static("Digest realm=\"AXIS_ACCC8E\""),
    );
    assert_eq!(refusal(interpret(&camera, Stage::SigningIn)), Refusal::Failed);
}

/// IPO-03: array or one object, a byte order mark, status as number, REBOOT means done.
#[test]
fn envelopes() {
    let count = |body: String| match interpret(&answer(200, body), Stage::Reading) {
        Interpretation::Data(data) => data.len(),
        other => panic!("no data: {other:?}"),
    };
    assert_eq!(
        count(json!({"response": {"@status": "1", "data": {"ws_object": [{}, {}]}}}).to_string()),
        2
    );
    assert_eq!(
        count(json!({"response": {"@status": 1, "data": {"ws_object": {}}}}).to_string()),
        1
    );
    assert_eq!(
        count(json!({"response": {"@status": "1", "data": {}}}).to_string()),
        0
    );
    let marked = format!("\u{feff}{}", json!({"response": {"data": {"ws_object": [{}]}}}));
    assert_eq!(count(marked), 1);
    let reboot = json!({"response": {"@status": "0", "data": {"ws_object": [{}]},
        "SMAError": {"error": {"error_code": "REBOOT"}}}});
    assert_eq!(count(reboot.to_string()), 1);
    let reboot = json!({"response": {"@status": "1", "data": {"ws_object": [{}]},
        "SMAError": {"error": {"REBOOT": "1"}}}});
    assert_eq!(count(reboot.to_string()), 1);
}

/// IPO-03
#[test]
fn a_lost_session() {
    for (status, code) in [(200, "461:SessionTimeout"), (461, "461:SessionTimeout")] {
        let lost = interpret(&answer(status, error_body(code)), Stage::Reading);
        assert_eq!(lost, Interpretation::SessionLost);
    }
    assert_eq!(
        interpret(&answer(461, ""), Stage::Reading),
        Interpretation::SessionLost
    );
}

/// IPO-04: numbers as text or numbers, missing fields, one service as an object.
#[test]
fn a_system() {
    let systems = read_systems(&[
        json!({"Name": "Expansion", "IPAddress": "10.0.0.2", "Role": "Expansion", "State": "Stopped",
            "PBXLicense": {"HostID": "H2"}}),
        json!({"Name": "Main", "Role": "Primary", "MajorVersion": 11, "MinorVersion": "1",
            "ServicePack": "3", "Build": 2, "SerialNumber": "S1", "Edition": "Server Edition",
            "LANS": {"IPAddress": "10.0.0.1"},
            "Services": {"Name": "one-X Portal", "Version": "11.1", "State": "Running"}}),
    ])
    .expect("a solution");
    assert_eq!(systems[0].name, "Main");
    assert_eq!(systems[0].version, "11.1.3.2");
    assert_eq!(systems[0].address, "10.0.0.1");
    assert_eq!(systems[0].services.len(), 1);
    assert!(systems[0].running && !systems[1].running);
    assert_eq!(systems[1].identity, "H2");
    assert_eq!(systems[1].version, "");
}

/// GEN-12, GEN-13
#[test]
fn solutions_that_cannot_be_managed() {
    for edition in ["Basic Edition", "Essential Edition", "IP500 Preferred"] {
        let system = json!({"Name": "a", "Role": "Primary", "Edition": edition});
        assert_eq!(
            read_systems(&[system]),
            Err(Refusal::NotSupported(edition.to_string()))
        );
    }
    let expansion = json!({"Name": "a", "Role": "Expansion", "Edition": "Server Edition"});
    assert!(matches!(
        read_systems(&[expansion]),
        Err(Refusal::NotSupported(_))
    ));
    assert_eq!(read_systems(&[]), Err(Refusal::Failed));
    let many = |count: usize| vec![json!({"Name": "a", "Role": "Primary"}); count];
    assert_eq!(read_systems(&many(32)).map(|systems| systems.len()), Ok(32));
    assert_eq!(read_systems(&many(33)), Err(Refusal::TooManySystems));
}

proptest! {
    /// CUS-41: whatever serial numbers are given, every system has an identity of its own, the same one at each
    /// reading, and one that nobody shares stays as it is.
    #[test]
    fn every_system_has_its_own_identity(serials in prop::collection::vec("[ab]{0,1}(#[23])?", 1..32)) {
        let objects: Vec<Value> = serials
            .iter()
            .map(|serial| json!({"Name": "a", "Role": "Primary", "SerialNumber": serial}))
            .collect();
        let identities = |objects: &[Value]| -> Vec<String> {
            let systems = read_systems(objects).expect("a solution");
            systems.into_iter().map(|system| system.identity).collect()
        };
        let first = identities(&objects);
        let different: HashSet<&String> = first.iter().collect();
        prop_assert_eq!(different.len(), serials.len());
        prop_assert_eq!(&identities(&objects), &first);
        prop_assert!(first.contains(&serials[0]) || serials[0].is_empty());
    }
}

/// IPO-04, GEN-07
#[test]
fn licences() {
    let licence = |expiry: &str, status: Value| {
        let object =
            json!({"Type": "IP Endpoints", "Quantity": "12", "Free": 3, "Expiry": expiry, "Status": status});
        read_licence(&object).expect("a licence")
    };
    let dated = licence("2027-01-31", json!("1"));
    assert_eq!((dated.quantity, dated.free, dated.valid), (12, 3, true));
    assert_eq!(dated.expires, chrono::NaiveDate::from_ymd_opt(2027, 1, 31));
    assert_eq!(licence("Never", json!(2)).expires, None);
    assert!(!licence("Never", json!(2)).valid);
}

/// CUS-03: *upgrade rights missing* is a capability the sign-in does not name.
#[test]
fn capabilities() {
    assert!(read_grant(&json!({"Capabilities": ["monitoring", "upgrade"]})).may_upgrade);
    assert!(read_grant(&json!({"Capabilities": "monitoring,upgrade"})).may_upgrade);
    assert!(!read_grant(&json!({"Capabilities": ["monitoring"]})).may_upgrade);
    assert!(!read_grant(&json!({})).may_upgrade);
}

/// IPO-01: both cookies go back, the token where it came from; a value is never printed.
#[test]
fn cookies() {
    let mut headers = HeaderMap::new();
    headers.append(
        SET_COOKIE,
        HeaderValue::from_static("JSESSIONID=abc; Path=/; Secure; HttpOnly"),
    );
    headers.append(SET_COOKIE, HeaderValue::from_static("SDK-Token=def;Path=/"));
    headers.append(TOKEN_HEADER, HeaderValue::from_static("ghi"));
    let mut sent = HeaderMap::new();
    Cookies::of(&headers).apply(&mut sent);
    assert_eq!(
        sent.get(COOKIE).map(HeaderValue::as_bytes),
        Some(&b"JSESSIONID=abc; SDK-Token=def"[..])
    );
    assert_eq!(
        sent.get(TOKEN_HEADER).map(HeaderValue::as_bytes),
        Some(&b"ghi"[..])
    );
    assert!(!format!("{sent:?}").contains("abc"));
}

proptest! {
    /// SEC-04: whatever comes, it is interpreted without a panic.
    #[test]
    fn arbitrary_bytes(status in 100u16..600, body in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = interpret(&answer(status, body), Stage::Reading);
    }

    /// SEC-04: JSON of any shape in the place of the objects.
    #[test]
    fn arbitrary_json(text in "\\PC{0,40}", number: i64, pick in 0usize..6, key in 0usize..8) {
        let value = [json!(text), json!(number), json!(null), json!([text, number]), json!({"a": text}), json!(true)]
            [pick].clone();
        let name = ["Name", "Role", "Services", "LANS", "PBXLicense", "Edition", "Expiry", "Status"][key];
        let object = json!({ name: value, "Type": "x" });
        let _ = read_systems(std::slice::from_ref(&object));
        let _ = read_licence(&object);
        let _ = read_grant(&object);
        let _ = interpret(&answer(200, json!({"response": value}).to_string()), Stage::SigningIn);
    }
}
