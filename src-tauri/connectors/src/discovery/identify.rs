//! What is at an address, asked without credentials (VPX-06, VPX-07).
//!
//! Nothing is read over TLS whose certificate was not accepted (CRT-11): of such a device the certificate is known, and the
//! serial number if it is in it. What it says of itself is then asked in clear, where it answers so. That proves nothing, and
//! neither does an announcement; it only says what is there to be looked at.
use super::announcement::{Description, serial_number_in};
use super::types::{Facts, Known, Service, Sighting, Source, Way, join_certificates, join_sets, known};
use super::{ssdp, xml};
use crate::dialer::{Call, Dialer, Limits};
use crate::endpoint::Endpoint;
use crate::trust::{Certificate, Fingerprint, Trust};
use crate::vapix::{Client, Failure, Probe, SerialNumber, Transport};
use futures_util::future::join_all;
use http::{HeaderMap, Method};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpStream;

/// How long an address has to let somebody in; where nothing is, this is how long it takes.
const KNOCK: Duration = Duration::from_millis(1200);
/// Announced ports that are tried, of each kind.
const MOST_PORTS: usize = 4;

/// What is believed of the devices that are met (CRT-11). Devices that were never accepted are in neither.
#[derive(Debug, Clone, Default)]
pub struct Trusted {
    /// DER of the trusted authorities.
    pub authorities: Arc<Vec<Vec<u8>>>,
    /// The certificates that were accepted, by where.
    pub pins: HashMap<Endpoint, Fingerprint>,
}

/// What was met at an address.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Outcome {
    pub(super) serial_number: Option<SerialNumber>,
    pub(super) services: BTreeSet<Service>,
    pub(super) certificates: BTreeMap<SocketAddr, Certificate>,
    pub(super) facts: Facts,
    /// It speaks VAPIX, or its certificate has a maker's serial number.
    pub(super) recognised: bool,
    /// Where TLS was answered with a certificate that is not accepted, and nothing else says what it is.
    pub(super) unidentified: Option<SocketAddr>,
}

impl Outcome {
    /// As that way found it.
    pub(super) fn sighting(&self, way: Way, address: IpAddr) -> Sighting {
        Sighting {
            serial_number: self.serial_number.clone(),
            services: self.services.clone(),
            certificates: self.certificates.clone(),
            facts: self.facts.clone(),
            ..Sighting::new(way, address)
        }
    }

    fn join(&mut self, other: Self) {
        self.serial_number = self.serial_number.take().or(other.serial_number);
        join_sets(&mut self.services, other.services);
        join_certificates(&mut self.certificates, other.certificates);
        self.facts.join(other.facts);
        self.recognised |= other.recognised;
        self.unidentified = self.unidentified.or(other.unidentified);
    }

    fn answered(service: Service, probe: Probe, certificate: Option<Certificate>) -> Self {
        let source = match service.transport {
            Transport::Https => Source::Https,
            Transport::Http => Source::Http,
        };
        let text = |value: Option<String>| value.and_then(|value| known(source, &value));
        let mut facts = Facts {
            needs_setup: Some(Known {
                source,
                value: probe.needs_setup,
            }),
            ..Facts::default()
        };
        if let Some(device) = probe.device {
            facts.model = text(device.full_name.or(device.short_name));
            facts.product_number = text(device.product_number);
            facts.brand = text(device.brand);
            facts.hardware_id = text(device.hardware_id);
            facts.version = text(device.version);
        }
        Self {
            serial_number: probe.serial_number,
            services: BTreeSet::from([service]),
            certificates: certificate
                .map(|one| (service.address, one))
                .into_iter()
                .collect(),
            facts,
            recognised: true,
            unidentified: None,
        }
    }

    /// TLS, with a certificate that was not accepted.
    fn met(service: Service, certificate: Option<Certificate>) -> Self {
        let serial_number = certificate.as_ref().and_then(serial_number_of);
        Self {
            recognised: serial_number.is_some(),
            serial_number,
            services: BTreeSet::from([service]),
            certificates: certificate
                .map(|one| (service.address, one))
                .into_iter()
                .collect(),
            facts: Facts::default(),
            unidentified: Some(service.address),
        }
    }
}

/// A maker's serial number in the subject or in a name of a certificate, as devices put it there.
fn serial_number_of(certificate: &Certificate) -> Option<SerialNumber> {
    let names = certificate.names.iter().map(String::as_str);
    std::iter::once(certificate.subject.as_str())
        .chain(names)
        .find_map(serial_number_in)
}

/// Asks addresses what they are.
pub(super) struct Identifier {
    dialer: Dialer,
    trusted: Trusted,
}

impl Identifier {
    pub(super) fn new(trusted: Trusted) -> Self {
        let limits = Limits {
            body: xml::LONGEST,
            // One after the other, and given up afterwards.
            kept: 64,
            idle: Duration::from_secs(5),
            ..Limits::default()
        };
        Self {
            dialer: Dialer::with_limits(None, limits),
            trusted,
        }
    }

    /// What answers at an address: HTTPS first, and HTTP where that does not say what it is.
    pub(super) async fn identify(&self, services: &BTreeSet<Service>) -> Outcome {
        let wanted = |transport: Transport| {
            let fitting = services.iter().filter(move |one| one.transport == transport);
            fitting.copied().take(MOST_PORTS).collect::<Vec<Service>>()
        };
        let (secure, plain) = (wanted(Transport::Https), wanted(Transport::Http));
        let (secure, plain) = futures_util::future::join(open(secure), open(plain)).await;
        let mut outcome = Outcome::default();
        for service in secure.into_iter().chain(plain) {
            outcome.join(self.probe(service).await);
            if outcome.facts.needs_setup.is_some() {
                break;
            }
        }
        if outcome.recognised {
            outcome.unidentified = None;
        }
        outcome
    }

    async fn probe(&self, service: Service) -> Outcome {
        let Ok(endpoint) = Endpoint::parse(&service.address.ip().to_string(), service.address.port()) else {
            return Outcome::default();
        };
        let trust = Trust {
            authorities: self.trusted.authorities.clone(),
            pin: self.trusted.pins.get(&endpoint).copied(),
        };
        let client = match Client::new(&self.dialer, &endpoint, &trust, service.transport) {
            Ok(client) => client,
            Err(failure) => {
                tracing::warn!(%failure, "an address cannot be asked");
                return Outcome::default();
            }
        };
        let outcome = match client.probe().await {
            Ok(probe) => Outcome::answered(service, probe, client.certificate()),
            Err(Failure::CertificateNotTrusted(certificate) | Failure::CertificateChanged(certificate)) => {
                Outcome::met(service, Some(*certificate))
            }
            Err(Failure::CertificateUnusable) => Outcome::met(service, None),
            Err(failure) => {
                tracing::debug!(%failure, address = %service.address, "no VAPIX");
                Outcome::default()
            }
        };
        self.dialer.forget(&endpoint);
        outcome
    }

    /// What a description says (SSDP); none where there is none.
    pub(super) async fn describe(&self, description: &Description) -> Option<Sighting> {
        let endpoint =
            Endpoint::parse(&description.address.ip().to_string(), description.address.port()).ok()?;
        let url = reqwest::Url::parse(&format!("{}{}", endpoint.origin("http"), description.path)).ok()?;
        let call = Call {
            method: Method::GET,
            url,
            headers: HeaderMap::new(),
            body: None,
            limit: self.dialer.limits().probe,
        };
        let channel = self.dialer.channel(&endpoint, &Trust::default()).ok()?;
        let answer = channel.send(&call).await;
        self.dialer.forget(&endpoint);
        let answer = answer.ok().filter(|answer| answer.status.is_success())?;
        ssdp::read_description(&answer.body, description)
    }
}

/// Those that let somebody in.
async fn open(services: Vec<Service>) -> Vec<Service> {
    let knocks = services.into_iter().map(|service| async move {
        let connected = tokio::time::timeout(KNOCK, TcpStream::connect(service.address)).await;
        matches!(connected, Ok(Ok(_))).then_some(service)
    });
    join_all(knocks).await.into_iter().flatten().collect()
}
