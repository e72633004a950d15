//! Certificates: made at the first connection, kept where the fleet has a folder for its state.
use crate::MARK;
use crate::dates::Lifetime;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::{Datelike as _, NaiveDate};
use rcgen::{CertificateParams, DnType, KeyPair};
use rustls::ServerConfig;
use rustls::crypto::CryptoProvider;
use rustls::server::ServerSessionMemoryCache;
use rustls_pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::io::Write;
use std::path::Path;
use std::sync::{Arc, LazyLock};

/// One for all: no other part of the process decides for the simulator.
static PROVIDER: LazyLock<Arc<CryptoProvider>> =
    LazyLock::new(|| Arc::new(rustls::crypto::aws_lc_rs::default_provider()));

/// Remembered sessions per system; enough for resumption to be met with, and small with 10,000 systems.
const REMEMBERED_SESSIONS: usize = 4;
const LARGEST_STATE_FILE: u64 = 256 * 1024;

/// A certificate with its key.
#[derive(Clone)]
pub(crate) struct Identity {
    certificate: Vec<u8>,
    key: Vec<u8>,
    /// The host that it is for.
    host: String,
}

impl Identity {
    /// A self-signed certificate of its own for that host (VPX-01).
    pub(crate) fn new(host: &str, serial_number: &str, lifetime: Lifetime) -> Result<Self, rcgen::Error> {
        let mut params = CertificateParams::new(vec![host.to_string()])?;
        params.distinguished_name = rcgen::DistinguishedName::new();
        params.distinguished_name.push(DnType::CommonName, serial_number);
        params.distinguished_name.push(DnType::OrganizationName, MARK);
        // Months have at most 12, days at most 31.
        let midnight = |day: NaiveDate| rcgen::date_time_ymd(day.year(), day.month() as u8, day.day() as u8);
        (params.not_before, params.not_after) = (midnight(lifetime.from), midnight(lifetime.until));
        let key = KeyPair::generate()?;
        let certificate = params.self_signed(&key)?;
        Ok(Self {
            certificate: certificate.der().to_vec(),
            key: key.serialize_der(),
            host: host.to_string(),
        })
    }

    /// Whether it is for that host: a fleet that found its addresses taken starts at others.
    pub(crate) fn is_for(&self, host: &str) -> bool {
        self.host == host
    }

    /// Shown at that host, too: a system that moves keeps its certificate.
    pub(crate) fn goes_to(&mut self, host: &str) {
        self.host = host.to_string();
    }

    pub(crate) fn certificate(&self) -> &[u8] {
        &self.certificate
    }

    /// SHA-256, lower case hexadecimal digits.
    pub(crate) fn fingerprint(&self) -> String {
        hex::encode(Sha256::digest(&self.certificate))
    }

    /// A new one each time: whoever remembers a session of another has to meet this certificate.
    pub(crate) fn tls(&self) -> Result<Arc<ServerConfig>, rustls::Error> {
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(self.key.clone()));
        let mut config = ServerConfig::builder_with_provider(PROVIDER.clone())
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_single_cert(vec![CertificateDer::from(self.certificate.clone())], key)?;
        config.session_storage = ServerSessionMemoryCache::new(REMEMBERED_SESSIONS);
        config.send_tls13_tickets = 1;
        config.max_early_data_size = 0;
        Ok(Arc::new(config))
    }
}

/// What of a system outlives the fleet.
#[derive(Clone, Default)]
pub(crate) struct Kept {
    pub(crate) identity: Option<Identity>,
    pub(crate) version: Option<String>,
    /// How often it has started.
    pub(crate) boots: u64,
    /// What it keeps of its own, such as accounts.
    pub(crate) settings: Option<Value>,
}

#[derive(Serialize, Deserialize)]
struct KeptFile {
    certificate: Option<String>,
    key: Option<String>,
    #[serde(default)]
    host: String,
    version: Option<String>,
    #[serde(default)]
    boots: u64,
    #[serde(default)]
    settings: Option<Value>,
}

impl Kept {
    /// Nothing where there is no file, or none that can be read: then it begins anew.
    pub(crate) fn read(path: &Path) -> Self {
        let fits = std::fs::metadata(path).is_ok_and(|data| data.len() <= LARGEST_STATE_FILE);
        if !fits {
            return Self::default();
        }
        let file: Option<KeptFile> = std::fs::read(path)
            .ok()
            .and_then(|bytes| serde_json::from_slice(&bytes).ok());
        let Some(file) = file else { return Self::default() };
        let bytes = |text: Option<String>| text.and_then(|text| STANDARD.decode(text).ok());
        let identity = match (bytes(file.certificate), bytes(file.key)) {
            (Some(certificate), Some(key)) => Some(Identity {
                certificate,
                key,
                host: file.host,
            }),
            _ => None,
        };
        Self {
            identity,
            version: file.version,
            boots: file.boots,
            settings: file.settings,
        }
    }

    /// Whole or not at all.
    pub(crate) fn write(&self, path: &Path) -> std::io::Result<()> {
        let file = KeptFile {
            certificate: self
                .identity
                .as_ref()
                .map(|one| STANDARD.encode(&one.certificate)),
            key: self.identity.as_ref().map(|one| STANDARD.encode(&one.key)),
            host: self
                .identity
                .as_ref()
                .map(|one| one.host.clone())
                .unwrap_or_default(),
            version: self.version.clone(),
            boots: self.boots,
            settings: self.settings.clone(),
        };
        let temporary = path.with_extension("new");
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut output = options.open(&temporary)?;
        output.write_all(&serde_json::to_vec(&file)?)?;
        drop(output);
        std::fs::rename(&temporary, path)
    }
}
