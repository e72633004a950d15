//! Systems without a network: their files, the licence files for them, and what becomes of these (LIC-50 to LIC-52).
//!
//! A file is read and checked before anything is written ([`reading`]); whoever reads on has it by its SHA-256. What it says is looked
//! at again in the act's own transaction. Every refusal has its code, and leaves everything as it was.

pub mod answers;
mod foreign;
pub mod issuer;
pub mod outcomes;
pub mod reading;
pub mod requests;
pub mod view;
