//! What the command line does with licences.

mod issuing;
mod refusals;

use crate::error::CliError;
use clap::Subcommand;

/// `licence …`
#[derive(Subcommand)]
pub enum Licence {
    /// Make the keys of an issuer of licence keys; needs no workspace
    IssuerNew(issuing::NewIssuer),
    /// Issue licence keys; needs no workspace
    Issue(Box<issuing::Issue>),
}

/// Runs one of them.
///
/// # Errors
/// What the command says.
pub fn run(licence: Licence) -> Result<(), CliError> {
    match licence {
        Licence::IssuerNew(new) => issuing::issuer_new(&new),
        Licence::Issue(issue) => issuing::issue(&issue),
    }
}
