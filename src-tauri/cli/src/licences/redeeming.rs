//! `licence redeem`: keys into a wallet (LIC-20, LIC-21).

use super::calls::{Of, Outcome, act, organization};
use crate::error::{CliError, usage};
use crate::output::{cell, print_cells, print_json};
use crate::session::Person;
use clap::{ArgGroup, Args};
use flotilla_core::licensing::commands::MOST_LINES;
use flotilla_core::licensing::formats::problem;
use flotilla_core::licensing::signed::is_signed;
use flotilla_kernel::error::{ErrorCode, Problem};
use flotilla_kernel::transfer::unreadable;
use flotilla_licence_formats::key::list;
use serde_json::{Value, json};
use std::io::Read as _;
use std::path::{Path, PathBuf};

/// `licence redeem`
#[derive(Args)]
#[command(
    override_usage = "flotilla-cli licence redeem [OPTIONS] <ORGANIZATION> <PRODUCT> <KEY|--file <FILE>>"
)]
#[command(group(ArgGroup::new("keys").required(true).args(["key", "file"])))]
pub struct Redeem {
    #[command(flatten)]
    of: Of,
    /// The key
    key: Option<String>,
    /// A CSV with one column of signed keys instead; what is wrong with single lines is printed, and the others are redeemed
    #[arg(long, value_name = "FILE", conflicts_with = "facts")]
    file: Option<PathBuf>,
    #[command(flatten)]
    facts: Facts,
}

/// What is stated of a vendor's key. Of a signed key nothing is: it says for itself what it holds.
#[derive(Args)]
#[group(id = "facts", multiple = true)]
struct Facts {
    /// Of a vendor's key: the type of its licences
    #[arg(long = "type", requires = "quantity")]
    licence_type: Option<String>,
    /// Of a vendor's key: how many
    #[arg(long, requires = "licence_type")]
    quantity: Option<i64>,
    /// Of a vendor's key: the term in years, 1 when none is given
    #[arg(long)]
    term: Option<u32>,
    /// Of a vendor's key: the order reference
    #[arg(long)]
    order: Option<String>,
}

impl Facts {
    fn are_stated(&self) -> bool {
        self.licence_type.is_some() || self.quantity.is_some() || self.term.is_some() || self.order.is_some()
    }
}

/// `licence redeem`
pub async fn redeem(person: &Person, redeem: Redeem) -> Outcome {
    match (&redeem.key, &redeem.file) {
        (Some(key), _) => {
            let key = key_of(key, &redeem.facts)?;
            put(person, &redeem.of, vec![key]).await
        }
        (None, Some(file)) => listed(person, &redeem.of, file).await,
        (None, None) => Err(usage(ErrorCode::CommandLineWrong.into())),
    }
}

fn key_of(key: &str, facts: &Facts) -> Result<Value, CliError> {
    if is_signed(key) {
        return match facts.are_stated() {
            true => Err(usage(ErrorCode::LicenceKeyIsSigned.into())),
            false => Ok(json!({ "kind": "signed", "key": key })),
        };
    }
    let (Some(licence_type), Some(quantity)) = (&facts.licence_type, facts.quantity) else {
        return Err(usage(ErrorCode::LicenceKeyNotSigned.into()));
    };
    Ok(json!({
        "kind": "declared", "key": key, "licence_type": licence_type, "purpose": "subscription", "term": facts.term.unwrap_or(1),
        "quantity": quantity, "order": facts.order.as_deref().unwrap_or_default(),
    }))
}

async fn put(person: &Person, of: &Of, keys: Vec<Value>) -> Outcome {
    let arguments = act(person, of, json!({ "keys": keys })).await?;
    let receipt = person.call("licences.redeem", &arguments).await?;
    print_json(&receipt);
    Ok(())
}

/// The keys of a file.
fn read(path: &Path) -> Result<Vec<list::ListedKey>, CliError> {
    let in_file = |problem: Problem| problem.with("file", path.display().to_string());
    let mut bytes = Vec::new();
    let limit = u64::try_from(list::FILE_LIMIT).unwrap_or(u64::MAX);
    std::fs::File::open(path)
        .and_then(|file| file.take(limit.saturating_add(1)).read_to_end(&mut bytes))
        .map_err(|error| in_file(unreadable(error)))?;
    list::read(&bytes).map_err(|error| in_file(problem(&error)).into())
}

/// Why a key of a file is not redeemed; none: it is.
fn refusal(reading: &Value) -> Option<Problem> {
    let wrong = &reading["problem"];
    if wrong.is_null() {
        let is_declared = reading["kind"] != "signed";
        return is_declared.then(|| ErrorCode::LicenceKeyNotSigned.into());
    }
    let code = wrong["code"].as_str().and_then(ErrorCode::from_code);
    let parameters = wrong["params"].as_object().into_iter().flatten();
    let with = |problem: Problem, (name, value): (&String, &Value)| match (value.as_i64(), value.as_str()) {
        (Some(number), _) => problem.with(name, number),
        (None, Some(text)) => problem.with(name, text),
        (None, None) => problem,
    };
    Some(parameters.fold(Problem::new(code.unwrap_or(ErrorCode::Internal)), with))
}

/// Redeems the good keys of a file in acts of as many as one takes, and says of each of the others what is wrong with it; the first
/// such error is also how the command ends.
async fn listed(person: &Person, of: &Of, path: &Path) -> Outcome {
    let listed = read(path)?;
    let organization = organization(person, &of.organization).await?;
    let mut first_refusal = None;
    for part in listed.chunks(MOST_LINES) {
        let texts: Vec<&str> = part.iter().map(|key| key.text.as_str()).collect();
        let arguments = json!({ "organization": organization, "product": of.product, "keys": texts });
        let Value::Array(readings) = person.call("licences.read_keys", &arguments).await? else {
            return Err(Problem::internal("the readings are no list").into());
        };
        let mut good = Vec::new();
        for (key, reading) in part.iter().zip(&readings) {
            match refusal(reading) {
                None => good.push(json!({ "kind": "signed", "key": key.text })),
                Some(problem) => {
                    print_cells([
                        key.line.to_string(),
                        cell(&reading["masked"]),
                        problem.code.code().to_owned(),
                    ]);
                    first_refusal.get_or_insert(problem);
                }
            }
        }
        if !good.is_empty() {
            put(person, of, good).await?;
        }
    }
    match first_refusal {
        None => Ok(()),
        Some(problem) => Err(problem.into()),
    }
}
