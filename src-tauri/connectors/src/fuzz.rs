//! SEC-04: what other machines send, fuzzed.
//!
//! An ordinary test run tries random inputs for a moment. `cargo bolero test -p flotilla-connectors fuzz::NAME` lets
//! libFuzzer look for as long as one wishes, and keeps what it finds in `__fuzz__`, from where every later run tries
//! it again.

use std::time::Duration;

use bolero::check;
use bytes::Bytes;
use http::header::{CONTENT_TYPE, RETRY_AFTER, SET_COOKIE, WWW_AUTHENTICATE};
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use serde_json::Value;

use crate::dialer::Answer;
use crate::digest::{self, Challenge};
use crate::secret::Secret;
use crate::{Certificate, Endpoint, Fingerprint, ip_office, shared_workspace, vapix};

/// How long an ordinary test run tries each of them.
pub(crate) const MOMENT: Duration = Duration::from_millis(500);

/// An input made of real ones: the first byte chooses a sample, each three after it a place and another byte there.
/// One choice is the input itself. Random bytes alone would hardly come behind the first bracket.
pub(crate) fn altered(samples: &[&[u8]], input: &[u8]) -> Vec<u8> {
    let Some((choice, edits)) = input.split_first() else {
        return Vec::new();
    };
    let Some(sample) = samples.get(usize::from(*choice) % (samples.len() + 1)) else {
        return edits.to_vec();
    };
    let mut bytes = sample.to_vec();
    for edit in edits.chunks_exact(3) {
        let place = usize::from(u16::from_be_bytes([edit[0], edit[1]])) % (bytes.len() + 1);
        match edit[2] {
            // Cut, repeated, or another byte.
            0 => bytes.truncate(place),
            1 => bytes.extend_from_within(..place),
            value => match bytes.get_mut(place) {
                Some(byte) => *byte = value,
                None => bytes.push(value),
            },
        }
        // Repeating what was repeated doubles it each time.
        bytes.truncate(1 << 16);
    }
    bytes
}

/// An answer whose status, one header and body come from the input.
fn answer(name: HeaderName, values: &[&[u8]], bodies: &[&[u8]], input: &[u8]) -> Answer {
    let (head, rest) = input.split_at(input.len().min(16));
    let (status, header) = head.split_at(head.len().min(2));
    let number = status
        .iter()
        .fold(0_u16, |number, byte| number << 8 | u16::from(*byte));
    let mut headers = HeaderMap::new();
    if let Ok(value) = HeaderValue::from_bytes(&altered(values, header)) {
        headers.insert(name, value);
    }
    Answer {
        status: StatusCode::from_u16(100 + number % 500).expect("a number of three digits"),
        headers,
        body: Bytes::from(altered(bodies, rest)),
    }
}

const SYSTEMS: &[u8] = br#"{"response":{"@status":"1","data":{"ws_object":[{"Name":"Main","Role":"primary","Edition":"server",
"SerialNumber":"0011223344","Version":"11.1.2.0.0 build 239","IPAddress":"10.0.0.5","Type":"x","LANS":{"LAN":[{"IP":"10.0.0.5"}]},
"Services":{"Service":[{"Name":"Voicemail","Status":"running"}]},"PBXLicense":{"License":{"Name":"Users","Instances":"20","Expiry":"2027-01-31","Status":"Valid"}}}]}}}"#;
const ERROR: &[u8] = br#"{"response":{"@status":"0","SMAError":{"error":{"error_code":"461:SessionTimeout","error_desc":"x"}}}}"#;

/// The samples are what they stand for; otherwise nothing behind the first bracket is tried.
#[test]
fn samples_are_real() {
    let said = |body: &'static [u8]| Answer {
        status: StatusCode::OK,
        headers: HeaderMap::new(),
        body: Bytes::from_static(body),
    };
    let ip_office::answer::Interpretation::Data(objects) =
        ip_office::answer::interpret(&said(SYSTEMS), ip_office::answer::Stage::Reading)
    else {
        panic!("the list of systems is one");
    };
    assert_eq!(
        ip_office::reading::read_systems(&objects).map(|systems| systems.len()),
        Ok(1)
    );
    let data = vapix::reading::json_data(&said(DEVICE)).expect("data");
    assert!(vapix::reading::read_device_info(&data).is_some_and(|device| device.serial_number.is_some()));
    assert!(vapix::reading::read_readiness(&data).is_some_and(|readiness| readiness.ready));
    assert_eq!(
        vapix::reading::json_data(&said(DEVICE_ERROR)),
        Err(vapix::Failure::Forbidden)
    );
    assert_eq!(
        vapix::reading::read_parameters(PARAMETERS).map(|found| found.len()),
        Ok(2)
    );
}

/// IPO-03: what an IP Office server answers is understood or refused, with any status and header.
#[test]
fn ip_office_answers() {
    check!().with_test_time(MOMENT).for_each(|input: &[u8]| {
        let answer = answer(RETRY_AFTER, &[b"120", b"-1"], &[SYSTEMS, ERROR], input);
        let _ = ip_office::session::retry_after(&answer);
        for stage in [
            ip_office::answer::Stage::SigningIn,
            ip_office::answer::Stage::Reading,
        ] {
            if let ip_office::answer::Interpretation::Data(objects) =
                ip_office::answer::interpret(&answer, stage)
            {
                if let Ok(systems) = ip_office::reading::read_systems(&objects) {
                    assert!(systems.len() <= objects.len(), "no system is made up");
                }
                for object in &objects {
                    let _ = ip_office::reading::read_licence(object);
                }
            }
        }
    });
}

const DEVICE: &[u8] = br#"{"apiVersion":"1.3","data":{"propertyList":{"Brand":"X","ProdFullName":"A camera","ProdNbr":"P1","SerialNumber":"00408C112233",
"Version":"11.2.61","Soc":"y","BuildDate":"Nov 01 2025"},"systemready":"yes","needsetup":"no","uptime":"120","bootid":"b"}}"#;
const DEVICE_ERROR: &[u8] = br#"{"apiVersion":"1.3","error":{"code":2001,"message":"Forbidden"}}"#;
const PARAMETERS: &[u8] =
    b"root.Brand.Brand=X\nroot.Network.eth0.IPAddress=10.0.0.9\r\n# Error: Error -1 getting param\n";

/// VPX-03, VPX-08: what a device answers is understood or refused.
#[test]
fn vapix_answers() {
    check!().with_test_time(MOMENT).for_each(|input: &[u8]| {
        let answer = answer(
            CONTENT_TYPE,
            &[b"application/json"],
            &[DEVICE, DEVICE_ERROR, PARAMETERS],
            input,
        );
        if let Ok(data) = vapix::reading::json_data(&answer) {
            let _ = vapix::reading::read_device_info(&data);
            let _ = vapix::reading::read_readiness(&data);
        }
        if let Ok(parameters) = vapix::reading::read_parameters(&answer.body) {
            assert!(!parameters.is_empty(), "nothing read is a refusal");
        }
    });
}

/// What a challenge of any shape asks for is answered with one header, or not at all.
#[test]
fn digest_challenges() {
    const SAMPLES: &[&[u8]] = &[
        br#"Digest realm="AXIS_00408C112233", nonce="q83v", algorithm=MD5, qop="auth,auth-int", stale=true"#,
        br#"Basic realm="a \"b\"", Digest realm="x", nonce="y", algorithm=SHA-256, opaque="z""#,
    ];
    check!().with_test_time(MOMENT).for_each(|input: &[u8]| {
        let Ok(value) = HeaderValue::from_bytes(&altered(SAMPLES, input)) else {
            return;
        };
        let mut headers = HeaderMap::new();
        headers.insert(WWW_AUTHENTICATE, value);
        for challenge in digest::challenges(&headers) {
            if let Challenge::Digest(mut digest) = challenge {
                let answered = digest.authorize("é", &Secret::new("日本"), &Method::GET, "/a?b=c");
                assert!(answered.is_none_or(|header| header.is_sensitive()));
            }
        }
    });
}

/// CRT-11: a certificate is read whole or not at all, and the texts shown of it have no control characters.
#[test]
fn certificates() {
    let made = rcgen::generate_simple_self_signed(vec!["a.example".to_owned(), "10.0.0.1".to_owned()]);
    let der = made.expect("a certificate").cert.der().to_vec();
    check!().with_test_time(MOMENT).for_each(|input: &[u8]| {
        let bytes = altered(&[&der], input);
        if let Ok(certificate) = Certificate::from_der(&bytes) {
            assert_eq!(certificate.fingerprint, Fingerprint::of(&bytes));
            for text in [&certificate.subject, &certificate.issuer] {
                assert!(!text.chars().any(char::is_control), "{text:?}");
            }
        }
    });
}

/// CUS-03: an address is refused, or is one that reads the same again.
#[test]
fn addresses() {
    const SAMPLES: &[&[u8]] = &[
        b"pbx.example",
        b"10.0.0.1",
        b"[2001:db8::1]",
        "ｐｂｘ．例え".as_bytes(),
    ];
    check!().with_test_time(MOMENT).for_each(|input: &[u8]| {
        let bytes = altered(SAMPLES, input);
        let text = String::from_utf8_lossy(&bytes);
        if let Ok(endpoint) = Endpoint::parse(&text, 443) {
            assert_eq!(Endpoint::parse(&endpoint.host, 443), Ok(endpoint));
        }
        if let Ok(fingerprint) = text.parse::<Fingerprint>() {
            assert_eq!(fingerprint.to_string().parse(), Ok(fingerprint));
        }
    });
}

/// ADM-30: what a shared workspace answers, or something that only looks like one.
#[test]
fn shared_workspace_answers() {
    const COOKIES: &[&[u8]] = &[
        b"flotilla_session=abc; Path=/; Secure",
        b"flotilla_session=; Max-Age=0",
    ];
    check!().with_test_time(MOMENT).for_each(|input: &[u8]| {
        let mut answer = answer(
            SET_COOKIE,
            COOKIES,
            &[br#"{"code":"internal","params":{}}"#],
            input,
        );
        answer
            .headers
            .insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        let done = answer.status == StatusCode::OK;
        let reply = shared_workspace::read(&answer).expect("JSON is an answer");
        assert_eq!(reply.done, done);
        let _ = serde_json::from_slice::<Value>(&reply.body);
    });
}
