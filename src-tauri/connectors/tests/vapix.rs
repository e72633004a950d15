//! What is done with devices, against the simulator over real TLS.
#![allow(
    clippy::unwrap_used,
    missing_docs,
    reason = "a test says what it expects by failing"
)]

// `cargo bolero` builds every test program of the package with its instruments, which are linked from there.
use bolero as _;

mod devices;
