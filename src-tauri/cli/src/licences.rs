//! `licence …`: the licence wallet for scripts.

mod calls;
mod issuing;
mod offline;
mod redeeming;
mod refusals;
mod trust;

use crate::error::CliError;
use crate::output::{print_file, print_json};
use crate::session::{Output, Person, Place};
use calls::{Of, Outcome, act, organization, print_rows};
use clap::Subcommand;
use flotilla_kernel::error::Problem;
use flotilla_kernel::transfer::{unreadable, unwritable};
use serde_json::{Value, json};
use std::path::PathBuf;

/// What can be done with licences.
#[derive(Subcommand)]
pub enum Licence {
    /// Make the keys of an issuer of licence keys; needs no workspace
    IssuerNew(issuing::NewIssuer),
    /// Issue licence keys; needs no workspace
    Issue(Box<issuing::Issue>),
    /// Systems without a network: requests, licence files, confirmations
    #[command(subcommand)]
    Offline(Box<offline::Offline>),
    #[command(flatten)]
    Wallet(Wallet),
}

/// What can be done with the licences of a workspace.
#[derive(Subcommand)]
pub enum Wallet {
    /// Registered products with their licence status
    Status {
        /// An organization, by its name or id; all where none is given
        organization: Option<String>,
        /// As it will be on this later date (year-month-day), in a copy that is thrown away; for administrators
        #[arg(long, value_name = "DATE")]
        at: Option<chrono::NaiveDate>,
        /// Print JSON instead of a table
        #[arg(long)]
        json: bool,
    },
    /// Redeem licence keys: a signed one as it is, of a vendor's you state what it holds
    Redeem(redeeming::Redeem),
    /// Whose signed licence keys are accepted; for administrators
    #[command(subcommand)]
    Trust(trust::Trust),
    /// Allocate licences to years: without --yes, only say what would be done
    Allocate {
        #[command(flatten)]
        of: Of,
        /// How many years, beginning with the first that is not licensed
        #[arg(long, default_value_t = 1)]
        years: u32,
        /// Do it, instead of saying what would be done
        #[arg(long)]
        yes: bool,
    },
    /// Transfer unused licences to another organization: without --yes, only say what would be done
    Transfer {
        #[command(flatten)]
        of: Of,
        /// The receiving organization, by its name or id
        to: String,
        /// The type of the licences
        #[arg(long = "type")]
        licence_type: String,
        /// How many
        #[arg(long)]
        quantity: i64,
        /// The term in years
        #[arg(long, default_value_t = 1)]
        term: u32,
        /// Do it, instead of saying what would be done
        #[arg(long)]
        yes: bool,
    },
    /// What happened, the newest first
    History {
        /// An organization, by its name or id; all where none is given
        organization: Option<String>,
        /// Print JSON instead of a table
        #[arg(long)]
        json: bool,
    },
    /// The ledger as a plain-text journal that `hledger check` accepts
    Journal {
        /// An organization, by its name or id; all where none is given
        organization: Option<String>,
        /// JSON lines with the hashes of the chain instead
        #[arg(long)]
        json: bool,
        /// Write into this file instead of the standard output
        #[arg(long)]
        file: Option<PathBuf>,
    },
}

/// `licence …`
pub async fn run(place: &Place, command: Licence) -> Outcome {
    match command {
        Licence::IssuerNew(new) => issuing::issuer_new(&new),
        Licence::Issue(issue) => issuing::issue(&issue),
        Licence::Offline(command) => offline::run(place, *command).await,
        Licence::Wallet(command) => of_workspace(place, command).await,
    }
}

async fn of_workspace(place: &Place, command: Wallet) -> Outcome {
    let person = Person::sign_in(place).await?;
    // No service runs beside a command: what the clock has brought since the last one is written down first.
    let sound = flotilla_core::licensing::service::begin(&person.program.workspace().await?).await;
    let done = match command {
        Wallet::Status {
            organization,
            at,
            json,
        } => status_at(&person, organization.as_deref(), at, json).await,
        Wallet::History { organization, json } => history(&person, organization.as_deref(), json).await,
        Wallet::Journal {
            organization,
            json,
            file,
        } => journal(&person, organization.as_deref(), json, file).await,
        Wallet::Redeem(redeem) => redeeming::redeem(&person, redeem).await,
        Wallet::Trust(command) => trust::run(&person, command).await,
        Wallet::Allocate { of, years, yes } => {
            let choice = json!({ "first_year": null, "years": years, "first_day": null });
            let arguments = act(&person, &of, json!({ "choice": choice })).await?;
            let name = if yes {
                "licences.allocate"
            } else {
                "licences.plan_allocation"
            };
            person
                .call(name, &arguments)
                .await
                .map(|answer| print_json(&answer))
        }
        Wallet::Transfer {
            of,
            to,
            licence_type,
            quantity,
            term,
            yes,
        } => {
            let number = json!({ "licence_type": licence_type, "term": term, "quantity": quantity });
            transfer(&person, &of, &to, number, yes).await
        }
    };
    person.leave().await;
    // What is shown of a ledger that was altered may be wrong, and whoever reads it is told.
    done.and(sound.map_err(CliError::from))
}

async fn transfer(person: &Person, of: &Of, to: &str, number: Value, yes: bool) -> Outcome {
    let to = organization(person, to).await?;
    let mut arguments = act(person, of, json!({ "to": to, "numbers": [number] })).await?;
    let plan = person.call("licences.plan_transfer", &arguments).await?;
    if !yes {
        print_json(&plan);
        return Ok(());
    }
    let lines: Vec<Value> = plan["lines"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|line| json!({ "lot": line["lot"]["lot"], "quantity": line["quantity"] }))
        .collect();
    arguments["lines"] = lines.into();
    let receipt = person.call("licences.transfer", &arguments).await?;
    print_json(&receipt);
    Ok(())
}

/// All rows of a list of licences, of one organization or of all.
async fn rows(person: &Person, list: &str, of: Option<&str>) -> Result<Vec<Value>, CliError> {
    let of = match of {
        Some(of) => Some(organization(person, of).await?),
        None => None,
    };
    let query = json!({ "organization": of }).to_string();
    let Output::Bytes(bytes) = person.output(&format!("{list}.index"), &query).await? else {
        return Err(Problem::internal(format!("{list}.index gave no ids")).into());
    };
    let ids: Vec<String> = bytes
        .chunks_exact(16)
        .filter_map(|id| uuid::Uuid::from_slice(id).ok())
        .map(|id| id.to_string())
        .collect();
    let mut rows = Vec::with_capacity(ids.len());
    for window in ids.chunks(200) {
        if let Value::Array(found) = person
            .call(&format!("{list}.window"), &json!({ "ids": window }))
            .await?
        {
            rows.extend(found);
        }
    }
    Ok(rows)
}

/// As it is, or as it will be on a date.
async fn status_at(
    person: &Person,
    of: Option<&str>,
    at: Option<chrono::NaiveDate>,
    as_json: bool,
) -> Outcome {
    let Some(date) = at else {
        return status(person, of, as_json).await;
    };
    let (there, clock) = person.at(date).await?;
    let done = status(&there, of, as_json).await;
    clock.end().await;
    done
}

async fn status(person: &Person, of: Option<&str>, as_json: bool) -> Outcome {
    let rows = rows(person, "licences", of).await?;
    print_rows(
        rows,
        &[
            "customer",
            "product",
            "status",
            "status_date",
            "shortage",
            "next_date",
            "wallet",
        ],
        as_json,
    );
    Ok(())
}

async fn history(person: &Person, of: Option<&str>, as_json: bool) -> Outcome {
    let rows = rows(person, "licence_history", of).await?;
    print_rows(
        rows,
        &[
            "number",
            "day",
            "customer",
            "product",
            "kind",
            "wallet",
            "account_name",
            "reason",
        ],
        as_json,
    );
    Ok(())
}

async fn journal(person: &Person, of: Option<&str>, as_json: bool, file: Option<PathBuf>) -> Outcome {
    let of = match of {
        Some(of) => Some(organization(person, of).await?),
        None => None,
    };
    let format = if as_json { "json" } else { "journal" };
    let download = person
        .call(
            "licences.export",
            &json!({ "organization": of, "format": format }),
        )
        .await?;
    let id = download["download"].as_str().unwrap_or_default();
    let id = id.parse().map_err(|_| Problem::internal("no download"))?;
    let (workspace, session) = (person.program.workspace().await?, person.session().await?);
    match file {
        Some(file) => workspace.transfers.save(id, session, &file)?,
        None => {
            let (path, _) = workspace.transfers.fetch(id, session)?;
            let ledger = std::fs::File::open(path).map_err(unreadable)?;
            print_file(ledger, as_json).map_err(unwritable)?;
        }
    }
    Ok(())
}
