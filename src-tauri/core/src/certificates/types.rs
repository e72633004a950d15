//! The identity of the workspace, as its parts hand it to each other.

use flotilla_connectors::secret::Secret;

/// The identity certificate with its key.
pub struct Identity {
    /// The certificate, as PEM.
    pub certificate_pem: String,
    /// Its private key, as PEM.
    pub key_pem: Secret,
}
