//! `flotilla-cli serve` under way, and a client that signs in to it.

use crate::place::{LOGIN, PASSWORD, Place};
use reqwest::{Certificate, Client, header};
use serde_json::{Value, json};
use std::time::Duration;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, ChildStdout};

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

    /// Signs in as the administrator, with a client that believes the certificate of the workspace and no other.
    pub async fn sign_in(&self, certificate: &[u8]) -> Remote {
        // Fails only when another test was quicker.
        let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
        let client = Client::builder()
            .tls_certs_only([Certificate::from_pem(certificate).expect("a certificate")])
            .no_proxy()
            .timeout(Duration::from_secs(20))
            .build()
            .expect("a client");
        let mut remote = Remote {
            client,
            address: self.address.clone(),
            cookie: String::new(),
        };
        let answer = remote
            .send(
                "session.sign_in",
                &json!({ "login": LOGIN, "password": PASSWORD }),
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

/// A person at a shared workspace.
pub struct Remote {
    client: Client,
    address: String,
    cookie: String,
}

impl Remote {
    /// Sends a command; an error when the workspace is gone before its answer.
    pub async fn send(&self, name: &str, arguments: &Value) -> reqwest::Result<reqwest::Response> {
        self.client
            .post(format!("{}/call/{name}", self.address))
            .header("X-Flotilla", "1")
            .header(header::COOKIE, &self.cookie)
            .body(arguments.to_string())
            .send()
            .await
    }
}
