//! A client that believes exactly one certificate, and speaks the management API by hand.
use flotilla_simulator::{Fleet, FleetOptions, Solution};
use reqwest::header::{CONTENT_TYPE, COOKIE, HeaderMap, SET_COOKIE};
use reqwest::{Client, Response};
use serde_json::Value;

pub const AUTHENTICATE: &str = "/WebManagement/ws/sdk/security/authenticate";
pub const SYSTEMS: &str = "/WebManagement/ws/sdk/admin/v1/systems";
pub const LICENCES: &str = "/WebManagement/ws/sdk/admin/v1/licenses";

pub async fn fleet(customers: usize, cameras: usize) -> Fleet {
    let options = FleetOptions {
        customers,
        cameras,
        ..FleetOptions::default()
    };
    Fleet::start(options).await.expect("a fleet")
}

pub fn client(certificate: &[u8]) -> Client {
    // The second of a process finds it installed.
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    let certificate = reqwest::Certificate::from_der(certificate).expect("a certificate");
    Client::builder()
        .tls_certs_only([certificate])
        .no_proxy()
        .build()
        .expect("a client")
}

/// Somebody who manages one solution.
pub struct Manager {
    pub client: Client,
    origin: String,
    user: String,
    password: String,
    cookies: String,
    token: Option<String>,
}

impl Manager {
    pub fn of(solution: &Solution) -> Self {
        Self {
            client: client(&solution.certificate().expect("a certificate")),
            origin: format!("https://{}", solution.socket_address()),
            user: solution.user().to_string(),
            password: solution.password().to_string(),
            cookies: String::new(),
            token: None,
        }
    }

    fn request(&self, method: reqwest::Method, path: &str) -> reqwest::RequestBuilder {
        let mut request = self
            .client
            .request(method, format!("{}{path}", self.origin))
            .header("X-User-Client", "Avaya-WebAdmin")
            .header("X-User-Agent", "Avaya-SDKUser")
            .header(CONTENT_TYPE, "application/json");
        if !self.cookies.is_empty() {
            request = request.header(COOKIE, &self.cookies);
        }
        if let Some(token) = &self.token {
            request = request.header("X-SDK-Token", token);
        }
        request
    }

    pub async fn try_sign_in(&mut self) -> reqwest::Result<Response> {
        let response = self
            .request(reqwest::Method::GET, AUTHENTICATE)
            .basic_auth(&self.user, Some(&self.password))
            .send()
            .await?;
        let headers: &HeaderMap = response.headers();
        let pairs: Vec<&str> = headers
            .get_all(SET_COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok()?.split(';').next())
            .collect();
        self.cookies = pairs.join("; ");
        self.token = headers
            .get("x-sdk-token")
            .and_then(|value| value.to_str().ok())
            .map(str::to_string);
        Ok(response)
    }

    /// Status and error code.
    pub async fn sign_in(&mut self) -> (u16, String) {
        status_and_code(self.try_sign_in().await.expect("an answer")).await
    }

    pub async fn get(&self, path: &str) -> reqwest::Result<Response> {
        self.request(reqwest::Method::GET, path).send().await
    }

    pub async fn objects(&self, path: &str) -> Vec<Value> {
        let response = self.get(path).await.expect("an answer");
        let body: Value = serde_json::from_slice(&response.bytes().await.expect("a body")).expect("JSON");
        match body["response"]["data"]["ws_object"].clone() {
            Value::Array(objects) => objects,
            one => vec![one],
        }
    }

    pub async fn sign_out(&self) -> (u16, String) {
        let response = self.request(reqwest::Method::DELETE, AUTHENTICATE).send().await;
        status_and_code(response.expect("an answer")).await
    }
}

pub async fn status_and_code(response: Response) -> (u16, String) {
    let status = response.status().as_u16();
    let body: Value = serde_json::from_slice(&response.bytes().await.expect("a body")).unwrap_or_default();
    let code = body["response"]["SMAError"]["error"]["error_code"].as_str();
    (status, code.unwrap_or_default().to_string())
}
