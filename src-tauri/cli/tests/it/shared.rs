//! `flotilla-cli serve` under way, and a client that signs in to it.

use crate::place::{LOGIN, PASSWORD, Place};
use futures_util::StreamExt as _;
use reqwest::{Body, Certificate, Client, header};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName};
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, ChildStdout};
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::{WebSocketStream, client_async};

/// A shared workspace.
pub struct Shared {
    // Held, so that the process can go on writing.
    _output: BufReader<ChildStdout>,
    address: String,
}

impl Shared {
    /// Starts one and waits until it says where it is.
    pub async fn start(place: &Place) -> (Child, Self) {
        let mut process = place
            .command(LOGIN, &["serve", "--port", "0"])
            .spawn()
            .expect("it starts");
        let mut output = BufReader::new(process.stdout.take().expect("its output"));
        let mut address = String::new();
        output.read_line(&mut address).await.expect("its address");
        let address = address.trim().trim_end_matches('/').to_owned();
        assert!(address.starts_with("https://"), "{address}");
        let shared = Self {
            _output: output,
            address,
        };
        (process, shared)
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        let address = self.address.trim_start_matches("https://");
        address.parse().expect("an address")
    }

    /// Signs in as the administrator, with a client that believes the certificate of the workspace and no other.
    pub async fn sign_in(&self, certificate: &[u8]) -> Remote {
        self.sign_in_as(LOGIN, certificate).await
    }

    /// Somebody who is not signed in.
    pub fn stranger(&self, certificate: &[u8]) -> Remote {
        // Fails only when another test was quicker.
        let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
        let client = Client::builder()
            .tls_certs_only([Certificate::from_pem(certificate).expect("a certificate")])
            .no_proxy()
            .timeout(Duration::from_secs(20))
            .build()
            .expect("a client");
        Remote {
            client,
            address: self.address.clone(),
            cookie: String::new(),
        }
    }

    /// Signs in.
    pub async fn sign_in_as(&self, login: &str, certificate: &[u8]) -> Remote {
        let mut remote = self.stranger(certificate);
        let answer = remote
            .send(
                "session.sign_in",
                &json!({ "login": login, "password": PASSWORD }),
            )
            .await
            .expect("an answer");
        assert_eq!(answer.status(), 200);
        let cookie = answer.headers().get(header::SET_COOKIE).expect("a cookie");
        let cookie = cookie.to_str().expect("text").split(';').next();
        remote.cookie = cookie.unwrap_or_default().to_owned();
        remote
    }
}

/// The status, and the code of the error; empty where there is none.
async fn read_refusal(answer: reqwest::Response) -> (u16, String) {
    let status = answer.status().as_u16();
    let answer: Value = answer.json().await.unwrap_or_default();
    let code = answer["error"]["code"].as_str();
    (status, code.unwrap_or_default().to_owned())
}

/// A person at a shared workspace.
pub struct Remote {
    client: Client,
    address: String,
    cookie: String,
}

impl Remote {
    /// Sends a command; an error when the workspace is gone before its answer.
    pub async fn send(&self, name: &str, arguments: &Value) -> reqwest::Result<reqwest::Response> {
        self.post(&format!("/call/{name}"), arguments.to_string()).await
    }

    /// Sends a call with these headers in place of the program's own.
    pub async fn send_with(&self, name: &str, headers: &[(&str, &str)]) -> (u16, String) {
        let mut request = self
            .client
            .post(format!("{}/call/{name}", self.address))
            .header(header::COOKIE, &self.cookie)
            .body("{}");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        read_refusal(request.send().await.expect("an answer")).await
    }

    /// Fetches a file that waits, or what it is refused with.
    pub async fn download(&self, id: &str) -> (u16, String) {
        let request = self.client.get(format!("{}/download/{id}", self.address));
        let request = request.header(header::COOKIE, &self.cookie);
        read_refusal(request.send().await.expect("an answer")).await
    }

    /// Sends a body to an address of the workspace.
    pub async fn post(&self, path: &str, body: impl Into<Body>) -> reqwest::Result<reqwest::Response> {
        self.client
            .post(format!("{}{path}", self.address))
            .header("X-Flotilla", "1")
            .header(header::COOKIE, &self.cookie)
            .body(body)
            .send()
            .await
    }

    /// Sends a body, and gives the status and the code of the error it comes to.
    pub async fn refused(&self, path: &str, body: impl Into<Body>) -> (u16, String) {
        read_refusal(self.post(path, body).await.expect("an answer")).await
    }

    /// Calls a command that works.
    pub async fn ok(&self, name: &str, arguments: &Value) -> Value {
        let answer = self.send(name, arguments).await.expect("an answer");
        assert_eq!(answer.status(), 200, "{name}");
        answer.json().await.expect("JSON")
    }

    /// Calls a command that answers with ids.
    pub async fn ids(&self, name: &str, arguments: &Value) -> Vec<String> {
        let answer = self.send(name, arguments).await.expect("an answer");
        assert_eq!(answer.status(), 200, "{name}");
        let bytes = answer.bytes().await.expect("bytes");
        bytes
            .chunks_exact(16)
            .map(|id| uuid::Uuid::from_slice(id).expect("an id").to_string())
            .collect()
    }

    /// Opens the socket on which a window is told what changes.
    pub async fn events(&self, certificate: &[u8]) -> Events {
        let mut roots = rustls::RootCertStore::empty();
        let certificate = CertificateDer::from_pem_slice(certificate).expect("a certificate");
        roots.add(certificate).expect("a certificate to believe");
        let configuration = rustls::ClientConfig::builder()
            .with_root_certificates(roots)
            .with_no_client_auth();
        let host = self.address.trim_start_matches("https://");
        let stream = tokio::net::TcpStream::connect(host).await.expect("it listens");
        let name = ServerName::from(stream.peer_addr().expect("an address").ip());
        let stream = TlsConnector::from(Arc::new(configuration))
            .connect(name, stream)
            .await
            .expect("the certificate is believed");
        let mut request = format!("wss://{host}/events")
            .into_client_request()
            .expect("a request");
        let cookie = self.cookie.parse().expect("a header");
        request.headers_mut().insert(header::COOKIE, cookie);
        let (socket, _) = client_async(request, stream).await.expect("the socket opens");
        Events(socket)
    }
}

/// What a window is told.
pub struct Events(WebSocketStream<TlsStream<tokio::net::TcpStream>>);

impl Events {
    /// The next event; none when the socket was closed.
    pub async fn next(&mut self) -> Option<Value> {
        let message = tokio::time::timeout(Duration::from_secs(20), async {
            loop {
                match self.0.next().await {
                    Some(Ok(Message::Text(text))) => return Some(text.to_string()),
                    Some(Ok(_)) => {}
                    Some(Err(_)) | None => return None,
                }
            }
        })
        .await
        .expect("something is told");
        message.map(|text| serde_json::from_str(&text).expect("JSON"))
    }
}
