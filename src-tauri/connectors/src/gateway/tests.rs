//! Tests of what is sent to gateways, and of what they say; and that the description is one.
use super::problem::refusal;
use super::*;
use crate::dialer::Answer;
use crate::{Dialer, Trust};
use bytes::Bytes;
use http::header::{CONTENT_TYPE, RETRY_AFTER};
use http::{HeaderMap, HeaderValue, StatusCode};
use proptest::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::time::Duration;
use url::Url;

fn description() -> Value {
    serde_json::from_str(include_str!("openapi.json")).expect("JSON")
}

fn answer(status: u16, kind: &'static str, body: impl Into<Bytes>) -> Answer {
    let mut headers = HeaderMap::new();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(RETRY_AFTER, HeaderValue::from_static("7"));
    Answer {
        status: StatusCode::from_u16(status).expect("a status"),
        headers,
        body: body.into(),
    }
}

/// Read and written again it is the same.
fn round_trip<T: Serialize + DeserializeOwned>(example: &Value) {
    let read: T = serde_json::from_value(example.clone()).expect("readable");
    assert_eq!(&serde_json::to_value(&read).expect("JSON"), example);
}

/// GWY-01: every example of the description is read and written as it stands there.
#[test]
fn examples() {
    let description = description();
    assert_eq!(description["openapi"], "3.1.0");
    let content = |pointer: &str| {
        let found = description.pointer(pointer);
        found.unwrap_or_else(|| panic!("{pointer} is not there")).clone()
    };
    round_trip::<Identity>(&content(
        "/paths/~1v1~1identity/get/responses/200/content/application~1json/example",
    ));
    round_trip::<Operation>(&content(
        "/paths/~1v1~1operations~1{operation}/get/responses/200/content/application~1json/example",
    ));
    let requests = content("/paths/~1v1~1operations/post/requestBody/content/application~1json/examples");
    let requests = requests.as_object().expect("examples");
    assert_eq!(requests.len(), 11);
    for example in requests.values() {
        round_trip::<OperationRequest>(&example["value"]);
    }
    for (name, response) in content("/components/responses").as_object().expect("responses") {
        if let Some(example) = response.pointer("/content/application~1problem+json/example") {
            let details: ProblemDetails = serde_json::from_value(example.clone()).expect("a problem");
            assert_ne!(details.kind(), ProblemKind::Other, "{name}");
        }
    }
}

/// GWY-04: the description names each problem once, and this program knows each.
#[test]
fn problems() {
    let description = description();
    let types = description
        .pointer("/components/schemas/Problem/properties/type/enum")
        .and_then(Value::as_array)
        .expect("types");
    let kinds: std::collections::HashSet<ProblemKind> = types
        .iter()
        .map(|one| ProblemKind::of(one.as_str().unwrap_or_default()))
        .collect();
    assert_eq!(
        (kinds.len(), kinds.contains(&ProblemKind::Other)),
        (types.len(), false)
    );
    assert_eq!(
        ProblemKind::of("https://example.com/problems/busy"),
        ProblemKind::Other
    );
}

/// GWY-04, JOB-23: what may be tried again, and when.
#[test]
fn refusals() {
    let problem = |name: &str, status: u16| {
        json!({"type": format!("https://flotilla.example/problems/{name}"), "title": "x", "status": status,
            "detail": "a\u{7}b", "unheard-of": 1})
        .to_string()
    };
    let busy = refusal(&answer(
        423,
        "application/problem+json; charset=utf-8",
        problem("busy", 423),
    ));
    assert_eq!(
        busy,
        GatewayError::Problem(GatewayProblem {
            kind: ProblemKind::Busy,
            status: 423,
            detail: "ab".to_string(),
            retry_after: Some(Duration::from_secs(7)),
        })
    );
    assert!(busy.is_retryable());
    let older = refusal(&answer(
        422,
        "application/problem+json",
        problem("version-older", 422),
    ));
    assert_eq!(
        (older.kind(), older.is_retryable()),
        (Some(ProblemKind::VersionOlder), false)
    );
    let page = refusal(&answer(404, "text/html", "<html>"));
    assert_eq!(page, GatewayError::Failed(Failure::Status(404)));
    assert!(refusal(&answer(503, "text/plain", "later")).is_retryable());
    assert!(!GatewayError::Failed(Failure::NotThisProtocol).is_retryable());
}

/// GWY-02
#[test]
fn keys() {
    let (one, other) = (IdempotencyKey::random(), IdempotencyKey::random());
    let (one, other) = (one.expect("a key"), other.expect("a key"));
    assert_ne!(one, other);
    assert_eq!(IdempotencyKey::parse(one.as_str()), Ok(one));
    for wrong in ["short", "with a space", "", &"a".repeat(129)] {
        assert_eq!(IdempotencyKey::parse(wrong), Err(IdempotencyKeyError), "{wrong}");
    }
}

fn tus() -> TusClient {
    let collection = Url::parse("https://127.0.0.1:29443/v1/uploads").expect("an address");
    TusClient::new(&Dialer::new(None), &collection, &Trust::default()).expect("a client")
}

/// SEC-04: an upload never goes to another server than the one it was asked of.
#[tokio::test]
async fn places() {
    let tus = tus();
    let place = tus.place("/v1/uploads/abc").expect("a place");
    assert_eq!(place.id(), "abc");
    assert_eq!(tus.place(&place.to_string()), Ok(place));
    for elsewhere in [
        "",
        "https://127.0.0.2:29443/v1/uploads/abc",
        "http://127.0.0.1:29443/a",
        "//example.com/a",
    ] {
        assert_eq!(tus.place(elsewhere), Err(Failure::NotThisProtocol), "{elsewhere}");
    }
}

/// GWY-03
#[test]
fn metadata() {
    let announcement = Announcement {
        kind: UploadKind::Image,
        sha256: "0".repeat(64),
        filename: "a.iso".to_string(),
        version: Some("12.0".to_string()),
    };
    let description = description();
    let example = description.pointer("/components/parameters/UploadMetadata/example");
    assert_eq!(
        example.and_then(Value::as_str),
        Some(announcement.metadata().as_str())
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// SEC-04
    #[test]
    fn arbitrary_answers(status in 100_u16..600, body in proptest::collection::vec(any::<u8>(), 0..300), text in "\\PC{0,100}") {
        let _ = refusal(&answer(status, "application/problem+json", body.clone()));
        let _ = serde_json::from_slice::<Identity>(&body);
        let details = json!({"type": text, "title": text, "status": status, "detail": text}).to_string();
        let refused = refusal(&answer(status, "application/problem+json", details));
        prop_assert_eq!(refused.status(), Some(status));
    }

    /// SEC-04: wherever an answer says that an upload is, it is at the server that was asked, or nowhere.
    #[test]
    fn arbitrary_places(text in "\\PC{0,60}") {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        let _entered = runtime.enter();
        if let Ok(place) = tus().place(&text) {
            prop_assert!(place.to_string().starts_with("https://127.0.0.1:29443/"));
        }
    }
}
