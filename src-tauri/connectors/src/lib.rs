//! Protocols, TLS trust and dialling. Knows no database, no account, no interface.
//!
//! A connector is handed an [`Endpoint`], credentials and a [`trust::Trust`], and gives back what it read or
//! one [`Refusal`] that says, in the terms of CUS-03, why it could not.

pub mod secret {
    //! The one type secrets live in.
    use zeroize::Zeroizing;

    /// A password, key or token. Cannot be printed or serialised; its memory is wiped (SEC-03).
    #[derive(Clone, Default, PartialEq, Eq)]
    pub struct Secret(Zeroizing<String>);

    impl Secret {
        /// Takes the text over.
        pub fn new(text: impl Into<String>) -> Self {
            Self(Zeroizing::new(text.into()))
        }
        /// The text itself, for the one place that sends or stores it.
        pub fn expose(&self) -> &str {
            &self.0
        }
        /// Whether there is nothing in it.
        pub fn is_empty(&self) -> bool {
            self.0.is_empty()
        }
    }

    impl std::fmt::Debug for Secret {
        fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            formatter.write_str("Secret(…)")
        }
    }

    impl<'de> serde::Deserialize<'de> for Secret {
        fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            String::deserialize(deserializer).map(Self::new)
        }
    }
}

pub mod clock;
mod dialer;
mod digest;
pub mod discovery;
pub mod download;
pub mod endpoint;
#[cfg(test)]
mod fuzz;
pub mod gateway;
pub mod ip_office;
mod ntlm;
pub mod occupation;
mod one_connection;
pub mod shared_workspace;
pub mod trust;
pub mod vapix;
pub mod video_server;

pub use dialer::{Dialer, Limits};
pub use endpoint::{Endpoint, EndpointError, Proxy};
pub use trust::{Certificate, Fingerprint, Trust};

/// What stood in the way of an answer. Its text is a code, and behind `: ` what the network said of it where that is
/// known only as text; the words are the host's (GEN-04).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Obstacle {
    /// No answer in time.
    TimedOut,
    /// Nobody listens there.
    Refused,
    /// No way to the address.
    NoRoute,
    /// The name is not known.
    NameUnknown,
    /// The other side closed the connection.
    Closed,
    /// 503
    Unavailable,
    /// No TLS; what it said.
    Tls(String),
    /// Anything else; what was said.
    Other(String),
}

impl std::fmt::Display for Obstacle {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (code, said) = match self {
            Self::TimedOut => ("timed-out", ""),
            Self::Refused => ("refused", ""),
            Self::NoRoute => ("no-route", ""),
            Self::NameUnknown => ("name-unknown", ""),
            Self::Closed => ("closed", ""),
            Self::Unavailable => ("unavailable", ""),
            Self::Tls(said) => ("tls", said.as_str()),
            Self::Other(said) => ("other", said.as_str()),
        };
        write!(formatter, "unreachable.{code}")?;
        if said.is_empty() {
            Ok(())
        } else {
            write!(formatter, ": {said}")
        }
    }
}

/// Why a system could not be read, in the terms of CUS-03.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// Answers, but not with this protocol.
    Failed,
    /// Lists more systems than a solution can have (GEN-12).
    TooManySystems,
    /// 401 naming no such user.
    InvalidCredentials,
    /// 401 naming the password.
    AuthorizationFailed,
    /// Signed in, 403 on reading.
    MonitoringRightsMissing,
    /// 403: the service user was disabled by the administrator.
    DisabledByAdministrator,
    /// 403: the service user is disabled at present.
    Disabled,
    /// 403: the service user is locked for a time.
    Locked,
    /// 403 or 503 with the session limit.
    TooManySessions,
    /// No TCP, no TLS, time out: an [`Obstacle`] as its text.
    Unreachable(String),
    /// An edition that cannot be managed (Basic, Essential, Preferred; GEN-13), by its name.
    NotSupported(String),
    /// The certificate differs from the one pinned (CRT-11). Nothing was sent.
    CertificateChanged(Box<Certificate>),
    /// The certificate is neither pinned nor issued by a trusted authority (CRT-11). Nothing was sent.
    CertificateNotTrusted(Box<Certificate>),
    /// The certificate is none that TLS can work with, such as one of version 1. Nothing was sent.
    CertificateUnusable,
}
