//! Which certificate is believed (CRT-11).
use crate::clock::WallClock;
use chrono::{DateTime, Utc};
use parking_lot::Mutex;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::CryptoProvider;
use rustls::{CertificateError as TlsCertificateError, DigitallySignedStruct, OtherError, SignatureScheme};
use rustls_pki_types::{CertificateDer, ServerName, TrustAnchor, UnixTime};
use sha2::{Digest, Sha256};
use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::str::FromStr;
use std::sync::Arc;
use x509_parser::prelude::{FromDer, GeneralName, X509Certificate};

/// Longest certificate that is looked at; real ones have a few kilobytes.
const LONGEST_CERTIFICATE: usize = 128 * 1024;
/// Longest text and most names taken from a certificate, which anybody can have made.
const LONGEST_TEXT: usize = 1024;
const MOST_NAMES: usize = 256;

/// SHA-256 over the DER of a certificate. Shown as upper-case hexadecimal with colons.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Fingerprint(pub [u8; 32]);

impl Fingerprint {
    /// The fingerprint of a certificate in DER.
    pub fn of(der: &[u8]) -> Self {
        Self(Sha256::digest(der).into())
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, byte) in self.0.iter().enumerate() {
            if index > 0 {
                formatter.write_str(":")?;
            }
            write!(formatter, "{byte:02X}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Which certificate a system is believed by stays out of logs.
        formatter.write_str("Fingerprint(…)")
    }
}

/// A text is no SHA-256 fingerprint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a SHA-256 fingerprint")]
pub struct FingerprintError;

impl FromStr for Fingerprint {
    type Err = FingerprintError;

    /// 64 hexadecimal digits in either case; colons, spaces and hyphens between pairs are skipped.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.len() > 256 {
            return Err(FingerprintError);
        }
        let digits: String = text
            .chars()
            .filter(|character| !matches!(character, ':' | ' ' | '-'))
            .collect();
        let mut bytes = [0; 32];
        hex::decode_to_slice(digits.trim(), &mut bytes).map_err(|_| FingerprintError)?;
        Ok(Self(bytes))
    }
}

/// A certificate a system presented, in the parts a person compares.
#[derive(Clone, PartialEq, Eq)]
pub struct Certificate {
    /// The end-entity certificate itself, DER.
    pub der: Vec<u8>,
    /// SHA-256 over `der`: what a pin is.
    pub fingerprint: Fingerprint,
    /// Distinguished name of the holder.
    pub subject: String,
    /// Distinguished name of the issuer.
    pub issuer: String,
    /// Upper-case hexadecimal with colons.
    pub serial_number: String,
    /// Start of validity.
    pub valid_from: DateTime<Utc>,
    /// End of validity.
    pub valid_until: DateTime<Utc>,
    /// DNS names and addresses of the subject alternative name.
    pub names: Vec<String>,
    /// Holder and issuer are the same.
    pub self_signed: bool,
}

impl fmt::Debug for Certificate {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Certificate")
            .field("subject", &self.subject)
            .field("issuer", &self.issuer)
            .field("valid_from", &self.valid_from)
            .field("valid_until", &self.valid_until)
            .finish_non_exhaustive()
    }
}

/// Bytes are no X.509 certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an X.509 certificate")]
pub struct CertificateError;

impl Certificate {
    /// Reads a certificate in DER (CRT-11). Nothing in it is believed by that.
    pub fn from_der(der: &[u8]) -> Result<Certificate, CertificateError> {
        if der.len() > LONGEST_CERTIFICATE {
            return Err(CertificateError);
        }
        let (rest, parsed) = X509Certificate::from_der(der).map_err(|_| CertificateError)?;
        if !rest.is_empty() {
            return Err(CertificateError);
        }
        let time = |time: x509_parser::time::ASN1Time| {
            DateTime::from_timestamp(time.timestamp(), 0).ok_or(CertificateError)
        };
        let names = match parsed.subject_alternative_name() {
            Ok(Some(extension)) => extension
                .value
                .general_names
                .iter()
                .take(MOST_NAMES)
                .filter_map(name_in_words)
                .collect(),
            _ => Vec::new(),
        };
        Ok(Certificate {
            fingerprint: Fingerprint::of(der),
            subject: plain_text(&parsed.subject().to_string(), LONGEST_TEXT),
            issuer: plain_text(&parsed.issuer().to_string(), LONGEST_TEXT),
            serial_number: plain_text(&parsed.raw_serial_as_string().to_uppercase(), LONGEST_TEXT),
            valid_from: time(parsed.validity().not_before)?,
            valid_until: time(parsed.validity().not_after)?,
            names,
            self_signed: parsed.subject().as_raw() == parsed.issuer().as_raw(),
            der: der.to_vec(),
        })
    }

    /// Whether the certificate's own dates cover this moment. A pinned certificate is accepted outside of
    /// them too, since a person has compared it; what shows certificates warns instead.
    pub fn is_valid_at(&self, moment: DateTime<Utc>) -> bool {
        self.valid_from <= moment && moment <= self.valid_until
    }
}

fn name_in_words(name: &GeneralName<'_>) -> Option<String> {
    match name {
        GeneralName::DNSName(name) => Some(plain_text(name, LONGEST_TEXT)),
        GeneralName::IPAddress(bytes) => match bytes.len() {
            4 => <[u8; 4]>::try_from(*bytes)
                .ok()
                .map(|octets| Ipv4Addr::from(octets).to_string()),
            16 => <[u8; 16]>::try_from(*bytes)
                .ok()
                .map(|octets| Ipv6Addr::from(octets).to_string()),
            _ => None,
        },
        _ => None,
    }
}

/// Text from outside without control characters and not longer than wanted.
pub(crate) fn plain_text(text: &str, longest: usize) -> String {
    text.chars()
        .filter(|character| !character.is_control())
        .take(longest)
        .collect::<String>()
        .trim()
        .to_string()
}

/// What a connection believes: authorities, and the pin of this one system.
#[derive(Debug, Clone, Default)]
pub struct Trust {
    /// DER of the trusted authorities.
    pub authorities: Arc<Vec<Vec<u8>>>,
    /// The certificate a person accepted for this system.
    pub pin: Option<Fingerprint>,
}

impl Trust {
    /// Whether both believe the same; cheap when the authorities are shared.
    pub(crate) fn same_as(&self, other: &Trust) -> bool {
        self.pin == other.pin
            && (Arc::ptr_eq(&self.authorities, &other.authorities) || self.authorities == other.authorities)
    }
}

/// Why a certificate was refused, with the certificate; travels inside the error of the TLS library.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Distrust {
    Changed(Box<Certificate>),
    NotTrusted(Box<Certificate>),
    /// No TLS library works with it: of version 1, or with an extension that must be understood and is not.
    Unusable,
}

impl fmt::Display for Distrust {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Distrust::Changed(_) => "the certificate differs from the pinned one",
            Distrust::NotTrusted(_) => "the certificate is not trusted",
            Distrust::Unusable => "the certificate cannot be used",
        })
    }
}

impl std::error::Error for Distrust {}

/// CRT-11 as the TLS library asks it. Made for one endpoint and one [`Trust`].
pub(crate) struct Verifier {
    provider: Arc<CryptoProvider>,
    anchors: Vec<TrustAnchor<'static>>,
    pin: Option<Fingerprint>,
    met: Mutex<Option<Arc<Certificate>>>,
}

impl Verifier {
    /// Authorities that cannot be read are left out: they then vouch for nobody.
    pub(crate) fn new(provider: Arc<CryptoProvider>, trust: &Trust) -> Self {
        let anchors = trust
            .authorities
            .iter()
            .filter_map(|der| {
                let der = CertificateDer::from(der.as_slice());
                match webpki::anchor_from_trusted_cert(&der) {
                    Ok(anchor) => Some(anchor.to_owned()),
                    Err(error) => {
                        tracing::warn!(%error, "a trusted authority cannot be used");
                        None
                    }
                }
            })
            .collect();
        Self {
            provider,
            anchors,
            pin: trust.pin,
            met: Mutex::new(None),
        }
    }

    /// A TLS client that believes what this verifier accepts, and nothing else. The provider is named here:
    /// a process-wide default would be somebody else's to change.
    pub(crate) fn client_config(self: Arc<Self>) -> Result<rustls::ClientConfig, rustls::Error> {
        let builder = rustls::ClientConfig::builder_with_details(self.provider.clone(), Arc::new(WallClock))
            .with_safe_default_protocol_versions()?;
        #[expect(
            clippy::disallowed_methods,
            reason = "not a way around checking: this verifier is CRT-11"
        )]
        let builder = builder.dangerous();
        Ok(builder
            .with_custom_certificate_verifier(self)
            .with_no_client_auth())
    }

    /// The certificate of the last handshake, accepted or refused.
    pub(crate) fn met(&self) -> Option<Arc<Certificate>> {
        self.met.lock().clone()
    }

    fn chains(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        now: UnixTime,
    ) -> Result<(), webpki::Error> {
        let certificate = webpki::EndEntityCert::try_from(end_entity)?;
        certificate.verify_for_usage(
            self.provider.signature_verification_algorithms.all,
            &self.anchors,
            intermediates,
            now,
            webpki::KeyUsage::server_auth(),
            None,
            None,
        )?;
        certificate.verify_is_valid_for_subject_name(server_name)
    }
}

impl fmt::Debug for Verifier {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Verifier")
            .field("authorities", &self.anchors.len())
            .finish_non_exhaustive()
    }
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        _ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        let certificate = Certificate::from_der(end_entity)
            .map_err(|_| rustls::Error::InvalidCertificate(TlsCertificateError::BadEncoding))?;
        // Said before anybody is asked whether to accept it: the proof that the peer holds its key could not be checked.
        let unusable = webpki::EndEntityCert::try_from(end_entity).is_err();
        let accepted = !unusable && self.pin == Some(certificate.fingerprint)
            || (!unusable
                && !self.anchors.is_empty()
                && match self.chains(end_entity, intermediates, server_name, now) {
                    Ok(()) => true,
                    Err(error) => {
                        tracing::debug!(%error, "no trusted authority vouches for the certificate");
                        false
                    }
                });
        *self.met.lock() = Some(Arc::new(certificate.clone()));
        if accepted {
            return Ok(ServerCertVerified::assertion());
        }
        let distrust = match self.pin {
            _ if unusable => Distrust::Unusable,
            Some(_) => Distrust::Changed(Box::new(certificate)),
            None => Distrust::NotTrusted(Box::new(certificate)),
        };
        Err(rustls::Error::InvalidCertificate(TlsCertificateError::Other(
            OtherError(Arc::new(distrust)),
        )))
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        // A pin names a certificate; only this proves that the peer holds its key.
        rustls::crypto::verify_tls12_signature(
            message,
            certificate,
            signature,
            &self.provider.signature_verification_algorithms,
        )
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        rustls::crypto::verify_tls13_signature(
            message,
            certificate,
            signature,
            &self.provider.signature_verification_algorithms,
        )
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider
            .signature_verification_algorithms
            .supported_schemes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn self_signed(names: &[&str]) -> Vec<u8> {
        let names: Vec<String> = names.iter().map(|name| (*name).to_string()).collect();
        rcgen::generate_simple_self_signed(names)
            .expect("a certificate")
            .cert
            .der()
            .to_vec()
    }

    /// CRT-11: what a person compares is there, and complete.
    #[test]
    fn a_certificate_in_words() {
        let der = self_signed(&["pbx.example", "127.0.0.1", "::1"]);
        let certificate = Certificate::from_der(&der).expect("a certificate");
        assert_eq!(certificate.names, ["pbx.example", "127.0.0.1", "::1"]);
        assert!(certificate.self_signed);
        assert!(certificate.valid_from < certificate.valid_until);
        assert!(certificate.is_valid_at(certificate.valid_from));
        assert!(!certificate.is_valid_at(certificate.valid_until + chrono::TimeDelta::seconds(1)));
        assert_eq!(certificate.fingerprint, Fingerprint::of(&der));
        assert!(!certificate.serial_number.is_empty());
    }

    /// CRT-11: the fingerprint reads back, in every usual spelling.
    #[test]
    fn fingerprint_texts() {
        let fingerprint = Fingerprint::of(b"");
        let shown = fingerprint.to_string();
        assert!(shown.starts_with("E3:B0:C4:42:98:FC"));
        assert_eq!(shown.len(), 95);
        assert_eq!(shown.parse(), Ok(fingerprint));
        assert_eq!(shown.replace(':', "").to_lowercase().parse(), Ok(fingerprint));
        assert_eq!("E3:B0".parse::<Fingerprint>(), Err(FingerprintError));
        assert_eq!(format!("{fingerprint:?}"), "Fingerprint(…)");
    }

    /// SEC-04: trailing bytes and over-long input are no certificate.
    #[test]
    fn hostile_certificates() {
        let mut der = self_signed(&["a.example"]);
        der.push(0);
        assert_eq!(Certificate::from_der(&der), Err(CertificateError));
        assert_eq!(
            Certificate::from_der(&vec![0x30; LONGEST_CERTIFICATE + 1]),
            Err(CertificateError)
        );
    }

    proptest! {
        /// CRT-11
        #[test]
        fn fingerprints_read_back(bytes: [u8; 32]) {
            let fingerprint = Fingerprint(bytes);
            prop_assert_eq!(fingerprint.to_string().parse(), Ok(fingerprint));
        }

        /// SEC-04: bytes from outside never panic.
        #[test]
        fn arbitrary_der(bytes in proptest::collection::vec(any::<u8>(), 0..600), text in "\\PC*") {
            let _ = Certificate::from_der(&bytes);
            let _ = text.parse::<Fingerprint>();
        }

        /// SEC-04: a real certificate with one byte altered never panics.
        #[test]
        fn altered_der(position in 0usize..300, value: u8) {
            let mut der = self_signed(&["a.example", "10.0.0.1"]);
            let length = der.len();
            der[position % length] = value;
            let _ = Certificate::from_der(&der);
        }
    }
}
