//! What the tests ask with.
use flotilla_simulator::{Fleet, FleetOptions, Solution};
use reqwest::header::{HeaderMap, HeaderValue, SET_COOKIE};
use reqwest::{Client, Method, RequestBuilder, Response, StatusCode};
use serde_json::Value;
use std::net::SocketAddr;
use std::sync::Once;
use std::time::Duration;

pub const AUTHENTICATE: &str = "/WebManagement/ws/sdk/security/authenticate";
pub const SYSTEMS: &str = "/WebManagement/ws/sdk/admin/v1/systems";
pub const LICENCES: &str = "/WebManagement/ws/sdk/admin/v1/licenses";

/// A fleet of so many customers and cameras without trouble.
pub async fn fleet(customers: usize, cameras: usize) -> Fleet {
    Fleet::start(FleetOptions {
        customers,
        cameras,
        ..FleetOptions::default()
    })
    .await
    .expect("a fleet")
}

/// A client that believes these certificates (DER) and no other, and connects anew for every request: one that keeps
/// its connection may meet the end of it first, and what comes then is not what the test asks about.
pub fn client(certificates: &[Vec<u8>]) -> Client {
    client_builder(certificates)
        .pool_max_idle_per_host(0)
        .build()
        .expect("a client")
}

/// As [`client`], but it keeps its connections.
pub fn client_builder(certificates: &[Vec<u8>]) -> reqwest::ClientBuilder {
    static PROVIDER: Once = Once::new();
    PROVIDER.call_once(|| {
        // Fails only when another test was quicker.
        let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    });
    let roots = certificates
        .iter()
        .map(|one| reqwest::Certificate::from_der(one).expect("a certificate"));
    Client::builder()
        .tls_certs_only(roots)
        .no_proxy()
        .timeout(Duration::from_secs(20))
}

pub fn url(address: SocketAddr, path: &str) -> String {
    format!("https://{address}{path}")
}

/// Asks a solution.
pub struct Api<'fleet> {
    pub client: Client,
    pub solution: &'fleet Solution,
}

/// What signing in gives.
pub struct Session {
    pub headers: HeaderMap,
    pub object: Value,
}

impl<'fleet> Api<'fleet> {
    pub fn new(solution: &'fleet Solution) -> Self {
        let client = client(&[solution.certificate().expect("a certificate")]);
        Self { client, solution }
    }

    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client
            .request(method, url(self.solution.socket_address(), path))
            .header("X-User-Client", "Avaya-WebAdmin")
            .header("X-User-Agent", "Avaya-SDKUser")
            .header("Content-Type", "application/json")
    }

    pub fn sign_in_request(&self) -> RequestBuilder {
        self.request(Method::GET, AUTHENTICATE)
            .basic_auth(self.solution.user(), Some(self.solution.password()))
    }

    pub async fn sign_in(&self) -> Session {
        let response = self.sign_in_request().send().await.expect("an answer");
        assert_eq!(response.status(), StatusCode::OK);
        let mut headers = HeaderMap::new();
        let cookies: Vec<&str> = response
            .headers()
            .get_all(SET_COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok()?.split(';').next())
            .collect();
        headers.insert(
            "Cookie",
            HeaderValue::from_str(&cookies.join("; ")).expect("cookies"),
        );
        if let Some(token) = response.headers().get("x-sdk-token") {
            headers.insert("X-SDK-Token", token.clone());
        }
        let body = json(response).await;
        assert_eq!(body["response"]["@status"], "1");
        Session {
            headers,
            object: body["response"]["data"]["ws_object"].clone(),
        }
    }

    pub async fn read(&self, session: &Session, path: &str) -> Response {
        self.request(Method::GET, path)
            .headers(session.headers.clone())
            .send()
            .await
            .expect("an answer")
    }

    /// The objects of a list.
    pub async fn list(&self, session: &Session, path: &str) -> Vec<Value> {
        let body = json(self.read(session, path).await).await;
        match body["response"]["data"]["ws_object"].clone() {
            Value::Array(list) => list,
            one => vec![one],
        }
    }

    pub async fn sign_out(&self, session: &Session) -> Response {
        self.request(Method::DELETE, AUTHENTICATE)
            .headers(session.headers.clone())
            .send()
            .await
            .expect("an answer")
    }
}

/// The body as JSON, whatever the content type says.
pub async fn json(response: Response) -> Value {
    serde_json::from_slice(&response.bytes().await.expect("a body")).expect("JSON")
}

/// Status and error code of a refusal.
pub async fn refusal(response: Response) -> (u16, String) {
    let status = response.status().as_u16();
    let body = json(response).await;
    assert_eq!(body["response"]["@status"], "0");
    let error = &body["response"]["SMAError"]["error"];
    assert!(error["error_desc"].is_string());
    (
        status,
        error["error_code"].as_str().unwrap_or_default().to_string(),
    )
}
