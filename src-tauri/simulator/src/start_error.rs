//! Why a fleet does not start.
use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;

/// Why a fleet does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// An address cannot be listened at.
    #[error("cannot listen at {address}: {source}")]
    Listen {
        /// Which.
        address: SocketAddr,
        /// Why.
        source: io::Error,
    },
    /// More than fit on the range.
    #[error("at most 60000 of a kind, and within 127.0.0.0/8 or the network that was named")]
    TooMany,
    /// The folder for the state cannot be used.
    #[error("cannot use the state folder {path}: {source}")]
    StateFolder {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}
