//! `licence offline …`: systems without a network (LIC-50, LIC-51).

use super::calls::{Of, Outcome, act, organization, print_fields};
use crate::error::CliError;
use crate::output::print_json;
use crate::session::{Person, Place};
use clap::{Args, Subcommand};
use flotilla_kernel::error::{ErrorCode, Problem};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// What can be done with systems without a network.
#[derive(Subcommand)]
pub enum Offline {
    /// The systems of a product, with their state
    Status {
        #[command(flatten)]
        of: Of,
        /// Print JSON instead of a table
        #[arg(long)]
        json: bool,
    },
    /// Write the public key that licence files of this workspace are checked with
    Issuer {
        /// The organization, by its name or id
        organization: String,
        /// Where to write it
        #[arg(long, value_name = "FILE")]
        file: PathBuf,
    },
    /// Take the file of a system as its request
    Request(Request),
    /// Issue the licence file for a system and write it: without --yes, only say what would be in it
    Issue(Issue),
    /// Take a system's confirmation, or state what became of its licence file
    Confirm(Confirm),
}

/// `licence offline request`
#[derive(Args)]
pub struct Request {
    #[command(flatten)]
    of: Of,
    /// The file
    file: PathBuf,
    /// Of a file that is not Flotilla's own: how the system calls itself
    #[arg(long, requires = "reference")]
    system: Option<String>,
    /// Of such a file: what the system needs; can be given several times
    #[arg(long = "need", value_name = "TYPE=QUANTITY", value_parser = need, requires = "system")]
    needs: Vec<(String, i64)>,
    /// Of such a file: the version of the product
    #[arg(long, default_value = "", requires = "system")]
    product_version: String,
    /// Of such a file: what its hardware is recognised by; can be given several times
    #[arg(long, value_name = "ID", requires = "system")]
    hardware: Vec<String>,
    /// Of such a file: where all that stands
    #[arg(long, requires = "system")]
    reference: Option<String>,
}

/// `licence offline issue`
#[derive(Args)]
pub struct Issue {
    #[command(flatten)]
    of: Of,
    /// How the system calls itself
    system: String,
    /// For how many years
    #[arg(long, default_value_t = 1)]
    years: u32,
    /// The lost system that this one stands in for
    #[arg(long, value_name = "SYSTEM")]
    replaces: Option<String>,
    /// Where to write the licence file
    #[arg(long, value_name = "FILE", requires = "yes")]
    file: Option<PathBuf>,
    /// Do it, instead of saying what would be done
    #[arg(long)]
    yes: bool,
}

/// `licence offline confirm`
#[derive(Args)]
pub struct Confirm {
    #[command(flatten)]
    of: Of,
    /// The system's file
    #[arg(required_unless_present = "attest")]
    file: Option<PathBuf>,
    /// Without a file: what became of the licence file
    #[arg(long, value_parser = ["confirmed", "returned", "lapsed"], requires_all = ["system", "reason"], conflicts_with = "file")]
    attest: Option<String>,
    /// Without a file: how the system calls itself
    #[arg(long, requires = "attest")]
    system: Option<String>,
    /// Without a file: how that is known
    #[arg(long, requires = "attest")]
    reason: Option<String>,
}

fn need(text: &str) -> Result<(String, i64), String> {
    let (licence_type, quantity) = text.split_once('=').ok_or("TYPE=QUANTITY")?;
    let quantity = quantity.parse().map_err(|error| format!("{error}"))?;
    Ok((licence_type.to_owned(), quantity))
}

/// `licence offline …`
pub async fn run(place: &Place, command: Offline) -> Outcome {
    let person = Person::sign_in(place).await?;
    let done = match command {
        Offline::Status { of, json } => status(&person, &of, json).await,
        Offline::Issuer {
            organization: name,
            file,
        } => issuer(&person, &name, &file).await,
        Offline::Request(arguments) => request(&person, &arguments).await,
        Offline::Issue(arguments) => issue(&person, &arguments).await,
        Offline::Confirm(arguments) => confirm(&person, &arguments).await,
    };
    person.leave().await;
    done
}

/// The systems of a product.
async fn systems(person: &Person, of: &Of) -> Result<Vec<Value>, CliError> {
    let arguments =
        json!({ "organization": organization(person, &of.organization).await?, "product": of.product });
    let found = person.call("licences.offline_systems", &arguments).await?;
    Ok(found["systems"].as_array().cloned().unwrap_or_default())
}

/// The id of the system that calls itself so; of several the one that was not returned.
async fn system(person: &Person, of: &Of, identity: &str) -> Result<Value, CliError> {
    let found = systems(person, of).await?;
    let mut named: Vec<&Value> = found.iter().filter(|one| one["identity"] == identity).collect();
    named.sort_by_key(|one| one["state"] == "returned");
    let first = named.first().map(|one| one["id"].clone());
    Ok(first.ok_or_else(|| Problem::new(ErrorCode::NotFound).with("name", identity))?)
}

async fn status(person: &Person, of: &Of, as_json: bool) -> Outcome {
    let found = systems(person, of).await?;
    if as_json {
        print_json(&Value::from(found));
        return Ok(());
    }
    for row in &found {
        print_fields(row, &["identity", "version", "state", "answer", "expires"]);
    }
    Ok(())
}

async fn issuer(person: &Person, name: &str, file: &Path) -> Outcome {
    let arguments = json!({ "organization": organization(person, name).await? });
    let download = person.call("licences.save_issuer", &arguments).await?;
    save(person, &download, file).await
}

/// Writes a file that the program hands over.
async fn save(person: &Person, download: &Value, file: &Path) -> Outcome {
    let id = download["download"].as_str().unwrap_or_default();
    let id = id.parse().map_err(|_| Problem::internal("no download"))?;
    let workspace = person.program.workspace().await?;
    Ok(workspace.transfers.save(id, person.session().await?, file)?)
}

/// Has the program read a file; gives what it says.
async fn read(person: &Person, of: &Of, file: &Path) -> Result<Value, CliError> {
    let workspace = person.program.workspace().await?;
    let upload = workspace.transfers.choose(person.session().await?, file)?;
    let arguments = json!({
        "organization": organization(person, &of.organization).await?, "product": of.product, "upload": upload.upload,
    });
    person.call("licences.read_system_file", &arguments).await
}

async fn request(person: &Person, arguments: &Request) -> Outcome {
    let preview = read(person, &arguments.of, &arguments.file).await?;
    let entered = arguments.system.as_ref().map(|system| {
        let needs: Vec<Value> = arguments
            .needs
            .iter()
            .map(|(licence_type, quantity)| json!({ "licence_type": licence_type, "quantity": quantity }))
            .collect();
        json!({
            "system": system, "version": arguments.product_version, "hardware": arguments.hardware, "needs": needs,
            "reference": arguments.reference,
        })
    });
    let more = json!({ "digest": preview["digest"], "entered": entered });
    let arguments = act(person, &arguments.of, more).await?;
    person.call("licences.accept_system_file", &arguments).await?;
    print_json(&preview);
    Ok(())
}

async fn issue(person: &Person, arguments: &Issue) -> Outcome {
    let id = system(person, &arguments.of, &arguments.system).await?;
    let replaces = match &arguments.replaces {
        Some(lost) => Some(system(person, &arguments.of, lost).await?),
        None => None,
    };
    let choice = json!({ "years": arguments.years, "replaces": replaces });
    let call = act(person, &arguments.of, json!({ "system": id, "choice": choice })).await?;
    if !arguments.yes {
        print_json(&person.call("licences.plan_offline", &call).await?);
        return Ok(());
    }
    let receipt = person.call("licences.issue_offline", &call).await?;
    if let Some(file) = &arguments.file {
        let of = json!({ "organization": call["organization"], "system": id });
        let download = person.call("licences.save_offline", &of).await?;
        save(person, &download, file).await?;
    }
    print_json(&receipt);
    Ok(())
}

async fn confirm(person: &Person, arguments: &Confirm) -> Outcome {
    let of = &arguments.of;
    let (name, more) = match (&arguments.file, &arguments.attest, &arguments.system) {
        (Some(file), ..) => {
            let preview = read(person, of, file).await?;
            ("licences.confirm_offline", json!({ "digest": preview["digest"] }))
        }
        (None, Some(outcome), Some(identity)) => {
            let id = system(person, of, identity).await?;
            let more = json!({ "system": id, "outcome": outcome, "reason": arguments.reason });
            let name = if outcome == "lapsed" {
                "licences.lapse_offline"
            } else {
                "licences.attest_offline"
            };
            (name, more)
        }
        // The options ask for one another.
        _ => return Err(Problem::new(ErrorCode::BadArguments).into()),
    };
    let arguments = act(person, of, more).await?;
    let receipt = person.call(name, &arguments).await?;
    print_json(&receipt);
    Ok(())
}
