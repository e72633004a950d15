//! `licence trust …`: whose signed licence keys are accepted (LIC-21).

use super::calls::{Outcome, print_fields, print_rows};
use crate::session::Person;
use clap::Subcommand;
use flotilla_kernel::error::Problem;
use flotilla_kernel::transfer::unreadable;
use serde_json::{Value, json};
use std::io::Read as _;
use std::path::{Path, PathBuf};

/// Bytes of an issuer's file that are read; the program refuses fewer.
const FILE_LIMIT: u64 = 64 * 1024;

/// What is shown of an issuer.
const FIELDS: [&str; 6] = ["key", "name", "standing", "lots", "reason", "fingerprint"];

/// What can be decided about issuers.
#[derive(Subcommand)]
pub enum Trust {
    /// Trust the issuer of this file, whose fingerprint you have compared; without --yes, only show what it holds
    Add {
        /// The issuer's public key, as `licence issuer-new` writes it
        file: PathBuf,
        /// Do it, instead of saying what would be done
        #[arg(long)]
        yes: bool,
    },
    /// Every issuer that was decided about
    List {
        /// Print JSON instead of a table
        #[arg(long)]
        json: bool,
    },
    /// Accept no further key of an issuer; what was redeemed stays
    Revoke(Decision),
    /// Trust an issuer again that was revoked
    Restore(Decision),
}

/// A decision about an issuer.
#[derive(clap::Args)]
pub struct Decision {
    /// The ID of the issuer's key, as `list` shows it
    key: String,
    /// Why
    #[arg(long)]
    reason: String,
}

fn text(path: &Path) -> Result<String, Problem> {
    let mut text = String::new();
    std::fs::File::open(path)
        .and_then(|file| file.take(FILE_LIMIT).read_to_string(&mut text))
        .map_err(|error| unreadable(error).with("file", path.display().to_string()))?;
    Ok(text)
}

/// `licence trust …`
pub async fn run(person: &Person, command: Trust) -> Outcome {
    match command {
        Trust::Add { file, yes } => {
            let name = if yes {
                "licence_issuers.add"
            } else {
                "licence_issuers.preview"
            };
            let issuer = person.call(name, &json!({ "text": text(&file)? })).await?;
            print_fields(&issuer, &["key", "name", "fingerprint"]);
            Ok(())
        }
        Trust::List { json: as_json } => {
            let Value::Array(issuers) = person.call("licence_issuers.read", &json!({})).await? else {
                return Err(Problem::internal("the issuers are no list").into());
            };
            print_rows(issuers, &FIELDS, as_json);
            Ok(())
        }
        Trust::Revoke(decision) => decide(person, "licence_issuers.revoke", &decision).await,
        Trust::Restore(decision) => decide(person, "licence_issuers.restore", &decision).await,
    }
}

async fn decide(person: &Person, name: &str, decision: &Decision) -> Outcome {
    let arguments = json!({ "key": decision.key, "reason": decision.reason });
    let issuer = person.call(name, &arguments).await?;
    print_fields(&issuer, &FIELDS);
    Ok(())
}
