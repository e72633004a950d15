//! The description against the simulator (GWY-01): everything in it is answered, and as it says.
use super::support::{fleet, site};
use flotilla_simulator::{Gateway, Mode};
use reqwest::{Client, Method, Response};
use serde_json::Value;
use std::sync::Once;

const METADATA: &str = "kind YmFja3Vw,sha256 MDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMA==,filename YS5qc29u";

fn description() -> Value {
    serde_json::from_str(include_str!("../../src/gateway/openapi.json")).expect("JSON")
}

fn client(gateway: &Gateway) -> Client {
    static PROVIDER: Once = Once::new();
    PROVIDER.call_once(|| {
        // Fails only when another test was quicker.
        let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    });
    let certificate = gateway.certificate().expect("a certificate");
    Client::builder()
        .tls_certs_only([reqwest::Certificate::from_der(&certificate).expect("a certificate")])
        .no_proxy()
        .build()
        .expect("a client")
}

/// Asks with everything that a request to this path may need.
async fn ask(client: &Client, gateway: &Gateway, method: &str, path: &str, token: &str) -> Response {
    let nobody = "0".repeat(32);
    let path: String = path
        .split('/')
        .map(|part| {
            if part.starts_with('{') {
                nobody.as_str()
            } else {
                part
            }
        })
        .collect::<Vec<&str>>()
        .join("/");
    let kind = match method {
        "PATCH" => "application/offset+octet-stream",
        _ => "application/json",
    };
    client
        .request(
            Method::from_bytes(method.as_bytes()).expect("a method"),
            format!("https://{}{path}", gateway.socket_address()),
        )
        .bearer_auth(token)
        .header("Tus-Resumable", "1.0.0")
        .header("Idempotency-Key", format!("{method}-{}", path.replace('/', "-")))
        .header("Upload-Length", "1")
        .header("Upload-Offset", "0")
        .header("Upload-Metadata", METADATA)
        .header("Content-Type", kind)
        .body(if method == "POST" {
            r#"{"kind":"back-up"}"#
        } else {
            ""
        })
        .send()
        .await
        .expect("an answer")
}

/// The description of one answer, its reference followed.
fn described<'description>(
    description: &'description Value,
    operation: &'description Value,
    status: u16,
) -> Option<&'description Value> {
    let response = operation["responses"].get(status.to_string())?;
    match response["$ref"].as_str() {
        Some(reference) => description.pointer(reference.trim_start_matches('#')),
        None => Some(response),
    }
}

/// Whether an answer is one that the description has: its status, its headers, its media type.
async fn check(description: &Value, operation: &Value, response: Response, asked: &str) {
    let status = response.status().as_u16();
    let answer = described(description, operation, status);
    let answer = answer.unwrap_or_else(|| panic!("{asked}: {status} is not described"));
    for (name, header) in answer["headers"].as_object().into_iter().flatten() {
        let pointer = header["$ref"].as_str().unwrap_or_default();
        let header = description
            .pointer(pointer.trim_start_matches('#'))
            .expect("a header");
        let is_there = response.headers().contains_key(name.as_str());
        assert!(
            is_there || header["required"] != true,
            "{asked}: {status} without {name}"
        );
    }
    let kind = response.headers().get("content-type").cloned();
    let kind = kind.as_ref().map(|kind| kind.to_str().expect("text").to_string());
    match answer["content"].as_object() {
        Some(content) => {
            let kind = kind.unwrap_or_else(|| panic!("{asked}: {status} without a media type"));
            assert!(content.contains_key(&kind), "{asked}: {status} is {kind}");
            let body: Value = response.json().await.expect("JSON");
            if kind == "application/problem+json" {
                assert_eq!(body["status"], status, "{asked}");
            }
        }
        None => assert_eq!(kind, None, "{asked}: {status}"),
    }
}

/// GWY-01, GWY-04: every path and method, with the token and without; and a method that is not described.
#[tokio::test]
async fn everything_is_answered_as_described() {
    let fleet = fleet().await;
    let (_, gateway) = site(&fleet, Mode::OnPremises, 1);
    let client = client(gateway);
    let description = description();
    let mut asked = 0;
    for (path, item) in description["paths"].as_object().expect("paths") {
        for (method, operation) in item.as_object().expect("methods") {
            if method == "parameters" {
                continue;
            }
            let method = method.to_uppercase();
            let words = format!("{method} {path}");
            let response = ask(&client, gateway, &method, path, gateway.token()).await;
            check(&description, operation, response, &words).await;
            let refused = ask(&client, gateway, &method, path, "wrong").await;
            assert_eq!(refused.status(), 401, "{words}");
            check(&description, operation, refused, &words).await;
            asked += 1;
        }
        let refused = ask(&client, gateway, "PUT", path, gateway.token()).await;
        assert_eq!(refused.status(), 405, "{path}");
        let allowed = refused
            .headers()
            .get("allow")
            .expect("methods")
            .to_str()
            .expect("text");
        let described: Vec<&String> = item
            .as_object()
            .expect("methods")
            .keys()
            .filter(|method| *method != "parameters")
            .collect();
        assert_eq!(allowed.split(", ").count(), described.len(), "{path}");
        for method in described {
            assert!(
                allowed.split(", ").any(|one| one.eq_ignore_ascii_case(method)),
                "{method} {path}"
            );
        }
    }
    assert_eq!(asked, 12);
}
