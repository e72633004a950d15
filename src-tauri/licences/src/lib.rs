//! Flotilla's own signed formats for licences: keys as text (LIC-20, LIC-21) and the files that pass between Flotilla
//! and a system without a network (LIC-50 to LIC-53).
//!
//! Everything here is pure: no database, no clock, no file. What depends on what happened before — which requests wait
//! for an answer, which issuers are trusted, what day it is — is passed in. The program, the command line of a
//! distributor and the simulator use the same code; `openssl` reads the keys and checks the signatures as well.
//!
//! | module | what |
//! | --- | --- |
//! | [`issuer`] | the Ed25519 keys that sign, their files, and whose are trusted |
//! | [`key`] | licence keys |
//! | [`container`] | request, response and confirmation of a system without a network |
//! | [`problem`] | what all errors have in common: a stable code and parameters |

pub mod container;
pub mod issuer;
pub mod key;
pub mod names;
pub mod problem;

pub use names::{Name, Quantity, SystemId};
pub use problem::{Coded, Value};

#[cfg(test)]
mod fuzz;
